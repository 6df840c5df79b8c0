"""Coefficients whose chance term counts the possible labels: Brennan and Prediger's, Gwet's AC1 and AC2."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from codebook.agreement.fleiss import label_shares, mean_shares, shares_sums
from codebook.agreement.measures import (
    RATED,
    Measure,
    agreement_terms,
    corrected,
    estimate,
    observed_agreement,
    rated,
)
from codebook.agreement.results import Agreement
from codebook.agreement.tally import FloatArray, Tally, tabulate
from codebook.agreement.weights import agreement_weights

if TYPE_CHECKING:
    import pandas as pd


def brennan_prediger(ratings: pd.DataFrame, *, categories: Sequence[Hashable] | None = None) -> Agreement:
    r"""Brennan and Prediger's kappa, also Bennett's S: every possible label equally likely by chance.

    .. math:: S = (P_a - 1/q) / (1 - 1/q)

    It rises with the number of labels on the list, so always say what q was.

    Parameters
    ----------
    ratings : DataFrame, shape (n_units, n_coders)
        None or NaN means *not rated*.
    categories : sequence, optional
        All labels that were possible; q is their number. By default the labels that occur.

    Returns
    -------
    Agreement
        At most 1. None with a reason if only one label was possible.

    References
    ----------
    .. [1] R. L. Brennan, D. J. Prediger, "Coefficient kappa: some uses, misuses, and alternatives",
       Educational and Psychological Measurement 41, 1981.
    .. [2] E. M. Bennett, R. Alpert, A. C. Goldstein, "Communications through limited-response
       questioning", Public Opinion Quarterly 18, 1954.

    Examples
    --------
    >>> import pandas as pd
    >>> ratings = pd.DataFrame({"A": [1, 1, 0, 0, 1], "B": [1, 0, 0, 0, 1]})
    >>> round(brennan_prediger(ratings, categories=[0, 1]).value, 3)
    0.6
    """
    tally = tabulate(ratings, categories=categories)
    return estimate(brennan_prediger_measure(tally), tally)


def gwet_ac1(ratings: pd.DataFrame, *, categories: Sequence[Hashable] | None = None) -> Agreement:
    r"""Gwet's AC1: a chance term that stays small for rare labels.

    .. math:: AC_1 = (P_a - P_e) / (1 - P_e), \quad P_e = \frac1{q - 1} \sum_k \pi_k (1 - \pi_k)

    where pi_k is the mean over rated units of r_uk / r_u and q the number of *possible* labels.
    It is high for a code that nobody can find: read it beside positive agreement.

    Parameters
    ----------
    ratings : DataFrame, shape (n_units, n_coders)
        None or NaN means *not rated*.
    categories : sequence, optional
        All labels that were possible; q is their number. By default the labels that occur.

    Returns
    -------
    Agreement
        At most 1. None with a reason if only one label was possible.

    References
    ----------
    .. [1] K. L. Gwet, "Computing inter-rater reliability and its variance in the presence of high
       agreement", British Journal of Mathematical and Statistical Psychology 61, 2008.

    Examples
    --------
    >>> import pandas as pd
    >>> pairs = [(1, 1)] * 118 + [(1, 0)] * 5 + [(0, 1)] * 2
    >>> round(gwet_ac1(pd.DataFrame(pairs, columns=["A", "B"]), categories=[0, 1]).value, 3)
    0.941
    """
    tally = tabulate(ratings, categories=categories)
    return estimate(gwet_measure(tally), tally)


def gwet_ac2(
    ratings: pd.DataFrame, *, weights: str = "linear", categories: Sequence[Hashable] | None = None
) -> Agreement:
    r"""Gwet's AC2: AC1 for ordered labels, where a near miss counts as part of an agreement.

    .. math:: AC_2 = (P_a - P_e) / (1 - P_e), \quad
        P_a = \frac1{n'} \sum_u \sum_{kl} \frac{w_{kl} r_{uk} (r_{ul} - [k = l])}{r_u (r_u - 1)}, \quad
        P_e = \frac{\sum_{kl} w_{kl}}{q (q - 1)} \sum_k \pi_k (1 - \pi_k)

    Parameters
    ----------
    ratings : DataFrame, shape (n_units, n_coders)
        None or NaN means *not rated*.
    weights : {"linear", "quadratic", "ordinal"}
        How fast agreement falls with distance.
    categories : sequence, optional
        All labels that were possible, in their order. By default those that occur, numbers by size.

    Returns
    -------
    Agreement
        At most 1. None with a reason if only one label was possible.

    References
    ----------
    .. [1] K. L. Gwet, "Handbook of Inter-Rater Reliability", 4th edition, 2014, chapters 3 and 4.

    Examples
    --------
    >>> import pandas as pd
    >>> ratings = pd.DataFrame({"A": [1, 2, 3, 3], "B": [1, 2, 2, 3]})
    >>> round(gwet_ac2(ratings, weights="quadratic").value, 3)
    0.818
    """
    tally = tabulate(ratings, categories=categories)
    return estimate(gwet_measure(tally, weights=weights), tally)


def brennan_prediger_measure(tally: Tally) -> Measure:
    """Brennan and Prediger's kappa for the possible labels of a tally."""
    q = len(tally.labels)

    def expected(sums: FloatArray) -> FloatArray:
        return np.full(sums.shape[:-1], 1 / q)

    value, parts = corrected(observed_agreement, expected)
    return Measure(f"Brennan and Prediger's kappa, q = {q}", agreement_terms, value, parts)


def gwet_measure(tally: Tally, *, weights: str | None = None) -> Measure:
    """AC1, or AC2 with weights, for the possible labels of a tally."""
    q = len(tally.labels)
    matrix = np.eye(q) if weights is None else agreement_weights(tally.labels, weights)

    def expected(sums: FloatArray) -> FloatArray:
        if q < 2:
            return np.ones(sums.shape[:-1])
        shares = mean_shares(sums)
        by_chance: FloatArray = (shares * (1 - shares)).sum(axis=-1) * matrix.sum() / (q * (q - 1))
        return by_chance

    def terms(tally: Tally) -> FloatArray:
        return np.column_stack([_agreement(tally), rated(tally), label_shares(tally)])

    def sums(tally: Tally) -> FloatArray:
        totals = shares_sums(tally)
        totals[:2] = _agreement(tally).sum(axis=0)
        return totals

    def _agreement(tally: Tally) -> FloatArray:
        return agreement_terms(tally) if weights is None else weighted_agreement_terms(tally, matrix)

    value, parts = corrected(observed_agreement, expected)
    name = f"Gwet's AC1, q = {q}" if weights is None else f"Gwet's AC2, {weights} weights, q = {q}"
    return Measure(name, terms, value, parts, universe=RATED, takes_part=rated, sums=sums)


def weighted_agreement_terms(tally: Tally, matrix: FloatArray) -> FloatArray:
    """Two terms: the mean weight of the pairs in each unit, and whether it has pairs."""
    shares = tally.over_pairs(matrix) / np.maximum(tally.pairs, 1)
    return np.column_stack([shares, tally.pairable])
