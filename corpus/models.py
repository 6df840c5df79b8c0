"""The nouns of reading. All offsets are half-open Unicode code points of the stored text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class SourceKind(StrEnum):
    """The usual kinds; a source may also carry free text as its kind."""

    MEETING_REPORT = "meeting report"
    INTERVIEW = "interview"
    FOCUS_GROUP = "focus group"
    SURVEY = "survey"
    REGISTER = "register"
    PUBLICATION = "publication"


class SectionKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    TURN = "turn"


@dataclass(frozen=True)
class Source:
    """A data source in Farmer's sense: documents got by one method from one group of people."""

    id: UUID
    label: str
    kind: str


@dataclass(frozen=True)
class Section:
    """A stretch of the text: a heading, a paragraph or a speaker turn.

    ``level`` is the depth of a heading (1 is the highest), None elsewhere. ``speaker`` is the
    name as written, None where nobody is named. ``seconds`` is the time stamp of a turn counted
    from the start of the recording, None where there is none.
    """

    kind: SectionKind
    start_char: int
    end_char: int
    level: int | None = None
    speaker: str | None = None
    seconds: float | None = None


@dataclass(frozen=True)
class Spoken:
    """A stretch of a raw text that one speaker says, as the format itself marks it.

    ``speaker`` is None where the format marks the stretch but names nobody; ``seconds`` counts from
    the start of the recording, None without a time.
    """

    start_char: int
    end_char: int
    speaker: str | None = None
    seconds: float | None = None


@dataclass(frozen=True)
class Page:
    """Where a page of the file begins in the text; ``label`` is its number as printed or counted."""

    start_char: int
    label: str


@dataclass(frozen=True)
class Comment:
    """A remark that somebody wrote beside the text of a file; ``at`` is a date as the file has it."""

    start_char: int
    end_char: int
    text: str
    author: str = ""
    at: str = ""


@dataclass(frozen=True)
class Furniture:
    """Words of a page that are not of the text: running heads, page numbers, notes of the layout."""

    place: str
    text: str


@dataclass(frozen=True)
class RawText:
    """What a reader got out of a file, before it becomes a document.

    Attributes
    ----------
    headings : tuple of (start_char, end_char, level)
        Those that the format itself marks (Word styles); others are recognised later.
    place : str
        Where in the file the text stands ("row 12"), empty when it is the whole file.
    raw_sha256 : str
        Identifies the bytes (of the row, for tables).
    spoken : tuple of Spoken
        Who says what, where the format says it (captions, TextGrid). Where it is not empty, speakers
        are not looked for in the words.
    pages, comments, furniture
        What stands around the text; offsets are in ``text``.
    """

    text: str
    name: str
    raw_sha256: str
    place: str = ""
    title: str | None = None
    date: dt.date | None = None
    headings: tuple[tuple[int, int, int], ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    spoken: tuple[Spoken, ...] = ()
    pages: tuple[Page, ...] = ()
    comments: tuple[Comment, ...] = ()
    furniture: tuple[Furniture, ...] = ()


@dataclass(frozen=True)
class Refused:
    """One file or row that was not read, and why."""

    path: str
    reason: str


@dataclass(frozen=True)
class Document:
    """One text of a source, NFC-normalised, with its sections in order.

    ``date`` and ``language`` are None when neither the file nor the person said.
    """

    id: UUID
    source_id: UUID
    title: str
    text: str
    sections: tuple[Section, ...]
    raw_sha256: str
    date: dt.date | None = None
    language: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    pages: tuple[Page, ...] = ()
    comments: tuple[Comment, ...] = ()
    furniture: tuple[Furniture, ...] = ()


@dataclass(frozen=True)
class Segment:
    """A place in a text with its words and up to 32 characters of context on both sides."""

    document_id: UUID
    start_char: int
    end_char: int
    quote: str
    prefix: str
    suffix: str
