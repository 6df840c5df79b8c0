"""Work-up of a row in which sources contradict each other, or one is silent against expectation.

The tool says which rows ask for one and which lack it; what is made of them is written by people.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from triangulation.assessment import SilentSource, silent_sources
from triangulation.models import ConvergenceCode, ConvergenceMatrix, Existence, Finding, Row

#: The questions of a work-up in their order, after Moffatt et al. (2006), by the name of the field.
QUESTIONS = ("methods", "rigour", "comparability", "further_data", "intervention", "outcomes")

#: All that can be written on a card.
FIELDS = (*QUESTIONS, "no_inquiry", "conclusion")


class Why(StrEnum):
    """What makes a row ask for a work-up."""

    DISSONANCE = "dissonance"
    UNEXPECTED_SILENCE = "unexpected_silence"


@dataclass(frozen=True)
class Reason:
    """Why a row asks for a work-up: a dissonant pair, or a source that is silent against expectation.

    ``sources`` are the two of the pair, or the one that is silent; ``researchers`` those who see it so.
    """

    why: Why
    sources: tuple[str, ...]
    researchers: tuple[str, ...]


@dataclass(frozen=True)
class WorkUp:
    """What a team made of a row; an empty text is a question not answered.

    The six questions: do the ``methods`` measure different things; the ``rigour`` of each; the
    ``comparability`` of the data sets; whether ``further_data`` are needed; how the ``intervention`` really
    ran; whether ``outcomes`` match. ``no_inquiry`` says why there is no further inquiry.
    """

    row: Row
    methods: str = ""
    rigour: str = ""
    comparability: str = ""
    further_data: str = ""
    intervention: str = ""
    outcomes: str = ""
    no_inquiry: str = ""
    conclusion: str = ""
    written_by: str = ""
    at: dt.datetime | None = None
    version: int = 1

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The questions that nobody has answered yet; "does not apply" is an answer."""
        return tuple(name for name in QUESTIONS if not getattr(self, name).strip())

    @property
    def is_complete(self) -> bool:
        """Whether it says why there is no further inquiry, or answers all six questions and concludes."""
        if self.no_inquiry.strip():
            return True
        return not self.unanswered and bool(self.conclusion.strip())


class WorkUpState(StrEnum):
    MISSING = "missing"
    BEGUN = "begun"
    COMPLETE = "complete"


@dataclass(frozen=True)
class Card:
    """A row that asks for a work-up, why, and what was made of it so far.

    ``reasons`` is empty where a card was written for a row that does not ask for one (any more).
    """

    row: Row
    reasons: tuple[Reason, ...]
    work_up: WorkUp | None = None

    @property
    def state(self) -> WorkUpState:
        if self.work_up is None:
            return WorkUpState.MISSING
        return WorkUpState.COMPLETE if self.work_up.is_complete else WorkUpState.BEGUN

    @property
    def is_lacking(self) -> bool:
        """Whether the row asks for a work-up that is not there, or not complete."""
        return bool(self.reasons) and self.state is not WorkUpState.COMPLETE


def rows_to_work_up(
    matrix: ConvergenceMatrix,
    opportunities: Mapping[tuple[Row, str], str] | None = None,
    existences: Iterable[Existence] = (),
    findings: Iterable[Finding] = (),
) -> dict[Row, tuple[Reason, ...]]:
    """The rows that ask for a work-up, with the reasons: a dissonance, or an unexpected silence.

    Parameters
    ----------
    matrix : ConvergenceMatrix
        One view is enough: what any of its researchers sees counts.
    opportunities : mapping, optional
        (row, source) → ``asked``, ``could_be_raised`` or ``not_asked``.
    existences, findings : iterables
        What the matrix was built from, for its silences (see `triangulation.assessment.silent_sources`).

    Notes
    -----
    A silence is unexpected where a researcher said that it was not expected, or that this is unclear
    although the source was asked: by the opportunity map, or by the kind ``asked_not_raised`` that the
    researcher gave the silence. A silence of which nobody said anything is not called unexpected.

    References
    ----------
    .. [1] A. O'Cathain, E. Murphy, J. Nicholl, "Three techniques for integrating data in mixed methods
       studies", BMJ 341:c4587, 2010.

    Examples
    --------
    >>> from triangulation.matrix import build_matrix
    >>> from triangulation.models import Judgement
    >>> seen = Judgement(Row("ECO-FUND"), "Interviews", "Minutes", "Ann", assigned=ConvergenceCode.DISSONANCE)
    >>> [(r.why.value, r.sources) for r in rows_to_work_up(build_matrix([], [], [], [seen], []))[seen.row]]
    [('dissonance', ('Interviews', 'Minutes'))]
    """
    asked = opportunities or {}
    seen: dict[tuple[Row, Why, tuple[str, ...]], list[str]] = {}
    for cell in matrix.cells:
        if cell.code is ConvergenceCode.DISSONANCE:
            pair = (cell.source_a, cell.source_b)
            seen.setdefault((cell.row, Why.DISSONANCE, pair), []).append(cell.researcher)
    for silent in silent_sources(matrix, existences, findings):
        if _is_unexpected(silent, asked):
            place = (silent.row, Why.UNEXPECTED_SILENCE, (silent.source,))
            seen.setdefault(place, []).append(silent.researcher)
    reasons: dict[Row, list[Reason]] = {row: [] for row in matrix.rows}
    for (row, why, sources), people in seen.items():
        reasons[row].append(Reason(why, sources, tuple(people)))
    return {row: tuple(found) for row, found in reasons.items() if found}


def _is_unexpected(silent: SilentSource, opportunities: Mapping[tuple[Row, str], str]) -> bool:
    if "no" in silent.expected:
        return True
    was_asked = (
        opportunities.get((silent.row, silent.source)) == "asked" or "asked_not_raised" in silent.kinds
    )
    return was_asked and "unclear" in silent.expected


def cards_for(needs: Mapping[Row, tuple[Reason, ...]], work_ups: Iterable[WorkUp]) -> tuple[Card, ...]:
    """Every row that asks for a work-up with its card, then cards of rows that ask for none (any more)."""
    written = {work_up.row: work_up for work_up in work_ups}
    asked = [Card(row, reasons, written.get(row)) for row, reasons in needs.items()]
    return (*asked, *(Card(row, (), work_up) for row, work_up in written.items() if row not in needs))


def lacking(cards: Iterable[Card]) -> tuple[Row, ...]:
    """The rows that ask for a work-up and lack one, or whose card is not complete: the report names them.

    >>> card = Card(Row("ECO-FUND"), (Reason(Why.DISSONANCE, ("Interviews", "Minutes"), ("Ann",)),))
    >>> lacking([card])
    (Row(theme='ECO-FUND', statement=''),)
    """
    return tuple(card.row for card in cards if card.is_lacking)
