"""The one form in which text is stored: NFC, lines ended by a newline, no control characters.

Nothing that can be read is changed: bidirectional marks, zero-width characters, spelling and
spacing stay, because offsets and quotes must show what the researcher saw.
"""

from __future__ import annotations

import re
import unicodedata

# A form feed, a vertical tab or NEL parts words as a line end does; dropping it would join them.
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean_text(text: str) -> str:
    r"""Give the text in the form in which it is stored; cleaning twice is cleaning once.

    Parameters
    ----------
    text : str
        Text as a reader found it.

    Returns
    -------
    str
        NFC-normalised. Every kind of line end is ``\n``; C0 and C1 control characters other than
        ``\n`` and ``\t`` are gone. Halves of a UTF-16 pair that stand side by side become their
        character, a lone half becomes U+FFFD, because neither database can store it. Nothing else
        changes: bidirectional and zero-width characters stay.

    Examples
    --------
    >>> clean_text("caf\u0065\u0301\r\nopen\x00")
    'café\nopen'
    """
    text = _LINE_END.sub("\n", text)
    # Before NFC: a removed character may have kept a letter apart from its accent.
    text = _CONTROL.sub("", text)
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return unicodedata.normalize("NFC", text)


def count_lines(text: str) -> int:
    r"""Count the lines that a text has when it is cleaned.

    Examples
    --------
    >>> count_lines("one\r\ntwo\x0bthree\nfour")
    4
    """
    others = sum(end.group() != "\r\n" for end in _LINE_END.finditer(text))
    return text.count("\n") + 1 + others


def count_control_characters(text: str) -> int:
    """Count the characters that cleaning removes, so that their loss can be told."""
    return len(_CONTROL.findall(text))
