"""Step 4 of the protocol: what each source adds, what only one source holds, and where gaps remain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from triangulation.matrix import own_existence
from triangulation.models import ConvergenceMatrix, Existence, Finding, Row
from triangulation.sorting import SortingTable, sort_findings


class Presence(StrEnum):
    """Whether a source speaks on a row, over findings and researchers together."""

    PRESENT = "present"
    UNIQUE = "unique"
    ABSENT = "absent"
    DISPUTED = "disputed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Completeness:
    """Row × source. ``unique`` is present in this source alone, all others being absent."""

    presence: Mapping[tuple[Row, str], Presence]
    raised_by_nobody: tuple[Row, ...]

    def rows_with(self, source: str, presence: Presence) -> tuple[Row, ...]:
        """The rows on which a source has a given presence."""
        return tuple(
            row for (row, name), seen in self.presence.items() if name == source and seen is presence
        )


def compare_completeness(
    matrix: ConvergenceMatrix, findings: Iterable[Finding] = (), existences: Iterable[Existence] = ()
) -> Completeness:
    """Say for every row and source whether it is raised there.

    The researchers' own views come first: present or absent where those who have one are of one
    mind, disputed where they are not. Without any view the findings decide: a source without a
    finding is absent if another source has one on the row, and unknown if none has.
    """
    sorting = sort_findings(findings, rows=matrix.rows)
    judgements = [cell.judgement for cell in matrix.cells if cell.judgement is not None]
    view = own_existence(existences, judgements, sorting)
    presence: dict[tuple[Row, str], Presence] = {}
    for row in matrix.rows:
        seen = {
            source: _presence(
                row,
                source,
                {view[key] for p in matrix.researchers if (key := (row, source, p)) in view},
                sorting,
            )
            for source in matrix.sources
        }
        presence.update({(row, source): kind for source, kind in _mark_unique(seen).items()})
    nobody = tuple(
        row for row in matrix.rows if all(presence[row, s] is Presence.ABSENT for s in matrix.sources)
    )
    return Completeness(presence, nobody)


def _presence(row: Row, source: str, views: set[bool], sorting: SortingTable) -> Presence:
    if len(views) == 2:
        return Presence.DISPUTED
    if views:
        return Presence.PRESENT if True in views else Presence.ABSENT
    if sorting.findings(row, source):
        return Presence.PRESENT
    return Presence.ABSENT if sorting.has_findings(row) else Presence.UNKNOWN


def _mark_unique(seen: Mapping[str, Presence]) -> dict[str, Presence]:
    """Present in one source while all others are absent; one source alone cannot be compared."""
    present = [source for source, kind in seen.items() if kind is Presence.PRESENT]
    absent = [source for source, kind in seen.items() if kind is Presence.ABSENT]
    if len(present) == 1 and absent and len(absent) == len(seen) - 1:
        return {**seen, present[0]: Presence.UNIQUE}
    return dict(seen)
