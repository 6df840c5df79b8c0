"""Word documents: the words that a reader of the page sees, in the order of the page.

Tracked changes count as accepted unless the person wants the text as it was; what is left out never
leaks. Hidden text is left out. Comments stay beside the text, notes follow it, headers and footers are
set aside. Nothing that a document points to is opened.
"""

from __future__ import annotations

import hashlib
import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from corpus.errors import UnreadableFile
from corpus.models import RawText, Refused
from corpus.readers.archives import check_office_archive
from corpus.readers.blocks import Blocks
from corpus.readers.numbering import Numbering, value_of
from corpus.readers.xml import parse_xml

ACCEPTED, ORIGINAL = "accepted", "original"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DC = "{http://purl.org/dc/elements/1.1/}"
# Strict Open XML says the same under other names.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_LEFT_OUT = {
    ACCEPTED: frozenset({f"{_W}del", f"{_W}moveFrom", _FALLBACK}),
    ORIGINAL: frozenset({f"{_W}ins", f"{_W}moveTo", _FALLBACK}),
}
_CHARACTERS = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "\u2011",
    f"{_W}softHyphen": "\u00ad",
}
_NO_TITLE = re.compile(
    r"microsoft word\b.*|word document|document ?\d*|doc\d+|untitled.*|naamloos.*|sans titre.*"
    r"|title|titel|titre|.*\.docx?",
    re.I,
)
_DAMAGED = "is damaged. Open it in Word and save it as 'Word Document (.docx)'."


@dataclass
class _Package:
    """The parts of a file that are read, each by what it is to the document."""

    document: Any
    parts: Mapping[str, Any]
    headers: tuple[tuple[str, Any], ...]
    title: str | None


@dataclass
class _Reading:
    """What is gathered on the way through the text."""

    left_out: frozenset[str]
    numbering: Numbering
    levels: Mapping[str | None, int]
    unseen: frozenset[str] = frozenset()  # styles whose words are hidden
    blocks: Blocks = field(default_factory=Blocks)
    notes: list[tuple[str, str]] = field(default_factory=list)  # kind and id, in the order of the text
    comments: list[tuple[str, int]] = field(default_factory=list)  # id, block in which it stands
    boxes: list[Any] = field(default_factory=list)


def read_word(name: str, data: bytes, *, changes: str = ACCEPTED, **_: object) -> Iterator[RawText | Refused]:
    """Read a ``.docx`` file: paragraphs and table rows as lines, cells parted by tabs.

    The title is the paragraph in the style Title, else the title in the file's properties unless it
    is one that Word made up. Dates in the properties say when a file was saved, or its template made,
    not what the document is about: they are not read.

    Parameters
    ----------
    changes : {"accepted", "original"}
        How tracked changes are read.
    """
    check_office_archive(data, "Word", ".docx", "[Content_Types].xml")
    package = _open(data)
    body = package.document.find(f"{_W}body")
    if body is None:
        raise UnreadableFile(_DAMAGED)
    styles = package.parts.get("styles")
    reading = _Reading(
        _LEFT_OUT[changes],
        Numbering(package.parts.get("numbering"), styles),
        _heading_levels(styles),
        _hidden_styles(styles),
    )
    _walk(body, reading)
    if not reading.blocks.text:
        raise UnreadableFile("holds no text. If its pages are pictures, their words must be typed first.")
    title = _title(body, reading, styles)
    _add_notes(package, reading)
    _add_comments(package, reading, body)
    for place, part in package.headers:
        reading.blocks.set_aside(place, " ".join(_plain(part, reading).split()))
    yield reading.blocks.raw(
        name=name,
        raw_sha256=hashlib.sha256(data).hexdigest(),
        title=title or package.title,
        warnings=_warnings(body, reading, changes),
    )


def _open(data: bytes) -> _Package:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = {name.lstrip("/"): name for name in archive.namelist()}

        def part(name: str) -> Any:
            found = archive.read(names[name])
            for strict, usual in _STRICT:
                found = found.replace(strict, usual)
            return parse_xml(found, _DAMAGED)

        main = next((target for kind, target in _targets("", names, part) if kind == "officeDocument"), None)
        if main is None or main not in names:
            raise UnreadableFile("is no Word document. Check what it is.")
        parts: dict[str, Any] = {}
        headers = []
        for kind, target in _targets(main, names, part):
            if target in names and kind in ("styles", "numbering", "comments", "footnotes", "endnotes"):
                parts.setdefault(kind, part(target))
            elif target in names and kind in ("header", "footer"):
                headers.append((kind, part(target)))
        core = "docProps/core.xml"
        title = (part(core).findtext(f"{_DC}title") or "").strip() if core in names else ""
        made_up = not title or _NO_TITLE.fullmatch(title)
        return _Package(part(main), parts, tuple(headers), None if made_up else title)


