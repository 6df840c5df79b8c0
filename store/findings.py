"""Findings, the rows they stand in, and what researchers judge of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection

from codebook.models import Valence
from store import tables
from store.codebooks import code_keys
from store.events import record
from store.facts import live_rows, replace_fact
from store.studies import Member
from store.visibility import blind_documents, hidden_findings, readable_researchers
from triangulation.models import (
    ConvergenceCode,
    Excerpt,
    Existence,
    Finding,
    Judgement,
    Meaning,
    Part,
    Prominence,
    Row,
    Rule,
)


@dataclass(frozen=True)
class NewExcerpt:
    """The words a finding rests on; without a place where they stand in no document."""

    quote: str
    version_id: UUID | None = None
    coding_id: UUID | None = None
    start_char: int | None = None
    end_char: int | None = None


def row_id_of(connection: Connection, *, actor: Member, code_id: UUID, statement: str) -> UUID:
    """The matrix row of a statement under a theme; made when it is not there yet."""
    table = tables.matrix_row
    found: UUID | None = connection.execute(
        sa.select(table.c.id).where(
            table.c.study_id == actor.study_id, table.c.code_id == code_id, table.c.statement == statement
        )
    ).scalar()
    if found is not None:
        return found
    row_id = uuid4()
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="row.add",
        entity=table,
        entity_id=row_id,
        add=[(table, {"id": row_id, "code_id": code_id, "statement": statement})],
    )
    return row_id


def matrix_rows(connection: Connection, study_id: UUID) -> dict[UUID, Row]:
    """Every row of the matrix, in the order in which they came."""
    table = tables.matrix_row
    keys = code_keys(connection, study_id)
    rows = connection.execute(
        sa.select(table).where(table.c.study_id == study_id).order_by(table.c.created_event)
    )
    return {row.id: Row(keys[row.code_id], row.statement) for row in rows}


def add_finding(
    connection: Connection,
    *,
    actor: Member,
    researcher: Member | None,
    source_id: UUID,
    row_id: UUID,
    statement: str,
    valence: Valence | None = None,
    prominence: Prominence | None = None,
    coverage: str = "",
    importance: str | None = None,
    excerpts: Sequence[NewExcerpt] = (),
    operation_id: UUID | None = None,
) -> UUID:
    """Store what a source says on a row, with the excerpts it rests on."""
    finding_id = uuid4()
    columns = {
        "id": finding_id,
        "source_id": source_id,
        "matrix_row_id": row_id,
        "researcher_id": None if researcher is None else researcher.id,
        "statement": statement,
        "valence": valence,
        "prominence": prominence,
        "coverage": coverage,
        "importance": importance,
    }
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="finding.add",
        entity=tables.finding,
        entity_id=finding_id,
        operation_id=operation_id,
        add=[
            (tables.finding, columns),
            *(
                (tables.finding_excerpt, _excerpt_columns(finding_id, n, excerpt))
                for n, excerpt in enumerate(excerpts)
            ),
        ],
        detail={"source": source_id.hex, "row": row_id.hex, "excerpts": len(excerpts)},
    )
    return finding_id


def retire_finding(connection: Connection, finding_id: UUID, *, actor: Member, reason: str = "") -> None:
    """Take a finding back; it stays in the history."""
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="finding.retire",
        entity=tables.finding,
        entity_id=finding_id,
        retire=[(tables.finding, finding_id)],
        reason=reason,
    )


@dataclass(frozen=True)
class Placement:
    """The group of a roll-up in which a finding counts in the place of its theme's, and why."""

    group: str
    reason: str


def place_finding(
    connection: Connection, finding_id: UUID, *, rollup: str, group: str | None, reason: str, actor: Member
) -> None:
    """Let a finding count in another group of a roll-up than its theme; None takes that back."""
    table = tables.finding_group
    held = connection.execute(
        sa.select(table.c.id).where(
            table.c.finding_id == finding_id, table.c.rollup == rollup, table.c.retired_event.is_(None)
        )
    ).scalars()
    placed = {"id": uuid4(), "finding_id": finding_id, "rollup": rollup, "in_group": group, "reason": reason}
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="finding.place",
        entity=tables.finding,
        entity_id=finding_id,
        add=[] if group is None else [(table, placed)],
        retire=[(table, row_id) for row_id in held],
        reason=reason,
    )


