"""What a report is made of, whatever it is written as: sections of headings, paragraphs, tables and quotes.

A section says what stands in it; a writer says how each kind of block is drawn. So a new section needs
no change in any writer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from triangulation.models import ConvergenceCode
from triangulation.report.wording import CODE_SYMBOL, CODE_WORD, CODE_WORD_SHORT


@dataclass(frozen=True)
class Words:
    """A few words of a line.

    ``by_people`` marks what people wrote: no writer takes it for markup, and it may be in a script
    that runs the other way. ``to`` names the anchor that the words lead to. ``code`` colours them.
    """

    text: str
    by_people: bool = False
    tone: str = ""  # "", "soft" or "strong"
    to: str = ""
    code: ConvergenceCode | None = None


Line = tuple[Words, ...]
"""One line of words; it breaks where it must."""


def line(*pieces: str | Words | Line) -> Line:
    """Words put together to a line; a plain string is the report's own."""
    made: list[Words] = []
    for piece in pieces:
        if isinstance(piece, tuple):
            made += piece
        elif isinstance(piece, Words):
            made.append(piece)
        elif piece:
            made.append(Words(piece))
    return tuple(made)


def said(text: str, *, tone: str = "", to: str = "") -> Words:
    """What people wrote: names, statements, reasons."""
    return Words(text, by_people=True, tone=tone, to=to)


def soft(text: str, *, to: str = "") -> Words:
    """A remark that steps back."""
    return Words(text, tone="soft", to=to)


def code_words(code: ConvergenceCode | None, *, to: str = "", short: bool = False) -> Words:
    """A convergence code with its symbol; where there is none, that."""
    if code is None:
        return soft("no code", to=to)
    word = CODE_WORD_SHORT[code] if short else CODE_WORD[code]
    return Words(f"{CODE_SYMBOL[code]}\xa0{word}", tone="strong", to=to, code=code)


def joined(pieces: Sequence[Words | Line], *, between: str = ", ", last: str = "") -> Line:
    """Pieces in a row, with the same words between them; ``last`` stands before the last piece."""
    made: list[Words] = []
    for number, piece in enumerate(pieces):
        if number:
            made.append(Words(last if last and number == len(pieces) - 1 else between))
        made += [piece] if isinstance(piece, Words) else piece
    return tuple(made)


def names(people: Iterable[str]) -> Line:
    """Names in a row, the last with "and"."""
    return joined([said(person) for person in people], last=" and ")


def text_of(words: Line) -> str:
    """A line as plain text."""
    return "".join(piece.text for piece in words)


@dataclass(frozen=True)
class Heading:
    """A heading within a section; ``depth`` is 2 or 3, ``mark`` the key of the level it belongs to."""

    words: Line
    depth: int = 2
    anchor: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Paragraph:
    """``style`` is ``plain``, ``prose``, ``soft``, ``notice``, or ``written``: by people, for the report."""

    words: Line
    style: str = "plain"
    anchor: str = ""


