"""How disagreements of a round were settled: meetings, reasons, decisions, the consensus layer.

The codings that coders made independently are never touched: a settlement points to those it
decided about, and what was agreed on stands in a layer of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection, Row, Table

from codebook.models import Valence
from corpus.models import Segment
from store import tables
from store.events import NewRow, record
from store.facts import retire_fact
from store.studies import Member, member_names
from store.visibility import visible_reasons


@dataclass(frozen=True)
class Meeting:
    """People who settle together, and who of them writes; ``is_open`` until it is ended."""

    id: UUID
    scribe: str
    attendance: tuple[str, ...]
    began_at: str
    is_open: bool


@dataclass(frozen=True)
class Reason:
    """Why a coder coded as they did, written before the talk."""

    id: UUID
    place: UUID
    author: str
    text: str


@dataclass(frozen=True)
class ConsensusCoding:
    """A coding of the consensus layer."""

    id: UUID
    document_id: UUID
    code_id: UUID
    start_char: int
    end_char: int
    quote: str
    valence: Valence | None


@dataclass(frozen=True)
class Settlement:
    """What was decided about a place, by whom. No ``deciders``: a rule that loses nothing.

    ``codings`` are ids of the independent codings that it decided about, ``consensus`` what stands
    now. ``asked`` is who was asked from outside and decided. Names are empty where there is nobody.
    """

    id: UUID
    place: UUID
    version_id: UUID
    start_char: int
    end_char: int
    kind: str
    outcome: str
    reason: str
    minority: str
    minority_by: str
    asked: str
    first_speaker: str
    meeting_id: UUID | None
    deciders: tuple[str, ...]
    codings: tuple[UUID, ...]
    consensus: tuple[ConsensusCoding, ...]
    by: str
    at: str


@dataclass(frozen=True)
class OutsideQuestion:
    """A place that somebody who did not code is asked to decide."""

    id: UUID
    round_id: UUID
    place: UUID
    asked_id: UUID
    asked: str
    asked_by: str
    text: str


@dataclass(frozen=True)
class NewConsensus:
    """A coding to put into the consensus layer."""

    segment: Segment
    code_id: UUID
    codebook_version_id: UUID
    valence: Valence | None


# --- meetings ----------------------------------------------------------------------------------------


def add_meeting(
    connection: Connection, *, actor: Member, round_id: UUID, scribe: Member, attendance: Sequence[Member]
) -> UUID:
    """Begin a meeting."""
    meeting_id = uuid4()
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="meeting.begin",
        entity=tables.settling_meeting,
        entity_id=meeting_id,
        add=[
            (
                tables.settling_meeting,
                {"id": meeting_id, "coding_round_id": round_id, "scribe_id": scribe.id},
            ),
            *(
                (tables.settling_attendance, {"settling_meeting_id": meeting_id, "member_id": member.id})
                for member in attendance
            ),
        ],
        detail={"round": round_id.hex, "people": len(attendance)},
    )
    return meeting_id


def end_meeting(connection: Connection, meeting_id: UUID, *, actor: Member) -> None:
    """End a meeting; it stays in the minutes."""
    retire_fact(connection, tables.settling_meeting, meeting_id, action="meeting.end", actor=actor)


def meetings(connection: Connection, study_id: UUID, round_id: UUID) -> list[Meeting]:
    """The meetings on a round, the oldest first."""
    meeting, attended, event = tables.settling_meeting, tables.settling_attendance, tables.event
    names = dict(member_names(connection, study_id))
    rows = connection.execute(
        sa.select(meeting, event.c.at)
        .join(event, (event.c.study_id == meeting.c.study_id) & (event.c.seq == meeting.c.created_event))
        .where(meeting.c.study_id == study_id, meeting.c.coding_round_id == round_id)
        .order_by(meeting.c.created_event)
    ).all()
    people = _by_owner(connection, attended.c.settling_meeting_id, attended.c.member_id, [r.id for r in rows])
    return [
        Meeting(
            row.id,
            names[row.scribe_id],
            tuple(sorted(names[member_id] for member_id in people[row.id])),
            row.at,
            row.retired_event is None,
        )
        for row in rows
    ]


# --- reasons before the talk -------------------------------------------------------------------------


def write_reason(
    connection: Connection,
    *,
    actor: Member,
    author: Member,
    round_id: UUID,
    place: UUID,
    version_id: UUID,
    text: str,
) -> None:
    """Set a coder's reason at a place; an empty text takes it away."""
    table = tables.settling_reason
    old = connection.execute(
        sa.select(table.c.id).where(
            table.c.coding_round_id == round_id,
            table.c.place == place,
            table.c.author_id == author.id,
            table.c.retired_event.is_(None),
        )
    ).scalar()
    if old is None and not text:
        return
    reason_id = uuid4()
    row = {
        "id": reason_id,
        "coding_round_id": round_id,
        "place": place,
        "document_version_id": version_id,
        "author_id": author.id,
        "text": text,
    }
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="reason.write",
        entity=table,
        entity_id=reason_id if text else old,  # type: ignore[arg-type]
        add=[(table, row)] if text else [],
        retire=[] if old is None else [(table, old)],
        detail={"round": round_id.hex, "place": place.hex},
    )


