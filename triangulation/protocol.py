"""Step 0, the protocol page: what the team lays down before the sources are compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from uuid import UUID

from triangulation.models import ConvergenceCode, Rule
from triangulation.opportunity import SaidOpportunity

ALL_PAIRS, INDEX = "all_pairs", "index"
TOGETHER, ALONE = "together", "alone"
DATA, COMMENTARY = "data", "commentary"
SCALES = ("macro", "meso", "micro")
SAME_PEOPLE, SAME_STUDY, OTHER = "same_people", "same_study", "other"

#: The codes that a team may name in its own way; what stays undetermined is no code.
NAMED_CODES = (
    ConvergenceCode.AGREEMENT,
    ConvergenceCode.PARTIAL,
    ConvergenceCode.SILENCE,
    ConvergenceCode.DISSONANCE,
)


@dataclass(frozen=True)
class CodeName:
    """A code as a team calls it, and what it means by it."""

    name: str
    explanation: str = ""


@dataclass(frozen=True)
class CodeSet:
    """The four codes under a team's names: code → name and explanation."""

    codes: Mapping[ConvergenceCode, CodeName]

    def name(self, code: ConvergenceCode) -> str:
        """How a code is called; one that is not named keeps its own word."""
        named = self.codes.get(code)
        return named.name if named else code.value

    def explanation(self, code: ConvergenceCode) -> str:
        """What is meant by a code; empty where nobody wrote it."""
        named = self.codes.get(code)
        return named.explanation if named else ""


def farmer_codes() -> CodeSet:
    """The four codes as Farmer et al. (2006) name them.

    >>> farmer_codes().name(ConvergenceCode.PARTIAL)
    'Partial agreement'
    """
    return CodeSet(
        MappingProxyType(
            {
                ConvergenceCode.AGREEMENT: CodeName(
                    "Agreement",
                    "The sources agree on both elements: meaning and prominence, coverage and examples.",
                ),
                ConvergenceCode.PARTIAL: CodeName("Partial agreement", "They agree on one, but not on both."),
                ConvergenceCode.SILENCE: CodeName(
                    "Silence", "One source covers the theme or example, the other says nothing on it."
                ),
                ConvergenceCode.DISSONANCE: CodeName("Dissonance", "They disagree on both elements."),
            }
        )
    )


def racine_codes() -> CodeSet:
    """The categories of Racine et al. (Health Expectations 2020;23:870-883), explained in own words."""
    return CodeSet(
        MappingProxyType(
            {
                ConvergenceCode.AGREEMENT: CodeName("Convergence", "The sources say the same."),
                ConvergenceCode.PARTIAL: CodeName(
                    "Complementarity",
                    "Each adds something of its own, and they do not contradict each other.",
                ),
                ConvergenceCode.SILENCE: CodeName("Silence", "One source speaks, the other does not."),
                ConvergenceCode.DISSONANCE: CodeName("Dissonance", "The sources contradict each other."),
            }
        )
    )


@dataclass(frozen=True)
class Written:
    """When something was written, ISO 8601, and by whom."""

    at: str
    by: str


@dataclass(frozen=True)
class ProtocolPage:
    """The plan of the comparison.

    Attributes
    ----------
    compare : str
        ``all_pairs``, or ``index``: one source, ``index``, against each of the others.
    sorting : str
        ``together`` or ``alone``.
    settling : str
        How disagreement is settled, and who decides.
    judges : tuple of str
        Who judges; empty: whoever is in the study.
    codes : CodeSet or None
        The team's own names; None: those of Farmer et al.
    """

    questions: tuple[str, ...] = ()
    compare: str = ALL_PAIRS
    index: str | None = None
    sorting: str = TOGETHER
    settling: str = ""
    judges: tuple[str, ...] = ()
    codes: CodeSet | None = None


@dataclass(frozen=True)
class SourceDetail:
    """What the protocol says of a source, beside what its documents tell.

    ``participants`` is n in words, ``period`` is empty where the documents' dates say it. ``coded`` names
    who coded it elsewhere. ``scale`` is ``macro``, ``meso``, ``micro`` or None.
    """

    participants: str = ""
    period: str = ""
    weight: str = DATA
    scale: str | None = None
    note: str = ""
    collected: tuple[str, ...] = ()
    coded: tuple[str, ...] = ()
    steered: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProtocolSource:
    """A source as the protocol page shows it.

    Attributes
    ----------
    documents : int
        How many documents of it are in the study.
    dates : tuple of str
        The first and last date of its documents, ISO 8601; empty where none has a date.
    coders : tuple of str
        Who has coded in it here, as far as the reader of the page may know.
    """

    label: str
    kind: str
    documents: int = 0
    dates: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    detail: SourceDetail = field(default_factory=SourceDetail)

    @property
    def period(self) -> str:
        """The period as it was written, else as the documents' dates tell it; empty where neither does."""
        return self.detail.period or " to ".join(dict.fromkeys(self.dates))

    @property
    def coded_by(self) -> tuple[str, ...]:
        """Who coded it, here and elsewhere."""
        return tuple(dict.fromkeys((*self.coders, *self.detail.coded)))


@dataclass(frozen=True)
class Guide:
    """An interview guide, questionnaire or agenda of a source: what was asked."""

    id: UUID
    source: str
    title: str
    text: str


@dataclass(frozen=True)
class Dependence:
    """Two sources that do not speak independently: ``same_people``, ``same_study`` or ``other``."""

    source_a: str
    source_b: str
    kind: str
    note: str = ""


@dataclass(frozen=True)
class Protocol:
    """The whole protocol as one person may read it.

    Attributes
    ----------
    written : Written or None
        When the page was last written; None where nothing but defaults holds.
    fixed : Written or None
        When it was fixed; None: not yet.
    fixed_before_judging : bool or None
        None where nothing is judged yet, as far as the reader may know.
    """

    rule: Rule = Rule.PARTS
    page: ProtocolPage = field(default_factory=ProtocolPage)
    sources: tuple[ProtocolSource, ...] = ()
    guides: tuple[Guide, ...] = ()
    opportunities: tuple[SaidOpportunity, ...] = ()
    dependences: tuple[Dependence, ...] = ()
    written: Written | None = None
    fixed: Written | None = None
    fixed_before_judging: bool | None = None

    @property
    def is_fixed(self) -> bool:
        return self.fixed is not None

    @property
    def codes(self) -> CodeSet:
        """The names under which the codes are shown: the team's own under the rule ``own``."""
        own = self.page.codes if self.rule is Rule.OWN else None
        return own or farmer_codes()

    @property
    def index(self) -> str | None:
        """The source that all others are compared with; None: all pairs are compared."""
        return self.page.index if self.page.compare == INDEX else None


@dataclass(frozen=True)
class ChangedLine:
    """One thing that a change altered: of what, which field, before and after (empty: nothing was said)."""

    of: str
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class ProtocolChange:
    """A change of the protocol: who made it when and why, and what it altered.

    ``after_fixing`` tells the changes that a report prints with their reasons.
    """

    at: str
    by: str
    reason: str
    part: str
    lines: tuple[ChangedLine, ...]
    after_fixing: bool
