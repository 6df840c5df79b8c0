"""Framework matrices: summaries of documents under themes, resting on coded passages, drafts kept.

Where two people write in one cell at once, both versions stand there until somebody settles them.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine

from codebook.hierarchy import descendants, resolve
from codebook.models import Coding
from corpus.errors import UserFacingError
from store import frameworks as kept
from store.codings import read_codings
from store.documents import StoredDocument, documents
from store.engine import reading, writing
from store.events import is_done
from store.frameworks import CellDraft, CellExcerpt, StoredFramework
from store.studies import Member, studies
from store.tables import coding
from store.visibility import visible_codings
from triangulation.models import Excerpt
from workbench.services.codebooks import codes_ever, codes_in_force
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.framework_files import FilledCell, FrameworkTable, write_docx, write_xlsx


@dataclass(frozen=True)
class FrameworkLine:
    """A framework in the list; ``filled`` counts the cells in which the viewer reads something."""

    name: str
    former_names: tuple[str, ...]
    columns: int
    filled: int
    retired: bool
    may_change: bool


@dataclass(frozen=True)
class Column:
    """A theme as a column, by its label now, or its last one where it was retired."""

    code_id: UUID
    key: str
    label: str


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

    ``cells`` holds, by document and code, the versions that hold now, newest first: several where two
    people wrote at once. A cell in which nothing was written, or nothing to be seen, is not in it.
    """

    name: str
    columns: tuple[Column, ...]
    documents: tuple[StoredDocument, ...]
    cells: Mapping[tuple[UUID, UUID], tuple[Draft, ...]]
    may_change: bool

    @property
    def places(self) -> int:
        """How many cells there are, filled or not."""
        return len(self.documents) * len(self.columns)


@dataclass(frozen=True)
class Saved:
    """A cell that was saved; ``beside`` names whose versions, which the writer had not read, stand beside."""

    id: UUID
    beside: tuple[str, ...] = ()


def frameworks_of(engine: Engine, actor: Member) -> list[FrameworkLine]:
    """The frameworks of the study in the order in which they were made, retired ones too."""
    with reading(engine) as connection:
        return [
            FrameworkLine(
                found.name,
                found.former_names,
                len(found.columns),
                len(_live_cells(connection, actor, found)),
                found.retired,
                _may_change(actor, found),
            )
            for found in kept.frameworks(connection, actor.study_id)
        ]


def framework_matrix(engine: Engine, actor: Member, name: str) -> FrameworkMatrix:
    """A framework with its documents, themes and cells."""
    with reading(engine) as connection:
        found = _named(connection, actor, name)
        listed = documents(connection, actor.study_id)
        titles = {document.id: document.title for document in listed}
        cells = _live_cells(connection, actor, found)
        return FrameworkMatrix(
            found.name,
            _columns(connection, actor, found.columns),
            tuple(listed),
            {
                place: tuple(_draft(draft, titles, actor) for draft in drafts)
                for place, drafts in cells.items()
                if place[1] in found.columns
            },
            _may_change(actor, found),
        )


def drafts_of(engine: Engine, actor: Member, name: str, document_id: UUID, code_id: UUID) -> list[Draft]:
    """Every draft of a cell that a person may read, newest first, those that hold now among them."""
    with reading(engine) as connection:
        found = _named(connection, actor, name)
        titles = {document.id: document.title for document in documents(connection, actor.study_id)}
        drafts = kept.drafts(connection, actor, found, cell=(document_id, code_id))
        return [_draft(draft, titles, actor) for draft in drafts]


def passages_for(engine: Engine, actor: Member, document_id: UUID, code_id: UUID) -> list[Coding]:
    """The codings of a document under a theme, or a code below it, that a person may see."""
    with reading(engine) as connection:
        codebook = codes_ever(connection, actor)
        keys = {code.id: code.key for code in codebook.codes}
        wanted = {code_id}
        if code_id in keys:
            wanted |= {code.id for code in descendants(codebook, keys[code_id])}
        versions = {d.version_id for d in documents(connection, actor.study_id) if d.id == document_id}
        query = visible_codings(actor).where(
            coding.c.document_version_id.in_(versions), coding.c.code_id.in_(wanted)
        )
        return read_codings(connection, query, keys)


