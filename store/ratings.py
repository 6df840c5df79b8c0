"""What researchers rate alone: the weight of a row within a source, and its importance."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection

from store import tables
from store.facts import live_rows, replace_fact, retire_fact
from store.rows import rows_now, same_rows
from store.studies import Member
from store.visibility import readable_researchers
from triangulation.models import Importance, Prominence, Rating


def rate_source(
    connection: Connection,
    *,
    actor: Member,
    researcher: Member,
    row_id: UUID,
    source_id: UUID,
    prominence: Prominence | None,
    note: str = "",
) -> None:
    """Store how much weight a source gives a row, in place of what the researcher said before."""
    table = tables.source_rating
    place = {"matrix_row_id": row_id, "source_id": source_id, "researcher_id": researcher.id}
    if prominence is None and not note:
        _take_back(connection, table, place, actor=actor, action="source.unrate")
        return
    values = {"prominence": prominence, "note": note}
    replace_fact(connection, table, place, values, actor=actor, action="source.rate")


def set_importance(
    connection: Connection, *, actor: Member, researcher: Member, row_id: UUID, importance: str | None
) -> None:
    """Store whether a researcher holds a row for a main or a minor finding; None takes that back."""
    table = tables.row_importance
    place = {"matrix_row_id": row_id, "researcher_id": researcher.id}
    if importance is None:
        _take_back(connection, table, place, actor=actor, action="row.unrate")
        return
    replace_fact(connection, table, place, {"importance": importance}, actor=actor, action="row.rate")


def visible_ratings(connection: Connection, viewer: Member) -> tuple[list[Rating], list[Importance]]:
    """The ratings that a person may read: their own, and those of others once both have locked."""
    rows = rows_now(connection, viewer.study_id, viewer=viewer)
    member, source = tables.member, tables.source
    people = connection.execute(
        sa.select(member.c.id, member.c.name).where(member.c.id.in_(readable_researchers(viewer)))
    )
    names = {row.id: row.name for row in people}
    labels = {
        row.id: row.label
        for row in connection.execute(sa.select(source).where(source.c.study_id == viewer.study_id))
    }
    ratings = [
        Rating(
            rows[row.matrix_row_id],
            labels[row.source_id],
            names[row.researcher_id],
            None if row.prominence is None else Prominence(row.prominence),
            row.note,
        )
        for row in live_rows(connection, tables.source_rating, viewer.study_id)
        if row.researcher_id in names
    ]
    importances = [
        Importance(rows[row.matrix_row_id], names[row.researcher_id], row.importance)
        for row in live_rows(connection, tables.row_importance, viewer.study_id)
        if row.researcher_id in names
    ]
    # Rows that were brought together may each have been rated, alike; the last rating stands for both.
    one_a_place = {(r.row, r.source, r.researcher): r for r in ratings}
    one_a_row = {(i.row, i.researcher): i for i in importances}
    return list(one_a_place.values()), list(one_a_row.values())


def _take_back(
    connection: Connection, table: sa.Table, place: dict[str, UUID], *, actor: Member, action: str
) -> None:
    rows = same_rows(connection, actor, place["matrix_row_id"])
    held = connection.execute(
        sa.select(table.c.id).where(
            table.c.study_id == actor.study_id,
            table.c.retired_event.is_(None),
            table.c.matrix_row_id.in_(rows),
            *(table.c[name] == value for name, value in place.items() if name != "matrix_row_id"),
        )
    ).scalars()
    for row_id in held.all():
        retire_fact(connection, table, row_id, actor=actor, action=action)
