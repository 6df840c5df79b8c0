"""Gamma: passages aligned at least cost, against the same for texts sampled by chance.

It takes passages as coders made them - overlapping, with several codes - and can grade how far
two codes differ.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np

from codebook.agreement.matching import PASSAGE, best_other, cheapest_pairs, counted, meetings, repeated
from codebook.agreement.results import BELOW_CHANCE, NO_VARIATION, Agreement
from codebook.agreement.spans import Continuum, chance_corrected, without_value
from codebook.agreement.tally import FloatArray, IntArray

Distance = Callable[[Hashable, Hashable], float]

FEWEST_SAMPLES, MOST_SAMPLES = 30, 1000
ALIGNED = "passages in documents that two coders finished"


@dataclass(frozen=True, eq=False)
class _Line:
    """One coder's passages on one line."""

    begin: IntArray
    end: IntArray
    code: IntArray

    @property
    def length(self) -> IntArray:
        length: IntArray = self.end - self.begin
        return length


_Lines = tuple[_Line, ...]


@dataclass(frozen=True, eq=False)
class _Dissimilarity:
    """``alpha`` times the positional plus the distance of codes, both in units of an empty one.

    ``between_codes`` has shape (n_codes, n_codes) and bears ``beta``.
    """

    alpha: float
    between_codes: FloatArray

    def near(self, a: _Line, b: _Line, limit: float) -> tuple[IntArray, IntArray, FloatArray]:
        """All pairs that differ by less than a limit, with their dissimilarity."""
        # Bounds that are close by the square root below have middles close by half of it, which
        # is to say that the passages, stretched by it about their middles, intersect.
        stretch = np.sqrt(limit / self.alpha) - 1
        out_a, out_b = stretch * a.length / 2, stretch * b.length / 2
        left, right = meetings(a.begin - out_a, a.end + out_a, b.begin - out_b, b.end + out_b)
        apart = np.abs(a.begin[left] - b.begin[right]) + np.abs(a.end[left] - b.end[right])
        positional = (apart / (a.length[left] + b.length[right])) ** 2
        cost = self.alpha * positional + self.between_codes[a.code[left], b.code[right]]
        close = cost < limit
        return left[close], right[close], cost[close]


def gamma(
    continuum: Continuum,
    *,
    alpha: float = 1.0,
    beta: float = 1.0,
    delta_empty: float = 1.0,
    distance: Distance | None = None,
    precision: float = 0.02,
    seed: int = 0,
) -> Agreement:
    r"""Gamma of Mathet, Widlöcher and Métivier: agreement on where passages are and what they are.

    .. math:: \gamma = 1 - \delta_o / \delta_e, \quad
        d(u, v) = \Delta_\emptyset \left[ \alpha \left( \frac{|b_u - b_v| + |e_u - e_v|}
        {l_u + l_v} \right)^2 + \beta \, d_{cat}(u, v) \right]

    An alignment puts every passage into one tuple with at most one of each other coder. A tuple
    costs the mean of d over its pairs, Δ∅ where one or both are empty; the disorder is the cost of
    the cheapest alignment by the mean number of passages of a coder. It is found exactly: as an
    assignment for two coders, by integer programming for more. Expected disorder is that of
    sampled texts: the passages of coders drawn at random, shifted round by random lengths.

    Parameters
    ----------
    continuum : Continuum
        Codes may overlap. Documents are aligned each for itself.
    alpha, beta : float
        Weights of place and of code.
    delta_empty : float
        The cost of a passage without partner; it scales both disorders and leaves gamma alone.
    distance : callable, optional
        How far two codes differ, from 0 to 1; by default 0 for the same and 1 for others. See
        `codebook.agreement.tree.tree_distance`.
    precision : float
        Texts are sampled, 30 to 1,000 of them, until expected disorder is sure to this share of it
        (with 95 %).
    seed : int
        The same seed gives the same value.

    Returns
    -------
    Agreement
        At most 1, with ``observed`` and ``expected`` disorder; ``method`` says how many texts were
        sampled and how precise that is. None with a reason if nobody marked anything, or if
        sampled texts show no disorder.

    Raises
    ------
    ValueError
        If a weight or the precision is not above 0 (beta may be 0), or a distance is negative or
        no number.

    See Also
    --------
    pairwise_gamma : quicker for three coders and more, and another number.

    References
    ----------
    .. [1] Y. Mathet, A. Widlöcher, J.-P. Métivier, "The unified and holistic method gamma (γ) for
       inter-annotator agreement measure and alignment", Computational Linguistics 41, 2015.

    Examples
    --------
    >>> from codebook.agreement.spans import lay_out
    >>> spans = [("t", "A", "x", 1, 5), ("t", "B", "x", 2, 6), ("t", "B", "x", 20, 24)]
    >>> round(gamma(lay_out(spans, {"t": 40}, ["A", "B"])).observed, 4)
    0.7083
    """
    _check_weights(precision=precision)
    observed = observed_disorder(
        continuum, alpha=alpha, beta=beta, delta_empty=delta_empty, distance=distance
    )
    method = f"gamma (Mathet et al. 2015), alpha {alpha:g}, beta {beta:g}"
    if observed is None:
        reason = continuum.reason_without_pairs
        return without_value(continuum, method, reason, unit=PASSAGE, universe=ALIGNED)
    dissimilarity = _Dissimilarity(alpha, _between_codes(continuum, beta, distance))
    sampled = delta_empty * _sampled_disorders(continuum, dissimilarity, precision, seed)
    method = f"{method}; {_precision_in_words(sampled, seed)}"
    answer = without_value(continuum, method, unit=PASSAGE, universe=ALIGNED)
    if not sampled.any():
        return replace(answer, reason=NO_VARIATION, observed=observed, expected=0.0)
    return chance_corrected(answer, observed, float(sampled.mean()))


