"""Which conclusions hold however the comparison is made: other rules, and one person or source fewer.

A conclusion is what a reader takes home: how the sources of a row converge, that a row counts as a
facilitator or a barrier, that coders agreed well enough on a theme. Each is drawn again with one thing
changed at a time. There is no score: what does not hold is named, with what it hangs on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from codebook.models import Valence
from triangulation.consensus import TEAM, State, team_view
from triangulation.matrix import build_matrix, is_judged
from triangulation.models import (
    Cell,
    ConvergenceCode,
    ConvergenceMatrix,
    Excerpt,
    Existence,
    Finding,
    Judgement,
    Resolution,
    Row,
    Rule,
)
from triangulation.sets import RowSet, SetCode, set_codes
from triangulation.sorting import SortingTable, sort_findings
from triangulation.speaking import COMPARED


class About(StrEnum):
    """What a conclusion is about."""

    CONVERGENCE = "convergence"
    FACILITATOR = "facilitator"
    BARRIER = "barrier"
    CODER_AGREEMENT = "coder_agreement"


class Change(StrEnum):
    """What is changed, one at a time."""

    RULE = "rule"
    WITHOUT_RESEARCHER = "without_researcher"
    WITHOUT_SOURCE = "without_source"
    WITHOUT_CODER = "without_coder"
    UNIT = "unit"


class Survives(StrEnum):
    """Whether a conclusion holds under a change; ``untouched`` where the change has no bearing on it."""

    YES = "yes"
    NO = "no"
    CANNOT_TELL = "cannot_tell"
    UNTOUCHED = "untouched"


@dataclass(frozen=True)
class Ground:
    """What the conclusions rest on, as one person may see it.

    ``team`` says whether researchers' views are put together with what they settled; otherwise each
    researcher's own conclusions are checked.
    """

    rows: tuple[Row, ...]
    sources: tuple[str, ...]
    existences: tuple[Existence, ...]
    judgements: tuple[Judgement, ...]
    findings: tuple[Finding, ...]
    rule: Rule
    resolutions: tuple[Resolution, ...] = ()
    index: str | None = None
    team: bool = True


@dataclass(frozen=True)
class Figure:
    """Coder agreement on a theme: the lower bound of its interval, or why there is none."""

    low: float | None
    reason: str = ""


@dataclass(frozen=True)
class CoderFigures:
    """Coder agreement per unit and theme, against the lower bound that the plan wants."""

    wanted: float
    unit: str
    by_unit: Mapping[str, Mapping[str, Figure]]


@dataclass(frozen=True)
class Variation:
    """A change with its name: the rule, the person, the source or the unit."""

    change: Change
    name: str


@dataclass(frozen=True)
class Outcome:
    """A conclusion under a variation.

    Attributes
    ----------
    value : str or None
        What the conclusion would be; None where it cannot be told or is not touched.
    k : int or None
        How many sources speak, or support it.
    reason : str
        Why it does not hold or cannot be told; empty where it holds.
    pairs : tuple
        (source a, source b, code before, code after) of every pair that changed; None is no code.
    quotes : tuple of str
        Quotes that rest on the codings of the coder left out alone.
    """

    variation: Variation
    survives: Survives
    value: str | None = None
    k: int | None = None
    reason: str = ""
    pairs: tuple[tuple[str, str, str | None, str | None], ...] = ()
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Conclusion:
    """A conclusion as it stands, and under every variation.

    ``view`` is whose it is: `TEAM`, or a researcher; empty where it is nobody's view. ``k`` is the number
    of sources that speak or support it, None for coder agreement.
    """

    about: About
    row: Row
    view: str
    value: str
    k: int | None
    outcomes: tuple[Outcome, ...] = ()

    @property
    def survives(self) -> Survives:
        """No where any variation overturns it, cannot tell where any cannot be told, else yes."""
        seen = {outcome.survives for outcome in self.outcomes}
        for answer in (Survives.NO, Survives.CANNOT_TELL, Survives.YES):
            if answer in seen:
                return answer
        return Survives.UNTOUCHED


@dataclass(frozen=True)
class Share:
    """Conclusions that hold, that do not and of which it cannot be told, of ``n`` that are touched."""

    yes: int
    no: int
    cannot_tell: int

    @property
    def n(self) -> int:
        return self.yes + self.no + self.cannot_tell


@dataclass(frozen=True)
class Robustness:
    """All conclusions under all variations. ``undrawn`` rows have no convergence to conclude on yet."""

    variations: tuple[Variation, ...]
    conclusions: tuple[Conclusion, ...]
    undrawn: tuple[tuple[Row, str], ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)

    def share(self, *, change: Change | None = None, about: About | None = None) -> Share:
        """How many conclusions survive one kind of change, or all of them."""
        answers = [
            conclusion.survives if change is None else _under(conclusion, change)
            for conclusion in self.conclusions
            if about is None or conclusion.about is about
        ]
        return Share(*(answers.count(answer) for answer in (Survives.YES, Survives.NO, Survives.CANNOT_TELL)))


def check_robustness(
    ground: Ground,
    *,
    coded_by: Mapping[tuple[str, Excerpt], frozenset[str]] | None = None,
    figures: CoderFigures | None = None,
) -> Robustness:
    """Draw every conclusion again under other rules, units, and with one person or source fewer.

    Parameters
    ----------
    ground : Ground
    coded_by : mapping, optional
        (theme, excerpt) → who coded these words under the theme. An empty set: the quote rests on no
        coding. Without it no coder is left out.
    figures : CoderFigures, optional
        Coder agreement under several units; without it units are not varied.

    Returns
    -------
    Robustness
        Of every row the convergence of its sources as a set (`triangulation.sets`), in the team's view
        or each researcher's, and whether it counts as a facilitator or a barrier, by findings of sources
        that are not held to be silent. A row whose sources have no set-level code is no conclusion.

    Notes
    -----
    Convergence survives where the set-level code is the same. A facilitator or barrier survives while
    one source supports it; how many do stands beside it. Leaving a coder out, a conclusion survives where
    every source that speaks, or one that supports, keeps a quote that somebody else coded too; it cannot
    be told where what is left rests on no coding. A rule has a bearing on pairs whose parts were compared
    and that got no other code by hand; where such a pair was settled under the present rule, another
    cannot tell. What researchers settled is kept when one of them is left out: it was decided together.

    Examples
    --------
    >>> from triangulation.models import ConvergenceCode
    >>> judged = Judgement(Row("T1"), "Minutes", "Survey", "Ann", assigned=ConvergenceCode.AGREEMENT)
    >>> ground = Ground((), (), (), (judged,), (), Rule.PARTS, team=False)
    >>> [(c.about.value, c.value, c.k) for c in check_robustness(ground).conclusions]
    [('convergence', 'agreement', 2)]
    """
    base = _draw(ground)
    people = base.matrix.researchers if ground.team else ()
    # A team's own code set is compared with the others where the team chose it, and not offered otherwise.
    rules = [rule for rule in Rule if rule not in (ground.rule, Rule.OWN)]
    others = [_draw(replace(ground, rule=rule)) for rule in rules]
    fewer = {person: _draw(_without_researcher(ground, person)) for person in people if len(people) > 1}
    drawn = {
        **{Variation(Change.RULE, other.matrix.rule.value): other for other in others},
        **{Variation(Change.WITHOUT_RESEARCHER, person): other for person, other in fewer.items()},
        **{
            Variation(Change.WITHOUT_SOURCE, source): _without_source(base, source)
            for source in base.matrix.sources
        },
    }
    evidence = _Evidence(base.sorting, coded_by or {})
    coders = [Variation(Change.WITHOUT_CODER, coder) for coder in evidence.coders]
    units = [] if figures is None else [u for u in figures.by_unit if u != figures.unit]
    variations = (*drawn, *coders, *(Variation(Change.UNIT, unit) for unit in units))
    conclusions = [
        *_convergences(base, drawn, evidence, variations),
        *_directions(base, drawn, evidence, variations),
        *_coder_agreement(base, figures, variations),
    ]
    undrawn = tuple((row, view) for (row, view), seen in base.sets.items() if seen.code in _NO_CONCLUSION)
    return Robustness(variations, tuple(conclusions), undrawn)


_NO_CONCLUSION = (SetCode.NONE, SetCode.UNDETERMINED)


@dataclass(frozen=True)
class _Drawn:
    """What follows from one way of comparing; ``seen`` is the matrix that conclusions are drawn from.

    ``settled`` are the pairs whose code is one that researchers settled on.
    """

    matrix: ConvergenceMatrix
    seen: ConvergenceMatrix
    sets: Mapping[tuple[Row, str], RowSet]
    sorting: SortingTable
    silent: frozenset[tuple[Row, str]]
    settled: frozenset[tuple[Row, str, str]] = frozenset()


def _draw(ground: Ground) -> _Drawn:
    matrix = build_matrix(
        ground.rows,
        ground.sources,
        ground.existences,
        ground.judgements,
        ground.findings,
        rule=ground.rule,
        index=ground.index,
    )
    sorting = sort_findings(ground.findings, rows=matrix.rows)
    if not ground.team:
        return _Drawn(matrix, matrix, _sets(matrix), sorting, frozenset())
    team = team_view(matrix, ground.resolutions, existences=ground.existences, findings=ground.findings)
    silent = frozenset((seen.row, seen.source) for seen in team.existences if not seen.speaks)
    settled = frozenset((row, *pair) for (row, pair), state in team.states.items() if state is State.SETTLED)
    return _Drawn(matrix, team.matrix, _sets(team.matrix), sorting, silent, settled)


def _sets(matrix: ConvergenceMatrix) -> Mapping[tuple[Row, str], RowSet]:
    return {(seen.row, seen.researcher): seen for seen in set_codes(matrix)}


def _without_researcher(ground: Ground, person: str) -> Ground:
    return replace(
        ground,
        existences=tuple(seen for seen in ground.existences if seen.researcher != person),
        judgements=tuple(judged for judged in ground.judgements if judged.researcher != person),
        findings=tuple(finding for finding in ground.findings if finding.researcher != person),
    )


def _without_source(base: _Drawn, source: str) -> _Drawn:
    """The same cells without those of a source: no pair's code hangs on a third source."""
    seen = replace(
        base.seen,
        sources=tuple(name for name in base.seen.sources if name != source),
        pairs=tuple(pair for pair in base.seen.pairs if source not in pair),
        cells=tuple(cell for cell in base.seen.cells if source not in (cell.source_a, cell.source_b)),
    )
    sorting = replace(
        base.sorting,
        placed={place: found for place, found in base.sorting.placed.items() if place[1] != source},
    )
    return _Drawn(base.matrix, seen, _without(base, _sets(seen), source), sorting, base.silent)


