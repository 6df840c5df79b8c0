"""The rows of a framework: documents, or cases - a speaker, a linked case, or what shares an attribute."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, Engine

from corpus.errors import UserFacingError
from corpus.sections import speaker_of
from store.documents import LINKED_CASE, StoredDocument, documents, sections_of, speakers_in
from store.engine import reading
from store.frameworks import DOCUMENTS, SPEAKERS, RowKey, Rows
from store.participants import cases as linked_cases
from store.participants import participants, speaker_names
from store.studies import Member


@dataclass(frozen=True)
class FrameworkRow:
    """A document or a case with its documents; ``key`` is the document's id or the name of the case.

    ``labels`` are the versions and labels under which a speaker's row speaks; empty for other rows.
    """

    key: RowKey
    title: str
    documents: tuple[StoredDocument, ...]
    labels: frozenset[tuple[UUID, str]] = frozenset()

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of its documents, each once."""
        return tuple(dict.fromkeys(document.source for document in self.documents))

    @property
    def date(self) -> dt.date | None:
        """The date of its earliest document; None where none has a date."""
        return min((d.date for d in self.documents if d.date is not None), default=None)


@dataclass(frozen=True)
class RowsOfStudy:
    """The rows of a framework, and the documents that belong to none of them."""

    rows: tuple[FrameworkRow, ...]
    left_out: tuple[StoredDocument, ...] = ()


def row_choices(engine: Engine, actor: Member) -> list[Rows]:
    """What the rows of a new framework can be: documents, speakers where some are named, attributes."""
    with reading(engine) as connection:
        return _choices(connection, actor)


def rows_called(words: str) -> Rows:
    """Rows as a command names them: ``documents``, ``speakers``, or an attribute."""
    return {"documents": DOCUMENTS, "speakers": SPEAKERS}.get(words, Rows("attribute", words))


def refuse_rows_without_cases(connection: Connection, actor: Member, rows: Rows) -> None:
    """Refuse speakers where nobody is named, and attributes that no document has.

    Raises
    ------
    UserFacingError
        With what there is instead.
    """
    choices = _choices(connection, actor)
    if rows in choices:
        return
    if rows == SPEAKERS:
        raise UserFacingError("No document of this study names a speaker. Choose documents as rows.")
    there = ", ".join(f"'{choice.attribute}'" for choice in choices if choice.attribute) or "none"
    raise UserFacingError(
        f"No document has the attribute '{rows.attribute}'. Attributes of this study: {there}. "
        "Rows can also be documents or speakers."
    )


def rows_of(connection: Connection, actor: Member, rows: Rows) -> RowsOfStudy:
    """The rows in the order in which they first come; a document can be of several speakers.

    A participant is one speaker, under whatever labels and in whatever documents they speak. A document
    that is linked to several persons or sites is of each of them.
    """
    listed = documents(connection, actor.study_id)
    if rows.kind == "document":
        return RowsOfStudy(tuple(FrameworkRow(d.id, d.title, (d,)) for d in listed))
    names = _names_of_cases(connection, actor, rows, listed)
    cases: dict[str, list[StoredDocument]] = defaultdict(list)
    labels: dict[str, set[tuple[UUID, str]]] = defaultdict(set)
    for document in listed:
        for name, under in names[document.id].items():
            cases[name].append(document)
            labels[name] |= {(document.version_id, label) for label in under}
    return RowsOfStudy(
        tuple(
            FrameworkRow(name, name, tuple(found), frozenset(labels[name])) for name, found in cases.items()
        ),
        tuple(document for document in listed if not names[document.id]),
    )


def is_of_row(
    connection: Connection, rows: Rows, row: FrameworkRow, version_id: UUID, span: tuple[int, int]
) -> bool:
    """Whether a passage in a document of a row is the row's: of a speaker's, most of it is theirs."""
    if rows.kind != "speaker":
        return True
    label = speaker_of(sections_of(connection, version_id), *span)
    return label is not None and (version_id, label) in row.labels


def _choices(connection: Connection, actor: Member) -> list[Rows]:
    listed = documents(connection, actor.study_id)
    named = any(speakers_in(connection, actor.study_id).values())
    attributes = sorted({name for d in listed for name, value in d.attributes.items() if value.strip()})
    return [DOCUMENTS, *([SPEAKERS] if named else []), *(Rows("attribute", name) for name in attributes)]


def _names_of_cases(
    connection: Connection, actor: Member, rows: Rows, listed: Sequence[StoredDocument]
) -> Mapping[UUID, Mapping[str, Sequence[str]]]:
    """The cases that each document is of, with the labels under which a speaker speaks in it."""
    found: dict[UUID, dict[str, list[str]]] = {document.id: {} for document in listed}
    if rows.kind == "speaker":
        for (document_id, label), name in speaker_names(connection, actor.study_id).items():
            if document_id in found:
                found[document_id].setdefault(name, []).append(label)
        return found
    if rows.attribute == LINKED_CASE:  # a document can be of several
        people = {person.id: person.name for person in participants(connection, actor.study_id)}
        for case in linked_cases(connection, actor.study_id):
            if case.document_id in found and case.participant_id in people:
                found[case.document_id][people[case.participant_id]] = []
        return found
    for document in listed:
        if value := document.attributes.get(rows.attribute, "").strip():
            found[document.id][value] = []
    return found
