"""Disagreements of a revealed round, and how they are settled: reasons, decisions, consensus, minutes.

The codings that people made independently stay as they are, and with them coder agreement; what is
decided goes into the consensus layer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine

from codebook import disagreements as pure
from codebook.disagreements import Comparison, Disagreement, Kind
from codebook.hierarchy import resolve
from codebook.models import Code, Coding, Valence
from corpus.anchoring import make_segment
from corpus.errors import UserFacingError
from corpus.models import Document, Segment
from corpus.spreadsheets import write_rows
from store import rounds as kept_rounds
from store import settling as kept
from store.codebooks import code_keys, codebooks_of_round, put_together
from store.codings import read_codings
from store.documents import StoredDocument, documents_of_versions, documents_with_versions, version_text
from store.engine import reading, writing
from store.rounds import Round
from store.settling import Meeting, NewConsensus, OutsideQuestion, Reason, Settlement
from store.studies import Member, members, studies
from store.visibility import blind_documents, frozen_codings
from workbench.services.codebooks import codes_in_force
from workbench.services.errors import NotAllowed, NotThere

#: What can be decided: the first coder's coding, the second's, both, none of them, others, or nothing yet.
OUTCOMES = ("first", "second", "both", "neither", "new", "unresolved")

#: What a place can be: not decided on, decided, or left unresolved.
STATES = ("open", "settled", "unresolved")

CONSENSUS_COLUMNS = (
    "document",
    "title",
    "start_char",
    "end_char",
    "quote",
    "code",
    "valence",
    "origin",
    "outcome",
    "deciders",
)

#: How many characters of the text around a place are shown with it.
_AROUND = 200

_MERGED = (
    "Merged on request: one passage holds the other, with the same code and valence, so nothing is lost."
)


@dataclass(frozen=True)
class Place:
    """A disagreement in its context, with what was said and decided about it.

    ``position`` counts from 1 over all places of the round, the largest first.
    ``before`` and ``after`` surround ``passage``, which reaches over both codings. ``reasons`` are
    those that the person may read, ``written_by`` everyone who has written one. ``speaks_first`` is
    whom the tool proposes to begin. ``question`` is what somebody from outside was asked, None
    where nothing waits for an answer.
    """

    id: UUID
    position: int
    disagreement: Disagreement
    version_id: UUID
    title: str
    source: str
    before: str
    passage: str
    after: str
    speaks_first: str
    reasons: tuple[Reason, ...] = ()
    written_by: frozenset[str] = frozenset()
    settlement: Settlement | None = None
    question: OutsideQuestion | None = None

    @property
    def state(self) -> str:
        if self.settlement is None:
            return "open"
        return "unresolved" if self.settlement.outcome == "unresolved" else "settled"

    @property
    def writers(self) -> tuple[str, ...]:
        """Those whose reasons are awaited before the talk."""
        return self.disagreement.coders


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
class NewCoding:
    """A coding that people agree on in place of theirs. ``valence`` None means that none is given."""

    code: str
    start_char: int
    end_char: int
    valence: str | None = None


@dataclass(frozen=True)
class Asked:
    """A place that a person is asked to decide from outside."""

    question: OutsideQuestion
    round_name: str


@dataclass(frozen=True)
class ConsensusLine:
    """A coding of the consensus layer; ``origin`` is ``agreed`` (all had it) or ``settled``."""

    document_id: UUID
    title: str
    code: str
    start_char: int
    end_char: int
    quote: str
    valence: Valence | None
    origin: str
    outcome: str = ""
    deciders: tuple[str, ...] = ()


@dataclass(frozen=True)
class Minutes:
    """What is to be written down of a round's settling. ``gave_way`` counts (who, to whom)."""

    study: str
    round: Round
    places: tuple[Place, ...]
    meetings: tuple[Meeting, ...]
    agreed: int
    sentence: str
    codes: Mapping[str, str] = field(repr=False)
    gave_way: Counter[tuple[str, str]] = field(default_factory=Counter)
    earlier: Mapping[UUID, Sequence[str]] = field(default_factory=dict)


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
        desk = _Desk(connection, actor, round_name)
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


