"""Codings as columns, read for one person: what questions over all of a study are counted in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection

from codebook.columns import Columns, DocumentFacts, Texts, make_columns, make_texts
from corpus.models import SectionKind
from store import tables
from store.documents import documents
from store.studies import Member
from store.visibility import visible_codings


def read_texts(connection: Connection, study_id: UUID) -> tuple[Texts, dict[UUID, int]]:
    """The texts of a study, each version of a document one, and the number of each by its id."""
    listed = documents(connection, study_id)
    number_of = {document.id: number for number, document in enumerate(listed)}
    facts = [
        DocumentFacts(d.id, d.title, d.source, d.kind, d.characters, d.date, d.language, {**d.attributes})
        for d in listed
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
    sections = sorted(
        ((texts[row[0]], *row[1:]) for row in rows if row[0] in texts), key=lambda place: place[:3]
    )
    return make_texts(facts, (document for _, document in kept), sections), texts


def texts_as_of(connection: Connection, study_id: UUID) -> int:
    """The last event that changed which texts a study has."""
    document, version = tables.document, tables.document_version
    newest = (
        sa.select(sa.func.max(column)).where(table.c.study_id == study_id)
        for table, column in (
            (version, version.c.created_event),
            (document, document.c.created_event),
            (document, document.c.retired_event),
        )
    )
    return max(connection.execute(query).scalar() or 0 for query in newest)


#: SQLite takes no more than so many values in one question.
_AT_ONCE = 500


def stored_texts(connection: Connection, version_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The texts of some versions of documents."""
    version, ids = tables.document_version, list(version_ids)
    found: dict[UUID, str] = {}
    for begin in range(0, len(ids), _AT_ONCE):
        some = sa.select(version.c.id, version.c.text).where(version.c.id.in_(ids[begin : begin + _AT_ONCE]))
        found |= {row.id: row.text for row in connection.execute(some)}
    return found


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
    coding, coder = tables.coding, tables.member
    query = (
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
    rows = connection.execute(query)
    return make_columns(
        texts,
        [
            (numbers[version], start, end, code_keys[code], name, valence, id)
            for version, start, end, code, name, valence, id in rows
            if version in numbers
        ],
    )
