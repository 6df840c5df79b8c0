"""Rounds of double coding: opened and revealed by the lead, finished by each coder alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import Connection, Engine

from corpus.errors import UserFacingError
from store import rounds as kept
from store.documents import StoredDocument, documents
from store.engine import reading, writing
from store.rounds import Round
from store.studies import Member
from store.tables import coding
from store.visibility import visible_codings
from workbench.services.codebooks import codebook_in_force
from workbench.services.documents import document_named
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.studies import member_named

#: What a round can be for.
PURPOSES = ("reliability", "calibration")


@dataclass(frozen=True)
class Progress:
    """How far a coder is. ``finished`` is None where the viewer may not know it yet."""

    coder: str
    finished: int | None
    documents: int


@dataclass(frozen=True)
class RoundView:
    """A round as one person may see it.

    ``state`` is ``open``, ``finished`` (all have; the lead may reveal) or ``revealed``. While the
    viewer codes blind and has not finished, it stays ``open`` whatever the others have done.
    """

    round: Round
    state: str
    progress: tuple[Progress, ...]
    mine: bool


@dataclass(frozen=True)
class Finished:
    """What finishing froze; ``without_valence`` counts codings that carry none."""

    documents: int
    codings: int
    without_valence: int


def open_round(
    engine: Engine,
    actor: Member,
    name: str,
    *,
    coders: Sequence[str],
    blind: bool = True,
    document_names: Sequence[str] | None = None,
    purpose: str = "reliability",
) -> Round:
    """Open a round for two or more coders on some documents, or on all there are.

    Parameters
    ----------
    purpose : {"reliability", "calibration"}
        In a calibration round the lead may reveal one document after the other, so that coders
        learn from each; a reliability round is revealed as a whole.

    Raises
    ------
    NotAllowed
        If the actor does not lead the study.
    UserFacingError
        If the name is taken, fewer than two coders are named, or a document is in an open blind
        round already.
    """
    _require_lead(actor, "open a round")
    if purpose not in PURPOSES:
        raise UserFacingError(f"A round cannot be for '{purpose}'. It is for: {', '.join(PURPOSES)}.")
    name = " ".join(name.split())
    people = list(dict.fromkeys(" ".join(coder.split()) for coder in coders if coder.strip()))
    if not name:
        raise UserFacingError("The round needs a name.")
    if len(people) < 2:
        raise UserFacingError("A round needs two coders or more. Name them, separated by commas.")
    with writing(engine) as connection:
        existing = kept.rounds(connection, actor.study_id)
        if any(other.name == name for other in existing):
            raise UserFacingError(f"A round called '{name}' exists already. Choose another name.")
        versions = _versions(connection, actor, document_names)
        _refuse_open(existing, versions)
        round_id = kept.add_round(
            connection,
            actor=actor,
            name=name,
            blind=blind,
            codebook_version_id=codebook_in_force(connection, actor.study_id).version_id,
            coders=[member_named(connection, actor, person) for person in people],
            version_ids=versions,
            purpose=purpose,
        )
        return _by_id(connection, actor, round_id)


def rounds_of(engine: Engine, actor: Member) -> list[RoundView]:
    """All rounds of the study, each as the person may see it."""
    with reading(engine) as connection:
        return [_view(found, actor) for found in kept.rounds(connection, actor.study_id)]


def find_round(engine: Engine, actor: Member, name: str | None = None) -> Round:
    """A round by name, as the person may see it; without one, the only round there is."""
    with reading(engine) as connection:
        return seen_by(actor, _named(connection, actor, name))


def finish(engine: Engine, actor: Member, round_name: str | None, *, document: str | None = None) -> Finished:
    """Finish a document of a round, or all that the coder has left: their codings are frozen."""
    with writing(engine) as connection:
        found = _named(connection, actor, round_name)
        if actor.id not in {coder.id for coder in found.coders}:
            raise NotAllowed(f"{actor.name} is not a coder of the round '{found.name}'.")
        if found.revealed:
            raise NotAllowed(f"The round '{found.name}' is revealed; there is nothing left to finish.")
        left = [v for v in found.documents if (actor.id, v) not in found.finished]
        if document is not None:
            left = [v for v in _versions(connection, actor, [document]) if v in left]
            if not left:
                raise UserFacingError(
                    f"'{document}' is not in the round '{found.name}', or you have finished it already."
                )
        for version_id in left:
            kept.finish(connection, actor=actor, round_id=found.id, coder=actor, version_id=version_id)
        return _frozen(connection, actor, left)


def reopen(engine: Engine, actor: Member, round_name: str, *, coder: str, document: str, reason: str) -> None:
    """Let a coder go on with a finished document; the lead's decision, with its reason."""
    _require_lead(actor, "reopen a document")
    if not reason.strip():
        raise UserFacingError("Reopening needs a reason; it will stand in the log.")
    with writing(engine) as connection:
        found = _named(connection, actor, round_name)
        if found.revealed:
            raise NotAllowed(
                f"The round '{found.name}' is revealed: what was seen was seen. Open a new round."
            )
        version_id = _versions(connection, actor, [document])[0]
        member = next((c for c in found.coders if c.name == coder), None)
        if found.is_shown(version_id):
            raise NotAllowed(f"'{document}' is revealed: what was seen was seen.")
        if member is None or (member.id, version_id) not in found.finished:
            raise UserFacingError(f"{coder} has not finished '{document}' in the round '{found.name}'.")
        kept.reopen(
            connection, actor=actor, round_id=found.id, coder=member, version_id=version_id, reason=reason
        )


