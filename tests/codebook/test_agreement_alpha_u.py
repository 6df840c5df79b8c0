"""alpha for unitizing of 1995 against its definition, and its answers that are no number."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import assume, given

from codebook.agreement.alpha_u import alpha_u_1995, alpha_u_by_code
from codebook.agreement.spans import lay_out
from tests.codebook.passages_of import CODES, a_text, compared, fewer, texts, units


def sections(own, length):
    """Units and gaps of one coder, in order: (begin, end, is a unit)."""
    line, at = [], 0
    for begin, end, _ in own:
        line += [(at, begin, False)] if begin > at else []
        line.append((begin, end, True))
        at = end
    return line + ([(at, length, False)] if length > at else [])


def difference(a, b):
    (a_begin, a_end, a_unit), (b_begin, b_end, b_unit) = a, b
    if min(a_end, b_end) <= max(a_begin, b_begin):
        return 0
    if a_unit and b_unit:
        return (a_begin - b_begin) ** 2 + (a_end - b_end) ** 2
    if a_unit and b_begin <= a_begin and a_end <= b_end:
        return (a_end - a_begin) ** 2
    if b_unit and a_begin <= b_begin and b_end <= a_end:
        return (b_end - b_begin) ** 2
    return 0


def slow_disagreements(given, code):
    observed, read, all_units, gaps = Fraction(0), 0, [], []
    for document, readers in compared(given).items():
        length = given.lengths[document]
        lines = [sections(units(given, document, coder, {code}), length) for coder in readers]
        read += length * len(readers)
        for a, b in combinations(lines, 2):
            found = sum(difference(one, other) for one in a for other in b)
            observed += Fraction(2 * found, len(readers) - 1)
        for line in lines:
            all_units += [end - begin for begin, end, unit in line if unit]
            gaps += [end - begin for begin, end, unit in line if not unit]
    total = sum(given.lengths[document] for document in compared(given))
    if not all_units:
        return Fraction(0), Fraction(0)
    expected = Fraction(0)
    for length in all_units:
        expected += Fraction(len(all_units) - 1, 3) * (2 * length**3 - 3 * length**2 + length)
        expected += length**2 * sum(gap - length + 1 for gap in gaps if gap >= length)
    expected /= read * (read - 1) - sum(length * (length - 1) for length in all_units)
    return observed / (read * total), expected * 2 / total


@fewer
@given(texts())
def test_fast_is_slow(given):
    assume(given.laid_out().n_spans)
    slow = {code: slow_disagreements(given, code) for code in CODES}
    for code, answer in alpha_u_by_code(given.laid_out()).items():
        observed, expected = slow[code]
        if not expected:
            assert answer.value is None and answer.reason
            continue
        assert answer.observed == pytest.approx(float(observed), abs=1e-12)
        assert answer.expected == pytest.approx(float(expected), abs=1e-12)
        assert answer.value == pytest.approx(float(1 - observed / expected), abs=1e-9)
        assert alpha_u_1995(given.laid_out(), code=code).value == pytest.approx(answer.value)
    by_chance = sum(expected for _, expected in slow.values())
    assume(by_chance)
    over_all = 1 - sum(observed for observed, _ in slow.values()) / by_chance
    assert alpha_u_1995(given.laid_out()).value == pytest.approx(float(over_all), abs=1e-9)


@fewer
@given(texts())
def test_neither_the_order_of_coders_nor_the_names_of_codes_matter(given):
    answer = alpha_u_1995(given.laid_out())
    other = alpha_u_1995(given.with_coders_turned_round().renamed({"x": "r", "y": "q", "z": "p"}).laid_out())
    assert other.value == (None if answer.value is None else pytest.approx(answer.value, abs=1e-9))


def test_copies_agree_fully():
    rows = [(0, 5, "x"), (3, 9, "y"), (20, 30, "x")]
    assert alpha_u_1995(a_text({"A": rows, "B": rows, "C": rows})).value == 1.0


def test_one_long_unit_against_ten_short_ones_lies_far_below_minus_one():
    short = [(at, at + 10, "x") for at in range(0, 100, 10)]
    answer = alpha_u_1995(a_text({"A": [(0, 100, "x")], "B": short}, 300))
    assert answer.value < -1
    assert "below chance: systematic difference" in answer.remarks


def test_a_passage_does_not_reach_into_the_next_document():
    spans = [("s", "A", "x", 5, 9), ("t", "B", "x", 0, 4)]
    apart = alpha_u_1995(lay_out(spans, {"s": 9, "t": 9}, "AB"))
    assert apart.observed == pytest.approx(2 * (16 + 16) / (2 * 18**2))


def test_answers_that_are_no_number():
    assert alpha_u_1995(a_text({"A": [], "B": []})).reason == "nobody marked anything"
    assert alpha_u_1995(a_text({"A": [(0, 1, "x")], "B": []}), code="y").reason == "nobody marked anything"
    assert alpha_u_1995(a_text({"A": [(0, 1, "x")]})).reason == "fewer than two coders"
    assert alpha_u_1995(a_text({"A": [(0, 1, "x")], "B": [(0, 1, "x")]}, 1)).reason == "no variation"
