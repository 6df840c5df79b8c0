"""Rich Text Format: its words; tables and headings are lines like all others."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from corpus.errors import UnreadableFile
from corpus.models import RawText, Refused
from corpus.readers.blocks import Blocks

_EMBEDDED = re.compile(rb"\\(?:object|objdata|objemb)\b")
_UNSEEN = re.compile(r"\\(?:v|deleted)(?![a-z])")
#: A control word and its number, a character by its code, another sign after a backslash, a brace, or words.
_TOKEN = re.compile(r"\\([a-z]+)(-?\d+)? ?|\\'[0-9a-f]{2}|\\.|[{}]|[^\\{}]+|\\", re.S | re.I)
_PICTURE = re.compile(rb"\\pict\b")


def read_rich_text(name: str, data: bytes, **_: object) -> Iterator[RawText | Refused]:
    """Read an ``.rtf`` file. Pictures and embedded objects are left out, and a warning says so."""
    from striprtf.striprtf import rtf_to_text

    if not data.lstrip().startswith(b"{\\rtf"):
        raise UnreadableFile("is no RTF file. Check what it is and give it its proper suffix.")
    try:
        text: str = rtf_to_text(_seen(data.decode("latin-1")), errors="replace")  # type: ignore[no-untyped-call]
    except Exception as error:  # whatever the library raises on made-up bytes, the answer is one
        raise UnreadableFile("is damaged. Open it in Word and save it as .docx.") from error
    blocks = Blocks()
    for line in text.split("\n"):
        blocks.add(line.replace("|", "\t").rstrip("\t") if line.endswith("|") else line)
    if not blocks.text:
        raise UnreadableFile("holds no text. If its pages are pictures, their words must be typed first.")
    warnings = tuple(
        f"{count} {one if count == 1 else several} left out"
        for pattern, one, several in (
            (_EMBEDDED, "embedded object", "embedded objects"),
            (_PICTURE, "picture", "pictures"),
        )
        if (count := len(pattern.findall(data)))
    )
    if _UNSEEN.search(data.decode("latin-1")):
        warnings = (*warnings, "hidden or deleted words left out")
    if "\ufffd" in text:
        warnings = (*warnings, "some characters could not be read")
    yield blocks.raw(name=name, raw_sha256=hashlib.sha256(data).hexdigest(), warnings=warnings)


def _seen(rtf: str) -> str:
    """The file without the words that are hidden, or deleted with changes tracked."""
    if not _UNSEEN.search(rtf):
        return rtf
    kept: list[str] = []
    groups: list[frozenset[str]] = []
    unseen: frozenset[str] = frozenset()
    for token in _TOKEN.finditer(rtf):
        piece = token[0]
        if piece == "{":
            groups.append(unseen)
        elif piece == "}":
            unseen = groups.pop() if groups else frozenset()
        elif token[1] in ("v", "deleted"):
            unseen = unseen - {token[1]} if token[2] == "0" else unseen | {token[1]}
            continue
        elif token[1] == "plain":
            unseen = frozenset()
        elif unseen and token[1] in (None, "u"):
            continue
        kept.append(piece)
    return "".join(kept)
