"""What all sources together say on a row: derived from the codes of the pairs, and never in their place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from triangulation.models import Cell, ConvergenceCode, ConvergenceMatrix, Row
from triangulation.speaking import COMPARED, speaking_in


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
    ``compared`` counts the pairs of speaking sources that have a code, ``lacking`` those that have none,
    or could have one: of a source that is not known to be silent it is not known either whether it
    agrees. ``unnamed`` is 1 where one of two sources speaks and nobody said which.
    """

    row: Row
    researcher: str
    speaking: tuple[str, ...]
    sources: int
    compared: int
    lacking: int
    code: SetCode
    unnamed: int = 0

    @property
    def coverage(self) -> int:
        """How many sources cover the row, as far as is known."""
        return len(self.speaking) + self.unnamed


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
    In this order: no source is known to speak, ``none``; any pair is dissonant, ``contains_dissonance``; a
    pair of sources that speak, or of which that is not known or disputed, has no code, ``undetermined``,
    since that pair could turn the answer; one source speaks and all others are silent, ``single_source``;
    all pairs agree, ``agreement``; otherwise ``partial``. Only the pairs that the
    matrix compares count: where one source is held against the others, these are not compared among
    themselves.

    Examples
    --------
    >>> from triangulation.matrix import build_matrix
    >>> from triangulation.models import Existence, Judgement
    >>> silent = Existence(Row("ECO-FUND"), "Survey", "Ann", False)
    >>> seen = Judgement(Row("ECO-FUND"), "Interviews", "Minutes", "Ann", assigned=ConvergenceCode.PARTIAL)
    >>> (found,) = set_codes(build_matrix([], [], [silent], [seen], []))
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


def _row_set(matrix: ConvergenceMatrix, row: Row, person: str, cells: Sequence[Cell]) -> RowSet:
    codes = {(cell.source_a, cell.source_b): cell.code for cell in cells}
    known = speaking_in(cells)
    speaking = tuple(source for source in matrix.sources if known.get(source))
    unnamed = int(not speaking and ConvergenceCode.SILENCE in codes.values())
    # Where nobody is known to speak, sources without a cell are as unknown as the others.
    unknown = {source for source, speaks in known.items() if speaks is None}
    open_ = {*speaking, *(matrix.sources if unnamed else unknown)}
    compared = [codes[pair] for pair in matrix.pairs if codes.get(pair) in COMPARED]
    # Silence of two sources is no gap where neither is known to speak: one of them does.
    uncoded = [pair for pair in matrix.pairs if set(pair) <= open_ and codes.get(pair) not in COMPARED]
    lacking = sum(
        codes.get(p) is not ConvergenceCode.SILENCE or any(s in speaking for s in p) for p in uncoded
    )
    code = _set_code(len(speaking) + unnamed, compared, lacking)
    return RowSet(row, person, speaking, len(matrix.sources), len(compared), lacking, code, unnamed)


def _set_code(coverage: int, compared: Sequence[ConvergenceCode | None], lacking: int) -> SetCode:
    if not coverage:
        return SetCode.NONE
    if ConvergenceCode.DISSONANCE in compared:
        return SetCode.CONTAINS_DISSONANCE
    if lacking:
        return SetCode.UNDETERMINED
    if coverage == 1:
        return SetCode.SINGLE_SOURCE
    if not compared:
        return SetCode.UNDETERMINED
    if all(code is ConvergenceCode.AGREEMENT for code in compared):
        return SetCode.AGREEMENT
    return SetCode.PARTIAL
