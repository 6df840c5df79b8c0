"""What all sources together say on a row: derived from the codes of the pairs, and never in their place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from triangulation.models import Cell, ConvergenceCode, ConvergenceMatrix, Row


class SetCode(StrEnum):
    """What a row says over all its sources; each value is derived, none is judged."""

    AGREEMENT = "agreement"
    PARTIAL = "partial"
    CONTAINS_DISSONANCE = "contains_dissonance"
    SINGLE_SOURCE = "single_source"
    NONE = "none"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True)
class RowSet:
    """A row as a set of sources, in one researcher's view.

    ``speaking`` are the sources that cover the row, ``sources`` how many there are to cover it.
    ``compared`` counts the pairs of speaking sources that have a code, ``lacking`` those that have none.
    """

    row: Row
    researcher: str
    speaking: tuple[str, ...]
    sources: int
    compared: int
    lacking: int
    code: SetCode

    @property
    def coverage(self) -> int:
        """How many sources cover the row."""
        return len(self.speaking)


_COMPARED = (ConvergenceCode.AGREEMENT, ConvergenceCode.PARTIAL, ConvergenceCode.DISSONANCE)


def set_codes(matrix: ConvergenceMatrix) -> tuple[RowSet, ...]:
    """The set-level code of every row, for every researcher of the matrix.

    Farmer et al. (2006) code pairs. With more than two sources a row has several pair codes; the set-level
    code sums them up for reading, is derived from them, and never replaces them.

    Parameters
    ----------
    matrix : ConvergenceMatrix
        A team's view is a matrix with one "researcher".

    Returns
    -------
    tuple of RowSet
        Row by row, each researcher in the order of the matrix.

    Notes
    -----
    In this order: no source is known to speak, ``none``; one speaks, ``single_source``; any pair is
    dissonant, ``contains_dissonance``; a pair of speaking sources has no code, ``undetermined``, since that
    pair could turn the answer; all pairs agree, ``agreement``; otherwise ``partial``. Only the pairs that the
    matrix compares count: where one source is held against the others, these are not compared among
    themselves.

    Examples
    --------
    >>> from triangulation.matrix import build_matrix
    >>> from triangulation.models import Judgement
    >>> seen = Judgement(Row("ECO-FUND"), "Interviews", "Minutes", "Ann", assigned=ConvergenceCode.PARTIAL)
    >>> (found,) = set_codes(build_matrix([], ["Survey"], [], [seen], []))
    >>> found.code.value, found.coverage, found.sources
    ('partial', 2, 3)
    """
    cells: dict[tuple[Row, str], list[Cell]] = {}
    for cell in matrix.cells:
        cells.setdefault((cell.row, cell.researcher), []).append(cell)
    return tuple(
        _row_set(matrix, row, person, cells.get((row, person), ()))
        for row in matrix.rows
        for person in matrix.researchers
    )


def _row_set(matrix: ConvergenceMatrix, row: Row, person: str, cells: Iterable[Cell]) -> RowSet:
    codes = {(cell.source_a, cell.source_b): cell.code for cell in cells}
    speak = _speaking(cells)
    covering = [codes.get(pair) for pair in matrix.pairs if set(pair) <= speak]
    judged = [code for code in covering if code in _COMPARED]
    lacking = len(covering) - len(judged)
    speaking = tuple(source for source in matrix.sources if source in speak)
    code = _set_code(len(speaking), judged, lacking)
    return RowSet(row, person, speaking, len(matrix.sources), len(judged), lacking, code)


def _speaking(cells: Iterable[Cell]) -> set[str]:
    """The sources that speak; a pair that has a code other than silence is one in which both do."""
    found = set()
    for cell in cells:
        both = cell.code in _COMPARED
        found |= {cell.source_a} if cell.speaks_a or both else set()
        found |= {cell.source_b} if cell.speaks_b or both else set()
    return found


def _set_code(coverage: int, judged: Sequence[ConvergenceCode | None], lacking: int) -> SetCode:
    if coverage < 2:
        return SetCode.SINGLE_SOURCE if coverage else SetCode.NONE
    if ConvergenceCode.DISSONANCE in judged:
        return SetCode.CONTAINS_DISSONANCE
    if lacking or not judged:
        return SetCode.UNDETERMINED
    if all(code is ConvergenceCode.AGREEMENT for code in judged):
        return SetCode.AGREEMENT
    return SetCode.PARTIAL
