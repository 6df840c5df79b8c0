"""How long the triangulation matrix takes with 40 rows, 6 sources and 3 researchers (1,800 judgements).

Run: python benchmarks/matrix.py [--screenshots FOLDER]. The aim is 1 s, from the click on Triangulate on a
page that is open to a table that is shown; and all rows fit a window of 1440 × 900 pixels.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from _study import served, triangulated_study
from playwright.sync_api import Page, sync_playwright

from store.engine import open_engine
from triangulation.researchers import compare_researchers
from workbench.services import triangulation
from workbench.services.codebooks import codes_known
from workbench.services.robustness import robustness_of
from workbench.services.studies import enter_study, find_study
from workbench.views.triangulate.matrix_lines import lines_of

ROWS, SOURCES, REPEATS, AIM = 40, 6, 5, 1.0
_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]


def main() -> None:
    """Make the study, time the service and the page, and say whether all rows are seen."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--screenshots", type=Path, help="keep pictures of the page in this folder")
    asked.add_argument("--chromium", default="/usr/bin/chromium", help="the browser")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "study.db"
        triangulated_study(database, rows=ROWS, sources=SOURCES)
        _time_services(database)
        with served(database) as app, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=options.chromium, args=_OPTIONS)
            for scheme in ("light", "dark"):
                page = browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme=scheme)
                _time_page(page, app.address, scheme, options.screenshots)
                page.close()
            browser.close()


def _time_services(database: Path) -> None:
    engine = open_engine(f"sqlite:///{database}")
    anna = enter_study(engine, find_study(engine), person="Anna")
    found = triangulation.triangulate(engine, anna)
    book = codes_known(engine, anna)
    matrix = found.matrix
    print(f"{len(matrix.rows)} rows, {len(matrix.sources)} sources, {len(found.judgements)} judgements")
    _time("the service", lambda: triangulation.triangulate(engine, anna))
    _time("the lines of the table", lambda: lines_of(found.matrix, found.findings, book))
    compared = (found.matrix, found.existences, found.findings, found.ratings, found.importances)
    _time("researchers compared", lambda: compare_researchers(*compared))
    _time("robustness under all rules", lambda: robustness_of(engine, anna, found=found))
    engine.dispose()


def _time(what: str, task: Callable[[], object]) -> None:
    seconds, cpu = [], []
    for _ in range(REPEATS):
        began, busy = perf_counter(), process_time()
        task()
        seconds.append(perf_counter() - began)
        cpu.append(process_time() - busy)
    print(f"  {what}: {median(seconds):.3f} s (median of {REPEATS}), {min(cpu):.3f} s of the processor")


def _time_page(page: Page, address: str, scheme: str, folder: Path | None) -> None:
    page.goto(f"{address}/study?study=Benchmark&person=Anna")
    link = page.get_by_role("link", name="Triangulate", exact=True)
    link.wait_for()
    seconds = []
    for _ in range(REPEATS):
        page.get_by_role("link", name="Memos", exact=True).click()
        page.locator("[data-trigpoint=matrix]").wait_for(state="detached")
        page.wait_for_timeout(800)
        began = perf_counter()
        link.click()
        page.locator("[data-trigpoint=matrix] [role=gridcell]").last.wait_for()
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        seconds.append(perf_counter() - began)
    told = f"{median(seconds):.2f} s (median of {REPEATS}, fastest {min(seconds):.2f} s; aim {AIM:.1f} s)"
    print(f"  from the click to the table, {scheme}: {told}")
    page.wait_for_timeout(600)
    print(f"  {page.evaluate(_SEEN)} of {ROWS} rows are seen whole at 1440 × 900")
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"matrix-{scheme}.png")


#: How many rows and all their columns lie within the window.
_SEEN = """() => [...document.querySelectorAll("[data-trigpoint=matrix] .tpm-row")].filter((row) => {
  const { top, bottom, left, right } = row.getBoundingClientRect();
  const frame = row.closest(".tpm-scroll").getBoundingClientRect();
  return top >= 0 && bottom <= Math.min(frame.bottom, innerHeight) + 1
    && left >= frame.left - 1 && right <= frame.right + 1;
}).length"""


if __name__ == "__main__":
    main()
