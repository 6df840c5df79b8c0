"""The page on which names are reviewed before anything is stored."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from store import tables
from store.engine import reading
from tests.services.team import Team
from tests.views.app import healthy, open_page, press, run, words
from workbench.services.pseudonym_keys import key_place

TEXT = "Dokter Zwaenepoel belde mevrouw Maes. Zorgje kwam ook mee naar huis met de anderen.\n"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))


def with_files() -> AppTest:
    page = open_page("pseudonyms")
    run(page, page.file_uploader[0].set_value([("gesprek.txt", TEXT.encode(), "text/plain")]))
    labelled(page, "selectbox", "Source").set_value("Steering group").run()
    labelled(page, "text_input", "Passphrase of the key").set_value("vier woorden").run()
    labelled(page, "selectbox", "Language").set_value("nl").run()
    return healthy(press(page, "Look for names"))


def labelled(page: AppTest, kind: str, label: str):  # type: ignore[no-untyped-def]
    (found,) = [one for one in page.get(kind) if one.label == label]
    return found


def disabled(page: AppTest, label: str) -> bool:
    (found,) = [button for button in page.button if button.label == label]
    return found.disabled


def test_documents_leads_to_the_page_and_its_navigation_does_not_show_it(team: Team) -> None:
    page = open_page("documents")
    assert "Import with pseudonyms…" in [
        link.label.removeprefix(":green[")[:-1] for link in page.get("page_link")
    ]
    assert "Names, numbers and addresses are looked for" in words(open_page("pseudonyms"))


def test_every_name_is_decided_before_the_texts_go_into_the_study(team: Team) -> None:
    page = with_files()
    assert next(heading.value for heading in page.subheader) == "Zwaenepoel"
    assert disabled(page, "Import the pseudonymised texts")
    press(page, "Confirm")
    assert next(heading.value for heading in page.subheader) == "Maes"
    press(page, "Reject")
    assert not disabled(page, "Import the pseudonymised texts")
    press(page, "Undo the last decision")
    assert disabled(page, "Import the pseudonymised texts")
    press(page, "Confirm all that are left")
    healthy(press(page, "Import the pseudonymised texts"))
    with reading(team.engine) as connection:
        texts = list(connection.execute(sa.select(tables.document_version.c.text)).scalars())
    assert (
        "Dokter [Arts 1] belde mevrouw [Persoon 1]. Zorgje kwam ook mee naar huis met de anderen.\n" in texts
    )
    assert key_place(str(team.lead.study_id)).is_file()
    assert page.dataframe[0].value["What became of it"].tolist() == ["imported"]


def test_kind_changes_and_names_merge(team: Team) -> None:
    page = with_files()
    labelled(page, "selectbox", "What it is").set_value("patient").run()
    press(page, "Change kind")
    labelled(page, "selectbox", "The same as").select("person: zwaenepoel").run()
    healthy(press(page, "Merge with"))
    listed = page.dataframe[1].value
    assert listed["Kind"].tolist() == ["patient", "person"]
    assert listed["Decision"].tolist() == ["confirmed", "the same as Zwaenepoel"]


def test_a_missed_name_is_added_from_the_capitals_that_are_left(team: Team) -> None:
    page = with_files()
    assert "Zorgje" in page.dataframe[2].value["Word"].tolist()
    labelled(page, "text_input", "A name that was missed").set_value("Zorgje").run()
    healthy(press(page, "Add the name"))
    assert "Zorgje" in page.dataframe[1].value["Name"].tolist()
    assert "No other word with a capital" in words(page)


def test_nothing_is_kept_where_somebody_leaves(team: Team) -> None:
    page = with_files()
    healthy(press(page, "Leave without importing"))
    with reading(team.engine) as connection:
        texts = list(connection.execute(sa.select(tables.document_version.c.text)).scalars())
    assert not any("Zwaenepoel" in text or "Arts" in text for text in texts)
    assert not key_place(str(team.lead.study_id)).exists()


def test_a_wrong_passphrase_is_told(team: Team) -> None:
    page = with_files()
    press(page, "Confirm all that are left")
    press(page, "Import the pseudonymised texts")
    press(page, "Review more files")
    run(page, page.file_uploader[0].set_value([("b.txt", TEXT.encode(), "text/plain")]))
    labelled(page, "selectbox", "Source").set_value("Steering group").run()
    labelled(page, "text_input", "Passphrase of the key").set_value("andere").run()
    press(page, "Look for names")
    assert "does not open the key" in page.error[0].value
