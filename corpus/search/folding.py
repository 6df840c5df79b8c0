"""Texts without case and accents, and the words of them, with the way back to every character.

What is searched is folded: "Médecin" is "medecin", "Straße" "strasse", "cœur" "coeur", however an accent
was typed. Places are always those of the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

#: Raised whenever folding, words or what is kept of texts change: an index made otherwise is made anew.
FOLDING = 2

#: Stands in a folded text for every character that is not searched.
BLANK = "\x1f"

# Scripts written without spaces have no word boundary that a pattern could see: each sign is a word.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
#: A character of a word that goes on at both of its sides, as a pattern.
IN_WORD = rf"[^\W{_UNSPACED}]"
_IN_WORD = re.compile(IN_WORD)


@dataclass(frozen=True)
class Folded:
    """A text without case and accents.

    ``breaks`` are the places, as (in the folded text, in the text), from which on the two run in step
    again; most texts have none, for nearly every letter folds into one.
    """

    text: str
    breaks: tuple[tuple[int, int], ...] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open place in the text of a place in the folded one.

        Marks after the last letter belong to it; of a letter that folds into two ("ß") it is the whole.
        """
        if not self.breaks:
            return start, end
        return self._origin(start), max(self._origin(end), self._origin(end - 1) + 1)

    def _origin(self, position: int) -> int:
        number = bisect_right(self.breaks, (position, _BEYOND))
        if not number:
            return position
        folded, origin = self.breaks[number - 1]
        return origin + position - folded


_BEYOND = 1 << 60


def fold(text: str, *, without: Sequence[tuple[int, int]] = ()) -> Folded:
    """A text without case and accents; the places ``without``, in order, are blanked.

    Examples
    --------
    >>> fold("Le MÉDECIN").text, fold("cœur").text, fold("cœur").span(0, 3)
    ('le medecin', 'coeur', (0, 2))
    """
    text = blank(text, without)
    if text.isascii():
        return Folded(text.lower())
    table = {ord(character): fold_character(character) for character in set(text)}
    uneven = "".join(chr(number) for number, plain in table.items() if len(plain) != 1)
    folded = text.translate(table)
    return Folded(folded, tuple(_breaks(text, table, uneven)) if uneven else ())


def blank(text: str, places: Sequence[tuple[int, int]]) -> str:
    """A text with signs that are never searched in some places, which come in order.

    >>> blank("GP: yes", [(0, 3)]) == 3 * BLANK + " yes"
    True
    """
    parts, done = [], 0
    for start, end in places:
        parts += [text[done:start], BLANK * (end - start)]
        done = end
    return "".join([*parts, text[done:]]) if parts else text


def _breaks(text: str, table: dict[int, str], uneven: str) -> list[tuple[int, int]]:
    breaks, done, at = [], 0, 0
    for match in re.finditer(f"[{re.escape(uneven)}]", text):
        place = match.start()
        size = len(table[ord(text[place])])
        at += place - done
        breaks += [(at + more, place) for more in range(1, size)]
        at, done = at + size, place + 1
        breaks.append((at, done))
    return breaks


@lru_cache(maxsize=8192)
def fold_character(character: str) -> str:
    """A character in small letters and without its marks; empty where nothing is left of it."""
    if character == "\u00ad":  # a soft hyphen is no part of the word
        return ""
    if character in "’‘ʼ":
        return "'"
    parts = unicodedata.normalize("NFD", character.casefold())
    plain = "".join(part for part in parts if unicodedata.category(part) != "Mn")
    return _LETTERS.get(plain, plain)


#: Letters that people type as two.
_LETTERS = {"œ": "oe", "æ": "ae", "ĳ": "ij", "ø": "o", "ł": "l", "đ": "d"}


def words_in(folded: str) -> list[str]:
    """The words of a folded text, in order.

    >>> words_in("no time (2 weeks)"), words_in("医生")
    (['no', 'time', '2', 'weeks'], ['医', '生'])
    """
    return WORD.findall(folded)


@lru_cache(maxsize=8192)
def is_in_word(character: str) -> bool:
    """Whether a character goes on a word that stands beside it.

    >>> is_in_word("a"), is_in_word("-"), is_in_word("医"), is_in_word("")
    (True, False, False, False)
    """
    return _IN_WORD.match(character) is not None
