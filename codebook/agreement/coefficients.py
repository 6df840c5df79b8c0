"""The coefficients of a ratings table, each with the measure that it is made of.

Whoever resamples, leaves one out or linearises asks here for the measure; the coefficients
themselves stand in `shares`, `kappas`, `fleiss`, `gwet` and `alpha`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, Any

from codebook.agreement.alpha import alpha_measure, krippendorff_alpha, tally_for
from codebook.agreement.fleiss import FLEISS, FLEISS_GWET, fleiss_kappa, fleiss_kappa_gwet
from codebook.agreement.gwet import (
    brennan_prediger,
    brennan_prediger_measure,
    gwet_ac1,
    gwet_ac2,
    gwet_measure,
)
from codebook.agreement.kappas import (
    cohen_kappa,
    cohen_kappa_weighted,
    cohen_measure,
    conger_kappa,
    conger_measure,
    scott_measure,
    scott_pi,
)
from codebook.agreement.shares import (
    HOLSTI,
    PERCENT,
    holsti,
    percent_agreement,
    positive_agreement,
    positive_measure,
)
from codebook.agreement.tally import tabulate

if TYPE_CHECKING:
    import pandas as pd

    from codebook.agreement.measures import Measure
    from codebook.agreement.results import Agreement
    from codebook.agreement.tally import Tally

Coefficient = Callable[..., "Agreement"]

_MEASURES: dict[Coefficient, Callable[..., Measure]] = {
    percent_agreement: lambda tally: PERCENT,
    positive_agreement: lambda tally, positive=1: positive_measure(tally, positive),
    holsti: lambda tally: HOLSTI,
    cohen_kappa: cohen_measure,
    cohen_kappa_weighted: lambda tally, weights="linear": cohen_measure(tally, weights=weights),
    scott_pi: scott_measure,
    conger_kappa: conger_measure,
    fleiss_kappa: lambda tally: FLEISS,
    fleiss_kappa_gwet: lambda tally: FLEISS_GWET,
    brennan_prediger: brennan_prediger_measure,
    gwet_ac1: gwet_measure,
    gwet_ac2: lambda tally, weights="linear": gwet_measure(tally, weights=weights),
    krippendorff_alpha: alpha_measure,
}
COEFFICIENTS: dict[str, Coefficient] = {function.__name__: function for function in _MEASURES}


def check_known(coefficient: Coefficient) -> None:
    """Raise where a function is no coefficient of a ratings table."""
    if coefficient not in _MEASURES:
        raise ValueError(f"there is no interval for {coefficient!r}; available: {', '.join(COEFFICIENTS)}")


def counted(
    coefficient: Coefficient,
    ratings: pd.DataFrame,
    *,
    categories: Sequence[Hashable] | None = None,
    **options: Any,
) -> Tally:
    """The ratings counted as this coefficient counts them."""
    if coefficient is krippendorff_alpha:
        return tally_for(ratings, level=options.get("level", "nominal"), categories=categories)
    return tabulate(ratings, categories=categories)


def measure_for(coefficient: Coefficient, tally: Tally, **options: Any) -> Measure:
    """The measure behind a coefficient, for the labels and coders of a tally."""
    check_known(coefficient)
    options.pop("categories", None)
    return _MEASURES[coefficient](tally, **options)
