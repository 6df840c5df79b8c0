"""Codings that take another code because the codebook changed: new rows of the same lineage, own events.

These are no acts of the coder, so that an undo in the reader does not take them back.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from corpus.anchoring import CONTEXT
from store import tables
from store.events import NewRow, record
from store.studies import Member


def coding_rows(connection: Connection, ids: Sequence[UUID]) -> dict[UUID, Row[Any]]:
    """The rows of codings that a person was shown, by id; only those that still hold."""
    coding = tables.coding
    query = sa.select(coding).where(coding.c.retired_event.is_(None))
    return {
        row.id: row for part in _parts(ids) for row in connection.execute(query.where(coding.c.id.in_(part)))
    }


def carry_over(
    connection: Connection, row: Row[Any], *, actor: Member, code_id: UUID, codebook_version_id: UUID
) -> UUID:
    """Let a coding bear another code, or the same one under a newer version; returns the new row's id."""
    new_id = uuid4()
    changed = _columns(row) | {
        "id": new_id,
        "code_id": code_id,
        "codebook_version_id": codebook_version_id,
    }
    _record(connection, row, actor, new_id, add=[(tables.coding, changed)], retire=[(tables.coding, row.id)])
    return new_id


def join(
    connection: Connection,
    rows: Sequence[Row[Any]],
    *,
    start_char: int,
    end_char: int,
    actor: Member,
    code_id: UUID,
    codebook_version_id: UUID,
) -> UUID:
    """Let several codings of one coder become one passage in the lineage of the first.

    Memos of the others are joined to the first one's; a mark that a coding was suggested goes along.
    """
    first, *others = rows
    text = _text(connection, first.document_version_id)
    new_id = uuid4()
    changed = _columns(first) | {
        "id": new_id,
        "code_id": code_id,
        "codebook_version_id": codebook_version_id,
        "start_char": start_char,
        "end_char": end_char,
        "quote": text[start_char:end_char],
        "prefix": text[max(0, start_char - CONTEXT) : start_char],
        "suffix": text[end_char : end_char + CONTEXT],
    }
    add: list[NewRow] = [(tables.coding, changed)]
    retire = [(tables.coding, row.id) for row in rows]
    for moved, gone in (_moved_memos(connection, rows), *(_moved(connection, row, first) for row in others)):
        add += moved
        retire += gone
    add += [
        (tables.coding_origin, _columns(origin) | {"id": uuid4(), "lineage_id": first.lineage_id})
        for row in others
        for origin in connection.execute(
            sa.select(tables.coding_origin).where(tables.coding_origin.c.lineage_id == row.lineage_id)
        )
    ]
    _record(connection, first, actor, new_id, add=add, retire=retire)
    return new_id


@dataclass(frozen=True)
class TakenBack:
    """What undoing some recodings adds and retires; ``left`` codings were changed since and stay."""

    add: tuple[NewRow, ...]
    retire: tuple[tuple[sa.Table, UUID], ...]
    given_back: int
    left: int


def recoded_after(connection: Connection, study_id: UUID, seq: int) -> list[int]:
    """The numbers of the events by which codings took another code along with a change of the codebook."""
    event = tables.event
    later = sa.select(event.c.seq, event.c.action).where(event.c.study_id == study_id, event.c.seq > seq)
    rows = connection.execute(later.order_by(event.c.seq))
    return [row.seq for row in itertools.takewhile(lambda row: row.action == "coding.recode", rows)]


