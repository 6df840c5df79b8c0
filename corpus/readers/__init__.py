"""Files in, raw texts out. Nothing in a file can raise here: what cannot be read is refused by name."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from corpus.cleaning import count_lines
from corpus.errors import UnreadableFile
from corpus.models import RawText, Refused
from corpus.readers.captions import read_captions
from corpus.readers.open_document import read_open_document
from corpus.readers.pdf import read_pdf
from corpus.readers.rich_text import read_rich_text
from corpus.readers.tables import read_table, read_workbook
from corpus.readers.text import read_plain_text
from corpus.readers.textgrid import read_textgrid
from corpus.readers.turns import read_turns
from corpus.readers.web import read_web_page
from corpus.readers.word import read_word

Reader = Callable[..., Iterator[RawText | Refused]]

READERS: dict[str, Reader] = {
    ".txt": read_plain_text,
    ".md": read_plain_text,
    ".markdown": read_plain_text,
    ".docx": read_word,
    ".odt": read_open_document,
    ".rtf": read_rich_text,
    ".pdf": read_pdf,
    ".html": read_web_page,
    ".htm": read_web_page,
    ".vtt": read_captions,
    ".srt": read_captions,
    ".textgrid": read_textgrid,
    ".json": read_turns,
    ".csv": read_table,
    ".tsv": read_table,
    ".xlsx": read_workbook,
    ".ods": read_workbook,
}

#: What people call these files.
FORMATS: dict[str, tuple[str, ...]] = {
    "text": (".txt",),
    "Markdown": (".md", ".markdown"),
    "Word": (".docx",),
    "OpenDocument text": (".odt",),
    "RTF": (".rtf",),
    "PDF": (".pdf",),
    "web page": (".html", ".htm"),
    "captions": (".vtt", ".srt"),
    "TextGrid": (".textgrid",),
    "turns in JSON": (".json",),
    "table": (".csv", ".tsv"),
    "workbook": (".xlsx", ".ods"),
}

#: Files that hold one document per row.
TABLES = frozenset({".csv", ".tsv", ".xlsx", ".ods"})

LARGEST_FILE = 50 * 2**20
#: Sixty hours of speech; more is no document, and would make every page of the study slow.
LONGEST_TEXT = 5_000_000
MOST_LINES = 100_000

_REMEDIES = {
    ".doc": "open it in Word and save it as .docx",
    ".docm": "open it in Word and save it as .docx, without macros",
    ".dot": "open it in Word and save it as .docx",
    ".pages": "export it from Pages as Word (.docx)",
    ".xls": "open it in Excel and save it as .xlsx",
    ".xlsm": "open it in Excel and save it as .xlsx, without macros",
    **dict.fromkeys((".ppt", ".pptx", ".odp", ".key"), "save it as .pdf"),
    **dict.fromkeys((".msg", ".eml"), "save the message as .txt or .html"),
    **dict.fromkeys((".7z", ".rar", ".tar", ".gz", ".tgz"), "unpack it, or pack its files as .zip"),
    **dict.fromkeys(
        (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".gif", ".bmp", ".heic"),
        "let a program for OCR make a .pdf of it that holds its words, or type them",
    ),
    **dict.fromkeys(
        (".mp3", ".m4a", ".wav", ".ogg", ".wma", ".mp4", ".mov", ".avi", ".webm"),
        "transcribe it, and import the transcript (.vtt, .srt, .docx)",
    ),
}


def read_file(path: Path, **options: Any) -> Iterator[RawText | Refused]:
    """Read one file: one raw text, or one per row of a table.

    Parameters
    ----------
    path : Path
        A file of one of the kinds in `READERS`, of at most 50 MB.
    **options
        ``text_column`` : for tables, the column that holds the texts; may be left out if there is only
        one column. ``title_column`` : for tables, the column that holds the titles. ``changes`` : for
        Word files, "accepted" or "original" for the text before tracked changes.

    Yields
    ------
    RawText or Refused
        ``Refused`` names the file (or row), the reason and what to do. No input raises.
    """
    try:
        data = bytes_of(path)
    except UnreadableFile as error:
        yield Refused(str(path), f"{path.name}: {error}")
        return
    for found in read_bytes(path.name, data, **options):
        yield at_path(path, found)


def read_bytes(name: str, data: bytes, **options: Any) -> Iterator[RawText | Refused]:
    """`read_file` of what is in memory; nothing in the bytes can raise."""
    try:
        for found in _reader_for(Path(name))(name, data, **options):
            yield _bounded(found) if isinstance(found, RawText) else found
    except UnreadableFile as error:
        yield Refused(name, f"{name}: {error}")


def _bounded(raw: RawText) -> RawText | Refused:
    """A text that a person can read and a study can hold; a larger one is refused."""
    lines = count_lines(raw.text)
    if len(raw.text) <= LONGEST_TEXT and lines <= MOST_LINES:
        return raw
    place = f"{raw.name}, {raw.place}" if raw.place else raw.name
    return Refused(
        place,
        f"{place}: holds {len(raw.text):,} characters in {lines:,} lines. A document holds at most "
        f"{LONGEST_TEXT:,} characters and {MOST_LINES:,} lines: split it.",
    )


def at_path(path: Path, found: RawText | Refused) -> RawText | Refused:
    """What was found in a file, a refusal with the path of the file."""
    return replace(found, path=str(path.parent / found.path)) if isinstance(found, Refused) else found


def format_of(name: str) -> str:
    """What people call a file of that name; its suffix where it is none that is read.

    >>> format_of("Report.DOCX"), format_of("photo.png"), format_of("notes")
    ('Word', '.png', 'no suffix')
    """
    suffix = Path(name).suffix.lower()
    return next((what for what, suffixes in FORMATS.items() if suffix in suffixes), suffix or "no suffix")


def find_files(paths: Iterable[Path]) -> Iterator[Path]:
    """List the files to read: folders are opened, all the way down, in alphabetical order.

    Hidden files and folders inside a folder are skipped, and so are the lock files ("~$report.docx") of Word.
    Everything else is listed, also what does not exist or cannot be opened, so that ``read_file``
    can refuse it by name.
    """
    for path in paths:
        if not _is_folder(path):
            yield path
            continue
        closed: list[OSError] = []
        for folder, subfolders, names in os.walk(path, onerror=closed.append):
            subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
            yield from (Path(folder) / name for name in sorted(names) if not name.startswith((".", "~$")))
        yield from (Path(error.filename) for error in closed)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # not even its name can be looked up; reading it will say why
        return False


def bytes_of(path: Path) -> bytes:
    """The content of a file, if it is one that may be read and is not too large."""
    with opened(path) as file:
        # One byte more than allowed: the size on disk may change, what is read may not.
        data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise UnreadableFile(f"is larger than {LARGEST_FILE // 2**20} MB. Split it into smaller files.")
    if not data:
        raise UnreadableFile("is empty (0 bytes). Check that it was saved or copied completely.")
    return data


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """A file to read from, if it is one that may be read; what the system says against it is told."""
    try:
        if path.is_dir():
            raise UnreadableFile("is a folder. Import the files in it.")
        if not path.exists():
            raise UnreadableFile("does not exist. Check its name and folder.")
        if not path.is_file():
            raise UnreadableFile("is not an ordinary file. Copy its text into a .txt file.")
        with path.open("rb") as file:
            yield file
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UnreadableFile(f"cannot be opened ({reason}). Check that you may read it.") from error


def _reader_for(path: Path) -> Reader:
    suffix = path.suffix.lower()
    if suffix in READERS:
        return READERS[suffix]
    kind = f"{suffix} files" if suffix else "files without a suffix"
    remedy = _REMEDIES.get(suffix, f"save it as one of {', '.join(sorted(READERS))}")
    raise UnreadableFile(f"{kind} are not read. To import it, {remedy}.")
