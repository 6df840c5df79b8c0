"""What each source adds, what would be lost without it, and what its absence means."""

from __future__ import annotations

from uuid import uuid4

import pytest

from triangulation.completeness import Completeness, LostWithout, State, compare_completeness
from triangulation.errors import TriangulationError
from triangulation.matrix import build_matrix
from triangulation.models import ConvergenceCode, Existence, Finding, Judgement, Row

FUND, TIME, COST = Row("ECO-FUND", "It ends"), Row("PRO-TIME", "No time"), Row("INN-COST", "It costs")
SOURCES = ("Interviews", "Minutes", "Survey")
D = ConvergenceCode.DISSONANCE


def completeness(
    speaking: dict[Row, tuple[str, ...]],
    opportunities: dict[tuple[Row, str], str] | None = None,
    judgements: tuple[Judgement, ...] = (),
    disputed: tuple[tuple[Row, str], ...] = (),
) -> Completeness:
    """Ann says who speaks; Ben sees the disputed places the other way round."""
    said = [
        Existence(row, source, "Ann", source in names)
        for row, names in speaking.items()
        for source in SOURCES
    ]
    said += [Existence(row, source, "Ben", source not in speaking[row]) for row, source in disputed]
    matrix = build_matrix(list(speaking), SOURCES, said, judgements, [])
    return compare_completeness(matrix, (), said, opportunities=opportunities)


def lost_without(found: Completeness, source: str) -> LostWithout:
    return next(lost for lost in found.lost_without if lost.source == source)


def test_absence_is_told_by_the_opportunity() -> None:
    found = completeness(
        {FUND: ("Interviews",), TIME: ("Interviews", "Minutes")},
        {(FUND, "Minutes"): "asked", (FUND, "Survey"): "not_asked", (TIME, "Survey"): "could_be_raised"},
    )
    assert found.states[FUND, "Interviews"] is State.UNIQUE
    assert found.states[FUND, "Minutes"] is State.ASKED_ABSENT
    assert found.states[FUND, "Survey"] is State.NOT_ASKED
    assert found.states[TIME, "Survey"] is State.RAISABLE_ABSENT
    assert found.rows_as("Minutes", State.PRESENT) == (TIME,)


def test_opportunity_says_nothing_of_a_source_that_speaks_or_is_disputed_or_not_known() -> None:
    everywhere = {(row, source): "not_asked" for row in (FUND, TIME) for source in SOURCES}
    found = completeness({FUND: ("Interviews", "Minutes")}, everywhere, disputed=((FUND, "Minutes"),))
    assert found.states[FUND, "Interviews"] is State.PRESENT
    assert found.states[FUND, "Minutes"] is State.DISPUTED
    bare = build_matrix([TIME], SOURCES, [], [], [])
    assert compare_completeness(bare, opportunities=everywhere).states[TIME, "Survey"] is State.UNKNOWN


def test_absence_without_a_known_opportunity_stays_absent() -> None:
    assert completeness({FUND: ("Interviews",)}).states[FUND, "Survey"] is State.ABSENT


def test_opportunity_out_of_the_set_is_refused() -> None:
    with pytest.raises(TriangulationError, match="perhaps"):
        completeness({FUND: ("Interviews",)}, {(FUND, "Survey"): "perhaps"})


def test_raised_by_nobody_though_asked_of_all_is_told_apart() -> None:
    asked = {(FUND, source): "asked" for source in SOURCES}
    found = completeness({FUND: (), TIME: (), COST: ("Survey",)}, asked | {(TIME, "Survey"): "asked"})
    assert set(found.raised_by_nobody) == {FUND, TIME}
    assert found.asked_of_all == (FUND,)


def test_source_adds_rows_that_it_alone_has_and_shares_others() -> None:
    found = completeness({FUND: ("Interviews",), TIME: ("Interviews", "Minutes"), COST: ("Minutes",)})
    adds = {each.source: each for each in found.adds}
    assert (adds["Interviews"].only, adds["Interviews"].shared) == ((FUND,), (TIME,))
    assert (adds["Survey"].only, adds["Survey"].shared, adds["Survey"].present) == ((), (), 0)
    assert set(found.covered) == {FUND, TIME, COST}


def test_without_a_source_its_own_rows_vanish_and_shared_ones_rest_on_one() -> None:
    found = completeness({FUND: ("Interviews",), TIME: ("Interviews", "Minutes"), COST: SOURCES})
    lost = lost_without(found, "Interviews")
    assert (lost.rows, lost.single_source) == ((FUND,), (TIME,))
    assert lost.pairs == (("Interviews", "Minutes"), ("Interviews", "Survey"))
    assert lost_without(found, "Survey").rows == ()
    assert lost_without(found, "Survey").single_source == ()


def test_row_that_another_source_may_have_does_not_vanish() -> None:
    found = completeness({FUND: ("Interviews",)}, disputed=((FUND, "Minutes"),))
    lost = lost_without(found, "Interviews")
    assert (lost.rows, lost.single_source) == ((), (FUND,))


def test_without_a_source_its_dissonances_are_not_seen() -> None:
    judged = tuple(
        Judgement(row, a, b, "Ann", assigned=D)
        for row, a, b in (
            (FUND, "Interviews", "Minutes"),
            (TIME, "Interviews", "Minutes"),
            (TIME, "Minutes", "Survey"),
        )
    )
    found = completeness({FUND: SOURCES, TIME: SOURCES}, judgements=judged)
    lost = lost_without(found, "Interviews")
    assert set(lost.dissonances) == {(FUND, ("Interviews", "Minutes")), (TIME, ("Interviews", "Minutes"))}
    assert lost.dissonant_rows == (FUND,)
    assert set(lost_without(found, "Minutes").dissonant_rows) == {FUND, TIME}


def test_what_is_not_known_of_another_source_makes_no_row_that_one_alone_has() -> None:
    said = [Existence(FUND, "Interviews", "Ann", True), Existence(FUND, "Minutes", "Ann", False)]
    found = compare_completeness(build_matrix([], SOURCES, said, [], []), (), said)
    adds = {each.source: each for each in found.adds}["Interviews"]
    assert found.states[FUND, "Survey"] is State.UNKNOWN
    assert (adds.only, adds.shared, adds.open, adds.present) == ((), (), (FUND,), 1)
    lost = lost_without(found, "Interviews")
    assert (lost.rows, lost.single_source) == ((), ())


def test_source_that_nobody_looked_at_is_not_known_rather_than_asked_and_absent() -> None:
    findings = [Finding(uuid4(), "Minutes", FUND, "It ends")]
    matrix = build_matrix([], SOURCES, [], [], findings)
    asked = {(FUND, source): "asked" for source in SOURCES}
    assert compare_completeness(matrix, findings, opportunities=asked).states[FUND, "Survey"] is State.UNKNOWN
    findings.append(Finding(uuid4(), "Survey", TIME, "No time"))
    states = compare_completeness(matrix, findings, opportunities=asked).states
    assert states[FUND, "Survey"] is State.ASKED_ABSENT


def test_judgements_of_pairs_that_an_index_leaves_out_say_who_speaks() -> None:
    findings = [Finding(uuid4(), "Survey", FUND, "It ends")]
    judged = [
        Judgement(FUND, "Interviews", "Survey", p, assigned=ConvergenceCode.AGREEMENT) for p in ("Ann", "Ben")
    ]
    matrix = build_matrix([], SOURCES, [], judged, findings, index="Minutes")
    found = compare_completeness(matrix, findings)
    assert found.states[FUND, "Interviews"] is found.states[FUND, "Survey"] is State.PRESENT
