"""The page Compare: nothing before the reveal, then figures and both readings."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from store.plans import Plan
from tests.services.team import Team
from tests.views.app import healthy, open_page, press, sent, words
from workbench.services import plans, versions
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
    assert any("ECO-FUND" in table.value.to_string() for table in page.dataframe)
    page.segmented_control(key="compare_view").set_value("readings").run()
    assert b"zebra memo" in sent(healthy(page))
    assert b"okapi memo" in sent(page)


def test_places_of_a_code_open_in_the_text_that_was_coded(team: Team) -> None:
    team.code(team.anna, "money is there")
    team.open_round()
    team.finish(team.anna, team.bram)
    team.reveal()
    (coded,) = versions.versions_of(team.engine, team.lead, team.document.id)
    corrected = f"Corrected. {team.document.text}"
    versions.correct_text(team.engine, team.lead, team.document.id, corrected, reason="misheard")
    page = open_page("compare", person="Anna")
    page.session_state["compare_rare"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    (places,) = [table.value for table in healthy(page.run()).dataframe if "open" in table.value.columns]
    assert f"version={coded.id}" in places["open"][0]
    page.segmented_control(key="compare_view").set_value("readings").run()
    assert "Version 1 of the text, as it was coded" in words(healthy(page))


def test_unit_of_comparison_can_be_the_document(served_example: Engine) -> None:
    page = open_page("compare", study=NAME)
    assert "39 units" not in words(page)
    page.selectbox(key="compare_unit").set_value("document").run()
    assert "39 units" in words(healthy(page))


def test_missing_figure_is_empty_and_has_its_reason(served_example: Engine) -> None:
    page = open_page("compare", study=NAME)
    page.segmented_control(key="compare_part").set_value("parts").run()
    tables = [table.value for table in healthy(page).dataframe if "alpha" in table.value]
    missing = [row for table in tables for _, row in table.iterrows() if row.isna()["alpha"]]
    assert missing
    assert all(row["reasons"] for row in missing)


def test_promise_of_the_plan_stands_beside_what_came_of_it(served_example: Engine) -> None:
    page = open_page("compare", study=NAME)
    assert "No plan says" in words(page)
    page.segmented_control(key="compare_view").set_value("plan").run()
    page.selectbox(key="plan_wanted").set_value(0.667).run()
    assert "not enough" in words(healthy(page))
    page.button(key="plan_write").click().run()
    page.segmented_control(key="compare_view").set_value("agreement").run()
    assert "wanted a lower end of .67 for themes: not reached" in words(healthy(page))


def test_rare_codes_have_counts_and_no_verdict(served_example: Engine) -> None:
    page = open_page("compare", study=NAME)
    rare = next(table.value for table in page.dataframe if "about" in table.value)
    assert not {"alpha", "ac1", "positive"} & set(rare.columns)
    assert any("disagreements are" in words for words in rare["about"])


def test_reflexive_study_shows_no_coefficient(team: Team) -> None:
    team.code(team.anna, "no time")
    team.open_round()
    team.finish(team.anna, team.bram)
    team.reveal()
    plans.write_plan(team.engine, team.lead, Plan(approach="reflexive", reason="we read together"))
    page = open_page("compare", person="Anna")
    assert "reflexive approach" in words(page)
    assert not page.dataframe


def test_disagreements_of_a_code_are_a_click_from_its_figures(served_example: Engine) -> None:
    page = open_page("compare", study=NAME)
    page.session_state["compare_0"] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    page = healthy(press(page.run(), "Walk its disagreements"))
    assert page.segmented_control(key="compare_view").value == "disagreements"
    assert page.multiselect(key="disagreements_codes").value == ["SOC-CULT"]


def test_who_does_not_lead_reads_the_plan_in_words(team: Team) -> None:
    assert "none is written yet" in words(open_page("compare", person="Anna", view="plan"))
    plans.write_plan(team.engine, team.lead, Plan(wanted=0.8, code_share=0.25, level="level"))
    page = open_page("compare", person="Anna", view="plan")
    assert "promised for levels, with all below them" in words(page)
    assert "139 units are needed" in words(page)
    assert not page.radio
