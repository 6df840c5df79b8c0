"""Bringing files in by the browser: looked at first, in the background, given up, and with names reviewed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from store.engine import open_engine
from tests.browser.researcher import Researcher
from tests.services.team import Team, a_team
from workbench.services.documents import list_documents, open_document

if TYPE_CHECKING:
    from tests.conftest import RunningApp

pytestmark = pytest.mark.browser

#: So many that nobody is too late to press Stop.
FILES = 250

INTERVIEW = (
    "Interviewer: Who phoned the patient?\n"
    "GP 1: Mrs. Marie Claes did, on 0475 12 34 56. She lives in Aalst. Jan Peeters was not there.\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("region")


@pytest.fixture(scope="module")
def app(
    app_server: Callable[..., RunningApp], _migrated_file: Path, folder: Path
) -> Iterator[tuple[RunningApp, Team]]:
    """One server for all of these tests, whose waiting files and keys lie in a folder of its own."""
    shutil.copy(_migrated_file, folder / "team.db")
    team = a_team(open_engine(f"sqlite:///{folder / 'team.db'}"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder / "data"))
        yield app_server(folder / "team.db", person="Lena"), team


@pytest.fixture
def lena(arrives: Callable[[str, str], Researcher], app: tuple[RunningApp, Team]) -> Iterator[Researcher]:
    here = arrives("Lena", app[0].url)
    yield here
    assert here.mishaps == []


@pytest.fixture
def team(app: tuple[RunningApp, Team]) -> Team:
    return app[1]


def some_files(folder: Path, name: str) -> list[Path]:
    files = [folder / f"{name} {n:03}.txt" for n in range(FILES)]
    for n, path in enumerate(files):
        path.write_text(
            f"{name.title()} {n}\n\nGP 1 [00:03:41]: Nobody pays for meeting {n}.\nGP 2: No time.\n"
        )
    return files


def waiting_files(folder: Path) -> list[Path]:
    waiting = folder / "data" / "trigpoint" / "waiting-imports"
    return [path for path in waiting.rglob("*") if path.is_file() and path.name != "lock"]


def chooses(lena: Researcher, files: list[Path], *, source: str) -> None:
    lena.presses("Import documents")
    lena.dialog.locator("input[type=file]").set_input_files(files)
    lena.picks("Source", source, within=lena.dialog)
    lena.picks("Kind of source", "interview", within=lena.dialog)


def test_files_are_previewed_imported_in_the_background_stopped_and_resumed(
    lena: Researcher, team: Team, folder: Path
) -> None:
    files = some_files(folder, "interview")
    files.append(folder / "old.doc")
    files[-1].write_bytes(b"x")
    before = len(list_documents(team.engine, team.lead))

    lena.comes_to("documents", study="Region")
    chooses(lena, files, source="Interviews")
    lena.presses("Preview", within=lena.dialog)
    lena.sees(f"Nothing is stored yet. 0 ready, {FILES} with warnings, 0 in the study already, 1 refused.")
    lena.finds_a_row("refused", "old.doc")
    expect(lena.dialog.get_by_text("GP 1 · 0:03:41")).to_be_visible()
    expect(lena.dialog.get_by_text("Nobody pays for meeting 0.")).to_be_visible()
    lena.presses(f"Import these {FILES} documents", within=lena.dialog)
    lena.sees("Importing")

    lena.turns_to("Codebook")  # leaving the page does not stop it
    lena.turns_to("Documents")
    lena.presses("Stop the import")
    lena.sees(f"of {FILES + 1}. What is done stays")
    assert 0 < len(list_documents(team.engine, team.lead)) - before < FILES

    lena.presses("Resume the import")
    lena.sees(f"{FILES} imported, 0 in the study already, 1 refused.")
    lena.presses("Show the import")
    lena.finds_a_row("old.doc", "refused")
    report = lena.downloads("Download the report", folder).read_text(encoding="utf-8-sig")
    assert len(report.splitlines()) == 1 + FILES + 1
    assert len(list_documents(team.engine, team.lead)) == before + FILES
    assert team.problems() == []
    assert waiting_files(folder) == []


def test_an_import_that_is_given_up_keeps_what_is_done_and_deletes_the_rest(
    lena: Researcher, team: Team, folder: Path
) -> None:
    before = len(list_documents(team.engine, team.lead))
    lena.comes_to("documents", study="Region")
    chooses(lena, some_files(folder, "conversation"), source="Conversations")
    lena.presses("Import", within=lena.dialog)
    lena.presses("Stop the import")
    lena.sees("What is done stays; the rest waits to be resumed.")
    assert waiting_files(folder)
    lena.presses("Give up the rest")
    lena.sees("imported, 0 in the study already, 0 refused.")
    assert waiting_files(folder) == []
    assert before <= len(list_documents(team.engine, team.lead)) < before + FILES
    assert team.problems() == []


def test_names_are_reviewed_by_keyboard_before_a_text_is_stored(
    lena: Researcher, team: Team, folder: Path
) -> None:
    path = folder / "talk.txt"
    path.write_text(INTERVIEW, encoding="utf-8")
    lena.comes_to("pseudonyms", study="Region")
    lena.page.locator("input[type=file]").set_input_files(path)
    lena.picks("Source", "Talks")
    lena.picks("Kind of source", "interview")
    lena.picks("Language", "English")
    lena.page.get_by_label("Passphrase of the key", exact=True).fill("four words of ours")
    lena.types("Enter")
    lena.presses("Look for names")
    lena.sees("0 of 4 names decided")

    for key, told in (
        ("a", "1 of 4 names decided"),
        ("x", "2 of 4 names decided"),
        ("u", "1 of 4 names decided"),
        ("a", "2 of 4 names decided"),
        ("a", "3 of 4 names decided"),
    ):
        lena.types(key)
        lena.sees(told)
    assert not lena.page.get_by_role("button", name="Import the pseudonymised texts").is_enabled()
    lena.types("x")  # the last one is no name: it stays
    lena.sees("4 of 4 names decided")
    lena.presses("Import the pseudonymised texts")
    lena.sees("1 pseudonymised texts are in the study")

    (stored,) = [d for d in list_documents(team.engine, team.lead) if d.source == "Talks"]
    _, document = open_document(team.engine, team.lead, stored.id)
    gone = [name for name in ("Claes", "Aalst", "Peeters", "0475") if name not in document.text]
    assert len(gone) == 3
    assert document.text.startswith("Interviewer: Who phoned the patient?\nGP 1:")
    kept = (folder / "team.db").read_bytes()
    assert not [name for name in gone if name.isalpha() and name.encode() in kept]  # digests hold figures
    assert team.problems() == []
