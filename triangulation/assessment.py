"""Step 3 of the protocol: how far the sources converge as a whole. Counts only; the verdict is people's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from triangulation.convergence import same_meaning_different_weight
from triangulation.matrix import is_judged, own_existence
from triangulation.models import (
    Cell,
    ConvergenceCode,
    ConvergenceMatrix,
    Existence,
    Finding,
    Judgement,
    Meaning,
    Row,
    Rule,
)
from triangulation.sorting import sort_findings
from triangulation.speaking import speaking_in

_Meanings = Mapping[tuple[Row, str, str], Collection[Meaning | None]]


@dataclass(frozen=True)
class Counts:
    """How often each code occurs among ``cells``, the row × pair cells there are.

    ``not_judged`` are those of the undetermined cells where the researcher has not compared the
    pair at all. ``different_weight`` are dissonances of weight alone (rule elements_strict),
    ``changed`` the cells in which the researcher assigned another code than the rule proposes; where
    it proposes none (undetermined) nothing is changed. ``not_settled`` are the team's cells without a
    code in which both sources speak.
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
    not_settled: int = 0

    @property
    def both_speak(self) -> int:
        """Cells in which both sources speak: all that are coded but silence, and those not settled."""
        return self.agreement + self.partial + self.dissonance + self.undetermined + self.not_settled

    @property
    def without_code(self) -> int:
        """Cells that have no code: neither source speaks, nobody said who does, or nothing is settled."""
        return self.cells - self.both_speak - self.silence + self.not_settled

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


class Scale(StrEnum):
    """How far the sources converge as a whole, where a team wants a word for it."""

    CONVERGING = "converging"
    MIXED = "mixed"
    DIVERGING = "diverging"


@dataclass(frozen=True)
class GlobalJudgement:
    """How far the sources converge as a whole, in the words of a researcher, or of the team.

    ``researcher`` is None for the team's. ``alone`` says whether it was written before that researcher had
    locked, and so before they could read the others; None for the team's. Nothing of it is filled in.
    """

    researcher: str | None
    text: str
    scale: Scale | None = None
    written_by: str = ""
    at: dt.datetime | None = None
    alone: bool | None = None


@dataclass(frozen=True)
class SilentSource:
    """A source that is silent on a row of which others speak, as one researcher sees it.

    ``against`` are the sources that speak where it is silent, so ``len(against)`` silent pairs are one
    silent source. ``kinds`` and ``expected`` are what the researcher said of the silence in those pairs,
    each once; they are empty where nothing was said.
    """

    row: Row
    source: str
    researcher: str
    against: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    expected: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class DifferingCell:
    """A pair on a row to which researchers gave different codes; who has no code there is left out."""

    row: Row
    pair: tuple[str, str]
    codes: Mapping[str, ConvergenceCode]


@dataclass(frozen=True)
class Assessment:
    """The counts of step 3, for each researcher apart: what a team settles on is its own decision.

    ``rows_with_dissonance`` and ``dissonant_rows`` tell of rows, not of cells: with more than two sources
    one row can hold several dissonant pairs. ``places`` is how many row × source there are, among which
    ``silent_sources`` are those that are silent while another speaks.
    """

    by_researcher: Mapping[str, Counts]
    by_pair: Mapping[tuple[str, tuple[str, str]], Counts]
    by_level: Mapping[tuple[str, str], Counts]
    rows_with_dissonance: Mapping[str, int]
    dissonant_rows: Mapping[str, tuple[Row, ...]]
    places: int
    silent_sources: tuple[SilentSource, ...]
    differing: tuple[DifferingCell, ...]

    def silences_of(self, researcher: str) -> tuple[SilentSource, ...]:
        """The silent sources that one researcher sees."""
        return tuple(silent for silent in self.silent_sources if silent.researcher == researcher)

    def silences_in(self, researcher: str, source: str) -> tuple[SilentSource, ...]:
        """The rows on which a source is silent while another speaks, as one researcher sees it."""
        return tuple(silent for silent in self.silences_of(researcher) if silent.source == source)


