"""Passages of two coders paired one to one: what coders talk about, and F1 of it.

Pairs are chosen over all passages at once, so that as many as possible find a partner and, among
those choices, partners lie as close as possible.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

import numpy as np

from codebook.agreement.results import Agreement
from codebook.agreement.spans import Continuum, without_value
from codebook.agreement.tally import BoolArray, FloatArray, IntArray

Match = Literal["exact", "iou", "overlap"]
PASSAGE = "passage"
PASSAGES_OF_TWO = "passages in documents that both coders of a pair finished"


@dataclass(frozen=True, eq=False)
class SpanMatching:
    """Passages of two coders, paired.

    Passages are named by their position in the list given to `lay_out`. ``pairs`` and
    ``differences`` have shape (n_pairs, 2): the passage of the first and of the second coder; by
    how many characters the second's begins and ends later. ``same_code`` has shape (n_pairs,).
    ``only_first`` and ``only_second`` found no partner.
    """

    first: Hashable
    second: Hashable
    pairs: IntArray
    differences: IntArray
    same_code: BoolArray
    only_first: IntArray
    only_second: IntArray

    @property
    def n_spans(self) -> int:
        return 2 * len(self.pairs) + len(self.only_first) + len(self.only_second)

    @property
    def f1(self) -> float | None:
        """Twice the pairs by all passages; None where there are none."""
        return 2 * len(self.pairs) / self.n_spans if self.n_spans else None

    @property
    def median_offset(self) -> float | None:
        """Half of the bounds of paired passages lie at most so many characters apart."""
        return float(np.median(np.abs(self.differences))) if len(self.pairs) else None


def match_spans(
    continuum: Continuum,
    first: Hashable,
    second: Hashable,
    *,
    match: Match = "iou",
    threshold: float = 0.5,
    codes: Literal["same", "any"] = "same",
) -> SpanMatching:
    """Pair the passages of two coders, one to one.

    Parameters
    ----------
    continuum : Continuum
    first, second
        Two of its coders. Documents that one of them has not finished stay out.
    match : {"iou", "exact", "overlap"}
        What makes a pair possible: shared text of at least ``threshold`` of the text of both,
        equal bounds, or a character in common.
    codes : {"same", "any"}
        Whether partners must bear the same code. With "any", those that do come first.

    Raises
    ------
    ValueError
        If a coder, ``match``, ``threshold`` or ``codes`` is none of those.

    Examples
    --------
    >>> from codebook.agreement.spans import lay_out
    >>> spans = [("t", "A", "x", 0, 10), ("t", "B", "x", 2, 10), ("t", "B", "x", 20, 30)]
    >>> found = match_spans(lay_out(spans, {"t": 40}, ["A", "B"]), "A", "B")
    >>> found.pairs.tolist(), found.only_second.tolist(), found.median_offset
    ([[0, 1]], [2], 1.0)
    """
    _check_options(match, threshold, codes)
    pair = continuum.among(first, second)
    a, b = np.flatnonzero(pair.coder == 0), np.flatnonzero(pair.coder == 1)
    if match == "exact" and codes == "same":
        left, right = _equal(pair, a, b)
    else:
        left, right = _closest(pair, a, b, match, threshold, codes)
    differences = np.column_stack([pair.start[right] - pair.start[left], pair.stop[right] - pair.stop[left]])
    return SpanMatching(
        first=first,
        second=second,
        pairs=np.column_stack([pair.position[left], pair.position[right]]),
        differences=differences,
        same_code=pair.code[left] == pair.code[right],
        only_first=pair.position[np.setdiff1d(a, left)],
        only_second=pair.position[np.setdiff1d(b, right)],
    )


def span_f1(continuum: Continuum, *, match: Match = "iou", threshold: float = 0.5) -> Agreement:
    r"""Of all passages, how many found a partner with the same code?

    .. math:: F_1 = \frac{2 \, TP}{n_A + n_B}

    with TP the pairs of `match_spans`. No coder is taken for the truth: F1 is the same either way.
    With more coders, both sums run over all pairs of coders.

    Parameters
    ----------
    continuum : Continuum
        Codes may overlap.
    match : {"iou", "exact", "overlap"}
        What makes a pair possible: shared text of at least ``threshold`` of the text of both,
        equal bounds, or a character in common.

    Returns
    -------
    Agreement
        From 0 to 1, not corrected for chance. None with a reason if nobody marked anything.

    Raises
    ------
    ValueError
        If ``match`` or ``threshold`` is none of those.

    See Also
    --------
    match_spans : the pairs themselves.
    median_boundary_offset : how far their bounds lie apart.

    References
    ----------
    .. [1] G. Hripcsak, A. S. Rothschild, "Agreement, the F-measure, and reliability in information
       retrieval", Journal of the American Medical Informatics Association 12, 2005.

    Examples
    --------
    >>> from codebook.agreement.spans import lay_out
    >>> spans = [("t", "A", "x", 0, 10), ("t", "B", "x", 2, 10), ("t", "B", "x", 20, 30)]
    >>> round(span_f1(lay_out(spans, {"t": 40}, ["A", "B"])).value, 3)
    0.667
    """
    _check_options(match, threshold, "same")
    within = f", at least {threshold:g} of their text shared" if match == "iou" else ""
    answer = without_value(
        continuum,
        f"F1 of pairs ({match}{within})",
        continuum.reason_without_pairs,
        unit=PASSAGE,
        universe=PASSAGES_OF_TWO,
    )
    if answer.reason:
        return answer
    matchings = _of_all_pairs(continuum, match, threshold)
    pairs, compared = sum(len(found.pairs) for found in matchings), sum(found.n_spans for found in matchings)
    return replace(answer, value=2 * pairs / compared)


def median_boundary_offset(
    continuum: Continuum, *, match: Match = "overlap", threshold: float = 0.5
) -> float | None:
    """How many characters apart coders set the bounds of the same passage: the median.

    Over the beginnings and the ends of all pairs of `match_spans`, for all pairs of coders. None
    where nothing is paired.
    """
    matchings = _of_all_pairs(continuum, match, threshold)
    differences = [np.abs(found.differences).ravel() for found in matchings if len(found.pairs)]
    return float(np.median(np.concatenate(differences))) if differences else None


def _of_all_pairs(continuum: Continuum, match: Match, threshold: float) -> list[SpanMatching]:
    return [
        match_spans(continuum, first, second, match=match, threshold=threshold)
        for first, second in combinations(continuum.coders, 2)
    ]


def meetings(
    begin: FloatArray | IntArray,
    end: FloatArray | IntArray,
    other_begin: FloatArray | IntArray,
    other_end: FloatArray | IntArray,
) -> tuple[IntArray, IntArray]:
    """All intersecting pairs of stretches, as positions among the first and among the others.

    Of two that intersect, either the other begins within the one, or the one within the other.
    """
    left, right = _beginning_within(begin, end, other_begin, "left")
    right_too, left_too = _beginning_within(other_begin, other_end, begin, "right")
    return np.concatenate([left, left_too]), np.concatenate([right, right_too])


def _beginning_within(
    begin: FloatArray | IntArray,
    end: FloatArray | IntArray,
    places: FloatArray | IntArray,
    side: Literal["left", "right"],
) -> tuple[IntArray, IntArray]:
    order = np.argsort(places)
    nearest = np.searchsorted(places[order], begin, side=side)
    times = np.searchsorted(places[order], end, side="left") - nearest
    times = np.maximum(times, 0)
    return repeated(times), order[counted(nearest, times)]


def repeated(times: IntArray) -> IntArray:
    """Each position as often as it says: [2, 0, 1] gives [0, 0, 2]."""
    positions: IntArray = np.repeat(np.arange(len(times)), times)
    return positions


def counted(first: IntArray, times: IntArray) -> IntArray:
    """Runs of whole numbers: first [5, 9] and times [2, 1] give [5, 6, 9]."""
    step = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    numbers: IntArray = np.repeat(first, times) + step
    return numbers


def cheapest_pairs(
    left: IntArray, right: IntArray, cost: FloatArray, *, unpaired: float
) -> tuple[IntArray, IntArray, FloatArray]:
    """One-to-one pairs of least cost, where to leave a left one alone costs ``unpaired``.

    ``left``, ``right`` and ``cost`` (not negative) name the possible pairs; of them those chosen
    come back. Exact.
    """
    open_ = np.flatnonzero(cost < unpaired)
    settled: list[IntArray] = []
    while len(open_):
        # A pair that saves more than the best rivals of both together is in every best choice.
        saved = unpaired - cost[open_]
        rivals = best_other(left[open_], saved) + best_other(right[open_], saved)
        sure = open_[saved > rivals]
        if not len(sure):
            settled.append(open_[_assigned(left[open_], right[open_], cost[open_], unpaired)])
            break
        settled.append(sure)
        open_ = open_[~(np.isin(left[open_], left[sure]) | np.isin(right[open_], right[sure]))]
    taken = np.concatenate([np.empty(0, dtype=np.int64), *settled])
    return left[taken], right[taken], cost[taken]


def best_other(names: IntArray, saved: FloatArray) -> FloatArray:
    """For each entry the most that another entry of the same name saves, 0 where there is none."""
    order = np.lexsort([-saved, names])
    named, sorted_saved = names[order], saved[order]
    if not len(names):
        return np.empty(0)
    first = np.append(True, named[1:] != named[:-1])
    best = sorted_saved[np.flatnonzero(first)][np.cumsum(first) - 1]
    has_second = np.append(~first[1:], False)
    second = np.where(has_second, np.append(sorted_saved[1:], 0.0), 0.0)
    others = np.empty(len(names))
    others[order] = np.where(first, second, best)
    return others


def _assigned(left: IntArray, right: IntArray, cost: FloatArray, unpaired: float) -> IntArray:
    """Which of the pairs are chosen, by the sparse assignment of scipy."""
    # Slow to load, and only passages that crowd need it.
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    row, n_rows = _numbered(left)
    column, n_columns = _numbered(right)
    # Each row may also take a column of its own, which stands for staying alone. One is added to
    # every cost, because scipy takes a zero for no edge.
    values = np.concatenate([cost, np.full(n_rows, unpaired)]) + 1
    rows = np.concatenate([row, np.arange(n_rows)])
    columns = np.concatenate([column, n_columns + np.arange(n_rows)])
    graph = csr_array((values, (rows, columns)), shape=(n_rows, n_columns + n_rows))
    chosen = np.empty(n_rows, dtype=np.int64)
    order, partners = min_weight_full_bipartite_matching(graph)
    chosen[order] = partners
    return np.flatnonzero(chosen[row] == column)


def _numbered(names: IntArray) -> tuple[IntArray, int]:
    """Names as numbers from 0, in order, and how many there are."""
    occurs = np.zeros(names.max() + 1, dtype=bool)
    occurs[names] = True
    number = np.cumsum(occurs) - 1
    return number[names], int(number[-1]) + 1


def _check_options(match: str, threshold: float, codes: str) -> None:
    if match not in ("exact", "iou", "overlap"):
        raise ValueError(f"match={match!r} is none of exact, iou, overlap")
    if not 0 < threshold <= 1:
        raise ValueError(f"threshold={threshold!r} does not lie between 0 and 1")
    if codes not in ("same", "any"):
        raise ValueError(f"codes={codes!r} is none of same, any")


def _equal(continuum: Continuum, a: IntArray, b: IntArray) -> tuple[IntArray, IntArray]:
    """Passages with equal bounds and code; equal ones of one coder pair off in order."""
    both = np.concatenate([a, b])
    begin, end, code = continuum.begin[both], continuum.end[both], continuum.code[both]
    order = np.lexsort([both >= 0, continuum.coder[both], end, begin, code])
    begin, end, code, coder = begin[order], end[order], code[order], continuum.coder[both[order]]
    changed = (begin[1:] != begin[:-1]) | (end[1:] != end[:-1]) | (code[1:] != code[:-1])
    head = np.flatnonzero(np.concatenate([[True], changed])) if len(both) else np.empty(0, dtype=np.int64)
    n_first = np.add.reduceat(coder == 0, head, dtype=np.int64) if len(head) else head
    n_all = np.diff(np.append(head, len(both)))
    times = np.minimum(n_first, n_all - n_first)
    return both[order[counted(head, times)]], both[order[counted(head + n_first, times)]]


def _closest(
    continuum: Continuum, a: IntArray, b: IntArray, match: Match, threshold: float, codes: str
) -> tuple[IntArray, IntArray]:
    lines = continuum.code if codes == "same" else np.zeros_like(continuum.code)
    begin = continuum.begin + lines * (continuum.offsets[-1] + 1)
    end = begin + continuum.stop - continuum.start
    left, right = meetings(begin[a], end[a], begin[b], end[b])
    met_a, met_b = a[left], b[right]
    shared = np.minimum(end[met_a], end[met_b]) - np.maximum(begin[met_a], begin[met_b])
    covered = np.maximum(end[met_a], end[met_b]) - np.minimum(begin[met_a], begin[met_b])
    likeness = shared / covered
    least = {"exact": 1.0, "iou": threshold, "overlap": 0.0}[match]
    possible = likeness >= least
    cost = 1 - likeness + 2.0 * (continuum.code[met_a] != continuum.code[met_b])
    # Dearer than any change among all pairs: one pair more always pays.
    unpaired = 3.0 * (min(len(a), len(b)) + 1)
    left, right, _ = cheapest_pairs(left[possible], right[possible], cost[possible], unpaired=unpaired)
    return a[left], b[right]
