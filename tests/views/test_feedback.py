"""Step 6 on the page Triangulate: groups, packets, answers, and what changed because of them."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.services.team import Team
from tests.views.app import healthy, open_page, press, sent, words
from triangulation.feedback import Answer
from triangulation.models import Row
from workbench.services import documents, feedback, findings, judging
from workbench.services.example import NAME

ROW = Row("ECO-FUND", "Money is there")
BOARD = "Board"


@pytest.fixture
def asked(team: Team) -> Team:
    """Two sources that speak on a row, and a group of two who are asked about it."""
    team.add_document("Money is there.", title="Interview 1", source=team.add_source("Interviews"))
    for source in ("Interviews", "Steering group"):
        findings.add_finding(
            team.engine, team.lead, source=source, theme=ROW.theme, row=ROW.statement, statement="So."
        )
    feedback.keep_group(team.engine, team.lead, BOARD)
    for name in ("B1", "B2"):
        feedback.invite(team.engine, team.lead, BOARD, name)
    return team


def feedback_page(part: str = "packet", *, person: str = "Lena") -> AppTest:
    page = open_page("triangulate", person=person)
    page.segmented_control(key="triangulate_view").set_value("feedback").run()
    if part != "packet":
        page.segmented_control(key="feedback_part").set_value(part).run()
    return healthy(page)


def field(page: AppTest, kind: str, start: str) -> Any:
    return next(one for one in page.get(kind) if (one.key or "").startswith(start))


def test_an_empty_step_says_what_belongs_there_and_makes_the_first_group(team: Team) -> None:
    team.add_source("Interviews")
    page = feedback_page()
    assert "Add a group" in words(page)
    page.text_input(key="feedback_new").set_value("Steering group")
    healthy(press(page, "Add this group"))
    assert [group.name for group in feedback.groups_of(team.engine, team.lead)] == ["Steering group"]


def test_settings_of_a_group_are_kept(asked: Team) -> None:
    page = feedback_page()
    field(page, "toggle", "feedback_quotes_").set_value(True).run()
    field(page, "number_input", "feedback_smallest_").set_value(3)
    healthy(press(page, "Keep these settings"))
    (group,) = feedback.groups_of(asked.engine, asked.lead)
    assert (group.with_quotes, group.with_roles, group.smallest) == (True, False, 3)


def test_answers_of_a_person_are_written_down_and_taken_back_by_clearing_them(asked: Team) -> None:
    page = feedback_page("answers")
    page.segmented_control(key=f"feedback_answer_{BOARD}_B1_0").set_value("disagree")
    page.text_input(key=f"feedback_text_{BOARD}_B1_0").set_value("Not with us")
    healthy(press(page, "Keep these answers"))
    (said,) = feedback.feedback_of(asked.engine, asked.lead, BOARD).responses
    assert (said.person, said.row, said.answer, said.text) == ("B1", ROW, Answer.DISAGREE, "Not with us")
    page.segmented_control(key=f"feedback_answer_{BOARD}_B1_0").set_value(None)
    page.text_input(key=f"feedback_text_{BOARD}_B1_0").set_value("")
    healthy(press(page, "Keep these answers"))
    assert feedback.feedback_of(asked.engine, asked.lead, BOARD).responses == ()


def test_what_changed_is_written_beside_the_answer(asked: Team) -> None:
    made = feedback.respond(
        asked.engine, asked.lead, BOARD, person="B1", row=ROW, answer="disagree", text="Not with us"
    )
    page = feedback_page("register")
    assert "No consequence written yet" in words(page)
    assert "from 1 of 2: B2" in words(page)
    page.text_area(key=f"feedback_changed_{made}").set_value("Narrowed")
    healthy(press(page, "Keep what changed"))
    assert "No consequence written yet" not in words(page)
    (said,) = feedback.feedback_of(asked.engine, asked.lead, BOARD).responses
    assert said.changes[0].text == "Narrowed"


def test_an_answer_taken_back_can_be_put_back(asked: Team) -> None:
    feedback.respond(
        asked.engine, asked.lead, BOARD, person="B1", row=ROW, answer="disagree", text="Not with us"
    )
    page = healthy(press(feedback_page("register"), "Take this answer back"))
    assert feedback.feedback_of(asked.engine, asked.lead, BOARD).responses == ()
    healthy(press(page, "Put it back"))
    (said,) = feedback.feedback_of(asked.engine, asked.lead, BOARD).responses
    assert (said.answer, said.text) == (Answer.DISAGREE, "Not with us")


def test_comments_become_a_document(asked: Team) -> None:
    feedback.respond(asked.engine, asked.lead, BOARD, person=None, answer="comment", text="Thanks")
    healthy(press(feedback_page("register"), "Add the comments as a document"))
    assert f"Feedback of {BOARD}" in {s.label for s in documents.list_sources(asked.engine, asked.lead)}


def test_whoever_has_not_locked_is_sent_nothing_of_feedback(asked: Team) -> None:
    feedback.respond(
        asked.engine, asked.lead, BOARD, person="B1", row=ROW, answer="disagree", text="zebra remark"
    )
    judging.judge_existence(asked.engine, asked.bram, row=ROW, source="Interviews", speaks=True)
    page = feedback_page(person="Bram")
    assert "locked your judgements" in words(page)
    assert b"zebra" not in sent(page)
    assert b"Board" not in sent(page)


@pytest.mark.parametrize("part", ["packet", "answers", "register"])
def test_every_part_of_the_example_has_something_to_show(served_example: Engine, part: str) -> None:
    page = open_page("triangulate", study=NAME)
    page.segmented_control(key="triangulate_view").set_value("feedback").run()
    page.segmented_control(key="feedback_part").set_value(part).run()
    assert b"registration form is too long" in sent(healthy(page))
