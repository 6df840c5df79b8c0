"""Codings as columns: what matrices, co-occurrence and retrieval count in, a million at a time.

A table of arrays in place of a list of `Coding`: each column holds a number a coding, which points
into a list of codes, coders, speakers or documents. Rows stand in the order of texts and places.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from codebook.models import Coding, Valence
from corpus.models import Document, SectionKind, Source

Numbers = NDArray[np.int64]
Choice = NDArray[np.bool_]

#: What stands in a column where there is nothing: no valence given, nobody named as the speaker.
NONE = -1

#: The valences by their number in the column.
VALENCES = tuple(Valence)


@dataclass(frozen=True)
class PersonFacts:
    """A person or site across documents; ``said`` has its name, role and group among the attributes."""

    name: str
    kind: str
    said: Mapping[str, str]


@dataclass(frozen=True)
class DocumentFacts:
    """What a document can be grouped and filtered by; ``date`` and ``language`` None: not known.

    ``cases`` are the names of the persons and sites that it is linked to.
    """

    id: UUID
    title: str
    source: str
    kind: str
    characters: int
    date: dt.date | None = None
    language: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Texts:
    """The texts that codings stand in, with their paragraphs and turns end to end.

    A document whose text was replaced has several texts; offsets hold within one of them.
    ``section_speaker`` is `NONE` where nobody is named. ``speakers`` are names of participants, and labels
    that nobody was assigned to; ``people`` are the participants by name.
    """

    documents: tuple[DocumentFacts, ...]
    document_of_text: Numbers
    section_text: Numbers
    section_start: Numbers
    section_end: Numbers
    section_speaker: Numbers
    speakers: tuple[str, ...]
    people: Mapping[str, PersonFacts] = field(default_factory=dict)

    @property
    def stride(self) -> int:
        """Longer than any text: texts laid end to end at this distance never meet."""
        longest = max((document.characters for document in self.documents), default=0)
        return int(max(longest, self.section_end.max(initial=0))) + 1


@dataclass(frozen=True, eq=False)
class Columns:
    """Codings as columns of equal length, sorted by text, start and end.

    Attributes
    ----------
    ids : uint8 array, shape (n, 16)
        The bytes of each coding's id.
    valence, speaker : int64 array, shape (n,)
        `NONE` where none was given or nobody is named.
    asked : bool array, shape (n_documents,)
        The documents that a question is about: the denominators count these alone.
    heard : bool array, shape (n_voices,), optional
        Whose words a question is about (`codebook.voices`); None: everybody's.
    """

    texts: Texts
    ids: NDArray[np.uint8]
    text: Numbers
    start: Numbers
    end: Numbers
    code: Numbers
    coder: Numbers
    valence: Numbers
    speaker: Numbers
    codes: tuple[str, ...]
    coders: tuple[str, ...]
    asked: Choice
    heard: Choice | None = None

    def __len__(self) -> int:
        return len(self.code)

    @property
    def document(self) -> Numbers:
        """Shape (n,): the number of each coding's document."""
        return self.texts.document_of_text[self.text]

    def id(self, number: int) -> UUID:
        """The id of one coding."""
        return UUID(bytes=self.ids[number].tobytes())

    def on_line(self, *, apart: int = 0) -> tuple[Numbers, Numbers]:
        """Starts and ends with all texts end to end, more than ``apart`` characters between them."""
        longest = max(self.texts.stride, int(self.end.max(initial=0)) + 1)
        base = self.text * (longest + apart + 1)
        return base + self.start, base + self.end


