"""Three researchers give twelve convergence codes: the constructed example of the method notes."""

import pandas as pd
import pytest

from codebook.agreement import cohen_kappa, fleiss_kappa, krippendorff_alpha, percent_agreement

RATINGS = pd.DataFrame(
    {"r1": list("AAPSDAPPSADP"), "r2": list("APPSDAAPSAPP"), "r3": list("AAPSPAPPSADS")}, dtype=object
)


def test_coefficients_of_all_three():
    assert percent_agreement(RATINGS).value == pytest.approx(26 / 36)
    assert fleiss_kappa(RATINGS).value == pytest.approx(0.6078, abs=0.00005)
    assert krippendorff_alpha(RATINGS).value == pytest.approx(0.6187, abs=0.00005)


@pytest.mark.parametrize(
    ("pair", "printed"), [(("r1", "r2"), 0.6471), (("r1", "r3"), 0.7692), (("r2", "r3"), 0.4059)]
)
def test_kappa_of_each_pair(pair, printed):
    assert cohen_kappa(RATINGS[list(pair)]).value == pytest.approx(printed, abs=0.00005)


def test_kappa_of_three_is_the_mean_of_the_pairs():
    assert cohen_kappa(RATINGS).value == pytest.approx((0.6471 + 0.7692 + 0.4059) / 3, abs=0.0001)
