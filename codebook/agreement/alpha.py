"""Krippendorff's alpha at every level of measurement, any number of coders, gaps allowed."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from codebook.agreement.measures import Measure, estimate, ratio
from codebook.agreement.results import Agreement
from codebook.agreement.sets import label_sets, set_distances
from codebook.agreement.tally import FloatArray, Tally, is_number, tabulate

if TYPE_CHECKING:
    import pandas as pd

LEVELS = ("nominal", "ordinal", "interval", "ratio", "jaccard", "masi", "custom")
Distance = Callable[[Hashable, Hashable], float] | Sequence[Sequence[float]] | FloatArray


def krippendorff_alpha(
    ratings: pd.DataFrame,
    *,
    level: str = "nominal",
    distance: Distance | None = None,
    categories: Sequence[Hashable] | None = None,
) -> Agreement:
    r"""Krippendorff's alpha, any number of coders, gaps allowed.

    Alpha compares the disagreement observed within units with the disagreement expected if the
    same labels were dealt to units by chance:

    .. math:: \alpha = 1 - D_o / D_e
        = 1 - (n - 1) \frac{\sum_u \sum_{ck} r_{uc} r_{uk} \delta_{ck} / (r_u - 1)}
        {\sum_{ck} n_c n_k \delta_{ck}}

    with n and n_c counted over units with two ratings or more.

    Parameters
    ----------
    ratings : DataFrame, shape (n_units, n_coders)
        One row per unit of text, one column per coder. A cell holds the label that coder gave
        that unit. None or NaN means *not rated*; it is never the label "no code applies", which
        is a label of its own.
    level : str
        How far two labels c and k are apart: ``nominal`` 0 or 1; ``ordinal`` by the ratings that
        lie between; ``interval`` (c - k)²; ``ratio`` ((c - k) / (c + k))²; ``jaccard`` and ``masi``
        for cells that hold sets of labels; ``custom`` by ``distance``.
    distance : function of two labels, or matrix in the order of ``categories``, optional
        For the level ``custom``: from 0, the same in both directions.
    categories : sequence, optional
        All labels that were possible, in their order. By default those that occur, numbers by size.

    Returns
    -------
    Agreement
        ``value`` is dimensionless, at most 1: 1 is perfect agreement, 0 what chance gives, below 0
        systematic disagreement. It is None, with a reason, if fewer than two labels occur among
        units rated by at least two coders: there was then no decision to agree on.

    Raises
    ------
    ValueError
        If the level is unknown, or the labels do not suit it.

    See Also
    --------
    cohen_kappa : two coders.
    codebook.agreement.bootstrap_interval : fills ``low`` and ``high``.

    References
    ----------
    .. [1] K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", University of
       Pennsylvania, 2011, sections C to E (gaps; levels of measurement).

    Examples
    --------
    The worked example of [1]_, four coders and twelve units:

    >>> import pandas as pd
    >>> n = None
    >>> ratings = pd.DataFrame({
    ...     "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, n, n, n],
    ...     "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, n, 3],
    ...     "C": [n, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, n],
    ...     "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, n],
    ... }, dtype=object)
    >>> round(krippendorff_alpha(ratings).value, 3)
    0.743
    >>> round(krippendorff_alpha(ratings, level="interval").value, 3)
    0.849
    """
    tally = tally_for(ratings, level=level, categories=categories)
    return estimate(alpha_measure(tally, level=level, distance=distance), tally)


def tally_for(
    ratings: pd.DataFrame, *, level: str = "nominal", categories: Sequence[Hashable] | None = None
) -> Tally:
    """Ratings counted as alpha at this level needs them: sets of labels made comparable."""
    if level in ("jaccard", "masi"):
        ratings = label_sets(ratings)
        categories = None if categories is None else [frozenset(labels) for labels in categories]  # type: ignore[call-overload]
    tally = tabulate(ratings, categories=categories)
    if level == "ordinal" and categories is None and not all(map(is_number, tally.labels)):
        raise ValueError("level='ordinal' needs the order of the labels: give them as categories")
    return tally


def alpha_measure(tally: Tally, *, level: str = "nominal", distance: Distance | None = None) -> Measure:
    """Alpha at a level of measurement, for the labels of a tally."""
    if level not in LEVELS:
        raise ValueError(f"level={level!r} is unknown; there are {', '.join(LEVELS)}")
    if (level == "custom") != (distance is not None):
        raise ValueError("level='custom' and a distance belong together: give both or neither")
    if level == "nominal":
        return NOMINAL
    if level == "interval":
        return _interval_measure(_numbers(tally, level))
    if level == "ordinal":
        return _ordinal_measure(tally)
    return _distance_measure(level, distance_matrix(tally.labels, level, distance))


def distance_matrix(labels: Sequence[Hashable], level: str, distance: Distance | None = None) -> FloatArray:
    """Distances of all pairs of labels, shape (n_labels, n_labels)."""
    if level in ("jaccard", "masi"):
        return set_distances(labels, level)  # type: ignore[arg-type]
    if level == "ratio":
        values = _checked_numbers(labels, level)
        # Nought and nought are no distance apart.
        return np.nan_to_num(ratio(values[:, None] - values, values[:, None] + values) ** 2)
    if callable(distance):
        rows = [[distance(first, second) for second in labels] for first in labels]
        return _checked_distances(np.array(rows, dtype=float).reshape(len(labels), len(labels)), labels)
    return _checked_distances(np.asarray(distance, dtype=float), labels)


def _checked_distances(matrix: FloatArray, labels: Sequence[Hashable]) -> FloatArray:
    if not len(labels):
        return np.zeros((0, 0))
    if matrix.shape != (len(labels), len(labels)):
        raise ValueError(f"distance has the shape {matrix.shape} for {len(labels)} labels {list(labels)}")
    if not (np.allclose(matrix, matrix.T) and (matrix >= 0).all() and not matrix.diagonal().any()):
        raise ValueError("distance must be 0 from a label to itself, the same both ways, never below 0")
    return matrix


def _checked_numbers(labels: Sequence[Hashable], level: str) -> FloatArray:
    strange = [label for label in labels if not (is_number(label) and np.isfinite(label))]
    if strange:
        raise ValueError(f"level={level!r} needs numbers, and the ratings hold '{strange[0]}'")
    values = np.array(labels, dtype=float)
    if level == "ratio" and (values < 0).any():
        raise ValueError("level='ratio' needs numbers from 0: below it shares of a whole mean nothing")
    return values


def _numbers(tally: Tally, level: str) -> FloatArray:
    values = _checked_numbers(tally.labels, level)
    # From their middle: squares of large numbers that differ by little lose the difference.
    return values - values.mean() if len(values) else values


def coincidences(tally: Tally) -> FloatArray:
    """Krippendorff's coincidence matrix o(c, k), shape (n_labels, n_labels)."""
    n_labels = len(tally.labels)
    cells = np.zeros(n_labels**2)
    others = _others(tally)
    for first, second in combinations(tally.by_coder, 2):
        both = (first >= 0) & (second >= 0)
        cells += np.bincount(first[both] * n_labels + second[both], 1 / others[both], minlength=n_labels**2)
    table = cells.reshape(n_labels, n_labels)
    return table + table.T


