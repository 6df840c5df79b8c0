"""The rows of the matrix: how they are called now, which go on under another, and which are listed.

A row is never changed. One that was renamed, merged or matched goes on under another, and everything
that stands in it - findings, judgements, whatever has its id - is shown there: see `rows_now`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection

from store import tables
from store.codebooks import code_keys
from store.events import NewRow, record
from store.studies import Member
from store.visibility import hidden_findings, hidden_notes, hidden_rows, readable_researchers
from triangulation.models import Row


@dataclass(frozen=True)
class Move:
    """A row that goes on under another: renamed, merged or matched."""

    id: UUID
    from_id: UUID
    to_id: UUID
    kind: str
    made_by: UUID


def rows_written(connection: Connection, study_id: UUID) -> dict[UUID, Row]:
    """Every row in the words in which it came, whatever became of it, in the order in which they came."""
    table = tables.matrix_row
    keys = code_keys(connection, study_id)
    rows = connection.execute(
        sa.select(table).where(table.c.study_id == study_id).order_by(table.c.created_event)
    )
    return {row.id: Row(keys[row.code_id], row.statement) for row in rows}


def rows_now(connection: Connection, study_id: UUID, *, viewer: Member | None = None) -> dict[UUID, Row]:
    """Every row that ever came, with the row under which it stands now, in the order in which they came.

    Parameters
    ----------
    viewer : Member, optional
        Moves from or to a row that this person may not see do not hold for them.
    """
    written = rows_written(connection, study_id)
    moved = moved_rows(connection, study_id, viewer=viewer)
    return {row_id: written[standing(moved, row_id)] for row_id in written}


def moved_rows(connection: Connection, study_id: UUID, *, viewer: Member | None = None) -> dict[UUID, UUID]:
    """The rows that go on under another, each with the next one; as `rows_now` reads them."""
    moves = live_moves(connection, study_id)
    if not moves or viewer is None:
        return {move.from_id: move.to_id for move in moves}
    hidden = hidden_rows(connection, viewer)
    return {move.from_id: move.to_id for move in moves if not {move.from_id, move.to_id} & hidden}


def standing(moved: Mapping[UUID, UUID], row_id: UUID) -> UUID:
    """The row under which a row stands in the end."""
    while row_id in moved:
        row_id = moved[row_id]
    return row_id


def same_rows(connection: Connection, actor: Member, row_id: UUID) -> set[UUID]:
    """Every row that stands where this one does, itself among them."""
    moved = moved_rows(connection, actor.study_id, viewer=actor)
    place = standing(moved, row_id)
    return {row_id, place, *(other for other in moved if standing(moved, other) == place)}


def row_id_of(connection: Connection, *, actor: Member, code_id: UUID, statement: str) -> UUID:
    """The matrix row of a statement under a theme, or the one it goes on under; made when it is not there."""
    found = _row_with(connection, actor, code_id, statement)
    if found is not None:
        if found in hidden_rows(connection, actor):
            # In the person's own log it must look as if nobody had come to these words before.
            _note(connection, found, actor=actor, action="row.add", is_listed=None)
        return standing(moved_rows(connection, actor.study_id, viewer=actor), found)
    row_id = uuid4()
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="row.add",
        entity=tables.matrix_row,
        entity_id=row_id,
        add=[(tables.matrix_row, {"id": row_id, "code_id": code_id, "statement": statement})],
    )
    return row_id


def list_row(connection: Connection, *, actor: Member, code_id: UUID, statement: str) -> UUID:
    """A row that is listed although nothing stands in it."""
    found = _row_with(connection, actor, code_id, statement)
    if found is None:
        return row_id_of(connection, actor=actor, code_id=code_id, statement=statement)
    row_id = standing(moved_rows(connection, actor.study_id, viewer=actor), found)
    if row_id in hidden_rows(connection, actor):
        _note(connection, row_id, actor=actor, action="row.add", is_listed=True)
    elif row_id not in _listed(connection, actor):
        _note(connection, row_id, actor=actor, action="row.list", is_listed=True)
    return row_id


def unlist_row(connection: Connection, row_id: UUID, *, actor: Member) -> None:
    """Take a row off the list; it stays where something stands in it."""
    _note(connection, row_id, actor=actor, action="row.drop", is_listed=False)


def listed_rows(connection: Connection, viewer: Member) -> list[Row]:
    """The rows of the matrix as a person may see them: those added, and those in which something stands."""
    hidden = hidden_rows(connection, viewer)
    now = rows_now(connection, viewer.study_id, viewer=viewer)
    there = (_stood_in(connection, viewer) - hidden) | _listed(connection, viewer)
    return list(dict.fromkeys(row for row_id, row in now.items() if row_id in there))


def live_moves(connection: Connection, study_id: UUID) -> list[Move]:
    """The moves that hold now, in the order in which they were made."""
    move, event = tables.row_move, tables.event
    rows = connection.execute(
        sa.select(move, event.c.actor_id)
        .join(event, (event.c.study_id == move.c.study_id) & (event.c.seq == move.c.created_event))
        .where(move.c.study_id == study_id, move.c.retired_event.is_(None))
        .order_by(move.c.created_event)
    )
    return [Move(row.id, row.from_row_id, row.to_row_id, row.kind, row.actor_id) for row in rows]


def move_row(
    connection: Connection, row_id: UUID, *, to: UUID, kind: str, actor: Member, reason: str
) -> UUID:
    """Let a row go on under another; returns the id of the move."""
    return _move(connection, row_id, to, kind=kind, actor=actor, reason=reason)


def rename_row(
    connection: Connection, row_id: UUID, *, code_id: UUID, statement: str, actor: Member, reason: str
) -> UUID | None:
    """Let a row go on in other words; the id of the move.

    None where a row in these words is there that this one cannot take the words from: one that is
    shown itself, or goes on under a third.
    """
    found = _row_with(connection, actor, code_id, statement)
    if found is None:
        new_id = uuid4()
        row = (tables.matrix_row, {"id": new_id, "code_id": code_id, "statement": statement})
        return _move(connection, row_id, new_id, kind="rename", actor=actor, reason=reason, add=[row])
    moves = {move.from_id: move for move in live_moves(connection, actor.study_id)}
    moved = {move.from_id: move.to_id for move in moves.values()}
    if found in moved and standing(moved, found) == row_id:  # its own earlier words
        earlier = moves[found].id
        return _move(connection, row_id, found, kind="rename", actor=actor, reason=reason, instead_of=earlier)
    in_use = _listed(connection, actor) | _stood_in_at_all(connection, actor.study_id)
    if found in moved or found in in_use or found in moved.values():
        return None
    return _move(connection, row_id, found, kind="rename", actor=actor, reason=reason)


def undo_move(connection: Connection, move: Move, *, actor: Member, reason: str) -> None:
    """Let a row stand for itself again; a move that this one took the place of holds again."""
    row, event = tables.row_move, tables.event
    made = connection.execute(
        sa.select(event.c.detail)
        .join(row, (event.c.study_id == row.c.study_id) & (event.c.seq == row.c.created_event))
        .where(row.c.id == move.id)
    ).scalar_one()
    replaced = [UUID(hexed) for hexed in made.get("retired", [])]
    earlier = connection.execute(sa.select(row).where(row.c.id.in_(replaced)))
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="row.unmove",
        entity=tables.row_move,
        entity_id=move.id,
        add=[
            (row, {"id": uuid4(), "from_row_id": e.from_row_id, "to_row_id": e.to_row_id, "kind": e.kind})
            for e in earlier
        ],
        retire=[(row, move.id)],
        reason=reason,
    )


def scopes(connection: Connection, viewer: Member) -> dict[Row, str]:
    """Rows that speak of one group of participants alone, with that group."""
    table = tables.row_scope
    now = rows_now(connection, viewer.study_id, viewer=viewer)
    hidden = hidden_rows(connection, viewer)
    rows = connection.execute(
        sa.select(table)
        .where(table.c.study_id == viewer.study_id, table.c.retired_event.is_(None))
        .order_by(table.c.created_event)
    )
    return {now[row.matrix_row_id]: row.participant_group for row in rows if row.matrix_row_id not in hidden}


def scope_row(connection: Connection, row_id: UUID, group: str, *, actor: Member) -> None:
    """Say that a row speaks of one group of participants alone; an empty group takes that back."""
    table = tables.row_scope
    held = connection.execute(
        sa.select(table.c.id).where(
            table.c.matrix_row_id.in_(same_rows(connection, actor, row_id)), table.c.retired_event.is_(None)
        )
    ).scalars()
    retire = [(table, scope_id) for scope_id in held]
    if not group and not retire:
        return
    scope_id = uuid4()
    scope = {"id": scope_id, "matrix_row_id": row_id, "participant_group": group}
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="row.scope" if group else "row.unscope",
        entity=table,
        entity_id=scope_id if group else retire[0][1],
        add=[(table, scope)] if group else [],
        retire=retire,
        detail={"row": row_id.hex},
    )


@dataclass(frozen=True)
class Clash:
    """What holds on both of two rows and differs; ``researcher_id`` is None where it is the team's."""

    table: str
    researcher_id: UUID | None
    source_ids: tuple[UUID, ...]


