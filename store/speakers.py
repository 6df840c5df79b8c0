"""Who speaks where in the documents."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection

from store import tables


def turns_of(connection: Connection, version_ids: Collection[UUID]) -> dict[UUID, list[tuple[int, int, str]]]:
    """Start, end and speaker of every turn in which somebody is named, by version, in order."""
    section = tables.section
    rows = connection.execute(
        sa.select(section.c.document_version_id, section.c.start_char, section.c.end_char, section.c.speaker)
        .where(section.c.document_version_id.in_(list(version_ids)), section.c.speaker.is_not(None))
        .order_by(section.c.document_version_id, section.c.position)
    )
    found: dict[UUID, list[tuple[int, int, str]]] = {}
    for row in rows:
        found.setdefault(row.document_version_id, []).append((row.start_char, row.end_char, row.speaker))
    return found
