"""The convergence matrix: rows × pairs of sources, one cell for each researcher who has a view of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from triangulation.convergence import convergence_code, parts_judged
from triangulation.errors import TriangulationError
from triangulation.models import (
    Cell,
    ConvergenceCode,
    ConvergenceMatrix,
    Existence,
    Finding,
    Judgement,
    Row,
    Rule,
)
from triangulation.sorting import SortingTable, order_rows, pairs_of, sort_findings

View = Mapping[tuple[Row, str, str], bool]
"""(row, source, researcher) → whether the source speaks there in that researcher's own view."""


def build_matrix(
    rows: Sequence[Row],
    sources: Iterable[str],
    existences: Iterable[Existence],
    judgements: Iterable[Judgement],
    findings: Iterable[Finding],
    *,
    rule: Rule | str = Rule.PARTS,
    researchers: Iterable[str] | None = None,
    index: str | None = None,
) -> ConvergenceMatrix:
    """Bring findings and judgements together, one cell per row, pair and researcher.

    Who speaks on a row is taken, for each researcher, from what that researcher said or implied
    (see `own_existence`), and only where there is nothing of the kind from the findings. A row
    on which no source has a finding says nothing about who speaks.

    Parameters
    ----------
    rows : sequence of Row
        Rows to show even if nothing stands in them; their themes set the reading order. Rows of
        findings, judgements and existences are added.
    sources : iterable of str
        Names of sources; those of findings, judgements and existences are added.
    rule : Rule or str
        How four part-judgements become a code; see `triangulation.convergence`.
    researchers : iterable of str, optional
        Whose views to show; by default everyone who judged or said who speaks.
    index : str, optional
        The one source that all others are compared with; by default all pairs are compared.
        Judgements of other pairs say who speaks, and have no cell.

    Returns
    -------
    ConvergenceMatrix
        Cells exist where a source speaks, or where the researcher judged the pair and did not
        say that both are silent. ``derived`` is None where who speaks is not known, and where a
        code was assigned without judging any part. Where the researcher said that one of the two is
        silent, another code than silence that was assigned without a reason does not count.

    Raises
    ------
    TriangulationError
        A researcher judged the same row and pair twice, or the index source is none of the sources.

    Examples
    --------
    >>> judged = Judgement(Row("ECO-FUND"), "Interviews", "Minutes", "Ann", assigned=ConvergenceCode.PARTIAL)
    >>> matrix = build_matrix([], [], [], [judged], [])
    >>> [(cell.code.value, cell.derived, cell.speaks_a) for cell in matrix.cells]
    [('partial', None, True)]
    """
    rule = Rule(rule)
    existences, judgements, findings = tuple(existences), tuple(judgements), tuple(findings)
    all_rows = _all_rows(rows, existences, judgements, findings)
    all_sources = _all_sources(sources, existences, judgements, findings)
    people = _researchers(researchers, existences, judgements)
    sorting = sort_findings(findings, rows=all_rows)
    view = own_existence(existences, judgements, sorting)
    judged = _by_place(judgements)
    pairs = pairs_of(all_sources, index)
    cells = (
        _cell(row, pair, researcher, judged.get((row, pair, researcher)), view, sorting, rule)
        for row in all_rows
        for pair in pairs
        for researcher in people
    )
    made = tuple(cell for cell in cells if cell is not None)
    theirs = tuple(judgement for judgement in judgements if judgement.researcher in people)
    return ConvergenceMatrix(rule, all_sources, all_rows, pairs, people, made, index, theirs)


def own_existence(
    existences: Iterable[Existence], judgements: Iterable[Judgement], sorting: SortingTable | None = None
) -> dict[tuple[Row, str, str], bool]:
    """Who speaks where, in each researcher's own view; what nobody said or implied is absent.

    In order: what the researcher said; what the researcher's comparison implies (a code other
    than silence, or a part found the same or different, means that both sources speak); a finding
    that the researcher wrote. Last, a researcher who assigned silence to a pair, and is known to
    hold that one of the two speaks, holds that the other does not, and the other way round.
    Findings that carry no researcher's name are nobody's own view.
    """
    judgements = tuple(judgements)
    view = {(seen.row, seen.source, seen.researcher): seen.speaks for seen in existences}
    for judgement in judgements:
        if _compares(judgement):
            view.setdefault((judgement.row, judgement.source_a, judgement.researcher), True)
            view.setdefault((judgement.row, judgement.source_b, judgement.researcher), True)
    for (row, source), findings in (sorting.placed if sorting else {}).items():
        for finding in findings:
            if finding.researcher is not None:
                view.setdefault((row, source, finding.researcher), True)
    _follow_silences(view, [judgement for judgement in judgements if _says_silence(judgement)])
    return view


def _compares(judgement: Judgement) -> bool:
    if judgement.assigned is not None:
        return not _says_silence(judgement)
    return _parts_judged(judgement) > 0


def _says_silence(judgement: Judgement) -> bool:
    return judgement.assigned is ConvergenceCode.SILENCE


def _follow_silences(view: dict[tuple[Row, str, str], bool], silences: Sequence[Judgement]) -> None:
    """One silence can settle the next pair of the same row, so go on until nothing is added."""
    added = True
    while added:
        added = False
        for judgement in silences:
            a = (judgement.row, judgement.source_a, judgement.researcher)
            b = (judgement.row, judgement.source_b, judgement.researcher)
            if (a in view) != (b in view):
                known, other = (a, b) if a in view else (b, a)
                view[other] = not view[known]
                added = True


