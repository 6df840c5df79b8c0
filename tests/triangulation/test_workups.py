"""Which rows ask for a work-up, and when one is complete."""

from __future__ import annotations

from dataclasses import replace

import pytest

from triangulation.matrix import build_matrix
from triangulation.models import ConvergenceCode, Existence, Judgement, Row
from triangulation.workups import (
    QUESTIONS,
    Reason,
    Why,
    WorkUp,
    WorkUpState,
    cards_for,
    lacking,
    rows_to_work_up,
)

FUND, TIME = Row("ECO-FUND", "Funding decides"), Row("PRO-TIME", "No time")
D = ConvergenceCode.DISSONANCE
DISSONANT = Reason(Why.DISSONANCE, ("Interviews", "Minutes"), ("Ann",))
ANSWERED = WorkUp(FUND, **dict.fromkeys(QUESTIONS, "does not apply"), conclusion="They talk of two years.")


def silent_survey(
    *, expected: str | None, silence: str | None = None, opportunity: str | None = None
) -> tuple[Reason, ...]:
    """The reasons for a work-up where the survey alone is silent, as Ann judged it."""
    said = [Existence(FUND, "Minutes", "Ann", True), Existence(FUND, "Survey", "Ann", False)]
    judged = Judgement(FUND, "Minutes", "Survey", "Ann", silence=silence, expected=expected)
    opportunities = {} if opportunity is None else {(FUND, "Survey"): opportunity}
    return rows_to_work_up(build_matrix([], [], said, [judged], []), opportunities).get(FUND, ())


def test_dissonance_in_the_view_of_one_researcher_asks_for_a_work_up() -> None:
    judged = [
        Judgement(FUND, "Interviews", "Minutes", "Ann", assigned=D),
        Judgement(FUND, "Interviews", "Minutes", "Ben", assigned=ConvergenceCode.AGREEMENT),
        Judgement(TIME, "Interviews", "Minutes", "Ann", assigned=ConvergenceCode.PARTIAL),
    ]
    assert rows_to_work_up(build_matrix([], [], [], judged, [])) == {FUND: (DISSONANT,)}


def test_reasons_name_every_researcher_who_sees_it_so() -> None:
    judged = [Judgement(FUND, "Interviews", "Minutes", who, assigned=D) for who in ("Ann", "Ben")]
    (reason,) = rows_to_work_up(build_matrix([], [], [], judged, []))[FUND]
    assert reason == replace(DISSONANT, researchers=("Ann", "Ben"))


@pytest.mark.parametrize(
    ("expected", "silence", "opportunity", "asks"),
    [
        ("no", None, None, True),
        ("no", "not_asked", "not_asked", True),
        ("unclear", None, "asked", True),
        ("unclear", "asked_not_raised", None, True),
        ("unclear", "not_asked", "could_be_raised", False),
        ("unclear", None, None, False),
        ("yes", "asked_not_raised", "asked", False),
        (None, None, "asked", False),
    ],
)
def test_silence_asks_for_a_work_up_when_it_was_not_expected_or_unclear_though_asked(
    expected: str | None, silence: str | None, opportunity: str | None, asks: bool
) -> None:
    reasons = silent_survey(expected=expected, silence=silence, opportunity=opportunity)
    assert reasons == ((Reason(Why.UNEXPECTED_SILENCE, ("Survey",), ("Ann",)),) if asks else ())


def test_work_up_is_complete_with_six_answers_and_a_conclusion() -> None:
    assert ANSWERED.is_complete
    assert not replace(ANSWERED, conclusion=" ").is_complete
    part = replace(ANSWERED, rigour="")
    assert (part.is_complete, part.unanswered) == (False, ("rigour",))


def test_no_further_inquiry_is_an_answer_of_its_own() -> None:
    assert WorkUp(FUND, no_inquiry="the survey had no item on it").is_complete


def test_cards_tell_what_is_missing_begun_and_complete() -> None:
    needs = {FUND: (DISSONANT,), TIME: (DISSONANT,)}
    assert [card.state for card in cards_for(needs, [])] == [WorkUpState.MISSING] * 2
    cards = cards_for(needs, [ANSWERED, WorkUp(TIME, methods="Minutes count letters.")])
    assert [card.state for card in cards] == [WorkUpState.COMPLETE, WorkUpState.BEGUN]
    assert lacking(cards) == (TIME,)


def test_card_of_a_row_that_asks_for_none_any_more_is_kept_and_lacks_nothing() -> None:
    (card,) = cards_for({}, [WorkUp(FUND, methods="Minutes count letters.")])
    assert (card.reasons, card.state, card.is_lacking) == ((), WorkUpState.BEGUN, False)
