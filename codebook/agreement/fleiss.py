"""Fleiss' kappa: chance from the labels of all coders pooled; in all, with gaps, and label by label."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from codebook.agreement.measures import (
    COMPLETE,
    RATED,
    Measure,
    agreement_terms,
    complete,
    corrected,
    estimate,
    observed_agreement,
    rated,
    ratio,
    with_remark,
)
from codebook.agreement.results import NO_VARIATION, Agreement
from codebook.agreement.tally import FloatArray, Tally, tabulate

if TYPE_CHECKING:
    import pandas as pd


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
    return _with_left_out(estimate(FLEISS, tally), tally)


def fleiss_kappa_gwet(ratings: pd.DataFrame, *, categories: Sequence[Hashable] | None = None) -> Agreement:
    r"""Fleiss' kappa in Gwet's form, which takes gaps.

    .. math:: \kappa = (P_a - P_e) / (1 - P_e), \quad P_e = \sum_k \pi_k^2

    where pi_k is the mean over rated units of r_uk / r_u. Without gaps it is `fleiss_kappa`.

    Parameters
    ----------
    ratings : DataFrame, shape (n_units, n_coders)
        None or NaN means *not rated*.
    categories : sequence, optional
        All labels that were possible; the value does not depend on it.

    Returns
    -------
    Agreement
        At most 1. None with a reason if one label was given throughout.

    References
    ----------
    .. [1] K. L. Gwet, "Handbook of Inter-Rater Reliability", 4th edition, 2014, chapter 2.

    Examples
    --------
    >>> import pandas as pd
    >>> ratings = pd.DataFrame([["y", "y", "y"], ["y", "y", "n"], ["n", "n", "y"], ["n", "n", None]])
    >>> round(fleiss_kappa_gwet(ratings).value, 3)
    0.333
    """
    return estimate(FLEISS_GWET, tabulate(ratings, categories=categories))


def fleiss_kappa_per_category(
    ratings: pd.DataFrame, *, categories: Sequence[Hashable] | None = None
) -> dict[Hashable, Agreement]:
    r"""Fleiss' kappa of each label against all others.

    .. math:: \kappa_k = 1 - \frac{\sum_u r_{uk} (m - r_{uk})}{N m (m - 1) p_k (1 - p_k)}

    Parameters
    ----------
    ratings : DataFrame, shape (n_units, n_coders)
        None or NaN means *not rated*. Only units that all m coders rated enter.
    categories : sequence, optional
        All labels that were possible. By default those that occur.

    Returns
    -------
    dict of label to Agreement
        At most 1 each, with ``prevalence``, the label's share. None, with a reason, for a label
        never or always given.

    References
    ----------
    .. [1] J. L. Fleiss, "Measuring nominal scale agreement among many raters", Psychological
       Bulletin 76, 1971, equation 14.

    Examples
    --------
    >>> import pandas as pd
    >>> ratings = pd.DataFrame([["a", "a"], ["a", "b"], ["b", "b"], ["c", "c"]])
    >>> {label: round(answer.value, 2) for label, answer in fleiss_kappa_per_category(ratings).items()}
    {'a': 0.47, 'b': 0.47, 'c': 1.0}
    """
    tally = tabulate(ratings, categories=categories)
    whole = _with_left_out(estimate(FLEISS, tally), tally)
    if not whole.n:
        return {label: whole for label in tally.labels}
    counts, m = tally.counts[complete(tally)], tally.n_coders
    share = counts.sum(axis=0) / (len(counts) * m)
    observed = (counts * (m - counts)).sum(axis=0) / (len(counts) * m * (m - 1))
    expected = share * (1 - share)
    kappas = 1 - ratio(observed, expected)
    remarks = tuple(remark for remark in whole.remarks if "left out" in remark)
    return {
        label: replace(
            whole,
            value=None if np.isnan(kappa) else float(kappa),
            reason=NO_VARIATION if np.isnan(kappa) else None,
            prevalence=float(given),
            remarks=remarks,
            method="Fleiss' kappa of one label",
            observed=None,
            expected=None,
        )
        for label, kappa, given in zip(tally.labels, kappas, share, strict=True)
    }


def _with_left_out(answer: Agreement, tally: Tally) -> Agreement:
    left_out = int(rated(tally).sum()) - answer.n
    if answer.reason is None and left_out:
        return with_remark(answer, f"{left_out} units left out: not rated by all coders")
    return answer


def _fleiss_terms(tally: Tally) -> FloatArray:
    return np.column_stack([agreement_terms(tally), tally.counts]) * complete(tally)[:, None]


def _fleiss_sums(tally: Tally) -> FloatArray:
    units = complete(tally)
    return np.concatenate([agreement_terms(tally)[units].sum(axis=0), tally.total(units)])


def _fleiss_expected(sums: FloatArray) -> FloatArray:
    given = sums[..., 2:]
    by_chance: FloatArray = (ratio(given, given.sum(axis=-1, keepdims=True)) ** 2).sum(axis=-1)
    return by_chance


def _fleiss_gwet_terms(tally: Tally) -> FloatArray:
    return np.column_stack([agreement_terms(tally), rated(tally), label_shares(tally)])


def label_shares(tally: Tally) -> FloatArray:
    """Shape (n_units, n_labels): the share of each label among the ratings of the unit."""
    shares: FloatArray = tally.counts / np.maximum(tally.ratings_per_unit, 1)[:, None]
    return shares


def shares_sums(tally: Tally) -> FloatArray:
    """What agreement terms, rated units and label shares sum to."""
    ratings = tally.ratings_per_unit
    # By number of ratings, in whole numbers: a share of thirds adds up to 1 only so.
    shares = sum(
        (tally.total(ratings == number) / number for number in np.unique(ratings[ratings > 0])),
        start=np.zeros(len(tally.labels)),
    )
    return np.concatenate([agreement_terms(tally).sum(axis=0), [rated(tally).sum()], shares])


def mean_shares(sums: FloatArray) -> FloatArray:
    """pi_k: the mean share of each label over rated units."""
    return ratio(sums[..., 3:], sums[..., 2:3])


def _fleiss_gwet_expected(sums: FloatArray) -> FloatArray:
    by_chance: FloatArray = (mean_shares(sums) ** 2).sum(axis=-1)
    return by_chance


def _measures() -> tuple[Measure, Measure]:
    value, parts = corrected(observed_agreement, _fleiss_expected)
    classic = Measure(
        "Fleiss' kappa",
        _fleiss_terms,
        value,
        parts,
        universe=COMPLETE,
        takes_part=complete,
        sums=_fleiss_sums,
    )
    value, parts = corrected(observed_agreement, _fleiss_gwet_expected)
    with_gaps = Measure(
        "Fleiss' kappa, Gwet's form",
        _fleiss_gwet_terms,
        value,
        parts,
        universe=RATED,
        takes_part=rated,
        sums=shares_sums,
    )
    return classic, with_gaps


FLEISS, FLEISS_GWET = _measures()
