"""Agreement between coders: numbers and tables in, numbers with their reasons out."""

from codebook.agreement.alpha import krippendorff_alpha
from codebook.agreement.fleiss import fleiss_kappa, fleiss_kappa_gwet, fleiss_kappa_per_category
from codebook.agreement.gwet import brennan_prediger, gwet_ac1, gwet_ac2
from codebook.agreement.intervals import bootstrap_interval
from codebook.agreement.kappas import cohen_kappa, cohen_kappa_weighted, conger_kappa, scott_pi
from codebook.agreement.presence import PresenceAgreement, presence_agreement
from codebook.agreement.results import Agreement
from codebook.agreement.sets import masi_distance
from codebook.agreement.shares import holsti, percent_agreement, positive_agreement

__all__ = [
    "Agreement",
    "PresenceAgreement",
    "bootstrap_interval",
    "brennan_prediger",
    "cohen_kappa",
    "cohen_kappa_weighted",
    "conger_kappa",
    "fleiss_kappa",
    "fleiss_kappa_gwet",
    "fleiss_kappa_per_category",
    "gwet_ac1",
    "gwet_ac2",
    "holsti",
    "krippendorff_alpha",
    "masi_distance",
    "percent_agreement",
    "positive_agreement",
    "presence_agreement",
    "scott_pi",
]
