"""Standard errors and intervals by formula, for independent units.

Gwet's linearised variances, Fleiss, Cohen and Everitt's for Cohen's kappa. They hold for units drawn
independently; passages of one document are not, and `bootstrap_interval` resamples documents instead.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from codebook.agreement.coefficients import Coefficient, counted
from codebook.agreement.fleiss import fleiss_kappa_gwet, label_shares
from codebook.agreement.gwet import brennan_prediger, gwet_ac1, gwet_ac2
from codebook.agreement.kappas import cohen_kappa, cohen_kappa_weighted
from codebook.agreement.measures import rated
from codebook.agreement.results import Agreement
from codebook.agreement.shares import percent_agreement
from codebook.agreement.tally import FloatArray, Tally
from codebook.agreement.weights import agreement_weights

if TYPE_CHECKING:
    import pandas as pd

GWET = "Gwet's linearised variance, Student's t; assumes independent units"
FLEISS_COHEN_EVERITT = "Fleiss, Cohen and Everitt's large-sample variance, normal; assumes independent units"


def analytic_interval(
    coefficient: Coefficient,
    ratings: pd.DataFrame,
    *,
    categories: Sequence[Hashable] | None = None,
    weights: str | None = None,
    level: float = 0.95,
) -> Agreement:
    r"""A coefficient with its standard error and the interval that follows from it.

    With x(u) what unit u says of the coefficient, corrected for its part in the chance term,

    .. math:: s^2 = \frac{1}{n (n - 1)} \sum_u (x_u - \hat\kappa)^2

    Parameters
    ----------
    coefficient : function
        ``percent_agreement``, ``brennan_prediger``, ``fleiss_kappa_gwet``, ``gwet_ac1``,
        ``gwet_ac2``; of two coders ``cohen_kappa`` and ``cohen_kappa_weighted``.
    ratings : DataFrame, shape (n_units, n_coders)
        None or NaN means *not rated*.
    categories, weights
        As the coefficient takes them.
    level : float
        Coverage aimed at.

    Returns
    -------
    Agreement
        With ``standard_error``, ``low`` and ``high`` (not above 1); or ``interval_reason``.

    Raises
    ------
    ValueError
        If there is no formula here for the function.

    References
    ----------
    .. [1] K. L. Gwet, "Handbook of Inter-Rater Reliability", 4th edition, 2014, chapter 5.
    .. [2] J. L. Fleiss, J. Cohen, B. S. Everitt, "Large sample standard errors of kappa and weighted
       kappa", Psychological Bulletin 72, 1969, equations 8 and 14.

    Examples
    --------
    >>> import pandas as pd
    >>> table = {("a", "a"): 20, ("a", "b"): 10, ("b", "a"): 20, ("b", "b"): 50}
    >>> pairs = [pair for pair, times in table.items() for _ in range(times)]
    >>> answer = analytic_interval(cohen_kappa, pd.DataFrame(pairs))
    >>> round(answer.value, 3), round(answer.standard_error, 3)
    (0.348, 0.095)
    """
    if coefficient not in _LINEARISED and coefficient not in _COHEN:
        known = ", ".join(function.__name__ for function in (*_LINEARISED, *_COHEN))
        raise ValueError(f"there is no standard error by formula for {coefficient!r}; available: {known}")
    if coefficient in (gwet_ac2, cohen_kappa_weighted):
        weights = weights or "linear"
    options: dict[str, Any] = {} if weights is None else {"weights": weights}
    answer = coefficient(ratings, categories=categories, **options)
    if answer.value is None:
        return replace(answer, interval_reason=answer.reason)
    tally = counted(coefficient, ratings, categories=categories)
    if coefficient in _COHEN:
        if tally.n_coders > 2:
            return replace(answer, interval_reason="there is a formula for two coders only")
        return _with_interval(answer, _cohen_error(tally, weights, answer.value), None, level)
    of_units = _LINEARISED[coefficient](tally, answer.value, **options)
    n = int(rated(tally).sum())
    if n < 2:
        return replace(answer, interval_reason="a single unit has no interval")
    error = np.sqrt(((of_units - answer.value) ** 2).sum() / (n * (n - 1)))
    return _with_interval(answer, float(error), n - 1, level)


def _with_interval(answer: Agreement, error: float, freedom: int | None, level: float) -> Agreement:
    from scipy.special import ndtri, stdtrit  # slow to load, and few ask for an interval by formula

    assert answer.value is not None
    beyond = (1 + level) / 2
    reach = error * float(ndtri(beyond) if freedom is None else stdtrit(freedom, beyond))
    return replace(
        answer,
        standard_error=error,
        low=answer.value - reach,
        high=min(answer.value + reach, 1.0),
        interval=FLEISS_COHEN_EVERITT if freedom is None else GWET,
    )


def _units(tally: Tally, expected: float, weights: str | None = None) -> FloatArray:
    """What each rated unit says of (Pa - Pe) / (1 - Pe) while Pe stays as it is."""
    part = rated(tally)
    pairs = np.maximum(tally.pairs, 1)
    if weights is None:
        observed = tally.agreeing_pairs / pairs
    else:
        observed = tally.over_pairs(agreement_weights(tally.labels, weights)) / pairs
    scale = part.sum() / tally.pairable.sum()
    of_units: FloatArray = scale * (observed - expected) * tally.pairable / (1 - expected)
    return of_units[part]


def _percent(tally: Tally, value: float) -> FloatArray:
    return _units(tally, 0.0)


def _brennan_prediger(tally: Tally, value: float) -> FloatArray:
    return _units(tally, 1 / len(tally.labels))


def _fleiss(tally: Tally, value: float) -> FloatArray:
    shares = label_shares(tally)[rated(tally)]
    pooled = shares.mean(axis=0)
    return _corrected(tally, value, (pooled**2).sum(), shares @ pooled)


def _gwet(tally: Tally, value: float, weights: str | None = None) -> FloatArray:
    q = len(tally.labels)
    total = q if weights is None else agreement_weights(tally.labels, weights).sum()
    shares = label_shares(tally)[rated(tally)]
    pooled = shares.mean(axis=0)
    by_chance = shares @ (1 - pooled) * total / (q * (q - 1))
    expected = (pooled * (1 - pooled)).sum() * total / (q * (q - 1))
    return _corrected(tally, value, expected, by_chance, weights)


def _corrected(
    tally: Tally, value: float, expected: float, by_chance: FloatArray, weights: str | None = None
) -> FloatArray:
    return _units(tally, expected, weights) - 2 * (1 - value) * (by_chance - expected) / (1 - expected)


def _cohen_error(tally: Tally, weights: str | None, kappa: float) -> float:
    """Weighted form of 1969; without weights it is the plain one."""
    q = len(tally.labels)
    matrix = np.eye(q) if weights is None else agreement_weights(tally.labels, weights)
    first, second = tally.by_coder
    both = (first >= 0) & (second >= 0)
    table = np.bincount(first[both] * q + second[both], minlength=q**2).reshape(q, q)
    n = table.sum()
    shares = table / n
    of_first, of_second = shares.sum(axis=1), shares.sum(axis=0)
    expected = of_first @ matrix @ of_second
    means = (matrix @ of_second)[:, None] + (of_first @ matrix)
    spread = (shares * (matrix - means * (1 - kappa)) ** 2).sum() - (kappa - expected * (1 - kappa)) ** 2
    return float(np.sqrt(max(spread, 0.0) / n) / (1 - expected))


_COHEN = (cohen_kappa, cohen_kappa_weighted)
_LINEARISED: dict[Coefficient, Callable[..., FloatArray]] = {
    percent_agreement: _percent,
    brennan_prediger: _brennan_prediger,
    fleiss_kappa_gwet: _fleiss,
    gwet_ac1: _gwet,
    gwet_ac2: _gwet,
}
