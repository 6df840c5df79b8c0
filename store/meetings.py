"""What people confirmed of meetings: one live row a document, with its items."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection

from corpus.meetings import ItemKind, Meeting, MeetingItem
from corpus.versions import OffsetMap
from store import tables
from store.events import record
from store.facts import live_rows, retire_fact
from store.studies import Member
from store.versions import offsets_since


@dataclass(frozen=True)
class StoredMeeting:
    """A meeting as somebody confirmed it, of the document that tells of it."""

    id: UUID
    document_id: UUID
    by: UUID
    at: str
    meeting: Meeting


def meetings(connection: Connection, study_id: UUID) -> list[StoredMeeting]:
    """The meetings that are confirmed now, in the order in which they were.

    Items have their places in the present text; one whose words were corrected there has none.
    """
    item, event = tables.meeting_item, tables.event
    rows = live_rows(connection, tables.meeting, study_id)
    said: dict[UUID, list[MeetingItem]] = {row.id: [] for row in rows}
    query = (
        sa.select(item)
        .join(tables.meeting, tables.meeting.c.id == item.c.meeting_id)
        .where(tables.meeting.c.study_id == study_id, tables.meeting.c.retired_event.is_(None))
        .order_by(item.c.meeting_id, item.c.position)
    )
    for one in connection.execute(query):
        said[one.meeting_id].append(MeetingItem(ItemKind(one.kind), one.text, one.start_char, one.end_char))
    who = {
        row.seq: (row.actor_id, row.at)
        for row in connection.execute(
            sa.select(event.c.seq, event.c.actor_id, event.c.at).where(
                event.c.study_id == study_id, event.c.seq.in_([row.created_event for row in rows])
            )
        )
    }
    return [
        StoredMeeting(
            row.id,
            row.document_id,
            *who[row.created_event],
            Meeting(_day(row.held_on), _in_present_text(connection, row, said[row.id])),
        )
        for row in rows
    ]


def _in_present_text(
    connection: Connection, row: sa.Row[Any], items: Sequence[MeetingItem]
) -> tuple[MeetingItem, ...]:
    """Items that were confirmed on a text that may have been corrected since."""
    if all(item.start_char is None for item in items):
        return tuple(items)
    since = offsets_since(connection, row.document_id, row.created_event)
    return tuple(_moved(item, since) for item in items)


def _moved(item: MeetingItem, since: Iterable[OffsetMap]) -> MeetingItem:
    place = None if item.start_char is None or item.end_char is None else (item.start_char, item.end_char)
    for offsets in since:
        place = None if place is None else offsets.span(*place)
    start, end = place or (None, None)
    return replace(item, start_char=start, end_char=end)


def confirm(connection: Connection, document_id: UUID, meeting: Meeting, *, actor: Member) -> UUID:
    """Keep what a person says of a meeting, in place of what was said before; returns its id."""
    made = uuid4()
    before = [
        row for row in live_rows(connection, tables.meeting, actor.study_id) if row.document_id == document_id
    ]
    held_on = None if meeting.held_on is None else meeting.held_on.isoformat()
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="meeting.confirm",
        entity=tables.meeting,
        entity_id=made,
        add=[
            (tables.meeting, {"id": made, "document_id": document_id, "held_on": held_on}),
            *(
                (tables.meeting_item, {"meeting_id": made, "position": n, **_columns(item)})
                for n, item in enumerate(meeting.items)
            ),
        ],
        retire=[(tables.meeting, row.id) for row in before],
        detail={"document": document_id.hex, "items": len(meeting.items)},
    )
    return made


def take_back(connection: Connection, meeting_id: UUID, *, actor: Member) -> None:
    """Let a confirmation cease to hold; the text's proposal is asked about again."""
    retire_fact(connection, tables.meeting, meeting_id, actor=actor, action="meeting.take_back")


def last_of(connection: Connection, study_id: UUID, document_id: UUID) -> Meeting | None:
    """What was last confirmed of a document and holds no more; None where nothing was."""
    table = tables.meeting
    row = connection.execute(
        sa.select(table)
        .where(
            table.c.study_id == study_id,
            table.c.document_id == document_id,
            table.c.retired_event.is_not(None),
        )
        .order_by(table.c.retired_event.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    item = tables.meeting_item
    said: Iterable[sa.Row[tuple[object, ...]]] = connection.execute(
        sa.select(item).where(item.c.meeting_id == row.id).order_by(item.c.position)
    )
    items = [MeetingItem(ItemKind(one.kind), one.text, one.start_char, one.end_char) for one in said]
    return Meeting(_day(row.held_on), _in_present_text(connection, row, items))


def _day(held_on: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(held_on) if held_on else None
    except ValueError:  # the mark of a withdrawal
        return None


def _columns(item: MeetingItem) -> dict[str, object]:
    return {
        "kind": item.kind.value,
        "text": item.text,
        "start_char": item.start_char,
        "end_char": item.end_char,
    }
