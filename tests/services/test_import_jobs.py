"""Imports in the background: each file once, whatever stops them, and nothing left on the disk."""

from __future__ import annotations

import io
import os
import signal
import stat
import subprocess
import sys
import textwrap
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from corpus.errors import UserFacingError
from store import tables
from store.engine import open_engine, sqlite_library
from tests.services.team import Team
from workbench import settings
from workbench.services import import_jobs
from workbench.services.documents import list_documents
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.import_jobs import ENDED, RUNNING, STOPPED, Progress
from workbench.services.importing import Wishes
from workbench.services.uploads import Upload

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where files wait in these tests."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(settings, "waiting_folder", lambda: tmp_path / "data" / "waiting")
    return tmp_path / "data" / "waiting"


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.name != "lock"]


def texts(number: int) -> list[Upload]:
    return [Upload(f"{n:03}.txt", f"Text {n}.".encode()) for n in range(number)]


def begin(team: Team, uploads: list[Upload], **wishes: str) -> UUID:
    return import_jobs.begin_import(
        team.engine, team.lead, uploads, source="Papers", kind="publication", wishes=Wishes(**wishes)
    )


def progress(team: Team, job: UUID) -> Progress:
    return next(one for one in import_jobs.imports_of(team.engine, team.lead) if one.job == job)


def wait_for(team: Team, job: UUID, reached: Callable[[Progress], bool], seconds: float = 60) -> Progress:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if reached(now := progress(team, job)):
            return now
        time.sleep(0.02)
    raise AssertionError(f"not reached: {progress(team, job)}")


def nothing_waits(folder: Path, seconds: float = 30) -> bool:
    """Whether all files are gone, which may be a moment after the import has ended."""
    until = time.monotonic() + seconds
    while files_in(folder):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def ended(one: Progress) -> bool:
    return one.state == ENDED


def test_files_are_imported_and_reported_and_nothing_waits_any_more(team: Team, waiting: Path) -> None:
    files = [*texts(3), Upload("photo.png", b"\x89PNG"), Upload("again.txt", b"Text 0.")]
    job = begin(team, files)
    done = wait_for(team, job, ended)
    assert (done.done, done.files, done.imported, done.duplicates, done.refused) == (5, 5, 3, 1, 1)
    report = import_jobs.import_report(team.engine, team.lead, job)
    assert [(item.path, item.status) for item in report] == [
        ("photo.png", "refused"),
        ("again.txt", "duplicate"),
        ("000.txt", "imported"),
        ("001.txt", "imported"),
        ("002.txt", "imported"),
    ]
    assert all(item.document for item in report[1:])
    assert nothing_waits(waiting)
    assert team.problems() == []


def test_what_a_person_can_wait_for_is_small() -> None:
    assert import_jobs.is_small(texts(5))
    assert not import_jobs.is_small(texts(6))
    assert not import_jobs.is_small([Upload("a.txt", b"x" * (2 * 2**20 + 1))])
    assert not import_jobs.is_small([Upload("a.zip", b"PK")])
    assert not import_jobs.is_small([Upload("scan.pdf", b"%PDF")], ocr=True)


def test_each_document_comes_with_its_result_in_one_event(quick_team: Team) -> None:
    before = quick_team.count(tables.event)
    wait_for(quick_team, begin(quick_team, texts(2)), ended)
    # The source, the beginning, two documents, the end.
    assert quick_team.count(tables.event) == before + 5


def test_report_is_a_table_for_other_programs(quick_team: Team) -> None:
    job = begin(quick_team, [Upload("a.txt", b"One."), Upload("b.exe", b"x")])
    wait_for(quick_team, job, ended)
    lines = (
        import_jobs.import_report_csv(quick_team.engine, quick_team.lead, job)
        .decode("utf-8-sig")
        .splitlines()
    )
    assert lines[0] == "path,status,document,reason,warnings"
    assert lines[1].startswith("b.exe,refused,,")
    assert "very short" in lines[2]


def test_a_name_in_the_report_is_no_formula(quick_team: Team) -> None:
    job = begin(quick_team, [Upload("=1+1.exe", b"x")])
    wait_for(quick_team, job, ended)
    told = import_jobs.import_report_csv(quick_team.engine, quick_team.lead, job).decode("utf-8-sig")
    assert told.splitlines()[1].startswith("'=1+1.exe,refused,")


def test_zip_counts_as_many_files_as_it_holds_and_a_table_as_one(quick_team: Team) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("one.txt", "One.")
        archive.writestr("survey.csv", "who,answer\nGP,No time\nGP,\nnurse,Money\n")
    job = begin(quick_team, [Upload("all.zip", packed.getvalue())], text_column="answer")
    done = wait_for(quick_team, job, ended)
    assert (done.files, done.imported, done.refused) == (2, 3, 1)