def level_of_key(theme: str) -> str:
    """The level of a theme from its key: what stands before the first hyphen.

    >>> level_of_key("ECO-FUND")
    'ECO'
    """
    return theme.partition("-")[0]


def assess_convergence(
    matrix: ConvergenceMatrix,
    existences: Iterable[Existence] = (),
    findings: Iterable[Finding] = (),
    *,
    level_of: Callable[[str], str] = level_of_key,
) -> Assessment:
    """Count the codes per researcher, and within each per pair and per level.

    Parameters
    ----------
    matrix : ConvergenceMatrix
    existences, findings : iterables
        What the matrix was built from, for the silent sources (see `silent_sources`).
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
    dissonant = {p: _dissonant_rows(matrix, cells) for p, cells in mine.items()}
    meanings = _meanings_by_place(matrix)

    def count(cells: Iterable[Cell], possible: int) -> Counts:
        return _count(cells, possible, matrix.rule, meanings)

    return Assessment(
        by_researcher={p: count(cells, everything) for p, cells in mine.items()},
        by_pair={
            (p, pair): count([c for c in cells if (c.source_a, c.source_b) == pair], len(matrix.rows))
            for p, cells in mine.items()
            for pair in matrix.pairs
        },
        by_level={
            (p, level): count(
                [c for c in cells if level_of(c.row.theme) == level], rows_of[level] * len(matrix.pairs)
            )
            for p, cells in mine.items()
            for level in levels
        },
        rows_with_dissonance={p: len(rows) for p, rows in dissonant.items()},
        dissonant_rows=dissonant,
        places=len(matrix.rows) * len(matrix.sources),
        silent_sources=silent_sources(matrix, existences, findings),
        differing=differing_cells(matrix),
    )


def silent_sources(
    matrix: ConvergenceMatrix, existences: Iterable[Existence] = (), findings: Iterable[Finding] = ()
) -> tuple[SilentSource, ...]:
    """Silence told as row × source: in a row of which one of n sources speaks, n - 1 sources are silent.

    The count of silent pairs grows with the number of sources: one silent source among n makes up to
    n - 1 silent pairs. A silence of which nobody said which source is silent cannot be placed
    and is left out.

    Parameters
    ----------
    existences, findings : iterables
        What the matrix was built from. With an index source they tell of pairs that it does not compare.

    Examples
    --------
    >>> from triangulation.matrix import build_matrix
    >>> from triangulation.models import Existence
    >>> fund = Row("ECO-FUND")
    >>> said = [Existence(fund, s, "Ann", s != "Survey") for s in ("Interviews", "Minutes", "Survey")]
    >>> [(s.source, s.against) for s in silent_sources(build_matrix([], [], said, [], []))]
    [('Survey', ('Interviews', 'Minutes'))]
    """
    known = _who_speaks(matrix, existences, findings)
    said = _silences_judged(matrix)
    found = []
    for row in matrix.rows:
        for person in matrix.researchers:
            here = [(source, known.get((row, source, person))) for source in matrix.sources]
            against = tuple(source for source, speaks in here if speaks)
            silent = [source for source, speaks in here if speaks is False] if against else []
            for source in silent:
                judged = [said[key] for other in against if (key := (row, person, source, other)) in said]
                found.append(
                    SilentSource(
                        row,
                        source,
                        person,
                        against,
                        kinds=_said(judgement.silence for judgement in judged),
                        expected=_said(judgement.expected for judgement in judged),
                        reasons=_said(judgement.reason for judgement in judged),
                    )
                )
    return tuple(found)


def _who_speaks(
    matrix: ConvergenceMatrix, existences: Iterable[Existence], findings: Iterable[Finding]
) -> Mapping[tuple[Row, str, str], bool | None]:
    """(row, source, researcher) → whether it speaks: by the cells, else said or implied, else by findings."""
    cells: dict[tuple[Row, str], list[Cell]] = {}
    for cell in matrix.cells:
        cells.setdefault((cell.row, cell.researcher), []).append(cell)
    sorting = sort_findings(findings, rows=matrix.rows)
    known: dict[tuple[Row, str, str], bool | None] = {
        (row, source, person): bool(sorting.findings(row, source))
        for row in matrix.rows
        if sorting.has_findings(row)
        for source in matrix.sources
        for person in matrix.researchers
    }
    known |= own_existence(existences, matrix.judgements, sorting)
    for (row, person), theirs in cells.items():
        known |= {
            (row, source, person): speaks
            for source, speaks in speaking_in(theirs, follow_silence=True).items()
        }
    return known


def _silences_judged(matrix: ConvergenceMatrix) -> Mapping[tuple[Row, str, str, str], Judgement]:
    """(row, researcher, source, other source) → the judgement of the two, both ways round."""
    judgements = (*matrix.judgements, *(cell.judgement for cell in matrix.cells if cell.judgement))
    return {
        (one.row, one.researcher, *pair): one
        for one in judgements
        for pair in ((one.source_a, one.source_b), (one.source_b, one.source_a))
    }


def differing_cells(matrix: ConvergenceMatrix) -> tuple[DifferingCell, ...]:
    """Pairs on rows to which researchers gave different codes.

    Undetermined is a gap, no other opinion; nor is what findings alone say of a researcher's pair.
    """
    codes: dict[tuple[Row, tuple[str, str]], dict[str, ConvergenceCode]] = {}
    for cell in matrix.cells:
        if cell.view is not None and cell.view is not ConvergenceCode.UNDETERMINED:
            place = (cell.row, (cell.source_a, cell.source_b))
            codes.setdefault(place, {})[cell.researcher] = cell.view
    return tuple(
        DifferingCell(row, pair, given)
        for (row, pair), given in codes.items()
        if len(set(given.values())) > 1
    )


def _said(words: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))


def _dissonant_rows(matrix: ConvergenceMatrix, cells: Iterable[Cell]) -> tuple[Row, ...]:
    dissonant = {cell.row for cell in cells if cell.code is ConvergenceCode.DISSONANCE}
    return tuple(row for row in matrix.rows if row in dissonant)


def _meanings_by_place(matrix: ConvergenceMatrix) -> _Meanings:
    found: dict[tuple[Row, str, str], set[Meaning | None]] = {}
    for judgement in matrix.judgements:
        if is_judged(judgement):
            a, b = sorted((judgement.source_a, judgement.source_b))
            found.setdefault((judgement.row, a, b), set()).add(judgement.meaning)
    return found


def _count(cells: Iterable[Cell], possible: int, rule: Rule, meanings: _Meanings) -> Counts:
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
        different_weight=sum(_of_weight_alone(cell, rule, meanings) for cell in cells),
        changed=sum(
            cell.assigned is not None and proposes_code(cell) and cell.assigned is not cell.derived
            for cell in cells
        ),
        not_settled=sum(
            cell.code is None and cell.speaks_a is True and cell.speaks_b is True for cell in cells
        ),
    )


def proposes_code(cell: Cell) -> bool:
    """Whether the rule proposes a code for what was judged; undetermined is none."""
    return cell.derived is not None and cell.derived is not ConvergenceCode.UNDETERMINED


def _of_weight_alone(cell: Cell, rule: Rule, meanings: _Meanings) -> bool:
    """A cell of the team has no judgement of its own: all that it goes back to must mean the same."""
    seen = (
        {cell.judgement.meaning} if cell.judgement else meanings.get((cell.row, cell.source_a, cell.source_b))
    )
    return seen == {Meaning.SAME} and same_meaning_different_weight(
        cell.code, meaning=Meaning.SAME, rule=rule
    )
