"""The plan is written before coding, changed with a reason, and decides what agreement shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.errors import UserFacingError
from store.plans import Plan
from tests.services.team import Team
from workbench.services import plans
from workbench.services.agreement import agreement_of_round
from workbench.services.agreement_spans import passages_of_round
from workbench.services.errors import NotAllowed


def written(team: Team, **fields: object) -> Plan:
    plan = Plan(**fields)  # type: ignore[arg-type]
    return plans.write_plan(team.engine, team.lead, plan)


def test_plan_comes_back_with_who_wrote_it_and_when(team: Team) -> None:
    sets = {team.document.id: "reliability", team.add_document(title="Second").id: "pilot"}
    plan = written(team, wanted=0.8, code_share=0.25, level="level", purposes=sets)
    assert plans.plan_of(team.engine, team.anna) == plan
    assert (plan.author, plan.purposes, plan.documents("pilot")) == (team.lead.name, sets, {*list(sets)[1:]})
    assert plan.at
    assert team.problems() == []


def test_every_version_of_the_plan_is_kept(quick_team: Team) -> None:
    first = written(quick_team, wanted=0.8)
    second = written(quick_team, wanted=0.667, reason="the pilot was sobering")
    assert plans.earlier_plans(quick_team.engine, quick_team.anna) == [second, first]


def test_once_a_round_is_open_a_change_needs_a_reason(quick_team: Team) -> None:
    written(quick_team, wanted=0.8)
    written(quick_team, wanted=0.667)
    quick_team.open_round()
    with pytest.raises(UserFacingError, match="needs a reason"):
        written(quick_team, wanted=0.8)
    assert written(quick_team, wanted=0.8, reason="asked by the board").reason == "asked by the board"


def test_only_the_lead_writes_it(quick_team: Team) -> None:
    with pytest.raises(NotAllowed):
        plans.write_plan(quick_team.engine, quick_team.anna, Plan())
    assert plans.plan_of(quick_team.engine, quick_team.anna) is None


@pytest.mark.parametrize(
    "fields",
    [{"approach": "magic"}, {"unit": "word"}, {"level": "leaf"}, {"wanted": 1.2}, {"code_share": 0.0}],
)
def test_values_that_there_are_not_are_refused(quick_team: Team, fields: dict[str, object]) -> None:
    with pytest.raises(UserFacingError):
        written(quick_team, **fields)


def test_units_needed_are_those_of_bloch_and_kraemer_and_counted_in_the_units_of_the_plan(
    quick_team: Team,
) -> None:
    plan = written(quick_team, wanted=0.8, code_share=0.25, purposes={quick_team.document.id: "reliability"})
    need = plans.need(quick_team.engine, quick_team.anna, plan)
    assert (need.units, need.available) == (139, {"pilot": 0, "reliability": 3, "main": 0})
    in_sentences = plans.need(quick_team.engine, quick_team.anna, replace(plan, unit="sentence"))
    assert in_sentences.available["reliability"] == 3
    assert plans.units_needed(replace(plan, wanted=None)) is None


def test_a_reflexive_study_has_no_coefficients(quick_team: Team) -> None:
    quick_team.code(quick_team.anna, "no time")
    quick_team.open_round()
    quick_team.finish(quick_team.anna, quick_team.bram)
    quick_team.reveal()
    written(quick_team, approach="reflexive", reason="we read together")
    for figures in (agreement_of_round, passages_of_round):
        with pytest.raises(NotAllowed, match="reflexive"):
            figures(quick_team.engine, quick_team.lead)
    written(quick_team, approach="coefficients", reason="a reviewer asks")
    assert agreement_of_round(quick_team.engine, quick_team.lead).codes
