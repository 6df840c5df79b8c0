"""Opening a database: SQLite for one machine, PostgreSQL for a team.

Writers take their lock at the start (``BEGIN IMMEDIATE``): a transaction that reads first and
writes later would fail with "database is locked" whenever two people work at once.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from corpus.errors import UserFacingError

#: SQLite before this version can corrupt a WAL database when two connections write at once.
SAFE_WAL = (3, 51, 3)

_writers: WeakKeyDictionary[Engine, threading.Lock] = WeakKeyDictionary()


def open_engine(url: str) -> Engine:
    """Open ``sqlite:///path`` or ``postgresql+psycopg://…``; the schema is not touched.

    An acknowledged write survives a crash: SQLite runs with ``synchronous=FULL``.
    """
    if url.startswith("sqlite"):
        return _open_sqlite(url)
    if url.startswith("postgresql"):
        return sa.create_engine(url, pool_pre_ping=True)
    raise UserFacingError(
        f"The database address '{url.split(':')[0]}:…' is not one that Trigpoint knows. "
        "Give sqlite:///path/to/file.db or postgresql://user@host/name."
    )


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads, and never waits for a writer."""
    with engine.connect().execution_options(trigpoint_reading=True) as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes: all of it is stored, or none. One at a time in this process."""
    with _writers.setdefault(engine, threading.Lock()), engine.connect() as connection, connection.begin():
        yield connection


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
    engine = sa.create_engine(url, module=sqlite_library(), connect_args={"timeout": 30})
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
        "trusted_schema=OFF",
        "cache_size=-32000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    only_reads = connection.get_execution_options().get("trigpoint_reading", False)
    connection.exec_driver_sql("BEGIN" if only_reads else "BEGIN IMMEDIATE")
