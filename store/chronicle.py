"""Events of the programme and figures of registers."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from sqlalchemy import Connection

from store import tables
from store.facts import add_fact, live_rows
from store.studies import Member
from triangulation.chronicle import Chronicle, ProgrammeEvent, RegisterFigure, chronicle


def chronicle_of(connection: Connection, study_id: UUID) -> Chronicle:
    """All that is on the axis of dates, in order."""
    return chronicle(
        (
            ProgrammeEvent(
                row.id, row.title, _date(row.begins), _date(row.ends) if row.ends else None, row.note
            )
            for row in live_rows(connection, tables.programme_event, study_id)
        ),
        (
            RegisterFigure(row.id, row.name, _date(row.at), row.count, row.out_of, row.note)
            for row in live_rows(connection, tables.register_figure, study_id)
        ),
    )


def add_event(
    connection: Connection,
    *,
    title: str,
    begins: dt.date,
    ends: dt.date | None,
    note: str,
    actor: Member,
) -> UUID:
    """Store something that happened in the programme."""
    values = {
        "title": title,
        "begins": begins.isoformat(),
        "ends": None if ends is None else ends.isoformat(),
        "note": note,
    }
    return add_fact(connection, tables.programme_event, values, actor=actor, action="programme_event.add")


def add_figure(
    connection: Connection,
    *,
    name: str,
    at: dt.date,
    count: float,
    out_of: float | None,
    note: str,
    actor: Member,
) -> UUID:
    """Store what a register counts for a date."""
    # The log's hash tells 31 from 31.0, which is what the database gives back.
    whole = None if out_of is None else float(out_of)
    values = {"name": name, "at": at.isoformat(), "count": float(count), "out_of": whole, "note": note}
    return add_fact(connection, tables.register_figure, values, actor=actor, action="register_figure.add")


def _date(stored: str) -> dt.date:
    return dt.date.fromisoformat(stored)
