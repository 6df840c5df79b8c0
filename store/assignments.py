"""What a coder on another machine is given: texts, codebooks and a round, as rows that keep their ids.

`read_assignment` takes them out of the team's study, `add_assignment` lays them into a study of the
same id in the coder's database. Nobody's codings, memos or names are among them, but the coder's own.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection

from corpus.errors import UnreadableFile
from corpus.models import Section
from store import tables
from store.codebooks import StoredCodebook, codebook_version
from store.documents import sections_of
from store.events import NewRow, record, start_log
from store.rounds import Round
from store.studies import Member, members


@dataclass(frozen=True)
class Named:
    """A study or a person."""

    id: UUID
    name: str


@dataclass(frozen=True)
class SourcePart:
    id: UUID
    label: str
    kind: str


@dataclass(frozen=True)
class SectionPart:
    kind: str
    start_char: int
    end_char: int
    level: int | None
    speaker: str | None
    seconds: float | None


@dataclass(frozen=True)
class DocumentPart:
    """One version of a document with its text; ``date`` is spelt year-month-day."""

    id: UUID
    source: UUID
    title: str
    date: str | None
    language: str | None
    raw_sha256: str
    attributes: dict[str, str]
    version: UUID
    number: int
    text: str
    text_sha256: str
    sections: tuple[SectionPart, ...]


@dataclass(frozen=True)
class CodePart:
    id: UUID
    parent: UUID | None
    key: str
    label: dict[str, str]
    definition: str
    include: str
    exclude: str
    example: str
    ticd: str
    cfir2022: str
    colour: str
    terms: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class CodebookPart:
    """One version of a codebook, its codes in order."""

    id: UUID
    name: str
    version: UUID
    number: int
    rules: tuple[str, ...]
    rollups: dict[str, dict[str, tuple[str, ...]]]
    codes: tuple[CodePart, ...]


@dataclass(frozen=True)
class RoundPart:
    """A round as its one coder needs it.

    ``documents`` are versions; ``reopened`` are the acts of finishing (rows of ``finished``) that the
    lead took back, so that the coder can go on there.
    """

    id: UUID
    name: str
    blind: bool
    codebook_version: UUID
    documents: tuple[UUID, ...]
    purpose: str | None
    unit: str | None
    reopened: tuple[UUID, ...]


@dataclass(frozen=True)
class Assignment:
    """All that travels to a coder; ``package`` is the id under which the team keeps it."""

    package: UUID
    study: Named
    coder: Named
    sources: tuple[SourcePart, ...]
    documents: tuple[DocumentPart, ...]
    codebooks: tuple[CodebookPart, ...]
    round: RoundPart | None


@dataclass(frozen=True)
class MadePackage:
    """A package as the team keeps it: for whom, of which round, and the hash of what it held."""

    coder_id: UUID
    round_id: UUID | None
    sha256: str


# --- out of the team's study --------------------------------------------------------------------------


def read_assignment(
    connection: Connection,
    *,
    study_name: str,
    coder: Member,
    version_ids: Sequence[UUID],
    codebooks: Sequence[StoredCodebook],
    in_round: Round | None,
) -> Assignment:
    """Take the texts and codebooks of an assignment out of a study."""
    documents = tuple(_document(connection, version_id) for version_id in version_ids)
    wanted = {document.source for document in documents}
    source = tables.source
    rows = connection.execute(
        sa.select(source).where(source.c.study_id == coder.study_id).order_by(source.c.created_event)
    )
    return Assignment(
        package=uuid4(),
        study=Named(coder.study_id, study_name),
        coder=Named(coder.id, coder.name),
        sources=tuple(SourcePart(row.id, row.label, row.kind) for row in rows if row.id in wanted),
        documents=documents,
        codebooks=tuple(codebook_part(stored) for stored in codebooks),
        round=None if in_round is None else _round_part(connection, in_round, coder),
    )


def codebook_part(stored: StoredCodebook) -> CodebookPart:
    """A version of a codebook as it travels."""
    book = stored.codebook
    ids = {code.key: code.id for code in book.codes}
    codes = tuple(
        CodePart(
            id=code.id,
            parent=None if code.parent is None else ids[code.parent],
            key=code.key,
            label=dict(code.label),
            definition=code.definition,
            include=code.include,
            exclude=code.exclude,
            example=code.example,
            ticd=code.ticd,
            cfir2022=code.cfir2022,
            colour=code.colour,
            terms={language: tuple(words) for language, words in code.terms.items()},
        )
        for code in book.codes
    )
    rollups = {name: {k: tuple(v) for k, v in groups.items()} for name, groups in book.rollups.items()}
    return CodebookPart(stored.id, book.name, stored.version_id, book.version, book.rules, rollups, codes)


def note_made(connection: Connection, assignment: Assignment, sha256: str, *, actor: Member) -> None:
    """Let the team's log know that a package was made, with the hash of what it holds."""
    in_round = assignment.round
    row = {
        "id": assignment.package,
        "coding_round_id": None if in_round is None else in_round.id,
        "member_id": assignment.coder.id,
        "manifest_sha256": sha256,
    }
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="package.make",
        entity=tables.package_made,
        entity_id=assignment.package,
        add=[(tables.package_made, row)],
        detail={"coder": assignment.coder.id.hex, "documents": len(assignment.documents)},
    )


