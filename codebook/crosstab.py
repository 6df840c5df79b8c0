"""Codes against sources, sites, speakers, time, valence or coders: how often, and of how many.

Every coding stands in exactly one column, "none given" included, so that the codings of a row add
up to what the tree of codes counts. Every cell has its denominator.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from codebook.columns import NONE, VALENCES, Choice, Columns, DocumentFacts, Numbers, Texts

Period = Literal["year", "quarter", "month"]


class Side(StrEnum):
    """What the columns of a matrix can be."""

    KIND = "kind"
    SOURCE = "source"
    ATTRIBUTE = "attribute"
    PERIOD = "period"
    SPEAKER = "speaker"
    VALENCE = "valence"
    CODER = "coder"


class Cell(StrEnum):
    """What a cell counts.

    A participant is a speaker by name within one document; a document in which nobody is named
    counts as one. A segment is a coding. Text is counted in characters, each once however many
    codings lie over it.
    """

    DOCUMENTS = "documents"
    PARTICIPANTS = "participants"
    SEGMENTS = "segments"
    TEXT = "text"


@dataclass(frozen=True, eq=False)
class Grouping:
    """Which column each coding, document and speaker belongs to.

    ``labels`` None: nothing is given there; it is the last column and only there where needed.
    ``of_document`` is None where the column depends on the coding or on who speaks.
    """

    side: Side
    labels: tuple[str | None, ...]
    of_coding: Numbers
    of_document: Numbers | None = None


@dataclass(frozen=True, eq=False)
class Crosstab:
    """Counts of each code in each column, with what they are a share of.

    Attributes
    ----------
    counts : int64 array, shape (n_rows, n_columns)
    denominators : int64 array, shape (n_columns,)
        Of what a cell is a share: documents, participants, codings or characters of the column.
    totals : int64 array, shape (n_rows,)
        Each row over all columns; documents that stand in two columns count once.
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
        Its name; needed where the side is an attribute of documents.
    period : {"year", "quarter", "month"}
        Where the side is a period.
    """
    if side == Side.CODER:
        return _only_used(Grouping(side, columns.coders, columns.coder))
    if side == Side.VALENCE:
        return _only_used(Grouping(side, tuple(v.value for v in VALENCES), columns.valence))
    if side == Side.SPEAKER:
        return _only_used(Grouping(side, columns.texts.speakers, columns.speaker))
    values = [_value(document, side, attribute, period) for document in columns.texts.documents]
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
    for numbers, row_of_code in _generations(columns, rows, families or {}):
        row = row_of_code[columns.code]
        some: Choice | slice = slice(None) if (row != NONE).all() else row != NONE
        counts[numbers] = _counted(columns, row[some], groups.of_coding[some], some, cell, shape)[numbers]
        if cell != Cell.SEGMENTS and groups.of_document is None:
            in_one = np.zeros_like(row[some])
            totals[numbers] = _counted(columns, row[some], in_one, some, cell, (len(rows), 1))[numbers, 0]
    if cell == Cell.SEGMENTS or groups.of_document is not None:
        totals = counts.sum(axis=1)  # no document, nobody and no character stands in two columns
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


def _value(document: DocumentFacts, side: Side, attribute: str | None, period: Period) -> str | None:
    if side == Side.KIND:
        return document.kind
    if side == Side.SOURCE:
        return document.source
    if side == Side.PERIOD:
        return None if document.date is None else period_of(document.date, period)
    if attribute is None:
        raise ValueError("the columns are an attribute of documents, and none is named")
    return document.attributes.get(attribute)


def _labels(side: Side, values: Iterable[str | None]) -> tuple[str, ...]:
    """Sources and kinds in the order of the study, all else by name."""
    labels = [label for label in dict.fromkeys(values) if label is not None]
    return tuple(labels if side in (Side.KIND, Side.SOURCE) else sorted(labels))


def _only_used(groups: Grouping) -> Grouping:
    """Without the labels that no coding bears; codings that bear none get the last column."""
    used = np.unique(groups.of_coding)
    labels: tuple[str | None, ...] = tuple(
        groups.labels[number] for number in used.tolist() if number != NONE
    )
    of_coding = np.searchsorted(used[used != NONE], groups.of_coding)
    if NONE in used:
        of_coding[groups.of_coding == NONE] = len(labels)
        labels = (*labels, None)
    return Grouping(groups.side, labels, of_coding)


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
    participant, number = _participants(columns)
    spoken = participant[some]
    named = spoken != NONE
    return _distinct(place[named], spoken[named], number, shape)


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


def _participants(columns: Columns) -> tuple[Numbers, int]:
    """Who each coding is of: a number for every participant, `NONE` for nobody; and how many there are."""
    keys, _ = _people(columns.texts)
    key = columns.document * (len(columns.texts.speakers) + 1) + columns.speaker + 1
    at = np.minimum(np.searchsorted(keys, key), max(len(keys) - 1, 0))
    found = keys[at] == key if len(keys) else np.zeros(len(key), dtype=np.bool_)
    return np.where(found, at, NONE), len(keys)


@lru_cache(maxsize=2)  # texts change seldom, and a matrix asks twice
def _people(texts: Texts) -> tuple[Numbers, Numbers]:
    """Every participant of all documents: a key that sorts by document, and the document."""
    width = len(texts.speakers) + 1
    named = texts.section_speaker != NONE
    document = texts.document_of_text[texts.section_text[named]]
    keys = np.unique(document * width + texts.section_speaker[named] + 1)
    silent = np.setdiff1d(np.arange(len(texts.documents)), keys // width)
    keys = np.sort(np.concatenate([keys, silent * width]))
    return keys, keys // width


def _per_document(columns: Columns, cell: Cell) -> Numbers:
    """Documents, participants or characters of each document that is asked about; 0 for the others."""
    texts = columns.texts
    if cell == Cell.DOCUMENTS:
        each = np.ones(len(texts.documents), dtype=np.int64)
    elif cell == Cell.PARTICIPANTS:
        each = np.bincount(_people(texts)[1], minlength=len(texts.documents))
    else:
        each = np.array([document.characters for document in texts.documents], dtype=np.int64)
    return each * columns.asked


def _whole(columns: Columns, cell: Cell) -> int:
    return len(columns) if cell == Cell.SEGMENTS else int(_per_document(columns, cell).sum())


def _denominators(columns: Columns, groups: Grouping, cell: Cell) -> Numbers:
    n = len(groups.labels)
    if cell == Cell.SEGMENTS:
        return np.bincount(groups.of_coding, minlength=n)
    each = _per_document(columns, cell)
    if groups.of_document is not None:
        there = groups.of_document != NONE
        return np.bincount(groups.of_document[there], weights=each[there], minlength=n).astype(np.int64)
    if groups.side == Side.VALENCE:
        return np.full(n, each.sum())
    if groups.side == Side.CODER:
        coded = np.zeros((n, len(each)), dtype=np.bool_)
        coded[groups.of_coding, columns.document] = True
        return np.asarray((coded * each).sum(axis=1), dtype=np.int64)
    return np.array([_spoken(columns, label, cell) for label in groups.labels], dtype=np.int64)


def _spoken(columns: Columns, speaker: str | None, cell: Cell) -> int:
    """In how many documents somebody speaks, as how many participants, or how much text; None: nobody."""
    texts = columns.texts
    document = texts.document_of_text[texts.section_text]
    asked = columns.asked[document]
    if speaker is None:
        named = (texts.section_speaker != NONE) & asked
        if cell == Cell.TEXT:
            length = (texts.section_end - texts.section_start)[named].sum()
            return int(_whole(columns, cell) - length)
        silent = columns.asked.copy()
        if cell == Cell.PARTICIPANTS:
            silent[document[named]] = False
        return int(silent.sum())
    theirs = (texts.section_speaker == texts.speakers.index(speaker)) & asked
    if cell == Cell.TEXT:
        return int((texts.section_end - texts.section_start)[theirs].sum())
    return len(np.unique(document[theirs]))
