"""Findings, the convergence matrix, and what each researcher judges alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from codebook.errors import UnknownCode
from codebook.hierarchy import resolve
from codebook.models import Codebook, Valence
from corpus.anchoring import find_quote
from corpus.errors import UserFacingError
from corpus.models import Source
from store import findings as kept
from store.codebooks import code_keys
from store.codings import read_codings
from store.documents import KIND_NOT_GIVEN, StoredDocument, add_source, documents, sources, texts
from store.engine import reading, writing
from store.events import entity_of
from store.findings import NewExcerpt
from store.studies import Member, members
from store.tables import coding
from store.visibility import hidden_rows, visible_codings
from triangulation.assessment import Assessment, assess_convergence
from triangulation.completeness import Completeness, compare_completeness
from triangulation.convergence import parse_code, parse_meaning, parse_part
from triangulation.matrix import build_matrix
from triangulation.models import (
    ConvergenceMatrix,
    Existence,
    Finding,
    Judgement,
    Prominence,
    Row,
    Rule,
)
from triangulation.researchers import ResearcherComparison, compare_researchers
from triangulation.sorting import order_rows
from triangulation.tables import (
    FindingRow,
    JudgementRow,
    RefusedRow,
    read_findings,
    read_judgements,
    write_findings,
    write_judgements,
)
from workbench.services.codebooks import codes_ever, codes_in_force
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.studies import member_named


@dataclass(frozen=True)
class Triangulation:
    """The matrix and everything that follows from it, as one person may see it."""

    matrix: ConvergenceMatrix
    findings: tuple[Finding, ...]
    existences: tuple[Existence, ...]
    judgements: tuple[Judgement, ...]
    assessment: Assessment
    completeness: Completeness
    researchers: ResearcherComparison
    judges: tuple[str, ...]
    locked: tuple[str, ...]
    hidden: tuple[str, ...]  # judges whose judgements the viewer may not read yet


@dataclass(frozen=True)
class RowsImported:
    """What a file of findings or judgements brought in; ``duplicates`` are there already, word for word."""

    imported: int
    refused: tuple[RefusedRow, ...]
    duplicates: int = 0


def triangulate(engine: Engine, actor: Member, *, rule: Rule | str | None = None) -> Triangulation:
    """The convergence matrix with counts, completeness and researcher comparison.

    Parameters
    ----------
    rule : Rule, optional
        Another rule than the team's, to look; the choice itself is made with `choose_rule`.
    """
    with reading(engine) as connection:
        findings = kept.visible_findings(connection, actor)
        existences, judgements = kept.visible_judgements(connection, actor)
        people = {m.id: m.name for m in members(connection, actor.study_id)}
        judges = kept.judging_researchers(connection, actor.study_id)
        locked = kept.locked_researchers(connection, actor.study_id)
        chosen = Rule(rule) if rule else kept.rule_of(connection, actor.study_id)
        labels = [source.label for source in sources(connection, actor.study_id)]
        rows = _rows_in_order(connection, actor)
    matrix = build_matrix(rows, labels, existences, judgements, findings, rule=chosen)
    shown = set(matrix.researchers)
    return Triangulation(
        matrix=matrix,
        findings=tuple(findings),
        existences=tuple(existences),
        judgements=tuple(judgements),
        assessment=assess_convergence(matrix),
        completeness=compare_completeness(matrix, findings, existences),
        researchers=compare_researchers(matrix, existences, findings),
        judges=tuple(people[i] for i in people if i in judges),
        locked=tuple(people[i] for i in people if i in locked),
        hidden=tuple(people[i] for i in people if i in judges and people[i] not in shown and i != actor.id),
    )


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
    statement = _one_line(statement)
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
            source_id=_source(connection, actor, source).id,
            row_id=kept.row_id_of(
                connection, actor=actor, code_id=resolve(codebook, theme).id, statement=_one_line(row)
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
            statement=_one_line(statement),
        )


def judge_existence(engine: Engine, actor: Member, *, row: Row, source: str, speaks: bool) -> None:
    """Say whether a source speaks on a row, in one's own view."""
    with writing(engine) as connection:
        _refuse_if_locked(connection, actor)
        kept.judge_existence(
            connection,
            actor=actor,
            researcher=actor,
            row_id=_row_id(connection, actor, row),
            source_id=_source(connection, actor, source).id,
            speaks=speaks,
        )


