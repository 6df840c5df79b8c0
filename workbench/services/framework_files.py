"""A framework matrix as a workbook and as a Word file: documents down, themes across."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from corpus.workbooks import write_workbook
from triangulation.report.wording import printable

#: Width of the page between its margins, in millimetres: A4 lying down.
_WIDTH = 273
_FIRST_COLUMN = 42


@dataclass(frozen=True)
class FilledCell:
    """A summary with its writer and time; ``excerpts`` are quotes with where they begin in the text."""

    text: str
    author: str
    written_at: str
    excerpts: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True)
class FrameworkTable:
    """What stands in the file.

    ``documents`` are (title, source, date); ``cells`` has a row for each of them with a cell for each
    theme, each holding the versions that stand in it: none where nothing was written.
    """

    study: str
    name: str
    date: dt.date
    themes: tuple[str, ...]
    documents: tuple[tuple[str, str, str], ...]
    cells: tuple[tuple[tuple[FilledCell, ...], ...], ...]


def write_xlsx(table: FrameworkTable, path: Path) -> None:
    """Two sheets: the matrix, and every excerpt with its document, theme, writer and time."""
    write_workbook(
        path,
        {
            "Framework": (
                ("Document", "Source", "Date", *table.themes),
                [
                    (*document, *map(_summary, cells))
                    for document, cells in zip(table.documents, table.cells, strict=True)
                ],
            ),
            "Excerpts": (
                ("Document", "Theme", "Author", "Written", "Start", "Quote"),
                [
                    (document[0], theme, version.author, version.written_at, start, quote)
                    for document, cells in zip(table.documents, table.cells, strict=True)
                    for theme, versions in zip(table.themes, cells, strict=True)
                    for version in versions
                    for quote, start in version.excerpts
                ],
            ),
        },
    )


def write_docx(table: FrameworkTable, path: Path) -> None:
    """A page lying down; the names of the themes stand on every page."""
    document: Any = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(12)
    section.top_margin = section.bottom_margin = Mm(15)
    document.core_properties.title = printable(f"{table.study}: {table.name}")
    document.core_properties.author = ""
    document.add_heading(printable(table.name), level=1)
    filled = sum(bool(versions) for cells in table.cells for versions in cells)
    whole = len(table.documents) * len(table.themes)
    document.add_paragraph(
        printable(
            f"{table.study} · {table.date.isoformat()} · a summary in {filled} of {whole} cells. "
            "Quotes are the coded passages that a summary rests on."
        )
    )
    grid = document.add_table(rows=1 + len(table.documents), cols=1 + len(table.themes), style="Table Grid")
    grid.autofit = False
    _fill_heading(grid, table.themes)
    for row, about, cells in zip(grid.rows[1:], table.documents, table.cells, strict=True):
        row_cells = row.cells
        _write(row_cells[0], about[0], bold=True)
        _write(row_cells[0], " · ".join(filter(None, about[1:])), new=True)
        for cell, versions in zip(row_cells[1:], cells, strict=True):
            _fill(cell, versions)
    document.save(str(path))


def _summary(versions: Sequence[FilledCell]) -> str:
    """What stands in a cell; where two people wrote at once, each version under its writer's name."""
    if len(versions) == 1:
        return versions[0].text
    return "\n\n".join(f"{version.author}: {version.text}" for version in versions)


def _fill_heading(grid: Any, themes: Sequence[str]) -> None:
    first, mark = grid.rows[0], OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    first._tr.get_or_add_trPr().append(mark)
    rest = (_WIDTH - _FIRST_COLUMN) / max(len(themes), 1)
    widths = [_FIRST_COLUMN, *[rest] * len(themes)]
    for column, cell, words, width in zip(
        grid.columns, first.cells, ("Document", *themes), widths, strict=True
    ):
        column.width = Mm(width)
        for each in column.cells:
            each.width = Mm(width)
        _write(cell, words, bold=True)


def _fill(cell: Any, versions: Sequence[FilledCell]) -> None:
    for number, version in enumerate(versions):
        who = f"{version.author}: " if len(versions) > 1 else ""
        _write(cell, who + version.text, new=number > 0)
        for quote, _ in version.excerpts:
            _write(cell, f"“{' '.join(quote.split())}”", new=True, italic=True)


def _write(cell: Any, words: str, *, new: bool = False, bold: bool = False, italic: bool = False) -> None:
    paragraph = cell.add_paragraph() if new else cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(3)
    run = paragraph.add_run(printable(words))
    run.font.size, run.bold, run.italic = Pt(8.5), bold, italic
