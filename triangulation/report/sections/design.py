"""Question and design, and the data sources."""

from __future__ import annotations

from triangulation.report.blocks import (
    Block,
    Bullets,
    Cell,
    Section,
    cell,
    joined,
    line,
    names,
    note,
    paragraph,
    row_of,
    said,
    table,
    told,
)
from triangulation.report.content import TriangulationReport
from triangulation.report.material import SourceSummary


def design(report: TriangulationReport) -> Section:
    """What was asked, and how it was done."""
    return Section(
        "design",
        "Question and design",
        (
            _questions(report),
            paragraph(report.methods.text, style="prose"),
            _settling(report),
            paragraph(
                "Codes are proposals that people judged. That sources say the same does not make it true: "
                "they may share a bias or the same people.",
                style="prose",
            ),
        ),
        report.methods.counts,
    )


def _questions(report: TriangulationReport) -> Block:
    protocol = report.around.protocol
    asked = list(protocol.page.questions) if protocol is not None else []
    asked = asked or ([report.question] if report.question else [])
    if not asked:
        return note("No research question is recorded. Write it on the protocol page.")
    if len(asked) == 1:
        return paragraph(said(asked[0]), style="prose")
    return Bullets(tuple(line(said(question)) for question in asked), numbered=True)


def _settling(report: TriangulationReport) -> Block:
    protocol = report.around.protocol
    words = report.settling or (protocol.page.settling if protocol is not None else "")
    if not words:
        return paragraph("How differences are settled was not recorded.", style="prose")
    return paragraph("How differences are settled, in the team's words: ", said(words), style="prose")


def sources(report: TriangulationReport) -> Section:
    """The sources with kind, n, period, who collected and who coded."""
    blocks: list[Block] = [
        *table(
            "Data sources: bodies of documents got by one method from one group of people.",
            ("Data source", "Kind", "n", "Documents", "Period", "Collected by", "Coded by"),
            [_source(source) for source in report.sources],
            sheet="Sources",
            widths=(24, 17, 28, 23, 18, 20, 18),
            empty="The study has no data source yet. Import documents to begin.",
        )
    ]
    blocks += [
        paragraph(said(source.label), ": ", said(source.note)) for source in report.sources if source.note
    ]
    blocks += [
        paragraph(
            said(source.label),
            ", guide to what was asked: ",
            joined([said(guide) for guide in source.guides]),
        )
        for source in report.sources
        if source.guides
    ]
    return Section("sources", "Data sources", tuple(blocks))


def _source(source: SourceSummary) -> tuple[Cell, ...]:
    remarks = [word for word in (source.scale, source.weight if source.weight != "data" else "") if word]
    return row_of(
        said(source.label),
        cell(said(source.kind), *[line(word) for word in remarks]),
        cell(*[line(said(words)) for words in (source.participants, source.people) if words])
        if source.participants or source.people
        else cell("not recorded"),
        source.documents,
        told(source.period) if source.period else cell("not recorded"),
        names(source.collected_by) or "not recorded",
        names(source.coded_by) or "nobody yet",
    )
