"""Findings: from codings, framework cells, survey results or by hand; changed, taken back, as files."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from codebook.hierarchy import resolve
from codebook.models import Codebook, Valence
from corpus.anchoring import find_quote
from corpus.errors import UserFacingError
from store import findings as kept
from store import rows as kept_rows
from store.codebooks import code_keys
from store.codings import read_codings
from store.documents import StoredDocument, documents, texts
from store.engine import reading, writing
from store.events import entity_of
from store.excerpts import NewExcerpt
from store.findings import NewDetail
from store.sorting import locked_sorters, sorts_alone
from store.studies import Member
from store.tables import coding
from store.visibility import visible_codings
from triangulation.models import ORIGINS, SCALES, WEIGHTS, Excerpt, Finding, Prominence
from triangulation.tables import (
    FindingRow,
    RefusedRow,
    read_findings,
    write_findings,
)
from workbench.services.codebooks import codes_in_force
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.finding_origins import counted_excerpt, excerpts_of_cell
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


@dataclass(frozen=True)
class SurveyResult:
    """Some answers to a question of a survey, to be counted among the documents of its source."""

    question: str
    answers: tuple[str, ...]


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
    cell_id: UUID | None = None,
    counted: SurveyResult | None = None,
    question: str = "",
    sites: Sequence[str] = (),
    groups: Sequence[str] = (),
    periods: Sequence[str] = (),
    scale: str | None = None,
    weight: str = "data",
    operation_id: UUID | None = None,
) -> UUID:
    """Write down what a source says on a theme, with what it rests on.

    Parameters
    ----------
    row : str
        The matrix row's statement; empty for the theme's own row.
    coding_ids : sequence of UUID
        Codings whose passages it rests on.
    cell_id : UUID, optional
        A summary in a framework matrix that it is made from; the summary's quotes go along.
    counted : SurveyResult, optional
        Answers that it is made from; what was counted is kept in words, without a place.
    """
    statement = _statement(statement)
    if cell_id is not None and counted is not None:
        raise UserFacingError("A finding is made from a framework cell or from a survey result. Choose one.")
    with writing(engine) as connection:
        stored = None if operation_id is None else entity_of(connection, operation_id)
        if stored is not None:
            return stored
        _refuse_if_sorted(connection, actor)
        code = resolve(codes_in_force(connection, actor.study_id).codebook, theme)
        source_id = source_named(connection, actor, source).id
        excerpts = excerpts_of_codings(connection, actor, coding_ids)
        origin = "codings" if excerpts else "hand"
        if cell_id is not None:
            origin = "framework"
            excerpts += excerpts_of_cell(connection, actor, source, code.key, cell_id)
        if counted is not None:
            origin = "survey"
            excerpts.insert(
                0, counted_excerpt(connection, actor, source, counted.question, list(counted.answers))
            )
        return kept.add_finding(
            connection,
            actor=actor,
            researcher=actor,
            source_id=source_id,
            row_id=kept_rows.row_id_of(connection, actor=actor, code_id=code.id, statement=one_line(row)),
            statement=statement,
            valence=Valence(valence) if valence else None,
            prominence=Prominence(prominence) if prominence else None,
            coverage=coverage,
            importance=importance,
            excerpts=_each_once(excerpts),
            detail=_detail(
                origin=origin,
                question=question,
                sites=sites,
                groups=groups,
                periods=periods,
                scale=scale,
                weight=weight,
            ),
            operation_id=operation_id,
        )


def change_finding(
    engine: Engine,
    actor: Member,
    finding_id: UUID,
    *,
    without: Collection[Excerpt] = (),
    coding_ids: Sequence[UUID] = (),
    reason: str = "",
    **said: Any,
) -> UUID:
    """Say a finding anew; its writer or the lead may. The earlier one stays in the history.

    Parameters
    ----------
    without : collection of Excerpt
        Quotes that it no longer rests on.
    coding_ids : sequence of UUID
        Codings that it rests on besides.
    **said
        What is changed, named as in `add_finding`: ``statement``, ``theme``, ``row``, ``valence``,
        ``prominence``, ``coverage``, ``importance``, ``question``, ``sites``, ``groups``, ``periods``,
        ``scale``, ``weight``. What is not named stays.

    Returns
    -------
    UUID
        The id of the finding as it is now.
    """
    with writing(engine) as connection:
        found = _own(connection, actor, finding_id, "change")
        return kept.change_finding(
            connection,
            finding_id,
            actor=actor,
            columns=_columns_said(connection, actor, found, said),
            detail=_detail_said(found, said),
            without=kept.quote_positions(connection, finding_id, without),
            more=excerpts_of_codings(connection, actor, coding_ids),
            reason=reason.strip(),
        )


def retire_finding(engine: Engine, actor: Member, finding_id: UUID, *, reason: str = "") -> None:
    """Take a finding back; its writer or the lead may."""
    with writing(engine) as connection:
        _own(connection, actor, finding_id, "take back")
        kept.retire_finding(connection, finding_id, actor=actor, reason=reason)


def bring_back(engine: Engine, actor: Member, finding_id: UUID) -> UUID:
    """Undo taking a finding back; its writer or the lead may. Returns the id that it has from now on."""
    with writing(engine) as connection:
        if finding_id not in {found.id for found in kept.taken_back(connection, actor)}:
            raise NotThere("This finding is not among those that were taken back.")
        found = kept.finding_before(connection, actor, finding_id)
        assert found is not None  # it is among those that the person may see
        _refuse_others(connection, actor, found, "bring back")
        return kept.change_finding(connection, finding_id, actor=actor, action="finding.restore")


def undo_change(engine: Engine, actor: Member, finding_id: UUID) -> UUID:
    """Say a finding again as it was before its last change; its writer or the lead may."""
    with writing(engine) as connection:
        _own(connection, actor, finding_id, "change")
        before = {
            new: old
            for old, new in kept.successors(connection, actor.study_id).items()
            if kept.finding_before(connection, actor, old) is not None
        }
        if finding_id not in before:
            raise NotThere("This finding was not changed since it was written.")
        return kept.change_finding(connection, before[finding_id], actor=actor, instead_of=finding_id)


def findings_taken_back(engine: Engine, actor: Member) -> list[Finding]:
    """Findings that can be brought back, newest first, as far as the person may see them."""
    with reading(engine) as connection:
        return kept.taken_back(connection, actor)


def add_row(engine: Engine, actor: Member, *, theme: str, statement: str) -> None:
    """A row of the matrix: a statement under a theme. It is listed although nothing stands in it yet."""
    with writing(engine) as connection:
        _refuse_if_sorted(connection, actor)
        codebook = codes_in_force(connection, actor.study_id).codebook
        kept_rows.list_row(
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
        library = Library(connection, actor)
        known = {
            (f.source, f.row, f.researcher, f.statement) for f in kept.visible_findings(connection, actor)
        }
        now = kept_rows.rows_now(connection, actor.study_id, viewer=actor)
        called = {
            row: now[row_id] for row_id, row in kept_rows.rows_written(connection, actor.study_id).items()
        }
        taken, late, again = 0, list(refused), 0
        for row in rows:
            told = (row.source, called.get(row.row, row.row), row.researcher, row.statement)
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


class Library:
    """The texts of the study, to find quotes in that come as words."""

    def __init__(self, connection: Connection, actor: Member) -> None:
        self._texts = {document_id: text for document_id, _, text in texts(connection, actor.study_id)}
        self._documents = documents(connection, actor.study_id)

    def excerpt(self, source: str, quote: str) -> NewExcerpt:
        """A quote with its place, if it stands exactly once in the documents of its source."""
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


def excerpts_of_codings(
    connection: Connection, actor: Member, coding_ids: Sequence[UUID]
) -> list[NewExcerpt]:
    """The passages of codings as they are now; codings that a person may not see are not there."""
    if not coding_ids:
        return []
    named = sa.select(coding.c.lineage_id).where(coding.c.id.in_(list(coding_ids)))
    query = visible_codings(actor).where(coding.c.lineage_id.in_(named))  # as they are now, if changed
    versions = {row.id: row.document_version_id for row in connection.execute(query)}
    found = read_codings(connection, query, code_keys(connection, actor.study_id))
    if len(found) < len(set(coding_ids)):
        raise NotThere("A coding that this rests on was taken back. Choose the codings again.")
    return [NewExcerpt(c.quote, versions[c.id], c.id, c.start_char, c.end_char) for c in found]


def _keep_finding(
    connection: Connection, actor: Member, row: FindingRow, book: Codebook, library: Library
) -> None:
    researcher = None
    if row.researcher:
        if row.researcher != actor.name and not actor.is_lead:
            raise NotAllowed(f"only the lead can import findings of others ({row.researcher})")
        researcher = member_named(connection, actor, row.researcher)
        _refuse_if_sorted(connection, researcher)
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
        detail=_detail_in_file(row),
    )


def _detail_in_file(row: FindingRow) -> NewDetail | None:
    """What a file says beside the statement; None where it says nothing of it."""
    said = _detail(
        origin=row.origin or "hand",
        question=row.question,
        sites=row.sites,
        groups=row.groups,
        periods=row.periods,
        scale=row.scale,
        weight=row.weight,
    )
    return None if row.origin is None and said == NewDetail("hand") else said


def _statement(text: str) -> str:
    statement = one_line(text)
    if not statement:
        raise UserFacingError("A finding needs a statement: what does this source say, in plain words?")
    return statement


def _own(connection: Connection, actor: Member, finding_id: UUID, act: str) -> Finding:
    """A finding that holds and that the person may change."""
    found = next((f for f in kept.visible_findings(connection, actor) if f.id == finding_id), None)
    if found is None:
        raise NotThere("This finding was taken back or changed already. Reload the page.")
    _refuse_others(connection, actor, found, act)
    return found


def _refuse_others(connection: Connection, actor: Member, found: Finding, act: str) -> None:
    if found.researcher != actor.name and not actor.is_lead:
        writer = "the lead" if found.researcher is None else f"{found.researcher} or the lead"
        raise NotAllowed(f"Only {writer} can {act} this finding.")
    if found.researcher is not None:
        _refuse_if_sorted(connection, member_named(connection, actor, found.researcher))


def _refuse_if_sorted(connection: Connection, researcher: Member) -> None:
    """Who sorts alone and has locked changes nothing any more."""
    study_id = researcher.study_id
    if sorts_alone(connection, study_id) and researcher.id in locked_sorters(connection, study_id):
        raise NotAllowed(
            f"{researcher.name} has locked what they sorted. The lead can reopen it, with a reason."
        )


def _columns_said(
    connection: Connection, actor: Member, found: Finding, said: Mapping[str, Any]
) -> dict[str, Any]:
    """The columns of a finding that are said anew."""
    columns: dict[str, Any] = {
        name: said[name] for name in ("coverage", "importance", "valence", "prominence") if name in said
    }
    for name, kind in (("valence", Valence), ("prominence", Prominence)):
        if columns.get(name):
            columns[name] = kind(columns[name])
    if "statement" in said:
        columns["statement"] = _statement(said["statement"])
    if {"theme", "row"} & said.keys():
        code = resolve(
            codes_in_force(connection, actor.study_id).codebook, said.get("theme", found.row.theme)
        )
        columns["matrix_row_id"] = kept_rows.row_id_of(
            connection,
            actor=actor,
            code_id=code.id,
            statement=one_line(said.get("row", found.row.statement)),
        )
    return columns


def _detail_said(found: Finding, said: Mapping[str, Any]) -> NewDetail | None:
    """What a finding has beside its statement, with what is said anew; None where that says nothing of it."""
    names = ("question", "sites", "groups", "periods", "scale", "weight")
    if not set(names) & said.keys():
        return None
    now = replace(found, **{name: said[name] for name in names if name in said})
    return _detail(origin=found.origin or "hand", **{name: getattr(now, name) for name in names})


def _detail(
    *,
    origin: str,
    question: str,
    sites: Sequence[str],
    groups: Sequence[str],
    periods: Sequence[str],
    scale: str | None,
    weight: str,
) -> NewDetail:
    for name, value, allowed in (
        ("origin", origin, ORIGINS),
        ("scale", scale, SCALES),
        ("weight", weight, WEIGHTS),
    ):
        if value is not None and value not in allowed:
            raise UserFacingError(f"'{value}' is no {name}. Use one of {', '.join(allowed)}.")
    return NewDetail(
        origin, one_line(question), _named(sites), _named(groups), _named(periods), scale, weight
    )


def _named(entries: Sequence[str]) -> tuple[str, ...]:
    """Names without blanks around them, each once."""
    return tuple(dict.fromkeys(name for entry in entries if (name := one_line(entry))))


def _each_once(excerpts: Sequence[NewExcerpt]) -> list[NewExcerpt]:
    """Excerpts without those that stand at the same place as an earlier one."""
    places = {(e.version_id, e.start_char, e.end_char, e.quote): e for e in reversed(excerpts)}
    return [e for e in excerpts if places[e.version_id, e.start_char, e.end_char, e.quote] is e]
