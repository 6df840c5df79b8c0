"""What a report of a triangulation says. Every number is counted here, from the values given.

The two renderings only draw: they hold no arithmetic and nothing about the method.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from codebook.models import Valence
from triangulation.assessment import Assessment, assess_convergence
from triangulation.completeness import Completeness, Presence, compare_completeness
from triangulation.convergence import RULE_WORDS
from triangulation.matrix import is_judged
from triangulation.models import (
    Cell,
    ConvergenceCode,
    ConvergenceMatrix,
    Excerpt,
    Existence,
    Finding,
    Prominence,
    Row,
)
from triangulation.report.wording import counted, listed, share
from triangulation.researchers import ResearcherComparison, compare_researchers
from triangulation.sorting import SortingTable, sort_findings


@dataclass(frozen=True)
class SourceSummary:
    """A data source as the report lists it; ``coded_by`` names its coders, ``period`` is in words."""

    label: str
    kind: str
    documents: int
    period: str = ""
    coded_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class CodeSummary:
    """A code as the report lists it; ``codings`` counts its own, not those of codes under it."""

    key: str
    label: str
    definition: str
    depth: int
    codings: int


@dataclass(frozen=True)
class PlacedOtherwise:
    """A finding that counts in another group of a roll-up than its theme."""

    source: str
    theme: str
    statement: str
    group: str
    usual: str
    reason: str


@dataclass(frozen=True)
class RollupSummary:
    """Group of a roll-up → number of codings and of findings; ``exceptions`` are single findings."""

    name: str
    groups: Mapping[str, tuple[int, int]]
    exceptions: tuple[PlacedOtherwise, ...] = ()


@dataclass(frozen=True)
class CodebookSummary:
    """The codebook in use, its codes in reading order."""

    name: str
    version: int
    levels: int
    themes: int
    codes: tuple[CodeSummary, ...] = ()
    rules: tuple[str, ...] = ()
    rollups: tuple[RollupSummary, ...] = ()


@dataclass(frozen=True)
class LevelSummary:
    """A level of the codebook with its themes (key → label), in reading order."""

    key: str
    label: str
    themes: Mapping[str, str]


@dataclass(frozen=True)
class CodingCounts:
    """How much was coded: codings, documents that hold one, coders, documents coded by several apart."""

    codings: int
    documents: int
    coders: tuple[str, ...]
    double_coded: int = 0


@dataclass(frozen=True)
class CodedPassage:
    """A passage that carries the code of a theme."""

    theme: str
    source: str
    excerpt: Excerpt
    valence: Valence | None = None
    coder: str = ""


NO_ROUND = "No round of double coding has been revealed, so there is no coder agreement to report."


@dataclass(frozen=True)
class CodeAgreement:
    """Coder agreement on one code; a figure that does not exist is None and has a reason."""

    code: str
    n: int
    prevalence: float | None
    percent: float | None
    positive_agreement: float | None
    alpha: float | None
    alpha_low: float | None
    alpha_high: float | None
    ac1: float | None
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CoderAgreement:
    """Coder agreement from the codings as they stood before discussion."""

    unit: str
    n_units: int
    documents: int
    coders: tuple[str, ...]
    codes: tuple[CodeAgreement, ...]


@dataclass(frozen=True)
class Quote:
    """A quote with its number in the report."""

    number: int
    text: str
    title: str
    start_char: int | None
    end_char: int | None

    @property
    def place(self) -> str:
        """Document and position, as printed under the quote."""
        if self.start_char is None:
            return "words given with the finding; they stand in no document of the study"
        return f"{self.title}, characters {self.start_char}–{self.end_char}"


@dataclass(frozen=True)
class SaidBySource:
    """What one source says on a row: its findings, each with the quotes it rests on."""

    source: str
    number: int
    presence: Presence
    findings: tuple[tuple[Finding, tuple[Quote, ...]], ...]

    @property
    def valences(self) -> tuple[Valence, ...]:
        """The directions of the findings, each once."""
        found = {finding.valence for finding, _ in self.findings}
        return tuple(valence for valence in Valence if valence in found)

    @property
    def prominence(self) -> Prominence | None:
        """The greatest weight that any of the findings was rated with."""
        rated = {finding.prominence for finding, _ in self.findings}
        return next((prominence for prominence in Prominence if prominence in rated), None)

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """All quotes, each once."""
        return tuple(dict.fromkeys(quote for _, quotes in self.findings for quote in quotes))


@dataclass(frozen=True)
class SharedView:
    """A code that one or more researchers gave to a pair; None where they have given none."""

    code: ConvergenceCode | None
    researchers: tuple[str, ...]


@dataclass(frozen=True)
class SharedJudgement:
    """A judgement of a pair, with everyone who judged so.

    ``judged_on`` says in words what the code rests on; ``assigned`` whether the researchers gave
    another code than the rule proposes.
    """

    researchers: tuple[str, ...]
    code: ConvergenceCode | None
    derived: ConvergenceCode | None
    assigned: bool
    judged_on: str
    reason: str


@dataclass(frozen=True)
class ComparedPair:
    """A pair of sources on a row as the researchers see it, most shared view first."""

    source_a: str
    source_b: str
    number_a: int
    number_b: int
    views: tuple[SharedView, ...]
    cells: tuple[Cell, ...]

    @property
    def numbers(self) -> str:
        """The pair by the numbers of its sources."""
        return f"{self.number_a} × {self.number_b}"

    @property
    def judgements(self) -> tuple[SharedJudgement, ...]:
        """What the researchers judged, those together who judged in the same way."""
        alike: dict[tuple[str | None, str | None, bool, str, str], list[Cell]] = {}
        for cell in self.cells:
            reason = cell.judgement.reason if cell.judgement else ""
            changed = cell.assigned is not None and cell.assigned is not cell.derived
            alike.setdefault((cell.code, cell.derived, changed, judged_on(cell), reason), []).append(cell)
        return tuple(
            SharedJudgement(
                tuple(cell.researcher for cell in cells), cells[0].code, cells[0].derived, changed, on, reason
            )
            for (_, _, changed, on, reason), cells in alike.items()
        )


@dataclass(frozen=True)
class ReportRow:
    """A row of the matrix with everything that stands behind it."""

    number: int
    row: Row
    level: str
    theme_label: str
    sources: tuple[SaidBySource, ...]
    pairs: tuple[ComparedPair, ...]

    @property
    def statement(self) -> str:
        """The statement, or the theme where the row is the theme itself."""
        return self.row.statement or self.theme_label


@dataclass(frozen=True)
class Determinant:
    """A facilitator or barrier: a row in one direction, with the sources that say so."""

    row: ReportRow
    valence: Valence | None
    sources: tuple[SaidBySource, ...]
    statements: tuple[str, ...]


@dataclass(frozen=True)
class CodedOnly:
    """A theme that was coded but has no finding yet."""

    theme: str
    theme_label: str
    passages: int
    documents: int
    valences: tuple[tuple[Valence | None, int], ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class LevelBlock:
    """A level with its facilitators and barriers; ``mixed`` determinants stand in both."""

    key: str
    label: str
    facilitators: tuple[Determinant, ...]
    barriers: tuple[Determinant, ...]
    no_direction: tuple[Determinant, ...]
    coded_only: tuple[CodedOnly, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say on the level."""
        return not (self.facilitators or self.barriers or self.no_direction or self.coded_only)


