"""Loading, extending and exporting the codebook of a study."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal
from uuid import UUID

from sqlalchemy import Connection, Engine

from codebook import hierarchy
from codebook.exchange import load_scheme, read_codebook, write_codebook
from codebook.models import Codebook
from corpus.errors import UserFacingError
from store import codebooks as kept
from store.codebooks import StoredCodebook
from store.engine import reading, writing
from store.studies import Member
from store.visibility import visible_codings
from workbench.services.errors import NotThere


def load_codebook(engine: Engine, actor: Member, wanted: str) -> StoredCodebook:
    """Load a scheme that ships (``grol-wensing``) or a codebook file as the study's codebook."""
    path = Path(wanted)
    codebook = read_codebook(path) if path.suffix else load_scheme(wanted)
    with writing(engine) as connection:
        if kept.current_codebook(connection, actor.study_id) is not None:
            raise UserFacingError(
                "The study has a codebook already. Add or rename codes in it; "
                "codings keep the version under which they were made."
            )
        return kept.add_codebook(connection, codebook, actor=actor)


def current_codebook(engine: Engine, actor: Member) -> StoredCodebook | None:
    """The newest version of the study's codebook; None where none is loaded."""
    with reading(engine) as connection:
        return kept.current_codebook(connection, actor.study_id)


def codebook_in_force(connection: Connection, study_id: UUID) -> StoredCodebook:
    """The newest version of the study's codebook.

    Raises
    ------
    NotThere
        If none is loaded.
    """
    stored = kept.current_codebook(connection, study_id)
    if stored is None:
        raise NotThere("The study has no codebook yet. Load one: trigpoint codebook load grol-wensing")
    return stored


def add_code(
    engine: Engine,
    actor: Member,
    *,
    label: str,
    parent: str | None,
    key: str | None = None,
    definition: str = "",
    include: str = "",
    exclude: str = "",
    language: str = "en",
    reason: str = "",
) -> StoredCodebook:
    """Add a code; the codebook gets a new version."""

    def change(codebook: Codebook) -> Codebook:
        above = None if parent is None else hierarchy.resolve(codebook, parent).key
        return hierarchy.add_code(
            codebook,
            key=key or hierarchy.next_key(codebook, above, label),
            label={language: label},
            parent=above,
            definition=definition,
            include=include,
            exclude=exclude,
        )

    return _change(engine, actor, change, reason)


def rename_code(
    engine: Engine, actor: Member, code: str, *, label: Mapping[str, str], reason: str = ""
) -> StoredCodebook:
    """Rename a code; the codebook gets a new version, and codings keep the code."""
    return _change(
        engine,
        actor,
        lambda codebook: hierarchy.rename_code(codebook, hierarchy.resolve(codebook, code).key, label=label),
        reason,
    )


def export_codebook(engine: Engine, actor: Member, path: Path, format: Literal["yaml", "csv"]) -> Codebook:
    """Write the current version to a file."""
    with reading(engine) as connection:
        codebook = codebook_in_force(connection, actor.study_id).codebook
    write_codebook(codebook, path, format)
    return codebook


def code_counts(engine: Engine, actor: Member) -> Counter[str]:
    """How many codings of each code the person may see."""
    with reading(engine) as connection:
        keys = kept.code_keys(connection, actor.study_id)
        return Counter(keys[row.code_id] for row in connection.execute(visible_codings(actor)))


def _change(
    engine: Engine, actor: Member, change: Callable[[Codebook], Codebook], reason: str
) -> StoredCodebook:
    with writing(engine) as connection:
        stored = codebook_in_force(connection, actor.study_id)
        changed = change(stored.codebook)
        return kept.add_codebook_version(connection, stored, changed, actor=actor, reason=reason)
