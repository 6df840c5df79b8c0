"""Where codings came from that were suggested and accepted: they bear it for ever."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection

from codebook.suggestions import Origin
from store import tables
from store.studies import Member
from store.visibility import visible_codings


def origin_row(lineage_id: UUID, origin: Origin) -> dict[str, Any]:
    """The row that comes with a coding that was accepted."""
    return {"id": uuid4(), "lineage_id": lineage_id, "origin": origin.kind, "pattern": origin.pattern}


def origins_of(
    connection: Connection, viewer: Member, *, coding_ids: Collection[UUID] | None = None
) -> dict[UUID, Origin]:
    """By id, the visible codings that were suggested and accepted, with how they were found.

    A coding that is not there was made by hand, or came from a file. ``coding_ids`` narrows it to some.
    """
    origin = tables.coding_origin
    query = visible_codings(viewer).order_by(None)
    if coding_ids is not None:
        query = query.where(tables.coding.c.id.in_(list(coding_ids)))
    seen = query.subquery()
    rows = connection.execute(
        sa.select(seen.c.id, origin.c.origin, origin.c.pattern).join(
            origin, origin.c.lineage_id == seen.c.lineage_id
        )
    )
    return {row.id: Origin(row.origin, row.pattern) for row in rows}
