"""How far a person is with a document outside rounds: marked as read, or put back.

In a round ``finished`` says it (`store.rounds`). No row means that the person has said nothing yet.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from store import tables
from store.events import record
from store.studies import Member


def mark(connection: Connection, *, actor: Member, version_id: UUID, state: str) -> None:
    """Say that a person is ``reading`` a version, or has ``read`` it; to say it again is no change."""
    old = _live(connection, actor, version_id)
    if old is not None and old.state == state:
        return
    row_id = uuid4()
    row = {"id": row_id, "member_id": actor.id, "document_version_id": version_id, "state": state}
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="reading.mark" if state == "read" else "reading.unmark",
        entity=tables.reading_state,
        entity_id=row_id,
        add=[(tables.reading_state, row)],
        retire=[] if old is None else [(tables.reading_state, old.id)],
        detail={"version": version_id.hex, "state": state},
    )


def states_of(connection: Connection, member: Member) -> dict[UUID, str]:
    """What a person has said of each version."""
    state = tables.reading_state
    rows = connection.execute(
        sa.select(state.c.document_version_id, state.c.state).where(
            state.c.member_id == member.id, state.c.retired_event.is_(None)
        )
    )
    return {row.document_version_id: row.state for row in rows}


def _live(connection: Connection, member: Member, version_id: UUID) -> Row[Any] | None:
    state = tables.reading_state
    found: Row[Any] | None = connection.execute(
        sa.select(state).where(
            state.c.member_id == member.id,
            state.c.document_version_id == version_id,
            state.c.retired_event.is_(None),
        )
    ).first()
    return found
