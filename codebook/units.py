"""Codings to ratings tables: what counts as a unit, and what counts as rated, is decided here.

A unit is a stretch of one document. A coder who has finished the document has rated all its units:
a unit that no coding touches is rated "absent". A coder who has not finished it has rated none of
them, whatever codings there are: they are missing. Which documents are finished comes from the
caller, never from the codings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from codebook.hierarchy import ancestors
from codebook.models import Codebook, Coding

if TYPE_CHECKING:
    import pandas as pd

NOT_RATED = -1


class Unit(NamedTuple):
    """A stretch of a document, half-open code points of its text."""

    document_id: UUID
    start_char: int
    end_char: int


def document_numbers(units: Sequence[Unit]) -> NDArray[np.int64]:
    """Shape (n_units,): the number of each unit's document, in order of appearance."""
    numbers: dict[UUID, int] = {}
    return np.array([numbers.setdefault(unit.document_id, len(numbers)) for unit in units], dtype=np.int64)


def presence_table(
    codings: Iterable[Coding],
    units: Sequence[Unit],
    coders: Sequence[str],
    finished: AbstractSet[tuple[str, UUID]],
    *,
    code: str,
    roll_up: Codebook | None = None,
) -> pd.DataFrame:
    """Was a code found in each unit, by each coder? The ratings table of one code.

    Parameters
    ----------
    codings : iterable of Coding
        Those of other coders, codes and documents are ignored.
    units : sequence of Unit
        Units of one document must not overlap: no character counts twice.
    coders : sequence of str
        Names, in the order of the columns.
    finished : set of (coder, document_id)
        Which coder has finished which document.
    code : str
        The key of the code.
    roll_up : Codebook, optional
        With it, a coding with any code below counts for the code too.

    Returns
    -------
    DataFrame of object, shape (n_units, n_coders)
        1 if a coding shares at least one character with the unit, 0 if none does, None if the
        coder has not finished the document. The index holds the units, the columns the coders.

    Raises
    ------
    ValueError
        If units overlap or are empty, or a coder or code is named twice.

    Examples
    --------
    >>> from uuid import uuid4
    >>> minutes = uuid4()
    >>> coding = Coding(uuid4(), minutes, "An", "ECO-FUND", 5, 12, "funding")
    >>> units = [Unit(minutes, 0, 20), Unit(minutes, 21, 40)]
    >>> finished = {("An", minutes)}
    >>> presence_table([coding], units, ["An", "Bo"], finished, code="ECO-FUND").to_numpy().tolist()
    [[1, None], [0, None]]
    """
    import pandas as pd  # slow to load, and only this function needs it

    (found,) = presence_array(codings, units, coders, finished, codes=[code], roll_up=roll_up)
    cells = np.where(found == NOT_RATED, None, found.astype(object))
    index = pd.MultiIndex.from_tuples(units, names=Unit._fields)
    return pd.DataFrame(cells, index=index, columns=list(coders), dtype=object)


def presence_array(
    codings: Iterable[Coding],
    units: Sequence[Unit],
    coders: Sequence[str],
    finished: AbstractSet[tuple[str, UUID]],
    *,
    codes: Sequence[str],
    roll_up: Codebook | None = None,
) -> NDArray[np.int8]:
    """Was each code found in each unit, by each coder? The ratings of many codes at once.

    Takes what `presence_table` takes, with several ``codes``.

    Returns
    -------
    int8 array, shape (n_codes, n_units, n_coders)
        1 = found, 0 = not found, -1 = not rated. What
        `codebook.agreement.presence_agreement` takes, with `document_numbers`.
    """
    for what, names in (("coder", coders), ("code", codes)):
        if len(set(names)) < len(names):
            raise ValueError(f"a {what} is named twice: {list(names)}")
    line = _Line.of(units)
    places = _places(codings, line, coders, _counting_for(codes, roll_up))
    # +1 where a coding begins to touch units and -1 after the last: the running sum counts codings.
    edges = np.zeros((len(codes), len(units) + 1, len(coders)), dtype=np.int32)
    first, last = line.touched(places[:, 2], places[:, 3])
    np.add.at(edges, (places[:, 0], first, places[:, 1]), 1)
    np.add.at(edges, (places[:, 0], last + 1, places[:, 1]), -1)
    touched = edges[:, :-1].cumsum(axis=1) > 0
    presence = np.empty(touched.shape, dtype=np.int8)
    presence[:, line.order] = touched
    presence[:, ~_rated(units, coders, finished)] = NOT_RATED
    return presence


