"""What a report of a triangulation says: every number is counted here and in `sections`, nowhere else.

The writers only draw: they hold no arithmetic and nothing about the method.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from triangulation.assessment import Assessment, assess_convergence
from triangulation.completeness import Completeness, Presence, compare_completeness
from triangulation.convergence import RULE_WORDS
from triangulation.models import ConvergenceCode, ConvergenceMatrix, Existence, Finding, Row
from triangulation.report.blocks import Words, code_words
from triangulation.report.material import (
    NO_ROUND,
    Around,
    CodebookSummary,
    CodedPassage,
    CoderAgreement,
    CodingCounts,
    LevelSummary,
    SourceSummary,
)
from triangulation.report.methods import Methods, methods_of
from triangulation.report.rows import (
    LevelBlock,
    OpenQuestion,
    Quote,
    Quotes,
    ReportRow,
    level_block,
    open_questions,
    report_rows,
    with_unknown_themes,
)
from triangulation.report.wording import CODE_SYMBOL
from triangulation.researchers import ResearcherComparison, compare_researchers
from triangulation.sorting import sort_findings


@dataclass(frozen=True)
class TriangulationReport:
    """The report, ready to be written. None means that there is no such part in the study."""

    study: str
    date: dt.date
    question: str
    notice: str
    methods: Methods
    settling: str
    rule: str
    rule_words: str
    sources: tuple[SourceSummary, ...]
    codebook: CodebookSummary | None
    coding: CodingCounts | None
    levels: tuple[LevelBlock, ...]
    source_names: tuple[tuple[int, str], ...]
    rows: tuple[ReportRow, ...]
    quotes: tuple[Quote, ...]
    matrix: ConvergenceMatrix
    researchers: tuple[str, ...]
    assessment: Assessment
    completeness: Completeness
    questions: tuple[OpenQuestion, ...]
    comparison: ResearcherComparison
    agreement: CoderAgreement | None
    coder_notes: tuple[str, ...]  # sentences on coder agreement: what was promised, found, settled
    coder_counts: Mapping[str, float]  # the numbers in them
    around: Around = field(default_factory=Around)

    def code(self, code: ConvergenceCode | None, *, to: str = "", short: bool = False) -> Words:
        """A convergence code as the report prints it: under the team's own name where it has one."""
        protocol = self.around.protocol
        own = protocol.page.codes if protocol is not None else None
        if own is None or code is None or code not in own.codes:
            return code_words(code, to=to, short=short)
        return Words(f"{CODE_SYMBOL[code]}\xa0{own.name(code)}", True, "strong", to, code)

    def name_of(self, row: Row) -> str:
        """A row as the report prints it: its statement, or the label of its theme."""
        shown = self.shown(row)
        return (row.statement or row.theme) if shown is None else shown.statement

    def shown(self, row: Row) -> ReportRow | None:
        """A row of the matrix with its number; None where it is none of it."""
        return next((shown for shown in self.rows if shown.row == row), None)

    def only_in(self, number: int) -> tuple[ReportRow, ...]:
        """The rows that a source, by its number, raises alone."""
        return tuple(row for row in self.rows if row.sources[number - 1].presence is Presence.UNIQUE)


def build_report(
    *,
    study: str,
    date: dt.date,
    sources: Sequence[SourceSummary],
    matrix: ConvergenceMatrix,
    findings: Iterable[Finding],
    existences: Iterable[Existence] = (),
    levels: Sequence[LevelSummary] = (),
    codebook: CodebookSummary | None = None,
    coding: CodingCounts | None = None,
    codings: Iterable[CodedPassage] = (),
    agreement: CoderAgreement | None = None,
    coder_notes: Sequence[str] = (NO_ROUND,),
    coder_counts: Mapping[str, float] | None = None,
    question: str = "",
    settling: str = "",
    notice: str = "",
    around: Around | None = None,
    completeness: Completeness | None = None,
    comparison: ResearcherComparison | None = None,
) -> TriangulationReport:
    """Put a report together from what was read, coded, found and judged.

    Parameters
    ----------
    study, date, question : str, date, str
        Title page. ``question`` is the research question, empty where none was written.
    sources : sequence of SourceSummary
        The data sources of the study, also those on which nothing was judged.
    matrix : ConvergenceMatrix
        With the cells that may be shown: one's own before the judgements are open to all.
    findings, existences
        What the matrix was built from.
    levels : sequence of LevelSummary
        Levels and themes in reading order, with their labels. Themes that are in no level are
        put under a level of their own.
    codings : iterable of CodedPassage
        Used for themes that were coded but have no finding.
    coder_notes, coder_counts
        Sentences on coder agreement, and every number in them by name.
    settling : str
        How the team settles differences, in its own words.
    notice : str
        What every reader must know first, such as that the study is constructed.
    around : Around, optional
        The other steps of the protocol, and what people wrote for the report.
    completeness, comparison : optional
        Where they were worked out already; otherwise they are here.

    Returns
    -------
    TriangulationReport
    """
    findings, existences, codings = tuple(findings), tuple(existences), tuple(codings)
    around = around or Around()
    levels = with_unknown_themes(levels, [row.theme for row in matrix.rows] + [c.theme for c in codings])
    level_of = {theme: level.key for level in levels for theme in level.themes}
    completeness = completeness or compare_completeness(matrix, findings, existences)
    comparison = comparison or compare_researchers(matrix, existences, findings)
    quotes = Quotes(around.speakers)
    rows = report_rows(
        matrix,
        sorting=sort_findings(findings, rows=matrix.rows),
        completeness=completeness,
        levels=levels,
        quotes=quotes,
    )
    blocks = tuple(level_block(level, rows, codings, quotes) for level in levels)
    return TriangulationReport(
        study=study,
        date=date,
        question=question,
        notice=notice,
        methods=methods_of(sources, codebook, coding, agreement, findings, matrix, comparison),
        settling=settling,
        rule=matrix.rule.value,
        rule_words=RULE_WORDS[matrix.rule],
        sources=tuple(sources),
        codebook=codebook,
        coding=coding,
        levels=blocks,
        source_names=tuple(enumerate(matrix.sources, start=1)),
        rows=rows,
        quotes=quotes.all,
        matrix=matrix,
        researchers=matrix.researchers,
        assessment=assess_convergence(matrix, existences, findings, level_of=level_of.__getitem__),
        completeness=completeness,
        questions=tuple(open_questions(rows)),
        comparison=comparison,
        agreement=agreement,
        coder_notes=tuple(coder_notes),
        coder_counts=dict(coder_counts or {}),
        around=around,
    )