def _without(
    base: _Drawn, sets: Mapping[tuple[Row, str], RowSet], source: str
) -> Mapping[tuple[Row, str], RowSet]:
    """Sets with one source fewer; one that is left alone has no pair, and speaks all the same."""
    found = {}
    for place, seen in sets.items():
        before = base.sets[place]
        left = tuple(name for name in before.speaking if name != source)
        code = seen.code
        if len(left) < 2 and not seen.lacking and not before.unnamed:
            code = SetCode.SINGLE_SOURCE if left else SetCode.NONE
        elif code is SetCode.NONE:  # the index source is gone, or nobody said which of two sources speaks
            code = SetCode.UNDETERMINED
        found[place] = replace(seen, speaking=left, code=code)
    return found


class _Evidence:
    """The quotes of each row and source, and who coded them."""

    def __init__(self, sorting: SortingTable, coded_by: Mapping[tuple[str, Excerpt], frozenset[str]]) -> None:
        self.sorting, self.coded_by = sorting, coded_by
        self.coders = tuple(sorted({coder for coders in coded_by.values() for coder in coders}))

    def quotes(
        self, row: Row, source: str, valences: Sequence[Valence] | None = None
    ) -> list[tuple[str, frozenset[str]]]:
        return [
            (excerpt.quote, self.coded_by.get((row.theme, excerpt), frozenset()))
            for finding in self.sorting.findings(row, source)
            if valences is None or finding.valence in valences
            for excerpt in finding.excerpts
        ]


