"""The report as a Word file: real styles, captions and tables, so that a team can go on writing in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from codebook.models import Valence
from triangulation.completeness import Presence
from triangulation.models import ConvergenceCode, Prominence
from triangulation.report.content import (
    CoderAgreement,
    Determinant,
    LevelBlock,
    Quote,
    ReportRow,
    RollupSummary,
    SaidBySource,
    SharedJudgement,
    TriangulationReport,
    people_words,
    presence_words,
)
from triangulation.report.wording import (
    CODE_SYMBOL,
    CODE_WORD,
    PROMINENCE_SYMBOL,
    SHORT_CODE_WORD,
    VALENCE_SYMBOL,
    counted,
    decimals,
    interval,
    listed,
    percent,
    printable,
    share,
)
from triangulation.researcher_agreement import ResearcherAgreement
from triangulation.researchers import DifferingUnit

_ACCENT = RGBColor(0x0B, 0x62, 0x5E)
_SOFT = RGBColor(0x5A, 0x60, 0x68)
_CODE_COLOUR = {
    ConvergenceCode.AGREEMENT: RGBColor(0x0B, 0x62, 0x5E),
    ConvergenceCode.PARTIAL: RGBColor(0x8A, 0x61, 0x00),
    ConvergenceCode.SILENCE: _SOFT,
    ConvergenceCode.DISSONANCE: RGBColor(0xB3, 0x26, 0x1E),
    ConvergenceCode.UNDETERMINED: _SOFT,
}


def render_docx(report: TriangulationReport, path: Path) -> None:
    """Write the report. Control characters of texts are replaced by a visible mark."""
    page = _Page(report)
    page.title()
    page.methods()
    page.sources()
    page.codebook()
    page.levels()
    page.matrix()
    page.assessment()
    page.questions()
    page.completeness()
    page.researchers()
    page.coders()
    page.evidence()
    page.document.save(str(path))


class _Page:
    """The Word file in the making: its numbering of tables and bookmarks."""

    def __init__(self, report: TriangulationReport) -> None:
        self.report = report
        self.document: Any = docx.Document()
        self.tables = 0
        self.bookmarks = 0
        self.quotes_placed: set[int] = set()
        _set_styles(self.document)
        self.style_ids = {style.name: style.style_id for style in self.document.styles}
        _set_properties(self.document, report)
        _portrait(self.document.sections[0])
        _number_pages(self.document.sections[0])

    # -- parts of the report, in order -------------------------------------------------------

    def title(self) -> None:
        self.paragraph(self.report.study, "Title")
        self.paragraph(f"Triangulation report · {self.report.date.isoformat()}", "Subtitle")
        if self.report.notice:
            self.paragraph(self.report.notice, "Notice")
        if self.report.question:
            self.paragraph(self.report.question)

    def methods(self) -> None:
        self.heading("How it was done")
        self.paragraph(self.report.methods.text)
        if self.report.settling:
            self.paragraph(f"How differences are settled, in the team's words: {self.report.settling}")
        else:
            self.paragraph("How differences are settled was not recorded.")
        self.paragraph(
            "Codes are proposals that people judged. That sources say the same does not make it true: they "
            "may share a bias or the same people."
        )

    def sources(self) -> None:
        self.heading("Data sources")
        rows = [
            (
                source.label,
                source.kind,
                str(source.documents),
                source.period or "not recorded",
                listed(list(source.coded_by)) or "nobody yet",
            )
            for source in self.report.sources
        ]
        self.table(
            "Data sources: bodies of documents got by one method from one group of people.",
            ("Data source", "Kind", "Documents", "Period", "Coded by"),
            rows,
            empty="The study has no data source yet. Import documents to begin.",
        )
        coding = self.report.coding
        if coding is not None:
            self.paragraph(
                f"{counted(coding.codings, 'coding')} in {counted(coding.documents, 'document')}, by "
                f"{listed(list(coding.coders)) or 'nobody'}."
            )

    def codebook(self) -> None:
        codebook = self.report.codebook
        if codebook is None:
            return
        self.heading("Codebook")
        self.paragraph(
            f"{codebook.name}, version {codebook.version}, {counted(codebook.levels, 'level')}, "
            f"{counted(codebook.themes, 'theme')}."
        )
        for rule in codebook.rules:
            self.paragraph(rule)
        if codebook.codes:
            self.table(
                "Codings with each code itself, those of all coders together.",
                ("Code", "Id", "Definition", "Codings"),
                [(code.label, code.key, code.definition, str(code.codings)) for code in codebook.codes],
                widths=(48, 26, 76, 18),
            )
        for rollup in codebook.rollups:
            self._rollup(rollup)

    def _rollup(self, rollup: RollupSummary) -> None:
        self.table(
            f"The same codings, and the findings, by the groups of {rollup.name}.",
            ("Group", "Codings", "Findings"),
            [(group, str(codings), str(findings)) for group, (codings, findings) in rollup.groups.items()],
        )
        if rollup.exceptions:
            self.table(
                "Findings that count in another group than their theme.",
                ("Finding", "Theme", "Group", "Reason"),
                [
                    (f"{one.source}: {one.statement}", one.theme, f"{one.group}, not {one.usual}", one.reason)
                    for one in rollup.exceptions
                ],
            )

    def levels(self) -> None:
        self.heading("Facilitators and barriers per level")
        self.paragraph(
            "Statements of findings, in the direction they were given, with one quote per source. Mixed ones "
            "stand under both.",
            "Soft",
        )
        shown = [level for level in self.report.levels if not level.is_empty]
        for level in shown:
            self._level(level)
        if not shown:
            self.paragraph("Nothing has been found or coded yet.", "Soft")
        empty = [level.label for level in self.report.levels if level.is_empty]
        if empty:
            self.paragraph(f"Nothing on: {', '.join(empty)}.", "Soft")

    def _level(self, level: LevelBlock) -> None:
        self.heading(f"{level.label} ({level.key})", 2)
        for title, determinants in (
            ("Facilitators", level.facilitators),
            ("Barriers", level.barriers),
            ("Neutral, or without a direction", level.no_direction),
        ):
            if determinants:
                self.heading(f"{title} ({len(determinants)})", 3)
                for determinant in determinants:
                    self._determinant(determinant)
        if level.coded_only:
            self.heading("Coded, no finding written yet", 3)
        for theme in level.coded_only:
            directions = ", ".join(
                f"{number} {valence.value if valence else 'without a direction'}"
                for valence, number in theme.valences
            )
            self.paragraph(
                f"{theme.theme_label} ({theme.theme}): {counted(theme.passages, 'coding')} in "
                f"{counted(theme.documents, 'document')}: {directions}",
                "List Bullet",
            )
            for quote in theme.quotes:
                self.quote(quote, home=True)

    def _determinant(self, determinant: Determinant) -> None:
        row = determinant.row
        line = self.line("List Bullet")
        _add_valence(line, determinant.valence)
        _link(line, f"row_{row.number}", row.statement)
        _soft(line, f" {row.row.theme}")
        for statement in determinant.statements:
            if statement != row.statement:
                self.paragraph(statement, "List Continue")
        total = len(self.report.source_names)
        voices = self.line("List Continue")
        _soft(voices, f"{counted(len(determinant.sources), 'source')} of {total}: ")
        for number, said in enumerate(determinant.sources):
            _soft(voices, ", " if number else "")
            _link(voices, f"said_{row.number}_{said.number}", said.source)
            _soft(voices, f" ({_prominence(said.prominence)})" if said.prominence else "")
        for said in determinant.sources:
            for quote in said.quotes[:1]:
                self.quote(quote)

    def matrix(self) -> None:
        self.section(wide=True)
        self.heading("Convergence matrix")
        report = self.report
        if not (report.rows and report.source_names):
            self.paragraph(
                "There is no row to compare yet. Write findings on two sources, or import judgements.", "Soft"
            )
            self.section(wide=False)
            return
        self.paragraph(
            f"Rule “{report.rule}”: {report.rule_words}. Silence: exactly one of the two sources speaks. "
            "A blank cell: neither speaks.",
            "Soft",
        )
        key = self.line("Soft")
        for number, code in enumerate(ConvergenceCode):
            _run(key, " · " if number else "")
            _add_code(key, code)
        blocks = _column_blocks(len(report.source_names), len(report.rows[0].pairs))
        for number, (sources, pairs) in enumerate(blocks):
            self._matrix_table(sources, pairs, first=number == 0)
        self.section(wide=False)

    def _matrix_table(self, sources: slice, pairs: slice, *, first: bool) -> None:
        """Some columns of the matrix; only the first table is where links to a row lead."""
        report = self.report
        header = [
            "Statement",
            *(f"{number} {source}" for number, source in report.source_names[sources]),
            *(pair.numbers for pair in report.rows[0].pairs[pairs]),
        ]
        table = self.empty_table(
            "Convergence matrix: statements under themes; what each source says; each pair of sources, by "
            f"number, as {counted(len(report.researchers), 'researcher')} judged it."
            + ("" if first else " Further columns."),
            header,
            widths=_matrix_widths(len(header) - 1),
        )
        for level in report.levels:
            rows = [row for row in report.rows if row.level == level.key]
            if rows:
                self._level_row(table, level.label, len(header))
            for row in rows:
                cells = table.add_row().cells
                _keep_together(table.rows[-1])
                statement = self.cell_paragraph(cells[0])
                if first:
                    self.bookmark(statement, f"row_{row.number}")
                self._matrix_row(row, statement, cells[1:], sources, pairs)

    def _level_row(self, table: Any, label: str, columns: int) -> None:
        cells = table.add_row().cells
        _keep_together(table.rows[-1])
        merged = cells[0].merge(cells[columns - 1])
        _shade(merged, "F1EFE8")
        _run(merged.paragraphs[0], label, bold=True)
        merged.paragraphs[0]._p.style = self.style_ids["Table Text"]
        merged.paragraphs[0].paragraph_format.keep_with_next = True

    def _matrix_row(
        self, row: ReportRow, statement: Any, cells: Sequence[Any], sources: slice, pairs: slice
    ) -> None:
        _link(statement, f"evidence_{row.number}", row.statement)
        _soft(statement, f"\n{row.row.theme}" + (f" {row.theme_label}" if row.row.statement else ""))
        said_here = row.sources[sources]
        for said, cell in zip(said_here, cells, strict=False):
            self._said_cell(row, said, self.cell_paragraph(cell, "Matrix Text"))
        for pair, cell in zip(row.pairs[pairs], cells[len(said_here) :], strict=True):
            line = self.cell_paragraph(cell, "Matrix Text")
            coded = [(view.code, view.researchers) for view in pair.views if view.code is not None]
            for number, (code, people) in enumerate(coded):
                _run(line, "\n" if number else "")
                _run(line, f"{CODE_SYMBOL[code]} {SHORT_CODE_WORD[code]}", colour=_CODE_COLOUR[code])
                if len(self.report.researchers) > 1:
                    _soft(line, f"\n{people_words(people, self.report.researchers)}")

    def _said_cell(self, row: ReportRow, said: SaidBySource, line: Any) -> None:
        if said.findings:
            for number, valence in enumerate(said.valences):
                _run(line, ", " if number else "")
                _add_valence(line, valence, after="")
            if not said.valences:
                _run(line, "speaks")
            if said.prominence:
                _soft(line, f"\n{_prominence(said.prominence)}")
            _run(line, "\n")
            quotes = counted(len(said.quotes), "quote") if said.quotes else "no quote"
            _link(line, f"said_{row.number}_{said.number}", quotes)
        elif said.presence in (Presence.PRESENT, Presence.UNIQUE):
            _soft(line, "speaks, as judged")
        elif said.presence is Presence.DISPUTED:
            _soft(line, "≠ researchers differ")

    def assessment(self) -> None:
        self.heading("Convergence assessment")
        report = self.report
        rows = []
        for person, counts in report.assessment.by_researcher.items():
            for code in ConvergenceCode:
                remark = []
                if code is ConvergenceCode.UNDETERMINED and counts.not_judged:
                    remark.append(f"{counts.not_judged} not judged yet")
                if code is ConvergenceCode.DISSONANCE:
                    dissonant = share(report.assessment.rows_with_dissonance[person], len(report.rows))
                    remark.append(f"in {dissonant} rows")
                    if counts.different_weight:
                        remark.append(f"{counts.different_weight} of same meaning, different weight")
                rows.append(
                    (
                        person,
                        f"{CODE_SYMBOL[code]} {CODE_WORD[code]}",
                        share(counts.of(code), counts.cells),
                        "" if code is ConvergenceCode.SILENCE else share(counts.of(code), counts.both_speak),
                        "; ".join(remark),
                    )
                )
        self.table(
            "Cells per researcher and code, among all row × pair cells and where both sources speak.",
            ("Researcher", "Code", "Of all cells", "Of cells where both speak", "Remarks"),
            rows,
            empty="Nobody has judged yet.",
        )

    def questions(self) -> None:
        self.heading("Dissonance and unexpected silence")
        self.paragraph(
            "No score: a dissonance can be the main finding. What the researchers wrote about each stands "
            "here, and where nothing was written, that too.",
            "Soft",
        )
        for question in self.report.questions:
            line = self.line()
            line.paragraph_format.keep_with_next = True
            code = ConvergenceCode.DISSONANCE if question.kind == "dissonance" else ConvergenceCode.SILENCE
            _run(line, f"{CODE_SYMBOL[code]} {question.kind} ", bold=True, colour=_CODE_COLOUR[code])
            _link(line, f"evidence_{question.row.number}", question.row.statement)
            people = list(question.researchers)
            _soft(
                line,
                f" {question.row.row.theme}; {question.pair.source_a} and {question.pair.source_b}; for "
                f"{share(len(people), len(self.report.researchers))} researchers: {listed(people)}",
            )
            for person, words in question.written:
                self.paragraph(f"{person}: {words}", "List Continue")
            if not question.written:
                self.paragraph("Nothing was written about it yet.", "List Continue")
        if not self.report.questions:
            self.paragraph("None.", "Soft")

    def completeness(self) -> None:
        self.heading("Completeness")
        report = self.report
        rows = [
            (
                f"{number} {source}",
                *(share(len(report.completeness.rows_with(source, p)), len(report.rows)) for p in Presence),
            )
            for number, source in report.source_names
            if report.rows
        ]
        self.table(
            "What each source raises, over findings and researchers together.",
            ("Data source", *(presence_words(presence) for presence in Presence)),
            rows,
            empty="There is no row to compare yet.",
        )
        for number, source in report.source_names:
            alone = report.only_in(number)
            if alone:
                self.paragraph(f"Only {source}: {'; '.join(row.statement for row in alone)}.")
        nobody = [report.name_of(row) for row in report.completeness.raised_by_nobody]
        if nobody:
            self.paragraph(f"Raised by no source: {'; '.join(nobody)}.")

    def researchers(self) -> None:
        self.heading("Researcher agreement")
        comparison = self.report.comparison
        self.table(
            "Researcher agreement: two figures, in this order; the third is secondary. Undetermined and "
            "missing are gaps.",
            (
                "On what",
                "Units",
                "Pairs that say the same",
                "All say the same",
                "Fleiss' kappa",
                "Alpha (95 %)",
            ),
            [
                _figures("Existence: does the source speak on the row", comparison.existence),
                _figures("Code where both sources speak", comparison.both_speak),
                _figures(
                    "All cells, silence counted (secondary: existence drives this figure)",
                    comparison.all_cells,
                ),
            ],
        )
        for name, seen in (
            ("Existence", comparison.existence),
            ("Code where both sources speak", comparison.both_speak),
            ("All cells", comparison.all_cells),
        ):
            for figure, reason in seen.reasons.items():
                self.paragraph(f"{name}, {figure.replace('_', ' ')}: no value, {reason}.", "Soft")
        self.table(
            "Researchers two by two.",
            ("Researchers", "Existence", "Code where both sources speak", "Cohen's kappa"),
            [
                (
                    f"{pair[0]} and {pair[1]}",
                    share(comparison.existence.by_pair[pair].agreeing, comparison.existence.by_pair[pair].n),
                    share(seen.agreeing, seen.n),
                    decimals(seen.kappa.value)
                    if seen.kappa.value is not None
                    else f"– ({seen.kappa.reason})",
                )
                for pair, seen in comparison.both_speak.by_pair.items()
            ],
            empty="There are fewer than two researchers to compare.",
        )
        for title, units in (
            ("Whether a source speaks", comparison.differing_existence),
            ("How a pair converges", comparison.differing_cells),
        ):
            if units:
                self.heading(f"{title}: {counted(len(units), 'difference')}", 2)
            for unit in units:
                self.paragraph(_difference(self.report.name_of(unit.row), unit), "List Bullet")

    def coders(self) -> None:
        self.heading("Coder agreement")
        agreement = self.report.agreement
        for sentence in self.report.coder_notes:
            self.paragraph(sentence, "Soft")
        if agreement is not None:
            self._coder_table(agreement)

    def _coder_table(self, agreement: CoderAgreement) -> None:
        self.table(
            f"Coder agreement per {agreement.unit}: {counted(agreement.n_units, 'unit')} of "
            f"{counted(agreement.documents, 'document')}; coders: {listed(list(agreement.coders))}; from the "
            "codings as they stood before discussion.",
            (
                "Code",
                "Units",
                "Prevalence",
                "Percent",
                "Positive agreement",
                "Alpha (95 %)",
                "AC1",
                "No value",
            ),
            [
                (
                    row.code,
                    str(row.n),
                    percent(row.prevalence),
                    percent(row.percent),
                    decimals(row.positive_agreement),
                    f"{decimals(row.alpha)} {interval(row.alpha_low, row.alpha_high)}".strip(),
                    decimals(row.ac1),
                    "; ".join(f"{name.replace('_', ' ')}: {why}" for name, why in row.reasons.items()),
                )
                for row in agreement.codes
            ],
            empty="No code was used in the round.",
        )

    def evidence(self) -> None:
        self.heading("Findings, quotes, judgements")
        self.paragraph("What stands behind every row of the matrix.", "Soft")
        for row in self.report.rows:
            title = self.heading(f"{row.statement} ({row.row.theme})", 2)
            self.bookmark(title, f"evidence_{row.number}")
            for said in row.sources:
                if said.findings:
                    self._said(row, said)
            judged = [(pair, view) for pair in row.pairs for view in pair.judgements]
            if judged:
                self.table(
                    "Judgements on this row.",
                    ("Pair of sources", "Researchers", "Code", "Proposed by the rule", "Judged on", "Reason"),
                    [(f"{pair.source_a} and {pair.source_b}", *_judged(view)) for pair, view in judged],
                    widths=(44, 24, 28, 26, 18, 26),
                )
        if not self.report.rows:
            self.paragraph("There is no row yet.", "Soft")

    def _said(self, row: ReportRow, said: SaidBySource) -> None:
        title = self.heading(f"{said.number} {said.source}", 3)
        self.bookmark(title, f"said_{row.number}_{said.number}")
        for finding, quotes in said.findings:
            line = self.line()
            _add_valence(line, finding.valence)
            _run(line, finding.statement)
            remarks = [
                _prominence(finding.prominence) if finding.prominence else "",
                f"found by {finding.researcher}" if finding.researcher else "",
                f"coverage: {finding.coverage}" if finding.coverage else "",
            ]
            _soft(line, "".join(f"; {remark}" for remark in remarks if remark))
            for quote in quotes:
                self.quote(quote, home=True)
            if not quotes:
                self.paragraph("No quote.", "Soft")

    # -- pieces ------------------------------------------------------------------------------

    def paragraph(self, text: str, style: str = "Normal") -> Any:
        paragraph = self.line(style)
        _run(paragraph, text)
        return paragraph

    def line(self, style: str = "Normal") -> Any:
        """An empty paragraph. The style is set by its id, because looking up its name is slow."""
        paragraph = self.document.add_paragraph()
        paragraph._p.style = self.style_ids[style]
        return paragraph

    def heading(self, text: str, level: int = 1) -> Any:
        return self.paragraph(text, f"Heading {level}")

    def quote(self, quote: Quote, *, home: bool = False) -> None:
        """A quote; ``home`` is a place that links to the quote may lead to, the first such wins."""
        words = self.line("Quote")
        words.paragraph_format.keep_with_next = True
        _run(words, quote.text)
        place = self.line("Quote Place")
        name = f"quote_{quote.number}"
        if home and quote.number not in self.quotes_placed:
            self.quotes_placed.add(quote.number)
            self.bookmark(words, name)
            _run(place, f"Quote {quote.number}")
        else:
            _link(place, name, f"Quote {quote.number}")
        _run(place, f" · {quote.place}")

    def table(
        self,
        caption: str,
        header: Sequence[str],
        rows: Iterable[Sequence[str]],
        *,
        empty: str = "",
        widths: Sequence[int] = (),
    ) -> None:
        lines = list(rows)
        if not lines:
            self.paragraph(empty, "Soft")
            return
        table = self.empty_table(caption, header, widths)
        for line in lines:
            cells = table.add_row().cells
            _keep_together(table.rows[-1])
            for cell, text in zip(cells, line, strict=True):
                _run(self.cell_paragraph(cell), text)
        self.paragraph("", "Table Text")

    def empty_table(self, caption: str, header: Sequence[str], widths: Sequence[int] = ()) -> Any:
        self.tables += 1
        title = self.line("Caption")
        title.paragraph_format.keep_with_next = True
        _run(title, "Table ")
        _field(title, "SEQ Table \\* ARABIC", str(self.tables))
        _run(title, f". {caption}")
        table = self.document.add_table(rows=1, cols=len(header), style="Report Table")
        for cell, text in zip(table.rows[0].cells, header, strict=True):
            _run(self.cell_paragraph(cell), text, bold=True)
        _repeat_as_header(table.rows[0])
        if widths:
            table.autofit = False
            for column, width in zip(table.columns, widths, strict=True):
                column.width = Mm(width)
                column.cells[0].width = Mm(width)
        return table

    def cell_paragraph(self, cell: Any, style: str = "Table Text") -> Any:
        paragraph = cell.paragraphs[0]
        paragraph._p.style = self.style_ids[style]
        return paragraph

    def bookmark(self, paragraph: Any, name: str) -> None:
        self.bookmarks += 1
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for mark in (start, end):
            mark.set(qn("w:id"), str(self.bookmarks))
        start.set(qn("w:name"), name)
        properties = paragraph._p.pPr
        paragraph._p.insert(0 if properties is None else 1, start)
        paragraph._p.append(end)

    def section(self, *, wide: bool) -> None:
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        if wide:
            _landscape(section)
        else:
            _portrait(section)


# -- words of one cell or line ---------------------------------------------------------------


def _figures(title: str, seen: ResearcherAgreement) -> tuple[str, ...]:
    return (
        title,
        str(seen.n),
        share(seen.agreeing_pairs, seen.n_pairs),
        share(seen.agreeing_all, seen.n_all),
        decimals(seen.fleiss_kappa.value),
        f"{decimals(seen.alpha.value)} {interval(seen.alpha.low, seen.alpha.high)}".strip(),
    )


def _difference(name: str, unit: DifferingUnit) -> str:
    where = unit.source if unit.pair is None else " and ".join(unit.pair)
    values = ", ".join(f"{person} {_value(value)}" for person, value in unit.values.items())
    return f"{name} ({unit.row.theme}), {where}: {values}"


def _value(value: str) -> str:
    if value in ("yes", "no"):
        return value
    code = ConvergenceCode(value)
    return f"{CODE_SYMBOL[code]} {CODE_WORD[code]}"


def _judged(view: SharedJudgement) -> tuple[str, ...]:
    assigned = " (assigned)" if view.assigned else ""
    return (
        listed(list(view.researchers)),
        f"{CODE_SYMBOL[view.code]}\xa0{CODE_WORD[view.code]}{assigned}" if view.code else "no code",
        CODE_WORD[view.derived] if view.derived else "nothing",
        view.judged_on,
        view.reason,
    )


def _prominence(prominence: Prominence) -> str:
    return f"{PROMINENCE_SYMBOL[prominence]} {prominence.value}"


# -- Word ------------------------------------------------------------------------------------


def _run(paragraph: Any, text: str, *, bold: bool = False, colour: RGBColor | None = None) -> None:
    if not text:
        return
    run = paragraph.add_run(printable(text))
    run.bold = bold or None
    if colour is not None:
        run.font.color.rgb = colour


def _soft(paragraph: Any, text: str) -> None:
    _run(paragraph, text, colour=_SOFT)


def _add_valence(paragraph: Any, valence: Valence | None, after: str = "  ") -> None:
    if valence is not None:
        _run(paragraph, f"{VALENCE_SYMBOL[valence]} {valence.value}{after}", bold=True)


def _add_code(paragraph: Any, code: ConvergenceCode) -> None:
    _run(paragraph, f"{CODE_SYMBOL[code]} {CODE_WORD[code]}", bold=True, colour=_CODE_COLOUR[code])


def _link(paragraph: Any, bookmark: str, text: str) -> None:
    """Words that lead to a place in the same file."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), bookmark)
    link.set(qn("w:history"), "1")
    run = paragraph.add_run(printable(text))
    run.font.color.rgb = _ACCENT
    link.append(run._r)
    paragraph._p.append(link)


