"""What was acknowledged is there after the program was killed, once, and in an unbroken chain."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from store import tables
from store.backup import verify
from store.engine import open_engine, reading, sqlite_library, writing
from tests.services.team import Team

ROOT = Path(__file__).resolve().parents[2]

#: Codes one passage after another until it is killed; a line is printed once an operation is safe.
WRITER = """
import sys
from uuid import UUID, uuid4
from store.engine import open_engine
from store.studies import Member
from workbench.services import coding

url, person, study, document, first = sys.argv[1:]
engine = open_engine(url)
anna = Member(UUID(person), UUID(study), "Anna", "researcher")
start = int(first)
while True:
    operations = []
    for _ in range(3):
        place = {"start": start, "end": start + 4}
        operations.append({"operation": str(uuid4()), "type": "apply", "code": "ECO-FUND", **place})
        start += 5
    operations.append({"operation": str(uuid4()), "type": "memo", "text": "why",
                       "coding": operations[0]["operation"]})
    outcomes = coding.apply_operations(engine, anna, UUID(document), operations)
    assert all(outcome.reason is None for outcome in outcomes), outcomes
    print(*(operation["operation"] for operation in operations), flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills with a signal that Windows does not have")
def test_every_acknowledged_operation_survives_being_killed(quick_team: Team) -> None:
    team = quick_team
    document = team.add_document("word " * 20_000, title="Long")
    url = str(team.engine.url)
    team.engine.dispose()
    acknowledged: list[str] = []
    chance = random.Random(7)
    for attempt in range(4):
        arguments = [url, str(team.anna.id), str(team.lead.study_id), str(document.id), str(attempt * 20_000)]
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, *arguments], stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(chance.uniform(0.05, 0.4))
        writer.kill()
        whole = (first + writer.stdout.read()).rpartition("\n")[0]  # a half line acknowledges nothing
        writer.wait()
        writer.stdout.close()
        acknowledged += whole.split()
    assert len(acknowledged) > 20
    engine = open_engine(url)
    checked = verify(engine)
    assert checked.problems == ()
    with reading(engine) as connection:
        done = [row.operation_id for row in connection.execute(sa.select(tables.event.c.operation_id))]
        codings = set(connection.execute(sa.select(tables.coding.c.id)).scalars())
        memos = set(connection.execute(sa.select(tables.memo.c.lineage_id)).scalars())
    engine.dispose()
    assert len(done) == len(set(done))
    assert set(map(UUID, acknowledged)) <= set(done)
    assert codings | set(done) == set(done)
    assert len(codings) == 3 * len(memos)  # four operations of one message: all of them, or none


def test_sqlite_waits_for_the_disk_and_keeps_a_journal_that_is_safe(sqlite_engine: sa.Engine) -> None:
    with sqlite_engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        journal = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
    safe = sqlite_library().sqlite_version_info >= (3, 51, 3)
    assert journal == ("wal" if safe else "delete")


def test_reading_does_not_wait_for_a_writer(quick_team: Team) -> None:
    with writing(quick_team.engine) as connection:
        connection.execute(sa.select(tables.study))
        with reading(quick_team.engine) as other:
            assert other.execute(sa.select(tables.study.c.name)).scalar() == "Region"
