"""Packages on the pages Study and Studies: made, opened, returned and taken by those they are for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from store.engine import open_engine
from tests.services.team import Team
from tests.views.app import healthy, open_app, open_page, press, run, words
from workbench import settings
from workbench.services import packages, studies
from workbench.services.package_files import read, seal, spell

WORDS = "four words of ours"


def labels(page: AppTest) -> set[str]:
    return {button.label for button in page.button}


def chosen(page: AppTest, label: str) -> Selectbox:
    return next(box for box in page.selectbox if box.label == label)


def type_passphrase(page: AppTest, first: str = WORDS, again: str = WORDS) -> AppTest:
    for label, said in (("Passphrase", first), ("Passphrase again", again)):
        (field,) = [field for field in page.text_input if field.label == label]
        field.set_value(said)
    return page


def test_the_lead_makes_a_package_for_a_coder_of_a_round(team: Team) -> None:
    team.open_round()
    page = press(open_page("study"), "Make a package")
    run(page, chosen(page, "Package for").set_value("Anna"))
    assert chosen(page, "Round").value == "First round"
    press(type_passphrase(page, again="other words"), "Make the file")
    assert "same passphrase twice" in page.error[0].value
    page = healthy(press(type_passphrase(page), "Make the file"))
    assert [button.label for button in page.download_button] == ["Download the package"]
    assert packages.may_take(team.engine, team.anna)


def test_only_who_got_a_package_is_offered_to_take_one(team: Team) -> None:
    packages.make_package(team.engine, team.lead, "Anna")
    assert labels(open_page("study", person="Anna")) == {"Take a returned package"}
    assert labels(open_page("study", person="Bram")) == set()


def test_a_package_is_opened_on_the_list_of_studies_and_leads_to_its_study(
    team: Team, _migrated_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    team.open_round()
    sealed = seal(packages.make_package(team.engine, team.lead, "Anna"), passphrase=WORDS)
    shutil.copy(_migrated_file, tmp_path / "elsewhere.db")
    monkeypatch.setenv(settings.DATABASE_VARIABLE, f"sqlite:///{tmp_path / 'elsewhere.db'}")
    page = open_app(person="somebody")
    page.file_uploader[0].set_value(("anna.trigpoint", sealed, "application/octet-stream"))
    (secret,) = [field for field in page.text_input if field.label == "Passphrase"]
    secret.set_value("wrong words")
    press(page, "Open the package")
    assert "passphrase does not open" in page.error[0].value
    (secret,) = [field for field in page.text_input if field.label == "Passphrase"]
    secret.set_value(WORDS)
    page.file_uploader[0].set_value(("anna.trigpoint", sealed, "application/octet-stream"))
    healthy(press(page, "Open the package"))
    assert (page.query_params["study"], page.query_params["person"]) == ("Region", "Anna")
    assert "Return my codings" in labels(page)
    engine = open_engine(f"sqlite:///{tmp_path / 'elsewhere.db'}")
    assert studies.names_in(engine, studies.find_study(engine)) == ["Anna"]
    engine.dispose()


def test_what_could_not_be_taken_stands_in_the_dialog(
    team: Team, _migrated_file: Path, tmp_path: Path
) -> None:
    team.open_round()
    made = packages.make_package(team.engine, team.lead, "Anna")
    shutil.copy(_migrated_file, tmp_path / "elsewhere.db")
    engine = open_engine(f"sqlite:///{tmp_path / 'elsewhere.db'}")
    packages.take_package(engine, read(spell(made)), person="Anna")
    anna = studies.enter_study(engine, studies.find_study(engine), person="Anna")
    away = Team(engine, anna, anna, anna, team.source, team.document)
    away.code(anna, "no time")
    sealed = seal(packages.return_package(engine, anna), passphrase=WORDS)
    engine.dispose()
    team.finish(team.anna)
    page = press(open_page("study"), "Take a returned package")
    page.file_uploader[0].set_value(("back", sealed, "application/octet-stream"))
    page.text_input[0].set_value(WORDS)
    page = healthy(press(page, "Take the package"))
    assert "0 new codings" in words(page)
    assert "finished here in the round" in page.table[0].value.to_string()


def test_the_dialog_of_a_round_says_what_blinding_rests_on(team: Team) -> None:
    assert "procedural blinding" in words(press(open_page("study"), "New round"))
