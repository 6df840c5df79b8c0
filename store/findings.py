"""Findings, the rows they stand in, and what researchers judge of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection

from codebook.models import Valence
from store import tables
from store.events import record
from store.excerpts import NewExcerpt, excerpt_of, excerpt_rows
from store.facts import live_rows, replace_fact
from store.rows import moved_rows, rows_now, rows_written, standing
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
class NewDetail:
    """What is kept of a finding beside its statement; what nobody said is empty, or None."""

    origin: str
    question: str = ""
    sites: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    scale: str | None = None
    weight: str = "data"


def matrix_rows(connection: Connection, study_id: UUID) -> dict[UUID, Row]:
    """Every row that ever came, with the row under which it stands now; see `store.rows.rows_now`."""
    return rows_now(connection, study_id)


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
    detail: NewDetail | None = None,
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
            *excerpt_rows(tables.finding_excerpt, "finding_id", finding_id, excerpts),
            *(
                []
                if detail is None
                else [(tables.finding_detail, {"finding_id": finding_id, **asdict(detail)})]
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


def change_finding(
    connection: Connection,
    finding_id: UUID,
    *,
    actor: Member,
    columns: Mapping[str, Any] | None = None,
    detail: NewDetail | None = None,
    without: Collection[int] = (),
    more: Sequence[NewExcerpt] = (),
    instead_of: UUID | None = None,
    action: str = "finding.change",
    reason: str = "",
) -> UUID:
    """Store a finding anew in place of an earlier one; returns the new one's id.

    Parameters
    ----------
    finding_id : UUID
        A finding that holds, which ceases to; or one that was taken back, which is stored again.
    columns : mapping, optional
        What is changed of it; everything else stays, also who wrote it.
    detail : NewDetail, optional
        In place of the earlier one's; None leaves it.
    without : collection of int
        Positions of excerpts that it no longer rests on.
    more : sequence of NewExcerpt
        Excerpts that it rests on besides.
    instead_of : UUID, optional
        The finding that holds now, where an earlier one is stored again in its place.
    """
    replaced = finding_id if instead_of is None else instead_of
    finding, excerpt, held = tables.finding, tables.finding_excerpt, tables.finding_detail
    old = dict(connection.execute(sa.select(finding).where(finding.c.id == finding_id)).mappings().one())
    quotes = connection.execute(
        sa.select(excerpt).where(excerpt.c.finding_id == finding_id).order_by(excerpt.c.position)
    ).mappings()
    kept = [
        NewExcerpt(q["quote"], q["document_version_id"], q["coding_id"], q["start_char"], q["end_char"])
        for q in quotes
        if q["position"] not in without
    ]
    before = connection.execute(sa.select(held).where(held.c.finding_id == finding_id)).mappings().first()
    new_id = uuid4()
    own = ("id", "study_id", "created_event", "retired_event")
    row = {name: value for name, value in old.items() if name not in own} | dict(columns or {})
    told = (
        asdict(detail)
        if detail is not None
        else {n: v for n, v in (before or {}).items() if n != "finding_id"}
    )
    place = tables.finding_group
    placed = connection.execute(
        sa.select(place).where(place.c.finding_id == replaced, place.c.retired_event.is_(None))
    ).mappings()
    moved = [dict(p) for p in placed]
    is_live = instead_of is not None or old["retired_event"] is None
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action=action,
        entity=finding,
        entity_id=new_id,
        add=[
            (finding, row | {"id": new_id}),
            *excerpt_rows(tables.finding_excerpt, "finding_id", new_id, [*kept, *more]),
            *([(held, told | {"finding_id": new_id})] if told else []),
            *(
                (place, {n: v for n, v in p.items() if n not in own} | {"id": uuid4(), "finding_id": new_id})
                for p in moved
            ),
        ],
        retire=[*([(finding, replaced)] if is_live else []), *((place, p["id"]) for p in moved)],
        detail={"instead_of": replaced.hex},
        reason=reason,
    )
    return new_id


def successors(connection: Connection, study_id: UUID) -> dict[UUID, UUID]:
    """Findings in whose place another was stored, each with the next one."""
    event = tables.event
    rows = connection.execute(
        sa.select(event.c.entity_id, event.c.detail)
        .where(event.c.study_id == study_id, event.c.action.in_(("finding.change", "finding.restore")))
        .order_by(event.c.seq)
    )
    return {UUID(row.detail["instead_of"]): row.entity_id for row in rows}


def quote_positions(connection: Connection, finding_id: UUID, unwanted: Collection[Excerpt]) -> list[int]:
    """Where some excerpts stand among all of a finding's, also those that a person does not see."""
    excerpt, version = tables.finding_excerpt, tables.document_version
    rows = connection.execute(
        sa.select(excerpt, version.c.document_id)
        .outerjoin(version, version.c.id == excerpt.c.document_version_id)
        .where(excerpt.c.finding_id == finding_id)
    )
    told = {(e.quote, e.document_id, e.start_char) for e in unwanted}
    return [row.position for row in rows if (row.quote, row.document_id, row.start_char) in told]


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
    return _findings(connection, viewer, tables.finding.c.retired_event.is_(None))


