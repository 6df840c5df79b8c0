"""Which relations between findings a person may read."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection

from store import tables
from store.studies import Member
from store.visibility.judging import hidden_rows


def hidden_relations(connection: Connection, viewer: Member) -> set[UUID]:
    """Relations of others that name a row which the person may not see yet."""
    table, event = tables.relation, tables.event
    rows = hidden_rows(connection, viewer)
    if not rows:
        return set()
    found = connection.execute(
        sa.select(table.c.id)
        .join(event, (event.c.study_id == table.c.study_id) & (event.c.seq == table.c.created_event))
        .where(
            table.c.study_id == viewer.study_id,
            event.c.actor_id != viewer.id,
            table.c.from_row_id.in_(rows) | table.c.to_row_id.in_(rows),
        )
    )
    return set(found.scalars())
