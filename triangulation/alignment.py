"""Lists of researchers who sorted alone, put side by side: what each saw, and what they saw alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from triangulation.models import Row
from triangulation.sorting import order_rows


@dataclass(frozen=True)
class AlignedRow:
    """A row of the common list with the rows of each researcher that were matched to it, in their words."""

    row: Row
    own: Mapping[str, tuple[Row, ...]]

    @property
    def researchers(self) -> tuple[str, ...]:
        """Who has a row here."""
        return tuple(self.own)


@dataclass(frozen=True)
class Alignment:
    """How the lists of researchers who sorted alone match; a result of its own.

    ``listed`` is how many rows each researcher had. ``rows`` is the common list.
    """

    researchers: tuple[str, ...]
    listed: Mapping[str, int]
    rows: tuple[AlignedRow, ...]

    @property
    def by_all(self) -> tuple[AlignedRow, ...]:
        """Rows that every researcher has."""
        return tuple(row for row in self.rows if len(row.own) == len(self.researchers))

    @property
    def by_some(self) -> tuple[AlignedRow, ...]:
        """Rows that two researchers or more have, but not all."""
        return tuple(row for row in self.rows if 1 < len(row.own) < len(self.researchers))

    @property
    def by_one(self) -> tuple[AlignedRow, ...]:
        """Rows that one researcher alone has."""
        return tuple(row for row in self.rows if len(row.own) == 1 < len(self.researchers))


def align_lists(lists: Mapping[str, Mapping[Row, Row]], *, themes: Sequence[str] = ()) -> Alignment:
    """Put the lists of researchers side by side.

    Sorting is done by each researcher alone in Sunaert et al. (2009), and the matching of the lists
    is a result in itself: what only one saw tells of the others too.

    Parameters
    ----------
    lists : mapping of str to mapping of Row to Row
        For each researcher their own rows, each with the row of the common list under which it
        stands now. A row that was not matched stands under itself.
    themes : sequence of str
        Reading order of the themes, usually the codebook's.

    Returns
    -------
    Alignment
        With one researcher every row is ``by_all``; with none there are no rows.

    Examples
    --------
    >>> ends, gone, time = Row("ECO-FUND", "It ends"), Row("ECO-FUND", "No money"), Row("PRO-KNOW", "No time")
    >>> found = align_lists({"Ann": {ends: ends, time: time}, "Ben": {gone: ends}})
    >>> found.listed["Ann"], len(found.by_all), [row.row.statement for row in found.by_one]
    (2, 1, ['No time'])
    """
    places: dict[Row, dict[str, tuple[Row, ...]]] = {}
    for researcher, own in lists.items():
        for written, stands_under in own.items():
            here = places.setdefault(stands_under, {})
            here[researcher] = (*here.get(researcher, ()), written)
    return Alignment(
        tuple(lists),
        {researcher: len(own) for researcher, own in lists.items()},
        tuple(AlignedRow(row, places[row]) for row in order_rows(places, themes)),
    )


def likely_matches(row: Row, others: Iterable[Row]) -> tuple[Row, ...]:
    """Rows in the order in which people may want to look at them: the same theme, then similar words.

    Only the order of a list: nothing is matched by it, and nothing is left out.

    >>> likely_matches(Row("A", "Money ends"), [Row("B"), Row("A", "Time"), Row("A", "The money ends")])[0]
    Row(theme='A', statement='The money ends')
    """

    def unlike(other: Row) -> tuple[bool, float, Row]:
        return other.theme != row.theme, -_shared_words(row.statement, other.statement), other

    return tuple(sorted(set(others) - {row}, key=unlike))


def _shared_words(one: str, other: str) -> float:
    first, second = (set(re.findall(r"\w+", text.casefold())) for text in (one, other))
    return len(first & second) / len(first | second) if first | second else 0.0
