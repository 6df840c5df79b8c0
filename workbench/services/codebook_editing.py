"""Changes of a codebook. Every change is a next version; one based on an older version is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine

from codebook import hierarchy
from codebook.errors import CodebookError
from codebook.models import Code, Codebook
from store import codebooks as kept
from store.codebooks import StoredCodebook
from store.engine import writing
from store.studies import Member
from workbench.services.codebook_versions import refuse_stale
from workbench.services.codebooks import codebook_in_force, refuse_in_copy


def add_code(
    engine: Engine,
    actor: Member,
    *,
    label: str,
    parent: str | None,
    key: str | None = None,
    definition: str = "",
    include: str = "",
    exclude: str = "",
    language: str = "en",
    reason: str = "",
    codebook_id: UUID | None = None,
    based_on: int | None = None,
) -> StoredCodebook:
    """Add a code; the codebook gets a new version."""

    def change(codebook: Codebook, taken: Sequence[str]) -> Codebook:
        above = None if parent is None else hierarchy.resolve(codebook, parent).key
        return hierarchy.add_code(
            codebook,
            key=key or free_key(codebook, above, label, taken),
            label={language: label},
            parent=above,
            definition=definition,
            include=include,
            exclude=exclude,
        )

    with writing(engine) as connection:
        return change_codebook(
            connection, actor, change, reason, names=[parent], codebook_id=codebook_id, based_on=based_on
        )


def rename_code(
    engine: Engine,
    actor: Member,
    code: str,
    *,
    label: Mapping[str, str],
    reason: str = "",
    based_on: int | None = None,
) -> StoredCodebook:
    """Rename a code; the codebook gets a new version, and codings keep the code."""

    def change(codebook: Codebook, _taken: Sequence[str]) -> Codebook:
        return hierarchy.rename_code(codebook, hierarchy.resolve(codebook, code).key, label=label)

    with writing(engine) as connection:
        return change_codebook(connection, actor, change, reason, names=[code], based_on=based_on)


def edit_code(
    engine: Engine,
    actor: Member,
    code: str,
    *,
    label: Mapping[str, str] | None = None,
    terms: Mapping[str, Sequence[str]] | None = None,
    texts: Mapping[str, str | Mapping[str, str]] | None = None,
    reason: str = "",
    based_on: int | None = None,
) -> StoredCodebook:
    """Describe a code otherwise: labels, terms, definition, include, exclude, colour and the like."""

    def change(codebook: Codebook, _taken: Sequence[str]) -> Codebook:
        key = hierarchy.resolve(codebook, code).key
        return hierarchy.edit_code(codebook, key, label=label, terms=terms, **(texts or {}))

    with writing(engine) as connection:
        return change_codebook(connection, actor, change, reason, names=[code], based_on=based_on)


def move_code(
    engine: Engine,
    actor: Member,
    code: str,
    *,
    parent: str | None,
    before: str | None = None,
    reason: str = "",
    based_on: int | None = None,
) -> StoredCodebook:
    """Put a code, and all under it, under another one or at another place among its neighbours."""

    def change(codebook: Codebook, _taken: Sequence[str]) -> Codebook:
        key = hierarchy.resolve(codebook, code).key
        above = None if parent is None else hierarchy.resolve(codebook, parent).key
        beside = None if before is None else hierarchy.resolve(codebook, before).key
        return hierarchy.move_code(codebook, key, parent=above, before=beside)

    with writing(engine) as connection:
        return change_codebook(
            connection, actor, change, reason, names=[code, parent], based_on=based_on, tells={"moved": code}
        )


def retire_code(
    engine: Engine, actor: Member, code: str, *, reason: str = "", based_on: int | None = None
) -> StoredCodebook:
    """Take a code out of the codebook. Codings that bear it keep it, and are listed to be looked at again."""

    def change(codebook: Codebook, _taken: Sequence[str]) -> Codebook:
        return hierarchy.retire_code(codebook, hierarchy.resolve(codebook, code).key)

    with writing(engine) as connection:
        return change_codebook(connection, actor, change, reason, names=[code], based_on=based_on)


def free_key(codebook: Codebook, parent: str | None, label: str, taken: Iterable[str]) -> str:
    """An id for a new code that no code of the study has or had."""
    known = {code.key for code in codebook.codes}
    strangers = tuple(Code(uuid4(), key, {"en": key}) for key in taken if key not in known)
    return hierarchy.next_key(replace(codebook, codes=(*codebook.codes, *strangers)), parent, label)


def book_of(
    connection: Connection, actor: Member, names: Iterable[str | None], codebook_id: UUID | None = None
) -> StoredCodebook:
    """The codebook that a change is of: the one named, else the one that has the codes, else the first."""
    if codebook_id is None:
        wanted = [name for name in names if name is not None]
        for stored in kept.list_codebooks(connection, actor.study_id):
            if wanted and all(hierarchy.knows(stored.codebook, name) for name in wanted):
                return stored
    return codebook_in_force(connection, actor.study_id, codebook_id)


def change_codebook(
    connection: Connection,
    actor: Member,
    change: Callable[[Codebook, Sequence[str]], Codebook],
    reason: str,
    *,
    names: Iterable[str | None],
    codebook_id: UUID | None = None,
    based_on: int | None = None,
    tells: Mapping[str, str] | None = None,
) -> StoredCodebook:
    """Store a change as the next version; ``tells`` names codes that its event shall name by their ids."""
    stored = book_of(connection, actor, names, codebook_id)
    refuse_stale(connection, stored, based_on)
    taken = list(kept.code_keys(connection, actor.study_id).values())
    changed = change(stored.codebook, taken)
    named = {what: hierarchy.resolve(stored.codebook, code).id.hex for what, code in (tells or {}).items()}
    return store_change(connection, actor, stored, changed, reason=reason, detail=named)


def store_change(
    connection: Connection,
    actor: Member,
    stored: StoredCodebook,
    changed: Codebook,
    *,
    reason: str,
    detail: Mapping[str, Any] | None = None,
    also: Sequence[Any] = (),
) -> StoredCodebook:
    """Store a next version, unless it gives a code an id that another code of the study has or had."""
    refuse_in_copy(connection, actor)
    owners = {key: code_id for code_id, key in kept.code_keys(connection, actor.study_id).items()}
    before = {code.id: code.key for code in stored.codebook.codes}
    for code in changed.codes:
        if before.get(code.id) != code.key and owners.get(code.key, code.id) != code.id:
            raise CodebookError(
                f"'{code.key}' is the id of another code that the study has or had. Choose another id."
            )
    return kept.add_codebook_version(
        connection, stored, changed, actor=actor, reason=reason, detail=detail, also=also
    )
