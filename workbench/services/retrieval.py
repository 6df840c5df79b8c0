"""Passages that answer a question, with the words around them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from sqlalchemy import Engine

from codebook.columns import NONE, VALENCES, Numbers
from codebook.models import Valence
from codebook.retrieval import Measure, Question, Scope, find
from corpus.sentences import sentence_starts
from store.columns import stored_texts
from store.engine import reading
from store.studies import Member
from store.tables import coding
from store.visibility import visible_codings
from workbench.services.asking import Asked, asking
from workbench.services.table_files import Format, table_bytes

#: Characters of the text that stand on each side of a passage.
CONTEXT = 120

#: The columns of `passages_file`.
PASSAGE_COLUMNS = (
    "document",
    "title",
    "source",
    "kind",
    "date",
    "speaker",
    "code",
    "coder",
    "valence",
    "start_char",
    "end_char",
    "quote",
)


@dataclass(frozen=True)
class Passage:
    """A coding with its place, and the words around it."""

    id: UUID
    document_id: UUID
    title: str
    source: str
    kind: str
    date: dt.date | None
    speaker: str | None
    code: str
    coder: str
    valence: Valence | None
    start_char: int
    end_char: int
    quote: str
    before: str
    after: str


@dataclass(frozen=True)
class Found:
    """Some of the passages that answer a question, and how many there are in all."""

    codings: int
    documents: int
    of_documents: int
    shown: tuple[Passage, ...]


def find_passages(
    engine: Engine,
    actor: Member,
    question: Question,
    scope: Scope | None = None,
    *,
    begin: int = 0,
    number: int | None = None,
) -> Found:
    """The passages that answer a question; ``number`` of them from ``begin`` on, all where it is None."""
    asked = asking(engine, actor, scope)
    sentences = None
    if any(condition.measure == Measure.SENTENCES for condition in question.conditions):
        sentences = sentences_of(asked)
    rows = find(asked.columns, question, families=asked.seen.families, sentences=sentences)
    return found_at(asked, rows, begin, number)


def found_at(asked: Asked, rows: Numbers, begin: int, number: int | None) -> Found:
    """Rows of what is asked as passages: all are counted, ``number`` of them from ``begin`` on are told."""
    end = None if number is None else begin + number
    return Found(
        len(rows),
        len(np.unique(asked.columns.document[rows])),
        int(asked.columns.asked.sum()),
        tuple(passages_at(asked, rows[begin:end])),
    )


def passages_at(asked: Asked, rows: Numbers) -> Iterator[Passage]:
    """Rows as passages. Quotes are read through `visible_codings` once more, not from the snapshot alone."""
    columns = asked.columns
    versions = {number: version for version, number in asked.seen.versions.items()}
    wanted = {columns.id(row): row for row in rows.tolist()}
    with reading(asked.engine) as connection:
        texts = stored_texts(connection, {versions[number] for number in columns.text[rows].tolist()})
    for coding_id, quote in _quotes(asked, wanted):
        row = wanted[coding_id]
        document = columns.texts.documents[columns.document[row]]
        text = texts[versions[int(columns.text[row])]]
        start, end = int(columns.start[row]), int(columns.end[row])
        speaker, valence = int(columns.speaker[row]), int(columns.valence[row])
        yield Passage(
            id=coding_id,
            document_id=document.id,
            title=document.title,
            source=document.source,
            kind=document.kind,
            date=document.date,
            speaker=None if speaker == NONE else columns.texts.speakers[speaker],
            code=columns.codes[columns.code[row]],
            coder=columns.coders[columns.coder[row]],
            valence=None if valence == NONE else VALENCES[valence],
            start_char=start,
            end_char=end,
            quote=quote,
            before=text[max(0, start - CONTEXT) : start],
            after=text[end : end + CONTEXT],
        )


#: SQLite takes no more than so many values in one question.
_AT_ONCE = 500


def _quotes(asked: Asked, wanted: Iterable[UUID]) -> list[tuple[UUID, str]]:
    ids = list(wanted)
    found: dict[UUID, str] = {}
    with reading(asked.engine) as connection:
        for begin in range(0, len(ids), _AT_ONCE):
            rows = connection.execute(
                visible_codings(asked.actor).where(coding.c.id.in_(ids[begin : begin + _AT_ONCE]))
            )
            found |= {row.id: row.quote for row in rows}
    return [(coding_id, found[coding_id]) for coding_id in ids if coding_id in found]


def sentences_of(asked: Asked) -> list[list[int]]:
    """Where sentences begin in the texts that codings stand in; elsewhere nobody asks."""
    numbers = set(np.unique(asked.columns.text).tolist())
    wanted = {version: number for version, number in asked.seen.versions.items() if number in numbers}
    found: list[list[int]] = [[] for _ in range(len(asked.columns.texts.document_of_text))]
    with reading(asked.engine) as connection:
        for version, text in stored_texts(connection, wanted).items():
            found[wanted[version]] = sentence_starts(text)
    return found


def passages_file(passages: Iterable[Passage], format: Format) -> bytes:
    """Passages as a table, one a row."""
    return table_bytes(
        format,
        "Passages",
        PASSAGE_COLUMNS,
        (
            (
                str(p.document_id),
                p.title,
                p.source,
                p.kind,
                None if p.date is None else p.date.isoformat(),
                p.speaker,
                p.code,
                p.coder,
                p.valence,
                p.start_char,
                p.end_char,
                p.quote,
            )
            for p in passages
        ),
    )