def placements(connection: Connection, study_id: UUID, rollup: str) -> dict[UUID, Placement]:
    """The findings that count elsewhere in a roll-up, by id; whoever tells of them keeps to visible ones."""
    rows = live_rows(connection, tables.finding_group, study_id)
    return {row.finding_id: Placement(row.in_group, row.reason) for row in rows if row.rollup == rollup}


def visible_findings(connection: Connection, viewer: Member) -> list[Finding]:
    """Live findings that a person may see, each with the excerpts that they may see."""
    finding, source, member = tables.finding, tables.source, tables.member
    rows = matrix_rows(connection, viewer.study_id)
    hidden = hidden_findings(connection, viewer)
    excerpts = _excerpts(connection, viewer)
    found = connection.execute(
        sa.select(finding, source.c.label, member.c.name)
        .join(source, source.c.id == finding.c.source_id)
        .outerjoin(member, member.c.id == finding.c.researcher_id)
        .where(finding.c.study_id == viewer.study_id, finding.c.retired_event.is_(None))
        .order_by(finding.c.created_event)
    )
    return [
        Finding(
            id=row.id,
            source=row.label,
            row=rows[row.matrix_row_id],
            statement=row.statement,
            valence=_enum(Valence, row.valence),
            researcher=row.name,
            prominence=_enum(Prominence, row.prominence),
            coverage=row.coverage,
            importance=row.importance,
            excerpts=tuple(excerpts.get(row.id, ())),
        )
        for row in found
        if row.id not in hidden
    ]


def judge_existence(
    connection: Connection,
    *,
    actor: Member,
    researcher: Member,
    row_id: UUID,
    source_id: UUID,
    speaks: bool,
) -> None:
    """Store whether a source speaks on a row, in place of what the researcher said before."""
    table = tables.existence
    replace_fact(
        connection,
        table,
        {"matrix_row_id": row_id, "source_id": source_id, "researcher_id": researcher.id},
        {"speaks": speaks},
        actor=actor,
        action="existence.judge",
    )


def judge_pair(
    connection: Connection,
    *,
    actor: Member,
    researcher: Member,
    row_id: UUID,
    source_a_id: UUID,
    source_b_id: UUID,
    parts: Mapping[str, Any],
    operation_id: UUID | None = None,
) -> None:
    """Store a comparison of two sources on a row, in place of the researcher's earlier one."""
    replace_fact(
        connection,
        tables.judgement,
        {
            "matrix_row_id": row_id,
            "source_a_id": source_a_id,
            "source_b_id": source_b_id,
            "researcher_id": researcher.id,
        },
        parts,
        actor=actor,
        action="pair.judge",
        operation_id=operation_id,
    )


def judged_pairs(connection: Connection, researcher: Member) -> set[tuple[UUID, UUID, UUID]]:
    """(row, source a, source b) of every pair that a researcher has judged."""
    table = tables.judgement
    rows = connection.execute(
        sa.select(table.c.matrix_row_id, table.c.source_a_id, table.c.source_b_id).where(
            table.c.researcher_id == researcher.id, table.c.retired_event.is_(None)
        )
    )
    return {(row.matrix_row_id, row.source_a_id, row.source_b_id) for row in rows}


def visible_judgements(connection: Connection, viewer: Member) -> tuple[list[Existence], list[Judgement]]:
    """What a person may read of existences and comparisons, their own always."""
    rows = matrix_rows(connection, viewer.study_id)
    names = {
        row.id: row.name
        for row in connection.execute(
            sa.select(tables.member).where(tables.member.c.id.in_(readable_researchers(viewer)))
        )
    }
    labels = {
        row.id: row.label
        for row in connection.execute(
            sa.select(tables.source).where(tables.source.c.study_id == viewer.study_id)
        )
    }
    existences = [
        Existence(rows[row.matrix_row_id], labels[row.source_id], names[row.researcher_id], row.speaks)
        for row in live_rows(connection, tables.existence, viewer.study_id)
        if row.researcher_id in names
    ]
    judgements = [
        _judgement(row, rows, labels, names)
        for row in live_rows(connection, tables.judgement, viewer.study_id)
        if row.researcher_id in names
    ]
    return existences, judgements


