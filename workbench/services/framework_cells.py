"""Cells of framework matrices: summaries of a row under a theme, resting on coded passages, drafts kept.

Where two people write in one cell at once, both versions stand there until somebody settles them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine

from codebook.hierarchy import descendants
from codebook.models import Coding
from corpus.errors import UserFacingError
from store import frameworks as kept
from store.codings import read_codings
from store.documents import StoredDocument, documents
from store.engine import reading, writing
from store.events import is_done
from store.frameworks import CellDraft, CellExcerpt, RowKey, Rows, StoredFramework
from store.studies import Member
from store.tables import coding
from store.visibility import visible_codings
from triangulation.models import Excerpt
from workbench.services.codebooks import codes_ever
from workbench.services.errors import NotThere
from workbench.services.framework_rows import FrameworkRow, is_of_row, rows_of
from workbench.services.frameworks import Column, columns_of, may_change, named_framework


@dataclass(frozen=True)
class Draft:
    """What a person wrote in a cell, with the excerpts that it rests on; ``live`` where it holds now."""

    id: UUID
    author: str
    mine: bool
    text: str
    written_at: dt.datetime
    excerpts: tuple[Excerpt, ...]
    live: bool


@dataclass(frozen=True)
class FrameworkMatrix:
    """A framework as one person may read it.

    ``kind`` tells what its rows are, ``left_out`` which documents belong to none of them. ``cells``
    holds, by key of the row and code, the versions that hold now, newest first: several where two
    people wrote at once. A cell in which nothing was written, or nothing to be seen, is not in it.
    """

    name: str
    columns: tuple[Column, ...]
    kind: Rows
    rows: tuple[FrameworkRow, ...]
    left_out: tuple[StoredDocument, ...]
    cells: Mapping[tuple[RowKey, UUID], tuple[Draft, ...]]
    may_change: bool

    @property
    def places(self) -> int:
        """How many cells there are, filled or not."""
        return len(self.rows) * len(self.columns)


@dataclass(frozen=True)
class Saved:
    """A cell that was saved; ``beside`` names whose versions, which the writer had not read, stand beside."""

    id: UUID
    beside: tuple[str, ...] = ()


def framework_matrix(engine: Engine, actor: Member, name: str) -> FrameworkMatrix:
    """A framework with its rows, themes and cells."""
    with reading(engine) as connection:
        found = named_framework(connection, actor, name)
        there = rows_of(connection, actor, found.rows)
        titles = _titles(connection, actor)
        cells = kept.live_cells(connection, actor, found)
        return FrameworkMatrix(
            found.name,
            columns_of(connection, actor, found.columns),
            found.rows,
            (*there.rows, *_rows_that_were(found.rows, there.rows, cells)),
            there.left_out,
            {
                place: tuple(_draft(draft, titles, actor) for draft in drafts)
                for place, drafts in cells.items()
                if place[1] in found.columns
            },
            may_change(actor, found),
        )


def _rows_that_were(
    kind: Rows, rows: Sequence[FrameworkRow], places: Iterable[tuple[RowKey, UUID]]
) -> list[FrameworkRow]:
    """Cases that no document is of any more, in which something is written: it stays in sight."""
    known = {row.key for row in rows}
    gone = dict.fromkeys(key for key, _ in places if key not in known and kind.kind != "document")
    return [FrameworkRow(key, str(key), ()) for key in gone]


def drafts_of(engine: Engine, actor: Member, name: str, row: RowKey, code_id: UUID) -> list[Draft]:
    """Every draft of a cell that a person may read, newest first, those that hold now among them."""
    with reading(engine) as connection:
        found = named_framework(connection, actor, name)
        titles = _titles(connection, actor)
        drafts = kept.drafts(connection, actor, found, cell=(row, code_id))
        return [_draft(draft, titles, actor) for draft in drafts]


def passages_for(engine: Engine, actor: Member, name: str, row: RowKey, code_id: UUID) -> list[Coding]:
    """The codings of a row under a theme, or a code below it, that a person may see, in reading order."""
    with reading(engine) as connection:
        found = named_framework(connection, actor, name)
        of_row = _row(connection, actor, found, row)
        codebook = codes_ever(connection, actor)
        keys = {code.id: code.key for code in codebook.codes}
        wanted = {code_id}
        if code_id in keys:
            wanted |= {code.id for code in descendants(codebook, keys[code_id])}
        versions = {document.id: document.version_id for document in of_row.documents}
        query = visible_codings(actor).where(
            coding.c.document_version_id.in_(versions.values()), coding.c.code_id.in_(wanted)
        )
        order = {document_id: number for number, document_id in enumerate(versions)}
        codings = [
            passage
            for passage in read_codings(connection, query, keys)
            if is_of_row(
                connection,
                found.rows,
                of_row,
                versions[passage.document_id],
                (passage.start_char, passage.end_char),
            )
        ]
        return sorted(codings, key=lambda passage: order[passage.document_id])


def save_cell(
    engine: Engine,
    actor: Member,
    name: str,
    *,
    row: RowKey,
    code_id: UUID,
    text: str,
    coding_ids: Collection[UUID] = (),
    instead_of: Collection[UUID] = (),
    operation_id: UUID | None = None,
) -> Saved:
    """Write the summary of a document or a case under a theme.

    Parameters
    ----------
    coding_ids : collection of UUID
        The codings whose passages the summary rests on: codings that the person may see, or that an
        excerpt of a version in ``instead_of`` was taken from.
    instead_of : collection of UUID
        The versions of the cell that the person had before them when they began to write. Only these
        cease to hold; what somebody else has saved meanwhile stands beside.

    Raises
    ------
    UserFacingError
        If there are no words, or the framework has no such row or theme.
    """
    words = text.replace("\x00", "").strip()
    if not words:
        raise UserFacingError("A summary needs words. Write it, or clear the cell.")
    operation_id = operation_id or uuid4()
    with writing(engine) as connection:
        if is_done(connection, operation_id):
            return Saved(operation_id)
        found = named_framework(connection, actor, name)
        of_row = _cell_of(connection, actor, found, row, code_id)
        live = kept.live(kept.drafts(connection, actor, found, cell=(row, code_id)))
        replaced = [draft for draft in live if draft.id in instead_of]
        excerpts = _excerpts(connection, actor, found, of_row, coding_ids, replaced)
        if len(replaced) == 1 and (replaced[0].text, list(replaced[0].excerpts)) == (words, excerpts):
            return Saved(replaced[0].id)  # nothing to change is no change
        saved = kept.save_cell(
            connection,
            found,
            actor=actor,
            row=row,
            code_id=code_id,
            text=words,
            excerpts=excerpts,
            instead_of=[draft.id for draft in replaced],
            action="cell.write",
            operation_id=operation_id,
        )
        return Saved(saved, tuple(draft.author for draft in live if draft not in replaced))


def restore_draft(
    engine: Engine, actor: Member, name: str, draft_id: UUID, *, instead_of: Collection[UUID] = ()
) -> Saved:
    """Write an earlier draft again, with its excerpts, in place of the versions that the person had read."""
    with writing(engine) as connection:
        found = named_framework(connection, actor, name)
        drafts = kept.drafts(connection, actor, found)
        draft = next((draft for draft in drafts if draft.id == draft_id), None)
        if draft is None:
            raise NotThere("This draft is not in the framework. Reload the page.")
        cell = (draft.row, draft.code_id)
        _cell_of(connection, actor, found, *cell)
        live = kept.live(other for other in drafts if (other.row, other.code_id) == cell)
        replaced = [other for other in live if other.id in instead_of]
        saved = kept.save_cell(
            connection,
            found,
            actor=actor,
            row=draft.row,
            code_id=draft.code_id,
            text=draft.text,
            excerpts=draft.excerpts,
            instead_of=[other.id for other in replaced],
            action="cell.restore",
            operation_id=uuid4(),
        )
        return Saved(saved, tuple(other.author for other in live if other not in replaced))


def clear_cell(
    engine: Engine,
    actor: Member,
    name: str,
    *,
    row: RowKey,
    code_id: UUID,
    instead_of: Collection[UUID],
) -> None:
    """Take away the versions of a cell that the person had read; they stay among its drafts."""
    with writing(engine) as connection:
        found = named_framework(connection, actor, name)
        live = kept.live(kept.drafts(connection, actor, found, cell=(row, code_id)))
        read = [draft for draft in live if draft.id in instead_of]
        if read:
            kept.clear_cell(connection, found, read, actor=actor)


def _draft(draft: CellDraft, titles: Mapping[UUID, str], actor: Member) -> Draft:
    return Draft(
        draft.id,
        draft.author,
        draft.author_id == actor.id,
        draft.text,
        dt.datetime.fromisoformat(draft.written_at),
        tuple(
            Excerpt(
                e.document_id,
                titles.get(e.document_id, ""),
                e.start_char,
                e.end_char,
                e.quote,
                e.coding_id,
                e.version_id,
            )
            for e in draft.excerpts
        ),
        draft.live,
    )


def _excerpts(
    connection: Connection,
    actor: Member,
    found: StoredFramework,
    row: FrameworkRow,
    coding_ids: Collection[UUID],
    replaced: Sequence[CellDraft],
) -> list[CellExcerpt]:
    """The chosen passages in reading order, each once."""
    order = {document.id: number for number, document in enumerate(row.documents)}
    seen = visible_codings(actor).where(coding.c.id.in_(list(coding_ids)))
    there = {
        c.id: CellExcerpt(c.document_id, c.document_version_id, c.id, c.start_char, c.end_char, c.quote)
        for c in connection.execute(seen)
        if c.document_id in order
        and is_of_row(connection, found.rows, row, c.document_version_id, (c.start_char, c.end_char))
    }
    kept_before = {e.coding_id: e for draft in replaced for e in draft.excerpts if e.coding_id is not None}
    missing = [i for i in coding_ids if i not in there and i not in kept_before]
    if missing:
        raise NotThere("A passage that you chose was taken back, or is not to be seen now. Choose again.")
    chosen = [there.get(i) or kept_before[i] for i in dict.fromkeys(coding_ids)]
    return sorted(
        chosen,
        key=lambda e: (order.get(e.document_id, len(order)), e.start_char, e.end_char, str(e.coding_id)),
    )


def _titles(connection: Connection, actor: Member) -> dict[UUID, str]:
    return {document.id: document.title for document in documents(connection, actor.study_id)}


def _row(connection: Connection, actor: Member, found: StoredFramework, key: RowKey) -> FrameworkRow:
    rows = rows_of(connection, actor, found.rows).rows
    row = next((row for row in rows if row.key == key), None)
    if row is None:
        were = _rows_that_were(found.rows, rows, kept.live_cells(connection, actor, found))
        row = next((row for row in were if row.key == key), None)
    if row is None:
        raise NotThere(f"The framework '{found.name}' has no such row now. Reload the page.")
    return row


def _cell_of(
    connection: Connection, actor: Member, found: StoredFramework, key: RowKey, code_id: UUID
) -> FrameworkRow:
    """The row of a cell that the framework has."""
    if code_id not in found.columns:
        raise NotThere(f"The framework '{found.name}' has no such theme now. Reload the page.")
    return _row(connection, actor, found, key)
