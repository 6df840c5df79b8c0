"""Whether those who were there find minutes and transcripts right: asked per version of a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Engine

from corpus.errors import UserFacingError
from corpus.models import Source
from store import approvals as kept
from store.approvals import Approval
from store.documents import StoredDocument, documents, sources
from store.engine import reading, writing
from store.facts import replace_fact, retire_fact
from store.studies import Member
from store.tables import approval
from workbench.services.documents import listed_document
from workbench.services.errors import NotThere

#: What can be answered.
ANSWERS = ("approved", "comments", "refused")


@dataclass(frozen=True)
class DocumentApproval:
    """What was answered on a document.

    ``state`` is of the present text: ``refused`` or ``comments`` where one said so, else ``approved``;
    ``asked anew`` where all answers are on an earlier version, ``not asked`` where there is none.
    ``answers`` are those on the present text, ``earlier`` those on texts before it.
    """

    document_id: UUID
    title: str
    version_id: UUID
    state: str
    answers: tuple[Approval, ...]
    earlier: tuple[Approval, ...]


@dataclass(frozen=True)
class SourceApproval:
    """The register of a source: so many of its documents are approved as they are now."""

    source: str
    kind: str
    documents: tuple[DocumentApproval, ...]

    @property
    def approved(self) -> int:
        """Documents whose present text was approved by whoever answered."""
        return sum(document.state == "approved" for document in self.documents)

    @property
    def asked(self) -> int:
        """Documents on which anybody ever answered."""
        return sum(document.state != "not asked" for document in self.documents)

    @property
    def total(self) -> int:
        return len(self.documents)


def approvals_of(engine: Engine, actor: Member) -> list[SourceApproval]:
    """The register of approvals, by source; sources without documents are left out."""
    with reading(engine) as connection:
        answers = kept.approvals(connection, actor.study_id)
        listed = documents(connection, actor.study_id)
        known = sources(connection, actor.study_id)
    return [register for source in known if (register := _of_source(source, listed, answers)).documents]


def approval_of(engine: Engine, actor: Member, document_id: UUID) -> DocumentApproval:
    """What was answered on one document."""
    with reading(engine) as connection:
        document = listed_document(connection, actor, document_id)
        return _of_document(document, kept.approvals(connection, actor.study_id))


def note_approval(
    engine: Engine,
    actor: Member,
    document_id: UUID,
    *,
    person: str,
    answer: str,
    text: str = "",
    operation_id: UUID | None = None,
) -> None:
    """Note what somebody answers on the present text of a document; a second answer replaces their first.

    Raises
    ------
    UserFacingError
        If nobody is named, the answer is none of `ANSWERS`, or comments have no words.
    """
    person, text = " ".join(person.split()), text.strip()
    if not person:
        raise UserFacingError("Say who answered: a name or pseudonym, or a function ('chair').")
    if answer not in ANSWERS:
        raise UserFacingError(f"'{answer}' is no answer. It is one of: {', '.join(ANSWERS)}.")
    if answer == "comments" and not text:
        raise UserFacingError("Comments need words: write what the person said of the text.")
    with writing(engine) as connection:
        document = listed_document(connection, actor, document_id)
        replace_fact(
            connection,
            approval,
            {"document_version_id": document.version_id, "person": person},
            {"answer": answer, "text": text},
            actor=actor,
            action="approval.note",
            operation_id=operation_id,
        )


def take_back_approval(engine: Engine, actor: Member, approval_id: UUID) -> None:
    """Take an answer away that was noted by mistake; it stays in the history."""
    with writing(engine) as connection:
        held = {found.id for found in kept.approvals(connection, actor.study_id)}
        if approval_id not in held:
            raise NotThere("This answer was changed or taken away meanwhile. Reload the page.")
        retire_fact(connection, approval, approval_id, actor=actor, action="approval.retire")


def _of_source(
    source: Source, listed: Sequence[StoredDocument], answers: Sequence[Approval]
) -> SourceApproval:
    own = [document for document in listed if document.source_id == source.id]
    return SourceApproval(source.label, source.kind, tuple(_of_document(d, answers) for d in own))


def _of_document(document: StoredDocument, answers: Sequence[Approval]) -> DocumentApproval:
    own = [found for found in answers if found.document_id == document.id]
    now = tuple(found for found in own if found.version_id == document.version_id)
    earlier = tuple(found for found in own if found.version_id != document.version_id)
    said = {found.answer for found in now}
    unsaid = "asked anew" if earlier else "not asked"
    state = next((answer for answer in ("refused", "comments", "approved") if answer in said), unsaid)
    return DocumentApproval(document.id, document.title, document.version_id, state, now, earlier)
