"""The u-alpha family against its definition, its properties, and every answer that is no number."""

from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, given

from codebook.agreement.spans import Span, bar_u_alpha, cu_alpha, ku_alpha, lay_out, u_alpha
from tests.codebook.passages_of import CODES, a_text, compared, fewer, texts, units, values

FAMILY = (u_alpha, bar_u_alpha, cu_alpha)


def approximately(value):
    return None if value is None else pytest.approx(float(value), abs=1e-9)


def slow_tables(given):
    """l and s over all text, l* and s* over marked text, as dicts of fractions."""
    shared, own, own_marked = {}, {}, {}
    for document, readers in compared(given).items():
        text = {coder: values(given, document, coder) for coder in readers}
        for a, b in permutations(readers, 2):
            for pair in zip(text[a], text[b], strict=True):
                shared[pair] = shared.get(pair, 0) + Fraction(1, len(readers) - 1)
        for coder in readers:
            own[None] = own.get(None, 0) + text[coder].count(None)
            for begin, end, code in units(given, document, coder):
                own[code] = own.get(code, 0) + (end - begin) ** 2
                for other in set(readers) - {coder}:
                    met = sum(mark is not None for mark in text[other][begin:end])
                    own_marked[code] = own_marked.get(code, 0) + Fraction(met**2, len(readers) - 1)
    return shared, own, own_marked


def slow_alpha(shared, own):
    total = sum(shared.values())
    margins = {}
    for (c, _), length in shared.items():
        margins[c] = margins.get(c, 0) + length
    if sum(length > 0 for length in margins.values()) < 2:
        return None
    scale = total - Fraction(sum(own.values())) / total
    if scale <= 0:
        return None
    chance = sum((length**2 - own.get(c, 0)) / scale for c, length in margins.items())
    alike = sum(length for (c, k), length in shared.items() if c == k)
    return 1 - (total - alike) / (total - chance)


@fewer
@given(texts(overlapping=False))
def test_fast_u_alpha_is_slow_u_alpha(given):
    shared, own, _ = slow_tables(given)
    assume(given.spans)
    assert u_alpha(given.laid_out()).value == approximately(slow_alpha(shared, own))


@fewer
@given(texts(overlapping=False))
def test_fast_cu_alpha_is_slow_cu_alpha_and_covers_what_two_marked(given):
    shared, _, own = slow_tables(given)
    marked = {pair: length for pair, length in shared.items() if None not in pair}
    answer = cu_alpha(given.laid_out())
    assert answer.value == approximately(slow_alpha(marked, own))
    if answer.coverage is not None:
        assert answer.coverage == approximately(sum(marked.values()) / Fraction(sum(shared.values()) or 1))


@fewer
@given(texts(overlapping=False))
def test_fast_ku_alpha_is_slow_ku_alpha(given):
    shared, _, own = slow_tables(given)
    marked = {pair: length for pair, length in shared.items() if None not in pair}
    total = sum(marked.values())
    margins = {k: sum(length for (c, _), length in marked.items() if c == k) for k in CODES}
    for code, answer in ku_alpha(given.laid_out()).items():
        if not margins[code] or margins[code] == total:
            assert answer.value is None and answer.reason
            continue
        scale = total - sum(own.values()) / total
        if scale <= 0:
            assert answer.value is None and answer.reason.startswith("too little text")
            continue
        chance = {
            k: (margins[code] * margins[k] - (own.get(k, 0) if k == code else 0)) / scale for k in CODES
        }
        missed = margins[code] - marked.get((code, code), 0)
        by_chance = sum(chance.values())
        expected = 1 - by_chance / margins[code] * missed / (by_chance - chance[code])
        assert answer.value == approximately(expected)


@fewer
@given(texts())
def test_one_code_is_measured_against_all_else_whatever_overlaps(given):
    just_x = type(given)(
        tuple(span for span in given.spans if span.code == "x"), given.lengths, given.coders, given.finished
    )
    shared, own, _ = slow_tables(just_x)
    answer = u_alpha(given.laid_out().only("x"))
    assert answer.value == approximately(slow_alpha(shared, own))


@fewer
@given(texts())
def test_whether_text_is_marked_can_be_asked_of_overlapping_codes(given):
    continuum = given.laid_out()
    answer, as_one = bar_u_alpha(continuum), u_alpha(continuum.any_code())
    assume(not any(a.end_char == b.start_char for a in given.spans for b in given.spans))
    assert answer.value == approximately(as_one.value)


@fewer
@given(texts(overlapping=False))
def test_neither_the_order_of_coders_nor_the_names_of_codes_matter(given):
    turned = given.with_coders_turned_round().renamed({"x": "r", "y": "q", "z": "p"}).laid_out()
    for measure in FAMILY:
        answer, other = measure(given.laid_out()), measure(turned)
        assert other.value == approximately(answer.value)
        assert (other.reason, other.coverage) == (answer.reason, approximately(answer.coverage))


