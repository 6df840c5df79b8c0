"""The opportunity map: what each source could say on each theme and row, by hand and as a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, Engine

from codebook.hierarchy import resolve
from codebook.models import Codebook
from store import protocols as kept
from store.documents import sources
from store.engine import reading, writing
from store.protocols import NewOpportunity
from store.rows import rows_now, rows_written
from store.studies import Member
from store.visibility import hidden_rows
from triangulation.models import Row
from triangulation.opportunity import SaidOpportunity, resolve_opportunities
from triangulation.opportunity_files import read_opportunities, write_opportunities
from triangulation.sorting import order_rows
from workbench.services.codebook_tree import count_codings
from workbench.services.codebooks import codes_ever
from workbench.services.errors import NotThere
from workbench.services.findings import RowsImported
from workbench.services.matrix_rows import by_row, one_line, source_labels, theme_named
from workbench.services.protocol import protocol_of, refuse_change
from workbench.services.table_files import file_bytes


@dataclass(frozen=True)
class MapTheme:
    """A theme of the opportunity map with its rows, and how many codings of it the person may see."""

    theme: str
    rows: tuple[Row, ...]
    codings: int


def themes_of_map(engine: Engine, actor: Member) -> tuple[MapTheme, ...]:
    """The themes of the map: those that bear rows or codings first, each group in the codebook's order."""
    with reading(engine) as connection:
        book = codes_ever(connection, actor)
        rows = _rows_seen(connection, actor)
        codings = count_codings(connection, actor)
    parents = {code.parent for code in book.codes}
    used = {row.theme for row in rows} | {key for key, n in codings.items() if n}
    themes = [code.key for code in book.codes if code.key in used or code.key not in parents]
    lines = [
        MapTheme(
            theme,
            order_rows(row for row in rows if row.theme == theme and row.statement),
            codings[theme],
        )
        for theme in themes
    ]
    return tuple(sorted(lines, key=lambda line: line.theme not in used))


def set_opportunities(
    engine: Engine, actor: Member, said: Iterable[SaidOpportunity], *, reason: str = ""
) -> int:
    """Say of places of the map what a source could do there; returns how many places it altered."""
    with writing(engine) as connection:
        refuse_change(connection, actor, reason)
        desk = _Map(connection, actor)
        entries = [place for entry in said for place in desk.places(entry.row, entry.source, entry)]
        return kept.set_opportunities(connection, entries, actor=actor, reason=reason.strip())


def clear_opportunities(
    engine: Engine, actor: Member, places: Iterable[tuple[Row, str]], *, reason: str = ""
) -> int:
    """Take back what was said of places of the map: the theme, or the kind of source, holds again."""
    with writing(engine) as connection:
        refuse_change(connection, actor, reason)
        desk = _Map(connection, actor)
        entries = [place for row, source in places for place in desk.places(row, source, None)]
        return kept.set_opportunities(connection, entries, actor=actor, reason=reason.strip())


def import_opportunities(engine: Engine, actor: Member, path: Path, *, reason: str = "") -> RowsImported:
    """Read the map from a file; places that it does not name stay as they are."""
    with writing(engine) as connection:
        refuse_change(connection, actor, reason)
        desk = _Map(connection, actor)
        taken, refused = read_opportunities(
            path,
            resolve_theme=lambda name: theme_named(desk.book, name),
            known_rows=desk.rows,
            known_sources=source_labels(connection, actor),
        )
        entries = [
            place for line in taken for place in desk.places(line.said.row, line.said.source, line.said)
        ]
        kept.set_opportunities(connection, entries, actor=actor, reason=reason.strip())
    return RowsImported(len(taken), by_row(refused))


def export_opportunities(engine: Engine, actor: Member, path: Path, *, everything: bool = False) -> int:
    """Write the map to a file: what was said, or with ``everything`` every theme × source, to fill in.

    Returns the number of lines.
    """
    said = _whole_map(engine, actor) if everything else protocol_of(engine, actor).opportunities
    return write_opportunities(path, said)


def opportunities_file(engine: Engine, actor: Member) -> bytes:
    """The whole map as a CSV file to fill in: every theme × source, and the rows that say something else."""
    return file_bytes(lambda path: export_opportunities(engine, actor, path, everything=True))


def _rows_seen(connection: Connection, actor: Member) -> dict[Row, list[UUID]]:
    """The rows that a person may see, each with its id and those of the rows that go on under it."""
    hidden = hidden_rows(connection, actor)
    written = rows_written(connection, actor.study_id)
    found: dict[Row, list[UUID]] = {}
    for row_id, row in rows_now(connection, actor.study_id, viewer=actor).items():
        if row_id not in hidden:
            found.setdefault(row, []).append(row_id)
    return {row: sorted(ids, key=lambda row_id: written[row_id] != row) for row, ids in found.items()}


def _whole_map(engine: Engine, actor: Member) -> list[SaidOpportunity]:
    """Every theme × source as it holds now, and the rows of which something else was said."""
    protocol = protocol_of(engine, actor)
    kinds = {source.label: source.kind for source in protocol.sources}
    themes = [Row(line.theme) for line in themes_of_map(engine, actor)]
    resolved = resolve_opportunities(themes, kinds, protocol.opportunities)
    notes = {(entry.row, entry.source): entry.note for entry in protocol.opportunities}
    whole = [
        SaidOpportunity(row, source, chance.state, notes.get((row, source), ""))
        for (row, source), chance in resolved.items()
    ]
    return [*whole, *(entry for entry in protocol.opportunities if entry.row.statement)]


class _Map:
    """Places of the map as the database knows them."""

    def __init__(self, connection: Connection, actor: Member) -> None:
        self._sources = {source.label: source.id for source in sources(connection, actor.study_id)}
        self.book: Codebook = codes_ever(connection, actor)
        self.rows = _rows_seen(connection, actor)
        ids = {code.key: code.id for code in self.book.codes}
        self._codes = {
            row_id: ids[row.theme]
            for row_id, row in rows_written(connection, actor.study_id).items()
            if row.theme in ids
        }

    def places(self, row: Row, source: str, said: SaidOpportunity | None) -> list[NewOpportunity]:
        """What is to be said at a place; what was said of rows that went on under it is taken back."""
        code = resolve(self.book, row.theme)
        place = Row(code.key, row.statement)
        if place.statement and place not in self.rows:
            raise NotThere(
                f"There is no row '{row.statement}' under {code.key}. "
                "Leave the row empty to speak of the whole theme."
            )
        if source not in self._sources:
            names = ", ".join(f"'{label}'" for label in self._sources)
            raise NotThere(f"There is no source '{source}'. There are: {names}.")
        source_id = self._sources[source]
        standing, *moved = self.rows[place] if place.statement else (None,)
        state, note = (None, "") if said is None else (said.state, one_line(said.note))
        return [
            NewOpportunity(source_id, code.id, standing, state, note),
            *(
                NewOpportunity(source_id, self._codes[row_id], row_id, None)
                for row_id in moved
                if row_id in self._codes
            ),
        ]
