"""What a report is made from: values that a service reads, each with what people wrote and counted.

None, or an empty tuple, means that there is no such part in the study; the report then says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from codebook.models import Valence
from triangulation.alignment import Alignment
from triangulation.assessment import GlobalJudgement
from triangulation.chronicle import Chronicle
from triangulation.completeness import SourceNote
from triangulation.consensus import TeamView
from triangulation.dependence import PersonRoles
from triangulation.feedback import FeedbackRegister
from triangulation.models import Excerpt, Importance, Rating, Resolution, Row
from triangulation.protocol import Protocol, ProtocolChange
from triangulation.relations import Relation
from triangulation.robustness import Robustness
from triangulation.threads import Thread
from triangulation.workups import Card

#: Where a quote stands: document, first and last character.
QuotePlace = tuple[UUID | None, int | None, int | None]


@dataclass(frozen=True)
class SourceSummary:
    """A data source as the report lists it; ``coded_by`` names its coders, ``period`` is in words.

    ``participants`` is n in words, as the team wrote it; ``people`` is what the table of participants tells
    (`triangulation.people`). ``steered_by`` names who steered the programme that the source tells of.
    """

    label: str
    kind: str
    documents: int
    period: str = ""
    coded_by: tuple[str, ...] = ()
    participants: str = ""
    collected_by: tuple[str, ...] = ()
    steered_by: tuple[str, ...] = ()
    weight: str = "data"
    scale: str = ""
    note: str = ""
    guides: tuple[str, ...] = ()
    people: str = ""


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
class FeedbackGroup:
    """A group that was asked, what it answered, and the days on which something was handed to it."""

    name: str
    register: FeedbackRegister
    handed_over: tuple[str, ...] = ()


@dataclass(frozen=True)
class ItemAnswer:
    """An answer to an item of a reporting standard; ``origin`` says where it comes from."""

    text: str
    origin: str


@dataclass(frozen=True)
class Audit:
    """The state of the log that the report was counted from; None: it may not be told to this reader."""

    app_version: str
    events: int | None = None
    head_hash: str = ""
    verified: str = ""  # what a check of the log found, if one was run


@dataclass(frozen=True)
class MovedRow:
    """A row that goes on under another: ``kind`` is ``rename``, ``merge`` or ``match``."""

    kind: str
    row: Row
    into: Row


@dataclass(frozen=True)
class Around:
    """What stands around the matrix: the other steps of the protocol, and what people wrote.

    ``cards`` is None where work-ups were not read; the rows that ask for one are then named as lacking it.
    """

    protocol: Protocol | None = None
    protocol_changes: tuple[ProtocolChange, ...] = ()
    people: tuple[PersonRoles, ...] = ()
    moves: tuple[MovedRow, ...] = ()
    alignment: Alignment | None = None
    opportunities: Mapping[tuple[Row, str], str] = field(default_factory=dict)
    opportunities_by_kind: int = 0  # those that rest on the kind of source alone
    ratings: tuple[Rating, ...] = ()
    importances: tuple[Importance, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    team: TeamView | None = None
    global_judgements: tuple[GlobalJudgement, ...] = ()
    source_notes: tuple[SourceNote, ...] = ()
    cards: tuple[Card, ...] | None = None
    feedback: tuple[FeedbackGroup, ...] = ()
    relations: tuple[Relation, ...] = ()
    threads: tuple[Thread, ...] = ()
    chronicle: Chronicle | None = None
    robustness: Robustness | None = None
    texts: Mapping[str, str] = field(default_factory=dict)  # part of the report → what people wrote
    answers: Mapping[str, Mapping[int, ItemAnswer]] = field(default_factory=dict)  # standard → item → answer
    speakers: Mapping[QuotePlace, str] = field(default_factory=dict)
    audit: Audit | None = None
    blind_rounds: int = 0  # open now