def reveal(engine: Engine, actor: Member, round_name: str | None) -> Round:
    """Show everyone's codings to all. It cannot be undone.

    Raises
    ------
    NotAllowed
        If the actor does not lead the study, or somebody has not finished.
    """
    _require_lead(actor, "reveal a round")
    with writing(engine) as connection:
        found = _named(connection, actor, round_name)
        if found.revealed:
            return found
        if not found.all_finished:
            raise NotAllowed(
                f"The round '{found.name}' can be revealed when every coder has finished every document; "
                "that is not so yet."
            )
        kept.add_reveal(connection, actor=actor, round_id=found.id)
        return _by_id(connection, actor, found.id)


def reveal_document(engine: Engine, actor: Member, round_name: str | None, document: str) -> Round:
    """Show everyone's codings of one document of a calibration round to all. It cannot be undone.

    Raises
    ------
    NotAllowed
        If the actor does not lead the study, the round is for reliability, or a coder has not
        finished the document.
    """
    _require_lead(actor, "reveal a document")
    with writing(engine) as connection:
        found = _named(connection, actor, round_name)
        if found.purpose != "calibration":
            raise NotAllowed(
                f"The round '{found.name}' is for reliability and is revealed as a whole: whoever has seen "
                "the other's codings of one document codes the next one differently."
            )
        version_id = _versions(connection, actor, [document])[0]
        if version_id not in found.documents:
            raise UserFacingError(f"'{document}' is not in the round '{found.name}'.")
        if not found.is_shown(version_id):
            if not all((coder.id, version_id) in found.finished for coder in found.coders):
                raise NotAllowed(
                    f"'{document}' can be revealed when every coder has finished it; that is not so yet."
                )
            kept.add_document_reveal(connection, actor=actor, round_id=found.id, version_id=version_id)
        return _by_id(connection, actor, found.id)


def documents_to_reveal(engine: Engine, actor: Member, round_name: str) -> list[StoredDocument]:
    """The documents of a calibration round that this person may reveal now, one by one.

    A lead who codes in the round learns of a document that all have finished when they have, too.
    """
    with reading(engine) as connection:
        whole = _named(connection, actor, round_name)
        if not actor.is_lead or whole.purpose != "calibration":
            return []
        ready = {
            version_id
            for version_id in whole.documents
            if not whole.is_shown(version_id)
            and all((coder.id, version_id) in whole.finished for coder in whole.coders)
        }
        return [
            document for document in documents(connection, actor.study_id) if document.version_id in ready
        ]


