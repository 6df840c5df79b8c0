"""Sources, documents, their versions and sections."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection, Row, Select

from corpus.models import Comment, Document, Furniture, Page, Section, SectionKind, Source
from store import tables
from store.events import NewRow, record
from store.studies import Member

#: The kind of a source that findings or judgements name before any document of it is there.
KIND_NOT_GIVEN = "kind not given"

#: The attribute under which the participants that a document is linked to are found.
LINKED_CASE = "linked case"

#: Follows a label that is also the name of a participant, but was not said to be theirs.
AS_WRITTEN = " (as written)"


@dataclass(frozen=True)
class StoredDocument:
    """A document as lists show it: everything but its text."""

    id: UUID
    version_id: UUID
    title: str
    source_id: UUID
    source: str
    kind: str
    date: dt.date | None
    language: str | None
    characters: int
    words: int
    sha256: str
    attributes: dict[str, str] = field(default_factory=dict)


def add_source(connection: Connection, *, actor: Member, label: str, kind: str) -> Source:
    """A new data source of the study."""
    source = Source(uuid4(), label, kind)
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="source.add",
        entity=tables.source,
        entity_id=source.id,
        add=[(tables.source, {"id": source.id, "label": label, "kind": kind})],
    )
    return source


def sources(connection: Connection, study_id: UUID) -> list[Source]:
    """The sources of a study in the order in which they came."""
    rows = connection.execute(
        sa.select(tables.source)
        .where(tables.source.c.study_id == study_id, tables.source.c.retired_event.is_(None))
        .order_by(tables.source.c.created_event)
    )
    return [Source(row.id, row.label, row.kind) for row in rows]


def add_document(
    connection: Connection,
    document: Document,
    *,
    actor: Member,
    also: Iterable[NewRow] = (),
    version_id: UUID | None = None,
) -> UUID:
    """Store a document with its first version and sections; returns the version's id.

    ``also`` are rows that tell of its import, which come with the same event; who must point to the version
    in them gives its id.
    """
    version_id = version_id or uuid4()
    attributes = [
        (tables.document_attribute, {"document_id": document.id, "name": name, "value": value})
        for name, value in document.attributes.items()
    ]
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="document.import",
        entity=tables.document,
        entity_id=document.id,
        add=[
            (tables.document, _document_columns(document)),
            *rows_of_version(document, version_id, number=1),
            *attributes,
            *also,
        ],
    )
    return version_id


def rows_of_version(document: Document, version_id: UUID, *, number: int) -> list[NewRow]:
    """The rows of a version of a document: its text, its sections, and what stands around the text."""
    return [
        (tables.document_version, _version_columns(document, version_id, number)),
        *(
            (tables.section, {"document_version_id": version_id, "position": n, **_section_columns(section)})
            for n, section in enumerate(document.sections)
        ),
        *_beside(document, version_id),
    ]


def documents(connection: Connection, study_id: UUID) -> list[StoredDocument]:
    """All documents of a study, by source and date, undated ones last."""
    query = _listing(study_id).order_by(
        tables.source.c.created_event,
        tables.document.c.date.is_(None),
        tables.document.c.date,
        tables.document.c.created_event,
    )
    attributes = _attributes(connection, study_id)
    return [_stored(row, attributes.get(row.id, {})) for row in connection.execute(query)]


def documents_known(
    connection: Connection, study_id: UUID, raw_sha256: Iterable[str]
) -> dict[str, StoredDocument]:
    """The documents that were made from some of these bytes, by hash."""
    rows = connection.execute(_listing(study_id).where(tables.document.c.raw_sha256.in_(list(raw_sha256))))
    return {row.raw_sha256: _stored(row, {}) for row in rows}


def raw_hashes(connection: Connection, document_ids: Iterable[UUID]) -> list[str]:
    """The hashes of the bytes from which documents were made."""
    document = tables.document
    query = sa.select(document.c.raw_sha256).where(document.c.id.in_(list(document_ids)))
    return list(connection.scalars(query))


def load_document(
    connection: Connection, document_id: UUID, version_id: UUID | None = None
) -> tuple[UUID, Document] | None:
    """A version's id and the document with its text and sections; None of a withdrawn one too.

    The version is the current one where ``version_id`` names none.
    """
    document, version = tables.document, tables.document_version
    query = (
        sa.select(document, version.c.id.label("version_id"), version.c.text)
        .join(version, version.c.document_id == document.c.id)
        .where(document.c.id == document_id, document.c.retired_event.is_(None))
        .order_by(version.c.number.desc())
        .limit(1)
    )
    if version_id is not None:
        query = query.where(version.c.id == version_id)
    row = connection.execute(query).first()
    if row is None:
        return None
    found = Document(
        id=row.id,
        source_id=row.source_id,
        title=row.title,
        text=row.text,
        sections=sections_of(connection, row.version_id),
        raw_sha256=row.raw_sha256,
        date=row.date,
        language=row.language,
        attributes=_attributes(connection, row.study_id, row.id).get(row.id, {}),
    )
    return row.version_id, found


def version_text(connection: Connection, version_id: UUID, *, document_id: UUID) -> str | None:
    """The text of one version of a document, also of one that is no more the current one."""
    version = tables.document_version
    found: str | None = connection.execute(
        sa.select(version.c.text).where(version.c.id == version_id, version.c.document_id == document_id)
    ).scalar()
    return found


def documents_of_versions(connection: Connection, version_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Versions by the id of the document that each is of, whether or not it is the current one."""
    version = tables.document_version
    rows = connection.execute(
        sa.select(version.c.document_id, version.c.id).where(version.c.id.in_(list(version_ids)))
    )
    return {row.document_id: row.id for row in rows}


