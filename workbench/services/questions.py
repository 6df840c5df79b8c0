"""Questions asked of codings: passages, matrices, codes that stand together, time; and words of texts.

All of it is counted from a snapshot: the codings that one person may see as of one event, in columns.
A snapshot is kept under the person who asked for it and is never given to another, so that what one
may see while others are blind cannot reach them; and it is left as soon as the log has a new event.
"""

from __future__ import annotations

import datetime as dt
import tempfile
import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal
from uuid import UUID, uuid4
from weakref import WeakKeyDictionary

import networkx as nx
import numpy as np
from sqlalchemy import Connection, Engine

from codebook import hierarchy
from codebook.columns import NONE, VALENCES, Choice, Columns, DocumentFacts, Numbers, Texts, members, only
from codebook.cooccurrence import Cooccurrence, cooccurrence, network, positions
from codebook.crosstab import Cell, Crosstab, Grouping, Period, Side, crosstab, grouping, period_of
from codebook.models import Code, Codebook, Valence
from codebook.retrieval import Measure, Question, Scope, find, in_scope, pairs
from codebook.timeline import Timeline, timeline
from corpus.search import Match
from corpus.sentences import sentence_starts
from corpus.spreadsheets import write_rows
from corpus.words import KeyWord, concordance, count_words, keyness, stop_words, without
from corpus.workbooks import write_workbook
from store.codebooks import code_keys, current_codebook
from store.columns import read_columns, read_texts, texts_as_of
from store.documents import texts as current_texts
from store.engine import reading
from store.events import head_of
from store.studies import Member
from store.tables import coding, document_version
from store.visibility import blind_documents, visible_codings
from workbench.services.codebooks import codes_ever, codes_in_force
from workbench.services.coding import Outcome, apply_operations

#: Characters of the text that stand on each side of a passage.
CONTEXT = 120

#: Codings that are kept in snapshots of all people together; the oldest snapshot goes first.
MOST_CODINGS = 3_000_000

#: An attribute with more values names documents one by one: there is nothing to group by.
MOST_VALUES = 30

#: Texts whose words are kept counted.
MOST_TEXTS = 20_000

#: The rows of a matrix: levels with all below them; every code by itself; or every code with all below
#: it. The name of a roll-up gives its groups.
ROWS = ("levels", "themes", "both")

Format = Literal["csv", "xlsx"]


@dataclass(frozen=True, eq=False)
class _Snapshot:
    """What a person may see as of an event.

    ``codebook`` has the codes in force; ``outside`` those that codings bear and no codebook has any
    more or yet. ``families`` maps each code to itself and those below it, as the tree counts.
    """

    columns: Columns
    codebook: Codebook
    outside: tuple[Code, ...]
    families: Mapping[str, tuple[str, ...]]
    versions: Mapping[UUID, int]

    def name_of(self, key: str, language: str = "en") -> str:
        """The label of a code; its key where none is known."""
        codes = (*self.codebook.codes, *self.outside)
        return next((code.name(language) for code in codes if code.key == key), key)


@dataclass(frozen=True)
class Choices:
    """What a question can be narrowed to, as far as the person may know of it.

    ``blind`` is the number of documents on which a blind round is open: there are only own codings.
    """

    codes: tuple[Code, ...]
    rollups: tuple[str, ...]
    sources: tuple[str, ...]
    kinds: tuple[str, ...]
    attributes: Mapping[str, tuple[str, ...]]
    speakers: tuple[str, ...]
    coders: tuple[str, ...]
    languages: tuple[str, ...]
    first: dt.date | None
    last: dt.date | None
    documents: int
    codings: int
    blind: int


@dataclass(frozen=True)
class Extent:
    """Documents and codings that a question is asked of."""

    documents: int
    codings: int


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


@dataclass(frozen=True, eq=False)
class Matrix:
    """A matrix with the labels of its rows; ``groups`` says which codings stand in which column."""

    table: Crosstab
    groups: Grouping
    names: Mapping[str, str]
    levels: Mapping[str, int]


@dataclass(frozen=True)
class MatrixWish:
    """Which codes by what, and what a cell counts. ``rows`` may also name a roll-up."""

    rows: str = "levels"
    side: Side = Side.KIND
    attribute: str | None = None
    period: Period = "year"
    cell: Cell = Cell.DOCUMENTS


