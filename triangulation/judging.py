"""What one researcher has still to judge, in its order, and what the tool may propose on the way.

Proposals are questions to the researcher: nothing here becomes a judgement by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from codebook.models import Valence
from triangulation.matrix import is_judged
from triangulation.models import ConvergenceMatrix, Existence, Finding, Judgement, Prominence, Row

Pair = tuple[str, str]


@dataclass(frozen=True)
class Step:
    """One thing to judge: who speaks on a row (``pair`` None), or how a pair compares there."""

    row: Row
    pair: Pair | None
    done: bool


@dataclass(frozen=True)
class RowProgress:
    """How far a row is judged: who speaks, and the pairs in which both sources do."""

    row: Row
    confirmed: bool
    done: int
    of: int

    @property
    def is_done(self) -> bool:
        return self.confirmed and self.done == self.of


def steps_to_judge(
    matrix: ConvergenceMatrix, existences: Iterable[Existence], judgements: Iterable[Judgement]
) -> tuple[Step, ...]:
    """For each row who speaks, then each pair in which both do, in the order of the matrix.

    A row on which fewer than two sources speak has no pair to judge: silence follows from who speaks.

    Parameters
    ----------
    matrix : ConvergenceMatrix
        With the cells of one researcher.
    existences, judgements : iterables
        That researcher's own.
    """
    said = {(seen.row, seen.source) for seen in existences}
    judged = {(j.row, (j.source_a, j.source_b)) for j in judgements if is_judged(j)}
    both = {
        (cell.row, (cell.source_a, cell.source_b)) for cell in matrix.cells if cell.speaks_a and cell.speaks_b
    }
    steps: list[Step] = []
    for row in matrix.rows:
        steps.append(Step(row, None, all((row, source) in said for source in matrix.sources)))
        steps += [Step(row, pair, (row, pair) in judged) for pair in matrix.pairs if (row, pair) in both]
    return tuple(steps)


def progress_by_row(steps: Iterable[Step]) -> tuple[RowProgress, ...]:
    """How far each row is, in the order of the steps."""
    by_row: dict[Row, list[Step]] = {}
    for step in steps:
        by_row.setdefault(step.row, []).append(step)
    return tuple(
        RowProgress(
            row,
            all(step.done for step in listed if step.pair is None),
            sum(step.done for step in listed if step.pair is not None),
            sum(step.pair is not None for step in listed),
        )
        for row, listed in by_row.items()
    )


def next_open(steps: Sequence[Step], step: Step) -> Step | None:
    """The next thing that is not judged yet, round the end; None where all else is."""
    at = steps.index(step)
    return next((other for other in (*steps[at + 1 :], *steps[:at]) if not other.done), None)


def judgement_above(
    judgements: Iterable[Judgement], rows: Sequence[Row], pairs: Sequence[Pair], row: Row, pair: Pair
) -> Judgement | None:
    """The judgement that "same as above" means.

    That of the same pair on the nearest row above; where there is none, that of the nearest pair
    before on the same row. None where neither was judged.

    Parameters
    ----------
    judgements : iterable of Judgement
        One researcher's own.
    """
    judged = {(j.row, (j.source_a, j.source_b)): j for j in judgements if is_judged(j)}
    above = reversed(rows[: rows.index(row)])
    before = reversed(pairs[: pairs.index(pair)])
    places = [*((other, pair) for other in above), *((row, other) for other in before)]
    return next((judged[place] for place in places if place in judged), None)


def opposed_directions(one: Iterable[Finding], other: Iterable[Finding]) -> bool:
    """Whether one source speaks of facilitators alone and the other of barriers alone.

    It is a reason to ask whether the meanings contradict each other, not an answer: "funding came" and
    "funding ended" are opposed in direction and share one meaning, that funding decides.
    """
    directions = {_direction(one), _direction(other)}
    return directions == {Valence.FACILITATOR, Valence.BARRIER}


def different_weight(one: Prominence | None, other: Prominence | None) -> bool:
    """Whether a row was rated in both sources, and not alike."""
    return one is not None and other is not None and one is not other


def _direction(findings: Iterable[Finding]) -> Valence | None:
    """The one direction of all findings; None where they have several, or a mixed one."""
    directions = {finding.valence for finding in findings if finding.valence not in (None, Valence.NEUTRAL)}
    return directions.pop() if len(directions) == 1 else None


@dataclass(frozen=True)
class Silence:
    """Why a source is silent on a row, and whether that was to be expected.

    ``kind`` is None where no sub-type was chosen, ``expected`` where nobody said.
    """

    kind: str | None = None
    expected: str | None = None
    reason: str = ""


def silences_said(
    judgements: Iterable[Judgement], row: Row, speaks: Mapping[str, bool]
) -> dict[str, Silence]:
    """What a researcher said of each source that is silent on a row, from the pairs it stands in.

    Parameters
    ----------
    judgements : iterable of Judgement
        One researcher's own.
    speaks : mapping
        Source → whether it speaks on the row.
    """
    said: dict[str, Silence] = {}
    for judgement in judgements:
        pair = (judgement.source_a, judgement.source_b)
        silent = silent_of(pair, speaks)
        if judgement.row == row and silent is not None and (judgement.silence or judgement.expected):
            said.setdefault(silent, Silence(judgement.silence, judgement.expected, judgement.reason))
    return said


def silent_of(pair: Pair, speaks: Mapping[str, bool]) -> str | None:
    """The one source of a pair that is silent; None where both or neither speak, or it is not known.

    >>> silent_of(("Interviews", "Minutes"), {"Interviews": True, "Minutes": False})
    'Minutes'
    """
    a, b = (speaks.get(source) for source in pair)
    if a is None or b is None or a == b:
        return None
    return pair[1] if a else pair[0]
