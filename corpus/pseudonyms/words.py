"""The lists that rules look words up in, and what a capitalised word is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.pseudonyms.models import Kind, normalised
from corpus.words import stop_words

if TYPE_CHECKING:
    from simplemma.strategies import DictionaryLookupStrategy

_DATA = Path(__file__).parent / "data"
_LANGUAGES = ("nl", "fr", "en")
_SHORTEST_HALF = 4

#: Capital letters of European languages, for a character class.
UPPER = "".join(chr(c) for c in range(0x250) if chr(c).isupper())

#: A word of letters alone, with a capital or without.
OF_LETTERS = re.compile(r"(?<![^\W_])[^\W\d_]{3,40}(?![^\W_])")

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
    return listed("given_names.txt") | listed("more_given_names.txt")


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
def things() -> frozenset[str]:
    """Words with a capital that name things: diseases called after people, medicines, programs, brands."""
    return listed("things.txt") - people_names()


@cache
def ordinary_given_names() -> frozenset[str]:
    """Given names that are ordinary words too ("Grace", "Joke"): at the start of a sentence no evidence."""
    return frozenset(word for entry in listed("ordinary_given_names.txt") for word in entry.split())


@cache
def little_words(language: str | None = None) -> frozenset[str]:
    """The words of grammar of a language; without one, of all three."""
    languages = (language,) if language in _LANGUAGES else _LANGUAGES
    return frozenset(fold(word) for each in languages for word in stop_words(each))


@cache
def _dictionaries() -> DictionaryLookupStrategy:
    from simplemma.strategies import DictionaryLookupStrategy

    return DictionaryLookupStrategy()


@cache
def _more_words() -> frozenset[str]:
    lines = (_DATA / "ordinary_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split("|"))


@lru_cache(maxsize=100_000)
def in_dictionary(word: str, language: str | None) -> bool:
    """Whether a dictionary holds the word without a capital; in any of the languages, where none is given."""
    small = unicodedata.normalize("NFC", word).lower()
    return small in _more_words() or any(
        _dictionaries().exact_lemma(small, each) is not None for each in _codes(language)
    )


@lru_cache(maxsize=100_000)
def is_ordinary(word: str, language: str | None) -> bool:
    """Whether a dictionary holds the word without a capital, and not with one, as a name, too."""
    small = unicodedata.normalize("NFC", word).lower()
    return small in _more_words() or any(
        _dictionaries().exact_lemma(small, each) is not None
        and _dictionaries().exact_lemma(small.capitalize(), each) is None
        for each in _codes(language)
    )


def _codes(language: str | None) -> tuple[str, ...]:
    return (language,) if language in _LANGUAGES else _LANGUAGES


@lru_cache(maxsize=100_000)
def is_compound(word: str) -> bool:
    """Whether a word is put together from two Dutch words, as dictionaries cannot list them all.

    >>> is_compound("Patiëntenrechten"), is_compound("Vandenbroucke")
    (True, False)
    """
    small = word.lower()
    return any(
        in_dictionary(small[place:], "nl")
        and any(in_dictionary(head, "nl") for head in _heads(small[:place]))
        for place in range(_SHORTEST_HALF, len(small) - _SHORTEST_HALF + 1)
    )


def _heads(head: str) -> Iterator[str]:
    yield head
    if head.endswith("s") and len(head) > _SHORTEST_HALF:  # "gezondheidszorg"
        yield head[:-1]


@cache
def particles() -> frozenset[str]:
    """Small words that belong to family names: "van", "de", "el"."""
    return listed("particles.txt")


def in_small_letters(text: str) -> str:
    """The text without capitals, letter for letter: places in it are places of the text."""
    small = text.lower()
    return (
        small if len(small) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    )


def acronym(word: str) -> bool:
    """Whether a word is all capitals, and short: WZC, RIZIV, GLEM."""
    return word.isupper() and len(word) <= 6


@lru_cache(maxsize=100_000)
def bare(word: str) -> str:
    """A word without the 's of a genitive.

    >>> bare("Jan's"), bare("D'Hondt")
    ('Jan', "D'Hondt")
    """
    return re.sub(r"['’]s?$", "", word)
