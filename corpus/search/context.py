"""A place in a text, with the words on both sides of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

CONTEXT = 40

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Match:
    """One occurrence with about 40 characters of its line on both sides.

    Offsets are half-open code points; in ``left`` and ``right`` white space is made one space.
    """

    start_char: int
    end_char: int
    quote: str
    left: str
    right: str


def in_context(text: str, start: int, end: int, *, size: int = CONTEXT) -> Match:
    """A place of a text with the words around it.

    >>> in_context("Nobody has any time today.", 15, 19)
    Match(start_char=15, end_char=19, quote='time', left='Nobody has any ', right=' today.')
    """
    return Match(
        start,
        end,
        text[start:end],
        _SPACE.sub(" ", text[max(0, start - size) : start]),
        _SPACE.sub(" ", text[end : end + size]),
    )
