"""Y. Mathet, A. Widlöcher, J.-P. Métivier, "The unified and holistic method gamma (γ) for inter-annotator
agreement measure and alignment", 2015. The figures are those of its program, pygamma-agreement 0.5.9."""

import csv
from pathlib import Path

import pytest

from codebook.agreement.gamma import gamma, observed_disorder
from codebook.agreement.spans import Span, lay_out
from tests.published.test_krippendorff_2016 import ALEX, PAUL, SUZAN, a_continuum

FIXTURES = Path(__file__).resolve().parents[3] / "shared" / "data" / "agreement-fixtures" / "gamma-csv"


@pytest.mark.parametrize(
    ("first", "second", "options", "disorder"),
    [
        ([(1, 5, "a"), (6, 10, "b"), (11, 15, "a")], [(2, 6, "a"), (7, 11, "b"), (12, 16, "a")], {}, 0.0625),
        ([(1, 5, "a"), (10, 15, "b"), (20, 25, "c")], [(1, 5, "a"), (10, 15, "b"), (20, 25, "c")], {}, 0.0),
        (
            [(1, 5, "a"), (6, 10, "b"), (11, 15, "c")],
            [(2, 7, "a"), (8, 12, "b"), (11, 15, "a")],
            {"alpha": 3.0, "beta": 2.0},
            1.02777778,
        ),
    ],
)
def test_observed_disorder(first, second, options, disorder):
    continuum = a_continuum(25, first=first, second=second)
    assert observed_disorder(continuum, **options) == pytest.approx(disorder, abs=1e-7)


def test_three_coders_lie_within_the_bounds_of_its_tests():
    continuum = a_continuum(60, Alex=ALEX, Paul=PAUL, Suzan=SUZAN)
    answer = gamma(continuum, alpha=3.0, beta=1.0, precision=0.05)
    assert 0.44 <= answer.value <= 0.47


@pytest.mark.shared
def test_three_coders_of_a_longer_text_lie_within_the_bounds_of_its_tests():
    path = FIXTURES / "3by100.csv"
    if not path.exists():
        pytest.skip("the agreement fixtures are not beside the checkout")
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if row]
    spans = [Span("text", coder, code, int(begin), int(end)) for coder, code, begin, end in rows]
    length = max(span.end_char for span in spans)
    continuum = lay_out(spans, {"text": length}, sorted({span.coder for span in spans}))
    assert 0.79 <= gamma(continuum, alpha=3.0, beta=1.0).value <= 0.81
