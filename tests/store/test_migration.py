"""A database gets the schema of this version, with its guards, whatever state it comes in."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine

from codebook.hierarchy import resolve_key
from corpus.errors import UserFacingError
from store import tables
from store.backup import verify
from store.engine import open_engine, reading, writing
from store.guards import GUARDED, guard_names, install_guards
from store.migrate import migrate, schema_revision
from store.tables import metadata
from tests.services.team import Team
from workbench.services import codebook_editing, codebooks, coding, documents, rounds, studies

RELEASED = Path(__file__).resolve().parent.parent / "data" / "released"


def test_migrated_database_has_exactly_the_tables_of_the_schema(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_every_check_and_index_of_the_schema_stands_under_its_name(engine: Engine) -> None:
    found = sa.inspect(engine)
    for table in metadata.sorted_tables:
        wanted = {c.name for c in table.constraints if isinstance(c, sa.CheckConstraint)}
        assert {check["name"] for check in found.get_check_constraints(table.name)} == wanted
        unique = {c.name for c in table.constraints if isinstance(c, sa.UniqueConstraint)}
        unique |= {f"uq_{table.name}_{c.name}" for c in table.c if c.unique}
        assert {u["name"] for u in found.get_unique_constraints(table.name)} == unique
        assert found.get_pk_constraint(table.name)["name"] == f"pk_{table.name}"
        assert all(key["name"] for key in found.get_foreign_keys(table.name))
        assert {i.name for i in table.indexes} <= {i["name"] for i in found.get_indexes(table.name)}


def test_every_table_of_facts_is_guarded_and_migrating_again_changes_no_guard(engine: Engine) -> None:
    with reading(engine) as connection:
        before = guard_names(connection)
    assert all(any(table.name in name for name in before) for table in GUARDED)
    assert {tables.event, tables.coding, tables.document_version, tables.memo} <= set(GUARDED)
    migrate(engine)
    with writing(engine) as connection:
        install_guards(connection)
        assert guard_names(connection) == before


def test_migrating_a_current_database_writes_nothing(sqlite_engine: Engine) -> None:
    path = Path(str(sqlite_engine.url.database))
    sqlite_engine.dispose()
    before = path.read_bytes()
    migrate(sqlite_engine)
    sqlite_engine.dispose()
    assert path.read_bytes() == before


@pytest.mark.parametrize("statement", ["UPDATE {} SET {}", "DELETE FROM {}"])
@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("event", "action = 'other'"),
        ("event", "seq = seq + 100"),
        ("coding", "quote = 'other'"),
        ("coding", "start_char = 0"),
        ("coding", "retired_event = 3, quote = 'other'"),
        ("document_version", "text = 'other'"),
        ("section", "speaker = 'other'"),
        ("memo", "text = 'other'"),
        ("member", "name = 'other'"),
        ("code_revision", "definition = 'other'"),
        ("round_coder", "position = 9"),
        ("study", "name = 'other'"),
    ],
)
def test_facts_are_neither_changed_nor_deleted(team: Team, table: str, change: str, statement: str) -> None:
    team.code(team.anna, "no time", memo="why")
    if table == "round_coder":
        rounds.open_round(team.engine, team.lead, "One", coders=["Anna", "Bram"])
    with pytest.raises(sa.exc.DBAPIError, match="kept as it was stored"), writing(team.engine) as connection:
        connection.exec_driver_sql(statement.format(table, change))


def test_a_row_is_retired_once_and_never_brought_back(team: Team) -> None:
    made = team.code(team.anna, "no time")
    team.act(team.anna, type="retire", coding=made)
    for again in ("NULL", "99"):
        with (
            pytest.raises(sa.exc.DBAPIError, match="kept as it was stored"),
            writing(team.engine) as connection,
        ):
            connection.exec_driver_sql(f"UPDATE coding SET retired_event = {again}")


def test_replacing_a_row_does_not_get_past_the_guards(quick_team: Team) -> None:
    quick_team.code(quick_team.anna, "no time")
    with pytest.raises(sa.exc.DBAPIError), writing(quick_team.engine) as connection:
        connection.exec_driver_sql(
            "INSERT OR REPLACE INTO memo (id, study_id, lineage_id, author_id, text, created_event) "
            "SELECT id, study_id, lineage_id, author_id, 'other', created_event FROM memo"
        )
        connection.exec_driver_sql("INSERT OR REPLACE INTO event SELECT * FROM event")


def test_emptying_a_whole_table_does_not_get_past_the_guards(postgresql_engine: Engine) -> None:
    for table in ("memo", "event"):
        with pytest.raises(sa.exc.DBAPIError), writing(postgresql_engine) as connection:
            connection.exec_driver_sql(f"TRUNCATE {table} CASCADE")


def test_two_programs_may_migrate_a_new_database_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    engines = [open_engine(url) for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(migrate, engines))
    assert schema_revision(engines[0]) is not None
    for engine in engines:
        engine.dispose()


def test_database_of_a_newer_version_is_left_alone(sqlite_engine: Engine) -> None:
    with writing(sqlite_engine) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(UserFacingError, match="newer Trigpoint"):
        migrate(sqlite_engine)


def test_foreign_keys_are_enforced(engine: Engine) -> None:
    with pytest.raises(sa.exc.IntegrityError), writing(engine) as connection:
        connection.execute(
            tables.codebook.insert(),
            {"id": uuid4(), "study_id": uuid4(), "name": "of no study", "created_event": 1},
        )


@pytest.mark.parametrize("dump", sorted(RELEASED.glob("*.sql")), ids=lambda path: path.stem)
def test_database_of_every_released_version_migrates_and_holds_what_was_stored(
    dump: Path, tmp_path: Path
) -> None:
    path = tmp_path / "old.db"
    with sqlite3.connect(path) as old:
        old.executescript(dump.read_text(encoding="utf-8"))
    old.close()
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    checked = verify(engine)
    assert checked.problems == ()
    assert checked.events > 0
    with reading(engine) as connection:
        names = guard_names(connection)
    assert all(f"keep_{table.name}" in names for table in GUARDED)
    study = studies.find_study(engine)
    lead = studies.enter_study(engine, study, person="Lena")
    (document,) = documents.list_documents(engine, lead)
    (kept,) = coding.codings_in(engine, lead, document.id)
    assert (kept.coder, kept.code, kept.quote, kept.memo) == ("Anna", "ECO-FUND", "money 😀", "first memo")
    assert codebooks.current_codebook(engine, lead) is not None
    codebook_editing.edit_code(engine, lead, "ECO-FUND", texts={"definition": {"nl": "Geld van projecten"}})
    stored = codebooks.current_codebook(engine, lead)
    assert stored is not None
    told = resolve_key(stored.codebook, "ECO-FUND")
    assert set(told.in_languages("definition")) == {"en", "nl"}
    assert verify(engine).problems == ()
    engine.dispose()


def test_there_is_a_frozen_database_of_the_first_release() -> None:
    assert (RELEASED / "0.1.0.sql").is_file()