def _convergences(
    base: _Drawn,
    drawn: Mapping[Variation, _Drawn],
    evidence: _Evidence,
    variations: Sequence[Variation],
) -> Iterable[Conclusion]:
    codes = {variation: _codes(other.seen) for variation, other in drawn.items()}
    before = _codes(base.seen)
    by_rule = _by_rule(base)
    for (row, view), seen in base.sets.items():
        if seen.code in _NO_CONCLUSION:
            continue
        ruled = by_rule.get((row, view), frozenset())
        conclusion = Conclusion(About.CONVERGENCE, row, view, seen.code.value, seen.coverage)
        outcomes = []
        for variation in variations:
            if variation.change is Change.WITHOUT_CODER:
                outcomes.append(_without_coder(variation, evidence, row, seen.speaking, None))
            elif variation.change is Change.UNIT or (variation.change is Change.RULE and not ruled):
                outcomes.append(Outcome(variation, Survives.UNTOUCHED))
            elif variation.change is Change.RULE and _hangs_on_settling(drawn[variation], row, ruled):
                reason = "it rests on a code that was settled under the present rule"
                outcomes.append(Outcome(variation, Survives.CANNOT_TELL, None, seen.coverage, reason))
            else:
                changed = _changed_pairs(base.seen, before, codes[variation], row, view, variation)
                outcomes.append(
                    _set_outcome(variation, seen, drawn[variation].sets.get((row, view)), changed)
                )
        yield replace(conclusion, outcomes=tuple(outcomes))


