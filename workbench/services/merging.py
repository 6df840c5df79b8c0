"""One code goes into another, with its codings; or a proposed code turns out to be one that is there."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, Engine

from codebook import hierarchy
from codebook.merging import MergePlan, plan_merge, touched_documents
from codebook.models import Code
from corpus.errors import UserFacingError
from store import codebooks as kept
from store import proposals as proposed
from store import recoding, rounds
from store.codebooks import StoredCodebook
from store.engine import reading, writing
from store.proposals import Proposal
from store.studies import Member
from workbench.services.codebook_editing import book_of, store_change
from workbench.services.codebook_versions import refuse_stale, version_numbered
from workbench.services.codebooks import codebook_in_force, codes_in_force
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.proposals import undecided_proposal
from workbench.services.recoding import codings_seen


@dataclass(frozen=True)
class MergePreview:
    """What a merge would do, as far as the person may see codings; ``refused`` says why it cannot be done.

    ``moving`` are codes under the one that would go; they stand under the other afterwards.
    """

    code: Code
    into: Code
    plan: MergePlan
    documents: int
    moving: tuple[Code, ...]
    refused: str = ""


@dataclass(frozen=True)
class Undone:
    """The codebook after an undo, with the codings that have their code back and those that stay."""

    stored: StoredCodebook
    given_back: int = 0
    left: int = 0


def preview_merge(engine: Engine, actor: Member, code: str, *, into: str) -> MergePreview:
    """What would become of codings and codes if one code went into another (`RULE`)."""
    with reading(engine) as connection:
        stored = _book_of_both(connection, actor, code, into)
        gone, target = (hierarchy.resolve(stored.codebook, name) for name in (code, into))
        hierarchy.merge_codes(stored.codebook, gone.key, into=target.key)  # refuses what makes no sense
        plan = plan_merge(codings_seen(connection, actor), gone.key, into=target.key)
        return MergePreview(
            gone,
            target,
            plan,
            len(touched_documents(plan)),
            hierarchy.children(stored.codebook, gone.key),
            _why_not_merge(connection, actor),
        )


def merge_codes(
    engine: Engine,
    actor: Member,
    code: str,
    *,
    into: str,
    reason: str = "",
    based_on: int | None = None,
) -> StoredCodebook:
    """Let a code go into another, with its codings (`RULE`) and the codes under it.

    Raises
    ------
    NotAllowed
        If the actor does not lead the study, since codings of others change too, or a round is open.
    """
    with writing(engine) as connection:
        stored = _book_of_both(connection, actor, code, into)
        refuse_stale(connection, stored, based_on)
        gone, target = (hierarchy.resolve(stored.codebook, name) for name in (code, into))
        changed = hierarchy.merge_codes(stored.codebook, gone.key, into=target.key)
        refused = _why_not_merge(connection, actor)
        if refused:
            raise NotAllowed(refused)
        after = store_change(
            connection,
            actor,
            stored,
            changed,
            reason=reason,
            detail={"merged": {gone.id.hex: target.id.hex}},
        )
        _carry_out(connection, actor, gone, target, after.version_id)
        return after


def undo_last_change(
    engine: Engine, actor: Member, *, codebook_id: UUID | None = None, based_on: int | None = None
) -> Undone:
    """Let a codebook say again what it said in the version before its newest, as a next version.

    Where that one was a merge, its codings follow (`UNDO_RULE`), in the same event; where it was the
    undoing of a merge, the codes are merged again (`RULE`). All other changes left codings alone.

    Raises
    ------
    NotAllowed
        If codings would change and the actor does not lead the study, or a round is open.
    """
    with writing(engine) as connection:
        stored = codebook_in_force(connection, actor.study_id, codebook_id)
        refuse_stale(connection, stored, based_on)
        newest = kept.codebook_versions(connection, stored.id)[-1]
        if newest.number == 1:
            raise NotThere(f"{stored.codebook.name} was not changed yet: there is nothing to undo.")
        merged, unmerged = newest.detail.get("merged", {}), newest.detail.get("unmerged", {})
        refused = _why_not_merge(connection, actor) if merged or unmerged else ""
        if refused:
            raise NotAllowed(refused)
        earlier = version_numbered(connection, stored, newest.number - 1)
        back = recoding.take_back(
            connection,
            actor.study_id,
            recoding.recoded_after(connection, actor.study_id, newest.event) if merged else [],
        )
        after = kept.add_codebook_version(
            connection,
            stored,
            hierarchy.restore_version(stored.codebook, earlier),
            actor=actor,
            reason="",
            detail={"restores": newest.number - 1}
            | ({"unmerged": merged} if merged else {})
            | ({"merged": unmerged} if unmerged else {}),
            also=back.add,
            retire=back.retire,
        )
        known = {code.id.hex: code for code in stored.codebook.codes}
        for gone, target in unmerged.items():
            _carry_out(connection, actor, known[gone], known[target], after.version_id)
        return Undone(after, back.given_back, back.left)


def match_proposal(
    engine: Engine, actor: Member, proposal_id: UUID, *, into: str, reason: str = ""
) -> Proposal:
    """Say that a proposed code is one that is there: its codings become codings of that one (`RULE`)."""
    with writing(engine) as connection:
        proposal = undecided_proposal(connection, actor, proposal_id)
        refused = _why_not_merge(connection, actor)
        if refused:
            raise NotAllowed(refused)
        stored = codes_in_force(connection, actor.study_id)
        target = hierarchy.resolve(stored.codebook, into)
        proposed.decide(connection, proposal, "matched", actor=actor, into_id=target.id, reason=reason)
        _carry_out(connection, actor, proposal.code, target, stored.version_of(target.id))
        return proposal


def _carry_out(connection: Connection, actor: Member, gone: Code, target: Code, version_id: UUID) -> None:
    """Change the codings as planned. Every round is revealed, so that all of them are visible."""
    plan = plan_merge(codings_seen(connection, actor), gone.key, into=target.key)
    ids = [c.id for c in plan.carried] + [c.id for joined in plan.joined for c in joined.codings]
    rows = recoding.coding_rows(connection, ids)
    for coding in plan.carried:
        recoding.carry_over(
            connection, rows[coding.id], actor=actor, code_id=target.id, codebook_version_id=version_id
        )
    for joined in plan.joined:
        recoding.join(
            connection,
            [rows[coding.id] for coding in joined.codings],
            start_char=joined.start_char,
            end_char=joined.end_char,
            actor=actor,
            code_id=target.id,
            codebook_version_id=version_id,
        )


def _book_of_both(connection: Connection, actor: Member, code: str, into: str) -> StoredCodebook:
    stored = book_of(connection, actor, [code])
    other = book_of(connection, actor, [into])
    if stored.id != other.id:
        raise UserFacingError(
            f"'{code}' and '{into}' are of two codebooks. Codes can go into others of their own only."
        )
    return stored


def _why_not_merge(connection: Connection, actor: Member) -> str:
    """Whether a merge has to wait. It depends on rounds alone: counts would tell of blind codings."""
    if not actor.is_lead:
        return "Only the lead of the study can merge codes, or undo a merge, since codings of others change."
    waiting = [found.name for found in rounds.rounds(connection, actor.study_id) if not found.revealed]
    if waiting:
        return (
            f"The round '{waiting[0]}' is open: codings of its documents must not change from outside. Do it "
            "when the round is revealed."
        )
    return ""
