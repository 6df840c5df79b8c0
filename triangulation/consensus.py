"""The team's matrix: what all researchers see alike, and what they settled where they differed.

Settling touches no judgement: researcher agreement is computed from the judgements alone, and what
was settled stands here, beside them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from triangulation.models import (
    About,
    Cell,
    ConvergenceCode,
    ConvergenceMatrix,
    Existence,
    Finding,
    Importance,
    Prominence,
    Rating,
    Resolution,
    Row,
)
from triangulation.researchers import (
    NEITHER,
    DifferingUnit,
    ResearcherComparison,
    own_views,
    pair_view,
)
from triangulation.sorting import sort_findings

TEAM = "Team"

Place = tuple[About, Row, str | None, str | None]
"""What a resolution is about: kind, row, and the source or sources that belong to it."""

_Pair = tuple[str, str]


class State(StrEnum):
    """How the team came to a value, or that it has none."""

    ONE_MIND = "one_mind"
    SETTLED = "settled"
    UNRESOLVED = "unresolved"
    OPEN = "open"


@dataclass(frozen=True)
class TeamView:
    """The researchers' views and resolutions as one view, that of a researcher named "Team".

    Attributes
    ----------
    matrix : ConvergenceMatrix
        Every cell has the code that the team holds; a cell whose code is None is not settled. Where the
        team holds that neither source speaks there is no cell, as in a researcher's matrix.
    existences, ratings, importances : tuple
        The same for who speaks, for prominence and for importance, as far as there is a team's value.
    states : mapping
        (row, pair) → how the team came to its code. A pair of which nobody has a view is not there.
    by_one : int
        Cells of one mind because a single researcher has a view of them.
    """

    matrix: ConvergenceMatrix
    existences: tuple[Existence, ...]
    ratings: tuple[Rating, ...]
    importances: tuple[Importance, ...]
    states: Mapping[tuple[Row, _Pair], State]
    by_one: int

    def count(self, state: State) -> int:
        """How many cells the team came to in this way."""
        return Counter(self.states.values())[state]


@dataclass(frozen=True)
class Difference:
    """A unit that researchers see differently, with what the team made of it.

    ``resolution`` is None where none was written: the unit is then open, or, for a code, settled by
    what the team holds of who speaks.
    """

    unit: DifferingUnit
    state: State
    resolution: Resolution | None


def place_of(resolution: Resolution) -> Place:
    """What a resolution is about."""
    return resolution.about, resolution.row, resolution.source_a, resolution.source_b


def place_of_unit(unit: DifferingUnit) -> Place:
    """What a resolution of this unit is about."""
    if unit.pair is not None:
        return unit.about, unit.row, *unit.pair
    return unit.about, unit.row, unit.source, None


def team_view(
    matrix: ConvergenceMatrix,
    resolutions: Iterable[Resolution] = (),
    *,
    existences: Iterable[Existence] = (),
    findings: Iterable[Finding] = (),
    ratings: Iterable[Rating] = (),
    importances: Iterable[Importance] = (),
) -> TeamView:
    """Put the researchers' views and what they settled together.

    Who speaks comes first, as everywhere in the protocol: where the team settled that one source of a
    pair is silent, the pair is silence, whatever code was given before. Then, where all researchers with
    a view of the pair are of one mind, that code holds; where they differ the resolution of the code
    does, if there is one with an outcome. Anything else is open: also a comparison of two sources of
    which it is disputed, and not settled, whether they speak. Undetermined is no view, nor is a silence
    that follows from findings and that nobody judged.

    Parameters
    ----------
    matrix : ConvergenceMatrix
        With the cells of the researchers.
    resolutions : iterable of Resolution
        Those that hold now, one for a place.
    existences, findings, ratings, importances : iterables
        The researchers' judgements beside those of the matrix, as `compare_researchers` takes them.

    Examples
    --------
    >>> from triangulation.matrix import build_matrix
    >>> from triangulation.models import Judgement
    >>> def says(researcher, code):
    ...     return Judgement(Row("T1"), "Minutes", "Survey", researcher, assigned=ConvergenceCode(code))
    >>> matrix = build_matrix([], [], [], [says("Ann", "agreement"), says("Ben", "partial")], [])
    >>> team_view(matrix).count(State.OPEN)
    1
    >>> settled = Resolution(Row("T1"), About.CODE, "Minutes", "Survey", "partial", "Examples differ.")
    >>> [cell.code.value for cell in team_view(matrix, [settled]).matrix.cells]
    ['partial']
    """
    findings, existences = tuple(findings), tuple(existences)
    settled = {place_of(resolution): resolution for resolution in resolutions}
    own = own_views(matrix, existences, findings)
    exists = _existence_of_team(matrix, own, settled)
    viewed = {(row, source) for row, source, person in own if person in matrix.researchers}
    known = _with_findings(matrix, exists, own, findings)
    cells_of = {(cell.row, (cell.source_a, cell.source_b), cell.researcher): cell for cell in matrix.cells}
    cells: list[Cell] = []
    states: dict[tuple[Row, _Pair], State] = {}
    by_one = 0
    for row in matrix.rows:
        for pair in matrix.pairs:
            theirs = [cells_of.get((row, pair, person)) for person in matrix.researchers]
            views = [
                pair_view(cell, own, row, pair, person)
                for cell, person in zip(theirs, matrix.researchers, strict=True)
            ]
            held = [view for view in views if view not in (None, ConvergenceCode.UNDETERMINED.value)]
            if not held and not any(theirs):
                continue
            speaks = (known.get((row, pair[0])), known.get((row, pair[1])))
            disputed = any((row, s) in viewed and (row, s) not in exists for s in pair)
            by_decision = any((About.EXISTENCE, row, s, None) in settled for s in pair)
            held_silent = any(exists.get((row, s)) is False for s in pair)
            state, code = _code_of_team(
                {view for view in held if view is not None},
                speaks,
                by_decision,
                held_silent,
                disputed,
                settled.get((About.CODE, row, *pair)),
            )
            states[row, pair] = state
            by_one += state is State.ONE_MIND and len(held) == 1
            if code != NEITHER:
                cells.append(_cell(row, pair, speaks, code))
    return TeamView(
        replace(matrix, researchers=(TEAM,), cells=tuple(cells)),
        tuple(Existence(row, source, TEAM, speaks) for (row, source), speaks in exists.items()),
        _ratings_of_team(ratings, settled),
        _importances_of_team(importances, settled),
        states,
        by_one,
    )


def differences(
    comparison: ResearcherComparison, resolutions: Iterable[Resolution], team: TeamView
) -> tuple[Difference, ...]:
    """What researchers see differently, with what the team made of it, in the order of the figures."""
    settled = {place_of(resolution): resolution for resolution in resolutions}
    return tuple(
        Difference(unit, _state_of(unit, resolution, team), resolution)
        for unit in comparison.differences
        for resolution in (settled.get(place_of_unit(unit)),)
    )


def _state_of(unit: DifferingUnit, resolution: Resolution | None, team: TeamView) -> State:
    if unit.pair is not None:
        return team.states.get((unit.row, unit.pair), State.OPEN)
    return _state(resolution)


def _state(resolution: Resolution | None) -> State:
    if resolution is None:
        return State.OPEN
    return State.UNRESOLVED if resolution.outcome is None else State.SETTLED


def _existence_of_team(
    matrix: ConvergenceMatrix,
    own: Mapping[tuple[Row, str, str], bool],
    settled: Mapping[Place, Resolution],
) -> dict[tuple[Row, str], bool]:
    """Who speaks in the team's view; places that are open, or that nobody has a view of, are absent."""
    found = {}
    for row in matrix.rows:
        for source in matrix.sources:
            views = {own[key] for p in matrix.researchers if (key := (row, source, p)) in own}
            resolution = settled.get((About.EXISTENCE, row, source, None))
            if len(views) == 1:
                found[row, source] = views.pop()
            elif views and resolution is not None and resolution.outcome is not None:
                found[row, source] = resolution.outcome == "yes"
    return found


