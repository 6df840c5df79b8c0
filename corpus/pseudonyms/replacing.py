"""Other words in place of some, and how places of the one text lead to places of the other, both ways."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.errors import UserFacingError

#: Old start, old end, new start, new end of one stretch that was replaced.
Row = tuple[int, int, int, int]


@dataclass(frozen=True)
class OffsetMap:
    """Where stretches of a text went when they were replaced.

    Attributes
    ----------
    rows : tuple of (old start, old end, new start, new end)
        In the order of the text, without overlap; half-open code points. What lies between two rows
        is the same in both texts.
    """

    rows: tuple[Row, ...]

    def to_new(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the old text in the new one; one that cuts a replaced stretch grows to its edge.

        Examples
        --------
        >>> moved = OffsetMap(((5, 11, 5, 15),))
        >>> moved.to_new(0, 5), moved.to_new(7, 9), moved.to_new(11, 12), moved.to_old(15, 16)
        ((0, 5), (5, 15), (15, 16), (11, 12))
        """
        return _moved(self.rows, start, end)

    def to_old(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the new text in the old one, snapping outward likewise."""
        return _moved(tuple((c, d, a, b) for a, b, c, d in self.rows), start, end)


def replace(text: str, replacements: Iterable[tuple[int, int, str]]) -> tuple[str, OffsetMap]:
    """The text with other words in some places, and the map between both.

    Parameters
    ----------
    replacements : iterable of (start, end, new words)

    Raises
    ------
    UserFacingError
        If two overlap, or one lies outside the text.
    """
    pieces: list[str] = []
    rows: list[Row] = []
    place = length = 0
    for start, end, new in sorted(replacements):
        if not place <= start < end <= len(text):
            raise UserFacingError(f"The stretch {start}-{end} overlaps another one or lies outside the text.")
        pieces += [text[place:start], new]
        length += start - place
        rows.append((start, end, length, length + len(new)))
        length += len(new)
        place = end
    return "".join([*pieces, text[place:]]), OffsetMap(tuple(rows))


def _moved(rows: Sequence[Row], start: int, end: int) -> tuple[int, int]:
    return _bound(rows, start, at_end=False), _bound(rows, end, at_end=True)


def _bound(rows: Sequence[Row], place: int, *, at_end: bool) -> int:
    number = bisect_right(rows, place, key=lambda row: row[0]) - 1
    if number < 0:
        return place
    begin, end, new_begin, new_end = rows[number]
    if place == begin:
        return new_begin
    if place < end:
        return new_end if at_end else new_begin
    return new_end + place - end
