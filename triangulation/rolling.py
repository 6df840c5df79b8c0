"""Rows of the matrix counted together: by theme, by level, by the groups of a report.

What is counted is told with its number. Codes of several rows are never made into one code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from codebook.models import Valence
from triangulation.models import ConvergenceCode, ConvergenceMatrix, Finding, Row
from triangulation.sorting import sort_findings


@dataclass(frozen=True)
class RolledRow:
    """The rows of a group together.

    Attributes
    ----------
    group : str or None
        None: in no group.
    rows : tuple of Row
    codes : mapping
        Pair of sources → code → number of rows with that code. Rows on which neither speaks, or that
        nobody whose view is shown has looked at, have no code and are counted nowhere.
    directions : mapping
        Source → direction → number of rows on which it has a finding in that direction; a row with
        findings in two directions counts in both.
    speaks : mapping
        Source → number of rows on which it has a finding.
    """

    group: str | None
    rows: tuple[Row, ...]
    codes: Mapping[tuple[str, str], Mapping[ConvergenceCode, int]]
    directions: Mapping[str, Mapping[Valence, int]]
    speaks: Mapping[str, int]

    def coded(self, pair: tuple[str, str]) -> int:
        """How many rows have a code for a pair; undetermined is none."""
        counts = self.codes.get(pair, {})
        return sum(number for code, number in counts.items() if code is not ConvergenceCode.UNDETERMINED)


def roll_up(
    matrix: ConvergenceMatrix,
    findings: Iterable[Finding],
    group_of: Callable[[Row], str | None],
    groups: Sequence[str | None] = (),
) -> tuple[RolledRow, ...]:
    """Count the codes of each pair, and the directions of each source, over the rows of each group.

    Parameters
    ----------
    matrix : ConvergenceMatrix
        The view of one person, or of the team: the cells of several people would be counted together.
    group_of : callable
        Row → its group, None where it belongs to none.
    groups : sequence of str
        Their order; others follow as they come, None last. Groups without a row are left out.

    Examples
    --------
    >>> from triangulation.matrix import build_matrix
    >>> from triangulation.models import Judgement
    >>> judged = [Judgement(Row("ECO-FUND", words), "A", "B", "Ann", assigned=ConvergenceCode.PARTIAL)
    ...           for words in ("Money ended", "Money came")]
    >>> (eco,) = roll_up(build_matrix([], [], [], judged, []), [], lambda row: row.theme[:3])
    >>> eco.group, eco.codes["A", "B"]
    ('ECO', {<ConvergenceCode.PARTIAL: 'partial'>: 2})
    """
    members: dict[str | None, list[Row]] = {}
    for row in matrix.rows:
        members.setdefault(group_of(row), []).append(row)
    order = [*groups, *(group for group in members if group not in groups and group is not None)]
    order += [] if None in order else [None]
    placed = sort_findings(findings, rows=matrix.rows)
    codes: dict[tuple[str | None, tuple[str, str]], dict[ConvergenceCode, int]] = {}
    for cell in matrix.cells:
        if cell.code is not None:
            at = codes.setdefault((group_of(cell.row), (cell.source_a, cell.source_b)), {})
            at[cell.code] = at.get(cell.code, 0) + 1
    rolled = []
    for group in order:
        if group not in members:
            continue
        rows = tuple(members[group])
        rolled.append(
            RolledRow(
                group,
                rows,
                {pair: _in_order(codes.get((group, pair), {})) for pair in matrix.pairs},
                {
                    source: _directions(placed.findings(row, source) for row in rows)
                    for source in matrix.sources
                },
                {
                    source: sum(bool(placed.findings(row, source)) for row in rows)
                    for source in matrix.sources
                },
            )
        )
    return tuple(rolled)


def _in_order(counts: Mapping[ConvergenceCode, int]) -> dict[ConvergenceCode, int]:
    return {code: counts[code] for code in ConvergenceCode if code in counts}


def _directions(found: Iterable[Iterable[Finding]]) -> dict[Valence, int]:
    seen = [{finding.valence for finding in findings} for findings in found]
    counts = {valence: sum(valence in one for one in seen) for valence in Valence}
    return {valence: number for valence, number in counts.items() if number}
