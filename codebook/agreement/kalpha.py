"""The interval of alpha as the KALPHA macro draws it: for comparison with figures got that way.

It draws pairs of ratings as if each were an observation of its own. They are not, and the interval is
too narrow: on the data of its own paper about half as wide as resampled units give.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from codebook.agreement.alpha import (
    Distance,
    coincidences,
    distance_matrix,
    krippendorff_alpha,
    tally_for,
)
from codebook.agreement.intervals import DRAWS, LEVEL, SEED
from codebook.agreement.results import Agreement
from codebook.agreement.tally import FloatArray, Tally, as_numbers

if TYPE_CHECKING:
    import pandas as pd


def kalpha_interval(
    ratings: pd.DataFrame,
    *,
    measurement: str = "nominal",
    distance: Distance | None = None,
    categories: Sequence[Hashable] | None = None,
    draws: int = DRAWS,
    level: float = LEVEL,
    seed: int = SEED,
) -> Agreement:
    r"""Krippendorff's alpha with the KALPHA-compatible interval; `bootstrap_interval` is the honest one.

    Each draw takes as many pairs as were observed, each with the chance of its cell among the
    coincidences, and keeps the expected disagreement as it is:

    .. math:: \alpha^* = 1 - \frac{1}{M D_e} \sum_{i=1}^{M} \delta_i

    Parameters
    ----------
    ratings : DataFrame, shape (n_units, n_coders)
        None or NaN means *not rated*.
    measurement, distance, categories
        As ``level``, ``distance`` and ``categories`` of `krippendorff_alpha`.
    draws, level, seed
        As for `bootstrap_interval`.

    Returns
    -------
    Agreement
        With ``low`` (not below -1) and ``high``; or ``interval_reason``.

    References
    ----------
    .. [1] A. F. Hayes, K. Krippendorff, "Answering the call for a standard reliability measure for
       coding data", Communication Methods and Measures 1, 2007.

    Examples
    --------
    >>> import pandas as pd
    >>> ratings = pd.DataFrame({"A": [1, 0, 0, 1] * 20, "B": [1, 0, 1, 1] * 20})
    >>> kalpha_interval(ratings).interval
    'KALPHA-compatible: 2000 draws of 80 pairs of ratings; too narrow'
    """
    answer = krippendorff_alpha(ratings, level=measurement, distance=distance, categories=categories)
    if answer.value is None or answer.expected is None:
        return replace(answer, interval_reason=answer.reason)
    tally = tally_for(ratings, level=measurement, categories=categories)
    cells, distances = coincidences(tally), _distances(tally, measurement, distance)
    pairs = int(tally.pairs.sum()) // 2
    # Cells as far apart as each other are one: their number is small, and so is a draw.
    apart, place = np.unique(distances.ravel(), return_inverse=True)
    chances = np.bincount(place.ravel(), weights=cells.ravel() / cells.sum())
    drawn = np.random.default_rng(seed).multinomial(pairs, chances / chances.sum(), size=draws)
    alphas = np.maximum(1 - drawn @ apart / (pairs * answer.expected), -1.0)
    low, high = np.quantile(alphas, [(1 - level) / 2, (1 + level) / 2])
    method = f"KALPHA-compatible: {draws} draws of {pairs} pairs of ratings; too narrow"
    return replace(answer, low=float(low), high=float(high), interval=method)


def _distances(tally: Tally, measurement: str, distance: Distance | None) -> FloatArray:
    if measurement == "nominal":
        return 1 - np.eye(len(tally.labels))
    if measurement == "interval":
        values = as_numbers(tally.labels)
        return (values[:, None] - values) ** 2
    if measurement == "ordinal":
        ranks = tally.label_totals.cumsum() - tally.label_totals / 2
        return (ranks[:, None] - ranks) ** 2
    return distance_matrix(tally.labels, measurement, distance)
