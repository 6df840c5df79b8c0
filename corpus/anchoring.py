"""Places in a text: the only module that converts offsets and finds a place again.

All offsets inside the product are half-open Unicode code points of the stored text. Browsers count
UTF-16 units and some exchange formats count UTF-8 bytes; both are converted here, at the border.
"""

from __future__ import annotations

import re

from corpus.errors import SegmentOutOfRange
from corpus.models import Document, Segment

CONTEXT = 32

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
# A short quote that lost its surroundings ("yes") may as well be another "yes".
_LONG_QUOTE = 16
_ENOUGH_CONTEXT = 8


def make_segment(document: Document, start_char: int, end_char: int) -> Segment:
    """Anchor a place in a document with its words and 32 characters of context on both sides.

    Parameters
    ----------
    document : Document
        The document that the place is in.
    start_char, end_char : int
        Half-open code point offsets in ``document.text``; 0 is a valid start.

    Raises
    ------
    SegmentOutOfRange
        If the place is not inside the text, or holds nothing but white space.

    Examples
    --------
    >>> from uuid import UUID
    >>> document = Document(UUID(int=1), UUID(int=2), "GP 3", "No time 😀 at all.", (), "")
    >>> make_segment(document, 3, 7).quote
    'time'
    """
    text = document.text
    if not 0 <= start_char < end_char <= len(text):
        raise SegmentOutOfRange(
            f"{document.title}: characters {start_char} to {end_char} are not a place in a text of "
            f"{len(text)} characters. Select the passage again."
        )
    quote = text[start_char:end_char]
    if not quote.strip():
        raise SegmentOutOfRange(
            f"{document.title}: characters {start_char} to {end_char} hold no words. "
            "Select a passage with words in it."
        )
    return Segment(
        document_id=document.id,
        start_char=start_char,
        end_char=end_char,
        quote=quote,
        prefix=text[max(0, start_char - CONTEXT) : start_char],
        suffix=text[end_char : end_char + CONTEXT],
    )


def relocate(segment: Segment, text: str) -> tuple[int, int] | None:
    """Find the words of a segment again in a text that may have changed.

    First the old position is tried: it holds when quote and context are unchanged there. Else the
    quote is sought everywhere, and the occurrence whose surroundings agree in most characters wins.

    Parameters
    ----------
    segment : Segment
        A place in an earlier state of the text.
    text : str
        The text as it is now, cleaned.

    Returns
    -------
    tuple of int, or None
        Half-open code point offsets of exactly the quoted words. None if the quote is no longer
        there, if two occurrences agree equally well, or if a quote under 16 characters is left
        with fewer than 8 characters of its context: a coding that moves to the wrong words is
        worse than one that a person must place again.

    Examples
    --------
    >>> from uuid import UUID
    >>> segment = Segment(UUID(int=1), 3, 7, "time", "No ", " at all.")
    >>> relocate(segment, "She said: No time at all.")
    (13, 17)
    >>> relocate(segment, "No money at all.") is None
    True
    """
    length = len(segment.quote)
    old = segment.start_char
    if text.startswith(segment.quote, old) and _context_is_whole(segment, text, old):
        return old, old + length
    ranked = sorted(
        ((agreement_at(segment, text, start), start) for start in find_quote(text, segment.quote)),
        reverse=True,
    )
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    agreement, start = ranked[0]
    return (start, start + length) if is_enough(segment, agreement) else None


def is_enough(segment: Segment, agreement: int) -> bool:
    """Whether so many characters of context, as `agreement_at` counts, show that the words are the same."""
    wanted = min(_ENOUGH_CONTEXT, len(segment.prefix) + len(segment.suffix))
    return len(segment.quote) >= _LONG_QUOTE or agreement >= wanted


def find_quote(text: str, quote: str) -> list[int]:
    """List the code point offsets at which exactly these words start, overlapping ones included.

    An empty quote is found nowhere. Clean a quote that comes from outside with ``clean_text`` first:
    the same letters with separate accents are other code points.

    Examples
    --------
    >>> find_quote("no, no money", "no")
    [0, 4]
    """
    if not quote:
        return []
    starts = []
    start = text.find(quote)
    while start >= 0:
        starts.append(start)
        start = text.find(quote, start + 1)
    return starts


def from_utf16(text: str, offset: int) -> int:
    """Turn an offset in UTF-16 units, as browsers count, into one in code points.

    Raises
    ------
    SegmentOutOfRange
        If the offset lies outside the text or inside a character. It is not moved to the nearest
        character: it would show that the other side counted in another unit.

    Examples
    --------
    >>> from_utf16("a😀b", 3)
    2
    """
    before = 0
    for match in _ASTRAL.finditer(text):
        unit = match.start() + before
        if unit >= offset:
            break
        if unit + 1 == offset:
            raise _inside_character(offset, "UTF-16 units")
        before += 1
    if not 0 <= offset - before <= len(text):
        raise _outside_text(offset, "UTF-16 units")
    return offset - before


def from_utf8_bytes(text: str, offset: int) -> int:
    """Turn an offset in UTF-8 bytes, as Taguette counts, into one in code points.

    Raises
    ------
    SegmentOutOfRange
        If the offset lies outside the text or inside a character, as in ``from_utf16``.

    Examples
    --------
    >>> from_utf8_bytes("né😀b", 7)
    3
    """
    data = text.encode("utf-8", "surrogatepass")
    if not 0 <= offset <= len(data):
        raise _outside_text(offset, "UTF-8 bytes")
    if offset < len(data) and data[offset] & 0xC0 == 0x80:
        raise _inside_character(offset, "UTF-8 bytes")
    return len(data[:offset].decode("utf-8", "surrogatepass"))


def _context_is_whole(segment: Segment, text: str, start: int) -> bool:
    # The suffix may have grown (words added at the end of the text), but what it held must be there.
    return text.endswith(segment.prefix, 0, start) and text.startswith(
        segment.suffix, start + len(segment.quote)
    )


def agreement_at(segment: Segment, text: str, start: int) -> int:
    """Count the characters next to the quote at a place, on both sides, that are as they were."""
    end = start + len(segment.quote)
    before = _common_start(segment.prefix[::-1], text[max(0, start - CONTEXT) : start][::-1])
    return before + _common_start(segment.suffix, text[end : end + CONTEXT])


def _common_start(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _inside_character(offset: int, unit: str) -> SegmentOutOfRange:
    return SegmentOutOfRange(
        f"Offset {offset} in {unit} falls inside a character. Check in which unit the offsets were counted."
    )


def _outside_text(offset: int, unit: str) -> SegmentOutOfRange:
    return SegmentOutOfRange(
        f"Offset {offset} in {unit} lies outside the text. Check that it belongs to this version of the text."
    )
