"""Step 4 of the protocol: what each source adds, what only one source holds, and where gaps remain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from triangulation.errors import TriangulationError
from triangulation.matrix import own_existence
from triangulation.models import ConvergenceCode, ConvergenceMatrix, Existence, Finding, Row
from triangulation.sorting import SortingTable, sort_findings


class Presence(StrEnum):
    """Whether a source speaks on a row, over findings and researchers together."""

    PRESENT = "present"
    UNIQUE = "unique"
    ABSENT = "absent"
    DISPUTED = "disputed"
    UNKNOWN = "unknown"


class State(StrEnum):
    """Presence together with the opportunity: whether an absent source was asked, or could have spoken.

    ``absent`` stays where the opportunity map says nothing of the row and source.
    """

    PRESENT = "present"
    UNIQUE = "unique"
    ASKED_ABSENT = "asked_but_absent"
    RAISABLE_ABSENT = "could_be_raised_but_absent"
    NOT_ASKED = "not_asked"
    ABSENT = "absent"
    DISPUTED = "disputed"
    UNKNOWN = "unknown"


#: What an absence is, by the opportunity that the source had.
_ABSENT_AS = {
    "asked": State.ASKED_ABSENT,
    "could_be_raised": State.RAISABLE_ABSENT,
    "not_asked": State.NOT_ASKED,
}

_PRESENT = (Presence.PRESENT, Presence.UNIQUE)


@dataclass(frozen=True)
class SourceNote:
    """What a source adds, in the words of a researcher, or of the team where ``researcher`` is None.

    ``alone`` says whether it was written before that researcher had locked; None for the team's.
    """

    source: str
    researcher: str | None
    text: str
    written_by: str = ""
    at: dt.datetime | None = None
    alone: bool | None = None


@dataclass(frozen=True)
class Adds:
    """What a source brings: the rows that only it has, and those it shares with others.

    ``open`` are rows on which no other is known to speak, and of some it is not known whether they do.
    """

    source: str
    only: tuple[Row, ...]
    shared: tuple[Row, ...]
    open: tuple[Row, ...] = ()

    @property
    def present(self) -> int:
        """On how many rows the source speaks."""
        return len(self.only) + len(self.shared) + len(self.open)


@dataclass(frozen=True)
class LostWithout:
    """What would be lost if a source were left out.

    ``rows`` would vanish, ``single_source`` would rest on one source alone; rows of which it is not known
    whether another source speaks are in neither. ``pairs`` could not be compared
    any more. ``dissonances`` (row and pair) are those that any visible researcher sees and that would no
    longer be seen; ``dissonant_rows`` are the rows of these in which no dissonance would be left.
    """

    source: str
    rows: tuple[Row, ...]
    single_source: tuple[Row, ...]
    pairs: tuple[tuple[str, str], ...]
    dissonances: tuple[tuple[Row, tuple[str, str]], ...]
    dissonant_rows: tuple[Row, ...]


@dataclass(frozen=True)
class Completeness:
    """Row × source. ``unique`` is present in this source alone, all others being absent.

    ``states`` tells of absences also whether the source was asked. ``raised_by_nobody`` are rows on which
    all sources are absent; ``asked_of_all`` are those of them that every source was asked about, which is
    evidence: a question that nobody answers with it. ``covered`` are the rows on which any source speaks.
    """

    presence: Mapping[tuple[Row, str], Presence]
    raised_by_nobody: tuple[Row, ...]
    states: Mapping[tuple[Row, str], State] = field(default_factory=dict)
    asked_of_all: tuple[Row, ...] = ()
    covered: tuple[Row, ...] = ()
    adds: tuple[Adds, ...] = ()
    lost_without: tuple[LostWithout, ...] = ()

    def rows_with(self, source: str, presence: Presence) -> tuple[Row, ...]:
        """The rows on which a source has a given presence."""
        return tuple(
            row for (row, name), seen in self.presence.items() if name == source and seen is presence
        )

    def rows_as(self, source: str, state: State) -> tuple[Row, ...]:
        """The rows on which a source is in a given state."""
        return tuple(row for (row, name), seen in self.states.items() if name == source and seen is state)


def compare_completeness(
    matrix: ConvergenceMatrix,
    findings: Iterable[Finding] = (),
    existences: Iterable[Existence] = (),
    *,
    opportunities: Mapping[tuple[Row, str], str] | None = None,
) -> Completeness:
    """Say for every row and source whether it is raised there, and what each source adds.

    The researchers' own views come first: present or absent where those who have one are of one
    mind, disputed where they are not. Without any view the findings decide: a source without a
    finding is absent if another source has one on the row, and unknown if none has. A source that has no
    finding on any row, and of which nobody has said anything, was not looked at: it is unknown everywhere.

    Parameters
    ----------
    opportunities : mapping, optional
        (row, source) → ``asked``, ``could_be_raised`` or ``not_asked``: whether the source could speak.

    Raises
    ------
    TriangulationError
        An opportunity outside its set.

    Examples
    --------
    >>> from uuid import UUID
    >>> from triangulation.matrix import build_matrix
    >>> fund = Row("ECO-FUND", "Money ends")
    >>> said = [Finding(UUID(int=1), "Minutes", fund, "It ends in December"),
    ...         Finding(UUID(int=2), "Survey", Row("PRO-TIME"), "There is no time")]
    >>> matrix = build_matrix([], [], [], [], said)
    >>> found = compare_completeness(matrix, said, opportunities={(fund, "Survey"): "not_asked"})
    >>> found.states[fund, "Minutes"].value, found.states[fund, "Survey"].value
    ('unique', 'not_asked')
    """
    sorting = sort_findings(findings, rows=matrix.rows)
    view = own_existence(existences, matrix.judgements, sorting)
    looked_at = {source for _, source in sorting.placed} | {source for _, source, _ in view}
    presence: dict[tuple[Row, str], Presence] = {}
    for row in matrix.rows:
        seen = {
            source: _presence(
                row,
                source,
                {view[key] for p in matrix.researchers if (key := (row, source, p)) in view},
                sorting,
                looked_at=source in looked_at,
            )
            for source in matrix.sources
        }
        presence.update({(row, source): kind for source, kind in _mark_unique(seen).items()})
    nobody = tuple(
        row for row in matrix.rows if all(presence[row, s] is Presence.ABSENT for s in matrix.sources)
    )
    states = {place: _state(place, kind, opportunities or {}) for place, kind in presence.items()}
    speaking = _rows_with_sources(matrix, presence, _PRESENT)
    heard = _rows_with_sources(matrix, presence, (*_PRESENT, Presence.DISPUTED))
    unknown = _rows_with_sources(matrix, presence, (Presence.UNKNOWN,))
    return Completeness(
        presence=presence,
        raised_by_nobody=nobody,
        states=states,
        asked_of_all=tuple(
            row for row in nobody if all(states[row, s] is State.ASKED_ABSENT for s in matrix.sources)
        ),
        covered=tuple(row for row, sources in speaking.items() if sources),
        adds=tuple(_adds(source, speaking, heard, unknown) for source in matrix.sources),
        lost_without=tuple(
            _lost_without(source, matrix, speaking, heard, unknown) for source in matrix.sources
        ),
    )


def _state(place: tuple[Row, str], presence: Presence, opportunities: Mapping[tuple[Row, str], str]) -> State:
    if presence is not Presence.ABSENT:
        return State(presence.value)
    opportunity = opportunities.get(place)
    if opportunity is None:
        return State.ABSENT
    if opportunity not in _ABSENT_AS:
        raise TriangulationError(f"'{opportunity}' is none of {', '.join(_ABSENT_AS)}")
    return _ABSENT_AS[opportunity]


def _rows_with_sources(
    matrix: ConvergenceMatrix, presence: Mapping[tuple[Row, str], Presence], kinds: Collection[Presence]
) -> dict[Row, set[str]]:
    return {row: {s for s in matrix.sources if presence[row, s] in kinds} for row in matrix.rows}


def _adds(
    source: str,
    speaking: Mapping[Row, set[str]],
    heard: Mapping[Row, set[str]],
    unknown: Mapping[Row, set[str]],
) -> Adds:
    """Rows that a source alone has, rows that another has too, and rows of which that is not known."""
    has = [row for row, sources in speaking.items() if source in sources]
    alone = [row for row in has if heard[row] == {source}]
    return Adds(
        source,
        only=tuple(row for row in alone if not unknown[row]),
        shared=tuple(row for row in has if heard[row] != {source}),
        open=tuple(row for row in alone if unknown[row]),
    )


def _lost_without(
    source: str,
    matrix: ConvergenceMatrix,
    speaking: Mapping[Row, set[str]],
    heard: Mapping[Row, set[str]],
    unknown: Mapping[Row, set[str]],
) -> LostWithout:
    left = {
        row: heard[row] - {source}
        for row, sources in speaking.items()
        if source in sources and not unknown[row]
    }
    dissonant = {
        (cell.row, (cell.source_a, cell.source_b))
        for cell in matrix.cells
        if cell.code is ConvergenceCode.DISSONANCE
    }
    lost = tuple(
        (row, pair)
        for row in matrix.rows
        for pair in matrix.pairs
        if source in pair and (row, pair) in dissonant
    )
    kept = {row for row, pair in dissonant if source not in pair}
    return LostWithout(
        source=source,
        rows=tuple(row for row, others in left.items() if not others),
        single_source=tuple(row for row, others in left.items() if len(others) == 1),
        pairs=tuple(pair for pair in matrix.pairs if source in pair),
        dissonances=lost,
        dissonant_rows=tuple(dict.fromkeys(row for row, _ in lost if row not in kept)),
    )


def _presence(row: Row, source: str, views: set[bool], sorting: SortingTable, *, looked_at: bool) -> Presence:
    if len(views) == 2:
        return Presence.DISPUTED
    if views:
        return Presence.PRESENT if True in views else Presence.ABSENT
    if sorting.findings(row, source):
        return Presence.PRESENT
    return Presence.ABSENT if looked_at and sorting.has_findings(row) else Presence.UNKNOWN


def _mark_unique(seen: Mapping[str, Presence]) -> dict[str, Presence]:
    """Present in one source while all others are absent; one source alone cannot be compared."""
    present = [source for source, kind in seen.items() if kind is Presence.PRESENT]
    absent = [source for source, kind in seen.items() if kind is Presence.ABSENT]
    if len(present) == 1 and absent and len(absent) == len(seen) - 1:
        return {**seen, present[0]: Presence.UNIQUE}
    return dict(seen)
