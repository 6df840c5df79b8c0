"""Which conclusions hold: with the team's view, the coders of quotes, and the plan's lower bound."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import Engine

from store.plans import Plan
from store.studies import Member
from tests.services.team import Team
from triangulation.consensus import TEAM
from triangulation.models import Row
from triangulation.robustness import About, Change, Survives
from workbench.services import example, findings, judging, plans, robustness, studies

ROW = Row("ECO-FUND", "Money is there")


@pytest.fixture
def lead(example_engine: Engine) -> Member:
    return studies.enter_study(example_engine, studies.find_study(example_engine), person="Lena")


def test_the_example_study_is_checked_under_everything_but_units(
    example_engine: Engine, lead: Member
) -> None:
    found = robustness.robustness_of(example_engine, lead)
    assert {c.view for c in found.conclusions if c.about is About.CONVERGENCE} == {TEAM}
    names = {change: {v.name for v in found.variations if v.change is change} for change in Change}
    assert names[Change.WITHOUT_RESEARCHER] == set(example.JUDGES)
    assert names[Change.WITHOUT_CODER] == set(example.CODERS)
    assert len(names[Change.WITHOUT_SOURCE]) == 4
    assert names[Change.UNIT] == set()
    assert found.reasons == {"unit": robustness.NO_PLAN}


def test_a_quote_that_one_coder_alone_coded_is_named(quick_team: Team) -> None:
    team = quick_team
    coding = team.code(team.anna, "money is there")
    findings.add_finding(
        team.engine,
        team.anna,
        source="Steering group",
        theme=ROW.theme,
        row=ROW.statement,
        statement="There is money.",
        valence="facilitator",
        coding_ids=[UUID(coding)],
    )
    (conclusion,) = robustness.robustness_of(team.engine, team.anna).conclusions
    (without,) = [o for o in conclusion.outcomes if o.variation.change is Change.WITHOUT_CODER]
    assert (without.variation.name, without.survives) == ("Anna", Survives.NO)
    assert without.quotes == ("money is there",)
    team.code(team.bram, "and money is there")
    (conclusion,) = robustness.robustness_of(team.engine, team.anna).conclusions
    answers = [o.survives for o in conclusion.outcomes if o.variation.change is Change.WITHOUT_CODER]
    assert answers == [Survives.YES, Survives.YES]


def test_a_researcher_who_has_not_locked_checks_their_own_conclusions(quick_team: Team) -> None:
    team = quick_team
    team.add_source("Interviews")
    for person, code in ((team.anna, "agreement"), (team.bram, "dissonance")):
        judging.judge_pair(
            team.engine,
            person,
            row=ROW,
            source_a="Interviews",
            source_b="Steering group",
            assigned=code,
            reason="So it is.",
        )
    judging.lock_judgements(team.engine, team.anna)
    found = robustness.robustness_of(team.engine, team.bram)
    assert [(c.view, c.value) for c in found.conclusions] == [("Bram", "contains_dissonance")]


def test_units_are_varied_against_what_the_plan_wants(quick_team: Team) -> None:
    team = quick_team
    plans.write_plan(team.engine, team.lead, Plan(wanted=0.667))
    team.open_round()
    for coder in (team.anna, team.bram):
        team.code(coder, "money is there")
        team.finish(coder)
    assert robustness.robustness_of(team.engine, team.lead).reasons["unit"] == robustness.NO_ROUND
    team.reveal()
    findings.add_finding(
        team.engine,
        team.anna,
        source="Steering group",
        theme=ROW.theme,
        row=ROW.statement,
        statement="There is money.",
    )
    found = robustness.robustness_of(team.engine, team.lead)
    assert {v.name for v in found.variations if v.change is Change.UNIT} == {
        "sentence",
        "document",
        "character",
    }
