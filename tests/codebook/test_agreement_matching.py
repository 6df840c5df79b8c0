"""Passages paired one to one: as many as can be, the nearest first, each only once."""

import numpy as np
import pytest
from hypothesis import given

from codebook.agreement.matching import match_spans, median_boundary_offset, span_f1
from codebook.agreement.spans import lay_out
from tests.codebook.passages_of import a_text, fewer, texts


def likeness(a, b):
    shared = min(a.end_char, b.end_char) - max(a.start_char, b.start_char)
    return shared / (max(a.end_char, b.end_char) - min(a.start_char, b.start_char))


POSSIBLE = {
    "exact": lambda a, b: a[3:] == b[3:],
    "iou": lambda a, b: likeness(a, b) >= 0.5,
    "overlap": lambda a, b: likeness(a, b) > 0,
}


def most_pairs(left, right, possible):
    """By trying them all: (number of pairs, sum of their likeness)."""
    if not left:
        return 0, 0.0
    first, rest = left[0], left[1:]
    best = most_pairs(rest, right, possible)
    for other in right:
        if possible(first, other):
            pairs, alike = most_pairs(rest, [b for b in right if b is not other], possible)
            best = max(best, (pairs + 1, alike + likeness(first, other)))
    return best


def possible_with_code(match):
    return lambda a, b: (a.document, a.code) == (b.document, b.code) and POSSIBLE[match](a, b)


@pytest.mark.parametrize("match", POSSIBLE)
def test_no_pairing_finds_more_pairs_or_nearer_ones(match):
    @fewer
    @given(texts(coders=(2, 2), most_passages=3))
    def check(given):
        finished = {pair[1] for pair in given.finished if {("A", pair[1]), ("B", pair[1])} <= given.finished}
        spans = [span for span in given.spans if span.document in finished]
        left, right = ([span for span in spans if span.coder == coder] for coder in "AB")
        found = match_spans(given.laid_out(), "A", "B", match=match)
        chosen = [(given.spans[a], given.spans[b]) for a, b in found.pairs]
        assert all(possible_with_code(match)(a, b) for a, b in chosen)
        number, alike = most_pairs(left, right, possible_with_code(match))
        assert len(chosen) == number
        assert sum(likeness(a, b) for a, b in chosen) == pytest.approx(alike)
        everyone = [*found.pairs.ravel(), *found.only_first, *found.only_second]
        assert sorted(given.spans[at] for at in everyone) == sorted(spans)
        assert found.f1 == (2 * number / len(spans) if spans else None)

    check()


@fewer
@given(texts())
def test_neither_the_order_of_coders_nor_the_names_of_codes_matter(given):
    turned = given.with_coders_turned_round().renamed({"x": "r", "y": "q", "z": "p"}).laid_out()
    for match in POSSIBLE:
        answer = span_f1(given.laid_out(), match=match)
        assert span_f1(turned, match=match).value == answer.value
        assert (answer.value is None) == bool(answer.reason)


@fewer
@given(texts(coders=(2, 2)))
def test_wider_matching_finds_no_fewer(given):
    continuum = given.laid_out()
    if continuum.n_spans:
        exact, close, any_overlap = (span_f1(continuum, match=match).value for match in POSSIBLE)
        assert exact <= close <= any_overlap


def test_partners_across_codes_come_after_those_of_the_same_code():
    continuum = a_text({"A": [(0, 10, "x"), (20, 30, "y")], "B": [(0, 10, "y"), (2, 10, "x"), (20, 30, "z")]})
    found = match_spans(continuum, "A", "B", match="overlap", codes="any")
    assert sorted(found.pairs.tolist()) == [[0, 3], [1, 4]]
    assert sorted(zip(found.pairs[:, 0].tolist(), found.same_code.tolist(), strict=True)) == [
        (0, True),
        (1, False),
    ]
    assert found.only_second.tolist() == [2]


def test_equal_passages_of_one_coder_pair_off_only_once():
    twice = a_text({"A": [(0, 10, "x"), (0, 10, "x")], "B": [(0, 10, "x")]})
    for match in POSSIBLE:
        assert span_f1(twice, match=match).value == pytest.approx(2 / 3)


def test_the_median_of_boundary_offsets():
    continuum = a_text({"A": [(0, 10, "x"), (20, 30, "x")], "B": [(1, 10, "x"), (18, 35, "x")]})
    found = match_spans(continuum, "A", "B", match="overlap")
    assert sorted(found.differences.tolist()) == [[-2, 5], [1, 0]]
    assert found.median_offset == median_boundary_offset(continuum) == 1.5
    nothing = a_text({"A": [(0, 5, "x")], "B": [(10, 15, "x")]})
    assert median_boundary_offset(nothing) is None
    assert match_spans(nothing, "A", "B").median_offset is None


def test_all_pairs_of_three_coders_count():
    rows = [(0, 10, "x")]
    assert span_f1(a_text({"A": rows, "B": rows, "C": []})).value == pytest.approx(2 * 1 / 4)


def test_one_coder_who_marked_gives_zero_and_is_named():
    answer = span_f1(a_text({"A": [(0, 5, "x")], "B": []}))
    assert (answer.value, answer.remarks) == (0.0, ("only A marked anything",))


def test_same_offsets_in_different_documents_are_no_pair():
    spans = [("s", "A", "x", 0, 5), ("t", "B", "x", 0, 5)]
    for match in POSSIBLE:
        assert span_f1(lay_out(spans, {"s": 5, "t": 5}, "AB"), match=match).value == 0.0


def test_answers_that_are_no_number():
    assert span_f1(a_text({"A": [], "B": []})).reason == "nobody marked anything"
    assert span_f1(a_text({"A": [(0, 5, "x")]})).reason == "fewer than two coders"
    assert match_spans(a_text({"A": [], "B": []}), "A", "B").f1 is None


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"match": "half"}, "'half' is none of"),
        ({"threshold": 0}, "threshold=0"),
        ({"threshold": 1.1}, "1.1"),
    ],
)
def test_options_that_mean_nothing_are_refused(options, message):
    for continuum in (a_text({"A": [], "B": []}), a_text({"A": [(0, 5, "x")], "B": []})):
        with pytest.raises(ValueError, match=message):
            span_f1(continuum, **options)
    with pytest.raises(ValueError, match="codes='all'"):
        match_spans(continuum, "A", "B", codes="all")
    with pytest.raises(ValueError, match="coder 'D'"):
        match_spans(continuum, "A", "D")


def test_a_crowd_of_passages_finds_the_pairing_of_a_full_table():
    from scipy.optimize import linear_sum_assignment

    random = np.random.default_rng(8)
    rows = {
        coder: [(int(b), int(b + random.integers(1, 80)), "x") for b in random.integers(0, 900, size=60)]
        for coder in "AB"
    }
    continuum = a_text(rows, 1000)
    found = match_spans(continuum, "A", "B", match="overlap")
    table = np.zeros((60, 60))
    for i, (a_begin, a_end, _) in enumerate(rows["A"]):
        for j, (b_begin, b_end, _) in enumerate(rows["B"]):
            shared = min(a_end, b_end) - max(a_begin, b_begin)
            if shared > 0:
                table[i, j] = 1000 + shared / (max(a_end, b_end) - min(a_begin, b_begin))
    row, column = linear_sum_assignment(table, maximize=True)
    best = table[row, column]
    assert len(found.pairs) == (best > 0).sum()
    alike = sum(table[a, b - 60] % 1000 for a, b in found.pairs)
    assert alike == pytest.approx(sum(best % 1000))
