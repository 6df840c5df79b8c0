"""What a coefficient answers, and the words for what it cannot answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

NO_DATA = "no data"
FEWER_THAN_TWO_CODERS = "fewer than two coders"
NO_SHARED_UNIT = "no unit was coded by two coders"
NO_COMPLETE_UNIT = "no unit was coded by all coders"
NO_VARIATION = "no variation"
NO_POSITIVE = "no positive rating"
NO_ITEM_VARIANCE = "no variance between items"
MISSING_SCORES = "some scores are missing: an intraclass correlation needs all; use krippendorff_alpha"
TOO_FEW_ITEMS = "fewer than two items"
ONE_OPTION = "fewer than two options"
NO_SHARED_DOCUMENT = "no document was finished by two coders"
NOTHING_MARKED = "nobody marked anything"
NOTHING_SHARED = "no character was marked by two coders"
ONE_VALUE = "one value: there was no other to confuse it with"
NO_GAPS = "no gaps: every coder marked all of the text"
OVERLAPPING_CODES = "codes overlap: ask for one code, for codes that exclude each other, or for any code"

BELOW_CHANCE = "below chance: systematic difference"
ONE_RARE_VALUE = "one rare value: a single rating differs from all others"
UNINFORMATIVE = "no variation: says nothing about how well coders tell the categories apart"


@dataclass(frozen=True)
class Agreement:
    """A measure of agreement between coders.

    Attributes
    ----------
    value : float or None
        Dimensionless, at most 1. None if the data do not define it; ``reason`` then says why.
    low, high : float or None
        The interval, where one was asked for and could be had.
    n : int
        Units with two ratings or more.
    reason : str or None
        Why there is no value.
    prevalence : float or None
        Positive ratings among the ratings of those units, for measures that know what positive is.
    remarks : tuple of str
        What a reader must know beside the number ("below chance: …").
    interval : str or None
        How ``low`` and ``high`` were got, over what, with how many usable draws.
    interval_reason : str or None
        Why an interval that was asked for is not there.
    observed, expected : float or None
        Disagreement (for gamma: disorder) as found and as chance would give, where a measure is
        made of the two.
    coverage : float or None
        The share of the text of which a measure speaks, where it does not speak of all.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    n: int = 0
    reason: str | None = None
    prevalence: float | None = None
    remarks: tuple[str, ...] = ()
    interval: str | None = None
    interval_reason: str | None = None
    unit: str = "row"
    universe: str = "rows with two ratings or more"
    method: str = ""
    standard_error: float | None = None
    parts: Mapping[str, Any] = field(default_factory=dict)
    observed: float | None = None
    expected: float | None = None
    coverage: float | None = None
