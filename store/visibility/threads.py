"""Which steps of a thread a person may read while documents are coded blind or findings are sorted alone."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection

from store import tables
from store.studies import Member
from store.visibility.blind import blind_rounds, blind_versions
from store.visibility.judging import blind_sources, hidden_findings, hidden_rows, hidden_sorters
from store.visibility.once import asked_once


@asked_once
def hidden_steps(connection: Connection, viewer: Member) -> set[UUID]:
    """Steps that others wrote from what is hidden: a blind source or document, a finding, a row.

    A step that names no source may tell of any: it is hidden while any document is coded blind.
    """
    step, excerpt, event = tables.thread_step, tables.thread_excerpt, tables.event
    sources = blind_sources(connection, viewer)
    quotes_blind = sa.exists().where(
        excerpt.c.thread_step_id == step.c.id, excerpt.c.document_version_id.in_(blind_versions(viewer))
    )
    of_source = step.c.source_id.in_(sources)
    rows = connection.execute(
        sa.select(step.c.id)
        .join(event, (event.c.study_id == step.c.study_id) & (event.c.seq == step.c.created_event))
        .where(
            step.c.study_id == viewer.study_id,
            event.c.actor_id != viewer.id,
            quotes_blind
            | (of_source | step.c.source_id.is_(None) if sources else of_source)
            | step.c.finding_id.in_(hidden_findings(connection, viewer))
            | step.c.matrix_row_id.in_(hidden_rows(connection, viewer)),
        )
    )
    return set(rows.scalars())


@asked_once
def hidden_threads(connection: Connection, viewer: Member) -> set[UUID]:
    """Hidden steps, and threads of others begun under an open blind round or while they sort alone.

    What comes later to a thread never hides it: that it vanishes would tell that something came.
    """
    thread, event, rounds = tables.thread, tables.event, tables.coding_round
    since = sa.select(sa.func.min(rounds.c.created_event)).where(rounds.c.id.in_(blind_rounds(viewer)))
    rows = connection.execute(
        sa.select(thread.c.id)
        .join(event, (event.c.study_id == thread.c.study_id) & (event.c.seq == thread.c.created_event))
        .where(
            thread.c.study_id == viewer.study_id,
            event.c.action == "thread.begin",
            event.c.actor_id != viewer.id,
            (thread.c.created_event > since.scalar_subquery()) | event.c.actor_id.in_(hidden_sorters(viewer)),
        )
    )
    begun = set(rows.scalars())
    again = threads_again(connection, viewer)
    later = {new for old in begun for new in _from_then_on(again, old)}
    return begun | later | hidden_steps(connection, viewer)


def _from_then_on(again: Mapping[UUID, UUID], thread_id: UUID) -> list[UUID]:
    found = []
    while thread_id in again:
        thread_id = again[thread_id]
        found.append(thread_id)
    return found


def threads_again(connection: Connection, viewer: Member) -> dict[UUID, UUID]:
    """Threads that were taken back and brought back, each with the one that it goes on as."""
    event = tables.event
    rows = connection.execute(
        sa.select(event.c.entity_id, event.c.detail).where(
            event.c.study_id == viewer.study_id, event.c.action == "thread.restore"
        )
    )
    return {UUID(row.detail["instead_of"]): row.entity_id for row in rows}


def last_of(again: Mapping[UUID, UUID], thread_id: UUID) -> UUID:
    """The thread as which a thread goes on in the end."""
    while thread_id in again:
        thread_id = again[thread_id]
    return thread_id
