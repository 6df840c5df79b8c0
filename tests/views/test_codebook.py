"""The page Codebook: load it, add a code, take it away as a file."""

from __future__ import annotations

from sqlalchemy import Engine

from tests.services.team import Team
from tests.views.app import healthy, open_page, press
from workbench.services import studies
from workbench.services.codebooks import codebook_history, current_codebook


def test_starter_codebook_is_loaded_by_one_button(served: Engine) -> None:
    lead = studies.create_study(served, "Region", person="Lena")
    page = healthy(press(open_page("codebook"), "Load Grol & Wensing"))
    stored = current_codebook(served, lead)
    assert stored is not None
    assert len(page.dataframe[0].value) == len(stored.codebook.codes) == 43


def test_new_code_is_a_new_version_with_its_reason(team: Team) -> None:
    page = press(open_page("codebook"), "New code")
    fields = {field.label: field for field in (*page.text_input, *page.text_area)}
    press(page, "Add the code")
    assert "needs a label" in page.error[0].value
    fields = {field.label: field for field in (*page.text_input, *page.text_area)}
    fields["Label"].set_value("Digital tools")
    fields["Reason, for the list of versions"].set_value("It comes up everywhere")
    healthy(press(page, "Add the code"))
    newest = codebook_history(team.engine, team.lead)[0]
    assert (newest.number, newest.reason) == (2, "It comes up everywhere")
    assert "Digital tools" in page.dataframe[0].value.to_string()


def test_codings_are_counted_as_far_as_one_may_see(team: Team) -> None:
    team.code(team.anna, "no time", "ECO-FUND")

    def counted(person: str) -> int:
        table = open_page("codebook", person=person).dataframe[0].value
        return int(table.set_index("Id")["Codings"]["ECO-FUND"])

    assert counted("Bram") == 1
    team.open_round()
    assert (counted("Anna"), counted("Bram"), counted("Lena")) == (1, 0, 0)


def test_codebook_is_offered_as_files(team: Team) -> None:
    page = open_page("codebook")
    assert {button.label for button in page.download_button} == {"Download YAML", "Download CSV"}
