"""Step 6 of the protocol: what is handed to a group of stakeholders, and what they answer.

The packet speaks to people who do not know the method. It names no group of participants that is so
small that somebody could be recognised. Answers are counted and listed as they are: disagreement is
kept, silence of the invited is named, and an answer without a consequence is a reminder, no error.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from triangulation.models import Cell, ConvergenceCode, ConvergenceMatrix, Row
from triangulation.researchers import ResearcherComparison

#: What whoever asks for feedback should keep in mind; printed with the register.
POWER_NOTE = (
    "Who asks, who pays and who is in the room decide what people dare to say. Agreement of a group that "
    "depends on the programme is weak evidence; silence is no agreement. Ask those with less power apart, "
    "keep disagreement as it was said, and tell the group what changed because of it."
)

A_FEW = "a few people"


class Answer(StrEnum):
    AGREE = "agree"
    DISAGREE = "disagree"
    COMMENT = "comment"


@dataclass(frozen=True)
class Voice:
    """A source that speaks on a statement.

    ``people`` is how many people speak in that source; None where it is not made of people
    (reports of meetings, a register), so that nobody could be recognised by their number.
    """

    source: str
    people: int | None = None


@dataclass(frozen=True)
class Quote:
    """Words from a source, with the label of who said them where that may be shown."""

    text: str
    said_by: str = ""


@dataclass(frozen=True)
class PacketItem:
    """A statement as it is put before a group; ``convergence`` is empty where the team has no code for it."""

    number: int
    row: Row
    statement: str
    support: str
    convergence: str = ""
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True)
class PacketLevel:
    name: str
    items: tuple[PacketItem, ...]


@dataclass(frozen=True)
class Packet:
    """What a group is asked to read and to answer."""

    study: str
    group: str
    questions: tuple[str, ...]
    levels: tuple[PacketLevel, ...]
    date: str

    @property
    def items(self) -> tuple[PacketItem, ...]:
        return tuple(item for level in self.levels for item in level.items)


def support_words(voices: Sequence[Voice], *, smallest: int) -> str:
    """Who says it, for lay readers; a source of fewer people than ``smallest`` is not named.

    >>> support_words([Voice("Meeting reports"), Voice("Patient interviews", 2)], smallest=5)
    'Meeting reports and a few people'
    >>> support_words([], smallest=5)
    'no source'
    """
    named = [voice.source for voice in voices if not is_small(voice, smallest)]
    if len(named) < len(voices):
        named.append(A_FEW)
    return _listed(named) or "no source"


def is_small(voice: Voice, smallest: int) -> bool:
    """Whether a source is of so few people that it is not named."""
    return voice.people is not None and voice.people < smallest


def convergence_words(codes: Collection[ConvergenceCode | None], speaking: int) -> str:
    """How far the sources that speak go together, for lay readers; empty where the team has no code.

    Parameters
    ----------
    codes : collection of ConvergenceCode or None
        The team's codes of the pairs of sources on one row; None: researchers differ and have not settled it.
    speaking : int
        How many sources speak on it.

    Examples
    --------
    >>> convergence_words([ConvergenceCode.SILENCE], 1)
    'Only one kind of source speaks of this.'
    >>> convergence_words([ConvergenceCode.PARTIAL, ConvergenceCode.SILENCE], 2)
    'The sources do not say quite the same: they differ in how much, where or in what they say.'

    Notes
    -----
    A code does not tell in what sources differ: under some rules a dissonance is one of weight alone, under
    others opposed meanings are partial agreement. So the words name all that it can be. Pairs that are
    undetermined leave open whether all say the same, and then nothing is said.
    """
    if speaking == 1:
        return "Only one kind of source speaks of this."
    both = {code for code in codes if code is not ConvergenceCode.SILENCE}
    if None in both:
        return "The researchers themselves do not all see it alike."
    if ConvergenceCode.DISSONANCE in both:
        return "The sources differ clearly: in what they say, or in how much or where they say it."
    if ConvergenceCode.PARTIAL in both:
        return "The sources do not say quite the same: they differ in how much, where or in what they say."
    return "The sources say the same." if both == {ConvergenceCode.AGREEMENT} else ""


def codes_to_tell(
    team: ConvergenceMatrix, comparison: ResearcherComparison, row: Row
) -> tuple[ConvergenceCode | None, ...]:
    """The team's codes of the pairs on a row, as `convergence_words` takes them.

    A pair without a code is None only where researchers see it, or who speaks in it, differently; where none
    of them came to a code it is undetermined.
    """
    pairs = {(unit.row, unit.pair) for unit in comparison.differing_cells}
    places = {(unit.row, unit.source) for unit in comparison.differing_existence}

    def differ(cell: Cell) -> bool:
        pair = (cell.source_a, cell.source_b)
        return (row, pair) in pairs or any((row, source) in places for source in pair)

    return tuple(
        ConvergenceCode.UNDETERMINED if cell.code is None and not differ(cell) else cell.code
        for cell in team.cells
        if cell.row == row
    )


# --- what they answer ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Invited:
    """A person who was asked."""

    id: UUID
    name: str
    role: str = ""


@dataclass(frozen=True)
class Change:
    """What changed because of an answer, or why nothing did."""

    id: UUID
    text: str
    by: str
    at: str


@dataclass(frozen=True)
class Response:
    """One answer: by a person, or by the group as a whole (``person`` None); on a row, or on the whole."""

    id: UUID
    person: str | None
    row: Row | None
    answer: Answer
    text: str = ""
    at: str = ""
    changes: tuple[Change, ...] = ()

    @property
    def asks_for_consequence(self) -> bool:
        """Whether it says more than that one agrees."""
        return self.answer is not Answer.AGREE or bool(self.text)

    @property
    def lacks_consequence(self) -> bool:
        """Whether it asks for one and none is written down yet."""
        return self.asks_for_consequence and not self.changes


@dataclass(frozen=True)
class RegisterLine:
    """The answers on one row (None: on the whole).

    ``agree``, ``disagree`` and ``comment`` count people; ``silent`` are the invited who said nothing of
    it, which is not agreement; ``by_group`` holds answers that the group gave as one.
    """

    row: Row | None
    agree: int
    disagree: int
    comment: int
    silent: int
    by_group: tuple[Answer, ...]
    responses: tuple[Response, ...]


@dataclass(frozen=True)
class FeedbackRegister:
    """All answers of a group, with who has not answered and what has no consequence yet."""

    invited: tuple[Invited, ...]
    lines: tuple[RegisterLine, ...]
    answered: tuple[str, ...]
    non_responders: tuple[Invited, ...]
    without_consequence: tuple[Response, ...]


def response_register(
    invited: Sequence[Invited], responses: Sequence[Response], rows: Iterable[Row] = ()
) -> FeedbackRegister:
    """Count the answers of a group, row by row, against all who were invited.

    Parameters
    ----------
    rows : iterable of Row
        Rows that were fed back; those of answers are added. A line on the whole comes last, where
        somebody spoke of the whole.

    Examples
    --------
    >>> from uuid import uuid4
    >>> ann, ben = (Invited(uuid4(), name) for name in ("Ann", "Ben"))
    >>> said = Response(uuid4(), "Ann", Row("ECO-FUND"), Answer.DISAGREE, "Not here")
    >>> register = response_register([ann, ben], [said])
    >>> register.lines[0].disagree, register.lines[0].silent, register.non_responders[0].name
    (1, 1, 'Ben')
    """
    asked: dict[Row | None, None] = dict.fromkeys(rows)
    asked |= dict.fromkeys(said.row for said in responses if said.row is not None)
    if any(said.row is None for said in responses):
        asked[None] = None
    names = {said.person for said in responses if said.person is not None}
    return FeedbackRegister(
        invited=tuple(invited),
        lines=tuple(_line(row, invited, responses) for row in asked),
        answered=tuple(one.name for one in invited if one.name in names),
        non_responders=tuple(one for one in invited if one.name not in names),
        without_consequence=tuple(said for said in responses if said.lacks_consequence),
    )


def _line(row: Row | None, invited: Sequence[Invited], responses: Sequence[Response]) -> RegisterLine:
    here = tuple(said for said in responses if said.row == row)
    of_people = {said.person: said.answer for said in here if said.person is not None}
    given = list(of_people.values())
    return RegisterLine(
        row=row,
        agree=given.count(Answer.AGREE),
        disagree=given.count(Answer.DISAGREE),
        comment=given.count(Answer.COMMENT),
        silent=sum(one.name not in of_people for one in invited),
        by_group=tuple(said.answer for said in here if said.person is None),
        responses=here,
    )


def feedback_as_text(group: str, responses: Sequence[Response], names: dict[Row, str]) -> str:
    """What a group wrote, as a text that can be coded: one paragraph an answer that has words.

    Parameters
    ----------
    names : mapping of Row to str
        The statement of each row, as the group read it.
    """
    told = []
    for said in responses:
        if not said.text:
            continue
        about = "the whole" if said.row is None else names.get(said.row, said.row.statement or said.row.theme)
        told.append(f"{said.person or group}: On “{about}” ({said.answer.value}): {said.text}")
    return "\n\n".join(told)


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + f" and {words[-1]}" if words else ""