def _others(tally: Tally) -> FloatArray:
    """How many other ratings each rating of a unit is compared with, at least 1."""
    others: FloatArray = np.maximum(tally.ratings_per_unit - 1, 1).astype(float)
    return others


def _alpha(observed: FloatArray, expected: FloatArray, n: FloatArray) -> FloatArray:
    # Both still times n and n (n - 1): left in whole numbers where labels are nominal.
    return 1 - ratio((n - 1) * observed, expected)


def _measure(
    name: str,
    terms: Callable[[Tally], FloatArray],
    parts: Callable[[FloatArray], tuple[FloatArray, FloatArray, FloatArray]],
    sums: Callable[[Tally], FloatArray] | None = None,
) -> Measure:
    """Alpha out of what sums mean: disagreement, disagreement by chance, ratings."""

    def observed(sums: FloatArray) -> FloatArray:
        disagreement, _, n = parts(sums)
        return ratio(disagreement, n)

    def expected(sums: FloatArray) -> FloatArray:
        _, by_chance, n = parts(sums)
        return ratio(by_chance, n * (n - 1))

    return Measure(
        f"Krippendorff's alpha, {name}",
        terms,
        lambda sums: _alpha(*parts(sums)),
        {"observed": observed, "expected": expected},
        sums=sums,
    )