@dataclass(frozen=True, eq=False)
class Together:
    """Codes that stand together: counts, the network and a place for each of its codes."""

    table: Cooccurrence
    graph: nx.Graph
    places: Mapping[str, tuple[float, float]]
    names: Mapping[str, str]
    levels: Mapping[str, int]


@dataclass(frozen=True)
class TogetherWish:
    """Which codes, how near, within one coder's codings or across, and from how many pairs on."""

    rows: str = "themes"
    distance: int | None = None
    same_coder: bool = False
    fewest: int = 2


@dataclass(frozen=True)
class Line:
    """A word in its line, in a document."""

    document_id: UUID
    title: str
    source: str
    match: Match
    sentence: tuple[int, int]


@dataclass(frozen=True)
class Frequency:
    """How often a word occurs, and in how many documents."""

    lemma: str
    occurrences: int
    documents: int
    per_thousand: float


@dataclass(frozen=True)
class Words:
    """Words of some documents; ``left_out`` are the words of grammar not listed, by language."""

    frequencies: tuple[Frequency, ...]
    total: int
    documents: int
    left_out: Mapping[str, frozenset[str]] = field(default_factory=dict)


# --- the snapshot -------------------------------------------------------------------------------------


class _Kept:
    """What is kept of one database: texts by study, snapshots by study and person."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.texts: dict[UUID, tuple[int, Texts, dict[UUID, int]]] = {}
        self.snapshots: OrderedDict[tuple[UUID, UUID], tuple[int, _Snapshot]] = OrderedDict()
        self.words: OrderedDict[tuple[UUID, str | None], Counter[str]] = OrderedDict()


_kept: WeakKeyDictionary[Engine, _Kept] = WeakKeyDictionary()


def _snapshot(engine: Engine, actor: Member) -> _Snapshot:
    """What the person may see now, in columns; read anew only after the log has gone on."""
    kept = _kept.setdefault(engine, _Kept())
    key = (actor.study_id, actor.id)
    with reading(engine) as connection:
        event = (head_of(connection, actor.study_id) or (0, ""))[0]
        with kept.lock:
            found = kept.snapshots.get(key)
        if found is not None and found[0] == event:
            return found[1]
        seen = _read(connection, actor, kept)
    with kept.lock:
        kept.snapshots[key] = (event, seen)
        kept.snapshots.move_to_end(key)
        while len(kept.snapshots) > 1 and _size(kept) > MOST_CODINGS:
            kept.snapshots.popitem(last=False)
    return seen


def _size(kept: _Kept) -> int:
    return sum(len(seen.columns) for _, seen in kept.snapshots.values())


def _read(connection: Connection, actor: Member, kept: _Kept) -> _Snapshot:
    texts, versions = _texts(connection, actor.study_id, kept)
    columns = read_columns(connection, actor, texts, versions, code_keys(connection, actor.study_id))
    if current_codebook(connection, actor.study_id) is None:  # words can be asked for all the same
        return _Snapshot(columns, Codebook("", 1, ()), (), {}, versions)
    codebook = codes_in_force(connection, actor.study_id).codebook
    known = {code.key for code in codebook.codes}
    borne = set(columns.codes)
    outside = tuple(
        replace(code, parent=None)
        for code in codes_ever(connection, actor).codes
        if code.key not in known and code.key in borne
    )
    families = {
        code.key: (code.key, *(below.key for below in hierarchy.descendants(codebook, code.key)))
        for code in codebook.codes
    }
    return _Snapshot(columns, codebook, outside, families, versions)


def _texts(connection: Connection, study_id: UUID, kept: _Kept) -> tuple[Texts, dict[UUID, int]]:
    as_of = texts_as_of(connection, study_id)
    with kept.lock:
        found = kept.texts.get(study_id)
    if found is None or found[0] != as_of:
        found = (as_of, *read_texts(connection, study_id))
        with kept.lock:
            kept.texts[study_id] = found
    return found[1], found[2]


def choices(engine: Engine, actor: Member) -> Choices:
    """What can be asked for in this study, by this person."""
    seen = _snapshot(engine, actor)
    with reading(engine) as connection:
        blind = len(blind_documents(connection, actor))
    documents = seen.columns.texts.documents
    attributes: dict[str, set[str]] = {}
    for document in documents:
        for name, value in document.attributes.items():
            attributes.setdefault(name, set()).add(value)
    attributes = {name: values for name, values in attributes.items() if len(values) <= MOST_VALUES}
    dates = [document.date for document in documents if document.date is not None]
    return Choices(
        codes=(*seen.codebook.codes, *seen.outside),
        rollups=tuple(seen.codebook.rollups),
        sources=tuple(dict.fromkeys(document.source for document in documents)),
        kinds=tuple(dict.fromkeys(document.kind for document in documents)),
        attributes={name: tuple(sorted(values)) for name, values in sorted(attributes.items())},
        speakers=tuple(sorted(seen.columns.texts.speakers)),
        coders=seen.columns.coders,
        languages=tuple(sorted({document.language for document in documents if document.language})),
        first=min(dates, default=None),
        last=max(dates, default=None),
        documents=len(documents),
        codings=len(seen.columns),
        blind=blind,
    )


def extent(engine: Engine, actor: Member, scope: Scope) -> Extent:
    """How many documents and codings a scope holds."""
    columns = in_scope(_snapshot(engine, actor).columns, scope)
    return Extent(int(columns.asked.sum()), len(columns))


# --- passages -----------------------------------------------------------------------------------------


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
    seen = _snapshot(engine, actor)
    columns = in_scope(seen.columns, scope or Scope())
    sentences = None
    if any(condition.measure == Measure.SENTENCES for condition in question.conditions):
        sentences = _sentences(engine, actor, seen, columns)
    rows = find(columns, question, families=seen.families, sentences=sentences)
    return _found(engine, actor, seen, columns, rows, begin, number)


def _found(
    engine: Engine,
    actor: Member,
    seen: _Snapshot,
    columns: Columns,
    rows: Numbers,
    begin: int,
    number: int | None,
) -> Found:
    end = None if number is None else begin + number
    return Found(
        len(rows),
        len(np.unique(columns.document[rows])),
        int(columns.asked.sum()),
        tuple(_passages(engine, actor, seen, columns, rows[begin:end])),
    )


def _passages(
    engine: Engine, actor: Member, seen: _Snapshot, columns: Columns, rows: Numbers
) -> Iterator[Passage]:
    """Rows as passages. Quotes are read through `visible_codings` once more, not from the snapshot alone."""
    versions = {number: version for version, number in seen.versions.items()}
    wanted = {columns.id(row): row for row in rows.tolist()}
    texts = _read_texts(engine, {versions[number] for number in columns.text[rows].tolist()})
    for coding_id, quote in _quotes(engine, actor, wanted):
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


def _quotes(engine: Engine, actor: Member, wanted: Iterable[UUID]) -> list[tuple[UUID, str]]:
    ids = list(wanted)
    found: dict[UUID, str] = {}
    with reading(engine) as connection:
        for begin in range(0, len(ids), _AT_ONCE):
            rows = connection.execute(
                visible_codings(actor).where(coding.c.id.in_(ids[begin : begin + _AT_ONCE]))
            )
            found |= {row.id: row.quote for row in rows}
    return [(coding_id, found[coding_id]) for coding_id in ids if coding_id in found]


def _read_texts(engine: Engine, version_ids: Iterable[UUID]) -> dict[UUID, str]:
    import sqlalchemy as sa

    ids = list(version_ids)
    found: dict[UUID, str] = {}
    with reading(engine) as connection:
        for begin in range(0, len(ids), _AT_ONCE):
            rows = connection.execute(
                sa.select(document_version.c.id, document_version.c.text).where(
                    document_version.c.id.in_(ids[begin : begin + _AT_ONCE])
                )
            )
            found |= {row.id: row.text for row in rows}
    return found


def _sentences(engine: Engine, actor: Member, seen: _Snapshot, columns: Columns) -> list[list[int]]:
    """Where sentences begin in the texts that codings stand in; elsewhere nobody asks."""
    numbers = set(np.unique(columns.text).tolist())
    wanted = {version: number for version, number in seen.versions.items() if number in numbers}
    found: list[list[int]] = [[] for _ in range(len(columns.texts.document_of_text))]
    for version, text in _read_texts(engine, wanted).items():
        found[wanted[version]] = sentence_starts(text)
    return found


# --- matrix -------------------------------------------------------------------------------------------


def matrix(engine: Engine, actor: Member, wish: MatrixWish, scope: Scope | None = None) -> Matrix:
    """Codes by sources, sites, speakers, time, valence or coders; codes without codings are left out."""
    seen = _snapshot(engine, actor)
    columns = in_scope(seen.columns, scope or Scope())
    groups = grouping(columns, wish.side, attribute=wish.attribute, period=wish.period)
    families = _families(seen, wish.rows)
    borne = set(np.array(columns.codes)[np.unique(columns.code)].tolist()) if len(columns) else set()
    rows = [row for row in _rows(seen, wish.rows) if borne & set(families.get(row, (row,)))]
    table = crosstab(columns, groups, rows=rows, cell=wish.cell, families=families)
    return Matrix(table, groups, _names(seen, rows, wish.rows), _levels(seen, rows))


def passages_of_cell(
    engine: Engine,
    actor: Member,
    wish: MatrixWish,
    row: str,
    label: str | None,
    scope: Scope | None = None,
    *,
    begin: int = 0,
    number: int | None = None,
) -> Found:
    """The codings that a cell of a matrix counts; of no column where it is not there (any more)."""
    seen = _snapshot(engine, actor)
    columns = in_scope(seen.columns, scope or Scope())
    groups = grouping(columns, wish.side, attribute=wish.attribute, period=wish.period)
    number_of_column = groups.labels.index(label) if label in groups.labels else len(groups.labels)
    here = members(columns, _families(seen, wish.rows), [row]) & (groups.of_coding == number_of_column)
    if groups.of_document is not None:  # of how many, is then a matter of the column alone
        columns = replace(columns, asked=columns.asked & (groups.of_document == number_of_column))
    return _found(engine, actor, seen, columns, np.flatnonzero(here), begin, number)


def _rows(seen: _Snapshot, rows: str) -> list[str]:
    """The codes that stand for rows; what is outside the codebooks has rows of its own."""
    outside = [code.key for code in seen.outside]
    if rows in seen.codebook.rollups:
        return [*seen.codebook.rollups[rows], *outside]
    codes = [code.key for code in seen.codebook.codes if code.parent is None or rows != "levels"]
    return [*codes, *outside]


def _families(seen: _Snapshot, rows: str) -> Mapping[str, Iterable[str]]:
    if rows == "themes":
        return {}
    if rows in seen.codebook.rollups:
        return _families_of_rollup(seen.codebook, rows)
    return seen.families


def _families_of_rollup(codebook: Codebook, rollup: str) -> dict[str, list[str]]:
    """Group to the codes that count in it: those it names, and what is below and in no other group."""
    groups: dict[str, list[str]] = {group: [] for group in codebook.rollups[rollup]}
    for code in codebook.codes:
        counted = hierarchy.rolled_up(codebook, {code.key: 1}, rollup)
        group = next((name for name, number in counted.items() if number), None)
        if group is not None:
            groups[group].append(code.key)
    return groups


def _names(seen: _Snapshot, keys: Iterable[str], rows: str) -> dict[str, str]:
    return {key: key if rows in seen.codebook.rollups else seen.name_of(key) for key in keys}


def _levels(seen: _Snapshot, keys: Iterable[str]) -> dict[str, int]:
    """The number of the level of each code, which its colour goes by; none for groups and codes outside."""
    tops = {code.key: n for n, code in enumerate(hierarchy.children(seen.codebook, None))}
    level_of = {below: tops[top] for top in tops for below in seen.families[top]}
    return {key: level_of[key] for key in keys if key in level_of}


# --- co-occurrence ------------------------------------------------------------------------------------


def together(engine: Engine, actor: Member, wish: TogetherWish, scope: Scope | None = None) -> Together:
    """Codes whose codings overlap or are near each other, as a table and as a network."""
    seen = _snapshot(engine, actor)
    columns = in_scope(seen.columns, scope or Scope())
    rows = "themes" if wish.rows == "both" else wish.rows
    codes = _rows(seen, rows)
    families = _families(seen, rows)
    table = cooccurrence(
        columns, codes=codes, families=families, distance=wish.distance, same_coder=wish.same_coder
    )
    names = _names(seen, codes, rows)
    graph = network(table, fewest=wish.fewest, labels=names)
    return Together(table, graph, positions(graph), names, _levels(seen, codes))


def passages_together(
    engine: Engine,
    actor: Member,
    wish: TogetherWish,
    one: str,
    other: str,
    scope: Scope | None = None,
    *,
    begin: int = 0,
    number: int | None = None,
) -> tuple[int, tuple[tuple[Passage, Passage], ...]]:
    """How many pairs two codes have, and some of them."""
    seen = _snapshot(engine, actor)
    columns = in_scope(seen.columns, scope or Scope())
    families = _families(seen, wish.rows)
    first, second = (members(columns, families, [code]) for code in (one, other))
    found = pairs(columns, first, second, distance=wish.distance)
    if wish.same_coder:
        found = found[columns.coder[found[:, 0]] == columns.coder[found[:, 1]]]
    some = found[begin : None if number is None else begin + number]
    rows = np.unique(some)
    by_id = {passage.id: passage for passage in _passages(engine, actor, seen, columns, rows)}
    listed = [
        (by_id[columns.id(a)], by_id[columns.id(b)])
        for a, b in some.tolist()
        if columns.id(a) in by_id and columns.id(b) in by_id
    ]
    return len(found), tuple(listed)


# --- time ---------------------------------------------------------------------------------------------


def over_time(
    engine: Engine, actor: Member, codes: Sequence[str], period: Period, scope: Scope | None = None
) -> Timeline:
    """Codings of some codes (none named: of all) by the date of their documents."""
    seen = _snapshot(engine, actor)
    columns = in_scope(seen.columns, scope or Scope())
    return timeline(columns, _chosen(seen, columns, codes), period=period)


def passages_of_period(
    engine: Engine,
    actor: Member,
    codes: Sequence[str],
    period: Period,
    label: str,
    valence: Valence | None,
    scope: Scope | None = None,
    *,
    begin: int = 0,
    number: int | None = None,
) -> Found:
    """The codings of a period that have a valence; None: that have none."""
    seen = _snapshot(engine, actor)
    columns = in_scope(seen.columns, scope or Scope())
    labels = [None if d.date is None else period_of(d.date, period) for d in columns.texts.documents]
    columns = only(columns, documents=np.array([other == label for other in labels], dtype=np.bool_))
    wanted = NONE if valence is None else VALENCES.index(valence)
    here = _chosen(seen, columns, codes) & (columns.valence == wanted)
    return _found(engine, actor, seen, columns, np.flatnonzero(here), begin, number)


def _chosen(seen: _Snapshot, columns: Columns, codes: Sequence[str]) -> Choice:
    if not codes:
        return np.ones(len(columns), dtype=np.bool_)
    return members(columns, seen.families, codes)


# --- words --------------------------------------------------------------------------------------------


def frequencies(
    engine: Engine, actor: Member, scope: Scope | None = None, *, leave_out_grammar: bool = True
) -> Words:
    """How often each word occurs, by lemma, the most frequent first."""
    counted = _word_counts(engine, actor, scope or Scope())
    if leave_out_grammar:
        counted = _with_grammar_aside(counted)
    total, spread = Counter[str](), Counter[str]()
    for _, counts in counted:
        total.update(counts)
        spread.update(counts.keys())
    words = total.total()
    languages = {document.language for document, _ in counted if document.language}
    return Words(
        tuple(
            Frequency(lemma, number, spread[lemma], 1000 * number / words)
            for lemma, number in total.most_common()
            if lemma != _GRAMMAR
        ),
        words,
        len(counted),
        {name: stop_words(name) for name in sorted(languages)} if leave_out_grammar else {},
    )


def key_words(
    engine: Engine,
    actor: Member,
    here: Scope,
    *,
    within: Scope | None = None,
    leave_out_grammar: bool = True,
    fewest: int = 3,
) -> list[KeyWord]:
    """Words that set some documents apart from all others, among those that ``within`` holds."""
    counted = _word_counts(engine, actor, within or Scope())
    wanted = {document.id for document in _documents(engine, actor, here)}
    if leave_out_grammar:
        counted = _with_grammar_aside(counted)
    found = keyness(
        (counts for document, counts in counted if document.id in wanted),
        (counts for document, counts in counted if document.id not in wanted),
        fewest=fewest,
    )
    return [word for word in found if word.lemma != _GRAMMAR]


def lines(engine: Engine, actor: Member, wanted: str, scope: Scope | None = None) -> list[Line]:
    """Every place where a word stands, in any of its forms, with its line and its sentence."""
    documents = {document.id: document for document in _documents(engine, actor, scope or Scope())}
    seen = _snapshot(engine, actor)
    newest = _newest_versions(seen)
    found = []
    with reading(engine) as connection:
        for document_id, title, stored in current_texts(connection, actor.study_id):
            if document_id not in documents or document_id not in newest:
                continue
            document = documents[document_id]
            text = _spoken(seen, newest[document_id], stored)
            matches = list(concordance(text, wanted, language=document.language))
            starts = sentence_starts(text) if matches else []
            found += [
                Line(document_id, title, document.source, match, _sentence(text, starts, match))
                for match in matches
            ]
    return found


def code_lines(
    engine: Engine, actor: Member, chosen: Sequence[Line], code: str, valence: Valence | None = None
) -> list[Outcome]:
    """Give a code to the sentences of some lines, as the person's own codings; each can be undone."""
    outcomes = []
    for document_id in dict.fromkeys(line.document_id for line in chosen):
        sentences = dict.fromkeys(line.sentence for line in chosen if line.document_id == document_id)
        operations = [
            {
                "operation": str(uuid4()),
                "type": "apply",
                "start": start,
                "end": end,
                "code": code,
                "valence": valence,
            }
            for start, end in sentences
        ]
        outcomes += apply_operations(engine, actor, document_id, operations)
    return outcomes


