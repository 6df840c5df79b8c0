"""Nominal coefficients of agreement, any number of coders, gaps allowed.

Each coefficient is a function of sums over units. Written so, the same few lines give the value,
all bootstrap draws at once (sums of resampled units) and the jackknife (sums without one).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from codebook.agreement.results import (
    BELOW_CHANCE,
    NO_COMPLETE_UNIT,
    NO_POSITIVE,
    NO_VARIATION,
    ONE_RARE_VALUE,
    UNINFORMATIVE,
    Agreement,
)
from codebook.agreement.tally import BoolArray, FloatArray, Tally, tabulate

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Measure:
    """A coefficient taken apart: what each unit adds, and what the sums mean.

    ``terms`` gives an array (n_units, n_terms); ``value`` takes sums (..., n_terms) and gives an
    array (...) with NaN where the coefficient is undefined; ``takes_part`` marks the units that
    can enter; ``undefined`` is the reason for NaN; ``lowest`` bounds an interval from below.
    """

    terms: Callable[[Tally], FloatArray]
    value: Callable[[FloatArray], FloatArray]
    undefined: str = NO_VARIATION
    takes_part: Callable[[Tally], BoolArray] = lambda tally: tally.pairable
    lowest: float = -np.inf
    corrects_chance: bool = True


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
    _, given, rated = measure.terms(tally).sum(axis=0)
    return replace(answer, prevalence=float(given / rated))


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
    measure = cohen_measure(tally)
    answer = estimate(measure, tally)
    if answer.value is None:
        return answer
    kappas = _kappa_of_pairs(measure.terms(tally).sum(axis=0), len(tally.labels))
    defined = int(np.isfinite(kappas).sum())
    if defined == len(kappas):
        return answer
    return _with_remark(
        answer, f"mean of {defined} of {len(kappas)} pairs of coders; the others have no kappa"
    )


def fleiss_kappa(ratings: pd.DataFrame, *, categories: Sequence[Hashable] | None = None) -> Agreement:
    r"""Fleiss' kappa: chance from the labels of all coders pooled.

    .. math:: \kappa = (\bar P - \bar P_e) / (1 - \bar P_e), \quad \bar P_e = \sum_k p_k^2

    It needs the same number of ratings for every unit, so only units that all coders rated enter;
    a remark says how many were left out. With gaps, prefer `krippendorff_alpha`.

    Parameters
    ----------
    ratings : DataFrame, shape (n_units, n_coders)
        None or NaN means *not rated*. A coder who rated nothing is left out.
    categories : sequence, optional
        All labels that were possible; the value does not depend on it.

    Returns
    -------
    Agreement
        At most 1; ``n`` counts the units that all coders rated. None with a reason if there are
        none, or if one label was given throughout.

    References
    ----------
    .. [1] J. L. Fleiss, "Measuring nominal scale agreement among many raters", Psychological
       Bulletin 76, 1971, equations 2-7.

    Examples
    --------
    >>> import pandas as pd
    >>> ratings = pd.DataFrame([["y", "y", "y"], ["y", "y", "n"], ["n", "n", "y"], ["n", "n", "n"]])
    >>> round(fleiss_kappa(ratings).value, 3)
    0.333
    """
    tally = tabulate(ratings, categories=categories)
    answer = estimate(FLEISS, tally)
    left_out = int((tally.ratings_per_unit > 0).sum()) - answer.n
    if answer.reason is None and left_out:
        return _with_remark(answer, f"{left_out} units left out: not rated by all coders")
    return answer


def krippendorff_alpha(ratings: pd.DataFrame, *, categories: Sequence[Hashable] | None = None) -> Agreement:
    r"""Krippendorff's alpha for nominal labels, any number of coders, gaps allowed.

    Alpha compares the disagreement observed within units with the disagreement expected if the
    same labels were dealt to units by chance:

    .. math:: \alpha = 1 - D_o / D_e
        = 1 - (n - 1) \frac{\sum_u (r_u^2 - \sum_k r_{uk}^2) / (r_u - 1)}{n^2 - \sum_k n_k^2}

    with n and n_k counted over units with two ratings or more.

    Parameters
    ----------
    ratings : DataFrame, shape (n_units, n_coders)
        One row per unit of text, one column per coder. A cell holds the label that coder gave
        that unit. None or NaN means *not rated*; it is never the label "no code applies", which
        is a label of its own.
    categories : sequence, optional
        All labels that were possible; the value does not depend on it.

    Returns
    -------
    Agreement
        ``value`` is dimensionless, at most 1: 1 is perfect agreement, 0 what chance gives, below 0
        systematic disagreement. It is None, with a reason, if fewer than two labels occur among
        units rated by at least two coders: there was then no decision to agree on.

    See Also
    --------
    cohen_kappa : two coders.
    codebook.agreement.bootstrap_interval : fills ``low`` and ``high``.

    References
    ----------
    .. [1] K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", University of
       Pennsylvania, 2011, section C (nominal data, gaps).

    Examples
    --------
    The worked example of [1]_, four coders and twelve units:

    >>> import pandas as pd
    >>> n = None
    >>> ratings = pd.DataFrame({
    ...     "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, n, n, n],
    ...     "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, n, 3],
    ...     "C": [n, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, n],
    ...     "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, n],
    ... }, dtype=object)
    >>> round(krippendorff_alpha(ratings).value, 3)
    0.743
    """
    return estimate(ALPHA, tabulate(ratings, categories=categories))


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
    return estimate(AC1, tabulate(ratings, categories=categories))


def estimate(measure: Measure, tally: Tally) -> Agreement:
    """The value of a measure on counted ratings, without an interval."""
    if tally.reason_without_pairs:
        return Agreement(None, reason=tally.reason_without_pairs)
    n = int((measure.takes_part(tally) & tally.pairable).sum())
    if not n:
        return Agreement(None, reason=NO_COMPLETE_UNIT)
    value = float(measure.value(measure.terms(tally).sum(axis=0)))
    if np.isnan(value):
        return Agreement(None, n=n, reason=measure.undefined)
    return Agreement(value, n=n, remarks=tuple(_remarks(measure, tally, value)))


def _remarks(measure: Measure, tally: Tally, value: float) -> list[str]:
    odd_ratings = tally.label_totals.sum() - tally.label_totals.max()
    remarks = [BELOW_CHANCE] if measure.corrects_chance and value < 0 else []
    if odd_ratings == 1:
        remarks.append(ONE_RARE_VALUE)
    return [*remarks, UNINFORMATIVE] if odd_ratings == 0 else remarks


def _with_remark(answer: Agreement, remark: str) -> Agreement:
    return replace(answer, remarks=(*answer.remarks, remark))


def _percent_terms(tally: Tally) -> FloatArray:
    return np.column_stack([_agreement_of_units(tally), tally.pairable])


def _agreement_of_units(tally: Tally) -> FloatArray:
    """Share of agreeing pairs in each unit; 0 where there is no pair."""
    rated = tally.ratings_per_unit
    shares: FloatArray = (_squares(tally) - rated) / np.maximum(rated * (rated - 1), 1)
    return shares


def _squares(tally: Tally) -> FloatArray:
    squares: FloatArray = np.einsum("uk,uk->u", tally.counts, tally.counts).astype(float)
    return squares


def _percent_value(sums: FloatArray) -> FloatArray:
    return ratio(sums[..., 0], sums[..., 1])


def positive_measure(tally: Tally, positive: Hashable) -> Measure:
    """Positive agreement for one label of a tally."""
    if positive not in tally.labels and not set(tally.labels) <= {0, 1}:
        raise ValueError(f"positive={positive!r} is not among the labels {list(tally.labels)}")
    column = tally.labels.index(positive) if positive in tally.labels else None

    def terms(tally: Tally) -> FloatArray:
        rated = tally.ratings_per_unit
        given = tally.counts[:, column] if column is not None else np.zeros_like(rated)
        shared = given * (given - 1) / np.maximum(rated - 1, 1)
        return np.column_stack([shared, given, rated]) * tally.pairable[:, None]

    return Measure(terms, _percent_value, NO_POSITIVE, lowest=0.0, corrects_chance=False)


def cohen_measure(tally: Tally) -> Measure:
    """Cohen's kappa, mean over the pairs of a tally's coders."""
    n_labels = len(tally.labels)

    def value(sums: FloatArray) -> FloatArray:
        kappas = _kappa_of_pairs(sums, n_labels)
        defined = np.isfinite(kappas)
        return ratio(np.where(defined, kappas, 0.0).sum(axis=-1), defined.sum(axis=-1))

    return Measure(_cohen_terms, value)


def _cohen_terms(tally: Tally) -> FloatArray:
    """For each pair of coders: agree, the labels of the first, the labels of the second."""
    possible = np.arange(len(tally.labels))
    columns = []
    for a, b in combinations(range(tally.n_coders), 2):
        first, second = tally.label_numbers[:, a], tally.label_numbers[:, b]
        both = (first >= 0) & (second >= 0)
        columns.append(((first == second) & both)[:, None])
        columns.append((first[:, None] == possible) & both[:, None])
        columns.append((second[:, None] == possible) & both[:, None])
    return np.hstack(columns).astype(float)


def _kappa_of_pairs(sums: FloatArray, n_labels: int) -> FloatArray:
    pairs = sums.reshape(*sums.shape[:-1], -1, 1 + 2 * n_labels)
    agree, first, second = pairs[..., 0], pairs[..., 1 : 1 + n_labels], pairs[..., 1 + n_labels :]
    n = first.sum(axis=-1)
    by_chance = (first * second).sum(axis=-1)
    return ratio(n * agree - by_chance, n**2 - by_chance)


def _complete(tally: Tally) -> BoolArray:
    complete: BoolArray = tally.ratings_per_unit == tally.n_coders
    return complete


def _fleiss_terms(tally: Tally) -> FloatArray:
    complete = _complete(tally)[:, None]
    return np.column_stack([_percent_terms(tally), tally.counts]) * complete


def _fleiss_value(sums: FloatArray) -> FloatArray:
    observed, given = _percent_value(sums), sums[..., 2:]
    all_given = given.sum(axis=-1) ** 2
    by_chance = (given**2).sum(axis=-1)
    # Left in whole numbers, so that "one label throughout" is exactly 0 / 0.
    return ratio(observed * all_given - by_chance, all_given - by_chance)


def _alpha_terms(tally: Tally) -> FloatArray:
    rated = tally.ratings_per_unit
    disagreeing = (rated**2 - _squares(tally)) / np.maximum(rated - 1, 1)
    # Filled in place: stacking columns would copy the large part twice.
    terms = np.empty((len(rated), 1 + len(tally.labels)))
    terms[:, 0] = disagreeing
    np.multiply(tally.counts, tally.pairable[:, None], out=terms[:, 1:])
    return terms


def _alpha_value(sums: FloatArray) -> FloatArray:
    observed, given = sums[..., 0], sums[..., 1:]
    n = given.sum(axis=-1)
    by_chance = n**2 - (given**2).sum(axis=-1)
    return 1 - ratio((n - 1) * observed, by_chance)


def _ac1_terms(tally: Tally) -> FloatArray:
    rated = tally.ratings_per_unit
    shares = tally.counts / np.maximum(rated, 1)[:, None]
    return np.column_stack([_percent_terms(tally), rated > 0, shares])


def _ac1_value(sums: FloatArray) -> FloatArray:
    observed, possible = _percent_value(sums), sums.shape[-1] - 3
    if possible < 2:
        return np.full(sums.shape[:-1], np.nan)
    share = ratio(sums[..., 3:], sums[..., 2:3])
    by_chance = (share * (1 - share)).sum(axis=-1) / (possible - 1)
    return ratio(observed - by_chance, 1 - by_chance)


def ratio(part: FloatArray, whole: FloatArray) -> FloatArray:
    """Part by whole, NaN where the whole is 0."""
    undefined = np.full(np.broadcast(part, whole).shape, np.nan)
    quotient: FloatArray = np.divide(part, whole, out=undefined, where=whole != 0)
    return quotient


PERCENT = Measure(_percent_terms, _percent_value, lowest=0.0, corrects_chance=False)
FLEISS = Measure(_fleiss_terms, _fleiss_value, takes_part=_complete)
ALPHA = Measure(_alpha_terms, _alpha_value)
AC1 = Measure(_ac1_terms, _ac1_value, takes_part=lambda tally: tally.ratings_per_unit > 0)