def documents_with_versions(
    connection: Connection, study_id: UUID, version_ids: Iterable[UUID]
) -> list[StoredDocument]:
    """Documents with these versions of theirs, in that order, current or not, withdrawn ones too."""
    wanted = list(version_ids)
    rows = connection.execute(
        _columns_of_listing().where(
            tables.document.c.study_id == study_id, tables.document_version.c.id.in_(wanted)
        )
    )
    attributes = _attributes(connection, study_id)
    found = {row.version_id: _stored(row, attributes.get(row.id, {})) for row in rows}
    return [found[version_id] for version_id in wanted]


def study_of_document(connection: Connection, document_id: UUID) -> UUID | None:
    """The study that a document belongs to."""
    return connection.execute(
        sa.select(tables.document.c.study_id).where(tables.document.c.id == document_id)
    ).scalar()


def sections_of(connection: Connection, version_id: UUID) -> tuple[Section, ...]:
    """The sections of a version in reading order.

    Nothing but a withdrawal changes them, and whoever codes needs them with every coding: the last
    ones are kept.
    """
    key = (version_id, connection.execute(_LAST_WITHDRAWAL).scalar() or 0)
    found = _SECTIONS.get(key)
    if found is None:
        found = _SECTIONS[key] = _read_sections(connection, version_id)
        for other in list(_SECTIONS)[:-_SECTIONS_KEPT]:
            _SECTIONS.pop(other, None)
    return found


def forget_sections() -> None:
    """Read all sections anew: a withdrawal has taken names out of them."""
    _SECTIONS.clear()


_LAST_WITHDRAWAL = sa.select(sa.func.max(tables.withdrawal.c.created_event))
_SECTIONS: dict[tuple[UUID, int], tuple[Section, ...]] = {}
_SECTIONS_KEPT = 40


def _read_sections(connection: Connection, version_id: UUID) -> tuple[Section, ...]:
    rows = connection.execute(
        sa.select(tables.section)
        .where(tables.section.c.document_version_id == version_id)
        .order_by(tables.section.c.position)
    )
    return tuple(
        Section(SectionKind(row.kind), row.start_char, row.end_char, row.level, row.speaker, row.seconds)
        for row in rows
    )


def speakers_in(connection: Connection, study_id: UUID) -> dict[UUID, list[str]]:
    """Who is named as speaking in each version of a document, in the order in which they first speak."""
    section, version = tables.section, tables.document_version
    rows = connection.execute(
        sa.select(section.c.document_version_id, section.c.speaker)
        .join(version, version.c.id == section.c.document_version_id)
        .where(version.c.study_id == study_id, section.c.speaker.is_not(None))
        .group_by(section.c.document_version_id, section.c.speaker)
        .order_by(sa.func.min(section.c.position))
    )
    found: dict[UUID, list[str]] = {}
    for row in rows:
        found.setdefault(row.document_version_id, []).append(row.speaker)
    return found


def labels_in(connection: Connection, study_id: UUID) -> list[tuple[UUID, str]]:
    """(document id, label) of everybody who is named as speaking in a current text, in order of the texts."""
    section, version, document = tables.section, tables.document_version, tables.document
    rows = connection.execute(
        sa.select(version.c.document_id, section.c.speaker)
        .select_from(section)
        .join(version, version.c.id == section.c.document_version_id)
        .join(document, document.c.id == version.c.document_id)
        .where(
            version.c.study_id == study_id,
            document.c.retired_event.is_(None),
            section.c.speaker.is_not(None),
            version.c.id.in_(_current_versions(study_id)),
        )
        .group_by(version.c.document_id, section.c.speaker)
        .order_by(sa.func.min(document.c.created_event), sa.func.min(section.c.position))
    )
    return [(row.document_id, row.speaker) for row in rows]


