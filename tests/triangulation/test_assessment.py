"""What the assessment tells beside its counts: silent sources, dissonant rows, differing cells."""

from __future__ import annotations

import pytest

from triangulation.assessment import Assessment, assess_convergence, silent_sources
from triangulation.consensus import TEAM, team_view
from triangulation.matrix import build_matrix
from triangulation.models import (
    Cell,
    ConvergenceCode,
    ConvergenceMatrix,
    Existence,
    Judgement,
    Meaning,
    Part,
    Row,
    Rule,
)
from triangulation.report.methods import methods_of
from triangulation.researchers import compare_researchers

FUND, TIME = Row("ECO-FUND", "Funding decides"), Row("PRO-TIME", "No time")
SOURCES = ("Interviews", "Minutes", "Register", "Survey")
A, D = ConvergenceCode.AGREEMENT, ConvergenceCode.DISSONANCE


def existences(*speaking: str, row: Row = FUND, researcher: str = "Ann") -> list[Existence]:
    return [Existence(row, source, researcher, source in speaking) for source in SOURCES]


def assessed(said: list[Existence], judgements: list[Judgement]) -> Assessment:
    return assess_convergence(build_matrix([FUND, TIME], SOURCES, said, judgements, []))


def test_three_silent_pairs_of_one_speaking_source_are_three_silent_sources() -> None:
    found = assessed(existences("Minutes"), [])
    assert found.by_researcher["Ann"].silence == 3
    assert {silent.source for silent in found.silences_of("Ann")} == {"Interviews", "Register", "Survey"}
    assert found.places == 8


def test_cells_in_which_neither_speaks_are_counted_as_without_a_code() -> None:
    found = assessed(existences("Minutes") + existences(row=TIME), [])
    counts = found.by_researcher["Ann"]
    assert (counts.cells, counts.silence, counts.without_code) == (12, 3, 9)


def test_four_silent_pairs_can_be_two_silent_sources() -> None:
    found = assessed(existences("Interviews", "Minutes"), [])
    assert found.by_researcher["Ann"].silence == 4
    assert {(silent.source, silent.against) for silent in found.silences_of("Ann")} == {
        ("Register", ("Interviews", "Minutes")),
        ("Survey", ("Interviews", "Minutes")),
    }


def test_silent_source_carries_what_was_said_of_its_silence_each_thing_once() -> None:
    said = [
        Judgement(FUND, pair, "Survey", "Ann", silence="not_asked", expected="yes", reason=reason)
        for pair, reason in (("Interviews", "No item"), ("Minutes", ""))
    ]
    (silent,) = assessed(existences("Interviews", "Minutes", "Register"), said).silences_in("Ann", "Survey")
    assert (silent.kinds, silent.expected, silent.reasons) == (("not_asked",), ("yes",), ("No item",))


def test_silence_of_which_nobody_said_whose_it_is_cannot_be_placed() -> None:
    silence = Judgement(FUND, "Interviews", "Minutes", "Ann", assigned=ConvergenceCode.SILENCE)
    found = assessed([], [silence])
    assert (found.by_researcher["Ann"].silence, found.silent_sources) == (1, ())


def test_two_dissonant_pairs_in_one_row_are_one_dissonant_row() -> None:
    judgements = [Judgement(FUND, "Interviews", other, "Ann", assigned=D) for other in ("Minutes", "Survey")]
    found = assessed([], judgements)
    assert found.by_researcher["Ann"].dissonance == 2
    assert found.dissonant_rows["Ann"] == (FUND,)
    assert found.rows_with_dissonance["Ann"] == 1


def test_differing_cells_leave_out_who_has_no_code() -> None:
    judgements = [
        Judgement(FUND, "Interviews", "Minutes", "Ann", assigned=A),
        Judgement(FUND, "Interviews", "Minutes", "Ben", assigned=D),
        Judgement(FUND, "Interviews", "Minutes", "Cas", assigned=ConvergenceCode.UNDETERMINED),
        Judgement(TIME, "Interviews", "Minutes", "Ann", assigned=A),
        Judgement(TIME, "Interviews", "Minutes", "Ben", assigned=A),
    ]
    (differing,) = assessed([], judgements).differing
    assert (differing.row, differing.pair) == (FUND, ("Interviews", "Minutes"))
    assert differing.codes == {"Ann": A, "Ben": D}