def _cell(
    row: Row,
    pair: tuple[str, str],
    researcher: str,
    judgement: Judgement | None,
    view: View,
    sorting: SortingTable,
    rule: Rule,
) -> Cell | None:
    speaks_a, speaks_b = _who_speaks(row, pair, researcher, judgement, view, sorting)
    both_silent = speaks_a is False and speaks_b is False
    if both_silent or not (speaks_a or speaks_b or judgement):
        return None
    assigned = _assigned(judgement, speaks_a, speaks_b)
    derived = _derived(judgement, speaks_a, speaks_b, rule)
    judged = _parts_judged(judgement) if judgement else 0
    both_told = all((row, source, researcher) in view for source in pair)
    silence_of_findings = assigned is None and derived is ConvergenceCode.SILENCE
    own = both_told or (is_judged(judgement) and not silence_of_findings)
    return Cell(row, *pair, researcher, speaks_a, speaks_b, derived, assigned, judged, judgement, own)


def _assigned(
    judgement: Judgement | None, speaks_a: bool | None, speaks_b: bool | None
) -> ConvergenceCode | None:
    """The code that was given; one that contradicts who speaks, as told later, needs a reason to stand."""
    if judgement is None:
        return None
    one_silent = False in (speaks_a, speaks_b)
    return (
        None if one_silent and not _says_silence(judgement) and not judgement.reason else judgement.assigned
    )


def _who_speaks(
    row: Row,
    pair: tuple[str, str],
    researcher: str,
    judgement: Judgement | None,
    view: View,
    sorting: SortingTable,
) -> tuple[bool | None, bool | None]:
    own_a, own_b = (view.get((row, source, researcher)) for source in pair)
    if not sorting.has_findings(row):
        return own_a, own_b
    found_a, found_b = (bool(sorting.findings(row, source)) for source in pair)
    says_silence = judgement is not None and _says_silence(judgement)
    if says_silence and own_a is None and own_b is None and found_a == found_b:
        return None, None  # the researcher sees one source silent, the findings cannot say which
    return found_a if own_a is None else own_a, found_b if own_b is None else own_b


def _derived(
    judgement: Judgement | None, speaks_a: bool | None, speaks_b: bool | None, rule: Rule
) -> ConvergenceCode | None:
    if speaks_a is None or speaks_b is None:
        return None
    if judgement is None:
        return convergence_code(speaks_a=speaks_a, speaks_b=speaks_b, rule=rule)
    if judgement.assigned is not None and speaks_a and speaks_b and not _any_part(judgement):
        return None
    return convergence_code(
        meaning=judgement.meaning,
        prominence=judgement.prominence,
        coverage=judgement.coverage,
        examples=judgement.examples,
        speaks_a=speaks_a,
        speaks_b=speaks_b,
        rule=rule,
    )


def is_judged(judgement: Judgement | None) -> bool:
    """Whether a researcher has compared the pair: judged a part, or given a code."""
    return judgement is not None and (judgement.assigned is not None or _any_part(judgement))


def _any_part(judgement: Judgement) -> bool:
    parts = (judgement.meaning, judgement.prominence, judgement.coverage, judgement.examples)
    return any(part is not None for part in parts)


def _parts_judged(judgement: Judgement) -> int:
    return parts_judged(
        meaning=judgement.meaning,
        prominence=judgement.prominence,
        coverage=judgement.coverage,
        examples=judgement.examples,
    )


def _by_place(
    judgements: Iterable[Judgement],
) -> dict[tuple[Row, tuple[str, str], str], Judgement]:
    places: dict[tuple[Row, tuple[str, str], str], Judgement] = {}
    for judgement in judgements:
        a, b = sorted((judgement.source_a, judgement.source_b))
        place = (judgement.row, (a, b), judgement.researcher)
        if place in places:
            raise TriangulationError(
                f"{judgement.researcher} judged {a} and {b} twice on {judgement.row.theme}"
                f"{': ' + judgement.row.statement if judgement.row.statement else ''}. Keep one of the two."
            )
        places[place] = judgement
    return places


def _all_rows(
    rows: Sequence[Row],
    existences: Iterable[Existence],
    judgements: Iterable[Judgement],
    findings: Iterable[Finding],
) -> tuple[Row, ...]:
    known = {*rows, *(seen.row for seen in existences), *(judgement.row for judgement in judgements)}
    themes = tuple(dict.fromkeys(row.theme for row in rows))
    return order_rows(sort_findings(findings, rows=tuple(known)).rows, themes)


def _all_sources(
    sources: Iterable[str],
    existences: Iterable[Existence],
    judgements: Iterable[Judgement],
    findings: Iterable[Finding],
) -> tuple[str, ...]:
    named = {*sources, *(seen.source for seen in existences), *(finding.source for finding in findings)}
    for judgement in judgements:
        named |= {judgement.source_a, judgement.source_b}
    return tuple(sorted(named))


def _researchers(
    researchers: Iterable[str] | None, existences: Iterable[Existence], judgements: Iterable[Judgement]
) -> tuple[str, ...]:
    if researchers is not None:
        return tuple(dict.fromkeys(researchers))
    return tuple(
        sorted({seen.researcher for seen in existences} | {judgement.researcher for judgement in judgements})
    )
