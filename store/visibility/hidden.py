"""What must not be shown, counted or numbered in the log."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection

from store import tables
from store.studies import Member
from store.visibility.blind import blind_document_ids, blind_versions
from store.visibility.codings import hidden_codings
from store.visibility.judging import (
    hidden_findings,
    hidden_judgements,
    hidden_moves,
    hidden_notes,
    hidden_rows,
    rows_brought_by_others,
)
from store.visibility.once import asked_once
from store.visibility.relating import hidden_relations
from store.visibility.threads import hidden_threads
from store.visibility.writing import (
    hidden_cells,
    hidden_memos,
    hidden_packages,
    is_hidden_example,
    is_hidden_proposal,
    is_hidden_reason,
)


@asked_once
def hidden_entities(connection: Connection, viewer: Member) -> set[UUID]:
    """Ids of what others did under open blind rounds, or judge behind an open lock.

    Events on these must not be shown, counted or numbered for the viewer.
    """
    hidden: set[UUID] = set()
    blind = blind_versions(viewer)
    lineages = hidden_codings(viewer, tables.coding.c.lineage_id)
    hidden |= set(connection.execute(hidden_codings(viewer, tables.coding.c.id)).scalars())
    for table in (tables.memo, tables.coding_detail):
        of_lineage = sa.select(table.c.id).where(table.c.lineage_id.in_(lineages))
        hidden |= set(connection.execute(of_lineage).scalars())
    for progress in (tables.reading_state, tables.finished):
        hidden |= set(
            connection.execute(
                sa.select(progress.c.id).where(
                    progress.c.study_id == viewer.study_id,
                    progress.c.member_id != viewer.id,
                    progress.c.document_version_id.in_(blind),
                )
            ).scalars()
        )
    hidden |= _unplaced_codings(connection, viewer)
    hidden |= hidden_memos(connection, viewer) | hidden_cells(connection, viewer)
    hidden |= hidden_packages(connection, viewer)
    proposal, example = tables.code_proposal, tables.code_example
    for table, is_hidden in (
        (proposal, is_hidden_proposal(viewer)),
        (example, is_hidden_example(viewer)),
        (tables.settling_reason, is_hidden_reason(viewer)),
    ):
        rows = sa.select(table.c.id).where(table.c.study_id == viewer.study_id, is_hidden)
        hidden |= set(connection.execute(rows).scalars())
    hidden |= hidden_findings(connection, viewer) | hidden_rows(connection, viewer)
    hidden |= rows_brought_by_others(connection, viewer) | hidden_moves(connection, viewer)
    hidden |= hidden_notes(connection, viewer) | hidden_threads(connection, viewer)
    hidden |= hidden_relations(connection, viewer)
    return hidden | hidden_judgements(connection, viewer)


def _unplaced_codings(connection: Connection, viewer: Member) -> set[UUID]:
    """Others' codings of an earlier text that wait for a place, on documents of open blind rounds."""
    coding, unplaced, version = tables.coding, tables.unplaced_coding, tables.document_version
    rows = connection.execute(
        sa.select(coding.c.id)
        .join(unplaced, unplaced.c.coding_id == coding.c.id)
        .join(version, version.c.id == coding.c.document_version_id)
        .where(
            coding.c.study_id == viewer.study_id,
            coding.c.coder_id != viewer.id,
            version.c.document_id.in_(blind_document_ids(viewer)),
        )
    )
    return set(rows.scalars())
