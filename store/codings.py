"""Codings and their memos: applied, changed, retired, undone; never edited in place.

A changed coding is a new row that shares its ``lineage_id`` with the one it replaces; memos hang
on the lineage, so that they stay with the passage whatever becomes of its code or valence.
Reading goes through `store.visibility`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection, Row, Select

from codebook.models import Coding, Valence
from corpus.models import Segment
from store import tables
from store.events import record
from store.studies import Member

#: What a coder does to codings by hand and may undo.
UNDOABLE = ("coding.apply", "coding.change", "coding.retire", "memo.write")


def add_coding(
    connection: Connection,
    segment: Segment,
    *,
    actor: Member,
    coder: Member,
    version_id: UUID,
    code_id: UUID,
    codebook_version_id: UUID,
    valence: Valence | None,
    round_id: UUID | None,
    operation_id: UUID,
    memo: str = "",
    action: str = "coding.apply",
) -> UUID:
    """Give a code to a place. The coding's id is the operation's, so that a retry finds it."""
    row = {
        "id": operation_id,
        "lineage_id": operation_id,
        "document_version_id": version_id,
        "coder_id": coder.id,
        "code_id": code_id,
        "codebook_version_id": codebook_version_id,
        "coding_round_id": round_id,
        "start_char": segment.start_char,
        "end_char": segment.end_char,
        "quote": segment.quote,
        "prefix": segment.prefix,
        "suffix": segment.suffix,
        "valence": valence,
    }
    memos = [(tables.memo, _memo_row(operation_id, coder, memo))] if memo else []
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action=action,
        entity=tables.coding,
        entity_id=operation_id,
        operation_id=operation_id,
        add=[(tables.coding, row), *memos],
        detail={
            "version": version_id.hex,
            "coder": coder.id.hex,
            "code": code_id.hex,
            "span": [segment.start_char, segment.end_char],
            "valence": valence,
        },
    )
    return operation_id


def change_coding(
    connection: Connection, row: Row[Any], changes: Mapping[str, Any], *, actor: Member, operation_id: UUID
) -> None:
    """Replace a live coding by one with another code or valence."""
    changed = _columns(row) | dict(changes) | {"id": operation_id}
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="coding.change",
        entity=tables.coding,
        entity_id=operation_id,
        operation_id=operation_id,
        add=[(tables.coding, changed)],
        retire=[(tables.coding, row.id)],
        detail={
            "version": row.document_version_id.hex,
            "code": changed["code_id"].hex,
            "valence": changed["valence"],
        },
    )


def retire_coding(connection: Connection, row: Row[Any], *, actor: Member, operation_id: UUID) -> None:
    """Take a coding back; it stays in the history."""
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="coding.retire",
        entity=tables.coding,
        entity_id=row.id,
        operation_id=operation_id,
        retire=[(tables.coding, row.id)],
        detail={"version": row.document_version_id.hex},
    )


def write_memo(
    connection: Connection, row: Row[Any], text: str, *, actor: Member, operation_id: UUID
) -> None:
    """Set the memo of a coding; an empty text takes it away."""
    old = _live_memo(connection, row.lineage_id)
    if old is None and not text:
        return
    new = [(tables.memo, _memo_row(row.lineage_id, actor, text))] if text else []
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="memo.write",
        entity=tables.memo,
        entity_id=new[0][1]["id"] if new else old.id,  # type: ignore[union-attr]
        operation_id=operation_id,
        add=new,
        retire=[(tables.memo, old.id)] if old is not None else [],
        detail={"version": row.document_version_id.hex, "coding": row.id.hex},
    )


def live_coding(connection: Connection, coding_id: UUID) -> Row[Any] | None:
    """The coding that holds now in the lineage that ``coding_id`` belongs to."""
    coding, other = tables.coding, tables.coding.alias("named")
    return connection.execute(
        sa.select(coding)
        .join(other, other.c.lineage_id == coding.c.lineage_id)
        .where(other.c.id == coding_id, coding.c.retired_event.is_(None))
    ).first()


def live_codings_of(coder: Member, version_id: UUID) -> Select[Any]:
    """A coder's own live codings of a document version."""
    coding = tables.coding
    return sa.select(coding).where(
        coding.c.coder_id == coder.id,
        coding.c.document_version_id == version_id,
        coding.c.retired_event.is_(None),
    )


