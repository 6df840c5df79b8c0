"""The append-only event log: every change has one event saying who, when, what and why.

Events hold ids, offsets, enums and keyed hashes, never words: texts, quotes, memos and reasons
live in rows of their own, which an erasure can blank while the chain stays whole. The hash of
each event covers the one before it; ``rows_hmac`` covers the rows that came with the event.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection, Table

from store import tables
from store.blanking import BLANKABLE, MARK, is_blank, row_key
from store.types import canonical_json

GENESIS = "0" * 64

#: A row to be stored, with its table.
NewRow = tuple[Table, Mapping[str, Any]]


@dataclass(frozen=True)
class Event:
    """One change: ``reason`` is empty where none was given or needed."""

    study_id: UUID
    seq: int
    operation_id: UUID
    at: str
    actor_id: UUID
    action: str
    entity: str
    entity_id: UUID
    detail: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""


def start_log(connection: Connection, *, study_id: UUID, name: str, log_key: bytes) -> None:
    """The study row and its empty log; the caller records the first event at once."""
    connection.execute(tables.study.insert().values(id=study_id, name=name, log_key=log_key, created_event=1))
    connection.execute(tables.head.insert().values(study_id=study_id, seq=0, hash=GENESIS))


def record(
    connection: Connection,
    *,
    study_id: UUID,
    actor_id: UUID,
    action: str,
    entity: Table,
    entity_id: UUID,
    operation_id: UUID | None = None,
    add: Iterable[NewRow] = (),
    retire: Sequence[tuple[Table, UUID]] = (),
    detail: Mapping[str, Any] | None = None,
    reason: str = "",
) -> int:
    """Store a change and its event in the caller's transaction; returns the event's number.

    Parameters
    ----------
    add : iterable of (Table, mapping)
        Rows to insert, owners first. ``study_id`` and ``created_event`` are filled in.
    retire : sequence of (Table, UUID)
        Rows that cease to hold with this event.
    operation_id : UUID, optional
        Made by the person's side before the act; the same operation is never stored twice
        (the database refuses it). One is made where none is given.
    """
    seq, previous = _next_in_line(connection, study_id)
    key = log_key(connection, study_id)
    digests = _insert(connection, add, study_id=study_id, seq=seq, key=key)
    if seq == 1:
        digests.append(_study_digest(connection, study_id, key))
    for table, row_id in retire:
        _retire(connection, table, row_id, seq)
    told = dict(detail or {})
    if retire:
        told["retired"] = [row_id.hex for _, row_id in retire]
    row = {
        "study_id": study_id,
        "seq": seq,
        "operation_id": operation_id or uuid4(),
        "at": dt.datetime.now(dt.UTC).isoformat(timespec="microseconds"),
        "actor_id": actor_id,
        "action": action,
        "entity": entity.name,
        "entity_id": entity_id,
        "detail": told,
        "rows_hmac": combined(digests, key),
        "reason_hmac": keyed_digest(key, reason) if reason else None,
        "app_version": app_version(),
        "previous": previous,
    }
    row["hash"] = event_hash(row)
    connection.execute(_shape(tables.event).insert, row)
    if reason:
        connection.execute(tables.event_reason.insert(), {"study_id": study_id, "seq": seq, "text": reason})
    connection.execute(_CLOSE, {"of_study": study_id, "new_hash": row["hash"]})
    return seq


def entity_of(connection: Connection, operation_id: UUID) -> UUID | None:
    """What an operation that is stored was about; None where it is not stored."""
    found: UUID | None = connection.execute(
        sa.select(tables.event.c.entity_id).where(tables.event.c.operation_id == operation_id)
    ).scalar()
    return found


def is_done(connection: Connection, operation_id: UUID) -> bool:
    """Whether an operation was stored before: a retry after a lost answer must not repeat it."""
    found = connection.execute(
        sa.select(tables.event.c.seq).where(tables.event.c.operation_id == operation_id)
    )
    return found.first() is not None


def events_of(connection: Connection, study_id: UUID) -> Iterator[Event]:
    """All events of a study in order, with their reasons."""
    log, why = tables.event, tables.event_reason
    rows = connection.execute(
        sa.select(log, why.c.text)
        .outerjoin(why, (why.c.study_id == log.c.study_id) & (why.c.seq == log.c.seq))
        .where(log.c.study_id == study_id)
        .order_by(log.c.seq)
    )
    for row in rows:
        yield Event(
            row.study_id,
            row.seq,
            row.operation_id,
            row.at,
            row.actor_id,
            row.action,
            row.entity,
            row.entity_id,
            row.detail,
            row.text or "",
        )


def head_of(connection: Connection, study_id: UUID) -> tuple[int, str] | None:
    """Number and hash of the last event: what a backup or report names to prove its state.

    None where the row that keeps them is gone, which nobody but a tamperer does.
    """
    row = connection.execute(sa.select(tables.head).where(tables.head.c.study_id == study_id)).first()
    return None if row is None else (row.seq, row.hash)


def check_chain(connection: Connection, study_id: UUID) -> list[str]:
    """Recompute every hash of a study's log and rows; each problem is one sentence.

    Finds edited or missing events, rows that changed, appeared or vanished outside the log,
    and retirements that no event tells of. A row that a withdrawal blanked counts with the digest
    that it had, as the withdrawal's event has stored it, if it is still as the withdrawal left it.
    """
    key = log_key(connection, study_id)
    blanked = _blanked_rows(connection, study_id)
    digests, retired, problems = _stored_rows(connection, study_id, key, blanked)
    previous, last = GENESIS, 0
    for row in connection.execute(
        sa.select(tables.event).where(tables.event.c.study_id == study_id).order_by(tables.event.c.seq)
    ).mappings():
        seq = row["seq"]
        if seq != last + 1:
            problems.append(f"event {last + 1}: missing")
        if row["previous"] != previous or row["hash"] != event_hash(dict(row)):
            problems.append(f"event {seq}: the chain is broken here")
        if row["rows_hmac"] != combined(digests.pop(seq, []), key):
            problems.append(f"event {seq} ({row['action']}): its rows are not what was stored")
        if sorted(row["detail"].get("retired", [])) != sorted(retired.pop(seq, [])):
            problems.append(f"event {seq} ({row['action']}): retired rows differ from what it says")
        previous, last = row["hash"], seq
    if (last, previous) != head_of(connection, study_id):
        problems.append(f"after event {last}: the end of the log is missing")
    problems += [f"rows of event {seq}: no such event" for seq in sorted({*digests, *retired})]
    problems += _changed_reasons(connection, study_id, key)
    return problems


def event_hash(row: Mapping[str, Any]) -> str:
    """SHA-256 over the event's canonical spelling, the hash before it included."""
    told = {name: row[name] for name in _HASHED}
    return hashlib.sha256(canonical_json(told).encode()).hexdigest()


