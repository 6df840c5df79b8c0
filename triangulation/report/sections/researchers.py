"""Step 5: the researchers compared, what they see differently, and how it was settled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from triangulation.models import About, ConvergenceCode, Resolution
from triangulation.report.blocks import (
    Block,
    Bullets,
    Cell,
    Line,
    Section,
    Words,
    cell,
    heading,
    joined,
    line,
    names,
    paragraph,
    row_of,
    said,
    soft,
    table,
    told,
)
from triangulation.report.content import TriangulationReport
from triangulation.report.numbers import Counted
from triangulation.report.wording import decimals, interval, share
from triangulation.researcher_agreement import ResearcherAgreement
from triangulation.researchers import CONFUSED, NEITHER, Confusion, DifferingUnit

_ABOUT = {
    About.EXISTENCE: "Whether a source speaks",
    About.CODE: "How a pair converges",
    About.IMPORTANCE: "Main or minor finding",
    About.PROMINENCE: "Weight within the source",
}


def researchers(report: TriangulationReport) -> Section:
    """Figures, researchers two by two, confusion, differences, and the log of resolutions."""
    n = Counted()
    blocks: list[Block] = [
        *_figures(report),
        *_two_by_two(report),
        *_confusions(report),
        *_differences(report, n),
        *_resolutions(report, n),
    ]
    return Section("researchers", "Researcher agreement", tuple(blocks), n.counts)


def _figures(report: TriangulationReport) -> tuple[Block, ...]:
    seen = report.comparison
    rows = [
        _figure("Existence: does the source speak on the row", seen.existence),
        _figure("Code where both sources speak", seen.both_speak),
    ]
    if seen.importance.n:
        rows.append(_figure("Importance: main or minor finding", seen.importance))
    if seen.prominence.n:
        rows.append(_figure("Weight within the source", seen.prominence, "alpha ordinal"))
    rows += [_figure(f"Part of the comparison: {part}", one) for part, one in seen.parts.items() if one.n]
    if seen.flags.n:
        rows.append(_figure("Completeness: present, unique or absent", seen.flags))
    rows.append(
        _figure("All cells, silence counted", seen.all_cells, "secondary: existence drives this figure")
    )
    return table(
        "Researcher agreement: existence first, then the code where both sources speak; the last figure is "
        "secondary. Undetermined and missing are gaps. Shares of pairs count every two researchers with a "
        "value on a unit.",
        (
            "On what",
            "Units",
            "Pairs of researchers that say the same",
            "Units on which all say the same",
            "Fleiss' kappa",
            "Alpha (95 %)",
            "Why there is no value",
        ),
        rows,
        sheet="Researchers",
        widths=(44, 12, 30, 30, 14, 26, 26),
        optional=[6],
    )


def _figure(title: str, seen: ResearcherAgreement, remark: str = "") -> tuple[Cell, ...]:
    why = "; ".join(f"{name.replace('_', ' ')}: {reason}" for name, reason in seen.reasons.items())
    return (
        cell(title, soft(remark) if remark else None, is_head=True),
        cell(seen.n),
        cell(share(seen.agreeing_pairs, seen.n_pairs)),
        cell(share(seen.agreeing_all, seen.n_all)),
        cell(decimals(seen.fleiss_kappa.value)),
        cell(f"{decimals(seen.alpha.value)} {interval(seen.alpha.low, seen.alpha.high)}".strip()),
        cell(soft(why)) if why else Cell(),
    )


def _two_by_two(report: TriangulationReport) -> tuple[Block, ...]:
    existence = report.comparison.existence.by_pair
    return table(
        "Researchers two by two.",
        ("Researchers", "Existence", "Code where both sources speak", "Cohen's kappa"),
        [
            row_of(
                line(said(pair[0]), " and ", said(pair[1])),
                share(existence[pair].agreeing, existence[pair].n),
                share(seen.agreeing, seen.n),
                decimals(seen.kappa.value)
                if seen.kappa.value is not None
                else cell("–", soft(str(seen.kappa.reason))),
            )
            for pair, seen in report.comparison.both_speak.by_pair.items()
        ],
        sheet="Researchers two by two",
        empty="There are fewer than two researchers to compare.",
    )


def _confusions(report: TriangulationReport) -> Iterator[Block]:
    for (one, other), confusion in report.comparison.confusion.items():
        if confusion.n:
            yield from _confusion(report, one, other, confusion)


def _confusion(report: TriangulationReport, one: str, other: str, found: Confusion) -> tuple[Block, ...]:
    used = [value for value in CONFUSED if any(value in pair for pair, n in found.counts.items() if n)]
    gaps = f" On {found.without_view} units one of the two has no view." if found.without_view else ""
    return table(
        line(
            "What two researchers call the same pairs of sources: ",
            said(one),
            " in rows, ",
            said(other),
            f" in columns; {found.n} units.{gaps}",
        ),
        (line(said(one), " / ", said(other)), *(_value(report, value) for value in used)),
        [
            row_of(
                _value(report, a),
                *(found.counts.get((a, b), 0) for b in used),
            )
            for a in used
        ],
        sheet="Confusion",
    )


def _differences(report: TriangulationReport, n: Counted) -> Iterator[Block]:
    for about, title in _ABOUT.items():
        units = [unit for unit in report.comparison.differences if unit.about is about]
        if units:
            yield heading(f"{title}: {n(about.value, len(units), 'difference')}", depth=3)
            yield Bullets(tuple(_difference(report, unit) for unit in units))


def _difference(report: TriangulationReport, unit: DifferingUnit) -> Line:
    where = line()
    if unit.pair is not None:
        where = line(", ", said(unit.pair[0]), " and ", said(unit.pair[1]))
    elif unit.source is not None:
        where = line(", ", said(unit.source))
    views = joined([line(said(person), " ", _value(report, value)) for person, value in unit.values.items()])
    return line(said(report.name_of(unit.row)), soft(f" {unit.row.theme}"), where, ": ", views)


def _value(report: TriangulationReport, value: str) -> Line:
    """A value as people read it; codes with their symbols."""
    if value == NEITHER:
        return line("neither speaks")
    if value in set(ConvergenceCode):
        return line(report.code(ConvergenceCode(value)))
    return line(value)


def _resolutions(report: TriangulationReport, n: Counted) -> Iterator[Block]:
    made = report.around.resolutions
    differing = len(report.comparison.differences)
    if not made:
        if differing:
            yield paragraph(
                f"No resolution of the {n('differences', differing, 'difference')} is recorded; first "
                "judgements stand as they were given."
            )
        return
    unresolved = [one for one in made if one.outcome is None]
    yield heading("Resolutions")
    yield paragraph(
        f"{n('resolved', len(made) - len(unresolved), 'difference was', 'differences were')} settled, "
        f"{n.figure('unresolved', len(unresolved))} talked about and left unresolved. First judgements stay "
        "as they were given, and no figure above is changed."
    )
    yield from table(
        "Resolution log.",
        ("On", "Outcome", "Reason", "Settled by", "Minority view"),
        [_resolution(report, one) for one in made],
        sheet="Resolutions",
        widths=(40, 28, 42, 20, 34),
    )


def _resolution(report: TriangulationReport, one: Resolution) -> tuple[Cell, ...]:
    sources: Sequence[Words] = [said(source) for source in (one.source_a, one.source_b) if source]
    held_by = line(" (", said(one.minority_by), ")") if one.minority_by else line()
    return (
        cell(
            line(said(report.name_of(one.row)), soft(f" {one.row.theme}")),
            joined(sources, last=" and "),
            soft(_ABOUT[one.about].lower()),
            is_head=True,
        ),
        cell("unresolved") if one.outcome is None else cell(_value(report, one.outcome)),
        told(one.reason),
        cell(names(one.decided_by)),
        cell(line(said(one.minority), held_by)) if one.minority else Cell(),
    )
