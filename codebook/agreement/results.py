"""What a coefficient answers, and the words for what it cannot answer."""

from __future__ import annotations

from dataclasses import dataclass

NO_DATA = "no data"
FEWER_THAN_TWO_CODERS = "fewer than two coders"
NO_SHARED_UNIT = "no unit was coded by two coders"
NO_COMPLETE_UNIT = "no unit was coded by all coders"
NO_VARIATION = "no variation"
NO_POSITIVE = "no positive rating"

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