def consensus_of(engine: Engine, actor: Member, round_name: str | None = None) -> list[ConsensusLine]:
    """The consensus layer of a round: what all coders have alike, and what was settled; by place."""
    with reading(engine) as connection:
        desk = _Desk(connection, actor, round_name)
        lines = [
            ConsensusLine(
                c.document_id,
                desk.listed[c.document_id].title,
                c.code,
                c.start_char,
                c.end_char,
                c.quote,
                c.valence,
                "agreed",
            )
            for c in desk.comparison.agreed
        ]
        lines += [
            ConsensusLine(
                c.document_id,
                desk.listed[c.document_id].title,
                desk.keys[c.code_id],
                c.start_char,
                c.end_char,
                c.quote,
                c.valence,
                "settled",
                settlement.outcome,
                settlement.deciders,
            )
            for settlement in desk.settlements.values()
            for c in settlement.consensus
        ]
    # With three coders the same coding can be the outcome of two places.
    once = {(c.document_id, c.code, c.start_char, c.end_char, c.valence): c for c in reversed(lines)}
    return sorted(
        once.values(), key=lambda line: (line.title, str(line.document_id), line.start_char, line.end_char)
    )


def export_consensus(engine: Engine, actor: Member, path: Path, *, round_name: str | None = None) -> int:
    """Write the consensus layer of a round as CSV; returns the number of codings."""
    return write_rows(
        path,
        CONSENSUS_COLUMNS,
        (
            (
                str(line.document_id),
                line.title,
                str(line.start_char),
                str(line.end_char),
                line.quote,
                line.code,
                line.valence,
                line.origin,
                line.outcome,
                ", ".join(line.deciders),
            )
            for line in consensus_of(engine, actor, round_name)
        ),
    )


def minutes_of(engine: Engine, actor: Member, round_name: str | None = None) -> Minutes:
    """Everything that was said and decided about the disagreements of a round."""
    with reading(engine) as connection:
        desk = _Desk(connection, actor, round_name)
        places = desk.places()
        return Minutes(
            study=next(study.name for study in studies(connection) if study.id == actor.study_id),
            round=desk.round,
            places=tuple(places),
            meetings=tuple(kept.meetings(connection, actor.study_id, desk.round.id)),
            agreed=len(desk.comparison.agreed),
            sentence=pure.in_words(Counter(place.disagreement.kind for place in places)),
            codes={code.id.hex: code.key for code in desk.codes}
            | {id.hex: key for id, key in desk.keys.items()},
            gave_way=_gave_way(places),
            earlier=kept.decided_before(connection, actor.study_id, desk.round.id),
        )


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
        desk = _Desk(connection, actor, round_name)
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
        desk = _Desk(connection, actor, round_name)
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
        desk = _Desk(connection, actor, round_name)
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
        desk = _Desk(connection, actor, round_name)
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
        desk = _Desk(connection, actor, round_name)
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
        desk = _Desk(connection, actor, round_name)
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
        desk = _Desk(connection, actor, round_name)
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
        desk = _Desk(connection, actor, round_name)
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


# --- what all of it works on -------------------------------------------------------------------------


