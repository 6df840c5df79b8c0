"""Codes that coders propose while coding, and what the team decides about them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine

from codebook import hierarchy
from codebook.models import Code, Codebook
from corpus.errors import UserFacingError
from store import codebooks as kept
from store import proposals as proposed
from store import rounds
from store.codebooks import StoredCodebook
from store.engine import reading, writing
from store.proposals import Proposal
from store.rounds import Round
from store.studies import Member
from workbench.services.codebook_editing import book_of, free_key, store_change
from workbench.services.codebook_tree import count_codings
from workbench.services.codebook_versions import refuse_stale
from workbench.services.codebooks import codebook_in_force, codes_offered
from workbench.services.errors import NotAllowed, NotThere


@dataclass(frozen=True)
class ProposalLine:
    """A proposed code with its round's name (empty outside one) and the codings that one may see of it."""

    proposal: Proposal
    round: str
    codings: int


def propose_code(
    engine: Engine,
    actor: Member,
    *,
    label: str,
    parent: str | None = None,
    language: str = "en",
    round_name: str | None = None,
    definition: str = "",
) -> Code:
    """Propose a code while coding; its author can give it to passages at once.

    While a blind round is open, a code proposed in it is seen by its author alone, and only the
    documents of the round can be coded with it. Who is in an open blind round and names none
    proposes in that one. The team decides on it after the reveal.

    Parameters
    ----------
    parent : str, optional
        The code under which it shall stand, by id or label.
    round_name : str, optional
        The open round that it is proposed in.

    Raises
    ------
    UserFacingError
        If no label is given, or the person may see a code of this name under the same parent.
    """
    label = " ".join(label.split())
    if not label:
        raise UserFacingError("A code needs a label: the name under which coders look for it.")
    with writing(engine) as connection:
        in_round = _round_of_proposal(connection, actor, round_name)
        offered = codes_offered(connection, actor, in_round)
        above = None if parent is None else hierarchy.resolve(offered.codebook, parent)
        _refuse_same_name(offered.codebook, above, label)
        stored = book_of(connection, actor, [None if above is None else above.key])
        mine = [p.code for p in proposed.proposals(connection, actor) if p.author_id == actor.id]
        taken = [*(code.key for code in (*offered.codebook.codes, *mine))]
        code = Code(
            uuid4(),
            _own_key(offered.codebook, above, label, actor, taken),
            {language: label},
            None if above is None else above.key,
            definition.strip(),
        )
        proposed.add_proposal(
            connection,
            code,
            actor=actor,
            codebook_id=stored.id,
            parent_id=None if above is None else above.id,
            round_id=None if in_round is None else in_round.id,
        )
        return code


def proposals_of(engine: Engine, actor: Member) -> list[ProposalLine]:
    """The codes that were proposed, as far as the person may see them, oldest first."""
    with reading(engine) as connection:
        names = {found.id: found.name for found in rounds.rounds(connection, actor.study_id)}
        counts = count_codings(connection, actor)
        return [
            ProposalLine(p, names[p.round_id] if p.round_id else "", counts[p.code.key])
            for p in proposed.proposals(connection, actor)
        ]


def accept_proposal(
    engine: Engine,
    actor: Member,
    proposal_id: UUID,
    *,
    key: str | None = None,
    label: Mapping[str, str] | None = None,
    parent: str | None = None,
    definition: str = "",
    reason: str = "",
    based_on: int | None = None,
) -> StoredCodebook:
    """Take a proposed code into its codebook; the codings that bear it keep it."""
    with writing(engine) as connection:
        proposal = undecided_proposal(connection, actor, proposal_id)
        stored = codebook_in_force(connection, actor.study_id, proposal.codebook_id)
        refuse_stale(connection, stored, based_on)
        book = stored.codebook
        wanted = parent or proposal.code.parent
        above = hierarchy.resolve(book, wanted).key if wanted and hierarchy.knows(book, wanted) else None
        names = {**proposal.code.label, **(label or {})}
        taken = kept.code_keys(connection, actor.study_id).values()
        changed = hierarchy.add_code(
            book,
            key=key or free_key(book, above, next(iter(names.values())), taken),
            label=names,
            parent=above,
            definition=definition or proposal.code.definition,
        )
        known = {code.id for code in book.codes}
        codes = tuple(c if c.id in known else replace(c, id=proposal.code.id) for c in changed.codes)
        return store_change(
            connection,
            actor,
            stored,
            replace(changed, codes=codes),
            reason=reason,
            detail={"accepted": proposal.id.hex},
            also=[proposed.decision_row(proposal, "accepted")],
        )


