"""Step 5 of the protocol: how far researchers agree who sorted and judged apart.

Two figures, in this order: whether a source speaks on a row (existence), and which code a pair has
where both researchers hold that both sources speak. A figure over all cells with silence counted
is secondary, because existence drives it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from triangulation.matrix import own_existence
from triangulation.models import Cell, ConvergenceCode, ConvergenceMatrix, Existence, Finding, Row
from triangulation.sorting import sort_findings

if TYPE_CHECKING:
    import pandas as pd

    from codebook.agreement import Agreement

# One unit's ratings, one place per researcher; None where that researcher has no view.
_Ratings = tuple[str | None, ...]

_WHERE_BOTH_SPEAK = (ConvergenceCode.AGREEMENT, ConvergenceCode.PARTIAL, ConvergenceCode.DISSONANCE)
_ALL_CODES = (*_WHERE_BOTH_SPEAK, ConvergenceCode.SILENCE)


@dataclass(frozen=True)
class PairOfResearchers:
    """Two researchers on the units that both coded; ``percent`` is None where there is none."""

    agreeing: int
    n: int
    percent: float | None
    kappa: Agreement


@dataclass(frozen=True)
class ResearcherAgreement:
    """Researcher agreement on one kind of unit.

    Attributes
    ----------
    unit : str
        What one unit is, in words.
    n, n_all : int
        Units that at least two researchers coded, and units that all of them coded.
    agreeing_pairs, n_pairs : int
        Pairs of researchers that gave a unit the same value, and pairs that both gave one, over
        all units.
    agreeing_all : int
        Units among ``n_all`` on which all are of one mind.
    percent_pairs, percent_all : float or None
        ``agreeing_pairs / n_pairs`` and ``agreeing_all / n_all``, as shares from 0 to 1; None
        where the lower number is 0.
    fleiss_kappa : Agreement
        On the units that all coded.
    alpha : Agreement
        Krippendorff's nominal alpha, with gaps; its interval resamples whole themes, because the
        rows of one theme and the pairs of one row are not independent.
    by_pair : mapping
        (researcher, researcher) → `PairOfResearchers`.
    reasons : mapping
        Name of a figure → why there is none.
    """

    unit: str
    n: int
    n_all: int
    agreeing_pairs: int
    n_pairs: int
    agreeing_all: int
    percent_pairs: float | None
    percent_all: float | None
    fleiss_kappa: Agreement
    alpha: Agreement
    by_pair: Mapping[tuple[str, str], PairOfResearchers]
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class DifferingUnit:
    """A unit that researchers see differently: who says what. ``pair`` is None for existence."""

    row: Row
    source: str | None
    pair: tuple[str, str] | None
    values: Mapping[str, str]


@dataclass(frozen=True)
class ResearcherComparison:
    """Existence first, then the code where both speak; all cells are secondary."""

    researchers: tuple[str, ...]
    existence: ResearcherAgreement
    both_speak: ResearcherAgreement
    all_cells: ResearcherAgreement
    differing_existence: tuple[DifferingUnit, ...]
    differing_cells: tuple[DifferingUnit, ...]


def compare_researchers(
    matrix: ConvergenceMatrix, existences: Iterable[Existence] = (), findings: Iterable[Finding] = ()
) -> ResearcherComparison:
    """Compare the researchers' own views of who speaks and of how sources converge.

    Only what a researcher said, implied or wrote counts as that researcher's view; findings of no
    named researcher are shared, so they would only make the researchers look alike. Undetermined
    cells, cells without a code and cells without a view are gaps.

    Parameters
    ----------
    matrix : ConvergenceMatrix
        With the cells of at least two researchers; with fewer every figure is None with a reason.
    existences : iterable of Existence
        Who speaks where, as the researchers said it.
    findings : iterable of Finding
        Those with a researcher's name count as that researcher's view that the source speaks.

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
    own = _own_views(matrix, existences, findings)
    cells = {(cell.row, (cell.source_a, cell.source_b), cell.researcher): cell for cell in matrix.cells}
    places = [(row, source) for row in matrix.rows for source in matrix.sources]
    units = [(row, pair) for row in matrix.rows for pair in matrix.pairs]
    themes = [row.theme for row, _ in units]
    exists = [tuple(_yes_no(own.get((row, source, p))) for p in people) for row, source in places]
    every = [tuple(_code(cells.get((row, pair, p)), _ALL_CODES) for p in people) for row, pair in units]
    both = [tuple(_code_where_both_speak(cells.get((row, pair, p))) for p in people) for row, pair in units]
    return ResearcherComparison(
        people,
        _agreement(
            "row × source: does the source speak, yes or no", people, exists, [row.theme for row, _ in places]
        ),
        _agreement("row × pair where both researchers hold that both sources speak", people, both, themes),
        _agreement("row × pair, silence counted (secondary: existence drives it)", people, every, themes),
        tuple(
            DifferingUnit(row, source, None, _by_person(people, values))
            for (row, source), values in zip(places, exists, strict=True)
            if _differ(values)
        ),
        tuple(
            DifferingUnit(row, None, pair, _by_person(people, values))
            for (row, pair), values in zip(units, every, strict=True)
            if _differ(values)
        ),
    )


