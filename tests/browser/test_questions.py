"""Questions in a browser: a cell, a link and a bar lead to quotes, and a quote into its text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from store.engine import open_engine
from store.migrate import migrate
from tests.browser.researcher import Researcher
from workbench.services import example

pytestmark = pytest.mark.browser


@pytest.fixture
def lena(
    browser: Browser, app_server: Callable[..., object], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Researcher]:
    file = tmp_path_factory.mktemp("questions") / "questions.db"
    engine = open_engine(f"sqlite:///{file}")
    migrate(engine)
    example.load_example(engine, person="Lena")
    engine.dispose()
    lena = Researcher(browser, str(app_server(file).url), "Lena")  # type: ignore[attr-defined]
    lena.comes_to("questions", study=example.NAME)
    yield lena
    lena.leave()


def turns_to_view(lena: Researcher, name: str) -> None:
    lena.page.get_by_role("radio", name=name, exact=True).or_(
        lena.page.get_by_role("button", name=name, exact=True)
    ).first.click()
    lena.settles()


def click_in(painted: Locator, x: float, y: float) -> None:
    """Tables and charts are painted: a cell is a place on them."""
    painted.scroll_into_view_if_needed()
    painted.click(position={"x": x, "y": y}, force=True)


def test_cell_link_and_quote_lead_on(lena: Researcher) -> None:
    page = lena.page
    lena.sees("Codings: 270, in 39 of 39 documents")

    turns_to_view(lena, "Matrix")
    lena.sees("n is all documents of the column")
    click_in(page.get_by_test_id("stDataFrame").first, 420, 55)
    lena.sees("of 12 documents")
    expect(page.locator(".tp-quote").first).to_be_visible()

    turns_to_view(lena, "Co-occurrence")
    link = page.locator("[data-trigpoint=picture] [data-one]").first
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".tp-quote").first).to_be_visible()
    for ending in ("SVG", "PNG"):
        with page.expect_download() as kept:
            page.get_by_role("button", name=f"Download {ending}").click()
        content = Path(kept.value.path()).read_bytes()
        assert content.startswith(b"\x89PNG" if ending == "PNG" else b"<svg")

    page.get_by_role("link", name="In context").first.click()
    page.wait_for_url("**/code?**at=**")
    lena.turns_to("Questions")
    expect(page.locator("[data-trigpoint=picture]")).to_be_visible()  # one finds the page as one left it

    turns_to_view(lena, "Time")
    page.locator("[data-trigpoint=picture] [data-one='2023'][data-other=barrier]").click()
    lena.sees("2023 · ")
    expect(page.locator(".tp-quote").first).to_be_visible()
    with page.expect_download() as kept:
        page.get_by_role("button", name="Download SVG").click()
    assert Path(kept.value.path()).read_bytes().startswith(b"<svg")
    assert lena.mishaps == []
