"""A study of the first release, on both engines, takes cases as the rows of a framework."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy import Engine

from store import migrate as migration
from store.backup import verify
from store.engine import open_engine, reading, writing
from store.frameworks import Rows
from store.migrate import migrate, newest_schema, schema_revision
from store.tables import LOG, metadata
from tests.postgres import PostgresServer
from workbench.services import codebooks, coding, documents, framework_cells, frameworks, studies

DUMP = Path(__file__).resolve().parent.parent / "data" / "released" / "0.1.0.sql"


@pytest.fixture
def released_file(tmp_path: Path) -> Iterator[Engine]:
    """The released study as a SQLite file of that version."""
    path = tmp_path / "old.db"
    with sqlite3.connect(path) as old:
        old.executescript(DUMP.read_text(encoding="utf-8"))
    old.close()
    engine = open_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def released(released_file: Engine, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The released study in a database of that version, on the one engine and on the other."""
    if request.param == "sqlite":
        yield released_file
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    admin = sa.create_engine(server.url("postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql("CREATE DATABASE released")
    engine = open_engine(server.url("released"))
    carry(released_file, engine)
    yield engine
    engine.dispose()
    with admin.connect() as connection:
        connection.exec_driver_sql("DROP DATABASE released WITH (FORCE)")
    admin.dispose()


def carry(old: Engine, new: Engine) -> None:
    """The schema of the old database and its rows, to an empty one."""
    revision = schema_revision(old)
    assert revision is not None
    there = sa.inspect(old)
    with reading(old) as source, writing(new) as target:
        config = migration._config()
        config.attributes["connection"] = target
        command.upgrade(config, revision)
        for table in metadata.sorted_tables:
            if not there.has_table(table.name):
                continue
            columns = [table.c[column["name"]] for column in there.get_columns(table.name)]
            for row in source.execute(sa.select(*columns)).mappings():
                target.execute(table.insert().values(**row))


def test_study_of_the_first_release_is_whole_and_takes_cases_as_rows(released: Engine) -> None:
    with reading(released) as connection:
        events = connection.execute(sa.select(sa.func.count()).select_from(LOG[0])).scalar_one()
    migrate(released)
    assert schema_revision(released) == newest_schema()
    assert verify(released).problems == ()
    assert verify(released).events == events
    lead = studies.enter_study(released, studies.find_study(released), person="Lena")
    (document,) = documents.list_documents(released, lead)
    (kept,) = coding.codings_in(released, lead, document.id)
    frameworks.add_framework(released, lead, "Places", themes=["ECO-FUND"], rows=Rows("attribute", "place"))
    stored = codebooks.current_codebook(released, lead)
    assert stored is not None
    code_id = next(code.id for code in stored.codebook.codes if code.key == "ECO-FUND")
    framework_cells.save_cell(
        released, lead, "Places", row="Aalst", code_id=code_id, text="Money is there", coding_ids=[kept.id]
    )
    (version,) = framework_cells.framework_matrix(released, lead, "Places").cells["Aalst", code_id]
    assert [excerpt.quote for excerpt in version.excerpts] == ["money 😀"]
    assert verify(released).problems == ()