def _sentence(text: str, starts: Sequence[int], match: Match) -> tuple[int, int]:
    """The stretch from the begin of the first sentence of a match to the end of its last, without blanks."""
    start = max(begin for begin in starts if begin <= match.start_char)
    end = min((begin for begin in starts if begin >= match.end_char), default=len(text))
    lead = len(text[start:end]) - len(text[start:end].lstrip())
    return start + lead, start + len(text[start:end].rstrip())


def _documents(engine: Engine, actor: Member, scope: Scope) -> list[DocumentFacts]:
    columns = in_scope(_snapshot(engine, actor).columns, replace(scope, coders=()))
    return [d for d, asked in zip(columns.texts.documents, columns.asked.tolist(), strict=True) if asked]


def _newest_versions(seen: _Snapshot) -> dict[UUID, UUID]:
    """Document to the version of its text that holds."""
    texts = seen.columns.texts
    return {
        texts.documents[texts.document_of_text[number]].id: version
        for version, number in sorted(seen.versions.items(), key=lambda entry: entry[1])
    }


#: Characters that may stand before the name at the begin of a turn: a time, a bracket.
_BEFORE_NAME = 16


def _spoken(seen: _Snapshot, version: UUID, text: str) -> str:
    """A text of the same length with blanks for the names before turns, which nobody said."""
    texts = seen.columns.texts
    first, last = np.searchsorted(texts.section_text, [seen.versions[version], seen.versions[version] + 1])
    parts, done = [], 0
    for start, number in zip(
        texts.section_start[first:last].tolist(), texts.section_speaker[first:last].tolist(), strict=True
    ):
        name = "" if number == NONE else texts.speakers[number]
        at = text.find(name, max(start, done), start + _BEFORE_NAME + len(name)) if name else -1
        if at >= 0 and not any(map(str.isalpha, text[start:at])):
            end = at + len(name) + text.startswith(":", at + len(name))
            parts += [text[done:at], " " * (end - at)]
            done = end
    return "".join([*parts, text[done:]])


