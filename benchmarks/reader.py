"""The coding screen at 20,000 words and 1,000 codings, in Chromium, on a real database.

Figures: key → painted, key → stored and repainted (medians), and a burst of 25 codings 100 ms
apart. Aims: 50 ms, 350 ms, 25 stored. SQLite with ``synchronous=FULL``; machines differ, so quote
the machine with the figure.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

from playwright.sync_api import Page, sync_playwright

from store.engine import open_engine
from store.migrate import migrate
from workbench.services import codebooks, coding, importing, studies

WORDS, CODINGS, OPERATIONS, BURST = 20_000, 1_000, 15, 25
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: Notes when the key went down and when the screen said painted or stored.
WATCH = """
window.trace = {key: 0, painted: [], acked: []};
const { trace } = window;
window.addEventListener("keydown", e => { if (e.key === "Enter") trace.key = performance.now() }, true);
for (const name of ["painted", "acked"])
  window.addEventListener("trigpoint:" + name, () => trace[name].push(performance.now() - trace.key));
"""


def main() -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("No chromium on this machine: the reader was not measured.")
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "reader.db"
        document_id = fill(database)
        with served(database) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.add_init_script(WATCH)
            page.goto(f"{address}/code?study=Benchmark&person=Anna&document={document_id}")
            page.wait_for_selector("[data-trigpoint=reader]", timeout=60_000)
            page.wait_for_function("document.querySelector('[data-trigpoint=reader]').dataset.codings > 900")
            time.sleep(1)
            painted, stored = code_one_by_one(page)
            before = count(database)
            burst(page)
            kept = count(database) - before
            browser.close()
    print(f"reader, {WORDS:,} words, {CODINGS:,} codings, SQLite synchronous=FULL, {os.cpu_count()} cores")
    for name, found, aim in (("painted", painted, 50), ("stored and repainted", stored, 350)):
        print(
            f"  key → {name}: median {statistics.median(found):.0f} ms, worst {max(found):.0f} ms "
            f"of {len(found)} (aim {aim} ms)"
        )
    print(f"  {BURST} codings 100 ms apart: {kept} stored (aim {BURST})")


def fill(database: Path) -> UUID:
    """A study with one document of many words and many codings."""
    dice = random.Random(7)
    words = [
        "patient",
        "care",
        "nurse",
        "team",
        "goal",
        "support",
        "clinic",
        "record",
        "follow",
        "diet",
        "doctor",
        "money",
        "trust",
        "élan",
    ]
    lines, left = [], WORDS
    while left > 0:
        size = min(left, dice.randint(15, 110))
        sentence = [dice.choice(words) for _ in range(size)]
        lines.append(
            f"GP {dice.randint(1, 5)}: " + " ".join(sentence).capitalize().replace(" goal ", ". Goal ") + "."
        )
        left -= size
    file = database.with_name("long.txt")
    file.write_text("\n".join(lines), encoding="utf-8")
    engine = open_engine(f"sqlite:///{database}")
    migrate(engine)
    anna = studies.create_study(engine, "Benchmark", person="Anna")
    (result,) = importing.import_paths(engine, anna, [file], source="Interviews", kind="interview")
    assert result.document is not None and result.characters is not None
    book = codebooks.load_codebook(engine, anna, "grol-wensing").codebook
    themes = [code.key for code in book.codes if code.parent]
    operations = []
    for _ in range(CODINGS):
        start = dice.randrange(result.characters - 400)
        operations.append(
            {
                "operation": str(uuid4()),
                "type": "apply",
                "start": start,
                "end": start + dice.randint(20, 380),
                "code": dice.choice(themes),
                "valence": dice.choice(["facilitator", "barrier"]),
            }
        )
    coding.apply_operations(engine, anna, result.document, operations)
    engine.dispose()
    return result.document


@contextlib.contextmanager
def served(database: Path) -> Iterator[str]:
    """The app on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [
            str(Path(sys.executable).with_name("trigpoint")),
            "--database",
            str(database),
            "run",
            "--port",
            str(port),
        ],
        env={**os.environ, "TRIGPOINT_USER": "Anna", "STREAMLIT_SERVER_HEADLESS": "true"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{address}/_stcore/health")
                break
            time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(10)


def code_one_by_one(page: Page) -> tuple[list[float], list[float]]:
    """Code sentence after sentence by keyboard, waiting for each to be stored."""
    page.evaluate("document.querySelector('[data-trigpoint=reader] [data-start]').scrollIntoView()")
    for number in range(OPERATIONS):
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.keyboard.type("fund")
        page.keyboard.press("Enter")
        page.wait_for_function(f"window.trace.acked.length > {number}", timeout=20_000)
        time.sleep(0.2)
    trace = page.evaluate("window.trace")
    return trace["painted"], trace["acked"]


def burst(page: Page) -> None:
    """Code faster than answers come."""
    for _ in range(BURST):
        page.keyboard.press("j")
        page.keyboard.press(".")
        time.sleep(0.1)
    page.wait_for_function(
        "document.querySelector('[data-trigpoint=reader]').dataset.pending === '0'", timeout=30_000
    )


def count(database: Path) -> int:
    """How many codings the database holds."""
    engine = open_engine(f"sqlite:///{database}")
    anna = studies.enter_study(engine, studies.find_study(engine), person="Anna")
    found = len(coding.codings_of(engine, anna))
    engine.dispose()
    return found


if __name__ == "__main__":
    main()