def unit_spans(connection: Connection, version_ids: Iterable[UUID]) -> dict[UUID, list[tuple[int, int]]]:
    """Start and end of every paragraph and turn (headings left out), by version."""
    wanted = list(version_ids)
    spans: dict[UUID, list[tuple[int, int]]] = {version_id: [] for version_id in wanted}
    table = tables.section
    query = (
        sa.select(table.c.document_version_id, table.c.start_char, table.c.end_char)
        .where(table.c.document_version_id.in_(wanted), table.c.kind != SectionKind.HEADING.value)
        .order_by(table.c.document_version_id, table.c.position)
    )
    for row in connection.execute(query):
        spans[row.document_version_id].append((row.start_char, row.end_char))
    return spans


def texts(connection: Connection, study_id: UUID) -> Iterator[tuple[UUID, str, str]]:
    """(document id, title, current text) of every document of a study."""
    document, version = tables.document, tables.document_version
    query = (
        sa.select(document.c.id, document.c.title, version.c.text)
        .select_from(document)
        .join(version, (version.c.document_id == document.c.id) & _is_current(version))
        .where(document.c.study_id == study_id, document.c.retired_event.is_(None))
        .order_by(document.c.created_event)
    )
    return ((row.id, row.title, row.text) for row in connection.execute(query))


@dataclass(frozen=True)
class FileComment:
    """A remark that came with the file of a document: on which words, and when the file was read."""

    document_id: UUID
    position: int
    comment: Comment
    quote: str
    imported_at: str


def file_comments(connection: Connection, study_id: UUID) -> list[FileComment]:
    """The remarks that came with the files of the study's documents, as their texts are now."""
    document, version, comment = tables.document, tables.document_version, tables.file_comment
    quoted = sa.func.substr(
        version.c.text, comment.c.start_char + 1, comment.c.end_char - comment.c.start_char
    )
    query = (
        sa.select(comment, document.c.id.label("document_id"), quoted.label("quote"), tables.event.c.at)
        .select_from(comment)
        .join(version, (version.c.id == comment.c.document_version_id) & _is_current(version))
        .join(document, document.c.id == version.c.document_id)
        .join(
            tables.event,
            (tables.event.c.study_id == document.c.study_id)
            & (tables.event.c.seq == document.c.created_event),
        )
        .where(document.c.study_id == study_id, document.c.retired_event.is_(None))
        .order_by(document.c.created_event, comment.c.position)
    )
    return [
        FileComment(
            row.document_id,
            row.position,
            Comment(row.start_char, row.end_char, row.text, row.author, row.written_at),
            row.quote,
            row.at,
        )
        for row in connection.execute(query)
    ]


def _is_current(version: sa.FromClause) -> sa.ColumnElement[bool]:
    newer = tables.document_version.alias("newer")
    return ~sa.exists().where(newer.c.document_id == version.c.document_id, newer.c.number > version.c.number)


def _current_versions(study_id: UUID) -> Select[Any]:
    """Their ids, asked for once and not for every section."""
    version = tables.document_version.alias("current_version")
    return sa.select(version.c.id).where(version.c.study_id == study_id, _is_current(version))


def _listing(study_id: UUID) -> Select[Any]:
    document = tables.document
    return (
        _columns_of_listing()
        .where(_is_current(tables.document_version))
        .where(document.c.study_id == study_id, document.c.retired_event.is_(None))
    )


def _columns_of_listing() -> Select[Any]:
    document, version, source = tables.document, tables.document_version, tables.source
    return (
        sa.select(
            document,
            version.c.id.label("version_id"),
            version.c.characters,
            version.c.words,
            version.c.text_sha256,
            source.c.label,
            source.c.kind,
        )
        .select_from(document)
        .join(version, version.c.document_id == document.c.id)
        .join(source, source.c.id == document.c.source_id)
    )


def _stored(row: Row[Any], attributes: dict[str, str]) -> StoredDocument:
    return StoredDocument(
        id=row.id,
        version_id=row.version_id,
        title=row.title,
        source_id=row.source_id,
        source=row.label,
        kind=row.kind,
        date=row.date,
        language=row.language,
        characters=row.characters,
        words=row.words,
        sha256=row.text_sha256,
        attributes=attributes,
    )


