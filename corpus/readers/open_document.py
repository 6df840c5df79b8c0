"""OpenDocument texts (``.odt``): the words that a reader of the page sees, in the order of the page.

Tracked changes are read as accepted unless asked otherwise; comments stay beside the text, notes follow it.
What was deleted stands before the text, in regions to which a mark in the text points; what was inserted
stands in the text between two marks.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from corpus.errors import UnreadableFile
from corpus.models import RawText, Refused
from corpus.readers.archives import check_office_archive
from corpus.readers.blocks import Blocks
from corpus.readers.word import ACCEPTED, ORIGINAL
from corpus.readers.xml import parse_xml

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _OFFICE = (f"{{{_OASIS}{name}:1.0}}" for name in ("text", "table", "office"))
_DRAW, _STYLE = (f"{{{_OASIS}{name}:1.0}}" for name in ("drawing", "style"))
_DC = "{http://purl.org/dc/elements/1.1/}"
_LIST_MARK = "•"
_ROW_GROUPS = tuple(f"{_TABLE}table-{name}" for name in ("header-rows", "rows", "row-group"))
_BESIDE = (f"{_OFFICE}annotation", f"{_TEXT}note")
_CHANGE, _CHANGE_START, _CHANGE_END = (f"{_TEXT}change{which}" for which in ("", "-start", "-end"))
_MARKS = (_CHANGE, _CHANGE_START, _CHANGE_END)
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
#: Where a paragraph ends that was deleted with its end; no document holds this sign within one.
_PARAGRAPH_END = "\u2029"
#: What it says, who wrote it, and when.
_Comment = tuple[str, str, str]


@dataclass
class _Changes:
    """The regions that undo tracked changes: empty where the text is read as it is after them.

    ``inside`` are the insertions that the reading is in, ``begun`` the level and words of a paragraph
    whose end was inserted: it goes on in the next one.
    """

    insertions: frozenset[str] = frozenset()
    deletions: dict[str, Any] = field(default_factory=dict)
    inside: set[str] = field(default_factory=set)
    begun: tuple[int | None, str] | None = None

    def step(self, mark: Any) -> Any:
        """Go past a mark; the deleted paragraphs that stood there, each told once, else None."""
        name = mark.get(f"{_TEXT}change-id") or ""
        if mark.tag == _CHANGE_START and name in self.insertions:
            self.inside.add(name)
        elif mark.tag == _CHANGE_END:
            self.inside.discard(name)
        elif mark.tag == _CHANGE and not self.inside:
            return self.deletions.pop(name, None)
        return None

    @contextmanager
    def within_a_deletion(self) -> Iterator[None]:
        """Here nothing else was deleted: a file that says so could be read for ever."""
        held, self.deletions = self.deletions, {}
        yield
        self.deletions = held

    def shown(self, words: str | None) -> str:
        return "" if self.inside or words is None else words


@dataclass
class _Reading:
    """What is gathered on the way through the text."""

    unseen: frozenset[str] = frozenset()  # styles whose words are hidden
    blocks: Blocks = field(default_factory=Blocks)
    notes: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    changes: _Changes = field(default_factory=_Changes)


def read_open_document(
    name: str, data: bytes, *, changes: str = ACCEPTED, **_: object
) -> Iterator[RawText | Refused]:
    """Read an ``.odt`` file; header and footer are set aside.

    Parameters
    ----------
    changes : {"accepted", "original"}
        How tracked changes are read.
    """
    check_office_archive(data, "LibreOffice", ".odt", "content.xml")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = _part(archive, "content.xml")
        styles = _part(archive, "styles.xml") if "styles.xml" in archive.namelist() else None
        meta = _part(archive, "meta.xml") if "meta.xml" in archive.namelist() else None
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise UnreadableFile("is no text document. Save it in LibreOffice as .odt or .docx.")
    reading = _Reading(_hidden_styles(content, styles))
    if changes == ORIGINAL:
        reading.changes = _to_undo(body)
    _walk(body, reading)
    _end_paragraph("", reading, level=None)
    _add_notes(reading)
    if not reading.blocks.text:
        raise UnreadableFile("holds no text. If its pages are pictures, their words must be typed first.")
    for tag in ("header", "footer"):
        for element in () if styles is None else styles.iter(f"{_STYLE}{tag}"):
            reading.blocks.set_aside(tag, " ".join("".join(element.itertext()).split()))
    deleted = sum(1 for _ in body.iter(f"{_TEXT}deletion"))
    inserted = sum(1 for _ in body.iter(f"{_TEXT}insertion"))
    how = "as accepted" if changes == ACCEPTED else "as the text was before them"
    told = f"tracked changes read {how} ({inserted} insertions, {deleted} deletions)"
    title = None if meta is None else meta.findtext(f".//{_DC}title")
    yield reading.blocks.raw(
        name=name,
        raw_sha256=hashlib.sha256(data).hexdigest(),
        title=title.strip() or None if title else None,
        warnings=(told,) if inserted or deleted else (),
    )


def _part(archive: zipfile.ZipFile, name: str) -> Any:
    return parse_xml(archive.read(name), "is damaged. Open it in LibreOffice and save it again.")


def _to_undo(body: Any) -> _Changes:
    """What was inserted and deleted, by the name of its region."""
    insertions: set[str] = set()
    deletions: dict[str, Any] = {}
    for region in body.iter(f"{_TEXT}changed-region"):
        names = {region.get(_XML_ID), region.get(f"{_TEXT}id")} - {None}
        if region.find(f"{_TEXT}insertion") is not None:  # also where it was deleted again
            insertions |= names
        elif (deletion := region.find(f"{_TEXT}deletion")) is not None:
            deletions |= dict.fromkeys(names, deletion)
    return _Changes(frozenset(insertions), deletions)


def _walk(container: Any, reading: _Reading, depth: int = 0) -> None:
    for element in container:
        tag = element.tag
        if not isinstance(tag, str) or _is_hidden(element, reading):
            continue
        if tag in _MARKS:
            deleted = reading.changes.step(element)
            if deleted is not None:
                with reading.changes.within_a_deletion():
                    _walk(deleted, reading, depth)
        elif tag == f"{_TEXT}h":
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
    place = _end_paragraph(f"{mark} {words}" if mark and words.strip() else words, reading, level=level)
    _add_comments(comments, place, reading)
    boxes, reading.boxes[boxes_before:] = reading.boxes[boxes_before:], []
    for box in boxes:
        _walk(box, reading)


def _end_paragraph(words: str, reading: _Reading, *, level: int | None) -> tuple[int, int] | None:
    """Add a paragraph with what it goes on from, or hold it where it goes on itself; its place.

    Paragraphs whose ends were deleted are several.
    """
    changes = reading.changes
    if changes.begun is not None and (changes.begun[1].strip() or changes.inside):
        level = changes.begun[0] if changes.begun[1].strip() else level
        words = changes.begun[1] + words
    changes.begun = (level, words) if changes.inside else None
    if changes.inside:
        return None
    place = None
    for number, part in enumerate(words.split(_PARAGRAPH_END)):
        place = reading.blocks.add(part, level=None if number else level) or place
    return place


def _add_comments(comments: list[_Comment], place: tuple[int, int] | None, reading: _Reading) -> None:
    """Comments beside their block, or at the end of the text so far where it holds no words."""
    at_end = (max(0, reading.blocks.next_start - 1),) * 2
    for text, author, at in comments:
        reading.blocks.comment(place or at_end, text, author=author, at=at)


def _pieces(element: Any, reading: _Reading, comments: list[_Comment]) -> Iterator[str]:
    changes = reading.changes
    yield changes.shown(element.text)
    for child in element:
        tag = child.tag
        if tag in _MARKS:
            yield _deleted_words(changes.step(child), reading)
        elif changes.inside and child.find(f".//{_CHANGE_END}") is None:
            pass
        elif tag == f"{_TEXT}s":
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
        yield changes.shown(child.tail)


def _deleted_words(deletion: Any, reading: _Reading) -> str:
    """The words of what was deleted, with the ends of its paragraphs; of no deletion none."""
    if deletion is None:
        return ""
    ignored: list[_Comment] = []
    with reading.changes.within_a_deletion():
        return _PARAGRAPH_END.join(
            "".join(_pieces(paragraph, reading, ignored))
            for paragraph in deletion.iter(f"{_TEXT}p", f"{_TEXT}h")
            if _is_of(paragraph, deletion)
        )


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
