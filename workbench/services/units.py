"""The units that agreement is counted in: paragraphs and turns, sentences, or documents."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from codebook.units import Unit
from corpus.sentences import sentence_starts
from store.documents import StoredDocument


def units_of(
    document: StoredDocument,
    sections: Sequence[tuple[int, int]],
    *,
    unit: str,
    text: str | None = None,
) -> list[Unit]:
    """The units of a document. Headings are none, and an empty document has none.

    Parameters
    ----------
    sections : sequence of (start, end)
        Its paragraphs and turns.
    unit : {"section", "sentence", "document"}
    text : str, optional
        The text, which sentences need.
    """
    if unit == "document":
        spans = [(0, document.characters)]
    elif unit == "sentence":
        starts = sentence_starts(text or "")
        spans = [part for start, end in sections for part in _cut(start, end, starts)]
    else:
        spans = list(sections)
    return [Unit(document.id, start, end) for start, end in spans if end > start]


def _cut(start: int, end: int, starts: Sequence[int]) -> list[tuple[int, int]]:
    """A paragraph cut where sentences begin within it."""
    inner = [start, *starts[bisect_left(starts, start + 1) : bisect_left(starts, end)], end]
    return list(pairwise(inner))