def _own_views(
    matrix: ConvergenceMatrix, existences: Iterable[Existence], findings: Iterable[Finding]
) -> Mapping[tuple[Row, str, str], bool]:
    judgements = [cell.judgement for cell in matrix.cells if cell.judgement is not None]
    return own_existence(existences, judgements, sort_findings(findings, rows=matrix.rows))


def _yes_no(speaks: bool | None) -> str | None:
    return None if speaks is None else ("yes" if speaks else "no")


def _code(cell: Cell | None, counted: Sequence[ConvergenceCode]) -> str | None:
    code = cell.code if cell is not None else None
    return code.value if code is not None and code in counted else None


def _code_where_both_speak(cell: Cell | None) -> str | None:
    if cell is None or cell.speaks_a is False or cell.speaks_b is False:
        return None
    return _code(cell, _WHERE_BOTH_SPEAK)


def _differ(values: _Ratings) -> bool:
    return len({value for value in values if value is not None}) > 1


def _by_person(people: Sequence[str], values: _Ratings) -> Mapping[str, str]:
    return {person: value for person, value in zip(people, values, strict=True) if value is not None}


def _agreement(
    unit: str, people: Sequence[str], ratings: Sequence[_Ratings], themes: Sequence[str]
) -> ResearcherAgreement:
    from codebook.agreement import bootstrap_interval, fleiss_kappa, krippendorff_alpha

    coded_by_all = [values for values in ratings if people and None not in values]
    by_pair = {
        (people[i], people[j]): _pair([(values[i], values[j]) for values in ratings])
        for i, j in combinations(range(len(people)), 2)
    }
    agreeing_pairs = sum(pair.agreeing for pair in by_pair.values())
    n_pairs = sum(pair.n for pair in by_pair.values())
    enough = coded_by_all if len(people) > 1 else []
    agreeing_all = sum(not _differ(values) for values in enough)
    fleiss = fleiss_kappa(_table(enough, people))
    alpha = bootstrap_interval(krippendorff_alpha, _table(ratings, people), documents=themes)
    percent_pairs, percent_all = _share(agreeing_pairs, n_pairs), _share(agreeing_all, len(enough))
    return ResearcherAgreement(
        unit=unit,
        n=sum(sum(value is not None for value in values) > 1 for values in ratings),
        n_all=len(enough),
        agreeing_pairs=agreeing_pairs,
        n_pairs=n_pairs,
        agreeing_all=agreeing_all,
        percent_pairs=percent_pairs,
        percent_all=percent_all,
        fleiss_kappa=fleiss,
        alpha=alpha,
        by_pair=by_pair,
        reasons=_reasons(people, percent_pairs, percent_all, fleiss, alpha),
    )


def _pair(values: Sequence[tuple[str | None, str | None]]) -> PairOfResearchers:
    from codebook.agreement import cohen_kappa

    coded = [(a, b) for a, b in values if a is not None and b is not None]
    agreeing = sum(a == b for a, b in coded)
    kappa = cohen_kappa(_table(coded, ("first", "second")))
    return PairOfResearchers(agreeing, len(coded), _share(agreeing, len(coded)), kappa)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _table(ratings: Sequence[Sequence[Hashable]], people: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame([list(values) for values in ratings], columns=list(people), dtype=object)


def _reasons(
    people: Sequence[str],
    percent_pairs: float | None,
    percent_all: float | None,
    fleiss: Agreement,
    alpha: Agreement,
) -> Mapping[str, str]:
    nobody = "fewer than two researchers" if len(people) < 2 else "no unit was coded by two researchers"
    not_all = "fewer than two researchers" if len(people) < 2 else "no unit was coded by all researchers"
    reasons = {
        "percent_pairs": nobody if percent_pairs is None else None,
        "percent_all": not_all if percent_all is None else None,
        "fleiss_kappa": fleiss.reason if fleiss.value is None else None,
        "alpha": alpha.reason if alpha.value is None else None,
    }
    return {name: reason for name, reason in reasons.items() if reason is not None}