def undo_last(connection: Connection, *, actor: Member, version_id: UUID, operation_id: UUID) -> bool:
    """Take back the person's last own change in a document; False where there is none.

    Nothing is erased: what the change retired comes back as a new row, what it added is retired.
    """
    change = _last_change(connection, actor, version_id)
    if change is None:
        return False
    retire = [
        (table, row.id)
        for table, row in _added_by(connection, actor, change.seq)
        if row.retired_event is None
    ]
    restored = [
        (table, _columns(row) | {"id": uuid4()}) for table, row in _retired_by(connection, actor, change.seq)
    ]
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="coding.undo",
        entity=tables.coding,
        entity_id=change.entity_id,
        operation_id=operation_id,
        add=restored,
        retire=retire,
        detail={"version": version_id.hex, "undoes": change.seq},
    )
    return True


def read_codings(connection: Connection, query: Select[Any], code_keys: Mapping[UUID, str]) -> list[Coding]:
    """Rows of `visible_codings` or `frozen_codings` as values."""
    return [
        Coding(
            id=row.id,
            document_id=row.document_id,
            coder=row.coder,
            code=code_keys[row.code_id],
            start_char=row.start_char,
            end_char=row.end_char,
            quote=row.quote,
            valence=None if row.valence is None else Valence(row.valence),
            memo=row.memo,
        )
        for row in connection.execute(query)
    ]


def _memo_row(lineage_id: UUID, author: Member, text: str) -> dict[str, Any]:
    return {"id": uuid4(), "lineage_id": lineage_id, "author_id": author.id, "text": text}


def _columns(row: Row[Any]) -> dict[str, Any]:
    return {
        name: value for name, value in row._mapping.items() if name not in ("created_event", "retired_event")
    }


def _live_memo(connection: Connection, lineage_id: UUID) -> Row[Any] | None:
    memo = tables.memo
    return connection.execute(
        sa.select(memo).where(memo.c.lineage_id == lineage_id, memo.c.retired_event.is_(None))
    ).first()


def _last_change(connection: Connection, actor: Member, version_id: UUID) -> Any:
    """The newest undoable event of a person in a document that no undo has answered yet."""
    event = tables.event
    rows = connection.execute(
        sa.select(event.c.seq, event.c.action, event.c.entity_id, event.c.detail)
        .where(
            event.c.study_id == actor.study_id,
            event.c.actor_id == actor.id,
            event.c.action.in_((*UNDOABLE, "coding.undo")),
        )
        .order_by(event.c.seq.desc())
    )
    undone: set[int] = set()
    for row in rows:
        if row.detail.get("version") != version_id.hex:
            continue
        if row.action == "coding.undo":
            undone.add(row.detail["undoes"])
        elif row.seq not in undone:
            return row
    return None


def _added_by(connection: Connection, actor: Member, seq: int) -> list[tuple[sa.Table, Row[Any]]]:
    """Live rows that stem from an event: those it added, or what later undos put in their place."""
    found: list[tuple[sa.Table, Row[Any]]] = []
    for table in (tables.coding, tables.memo):
        added = connection.execute(
            sa.select(table.c.lineage_id).where(
                table.c.study_id == actor.study_id, table.c.created_event == seq
            )
        ).scalars()
        for lineage_id in added.all():
            live = connection.execute(
                sa.select(table).where(table.c.lineage_id == lineage_id, table.c.retired_event.is_(None))
            )
            found += [(table, row) for row in live]
    return found


def _retired_by(connection: Connection, actor: Member, seq: int) -> list[tuple[sa.Table, Row[Any]]]:
    found: list[tuple[sa.Table, Row[Any]]] = []
    for table in (tables.coding, tables.memo):
        rows = connection.execute(
            sa.select(table).where(table.c.study_id == actor.study_id, table.c.retired_event == seq)
        )
        found += [(table, row) for row in rows]
    return found
