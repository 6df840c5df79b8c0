"""Agreement between coders: numbers and tables in, numbers with their reasons out."""

from codebook.agreement.coefficients import (
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
    positive_agreement,
)
from codebook.agreement.intervals import bootstrap_interval
from codebook.agreement.presence import PresenceAgreement, presence_agreement
from codebook.agreement.results import Agreement

__all__ = [
    "Agreement",
    "PresenceAgreement",
    "bootstrap_interval",
    "cohen_kappa",
    "fleiss_kappa",
    "gwet_ac1",
    "krippendorff_alpha",
    "percent_agreement",
    "positive_agreement",
    "presence_agreement",
]
