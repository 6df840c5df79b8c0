"""A person of the team at the app, in a browser of their own, for the tests that go through the pages."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, BrowserContext, Dialog, Locator, Page, WebSocket, expect

PATIENCE = 30_000  # milliseconds; the machine may have more to do than our test
expect.set_options(timeout=PATIENCE)

#: Streamlit paints its tables; for those who do not see, their cells stand beneath.
CELLS = "[data-testid=stDataFrame] td"

#: Events of the coding screen, noted before the page can miss them.
NOTE_EVENTS = """
window.seen = [];
for (const name of ["ready", "painted", "acked"]) {
  window.addEventListener("trigpoint:" + name, (event) => window.seen.push([name, event.detail]));
}
"""

#: Scroll to some words of the text, and say where on the screen they begin and end.
ENDS_OF_WORDS = """async (words) => {
  const line = [...document.querySelectorAll(".tp-words")].find((one) => one.textContent.includes(words));
  const scroller = line.closest(".tp-scroller");
  const above = () => line.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  // Rows get their real heights when they come into view, so that the words may move once more.
  for (let still = 0, last = null; still < 3; last = above()) {
    scroller.scrollTop += above() - 200;
    await new Promise(requestAnimationFrame);
    still = above() === last ? still + 1 : 0;
  }
  const start = line.textContent.indexOf(words);
  return [start, start + words.length].map((offset) => {
    const range = document.createRange();
    range.setStart(line.firstChild, offset);
    range.setEnd(line.firstChild, offset);
    const { x, y, height } = range.getBoundingClientRect();
    return [x, y + height / 2];
  });
}"""


class Researcher:
    """A person in a browser profile of their own.

    ``received`` is all that the app ever sent to it, ``mishaps`` what a page must never do: errors of
    its scripts, and dialogs of the browser.
    """

    def __init__(self, browser: Browser, address: str, name: str) -> None:
        self.name, self.address = name, address
        self.received: list[bytes] = []
        self.mishaps: list[str] = []
        self.context: BrowserContext = browser.new_context(
            viewport={"width": 1440, "height": 900}, accept_downloads=True
        )
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.page.add_init_script(NOTE_EVENTS)
        self.page.on("websocket", self._keep_what_comes)
        self.page.on("pageerror", lambda error: self.mishaps.append(str(error)))
        self.page.on("dialog", self._refuse_dialog)

    def _keep_what_comes(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: self.received.append(_as_bytes(frame)))

    def _refuse_dialog(self, dialog: Dialog) -> None:
        self.mishaps.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def leave(self) -> None:
        self.context.close()

    # -- finding one's way

    def comes_to(self, path: str = "", **where: str) -> None:
        """Open an address: a link from a colleague, a bookmark."""
        self.page.goto(f"{self.address}/{path}?{urlencode({'person': self.name, **where})}")
        self.settles()

    def turns_to(self, page: str) -> None:
        """Follow the navigation on top to a page."""
        self.page.get_by_role("navigation").get_by_role("link", name=page, exact=True).click()
        if page != "Studies":  # the default page, whose path is empty
            self.page.wait_for_url(f"**/{page.lower()}?**")
        self.settles()

    def settles(self) -> None:
        """Wait until the app has drawn what it has to draw."""
        expect(self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible()

    def presses(self, button: str, *, within: Locator | None = None) -> None:
        """Press a button by the words on it; a key that does the same may stand beside them."""
        name = re.compile(rf"^{re.escape(button)}( Shortcut .+)?$")
        (within or self.page).get_by_role("button", name=name).filter(has_text=button).click()

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    def picks(self, label: str, *options: str, within: Locator | None = None) -> None:
        """Choose in a list, or write into it, as one does by typing and Enter."""
        box = (within or self.page).get_by_role("combobox", name=label, exact=True)
        for option in options:
            box.fill(option)
            box.press("Enter")
        box.press("Tab")  # a list that takes several stays open before the rest

    def reads(self) -> str:
        """All words on the page, those of its tables too."""
        return str(self.page.evaluate("() => document.body.innerText + document.body.textContent"))

    def cells(self) -> list[str]:
        """What stands in the cells of the tables on the page, as far as they are in view."""
        return self.page.locator(CELLS).all_text_contents()

    def finds_a_row(self, *cells: str) -> None:
        """Wait until a table has a row with exactly these words in its cells, among others."""
        self.page.wait_for_function(
            """([selector, wanted]) => {
              const held = new Map();
              for (const cell of document.querySelectorAll(selector)) {
                held.set(cell.parentElement, [...(held.get(cell.parentElement) ?? []), cell.textContent]);
              }
              return [...held.values()].some((row) => wanted.every((words) => row.includes(words)));
            }""",
            arg=[CELLS, cells],
        )

    def sees(self, *words: str) -> None:
        """Wait until all of these words stand on the page."""
        for each in words:
            expect(self.page.get_by_text(each).filter(visible=True).first).to_be_visible()

    def has_received(self, words: str) -> bool:
        """Whether these words ever came to this browser, shown or not."""
        return any(words.encode() in frame for frame in self.received)

    def downloads(self, button: str, folder: Path) -> Path:
        """Press a button for a file, and keep the file under the name that it came with."""
        with self.page.expect_download() as awaited:
            self.presses(button)
        path = folder / awaited.value.suggested_filename
        awaited.value.save_as(path)
        return path

    @property
    def report(self) -> Locator:
        return self.page.frame_locator("[data-trigpoint=report]").locator("body")

    def code_in_tree(self, key: str) -> Locator:
        """The line of a code on the page Codebook."""
        return self.page.locator(f'[data-trigpoint=tree] [data-code="{key}"]')

    # -- the coding screen

    @property
    def reader(self) -> Locator:
        return self.page.locator("[data-trigpoint=reader]")

    @property
    def inspector(self) -> Locator:
        return self.reader.get_by_role("complementary", name="Selected coding")

    def until(self, condition: str) -> None:
        self.page.wait_for_function(f"() => {condition}", timeout=PATIENCE)

    def waits_for_the_reader(self) -> None:
        """Wait until the document that the page is at stands there to be read."""
        self.settles()
        self.until(
            "window.seen.some(([name, { document: shown }]) => name === 'ready' &&"
            " shown === document.querySelector('[data-trigpoint=reader]')?.dataset.document)"
        )

    def turns_over(self, button: str) -> None:
        """Go to the next or the previous document."""
        before = self.reader.get_attribute("data-document") or ""
        self.presses(button)
        expect(self.page.locator(f"[data-document='{before}']")).to_have_count(0)
        self.waits_for_the_reader()

    def waits_until_all_is_stored(self) -> None:
        """Wait until the app has said of everything painted that it is stored."""
        self.until(
            "(({ painted, acked }) => painted.size > 0 && [...painted].every((one) => acked.has(one)))"
            "(Object.fromEntries(['painted', 'acked'].map((name) => [name, new Set(window.seen"
            ".filter(([seen]) => seen === name).flatMap(([, { operations }]) => operations))])))"
        )
        expect(self.reader).to_have_attribute("data-pending", "0")

    def codings(self) -> int:
        return int(self.reader.get_attribute("data-codings") or "-1")

    def types(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def goes_into_the_text(self) -> None:
        """Reach the text by keyboard, from wherever the focus is."""
        for _ in range(60):
            if self.page.evaluate("() => document.activeElement.matches('.tp-scroller')"):
                return
            self.types("Tab")
        raise AssertionError("Tab does not lead into the text")

    def codes(self, typed: str) -> None:
        """Code what is selected, by keyboard: the palette opens, a code is typed and applied."""
        self.types("Enter")
        self.page.keyboard.type(typed)
        self.types("Enter")

    def scrolls_to(self, words: str) -> list[list[float]]:
        """Bring words of the text into view; where on the screen they begin and end."""
        return list(self.page.evaluate(ENDS_OF_WORDS, words))

    def drags_over(self, words: str) -> None:
        """Select words of the text by mouse."""
        (from_x, from_y), (to_x, to_y) = self.scrolls_to(words)
        mouse = self.page.mouse
        mouse.move(from_x, from_y)
        mouse.down()
        mouse.move((from_x + to_x) / 2, to_y, steps=3)
        mouse.move(to_x, to_y, steps=3)
        mouse.up()


def _as_bytes(frame: str | bytes) -> bytes:
    return frame if isinstance(frame, bytes) else frame.encode()
