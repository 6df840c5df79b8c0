"""Where codings came from that were suggested and accepted: they bear it for ever."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection, Select

from codebook.models import Origin
from store import tables


def origin_row(lineage_id: UUID, origin: Origin) -> dict[str, Any]:
    """The row that comes with a coding that was accepted."""
    return {"id": uuid4(), "lineage_id": lineage_id, "origin": origin.kind, "pattern": origin.pattern}


def origins_of(connection: Connection, seen: Select[Any]) -> dict[UUID, Origin]:
    """By id, the codings that were suggested and accepted, of those that a query of `visible_codings` finds.

    A coding that is not there was made by hand, or came from a file that does not say. One that
    several were joined into has the origin that it had first.
    """
    origin = tables.coding_origin
    codings = seen.order_by(None).subquery()
    rows = connection.execute(
        sa.select(codings.c.id, origin.c.origin, origin.c.pattern)
        .join(origin, origin.c.lineage_id == codings.c.lineage_id)
        .order_by(origin.c.created_event.desc())
    )
    return {row.id: Origin(row.origin, row.pattern) for row in rows}