def test_each_table_of_an_import_that_waits_keeps_its_own_columns(quick_team: Team) -> None:
    tables_chosen = [Upload("a.csv", b"who;answer\nGP;No time\n"), Upload("b.csv", b"id;said\n1;Yes\n")]
    columns = {"a.csv": ("answer", "who"), "b.csv": ("said", None)}
    job = import_jobs.begin_import(
        quick_team.engine,
        quick_team.lead,
        tables_chosen,
        source="Papers",
        kind="publication",
        wishes=Wishes(columns=columns),
    )
    assert wait_for(quick_team, job, ended).imported == 2
    assert {"GP", "b, row 2"} <= {d.title for d in list_documents(quick_team.engine, quick_team.lead)}


def test_files_that_wait_are_closed_to_other_accounts_and_go_one_by_one(
    quick_team: Team, waiting: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = begin(quick_team, texts(40))
    import_jobs.stop_import(quick_team.engine, quick_team.lead, job)
    left = wait_for(quick_team, job, lambda one: one.state == STOPPED)
    assert left.done < 40
    assert len(files_in(waiting)) == 40 - left.done + 1  # and what was wished
    if os.name == "posix":
        folders = [waiting, *(path for path in waiting.rglob("*") if path.is_dir())]
        assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o700}


def test_stopped_import_keeps_what_is_done_and_goes_on_from_there(quick_team: Team, waiting: Path) -> None:
    job = begin(quick_team, texts(60))
    wait_for(quick_team, job, lambda one: one.imported >= 2)
    import_jobs.stop_import(quick_team.engine, quick_team.lead, job)
    left = wait_for(quick_team, job, lambda one: one.state == STOPPED)
    assert 2 <= left.imported < 60
    import_jobs.resume_import(quick_team.engine, quick_team.lead, job)
    import_jobs.resume_import(quick_team.engine, quick_team.lead, job)  # pressed twice
    done = wait_for(quick_team, job, ended)
    assert (done.imported, done.duplicates) == (60, 0)
    assert nothing_waits(waiting)


def test_given_up_import_keeps_what_is_done_and_deletes_what_waited(quick_team: Team, waiting: Path) -> None:
    job = begin(quick_team, texts(60))
    wait_for(quick_team, job, lambda one: one.imported >= 1)
    import_jobs.give_up_import(quick_team.engine, quick_team.lead, job)
    done = wait_for(quick_team, job, ended)
    documents = len(list_documents(quick_team.engine, quick_team.lead)) - 1
    time.sleep(0.2)
    assert len(list_documents(quick_team.engine, quick_team.lead)) - 1 <= documents + 1
    assert 1 <= done.imported <= 60
    assert nothing_waits(waiting)
    with pytest.raises(NotThere):
        import_jobs.resume_import(quick_team.engine, quick_team.lead, job)


def test_second_import_waits_for_the_first(quick_team: Team) -> None:
    first = begin(quick_team, texts(40))
    second = begin(quick_team, [Upload("later.txt", b"Later.")])
    running = [one.state for one in import_jobs.imports_of(quick_team.engine, quick_team.lead)]
    assert running.count(RUNNING) <= 1
    done = wait_for(quick_team, second, ended)
    assert progress(quick_team, first).state == ENDED
    assert (progress(quick_team, first).ended_at or "") < (done.ended_at or "")


def test_only_who_began_it_and_the_lead_may_stop_it(quick_team: Team) -> None:
    job = import_jobs.begin_import(
        quick_team.engine, quick_team.anna, texts(2), source="Papers", kind="publication"
    )
    with pytest.raises(NotAllowed, match="Only who began"):
        import_jobs.give_up_import(quick_team.engine, quick_team.bram, job)
    shown = {
        member.name: import_jobs.imports_of(quick_team.engine, member)[0].may_act
        for member in (quick_team.lead, quick_team.anna, quick_team.bram)
    }
    assert shown == {"Lena": True, "Anna": True, "Bram": False}
    wait_for(quick_team, job, ended)


def test_import_of_another_study_is_not_there(quick_team: Team) -> None:
    with pytest.raises(NotThere, match="not of the study"):
        import_jobs.import_report(quick_team.engine, quick_team.lead, UUID(int=1))


