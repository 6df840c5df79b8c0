"""Sample sizes for two coders: D. A. Bloch, H. C. Kraemer, Biometrics 45, 1989."""

import pytest

from codebook.agreement import expected_lower_bound, minimum_units


@pytest.mark.parametrize(
    ("alpha", "share", "units"), [(0.8, 0.25, 139), (0.667, 0.25, 81), (0.8, 0.05, 560), (0.667, 0.05, 329)]
)
def test_units_for_a_wanted_alpha(alpha, share, units):
    assert minimum_units(alpha, share=share) == pytest.approx(units, abs=1)


def test_more_coders_need_more_units_in_proportion():
    assert minimum_units(0.8, share=0.25, coders=3) == pytest.approx(1.5 * 139, abs=2)


def test_the_bound_rises_with_units_and_with_common_codes():
    few, many = (expected_lower_bound(units, alpha=0.9, share=0.25).value for units in (40, 400))
    rare = expected_lower_bound(400, alpha=0.9, share=0.03).value
    assert few < many < 0.9
    assert rare < many
    assert expected_lower_bound(5, alpha=0.9, share=0.01).reason.startswith("no variation in")


@pytest.mark.parametrize("coders", [2, 3, 5])
def test_studies_drawn_have_the_alpha_that_was_said(coders):
    bound = expected_lower_bound(20_000, alpha=0.7, share=0.3, coders=coders, significance=0.4999)
    assert bound.value == pytest.approx(0.7, abs=0.005)


@pytest.mark.parametrize(
    "wrong", [{"alpha_min": 1.0}, {"share": 0}, {"coders": 1}, {"significance": 0.7}, {"alpha_min": -0.1}]
)
def test_numbers_out_of_range_are_refused(wrong):
    given = {"alpha_min": 0.8, "share": 0.25} | wrong
    with pytest.raises(ValueError, match=r"must|takes"):
        minimum_units(given.pop("alpha_min"), **given)
