"""What can be counted of each row in each source, from the codings and findings that a person may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from store import findings as kept
from store import rows as kept_rows
from store import tables
from store.documents import sources
from store.engine import reading
from store.studies import Member
from store.visibility import blind_documents
from triangulation.coverage import Coverage, coverage_of_rows
from triangulation.models import Row
from triangulation.prominence import (
    ParticipantCount,
    ProminenceEvidence,
    documents_read,
    participants_with,
    prominence_of_rows,
    prominence_of_themes,
)
from workbench.services.snapshot import snapshot_of


@dataclass(frozen=True)
class CountedEvidence:
    """Codings are counted by theme and source, quotes of the findings and coverage by row and source."""

    rows: tuple[Row, ...]
    sources: tuple[str, ...]
    themes: Mapping[tuple[str, str], ProminenceEvidence] = field(default_factory=dict)
    quotes: Mapping[tuple[Row, str], ProminenceEvidence] = field(default_factory=dict)
    coverage: Mapping[tuple[Row, str], Coverage] = field(default_factory=dict)


def prominence_evidence(
    engine: Engine, actor: Member, *, rows: Sequence[Row] | None = None
) -> CountedEvidence:
    """Prominence and coverage of rows in every source, with denominators.

    Parameters
    ----------
    rows : sequence of Row, optional
        By default all rows that the person may see.
    """
    seen = snapshot_of(engine, actor)
    with reading(engine) as connection:
        findings = kept.visible_findings(connection, actor)
        labels = tuple(source.label for source in sources(connection, actor.study_id))
        wanted = tuple(kept_rows.listed_rows(connection, actor) if rows is None else rows)
        finished = _documents_finished(connection, actor)
    texts = seen.columns.texts
    read = documents_read(seen.columns, findings, finished=finished)
    themes = list(dict.fromkeys(row.theme for row in wanted))
    return CountedEvidence(
        wanted,
        labels,
        prominence_of_themes(seen.columns, themes, labels, read=read, families=seen.families),
        prominence_of_rows(seen.columns, findings, wanted, labels, read=read),
        coverage_of_rows(findings, wanted, labels, texts.documents, texts.people),
    )


def participants_of(
    engine: Engine, actor: Member, *, theme: str, source: str
) -> tuple[ParticipantCount, ...]:
    """Who speaks of a theme in a source, and how much of it, as coded; the most first."""
    seen = snapshot_of(engine, actor)
    return participants_with(seen.columns, theme, source, families=seen.families)


def _documents_finished(connection: Connection, actor: Member) -> set[UUID]:
    """Documents that a coder has finished in a round, with codings or without, where that may be known."""
    finished, version = tables.finished, tables.document_version
    blind = blind_documents(connection, actor)
    rows = connection.execute(
        sa.select(version.c.id, version.c.document_id, finished.c.member_id)
        .join(finished, finished.c.document_version_id == version.c.id)
        .where(version.c.study_id == actor.study_id, finished.c.retired_event.is_(None))
    )
    return {row.document_id for row in rows if row.id not in blind or row.member_id == actor.id}
