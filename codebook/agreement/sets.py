"""Several labels on one unit: how far two sets of labels are apart."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from codebook.agreement.tally import FloatArray

if TYPE_CHECKING:
    import pandas as pd


def jaccard_distance(first: Collection[Hashable], second: Collection[Hashable]) -> float:
    r"""One less the share of labels in common.

    .. math:: d = 1 - |A \cap B| / |A \cup B|

    Two empty sets are the same (0); an empty set and another have nothing in common (1).

    References
    ----------
    .. [1] P. Jaccard, "The distribution of the flora in the alpine zone", New Phytologist 11, 1912.

    Examples
    --------
    >>> jaccard_distance({"a", "b"}, {"a"})
    0.5
    """
    return float(set_distances([frozenset(first), frozenset(second)], "jaccard")[0, 1])


def masi_distance(first: Collection[Hashable], second: Collection[Hashable]) -> float:
    r"""MASI: Jaccard's share, lowered where neither set contains the other.

    .. math:: d = 1 - J \cdot M, \quad M = 1 \text{ equal}, \tfrac23 \text{ one within the other},
        \tfrac13 \text{ overlapping}, 0 \text{ disjoint}

    Two empty sets are the same (0); an empty set and another have nothing in common (1).

    References
    ----------
    .. [1] R. J. Passonneau, "Measuring agreement on set-valued items (MASI) for semantic and
       pragmatic annotation", LREC 2006.

    Examples
    --------
    >>> round(masi_distance({1, 2}, {1, 2, 3, 4}), 4)
    0.6667
    """
    return float(set_distances([frozenset(first), frozenset(second)], "masi")[0, 1])


def set_distances(sets: Sequence[frozenset[Hashable]], kind: str) -> FloatArray:
    """Distances of all pairs of sets at once, shape (n_sets, n_sets); ``kind`` is jaccard or masi."""
    position = {label: number for number, label in enumerate(dict.fromkeys(x for s in sets for x in s))}
    members = np.zeros((len(sets), len(position)))
    for row, labels in enumerate(sets):
        members[row, [position[label] for label in labels]] = 1
    size = members.sum(axis=1)
    common = members @ members.T
    together = size[:, None] + size - common
    # Two empty sets have everything in common, which is nothing.
    likeness = np.where(together == 0, 1.0, common / np.maximum(together, 1))
    if kind == "masi":
        within = common == np.minimum(size[:, None], size)
        likeness = likeness * np.where(likeness == 1, 3, np.where(within, 2, 1)) / 3
    return 1 - likeness


def label_sets(ratings: pd.DataFrame) -> pd.DataFrame:
    """The table with every set, list or tuple of labels as a frozenset; None and NaN stay *not rated*.

    Raises
    ------
    ValueError
        If a cell holds a single label that is no set.
    """
    return ratings.astype(object).map(_as_set, na_action="ignore")


def _as_set(cell: object) -> object:
    if isinstance(cell, frozenset):
        return cell
    if isinstance(cell, set | list | tuple):
        return frozenset(cell)
    raise ValueError(f"{cell!r} is no set of labels. Write one label as a set of one, none as an empty set")
