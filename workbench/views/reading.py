"""A document as the reader component takes it: shared by the pages Code and Compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from typing import Any
from uuid import UUID

from codebook.hierarchy import level_of
from codebook.models import PARTS, Codebook, Coding, CodingDetail
from corpus.models import Document
from workbench.components.reader import READER_WORDS
from workbench.messages import say, say_as


def reader_document(document: Document, version_id: UUID) -> dict[str, Any]:
    """Text and sections under the id of their version, which never changes."""
    return {
        "id": str(document.id),
        "version": str(version_id),
        "title": document.title,
        "text": document.text,
        "sections": [
            [s.kind.value, s.start_char, s.end_char, s.level, s.speaker, s.seconds] for s in document.sections
        ],
    }


def reader_codes(
    codebook: Codebook, *, offered: Codebook | None = None, language: str = "en"
) -> list[dict[str, Any]]:
    """The codes with their level, findable by their labels in every language.

    Those that are not ``offered`` are only named where a coding bears them; None offers all.
    """
    given = {code.key for code in (offered or codebook).codes}
    return [
        {
            "key": code.key,
            "label": code.name(language),
            "parent": code.parent,
            "level": level_of(codebook, code.key).key,
            **{part: code.said(part, language) for part in PARTS},
            "described": " ".join(code.in_languages("definition").values()),
            "search": " ".join([code.key, *code.label.values()]),
            "colour": code.colour,
            "terms": " ".join(term for terms in code.terms.values() for term in terms),
            "offered": code.key in given,
        }
        for code in codebook.codes
    ]


def reader_codings(codings: Sequence[Coding], *, person: str) -> list[dict[str, Any]]:
    """Codings as they travel; only visible ones come here, since the browser can read them all."""
    return [
        {
            "id": str(c.lineage or c.id),
            "start": c.start_char,
            "end": c.end_char,
            "code": c.code,
            "coder": c.coder,
            "valence": c.valence,
            "memo": c.memo,
            "mine": c.coder == person,
            "detail": _detail(c.detail),
            "origin": None if c.origin is None else astuple(c.origin),
        }
        for c in codings
    ]


def _detail(detail: CodingDetail) -> tuple[str | None, ...] | None:
    return None if detail == CodingDetail() else astuple(detail)


def reader_words() -> Mapping[str, str]:
    """The reader's words from the catalogue."""
    words = {key: say(message) for key, message in READER_WORDS.items()}
    return {**words, "code_button": say_as("verb", "Code")}
