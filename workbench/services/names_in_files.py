"""Original forms in a file that is to leave: where they show, told as a place in the file, never as the form.

A file is read for its words alone: markup without tags, JSON by its strings, packed files part by part.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
import zipfile
from bisect import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import PurePath

from corpus.errors import UnreadableFile, UserFacingError
from corpus.pseudonyms.entities import Lookout, Trace
from corpus.readers.text import decode


@dataclass(frozen=True)
class Words:
    """Words of a file; ``where`` tells of a character in them where in the file it stands."""

    text: str
    where: Callable[[int], str]


@dataclass(frozen=True)
class Showing:
    """A place where an original form shows.

    Attributes
    ----------
    where : str
        The place in words: "row 12, column 3".
    pseudonym : str
        What should stand there.
    around : str
        The words about it, with pseudonyms for all forms; only for who may know which word is a name.
    """

    where: str
    trace: Trace
    around: str

    @property
    def pseudonym(self) -> str:
        return self.trace.pseudonym


def names_in(lookout: Lookout, name: str, data: bytes) -> list[Showing]:
    """Where forms show in a file that the program made, and in its name.

    Parts that hold no text are passed over: the one that there is comes with every Word file.

    Raises
    ------
    UserFacingError
        If the file is damaged, or a part of it is too large to be looked through.
    """
    stem = Words(PurePath(name).stem, lambda start: "the name of the file")
    return [showing for words in (stem, *words_of(name, data, [])) for showing in shown_in(lookout, words)]


def shown_in(lookout: Lookout, words: Words) -> Iterator[Showing]:
    """Where forms show in some words, in their order."""
    traces = lookout.traces(words.text)
    for trace in traces:
        yield Showing(words.where(trace.start_char), trace, _around(words.text, trace, traces))


_MOST_AROUND = 40


def _around(text: str, trace: Trace, traces: list[Trace]) -> str:
    """Words on both sides in the same line, in which every form has its pseudonym."""
    start = max(text.rfind("\n", 0, trace.start_char) + 1, trace.start_char - _MOST_AROUND)
    end = trace.end_char + _MOST_AROUND
    end = text.find("\n", trace.end_char, end) if "\n" in text[trace.end_char : end] else end
    told, place = "", start
    for each in traces:
        if each.end_char > place and each.start_char < end:
            told += text[place : each.start_char] + each.pseudonym
            place = each.end_char
    return " ".join((told + text[place:end]).split())


# -- the words of a file ---------------------------------------------------------------------------


def words_of(name: str, data: bytes, unchecked: list[str]) -> Iterator[Words]:
    """The words of a file; what holds none is added to ``unchecked``.

    Raises
    ------
    UnreadableFile
        If it is neither text nor packed.
    UserFacingError
        If it is packed and damaged.
    """
    if data[:2] != b"PK":
        yield from _plain(decode(data)[0], suffix=PurePath(name).suffix.lower())
        return
    try:
        yield from _packed(data, name, unchecked)
    except zipfile.BadZipFile as error:
        raise UserFacingError(f"{name}: is a damaged archive, so it can't be checked.") from error


def _packed(data: bytes, place: str, unchecked: list[str], *, inner: bool = False) -> Iterator[Words]:
    """The names and texts of all parts of a packed file (Word, Excel, REFI-QDA), and of one packed in it.

    A part is told by its number: its name may be that of a person.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for number, part in enumerate(packed.infolist(), 1):
            called = f"part {number} ({PurePath(part.filename).suffix or 'no suffix'})"
            yield Words(part.filename, _always(called))
            where = f"{place}: {called}"
            if part.file_size > LARGEST_PART:
                raise UserFacingError(f"{where} is too large to be checked.")
            try:
                held = packed.read(part)
                if held[:2] == b"PK" and not inner:
                    yield from _packed(held, where, unchecked, inner=True)
                else:
                    yield from _part(part.filename, decode(held)[0], called)
            except (UnreadableFile, zipfile.BadZipFile, RuntimeError, NotImplementedError):
                unchecked.append(f"{where} could not be checked")


LARGEST_PART = 200_000_000


