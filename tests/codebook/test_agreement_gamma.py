"""Gamma: the cheapest alignment against all alignments, its options, and its answers that are no number."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import assume, given

from codebook.agreement.gamma import gamma, observed_disorder, pairwise_gamma
from codebook.agreement.spans import lay_out
from codebook.agreement.tree import tree_distance
from tests.codebook.passages_of import a_text, compared, fewer, texts


def dissimilarity(a, b, alpha, beta):
    if a is None or b is None:
        return 1.0
    apart = abs(a.start_char - b.start_char) + abs(a.end_char - b.end_char)
    lengths = a.end_char - a.start_char + b.end_char - b.start_char
    return alpha * (apart / lengths) ** 2 + beta * (a.code != b.code)


def cheapest(lines, alpha, beta):
    """The cost of the best alignment, by trying them all."""
    first = next((coder for coder, line in enumerate(lines) if line), None)
    if first is None:
        return 0.0
    rest = [line[1:] if coder == first else line for coder, line in enumerate(lines)]
    options = [[None, *line] if coder != first else [lines[first][0]] for coder, line in enumerate(rest)]
    best = np.inf
    for chosen in product(*options):
        cost = np.mean([dissimilarity(a, b, alpha, beta) for a, b in combinations(chosen, 2)])
        left = [
            [unit for unit in line if unit is not taken] for line, taken in zip(rest, chosen, strict=True)
        ]
        best = min(best, cost + cheapest(left, alpha, beta))
    return best


def slow_disorder(given, alpha, beta):
    cost = passages = 0.0
    for document, readers in compared(given).items():
        own = [
            [span for span in given.spans if (span.document, span.coder) == (document, coder)]
            for coder in readers
        ]
        cost += cheapest(own, alpha, beta)
        passages += sum(map(len, own)) / len(own)
    return cost / passages


@pytest.mark.parametrize(("alpha", "beta"), [(1.0, 1.0), (3.0, 0.5)])
@pytest.mark.parametrize(("coders", "most"), [((2, 2), 4), ((3, 3), 2), ((4, 4), 2)])
def test_no_alignment_is_cheaper(alpha, beta, coders, most):
    @fewer
    @given(texts(coders=coders, most_passages=most))
    def check(given):
        continuum = given.laid_out()
        assume(continuum.n_spans)
        found = observed_disorder(continuum, alpha=alpha, beta=beta)
        assert found == pytest.approx(slow_disorder(given, alpha, beta), abs=1e-9)

    check()


@fewer
@given(texts(coders=(2, 2)))
def test_neither_the_order_of_coders_nor_the_names_of_codes_matter(given):
    turned = given.with_coders_turned_round().renamed({"x": "r", "y": "q", "z": "p"})
    disorder, other = (observed_disorder(each.laid_out()) for each in (given, turned))
    assert other == (None if disorder is None else pytest.approx(disorder, abs=1e-9))


TWO = {"A": [(1, 5, "x"), (6, 10, "y"), (20, 30, "x")], "B": [(2, 6, "x"), (7, 11, "z"), (18, 30, "x")]}


def test_copies_agree_fully():
    assert gamma(a_text({"A": TWO["A"], "B": TWO["A"], "C": TWO["A"]})).value == 1.0


def test_the_seed_gives_the_value_and_precision_the_samples():
    first, again, other = (gamma(a_text(TWO), seed=seed, precision=0.05) for seed in (1, 1, 2))
    assert first == again
    assert other.value != first.value
    assert other.value == pytest.approx(first.value, abs=0.1)
    assert "sampled texts (seed 1), sure to" in first.method
    assert "from 30 sampled texts" in gamma(a_text(TWO), precision=1.0).method


def test_the_cost_of_an_empty_passage_scales_disorder_and_leaves_gamma():
    one, two = (gamma(a_text(TWO), delta_empty=cost, precision=0.2) for cost in (1.0, 2.0))
    assert two.observed == pytest.approx(2 * one.observed)
    assert two.value == pytest.approx(one.value)


def test_unrelated_coders_agree_as_chance_has_it():
    random = np.random.default_rng(5)
    spans = [
        (0, coder, "xyz"[random.integers(3)], int(begin), int(begin + random.integers(5, 60)))
        for coder in "AB"
        for begin in random.integers(0, 20_000, size=300)
    ]
    assert abs(gamma(lay_out(spans, {0: 20_100}, "AB")).value) < 0.05


def test_siblings_differ_less_than_strangers():
    siblings = a_text({"A": [(0, 5, "x"), (10, 20, "z")], "B": [(0, 5, "y"), (10, 20, "z")]})
    assert observed_disorder(
        siblings, distance=tree_distance({"x": ("top", "x"), "y": ("top", "y"), "z": ("z",)})
    ) == pytest.approx(0.5 / 2)
    assert observed_disorder(siblings) == pytest.approx(1 / 2)


def test_pairwise_gamma_is_gamma_for_two_and_the_mean_of_pairs_for_three():
    two = a_text(TWO)
    assert pairwise_gamma(two, precision=0.2).value == gamma(two, precision=0.2).value
    three = a_text(TWO | {"C": [(0, 4, "x")]})
    each = [gamma(three.among(*pair), precision=0.2).value for pair in combinations("ABC", 2)]
    answer = pairwise_gamma(three, precision=0.2)
    assert answer.value == pytest.approx(np.mean(each))
    assert answer.method.startswith("pairwise gamma, mean of 3 pairs")


def test_pairwise_gamma_says_how_many_pairs_have_none():
    spans = [(document, coder, "x", 0, 5) for document, coder in [(0, "A"), (0, "B"), (1, "A"), (1, "C")]]
    finished = {("A", 0), ("B", 0), ("A", 1), ("C", 1)}
    answer = pairwise_gamma(lay_out(spans, {0: 30, 1: 30}, "ABC", finished=finished))
    assert answer.value == 1.0
    assert "mean of 2 of 3 pairs of coders; the others have no gamma" in answer.remarks


def test_same_offsets_in_different_documents_are_not_aligned():
    spans = [("s", "A", "x", 0, 5), ("t", "B", "x", 0, 5)]
    assert observed_disorder(lay_out(spans, {"s": 5, "t": 5}, "AB")) == pytest.approx(2.0)


def test_answers_that_are_no_number():
    assert gamma(a_text({"A": [], "B": []})).reason == "nobody marked anything"
    assert gamma(a_text({"A": [(0, 5, "x")]})).reason == "fewer than two coders"
    assert pairwise_gamma(a_text({"A": [], "B": []})).reason == "nobody marked anything"
    assert pairwise_gamma(a_text({"A": [(0, 5, "x")]})).reason == "fewer than two coders"
    assert gamma(a_text({"A": [(0, 1, "x")], "B": [(0, 1, "x")]}, 1)).reason == "no variation"


def test_one_coder_who_marked_is_named():
    answer = gamma(a_text({"A": [(0, 5, "x")], "B": []}))
    assert answer.value < 0
    assert "only A marked anything" in answer.remarks


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"alpha": 0}, "alpha=0 is not above 0"),
        ({"beta": -1}, "beta=-1 is below 0"),
        ({"delta_empty": float("nan")}, "delta_empty=nan"),
        ({"precision": 0}, "precision=0"),
        ({"distance": lambda a, b: float("nan")}, "distance of 'x' and 'x'"),
        ({"distance": lambda a, b: -1}, "is below 0"),
    ],
)
def test_options_that_mean_nothing_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        gamma(a_text(TWO), **options)
