"""What a file says about itself without being asked: its day and its language."""

import datetime as dt

import pytest

from corpus.dates import date_in_first_lines, date_in_name
from corpus.language import detect_language


@pytest.mark.parametrize(
    "name",
    [
        "2019-01-14.md",
        "14-01-2019 report.docx",
        "20190114_minutes.txt",
        "minutes_14.1.2019.txt",
        "14 januari 2019.docx",
    ],
)
def test_a_date_in_the_file_name_is_read(name: str) -> None:
    assert date_in_name(name) == dt.date(2019, 1, 14)


@pytest.mark.parametrize("name", ["report.docx", "31-02-2019.txt", "120190114.txt", "GP12.txt", "2019.txt"])
def test_figures_that_are_no_date_are_left_alone(name: str) -> None:
    assert date_in_name(name) is None


@pytest.mark.parametrize(
    "line",
    [
        "12 March 2019",
        "Aalst, 12 maart 2019",
        "Réunion du 12 mars 2019",
        "March 12th, 2019",
        "Date: 12/03/2019",
        "2019-03-12 steering group",
        "held on the 12th of March, 2019 in town",
    ],
)
def test_a_date_in_the_first_lines_is_read(line: str) -> None:
    assert date_in_first_lines(f"Report\n\n{line}\nPresent: all") == dt.date(2019, 3, 12)


def test_the_first_of_the_month_in_french_is_read() -> None:
    assert date_in_first_lines("le 1er août 2021") == dt.date(2021, 8, 1)


def test_a_date_in_running_text_is_not_the_date_of_the_document() -> None:
    assert date_in_first_lines("It began. " * 30 + "on 12 March 2019 we met.") is None
    assert date_in_first_lines("line\n" * 20 + "12 March 2019") is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("There was never any time for it.", "en"),
        ("De huisarts had er geen tijd voor.", "nl"),
        ("Le médecin n'avait pas le temps.", "fr"),
        ("pas de temps pour ça", "fr"),
        ("manque de temps", "fr"),
        ("te weinig tijd", "nl"),
        ("OK", None),
        ("12 34 56", None),
        ("To jest krótki polski tekst o zdrowiu", None),
        ("慢性病 的 护理", None),
        ("", None),
    ],
)
def test_the_language_is_told_or_left_open(text: str, language: str | None) -> None:
    assert detect_language(text) == language