def reasons(connection: Connection, viewer: Member, round_id: UUID) -> dict[UUID, list[Reason]]:
    """The reasons of a round that a person may read, by place."""
    table = tables.settling_reason
    found: dict[UUID, list[Reason]] = defaultdict(list)
    for row in connection.execute(visible_reasons(viewer).where(table.c.coding_round_id == round_id)):
        found[row.place].append(Reason(row.id, row.place, row.author, row.text))
    return found


def who_wrote(connection: Connection, study_id: UUID, round_id: UUID) -> dict[UUID, set[str]]:
    """Who has written a reason at which place; not what."""
    table, author = tables.settling_reason, tables.member
    rows = connection.execute(
        sa.select(table.c.place, author.c.name)
        .join(author, author.c.id == table.c.author_id)
        .where(
            table.c.study_id == study_id, table.c.coding_round_id == round_id, table.c.retired_event.is_(None)
        )
    )
    found: dict[UUID, set[str]] = defaultdict(set)
    for place, name in rows:
        found[place].add(name)
    return found


# --- decisions ---------------------------------------------------------------------------------------


def settle(
    connection: Connection,
    *,
    actor: Member,
    values: Mapping[str, Any],
    coding_ids: Sequence[UUID],
    deciders: Sequence[Member],
    consensus: Sequence[NewConsensus],
    retire: Sequence[tuple[Table, UUID]] = (),
) -> UUID:
    """Store a decision about a place in one event; one that stood there before goes with `replaced`.

    Parameters
    ----------
    values : mapping
        The columns of ``settlement`` but its id.
    retire : sequence
        What ends with it: rows of `rows_of` an earlier decision, or a question that it answers.
    """
    settlement_id = uuid4()
    owned: list[NewRow] = [
        (tables.settlement_coding, {"settlement_id": settlement_id, "coding_id": coding_id})
        for coding_id in coding_ids
    ]
    owned += [
        (tables.settlement_decider, {"settlement_id": settlement_id, "member_id": member.id})
        for member in deciders
    ]
    layer: list[NewRow] = [
        (
            tables.consensus_coding,
            {
                "id": uuid4(),
                "settlement_id": settlement_id,
                "document_version_id": values["document_version_id"],
                "code_id": new.code_id,
                "codebook_version_id": new.codebook_version_id,
                "start_char": new.segment.start_char,
                "end_char": new.segment.end_char,
                "quote": new.segment.quote,
                "prefix": new.segment.prefix,
                "suffix": new.segment.suffix,
                "valence": new.valence,
            },
        )
        for new in consensus
    ]
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="place.settle",
        entity=tables.settlement,
        entity_id=settlement_id,
        add=[(tables.settlement, {**values, "id": settlement_id}), *owned, *layer],
        retire=retire,
        detail={
            "round": values["coding_round_id"].hex,
            "place": values["place"].hex,
            "outcome": values["outcome"],
            "kind": values["kind"],
        },
    )
    return settlement_id


def rows_of(connection: Connection, settlement: Settlement) -> list[tuple[Table, UUID]]:
    """The rows that hold as long as a decision does."""
    return [
        (tables.settlement, settlement.id),
        *((tables.consensus_coding, coding.id) for coding in settlement.consensus),
    ]


def unsettle(connection: Connection, settlement: Settlement, *, actor: Member) -> None:
    """Take a decision back; the place is open again, and the decision stays in the history."""
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="place.unsettle",
        entity=tables.settlement,
        entity_id=settlement.id,
        retire=rows_of(connection, settlement),
        detail={"place": settlement.place.hex},
    )


def settlements(connection: Connection, study_id: UUID, round_id: UUID) -> list[Settlement]:
    """The decisions on a round that hold now, in the order in which they were made."""
    table, event = tables.settlement, tables.event
    names: dict[UUID | None, str] = {None: "", **dict(member_names(connection, study_id))}
    rows = connection.execute(
        sa.select(table, event.c.at, event.c.actor_id)
        .join(event, (event.c.study_id == table.c.study_id) & (event.c.seq == table.c.created_event))
        .where(
            table.c.study_id == study_id, table.c.coding_round_id == round_id, table.c.retired_event.is_(None)
        )
        .order_by(table.c.created_event)
    ).all()
    ids = [row.id for row in rows]
    decided, about = tables.settlement_decider, tables.settlement_coding
    people = _by_owner(connection, decided.c.settlement_id, decided.c.member_id, ids)
    codings = _by_owner(connection, about.c.settlement_id, about.c.coding_id, ids)
    layer = _consensus(connection, study_id, ids)
    return [
        Settlement(
            id=row.id,
            place=row.place,
            version_id=row.document_version_id,
            start_char=row.start_char,
            end_char=row.end_char,
            kind=row.kind,
            outcome=row.outcome,
            reason=row.reason,
            minority=row.minority,
            minority_by=names[row.minority_id],
            asked=names[row.asked_id],
            first_speaker=names[row.first_speaker_id],
            meeting_id=row.settling_meeting_id,
            deciders=tuple(sorted(names[member_id] for member_id in people[row.id])),
            codings=tuple(codings[row.id]),
            consensus=tuple(layer[row.id]),
            by=names[row.actor_id],
            at=row.at,
        )
        for row in rows
    ]


