"""Krippendorff's alpha for unitizing of 1995 and 2004, which minds where units begin and end.

It works code by code, so that overlapping codes are no obstacle.
"""

from __future__ import annotations

from collections.abc import Hashable
from itertools import combinations

import numpy as np

from codebook.agreement.matching import meetings
from codebook.agreement.results import NO_VARIATION, NOTHING_MARKED, Agreement
from codebook.agreement.spans import Continuum, Units, chance_corrected, joined_units, without_value
from codebook.agreement.tally import FloatArray, IntArray

METHOD = "Krippendorff's alpha for unitizing of 1995, expected disagreement of 2004"


def alpha_u_1995(continuum: Continuum, *, code: Hashable | None = None) -> Agreement:
    r"""Krippendorff's alpha for unitizing, as published in 1995 and mended in 2004.

    .. math:: \alpha_U = 1 - D_o / D_e, \quad
        D_o = \frac{2}{m (m - 1) L^2} \sum_{i < j} \sum_{g, h} \delta^2_{gh}

    over the intersecting stretches g, h of each pair of coders: two units differ by the squared
    distance of their beginnings plus that of their ends, a unit inside a gap by its squared
    length, all else by 0.

    .. math:: D_e = \frac{2}{L} \sum_{u} \frac{\frac{N - 1}3 (2 l^3 - 3 l^2 + l)
        + l^2 \sum_{g \ge l} (g - l + 1)}{m L (m L - 1) - \sum_u l (l - 1)}

    over the N units u (length l) and the gaps g of all coders: what the same units would differ
    by, put anywhere. Over several codes, the sums of both stand for the code's.

    Parameters
    ----------
    continuum : Continuum
        Units may stand in any document; gaps end where their document ends.
    code : optional
        The code that is measured; by default all of its codes.

    Returns
    -------
    Agreement
        At most 1, and no lower bound: one long unit against many short ones lies far below -1.
        ``observed`` and ``expected`` are D_o and D_e, over several codes their means. None with a
        reason if nobody marked anything, or if all is marked one character long.

    See Also
    --------
    codebook.agreement.spans.u_alpha : how much text is marked alike, however it is cut.

    References
    ----------
    .. [1] K. Krippendorff, "On the reliability of unitizing continuous data", Sociological
       Methodology 25, 1995.
    .. [2] K. Krippendorff, "Measuring the reliability of qualitative text analysis data", Quality
       & Quantity 38, 2004.

    Examples
    --------
    >>> from codebook.agreement.spans import lay_out
    >>> spans = [("t", "A", "x", 0, 10), ("t", "B", "x", 0, 8)]
    >>> round(alpha_u_1995(lay_out(spans, {"t": 40}, ["A", "B"])).value, 3)
    0.963
    """
    measured = continuum if code is None else continuum.only(code)
    if measured.reason_without_pairs:
        return without_value(measured, METHOD, measured.reason_without_pairs)
    observed, expected = _disagreements(measured)
    return _answer(measured, observed, expected)


def alpha_u_by_code(continuum: Continuum) -> dict[Hashable, Agreement]:
    """`alpha_u_1995` of each code, measured in one go."""
    if continuum.reason_without_pairs:
        answer = without_value(continuum, METHOD, continuum.reason_without_pairs)
        return dict.fromkeys(continuum.codes, answer)
    observed, expected = _disagreements(continuum)
    return {
        code: _answer(continuum.only(code), observed[k : k + 1], expected[k : k + 1])
        for k, code in enumerate(continuum.codes)
    }


def _answer(continuum: Continuum, observed: FloatArray, expected: FloatArray) -> Agreement:
    if not expected.sum():
        return without_value(continuum, METHOD, NO_VARIATION if continuum.n_spans else NOTHING_MARKED)
    answer = without_value(continuum, METHOD)
    return chance_corrected(answer, float(observed.mean()), float(expected.mean()))


def _disagreements(continuum: Continuum) -> tuple[FloatArray, FloatArray]:
    """Observed and expected disagreement, shape (n_codes,) each."""
    units = joined_units(continuum)
    length = float(continuum.offsets[-1])
    observed = 2 * _observed(continuum, units) / (continuum.text_read * length)
    return observed, 2 / length * _expected(continuum, units)


