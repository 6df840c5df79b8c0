"""Log-likelihood as in P. Rayson, R. Garside, "Comparing Corpora using Frequency Profiling", 2000.

The calculation of section 3: expected values E1 = c (a + b) / (c + d), E2 = d (a + b) / (c + d), and
G2 = 2 (a ln(a / E1) + b ln(b / E2)), for a and b occurrences among c and d words. The critical values are
those of the chi-squared distribution with one degree of freedom that later descriptions of the method print:
3.84 (5 %), 6.63 (1 %), 10.83 (0.1 %), 15.13 (0.01 %).
"""

from __future__ import annotations

import pytest
from scipy.stats import chi2, power_divergence

from corpus.words import keyness


@pytest.mark.parametrize(
    ("a", "b", "c", "d"), [(12, 3, 1000, 1000), (40, 100, 5_000, 20_000), (7, 0, 900, 800)]
)
def test_log_likelihood_is_a_goodness_of_fit_over_the_two_frequencies(a: int, b: int, c: int, d: int) -> None:
    here, there = {"word": a, "other": c - a}, {"word": b, "other": d - b}
    found = next(word for word in keyness([here], [there]) if word.lemma == "word")
    expected = [c * (a + b) / (c + d), d * (a + b) / (c + d)]
    assert abs(found.log_likelihood) == pytest.approx(
        power_divergence([a, b], expected, lambda_="log-likelihood").statistic
    )


@pytest.mark.parametrize(("level", "critical"), [(0.05, 3.84), (0.01, 6.63), (0.001, 10.83), (0.0001, 15.13)])
def test_critical_values_are_those_of_one_degree_of_freedom(level: float, critical: float) -> None:
    assert chi2.isf(level, 1) == pytest.approx(critical, abs=0.01)