def judge_pair(
    engine: Engine,
    actor: Member,
    *,
    row: Row,
    source_a: str,
    source_b: str,
    meaning: str | None = None,
    prominence: str | None = None,
    coverage: str | None = None,
    examples: str | None = None,
    assigned: str | None = None,
    silence: str | None = None,
    expected: str | None = None,
    reason: str = "",
    operation_id: UUID | None = None,
) -> None:
    """Compare two sources on a row: the four parts, or a code with a reason.

    Until the lock the last word counts.
    """
    if source_a == source_b:
        raise UserFacingError(f"'{source_a}' cannot be compared with itself.")
    code = parse_code(assigned) if assigned else None
    if code is not None and not reason.strip():
        raise UserFacingError("A code that you assign yourself needs a reason.")
    parts = {
        "meaning": parse_meaning(meaning),
        "prominence": parse_part(prominence),
        "coverage": parse_part(coverage),
        "examples": parse_part(examples),
        "assigned": code,
        "silence": silence,
        "expected": expected,
        "reason": reason.strip(),
    }
    first, second = sorted((source_a, source_b))
    with writing(engine) as connection:
        if operation_id is not None and entity_of(connection, operation_id) is not None:
            return
        _refuse_if_locked(connection, actor)
        kept.judge_pair(
            connection,
            actor=actor,
            researcher=actor,
            row_id=_row_id(connection, actor, row),
            source_a_id=_source(connection, actor, first).id,
            source_b_id=_source(connection, actor, second).id,
            parts=parts,
            operation_id=operation_id,
        )


def lock_judgements(engine: Engine, actor: Member) -> None:
    """Fix one's judgements, and from then on read those of others who have locked theirs."""
    with writing(engine) as connection:
        if actor.id in kept.locked_researchers(connection, actor.study_id):
            return
        if actor.id not in kept.judging_researchers(connection, actor.study_id):
            raise UserFacingError("You have judged nothing yet. Judge first, then lock.")
        kept.lock_judgements(connection, actor=actor, researcher=actor)


def reopen_judgements(engine: Engine, actor: Member, researcher: str, *, reason: str) -> None:
    """Let a researcher go on judging; the lead's decision, with its reason."""
    if not actor.is_lead:
        raise NotAllowed("Only the lead of the study can reopen judgements.")
    if not reason.strip():
        raise UserFacingError("Reopening needs a reason; it will stand in the log.")
    with writing(engine) as connection:
        member = next((m for m in members(connection, actor.study_id) if m.name == researcher), None)
        if member is None or member.id not in kept.locked_researchers(connection, actor.study_id):
            raise NotThere(f"{researcher} has not locked any judgements.")
        kept.unlock_judgements(connection, actor=actor, researcher=member, reason=reason)


def choose_rule(engine: Engine, actor: Member, rule: Rule | str, *, reason: str = "") -> None:
    """Choose how part-judgements become a code; the lead writes down the team's choice."""
    if not actor.is_lead:
        raise NotAllowed("Only the lead of the study can set the rule.")
    with writing(engine) as connection:
        kept.set_rule(connection, Rule(rule), actor=actor, reason=reason)


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
            resolve_theme=lambda name: _theme(book, name),
            known_sources=None if create_sources else _labels(connection, actor),
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
    return RowsImported(taken, _by_row(late), again)


def export_findings(engine: Engine, actor: Member, path: Path) -> int:
    """Write the findings that the person may see; returns how many."""
    with reading(engine) as connection:
        return write_findings(path, kept.visible_findings(connection, actor))


def import_judgements(
    engine: Engine, actor: Member, path: Path, *, create_sources: bool = False
) -> RowsImported:
    """Read judgements that were made elsewhere, each as its researcher's own, and lock them.

    The lead may import for others, and with ``create_sources`` brings in sources and researchers
    that the file names. A pair that its researcher has judged before is refused, and so is every
    further judgement of a researcher who has locked: they may have seen those of others.
    """
    with writing(engine) as connection:
        book = codes_ever(connection, actor)
        rows, refused = read_judgements(
            path,
            resolve_theme=lambda name: _theme(book, name),
            known_sources=None if create_sources else _labels(connection, actor),
        )
        taken, late = 0, list(refused)
        people: dict[str, Member] = {}
        before: dict[UUID, set[tuple[UUID, UUID, UUID]]] = {}
        judged: set[UUID] = set()
        for row in rows:
            try:
                with connection.begin_nested():
                    researcher = _judge(connection, actor, row, people, create=create_sources)
                if researcher.id not in before:
                    before[researcher.id] = kept.judged_pairs(connection, researcher)
                with connection.begin_nested():
                    _keep_judgement(connection, actor, researcher, row, book, before[researcher.id])
                judged.add(researcher.id)
                taken += 1
            except UserFacingError as error:
                late.append(RefusedRow(row.number, str(error)))
        for member in people.values():
            if member.id in judged:
                kept.lock_judgements(connection, actor=actor, researcher=member)
    return RowsImported(taken, _by_row(late))


