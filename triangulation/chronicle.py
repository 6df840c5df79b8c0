"""The programme in time: what happened, and what registers counted, on one axis of dates.

A register's figure is a count with what it is out of; where that is not known there is no share.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from triangulation.errors import TriangulationError


@dataclass(frozen=True)
class ProgrammeEvent:
    """Something that happened in the programme; ``ends`` is None for a single day."""

    id: UUID
    title: str
    begins: dt.date
    ends: dt.date | None = None
    note: str = ""


@dataclass(frozen=True)
class RegisterFigure:
    """What a register counts for a date; ``out_of`` is None where the denominator is not known."""

    id: UUID
    name: str
    at: dt.date
    count: float
    out_of: float | None = None
    note: str = ""

    @property
    def share(self) -> float | None:
        """Count / out of, from 0 to 1; None where there is nothing, or nobody knows what, to divide by.

        >>> from uuid import uuid4
        >>> RegisterFigure(uuid4(), "Forms", dt.date(2022, 2, 3), 31, 64).share
        0.484375
        >>> RegisterFigure(uuid4(), "Patients", dt.date(2022, 2, 3), 604).share is None
        True
        """
        return self.count / self.out_of if self.out_of else None


@dataclass(frozen=True)
class Chronicle:
    """Events and figures in the order of their dates."""

    events: tuple[ProgrammeEvent, ...]
    figures: tuple[RegisterFigure, ...]

    @property
    def registers(self) -> tuple[str, ...]:
        """The names of the registers, in the order of their first figures."""
        return tuple(dict.fromkeys(figure.name for figure in self.figures))

    @property
    def first(self) -> dt.date | None:
        """The first date of all; None where there is nothing."""
        return min(self._dates(), default=None)

    @property
    def last(self) -> dt.date | None:
        """The last date of all; None where there is nothing."""
        return max(self._dates(), default=None)

    def _dates(self) -> list[dt.date]:
        ends = [event.ends or event.begins for event in self.events]
        return [*(event.begins for event in self.events), *ends, *(figure.at for figure in self.figures)]


def chronicle(events: Iterable[ProgrammeEvent], figures: Iterable[RegisterFigure]) -> Chronicle:
    """Events and figures put in the order of their dates."""
    return Chronicle(
        tuple(sorted(events, key=lambda event: (event.begins, event.ends or event.begins, event.title))),
        tuple(sorted(figures, key=lambda figure: (figure.at, figure.name))),
    )


def date_of(written: str, what: str) -> dt.date:
    """A date as people write it in a form: year, month, day.

    Raises
    ------
    TriangulationError
        If it is none, or not written so.
    """
    try:
        return dt.date.fromisoformat(written.strip())
    except ValueError:
        raise TriangulationError(f"{what} is '{written}'. Write a date as 2024-06-13.") from None


def check_event(title: str, begins: dt.date, ends: dt.date | None) -> None:
    """Refuse an event without a title, or that ends before it begins."""
    if not title.strip():
        raise TriangulationError("the title is empty. Say what happened.")
    if ends is not None and ends < begins:
        raise TriangulationError(f"it ends on {ends}, before it begins on {begins}. Correct one of the two.")


def check_figure(name: str, count: float, out_of: float | None) -> None:
    """Refuse a figure without a name, or that no register can hold."""
    if not name.strip():
        raise TriangulationError("the name is empty. Say what the register counts.")
    if count < 0 or (out_of is not None and out_of < 0):
        raise TriangulationError("a register cannot count fewer than none. Correct the number.")
    if out_of is not None and count > out_of:
        raise TriangulationError(
            f"{count:g} out of {out_of:g} is more than all. Correct one of the two, or leave out_of empty."
        )


def lanes(spans: Sequence[tuple[float, float]]) -> tuple[int, ...]:
    """A lane for each span so that none covers another: the first lane that is free where it begins.

    >>> lanes([(0, 5), (3, 8), (6, 9)])
    (0, 1, 0)
    """
    ends: list[float] = []
    found: list[int] = []
    for begin, end in spans:
        lane = next((n for n, busy_until in enumerate(ends) if busy_until <= begin), len(ends))
        if lane == len(ends):
            ends.append(end)
        ends[lane] = end
        found.append(lane)
    return tuple(found)