def take_back(connection: Connection, study_id: UUID, seqs: Sequence[int]) -> TakenBack:
    """How what some recodings did is undone, for every coding that is still as they left it.

    What they retired holds again, as new rows of the same lineage, in place of what they added. A memo
    that was changed since stays.
    """
    add: list[NewRow] = []
    retire: list[tuple[sa.Table, UUID]] = []
    given_back = left = 0
    for seq in seqs:
        made, gone = (_rows_of(connection, study_id, seq, column) for column in _ENDS)
        holding = [(table, row) for table, row in made if row.retired_event is None]
        if all(table is not tables.coding for table, _ in holding):
            left += 1
            continue
        changed = {(table, row.lineage_id) for table, row in made} - {
            (table, row.lineage_id) for table, row in holding
        }
        back = [(table, row) for table, row in gone if (table, row.lineage_id) not in changed]
        add += [(table, _columns(row) | {"id": uuid4()}) for table, row in back]
        retire += [(table, row.id) for table, row in holding]
        given_back += sum(table is tables.coding for table, _ in back)
    return TakenBack(tuple(add), tuple(retire), given_back, left)


_ENDS = ("created_event", "retired_event")
_OF_CODINGS = (tables.coding, tables.memo, tables.coding_detail, tables.research_memo)


def _rows_of(
    connection: Connection, study_id: UUID, seq: int, column: str
) -> list[tuple[sa.Table, Row[Any]]]:
    """The rows that an event added or retired."""
    return [
        (table, row)
        for table in _OF_CODINGS
        for row in connection.execute(
            sa.select(table).where(table.c.study_id == study_id, table.c[column] == seq)
        )
    ]


def _record(
    connection: Connection,
    row: Row[Any],
    actor: Member,
    new_id: UUID,
    *,
    add: Sequence[NewRow],
    retire: Sequence[tuple[sa.Table, UUID]],
) -> None:
    changed = add[0][1]
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="coding.recode",
        entity=tables.coding,
        entity_id=new_id,
        operation_id=new_id,
        add=add,
        retire=retire,
        detail={
            "version": row.document_version_id.hex,
            "coder": row.coder_id.hex,
            "was": row.code_id.hex,
            "code": changed["code_id"].hex,
            "span": [changed["start_char"], changed["end_char"]],
        },
    )


def _moved_memos(
    connection: Connection, rows: Sequence[Row[Any]]
) -> tuple[list[NewRow], list[tuple[sa.Table, UUID]]]:
    """One memo in the place of several; nothing where there are not several."""
    memo = tables.memo
    lineages = [row.lineage_id for row in rows]
    query = sa.select(memo).where(memo.c.lineage_id.in_(lineages), memo.c.retired_event.is_(None))
    found = sorted(connection.execute(query), key=lambda held: lineages.index(held.lineage_id))
    if not found or (len(found) == 1 and found[0].lineage_id == lineages[0]):
        return [], []
    text = "\n\n".join(dict.fromkeys(held.text for held in found))
    new = _columns(found[0]) | {"id": uuid4(), "lineage_id": lineages[0], "text": text}
    return [(memo, new)], [(memo, held.id) for held in found]


def _moved(
    connection: Connection, row: Row[Any], first: Row[Any]
) -> tuple[list[NewRow], list[tuple[sa.Table, UUID]]]:
    """Research memos about a coding that is joined go to the one that lives on; its attributes are alike."""
    table = tables.research_memo
    query = sa.select(table).where(
        table.c.about == "coding", table.c.about_id == row.lineage_id, table.c.retired_event.is_(None)
    )
    held = connection.execute(query).all()
    detail = tables.coding_detail
    alike = connection.execute(
        sa.select(detail.c.id).where(detail.c.lineage_id == row.lineage_id, detail.c.retired_event.is_(None))
    ).scalars()
    return (
        [(table, _columns(one) | {"id": uuid4(), "about_id": first.lineage_id}) for one in held],
        [*((table, one.id) for one in held), *((detail, one) for one in alike)],
    )


def _text(connection: Connection, version_id: UUID) -> str:
    version = tables.document_version
    return str(connection.execute(sa.select(version.c.text).where(version.c.id == version_id)).scalar_one())


def _columns(row: Row[Any]) -> dict[str, Any]:
    return {
        name: value for name, value in row._mapping.items() if name not in ("created_event", "retired_event")
    }


def _parts(ids: Sequence[UUID], size: int = 500) -> list[Sequence[UUID]]:
    return [ids[start : start + size] for start in range(0, len(ids), size)]
