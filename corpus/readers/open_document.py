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


@dataclass
class _Reading:
    """What is gathered on the way through the text."""

    blocks: Blocks = field(default_factory=Blocks)
    notes: list[str] = field(default_factory=list)
    comments: list[tuple[int, str, str, str]] = field(default_factory=list)
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
    reading = _Reading()
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
        if tag == f"{_TEXT}h":
            _paragraph(element, reading, level=_level(element))
        elif tag == f"{_TEXT}p":
            _paragraph(element, reading, mark=_LIST_MARK if depth else "")
        elif tag == f"{_TEXT}list":
            for item in element:
                _walk(item, reading, depth + 1)
        elif tag == f"{_TABLE}table":
            for row in element.iter(f"{_TABLE}table-row"):
                cells = (cell for cell in row if cell.tag == f"{_TABLE}table-cell")
                reading.blocks.add("\t".join(_cell(cell) for cell in cells).rstrip("\t"))
        elif tag == f"{_TEXT}tracked-changes" or not isinstance(tag, str):
            continue  # deleted words are kept there, and nowhere else
        else:
            _walk(element, reading, depth)


def _level(heading: Any) -> int:
    level = heading.get(f"{_TEXT}outline-level", "1")
    return int(level) if level.isdigit() and int(level) > 0 else 1


def _paragraph(element: Any, reading: _Reading, *, level: int | None = None, mark: str = "") -> None:
    boxes_before = len(reading.boxes)
    comments: list[tuple[str, str, str]] = []
    words = "".join(_pieces(element, reading, comments))
    place = reading.blocks.add(f"{mark} {words}" if mark and words.strip() else words, level=level)
    for text, author, at in comments:
        at_end = (reading.blocks.next_start - 1,) * 2 if reading.blocks.text else (0, 0)
        reading.blocks.comment(place or at_end, text, author=author, at=at)
    boxes, reading.boxes[boxes_before:] = reading.boxes[boxes_before:], []
    for box in boxes:
        _walk(box, reading)


def _pieces(element: Any, reading: _Reading, comments: list[tuple[str, str, str]]) -> Iterator[str]:
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
            reading.notes.append(_words_of(child.find(f"{_TEXT}note-body")))
            yield f"[{len(reading.notes)}]"
        elif tag == f"{_OFFICE}annotation":
            author, at = child.findtext(f"{_DC}creator") or "", child.findtext(f"{_DC}date") or ""
            comments.append((" ".join(_words_of(p) for p in child.iter(f"{_TEXT}p")), author, at))
        elif tag == f"{_DRAW}text-box":
            reading.boxes.append(child)
        elif isinstance(tag, str) and tag != f"{_OFFICE}annotation-end":
            yield from _pieces(child, reading, comments)
        yield child.tail or ""


def _cell(cell: Any) -> str:
    return " ".join(" ".join(_words_of(p).split()) for p in cell.iter(f"{_TEXT}p", f"{_TEXT}h"))


def _words_of(element: Any) -> str:
    return "" if element is None else "".join(element.itertext())


def _add_notes(reading: _Reading) -> None:
    """Foot- and endnotes below the text, by the numbers that stand in it."""
    for number, note in enumerate(reading.notes, start=1):
        reading.blocks.add(f"[{number}] {' '.join(note.split())}")
