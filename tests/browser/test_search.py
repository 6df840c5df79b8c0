"""The page Search by keyboard alone: from words to a place, its coding, and its text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from store.engine import open_engine
from store.migrate import migrate
from tests.browser.researcher import Researcher
from tests.services.team import a_team
from workbench.services.coding import codings_of

pytestmark = pytest.mark.browser


def tabs_to(person: Researcher, selector: str) -> None:
    """Tab until what a selector says has the focus."""
    for _ in range(30):
        if person.page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
        person.types("Tab")
    raise AssertionError(f"Tab does not lead to {selector}")


def test_a_hit_is_found_coded_and_opened_by_keyboard(
    arrives: Callable[[str, str], Researcher], app_server: Callable[..., object], tmp_path: Path
) -> None:
    file = tmp_path / "search.db"
    engine = open_engine(f"sqlite:///{file}")
    migrate(engine)
    team = a_team(engine)
    engine.dispose()
    anna = arrives("Anna", str(app_server(file).url))  # type: ignore[attr-defined]
    page = anna.page
    anna.comes_to("search", study="Region")

    page.get_by_role("searchbox", name="Search all texts").or_(page.get_by_label("Search all texts")).focus()
    page.keyboard.type("time OR money OR patients")
    anna.types("Enter")
    hits = page.get_by_role("listbox", name="Places found").get_by_role("option")
    expect(hits).to_have_count(3)

    tabs_to(anna, ".tpl-row")
    anna.types("ArrowDown", "Space")
    expect(hits.nth(1)).to_be_focused()
    expect(hits.nth(1)).to_have_attribute("aria-selected", "true")
    anna.sees("Chosen: 1")
    anna.settles()

    tabs_to(anna, "[role=combobox][aria-label*='Code']")
    page.keyboard.type("ECO-FUND")
    anna.types("Enter")
    expect(page.locator("[data-testid=stBaseButton-primary]")).to_be_visible()  # there is a code now
    anna.settles()
    tabs_to(anna, "[data-testid=stBaseButton-primary]")
    anna.types("Enter")
    anna.sees("1 passage is coded as your own coding")
    expect(hits.nth(1)).to_have_attribute("aria-selected", "false")

    hits.nth(0).focus()
    anna.types("ArrowDown", "Enter")
    page.wait_for_url("**/code?**")
    anna.waits_for_the_reader()
    assert anna.codings() == 1
    coded = [coding.quote for coding in codings_of(team.engine, team.anna)]
    assert coded == ["The GP wants to start, and money is there."]
    assert anna.mishaps == []
