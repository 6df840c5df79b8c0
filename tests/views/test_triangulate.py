"""The page Triangulate: write a finding, judge alone, lock, and only then see the others."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.services.team import Team
from tests.views.app import healthy, open_page, press, run, sent, words
from triangulation.models import Row
from workbench.services import findings, judging, triangulation
from workbench.services.example import NAME

ROW = Row("ECO-FUND", "Money is there")


@pytest.fixture
def pair(team: Team) -> Team:
    """Two sources that both speak on one row."""
    team.add_document("Money is there.", title="Interview 1", source=team.add_source("Interviews"))
    made = team.code(team.anna, "money is there")
    for source, codings in (("Interviews", []), ("Steering group", [UUID(made)])):
        findings.add_finding(
            team.engine,
            team.anna,
            source=source,
            theme=ROW.theme,
            row=ROW.statement,
            statement=f"{source} say so.",
            coding_ids=codings,
        )
    return team


def judging_page(person: str) -> AppTest:
    page = open_page("triangulate", person=person)
    page.segmented_control(key="triangulate_view").set_value("judge").run()
    return healthy(page)


def field(page: AppTest, kind: str, start: str) -> Any:
    """The one field whose key begins so."""
    (found,) = [one for one in page.get(kind) if (one.key or "").startswith(start)]
    return found


def test_finding_is_written_in_plain_words(pair: Team) -> None:
    page = press(open_page("triangulate", person="Bram"), "Add a finding")
    page.selectbox(key="finding_source").set_value("Interviews")
    run(page, page.selectbox(key="finding_theme").set_value("PRO-KNOW"))
    press(page, "Save this finding")
    assert "statement" in page.error[0].value
    page.text_area(key="finding_statement").set_value("Nobody knows of it.")
    healthy(press(page, "Save this finding"))
    newest = triangulation.triangulate(pair.engine, pair.bram).findings[-1]
    assert (newest.source, newest.row.theme, newest.statement) == (
        "Interviews",
        "PRO-KNOW",
        "Nobody knows of it.",
    )
    assert newest.researcher == "Bram"


def test_researcher_judges_a_row_and_a_pair_and_locks(pair: Team) -> None:
    page = healthy(press(judging_page("Bram"), "Confirm who speaks"))
    run(page, field(page, "segmented_control", "judging_meaning").set_value("same"))
    healthy(press(page, "Save and go to the next cell"))
    (judgement,) = triangulation.triangulate(pair.engine, pair.bram).judgements
    assert (judgement.meaning, judgement.prominence, judgement.researcher) == ("same", None, "Bram")
    healthy(press(page, "Lock my judgements"))
    assert judging.is_locked(pair.engine, pair.bram)
    assert "Lock my judgements" not in {button.label for button in page.button}


def test_cell_in_which_nothing_was_judged_is_not_saved(pair: Team) -> None:
    page = press(press(judging_page("Bram"), "Confirm who speaks"), "Save and go to the next cell")
    assert page.warning
    assert triangulation.triangulate(pair.engine, pair.bram).judgements == ()


def test_judgements_of_others_are_sent_only_after_both_have_locked(pair: Team) -> None:
    for person, reason in ((pair.anna, "zebra reason"), (pair.bram, "okapi reason")):
        judging.judge_pair(
            pair.engine,
            person,
            row=ROW,
            source_a="Interviews",
            source_b="Steering group",
            assigned="dissonance",
            reason=reason,
        )
    judging.lock_judgements(pair.engine, pair.anna)
    assert b"zebra reason" not in everything_sent("Bram")
    assert "triangulate_whose" not in {
        one.key for one in open_page("triangulate", person="Bram").segmented_control
    }
    judging.lock_judgements(pair.engine, pair.bram)
    page = open_page("triangulate", person="Bram")
    healthy(page.segmented_control(key="triangulate_whose").set_value("Anna").run())


def everything_sent(person: str) -> bytes:
    """What the browser gets in all views of the page."""
    page = open_page("triangulate", person=person)
    views = ("matrix", "judge", "counts", "researchers")
    pages = (page.segmented_control(key="triangulate_view").set_value(view).run() for view in views)
    return b"\n".join(sent(healthy(shown)) for shown in pages)


@pytest.mark.parametrize("view", ["matrix", "judge", "counts", "researchers"])
def test_every_view_of_the_example_has_something_to_show(served_example: Engine, view: str) -> None:
    page = open_page("triangulate", study=NAME)
    page.segmented_control(key="triangulate_view").set_value(view).run()
    assert len(words(healthy(page))) > 1000 or page.get("bidi_component")
