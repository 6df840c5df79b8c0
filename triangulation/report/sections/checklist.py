"""Tables of reporting standards: what the report says of each item, or that it is not reported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from triangulation.report.blocks import (
    Block,
    Cell,
    Group,
    Section,
    cell,
    line,
    note,
    paragraph,
    row_of,
    said,
    soft,
    table,
    told,
)
from triangulation.report.content import TriangulationReport
from triangulation.report.material import ItemAnswer
from triangulation.report.numbers import Counted
from triangulation.report.prefilled import answers
from triangulation.report.standards import COREQ, SRQR, Standard


def coreq(report: TriangulationReport) -> Section:
    """COREQ: filled from the data where they tell it; people's own answers win."""
    return _checklist(report, COREQ)


def srqr(report: TriangulationReport) -> Section | None:
    """SRQR, where the team has answered an item of it."""
    return _checklist(report, SRQR) if report.around.answers.get(SRQR.key) else None


def _checklist(report: TriangulationReport, standard: Standard) -> Section:
    n = Counted()
    given = answers(report, standard.key)
    blocks: list[Block] = [
        note(f"{standard.name}: ", said(standard.source, tone="soft"), ". Items in our own words."),
        paragraph(
            f"{n.share('reported', len(given), len(standard.items))} items are reported. An empty item is "
            "“not reported”: nothing is filled in that nobody wrote and no data say."
        ),
        *table(
            f"{standard.name}: each item with its answer and where that comes from.",
            ("Item", "What is asked", "Answer", "From"),
            _rows(standard, given),
            sheet=standard.name,
            widths=(10, 46, 70, 26),
        ),
    ]
    return Section(standard.key, f"{standard.name} checklist", tuple(blocks), n.counts)


def _rows(standard: Standard, given: Mapping[int, ItemAnswer]) -> Iterator[tuple[Cell, ...] | Group]:
    part = ""
    for item in standard.items:
        if item.part != part:
            part = item.part
            yield Group(line(part))
        answer = given.get(item.number)
        yield row_of(
            str(item.number),
            item.words,
            cell(soft("not reported")) if answer is None else told(answer.text),
            Cell() if answer is None else cell(said(answer.origin, tone="soft")),
        )
