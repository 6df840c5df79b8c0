"""Relations between findings as CSV files, in and out: a bad row is refused, the rest is taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.spreadsheets import read_rows, write_rows
from triangulation.errors import TriangulationError
from triangulation.models import Row
from triangulation.relations import Bearing, Outcome, Relation
from triangulation.tables import RefusedRow, ResolveTheme, take_rows

RELATION_COLUMNS = ("theme", "row", "kind", "to_theme", "to_row", "strategy", "outcome", "note", "quotes")


@dataclass(frozen=True)
class RelationRow:
    """A relation of a file with its row number; quotes are words still to be found in a document."""

    number: int
    from_row: Row
    kind: Bearing
    to_row: Row | None
    strategy: str
    outcome: Outcome | None
    note: str
    quotes: tuple[str, ...]


def read_relations(path: Path, *, resolve_theme: ResolveTheme) -> tuple[list[RelationRow], list[RefusedRow]]:
    """Read relations; quotes in one cell are separated by a bar between spaces.

    Raises
    ------
    UnreadableFile
        If the file as a whole cannot be read: empty, or a column is missing.
    """
    return take_rows(
        read_rows(path, needed=("theme", "kind")),
        lambda number, cells: _relation(number, cells, resolve_theme),
    )


def write_relations(path: Path, relations: Iterable[Relation]) -> int:
    """Write relations in the columns that `read_relations` reads; gives their number."""
    return write_rows(
        path,
        RELATION_COLUMNS,
        (
            (
                one.from_row.theme,
                one.from_row.statement,
                one.kind,
                one.to_row.theme if one.to_row else "",
                one.to_row.statement if one.to_row else "",
                one.strategy,
                one.outcome,
                one.note,
                " | ".join(excerpt.quote.replace("|", r"\|") for excerpt in one.excerpts),
            )
            for one in relations
        ),
    )


def _relation(number: int, cells: Mapping[str, str], resolve_theme: ResolveTheme) -> RelationRow:
    kind = cells.get("kind", "").lower().replace(" ", "_")
    if kind not in set(Bearing):
        raise TriangulationError(f"kind is '{cells.get('kind', '')}'. Use one of {', '.join(Bearing)}.")
    outcome = cells.get("outcome", "").lower().replace(" ", "_")
    if outcome and outcome not in set(Outcome):
        raise TriangulationError(
            f"outcome is '{cells['outcome']}'. Use one of {', '.join(Outcome)}, or leave it empty."
        )
    from_row = _row(cells, "theme", "row", resolve_theme)
    if from_row is None:
        raise TriangulationError("no theme is named. Write its id or its label.")
    quotes = (quote.strip().replace(r"\|", "|") for quote in cells.get("quotes", "").split(" | "))
    return RelationRow(
        number,
        from_row,
        Bearing(kind),
        _row(cells, "to_theme", "to_row", resolve_theme),
        cells.get("strategy", ""),
        Outcome(outcome) if outcome else None,
        cells.get("note", ""),
        tuple(quote for quote in quotes if quote),
    )


def _row(cells: Mapping[str, str], theme: str, statement: str, resolve_theme: ResolveTheme) -> Row | None:
    written = cells.get(theme, "")
    if not written:
        return None
    key = resolve_theme(written)
    if key is None:
        raise TriangulationError(f"{theme} '{written}' is not in the codebook. Correct it.")
    return Row(key, cells.get(statement, ""))