@dataclass(frozen=True)
class OpenQuestion:
    """A dissonance or an unexpected silence, with what the researchers wrote about it."""

    row: ReportRow
    pair: ComparedPair
    kind: str
    researchers: tuple[str, ...]
    written: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Methods:
    """The methods paragraph; ``counts`` holds every number that stands in it, by name."""

    sentences: tuple[str, ...]
    counts: Mapping[str, int]

    @property
    def text(self) -> str:
        """The paragraph."""
        return " ".join(self.sentences)


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
    researchers: tuple[str, ...]
    assessment: Assessment
    completeness: Completeness
    questions: tuple[OpenQuestion, ...]
    comparison: ResearcherComparison
    agreement: CoderAgreement | None
    coder_notes: tuple[str, ...]  # sentences on coder agreement: what was promised, found, settled

    def name_of(self, row: Row) -> str:
        """A row as the report prints it: its statement, or the label of its theme."""
        return next((shown.statement for shown in self.rows if shown.row == row), row.statement or row.theme)

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
    question: str = "",
    settling: str = "",
    notice: str = "",
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
    settling : str
        How the team settles differences, in its own words.
    notice : str
        What every reader must know first, such as that the study is constructed.

    Returns
    -------
    TriangulationReport
    """
    findings, existences, codings = tuple(findings), tuple(existences), tuple(codings)
    levels = _with_unknown_themes(levels, [row.theme for row in matrix.rows] + [c.theme for c in codings])
    level_of = {theme: level.key for level in levels for theme in level.themes}
    labels = {theme: label for level in levels for theme, label in level.themes.items()}
    completeness = compare_completeness(matrix, findings, existences)
    numbers = {source: number for number, source in enumerate(matrix.sources, start=1)}
    quotes = _Quotes()
    sorting = sort_findings(findings, rows=matrix.rows)
    at = _cells_at(matrix)
    ordered = sorted(matrix.rows, key=lambda row: list(labels).index(row.theme))
    rows = tuple(
        ReportRow(
            number,
            row,
            level_of[row.theme],
            labels[row.theme],
            tuple(_said(row, source, n, sorting, completeness, quotes) for source, n in numbers.items()),
            tuple(
                _compared(pair, numbers, at.get((row, pair), ()), matrix.researchers) for pair in matrix.pairs
            ),
        )
        for number, row in enumerate(ordered, start=1)
    )
    comparison = compare_researchers(matrix, existences, findings)
    assessment = assess_convergence(matrix, level_of=level_of.__getitem__)
    return TriangulationReport(
        study=study,
        date=date,
        question=question,
        notice=notice,
        methods=_methods(sources, codebook, coding, agreement, findings, matrix, comparison),
        settling=settling,
        rule=matrix.rule.value,
        rule_words=RULE_WORDS[matrix.rule],
        sources=tuple(sources),
        codebook=codebook,
        coding=coding,
        levels=tuple(_level_block(level, rows, codings, quotes) for level in levels),
        source_names=tuple((number, source) for source, number in numbers.items()),
        rows=rows,
        researchers=matrix.researchers,
        assessment=assessment,
        completeness=completeness,
        questions=tuple(_open_questions(rows)),
        comparison=comparison,
        agreement=agreement,
        coder_notes=tuple(coder_notes),
    )


class _Quotes:
    """Numbers quotes in the order in which they are first met; the same place has one number."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], Quote] = {}

    def of(self, excerpt: Excerpt) -> Quote:
        place = _place(excerpt)
        if place not in self._known:
            self._known[place] = Quote(
                len(self._known) + 1, excerpt.quote, excerpt.title, excerpt.start_char, excerpt.end_char
            )
        return self._known[place]