def _with_findings(
    matrix: ConvergenceMatrix,
    exists: Mapping[tuple[Row, str], bool],
    own: Mapping[tuple[Row, str, str], bool],
    findings: Iterable[Finding],
) -> Mapping[tuple[Row, str], bool]:
    """Where nobody has a view of their own the findings say who speaks, as in a researcher's matrix."""
    sorting = sort_findings(findings, rows=matrix.rows)
    viewed = {(row, source) for row, source, _ in own}
    from_findings = {
        (row, source): bool(sorting.findings(row, source))
        for row in matrix.rows
        if sorting.has_findings(row)
        for source in matrix.sources
        if (row, source) not in viewed
    }
    return {**from_findings, **exists}


def _code_of_team(
    held: set[str],
    speaks: tuple[bool | None, bool | None],
    existence_settled: bool,
    one_held_silent: bool,
    existence_disputed: bool,
    resolution: Resolution | None,
) -> tuple[State, str | None]:
    both_known = None not in speaks
    if existence_settled and both_known and one_held_silent:
        return State.SETTLED, ConvergenceCode.SILENCE.value if any(speaks) else NEITHER
    if len(held) == 1:
        (code,) = held
        if code in (ConvergenceCode.SILENCE.value, NEITHER):
            # Researchers may agree on silence while each holds another source for the silent one.
            of_one_mind = not (existence_settled and all(speaks))
        else:
            of_one_mind = not existence_disputed
        if of_one_mind:
            return State.ONE_MIND, code
    if resolution is not None:
        return _state(resolution), resolution.outcome
    return State.OPEN, None


def _cell(row: Row, pair: _Pair, speaks: tuple[bool | None, bool | None], code: str | None) -> Cell:
    held = None if code is None else ConvergenceCode(code)
    compared = (ConvergenceCode.AGREEMENT, ConvergenceCode.PARTIAL, ConvergenceCode.DISSONANCE)
    speaks_a, speaks_b = (True, True) if held in compared else speaks
    return Cell(row, *pair, TEAM, speaks_a, speaks_b, derived=None, assigned=held, parts_judged=0)


def _ratings_of_team(ratings: Iterable[Rating], settled: Mapping[Place, Resolution]) -> tuple[Rating, ...]:
    views: dict[tuple[Row, str], set[str]] = {}
    for rating in ratings:
        if rating.prominence is not None:
            views.setdefault((rating.row, rating.source), set()).add(rating.prominence.value)
    held = (
        (row, source, _held(seen, settled.get((About.PROMINENCE, row, source, None))))
        for (row, source), seen in views.items()
    )
    return tuple(Rating(row, source, TEAM, Prominence(v)) for row, source, v in held if v is not None)


def _importances_of_team(
    importances: Iterable[Importance], settled: Mapping[Place, Resolution]
) -> tuple[Importance, ...]:
    views: dict[Row, set[str]] = {}
    for importance in importances:
        views.setdefault(importance.row, set()).add(importance.importance)
    held = (
        (row, _held(seen, settled.get((About.IMPORTANCE, row, None, None)))) for row, seen in views.items()
    )
    return tuple(Importance(row, TEAM, value) for row, value in held if value is not None)


def _held(views: set[str], resolution: Resolution | None) -> str | None:
    if len(views) == 1:
        return next(iter(views))
    return None if resolution is None else resolution.outcome
