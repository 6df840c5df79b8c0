"""Agreement between coders: numbers and tables in, numbers with their reasons out."""

from codebook.agreement.alpha import krippendorff_alpha
from codebook.agreement.alpha_u import alpha_u_1995
from codebook.agreement.analytic import analytic_interval
from codebook.agreement.characters import (
    character_alpha,
    character_jaccard,
    character_kappa,
    character_percent_agreement,
)
from codebook.agreement.fleiss import fleiss_kappa, fleiss_kappa_gwet, fleiss_kappa_per_category
from codebook.agreement.gamma import gamma
from codebook.agreement.gwet import brennan_prediger, gwet_ac1, gwet_ac2
from codebook.agreement.icc import icc, rwg, rwg_j
from codebook.agreement.intervals import bootstrap_interval, jackknife_interval
from codebook.agreement.kalpha import kalpha_interval
from codebook.agreement.kappas import cohen_kappa, cohen_kappa_weighted, conger_kappa, scott_pi
from codebook.agreement.matching import span_f1
from codebook.agreement.planning import expected_lower_bound, minimum_units
from codebook.agreement.pooled import PooledAgreement, pooled_agreement
from codebook.agreement.presence import PresenceAgreement, presence_agreement
from codebook.agreement.results import Agreement
from codebook.agreement.sets import masi_distance
from codebook.agreement.shares import holsti, percent_agreement, positive_agreement
from codebook.agreement.spans import Continuum, bar_u_alpha, cu_alpha, ku_alpha, lay_out, u_alpha

__all__ = [
    "Agreement",
    "Continuum",
    "PooledAgreement",
    "PresenceAgreement",
    "alpha_u_1995",
    "analytic_interval",
    "bar_u_alpha",
    "bootstrap_interval",
    "brennan_prediger",
    "character_alpha",
    "character_jaccard",
    "character_kappa",
    "character_percent_agreement",
    "cohen_kappa",
    "cohen_kappa_weighted",
    "conger_kappa",
    "cu_alpha",
    "expected_lower_bound",
    "fleiss_kappa",
    "fleiss_kappa_gwet",
    "fleiss_kappa_per_category",
    "gamma",
    "gwet_ac1",
    "gwet_ac2",
    "holsti",
    "icc",
    "jackknife_interval",
    "kalpha_interval",
    "krippendorff_alpha",
    "ku_alpha",
    "lay_out",
    "masi_distance",
    "minimum_units",
    "percent_agreement",
    "pooled_agreement",
    "positive_agreement",
    "presence_agreement",
    "rwg",
    "rwg_j",
    "scott_pi",
    "span_f1",
    "u_alpha",
]
