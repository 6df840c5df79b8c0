"""The team's matrix: of one mind, settled, unresolved or open, and first judgements as they were."""

from __future__ import annotations

from uuid import UUID

import pytest

from triangulation.assessment import assess_convergence
from triangulation.completeness import Presence, compare_completeness
from triangulation.consensus import TEAM, State, differences, team_view
from triangulation.convergence import parse_code
from triangulation.matrix import build_matrix
from triangulation.models import (
    About,
    ConvergenceCode,
    Existence,
    Finding,
    Importance,
    Judgement,
    Prominence,
    Rating,
    Resolution,
    Row,
)
from triangulation.researchers import compare_researchers

PAIR = ("Interviews", "Minutes")
T1 = Row("T1")


def says(researcher, code, row=T1, pair=PAIR):
    return Judgement(row, *pair, researcher, assigned=parse_code(code))


def speaks(researcher, source, value, row=T1):
    return Existence(row, source, researcher, value)


def settled(outcome, about=About.CODE, sources=PAIR, row=T1):
    a, b = (*sources, None, None)[:2]
    return Resolution(row, about, a, b, outcome, "We looked again.", ("Ann", "Ben"))


def the_team(judgements, resolutions=(), existences=()):
    matrix = build_matrix([], [], existences, judgements, [])
    return team_view(matrix, resolutions, existences=existences)


def the_cell(team):
    """State and code of the only cell."""
    (cell,) = team.matrix.cells
    return team.states[cell.row, (cell.source_a, cell.source_b)], cell.code


def test_what_all_see_alike_is_the_teams():
    team = the_team([says("Ann", "P"), says("Ben", "P"), says("Cas", "P")])
    assert the_cell(team) == (State.ONE_MIND, ConvergenceCode.PARTIAL)
    assert team.by_one == 0
    assert team.matrix.researchers == (TEAM,)


def test_what_only_one_has_a_view_of_is_counted_apart():
    team = the_team([says("Ann", "P"), says("Ben", "undetermined")])
    assert the_cell(team) == (State.ONE_MIND, ConvergenceCode.PARTIAL)
    assert team.by_one == 1


def test_difference_is_open_until_it_is_settled():
    judged = [says("Ann", "A"), says("Ben", "P")]
    assert the_cell(the_team(judged)) == (State.OPEN, None)
    assert the_cell(the_team(judged, [settled("agreement")])) == (State.SETTLED, ConvergenceCode.AGREEMENT)


def test_unresolved_has_no_code():
    team = the_team([says("Ann", "A"), says("Ben", "P")], [settled(None)])
    assert the_cell(team) == (State.UNRESOLVED, None)
    assert (team.count(State.UNRESOLVED), team.count(State.OPEN)) == (1, 0)


def test_resolution_counts_only_where_researchers_differ():
    team = the_team([says("Ann", "P"), says("Ben", "P")], [settled("dissonance")])
    assert the_cell(team) == (State.ONE_MIND, ConvergenceCode.PARTIAL)


def test_undetermined_alone_is_open():
    team = the_team([says("Ann", "undetermined"), says("Ben", "undetermined")])
    assert the_cell(team) == (State.OPEN, None)


def test_silence_follows_where_the_team_settled_that_a_source_does_not_speak():
    said = [
        speaks("Ann", "Interviews", True),
        speaks("Ben", "Interviews", True),
        speaks("Ben", "Minutes", False),
    ]
    team = the_team([says("Ann", "A")], [settled("no", About.EXISTENCE, ["Minutes"])], said)
    assert the_cell(team) == (State.SETTLED, ConvergenceCode.SILENCE)
    assert speaks(TEAM, "Minutes", False) in team.existences


def test_that_both_speak_does_not_yet_say_how_they_compare():
    said = [
        speaks("Ann", "Interviews", True),
        speaks("Ben", "Interviews", True),
        speaks("Ben", "Minutes", False),
    ]
    existence = settled("yes", About.EXISTENCE, ["Minutes"])
    assert the_cell(the_team([says("Ann", "A")], [existence], said)) == (State.OPEN, None)
    team = the_team([says("Ann", "A")], [existence, settled("agreement")], said)
    assert the_cell(team) == (State.SETTLED, ConvergenceCode.AGREEMENT)


def test_silence_of_different_sources_is_no_agreement_once_both_are_held_to_speak():
    said = [
        speaks("Ann", "Interviews", True),
        speaks("Ann", "Minutes", False),
        speaks("Ben", "Interviews", False),
        speaks("Ben", "Minutes", True),
    ]
    both = [settled("yes", About.EXISTENCE, [source]) for source in PAIR]
    assert the_cell(the_team([], both, said)) == (State.OPEN, None)


def test_where_neither_speaks_there_is_no_cell_and_the_team_is_of_one_mind():
    said = [speaks(p, s, False) for p in ("Ann", "Ben") for s in PAIR]
    team = the_team([], existences=said)
    assert team.matrix.cells == ()
    assert team.states == {(T1, PAIR): State.ONE_MIND}


def test_a_pair_of_which_nobody_has_a_view_is_not_counted():
    other = Row("T2")
    said = [speaks(p, s, True, other) for p in ("Ann", "Ben") for s in PAIR]
    team = the_team([says("Ann", "A"), says("Ben", "A"), says("Ann", "A", other), says("Ben", "A", other)])
    assert set(team.states) == {(T1, PAIR), (other, PAIR)}
    assert set(team_view(build_matrix([Row("T3")], [], said, [], []), existences=said).states) == {
        (other, PAIR)
    }


