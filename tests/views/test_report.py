"""The page Report: the report as it will print, and as files."""

from __future__ import annotations

from sqlalchemy import Engine

from tests.services.team import Team
from tests.views.app import open_page, sent
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
