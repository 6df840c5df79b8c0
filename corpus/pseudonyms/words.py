# ruff: noqa: E501 - a pattern is read on one line
"""The lists that rules look words up in, and what a capitalised word is."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from corpus.pseudonyms.models import Kind, normalised
from corpus.words import stop_words

_DATA = Path(__file__).parent / "data"
_LANGUAGES = ("nl", "fr", "en")

#: Capital letters of European languages, for a character class.
UPPER = "".join(chr(c) for c in range(0x250) if chr(c).isupper())

#: A word that begins with a capital; parts may follow after an apostrophe or hyphen.
CAPITALISED = rf"[{UPPER}][^\W\d_]*(?:['’-][^\W\d_]+){{0,5}}"


@cache
def listed(name: str) -> frozenset[str]:
    """The entries of a list in `data`, normalised; a list has one entry a line or several a line."""
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    entries = (entry for line in lines if not line.startswith("#") for entry in line.split("|"))
    return frozenset(fold(entry) for entry in entries if entry.strip())


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """A word as lists hold it."""
    return normalised(word, Kind.PERSON)


@cache
def given_names() -> frozenset[str]:
    """Given names of Belgium and its neighbours, and of people who came to live there."""
    return listed("given_names.txt")


@cache
def surnames() -> frozenset[str]:
    """Family names, whole: "van der horst"."""
    return listed("surnames.txt")


@cache
def people_names() -> frozenset[str]:
    """Given and family names."""
    return given_names() | surnames()


@cache
def no_names() -> frozenset[str]:
    """Words with a capital that name nobody: the stop list."""
    return listed("no_names.txt")


@cache
def ordinary_given_names() -> frozenset[str]:
    """Given names that are ordinary words too ("Grace", "Joke"): at the start of a sentence no evidence."""
    return frozenset(word for entry in listed("ordinary_given_names.txt") for word in entry.split())


@cache
def little_words(language: str | None = None) -> frozenset[str]:
    """The words of grammar of a language; without one, of all three."""
    languages = (language,) if language in _LANGUAGES else _LANGUAGES
    return frozenset(fold(word) for each in languages for word in stop_words(each))


@lru_cache(maxsize=100_000)
def is_ordinary(word: str, language: str | None) -> bool:
    """Whether a dictionary knows the word without its capital; in any of the languages, where none is given."""
    from simplemma import is_known

    small = word.lower()
    return any(is_known(small, code) for code in ((language,) if language in _LANGUAGES else _LANGUAGES))


def acronym(word: str) -> bool:
    """Whether a word is all capitals, and short: WZC, RIZIV, GLEM."""
    return word.isupper() and len(word) <= 6


def bare(word: str) -> str:
    """A word without the 's of a genitive.

    >>> bare("Jan's"), bare("D'Hondt")
    ('Jan', "D'Hondt")
    """
    return re.sub(r"['’]s?$", "", word)