def note_taken(
    connection: Connection, package_id: UUID, sha256: str, *, coder: Member, actor: Member
) -> None:
    """Keep that a file was taken, so that it is taken once."""
    row_id = uuid4()
    row = {"id": row_id, "package_id": package_id, "member_id": coder.id, "sha256": sha256}
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="package.take",
        entity=tables.package_taken,
        entity_id=row_id,
        add=[(tables.package_taken, row)],
        detail={"package": package_id.hex, "coder": coder.id.hex},
    )


def was_taken(connection: Connection, study_id: UUID, sha256: str) -> bool:
    """Whether a file with this content was taken into the study before."""
    taken = tables.package_taken
    query = sa.select(taken.c.id).where(taken.c.study_id == study_id, taken.c.sha256 == sha256)
    return connection.execute(query).first() is not None


def last_assignment(connection: Connection, coder: Member) -> tuple[UUID, str] | None:
    """Id and hash of the package that a coder's copy came from; None where the study is no copy."""
    if any(member.is_lead for member in members(connection, coder.study_id)):
        return None
    taken = tables.package_taken
    row = connection.execute(
        sa.select(taken.c.package_id, taken.c.sha256)
        .where(taken.c.study_id == coder.study_id, taken.c.member_id == coder.id)
        .order_by(taken.c.created_event.desc())
        .limit(1)
    ).first()
    return None if row is None else (row.package_id, row.sha256)


def made_package(connection: Connection, study_id: UUID, package_id: UUID) -> MadePackage | None:
    """A package that was made from a study; None where it is not known."""
    made = tables.package_made
    row = connection.execute(
        sa.select(made).where(made.c.study_id == study_id, made.c.id == package_id)
    ).first()
    return None if row is None else MadePackage(row.member_id, row.coding_round_id, row.manifest_sha256)


def got_package(connection: Connection, coder: Member) -> bool:
    """Whether a package was ever made for a person."""
    made = tables.package_made
    return connection.execute(sa.select(made.c.id).where(made.c.member_id == coder.id)).first() is not None


def _document(connection: Connection, version_id: UUID) -> DocumentPart:
    document, version, attribute = tables.document, tables.document_version, tables.document_attribute
    row = connection.execute(
        sa.select(
            document,
            version.c.id.label("version_id"),
            version.c.number,
            version.c.text,
            version.c.text_sha256,
        )
        .join(version, version.c.document_id == document.c.id)
        .where(version.c.id == version_id)
    ).one()
    said = connection.execute(sa.select(attribute).where(attribute.c.document_id == row.id))
    return DocumentPart(
        id=row.id,
        source=row.source_id,
        title=row.title,
        date=None if row.date is None else row.date.isoformat(),
        language=row.language,
        raw_sha256=row.raw_sha256,
        attributes={one.name: one.value for one in said},
        version=version_id,
        number=row.number,
        text=row.text,
        text_sha256=row.text_sha256,
        sections=tuple(_section_part(section) for section in sections_of(connection, version_id)),
    )


