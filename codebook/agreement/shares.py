"""Shares of ratings that agree, without a correction for chance."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from codebook.agreement.measures import (
    Measure,
    agreement_terms,
    estimate,
    observed_agreement,
    rated,
    ratio,
)
from codebook.agreement.results import NO_POSITIVE, Agreement
from codebook.agreement.tally import FloatArray, Tally, tabulate

if TYPE_CHECKING:
    import pandas as pd


def percent_agreement(ratings: pd.DataFrame, *, categories: Sequence[Hashable] | None = None) -> Agreement:
    r"""Share of agreeing pairs of ratings, averaged over units.

    .. math:: P = \frac1{n'} \sum_u \sum_k \frac{r_{uk} (r_{uk} - 1)}{r_u (r_u - 1)}

    over the n' units with two ratings or more. With two coders it is the share of units on which
    they agree.

    Parameters
    ----------
    ratings : DataFrame, shape (n_units, n_coders)
        A cell holds the label that coder gave that unit; None or NaN means *not rated*.
    categories : sequence, optional
        All labels that were possible; the value does not depend on it.

    Returns
    -------
    Agreement
        From 0 to 1; None with a reason if no unit has two ratings.

    References
    ----------
    .. [1] J. L. Fleiss, "Measuring nominal scale agreement among many raters", Psychological
       Bulletin 76, 1971, equation 2.

    Examples
    --------
    >>> import pandas as pd
    >>> percent_agreement(pd.DataFrame({"A": [1, 1, 0, 0], "B": [1, 0, 0, None]})).value
    0.6666666666666666
    """
    return estimate(PERCENT, tabulate(ratings, categories=categories))


def positive_agreement(
    ratings: pd.DataFrame, *, positive: Hashable = 1, categories: Sequence[Hashable] | None = None
) -> Agreement:
    r"""Agreement on a positive label: of the positive ratings, how many does another coder share?

    .. math:: P_+ = \sum_u \frac{r_{u+} (r_{u+} - 1)}{r_u - 1} \Big/ \sum_u r_{u+}

    With two coders it is 2a / (2a + b + c), the Dice coefficient. Units that all leave unmarked
    do not enter, so text that nobody coded cannot raise it.

    Parameters
    ----------
    ratings : DataFrame, shape (n_units, n_coders)
        None or NaN means *not rated*.
    positive : label, default 1
        The label on which agreement is asked.
    categories : sequence, optional
        All labels that were possible.

    Returns
    -------
    Agreement
        From 0 to 1, with ``prevalence``, the share of positive ratings among those of units with
        two ratings or more. None, with a reason, if nobody gave the positive label there.

    Raises
    ------
    ValueError
        If the labels are others than 0 and 1 and ``positive`` is not among them.

    References
    ----------
    .. [1] D. V. Cicchetti, A. R. Feinstein, "High agreement but low kappa: II", Journal of Clinical
       Epidemiology 43, 1990.

    Examples
    --------
    >>> import pandas as pd
    >>> answer = positive_agreement(pd.DataFrame({"A": [1, 1, 0, 0], "B": [1, 0, 0, 0]}))
    >>> round(answer.value, 3), answer.prevalence
    (0.667, 0.375)
    """
    tally = tabulate(ratings, categories=categories)
    measure = positive_measure(tally, positive)
    answer = estimate(measure, tally)
    if not answer.n:
        return answer
    _, given, given_any = measure.terms(tally).sum(axis=0)
    return replace(answer, prevalence=float(given / given_any))


def holsti(ratings: pd.DataFrame, *, categories: Sequence[Hashable] | None = None) -> Agreement:
    r"""Holsti's coefficient of reliability: agreements among all the decisions that two coders made.

    .. math:: CR = 2 M / (N_1 + N_2)

    where M counts the units on which both agree and N1, N2 the units that each rated, shared or
    not: a unit that only one of them rated counts as no agreement. For more coders, the mean over
    their pairs. Without gaps it is percent agreement.

    Parameters
    ----------
    ratings : DataFrame, shape (n_units, n_coders)
        None or NaN means *not rated*.
    categories : sequence, optional
        All labels that were possible; the value does not depend on it.

    Returns
    -------
    Agreement
        From 0 to 1; None with a reason if no unit has two ratings.

    References
    ----------
    .. [1] O. R. Holsti, "Content Analysis for the Social Sciences and Humanities", 1969, page 140.

    Examples
    --------
    >>> import pandas as pd
    >>> holsti(pd.DataFrame({"A": [1, 1, 0, 0], "B": [1, 0, 0, None]})).value
    0.5714285714285714
    """
    return estimate(HOLSTI, tabulate(ratings, categories=categories))


def positive_measure(tally: Tally, positive: Hashable) -> Measure:
    """Positive agreement for one label of a tally."""
    if positive not in tally.labels and not set(tally.labels) <= {0, 1}:
        raise ValueError(f"positive={positive!r} is not among the labels {list(tally.labels)}")
    column = tally.labels.index(positive) if positive in tally.labels else None

    def terms(tally: Tally) -> FloatArray:
        ratings = tally.ratings_per_unit
        given = (tally.label_numbers == column).sum(axis=1) if column is not None else np.zeros_like(ratings)
        shared = given * (given - 1) / np.maximum(ratings - 1, 1)
        return np.column_stack([shared, given, ratings]) * tally.pairable[:, None]

    return Measure(
        "positive agreement",
        terms,
        observed_agreement,
        {},
        undefined=NO_POSITIVE,
        lowest=0.0,
        corrects_chance=False,
    )


def _holsti_terms(tally: Tally) -> FloatArray:
    """For each pair of coders: agreements, and decisions of both."""
    columns: list[FloatArray] = []
    for first, second in combinations(tally.by_coder, 2):
        columns.append((first == second) & (first >= 0))
        columns.append((first >= 0).astype(float) + (second >= 0))
    return np.column_stack(columns).astype(float)


def _holsti_value(sums: FloatArray) -> FloatArray:
    pairs = sums.reshape(*sums.shape[:-1], -1, 2)
    shares: FloatArray = ratio(2 * pairs[..., 0], pairs[..., 1]).mean(axis=-1)
    return shares


PERCENT = Measure(
    "percent agreement", agreement_terms, observed_agreement, {}, lowest=0.0, corrects_chance=False
)
HOLSTI = Measure(
    "Holsti's coefficient",
    _holsti_terms,
    _holsti_value,
    {},
    universe="all rated rows",
    takes_part=rated,
    lowest=0.0,
    corrects_chance=False,
)
