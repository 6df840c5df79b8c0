"""Scores on a scale: intraclass correlations, and agreement within one item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from codebook.agreement.results import (
    BELOW_CHANCE,
    FEWER_THAN_TWO_CODERS,
    MISSING_SCORES,
    NO_DATA,
    NO_ITEM_VARIANCE,
    TOO_FEW_ITEMS,
    Agreement,
)
from codebook.agreement.tally import FloatArray

if TYPE_CHECKING:
    import pandas as pd

FORMS = {
    "1,1": "one score, raters differ from item to item",
    "2,1": "one rater's score, raters drawn from many, absolute agreement",
    "3,1": "one rater's score, these raters only, consistency",
    "1,k": "mean of the scores, raters differ from item to item",
    "2,k": "mean of the raters, raters drawn from many, absolute agreement",
    "3,k": "mean of the raters, these raters only, consistency",
}
OF_MEANS = "reliability of the mean of the raters: not that of a single rater"
ORDER_ONLY = "says whether the raters order the items alike, not how good the scores are"
PERFECT = "the scores leave nothing over: there is no interval"
MORE_THAN_RANDOM = "the scores vary as much as random answers, or more"
RWG_BELOW = "below 0: the scores vary more than random answers; many papers write 0"


@dataclass(frozen=True)
class _MeanSquares:
    n_items: int
    n_raters: int
    items: float
    raters: float
    residual: float
    within: float

    @classmethod
    def of(cls, scores: FloatArray) -> _MeanSquares:
        n, k = scores.shape
        # From the grand mean: large scores that differ by little keep their difference.
        scores = scores - scores.mean()
        of_items, of_raters = scores.mean(axis=1)[:, None], scores.mean(axis=0)
        items, raters = k * (of_items**2).sum(), n * (of_raters**2).sum()
        # Cell by cell: what subtracting sums of squares leaves of nothing is not nothing.
        residual = ((scores - of_items - of_raters) ** 2).sum()
        within = ((scores - of_items) ** 2).sum()
        return cls(
            n_items=n,
            n_raters=k,
            items=float(items / (n - 1)),
            raters=float(raters / (k - 1)),
            residual=float(residual / ((n - 1) * (k - 1))),
            within=float(within / (n * (k - 1))),
        )


def icc(ratings: pd.DataFrame, *, form: str = "2,1", level: float = 0.95) -> Agreement:
    r"""Intraclass correlation with its interval.

    From the mean squares of items (MSR), raters (MSC), the residual (MSE) and within items (MSW)
    of n items and k raters:

    .. math:: ICC(1,1) = \frac{MSR - MSW}{MSR + (k - 1) MSW}, \quad
        ICC(2,1) = \frac{MSR - MSE}{MSR + (k - 1) MSE + k (MSC - MSE) / n}, \quad
        ICC(3,1) = \frac{MSR - MSE}{MSR + (k - 1) MSE}

    and of the mean of k raters ICC(1,k) = (MSR - MSW) / MSR,
    ICC(2,k) = (MSR - MSE) / (MSR + (MSC - MSE) / n), ICC(3,k) = (MSR - MSE) / MSR.

    Parameters
    ----------
    ratings : DataFrame of numbers, shape (n_items, n_raters)
        Every cell filled; with gaps take ``krippendorff_alpha(level="interval")``.
    form : str
        ``"1,1"``, ``"2,1"``, ``"3,1"``, ``"1,k"``, ``"2,k"`` or ``"3,k"``, after Shrout and Fleiss.
    level : float
        Coverage of the interval.

    Returns
    -------
    Agreement
        At most 1, ``n`` the number of items. None with a reason if a score is missing, or the
        items do not differ.

    Raises
    ------
    ValueError
        If the form is unknown, or a score is no number.

    References
    ----------
    .. [1] P. E. Shrout, J. L. Fleiss, "Intraclass correlations: uses in assessing rater reliability",
       Psychological Bulletin 86, 1979.
    .. [2] K. O. McGraw, S. P. Wong, "Forming inferences about some intraclass correlation
       coefficients", Psychological Methods 1, 1996, table 7 (intervals).

    Examples
    --------
    The six targets and four judges of [1]_:

    >>> import pandas as pd
    >>> scores = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    >>> round(icc(pd.DataFrame(scores), form="2,1").value, 2)
    0.29
    """
    if form not in FORMS:
        raise ValueError(f"form={form!r} is unknown; there are {', '.join(FORMS)}")
    scores = _scores(ratings)
    answer = Agreement(
        None, unit="item", universe="all items, scored by all raters", method=f"ICC({form}): {FORMS[form]}"
    )
    reason = _reason_without_scores(scores)
    if reason:
        return replace(answer, reason=reason)
    squares = _MeanSquares.of(scores)
    answer = replace(answer, n=squares.n_items)
    value = _value(squares, form)
    if squares.items <= 1e-12 * (squares.within + (scores**2).mean()) or value is None:
        return replace(answer, reason=NO_ITEM_VARIANCE)
    remarks = [ORDER_ONLY] if form.startswith("3") else []
    remarks += [OF_MEANS] if form.endswith("k") else []
    remarks += [BELOW_CHANCE] if value < 0 else []
    answer = replace(answer, value=value, remarks=tuple(remarks))
    left_over = squares.within if form.startswith("1") else squares.residual
    if left_over <= 1e-12 * squares.items:
        return replace(answer, interval_reason=PERFECT)
    low, high = _interval(squares, form, level)
    return replace(answer, low=low, high=high, interval="F distribution, McGraw and Wong")


def rwg(ratings: pd.DataFrame | Sequence[float], *, options: int = 12, null: str = "uniform") -> Agreement:
    r"""Agreement of raters on one item: how much less do they vary than random answers would?

    .. math:: r_{wg} = 1 - s^2 / \sigma_E^2, \quad \sigma_E^2 = (A^2 - 1) / 12

    with s² the variance of the scores (divided by raters less one) and A the number of options.

    Parameters
    ----------
    ratings : sequence of numbers, or DataFrame with one row
        The scores that the raters gave the item; None or NaN means *not rated*.
    options : int
        How many answers were possible; 12 for a scale from 0 to 11.
    null : str
        Random answers: ``"uniform"``, all options equally likely.

    Returns
    -------
    Agreement
        At most 1, ``n`` the number of raters; below 0 it stays so, with a remark. None with a
        reason if fewer than two rated.

    Raises
    ------
    ValueError
        If there are several items, fewer than two options, or another ``null``.

    References
    ----------
    .. [1] L. R. James, R. G. Demaree, G. Wolf, "Estimating within-group interrater reliability with
       and without response bias", Journal of Applied Psychology 69, 1984.

    Examples
    --------
    >>> round(rwg([7, 8, 6, 7], options=12).value, 3)
    0.944
    """
    scores = _rows(ratings)
    if len(scores) > 1:
        raise ValueError(f"rwg takes one item and got {len(scores)}; take rwg_j for all together")
    by_chance = _variance_by_chance(options, null)
    scores = scores[np.isfinite(scores)]
    answer = Agreement(
        None, n=len(scores), unit="rater", universe="raters of the item", method=f"rwg, {options} options"
    )
    if len(scores) < 2:
        return replace(answer, reason=FEWER_THAN_TWO_CODERS if len(scores) else NO_DATA)
    variance = float(scores.var(ddof=1))
    return _with_sign(replace(answer, value=1 - variance / by_chance, observed=variance, expected=by_chance))


def rwg_j(ratings: pd.DataFrame, *, options: int = 12, null: str = "uniform") -> Agreement:
    r"""Agreement of raters on several items of one scale together.

    .. math:: r_{wg(j)} = \frac{J q}{J q + 1 - q}, \quad q = 1 - \bar s^2 / \sigma_E^2

    with J items and the mean of their variances.

    Parameters
    ----------
    ratings : DataFrame of numbers, shape (n_items, n_raters)
        None or NaN means *not rated*; items with fewer than two scores are left out.
    options, null
        As for `rwg`.

    Returns
    -------
    Agreement
        ``n`` the number of items that enter. None with a reason if no item has two scores, or if the
        scores vary so much that the formula has no meaning (q at or below 0).

    References
    ----------
    .. [1] L. R. James, R. G. Demaree, G. Wolf, "Estimating within-group interrater reliability with
       and without response bias", Journal of Applied Psychology 69, 1984.

    Examples
    --------
    >>> import pandas as pd
    >>> round(rwg_j(pd.DataFrame([[7, 8, 6, 7], [3, 4, 3, 5]]), options=12).value, 3)
    0.966
    """
    scores = _rows(ratings)
    by_chance = _variance_by_chance(options, null)
    scores = scores[np.isfinite(scores).sum(axis=1) >= 2]
    j = len(scores)
    answer = Agreement(
        None, n=j, unit="item", universe="items with two scores or more", method=f"rwg(j), {options} options"
    )
    if not j:
        return replace(answer, reason=FEWER_THAN_TWO_CODERS)
    variance = float(np.nanvar(scores, axis=1, ddof=1).mean())
    q = 1 - variance / by_chance
    answer = replace(answer, observed=variance, expected=by_chance)
    if q <= 0:
        return replace(answer, reason=MORE_THAN_RANDOM)
    return replace(answer, value=j * q / (j * q + 1 - q))


def _scores(ratings: pd.DataFrame) -> FloatArray:
    import pandas as pd  # slow to load, and many a command imports this package without a table

    if not isinstance(ratings, pd.DataFrame):
        raise TypeError(f"ratings must be a DataFrame of items by raters, not {type(ratings).__name__}")
    if all(isinstance(dtype, np.dtype) and dtype.kind in "iuf" for dtype in ratings.dtypes):
        return ratings.to_numpy(dtype=float)
    return _as_floats(ratings.astype(object).where(ratings.notna(), np.nan).to_numpy())


def _rows(ratings: pd.DataFrame | Sequence[float]) -> FloatArray:
    import pandas as pd

    if isinstance(ratings, pd.DataFrame):
        return _scores(ratings)
    return _as_floats(np.array([list(ratings)], dtype=object))


def _as_floats(cells: np.ndarray) -> FloatArray:
    try:
        numbers = [np.nan if cell is None else float(cell) for cell in cells.ravel()]
        return np.array(numbers).reshape(cells.shape)
    except (TypeError, ValueError) as error:
        raise ValueError(f"scores must be numbers ({error})") from error


def _reason_without_scores(scores: FloatArray) -> str | None:
    if not np.isfinite(scores).any():
        return NO_DATA
    if scores.shape[1] < 2:
        return FEWER_THAN_TWO_CODERS
    if not np.isfinite(scores).all():
        return MISSING_SCORES
    return TOO_FEW_ITEMS if len(scores) < 2 else None


def _value(squares: _MeanSquares, form: str) -> float | None:
    n, k = squares.n_items, squares.n_raters
    items, residual, within = squares.items, squares.residual, squares.within
    between_raters = (squares.raters - residual) / n
    part, whole = {
        "1,1": (items - within, items + (k - 1) * within),
        "2,1": (items - residual, items + (k - 1) * residual + k * between_raters),
        "3,1": (items - residual, items + (k - 1) * residual),
        "1,k": (items - within, items),
        "2,k": (items - residual, items + between_raters),
        "3,k": (items - residual, items),
    }[form]
    return part / whole if whole > 0 else None


def _interval(squares: _MeanSquares, form: str, level: float) -> tuple[float, float]:
    from scipy.special import fdtri  # slow to load, and few ask for it

    n, k, tail = squares.n_items, squares.n_raters, (1 + level) / 2
    if form.startswith("2"):
        low, high = _two_way_interval(squares, tail)
    else:
        one_way = form.startswith("1")
        left_over = squares.within if one_way else squares.residual
        freedom = n * (k - 1) if one_way else (n - 1) * (k - 1)
        by_ratio = squares.items / left_over
        lower = float(by_ratio / fdtri(n - 1, freedom, tail))
        upper = float(by_ratio * fdtri(freedom, n - 1, tail))
        low, high = ((bound - 1) / (bound + k - 1) for bound in (lower, upper))
    if form.endswith("k"):
        # Spearman and Brown: the mean of k raters.
        low, high = (k * bound / (1 + (k - 1) * bound) for bound in (low, high))
    return float(low), float(high)


def _two_way_interval(squares: _MeanSquares, tail: float) -> tuple[float, float]:
    """Of ICC(2,1); its F needs the degrees of freedom of a mixture (McGraw and Wong, table 7)."""
    from scipy.special import fdtri

    n, k = squares.n_items, squares.n_raters
    items, raters, residual = squares.items, squares.raters, squares.residual
    value = _value(squares, "2,1") or 0.0
    a = k * value / (n * (1 - value))
    b = 1 + k * value * (n - 1) / (n * (1 - value))
    freedom = (a * raters + b * residual) ** 2 / (
        (a * raters) ** 2 / (k - 1) + (b * residual) ** 2 / ((n - 1) * (k - 1))
    )
    lower, upper = fdtri(n - 1, freedom, tail), fdtri(freedom, n - 1, tail)
    spread = k * raters + (k * n - k - n) * residual
    low = n * (items - lower * residual) / (lower * spread + n * items)
    high = n * (upper * items - residual) / (spread + n * upper * items)
    return float(low), float(high)


def _variance_by_chance(options: int, null: str) -> float:
    if null != "uniform":
        raise ValueError(f"null={null!r} is unknown; there is uniform")
    if options < 2:
        raise ValueError(f"options={options}: a scale has at least two")
    return (options**2 - 1) / 12


def _with_sign(answer: Agreement) -> Agreement:
    below = answer.value is not None and answer.value < 0
    return replace(answer, remarks=(RWG_BELOW,)) if below else answer
