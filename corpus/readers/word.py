"""Word documents: the words that a reader of the page sees, in the order of the page.

Tracked changes count as accepted: inserted words are read, deleted ones never leak. Hidden text,
comments, notes, headers and footers are left out, and a warning says so where it matters.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from corpus.cleaning import clean_text
from corpus.errors import UnreadableFile
from corpus.models import RawText, Refused

LARGEST_UNPACKED = 200 * 2**20
# Parsed XML takes about eight times its size in memory.
LARGEST_XML = 40 * 2**20
MOST_PARTS = 10_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 2**20
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = frozenset({f"{_W}del", f"{_W}moveFrom", _FALLBACK})
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


def read_word(name: str, data: bytes, **_: object) -> Iterator[RawText | Refused]:
    """Read a ``.docx`` file: paragraphs and table rows as lines, cells parted by tabs.

    The title is the paragraph in the style Title, else the title in the file's properties unless it
    is one that Word made up. Dates in the properties say when a file was saved, or its template made,
    not what the document is about: they are not read.
    """
    _check_archive(data)
    document = _open(data)
    levels = _heading_levels(document)
    blocks: list[tuple[str, int | None]] = []
    title = None
    for text, style, outline in _blocks(document.element.body):
        level = levels.get(style, outline)
        blocks.append((text, level))
        if title is None and level is not None and style in levels and _is_title(document, style):
            title = text
    if not blocks:
        raise UnreadableFile("holds no text. If its pages are pictures, their words must be typed first.")
    text, headings = _joined(blocks)
    yield RawText(
        text=text,
        name=name,
        raw_sha256=hashlib.sha256(data).hexdigest(),
        title=title or _property_title(document),
        headings=headings,
        warnings=_warnings(document),
    )


def _check_archive(data: bytes) -> None:
    """Refuse what is no Word archive, or would unpack to more than a document can be."""
    if data.startswith(_OLE):
        raise UnreadableFile(
            "is protected by a password, or is an old .doc file. Open it in Word, remove the password "
            "and save it as .docx."
        )
    damaged = "is damaged or incomplete. Open it in Word, let Word repair it, and save it again."
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise UnreadableFile(_too_large())
            if any(part.flag_bits & 1 for part in parts):
                raise UnreadableFile("is protected by a password. Remove it and save the file again.")
            if "[Content_Types].xml" not in archive.namelist():
                raise UnreadableFile("is a zip archive but no Word document. Check what it is.")
            unpacked = 0
            for part in parts:
                allowed = LARGEST_XML if _is_xml(part) else LARGEST_UNPACKED
                unpacked += _check_part(archive, part, min(allowed, LARGEST_UNPACKED - unpacked))
    except UnreadableFile:
        raise
    # zipfile raises this many kinds for bytes that somebody made up.
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise UnreadableFile(damaged) from error
    except Exception as error:  # zlib.error, struct.error, lzma.LZMAError have no common root
        raise UnreadableFile(damaged) from error


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, allowed: int) -> int:
    """Unpack a part without keeping it: its real size may differ from the one it declares."""
    size = 0
    before = b""
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            if size > allowed:
                raise UnreadableFile(_too_large())
            # Word writes no document type; entities in one could blow up or fetch files.
            if _is_xml(part) and any(mark in before + chunk for mark in _DOCTYPES):
                raise UnreadableFile(
                    "holds a document type declaration, which Word never writes. "
                    "If you trust its origin, open it in Word and save it again."
                )
            before = chunk[-32:]
    return size


def _is_xml(part: zipfile.ZipInfo) -> bool:
    return part.filename.lower().endswith((".xml", ".rels"))


def _too_large() -> str:
    return (
        f"unpacks to more than {LARGEST_UNPACKED // 2**20} MB ({LARGEST_XML // 2**20} MB of text) or "
        f"{MOST_PARTS} parts. If it is a real document, remove its pictures or split it."
    )


def _open(data: bytes) -> Any:
    import docx  # takes a while to load, and only Word files need it

    try:
        document = docx.Document(io.BytesIO(data))
        if document.element.body is None:
            raise ValueError("no body")
        return document
    # Whatever a library raises on a file made by who knows what, the answer for the person is one.
    except Exception as error:
        if any(
            words in str(error).lower() for words in ("memory", "unknown error")
        ):  # so the XML parser says it
            raise MemoryError from error
        raise UnreadableFile(
            "is not a Word document as Word saves it by default (damaged, or Strict Open XML). "
            "Open it in Word and save it as 'Word Document (.docx)'."
        ) from error


def _heading_levels(document: Any) -> dict[str | None, int]:
    """Map the ids of heading styles, and of styles made from them, to their level."""
    styles = {style.get(f"{_W}styleId"): style for style in document.styles.element.iter(f"{_W}style")}
    levels: dict[str | None, int] = {}
    for identity, style in styles.items():
        seen: set[str] = set()
        while style is not None and identity not in levels:
            level = _own_level(style)
            if level is not None:
                levels[identity] = level
            parent = _value(style, "basedOn")
            if parent is None or parent in seen:
                break
            seen.add(parent)
            style = styles.get(parent)
    return levels


def _own_level(style: Any) -> int | None:
    name = (_value(style, "name") or "").lower()
    if name == "title":
        return 1
    if match := re.fullmatch(r"heading (\d)", name):
        return int(match[1])
    return _outline_level(style)


def _outline_level(element: Any) -> int | None:
    properties = element.find(f"{_W}pPr")
    value = None if properties is None else _value(properties, "outlineLvl")
    # Outline level 9 means body text.
    return int(value) + 1 if value is not None and value.isdigit() and int(value) < 9 else None


def _is_title(document: Any, style: str | None) -> bool:
    return any(
        element.get(f"{_W}styleId") == style and (_value(element, "name") or "").lower() == "title"
        for element in document.styles.element.iter(f"{_W}style")
    )


def _value(element: Any, child: str) -> str | None:
    found = element.find(f"{_W}{child}")
    return None if found is None else found.get(f"{_W}val")


def _blocks(container: Any) -> Iterator[tuple[str, str | None, int | None]]:
    """Yield (text, style id, outline level) of all that holds words, in the order of the page."""
    for element in container:
        if element.tag == f"{_W}p":
            yield from _paragraph_blocks(element)
        elif element.tag == f"{_W}tbl":
            for row in _rows(element):
                text = clean_text("\t".join(_cell_text(cell) for cell in _cells(row)))
                if text.strip():
                    yield text, None, None
        elif element.tag not in _LEFT_OUT and isinstance(element.tag, str):
            yield from _blocks(element)  # content controls and tracked insertions hold blocks too


def _paragraph_blocks(paragraph: Any) -> Iterator[tuple[str, str | None, int | None]]:
    boxes: list[Any] = []
    text = clean_text("".join(_pieces(paragraph, boxes))).strip("\n")
    if text.strip():
        properties = paragraph.find(f"{_W}pPr")
        style = None if properties is None else _value(properties, "pStyle")
        yield text, style, _outline_level(paragraph)
    for box in boxes:
        yield from _blocks(box)


def _pieces(element: Any, boxes: list[Any]) -> Iterator[str]:
    """Yield the visible words inside an element; text boxes are put aside, to follow it."""
    for child in element:
        tag = child.tag
        if tag == f"{_W}t":
            yield child.text or ""
        elif tag == f"{_W}br" and child.get(f"{_W}type") in ("page", "column"):
            yield "\n"
        elif tag in _CHARACTERS:
            yield _CHARACTERS[tag]
        elif tag == f"{_W}txbxContent":
            boxes.append(child)
        elif tag == f"{_W}pPr" or tag in _LEFT_OUT or not isinstance(tag, str) or _is_hidden(child):
            continue
        else:
            yield from _pieces(child, boxes)


def _is_hidden(run: Any) -> bool:
    properties = run.find(f"{_W}rPr") if run.tag == f"{_W}r" else None
    hidden = None if properties is None else properties.find(f"{_W}vanish")
    return hidden is not None and hidden.get(f"{_W}val") not in ("0", "false", "off")


def _rows(table: Any) -> Iterator[Any]:
    return _inside(table, f"{_W}tr")


def _cells(row: Any) -> Iterator[Any]:
    return _inside(row, f"{_W}tc")


def _inside(element: Any, tag: str) -> Iterator[Any]:
    """Find rows of a table or cells of a row, through content controls but not into other tables."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml"):
            yield from _inside(child, tag)