def observed_disorder(
    continuum: Continuum,
    *,
    alpha: float = 1.0,
    beta: float = 1.0,
    delta_empty: float = 1.0,
    distance: Distance | None = None,
) -> float | None:
    """The disorder of the cheapest alignment, with the options of `gamma`; None if nothing is marked."""
    _check_weights(alpha=alpha, delta_empty=delta_empty)
    dissimilarity = _Dissimilarity(alpha, _between_codes(continuum, beta, distance))
    if continuum.reason_without_pairs:
        return None
    return delta_empty * _disorder(list(_documents_apart(continuum, alpha)), dissimilarity)


def pairwise_gamma(continuum: Continuum, **options: Any) -> Agreement:
    """The mean of `gamma` over the pairs of coders: not gamma, where there are more than two.

    Pairs are assignment problems, quick for any number of passages.

    Parameters
    ----------
    continuum : Continuum
    **options
        Those of `gamma`.

    Returns
    -------
    Agreement
        A remark says of how many pairs the mean is made, where some have no gamma.
    """
    pairs = list(combinations(continuum.coders, 2))
    answers = [gamma(continuum.among(*pair), **options) for pair in pairs]
    values = [answer.value for answer in answers if answer.value is not None]
    if not values:
        return gamma(continuum.among(*continuum.coders[:2]), **options)
    method = f"pairwise gamma, mean of {len(values)} pairs; of the first: {answers[0].method}"
    answer = without_value(continuum, method, unit=PASSAGE, universe=ALIGNED)
    value, remarks = float(np.mean(values)), answer.remarks
    if value < 0:
        remarks = (BELOW_CHANCE, *remarks)
    if len(values) < len(pairs):
        remarks += (f"mean of {len(values)} of {len(pairs)} pairs of coders; the others have no gamma",)
    return replace(answer, value=value, remarks=remarks)


def _check_weights(**weights: float) -> None:
    for name, weight in weights.items():
        if not (np.isfinite(weight) and weight > 0):
            raise ValueError(f"{name}={weight!r} is not above 0")


def _between_codes(continuum: Continuum, beta: float, distance: Distance | None) -> FloatArray:
    if not (np.isfinite(beta) and beta >= 0):
        raise ValueError(f"beta={beta!r} is below 0, or no number")
    if distance is None:
        return beta * (1 - np.eye(len(continuum.codes)))
    rows = [[float(distance(a, b)) for b in continuum.codes] for a in continuum.codes]
    table = np.array(rows).reshape(len(continuum.codes), len(continuum.codes))
    odd = np.argwhere(~(np.isfinite(table) & (table >= 0)))
    if len(odd):
        a, b = (continuum.codes[position] for position in odd[0])
        raise ValueError(f"the distance of {a!r} and {b!r} is below 0, or no number")
    return beta * table


# -- texts: what was marked, and what might have been -------------------------------------------


def _panels(continuum: Continuum) -> Iterator[tuple[Continuum, IntArray]]:
    """Documents by the coders who finished them, and the numbers of those."""
    sets, panel = np.unique(continuum.finished.T, axis=0, return_inverse=True)
    for number, coders in enumerate(sets):
        own = {continuum.documents[document] for document in np.flatnonzero(panel.ravel() == number)}
        part = continuum if len(sets) == 1 else continuum.within(own)
        yield part, np.flatnonzero(coders)


def _documents_apart(continuum: Continuum, alpha: float) -> Iterator[_Lines]:
    """Each panel's passages, documents so far from one another that none aligns across."""
    for part, coders in _panels(continuum):
        reach = np.sqrt(_dearest(len(coders)) / alpha) * (part.stop - part.start).max(initial=0)
        shift = part.document * (int(np.ceil(reach)) + 1)
        yield tuple(
            _Line((part.begin + shift)[own], (part.end + shift)[own], part.code[own])
            for own in (part.coder == coder for coder in coders)
        )


