"""Which rows of the matrix one looks at, in which order; the matrix itself stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from codebook.models import Valence
from triangulation.models import Cell, ConvergenceCode, ConvergenceMatrix, Finding, Row
from triangulation.sorting import SortingTable, sort_findings


@dataclass(frozen=True)
class Narrowing:
    """What a row must have to be shown; an empty condition asks nothing.

    Attributes
    ----------
    levels, themes : frozenset of str
        Keys; the row stands in one of them.
    sources : frozenset of str
        Only these sources and their pairs are shown, and rows on which at least one of them speaks.
    codes : frozenset of ConvergenceCode
        A pair that is shown has one of these codes.
    valences : frozenset of Valence
        A source that is shown has a finding in one of these directions.
    differ : bool
        Researchers gave a pair that is shown different codes.
    work_up : bool
        The row asks for a work-up and lacks it.
    words : str
        All these words stand in the statement, its theme or a finding, in any order and case.
    """

    levels: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    codes: frozenset[ConvergenceCode] = frozenset()
    valences: frozenset[Valence] = frozenset()
    differ: bool = False
    work_up: bool = False
    words: str = ""

    @property
    def conditions(self) -> int:
        """How many conditions are set."""
        return sum(bool(getattr(self, one.name)) for one in fields(self))


class Order(StrEnum):
    """In which order rows are read; rows that are alike keep the order of the codebook."""

    CODEBOOK = "codebook"
    SOURCES = "sources"
    DISSONANCE = "dissonance"
    IMPORTANCE = "importance"
    STATEMENT = "statement"


@dataclass(frozen=True)
class Seen:
    """What a person looks at: a view of the matrix, and all that tells which rows to show.

    ``matrix`` has the cells of the one view, ``everyone`` those of all whose judgements may be read.
    ``importance`` says of a row whether somebody holds it for ``main`` or ``minor``; a row on which
    nobody said so is absent. ``to_work_up`` are the rows that lack a work-up.
    """

    matrix: ConvergenceMatrix
    everyone: ConvergenceMatrix
    findings: tuple[Finding, ...]
    level_of: Callable[[str], str]
    theme_label: Callable[[str], str]
    importance: Mapping[Row, str]
    to_work_up: Collection[Row] = ()


def narrow(seen: Seen, by: Narrowing, order: Order = Order.CODEBOOK) -> ConvergenceMatrix:
    """The view with the rows, sources and pairs that pass, in an order.

    Parameters
    ----------
    seen : Seen
    by : Narrowing
        Conditions hold together.
    order : Order
        ``SOURCES``: rows on which most sources speak first. ``DISSONANCE``: most dissonant pairs first.
        ``IMPORTANCE``: main before minor before those of which nobody said it.

    Examples
    --------
    >>> from triangulation.matrix import build_matrix
    >>> matrix = build_matrix([Row("ECO-FUND", "Money ended"), Row("PRO-KNOW")], ["Survey"], [], [], [])
    >>> seen = Seen(matrix, matrix, (), lambda theme: theme[:3], str, {})
    >>> [row.theme for row in narrow(seen, Narrowing(words="money")).rows]
    ['ECO-FUND']
    """
    sources = tuple(s for s in seen.matrix.sources if not by.sources or s in by.sources)
    pairs = tuple(pair for pair in seen.matrix.pairs if set(pair) <= set(sources))
    sorting = sort_findings(seen.findings, rows=seen.matrix.rows)
    shown = _by_row(seen.matrix.cells, pairs)
    of_everyone = _by_row(seen.everyone.cells, pairs)

    def passes(row: Row) -> bool:
        cells = shown.get(row, ())
        return (
            (not by.levels or seen.level_of(row.theme) in by.levels)
            and (not by.themes or row.theme in by.themes)
            and (not by.sources or _speaking(row, sources, cells, sorting) > 0)
            and (not by.codes or any(cell.code in by.codes for cell in cells))
            and (not by.valences or bool(by.valences & _valences(row, sources, sorting)))
            and (not by.differ or _differ(of_everyone.get(row, ())))
            and (not by.work_up or row in seen.to_work_up)
            and _has_words(by.words, row, seen, sorting)
        )

    rows = [row for row in seen.matrix.rows if passes(row)]
    ranks: dict[Order, Callable[[Row], object]] = {
        Order.CODEBOOK: lambda row: 0,
        Order.SOURCES: lambda row: -_speaking(row, sources, shown.get(row, ()), sorting),
        Order.DISSONANCE: lambda row: (
            -sum(cell.code is ConvergenceCode.DISSONANCE for cell in shown.get(row, ()))
        ),
        Order.IMPORTANCE: lambda row: {"main": 0, "minor": 1}.get(seen.importance.get(row, ""), 2),
        Order.STATEMENT: lambda row: (row.statement or seen.theme_label(row.theme)).casefold(),
    }
    rows.sort(key=ranks[order])  # type: ignore[arg-type]
    kept = set(rows)
    cells = tuple(cell for row, many in shown.items() if row in kept for cell in many)
    return replace(seen.matrix, sources=sources, pairs=pairs, rows=tuple(rows), cells=cells)


def importance_of_rows(findings: Iterable[Finding], rows: Iterable[Row]) -> dict[Row, str]:
    """What the writers of findings hold of their rows; main where any of them says so."""
    told: dict[Row, str] = {}
    for (row, _), found in sort_findings(findings, rows=tuple(rows)).placed.items():
        said = {finding.importance for finding in found} | {told.get(row)}
        best = next((word for word in ("main", "minor") if word in said), None)
        if best is not None:
            told[row] = best
    return told


def _by_row(cells: Iterable[Cell], pairs: Collection[tuple[str, str]]) -> dict[Row, tuple[Cell, ...]]:
    wanted = set(pairs)
    found: dict[Row, list[Cell]] = {}
    for cell in cells:
        if (cell.source_a, cell.source_b) in wanted:
            found.setdefault(cell.row, []).append(cell)
    return {row: tuple(many) for row, many in found.items()}


def _speaking(row: Row, sources: Iterable[str], cells: Iterable[Cell], sorting: SortingTable) -> int:
    """How many sources speak: as judged in the view, else by their findings."""
    views: dict[str, bool] = {}
    for cell in cells:
        for source, speaks in ((cell.source_a, cell.speaks_a), (cell.source_b, cell.speaks_b)):
            if speaks is not None:
                views.setdefault(source, speaks)
    return sum(views.get(source, bool(sorting.findings(row, source))) for source in sources)


def _valences(row: Row, sources: Iterable[str], sorting: SortingTable) -> set[Valence | None]:
    return {finding.valence for source in sources for finding in sorting.findings(row, source)}


def _differ(cells: Iterable[Cell]) -> bool:
    codes: dict[tuple[str, str], set[ConvergenceCode | None]] = {}
    for cell in cells:
        codes.setdefault((cell.source_a, cell.source_b), set()).add(cell.view)
    return any(len(given - {None, ConvergenceCode.UNDETERMINED}) > 1 for given in codes.values())


def _has_words(words: str, row: Row, seen: Seen, sorting: SortingTable) -> bool:
    if not words.strip():
        return True
    said = [finding.statement for s in seen.matrix.sources for finding in sorting.findings(row, s)]
    text = " ".join((row.theme, seen.theme_label(row.theme), row.statement, *said)).casefold()
    return all(word in text for word in words.casefold().split())
