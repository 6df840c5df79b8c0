"""Settling what researchers see differently: by whom, with what, and what it leaves alone."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from corpus.errors import UserFacingError
from corpus.spreadsheets import read_rows
from store import tables
from tests.services.team import Team
from triangulation.consensus import State
from triangulation.models import About, ConvergenceCode, Row
from workbench.services import judging, resolutions, studies
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.triangulation import triangulate

ROW = Row("ECO-FUND", "Money is there")
PAIR = {"source_a": "Interviews", "source_b": "Steering group"}


def judge(team: Team, code: str, *people: str, row: Row = ROW) -> None:
    for person in people:
        judging.judge_pair(
            team.engine, getattr(team, person), row=row, **PAIR, assigned=code, reason=f"{person}: zebra"
        )


def settle(team: Team, who: str = "anna", **said: Any) -> None:
    told = {
        "row": ROW,
        "about": "code",
        **PAIR,
        "outcome": "partial",
        "reason": "The survey is older.",
        "decided_by": ["Anna", "Bram"],
    }
    resolutions.settle(team.engine, getattr(team, who), **(told | said))


def differ(team: Team) -> Team:
    """Anna and Bram judged one pair differently and have locked."""
    team.add_source("Interviews")
    judge(team, "agreement", "anna")
    judge(team, "partial", "bram")
    for person in (team.anna, team.bram):
        judging.lock_judgements(team.engine, person)
    return team


@pytest.fixture
def two(quick_team: Team) -> Team:
    return differ(quick_team)


def test_resolution_is_kept_with_all_that_was_said(team: Team) -> None:
    differ(team)
    settle(team, minority="They do agree on the essence.", minority_by="Anna")
    (logged,) = resolutions.resolution_log(team.engine, team.bram)
    said = logged.resolution
    assert (said.row, said.about, said.source_a, said.source_b) == (ROW, About.CODE, *PAIR.values())
    assert (said.outcome, said.reason) == ("partial", "The survey is older.")
    assert said.decided_by == ("Anna", "Bram")
    assert (said.minority, said.minority_by) == ("They do agree on the essence.", "Anna")
    assert (logged.author, logged.state) == ("Anna", "holds")
    assert said.at
    assert team.problems() == []


def test_team_holds_what_was_settled(two: Team) -> None:
    before = triangulate(two.engine, two.anna)
    assert before.team is not None
    assert (before.team.count(State.OPEN), before.differences[0].state) == (1, State.OPEN)
    settle(two)
    after = triangulate(two.engine, two.anna)
    assert after.team is not None
    assert [cell.code for cell in after.team.matrix.cells] == [ConvergenceCode.PARTIAL]
    assert after.differences[0].state is State.SETTLED


def test_settling_touches_no_judgement_and_no_agreement(two: Team) -> None:
    before = triangulate(two.engine, two.anna)
    settle(two)
    settle(two, "bram", outcome=None, reason="We do not get any further.")
    after = triangulate(two.engine, two.anna)
    assert after.judgements == before.judgements
    assert after.researchers == before.researchers
    assert before.researchers.both_speak.percent_pairs == 0.0


def test_newer_one_takes_the_place_and_both_stay_in_the_log(two: Team) -> None:
    settle(two)
    settle(two, "bram", outcome=None, reason="We do not get any further.")
    newest, oldest = resolutions.resolution_log(two.engine, two.lead)
    assert (newest.resolution.outcome, newest.state, newest.author) == (None, "holds", "Bram")
    assert (oldest.resolution.outcome, oldest.state) == ("partial", "replaced")
    found = triangulate(two.engine, two.anna)
    assert [one.outcome for one in found.resolutions] == [None]
    assert found.differences[0].state is State.UNRESOLVED


def test_taken_back_is_open_again_and_stays_in_the_log(two: Team) -> None:
    settle(two)
    (logged,) = resolutions.resolution_log(two.engine, two.anna)
    resolutions.take_back(two.engine, two.bram, logged.id)
    assert triangulate(two.engine, two.anna).differences[0].state is State.OPEN
    assert [one.state for one in resolutions.resolution_log(two.engine, two.anna)] == ["taken back"]
    with pytest.raises(NotThere):
        resolutions.take_back(two.engine, two.bram, logged.id)
    assert two.problems() == []


def test_the_order_of_the_sources_does_not_matter(two: Team) -> None:
    settle(two)
    settle(two, source_a=PAIR["source_b"], source_b=PAIR["source_a"], outcome="agreement")
    assert [one.state for one in resolutions.resolution_log(two.engine, two.anna)] == ["holds", "replaced"]


def test_existence_can_be_settled(quick_team: Team) -> None:
    team = quick_team
    team.add_source("Interviews")
    for person, speaks in ((team.anna, True), (team.bram, False)):
        judging.judge_existence(team.engine, person, row=ROW, source="Interviews", speaks=True)
        judging.judge_existence(team.engine, person, row=ROW, source="Steering group", speaks=speaks)
        judging.lock_judgements(team.engine, person)
    settle(team, about="existence", source_a="Steering group", source_b=None, outcome="no")
    found = triangulate(team.engine, team.anna)
    assert found.team is not None
    assert [cell.code for cell in found.team.matrix.cells] == [ConvergenceCode.SILENCE]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"reason": "  "}, "reason"),
        ({"decided_by": []}, "who decided"),
        ({"outcome": "yes"}, "no outcome about code"),
        ({"outcome": "undetermined"}, "no outcome about code"),
        ({"about": "weather"}, "none of"),
        ({"source_b": None}, "of two sources"),
        ({"about": "existence"}, "of one source"),
        ({"row": Row("ECO-FUND", "Another")}, "do not differ"),
        ({"about": "importance", "source_a": None, "source_b": None, "outcome": "main"}, "do not differ"),
        ({"minority": "No."}, "minority"),
        ({"minority_by": "Anna"}, "minority"),
        ({"decided_by": ["Zoe"]}, "Zoe"),
        ({"minority": "No.", "minority_by": "Zoe"}, "Zoe"),
    ],
)
def test_what_settles_nothing_is_refused(two: Team, said: dict[str, Any], words: str) -> None:
    with pytest.raises(UserFacingError, match=words):
        settle(two, **said)
    assert two.count(tables.resolution) == 0


def test_a_code_may_be_given_by_its_letter(two: Team) -> None:
    settle(two, outcome="PA")
    assert triangulate(two.engine, two.anna).resolutions[0].outcome == ConvergenceCode.PARTIAL


def test_nobody_settles_before_their_own_lock(quick_team: Team) -> None:
    team = quick_team
    team.add_source("Interviews")
    judge(team, "agreement", "anna")
    judge(team, "partial", "bram")
    judging.lock_judgements(team.engine, team.anna)
    for who in ("anna", "bram"):  # Anna can read no second researcher, Bram has not locked
        with pytest.raises(NotAllowed):
            settle(team, who)


def test_who_has_not_locked_learns_of_no_resolution(two: Team) -> None:
    settle(two)
    judging.reopen_judgements(two.engine, two.lead, "Bram", reason="He missed a source.")
    assert resolutions.resolution_log(two.engine, two.bram) == ()
    assert b"older" not in resolutions.resolution_file(two.engine, two.bram)
    found = triangulate(two.engine, two.bram)
    assert (found.team, found.resolutions, found.differences) == (None, (), ())
    (logged,) = resolutions.resolution_log(two.engine, two.lead)
    with pytest.raises(NotThere):
        resolutions.take_back(two.engine, two.bram, logged.id)


def test_the_same_operation_is_stored_once(two: Team) -> None:
    from uuid import uuid4

    operation = uuid4()
    settle(two, operation_id=operation)
    settle(two, operation_id=operation)
    assert two.count(tables.resolution) == 1


def test_the_log_can_be_taken_along_and_read_again(two: Team, tmp_path: Path) -> None:
    settle(two, minority="They agree.", minority_by="Anna")
    path = tmp_path / "log.csv"
    path.write_bytes(resolutions.resolution_file(two.engine, two.anna))
    ((_, cells),) = read_rows(path, needed=("theme", "outcome", "written_by"))
    assert (cells["outcome"], cells["decided_by"], cells["state"]) == ("partial", "Anna | Bram", "holds")
    assert resolutions.import_resolutions(two.engine, two.bram, path) == 1
    newest, _ = resolutions.resolution_log(two.engine, two.anna)
    assert (newest.author, newest.resolution.minority) == ("Bram", "They agree.")


def test_a_file_with_one_wrong_row_changes_nothing(two: Team, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(
        "theme,row,about,source_a,source_b,outcome,reason,decided_by\n"
        "ECO-FUND,Money is there,code,Interviews,Steering group,partial,Older.,Anna\n"
        "ECO-FUND,Money is there,code,Interviews,Steering group,perhaps,Older.,Anna\n"
    )
    with pytest.raises(UserFacingError, match=r"row 3.*perhaps"):
        resolutions.import_resolutions(two.engine, two.anna, path)
    assert two.count(tables.resolution) == 0


def test_the_example_study_has_settled_unresolved_and_open_differences(example_engine: Engine) -> None:
    lead = studies.enter_study(example_engine, studies.find_study(example_engine), person="Lena")
    found = triangulate(example_engine, lead)
    states = Counter(difference.state for difference in found.differences)
    assert states == {State.SETTLED: 28, State.UNRESOLVED: 2, State.OPEN: 14}
    assert sum(bool(one.minority) for one in found.resolutions) == 7
    assert found.team is not None
    assert sum(found.team.count(state) for state in State) == len(found.team.states)
