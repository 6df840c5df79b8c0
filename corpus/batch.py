"""The same pure function for many documents: here, in processes beside this one, or on a cluster.

A function gets one value and returns plain data (what JSON knows); it has to be one that can be
imported by its name, and doing it twice must do no harm. Whichever engine runs it, results come in the
order of the documents and are the same. A document that cannot be done is set aside by its name, and
the rest goes on.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

from corpus.errors import UserFacingError

Plain = Any
Work = Callable[[Any], Plain]

#: Documents that a worker dies of so often are set aside: once may be the machine's fault.
MOST_DEATHS = 2

# Work that is under way before its turn to be handed out, so that memory stays small.
_AHEAD = 16
# A task on a cluster costs some milliseconds whatever is in it, so that small documents travel together.
_TOGETHER, _TOGETHER_BYTES = 20, 2_000_000
_MOST_STARTS = 3
_WAIT_FOR_SCHEDULER, _WAIT_FOR_WORKERS, _LOOK_EVERY = 10.0, 60.0, 5.0

_NO_WORKERS = "The Dask scheduler at {address} has no workers. Start some and repeat the command."
_CERTIFICATES = ", and that the settings distributed.comm.tls of Dask name your certificates"
_KILLED = "a worker stopped each time it was at this document. It may be damaged, harmful or too large."


class NoSuchEngine(UserFacingError):  # noqa: N818 - named after what the researcher sees
    """An engine that Trigpoint doesn't know, or a cluster that it can't use, with what to do."""


@dataclass(frozen=True)
class Mapped:
    """What became of one document: ``result``, or the ``reason`` for which it was set aside."""

    name: str
    result: Plain = None
    reason: str | None = None


class ResultFolder(MutableMapping[str, Plain]):
    """Results in a folder of this account alone, one JSON file each, named by its key.

    A file is written beside its place and then put there, so that there are no half ones.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def __getitem__(self, key: str) -> Plain:
        try:
            return json.loads(self._file(key).read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise KeyError(key) from None

    def __setitem__(self, key: str, result: Plain) -> None:
        handle, beside = tempfile.mkstemp(dir=self._folder, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(result, file, ensure_ascii=False, allow_nan=False)
                file.flush()
                os.fsync(file.fileno())
            Path(beside).replace(self._file(key))
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise

    def __delitem__(self, key: str) -> None:
        try:
            self._file(key).unlink()
        except FileNotFoundError:
            raise KeyError(key) from None

    def __iter__(self) -> Iterator[str]:
        return (file.stem for file in sorted(self._folder.glob("*.json")))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _file(self, key: str) -> Path:
        return self._folder / f"{key}.json"


@dataclass(frozen=True)
class _Task:
    number: int
    name: str
    value: Any
    key: str | None


_Answer = tuple[_Task, str | None, str | None]
"""A task with its result as JSON, or with a reason."""


def map_documents(
    function: Work,
    documents: Iterable[tuple[str, Any]],
    engine: str | None = None,
    *,
    function_version: str = "",
    results: MutableMapping[str, Plain] | Path | None = None,
    workers: int | None = None,
) -> Iterator[Mapped]:
    """Apply a function to documents, and yield what became of each in their order.

    Parameters
    ----------
    function : callable
        Of a module's top level, pure; returns plain data (tuples come back as lists).
    documents : iterable of (str, value)
        A name, which is only told, and what the function gets: plain data, bytes allowed. They are
        asked for as they are needed.
    engine : str, optional
        None does the work in this process; "pool" in processes beside it; "tcp://HOST:PORT" or
        "tls://HOST:PORT" on the Dask cluster at that address. A cluster is trusted: it gets the
        documents, and what it sends back is taken.
    function_version : str
        Results of another version are not taken from ``results``.
    results : mapping or path, optional
        What was done before, by function, version and content: it is not done again. New results
        are added; what was set aside is tried anew the next time. A path is a folder (`ResultFolder`).
    workers : int, optional
        Processes of the pool; else as many as the machine has processors for this program.

    Yields
    ------
    Mapped
        ``reason`` says why a document was set aside: the function raised on it, or its worker
        stopped, twice. That a worker is killed changes nothing else.

    Raises
    ------
    NoSuchEngine
        If the engine is none of these, or the cluster cannot be used.

    Examples
    --------
    >>> [done.result for done in map_documents(len, [("a", "No time."), ("b", "")])]
    [8, 0]
    """
    run = _engine(function, engine, workers)
    known: MutableMapping[str, Plain] | None = ResultFolder(results) if isinstance(results, Path) else results
    return _in_order(run, _tasks(function, function_version, documents, known), known)


def _engine(
    function: Work, engine: str | None, workers: int | None
) -> Callable[[Iterator[_Task]], Iterator[_Answer]]:
    if engine is None:
        return lambda tasks: ((task, *_done(function, task.value)) for task in tasks)
    if engine == "pool":
        return lambda tasks: _Pool(function, workers or _processors()).run(tasks)
    if engine.startswith(("tcp://", "tls://")):
        return lambda tasks: _on_cluster(function, engine, tasks)
    raise NoSuchEngine(
        f"Engine '{engine}': give pool for processes on this machine, or the address of a Dask cluster "
        "(tcp://HOST:PORT, tls://HOST:PORT); nothing for this process alone."
    )


def _tasks(
    function: Work,
    function_version: str,
    documents: Iterable[tuple[str, Any]],
    known: Mapping[str, Plain] | None,
) -> Iterator[_Task]:
    named = f"{function.__module__}.{function.__qualname__}\n{function_version}\n"
    for number, (name, value) in enumerate(documents):
        key = None if known is None else hashlib.sha256(named.encode() + _content(value)).hexdigest()
        yield _Task(number, name, value, key)


def _content(value: Any) -> bytes:
    """What a value holds, the same for equal values; bytes are told by their hash."""
    return json.dumps(
        value, sort_keys=True, default=lambda data: {"sha256": hashlib.sha256(data).hexdigest()}
    ).encode()


def _in_order(
    run: Callable[[Iterator[_Task]], Iterator[_Answer]],
    tasks: Iterator[_Task],
    known: MutableMapping[str, Plain] | None,
) -> Iterator[Mapped]:
    """Hand out what is known and what comes back, each when its turn has come."""
    ready: dict[int, Mapped] = {}
    waiting: deque[int] = deque()

    def to_do() -> Iterator[_Task]:
        for task in tasks:
            waiting.append(task.number)
            if known is not None and task.key is not None and task.key in known:
                ready[task.number] = Mapped(task.name, known[task.key])
            else:
                yield task

    def due() -> Iterator[Mapped]:
        while waiting and waiting[0] in ready:
            yield ready.pop(waiting.popleft())

    for task, result, reason in run(to_do()):
        value = None if result is None else json.loads(result)
        if known is not None and task.key is not None and reason is None:
            known[task.key] = value
        ready[task.number] = Mapped(task.name, value, reason)
        yield from due()
    yield from due()


def _done(function: Work, value: Any) -> tuple[str | None, str | None]:
    """The result as JSON, or why there is none."""
    try:
        return json.dumps(function(value), ensure_ascii=False, allow_nan=False), None
    except UserFacingError as error:
        return None, str(error)
    except Exception as error:  # whatever it is, the other documents go on
        return None, f"{type(error).__name__}: {error}"


def _processors() -> int:
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Worker:
    """A process that does one task after the other."""

    def __init__(self, function: Work) -> None:
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(target=_work, args=(theirs, function), daemon=True)
        self.process.start()
        theirs.close()  # so that its end is seen when it dies
        self.task: _Task | None = None
        self.ready = False

    def send(self, task: _Task) -> None:
        self.task = task
        with suppress(OSError):  # it is gone; reading from it says so
            self.pipe.send(task.value)

    def close(self) -> None:
        self.pipe.close()
        self.process.kill()
        self.process.join()


def _work(pipe: Connection, function: Work) -> None:
    with suppress(EOFError, OSError, KeyboardInterrupt):  # the parent has gone, or is going
        pipe.send(None)
        while True:
            pipe.send(_done(function, pipe.recv()))


class _Pool:
    """Workers that each have one task at a time, so that it is plain which document one died of."""

    def __init__(self, function: Work, workers: int) -> None:
        self._function = function
        self._wanted = workers
        self._workers: list[_Worker] = []
        self._again: deque[_Task] = deque()
        self._deaths: dict[int, int] = {}
        self._failed_starts = 0

    def run(self, tasks: Iterator[_Task]) -> Iterator[_Answer]:
        under_way: set[int] = set()
        last_given = -1
        try:
            while True:
                # The oldest task that is not done holds up the rest only when much waits behind it.
                while self._free() and (
                    self._again or last_given - min(under_way, default=last_given) < _AHEAD * self._wanted
                ):
                    task = self._again.popleft() if self._again else next(tasks, None)
                    if task is None:
                        break
                    under_way.add(task.number)
                    last_given = max(last_given, task.number)
                    self._give(task)
                if not under_way:
                    return
                for answer in self._answers():
                    under_way.discard(answer[0].number)
                    yield answer
        finally:
            for worker in self._workers:
                worker.close()

    def _free(self) -> bool:
        return len(self._workers) < self._wanted or any(worker.task is None for worker in self._workers)

    def _give(self, task: _Task) -> None:
        worker = next((one for one in self._workers if one.task is None), None)
        if worker is None:
            worker = _Worker(self._function)
            self._workers.append(worker)
        worker.send(task)

    def _answers(self) -> Iterator[_Answer]:
        speaking = wait([worker.pipe for worker in self._workers if worker.task is not None])
        for worker in [one for one in self._workers if one.pipe in speaking]:
            try:
                answer = worker.pipe.recv()
            except (EOFError, OSError):
                yield from self._bury(worker)
                continue
            if not worker.ready:
                worker.ready, self._failed_starts = True, 0
                continue
            task, worker.task = worker.task, None
            assert task is not None
            yield (task, *answer)

    def _bury(self, worker: _Worker) -> Iterator[_Answer]:
        """Do the work of a dead worker again, unless its document has now killed two."""
        self._workers.remove(worker)
        worker.close()
        task = worker.task
        assert task is not None
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= _MOST_STARTS:
                raise RuntimeError("Worker processes stop before they begin; their error stands above.")
            self._again.append(task)
            return
        self._deaths[task.number] = self._deaths.get(task.number, 0) + 1
        if self._deaths[task.number] >= MOST_DEATHS:
            yield task, None, _KILLED
        else:
            self._again.append(task)


def _on_cluster(function: Work, address: str, tasks: Iterator[_Task]) -> Iterator[_Answer]:
    """Do tasks in batches on a Dask cluster.

    Dask does a dead worker's work again by itself, and gives up on a batch that was on several
    workers when they died. The documents of such a batch are then sent anew, each alone, so that the
    one that did it is known.
    """
    distributed = _distributed()
    with _client(distributed, address) as client:
        _check_workers(client, address)
        batches = _batches(tasks)
        running: dict[Any, list[_Task]] = {}
        suspects: deque[_Task] = deque()
        more, newest = True, -1
        while True:
            threads = max(1, sum(client.nthreads().values()))
            while more and not suspects and _room(running, newest, threads):
                batch = next(batches, None)
                more = batch is not None
                if batch is not None:
                    newest = batch[-1].number
                    running[_sent(client, function, batch)] = batch
            if suspects and not running:
                suspect = suspects.popleft()
                running[_sent(client, function, [suspect])] = [suspect]
            if not running:
                return
            for future in _finished(distributed, client, list(running), address):
                batch = running.pop(future)
                reason = _failure(future)
                if reason is None:
                    yield from ((task, *answer) for task, answer in zip(batch, future.result(), strict=True))
                elif len(batch) == 1:
                    yield batch[0], None, reason
                else:
                    suspects.extend(batch)


def _room(running: Mapping[Any, list[_Task]], newest: int, threads: int) -> bool:
    """Whether another batch may go: every thread has one waiting, and the oldest is not left far behind."""
    oldest = min((batch[0].number for batch in running.values()), default=newest)
    return len(running) < 2 * threads and newest - oldest < _AHEAD * _TOGETHER * threads


def _batches(tasks: Iterator[_Task]) -> Iterator[list[_Task]]:
    batch: list[_Task] = []
    size = 0
    for task in tasks:
        batch.append(task)
        size += _size(task.value)
        if len(batch) == _TOGETHER or size > _TOGETHER_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _size(value: Any) -> int:
    if isinstance(value, str | bytes):
        return len(value)
    if isinstance(value, Mapping):
        return sum(map(_size, value.values()))
    return sum(map(_size, value)) if isinstance(value, list | tuple) else 0


def _done_together(function: Work, values: list[Any]) -> list[tuple[str | None, str | None]]:
    return [_done(function, value) for value in values]


def _sent(client: Any, function: Work, batch: list[_Task]) -> Any:
    # Not pure: Dask would else keep results by their content, beside ours.
    return client.submit(_done_together, function, [task.value for task in batch], pure=False)


def _distributed() -> Any:
    try:
        import distributed
    except ImportError:
        raise NoSuchEngine(
            "A cluster needs the package distributed, which is not installed: "
            'pip install "trigpoint[cluster]". On this machine alone, use the engine pool.'
        ) from None
    return distributed


def _client(distributed: Any, address: str) -> Any:
    try:
        return distributed.Client(address, timeout=_WAIT_FOR_SCHEDULER, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:  # TypeError: tls:// without certificates
        raise NoSuchEngine(
            f"No Dask scheduler answers at {address}. Check the address and that it runs"
            f"{_CERTIFICATES if address.startswith('tls') else ''} ({error})."
        ) from None


def _check_workers(client: Any, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=_WAIT_FOR_WORKERS)
        versions = set(client.run(_version_here).values())
    except TimeoutError:
        raise NoSuchEngine(_NO_WORKERS.format(address=address)) from None
    except ImportError:
        versions = set()
    if versions != {_version_here()}:
        raise NoSuchEngine(
            f"The workers at {address} have to have Trigpoint {_version_here()}, as this program is. "
            "Install it there and start them again."
        )


def _version_here() -> str | None:
    try:
        return version("trigpoint")
    except PackageNotFoundError:
        return None


def _finished(distributed: Any, client: Any, running: list[Any], address: str) -> list[Any]:
    """Those that have come to an end, waited for as long as there are workers."""
    lonely_since = None
    while True:
        with suppress(TimeoutError), client.as_current():
            distributed.wait(running, timeout=_LOOK_EVERY, return_when="FIRST_COMPLETED")
        ended = [future for future in running if future.status != "pending"]
        if any(future.status in ("cancelled", "lost") for future in ended):
            raise NoSuchEngine(
                f"The Dask scheduler at {address} stopped or let go of the work. Start it again and repeat "
                "the command: what was done stays done."
            )
        if ended:
            return ended
        if client.nthreads():
            lonely_since = None
        elif lonely_since is None:
            lonely_since = time.monotonic()
        elif time.monotonic() - lonely_since > _WAIT_FOR_WORKERS:
            raise NoSuchEngine(_NO_WORKERS.format(address=address))


def _failure(future: Any) -> str | None:
    if future.status == "finished":
        return None
    error = future.exception()
    return _KILLED if type(error).__name__ == "KilledWorker" else f"{type(error).__name__}: {error}"
