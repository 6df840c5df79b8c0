"""Where sentences begin, by their marks alone: near enough to say how far two places are apart."""

from __future__ import annotations

import re

# After a full stop a capital or opening mark must follow, so that "St. Mary" splits and "ca. 10" does not.
_END = re.compile(r"(?:[!?…]+|\.(?=[\"'”’»)\]]*\s+[\"'“„‘«(\[¿¡]*[^\W\d_a-zß-öø-ÿ]))[\"'”’»)\]]*\s+|\s*\n\s*")


def sentence_starts(text: str) -> list[int]:
    """The place at which each sentence begins; a line end always ends one.

    Examples
    --------
    >>> sentence_starts("No time. No money, ca. 10 euro!\\nWho pays?")
    [0, 9, 32]
    """
    ends = (match.end() for match in _END.finditer(text))
    return [0, *(end for end in ends if end < len(text))] if text else []
