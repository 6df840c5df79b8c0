"""Which relations between findings a person may read."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection

from store import tables
from store.studies import Member
from store.visibility.blind import blind_versions
from store.visibility.judging import hidden_rows
from store.visibility.once import asked_once


@asked_once
def hidden_relations(connection: Connection, viewer: Member) -> set[UUID]:
    """Relations of others that tell of what the person may not see yet.

    They name a hidden row, or rest on a quote in a document of an open blind round. While one is open, a
    quote without a place may come from such a document.
    """
    table, event, excerpt = tables.relation, tables.event, tables.relation_excerpt
    rows = hidden_rows(connection, viewer)
    rests_on_blind = sa.exists().where(
        excerpt.c.relation_id == table.c.id,
        excerpt.c.document_version_id.in_(blind_versions(viewer))
        | (excerpt.c.document_version_id.is_(None) & sa.exists(blind_versions(viewer))),
    )
    found = connection.execute(
        sa.select(table.c.id)
        .join(event, (event.c.study_id == table.c.study_id) & (event.c.seq == table.c.created_event))
        .where(
            table.c.study_id == viewer.study_id,
            event.c.actor_id != viewer.id,
            table.c.from_row_id.in_(rows) | table.c.to_row_id.in_(rows) | rests_on_blind,
        )
    )
    return set(found.scalars())
