"""Step 3 of the protocol: how far the sources converge as a whole. Counts only; the verdict is people's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from triangulation.convergence import same_meaning_different_weight
from triangulation.matrix import is_judged
from triangulation.models import Cell, ConvergenceCode, ConvergenceMatrix, Rule


@dataclass(frozen=True)
class Counts:
    """How often each code occurs among ``cells``, the row × pair cells there are.

    ``not_judged`` are those of the undetermined cells where the researcher has not compared the
    pair at all. ``different_weight`` are dissonances of weight alone (rule elements_strict),
    ``changed`` the cells in which the researcher assigned another code than the rule proposes.
    """

    cells: int
    agreement: int
    partial: int
    silence: int
    dissonance: int
    undetermined: int
    not_judged: int
    different_weight: int
    changed: int

    @property
    def both_speak(self) -> int:
        """Cells in which the researcher holds that both sources speak: all that are coded but silence."""
        return self.agreement + self.partial + self.dissonance + self.undetermined

    def of(self, code: ConvergenceCode) -> int:
        """How many cells carry a code."""
        return int(getattr(self, code.value))

    def share_of_cells(self, code: ConvergenceCode) -> float | None:
        """Share among all row × pair cells; None where there is no cell."""
        return self.of(code) / self.cells if self.cells else None

    def share_where_both_speak(self, code: ConvergenceCode) -> float | None:
        """Share among cells where both sources speak; None for silence, which cannot occur there."""
        if code is ConvergenceCode.SILENCE or not self.both_speak:
            return None
        return self.of(code) / self.both_speak


@dataclass(frozen=True)
class Assessment:
    """The counts of step 3, for each researcher apart: what a team settles on is its own decision."""

    by_researcher: Mapping[str, Counts]
    by_pair: Mapping[tuple[str, tuple[str, str]], Counts]
    by_level: Mapping[tuple[str, str], Counts]
    rows_with_dissonance: Mapping[str, int]


def level_of_key(theme: str) -> str:
    """The level of a theme from its key: what stands before the first hyphen.

    >>> level_of_key("ECO-FUND")
    'ECO'
    """
    return theme.partition("-")[0]


def assess_convergence(
    matrix: ConvergenceMatrix, *, level_of: Callable[[str], str] = level_of_key
) -> Assessment:
    """Count the codes per researcher, and within each per pair and per level.

    Parameters
    ----------
    matrix : ConvergenceMatrix
    level_of : callable
        Theme key → level key; by default the part before the hyphen.

    Notes
    -----
    ``rows_with_dissonance`` counts rows with at least one dissonant pair: with more than two
    sources that is another number than the dissonant cells.
    """
    levels = tuple(dict.fromkeys(level_of(row.theme) for row in matrix.rows))
    rows_of = {level: sum(level_of(row.theme) == level for row in matrix.rows) for level in levels}
    mine = {person: [c for c in matrix.cells if c.researcher == person] for person in matrix.researchers}
    everything = len(matrix.rows) * len(matrix.pairs)
    return Assessment(
        by_researcher={p: _count(cells, everything, matrix.rule) for p, cells in mine.items()},
        by_pair={
            (p, pair): _count(
                [c for c in cells if (c.source_a, c.source_b) == pair], len(matrix.rows), matrix.rule
            )
            for p, cells in mine.items()
            for pair in matrix.pairs
        },
        by_level={
            (p, level): _count(
                [c for c in cells if level_of(c.row.theme) == level],
                rows_of[level] * len(matrix.pairs),
                matrix.rule,
            )
            for p, cells in mine.items()
            for level in levels
        },
        rows_with_dissonance={
            p: len({c.row for c in cells if c.code is ConvergenceCode.DISSONANCE})
            for p, cells in mine.items()
        },
    )


def _count(cells: Iterable[Cell], possible: int, rule: Rule) -> Counts:
    cells = tuple(cells)
    number = {code: sum(cell.code is code for cell in cells) for code in ConvergenceCode}
    return Counts(
        cells=possible,
        agreement=number[ConvergenceCode.AGREEMENT],
        partial=number[ConvergenceCode.PARTIAL],
        silence=number[ConvergenceCode.SILENCE],
        dissonance=number[ConvergenceCode.DISSONANCE],
        undetermined=number[ConvergenceCode.UNDETERMINED],
        not_judged=sum(
            cell.code is ConvergenceCode.UNDETERMINED and not is_judged(cell.judgement) for cell in cells
        ),
        different_weight=sum(_of_weight_alone(cell, rule) for cell in cells),
        changed=sum(
            cell.assigned is not None and cell.derived is not None and cell.assigned is not cell.derived
            for cell in cells
        ),
    )


def _of_weight_alone(cell: Cell, rule: Rule) -> bool:
    meaning = cell.judgement.meaning if cell.judgement else None
    return same_meaning_different_weight(cell.code, meaning=meaning, rule=rule)
