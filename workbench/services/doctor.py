"""What is installed, what is in use, and what is lost without what is not."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from sqlalchemy import Engine

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
LANGUAGES = ("en", "nl", "fr")


@dataclass(frozen=True)
class Language:
    """``pipeline`` is None where no trained one is used; ``lost`` says what that costs."""

    pipeline: str | None
    lost: str


@dataclass(frozen=True)
class Checkup:
    database: dict[str, str]
    versions: dict[str, str | None]
    languages: dict[str, Language]
    remarks: tuple[str, ...]


def check(engine: Engine) -> Checkup:
    """Look at the database and the installed packages; nothing is changed or fetched."""
    return Checkup(
        database=_database(engine),
        versions={"trigpoint": app_version(), "python": platform.python_version(), **_versions()},
        languages={
            language: Language(None, "names of people and places are not recognised; nothing else is lost")
            for language in LANGUAGES
        },
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
