"""One figure for many codes: their presence pooled, never the mean of their coefficients alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from codebook.agreement.intervals import DRAWS, LEVEL, SEED, resampled_interval
from codebook.agreement.measures import ratio
from codebook.agreement.patterns import Found, alpha_of_sums
from codebook.agreement.presence import reason_without_pairs
from codebook.agreement.results import NO_SHARED_UNIT, NO_VARIATION, Agreement


@dataclass(frozen=True)
class PooledAgreement:
    """Agreement over many codes.

    ``alpha`` is of all codes' presence stacked, with its interval over documents; ``median``,
    ``lowest`` and ``highest`` are of the alphas of single codes, of which ``n_defined`` exist;
    ``kappa`` is (mean Po - mean Pe) / (1 - mean Pe) over codes and pairs of coders.
    """

    alpha: Agreement
    median: float | None
    lowest: float | None
    highest: float | None
    n_codes: int
    n_defined: int
    kappa: Agreement


def pooled_agreement(
    presence: NDArray[np.int8],
    documents: NDArray[np.int64],
    *,
    draws: int = DRAWS,
    level: float = LEVEL,
    seed: int = SEED,
) -> PooledAgreement:
    r"""Agreement on the presence of many codes together.

    .. math:: \kappa_{pooled} = (\bar P_o - \bar P_e) / (1 - \bar P_e)

    Parameters
    ----------
    presence, documents, draws, level, seed
        As for `presence_agreement`.

    References
    ----------
    .. [1] H. de Vries, M. N. Elliott, D. E. Kanouse, S. S. Teleki, "Using pooled kappa to summarize
       interrater agreement across many items", Field Methods 20, 2008.

    Examples
    --------
    >>> found = np.array([[[1, 1], [0, 0]], [[1, 0], [0, 0]]], dtype=np.int8)
    >>> pooled = pooled_agreement(found, np.array([1, 2]))
    >>> round(pooled.alpha.value, 3), pooled.n_codes, pooled.n_defined
    (0.533, 2, 2)
    """
    found = Found.of(presence, documents)
    single = alpha_of_sums(found.alpha_terms.sum(axis=1))
    defined = single[np.isfinite(single)]
    return PooledAgreement(
        alpha=_alpha(found, presence, draws=draws, level=level, seed=seed),
        median=float(np.median(defined)) if len(defined) else None,
        lowest=float(defined.min()) if len(defined) else None,
        highest=float(defined.max()) if len(defined) else None,
        n_codes=len(presence),
        n_defined=len(defined),
        kappa=_pooled_kappa(found),
    )


def _alpha(found: Found, presence: NDArray[np.int8], *, draws: int, level: float, seed: int) -> Agreement:
    n = int(found.n_units.sum())
    positive, ratings = found.positive.sum(), found.ratings.sum()
    answer = Agreement(
        None,
        n=n,
        prevalence=float(positive / ratings) if ratings else None,
        unit="code in a unit",
        universe="units with two ratings or more, of every code",
        method="Krippendorff's alpha, nominal, codes stacked",
    )
    if not n:
        return replace(answer, reason=reason_without_pairs(presence.reshape(-1, presence.shape[-1])))
    value = float(alpha_of_sums(found.alpha_terms.sum(axis=(0, 1))))
    if np.isnan(value):
        return replace(answer, reason=NO_VARIATION, interval_reason=NO_VARIATION)
    by_document = found.alpha_terms.sum(axis=0)
    by_document = by_document[by_document[:, 2] > 0]
    interval = resampled_interval(
        by_document,
        alpha_of_sums,
        n_units=n,
        documents=np.arange(len(by_document)),
        draws=draws,
        level=level,
        seed=seed,
    )
    # Fewer than ten are still documents: codes of one unit are never independent.
    method = interval.method.replace("units; assumes independent segments", "documents")
    return replace(
        answer,
        value=value,
        low=interval.low,
        high=interval.high,
        interval=method,
        interval_reason=interval.reason,
    )


def _pooled_kappa(found: Found) -> Agreement:
    shares = list(found.pair_shares())
    observed = np.array([part for part, _ in shares]).ravel()
    expected = np.array([part for _, part in shares]).ravel()
    answer = Agreement(
        None,
        n=int(found.n_units.sum()),
        unit="code in a unit",
        universe="units that both coders of a pair rated, of every code",
        method="pooled kappa",
    )
    known = np.isfinite(observed)
    if not known.any():
        return replace(answer, reason=NO_SHARED_UNIT)
    po, pe = observed[known].mean(), expected[known].mean()
    value = float(ratio(po - pe, 1 - pe))
    if np.isnan(value):
        return replace(answer, reason=NO_VARIATION)
    return replace(answer, value=value, observed=float(po), expected=float(pe))
