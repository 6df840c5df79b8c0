"""Studies and the people in them."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from store import tables
from store.events import record, start_log


@dataclass(frozen=True)
class Study:
    id: UUID
    name: str


@dataclass(frozen=True)
class Member:
    """A person in a study; the one who acts is passed to every service."""

    id: UUID
    study_id: UUID
    name: str
    role: str

    @property
    def is_lead(self) -> bool:
        return self.role == "lead"


def add_study(connection: Connection, *, name: str, lead: str) -> Member:
    """Create a study with its lead, and start its log."""
    study_id, member_id = uuid4(), uuid4()
    start_log(connection, study_id=study_id, name=name, log_key=secrets.token_bytes(32))
    record(
        connection,
        study_id=study_id,
        actor_id=member_id,
        action="study.create",
        entity=tables.study,
        entity_id=study_id,
        add=[(tables.member, {"id": member_id, "name": lead, "role": "lead"})],
    )
    return Member(member_id, study_id, lead, "lead")


def studies(connection: Connection) -> list[Study]:
    """All studies by name."""
    rows = connection.execute(sa.select(tables.study.c.id, tables.study.c.name).order_by(tables.study.c.name))
    return [Study(row.id, row.name) for row in rows]


def add_member(connection: Connection, *, actor: Member, name: str, role: str = "researcher") -> Member:
    """Let a person into the study."""
    member_id = uuid4()
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="member.add",
        entity=tables.member,
        entity_id=member_id,
        add=[(tables.member, {"id": member_id, "name": name, "role": role})],
        detail={"role": role},
    )
    return Member(member_id, actor.study_id, name, role)


def members(connection: Connection, study_id: UUID) -> list[Member]:
    """The people of a study, the lead first, then in the order they came."""
    rows = connection.execute(
        sa.select(tables.member)
        .where(tables.member.c.study_id == study_id, tables.member.c.retired_event.is_(None))
        .order_by(tables.member.c.role, tables.member.c.created_event)
    )
    return [_member(row) for row in rows]


def member_names(connection: Connection, study_id: UUID) -> Iterator[tuple[UUID, str]]:
    """Ids and names of everyone who ever was in the study, for the log."""
    rows = connection.execute(
        sa.select(tables.member.c.id, tables.member.c.name).where(tables.member.c.study_id == study_id)
    )
    return ((row.id, row.name) for row in rows)


def _member(row: Row[tuple[object, ...]]) -> Member:
    return Member(row.id, row.study_id, row.name, row.role)
