"""The page Report: the report as it will print, and as files."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.services.team import Team
from tests.views.app import healthy, open_page, press, sent, words
from workbench.services import report_texts
from workbench.services.example import NAME
from workbench.views.report import file_name


def test_report_of_the_example_is_shown_and_offered_in_four_forms(served_example: Engine) -> None:
    page = open_page("report", study=NAME)
    assert [button.label for button in page.download_button] == [
        "Download HTML",
        "Download DOCX",
        "Download XLSX",
        "Download Markdown",
    ]
    assert b"Convergence matrix" in sent(page)


def test_report_in_a_blind_round_counts_nothing_of_the_others(team: Team) -> None:
    team.open_round()
    team.code(team.anna, "no time", "PRO-KNOW", valence="barrier")
    anna, bram, lena = (sent(open_page("report", person=person)) for person in ("Anna", "Bram", "Lena"))
    assert b"1 coding" in anna
    assert b"1 coding" not in bram
    assert b"1 coding" not in lena


def test_file_of_the_report_has_a_name_that_every_system_takes() -> None:
    assert file_name('A/B: "region"') == "A B region triangulation report"


def show(page: AppTest, part: str) -> AppTest:
    """Choose what to do with the report."""
    page.segmented_control(key="report_show").set_value(part).run()
    return healthy(page)


def field(page: AppTest, label: str) -> Any:
    """The one field of that name."""
    (found,) = [area for area in page.text_area if area.label == label]
    return found


def test_introduction_is_written_on_the_page_and_stands_in_the_report(team: Team) -> None:
    page = show(open_page("report"), "texts")
    field(page, "Introduction").set_value("Care was split.\n\nWe <b>asked</b> why.")
    page = press(page, "Save the introduction")
    assert "Last written by Lena" in words(page)
    assert b"We &lt;b&gt;asked&lt;/b&gt; why." in sent(show(page, "report"))


def test_earlier_versions_of_a_text_stay_to_read(team: Team) -> None:
    for text in ("First words", "Second words"):
        report_texts.write_text(team.engine, team.lead, "introduction", text)
    page = show(open_page("report"), "texts")
    assert field(page, "Introduction").value == "Second words"
    assert "Earlier versions of the introduction: 1" in [one.label for one in page.expander]
    assert "First words" in words(page)


def test_who_writes_over_another_is_told_and_keeps_their_words(team: Team) -> None:
    page = show(open_page("report"), "texts")
    field(page, "Introduction").set_value("Mine")
    report_texts.write_text(team.engine, team.anna, "introduction", "Anna's")
    page = press(page, "Save the introduction")
    assert "Anna has changed the introduction" in page.error[0].value
    assert field(page, "Introduction").value == "Mine"
    page = show(show(page, "report"), "texts")
    assert field(page, "Introduction").value == "Anna's"
    kept = report_texts.written_for_report(team.engine, team.lead).texts["introduction"]
    assert kept.text == "Anna's"


def test_an_item_of_coreq_is_answered_on_the_page(team: Team) -> None:
    page = show(open_page("report"), "standards")
    assert "Trigpoint" in words(page)  # item 27, from the data
    field(page, "2 Their credentials").set_value("Two PhDs")
    page = press(page, "Save the answers")
    assert report_texts.written_for_report(team.engine, team.lead).answers["coreq"] == {2: "Two PhDs"}
    assert b"Two PhDs" in sent(show(page, "report"))


def test_discussion_is_closed_in_a_blind_round(team: Team) -> None:
    report_texts.write_text(team.engine, team.lead, "discussion", "zebra")
    team.open_round()
    page = show(open_page("report", person="Anna"), "texts")
    assert [area.label for area in page.text_area] == ["Introduction"]
    assert "Discussion: closed to you" in words(page)
    assert b"zebra" not in sent(page)