def _sampled_disorders(
    continuum: Continuum, dissimilarity: _Dissimilarity, precision: float, seed: int
) -> FloatArray:
    random = np.random.default_rng(seed)
    sources = [
        (tuple(_Line(part.begin[own], part.end[own], part.code[own]) for own in owns), int(part.offsets[-1]))
        for part, coders in _panels(continuum)
        for owns in [[part.coder == coder for coder in coders]]
    ]
    disorders: list[float] = []
    wanted = FEWEST_SAMPLES
    while len(disorders) < wanted:
        lines = [_sampled(source, length, random) for source, length in sources]
        if any(len(line.begin) for panel in lines for line in panel):
            disorders.append(_disorder(lines, dissimilarity))
        if len(disorders) == FEWEST_SAMPLES and wanted == FEWEST_SAMPLES:
            mean = float(np.mean(disorders))
            spread = float(np.std(disorders, ddof=1)) / mean if mean else 0.0
            wanted = int(np.clip(np.ceil((1.96 * spread / precision) ** 2), FEWEST_SAMPLES, MOST_SAMPLES))
    return np.array(disorders)


def _sampled(source: _Lines, length: int, random: np.random.Generator) -> _Lines:
    """The line of a coder drawn at random for each coder, shifted round by a random length.

    Shifts keep apart by the mean length of a passage, lest a line is set against itself.
    """
    passages = np.concatenate([line.length for line in source])
    apart = float(passages.mean()) if len(passages) else 0.0
    shifts: list[int] = []
    for _ in source:
        # A text too short for shifts that far apart takes the last one tried.
        for _ in range(50):
            shift = int(random.integers(length))
            if all(min(abs(shift - other), length - abs(shift - other)) >= apart for other in shifts):
                break
        shifts.append(shift)
    return tuple(_shifted(source[int(random.integers(len(source)))], shift, length) for shift in shifts)


def _shifted(line: _Line, shift: int, length: int) -> _Line:
    begin = (line.begin + shift) % length
    return _Line(begin, begin + line.length, line.code)


def _precision_in_words(sampled: FloatArray, seed: int) -> str:
    mean = float(sampled.mean())
    error = 1.96 * float(sampled.std(ddof=1)) / np.sqrt(len(sampled)) / mean if mean else 0.0
    return f"expected disorder from {len(sampled)} sampled texts (seed {seed}), sure to {error:.1%}"


# -- the cheapest alignment --------------------------------------------------------------------


def _disorder(panels: list[_Lines], dissimilarity: _Dissimilarity) -> float:
    cost = sum(_cost_of_alignment(lines, dissimilarity) for lines in panels)
    passages = sum(sum(len(line.begin) for line in lines) / len(lines) for lines in panels)
    return float(cost / passages)


def _cost_of_alignment(lines: _Lines, dissimilarity: _Dissimilarity) -> float:
    n_passages = sum(len(line.begin) for line in lines)
    if len(lines) == 2:
        left, right, cost = dissimilarity.near(*lines, _dearest(2))
        # A pair takes the place of two that cost 1 each.
        chosen_left, _, chosen = cheapest_pairs(left, right, cost, unpaired=2.0)
        return float(n_passages - 2 * len(chosen_left) + chosen.sum())
    tuples, cost = _worthwhile_tuples(lines, dissimilarity)
    saved = (tuples >= 0).sum(axis=1) - cost
    return n_passages - _most_saved(tuples, saved, [len(line.begin) for line in lines])


def _dearest(n_coders: int) -> float:
    """What no pair of passages within a worthwhile tuple reaches; see `_worthwhile`."""
    return n_coders * (n_coders - 1) / 2 + n_coders - 1


def _worthwhile_tuples(lines: _Lines, dissimilarity: _Dissimilarity) -> tuple[IntArray, FloatArray]:
    """Tuples of two passages and more that an alignment may need, -1 = empty, and their cost."""
    n = len(lines)
    near = {
        (i, j): _Near.of(*dissimilarity.near(lines[i], lines[j], _dearest(n)), len(lines[j].begin))
        for i, j in combinations(range(n), 2)
    }
    found, costs = [], []
    for size_one in range(n):
        start = np.full((len(lines[size_one].begin), n), -1, dtype=np.int64)
        start[:, size_one] = np.arange(len(start))
        growing = [(start, np.zeros((len(start), n)), size_one)]
        while growing:
            tuples, sums, last = growing.pop()
            for new in range(last + 1, n):
                longer, longer_sums = _extended(tuples, sums, last, new, near, _dearest(n))
                if len(longer):
                    growing.append((longer, longer_sums, new))
                    kept = _worthwhile(longer, longer_sums)
                    found.append(longer[kept])
                    costs.append(_cost_of_tuples(longer[kept], longer_sums[kept]))
    if not found:
        return np.empty((0, n), dtype=np.int64), np.empty(0)
    return np.concatenate(found), np.concatenate(costs)


