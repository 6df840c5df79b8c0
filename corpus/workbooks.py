"""Workbooks of a spreadsheet (XLSX): tables out, in which nothing runs, and tables in, as text.

CSV is in `corpus.spreadsheets`.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from corpus.errors import UnreadableFile

#: What a workbook may be when it is unpacked; a table of codes has a thousandth of it.
MOST_BYTES = 100_000_000

#: A cell of a spreadsheet holds no more characters.
LONGEST_CELL = 32_767

# What XML cannot hold; a visible mark stands for it.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

#: A row of a table: None and the empty string are an empty cell.
Row = Sequence[str | int | float | None]


def write_workbook(path: Path, sheets: Mapping[str, tuple[Sequence[str], Iterable[Row]]]) -> None:
    """Write tables as the sheets of a workbook, each given by its columns and rows.

    Texts are stored as text, also those that begin as a formula does; no cell is ever computed.
    """
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, (columns, rows) in sheets.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate((columns, *rows), start=1):
            for place, value in enumerate(row, start=1):
                if value not in (None, ""):
                    _fill(sheet.cell(number, place), value, is_heading=number == 1)
        sheet.freeze_panes = "A2"
        for place, cells in enumerate(sheet.columns, start=1):
            widest = max((len(str(cell.value or "")) for cell in cells), default=0)
            sheet.column_dimensions[get_column_letter(place)].width = min(max(widest + 2, 10), 60)
    book.save(path)


def read_workbook(path: Path) -> dict[str, list[tuple[int, dict[str, str]]]]:
    """The sheets of a workbook by name: their rows as text under the names of the first row.

    Rows are numbered as the spreadsheet shows them; names are compared in lower case; wholly empty
    rows are left out. Formulas are not computed: what the spreadsheet showed last is read.

    Raises
    ------
    UnreadableFile
        If the file is not there, is no workbook, or is far too big.
    """
    _refuse_oversized(path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        return {sheet.title: _rows(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
    except UnreadableFile:
        raise
    except Exception as error:  # a damaged workbook fails in many ways, all of them the file's
        raise UnreadableFile(f"{path.name}: is no workbook that can be read. Save it as .xlsx.") from error


def _fill(cell: Cell, value: str | int | float, *, is_heading: bool) -> None:
    if isinstance(value, str):
        cell.value = _UNWRITABLE.sub("\ufffd", value)[:LONGEST_CELL]
        cell.data_type = "s"  # else a text that begins with an equals sign would be a formula
        cell.quotePrefix = True
    else:
        cell.value = value
    cell.font = Font(bold=is_heading)
    cell.alignment = Alignment(vertical="top", wrap_text=True)


def _refuse_oversized(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(part.file_size for part in packed.infolist())
    except FileNotFoundError as error:
        raise UnreadableFile(f"{path} is not there. Check the path.") from error
    except (OSError, zipfile.BadZipFile) as error:
        raise UnreadableFile(f"{path.name}: is no workbook that can be read. Save it as .xlsx.") from error
    if size > MOST_BYTES:
        raise UnreadableFile(
            f"{path.name}: would take {size // 1_000_000} MB. Take out what is no table of text."
        )


def _rows(lines: Iterable[Sequence[object]]) -> list[tuple[int, dict[str, str]]]:
    listed = iter(lines)
    names = [_text(cell).lower() for cell in next(listed, ())]
    told = []
    for number, cells in enumerate(listed, start=2):
        texts = [_text(cell) for cell in cells]
        if any(texts):
            told.append((number, {name: text for name, text in zip(names, texts, strict=False) if name}))
    return told


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
