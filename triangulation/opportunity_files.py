"""The opportunity map as a CSV file, in and out: a bad row is refused with its reason, the rest is taken."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UserFacingError
from corpus.spreadsheets import read_rows, write_rows
from triangulation.errors import TriangulationError
from triangulation.models import Row
from triangulation.opportunity import SaidOpportunity, parse_opportunity
from triangulation.tables import RefusedRow, ResolveTheme

OPPORTUNITY_COLUMNS = ("theme", "row", "source", "opportunity", "note")


@dataclass(frozen=True)
class OpportunityRow:
    """A line of the file with its number as a spreadsheet shows it."""

    number: int
    said: SaidOpportunity


def read_opportunities(
    path: Path, *, resolve_theme: ResolveTheme, known_rows: Collection[Row], known_sources: Collection[str]
) -> tuple[list[OpportunityRow], list[RefusedRow]]:
    """Read an opportunity map.

    Parameters
    ----------
    path : Path
        CSV with commas, semicolons or tabs; UTF-8, UTF-16 with a mark, or Windows-1252. Columns ``theme``,
        ``source``, ``opportunity``; and ``row`` (empty: the whole theme), ``note``.
    resolve_theme : callable
        Theme as written → key, or None. A message it raises for people becomes the reason.
    known_rows, known_sources : collections
        What a line may name; a theme needs no row.

    Raises
    ------
    UnreadableFile
        The file as a whole cannot be read: empty, or a column is missing.
    """
    taken: list[OpportunityRow] = []
    refused: list[RefusedRow] = []
    before: dict[tuple[Row, str], int] = {}
    for number, cells in read_rows(path, needed=("theme", "source", "opportunity")):
        try:
            said = _said(cells, resolve_theme, known_rows, known_sources)
            if (earlier := before.get((said.row, said.source))) is not None:
                raise TriangulationError(
                    f"row {earlier} says something of the same place; keep one of the two"
                )
        except UserFacingError as error:
            refused.append(RefusedRow(number, str(error)))
        else:
            before[said.row, said.source] = number
            taken.append(OpportunityRow(number, said))
    return taken, refused


def write_opportunities(path: Path, said: Iterable[SaidOpportunity]) -> int:
    """Write a map in the columns that `read_opportunities` reads; gives the number of lines."""
    return write_rows(
        path,
        OPPORTUNITY_COLUMNS,
        ((entry.row.theme, entry.row.statement, entry.source, entry.state, entry.note) for entry in said),
    )


def _said(
    cells: dict[str, str],
    resolve_theme: ResolveTheme,
    known_rows: Collection[Row],
    known_sources: Collection[str],
) -> SaidOpportunity:
    written = cells.get("theme", "")
    theme = resolve_theme(written) if written else None
    if theme is None:
        raise TriangulationError(f"theme '{written}' is not in the codebook; name one that is")
    source = cells.get("source", "")
    if source not in known_sources:
        names = ", ".join(f"'{name}'" for name in known_sources) or "none yet"
        raise TriangulationError(f"there is no source '{source}'; there are: {names}")
    row = Row(theme, " ".join(cells.get("row", "").split()))
    if row.statement and row not in known_rows:
        raise TriangulationError(
            f"there is no row '{row.statement}' under {theme}; leave it empty to speak of the whole theme"
        )
    try:
        state = parse_opportunity(cells.get("opportunity", ""))
    except ValueError as error:
        raise TriangulationError(str(error)) from error
    if state is None:
        raise TriangulationError("the opportunity is empty; say asked, could_be_raised or not_asked")
    return SaidOpportunity(row, source, state, cells.get("note", ""))
