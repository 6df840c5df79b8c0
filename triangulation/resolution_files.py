"""The log of what researchers settled, as a CSV file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.spreadsheets import read_rows, write_rows
from triangulation.errors import TriangulationError
from triangulation.models import About, Resolution, Row

COLUMNS = (
    "theme",
    "row",
    "about",
    "source_a",
    "source_b",
    "outcome",
    "reason",
    "decided_by",
    "minority",
    "minority_by",
)

#: What stands in the column ``outcome`` where a difference stays as it is.
UNRESOLVED = "unresolved"


@dataclass(frozen=True)
class ResolutionRow:
    """A resolution with the row of the file it stood in."""

    number: int
    resolution: Resolution


@dataclass(frozen=True)
class Told:
    """A resolution as the log tells it; ``state`` is ``holds``, ``replaced`` or ``taken back``."""

    resolution: Resolution
    author: str
    state: str


def read_resolutions(path: Path, *, resolve_theme: Callable[[str], str | None]) -> tuple[ResolutionRow, ...]:
    """Resolutions as a team wrote them in a file; several deciders are divided by ``|``.

    Raises
    ------
    TriangulationError
        Where ``about`` is none of `About`, or the outcome is empty: ``unresolved`` is an outcome too.
    """
    rows = read_rows(path, needed=("theme", "about", "outcome", "reason", "decided_by"))
    return tuple(ResolutionRow(number, _resolution(number, cells, resolve_theme)) for number, cells in rows)


def write_resolution_log(path: Path, told: Iterable[Told]) -> int:
    """Write the log: the columns that are read, then who wrote when, and whether it holds."""
    return write_rows(
        path,
        (*COLUMNS, "written_by", "at", "state"),
        (
            (
                one.resolution.row.theme,
                one.resolution.row.statement,
                one.resolution.about,
                one.resolution.source_a,
                one.resolution.source_b,
                one.resolution.outcome or UNRESOLVED,
                one.resolution.reason,
                " | ".join(one.resolution.decided_by),
                one.resolution.minority,
                one.resolution.minority_by,
                one.author,
                one.resolution.at,
                one.state,
            )
            for one in told
        ),
    )


def _resolution(
    number: int, cells: Mapping[str, str], resolve_theme: Callable[[str], str | None]
) -> Resolution:
    def cell(name: str) -> str:
        return cells.get(name, "").strip()

    about, outcome = cell("about"), cell("outcome")
    if about not in set(About):
        raise TriangulationError(f"row {number}: about '{about}' is none of {', '.join(About)}")
    if not outcome:
        raise TriangulationError(f"row {number}: no outcome; write 'unresolved' where it stays open")
    theme = resolve_theme(cell("theme"))
    return Resolution(
        row=Row(theme or cell("theme"), cell("row")),
        about=About(about),
        source_a=cell("source_a") or None,
        source_b=cell("source_b") or None,
        outcome=None if outcome == UNRESOLVED else outcome,
        reason=cell("reason"),
        decided_by=tuple(name.strip() for name in cell("decided_by").split("|") if name.strip()),
        minority=cell("minority"),
        minority_by=cell("minority_by") or None,
    )
