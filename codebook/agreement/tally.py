"""Ratings counted once: how often each label was given to each unit.

Every nominal coefficient is read from the row and column sums of this one matrix.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, TypeGuard

import numpy as np
from numpy.typing import NDArray

from codebook.agreement.results import FEWER_THAN_TWO_CODERS, NO_DATA, NO_SHARED_UNIT

if TYPE_CHECKING:
    import pandas as pd

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

_FEW_CODERS = 8  # up to here it is faster to compare them two by two than to count labels


@dataclass(frozen=True, eq=False)
class Tally:
    """Ratings as numbers.

    ``labels`` are the categories that count as possible; ``label_numbers`` has shape
    (n_units, n_coders) and holds their positions, -1 = not rated. Coders who rated nothing
    are left out.
    """

    labels: tuple[Hashable, ...]
    label_numbers: IntArray

    @cached_property
    def counts(self) -> IntArray:
        """Shape (n_units, n_labels): how many coders gave the unit the label."""
        n_units, n_labels = len(self.label_numbers), len(self.labels)
        cells = self.label_numbers + n_labels * np.arange(n_units)[:, None]
        flat = np.bincount(cells[self.label_numbers >= 0], minlength=n_units * n_labels)
        return flat.reshape(n_units, n_labels)

    @cached_property
    def by_coder(self) -> IntArray:
        """The label numbers with one row a coder, each row in one piece of memory."""
        return np.ascontiguousarray(self.label_numbers.T)

    @cached_property
    def ratings_per_unit(self) -> IntArray:
        # Coder by coder: summing along an axis of two or three is many times slower.
        rated = np.zeros(len(self.label_numbers), dtype=np.int64)
        for numbers in self.by_coder:
            rated += numbers >= 0
        return rated

    @cached_property
    def agreeing_pairs(self) -> IntArray:
        """Shape (n_units,): ordered pairs of coders who gave the unit the same label."""
        if self.n_coders > _FEW_CODERS:
            squares: IntArray = np.einsum("uk,uk->u", self.counts, self.counts)
            return squares - self.ratings_per_unit
        agreeing = np.zeros(len(self.label_numbers), dtype=np.int64)
        for first, second in combinations(self.by_coder, 2):
            agreeing += (first == second) & (first >= 0)
        return 2 * agreeing

    def over_pairs(self, matrix: FloatArray) -> FloatArray:
        """Shape (n_units,): a symmetric matrix of labels, summed over ordered pairs of ratings."""
        if self.n_coders > _FEW_CODERS:
            all_pairs = np.einsum("uk,uk->u", self.counts @ matrix, self.counts)
            summed: FloatArray = all_pairs - self.counts @ matrix.diagonal()
            return summed
        # The last row and column answer for -1, the missing ratings.
        padded = np.pad(matrix, (0, 1))
        half = np.zeros(len(self.label_numbers))
        for first, second in combinations(self.by_coder, 2):
            half += padded[first, second]
        return 2 * half

    @property
    def pairs(self) -> IntArray:
        """Shape (n_units,): ordered pairs of coders who rated the unit."""
        return self.ratings_per_unit * (self.ratings_per_unit - 1)

    @cached_property
    def pairable(self) -> BoolArray:
        """Units with two ratings or more: the only ones where coders can agree."""
        return self.ratings_per_unit >= 2

    @cached_property
    def label_totals(self) -> IntArray:
        """Shape (n_labels,): how often each label was given in pairable units."""
        return self.total(self.pairable)

    def total(self, units: BoolArray) -> IntArray:
        """Shape (n_labels,): how often each label was given in these units."""
        totals = np.zeros(len(self.labels), dtype=np.int64)
        for numbers in self.by_coder:
            # Missing ratings are -1 and land in a place of their own, which is dropped.
            totals += np.bincount(numbers[units] + 1, minlength=len(totals) + 1)[1:]
        return totals

    @property
    def n_coders(self) -> int:
        return int(self.label_numbers.shape[1])

    @cached_property
    def reason_without_pairs(self) -> str | None:
        """Why nothing can be compared, None where something can."""
        if not self.n_coders:
            return NO_DATA
        if self.n_coders < 2:
            return FEWER_THAN_TWO_CODERS
        return None if self.pairable.any() else NO_SHARED_UNIT


def tabulate(ratings: pd.DataFrame, *, categories: Sequence[Hashable] | None = None) -> Tally:
    """Count a ratings table.

    Parameters
    ----------
    ratings : DataFrame, shape (n_units, n_coders)
        A cell holds a label; None or NaN means *not rated*.
    categories : sequence, optional
        All labels that were possible, in their order. By default those that occur: numbers by size,
        other labels by name.

    Raises
    ------
    TypeError
        If the ratings are no DataFrame.
    ValueError
        If a label is not among the categories, or a category is given twice.
    """
    import pandas as pd  # slow to load, and many a command imports this package without a table

    if not isinstance(ratings, pd.DataFrame):
        raise TypeError(f"ratings must be a DataFrame of units by coders, not {type(ratings).__name__}")
    columns = _numbered(ratings)
    found = dict.fromkeys(label for _, some in columns for label in some)
    # Sorted, so that seeded intervals do not depend on which unit comes first.
    labels = tuple(in_order(found)) if categories is None else tuple(categories)
    numbers = np.concatenate([_renumbered(numbers, some, labels) for numbers, some in columns])
    table = numbers.reshape(ratings.shape[::-1])
    return Tally(labels, table[(table >= 0).any(axis=1)].T)


def _numbered(ratings: pd.DataFrame) -> list[tuple[IntArray, tuple[Hashable, ...]]]:
    """Labels as numbers, coder after coder, with the labels they stand for; -1 is missing."""
    import pandas as pd

    if not ratings.shape[1] or any(isinstance(dtype, np.dtype) for dtype in ratings.dtypes):
        numbers, found = pd.factorize(ratings.to_numpy().T.ravel())
        return [(numbers, tuple(found))]
    # Columns of text know their labels already; a table of objects would forget them.
    columns = (pd.factorize(ratings.iloc[:, column]) for column in range(ratings.shape[1]))
    return [(numbers, tuple(found)) for numbers, found in columns]


def in_order(labels: Iterable[Hashable]) -> list[Hashable]:
    """Numbers by size, other labels by name: the order taken where none is given."""
    listed = list(labels)
    if all(is_number(label) for label in listed):
        return sorted(listed, key=float)  # type: ignore[arg-type]
    return sorted(listed, key=_name)


def as_numbers(labels: Sequence[Hashable]) -> FloatArray:
    """The labels where all are numbers, else their places in the order given."""
    if all(is_number(label) for label in labels):
        return np.array(labels, dtype=float)
    return np.arange(len(labels), dtype=float)


def is_number(label: Hashable) -> TypeGuard[float]:
    return isinstance(label, int | float | np.number) and not isinstance(label, bool)


def _name(label: Hashable) -> tuple[str, ...]:
    # Sets have no fixed order of their members, and would be written differently in every run.
    return tuple(sorted(map(repr, label))) if isinstance(label, frozenset) else (repr(label),)


def _renumbered(numbers: IntArray, found: tuple[Hashable, ...], labels: tuple[Hashable, ...]) -> IntArray:
    position = {label: number for number, label in enumerate(labels)}
    if len(position) < len(labels):
        raise ValueError(f"categories holds a label twice: {list(labels)}")
    strange = [label for label in found if label not in position]
    if strange:
        raise ValueError(f"ratings hold {strange[0]!r}, which is not among the categories {list(labels)}")
    # The last place answers for -1, the missing ratings.
    return np.array([*(position[label] for label in found), -1], dtype=np.int64)[numbers]
