"""K. Krippendorff, Y. Mathet, S. Bouvry, A. Widlöcher, "On the reliability of unitizing textual continua:
further developments", 2016; the same figure is 12.11 of Krippendorff, Content Analysis, 4th edition, 2019."""

import pytest

from codebook.agreement.spans import bar_u_alpha, cu_alpha, ku_alpha, lay_out, u_alpha

ALEX = [(2, 9, "1"), (11, 17, "2"), (24, 30, "5"), (32, 36, "6"), (36, 44, "6"), (44, 60, "7")]
PAUL = [(2, 9, "1"), (11, 17, "3"), (19, 25, "5"), (32, 44, "6")]
SUZAN = [(2, 9, "1"), (11, 17, "4"), (21, 27, "5"), (32, 36, "6"), (36, 40, "6"), (40, 44, "6")]


def a_continuum(length, **coders):
    spans = [("text", coder, code, begin, end) for coder, rows in coders.items() for begin, end, code in rows]
    return lay_out(spans, {"text": length}, list(coders))


def test_figure_of_three_coders():
    continuum = a_continuum(60, Alex=ALEX, Paul=PAUL, Suzan=SUZAN)
    assert u_alpha(continuum).value == pytest.approx(0.510, abs=0.0006)
    assert bar_u_alpha(continuum).value == pytest.approx(0.413, abs=0.0006)


def test_coverage_is_what_two_coders_marked_of_the_text():
    # Counted by hand in the figure: 83 of 3 x 60 characters.
    continuum = a_continuum(60, Alex=ALEX, Paul=PAUL, Suzan=SUZAN)
    assert cu_alpha(continuum).coverage == pytest.approx(83 / 180)


def test_another_program_by_the_equations_of_the_article():
    """Figures of lindanna/unitized_alpha for its own example, equations 1 to 13."""
    continuum = a_continuum(
        20,
        Alex=[(2, 5, "1"), (9, 11, "1"), (12, 20, "2")],
        Paul=[(2, 5, "1"), (7, 15, "2")],
        Susan=[(2, 5, "1"), (10, 15, "2")],
    )
    assert bar_u_alpha(continuum).value == pytest.approx(0.433, abs=0.0006)
    assert cu_alpha(continuum).value == pytest.approx(0.779, abs=0.0006)
    values = {code: answer.value for code, answer in ku_alpha(continuum).items()}
    assert values == {"1": pytest.approx(0.769, abs=0.0006), "2": pytest.approx(0.787, abs=0.0006)}


def test_two_coders_as_two_other_programs_have_it():
    """u-alpha by lindanna/unitized_alpha and krippendorff-unitized-alpha, cu-alpha by the first."""
    continuum = a_continuum(
        100,
        A=[(0, 10, "x"), (20, 35, "y"), (50, 60, "x")],
        B=[(2, 10, "x"), (22, 30, "y"), (33, 38, "x"), (70, 80, "y")],
    )
    assert u_alpha(continuum).value == pytest.approx(0.36876271, abs=1e-8)
    assert cu_alpha(continuum).value == pytest.approx(0.82853224, abs=1e-8)
