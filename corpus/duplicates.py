"""Texts that share whole passages: an abstract and its article, two drafts of one report.

A shared passage is measured in sequences of five words. Sequences are kept as 64-bit numbers in
sorted arrays (12 bytes each), so that ten thousand documents fit beside the rest of the workbench.
"""

from __future__ import annotations

import re
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

SEQUENCE_WORDS = 5
FEWEST_WORDS = 100
THRESHOLD = 0.25

_WORD = re.compile(r"\w+")
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


class NearDuplicates:
    """An inverted index from five-word sequences to the documents that hold them.

    Texts of fewer than 100 words take no part: between short answers a shared phrase means nothing.

    Examples
    --------
    >>> article = " ".join(f"word{number}" for number in range(400))
    >>> abstract = " ".join(f"word{number}" for number in range(120))
    >>> index = NearDuplicates()
    >>> index.add(UUID(int=1), "article", article)
    >>> index.find(abstract)
    [(UUID('00000000-0000-0000-0000-000000000001'), 'article', 1.0)]
    """

    def __init__(self) -> None:
        self._documents: list[tuple[UUID, str, int]] = []
        # Sorted runs of (sequence, document number), each at least twice as long as the next.
        self._runs: list[tuple[NDArray[np.uint64], NDArray[np.uint32]]] = []

    def add(self, document_id: UUID, title: str, text: str) -> None:
        """Let later texts be compared with this one."""
        sequences = _sequences(text)
        if not sequences.size:
            return
        owners = np.full(sequences.size, len(self._documents), dtype=np.uint32)
        self._documents.append((document_id, title, int(sequences.size)))
        self._runs.append((sequences, owners))
        while len(self._runs) > 1 and self._runs[-2][0].size < 2 * self._runs[-1][0].size:
            self._merge_last_two()

    def find(self, text: str) -> list[tuple[UUID, str, float]]:
        """List the documents that share a quarter or more with this text, the closest first.

        Returns
        -------
        list of (UUID, str, float)
            Document, its title, and containment: the share of the *shorter* text's distinct
            five-word sequences that the other holds too, from 0.25 to 1. Measuring by the shorter
            one finds the article of an abstract as well as the abstract of an article.
        """
        sequences = _sequences(text)
        shared = np.zeros(len(self._documents), dtype=np.int64)
        for known, owners in self._runs:
            first = np.searchsorted(known, sequences, side="left")
            last = np.searchsorted(known, sequences, side="right")
            held = [owners[a:b] for a, b in zip(first[last > first], last[last > first], strict=True)]
            if held:
                shared += np.bincount(np.concatenate(held), minlength=shared.size)
        found = []
        for number in np.flatnonzero(shared):
            document_id, title, size = self._documents[number]
            containment = float(shared[number] / min(size, sequences.size))
            if containment >= THRESHOLD:
                found.append((document_id, title, containment))
        return sorted(found, key=lambda entry: (-entry[2], entry[1], entry[0]))

    def _merge_last_two(self) -> None:
        (one, one_owners), (other, other_owners) = self._runs[-2:]
        sequences = np.concatenate([one, other])
        order = np.argsort(sequences, kind="stable")
        self._runs[-2:] = [(sequences[order], np.concatenate([one_owners, other_owners])[order])]


def _sequences(text: str) -> NDArray[np.uint64]:
    """Give the distinct five-word sequences of a text as sorted numbers; none for a short text."""
    words = _WORD.findall(text.lower())
    if len(words) < FEWEST_WORDS:
        return np.empty(0, dtype=np.uint64)
    numbers = np.fromiter(map(hash, words), dtype=np.int64, count=len(words)).view(np.uint64)
    starts = len(words) - SEQUENCE_WORDS + 1
    mixed = np.zeros(starts, dtype=np.uint64)
    for place in range(SEQUENCE_WORDS):
        mixed = mixed * _MULTIPLIER + numbers[place : place + starts]
    return np.unique(mixed)
