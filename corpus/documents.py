"""From what a reader found to a document: cleaned, divided, with title, date and language."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import TypeVar
from uuid import uuid4

from corpus.cleaning import clean_text
from corpus.dates import date_in_first_lines, date_in_name
from corpus.language import detect_language
from corpus.models import Comment, Document, RawText, Section, SectionKind, Source, Spoken
from corpus.sections import find_sections

MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})

_Marked = TypeVar("_Marked", Spoken, Comment)

_LONGEST_TITLE = 200
_NO_NAME = "document without a name"
_HEADING_MARKS = re.compile(r"^\s*#+\s*|\s*#+\s*$|\n.*$")


def make_document(
    source: Source, raw: RawText, *, language: str | None = None, date: dt.date | None = None
) -> Document:
    """Make a document of a source from what a reader found, with a new identity.

    Parameters
    ----------
    source : Source
        The data source it belongs to.
    raw : RawText
        What a reader found in a file, or in one row of a table.
    language : str, optional
        What the person said it is written in; else it is detected (en, nl, fr), and stays None
        where it cannot be told.
    date : date, optional
        What the person said; else what the reader found, else the date in the file name, else,
        unless the text is a row of a table, a date in its first lines; None where none says it.

    Returns
    -------
    Document
        Its title is the first there is of: the title that the reader found; for a row, file and
        row ("survey, row 12"); the first heading that is of level 1 or has two words or more (not
        "Links"); the first line, if it reads like a title (two words or more, at most 200
        characters, no full stop, colon or comma at its end, no table cells, nobody speaking); the
        name of the file without its suffix.

    Examples
    --------
    >>> from uuid import UUID
    >>> source = Source(UUID(int=1), "Steering group", "meeting report")
    >>> raw = RawText("# Steering group\\n\\nAalst, 12 maart 2019\\n", "report.md", "0" * 64)
    >>> document = make_document(source, raw)
    >>> document.title, document.date
    ('Steering group', datetime.date(2019, 3, 12))
    """
    raw = clean_raw(raw)
    text = raw.text
    markdown = PurePath(raw.name).suffix.lower() in MARKDOWN_SUFFIXES
    sections = find_sections(text, headings=raw.headings, spoken=raw.spoken, markdown=markdown)
    return Document(
        id=uuid4(),
        source_id=source.id,
        title=_title(raw, text, sections, markdown=markdown),
        text=text,
        sections=sections,
        raw_sha256=raw.raw_sha256,
        date=date or raw.date or date_in_name(raw.name) or (None if raw.place else date_in_first_lines(text)),
        language=language or detect_language(text),
        attributes=raw.attributes,
        pages=raw.pages,
        comments=raw.comments,
        furniture=raw.furniture,
    )


def clean_raw(raw: RawText) -> RawText:
    """A raw text in the form in which it is stored, with all its marks moved along."""
    text = clean_text(raw.text)
    if text == raw.text:
        return raw

    def moved(place: int) -> int:
        return len(clean_text(raw.text[:place]))

    def both(marked: _Marked) -> _Marked:
        return replace(marked, start_char=moved(marked.start_char), end_char=moved(marked.end_char))

    return replace(
        raw,
        text=text,
        headings=tuple((moved(start), moved(end), level) for start, end, level in raw.headings),
        spoken=tuple(map(both, raw.spoken)),
        pages=tuple(replace(page, start_char=moved(page.start_char)) for page in raw.pages),
        comments=tuple(map(both, raw.comments)),
    )


def _title(raw: RawText, text: str, sections: Sequence[Section], *, markdown: bool) -> str:
    stem = " ".join(clean_text(PurePath(raw.name).stem).split()) or _NO_NAME
    if raw.title and raw.title.strip():
        return _shortened(clean_text(raw.title))
    if raw.place:
        return f"{stem}, {raw.place}"
    for section in sections:
        if section.kind is SectionKind.HEADING:
            heading = text[section.start_char : section.end_char]
            heading = _HEADING_MARKS.sub("", heading) if markdown else heading
            if heading.strip() and (section.level == 1 or len(heading.split()) > 1):
                return _shortened(heading)
    if sections and sections[0].kind is SectionKind.PARAGRAPH:
        line = text[sections[0].start_char : sections[0].end_char].strip()
        words = len(line.split())
        if (
            words > 1
            and len(line) <= _LONGEST_TITLE
            and line[-1] not in ".:;,"
            and not re.search("[\n\t]", line)
        ):
            return " ".join(line.split())
    return stem


def _shortened(title: str) -> str:
    title = " ".join(title.split())
    return title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1] + "…"