class _Line(NamedTuple):
    """All units laid end to end on one line, so that one search answers for all documents."""

    order: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    offsets: Mapping[UUID, int]
    stride: int

    @classmethod
    def of(cls, units: Sequence[Unit]) -> _Line:
        stride = max((unit.end_char for unit in units), default=0) + 1
        documents = dict.fromkeys(unit.document_id for unit in units)
        offsets = {document: number * stride for number, document in enumerate(documents)}
        base = np.array([offsets[unit.document_id] for unit in units], dtype=np.int64)
        starts = base + np.array([unit.start_char for unit in units], dtype=np.int64)
        ends = base + np.array([unit.end_char for unit in units], dtype=np.int64)
        order = np.argsort(starts, kind="stable")
        starts, ends = starts[order], ends[order]
        if (starts >= ends).any():
            raise ValueError(f"an empty unit: {units[int(order[np.argmax(starts >= ends)])]}")
        overlapping = starts[1:] < ends[:-1]
        if overlapping.any():
            at = int(np.argmax(overlapping))
            raise ValueError(f"units overlap: {units[int(order[at])]} and {units[int(order[at + 1])]}")
        return cls(order, starts, ends, offsets, stride)

    def touched(
        self, starts: NDArray[np.int64], ends: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The first and the last unit that each span touches; last < first where it touches none."""
        first = np.searchsorted(self.ends, starts, side="right")
        last = np.searchsorted(self.starts, ends, side="left") - 1
        return first, last


def _places(
    codings: Iterable[Coding],
    line: _Line,
    coders: Sequence[str],
    counting_for: Mapping[str, Sequence[int]],
) -> NDArray[np.int64]:
    """Rows of (code, coder, start, end) on the line, one for each code that a coding counts for."""
    columns = {coder: number for number, coder in enumerate(coders)}
    rows = [
        (code, columns[coding.coder], offset + coding.start_char, offset + min(coding.end_char, line.stride))
        for coding in codings
        if coding.coder in columns
        and (offset := line.offsets.get(coding.document_id)) is not None
        # Text after the last unit of any document has no place on the line.
        and coding.start_char < line.stride
        for code in counting_for.get(coding.code, ())
    ]
    return np.array(rows, dtype=np.int64).reshape(-1, 4)


def _counting_for(codes: Sequence[str], roll_up: Codebook | None) -> dict[str, list[int]]:
    """Code of a coding → positions in ``codes`` that it counts for: itself, and those above."""
    position = {code: number for number, code in enumerate(codes)}
    counting_for = {code: [number] for code, number in position.items()}
    if roll_up is None:
        return counting_for
    for code in roll_up.codes:
        lineage = (code, *ancestors(roll_up, code.key))
        counting_for[code.key] = [position[above.key] for above in lineage if above.key in position]
    return counting_for


def _rated(
    units: Sequence[Unit], coders: Sequence[str], finished: AbstractSet[tuple[str, UUID]]
) -> NDArray[np.bool_]:
    """Shape (n_units, n_coders): has the coder finished the unit's document?"""
    documents = list(dict.fromkeys(unit.document_id for unit in units))
    rated = np.array(
        [[(coder, document) in finished for coder in coders] for document in documents], dtype=bool
    )
    return rated.reshape(len(documents), len(coders))[document_numbers(units)]
