"""Findings: written by hand or from codings, taken back, and as files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from codebook.hierarchy import resolve
from codebook.models import Codebook, Valence
from corpus.anchoring import find_quote
from corpus.errors import UserFacingError
from store import findings as kept
from store.codebooks import code_keys
from store.codings import read_codings
from store.documents import StoredDocument, documents, texts
from store.engine import reading, writing
from store.events import entity_of
from store.findings import NewExcerpt
from store.studies import Member
from store.tables import coding
from store.visibility import visible_codings
from triangulation.models import (
    Prominence,
)
from triangulation.tables import (
    FindingRow,
    RefusedRow,
    read_findings,
    write_findings,
)
from workbench.services.codebooks import codes_in_force
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.matrix_rows import (
    by_row,
    one_line,
    source_labels,
    source_named,
    stored_row,
    theme_named,
)
from workbench.services.studies import member_named


@dataclass(frozen=True)
class RowsImported:
    """What a file of findings or judgements brought in; ``duplicates`` are there already, word for word."""

    imported: int
    refused: tuple[RefusedRow, ...]
    duplicates: int = 0


def add_finding(
    engine: Engine,
    actor: Member,
    *,
    source: str,
    theme: str,
    statement: str,
    row: str = "",
    valence: Valence | str | None = None,
    prominence: Prominence | str | None = None,
    coverage: str = "",
    importance: str | None = None,
    coding_ids: Sequence[UUID] = (),
    operation_id: UUID | None = None,
) -> UUID:
    """Write down what a source says on a theme, with the codings it rests on.

    Parameters
    ----------
    row : str
        The matrix row's statement; empty for the theme's own row.
    """
    statement = one_line(statement)
    if not statement:
        raise UserFacingError("A finding needs a statement: what does this source say, in plain words?")
    with writing(engine) as connection:
        stored = None if operation_id is None else entity_of(connection, operation_id)
        if stored is not None:
            return stored
        codebook = codes_in_force(connection, actor.study_id).codebook
        return kept.add_finding(
            connection,
            actor=actor,
            researcher=actor,
            source_id=source_named(connection, actor, source).id,
            row_id=kept.row_id_of(
                connection, actor=actor, code_id=resolve(codebook, theme).id, statement=one_line(row)
            ),
            statement=statement,
            valence=Valence(valence) if valence else None,
            prominence=Prominence(prominence) if prominence else None,
            coverage=coverage,
            importance=importance,
            excerpts=_excerpts_of_codings(connection, actor, coding_ids),
            operation_id=operation_id,
        )


def retire_finding(engine: Engine, actor: Member, finding_id: UUID, *, reason: str = "") -> None:
    """Take a finding back; its writer or the lead may."""
    with writing(engine) as connection:
        found = next((f for f in kept.visible_findings(connection, actor) if f.id == finding_id), None)
        if found is None:
            raise NotThere("This finding was taken back already.")
        if found.researcher != actor.name and not actor.is_lead:
            writer = "the lead" if found.researcher is None else f"{found.researcher} or the lead"
            raise NotAllowed(f"Only {writer} can take this finding back.")
        kept.retire_finding(connection, finding_id, actor=actor, reason=reason)


def add_row(engine: Engine, actor: Member, *, theme: str, statement: str) -> None:
    """A row of the matrix: a statement under a theme."""
    with writing(engine) as connection:
        codebook = codes_in_force(connection, actor.study_id).codebook
        kept.row_id_of(
            connection,
            actor=actor,
            code_id=resolve(codebook, theme).id,
            statement=one_line(statement),
        )


def import_findings(
    engine: Engine, actor: Member, path: Path, *, create_sources: bool = False
) -> RowsImported:
    """Read findings from a CSV file; what does not fit is refused row by row, the rest is taken.

    The lead may import for others; others import only their own findings and the team's.
    Excerpts are looked up in the documents of their source; words that stand nowhere, or in
    several places, are kept as words without a place. A finding that is there already, word for
    word, is counted as a duplicate and not stored again: a corrected file can be imported anew.
    """
    with writing(engine) as connection:
        book = codes_in_force(connection, actor.study_id).codebook
        rows, refused = read_findings(
            path,
            resolve_theme=lambda name: theme_named(book, name),
            known_sources=None if create_sources else source_labels(connection, actor),
        )
        library = _Library(connection, actor)
        known = {
            (f.source, f.row, f.researcher, f.statement) for f in kept.visible_findings(connection, actor)
        }
        taken, late, again = 0, list(refused), 0
        for row in rows:
            told = (row.source, row.row, row.researcher, row.statement)
            if told in known:
                again += 1
                continue
            try:
                with connection.begin_nested():
                    _keep_finding(connection, actor, row, book, library)
                taken += 1
                known.add(told)
            except UserFacingError as error:
                late.append(RefusedRow(row.number, str(error)))
    return RowsImported(taken, by_row(late), again)


def export_findings(engine: Engine, actor: Member, path: Path) -> int:
    """Write the findings that the person may see; returns how many."""
    with reading(engine) as connection:
        return write_findings(path, kept.visible_findings(connection, actor))


class _Library:
    """The texts of the study, to find the excerpts of imported findings in."""

    def __init__(self, connection: Connection, actor: Member) -> None:
        self._texts = {document_id: text for document_id, _, text in texts(connection, actor.study_id)}
        self._documents = documents(connection, actor.study_id)

    def excerpt(self, source: str, quote: str) -> NewExcerpt:
        places = [
            (document, start)
            for document in self._documents
            if document.source == source
            for start in find_quote(self._texts[document.id], quote)
        ]
        if len(places) != 1:
            return NewExcerpt(quote)
        document, start = places[0]
        return _placed(document, start, quote)


def _placed(document: StoredDocument, start: int, quote: str) -> NewExcerpt:
    return NewExcerpt(quote, document.version_id, None, start, start + len(quote))


def _excerpts_of_codings(
    connection: Connection, actor: Member, coding_ids: Sequence[UUID]
) -> list[NewExcerpt]:
    if not coding_ids:
        return []
    named = sa.select(coding.c.lineage_id).where(coding.c.id.in_(list(coding_ids)))
    query = visible_codings(actor).where(coding.c.lineage_id.in_(named))  # as they are now, if changed
    versions = {row.id: row.document_version_id for row in connection.execute(query)}
    found = read_codings(connection, query, code_keys(connection, actor.study_id))
    if len(found) < len(set(coding_ids)):
        raise NotThere("A coding that this finding rests on was taken back. Choose the codings again.")
    return [NewExcerpt(c.quote, versions[c.id], c.id, c.start_char, c.end_char) for c in found]


def _keep_finding(
    connection: Connection, actor: Member, row: FindingRow, book: Codebook, library: _Library
) -> None:
    researcher = None
    if row.researcher:
        if row.researcher != actor.name and not actor.is_lead:
            raise NotAllowed(f"only the lead can import findings of others ({row.researcher})")
        researcher = member_named(connection, actor, row.researcher)
    kept.add_finding(
        connection,
        actor=actor,
        researcher=researcher,
        source_id=source_named(connection, actor, row.source, create=True).id,
        row_id=stored_row(connection, actor, row.row, book),
        statement=row.statement,
        valence=row.valence,
        prominence=row.prominence,
        coverage=row.coverage,
        importance=row.importance,
        excerpts=[library.excerpt(row.source, quote) for quote in row.excerpts],
    )
