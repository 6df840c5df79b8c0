"""PDF: words in reading order, paragraph by paragraph, with page numbers as places.

A PDF says where letters stand, not what belongs together. Lines, columns, paragraphs and headings are
put together from places and sizes; running heads and page numbers are set aside and can be read there.
"""

from __future__ import annotations

import ctypes
import hashlib
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any

from corpus.errors import UnreadableFile
from corpus.models import RawText, Refused
from corpus.readers.blocks import Blocks
from corpus.speakers import read_label

MOST_PAGES = 3000

_HYPHENATED = "\ufffe"  # the library's mark of a word that goes on in the next line
_LIST_ITEM = re.compile(r"\s*(?:[-•◦▪–]|\d{1,3}[.)]|[a-z]\))\s")
_LINE_NUMBER = re.compile(r"(\d{1,5})\t(?=\S)")
_NUMBERS = re.compile(r"\d+|(?<=\b)[ivxlc]+(?=\b)", re.I)
#: Gaps between letters, in heights of a line, that part cells or columns.
_APART = 2.0
_FULL_TURN = 6.283185307
#: A letter: what it is, left, right, bottom, top, size.
_Letter = tuple[str, float, float, float, float, float]
_NO_TEXT = (
    "has no text layer: its pages are pictures. Let a program for OCR read them (for example OCRmyPDF), and "
    "import what it makes; where tesseract is installed, Trigpoint can read them by OCR."
)
#: Dots to a point for OCR (300 to an inch), and the most dots of a picture.
_SHARP = 300 / 72
_MOST_DOTS = 20_000_000
#: Within so many bytes of the end a whole file says that it ends.
_TAIL = 4096


