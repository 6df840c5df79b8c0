"""How sure a measure of passages is: an interval from leaving out each document in turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from codebook.agreement.intervals import LEVEL, jackknife
from codebook.agreement.results import Agreement
from codebook.agreement.spans import Continuum


def document_interval(
    measure: Callable[[Continuum], Agreement],
    continuum: Continuum,
    *,
    level: float = LEVEL,
    lowest: float = -np.inf,
) -> Agreement:
    """A measure of passages with its jackknife interval over documents.

    Passages and characters of one document are not independent, so whole documents are left out.

    Parameters
    ----------
    measure : callable
        `u_alpha`, `span_f1`, `gamma`, … or a function of a Continuum that sets their options. It is
        asked once for each document.
    continuum : Continuum
    level : float
        The share of intervals that are to hold the true value.
    lowest : float
        What the measure cannot fall below (0 for F1 and Jaccard); the interval ends there.

    Returns
    -------
    Agreement
        The measure's answer with ``low``, ``high`` and ``interval``, or ``interval_reason``: for a
        single document, or where more than a tenth of the texts left have no value.

    References
    ----------
    .. [1] J. Hughes, "Toward improved inference for Krippendorff's alpha agreement coefficient", 2022.

    Examples
    --------
    >>> from codebook.agreement.spans import lay_out, u_alpha
    >>> spans = [(text, coder, "x", 0, 10 + n) for n, coder in enumerate("AB") for text in range(12)]
    >>> answer = document_interval(u_alpha, lay_out(spans, dict.fromkeys(range(12), 40), "AB"))
    >>> answer.interval
    'jackknife of 12 documents'
    """
    answer = measure(continuum)
    if answer.value is None:
        return replace(answer, interval_reason=answer.reason)
    n_documents = len(continuum.documents)
    if n_documents < 2:
        return replace(answer, interval_reason="a single document has no interval")
    without_one = [measure(continuum.without(document)).value for document in continuum.documents]
    interval = jackknife(
        np.array([np.nan if value is None else value for value in without_one]),
        lambda values: values,
        np.array(answer.value),
        method=f"jackknife of {n_documents} documents",
        level=level,
    )
    low = None if interval.low is None else max(interval.low, lowest)
    return replace(
        answer, low=low, high=interval.high, interval=interval.method, interval_reason=interval.reason
    )
