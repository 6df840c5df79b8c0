"""Versions of a document's text: how each came about, and what becomes of the codings of the one before.

A correction is one event, of one person for one reason, whatever it moves: the new version, every
coding that goes along (retired, and inserted with its lineage, so that memos and attributes follow),
and every coding that has no place any more. So either all of it is stored, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from corpus.models import Document, Segment
from corpus.versions import Lost, OffsetMap, Stretch
from store import tables
from store.documents import rows_of_version
from store.events import record
from store.studies import Member
from store.visibility import visible_unplaced


@dataclass(frozen=True)
class Version:
    """A version of a document; ``kind`` is ``import``, ``correction`` or ``pseudonymised``."""

    id: UUID
    number: int
    kind: str
    at: str
    by: str
    reason: str
    characters: int
    words: int


@dataclass(frozen=True)
class Placed:
    """A coding at its place in a new text. ``row`` is the coding as it is stored now."""

    row: Row[Any]
    segment: Segment


@dataclass(frozen=True)
class Unplaced:
    """A coding whose words the present text does not hold; ``quote`` is as it was coded.

    ``code_id`` and ``valence`` are what was given, ``number`` is
    the version whose words these are.
    """

    id: UUID
    coding_id: UUID
    lineage_id: UUID
    document_id: UUID
    title: str
    coder_id: UUID
    coder: str
    code_id: UUID
    valence: str | None
    quote: str
    memo: str
    reason: Lost
    version_id: UUID
    number: int
    start_char: int
    end_char: int


def versions_of(connection: Connection, document_id: UUID) -> list[Version]:
    """All versions of a document, the first one first."""
    version, origin, log = tables.document_version, tables.version_origin, tables.event
    why, person = tables.event_reason, tables.member
    rows = connection.execute(
        sa.select(version, origin.c.kind, log.c.at, person.c.name, why.c.text.label("reason"))
        .join(log, (log.c.study_id == version.c.study_id) & (log.c.seq == version.c.created_event))
        .outerjoin(person, person.c.id == log.c.actor_id)
        .outerjoin(why, (why.c.study_id == log.c.study_id) & (why.c.seq == log.c.seq))
        .outerjoin(origin, origin.c.document_version_id == version.c.id)
        .where(version.c.document_id == document_id)
        .order_by(version.c.number)
    )
    return [
        Version(
            row.id,
            row.number,
            row.kind or "import",
            row.at,
            row.name or "",
            row.reason or "",
            row.characters,
            row.words,
        )
        for row in rows
    ]


def offsets_after(connection: Connection, version_id: UUID) -> list[OffsetMap]:
    """From a version to the present one: what stayed as it was in each correction since, in order."""
    version, origin = tables.document_version, tables.version_origin
    this = version.alias("this")
    rows = connection.execute(
        sa.select(origin.c.offset_map)
        .join(version, version.c.id == origin.c.document_version_id)
        .join(this, this.c.document_id == version.c.document_id)
        .where(this.c.id == version_id, version.c.number > this.c.number)
        .order_by(version.c.number)
    )
    return [OffsetMap(tuple(Stretch(*stretch) for stretch in found)) for found in rows.scalars()]


def offsets_since(connection: Connection, document_id: UUID, event: int) -> list[OffsetMap]:
    """From a document's text as it was at an event to the present one, as `offsets_after`."""
    version, origin = tables.document_version, tables.version_origin
    rows = connection.execute(
        sa.select(origin.c.offset_map)
        .join(version, version.c.id == origin.c.document_version_id)
        .where(version.c.document_id == document_id, version.c.created_event > event)
        .order_by(version.c.number)
    )
    return [OffsetMap(tuple(Stretch(*stretch) for stretch in found)) for found in rows.scalars()]


def live_codings(connection: Connection, version_id: UUID) -> Sequence[Row[Any]]:
    """Every coding of a version that holds, whoever made it: for moving them all, not for reading."""
    coding = tables.coding
    return connection.execute(
        sa.select(coding)
        .where(coding.c.document_version_id == version_id, coding.c.retired_event.is_(None))
        .order_by(coding.c.start_char, coding.c.end_char, coding.c.created_event)
    ).all()


def waiting_codings(connection: Connection, document_id: UUID) -> Sequence[Row[Any]]:
    """The codings of a document that wait for a place, with ``unplaced_id``; another text may hold it."""
    coding, unplaced, version = tables.coding, tables.unplaced_coding, tables.document_version
    return connection.execute(
        sa.select(coding, unplaced.c.id.label("unplaced_id"))
        .join(unplaced, unplaced.c.coding_id == coding.c.id)
        .join(version, version.c.id == coding.c.document_version_id)
        .where(version.c.document_id == document_id, unplaced.c.retired_event.is_(None))
        .order_by(coding.c.start_char)
    ).all()