def _word_counts(engine: Engine, actor: Member, scope: Scope) -> list[tuple[DocumentFacts, Counter[str]]]:
    """Words of each document, counted once for each version of its text, which never changes."""
    seen, kept = _snapshot(engine, actor), _kept.setdefault(engine, _Kept())
    wanted = {document.id: document for document in _documents(engine, actor, scope)}
    newest = _newest_versions(seen)
    keys = {d.id: (newest[d.id], d.language) for d in wanted.values()}
    with kept.lock:
        missing = [key for key in keys.values() if key not in kept.words]
    texts = _read_texts(engine, (version for version, _ in missing))
    fresh = {
        (version, language): count_words(_spoken(seen, version, texts[version]), language=language)
        for version, language in missing
    }
    with kept.lock:
        kept.words.update(fresh)
        found = [(wanted[i], fresh.get(key) or kept.words[key]) for i, key in keys.items()]
        while len(kept.words) > MOST_TEXTS:
            kept.words.popitem(last=False)
    return found


#: What words of grammar are counted under where they are left out: they stay words of the text.
_GRAMMAR = ""


def _with_grammar_aside(
    counted: Iterable[tuple[DocumentFacts, Counter[str]]],
) -> list[tuple[DocumentFacts, Counter[str]]]:
    """Words of grammar under one heading, by each document's own language: "want" is one in Dutch alone."""
    aside = []
    for document, counts in counted:
        grammar = stop_words(document.language or "")
        kept = without(counts, grammar)
        aside.append((document, kept + Counter({_GRAMMAR: counts.total() - kept.total()})))
    return aside


