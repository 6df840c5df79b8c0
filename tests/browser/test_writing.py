"""Memos, the framework matrix and suggestions, as two people use them in their browsers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from store.engine import open_engine
from store.migrate import migrate
from tests.browser.researcher import Researcher
from tests.services.team import Team, a_team
from workbench.services import frameworks

pytestmark = pytest.mark.browser

STUDY = "Region"
SENTENCE = "The GP wants to start, and money is there."


@pytest.fixture(scope="module")
def served(
    app_server: Callable[..., object], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Team, str]]:
    """A small study with a framework, and the address at which the app shows it."""
    path: Path = tmp_path_factory.mktemp("writing") / "study.db"
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    team = a_team(engine, STUDY)
    team.code(team.anna, "money is there", "ECO-FUND")
    frameworks.add_framework(engine, team.anna, "Frame", themes=["ECO-FUND"])
    yield team, str(app_server(path).url)  # type: ignore[attr-defined]
    engine.dispose()


@pytest.fixture
def arrives(browser: Browser, served: tuple[Team, str]) -> Iterator[Callable[[str], Researcher]]:
    here: list[Researcher] = []

    def sit_down(name: str) -> Researcher:
        here.append(Researcher(browser, served[1], name))
        return here[-1]

    yield sit_down
    for person in here:
        assert person.mishaps == []
        person.leave()


def click_the_first_cell(person: Researcher, *, column: int) -> None:
    """Click in the first row of a table, which Streamlit paints: only its place on the screen is known."""
    box = person.page.locator("[data-testid=stDataFrame]").first.bounding_box()
    assert box is not None
    person.page.mouse.click(box["x"] + column, box["y"] + 60)
    person.settles()


def test_memo_is_written_shared_and_read_by_another(arrives: Callable[[str], Researcher]) -> None:
    anna, bram = arrives("Anna"), arrives("Bram")
    anna.comes_to("memos", study=STUDY)
    anna.presses("New memo")
    anna.dialog.get_by_label("Memo", exact=True).fill("I was a <b>nurse</b> myself")
    anna.presses("Save the memo", within=anna.dialog)
    anna.finds_a_row("Anna", "I was a <b>nurse</b> myself", "you alone")
    bram.comes_to("memos", study=STUDY)
    bram.sees("A memo keeps what you think while you read")
    assert not bram.has_received("nurse</b>")
    click_the_first_cell(anna, column=60)
    anna.presses("Share")
    anna.finds_a_row("Anna", "everyone")
    bram.comes_to("memos", study=STUDY)
    bram.finds_a_row("Anna", "I was a <b>nurse</b> myself")
    anna.presses("Undo")
    anna.finds_a_row("Anna", "you alone")


def test_two_who_write_in_one_cell_find_both_versions_and_the_way_to_the_quote(
    arrives: Callable[[str], Researcher],
) -> None:
    anna, bram = arrives("Anna"), arrives("Bram")
    for person in (anna, bram):
        person.comes_to("framework", study=STUDY)
        click_the_first_cell(person, column=300)
        person.page.get_by_label("Summary").fill(f"As {person.name} reads it")
    anna.page.get_by_text("money is there").first.click()
    anna.presses("Save the summary")
    anna.finds_a_row("Report 1", "As Anna reads it")
    bram.presses("Save the summary")
    bram.sees("so both versions stand", "As Anna reads it", "As Bram reads it")
    bram.page.get_by_role("link", name="In context: Report 1").first.click()
    bram.waits_for_the_reader()
    expect(bram.reader).to_be_visible()


def test_summary_of_a_speaker_leads_to_the_quote(
    arrives: Callable[[str], Researcher], served: tuple[Team, str]
) -> None:
    team, _ = served
    document = team.add_document(
        "GP 1: There are funds.\nInterviewer: Yes?\nGP 1: For now.\nInterviewer: Good.", title="Talk"
    )
    team.code(team.anna, "There are funds", "ECO-FUND", document=document)
    anna = arrives("Anna")
    anna.comes_to("framework", study=STUDY)
    anna.presses("New framework")
    anna.dialog.get_by_label("Name of the framework").fill("Voices")
    anna.picks("Rows", "Speakers", within=anna.dialog)
    anna.picks("Themes, in the order of the columns", "ECO-FUND", within=anna.dialog)
    anna.presses("Make the framework", within=anna.dialog)
    anna.sees("documents in no row: 1")
    click_the_first_cell(anna, column=300)
    anna.sees("GP 1 · in Talk")
    anna.page.get_by_label("Summary").fill("GP 1 has funds")
    anna.page.get_by_text("There are funds").first.click()
    anna.presses("Save the summary")
    anna.finds_a_row("GP 1", "GP 1 has funds")
    anna.page.get_by_role("link", name="In context: Talk").first.click()
    anna.waits_for_the_reader()
    expect(anna.reader).to_be_visible()
    frameworks.retire_framework(team.engine, team.anna, "Voices")


def test_suggestion_is_accepted_and_taken_back_by_key_and_button(
    arrives: Callable[[str], Researcher], served: tuple[Team, str]
) -> None:
    team, _ = served
    bram = arrives("Bram")
    bram.comes_to("suggestions", study=STUDY, query="money")
    bram.picks("Code to give", "PRO-MOT")
    bram.presses("Find passages")
    bram.sees("1 of 1 · found: money")
    bram.page.get_by_role("heading", name="Suggestions").click()
    bram.types("a")
    bram.sees("1 accepted and stored as your codings")
    assert [(c.code, c.quote) for c in team.seen(team.bram) if c.coder == "Bram"] == [("PRO-MOT", SENTENCE)]
    bram.presses("Take the last back")
    bram.sees("1 of 1 · found: money")
    assert [c for c in team.seen(team.bram) if c.coder == "Bram"] == []
    bram.page.get_by_role("heading", name="Suggestions").click()
    bram.types("b")
    bram.sees("1 accepted and stored as your codings")
    bram.comes_to("code", study=STUDY)
    bram.waits_for_the_reader()
    bram.page.locator(".tp-label", has_text="PRO-MOT").click()
    bram.sees("Suggested by a search for “money”, then accepted")
    assert [c.valence for c in team.seen(team.bram) if c.coder == "Bram"] == ["barrier"]
