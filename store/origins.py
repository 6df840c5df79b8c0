"""Where codings came from that were suggested and accepted: they bear it for ever."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

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
    coding, origin = tables.coding, tables.coding_origin
    rows = connection.execute(
        seen.with_only_columns(coding.c.id, origin.c.origin, origin.c.pattern, maintain_column_froms=True)
        .join(origin, origin.c.lineage_id == coding.c.lineage_id)
        .order_by(None)
        .order_by(origin.c.created_event.desc())
    )
    return {row.id: Origin(row.origin, row.pattern) for row in rows}
