"""Agreement on many codes at once: was each code found in each unit?

The same coefficients as for a ratings table of 0 and 1, read for all codes together from few
sums per document. Their definitions and sources stand with the functions in `coefficients`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from codebook.agreement.measures import ratio
from codebook.agreement.intervals import (
    DRAWS,
    FEWEST_DOCUMENTS,
    FEWEST_UNITS,
    LEVEL,
    SEED,
    Interval,
    percentile_interval,
    resampled_interval,
    resampled_sums,
    sums_by_document,
)
from codebook.agreement.results import (
    BELOW_CHANCE,
    FEWER_THAN_TWO_CODERS,
    NO_DATA,
    NO_POSITIVE,
    NO_SHARED_UNIT,
    NO_VARIATION,
    ONE_RARE_VALUE,
    UNINFORMATIVE,
)
from codebook.agreement.tally import FloatArray, IntArray

MEASURES = ("percent", "positive_agreement", "kappa", "alpha", "ac1")


@dataclass(frozen=True)
class PresenceAgreement:
    """Agreement on one code. What is None has its reason in ``reasons`` (measure → why).

    ``n`` counts the units with two ratings or more, ``prevalence`` is the share of positive
    ratings in them, ``kappa`` the mean of Cohen's kappa over pairs of coders. ``interval`` says
    how ``alpha_low`` and ``alpha_high`` were got.
    """

    n: int
    prevalence: float | None
    percent: float | None
    positive_agreement: float | None
    kappa: float | None
    alpha: float | None
    alpha_low: float | None
    alpha_high: float | None
    ac1: float | None
    reasons: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    interval: str | None = None


def presence_agreement(
    presence: NDArray[np.int8],
    documents: NDArray[np.int64],
    *,
    draws: int = DRAWS,
    level: float = LEVEL,
    seed: int = SEED,
) -> list[PresenceAgreement]:
    """Agreement on the presence of each of many codes.

    Parameters
    ----------
    presence : int8 array, shape (n_codes, n_units, n_coders)
        1 = the coder found the code in the unit, 0 = did not, -1 = not rated.
    documents : int array, shape (n_units,)
        The number of each unit's document; any numbers do.
    draws, level, seed
        As for `bootstrap_interval`. All codes share the draws of documents.

    Returns
    -------
    list of PresenceAgreement
        One per code, in the order of ``presence``.

    Raises
    ------
    ValueError
        If the shapes do not fit, or ``presence`` holds other numbers.

    See Also
    --------
    codebook.units.presence_array : makes ``presence`` out of codings.

    Examples
    --------
    >>> found = np.array([[[1, 1], [1, 0], [0, 0], [0, -1]]], dtype=np.int8)
    >>> answer, = presence_agreement(found, np.array([1, 1, 2, 2]))
    >>> answer.n, answer.prevalence, answer.percent, answer.alpha
    (3, 0.5, 0.6666666666666667, 0.4444444444444444)
    """
    _check_shapes(presence, documents)
    sums = _Sums.of(presence)
    kappa = _mean_kappa(presence)
    intervals = _alpha_intervals(sums, documents, draws=draws, level=level, seed=seed)
    values = {
        "percent": sums.percent,
        "positive_agreement": sums.positive_agreement,
        "kappa": kappa,
        "alpha": _alpha(sums.alpha_terms.sum(axis=1)),
        "ac1": sums.ac1,
    }
    return [
        _answer(
            {name: _number(values[name][code]) for name in MEASURES},
            int(sums.n_units[code]),
            positive=int(sums.positive[code]),
            ratings=int(sums.ratings[code]),
            no_pairs=None if sums.n_units[code] else _reason_without_pairs(presence[code]),
            interval=intervals[code],
        )
        for code in range(len(presence))
    ]


@dataclass(frozen=True)
class _Sums:
    """For each code: sums over units, and what each unit adds to alpha."""

    n_units: IntArray
    ratings: IntArray
    positive: IntArray
    percent: FloatArray
    positive_agreement: FloatArray
    ac1: FloatArray
    alpha_terms: FloatArray  # (n_codes, n_units, 3): disagreement, positive ratings, ratings

    @classmethod
    def of(cls, presence: NDArray[np.int8]) -> _Sums:
        rated, found = _counts(presence)
        pairable = rated >= 2
        others = np.maximum(rated - 1, 1)
        split = found * (rated - found) / others * pairable
        ratings, positive = rated * pairable, found * pairable
        n_units = pairable.sum(axis=1)
        unlike = 2 * split / np.maximum(rated, 1)
        percent = 1 - ratio(unlike.sum(axis=1), n_units)
        shared = positive * (positive - 1) / others
        share = ratio((found / np.maximum(rated, 1)).sum(axis=1), (rated > 0).sum(axis=1))
        by_chance = 2 * share * (1 - share)
        return cls(
            n_units=n_units,
            ratings=ratings.sum(axis=1),
            positive=positive.sum(axis=1),
            percent=percent,
            positive_agreement=ratio(shared.sum(axis=1), positive.sum(axis=1)),
            ac1=ratio(percent - by_chance, 1 - by_chance),
            alpha_terms=np.stack([split, positive, ratings], axis=-1),
        )


def _counts(presence: NDArray[np.int8]) -> tuple[IntArray, IntArray]:
    """Ratings and positive ratings of each code and unit."""
    # Coder by coder: summing along an axis of two or three is many times slower.
    rated = np.zeros(presence.shape[:2], dtype=np.int64)
    found = np.zeros(presence.shape[:2], dtype=np.int64)
    for coder in range(presence.shape[2]):
        rated += presence[:, :, coder] >= 0
        found += presence[:, :, coder] == 1
    return rated, found


def _mean_kappa(presence: NDArray[np.int8]) -> FloatArray:
    n_codes, _, n_coders = presence.shape
    total, defined = np.zeros(n_codes), np.zeros(n_codes)
    for a, b in combinations(range(n_coders), 2):
        first, second = presence[:, :, a], presence[:, :, b]
        both = (first >= 0) & (second >= 0)
        n = both.sum(axis=1)
        agree = ((first == second) & both).sum(axis=1)
        by_first, by_second = ((first == 1) & both).sum(axis=1), ((second == 1) & both).sum(axis=1)
        by_chance = by_first * by_second + (n - by_first) * (n - by_second)
        kappa = ratio(n * agree - by_chance, n**2 - by_chance)
        total += np.nan_to_num(kappa)
        defined += np.isfinite(kappa)
    return ratio(total, defined)


def _alpha(sums: FloatArray) -> FloatArray:
    """Alpha of (…, 3) sums: disagreement, positive ratings, ratings."""
    split, positive, ratings = sums[..., 0], sums[..., 1], sums[..., 2]
    return 1 - ratio((ratings - 1) * split, positive * (ratings - positive))


def _alpha_intervals(
    sums: _Sums, documents: NDArray[np.int64], *, draws: int, level: float, seed: int
) -> list[Interval]:
    """The interval of each code's alpha; codes compared in the same documents share the draws."""
    n_codes = len(sums.n_units)
    compared_units = sums.alpha_terms[:, :, 2] > 0
    intervals = {}
    for codes, clusters in _shared_documents(sums, documents):
        drawn = resampled_sums(clusters.reshape(len(clusters), -1), draws=draws, seed=seed)
        alphas = _alpha(drawn.reshape(draws, len(codes), 3))
        method = f"bootstrap of {len(clusters)} documents"
        for position, code in enumerate(codes):
            intervals[int(code)] = percentile_interval(alphas[:, position], method=method, level=level)
    for code in (code for code in range(n_codes) if code not in intervals and sums.n_units[code]):
        part = compared_units[code]
        intervals[code] = resampled_interval(
            sums.alpha_terms[code][part],
            _alpha,
            n_units=int(sums.n_units[code]),
            documents=documents[part],
            draws=draws,
            level=level,
            seed=seed,
        )
    return [intervals.get(code, Interval(None, None, "")) for code in range(n_codes)]


