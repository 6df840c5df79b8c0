"""Agreement along the code tree: at each level, between siblings, and with distance in the tree.

A code's lineage is its path from the top, ``("ECO", "ECO-FUND", "ECO-FUND-LOCAL")``; its own key is
the last, and its level is the length.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from codebook.agreement.intervals import DRAWS, LEVEL, SEED
from codebook.agreement.pooled import PooledAgreement, pooled_agreement

Lineage = Sequence[str]


@dataclass(frozen=True)
class LevelAgreement:
    """Agreement with all codes rolled up to one level of the tree; ``codes`` are those of the level."""

    depth: int
    codes: tuple[str, ...]
    pooled: PooledAgreement


@dataclass(frozen=True)
class ConfusedPair:
    """Two siblings, and how often a coder gave one where another coder gave the other instead.

    Counted over units and pairs of coders.
    """

    first: str
    second: str
    confused: int


def roll_up(
    presence: NDArray[np.int8], lineages: Sequence[Lineage], depth: int
) -> tuple[tuple[str, ...], NDArray[np.int8]]:
    """The codes of a level and their presence: a code is found where it or any code below it is.

    Parameters
    ----------
    presence : int8 array, shape (n_codes, n_units, n_coders)
        1 = found, 0 = not found, -1 = not rated.
    lineages : sequence of length n_codes
        The path of each code from the top.
    depth : int
        The level, 1 for the top. Codes that end above it stay as they are.

    Returns
    -------
    codes : tuple of str
    presence : int8 array, shape (n_codes_of_level, n_units, n_coders)
        Not rated only where none of the codes was.

    Examples
    --------
    >>> found = np.array([[[1, 0]], [[0, 1]]], dtype=np.int8)
    >>> codes, presence = roll_up(found, [("ECO", "ECO-A"), ("ECO", "ECO-B")], 1)
    >>> codes, presence.tolist()
    (('ECO',), [[[1, 1]]])
    """
    if depth < 1:
        raise ValueError(f"depth={depth}: the top level is 1")
    if len(lineages) != len(presence):
        raise ValueError(f"{len(lineages)} lineages for {len(presence)} codes")
    members: dict[str, list[int]] = {}
    for number, lineage in enumerate(lineages):
        members.setdefault(lineage[:depth][-1], []).append(number)
    rolled = [presence[numbers].max(axis=0) for numbers in members.values()]
    return tuple(members), np.array(rolled, dtype=np.int8).reshape(-1, *presence.shape[1:])


def agreement_by_level(
    presence: NDArray[np.int8],
    documents: NDArray[np.int64],
    lineages: Sequence[Lineage],
    *,
    draws: int = DRAWS,
    level: float = LEVEL,
    seed: int = SEED,
) -> list[LevelAgreement]:
    """Agreement with codes rolled up to each level of the tree, from the top to the leaves."""
    levels = []
    for depth in range(1, max(map(len, lineages), default=0) + 1):
        codes, rolled = roll_up(presence, lineages, depth)
        pooled = pooled_agreement(rolled, documents, draws=draws, level=level, seed=seed)
        levels.append(LevelAgreement(depth, codes, pooled))
    return levels


def gain(upper: LevelAgreement, lower: LevelAgreement) -> float | None:
    """How much higher alpha is at the upper level; much says that coders confuse siblings.

    None where either has no alpha.
    """
    above, below = upper.pooled.alpha.value, lower.pooled.alpha.value
    return None if above is None or below is None else above - below


def confused_siblings(presence: NDArray[np.int8], lineages: Sequence[Lineage]) -> list[ConfusedPair]:
    """Pairs of codes with the same parent that coders took for each other, the most confused first.

    A confusion is a unit to which one coder gave only the one and the other coder only the other.
    ``presence`` is as for `roll_up`, of the codes themselves.

    Examples
    --------
    >>> found = np.array([[[1, 0], [1, 1]], [[0, 1], [0, 0]]], dtype=np.int8)
    >>> confused_siblings(found, [("ECO", "ECO-A"), ("ECO", "ECO-B")])
    [ConfusedPair(first='ECO-A', second='ECO-B', confused=1)]
    """
    siblings: dict[tuple[str, ...], list[int]] = {}
    for number, lineage in enumerate(lineages):
        siblings.setdefault(tuple(lineage[:-1]), []).append(number)
    found = []
    for numbers in siblings.values():
        times = _confusions(presence[numbers])
        for first, second in zip(*np.nonzero(np.triu(times, k=1)), strict=True):
            names = sorted((lineages[numbers[first]][-1], lineages[numbers[second]][-1]))
            found.append(ConfusedPair(names[0], names[1], int(times[first, second])))
    return sorted(found, key=lambda pair: (-pair.confused, pair.first, pair.second))


def _confusions(presence: NDArray[np.int8]) -> NDArray[np.int64]:
    n_codes, _, n_coders = presence.shape
    times = np.zeros((n_codes, n_codes))
    for a, b in combinations(range(n_coders), 2):
        # A float product runs in compiled code, one of whole numbers does not.
        only_a = ((presence[:, :, a] == 1) & (presence[:, :, b] == 0)).astype(float)
        only_b = ((presence[:, :, b] == 1) & (presence[:, :, a] == 0)).astype(float)
        times += only_a @ only_b.T
    return np.rint(times + times.T).astype(np.int64)


def tree_distance(lineages: Mapping[Hashable, Lineage]) -> Callable[[Hashable, Hashable], float]:
    r"""A distance of codes for `krippendorff_alpha` (level "custom") and gamma: near in the tree is near.

    .. math:: d(c, k) = 1 - \frac{2 \, depth(common)}{depth(c) + depth(k)}

    where common is the lowest code above both, or one of them. Codes of different themes are 1 apart.

    References
    ----------
    .. [1] Z. Wu, M. Palmer, "Verb semantics and lexical selection", ACL 1994.

    Examples
    --------
    >>> distance = tree_distance({"A": ("E", "A"), "B": ("E", "B"), "X": ("Q", "X")})
    >>> distance("A", "B"), distance("A", "X"), distance("A", "A")
    (0.5, 1.0, 0.0)
    """

    def distance(first: Hashable, second: Hashable) -> float:
        one, other = lineages[first], lineages[second]
        common = 0
        while common < min(len(one), len(other)) and one[common] == other[common]:
            common += 1
        return 1 - 2 * common / (len(one) + len(other))

    return distance
