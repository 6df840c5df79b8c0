"""Levels of measurement, weights, sets of labels: the fast ways against the definitions, pair by pair."""

from functools import cache
from itertools import combinations, permutations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codebook.agreement import (
    bootstrap_interval,
    brennan_prediger,
    cohen_kappa,
    cohen_kappa_weighted,
    conger_kappa,
    fleiss_kappa,
    fleiss_kappa_gwet,
    fleiss_kappa_per_category,
    gwet_ac1,
    gwet_ac2,
    holsti,
    jackknife_interval,
    krippendorff_alpha,
    masi_distance,
    percent_agreement,
    scott_pi,
)
from codebook.agreement.coefficients import COEFFICIENTS
from codebook.agreement.sets import jaccard_distance
from codebook.agreement.tally import in_order

LEVELS = ("nominal", "ordinal", "interval", "ratio")
SETS = [frozenset(), frozenset("a"), frozenset("ab"), frozenset("bc"), frozenset("abc"), frozenset("d")]


def a_table(rows):
    return pd.DataFrame(rows, dtype=object)


def tables(labels, *, most_coders=4):
    return st.integers(2, most_coders).flatmap(
        lambda coders: st.lists(
            st.lists(st.sampled_from([*labels, None]), min_size=coders, max_size=coders),
            min_size=1,
            max_size=12,
        )
    )


def paired_units(rows):
    units = [[label for label in row if label is not None] for row in rows]
    return [unit for unit in units if len(unit) >= 2]


def slow_alpha(rows, distance):
    units = paired_units(rows)
    pooled = [label for unit in units for label in unit]
    expected = sum(distance(a, b) for a, b in permutations(pooled, 2)) / max(len(pooled) - 1, 1)
    if not expected:
        return None
    observed = sum(sum(distance(a, b) for a, b in permutations(unit, 2)) / (len(unit) - 1) for unit in units)
    return 1 - observed / expected


def distance_at(level, rows):
    pooled = [label for unit in paired_units(rows) for label in unit]

    def ordinal(a, b):
        low, high = min(a, b), max(a, b)
        between = sum(low <= label <= high for label in pooled)
        return 0 if a == b else (between - (pooled.count(a) + pooled.count(b)) / 2) ** 2

    return {
        "nominal": lambda a, b: a != b,
        "ordinal": ordinal,
        "interval": lambda a, b: (a - b) ** 2,
        "ratio": lambda a, b: ((a - b) / (a + b)) ** 2 if a + b else 0,
        "masi": cache(masi_distance),
        "jaccard": cache(jaccard_distance),
    }[level]


def approximately(value):
    return None if value is None else pytest.approx(value, abs=1e-9)


@pytest.mark.parametrize("level", LEVELS)
@settings(max_examples=40)
@given(rows=tables([0, 1, 2, 5, 11]))
def test_alpha_of_numbers_equals_its_definition(level, rows):
    answer = krippendorff_alpha(a_table(rows), level=level)
    assert answer.value == approximately(slow_alpha(rows, distance_at(level, rows)))
    assert (answer.value is None) == (answer.reason is not None)


@pytest.mark.parametrize("level", ["jaccard", "masi"])
@settings(max_examples=40)
@given(rows=tables(SETS))
def test_alpha_of_sets_equals_its_definition(level, rows):
    answer = krippendorff_alpha(a_table(rows), level=level)
    assert answer.value == approximately(slow_alpha(rows, distance_at(level, rows)))


@pytest.mark.parametrize("level", LEVELS)
@settings(max_examples=15)
@given(rows=tables([0, 1, 2, 5], most_coders=12))
def test_many_coders_are_counted_as_few_are(level, rows):
    answer = krippendorff_alpha(a_table(rows), level=level)
    assert answer.value == approximately(slow_alpha(rows, distance_at(level, rows)))


@settings(max_examples=40)
@given(rows=tables("abc"))
def test_a_distance_may_be_a_function_or_a_matrix(rows):
    table, labels = a_table(rows), ["c", "a", "b"]
    distance = {frozenset("ab"): 1.0, frozenset("ac"): 0.5, frozenset("bc"): 0.25}

    def apart(a, b):
        return distance.get(frozenset((a, b)), 0.0)

    matrix = [[apart(a, b) for b in labels] for a in labels]
    by_matrix = krippendorff_alpha(table, level="custom", distance=matrix, categories=labels)
    assert by_matrix.value == approximately(slow_alpha(rows, apart))
    assert krippendorff_alpha(table, level="custom", distance=apart).value == approximately(by_matrix.value)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"level": "cardinal"}, "is unknown; there are nominal"),
        ({"level": "interval"}, "needs numbers"),
        ({"level": "ordinal"}, "needs the order"),
        ({"level": "masi"}, "is no set of labels"),
        ({"level": "custom"}, "belong together"),
        ({"distance": lambda a, b: 0}, "belong together"),
        ({"level": "custom", "distance": [[0, 1], [2, 0]]}, "the same both ways"),
        ({"level": "custom", "distance": [[0]]}, "has the shape"),
    ],
)
def test_what_does_not_suit_a_level_is_refused(options, message):
    with pytest.raises(ValueError, match=message):
        krippendorff_alpha(a_table([["a", "b"], ["b", "b"]]), **options)


