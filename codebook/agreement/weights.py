"""How much a pair of different labels still agrees: weights from 1 (the same) to 0 (furthest apart)."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np

from codebook.agreement.tally import FloatArray, as_numbers

WEIGHTS = ("linear", "quadratic", "ordinal")


def agreement_weights(labels: Sequence[Hashable], kind: str) -> FloatArray:
    """Weights for each pair of labels, shape (n_labels, n_labels).

    ``linear`` and ``quadratic`` go by the distance of numbers, or by the distance of places in the
    order given where labels are no numbers; ``ordinal`` by how many labels lie between.

    Raises
    ------
    ValueError
        If the kind is unknown.

    References
    ----------
    .. [1] K. L. Gwet, "Handbook of Inter-Rater Reliability", 4th edition, 2014, chapter 3.

    Examples
    --------
    >>> agreement_weights([1, 2, 3], "linear")[0].tolist()
    [1.0, 0.5, 0.0]
    """
    if kind not in WEIGHTS:
        raise ValueError(f"weights={kind!r} is unknown; there are {', '.join(WEIGHTS)}")
    if len(labels) < 2:
        return np.ones((len(labels), len(labels)))
    if kind == "ordinal":
        between = np.abs(np.subtract.outer(np.arange(len(labels)), np.arange(len(labels)))) + 1
        apart = between * (between - 1) / 2
    else:
        values = as_numbers(labels)
        apart = np.abs(np.subtract.outer(values, values)) ** (1 if kind == "linear" else 2)
    weights: FloatArray = 1 - apart / apart.max()
    return weights
