"""Which rows of the matrix one looks at: conditions hold together, and nothing is changed by looking."""

from __future__ import annotations

from uuid import uuid4

import pytest

from codebook.models import Valence
from triangulation.matrix import build_matrix
from triangulation.models import ConvergenceCode, Finding, Judgement, Row
from triangulation.narrowing import Narrowing, Order, Seen, importance_of_rows, narrow

FUND, PAID, TIME = Row("ECO-FUND", "Money ended"), Row("ECO-PAY", "Paid by head"), Row("PRO-TIME", "No time")
SOURCES = ("Interviews", "Minutes", "Survey")
LABELS = {"ECO-FUND": "Funding", "ECO-PAY": "Payment", "PRO-TIME": "Time"}


def says(source: str, row: Row, valence: Valence, importance: str | None = None) -> Finding:
    return Finding(uuid4(), source, row, f"{source} say so", valence, importance=importance)


FINDINGS = (
    says("Interviews", FUND, Valence.BARRIER),
    says("Minutes", FUND, Valence.BARRIER, "minor"),
    says("Minutes", PAID, Valence.FACILITATOR),
    says("Interviews", TIME, Valence.BARRIER, "main"),
    says("Minutes", TIME, Valence.MIXED),
    says("Survey", TIME, Valence.BARRIER),
)
JUDGEMENTS = (
    Judgement(FUND, "Interviews", "Minutes", "Ann", assigned=ConvergenceCode.AGREEMENT),
    Judgement(FUND, "Interviews", "Minutes", "Ben", assigned=ConvergenceCode.PARTIAL),
    Judgement(TIME, "Interviews", "Minutes", "Ann", assigned=ConvergenceCode.DISSONANCE),
    Judgement(TIME, "Interviews", "Minutes", "Ben", assigned=ConvergenceCode.DISSONANCE),
)


def seen() -> Seen:
    rows = (FUND, PAID, TIME)
    everyone = build_matrix(rows, SOURCES, [], JUDGEMENTS, FINDINGS)
    ann = build_matrix(rows, SOURCES, [], JUDGEMENTS, FINDINGS, researchers=["Ann"])
    return Seen(
        ann,
        everyone,
        FINDINGS,
        lambda theme: theme.partition("-")[0],
        LABELS.__getitem__,
        importance_of_rows(FINDINGS, rows),
        {TIME},
    )


@pytest.mark.parametrize(
    ("by", "left"),
    [
        (Narrowing(), (FUND, PAID, TIME)),
        (Narrowing(levels=frozenset({"ECO"})), (FUND, PAID)),
        (Narrowing(themes=frozenset({"ECO-PAY", "PRO-TIME"})), (PAID, TIME)),
        (Narrowing(sources=frozenset({"Survey"})), (TIME,)),
        (Narrowing(codes=frozenset({ConvergenceCode.DISSONANCE})), (TIME,)),
        (Narrowing(valences=frozenset({Valence.FACILITATOR, Valence.MIXED})), (PAID, TIME)),
        (Narrowing(differ=True), (FUND,)),
        (Narrowing(work_up=True), (TIME,)),
        (Narrowing(words="FUNDING money"), (FUND,)),
        (Narrowing(words="survey say"), (TIME,)),
        (Narrowing(levels=frozenset({"ECO"}), words="time"), ()),
    ],
)
def test_row_is_shown_when_all_conditions_hold(by: Narrowing, left: tuple[Row, ...]) -> None:
    assert narrow(seen(), by).rows == left


def test_chosen_sources_leave_only_their_pairs_and_what_those_say() -> None:
    two = Narrowing(sources=frozenset({"Minutes", "Survey"}))
    found = narrow(seen(), two)
    assert found.sources == ("Minutes", "Survey")
    assert found.pairs == (("Minutes", "Survey"),)
    assert {(cell.source_a, cell.source_b) for cell in found.cells} == {("Minutes", "Survey")}
    dissonant = Narrowing(sources=two.sources, codes=frozenset({ConvergenceCode.DISSONANCE}))
    assert narrow(seen(), dissonant).rows == ()  # the dissonance is of a pair that is not shown


@pytest.mark.parametrize(
    ("order", "first"),
    [
        (Order.CODEBOOK, (FUND, PAID, TIME)),
        (Order.SOURCES, (TIME, FUND, PAID)),
        (Order.DISSONANCE, (TIME, FUND, PAID)),
        (Order.IMPORTANCE, (TIME, FUND, PAID)),
        (Order.STATEMENT, (FUND, TIME, PAID)),
    ],
)
def test_rows_can_be_read_in_other_orders(order: Order, first: tuple[Row, ...]) -> None:
    assert narrow(seen(), Narrowing(), order).rows == first


def test_main_of_one_writer_outweighs_minor_of_another() -> None:
    two = (says("Minutes", FUND, Valence.BARRIER, "minor"), says("Survey", FUND, Valence.BARRIER, "main"))
    assert importance_of_rows(two, [FUND, PAID]) == {FUND: "main"}


def test_conditions_are_counted() -> None:
    assert Narrowing().conditions == 0
    assert Narrowing(differ=True, words="x", sources=frozenset({"Survey"})).conditions == 3