def lock_judgements(connection: Connection, *, actor: Member, researcher: Member) -> None:
    """Fix a researcher's judgements; only now may they read those of others who have locked."""
    row_id = uuid4()
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="judgements.lock",
        entity=tables.judgements_locked,
        entity_id=row_id,
        add=[(tables.judgements_locked, {"id": row_id, "researcher_id": researcher.id})],
    )


def unlock_judgements(connection: Connection, *, actor: Member, researcher: Member, reason: str) -> None:
    """Let a researcher go on judging; the log keeps that they had locked."""
    table = tables.judgements_locked
    row_id = connection.execute(
        sa.select(table.c.id).where(table.c.researcher_id == researcher.id, table.c.retired_event.is_(None))
    ).scalar_one()
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="judgements.reopen",
        entity=table,
        entity_id=row_id,
        retire=[(table, row_id)],
        reason=reason,
    )


def locked_researchers(connection: Connection, study_id: UUID) -> set[UUID]:
    """Members whose judgements are locked."""
    return {row.researcher_id for row in live_rows(connection, tables.judgements_locked, study_id)}


def judging_researchers(connection: Connection, study_id: UUID) -> set[UUID]:
    """Members who have judged or locked anything."""
    found = locked_researchers(connection, study_id)
    for table in (tables.existence, tables.judgement):
        found |= {row.researcher_id for row in live_rows(connection, table, study_id)}
    return found


def rule_of(connection: Connection, study_id: UUID) -> Rule:
    """The rule that the team chose; ``parts`` until it does."""
    row = next(iter(live_rows(connection, tables.protocol, study_id)), None)
    return Rule.PARTS if row is None else Rule(row.rule)


def set_rule(connection: Connection, rule: Rule, *, actor: Member, reason: str) -> None:
    """Choose the rule that derives convergence codes."""
    replace_fact(
        connection, tables.protocol, {}, {"rule": rule}, actor=actor, action="rule.choose", reason=reason
    )


def _excerpts(connection: Connection, viewer: Member) -> dict[UUID, list[Excerpt]]:
    """Excerpts by finding; those from documents under an open blind round are left out unless own."""
    table, version, document = tables.finding_excerpt, tables.document_version, tables.document
    blind = blind_documents(connection, viewer)
    rows = connection.execute(
        sa.select(table, version.c.document_id, document.c.title, tables.finding.c.researcher_id)
        .join(tables.finding, tables.finding.c.id == table.c.finding_id)
        .outerjoin(version, version.c.id == table.c.document_version_id)
        .outerjoin(document, document.c.id == version.c.document_id)
        .where(tables.finding.c.study_id == viewer.study_id, tables.finding.c.retired_event.is_(None))
        .order_by(table.c.finding_id, table.c.position)
    )
    found: dict[UUID, list[Excerpt]] = {}
    for row in rows:
        if row.document_version_id in blind and row.researcher_id != viewer.id:
            continue
        found.setdefault(row.finding_id, []).append(
            Excerpt(
                document_id=row.document_id,
                title=row.title or "",
                start_char=row.start_char,
                end_char=row.end_char,
                quote=row.quote,
                coding_id=row.coding_id,
            )
        )
    return found


def _excerpt_columns(finding_id: UUID, position: int, excerpt: NewExcerpt) -> dict[str, Any]:
    return {
        "finding_id": finding_id,
        "position": position,
        "document_version_id": excerpt.version_id,
        "coding_id": excerpt.coding_id,
        "start_char": excerpt.start_char,
        "end_char": excerpt.end_char,
        "quote": excerpt.quote,
    }


def _judgement(
    row: Any, rows: Mapping[UUID, Row], labels: Mapping[UUID, str], names: Mapping[UUID, str]
) -> Judgement:
    return Judgement(
        row=rows[row.matrix_row_id],
        source_a=labels[row.source_a_id],
        source_b=labels[row.source_b_id],
        researcher=names[row.researcher_id],
        meaning=_enum(Meaning, row.meaning),
        prominence=_enum(Part, row.prominence),
        coverage=_enum(Part, row.coverage),
        examples=_enum(Part, row.examples),
        assigned=_enum(ConvergenceCode, row.assigned),
        silence=row.silence,
        expected=row.expected,
        reason=row.reason,
    )


def _enum(kind: Any, value: str | None) -> Any:
    return None if value is None else kind(value)
