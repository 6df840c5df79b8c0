"""The coding screen in a real Chromium: what is selected is what is stored, and nothing is lost."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
PARAGRAPHS = [
    "Minutes of the steering group",
    "First sentence here. Second sentence there. Third sentence ends.",
    "Before 👩🏽‍🌾 visited 😀😀 the 𝒳-axis after.",
    "Combining e\u0301te\u0301 and n\u0303 stay whole, naïve café too.",
    "Arabic ماء نظيف للجميع then more.",
    "水資源の管理は大切です。𠮷野家で会議をした。",
    "This line keeps a carriage return.\r",
    "",
    *(f"Paragraph {number} speaks of funding for chronic care in the region." for number in range(60)),
]
TEXT = "\n".join(PARAGRAPHS)
EVENTS = """
window.seen = [];
for (const name of ["ready", "painted", "acked"]) {
  const note = (event) => window.seen.push([name, event.detail.operations ?? []]);
  window.addEventListener("trigpoint:" + name, note);
}
"""


class Screen:
    """The coding screen on a page, and what its store holds."""

    def __init__(self, page: Page, folder: Path, address: str) -> None:
        self.page, self.folder, self.address = page, folder, address

    def open(self, query: str = "") -> None:
        self.page.goto(f"{self.address}/?{query}")
        self.until("window.seen.some(([name]) => name === 'ready')")

    def until(self, condition: str) -> None:
        self.page.wait_for_function(f"() => {condition}", timeout=30_000)

    def until_stored(self) -> None:
        self.until("document.querySelector('[data-trigpoint=reader]')?.dataset.pending === '0'")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def code(self, typed: str) -> None:
        self.press("Enter")
        self.page.keyboard.type(typed)
        self.press("Enter")

    def data(self, name: str) -> str:
        return str(self.page.locator("[data-trigpoint=reader]").get_attribute(f"data-{name}"))

    def stored(self) -> list[dict[str, Any]]:
        path = self.folder / "codings.json"
        codings = json.loads(path.read_text(encoding="utf-8"))["codings"] if path.exists() else {}
        return sorted(codings.values(), key=lambda coding: coding["start"])

    def quotes(self) -> list[str]:
        return [TEXT[coding["start"] : coding["end"]] for coding in self.stored()]

    def drag(self, paragraph: int, start: int, end: int) -> None:
        """Select by mouse from one place to another, in UTF-16 units of the paragraph."""
        corner = self.page.evaluate(
            """([index, start, end]) => {
              const node = document.querySelectorAll(".tp-words")[index].firstChild;
              node.parentElement.scrollIntoView({ block: "center" });
              return [start, end].map((offset) => {
                const range = document.createRange();
                range.setStart(node, offset);
                range.setEnd(node, offset);
                const { x, y, height } = range.getBoundingClientRect();
                return [x, y + height / 2];
              });
            }""",
            [paragraph, start, end],
        )
        (from_x, from_y), (to_x, to_y) = corner
        self.page.mouse.move(from_x, from_y)
        self.page.mouse.down()
        self.page.mouse.move((from_x + to_x) / 2, to_y, steps=3)
        self.page.mouse.move(to_x, to_y, steps=3)
        self.page.mouse.up()
        self.page.wait_for_timeout(60)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_server(folder: Path, port: int) -> subprocess.Popen[bytes]:
    options = {
        "server.port": port,
        "server.address": "127.0.0.1",
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "server.showEmailPrompt": "false",
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "minimal",
    }
    page = Path(__file__).with_name("reader_page.py")
    command = [sys.executable, "-m", "streamlit", "run", str(page)]
    command += [f"--{name}={value}" for name, value in options.items()]
    environment = {**os.environ, "READER_PAGE": str(folder), "PYTHONPATH": str(ROOT)}
    server = subprocess.Popen(
        command, env=environment, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    for _ in range(150):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return server
    server.kill()
    raise AssertionError("Streamlit did not start within 15 seconds")


def stop_server(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(5)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reader")
    (folder / "text.txt").write_bytes(TEXT.encode())
    return folder


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    port = free_port()
    server = start_server(folder, port)
    yield f"http://127.0.0.1:{port}"
    stop_server(server)


@pytest.fixture
def closed_screen(page: Page, folder: Path, address: str) -> Screen:
    """A screen that no address was opened in yet, over an empty store."""
    (folder / "codings.json").unlink(missing_ok=True)
    page.add_init_script(EVENTS)
    return Screen(page, folder, address)


@pytest.fixture
def screen(closed_screen: Screen) -> Screen:
    closed_screen.open()
    return closed_screen


def test_coding_by_keyboard_and_the_selection_comes_back(screen: Screen) -> None:
    screen.press("j", "j", "J")
    screen.code("- evaluation")
    screen.until_stored()
    [coding] = screen.stored()
    assert screen.quotes() == ["First sentence here. Second sentence there."]
    assert (coding["code"], coding["valence"]) == ("ECO-FUND", "barrier")
    assert screen.data("selection") == f"{coding['start']}-{coding['end']}"
    screen.press("Shift+ArrowRight", "Shift+ArrowRight")
    screen.code("lead")
    screen.until_stored()
    assert "First sentence here. Second sentence there. T" in screen.quotes()


def test_what_the_mouse_selects_is_what_is_stored(screen: Screen) -> None:
    pieces = {
        2: ["👩🏽‍🌾 visited", "😀😀 the 𝒳", "𝒳-axis after."],
        3: ["e\u0301te\u0301", "n\u0303 stay", "naïve café"],
        4: ["نظيف", "then more"],
        5: ["の管理", "𠮷野家で", "会議をした。"],
        6: ["keeps a carriage return."],
    }
    expected = []
    for paragraph, quotes in pieces.items():
        line = PARAGRAPHS[paragraph]
        for quote in quotes:
            start = len(line[: line.index(quote)].encode("utf-16-le")) // 2
            screen.drag(paragraph, start, start + len(quote.encode("utf-16-le")) // 2)
            screen.code("fund")
            expected.append(quote)
    screen.until_stored()
    assert sorted(screen.quotes()) == sorted(expected)


def test_triple_click_takes_the_paragraph_and_a_button_offers_to_code_it(screen: Screen) -> None:
    screen.page.locator(".tp-words").nth(1).click(click_count=3, position={"x": 20, "y": 10})
    screen.page.get_by_role("button", name="Code", exact=True).click()
    screen.page.locator("[data-trigpoint=palette] [data-code='SOC-LEAD']").first.click()
    screen.until_stored()
    assert screen.quotes() == [PARAGRAPHS[1]]


def test_twenty_five_codings_in_a_burst_are_all_stored(screen: Screen) -> None:
    screen.press("j")
    screen.code("fund")
    screen.until_stored()
    screen.page.evaluate(
        """async () => {
          const scroller = document.querySelector(".tp-scroller");
          const lines = [...document.querySelectorAll(".tp-words")].slice(10, 35);
          for (const line of lines) {
            getSelection().setBaseAndExtent(line.firstChild, 0, line.firstChild, 9);
            const key = { key: "1", code: "Digit1", bubbles: true };
            scroller.dispatchEvent(new KeyboardEvent("keydown", key));
            await new Promise((resolve) => setTimeout(resolve, 100));
          }
        }"""
    )
    screen.until_stored()
    assert len(screen.stored()) == 26
    assert screen.quotes().count("Paragraph") == 25


def test_scrolling_does_not_jump_when_coding(screen: Screen) -> None:
    scrolled = "document.querySelector('.tp-scroller').scrollTop"
    screen.page.evaluate(f"() => {{ {scrolled} = 700 }}")
    screen.press("j", "j")
    before = screen.page.evaluate(scrolled)
    screen.code("fund")
    screen.until_stored()
    assert screen.page.evaluate(scrolled) == before > 600


def test_change_memo_retire_and_undo(screen: Screen) -> None:
    screen.press("j")
    screen.code("fund")
    screen.page.get_by_role("radio", name="mixed").first.click()
    screen.press("m")
    screen.page.keyboard.type("cr: why here")
    screen.press("Escape")
    screen.until_stored()
    [coding] = screen.stored()
    assert (coding["valence"], coding["memo"]) == ("mixed", "cr: why here")
    screen.press("Delete")
    screen.until_stored()
    assert screen.stored() == []
    screen.press("Control+z", "Control+z")
    screen.until_stored()
    assert [coding["memo"] for coding in screen.stored()] == [""]
    assert screen.data("codings") == "1"


def test_a_refused_operation_is_taken_back_with_its_reason(screen: Screen) -> None:
    screen.press("j")
    screen.code("law")
    screen.until("document.querySelector('.tp-status').textContent.includes('Law is locked.')")
    assert (screen.data("codings"), screen.data("pending"), screen.stored()) == ("0", "0", [])


def test_what_was_not_yet_stored_survives_a_reload(closed_screen: Screen) -> None:
    screen = closed_screen
    screen.open("slow=1")
    screen.press("j")
    screen.code("fund")
    screen.press("j")
    screen.code("lead")
    screen.press("j", ".")
    screen.open("slow=0")
    screen.until_stored()
    assert len(screen.stored()) == 3


def test_what_was_done_while_the_server_was_away_is_stored_when_it_returns(
    closed_screen: Screen, folder: Path
) -> None:
    port = free_port()
    screen = Screen(closed_screen.page, folder, f"http://127.0.0.1:{port}")
    server = start_server(folder, port)
    screen.open()
    screen.press("j")
    screen.code("fund")
    screen.until_stored()
    stop_server(server)
    screen.press("j", "1", "j", "1")
    assert screen.data("pending") == "2"
    server = start_server(folder, port)
    try:
        screen.until_stored()
    finally:
        stop_server(server)
    assert len(screen.stored()) == 3


def test_the_screen_returns_with_its_place_after_it_was_unmounted(screen: Screen) -> None:
    screen.page.evaluate("() => { document.querySelector('.tp-scroller').scrollTop = 500 }")
    screen.press("j")
    screen.page.evaluate("() => { document.querySelector('.tp-reader').dataset.same = 'yes' }")
    selection = screen.data("selection")
    line = screen.page.locator(f".tp-row[data-start='{selection.split('-')[0]}']")
    screen.page.wait_for_timeout(300)
    place = line.bounding_box()
    toggle = screen.page.get_by_text("Away")
    toggle.click()
    screen.until("document.querySelector('[data-trigpoint=reader]') === null")
    toggle.click()
    screen.until("document.querySelector('[data-trigpoint=reader]') !== null")
    screen.page.wait_for_timeout(100)
    assert screen.data("same") == "yes"
    assert line.bounding_box() == place


def test_letters_do_not_reach_streamlit_and_an_address_leads_to_its_place(screen: Screen) -> None:
    screen.press("c", "r")
    assert screen.page.get_by_role("dialog").count() == 0
    place = TEXT.index("Paragraph 40")
    screen.page.evaluate("() => sessionStorage.clear()")
    screen.open(f"at={place}")
    line = screen.page.locator(f".tp-row[data-start='{place}']")
    assert line.is_visible()
    assert 0 < line.bounding_box()["y"] < 600  # type: ignore[index]


def test_codes_are_told_to_those_who_do_not_see_stripes(screen: Screen) -> None:
    screen.press("j", "j")
    screen.code("+ fund")
    screen.until_stored()
    assert screen.page.get_by_text("Codes here: Funding, facilitator.").count() == 1
