"""Disagreements of a revealed round, and how they are settled: reasons, decisions, consensus, minutes.

The codings that people made independently stay as they are, and with them coder agreement; what is
decided goes into the consensus layer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import Engine

from codebook import disagreements as pure
from codebook.disagreements import Kind
from codebook.hierarchy import resolve
from codebook.models import Code, Coding
from corpus.errors import UserFacingError
from store import rounds as kept_rounds
from store import settling as kept
from store.engine import reading, writing
from store.rounds import Round
from store.settling import Meeting, OutsideQuestion, Settlement
from store.studies import Member
from workbench.services.errors import NotAllowed
from workbench.services.settling_desk import Desk, NewCoding, Place

#: What can be decided: the first coder's coding, the second's, both, none of them, others, or nothing yet.
OUTCOMES = ("first", "second", "both", "neither", "new", "unresolved")

#: What a place can be: not decided on, decided, or left unresolved.
STATES = ("open", "settled", "unresolved")

_MERGED = (
    "Merged on request: one passage holds the other, with the same code and valence, so nothing is lost."
)


@dataclass(frozen=True)
class Settling:
    """The disagreements of a round as one person may see them, the largest first.

    ``places`` are those asked for; ``states`` counts all of them. ``kinds`` counts by code and kind
    over all places, ``kinds_of_all`` each place once.
    """

    round: Round
    coders: tuple[str, ...]
    codes: tuple[Code, ...]
    places: tuple[Place, ...]
    states: Counter[str]
    kinds: Mapping[str, Counter[Kind]]
    kinds_of_all: Counter[Kind]
    agreed: tuple[Coding, ...]
    meeting: Meeting | None
    may_settle: bool

    @property
    def number(self) -> int:
        return self.states.total()

    @property
    def decided(self) -> int:
        """Places with a decision, also the one to leave it unresolved."""
        return self.number - self.states["open"]

    @property
    def sentence(self) -> str:
        """What most disagreements are about; empty where there are none."""
        return pure.in_words(self.kinds_of_all)


@dataclass(frozen=True)
class Asked:
    """A place that a person is asked to decide from outside."""

    question: OutsideQuestion
    round_name: str


# --- what there is -----------------------------------------------------------------------------------


def list_disagreements(
    engine: Engine,
    actor: Member,
    round_name: str | None = None,
    *,
    kinds: Collection[str] = (),
    codes: Collection[str] = (),
    document_ids: Collection[UUID] = (),
    state: str | None = None,
) -> Settling:
    """Every place where coders of a round differ, with what was decided; the largest first.

    Parameters
    ----------
    round_name : str, optional
        May be left out where only one round is revealed.
    kinds, codes, document_ids : collection
        Only places of these; empty means all. Codes by id or label.
    state : {"open", "settled", "unresolved"}, optional

    Raises
    ------
    NotAllowed
        If nothing of the round is revealed yet.
    UnknownCode
        If the codebook of the round has no such code.
    """
    _check_asked(kinds, state)
    with reading(engine) as connection:
        desk = Desk(connection, actor, round_name)
        places = desk.places()
    disagreements = desk.comparison.disagreements
    used = {code for place in disagreements for code in place.codes}
    codes = [name if name in used else resolve(desk.book, name).key for name in codes]
    whole = Settling(
        round=desk.round,
        coders=tuple(coder.name for coder in desk.round.coders),
        codes=tuple(code for code in desk.codes if code.key in used),
        places=tuple(places),
        states=Counter(place.state for place in places),
        kinds=pure.kinds_by_code(disagreements),
        kinds_of_all=Counter(place.kind for place in disagreements),
        agreed=desk.comparison.agreed,
        meeting=desk.meeting,
        may_settle=desk.may_settle(),
    )
    return narrowed(whole, kinds=kinds, codes=codes, document_ids=document_ids, state=state)


def narrowed(
    found: Settling,
    *,
    kinds: Collection[str] = (),
    codes: Collection[str] = (),
    document_ids: Collection[UUID] = (),
    state: str | None = None,
) -> Settling:
    """The same with some of its places; what is counted stays that of all."""
    shown = tuple(
        place
        for place in found.places
        if (not kinds or place.disagreement.kind in kinds)
        and (not codes or set(place.disagreement.codes) & set(codes))
        and (not document_ids or place.disagreement.document_id in document_ids)
        and (state is None or place.state == state)
    )
    return replace(found, places=shown)


def _check_asked(kinds: Collection[str], state: str | None) -> None:
    wrong = [kind for kind in kinds if kind not in set(Kind)]
    if wrong:
        raise UserFacingError(f"There is no kind '{wrong[0]}'. There are: {', '.join(Kind)}.")
    if state is not None and state not in STATES:
        raise UserFacingError(f"There is no state '{state}'. There are: {', '.join(STATES)}.")


def questions_to(engine: Engine, actor: Member) -> list[Asked]:
    """What a person is asked to decide from outside, the oldest first."""
    with reading(engine) as connection:
        names = {found.id: found.name for found in kept_rounds.rounds(connection, actor.study_id)}
        return [
            Asked(question, names[question.round_id])
            for question in kept.questions(connection, actor.study_id)
            if question.asked_id == actor.id
        ]


# --- before the talk ---------------------------------------------------------------------------------


def begin_meeting(
    engine: Engine,
    actor: Member,
    round_name: str | None,
    *,
    attendance: Sequence[str],
    scribe: str | None = None,
) -> Meeting:
    """Begin to settle together; the actor is the scribe where nobody else is named.

    Raises
    ------
    UserFacingError
        If a meeting is open already, fewer than two people are there, or the scribe is not.
    """
    with writing(engine) as connection:
        desk = Desk(connection, actor, round_name)
        if desk.meeting is not None:
            raise UserFacingError("A meeting on this round is open already. End it first.")
        names = list(dict.fromkeys(attendance))
        people = [desk.member(name) for name in names]
        if len(people) < 2:
            raise UserFacingError("Say who is there: two people or more.")
        writes = desk.member(scribe or actor.name)
        if writes.name not in names:
            raise UserFacingError(f"{writes.name} cannot write the minutes without being there.")
        desk.check_takes_part(extra=names)
        kept.add_meeting(connection, actor=actor, round_id=desk.round.id, scribe=writes, attendance=people)
        return kept.meetings(connection, actor.study_id, desk.round.id)[-1]


def end_meeting(engine: Engine, actor: Member, round_name: str | None) -> None:
    """End the meeting that is open on a round."""
    with writing(engine) as connection:
        desk = Desk(connection, actor, round_name)
        if desk.meeting is None:
            raise UserFacingError("No meeting is open on this round.")
        desk.check_takes_part()
        kept.end_meeting(connection, desk.meeting.id, actor=actor)


def write_reason(
    engine: Engine,
    actor: Member,
    round_name: str | None,
    place: UUID,
    text: str,
    *,
    author: str | None = None,
) -> None:
    """Write down why one coded so, before the talk; an empty text takes it away.

    Nobody else reads it before they have written theirs, or the place is settled.

    Parameters
    ----------
    author : str, optional
        Whose reason it is: another's only at one screen, in a meeting at which both are.
    """
    with writing(engine) as connection:
        desk = Desk(connection, actor, round_name)
        found = desk.place(place)
        writer = actor if author is None else desk.member(author)
        if writer.name not in found.writers:
            raise NotAllowed(f"{writer.name} did not code here; reasons are written by those who differ.")
        there = () if desk.meeting is None else desk.meeting.attendance
        if writer.id != actor.id and not {writer.name, actor.name} <= set(there):
            raise NotAllowed(
                f"{writer.name} writes that reason, or you at one screen in a meeting at which you both are."
            )
        kept.write_reason(
            connection,
            actor=actor,
            author=writer,
            round_id=desk.round.id,
            place=place,
            version_id=found.version_id,
            text=text.strip(),
        )


def ask_outside(
    engine: Engine, actor: Member, round_name: str | None, place: UUID, *, asked: str, text: str = ""
) -> OutsideQuestion:
    """Ask somebody of the study who did not code in the round to decide a place."""
    with writing(engine) as connection:
        desk = Desk(connection, actor, round_name)
        desk.check_takes_part()
        found = desk.place(place)
        member = desk.member(asked)
        if member.id in {coder.id for coder in desk.round.coders}:
            raise UserFacingError(f"{asked} coded in this round. Ask somebody who did not.")
        if found.question is not None:
            raise UserFacingError(f"{found.question.asked} has been asked already. Take that back first.")
        kept.add_question(
            connection,
            actor=actor,
            round_id=desk.round.id,
            place=place,
            version_id=found.version_id,
            asked=member,
            text=text.strip(),
        )
        return kept.questions(connection, actor.study_id)[-1]


def withdraw_question(engine: Engine, actor: Member, round_name: str | None, place: UUID) -> None:
    """Take back what somebody from outside was asked about a place."""
    with writing(engine) as connection:
        desk = Desk(connection, actor, round_name)
        desk.check_takes_part()
        question = desk.place(place).question
        if question is None:
            raise UserFacingError("Nobody is asked about this place.")
        kept.withdraw_question(connection, question, actor=actor)


# --- deciding ----------------------------------------------------------------------------------------


def settle(
    engine: Engine,
    actor: Member,
    round_name: str | None,
    place: UUID,
    outcome: str,
    *,
    reason: str = "",
    new: Sequence[NewCoding] = (),
    first_speaker: str | None = None,
    minority: str = "",
    minority_by: str | None = None,
) -> Settlement:
    """Decide a place, or leave it unresolved; what was decided before is replaced and stays in the history.

    Who decided is who is in the open meeting, else the actor alone. Somebody who was asked from
    outside decides alone, and their answer ends the question.

    Parameters
    ----------
    outcome : {"first", "second", "both", "neither", "new", "unresolved"}
        ``first`` and ``second`` take what that coder has, which is no coding where they have none.
    new : sequence of NewCoding
        What is to stand instead; only with ``new``, and then at least one.
    minority : str
        The view of whoever does not go along, with their name in ``minority_by``.
    """
    if outcome not in OUTCOMES:
        raise UserFacingError(f"There is no outcome '{outcome}'. There are: {', '.join(OUTCOMES)}.")
    if bool(new) != (outcome == "new"):
        raise UserFacingError(
            "Say which coding is to stand instead: its code and its ends."
            if outcome == "new"
            else "A new coding goes with the outcome 'new' alone."
        )
    if minority.strip() and minority_by is None:
        raise UserFacingError("Say whose view differs.")
    with writing(engine) as connection:
        desk = Desk(connection, actor, round_name)
        found = desk.place(place)
        is_asked = found.question is not None and found.question.asked_id == actor.id
        if not is_asked:
            desk.check_takes_part()
        if outcome == "both" and len(found.disagreement.codings) < 2:
            raise UserFacingError("Only one of them coded here: there are no two codings to keep.")
        speaker = None if first_speaker is None else desk.member(first_speaker)
        differs = desk.member(minority_by).id if minority.strip() and minority_by is not None else None
        values = {
            "outcome": outcome,
            "reason": reason.strip(),
            "minority": minority.strip(),
            "minority_id": differs,
            "first_speaker_id": None if speaker is None else speaker.id,
            "settling_meeting_id": None if desk.meeting is None or is_asked else desk.meeting.id,
            "asked_id": actor.id if is_asked else None,
        }
        deciders = [actor] if is_asked else desk.deciders()
        made = desk.settle(found, values, deciders, desk.chosen(found, outcome, new))
        return desk.made({made})[0]


def undo_settlement(engine: Engine, actor: Member, round_name: str | None, place: UUID) -> None:
    """Take a decision back: the place is open again."""
    with writing(engine) as connection:
        desk = Desk(connection, actor, round_name)
        desk.check_takes_part()
        settlement = desk.place(place).settlement
        if settlement is None:
            raise UserFacingError("Nothing is decided at this place.")
        kept.unsettle(connection, settlement, actor=actor)


def merge_without_loss(engine: Engine, actor: Member, round_name: str | None) -> list[Settlement]:
    """Settle every open place at which nothing is lost: one passage holds the other, all else is the same.

    The longer one stands. Nobody is named as having decided.
    """
    with writing(engine) as connection:
        desk = Desk(connection, actor, round_name)
        desk.check_takes_part()
        done = []
        for found in desk.places():
            wide = pure.loses_nothing(found.disagreement)
            if found.state != "open" or wide is None or found.question is not None:
                continue
            outcome = "first" if wide == found.disagreement.first.coding else "second"
            values = {"outcome": outcome, "reason": _MERGED}
            done.append(desk.settle(found, values, [], desk.chosen(found, outcome, ())))
        return desk.made(set(done))


def can_be_merged(settling: Settling) -> int:
    """How many open places of those shown lose nothing by merging."""
    return sum(
        place.state == "open" and pure.loses_nothing(place.disagreement) is not None
        for place in settling.places
    )
