"""Imports that go on in the background: begun, watched, stopped, resumed, reported.

One runs at a time on a database, in a thread of the server; others wait. Each result is stored with its
document, so that a server that is killed leaves nothing half done: what waits can be resumed.
"""

from __future__ import annotations

import csv
import io
import logging
import threading
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from uuid import UUID, uuid4
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from corpus.errors import UserFacingError
from corpus.readers.apart import ReadingApart
from corpus.spreadsheets import bound
from store import documents as kept
from store import import_jobs as jobs
from store.engine import reading, told_to_people, writing
from store.import_jobs import Item, Job
from store.studies import Member, member_names
from workbench.services import waiting
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.importing import (
    BATCH,
    Desk,
    Read,
    Wishes,
    find_or_make_source,
    refuse_withdrawn_too,
    texts_there,
)
from workbench.services.reading_engine import read_found
from workbench.services.search_ready import make_ready
from workbench.services.uploads import Upload, inputs_of, is_table, is_zip
from workbench.services.waiting import Waiting

log = logging.getLogger("trigpoint")

#: An import of no more than this is done while the person waits.
SMALL_FILES, SMALL_BYTES = 5, 2 * 2**20

RUNNING, QUEUED, STOPPED, ELSEWHERE, ENDED = "running", "waiting", "stopped", "elsewhere", "ended"

_BROKEN = (
    "Something went wrong. What had been imported is safe; the terminal window in which Trigpoint runs says "
    "more to whoever looks after it."
)
REPORT_COLUMNS = ("path", "status", "document", "reason", "warnings")


@dataclass(frozen=True)
class Progress:
    """How far an import is.

    Attributes
    ----------
    state : str
        ``running``; ``waiting`` for another to end; ``stopped`` half-way, by a person, a fault or the end
        of the server, to be resumed or given up; ``elsewhere``: its files wait with another server;
        ``ended``.
    done, files : int
        Files that are done, and all of them; a table is one file, a zip as many as it holds.
    current : str
        The file that is being read, empty where none is.
    imported, duplicates, refused : int
        Results so far, by files and rows.
    may_act : bool
        Whether the person may stop, resume or give it up: who began it, and the lead.
    problem : str
        Why it stopped by itself, empty where it did not.
    ready : (int, int) or None
        At its end, how many texts are ready to be searched, and of how many.
    """

    job: UUID
    state: str
    source: str
    begun_by: str
    begun_at: str
    ended_at: str | None
    done: int
    files: int
    current: str
    imported: int
    duplicates: int
    refused: int
    may_act: bool
    problem: str = ""
    ready: tuple[int, int] | None = None


def is_small(uploads: Sequence[Upload], *, ocr: bool = False) -> bool:
    """Whether an import is done so soon that the person can wait for it; ``ocr`` takes its time."""
    return (
        not ocr
        and len(uploads) <= SMALL_FILES
        and sum(len(upload.data) for upload in uploads) <= SMALL_BYTES
        and not any(is_zip(upload.name) for upload in uploads)
    )


def begin_import(
    engine: Engine,
    actor: Member,
    uploads: Sequence[Upload],
    *,
    source: str,
    kind: str,
    wishes: Wishes | None = None,
) -> UUID:
    """Let files be imported in the background; the id of the import.

    Raises
    ------
    NotAllowed
        If somebody else than the lead wishes for what was withdrawn.
    UserFacingError
        If the source exists with another kind, or there is nothing to import.
    """
    wishes = wishes or Wishes()
    refuse_withdrawn_too(actor, wishes)
    if not uploads:
        raise UserFacingError("There is no file to import. Choose some first.")
    target = find_or_make_source(engine, actor, source, kind)
    job_id = uuid4()
    with told_to_people():
        files = waiting.keep(engine, job_id, inputs_of(uploads), source_id=target.id, wishes=wishes)
    try:
        with writing(engine) as connection:
            jobs.add_job(connection, actor=actor, job_id=job_id, source_id=target.id, files=files)
    except BaseException:
        waiting.remove(engine, job_id)
        raise
    _runner(engine).add(job_id, actor, files)
    return job_id


def imports_of(engine: Engine, actor: Member) -> list[Progress]:
    """All imports of the study that went, or go, in the background; the newest first."""
    with reading(engine) as connection:
        listed = jobs.jobs(connection, actor.study_id)
        counted = jobs.counts(connection, [job.id for job in listed])
        names = dict(member_names(connection, actor.study_id))
    runner = _runner(engine)
    return [_progress(engine, actor, runner, job, counted[job.id], names[job.begun_by]) for job in listed]