def open_round_of(connection: Connection, coder: Member, version_id: UUID) -> Round | None:
    """The unrevealed round in which a person codes a document, if there is one."""
    for found in kept.rounds(connection, coder.study_id):
        member = coder.id in {other.id for other in found.coders}
        if member and not found.revealed and version_id in found.documents:
            return found
    return None


def refuse_if_finished(connection: Connection, coder: Member, version_id: UUID) -> None:
    """Raise NotAllowed where the coder's codings of a document are frozen."""
    found = open_round_of(connection, coder, version_id)
    if found is not None and (coder.id, version_id) in found.finished:
        raise NotAllowed(
            f"{coder.name} has finished this document in the round '{found.name}'. The lead can reopen it."
        )


def may_reveal(view: RoundView, actor: Member) -> bool:
    """Whether the reveal is due and this person's to do."""
    return actor.is_lead and view.state == "finished"


def seen_by(viewer: Member, found: Round) -> Round:
    """A round without what its blind coders may not know yet: how far the others are.

    That all have finished is told to whoever has finished, and to the lead who does not code.
    """
    if _sees_progress(viewer, found) or (_has_finished(viewer, found) and found.all_finished):
        return found
    return replace(found, finished=frozenset(done for done in found.finished if done[0] == viewer.id))


def _sees_progress(viewer: Member, found: Round) -> bool:
    mine = viewer.id in {coder.id for coder in found.coders}
    return found.revealed or not found.blind or (viewer.is_lead and not mine)


def _has_finished(viewer: Member, found: Round) -> bool:
    return all((viewer.id, version_id) in found.finished for version_id in found.documents)


def _view(whole: Round, viewer: Member) -> RoundView:
    found = seen_by(viewer, whole)
    mine = viewer.id in {coder.id for coder in found.coders}
    done = {coder.id: sum(c == coder.id for c, _ in found.finished) for coder in found.coders}
    open_eyes = _sees_progress(viewer, found)
    progress = tuple(
        Progress(
            coder.name,
            done[coder.id] if open_eyes or coder.id == viewer.id else None,
            len(found.documents),
        )
        for coder in found.coders
    )
    return RoundView(found, found.state, progress, mine)


def _frozen(connection: Connection, actor: Member, version_ids: Sequence[UUID]) -> Finished:
    rows = connection.execute(
        visible_codings(actor).where(
            coding.c.coder_id == actor.id, coding.c.document_version_id.in_(list(version_ids))
        )
    ).all()
    return Finished(len(version_ids), len(rows), sum(row.valence is None for row in rows))


def _require_lead(actor: Member, act: str) -> None:
    if not actor.is_lead:
        raise NotAllowed(f"Only the lead of the study can {act}.")


def _versions(connection: Connection, actor: Member, names: Sequence[str] | None) -> list[UUID]:
    listed = documents(connection, actor.study_id)
    if names is None:
        if not listed:
            raise NotThere("The study has no documents yet. Import some first.")
        return [document.version_id for document in listed]
    return list(dict.fromkeys(document_named(listed, name).version_id for name in names))


def _refuse_open(existing: Sequence[Round], version_ids: Sequence[UUID]) -> None:
    for other in existing:
        if not other.revealed and set(other.documents) & set(version_ids):
            raise UserFacingError(
                f"Some of these documents are in the round '{other.name}', which is not revealed yet. "
                "Reveal it first, or choose other documents."
            )


def _named(connection: Connection, actor: Member, name: str | None) -> Round:
    found = kept.rounds(connection, actor.study_id)
    matching = found if name is None else [r for r in found if name in (r.name, str(r.id))]
    if len(matching) == 1:
        return matching[0]
    names = ", ".join(f"'{r.name}'" for r in found) or "none yet"
    raise NotThere(f"Say which round with its name. Rounds of this study: {names}.")


def _by_id(connection: Connection, actor: Member, round_id: UUID) -> Round:
    return next(r for r in kept.rounds(connection, actor.study_id) if r.id == round_id)
