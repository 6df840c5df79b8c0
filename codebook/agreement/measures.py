"""A coefficient taken apart: what each unit adds, and what the sums of it mean.

Written so, the same few lines give the value, all bootstrap draws at once (sums of resampled units)
and the jackknife (sums without one).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from codebook.agreement.results import (
    BELOW_CHANCE,
    NO_COMPLETE_UNIT,
    NO_VARIATION,
    ONE_RARE_VALUE,
    UNINFORMATIVE,
    Agreement,
)
from codebook.agreement.tally import BoolArray, FloatArray, Tally

Part = Callable[[FloatArray], FloatArray]

ROW = "row of the ratings table"
COMPARED = "rows with two ratings or more"
RATED = "rows with a rating; agreement over those with two or more"
COMPLETE = "rows that all coders rated"
BOTH_RATED = "rows that both coders of a pair rated"


@dataclass(frozen=True)
class Measure:
    """A coefficient of sums over units.

    ``terms`` gives an array (n_units, n_terms); ``value`` takes sums (..., n_terms) and gives an
    array (...) with NaN where the coefficient is undefined; ``parts`` give ``observed`` and
    ``expected`` in the same way; ``takes_part`` marks the units that can enter; ``undefined`` is the reason
    for NaN; ``lowest`` bounds an interval from below; ``sums``, where given, is a shorter way to
    the sums of all units.
    """

    name: str
    terms: Callable[[Tally], FloatArray]
    value: Part
    parts: Mapping[str, Part]
    universe: str = COMPARED
    undefined: str = NO_VARIATION
    takes_part: Callable[[Tally], BoolArray] = lambda tally: tally.pairable
    lowest: float = -1.0
    corrects_chance: bool = True
    sums: Callable[[Tally], FloatArray] | None = None

    def sums_of(self, tally: Tally) -> FloatArray:
        return self.terms(tally).sum(axis=0) if self.sums is None else self.sums(tally)


def corrected(observed: Part, expected: Part) -> tuple[Part, Mapping[str, Part]]:
    """(Po - Pe) / (1 - Pe) as a function of sums, and its two parts."""

    def value(sums: FloatArray) -> FloatArray:
        by_chance = expected(sums)
        return ratio(observed(sums) - by_chance, 1 - by_chance)

    return value, {"observed": observed, "expected": expected}


def estimate(measure: Measure, tally: Tally) -> Agreement:
    """The value of a measure on counted ratings, without an interval."""
    empty = Agreement(None, unit=ROW, universe=measure.universe, method=measure.name)
    if tally.reason_without_pairs:
        return replace(empty, reason=tally.reason_without_pairs)
    n = int((measure.takes_part(tally) & tally.pairable).sum())
    if not n:
        return replace(empty, reason=NO_COMPLETE_UNIT)
    sums = measure.sums_of(tally)
    value = float(measure.value(sums))
    parts = {name: _number(part(sums)) for name, part in measure.parts.items()}
    answer = replace(
        empty,
        n=n,
        prevalence=_prevalence(tally),
        observed=parts.get("observed"),
        expected=parts.get("expected"),
    )
    if np.isnan(value):
        return replace(answer, reason=measure.undefined)
    return replace(answer, value=value, remarks=tuple(_remarks(measure, tally, value)))


def _prevalence(tally: Tally) -> float | None:
    """The share of ones, where labels are 0 and 1."""
    if 1 not in tally.labels or not set(tally.labels) <= {0, 1}:
        return None
    return float(tally.label_totals[tally.labels.index(1)] / tally.label_totals.sum())


def _remarks(measure: Measure, tally: Tally, value: float) -> list[str]:
    odd_ratings = tally.label_totals.sum() - tally.label_totals.max()
    # What rounding leaves of 0 is no systematic difference.
    remarks = [BELOW_CHANCE] if measure.corrects_chance and value < -1e-12 else []
    if odd_ratings == 1:
        remarks.append(ONE_RARE_VALUE)
    return [*remarks, UNINFORMATIVE] if odd_ratings == 0 else remarks


def with_remark(answer: Agreement, remark: str) -> Agreement:
    return replace(answer, remarks=(*answer.remarks, remark))


def complete(tally: Tally) -> BoolArray:
    """Units that every coder rated."""
    rated_by_all: BoolArray = tally.ratings_per_unit == tally.n_coders
    return rated_by_all


def rated(tally: Tally) -> BoolArray:
    """Units with a rating at all."""
    with_rating: BoolArray = tally.ratings_per_unit > 0
    return with_rating


def agreement_terms(tally: Tally) -> FloatArray:
    """Two terms: the share of agreeing pairs in each unit, and whether it has pairs."""
    shares = tally.agreeing_pairs / np.maximum(tally.pairs, 1)
    return np.column_stack([shares, tally.pairable])


def observed_agreement(sums: FloatArray) -> FloatArray:
    """The mean share of agreeing pairs, from sums that begin with `agreement_terms`."""
    return ratio(sums[..., 0], sums[..., 1])


def ratio(part: FloatArray, whole: FloatArray) -> FloatArray:
    """Part by whole, NaN where the whole is 0."""
    undefined = np.full(np.broadcast(part, whole).shape, np.nan)
    quotient: FloatArray = np.divide(part, whole, out=undefined, where=whole != 0)
    return quotient


def _number(value: FloatArray) -> float | None:
    return None if np.isnan(value) else float(value)
