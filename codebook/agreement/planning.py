"""How many units to code twice, before coding: for a wanted alpha, and what a plan can show."""

from __future__ import annotations

import math
from dataclasses import replace
from statistics import NormalDist

import numpy as np

from codebook.agreement.results import Agreement

DRAWS = 5_000


def minimum_units(
    alpha_min: float, *, share: float = 0.5, coders: int = 2, significance: float = 0.05
) -> int:
    r"""Units that all coders must rate so that alpha can be shown to be at least this high.

    .. math:: N = m z^2 \left[ \frac{(1 + a)(3 - a)}{4 p (1 - p)(1 - a)} - a \right]

    with a the lowest alpha that is acceptable, p the share of units that bear the code, m coders
    and z the one-sided normal quantile.

    Parameters
    ----------
    alpha_min : float
        The lowest acceptable alpha, from 0 to below 1.
    share : float
        The share of units that bear the code, between 0 and 1. The rarer the code, the more units.
    coders : int
        At least two.
    significance : float
        The risk of finding a lower alpha acceptable.

    Returns
    -------
    int
        Units, rounded up.

    Raises
    ------
    ValueError
        If a number is out of its range.

    References
    ----------
    .. [1] D. A. Bloch, H. C. Kraemer, "2 x 2 kappa coefficients: measures of agreement or
       association", Biometrics 45, 1989.
    .. [2] K. Krippendorff, "Content Analysis", 4th edition, 2019, section 12.4.

    Examples
    --------
    >>> minimum_units(0.8, share=0.25), minimum_units(0.667, share=0.25)
    (139, 81)
    """
    _check(alpha_min, share, coders, significance)
    z = NormalDist().inv_cdf(1 - significance)
    a, by_share = alpha_min, 4 * share * (1 - share)
    return math.ceil(coders * z**2 * ((1 + a) * (3 - a) / (by_share * (1 - a)) - a))


def expected_lower_bound(
    units: int,
    *,
    alpha: float,
    share: float = 0.5,
    coders: int = 2,
    significance: float = 0.05,
    draws: int = DRAWS,
    seed: int = 2006,
) -> Agreement:
    r"""The alpha that a study of this size stays above in all but few cases, if coders truly reach alpha.

    Studies are drawn in which every coder, unit by unit, either sees what is there or answers by the
    share of the code alone, so often that alpha is as stated. The bound is the quantile of their alphas:

    .. math:: b = q_{0.05}(\hat\alpha_1, \dots, \hat\alpha_B)

    Parameters
    ----------
    units : int
        Units that all coders rate. Taken as independent: passages of few documents tell less.
    alpha : float
        The alpha that the coders truly reach.
    share, coders, significance
        As for `minimum_units`.
    draws, seed
        How many studies are drawn; the same seed gives the same answer.

    Returns
    -------
    Agreement
        ``value`` is the bound, ``n`` the units. None with a reason if in more than a tenth of the
        studies the code would not occur, or nothing else.

    References
    ----------
    .. [1] A. Donner, M. Eliasziw, "A goodness-of-fit approach to inference procedures for the kappa
       statistic", Statistics in Medicine 11, 1992 (the model with a common correlation).

    Examples
    --------
    >>> round(expected_lower_bound(139, alpha=0.9, share=0.25).value, 2)
    0.83
    """
    _check(alpha, share, coders, significance)
    if units < 1:
        raise ValueError(f"units={units}: a study has at least one")
    chances = _chances_of_counts(alpha, share, coders)
    drawn = np.random.default_rng(seed).multinomial(units, chances, size=draws)
    found = np.arange(coders + 1)
    positive, ratings = drawn @ found, units * coders
    split = drawn @ (found * (coders - found)) / (coders - 1)
    by_chance = positive * (ratings - positive)
    alphas = 1 - (ratings - 1) * split[by_chance > 0] / by_chance[by_chance > 0]
    answer = Agreement(
        None,
        n=units,
        unit="unit",
        universe=f"{draws:,} studies drawn",
        method=f"{significance:.0%} quantile of alpha, {coders} coders, code share {share:g}",
    )
    undefined = 1 - len(alphas) / draws
    if undefined > 0.10:
        return replace(answer, reason=f"no variation in {undefined:.0%} of the studies")
    return replace(answer, value=float(np.quantile(alphas, significance)))


def _chances_of_counts(alpha: float, share: float, coders: int) -> np.ndarray:
    """How likely it is that 0, 1, … all coders find the code in a unit."""
    # Two coders both see what is there with chance alpha: each of them with its root.
    sees = math.sqrt(alpha)
    where, elsewhere = sees + (1 - sees) * share, (1 - sees) * share
    counts = range(coders + 1)
    return np.array(
        [
            math.comb(coders, k)
            * (
                share * where**k * (1 - where) ** (coders - k)
                + (1 - share) * elsewhere**k * (1 - elsewhere) ** (coders - k)
            )
            for k in counts
        ]
    )


def _check(alpha: float, share: float, coders: int, significance: float) -> None:
    if not 0 <= alpha < 1:
        raise ValueError(f"alpha must be from 0 to below 1, not {alpha}")
    if not 0 < share < 1:
        raise ValueError(f"share={share}: it must lie between 0 and 1")
    if coders < 2:
        raise ValueError(f"coders={coders}: agreement takes two")
    if not 0 < significance < 0.5:
        raise ValueError(f"significance={significance}: it must lie between 0 and 0.5")
