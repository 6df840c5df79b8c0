"""A backup that is there is a good one, and restoring replaces nothing."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from corpus.errors import UserFacingError
from store import tables
from store.backup import backup, restore, verify
from store.engine import open_engine
from tests.services.team import Team, drop_guards
from workbench.services import keeping, studies


def rows_of(engine: sa.Engine) -> dict[str, list[tuple[object, ...]]]:
    with engine.connect() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(sa.select(table))), key=repr)
            for table in tables.metadata.sorted_tables
        }


def a_backup(team: Team, folder: Path) -> Path:
    team.code(team.anna, "no time", memo="why")
    path = folder / "copies" / "study.db"
    assert backup(team.engine, path).problems == ()
    return path


def test_restored_backup_holds_every_row(quick_team: Team, tmp_path: Path) -> None:
    path = a_backup(quick_team, tmp_path)
    checked = restore(path, tmp_path / "new" / "trigpoint.db")
    assert (checked.problems, checked.chain) == ((), "intact")
    engine = open_engine(f"sqlite:///{tmp_path / 'new' / 'trigpoint.db'}")
    assert rows_of(engine) == rows_of(quick_team.engine)
    with engine.connect() as connection:
        assert connection.execute(sa.select(tables.study.c.log_key)).scalar()
    lead = studies.enter_study(engine, studies.find_study(engine), person="Lena")
    restored = Team(engine, lead, quick_team.anna, quick_team.bram, quick_team.source, quick_team.document)
    restored.code(restored.anna, "money is there")
    assert restored.problems() == []
    engine.dispose()


def test_backup_leaves_one_file_that_stands_alone(quick_team: Team, tmp_path: Path) -> None:
    path = a_backup(quick_team, tmp_path)
    assert list(path.parent.iterdir()) == [path]


def test_backup_while_others_write_is_one_consistent_state(quick_team: Team, tmp_path: Path) -> None:
    team = quick_team
    document = team.add_document("word " * 2_000, title="Long")
    acknowledged: list[str] = []
    stop = threading.Event()

    def write() -> None:
        for n in range(2_000):
            if stop.is_set():
                return
            place = {"start": 5 * n, "end": 5 * n + 4}
            acknowledged.append(team.act(team.anna, document, type="apply", code="ECO-FUND", **place))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            while len(acknowledged) < 5 * (number + 1):
                stop.wait(0.01)
            before = set(acknowledged)
            checked = backup(team.engine, tmp_path / f"{number}.db")
            assert checked.problems == ()
            copy = sqlite3.connect(tmp_path / f"{number}.db")
            stored = {UUID(row[0]) for row in copy.execute("SELECT id FROM coding")}
            copy.close()
            assert set(map(UUID, before)) <= stored
    finally:
        stop.set()
        writer.join()
    assert verify(team.engine).problems == ()


def test_nothing_is_overwritten(quick_team: Team, tmp_path: Path) -> None:
    path = a_backup(quick_team, tmp_path)
    before = path.read_bytes()
    with pytest.raises(UserFacingError, match="exists already"):
        backup(quick_team.engine, path)
    taken = tmp_path / "taken.db"
    taken.write_text("something of mine")
    with pytest.raises(UserFacingError, match="exists already"):
        restore(path, taken)
    assert (path.read_bytes(), taken.read_text()) == (before, "something of mine")


def test_no_database_grows_out_of_another_ones_journal(quick_team: Team, tmp_path: Path) -> None:
    path = a_backup(quick_team, tmp_path)
    target = tmp_path / "moved.db"
    target.with_name("moved.db-wal").write_bytes(b"changes of the database that was here")
    with pytest.raises(UserFacingError, match=r"moved\.db-wal is there"):
        restore(path, target)
    assert not target.exists()


def test_copy_of_a_database_in_use_is_no_backup(quick_team: Team, tmp_path: Path) -> None:
    quick_team.code(quick_team.anna, "no time")
    live = Path(str(quick_team.engine.url.database))
    if not live.with_name(live.name + "-wal").exists():
        pytest.skip("this SQLite keeps no write-ahead log")
    with pytest.raises(UserFacingError, match="a database in use"):
        restore(live, tmp_path / "new.db")


def damaged(path: Path, how: str) -> None:
    data = path.read_bytes()
    if how == "cut off":
        path.write_bytes(data[: len(data) // 2])
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "no database":
        path.write_text("Dear colleague, please find the backup attached. " * 100)
    elif how == "another program's database":
        path.unlink()
        other = sqlite3.connect(path)
        other.execute("CREATE TABLE notes (text)")
        other.commit()
        other.close()
    elif how == "pages of noise":
        path.write_bytes(data[:8192] + b"\xa5" * 20_480 + data[28_672:])
    elif how == "a few bytes changed":
        place = data.index(b"Nobody asked")
        path.write_bytes(data[:place] + b"Anyone" + data[place + 6 :])


@pytest.mark.parametrize(
    "how",
    [
        "cut off",
        "empty",
        "no database",
        "another program's database",
        "pages of noise",
        "a few bytes changed",
    ],
)
def test_damaged_backup_is_refused_by_name(quick_team: Team, tmp_path: Path, how: str) -> None:
    path = a_backup(quick_team, tmp_path)
    damaged(path, how)
    before = path.read_bytes()
    target = tmp_path / "new" / "trigpoint.db"
    with pytest.raises(UserFacingError) as caught:
        restore(path, target)
    assert "study.db" in str(caught.value)
    assert ".part" not in str(caught.value)
    assert list(target.parent.iterdir()) == []  # nothing half done is left lying about
    assert path.read_bytes() == before


def test_absent_backup_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserFacingError, match="is not there"):
        restore(tmp_path / "gone.db", tmp_path / "new.db")


def test_tampered_database_makes_no_backup(quick_team: Team, tmp_path: Path) -> None:
    quick_team.code(quick_team.anna, "no time")
    drop_guards(quick_team.engine)
    with quick_team.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE coding SET quote = 'other'")
    with pytest.raises(UserFacingError, match="does not hold what was stored"):
        backup(quick_team.engine, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_damage_of_the_file_itself_is_a_problem_and_no_crash(quick_team: Team, tmp_path: Path) -> None:
    path = a_backup(quick_team, tmp_path)
    noisy = tmp_path / "noisy.db"
    shutil.copy(path, noisy)
    damaged(noisy, "pages of noise")
    engine = open_engine(f"sqlite:///{noisy}")
    assert keeping.verify(engine).problems
    engine.dispose()


def test_postgresql_is_backed_up_with_its_own_tools(postgresql_engine: sa.Engine, tmp_path: Path) -> None:
    with pytest.raises(UserFacingError, match="pg_dump"):
        backup(postgresql_engine, tmp_path / "copy.db")
    assert verify(postgresql_engine).problems == ()


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE event SET detail = '{broken' WHERE seq = 2", "cannot be read any more"),
        ("UPDATE code_revision SET label = 'no json'", "cannot be read any more"),
        ("DELETE FROM study", "but not the study"),
    ],
)
def test_what_was_written_past_the_guards_is_a_problem_by_name(
    quick_team: Team, statement: str, problem: str
) -> None:
    quick_team.code(quick_team.anna, "no time")
    drop_guards(quick_team.engine)
    path = str(quick_team.engine.url.database)
    quick_team.engine.dispose()
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()
    found = verify(quick_team.engine)
    assert any(problem in told for told in found.problems)