def _attributes(
    connection: Connection, study_id: UUID, document_id: UUID | None = None
) -> dict[UUID, dict[str, str]]:
    table = tables.document_attribute
    query = (
        sa.select(table)
        .join(tables.document)
        .where(tables.document.c.study_id == study_id)
        .order_by(table.c.name)
    )
    if document_id is not None:
        query = query.where(table.c.document_id == document_id)
    found: dict[UUID, dict[str, str]] = {}
    for row in connection.execute(query):
        found.setdefault(row.document_id, {})[row.name] = row.value
    for owner, name, value in _said_since(connection, study_id, document_id):
        found.setdefault(owner, {})[name] = value
        if not value:
            del found[owner][name]
    return found


def _said_since(
    connection: Connection, study_id: UUID, document_id: UUID | None
) -> Iterator[tuple[UUID, str, str]]:
    """What people said of documents after the import: values, empty where taken away, and linked cases."""
    case, person, said = tables.document_case, tables.participant, tables.participant_attribute
    renamed = (
        (said.c.participant_id == person.c.id) & (said.c.name == "name") & said.c.retired_event.is_(None)
    )
    linked = (
        sa.select(case.c.document_id, sa.func.coalesce(said.c.value, person.c.name).label("name"))
        .join(person, person.c.id == case.c.participant_id)
        .outerjoin(said, renamed)
        .where(case.c.study_id == study_id, case.c.retired_event.is_(None))
        .order_by(case.c.created_event)
    )
    value = tables.document_value
    changed = (
        sa.select(value)
        .where(value.c.study_id == study_id, value.c.retired_event.is_(None))
        .order_by(value.c.created_event)
    )
    if document_id is not None:
        linked = linked.where(case.c.document_id == document_id)
        changed = changed.where(value.c.document_id == document_id)
    names: dict[UUID, list[str]] = {}
    for row in connection.execute(linked):
        names.setdefault(row.document_id, []).append(row.name)
    yield from ((owner, LINKED_CASE, "; ".join(cases)) for owner, cases in names.items())
    yield from ((row.document_id, row.name, row.value or "") for row in connection.execute(changed))


def _beside(document: Document, version_id: UUID) -> Iterator[tuple[sa.Table, dict[str, Any]]]:
    """What stands around the text: pages, comments, and what was set aside."""
    kept: tuple[tuple[sa.Table, list[dict[str, Any]]], ...] = (
        (tables.page, [{"start_char": page.start_char, "label": page.label} for page in document.pages]),
        (tables.set_aside, [{"place": aside.place, "text": aside.text} for aside in document.furniture]),
        (
            tables.file_comment,
            [
                {
                    "start_char": comment.start_char,
                    "end_char": comment.end_char,
                    "text": comment.text,
                    "author": comment.author,
                    "written_at": comment.at,
                }
                for comment in document.comments
            ],
        ),
    )
    for table, rows in kept:
        for position, row in enumerate(rows):
            yield table, {"document_version_id": version_id, "position": position, **row}


def beside(
    connection: Connection, version_id: UUID
) -> tuple[tuple[Page, ...], tuple[Comment, ...], tuple[Furniture, ...]]:
    """Pages, comments and what was set aside, as they came with the file of a version."""

    def rows_of(table: sa.Table) -> Sequence[Row[Any]]:
        query = sa.select(table).where(table.c.document_version_id == version_id)
        return connection.execute(query.order_by(table.c.position)).all()

    return (
        tuple(Page(row.start_char, row.label) for row in rows_of(tables.page)),
        tuple(
            Comment(row.start_char, row.end_char, row.text, row.author, row.written_at)
            for row in rows_of(tables.file_comment)
        ),
        tuple(Furniture(row.place, row.text) for row in rows_of(tables.set_aside)),
    )


def _document_columns(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "source_id": document.source_id,
        "title": document.title,
        "date": document.date,
        "language": document.language,
        "raw_sha256": document.raw_sha256,
    }


def _version_columns(document: Document, version_id: UUID, number: int) -> dict[str, Any]:
    return {
        "id": version_id,
        "document_id": document.id,
        "number": number,
        "text": document.text,
        "text_sha256": hashlib.sha256(document.text.encode()).hexdigest(),
        "characters": len(document.text),
        "words": len(document.text.split()),
    }


def _section_columns(section: Section) -> dict[str, Any]:
    return {
        "kind": section.kind.value,
        "start_char": section.start_char,
        "end_char": section.end_char,
        "level": section.level,
        "speaker": section.speaker,
        "seconds": section.seconds,
    }