def add_framework(engine: Engine, actor: Member, name: str, *, themes: Sequence[str]) -> str:
    """Start a framework with themes as its columns, given by key or label; returns its name.

    Raises
    ------
    UserFacingError
        If it has no name or no theme, or another framework bears the name now.
    """
    name = _as_name(name)
    with writing(engine) as connection:
        _refuse_taken(connection, actor, name)
        code_ids = _themes(connection, actor, themes)
        kept.add_framework(connection, actor=actor, name=name, code_ids=code_ids, action="framework.add")
    return name


def change_columns(engine: Engine, actor: Member, name: str, *, themes: Sequence[str]) -> None:
    """Give a framework other themes or another order; what was written under a theme stays with it.

    Raises
    ------
    NotAllowed
        If the person neither made the framework nor leads the study.
    """
    with writing(engine) as connection:
        found = _changeable(connection, actor, name)
        code_ids = _themes(connection, actor, themes, known=found.columns)
        if tuple(code_ids) != found.columns:
            kept.add_framework(
                connection,
                actor=actor,
                name=found.name,
                code_ids=code_ids,
                action="framework.change",
                instead_of=found.id,
            )


def rename_framework(engine: Engine, actor: Member, name: str, new_name: str) -> str:
    """Give a framework another name, with all that was written in it; returns the new one.

    Raises
    ------
    NotAllowed
        If the person neither made the framework nor leads the study.
    UserFacingError
        If there are no words, or another framework bears the name now.
    """
    new_name = _as_name(new_name)
    with writing(engine) as connection:
        found = _changeable(connection, actor, name)
        if new_name != found.name:
            _refuse_taken(connection, actor, new_name)
            kept.add_framework(
                connection,
                actor=actor,
                name=new_name,
                code_ids=found.columns,
                action="framework.rename",
                instead_of=found.id,
            )
    return new_name


def retire_framework(engine: Engine, actor: Member, name: str) -> None:
    """Take a framework away; its maker or the lead can bring it back."""
    with writing(engine) as connection:
        kept.retire_framework(connection, _changeable(connection, actor, name), actor=actor)


def restore_framework(engine: Engine, actor: Member, name: str) -> None:
    """Bring a retired framework back with all that was written in it; of several the one retired last.

    Raises
    ------
    UserFacingError
        If another framework bears its name now.
    """
    with writing(engine) as connection:
        every = [found for found in kept.frameworks(connection, actor.study_id) if found.name == name]
        found = next((found for found in reversed(every) if found.retired), None)
        if found is None:
            found = _known(connection, actor, name)
        _refuse_strangers(actor, found)
        if found.retired:
            _refuse_taken(connection, actor, name)
            kept.add_framework(
                connection,
                actor=actor,
                name=found.name,
                code_ids=found.columns,
                action="framework.restore",
                restores=found.id,
            )


