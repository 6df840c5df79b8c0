"""Research memos: what people think while they read, about a study, document, code or coding.

A changed, shared or restored memo is a new row of the same ``lineage_id``; the one before it is
retired. Memos that are written in the reader with a coding are kept in `store.codings`. Reading
goes through `store.visibility`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from store import tables
from store.events import record
from store.studies import Member
from store.visibility import visible_memos

#: What a person does to memos and may undo.
UNDOABLE = ("memo.add", "memo.change", "memo.share", "memo.unshare", "memo.retire")


@dataclass(frozen=True)
class ResearchMemo:
    """A memo as it holds now. ``id`` changes with every change of the memo, ``lineage_id`` never.

    ``about`` is ``study``, ``document``, ``code`` or ``coding``, ``about_id`` the id of that; of a
    coding it is the lineage. ``written_at`` is when this state was stored, in ISO 8601.
    """

    id: UUID
    lineage_id: UUID
    author_id: UUID
    author: str
    kind: str
    about: str
    about_id: UUID
    text: str
    shared: bool
    written_at: str


def memos(connection: Connection, viewer: Member) -> list[ResearchMemo]:
    """The memos that a person may read, newest first."""
    return [_memo(row) for row in connection.execute(visible_memos(viewer))]


def own_memo(connection: Connection, author: Member, memo_id: UUID) -> ResearchMemo | None:
    """A person's own memo in the state of that id; None where it holds no longer, or is not theirs."""
    memo = tables.research_memo
    row = connection.execute(
        visible_memos(author).where(memo.c.id == memo_id, memo.c.author_id == author.id)
    ).first()
    return None if row is None else _memo(row)


def add_memo(
    connection: Connection,
    *,
    actor: Member,
    kind: str,
    about: str,
    about_id: UUID,
    text: str,
    shared: bool,
    operation_id: UUID,
) -> UUID:
    """A new memo. Its id and lineage are the operation's, so that a retry finds it."""
    row = {
        "id": operation_id,
        "lineage_id": operation_id,
        "author_id": actor.id,
        "kind": kind,
        "about": about,
        "about_id": about_id,
        "text": text,
        "shared": shared,
    }
    _record(connection, "memo.add", row, actor=actor, operation_id=operation_id)
    return operation_id


def change_memo(
    connection: Connection,
    memo: ResearchMemo,
    changes: Mapping[str, Any],
    *,
    actor: Member,
    action: str,
    operation_id: UUID,
) -> UUID:
    """Replace a memo by one with other words or kind, or by a shared or private one; its new id."""
    row = {
        "id": operation_id,
        "lineage_id": memo.lineage_id,
        "author_id": memo.author_id,
        "kind": memo.kind,
        "about": memo.about,
        "about_id": memo.about_id,
        "text": memo.text,
        "shared": memo.shared,
    } | dict(changes)
    _record(connection, action, row, actor=actor, operation_id=operation_id, retire=memo.id)
    return operation_id


def retire_memo(connection: Connection, memo: ResearchMemo, *, actor: Member, operation_id: UUID) -> None:
    """Take a memo away; it stays in the history."""
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="memo.retire",
        entity=tables.research_memo,
        entity_id=memo.id,
        operation_id=operation_id,
        retire=[(tables.research_memo, memo.id)],
    )


def undo_memo_change(connection: Connection, *, actor: Member, operation_id: UUID) -> bool:
    """Take back a person's last change to their memos; False where there is none.

    What the change retired comes back as a new row, what it added is retired.
    """
    change = last_change(connection, actor)
    if change is None:
        return False
    seq, _ = change
    memo = tables.research_memo
    before = connection.execute(
        sa.select(memo).where(memo.c.study_id == actor.study_id, memo.c.retired_event == seq)
    ).first()
    live = _live_of(connection, actor, seq)
    restored = [] if before is None else [(memo, _columns(before) | {"id": operation_id})]
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="memo.undo",
        entity=memo,
        entity_id=live or operation_id,
        operation_id=operation_id,
        add=restored,
        retire=[] if live is None else [(memo, live)],
        detail={"undoes": seq},
    )
    return True


def last_change(connection: Connection, actor: Member) -> tuple[int, str] | None:
    """Number and action of the person's newest change of a memo that no undo has answered yet."""
    event = tables.event
    rows = connection.execute(
        sa.select(event.c.seq, event.c.action, event.c.detail)
        .where(
            event.c.study_id == actor.study_id,
            event.c.actor_id == actor.id,
            event.c.action.in_((*UNDOABLE, "memo.undo")),
        )
        .order_by(event.c.seq.desc())
    )
    undone: set[int] = set()
    for row in rows:
        if row.action == "memo.undo":
            undone.add(row.detail["undoes"])
        elif row.seq not in undone:
            return row.seq, row.action
    return None


def _record(
    connection: Connection,
    action: str,
    row: Mapping[str, Any],
    *,
    actor: Member,
    operation_id: UUID,
    retire: UUID | None = None,
) -> None:
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action=action,
        entity=tables.research_memo,
        entity_id=row["id"],
        operation_id=operation_id,
        add=[(tables.research_memo, row)],
        retire=[] if retire is None else [(tables.research_memo, retire)],
        detail={
            "kind": row["kind"],
            "about": row["about"],
            "of": row["about_id"].hex,
            "shared": row["shared"],
        },
    )


def _live_of(connection: Connection, actor: Member, seq: int) -> UUID | None:
    """The memo that holds now in the lineage to which an event added; None where it added nothing."""
    memo, added = tables.research_memo, tables.research_memo.alias("added")
    found: UUID | None = connection.execute(
        sa.select(memo.c.id)
        .join(added, added.c.lineage_id == memo.c.lineage_id)
        .where(
            added.c.study_id == actor.study_id, added.c.created_event == seq, memo.c.retired_event.is_(None)
        )
    ).scalar()
    return found


def _columns(row: Row[Any]) -> dict[str, Any]:
    left_out = ("created_event", "retired_event")
    return {name: value for name, value in row._mapping.items() if name not in left_out}


def _memo(row: Row[Any]) -> ResearchMemo:
    return ResearchMemo(
        row.id,
        row.lineage_id,
        row.author_id,
        row.author,
        row.kind,
        row.about,
        row.about_id,
        row.text,
        row.shared,
        row.written_at,
    )
