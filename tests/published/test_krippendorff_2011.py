"""K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011."""

import pandas as pd
import pytest

from codebook.agreement import krippendorff_alpha


def four_observers(read):
    rows = ["12332141 2...", "12332241 25.3", ".3332342 251.", "12332441 251."]
    observers = [[None if mark == "." else read(mark) for mark in row.replace(" ", "")] for row in rows]
    return pd.DataFrame(zip(*observers, strict=True), dtype=object)


def test_section_c_four_observers_twelve_units_with_gaps():
    alpha = krippendorff_alpha(four_observers(str))
    assert alpha.value == pytest.approx(0.743, abs=0.0005)
    assert alpha.n == 11


@pytest.mark.parametrize(("level", "printed"), [("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)])
def test_section_e_the_same_at_other_levels(level, printed):
    assert krippendorff_alpha(four_observers(int), level=level).value == pytest.approx(printed, abs=0.0005)


def test_section_a_two_observers_ten_binary_units():
    ratings = pd.DataFrame({"A": [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], "B": [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]})
    assert krippendorff_alpha(ratings).value == pytest.approx(0.095, abs=0.0005)
