"""Step 5 of the protocol: how far researchers agree who sorted and judged apart.

Two figures come first, in this order: whether a source speaks on a row (existence), and which code
a pair has where both researchers hold that both sources speak. Importance, prominence, the parts of
the comparison and completeness follow, each apart. A figure over all cells with silence counted is
secondary, because existence drives it, and comes last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from triangulation.matrix import own_existence
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
    Row,
)
from triangulation.researcher_agreement import (
    Ratings,
    ResearcherAgreement,
    alpha_over_themes,
    differ,
    researcher_agreement,
)
from triangulation.sorting import sort_findings

if TYPE_CHECKING:
    from codebook.agreement import Agreement

#: A pair on which a researcher holds that neither source speaks.
NEITHER = "neither"

#: The parts of a comparison, as a judgement names them.
PARTS = ("meaning", "prominence", "coverage", "examples")

#: What a confusion table has rows and columns for.
CONFUSED = (*(code.value for code in ConvergenceCode), NEITHER)

_WHERE_BOTH_SPEAK = (ConvergenceCode.AGREEMENT, ConvergenceCode.PARTIAL, ConvergenceCode.DISSONANCE)
_ALL_CODES = (*_WHERE_BOTH_SPEAK, ConvergenceCode.SILENCE)

# From low to high, as an ordinal alpha takes them.
_LESS_TO_MORE_ALIKE = ("dissonance", "partial", "agreement")
_LESS_TO_MORE_PROMINENT = tuple(weight.value for weight in reversed(Prominence))

_Place = tuple[Row, tuple[str, str], str]


@dataclass(frozen=True)
class DifferingUnit:
    """A unit that researchers see differently: who says what.

    ``pair`` is set for a code alone, ``source`` for existence and prominence; importance is of the row.
    """

    row: Row
    source: str | None
    pair: tuple[str, str] | None
    values: Mapping[str, str]
    about: About = About.CODE


@dataclass(frozen=True)
class Confusion:
    """What two researchers call the same pairs of sources.

    Attributes
    ----------
    counts : mapping
        (value of the first, value of the second) → number of units; values are those of `CONFUSED`.
    n : int
        Units on which both have a view.
    without_view : int
        Units on which one of the two has none, which stand in no cell.
    """

    counts: Mapping[tuple[str, str], int]
    n: int
    without_view: int


@dataclass(frozen=True)
class ResearcherComparison:
    """Existence first, then the code where both speak; all cells are secondary.

    ``both_speak_ordered`` is Krippendorff's ordinal alpha of the same units as ``both_speak``, with
    agreement above partial agreement above dissonance; silence has no place in that order.
    ``confusion`` has an entry for each two researchers.
    """

    researchers: tuple[str, ...]
    existence: ResearcherAgreement
    both_speak: ResearcherAgreement
    all_cells: ResearcherAgreement
    differing_existence: tuple[DifferingUnit, ...]
    differing_cells: tuple[DifferingUnit, ...]
    importance: ResearcherAgreement
    prominence: ResearcherAgreement
    parts: Mapping[str, ResearcherAgreement]
    flags: ResearcherAgreement
    both_speak_ordered: Agreement
    confusion: Mapping[tuple[str, str], Confusion] = field(default_factory=dict)
    differing_importance: tuple[DifferingUnit, ...] = ()
    differing_prominence: tuple[DifferingUnit, ...] = ()

    @property
    def differences(self) -> tuple[DifferingUnit, ...]:
        """All that researchers see differently and can settle, in the order of the figures."""
        return (
            *self.differing_existence,
            *self.differing_cells,
            *self.differing_importance,
            *self.differing_prominence,
        )


def compare_researchers(
    matrix: ConvergenceMatrix,
    existences: Iterable[Existence] = (),
    findings: Iterable[Finding] = (),
    ratings: Iterable[Rating] = (),
    importances: Iterable[Importance] = (),
) -> ResearcherComparison:
    """Compare the researchers' own views of who speaks and of how sources converge.

    Only what a researcher said, implied or wrote counts as that researcher's view; findings of no
    named researcher are shared, so they would only make the researchers look alike. Undetermined
    cells, cells without a code, cells whose code findings alone give, and cells without a view are
    gaps. A part that a researcher found not assessable is a view; one that was not judged is a gap.

    Parameters
    ----------
    matrix : ConvergenceMatrix
        With the cells of at least two researchers; with fewer every figure is None with a reason.
    existences : iterable of Existence
        Who speaks where, as the researchers said it.
    findings : iterable of Finding
        Those with a researcher's name count as that researcher's view that the source speaks.
    ratings : iterable of Rating
        Prominence as each researcher rated it within a source; a note without a rating is a gap.
    importances : iterable of Importance
        Main or minor, as each researcher holds a row.

    Returns
    -------
    ResearcherComparison

    Examples
    --------
    >>> from triangulation.matrix import build_matrix
    >>> from triangulation.models import Judgement
    >>> def says(researcher, theme, code):
    ...     return Judgement(Row(theme), "Minutes", "Survey", researcher, assigned=ConvergenceCode(code))
    >>> judged = [says("Ann", "T1", "agreement"), says("Ben", "T1", "agreement"),
    ...           says("Ann", "T2", "partial"), says("Ben", "T2", "dissonance")]
    >>> comparison = compare_researchers(build_matrix([], [], [], judged, []))
    >>> comparison.both_speak.n, comparison.both_speak.percent_pairs
    (2, 0.5)
    """
    people = matrix.researchers
    own = own_views(matrix, existences, findings)
    cells = {(cell.row, (cell.source_a, cell.source_b), cell.researcher): cell for cell in matrix.cells}
    places = [(row, source) for row in matrix.rows for source in matrix.sources]
    units = [(row, pair) for row in matrix.rows for pair in matrix.pairs]
    themes, place_themes = [row.theme for row, _ in units], [row.theme for row, _ in places]
    held = {(held.row, held.researcher): held.importance for held in importances}
    rated = {(r.row, r.source, r.researcher): r.prominence.value for r in ratings if r.prominence is not None}

    exists = [tuple(_yes_no(own.get((row, source, p))) for p in people) for row, source in places]
    every = [tuple(_code(cells.get((row, pair, p)), _ALL_CODES) for p in people) for row, pair in units]
    both = [tuple(_code_where_both_speak(cells.get((row, pair, p))) for p in people) for row, pair in units]
    important = [tuple(held.get((row, p)) for p in people) for row in matrix.rows]
    prominent: list[Ratings] = [tuple(rated.get((row, s, p)) for p in people) for row, s in places]
    flags = [tuple(_flag(own, matrix.sources, row, source, p) for p in people) for row, source in places]
    return ResearcherComparison(
        researchers=people,
        existence=researcher_agreement(
            "row × source: does the source speak, yes or no", people, exists, place_themes
        ),
        both_speak=researcher_agreement(
            "row × pair where both researchers hold that both sources speak", people, both, themes
        ),
        all_cells=researcher_agreement(
            "row × pair, silence counted (secondary: existence drives it)", people, every, themes
        ),
        importance=researcher_agreement(
            "row: main or minor finding", people, important, [row.theme for row in matrix.rows]
        ),
        prominence=researcher_agreement(
            "row × source: main, secondary or passing within the source (alpha ordinal)",
            people,
            prominent,
            place_themes,
            order=_LESS_TO_MORE_PROMINENT,
        ),
        parts={
            part: researcher_agreement(
                f"row × pair where both researchers judged {part}",
                people,
                [tuple(_part(cells.get((row, pair, p)), part) for p in people) for row, pair in units],
                themes,
            )
            for part in PARTS
        },
        flags=researcher_agreement(
            "row × source: present, unique or absent, as one's own view implies", people, flags, place_themes
        ),
        both_speak_ordered=alpha_over_themes(people, both, themes, order=_LESS_TO_MORE_ALIKE),
        confusion=_confusions(people, cells, units, own),
        differing_existence=_differing(About.EXISTENCE, people, places, exists),
        differing_cells=tuple(
            DifferingUnit(row, None, pair, _by_person(people, values))
            for (row, pair), values in zip(units, every, strict=True)
            if differ(values)
        ),
        differing_importance=_differing(
            About.IMPORTANCE, people, [(row, None) for row in matrix.rows], important
        ),
        differing_prominence=_differing(About.PROMINENCE, people, places, prominent),
    )


def own_views(
    matrix: ConvergenceMatrix, existences: Iterable[Existence], findings: Iterable[Finding]
) -> Mapping[tuple[Row, str, str], bool]:
    """(row, source, researcher) → whether the source speaks, in that researcher's own view."""
    return own_existence(existences, matrix.judgements, sort_findings(findings, rows=matrix.rows))


