"""Kappas whose chance term comes from the coders' own shares of labels, by pairs or all at once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from codebook.agreement.measures import (
    BOTH_RATED,
    RATED,
    Measure,
    Part,
    agreement_terms,
    corrected,
    estimate,
    observed_agreement,
    rated,
    ratio,
    with_remark,
)
from codebook.agreement.results import Agreement
from codebook.agreement.tally import FloatArray, IntArray, Tally, tabulate
from codebook.agreement.weights import agreement_weights

if TYPE_CHECKING:
    import pandas as pd

ByChance = Callable[[FloatArray, FloatArray], FloatArray]


@dataclass(frozen=True)
class PairMeasure(Measure):
    """A mean over pairs of coders; ``of_pairs`` gives each, NaN where it is undefined."""

    of_pairs: Part = field(kw_only=True)


def cohen_kappa(ratings: pd.DataFrame, *, categories: Sequence[Hashable] | None = None) -> Agreement:
    r"""Cohen's kappa of two coders; for more coders the mean over their pairs.

    .. math:: \kappa = (P_o - P_e) / (1 - P_e), \quad P_e = \sum_k p_{Ak} p_{Bk}

    over the units that both rated. A pair without such units, or where both gave one and the same
    label throughout, has no kappa; a remark then says how many pairs the mean is made of.

    Parameters
    ----------
    ratings : DataFrame, shape (n_units, n_coders)
        None or NaN means *not rated*.
    categories : sequence, optional
        All labels that were possible; the value does not depend on it.

    Returns
    -------
    Agreement
        At most 1. None with a reason if no pair of coders has a kappa.

    References
    ----------
    .. [1] J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological
       Measurement 20, 1960.
    .. [2] R. J. Light, "Measures of response agreement for qualitative data", Psychological
       Bulletin 76, 1971 (mean of pairs).

    Examples
    --------
    >>> import pandas as pd
    >>> pairs = [(1, 1)] * 20 + [(1, 0)] * 5 + [(0, 1)] * 10 + [(0, 0)] * 15
    >>> round(cohen_kappa(pd.DataFrame(pairs, columns=["A", "B"])).value, 3)
    0.4
    """
    tally = tabulate(ratings, categories=categories)
    return _mean_of_pairs(cohen_measure(tally), tally)


def cohen_kappa_weighted(
    ratings: pd.DataFrame, *, weights: str = "linear", categories: Sequence[Hashable] | None = None
) -> Agreement:
    r"""Cohen's kappa for ordered labels: a near miss counts as part of an agreement.

    .. math:: \kappa_w = (P_o - P_e) / (1 - P_e), \quad
        P_o = \sum_{kl} w_{kl} p_{kl}, \quad P_e = \sum_{kl} w_{kl} p_{Ak} p_{Bl}

    with weights from 1 for the same label to 0 for the two furthest apart. For more coders, the
    mean over their pairs.

    Parameters
    ----------
    ratings : DataFrame, shape (n_units, n_coders)
        None or NaN means *not rated*.
    weights : {"linear", "quadratic", "ordinal"}
        How fast agreement falls with distance.
    categories : sequence, optional
        All labels that were possible, in their order; the furthest two set the scale. By default
        those that occur, numbers by size.

    Returns
    -------
    Agreement
        At most 1. None with a reason if no pair of coders has a kappa.

    References
    ----------
    .. [1] J. Cohen, "Weighted kappa: nominal scale agreement with provision for scaled
       disagreement or partial credit", Psychological Bulletin 70, 1968.

    Examples
    --------
    >>> import pandas as pd
    >>> ratings = pd.DataFrame({"A": [1, 2, 3, 3], "B": [1, 2, 2, 3]})
    >>> round(cohen_kappa_weighted(ratings, weights="quadratic").value, 3)
    0.8
    """
    tally = tabulate(ratings, categories=categories)
    return _mean_of_pairs(cohen_measure(tally, weights=weights), tally)


def scott_pi(ratings: pd.DataFrame, *, categories: Sequence[Hashable] | None = None) -> Agreement:
    r"""Scott's pi of two coders: chance from the labels of both pooled.

    .. math:: \pi = (P_o - P_e) / (1 - P_e), \quad P_e = \sum_k \left(\frac{p_{Ak} + p_{Bk}}2\right)^2

    over the units that both rated. For more coders, the mean over their pairs; `fleiss_kappa` pools
    them all.

    Parameters
    ----------
    ratings : DataFrame, shape (n_units, n_coders)
        None or NaN means *not rated*.
    categories : sequence, optional
        All labels that were possible; the value does not depend on it.

    Returns
    -------
    Agreement
        At most 1. None with a reason if no pair of coders has a pi.

    References
    ----------
    .. [1] W. A. Scott, "Reliability of content analysis: the case of nominal scale coding", Public
       Opinion Quarterly 19, 1955.

    Examples
    --------
    >>> import pandas as pd
    >>> pairs = [(1, 1)] * 8 + [(1, 0)] + [(0, 0)]
    >>> round(scott_pi(pd.DataFrame(pairs, columns=["A", "B"])).value, 4)
    0.6078
    """
    tally = tabulate(ratings, categories=categories)
    return _mean_of_pairs(scott_measure(tally), tally)


def conger_kappa(ratings: pd.DataFrame, *, categories: Sequence[Hashable] | None = None) -> Agreement:
    r"""Conger's kappa: Cohen's for any number of coders, exactly and not as a mean of pairs.

    .. math:: P_e = \sum_k \left( \bar p_k^2 - s_k^2 / m \right)

    where :math:`\bar p_k` and :math:`s_k^2` are mean and variance over the m coders of their shares
    of label k, each in what that coder rated. Two coders without gaps: Cohen's kappa.

    Parameters
    ----------
    ratings : DataFrame, shape (n_units, n_coders)
        None or NaN means *not rated*.
    categories : sequence, optional
        All labels that were possible; the value does not depend on it.

    Returns
    -------
    Agreement
        At most 1. None with a reason if all coders gave one label throughout.

    References
    ----------
    .. [1] A. J. Conger, "Integration and generalization of kappas for multiple raters",
       Psychological Bulletin 88, 1980.
    .. [2] K. L. Gwet, "Handbook of Inter-Rater Reliability", 4th edition, 2014, chapter 2 (gaps).

    Examples
    --------
    >>> import pandas as pd
    >>> ratings = pd.DataFrame([["y", "y", "y"], ["y", "y", "n"], ["n", "n", "y"], ["n", "n", "n"]])
    >>> round(conger_kappa(ratings).value, 3)
    0.333
    """
    tally = tabulate(ratings, categories=categories)
    return estimate(conger_measure(tally), tally)


def cohen_measure(tally: Tally, *, weights: str | None = None) -> PairMeasure:
    """Cohen's kappa, plain or weighted, mean over the pairs of a tally's coders."""
    matrix = None if weights is None else agreement_weights(tally.labels, weights)
    name = "Cohen's kappa" if weights is None else f"Cohen's kappa, {weights} weights"

    def by_chance(first: FloatArray, second: FloatArray) -> FloatArray:
        weighted: FloatArray = ((first if matrix is None else first @ matrix) * second).sum(axis=-1)
        return weighted

    return _pair_measure(name, tally, by_chance, matrix)


def scott_measure(tally: Tally) -> PairMeasure:
    """Scott's pi, mean over the pairs of a tally's coders."""

    def by_chance(first: FloatArray, second: FloatArray) -> FloatArray:
        pooled: FloatArray = (((first + second) / 2) ** 2).sum(axis=-1)
        return pooled

    return _pair_measure("Scott's pi", tally, by_chance, None)


def conger_measure(tally: Tally) -> Measure:
    """Conger's kappa for a tally's coders."""
    n_coders, n_labels = tally.n_coders, len(tally.labels)

    def expected(sums: FloatArray) -> FloatArray:
        given = sums[..., 2:].reshape(*sums.shape[:-1], n_coders, n_labels)
        shares = ratio(given, given.sum(axis=-1, keepdims=True))
        means, variances = shares.mean(axis=-2), shares.var(axis=-2, ddof=1)
        by_chance: FloatArray = (means**2 - variances / n_coders).sum(axis=-1)
        return by_chance

    def terms(tally: Tally) -> FloatArray:
        given = [_one_column_a_label(numbers, n_labels) for numbers in tally.by_coder]
        return np.column_stack([agreement_terms(tally), *given])

    def sums(tally: Tally) -> FloatArray:
        given = [np.bincount(numbers + 1, minlength=n_labels + 1)[1:] for numbers in tally.by_coder]
        return np.concatenate([agreement_terms(tally).sum(axis=0), *given])

    value, parts = corrected(observed_agreement, expected)
    return Measure("Conger's kappa", terms, value, parts, universe=RATED, takes_part=rated, sums=sums)


def _pair_measure(name: str, tally: Tally, by_chance: ByChance, weights: FloatArray | None) -> PairMeasure:
    n_labels, n_pairs = len(tally.labels), tally.n_coders * (tally.n_coders - 1) // 2

    def split(sums: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Observed and expected agreement of each pair."""
        pairs = sums.reshape(*sums.shape[:-1], n_pairs, 1 + 2 * n_labels)
        first, second = pairs[..., 1 : 1 + n_labels], pairs[..., 1 + n_labels :]
        n = first.sum(axis=-1)
        shares = ratio(first, n[..., None]), ratio(second, n[..., None])
        return ratio(pairs[..., 0], n), by_chance(*shares)

    def of_pairs(sums: FloatArray) -> FloatArray:
        observed, expected = split(sums)
        return ratio(observed - expected, 1 - expected)

    return PairMeasure(
        name if n_pairs == 1 else f"{name}, mean of the pairs of coders",
        lambda tally: _pair_terms(tally, weights),
        lambda sums: _mean(of_pairs(sums)),
        {
            "observed": lambda sums: _mean(split(sums)[0]),
            "expected": lambda sums: _mean(split(sums)[1]),
        },
        universe=BOTH_RATED,
        sums=lambda tally: _pair_sums(tally, weights),
        of_pairs=of_pairs,
    )


