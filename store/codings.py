"""Codings with their memos and attributes: applied, changed, retired, undone; never edited in place.

A changed coding is a new row that shares its ``lineage_id`` with the one it replaces; memos and
attributes hang on the lineage, so that they stay with the passage whatever becomes of its code,
valence or ends. Reading goes through `store.visibility`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection, Row, Select

from codebook.models import Coding, CodingDetail, Origin, Valence
from corpus.models import Segment
from store import tables
from store.events import record
from store.origins import origin_row
from store.studies import Member

#: What a coder does to codings by hand and may undo.
UNDOABLE = (
    "coding.apply",
    "coding.change",
    "coding.resize",
    "coding.retire",
    "coding.detail",
    "memo.write",
)

_CHANGES_CODINGS = frozenset((*UNDOABLE, "coding.undo", "coding.redo", "coding.import", "coding.take"))
_MANY = 500

#: What hangs on the lineage of a coding and comes back with an undo, each with ``lineage_id``.
OF_LINEAGE = (tables.coding, tables.memo, tables.coding_detail)


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
    detail: CodingDetail = CodingDetail(),
    origin: Origin | None = None,
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
    said = [(tables.memo, _memo_row(operation_id, coder, memo))] if memo else []
    if detail != CodingDetail():
        said.append((tables.coding_detail, _detail_row(operation_id, detail)))
    if origin is not None:
        said.append((tables.coding_origin, origin_row(operation_id, origin)))
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action=action,
        entity=tables.coding,
        entity_id=operation_id,
        operation_id=operation_id,
        add=[(tables.coding, row), *said],
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
    """Replace a live coding by one with another code or valence, or with other ends."""
    is_moved = "start_char" in changes
    changed = _columns(row) | dict(changes) | {"id": operation_id}
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="coding.resize" if is_moved else "coding.change",
        entity=tables.coding,
        entity_id=operation_id,
        operation_id=operation_id,
        add=[(tables.coding, changed)],
        retire=[(tables.coding, row.id)],
        detail={
            "version": row.document_version_id.hex,
            "code": changed["code_id"].hex,
            "valence": changed["valence"],
            "span": [changed["start_char"], changed["end_char"]],
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
    old = _live(connection, tables.memo, row.lineage_id)
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


def write_detail(
    connection: Connection, row: Row[Any], detail: CodingDetail, *, actor: Member, operation_id: UUID
) -> None:
    """Set the attributes of a coding; empty ones take them away."""
    old = _live(connection, tables.coding_detail, row.lineage_id)
    if old is None and detail == CodingDetail():
        return
    new = [] if detail == CodingDetail() else [_detail_row(row.lineage_id, detail)]
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="coding.detail",
        entity=tables.coding_detail,
        entity_id=new[0]["id"] if new else old.id,  # type: ignore[union-attr]
        operation_id=operation_id,
        add=[(tables.coding_detail, values) for values in new],
        retire=[(tables.coding_detail, old.id)] if old is not None else [],
        detail={
            "version": row.document_version_id.hex,
            "coding": row.id.hex,
            **{name: getattr(detail, name) for name in ("strength", "evidence", "certainty")},
        },
    )


def live_coding(connection: Connection, coding_id: UUID) -> Row[Any] | None:
    """The coding that holds now in the lineage that ``coding_id`` belongs to."""
    coding, other = tables.coding, tables.coding.alias("named")
    return connection.execute(
        sa.select(coding)
        .join(other, other.c.lineage_id == coding.c.lineage_id)
        .where(other.c.id == coding_id, coding.c.retired_event.is_(None))
    ).first()


def lineage_of(connection: Connection, entity_id: UUID) -> UUID | None:
    """The lineage that a coding, a memo or attributes belong to; None of anything else."""
    for table in OF_LINEAGE:
        query = sa.select(table.c.lineage_id).where(table.c.id == entity_id)
        found: UUID | None = connection.execute(query).scalar()
        if found is not None:
            return found
    return None


def lineages_changed(
    connection: Connection, study_id: UUID, version_id: UUID, *, since: int
) -> set[UUID] | None:
    """The codings of a version that changed after an event, by lineage.

    None where something else happened that can change what a person sees (a round, a codebook), or
    so much that reading all codings again is as quick.
    """
    event = tables.event
    rows = connection.execute(
        sa.select(event.c.action, event.c.entity_id, event.c.detail).where(
            event.c.study_id == study_id, event.c.seq > since
        )
    ).all()
    if not all(row.action in _CHANGES_CODINGS or row.action.startswith("reading.") for row in rows):
        return None
    here = [row for row in rows if row.detail.get("version") == version_id.hex]
    ids = {row.entity_id for row in here if row.action in _CHANGES_CODINGS}
    if len(ids) > _MANY:
        return None
    return {
        lineage_id
        for table in (OF_LINEAGE if ids else ())
        for lineage_id in connection.scalars(sa.select(table.c.lineage_id).where(table.c.id.in_(ids)))
    }


def live_codings_of(coder: Member, version_id: UUID) -> Select[Any]:
    """A coder's own live codings of a document version."""
    coding = tables.coding
    return sa.select(coding).where(
        coding.c.coder_id == coder.id,
        coding.c.document_version_id == version_id,
        coding.c.retired_event.is_(None),
    )


