"""Who speaks on a row, as the cells of one view tell it together."""

from __future__ import annotations

from collections.abc import Iterable

from triangulation.models import Cell, ConvergenceCode

#: Codes of a pair in which both sources speak.
COMPARED = (ConvergenceCode.AGREEMENT, ConvergenceCode.PARTIAL, ConvergenceCode.DISSONANCE)


def speaking_in(cells: Iterable[Cell], *, follow_silence: bool = False) -> dict[str, bool | None]:
    """Source → whether it speaks, from the cells of one row in one view; None: not known, or disputed.

    In a pair that is compared both speak. A source that stands in no cell is left out.

    Parameters
    ----------
    follow_silence : bool
        In a silent pair of which one is known, take the other to be the opposite.

    Examples
    --------
    >>> from triangulation.models import Row
    >>> silent = Cell(Row("T1"), "Minutes", "Survey", "Ann", None, True, None, ConvergenceCode.SILENCE, 0)
    >>> speaking_in([silent]), speaking_in([silent], follow_silence=True)
    ({'Minutes': None, 'Survey': True}, {'Minutes': False, 'Survey': True})
    """
    found: dict[str, bool | None] = {}
    for cell in cells:
        for source, speaks in zip(
            (cell.source_a, cell.source_b), _of_pair(cell, follow_silence), strict=True
        ):
            found[source] = found.get(source) if speaks is None else speaks or found.get(source) is True
    return found


def _of_pair(cell: Cell, follow_silence: bool) -> tuple[bool | None, bool | None]:
    a, b = cell.speaks_a, cell.speaks_b
    if cell.code in COMPARED:
        return True, True
    if follow_silence and cell.code is ConvergenceCode.SILENCE:
        if a is None and b is not None:
            return not b, b
        if b is None and a is not None:
            return a, not a
    return a, b
