"""Step 3 on the page Triangulate: counts, rows over all sources, work-ups, the judgement of the whole."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.services.team import Team
from tests.services.test_assessment import ROW, lock, with_a_dissonance
from tests.views.app import healthy, open_page, press, sent, words
from workbench.services import assessment
from workbench.services.example import NAME


@pytest.fixture
def pair(team: Team) -> Team:
    return with_a_dissonance(team)


def part(name: str, *, person: str = "Anna", study: str = "Region") -> AppTest:
    """A part of the assessment."""
    page = open_page("triangulate", person=person, study=study)
    page.segmented_control(key="triangulate_view").set_value("assessment").run()
    page.segmented_control(key="assessment_show").set_value(name).run()
    return healthy(page)


def test_counts_stand_with_both_denominators(pair: Team) -> None:
    lock(pair, pair.anna, pair.bram)
    told = words(part("counts"))
    assert told.count("1 of 1 (100 %)") >= 4
    assert "dissonance in 1 of 1 (100 %) rows" in told
    assert "still lacking: 1" in told


def test_set_code_is_labelled_derived(pair: Team) -> None:
    told = words(part("rows"))
    assert "Anna (derived)" in told
    assert "contains dissonance" in told
    assert "2 of 2" in told


def test_work_up_is_written_and_counted(pair: Team) -> None:
    lock(pair, pair.anna, pair.bram)
    page = part("workups")
    assert "One says yes, one says no." in words(page)
    page.text_area(key="workup_methods_ECO-FUND_Money is there_0").set_value("Minutes hold decisions.")
    healthy(press(page, "Save this work-up"))
    (now,) = assessment.work_ups(pair.engine, pair.anna)
    assert (now.methods, now.written_by, now.is_complete) == ("Minutes hold decisions.", "Anna", False)
    page = part("workups", person="Bram")
    page.text_area(key="workup_no_inquiry_ECO-FUND_Money is there_1").set_value("both speak of one grant")
    press(page, "Save this work-up")
    assert "each has one" in words(part("counts"))


def test_earlier_version_of_a_card_is_brought_back(pair: Team) -> None:
    lock(pair, pair.anna, pair.bram)
    for text in ("First", "Second"):
        assessment.write_work_up(pair.engine, pair.anna, ROW, {"methods": text})
    healthy(press(part("workups"), "Bring this version back"))
    assert [w.methods for w in assessment.work_ups(pair.engine, pair.anna)] == ["First"]


def test_card_saved_by_somebody_else_meanwhile_is_not_lost(pair: Team) -> None:
    lock(pair, pair.anna, pair.bram)
    page = part("workups")
    assessment.write_work_up(pair.engine, pair.bram, ROW, {"methods": "His"})
    page.text_area(key="workup_methods_ECO-FUND_Money is there_0").set_value("Hers")
    press(page, "Save this work-up")
    assert "Bram has saved this card meanwhile" in page.error[0].value
    assert page.text_area(key="workup_methods_ECO-FUND_Money is there_0").value == "Hers"
    healthy(press(page, "Open the newest version"))
    assert page.text_area(key="workup_methods_ECO-FUND_Money is there_1").value == "His"


def test_who_has_not_locked_is_sent_no_work_up_and_no_others_words(pair: Team) -> None:
    assessment.write_global_judgement(pair.engine, pair.anna, "zebra judgement")
    lock(pair, pair.anna)
    assessment.write_work_up(pair.engine, pair.anna, ROW, {"methods": "okapi methods"})
    assessment.write_team_judgement(pair.engine, pair.anna, "walrus judgement")
    for name in ("counts", "rows", "silence", "workups", "whole"):
        got = sent(part(name, person="Bram"))
        assert not [word for word in (b"zebra", b"okapi", b"walrus") if word in got], name
    assert b"zebra" in sent(part("whole"))


def test_own_judgement_of_the_whole_is_saved_and_nothing_is_filled_in(pair: Team) -> None:
    page = part("whole")
    assert page.text_area(key="whole_text_own").value == ""
    assert not [area for area in page.text_area if area.key == "whole_text_team"]
    page.text_area(key="whole_text_own").set_value("Two stories about one grant.")
    page.segmented_control(key="whole_scale_own").set_value("diverging")
    healthy(press(page, "Save my judgement"))
    (own,) = assessment.global_judgements(pair.engine, pair.anna)
    assert (own.text, own.scale) == ("Two stories about one grant.", "diverging")


def test_empty_judgement_is_refused_with_a_word(pair: Team) -> None:
    page = press(part("whole"), "Save my judgement")
    assert "no text" in page.error[0].value


def test_teams_judgement_stands_beside_those_of_researchers(pair: Team) -> None:
    assessment.write_global_judgement(pair.engine, pair.anna, "Hers alone")
    lock(pair, pair.anna, pair.bram)
    page = part("whole", person="Bram")
    page.text_area(key="whole_text_team").set_value("What we hold")
    healthy(press(page, "Save the team’s judgement"))
    told = words(part("whole"))
    assert "Hers alone" in told
    assert "written before the lock" in told
    assert "What we hold" in told


@pytest.mark.parametrize("name", ["counts", "rows", "silence", "workups", "whole"])
def test_every_part_of_the_example_has_something_to_show(served_example: Engine, name: str) -> None:
    assert len(words(part(name, person="Anke", study=NAME))) > 500
