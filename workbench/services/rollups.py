"""The codes of a codebook counted in the groups of a report, and beside other frameworks."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine

from codebook import hierarchy
from codebook.models import Codebook
from corpus.spreadsheets import write_rows
from store import codebooks as kept
from store.codebooks import StoredCodebook
from store.engine import reading, writing
from store.studies import Member
from workbench.services.codebook_editing import change_codebook
from workbench.services.codebook_tree import count_codings
from workbench.services.codebooks import codebook_in_force


def rolled_up(
    engine: Engine,
    actor: Member,
    rollup: str,
    *,
    exceptions: Mapping[str, str] | None = None,
    codebook_id: UUID | None = None,
) -> dict[str | None, int]:
    """The codings that a person may see by the groups of a reporting roll-up; None: in no group.

    A theme counts in the group that names it, else in that of the code above it; ``exceptions``
    places single themes otherwise for this once.
    """
    with reading(engine) as connection:
        stored = codebook_in_force(connection, actor.study_id, codebook_id)
        named = {code.key for code in (*stored.codebook.codes, *kept.retired_codes(connection, stored.id))}
        counts = {key: n for key, n in count_codings(connection, actor).items() if key in named}
    return hierarchy.rolled_up(stored.codebook, counts, rollup, exceptions=exceptions)


def place_in_rollup(
    engine: Engine,
    actor: Member,
    code: str,
    *,
    rollup: str,
    group: str | None,
    reason: str = "",
    based_on: int | None = None,
) -> StoredCodebook:
    """Let a code count in another group of a reporting roll-up than the code above it; None takes it back."""

    def change(codebook: Codebook, _taken: Sequence[str]) -> Codebook:
        key = hierarchy.resolve(codebook, code).key
        return hierarchy.place_in_group(codebook, key, rollup=rollup, group=group)

    with writing(engine) as connection:
        return change_codebook(connection, actor, change, reason, names=[code], based_on=based_on)


def crosswalk_file(engine: Engine, actor: Member, *, codebook_id: UUID | None = None) -> bytes:
    """The counterparts of each code in TICD and CFIR 2022, as the bytes of a CSV table."""
    with reading(engine) as connection:
        codebook = codebook_in_force(connection, actor.study_id, codebook_id).codebook
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "crosswalk.csv"
        rows = [(code.key, code.name(), code.ticd, code.cfir2022) for code in codebook.codes]
        write_rows(path, ("code", "label", "ticd", "cfir2022"), rows)
        return path.read_bytes()
