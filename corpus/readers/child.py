"""The child process in which files are parsed: it can read what it is sent, and do nothing else.

It is sent bytes and answers with JSON; it opens no connection, starts no program and writes no file.
Run by `corpus.readers.apart`, never by hand.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from base64 import b64encode
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
    "os.chown",
    "os.utime",
    "os.kill",
    "os.putenv",
    "os.chdir",
    "os.setxattr",
    "os.removexattr",
    "shutil.",
    "tempfile.",
    "urllib.",
    "ftplib.",
    "smtplib.",
    "http.",
    "webbrowser.",
    "sqlite3.",
    "winreg.",
    "signal.",
)
_TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def main() -> None:
    """Answer requests until the parent closes the pipe."""
    answers, sys.stdout = sys.stdout.buffer, sys.stderr  # a library that prints must not answer for us
    requests = sys.stdin.buffer
    _load_readers()
    shut()
    while (request := receive(requests)) is not None:
        wishes = json.loads(request)
        data = receive(requests)
        _limit(**wishes.pop("limits"))
        for answer in _answers(data or b"", wishes):
            send(answers, json.dumps(answer).encode())
        send(answers, b"")


def shut() -> None:
    """From here on this process opens no connection, starts no program and writes no file."""
    sys.addaudithook(_refuse)
    try:
        import resource
    except ImportError:  # Windows
        return
    # What is not Python is not asked; it can write to the pipes that are open, and to no file.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


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


def _answers(data: bytes, wishes: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    try:
        if wishes["act"] == "read":
            yield from _read(data, wishes["name"], wishes["options"])
        else:
            yield _told(data, wishes["act"], wishes["name"], wishes["options"])
    except MemoryError:
        yield {"kind": "failed", "why": "memory"}


def _read(data: bytes, name: str, options: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    from corpus.readers import read_bytes
    from corpus.readers.plain import plain_found

    for found in read_bytes(name, data, **options):
        yield plain_found(found)


def _told(data: bytes, act: str, name: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """One answer about a file: the head of a table, which pages have no text, or a picture of a page."""
    from corpus.errors import UnreadableFile
    from corpus.readers.pdf import pages_without_text, picture_of_page
    from corpus.readers.tables import head_of_table

    try:
        match act:
            case "head_of_table":
                return {"kind": "told", "value": asdict(head_of_table(name, data, **options))}
            case "pages_without_text":
                return {"kind": "told", "value": pages_without_text(data)}
            case "picture_of_page":
                picture = picture_of_page(data, **options)
                return {"kind": "told", "value": b64encode(picture).decode("ascii")}
            case _:
                raise ValueError(f"the child knows no '{act}'")
    except UnreadableFile as error:
        return {"kind": "unreadable", "reason": str(error)}


def _load_readers() -> None:
    """Import before the limits hold what nearly every file needs."""
    import corpus.readers
    import corpus.readers.plain  # noqa: F401


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


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open":
        _, mode, flags = arguments
        if (isinstance(mode, str) and set(mode) & set("wax+")) or (flags or 0) & _TO_WRITE:
            raise PermissionError("a reader may write no file")
    elif event.startswith(_FORBIDDEN):
        raise PermissionError(f"a reader may not do this: {event}")


if __name__ == "__main__":
    main()
