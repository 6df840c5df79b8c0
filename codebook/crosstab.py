"""Codes against sources, sites, speakers, time, valence or coders: how often, and of how many.

Every coding stands in exactly one column, "none given" included, so that the codings of a row add
up to what the tree of codes counts. Every cell has its denominator.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from codebook.columns import NONE, VALENCES, Choice, Columns, DocumentFacts, Numbers
from codebook.voices import asked_voices, linked_value, links, said_of_speaker, voice_of_codings, voices_of

Period = Literal["year", "quarter", "month"]


class Side(StrEnum):
    """What the columns of a matrix can be.

    An attribute is of documents, of the participant who speaks, or of the persons and sites that a
    document is linked to.
    """

    KIND = "kind"
    SOURCE = "source"
    ATTRIBUTE = "attribute"
    SPEAKING = "speaking"
    LINKED = "linked"
    PERIOD = "period"
    SPEAKER = "speaker"
    VALENCE = "valence"
    CODER = "coder"


class Cell(StrEnum):
    """What a cell counts.

    A participant counts once, in however many documents and under however many labels they speak; a
    label that nobody was assigned to counts once a document, and so does a document in which nobody is
    named and that is not linked to one person (`codebook.voices`). Persons and sites are those that the
    documents are linked to. A segment is a coding. Text is counted in characters, each once however
    many codings lie over it.
    """

    DOCUMENTS = "documents"
    PARTICIPANTS = "participants"
    PERSONS = "persons"
    SITES = "sites"
    SEGMENTS = "segments"
    TEXT = "text"


@dataclass(frozen=True, eq=False)
class Grouping:
    """Which column each coding, document and voice belongs to.

    ``labels`` None: nothing is given there; it is the last column and only there where needed.
    ``of_document`` is None where the column depends on the coding or on who speaks; ``of_voice`` is
    there where it depends on who speaks, `NONE` for voices of no column.
    """

    side: Side
    labels: tuple[str | None, ...]
    of_coding: Numbers
    of_document: Numbers | None = None
    of_voice: Numbers | None = None


@dataclass(frozen=True, eq=False)
class Crosstab:
    """Counts of each code in each column, with what they are a share of.

    Attributes
    ----------
    counts : int64 array, shape (n_rows, n_columns)
    denominators : int64 array, shape (n_columns,)
        Of what a cell is a share: documents, people, codings or characters of the column.
    totals : int64 array, shape (n_rows,)
        Each row over all columns; documents and people that stand in two columns count once.
    total_denominator : int
    """

    rows: tuple[str, ...]
    labels: tuple[str | None, ...]
    cell: Cell
    counts: Numbers
    denominators: Numbers
    totals: Numbers
    total_denominator: int

    def shares(self) -> NDArray[np.float64]:
        """Each count over its denominator; NaN where the denominator is zero."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return self.counts / self.denominators


def grouping(
    columns: Columns, side: Side, *, attribute: str | None = None, period: Period = "year"
) -> Grouping:
    """The columns of a matrix.

    Parameters
    ----------
    attribute : str, optional
        Its name; needed where the side is an attribute of documents or people.
    period : {"year", "quarter", "month"}
        Where the side is a period.
    """
    if side in (Side.ATTRIBUTE, Side.SPEAKING, Side.LINKED) and attribute is None:
        raise ValueError("the columns are an attribute, and none is named")
    if side == Side.CODER:
        return _only_used(side, columns.coders, columns.coder)
    if side == Side.VALENCE:
        return _only_used(side, tuple(v.value for v in VALENCES), columns.valence)
    if side == Side.SPEAKER:
        return _only_used(
            side, columns.texts.speakers, columns.speaker, of_voice=voices_of(columns.texts).speaker
        )
    if side == Side.SPEAKING:
        return _by_what_is_said_of_speakers(columns, attribute or "")
    values = [_value(columns, document, side, attribute, period) for document in columns.texts.documents]
    asked = [value for value, is_asked in zip(values, columns.asked.tolist(), strict=True) if is_asked]
    labels: tuple[str | None, ...] = _labels(side, asked)
    numbers = {label: number for number, label in enumerate(labels)}
    of_document = np.array([numbers.get(value, NONE) for value in values], dtype=np.int64)
    if None in asked:
        labels = (*labels, None)
        of_document[[value is None for value in values]] = len(labels) - 1
    return Grouping(side, labels, of_document[columns.document], of_document)


