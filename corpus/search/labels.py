"""The names before turns, which nobody said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from corpus.models import Section, SectionKind

#: Characters that may stand before the name at the begin of a turn: a time, a bracket.
_BEFORE_NAME = 16


def label_of(text: str, start: int, name: str) -> tuple[int, int] | None:
    """Where the name before a turn stands, with its colon; None where the turn begins otherwise.

    >>> label_of("[00:01] Anna: Yes.", 0, "Anna"), label_of("Yes, Anna.", 0, "Anna")
    ((8, 13), None)
    """
    at = text.find(name, start, start + _BEFORE_NAME + len(name)) if name else -1
    if at < 0 or any(map(str.isalpha, text[start:at])):
        return None
    end = at + len(name)
    return at, end + text.startswith(":", end)


def labels_in(text: str, sections: Iterable[Section]) -> Iterator[tuple[int, int]]:
    """The places of all names before turns, in order."""
    done = 0
    for section in sections:
        if section.kind is SectionKind.TURN and section.speaker and section.start_char >= done:
            label = label_of(text, section.start_char, section.speaker)
            if label is not None:
                done = label[1]
                yield label
