"""The worked example of Fleiss' kappa that textbooks repeat: 14 raters, 10 subjects, 5 categories."""

import pandas as pd
import pytest

from codebook.agreement import fleiss_kappa, percent_agreement

COUNTS = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
]


def test_fourteen_raters_ten_subjects():
    ratings = pd.DataFrame(
        [[category for category, count in enumerate(row) for _ in range(count)] for row in COUNTS]
    )
    assert percent_agreement(ratings).value == pytest.approx(0.378, abs=0.0005)
    assert fleiss_kappa(ratings).value == pytest.approx(0.210, abs=0.0005)
