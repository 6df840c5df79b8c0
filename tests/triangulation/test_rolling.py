"""Rows counted together: counts of codes with what they add up to, never a code of their own."""

from __future__ import annotations

from uuid import uuid4

from codebook.models import Valence
from triangulation.matrix import build_matrix
from triangulation.models import ConvergenceCode, Finding, Judgement, Row
from triangulation.rolling import roll_up

FUND, PAID, TIME = Row("ECO-FUND", "Money ended"), Row("ECO-PAY", "Paid by head"), Row("PRO-TIME", "No time")
PAIR = ("Interviews", "Minutes")


def level(row: Row) -> str:
    return row.theme.partition("-")[0]


def judged(row: Row, code: ConvergenceCode) -> Judgement:
    return Judgement(row, *PAIR, "Ann", assigned=code)


def test_codes_of_a_pair_are_counted_and_rows_without_a_code_are_not() -> None:
    judgements = [judged(FUND, ConvergenceCode.DISSONANCE), judged(TIME, ConvergenceCode.PARTIAL)]
    matrix = build_matrix([FUND, PAID, TIME], PAIR, [], judgements, [])
    eco, pro = roll_up(matrix, [], level)
    assert (eco.group, eco.rows) == ("ECO", (FUND, PAID))
    assert eco.codes[PAIR] == {ConvergenceCode.DISSONANCE: 1}
    assert eco.coded(PAIR) == 1
    assert pro.codes[PAIR] == {ConvergenceCode.PARTIAL: 1}


def test_undetermined_is_told_and_is_no_code() -> None:
    judgements = [judged(FUND, ConvergenceCode.UNDETERMINED), judged(PAID, ConvergenceCode.PARTIAL)]
    (eco,) = roll_up(build_matrix([], PAIR, [], judgements, []), [], level)
    assert eco.codes[PAIR] == {ConvergenceCode.PARTIAL: 1, ConvergenceCode.UNDETERMINED: 1}
    assert eco.coded(PAIR) == 1


def test_row_with_two_directions_counts_in_both() -> None:
    findings = [
        Finding(uuid4(), "Minutes", FUND, "It came", Valence.FACILITATOR),
        Finding(uuid4(), "Minutes", FUND, "It ended", Valence.BARRIER),
        Finding(uuid4(), "Minutes", PAID, "It is there"),
    ]
    (eco,) = roll_up(build_matrix([], PAIR, [], [], findings), findings, level)
    assert eco.directions["Minutes"] == {Valence.FACILITATOR: 1, Valence.BARRIER: 1}
    assert eco.speaks == {"Interviews": 0, "Minutes": 2}


def test_groups_keep_the_order_asked_for_and_no_group_comes_last() -> None:
    matrix = build_matrix([FUND, TIME, Row("XYZ")], PAIR, [], [], [])
    rolled = roll_up(
        matrix, [], lambda row: None if row.theme == "XYZ" else level(row), ["PRO", "INN", "ECO"]
    )
    assert [one.group for one in rolled] == ["PRO", "ECO", None]
