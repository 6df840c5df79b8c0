"""Who was asked whether a text is right, and what they answered; kept with the version that they read."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection

from store import tables


@dataclass(frozen=True)
class Approval:
    """One answer: ``person`` is who answered, ``by`` who noted it, ``number`` the version it is on."""

    id: UUID
    document_id: UUID
    version_id: UUID
    number: int
    person: str
    answer: str
    text: str
    at: str
    by: str


def approvals(connection: Connection, study_id: UUID) -> list[Approval]:
    """All answers of a study that hold, the oldest first, on earlier versions of texts too."""
    table, version, log, member = tables.approval, tables.document_version, tables.event, tables.member
    rows = connection.execute(
        sa.select(table, version.c.document_id, version.c.number, log.c.at, member.c.name)
        .join(version, version.c.id == table.c.document_version_id)
        .join(log, (log.c.study_id == table.c.study_id) & (log.c.seq == table.c.created_event))
        .outerjoin(member, member.c.id == log.c.actor_id)
        .where(table.c.study_id == study_id, table.c.retired_event.is_(None))
        .order_by(table.c.created_event)
    )
    return [
        Approval(
            row.id,
            row.document_id,
            row.document_version_id,
            row.number,
            row.person,
            row.answer,
            row.text,
            row.at,
            row.name or "",
        )
        for row in rows
    ]
