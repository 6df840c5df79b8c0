"""Facilitators and barriers per level: statements with the sources that support them, not counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest

from codebook.models import Valence
from triangulation.report.blocks import (
    Block,
    Cell,
    Line,
    Quoted,
    Section,
    Words,
    cell,
    heading,
    joined,
    line,
    note,
    paragraph,
    said,
    soft,
    table,
)
from triangulation.report.content import TriangulationReport
from triangulation.report.numbers import Counted
from triangulation.report.rows import CodedOnly, Determinant, LevelBlock, ReportRow, SaidBySource
from triangulation.report.wording import PROMINENCE_SYMBOL, VALENCE_SYMBOL


def findings(report: TriangulationReport) -> Section:
    """A table for each level, facilitators beside barriers."""
    n = Counted()
    shown = [level for level in report.levels if not level.is_empty]
    blocks: list[Block] = [
        note(
            "Statements with the sources that support them, how much weight they have there, what each "
            "source says, and its quotes. What is mixed stands on both sides."
        )
    ]
    for level in shown:
        blocks += _level(level, n, _in_rows(report))
    if not shown:
        blocks.append(note("Nothing has been found or coded yet."))
    empty = [said(level.label) for level in report.levels if level.is_empty]
    if empty:
        blocks.append(note("Nothing on: ", joined(empty), "."))
    return Section("levels", "Facilitators and barriers per level", tuple(blocks), n.counts)


def _in_rows(report: TriangulationReport) -> set[int]:
    """Quotes that stand under their rows; others have their place here."""
    return {quote.number for row in report.rows for one in row.sources for quote in one.quotes}


def _level(level: LevelBlock, n: Counted, placed: set[int]) -> Iterator[Block]:
    yield heading(said(level.label), soft(f" {level.key}"), mark=level.key)
    if level.facilitators or level.barriers:
        yield from table(
            line("Facilitators and barriers: ", said(level.label), "."),
            ("Facilitators", "Barriers"),
            [
                (_determinant(one), _determinant(other))
                for one, other in zip_longest(
                    _by_row(level.facilitators), _by_row(level.barriers), fillvalue=()
                )
            ],
            widths=(50, 50),
        )
    if level.no_direction:
        yield from table(
            line("Neutral, or without a direction: ", said(level.label), "."),
            ("Statement",),
            [(_determinant(one),) for one in _by_row(level.no_direction)],
        )
    if level.coded_only:
        yield heading("Coded, no finding written yet", depth=3)
    for theme in level.coded_only:
        yield from _coded_only(theme, n, placed)


def _by_row(determinants: Iterable[Determinant]) -> list[tuple[Determinant, ...]]:
    """The determinants of one row together: a statement stands once in a column."""
    grouped = groupby(determinants, key=lambda one: one.row.number)
    return [tuple(of_row) for _, of_row in grouped]


def _determinant(determinants: Sequence[Determinant]) -> Cell:
    """A statement, and a line for each source that supports it, with what that source says."""
    if not determinants:
        return Cell()
    row = determinants[0].row
    statement = line(said(row.statement, tone="strong", to=f"row-{row.number}"), soft(f" {row.row.theme}"))
    support = [
        _support(one, determinant.valence, row) for determinant in determinants for one in determinant.sources
    ]
    return cell(statement, *support)


def _support(one: SaidBySource, valence: Valence | None, row: ReportRow) -> Line:
    marks = [soft(f" {prominence_words(one)}")] if one.prominence else []
    if valence is Valence.MIXED:
        marks.append(soft(f" {VALENCE_SYMBOL[valence]} mixed"))
    wordings = [said(finding.statement) for finding, _ in one.findings if finding.statement != row.statement]
    told = line(": ", joined(wordings, between=" ")) if wordings else line()
    quotes = joined([Words(str(quote.number), to=f"quote-{quote.number}") for quote in one.quotes])
    word = "quote" if len(one.quotes) == 1 else "quotes"
    evidence = line(soft(f" ({word} "), quotes, soft(")")) if quotes else soft(" (no quote)")
    return line(said(one.source, to=f"said-{row.number}-{one.number}"), *marks, told, evidence)


def valence_words(valence: Valence) -> Words:
    """A direction with its symbol."""
    return Words(f"{VALENCE_SYMBOL[valence]} {valence.value}", tone="strong")


def prominence_words(one: SaidBySource) -> str:
    """The weight within the source with its bars; empty where none was rated."""
    return f"{PROMINENCE_SYMBOL[one.prominence]} {one.prominence.value}" if one.prominence else ""


def _coded_only(theme: CodedOnly, n: Counted, placed: set[int]) -> Iterator[Block]:
    directions = ", ".join(
        n.figure(f"{theme.theme} {valence}", number)
        + f" {valence.value if valence else 'without a direction'}"
        for valence, number in theme.valences
    )
    yield paragraph(
        said(theme.theme_label),
        soft(f" {theme.theme}"),
        f": {n(f'passages {theme.theme}', theme.passages, 'coding')} in "
        f"{n(f'documents {theme.theme}', theme.documents, 'document')}: {directions}.",
    )
    for quote in theme.quotes:
        is_home = quote.number not in placed
        placed.add(quote.number)
        yield Quoted(quote.number, quote.text, quote.place, f"quote-{quote.number}" if is_home else "")
