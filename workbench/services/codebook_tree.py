"""The codes of a codebook as a tree, with the codings that a person may see of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import Connection, Engine

from codebook import hierarchy
from codebook.models import Code, Codebook
from store import codebooks as kept
from store import proposals as proposed
from store.codebooks import StoredCodebook
from store.engine import reading
from store.studies import Member
from store.visibility import visible_codings
from workbench.services.codebooks import codebook_in_force

#: Levels that have a colour of their own, everywhere; others take those that are not in use, in turn.
LEVELS = ("INN", "PRO", "PAT", "SOC", "ORG", "ECO", "IMP")


State = Literal["in force", "retired", "proposed"]


@dataclass(frozen=True)
class CodeLine:
    """A code in the tree; ``level`` is the number of its level's colour, ``codings`` counts all under it.

    ``own`` counts the codings of the code itself. ``state`` is ``in force``, ``retired``, or
    ``proposed`` for a code on which nobody has decided yet.
    """

    code: Code
    depth: int
    level: int
    codings: int
    own: int
    state: State = "in force"


def code_counts(engine: Engine, actor: Member) -> Counter[str]:
    """How many codings of each code the person may see."""
    with reading(engine) as connection:
        return count_codings(connection, actor)


def code_tree(engine: Engine, actor: Member, codebook_id: UUID | None = None) -> list[CodeLine]:
    """The codes of a codebook in the order of the tree, with the codings that the person may see.

    After the tree come codes that are not in it and yet are named: those proposed, and those retired
    of which the person may see a coding.
    """
    with reading(engine) as connection:
        stored = codebook_in_force(connection, actor.study_id, codebook_id)
        counts = count_codings(connection, actor)
        colours = _level_colours(kept.list_codebooks(connection, actor.study_id))
        gone = kept.retired_codes(connection, stored.id)
        undecided = [
            p.code
            for p in proposed.proposals(connection, actor)
            if p.codebook_id == stored.id and (p.outcome is None or counts[p.code.key])
            if p.code.id not in {code.id for code in (*stored.codebook.codes, *gone)}
        ]
    codebook = stored.codebook
    tree = [
        line
        for level in hierarchy.children(codebook, None)
        for line in _branch(codebook, level, colours[level.id], 0, counts)
    ]
    outside_of: tuple[tuple[State, list[Code]], ...] = (("proposed", undecided), ("retired", gone))
    outside = [
        CodeLine(code, 0, _colour_of(codebook, code, colours), counts[code.key], counts[code.key], state)
        for state, codes in outside_of
        for code in codes
        if state == "proposed" or counts[code.key]
    ]
    return [*tree, *outside]


def count_codings(connection: Connection, actor: Member) -> Counter[str]:
    """How many codings of each code the person may see, inside a transaction."""
    keys = kept.code_keys(connection, actor.study_id)
    return Counter(keys[row.code_id] for row in connection.execute(visible_codings(actor)))


def _level_colours(books: Iterable[StoredCodebook]) -> dict[UUID, int]:
    """The number of the colour of each level; the coding screen colours by the same rule."""
    levels = [level for book in books for level in hierarchy.children(book.codebook, None)]
    keys = {level.key for level in levels}
    spare = [number for number, key in enumerate(LEVELS) if key not in keys] or list(range(len(LEVELS)))
    others = [level for level in levels if level.key not in LEVELS]
    told = {level.id: LEVELS.index(level.key) for level in levels if level.key in LEVELS}
    return told | {level.id: spare[number % len(spare)] for number, level in enumerate(others)}


def _branch(
    codebook: Codebook, code: Code, level: int, depth: int, counts: Mapping[str, int]
) -> list[CodeLine]:
    below = [
        line
        for child in hierarchy.children(codebook, code.key)
        for line in _branch(codebook, child, level, depth + 1, counts)
    ]
    own = counts.get(code.key, 0)
    total = own + sum(line.codings for line in below if line.depth == depth + 1)
    return [CodeLine(code, depth, level, total, own), *below]


def _colour_of(codebook: Codebook, code: Code, colours: Mapping[UUID, int]) -> int:
    """The colour of the level under which a code that is not in the tree stood, or would stand."""
    if code.parent is None or not hierarchy.knows(codebook, code.parent):
        return colours.get(code.id, 0)
    return colours[hierarchy.level_of(codebook, code.parent).id]
