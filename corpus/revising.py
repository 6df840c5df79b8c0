"""A text that a person edited: what the file had marked around it goes along where its words stayed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from corpus.cleaning import clean_text
from corpus.models import Comment, Document, RawText, SectionKind, Spoken
from corpus.versions import OffsetMap, compare_texts


def edited_text(document: Document, text: str) -> RawText:
    """The edited text of a document, with headings, speakers, pages and comments of the text before.

    Parameters
    ----------
    document : Document
        As it is now.
    text : str
        What it is to say.

    Returns
    -------
    RawText
        Headings that did not change are marked. Turns are marked where the file format had named the
        speakers beside the words (captions); else they are found in the words again. Pages begin at
        the nearest words that stayed; comments go along to the nearest words too.

    Examples
    --------
    >>> from uuid import UUID
    >>> before = Document(UUID(int=1), UUID(int=2), "GP 3", "No tme.", (), "")
    >>> edited_text(before, "No time.").text
    'No time.'
    """
    text = clean_text(text)
    offsets = compare_texts(document.text, text)
    headings = [
        (*span, section.level or 1)
        for section in document.sections
        if section.kind is SectionKind.HEADING
        and (span := offsets.span(section.start_char, section.end_char)) is not None
    ]
    return RawText(
        text,
        _name(document),
        document.raw_sha256,
        title=document.title,
        date=document.date,
        headings=tuple(headings),
        spoken=tuple(_spoken(document, offsets)),
        pages=tuple(replace(page, start_char=offsets.near(page.start_char)) for page in document.pages),
        comments=tuple(_comments(document, offsets)),
        furniture=document.furniture,
    )


def _name(document: Document) -> str:
    """A name that says whether headings are written as in Markdown: nothing else is known of the file."""
    headings = [s for s in document.sections if s.kind is SectionKind.HEADING]
    marked = any(document.text.startswith("#", section.start_char) for section in headings)
    return "text.md" if marked else "text.txt"


def _spoken(document: Document, offsets: OffsetMap) -> Iterator[Spoken]:
    turns = [s for s in document.sections if s.kind is SectionKind.TURN and s.speaker is not None]
    if any((turn.speaker or "") in document.text[turn.start_char : turn.end_char] for turn in turns):
        return  # the names stand in the words, and are found there
    for turn in turns:
        start, end = offsets.near(turn.start_char), offsets.near(turn.end_char)
        if start < end:
            yield Spoken(start, end, turn.speaker, turn.seconds)


def _comments(document: Document, offsets: OffsetMap) -> Iterator[Comment]:
    for comment in document.comments:
        start, end = offsets.near(comment.start_char), offsets.near(comment.end_char)
        yield replace(comment, start_char=start, end_char=max(start, end))