def as_columns(
    codings: Iterable[Coding], documents: Sequence[Document], sources: Sequence[Source]
) -> Columns:
    """Codings and the documents that they stand in, as columns.

    Parameters
    ----------
    codings : iterable of Coding
        Of these documents alone.
    documents : sequence of Document
        All documents asked about, coded or not: they are what shares are shares of.
    sources : sequence of Source
        The sources of these documents.

    Examples
    --------
    >>> from uuid import uuid4
    >>> source = Source(uuid4(), "GPs", "interview")
    >>> document = Document(uuid4(), source.id, "GP 1", "No time.", (), "")
    >>> coding = Coding(uuid4(), document.id, "An", "TIME", 0, 8, "No time.")
    >>> columns = as_columns([coding], [document], [source])
    >>> len(columns), columns.codes
    (1, ('TIME',))
    """
    labels = {source.id: source for source in sources}
    facts = [
        DocumentFacts(
            document.id,
            document.title,
            labels[document.source_id].label,
            labels[document.source_id].kind,
            len(document.text),
            document.date,
            document.language,
            document.attributes,
        )
        for document in documents
    ]
    sections = [
        (number, section.start_char, section.end_char, section.speaker)
        for number, document in enumerate(documents)
        for section in document.sections
        if section.kind != SectionKind.HEADING
    ]
    texts = make_texts(facts, range(len(facts)), sections)
    number_of = {document.id: number for number, document in enumerate(documents)}
    return make_columns(
        texts,
        [
            (number_of[c.document_id], c.start_char, c.end_char, c.code, c.coder, c.valence, c.id)
            for c in codings
        ],
    )


def make_texts(
    documents: Sequence[DocumentFacts],
    document_of_text: Iterable[int],
    sections: Sequence[tuple[int, int, int, str | None]],
    people: Iterable[PersonFacts] = (),
) -> Texts:
    """Texts from the facts of documents and rows of (text, start, end, speaker), in reading order."""
    speakers = tuple(dict.fromkeys(speaker for *_, speaker in sections if speaker is not None))
    numbers: dict[str | None, int] = {name: number for number, name in enumerate(speakers)}
    places = np.array([section[:3] for section in sections], dtype=np.int64).reshape(-1, 3)
    return Texts(
        tuple(documents),
        np.fromiter(document_of_text, dtype=np.int64),
        places[:, 0],
        places[:, 1],
        places[:, 2],
        np.array([numbers.get(speaker, NONE) for *_, speaker in sections], dtype=np.int64),
        speakers,
        {person.name: person for person in people},
    )


def make_columns(texts: Texts, rows: Sequence[tuple[int, int, int, str, str, str | None, UUID]]) -> Columns:
    """Columns from rows of (text, start, end, code, coder, valence, id) in any order."""
    places = np.array([row[:3] for row in rows], dtype=np.int64).reshape(-1, 3)
    order = np.lexsort((places[:, 2], places[:, 1], places[:, 0]))
    text, start, end = places[order].T
    code, codes = _numbered([row[3] for row in rows])
    coder, coders = _numbered([row[4] for row in rows])
    valence_numbers: dict[Any, int] = {valence.value: number for number, valence in enumerate(VALENCES)}
    valence = np.array([valence_numbers.get(row[5], NONE) for row in rows], dtype=np.int64)
    ids = np.frombuffer(b"".join(row[6].bytes for row in rows), dtype=np.uint8).reshape(-1, 16)
    return Columns(
        texts,
        ids[order],
        text,
        start,
        end,
        code[order],
        coder[order],
        valence[order],
        speakers_at(texts, text, start, end),
        codes,
        coders,
        np.ones(len(texts.documents), dtype=np.bool_),
    )


def speakers_at(texts: Texts, text: Numbers, start: Numbers, end: Numbers) -> Numbers:
    """Who speaks most of each stretch, by number; the earlier on a tie, `NONE` where nobody is named.

    Parameters
    ----------
    text, start, end : int64 array, shape (n,)
        Half-open stretches of texts.
    """
    stride = max(texts.stride, int(end.max(initial=0)) + 1)
    starts = texts.section_text * stride + texts.section_start
    ends = texts.section_text * stride + texts.section_end
    begins, stops = text * stride + start, text * stride + end
    first = np.searchsorted(ends, begins, side="right")
    last = np.searchsorted(starts, stops, side="left") - 1
    found = np.full(len(text), NONE, dtype=np.int64)
    single = first == last
    found[single] = texts.section_speaker[first[single]]
    for number in np.flatnonzero(last > first).tolist():
        within = slice(int(first[number]), int(last[number]) + 1)
        spoken: dict[int, int] = {}
        for speaker, begin, stop in zip(
            texts.section_speaker[within].tolist(),
            starts[within].tolist(),
            ends[within].tolist(),
            strict=True,
        ):
            share = min(stop, int(stops[number])) - max(begin, int(begins[number]))
            spoken[speaker] = spoken.get(speaker, 0) + share
        found[number] = max(spoken, key=spoken.__getitem__)
    return found


