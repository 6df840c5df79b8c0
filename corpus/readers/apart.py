"""Files are parsed in another process: whatever is in them, the program that stores goes on.

The child gets bytes and gives plain values back over a pipe. It has a limit of memory and time; one
that breaks it, or dies, is replaced, and its file is refused by name.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Any, cast

from corpus.errors import UnreadableFile
from corpus.models import RawText, Refused
from corpus.readers.child import LENGTH, receive, send
from corpus.readers.folders import Input
from corpus.readers.plain import found_of
from corpus.readers.textgrid import merge_tracks

_TOO_LONG = "took longer than {seconds} seconds to read. If it is a real document, split it or save it anew."
_TOO_MUCH = "needs more than {memory} MB of memory to read. If it is a real document, split it."
_DIED = "made the reader stop. It may be damaged or harmful; open it in its program and save it anew."

_Answer = dict[str, Any] | None
_NO_MORE = object()


@dataclass(frozen=True)
class Limits:
    """What a file may cost: ``memory`` in bytes, ``seconds`` of time, ``answer`` in bytes of result."""

    memory: int = 1000 * 2**20
    seconds: int = 45
    answer: int = 400 * 2**20


class ReadingApart:
    """A child process that reads one file after the other; a context manager.

    Examples
    --------
    >>> with ReadingApart() as apart:
    ...     [found.text for found in apart.read("a.txt", b"No time.")]
    ['No time.']
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> ReadingApart:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child; the next file gets a new one."""
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        child.wait()

    def read(self, name: str, data: bytes, **options: Any) -> Iterator[RawText | Refused]:
        """What a file holds; a file that cannot be read so is refused with the reason.

        Parameters
        ----------
        name : str
            Its name with its suffix; no path is opened.
        data : bytes
            Its content.
        **options
            What the person said, as for `corpus.readers.read_file`.
        """
        try:
            with closing(self._exchange("read", name, data, options)) as answers:
                for answer in answers:
                    yield found_of(answer)
        except UnreadableFile as error:
            yield Refused(name, f"{name}: {error}")

    def ask(self, act: str, name: str, data: bytes, **options: Any) -> Any:
        """One thing about a file that only the child may look up.

        Parameters
        ----------
        act : str
            ``head_of_table``, ``pages_without_text`` or ``picture_of_page``.

        Raises
        ------
        UnreadableFile
            If the file cannot be read so, or costs too much.
        """
        with closing(self._exchange(act, name, data, options)) as answers:
            told = list(answers)
        if len(told) != 1:
            raise UnreadableFile(_DIED)
        if told[0]["kind"] == "unreadable":
            raise UnreadableFile(told[0]["reason"])
        return told[0]["value"]

    def _exchange(
        self, act: str, name: str, data: bytes, options: Mapping[str, Any]
    ) -> Generator[dict[str, Any], None, None]:
        """All answers to one request; a child that did not finish is replaced."""
        child = self._running()
        watch = _Watch(child, self.limits.seconds)
        finished = False
        try:
            for answer in watch.waiting_for(self._answers(child, act, name, data, options)):
                if answer is None:
                    finished = True
                    break
                if answer["kind"] == "failed":
                    raise UnreadableFile(self._too_much())
                yield answer
            if not finished:
                raise UnreadableFile(self._why_it_died(child))
        finally:
            watch.end()
            if not finished:  # also when nobody asks for the rest
                self.close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self.close()
            self._child = subprocess.Popen(
                [sys.executable, "-m", "corpus.readers.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=Path(__file__).parents[2],
                env=_environment(),
            )
        return self._child

    def _answers(
        self, child: subprocess.Popen[bytes], act: str, name: str, data: bytes, options: Mapping[str, Any]
    ) -> Iterator[_Answer]:
        """Answers of the child; None once it is done with the file, nothing more once it is gone."""
        assert child.stdin is not None and child.stdout is not None
        limits = {"memory": self.limits.memory, "seconds": self.limits.seconds}
        request = {"act": act, "name": name, "options": dict(options), "limits": limits}
        with suppress(OSError):  # the child is gone; the empty answer says so
            send(child.stdin, json.dumps(request).encode())
            send(child.stdin, data)
        left = self.limits.answer
        while (answer := receive(child.stdout)) is not None:
            if not answer:
                yield None
                return
            left -= len(answer) + LENGTH.size
            if left < 0:
                raise UnreadableFile(self._too_much())
            yield json.loads(answer)

    def _why_it_died(self, child: subprocess.Popen[bytes]) -> str:
        with suppress(subprocess.TimeoutExpired):
            child.wait(timeout=5)
        killed = child.returncode is not None and child.returncode < 0
        if killed and -child.returncode in (9, 24):  # SIGKILL by our watch, SIGXCPU by the limit
            return _TOO_LONG.format(seconds=self.limits.seconds)
        if killed and child.returncode == -6:  # SIGABRT, by a library that asked for memory in vain
            return self._too_much()
        return _DIED

    def _too_much(self) -> str:
        return _TOO_MUCH.format(memory=self.limits.memory // 2**20)


class _Watch:
    """Ends a child that lets one wait too long; the time that the caller takes does not count."""

    def __init__(self, child: subprocess.Popen[bytes], seconds: float) -> None:
        self._child = child
        self._seconds = seconds
        self._waited = 0.0
        self._since: float | None = None
        self._ended = threading.Event()
        threading.Thread(target=self._look, daemon=True).start()

    def waiting_for(self, answers: Iterator[_Answer]) -> Iterator[_Answer]:
        """The answers as they come, with the time until each counted."""
        while True:
            self._since = time.monotonic()
            answer = next(answers, _NO_MORE)
            self._waited += time.monotonic() - self._since
            self._since = None
            if answer is _NO_MORE:
                return
            yield cast(_Answer, answer)

    def end(self) -> None:
        """Look no more."""
        self._ended.set()

    def _look(self) -> None:
        while not self._ended.wait(min(0.25, self._seconds / 4)):
            since = self._since
            if since is not None and self._waited + time.monotonic() - since > self._seconds:
                self._child.kill()
                return


def read_input(apart: ReadingApart, found: Input, **options: Any) -> Iterator[RawText | Refused]:
    """What becomes of one file, or of tracks that belong together; refusals bear the path."""
    if len(found.files) > 1:
        yield from _read_tracks(apart, found)
        return
    ((name, data),) = found.files
    for item in apart.read(name, data, **options):
        yield _refused_at(found.path, item) if isinstance(item, Refused) else item


def _read_tracks(apart: ReadingApart, found: Input) -> Iterator[RawText | Refused]:
    tracks: list[RawText] = []
    for name, data in found.files:
        for item in apart.read(name, data, as_track=True):
            if isinstance(item, Refused):
                yield _refused_at(found.path, item)
            else:
                tracks.append(item)
    if tracks:
        yield merge_tracks(tracks)


def _refused_at(path: str, refused: Refused) -> Refused:
    """A refusal names its file as the person did."""
    folder = path[: len(path) - len(PurePosixPath(path.replace("\\", "/")).name)]
    return replace(refused, path=folder + refused.path)


def _environment() -> dict[str, str]:
    """Nothing of the parent's secrets; what Python needs to start the same everywhere."""
    kept = ("PATH", "SYSTEMROOT", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "TEMP", "TMP", "LANG")
    return {name: os.environ[name] for name in kept if name in os.environ} | {
        "PYTHONUTF8": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
