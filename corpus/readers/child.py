"""The child process in which files are parsed: it can read what it is sent, and do nothing else.

It is sent bytes and answers with JSON; it opens no connection, starts no program and writes no file.
Run by `corpus.readers.apart`, never by hand.
"""

from __future__ import annotations

import json
import struct
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import IO, Any

#: Length of what follows, in bytes.
LENGTH = struct.Struct(">Q")

# What a parser has no business with. Libraries that are loaded late may open files to read.
_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.system",
    "os.posix_spawn",
    "os.fork",
    "os.spawn",
    "pty.",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.mkdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.chmod",
)


def main() -> None:
    """Answer requests until the parent closes the pipe."""
    answers, sys.stdout = sys.stdout.buffer, sys.stderr  # a library that prints must not answer for us
    requests = sys.stdin.buffer
    _load_readers()
    sys.addaudithook(_refuse)
    while (request := receive(requests)) is not None:
        wishes = json.loads(request)
        data = receive(requests)
        _limit(**wishes.pop("limits"))
        for answer in _read(data or b"", wishes):
            send(answers, json.dumps(answer, default=str).encode())
        send(answers, b"")


def send(pipe: IO[bytes], data: bytes) -> None:
    """Write one message."""
    pipe.write(LENGTH.pack(len(data)))
    pipe.write(data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """Read one message; None where the other side has gone."""
    head = pipe.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    data = pipe.read(length)
    return data if len(data) == length else None


def _read(data: bytes, wishes: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    from corpus.models import RawText
    from corpus.readers import read_bytes

    name, options = wishes["name"], wishes["options"]
    try:
        for found in read_bytes(name, data, **options):
            yield {"kind": "text" if isinstance(found, RawText) else "refused", **asdict(found)}
    except MemoryError:
        yield {"kind": "failed", "why": "memory"}


def _load_readers() -> None:
    """Import before the limits hold what nearly every file needs."""
    import corpus.readers  # noqa: F401


def _limit(*, memory: int, seconds: int) -> None:
    """Hold the process to its memory, and the next file to its time. Windows knows no such limits."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds, hard))
    resource.setrlimit(resource.RLIMIT_AS, (memory, resource.getrlimit(resource.RLIMIT_AS)[1]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open":
        mode = arguments[1]
        if isinstance(mode, str) and set(mode) & set("wax+"):
            raise PermissionError("a reader may write no file")
    elif event.startswith(_FORBIDDEN):
        raise PermissionError(f"a reader may not do this: {event}")


if __name__ == "__main__":
    main()