def clashes(connection: Connection, actor: Member, one: UUID, other: UUID) -> list[Clash]:
    """What stands on two rows at the same place and differs, so that one row cannot hold both."""
    found = []
    for table, place, said in _ONCE_A_PLACE:
        first, second = (_held(connection, actor, table, place, row_id) for row_id in (one, other))
        for key in first.keys() & second.keys():
            # What is compared has no words of a person; two texts cannot be one.
            if not said or any(first[key][name] != second[key][name] for name in said):
                found.append(_clash(table, place, key))
    return found


#: Where one fact holds a row and place: the columns of the place, and what must be the same on both rows.
_ONCE_A_PLACE: tuple[tuple[sa.Table, tuple[str, ...], tuple[str, ...]], ...] = (
    (tables.existence, ("researcher_id", "source_id"), ("speaks",)),
    (
        tables.judgement,
        ("researcher_id", "source_a_id", "source_b_id"),
        ("meaning", "prominence", "coverage", "examples", "assigned", "silence", "expected"),
    ),
    (tables.source_rating, ("researcher_id", "source_id"), ("prominence",)),
    (tables.row_importance, ("researcher_id",), ("importance",)),
    (tables.opportunity, ("source_id",), ("state",)),
    (tables.resolution, ("about", "source_a_id", "source_b_id"), ("outcome",)),
    (tables.row_scope, (), ("participant_group",)),
    (tables.work_up, (), ()),
)


