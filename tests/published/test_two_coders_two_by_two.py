"""Two coders, found or not found: tables (a, b, c, d) whose coefficients tell different stories.

a = both found, b and c = one of them, d = neither. The last two show the paradox of A. R. Feinstein,
D. V. Cicchetti, "High agreement but low kappa", Journal of Clinical Epidemiology 43, 1990.
"""

import numpy as np
import pandas as pd
import pytest

from codebook.agreement import (
    cohen_kappa,
    gwet_ac1,
    percent_agreement,
    positive_agreement,
    presence_agreement,
)

TABLES = {
    "textbook": ((20, 5, 10, 15), {"percent": 0.700, "kappa": 0.400, "ac1": 0.406}),
    "rare code": (
        (2, 3, 5, 190),
        {"percent": 0.960, "kappa": 0.313, "ac1": 0.958, "positive_agreement": 0.333},
    ),
    "found nearly everywhere": ((118, 5, 2, 0), {"percent": 0.944, "kappa": -0.023, "ac1": 0.941}),
}


def ratings_of(a, b, c, d):
    return pd.DataFrame([(1, 1)] * a + [(1, 0)] * b + [(0, 1)] * c + [(0, 0)] * d, columns=["A", "B"])


@pytest.mark.parametrize(("table", "printed"), TABLES.values(), ids=TABLES)
def test_each_coefficient_gives_the_printed_figure(table, printed):
    ratings = ratings_of(*table)
    computed = {
        "percent": percent_agreement(ratings).value,
        "kappa": cohen_kappa(ratings).value,
        "ac1": gwet_ac1(ratings, categories=[0, 1]).value,
        "positive_agreement": positive_agreement(ratings).value,
    }
    assert {name: computed[name] for name in printed} == pytest.approx(printed, abs=0.0005)


@pytest.mark.parametrize(("table", "printed"), TABLES.values(), ids=TABLES)
def test_all_codes_at_once_give_the_same(table, printed):
    presence = ratings_of(*table).to_numpy(dtype=np.int8)[None]
    (answer,) = presence_agreement(presence, np.zeros(sum(table), dtype=int))
    assert {name: getattr(answer, name) for name in printed} == pytest.approx(printed, abs=0.0005)
