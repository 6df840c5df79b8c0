"""OpenDocument texts (``.odt``): the words that a reader of the page sees, in the order of the page.

Tracked changes are read as accepted unless asked otherwise; comments stay beside the text, notes follow it.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from corpus.errors import UnreadableFile
from corpus.models import RawText, Refused
from corpus.readers.archives import check_office_archive
from corpus.readers.blocks import Blocks
from corpus.readers.xml import parse_xml

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _OFFICE = (f"{{{_OASIS}{name}:1.0}}" for name in ("text", "table", "office"))
_DRAW, _STYLE = (f"{{{_OASIS}{name}:1.0}}" for name in ("drawing", "style"))
_DC = "{http://purl.org/dc/elements/1.1/}"
_LIST_MARK = "•"
_ROW_GROUPS = tuple(f"{_TABLE}table-{name}" for name in ("header-rows", "rows", "row-group"))
_BESIDE = (f"{_OFFICE}annotation", f"{_TEXT}note")
#: What it says, who wrote it, and when.
_Comment = tuple[str, str, str]


@dataclass
class _Reading:
    """What is gathered on the way through the text."""

    unseen: frozenset[str] = frozenset()  # styles whose words are hidden
    blocks: Blocks = field(default_factory=Blocks)
    notes: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)


def read_open_document(name: str, data: bytes, **_: object) -> Iterator[RawText | Refused]:
    """Read an ``.odt`` file; header and footer are set aside."""
    check_office_archive(data, "LibreOffice", ".odt", "content.xml")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = _part(archive, "content.xml")
        styles = _part(archive, "styles.xml") if "styles.xml" in archive.namelist() else None
        meta = _part(archive, "meta.xml") if "meta.xml" in archive.namelist() else None
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise UnreadableFile("is no text document. Save it in LibreOffice as .odt or .docx.")
    reading = _Reading(_hidden_styles(content, styles))
    _walk(body, reading)
    _add_notes(reading)
    if not reading.blocks.text:
        raise UnreadableFile("holds no text. If its pages are pictures, their words must be typed first.")
    for tag in ("header", "footer"):
        for element in () if styles is None else styles.iter(f"{_STYLE}{tag}"):
            reading.blocks.set_aside(tag, " ".join("".join(element.itertext()).split()))
    deleted = sum(1 for _ in body.iter(f"{_TEXT}deletion"))
    inserted = sum(1 for _ in body.iter(f"{_TEXT}insertion"))
    changes = f"tracked changes read as accepted ({inserted} insertions, {deleted} deletions)"
    title = None if meta is None else meta.findtext(f".//{_DC}title")
    yield reading.blocks.raw(
        name=name,
        raw_sha256=hashlib.sha256(data).hexdigest(),
        title=title.strip() or None if title else None,
        warnings=(changes,) if inserted or deleted else (),
    )


def _part(archive: zipfile.ZipFile, name: str) -> Any:
    return parse_xml(archive.read(name), "is damaged. Open it in LibreOffice and save it again.")


def _walk(container: Any, reading: _Reading, depth: int = 0) -> None:
    for element in container:
        tag = element.tag
        if not isinstance(tag, str) or _is_hidden(element, reading):
            continue
        if tag == f"{_TEXT}h":
            _paragraph(element, reading, level=_level(element))
        elif tag == f"{_TEXT}p":
            _paragraph(element, reading, mark=_LIST_MARK if depth else "")
        elif tag == f"{_TEXT}list":
            for item in element:
                _walk(item, reading, depth + 1)
        elif tag == f"{_TABLE}table":
            for row in _rows(element):
                _row(row, reading)
        else:
            _walk(element, reading, depth)


def _is_hidden(element: Any, reading: _Reading) -> bool:
    """Deleted words are kept apart from the text; others are hidden by themselves or by their style."""
    tag = element.tag
    if tag in (f"{_TEXT}tracked-changes", f"{_TEXT}script"):
        return True
    if tag == f"{_TEXT}hidden-text":
        return bool(element.get(f"{_TEXT}is-hidden") != "false")
    if tag == f"{_TEXT}section":
        return bool(element.get(f"{_TEXT}display") == "none" or element.get(f"{_TEXT}is-hidden") == "true")
    if element.get(f"{_TEXT}style-name") in reading.unseen:
        return True
    mark = element.find(f".//{_TEXT}hidden-paragraph") if tag in (f"{_TEXT}p", f"{_TEXT}h") else None
    return mark is not None and mark.get(f"{_TEXT}is-hidden") != "false"


def _hidden_styles(*parts: Any) -> frozenset[str]:
    """The names of styles whose words are not shown."""
    return frozenset(
        style.get(f"{_STYLE}name") or ""
        for part in parts
        if part is not None
        for style in part.iter(f"{_STYLE}style")
        if any(words.get(f"{_TEXT}display") == "none" for words in style.iter(f"{_STYLE}text-properties"))
    ) - {""}


def _level(heading: Any) -> int:
    level = heading.get(f"{_TEXT}outline-level", "1")
    return int(level) if level.isdigit() and int(level) > 0 else 1


def _paragraph(element: Any, reading: _Reading, *, level: int | None = None, mark: str = "") -> None:
    boxes_before = len(reading.boxes)
    comments: list[_Comment] = []
    words = "".join(_pieces(element, reading, comments))
    place = reading.blocks.add(f"{mark} {words}" if mark and words.strip() else words, level=level)
    _add_comments(comments, place, reading)
    boxes, reading.boxes[boxes_before:] = reading.boxes[boxes_before:], []
    for box in boxes:
        _walk(box, reading)


def _add_comments(comments: list[_Comment], place: tuple[int, int] | None, reading: _Reading) -> None:
    """Comments beside their block, or at the end of the text so far where it holds no words."""
    at_end = (reading.blocks.next_start - 1,) * 2 if reading.blocks.text else (0, 0)
    for text, author, at in comments:
        reading.blocks.comment(place or at_end, text, author=author, at=at)


def _pieces(element: Any, reading: _Reading, comments: list[_Comment]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        tag = child.tag
        if tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c", "1")
            yield " " * min(int(count), 1000) if count.isdigit() else " "
        elif tag == f"{_TEXT}tab":
            yield "\t"
        elif tag == f"{_TEXT}line-break":
            yield "\n"
        elif tag == f"{_TEXT}note":
            reading.notes.append(_words_of(child.find(f"{_TEXT}note-body"), reading, comments))
            yield f"[{len(reading.notes)}]"
        elif tag == f"{_OFFICE}annotation":
            author, at = child.findtext(f"{_DC}creator") or "", child.findtext(f"{_DC}date") or ""
            said = " ".join("".join(p.itertext()) for p in child.iter(f"{_TEXT}p"))
            comments.append((said, author, at))
        elif tag == f"{_DRAW}text-box":
            reading.boxes.append(child)
        elif isinstance(tag, str) and tag != f"{_OFFICE}annotation-end" and not _is_hidden(child, reading):
            yield from _pieces(child, reading, comments)
        yield child.tail or ""


def _rows(table: Any) -> Iterator[Any]:
    """The rows of a table, not those of tables in its cells."""
    for child in table:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag in _ROW_GROUPS:
            yield from _rows(child)


def _row(row: Any, reading: _Reading) -> None:
    comments: list[_Comment] = []
    cells = (cell for cell in row if cell.tag == f"{_TABLE}table-cell")
    words = [" ".join(_words_of(cell, reading, comments).split()) for cell in cells]
    _add_comments(comments, reading.blocks.add("\t".join(words).rstrip("\t")), reading)


def _words_of(element: Any, reading: _Reading, comments: list[_Comment]) -> str:
    """The words of all paragraphs inside an element, in one line."""
    if element is None:
        return ""
    return " ".join(
        "".join(_pieces(paragraph, reading, comments))
        for paragraph in element.iter(f"{_TEXT}p", f"{_TEXT}h")
        if not _is_hidden(paragraph, reading) and _is_of(paragraph, element)
    )


def _is_of(paragraph: Any, element: Any) -> bool:
    """Whether a paragraph inside an element is its own, not that of a note or comment in it."""
    above = next(a for a in paragraph.iterancestors() if a is element or a.tag in _BESIDE)
    return above is element


def _add_notes(reading: _Reading) -> None:
    """Foot- and endnotes below the text, by the numbers that stand in it."""
    for number, note in enumerate(reading.notes, start=1):
        reading.blocks.add(f"[{number}] {' '.join(note.split())}")
