"""Imports that take a while: what was begun, and what became of each file or row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection

from store import tables
from store.events import NewRow, record
from store.studies import Member


@dataclass(frozen=True)
class Job:
    """An import; ``ended_at`` is None while it runs, waits or has stopped. Times are ISO 8601, UTC."""

    id: UUID
    source: str
    files: int
    begun_by: UUID
    begun_at: str
    ended_at: str | None = None


@dataclass(frozen=True)
class Item:
    """What became of one file or row: ``imported``, ``duplicate`` or ``refused``."""

    path: str
    status: str
    document: UUID | None = None
    reason: str = ""
    warnings: tuple[str, ...] = ()


def add_job(connection: Connection, *, actor: Member, job_id: UUID, source_id: UUID, files: int) -> None:
    """Say that so many files are to be brought into a source."""
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="import.begin",
        entity=tables.import_job,
        entity_id=job_id,
        add=[(tables.import_job, {"id": job_id, "source_id": source_id, "files": files})],
        detail={"files": files},
    )


def end_job(connection: Connection, *, actor: Member, job_id: UUID, given_up: bool = False) -> None:
    """Say that an import has ended; ``given_up`` where files were left."""
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="import.give_up" if given_up else "import.end",
        entity=tables.import_job,
        entity_id=job_id,
        retire=[(tables.import_job, job_id)],
    )


def item_row(job_id: UUID, item: Item) -> NewRow:
    """The row that keeps a result; it comes with the event of its document."""
    return (
        tables.import_item,
        {
            "id": uuid4(),
            "import_job_id": job_id,
            "path": item.path,
            "status": item.status,
            "document_id": item.document,
            "reason": item.reason,
            "warnings": list(item.warnings),
        },
    )


def add_item(connection: Connection, *, actor: Member, job_id: UUID, item: Item) -> None:
    """Keep a result that brought no document."""
    row = item_row(job_id, item)
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="import.item",
        entity=tables.import_item,
        entity_id=row[1]["id"],
        add=[row],
        detail={"status": item.status},
    )


def jobs(connection: Connection, study_id: UUID) -> list[Job]:
    """All imports of a study that ran in the background, the newest first."""
    job, began, ended = tables.import_job, tables.event.alias("began"), tables.event.alias("ended")
    rows = connection.execute(
        sa.select(job, tables.source.c.label, began.c.actor_id, began.c.at, ended.c.at.label("ended_at"))
        .join(tables.source, tables.source.c.id == job.c.source_id)
        .join(began, (began.c.study_id == job.c.study_id) & (began.c.seq == job.c.created_event))
        .outerjoin(ended, (ended.c.study_id == job.c.study_id) & (ended.c.seq == job.c.retired_event))
        .where(job.c.study_id == study_id)
        .order_by(job.c.created_event.desc())
    )
    return [Job(row.id, row.label, row.files, row.actor_id, row.at, row.ended_at) for row in rows]


def live_job_ids(connection: Connection) -> set[UUID]:
    """The imports of all studies that have not ended."""
    job = tables.import_job
    return set(connection.execute(sa.select(job.c.id).where(job.c.retired_event.is_(None))).scalars())


def is_live(connection: Connection, job_id: UUID) -> bool:
    """Whether an import is there and has not ended."""
    job = tables.import_job
    found = connection.execute(
        sa.select(job.c.id).where(job.c.id == job_id, job.c.retired_event.is_(None))
    ).first()
    return found is not None


def items(connection: Connection, job_id: UUID) -> list[Item]:
    """What became of each file or row so far, in the order in which it was told."""
    item = tables.import_item
    rows = connection.execute(
        sa.select(item).where(item.c.import_job_id == job_id).order_by(item.c.created_event)
    )
    return [Item(row.path, row.status, row.document_id, row.reason, tuple(row.warnings)) for row in rows]


def counts(connection: Connection, job_ids: Sequence[UUID]) -> dict[UUID, Counter[str]]:
    """How many results of each status an import has."""
    item = tables.import_item
    rows = connection.execute(
        sa.select(item.c.import_job_id, item.c.status, sa.func.count())
        .where(item.c.import_job_id.in_(list(job_ids)))
        .group_by(item.c.import_job_id, item.c.status)
    )
    found: dict[UUID, Counter[str]] = {job_id: Counter() for job_id in job_ids}
    for job_id, status, number in rows:
        found[job_id][status] = number
    return found
