"""Tables as CSV and as workbooks, whole, as a page offers them for download."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Literal

from corpus.spreadsheets import write_rows
from corpus.workbooks import write_workbook

Format = Literal["csv", "xlsx"]

#: The names of columns, and rows of them; None is an empty cell.
Table = tuple[Sequence[str], Sequence[Sequence[str | int | float | None]]]


def table_bytes(
    format: Format,
    name: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[str | int | float | None]],
) -> bytes:
    """A table as a file; ``name`` is that of the sheet in a workbook."""
    if format == "xlsx":
        return file_bytes(lambda path: write_workbook(path, {name: (columns, rows)}))
    told = ([None if value is None else str(value) for value in row] for row in rows)
    return file_bytes(lambda path: write_rows(path, columns, told))


def file_bytes(write: Callable[[Path], object]) -> bytes:
    """What a writer of files writes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        write(path)
        return path.read_bytes()
