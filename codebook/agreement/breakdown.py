"""Pooled alpha of parts of what was coded: two coders, a document, a kind of source.

The codes' ratings are stacked, as `pooled_agreement` does for all of them.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from codebook.agreement.patterns import alpha_of_sums, terms_of
from codebook.agreement.results import NO_SHARED_UNIT, NO_VARIATION
from codebook.agreement.tally import FloatArray, IntArray

#: Below so many units with a code by each coder, counts are shown and no coefficient.
FEWEST_POSITIVE = 5
TOO_FEW_POSITIVE = f"fewer than {FEWEST_POSITIVE} units with a code by any coder: look at the places"


@dataclass(frozen=True)
class Part:
    """Pooled alpha of a part; ``positive`` counts code-and-unit ratings that each coder gave."""

    name: Hashable
    n_units: int
    positive: tuple[int, ...]
    alpha: float | None
    reason: str | None


def by_part(presence: NDArray[np.int8], parts: Sequence[Hashable]) -> list[Part]:
    """Pooled alpha for each part of the units, in order of appearance.

    Parameters
    ----------
    presence : int8 array, shape (n_codes, n_units, n_coders)
    parts : sequence of length n_units
        The part that each unit belongs to: its document, its kind of source.

    Returns
    -------
    list of Part
        A part in which no coder found five units with a code has counts and no alpha.

    Examples
    --------
    >>> found = np.array([[[1, 1], [1, 0], [0, 0], [0, 0]]], dtype=np.int8)
    >>> [(part.name, part.positive, part.alpha) for part in by_part(found, ["a", "a", "b", "b"])]
    [('a', (2, 1), None), ('b', (0, 0), None)]
    """
    numbers: dict[Hashable, int] = {}
    group = np.array([numbers.setdefault(part, len(numbers)) for part in parts], dtype=np.int64)
    terms, found = _terms(presence), (presence == 1).sum(axis=0)
    sums = _summed(np.column_stack([terms, terms[:, 2] > 0, found]), group, len(numbers))
    alphas = alpha_of_sums(sums[:, :3])
    return [
        _part(name, sums[number, 3], sums[number, 4:], alphas[number]) for name, number in numbers.items()
    ]


def by_pair(presence: NDArray[np.int8], coders: Sequence[str]) -> list[tuple[str, str, Part]]:
    """Pooled alpha of every two coders, and how often each of them found a code.

    Examples
    --------
    >>> found = np.array([[[1, 1, 0], [1, 0, 1], [0, 0, 0]]], dtype=np.int8)
    >>> [(a, b, part.positive) for a, b, part in by_pair(found, ["A", "B", "C"])]
    [('A', 'B', (2, 1)), ('A', 'C', (2, 1)), ('B', 'C', (1, 1))]
    """
    one_part = [None] * presence.shape[1]
    return [
        (coders[a], coders[b], part)
        for a in range(len(coders))
        for b in range(a + 1, len(coders))
        for part in by_part(presence[:, :, [a, b]], one_part)
    ]


def against_the_rest(presence: NDArray[np.int8], coders: Sequence[str]) -> dict[str, float | None]:
    """What leaving each coder out adds to pooled alpha: above 0, the others agree better without them.

    None with fewer than three coders, and where an alpha does not exist.
    """
    if len(coders) < 3:
        return dict.fromkeys(coders)
    of_all = alpha_of_sums(_terms(presence).sum(axis=0))
    gains = {
        coder: alpha_of_sums(_terms(np.delete(presence, number, axis=2)).sum(axis=0)) - of_all
        for number, coder in enumerate(coders)
    }
    return {coder: None if np.isnan(gain) else float(gain) for coder, gain in gains.items()}


def _terms(presence: NDArray[np.int8]) -> FloatArray:
    """What each unit adds to alpha over all codes, shape (n_units, 3)."""
    terms: FloatArray = terms_of(presence).sum(axis=0)
    return terms


def _summed(terms: FloatArray, group: IntArray, n_groups: int) -> FloatArray:
    sums = np.zeros((n_groups, terms.shape[1]))
    np.add.at(sums, group, terms)
    return sums


def _part(name: Hashable, n_units: float, positive: FloatArray, alpha: float) -> Part:
    counts = tuple(int(count) for count in positive)
    reason = None
    if not n_units:
        reason = NO_SHARED_UNIT
    elif max(counts, default=0) < FEWEST_POSITIVE:
        reason = TOO_FEW_POSITIVE
    elif np.isnan(alpha):
        reason = NO_VARIATION
    return Part(name, int(n_units), counts, None if reason else float(alpha), reason)
