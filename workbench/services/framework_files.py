"""A framework matrix as a workbook and as a Word file: documents or cases down, themes across."""

from __future__ import annotations

import datetime as dt
import tempfile
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from sqlalchemy import Engine

from corpus.workbooks import write_workbook
from store.engine import reading
from store.frameworks import DOCUMENTS, RowKey, Rows
from store.studies import Member, studies
from triangulation.report.wording import printable
from workbench.services.framework_cells import Draft, FrameworkMatrix, framework_matrix
from workbench.services.framework_rows import FrameworkRow

#: Width of the page between its margins, in millimetres: A4 lying down.
_WIDTH = 273
_FIRST_COLUMN = 42


@dataclass(frozen=True)
class FilledCell:
    """A summary with its writer and time.

    ``excerpts`` are quotes with the title of their document and where they begin in its text.
    """

    text: str
    author: str
    written_at: str
    excerpts: tuple[tuple[str, int | None, str], ...]


@dataclass(frozen=True)
class FrameworkTable:
    """What stands in the file.

    ``rows`` say what stands under the words of ``head``: of documents title, source and date, of cases
    name, documents and sources. ``cells`` has a row for each of them with a cell for each theme, each
    holding the versions that stand in it: none where nothing was written. ``left_out`` are the titles
    of documents that belong to no row.
    """

    study: str
    name: str
    date: dt.date
    themes: tuple[str, ...]
    of_cases: bool
    head: tuple[str, str, str]
    rows: tuple[tuple[str, str, str], ...]
    left_out: tuple[str, ...]
    cells: tuple[tuple[tuple[FilledCell, ...], ...], ...]


def write_framework(
    engine: Engine,
    actor: Member,
    name: str,
    path: Path,
    *,
    format: Literal["xlsx", "docx"],
    rows: Sequence[RowKey] | None = None,
) -> int:
    """Write a framework to a workbook or a Word file; returns the number of cells with a summary.

    Parameters
    ----------
    rows : sequence, optional
        The keys of the rows to write, in this order; all of them where it is None.
    """
    matrix = framework_matrix(engine, actor, name)
    with reading(engine) as connection:
        study = next(study.name for study in studies(connection) if study.id == actor.study_id)
    by_key = {row.key: row for row in matrix.rows}
    shown = [by_key[key] for key in (by_key if rows is None else rows) if key in by_key]
    table = _table(matrix, study, shown)
    (write_xlsx if format == "xlsx" else write_docx)(table, path)
    return sum(bool(versions) for row in table.cells for versions in row)


