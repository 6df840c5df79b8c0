"""Intervals for coefficients: whole documents are resampled, because their units are not independent.

Which way is taken follows from the data: with fewer than 30 units a jackknife with Student's t
(a percentile interval of so few is too narrow), else a bootstrap; over documents where there are
ten or more, else over units, and then the interval says that it assumes independent segments.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from codebook.agreement.coefficients import check_known, counted, measure_for
from codebook.agreement.results import Agreement
from codebook.agreement.shares import positive_agreement
from codebook.agreement.tally import FloatArray, IntArray

if TYPE_CHECKING:
    import pandas as pd

DRAWS = 2_000
LEVEL = 0.95
SEED = 2006
FEWEST_DOCUMENTS = 10
FEWEST_UNITS = 30
MOST_UNDEFINED = 0.10

Coefficient = Callable[..., Agreement]
Value = Callable[[FloatArray], FloatArray]


@dataclass(frozen=True)
class Interval:
    """Bounds and how they were got, or the reason why there are none."""

    low: float | None
    high: float | None
    method: str
    reason: str | None = None


def bootstrap_interval(
    coefficient: Coefficient,
    ratings: pd.DataFrame,
    *,
    documents: Sequence[Hashable] | np.ndarray | None = None,
    categories: Sequence[Hashable] | None = None,
    positive: Hashable = 1,
    options: Mapping[str, Any] | None = None,
    draws: int = DRAWS,
    level: float = LEVEL,
    seed: int = SEED,
) -> Agreement:
    """A coefficient with its interval.

    Parameters
    ----------
    coefficient : function
        One of the coefficients of a ratings table in this package, as ``krippendorff_alpha``.
    ratings : DataFrame, shape (n_units, n_coders)
        None or NaN means *not rated*.
    documents : sequence of length n_units, optional
        The document of each unit. Without it, or with fewer than ten documents that hold
        comparable units, units are resampled.
    categories, positive
        As the coefficient takes them; ``positive`` for positive agreement alone.
    options : mapping, optional
        What else the coefficient takes, as ``{"level": "ordinal"}`` for alpha.
    draws : int
        Bootstrap samples.
    level : float
        Coverage aimed at.
    seed : int
        The same seed gives the same interval.

    Returns
    -------
    Agreement
        With ``low`` and ``high``, and ``interval`` saying how they were got and from how many
        usable draws. If more than a tenth of the draws leave the coefficient undefined there is
        no interval and ``interval_reason`` says so.

    Raises
    ------
    ValueError
        If the function is no coefficient of this package that sums over units, or ``documents`` has another
        length than the table.

    References
    ----------
    .. [1] B. Efron, R. J. Tibshirani, "An Introduction to the Bootstrap", 1993, chapters 11 and 13.
    .. [2] J. Hughes, "Toward improved inference for Krippendorff's alpha agreement coefficient",
       2022 (jackknife).

    Examples
    --------
    >>> import pandas as pd
    >>> from codebook.agreement import bootstrap_interval, krippendorff_alpha
    >>> ratings = pd.DataFrame({"A": [1, 0, 0, 1] * 20, "B": [1, 0, 1, 1] * 20})
    >>> answer = bootstrap_interval(krippendorff_alpha, ratings, documents=[i // 4 for i in range(80)])
    >>> answer.interval
    'bootstrap of 20 documents, 2000 of 2000 draws usable'
    """
    return _with_interval(
        coefficient,
        ratings,
        _given(coefficient, categories, positive, options),
        documents,
        lambda terms, value, n_units, groups: resampled_interval(
            terms, value, n_units=n_units, documents=groups, draws=draws, level=level, seed=seed
        ),
    )


def jackknife_interval(
    coefficient: Coefficient,
    ratings: pd.DataFrame,
    *,
    documents: Sequence[Hashable] | np.ndarray | None = None,
    categories: Sequence[Hashable] | None = None,
    positive: Hashable = 1,
    options: Mapping[str, Any] | None = None,
    level: float = LEVEL,
) -> Agreement:
    """A coefficient with its jackknife interval: each document, or unit, left out in turn.

    The parameters are those of `bootstrap_interval`, which takes this way itself where units are few.
    """
    return _with_interval(
        coefficient,
        ratings,
        _given(coefficient, categories, positive, options),
        documents,
        lambda terms, value, n_units, groups: _jackknife_of(*_clusters(terms, groups), value, level),
    )


def _given(
    coefficient: Coefficient,
    categories: Sequence[Hashable] | None,
    positive: Hashable,
    options: Mapping[str, Any] | None,
) -> dict[str, Any]:
    check_known(coefficient)
    given = dict(options or {}, categories=categories)
    if coefficient is positive_agreement:
        given["positive"] = positive
    return given


def _with_interval(
    coefficient: Coefficient,
    ratings: pd.DataFrame,
    given: dict[str, Any],
    documents: Sequence[Hashable] | np.ndarray | None,
    interval_of: Callable[[FloatArray, Value, int, IntArray | None], Interval],
) -> Agreement:
    answer = coefficient(ratings, **given)
    groups = _document_numbers(documents, len(ratings))
    if answer.value is None:
        return replace(answer, interval_reason=answer.reason)
    tally = counted(coefficient, ratings, **given)
    measure = measure_for(coefficient, tally, **given)
    part = measure.takes_part(tally)
    terms = measure.terms(tally)[part]
    interval = interval_of(terms, measure.value, answer.n, None if groups is None else groups[part])
    low, high = _within(interval.low, measure.lowest), _within(interval.high, measure.lowest)
    return replace(answer, low=low, high=high, interval=interval.method, interval_reason=interval.reason)


def resampled_interval(
    terms: FloatArray,
    value: Value,
    *,
    n_units: int,
    documents: IntArray | None,
    draws: int = DRAWS,
    level: float = LEVEL,
    seed: int = SEED,
) -> Interval:
    """Interval of a function of sums over units.

    ``terms`` (n_units, n_terms) is what each unit adds; ``documents`` numbers their documents.
    """
    clusters, what = _clusters(terms, documents)
    if n_units < FEWEST_UNITS:
        return _jackknife_of(clusters, what, value, level)
    sums = resampled_sums(clusters, draws=draws, seed=seed)
    return percentile_interval(value(sums), method=f"bootstrap of {len(clusters)} {what}", level=level)


def _clusters(terms: FloatArray, documents: IntArray | None) -> tuple[FloatArray, str]:
    """What is resampled: documents where there are ten, else units; and what it is called."""
    if documents is not None:
        by_document = sums_by_document(terms, documents)
        if len(by_document) >= FEWEST_DOCUMENTS:
            return by_document, "documents"
    return terms, "units; assumes independent segments"


def _jackknife_of(clusters: FloatArray, what: str, value: Value, level: float) -> Interval:
    all_sums = clusters.sum(axis=0)
    method = f"jackknife of {len(clusters)} {what}"
    return jackknife(all_sums - clusters, value, all_sums, method=method, level=level)


def sums_by_document(terms: FloatArray, documents: IntArray) -> FloatArray:
    """Sums of rows with the same document number, shape (n_documents, …)."""
    order = np.argsort(documents, kind="stable")
    _, first = np.unique(documents[order], return_index=True)
    sums: FloatArray = np.add.reduceat(terms[order], first, axis=0)
    return sums


def resampled_sums(clusters: FloatArray, *, draws: int, seed: int) -> FloatArray:
    """Sums over as many clusters drawn with replacement, shape (draws, n_terms).

    Clusters that add the same are one pattern, and a draw says how often each pattern comes: for
    100,000 units that is a handful of numbers instead of 100,000.
    """
    random = np.random.default_rng(seed)
    patterns, times = np.unique(clusters, axis=0, return_counts=True)
    sums = np.empty((draws, patterns.shape[1]))
    # Four million weights at a time are 32 MB.
    step = max(1, 4_000_000 // len(patterns))
    for start in range(0, draws, step):
        weights = random.multinomial(len(clusters), times / len(clusters), size=min(step, draws - start))
        sums[start : start + step] = weights.astype(float) @ patterns
    return sums


def percentile_interval(values: FloatArray, *, method: str, level: float = LEVEL) -> Interval:
    """Percentiles of the defined draws; none if more than a tenth is undefined."""
    usable = values[np.isfinite(values)]
    method = f"{method}, {len(usable)} of {len(values)} draws usable"
    undefined = 1 - len(usable) / len(values)
    if undefined > MOST_UNDEFINED:
        return Interval(None, None, method, f"undefined in {undefined:.0%} of the draws")
    low, high = np.quantile(usable, [(1 - level) / 2, (1 + level) / 2])
    return Interval(float(low), float(high), method)


def jackknife(
    sums_without_one: FloatArray, value: Value, all_sums: FloatArray, *, method: str, level: float = LEVEL
) -> Interval:
    """Estimate plus or minus Student's t times the jackknife standard error."""
    without_one = value(sums_without_one)
    usable = without_one[np.isfinite(without_one)]
    undefined = 1 - len(usable) / len(without_one)
    if undefined > MOST_UNDEFINED:
        return Interval(None, None, method, f"undefined in {undefined:.0%} of the samples that leave one out")
    n = len(usable)
    if n < 2:
        return Interval(None, None, method, "a single unit has no interval")
    from scipy.special import stdtrit  # slow to load, and few intervals are jackknives

    standard_error = np.sqrt((n - 1) / n * ((usable - usable.mean()) ** 2).sum())
    reach = stdtrit(n - 1, (1 + level) / 2) * standard_error
    estimate = value(all_sums)
    return Interval(float(estimate - reach), float(min(estimate + reach, 1.0)), method)


def _document_numbers(documents: Sequence[Hashable] | np.ndarray | None, n_units: int) -> IntArray | None:
    if documents is None:
        return None
    if len(documents) != n_units:
        raise ValueError(f"documents names {len(documents)} documents for {n_units} units")
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(document, len(numbers)) for document in documents], dtype=np.int64)


def _within(bound: float | None, lowest: float) -> float | None:
    return None if bound is None else max(bound, lowest)
