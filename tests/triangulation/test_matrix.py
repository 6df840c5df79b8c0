"""Sorting, the matrix, completeness and the way back to the quotes."""

from __future__ import annotations

from uuid import UUID

import pytest

from triangulation.assessment import assess_convergence
from triangulation.completeness import Presence, compare_completeness
from triangulation.errors import TriangulationError
from triangulation.evidence import evidence_for
from triangulation.matrix import build_matrix
from triangulation.models import (
    ConvergenceCode,
    Excerpt,
    Existence,
    Finding,
    Judgement,
    Meaning,
    Part,
    Row,
)
from triangulation.sorting import pairs_of, sort_findings, speaks

A, P, D = ConvergenceCode.AGREEMENT, ConvergenceCode.PARTIAL, ConvergenceCode.DISSONANCE
S, U = ConvergenceCode.SILENCE, ConvergenceCode.UNDETERMINED
FUND = Row("ECO-FUND", "Funding decides")


def a_finding(source, row=FUND, statement="Funding decides", number=1, **fields):
    return Finding(UUID(int=number), source, row, statement, **fields)


def a_judgement(a="Interviews", b="Minutes", researcher="Ann", row=FUND, **fields):
    return Judgement(row, a, b, researcher, **fields)


def the_cell(matrix, a="Interviews", b="Minutes", researcher="Ann", row=FUND):
    found = [
        cell
        for cell in matrix.cells
        if (cell.row, cell.source_a, cell.source_b, cell.researcher) == (row, a, b, researcher)
    ]
    return found[0] if found else None


def test_four_sources_make_six_pairs_in_sorted_order():
    pairs = pairs_of(["Survey", "Minutes", "Interviews", "Register"])
    assert len(pairs) == 6
    assert all(a < b for a, b in pairs)


def test_an_index_source_is_compared_with_each_of_the_others_alone():
    pairs = pairs_of(["Survey", "Minutes", "Interviews", "Register"], index="Minutes")
    assert pairs == (("Interviews", "Minutes"), ("Minutes", "Register"), ("Minutes", "Survey"))
    with pytest.raises(TriangulationError, match="none of"):
        pairs_of(["Survey", "Minutes"], index="Diaries")


def test_matrix_of_an_index_source_has_no_other_pairs_but_knows_who_speaks_there():
    others = Judgement(FUND, "Interviews", "Survey", "Ann", assigned=ConvergenceCode.AGREEMENT)
    matrix = build_matrix([], ["Minutes"], [], [others], [], index="Minutes")
    assert (matrix.index, len(matrix.pairs)) == ("Minutes", 2)
    assert {(cell.source_a, cell.source_b) for cell in matrix.cells} == set(matrix.pairs)


def test_a_finding_without_a_row_goes_to_the_row_with_its_words():
    loose = a_finding("Minutes", Row("ECO-FUND"), "Funding  decides")
    assert sort_findings([loose], rows=[FUND]).findings(FUND, "Minutes") == (loose,)
    assert sort_findings([loose, a_finding("Survey")]).findings(FUND, "Minutes") == (loose,)


def test_a_finding_without_a_known_row_goes_to_the_theme():
    loose = a_finding("Minutes", Row("ECO-FUND"), "Money is short")
    table = sort_findings([loose], rows=[FUND])
    assert table.rows == (Row("ECO-FUND"), FUND)
    assert table.findings(Row("ECO-FUND"), "Minutes") == (loose,)
    assert not speaks([loose], FUND, "Minutes")


def test_rows_follow_the_order_of_the_themes():
    rows = [Row("B", "x"), Row("A", "y"), Row("B"), Row("C")]
    assert sort_findings([], rows=rows, themes=["B", "A"]).rows == (
        Row("B"),
        Row("B", "x"),
        Row("A", "y"),
        Row("C"),
    )


def test_silence_follows_from_the_findings_alone():
    matrix = build_matrix([], ["Minutes", "Interviews"], [], [], [a_finding("Minutes")], researchers=["Ann"])
    assert the_cell(matrix).code is S


def test_where_neither_speaks_there_is_no_cell():
    matrix = build_matrix([FUND], ["Minutes", "Interviews"], [], [], [], researchers=["Ann"])
    assert matrix.cells == ()
    no = [Existence(FUND, source, "Ann", False) for source in ("Minutes", "Interviews")]
    assert build_matrix([], [], no, [], [a_finding("Minutes")]).cells == ()