def crosstab(
    columns: Columns,
    groups: Grouping,
    *,
    rows: Sequence[str],
    cell: Cell,
    families: Mapping[str, Iterable[str]] | None = None,
) -> Crosstab:
    """How often each code occurs in each column.

    Parameters
    ----------
    rows : sequence of str
        Codes. A level may stand beside its themes: it counts all that lies below it.
    families : mapping, optional
        Code to itself and all codes below it; a code that is not in it stands for itself.

    Examples
    --------
    >>> from uuid import uuid4
    >>> from codebook.columns import as_columns
    >>> from codebook.models import Coding
    >>> from corpus.models import Document, Source
    >>> source = Source(uuid4(), "GPs", "interview")
    >>> one, two = (Document(uuid4(), source.id, f"GP {n}", "No time.", (), "") for n in (1, 2))
    >>> codings = [Coding(uuid4(), one.id, "An", "TIME", 0, end, "") for end in (2, 8)]
    >>> columns = as_columns(codings, [one, two], [source])
    >>> found = crosstab(columns, grouping(columns, Side.KIND), rows=["TIME"], cell=Cell.DOCUMENTS)
    >>> found.labels, found.counts.tolist(), found.denominators.tolist()
    (('interview',), [[1]], [2])
    """
    shape = (len(rows), len(groups.labels))
    counts = np.zeros(shape, dtype=np.int64)
    totals = np.zeros(len(rows), dtype=np.int64)
    # No coding stands in two columns, and no document and character where a column is of documents.
    adds_up = cell == Cell.SEGMENTS or (
        cell in (Cell.DOCUMENTS, Cell.TEXT) and groups.of_document is not None
    )
    for numbers, row_of_code in _generations(columns, rows, families or {}):
        row = row_of_code[columns.code]
        some: Choice | slice = slice(None) if (row != NONE).all() else row != NONE
        counts[numbers] = _counted(columns, row[some], groups.of_coding[some], some, cell, shape)[numbers]
        if not adds_up:
            in_one = np.zeros_like(row[some])
            totals[numbers] = _counted(columns, row[some], in_one, some, cell, (len(rows), 1))[numbers, 0]
    if adds_up:
        totals = counts.sum(axis=1)
    return Crosstab(
        tuple(rows),
        groups.labels,
        cell,
        counts,
        _denominators(columns, groups, cell),
        totals,
        _whole(columns, cell),
    )


def period_of(date: dt.date, period: Period) -> str:
    """The year, quarter or month of a date, as a label that sorts.

    >>> period_of(dt.date(2024, 5, 3), "quarter"), period_of(dt.date(2024, 5, 3), "month")
    ('2024 Q2', '2024-05')
    """
    if period == "year":
        return f"{date.year}"
    return f"{date.year} Q{(date.month + 2) // 3}" if period == "quarter" else f"{date:%Y-%m}"


def _value(
    columns: Columns, document: DocumentFacts, side: Side, attribute: str | None, period: Period
) -> str | None:
    if side == Side.KIND:
        return document.kind
    if side == Side.SOURCE:
        return document.source
    if side == Side.PERIOD:
        return None if document.date is None else period_of(document.date, period)
    if side == Side.LINKED:
        return linked_value(columns.texts.people, document.cases, attribute or "")
    return document.attributes.get(attribute or "")


def _by_what_is_said_of_speakers(columns: Columns, attribute: str) -> Grouping:
    """Voices by an attribute of who speaks; those of whom it is not said have no column of their own."""
    texts = columns.texts
    values = [said_of_speaker(texts, n).get(attribute) for n in range(len(texts.speakers))]
    labels = _labels(Side.SPEAKING, values)
    numbers: dict[str | None, int] = {label: number for number, label in enumerate(labels)}
    of_speaker = np.array([*(numbers.get(value, NONE) for value in values), NONE], dtype=np.int64)
    return _only_used(
        Side.SPEAKING,
        labels,
        of_speaker[columns.speaker],
        of_voice=of_speaker[voices_of(texts).speaker],
    )


