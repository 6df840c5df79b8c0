"""Threads: questions that are followed through the sources, with their steps and the quotes these rest on."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection

from store import tables
from store.events import record
from store.excerpts import NewExcerpt, excerpt_of, excerpt_rows
from store.facts import retire_fact
from store.findings import successors, visible_findings
from store.rows import rows_now
from store.studies import Member
from store.visibility import blind_documents, hidden_steps, hidden_threads
from store.visibility.threads import last_of, threads_again
from triangulation.models import Excerpt
from triangulation.threads import Step, Thread


def begin_thread(connection: Connection, question: str, *, actor: Member) -> UUID:
    """A thread with its question; returns its id."""
    thread_id = uuid4()
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="thread.begin",
        entity=tables.thread,
        entity_id=thread_id,
        add=[(tables.thread, {"id": thread_id, "question": question})],
    )
    return thread_id


def add_step(
    connection: Connection,
    thread_id: UUID,
    *,
    actor: Member,
    said: Mapping[str, Any],
    excerpts: Sequence[NewExcerpt] = (),
) -> UUID:
    """A step at the end of a thread; ``said`` are its columns."""
    step = tables.thread_step
    again = threads_again(connection, actor)
    same = [old for old in again if last_of(again, old) == thread_id]
    last = connection.execute(
        sa.select(sa.func.max(step.c.position)).where(step.c.thread_id.in_([thread_id, *same]))
    ).scalar()
    columns = {**said, "thread_id": thread_id, "position": 0 if last is None else last + 1}
    return _keep(connection, columns, excerpts, actor=actor, action="thread.step")


def change_step(
    connection: Connection,
    step_id: UUID,
    *,
    actor: Member,
    said: Mapping[str, Any] | None = None,
    without: Collection[Excerpt] = (),
    more: Sequence[NewExcerpt] = (),
) -> UUID:
    """A step said anew at its place; returns its new id. One that was taken back is brought back by it."""
    step = tables.thread_step
    old = dict(connection.execute(sa.select(step).where(step.c.id == step_id)).mappings().one())
    own = ("id", "study_id", "created_event", "retired_event")
    columns = {name: value for name, value in old.items() if name not in own} | dict(said or {})
    unwanted = {(e.quote, e.start_char) for e in without}
    kept = [
        NewExcerpt(e.quote, e.document_version_id, e.coding_id, e.start_char, e.end_char)
        for e in _excerpts_of_step(connection, step_id)
        if (e.quote, e.start_char) not in unwanted
    ]
    return _keep(
        connection,
        columns,
        [*kept, *more],
        actor=actor,
        action="thread.change_step",
        retire=[(step, step_id)] if old["retired_event"] is None else [],
        instead_of=step_id,
    )


def retire_step(connection: Connection, step_id: UUID, *, actor: Member) -> None:
    """Take a step back; it stays in the history."""
    retire_fact(connection, tables.thread_step, step_id, actor=actor, action="thread.retire_step")


def retire_thread(connection: Connection, thread_id: UUID, *, actor: Member) -> None:
    """Take a thread back with its steps; they stay in the history."""
    retire_fact(connection, tables.thread, thread_id, actor=actor, action="thread.retire")


def bring_back_thread(connection: Connection, thread_id: UUID, *, actor: Member) -> UUID:
    """A thread that was taken back, once more with its question and steps. Returns its new id."""
    thread = tables.thread
    question = connection.execute(sa.select(thread.c.question).where(thread.c.id == thread_id)).scalar_one()
    new_id = uuid4()
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="thread.restore",
        entity=thread,
        entity_id=new_id,
        add=[(thread, {"id": new_id, "question": question})],
        detail={"instead_of": thread_id.hex},
    )
    return new_id


def visible_threads(connection: Connection, viewer: Member, *, taken_back: bool = False) -> list[Thread]:
    """Threads with their steps as far as a person may see them; or those that were taken back."""
    thread, member, event = tables.thread, tables.member, tables.event
    hidden = hidden_threads(connection, viewer)
    steps = _steps(connection, viewer)
    is_live = thread.c.retired_event.is_(None)
    rows = connection.execute(
        sa.select(thread, member.c.name, event.c.at)
        .join(event, (event.c.study_id == thread.c.study_id) & (event.c.seq == thread.c.created_event))
        .join(member, member.c.id == event.c.actor_id)
        .where(thread.c.study_id == viewer.study_id, ~is_live if taken_back else is_live)
        .order_by(thread.c.created_event)
    )
    again = set(threads_again(connection, viewer)) if taken_back else set()
    return [
        Thread(row.id, row.question, row.name, row.at, tuple(steps.get(row.id, ())))
        for row in rows
        if row.id not in hidden | again
    ]


def steps_taken_back(connection: Connection, viewer: Member) -> dict[UUID, list[Step]]:
    """Steps that were taken back and not brought back, by thread."""
    event = tables.event
    step = tables.thread_step
    retired = step.c.retired_event.in_(
        sa.select(event.c.seq).where(
            event.c.study_id == viewer.study_id, event.c.action == "thread.retire_step"
        )
    )
    again = _changed_steps(connection, viewer)
    return {
        thread_id: [found for found in steps if found.id not in again]
        for thread_id, steps in _steps(connection, viewer, retired).items()
    }


def _steps(
    connection: Connection, viewer: Member, which: sa.ColumnElement[bool] | None = None
) -> dict[UUID, list[Step]]:
    """Visible steps in their order, by thread."""
    step, source, member, event = tables.thread_step, tables.source, tables.member, tables.event
    hidden = hidden_steps(connection, viewer)
    rows_of = rows_now(connection, viewer.study_id, viewer=viewer)
    findings = {found.id: found for found in visible_findings(connection, viewer)}
    later = successors(connection, viewer.study_id)
    again = threads_again(connection, viewer)
    excerpts = _excerpts(connection, viewer)
    rows = connection.execute(
        sa.select(step, source.c.label, member.c.name, event.c.at)
        .join(event, (event.c.study_id == step.c.study_id) & (event.c.seq == step.c.created_event))
        .join(member, member.c.id == event.c.actor_id)
        .outerjoin(source, source.c.id == step.c.source_id)
        .where(step.c.study_id == viewer.study_id, step.c.retired_event.is_(None) if which is None else which)
        .order_by(step.c.position, step.c.created_event)
    )
    found: dict[UUID, list[Step]] = {}
    for row in rows:
        if row.id in hidden:
            continue
        finding_id = row.finding_id
        while finding_id in later:
            finding_id = later[finding_id]
        found.setdefault(last_of(again, row.thread_id), []).append(
            Step(
                id=row.id,
                asked=row.asked,
                source=row.label,
                found=row.found,
                row=None if row.matrix_row_id is None else rows_of[row.matrix_row_id],
                finding=findings.get(finding_id),
                excerpts=tuple(excerpts.get(row.id, ())),
                by=row.name,
                at=row.at,
            )
        )
    return found


def _excerpts(connection: Connection, viewer: Member) -> dict[UUID, list[Excerpt]]:
    """Quotes by step; those from documents under an open blind round are left out of others' steps."""
    excerpt, version, document = tables.thread_excerpt, tables.document_version, tables.document
    step, event = tables.thread_step, tables.event
    blind = blind_documents(connection, viewer)
    rows = connection.execute(
        sa.select(excerpt, version.c.document_id, document.c.title, event.c.actor_id)
        .join(step, step.c.id == excerpt.c.thread_step_id)
        .join(event, (event.c.study_id == step.c.study_id) & (event.c.seq == step.c.created_event))
        .outerjoin(version, version.c.id == excerpt.c.document_version_id)
        .outerjoin(document, document.c.id == version.c.document_id)
        .where(step.c.study_id == viewer.study_id)
        .order_by(excerpt.c.thread_step_id, excerpt.c.position)
    )
    found: dict[UUID, list[Excerpt]] = {}
    for row in rows:
        if row.document_version_id in blind and row.actor_id != viewer.id:
            continue
        found.setdefault(row.thread_step_id, []).append(excerpt_of(row))
    return found


