"""Long lists of values in pieces that one query can take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

_T = TypeVar("_T")

#: SQLite takes no more than so many values in one question.
AT_ONCE = 500


def portions(values: Iterable[_T], at_once: int = AT_ONCE) -> Iterator[list[_T]]:
    """The values in their order, so many at once.

    >>> list(portions([1, 2, 3], at_once=2))
    [[1, 2], [3]]
    """
    listed = list(values)
    return (listed[begin : begin + at_once] for begin in range(0, len(listed), at_once))
