"""What researchers and the team write in steps 3 and 4: judgements of the whole, work-ups, what sources add.

Every version is kept; who may read which is told by `store.visibility`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection

from store import tables
from store.facts import replace_fact
from store.studies import Member
from store.visibility import hidden_rows, may_read_results, readable_researchers
from triangulation.assessment import GlobalJudgement, Scale
from triangulation.completeness import SourceNote
from triangulation.models import Row
from triangulation.workups import FIELDS, WorkUp


def global_judgements(connection: Connection, viewer: Member) -> list[GlobalJudgement]:
    """The judgements of the whole that a person may read, researchers by name, the team's last."""
    return [
        GlobalJudgement(
            researcher=row.researcher,
            text=row.text,
            scale=None if row.scale is None else Scale(row.scale),
            written_by=row.writer,
            at=dt.datetime.fromisoformat(row.at),
            alone=_alone(row),
        )
        for row in _readable(connection, tables.global_judgement, viewer)
    ]


def write_global_judgement(
    connection: Connection, *, actor: Member, researcher: Member | None, text: str, scale: Scale | None
) -> None:
    """Keep a judgement of the whole in the place of the earlier one; without a researcher the team's."""
    replace_fact(
        connection,
        tables.global_judgement,
        {"researcher_id": None if researcher is None else researcher.id},
        {"text": text, "scale": scale},
        actor=actor,
        action="assessment.write",
    )


def notes_on_sources(connection: Connection, viewer: Member) -> list[SourceNote]:
    """What sources add in the words that a person may read, researchers by name, the team's last."""
    names = _source_names(connection, viewer)
    return [
        SourceNote(
            source=names[row.source_id],
            researcher=row.researcher,
            text=row.text,
            written_by=row.writer,
            at=dt.datetime.fromisoformat(row.at),
            alone=_alone(row),
        )
        for row in _readable(connection, tables.completeness_note, viewer)
    ]


def write_note_on_source(
    connection: Connection, *, actor: Member, researcher: Member | None, source_id: UUID, text: str
) -> None:
    """Keep what a source adds in the place of the earlier text; without a researcher the team's."""
    replace_fact(
        connection,
        tables.completeness_note,
        {"source_id": source_id, "researcher_id": None if researcher is None else researcher.id},
        {"text": text},
        actor=actor,
        action="completeness.write",
    )


def work_ups(connection: Connection, viewer: Member, rows: Mapping[UUID, Row]) -> list[WorkUp]:
    """The cards as they stand now; none to a person who may not read results.

    Parameters
    ----------
    rows : mapping
        The rows of the matrix by id; where two ids are one row, the card that was written last holds.
    """
    newest: dict[Row, WorkUp] = {}
    for work_up in _all_work_ups(connection, viewer, rows):
        newest[work_up.row] = work_up
    return list(newest.values())


def work_up_versions(
    connection: Connection, viewer: Member, rows: Mapping[UUID, Row], row: Row
) -> list[WorkUp]:
    """All versions of a row's card, the newest first; none to a person who may not read results."""
    versions = [w for w in _all_work_ups(connection, viewer, rows) if w.row == row]
    return versions[::-1]


def write_work_up(connection: Connection, *, actor: Member, row_id: UUID, answers: Mapping[str, str]) -> None:
    """Keep a card in the place of the row's earlier one."""
    replace_fact(
        connection,
        tables.work_up,
        {"matrix_row_id": row_id},
        {name: answers.get(name, "") for name in FIELDS},
        actor=actor,
        action="workup.write",
    )


def _all_work_ups(connection: Connection, viewer: Member, rows: Mapping[UUID, Row]) -> list[WorkUp]:
    """Every version of every card, in the order in which they were written, numbered by row."""
    if not may_read_results(connection, viewer):
        return []
    table, member, event = tables.work_up, tables.member, tables.event
    hidden = hidden_rows(connection, viewer)
    written = connection.execute(
        sa.select(table, member.c.name.label("writer"), event.c.at)
        .join(event, (event.c.study_id == table.c.study_id) & (event.c.seq == table.c.created_event))
        .join(member, member.c.id == event.c.actor_id)
        .where(table.c.study_id == viewer.study_id)
        .order_by(table.c.created_event)
    )
    numbers: dict[Row, int] = {}
    found = []
    for kept in written:
        if kept.matrix_row_id in hidden or kept.matrix_row_id not in rows:
            continue
        row = rows[kept.matrix_row_id]
        numbers[row] = numbers.get(row, 0) + 1
        found.append(
            WorkUp(
                row,
                **{name: getattr(kept, name) for name in FIELDS},
                written_by=kept.writer,
                at=dt.datetime.fromisoformat(kept.at),
                version=numbers[row],
            )
        )
    return found


def _readable(connection: Connection, table: sa.Table, viewer: Member) -> Sequence[Any]:
    """Live texts of researchers whose work a person may read, and of the team where results are readable."""
    writer, researcher = tables.member.alias("writer"), tables.member.alias("researcher")
    event, lock = tables.event, tables.judgements_locked
    first_lock = (
        sa.select(sa.func.min(lock.c.created_event))
        .where(lock.c.researcher_id == table.c.researcher_id)
        .scalar_subquery()
    )
    may_read: ColumnElement[bool] = table.c.researcher_id.in_(readable_researchers(viewer))
    if may_read_results(connection, viewer):
        may_read = may_read | table.c.researcher_id.is_(None)
    return connection.execute(
        sa.select(
            table,
            writer.c.name.label("writer"),
            researcher.c.name.label("researcher"),
            event.c.at,
            first_lock.label("first_lock"),
        )
        .join(event, (event.c.study_id == table.c.study_id) & (event.c.seq == table.c.created_event))
        .join(writer, writer.c.id == event.c.actor_id)
        .outerjoin(researcher, researcher.c.id == table.c.researcher_id)
        .where(table.c.study_id == viewer.study_id, table.c.retired_event.is_(None), may_read)
        .order_by(researcher.c.name.is_(None), researcher.c.name, table.c.created_event)
    ).all()


def _alone(row: Any) -> bool | None:
    """Whether the text came before its researcher's first lock; the team has none."""
    if row.researcher_id is None:
        return None
    return row.first_lock is None or bool(row.created_event < row.first_lock)


def _source_names(connection: Connection, viewer: Member) -> dict[UUID, str]:
    source = tables.source
    rows = connection.execute(
        sa.select(source.c.id, source.c.label).where(source.c.study_id == viewer.study_id)
    )
    return {row.id: row.label for row in rows}
