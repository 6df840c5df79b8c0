"""What a team writes beside the versions of a codebook: its question, decisions, and quotes as examples."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from store import tables
from store.events import record
from store.studies import Member
from store.visibility import visible_examples


@dataclass(frozen=True)
class Decision:
    """How the team settled what belongs where; ``code_id`` is None where it is of no single code."""

    id: UUID
    text: str
    author: str
    at: dt.datetime
    code_id: UUID | None


@dataclass(frozen=True)
class Example:
    """A real quote that shows what a code means, with its place in a version of the text."""

    id: UUID
    code_id: UUID
    document_id: UUID
    title: str
    start_char: int
    end_char: int
    quote: str
    version_id: UUID


def question_of(connection: Connection, codebook_id: UUID) -> str:
    """The research question of a codebook; empty where none was written."""
    row = _live_question(connection, codebook_id)
    return "" if row is None else str(row.text)


def ask_question(connection: Connection, codebook_id: UUID, text: str, *, actor: Member) -> None:
    """Set the research question of a codebook; an empty text takes it away."""
    old = _live_question(connection, codebook_id)
    if (old.text if old else "") == text:
        return
    new_id = uuid4()
    new = [{"id": new_id, "codebook_id": codebook_id, "text": text}] if text else []
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="codebook.ask",
        entity=tables.codebook_question,
        entity_id=new_id if old is None or new else old.id,
        add=[(tables.codebook_question, values) for values in new],
        retire=[] if old is None else [(tables.codebook_question, old.id)],
        detail={"codebook": codebook_id.hex},
    )


def decisions_of(connection: Connection, codebook_id: UUID) -> list[Decision]:
    """The decisions on a codebook, newest first."""
    decision, author, event = tables.codebook_decision, tables.member, tables.event
    rows = connection.execute(
        sa.select(decision, author.c.name.label("author"), event.c.at.label("written_at"))
        .join(author, author.c.id == decision.c.author_id)
        .join(event, (event.c.study_id == decision.c.study_id) & (event.c.seq == decision.c.created_event))
        .where(decision.c.codebook_id == codebook_id, decision.c.retired_event.is_(None))
        .order_by(decision.c.created_event.desc())
    )
    return [
        Decision(row.id, row.text, row.author, dt.datetime.fromisoformat(row.written_at), row.code_id)
        for row in rows
    ]


def add_decision(
    connection: Connection, codebook_id: UUID, text: str, *, actor: Member, code_id: UUID | None
) -> UUID:
    """Write a decision down; returns its id."""
    decision_id = uuid4()
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="codebook.decide",
        entity=tables.codebook_decision,
        entity_id=decision_id,
        add=[
            (
                tables.codebook_decision,
                {
                    "id": decision_id,
                    "codebook_id": codebook_id,
                    "code_id": code_id,
                    "author_id": actor.id,
                    "text": text,
                },
            )
        ],
        detail={"codebook": codebook_id.hex},
    )
    return decision_id


def examples_of(connection: Connection, viewer: Member, code_id: UUID) -> list[Example]:
    """The quotes that a person may see as examples of a code, oldest first."""
    rows = connection.execute(visible_examples(viewer).where(tables.code_example.c.code_id == code_id))
    return [
        Example(
            row.id,
            row.code_id,
            row.document_id,
            row.title,
            row.start_char,
            row.end_char,
            row.quote,
            row.document_version_id,
        )
        for row in rows
    ]


def add_example(connection: Connection, coding: Row[Any], *, actor: Member) -> UUID:
    """Let the passage of a coding stand as an example of its code; returns the example's id."""
    example_id = uuid4()
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="codebook.example",
        entity=tables.code_example,
        entity_id=example_id,
        add=[
            (
                tables.code_example,
                {
                    "id": example_id,
                    "code_id": coding.code_id,
                    "document_version_id": coding.document_version_id,
                    "start_char": coding.start_char,
                    "end_char": coding.end_char,
                    "quote": coding.quote,
                },
            )
        ],
        detail={"code": coding.code_id.hex},
    )
    return example_id


def retire_note(connection: Connection, table: sa.Table, row_id: UUID, *, actor: Member) -> None:
    """Take a decision or an example away; it stays in the history."""
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action=f"{table.name}.retire",
        entity=table,
        entity_id=row_id,
        retire=[(table, row_id)],
    )


def _live_question(connection: Connection, codebook_id: UUID) -> Row[Any] | None:
    question = tables.codebook_question
    return connection.execute(
        sa.select(question).where(question.c.codebook_id == codebook_id, question.c.retired_event.is_(None))
    ).first()
