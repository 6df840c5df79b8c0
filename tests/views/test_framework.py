"""The page Framework: opens empty and full, filters, and sends nothing of a cell that is hidden."""

from __future__ import annotations

from uuid import UUID

from streamlit.testing.v1 import AppTest

from store.frameworks import SPEAKERS
from tests.services.team import Team
from tests.views.app import healthy, open_page, press, sent, words
from workbench.services import framework_cells, frameworks
from workbench.services.codebooks import current_codebook


def with_a_summary(team: Team, text: str = "Money is no worry") -> None:
    frameworks.add_framework(team.engine, team.anna, "Frame", themes=["ECO-FUND", "PRO-MOT"])
    stored = current_codebook(team.engine, team.anna)
    assert stored is not None
    code_id = next(code.id for code in stored.codebook.codes if code.key == "ECO-FUND")
    made = team.code(team.anna, "money is there")
    framework_cells.save_cell(
        team.engine,
        team.anna,
        "Frame",
        row=team.document.id,
        code_id=code_id,
        text=text,
        coding_ids=[UUID(made)],
    )


def summaries(page: AppTest) -> list[str]:
    return list(page.dataframe[0].value["ECO-FUND Funding and sustainability"])


def test_without_a_framework_the_page_says_what_one_is_and_offers_the_first(team: Team) -> None:
    page = open_page("framework")
    assert "Ritchie" in words(page)
    assert [area.label for area in press(page, "New framework").multiselect] == [
        "Themes, in the order of the columns"
    ]


def test_matrix_shows_documents_and_summaries_and_filters_them(team: Team) -> None:
    with_a_summary(team)
    team.add_document("Elsewhere.", title="Other")
    page = open_page("framework", person="Bram")
    assert summaries(page) == ["Money is no worry", ""]
    assert "Columns" not in [button.label for button in page.button]  # Bram neither made it nor leads
    page.text_input(key="framework_title").set_value("other").run()
    assert summaries(healthy(page)) == [""]
    page.text_input(key="framework_title").set_value("nothing so called").run()
    assert not healthy(page).dataframe


def with_a_talk(team: Team) -> None:
    text = "Interviewer: Is there money?\nGP 1: There is money.\nInterviewer: Good.\nGP 1: For now."
    team.add_document(text, title="Talk")


def test_new_framework_offers_speakers_as_rows_where_some_are_named(team: Team) -> None:
    rows = next(
        box for box in press(open_page("framework"), "New framework").selectbox if box.label == "Rows"
    )
    assert rows.options == ["Documents"]
    with_a_talk(team)
    page = press(open_page("framework"), "New framework")
    next(box for box in page.text_input if box.label == "Name of the framework").set_value("Voices")
    next(box for box in page.selectbox if box.label == "Rows").set_value(SPEAKERS)
    page.multiselect[0].set_value(["ECO-FUND"])
    page = healthy(press(page, "Make the framework"))
    assert framework_cells.framework_matrix(team.engine, team.lead, "Voices").kind == SPEAKERS


def test_rows_of_speakers_are_shown_with_their_documents_and_what_is_left_out(team: Team) -> None:
    with_a_talk(team)
    team.add_document("Elsewhere.", title="No [talk]")
    frameworks.add_framework(team.engine, team.anna, "Voices", themes=["ECO-FUND"], rows=SPEAKERS)
    page = open_page("framework")
    assert list(page.dataframe[0].value["Speaker"]) == ["Interviewer", "GP 1"]
    assert list(page.dataframe[0].value["Documents"]) == [1, 1]
    assert "documents in no row: 2" in words(page)
    assert [box.label for box in page.expander] == ["In no row, as no speaker is named in them (2)"]
    page.text_input(key="framework_title").set_value("gp").run()
    assert list(healthy(page).dataframe[0].value["Speaker"]) == ["GP 1"]


def test_framework_is_renamed_and_named_as_before_on_the_page(team: Team) -> None:
    with_a_summary(team)
    page = press(open_page("framework", person="Anna"), "Rename")
    next(box for box in page.text_input if box.label == "Name of the framework").set_value("Frame 2")
    page = healthy(press(page, "Give this name"))
    assert [line.name for line in frameworks.frameworks_of(team.engine, team.anna)] == ["Frame 2"]
    healthy(press(press(page, "Rename"), "Name it “Frame” again"))
    assert [line.name for line in frameworks.frameworks_of(team.engine, team.anna)] == ["Frame"]


def test_retired_framework_is_brought_back_on_the_page(team: Team) -> None:
    with_a_summary(team)
    page = press(open_page("framework", person="Anna"), "Retire the framework")
    assert not healthy(page).dataframe
    page = healthy(press(page, "Bring it back"))
    assert summaries(page) == ["Money is no worry"]


def test_nothing_of_a_hidden_cell_is_sent(team: Team) -> None:
    with_a_summary(team, "zebra")
    assert b"zebra" in sent(open_page("framework", person="Bram"))
    team.open_round()
    assert b"zebra" not in sent(open_page("framework", person="Bram"))
    assert b"zebra" in sent(open_page("framework", person="Anna"))