_HASHED = (
    "study_id",
    "seq",
    "operation_id",
    "at",
    "actor_id",
    "action",
    "entity",
    "entity_id",
    "detail",
    "rows_hmac",
    "reason_hmac",
    "app_version",
    "previous",
)


def combined(digests: Iterable[str], key: bytes) -> str:
    """One keyed hash over the hashes of some rows, whatever their order."""
    return keyed_digest(key, "\n".join(sorted(digests)))


def log_key(connection: Connection, study_id: UUID) -> bytes:
    """The study's own key: a plain hash of a short quote could be guessed. It never changes."""
    if study_id not in _KEYS:
        query = sa.select(tables.study.c.log_key).where(tables.study.c.id == study_id)
        _KEYS[study_id] = bytes(connection.execute(query).scalar_one())
    return _KEYS[study_id]


_KEYS: dict[UUID, bytes] = {}


@cache
def app_version() -> str:
    """The installed version of Trigpoint."""
    try:
        return version("trigpoint")
    except PackageNotFoundError:
        return "source"


# Statements that every change needs are built once: building them costs more than running them.
_OF_STUDY = tables.head.c.study_id == sa.bindparam("of_study", type_=tables.head.c.study_id.type)
_NEXT = (
    tables.head.update()
    .where(_OF_STUDY)
    .values(seq=tables.head.c.seq + 1)
    .returning(tables.head.c.seq, tables.head.c.hash)
)
_CLOSE = tables.head.update().where(_OF_STUDY).values(hash=sa.bindparam("new_hash"))


@dataclass(frozen=True)
class _Shape:
    """A table as `record` fills it: its columns with what they hold where nothing is said."""

    insert: sa.Insert
    defaults: Mapping[str, str | None]
    has_event: bool


@cache
def _shape(table: Table) -> _Shape:
    defaults = {c.name: None if c.server_default is None else "" for c in table.c}
    return _Shape(table.insert(), defaults, "created_event" in defaults)


def _next_in_line(connection: Connection, study_id: UUID) -> tuple[int, str]:
    # The locked head row makes numbers gapless and in the order of commits, on both engines.
    row = connection.execute(_NEXT, {"of_study": study_id}).one()
    return row.seq, row.hash


def _insert(
    connection: Connection, rows: Iterable[NewRow], *, study_id: UUID, seq: int, key: bytes
) -> list[str]:
    by_table: dict[Table, list[dict[str, Any]]] = defaultdict(list)
    for table, values in rows:
        shape = _shape(table)
        row = {**shape.defaults, **values}
        if shape.has_event:
            row |= {"study_id": study_id, "created_event": seq}
        by_table[table].append(row)
    for table, listed in by_table.items():
        connection.execute(_shape(table).insert, listed)
    return [row_digest(table, row, key) for table, listed in by_table.items() for row in listed]