def _cell_text(cell: Any) -> str:
    # One line per row: what a cell holds in several lines is joined by spaces.
    return " ".join(" ".join(text.split()) for text, _, _ in _blocks(cell))


def _joined(blocks: list[tuple[str, int | None]]) -> tuple[str, tuple[tuple[int, int, int], ...]]:
    headings = []
    start = 0
    for text, level in blocks:
        if level is not None:
            headings.append((start, start + len(text), level))
        start += len(text) + 1
    return "\n".join(text for text, _ in blocks), tuple(headings)


def _property_title(document: Any) -> str | None:
    title = (document.core_properties.title or "").strip()
    return None if not title or _NO_TITLE.fullmatch(title) else title


def _warnings(document: Any) -> tuple[str, ...]:
    body = document.element.body
    inserted, deleted = (sum(1 for _ in body.iter(f"{_W}{tag}")) for tag in ("ins", "del"))
    warnings = []
    if inserted or deleted:
        warnings.append(f"tracked changes read as accepted ({inserted} insertions, {deleted} deletions)")
    for tag, what in (
        ("commentReference", "comments"),
        ("footnoteReference", "footnotes"),
        ("endnoteReference", "endnotes"),
    ):
        count = sum(1 for _ in body.iter(f"{_W}{tag}"))
        if count:
            warnings.append(f"{count} {what if count > 1 else what[:-1]} left out")
    if any(_is_hidden(run) for run in body.iter(f"{_W}r")):
        warnings.append("hidden text left out")
    return tuple(warnings)