# --- files --------------------------------------------------------------------------------------------

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


def passages_file(passages: Iterable[Passage], format: Format) -> bytes:
    """Passages as a table, one a row."""
    return _table(
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


def matrix_file(found: Matrix, format: Format, *, none: str) -> bytes:
    """A matrix as a table: each count beside its denominator, which is that of the column.

    ``none`` is the heading of the column in which nothing is given.
    """
    table = found.table
    heads = [none if label is None else label for label in table.labels]
    columns = ["code", "label", *(name for head in heads for name in (head, f"{head}: of")), "all", "all: of"]
    rows = [
        [
            key,
            found.names[key],
            *(
                value
                for count, of in zip(table.counts[n].tolist(), table.denominators.tolist(), strict=True)
                for value in (count, of)
            ),
            int(table.totals[n]),
            table.total_denominator,
        ]
        for n, key in enumerate(table.rows)
    ]
    return _table(format, "Matrix", columns, rows)


def together_file(found: Together, format: Format) -> bytes:
    """The pairs of codes that stand together, the most frequent first."""
    return _table(
        format,
        "Together",
        ("code", "label", "other", "other_label", "pairs", "documents", "codings", "other_codings"),
        [
            (
                a,
                found.names[a],
                b,
                found.names[b],
                data["pairs"],
                data["documents"],
                found.graph.nodes[a]["codings"],
                found.graph.nodes[b]["codings"],
            )
            for a, b, data in sorted(
                found.graph.edges(data=True), key=lambda edge: (-edge[2]["pairs"], edge[0], edge[1])
            )
        ],
    )


def together_graphml(found: Together) -> bytes:
    """The network as GraphML, which Gephi, Cytoscape and others open."""
    return _bytes(lambda path: nx.write_graphml(found.graph, path))


def time_file(found: Timeline, format: Format) -> bytes:
    """Periods with documents, coded documents and codings by valence; empty cells where there are none."""
    kinds: tuple[Valence | None, ...] = (*VALENCES, None)
    return _table(
        format,
        "Time",
        ("period", "documents", "coded", "codings", *(v or "none given" for v in kinds)),
        [
            (m.label, m.documents, m.coded, m.codings, *(m.by_valence.get(v, (None, None))[1] for v in kinds))
            for m in found.moments
        ],
    )


def words_file(found: Words | Sequence[KeyWord], format: Format) -> bytes:
    """Frequencies or key words as a table."""
    if isinstance(found, Words):
        rows = [(f.lemma, f.occurrences, f.documents, round(f.per_thousand, 3)) for f in found.frequencies]
        return _table(format, "Words", ("lemma", "occurrences", "documents", "per_thousand"), rows)
    names = ("lemma", "here", "there", "documents_here", "log_likelihood", "log_ratio")
    return _table(
        format,
        "Key words",
        names,
        [
            (w.lemma, w.here, w.there, w.documents_here, round(w.log_likelihood, 2), round(w.log_ratio, 2))
            for w in found
        ],
    )


def lines_file(found: Sequence[Line], format: Format) -> bytes:
    """Words in context as a table."""
    return _table(
        format,
        "Lines",
        ("document", "title", "source", "start_char", "left", "word", "right"),
        [
            (
                str(n.document_id),
                n.title,
                n.source,
                n.match.start_char,
                n.match.left,
                n.match.quote,
                n.match.right,
            )
            for n in found
        ],
    )


def _table(
    format: Format,
    name: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[str | int | float | None]],
) -> bytes:
    if format == "xlsx":
        return _bytes(lambda path: write_workbook(path, {name: (columns, rows)}))
    told = ([None if value is None else str(value) for value in row] for row in rows)
    return _bytes(lambda path: write_rows(path, columns, told))


def _bytes(write: Callable[[Path], object]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        write(path)
        return path.read_bytes()
