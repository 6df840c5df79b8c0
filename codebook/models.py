"""The nouns of coding."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal
from uuid import UUID


class Valence(StrEnum):
    """Which way a determinant works. No valence given is None; it is never ``neutral``."""

    FACILITATOR = "facilitator"
    BARRIER = "barrier"
    MIXED = "mixed"
    NEUTRAL = "neutral"


@dataclass(frozen=True)
class Code:
    """A code of a codebook. ``key`` is its short id in the codebook (ECO-FUND).

    ``parent`` is the key of the code above it, None for a level. ``label`` maps a language to
    the name in it. Empty strings mean that the codebook says nothing there; an empty ``colour``
    (else ``#RRGGBB``) that the code takes the one of its level. ``terms`` maps a language to words
    that suggest the code.

    ``definition``, ``include`` and ``exclude`` are written in the `first_language`; ``further`` holds
    what they are in others: part to language to text.
    """

    id: UUID
    key: str
    label: Mapping[str, str]
    parent: str | None = None
    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""
    ticd: str = ""
    cfir2022: str = ""
    colour: str = ""
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    further: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def first_language(self) -> str:
        """English where the code has an English label, else the first language that it has one in."""
        return "en" if "en" in self.label or not self.label else min(self.label)

    def name(self, language: str = "en") -> str:
        """The label in a language, else in English, else in any, else the key.

        >>> from uuid import uuid4
        >>> Code(uuid4(), "ECO", {"en": "Money", "nl": "Geld"}).name("nl")
        'Geld'
        """
        return self.label.get(language) or self.label.get("en") or next(iter(self.label.values()), self.key)

    def said(self, part: str, language: str) -> str:
        """What a part says in a language, else in the first one, else in any.

        >>> from uuid import uuid4
        >>> further = {"definition": {"nl": "Wat men betaalt"}}
        >>> code = Code(uuid4(), "ECO", {"en": "Money"}, definition="What is paid", further=further)
        >>> code.said("definition", "nl"), code.said("definition", "fr")
        ('Wat men betaalt', 'What is paid')
        """
        told = self.in_languages(part)
        return told.get(language) or next(iter(told.values()), "")

    def in_languages(self, part: str) -> dict[str, str]:
        """What a part says by language, the first language first; only those in which it says something."""
        texts = {self.first_language: str(getattr(self, part)), **self.further.get(part, {})}
        return {language: text for language, text in texts.items() if text}


#: The parts of a code's description that can be given in several languages.
PARTS = ("definition", "include", "exclude")


def with_texts(code: Code, texts: Mapping[str, Mapping[str, str]]) -> Code:
    """The same code, some parts of which say this, by language; no text takes a language away."""
    first = code.first_language
    wanted = {part: texts.get(part, code.in_languages(part)) for part in PARTS}
    further = {
        part: {language: text for language, text in said.items() if text and language != first}
        for part, said in wanted.items()
    }
    return replace(
        code,
        definition=wanted["definition"].get(first, ""),
        include=wanted["include"].get(first, ""),
        exclude=wanted["exclude"].get(first, ""),
        further={part: said for part, said in further.items() if said},
    )


def with_labels(code: Code, label: Mapping[str, str]) -> Code:
    """The same code under other names; each text stays in its language, whichever is the first one now."""
    return with_texts(replace(code, label=label), {part: code.in_languages(part) for part in PARTS})


def by_language(text: str, language: str, others: Collection[str]) -> dict[str, str]:
    """A text whose paragraphs may begin with another language (``nl: …``), taken apart.

    So texts in several languages were written before each had a place of its own.

    >>> by_language("What is paid\\n\\nnl: Wat men betaalt", "en", ["en", "nl"])
    {'en': 'What is paid', 'nl': 'Wat men betaalt'}
    """
    known = "|".join(re.escape(other) for other in others if other != language)
    if not known:
        return {language: text}
    first, *parts = re.split(rf"\n\n(?=(?:{known}): )", text)
    return {language: first} | {name: said for name, _, said in (part.partition(": ") for part in parts)}


@dataclass(frozen=True)
class Codebook:
    """A version of a codebook: codes in reading order, parents before children."""

    name: str
    version: int
    codes: tuple[Code, ...]
    rules: tuple[str, ...] = ()
    rollups: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Coder:
    """A person who codes."""

    id: UUID
    name: str


@dataclass(frozen=True)
class CodingDetail:
    """What a coder says of a coding beyond code and valence; None and empty: nothing was said.

    ``strength`` is weak or strong; ``evidence`` experienced, anticipated, wished or
    reported_about_others; ``certainty`` sure or unsure. ``actor`` and ``timepoint`` are free words.
    """

    strength: str | None = None
    evidence: str | None = None
    actor: str = ""
    timepoint: str = ""
    certainty: str | None = None


@dataclass(frozen=True)
class Origin:
    """How a coding came to be suggested: the words searched for, or the words of the code."""

    kind: Literal["search", "rule"]
    pattern: str


@dataclass(frozen=True)
class Coding:
    """A code given to a place by a coder. ``valence`` None means that none was given.

    ``origin`` is there where the passage was suggested and accepted; None: it was coded by hand.
    ``lineage`` names the passage through all changes of its coding, None outside a database.
    """

    id: UUID
    document_id: UUID
    coder: str
    code: str
    start_char: int
    end_char: int
    quote: str
    valence: Valence | None = None
    memo: str = ""
    detail: CodingDetail = CodingDetail()
    origin: Origin | None = None
    lineage: UUID | None = field(default=None, compare=False)