def decline_proposal(engine: Engine, actor: Member, proposal_id: UUID, *, reason: str = "") -> None:
    """Leave a proposed code out. Codings that bear it keep it, and are listed to be looked at again."""
    with writing(engine) as connection:
        proposal = undecided_proposal(connection, actor, proposal_id)
        proposed.decide(connection, proposal, "declined", actor=actor, reason=reason)


def withdraw_proposal(engine: Engine, actor: Member, proposal_id: UUID) -> None:
    """Take back a code that one proposed oneself, as long as no coding of one's own bears it."""
    with writing(engine) as connection:
        mine = [p for p in proposed.proposals(connection, actor) if p.author_id == actor.id]
        proposal = next((p for p in mine if p.id == proposal_id and p.outcome is None), None)
        if proposal is None:
            raise NotThere("This is no proposal of yours that could be withdrawn.")
        if count_codings(connection, actor)[proposal.code.key]:
            raise UserFacingError("Codings of yours bear this code. Give them another code first.")
        proposed.withdraw(connection, proposal, actor=actor)


def undecided_proposal(connection: Connection, actor: Member, proposal_id: UUID) -> Proposal:
    """A proposal that the team can decide on now.

    Raises
    ------
    NotThere
        If there is none, or the person may not see it yet.
    NotAllowed
        If its round is not revealed, or it was decided on.
    """
    found = next((p for p in proposed.proposals(connection, actor) if p.id == proposal_id), None)
    if found is None:
        raise NotThere("This proposal is not there, or its round is not revealed yet.")
    if found.outcome is not None:
        raise NotAllowed(f"'{found.code.name()}' was {found.outcome} already.")
    open_rounds = {r.id: r for r in rounds.rounds(connection, actor.study_id) if not r.revealed}
    if found.round_id in open_rounds:
        raise NotAllowed(
            f"'{found.code.name()}' was proposed in the round '{open_rounds[found.round_id].name}'. "
            "It can be decided on when the round is revealed."
        )
    return found


def _round_of_proposal(connection: Connection, actor: Member, name: str | None) -> Round | None:
    own = [
        found
        for found in rounds.rounds(connection, actor.study_id)
        if not found.revealed and actor.id in {coder.id for coder in found.coders}
    ]
    if name is None:
        return next((found for found in reversed(own) if found.blind), None)
    found = next((found for found in own if found.name == name), None)
    if found is None:
        raise NotThere(f"You do not code in an open round '{name}'.")
    return found


def _refuse_same_name(codebook: Codebook, above: Code | None, label: str) -> None:
    parent = None if above is None else above.key
    same = [
        c for c in hierarchy.children(codebook, parent) if _folded(label) in map(_folded, c.label.values())
    ]
    if same:
        raise UserFacingError(f"'{label}' is there already: {same[0].key}. Use that code.")


def _own_key(codebook: Codebook, above: Code | None, label: str, actor: Member, taken: Sequence[str]) -> str:
    """An id that two who propose the same without knowing of each other do not share."""
    stem = hierarchy.next_key(
        replace(codebook, codes=tuple(c for c in codebook.codes if "~" not in c.key)),
        None if above is None or "~" in above.key else above.key,
        label,
    )
    name = re.sub(r"\W+", "", _folded(actor.name)) or actor.id.hex[:6]
    candidates = (f"{stem}~{name}{'' if n == 1 else n}" for n in range(1, len(taken) + 2))
    return next(key for key in candidates if key not in taken)


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())
