"""What the experts say of the size of a coefficient. No word is a verdict on the coders."""

from __future__ import annotations

RELIABLE, TENTATIVE = 0.800, 0.667


def krippendorff_band(low: float | None) -> str | None:
    """Krippendorff's reading of alpha, applied to the lower bound of its interval.

    ``reliable`` from .800, ``tentative`` from .667, else ``unreliable``; None without a bound.

    References
    ----------
    .. [1] K. Krippendorff, Content Analysis, 4th edition, 2019, section 12.5.1.

    Examples
    --------
    >>> krippendorff_band(0.7), krippendorff_band(None)
    ('tentative', None)
    """
    if low is None:
        return None
    return "reliable" if low >= RELIABLE else "tentative" if low >= TENTATIVE else "unreliable"


def landis_koch_word(kappa: float | None) -> str | None:
    """Landis and Koch's word for a kappa. They called their own limits arbitrary.

    References
    ----------
    .. [1] J. R. Landis, G. G. Koch, "The measurement of observer agreement for categorical data",
       Biometrics 33, 1977.

    Examples
    --------
    >>> [landis_koch_word(kappa) for kappa in (-0.1, 0.2, 0.61, None)]
    ['poor', 'slight', 'substantial', None]
    """
    if kappa is None:
        return None
    if kappa < 0:
        return "poor"
    limits = ((0.20, "slight"), (0.40, "fair"), (0.60, "moderate"), (0.80, "substantial"))
    return next((word for limit, word in limits if kappa <= limit), "almost perfect")
