"""Step 4: what each source raises, what it adds, and what would be lost without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from triangulation.completeness import Adds, LostWithout, State
from triangulation.models import Row
from triangulation.report.blocks import (
    Block,
    Line,
    Section,
    Words,
    heading,
    joined,
    line,
    note,
    paragraph,
    row_of,
    said,
    soft,
    table,
)
from triangulation.report.content import TriangulationReport
from triangulation.report.numbers import Counted
from triangulation.report.wording import share

#: What a source is on a row, with a symbol.
STATE_WORDS = {
    State.PRESENT: "● present",
    State.UNIQUE: "◆ only here",
    State.ASKED_ABSENT: "○ asked, absent",
    State.RAISABLE_ABSENT: "◌ could be raised, absent",
    State.NOT_ASKED: "– not asked",
    State.ABSENT: "○ absent",
    State.DISPUTED: "≠ researchers differ",
    State.UNKNOWN: "? not known",
}


def completeness(report: TriangulationReport) -> Section:
    """Row × source counted per source; rows of one source alone; rows raised by nobody."""
    if not (report.rows and report.source_names):
        return Section("completeness", "Completeness", (note("There is no row to compare yet."),))
    n = Counted()
    found = report.completeness
    shown = [state for state in State if any(seen is state for seen in found.states.values())]
    blocks: list[Block] = [
        *table(
            "What each source raises, over findings and researchers together.",
            ("Data source", *(STATE_WORDS[state] for state in shown)),
            [
                row_of(
                    line(f"{number} ", said(source)),
                    *(share(len(found.rows_as(source, state)), len(report.rows)) for state in shown),
                )
                for number, source in report.source_names
            ],
        ),
        *_row_by_row(report),
        *_alone(report),
        *_lost(report, n),
        *_nobody(report, n),
        *_notes(report),
    ]
    return Section("completeness", "Completeness", tuple(blocks), n.counts)


def _row_by_row(report: TriangulationReport) -> tuple[Block, ...]:
    states = report.completeness.states
    return table(
        "Row by row: whether each source raises it, and where not, whether it could have.",
        ("Statement", *(line(f"{number} ", said(source)) for number, source in report.source_names)),
        [
            row_of(
                line(said(row.statement, to=f"row-{row.number}"), soft(f" {row.row.theme}")),
                *(STATE_WORDS[states[row.row, source]] for _, source in report.source_names),
            )
            for row in report.rows
        ],
    )


def _alone(report: TriangulationReport) -> Iterator[Block]:
    for adds in report.completeness.adds:
        if adds.only:
            yield paragraph("Only ", said(adds.source), ": ", _rows(report, adds.only), ".")


def _lost(report: TriangulationReport, n: Counted) -> Iterator[Block]:
    for lost, adds in zip(report.completeness.lost_without, report.completeness.adds, strict=True):
        if adds.present:
            yield paragraph("Without ", said(lost.source), _without(lost, adds, n), ".")


def _without(lost: LostWithout, adds: Adds, n: Counted) -> str:
    of = lost.source
    gone = [
        f"{number} {what}"
        for number, what in (
            (n(f"{of} rows", len(lost.rows), "row"), "would be lost"),
            (n(f"{of} single", len(lost.single_source), "row"), "would rest on one source alone"),
            (n(f"{of} pairs", len(lost.pairs), "pair"), "of sources could not be compared"),
            (n(f"{of} dissonances", len(lost.dissonances), "dissonance"), "would not be seen"),
        )
        if not number.startswith("0 ")
    ]
    speaks = f", which speaks on {n(f'{of} present', adds.present, 'row')}: "
    return speaks + (", ".join(gone) or "nothing would be lost")


def _nobody(report: TriangulationReport, n: Counted) -> Iterator[Block]:
    nobody = report.completeness.raised_by_nobody
    asked = report.completeness.asked_of_all
    if nobody:
        yield paragraph("Raised by no source: ", _rows(report, nobody), ".")
    if asked:
        yield paragraph(
            f"On {n('asked of all', len(asked), 'row')} of these every source was asked, which is evidence: ",
            _rows(report, asked),
            ".",
        )


def _notes(report: TriangulationReport) -> Iterator[Block]:
    if report.around.source_notes:
        yield heading("What each source adds, in the team's words")
    for one in report.around.source_notes:
        who = line(" (", said(one.researcher), ")") if one.researcher else line(" (the team)")
        yield paragraph(said(one.source, tone="strong"), who, ": ", said(one.text))


def _rows(report: TriangulationReport, rows: Iterable[Row]) -> Line:
    listed: Sequence[Words] = [
        said(report.name_of(row), to=f"row-{shown.number}" if (shown := report.shown(row)) else "")
        for row in rows
    ]
    return joined(listed, between="; ")