@dataclass(frozen=True)
class Bullets:
    """A list, numbered where the order counts."""

    items: tuple[Line, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Quoted:
    """A quote with its number and place; ``anchor`` where links to the quote lead to this place."""

    number: int
    text: str
    place: str
    anchor: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell of one or more lines. ``number`` is its value for a spreadsheet, where it is a number alone."""

    lines: tuple[Line, ...] = ()
    number: float | None = None
    anchor: str = ""
    is_head: bool = False


@dataclass(frozen=True)
class Group:
    """A row across a whole table that names the rows under it."""

    words: Line
    mark: str = ""


@dataclass(frozen=True)
class Table:
    """A table with its caption and header.

    ``sheet`` names its sheet in a workbook; tables of one name follow each other there, and without a
    name the table is left out, because a sheet of `Report.sheets` says the same in a form to count with.
    ``widths`` are the columns' shares. A table that ``is_wide`` wants a page across; where its columns do
    not fit on one, it may be parted before the columns in ``breaks``.
    """

    caption: Line
    header: tuple[Line, ...]
    rows: tuple[tuple[Cell, ...] | Group, ...]
    sheet: str = ""
    widths: tuple[int, ...] = ()
    is_wide: bool = False
    breaks: tuple[int, ...] = ()


Block = Heading | Paragraph | Bullets | Quoted | Table


@dataclass(frozen=True)
class Section:
    """A part of the report. ``counts`` holds every number that its own sentences give, by name."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    counts: Mapping[str, float] = field(default_factory=dict)

    @property
    def is_wide(self) -> bool:
        """Whether a table of the section needs the page across."""
        return any(isinstance(block, Table) and block.is_wide for block in self.blocks)


@dataclass(frozen=True)
class Sheet:
    """Rows to count with, for a workbook; None is an empty cell."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str | float | None, ...], ...]


@dataclass(frozen=True)
class Drawn:
    """The report as every writer draws it."""

    title: str
    subtitle: str
    notice: str
    sections: tuple[Section, ...]
    sheets: tuple[Sheet, ...]
    made_on: str
    head: tuple[int, str] | None = None


#: Rows with more words than this in a cell may run on to the next page.
_LONG = 500


def is_long(row: tuple[Cell, ...]) -> bool:
    """Whether a row of a table is so long that keeping it on one page would leave half a page empty."""
    return any(sum(len(text_of(one)) for one in cell.lines) > _LONG for cell in row)


# -- short ways to write blocks ------------------------------------------------------------------


def cell(*lines: str | Words | Line | float | None, anchor: str = "", is_head: bool = False) -> Cell:
    """A cell of lines; a number alone is kept as one."""
    if len(lines) == 1 and isinstance(lines[0], int | float):
        return Cell((line(str(lines[0])),), float(lines[0]), anchor, is_head)
    made = tuple(line(one) for one in lines if isinstance(one, str | Words | tuple) and one)
    return Cell(made, None, anchor, is_head)


def told(text: str) -> Cell:
    """A cell of people's words."""
    return cell(said(text)) if text else Cell()


def row_of(head: str | Words | Line, *others: str | Words | Line | float | Cell | None) -> tuple[Cell, ...]:
    """A row that its first cell names."""
    return (
        cell(head, is_head=True),
        *(one if isinstance(one, Cell) else cell(one) for one in others),
    )


def table(
    caption: str | Line,
    header: Sequence[str | Line],
    rows: Iterable[tuple[Cell, ...] | Group],
    *,
    sheet: str = "",
    widths: Sequence[int] = (),
    empty: str = "",
    is_wide: bool = False,
    breaks: Sequence[int] = (),
    optional: Sequence[int] = (),
) -> tuple[Block, ...]:
    """A table, or the sentence that stands where it has no rows.

    Columns that are ``optional`` are left out where nothing stands in them.
    """
    listed = tuple(rows)
    if not listed:
        return (note(empty),) if empty else ()
    for column in sorted(optional, reverse=True):
        if not any(row[column].lines for row in listed if not isinstance(row, Group)):
            header, widths = _without(header, column), _without(widths, column)
            listed = tuple(row if isinstance(row, Group) else _without(row, column) for row in listed)
    names_of_columns = tuple(line(one) for one in header)
    return (
        Table(
            line(caption),
            names_of_columns,
            listed,
            sheet,
            tuple(widths),
            is_wide=is_wide,
            breaks=tuple(breaks),
        ),
    )


def _without(row: Sequence[Any], column: int) -> tuple[Any, ...]:
    return tuple(one for number, one in enumerate(row) if number != column)


def paragraph(*pieces: str | Words | Line, style: str = "plain", anchor: str = "") -> Paragraph:
    """A paragraph of words."""
    return Paragraph(line(*pieces), style, anchor)


def note(*pieces: str | Words | Line) -> Paragraph:
    """A paragraph that steps back."""
    return Paragraph(line(*pieces), "soft")


def heading(*pieces: str | Words | Line, depth: int = 2, anchor: str = "", mark: str = "") -> Heading:
    """A heading within a section."""
    return Heading(line(*pieces), depth, anchor, mark)


def written(text: str) -> tuple[Block, ...]:
    """People's own paragraphs, parted by blank lines."""
    parts = (part.strip() for part in text.replace("\r\n", "\n").split("\n\n"))
    return tuple(Paragraph((said(part),), "written") for part in parts if part)