@dataclass(frozen=True)
class Line:
    """Words that stand on one line of a page; sizes in points, from the lower left corner."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    turned: bool = False

    @property
    def height(self) -> float:
        return max(self.top - self.bottom, 1.0)


def read_pdf(
    name: str, data: bytes, *, page_texts: Mapping[str, str] | None = None, **_: object
) -> Iterator[RawText | Refused]:
    """Read a ``.pdf`` file that has a text layer.

    Parameters
    ----------
    page_texts : mapping from str to str, optional
        What OCR read on pages without a text layer, by the number of the page from 0.
    """
    pages = _pages(data)
    seen = {int(page): words for page, words in (page_texts or {}).items() if words.strip()}
    if not seen and not any(lines for _, lines in pages):
        raise UnreadableFile(_NO_TEXT)
    pages, numbered = _without_line_numbers(pages)
    aside = _running_lines([lines for _, lines in pages])
    sizes = [line.size for _, lines in pages for line in lines for _ in range(len(line.text))]
    body_size = median(sizes or [0.0])
    levels = _heading_levels([line for _, lines in pages for line in lines], body_size)
    blocks = Blocks()
    joined = 0
    for number, (label, lines) in enumerate(pages):
        blocks.begin_page(label)
        if not lines:
            for paragraph_seen in re.split(r"\n\s*\n", seen.get(number, "")):
                blocks.add(" ".join(paragraph_seen.split()))
            continue
        kept = []
        for line in lines:
            if _as_running(line.text) in aside and line in (lines[0], lines[1:2] and lines[1], lines[-1]):
                blocks.set_aside(f"page {label}", line.text)
            else:
                kept.append(line)
        for paragraph in _paragraphs(kept):
            text, hyphens = _joined(paragraph)
            joined += hyphens
            is_heading = len(text) < 160 and all(line.size in levels for line in paragraph)
            blocks.add(text, level=levels[paragraph[0].size] if is_heading else None)
    warnings = []
    if numbered:
        warnings.append(f"{numbered} line numbers in the margin left out")
    if joined:
        warnings.append(f"{joined} word{'s' * (joined > 1)} that a line end parted put together again")
    if seen:
        said = "1 page was" if len(seen) == 1 else f"{len(seen)} pages were"
        warnings.append(f"{said} read by OCR: compare names, numbers and line ends with the pages")
    warnings += _left_out(data)
    without = [label for number, (label, lines) in enumerate(pages) if not lines and number not in seen]
    if without:
        warnings.append(f"{len(without)} of {len(pages)} pages have no text: {', '.join(without[:10])}")
    yield blocks.raw(name=name, raw_sha256=hashlib.sha256(data).hexdigest(), warnings=tuple(warnings))


def _left_out(data: bytes) -> Iterator[str]:
    """What a file holds beside its pages, or lacks."""
    import pypdfium2.raw as raw

    with _opened(data) as document:
        attached = raw.FPDFDoc_GetAttachmentCount(document)
        scripts = raw.FPDFDoc_GetJavaScriptActionCount(document)
    if attached > 0:
        yield f"{attached} attached file{'s' * (attached > 1)} left out"
    if scripts > 0 or b"/JavaScript" in data:
        yield "a script left out"
    if b"%%EOF" not in data[-_TAIL:]:
        yield "the file ends too early: its last pages may be missing"


def pages_without_text(data: bytes) -> list[int]:
    """The pages that hold no letters, counted from 0."""
    with _opened(data) as document:
        return [number for number in range(len(document)) if not _letters_on(document, number)]


def picture_of_page(data: bytes, *, page: int) -> bytes:
    """A page, counted from 0, as a grey picture (PNG), sharp enough for OCR."""
    import pypdfium2 as pdfium

    with _opened(data) as document:
        try:
            shown = document[page]
            width, height = shown.get_size()
            scale = min(_SHARP, (_MOST_DOTS / max(1.0, width * height)) ** 0.5)
            drawn = shown.render(scale=scale, grayscale=True)
        except pdfium.PdfiumError as error:
            raise UnreadableFile(f"page {page + 1} is damaged.") from error
        return _png(bytes(drawn.buffer), drawn.width, drawn.height, drawn.stride)


def _png(dots: bytes, width: int, height: int, stride: int) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)

    rows = b"".join(b"\0" + dots[row * stride : row * stride + width] for row in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 3)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(kind, content) for kind, content in parts)


def _letters_on(document: Any, number: int) -> bool:
    import pypdfium2 as pdfium

    try:
        return bool(str(document[number].get_textpage().get_text_bounded()).strip())
    except pdfium.PdfiumError:
        return True  # nothing that a picture would mend


def _opened(data: bytes) -> Any:
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFile("is protected by a password. Save it without one.") from error
        raise UnreadableFile("is damaged or no PDF. Open it in a PDF program and save it again.") from error
    if len(document) > MOST_PAGES:
        document.close()
        raise UnreadableFile(f"has more than {MOST_PAGES} pages. Split it.")
    return document


def _pages(data: bytes) -> list[tuple[str, list[Line]]]:
    import pypdfium2 as pdfium

    with _opened(data) as document:
        found = []
        for number in range(len(document)):
            try:
                page = document[number]
                label = (document.get_page_label(number) or "").strip() or str(number + 1)
                found.append((label, _in_reading_order(_lines(page.get_textpage()))))
                page.close()
            except pdfium.PdfiumError:
                found.append((str(number + 1), []))
        return found


def _lines(textpage: Any) -> list[Line]:
    """Lines of a page as they are drawn, parted where a wide gap shows a cell or a column."""
    import pypdfium2.raw as pdfium

    lines: list[Line] = []
    letters: list[_Letter] = []
    turned = False
    box = [ctypes.c_double() for _ in range(4)]

    def close() -> None:
        found = _line(letters) if turned else _parted(letters)
        lines.extend(replace(line, turned=turned) for line in found)
        letters.clear()

    for index in range(textpage.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(textpage, index))
        if letter in "\r\n":
            close()
            continue
        if not letters:
            turned = abs(pdfium.FPDFText_GetCharAngle(textpage, index) % _FULL_TURN) > 0.1
        hyphen = pdfium.FPDFText_IsHyphen(textpage, index) == 1
        pdfium.FPDFText_GetCharBox(textpage, index, *map(ctypes.byref, box))
        left, right, bottom, top = (value.value for value in box)
        size = round(pdfium.FPDFText_GetFontSize(textpage, index), 1)
        letters.append((_HYPHENATED if hyphen else letter, left, right, bottom, top, size))
        if hyphen:
            close()
    close()
    return lines


def _parted(letters: Sequence[_Letter]) -> Iterator[Line]:
    """The letters of a line as one line, or as several where gaps are wide."""
    part: list[_Letter] = []
    for letter in letters:
        drawn = [one for one in part if not one[0].isspace()]
        if drawn and not letter[0].isspace():
            last = drawn[-1]
            if letter[1] - last[2] > _APART * max(last[4] - last[3], last[5], 6.0):
                yield from _line(part)
                part = []
        part.append(letter)
    yield from _line(part)


def _line(letters: Sequence[_Letter]) -> Iterator[Line]:
    drawn = [letter for letter in letters if not letter[0].isspace() and letter[2] >= letter[1]]
    text = " ".join("".join(letter[0] for letter in letters).split())
    if not drawn or not text.strip(_HYPHENATED):
        return
    size = Counter(letter[5] for letter in drawn).most_common(1)[0][0]
    yield Line(
        text,
        min(letter[1] for letter in drawn),
        max(letter[2] for letter in drawn),
        min(letter[3] for letter in drawn),
        max(letter[4] for letter in drawn),
        size,
    )


def _in_reading_order(lines: list[Line]) -> list[Line]:
    """Columns one after the other; where there are none, cells of a line joined by tabs."""
    if 2 * sum(line.turned for line in lines) > len(lines):
        return lines  # a page on its side: as it is drawn is the best there is
    gutter = _gutter(lines)
    if gutter is None:
        return _rows(lines)
    ordered: list[Line] = []
    band: list[Line] = []
    for line in sorted(lines, key=lambda line: -line.top):
        if line.left < gutter < line.right:
            ordered += [*_columns(band, gutter), line]
            band = []
        else:
            band.append(line)
    return ordered + _columns(band, gutter)


def _columns(band: Sequence[Line], gutter: float) -> list[Line]:
    left = [line for line in band if line.right <= gutter]
    right = [line for line in band if line.right > gutter]
    return _rows(left) + _rows(right)


def _rows(lines: Sequence[Line]) -> list[Line]:
    """Lines from top to bottom; pieces on the same height are one line with tabs."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -(line.bottom + line.top)):
        if rows and _same_height(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_as_one(sorted(row, key=lambda line: line.left)) for row in rows]


