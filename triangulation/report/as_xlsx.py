"""The report as a workbook: its words on one sheet, every table on a sheet of its own, to count with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import singledispatch
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from corpus.spreadsheets import bound
from triangulation.report.blocks import (
    Block,
    Bullets,
    Cell,
    Drawn,
    Group,
    Heading,
    Paragraph,
    Quoted,
    Table,
    text_of,
)
from triangulation.report.wording import printable

_Row = Sequence[str | float | None]

#: A cell of a workbook holds no more characters.
_LONGEST = 32_767

_WIDEST, _NARROWEST = 60, 9
_BOLD, _WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")


def render_xlsx(report: Drawn, path: Path) -> None:
    """Write the report. Words that a spreadsheet could run as a formula are bound, as in CSV files."""
    book = Workbook(write_only=True)
    book.properties.creator = "Trigpoint"
    book.properties.title = printable(report.title)[:255]
    named: set[str] = set()
    _write(book, "Report", ("section", "kind", "words"), list(_told(report)), named)
    for name, tables in _tables(report).items():
        _write(book, name, [text_of(one) for one in tables[0].header], list(_rows(tables)), named)
    for sheet in report.sheets:
        _write(book, sheet.name, sheet.header, list(sheet.rows), named)
    book.save(path)


def _told(report: Drawn) -> Iterator[_Row]:
    """Everything that stands outside tables, a line for each heading and paragraph."""
    yield ("", "title", report.title)
    yield ("", "", report.subtitle)
    if report.notice:
        yield ("", "notice", report.notice)
    if report.head is not None:
        number, digest = report.head
        yield ("", "log", f"event {number}, {digest}")
    for section in report.sections:
        for block in section.blocks:
            for kind, words in _words(block):
                yield (section.title, kind, words)


@singledispatch
def _words(block: Block) -> list[tuple[str, str]]:
    raise TypeError(f"there is no way to draw a {type(block).__name__}")


@_words.register
def _heading(block: Heading) -> list[tuple[str, str]]:
    return [("heading", text_of(block.words))]


@_words.register
def _paragraph(block: Paragraph) -> list[tuple[str, str]]:
    return [("", text_of(block.words))]


@_words.register
def _bullets(block: Bullets) -> list[tuple[str, str]]:
    return [("item", text_of(item)) for item in block.items]


@_words.register
def _quoted(block: Quoted) -> list[tuple[str, str]]:
    return [("quote", f"{block.text} ({block.place})")]


@_words.register
def _table(block: Table) -> list[tuple[str, str]]:
    where = f" See the sheet {block.sheet}." if block.sheet else ""
    return [("table", text_of(block.caption) + where)]


def _tables(report: Drawn) -> dict[str, list[Table]]:
    """The tables that have a sheet, those of one sheet together, in the order of the report."""
    found: dict[str, list[Table]] = {}
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Table) and block.sheet:
                found.setdefault(block.sheet, []).append(block)
    return found


def _rows(tables: Sequence[Table]) -> Iterator[_Row]:
    """Tables of one sheet follow each other, from the second on under their captions."""
    for number, table in enumerate(tables):
        if len(tables) > 1:
            yield (text_of(table.caption),)
        if number and table.header != tables[0].header:
            yield [text_of(one) for one in table.header]
        for row in table.rows:
            yield (text_of(row.words),) if isinstance(row, Group) else [_value(cell) for cell in row]


def _value(cell: Cell) -> str | float | None:
    if cell.number is not None:
        return cell.number
    return "\n".join(text_of(one) for one in cell.lines).replace("\xa0", " ") or None


def _write(book: Any, name: str, header: Sequence[str], rows: Sequence[_Row], named: set[str]) -> None:
    sheet = book.create_sheet(_sheet_name(name, named))
    sheet.freeze_panes = "A2"
    for number in range(len(header)):
        sheet.column_dimensions[get_column_letter(number + 1)].width = _width(header, rows, number)
    sheet.append([_cell(sheet, one, font=_BOLD) for one in header])
    for row in rows:
        sheet.append([_cell(sheet, one) for one in row])


def _cell(sheet: Any, value: str | float | None, font: Font | None = None) -> Any:
    """A cell that shows what was written: no formula, no sign that a workbook cannot hold."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        value = bound(printable(value)).replace("\r", "")[:_LONGEST]
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
    cell.alignment = _WRAPPED
    if font is not None:
        cell.font = font
    return cell


def _width(header: Sequence[str], rows: Sequence[_Row], column: int) -> int:
    words = [header[column], *(str(row[column]) for row in rows[:200] if column < len(row) and row[column])]
    longest = max(len(part) for text in words for part in text.split("\n"))
    return max(_NARROWEST, min(_WIDEST, longest + 2))


def _sheet_name(name: str, named: set[str]) -> str:
    """A name that no other sheet has; workbooks allow 31 characters and not all signs."""
    plain = "".join(" " if sign in "[]:*?/\\'" else sign for sign in name).strip()[:31] or "Sheet"
    free, number = plain, 2
    while free.casefold() in named:
        free, number = f"{plain[:28]} {number}", number + 1
    named.add(free.casefold())
    return free