class _Desk:
    """A round that is revealed, at least in part, with its disagreements; for one transaction."""

    def __init__(self, connection: Connection, actor: Member, round_name: str | None) -> None:
        self.connection, self.actor = connection, actor
        self.round = _revealed_round(connection, actor, round_name)
        study_id = actor.study_id
        self.listed: dict[UUID, StoredDocument] = {
            d.id: d for d in documents_with_versions(connection, study_id, self.round.documents)
        }
        book = put_together(codebooks_of_round(connection, self.round.id)).codebook
        self.codes, self.book = book.codes, book
        self.keys = code_keys(connection, study_id) | {code.id: code.key for code in book.codes}
        codings = read_codings(connection, frozen_codings(self.round.id, study_id), self.keys)
        self.comparison: Comparison = pure.compare(
            [coding for coding in codings if coding.document_id in self.listed],
            [coder.name for coder in self.round.coders],
            {c.key: c.parent for c in book.codes},
        )
        self.settlements = {
            found.place: found for found in kept.settlements(connection, study_id, self.round.id)
        }
        open_meetings = [m for m in kept.meetings(connection, study_id, self.round.id) if m.is_open]
        self.meeting = open_meetings[-1] if open_meetings else None
        self._versions = documents_of_versions(connection, self.round.documents)

    def places(self) -> list[Place]:
        """All places with their context, in the order in which they are talked about."""
        study_id, round_id = self.actor.study_id, self.round.id
        reasons = kept.reasons(self.connection, self.actor, round_id)
        wrote = kept.who_wrote(self.connection, study_id, round_id)
        questions = {q.place: q for q in kept.questions(self.connection, study_id) if q.round_id == round_id}
        texts = {
            document_id: self._text(document_id)
            for document_id in {place.document_id for place in self.comparison.disagreements}
        }
        spoke = Counter(s.first_speaker for s in self.settlements.values() if s.first_speaker)
        found: list[Place] = []
        for position, disagreement in enumerate(self.comparison.disagreements, start=1):
            name = pure.place_name(round_id, disagreement.codings)
            document, text = self.listed[disagreement.document_id], texts[disagreement.document_id]
            settlement = self.settlements.get(name)
            begins = _who_begins(disagreement, spoke, found[-1].speaks_first if found else "")
            if settlement is None:
                spoke[begins] += 1
            elif settlement.first_speaker:
                begins = settlement.first_speaker
            found.append(
                Place(
                    id=name,
                    position=position,
                    disagreement=disagreement,
                    version_id=self._versions[disagreement.document_id],
                    title=document.title,
                    source=document.source,
                    before=text[max(0, disagreement.start_char - _AROUND) : disagreement.start_char],
                    passage=text[disagreement.start_char : disagreement.end_char],
                    after=text[disagreement.end_char : disagreement.end_char + _AROUND],
                    speaks_first=begins,
                    reasons=tuple(reasons.get(name, ())),
                    written_by=frozenset(wrote.get(name, ())),
                    settlement=settlement,
                    question=questions.get(name),
                )
            )
        return found

    def place(self, name: UUID) -> Place:
        """A place that may be worked on now."""
        found = next((place for place in self.places() if place.id == name), None)
        if found is None:
            raise NotThere("There is no such place among the disagreements of this round.")
        if found.version_id in blind_documents(self.connection, self.actor):
            raise NotAllowed(
                f"'{found.title}' is being coded blind in another round. Settle it when that is revealed."
            )
        return found

    def member(self, name: str) -> Member:
        people = {member.name: member for member in members(self.connection, self.actor.study_id)}
        if name not in people:
            raise NotThere(f"{name} is not in this study. In it are: {', '.join(people)}.")
        return people[name]

    def may_settle(self) -> bool:
        """Coders of the round, its lead, and who is in the open meeting."""
        there = () if self.meeting is None else self.meeting.attendance
        return (
            self.actor.is_lead
            or self.actor.id in {coder.id for coder in self.round.coders}
            or self.actor.name in there
        )

    def check_takes_part(self, extra: Collection[str] = ()) -> None:
        if not self.may_settle() and self.actor.name not in extra:
            raise NotAllowed(
                f"{self.actor.name} did not code in the round '{self.round.name}'. Its coders and the lead "
                "settle it; they can ask you for a decision."
            )

    def deciders(self) -> list[Member]:
        there = () if self.meeting is None else self.meeting.attendance
        return [self.member(name) for name in there] if self.actor.name in there else [self.actor]

    def chosen(self, place: Place, outcome: str, new: Sequence[NewCoding]) -> list[NewConsensus]:
        """What the consensus layer gets."""
        sides = (place.disagreement.first.coding, place.disagreement.second.coding)
        kept_sides: tuple[Coding | None, ...] = {
            "first": sides[:1],
            "second": sides[1:],
            "both": sides,
        }.get(outcome, ())
        rows = kept.coding_rows(self.connection, [coding.id for coding in kept_sides if coding is not None])
        taken = [_taken_over(place, row) for row in rows.values()]
        return taken + [self._made(place, coding) for coding in new]

    def settle(
        self,
        place: Place,
        values: Mapping[str, Any],
        deciders: Sequence[Member],
        consensus: Sequence[NewConsensus],
    ) -> UUID:
        disagreement = place.disagreement
        retire = [] if place.settlement is None else kept.rows_of(self.connection, place.settlement)
        if place.question is not None:
            retire = [*retire, kept.row_of(place.question)]
        return kept.settle(
            self.connection,
            actor=self.actor,
            values={
                "coding_round_id": self.round.id,
                "place": place.id,
                "document_version_id": place.version_id,
                "start_char": disagreement.start_char,
                "end_char": disagreement.end_char,
                "kind": disagreement.kind,
                **values,
            },
            coding_ids=[coding.id for coding in disagreement.codings],
            deciders=deciders,
            consensus=consensus,
            retire=retire,
        )

    def made(self, settlement_ids: Collection[UUID]) -> list[Settlement]:
        stored = kept.settlements(self.connection, self.actor.study_id, self.round.id)
        return [settlement for settlement in stored if settlement.id in settlement_ids]

    def _made(self, place: Place, new: NewCoding) -> NewConsensus:
        """A new coding, checked: its code is in the codebook, its ends lie in the text."""
        if new.valence is not None and new.valence not in set(Valence):
            raise UserFacingError(f"There is no valence '{new.valence}'. There are: {', '.join(Valence)}.")
        stored = codes_in_force(self.connection, self.actor.study_id)
        code = resolve(stored.codebook, new.code)
        document_id = place.disagreement.document_id
        listed = self.listed[document_id]
        document = Document(document_id, listed.source_id, listed.title, self._text(document_id), (), "")
        return NewConsensus(
            make_segment(document, new.start_char, new.end_char),
            code.id,
            stored.version_of(code.id),
            None if new.valence is None else Valence(new.valence),
        )

    def _text(self, document_id: UUID) -> str:
        """The text as it was coded in the round."""
        return version_text(self.connection, self._versions[document_id], document_id=document_id) or ""


