"""The dialog Import documents: choosing, looking before it is stored, importing now or in the background."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from corpus.readers import FORMATS, READERS
from tests.corpus.test_ocr import a_scan, put_in_place
from tests.services.team import Team
from tests.views.app import go_to, healthy, open_page, press, run, words
from workbench import settings
from workbench.services import withdrawing
from workbench.services.documents import list_documents
from workbench.services.import_jobs import ENDED, imports_of
from workbench.views.importing import FORMAT_NAMES

File = tuple[str, bytes, str]


@pytest.fixture(autouse=True)
def waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where files wait in these tests."""
    monkeypatch.setattr(settings, "waiting_folder", lambda: tmp_path / "waiting")
    return tmp_path / "waiting"


def choose(*files: File) -> AppTest:
    page = press(open_page("documents"), "Import documents")
    page.get("dialog")[0].selectbox[0].set_value("Steering group")
    run(page, page.file_uploader[0].set_value(list(files)))
    return healthy(page)


def wait_for_the_end(team: Team) -> None:
    until = time.monotonic() + 60
    while any(one.state != ENDED for one in imports_of(team.engine, team.lead)):
        assert time.monotonic() < until
        time.sleep(0.05)


MINUTES: File = (
    "2023-01-05 minutes.txt",
    b"Minutes of the meeting.\n\nGP 1 [00:03:41]: No <b>time</b>.",
    "text/plain",
)


def test_preview_shows_every_file_with_its_state_and_the_text_as_it_would_be_stored(team: Team) -> None:
    page = choose(MINUTES, ("photo.png", b"\x89PNG", "image/png"))
    press(page, "Preview")
    healthy(page)
    listed = page.dataframe[0].value
    assert list(listed["State"]) == ["refused", "with warnings"]
    assert "png" in listed["Worth knowing"][0]
    shown = words(page)
    assert "GP 1 · 0:03:41" in shown
    assert "No &lt;b&gt;time&lt;/b&gt;." in shown
    assert "2023-01-05 · " in shown
    assert len(list_documents(team.engine, team.lead)) == 1
    press(page, "Import this document")
    healthy(press(page, "Close"))
    assert len(list_documents(team.engine, team.lead)) == 2


def test_other_files_can_be_chosen_after_looking_and_what_was_said_stays(team: Team) -> None:
    page = choose(MINUTES)
    press(page, "Preview")
    press(page, "Choose other files")
    healthy(page)
    assert page.selectbox[0].value == "Steering group"
    assert "1 chosen before: 2023-01-05 minutes.txt" in words(page)
    press(page, "Import")
    assert "1 imported" in words(healthy(page))


def test_columns_of_a_workbook_are_chosen_from_its_first_rows(team: Team) -> None:
    page = choose(("s.tsv", b"who\tanswer\nGP\tNo time\nnurse\t\nGP\tMoney\n", "text/tab-separated-values"))
    assert [button.disabled for button in page.button if button.label == "Preview"] == [True]
    (column,) = [box for box in page.selectbox if box.label == "Column with the texts"]
    assert column.options == ["who", "answer"]
    run(page, column.set_value("answer"))
    press(page, "Preview")
    assert list(page.dataframe[0].value["State"]) == ["refused", "ready", "ready"]


def test_tables_of_other_columns_are_asked_for_one_by_one(team: Team) -> None:
    one: File = ("one.csv", b"who;answer\nGP;No time\n", "text/csv")
    same: File = ("same.csv", b"who;answer\nnurse;Money\n", "text/csv")
    other: File = ("other.csv", b"id;said\n1;Yes\n", "text/csv")
    page = choose(one, same, other)
    first, second = [box for box in page.selectbox if box.label == "Column with the texts"]
    assert (first.options, second.options) == (["who", "answer"], ["id", "said"])
    run(page, first.set_value("answer"))
    assert [button.disabled for button in page.button if button.label == "Preview"] == [True]
    _, second = [box for box in page.selectbox if box.label == "Column with the texts"]
    run(page, second.set_value("said"))
    press(page, "Preview")
    assert list(page.dataframe[0].value["State"]) == ["ready", "ready", "ready"]


def test_lead_may_let_in_again_what_was_withdrawn(team: Team) -> None:
    assert "Also what was withdrawn" not in {box.label for box in choose(MINUTES).checkbox}
    withdrawing.withdraw(team.engine, team.lead, document="Report 1", reason="Asked for it")
    page = choose(("again.txt", team.document.text.encode() + b"\n", "text/plain"))
    run(page, next(b for b in page.checkbox if b.label == "Also what was withdrawn").set_value(True))
    press(page, "Import")
    assert "1 imported" in words(healthy(page))


def test_tracked_changes_are_asked_for_only_where_there_may_be_some(team: Team) -> None:
    assert "Tracked changes" not in {box.label for box in choose(MINUTES).selectbox}
    for name in ("report.docx", "report.odt"):
        page = choose((name, b"PK", "application/octet-stream"))
        assert "Tracked changes" in {box.label for box in page.selectbox}


def test_ocr_is_offered_only_where_the_program_is_there(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan: File = ("scan.pdf", a_scan("No time"), "application/pdf")
    monkeypatch.setenv("PATH", str(tmp_path))
    page = choose(scan)
    assert not page.checkbox
    press(page, "Preview")
    assert "OCR" in page.dataframe[0].value["Worth knowing"][0]
    put_in_place(tmp_path, monkeypatch)
    page = choose(scan)
    run(page, page.checkbox[0].set_value(True))
    press(page, "Preview")
    assert "The nurse has no money for it." in words(healthy(page))


def test_many_files_are_imported_in_the_background_and_reported(team: Team) -> None:
    files: list[File] = [(f"{n}.txt", f"Text {n}.".encode(), "text/plain") for n in range(7)]
    page = choose(*files, ("photo.png", b"\x89PNG", "image/png"))
    press(page, "Import")
    wait_for_the_end(team)
    page = healthy(go_to(page, "documents"))
    assert "has ended: 7 imported, 0 in the study already, 1 refused" in words(page)
    press(page, "Show the import")
    page = healthy(go_to(page, "documents")) if not page.dataframe else page
    told = page.dataframe[-1].value.to_string()
    assert "photo.png" in told
    page = open_page("documents")  # another day, in another window
    assert "1 refused" in words(page)
    press(page, "Close the report")
    assert "1 refused" not in words(healthy(go_to(page, "documents")))


def test_stopped_import_can_be_resumed_or_given_up_from_the_page(team: Team) -> None:
    files: list[File] = [(f"{n:03}.txt", f"Text {n}.".encode(), "text/plain") for n in range(60)]
    page = choose(*files)
    press(page, "Import")
    page = healthy(go_to(page, "documents"))
    press(page, "Stop the import")
    until = time.monotonic() + 30
    while "stopped at" not in words(page := open_page("documents")):
        assert time.monotonic() < until
    press(page, "Resume the import")
    wait_for_the_end(team)
    assert len(list_documents(team.engine, team.lead)) == 61


def test_every_format_that_is_read_has_a_name_on_the_page(team: Team) -> None:
    assert set(FORMATS) == set(FORMAT_NAMES)
    assert sorted(suffix for suffixes in FORMATS.values() for suffix in suffixes) == sorted(READERS)
    page = press(open_page("documents"), "Import documents")
    assert all(suffix in words(page) for suffix in READERS)
