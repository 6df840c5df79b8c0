"""What a team wrote about its coding: the question, boundary rules, decisions, quotes as examples."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import Connection, Engine

from codebook import hierarchy
from codebook.errors import CodebookError
from codebook.models import Codebook
from corpus.errors import UserFacingError
from store import codebook_notes, tables
from store import codebooks as kept
from store.codebook_notes import Decision, Example
from store.codebooks import StoredCodebook
from store.codings import live_coding
from store.engine import reading, writing
from store.studies import Member
from store.visibility import visible_codings
from workbench.services.codebook_editing import book_of, change_codebook
from workbench.services.codebooks import codebook_in_force, codes_ever
from workbench.services.errors import NotThere


def question_of(engine: Engine, actor: Member, codebook_id: UUID | None = None) -> str:
    """The research question of a codebook; empty where none was written."""
    with reading(engine) as connection:
        return codebook_notes.question_of(
            connection, codebook_in_force(connection, actor.study_id, codebook_id).id
        )


def ask_question(engine: Engine, actor: Member, text: str, *, codebook_id: UUID | None = None) -> None:
    """Set the research question of a codebook; an empty text takes it away."""
    with writing(engine) as connection:
        stored = codebook_in_force(connection, actor.study_id, codebook_id)
        codebook_notes.ask_question(connection, stored.id, text.strip(), actor=actor)


def write_rules(
    engine: Engine,
    actor: Member,
    rules: Iterable[str],
    *,
    reason: str = "",
    codebook_id: UUID | None = None,
    based_on: int | None = None,
) -> StoredCodebook:
    """Set the boundary rules of a codebook."""
    listed = tuple(rule.strip() for rule in rules if rule.strip())

    def change(codebook: Codebook, _taken: Sequence[str]) -> Codebook:
        if codebook.rules == listed:
            raise CodebookError("The boundary rules say that already.")
        return replace(codebook, rules=listed, version=codebook.version + 1)

    with writing(engine) as connection:
        return change_codebook(
            connection, actor, change, reason, names=[], codebook_id=codebook_id, based_on=based_on
        )


def decisions_of(engine: Engine, actor: Member, codebook_id: UUID | None = None) -> list[Decision]:
    """How the team settled what belongs where, newest first."""
    with reading(engine) as connection:
        stored = codebook_in_force(connection, actor.study_id, codebook_id)
        return codebook_notes.decisions_of(connection, stored.id)


def add_decision(
    engine: Engine,
    actor: Member,
    text: str,
    *,
    code: str | None = None,
    codebook_id: UUID | None = None,
) -> UUID:
    """Write down how something was settled, for a code or for the whole codebook."""
    if not text.strip():
        raise UserFacingError("Write what was decided.")
    with writing(engine) as connection:
        stored = book_of(connection, actor, [code], codebook_id)
        code_id = None if code is None else hierarchy.resolve(stored.codebook, code).id
        return codebook_notes.add_decision(connection, stored.id, text.strip(), actor=actor, code_id=code_id)


def retire_decision(engine: Engine, actor: Member, decision_id: UUID) -> None:
    """Take a decision back; it stays in the history."""
    with writing(engine) as connection:
        known = [
            decision.id
            for book in kept.list_codebooks(connection, actor.study_id)
            for decision in codebook_notes.decisions_of(connection, book.id)
        ]
        if decision_id not in known:
            raise NotThere("This decision was taken back already.")
        codebook_notes.retire_note(connection, tables.codebook_decision, decision_id, actor=actor)


def examples_of(engine: Engine, actor: Member, code: str) -> list[Example]:
    """The real quotes that stand as examples of a code, as far as the person may see them."""
    with reading(engine) as connection:
        return codebook_notes.examples_of(connection, actor, _code_id(connection, actor, code))


def add_example(engine: Engine, actor: Member, coding_id: UUID) -> UUID:
    """Let the passage of a coding that the person may see stand as an example of its code."""
    with writing(engine) as connection:
        held = live_coding(connection, coding_id)
        visible = visible_codings(actor).where(tables.coding.c.id == (coding_id if held is None else held.id))
        row = connection.execute(visible).first()
        if row is None:
            raise NotThere("This coding is not there any more. Choose another quote.")
        known = codebook_notes.examples_of(connection, actor, row.code_id)
        if any((e.quote, e.start_char) == (row.quote, row.start_char) for e in known):
            raise UserFacingError("This quote is an example already.")
        return codebook_notes.add_example(connection, row, actor=actor)


def retire_example(engine: Engine, actor: Member, example_id: UUID) -> None:
    """Take an example away."""
    with writing(engine) as connection:
        keys = kept.code_keys(connection, actor.study_id)
        known = {
            example.id
            for code_id in keys
            for example in codebook_notes.examples_of(connection, actor, code_id)
        }
        if example_id not in known:
            raise NotThere("This example was taken away already.")
        codebook_notes.retire_note(connection, tables.code_example, example_id, actor=actor)


def _code_id(connection: Connection, actor: Member, code: str) -> UUID:
    return hierarchy.resolve(codes_ever(connection, actor), code).id
