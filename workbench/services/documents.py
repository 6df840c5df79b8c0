"""Listing and opening documents."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, Engine

from corpus.models import Document, Source
from store import documents as kept
from store.documents import StoredDocument
from store.engine import reading
from store.studies import Member
from workbench.services.errors import NotThere

_NOT_HERE = "This document is not in the study. Choose one on the page Documents."


def list_documents(engine: Engine, actor: Member) -> list[StoredDocument]:
    """Every document of the study, by source and date."""
    with reading(engine) as connection:
        return kept.documents(connection, actor.study_id)


def list_sources(engine: Engine, actor: Member) -> list[Source]:
    """The data sources of the study."""
    with reading(engine) as connection:
        return kept.sources(connection, actor.study_id)


def open_document(engine: Engine, actor: Member, document_id: UUID) -> tuple[UUID, Document]:
    """The current version's id, and the document with its text and sections."""
    with reading(engine) as connection:
        return loaded_document(connection, actor, document_id)


def loaded_document(connection: Connection, actor: Member, document_id: UUID) -> tuple[UUID, Document]:
    """`open_document` within a transaction."""
    found = kept.load_document(connection, document_id)
    if found is None or kept.study_of_document(connection, document_id) != actor.study_id:
        raise NotThere(_NOT_HERE)
    return found


def listed_document(connection: Connection, actor: Member, document_id: UUID) -> StoredDocument:
    """A document as the study lists it, within a transaction."""
    found = next((d for d in kept.documents(connection, actor.study_id) if d.id == document_id), None)
    if found is None:
        raise NotThere(_NOT_HERE)
    return found


def document_text(engine: Engine, wanted: str) -> str:
    """The stored text of a document given by its id, or by its title where that is unique.

    A single-machine convenience: whoever can open the database file can read its texts.
    """
    with reading(engine) as connection:
        document_id = _as_uuid(wanted)
        if document_id is None:
            from store.studies import studies

            listed = [d for s in studies(connection) for d in kept.documents(connection, s.id)]
            document_id = document_named(listed, wanted).id
        found = kept.load_document(connection, document_id)
    if found is None:
        raise NotThere(f"There is no document '{wanted}'. 'trigpoint documents' lists them.")
    return found[1].text


def document_named(listed: Sequence[StoredDocument], wanted: str) -> StoredDocument:
    """A document by id or title.

    Raises
    ------
    NotThere
        If there is none, or several bear the title.
    """
    document_id = _as_uuid(wanted)
    title = unicodedata.normalize("NFC", wanted.strip())
    found = [d for d in listed if d.id == document_id or d.title == title]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(str(document.id) for document in found)
        raise NotThere(f"Several documents are called '{wanted}'. Use one of their ids: {ids}.")
    raise NotThere(f"There is no document '{wanted}'. 'trigpoint documents' lists them.")


def _as_uuid(text: str) -> UUID | None:
    try:
        return UUID(text.strip())
    except ValueError:
        return None
