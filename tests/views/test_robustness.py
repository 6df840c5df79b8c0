"""Robustness on the page Triangulate: shares, conclusions and what overturns them."""

from __future__ import annotations

from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.services.team import Team
from tests.views.app import healthy, open_page, words
from triangulation.robustness import About
from workbench.services import findings
from workbench.services.example import NAME


def robustness(person: str, study: str = "Region") -> AppTest:
    page = open_page("triangulate", person=person, study=study)
    return healthy(page.segmented_control(key="triangulate_view").set_value("robustness").run())


def test_without_findings_it_says_what_comes_first(team: Team) -> None:
    team.add_source("Interviews")
    assert "Add findings first" in words(robustness("Anna"))


def test_what_does_not_survive_stands_first_with_what_it_hangs_on(served_example: Engine) -> None:
    page = robustness("Lena", NAME)
    told = words(page)
    assert "Under everything" in told and "One source left out" in told
    assert page.segmented_control(key="robustness_show").value == "does_not"
    assert "✕" in told and "The plan names no lower bound" in told


def test_conclusions_can_be_narrowed(team: Team) -> None:
    team.add_source("Interviews")
    for source, valence in (("Interviews", "barrier"), ("Steering group", "facilitator")):
        findings.add_finding(
            team.engine,
            team.anna,
            source=source,
            theme="ECO-FUND",
            row="Money is there",
            statement=f"{source} say so.",
            valence=valence,
        )
    page = robustness("Anna")
    healthy(page.selectbox(key="robustness_about").set_value(About.BARRIER).run())
    told = words(page)
    assert "barrier (1 source)" in told and "facilitator (1 source)" not in told
    assert "no source supports it any more" in told
