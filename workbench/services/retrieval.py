"""Passages that answer a question, with the words around them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal
from uuid import UUID

import numpy as np
from sqlalchemy import Engine

from codebook.columns import NONE, VALENCES, Columns, Numbers
from codebook.models import Valence
from codebook.retrieval import Measure, Question, Scope, find
from corpus.sentences import sentence_starts
from store.columns import stored_texts
from store.engine import reading
from store.studies import Member
from store.tables import coding
from store.visibility import visible_codings
from workbench.services.asking import Asked, asking, role_of
from workbench.services.table_files import Format, table_bytes

#: Characters of the text that stand on each side of a passage.
CONTEXT = 120

#: What passages are put in order by: their places, who speaks, or what their documents are linked to.
Order = Literal["place", "speaker", "linked"]

#: The columns of `passages_file`.
PASSAGE_COLUMNS = (
    "document",
    "title",
    "source",
    "kind",
    "date",
    "speaker",
    "role",
    "linked_to",
    "code",
    "coder",
    "valence",
    "start_char",
    "end_char",
    "quote",
)


@dataclass(frozen=True)
class Passage:
    """A coding with its place, and the words around it.

    ``speaker`` is the name of a participant, or the label where nobody was assigned to it; ``role`` their
    role and group. ``linked_to`` names the persons and sites that the document is linked to.
    """

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
    role: str = ""
    linked_to: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """Some of the passages that answer a question, and how many there are in all.

    ``groups`` are the people by whom they stand in order, with how many passages and documents each has;
    None: nobody is named, or the document is linked to nobody. Empty where passages stand by place.
    """

    codings: int
    documents: int
    of_documents: int
    shown: tuple[Passage, ...]
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True)
class Group:
    """Passages of one person, or of the documents that are linked to the same persons and sites."""

    name: str | None
    codings: int
    documents: int


def find_passages(
    engine: Engine,
    actor: Member,
    question: Question,
    scope: Scope | None = None,
    *,
    order: Order = "place",
    begin: int = 0,
    number: int | None = None,
) -> Found:
    """The passages that answer a question; ``number`` of them from ``begin`` on, all where it is None."""
    asked = asking(engine, actor, scope)
    sentences = None
    if any(condition.measure == Measure.SENTENCES for condition in question.conditions):
        sentences = sentences_of(asked)
    rows = find(asked.columns, question, families=asked.seen.families, sentences=sentences)
    if order == "place":
        return found_at(asked, rows, begin, number)
    rows, groups = _by_people(asked.columns, rows, order)
    return replace(found_at(asked, rows, begin, number), groups=groups)


def group_of(passage: Passage, order: Order) -> str | None:
    """The name of the group that a passage stands in."""
    return passage.speaker if order == "speaker" else _linked(passage.linked_to)


def _by_people(columns: Columns, rows: Numbers, order: Order) -> tuple[Numbers, tuple[Group, ...]]:
    """Rows by the name of who speaks, or of what the documents are linked to; those of nobody come last."""
    texts = columns.texts
    if order == "speaker":
        names: list[str | None] = [*texts.speakers, None]
        which = columns.speaker[rows]
    else:
        linked = [_linked(document.cases) for document in texts.documents]
        names = [*dict.fromkeys(name for name in linked if name is not None), None]
        numbers = {name: number for number, name in enumerate(names)}
        which = np.array([numbers[name] for name in linked], dtype=np.int64)[columns.document[rows]]
    sorted_names = sorted(range(len(names) - 1), key=lambda n: (names[n] or "").casefold())
    place = np.full(len(names), len(names) - 1, dtype=np.int64)  # nobody's is the last
    place[sorted_names] = np.arange(len(sorted_names))
    at = place[which]
    rows = rows[np.argsort(at, kind="stable")]
    at = np.sort(at)
    document = columns.document[rows]
    in_order: list[str | None] = [*(names[n] for n in sorted_names), None]
    return rows, tuple(
        Group(in_order[n], int((at == n).sum()), len(np.unique(document[at == n])))
        for n in np.unique(at).tolist()
    )


def _linked(cases: Iterable[str]) -> str | None:
    return "; ".join(cases) or None


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
        name = None if speaker == NONE else columns.texts.speakers[speaker]
        person = None if name is None else columns.texts.people.get(name)
        yield Passage(
            id=coding_id,
            document_id=document.id,
            title=document.title,
            source=document.source,
            kind=document.kind,
            date=document.date,
            speaker=name,
            code=columns.codes[columns.code[row]],
            coder=columns.coders[columns.coder[row]],
            valence=None if valence == NONE else VALENCES[valence],
            start_char=start,
            end_char=end,
            quote=quote,
            before=text[max(0, start - CONTEXT) : start],
            after=text[end : end + CONTEXT],
            role="" if person is None else role_of(person),
            linked_to=document.cases,
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
                p.role,
                "; ".join(p.linked_to),
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
