"""The codebooks of a study: loading and finding them, which codes hold now, and files to take away."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Literal
from uuid import UUID

from sqlalchemy import Connection, Engine

from codebook.exchange import load_scheme, read_codebook, write_codebook
from codebook.models import Codebook
from corpus.errors import UserFacingError
from store import codebook_notes
from store import codebooks as kept
from store import proposals as proposed
from store.assignments import last_assignment
from store.codebooks import StoredCodebook
from store.engine import reading, writing
from store.proposals import Proposal
from store.rounds import Round
from store.studies import Member
from workbench.services.errors import NotAllowed, NotThere

#: What a codebook can be written as; the first three can be read again.
FORMATS = ("yaml", "csv", "xlsx", "docx")


Format = Literal["yaml", "csv", "xlsx", "docx"]


def load_codebook(engine: Engine, actor: Member, wanted: str, *, question: str = "") -> StoredCodebook:
    """Load a scheme that ships (``grol-wensing``, ``ccm``) or a codebook file into the study.

    A study may have several codebooks, each with its research question. No code may have the id of
    one that the study has or had.
    """
    path = Path(wanted)
    codebook = read_codebook(path) if path.suffix else load_scheme(wanted)
    with writing(engine) as connection:
        refuse_in_copy(connection, actor)
        if any(
            other.codebook.name == codebook.name for other in kept.list_codebooks(connection, actor.study_id)
        ):
            raise UserFacingError(
                f"The study has a codebook '{codebook.name}' already. Add or rename codes in it; "
                "codings keep the version under which they were made."
            )
        taken = set(kept.code_keys(connection, actor.study_id).values())
        both = [code.key for code in codebook.codes if code.key in taken]
        if both:
            raise UserFacingError(
                f"{codebook.name}: the study has a code '{both[0]}' already, in another codebook. Give one "
                "of the two another id, so that an id always means the same code."
            )
        stored = kept.add_codebook(connection, codebook, actor=actor)
        if question.strip():
            codebook_notes.ask_question(connection, stored.id, question.strip(), actor=actor)
        return stored


def list_codebooks(engine: Engine, actor: Member) -> list[StoredCodebook]:
    """The newest version of every codebook of the study, in the order in which they were loaded."""
    with reading(engine) as connection:
        return kept.list_codebooks(connection, actor.study_id)


def codebook_named(engine: Engine, actor: Member, name: str) -> StoredCodebook:
    """The newest version of a codebook by its name.

    Raises
    ------
    NotThere
        If there is none; the message lists those there are.
    """
    books = list_codebooks(engine, actor)
    found = next((book for book in books if book.codebook.name == name), None)
    if found is None:
        names = ", ".join(f"'{book.codebook.name}'" for book in books) or "none yet"
        raise NotThere(f"There is no codebook '{name}'. There are: {names}.")
    return found


def current_codebook(engine: Engine, actor: Member, codebook_id: UUID | None = None) -> StoredCodebook | None:
    """The newest version of a codebook, or of the study's first; None where none is loaded."""
    with reading(engine) as connection:
        return kept.current_codebook(connection, actor.study_id, codebook_id)


def codes_now(engine: Engine, actor: Member) -> Codebook:
    """The codes of all codebooks of the study as one, those of the first codebook first."""
    with reading(engine) as connection:
        return codes_in_force(connection, actor.study_id).codebook


def codes_known(engine: Engine, actor: Member) -> Codebook:
    """The same, with proposed codes that the person may see, and with retired ones."""
    with reading(engine) as connection:
        return codes_ever(connection, actor)


def export_codebook(
    engine: Engine, actor: Member, path: Path, format: Format, *, codebook_id: UUID | None = None
) -> Codebook:
    """Write the current version of a codebook to a file."""
    with reading(engine) as connection:
        codebook = codebook_in_force(connection, actor.study_id, codebook_id).codebook
    write_codebook(codebook, path, format)
    return codebook


def codebook_file(engine: Engine, actor: Member, format: Format, *, codebook_id: UUID | None = None) -> bytes:
    """The current version of a codebook as the bytes of a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "codebook"
        export_codebook(engine, actor, path, format, codebook_id=codebook_id)
        return path.read_bytes()


def codebook_in_force(
    connection: Connection, study_id: UUID, codebook_id: UUID | None = None
) -> StoredCodebook:
    """The newest version of a codebook, of the study's first where none is named.

    Raises
    ------
    NotThere
        If none is loaded.
    """
    stored = kept.current_codebook(connection, study_id, codebook_id)
    if stored is None:
        raise NotThere("The study has no codebook yet. Load one: trigpoint codebook load grol-wensing")
    return stored


def codes_in_force(connection: Connection, study_id: UUID) -> StoredCodebook:
    """The codes of all codebooks of a study as one, those of the first codebook first.

    Raises
    ------
    NotThere
        If no codebook is loaded.
    """
    codebook_in_force(connection, study_id)
    return kept.put_together(kept.list_codebooks(connection, study_id))


def codes_ever(connection: Connection, viewer: Member) -> Codebook:
    """All codes that codings, findings and reports may name: in force, proposed, and retired ones.

    A retired code stands under the code that it stood under last. Proposed codes are those that
    the person may see.

    Raises
    ------
    NotThere
        If no codebook is loaded.
    """
    known = codes_in_force(connection, viewer.study_id).codebook
    books = kept.list_codebooks(connection, viewer.study_id)
    gone = [code for book in books for code in kept.retired_codes(connection, book.id)]
    undecided = [p.code for p in proposed.proposals(connection, viewer) if p.outcome != "accepted"]
    codes = list(known.codes)
    for code in (*gone, *undecided):
        codes = proposed.placed(codes, code)
    return replace(known, codes=tuple(codes))


def with_codes_named(connection: Connection, viewer: Member, offered: Codebook, keys: set[str]) -> Codebook:
    """Codes that may be given, and those among the keys that may not: retired, or proposed by another."""
    missing = keys - {code.key for code in offered.codes}
    if not missing:
        return offered
    codes = list(offered.codes)
    for code in codes_ever(connection, viewer).codes:
        if code.key in missing:
            codes = proposed.placed(codes, code)
    return replace(offered, codes=tuple(codes))


def codes_offered(connection: Connection, actor: Member, in_round: Round | None = None) -> StoredCodebook:
    """The codes that a person may give to a passage now: of all codebooks, and those they proposed.

    In a round they are those of the codebooks as they were when it was opened, and what the person
    proposed in it. ``version_of`` of the answer says under which version a coding is made.
    """
    study_id = actor.study_id
    books = (
        kept.list_codebooks(connection, study_id)
        if in_round is None
        else kept.codebooks_of_round(connection, in_round.id)
    )
    if not books:
        codebook_in_force(connection, study_id)
    own = [p for p in proposed.proposals(connection, actor) if _may_code_with(p, actor, in_round)]
    return proposed.with_proposals(kept.put_together(books), own)


def _may_code_with(proposal: Proposal, actor: Member, in_round: Round | None) -> bool:
    """Own proposals; those made in a round only in it, so that no one else can come across them."""
    if proposal.author_id != actor.id or proposal.outcome is not None:
        return False
    return proposal.round_id is None or (in_round is not None and proposal.round_id == in_round.id)


def refuse_in_copy(connection: Connection, actor: Member) -> None:
    """Raise where the study came out of a package: what is coded by a codebook of its own cannot go back."""
    if last_assignment(connection, actor) is not None:
        raise NotAllowed(
            "This study came out of a package: its codebook is the team's. Propose the code while you code."
        )
