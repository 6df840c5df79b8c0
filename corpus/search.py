"""Plain-word search, computed from the text itself, so that every database answers alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

CONTEXT = 40

_TERM = re.compile(r'["“„«]\s*([^"“”„«»]+?)\s*["”“»]|(\S+)')
_SPACE = re.compile(r"\s+")
# Scripts written without spaces have no word boundary that a pattern could see.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


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


def search(text: str, query: str) -> Iterator[Match]:
    """Find words and phrases in a text, whatever their case and accents.

    Parameters
    ----------
    text : str
        A stored text.
    query : str
        Words, and phrases between double quotes. Whole words only: "art" does not find "heart".
        Between the words of a phrase any white space may stand, a line end too.

    Yields
    ------
    Match
        Every occurrence of every word and phrase, in the order of the text; nothing at all unless
        *each* of them occurs somewhere in it. An empty query finds nothing.

    Examples
    --------
    >>> [match.quote for match in search("Le médecin et la MEDECINE; deux Médecins.", "medecin")]
    ['médecin']
    >>> [match.quote for match in search("No time, and no money.", '"no money" time')]
    ['time', 'no money']
    >>> list(search("No time.", "time money"))
    []
    """
    folded, origins = _fold(text)
    spans: set[tuple[int, int]] = set()
    for term in _terms(query):
        found = {_origin_span(origins, *match.span()) for match in term.finditer(folded)}
        if not found:
            return
        spans |= found
    for start, end in sorted(spans):
        yield Match(
            start_char=start,
            end_char=end,
            quote=text[start:end],
            left=_SPACE.sub(" ", text[max(0, start - CONTEXT) : start]),
            right=_SPACE.sub(" ", text[end : end + CONTEXT]),
        )


def _terms(query: str) -> list[re.Pattern[str]]:
    patterns = []
    for phrase, word in _TERM.findall(query):
        words = [folded for part in (phrase or word).split() if (folded := _fold(part)[0])]
        if words:
            body = r"\s+".join(map(re.escape, words))
            patterns.append(
                re.compile(_edge(words[0][0], r"(?<!\w)") + body + _edge(words[-1][-1], r"(?!\w)"))
            )
    return patterns


def _edge(character: str, boundary: str) -> str:
    return boundary if re.match(r"\w", character) and not _UNSPACED.match(character) else ""


def _fold(text: str) -> tuple[str, list[int] | range]:
    """Fold case and accents; ``origins[i]`` is where folded character i stood, the last the end."""
    if text.isascii():
        return text.lower(), range(len(text) + 1)
    folded: list[str] = []
    origins: list[int] = []
    for position, character in enumerate(text):
        for plain in _fold_character(character):
            folded.append(plain)
            origins.append(position)
    origins.append(len(text))
    return "".join(folded), origins


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if character == "\u00ad":  # a soft hyphen is no part of the word
        return ""
    if character == "’":
        return "'"
    parts = unicodedata.normalize("NFD", character.casefold())
    return "".join(part for part in parts if unicodedata.category(part) != "Mn")


def _origin_span(origins: list[int] | range, start: int, end: int) -> tuple[int, int]:
    # Marks after the last letter were folded away and belong to the match, hence the place of the
    # next letter; one character may fold into two ("ß"), which must not leave the span empty.
    return origins[start], max(origins[end], origins[end - 1] + 1)
