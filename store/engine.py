"""Opening a database: SQLite for one machine, PostgreSQL for a team.

Writers take their lock at the start (``BEGIN IMMEDIATE``): a transaction that reads first and
writes later would fail with "database is locked" whenever two people work at once.
"""

from __future__ import annotations

import errno
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from types import ModuleType
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from corpus.errors import NotStored, UserFacingError

#: SQLite before this version can corrupt a WAL database when two connections write at once.
SAFE_WAL = (3, 51, 3)

#: The number under which writers on PostgreSQL, other processes included, wait for each other.
WRITERS_LOCK = 0x7472_6967

#: Seconds that a writer waits for another program before it gives up.
PATIENCE = 30

_HELD = (
    "The database is held by another program, and could not be written for {seconds} seconds. Nothing of "
    "this step was stored; what was stored before is safe. Close what holds it (a backup, a file "
    "synchroniser, another Trigpoint), and do it again."
)
_FULL = (
    "The disk is full. Nothing of this step was stored; what was stored before is safe. Make room on the "
    "disk that holds the database and your user data, and do it again."
)
# Of PostgreSQL: lock_not_available, deadlock_detected; disk_full.
_HELD_STATES, _FULL_STATES = frozenset({"55P03", "40P01"}), frozenset({"53100"})

#: The connection that all reading within `one_state` shares.
_STATE: ContextVar[Connection | None] = ContextVar("one_state", default=None)

_writers: WeakKeyDictionary[Engine, threading.Lock] = WeakKeyDictionary()


def open_engine(url: str) -> Engine:
    """Open ``sqlite:///path`` or ``postgresql+psycopg://…``; the schema is not touched.

    An acknowledged write survives a crash: SQLite runs with ``synchronous=FULL``. Errors do not show the
    values of a statement: they may be the words of patients, and errors are logged.
    """
    if url.startswith("sqlite"):
        return _open_sqlite(url)
    if url.startswith("postgresql"):
        engine = sa.create_engine(url, pool_pre_ping=True, hide_parameters=True)
        sa.event.listen(engine, "handle_error", _without_values)
        return engine
    raise UserFacingError(
        f"The database address '{url.split(':')[0]}:…' is not one that Trigpoint knows. "
        "Give sqlite:///path/to/file.db or postgresql://user@host/name."
    )


def _without_values(context: sa.engine.ExceptionContext) -> None:
    """Leave PostgreSQL's first line of an error alone: those below quote the row, so patients' words."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).partition("\n")[0], *error.args[1:])


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads, sees one state throughout, and never waits for a writer.

    Within `one_state` it is the one that is open there.
    """
    held = _STATE.get()
    if held is not None and held.engine is engine:
        yield held
        return
    options: dict[str, Any] = {"trigpoint_reading": True}
    if engine.dialect.name == "postgresql":
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


@contextmanager
def one_state(engine: Engine) -> Iterator[None]:
    """Whatever is read of this engine within sees one state: the numbers of a report belong together.

    What is written meanwhile, by whomever, is not seen before the end.
    """
    with reading(engine) as connection:
        token = _STATE.set(connection)
        try:
            yield
        finally:
            _STATE.reset(token)


def is_reading(connection: Connection) -> bool:
    """Whether a connection is in a transaction that only reads."""
    return bool(connection.get_execution_options().get("trigpoint_reading"))


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes: all of it is stored, or none. One at a time, whoever writes.

    Raises
    ------
    NotStored
        If another program holds the database, or the disk is full; nothing was stored then.
    """
    with (
        told_to_people(),
        _writers.setdefault(engine, threading.Lock()),
        engine.connect() as connection,
        connection.begin(),
    ):
        if engine.dialect.name == "postgresql":
            # What SQLite's BEGIN IMMEDIATE does: whoever reads and then writes reads nothing stale.
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS_LOCK})")
        yield connection


@contextmanager
def outside_transactions(engine: Engine) -> Iterator[Any]:
    """The driver's own connection in no transaction, while nobody else here writes: to tidy the file."""
    with told_to_people(), _writers.setdefault(engine, threading.Lock()), engine.connect() as connection:
        yield connection.connection.driver_connection


@contextmanager
def told_to_people() -> Iterator[None]:
    """Turn what a person can mend - a held database, a full disk - into words for them.

    Raises
    ------
    NotStored
        In place of these; everything else goes on as it is.
    """
    try:
        yield
    except (sa.exc.OperationalError, OSError) as error:
        told = _why_not_stored(error)
        if told is None:
            raise
        raise NotStored(told) from error


def _why_not_stored(error: Exception) -> str | None:
    if isinstance(error, OSError):
        return _FULL if error.errno == errno.ENOSPC else None
    cause = getattr(error, "orig", None)
    state, words = getattr(cause, "sqlstate", None), str(cause).lower()
    if state in _FULL_STATES or "disk is full" in words:
        return _FULL
    if state in _HELD_STATES or "is locked" in words:
        return _HELD.format(seconds=PATIENCE)
    return None


def sqlite_library() -> ModuleType:
    """The SQLite that is used: the shipped one where there is a wheel, else the interpreter's."""
    try:
        from pysqlite3 import dbapi2
    except ImportError:
        return sqlite3
    return dbapi2  # type: ignore[no-any-return]


def _open_sqlite(url: str) -> Engine:
    path = sa.make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(
        url,
        module=sqlite_library(),
        connect_args={"timeout": PATIENCE},
        hide_parameters=True,
    )
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    journal = "WAL" if sqlite_library().sqlite_version_info >= SAFE_WAL else "DELETE"
    for pragma in (
        f"journal_mode={journal}",
        "synchronous=FULL",
        "foreign_keys=ON",
        "recursive_triggers=ON",  # else INSERT OR REPLACE would delete past the guards
        "trusted_schema=OFF",
        "cache_size=-32000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    only_reads = connection.get_execution_options().get("trigpoint_reading", False)
    connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")