def taken_back(connection: Connection, viewer: Member) -> list[Finding]:
    """Findings that were taken back and not brought back, as far as a person may see them, newest first."""
    finding, event = tables.finding, tables.event
    retired = sa.exists().where(
        event.c.study_id == finding.c.study_id,
        event.c.seq == finding.c.retired_event,
        event.c.action == "finding.retire",
    )
    again = successors(connection, viewer.study_id)
    found = _findings(connection, viewer, retired)
    return [finding for finding in reversed(found) if finding.id not in again]


def finding_before(connection: Connection, viewer: Member, finding_id: UUID) -> Finding | None:
    """A finding whether or not it holds; None where the person may not see it or it never was."""
    return next(iter(_findings(connection, viewer, tables.finding.c.id == finding_id)), None)


def rows_sorted(connection: Connection, viewer: Member) -> dict[str, dict[Row, Row]]:
    """For each researcher whose findings a person may see: their own rows, with where each stands now."""
    finding, member = tables.finding, tables.member
    written = rows_written(connection, viewer.study_id)
    now = rows_now(connection, viewer.study_id, viewer=viewer)
    hidden = hidden_findings(connection, viewer)
    rows = connection.execute(
        sa.select(finding.c.id, finding.c.matrix_row_id, member.c.name)
        .join(member, member.c.id == finding.c.researcher_id)
        .where(finding.c.study_id == viewer.study_id, finding.c.retired_event.is_(None))
        .order_by(member.c.created_event, finding.c.created_event)
    )
    found: dict[str, dict[Row, Row]] = {}
    for row in rows:
        if row.id not in hidden:
            own = found.setdefault(row.name, {})
            own[written[row.matrix_row_id]] = now[row.matrix_row_id]
    return found


def _findings(connection: Connection, viewer: Member, which: sa.ColumnElement[bool]) -> list[Finding]:
    finding, source, member, detail = tables.finding, tables.source, tables.member, tables.finding_detail
    rows = rows_now(connection, viewer.study_id, viewer=viewer)
    hidden = hidden_findings(connection, viewer)
    excerpts = _excerpts(connection, viewer, which)
    told = ("question", "sites", "groups", "periods", "origin", "scale", "weight")
    found = connection.execute(
        sa.select(finding, source.c.label, member.c.name, *(detail.c[name] for name in told))
        .join(source, source.c.id == finding.c.source_id)
        .outerjoin(member, member.c.id == finding.c.researcher_id)
        .outerjoin(detail, detail.c.finding_id == finding.c.id)
        .where(finding.c.study_id == viewer.study_id, which)
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
            question=row.question or "",
            sites=tuple(row.sites or ()),
            groups=tuple(row.groups or ()),
            periods=tuple(row.periods or ()),
            origin=row.origin,
            scale=row.scale,
            weight=row.weight or "data",
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
    """(row as it stands now, source a, source b) of every pair that a researcher has judged."""
    table = tables.judgement
    moved = moved_rows(connection, researcher.study_id)
    rows = connection.execute(
        sa.select(table.c.matrix_row_id, table.c.source_a_id, table.c.source_b_id).where(
            table.c.researcher_id == researcher.id, table.c.retired_event.is_(None)
        )
    )
    return {(standing(moved, row.matrix_row_id), row.source_a_id, row.source_b_id) for row in rows}


def visible_judgements(connection: Connection, viewer: Member) -> tuple[list[Existence], list[Judgement]]:
    """What a person may read of existences and comparisons, their own always.

    Where rows were merged on which a researcher had said the same, the newer word stands for both.
    """
    rows = rows_now(connection, viewer.study_id, viewer=viewer)
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
    said = {(seen.row, seen.source, seen.researcher): seen for seen in existences}
    judged = {(j.row, j.source_a, j.source_b, j.researcher): j for j in judgements}
    return list(said.values()), list(judged.values())


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
    """Members who have judged, rated or locked anything."""
    found = locked_researchers(connection, study_id)
    for table in (tables.existence, tables.judgement, tables.source_rating, tables.row_importance):
        query = sa.select(table.c.researcher_id).where(
            table.c.study_id == study_id, table.c.retired_event.is_(None)
        )
        found |= set(connection.execute(query.distinct()).scalars())
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


def _excerpts(
    connection: Connection, viewer: Member, which: sa.ColumnElement[bool]
) -> dict[UUID, list[Excerpt]]:
    """Excerpts by finding; those from documents under an open blind round are left out unless own."""
    table, version, document = tables.finding_excerpt, tables.document_version, tables.document
    blind = blind_documents(connection, viewer)
    rows = connection.execute(
        sa.select(table, version.c.document_id, document.c.title, tables.finding.c.researcher_id)
        .join(tables.finding, tables.finding.c.id == table.c.finding_id)
        .outerjoin(version, version.c.id == table.c.document_version_id)
        .outerjoin(document, document.c.id == version.c.document_id)
        .where(tables.finding.c.study_id == viewer.study_id, which)
        .order_by(table.c.finding_id, table.c.position)
    )
    found: dict[UUID, list[Excerpt]] = {}
    for row in rows:
        if row.document_version_id in blind and row.researcher_id != viewer.id:
            continue
        found.setdefault(row.finding_id, []).append(excerpt_of(row))
    return found


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
