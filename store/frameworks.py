"""Framework matrices (Ritchie & Spencer): documents or cases against themes, a summary in each cell.

A case is what one speaker said across documents, or the documents that share the value of an attribute.

Every save of a cell is a new row, so that earlier drafts can be read and restored. A framework whose
columns or name change is a new row that the same event put in the place of the one before, and cells of
all these rows belong to it. Where two people wrote at once, both rows hold until somebody settles them.
Reading goes through `store.visibility`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection, Row, Select, Table

from store import tables
from store.events import NewRow, record
from store.excerpts import excerpt_rows
from store.studies import Member
from store.visibility import visible_case_cells, visible_cell_excerpts, visible_cells

#: What names a row: the id of a document, or the name of a case.
RowKey = UUID | str


@dataclass(frozen=True)
class Rows:
    """What the rows of a framework are; ``attribute`` is empty where they are not values of one."""

    kind: Literal["document", "speaker", "attribute"]
    attribute: str = ""


DOCUMENTS = Rows("document")
SPEAKERS = Rows("speaker")


@dataclass(frozen=True)
class StoredFramework:
    """A framework: its name and columns as they are now, and every entry that it ever was.

    ``id`` is the entry that holds, or held last; ``former_names`` the names that it had before, the last
    one first. ``maker_id`` is who made the first entry.
    """

    id: UUID
    name: str
    former_names: tuple[str, ...]
    rows: Rows
    columns: tuple[UUID, ...]
    ids: tuple[UUID, ...]
    maker_id: UUID
    retired: bool


@dataclass(frozen=True)
class CellExcerpt:
    """A quote that a summary rests on, at its place; ``coding_id`` is the coding it was taken from."""

    document_id: UUID
    version_id: UUID
    coding_id: UUID | None
    start_char: int
    end_char: int
    quote: str


@dataclass(frozen=True)
class CellDraft:
    """What a person wrote in a cell at a time; ``live`` where it holds now."""

    id: UUID
    row: RowKey
    code_id: UUID
    author_id: UUID
    author: str
    text: str
    excerpts: tuple[CellExcerpt, ...]
    written_at: str
    live: bool


def frameworks(connection: Connection, study_id: UUID) -> list[StoredFramework]:
    """The frameworks of a study in the order in which they were made, retired ones too."""
    table, event = tables.framework, tables.event
    rows = connection.execute(
        sa.select(table, event.c.actor_id, event.c.action, event.c.detail)
        .join(event, (event.c.study_id == table.c.study_id) & (event.c.seq == table.c.created_event))
        .where(table.c.study_id == study_id)
        .order_by(table.c.created_event)
    )
    lineages: list[list[Row[Any]]] = []
    for row in rows:
        earlier = next((found for found in reversed(lineages) if _carries_on(row, found[-1])), None)
        if earlier is None:
            lineages.append([row])
        else:
            earlier.append(row)
    columns, rows_of = _columns_of(connection, study_id), _rows_of(connection, study_id)
    return [
        StoredFramework(
            found[-1].id,
            found[-1].name,
            tuple(dict.fromkeys(row.name for row in reversed(found) if row.name != found[-1].name)),
            rows_of.get(found[-1].id, DOCUMENTS),
            tuple(columns[found[-1].id]),
            tuple(row.id for row in found),
            found[0].actor_id,
            found[-1].retired_event is not None,
        )
        for found in lineages
    ]


def _carries_on(row: Row[Any], last: Row[Any]) -> bool:
    """Whether a row came in the place of another: in one event, or when it was brought back."""
    if row.action == "framework.restore":
        restored = row.detail.get("restores")
        # Events of the first versions do not say which; names were then not used again.
        return bool(row.name == last.name if restored is None else restored == last.id.hex)
    return bool(row.created_event == last.retired_event)


def add_framework(
    connection: Connection,
    *,
    actor: Member,
    name: str,
    rows: Rows,
    code_ids: Sequence[UUID],
    action: str,
    instead_of: UUID | None = None,
    restores: UUID | None = None,
) -> UUID:
    """A framework with its rows and columns; in the place of its earlier entry where one is given."""
    framework_id = uuid4()
    columns: list[NewRow] = [
        (tables.framework_column, {"framework_id": framework_id, "position": n, "code_id": code_id})
        for n, code_id in enumerate(code_ids)
    ]
    if rows.kind != "document":
        chosen = {"framework_id": framework_id, "kind": rows.kind, "attribute": rows.attribute}
        columns.append((tables.framework_rows, chosen))
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action=action,
        entity=tables.framework,
        entity_id=framework_id,
        add=[(tables.framework, {"id": framework_id, "name": name}), *columns],
        retire=[] if instead_of is None else [(tables.framework, instead_of)],
        detail={"columns": [code_id.hex for code_id in code_ids]}
        | ({} if restores is None else {"restores": restores.hex}),
    )
    return framework_id


def retire_framework(connection: Connection, found: StoredFramework, *, actor: Member) -> None:
    """Take a framework away; its cells stay in the history."""
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="framework.retire",
        entity=tables.framework,
        entity_id=found.id,
        retire=[(tables.framework, found.id)],
    )


def drafts(
    connection: Connection,
    viewer: Member,
    found: StoredFramework,
    *,
    cell: tuple[RowKey, UUID] | None = None,
) -> list[CellDraft]:
    """All drafts of a framework, or of one cell (row, code), that a person may read, newest first."""
    at = _kept_at(found)
    query = at.visible(viewer).where(at.cell.c.framework_id.in_(found.ids))
    if cell is not None:
        query = query.where(at.cell.c[at.row] == cell[0], at.cell.c.code_id == cell[1])
    rows = connection.execute(query).all()
    excerpts = _excerpts_of(connection, viewer, at, [row.id for row in rows])
    return [_draft(row, row._mapping[at.row], excerpts[row.id]) for row in rows]


def live(drafts: Iterable[CellDraft]) -> list[CellDraft]:
    """The drafts that hold now."""
    return [draft for draft in drafts if draft.live]


def live_cells(
    connection: Connection, viewer: Member, found: StoredFramework
) -> dict[tuple[RowKey, UUID], list[CellDraft]]:
    """By row and code, the drafts that hold now and that a person may read, newest first."""
    cells: dict[tuple[RowKey, UUID], list[CellDraft]] = defaultdict(list)
    for draft in live(drafts(connection, viewer, found)):
        cells[draft.row, draft.code_id].append(draft)
    return cells


def save_cell(
    connection: Connection,
    found: StoredFramework,
    *,
    actor: Member,
    row: RowKey,
    code_id: UUID,
    text: str,
    excerpts: Iterable[CellExcerpt],
    instead_of: Collection[UUID],
    action: str,
    operation_id: UUID,
) -> UUID:
    """Write a cell; the rows that it stands in place of cease to hold, other rows of the cell stay."""
    at = _kept_at(found)
    cell = {
        "id": operation_id,
        "framework_id": found.id,
        at.row: row,
        "code_id": code_id,
        "author_id": actor.id,
        "text": text,
    }
    rests_on = excerpt_rows(at.excerpt, at.owner, operation_id, excerpts)
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action=action,
        entity=at.cell,
        entity_id=operation_id,
        operation_id=operation_id,
        add=[(at.cell, cell), *rests_on],
        retire=[(at.cell, row_id) for row_id in instead_of],
        detail=_told(row, code_id) | {"excerpts": len(rests_on)},
    )
    return operation_id


def clear_cell(
    connection: Connection, found: StoredFramework, drafts: Sequence[CellDraft], *, actor: Member
) -> None:
    """Empty a cell; what stood there can be restored."""
    at = _kept_at(found)
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="cell.clear",
        entity=at.cell,
        entity_id=drafts[0].id,
        retire=[(at.cell, draft.id) for draft in drafts],
        detail=_told(drafts[0].row, drafts[0].code_id),
    )


def _told(row: RowKey, code_id: UUID) -> dict[str, Any]:
    """Which cell an event is about. The name of a case is words, and stands in no event."""
    return {"code": code_id.hex} | ({"document": row.hex} if isinstance(row, UUID) else {})


@dataclass(frozen=True)
class _Kept:
    """Where cells stand: their table and its column that names the row, and the table of excerpts."""

    cell: Table
    row: str
    excerpt: Table
    owner: str
    visible: Callable[[Member], Select[Any]]


_OF_DOCUMENTS = _Kept(
    tables.framework_cell, "document_id", tables.framework_excerpt, "framework_cell_id", visible_cells
)
_OF_CASES = _Kept(
    tables.framework_case_cell,
    "case_name",
    tables.framework_case_excerpt,
    "framework_case_cell_id",
    visible_case_cells,
)


def _kept_at(found: StoredFramework) -> _Kept:
    return _OF_DOCUMENTS if found.rows.kind == "document" else _OF_CASES


def _rows_of(connection: Connection, study_id: UUID) -> dict[UUID, Rows]:
    """What the rows of frameworks are where they are not documents."""
    rows, framework = tables.framework_rows, tables.framework
    found = connection.execute(sa.select(rows).join(framework).where(framework.c.study_id == study_id))
    return {row.framework_id: Rows(row.kind, row.attribute) for row in found}


def _columns_of(connection: Connection, study_id: UUID) -> dict[UUID, list[UUID]]:
    column, framework = tables.framework_column, tables.framework
    rows = connection.execute(
        sa.select(column)
        .join(framework, framework.c.id == column.c.framework_id)
        .where(framework.c.study_id == study_id)
        .order_by(column.c.framework_id, column.c.position)
    )
    columns: dict[UUID, list[UUID]] = defaultdict(list)
    for row in rows:
        columns[row.framework_id].append(row.code_id)
    return columns


def _excerpts_of(
    connection: Connection, viewer: Member, at: _Kept, cell_ids: Sequence[UUID]
) -> dict[UUID, list[CellExcerpt]]:
    owner = at.excerpt.c[at.owner]
    found: dict[UUID, list[CellExcerpt]] = defaultdict(list)
    query = visible_cell_excerpts(viewer, at.excerpt).where(owner.in_(cell_ids))
    for row in connection.execute(query):
        found[row._mapping[owner]].append(
            CellExcerpt(
                row.document_id,
                row.document_version_id,
                row.coding_id,
                row.start_char,
                row.end_char,
                row.quote,
            )
        )
    return found


def _draft(row: Row[Any], key: RowKey, excerpts: Sequence[CellExcerpt]) -> CellDraft:
    return CellDraft(
        row.id,
        key,
        row.code_id,
        row.author_id,
        row.author,
        row.text,
        tuple(excerpts),
        row.written_at,
        row.retired_event is None,
    )