def decided_before(connection: Connection, study_id: UUID, round_id: UUID) -> dict[UUID, list[str]]:
    """Outcomes that stood at places and were replaced or taken back, by place, the oldest first."""
    table = tables.settlement
    found: dict[UUID, list[str]] = defaultdict(list)
    rows = connection.execute(
        sa.select(table.c.place, table.c.outcome)
        .where(
            table.c.study_id == study_id,
            table.c.coding_round_id == round_id,
            table.c.retired_event.is_not(None),
        )
        .order_by(table.c.created_event)
    )
    for place, outcome in rows:
        found[place].append(outcome)
    return found


def coding_rows(connection: Connection, coding_ids: Iterable[UUID]) -> dict[UUID, Row[Any]]:
    """Independent codings as they are stored, by id, to be taken over into the consensus layer."""
    coding = tables.coding
    rows = connection.execute(sa.select(coding).where(coding.c.id.in_(list(coding_ids))))
    return {row.id: row for row in rows}


# --- asking somebody from outside --------------------------------------------------------------------


def add_question(
    connection: Connection,
    *,
    actor: Member,
    round_id: UUID,
    place: UUID,
    version_id: UUID,
    asked: Member,
    text: str,
) -> UUID:
    """Put a place to somebody who did not code."""
    question_id = uuid4()
    row = {
        "id": question_id,
        "coding_round_id": round_id,
        "place": place,
        "document_version_id": version_id,
        "asked_id": asked.id,
        "text": text,
    }
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="outside.ask",
        entity=tables.outside_question,
        entity_id=question_id,
        add=[(tables.outside_question, row)],
        detail={"round": round_id.hex, "place": place.hex, "asked": asked.id.hex},
    )
    return question_id


def withdraw_question(connection: Connection, question: OutsideQuestion, *, actor: Member) -> None:
    """Take a question back."""
    retire_fact(connection, tables.outside_question, question.id, action="outside.withdraw", actor=actor)


def questions(connection: Connection, study_id: UUID) -> list[OutsideQuestion]:
    """The questions of a study that wait for an answer, the oldest first."""
    table, event = tables.outside_question, tables.event
    names = dict(member_names(connection, study_id))
    rows = connection.execute(
        sa.select(table, event.c.actor_id)
        .join(event, (event.c.study_id == table.c.study_id) & (event.c.seq == table.c.created_event))
        .where(table.c.study_id == study_id, table.c.retired_event.is_(None))
        .order_by(table.c.created_event)
    )
    return [
        OutsideQuestion(
            row.id,
            row.coding_round_id,
            row.place,
            row.asked_id,
            names[row.asked_id],
            names[row.actor_id],
            row.text,
        )
        for row in rows
    ]


def row_of(question: OutsideQuestion) -> tuple[Table, UUID]:
    """The row that ends with an answer."""
    return tables.outside_question, question.id


def _consensus(
    connection: Connection, study_id: UUID, settlement_ids: Sequence[UUID]
) -> dict[UUID, list[ConsensusCoding]]:
    layer, version = tables.consensus_coding, tables.document_version
    wanted = set(settlement_ids)
    found: dict[UUID, list[ConsensusCoding]] = defaultdict(list)
    rows = connection.execute(
        sa.select(layer, version.c.document_id)
        .join(version, version.c.id == layer.c.document_version_id)
        .where(layer.c.study_id == study_id, layer.c.retired_event.is_(None))
        .order_by(layer.c.start_char, layer.c.end_char, layer.c.id)
    )
    for row in rows:
        if row.settlement_id in wanted:
            found[row.settlement_id].append(
                ConsensusCoding(
                    row.id,
                    row.document_id,
                    row.code_id,
                    row.start_char,
                    row.end_char,
                    row.quote,
                    None if row.valence is None else Valence(row.valence),
                )
            )
    return found


def _by_owner(
    connection: Connection, owner: sa.Column[Any], value: sa.Column[Any], ids: Sequence[UUID]
) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = defaultdict(list)
    if ids:
        for owner_id, given in connection.execute(sa.select(owner, value).where(owner.in_(ids))):
            found[owner_id].append(given)
    return found
