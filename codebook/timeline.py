"""Codes over time: how many documents of each period bear them, as facilitators and as barriers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from codebook.columns import NONE, VALENCES, Choice, Columns, Numbers
from codebook.crosstab import Period, period_of
from codebook.models import Valence

#: Months in each period.
_MONTHS: Mapping[Period, int] = {"year": 12, "quarter": 3, "month": 1}


@dataclass(frozen=True)
class Moment:
    """One period. Without documents there is nothing to count: the counts are then empty, not zero.

    Attributes
    ----------
    documents : int
        Documents of the period that are asked about.
    coded : int or None
        Those with at least one of the codings.
    codings : int or None
    by_valence : mapping of Valence or None to (documents, codings)
        For every valence, and None where none was given.
    """

    label: str
    begin: dt.date
    documents: int
    coded: int | None
    codings: int | None
    by_valence: Mapping[Valence | None, tuple[int, int]]


@dataclass(frozen=True)
class Timeline:
    """Periods in order, without gaps; ``undated`` documents and their codings stand in none."""

    moments: tuple[Moment, ...]
    undated: int
    undated_codings: int


def timeline(columns: Columns, chosen: Choice, *, period: Period) -> Timeline:
    """Count some codings by the date of their documents.

    Parameters
    ----------
    chosen : bool array, shape (n,)
        The codings to count; all documents asked about are in the denominators.
    period : {"year", "quarter", "month"}

    Returns
    -------
    Timeline
        From the first to the last dated document; a period between that has none says so.
    """
    dates = [document.date for document in columns.texts.documents]
    asked = columns.asked.tolist()
    known = [date for date, is_asked in zip(dates, asked, strict=True) if is_asked and date is not None]
    begins = list(_periods(min(known), max(known), period)) if known else []
    labels = {period_of(begin, period): number for number, begin in enumerate(begins)}
    of_document = np.array(
        [
            NONE if d is None or not a else labels[period_of(d, period)]
            for d, a in zip(dates, asked, strict=True)
        ],
        dtype=np.int64,
    )
    at = of_document[columns.document]
    undated = columns.asked & (of_document == NONE)
    return Timeline(
        tuple(_moments(columns, chosen & (at != NONE), of_document, begins, period)),
        int(undated.sum()),
        int((chosen & (at == NONE)).sum()),
    )


def _moments(
    columns: Columns, dated: Choice, of_document: Numbers, begins: Sequence[dt.date], period: Period
) -> Iterator[Moment]:
    # One table with a row a period and a column a valence, "none given" first; one with all together.
    valence = columns.valence[dated] + 1
    place = of_document[columns.document[dated]]
    documents = np.bincount(of_document[of_document != NONE], minlength=len(begins))
    each = _counts(columns.document[dated], place, valence, (len(begins), len(VALENCES) + 1))
    whole = _counts(columns.document[dated], place, np.zeros_like(valence), (len(begins), 1))
    for number, begin in enumerate(begins):
        there = bool(documents[number])
        by_valence = {v: each[number][n + 1] for n, v in enumerate(VALENCES)} | {None: each[number][0]}
        coded, codings = whole[number][0]
        yield Moment(
            period_of(begin, period),
            begin,
            int(documents[number]),
            coded if there else None,
            codings if there else None,
            by_valence if there else {},
        )


def _counts(
    document: Numbers, row: Numbers, column: Numbers, shape: tuple[int, int]
) -> list[list[tuple[int, int]]]:
    """(documents, codings) of every place of a table; each document stands in one row."""
    place = row * shape[1] + column
    codings = np.bincount(place, minlength=shape[0] * shape[1])
    coded = np.unique(document * shape[1] + column, return_index=True)[1]
    documents = np.bincount(place[coded], minlength=shape[0] * shape[1])
    flat = list(zip(documents.tolist(), codings.tolist(), strict=True))
    return [flat[n * shape[1] : (n + 1) * shape[1]] for n in range(shape[0])]


def _periods(first: dt.date, last: dt.date, period: Period) -> Iterator[dt.date]:
    """The first day of every period from the one date to the other."""
    months = _MONTHS[period]
    begin = first.replace(month=(first.month - 1) // months * months + 1, day=1)
    while begin <= last:
        yield begin
        month = begin.month - 1 + months
        begin = begin.replace(year=begin.year + month // 12, month=month % 12 + 1)
