"""Codes that coders propose while they code: their own until the team decides on them.

A proposed code is a code with an id from the start, so that codings bear it at once; what becomes
of it is decided later: it enters the codebook, is matched to a code that is there, or is declined.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from sqlalchemy import Connection

from codebook.models import Code
from store import tables
from store.codebooks import StoredCodebook, code_keys
from store.events import NewRow, record
from store.studies import Member
from store.visibility import visible_proposals


@dataclass(frozen=True)
class Proposal:
    """A code that somebody proposed.

    ``round_id`` is the round in which it was made, None outside one. ``outcome`` is ``accepted``,
    ``matched`` (to the code with the key ``into``) or ``declined``; None while nobody has decided.
    """

    id: UUID
    code: Code
    codebook_id: UUID
    author: str
    author_id: UUID
    round_id: UUID | None
    outcome: str | None = None
    into: str | None = None


def add_proposal(
    connection: Connection,
    code: Code,
    *,
    actor: Member,
    codebook_id: UUID,
    parent_id: UUID | None,
    round_id: UUID | None,
) -> UUID:
    """Store a proposed code; returns the proposal's id."""
    proposal_id = uuid4()
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="code.propose",
        entity=tables.code_proposal,
        entity_id=proposal_id,
        add=[
            (tables.code, {"id": code.id, "codebook_id": codebook_id}),
            (
                tables.code_proposal,
                {
                    "id": proposal_id,
                    "code_id": code.id,
                    "parent_id": parent_id,
                    "author_id": actor.id,
                    "coding_round_id": round_id,
                    "key": code.key,
                    "label": dict(code.label),
                    "definition": code.definition,
                },
            ),
        ],
        detail={"code": code.id.hex},
    )
    return proposal_id


def proposals(connection: Connection, viewer: Member) -> list[Proposal]:
    """The proposals that a person may see, oldest first."""
    rows = connection.execute(visible_proposals(viewer)).all()
    keys = code_keys(connection, viewer.study_id) if rows else {}
    return [
        Proposal(
            id=row.id,
            code=Code(row.code_id, row.key, row.label, keys.get(row.parent_id), row.definition),
            codebook_id=row.codebook_id,
            author=row.author,
            author_id=row.author_id,
            round_id=row.coding_round_id,
            outcome=row.outcome,
            into=keys.get(row.into_id),
        )
        for row in rows
    ]


def decision_row(proposal: Proposal, outcome: str, *, into_id: UUID | None = None) -> NewRow:
    """The row that says what became of a proposal."""
    return (
        tables.proposal_decision,
        {"id": uuid4(), "code_proposal_id": proposal.id, "outcome": outcome, "into_id": into_id},
    )


def decide(
    connection: Connection,
    proposal: Proposal,
    outcome: str,
    *,
    actor: Member,
    into_id: UUID | None = None,
    reason: str = "",
) -> None:
    """Say what became of a proposal, where the codebook stays as it is."""
    table, row = decision_row(proposal, outcome, into_id=into_id)
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action=f"proposal.{outcome}",
        entity=table,
        entity_id=row["id"],
        add=[(table, row)],
        detail={"proposal": proposal.id.hex, "into": None if into_id is None else into_id.hex},
        reason=reason,
    )


def withdraw(connection: Connection, proposal: Proposal, *, actor: Member) -> None:
    """Take a proposal back; its code stays known to codings that bore it."""
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="proposal.withdraw",
        entity=tables.code_proposal,
        entity_id=proposal.id,
        retire=[(tables.code_proposal, proposal.id)],
    )


def with_proposals(stored: StoredCodebook, proposed: list[Proposal]) -> StoredCodebook:
    """A codebook in which proposed codes stand last under the code under which they were proposed."""
    codes = list(stored.codebook.codes)
    for proposal in proposed:
        codes = placed(codes, proposal.code)
    return replace(stored, codebook=replace(stored.codebook, codes=tuple(codes)))


def placed(codes: list[Code], code: Code) -> list[Code]:
    """Codes with one more, last under the code that it names as its parent, else as a level at the end."""
    keys = [other.key for other in codes]
    if code.key in keys:
        return codes
    if code.parent not in keys:
        return [*codes, replace(code, parent=None)]
    family = {code.parent}
    last = keys.index(code.parent)
    for place, other in enumerate(codes):
        if other.parent in family:
            family.add(other.key)
            last = place
    return [*codes[: last + 1], code, *codes[last + 1 :]]
