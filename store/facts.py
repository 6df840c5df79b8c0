"""Facts of which one holds at a time for each place: a new one takes the place of the old, which is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection

from store.events import record
from store.rows import same_rows
from store.studies import Member


def live_rows(connection: Connection, table: sa.Table, study_id: UUID) -> Sequence[Any]:
    """The rows of a study that hold now, in the order in which they came."""
    return connection.execute(
        sa.select(table)
        .where(table.c.study_id == study_id, table.c.retired_event.is_(None))
        .order_by(table.c.created_event)
    ).all()


def add_fact(
    connection: Connection,
    table: sa.Table,
    values: Mapping[str, Any],
    *,
    actor: Member,
    action: str,
    instead_of: Sequence[UUID] = (),
) -> UUID:
    """Insert a fact beside the others, or in the place of those that are named; returns its id."""
    row_id = uuid4()
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action=action,
        entity=table,
        entity_id=row_id,
        add=[(table, {"id": row_id, **values})],
        retire=[(table, old) for old in instead_of],
        detail={name: value.hex for name, value in values.items() if isinstance(value, UUID)},
    )
    return row_id


def replace_fact(
    connection: Connection,
    table: sa.Table,
    place: Mapping[str, Any],
    values: Mapping[str, Any],
    *,
    actor: Member,
    action: str,
    operation_id: UUID | None = None,
    reason: str = "",
) -> None:
    """Insert a fact and retire the one that held at the same place; the same again is no change.

    Parameters
    ----------
    place : mapping
        The columns that say what the fact is about; None is a place too. A row of the matrix is the
        same place as those that go on under it.
    values : mapping
        What is said of it.
    """
    old = connection.execute(
        sa.select(table)
        .where(
            table.c.study_id == actor.study_id,
            table.c.retired_event.is_(None),
            *(_holds_at(connection, table.c[name], value, actor) for name, value in place.items()),
        )
        .order_by(table.c.created_event)
    ).all()
    if len(old) == 1 and all(old[0]._mapping[name] == value for name, value in values.items()):
        return
    row_id = uuid4()
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action=action,
        entity=table,
        entity_id=row_id,
        operation_id=operation_id,
        add=[(table, {"id": row_id, **place, **values})],
        retire=[(table, row.id) for row in old],
        detail={name: value.hex for name, value in place.items() if isinstance(value, UUID)},
        reason=reason,
    )


def _holds_at(
    connection: Connection, column: sa.Column[Any], value: Any, actor: Member
) -> sa.ColumnElement[bool]:
    if column.name == "matrix_row_id" and value is not None:
        return column.in_(same_rows(connection, actor, value))
    return column.is_(None) if value is None else column == value


def retire_fact(
    connection: Connection, table: sa.Table, row_id: UUID, *, actor: Member, action: str, reason: str = ""
) -> None:
    """Let a fact cease to hold without another in its place; it stays in the history."""
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action=action,
        entity=table,
        entity_id=row_id,
        retire=[(table, row_id)],
        reason=reason,
    )