def _targets(of: str, names: Mapping[str, str], part: Any) -> Iterator[tuple[str, str]]:
    """(kind, part) of what a part of the file points to within the file."""
    folder, base = posixpath.split(of)
    relations = posixpath.join(folder, "_rels", f"{base}.rels")
    if relations not in names:
        return
    for relation in part(relations).iter(_RELATIONSHIP):
        if relation.get("TargetMode") != "External":
            target = relation.get("Target") or ""
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            yield (relation.get("Type") or "").rpartition("/")[2], posixpath.normpath(path)


# -- styles ----------------------------------------------------------------------------------


def _heading_levels(styles: Any) -> dict[str | None, int]:
    """Map the ids of heading styles, and of styles made from them, to their level."""
    if styles is None:
        return {}
    known = {style.get(f"{_W}styleId"): style for style in styles.iter(f"{_W}style")}
    levels: dict[str | None, int] = {}
    for identity, style in known.items():
        seen: set[str] = set()
        while style is not None and identity not in levels:
            level = _own_level(style)
            if level is not None:
                levels[identity] = level
            parent = value_of(style, "basedOn")
            if parent is None or parent in seen:
                break
            seen.add(parent)
            style = known.get(parent)
    return levels


def _hidden_styles(styles: Any) -> frozenset[str]:
    """The ids of styles that hide words, and of those made from them that do not say otherwise."""
    if styles is None:
        return frozenset()
    known = {style.get(f"{_W}styleId"): style for style in styles.iter(f"{_W}style")}

    def hides(identity: str | None, depth: int = 0) -> bool:
        style = known.get(identity)
        if style is None or depth > len(known):
            return False
        mark = style.find(f"{_W}rPr/{_W}vanish")
        return _is_on(mark) if mark is not None else hides(value_of(style, "basedOn"), depth + 1)

    return frozenset(identity for identity in known if identity is not None and hides(identity))


def _own_level(style: Any) -> int | None:
    name = (value_of(style, "name") or "").lower()
    if name == "title":
        return 1
    if match := re.fullmatch(r"heading (\d)", name):
        return int(match[1])
    return _outline_level(style)


def _outline_level(element: Any) -> int | None:
    properties = element.find(f"{_W}pPr")
    value = None if properties is None else value_of(properties, "outlineLvl")
    # Outline level 9 means body text.
    return int(value) + 1 if value is not None and value.isdigit() and int(value) < 9 else None


def _title(body: Any, reading: _Reading, styles: Any) -> str | None:
    """The words of the first paragraph in the style Title."""
    if styles is None:
        return None
    titles = {
        style.get(f"{_W}styleId")
        for style in styles.iter(f"{_W}style")
        if (value_of(style, "name") or "").lower() == "title"
    }
    for paragraph in body.iter(f"{_W}p"):
        if _style_of(paragraph) in titles and (words := _plain(paragraph, reading).strip()):
            return words
    return None


def _style_of(paragraph: Any) -> str | None:
    properties = paragraph.find(f"{_W}pPr")
    return None if properties is None else value_of(properties, "pStyle")


# -- the text --------------------------------------------------------------------------------


def _walk(container: Any, reading: _Reading) -> None:
    """Add all that holds words, in the order of the page."""
    for element in container:
        if element.tag == f"{_W}p":
            _paragraph(element, reading)
        elif element.tag == f"{_W}tbl":
            for row in _inside(element, f"{_W}tr"):
                cells = [_cell(cell, reading) for cell in _inside(row, f"{_W}tc")]
                reading.blocks.add("\t".join(cells))
        elif element.tag not in reading.left_out and isinstance(element.tag, str):
            _walk(element, reading)  # content controls and tracked insertions hold blocks too


def _paragraph(paragraph: Any, reading: _Reading) -> None:
    boxes_before = len(reading.boxes)
    start = reading.blocks.next_start
    words = "".join(_pieces(paragraph, reading))
    style = _style_of(paragraph)
    level = reading.levels.get(style, _outline_level(paragraph))
    if words.strip():
        mark = reading.numbering.mark(paragraph, style)
        reading.blocks.add(mark + words.strip("\n"), level=level)
    reading.comments = [(c, start if at < 0 else at) for c, at in reading.comments]
    boxes, reading.boxes[boxes_before:] = reading.boxes[boxes_before:], []
    for box in boxes:
        _walk(box, reading)


def _pieces(element: Any, reading: _Reading) -> Iterator[str]:
    """Yield the visible words inside an element; text boxes are put aside, to follow it."""
    for child in element:
        tag = child.tag
        if tag in (f"{_W}t", f"{_W}delText"):
            yield child.text or ""
        elif tag == f"{_W}br" and child.get(f"{_W}type") in ("page", "column"):
            yield "\n"
        elif tag in _CHARACTERS:
            yield _CHARACTERS[tag]
        elif tag == f"{_W}txbxContent":
            reading.boxes.append(child)
        elif tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
            reading.notes.append((tag.removeprefix(_W).removesuffix("Reference"), child.get(f"{_W}id") or ""))
            yield f"[{len(reading.notes)}]"
        elif tag == f"{_W}commentReference":
            reading.comments.append((child.get(f"{_W}id") or "", -1))
        elif isinstance(tag, str) and _is_seen(child, reading):
            yield from _pieces(child, reading)