def test_ratio_refuses_numbers_below_nought():
    with pytest.raises(ValueError, match="from 0"):
        krippendorff_alpha(a_table([[-1, 1], [2, 2]]), level="ratio")


def test_ordinal_takes_the_order_of_the_categories():
    rows = [["low", "mid"], ["high", "high"], ["low", "low"], ["mid", "high"]]
    numbers = {"low": 0, "mid": 1, "high": 2}
    named = krippendorff_alpha(a_table(rows), level="ordinal", categories=list(numbers))
    numbered = krippendorff_alpha(a_table([[numbers[c] for c in row] for row in rows]), level="ordinal")
    assert named.value == pytest.approx(numbered.value)


@pytest.mark.parametrize(("first", "second"), list(product(SETS, SETS)))
def test_distances_of_sets_are_distances(first, second):
    for distance in (masi_distance, jaccard_distance):
        apart = distance(first, second)
        assert apart == distance(second, first)
        assert 0 <= apart <= 1
        assert (apart == 0) == (first == second)
    assert masi_distance(first, second) >= jaccard_distance(first, second) - 1e-12


def test_an_empty_set_is_a_value_and_an_empty_cell_is_none():
    table = a_table([[[], []], [["a"], ["a"]], [["a"], None]])
    answer = krippendorff_alpha(table, level="masi")
    assert (answer.value, answer.n) == (1, 2)


def weight(labels, kind, a, b):
    order = in_order(labels)
    if kind == "ordinal":
        places = abs(order.index(a) - order.index(b)) + 1
        return 1 - (places * (places - 1)) / (len(order) * (len(order) - 1))
    power = 1 if kind == "linear" else 2
    return 1 - (abs(a - b) / (max(order) - min(order))) ** power


@pytest.mark.parametrize("kind", ["linear", "quadratic", "ordinal"])
@settings(max_examples=30)
@given(pairs=st.lists(st.tuples(*[st.sampled_from([0, 1, 4])] * 2), min_size=1, max_size=10))
def test_weighted_kappa_and_ac2_equal_their_definitions(kind, pairs):
    labels = [0, 1, 4]
    table = a_table(pairs)
    observed = np.mean([weight(labels, kind, a, b) for a, b in pairs])
    expected = np.mean([weight(labels, kind, a, b) for a, _ in pairs for _, b in pairs])
    kappa = cohen_kappa_weighted(table, weights=kind, categories=labels)
    by_definition = None if np.isclose(expected, 1) else (observed - expected) / (1 - expected)
    assert kappa.value == approximately(by_definition)
    shares = [
        np.mean([label in (a, b) and ((a == label) + (b == label)) / 2 for a, b in pairs]) for label in labels
    ]
    total = sum(weight(labels, kind, a, b) for a, b in product(labels, labels))
    by_chance = total * sum(p * (1 - p) for p in shares) / 6
    ac2 = gwet_ac2(table, weights=kind, categories=labels)
    assert ac2.value == approximately((observed - by_chance) / (1 - by_chance))


@settings(max_examples=40)
@given(rows=tables("abc"))
def test_forms_meet_where_they_should(rows):
    table = a_table(rows)
    whole = table.dropna()
    assert fleiss_kappa_gwet(whole).value == approximately(fleiss_kappa(whole).value)
    assert holsti(whole).value == approximately(percent_agreement(whole).value)
    two = whole.iloc[:, :2]
    assert conger_kappa(two).value == approximately(cohen_kappa(two).value)
    assert scott_pi(two).value == approximately(fleiss_kappa(two).value)
    percent = percent_agreement(table).value
    for q in (3, 10):
        possible = ["a", "b", "c", *range(q - 3)]
        expected = None if percent is None else (percent - 1 / q) / (1 - 1 / q)
        assert brennan_prediger(table, categories=possible).value == approximately(expected)


@settings(max_examples=30)
@given(rows=tables("abc"))
def test_scott_and_holsti_are_means_over_pairs(rows):
    table = a_table(rows)
    columns = [name for name in table if table[name].notna().any()]
    pairs = [table[list(pair)] for pair in combinations(columns, 2)]
    for coefficient in (scott_pi, holsti):
        if not paired_units(rows):
            continue
        values = [coefficient(pair).value for pair in pairs]
        if coefficient is holsti:  # a pair without a unit in common has agreed on nothing
            values = [0.0 if value is None else value for value in values]
        known = [value for value in values if value is not None]
        assert coefficient(table).value == approximately(np.mean(known) if known else None)


