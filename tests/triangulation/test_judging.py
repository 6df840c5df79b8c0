"""What is still to judge, what "same as above" copies, and what the tool asks."""

from __future__ import annotations

from uuid import uuid4

import pytest

from codebook.models import Valence
from triangulation.judging import (
    Step,
    different_weight,
    judgement_above,
    next_open,
    opposed_directions,
    progress_by_row,
    steps_to_judge,
)
from triangulation.matrix import build_matrix
from triangulation.models import Existence, Finding, Judgement, Meaning, Prominence, Row

MONEY, TIME = Row("ECO-FUND", "Money is there"), Row("PRO-TIME")
A, B, C = "Interviews", "Minutes", "Survey"
AB, AC, BC = (A, B), (A, C), (B, C)


def says(row: Row, *speaking: str) -> list[Existence]:
    return [Existence(row, source, "Ann", source in speaking) for source in (A, B, C)]


def compared(row: Row, pair: tuple[str, str], meaning: Meaning | None = Meaning.SAME) -> Judgement:
    return Judgement(row, *pair, "Ann", meaning=meaning)


def a_finding(valence: Valence | None) -> Finding:
    return Finding(uuid4(), A, MONEY, "Something", valence)


def steps(existences: list[Existence], judgements: list[Judgement]) -> tuple[Step, ...]:
    matrix = build_matrix([MONEY, TIME], [A, B, C], existences, judgements, [], researchers=["Ann"])
    return steps_to_judge(matrix, existences, judgements)


def test_row_on_which_one_source_speaks_has_no_pair_to_judge() -> None:
    found = steps([*says(MONEY, A, B, C), *says(TIME, B)], [])
    assert [(step.row, step.pair) for step in found] == [
        (MONEY, None),
        (MONEY, AB),
        (MONEY, AC),
        (MONEY, BC),
        (TIME, None),
    ]


def test_pair_is_done_when_a_part_was_judged_and_not_by_a_word_on_silence() -> None:
    silent = Judgement(MONEY, A, C, "Ann", silence="not_asked")
    found = steps(says(MONEY, A, B, C), [compared(MONEY, AB), silent])
    assert {step.pair: step.done for step in found if step.row == MONEY} == {
        None: True,
        AB: True,
        AC: False,
        BC: False,
    }


def test_progress_is_told_per_row() -> None:
    money, time = progress_by_row(steps(says(MONEY, A, B, C), [compared(MONEY, AB)]))
    assert (money.confirmed, money.done, money.of, money.is_done) == (True, 1, 3, False)
    assert (time.confirmed, time.of, time.is_done) == (False, 0, False)


def test_row_without_pairs_is_done_once_who_speaks_is_confirmed() -> None:
    _, time = progress_by_row(steps(says(TIME, B), []))
    assert time.is_done


def test_next_goes_round_the_end_and_stops_when_all_is_judged() -> None:
    found = steps([*says(MONEY, A, B), *says(TIME, B)], [])
    assert next_open(found, found[2]) == found[1]
    judged = steps([*says(MONEY, A, B), *says(TIME, B)], [compared(MONEY, AB)])
    assert next_open(judged, judged[1]) is None


def test_same_as_above_is_the_same_pair_on_the_row_above() -> None:
    above, beside = compared(MONEY, AC), compared(TIME, AB, Meaning.CONTRADICTORY)
    assert judgement_above([above, beside], [MONEY, TIME], [AB, AC, BC], TIME, AC) == above


def test_same_as_above_is_the_pair_before_where_no_row_above_was_judged() -> None:
    beside = compared(TIME, AB)
    assert judgement_above([beside], [MONEY, TIME], [AB, AC, BC], TIME, AC) == beside
    assert judgement_above([beside], [MONEY, TIME], [AB, AC, BC], MONEY, AC) is None


@pytest.mark.parametrize(
    ("one", "other", "opposed"),
    [
        ([Valence.FACILITATOR], [Valence.BARRIER], True),
        ([Valence.BARRIER, None], [Valence.FACILITATOR, Valence.NEUTRAL], True),
        ([Valence.BARRIER], [Valence.BARRIER], False),
        ([Valence.MIXED], [Valence.BARRIER], False),
        ([Valence.FACILITATOR, Valence.BARRIER], [Valence.BARRIER], False),
        ([], [Valence.BARRIER], False),
    ],
)
def test_directions_are_opposed_only_where_each_source_has_one(
    one: list[Valence | None], other: list[Valence | None], opposed: bool
) -> None:
    first, second = ([a_finding(valence) for valence in listed] for listed in (one, other))
    assert opposed_directions(first, second) is opposed
    assert opposed_directions(second, first) is opposed


def test_weight_differs_only_where_both_sources_were_rated() -> None:
    assert different_weight(Prominence.MAIN, Prominence.PASSING)
    assert not different_weight(Prominence.MAIN, Prominence.MAIN)
    assert not different_weight(Prominence.MAIN, None)
