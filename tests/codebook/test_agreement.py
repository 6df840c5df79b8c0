"""Properties of the coefficients, and every answer that is no number."""

from fractions import Fraction
from itertools import combinations, permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codebook.agreement import (
    bootstrap_interval,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
    positive_agreement,
    presence_agreement,
)

COEFFICIENTS = [
    percent_agreement,
    positive_agreement,
    cohen_kappa,
    fleiss_kappa,
    krippendorff_alpha,
    gwet_ac1,
]


def a_table(rows):
    return pd.DataFrame(rows, dtype=object)


def tables(labels):
    return st.integers(2, 4).flatmap(
        lambda coders: st.lists(
            st.lists(st.sampled_from([*labels, None]), min_size=coders, max_size=coders),
            min_size=1,
            max_size=12,
        )
    )


# The definitions, unit by unit and pair by pair, in fractions; None = undefined.


def rated(row):
    return [label for label in row if label is not None]


def paired_units(rows):
    return [rated(row) for row in rows if len(rated(row)) >= 2]


def coders_with_ratings(rows):
    return [coder for coder in zip(*rows, strict=True) if any(label is not None for label in coder)]


def share_of_agreeing_pairs(labels):
    pairs = list(permutations(labels, 2))
    return Fraction(sum(a == b for a, b in pairs), len(pairs))


def mean(values):
    values = list(values)
    return sum(values, Fraction(0)) / len(values) if values else None


def slow_percent(rows):
    return mean(map(share_of_agreeing_pairs, paired_units(rows)))


def slow_positive(rows):
    units = paired_units(rows)
    given = sum(labels.count(1) for labels in units)
    shared = sum(Fraction(labels.count(1) * (labels.count(1) - 1), len(labels) - 1) for labels in units)
    return shared / given if given else None


def slow_kappa(rows):
    return mean(
        kappa
        for a, b in combinations(coders_with_ratings(rows), 2)
        if (kappa := slow_kappa_of_two(a, b)) is not None
    )


def slow_kappa_of_two(a, b):
    both = [(x, y) for x, y in zip(a, b, strict=True) if x is not None and y is not None]
    if not both:
        return None
    observed = mean(Fraction(x == y) for x, y in both)
    expected = mean(Fraction(x == y) for x, _ in both for _, y in both)
    return None if expected == 1 else (observed - expected) / (1 - expected)


def slow_fleiss(rows):
    coders = len(coders_with_ratings(rows))
    units = [labels for row in rows if len(labels := rated(row)) == coders and coders >= 2]
    if not units:
        return None
    pooled = [label for labels in units for label in labels]
    expected = sum(Fraction(pooled.count(label), len(pooled)) ** 2 for label in set(pooled))
    return None if expected == 1 else (mean(map(share_of_agreeing_pairs, units)) - expected) / (1 - expected)


def slow_alpha(rows):
    units = paired_units(rows)
    pooled = [label for labels in units for label in labels]
    if not units:
        return None
    observed = Fraction(0)
    for labels in units:
        unlike = sum(a != b for a, b in permutations(labels, 2))
        observed += Fraction(unlike, len(labels) - 1)
    expected = Fraction(sum(a != b for a, b in permutations(pooled, 2)), len(pooled) - 1)
    return 1 - observed / expected if expected else None


def slow_ac1(rows, q=None):
    seen = {label for row in rows for label in rated(row)}
    q = q or len(seen)
    if q < 2 or not paired_units(rows):
        return None
    units = [rated(row) for row in rows if rated(row)]
    shares = [mean(Fraction(unit.count(label), len(unit)) for unit in units) for label in seen]
    expected = sum(share * (1 - share) for share in shares) / (q - 1)
    return (slow_percent(rows) - expected) / (1 - expected)


def approximately(value):
    return None if value is None else pytest.approx(float(value), abs=1e-12)


@pytest.mark.parametrize(
    ("fast", "slow"),
    [
        (percent_agreement, slow_percent),
        (cohen_kappa, slow_kappa),
        (fleiss_kappa, slow_fleiss),
        (krippendorff_alpha, slow_alpha),
        (gwet_ac1, slow_ac1),
    ],
)
@settings(max_examples=60)
@given(rows=tables("abc"))
def test_coefficients_equal_their_definitions(fast, slow, rows):
    answer = fast(a_table(rows))
    assert answer.value == approximately(slow(rows))
    assert (answer.value is None) == (answer.reason is not None)


@settings(max_examples=60)
@given(tables([0, 1]))
def test_presence_of_one_code_equals_the_definitions(rows):
    presence = np.array([[[-1 if label is None else label for label in row] for row in rows]], dtype=np.int8)
    (answer,) = presence_agreement(presence, np.arange(len(rows)), draws=50)
    assert answer.percent == approximately(slow_percent(rows))
    assert answer.positive_agreement == approximately(slow_positive(rows))
    assert answer.kappa == approximately(slow_kappa(rows))
    assert answer.alpha == approximately(slow_alpha(rows))
    assert answer.ac1 == approximately(slow_ac1(rows, q=2))
    undefined = {name for name, value in vars(answer).items() if value is None}
    measures = {"percent", "positive_agreement", "kappa", "alpha", "ac1"}
    assert undefined & measures == set(answer.reasons) & measures
    positive = positive_agreement(a_table(rows))
    assert (answer.n, answer.positive_agreement) == (positive.n, approximately(positive.value))
    assert answer.prevalence == approximately(positive.prevalence)