def _by_rule(base: _Drawn) -> Mapping[tuple[Row, str], frozenset[tuple[str, str]]]:
    """(row, view) → the pairs to which the rule gives a code; assigned codes and silence know none."""
    found: dict[tuple[Row, str], set[tuple[str, str]]] = {}
    for cell in base.matrix.cells:
        if _follows_rule(cell):
            for view in base.seen.researchers:
                if view in (TEAM, cell.researcher):
                    found.setdefault((cell.row, view), set()).add((cell.source_a, cell.source_b))
    return {place: frozenset(pairs) for place, pairs in found.items()}


def _follows_rule(cell: Cell) -> bool:
    speak = bool(cell.speaks_a and cell.speaks_b)
    return cell.assigned is None and speak and is_judged(cell.judgement)


def _hangs_on_settling(other: _Drawn, row: Row, ruled: frozenset[tuple[str, str]]) -> bool:
    """Whether what was settled decides, though researchers might have settled otherwise under that rule.

    A dissonance in another pair decides without it.
    """
    cells = [cell for cell in other.seen.cells if cell.row == row and cell.code in COMPARED]
    settled = [
        (pair := (cell.source_a, cell.source_b)) in ruled and (row, *pair) in other.settled for cell in cells
    ]
    dissonant = [cell.code is ConvergenceCode.DISSONANCE for cell in cells]
    return any(settled) and not any(d and not s for d, s in zip(dissonant, settled, strict=True))


_Codes = Mapping[tuple[Row, str, str, str], str | None]


def _codes(matrix: ConvergenceMatrix) -> _Codes:
    return {
        (cell.row, cell.researcher, cell.source_a, cell.source_b): None
        if cell.code is None
        else cell.code.value
        for cell in matrix.cells
    }


def _changed_pairs(
    matrix: ConvergenceMatrix, before: _Codes, after: _Codes, row: Row, view: str, variation: Variation
) -> tuple[tuple[str, str, str | None, str | None], ...]:
    gone = variation.name if variation.change is Change.WITHOUT_SOURCE else None
    return tuple(
        (a, b, was, now)
        for a, b in matrix.pairs
        if gone not in (a, b)
        and (was := before.get((row, view, a, b))) != (now := after.get((row, view, a, b)))
    )


def _set_outcome(
    variation: Variation,
    before: RowSet,
    after: RowSet | None,
    changed: tuple[tuple[str, str, str | None, str | None], ...],
) -> Outcome:
    if after is None or after.code is SetCode.NONE:
        return Outcome(variation, Survives.NO, None, 0, "no source speaks any more", changed)
    if after.code is SetCode.UNDETERMINED:
        reason = (
            f"{after.lacking} of the pairs that speak have no code"
            if after.lacking
            else "no pair is left to compare"
        )
        return Outcome(variation, Survives.CANNOT_TELL, None, after.coverage, reason, changed)
    if after.code is before.code:
        return Outcome(variation, Survives.YES, after.code.value, after.coverage, "", changed)
    reason = "one source is left" if after.code is SetCode.SINGLE_SOURCE else "the pairs have other codes"
    if variation.change is Change.WITHOUT_SOURCE and after.code is not SetCode.SINGLE_SOURCE:
        reason = "it hangs on the pairs of this source"
    return Outcome(variation, Survives.NO, after.code.value, after.coverage, reason, changed)


_COUNTS_AS = {
    About.FACILITATOR: (Valence.FACILITATOR, Valence.MIXED),
    About.BARRIER: (Valence.BARRIER, Valence.MIXED),
}


