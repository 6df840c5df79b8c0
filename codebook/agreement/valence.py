"""Agreement on valence: given that coders agree on the code, and on code and valence in one."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codebook.agreement.alpha import krippendorff_alpha
from codebook.agreement.gwet import gwet_ac1
from codebook.agreement.results import Agreement

if TYPE_CHECKING:
    import pandas as pd

VALENCES = ("facilitator", "barrier", "mixed", "neutral")


@dataclass(frozen=True)
class ValenceAgreement:
    """Agreement on valence where coders gave the same code to the same passage.

    ``n_matched`` counts such passages, ``n_not_given`` those where fewer than two coders gave a
    valence: they say nothing here, and no valence is never "neutral".
    """

    alpha: Agreement
    ac1: Agreement
    n_matched: int
    n_not_given: int


def valence_agreement(
    valences: pd.DataFrame, *, categories: Sequence[Hashable] = VALENCES
) -> ValenceAgreement:
    """Agreement on the valence of matched passages.

    Parameters
    ----------
    valences : DataFrame, shape (n_matched, n_coders)
        One row a passage that coders gave the same code; None or NaN means *no valence given*, or
        that the coder has no such passage.
    categories : sequence
        All valences that were possible.

    Examples
    --------
    >>> import pandas as pd
    >>> both = pd.DataFrame({"A": ["barrier", "barrier", "neutral"], "B": ["barrier", "mixed", None]})
    >>> answer = valence_agreement(both)
    >>> answer.n_matched, answer.n_not_given, answer.alpha.n
    (3, 1, 2)
    """
    return ValenceAgreement(
        alpha=krippendorff_alpha(valences, categories=categories),
        ac1=gwet_ac1(valences, categories=categories),
        n_matched=len(valences),
        n_not_given=int((valences.notna().sum(axis=1) < 2).sum()),
    )


def joint_labels(codes: pd.DataFrame, valences: pd.DataFrame) -> pd.DataFrame:
    """Code and valence as one label, for `krippendorff_alpha`.

    Parameters
    ----------
    codes, valences : DataFrame, shape (n_units, n_coders)
        The code of each unit, None where not rated; its valence, None where none was given: that is
        a label of its own, another than "neutral".

    Examples
    --------
    >>> import pandas as pd
    >>> labels = joint_labels(pd.DataFrame({"A": ["ECO", None]}), pd.DataFrame({"A": [None, None]}))
    >>> labels["A"].tolist()
    [('ECO', None), None]
    """
    import pandas as pd  # slow to load, and many a command imports this package without a table

    if codes.shape != valences.shape:
        raise ValueError(f"codes have the shape {codes.shape} and valences {valences.shape}")
    rated, given = codes.notna().to_numpy(), valences.notna().to_numpy()
    pairs = zip(
        codes.to_numpy().ravel(), valences.to_numpy().ravel(), rated.ravel(), given.ravel(), strict=True
    )
    labels = [(code, valence if has else None) if was else None for code, valence, was, has in pairs]
    columns = len(codes.columns)
    rows = [labels[start : start + columns] for start in range(0, len(labels), columns)] if columns else []
    table = pd.DataFrame(index=codes.index, columns=codes.columns, dtype=object)
    for number, column in enumerate(codes.columns):
        table[column] = pd.Series([row[number] for row in rows], index=codes.index, dtype=object)
    return table
