"""What was judged of a pair before: kept, in order, and told to nobody who may not read it."""

from __future__ import annotations

import pytest

from store.studies import Member
from tests.services.team import Team
from triangulation.models import Meaning, Row
from workbench.services import findings, judging

ROW = Row("ECO-FUND", "Money ended")
PAIR = ("Interviews", "Steering group")


@pytest.fixture
def judged(quick_team: Team) -> Team:
    """Anna judges a pair, and then thinks better of it."""
    quick_team.add_source("Interviews")
    findings.add_row(quick_team.engine, quick_team.anna, theme=ROW.theme, statement=ROW.statement)
    judge(quick_team, quick_team.anna, "same")
    judge(quick_team, quick_team.anna, "contradictory")
    return quick_team


def judge(team: Team, person: Member, meaning: str) -> None:
    judging.judge_pair(
        team.engine, person, row=ROW, source_a=PAIR[1], source_b=PAIR[0], meaning=meaning, reason="so I read"
    )


def test_earlier_judgement_stays_and_the_newer_one_holds(judged: Team) -> None:
    told = judging.history_of(judged.engine, judged.anna, ROW, (PAIR[1], PAIR[0]))
    assert [(one.judgement.meaning, one.holds) for one in told] == [
        (Meaning.SAME, False),
        (Meaning.CONTRADICTORY, True),
    ]
    assert told[0].at <= told[1].at
    assert {one.judgement.researcher for one in told} == {"Anna"}


def test_history_of_another_is_told_only_after_both_have_locked(judged: Team) -> None:
    judge(judged, judged.bram, "complementary")
    judging.lock_judgements(judged.engine, judged.anna)
    assert [one.judgement.researcher for one in history(judged)] == ["Bram"]
    judging.lock_judgements(judged.engine, judged.bram)
    assert [one.judgement.researcher for one in history(judged)] == ["Anna", "Anna", "Bram"]


def history(team: Team) -> tuple[judging.PastJudgement, ...]:
    return judging.history_of(team.engine, team.bram, ROW, PAIR)


def test_other_pairs_rows_and_unknown_themes_have_no_history(judged: Team) -> None:
    ask = (judged.engine, judged.anna)
    assert judging.history_of(*ask, ROW, ("Interviews", "Survey")) == ()
    assert judging.history_of(*ask, Row("ECO-FUND", "Other"), PAIR) == ()
    assert judging.history_of(*ask, Row("NO-SUCH", "Money ended"), PAIR) == ()
