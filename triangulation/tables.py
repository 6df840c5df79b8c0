"""Findings and judgements as CSV files, in and out: a bad row is refused with its reason, the rest is taken.

Row numbers are those a spreadsheet shows: the column names are row 1.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from codebook.models import Valence
from corpus.errors import UserFacingError
from corpus.spreadsheets import read_rows, write_rows
from triangulation.convergence import parse_code, parse_meaning, parse_part
from triangulation.errors import TriangulationError
from triangulation.matrix import is_judged
from triangulation.models import (
    ORIGINS,
    SCALES,
    WEIGHTS,
    ConvergenceCode,
    Existence,
    Finding,
    Importance,
    Judgement,
    Part,
    Prominence,
    Rating,
    Row,
)

FINDING_COLUMNS = (
    "source",
    "theme",
    "row",
    "statement",
    "valence",
    "researcher",
    "prominence",
    "coverage",
    "importance",
    "excerpts",
    "question",
    "sites",
    "groups",
    "periods",
    "origin",
    "scale",
    "weight",
)
JUDGEMENT_COLUMNS = (
    "theme",
    "row",
    "source_a",
    "source_b",
    "researcher",
    "meaning",
    "prominence",
    "coverage",
    "examples",
    "speaks_a",
    "speaks_b",
    "assigned",
    "silence",
    "expected",
    "reason",
    "prominence_a",
    "prominence_b",
    "importance",
)
SILENCES = ("not_asked", "not_applicable", "asked_not_raised", "raised_then_dropped", "data_missing")
EXPECTED = ("yes", "no", "unclear")
IMPORTANCES = ("main", "minor")

ResolveTheme = Callable[[str], str | None]
"""A theme as written → its key, or None where it is not in the codebook."""


@dataclass(frozen=True)
class RefusedRow:
    """A row that was not taken, and why."""

    row: int
    reason: str


@dataclass(frozen=True)
class FindingRow:
    """A finding as the file gives it; excerpts are still words without a place in a document.

    ``origin`` and ``scale`` are None where the file does not say; a weight that it does not give is data.
    """

    number: int
    source: str
    row: Row
    statement: str
    valence: Valence | None
    researcher: str | None
    prominence: Prominence | None
    coverage: str
    importance: str | None
    excerpts: tuple[str, ...]
    question: str = ""
    sites: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    origin: str | None = None
    scale: str | None = None
    weight: str = "data"


@dataclass(frozen=True)
class JudgementRow:
    """A judgement as the file gives it, with what it says about who speaks and how much weight that has."""

    number: int
    judgement: Judgement
    existences: tuple[Existence, ...]
    ratings: tuple[Rating, ...] = ()
    importance: Importance | None = None


_T = TypeVar("_T")


def take_rows(
    rows: Iterable[tuple[int, dict[str, str]]], take: Callable[[int, dict[str, str]], _T]
) -> tuple[list[_T], list[RefusedRow]]:
    """Read each row by itself: what cannot be taken is refused with its reason, the rest goes on."""
    taken: list[_T] = []
    refused: list[RefusedRow] = []
    for number, cells in rows:
        try:
            taken.append(take(number, cells))
        except UserFacingError as error:
            refused.append(RefusedRow(number, str(error)))
    return taken, refused


def read_findings(
    path: Path, *, resolve_theme: ResolveTheme, known_sources: Collection[str] | None
) -> tuple[list[FindingRow], list[RefusedRow]]:
    """Read a file of findings.

    Parameters
    ----------
    path : Path
        CSV with commas, semicolons or tabs; UTF-8, UTF-16 with a mark, or Windows-1252.
    resolve_theme : callable
        Theme as written → key, or None. A message it raises for people becomes the reason.
    known_sources : collection of str or None
        Names a row may use; None when every name is welcome.

    Raises
    ------
    UnreadableFile
        The file as a whole cannot be read: empty, or a column is missing.
    """
    return take_rows(
        read_rows(path, needed=("source", "theme", "statement")),
        lambda number, cells: _finding_row(number, cells, resolve_theme, known_sources),
    )


def read_judgements(
    path: Path, *, resolve_theme: ResolveTheme, known_sources: Collection[str] | None
) -> tuple[list[JudgementRow], list[RefusedRow]]:
    """Read a file of judgements; arguments and errors as in `read_findings`.

    ``assigned`` alone is enough. The pair is put in sorted order of names. A researcher's second
    judgement of the same row and pair is refused, as is a second word about who speaks, the weight of
    a source or the importance of a row that contradicts an earlier row of the file, and a code that
    contradicts who speaks according to another row.
    """
    rows = read_rows(path, needed=("theme", "source_a", "source_b", "researcher"))
    taken: list[JudgementRow] = []
    refused: list[RefusedRow] = []
    before = _Before()
    for number, cells in rows:
        try:
            row = _judgement_row(number, cells, resolve_theme, known_sources)
            before.check(row)
        except UserFacingError as error:
            refused.append(RefusedRow(number, str(error)))
        else:
            before.remember(row)
            taken.append(row)
    return taken, refused


def write_findings(path: Path, findings: Iterable[Finding]) -> int:
    """Write findings in the columns that `read_findings` reads; gives their number."""
    return write_rows(
        path,
        FINDING_COLUMNS,
        (
            (
                finding.source,
                finding.row.theme,
                finding.row.statement,
                finding.statement,
                finding.valence,
                finding.researcher,
                finding.prominence,
                finding.coverage,
                finding.importance,
                _join(excerpt.quote for excerpt in finding.excerpts),
                finding.question,
                _join(finding.sites),
                _join(finding.groups),
                _join(finding.periods),
                finding.origin,
                finding.scale,
                finding.weight,
            )
            for finding in findings
        ),
    )


def write_judgements(
    path: Path,
    judgements: Iterable[Judgement],
    existences: Iterable[Existence] = (),
    ratings: Iterable[Rating] = (),
    importances: Iterable[Importance] = (),
) -> int:
    """Write judgements in the columns that `read_judgements` reads; gives their number.

    Who speaks, the rated weight of both sources and the importance of the row are written with each
    judgement of the same researcher and row. What a researcher said about a source that stands in none
    of that researcher's judgements of the row has no place in this file; nor have notes of ratings.
    """
    weights = {(rated.row, rated.source, rated.researcher): rated.prominence for rated in ratings}
    held = {(rated.row, rated.researcher): rated.importance for rated in importances}
    speaks = {(seen.row, seen.source, seen.researcher): seen.speaks for seen in existences}

    def word(judgement: Judgement, source: str) -> str:
        said = speaks.get((judgement.row, source, judgement.researcher))
        return "" if said is None else ("yes" if said else "no")

    return write_rows(
        path,
        JUDGEMENT_COLUMNS,
        (
            (
                judgement.row.theme,
                judgement.row.statement,
                judgement.source_a,
                judgement.source_b,
                judgement.researcher,
                judgement.meaning,
                judgement.prominence,
                judgement.coverage,
                judgement.examples,
                word(judgement, judgement.source_a),
                word(judgement, judgement.source_b),
                judgement.assigned,
                judgement.silence,
                judgement.expected,
                judgement.reason,
                weights.get((judgement.row, judgement.source_a, judgement.researcher)),
                weights.get((judgement.row, judgement.source_b, judgement.researcher)),
                held.get((judgement.row, judgement.researcher)),
            )
            for judgement in judgements
        ),
    )


class _Before:
    """What earlier rows of the file said, with their numbers."""

    def __init__(self) -> None:
        self._judged: dict[tuple[Row, str, str, str], int] = {}
        self._said: dict[tuple[str, ...], tuple[str, int]] = {}
        self._rows: dict[tuple[Row, str], list[JudgementRow]] = {}

    def check(self, row: JudgementRow) -> None:
        judgement = row.judgement
        earlier = self._judged.get(_place(judgement))
        if earlier is not None:
            raise TriangulationError(
                f"{judgement.researcher} judged {judgement.source_a} and {judgement.source_b} on this row "
                f"already in row {earlier}. Keep one of the two."
            )
        for about, said in _sayings(row).items():
            before, where = self._said.get(about, (said, 0))
            if before != said:
                raise TriangulationError(
                    f"row {where} says that {before} here according to {judgement.researcher}, this row says "
                    f"that {said}. Make the two alike."
                )
        self._refuse_code_against_who_speaks(row)

    def _refuse_code_against_who_speaks(self, row: JudgementRow) -> None:
        """Who speaks stands with one pair and counts for all pairs of the source, before it and after."""
        earlier = self._rows.get(_one_view(row), [])
        told = {seen.source: seen.speaks for each in (*earlier, row) for seen in each.existences}
        for judged in (row, *earlier):
            judgement = judged.judgement
            pair = (judgement.source_a, judgement.source_b)
            try:
                _refuse_contradiction(judgement, {source: told.get(source) for source in pair})
            except TriangulationError as error:
                others = [judged] if judged is not row else _telling(earlier, pair)
                where = " and ".join(str(number) for number in sorted({each.number for each in others}))
                raise TriangulationError(f"together with row {where}: {error}") from error

    def remember(self, row: JudgementRow) -> None:
        self._judged[_place(row.judgement)] = row.number
        self._rows.setdefault(_one_view(row), []).append(row)
        for about, said in _sayings(row).items():
            self._said.setdefault(about, (said, row.number))


def _sayings(row: JudgementRow) -> dict[tuple[str, ...], str]:
    """What a row says beside its comparison, each by what it is about: it must not be said otherwise."""
    judgement = row.judgement
    place = (judgement.row.theme, judgement.row.statement, judgement.researcher)
    said: dict[tuple[str, ...], str] = {
        ("speaks", seen.source, *place): f"{seen.source} speaks"
        if seen.speaks
        else f"{seen.source} does not speak"
        for seen in row.existences
    }
    for rated in row.ratings:
        said["weight", rated.source, *place] = f"the weight in {rated.source} is {rated.prominence}"
    if row.importance is not None:
        said["importance", *place] = f"the importance of the row is {row.importance.importance}"
    return said


def _one_view(row: JudgementRow) -> tuple[Row, str]:
    return row.judgement.row, row.judgement.researcher


def _telling(rows: Iterable[JudgementRow], sources: Collection[str]) -> list[JudgementRow]:
    """The rows that tell whether one of these sources speaks."""
    return [row for row in rows if any(seen.source in sources for seen in row.existences)]


def _place(judgement: Judgement) -> tuple[Row, str, str, str]:
    return judgement.row, judgement.source_a, judgement.source_b, judgement.researcher


def _finding_row(
    number: int,
    cells: Mapping[str, str],
    resolve_theme: ResolveTheme,
    known_sources: Collection[str] | None,
) -> FindingRow:
    statement = cells.get("statement", "")
    if not statement:
        raise TriangulationError("the statement is empty. Write what the source says on the theme.")
    return FindingRow(
        number=number,
        source=_source(cells, "source", known_sources),
        row=_row(cells, resolve_theme),
        statement=statement,
        valence=_one_of(Valence, cells, "valence"),
        researcher=cells.get("researcher") or None,
        prominence=_one_of(Prominence, cells, "prominence"),
        coverage=cells.get("coverage", ""),
        importance=cells.get("importance") or None,
        excerpts=_split(cells.get("excerpts", "")),
        question=cells.get("question", ""),
        sites=_split(cells.get("sites", "")),
        groups=_split(cells.get("groups", "")),
        periods=_split(cells.get("periods", "")),
        origin=_word_of(ORIGINS, cells, "origin"),
        scale=_word_of(SCALES, cells, "scale"),
        weight=_word_of(WEIGHTS, cells, "weight") or "data",
    )


def _judgement_row(
    number: int,
    cells: Mapping[str, str],
    resolve_theme: ResolveTheme,
    known_sources: Collection[str] | None,
) -> JudgementRow:
    row = _row(cells, resolve_theme)
    a, b = (_source(cells, column, known_sources) for column in ("source_a", "source_b"))
    if a == b:
        raise TriangulationError(f"the pair is {a} with itself. Name two sources.")
    researcher = cells.get("researcher", "")
    if not researcher:
        raise TriangulationError("no researcher is named. Write who judged.")
    speaks = {a: _yes_no(cells, "speaks_a"), b: _yes_no(cells, "speaks_b")}
    judgement = _judgement(row, (min(a, b), max(a, b)), researcher, cells)
    _refuse_contradiction(judgement, speaks)
    existences = tuple(
        Existence(row, source, researcher, said) for source, said in speaks.items() if said is not None
    )
    weights = {a: _one_of(Prominence, cells, "prominence_a"), b: _one_of(Prominence, cells, "prominence_b")}
    ratings = tuple(
        Rating(row, source, researcher, weight) for source, weight in weights.items() if weight is not None
    )
    held = _word_of(IMPORTANCES, cells, "importance")
    importance = None if held is None else Importance(row, researcher, held)
    return JudgementRow(number, judgement, existences, ratings, importance)


def _judgement(row: Row, pair: tuple[str, str], researcher: str, cells: Mapping[str, str]) -> Judgement:
    return Judgement(
        row,
        *pair,
        researcher,
        meaning=_parsed(
            parse_meaning, cells, "meaning", "same, complementary, contradictory, not_assessable"
        ),
        prominence=_part(cells, "prominence"),
        coverage=_part(cells, "coverage"),
        examples=_part(cells, "examples"),
        assigned=_parsed(parse_code, cells, "assigned", f"{', '.join(ConvergenceCode)}, or A, PA, P, S, D"),
        silence=_word_of(SILENCES, cells, "silence"),
        expected=_word_of(EXPECTED, cells, "expected"),
        reason=cells.get("reason", ""),
    )


def _refuse_contradiction(judgement: Judgement, speaks: Mapping[str, bool | None]) -> None:
    judged = is_judged(judgement)
    if not judged and all(said is None for said in speaks.values()):
        raise TriangulationError(
            "nothing is judged. Fill in speaks_a and speaks_b, one of the four parts, or assigned."
        )
    if judged and all(said is False for said in speaks.values()):
        raise TriangulationError(
            "neither source speaks, so there is nothing to compare. Leave the four parts and assigned "
            "empty, or correct speaks_a and speaks_b."
        )
    silent = [source for source, said in speaks.items() if said is False]
    assigned = None if judgement.reason else judgement.assigned  # a reason carries another code
    if len(silent) == 1:
        if assigned not in (None, ConvergenceCode.SILENCE):
            raise TriangulationError(
                f"{silent[0]} does not speak on it, so the code is silence, not {assigned.value}. "
                "Correct assigned, or speaks_a and speaks_b, or give the reason."
            )
    elif assigned is ConvergenceCode.SILENCE and all(speaks.values()):
        raise TriangulationError(
            "both sources speak, so the code cannot be silence. Correct assigned, or speaks_a and speaks_b, "
            "or give the reason."
        )


def _row(cells: Mapping[str, str], resolve_theme: ResolveTheme) -> Row:
    written = cells.get("theme", "")
    if not written:
        raise TriangulationError("no theme is named. Write its id or its label.")
    theme = resolve_theme(written)
    if theme is None:
        raise TriangulationError(
            f"theme '{written}' is not in the codebook. Correct it or add it to the codebook."
        )
    return Row(theme, cells.get("row", ""))


def _source(cells: Mapping[str, str], column: str, known: Collection[str] | None) -> str:
    source = cells.get(column, "")
    if not source:
        raise TriangulationError(f"{column} is empty. Name a data source.")
    if known is not None and source not in known:
        there = ", ".join(sorted(known)) or "none yet"
        raise TriangulationError(
            f"{column} '{source}' is not a source of this study ({there}). Correct the name, or let the "
            "import create sources."
        )
    return source


_M = TypeVar("_M", Valence, Prominence)
_P = TypeVar("_P")


def _one_of(kind: type[_M], cells: Mapping[str, str], column: str) -> _M | None:
    word = _word_of(tuple(kind), cells, column)
    return None if word is None else kind(word)


def _word_of(allowed: Sequence[str], cells: Mapping[str, str], column: str) -> str | None:
    written = cells.get(column, "")
    word = "_".join(written.lower().replace("-", " ").split())
    if not word:
        return None
    if word not in allowed:
        raise _out_of_set(column, written, ", ".join(allowed))
    return word


def _parsed(parse: Callable[[str], _P], cells: Mapping[str, str], column: str, allowed: str) -> _P:
    written = cells.get(column, "")
    try:
        return parse(written)
    except ValueError:
        raise _out_of_set(column, written, allowed) from None


def _part(cells: Mapping[str, str], column: str) -> Part | None:
    return _parsed(parse_part, cells, column, ", ".join(Part))


def _out_of_set(column: str, written: str, allowed: str) -> TriangulationError:
    return TriangulationError(f"{column} is '{written}'. Use one of {allowed}, or leave it empty.")


def _yes_no(cells: Mapping[str, str], column: str) -> bool | None:
    written = cells.get(column, "")
    if not written:
        return None
    said = {
        "yes": True,
        "y": True,
        "true": True,
        "1": True,
        "no": False,
        "n": False,
        "false": False,
        "0": False,
    }
    if written.lower() not in said:
        raise _out_of_set(column, written, "yes, no")
    return said[written.lower()]


def _split(cell: str) -> tuple[str, ...]:
    entries = (entry.strip() for entry in cell.split(" | "))
    return tuple(entry.replace(r"\|", "|") for entry in entries if entry)


def _join(entries: Iterable[str]) -> str:
    return " | ".join(entry.replace("|", r"\|") for entry in entries)
