"""Tables of texts, such as open survey answers: every row is a document."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.cleaning import clean_text
from corpus.dates import date_in_first_lines
from corpus.errors import UnreadableFile
from corpus.models import RawText, Refused
from corpus.readers.archives import check_office_archive
from corpus.readers.text import decode

#: Each is a document of its own.
MOST_ROWS = 100_000
#: Of a sheet, empty ones too: they are read like others.
MOST_CELLS = 10_000_000

_DELIMITERS = ",;\t"
# For a table of one column no delimiter is right: its commas belong to the text.
_NO_DELIMITER = "\x1f"
_SAMPLE_ROWS = 50
_DATE_COLUMNS = ("date", "datum")  # English and French, Dutch
_CELL = re.compile(rb'<(?:\w+:)?c [^<>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_LONGEST_CELL = 2**27
_ANNOTATED = "#FORMAT=WebAnno"
_BY_ITSELF = "Import it by itself, with the columns that it has."


@dataclass(frozen=True)
class _Columns:
    names: tuple[str, ...]
    text: int
    title: int | None


def read_table(
    name: str, data: bytes, *, text_column: str | None = None, title_column: str | None = None, **_: object
) -> Iterator[RawText | Refused]:
    """Read a ``.csv`` or ``.tsv`` file, one text per row; cells stay the words that they are ("NA", "007").

    Rows are numbered as a spreadsheet shows them: the header is row 1. A row whose text cell holds
    nothing is refused by its number. What identifies a row is its number, header and cells, so that
    equal rows of a file are all kept, and a file that has grown brings only its new rows. Where
    nothing but the text is filled in, the bytes of the whole file count too: else a "No" in row 7
    of two surveys would be taken for one answer.
    """
    text, warnings = decode(data)
    if text.startswith(_ANNOTATED):
        raise UnreadableFile(
            "holds annotations (WebAnno), no table of texts. Import the text that they are on."
        )
    rows, table_warnings = _rows(text, text_column, tabs=name.lower().endswith((".tsv", ".tab")))
    table = Table(name, hashlib.sha256(data).hexdigest(), (*warnings, *table_warnings))
    yield from texts_in_rows(table, rows, text_column=text_column, title_column=title_column)


@dataclass(frozen=True)
class Table:
    """What all rows of a table share; ``sheet`` is empty where a file is one table."""

    name: str
    file_hash: str
    warnings: tuple[str, ...] = ()
    sheet: str = ""


def texts_in_rows(
    table: Table,
    rows: Iterator[tuple[int, list[str]]],
    *,
    text_column: str | None,
    title_column: str | None,
) -> Iterator[RawText | Refused]:
    """One text per row of a table, whose first row names the columns."""
    number, header = next(rows, (1, []))
    if not any(cell.strip() for cell in header):
        raise UnreadableFile("has no header. Give each column a name in the first row.")
    columns = _columns(header, text_column, title_column)
    empty = True
    for number, cells in rows:
        empty = False
        place = f"{table.sheet}, row {number}" if table.sheet else f"row {number}"
        answer = clean_text(cells[columns.text]) if columns.text < len(cells) else ""
        if not answer.strip():
            column = columns.names[columns.text]
            yield Refused(
                f"{table.name}, {place}",
                f"{table.name}, {place}: column '{column}' is empty. Nothing to read here.",
            )
            continue
        attributes = _attributes(columns, cells)
        title = cells[columns.title] if columns.title is not None and columns.title < len(cells) else None
        identity = [*([table.sheet] if table.sheet else []), str(number), *columns.names, *cells]
        if not attributes and not title:
            identity.append(table.file_hash)
        warnings = table.warnings
        if len(cells) > len(header):
            said = f"{len(cells)} cells, but the header has {len(header)}: check the quotes"
            warnings = (*warnings, said)
        yield RawText(
            text=answer,
            name=table.name,
            place=place,
            title=title or None,
            raw_sha256=_identity_hash(identity, columns.names[columns.text]),
            date=_date(attributes),
            attributes=attributes,
            warnings=warnings,
        )
    if empty:
        raise UnreadableFile("has a header but no rows. Check that it was saved completely.")


def read_workbook(
    name: str, data: bytes, *, text_column: str | None = None, title_column: str | None = None, **_: object
) -> Iterator[RawText | Refused]:
    """Read an ``.xlsx`` or ``.ods`` file: every sheet that has the text column, one text per row.

    Cells are read as they are shown where that is stored; a formula counts as its last result.
    """
    sheets, hidden = _checked_sheets(name, data)
    wanted = [
        (sheet, rows)
        for sheet, rows in sheets
        if text_column is None or any(_wanted(cell) == _wanted(text_column) for cell in (rows[:1] or [[]])[0])
    ]
    if not wanted:
        heads = "; ".join(f"{sheet}: {', '.join(rows[0])}" for sheet, rows in sheets if rows)
        raise UnreadableFile(
            f"has no column '{text_column}'. Its columns are: {heads or 'none'}. {_BY_ITSELF}"
        )
    without = [sheet for sheet, rows in sheets if sheet not in {one for one, _ in wanted}]
    if without:
        hidden = (*hidden, f"without column '{text_column}', left out: {', '.join(without)}")
    _refuse_too_many(sum(len(rows) for _, rows in wanted))
    digest = hashlib.sha256(data).hexdigest()
    for sheet, rows in wanted:
        table = Table(name, digest, hidden, sheet=sheet if len(sheets) > 1 else "")
        numbered = ((number, row) for number, row in enumerate(rows, start=1) if number == 1 or any(row))
        yield from texts_in_rows(table, numbered, text_column=text_column, title_column=title_column)


@dataclass(frozen=True)
class TableHead:
    """The columns of a table, its first filled rows, and how many filled rows there are."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int


