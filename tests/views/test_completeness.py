"""Step 4 on the page Triangulate: states by row and source, what each source adds, in numbers and words."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.services.team import Team
from tests.services.test_assessment import lock, with_a_dissonance
from tests.views.app import healthy, open_page, press, sent, words
from triangulation.completeness import State
from workbench.services import assessment, findings
from workbench.services.example import NAME


@pytest.fixture
def pair(team: Team) -> Team:
    """Two rows: one that both sources raise, one of the interviews alone."""
    with_a_dissonance(team)
    findings.add_finding(
        team.engine,
        team.lead,
        source="Interviews",
        theme="PRO-KNOW",
        row="Nobody knows of it",
        statement="They never heard of it.",
    )
    return team


def part(name: str, *, person: str = "Anna", study: str = "Region") -> AppTest:
    page = open_page("triangulate", person=person, study=study)
    page.segmented_control(key="triangulate_view").set_value("completeness").run()
    page.segmented_control(key="completeness_show").set_value(name).run()
    return healthy(page)


def test_states_are_told_with_symbol_and_word(pair: Team) -> None:
    told = words(part("matrix"))
    assert "◆ only here" in told
    assert "● present" in told
    assert "2 of 2 rows are shown" in told


def test_rows_are_filtered_by_state(pair: Team) -> None:
    page = part("matrix")
    page.pills(key="completeness_filter").set_value([State.UNIQUE]).run()
    told = words(healthy(page))
    assert "1 of 2 rows are shown" in told
    assert "Nobody knows of it" in told
    assert "Money is there" not in told


def test_what_a_source_adds_stands_in_numbers_and_rows(pair: Team) -> None:
    told = words(part("sources"))
    assert "Only Interviews raises" in told
    assert "Dissonances that would no longer be seen:" in told
    assert "All sources together raise 2 of 2 (100 %) rows." in told


def test_note_is_ones_own_until_the_locks(pair: Team) -> None:
    page = part("sources")
    page.text_area(key="adds_text_own_Interviews").set_value("Adds the zebra.")
    healthy(press(page, "Save what it adds"))
    (note,) = assessment.notes_on_sources(pair.engine, pair.anna)
    assert (note.source, note.researcher, note.text) == ("Interviews", "Anna", "Adds the zebra.")
    lock(pair, pair.anna)
    assert b"zebra" not in sent(part("sources", person="Bram"))
    lock(pair, pair.bram)
    assert b"zebra" in sent(part("sources", person="Bram"))


def test_team_writes_what_a_source_adds(pair: Team) -> None:
    lock(pair, pair.anna, pair.bram)
    page = part("sources")
    page.text_area(key="adds_text_team_Interviews").set_value("Adds how it feels.")
    healthy(press(page, "Save for the team"))
    page = part("sources", person="Bram")
    assert page.text_area(key="adds_text_team_Interviews").value == "Adds how it feels."
    assert page.text_area(key="adds_text_own_Interviews").value == ""


def test_empty_note_is_refused_with_a_word(pair: Team) -> None:
    assert "no text" in press(part("sources"), "Save what it adds").error[0].value


def test_row_of_which_nothing_is_known_is_no_absence(pair: Team) -> None:
    findings.add_row(pair.engine, pair.lead, theme="PAT-KNOW", statement="It costs nothing")
    assert "? not known" in words(part("matrix"))


@pytest.mark.parametrize("name", ["matrix", "sources"])
def test_every_part_of_the_example_has_something_to_show(served_example: Engine, name: str) -> None:
    assert len(words(part(name, person="Anke", study=NAME))) > 1000
