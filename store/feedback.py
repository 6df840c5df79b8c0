"""Feedback: groups of stakeholders, who is invited, what they were handed, what they answered, what changed.

A group is known by its name: when its settings change, a new row takes the place of the old one, and
people, packets and answers stay with the group. Whoever tells a person of any of this asks
`store.visibility.may_read_results` first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection, Table

from store import tables
from store.events import record
from store.facts import add_fact, live_rows, replace_fact, retire_fact
from store.rows import rows_now, same_rows
from store.studies import Member, member_names
from triangulation.feedback import Answer, Change, Invited, Response


@dataclass(frozen=True)
class FeedbackGroup:
    """Stakeholders who are asked; ``smallest``: sources of fewer people are not named to them."""

    id: UUID
    name: str
    note: str
    with_quotes: bool
    with_roles: bool
    smallest: int


@dataclass(frozen=True)
class PacketMade:
    """A packet that was handed out: who made it and when, the hash of its bytes, the rows in it."""

    id: UUID
    at: str
    by: str
    sha256: str
    row_ids: tuple[UUID, ...]


def feedback_groups(connection: Connection, study_id: UUID) -> list[FeedbackGroup]:
    """The groups of a study by name."""
    groups = [
        FeedbackGroup(row.id, row.name, row.note, row.with_quotes, row.with_roles, row.smallest)
        for row in live_rows(connection, tables.feedback_group, study_id)
    ]
    return sorted(groups, key=lambda group: (group.name.casefold(), group.name))


def keep_group(connection: Connection, name: str, values: Mapping[str, Any], *, actor: Member) -> None:
    """Store a group, or what changed about the one of that name; the same again is no change."""
    replace_fact(
        connection, tables.feedback_group, {"name": name}, values, actor=actor, action="feedback_group.keep"
    )


def keep_invited(
    connection: Connection, group: FeedbackGroup, *, name: str, role: str, actor: Member
) -> None:
    """Invite a person into a group, or correct the role of one who is invited."""
    known = next((one for one in invited(connection, actor.study_id, group) if one.name == name), None)
    if known is not None and known.role == role:
        return
    add_fact(
        connection,
        tables.feedback_invited,
        {"feedback_group_id": group.id, "name": name, "role": role},
        actor=actor,
        action="feedback_invited.keep",
        instead_of=[] if known is None else [known.id],
    )


def invited(connection: Connection, study_id: UUID, group: FeedbackGroup) -> list[Invited]:
    """Who is invited into a group, in the order in which they were."""
    ids = _ids_of(connection, study_id, group)
    return [
        Invited(row.id, row.name, row.role)
        for row in live_rows(connection, tables.feedback_invited, study_id)
        if row.feedback_group_id in ids
    ]


def keep_packet(
    connection: Connection, group: FeedbackGroup, *, sha256: str, row_ids: Sequence[UUID], actor: Member
) -> UUID:
    """Store that a packet with these rows was made for a group."""
    packet_id = uuid4()
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="feedback_packet.make",
        entity=tables.feedback_packet,
        entity_id=packet_id,
        add=[
            (tables.feedback_packet, {"id": packet_id, "feedback_group_id": group.id, "sha256": sha256}),
            *(
                (tables.feedback_item, {"feedback_packet_id": packet_id, "matrix_row_id": row_id})
                for row_id in row_ids
            ),
        ],
        detail={"group": group.id.hex, "rows": len(row_ids)},
    )
    return packet_id


def packets(connection: Connection, study_id: UUID, group: FeedbackGroup) -> list[PacketMade]:
    """The packets that were made for a group, newest first."""
    table, item = tables.feedback_packet, tables.feedback_item
    rows_in: dict[UUID, list[UUID]] = {}
    for row in connection.execute(
        sa.select(item)
        .join(table, table.c.id == item.c.feedback_packet_id)
        .where(table.c.study_id == study_id)
    ):
        rows_in.setdefault(row.feedback_packet_id, []).append(row.matrix_row_id)
    made = connection.execute(
        _with_event(table)
        .where(
            table.c.study_id == study_id, table.c.feedback_group_id.in_(_ids_of(connection, study_id, group))
        )
        .order_by(table.c.created_event.desc())
    )
    names = dict(member_names(connection, study_id))
    return [
        PacketMade(row.id, row.at, names[row.actor_id], row.sha256, tuple(rows_in.get(row.id, ())))
        for row in made
    ]


def keep_response(
    connection: Connection,
    group: FeedbackGroup,
    *,
    person: Invited | None,
    row_id: UUID | None,
    answer: Answer,
    text: str,
    actor: Member,
) -> UUID:
    """Store an answer in the place of the one that the same person gave on the same row before."""
    table = tables.feedback_response
    ids = _ids_of(connection, actor.study_id, group)
    people = [] if person is None else _ids_of_person(connection, actor.study_id, group, person.name)
    rows = {None} if row_id is None else same_rows(connection, actor, row_id)
    old = [
        row
        for row in live_rows(connection, table, actor.study_id)
        if row.feedback_group_id in ids
        and row.matrix_row_id in rows
        and (row.feedback_invited_id is None if person is None else row.feedback_invited_id in people)
    ]
    if len(old) == 1 and (old[0].answer, old[0].text) == (answer, text):
        found: UUID = old[0].id
        return found
    return add_fact(
        connection,
        table,
        {
            "feedback_group_id": group.id,
            "feedback_invited_id": None if person is None else person.id,
            "matrix_row_id": row_id,
            "answer": answer.value,
            "text": text,
        },
        actor=actor,
        action="feedback_response.keep",
        instead_of=[row.id for row in old],
    )


def responses(connection: Connection, viewer: Member, group: FeedbackGroup) -> list[Response]:
    """The answers of a group, in the order in which they came, each with what changed because of it."""
    table, person = tables.feedback_response, tables.feedback_invited
    study_id = viewer.study_id
    changes = _changes(connection, study_id)
    rows = rows_now(connection, study_id, viewer=viewer)
    given = connection.execute(
        _with_event(table)
        .add_columns(person.c.name.label("person"))
        .outerjoin(person, person.c.id == table.c.feedback_invited_id)
        .where(
            table.c.study_id == study_id,
            table.c.retired_event.is_(None),
            table.c.feedback_group_id.in_(_ids_of(connection, study_id, group)),
        )
        .order_by(table.c.created_event)
    )
    return [
        Response(
            id=row.id,
            person=row.person,
            row=None if row.matrix_row_id is None else rows[row.matrix_row_id],
            answer=Answer(row.answer),
            text=row.text,
            at=row.at,
            changes=tuple(changes.get(row.id, ())),
        )
        for row in given
    ]


def add_change(connection: Connection, response_id: UUID, text: str, *, actor: Member) -> UUID:
    """Store what changed because of an answer, or why nothing did."""
    values = {"feedback_response_id": response_id, "text": text}
    return add_fact(connection, tables.feedback_change, values, actor=actor, action="feedback_change.add")


def _changes(connection: Connection, study_id: UUID) -> dict[UUID, list[Change]]:
    table = tables.feedback_change
    names = dict(member_names(connection, study_id))
    found: dict[UUID, list[Change]] = {}
    for row in connection.execute(
        _with_event(table)
        .where(table.c.study_id == study_id, table.c.retired_event.is_(None))
        .order_by(table.c.created_event)
    ):
        change = Change(row.id, row.text, names[row.actor_id], row.at)
        found.setdefault(row.feedback_response_id, []).append(change)
    return found


def _ids_of(connection: Connection, study_id: UUID, group: FeedbackGroup) -> set[UUID]:
    """All rows of a group, those of its earlier settings too."""
    table = tables.feedback_group
    rows = connection.execute(
        sa.select(table.c.id).where(table.c.study_id == study_id, table.c.name == group.name)
    )
    return set(rows.scalars())


def _ids_of_person(connection: Connection, study_id: UUID, group: FeedbackGroup, name: str) -> set[UUID]:
    """All rows of a person in a group, those of an earlier role too."""
    table = tables.feedback_invited
    rows = connection.execute(
        sa.select(table.c.id).where(
            table.c.study_id == study_id,
            table.c.feedback_group_id.in_(_ids_of(connection, study_id, group)),
            table.c.name == name,
        )
    )
    return set(rows.scalars())


def _with_event(table: Table) -> sa.Select[Any]:
    log = tables.event
    return sa.select(table, log.c.at, log.c.actor_id).join(
        log, (log.c.study_id == table.c.study_id) & (log.c.seq == table.c.created_event)
    )


def retire(connection: Connection, table: Table, row_id: UUID, *, actor: Member) -> None:
    """Let a group, invitation, answer or change cease to hold; it stays in the history."""
    retire_fact(connection, table, row_id, actor=actor, action=f"{table.name}.retire")


def participants_in_words(connection: Connection, study_id: UUID) -> dict[UUID, str]:
    """What the protocol says of how many took part, by source; absent where it says nothing."""
    rows = live_rows(connection, tables.source_detail, study_id)
    return {row.source_id: row.participants for row in rows if row.participants}


def study_questions(connection: Connection, study_id: UUID) -> tuple[str, ...]:
    """The questions of the study as the protocol has them; empty where it is not written."""
    written = [row.questions for row in live_rows(connection, tables.protocol_page, study_id)]
    return tuple(line.strip() for text in written for line in text.splitlines() if line.strip())