def head_of_table(name: str, data: bytes, *, most_rows: int = 3) -> TableHead:
    """The columns and first rows of a table, to choose the column with the texts from.

    Of a workbook the rows are those of its first sheet; columns and number are of all.

    Raises
    ------
    UnreadableFile
        If it is damaged, or has no header.

    Examples
    --------
    >>> head_of_table("survey.csv", b"id;answer\\n1;Yes, and no\\n2;No\\n").columns
    ('id', 'answer')
    """
    lowered = name.lower()
    if lowered.endswith((".csv", ".tsv")):
        text, _ = decode(data)
        rows, _ = _rows(text, None, tabs=lowered.endswith(".tsv"))
        sheets = [[cells for _, cells in rows]]
    else:
        sheets = [rows for _, rows in _checked_sheets(name, data)[0]]
    heads = [
        (rows[0], [row for row in rows[1:] if any(cell.strip() for cell in row)]) for rows in sheets if rows
    ]
    if not any(cell.strip() for header, _ in heads for cell in header):
        raise UnreadableFile("has no header. Give each column a name in the first row.")
    columns = tuple(dict.fromkeys(name for header, _ in heads for name in _names(header)))
    first = tuple(tuple((row + [""] * len(columns))[: len(columns)]) for row in heads[0][1][:most_rows])
    return TableHead(columns, first, sum(len(rows) for _, rows in heads))


_Sheets = list[tuple[str, list[list[str]]]]


def _checked_sheets(name: str, data: bytes) -> tuple[_Sheets, tuple[str, ...]]:
    program, suffix = ("LibreOffice", ".ods") if name.lower().endswith(".ods") else ("Excel", ".xlsx")
    check_office_archive(data, program, suffix, "content.xml" if suffix == ".ods" else "xl/workbook.xml")
    _refuse_far_cells(data)
    return _sheets(data, program)


def _refuse_far_cells(data: bytes) -> None:
    """One cell far to the right or below makes a sheet of billions of cells, all of which would be read."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.namelist():
            if not part.lower().lstrip("/").startswith("xl/worksheets/") or not part.lower().endswith(".xml"):
                continue
            cells = _CELL.findall(archive.read(part))
            right = max(
                (_number_of_column(letters) for letters in {letters for letters, _ in cells}), default=0
            )
            below = max((int(row) for _, row in cells), default=0)
            if right * below > MOST_CELLS:
                raise UnreadableFile(
                    f"has a sheet of {below:,} rows and {right:,} columns, perhaps by one cell far from the "
                    "others. Delete the empty rows and columns in Excel and save it again."
                )


def _number_of_column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _sheets(data: bytes, program: str) -> tuple[_Sheets, tuple[str, ...]]:
    """The sheets that are shown and hold anything, with their cells as words; warnings."""
    from python_calamine import CalamineError, SheetVisibleEnum, load_workbook

    try:
        book = load_workbook(io.BytesIO(data))
        shown = [s.name for s in book.sheets_metadata if s.visible == SheetVisibleEnum.Visible]
        sheets = [(sheet, book.get_sheet_by_name(sheet).to_python()) for sheet in shown]
        hidden = len(book.sheet_names) - len(shown)
    except (CalamineError, ValueError, OSError) as error:
        raise UnreadableFile(f"is damaged. Open it in {program} and save it again.") from error
    filled = [
        (clean_text(sheet), [[_shown(cell) for cell in row] for row in rows])
        for sheet, rows in sheets
        if any(_shown(cell) for row in rows for cell in row)
    ]
    return filled, (f"{hidden} hidden sheet{'s' * (hidden > 1)} left out",) if hidden else ()


def _shown(cell: object) -> str:
    """A cell in words: whole numbers without a point, days without an hour of nought."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return "" if cell is None else str(cell)