def test_cells_of_the_team_that_are_not_settled_count_where_both_sources_speak() -> None:
    judgements = [
        Judgement(Row("T", f"{n}"), "Interviews", "Minutes", person, assigned=code)
        for n in range(10)
        for person, code in (("Ann", A), ("Ben", A if n < 2 else D))
    ]
    team = team_view(build_matrix([], [], [], judgements, []))
    counts = assess_convergence(team.matrix).by_researcher[TEAM]
    assert (counts.agreement, counts.not_settled, counts.both_speak, counts.without_code) == (2, 8, 10, 8)
    assert counts.share_where_both_speak(A) == 0.2


def of_team_with_dissonance(*meanings: Meaning | None) -> int:
    people = ("Ann", "Ben")
    judgements = [
        Judgement(FUND, "Interviews", "Minutes", person, meaning=meaning, assigned=D, reason="why")
        for person, meaning in zip(people, meanings, strict=True)
    ]
    team = team_view(build_matrix([], [], [], judgements, [], rule=Rule.ELEMENTS_STRICT))
    return assess_convergence(team.matrix).by_researcher[TEAM].different_weight


def test_dissonance_of_the_team_is_of_weight_alone_where_all_find_the_same_meaning() -> None:
    assert of_team_with_dissonance(Meaning.SAME, Meaning.SAME) == 1
    assert of_team_with_dissonance(Meaning.SAME, Meaning.CONTRADICTORY) == 0
    assert of_team_with_dissonance(Meaning.SAME, None) == 0


@pytest.mark.parametrize(
    ("speaks_a", "speaks_b", "silent"),
    [
        (True, None, "Survey"),
        (None, True, "Minutes"),
        (False, None, "Minutes"),
        (None, False, "Survey"),
        (None, None, None),
        (False, False, None),
    ],
)
def test_of_a_silence_the_side_that_is_known_tells_which_source_is_silent(
    speaks_a: bool | None, speaks_b: bool | None, silent: str | None
) -> None:
    silence = ConvergenceCode.SILENCE
    cell = Cell(FUND, "Minutes", "Survey", "Team", speaks_a, speaks_b, None, silence, 0)
    matrix = ConvergenceMatrix(
        Rule.PARTS, ("Minutes", "Survey"), (FUND,), (("Minutes", "Survey"),), ("Team",), (cell,)
    )
    assert [one.source for one in silent_sources(matrix)] == ([silent] if silent else [])


def test_with_an_index_source_silence_is_that_of_all_sources_of_the_row() -> None:
    said = existences("Interviews")
    matrix = build_matrix([FUND], SOURCES, said, [], [], index="Minutes")
    found = {(one.source, one.against) for one in assess_convergence(matrix, said).silent_sources}
    assert found == {(source, ("Interviews",)) for source in ("Minutes", "Register", "Survey")}


def test_code_that_was_assigned_where_the_rule_proposes_none_is_not_changed() -> None:
    unclear = Judgement(FUND, "Interviews", "Minutes", "Ann", prominence=Part.NOT_ASSESSABLE, assigned=A)
    against = Judgement(TIME, "Interviews", "Minutes", "Ann", Meaning.SAME, *[Part.SAME] * 3, assigned=D)
    matrix = build_matrix([], SOURCES, [], [unclear, against], [])
    assert [cell.derived for cell in matrix.cells if cell.assigned] == [ConvergenceCode.UNDETERMINED, A]
    assert assess_convergence(matrix).by_researcher["Ann"].changed == 1
    told = methods_of([], None, None, None, [], matrix, compare_researchers(matrix)).sentences
    (sentence,) = [one for one in told if "assigned another code" in one]
    assert "proposed in 1 cell, and a code without one being proposed in 1 cell" in sentence
