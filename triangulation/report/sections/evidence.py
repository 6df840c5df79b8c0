"""What stands behind every row of the matrix: findings, quotes, and every judgement with its reason."""

from __future__ import annotations

from collections.abc import Iterator

from triangulation.models import Finding
from triangulation.report.blocks import (
    Block,
    Cell,
    Line,
    Paragraph,
    Quoted,
    Section,
    cell,
    heading,
    line,
    names,
    note,
    said,
    soft,
    table,
    told,
)
from triangulation.report.content import TriangulationReport
from triangulation.report.rows import ComparedPair, Quote, ReportRow, SaidBySource, SharedJudgement
from triangulation.report.sections.findings import valence_words
from triangulation.report.wording import CODE_WORD, PROMINENCE_SYMBOL


def evidence(report: TriangulationReport) -> Section:
    """Row by row: what each source says with its quotes, and how its pairs were judged."""
    blocks: list[Block] = [note("What stands behind every row of the matrix.")]
    placed: set[int] = set()
    for row in report.rows:
        blocks.append(
            heading(
                said(row.statement),
                soft(f" {row.row.theme} · "),
                soft("back to the matrix", to=f"row-{row.number}"),
                anchor=f"evidence-{row.number}",
                mark=row.level,
            )
        )
        for one in row.sources:
            if one.findings:
                blocks += _source(row, one, placed)
        blocks += _judged(report, row)
    if not report.rows:
        blocks.append(note("There is no row yet."))
    return Section("evidence", "Findings, quotes, judgements", tuple(blocks))


def _source(row: ReportRow, one: SaidBySource, placed: set[int]) -> Iterator[Block]:
    yield heading(f"{one.number} ", said(one.source), depth=3, anchor=f"said-{row.number}-{one.number}")
    for finding, quotes in one.findings:
        yield Paragraph(_finding(finding))
        for quote in quotes:
            yield _quoted(quote, placed)
        if not quotes:
            yield note("No quote.")


def _finding(finding: Finding) -> Line:
    valence = () if finding.valence is None else line(valence_words(finding.valence), "  ")
    remarks = [
        soft(f" · {PROMINENCE_SYMBOL[finding.prominence]} {finding.prominence.value}")
        if finding.prominence
        else "",
        soft(f" · {finding.importance} finding") if finding.importance else "",
        line(soft(" · found by "), said(finding.researcher, tone="soft")) if finding.researcher else "",
        line(soft(" · coverage: "), said(finding.coverage, tone="soft")) if finding.coverage else "",
    ]
    return line(valence, said(finding.statement), *remarks)


def _quoted(quote: Quote, placed: set[int]) -> Quoted:
    """A quote may stand in several places; only the first is where links to it lead."""
    is_first = quote.number not in placed
    placed.add(quote.number)
    return Quoted(quote.number, quote.text, quote.place, f"quote-{quote.number}" if is_first else "")


def _judged(report: TriangulationReport, row: ReportRow) -> tuple[Block, ...]:
    judged = [
        _judgement(report, row, pair, view, is_first=number == 0)
        for pair in row.pairs
        for number, view in enumerate(pair.judgements)
    ]
    return table(
        "Judgements on this row.",
        ("Pair of sources", "Researchers", "Code", "Proposed by the rule", "Judged on", "Reason"),
        judged,
        widths=(30, 20, 24, 22, 34, 44),
    )


def _judgement(
    report: TriangulationReport, row: ReportRow, pair: ComparedPair, view: SharedJudgement, *, is_first: bool
) -> tuple[Cell, ...]:
    anchor = f"pair-{row.number}-{pair.number_a}-{pair.number_b}" if is_first else ""
    sources = line(_to_source(row, pair.number_a), " and ", _to_source(row, pair.number_b))
    code = line(report.code(view.code), soft(" assigned") if view.assigned else "")
    return (
        cell(sources, anchor=anchor, is_head=True),
        cell(names(view.researchers)),
        cell(code),
        cell(CODE_WORD[view.derived]) if view.derived else cell(soft("nothing")),
        cell(view.judged_on),
        told(view.reason),
    )


def _to_source(row: ReportRow, number: int) -> Line:
    one = row.sources[number - 1]
    return line(said(one.source, to=f"said-{row.number}-{number}" if one.findings else ""))