def _identity_hash(parts: Sequence[str], text_column: str) -> str:
    # Lengths keep ("ab", "c") and ("a", "bc") apart.
    joined = "".join(f"{len(part)}:{part}" for part in (text_column, *parts))
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()


def _rows(
    text: str, text_column: str | None, *, tabs: bool
) -> tuple[Iterator[tuple[int, list[str]]], tuple[str, ...]]:
    csv.field_size_limit(_LONGEST_CELL)
    delimiter = "\t" if tabs else _delimiter(text, text_column)
    warnings: tuple[str, ...] = ()
    number = 0
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            number += 1
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise UnreadableFile(
                f"row {number + 1} opens a quotation mark that is never closed. "
                "Close it, or save the table again."
            ) from error
        warnings = (f"quotation marks are irregular from row {number + 1}: check the texts",)
    _refuse_too_many(number)
    return _numbered(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)), warnings


def _refuse_too_many(rows: int) -> None:
    if rows > MOST_ROWS:
        raise UnreadableFile(f"has {rows:,} rows. A table of documents has at most {MOST_ROWS:,}: split it.")


def _numbered(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Number the rows; empty lines count, unless nothing follows them."""
    blank: list[int] = []
    for number, cells in enumerate(reader, start=1):
        if not cells:  # the csv module gives a line with nothing on it as no cells
            blank.append(number)
            continue
        yield from ((empty, []) for empty in blank)
        blank.clear()
        yield number, cells


def _delimiter(text: str, text_column: str | None) -> str:
    """Take the delimiter that finds the text column among others, then the one with most even rows."""

    def fitness(delimiter: str) -> tuple[bool, float, int]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        rows = [cells for cells, _ in zip(reader, range(_SAMPLE_ROWS), strict=False) if cells]
        header = rows[0] if rows else []
        even = sum(len(cells) == len(header) for cells in rows) / max(1, len(rows))
        found = text_column is not None and _wanted(text_column) in map(_wanted, header)
        return found and len(header) > 1, even if len(header) > 1 else 0.0, len(header)

    best = max(_DELIMITERS, key=fitness)
    return best if fitness(best)[2] > 1 else _NO_DELIMITER


def _columns(header: Sequence[str], text_column: str | None, title_column: str | None) -> _Columns:
    names = _names(header)
    if text_column is None and len(names) > 1:
        raise UnreadableFile(f"the column with the texts is not named. Choose one of: {', '.join(names)}.")
    text = 0 if text_column is None else _position(names, text_column)
    return _Columns(tuple(names), text, None if title_column is None else _position(names, title_column))


def _names(header: Sequence[str]) -> list[str]:
    """Names of columns: "column 3" for none, "note (2)" for a second one."""
    names: list[str] = []
    seen: Counter[str] = Counter()
    for number, cell in enumerate(header, start=1):
        name = clean_text(cell).strip() or f"column {number}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


def _position(names: Sequence[str], column: str) -> int:
    if column in names:
        return names.index(column)
    alike = [number for number, name in enumerate(names) if _wanted(name) == _wanted(column)]
    if len(alike) == 1:
        return alike[0]
    raise UnreadableFile(f"has no column '{column}'. Its columns are: {', '.join(names)}. {_BY_ITSELF}")


def _wanted(column: str) -> str:
    return clean_text(column).strip().casefold()


def _date(attributes: Mapping[str, str]) -> dt.date | None:
    """The day in the column that is called date, in one of our languages; None where there is none."""
    named = (value for name, value in attributes.items() if name.strip().casefold() in _DATE_COLUMNS)
    return next(filter(None, map(date_in_first_lines, named)), None)


def _attributes(columns: _Columns, cells: Sequence[str]) -> dict[str, str]:
    """Keep the other cells under their column's name; an empty cell is no attribute."""
    attributes = {}
    for number, cell in enumerate(cells):
        value = clean_text(cell).strip()
        if value and number not in (columns.text, columns.title):
            name = columns.names[number] if number < len(columns.names) else f"column {number + 1}"
            attributes[name] = value
    return attributes
