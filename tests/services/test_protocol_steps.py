"""The states of the steps follow from what the team has written, and tell nobody what they may not know."""

from __future__ import annotations

from sqlalchemy import Engine

from store.studies import Member
from tests.services.team import Team
from triangulation.models import Row
from triangulation.protocol import ProtocolPage
from workbench.services import findings, judging, protocol
from workbench.services.protocol_steps import StepState, states_of_steps
from workbench.services.triangulation import triangulate

OPEN, LOCKED, DECIDED = StepState.OPEN, StepState.LOCKED, StepState.DECIDED


def states(engine: Engine, person: Member) -> tuple[StepState, ...]:
    return states_of_steps(engine, person, triangulate(engine, person))


def test_every_step_is_open_at_first(quick_team: Team) -> None:
    assert states(quick_team.engine, quick_team.lead) == (OPEN,) * 7


def test_a_fixed_protocol_is_decided_and_coding_is_locked_until_all_have_locked(quick_team: Team) -> None:
    engine, anna, bram = quick_team.engine, quick_team.anna, quick_team.bram
    quick_team.add_source("Interviews")
    for source in ("Steering group", "Interviews"):
        findings.add_finding(engine, anna, source=source, theme="ECO-FUND", statement="It ends.")
    protocol.write_protocol(engine, quick_team.lead, ProtocolPage(judges=("Anna", "Bram")))
    protocol.fix_protocol(engine, quick_team.lead)
    row = Row("ECO-FUND")
    for person in (anna, bram):
        judging.judge_existence(engine, person, row=row, source="Interviews", speaks=True)
    judging.lock_judgements(engine, anna)
    assert states(engine, anna)[:3] == (DECIDED, OPEN, LOCKED)
    assert states(engine, bram)[:3] == (DECIDED, OPEN, OPEN)
    judging.lock_judgements(engine, bram)
    assert states(engine, bram)[:3] == (DECIDED, DECIDED, DECIDED)
