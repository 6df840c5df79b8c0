"""What readers find as plain values (JSON), so that it can cross from one process to another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from corpus.models import (
    Comment,
    Document,
    Furniture,
    Page,
    RawText,
    Refused,
    Section,
    SectionKind,
    Source,
    Spoken,
)

_MARKS = (("spoken", Spoken), ("pages", Page), ("comments", Comment), ("furniture", Furniture))


def plain_found(found: RawText | Refused) -> dict[str, Any]:
    """What was found in a file as plain values; see `found_of`."""
    if isinstance(found, Refused):
        return {"kind": "refused", **asdict(found)}
    return {"kind": "text", **asdict(found), "date": _iso(found.date)}


def found_of(plain: Mapping[str, Any]) -> RawText | Refused:
    """What was found in a file, from the plain values of `plain_found`.

    >>> found_of(plain_found(Refused("a.txt", "is empty")))
    Refused(path='a.txt', reason='is empty')
    """
    values = {name: value for name, value in plain.items() if name != "kind"}
    if plain["kind"] == "refused":
        return Refused(**values)
    marks = {name: tuple(mark(**one) for one in values[name]) for name, mark in _MARKS}
    return RawText(
        **values
        | marks
        | {
            "date": _date(values["date"]),
            "headings": tuple(tuple(heading) for heading in values["headings"]),
            "warnings": tuple(values["warnings"]),
        }
    )


def plain_document(document: Document) -> dict[str, Any]:
    """What a document has that its cleaned raw text has not; see `document_of`."""
    return {
        "id": str(document.id),
        "title": document.title,
        "date": _iso(document.date),
        "language": document.language,
        "sections": [asdict(section) | {"kind": section.kind.value} for section in document.sections],
    }


def document_of(plain: Mapping[str, Any], raw: RawText, source: Source) -> Document:
    """The document of a source, from the plain values of `plain_document` and the cleaned raw text."""
    return Document(
        id=UUID(plain["id"]),
        source_id=source.id,
        title=plain["title"],
        text=raw.text,
        sections=tuple(
            Section(**section | {"kind": SectionKind(section["kind"])}) for section in plain["sections"]
        ),
        raw_sha256=raw.raw_sha256,
        date=_date(plain["date"]),
        language=plain["language"],
        attributes=raw.attributes,
        pages=raw.pages,
        comments=raw.comments,
        furniture=raw.furniture,
    )


def _iso(date: dt.date | None) -> str | None:
    return None if date is None else date.isoformat()


def _date(iso: str | None) -> dt.date | None:
    return None if iso is None else dt.date.fromisoformat(iso)
