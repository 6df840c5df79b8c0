"""The convergence matrix: statements under themes under levels, sources, and the codes of their pairs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from triangulation.completeness import Presence
from triangulation.models import ConvergenceCode
from triangulation.report.blocks import (
    Block,
    Cell,
    Group,
    Line,
    Section,
    Words,
    cell,
    joined,
    line,
    names,
    note,
    said,
    soft,
    table,
)
from triangulation.report.content import TriangulationReport
from triangulation.report.numbers import Counted
from triangulation.report.rows import ComparedPair, ReportRow, SaidBySource
from triangulation.report.sections.findings import prominence_words, valence_words
from triangulation.report.wording import counted


def matrix(report: TriangulationReport) -> Section:
    """The matrix with its key, on a page across."""
    if not (report.rows and report.source_names):
        empty = note("There is no row to compare yet. Write findings on two sources, or import judgements.")
        return Section("matrix", "Convergence matrix", (empty,))
    n = Counted()
    blocks: list[Block] = [
        note(
            f"{n('rows', len(report.rows), 'row')}, {n('sources', len(report.source_names), 'source')}, "
            f"{n('pairs', len(report.matrix.pairs), 'pair')}. Rule “{report.rule}”: {report.rule_words}. "
            "Silence: exactly one of the two sources speaks. A blank cell: neither speaks."
        ),
        note(joined([line(report.code(code)) for code in ConvergenceCode], between=" · ")),
        *table(
            "Convergence matrix: statements under themes; what each source says; each pair of sources, by "
            f"number, as {counted(len(report.researchers), 'researcher')} judged it.",
            (
                "Statement",
                *(line(f"{number} ", said(source)) for number, source in report.source_names),
                *(pair.numbers for pair in report.rows[0].pairs),
            ),
            _rows(report),
            is_wide=True,
            breaks=[1 + len(report.source_names)],
        ),
    ]
    return Section("matrix", "Convergence matrix", tuple(blocks), n.counts)


def _rows(report: TriangulationReport) -> Iterator[tuple[Cell, ...] | Group]:
    for level in report.levels:
        rows = [row for row in report.rows if row.level == level.key]
        if rows:
            yield Group(line(said(level.label)), level.key)
        for row in rows:
            yield (
                _statement(row),
                *(_source(row, one) for one in row.sources),
                *(_pair(report, row, pair) for pair in row.pairs),
            )


def _statement(row: ReportRow) -> Cell:
    theme = line(
        soft(row.row.theme), *([soft(" "), said(row.theme_label, tone="soft")] if row.row.statement else [])
    )
    return cell(
        said(row.statement, to=f"evidence-{row.number}"), theme, anchor=f"row-{row.number}", is_head=True
    )


def _source(row: ReportRow, one: SaidBySource) -> Cell:
    if one.findings:
        to = f"said-{row.number}-{one.number}"
        valences = joined([valence_words(valence) for valence in one.valences]) or line("speaks")
        quotes = counted(len(one.quotes), "quote") if one.quotes else "no quote"
        weight = prominence_words(one)
        return cell(valences, soft(weight) if weight else None, Words(quotes, to=to))
    if one.presence in (Presence.PRESENT, Presence.UNIQUE):
        return cell(soft("speaks, as judged"))
    if one.presence is Presence.DISPUTED:
        return cell(soft("≠ researchers differ"))
    return Cell()


def _pair(report: TriangulationReport, row: ReportRow, pair: ComparedPair) -> Cell:
    to = f"pair-{row.number}-{pair.number_a}-{pair.number_b}"
    lines: list[Words | Line] = []
    for view in pair.views:
        if view.code is not None:
            lines.append(report.code(view.code, to=to, short=True))
            if not view.own:
                lines.append(soft("by the findings alone"))
            elif len(report.researchers) > 1:
                lines.append(holders(view.researchers, report.researchers))
    return cell(*lines)


def holders(people: Sequence[str], everyone: Sequence[str]) -> Line:
    """Who holds a view: all, or their names."""
    if len(people) == len(everyone) and len(everyone) > 1:
        return line(soft(f"all {len(everyone)}"))
    return tuple(Words(word.text, word.by_people, "soft") for word in names(people))
