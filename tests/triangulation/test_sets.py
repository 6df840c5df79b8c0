"""The set-level code of a row, derived from the codes of its pairs."""

from __future__ import annotations

import pytest

from triangulation.consensus import team_view
from triangulation.matrix import build_matrix
from triangulation.models import ConvergenceCode, ConvergenceMatrix, Existence, Judgement, Row
from triangulation.sets import RowSet, SetCode, set_codes

FUND = Row("ECO-FUND", "Funding decides")
A, P, S, D = (ConvergenceCode(code) for code in ("agreement", "partial", "silence", "dissonance"))
SOURCES = ("Interviews", "Minutes", "Survey")
PAIRS = (("Interviews", "Minutes"), ("Interviews", "Survey"), ("Minutes", "Survey"))


def judged(pair: tuple[str, str], code: ConvergenceCode | None, researcher: str = "Ann") -> Judgement:
    return Judgement(FUND, *pair, researcher, assigned=code)


def matrix_of(*codes: ConvergenceCode | None, silent: tuple[str, ...] = ()) -> ConvergenceMatrix:
    """Three sources; the codes of their pairs in the order of PAIRS, and who is silent."""
    said = [Existence(FUND, source, "Ann", source not in silent) for source in SOURCES]
    judgements = [judged(pair, code) for pair, code in zip(PAIRS, codes, strict=False) if code]
    return build_matrix([FUND], SOURCES, said, judgements, [])


def the_set(matrix: ConvergenceMatrix) -> RowSet:
    (found,) = set_codes(matrix)
    return found


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        ((A, A, A), SetCode.AGREEMENT),
        ((A, P, A), SetCode.PARTIAL),
        ((P, P, P), SetCode.PARTIAL),
        ((A, A, D), SetCode.CONTAINS_DISSONANCE),
        ((D, None, None), SetCode.CONTAINS_DISSONANCE),
        ((A, A, None), SetCode.UNDETERMINED),
        ((P, None, None), SetCode.UNDETERMINED),
        ((None, None, None), SetCode.UNDETERMINED),
    ],
)
def test_set_code_of_three_sources_that_speak(
    codes: tuple[ConvergenceCode | None, ...], expected: SetCode
) -> None:
    found = the_set(matrix_of(*codes))
    assert (found.code, found.coverage, found.sources) == (expected, 3, 3)
    assert found.compared + found.lacking == 3


def test_silence_of_a_third_source_does_not_lower_the_agreement_of_two() -> None:
    found = the_set(matrix_of(A, silent=("Survey",)))
    assert (found.code, found.speaking, found.lacking) == (SetCode.AGREEMENT, ("Interviews", "Minutes"), 0)


def test_one_speaking_source_is_a_single_source_and_nobody_speaking_is_none() -> None:
    assert the_set(matrix_of(silent=("Minutes", "Survey"))).code is SetCode.SINGLE_SOURCE
    nobody = the_set(matrix_of(silent=SOURCES))
    assert (nobody.code, nobody.coverage) == (SetCode.NONE, 0)


def test_each_researcher_has_a_set_code_of_their_own() -> None:
    pair = [judged(PAIRS[0], A, "Ann"), judged(PAIRS[0], D, "Ben")]
    found = {each.researcher: each.code for each in set_codes(build_matrix([], [], [], pair, []))}
    assert found == {"Ann": SetCode.AGREEMENT, "Ben": SetCode.CONTAINS_DISSONANCE}


def test_sources_that_the_matrix_does_not_compare_are_not_lacking() -> None:
    whole = matrix_of(A, A, None)
    against_index = ConvergenceMatrix(
        whole.rule, whole.sources, whole.rows, PAIRS[:2], whole.researchers, whole.cells
    )
    assert the_set(against_index).code is SetCode.AGREEMENT


def set_of(*said: Existence, judgements: tuple[Judgement, ...] = (), sources: int = 3) -> RowSet:
    return the_set(build_matrix([FUND], SOURCES[:sources], said, judgements, []))


def speaks(source: str, does: bool = True, researcher: str = "Ann") -> Existence:
    return Existence(FUND, source, researcher, does)


def test_source_of_which_nothing_is_known_is_not_silent() -> None:
    alone = set_of(speaks("Interviews"))
    assert (alone.code, alone.coverage, alone.lacking) == (SetCode.UNDETERMINED, 1, 3)
    two_agree = set_of(judgements=(judged(PAIRS[0], A),))
    assert (two_agree.code, two_agree.compared, two_agree.lacking) == (SetCode.UNDETERMINED, 1, 2)
    two_differ = set_of(judgements=(judged(PAIRS[0], D),))
    assert (two_differ.code, two_differ.lacking) == (SetCode.CONTAINS_DISSONANCE, 2)


def test_source_on_which_the_team_is_divided_is_not_silent() -> None:
    said = [
        *(speaks(source, True, p) for source in ("Interviews", "Survey") for p in ("Ann", "Ben")),
        speaks("Minutes", True, "Ann"),
        speaks("Minutes", False, "Ben"),
    ]
    judgements = [judged(PAIRS[1], A, p) for p in ("Ann", "Ben")]
    team = team_view(build_matrix([FUND], SOURCES, said, judgements, []), existences=said)
    found = the_set(team.matrix)
    assert (found.code, found.speaking, found.lacking) == (
        SetCode.UNDETERMINED,
        ("Interviews", "Survey"),
        2,
    )


def test_silence_of_one_of_two_sources_is_a_single_source_whichever_it_is() -> None:
    silence = (judged(PAIRS[0], S),)
    found = set_of(judgements=silence, sources=2)
    assert (found.code, found.coverage, found.speaking) == (SetCode.SINGLE_SOURCE, 1, ())
    assert set_of(judgements=silence).code is SetCode.UNDETERMINED  # a third source may speak too
