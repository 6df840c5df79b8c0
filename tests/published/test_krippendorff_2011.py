"""K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011."""

import pandas as pd
import pytest

from codebook.agreement import krippendorff_alpha


def test_section_c_four_observers_twelve_units_with_gaps():
    rows = ["12332141 2...", "12332241 25.3", ".3332342 251.", "12332441 251."]
    observers = [[None if mark == "." else mark for mark in row.replace(" ", "")] for row in rows]
    alpha = krippendorff_alpha(pd.DataFrame(zip(*observers, strict=True), dtype=object))
    assert alpha.value == pytest.approx(0.743, abs=0.0005)
    assert alpha.n == 11


def test_section_a_two_observers_ten_binary_units():
    ratings = pd.DataFrame({"A": [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], "B": [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]})
    assert krippendorff_alpha(ratings).value == pytest.approx(0.095, abs=0.0005)
