"""What a coefficient answers, and the words for what it cannot answer."""

from __future__ import annotations

from dataclasses import dataclass

NO_DATA = "no data"
FEWER_THAN_TWO_CODERS = "fewer than two coders"
NO_SHARED_UNIT = "no unit was coded by two coders"
NO_COMPLETE_UNIT = "no unit was coded by all coders"
NO_VARIATION = "no variation"
NO_POSITIVE = "no positive rating"
NO_ITEM_VARIANCE = "no variance between items"
MISSING_SCORES = "some scores are missing: an intraclass correlation needs all; use krippendorff_alpha"
TOO_FEW_ITEMS = "fewer than two items"
NO_SHARED_DOCUMENT = "no document was finished by two coders"
NOTHING_MARKED = "nobody marked anything"
NOTHING_SHARED = "no character was marked by two coders"
TOO_LITTLE_SHARED = "too little text was marked by two coders to say what chance gives"
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
        What the value is made of, as found and as chance would give it: agreement for kappas and
        AC1, disagreement for alpha, disorder for gamma.
    coverage : float or None
        The share of the text of which a measure speaks, where it does not speak of all.
    unit : str
        What one observation is: a row of the ratings table, a character, an item.
    universe : str
        Which observations enter.
    method : str
        The name and form of the measure ("Krippendorff's alpha, ordinal").
    standard_error : float or None
        Where an analytic one was asked for and could be had.
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
    observed: float | None = None
    expected: float | None = None
    coverage: float | None = None
    unit: str = ""
    universe: str = ""
    method: str = ""
    standard_error: float | None = None