@pytest.mark.parametrize("coefficient", COEFFICIENTS)
@settings(max_examples=30)
@given(rows=tables([0, 1]), data=st.data())
def test_the_order_of_coders_and_units_does_not_matter(coefficient, rows, data):
    table = a_table(rows)
    shuffled = table.iloc[
        data.draw(st.permutations(range(len(table)))), data.draw(st.permutations(range(table.shape[1])))
    ]
    before, after = coefficient(table), coefficient(shuffled)
    assert after.value == approximately(before.value)
    assert (after.n, after.reason, after.remarks) == (before.n, before.reason, before.remarks)


@pytest.mark.parametrize("coefficient", COEFFICIENTS)
@settings(max_examples=30)
@given(rows=tables([0, 1]))
def test_the_names_of_labels_do_not_matter(coefficient, rows):
    options = {"positive": "found"} if coefficient is positive_agreement else {}
    names = {0: "not found", 1: "found", None: None}
    renamed = coefficient(
        a_table([[names[label] for label in row] for row in rows]),
        categories=["found", "not found"],
        **options,
    )
    assert renamed.value == approximately(coefficient(a_table(rows), categories=[0, 1]).value)


@pytest.mark.parametrize("coefficient", COEFFICIENTS)
def test_copies_with_variation_agree_fully(coefficient):
    assert coefficient(a_table([[1, 1, 1], [0, 0, 0], [1, 1, 1]])).value == 1


@pytest.mark.parametrize("coefficient", [cohen_kappa, fleiss_kappa, krippendorff_alpha, gwet_ac1])
def test_random_coders_agree_by_chance(coefficient):
    labels = np.random.default_rng(1).integers(0, 4, size=(20_000, 3))
    assert coefficient(pd.DataFrame(labels)).value == pytest.approx(0, abs=0.02)


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA])
def test_however_a_gap_is_written_it_is_no_label(missing):
    table = a_table([["a", "a"], ["a", missing], ["b", "b"], ["b", "a"]])
    assert krippendorff_alpha(table).value == krippendorff_alpha(table.dropna()).value
    assert krippendorff_alpha(table).n == 3


@pytest.mark.parametrize("dtype", ["category", "str", "string"])
def test_columns_of_any_type_of_text_give_the_same(dtype):
    rows = [["a", "a"], ["a", None], ["b", "b"], ["b", "a"]]
    table = a_table(rows).astype(dtype)
    assert krippendorff_alpha(table).value == krippendorff_alpha(a_table(rows)).value


@pytest.mark.parametrize("coefficient", COEFFICIENTS)
@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([], "no data"),
        ([[None, None], [None, None]], "no data"),
        ([[1], [0]], "fewer than two coders"),
        ([[1, None], [0, None]], "fewer than two coders"),
        ([[1, None], [None, 0]], "no unit was coded by two coders"),
    ],
)
def test_nothing_to_compare_has_its_reason(coefficient, rows, reason):
    answer = coefficient(a_table(rows))
    assert (answer.value, answer.reason, answer.n) == (None, reason, 0)


@pytest.mark.parametrize("coefficient", [cohen_kappa, fleiss_kappa, krippendorff_alpha, gwet_ac1])
def test_no_variation_is_neither_one_nor_nought(coefficient):
    answer = coefficient(a_table([["a", "a"]] * 5))
    assert (answer.value, answer.reason, answer.n) == (None, "no variation", 5)


def test_no_variation_is_said_beside_the_measures_that_have_a_value():
    table = a_table([[0, 0]] * 5)
    for answer in (percent_agreement(table), gwet_ac1(table, categories=[0, 1])):
        assert answer.value == 1
        assert answer.remarks[0].startswith("no variation")


def test_positive_agreement_needs_a_positive_rating():
    answer = positive_agreement(a_table([[0, 0], [0, 0]]))
    assert (answer.value, answer.reason, answer.prevalence) == (None, "no positive rating", 0)


def test_one_dissent_gives_alpha_nought_and_says_so():
    answer = krippendorff_alpha(a_table([[0, 0]] * 9 + [[0, 1]]))
    assert answer.value == 0
    assert answer.remarks[0].startswith("one rare value")


def test_below_chance_is_shown_and_said():
    answer = krippendorff_alpha(a_table([[0, 1], [1, 0]] * 5))
    assert answer.value < 0
    assert answer.remarks[0].startswith("below chance")


def test_fleiss_says_how_many_units_it_left_out():
    answer = fleiss_kappa(a_table([[0, 0, 0], [1, 1, 1], [1, 1, None]]))
    assert (answer.value, answer.n) == (1, 2)
    assert answer.remarks == ("1 units left out: not rated by all coders",)
    assert fleiss_kappa(a_table([[0, 0, None], [None, 1, 1]])).reason == "no unit was coded by all coders"


def test_kappa_says_of_how_many_pairs_it_is_the_mean():
    answer = cohen_kappa(a_table([[0, 0, None], [1, 1, None], [1, 0, None], [None, None, 1]]))
    assert answer.remarks == ("mean of 1 of 3 pairs of coders; the others have no kappa",)


def test_wrong_input_raises():
    with pytest.raises(TypeError, match="DataFrame"):
        krippendorff_alpha([[1, 1]])
    with pytest.raises(ValueError, match="not among the categories"):
        krippendorff_alpha(a_table([["a", "b"]]), categories=["a"])
    with pytest.raises(ValueError, match="twice"):
        krippendorff_alpha(a_table([["a", "a"]]), categories=["a", "a"])
    with pytest.raises(ValueError, match="positive=1 is not among"):
        positive_agreement(a_table([["a", "b"]]))
    with pytest.raises(ValueError, match="available: percent_agreement"):
        bootstrap_interval(max, a_table([[1, 1]]))
    with pytest.raises(ValueError, match="1 documents for 2 units"):
        bootstrap_interval(krippendorff_alpha, a_table([[1, 1], [0, 0]]), documents=[1])
