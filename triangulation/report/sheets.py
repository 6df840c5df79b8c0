"""Rows to count with, for the workbook: what the report prints in cells of several lines, one fact a row."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from triangulation.assessment import Counts
from triangulation.models import Cell, ConvergenceCode, Judgement
from triangulation.report.blocks import Sheet
from triangulation.report.content import TriangulationReport
from triangulation.report.rows import ReportRow, SharedView
from triangulation.report.sections.assessment import cards_of
from triangulation.report.wording import listed
from triangulation.workups import QUESTIONS, WorkUp

_Row = tuple[str | float | None, ...]

_SPEAKS = {True: "yes", False: "no", None: None}


def sheets_of(report: TriangulationReport) -> tuple[Sheet, ...]:
    """Findings, matrix, judgements with their parts, counts, completeness, work-ups and quotes."""
    sources = tuple(source for _, source in report.source_names)
    pairs = tuple(" × ".join(pair) for pair in report.matrix.pairs)
    about = ("row", "level", "theme", "statement")
    return (
        Sheet(
            "Findings",
            (
                *about,
                "source",
                "finding",
                "direction",
                "weight",
                "coverage",
                "importance",
                "found by",
                "quotes",
            ),
            tuple(_findings(report)),
        ),
        Sheet(
            "Matrix",
            (*about, *sources, *pairs, *(f"team: {pair}" for pair in pairs if report.around.team)),
            tuple(_matrix(report)),
        ),
        Sheet(
            "Judgements",
            (
                *about,
                "source a",
                "source b",
                "researcher",
                "a speaks",
                "b speaks",
                "meaning",
                "prominence",
                "coverage",
                "examples",
                "parts judged",
                "proposed by the rule",
                "assigned",
                "code",
                "silence",
                "expected",
                "reason",
            ),
            tuple(_judgements(report)),
        ),
        Sheet(
            "Counts",
            (
                "of",
                "what",
                "researcher",
                *(code.value for code in ConvergenceCode),
                "cells",
                "both speak",
                "not judged",
                "changed",
                "different weight",
            ),
            tuple(_counts(report)),
        ),
        Sheet("Completeness", (*about, *sources), tuple(_completeness(report))),
        Sheet(
            "Work-ups",
            (*about, "reasons", *QUESTIONS, "no inquiry", "conclusion", "state"),
            tuple(_work_ups(report)),
        ),
        Sheet(
            "Quotes",
            ("quote", "words", "speaker", "source", "document", "from character", "to character"),
            tuple(
                (q.number, q.text, q.speaker, q.source, q.title, q.start_char, q.end_char)
                for q in report.quotes
            ),
        ),
    )


def _about(row: ReportRow) -> _Row:
    return (row.number, row.level, row.row.theme, row.statement)


def _findings(report: TriangulationReport) -> Iterator[_Row]:
    for row in report.rows:
        for one in row.sources:
            for finding, quotes in one.findings:
                yield (
                    *_about(row),
                    one.source,
                    finding.statement,
                    _word(finding.valence),
                    _word(finding.prominence),
                    finding.coverage,
                    finding.importance,
                    finding.researcher,
                    ", ".join(str(quote.number) for quote in quotes),
                )


def _matrix(report: TriangulationReport) -> Iterator[_Row]:
    for row in report.rows:
        said = (one.presence.value.replace("_", " ") for one in row.sources)
        codes = (
            "; ".join(f"{view.code.value}: {_holders(view)}" for view in pair.views if view.code is not None)
            for pair in row.pairs
        )
        yield (*_about(row), *said, *codes, *_team(report, row))


def _holders(view: SharedView) -> str:
    return listed(list(view.researchers)) if view.own else "by the findings alone"


def _team(report: TriangulationReport, row: ReportRow) -> Iterator[str | None]:
    """The team's code of each pair; empty where it is not settled, or neither source speaks."""
    if report.around.team is None:
        return
    held = {
        (cell.source_a, cell.source_b): cell.code
        for cell in report.around.team.matrix.cells
        if cell.row == row.row
    }
    for pair in report.matrix.pairs:
        yield _word(held.get(pair))


def _judgements(report: TriangulationReport) -> Iterator[_Row]:
    for row in report.rows:
        for pair in row.pairs:
            for cell in pair.cells:
                yield (*_about(row), pair.source_a, pair.source_b, *_judgement(cell))


def _judgement(cell: Cell) -> _Row:
    judged = cell.judgement or Judgement(cell.row, cell.source_a, cell.source_b, cell.researcher)
    return (
        cell.researcher,
        _SPEAKS[cell.speaks_a],
        _SPEAKS[cell.speaks_b],
        _word(judged.meaning),
        _word(judged.prominence),
        _word(judged.coverage),
        _word(judged.examples),
        cell.parts_judged,
        _word(cell.derived),
        _word(cell.assigned),
        _word(cell.code),
        judged.silence,
        judged.expected,
        judged.reason,
    )


def _word(value: StrEnum | None) -> str | None:
    return None if value is None else value.value.replace("_", " ")


def _counts(report: TriangulationReport) -> Iterator[_Row]:
    found = report.assessment
    for person, counts in found.by_researcher.items():
        yield ("all", "", person, *_numbers(counts))
    for (person, level), counts in found.by_level.items():
        yield ("level", level, person, *_numbers(counts))
    for (person, pair), counts in found.by_pair.items():
        yield ("pair", " × ".join(pair), person, *_numbers(counts))


def _numbers(counts: Counts) -> _Row:
    return (
        *(counts.of(code) for code in ConvergenceCode),
        counts.cells,
        counts.both_speak,
        counts.not_judged,
        counts.changed,
        counts.different_weight,
    )


def _completeness(report: TriangulationReport) -> Iterator[_Row]:
    states = report.completeness.states
    for row in report.rows:
        yield (
            *_about(row),
            *(states[row.row, source].value.replace("_", " ") for _, source in report.source_names),
        )


def _work_ups(report: TriangulationReport) -> Iterator[_Row]:
    for card in cards_of(report):
        shown = report.shown(card.row)
        about = _about(shown) if shown else (None, None, card.row.theme, report.name_of(card.row))
        why = "; ".join(
            f"{reason.why.value.replace('_', ' ')}: {listed(list(reason.sources))}" for reason in card.reasons
        )
        made = card.work_up or WorkUp(card.row)
        answers = tuple(str(getattr(made, name)) for name in QUESTIONS)
        yield (*about, why, *answers, made.no_inquiry, made.conclusion, card.state.value)