def _retire(connection: Connection, table: Table, row_id: UUID, seq: int) -> None:
    done = connection.execute(
        table.update().where(table.c.id == row_id, table.c.retired_event.is_(None)).values(retired_event=seq)
    )
    if done.rowcount != 1:
        raise LookupError(f"{table.name} {row_id} does not hold any more")


def _study_digest(connection: Connection, study_id: UUID, key: bytes) -> str:
    row = connection.execute(sa.select(tables.study).where(tables.study.c.id == study_id)).mappings().one()
    return row_digest(tables.study, dict(row), key)


def row_digest(table: Table, row: Mapping[str, Any], key: bytes) -> str:
    """The keyed hash of a row as the log knows it; whether it still holds is no part of it."""
    told = {name: value for name, value in row.items() if name not in ("retired_event", "log_key")}
    return keyed_digest(key, canonical_json([table.name, told]))


def keyed_digest(key: bytes, text: str) -> str:
    """A hash of words that nobody can guess who has not the key."""
    return hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256").hex()


@dataclass(frozen=True)
class _Blanked:
    """What `blanked` says of a row, and the number of the event by which it was withdrawn."""

    digest: str
    blank_digest: str
    event: int


def _blanked_rows(connection: Connection, study_id: UUID) -> dict[tuple[str, str], _Blanked]:
    """The rows that withdrawals blanked; what was blanked twice is as the later one left it."""
    blanked, withdrawal = tables.blanked, tables.withdrawal
    rows = connection.execute(
        sa.select(blanked, withdrawal.c.created_event)
        .join(withdrawal, withdrawal.c.id == blanked.c.withdrawal_id)
        .where(withdrawal.c.study_id == study_id)
        .order_by(withdrawal.c.created_event)
    )
    return {
        (row.table_name, row.row_key): _Blanked(row.digest, row.blank_digest, row.created_event)
        for row in rows
    }


def _stored_rows(
    connection: Connection, study_id: UUID, key: bytes, blanked: Mapping[tuple[str, str], _Blanked]
) -> tuple[dict[int, list[str]], dict[int, list[str]], list[str]]:
    """What the tables hold now: keyed hashes by creating event, ids by retiring event, and problems."""
    digests: dict[int, list[str]] = defaultdict(list)
    retired: dict[int, list[str]] = defaultdict(list)
    problems: list[str] = []
    digests[1].append(_study_digest(connection, study_id, key))
    for table in tables.FACTS:
        if table is tables.study:
            continue
        for seq, row in _rows_with_event(connection, table, study_id):
            digest = row_digest(table, row, key)
            gone = blanked.get((table.name, row_key(table, row))) if table in BLANKABLE else None
            if gone is not None:
                if digest != gone.blank_digest or not is_blank(table, row):
                    problems.append(
                        f"event {gone.event}: a row of {table.name} is not as this withdrawal left it"
                    )
                digest = gone.digest
            digests[seq].append(digest)
            if row.get("retired_event") is not None:
                retired[row["retired_event"]].append(row["id"].hex)
    return digests, retired, problems


def _rows_with_event(
    connection: Connection, table: Table, study_id: UUID
) -> Iterator[tuple[int, dict[str, Any]]]:
    if table in tables.OWNERS:
        column, owner = tables.OWNERS[table]
        query = (
            sa.select(owner.c.created_event.label("of_event"), table)
            .join(owner, owner.c.id == column)
            .where(owner.c.study_id == study_id)
        )
    else:
        query = sa.select(table.c.created_event.label("of_event"), table).where(table.c.study_id == study_id)
    for mapping in connection.execute(query).mappings():
        row = dict(mapping)
        yield row.pop("of_event"), row


def _changed_reasons(connection: Connection, study_id: UUID, key: bytes) -> list[str]:
    log, why = tables.event, tables.event_reason
    rows = connection.execute(
        sa.select(log.c.seq, log.c.reason_hmac, why.c.text)
        .outerjoin(why, (why.c.study_id == log.c.study_id) & (why.c.seq == log.c.seq))
        .where(log.c.study_id == study_id)
        .where(log.c.reason_hmac.is_not(None) | why.c.text.is_not(None))
        .order_by(log.c.seq)
    )
    erased = _erased_reasons(connection, study_id)
    return [
        f"event {row.seq}: its reason was changed"
        for row in rows
        if row.text is None
        or (row.text != MARK if row.seq in erased else keyed_digest(key, row.text) != row.reason_hmac)
    ]


def _erased_reasons(connection: Connection, study_id: UUID) -> set[int]:
    """The events whose reasons withdrawals took away, as their own events say."""
    log = tables.event
    told = connection.scalars(
        sa.select(log.c.detail).where(log.c.study_id == study_id, log.c.entity == tables.withdrawal.name)
    )
    return {seq for detail in told for seq in detail.get("reasons", ())}
