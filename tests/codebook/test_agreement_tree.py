"""Many codes: pooled, along the tree, over time, with valence."""

from itertools import combinations, permutations

import numpy as np
import pandas as pd
import pytest

from codebook.agreement import (
    cohen_kappa,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
    pooled_agreement,
    positive_agreement,
    presence_agreement,
)
from codebook.agreement.drift import alpha_over_time, intra_coder_alpha, without_each_coder
from codebook.agreement.tree import agreement_by_level, confused_siblings, gain, roll_up, tree_distance
from codebook.agreement.valence import joint_labels, valence_agreement

LINEAGES = [("ECO", "ECO-A"), ("ECO", "ECO-B"), ("ORG", "ORG-A"), ("ORG",)]


def a_presence(n_codes=4, n_units=120, n_coders=3, *, seed=2, gaps=0.1):
    random = np.random.default_rng(seed)
    truth = random.random((n_codes, n_units, 1)) < 0.3
    found = np.where(random.random((n_codes, n_units, n_coders)) < 0.15, ~truth, truth).astype(np.int8)
    found[:, random.random((n_units, n_coders)) < gaps] = -1
    return found, np.arange(n_units) // 6


def as_table(presence_of_code):
    return pd.DataFrame(presence_of_code.astype(object)).replace(-1, None)


@pytest.mark.parametrize("n_coders", [2, 3, 5, 6, 9])
def test_presence_equals_the_coefficients_of_a_table_whatever_the_number_of_coders(n_coders):
    presence, documents = a_presence(n_coders=n_coders)
    for code, answer in enumerate(presence_agreement(presence, documents, draws=50)):
        table = as_table(presence[code])
        assert answer.percent == pytest.approx(percent_agreement(table).value)
        assert answer.positive_agreement == pytest.approx(positive_agreement(table).value)
        assert answer.kappa == pytest.approx(cohen_kappa(table).value)
        assert answer.alpha == pytest.approx(krippendorff_alpha(table).value)
        assert answer.ac1 == pytest.approx(gwet_ac1(table, categories=[0, 1]).value)
        assert answer.n == percent_agreement(table).n


def test_pooled_alpha_is_of_the_codes_stacked():
    presence, documents = a_presence()
    pooled = pooled_agreement(presence, documents)
    stacked = pd.concat([as_table(code) for code in presence])
    assert pooled.alpha.value == pytest.approx(krippendorff_alpha(stacked).value)
    assert pooled.alpha.low < pooled.alpha.value < pooled.alpha.high
    assert pooled.alpha.interval.startswith("bootstrap of 20 documents")
    single = [krippendorff_alpha(as_table(code)).value for code in presence]
    assert (pooled.median, pooled.lowest, pooled.highest) == pytest.approx(
        (np.median(single), min(single), max(single))
    )


def test_pooled_kappa_pools_what_is_observed_and_expected():
    presence, documents = a_presence(n_coders=2)
    answers = [cohen_kappa(as_table(code)) for code in presence]
    observed = np.mean([answer.observed for answer in answers])
    expected = np.mean([answer.expected for answer in answers])
    kappa = pooled_agreement(presence, documents).kappa
    assert kappa.value == pytest.approx((observed - expected) / (1 - expected))


def test_nothing_to_pool_has_its_reason():
    nothing = np.zeros((2, 4, 2), dtype=np.int8)
    pooled = pooled_agreement(nothing, np.arange(4))
    assert (pooled.alpha.value, pooled.alpha.reason, pooled.n_defined) == (None, "no variation", 0)
    assert pooled.kappa.reason == "no variation"
    alone = pooled_agreement(np.array([[[1, -1]]], dtype=np.int8), np.arange(1))
    assert alone.alpha.reason == "fewer than two coders"


def test_rolling_up_finds_a_theme_where_any_of_its_codes_is():
    presence, _ = a_presence()
    codes, rolled = roll_up(presence, LINEAGES, 1)
    assert codes == ("ECO", "ORG")
    assert (rolled[0] == np.maximum(presence[0], presence[1])).all()
    assert (rolled[1] == np.maximum(presence[2], presence[3])).all()
    same, leaves = roll_up(presence, LINEAGES, 2)
    assert same == ("ECO-A", "ECO-B", "ORG-A", "ORG")
    assert (leaves == presence).all()
    with pytest.raises(ValueError, match="top level is 1"):
        roll_up(presence, LINEAGES, 0)
    with pytest.raises(ValueError, match="lineages for"):
        roll_up(presence, LINEAGES[:2], 1)