def _field(paragraph: Any, instruction: str, shown: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    field.append(paragraph.add_run(shown)._r)
    paragraph._p.append(field)


def _repeat_as_header(row: Any) -> None:
    _keep_together(row)
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _keep_together(row: Any) -> None:
    mark = OxmlElement("w:cantSplit")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _shade(cell: Any, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _column_blocks(sources: int, pairs: int) -> list[tuple[slice, slice]]:
    """Which sources and pairs stand in one table; a landscape page bears about ten columns."""
    most, nothing = 10, slice(0, 0)
    if sources + pairs <= most:
        return [(slice(None), slice(None))]
    return [
        *((slice(start, start + most), nothing) for start in range(0, sources, most)),
        *((nothing, slice(start, start + most)) for start in range(0, pairs, most)),
    ]


def _matrix_widths(columns: int) -> list[int]:
    """Millimetres of a landscape page, the statement widest."""
    statement = 48
    return [statement, *[min(40, (273 - statement) // columns)] * columns]


def _portrait(section: Any) -> None:
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(20)


def _landscape(section: Any) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(12)
    section.top_margin = section.bottom_margin = Mm(16)


def _number_pages(section: Any) -> None:
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _field(paragraph, "PAGE", "1")


def _set_properties(document: Any, report: TriangulationReport) -> None:
    properties = document.core_properties
    properties.title = printable(report.study)[:255]
    properties.subject = "Triangulation report"
    properties.author = "Trigpoint"
    properties.last_modified_by = "Trigpoint"
    properties.comments = ""
    properties.language = "en"
    at = dt.datetime.combine(report.date, dt.time())
    properties.created = properties.modified = at


def _set_styles(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE

    styles = document.styles
    normal = styles["Normal"]
    _set_font(normal, "Georgia", 10.5)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.2
    for name, size in (("Title", 24), ("Heading 1", 16), ("Heading 2", 13), ("Heading 3", 11)):
        _set_font(styles[name], "Segoe UI", size)
        styles[name].font.color.rgb = RGBColor(0x1E, 0x22, 0x26)
        styles[name].paragraph_format.keep_with_next = True
    _set_font(styles["Subtitle"], "Segoe UI", 11)
    styles["Subtitle"].font.color.rgb = _SOFT
    styles["Subtitle"].font.italic = False
    _set_font(styles["Caption"], "Segoe UI", 9)
    styles["Caption"].font.color.rgb = _SOFT
    styles["Caption"].font.bold = False
    quote = styles["Quote"]
    quote.paragraph_format.left_indent = Mm(8)
    quote.paragraph_format.space_after = Pt(0)
    quote.font.italic = quote.font.cs_italic = False  # the second for Arabic and Hebrew
    quote.font.color.rgb = RGBColor(0x1E, 0x22, 0x26)
    for name, font, points in (
        ("Quote Place", "Segoe UI", 8.5),
        ("Soft", "Georgia", 10),
        ("Notice", "Georgia", 10.5),
        ("Table Text", "Segoe UI", 8.5),
        ("Matrix Text", "Segoe UI", 7),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        _set_font(style, font, points)
        if name in ("Quote Place", "Soft"):
            style.font.color.rgb = _SOFT
    styles["Notice"].font.bold = True
    title = styles["Title"].element.get_or_add_pPr()
    for border in title.findall(qn("w:pBdr")):
        title.remove(border)
    styles["Quote Place"].paragraph_format.left_indent = Mm(8)
    for name in ("Table Text", "Matrix Text"):
        styles[name].paragraph_format.space_after = Pt(1)
        styles[name].paragraph_format.line_spacing = 1.05
    _add_table_style(styles)


def _set_font(style: Any, name: str, size: float) -> None:
    style.font.name = name
    style.font.size = Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)  # a theme font would win over the named one


def _add_table_style(styles: Any) -> None:
    """Thin rules between rows and a darker one under the header, as on screen."""
    from docx.enum.style import WD_STYLE_TYPE

    style = styles.add_style("Report Table", WD_STYLE_TYPE.TABLE)
    style.base_style = styles["Normal Table"]
    properties = OxmlElement("w:tblPr")
    borders = OxmlElement("w:tblBorders")
    for side, colour in (("top", "1E2226"), ("bottom", "1E2226"), ("insideH", "D9D5CA")):
        border = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", colour)):
            border.set(qn(f"w:{name}"), value)
        borders.append(border)
    properties.append(borders)
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", "40"), ("left", "60"), ("bottom", "40"), ("right", "60")):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), width)
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties.append(margins)
    style.element.append(properties)