def _place(excerpt: Excerpt) -> tuple[object, ...]:
    return (excerpt.document_id, excerpt.start_char, excerpt.end_char, excerpt.quote)


def _with_unknown_themes(levels: Sequence[LevelSummary], themes: Iterable[str]) -> tuple[LevelSummary, ...]:
    """A level bears findings too; what belongs to no level gets a level of its own."""
    used = set(themes)
    full = tuple(
        LevelSummary(level.key, level.label, {level.key: level.label, **level.themes})
        if level.key in used
        else level
        for level in levels
    )
    unknown = {theme: theme for theme in sorted(used - {theme for level in full for theme in level.themes})}
    other = LevelSummary("other", "Other themes" if full else "Themes", unknown)
    return (*full, other) if unknown else full


def _cells_at(matrix: ConvergenceMatrix) -> Mapping[tuple[Row, tuple[str, str]], tuple[Cell, ...]]:
    at: dict[tuple[Row, tuple[str, str]], tuple[Cell, ...]] = {}
    for cell in matrix.cells:
        place = (cell.row, (cell.source_a, cell.source_b))
        at[place] = (*at.get(place, ()), cell)
    return at


def _said(
    row: Row, source: str, number: int, sorting: SortingTable, completeness: Completeness, quotes: _Quotes
) -> SaidBySource:
    found = tuple(
        (finding, tuple(quotes.of(excerpt) for excerpt in finding.excerpts))
        for finding in sorting.findings(row, source)
    )
    return SaidBySource(source, number, completeness.presence[row, source], found)


def _compared(
    pair: tuple[str, str], numbers: Mapping[str, int], cells: Sequence[Cell], researchers: Sequence[str]
) -> ComparedPair:
    views: dict[ConvergenceCode | None, list[str]] = {}
    codes = {cell.researcher: cell.code for cell in cells}
    for researcher in researchers:
        views.setdefault(codes.get(researcher), []).append(researcher)
    shared = [SharedView(code, tuple(people)) for code, people in views.items()]
    most_shared_first = sorted(shared, key=lambda view: (view.code is None, -len(view.researchers)))
    return ComparedPair(*pair, numbers[pair[0]], numbers[pair[1]], tuple(most_shared_first), tuple(cells))


def _level_block(
    level: LevelSummary, rows: Sequence[ReportRow], codings: Sequence[CodedPassage], quotes: _Quotes
) -> LevelBlock:
    here = [row for row in rows if row.level == level.key]
    return LevelBlock(
        level.key,
        level.label,
        _determinants(here, Valence.FACILITATOR, Valence.MIXED),
        _determinants(here, Valence.BARRIER, Valence.MIXED),
        _determinants(here, Valence.NEUTRAL, None),
        _coded_only(level, here, codings, quotes),
    )


