"""Backups that are known to be good, restoring them, and checking a whole database."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Collection, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from corpus.errors import UserFacingError
from store import tables
from store.engine import open_engine, reading, sqlite_library
from store.events import check_chain, head_of
from store.migrate import schema_revision

#: What is said of the chain where the file itself cannot be read.
UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Verification:
    """What a check of everything found; ``problems`` is empty when all is as it was stored.

    ``events`` and ``tables`` are None where the numbers are withheld; ``reason`` then says why.
    """

    events: int | None
    tables: dict[str, int] | None
    heads: dict[str, str]
    chain: str
    problems: tuple[str, ...] = field(default=())
    reason: str | None = None


def verify(engine: Engine) -> Verification:
    """Recompute every hash of every study, and let the engine check its own file."""
    try:
        if schema_revision(engine) is None:
            raise UserFacingError(f"{_name(engine)} holds no Trigpoint database. Check the path.")
        return _verified(engine)
    except (sa.exc.DatabaseError, sqlite_library().DatabaseError) as error:
        # A damaged page stops the reading itself; what can't be read can't be counted either.
        return Verification(0, {}, {}, UNREADABLE, (f"database file: {getattr(error, 'orig', error)}",))


def _verified(engine: Engine) -> Verification:
    with reading(engine) as connection:
        problems = _file_problems(connection)
        first_broken = "intact"
        heads = {}
        for study_id, name in connection.execute(sa.select(tables.study.c.id, tables.study.c.name)).all():
            found = _chain_problems(connection, study_id)
            if found and first_broken == "intact":
                first_broken = f"{name}: {found[0]}"
            problems += [f"{name}: {problem}" for problem in found]
            head = head_of(connection, study_id)
            heads[name] = "" if head is None else head[1]
        problems += _changed_texts(connection) + _events_without_study(connection)
        counts = {
            table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in tables.metadata.sorted_tables
        }
    return Verification(counts["event"], counts, heads, first_broken, tuple(problems))


def _chain_problems(connection: Connection, study_id: UUID) -> list[str]:
    try:
        return check_chain(connection, study_id)
    except (ValueError, TypeError, LookupError) as error:
        # Written past Trigpoint: what is no JSON, no id or no date cannot even be hashed.
        return [f"a stored row cannot be read any more ({error})"]


def _events_without_study(connection: Connection) -> list[str]:
    event, study = tables.event, tables.study
    lost = sa.select(event.c.study_id).where(event.c.study_id.not_in(sa.select(study.c.id))).distinct()
    return [f"study {found}: its events are there, but not the study" for found in connection.scalars(lost)]


def backup(engine: Engine, path: Path) -> Verification:
    """Write a consistent, verified copy of a SQLite database, while others go on working.

    The copy is checked before it takes its name: a file that is there is a good one.
    """
    if engine.dialect.name != "sqlite":
        raise UserFacingError(
            "A PostgreSQL database is backed up with PostgreSQL's own tools: "
            "pg_dump --format=custom --file=study.dump NAME"
        )
    if path.exists():
        raise UserFacingError(f"{path} exists already. Give the backup another name.")
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = _beside(path)
    try:
        with engine.connect() as connection:
            raw = connection.connection.driver_connection
            raw.execute("VACUUM INTO ?", (str(unfinished),))  # type: ignore[union-attr]
        checked = _verified_copy(unfinished, of=_name(engine))
        _sync(unfinished)
        unfinished.replace(path)
    finally:
        _remove(unfinished)
    _sync(path.parent)
    return checked


def restore(path: Path, target: Path) -> Verification:
    """Put a backup in the place of a database that is not there; the backup itself stays."""
    if not path.is_file():
        raise UserFacingError(f"{path} is not there. Give the path of a backup file.")
    if target.exists():
        raise UserFacingError(
            f"{target} exists already, and nothing is overwritten. "
            "Move it away, or give --database another path."
        )
    for beside, remedy in (
        (path, "It is a database in use, not a backup. Make one: trigpoint backup PATH"),
        (target, "It belongs to another database, and would be read into this one. Move it away."),
    ):
        left = next((journal for journal in _journals(beside) if journal.exists()), None)
        if left is not None:
            raise UserFacingError(f"{left} is there. {remedy}")
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = _beside(target)
    try:
        unfinished.write_bytes(path.read_bytes())
        checked = _verified_copy(unfinished, of=str(path))
        _sync(unfinished)
        unfinished.replace(target)
    finally:
        _remove(unfinished)
    _sync(target.parent)
    return checked


def copies_with_text(
    folders: Iterable[Path], texts: Mapping[UUID, str | None], *, but: Path | None = None
) -> list[Path]:
    """SQLite files in some folders that hold other texts of these versions of documents.

    Parameters
    ----------
    texts : mapping of UUID to str or None
        The hash of each version's text as it is now: copies with the same text do not count. None:
        any text of the version counts.
    but : Path, optional
        The database itself.
    """
    found = []
    for path in sorted({path.resolve() for folder in folders for path in _files_in(folder)}):
        if but is not None and path == but.resolve():
            continue
        if any(texts[version_id] != digest for version_id, digest in _texts_in(path, texts)):
            found.append(path)
    return found


def _files_in(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if path.is_file() and _is_sqlite(path)]
    except OSError:
        return []


def _is_sqlite(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(16) == b"SQLite format 3\x00"
    except OSError:
        return False


def _texts_in(path: Path, wanted: Collection[UUID]) -> list[tuple[UUID, str]]:
    """Which of these versions a file holds, with the hashes of their texts; none of what is no study."""
    library = sqlite_library()
    try:
        with closing(library.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as connection:
            rows = connection.execute("SELECT id, text_sha256 FROM document_version").fetchall()
    except library.Error:
        return []
    return [(found, digest) for name, digest in rows if (found := UUID(name)) in wanted]


def _verified_copy(path: Path, *, of: str) -> Verification:
    copy = open_engine(f"sqlite:///{path}")
    try:
        if schema_revision(copy) is None:
            raise UserFacingError(f"{of} holds no Trigpoint database. Check the path.")
        checked = verify(copy)
        with copy.connect() as connection:
            # The checked file must stand alone, without a journal beside it.
            connection.connection.driver_connection.execute("PRAGMA journal_mode=DELETE")  # type: ignore[union-attr]
    except (sa.exc.DatabaseError, sqlite_library().DatabaseError) as error:
        raise UserFacingError(
            f"{of} is no database, or a damaged one: {getattr(error, 'orig', error)}"
        ) from error
    finally:
        copy.dispose()
    if checked.problems:
        raise UserFacingError(
            f"{of} does not hold what was stored ({checked.problems[0]}). "
            "Nothing was replaced. 'trigpoint verify' on a database lists all problems."
        )
    return checked


def _file_problems(connection: Connection) -> list[str]:
    if connection.dialect.name != "sqlite":
        return []
    answers = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check")]
    return [] if answers == ["ok"] else [f"database file: {answer}" for answer in answers]


def _changed_texts(connection: Connection) -> list[str]:
    version = tables.document_version
    rows = connection.execute(sa.select(version.c.id, version.c.text, version.c.text_sha256))
    return [
        f"text of document version {row.id}: not what was stored"
        for row in rows
        if hashlib.sha256(row.text.encode()).hexdigest() != row.text_sha256
    ]


def _journals(path: Path) -> list[Path]:
    """What SQLite keeps beside a database that is in use, or was when its program ended badly."""
    return [path.with_name(path.name + suffix) for suffix in ("-wal", "-journal", "-shm")]


def _remove(unfinished: Path) -> None:
    for path in (unfinished, *_journals(unfinished)):
        path.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    os.close(handle)
    Path(name).unlink()
    return Path(name)


def _sync(path: Path) -> None:
    """Make sure that a file (or a folder's list of names) is on the disk."""
    if path.is_file():
        with path.open("r+b") as file:
            os.fsync(file.fileno())
    elif os.name != "nt":  # Windows has no handle to sync a folder with; its renames are journalled
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _name(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=True)