def _part(name: str, text: str, called: str) -> Iterator[Words]:
    sheet = _SHEET.fullmatch(name)
    if sheet is not None:
        text, cells = _cells_apart(text, f"sheet {sheet[1]}")
        yield cells
    for words in _plain(text, suffix=PurePath(name).suffix.lower()):
        if name == "word/document.xml" and words.where(0) != "the markup":
            yield Words(words.text, _paragraph(words.text))
        else:
            yield Words(words.text, _always(called))


_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"[^>]*?(?:/>|>(.*?)</c>)', re.DOTALL)


def _cells_apart(text: str, sheet: str) -> tuple[str, Words]:
    """A sheet without its cells, and its cells by their names."""
    cells = [(cell[1], html.unescape(_TAG.sub("", cell[2] or ""))) for cell in _CELL.finditer(text)]
    words = _in_cells([held for _, held in cells], lambda number: f"{sheet}, cell {cells[number][0]}")
    return _CELL.sub("", text), words


def _in_cells(cells: list[str], named: Callable[[int], str]) -> Words:
    """The texts of cells, each with the name of its cell."""
    ends = list(accumulate(len(held) + 1 for held in cells))
    return Words("\n".join(cells), lambda start: named(bisect(ends, start)))


def _always(place: str) -> Callable[[int], str]:
    return lambda start: place


def _line(text: str) -> Callable[[int], str]:
    r"""The line that a character is in.

    >>> _line("a\nb")(2)
    'line 2'
    """
    return lambda start: f"line {_number(text, start):,}"


def _paragraph(text: str) -> Callable[[int], str]:
    return lambda start: f"paragraph {_number(text, start):,}"


def _number(text: str, start: int) -> int:
    return text.count("\n", 0, start) + 1


def _in_rows(text: str) -> Words:
    """The cells of a CSV file."""
    rows = list(csv.reader(io.StringIO(text, newline="")))

    def named(cell: int) -> str:
        for row, line in enumerate(rows, start=1):
            if cell < len(line):
                return f"row {row:,}, column {cell + 1}"
            cell -= len(line)
        raise IndexError(cell)

    return _in_cells([held for line in rows for held in line], named)


# An end of a paragraph, row or cell parts words; other marks may stand inside one.
_TAG = re.compile(
    r"(</(?:w:p|a:p|text:p|text:h|si|row|c|PlainTextContent)>"
    r"|</?(?:p|div|br|hr|li|ul|ol|dt|dd|t[drh]|table|h[1-6]|title|section|option)(?=[\s/>])[^>]*>)|<[^>]*>",
    re.IGNORECASE,
)
_PROLOGUE = re.compile(r"^\s*<\?xml[^>]*\?>\s*")
_AROUND = re.compile(r"<!--|-->|<!\[CDATA\[|\]\]>")
_VALUE = re.compile(r"""=\s*(?:"([^"]*)"|'([^']*)')""")


def _plain(text: str, *, suffix: str) -> Iterator[Words]:
    """The words of a text file: of HTML and XML without tags, of JSON its strings, else as it stands."""
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if suffix == ".csv":
        try:
            yield _in_rows(text)
        except csv.Error:  # a cell longer than the reader takes
            yield Words(text, _line(text))
    elif start == "<":
        text = _AROUND.sub("\n", _PROLOGUE.sub("", text))
        told = html.unescape(_TAG.sub(lambda tag: "\n" if tag[1] else "", text))
        yield Words(told, _line(told))
        values = (one or other for tag in _TAG.finditer(text) for one, other in _VALUE.findall(tag[0]))
        yield Words(html.unescape("\n".join(values)), _always("the markup"))
    elif start in ("{", "["):
        told = _strings(text)
        yield Words(told, lambda start: f"value no. {_number(told, start):,}")
    else:
        yield Words(text, _line(text))


def _strings(text: str) -> str:
    """The strings of JSON, or of JSON a line; of what is no JSON the text."""
    try:
        return "\n".join(_strings_in(json.loads(text)))
    except (ValueError, RecursionError):
        pass
    lines: list[str] = []
    for line in text.splitlines():
        try:
            lines += _strings_in(json.loads(line))
        except (ValueError, RecursionError):
            lines.append(line)
    return "\n".join(lines)


def _strings_in(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from _strings_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings_in(inner)
    elif value is not None:
        yield str(value)