def test_settling_changes_no_agreement():
    judged = [says("Ann", "A"), says("Ben", "P"), says("Ann", "D", Row("T2")), says("Ben", "D", Row("T2"))]
    matrix = build_matrix([], [], [], judged, [])
    before = compare_researchers(matrix)
    team_view(matrix, [settled("partial")])
    assert compare_researchers(matrix) == before
    assert before.both_speak.percent_pairs == 0.5


def test_team_is_counted_and_compared_for_completeness_like_a_researcher():
    said = [speaks(p, s, s == "Minutes") for p in ("Ann", "Ben") for s in PAIR]
    team = the_team([says("Ann", "P", Row("T2")), says("Ben", "P", Row("T2"))], existences=said)
    counts = assess_convergence(team.matrix).by_researcher[TEAM]
    assert (counts.cells, counts.partial, counts.silence, counts.changed) == (2, 1, 1, 0)
    completeness = compare_completeness(team.matrix, existences=team.existences)
    assert completeness.presence[T1, "Minutes"] is Presence.UNIQUE


@pytest.mark.parametrize(
    ("resolution", "held"), [([], None), ([settled("main", About.IMPORTANCE, [])], "main")]
)
def test_importance_is_the_teams_when_alike_or_settled(resolution, held):
    said = [
        Importance(T1, "Ann", "main"),
        Importance(T1, "Ben", "minor"),
        Importance(Row("T2"), "Ann", "minor"),
    ]
    team = team_view(build_matrix([T1], [*PAIR], [], [], []), resolution, importances=said)
    assert {seen.row: seen.importance for seen in team.importances}.get(T1) == held
    assert Importance(Row("T2"), TEAM, "minor") in team.importances


def test_prominence_is_the_teams_when_alike_or_settled():
    rated = [
        Rating(T1, "Minutes", "Ann", Prominence.MAIN),
        Rating(T1, "Minutes", "Ben", Prominence.PASSING),
        Rating(T1, "Minutes", "Cas", None, "not read"),
    ]
    matrix = build_matrix([T1], [*PAIR], [], [], [])
    assert team_view(matrix, ratings=rated).ratings == ()
    resolution = settled("secondary", About.PROMINENCE, ["Minutes"])
    assert team_view(matrix, [resolution], ratings=rated).ratings == (
        Rating(T1, "Minutes", TEAM, Prominence.SECONDARY),
    )


def test_differences_carry_their_state():
    judged = [
        says(p, c, Row(t))
        for t, codes in (("T1", "AP"), ("T2", "AD"), ("T3", "PD"), ("T4", "AA"))
        for p, c in zip(("Ann", "Ben"), codes, strict=True)
    ]
    matrix = build_matrix([], [], [], judged, [])
    resolutions = [settled("partial"), settled(None, row=Row("T2"))]
    team = team_view(matrix, resolutions)
    found = differences(compare_researchers(matrix), resolutions, team)
    assert [(d.unit.row.theme, d.state) for d in found] == [
        ("T1", State.SETTLED),
        ("T2", State.UNRESOLVED),
        ("T3", State.OPEN),
    ]
    assert found[2].resolution is None


def test_the_team_is_compared_with_the_index_source_that_its_researchers_chose():
    judged = [says(p, "A", pair=("Minutes", "Survey")) for p in ("Ann", "Ben")]
    matrix = build_matrix([], ["Interviews"], [], judged, [], index="Interviews")
    team = team_view(matrix)
    assert (team.matrix.index, team.matrix.judgements) == ("Interviews", tuple(judged))
    assert {seen.source for seen in team.existences} == {"Minutes", "Survey"}


def test_silence_that_nobody_judged_is_open():
    spoken = [Finding(UUID(int=n), "Interviews", Row(f"T{n}"), "It helps") for n in range(1, 10)]
    judged = [says("Ann", "P"), says("Ben", "P")]
    matrix = build_matrix([], [], [], judged, spoken)
    team = team_view(matrix, findings=spoken)
    assert (team.count(State.ONE_MIND), team.by_one, team.count(State.OPEN)) == (1, 0, 8)


def test_settling_that_one_source_speaks_does_not_settle_a_silence_of_the_other():
    said = [speaks("Ann", "Interviews", True), speaks("Ben", "Interviews", False)]
    spoken = [Finding(UUID(int=1), "Survey", T1, "It helps")]
    matrix = build_matrix([], PAIR, said, [], spoken)
    settled_so = [settled("yes", About.EXISTENCE, ["Interviews"])]
    team = team_view(matrix, settled_so, existences=said, findings=spoken)
    assert team.states[T1, PAIR] is State.OPEN


def test_comparison_is_open_while_it_is_disputed_whether_a_source_speaks():
    judged, said = [says("Ann", "A")], [speaks("Ben", "Minutes", False)]
    assert the_cell(the_team(judged, (), said)) == (State.OPEN, None)
    unresolved = settled(None, About.EXISTENCE, ["Minutes"])
    assert the_cell(the_team(judged, [unresolved], said)) == (State.OPEN, None)
    agreed = settled("yes", About.EXISTENCE, ["Minutes"])
    team = the_team(judged, [agreed], said)
    assert (the_cell(team), team.by_one) == ((State.ONE_MIND, ConvergenceCode.AGREEMENT), 1)


def test_code_that_was_settled_holds_while_existence_is_disputed():
    judged, said = [says("Ann", "A"), says("Cas", "P")], [speaks("Ben", "Minutes", False)]
    assert the_cell(the_team(judged, [settled("partial")], said)) == (State.SETTLED, ConvergenceCode.PARTIAL)
