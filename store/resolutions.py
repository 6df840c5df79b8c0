"""How researchers settled what they saw differently: every resolution there was, and those that hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection

from store import tables
from store.events import NewRow, record
from store.rows import rows_now, same_rows
from store.studies import Member, member_names
from store.visibility import may_read_results
from triangulation.models import About, Resolution


@dataclass(frozen=True)
class KeptResolution:
    """A resolution with who wrote it down; ``holds`` until another takes its place or it is taken back."""

    id: UUID
    resolution: Resolution
    author: str
    holds: bool


def settle(
    connection: Connection,
    *,
    actor: Member,
    row_id: UUID,
    about: About,
    source_a_id: UUID | None,
    source_b_id: UUID | None,
    outcome: str | None,
    reason: str,
    deciders: Sequence[UUID],
    minority: str = "",
    minority_id: UUID | None = None,
    operation_id: UUID | None = None,
) -> UUID:
    """Store a resolution in place of the one that held for the same unit, which is kept."""
    table, resolution_id = tables.resolution, uuid4()
    place = {
        "matrix_row_id": row_id,
        "about": about,
        "source_a_id": source_a_id,
        "source_b_id": source_b_id,
    }
    said = {"outcome": outcome, "reason": reason, "minority": minority, "minority_id": minority_id}
    add: list[NewRow] = [(table, {"id": resolution_id, **place, **said})]
    add += [
        (tables.resolution_decider, {"resolution_id": resolution_id, "member_id": member})
        for member in dict.fromkeys(deciders)
    ]
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="resolution.write",
        entity=table,
        entity_id=resolution_id,
        operation_id=operation_id,
        add=add,
        retire=[(table, held) for held in _held(connection, actor, row_id, about, source_a_id, source_b_id)],
        detail={"row": row_id.hex, "about": about, "deciders": len(add) - 1},
    )
    return resolution_id


def take_back(connection: Connection, resolution_id: UUID, *, actor: Member) -> None:
    """Let a resolution hold no longer: what it settled is open again, and it stays in the history."""
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="resolution.take_back",
        entity=tables.resolution,
        entity_id=resolution_id,
        retire=[(tables.resolution, resolution_id)],
    )


def visible_resolutions(connection: Connection, viewer: Member) -> list[KeptResolution]:
    """Every resolution there was, oldest first; none for a person who may not read results yet."""
    if not may_read_results(connection, viewer):
        return []
    table, event = tables.resolution, tables.event
    rows = rows_now(connection, viewer.study_id, viewer=viewer)
    names = dict(member_names(connection, viewer.study_id))
    labels = _source_labels(connection, viewer.study_id)
    deciders = _deciders(connection, viewer.study_id)
    found = connection.execute(
        sa.select(table, event.c.at, event.c.actor_id)
        .join(event, (event.c.study_id == table.c.study_id) & (event.c.seq == table.c.created_event))
        .where(table.c.study_id == viewer.study_id)
        .order_by(table.c.created_event)
    )
    return [
        KeptResolution(
            row.id,
            Resolution(
                row=rows[row.matrix_row_id],
                about=About(row.about),
                source_a=labels.get(row.source_a_id),
                source_b=labels.get(row.source_b_id),
                outcome=row.outcome,
                reason=row.reason,
                decided_by=tuple(sorted(names[member] for member in deciders.get(row.id, ()))),
                minority=row.minority,
                minority_by=names.get(row.minority_id),
                at=row.at,
            ),
            names[row.actor_id],
            row.retired_event is None,
        )
        for row in found
    ]


def _held(
    connection: Connection,
    actor: Member,
    row_id: UUID,
    about: About,
    source_a_id: UUID | None,
    source_b_id: UUID | None,
) -> Sequence[UUID]:
    table = tables.resolution
    return list(
        connection.execute(
            sa.select(table.c.id).where(
                table.c.study_id == actor.study_id,
                table.c.retired_event.is_(None),
                table.c.matrix_row_id.in_(same_rows(connection, actor, row_id)),
                table.c.about == about,
                table.c.source_a_id == source_a_id,
                table.c.source_b_id == source_b_id,
            )
        ).scalars()
    )


def _source_labels(connection: Connection, study_id: UUID) -> dict[UUID, str]:
    source = tables.source
    rows = connection.execute(sa.select(source.c.id, source.c.label).where(source.c.study_id == study_id))
    return {row.id: row.label for row in rows}


def _deciders(connection: Connection, study_id: UUID) -> dict[UUID, list[UUID]]:
    table, decider = tables.resolution, tables.resolution_decider
    rows: Any = connection.execute(
        sa.select(decider)
        .join(table, table.c.id == decider.c.resolution_id)
        .where(table.c.study_id == study_id)
    )
    found: dict[UUID, list[UUID]] = {}
    for row in rows:
        found.setdefault(row.resolution_id, []).append(row.member_id)
    return found
