"""K. Krippendorff, "On the reliability of unitizing continuous data", 1995, and "Measuring the reliability
of qualitative text analysis data", 2004."""

import pytest

from codebook.agreement.alpha_u import alpha_u_1995, alpha_u_by_code
from codebook.agreement.characters import character_alpha, character_kappa
from codebook.agreement.spans import lay_out

I_2004 = [(75, 145, "c"), (220, 250, "c"), (30, 90, "k"), (150, 200, "k")]
J_2004 = [(70, 150, "c"), (205, 225, "c"), (250, 270, "c"), (30, 90, "k"), (150, 200, "k")]
I_1995 = [(0, 2), (2, 10), (10, 14), (14, 20), (20, 24)]
J_1995 = [(0, 4), (4, 8), (8, 15), (15, 17), (17, 24)]


def two_coders(length, i, j):
    spans = [("text", coder, code, *bounds) for coder, rows in (("i", i), ("j", j)) for *bounds, code in rows]
    return lay_out(spans, {"text": length}, ["i", "j"])


def pair_d(times):
    i, j = ([(times * begin, times * end, "D") for begin, end in rows] for rows in (I_1995, J_1995))
    return two_coders(24 * times, i, j)


def test_2004_figure_2_code_c():
    answer = alpha_u_1995(two_coders(300, I_2004, J_2004), code="c")
    assert answer.observed == pytest.approx(0.0144, abs=0.00006)
    assert answer.expected == pytest.approx(0.0532, abs=0.00006)
    assert answer.value == pytest.approx(0.7286, abs=0.00006)


def test_2004_figure_2_over_both_codes():
    continuum = two_coders(300, I_2004, J_2004)
    # Printed from rounded disagreements.
    assert alpha_u_1995(continuum).value == pytest.approx(0.8591, abs=0.0005)
    assert alpha_u_by_code(continuum)["k"].value == 1.0


def test_1995_pair_d():
    assert alpha_u_1995(pair_d(1)).observed == pytest.approx(0.38715, abs=0.00001)


def test_1995_pair_d_in_fine_units():
    # The article gives 0.066, before the expected disagreement was mended in 2004.
    assert alpha_u_1995(pair_d(500)).value == pytest.approx(0.066, abs=0.002)


def test_1995_pair_a_per_character():
    bertha, bill = [(2, 10, "A"), (14, 20, "A")], [(4, 8, "A"), (15, 17, "A")]
    continuum = two_coders(24, bertha, bill)
    assert character_kappa(continuum, code="A").value == pytest.approx(0.385, abs=0.0006)
    assert character_alpha(continuum, code="A").value == pytest.approx(0.329, abs=0.0006)


def test_dkpro_one_long_unit_against_three_short_ones():
    """Printed by DKPro Statistics 2, UnitizingAgreementTest."""
    short = [(2, 3, "A"), (4, 5, "A"), (6, 7, "A")]
    assert alpha_u_1995(two_coders(10, [(1, 9, "A")], short)).value == pytest.approx(-0.7003, abs=0.00006)