def _as_one(row: Sequence[Line]) -> Line:
    return replace(
        row[0],
        text="\t".join(line.text for line in row),
        right=max(line.right for line in row),
        bottom=min(line.bottom for line in row),
        top=max(line.top for line in row),
    )


def _same_height(one: Line, other: Line) -> bool:
    overlap = min(one.top, other.top) - max(one.bottom, other.bottom)
    return overlap > 0.5 * min(one.height, other.height)


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where the white space between two columns of running text is; None where there is one column."""
    if len(lines) < 12:
        return None
    begins, ends = min(line.left for line in lines), max(line.right for line in lines)
    width = ends - begins
    best: tuple[float, float] | None = None
    for step in range(35, 66):
        x = begins + width * step / 100
        left = [line for line in lines if line.right <= x]
        right = [line for line in lines if line.left >= x]
        crossing = len(lines) - len(left) - len(right)
        if min(len(left), len(right)) < 5 or crossing > 0.2 * len(lines):
            continue
        filled = [median(line.right - line.left for line in side) / width for side in (left, right)]
        if min(filled) > 0.2 and (best is None or crossing < best[0]):
            best = (crossing, x)
    return None if best is None else best[1]


def _without_line_numbers(
    pages: list[tuple[str, list[Line]]],
) -> tuple[list[tuple[str, list[Line]]], int]:
    """Pages without the numbers that some programs print before each turn, and how many there were."""
    numbers = [
        (page, place, int(found[1]))
        for page, (_, lines) in enumerate(pages)
        for place, line in enumerate(lines)
        if (found := _LINE_NUMBER.match(line.text))
    ]
    in_step = sum(later[2] - earlier[2] == 1 for earlier, later in pairwise(numbers))
    enough = max(10, 0.25 * sum(len(lines) for _, lines in pages))
    if len(numbers) < enough or in_step < 0.9 * (len(numbers) - 1):
        return pages, 0
    without = [(label, list(lines)) for label, lines in pages]
    for page, place, _ in numbers:
        line = without[page][1][place]
        text = _LINE_NUMBER.sub("", line.text)
        without[page][1][place] = replace(line, text=text, left=_left_of_words(pages[page][1]))
    return without, len(numbers)


def _left_of_words(lines: Sequence[Line]) -> float:
    """Where the words begin beside a margin of numbers."""
    return median([line.left for line in lines if not _LINE_NUMBER.match(line.text)] or [0.0])


def _as_running(text: str) -> str:
    """A line as it would stand on another page: its numbers do not count."""
    return _NUMBERS.sub("#", text.replace("\t", " ")).strip().casefold()


def _running_lines(pages: Sequence[Sequence[Line]]) -> frozenset[str]:
    """Lines at the edge of most pages that say the same but for numbers."""
    edges = Counter(
        edge
        for lines in pages
        for edge in {_as_running(line.text) for line in (*lines[:2], *lines[-1:])}
        if edge
    )
    most = sum(bool(lines) for lines in pages) / 2
    return frozenset(edge for edge, times in edges.items() if times >= 2 and times > most)


def _heading_levels(lines: Sequence[Line], body_size: float) -> dict[float, int]:
    """Sizes of letters clearly above that of the text, the largest first: at most three levels."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[line.size] += len(line.text)
    large = sorted((size for size in letters if size >= 1.15 * body_size), reverse=True)
    rare = [size for size in large if letters[size] < 0.2 * letters.total()]
    return {size: min(rank, 3) for rank, size in enumerate(rare, start=1)}


