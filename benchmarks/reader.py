"""The coding screen at 100,000 words and 5,000 codings, in Chromium, on a real database.

Figures: first highlight with a cold browser, key → painted, key → stored and repainted (medians),
bytes that a coding sends more than a rerun in which nothing happened, scrolling (milliseconds a
frame), and a burst of 500 codings. SQLite with ``synchronous=FULL``; machines differ, so quote the
machine with the figure. ``--words`` and ``--codings`` measure other sizes.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from _study import made_up_study, served
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from store.engine import open_engine
from workbench.services import coding, studies

OPERATIONS, BURST, RUNS = 15, 500, 3
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: Notes when the key went down and when the screen said ready, painted or stored.
WATCH = """
window.trace = {key: 0, ready: [], painted: [], acked: []};
const { trace } = window;
window.addEventListener("keydown", e => { if (e.key === "Enter") trace.key = performance.now() }, true);
for (const name of ["ready", "painted", "acked"])
  window.addEventListener("trigpoint:" + name, () => trace[name].push(performance.now() - trace.key));
"""
#: Scrolls as a reader's wheel does and gives the time of every frame.
SCROLL = """
async () => {
  const scroller = document.querySelector(".tp-scroller");
  const frames = [];
  let before = await new Promise(requestAnimationFrame);
  for (let step = 0; step < 120; step += 1) {
    scroller.scrollTop += 500;
    const now = await new Promise(requestAnimationFrame);
    frames.push(now - before);
    before = now;
  }
  return frames;
}
"""


@dataclass
class Received:
    """Bytes that the server sent on the page's websockets."""

    size: int = 0

    def count(self, frame: str | bytes) -> None:
        self.size += len(frame)


def main() -> None:
    sizes = argparse.ArgumentParser(description=__doc__)
    sizes.add_argument("--words", type=int, default=100_000)
    sizes.add_argument("--codings", type=int, default=5_000)
    asked = sizes.parse_args()
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("No chromium on this machine: the reader was not measured.")
    print(
        f"reader, {asked.words:,} words, {asked.codings:,} codings, SQLite synchronous=FULL, "
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    )
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "reader.db"
        document_id = made_up_study(database, words=asked.words, codings=asked.codings)
        with served(database) as app, sync_playwright() as playwright:
            place = f"{app.address}/code?study=Benchmark&person=Anna&document={document_id}"
            first = [first_highlight(playwright, chromium, place) for _ in range(RUNS + 1)][1:]
            told("first highlight, cold browser", first, "s", 2.5)
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            page, received = a_page(browser, place)
            painted, stored, bytes_each = code_one_by_one(page, received)
            told("key → painted", painted, "ms", 50)
            told("key → stored and repainted", stored, "ms", 400)
            told(
                "bytes of a coding",
                [size / 1000 for size in bytes_each],
                "kB",
                12 + empty_rerun(page, received),
            )
            frames = page.evaluate(SCROLL)
            mean = statistics.mean(frames)
            print(f"  scrolling: {mean:.1f} ms a frame on average, worst {max(frames):.0f} (aim 25)")
            before = count(database)
            seconds = burst(page)
            new = count(database) - before
            print(f"  {BURST} codings in a burst: {new} stored in {seconds:.1f} s (aim {BURST})")
            browser.close()


def told(what: str, found: list[float], unit: str, aim: float) -> None:
    """One line: the median, the worst, and the part of the aim that the median takes."""
    middle = statistics.median(found)
    digits = 0 if unit == "ms" else 2
    print(
        f"  {what}: median {middle:.{digits}f} {unit}, worst {max(found):.{digits}f} of {len(found)} "
        f"(aim {aim:.{digits}f}; ratio {middle / aim:.2f})"
    )


def a_page(browser: Browser, place: str) -> tuple[Page, Received]:
    """A page with the document open, and what it receives from now on."""
    received = Received()
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.on("websocket", lambda line: line.on("framereceived", received.count))
    page.add_init_script(WATCH)
    page.goto(place)
    page.wait_for_function("window.trace.ready.length > 0", timeout=120_000)
    time.sleep(1.5)
    return page, received


def first_highlight(playwright: Playwright, chromium: str, place: str) -> float:
    """Seconds from the address to the first frame with marked passages, nothing in the cache."""
    browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.add_init_script(WATCH)
    page.goto(place, wait_until="commit")
    page.wait_for_function("window.trace.ready.length > 0 && CSS.highlights.size > 0", timeout=120_000)
    seconds = page.evaluate("window.trace.ready[0]") / 1000
    browser.close()
    return float(seconds)


def empty_rerun(page: Page, received: Received) -> float:
    """Kilobytes of a rerun of the reader in which nothing has changed."""
    sizes = []
    for _ in range(3):
        before = received.size
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("r")  # Streamlit's own key
        time.sleep(1.5)
        sizes.append((received.size - before) / 1000)
    return statistics.median(sizes)


def code_one_by_one(page: Page, received: Received) -> tuple[list[float], list[float], list[float]]:
    """Code sentence after sentence by keyboard, waiting for each to be stored."""
    sizes: list[float] = []
    for number in range(OPERATIONS):
        before = received.size
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.keyboard.type("fund")
        page.keyboard.press("Enter")
        page.wait_for_function(f"window.trace.acked.length > {number}", timeout=20_000)
        time.sleep(0.4)
        sizes.append(received.size - before)
    trace = page.evaluate("window.trace")
    return trace["painted"], trace["acked"], sizes


def burst(page: Page) -> float:
    """Code as fast as keys can be pressed; seconds until all of it is stored."""
    started = time.monotonic()
    page.evaluate(
        """async (times) => {
          const scroller = document.querySelector(".tp-scroller");
          const press = (key, code) =>
            scroller.dispatchEvent(new KeyboardEvent("keydown", { key, code, bubbles: true }));
          for (let time = 0; time < times; time += 1) {
            press("j", "KeyJ");
            press(".", "Period");
            if (time % 10 === 0) await new Promise((resolve) => setTimeout(resolve));
          }
        }""",
        BURST,
    )
    page.wait_for_function(
        "document.querySelector('[data-trigpoint=reader]').dataset.pending === '0'", timeout=120_000
    )
    return time.monotonic() - started


def count(database: Path) -> int:
    """How many codings the database holds."""
    engine = open_engine(f"sqlite:///{database}")
    anna = studies.enter_study(engine, studies.find_study(engine), person="Anna")
    found = len(coding.codings_of(engine, anna))
    engine.dispose()
    return found


if __name__ == "__main__":
    main()
