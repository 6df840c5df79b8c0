"""Files by the browser: checked for names first, with a calm way on for whoever has no passphrase."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from store.engine import reading
from store.events import events_of
from tests.services.leaving import ENTITIES, ORIGINALS, give_pseudonyms
from tests.services.team import Team
from tests.views.app import healthy, open_page, press, run, sent, words
from workbench.services import leaving, memos
from workbench.services.pseudonym_keys import Key


@pytest.fixture(autouse=True)
def _own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    yield
    leaving._OPEN.clear()


@pytest.fixture
def locked(team: Team) -> Team:
    give_pseudonyms(team.engine, team.lead, key=False)
    return team


@pytest.fixture
def unlocked(locked: Team) -> Team:
    leaving._hold(locked.anna, Key(None, "nl", ENTITIES), None, None)  # opening a key takes a second
    return locked


def write(team: Team, text: str) -> None:
    memos.write_memo(
        team.engine, team.bram, kind="reflexive", about="document", about_id=team.document.id, text=text
    )


def asked(person: str = "Bram") -> AppTest:
    return press(open_page("memos", person=person), "Download CSV")


def fill(page: AppTest, label: str, text: str) -> AppTest:
    (field,) = [field for field in page.text_input if label in field.label]
    field.set_value(text)
    return page


def offered(page: AppTest) -> list[str]:
    return [button.label for button in page.download_button]


def reasons(team: Team) -> list[tuple[str, str]]:
    with reading(team.engine) as connection:
        log = list(events_of(connection, team.lead.study_id))
    return [(event.action, event.reason) for event in log if event.action.startswith("file.")]


def test_a_study_without_pseudonyms_offers_its_files_as_they_are(team: Team) -> None:
    write(team, "Lieve Peeters was tired")
    assert offered(open_page("memos", person="Bram")) == ["Download CSV"]
    assert "Check for names" not in words(open_page("study"))


def test_a_locked_check_asks_for_the_passphrase_or_a_reason(locked: Team) -> None:
    write(locked, "[Persoon 1] was tired")
    page = healthy(asked())
    assert "Files are checked against it before they leave" in words(page)
    assert [field.label for field in page.text_input if field.label != "Search the memos"] == [
        "Passphrase of the key",
        "Without the passphrase: take it unchecked, because",
    ]
    assert offered(page) == []
    page = press(page, "Take it unchecked")
    assert page.error[0].value == "Say why: the reason stands in the log."
    page = press(fill(page, "take it unchecked", "the lead is away"), "Take it unchecked")
    assert offered(healthy(page)) == ["Download CSV"]
    assert "is checked" not in words(page)
    assert reasons(locked) == [("file.take_unchecked", "the lead is away")]
    assert "took a file away unchecked: the lead is away" in str(open_page("study").dataframe[-1].value)


def test_a_file_in_which_no_name_shows_is_offered(unlocked: Team) -> None:
    write(unlocked, "[Persoon 1] was tired")
    page = healthy(asked())
    assert "memos.csv is checked: none of the 2 names and numbers" in words(page)
    assert offered(page) == ["Download CSV"]
    assert reasons(unlocked) == []


def test_names_are_told_by_place_and_the_file_leaves_for_a_reason(unlocked: Team) -> None:
    write(unlocked, "Lieve Peeters was tired")
    page = healthy(asked())
    assert "shows in one place of memos.csv. It has not left." in words(page)
    table = page.dataframe[-1].value
    assert (list(table), offered(page)) == (["Where"], [])
    page = press(fill(page, "with this place", "Peeters asked"), "Take it with this place")
    assert "in the reason itself" in page.error[0].value
    page = press(fill(page, "with this place", "for the ethics board"), "Take it with this place")
    assert offered(healthy(page)) == ["Download CSV"]
    assert "is checked" not in words(page)
    assert reasons(unlocked) == [("file.take_with_names", "for the ethics board")]


def test_who_opened_the_key_sees_which_pseudonym_it_should_be_and_never_the_name(unlocked: Team) -> None:
    unlocked.code(unlocked.anna, "The nurse", memo="Lieve Peeters was tired")
    page = healthy(asked("Anna"))
    (row,) = page.dataframe[-1].value.to_dict("records")
    assert (row["Should be"], row["Words there"]) == ("[Persoon 1]", "[Persoon 1] was tired")
    told = sent(healthy(press(open_page("report", person="Anna"), "Download DOCX")))
    assert not any(original.encode() in told for original in ORIGINALS)


def test_the_page_study_tells_how_the_check_stands_and_locks_it(unlocked: Team) -> None:
    page = open_page("study", person="Bram")
    assert "Files are checked against 2 names and numbers" in words(page)
    page = healthy(press(page, "Lock the check"))
    assert "Locked: the study's names are in a key" in words(page)
    page = healthy(press(page, "Unlock the check"))
    assert [field.label for field in page.text_input] == ["Passphrase of the key"]


def test_a_package_is_checked_before_it_is_encrypted(unlocked: Team) -> None:
    unlocked.add_document("Lieve Peeters spoke.", title="Left over")
    page = press(open_page("study"), "Make a package")
    (box,) = [box for box in page.selectbox if box.label == "Package for"]
    page = healthy(run(page, box.set_value("Anna")))
    assert "Region Anna.trigpoint. It has not left." in words(page)
    page = press(fill(page, "with this place", "Anna was there"), "Take it with this place")
    assert "Make the file" in [button.label for button in healthy(page).button]
