"""Bringing a database to the schema of this version. Migrations only ever add."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from corpus.errors import UserFacingError
from store.engine import reading, writing
from store.guards import install_guards


def migrate(engine: Engine) -> None:
    """Create or update the schema, then put the guards in place. Nothing to do is no write."""
    with reading(engine) as connection:
        current = _revision(connection)
    newest = newest_schema()
    if current == newest:
        return
    if current is not None and current not in {s.revision for s in _scripts().walk_revisions()}:
        raise UserFacingError(
            f"This database was written by a newer Trigpoint (schema {current}). "
            "Install that version, or restore a backup made with this one."
        )
    with writing(engine) as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        install_guards(connection)


def schema_revision(engine: Engine) -> str | None:
    """The schema that a database has; None where it has none yet."""
    with reading(engine) as connection:
        return _revision(connection)


def newest_schema() -> str | None:
    """The schema that this version of Trigpoint works with."""
    return _scripts().get_current_head()


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())