def save_cell(
    engine: Engine,
    actor: Member,
    name: str,
    *,
    document_id: UUID,
    code_id: UUID,
    text: str,
    coding_ids: Collection[UUID] = (),
    instead_of: Collection[UUID] = (),
    operation_id: UUID | None = None,
) -> Saved:
    """Write the summary of a document under a theme.

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
        If there are no words, or the framework has no such document or theme.
    """
    words = text.replace("\x00", "").strip()
    if not words:
        raise UserFacingError("A summary needs words. Write it, or clear the cell.")
    operation_id = operation_id or uuid4()
    with writing(engine) as connection:
        if is_done(connection, operation_id):
            return Saved(operation_id)
        found = _named(connection, actor, name)
        _refuse_elsewhere(connection, actor, found, document_id, code_id)
        live = _live(kept.drafts(connection, actor, found, cell=(document_id, code_id)))
        replaced = [draft for draft in live if draft.id in instead_of]
        excerpts = _excerpts(connection, actor, document_id, coding_ids, replaced)
        if len(replaced) == 1 and (replaced[0].text, list(replaced[0].excerpts)) == (words, excerpts):
            return Saved(replaced[0].id)  # nothing to change is no change
        saved = kept.save_cell(
            connection,
            actor=actor,
            framework_id=found.id,
            document_id=document_id,
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
        found = _named(connection, actor, name)
        drafts = kept.drafts(connection, actor, found)
        draft = next((draft for draft in drafts if draft.id == draft_id), None)
        if draft is None:
            raise NotThere("This draft is not in the framework. Reload the page.")
        cell = (draft.document_id, draft.code_id)
        _refuse_elsewhere(connection, actor, found, *cell)
        live = _live(other for other in drafts if (other.document_id, other.code_id) == cell)
        replaced = [other for other in live if other.id in instead_of]
        saved = kept.save_cell(
            connection,
            actor=actor,
            framework_id=found.id,
            document_id=draft.document_id,
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
    document_id: UUID,
    code_id: UUID,
    instead_of: Collection[UUID],
) -> None:
    """Take away the versions of a cell that the person had read; they stay among its drafts."""
    with writing(engine) as connection:
        found = _named(connection, actor, name)
        live = _live(kept.drafts(connection, actor, found, cell=(document_id, code_id)))
        read = [draft for draft in live if draft.id in instead_of]
        if read:
            kept.clear_cell(connection, read, actor=actor)


def write_framework(
    engine: Engine,
    actor: Member,
    name: str,
    path: Path,
    *,
    format: Literal["xlsx", "docx"],
    document_ids: Sequence[UUID] | None = None,
) -> int:
    """Write a framework to a workbook or a Word file; returns the number of cells with a summary.

    Parameters
    ----------
    document_ids : sequence of UUID, optional
        The documents to write, in this order; all of them where it is None.
    """
    matrix = framework_matrix(engine, actor, name)
    with reading(engine) as connection:
        study = next(study.name for study in studies(connection) if study.id == actor.study_id)
    by_id = {document.id: document for document in matrix.documents}
    shown = [by_id[i] for i in (by_id if document_ids is None else document_ids) if i in by_id]
    table = _table(matrix, study, shown)
    (write_xlsx if format == "xlsx" else write_docx)(table, path)
    return sum(bool(versions) for row in table.cells for versions in row)


def framework_bytes(
    engine: Engine,
    actor: Member,
    name: str,
    *,
    format: Literal["xlsx", "docx"],
    document_ids: Sequence[UUID] | None = None,
) -> bytes:
    """A framework as the content of a file, to hand over."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"framework.{format}"
        write_framework(engine, actor, name, path, format=format, document_ids=document_ids)
        return path.read_bytes()


def _table(matrix: FrameworkMatrix, study: str, shown: Sequence[StoredDocument]) -> FrameworkTable:
    return FrameworkTable(
        study=study,
        name=matrix.name,
        date=dt.datetime.now(dt.UTC).date(),
        themes=tuple(f"{column.key} {column.label}" for column in matrix.columns),
        documents=tuple((d.title, d.source, "" if d.date is None else d.date.isoformat()) for d in shown),
        cells=tuple(
            tuple(_filled(matrix.cells.get((d.id, column.code_id), ())) for column in matrix.columns)
            for d in shown
        ),
    )


def _filled(versions: Sequence[Draft]) -> tuple[FilledCell, ...]:
    return tuple(
        FilledCell(
            version.text,
            version.author,
            version.written_at.isoformat(timespec="minutes"),
            tuple((excerpt.quote, excerpt.start_char) for excerpt in version.excerpts),
        )
        for version in versions
    )


def _live(drafts: Iterable[CellDraft]) -> list[CellDraft]:
    return [draft for draft in drafts if draft.live]


def _live_cells(
    connection: Connection, actor: Member, found: StoredFramework
) -> dict[tuple[UUID, UUID], list[CellDraft]]:
    cells: dict[tuple[UUID, UUID], list[CellDraft]] = defaultdict(list)
    for draft in _live(kept.drafts(connection, actor, found)):
        cells[draft.document_id, draft.code_id].append(draft)
    return cells


def _draft(draft: CellDraft, titles: Mapping[UUID, str], actor: Member) -> Draft:
    title = titles.get(draft.document_id, "")
    return Draft(
        draft.id,
        draft.author,
        draft.author_id == actor.id,
        draft.text,
        dt.datetime.fromisoformat(draft.written_at),
        tuple(
            Excerpt(draft.document_id, title, e.start_char, e.end_char, e.quote, e.coding_id)
            for e in draft.excerpts
        ),
        draft.live,
    )


def _columns(connection: Connection, actor: Member, code_ids: Sequence[UUID]) -> tuple[Column, ...]:
    codes = {code.id: code for code in codes_ever(connection, actor).codes}
    return tuple(Column(i, codes[i].key, codes[i].name()) for i in code_ids if i in codes)


def _excerpts(
    connection: Connection,
    actor: Member,
    document_id: UUID,
    coding_ids: Collection[UUID],
    replaced: Sequence[CellDraft],
) -> list[CellExcerpt]:
    """The chosen passages in the order of the text, each once."""
    seen = visible_codings(actor).where(coding.c.id.in_(list(coding_ids)))
    found = {
        row.id: CellExcerpt(row.document_version_id, row.id, row.start_char, row.end_char, row.quote)
        for row in connection.execute(seen)
        if row.document_id == document_id
    }
    kept_before = {e.coding_id: e for draft in replaced for e in draft.excerpts if e.coding_id is not None}
    missing = [i for i in coding_ids if i not in found and i not in kept_before]
    if missing:
        raise NotThere("A passage that you chose was taken back, or is not to be seen now. Choose again.")
    chosen = {i: found.get(i) or kept_before[i] for i in coding_ids}
    return sorted(chosen.values(), key=lambda e: (e.start_char, e.end_char, str(e.coding_id)))


def _themes(
    connection: Connection, actor: Member, themes: Sequence[str], *, known: Sequence[UUID] = ()
) -> list[UUID]:
    """The ids of the themes; one that was retired may stay where it was a column."""
    codebook = codes_in_force(connection, actor.study_id).codebook
    stayed = {column.key: column.code_id for column in _columns(connection, actor, known)}
    code_ids = [stayed[name] if name in stayed else resolve(codebook, name).id for name in themes]
    if not code_ids:
        raise UserFacingError("A framework needs a theme or more. Choose the themes that are its columns.")
    return list(dict.fromkeys(code_ids))


def _refuse_elsewhere(
    connection: Connection, actor: Member, found: StoredFramework, document_id: UUID, code_id: UUID
) -> None:
    here = {document.id for document in documents(connection, actor.study_id)}
    if document_id not in here or code_id not in found.columns:
        raise NotThere(f"The framework '{found.name}' has no such document or theme now. Reload the page.")


def _as_name(name: str) -> str:
    words = " ".join(name.replace("\x00", "").split())
    if not words:
        raise UserFacingError("The framework needs a name.")
    return words


def _refuse_taken(connection: Connection, actor: Member, name: str) -> None:
    every = kept.frameworks(connection, actor.study_id)
    if any(found.name == name and not found.retired for found in every):
        raise UserFacingError(f"There is a framework '{name}' already. Choose another name for one of them.")


def _known(connection: Connection, actor: Member, name: str) -> StoredFramework:
    """The framework of a name, or the one that bore it before; what is retired comes last."""
    every = kept.frameworks(connection, actor.study_id)
    live = [found for found in every if not found.retired]
    candidates = [
        *(found for found in live if found.name == name),
        *(found for found in live if name in found.former_names),
        *(found for found in reversed(every) if found.name == name),
    ]
    if not candidates:
        names = ", ".join(f"'{other.name}'" for other in live) or "none yet"
        raise NotThere(f"There is no framework '{name}'. Frameworks of this study: {names}.")
    return candidates[0]


def _named(connection: Connection, actor: Member, name: str) -> StoredFramework:
    found = _known(connection, actor, name)
    if found.retired:
        raise NotThere(f"The framework '{name}' was retired. Bring it back first.")
    return found


def _changeable(connection: Connection, actor: Member, name: str) -> StoredFramework:
    found = _named(connection, actor, name)
    _refuse_strangers(actor, found)
    return found


def _may_change(actor: Member, found: StoredFramework) -> bool:
    return actor.is_lead or actor.id == found.maker_id


def _refuse_strangers(actor: Member, found: StoredFramework) -> None:
    if not _may_change(actor, found):
        raise NotAllowed(
            "Only who made this framework, or the lead, can change it. All may write in its cells."
        )