def _observed(continuum: Continuum, units: Units) -> FloatArray:
    """Sum of squared differences over pairs of coders, each document's by its readers less one."""
    n_codes = len(continuum.codes)
    # Each code on a line of its own, one behind the other: all codes are compared in one sweep.
    shift = units.code * (continuum.offsets[-1] + 1)
    begin, end = units.begin + shift, units.end + shift
    weight = 1 / (continuum.readers[units.document] - 1)
    total = np.zeros(n_codes)

    def add(units_met: IntArray, squares: FloatArray) -> None:
        nonlocal total
        total += np.bincount(units.code[units_met], weights=weight[units_met] * squares, minlength=n_codes)

    for first, second in combinations(range(len(continuum.coders)), 2):
        both = (continuum.finished[first] & continuum.finished[second])[units.document]
        a, b = np.flatnonzero(both & (units.coder == first)), np.flatnonzero(both & (units.coder == second))
        left, right = meetings(begin[a], end[a], begin[b], end[b])
        met_a, met_b = a[left], b[right]
        add(met_a, (begin[met_a] - begin[met_b]) ** 2.0 + (end[met_a] - end[met_b]) ** 2.0)
        alone = np.concatenate([np.delete(a, left), np.delete(b, right)])
        add(alone, units.length[alone] ** 2.0)
    return total


def _expected(continuum: Continuum, units: Units) -> FloatArray:
    n_codes, length = len(continuum.codes), units.length.astype(float)
    n_units = np.bincount(units.code, minlength=n_codes)
    among_units = (n_units[units.code] - 1) * (2 * length**3 - 3 * length**2 + length) / 3
    differences = among_units + length**2 * _places_in_gaps(continuum, units)
    same = np.bincount(units.code, weights=length * (length - 1), minlength=n_codes)
    places = continuum.text_read * (continuum.text_read - 1) - same
    return np.bincount(units.code, weights=differences, minlength=n_codes) / places


def _places_in_gaps(continuum: Continuum, units: Units) -> FloatArray:
    """Shape (n_units,): in how many places the gaps of all coders could hold the unit."""
    # A document without units of a code is one gap. That is counted as if it were so everywhere,
    # and mended where there are units: few beside coders x documents x codes.
    first, gaps, code_of_gaps = _gaps_between(continuum, units)
    whole = continuum.lengths[np.nonzero(continuum.finished)[1]]
    return (
        _places(units.length, np.zeros_like(units.code), whole, np.zeros_like(whole))
        - _places(units.length, units.code, continuum.lengths[units.document[first]], units.code[first])
        + _places(units.length, units.code, gaps, code_of_gaps)
    )


def _gaps_between(continuum: Continuum, units: Units) -> tuple[IntArray, IntArray, IntArray]:
    """The first unit of each coder and code in each document; the gaps' lengths; their codes."""
    changed = np.ones(len(units.begin) + 1, dtype=bool)
    for each in (units.coder, units.code, units.document):
        changed[1:-1] &= each[1:] == each[:-1]
    changed[1:-1] = ~changed[1:-1]
    first, last = np.flatnonzero(changed[:-1]), np.flatnonzero(changed[1:])
    before = units.begin.copy()
    before[1:] -= units.end[:-1]
    before[first] = units.begin[first] - continuum.offsets[units.document[first]]
    after = continuum.offsets[units.document[last] + 1] - units.end[last]
    return first, np.concatenate([before, after]), np.concatenate([units.code, units.code[last]])


def _places(length: IntArray, code: IntArray, gaps: IntArray, code_of_gaps: IntArray) -> FloatArray:
    """In how many places gaps of the same code hold each length: g - l + 1 where g >= l."""
    width = int(max(gaps.max(initial=0), length.max(initial=0))) + 1
    keys = np.sort(gaps + code_of_gaps * width)
    smallest = np.searchsorted(keys, length + code * width)
    beyond = np.searchsorted(keys, (code + 1) * width)
    total = np.concatenate([[0], np.cumsum(keys)])
    held = beyond - smallest
    places: FloatArray = (total[beyond] - total[smallest] - held * (code * width + length - 1)).astype(float)
    return places