def framework_bytes(
    engine: Engine,
    actor: Member,
    name: str,
    *,
    format: Literal["xlsx", "docx"],
    rows: Sequence[RowKey] | None = None,
) -> bytes:
    """A framework as the content of a file, to hand over."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"framework.{format}"
        write_framework(engine, actor, name, path, format=format, rows=rows)
        return path.read_bytes()


def _table(matrix: FrameworkMatrix, study: str, shown: Sequence[FrameworkRow]) -> FrameworkTable:
    return FrameworkTable(
        study=study,
        name=matrix.name,
        date=dt.datetime.now(dt.UTC).date(),
        themes=tuple(f"{column.key} {column.label}" for column in matrix.columns),
        of_cases=matrix.kind != DOCUMENTS,
        head=_head(matrix.kind),
        rows=tuple(_about(matrix.kind, row) for row in shown),
        left_out=tuple(document.title for document in matrix.left_out),
        cells=tuple(
            tuple(_filled(matrix.cells.get((row.key, column.code_id), ())) for column in matrix.columns)
            for row in shown
        ),
    )


def _head(kind: Rows) -> tuple[str, str, str]:
    if kind.kind == "document":
        return "Document", "Source", "Date"
    return "Speaker" if kind.kind == "speaker" else kind.attribute, "Documents", "Sources"


def _about(kind: Rows, row: FrameworkRow) -> tuple[str, str, str]:
    if kind.kind == "document":
        return row.title, row.sources[0], "" if row.date is None else row.date.isoformat()
    return row.title, "; ".join(document.title for document in row.documents), "; ".join(row.sources)


def _filled(versions: Sequence[Draft]) -> tuple[FilledCell, ...]:
    return tuple(
        FilledCell(
            version.text,
            version.author,
            version.written_at.isoformat(timespec="minutes"),
            tuple((excerpt.quote, excerpt.start_char, excerpt.title) for excerpt in version.excerpts),
        )
        for version in versions
    )


def write_xlsx(table: FrameworkTable, path: Path) -> None:
    """The matrix, every excerpt with its document, theme, writer and time, and what is left out."""
    first = (table.head[0], "Document") if table.of_cases else ("Document",)
    sheets: dict[str, tuple[Sequence[str], list[Sequence[str | int | None]]]] = {
        "Framework": (
            (*table.head, *table.themes),
            [(*row, *map(_summary, cells)) for row, cells in zip(table.rows, table.cells, strict=True)],
        ),
        "Excerpts": (
            (*first, "Theme", "Author", "Written", "Start", "Quote"),
            [
                (*(row[0], title)[-len(first) :], theme, version.author, version.written_at, start, quote)
                for row, cells in zip(table.rows, table.cells, strict=True)
                for theme, versions in zip(table.themes, cells, strict=True)
                for version in versions
                for quote, start, title in version.excerpts
            ],
        ),
    }
    if table.left_out:
        sheets["Left out"] = (("Document",), [(title,) for title in table.left_out])
    write_workbook(path, sheets)


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
    whole = len(table.rows) * len(table.themes)
    document.add_paragraph(
        printable(
            f"{table.study} · {table.date.isoformat()} · a summary in {filled} of {whole} cells. "
            "Quotes are the coded passages that a summary rests on."
        )
    )
    if table.left_out:
        document.add_paragraph(printable(_short(f"In no row: {'; '.join(table.left_out)}")))
    grid = document.add_table(rows=1 + len(table.rows), cols=1 + len(table.themes), style="Table Grid")
    grid.autofit = False
    _fill_heading(grid, (table.head[0], *table.themes))
    for row, about, cells in zip(grid.rows[1:], table.rows, table.cells, strict=True):
        row_cells = row.cells
        _write(row_cells[0], about[0], bold=True)
        _write(row_cells[0], _short(" · ".join(filter(None, about[1:]))), new=True)
        for cell, versions in zip(row_cells[1:], cells, strict=True):
            _fill(cell, versions, with_titles=table.of_cases)
    document.save(str(path))


def _summary(versions: Sequence[FilledCell]) -> str:
    """What stands in a cell; where two people wrote at once, each version under its writer's name."""
    if len(versions) == 1:
        return versions[0].text
    return "\n\n".join(f"{version.author}: {version.text}" for version in versions)


def _short(words: str) -> str:
    """Many titles of documents would fill a page; the workbook has them all."""
    return textwrap.shorten(words, 400, placeholder=" …")


def _fill_heading(grid: Any, heads: Sequence[str]) -> None:
    first, mark = grid.rows[0], OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    first._tr.get_or_add_trPr().append(mark)
    rest = (_WIDTH - _FIRST_COLUMN) / max(len(heads) - 1, 1)
    widths = [_FIRST_COLUMN, *[rest] * (len(heads) - 1)]
    for column, cell, words, width in zip(grid.columns, first.cells, heads, widths, strict=True):
        column.width = Mm(width)
        for each in column.cells:
            each.width = Mm(width)
        _write(cell, words, bold=True)


def _fill(cell: Any, versions: Sequence[FilledCell], *, with_titles: bool) -> None:
    for number, version in enumerate(versions):
        who = f"{version.author}: " if len(versions) > 1 else ""
        _write(cell, who + version.text, new=number > 0)
        for quote, _, title in version.excerpts:
            where = f" ({title})" if with_titles else ""
            _write(cell, f"“{' '.join(quote.split())}”{where}", new=True, italic=True)


def _write(cell: Any, words: str, *, new: bool = False, bold: bool = False, italic: bool = False) -> None:
    paragraph = cell.add_paragraph() if new else cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(3)
    run = paragraph.add_run(printable(words))
    run.font.size, run.bold, run.italic = Pt(8.5), bold, italic
