"""Figures of researcher agreement on one kind of unit: counts first, then coefficients with their reasons."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from codebook.agreement import Agreement

Ratings = tuple[str | None, ...]
"""One unit's values, one place per researcher; None where that researcher has no view."""


@dataclass(frozen=True)
class PairOfResearchers:
    """Two researchers on the units that both coded; ``percent`` is None where there is none."""

    agreeing: int
    n: int
    percent: float | None
    kappa: Agreement


@dataclass(frozen=True)
class ResearcherAgreement:
    """Researcher agreement on one kind of unit.

    Attributes
    ----------
    unit : str
        What one unit is, in words.
    n, n_all : int
        Units that at least two researchers coded, and units that all of them coded.
    agreeing_pairs, n_pairs : int
        Pairs of researchers that gave a unit the same value, and pairs that both gave one, over
        all units.
    agreeing_all : int
        Units among ``n_all`` on which all are of one mind.
    percent_pairs, percent_all : float or None
        ``agreeing_pairs / n_pairs`` and ``agreeing_all / n_all``, as shares from 0 to 1; None
        where the lower number is 0.
    fleiss_kappa : Agreement
        On the units that all coded.
    alpha : Agreement
        Krippendorff's alpha, with gaps, nominal unless the unit says that its values have an order;
        its interval resamples whole themes, because the rows of one theme and the pairs of one row
        are not independent.
    by_pair : mapping
        (researcher, researcher) → `PairOfResearchers`.
    reasons : mapping
        Name of a figure → why there is none.
    """

    unit: str
    n: int
    n_all: int
    agreeing_pairs: int
    n_pairs: int
    agreeing_all: int
    percent_pairs: float | None
    percent_all: float | None
    fleiss_kappa: Agreement
    alpha: Agreement
    by_pair: Mapping[tuple[str, str], PairOfResearchers]
    reasons: Mapping[str, str] = field(default_factory=dict)


def researcher_agreement(
    unit: str,
    people: Sequence[str],
    ratings: Sequence[Ratings],
    themes: Sequence[str],
    *,
    order: Sequence[str] | None = None,
) -> ResearcherAgreement:
    """How far researchers agree on units of one kind.

    Parameters
    ----------
    unit : str
        What one unit is, in words.
    people : sequence of str
        The researchers; every element of ``ratings`` has one place for each.
    ratings : sequence of tuple
        The units; None is *no view*, never a value.
    themes : sequence of str
        The theme of each unit, for the interval.
    order : sequence of str, optional
        All values from low to high: alpha is then ordinal, the other figures stay nominal.

    Examples
    --------
    >>> held = [("main", "main"), ("main", "minor")]
    >>> seen = researcher_agreement("row", ["Ann", "Ben"], held, ["T1", "T2"])
    >>> (seen.agreeing_pairs, seen.n_pairs)
    (1, 2)
    """
    from codebook.agreement import fleiss_kappa

    coded_by_all = [values for values in ratings if people and None not in values]
    by_pair = {
        (people[i], people[j]): _pair([(values[i], values[j]) for values in ratings])
        for i, j in combinations(range(len(people)), 2)
    }
    agreeing_pairs = sum(pair.agreeing for pair in by_pair.values())
    n_pairs = sum(pair.n for pair in by_pair.values())
    enough = coded_by_all if len(people) > 1 else []
    agreeing_all = sum(not differ(values) for values in enough)
    fleiss = fleiss_kappa(_table(enough, people))
    alpha = alpha_over_themes(people, ratings, themes, order=order)
    percent_pairs, percent_all = _share(agreeing_pairs, n_pairs), _share(agreeing_all, len(enough))
    return ResearcherAgreement(
        unit=unit,
        n=sum(sum(value is not None for value in values) > 1 for values in ratings),
        n_all=len(enough),
        agreeing_pairs=agreeing_pairs,
        n_pairs=n_pairs,
        agreeing_all=agreeing_all,
        percent_pairs=percent_pairs,
        percent_all=percent_all,
        fleiss_kappa=fleiss,
        alpha=alpha,
        by_pair=by_pair,
        reasons=_reasons(people, percent_pairs, percent_all, fleiss, alpha),
    )


def alpha_over_themes(
    people: Sequence[str],
    ratings: Sequence[Ratings],
    themes: Sequence[str],
    *,
    order: Sequence[str] | None = None,
) -> Agreement:
    """Krippendorff's alpha with an interval over whole themes; ordinal where the values have an order."""
    from codebook.agreement import bootstrap_interval, krippendorff_alpha

    alpha = bootstrap_interval(
        krippendorff_alpha,
        _table(ratings, people),
        documents=themes,
        categories=order,
        options=None if order is None else {"level": "ordinal"},
    )
    if alpha.interval is None:
        return alpha
    # The statistics call what is resampled documents; here these are themes.
    return replace(alpha, interval=alpha.interval.replace("documents", "themes"))


def differ(values: Ratings) -> bool:
    """Whether two researchers gave a unit different values."""
    return len({value for value in values if value is not None}) > 1


def _pair(values: Sequence[tuple[str | None, str | None]]) -> PairOfResearchers:
    from codebook.agreement import cohen_kappa

    coded = [(a, b) for a, b in values if a is not None and b is not None]
    agreeing = sum(a == b for a, b in coded)
    kappa = cohen_kappa(_table(coded, ("first", "second")))
    return PairOfResearchers(agreeing, len(coded), _share(agreeing, len(coded)), kappa)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _table(ratings: Sequence[Sequence[Hashable]], people: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame([list(values) for values in ratings], columns=list(people), dtype=object)


def _reasons(
    people: Sequence[str],
    percent_pairs: float | None,
    percent_all: float | None,
    fleiss: Agreement,
    alpha: Agreement,
) -> Mapping[str, str]:
    nobody = "fewer than two researchers" if len(people) < 2 else "no unit was coded by two researchers"
    not_all = "fewer than two researchers" if len(people) < 2 else "no unit was coded by all researchers"
    reasons = {
        "percent_pairs": nobody if percent_pairs is None else None,
        "percent_all": not_all if percent_all is None else None,
        "fleiss_kappa": fleiss.reason if fleiss.value is None else None,
        "alpha": alpha.reason if alpha.value is None else None,
    }
    return {name: reason for name, reason in reasons.items() if reason is not None}