def _is_seen(element: Any, reading: _Reading) -> bool:
    left_out = element.tag == f"{_W}pPr" or element.tag in reading.left_out
    return not left_out and not _is_hidden(element, reading.unseen)


def _is_hidden(run: Any, unseen: frozenset[str]) -> bool:
    """Whether a run is hidden: as it says itself, else as the styles of it or its paragraph say."""
    if run.tag != f"{_W}r":
        return False
    properties = run.find(f"{_W}rPr")
    own = None if properties is None else properties.find(f"{_W}vanish")
    if own is not None:
        return _is_on(own)
    if not unseen:
        return False
    style = None if properties is None else value_of(properties, "rStyle")
    paragraph = next(run.iterancestors(f"{_W}p"), None)
    return style in unseen or (paragraph is not None and _style_of(paragraph) in unseen)


def _is_on(mark: Any) -> bool:
    return mark.get(f"{_W}val") not in ("0", "false", "off")


def _inside(element: Any, tag: str) -> Iterator[Any]:
    """Find rows of a table or cells of a row, through content controls but not into other tables."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _inside(child, tag)


def _cell(cell: Any, reading: _Reading) -> str:
    """What a cell holds, in one line; notes and comments in it count as those of the text."""
    inner = _Reading(
        reading.left_out,
        reading.numbering,
        {},
        reading.unseen,
        notes=reading.notes,
        comments=reading.comments,
    )
    _walk(cell, inner)
    at = reading.blocks.next_start
    reading.comments = [(c, at if place < 0 else place) for c, place in inner.comments]
    return " ".join(inner.blocks.text.split())


def _plain(element: Any, like: _Reading) -> str:
    """All words of an element that are seen, one paragraph below the other."""
    reading = _Reading(like.left_out, Numbering(None, None), {}, like.unseen)
    if element.tag == f"{_W}p":
        return "".join(_pieces(element, reading))
    _walk(element, reading)
    return reading.blocks.text


# -- what stands beside and below ------------------------------------------------------------


def _add_notes(package: _Package, reading: _Reading) -> None:
    """Foot- and endnotes below the text, by the numbers that stand in it."""
    for number, (kind, identity) in enumerate(reading.notes, start=1):
        part = package.parts.get(f"{kind}s")
        found = () if part is None else part.iter(f"{_W}{kind}")
        note = next((note for note in found if note.get(f"{_W}id") == identity), None)
        if note is not None:
            reading.blocks.add(f"[{number}] {' '.join(_plain(note, reading).split())}")


def _add_comments(package: _Package, reading: _Reading, body: Any) -> None:
    part = package.parts.get("comments")
    if part is None:
        return
    said = {comment.get(f"{_W}id"): comment for comment in part.iter(f"{_W}comment")}
    about = _commented_words(body, reading)
    text = reading.blocks.text
    for identity, at in reading.comments:
        comment = said.get(identity)
        if comment is None:
            continue
        line_end = text.find("\n", at) if "\n" in text[at:] else len(text)
        start = text.find(about.get(identity, ""), at, line_end) if about.get(identity) else -1
        place = (at, line_end) if start < 0 else (start, start + len(about[identity]))
        reading.blocks.comment(
            place,
            _plain(comment, reading),
            author=comment.get(f"{_W}author") or "",
            at=comment.get(f"{_W}date") or "",
        )


def _commented_words(body: Any, reading: _Reading) -> dict[str, str]:
    """The words between the marks of each comment that lies within one paragraph."""
    found: dict[str, str] = {}
    for paragraph in body.iter(f"{_W}p"):
        begun = [mark.get(f"{_W}id") or "" for mark in paragraph.iter(f"{_W}commentRangeStart")]
        for identity in begun:
            words: list[str] = []
            inside = False
            for element in paragraph.iter():
                if element.tag == f"{_W}commentRangeStart" and element.get(f"{_W}id") == identity:
                    inside = True
                elif element.tag == f"{_W}commentRangeEnd" and element.get(f"{_W}id") == identity:
                    break
                elif inside and element.tag == f"{_W}t" and not _is_left_out(element, reading):
                    words.append(element.text or "")
            found[identity] = "".join(words).strip()
    return found


def _is_left_out(element: Any, reading: _Reading) -> bool:
    return any(
        above.tag in reading.left_out or _is_hidden(above, reading.unseen)
        for above in element.iterancestors()
    )


def _warnings(body: Any, reading: _Reading, changes: str) -> tuple[str, ...]:
    tags = Counter(element.tag for element in body.iter() if isinstance(element.tag, str))
    inserted, deleted = tags[f"{_W}ins"], tags[f"{_W}del"]
    warnings = []
    if inserted or deleted:
        how = "as accepted" if changes == ACCEPTED else "as the text was before them"
        warnings.append(f"tracked changes read {how} ({inserted} insertions, {deleted} deletions)")
    if any(_is_hidden(run, reading.unseen) for run in body.iter(f"{_W}r")):
        warnings.append("hidden text left out")
    if tags[f"{_W}object"] or tags[f"{_W}altChunk"]:
        warnings.append("embedded objects left out")
    return tuple(warnings)
