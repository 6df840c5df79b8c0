"""Tables with agreement, chance, AC1 and AC2 from irrCAC 1.4 for R, as the tests of DKPro hold them.

The first table is that of J. Cohen 1960, page 45; the second holds five ordered labels. The package's AC2
there takes quadratic weights.
"""

import pandas as pd
import pytest

from codebook.agreement import gwet_ac1, gwet_ac2

TABLES = {
    "Cohen 1960": (
        [[88, 14, 18], [10, 40, 10], [2, 6, 12]],
        {"ac1": (0.7, 0.2925, 0.57597), "ac2": (0.85, 0.585, 0.63855)},
    ),
    "five ordered labels": (
        [[15, 4, 1, 0, 0], [3, 12, 4, 1, 0], [1, 3, 14, 3, 1], [0, 1, 3, 10, 2], [0, 0, 1, 2, 8]],
        {"ac1": (0.662921, 0.197497, 0.57997), "ac2": (0.966292, 0.740614, 0.87005)},
    ),
}


def ratings_of(table):
    return pd.DataFrame(
        [(a, b) for a, row in enumerate(table, 1) for b, n in enumerate(row, 1) for _ in range(n)]
    )


@pytest.mark.parametrize(("table", "printed"), TABLES.values(), ids=TABLES)
def test_ac1_and_ac2_with_their_parts(table, printed):
    ratings = ratings_of(table)
    for answer, expected in (
        (gwet_ac1(ratings), printed["ac1"]),
        (gwet_ac2(ratings, weights="quadratic"), printed["ac2"]),
    ):
        assert (answer.observed, answer.expected, answer.value) == pytest.approx(expected, abs=6e-6)
