"""The page Questions: each view opens empty and full, answers, and keeps what was asked."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.services.team import Team
from tests.views.app import go_to, healthy, open_page, press, sent, words
from workbench.services import participants, studies
from workbench.services.example import NAME

VIEWS = ("retrieve", "matrix", "together", "time", "words")


def turn_to(page: AppTest, view: str) -> AppTest:
    page.segmented_control(key="questions_view").set_value(view).run()
    return healthy(page)


@pytest.mark.parametrize("view", VIEWS)
def test_view_of_the_example_study_shows_figures(served_example: Engine, view: str) -> None:
    page = turn_to(open_page("questions", study=NAME), view)
    assert "39 of 39 documents, 270 of 270 codings" in words(page)
    assert page.dataframe or "tp-quote" in words(page)


def test_study_without_documents_leads_to_the_import(served: Engine) -> None:
    studies.create_study(served, "Region", person="Lena")
    page = open_page("questions")
    assert "Import documents first" in words(page)
    own = [one for one in page.segmented_control if not str(one.key).startswith("interface_")]
    assert own == []


@pytest.mark.parametrize("view", VIEWS)
def test_study_without_codings_says_so_and_has_its_words(team: Team, view: str) -> None:
    page = turn_to(open_page("questions"), view)
    if view == "words":
        assert "nurse" in page.dataframe[0].value["lemma"].tolist()
    else:
        assert "Nothing is coded yet" in words(page)


def test_passages_come_with_their_codes_and_their_words(team: Team) -> None:
    team.code(team.anna, "no time", "ECO-FUND", valence="barrier")
    team.code(team.anna, "money is there", "SOC-LEAD")
    page = open_page("questions")
    page.multiselect(key="retrieve_codes").set_value(["ECO-FUND"]).run()
    said = words(healthy(page))
    assert "Codings: 1, in 1 of 1 documents" in said
    assert "no time" in said
    assert "SOC-LEAD" not in said


def test_condition_narrows_what_is_found(team: Team) -> None:
    team.code(team.anna, "nurse has no time", "ECO-FUND")
    team.code(team.anna, "no time", "SOC-LEAD")
    team.code(team.anna, "money", "ECO-FUND")
    page = press(open_page("questions"), "Add a condition")
    page.multiselect(key="retrieve_codes").set_value(["ECO-FUND"])
    page.multiselect(key="retrieve_condition_1_codes").set_value(["SOC-LEAD"]).run()
    assert "Codings: 1, in 1 of 1 documents" in words(healthy(page))
    page.selectbox(key="retrieve_condition_1_join").set_value("not").run()
    assert "money" in words(healthy(page))
    press(page, "Remove")
    assert "Codings: 2, in 1 of 1 documents" in words(healthy(page))


def test_filters_stay_while_one_moves_between_pages(team: Team) -> None:
    team.add_document("Quiet.", title="GP 1", source=team.add_source("GPs"))
    team.code(team.anna, "no time")
    page = open_page("questions")
    page.multiselect(key="asked_sources").set_value(["GPs"]).run()
    assert "1 of 2 documents, 0 of 1 codings" in words(healthy(page))
    page = healthy(go_to(healthy(go_to(page, "documents")), "questions"))
    assert "1 of 2 documents, 0 of 1 codings" in words(page)
    press(page, "Clear the filters")
    assert "2 of 2 documents, 1 of 1 codings" in words(healthy(page))


@pytest.mark.parametrize("cell", ["documents", "participants", "segments", "text"])
@pytest.mark.parametrize("side", ["kind", "source", "period", "speaker", "valence", "coder"])
def test_matrix_of_everything_by_everything(served_example: Engine, side: str, cell: str) -> None:
    page = turn_to(open_page("questions", study=NAME), "matrix")
    page.selectbox(key="matrix_side").set_value(side)
    page.selectbox(key="matrix_cell").set_value(cell).run()
    table = healthy(page).dataframe[0].value
    assert table["code"].tolist() == ["INN", "PRO", "PAT", "SOC", "ORG", "ECO", "IMP"]
    assert "all" in table


def test_matrix_by_levels_counts_documents_of_each_kind(team: Team) -> None:
    team.add_document("Quiet.", title="Report 2")
    team.code(team.anna, "no time", "ECO-FUND")
    team.code(team.bram, "money", "ECO-FIN")
    page = turn_to(open_page("questions"), "matrix")
    row = page.dataframe[0].value.iloc[0]
    assert (row["code"], row["c0"], row["all"]) == ("ECO", 1, 1)
    assert b"meeting report (n = 2)" in sent(page)


def test_links_of_codes_are_listed_and_drawn(team: Team) -> None:
    team.code(team.anna, "nurse has no time", "ECO-FUND")
    team.code(team.bram, "no time", "SOC-LEAD")
    page = turn_to(open_page("questions"), "together")
    assert page.dataframe[0].value.values.tolist() == [["SOC-LEAD", "ECO-FUND", 1, 1]]
    assert b"data-one=" in sent(page)
    page.toggle(key="together_same").set_value(True).run()
    assert not healthy(page).dataframe
    assert "No two codes stand together" in words(page)


def test_period_has_its_documents_beneath(served_example: Engine) -> None:
    page = turn_to(open_page("questions", study=NAME), "time")
    table = page.dataframe[0].value
    assert table["period"].tolist() == ["2021", "2022", "2023", "2024"]
    assert table["n"].tolist() == [3, 3, 10, 3]
    assert "20 documents with 42 codings" in words(page)


def test_undated_documents_have_no_time(team: Team) -> None:
    team.code(team.anna, "no time")
    assert "None of these documents has a date" in words(turn_to(open_page("questions"), "time"))


def test_word_in_context_is_coded_from_its_line(team: Team) -> None:
    page = turn_to(open_page("questions", person="Anna"), "words")
    page.segmented_control(key="words_view").set_value("context").run()
    page.text_input(key="words_wanted").set_value("patient").run()
    table = healthy(page).dataframe[0].value
    assert table["word"].tolist() == ["patients"]
    assert page.button(key="lines_apply_context").disabled


def test_key_words_are_of_the_documents_chosen(team: Team) -> None:
    team.add_document("Money, money, money, money.", title="GP 1", source=team.add_source("GPs"))
    page = turn_to(open_page("questions"), "words")
    page.segmented_control(key="words_view").set_value("key").run()
    assert not healthy(page).dataframe
    page.selectbox(key="words_here").set_value("source GPs").run()
    assert healthy(page).dataframe[0].value["lemma"].tolist()[0] == "money"


def test_people_are_filters_columns_and_headings(team: Team) -> None:
    talk = "Interviewer: Nobody asked?\nMia: No time.\nInterviewer: And then?\nMia: Nothing."
    documents = [team.add_document(talk, title=title, source=team.source) for title in ("One", "Two")]
    engine, lead = team.engine, team.lead
    who = participants.assign_labels(engine, lead, ["Mia"], "P1")
    participants.set_attributes(engine, lead, participants={(who, "role"): "nurse"})
    site = participants.add_participant(engine, lead, "Aalst", kind="site")
    participants.link_documents(engine, lead, [documents[0].id], site)
    for document in documents:
        team.code(lead, "No time", "ECO-FUND", document=document)
        team.code(lead, "Nobody", "ECO-FUND", document=document)
    page = open_page("questions")
    page.selectbox(key="retrieve_order").set_value("speaker").run()
    assert "P1 (nurse)" in words(healthy(page))
    turn_to(page, "matrix")
    page.selectbox(key="matrix_side").set_value("speaking role")
    page.selectbox(key="matrix_cell").set_value("participants").run()
    assert healthy(page).dataframe[0].value["c0"].tolist() == [1]
    assert "2 labels have no participant yet" in words(page)
    page.multiselect(key="asked_speaking role").set_value(["nurse"]).run()
    assert "2 of 3 documents, 2 of 4 codings" in words(healthy(page))
    page.multiselect(key="asked_linked name").set_value(["Aalst"]).run()
    assert "1 of 3 documents, 1 of 4 codings" in words(healthy(page))


def test_words_that_are_markup_stay_words(team: Team) -> None:
    text = "<img src=x onerror=alert(1)> **bold** of $x$"
    document = team.add_document(text, title=text)
    team.code(team.anna, text, "ECO-FUND", document=document)
    team.code(team.anna, "**bold**", "SOC-LEAD", document=document)
    page = open_page("questions")
    quotes = "".join(html.value for html in page.get("html"))
    assert "&lt;img src=x onerror=alert(1)&gt;" in quotes
    assert "<img" not in quotes
    for view in VIEWS:
        turn_to(page, view)


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_of_a_blind_coder_is_sent_to_the_other(team: Team, view: str) -> None:
    team.open_round()
    team.code(team.anna, "no time", "PRO-KNOW")
    team.code(team.anna, "nurse has no time", "PRO-ATT")
    for person, sees in (("Anna", True), ("Bram", False), ("Lena", False)):
        page = turn_to(open_page("questions", person=person), view)
        assert ("2 of 2 codings" in words(page)) is sees
        assert "in 1 with an open blind round only your own" in words(page)
        if view == "together":
            assert (b"data-one=" in sent(page)) is sees
