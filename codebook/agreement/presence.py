"""Agreement on many codes at once: was each code found in each unit?

The same coefficients as for a ratings table of 0 and 1, read for all codes together from few
sums per document. Their definitions and sources stand with the functions in `coefficients`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

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
)
from codebook.agreement.patterns import Found, alpha_of_sums, terms_of
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

NOT_ASKED_FOR = "no draws were asked for"
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
        As for `bootstrap_interval`. All codes share the draws of documents. No draws, no intervals.

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
    found = Found.of(presence, documents)
    intervals = _alpha_intervals(found, draws=draws, level=level, seed=seed)
    values = {
        "percent": found.percent,
        "positive_agreement": found.positive_agreement,
        "kappa": found.kappa,
        "alpha": alpha_of_sums(found.alpha_terms.sum(axis=1)),
        "ac1": found.ac1,
    }
    return [
        _answer(
            {name: _number(values[name][code]) for name in MEASURES},
            int(found.n_units[code]),
            positive=int(found.positive[code]),
            ratings=int(found.ratings[code]),
            no_pairs=None if found.n_units[code] else reason_without_pairs(presence[code]),
            interval=intervals[code],
        )
        for code in range(len(presence))
    ]


def _alpha_intervals(found: Found, *, draws: int, level: float, seed: int) -> list[Interval]:
    """The interval of each code's alpha; codes compared in the same documents share the draws."""
    if not draws:
        return [Interval(None, None, "", NOT_ASKED_FOR)] * len(found.times)
    intervals = {}
    for codes, clusters in _shared_documents(found):
        drawn = resampled_sums(clusters.reshape(len(clusters), -1), draws=draws, seed=seed)
        alphas = alpha_of_sums(drawn.reshape(draws, len(codes), 3))
        method = f"bootstrap of {len(clusters)} documents"
        for position, code in enumerate(codes):
            intervals[int(code)] = percentile_interval(alphas[:, position], method=method, level=level)
    for code in np.flatnonzero(found.n_units).tolist():
        if code not in intervals:
            intervals[code] = _interval_alone(found, code, draws=draws, level=level, seed=seed)
    return [intervals.get(code, Interval(None, None, "")) for code in range(len(found.times))]


def _interval_alone(found: Found, code: int, *, draws: int, level: float, seed: int) -> Interval:
    by_document = found.alpha_terms[code][found.alpha_terms[code, :, 2] > 0]
    enough = len(by_document) >= FEWEST_DOCUMENTS
    times = (found.times[code] * found.pairable).astype(int)
    terms = by_document if enough else np.repeat(terms_of(found.patterns), times, axis=0)
    return resampled_interval(
        terms,
        alpha_of_sums,
        n_units=int(found.n_units[code]),
        documents=np.arange(len(by_document)) if enough else None,
        draws=draws,
        level=level,
        seed=seed,
    )


def _shared_documents(found: Found) -> Iterator[tuple[IntArray, FloatArray]]:
    """Codes compared in the same ten documents or more, with their sums (n_documents, n_codes, 3)."""
    enough = np.flatnonzero(found.n_units >= FEWEST_UNITS)
    if not len(enough):
        return
    by_document = found.alpha_terms[enough].transpose(1, 0, 2)
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
        interval=(interval.method or None) if defined else None,
    )


def _remarks(values: Mapping[str, float | None], positive: int, ratings: int) -> Iterator[str]:
    corrected = (values[name] for name in ("kappa", "alpha", "ac1"))
    if any(value is not None and value < 0 for value in corrected):
        yield BELOW_CHANCE
    if ratings and min(positive, ratings - positive) == 1:
        yield ONE_RARE_VALUE
    if ratings and positive in (0, ratings):
        yield UNINFORMATIVE


def reason_without_pairs(ratings: NDArray[np.int8]) -> str:
    """Why ratings of units by coders cannot be compared."""
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
