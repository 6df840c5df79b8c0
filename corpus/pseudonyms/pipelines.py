"""Names that a trained spaCy pipeline recognises, where one is installed (`corpus.nlp`)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.nlp import entities_of
from corpus.pseudonyms.models import Hit, Kind, normalised
from corpus.pseudonyms.words import CAPITALISED, acronym, fold, is_ordinary, listed, little_words, no_names

# Organisations are left out: pipelines take half of all abbreviations for one.
_KINDS = {"person": Kind.PERSON, "place": Kind.PLACE}
_BEGINS = re.compile(CAPITALISED)


def recognise(text: str, language: str | None) -> Iterator[Hit]:
    """People and places as the installed pipeline of the language sees them; none without a pipeline."""
    for entity in entities_of(text, language=language) or ():
        kind = _KINDS.get(entity.kind)
        words = text[entity.start_char : entity.end_char]
        if kind is not None and _may_be_name(words, language):
            why = "a trained pipeline takes it for a name"
            yield Hit(entity.start_char, entity.end_char, kind, why, normalised(words, kind))


def _may_be_name(words: str, language: str | None) -> bool:
    parts = words.split()
    return (
        _BEGINS.match(words) is not None
        and "\n" not in words
        and not acronym(words)
        and len(parts) <= 5
        and not any(letter.isdigit() for letter in words)
        and not all(
            fold(part) in no_names()
            or fold(part) in little_words()
            or fold(part) in listed("things.txt")
            or is_ordinary(part, language)
            for part in parts
        )
    )
