"""The page Compare: nothing before the reveal, then figures and both readings."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from tests.services.team import Team
from tests.views.app import healthy, open_page, sent, words
from workbench.services.example import NAME


@pytest.mark.parametrize("person", ["Lena", "Anna", "Bram"])
def test_nothing_is_compared_before_the_reveal(team: Team, person: str) -> None:
    team.code(team.anna, "no time", memo="zebra memo")
    team.open_round()
    team.finish(team.anna, team.bram)
    page = open_page("compare", person=person)
    assert page.info
    assert not page.dataframe
    assert b"zebra" not in sent(page)


def test_both_readings_stand_in_one_reader_after_the_reveal(team: Team) -> None:
    team.code(team.anna, "no time", memo="zebra memo")
    team.code(team.bram, "money is there", memo="okapi memo")
    team.open_round()
    team.finish(team.anna, team.bram)
    team.reveal()
    page = open_page("compare", person="Anna")
    assert b"zebra memo" in sent(page)
    assert b"okapi memo" in sent(page)
    assert "ECO-FUND" in page.dataframe[0].value.to_string()


def test_unit_of_comparison_can_be_the_document(served_example: Engine) -> None:
    page = open_page("compare", study=NAME)
    paragraphs = page.dataframe[0].value
    page.segmented_control[-1].set_value("document").run()
    documents = healthy(page).dataframe[0].value
    assert set(paragraphs["n"]) != set(documents["n"]) == {39}
    assert "39 units" in words(page)


def test_missing_figure_is_empty_and_has_its_reason(served_example: Engine) -> None:
    page = open_page("compare", study=NAME)
    tables = [table.value for table in page.dataframe]
    missing = [row for table in tables for _, row in table.iterrows() if row.isna()["low"]]
    assert missing
    assert all(row["reasons"] for row in missing)