@fewer
@given(texts(overlapping=False, all_finished=True, documents=(1, 1)))
def test_a_text_may_be_split_between_passages(given):
    length = given.lengths[0]
    inside = {at for span in given.spans for at in range(span.start_char + 1, span.end_char)}
    cuts = [at for at in range(length + 1) if at not in inside]
    assume(length)
    cut = cuts[len(cuts) // 2]
    moved = [
        span._replace(document=1, start_char=span.start_char - cut, end_char=span.end_char - cut)
        if span.start_char >= cut
        else span
        for span in given.spans
    ]
    split = lay_out(moved, {0: cut, 1: length - cut}, given.coders)
    for measure in FAMILY:
        assert measure(split).value == approximately(measure(given.laid_out()).value)


@fewer
@given(texts(overlapping=False, all_finished=True))
def test_copies_agree_fully(given):
    first = [span for span in given.spans if span.coder == "A"]
    copies = [span._replace(coder=coder) for coder in given.coders for span in first]
    continuum = lay_out(copies, given.lengths, given.coders)
    for measure in FAMILY:
        answer = measure(continuum)
        assert answer.value == pytest.approx(1.0) if answer.value is not None else answer.reason


def test_unrelated_coders_agree_as_chance_has_it():
    random = np.random.default_rng(3)
    spans = []
    for coder in "AB":
        bounds = np.sort(random.choice(100_000, size=4000, replace=False)).tolist()
        spans += [
            (0, coder, CODES[random.integers(3)], begin, end)
            for begin, end in zip(bounds[::2], bounds[1::2], strict=True)
        ]
    continuum = lay_out(spans, {0: 100_000}, "AB")
    assert abs(cu_alpha(continuum).value) < 0.1
    assert abs(bar_u_alpha(continuum).value) < 0.1


# -- answers that are no numbers, and remarks ---------------------------------------------------


def test_fewer_than_two_coders():
    answer = u_alpha(a_text({"A": [(0, 5, "x")]}))
    assert (answer.value, answer.reason) == (None, "fewer than two coders")
    assert u_alpha(lay_out([], {"t": 5}, [])).reason == "no data"


def test_no_common_document():
    spans = [("s", "A", "x", 0, 5), ("t", "B", "x", 0, 5)]
    for_each = {("A", "s"), ("B", "t")}
    answer = u_alpha(lay_out(spans, {"s": 9, "t": 9}, "AB", finished=for_each))
    assert (answer.value, answer.reason) == (None, "no document was finished by two coders")


def test_same_offsets_in_different_documents_are_no_agreement():
    spans = [("s", "A", "x", 0, 5), ("t", "B", "x", 0, 5)]
    assert u_alpha(lay_out(spans, {"s": 9, "t": 9}, "AB")).value < 0


def test_passages_in_an_unfinished_document_do_not_count():
    spans = [("s", "A", "x", 0, 5), ("s", "B", "x", 0, 5), ("t", "A", "x", 0, 5)]
    finished = {("A", "s"), ("B", "s"), ("A", "t")}
    answer = u_alpha(lay_out(spans, {"s": 9, "t": 9}, "AB", finished=finished))
    assert (answer.value, answer.n) == (pytest.approx(1.0), 2)


def test_nobody_marked_anything():
    continuum = a_text({"A": [], "B": []})
    for measure in FAMILY:
        answer = measure(continuum)
        assert (answer.value, answer.reason) == (None, "nobody marked anything")
    assert cu_alpha(continuum).coverage == 0.0


def test_a_document_that_nobody_marked_is_agreement_on_unmarked_text():
    spans = [("s", "A", "x", 0, 5), ("s", "B", "x", 2, 7)]
    short = u_alpha(lay_out(spans, {"s": 9}, "AB"))
    longer = u_alpha(lay_out(spans, {"s": 9, "t": 500}, "AB"))
    assert longer.value > short.value
    assert cu_alpha(lay_out(spans, {"s": 9, "t": 500}, "AB")).coverage < 0.01


def test_one_coder_who_marked_is_named():
    continuum = a_text({"A": [(0, 10, "x")], "B": []}, 50)
    answer = cu_alpha(continuum)
    assert (answer.value, answer.coverage) == (None, 0.0)
    assert answer.reason == "no character was marked by two coders"
    assert "only A marked anything" in answer.remarks
    assert u_alpha(continuum).remarks == ("below chance: systematic difference", "only A marked anything")


def test_no_gaps():
    answer = bar_u_alpha(a_text({"A": [(0, 40, "x")], "B": [(0, 10, "x"), (10, 40, "y")]}))
    assert answer.value is None
    assert answer.reason.startswith("no gaps")


def test_one_code_leaves_nothing_to_confuse_and_u_alpha_asks_where_alone():
    continuum = a_text({"A": [(0, 10, "x")], "B": [(5, 15, "x")]})
    answer = cu_alpha(continuum)
    assert answer.value is None
    assert answer.reason.startswith("one value")
    assert answer.coverage == pytest.approx(10 / 80)
    assert u_alpha(continuum).value == pytest.approx(bar_u_alpha(continuum).value)


def test_all_text_with_one_code_is_no_variation():
    assert u_alpha(a_text({"A": [(0, 40, "x")], "B": [(0, 40, "x")]})).reason == "no variation"


def test_a_code_that_never_meets_another_passage_has_no_ku_alpha():
    answers = ku_alpha(
        a_text({"A": [(0, 5, "x"), (10, 15, "y"), (20, 25, "z")], "B": [(0, 5, "x"), (10, 15, "z")]})
    )
    assert answers["x"].value == pytest.approx(1.0)
    lonely = ku_alpha(a_text({"A": [(0, 5, "x"), (20, 25, "z")], "B": [(0, 5, "x"), (6, 9, "y")]}))
    assert (lonely["z"].value, lonely["z"].coverage) == (None, 0.0)


def test_a_single_meeting_of_three_coders_says_nothing_about_chance():
    answer = cu_alpha(a_text({"A": [(0, 5, "x")], "B": [(0, 5, "y")], "C": []}))
    assert answer.value is None
    assert answer.reason.startswith("too little text was marked by two coders")
    assert answer.coverage == pytest.approx(5 / 120)


def test_overlapping_codes_of_one_coder_are_refused_with_a_way_out():
    continuum = a_text({"A": [(0, 10, "x"), (5, 15, "y")], "B": [(0, 10, "x")]})
    for measure in (u_alpha, cu_alpha):
        assert measure(continuum).value is None
        assert measure(continuum).reason.startswith("codes overlap")
    assert ku_alpha(continuum)["x"].reason.startswith("codes overlap")
    assert u_alpha(continuum.only("x")).value == pytest.approx(1.0)
    assert u_alpha(continuum.renamed({"y": "x"})).value is not None
    assert bar_u_alpha(continuum).value is not None


def test_an_empty_document_is_skipped_and_counted():
    continuum = lay_out([("t", "A", "x", 0, 5), ("t", "B", "x", 0, 5)], {"t": 9, "u": 0}, "AB")
    assert "documents without text, skipped: 1" in u_alpha(continuum).remarks


def test_touching_passages_stay_two_and_overlapping_ones_become_one():
    two = a_text({"A": [(0, 10, "x"), (10, 20, "x")], "B": [(0, 20, "x")]})
    one = a_text({"A": [(0, 12, "x"), (8, 20, "x")], "B": [(0, 20, "x")]})
    copies = a_text({"A": [(0, 20, "x")], "B": [(0, 20, "x")]})
    assert u_alpha(one).expected == u_alpha(copies).expected
    assert u_alpha(two).expected != u_alpha(copies).expected


def test_a_selection_of_coders_and_documents():
    spans = [("s", "A", "x", 0, 5), ("s", "B", "x", 0, 5), ("t", "A", "y", 0, 5), ("t", "C", "y", 1, 5)]
    finished = {("A", "s"), ("B", "s"), ("A", "t"), ("C", "t")}
    continuum = lay_out(spans, {"s": 9, "t": 9}, "ABC", finished=finished)
    assert u_alpha(continuum.among("C", "A")).n == 2
    assert u_alpha(continuum.among("B", "C")).reason == "no document was finished by two coders"
    assert u_alpha(continuum.within(["s"])).value == pytest.approx(1.0)
    with pytest.raises(ValueError, match="'D' is none of"):
        continuum.among("A", "D")


@pytest.mark.parametrize(
    ("span", "fault"),
    [
        (("t", "A", "x", 3, 3), "is empty"),
        (("t", "A", "x", 5, 3), "ends before it starts"),
        (("t", "A", "x", -1, 3), "starts before the text"),
        (("t", "A", "x", 3, 41), "ends beyond the text, which has 40 characters"),
        (("t", "A", "x", float("nan"), 3), "start_char is nan, not a whole number"),
        (("t", "A", "x", 0, 2.5), "end_char is 2.5, not a whole number"),
        (("t", "A", "x", "0", 3), "start_char is '0', not a whole number"),
        (("t", "A", "x", 0, None), "end_char is None, not a whole number"),
        (("t", "A", "x", 0, 10**30), "end_char lies beyond any text"),
        (("t", "A", None, 0, 3), "it has no code"),
        (("t", "A", float("nan"), 0, 3), "it has no code"),
        (("u", "A", "x", 0, 3), "document 'u' is not among those given"),
        (("t", "D", "x", 0, 3), "coder 'D' is not among those given"),
    ],
)
def test_a_passage_that_cannot_be_is_named(span, fault):
    with pytest.raises(ValueError) as refusal:
        lay_out([("t", "A", "x", 0, 3), span], {"t": 40}, "AB")
    assert fault in str(refusal.value)
    assert f"passage {span[3]}-{span[4]} with code {span[2]!r} by {span[1]!r}" in str(refusal.value)


@pytest.mark.parametrize("length", [-1, 2.5, None, float("nan"), True])
def test_a_text_without_a_length_is_named(length):
    with pytest.raises(ValueError, match="document 't'"):
        lay_out([], {"t": length}, "AB")


def test_spans_may_come_as_numbers_of_numpy():
    span = Span("t", "A", "x", np.int64(0), np.int32(5))
    assert u_alpha(
        lay_out([span, span._replace(coder="B")], {"t": np.int64(9)}, "AB")
    ).value == pytest.approx(1)
