"""Files that come through the browser: looked at, kept for a moment under their own names, imported."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from sqlalchemy import Engine

from corpus.errors import UnreadableFile
from corpus.readers.text import decode
from store.studies import Member
from workbench.services.importing import ImportResult, Wishes, import_paths

#: Rows of a table that are shown before its import.
SHOWN_ROWS = 3

_LONGEST_NAME = 150
# Control characters, what Windows does not allow in names, and signs that turn the reading direction.
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]')


@dataclass(frozen=True)
class Upload:
    """A file as the browser sent it."""

    name: str
    data: bytes


@dataclass(frozen=True)
class TablePreview:
    """The columns of a table, its first rows, and how many rows there are."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int


@dataclass(frozen=True)
class Received:
    """One result of an import, and the share of all texts that has been read."""

    result: ImportResult
    share: float


def is_table(name: str) -> bool:
    """Whether a file of that name holds one document per row."""
    return Path(name).suffix.lower() == ".csv"


def preview_table(upload: Upload) -> TablePreview:
    """The columns and first rows of a CSV file, to choose the column with the texts from.

    Raises
    ------
    UnreadableFile
        If it is no text, or has no header.

    Examples
    --------
    >>> preview_table(Upload("survey.csv", b"id;answer\\n1;Yes, and no\\n2;No\\n")).columns
    ('id', 'answer')
    """
    try:
        text, _ = decode(upload.data)
    except UnreadableFile as error:
        raise UnreadableFile(f"{upload.name}: {error}") from error
    header = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=header.count))
    header_cells = [cell.strip() for cell in next(rows, [])]
    columns = _columns(header_cells)
    if not any(header_cells):
        raise UnreadableFile(f"{upload.name}: has no header. Give each column a name in the first row.")
    filled = (row for row in rows if any(cell.strip() for cell in row))
    first = tuple(tuple(row[: len(columns)]) for row in islice(filled, SHOWN_ROWS))
    return TablePreview(columns, first, len(first) + sum(1 for _ in filled))


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
    with tempfile.TemporaryDirectory(prefix="trigpoint-") as folder:
        paths = [_put(Path(folder) / str(number), upload) for number, upload in enumerate(uploads)]
        names = {str(path): path.name for path in paths}
        total = sum(map(_texts_in, uploads))
        results = import_paths(engine, actor, paths, source=source, kind=kind, wishes=wishes)
        for done, result in enumerate(results, start=1):
            path = next((known for known in names if result.path.startswith(known)), result.path)
            shown = names.get(path, "") + result.path.removeprefix(path)
            yield Received(replace(result, path=shown), min(1.0, done / total))


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


def _columns(header: Sequence[str]) -> tuple[str, ...]:
    """Names as the reader of tables gives them: "column 3" for none, "note (2)" for a second one."""
    seen: Counter[str] = Counter()
    names = []
    for number, cell in enumerate(header, start=1):
        name = cell or f"column {number}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)


def _texts_in(upload: Upload) -> int:
    """How many results a file will give; a table that cannot be read gives one refusal."""
    if not is_table(upload.name):
        return 1
    try:
        return max(1, preview_table(upload).total)
    except UnreadableFile:
        return 1


def _put(folder: Path, upload: Upload) -> Path:
    # A folder for each file: two files of one name are two files.
    folder.mkdir()
    path = folder / safe_name(upload.name)
    path.write_bytes(upload.data)
    return path