def add_correction(
    connection: Connection,
    document: Document,
    *,
    replaces: UUID,
    offsets: OffsetMap,
    moved: Iterable[Placed],
    unplaced: Iterable[tuple[Row[Any], Lost]],
    found_again: Iterable[Placed],
    actor: Member,
    reason: str,
) -> UUID:
    """Store a corrected text with all that becomes of the codings, as one event; the version's id.

    Parameters
    ----------
    document : Document
        With the new text and what stands around it.
    replaces : UUID
        The version that it takes the place of.
    moved, unplaced
        Every live coding of that version is in one of the two.
    found_again : iterable of Placed
        Codings that waited for a place (rows of `waiting_codings`) and have one in this text.
    """
    version_id = uuid4()
    moved, unplaced, found_again = list(moved), list(unplaced), list(found_again)
    states = _reading_states(connection, replaces)
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="document.correct",
        entity=tables.document_version,
        entity_id=version_id,
        add=[
            *rows_of_version(document, version_id, number=_number_of(connection, replaces) + 1),
            (
                tables.version_origin,
                {
                    "document_version_id": version_id,
                    "kind": "correction",
                    "offset_map": [list(stretch) for stretch in offsets.stretches],
                },
            ),
            *((tables.coding, _at_place(placed, version_id)) for placed in (*moved, *found_again)),
            *(
                (
                    tables.unplaced_coding,
                    {
                        "id": uuid4(),
                        "coding_id": row.id,
                        "document_version_id": version_id,
                        "reason": lost.value,
                    },
                )
                for row, lost in unplaced
            ),
            *(
                (
                    tables.reading_state,
                    {
                        "id": uuid4(),
                        "member_id": state.member_id,
                        "document_version_id": version_id,
                        "state": state.state,
                    },
                )
                for state in states
            ),
        ],
        retire=[
            *((tables.coding, placed.row.id) for placed in moved),
            *((tables.coding, row.id) for row, _ in unplaced),
            *((tables.unplaced_coding, placed.row.unplaced_id) for placed in found_again),
            *((tables.reading_state, state.id) for state in states),
        ],
        detail={
            "replaces": replaces.hex,
            "document": document.id.hex,
            "moved": len(moved),
            "unplaced": len(unplaced),
            "found_again": len(found_again),
        },
        reason=reason,
    )
    return version_id


def unplaced_codings(
    connection: Connection, viewer: Member, document_id: UUID | None = None
) -> list[Unplaced]:
    """The codings without a place that a person may see, of one document or of all."""
    query = visible_unplaced(viewer)
    if document_id is not None:
        query = query.where(tables.document_version.c.document_id == document_id)
    return [
        Unplaced(
            row.unplaced_id,
            row.id,
            row.lineage_id,
            row.document_id,
            row.title,
            row.coder_id,
            row.coder,
            row.code_id,
            row.valence,
            row.quote,
            row.memo,
            Lost(row.reason),
            row.document_version_id,
            row.number,
            row.start_char,
            row.end_char,
        )
        for row in connection.execute(query)
    ]


def place_coding(
    connection: Connection, unplaced: Unplaced, segment: Segment, *, version_id: UUID, actor: Member
) -> UUID:
    """Give a coding without a place one in the present text, with its lineage; the new coding's id."""
    row = connection.execute(sa.select(tables.coding).where(tables.coding.c.id == unplaced.coding_id)).one()
    placed = _at_place(Placed(row, segment), version_id)
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="coding.place",
        entity=tables.coding,
        entity_id=placed["id"],
        add=[(tables.coding, placed)],
        retire=[(tables.unplaced_coding, unplaced.id)],
        detail={
            "version": version_id.hex,
            "instead_of": row.id.hex,
            "span": [segment.start_char, segment.end_char],
        },
    )
    new_id: UUID = placed["id"]
    return new_id


def let_go(connection: Connection, unplaced: Unplaced, *, actor: Member) -> None:
    """Give up looking for a place; the coding stays in the history, with the text that it was made on."""
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="coding.let_go",
        entity=tables.coding,
        entity_id=unplaced.coding_id,
        retire=[(tables.unplaced_coding, unplaced.id)],
        detail={"version": unplaced.version_id.hex},
    )


def _at_place(placed: Placed, version_id: UUID) -> dict[str, Any]:
    columns = {column.name: placed.row._mapping[column.name] for column in tables.coding.c}
    segment = placed.segment
    return columns | {
        "id": uuid4(),
        "document_version_id": version_id,
        "start_char": segment.start_char,
        "end_char": segment.end_char,
        "quote": segment.quote,
        "prefix": segment.prefix,
        "suffix": segment.suffix,
        "retired_event": None,
    }


def _number_of(connection: Connection, version_id: UUID) -> int:
    version = tables.document_version
    number: int = connection.execute(
        sa.select(version.c.number).where(version.c.id == version_id)
    ).scalar_one()
    return number


def _reading_states(connection: Connection, version_id: UUID) -> Sequence[Row[Any]]:
    state = tables.reading_state
    return connection.execute(
        sa.select(state).where(state.c.document_version_id == version_id, state.c.retired_event.is_(None))
    ).all()