def _held(
    connection: Connection, actor: Member, table: sa.Table, place: tuple[str, ...], row_id: UUID
) -> dict[tuple[Any, ...], Mapping[str, Any]]:
    rows = connection.execute(
        sa.select(table)
        .where(
            table.c.matrix_row_id.in_(same_rows(connection, actor, row_id)), table.c.retired_event.is_(None)
        )
        .order_by(table.c.created_event)
    ).mappings()
    return {tuple(row[name] for name in place): dict(row) for row in rows}


def _clash(table: sa.Table, place: tuple[str, ...], key: tuple[Any, ...]) -> Clash:
    named = dict(zip(place, key, strict=True))
    sources = tuple(value for name, value in named.items() if name.startswith("source") and value)
    return Clash(table.name, named.get("researcher_id"), sources)


def _row_with(connection: Connection, actor: Member, code_id: UUID, statement: str) -> UUID | None:
    table = tables.matrix_row
    found: UUID | None = connection.execute(
        sa.select(table.c.id).where(
            table.c.study_id == actor.study_id, table.c.code_id == code_id, table.c.statement == statement
        )
    ).scalar()
    return found


def _note(
    connection: Connection, row_id: UUID, *, actor: Member, action: str, is_listed: bool | None
) -> None:
    """Note of a row that it is listed from now on, or no longer; None: neither."""
    # The note has an id of its own: who may see the row may not always see who noted what of it.
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action=action,
        entity=tables.matrix_row,
        entity_id=uuid4(),
        detail={"row": row_id.hex, "listed": is_listed},
    )


