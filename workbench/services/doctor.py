"""What is installed, what is in use, and what is lost without what is not."""

from __future__ import annotations

import platform
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version

from sqlalchemy import Engine

from corpus.nlp import InUse, what_is_used
from corpus.readers.ocr import tesseract
from store.engine import SAFE_WAL, sqlite_library
from store.events import app_version
from store.migrate import schema_revision

PACKAGES = (
    "streamlit",
    "sqlalchemy",
    "alembic",
    "pandas",
    "numpy",
    "scipy",
    "spacy",
    "networkx",
    "python-docx",
)


@dataclass(frozen=True)
class Part:
    """Something that may be there or not: ``version`` is None where it is not, ``lost`` what that costs."""

    version: str | None
    lost: str


@dataclass(frozen=True)
class Checkup:
    """What `check` found; ``parts`` are what Trigpoint can do without."""

    database: dict[str, str]
    versions: dict[str, str | None]
    languages: dict[str, InUse]
    parts: dict[str, Part]
    remarks: tuple[str, ...]


def check(engine: Engine, *, tried: bool = False) -> Checkup:
    """Look at the database and what is installed; nothing is changed or fetched.

    With ``tried`` the pipelines of languages are loaded too, which takes seconds: a damaged one shows
    only then.
    """
    return Checkup(
        database=_database(engine),
        versions={"trigpoint": app_version(), "python": platform.python_version(), **_versions()},
        languages=what_is_used(tried=tried),
        parts=_parts(engine),
        remarks=_remarks(engine),
    )


def _database(engine: Engine) -> dict[str, str]:
    described: dict[str, str] = {
        "engine": engine.dialect.name,
        "address": engine.url.render_as_string(hide_password=True),
        "schema": schema_revision(engine) or "none yet",
    }
    if engine.dialect.name == "sqlite":
        described["sqlite"] = str(sqlite_library().sqlite_version)
    return described


def _parts(engine: Engine) -> dict[str, Part]:
    parts = {
        "tesseract": Part(_tesseract(), "pages that are pictures (scans) cannot be read"),
        "distributed": Part(
            _version("distributed"),
            "files cannot be read on a cluster; the processes of this machine are used as before",
        ),
        "postgresql driver": Part(_version("psycopg"), "databases on a PostgreSQL server cannot be opened"),
    }
    if engine.dialect.name == "sqlite":
        parts["full text of SQLite"] = Part(
            _fts5(engine), "searching looks through every text, which is slow in large studies"
        )
    return {
        name: part if part.version is None else replace(part, lost="nothing") for name, part in parts.items()
    }


def _tesseract() -> str | None:
    found = tesseract()
    return None if found is None else f"{found.version} ({', '.join(found.languages)})"


def _fts5(engine: Engine) -> str | None:
    with engine.connect() as connection:
        built = connection.exec_driver_sql("PRAGMA compile_options").scalars().all()
    return "FTS5" if "ENABLE_FTS5" in built else None


def _remarks(engine: Engine) -> tuple[str, ...]:
    if engine.dialect.name != "sqlite" or sqlite_library().sqlite_version_info >= SAFE_WAL:
        return ()
    return (
        "This SQLite is older than 3.51.3: a rollback journal is used instead of a write-ahead log, "
        "which is as safe but slower when several people work at once.",
    )


def _versions() -> dict[str, str | None]:
    return {name: _version(name) for name in PACKAGES}


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
