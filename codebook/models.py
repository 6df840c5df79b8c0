"""The nouns of coding."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
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

    def name(self, language: str = "en") -> str:
        """The label in a language, else in English, else in any, else the key.

        >>> from uuid import uuid4
        >>> Code(uuid4(), "ECO", {"en": "Money", "nl": "Geld"}).name("nl")
        'Geld'
        """
        return self.label.get(language) or self.label.get("en") or next(iter(self.label.values()), self.key)

    def definition_in(self, language: str) -> str:
        """The definition in a language, where it is given in several; else all of it.

        Further languages stand in paragraphs of their own that begin with the language.

        >>> from uuid import uuid4
        >>> code = Code(uuid4(), "ECO", {"en": "Money"}, definition="What is paid\\n\\nnl: Wat men betaalt")
        >>> code.definition_in("nl"), code.definition_in("en"), code.definition_in("fr")
        ('Wat men betaalt', 'What is paid', 'What is paid')
        """
        first, *others = re.split(r"\n\n(?=[a-z]{2}: )", self.definition)
        told = {text[:2]: text[4:] for text in others}
        return told.get(language, first)


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
