"""The nouns of triangulation (Farmer et al. 2006)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from codebook.models import Valence


class ConvergenceCode(StrEnum):
    """What a pair of sources says on a row. Where neither speaks there is no code: None."""

    AGREEMENT = "agreement"
    PARTIAL = "partial"
    SILENCE = "silence"
    DISSONANCE = "dissonance"
    UNDETERMINED = "undetermined"


class Meaning(StrEnum):
    SAME = "same"
    COMPLEMENTARY = "complementary"
    CONTRADICTORY = "contradictory"
    NOT_ASSESSABLE = "not_assessable"


class Part(StrEnum):
    """Prominence, coverage and examples are compared as the same or different."""

    SAME = "same"
    DIFFERENT = "different"
    NOT_ASSESSABLE = "not_assessable"


class Rule(StrEnum):
    PARTS = "parts"
    ELEMENTS_STRICT = "elements_strict"
    MEANING_PROMINENCE = "meaning_prominence"
    MEANING_FIRST = "meaning_first"
    OWN = "own"


class Prominence(StrEnum):
    """How much weight a source itself gives a statement; rated within the source."""

    MAIN = "main"
    SECONDARY = "secondary"
    PASSING = "passing"


@dataclass(frozen=True, order=True)
class Row:
    """A row of the matrix: a statement under a theme. An empty statement is the theme itself."""

    theme: str
    statement: str = ""


@dataclass(frozen=True)
class Excerpt:
    """A quote that a finding rests on, with its place.

    ``document_id``, ``start_char`` and ``end_char`` are None, and ``title`` is empty, where the
    words were given with the finding but stand in no document of the study. ``version_id`` is the
    version of the text that the place is in, None where it is not known.
    """

    document_id: UUID | None
    title: str
    start_char: int | None
    end_char: int | None
    quote: str
    coding_id: UUID | None = None
    version_id: UUID | None = None


@dataclass(frozen=True)
class Finding:
    """What one source says on a theme, in plain words, with the excerpts it rests on.

    ``origin`` says what it was made from (`ORIGINS`), ``scale`` whether it speaks of the macro, meso
    or micro level (`SCALES`); both are None where nobody said. ``weight`` tells commentary from data.
    ``question`` is the research question that it answers, empty where none is named; ``sites``,
    ``groups`` and ``periods`` are what it covers, empty where nothing is named.
    """

    id: UUID
    source: str
    row: Row
    statement: str
    valence: Valence | None = None
    researcher: str | None = None
    prominence: Prominence | None = None
    coverage: str = ""
    importance: str | None = None
    excerpts: tuple[Excerpt, ...] = ()
    question: str = ""
    sites: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    origin: str | None = None
    scale: str | None = None
    weight: str = "data"


#: What a finding can be made from.
ORIGINS = ("codings", "framework", "survey", "hand")

#: Of which level of a health system a finding speaks.
SCALES = ("macro", "meso", "micro")

#: What a finding rests on: data of the study, or somebody's commentary on it.
WEIGHTS = ("data", "commentary")


@dataclass(frozen=True)
class Existence:
    """Whether a source speaks on a row, as one researcher judged. None means not judged."""

    row: Row
    source: str
    researcher: str
    speaks: bool


@dataclass(frozen=True)
class Judgement:
    """One researcher's comparison of a pair of sources on a row.

    ``source_a`` sorts before ``source_b``. A part that is None was not judged; that is not the
    same as ``not_assessable``. ``assigned`` is the code the researcher gave in place of, or
    without, a derived one; ``reason`` says why.
    """

    row: Row
    source_a: str
    source_b: str
    researcher: str
    meaning: Meaning | None = None
    prominence: Part | None = None
    coverage: Part | None = None
    examples: Part | None = None
    assigned: ConvergenceCode | None = None
    silence: str | None = None
    expected: str | None = None
    reason: str = ""


@dataclass(frozen=True)
class Cell:
    """A row × pair as one researcher sees it. ``code`` is the assigned code, else the derived one.

    ``speaks_a`` and ``speaks_b`` are None where nobody said whether the source speaks, which
    happens when a researcher assigned silence without saying which source is silent. ``own`` is False
    where the code follows from findings that the researcher said nothing of: it is shown, and is no
    view of theirs.
    """

    row: Row
    source_a: str
    source_b: str
    researcher: str
    speaks_a: bool | None
    speaks_b: bool | None
    derived: ConvergenceCode | None
    assigned: ConvergenceCode | None
    parts_judged: int
    judgement: Judgement | None = None
    own: bool = True

    @property
    def code(self) -> ConvergenceCode | None:
        return self.assigned if self.assigned is not None else self.derived

    @property
    def view(self) -> ConvergenceCode | None:
        """The code, where it is the researcher's own view; None where findings alone give it."""
        return self.code if self.own else None


@dataclass(frozen=True)
class ConvergenceMatrix:
    """Rows × pairs of sources, one cell per researcher who looked at it.

    ``index`` is the source that all others are compared with; None: every pair is compared.
    ``judgements`` are those of the researchers, also of pairs that are not compared and have no cell.
    """

    rule: Rule
    sources: tuple[str, ...]
    rows: tuple[Row, ...]
    pairs: tuple[tuple[str, str], ...]
    researchers: tuple[str, ...]
    cells: tuple[Cell, ...]
    index: str | None = None
    judgements: tuple[Judgement, ...] = ()


class About(StrEnum):
    """What researchers can see differently, and settle."""

    EXISTENCE = "existence"
    CODE = "code"
    IMPORTANCE = "importance"
    PROMINENCE = "prominence"


@dataclass(frozen=True)
class Rating:
    """How much weight a source gives a row, as one researcher rates it within that source.

    ``prominence`` is None where the researcher wrote a note but rated nothing.
    """

    row: Row
    source: str
    researcher: str
    prominence: Prominence | None = None
    note: str = ""


@dataclass(frozen=True)
class Importance:
    """Whether one researcher holds a row for a ``main`` or a ``minor`` finding."""

    row: Row
    researcher: str
    importance: str


@dataclass(frozen=True)
class Resolution:
    """How researchers settled what they saw differently; their first judgements stay as they are.

    A code is of a pair, existence and prominence are of ``source_a`` alone, importance is of the row:
    sources that do not belong to it are None. ``outcome`` is what was agreed on, as the value of its
    enum (existence: ``yes`` or ``no``); None means that it stays unresolved.
    """

    row: Row
    about: About
    source_a: str | None
    source_b: str | None
    outcome: str | None
    reason: str
    decided_by: tuple[str, ...] = ()
    minority: str = ""
    minority_by: str | None = None
    at: str = ""
