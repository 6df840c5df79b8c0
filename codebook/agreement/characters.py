"""Agreement character by character, as NVivo counts it: for comparison with its figures.

Unmarked text counts as agreement, so all but Jaccard rise with the length of the text; and
characters are no independent observations, so there are no intervals. Prefer the measures of
passages. No character is looked at: text is cut where a passage begins or ends.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np

from codebook.agreement.results import BELOW_CHANCE, NO_VARIATION, NOTHING_MARKED, UNINFORMATIVE, Agreement
from codebook.agreement.spans import CHARACTER, TEXT_OF_TWO, Continuum, joined_units, stretches
from codebook.agreement.tally import FloatArray, IntArray

WITH_EMPTY_TEXT = "counts unmarked text as agreement: the more of it, the higher"


@dataclass(frozen=True, eq=False)
class _Marks:
    """Who marked which stretch: ``values`` (n_coders, n_stretches) is 1, 0, or -1 = not finished."""

    values: IntArray
    length: IntArray

    @cached_property
    def read(self) -> IntArray:
        read: IntArray = (self.values >= 0).sum(axis=0)
        return read

    @cached_property
    def marked(self) -> IntArray:
        marked: IntArray = (self.values == 1).sum(axis=0)
        return marked

    @cached_property
    def pairs(self) -> FloatArray:
        """Shape (n_pairs, 2, 2): characters by what the first and the second coder of a pair did."""
        tables = []
        for first, second in combinations(self.values, 2):
            both = (first >= 0) & (second >= 0)
            cells = 2 * first[both] + second[both]
            tables.append(np.bincount(cells, weights=self.length[both], minlength=4).reshape(2, 2))
        return np.array(tables)


def character_percent_agreement(continuum: Continuum, *, code: Hashable | None = None) -> Agreement:
    """Percent agreement per character: the share of text that two coders both marked or both left.

    Parameters
    ----------
    continuum : Continuum
    code : optional
        The code that is measured; by default marked with any code.

    Returns
    -------
    Agreement
        From 0 to 1, for more coders the mean over characters of the share of agreeing pairs.
    """
    marks, described = _marks(continuum, code)
    if marks is None:
        return Agreement(None, **described)
    agreeing = _choose_two(marks.marked) + _choose_two(marks.read - marks.marked)
    value = float(marks.length @ (agreeing / _choose_two(marks.read)) / marks.length.sum())
    if not described["prevalence"]:
        described["remarks"] += (UNINFORMATIVE,)
    return Agreement(value, **described)


def character_kappa(continuum: Continuum, *, code: Hashable | None = None) -> Agreement:
    """Cohen's kappa per character over all text, as NVivo reports it; the mean of pairs of coders.

    Parameters
    ----------
    continuum : Continuum
    code : optional
        The code that is measured; by default marked with any code.

    Returns
    -------
    Agreement
        At most 1. None with a reason where no pair has a kappa: both marked nothing, or all.

    See Also
    --------
    codebook.agreement.coefficients.cohen_kappa : of units of text.
    """
    marks, described = _marks(continuum, code)
    if marks is None:
        return Agreement(None, **described)
    tables = marks.pairs[marks.pairs.sum(axis=(1, 2)) > 0]
    n = tables.sum(axis=(1, 2))
    by_chance = np.einsum("pk,pk->p", tables.sum(axis=1), tables.sum(axis=2))
    defined = n**2 > by_chance
    if not defined.any():
        return Agreement(None, reason=_no_variation(described), **described)
    agreeing = np.einsum("pkk->p", tables)
    value = float(((n * agreeing - by_chance)[defined] / (n**2 - by_chance)[defined]).mean())
    return _with_value(value, described)


def character_alpha(continuum: Continuum, *, code: Hashable | None = None) -> Agreement:
    """Krippendorff's nominal alpha per character over all text; any number of coders.

    Parameters
    ----------
    continuum : Continuum
    code : optional
        The code that is measured; by default marked with any code.

    Returns
    -------
    Agreement
        At most 1. None with a reason if all text was marked, or none.

    See Also
    --------
    codebook.agreement.spans.u_alpha : the same question put to passages.
    """
    marks, described = _marks(continuum, code)
    if marks is None:
        return Agreement(None, **described)
    disagreeing = float(marks.length @ (marks.marked * (marks.read - marks.marked) / (marks.read - 1)))
    given, n = float(marks.length @ marks.marked), float(marks.length @ marks.read)
    if not 0 < given < n:
        return Agreement(None, reason=_no_variation(described), **described)
    return _with_value(1 - (n - 1) * disagreeing / (given * (n - given)), described)


def character_jaccard(continuum: Continuum, *, code: Hashable | None = None) -> Agreement:
    """Of the text that one of two coders marked, the share that both marked.

    Parameters
    ----------
    continuum : Continuum
    code : optional
        The code that is measured; by default marked with any code.

    Returns
    -------
    Agreement
        From 0 to 1, unmarked text left out; for more coders both sums run over all pairs. None
        with a reason if nobody marked anything.
    """
    marks, described = _marks(continuum, code)
    if marks is None:
        return Agreement(None, **described)
    tables = marks.pairs.sum(axis=0)
    either = tables.sum() - tables[0, 0]
    if not either:
        return Agreement(None, reason=NOTHING_MARKED, **described)
    described |= {"universe": "text that a coder of a pair marked", "remarks": continuum.remarks()}
    return Agreement(float(tables[1, 1] / either), **described)


def _marks(continuum: Continuum, code: Hashable | None) -> tuple[_Marks | None, dict[str, Any]]:
    """The marks, and what every answer says beside its value; None if nothing can be compared."""
    measured = continuum.any_code() if code is None else continuum.only(code)
    described: dict[str, Any] = {
        "unit": CHARACTER,
        "universe": TEXT_OF_TWO,
        "method": "per character (NVivo-compatible)",
        "remarks": (*measured.remarks(), WITH_EMPTY_TEXT),
    }
    reason = measured.reason_without_pairs
    if reason and reason != NOTHING_MARKED:
        return None, described | {"reason": reason}
    # Under one code: a stretch bears 1 if the coder marked it.
    units = joined_units(replace(measured, codes=(code,)))
    text = stretches(measured, units)
    marks = _Marks(text.values, text.length)
    described["n"] = int(measured.lengths.sum())
    described["prevalence"] = float(marks.length @ marks.marked / (marks.length @ marks.read))
    return marks, described


def _with_value(value: float, described: dict[str, Any]) -> Agreement:
    below = (BELOW_CHANCE,) if value < 0 else ()
    return Agreement(value, **described | {"remarks": (*below, *described["remarks"])})


def _no_variation(described: dict[str, Any]) -> str:
    return NO_VARIATION if described["prevalence"] else NOTHING_MARKED


def _choose_two(times: IntArray) -> FloatArray:
    pairs: FloatArray = times * (times - 1) / 2
    return pairs
