"""Codebooks and their versions. A change of codes is a new version; old ones stay readable.

A study may have several codebooks, each for a question of its own. Keys of codes are used once in
a study, whatever codebook they stand in, so that a key always means the same code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from codebook.models import Code, Codebook, by_language, with_texts
from store import tables
from store.events import NewRow, record
from store.studies import Member


@dataclass(frozen=True)
class StoredCodebook:
    """A version of a codebook with the ids under which it is stored.

    Where codes of several codebooks are offered together, ``elsewhere`` maps those that are not of
    this one to the version that they are of.
    """

    id: UUID
    version_id: UUID
    codebook: Codebook
    elsewhere: Mapping[UUID, UUID] = field(default_factory=dict)

    def code(self, code_id: UUID) -> Code:
        return next(code for code in self.codebook.codes if code.id == code_id)

    def version_of(self, code_id: UUID) -> UUID:
        """The codebook version under which a coding with a code is made."""
        return self.elsewhere.get(code_id, self.version_id)


@dataclass(frozen=True)
class Version:
    """How a version came about: the event, and what it says of merged, split and restored codes."""

    id: UUID
    number: int
    event: int
    detail: Mapping[str, Any]


def add_codebook(connection: Connection, codebook: Codebook, *, actor: Member) -> StoredCodebook:
    """Store the first version of a codebook."""
    codebook_id = uuid4()
    return _add_version(
        connection,
        codebook,
        actor=actor,
        codebook_id=codebook_id,
        before=[(tables.codebook, {"id": codebook_id, "name": codebook.name})],
        action="codebook.load",
        reason="",
    )


def add_codebook_version(
    connection: Connection,
    stored: StoredCodebook,
    changed: Codebook,
    *,
    actor: Member,
    reason: str,
    detail: Mapping[str, Any] | None = None,
    also: Sequence[NewRow] = (),
    retire: Sequence[tuple[sa.Table, UUID]] = (),
) -> StoredCodebook:
    """Store a changed codebook as its next version.

    Parameters
    ----------
    detail : mapping, optional
        Ids and words of a fixed set that tell what was done: ``merged``, ``unmerged`` and ``split``
        map the hex id of a code to that of another.
    also, retire
        Rows that come with the version, and ids of rows that go with it.
    """
    return _add_version(
        connection,
        changed,
        actor=actor,
        codebook_id=stored.id,
        before=[],
        action="codebook.change",
        reason=reason,
        detail=detail,
        also=also,
        retire=retire,
    )


def current_codebook(
    connection: Connection, study_id: UUID, codebook_id: UUID | None = None
) -> StoredCodebook | None:
    """The newest version of a codebook, or of the study's first; None where there is none."""
    version, book = tables.codebook_version, tables.codebook
    row = connection.execute(
        sa.select(version.c.id)
        .join(book, book.c.id == version.c.codebook_id)
        .where(version.c.study_id == study_id)
        .where(sa.true() if codebook_id is None else book.c.id == codebook_id)
        .order_by(book.c.created_event, version.c.number.desc())
        .limit(1)
    ).first()
    return None if row is None else codebook_version(connection, row.id)


def list_codebooks(connection: Connection, study_id: UUID) -> list[StoredCodebook]:
    """The newest version of every codebook of the study, in the order in which they were loaded."""
    book = tables.codebook
    ids = connection.execute(
        sa.select(book.c.id).where(book.c.study_id == study_id).order_by(book.c.created_event)
    ).scalars()
    found = (current_codebook(connection, study_id, codebook_id) for codebook_id in ids.all())
    return [stored for stored in found if stored is not None]


def codebooks_of_round(connection: Connection, round_id: UUID) -> list[StoredCodebook]:
    """Every codebook of the study as it was when a round was opened, in the order of their loading."""
    version, book, rounds = tables.codebook_version, tables.codebook, tables.coding_round
    rows = connection.execute(
        sa.select(version.c.id, version.c.codebook_id)
        .join(book, book.c.id == version.c.codebook_id)
        .join(rounds, rounds.c.study_id == version.c.study_id)
        .where(rounds.c.id == round_id, version.c.created_event <= rounds.c.created_event)
        .order_by(book.c.created_event, version.c.number)
    )
    newest = {row.codebook_id: row.id for row in rows}
    return [codebook_version(connection, version_id) for version_id in newest.values()]


def codebook_version(connection: Connection, version_id: UUID) -> StoredCodebook:
    """One version of a codebook."""
    if version_id not in _READ:
        version, book = tables.codebook_version, tables.codebook
        row = connection.execute(
            sa.select(version, book.c.name)
            .join(book, book.c.id == version.c.codebook_id)
            .where(version.c.id == version_id)
        ).one()
        if len(_READ) >= _MOST_READ:
            _READ.clear()
        _READ[version_id] = StoredCodebook(row.codebook_id, row.id, _codebook(connection, row))
    return _READ[version_id]


#: Versions that were read. A stored one never changes, and every page asks for all of them.
_READ: dict[UUID, StoredCodebook] = {}
_MOST_READ = 500


def codebook_versions(connection: Connection, codebook_id: UUID) -> list[Version]:
    """The versions of a codebook with the events that made them, oldest first."""
    version, event = tables.codebook_version, tables.event
    rows = connection.execute(
        sa.select(version.c.id, version.c.number, version.c.created_event, event.c.detail)
        .join(event, (event.c.study_id == version.c.study_id) & (event.c.seq == version.c.created_event))
        .where(version.c.codebook_id == codebook_id)
        .order_by(version.c.number)
    )
    return [Version(row.id, row.number, row.created_event, row.detail) for row in rows]