def _determinants(rows: Iterable[ReportRow], *valences: Valence | None) -> tuple[Determinant, ...]:
    return tuple(
        Determinant(row, valence, said, tuple(dict.fromkeys(_statements(said))))
        for row in rows
        for valence in valences
        if (said := _in_direction(row, valence))
    )


def _in_direction(row: ReportRow, valence: Valence | None) -> tuple[SaidBySource, ...]:
    """The sources of a row with only those of their findings that point in a direction."""
    narrowed = (
        SaidBySource(
            said.source,
            said.number,
            said.presence,
            tuple((finding, quotes) for finding, quotes in said.findings if finding.valence is valence),
        )
        for said in row.sources
    )
    return tuple(said for said in narrowed if said.findings)


def _statements(said: Iterable[SaidBySource]) -> Iterable[str]:
    return (finding.statement for source in said for finding, _ in source.findings)


def _coded_only(
    level: LevelSummary, rows: Iterable[ReportRow], codings: Sequence[CodedPassage], quotes: _Quotes
) -> tuple[CodedOnly, ...]:
    with_findings = {row.row.theme for row in rows if any(said.findings for said in row.sources)}
    blocks = []
    for theme, label in level.themes.items():
        passages = [passage for passage in codings if passage.theme == theme]
        if passages and theme not in with_findings:
            valences = tuple(
                (valence, number)
                for valence in (*Valence, None)
                if (number := sum(passage.valence is valence for passage in passages))
            )
            documents = len({passage.excerpt.document_id for passage in passages})
            shown = tuple(dict.fromkeys(quotes.of(passage.excerpt) for passage in passages))[:2]
            blocks.append(CodedOnly(theme, label, len(passages), documents, valences, shown))
    return tuple(blocks)


def _open_questions(rows: Iterable[ReportRow]) -> Iterable[OpenQuestion]:
    for row in rows:
        for pair in row.pairs:
            for kind, raises in (("dissonance", _is_dissonant), ("unexpected silence", _is_unexpected)):
                cells = [cell for cell in pair.cells if raises(cell)]
                written = tuple(
                    (cell.researcher, cell.judgement.reason)
                    for cell in cells
                    if cell.judgement is not None and cell.judgement.reason
                )
                if cells:
                    yield OpenQuestion(row, pair, kind, tuple(cell.researcher for cell in cells), written)


def _is_dissonant(cell: Cell) -> bool:
    return cell.code is ConvergenceCode.DISSONANCE


def _is_unexpected(cell: Cell) -> bool:
    said = cell.judgement.expected if cell.judgement else None
    return cell.code is ConvergenceCode.SILENCE and said == "no"


