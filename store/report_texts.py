"""What people write for the report: its texts, and their answers to reporting standards.

Every version is kept with who wrote it when; an empty text takes the one that held out of the report.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection

from store import tables
from store.facts import live_rows, replace_fact, retire_fact
from store.studies import Member


@dataclass(frozen=True)
class ReportText:
    """A text of the report as somebody wrote it; ``at`` is ISO 8601."""

    part: str
    text: str
    by: str
    at: str


def report_texts(connection: Connection, study_id: UUID, *, part: str | None = None) -> list[ReportText]:
    """The texts that hold now; of one part every version there was, newest first."""
    text, event, author = tables.report_text, tables.event, tables.member
    query = (
        sa.select(text.c.part, text.c.text, author.c.name, event.c.at)
        .join(event, (event.c.study_id == text.c.study_id) & (event.c.seq == text.c.created_event))
        .join(author, author.c.id == event.c.actor_id)
        .where(text.c.study_id == study_id)
        .order_by(text.c.created_event.desc())
    )
    query = query.where(text.c.retired_event.is_(None) if part is None else text.c.part == part)
    return [ReportText(row.part, row.text, row.name, row.at) for row in connection.execute(query)]


def write_text(connection: Connection, part: str, text: str, *, actor: Member) -> None:
    """Put a text in the place of the one that held; an empty one leaves the place empty."""
    _write(connection, tables.report_text, {"part": part}, text, actor=actor, action="report.write")


def answers(connection: Connection, study_id: UUID, standard: str) -> dict[int, str]:
    """The answers to a reporting standard that hold now: item → text."""
    rows = live_rows(connection, tables.reporting_answer, study_id)
    return {row.item: row.text for row in rows if row.standard == standard}


def write_answer(connection: Connection, standard: str, item: int, text: str, *, actor: Member) -> None:
    """Put an answer in the place of the one that held; an empty one leaves the item to the data."""
    place = {"standard": standard, "item": item}
    _write(connection, tables.reporting_answer, place, text, actor=actor, action="report.answer")


def _write(
    connection: Connection,
    table: sa.Table,
    place: Mapping[str, Any],
    text: str,
    *,
    actor: Member,
    action: str,
) -> None:
    if text:
        replace_fact(connection, table, place, {"text": text}, actor=actor, action=action)
        return
    for row in live_rows(connection, table, actor.study_id):
        if all(row._mapping[name] == value for name, value in place.items()):
            retire_fact(connection, table, row.id, actor=actor, action=action)
