"""The rows of the matrix and the sources, as people name them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import Connection

from codebook.errors import UnknownCode
from codebook.hierarchy import resolve
from codebook.models import Codebook
from corpus.errors import UserFacingError
from corpus.models import Source
from store.documents import KIND_NOT_GIVEN, add_source, sources
from store.rows import moved_rows, row_id_of, rows_now
from store.studies import Member
from store.visibility import hidden_rows
from triangulation.models import (
    Row,
)
from triangulation.tables import (
    RefusedRow,
)
from workbench.services.codebooks import codes_ever
from workbench.services.errors import NotThere


def theme_named(book: Codebook, name: str) -> str | None:
    """The key of a theme as people write it; an unknown one says which are near."""
    try:
        return resolve(book, name).key
    except UnknownCode as error:
        raise UserFacingError(str(error)) from error


def source_labels(connection: Connection, actor: Member) -> Collection[str]:
    """The names of all sources."""
    return [source.label for source in sources(connection, actor.study_id)]


def source_named(connection: Connection, actor: Member, label: str, *, create: bool = False) -> Source:
    """A source by its name; one that is not there is refused, or made with ``create``."""
    listed = sources(connection, actor.study_id)
    for source in listed:
        if source.label == label:
            return source
    if create:
        return add_source(connection, actor=actor, label=label, kind=KIND_NOT_GIVEN)
    names = ", ".join(f"'{source.label}'" for source in listed) or "none yet"
    raise NotThere(f"There is no source '{label}'. There are: {names}.")


def stored_row(connection: Connection, actor: Member, row: Row, book: Codebook | None = None) -> UUID:
    """The id of a row of the matrix as it stands now; it is made where it is not there."""
    book = book or codes_ever(connection, actor)
    return row_id_of(connection, actor=actor, code_id=resolve(book, row.theme).id, statement=row.statement)


def row_ids(connection: Connection, actor: Member) -> dict[Row, UUID]:
    """The rows that a person may see as they stand now, each with its id."""
    hidden = hidden_rows(connection, actor)
    moved = moved_rows(connection, actor.study_id, viewer=actor)
    return {
        row: row_id
        for row_id, row in rows_now(connection, actor.study_id, viewer=actor).items()
        if row_id not in hidden and row_id not in moved
    }


def one_line(text: str) -> str:
    """Words without line breaks and double spaces."""
    return " ".join(text.split())


def by_row(refused: Sequence[RefusedRow]) -> tuple[RefusedRow, ...]:
    """Refusals in the order of the file."""
    return tuple(sorted(refused, key=lambda refusal: refusal.row))