@dataclass(frozen=True, eq=False)
class _Near:
    """Pairs of two coders' passages that differ little, in order, to be looked up."""

    key: IntArray
    right: IntArray
    cost: FloatArray
    width: int

    @classmethod
    def of(cls, left: IntArray, right: IntArray, cost: FloatArray, n_right: int) -> _Near:
        key = left * n_right + right
        order = np.argsort(key)
        return cls(key[order], right[order], cost[order], n_right)

    def partners(self, left: IntArray) -> tuple[IntArray, IntArray, FloatArray]:
        """For each left passage its partners: which left, which right, at what cost."""
        first = np.searchsorted(self.key, left * self.width)
        times = np.searchsorted(self.key, (left + 1) * self.width) - first
        places = counted(first, times)
        return repeated(times), self.right[places], self.cost[places]

    def costs(self, left: IntArray, right: IntArray) -> FloatArray:
        """Infinite where a pair differs too much."""
        wanted = left * self.width + right
        place = np.minimum(np.searchsorted(self.key, wanted), max(len(self.key) - 1, 0))
        if not len(self.key):
            return np.full(len(left), np.inf)
        return np.where(self.key[place] == wanted, self.cost[place], np.inf)


def _extended(
    tuples: IntArray,
    sums: FloatArray,
    last: int,
    new: int,
    near: Mapping[tuple[int, int], _Near],
    limit: float,
) -> tuple[IntArray, FloatArray]:
    """Tuples with a passage of another coder added; each member's dissimilarities summed."""
    which, passage, cost = near[last, new].partners(tuples[:, last])
    longer, longer_sums = tuples[which], sums[which]
    longer[:, new] = passage
    longer_sums[:, last] += cost
    longer_sums[:, new] = cost
    for other in range(last):
        there = longer[:, other] >= 0
        more = near[other, new].costs(longer[there, other], passage[there])
        longer_sums[there, other] += more
        longer_sums[there, new] += more
    kept = (longer_sums < limit).all(axis=1)
    return longer[kept], longer_sums[kept]


def _worthwhile(tuples: IntArray, sums: FloatArray) -> Any:
    """Tuples from which no member had better be left alone.

    With C pairs of coders, a tuple of k costs (sum of d + C - k (k - 1) / 2) / C, and a passage
    alone 1. To leave u alone saves unless the sum of d over its pairs is below C + k - 1.
    """
    n = tuples.shape[1]
    members = (tuples >= 0).sum(axis=1)
    return (sums < (n * (n - 1) / 2 + members - 1)[:, None]).all(axis=1)


def _cost_of_tuples(tuples: IntArray, sums: FloatArray) -> FloatArray:
    n = tuples.shape[1]
    pairs, members = n * (n - 1) / 2, (tuples >= 0).sum(axis=1)
    cost: FloatArray = (sums.sum(axis=1) / 2 + pairs - members * (members - 1) / 2) / pairs
    return cost


def _most_saved(tuples: IntArray, saved: FloatArray, sizes: list[int]) -> float:
    """What the dearest choice of tuples saves in which no passage occurs twice."""
    first_number = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    numbers = np.where(tuples >= 0, tuples + first_number, -1)
    total = 0.0
    while True:
        numbers, saved = numbers[saved > 0], saved[saved > 0]
        which, coder = np.nonzero(numbers >= 0)
        passage = numbers[which, coder]
        # A tuple that saves more than the best rivals of all its members is in every best choice.
        rivals = np.bincount(which, weights=best_other(passage, saved[which]), minlength=len(saved))
        sure = saved > rivals
        if not sure.any():
            return total + _packed(which, passage, saved)
        total += float(saved[sure].sum())
        gone = np.isin(passage, passage[sure[which]])
        saved = np.where(np.bincount(which, weights=gone, minlength=len(saved)) > 0, 0.0, saved)


def _packed(which: IntArray, passage: IntArray, saved: FloatArray) -> float:
    """The same, by integer programming."""
    if not len(saved):
        return 0.0
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csc_array

    _, row = np.unique(passage, return_inverse=True)
    once = csc_array((np.ones(len(row)), (row, which)))
    solution = milp(
        -saved,
        constraints=LinearConstraint(once, ub=1),
        integrality=np.ones(len(saved), dtype=np.int64),
        bounds=Bounds(0, 1),
    )
    if not solution.success:
        raise RuntimeError(f"no cheapest alignment was found: {solution.message}")
    return float(-solution.fun)