def _excerpts_of_step(connection: Connection, step_id: UUID) -> Sequence[Any]:
    table = tables.thread_excerpt
    return connection.execute(
        sa.select(table).where(table.c.thread_step_id == step_id).order_by(table.c.position)
    ).all()


def _keep(
    connection: Connection,
    columns: Mapping[str, Any],
    excerpts: Sequence[NewExcerpt],
    *,
    actor: Member,
    action: str,
    retire: Sequence[tuple[sa.Table, UUID]] = (),
    instead_of: UUID | None = None,
) -> UUID:
    step_id = uuid4()
    quotes = excerpt_rows(tables.thread_excerpt, "thread_step_id", step_id, excerpts)
    detail = {"thread": columns["thread_id"].hex, "excerpts": len(quotes)}
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action=action,
        entity=tables.thread_step,
        entity_id=step_id,
        add=[(tables.thread_step, {**columns, "id": step_id}), *quotes],
        retire=retire,
        detail=detail if instead_of is None else detail | {"instead_of": instead_of.hex},
    )
    return step_id


def _changed_steps(connection: Connection, viewer: Member) -> set[UUID]:
    """Steps in whose place another was stored."""
    event = tables.event
    details = connection.execute(
        sa.select(event.c.detail).where(
            event.c.study_id == viewer.study_id, event.c.action == "thread.change_step"
        )
    ).scalars()
    return {UUID(detail["instead_of"]) for detail in details}
