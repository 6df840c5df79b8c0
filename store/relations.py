"""Relations between findings, with the quotes that they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection

from store import tables
from store.documents import documents
from store.events import record
from store.excerpts import NewExcerpt, excerpt_of, excerpt_rows
from store.rows import rows_now
from store.studies import Member, member_names
from store.visibility import blind_documents, hidden_relations
from triangulation.models import Excerpt
from triangulation.relations import Bearing, Outcome, Relation


def add_relation(
    connection: Connection,
    *,
    actor: Member,
    from_row_id: UUID,
    kind: Bearing,
    to_row_id: UUID | None = None,
    strategy: str = "",
    outcome: Outcome | None = None,
    note: str = "",
    excerpts: Sequence[NewExcerpt] = (),
) -> UUID:
    """Store how a row bears on another, or by which strategy it was answered."""
    relation_id = uuid4()
    columns = {
        "id": relation_id,
        "from_row_id": from_row_id,
        "to_row_id": to_row_id,
        "kind": kind.value,
        "strategy": strategy,
        "outcome": None if outcome is None else outcome.value,
        "note": note,
    }
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="relation.add",
        entity=tables.relation,
        entity_id=relation_id,
        add=[
            (tables.relation, columns),
            *excerpt_rows(tables.relation_excerpt, "relation_id", relation_id, excerpts),
        ],
        detail={"from": from_row_id.hex, "excerpts": len(excerpts)},
    )
    return relation_id


def placed(connection: Connection, study_id: UUID, excerpts: Sequence[Excerpt]) -> list[NewExcerpt]:
    """Quotes with the version of the document in which each stands: that of its coding, else the current."""
    table = tables.coding
    named = [excerpt.coding_id for excerpt in excerpts if excerpt.coding_id is not None]
    of_coding: dict[UUID | None, UUID] = {
        row.id: row.document_version_id
        for row in connection.execute(
            sa.select(table.c.id, table.c.document_version_id).where(table.c.id.in_(named))
        )
    }
    current: dict[UUID | None, UUID] = {
        document.id: document.version_id for document in documents(connection, study_id)
    }
    return [
        NewExcerpt(
            excerpt.quote,
            of_coding.get(excerpt.coding_id) or current.get(excerpt.document_id),
            excerpt.coding_id,
            excerpt.start_char,
            excerpt.end_char,
        )
        for excerpt in excerpts
    ]


def visible_relations(connection: Connection, viewer: Member) -> list[Relation]:
    """The relations that a person may see, in the order in which they came, with the quotes they may see."""
    table, log = tables.relation, tables.event
    hidden = hidden_relations(connection, viewer)
    rows = rows_now(connection, viewer.study_id, viewer=viewer)
    names = dict(member_names(connection, viewer.study_id))
    excerpts = _excerpts(connection, viewer)
    found = connection.execute(
        sa.select(table, log.c.at, log.c.actor_id)
        .join(log, (log.c.study_id == table.c.study_id) & (log.c.seq == table.c.created_event))
        .where(table.c.study_id == viewer.study_id, table.c.retired_event.is_(None))
        .order_by(table.c.created_event)
    )
    return [
        Relation(
            id=row.id,
            from_row=rows[row.from_row_id],
            kind=Bearing(row.kind),
            to_row=None if row.to_row_id is None else rows[row.to_row_id],
            strategy=row.strategy,
            outcome=None if row.outcome is None else Outcome(row.outcome),
            note=row.note,
            excerpts=tuple(excerpts.get(row.id, ())),
            by=names[row.actor_id],
            at=row.at,
        )
        for row in found
        if row.id not in hidden
    ]


def excerpts_ever(connection: Connection, viewer: Member) -> set[Excerpt]:
    """The quotes of all relations that there were, those taken back too, that a person may see."""
    return {excerpt for listed in _excerpts(connection, viewer).values() for excerpt in listed}


def _excerpts(connection: Connection, viewer: Member) -> dict[UUID, list[Excerpt]]:
    """Quotes by relation; those of others in a document of an open blind round are left out."""
    table, owner, version = tables.relation_excerpt, tables.relation, tables.document_version
    document, coding, log = tables.document, tables.coding, tables.event
    blind = blind_documents(connection, viewer)
    rows: sa.CursorResult[Any] = connection.execute(
        sa.select(
            table, document.c.id.label("document_id"), document.c.title, log.c.actor_id, coding.c.coder_id
        )
        .join(owner, owner.c.id == table.c.relation_id)
        .join(log, (log.c.study_id == owner.c.study_id) & (log.c.seq == owner.c.created_event))
        .outerjoin(version, version.c.id == table.c.document_version_id)
        .outerjoin(document, document.c.id == version.c.document_id)
        .outerjoin(coding, coding.c.id == table.c.coding_id)
        .where(owner.c.study_id == viewer.study_id)
        .order_by(table.c.relation_id, table.c.position)
    )
    found: dict[UUID, list[Excerpt]] = {}
    for row in rows:
        whose = row.actor_id if row.coder_id is None else row.coder_id
        if row.document_version_id in blind and whose != viewer.id:
            continue
        found.setdefault(row.relation_id, []).append(excerpt_of(row))
    return found
