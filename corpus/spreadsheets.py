"""CSV files that people make and open in a spreadsheet: codings, findings, judgements, codebooks.

Tables whose rows are documents are read by `corpus.readers.tables`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.readers.text import decode

_RISKY = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def read_rows(path: Path, *, needed: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """The rows of a file under its column names, numbered as a spreadsheet shows them.

    The column names are row 1; they are compared in lower case. Wholly empty rows are left out
    but counted. Commas, semicolons and tabs separate; UTF-8, UTF-16 and Windows-1252 are read.

    Raises
    ------
    UnreadableFile
        If the file is not there, is empty, or lacks a needed column.
    """
    if not path.is_file():
        raise UnreadableFile(f"{path} is not there. Check the path.")
    try:
        text, _ = decode(path.read_bytes())
    except UnreadableFile as error:
        raise UnreadableFile(f"{path.name}: {error}") from error
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    if not lines or not any(cell.strip() for cell in lines[0]):
        raise UnreadableFile(f"{path.name} is empty. Its first row must name the columns.")
    names = [name.strip().lower() for name in lines[0]]
    columns = ", ".join(name for name in needed if name not in names)
    if columns:
        raise UnreadableFile(
            f"{path.name} has no column {columns}; it has {', '.join(filter(None, names))}. "
            "Name the columns in the first row."
        )
    return [
        (number, {name: freed(cell) for name, cell in zip(names, cells, strict=False)})
        for number, cells in enumerate(lines[1:], start=2)
        if any(cell.strip() for cell in cells)
    ]


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Iterable[str | None]]) -> int:
    """Write a file that a spreadsheet opens as it is, and runs nothing of; returns the number of rows.

    It begins with a byte order mark, because spreadsheets otherwise take UTF-8 for something else.
    """
    number = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(columns)
        for number, row in enumerate(rows, start=1):  # noqa: B007 - the last number is the answer
            table.writerow([bound(cell or "") for cell in row])
    return number


def bound(cell: str) -> str:
    """A cell that a spreadsheet does not run as a formula.

    >>> bound("=1+1"), bound("a-b")
    ("'=1+1", 'a-b')
    """
    return f"'{cell}" if _RISKY.match(cell) else cell


def freed(cell: str) -> str:
    """A cell as it was before `bound`, trimmed.

    >>> freed("'=1+1"), freed(" 't Jampens ")
    ('=1+1', "'t Jampens")
    """
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and _RISKY.match(cell) else cell
