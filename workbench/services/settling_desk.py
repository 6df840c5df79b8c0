"""The places of a revealed round at which coders differ, and what settling them works on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from codebook import disagreements as pure
from codebook.disagreements import Comparison, Disagreement
from codebook.hierarchy import resolve
from codebook.models import Coding, Valence
from corpus.anchoring import make_segment
from corpus.errors import UserFacingError
from corpus.models import Document, Segment
from store import rounds as kept_rounds
from store import settling as kept
from store.codebooks import code_keys, codebooks_of_round, put_together
from store.codings import read_codings
from store.documents import StoredDocument, documents_of_versions, documents_with_versions, version_text
from store.rounds import Round
from store.settling import NewConsensus, OutsideQuestion, Reason, Settlement
from store.studies import Member, members
from store.visibility import blind_documents, frozen_codings
from workbench.services.codebooks import codes_in_force
from workbench.services.errors import NotAllowed, NotThere

#: How many characters of the text around a place are shown with it.
_AROUND = 200


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
class NewCoding:
    """A coding that people agree on in place of theirs. ``valence`` None means that none is given."""

    code: str
    start_char: int
    end_char: int
    valence: str | None = None


class Desk:
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
