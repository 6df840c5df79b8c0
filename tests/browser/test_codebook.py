"""The tree of codes by keyboard and by mouse, and two people who change the codebook at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import Engine

from store.engine import open_engine
from store.migrate import migrate
from tests.browser.researcher import PATIENCE, Researcher
from tests.services.team import Team, a_team
from workbench.services import codebook_editing, codebook_tree, codebook_versions, recoding

pytestmark = pytest.mark.browser


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    engine: Engine = open_engine(f"sqlite:///{tmp_path / 'codebook.db'}")
    migrate(engine)
    yield a_team(engine)
    engine.dispose()


@pytest.fixture
def lena(
    team: Team, tmp_path: Path, app_server: Callable[..., object], arrives: Callable[[str, str], Researcher]
) -> Researcher:
    address = str(app_server(tmp_path / "codebook.db").url)  # type: ignore[attr-defined]
    lena = arrives("Lena", address)
    lena.comes_to("codebook", study="Region")
    expect(lena.code_in_tree("INN")).to_be_visible()
    return lena


def until_stored(person: Researcher, team: Team, version: int) -> list[str]:
    """Wait until a version is drawn; what it changed, in sentences."""
    expect(person.page.locator("[data-trigpoint=tree]")).to_have_attribute("data-pending", "0")
    person.settles()
    newest = codebook_versions.codebook_history(team.engine, team.lead)[0]
    assert newest.number == version
    return [change.sentence for change in newest.changes]


def stands_before(person: Researcher, first: str, second: str) -> None:
    person.page.wait_for_function(
        """([first, second]) => {
          const rows = [...document.querySelectorAll("[data-trigpoint=tree] [role=treeitem]")];
          const keys = rows.map((row) => row.dataset.code);
          return keys.indexOf(first) + 1 === keys.indexOf(second);
        }""",
        arg=[first, second],
        timeout=PATIENCE,
    )


def test_codes_are_moved_renamed_added_and_retired_by_keyboard(lena: Researcher, team: Team) -> None:
    lena.code_in_tree("INN-FEAS").click()
    lena.sees("Effort the programme itself asks in daily work")
    lena.types("Alt+ArrowUp")
    stands_before(lena, "INN-FEAS", "INN-ADV")
    assert until_stored(lena, team, 2) == [
        "INN-FEAS Feasibility and workload stands at another place among its neighbours."
    ]
    lena.types("F2")
    lena.page.keyboard.type("Feasible")
    lena.types("Enter")
    expect(lena.code_in_tree("INN-FEAS")).to_contain_text("Feasible")
    until_stored(lena, team, 3)
    lena.types("+")
    lena.page.keyboard.type("Paper work")
    lena.types("Enter")
    expect(lena.code_in_tree("INN-FEAS-PAPER")).to_be_focused()
    until_stored(lena, team, 4)
    lena.types("Alt+ArrowLeft")
    expect(lena.code_in_tree("INN-FEAS-PAPER")).to_have_attribute("aria-level", "2")
    until_stored(lena, team, 5)
    lena.types("Delete")
    expect(lena.code_in_tree("INN-FEAS-PAPER")).to_have_count(0)
    until_stored(lena, team, 6)
    lena.presses("Undo the last change")
    expect(lena.code_in_tree("INN-FEAS-PAPER")).to_be_visible()
    assert team.problems() == []
    assert lena.mishaps == []


def test_tree_is_walked_closed_and_searched_by_keyboard(lena: Researcher) -> None:
    lena.code_in_tree("INN").click()
    lena.types("ArrowLeft")
    expect(lena.code_in_tree("INN-ADV")).to_have_count(0)
    lena.types("ArrowDown")
    expect(lena.code_in_tree("PRO")).to_be_focused()
    lena.types("ArrowUp", "ArrowRight", "ArrowRight")
    expect(lena.code_in_tree("INN-ADV")).to_be_focused()
    lena.page.keyboard.type("fund")
    expect(lena.code_in_tree("ECO-FUND")).to_be_focused()
    lena.types("Enter")
    lena.sees("Certainty and length of programme money")
    lena.types("F2")
    lena.page.keyboard.type("Not this")
    lena.types("Escape")
    expect(lena.code_in_tree("ECO-FUND")).to_contain_text("Funding and sustainability")


def test_codes_are_moved_and_renamed_by_mouse(lena: Researcher, team: Team) -> None:
    lena.code_in_tree("INN-ACC").drag_to(lena.code_in_tree("PRO"))
    stands_before(lena, "PRO-ROUT", "INN-ACC")
    assert until_stored(lena, team, 2) == ["INN-ACC Accessibility moved from INN to PRO."]
    line = lena.code_in_tree("PRO-AWARE")
    lena.code_in_tree("PRO-ATT").drag_to(line, target_position={"x": 120, "y": 3})
    stands_before(lena, "PRO-ATT", "PRO-AWARE")
    until_stored(lena, team, 3)
    # A code does not go under itself: nothing is sent.
    lena.code_in_tree("PRO").drag_to(lena.code_in_tree("PRO-ATT"))
    until_stored(lena, team, 3)
    lena.code_in_tree("PRO-ATT").dblclick()
    lena.page.keyboard.type("Views")
    lena.types("Enter")
    expect(lena.code_in_tree("PRO-ATT")).to_contain_text("Views")
    until_stored(lena, team, 4)
    assert lena.mishaps == []


def test_of_two_people_the_slower_sees_the_difference_and_goes_on_from_it(
    lena: Researcher, team: Team
) -> None:
    lena.code_in_tree("ECO-FUND").click()
    lena.sees("Certainty and length of programme money")  # drawn from the version before Anna's
    lena.settles()
    codebook_editing.rename_code(team.engine, team.anna, "ECO-FUND", label={"en": "Grants"})
    lena.types("Alt+ArrowUp")
    lena.sees("Somebody changed the codebook meanwhile.", "ECO-FUND is now called 'Grants' (en)")
    lena.presses("Apply mine on top")
    stands_before(lena, "ECO-FUND", "ECO-FIN")
    expect(lena.code_in_tree("ECO-FUND")).to_contain_text("Grants")
    assert [line.actor for line in codebook_versions.codebook_history(team.engine, team.lead)] == [
        "Lena",
        "Anna",
        "Lena",
    ]
    assert lena.mishaps == []


def test_number_of_a_code_leads_to_its_quotes(lena: Researcher, team: Team) -> None:
    team.code(team.anna, "no time", "ECO-FUND")
    lena.comes_to("codebook", study="Region")
    expect(lena.code_in_tree("ECO")).to_have_attribute("title", "1 coding")
    lena.code_in_tree("ECO").click()
    lena.sees("1 codings · 1 documents · Anna")
    lena.finds_a_row("no time", "ECO-FUND", "Report 1", "Anna")


def test_code_is_split_by_choosing_in_the_list_of_quotes(lena: Researcher, team: Team) -> None:
    for quote in ("no time", "money", "Nobody asked"):
        team.code(team.lead, quote, "ECO-FUND")
    team.code(team.anna, "no time", "ECO-FUND")
    lena.comes_to("codebook", study="Region")
    lena.code_in_tree("ECO-FUND").click()
    lena.presses("Split")
    lena.sees("0 of 3 of your codings go to the new code.")
    lena.dialog.get_by_label("Label of the new code").fill("Continuity")
    grid = lena.dialog.locator("[data-testid=stDataFrame]")
    for row in (0, 2):
        grid.click(position={"x": 18, "y": 38 + 32 * row + 16})
    lena.sees("2 of 3 of your codings go to the new code.")
    lena.presses("Split the code")
    expect(lena.code_in_tree("ECO-CONTI")).to_be_visible()
    counts = codebook_tree.code_counts(team.engine, team.lead)
    assert (counts["ECO-CONTI"], counts["ECO-FUND"]) == (2, 2)
    (asked,) = recoding.to_recode(team.engine, team.anna)
    assert asked.coding.coder == "Anna"
    assert lena.mishaps == []