def only(columns: Columns, *, codings: Choice | None = None, documents: Choice | None = None) -> Columns:
    """Some codings, and those of some documents; what is not asked about is in no denominator either.

    Parameters
    ----------
    codings : bool array, shape (n,), optional
    documents : bool array, shape (n_documents,), optional
    """
    kept = np.ones(len(columns), dtype=np.bool_) if codings is None else codings
    asked = columns.asked if documents is None else columns.asked & documents
    if documents is not None:
        kept = kept & asked[columns.document]
    if kept.all():
        return replace(columns, asked=asked)
    each = ("ids", "text", "start", "end", "code", "coder", "valence", "speaker")
    return replace(columns, asked=asked, **{name: getattr(columns, name)[kept] for name in each})


def exchange(columns: Columns, *, gone: Iterable[tuple[int, int, int, UUID]], added: Columns) -> Columns:
    """Columns without some codings and with some others, as `make_columns` would make them of all.

    Parameters
    ----------
    gone : iterable of (text, start, end, id)
        What is not there is passed over.
    added : Columns
        Of the same texts.
    """
    kept = np.ones(len(columns), dtype=np.bool_)
    for *place, id in gone:
        first, last = _rows_at(columns, *place)
        kept[first:last] &= (columns.ids[first:last] != np.frombuffer(id.bytes, np.uint8)).any(axis=1)
    left = only(columns, codings=kept)
    rows = zip(added.text.tolist(), added.start.tolist(), added.end.tolist(), strict=True)
    at = [_rows_at(left, *place)[1] for place in rows]

    def put(name: str) -> NDArray[Any]:
        return np.insert(getattr(left, name), at, getattr(added, name), axis=0)

    def put_names(name: str, names: str) -> dict[str, Any]:
        """Numbers of names: those of nobody left are given up, new ones get theirs."""
        both = sorted({*getattr(left, names), *getattr(added, names)})
        ours, theirs = (
            np.array([both.index(n) for n in getattr(c, names)], dtype=np.int64)[getattr(c, name)]
            for c in (left, added)
        )
        numbers = np.insert(ours, at, theirs)
        borne = np.bincount(numbers, minlength=len(both)) > 0
        told = tuple(n for n, is_borne in zip(both, borne.tolist(), strict=True) if is_borne)
        return {name: (np.cumsum(borne) - 1)[numbers], names: told}

    each = ("ids", "text", "start", "end", "valence", "speaker")
    changed: dict[str, Any] = {name: put(name) for name in each}
    return replace(left, **changed, **put_names("code", "codes"), **put_names("coder", "coders"))


def _rows_at(columns: Columns, text: int, start: int, end: int) -> tuple[int, int]:
    """The rows of codings of exactly one place; where they would stand if there are none."""
    first, last = 0, len(columns)
    for values, wanted in ((columns.text, text), (columns.start, start), (columns.end, end)):
        within = values[first:last]
        first, last = (
            first + int(np.searchsorted(within, wanted, side="left")),
            first + int(np.searchsorted(within, wanted, side="right")),
        )
    return first, last


def members(columns: Columns, families: Mapping[str, Iterable[str]], names: Iterable[str]) -> Choice:
    """Shape (n,): does the coding bear one of these codes, or one below them?

    ``families`` maps a code to itself and all below it; a code that is not in it stands for itself.
    """
    wanted = {below for name in names for below in families.get(name, (name,))}
    return np.array([code in wanted for code in columns.codes], dtype=np.bool_)[columns.code]


def _numbered(names: Sequence[str]) -> tuple[Numbers, tuple[str, ...]]:
    listed = tuple(sorted(set(names)))
    numbers = {name: number for number, name in enumerate(listed)}
    return np.array([numbers[name] for name in names], dtype=np.int64), listed