def code_keys(connection: Connection, study_id: UUID) -> dict[UUID, str]:
    """The newest key of every code that the study ever had; a proposed code has the one it was given."""
    revision, version, proposal = tables.code_revision, tables.codebook_version, tables.code_proposal
    proposed = connection.execute(
        sa.select(proposal.c.code_id, proposal.c.key).where(proposal.c.study_id == study_id)
    )
    rows = connection.execute(
        sa.select(revision.c.code_id, revision.c.key)
        .join(version, version.c.id == revision.c.codebook_version_id)
        .where(version.c.study_id == study_id)
        .order_by(version.c.created_event)
    )
    return {row.code_id: row.key for found in (proposed, rows) for row in found}


def retired_codes(connection: Connection, codebook_id: UUID) -> list[Code]:
    """Codes that an earlier version of a codebook had and the newest lacks, as they were described last."""
    versions = codebook_versions(connection, codebook_id)
    told: dict[UUID, Code] = {}
    for version in versions:
        told |= {code.id: code for code in codebook_version(connection, version.id).codebook.codes}
    current = codebook_version(connection, versions[-1].id).codebook
    now = {code.id for code in current.codes}
    keys = {code.key for code in current.codes}
    gone = [code for code in told.values() if code.id not in now]
    keys |= {code.key for code in gone}
    return [replace(code, parent=code.parent if code.parent in keys else None) for code in gone]


def put_together(books: Sequence[StoredCodebook]) -> StoredCodebook:
    """The codes of several codebooks as one, those of the first first."""
    first, *others = books
    codes = [*first.codebook.codes, *(code for book in others for code in book.codebook.codes)]
    elsewhere = {code.id: book.version_id for book in others for code in book.codebook.codes}
    together = Codebook(
        first.codebook.name,
        first.codebook.version,
        tuple(codes),
        first.codebook.rules,
        first.codebook.rollups,
    )
    return replace(first, codebook=together, elsewhere=elsewhere)


def _add_version(
    connection: Connection,
    codebook: Codebook,
    *,
    actor: Member,
    codebook_id: UUID,
    before: list[NewRow],
    action: str,
    reason: str,
    detail: Mapping[str, Any] | None = None,
    also: Sequence[NewRow] = (),
    retire: Sequence[tuple[sa.Table, UUID]] = (),
) -> StoredCodebook:
    version_id = uuid4()
    # A code that comes back after it was retired, or that was proposed first, is there already.
    known = set(
        connection.execute(
            sa.select(tables.code.c.id).where(tables.code.c.codebook_id == codebook_id)
        ).scalars()
    )
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
    details: list[NewRow] = [
        (
            tables.code_detail,
            {
                "codebook_version_id": version_id,
                "code_id": code.id,
                "colour": code.colour,
                "terms": {language: list(words) for language, words in code.terms.items()},
            },
        )
        for code in codebook.codes
        if code.colour or code.terms
    ]
    texts: list[NewRow] = [
        (
            tables.code_text,
            {
                "codebook_version_id": version_id,
                "code_id": code.id,
                "part": part,
                "language": language,
                "text": text,
            },
        )
        for code in codebook.codes
        for part, said in code.further.items()
        for language, text in said.items()
    ]
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action=action,
        entity=tables.codebook_version,
        entity_id=version_id,
        add=[*before, *new_codes, version, *revisions, *details, *texts, *also],
        retire=retire,
        detail={"version": codebook.version, "codes": len(codebook.codes), **(detail or {})},
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
    revision, detail = tables.code_revision, tables.code_detail
    rows = connection.execute(
        sa.select(revision, detail.c.colour, detail.c.terms)
        .outerjoin(
            detail,
            (detail.c.codebook_version_id == revision.c.codebook_version_id)
            & (detail.c.code_id == revision.c.code_id),
        )
        .where(revision.c.codebook_version_id == version.id)
        .order_by(revision.c.position)
    ).all()
    keys = {row.code_id: row.key for row in rows}
    further = _further(connection, version.id)
    codes = tuple(
        _in_languages(
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
                colour=row.colour or "",
                terms={language: tuple(words) for language, words in (row.terms or {}).items()},
            ),
            further.get(row.code_id, {}),
        )
        for row in rows
    )
    rollups = {name: {k: tuple(v) for k, v in groups.items()} for name, groups in version.rollups.items()}
    return Codebook(version.name, version.number, codes, tuple(version.rules), rollups)


def _further(connection: Connection, version_id: UUID) -> dict[UUID, dict[str, dict[str, str]]]:
    """Code → part → language → text, of what a version says in further languages."""
    table = tables.code_text
    told: dict[UUID, dict[str, dict[str, str]]] = {}
    query = sa.select(table).where(table.c.codebook_version_id == version_id).order_by(table.c.language)
    for row in connection.execute(query):
        told.setdefault(row.code_id, {}).setdefault(row.part, {})[row.language] = row.text
    return told


def _in_languages(code: Code, further: Mapping[str, Mapping[str, str]]) -> Code:
    """With its texts in further languages; older versions held these as paragraphs of the definition."""
    if further:
        return replace(code, further=further)
    return with_texts(code, {"definition": by_language(code.definition, code.first_language, code.label)})