def _taken_over(place: Place, row: Any) -> NewConsensus:
    segment = Segment(
        place.disagreement.document_id, row.start_char, row.end_char, row.quote, row.prefix, row.suffix
    )
    return NewConsensus(segment, row.code_id, row.codebook_version_id, row.valence)


def _who_begins(disagreement: Disagreement, spoke: Mapping[str, int], last: str) -> str:
    """Who has begun less often of those who differ; of equals not whoever begins just before."""
    return min(disagreement.coders, key=lambda name: (spoke.get(name, 0), name == last))


def _gave_way(places: Iterable[Place]) -> Counter[tuple[str, str]]:
    """How often somebody's coding, or their having none, did not stand while another's did."""
    counted: Counter[tuple[str, str]] = Counter()
    for place in places:
        if place.settlement is None or not place.settlement.deciders:
            continue
        sides = place.disagreement.first.coders, place.disagreement.second.coders
        if place.settlement.outcome in ("first", "second"):
            stood, gave = sides if place.settlement.outcome == "first" else sides[::-1]
            counted.update((one, other) for one in gave for other in stood)
    return counted


def _revealed_round(connection: Connection, actor: Member, name: str | None) -> Round:
    found = kept_rounds.rounds(connection, actor.study_id)
    shown = [r for r in found if r.revealed or r.shown]
    if name is None:
        candidates = shown or found
        if not candidates:
            raise NotThere("There is no round of double coding yet. The lead opens one first.")
        if len(candidates) > 1:
            raise NotThere(f"Say which round: {', '.join(repr(r.name) for r in candidates)}.")
    else:
        candidates = [r for r in found if name in (r.name, str(r.id))]
        if not candidates:
            raise NotThere(f"There is no round '{name}'.")
    chosen = candidates[0]
    if chosen not in shown:
        raise NotAllowed(
            f"The round '{chosen.name}' is not revealed yet. Disagreements are shown when every coder has "
            "finished and the lead has revealed."
        )
    return chosen