def import_report(engine: Engine, actor: Member, job_id: UUID) -> list[Item]:
    """What became of each file or row of an import so far; refusals first, then known ones, then warnings."""
    with reading(engine) as connection:
        _job(jobs.jobs(connection, actor.study_id), job_id)
        return sorted(jobs.items(connection, job_id), key=_weight)


def import_report_csv(engine: Engine, actor: Member, job_id: UUID) -> bytes:
    """`import_report` as a CSV file, with the columns of `REPORT_COLUMNS`."""
    file = io.StringIO(newline="")
    table = csv.writer(file)
    table.writerow(REPORT_COLUMNS)
    for item in import_report(engine, actor, job_id):
        cells = (item.path, item.status, item.document or "", item.reason, "; ".join(item.warnings))
        table.writerow([bound(str(cell)) for cell in cells])
    return file.getvalue().encode("utf-8-sig")


def stop_import(engine: Engine, actor: Member, job_id: UUID) -> None:
    """Let an import end after the file that it is at; what is done stays, the rest waits."""
    _allowed(engine, actor, job_id)
    _runner(engine).stop(job_id)


def resume_import(engine: Engine, actor: Member, job_id: UUID) -> None:
    """Go on with an import that stopped half-way; what is done is not done again.

    Raises
    ------
    NotThere
        If its files wait with another server.
    """
    job = _allowed(engine, actor, job_id)
    if waiting.order_of(engine, job_id) is None:
        raise NotThere(
            "The files of this import wait on the machine on which it was begun. Resume it there, or give it "
            "up and import the files again: what is in the study already is known."
        )
    _runner(engine).add(job_id, actor, job.files)


def give_up_import(engine: Engine, actor: Member, job_id: UUID) -> None:
    """End an import half-way; what is done stays, the files that waited are deleted."""
    _allowed(engine, actor, job_id)
    _runner(engine).stop(job_id)
    with writing(engine) as connection:
        if jobs.is_live(connection, job_id):
            jobs.end_job(connection, actor=actor, job_id=job_id, given_up=True)
    waiting.remove(engine, job_id)


def clean_up(engine: Engine) -> None:
    """Delete files that wait for no import any more; done when a server opens a database."""
    with reading(engine) as connection:
        live = jobs.live_job_ids(connection)
    waiting.remove_left_behind(engine, live)


def _progress(
    engine: Engine, actor: Member, runner: _Runner, job: Job, counted: Counter[str], begun_by: str
) -> Progress:
    state, done, current = _state(engine, runner, job)
    return Progress(
        job.id,
        state,
        job.source,
        begun_by,
        job.begun_at,
        job.ended_at,
        min(done, job.files),
        job.files,
        current,
        counted["imported"],
        counted["duplicate"],
        counted["refused"],
        actor.id == job.begun_by or actor.is_lead,
        runner.problems.get(job.id, ""),
        at.ready if state == RUNNING and (at := runner.at) is not None else None,
    )


def _state(engine: Engine, runner: _Runner, job: Job) -> tuple[str, int, str]:
    """State, files done, and the file that is being read."""
    if job.ended_at is not None:
        return ENDED, job.files, ""
    if (at := runner.at) is not None and at.job == job.id:
        return RUNNING, at.done, at.path
    order = waiting.order_of(engine, job.id)
    if order is None:
        return ELSEWHERE, 0, ""
    done = sum(not one.is_there for one in order.files)
    if runner.has(job.id):
        return QUEUED, done, ""
    if runner.at is None and waiting.is_busy_elsewhere(engine):
        return ELSEWHERE, done, ""
    return STOPPED, done, ""


def _job(listed: Sequence[Job], job_id: UUID) -> Job:
    found = next((job for job in listed if job.id == job_id), None)
    if found is None:
        raise NotThere("This import is not of the study. The page Documents lists those that are.")
    return found


def _allowed(engine: Engine, actor: Member, job_id: UUID) -> Job:
    with reading(engine) as connection:
        job = _job(jobs.jobs(connection, actor.study_id), job_id)
    if not actor.is_lead and job.begun_by != actor.id:
        raise NotAllowed("Only who began this import, and the lead, may stop it, resume it or give it up.")
    return job


def _weight(item: Item) -> int:
    if item.status == "imported":
        return 2 if item.warnings else 3
    return 0 if item.status == "refused" else 1


# --- the thread ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class _At:
    job: UUID
    done: int = 0
    path: str = ""
    ready: tuple[int, int] | None = None


