"""The coding screen on a page of its own, as the browser tests have it in their hands."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any
from uuid import uuid4

from playwright.sync_api import Page

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
        self.store = uuid4().hex

    def open(self, query: str = "") -> None:
        self.page.goto(f"{self.address}/?store={self.store}&{query}")
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
        path = self.folder / f"{self.store}.json"
        codings = json.loads(path.read_text(encoding="utf-8"))["codings"] if path.exists() else {}
        return sorted(codings.values(), key=lambda coding: coding["start"])

    def span(self) -> tuple[int, int]:
        """The selected words, as code points."""
        start, end = self.data("selection").split("-")
        return int(start), int(end)

    def words(self) -> str:
        """The selected words."""
        start, end = self.span()
        return TEXT[start:end]

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
    """At once, as a crash does: a server that says goodbye has Streamlit put a dialog over the page."""
    server.kill()
    server.wait()
