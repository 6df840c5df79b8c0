"""Lists of researchers who sorted alone, and answers of a survey, as they are counted."""

from __future__ import annotations

import pytest

from triangulation.alignment import align_lists, likely_matches
from triangulation.errors import TriangulationError
from triangulation.models import Row
from triangulation.survey import count_answers, counted_line

ENDS, GONE, TIME, NURSE = (
    Row("ECO-FUND", "The money ends"),
    Row("ECO-FUND", "The grant is gone"),
    Row("PRO-KNOW", "Nobody has time"),
    Row("PRO-ATT", "The nurse is trusted"),
)
LISTS = {
    "Ann": {ENDS: ENDS, TIME: TIME},
    "Ben": {GONE: ENDS, NURSE: NURSE},
    "Cleo": {GONE: ENDS, NURSE: NURSE, TIME: NURSE},
}


def test_rows_are_told_by_how_many_researchers_have_them() -> None:
    found = align_lists(LISTS)
    assert found.researchers == ("Ann", "Ben", "Cleo")
    assert found.listed == {"Ann": 2, "Ben": 2, "Cleo": 3}
    assert [row.row for row in found.by_all] == [ENDS]
    assert [row.row for row in found.by_some] == [NURSE]
    assert [row.row for row in found.by_one] == [TIME]


def test_each_researcher_keeps_their_own_words() -> None:
    (shared,) = align_lists(LISTS).by_all
    assert shared.own == {"Ann": (ENDS,), "Ben": (GONE,), "Cleo": (GONE,)}
    nurse = align_lists(LISTS).by_some[0]
    assert nurse.own["Cleo"] == (NURSE, TIME)  # two rows of one researcher in one of the common list


def test_every_row_of_the_common_list_is_of_all_some_or_one() -> None:
    found = align_lists(LISTS)
    assert len(found.by_all) + len(found.by_some) + len(found.by_one) == len(found.rows)


def test_order_of_researchers_does_not_change_what_is_matched() -> None:
    backwards = align_lists(dict(reversed(LISTS.items())))
    assert [row.row for row in backwards.by_all] == [ENDS]
    assert [row.row for row in backwards.by_one] == [TIME]


def test_one_list_alone_is_matched_by_all_and_no_list_has_no_rows() -> None:
    alone = align_lists({"Ann": LISTS["Ann"]})
    assert (len(alone.by_all), alone.by_one) == (2, ())
    assert align_lists({}).rows == ()


def test_rows_stand_in_the_order_of_the_themes() -> None:
    found = align_lists(LISTS, themes=["PRO-ATT", "PRO-KNOW"])
    assert [row.row.theme for row in found.rows] == ["PRO-ATT", "PRO-KNOW", "ECO-FUND"]


def test_likely_matches_are_all_other_rows_the_same_theme_and_words_first() -> None:
    others = [TIME, NURSE, GONE, Row("ECO-FUND", "When the money ends"), ENDS]
    assert likely_matches(ENDS, others) == (Row("ECO-FUND", "When the money ends"), GONE, NURSE, TIME)


# --- a survey, counted -------------------------------------------------------------------------------


def test_who_gave_no_answer_is_counted_apart_and_is_not_zero() -> None:
    answers = count_answers("trust", ["0", "4", "5", "", "  ", None, "4"])
    assert answers.counts == {"0": 1, "4": 2, "5": 1}
    assert (answers.answered, answers.not_answered) == (4, 3)
    assert counted_line(answers, ["4", "5"]) == "trust: 3 of 4 answered 4 or 5; 3 not answered"


def test_answers_stand_in_the_order_of_their_numbers_then_of_their_words() -> None:
    assert list(count_answers("x", ["10", "9", "no", "2", "maybe"]).counts) == ["2", "9", "10", "maybe", "no"]


@pytest.mark.parametrize(("chosen", "said"), [([], "No answer"), (["6"], "6 was not given to 'trust'")])
def test_an_answer_that_nobody_gave_is_refused_with_those_that_were(chosen: list[str], said: str) -> None:
    with pytest.raises(TriangulationError, match=said):
        counted_line(count_answers("trust", ["4"]), chosen)
