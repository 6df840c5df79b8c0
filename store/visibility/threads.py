"""Which steps of a thread a person may read while documents are coded blind or findings are sorted alone."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection

from store import tables
from store.studies import Member
from store.visibility.blind import blind_versions
from store.visibility.judging import blind_sources, hidden_findings, hidden_rows


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


def hidden_threads(connection: Connection, viewer: Member) -> set[UUID]:
    """Hidden steps, and the threads of others that have no other step."""
    thread, step, event = tables.thread, tables.thread_step, tables.event
    hidden = hidden_steps(connection, viewer)
    with_hidden = sa.select(step.c.thread_id).where(step.c.id.in_(hidden))
    with_shown = sa.select(step.c.thread_id).where(
        step.c.study_id == viewer.study_id, step.c.id.not_in(hidden), step.c.retired_event.is_(None)
    )
    rows = connection.execute(
        sa.select(thread.c.id)
        .join(event, (event.c.study_id == thread.c.study_id) & (event.c.seq == thread.c.created_event))
        .where(
            thread.c.study_id == viewer.study_id,
            event.c.actor_id != viewer.id,
            thread.c.id.in_(with_hidden),
            thread.c.id.not_in(with_shown),
        )
    )
    return hidden | set(rows.scalars())
