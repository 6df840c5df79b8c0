"""Researchers who sort alone: whether they do, who has locked their sorting, and who has not yet."""

from __future__ import annotations

from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection

from store import tables
from store.events import record
from store.facts import live_rows, retire_fact
from store.studies import Member


def sorts_alone(connection: Connection, study_id: UUID) -> bool:
    """Whether the protocol lays down that each researcher sorts alone."""
    page = next(iter(live_rows(connection, tables.protocol_page, study_id)), None)
    return page is not None and page.sorting == "alone"


def locked_sorters(connection: Connection, study_id: UUID) -> set[UUID]:
    """Members whose sorting is locked."""
    return {row.researcher_id for row in live_rows(connection, tables.sorting_locked, study_id)}


def sorters(connection: Connection, study_id: UUID) -> set[UUID]:
    """Members who have findings of their own, have locked, or are named as judges by the protocol."""
    found = {row.researcher_id for row in live_rows(connection, tables.finding, study_id)} - {None}
    page, named = tables.protocol_page, tables.protocol_judge
    judges = connection.execute(
        sa.select(named.c.member_id)
        .join(page, page.c.id == named.c.protocol_page_id)
        .where(page.c.study_id == study_id, page.c.retired_event.is_(None))
    )
    return found | set(judges.scalars()) | locked_sorters(connection, study_id)


def lock_sorting(connection: Connection, *, actor: Member) -> None:
    """Fix what a researcher has sorted."""
    row_id = uuid4()
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="sorting.lock",
        entity=tables.sorting_locked,
        entity_id=row_id,
        add=[(tables.sorting_locked, {"id": row_id, "researcher_id": actor.id})],
    )


def reopen_sorting(connection: Connection, researcher_id: UUID, *, actor: Member, reason: str) -> None:
    """Let a researcher go on sorting; the log keeps that they had locked."""
    table = tables.sorting_locked
    row_id = next(
        row.id for row in live_rows(connection, table, actor.study_id) if row.researcher_id == researcher_id
    )
    retire_fact(connection, table, row_id, actor=actor, action="sorting.reopen", reason=reason)