def is_coded(connection: Connection, coder: Member, version_id: UUID, place: tuple[int, int, UUID]) -> bool:
    """Whether a coder has given a code (its id) to exactly a place (start, end) already."""
    start, end, code_id = place
    coding = tables.coding
    found = live_codings_of(coder, version_id).where(
        coding.c.start_char == start, coding.c.end_char == end, coding.c.code_id == code_id
    )
    return connection.execute(found.limit(1)).first() is not None


def undo_last(connection: Connection, *, actor: Member, version_id: UUID, operation_id: UUID) -> bool:
    """Take back the person's last own change in a document; False where there is none.

    Nothing is erased: what the change retired comes back as a new row, what it added is retired.
    """
    change = _last_change(connection, actor, version_id)
    if change is None:
        return False
    lineage_id = lineage_of(connection, change.entity_id)
    _turn(
        connection,
        actor,
        lineages=_rows_of(connection, lineage_id, change.seq),
        wanted=_rows_of(connection, lineage_id, change.seq, "retired_event"),
        action="coding.undo",
        entity_id=change.entity_id,
        operation_id=operation_id,
        detail={"version": version_id.hex, "undoes": change.seq},
    )
    return True


def redo_last(connection: Connection, *, actor: Member, version_id: UUID, operation_id: UUID) -> bool:
    """Do again what the person's last undo in a document took back; False where there is none.

    A new change ends what can be done again, as everywhere.
    """
    undone = _last_undo(connection, actor, version_id)
    if undone is None:
        return False
    change, lineage_id = undone.detail["undoes"], lineage_of(connection, undone.entity_id)
    _turn(
        connection,
        actor,
        lineages=_rows_of(connection, lineage_id, change, "retired_event"),
        wanted=_rows_of(connection, lineage_id, change),
        action="coding.redo",
        entity_id=undone.entity_id,
        operation_id=operation_id,
        detail={"version": version_id.hex, "redoes": undone.seq},
    )
    return True


def read_codings(connection: Connection, query: Select[Any], code_keys: Mapping[UUID, str]) -> list[Coding]:
    """Rows of `visible_codings` or `frozen_codings` as values."""
    # Turning ids into UUIDs takes most of the time: only those that are needed are read.
    needed = [column for column in query.selected_columns if column.key in _READ]
    rows = connection.execute(query.with_only_columns(*needed, maintain_column_froms=True))
    with_details = tuple(rows.keys())[-len(_DETAILS) :] == _DETAILS
    return [
        Coding(
            id=row.id,
            document_id=row.document_id,
            coder=row.coder,
            code=code_keys[row.code_id],
            start_char=row.start_char,
            end_char=row.end_char,
            quote=row.quote,
            valence=_VALENCES[row.valence],
            memo=row.memo,
            detail=_detail(row) if with_details else _NO_DETAIL,
            lineage=row.lineage_id,
        )
        for row in rows
    ]


_VALENCES: dict[str | None, Valence | None] = {None: None, **{valence.value: valence for valence in Valence}}
_NO_DETAIL = CodingDetail()
_DETAILS = ("strength", "evidence", "actor", "timepoint", "certainty")
_READ = frozenset(
    (
        "id",
        "document_id",
        "coder",
        "code_id",
        "start_char",
        "end_char",
        "quote",
        "valence",
        "memo",
        "lineage_id",
    )
) | set(_DETAILS)


def _detail(row: Row[Any]) -> CodingDetail:
    """The attributes of a row that was read `with_details`."""
    if not any(row[-len(_DETAILS) :]):
        return _NO_DETAIL
    return CodingDetail(row.strength, row.evidence, row.actor or "", row.timepoint or "", row.certainty)


