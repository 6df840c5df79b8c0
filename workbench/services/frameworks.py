"""Framework matrices: made, given other columns or another name, retired and brought back.

What stands in their cells is in `workbench.services.framework_cells`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, Engine

from codebook.hierarchy import resolve
from corpus.errors import UserFacingError
from store import frameworks as kept
from store.engine import reading, writing
from store.frameworks import DOCUMENTS, Rows, StoredFramework
from store.studies import Member
from workbench.services.codebooks import codes_ever, codes_in_force
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.framework_rows import refuse_rows_without_cases


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


def frameworks_of(engine: Engine, actor: Member) -> list[FrameworkLine]:
    """The frameworks of the study in the order in which they were made, retired ones too."""
    with reading(engine) as connection:
        return [
            FrameworkLine(
                found.name,
                found.former_names,
                len(found.columns),
                len(kept.live_cells(connection, actor, found)),
                found.retired,
                may_change(actor, found),
            )
            for found in kept.frameworks(connection, actor.study_id)
        ]


def add_framework(
    engine: Engine, actor: Member, name: str, *, themes: Sequence[str], rows: Rows = DOCUMENTS
) -> str:
    """Start a framework with themes as its columns, given by key or label; returns its name.

    Raises
    ------
    UserFacingError
        If it has no name or no theme, if the study has no such cases, or another framework bears the
        name now.
    """
    name = _as_name(name)
    with writing(engine) as connection:
        _refuse_taken(connection, actor, name)
        refuse_rows_without_cases(connection, actor, rows)
        code_ids = _themes(connection, actor, themes)
        kept.add_framework(
            connection, actor=actor, name=name, rows=rows, code_ids=code_ids, action="framework.add"
        )
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
                rows=found.rows,
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
                rows=found.rows,
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
                rows=found.rows,
                code_ids=found.columns,
                action="framework.restore",
                restores=found.id,
            )


def columns_of(connection: Connection, actor: Member, code_ids: Sequence[UUID]) -> tuple[Column, ...]:
    """Themes as columns, retired ones too."""
    codes = {code.id: code for code in codes_ever(connection, actor).codes}
    return tuple(Column(i, codes[i].key, codes[i].name()) for i in code_ids if i in codes)


def _themes(
    connection: Connection, actor: Member, themes: Sequence[str], *, known: Sequence[UUID] = ()
) -> list[UUID]:
    """The ids of the themes; one that was retired may stay where it was a column."""
    codebook = codes_in_force(connection, actor.study_id).codebook
    stayed = {column.key: column.code_id for column in columns_of(connection, actor, known)}
    code_ids = [stayed[name] if name in stayed else resolve(codebook, name).id for name in themes]
    if not code_ids:
        raise UserFacingError("A framework needs a theme or more. Choose the themes that are its columns.")
    return list(dict.fromkeys(code_ids))


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


def named_framework(connection: Connection, actor: Member, name: str) -> StoredFramework:
    """The framework of a name, or the one that bore it before.

    Raises
    ------
    NotThere
        If there is none, or it was retired.
    """
    found = _known(connection, actor, name)
    if found.retired:
        raise NotThere(f"The framework '{name}' was retired. Bring it back first.")
    return found


def _changeable(connection: Connection, actor: Member, name: str) -> StoredFramework:
    found = named_framework(connection, actor, name)
    _refuse_strangers(actor, found)
    return found


def may_change(actor: Member, found: StoredFramework) -> bool:
    """Whether a person may change a framework itself: its maker, and the lead."""
    return actor.is_lead or actor.id == found.maker_id


def _refuse_strangers(actor: Member, found: StoredFramework) -> None:
    if not may_change(actor, found):
        raise NotAllowed(
            "Only who made this framework, or the lead, can change it. All may write in its cells."
        )