def _nominal_terms(tally: Tally) -> FloatArray:
    # Filled in place: stacking columns would copy the large part twice.
    terms = np.empty((len(tally.label_numbers), 1 + len(tally.labels)))
    terms[:, 0] = _disagreeing(tally)
    np.multiply(tally.counts, tally.pairable[:, None], out=terms[:, 1:])
    return terms


def _nominal_sums(tally: Tally) -> FloatArray:
    return np.concatenate([[_disagreeing(tally).sum()], tally.label_totals])


def _disagreeing(tally: Tally) -> FloatArray:
    disagreeing: FloatArray = (tally.pairs - tally.agreeing_pairs) / _others(tally)
    return disagreeing


def _nominal_parts(sums: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    given = sums[..., 1:]
    n = given.sum(axis=-1)
    return sums[..., 0], n**2 - (given**2).sum(axis=-1), n


def _interval_measure(values: FloatArray) -> Measure:
    def terms(tally: Tally) -> FloatArray:
        # The last place answers for -1, the missing ratings.
        rated = np.append(values, 0.0)[tally.by_coder]
        total, squares = rated.sum(axis=0), (rated**2).sum(axis=0)
        ratings = tally.ratings_per_unit
        disagreeing = 2 * (ratings * squares - total**2) / _others(tally)
        columns = np.column_stack([disagreeing, ratings, total, squares])
        return columns * tally.pairable[:, None]

    def parts(sums: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        n, total, squares = sums[..., 1], sums[..., 2], sums[..., 3]
        by_chance = 2 * (n * squares - total**2)
        # What is left of equal numbers by rounding is no variation.
        return sums[..., 0], np.where(by_chance > 1e-12 * n * squares, by_chance, 0.0), n

    return _measure("interval", terms, parts)


def _distance_measure(level: str, distances: FloatArray) -> Measure:
    def terms(tally: Tally) -> FloatArray:
        disagreeing = tally.over_pairs(distances) / _others(tally)
        return np.column_stack([disagreeing, tally.counts]) * tally.pairable[:, None]

    def sums(tally: Tally) -> FloatArray:
        disagreeing = (tally.over_pairs(distances) / _others(tally)).sum()
        return np.concatenate([[disagreeing], tally.label_totals])

    def parts(sums: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        given = sums[..., 1:]
        return sums[..., 0], ((given @ distances) * given).sum(axis=-1), given.sum(axis=-1)

    return _measure(level, terms, parts, sums)


def _ordinal_measure(tally: Tally) -> Measure:
    """Ordinal alpha is interval alpha of the middle ranks, which every resample ranks anew."""
    n_labels = len(tally.labels)
    lower, upper = np.triu_indices(n_labels, k=1)

    def terms(tally: Tally) -> FloatArray:
        together = tally.counts[:, lower] * tally.counts[:, upper] * (2 / _others(tally))[:, None]
        return np.column_stack([tally.counts, together]) * tally.pairable[:, None]

    def sums(tally: Tally) -> FloatArray:
        return np.concatenate([tally.label_totals, 2 * coincidences(tally)[lower, upper]])

    def parts(sums: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        given, together = sums[..., :n_labels], sums[..., n_labels:]
        ranks = given.cumsum(axis=-1) - given / 2
        apart = (ranks[..., lower] - ranks[..., upper]) ** 2
        by_chance = 2 * (given[..., lower] * given[..., upper] * apart).sum(axis=-1)
        return (together * apart).sum(axis=-1), by_chance, given.sum(axis=-1)

    return _measure("ordinal", terms, parts, sums)


NOMINAL = _measure("nominal", _nominal_terms, _nominal_parts, _nominal_sums)