def _labels(side: Side, values: Iterable[str | None]) -> tuple[str, ...]:
    """Sources and kinds in the order of the study, all else by name."""
    labels = [label for label in dict.fromkeys(values) if label is not None]
    return tuple(labels if side in (Side.KIND, Side.SOURCE) else sorted(labels))


def _only_used(
    side: Side, names: Sequence[str], of_coding: Numbers, *, of_voice: Numbers | None = None
) -> Grouping:
    """Without the names that no coding bears; codings that bear none get the last column."""
    used = np.unique(of_coding)
    labels: tuple[str | None, ...] = tuple(names[number] for number in used.tolist() if number != NONE)
    at = np.full(len(names) + 1, NONE, dtype=np.int64)  # the last is for those that bear none
    at[used[used != NONE]] = np.arange(len(labels))
    if NONE in used:
        at[NONE] = len(labels)
        labels = (*labels, None)
    return Grouping(side, labels, at[of_coding], of_voice=None if of_voice is None else at[of_voice])


def _generations(
    columns: Columns, rows: Sequence[str], families: Mapping[str, Iterable[str]]
) -> list[tuple[list[int], Numbers]]:
    """Rows in sets of which no two count the same code; for each set, the row of every code."""
    numbers = {code: number for number, code in enumerate(columns.codes)}
    generations: list[tuple[list[int], Numbers]] = []
    for row, name in enumerate(rows):
        codes = [numbers[code] for code in families.get(name, (name,)) if code in numbers]
        free = (g for g in generations if (g[1][codes] == NONE).all())
        generation = next(free, ([], np.full(len(numbers), NONE, dtype=np.int64)))
        if not generation[0]:
            generations.append(generation)
        generation[0].append(row)
        generation[1][codes] = row
    return generations


def _counted(
    columns: Columns,
    row: Numbers,
    column: Numbers,
    some: Choice | slice,
    cell: Cell,
    shape: tuple[int, int],
) -> Numbers:
    """Counts in a table of rows and columns; ``some`` are the codings that have a row."""
    place = row * shape[1] + column
    if cell == Cell.SEGMENTS:
        return np.bincount(place, minlength=shape[0] * shape[1]).reshape(shape)
    if cell == Cell.TEXT:
        starts, ends = columns.on_line()
        return _characters(place, starts[some], ends[some], shape)
    if cell == Cell.DOCUMENTS:
        return _distinct(place, columns.document[some], len(columns.texts.documents), shape)
    if cell == Cell.PARTICIPANTS:
        voices, voice = voices_of(columns.texts), voice_of_codings(columns)[some]
        named = voice != NONE
        return _distinct(place[named], voices.participant[voice[named]], voices.participants, shape)
    return _distinct(*_of_links(columns, place, columns.document[some], cell), shape)


def _of_links(
    columns: Columns, place: Numbers, document: Numbers, cell: Cell
) -> tuple[Numbers, Numbers, int]:
    """Places and documents as places and the persons or sites that the documents are linked to."""
    of_link, item, n_items = links(columns.texts, _KINDS[cell])
    first = np.searchsorted(of_link, document, side="left")
    each = np.searchsorted(of_link, document, side="right") - first
    within = np.arange(int(each.sum())) - np.repeat(np.cumsum(each) - each, each)
    return np.repeat(place, each), item[np.repeat(first, each) + within], n_items


#: The kind of participant that each cell counts links to.
_KINDS = {Cell.PERSONS: "person", Cell.SITES: "site"}


#: Beyond so many bytes a table of what was seen is dearer than sorting.
_LARGEST_TABLE = 100_000_000


