"""Intervals of measures of passages leave out whole documents."""

import numpy as np
import pytest
from scipy import stats

from codebook.agreement.matching import span_f1
from codebook.agreement.span_intervals import document_interval
from codebook.agreement.spans import lay_out, u_alpha
from tests.codebook.passages_of import a_text

LENGTHS = dict.fromkeys(range(12), 60)


def twelve_texts():
    random = np.random.default_rng(4)
    spans = []
    for document in LENGTHS:
        begin = int(random.integers(0, 20))
        spans += [
            (document, "A", "x", begin, begin + 20),
            (document, "B", "x", begin + document % 7, begin + 25),
        ]
    return lay_out(spans, LENGTHS, "AB")


def test_the_interval_is_the_jackknife_by_hand():
    continuum = twelve_texts()
    answer = document_interval(u_alpha, continuum)
    without = np.array([u_alpha(continuum.within(set(LENGTHS) - {document})).value for document in LENGTHS])
    error = np.sqrt(11 / 12 * ((without - without.mean()) ** 2).sum())
    reach = stats.t.ppf(0.975, 11) * error
    assert (answer.value, answer.interval) == (u_alpha(continuum).value, "jackknife of 12 documents")
    assert answer.low == pytest.approx(answer.value - reach)
    assert answer.high == pytest.approx(min(1, answer.value + reach))


def test_options_are_set_and_the_interval_ends_where_the_measure_does():
    answer = document_interval(lambda text: span_f1(text, match="exact"), twelve_texts(), lowest=0.0)
    assert answer.value < 0.3
    assert 0.0 <= answer.low <= answer.value <= answer.high


def test_no_interval_and_why():
    assert document_interval(u_alpha, a_text({"A": [], "B": []})).interval_reason == "nobody marked anything"
    one = document_interval(u_alpha, a_text({"A": [(0, 5, "x")], "B": [(1, 5, "x")]}))
    assert (one.low, one.interval_reason) == (None, "a single document has no interval")
    spans = [(0, "A", "x", 0, 5), (0, "B", "x", 0, 5)]
    rare = document_interval(u_alpha, lay_out(spans, {0: 9, 1: 9, 2: 9}, "AB"))
    assert rare.low is None
    assert rare.interval_reason.startswith("undefined in 33%")