def test_nothing_to_import_and_a_source_of_another_kind_leave_nothing(
    quick_team: Team, waiting: Path
) -> None:
    with pytest.raises(UserFacingError, match="no file"):
        begin(quick_team, [])
    with pytest.raises(UserFacingError, match="of the kind"):
        import_jobs.begin_import(
            quick_team.engine, quick_team.lead, texts(1), source="Steering group", kind="interview"
        )
    assert import_jobs.imports_of(quick_team.engine, quick_team.lead) == []
    assert not waiting.exists() or files_in(waiting) == []


def test_database_that_another_program_holds_stops_the_import_and_it_can_be_resumed(
    quick_team: Team, tmp_path: Path
) -> None:
    impatient = open_engine(str(quick_team.engine.url))
    sa.event.listen(impatient, "connect", lambda held, _: held.execute("PRAGMA busy_timeout=50"))
    job = import_jobs.begin_import(
        impatient, quick_team.lead, texts(200), source="Papers", kind="publication"
    )
    other = sqlite_library().connect(quick_team.engine.url.database, isolation_level=None, timeout=10)
    other.execute("BEGIN IMMEDIATE")
    here = replace(quick_team, engine=impatient)
    left = wait_for(here, job, lambda one: one.state == STOPPED)
    assert "held by another program" in left.problem
    assert left.imported < 200
    other.execute("ROLLBACK")
    import_jobs.resume_import(impatient, quick_team.lead, job)
    done = wait_for(here, job, ended)
    assert (done.imported, done.duplicates, done.problem) == (200, 0, "")
    impatient.dispose()


SERVER = """
import sys, time
from pathlib import Path
from uuid import UUID
from store.engine import open_engine
from workbench import settings
from workbench.services import import_jobs, studies
from workbench.services.importing import Wishes
from workbench.services.uploads import Upload

engine = open_engine(sys.argv[1])
settings.waiting_folder = lambda: Path(sys.argv[2])
lead = studies.enter_study(engine, studies.find_study(engine, None), person="Lena")
files = [Upload(f"{n:03}.txt", f"Text {n}.".encode()) for n in range(60)]
rows = "who,answer\\n" + "".join(f"GP {n},Answer {n}\\n" for n in range(250))
files.append(Upload("survey.csv", rows.encode()))
files.append(Upload("photo.png", b"x"))
wishes = Wishes(text_column="answer")
print(
    import_jobs.begin_import(engine, lead, files, source="Papers", kind="survey", wishes=wishes), flush=True
)
time.sleep(600)
"""


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
@pytest.mark.parametrize("kill_after", [5, 70])
def test_killed_server_leaves_an_import_that_ends_with_every_file_once(
    quick_team: Team, waiting: Path, kill_after: int
) -> None:
    server = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(SERVER), str(quick_team.engine.url), str(waiting)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    job = UUID(server.stdout.readline().strip())
    wait_for(quick_team, job, lambda one: one.imported >= kill_after)
    server.send_signal(signal.SIGKILL)
    server.wait()
    left = wait_for(quick_team, job, lambda one: one.state == STOPPED)
    assert kill_after <= left.imported < 310
    import_jobs.clean_up(quick_team.engine)  # as the next server does
    import_jobs.resume_import(quick_team.engine, quick_team.lead, job)
    done = wait_for(quick_team, job, ended)
    assert (done.imported, done.duplicates, done.refused) == (310, 0, 1)
    times = Counter(item.path for item in import_jobs.import_report(quick_team.engine, quick_team.lead, job))
    assert len(times) == 311
    assert set(times.values()) == {1}
    assert len(list_documents(quick_team.engine, quick_team.lead)) == 1 + 310
    assert nothing_waits(waiting)
    assert quick_team.problems() == []


def test_cleaning_up_deletes_what_waits_for_nothing_and_keeps_what_can_be_resumed(
    quick_team: Team, waiting: Path
) -> None:
    job = begin(quick_team, texts(40))
    import_jobs.stop_import(quick_team.engine, quick_team.lead, job)
    wait_for(quick_team, job, lambda one: one.state == STOPPED)
    (of_database,) = [path for path in waiting.iterdir() if path.is_dir()]
    lost = of_database / UUID(int=7).hex
    lost.mkdir()
    (lost / "0").write_bytes(b"words of a patient")
    half = of_database / f"{UUID(int=8).hex}.new"
    half.mkdir()
    import_jobs.clean_up(quick_team.engine)
    assert not lost.exists()
    assert half.exists()  # it may be on its way
    os.utime(half, (1, 1))
    import_jobs.clean_up(quick_team.engine)
    assert not half.exists()
    import_jobs.resume_import(quick_team.engine, quick_team.lead, job)
    wait_for(quick_team, job, ended)
