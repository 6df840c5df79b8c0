"""Texts that tell of the same: an abstract and its article, two drafts, two papers on one trial.

A shared passage is measured in sequences of five words. Sequences are kept as 64-bit numbers in
sorted arrays (12 bytes each), so that ten thousand documents fit beside the rest of the workbench.
"""

from __future__ import annotations

import re
from functools import lru_cache
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

SEQUENCE_WORDS = 5
FEWEST_WORDS = 100
THRESHOLD = 0.25

_WORD = re.compile(r"\w+")
# ClinicalTrials.gov, ISRCTN, EudraCT, the registers of Australia, Germany and the Netherlands, PROSPERO.
_REGISTERED = re.compile(
    r"\b(?:NCT\d{8}|ISRCTN ?\d{8}|20\d\d-\d{6}-\d\d|ACTRN\d{14}|DRKS\d{8}|NTR ?\d{3,5}|CRD42\d{9})\b"
)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"'<>;,]+")
#: A paper says its own number near its beginning; further on are those that it cites.
_OWN_DOI_WITHIN = 3000
#: A text that names more registered studies than this is about many of them.
_MOST_STUDIES = 2
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
        runs = self._runs[-2:]
        del self._runs[-2:]
        sequences = np.concatenate([run for run, _ in runs])
        owners = np.concatenate([of for _, of in runs])
        runs.clear()  # what is merged is let go first: the two may fill half of the memory
        order = np.argsort(sequences, kind="stable")
        sequences = sequences[order]
        self._runs.append((sequences, owners[order]))


class StudyNumbers:
    """Which documents name the same registered study, or bear the same DOI.

    Examples
    --------
    >>> known = StudyNumbers()
    >>> known.add(UUID(int=1), "protocol", "Trial registration: NCT01234567.")
    >>> known.find("Registered as NCT01234567, we report the results.")
    [('NCT01234567', UUID('00000000-0000-0000-0000-000000000001'), 'protocol')]
    """

    def __init__(self) -> None:
        self._documents: dict[str, list[tuple[UUID, str]]] = {}

    def add(self, document_id: UUID, title: str, text: str) -> None:
        """Let later texts be compared with this one."""
        for number in study_numbers(text):
            self._documents.setdefault(number, []).append((document_id, title))

    def find(self, text: str) -> list[tuple[str, UUID, str]]:
        """Number, document and title of those that name a study that this text names, too."""
        return [
            (number, document_id, title)
            for number in study_numbers(text)
            for document_id, title in self._documents.get(number, [])
        ]


def study_numbers(text: str) -> tuple[str, ...]:
    """The numbers by which a text says which study it is of: of a register, and its own DOI.

    Parameters
    ----------
    text : str
        A DOI counts where it is the first and stands in the first 3,000 characters. Numbers of
        registers count where the text names two at most: reviews name many.

    Examples
    --------
    >>> study_numbers("doi:10.1186/s12913-019-4000-0. Trial ISRCTN 12345678")
    ('ISRCTN12345678', '10.1186/s12913-019-4000-0')
    >>> study_numbers("NCT00000001, NCT00000002 and NCT00000003 were included.")
    ()
    """
    named = dict.fromkeys(found[0].replace(" ", "") for found in _REGISTERED.finditer(text))
    registered = tuple(named) if len(named) <= _MOST_STUDIES else ()
    own = _DOI.search(text, 0, _OWN_DOI_WITHIN)
    return registered if own is None else (*registered, own[0].rstrip(".)]").lower())


# A text is first compared with others, then added to them.
@lru_cache(maxsize=1)
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
