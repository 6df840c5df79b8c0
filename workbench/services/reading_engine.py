"""Where the files of an import are read: here, in a pool of processes, on a cluster; always alike."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from corpus.batch import Mapped, map_documents
from corpus.documents import clean_raw, make_document
from corpus.errors import UserFacingError
from corpus.language import language_code
from corpus.models import Document, RawText, Refused, Source
from corpus.readers.apart import ReadingApart, read_input
from corpus.readers.folders import Input, find_inputs
from corpus.readers.ocr import needed_tesseract, read_pictures
from corpus.readers.plain import document_of, found_of, plain_document, plain_found
from corpus.readers.word import ACCEPTED, ORIGINAL
from store.events import app_version

# The source is known only to whoever stores.
_NO_SOURCE = Source(UUID(int=0), "", "")


@dataclass(frozen=True)
class Wishes:
    """What the person says about the files; None leaves it to the reader.

    ``columns`` are, by the path of a table, its columns with the texts and with the titles; where a table is
    not named there, ``text_column`` and ``title_column`` hold.
    ``changes`` is how tracked changes of text files are read, ``accepted`` or ``original``; with ``ocr``
    pages of a PDF that are pictures are read by tesseract. With ``also_withdrawn`` a text comes in again
    that was withdrawn from the study; only the lead may say so.
    """

    language: str | None = None
    date: dt.date | None = None
    text_column: str | None = None
    title_column: str | None = None
    changes: str = ACCEPTED
    ocr: bool = False
    also_withdrawn: bool = False
    columns: Mapping[str, Sequence[str | None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.language is not None:
            object.__setattr__(self, "language", language_code(self.language))
        if self.changes not in (ACCEPTED, ORIGINAL):
            raise UserFacingError(
                f"Tracked changes are read as '{ACCEPTED}' or as '{ORIGINAL}', not as '{self.changes}'."
            )
        if self.ocr:
            needed_tesseract()

    def for_reader(self, path: str) -> dict[str, str | None]:
        """What the reader of a file must know."""
        text, title = self.columns.get(path, (self.text_column, self.title_column))
        return {"text_column": text, "title_column": title, "changes": self.changes}


@dataclass(frozen=True)
class Prepared:
    """A text that was found, with the document that it makes, made where it was read."""

    raw: RawText
    made: Mapping[str, Any] = field(repr=False)

    def document(self, source: Source) -> Document:
        return document_of(self.made, self.raw, source)


Found = RawText | Prepared | Refused


def read_files(
    paths: Iterable[Path], wishes: Wishes, *, at: str | None = None
) -> Iterator[tuple[str, Found]]:
    """What stands in files and folders, each with the place that it has for the person.

    Parameters
    ----------
    at : str, optional
        Where they are read: None in a process beside this one that reads one after the other, "pool"
        in several, or the address of a Dask cluster (see `corpus.batch`). Files travel to a cluster.
    """
    if at is None:
        return _read_here(paths, wishes)
    inputs = ((found.path, _to_read(found, wishes)) for found in find_inputs(paths))
    return _from_workers(map_documents(read_one, inputs, at, function_version=app_version()))


def place_of(path: str, item: RawText | Refused) -> str:
    """What to call a file, or a row in it."""
    if isinstance(item, Refused):
        return item.path
    return f"{path}, {item.place}" if item.place else path


def _read_here(paths: Iterable[Path], wishes: Wishes) -> Iterator[tuple[str, Found]]:
    with ReadingApart() as apart:
        for found in find_inputs(paths):
            yield from read_found(apart, found, wishes)


def read_found(
    apart: ReadingApart, found: Input | Refused, wishes: Wishes
) -> Iterator[tuple[str, RawText | Refused]]:
    """What is in one file, each text with its place; nothing raises."""
    if isinstance(found, Refused):
        yield found.path, found
        return
    for item in _read_input(apart, found, wishes.for_reader(found.path), ocr=wishes.ocr):
        yield place_of(found.path, item), item


def _read_input(
    apart: ReadingApart, found: Input, options: Mapping[str, Any], *, ocr: bool
) -> Iterator[RawText | Refused]:
    name, data = found.files[0]
    if ocr and name.lower().endswith(".pdf"):
        try:
            options = {**options, "page_texts": read_pictures(apart, name, data)}
        except UserFacingError as error:
            yield Refused(found.path, f"{name}: {error}")
            return
    yield from read_input(apart, found, **options)


def _from_workers(answers: Iterator[Mapped]) -> Iterator[tuple[str, Found]]:
    for done in answers:
        if done.reason is not None:
            yield done.name, Refused(done.name, f"{Path(done.name).name}: {done.reason}")
            continue
        for answer in done.result:
            item = found_of(answer["found"])
            place = place_of(done.name, item)
            yield place, item if isinstance(item, Refused) else Prepared(item, answer["made"])


def _to_read(found: Input | Refused, wishes: Wishes) -> dict[str, Any]:
    if isinstance(found, Refused):
        return {"refused": plain_found(found)}
    return {
        "path": found.path,
        "files": list(found.files),
        "wishes": wishes.for_reader(found.path),
        "ocr": wishes.ocr,
        "language": wishes.language,
        "date": None if wishes.date is None else wishes.date.isoformat(),
    }


def read_one(asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Read one file where a worker is, and make its documents: plain data in, plain data out."""
    if "refused" in asked:
        return [{"found": asked["refused"]}]
    date = asked["date"] and dt.date.fromisoformat(asked["date"])
    found = Input(asked["path"], tuple((name, data) for name, data in asked["files"]))
    items = _read_input(_apart(), found, asked["wishes"], ocr=asked["ocr"])
    return [_answer(item, asked["language"], date) for item in items]


def _answer(item: RawText | Refused, language: str | None, date: dt.date | None) -> dict[str, Any]:
    if isinstance(item, Refused):
        return {"found": plain_found(item)}
    cleaned = clean_raw(item)
    made = make_document(_NO_SOURCE, cleaned, language=language, date=date)
    return {"found": plain_found(cleaned), "made": plain_document(made)}


_here = threading.local()


def _apart() -> ReadingApart:
    """A child of this worker's own: workers of a cluster may be threads of one process."""
    if not hasattr(_here, "apart"):
        _here.apart = ReadingApart()
    apart: ReadingApart = _here.apart
    return apart
