"""Events of the programme and figures of registers, and themes over the same dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine, Table

from codebook.crosstab import Period
from codebook.timeline import Timeline
from store import chronicle as kept
from store import tables
from store.engine import reading, writing
from store.facts import live_rows, retire_fact
from store.studies import Member
from triangulation.chronicle import Chronicle, check_event, check_figure
from triangulation.chronicle_files import read_events, read_figures, write_events, write_figures
from triangulation.tables import RefusedRow
from workbench.services.errors import NotThere
from workbench.services.findings import RowsImported
from workbench.services.matrix_rows import by_row, one_line
from workbench.services.table_files import file_bytes
from workbench.services.timeline import over_time


def chronicle_of(engine: Engine, actor: Member) -> Chronicle:
    """What happened in the programme and what registers counted, in the order of dates."""
    with reading(engine) as connection:
        return kept.chronicle_of(connection, actor.study_id)


def themes_over_time(
    engine: Engine, actor: Member, themes: Sequence[str], period: Period
) -> dict[str, Timeline]:
    """For each theme, how many documents of each period bear it, from the codings that the person may see."""
    return {theme: over_time(engine, actor, [theme], period) for theme in themes}


def add_event(
    engine: Engine,
    actor: Member,
    *,
    title: str,
    begins: dt.date,
    ends: dt.date | None = None,
    note: str = "",
) -> UUID:
    """Write down something that happened in the programme; without an end it is one day."""
    title = one_line(title)
    check_event(title, begins, ends)
    with writing(engine) as connection:
        return kept.add_event(
            connection, title=title, begins=begins, ends=ends, note=note.strip(), actor=actor
        )


def add_figure(
    engine: Engine,
    actor: Member,
    *,
    name: str,
    at: dt.date,
    count: float,
    out_of: float | None = None,
    note: str = "",
) -> UUID:
    """Write down what a register counts for a date, and what it is out of where that is known."""
    name = one_line(name)
    check_figure(name, count, out_of)
    with writing(engine) as connection:
        return kept.add_figure(
            connection, name=name, at=at, count=count, out_of=out_of, note=note.strip(), actor=actor
        )


def retire_event(engine: Engine, actor: Member, event_id: UUID) -> None:
    """Take an event back; it stays in the history."""
    _retire(engine, actor, tables.programme_event, event_id)


def retire_figure(engine: Engine, actor: Member, figure_id: UUID) -> None:
    """Take a figure back; it stays in the history."""
    _retire(engine, actor, tables.register_figure, figure_id)


def import_events(engine: Engine, actor: Member, path: Path) -> RowsImported:
    """Read programme events from a CSV file; those that are there already are counted as duplicates."""
    rows, refused = read_events(path)
    with writing(engine) as connection:
        known = {
            (one.title, one.begins, one.ends) for one in kept.chronicle_of(connection, actor.study_id).events
        }
        taken = 0
        for row in rows:
            if (row.title, row.begins, row.ends) in known:
                continue
            kept.add_event(
                connection, title=row.title, begins=row.begins, ends=row.ends, note=row.note, actor=actor
            )
            known.add((row.title, row.begins, row.ends))
            taken += 1
    return RowsImported(taken, by_row(refused), len(rows) - taken)


def import_figures(engine: Engine, actor: Member, path: Path) -> RowsImported:
    """Read figures of registers from a CSV file; a second figure of a register for a day is refused.

    Those that are there already, number for number, are counted as duplicates.
    """
    rows, refused = read_figures(path)
    taken, again, late = 0, 0, list(refused)
    with writing(engine) as connection:
        known = {
            (one.name, one.at): (one.count, one.out_of)
            for one in kept.chronicle_of(connection, actor.study_id).figures
        }
        for row in rows:
            held = known.get((row.name, row.at))
            if held == (row.count, row.out_of):
                again += 1
            elif held is not None:
                reason = f"'{row.name}' has another figure for {row.at} already. Take that back first."
                late.append(RefusedRow(row.number, reason))
            else:
                kept.add_figure(
                    connection,
                    name=row.name,
                    at=row.at,
                    count=row.count,
                    out_of=row.out_of,
                    note=row.note,
                    actor=actor,
                )
                known[row.name, row.at] = (row.count, row.out_of)
                taken += 1
    return RowsImported(taken, by_row(late), again)


def export_events(engine: Engine, actor: Member, path: Path) -> int:
    """Write the events of the programme; returns how many."""
    return write_events(path, chronicle_of(engine, actor).events)


def export_figures(engine: Engine, actor: Member, path: Path) -> int:
    """Write the figures of the registers; returns how many."""
    return write_figures(path, chronicle_of(engine, actor).figures)


def events_file(engine: Engine, actor: Member) -> bytes:
    """`export_events` as the content of a file."""
    return file_bytes(lambda path: export_events(engine, actor, path))


def figures_file(engine: Engine, actor: Member) -> bytes:
    """`export_figures` as the content of a file."""
    return file_bytes(lambda path: export_figures(engine, actor, path))


def _retire(engine: Engine, actor: Member, table: Table, row_id: UUID) -> None:
    with writing(engine) as connection:
        if row_id not in {row.id for row in live_rows(connection, table, actor.study_id)}:
            raise NotThere("This was taken back already.")
        retire_fact(connection, table, row_id, actor=actor, action=f"{table.name}.retire")