def export_judgements(engine: Engine, actor: Member, path: Path) -> int:
    """Write the judgements that the person may read; returns how many."""
    with reading(engine) as connection:
        existences, judgements = kept.visible_judgements(connection, actor)
    return write_judgements(path, judgements, existences)


def is_locked(engine: Engine, actor: Member) -> bool:
    """Whether the person has locked their judgements."""
    with reading(engine) as connection:
        return actor.id in kept.locked_researchers(connection, actor.study_id)


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


def _rows_in_order(connection: Connection, actor: Member) -> tuple[Row, ...]:
    hidden = hidden_rows(connection, actor)
    rows = [
        row for row_id, row in kept.matrix_rows(connection, actor.study_id).items() if row_id not in hidden
    ]
    try:
        themes = [code.key for code in codes_ever(connection, actor).codes]
    except NotThere:
        themes = []
    return order_rows(rows, themes)


def _theme(book: Codebook, name: str) -> str | None:
    try:
        return resolve(book, name).key
    except UnknownCode as error:
        raise UserFacingError(str(error)) from error


def _labels(connection: Connection, actor: Member) -> Collection[str]:
    return [source.label for source in sources(connection, actor.study_id)]


def _source(connection: Connection, actor: Member, label: str, *, create: bool = False) -> Source:
    listed = sources(connection, actor.study_id)
    for source in listed:
        if source.label == label:
            return source
    if create:
        return add_source(connection, actor=actor, label=label, kind=KIND_NOT_GIVEN)
    names = ", ".join(f"'{source.label}'" for source in listed) or "none yet"
    raise NotThere(f"There is no source '{label}'. There are: {names}.")


def _row_id(connection: Connection, actor: Member, row: Row, book: Codebook | None = None) -> UUID:
    book = book or codes_ever(connection, actor)
    return kept.row_id_of(
        connection, actor=actor, code_id=resolve(book, row.theme).id, statement=row.statement
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _by_row(refused: Sequence[RefusedRow]) -> tuple[RefusedRow, ...]:
    return tuple(sorted(refused, key=lambda refusal: refusal.row))


def _refuse_if_locked(connection: Connection, actor: Member) -> None:
    if actor.id in kept.locked_researchers(connection, actor.study_id):
        raise NotAllowed("You have locked your judgements. The lead can reopen them, with a reason.")


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
        source_id=_source(connection, actor, row.source, create=True).id,
        row_id=_row_id(connection, actor, row.row, book),
        statement=row.statement,
        valence=row.valence,
        prominence=row.prominence,
        coverage=row.coverage,
        importance=row.importance,
        excerpts=[library.excerpt(row.source, quote) for quote in row.excerpts],
    )


def _judge(
    connection: Connection, actor: Member, row: JudgementRow, people: dict[str, Member], *, create: bool
) -> Member:
    name = row.judgement.researcher
    if name not in people:
        known = {m.name: m for m in members(connection, actor.study_id)}
        if name != actor.name and not actor.is_lead:
            raise NotAllowed(f"only the lead can import judgements of others ({name})")
        if name not in known and not create:
            raise NotThere(f"{name} is not in this study; add them, or import with --create-sources")
        people[name] = known[name] if name in known else member_named(connection, actor, name)
    return people[name]


def _keep_judgement(
    connection: Connection,
    actor: Member,
    researcher: Member,
    row: JudgementRow,
    book: Codebook,
    before: set[tuple[UUID, UUID, UUID]],
) -> None:
    judgement = row.judgement
    row_id = _row_id(connection, actor, judgement.row, book)
    source_a = _source(connection, actor, judgement.source_a, create=True).id
    source_b = _source(connection, actor, judgement.source_b, create=True).id
    if (row_id, source_a, source_b) in before:
        raise UserFacingError(f"{researcher.name} has judged this pair before; the first judgement stays")
    if researcher.id in kept.locked_researchers(connection, actor.study_id):
        raise NotAllowed(f"{researcher.name} has locked their judgements; the lead can reopen them")
    for existence in row.existences:
        kept.judge_existence(
            connection,
            actor=actor,
            researcher=researcher,
            row_id=row_id,
            source_id=source_a if existence.source == judgement.source_a else source_b,
            speaks=existence.speaks,
        )
    kept.judge_pair(
        connection,
        actor=actor,
        researcher=researcher,
        row_id=row_id,
        source_a_id=source_a,
        source_b_id=source_b,
        parts=_parts(judgement),
    )


def _parts(judgement: Judgement) -> Mapping[str, Any]:
    names = ("meaning", "prominence", "coverage", "examples", "assigned", "silence", "expected", "reason")
    return {name: getattr(judgement, name) for name in names}