class _Counted:
    """Writes numbers into sentences and remembers each under a name."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}

    def __call__(self, name: str, number: int, one: str, many: str | None = None) -> str:
        self.counts[name] = number
        return counted(number, one, many)

    def share(self, name: str, part: int, whole: int) -> str:
        self.counts |= {name: part, f"{name} of": whole}
        if whole:
            self.counts[f"{name} percent"] = round(part / whole * 100)
        return share(part, whole)


def _methods(
    sources: Sequence[SourceSummary],
    codebook: CodebookSummary | None,
    coding: CodingCounts | None,
    agreement: CoderAgreement | None,
    findings: Sequence[Finding],
    matrix: ConvergenceMatrix,
    comparison: ResearcherComparison,
) -> Methods:
    n = _Counted()
    sentences = [
        f"The study draws on {n('sources', len(sources), 'data source')} with "
        f"{n('documents', sum(source.documents for source in sources), 'document')}.",
        *_coding_sentences(n, codebook, coding, agreement),
        *_finding_sentences(n, findings, matrix),
        *_judging_sentences(n, matrix, comparison),
    ]
    return Methods(tuple(sentences), n.counts)


def _coding_sentences(
    n: _Counted,
    codebook: CodebookSummary | None,
    coding: CodingCounts | None,
    agreement: CoderAgreement | None,
) -> list[str]:
    sentences = []
    if coding is not None and coding.codings:
        sentences.append(
            f"{n('coders', len(coding.coders), 'coder')} made {n('codings', coding.codings, 'coding')} "
            f"in {n('coded documents', coding.documents, 'document')}."
        )
    if codebook is not None:
        n.counts["codebook version"] = codebook.version
        sentences.append(
            f"The codebook was {codebook.name}, version {codebook.version}, with "
            f"{n('levels', codebook.levels, 'level')} and {n('themes', codebook.themes, 'theme')}."
        )
    if coding is not None and coding.double_coded:
        several = n("double coded", coding.double_coded, "document was", "documents were")
        sentences.append(f"{several} coded by two or more coders independently.")
    if agreement is not None:
        sentences.append(
            "Coder agreement was computed from the codings as they stood before discussion, "
            f"per {agreement.unit}, over {n('agreement units', agreement.n_units, 'unit')} of "
            f"{n('agreement documents', agreement.documents, 'document')} and "
            f"{n('agreement coders', len(agreement.coders), 'coder')}."
        )
    return sentences


def _finding_sentences(n: _Counted, findings: Sequence[Finding], matrix: ConvergenceMatrix) -> list[str]:
    if not findings:
        return ["No finding was written; the matrix rests on the researchers' judgements alone."]
    quotes = {_place(excerpt) for finding in findings for excerpt in finding.excerpts}
    without = sum(not finding.excerpts for finding in findings)
    themes = {finding.row.theme for finding in findings}
    return [
        f"{n('findings', len(findings), 'finding')} on {n('themes with findings', len(themes), 'theme')} "
        f"{'was' if len(findings) == 1 else 'were'} sorted per data source, resting on "
        f"{n('quotes', len(quotes), 'quote')}; {n('findings without a quote', without, 'finding')} "
        f"{'has' if without == 1 else 'have'} no quote."
    ]


def _judging_sentences(n: _Counted, matrix: ConvergenceMatrix, comparison: ResearcherComparison) -> list[str]:
    if not matrix.researchers:
        return ["The convergence of the sources has not been judged yet."]
    judged = sum(is_judged(cell.judgement) for cell in matrix.cells)
    people = len(matrix.researchers)
    sentences = [
        f"Following the triangulation protocol of Farmer and colleagues, "
        f"{n('researchers', people, 'researcher')} {'judged' if people == 1 else 'each judged alone'} "
        f"{n('pairs', len(matrix.pairs), 'pair')} of sources on {n('rows', len(matrix.rows), 'row')} "
        f"(statements under themes) and recorded {n('judgements', judged, 'comparison')}.",
        "Silence was decided first, from whether each source speaks on the row.",
        f"Where both sources speak, the rule “{matrix.rule.value}” turned the comparison of meaning, "
        f"prominence, coverage and examples into a code: {RULE_WORDS[matrix.rule]}.",
    ]
    changed = sum(
        cell.assigned is not None and cell.derived is not None and cell.assigned is not cell.derived
        for cell in matrix.cells
    )
    direct = sum(cell.assigned is not None and cell.derived is None for cell in matrix.cells)
    open_cells = sum(cell.code is ConvergenceCode.UNDETERMINED for cell in matrix.cells)
    sentences.append(
        f"The researchers assigned another code than the rule proposed in {n('changed', changed, 'cell')}, "
        f"and a code without one being proposed in {n('direct', direct, 'cell')}; "
        f"{n('undetermined', open_cells, 'cell')} {'is' if open_cells == 1 else 'are'} undetermined "
        "and left out of every coefficient."
    )
    both = comparison.both_speak
    if people > 1 and both.n_pairs:
        sentences.append(
            "Where both researchers of a pair hold that both sources speak, they gave the same code in "
            f"{n.share('same code', both.agreeing_pairs, both.n_pairs)} comparisons."
        )
    return sentences


def presence_words(presence: Presence) -> str:
    """A presence as the completeness table prints it, with a symbol."""
    return {
        Presence.PRESENT: "● present",
        Presence.UNIQUE: "◆ only here",
        Presence.ABSENT: "○ absent",
        Presence.DISPUTED: "≠ researchers differ",
        Presence.UNKNOWN: "? not known",
    }[presence]


def judged_on(cell: Cell) -> str:
    """What a code rests on: silence on who speaks, any other on parts of the comparison."""
    silent = cell.code is ConvergenceCode.SILENCE and not cell.parts_judged
    return "who speaks" if silent else f"{cell.parts_judged} of 4 parts"


def people_words(researchers: Sequence[str], everyone: Sequence[str]) -> str:
    """Who holds a view: all, or their names.

    >>> people_words(("Ann", "Ben"), ("Ann", "Ben")), people_words(("Ann",), ("Ann", "Ben"))
    ('all 2', 'Ann')
    """
    if len(researchers) == len(everyone) and len(everyone) > 1:
        return f"all {len(everyone)}"
    return listed(list(researchers))
