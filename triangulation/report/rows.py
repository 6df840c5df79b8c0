"""The rows of the matrix as the report shows them: who says what, how pairs were judged, which quotes.

Quotes are numbered in the order in which they are first met; the same place has one number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from codebook.models import Valence
from triangulation.completeness import Completeness, Presence
from triangulation.models import (
    Cell,
    ConvergenceCode,
    ConvergenceMatrix,
    Excerpt,
    Finding,
    Judgement,
    Prominence,
    Row,
)
from triangulation.report.material import CodedPassage, LevelSummary, QuotePlace
from triangulation.researchers import PARTS
from triangulation.sorting import SortingTable


@dataclass(frozen=True)
class Quote:
    """A quote with its number in the report; ``speaker`` is empty where nobody is named."""

    number: int
    text: str
    title: str
    start_char: int | None
    end_char: int | None
    source: str = ""
    speaker: str = ""

    @property
    def place(self) -> str:
        """Who speaks, source, document and position, as printed under the quote."""
        if self.start_char is None:
            place = "words given with the finding; they stand in no document of the study"
            return ", ".join(filter(None, (self.source, place)))
        at = f"characters {self.start_char}–{self.end_char}"
        return ", ".join(filter(None, (self.speaker, self.source, self.title, at)))


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
    """A code of a pair, with those who hold it; None where they have given none.

    ``own`` is False where findings alone give the code: it is then nobody's view, and names nobody.
    """

    code: ConvergenceCode | None
    researchers: tuple[str, ...]
    own: bool = True


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


class Quotes:
    """Numbers quotes; ``speakers`` says who speaks at a place of a document, where it is known."""

    def __init__(self, speakers: Mapping[QuotePlace, str]) -> None:
        self._known: dict[tuple[object, ...], Quote] = {}
        self._speakers = speakers

    def of(self, excerpt: Excerpt, source: str) -> Quote:
        """The quote of an excerpt; the same place has one number."""
        place = place_of(excerpt)
        if place not in self._known:
            speaker = self._speakers.get((excerpt.document_id, excerpt.start_char, excerpt.end_char), "")
            self._known[place] = Quote(
                len(self._known) + 1,
                excerpt.quote,
                excerpt.title,
                excerpt.start_char,
                excerpt.end_char,
                source,
                speaker,
            )
        return self._known[place]

    @property
    def all(self) -> tuple[Quote, ...]:
        """Every quote of the report in its order."""
        return tuple(self._known.values())


def place_of(excerpt: Excerpt) -> tuple[object, ...]:
    """What makes two quotes the same one."""
    return (excerpt.document_id, excerpt.start_char, excerpt.end_char, excerpt.quote)


def with_unknown_themes(levels: Sequence[LevelSummary], themes: Iterable[str]) -> tuple[LevelSummary, ...]:
    """The levels with every theme in one.

    A level bears findings too; what belongs to no level gets a level of its own.
    """
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


def report_rows(
    matrix: ConvergenceMatrix,
    *,
    sorting: SortingTable,
    completeness: Completeness,
    levels: Sequence[LevelSummary],
    quotes: Quotes,
) -> tuple[ReportRow, ...]:
    """The rows in the order of the codebook, each with what its sources say and how pairs were judged."""
    labels = {theme: label for level in levels for theme, label in level.themes.items()}
    level_of = {theme: level.key for level in levels for theme in level.themes}
    order = {theme: place for place, theme in enumerate(labels)}
    numbers = {source: number for number, source in enumerate(matrix.sources, start=1)}
    at = _cells_at(matrix)
    return tuple(
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
        for number, row in enumerate(sorted(matrix.rows, key=lambda row: order[row.theme]), start=1)
    )


def _cells_at(matrix: ConvergenceMatrix) -> Mapping[tuple[Row, tuple[str, str]], tuple[Cell, ...]]:
    at: dict[tuple[Row, tuple[str, str]], list[Cell]] = defaultdict(list)
    for cell in matrix.cells:
        at[cell.row, (cell.source_a, cell.source_b)].append(cell)
    return {place: tuple(cells) for place, cells in at.items()}


def _said(
    row: Row, source: str, number: int, sorting: SortingTable, completeness: Completeness, quotes: Quotes
) -> SaidBySource:
    found = tuple(
        (finding, tuple(quotes.of(excerpt, source) for excerpt in finding.excerpts))
        for finding in sorting.findings(row, source)
    )
    return SaidBySource(source, number, completeness.presence[row, source], found)


def _compared(
    pair: tuple[str, str], numbers: Mapping[str, int], cells: Sequence[Cell], researchers: Sequence[str]
) -> ComparedPair:
    views: dict[ConvergenceCode | None, list[str]] = {}
    held = {cell.researcher: cell.view for cell in cells}
    for researcher in researchers:
        views.setdefault(held.get(researcher), []).append(researcher)
    by_findings = {cell.code: None for cell in cells if not cell.own and cell.code is not None}
    shared = [SharedView(code, tuple(people)) for code, people in views.items()]
    shared += [SharedView(code, (), own=False) for code in by_findings]
    most_shared_first = sorted(shared, key=lambda view: (view.code is None, -len(view.researchers)))
    return ComparedPair(*pair, numbers[pair[0]], numbers[pair[1]], tuple(most_shared_first), tuple(cells))


def level_block(
    level: LevelSummary, rows: Sequence[ReportRow], codings: Sequence[CodedPassage], quotes: Quotes
) -> LevelBlock:
    """A level with its determinants, and the themes on it that were coded but have no finding."""
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
    level: LevelSummary, rows: Iterable[ReportRow], codings: Sequence[CodedPassage], quotes: Quotes
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
            shown = tuple(dict.fromkeys(quotes.of(passage.excerpt, passage.source) for passage in passages))[
                :2
            ]
            blocks.append(CodedOnly(theme, label, len(passages), documents, valences, shown))
    return tuple(blocks)


def open_questions(rows: Iterable[ReportRow]) -> Iterable[OpenQuestion]:
    """Every dissonance and every unexpected silence, with who holds so."""
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


def judged_on(cell: Cell) -> str:
    """What a code rests on: silence on who speaks, any other on parts of the comparison.

    >>> from triangulation.models import Judgement, Meaning
    >>> judged = Judgement(Row("ECO-FUND"), "Minutes", "Survey", "Ann", Meaning.SAME)
    >>> judged_on(Cell(judged.row, "Minutes", "Survey", "Ann", True, True, None, None, 1, judged))
    '1 of 4 parts: meaning same'
    """
    if cell.code is ConvergenceCode.SILENCE and not cell.parts_judged:
        told = ("who speaks", _silence_in_words(cell.judgement))
    else:
        told = (f"{cell.parts_judged} of 4 parts", ", ".join(_parts_in_words(cell.judgement)))
    return ": ".join(filter(None, told))


def _silence_in_words(judged: Judgement | None) -> str:
    if judged is None:
        return ""
    expected = f"expected {judged.expected}" if judged.expected else ""
    return ", ".join(filter(None, ((judged.silence or "").replace("_", " "), expected)))


def _parts_in_words(judged: Judgement | None) -> Iterable[str]:
    for name in PARTS if judged is not None else ():
        value = getattr(judged, name)
        if value is not None:
            yield f"{name} {value.value.replace('_', ' ')}"