class _Runner:
    """The thread of a database, which does imports one after the other and ends when there is none."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._queue: deque[tuple[UUID, Member]] = deque()
        self._stopping: set[UUID] = set()
        self._thread: threading.Thread | None = None
        self.at: _At | None = None
        self.problems: dict[UUID, str] = {}

    def add(self, job_id: UUID, actor: Member, files: int) -> None:
        """Do an import when those before it are done; one that is on its way is not added again."""
        with self._lock:
            self._stopping.discard(job_id)
            self.problems.pop(job_id, None)
            if self.has(job_id):
                return
            self._queue.append((job_id, actor))
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="trigpoint-import", daemon=True)
                self._thread.start()

    def stop(self, job_id: UUID) -> None:
        with self._lock:
            if self.at is not None and self.at.job == job_id:
                self._stopping.add(job_id)
            self._queue = deque(one for one in self._queue if one[0] != job_id)

    def has(self, job_id: UUID) -> bool:
        return (self.at is not None and self.at.job == job_id) or any(one[0] == job_id for one in self._queue)

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._queue:
                    self._thread = None
                    return
                job_id, actor = self._queue.popleft()
                self.at = _At(job_id)
            try:
                with waiting.only_one_import(self._engine, wanted=partial(self._goes_on, job_id)) as may:
                    if may:
                        self._import(job_id, actor)
            except UserFacingError as error:
                self.problems[job_id] = str(error)
            except Exception:
                log.exception("import %s", job_id)
                self.problems[job_id] = _BROKEN
            with self._lock:
                self.at = None
                self._stopping.discard(job_id)

    def _stops(self, job_id: UUID) -> bool:
        return job_id in self._stopping

    def _goes_on(self, job_id: UUID) -> bool:
        return job_id not in self._stopping

    def _import(self, job_id: UUID, actor: Member) -> None:
        order = waiting.order_of(self._engine, job_id)
        if order is None:
            return
        with reading(self._engine) as connection:
            sources = kept.sources(connection, actor.study_id)
            known = Counter(item.path for item in jobs.items(connection, job_id))
            source = next(source for source in sources if source.id == order.source_id)
            desk = Desk(source, order.wishes, texts_there(connection, actor), job=job_id)
        with ReadingApart() as apart:
            for number, file in enumerate(order.files):
                self.at = _At(job_id, number, file.path)
                if file.is_there and not self._done_with(apart, file, desk, actor, known):
                    return
        self._make_ready(job_id, actor, len(order.files))
        with writing(self._engine) as connection:
            if jobs.is_live(connection, job_id):
                jobs.end_job(connection, actor=actor, job_id=job_id)
        waiting.remove(self._engine, job_id)

    def _make_ready(self, job_id: UUID, actor: Member, files: int) -> None:
        def tell(ready: int, of: int) -> None:
            self.at = _At(job_id, files, ready=(ready, of))

        try:
            make_ready(self._engine, actor.study_id, told=tell, goes_on=lambda: not self._stops(job_id))
        except Exception:  # the documents are there; whoever searches first adds what lacks
            log.exception("texts of import %s made ready", job_id)

    def _done_with(
        self, apart: ReadingApart, file: Waiting, desk: Desk, actor: Member, known: Counter[str]
    ) -> bool:
        """Import a file, but for results that are kept already; False where the import is to stop."""
        assert desk.job is not None
        if _gives_one_result(file) and known[file.path]:
            known[file.path] -= 1
            file.done()
            return not self._stops(desk.job)
        try:
            found = file.found()
        except FileNotFoundError:  # given up a moment ago
            return False
        read = _not_yet(read_found(apart, found, desk.wishes), known)
        while batch := list(islice(read, BATCH)):
            if self._stops(desk.job):
                return False
            with writing(self._engine) as connection:
                if not jobs.is_live(connection, desk.job):
                    return False
                desk.take(connection, actor, batch)
        file.done()
        return not self._stops(desk.job)


def _gives_one_result(file: Waiting) -> bool:
    return len(file.names) <= 1 and not any(
        is_table(name) or name.lower().endswith(".json") for name in file.names
    )


def _not_yet(read: Iterator[Read], known: Counter[str]) -> Iterator[Read]:
    for path, item in read:
        if known[path]:
            known[path] -= 1
        else:
            yield path, item


_RUNNERS: WeakKeyDictionary[Engine, _Runner] = WeakKeyDictionary()
_RUNNERS_LOCK = threading.Lock()


def _runner(engine: Engine) -> _Runner:
    with _RUNNERS_LOCK:
        return _RUNNERS.setdefault(engine, _Runner(engine))