def test_coders_who_confuse_siblings_gain_at_the_theme():
    random = np.random.default_rng(3)
    theme = random.random((200, 1)) < 0.4
    choice = random.random((200, 2)) < 0.5
    presence = np.stack([theme & choice, theme & ~choice]).astype(np.int8)
    themes, leaves = agreement_by_level(presence, np.arange(200) // 10, LINEAGES[:2])
    assert themes.pooled.alpha.value == 1
    assert gain(themes, leaves) > 0.5
    (pair,) = confused_siblings(presence, LINEAGES[:2])
    assert (pair.first, pair.second) == ("ECO-A", "ECO-B")
    assert pair.confused == int((theme[:, 0] & (choice[:, 0] != choice[:, 1])).sum())


def test_confusions_are_counted_pair_by_pair_and_never_across_themes():
    presence, _ = a_presence(n_units=40)
    slow = sum(
        presence[0, u, a] == 1
        and presence[0, u, b] == 0
        and presence[1, u, a] == 0
        and presence[1, u, b] == 1
        for u in range(40)
        for a, b in permutations(range(3), 2)
    )
    found = confused_siblings(presence, LINEAGES)
    assert [(pair.first, pair.second, pair.confused) for pair in found] == [("ECO-A", "ECO-B", slow)]


def test_distance_in_the_tree_makes_confused_siblings_weigh_less():
    rows = [["a", "b"], ["b", "a"], ["x", "x"], ["a", "a"], ["x", "x"]]
    lineages = {"a": ("E", "a"), "b": ("E", "b"), "x": ("Q", "x")}
    distance = tree_distance(lineages)
    for one, other in combinations(lineages, 2):
        assert distance(one, other) == distance(other, one)
    graded = krippendorff_alpha(pd.DataFrame(rows), level="custom", distance=distance)
    assert graded.value > krippendorff_alpha(pd.DataFrame(rows)).value


def test_drift_is_seen_with_its_interval_and_only_with_two_windows():
    random = np.random.default_rng(5)
    truth = random.integers(0, 2, size=200)
    other = np.where(random.random(200) < np.linspace(0, 0.6, 200), 1 - truth, truth)
    ratings, times = pd.DataFrame({"A": truth, "B": other}), list(range(200))
    shuffled = random.permutation(200)
    drift = alpha_over_time(ratings.iloc[shuffled], [times[i] for i in shuffled], window=50)
    assert [(window.first, window.last) for window in drift.windows] == [
        (0, 49),
        (50, 99),
        (100, 149),
        (150, 199),
    ]
    assert drift.windows[0].alpha.value == krippendorff_alpha(ratings[:50]).value
    assert drift.change.high < 0
    assert drift.change.value == pytest.approx(drift.windows[-1].alpha.value - drift.windows[0].alpha.value)
    short = alpha_over_time(ratings[:90], times[:90], window=50)
    assert (len(short.windows), short.change.value) == (1, None)
    assert short.change.reason == "too few units for two windows"


def test_windows_leave_out_what_one_coder_rated():
    ratings = pd.DataFrame({"A": [0, 1] * 40, "B": [0, None] * 40}, dtype=object)
    drift = alpha_over_time(ratings, range(80), window=20)
    assert [window.alpha.n for window in drift.windows] == [20, 20]
    assert drift.change.reason == "no variation"
    nobody = alpha_over_time(ratings[["A"]], range(80))
    assert (nobody.windows, nobody.change.reason) == ((), "fewer than two coders")


def test_a_coder_with_themselves_and_against_the_rest():
    assert intra_coder_alpha(["a", "b", "a"], ["a", "b", "a"]).value == 1
    assert intra_coder_alpha(["a", None], ["a", "b"]).n == 1
    with pytest.raises(ValueError, match="coded again"):
        intra_coder_alpha(["a"], [])
    alone = without_each_coder(pd.DataFrame({"A": [0, 1], "B": [0, 1]}))
    assert alone == {"A": None, "B": None}


def test_valence_given_the_code_and_in_one_with_it():
    valences = pd.DataFrame(
        {"A": ["barrier", "barrier", "neutral", None], "B": ["barrier", "facilitator", "neutral", "neutral"]}
    )
    answer = valence_agreement(valences)
    assert (answer.n_matched, answer.n_not_given, answer.alpha.n) == (4, 1, 3)
    assert (
        answer.ac1.value
        == gwet_ac1(valences, categories=["facilitator", "barrier", "mixed", "neutral"]).value
    )
    codes = pd.DataFrame({"A": ["E", "E", "E", "E"], "B": ["E", "E", None, "E"]})
    joint = joint_labels(codes, valences)
    assert joint.loc[3, "A"] == ("E", None)
    assert joint.loc[3, "B"] == ("E", "neutral")
    assert joint.loc[2, "B"] is None
    assert krippendorff_alpha(joint).n == 3
    with pytest.raises(ValueError, match="the shape"):
        joint_labels(codes, valences.head(1))