def _section_part(section: Section) -> SectionPart:
    return SectionPart(
        section.kind.value,
        section.start_char,
        section.end_char,
        section.level,
        section.speaker,
        section.seconds,
    )


def _round_part(connection: Connection, found: Round, coder: Member) -> RoundPart:
    purpose, finished = tables.round_purpose, tables.finished
    said = connection.execute(sa.select(purpose).where(purpose.c.coding_round_id == found.id)).first()
    reopened = connection.execute(
        sa.select(finished.c.id)
        .where(
            finished.c.coding_round_id == found.id,
            finished.c.member_id == coder.id,
            finished.c.retired_event.is_not(None),
        )
        .order_by(finished.c.created_event)
    ).scalars()
    return RoundPart(
        id=found.id,
        name=found.name,
        blind=found.blind,
        codebook_version=found.codebook_version_id,
        documents=found.documents,
        purpose=None if said is None else said.purpose,
        unit=None if said is None else said.unit,
        reopened=tuple(reopened),
    )


# --- into the coder's database ------------------------------------------------------------------------


def add_assignment(
    connection: Connection, assignment: Assignment, *, study_name: str, is_new: bool
) -> Member:
    """Lay what is not there yet into the coder's copy; what is there stays as it is."""
    coder = Member(assignment.coder.id, assignment.study.id, assignment.coder.name, "researcher")
    if is_new:
        _start_copy(connection, coder, study_name)
    for source in assignment.sources:
        if not _is_there(connection, tables.source, source.id, coder.study_id):
            _record(
                connection, coder, "source.add", tables.source, source.id, [(tables.source, asdict(source))]
            )
    for document in assignment.documents:
        if not _is_there(connection, tables.document_version, document.version, coder.study_id):
            _add_document(connection, coder, document)
    for book in assignment.codebooks:
        if not _is_there(connection, tables.codebook_version, book.version, coder.study_id):
            _add_codebook(connection, coder, book)
    if assignment.round is not None:
        _add_round(connection, coder, assignment.round)
    return coder


def texts_here(connection: Connection, study_id: UUID) -> dict[UUID, str]:
    """The hash of every text of a study, counted anew, by version."""
    version = tables.document_version
    rows = connection.execute(sa.select(version.c.id, version.c.text).where(version.c.study_id == study_id))
    return {row.id: sha256_of(row.text) for row in rows}


def codebooks_here(connection: Connection, study_id: UUID) -> list[StoredCodebook]:
    """Every version of every codebook of a study, in the order in which they came."""
    version = tables.codebook_version
    ids = connection.execute(
        sa.select(version.c.id).where(version.c.study_id == study_id).order_by(version.c.created_event)
    ).scalars()
    return [codebook_version(connection, version_id) for version_id in ids.all()]


