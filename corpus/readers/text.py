"""Plain text and Markdown, and the decoding of bytes that they share with tables."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator

from corpus.cleaning import count_control_characters
from corpus.errors import UnreadableFile
from corpus.models import RawText, Refused

READ_AS_CP1252 = "read as cp1252"

# The longer mark first: that of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHER_FORMATS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive, perhaps a Word or Excel file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"SQLite format 3\x00", "a database"),
)
# A stray control character is cleaned away; more of them than this show that the file holds no text.
_CONTROL_SHARE = 0.01
_NOTHING = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b\ufeff]*")
_LETTER = re.compile(r"[^\W\d_]")
# In Western European languages most letters are those of ASCII.
_FOREIGN_SHARE = 0.4
_SAMPLE = 100_000


def read_plain_text(name: str, data: bytes, **_: object) -> Iterator[RawText | Refused]:
    """Read a ``.txt`` or ``.md`` file as it is written."""
    text, warnings = decode(data)
    if _NOTHING.fullmatch(text):
        raise UnreadableFile("holds no text, only white space. Check that it was saved completely.")
    yield RawText(text=text, name=name, raw_sha256=hashlib.sha256(data).hexdigest(), warnings=warnings)


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Decode the bytes of a text file, with warnings about what is doubtful.

    A byte order mark decides (UTF-8, UTF-16, UTF-32); without one, UTF-8 if it fits, else cp1252
    with a warning, because cp1252 fits almost anything. Raises ``UnreadableFile`` for bytes that
    are no text.

    Examples
    --------
    >>> decode("één".encode("cp1252"))
    ('één', ('read as cp1252',))
    """
    for beginning, format_name in _OTHER_FORMATS:
        if data.startswith(beginning):
            raise UnreadableFile(f"is {format_name} under another name. Give it its proper suffix.")
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    if encoding is not None:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            raise UnreadableFile(
                f"begins as {encoding.removesuffix('-sig').upper()} but is damaged at byte {error.start}. "
                "Save it again as UTF-8."
            ) from error
        return _without_binary(text, ())
    try:
        return _without_binary(data.decode("utf-8"), ())
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"is neither UTF-8 nor Western European text (cp1252), see byte {error.start}. "
            "Open it in the program that made it and save it as UTF-8."
        ) from error
    text, warnings = _without_binary(text, (READ_AS_CP1252,))
    letters = _LETTER.findall(text[:_SAMPLE])
    if len(letters) > 10 and sum(letter > "\x7f" for letter in letters) > _FOREIGN_SHARE * len(letters):
        raise UnreadableFile(
            "is in another encoding than UTF-8 and Western European (cp1252). "
            "Open it in the program that made it and save it as UTF-8."
        )
    return text, warnings


def _without_binary(text: str, warnings: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    controls = count_control_characters(text)
    if controls > max(1, _CONTROL_SHARE * len(text)):
        raise UnreadableFile(
            "holds binary data, not text (or UTF-16 without its mark). Save it as UTF-8 text."
        )
    if controls:
        warnings = (*warnings, f"{controls} control character{'s' * (controls > 1)} removed")
    return text, warnings
