"""The table of facilitators and barriers: statements with their sources, mixed ones in both columns."""

from __future__ import annotations

from uuid import uuid4

from codebook.models import Valence
from triangulation.determinants import GroupOfDeterminants, count_directions, facilitators_and_barriers
from triangulation.matrix import build_matrix
from triangulation.models import Finding, Row

FUND, PAID, TIME = Row("ECO-FUND", "Money ended"), Row("ECO-PAY", "Paid by head"), Row("PRO-TIME", "No time")
SOURCES = ("Interviews", "Minutes", "Survey")
F, B, M = Valence.FACILITATOR, Valence.BARRIER, Valence.MIXED


def says(source: str, row: Row, valence: Valence | None) -> Finding:
    return Finding(uuid4(), source, row, f"{source} say so", valence)


def table(*findings: Finding, rows: tuple[Row, ...] = ()) -> tuple[GroupOfDeterminants, ...]:
    matrix = build_matrix(rows, SOURCES, [], [], findings)
    return facilitators_and_barriers(matrix, findings, lambda finding, row: row.theme.partition("-")[0])


def test_statement_names_the_sources_that_support_it() -> None:
    (eco,) = table(says("Minutes", FUND, B), says("Minutes", FUND, B), says("Survey", FUND, B))
    (barrier,) = eco.barriers
    assert (barrier.sources, barrier.of) == (("Minutes", "Survey"), 3)  # two findings are one support
    assert not barrier.in_both
    assert eco.facilitators == ()


def test_mixed_statement_stands_in_both_columns_and_is_flagged() -> None:
    (eco,) = table(says("Minutes", FUND, M))
    for column in (eco.facilitators, eco.barriers):
        assert column[0].sources == column[0].mixed == ("Minutes",)
        assert column[0].in_both


def test_source_that_says_both_in_two_findings_is_mixed_too() -> None:
    (eco,) = table(says("Minutes", FUND, F), says("Minutes", FUND, B))
    assert eco.facilitators[0].mixed == eco.barriers[0].mixed == ("Minutes",)


def test_source_that_says_the_opposite_is_named_as_such() -> None:
    (eco,) = table(says("Minutes", FUND, F), says("Survey", FUND, B), says("Interviews", FUND, B))
    assert eco.facilitators[0].opposed == ("Interviews", "Survey")
    assert eco.barriers[0].opposed == ("Minutes",)
    assert eco.barriers[0].mixed == ()


def test_statement_with_more_sources_comes_first() -> None:
    (eco,) = table(says("Minutes", FUND, B), says("Minutes", PAID, B), says("Survey", PAID, B))
    assert [support.row for support in eco.barriers] == [PAID, FUND]


def test_statement_without_direction_stands_apart_and_rows_without_findings_nowhere() -> None:
    (eco,) = table(says("Minutes", FUND, Valence.NEUTRAL), says("Survey", PAID, None), rows=(TIME,))
    assert eco.no_direction == (FUND, PAID)
    assert (eco.facilitators, eco.barriers) == ((), ())


def test_row_whose_findings_count_in_two_groups_stands_in_both() -> None:
    findings = (says("Minutes", FUND, B), says("Survey", FUND, B))
    matrix = build_matrix([], SOURCES, [], [], findings)
    one, other = facilitators_and_barriers(
        matrix, findings, lambda finding, row: {"Minutes": "money", "Survey": None}[finding.source]
    )
    assert (one.group, one.barriers[0].sources) == ("money", ("Minutes",))
    assert (other.group, other.barriers[0].sources) == (None, ("Survey",))


def test_directions_are_counted_in_statements_and_silent_sources_have_none() -> None:
    groups = table(says("Minutes", FUND, B), says("Minutes", PAID, M), says("Survey", PAID, F))
    assert count_directions(groups, SOURCES) == {
        ("ECO", "Interviews"): (0, 0),
        ("ECO", "Minutes"): (1, 2),
        ("ECO", "Survey"): (1, 0),
    }


def test_findings_of_a_source_held_to_be_silent_support_nothing() -> None:
    findings = (says("Minutes", FUND, B), says("Survey", FUND, B))
    matrix = build_matrix([], SOURCES, [], [], findings)
    (eco,) = facilitators_and_barriers(
        matrix, findings, lambda finding, row: "ECO", silent={(FUND, "Survey"), (PAID, "Minutes")}
    )
    assert (eco.barriers[0].sources, eco.barriers[0].speaking) == (("Minutes",), 1)