def _shared_documents(sums: _Sums, documents: NDArray[np.int64]) -> Iterator[tuple[IntArray, FloatArray]]:
    """Codes compared in the same ten documents or more, with their sums (n_documents, n_codes, 3)."""
    enough = np.flatnonzero(sums.n_units >= FEWEST_UNITS)
    if not len(enough):
        return
    by_document = sums_by_document(sums.alpha_terms[enough].transpose(1, 0, 2), documents)
    compared = by_document[:, :, 2] > 0
    sets, member = np.unique(compared, axis=1, return_inverse=True)
    for number in range(sets.shape[1]):
        here, codes = sets[:, number], np.flatnonzero(member.ravel() == number)
        if here.sum() >= FEWEST_DOCUMENTS:
            yield enough[codes], by_document[np.ix_(here, codes)]


def _answer(
    values: dict[str, float | None],
    n: int,
    *,
    positive: int,
    ratings: int,
    no_pairs: str | None,
    interval: Interval,
) -> PresenceAgreement:
    undefined = {"positive_agreement": NO_POSITIVE}
    reasons = {
        name: no_pairs or undefined.get(name, NO_VARIATION) for name, value in values.items() if value is None
    }
    defined = values["alpha"] is not None
    if not defined or interval.reason:
        reasons["alpha_interval"] = interval.reason or reasons["alpha"]
    return PresenceAgreement(
        n=n,
        prevalence=positive / ratings if ratings else None,
        **values,
        alpha_low=interval.low if defined else None,
        alpha_high=interval.high if defined else None,
        reasons=reasons,
        remarks=tuple(_remarks(values, positive, ratings)),
        interval=interval.method if defined else None,
    )


def _remarks(values: Mapping[str, float | None], positive: int, ratings: int) -> Iterator[str]:
    corrected = (values[name] for name in ("kappa", "alpha", "ac1"))
    if any(value is not None and value < 0 for value in corrected):
        yield BELOW_CHANCE
    if ratings and min(positive, ratings - positive) == 1:
        yield ONE_RARE_VALUE
    if ratings and positive in (0, ratings):
        yield UNINFORMATIVE


def _reason_without_pairs(ratings: NDArray[np.int8]) -> str:
    coders = int((ratings >= 0).any(axis=0).sum())
    return (NO_DATA, FEWER_THAN_TWO_CODERS)[coders] if coders < 2 else NO_SHARED_UNIT


def _number(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)


def _check_shapes(presence: NDArray[np.int8], documents: NDArray[np.int64]) -> None:
    if presence.ndim != 3:
        raise ValueError(f"presence must have the axes codes, units, coders; it has {presence.ndim}")
    if len(documents) != presence.shape[1]:
        raise ValueError(f"documents names {len(documents)} documents for {presence.shape[1]} units")
    if presence.size and (presence.dtype.kind not in "iu" or presence.min() < -1 or presence.max() > 1):
        raise ValueError("presence holds other numbers than 1 (found), 0 (not found) and -1 (not rated)")