def _yes_no(speaks: bool | None) -> str | None:
    return None if speaks is None else ("yes" if speaks else "no")


def _code(cell: Cell | None, counted: Sequence[ConvergenceCode]) -> str | None:
    code = cell.view if cell is not None else None
    return code.value if code is not None and code in counted else None


def _code_where_both_speak(cell: Cell | None) -> str | None:
    return _code(cell, _WHERE_BOTH_SPEAK) if _holds_that_both_speak(cell) else None


def _holds_that_both_speak(cell: Cell | None) -> bool:
    return cell is not None and cell.speaks_a is not False and cell.speaks_b is not False


def _part(cell: Cell | None, part: str) -> str | None:
    if cell is None or cell.judgement is None or not _holds_that_both_speak(cell):
        return None
    judged = getattr(cell.judgement, part)
    return None if judged is None else str(judged.value)


def _flag(
    own: Mapping[tuple[Row, str, str], bool], sources: Sequence[str], row: Row, source: str, person: str
) -> str | None:
    """Present, unique or absent in one researcher's view; None where that view cannot tell."""
    speaks = own.get((row, source, person))
    if not speaks:
        return None if speaks is None else "absent"
    others = [own.get((row, other, person)) for other in sources if other != source]
    if True in others:
        return "present"
    return None if None in others or not others else "unique"


