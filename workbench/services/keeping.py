"""Backups, checks and the log: that nothing is lost, and that it can be shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine

from store import backup as kept
from store.backup import Verification
from store.engine import reading
from store.events import events_of
from store.studies import Member, member_names
from store.visibility import blind_documents, hidden_entities, is_any_round_blind


@dataclass(frozen=True)
class LogLine:
    """One event. ``seq`` is None while the viewer's blindness hides others' events: gaps would tell."""

    seq: int | None
    at: str
    actor: str
    action: str
    entity: str
    id: UUID
    reason: str


def back_up(engine: Engine, path: Path) -> Verification:
    """Write a consistent, verified copy of the database."""
    return _discreet(engine, kept.backup(engine, path))


def restore(path: Path, target: Path) -> Verification:
    """Put a backup in place of a database that is not there."""
    return kept.restore(path, target)


def verify(engine: Engine) -> Verification:
    """Recompute every hash of every study; how many rows there are is told when no round is blind."""
    return _discreet(engine, kept.verify(engine))


def _discreet(engine: Engine, found: Verification) -> Verification:
    """Without the numbers while a blind round is open: a coder would take their own off the sum."""
    if found.chain == kept.UNREADABLE:
        return found
    with reading(engine) as connection:
        if not is_any_round_blind(connection):
            return found
    reason = "a blind round is open: numbers of rows would count what others have coded"
    return replace(found, events=None, tables=None, heads={}, reason=reason)


def log_of(engine: Engine, actor: Member, *, limit: int | None = None) -> list[LogLine]:
    """The study's log as a person may see it, newest last.

    Events of others under an open blind round, and others' judgements before the lock, are left
    out. Event numbers are withheld from the moment a blind round opens, whether or not others
    have begun: gaps would count what is hidden, and their first gap would tell that it began.
    """
    with reading(engine) as connection:
        hidden = hidden_entities(connection, actor)
        numbered = not hidden and not blind_documents(connection, actor)
        names = dict(member_names(connection, actor.study_id))
        events = [
            e
            for e in events_of(connection, actor.study_id)
            if e.entity_id not in hidden or e.actor_id == actor.id
        ]
    lines = [
        LogLine(
            e.seq if numbered else None,
            e.at,
            names.get(e.actor_id, ""),
            e.action,
            e.entity,
            e.entity_id,
            e.reason,
        )
        for e in events
    ]
    return lines if limit is None else lines[-limit:]
