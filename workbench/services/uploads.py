"""Files that come through the browser: looked at, kept for a moment under their own names, imported."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from sqlalchemy import Engine

from corpus.errors import UnreadableFile
from corpus.models import Refused
from corpus.readers import TABLES
from corpus.readers.apart import ReadingApart
from corpus.readers.folders import Input, find_inputs
from store.studies import Member
from workbench.services.importing import ImportResult, Read, Wishes, import_read
from workbench.services.reading_engine import read_found

_LONGEST_NAME = 150
# Control characters, what Windows does not allow in names, and signs that turn the reading direction.
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]')


@dataclass(frozen=True)
class Upload:
    """A file as the browser sent it."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Tables:
    """Tables with the same columns: their paths, the first rows of the first one, how many rows in all."""

    paths: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int

    def and_also(self, other: Tables) -> Tables:
        """These and others; the first rows stay those of these, where there are any."""
        rows = self.rows or other.rows
        return replace(self, paths=self.paths + other.paths, rows=rows, total=self.total + other.total)


@dataclass(frozen=True)
class Received:
    """One result of an import, and the share of all files that has been read."""

    result: ImportResult
    share: float


def is_table(name: str) -> bool:
    """Whether a file of that name holds one document per row."""
    return PurePath(name).suffix.lower() in TABLES


def is_zip(name: str) -> bool:
    """Whether a file of that name holds other files."""
    return PurePath(name).suffix.lower() == ".zip"


def tables_by_columns(uploads: Sequence[Upload]) -> list[Tables]:
    """The tables among the files, also those in zips: those with the same columns together.

    They are read in a process apart, as for their import. One that cannot be read is left out: its
    import will refuse it by name.
    """
    found: dict[tuple[str, ...], Tables] = {}
    with ReadingApart() as apart:
        for path, name, data in _tables(uploads):
            try:
                head = apart.ask("head_of_table", name, data)
            except UnreadableFile:
                continue
            columns = tuple(head["columns"])
            new = Tables((path,), columns, tuple(map(tuple, head["rows"])), head["total"])
            known = found.get(columns)
            found[columns] = new if known is None else known.and_also(new)
    return list(found.values())


def _tables(uploads: Sequence[Upload]) -> Iterator[tuple[str, str, bytes]]:
    if not any(is_table(upload.name) or is_zip(upload.name) for upload in uploads):
        return
    for found in inputs_of(uploads):
        if isinstance(found, Input) and is_table(found.files[0][0]):
            yield found.path, *found.files[0]


def inputs_of(uploads: Sequence[Upload]) -> Iterator[Input | Refused]:
    """What is to be read, by the names of the files: zips opened, tracks of a recording together.

    The files are on the disk only while they are asked for. A second file of a name is told apart by
    its number: "a.txt (2)".
    """
    with tempfile.TemporaryDirectory(prefix="trigpoint-") as folder:
        names = dict(_put(Path(folder), uploads))
        for found in find_inputs(Path(path) for path in names):
            path = next(known for known in names if found.path == known or found.path.startswith(f"{known}/"))
            yield replace(found, path=names[path] + found.path.removeprefix(path))


def import_uploads(
    engine: Engine,
    actor: Member,
    uploads: Sequence[Upload],
    *,
    source: str,
    kind: str,
    wishes: Wishes | None = None,
) -> Iterator[Received]:
    """Import files from the browser; each result is yielded once it is safe, by its file's own name.

    Nothing stays behind on the disk of the server, also when the person stops half-way.
    """
    wishes = wishes or Wishes()
    numbers: dict[str, int] = {}

    def read() -> Iterator[Read]:
        with ReadingApart() as apart:
            for number, found in enumerate(inputs_of(uploads), start=1):
                for path, item in read_found(apart, found, wishes):
                    numbers[path] = number
                    yield path, item

    for result in import_read(engine, actor, read(), source=source, kind=kind, wishes=wishes):
        yield Received(result, min(1.0, numbers[result.path] / len(uploads)))


def safe_name(name: str) -> str:
    """A file name without folders and without what a file system or a reader could trip over.

    Examples
    --------
    >>> safe_name("../../etc/2023-01-05 minutes.txt"), safe_name("C:\\\\notes\\\\a?b.md")
    ('2023-01-05 minutes.txt', 'a_b.md')
    """
    last = re.split(r"[/\\]", name)[-1]
    cleaned = _NOT_IN_NAMES.sub("_", last).strip(" .") or "file"
    path = Path(cleaned)
    return path.stem[:_LONGEST_NAME] + path.suffix[:20]


def _put(folder: Path, uploads: Sequence[Upload]) -> Iterator[tuple[str, str]]:
    """Where each file was put, and what it is called; tracks of one recording must lie in one folder."""
    seen: dict[str, int] = {}
    for upload in sorted(uploads, key=lambda upload: safe_name(upload.name)):
        name = safe_name(upload.name)
        # A file system may take "A.txt" and "a.txt" for one name.
        number = seen[name.casefold()] = seen.get(name.casefold(), 0) + 1
        path = folder / str(number) / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(upload.data)
        yield str(path), name if number == 1 else f"{name} ({number})"