def test_what_a_researcher_says_about_existence_comes_before_the_findings():
    said = [Existence(FUND, "Minutes", "Ann", True), Existence(FUND, "Interviews", "Ann", False)]
    judged = [a_judgement(meaning=Meaning.SAME, coverage=Part.SAME)]
    matrix = build_matrix([], [], said, judged, [a_finding("Minutes"), a_finding("Interviews", number=2)])
    assert the_cell(matrix).code is S
    assert the_cell(matrix).parts_judged == 2


def test_a_comparison_implies_that_both_sources_speak():
    matrix = build_matrix([], [], [], [a_judgement(meaning=Meaning.SAME, coverage=Part.SAME)], [])
    cell = the_cell(matrix)
    assert (cell.speaks_a, cell.speaks_b, cell.derived, cell.code) == (True, True, A, A)


def test_a_code_given_alone_has_no_derived_code():
    cell = the_cell(build_matrix([], [], [], [a_judgement(assigned=D)], []))
    assert (cell.derived, cell.code, cell.parts_judged, cell.speaks_a) == (None, D, 0, True)


def test_an_assigned_code_stands_beside_the_derived_one():
    judged = a_judgement(meaning=Meaning.SAME, coverage=Part.SAME, assigned=P, reason="other weight")
    cell = the_cell(build_matrix([], [], [], [judged], []))
    assert (cell.derived, cell.assigned, cell.code) == (A, P, P)


def test_silence_given_alone_leaves_open_which_source_is_silent():
    cell = the_cell(build_matrix([], [], [], [a_judgement(assigned=S)], []))
    assert (cell.code, cell.derived, cell.speaks_a, cell.speaks_b) == (S, None, None, None)


def test_silence_given_alone_is_settled_by_another_pair_of_the_row():
    judged = [
        a_judgement(assigned=S),
        a_judgement(b="Survey", assigned=A),
        a_judgement("Minutes", "Survey", assigned=S),
    ]
    matrix = build_matrix([], [], [], judged, [])
    cell = the_cell(matrix)
    assert (cell.speaks_a, cell.speaks_b, cell.derived) == (True, False, S)


def test_silence_given_alone_is_settled_by_findings_that_fit_it():
    matrix = build_matrix([], [], [], [a_judgement(assigned=S)], [a_finding("Minutes")])
    assert (the_cell(matrix).speaks_a, the_cell(matrix).speaks_b) == (False, True)
    both = [a_finding("Minutes"), a_finding("Interviews", number=2)]
    matrix = build_matrix([], [], [], [a_judgement(assigned=S)], both)
    assert (the_cell(matrix).speaks_a, the_cell(matrix).code) == (None, S)


def test_a_pair_that_nobody_compared_yet_is_undetermined_and_counted_apart():
    findings = [a_finding("Minutes"), a_finding("Interviews", number=2)]
    matrix = build_matrix([], [], [], [], findings, researchers=["Ann"])
    assert the_cell(matrix).code is U
    counts = assess_convergence(matrix).by_researcher["Ann"]
    assert (counts.undetermined, counts.not_judged) == (1, 1)


def test_saying_who_speaks_is_not_yet_a_comparison():
    said = [Existence(FUND, source, "Ann", True) for source in ("Minutes", "Interviews")]
    matrix = build_matrix([], [], said, [a_judgement(expected="yes")], [])
    counts = assess_convergence(matrix).by_researcher["Ann"]
    assert (the_cell(matrix).code, counts.undetermined, counts.not_judged) == (U, 1, 1)


def test_adding_an_excerpt_changes_no_code():
    quote = Excerpt(UUID(int=9), "Meeting 1", 3, 9, "funded")
    judged = [a_judgement(meaning=Meaning.SAME, coverage=Part.DIFFERENT)]
    bare = build_matrix([], [], [], judged, [a_finding("Minutes")])
    quoted = build_matrix([], [], [], judged, [a_finding("Minutes", excerpts=(quote,))])
    assert the_cell(bare).code is the_cell(quoted).code


def test_the_same_cell_judged_twice_is_refused():
    twice = [a_judgement(assigned=A), a_judgement("Minutes", "Interviews", assigned=D)]
    with pytest.raises(TriangulationError, match="Ann judged Interviews and Minutes twice"):
        build_matrix([], [], [], twice, [])


