"""Bringing many files in by the browser: looked at first, imported in the background, stopped and resumed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from store.engine import open_engine
from tests.browser.researcher import Researcher
from tests.services.team import a_team
from workbench.services.documents import list_documents

if TYPE_CHECKING:
    from tests.conftest import RunningApp

pytestmark = pytest.mark.browser

#: So many that nobody is too late to press Stop.
FILES = 250


def test_files_are_previewed_imported_in_the_background_stopped_and_resumed(
    arrives: Callable[[str, str], Researcher],
    app_server: Callable[..., RunningApp],
    _migrated_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))  # where files wait
    shutil.copy(_migrated_file, tmp_path / "team.db")
    team = a_team(open_engine(f"sqlite:///{tmp_path / 'team.db'}"))
    files = []
    for n in range(FILES):
        files.append(tmp_path / f"interview {n:03}.txt")
        files[-1].write_text(
            f"Interview {n}\n\nGP 1 [00:03:41]: Nobody pays for meeting {n}.\nGP 2: No time.\n"
        )
    files.append(tmp_path / "old.doc")
    files[-1].write_bytes(b"x")

    lena = arrives("Lena", app_server(tmp_path / "team.db", person="Lena").url)
    lena.comes_to("documents", study="Region")

    look_before_importing(lena, files)
    lena.presses(f"Import these {FILES} documents", within=lena.dialog)
    lena.sees("Importing")

    lena.turns_to("Codebook")  # leaving the page does not stop it
    lena.turns_to("Documents")
    lena.presses("Stop the import")
    lena.sees(f"of {FILES + 1}. What is done stays")
    assert 0 < len(list_documents(team.engine, team.lead)) - 1 < FILES

    lena.presses("Resume the import")
    lena.sees(f"{FILES} imported, 0 in the study already, 1 refused.")
    lena.presses("Show the import")
    lena.finds_a_row("old.doc", "refused")
    report = lena.downloads("Download the report", tmp_path).read_text(encoding="utf-8-sig")
    assert len(report.splitlines()) == 1 + FILES + 1
    assert len(list_documents(team.engine, team.lead)) == 1 + FILES
    assert team.problems() == []
    assert lena.mishaps == []
    assert not [path for path in (tmp_path / "data").rglob("*") if path.is_file() and path.name != "lock"]


def look_before_importing(lena: Researcher, files: list[Path]) -> None:
    lena.presses("Import documents")
    lena.dialog.locator("input[type=file]").set_input_files(files)
    lena.picks("Source", "Interviews", within=lena.dialog)
    lena.picks("Kind of source", "interview", within=lena.dialog)
    lena.presses("Preview", within=lena.dialog)
    lena.sees(f"Nothing is stored yet. 0 ready, {FILES} with warnings, 0 in the study already, 1 refused.")
    lena.finds_a_row("refused", "old.doc")
    expect(lena.dialog.get_by_text("GP 1 · 0:03:41")).to_be_visible()
    expect(lena.dialog.get_by_text("Nobody pays for meeting 0.")).to_be_visible()