def _paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    if not lines:
        return
    gaps = [above.bottom - line.top for above, line in pairwise(lines) if above.bottom >= line.top - 2]
    usual = median(gaps) if gaps else 0.0
    paragraph = [lines[0]]
    for above, line in pairwise(lines):
        if _goes_on(above, line, lines, usual):
            paragraph.append(line)
        else:
            yield paragraph
            paragraph = [line]
    yield paragraph


def _goes_on(above: Line, line: Line, lines: Sequence[Line], usual_gap: float) -> bool:
    if above.text.endswith(_HYPHENATED):
        return True
    if "\t" in above.text or "\t" in line.text or abs(above.size - line.size) > 0.5:
        return False
    gap = above.bottom - line.top
    if gap > usual_gap + 0.6 * line.height or _LIST_ITEM.match(line.text) or read_label(line.text):
        return False
    if gap < -3 * line.height:  # the top of the next column: a sentence may go on there
        return not above.text.endswith((".", "!", "?", ":"))
    column = [other.right for other in lines if abs(other.left - above.left) < 60]
    short = above.right < max(column) - 0.15 * (max(column) - above.left)
    return not (short and above.text.endswith((".", "!", "?", ":")))


def _joined(paragraph: Sequence[Line]) -> tuple[str, int]:
    """The words of a paragraph, and how many of them a line end had parted."""
    text = ""
    parted = 0
    for line in paragraph:
        if text.endswith(_HYPHENATED):
            text, parted = text.removesuffix(_HYPHENATED) + line.text, parted + 1
        else:
            text = f"{text} {line.text}" if text else line.text
    return text.replace(_HYPHENATED, "-"), parted
