"""How much weight a source gives a row, and how important a row is, as each researcher rates it alone."""

from __future__ import annotations

from sqlalchemy import Connection, Engine

from corpus.errors import UserFacingError
from store import findings as kept
from store import ratings
from store.engine import reading, writing
from store.studies import Member
from triangulation.models import Importance, Prominence, Rating, Row
from triangulation.tables import IMPORTANCES
from workbench.services.errors import NotAllowed
from workbench.services.matrix_rows import source_named, stored_row
from workbench.services.protocol import refuse_unless_judge


def rate_source(
    engine: Engine,
    actor: Member,
    *,
    row: Row,
    source: str,
    prominence: Prominence | str | None,
    note: str = "",
) -> None:
    """Rate how much weight a source itself gives a row, with a note; nothing takes the rating back.

    Until the lock the last word counts.
    """
    rated = _prominence(prominence)
    with writing(engine) as connection:
        refuse_if_locked(connection, actor)
        ratings.rate_source(
            connection,
            actor=actor,
            researcher=actor,
            row_id=stored_row(connection, actor, row),
            source_id=source_named(connection, actor, source).id,
            prominence=rated,
            note=note.strip(),
        )


def rate_importance(engine: Engine, actor: Member, *, row: Row, importance: str | None) -> None:
    """Say whether a row is a ``main`` or a ``minor`` finding; None takes that back."""
    if importance is not None and importance not in IMPORTANCES:
        raise UserFacingError(
            f"'{importance}' is no importance. Use one of {', '.join(IMPORTANCES)}, or nothing."
        )
    with writing(engine) as connection:
        refuse_if_locked(connection, actor)
        ratings.set_importance(
            connection,
            actor=actor,
            researcher=actor,
            row_id=stored_row(connection, actor, row),
            importance=importance,
        )


def readable_ratings(engine: Engine, actor: Member) -> tuple[tuple[Rating, ...], tuple[Importance, ...]]:
    """The ratings that a person may read: their own, and those of others once both have locked."""
    with reading(engine) as connection:
        rated, importances = ratings.visible_ratings(connection, actor)
    return tuple(rated), tuple(importances)


def refuse_if_locked(connection: Connection, actor: Member) -> None:
    """What a researcher judges alone is fixed once they have locked; and only named judges judge."""
    refuse_unless_judge(connection, actor)
    if actor.id in kept.locked_researchers(connection, actor.study_id):
        raise NotAllowed("You have locked your judgements. The lead can reopen them, with a reason.")


def _prominence(value: Prominence | str | None) -> Prominence | None:
    try:
        return None if value is None else Prominence(value)
    except ValueError:
        raise UserFacingError(
            f"'{value}' is no prominence. Use one of {', '.join(Prominence)}, or nothing."
        ) from None