def sha256_of(text: str) -> str:
    """The hash of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _start_copy(connection: Connection, coder: Member, name: str) -> None:
    start_log(connection, study_id=coder.study_id, name=name, log_key=secrets.token_bytes(32))
    row = {"id": coder.id, "name": coder.name, "role": coder.role}
    _record(connection, coder, "study.create", tables.study, coder.study_id, [(tables.member, row)])


def _add_document(connection: Connection, coder: Member, part: DocumentPart) -> None:
    document = {
        "id": part.id,
        "source_id": part.source,
        "title": part.title,
        "date": None if part.date is None else dt.date.fromisoformat(part.date),
        "language": part.language,
        "raw_sha256": part.raw_sha256,
    }
    version = {
        "id": part.version,
        "document_id": part.id,
        "number": part.number,
        "text": part.text,
        "text_sha256": part.text_sha256,
        "characters": len(part.text),
        "words": len(part.text.split()),
    }
    attributes = [
        (tables.document_attribute, {"document_id": part.id, "name": name, "value": value})
        for name, value in part.attributes.items()
    ]
    is_new = not _is_there(connection, tables.document, part.id, coder.study_id)
    rows: list[NewRow] = [
        *([(tables.document, document)] if is_new else []),
        (tables.document_version, version),
        *(
            (tables.section, {"document_version_id": part.version, "position": n, **asdict(section)})
            for n, section in enumerate(part.sections)
        ),
        *(attributes if is_new else []),
    ]
    _record(connection, coder, "document.import", tables.document, part.id, rows)


def _add_codebook(connection: Connection, coder: Member, book: CodebookPart) -> None:
    is_new = not _is_there(connection, tables.codebook, book.id, coder.study_id)
    version = {
        "id": book.version,
        "codebook_id": book.id,
        "number": book.number,
        "rules": list(book.rules),
        "rollups": book.rollups,
    }
    rows: list[NewRow] = [
        *([(tables.codebook, {"id": book.id, "name": book.name})] if is_new else []),
        *(
            (tables.code, {"id": code.id, "codebook_id": book.id})
            for code in book.codes
            if not _is_there(connection, tables.code, code.id, coder.study_id)
        ),
        (tables.codebook_version, version),
        *((tables.code_revision, _revision(code, book.version, n)) for n, code in enumerate(book.codes)),
        *(
            (
                tables.code_detail,
                {
                    "codebook_version_id": book.version,
                    "code_id": code.id,
                    "colour": code.colour,
                    "terms": code.terms,
                },
            )
            for code in book.codes
            if code.colour or code.terms
        ),
    ]
    detail = {"version": book.number, "codes": len(book.codes)}
    action = "codebook.load" if is_new else "codebook.change"
    _record(connection, coder, action, tables.codebook_version, book.version, rows, detail)


def _revision(code: CodePart, version_id: UUID, position: int) -> dict[str, Any]:
    columns = asdict(code)
    for name in ("id", "parent", "colour", "terms"):
        del columns[name]
    return columns | {
        "codebook_version_id": version_id,
        "code_id": code.id,
        "parent_id": code.parent,
        "position": position,
    }


def _add_round(connection: Connection, coder: Member, part: RoundPart) -> None:
    if not _is_there(connection, tables.coding_round, part.id, coder.study_id):
        row = {
            "id": part.id,
            "codebook_version_id": part.codebook_version,
            "name": part.name,
            "blind": part.blind,
        }
        rows: list[NewRow] = [
            (tables.coding_round, row),
            (tables.round_coder, {"coding_round_id": part.id, "member_id": coder.id, "position": 0}),
            *(
                (tables.round_document, {"coding_round_id": part.id, "document_version_id": version_id})
                for version_id in part.documents
            ),
        ]
        if part.purpose is not None:
            purpose = {"coding_round_id": part.id, "purpose": part.purpose, "unit": part.unit}
            rows.append((tables.round_purpose, purpose))
        detail = {"blind": part.blind, "coders": 1, "documents": len(part.documents)}
        _record(connection, coder, "round.open", tables.coding_round, part.id, rows, detail)
    for row_id in part.reopened:
        _reopen(connection, coder, part, row_id)


def _reopen(connection: Connection, coder: Member, part: RoundPart, row_id: UUID) -> None:
    """Take back an act of finishing that the lead took back in the team's study."""
    finished = tables.finished
    row = connection.execute(
        sa.select(finished.c.document_version_id).where(
            finished.c.id == row_id, finished.c.member_id == coder.id, finished.c.retired_event.is_(None)
        )
    ).first()
    if row is not None:
        record(
            connection,
            study_id=coder.study_id,
            actor_id=coder.id,
            action="document.reopen",
            entity=finished,
            entity_id=row_id,
            retire=[(finished, row_id)],
            detail={"round": part.id.hex, "version": row.document_version_id.hex},
        )


def _record(
    connection: Connection,
    coder: Member,
    action: str,
    entity: sa.Table,
    entity_id: UUID,
    rows: Sequence[NewRow],
    detail: dict[str, Any] | None = None,
) -> None:
    record(
        connection,
        study_id=coder.study_id,
        actor_id=coder.id,
        action=action,
        entity=entity,
        entity_id=entity_id,
        add=rows,
        detail=detail,
    )


def _is_there(connection: Connection, table: sa.Table, row_id: UUID, study_id: UUID) -> bool:
    found = connection.execute(sa.select(table.c.study_id).where(table.c.id == row_id)).scalar()
    if found not in (None, study_id):
        raise UnreadableFile("The package names something of another study in this database.")
    return found is not None
