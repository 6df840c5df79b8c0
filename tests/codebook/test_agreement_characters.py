"""Agreement per character equals that of a table with a row for each character."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given

from codebook.agreement import cohen_kappa, krippendorff_alpha, percent_agreement
from codebook.agreement.characters import (
    character_alpha,
    character_jaccard,
    character_kappa,
    character_percent_agreement,
)
from codebook.agreement.spans import lay_out
from tests.codebook.passages_of import a_text, compared, fewer, texts, values

ALL = (character_percent_agreement, character_kappa, character_alpha, character_jaccard)


def table(given, code):
    rows = []
    for document, readers in compared(given).items():
        marks = {coder: values(given, document, coder, code and {code}) for coder in readers}
        for at in range(given.lengths[document]):
            rows.append(
                [int(marks[coder][at] is not None) if coder in marks else None for coder in given.coders]
            )
    return pd.DataFrame(rows, columns=list(given.coders), dtype=object)


@pytest.mark.parametrize(
    ("by_stretches", "by_rows"),
    [
        (character_percent_agreement, percent_agreement),
        (character_kappa, cohen_kappa),
        (character_alpha, krippendorff_alpha),
    ],
)
@pytest.mark.parametrize("code", ["x", None])
def test_counting_stretches_is_counting_characters(by_stretches, by_rows, code):
    @fewer
    @given(texts())
    def check(given):
        rows = table(given, code)
        assume(len(rows))
        answer, expected = by_stretches(given.laid_out(), code=code), by_rows(rows)
        assert answer.value == (None if expected.value is None else pytest.approx(expected.value, abs=1e-9))
        assert (answer.reason is None) == (expected.reason is None)
        assert answer.n == expected.n

    check()


@fewer
@given(texts(coders=(2, 2)))
def test_jaccard_is_what_both_marked_of_what_either_marked(given):
    rows = table(given, "y")
    assume(len(rows))
    both, either = (rows == 1).all(axis=1).sum(), (rows == 1).any(axis=1).sum()
    answer = character_jaccard(given.laid_out(), code="y")
    assert answer.value == (pytest.approx(both / either) if either else None)
    assert bool(answer.reason) == (either == 0)


def test_unmarked_text_raises_all_but_jaccard():
    short, long = (
        a_text({"A": [(0, 150, "n")], "B": [(100, 200, "n")]}, length) for length in (300, 100_000)
    )
    percents, kappas, alphas, jaccards = ([measure(text).value for text in (short, long)] for measure in ALL)
    assert np.round(percents, 4).tolist() == [0.5, 0.9985]
    assert np.round(kappas, 2).tolist() == [0.0, 0.4]
    assert alphas[0] < alphas[1]
    assert jaccards == [0.25, 0.25]
    warning = "counts unmarked text as agreement: the more of it, the higher"
    assert [warning in measure(short).remarks for measure in ALL] == [True, True, True, False]


def test_answers_that_are_no_number():
    nothing = a_text({"A": [], "B": []})
    assert [measure(nothing).value for measure in ALL] == [1.0, None, None, None]
    assert all("nobody marked anything" in str(measure(nothing).reason) for measure in ALL[1:])
    assert any("no variation" in remark for remark in character_percent_agreement(nothing).remarks)
    everything = a_text({"A": [(0, 40, "x")], "B": [(0, 40, "x")]})
    assert [measure(everything).reason for measure in ALL] == [None, "no variation", "no variation", None]
    for measure in ALL:
        assert measure(a_text({"A": [(0, 5, "x")]})).reason == "fewer than two coders"
        apart = lay_out([], {"s": 5, "t": 5}, "AB", finished={("A", "s"), ("B", "t")})
        assert measure(apart).reason == "no document was finished by two coders"


def test_less_than_chance_says_so():
    opposite = a_text({"A": [(0, 20, "x")], "B": [(20, 40, "x")]})
    for measure in (character_kappa, character_alpha):
        assert measure(opposite).remarks[0] == "below chance: systematic difference"