def _mean(of_pairs: FloatArray) -> FloatArray:
    defined = np.isfinite(of_pairs)
    return ratio(np.where(defined, of_pairs, 0.0).sum(axis=-1), defined.sum(axis=-1))


def _pair_terms(tally: Tally, weights: FloatArray | None) -> FloatArray:
    """For each pair of coders: agreement, the labels of the first, the labels of the second."""
    columns: list[FloatArray] = []
    for first, second in combinations(tally.by_coder, 2):
        both = (first >= 0) & (second >= 0)
        agreeing = first == second if weights is None else weights[first, second]
        columns.append((agreeing * both)[:, None])
        columns.extend(
            _one_column_a_label(np.where(both, numbers, -1), len(tally.labels)) for numbers in (first, second)
        )
    return np.hstack(columns).astype(float)


def _pair_sums(tally: Tally, weights: FloatArray | None) -> FloatArray:
    """The sums of `_pair_terms`, from one count of the pairs of labels for each pair of coders."""
    n_labels = len(tally.labels)
    matrix = np.eye(n_labels) if weights is None else weights
    sums: list[FloatArray] = []
    for first, second in combinations(tally.by_coder, 2):
        both = (first >= 0) & (second >= 0)
        cells = np.bincount(first[both] * n_labels + second[both], minlength=n_labels**2)
        table = cells.reshape(n_labels, n_labels)
        sums.extend((np.array([(table * matrix).sum()]), table.sum(axis=1), table.sum(axis=0)))
    return np.concatenate(sums).astype(float)


def _one_column_a_label(numbers: IntArray, n_labels: int) -> FloatArray:
    columns: FloatArray = (numbers[:, None] == np.arange(n_labels)).astype(float)
    return columns


def _mean_of_pairs(measure: PairMeasure, tally: Tally) -> Agreement:
    answer = estimate(measure, tally)
    if answer.value is None:
        return answer
    kappas = measure.of_pairs(measure.sums_of(tally))
    defined = int(np.isfinite(kappas).sum())
    if defined == len(kappas):
        return answer
    return with_remark(
        answer, f"mean of {defined} of {len(kappas)} pairs of coders; the others have no kappa"
    )
