"""The part Threads of the page Triangulate: a question is followed step by step, its trail downloaded."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.services.team import Team
from tests.views.app import healthy, open_page, press, sent, words
from triangulation.models import Row
from workbench.services import findings, threads
from workbench.services.example import NAME

MONEY = Row("ECO-FUND", "Money is there")


@pytest.fixture
def pair(team: Team) -> Team:
    team.add_document("Money is there.", title="Interview 1", source=team.add_source("Interviews"))
    made = UUID(team.code(team.anna, "money is there"))
    findings.add_finding(
        team.engine,
        team.anna,
        source="Steering group",
        theme=MONEY.theme,
        row=MONEY.statement,
        statement="Money came.",
        coding_ids=[made],
    )
    return team


def threads_page(person: str = "Anna", study: str = "Region") -> AppTest:
    page = open_page("triangulate", person=person, study=study)
    return healthy(page.segmented_control(key="triangulate_view").set_value("threads").run())


def field(page: AppTest, kind: str, label: str) -> Any:
    (found,) = [one for one in page.get(kind) if one.label == label]
    return found


def test_question_is_followed_step_by_step(pair: Team) -> None:
    page = threads_page()
    field(page, "text_input", "The question that is followed").set_value("Will it last?").run()
    page = healthy(press(page, "Follow this question"))
    assert field(page, "text_input", "What is asked first").value == "Will it last?"
    field(page, "selectbox", "Asked of").set_value("Steering group").run()
    field(page, "text_area", "What was found").set_value("Until June.").run()
    field(page, "selectbox", "Row").set_value(MONEY).run()
    (coding,) = page.checkbox
    coding.set_value(True).run()
    page = healthy(press(page, "Add this step"))
    (thread,) = threads.threads_of(pair.engine, pair.bram)
    (step,) = thread.steps
    assert (step.asked, step.source, step.found, step.row) == (
        "Will it last?",
        "Steering group",
        "Until June.",
        MONEY,
    )
    assert [excerpt.quote for excerpt in step.excerpts] == ["money is there"]
    assert "1. Will it last?" in words(page)
    assert field(page, "text_input", "What is asked now").value == ""


@pytest.fixture
def followed(pair: Team) -> Team:
    thread_id = threads.begin_thread(pair.engine, pair.anna, "Will it last?")
    threads.add_step(
        pair.engine, pair.anna, thread_id, asked="Who pays?", source="Steering group", found="zebra fund"
    )
    return pair


def test_step_is_changed_taken_back_and_brought_back(followed: Team) -> None:
    page = press(threads_page(), "Change this step")
    text = next(area for area in page.text_area if area.value == "zebra fund")
    text.set_value("Nobody does.")
    healthy(press(page, "Save this step"))
    assert found(followed) == ["Nobody does."]
    press(threads_page(), "Take this step back")
    assert found(followed) == []
    press(threads_page(), "Bring this step back")
    assert found(followed) == ["Nobody does."]


def found(team: Team) -> list[str]:
    return [step.found for thread in threads.threads_of(team.engine, team.anna) for step in thread.steps]


def test_thread_is_taken_back_and_brought_back(followed: Team) -> None:
    press(threads_page(), "Take this thread back")
    page = threads_page()
    assert "A thread follows a question through the sources" in words(page)
    press(page, "Bring this thread back")
    assert found(followed) == ["zebra fund"]


def test_steps_of_others_offer_no_change(followed: Team) -> None:
    labels = {button.label for button in threads_page("Bram").button}
    assert not {"Change this step", "Take this step back", "Take this thread back"} & labels


def test_steps_on_documents_coded_blind_are_not_sent_to_others(followed: Team) -> None:
    assert b"zebra" in sent(threads_page("Bram"))
    followed.open_round(documents=[followed.document])
    assert b"zebra" not in sent(threads_page("Bram"))
    assert b"zebra" not in sent(threads_page("Lena"))
    assert b"zebra" in sent(threads_page("Anna"))


def test_thread_of_the_example_can_be_read(served_example: Engine) -> None:
    shown = words(threads_page("Anke", NAME))
    assert "asked of Meeting reports" in shown
    assert "asked of Survey" in shown
    assert "asked of GP interviews" in shown
