"""Regular expressions that people write, run by RE2: time grows with the text and never explodes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from corpus.errors import UserFacingError

#: The longest pattern that is taken.
LONGEST = 500

#: A pattern's size times the characters of a text may be no more: some seconds at worst.
MOST_STEPS = 2_000_000_000

#: Memory that one compiled pattern may take; RE2 answers within it, more slowly where it has to.
_BYTES = 4 << 20

_UNKNOWN = (
    (re.compile(r"\(\?<?[=!]"), "looking ahead or behind, (?=…), (?!…), (?<=…) or (?<!…)"),
    (re.compile(r"\\[1-9]"), r"referring back to a group, as \1 does"),
    (re.compile(r"\(\?P="), "referring back to a group, as (?P=…) does"),
    (re.compile(r"\(\?>|[*+?}]\+"), "groups and repetitions that give nothing back"),
    (re.compile(r"\(\?\("), "conditions, (?(…)…)"),
)


def check_pattern(source: str) -> None:
    """Refuse a pattern that cannot be used, saying why.

    >>> check_pattern("(?<=no )time")
    Traceback (most recent call last):
    ...
    corpus.errors.UserFacingError: this pattern asks for looking ahead or behind, (?=…), (?!…), (?<=…) or \
(?<!…), which the safe engine (RE2) leaves out so that no pattern can run for ever. Take it out; NEAR, \
minus and phrases often say the same.
    """
    if len(source) > LONGEST:
        raise UserFacingError(f"this pattern has {len(source)} characters; {LONGEST} is the most.")
    _compiled(source)


def find_pattern(source: str, text: str) -> Iterator[tuple[int, int]]:
    """Half-open places of a pattern in a text; places without a character are none.

    Raises
    ------
    UserFacingError
        If the pattern is so large, and the text so long, that looking could take minutes.
    """
    pattern = _compiled(source)
    if pattern.programsize * len(text) > MOST_STEPS:
        raise UserFacingError(
            f"This pattern is too large for a text of {len(text):,} characters. Let it repeat less; NEAR "
            "finds words that stand far apart."
        )
    for match in pattern.finditer(text):
        if match.start() < match.end():
            yield match.start(), match.end()


@lru_cache(maxsize=64)
def _compiled(source: str) -> Any:
    import re2

    options = re2.Options()
    options.max_mem = _BYTES
    options.log_errors = False
    try:
        return re2.compile(source, options)
    except re2.error as error:
        raise UserFacingError(_why(source, error)) from None


def _why(source: str, error: Exception) -> str:
    for known, what in _UNKNOWN:
        if known.search(source):
            return (
                f"this pattern asks for {what}, which the safe engine (RE2) leaves out so that no pattern "
                "can run for ever. Take it out; NEAR, minus and phrases often say the same."
            )
    told = error.args[0] if error.args else error
    told = told.decode("utf-8", "replace") if isinstance(told, bytes) else str(told)
    return f"this pattern cannot be read: {told}. Correct it, or put the words between quotes."
