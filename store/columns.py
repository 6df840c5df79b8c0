"""Codings as columns, read for one person: what questions over all of a study are counted in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection

from codebook.columns import (
    Columns,
    DocumentFacts,
    PersonFacts,
    Texts,
    exchange,
    make_columns,
    make_texts,
)
from corpus.models import SectionKind
from store import tables
from store.codings import OF_LINEAGE
from store.documents import documents
from store.participants import (
    PEOPLE,
    attributes_of_participants,
    cases,
    participants,
    said_in_fields,
    speaker_names,
)
from store.portions import portions
from store.studies import Member
from store.visibility import visible_codings


def read_texts(connection: Connection, study_id: UUID) -> tuple[Texts, dict[UUID, int]]:
    """The texts of a study, each version of a document one, and the number of each by its id."""
    listed = documents(connection, study_id)
    number_of = {document.id: number for number, document in enumerate(listed)}
    people = {person.id: person for person in participants(connection, study_id)}
    said = attributes_of_participants(connection, study_id)
    linked: dict[UUID, list[str]] = {}
    for case in cases(connection, study_id):
        if case.participant_id in people:
            linked.setdefault(case.document_id, []).append(people[case.participant_id].name)
    facts = [
        DocumentFacts(
            d.id,
            d.title,
            d.source,
            d.kind,
            d.characters,
            d.date,
            d.language,
            {**d.attributes},
            tuple(linked.get(d.id, ())),
        )
        for d in listed
    ]
    known = [
        PersonFacts(person.name, person.kind, said.get(person.id, {}) | said_in_fields(person))
        for person in people.values()
    ]
    version, section = tables.document_version, tables.section
    versions = connection.execute(
        sa.select(version.c.id, version.c.document_id)
        .where(version.c.study_id == study_id)
        .order_by(version.c.created_event)
    ).all()
    kept = [(row.id, number_of[row.document_id]) for row in versions if row.document_id in number_of]
    texts = {version_id: number for number, (version_id, _) in enumerate(kept)}
    rows = connection.execute(
        sa.select(section.c.document_version_id, section.c.start_char, section.c.end_char, section.c.speaker)
        .join(version, version.c.id == section.c.document_version_id)
        .where(version.c.study_id == study_id, section.c.kind != SectionKind.HEADING.value)
    )
    names = speaker_names(connection, study_id)
    document_of = {row.id: row.document_id for row in versions}
    sections = sorted(
        (
            (texts[version_id], start, end, names.get((document_of[version_id], speaker), speaker))
            for version_id, start, end, speaker in rows
            if version_id in texts
        ),
        key=lambda place: place[:3],
    )
    return make_texts(facts, (document for _, document in kept), sections, known), texts


def texts_as_of(connection: Connection, study_id: UUID) -> int:
    """The last event that changed which texts a study has."""
    document, version, withdrawal = tables.document, tables.document_version, tables.withdrawal
    people = ((table, table.c[at]) for table in PEOPLE for at in ("created_event", "retired_event"))
    newest = (
        sa.select(sa.func.max(column)).where(table.c.study_id == study_id)
        for table, column in (
            (version, version.c.created_event),
            (document, document.c.created_event),
            (document, document.c.retired_event),
            (withdrawal, withdrawal.c.created_event),  # it takes names of speakers away
            *people,  # they say who speaks under which label, and what is said of documents
        )
    )
    return max(connection.execute(query).scalar() or 0 for query in newest)


def stored_texts(connection: Connection, version_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The texts of some versions of documents."""
    version = tables.document_version
    return {
        row.id: row.text
        for some in portions(version_ids)
        for row in connection.execute(sa.select(version.c.id, version.c.text).where(version.c.id.in_(some)))
    }


def read_columns(
    connection: Connection,
    viewer: Member,
    texts: Texts,
    numbers: Mapping[UUID, int],
    code_keys: Mapping[UUID, str],
) -> Columns:
    """The codings that a person may see, as columns.

    Parameters
    ----------
    texts, numbers
        As `read_texts` gives them.
    code_keys : mapping
        Code id to key.
    """
    rows = connection.execute(_in_columns(viewer))
    return make_columns(texts, _numbered(rows, numbers, code_keys))


def read_changes(
    connection: Connection,
    viewer: Member,
    columns: Columns,
    numbers: Mapping[UUID, int],
    code_keys: Mapping[UUID, str],
    *,
    since: int,
) -> Columns:
    """The columns that `read_columns` gave as of an event, as it would give them now, from what changed.

    They must be of the same texts and code keys, and no other documents may be blind than then.
    """
    coding = tables.coding
    lineages = _lineages_touched(connection, viewer.study_id, since)
    gone, rows = [], []
    for some in portions(lineages):
        held = sa.select(coding.c.document_version_id, coding.c.start_char, coding.c.end_char, coding.c.id)
        # Of the hidden ones too: they only take away, and what was hidden was never there.
        for version, *place in connection.execute(held.where(coding.c.lineage_id.in_(some))):
            if version in numbers:
                gone.append((numbers[version], *place))
        query = _in_columns(viewer).where(coding.c.lineage_id.in_(some))
        rows += _numbered(connection.execute(query), numbers, code_keys)
    return exchange(columns, gone=gone, added=make_columns(columns.texts, rows))


def _lineages_touched(connection: Connection, study_id: UUID, since: int) -> set[UUID]:
    """The lineages of all codings that came or went after an event, as the log tells."""
    event = tables.event
    rows = connection.execute(
        sa.select(event.c.entity, event.c.entity_id, event.c.detail).where(
            event.c.study_id == study_id, event.c.seq > since
        )
    ).all()
    ids = {UUID(row_id) for row in rows for row_id in row.detail.get("retired", ())}
    ids |= {row.entity_id for row in rows if row.entity == tables.coding.name}
    return {
        lineage_id
        for table in OF_LINEAGE  # an undo names what it is about, which may be a memo of the coding
        for some in portions(ids)
        for lineage_id in connection.execute(
            sa.select(table.c.lineage_id).where(table.c.id.in_(some))
        ).scalars()
    }


def _in_columns(viewer: Member) -> sa.Select[Any]:
    coding, coder = tables.coding, tables.member
    return (
        visible_codings(viewer)
        .with_only_columns(
            coding.c.document_version_id,
            coding.c.start_char,
            coding.c.end_char,
            coding.c.code_id,
            coder.c.name,
            coding.c.valence,
            coding.c.id,
            maintain_column_froms=True,
        )
        .order_by(None)
    )


def _numbered(
    rows: Iterable[Any], numbers: Mapping[UUID, int], code_keys: Mapping[UUID, str]
) -> list[tuple[int, int, int, str, str, str | None, UUID]]:
    return [
        (numbers[version], start, end, code_keys[code], name, valence, id)
        for version, start, end, code, name, valence, id in rows
        if version in numbers
    ]
