"""The matrix in a browser: by keyboard, compact and roomy, filtered, and on paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import Engine

from tests.browser.researcher import Researcher
from workbench.services.example import NAME

pytestmark = pytest.mark.browser

#: Whether nothing of the printed page lies outside the 279 mm that A4 landscape leaves between its margins.
FITS = """() => [...document.querySelectorAll("table, header, footer")].every((part) =>
  part.getBoundingClientRect().width <= 279 * 96 / 25.4 + 1 && part.scrollWidth <= part.clientWidth + 1
)"""


@pytest.fixture
def lena(
    example_engine: Engine, app_server: Callable[..., object], arrives: Callable[[str, str], Researcher]
) -> Researcher:
    file = Path(str(example_engine.url.database))
    lena = arrives("Lena", str(app_server(file).url))  # type: ignore[attr-defined]
    lena.comes_to("triangulate", study=NAME)
    expect(lena.page.get_by_role("grid")).to_be_visible()
    return lena


def test_keyboard_leads_to_a_cell_and_the_cell_stays_in_hand(lena: Researcher) -> None:
    page = lena.page
    page.locator("[role=gridcell][tabindex='0']").focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowDown", "End", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_role("button", name="Close the cell")).to_be_visible()
    chosen = page.locator("[role=gridcell][aria-selected=true]")
    expect(chosen).to_have_count(1)
    expect(chosen).to_be_focused()
    page.get_by_role("button", name="Close the cell").click()
    expect(chosen).to_have_count(0)


def test_rows_are_compact_or_roomy_and_narrowed(lena: Researcher) -> None:
    page, table = lena.page, lena.page.locator("[data-trigpoint=matrix]")
    rows = int(table.get_attribute("data-rows") or 0)
    other = {"compact": "Roomy", "roomy": "Compact"}[table.get_attribute("data-density") or ""]
    page.get_by_role("button", name="Arrange").click()
    page.get_by_role("radio", name=other).or_(page.get_by_role("button", name=other)).first.click()
    expect(table).to_have_attribute("data-density", other.lower())
    page.keyboard.press("Escape")
    page.get_by_role("button", name=f"Filter: all {rows} rows").click()
    page.get_by_label("Words in theme, statement or finding").fill("no such words")
    page.keyboard.press("Enter")
    lena.sees(f"{rows} rows are hidden")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Show all rows").last.click()
    expect(table).to_have_attribute("data-rows", str(rows))


def test_printed_matrix_fits_the_width_of_its_paper(lena: Researcher, tmp_path: Path) -> None:
    with lena.page.expect_download() as coming:
        lena.page.get_by_role("button", name="Print the matrix").click()
    coming.value.save_as(tmp_path / "matrix.html")
    paper = lena.context.new_page()
    paper.goto((tmp_path / "matrix.html").as_uri())
    paper.emulate_media(media="print")
    paper.set_viewport_size({"width": 1055, "height": 720})  # A4 landscape between the margins
    assert paper.evaluate(FITS)
    expect(paper.locator("body")).to_contain_text(NAME)
    assert paper.locator("script").count() == 0
