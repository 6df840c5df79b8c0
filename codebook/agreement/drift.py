"""Agreement as time goes by: between coders from window to window, and of a coder with themselves."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from codebook.agreement.alpha import alpha_measure, krippendorff_alpha, tally_for
from codebook.agreement.intervals import DRAWS, LEVEL, SEED, percentile_interval, resampled_sums
from codebook.agreement.measures import estimate
from codebook.agreement.results import Agreement
from codebook.agreement.tally import Tally

if TYPE_CHECKING:
    import pandas as pd

WINDOW = 30
ONE_WINDOW = "too few units for two windows"


@dataclass(frozen=True)
class Window:
    """Alpha among units coded one after another; ``first`` and ``last`` are when."""

    first: Any
    last: Any
    alpha: Agreement


@dataclass(frozen=True)
class Drift:
    """Alpha window by window; ``change`` is that of the last less that of the first, with its interval."""

    windows: tuple[Window, ...]
    change: Agreement


def alpha_over_time(
    ratings: pd.DataFrame,
    times: Sequence[Any],
    *,
    window: int = WINDOW,
    measurement: str = "nominal",
    categories: Sequence[Hashable] | None = None,
    draws: int = DRAWS,
    level: float = LEVEL,
    seed: int = SEED,
) -> Drift:
    r"""Do coders drift apart? Alpha in windows of units in the order in which they were coded.

    .. math:: \Delta = \alpha_{last} - \alpha_{first}

    Parameters
    ----------
    ratings : DataFrame, shape (n_units, n_coders)
        None or NaN means *not rated*. Units with two ratings or more enter.
    times : sequence of length n_units
        When the later of the coders coded the unit; anything that can be put in order.
    window : int
        Units a window, at least; what is left over joins the last.
    measurement, categories
        As ``level`` and ``categories`` of `krippendorff_alpha`.
    draws, level, seed
        As for `bootstrap_interval`; units are resampled within the windows.

    Returns
    -------
    Drift
        ``change`` has no value, with a reason, where there are fewer than two windows or one of
        them has no alpha.

    Examples
    --------
    >>> import pandas as pd
    >>> together = pd.DataFrame({"A": [0, 1] * 30, "B": [0, 1] * 15 + [0, 1, 1, 0] * 7 + [0, 1]})
    >>> drift = alpha_over_time(together, range(60))
    >>> [round(window.alpha.value, 2) for window in drift.windows], round(drift.change.value, 2)
    ([1.0, 0.08], -0.92)
    """
    if len(times) != len(ratings):
        raise ValueError(f"times names {len(times)} times for {len(ratings)} units")
    if window < 1:
        raise ValueError(f"window={window}: a window holds at least one unit")
    tally = tally_for(ratings, level=measurement, categories=categories)
    order = sorted(np.flatnonzero(tally.pairable).tolist(), key=lambda unit: times[unit])
    n_windows = max(len(order) // window, 1)
    ends = [window * number for number in range(1, n_windows)] + [len(order)]
    starts = [0, *ends[:-1]]
    parts = [np.array(order[start:end], dtype=np.int64) for start, end in zip(starts, ends, strict=True)]
    measure = alpha_measure(tally, level=measurement)
    tallies = [Tally(tally.labels, tally.label_numbers[part]) for part in parts if len(part)]
    windows = tuple(
        Window(times[part[0]], times[part[-1]], estimate(measure, here))
        for part, here in zip(parts, tallies, strict=False)
    )
    change = Agreement(
        None,
        n=len(order),
        unit="row of the ratings table",
        universe=f"rows with two ratings or more, in windows of {window} or more",
        method=f"Krippendorff's alpha, {measurement}: last window less first",
    )
    if len(windows) < 2:
        reason: str | None = tally.reason_without_pairs or ONE_WINDOW
        return Drift(windows, replace(change, reason=reason, interval_reason=reason))
    first, last = windows[0].alpha, windows[-1].alpha
    if first.value is None or last.value is None:
        reason = first.reason or last.reason
        return Drift(windows, replace(change, reason=reason, interval_reason=reason))
    sums = [
        resampled_sums(measure.terms(here), draws=draws, seed=seed + number)
        for number, here in enumerate((tallies[0], tallies[-1]))
    ]
    interval = percentile_interval(
        measure.value(sums[1]) - measure.value(sums[0]),
        method="bootstrap of the units of both windows; assumes independent segments",
        level=level,
    )
    return Drift(
        windows,
        replace(
            change,
            value=last.value - first.value,
            low=interval.low,
            high=interval.high,
            interval=interval.method,
            interval_reason=interval.reason,
        ),
    )


def intra_coder_alpha(
    first: Sequence[Hashable],
    second: Sequence[Hashable],
    *,
    measurement: str = "nominal",
    categories: Sequence[Hashable] | None = None,
) -> Agreement:
    """Alpha of one coder with themselves: what they coded, and coded again without seeing it.

    Parameters
    ----------
    first, second : sequences of the same length
        The labels of the same units, in both passes; None means *not rated*.
    measurement, categories
        As ``level`` and ``categories`` of `krippendorff_alpha`.

    Examples
    --------
    >>> round(intra_coder_alpha(["a", "a", "b", "b"], ["a", "b", "b", "b"]).value, 2)
    0.53
    """
    import pandas as pd  # slow to load, and many a command imports this package without a table

    if len(first) != len(second):
        raise ValueError(f"{len(first)} units were coded and {len(second)} coded again")
    passes = pd.DataFrame({"first": list(first), "second": list(second)}, dtype=object)
    answer = krippendorff_alpha(passes, level=measurement, categories=categories)
    return replace(answer, method=f"{answer.method}, intra-coder", universe="rows coded twice by one coder")


def without_each_coder(
    ratings: pd.DataFrame, *, measurement: str = "nominal", categories: Sequence[Hashable] | None = None
) -> dict[Hashable, float | None]:
    """Each coder against the rest: alpha without this coder less alpha with all.

    Above 0, the others agree better among themselves. None where either has no value.

    Examples
    --------
    >>> import pandas as pd
    >>> ratings = pd.DataFrame({"A": [0, 1, 0, 1], "B": [0, 1, 0, 1], "C": [1, 1, 0, 0]})
    >>> {coder: round(change, 2) for coder, change in without_each_coder(ratings).items()}
    {'A': -0.26, 'B': -0.26, 'C': 0.61}
    """
    whole = krippendorff_alpha(ratings, level=measurement, categories=categories).value
    changes: dict[Hashable, float | None] = {}
    for coder in ratings.columns:
        rest = krippendorff_alpha(ratings.drop(columns=coder), level=measurement, categories=categories).value
        changes[coder] = None if whole is None or rest is None else rest - whole
    return changes
