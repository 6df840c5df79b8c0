"""Quotes that something rests on - a finding, a relation, a step of a thread - as rows, and back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

import sqlalchemy as sa

from store.events import NewRow
from triangulation.models import Excerpt


@dataclass(frozen=True)
class NewExcerpt:
    """The words that something rests on; without a place where they stand in no document."""

    quote: str
    version_id: UUID | None = None
    coding_id: UUID | None = None
    start_char: int | None = None
    end_char: int | None = None


class Placed(Protocol):
    """What every excerpt says of its words and their place."""

    @property
    def quote(self) -> str: ...

    @property
    def version_id(self) -> UUID | None: ...

    @property
    def coding_id(self) -> UUID | None: ...

    @property
    def start_char(self) -> int | None: ...

    @property
    def end_char(self) -> int | None: ...


def excerpt_rows(table: sa.Table, owner: str, owner_id: UUID, excerpts: Iterable[Placed]) -> list[NewRow]:
    """The rows of a table of excerpts, in their order; ``owner`` is its column for what rests on them."""
    return [
        (
            table,
            {
                owner: owner_id,
                "position": position,
                "document_version_id": excerpt.version_id,
                "coding_id": excerpt.coding_id,
                "start_char": excerpt.start_char,
                "end_char": excerpt.end_char,
                "quote": excerpt.quote,
            },
        )
        for position, excerpt in enumerate(excerpts)
    ]


def excerpt_of(row: sa.Row[Any]) -> Excerpt:
    """An excerpt from its row, which has the id and title of its document too."""
    return Excerpt(
        document_id=row.document_id,
        title=row.title or "",
        start_char=row.start_char,
        end_char=row.end_char,
        quote=row.quote,
        coding_id=row.coding_id,
        version_id=row.document_version_id,
    )
