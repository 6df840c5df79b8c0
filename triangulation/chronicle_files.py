"""Programme events and figures of registers as CSV files: a bad row is refused, the rest is taken."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.spreadsheets import read_rows, write_rows
from triangulation.chronicle import (
    ProgrammeEvent,
    RegisterFigure,
    check_event,
    check_figure,
    date_of,
)
from triangulation.errors import TriangulationError
from triangulation.tables import RefusedRow, take_rows

EVENT_COLUMNS = ("title", "begins", "ends", "note")
FIGURE_COLUMNS = ("name", "date", "count", "out_of", "note")


@dataclass(frozen=True)
class EventRow:
    """An event of a file, with its row number."""

    number: int
    title: str
    begins: dt.date
    ends: dt.date | None
    note: str


@dataclass(frozen=True)
class FigureRow:
    """A register's figure of a file, with its row number."""

    number: int
    name: str
    at: dt.date
    count: float
    out_of: float | None
    note: str


def read_events(path: Path) -> tuple[list[EventRow], list[RefusedRow]]:
    """Read programme events; an empty ``ends`` is an event of one day.

    Raises
    ------
    UnreadableFile
        If the file as a whole cannot be read: empty, or a column is missing.
    """
    return take_rows(read_rows(path, needed=("title", "begins")), _event)


def read_figures(path: Path) -> tuple[list[FigureRow], list[RefusedRow]]:
    """Read figures of registers; an empty ``out_of`` means that the denominator is not known.

    Raises
    ------
    UnreadableFile
        If the file as a whole cannot be read: empty, or a column is missing.
    """
    return take_rows(read_rows(path, needed=("name", "date", "count")), _figure)


def write_events(path: Path, events: Iterable[ProgrammeEvent]) -> int:
    """Write events in the columns that `read_events` reads; gives their number."""
    rows = (
        (event.title, event.begins.isoformat(), event.ends.isoformat() if event.ends else "", event.note)
        for event in events
    )
    return write_rows(path, EVENT_COLUMNS, rows)


def write_figures(path: Path, figures: Iterable[RegisterFigure]) -> int:
    """Write figures in the columns that `read_figures` reads; gives their number."""
    rows = (
        (
            figure.name,
            figure.at.isoformat(),
            f"{figure.count:.15g}",
            "" if figure.out_of is None else f"{figure.out_of:.15g}",
            figure.note,
        )
        for figure in figures
    )
    return write_rows(path, FIGURE_COLUMNS, rows)


def _event(number: int, cells: Mapping[str, str]) -> EventRow:
    begins = date_of(cells.get("begins", ""), "begins")
    ends = date_of(cells["ends"], "ends") if cells.get("ends") else None
    title = " ".join(cells.get("title", "").split())
    check_event(title, begins, ends)
    return EventRow(number, title, begins, ends, cells.get("note", ""))


def _figure(number: int, cells: Mapping[str, str]) -> FigureRow:
    at = date_of(cells.get("date", ""), "date")
    count = _number(cells.get("count", ""), "count")
    out_of = _number(cells["out_of"], "out_of") if cells.get("out_of") else None
    name = " ".join(cells.get("name", "").split())
    check_figure(name, count, out_of)
    return FigureRow(number, name, at, count, out_of, cells.get("note", ""))


#: One thousand or one: nobody can tell.
_TWO_MEANINGS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


def _number(written: str, column: str) -> float:
    if _TWO_MEANINGS.fullmatch(written):
        raise TriangulationError(
            f"{column} is '{written}', which can mean two numbers. Write 1000 for a thousand."
        )
    try:
        number = float(written.replace(",", "."))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise TriangulationError(f"{column} is '{written}'. Write a number.")
    return number