def _directions(
    base: _Drawn,
    drawn: Mapping[Variation, _Drawn],
    evidence: _Evidence,
    variations: Sequence[Variation],
) -> Iterable[Conclusion]:
    view = TEAM if TEAM in base.seen.researchers else ""
    for row in base.matrix.rows:
        for about, valences in _COUNTS_AS.items():
            supported = _supporting(base, row, valences)
            if not supported:
                continue
            outcomes = []
            for variation in variations:
                if variation.change is Change.WITHOUT_CODER:
                    outcomes.append(_without_coder(variation, evidence, row, supported, valences))
                elif variation.change in (Change.UNIT, Change.RULE):
                    outcomes.append(Outcome(variation, Survives.UNTOUCHED))
                else:
                    k = len(_supporting(drawn[variation], row, valences))
                    reason = "" if k else "no source supports it any more"
                    survives = Survives.YES if k else Survives.NO
                    outcomes.append(Outcome(variation, survives, about.value if k else None, k, reason))
            yield Conclusion(about, row, view, about.value, len(supported), tuple(outcomes))


def _supporting(drawn: _Drawn, row: Row, valences: Sequence[Valence]) -> tuple[str, ...]:
    return tuple(
        source
        for source in drawn.seen.sources
        if (row, source) not in drawn.silent
        and any(finding.valence in valences for finding in drawn.sorting.findings(row, source))
    )


def _without_coder(
    variation: Variation,
    evidence: _Evidence,
    row: Row,
    sources: Sequence[str],
    valences: Sequence[Valence] | None,
) -> Outcome:
    """All sources that speak must keep a quote; of those that support a direction, one."""
    kept, lost, unknown = [], [], []
    alone: list[str] = []
    for source in sources:
        quotes = evidence.quotes(row, source, valences)
        only = [quote for quote, coders in quotes if coders == {variation.name}]
        alone += only
        if any(coders - {variation.name} for _, coders in quotes):
            kept.append(source)
        elif quotes and len(only) == len(quotes):
            lost.append(source)
        else:
            unknown.append(source)
    k, quoted = len(kept), tuple(alone)
    if valences is not None and kept:
        return Outcome(variation, Survives.YES, None, k, quotes=quoted)
    if lost and (valences is None or not unknown):
        reason = f"every quote of {', '.join(lost)} rests on the codings of {variation.name} alone"
        return Outcome(variation, Survives.NO, None, k, reason, quotes=quoted)
    if unknown:
        reason = f"nobody else coded what is quoted of {', '.join(unknown)}, or nothing is quoted"
        return Outcome(variation, Survives.CANNOT_TELL, None, k, reason, quotes=quoted)
    return Outcome(variation, Survives.YES, None, k, quotes=quoted)


def _coder_agreement(
    base: _Drawn, figures: CoderFigures | None, variations: Sequence[Variation]
) -> Iterable[Conclusion]:
    if figures is None:
        return
    for theme in dict.fromkeys(row.theme for row in base.matrix.rows):
        verdict = _verdict(figures, figures.unit, theme)
        if verdict is None:
            continue
        outcomes = tuple(
            _unit_outcome(variation, figures, theme, verdict)
            if variation.change is Change.UNIT
            else Outcome(variation, Survives.UNTOUCHED)
            for variation in variations
        )
        yield Conclusion(About.CODER_AGREEMENT, Row(theme), "", verdict, None, outcomes)


def _verdict(figures: CoderFigures, unit: str, theme: str) -> str | None:
    figure = figures.by_unit.get(unit, {}).get(theme)
    if figure is None or figure.low is None:
        return None
    return "reached" if figure.low >= figures.wanted else "not_reached"


def _unit_outcome(variation: Variation, figures: CoderFigures, theme: str, base: str) -> Outcome:
    verdict = _verdict(figures, variation.name, theme)
    if verdict is None:
        figure = figures.by_unit[variation.name].get(theme)
        reason = figure.reason if figure is not None and figure.reason else "there is no interval"
        return Outcome(variation, Survives.CANNOT_TELL, None, None, reason)
    if verdict == base:
        return Outcome(variation, Survives.YES, verdict)
    reason = "the lower bound is on the other side of what the plan wants"
    return Outcome(variation, Survives.NO, verdict, None, reason)


def _under(conclusion: Conclusion, change: Change) -> Survives:
    outcomes = tuple(outcome for outcome in conclusion.outcomes if outcome.variation.change is change)
    return replace(conclusion, outcomes=outcomes).survives