def _distinct(place: Numbers, item: Numbers, n_items: int, shape: tuple[int, int]) -> Numbers:
    """How many different items each place of the table has."""
    size = shape[0] * shape[1] * n_items
    pair = place * n_items + item
    if size <= _LARGEST_TABLE:
        seen = np.zeros(size, dtype=np.bool_)
        seen[pair] = True
        return np.asarray(seen.reshape(*shape, n_items).sum(axis=2), dtype=np.int64)
    places = np.unique(pair) // max(n_items, 1)
    return np.bincount(places, minlength=shape[0] * shape[1]).reshape(shape)


def _characters(place: Numbers, starts: Numbers, ends: Numbers, shape: tuple[int, int]) -> Numbers:
    """How many characters of the line lie under the codings of each place of the table.

    The codings of each place stand in the order of their starts; each adds what lies beyond the
    furthest end before it.
    """
    size = shape[0] * shape[1]
    narrow = place.astype(np.uint16) if size <= 2**16 else place  # short numbers are sorted in one sweep
    order = np.argsort(narrow, kind="stable")
    place, starts, ends = place[order], starts[order], ends[order]
    shift = place * (int(ends.max(initial=0)) + 1)
    furthest = np.maximum.accumulate(ends + shift)
    before = np.concatenate([[0], furthest[:-1]]) if len(furthest) else furthest
    added = np.maximum(ends + shift - np.maximum(starts + shift, before), 0)
    return np.bincount(place, weights=added, minlength=size).astype(np.int64).reshape(shape)


def _whole(columns: Columns, cell: Cell) -> int:
    if cell == Cell.SEGMENTS:
        return len(columns)
    return _size(columns, cell, columns.asked, asked_voices(columns))


def _denominators(columns: Columns, groups: Grouping, cell: Cell) -> Numbers:
    numbers = range(len(groups.labels))
    if cell == Cell.SEGMENTS:
        return np.bincount(groups.of_coding, minlength=len(numbers))
    if cell == Cell.TEXT and groups.of_voice is not None:
        sizes = [_spoken(columns, groups, number) for number in numbers]
    else:
        sizes = [_size(columns, cell, *_of_column(columns, groups, number)) for number in numbers]
    return np.array(sizes, dtype=np.int64)


def _of_column(columns: Columns, groups: Grouping, column: int) -> tuple[Choice, Choice]:
    """The documents and voices in which something could stand in a column."""
    voices, heard = voices_of(columns.texts), asked_voices(columns)
    documents = columns.asked
    if groups.of_document is not None:
        documents = documents & (groups.of_document == column)
    elif groups.side == Side.CODER:
        documents = np.zeros_like(documents)
        documents[columns.document[groups.of_coding == column]] = True
    elif groups.of_voice is not None:
        here = heard & (groups.of_voice == column)
        if groups.labels[column] is None and columns.heard is None:
            return documents, here  # a heading or a paragraph of nobody can stand in any document
        documents = np.zeros_like(documents)
        documents[voices.document[here]] = True
        return documents, here
    return documents, heard & documents[voices.document]


def _spoken(columns: Columns, groups: Grouping, column: int) -> int:
    """How many characters are said by those of a column; nobody's are what nobody else says."""
    characters, heard = voices_of(columns.texts).characters, asked_voices(columns)
    here = groups.of_voice == column
    if groups.labels[column] is not None:
        return int(characters[heard & here].sum())
    return _whole(columns, Cell.TEXT) - int(characters[heard & ~here].sum())


def _size(columns: Columns, cell: Cell, documents: Choice, voices: Choice) -> int:
    """How many documents, people or characters some documents, and voices in them, have."""
    found = voices_of(columns.texts)
    if cell == Cell.DOCUMENTS:
        return int(documents.sum())
    if cell == Cell.PARTICIPANTS:
        return len(np.unique(found.participant[voices]))
    if cell in _KINDS:
        of_link, item, _ = links(columns.texts, _KINDS[cell])
        return len(np.unique(item[documents[of_link]]))
    if columns.heard is not None:
        return int(found.characters[voices].sum())
    lengths = (document.characters for document in columns.texts.documents)
    return sum(n for n, is_there in zip(lengths, documents.tolist(), strict=True) if is_there)
