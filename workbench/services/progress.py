"""How far a person is with the documents of a study: their own reading, and nobody else's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from store import reading_states, rounds
from store.documents import StoredDocument, documents
from store.engine import reading, writing
from store.studies import Member
from store.tables import coding
from store.visibility import visible_codings
from workbench.services.documents import listed_document
from workbench.services.errors import NotAllowed
from workbench.services.rounds import open_round_of


@dataclass(frozen=True)
class ReadingProgress:
    """A person's own way through the documents, in the order of the list.

    ``states`` says of each document ``read``, ``finished`` (in a round), ``reading`` (begun: coded
    in, or put back) or ``not begun``.
    """

    states: dict[UUID, str]

    @property
    def read(self) -> int:
        """How many documents are read or finished."""
        return sum(state in ("read", "finished") for state in self.states.values())

    @property
    def total(self) -> int:
        """How many documents there are."""
        return len(self.states)

    def next_unread(self, after: UUID) -> UUID | None:
        """The next document that is neither read nor finished, from the beginning again after the last.

        None where all others are.

        >>> a, b, c = (UUID(int=n) for n in range(3))
        >>> ReadingProgress({a: "not begun", b: "read", c: "read"}).next_unread(b) == a
        True
        """
        ids = list(self.states)
        here = ids.index(after)
        return next(
            (
                other
                for other in ids[here + 1 :] + ids[:here]
                if self.states[other] not in ("read", "finished")
            ),
            None,
        )


def reading_progress(engine: Engine, actor: Member) -> ReadingProgress:
    """How far the person is with every document of the study."""
    with reading(engine) as connection:
        listed = documents(connection, actor.study_id)
        return ReadingProgress(_states(connection, actor, listed))


def may_mark(engine: Engine, actor: Member, document_id: UUID) -> bool:
    """Whether marking a document as read is the person's to do: not in a round, where they finish it."""
    with reading(engine) as connection:
        listed = {document.id: document.version_id for document in documents(connection, actor.study_id)}
        return document_id in listed and open_round_of(connection, actor, listed[document_id]) is None


def mark_as_read(engine: Engine, actor: Member, document_id: UUID) -> None:
    """Say that one has read a document that is not in a round of one's own.

    Raises
    ------
    NotAllowed
        If the person codes the document in a round: there they finish it.
    """
    _mark(engine, actor, document_id, "read")


def mark_as_not_read(engine: Engine, actor: Member, document_id: UUID) -> None:
    """Take it back that one has read a document."""
    _mark(engine, actor, document_id, "reading")


def _mark(engine: Engine, actor: Member, document_id: UUID, state: str) -> None:
    with writing(engine) as connection:
        version_id = listed_document(connection, actor, document_id).version_id
        found = open_round_of(connection, actor, version_id)
        if found is not None:
            raise NotAllowed(
                f"You code this document in the round '{found.name}'. There you finish it; that locks your "
                "codings."
            )
        reading_states.mark(connection, actor=actor, version_id=version_id, state=state)


def _states(connection: Connection, actor: Member, listed: Sequence[StoredDocument]) -> dict[UUID, str]:
    said = reading_states.states_of(connection, actor)
    coded = _coded(connection, actor)
    finished = {
        version
        for found in rounds.rounds(connection, actor.study_id)
        for member, version in found.finished
        if member == actor.id
    }
    in_round = {
        version
        for found in rounds.rounds(connection, actor.study_id)
        if not found.revealed and actor.id in {coder.id for coder in found.coders}
        for version in found.documents
    }

    def state_of(version: UUID) -> str:
        if version in finished:
            return "finished"
        # In a round only finishing counts: what was read before it is to be read again.
        if version in said and version not in in_round:
            return said[version]
        return "reading" if version in coded else "not begun"

    return {document.id: state_of(document.version_id) for document in listed}


def _coded(connection: Connection, actor: Member) -> set[UUID]:
    """The versions in which a person has codings of their own."""
    own = visible_codings(actor).where(coding.c.coder_id == actor.id).order_by(None).subquery()
    return set(connection.execute(sa.select(own.c.document_version_id).distinct()).scalars())
