"""Presence of many codes counted as patterns: which coders found the code in a unit, and which did not.

Units are many and patterns few, so one count of patterns a document holds all that coefficients need.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from codebook.agreement.measures import ratio
from codebook.agreement.tally import FloatArray

_FEW_CODERS = 5  # their patterns of ratings still fit a byte


@dataclass(frozen=True)
class Found:
    """How often each pattern of ratings (who found the code, who did not) occurs for each code.

    Units are many and patterns few: two coders know nine. Everything is read from the patterns.
    """

    patterns: NDArray[np.int8]  # (n_patterns, n_coders)
    times: FloatArray  # (n_codes, n_patterns)
    alpha_terms: FloatArray  # (n_codes, n_documents, 3): disagreement, positive ratings, ratings

    @classmethod
    def of(cls, presence: NDArray[np.int8], documents: NDArray[np.int64]) -> Found:
        patterns, numbers = _patterns(presence)
        names, document = np.unique(documents, return_inverse=True)
        rows = document.ravel() * len(patterns)
        terms = terms_of(patterns)
        times = np.zeros((len(presence), len(patterns)))
        alpha_terms = np.zeros((len(presence), len(names), 3))
        for code, row in enumerate(numbers):
            counted = np.bincount(rows + row, minlength=len(names) * len(patterns))
            by_document = counted.reshape(len(names), len(patterns)).astype(float)
            times[code] = by_document.sum(axis=0)
            alpha_terms[code] = by_document @ terms
        return cls(patterns, times, alpha_terms)

    @cached_property
    def rated(self) -> FloatArray:
        rated: FloatArray = (self.patterns >= 0).sum(axis=1).astype(float)
        return rated

    @cached_property
    def found(self) -> FloatArray:
        found: FloatArray = (self.patterns == 1).sum(axis=1).astype(float)
        return found

    @cached_property
    def pairable(self) -> FloatArray:
        return (self.rated >= 2).astype(float)

    @cached_property
    def n_units(self) -> FloatArray:
        return self.times @ self.pairable

    @cached_property
    def ratings(self) -> FloatArray:
        ratings: FloatArray = self.alpha_terms[:, :, 2].sum(axis=1)
        return ratings

    @cached_property
    def positive(self) -> FloatArray:
        positive: FloatArray = self.alpha_terms[:, :, 1].sum(axis=1)
        return positive

    @cached_property
    def percent(self) -> FloatArray:
        unlike = 2 * terms_of(self.patterns)[:, 0] / np.maximum(self.rated, 1)
        return 1 - ratio(self.times @ unlike, self.n_units)

    @cached_property
    def positive_agreement(self) -> FloatArray:
        shared = self.found * (self.found - 1) / np.maximum(self.rated - 1, 1)
        return ratio(self.times @ shared, self.positive)

    @cached_property
    def ac1(self) -> FloatArray:
        with_rating = (self.rated > 0).astype(float)
        share = ratio(self.times @ (self.found / np.maximum(self.rated, 1)), self.times @ with_rating)
        by_chance = 2 * share * (1 - share)
        return ratio(self.percent - by_chance, 1 - by_chance)

    @cached_property
    def kappa(self) -> FloatArray:
        """The mean of Cohen's kappa over the pairs of coders that have one."""
        total, defined = np.zeros(len(self.times)), np.zeros(len(self.times))
        for observed, expected in self.pair_shares():
            kappa = ratio(observed - expected, 1 - expected)
            total += np.nan_to_num(kappa)
            defined += np.isfinite(kappa)
        return ratio(total, defined)

    def pair_shares(self) -> Iterator[tuple[FloatArray, FloatArray]]:
        """Observed and expected agreement on each code, pair of coders after pair."""
        for first, second in combinations(self.patterns.T, 2):
            both = (first >= 0) & (second >= 0)
            n = self.times @ both
            observed = ratio(self.times @ ((first == second) & both), n)
            by_first = ratio(self.times @ ((first == 1) & both), n)
            by_second = ratio(self.times @ ((second == 1) & both), n)
            yield observed, by_first * by_second + (1 - by_first) * (1 - by_second)


def _patterns(presence: NDArray[np.int8]) -> tuple[NDArray[np.int8], Iterable[NDArray[Any]]]:
    """All patterns of ratings, and for each code the number of the pattern of each unit."""
    n_coders = presence.shape[2]
    if n_coders > _FEW_CODERS:
        rows = presence.reshape(-1, n_coders)
        patterns, inverse = np.unique(rows, axis=0, return_inverse=True)
        return patterns, inverse.reshape(presence.shape[:2])
    patterns = np.array(list(product((-1, 0, 1), repeat=n_coders)), dtype=np.int8)
    return patterns, map(_pattern_numbers, presence)


def _pattern_numbers(ratings: NDArray[np.int8]) -> NDArray[np.uint8]:
    """Ratings of units by coders read as numbers to the base three."""
    numbers = np.zeros(len(ratings), dtype=np.uint8)
    for coder in range(ratings.shape[1]):
        numbers *= 3
        numbers += (ratings[:, coder] + 1).astype(np.uint8)
    return numbers


def terms_of(ratings: NDArray[np.int8]) -> FloatArray:
    """What a unit with these ratings adds to alpha: disagreement, positive ratings, ratings.

    ``ratings`` has the coders along its last axis, and the answer the three terms in its place.
    """
    rated, found = (np.zeros(ratings.shape[:-1], dtype=np.int64) for _ in range(2))
    for coder in range(ratings.shape[-1]):  # summing along an axis of two or three is many times slower
        rated += ratings[..., coder] >= 0
        found += ratings[..., coder] == 1
    split = found * (rated - found) / np.maximum(rated - 1, 1)
    terms: FloatArray = np.stack([split, found, rated], axis=-1) * (rated >= 2)[..., None]
    return terms


def alpha_of_sums(sums: FloatArray) -> FloatArray:
    """Alpha of (…, 3) sums: disagreement, positive ratings, ratings."""
    split, positive, ratings = sums[..., 0], sums[..., 1], sums[..., 2]
    return 1 - ratio((ratings - 1) * split, positive * (ratings - positive))
