"""Pages that are pictures of words: drawn in the child process, read by tesseract where it is installed.

Tesseract is a program of its own. It gets a picture and gives words back, with a limit of time and memory;
nothing of it is needed where no scanned page is read.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from base64 import b64decode
from collections import OrderedDict
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from corpus.errors import UnreadableFile, UserFacingError
from corpus.readers.apart import ReadingApart

#: Languages that are read where tesseract has them, the one that it tries first at the left.
WANTED = ("nld", "fra", "eng")
MOST_PAGES = 300
SECONDS_A_PAGE = 60
MEMORY = 1000 * 2**20

_KEPT_PAGES = 300
_PARTED = re.compile(r"(\w)-\n(?=[a-zà-ÿ])")


@dataclass(frozen=True)
class Tesseract:
    """The program as it is installed here, and those of our languages that it knows."""

    path: str
    version: str
    languages: tuple[str, ...]


def tesseract() -> Tesseract | None:
    """The program, None where it is not installed or knows none of our languages."""
    path = shutil.which("tesseract")
    return None if path is None else _asked(path)


@cache
def _asked(path: str) -> Tesseract | None:
    try:
        version = _run([path, "--version"]).split("\n", 1)[0].removeprefix("tesseract").strip()
        known = set(_run([path, "--list-langs"]).split())
    except (OSError, subprocess.SubprocessError):
        return None
    languages = tuple(language for language in WANTED if language in known)
    return Tesseract(path, version, languages) if languages else None


def needed_tesseract() -> Tesseract:
    """The program, for whoever wants pictures read.

    Raises
    ------
    UserFacingError
        If it is not there.
    """
    found = tesseract()
    if found is None:
        raise UserFacingError(
            "Pictures of text cannot be read here: the program tesseract is not installed, or knows no "
            "Dutch, French or English. Install it, or let another program for OCR read the files (for "
            "example OCRmyPDF) and import what it makes."
        )
    return found


def read_pictures(apart: ReadingApart, name: str, data: bytes) -> dict[str, str]:
    """The words of the pages of a PDF that have no text layer, by the number of the page from 0.

    Raises
    ------
    UnreadableFile
        If there are too many such pages, or one takes too long.
    """
    program = needed_tesseract()
    pages = apart.ask("pages_without_text", name, data)
    if len(pages) > MOST_PAGES:
        raise UnreadableFile(
            f"has {len(pages)} pages without text; at most {MOST_PAGES} are read here. Let another program "
            "for OCR read it (for example OCRmyPDF), and import what it makes."
        )
    read = {}
    for page in pages:
        picture = b64decode(apart.ask("picture_of_page", name, data, page=page))
        read[str(page)] = _words_in(program, picture, page)
    return read


_READ: OrderedDict[str, str] = OrderedDict()  # a preview and the import after it read a page once


def _words_in(program: Tesseract, picture: bytes, page: int) -> str:
    key = sha256(picture).hexdigest()
    if key not in _READ:
        try:
            words = _run([program.path, "stdin", "stdout", "-l", "+".join(program.languages)], picture)
        except subprocess.TimeoutExpired as error:
            raise UnreadableFile(
                f"page {page + 1} took longer than {SECONDS_A_PAGE} seconds to read. Let another program "
                "for OCR read it, and import what it makes."
            ) from error
        except (OSError, subprocess.SubprocessError) as error:
            raise UnreadableFile(
                f"page {page + 1} could not be read by tesseract. Try the program by itself on this file."
            ) from error
        _READ[key] = _PARTED.sub(r"\1", words.replace("\f", ""))
        while len(_READ) > _KEPT_PAGES:
            _READ.popitem(last=False)
    return _READ[key]


def _run(command: list[str], given: bytes = b"") -> str:
    """What a program says, if it ends well and within its limits."""
    kept = {
        name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TESSDATA_PREFIX") if name in os.environ
    }
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=kept | {"OMP_THREAD_LIMIT": "1"},
    ) as running:
        _hold_to_memory(running.pid)
        try:
            told, _ = running.communicate(given, timeout=SECONDS_A_PAGE)
        except subprocess.TimeoutExpired:
            running.kill()
            raise
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, command)
    return told.decode("utf-8", "replace")


def _hold_to_memory(pid: int) -> None:
    """Where the system can limit another process (Linux), it does."""
    try:
        import resource

        resource.prlimit(pid, resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, AttributeError, OSError, ValueError):
        return