def test_fleiss_per_category_by_hand():
    table = a_table([["a", "a"], ["a", "b"], ["b", "b"], ["c", "c"]])
    each = fleiss_kappa_per_category(table)
    # One of four units is split between a and b: observed 1/8, expected 3/8 * 5/8.
    assert {label: answer.value for label, answer in each.items()} == pytest.approx(
        {"a": 1 - 8 / 15, "b": 1 - 8 / 15, "c": 1.0}
    )
    assert each["a"].prevalence == 3 / 8
    assert fleiss_kappa_per_category(table, categories=["a", "b", "c", "d"])["d"].reason == "no variation"
    assert fleiss_kappa_per_category(a_table([["a", None]]))["a"].reason == "fewer than two coders"


def options_of(name):
    return {"weights": "linear"} if name in ("cohen_kappa_weighted", "gwet_ac2") else {}


@pytest.mark.parametrize("name", COEFFICIENTS)
@settings(max_examples=15)
@given(rows=tables([0, 1]), data=st.data())
def test_no_coefficient_minds_the_order_of_coders_and_units(name, rows, data):
    table = a_table(rows)
    shuffled = table.iloc[
        data.draw(st.permutations(range(len(table)))), data.draw(st.permutations(range(table.shape[1])))
    ]
    coefficient = COEFFICIENTS[name]
    before, after = coefficient(table, **options_of(name)), coefficient(shuffled, **options_of(name))
    assert after.value == approximately(before.value)
    assert (after.n, after.reason, after.remarks) == (before.n, before.reason, before.remarks)


@pytest.mark.parametrize("name", COEFFICIENTS)
@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([], "no data"),
        ([[None, None]], "no data"),
        ([[1, None], [0, None]], "fewer than two coders"),
        ([[1, None], [None, 0]], "no unit was coded by two coders"),
    ],
)
def test_nothing_to_compare_has_its_reason_everywhere(name, rows, reason):
    answer = COEFFICIENTS[name](a_table(rows), **options_of(name))
    assert (answer.value, answer.reason, answer.n) == (None, reason, 0)
    assert answer.method and answer.universe and answer.unit


@pytest.mark.parametrize("name", COEFFICIENTS)
def test_every_coefficient_says_what_it_is_made_of(name):
    answer = COEFFICIENTS[name](a_table([[1, 1], [0, 1], [0, 0], [1, None]]), **options_of(name))
    assert answer.value is not None and answer.method and answer.universe
    if answer.expected is not None and "alpha" not in answer.method:
        assert answer.value == pytest.approx((answer.observed - answer.expected) / (1 - answer.expected))
    if "alpha" in answer.method:
        assert answer.value == pytest.approx(1 - answer.observed / answer.expected)


@pytest.mark.parametrize("name", COEFFICIENTS)
def test_the_short_way_to_the_sums_and_the_terms_of_units_meet(name):
    random = np.random.default_rng(4)
    table = a_table(random.integers(0, 3, size=(60, 4)).tolist()).where(random.random((60, 4)) < 0.8, None)
    options = options_of(name) | ({"positive": 1} if name == "positive_agreement" else {})
    coefficient = COEFFICIENTS[name]
    whole = coefficient(table, **options).value
    interval = jackknife_interval(
        coefficient, table, options={key: value for key, value in options.items() if key != "positive"}
    )
    # The jackknife is centred on the value that the terms of units give.
    assert interval.value == approximately(whole)
    assert (interval.low + interval.high) / 2 == pytest.approx(whole, abs=1e-9)


@pytest.mark.parametrize("level", [*LEVELS, "masi"])
def test_alpha_has_its_interval_at_every_level(level):
    random = np.random.default_rng(6)
    truth = random.integers(0, 4, size=(120, 1))
    numbers = np.where(random.random((120, 3)) < 0.3, random.integers(0, 4, size=(120, 3)), truth)
    cells = [[SETS[n] if level == "masi" else int(n) for n in row] for row in numbers]
    table = a_table(cells)
    answer = bootstrap_interval(
        krippendorff_alpha, table, options={"level": level}, documents=np.arange(120) // 6
    )
    assert answer.low < answer.value < answer.high
    assert answer.interval.startswith("bootstrap of 20 documents")
    blocks = [table.iloc[6 * n : 6 * n + 6] for n in range(20)]
    values = [
        krippendorff_alpha(pd.concat([blocks[n] for n in random.integers(0, 20, size=20)]), level=level).value
        for _ in range(200)
    ]
    assert (answer.low, answer.high) == pytest.approx(tuple(np.quantile(values, [0.025, 0.975])), abs=0.05)


def test_ac1_is_ac2_with_weights_of_nought():
    table = a_table([[0, 0], [0, 1], [1, 1]])
    assert gwet_ac2(table, weights="linear").value == pytest.approx(gwet_ac1(table).value)


@pytest.mark.parametrize("level", ["interval", "ratio"])
def test_infinity_is_no_number_to_take_differences_of(level):
    with pytest.raises(ValueError, match="needs numbers, and the ratings hold 'inf'"):
        krippendorff_alpha(pd.DataFrame({"A": [float("inf"), 2.0], "B": [1.0, 1.0]}), level=level)