def _memo_row(lineage_id: UUID, author: Member, text: str) -> dict[str, Any]:
    return {"id": uuid4(), "lineage_id": lineage_id, "author_id": author.id, "text": text}


def _detail_row(lineage_id: UUID, detail: CodingDetail) -> dict[str, Any]:
    return {"id": uuid4(), "lineage_id": lineage_id} | asdict(detail)


def _columns(row: Row[Any]) -> dict[str, Any]:
    return {
        name: value for name, value in row._mapping.items() if name not in ("created_event", "retired_event")
    }


def _live(connection: Connection, table: sa.Table, lineage_id: UUID) -> Row[Any] | None:
    """The row of a lineage that holds now."""
    return connection.execute(
        sa.select(table).where(table.c.lineage_id == lineage_id, table.c.retired_event.is_(None))
    ).first()


def _own_changes(connection: Connection, actor: Member, version_id: UUID) -> Iterator[Any]:
    """A person's changes, undoings and redoings in a document, newest first."""
    event = tables.event
    rows = connection.execute(
        sa.select(event.c.seq, event.c.action, event.c.entity_id, event.c.detail)
        .where(
            event.c.study_id == actor.study_id,
            event.c.actor_id == actor.id,
            event.c.action.in_((*UNDOABLE, "coding.undo", "coding.redo")),
        )
        .order_by(event.c.seq.desc())
    )
    return (row for row in rows if row.detail.get("version") == version_id.hex)


def _last_change(connection: Connection, actor: Member, version_id: UUID) -> Any:
    """The newest change that no undo has answered, or whose undo was answered by a redo."""
    undone: set[int] = set()
    redone: set[int] = set()
    for row in _own_changes(connection, actor, version_id):
        if row.action == "coding.redo":
            redone.add(row.detail["redoes"])
        elif row.action == "coding.undo":
            if row.seq not in redone:
                undone.add(row.detail["undoes"])
        elif row.seq not in undone:
            return row
    return None


def _last_undo(connection: Connection, actor: Member, version_id: UUID) -> Any:
    """The newest undo that no redo has answered and no new change has sealed."""
    redone: set[int] = set()
    for row in _own_changes(connection, actor, version_id):
        if row.action == "coding.redo":
            redone.add(row.detail["redoes"])
        elif row.action != "coding.undo":
            return None
        elif row.seq not in redone:
            return row
    return None


_Rows = list[tuple[sa.Table, Row[Any]]]


def _turn(
    connection: Connection,
    actor: Member,
    *,
    lineages: _Rows,
    wanted: _Rows,
    action: str,
    entity_id: UUID,
    operation_id: UUID,
    detail: Mapping[str, Any],
) -> None:
    """Let the wanted rows hold again, as copies, in place of what holds now in these lineages.

    A coding that the coder has given to the same place otherwise meanwhile, as from a file, is not
    given a second time.
    """
    touched = dict.fromkeys((table, row.lineage_id) for table, row in (*lineages, *wanted))
    holding = [(table, _live(connection, table, lineage)) for table, lineage in touched]
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action=action,
        entity=tables.coding,
        entity_id=entity_id,
        operation_id=operation_id,
        add=[
            (table, _columns(row) | {"id": uuid4()})
            for table, row in wanted
            if table is not tables.coding or not _stands_in_another_lineage(connection, row)
        ],
        retire=[(table, row.id) for table, row in holding if row is not None],
        detail=detail,
    )


def _stands_in_another_lineage(connection: Connection, row: Row[Any]) -> bool:
    coding = tables.coding
    same = ("coder_id", "document_version_id", "code_id", "start_char", "end_char")
    found = sa.select(coding.c.id).where(
        *(coding.c[name] == row._mapping[name] for name in same),
        coding.c.lineage_id != row.lineage_id,
        coding.c.retired_event.is_(None),
    )
    return connection.execute(found.limit(1)).first() is not None


def _rows_of(
    connection: Connection, lineage_id: UUID | None, seq: int, which: str = "created_event"
) -> _Rows:
    """The rows of a lineage that an event brought, or with ``retired_event`` those that it retired."""
    return [
        (table, row)
        for table in OF_LINEAGE
        for row in connection.execute(
            sa.select(table).where(table.c.lineage_id == lineage_id, table.c[which] == seq)
        )
    ]