def _differing(
    about: About,
    people: Sequence[str],
    places: Sequence[tuple[Row, str | None]] | Sequence[tuple[Row, str]],
    ratings: Sequence[Ratings],
) -> tuple[DifferingUnit, ...]:
    return tuple(
        DifferingUnit(row, source, None, _by_person(people, values), about)
        for (row, source), values in zip(places, ratings, strict=True)
        if differ(values)
    )


def _by_person(people: Sequence[str], values: Ratings) -> Mapping[str, str]:
    return {person: value for person, value in zip(people, values, strict=True) if value is not None}


def _confusions(
    people: Sequence[str],
    cells: Mapping[_Place, Cell],
    units: Sequence[tuple[Row, tuple[str, str]]],
    own: Mapping[tuple[Row, str, str], bool],
) -> Mapping[tuple[str, str], Confusion]:
    views = {
        person: [pair_view(cells.get((row, pair, person)), own, row, pair, person) for row, pair in units]
        for person in people
    }
    return {(a, b): _confusion(views[a], views[b]) for a, b in combinations(people, 2)}


def _confusion(first: Sequence[str | None], second: Sequence[str | None]) -> Confusion:
    shared = [(a, b) for a, b in zip(first, second, strict=True) if a is not None and b is not None]
    return Confusion(Counter(shared), len(shared), len(first) - len(shared))


def pair_view(
    cell: Cell | None,
    own: Mapping[tuple[Row, str, str], bool],
    row: Row,
    pair: tuple[str, str],
    person: str,
) -> str | None:
    """What a researcher calls a pair of sources: a code, or `NEITHER`; None without a view."""
    if cell is not None and cell.view is not None:
        return cell.view.value
    silent = all(own.get((row, source, person)) is False for source in pair)
    return NEITHER if silent else None
