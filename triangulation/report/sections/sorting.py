"""Step 1: how the rows came about, where they were renamed, merged or matched."""

from __future__ import annotations

from collections.abc import Iterator

from triangulation.alignment import Alignment
from triangulation.models import Row
from triangulation.report.blocks import (
    Block,
    Line,
    Section,
    line,
    names,
    paragraph,
    row_of,
    said,
    soft,
    table,
)
from triangulation.report.content import TriangulationReport
from triangulation.report.numbers import Counted

_KINDS = {"rename": "renamed", "merge": "merged into", "match": "matched with"}


def sorting(report: TriangulationReport) -> Section | None:
    """How the lists of researchers match, and every row that goes on under another."""
    around = report.around
    if not around.moves and around.alignment is None:
        return None
    n = Counted()
    blocks: list[Block] = []
    if around.alignment is not None:
        blocks += _alignment(report, around.alignment, n)
    blocks += table(
        "Rows that go on under another, as the team decided.",
        ("Row", "Was", "Goes on as"),
        [row_of(_name(report, one.row), _KINDS[one.kind], _name(report, one.into)) for one in around.moves],
        sheet="Rows moved",
        widths=(50, 20, 50),
    )
    return Section("sorting", "Sorting", tuple(blocks), n.counts)


def _alignment(report: TriangulationReport, found: Alignment, n: Counted) -> Iterator[Block]:
    listed = "; ".join(n.figure(f"rows of {person}", found.listed[person]) for person in found.researchers)
    yield paragraph(
        "Each researcher sorted alone: ",
        names(found.researchers),
        f" listed {listed} rows. Put side by side these are {n('rows', len(found.rows), 'row')}: "
        f"{n.figure('by all', len(found.by_all))} that all have, "
        f"{n.figure('by some', len(found.by_some))} that some have, "
        f"{n.figure('by one', len(found.by_one))} that one alone has.",
    )
    yield from table(
        "Rows that one researcher alone had; what only one saw tells of the others too.",
        ("Row", "Researcher"),
        [row_of(_name(report, one.row), names(one.own)) for one in found.by_one],
        sheet="Rows of one researcher",
        widths=(80, 30),
    )


def _name(report: TriangulationReport, row: Row) -> Line:
    return line(said(report.name_of(row)), soft(f" {row.theme}"))
