"""The rule behind the four codes: silence first, four rules, and what stays undetermined."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest

from triangulation.convergence import (
    convergence_code,
    parse_code,
    parts_judged,
    same_meaning_different_weight,
)
from triangulation.models import ConvergenceCode, Meaning, Part, Rule

A, P, D = ConvergenceCode.AGREEMENT, ConvergenceCode.PARTIAL, ConvergenceCode.DISSONANCE
S, U = ConvergenceCode.SILENCE, ConvergenceCode.UNDETERMINED
EVERY_MEANING = (*Meaning, None)
EVERY_PART = (*Part, None)
COMPARISONS = list(product(EVERY_MEANING, EVERY_PART, EVERY_PART, EVERY_PART))


def both_speak(rule, meaning=None, prominence=None, coverage=None, examples=None):
    return convergence_code(
        meaning=meaning,
        prominence=prominence,
        coverage=coverage,
        examples=examples,
        speaks_a=True,
        speaks_b=True,
        rule=rule,
    )


@pytest.mark.parametrize(
    ("rule", "agreement", "partial", "dissonance"),
    [
        ("parts", 1, 14, 1),
        ("elements_strict", 1, 6, 9),
        ("meaning_prominence", 4, 8, 4),
        ("meaning_first", 1, 7, 8),
    ],
)
def test_the_sixteen_combinations_of_same_and_different(rule, agreement, partial, dissonance):
    combinations = product(("same", "contradictory"), *[("same", "different")] * 3)
    counts = Counter(both_speak(rule, *parts) for parts in combinations)
    assert counts == Counter({A: agreement, P: partial, D: dissonance})


@pytest.mark.parametrize("rule", list(Rule))
def test_silence_comes_before_any_judgement(rule):
    for meaning, prominence, coverage, examples in COMPARISONS:
        parts = dict(meaning=meaning, prominence=prominence, coverage=coverage, examples=examples)
        assert convergence_code(**parts, speaks_a=True, speaks_b=False, rule=rule) is S
        assert convergence_code(**parts, speaks_a=False, speaks_b=True, rule=rule) is S
        assert convergence_code(**parts, speaks_a=False, speaks_b=False, rule=rule) is None


@pytest.mark.parametrize("rule", list(Rule))
def test_a_pair_where_both_speak_always_has_a_code_that_is_not_silence(rule):
    assert {both_speak(rule, *parts) for parts in COMPARISONS} == {A, P, D, U}


@pytest.mark.parametrize("rule", list(Rule))
def test_not_judged_weighs_as_little_as_not_assessable(rule):
    for parts in COMPARISONS:
        left_out = [part or "not_assessable" for part in parts]
        assert both_speak(rule, *parts) is both_speak(rule, *left_out)


@pytest.mark.parametrize("rule", list(Rule))
def test_nothing_judged_is_undetermined(rule):
    assert both_speak(rule) is U


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        (dict(meaning="same", prominence="same"), U),
        (dict(meaning="contradictory", prominence="different"), U),
        (dict(coverage="same", examples="same"), U),
        (dict(coverage="different"), U),
        (dict(meaning="same", examples="same"), A),
        (dict(prominence="different", coverage="different"), D),
        (dict(meaning="same", prominence="different"), P),
        (dict(coverage="same", examples="different"), P),
        (dict(meaning="complementary", coverage="different"), D),
        (dict(meaning="complementary", coverage="same"), P),
    ],
)
def test_parts_gives_agreement_or_dissonance_only_if_each_element_was_assessed(parts, code):
    assert both_speak("parts", **parts) is code


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        (dict(meaning="same", prominence="same"), U),
        (dict(meaning="same", prominence="different"), U),
        (dict(coverage="same", examples="different"), U),
        (dict(meaning="same", coverage="same"), A),
        (dict(meaning="same", coverage="different"), P),
        (dict(prominence="different", examples="same"), P),
        (dict(meaning="same", prominence="different", examples="different"), D),
        (dict(meaning="complementary", prominence="same", coverage="same", examples="same"), P),
    ],
)
def test_elements_strict_needs_an_assessable_part_in_each_element(parts, code):
    assert both_speak("elements_strict", **parts) is code


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        (dict(meaning="same", coverage="same", examples="same"), U),
        (dict(prominence="same", coverage="same", examples="same"), U),
        (dict(meaning="same", prominence="same"), A),
        (dict(meaning="complementary", prominence="same"), P),
        (dict(meaning="complementary", prominence="different"), D),
    ],
)
def test_meaning_prominence_needs_both_its_parts(parts, code):
    assert both_speak("meaning_prominence", **parts) is code


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        (dict(prominence="same", coverage="same", examples="same"), U),
        (dict(meaning="not_assessable", prominence="same", coverage="same", examples="same"), U),
        (dict(meaning="contradictory"), D),
        (dict(meaning="different", prominence="same", coverage="same", examples="same"), D),
        (dict(meaning="complementary"), P),
        (dict(meaning="complementary", prominence="different", coverage="different"), P),
        (dict(meaning="same"), U),
        (dict(meaning="same", prominence="different"), U),
        (dict(meaning="same", coverage="same"), A),
        (dict(meaning="same", prominence="different", coverage="same"), P),
        (dict(meaning="same", examples="different"), P),
    ],
)
def test_meaning_first_needs_meaning_and_for_same_the_second_element(parts, code):
    assert both_speak("meaning_first", **parts) is code


@pytest.mark.parametrize("rule", list(Rule))
def test_swapping_the_sources_never_changes_the_code(rule):
    for parts, (a, b) in product(COMPARISONS, product((True, False), repeat=2)):
        words = dict(zip(("meaning", "prominence", "coverage", "examples"), parts, strict=True))
        one = convergence_code(**words, speaks_a=a, speaks_b=b, rule=rule)
        assert one is convergence_code(**words, speaks_a=b, speaks_b=a, rule=rule)


def test_different_meaning_is_read_as_contradictory():
    assert both_speak("meaning_first", meaning="different") is D


def test_parts_is_the_rule_unless_another_is_named():
    assert convergence_code(meaning="same", coverage="same", speaks_a=True, speaks_b=True) is A


def test_words_outside_the_sets_are_refused():
    with pytest.raises(ValueError, match="none of same, complementary"):
        both_speak("parts", meaning="similar")
    with pytest.raises(ValueError, match="none of parts"):
        both_speak("majority", meaning="same")


def test_parts_judged_counts_what_the_code_rests_on():
    assert parts_judged() == 0
    assert parts_judged(meaning="complementary", prominence="not_assessable", coverage="same") == 2
    assert parts_judged(meaning="same", prominence="same", coverage="same", examples="different") == 4


def test_dissonance_of_weight_alone_is_flagged_under_elements_strict_only():
    assert same_meaning_different_weight(D, meaning="same", rule="elements_strict")
    assert not same_meaning_different_weight(D, meaning="contradictory", rule="elements_strict")
    assert not same_meaning_different_weight(P, meaning="same", rule="elements_strict")
    assert not same_meaning_different_weight(D, meaning="same", rule="parts")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("A", A),
        ("pa", P),
        ("P", P),
        ("S", S),
        ("d", D),
        ("Partial agreement", P),
        ("dissonance", D),
        ("", None),
    ],
)
def test_codes_are_read_as_letters_or_words(written, code):
    assert parse_code(written) is code


def test_an_unknown_code_names_the_known_ones():
    with pytest.raises(ValueError, match="agreement, partial, silence, dissonance"):
        parse_code("convergent")


@pytest.mark.parametrize(
    ("meaning", "code"),
    [("same", A), ("complementary", P), ("contradictory", D), ("not_assessable", U), (None, U)],
)
def test_an_own_code_set_is_proposed_from_meaning_alone(meaning, code):
    for prominence, coverage, examples in product(EVERY_PART, repeat=3):
        assert both_speak("own", meaning, prominence, coverage, examples) is code