def _move(
    connection: Connection,
    row_id: UUID,
    to: UUID,
    *,
    kind: str,
    actor: Member,
    reason: str,
    add: Iterable[NewRow] = (),
    instead_of: UUID | None = None,
) -> UUID:
    move_id = uuid4()
    move = {"id": move_id, "from_row_id": row_id, "to_row_id": to, "kind": kind}
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action=f"row.{kind}",
        entity=tables.row_move,
        entity_id=move_id,
        add=[*add, (tables.row_move, move)],
        retire=[] if instead_of is None else [(tables.row_move, instead_of)],
        detail={"from": row_id.hex, "to": to.hex},
        reason=reason,
    )
    return move_id


#: What can stand in a row, and brings the row along where it is not there yet.
_STANDING = (
    tables.finding,
    tables.existence,
    tables.judgement,
    tables.source_rating,
    tables.row_importance,
)


def rows_added(connection: Connection, study_id: UUID) -> set[UUID]:
    """Rows that were added for themselves: not with a finding or judgement, nor with a renaming."""
    row, move = tables.matrix_row, tables.row_move
    came_along = [
        sa.exists().where(t.c.matrix_row_id == row.c.id, t.c.created_event == row.c.created_event + 1)
        for t in _STANDING
    ]
    with_move = sa.exists().where(move.c.to_row_id == row.c.id, move.c.created_event == row.c.created_event)
    added = connection.execute(
        sa.select(row.c.id).where(row.c.study_id == study_id, ~sa.or_(with_move, *came_along))
    )
    return set(added.scalars())


def _listed(connection: Connection, viewer: Member) -> set[UUID]:
    """Rows that were added for themselves and not taken off the list again, as a person knows of it."""
    event = tables.event
    listed = rows_added(connection, viewer.study_id) - hidden_rows(connection, viewer)
    hidden = hidden_notes(connection, viewer)
    notes = connection.execute(
        sa.select(event.c.entity_id, event.c.detail)
        .where(
            event.c.study_id == viewer.study_id,
            event.c.entity == tables.matrix_row.name,
            event.c.action.in_(("row.add", "row.list", "row.drop")),
        )
        .order_by(event.c.seq)
    )
    for note_id, detail in notes:
        if note_id not in hidden and detail.get("listed") is not None:
            (listed.add if detail["listed"] else listed.discard)(UUID(detail["row"]))
    return listed


def _stood_in(connection: Connection, viewer: Member) -> set[UUID]:
    """Rows in which something stands that a person may see."""
    finding, hidden = tables.finding, hidden_findings(connection, viewer)
    found = connection.execute(
        sa.select(finding.c.id, finding.c.matrix_row_id).where(
            finding.c.study_id == viewer.study_id, finding.c.retired_event.is_(None)
        )
    )
    rows = {row_id for finding_id, row_id in found if finding_id not in hidden}
    readable = readable_researchers(viewer)
    for table in _STANDING[1:]:
        judged = sa.select(table.c.matrix_row_id).where(
            table.c.study_id == viewer.study_id,
            table.c.retired_event.is_(None),
            table.c.researcher_id.in_(readable),
        )
        rows |= set(connection.execute(judged).scalars())
    return rows


def _stood_in_at_all(connection: Connection, study_id: UUID) -> set[UUID]:
    held = [
        sa.select(table.c.matrix_row_id).where(table.c.study_id == study_id, table.c.retired_event.is_(None))
        for table in _STANDING
    ]
    return set(connection.execute(sa.union(*held)).scalars())
