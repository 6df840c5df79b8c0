"""Codebooks and their versions. A change of codes is a new version; old ones stay readable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from codebook.models import Code, Codebook
from store import tables
from store.events import NewRow, record
from store.studies import Member


@dataclass(frozen=True)
class StoredCodebook:
    """A version of a codebook with the ids under which it is stored."""

    id: UUID
    version_id: UUID
    codebook: Codebook

    def code(self, code_id: UUID) -> Code:
        return next(code for code in self.codebook.codes if code.id == code_id)


def add_codebook(connection: Connection, codebook: Codebook, *, actor: Member) -> StoredCodebook:
    """Store the first version of a codebook."""
    codebook_id = uuid4()
    return _add_version(
        connection,
        codebook,
        actor=actor,
        codebook_id=codebook_id,
        before=[(tables.codebook, {"id": codebook_id, "name": codebook.name})],
        known=set(),
        action="codebook.load",
        reason="",
    )


def add_codebook_version(
    connection: Connection, stored: StoredCodebook, changed: Codebook, *, actor: Member, reason: str
) -> StoredCodebook:
    """Store a changed codebook as its next version."""
    return _add_version(
        connection,
        changed,
        actor=actor,
        codebook_id=stored.id,
        before=[],
        known={code.id for code in stored.codebook.codes},
        action="codebook.change",
        reason=reason,
    )


def current_codebook(connection: Connection, study_id: UUID) -> StoredCodebook | None:
    """The newest version of the study's codebook; None where none is loaded."""
    version = tables.codebook_version
    row = connection.execute(
        sa.select(version.c.id)
        .where(version.c.study_id == study_id)
        .order_by(version.c.created_event.desc())
        .limit(1)
    ).first()
    return None if row is None else codebook_version(connection, row.id)


def codebook_version(connection: Connection, version_id: UUID) -> StoredCodebook:
    """One version of a codebook."""
    version, book = tables.codebook_version, tables.codebook
    row = connection.execute(
        sa.select(version, book.c.name)
        .join(book, book.c.id == version.c.codebook_id)
        .where(version.c.id == version_id)
    ).one()
    return StoredCodebook(row.codebook_id, row.id, _codebook(connection, row))


def version_history(connection: Connection, study_id: UUID) -> list[tuple[int, int]]:
    """(version number, event that made it) of the study's codebook versions, oldest first."""
    version = tables.codebook_version
    rows = connection.execute(
        sa.select(version.c.number, version.c.created_event)
        .where(version.c.study_id == study_id)
        .order_by(version.c.created_event)
    )
    return [(row.number, row.created_event) for row in rows]


def code_keys(connection: Connection, study_id: UUID) -> dict[UUID, str]:
    """The newest key of every code that the study ever had."""
    revision, version = tables.code_revision, tables.codebook_version
    rows = connection.execute(
        sa.select(revision.c.code_id, revision.c.key)
        .join(version, version.c.id == revision.c.codebook_version_id)
        .where(version.c.study_id == study_id)
        .order_by(version.c.created_event)
    )
    return {row.code_id: row.key for row in rows}


def _add_version(
    connection: Connection,
    codebook: Codebook,
    *,
    actor: Member,
    codebook_id: UUID,
    before: list[NewRow],
    known: set[UUID],
    action: str,
    reason: str,
) -> StoredCodebook:
    version_id = uuid4()
    ids = {code.key: code.id for code in codebook.codes}
    new_codes: list[NewRow] = [
        (tables.code, {"id": code.id, "codebook_id": codebook_id})
        for code in codebook.codes
        if code.id not in known
    ]
    version: NewRow = (
        tables.codebook_version,
        {
            "id": version_id,
            "codebook_id": codebook_id,
            "number": codebook.version,
            "rules": list(codebook.rules),
            "rollups": {
                name: {k: list(v) for k, v in groups.items()} for name, groups in codebook.rollups.items()
            },
        },
    )
    revisions: list[NewRow] = [
        (tables.code_revision, _revision_columns(code, version_id, position, ids))
        for position, code in enumerate(codebook.codes)
    ]
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action=action,
        entity=tables.codebook_version,
        entity_id=version_id,
        add=[*before, *new_codes, version, *revisions],
        detail={"version": codebook.version, "codes": len(codebook.codes)},
        reason=reason,
    )
    return StoredCodebook(codebook_id, version_id, codebook)


def _revision_columns(code: Code, version_id: UUID, position: int, ids: dict[str, UUID]) -> dict[str, Any]:
    return {
        "codebook_version_id": version_id,
        "code_id": code.id,
        "parent_id": None if code.parent is None else ids[code.parent],
        "position": position,
        "key": code.key,
        "label": dict(code.label),
        "definition": code.definition,
        "include": code.include,
        "exclude": code.exclude,
        "example": code.example,
        "ticd": code.ticd,
        "cfir2022": code.cfir2022,
    }


def _codebook(connection: Connection, version: Row[Any]) -> Codebook:
    revision = tables.code_revision
    rows = connection.execute(
        sa.select(revision).where(revision.c.codebook_version_id == version.id).order_by(revision.c.position)
    ).all()
    keys = {row.code_id: row.key for row in rows}
    codes = tuple(
        Code(
            id=row.code_id,
            key=row.key,
            label=row.label,
            parent=keys.get(row.parent_id),
            definition=row.definition,
            include=row.include,
            exclude=row.exclude,
            example=row.example,
            ticd=row.ticd,
            cfir2022=row.cfir2022,
        )
        for row in rows
    )
    rollups = {name: {k: tuple(v) for k, v in groups.items()} for name, groups in version.rollups.items()}
    return Codebook(version.name, version.number, codes, tuple(version.rules), rollups)