def test_counts_have_both_denominators():
    judged = [
        a_judgement(assigned=A),
        a_judgement(b="Survey", assigned=D),
        a_judgement("Minutes", "Survey", assigned=P),
        a_judgement(row=Row("PRO-SKILL"), assigned=S),
    ]
    assessment = assess_convergence(build_matrix([], [], [], judged, []))
    counts = assessment.by_researcher["Ann"]
    assert (counts.cells, counts.both_speak) == (6, 3)
    assert (counts.agreement, counts.partial, counts.silence, counts.dissonance) == (1, 1, 1, 1)
    assert counts.share_of_cells(A) == pytest.approx(1 / 6)
    assert counts.share_where_both_speak(A) == pytest.approx(1 / 3)
    assert counts.share_where_both_speak(S) is None
    assert assessment.by_level["Ann", "ECO"].both_speak == 3
    assert assessment.by_level["Ann", "PRO"].silence == 1
    assert assessment.by_pair["Ann", ("Interviews", "Minutes")].cells == 2
    assert assessment.rows_with_dissonance["Ann"] == 1


def test_weight_alone_is_not_counted_as_contradiction():
    judged = [a_judgement(meaning=Meaning.SAME, prominence=Part.DIFFERENT, coverage=Part.DIFFERENT)]
    counts = assess_convergence(build_matrix([], [], [], judged, [], rule="elements_strict")).by_researcher[
        "Ann"
    ]
    assert (counts.dissonance, counts.different_weight) == (1, 1)


def test_completeness_names_what_one_source_alone_holds():
    other, third = Row("PRO-SKILL"), Row("PRO-TIME")
    matrix = build_matrix(
        [other, Row("INN-COST")], ["Minutes", "Interviews", "Survey"], [], [], [a_finding("Minutes")]
    )
    findings = [
        a_finding("Minutes"),
        *(a_finding(s, other, "skills", n) for n, s in enumerate(("Survey", "Minutes"), 2)),
        a_finding("Interviews", third, "time", 4),
    ]
    completeness = compare_completeness(matrix, findings)
    assert completeness.presence[FUND, "Minutes"] is Presence.UNIQUE
    assert completeness.presence[FUND, "Survey"] is Presence.ABSENT
    assert completeness.presence[other, "Survey"] is Presence.PRESENT
    assert completeness.presence[Row("INN-COST"), "Survey"] is Presence.UNKNOWN
    assert completeness.rows_with("Minutes", Presence.UNIQUE) == (FUND,)


def test_completeness_shows_where_researchers_differ_and_what_nobody_raised():
    other = Row("PRO-SKILL")
    said = [
        Existence(FUND, "Minutes", "Ann", True),
        Existence(FUND, "Minutes", "Ben", False),
        *(Existence(other, source, "Ann", False) for source in ("Minutes", "Interviews")),
    ]
    matrix = build_matrix([], ["Minutes", "Interviews"], said, [], [])
    completeness = compare_completeness(matrix, existences=said)
    assert completeness.presence[FUND, "Minutes"] is Presence.DISPUTED
    assert completeness.raised_by_nobody == (other,)


def test_a_cell_leads_back_to_its_quotes_each_once_and_in_order():
    first, second = (Excerpt(UUID(int=9), "Meeting 1", at, at + 5, "quote") for at in (3, 40))
    loose = Excerpt(None, "", None, None, "a quote that stands in no document")
    findings = [
        a_finding("Minutes", excerpts=(second, first)),
        a_finding("Minutes", number=2, excerpts=(loose, first)),
        a_finding("Survey", number=3),
    ]
    matrix = build_matrix([], [], [], [], findings)
    evidence = evidence_for(matrix, findings, FUND, "Minutes")
    assert [finding.id.int for finding in evidence.findings] == [1, 2]
    assert evidence.excerpts == (first, second, loose)


def test_pair_of_two_silent_sources_has_no_cell_whatever_code_was_given():
    said = [Existence(FUND, source, "Ann", False) for source in ("Interviews", "Minutes")]
    judged = Judgement(FUND, "Interviews", "Minutes", "Ann", assigned=A, reason="why")
    assert build_matrix([], [], said, [judged], []).cells == ()


@pytest.mark.parametrize(("reason", "code"), [("", S), ("Both, if one reads on.", A)])
def test_code_that_contradicts_who_speaks_stands_with_a_reason_alone(reason, code):
    said = [Existence(FUND, source, "Ann", source == "Minutes") for source in ("Interviews", "Minutes")]
    judged = Judgement(FUND, "Interviews", "Minutes", "Ann", assigned=A, reason=reason)
    (cell,) = build_matrix([], [], said, [judged], []).cells
    assert cell.code is code
