"""Step 5: researcher agreement, with the worked example of three researchers and twelve cells."""

from __future__ import annotations

import pytest

from triangulation.assessment import assess_convergence
from triangulation.convergence import parse_code
from triangulation.matrix import build_matrix
from triangulation.models import ConvergenceCode, Existence, Finding, Judgement, Row
from triangulation.researchers import compare_researchers
from triangulation.tables import read_judgements

CODES = {
    "r1": "A A P S D A P P S A D P",
    "r2": "A P P S D A A P S A P P",
    "r3": "A A P S P A P P S A D S",
}


def a_judgement(researcher, theme, code, a="Interviews", b="Minutes"):
    return Judgement(Row(theme), a, b, researcher, assigned=code and parse_code(code))


@pytest.fixture
def three_researchers():
    judgements = [
        a_judgement(researcher, f"T{number:02}", code)
        for researcher, codes in CODES.items()
        for number, code in enumerate(codes.split())
    ]
    return build_matrix([], [], [], judgements, [])


def test_three_researchers_and_twelve_cells(three_researchers):
    found = compare_researchers(three_researchers).all_cells
    assert (found.n, found.n_all) == (12, 12)
    assert {pair: (seen.agreeing, seen.n) for pair, seen in found.by_pair.items()} == {
        ("r1", "r2"): (9, 12),
        ("r1", "r3"): (10, 12),
        ("r2", "r3"): (7, 12),
    }
    kappas = [round(seen.kappa.value, 4) for seen in found.by_pair.values()]
    assert kappas == [0.6471, 0.7692, 0.4059]
    assert (found.agreeing_all, found.percent_all) == (7, pytest.approx(7 / 12))
    assert (found.agreeing_pairs, found.n_pairs, found.percent_pairs) == (26, 36, pytest.approx(26 / 36))
    assert found.fleiss_kappa.value == pytest.approx(0.6078, abs=5e-5)
    assert found.alpha.value == pytest.approx(0.6187, abs=5e-5)
    assert found.reasons == {}


def test_the_same_figures_from_a_file_of_codes_alone(tmp_path):
    lines = ["theme,source_a,source_b,researcher,assigned"]
    for researcher, codes in CODES.items():
        lines += [f"T{n},Minutes,Interviews,{researcher},{code}" for n, code in enumerate(codes.split())]
    path = tmp_path / "codes.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    rows, refused = read_judgements(path, resolve_theme=str, known_sources=None)
    matrix = build_matrix([], [], [], [row.judgement for row in rows], [])
    found = compare_researchers(matrix).all_cells
    assert refused == []
    assert (found.agreeing_pairs, found.agreeing_all) == (26, 7)
    assert found.alpha.value == pytest.approx(0.6187, abs=5e-5)
    assert found.alpha.low < found.alpha.value < found.alpha.high


def test_totals_of_the_three_researchers(three_researchers):
    counts = assess_convergence(three_researchers).by_researcher.values()
    totals = {code: sum(c.of(code) for c in counts) for code in ConvergenceCode}
    assert [totals[parse_code(letter)] for letter in "APSD"] == [12, 13, 7, 4]


def test_silence_stays_out_where_both_speak(three_researchers):
    found = compare_researchers(three_researchers).both_speak
    assert (found.n, found.n_all) == (10, 9)
    assert found.by_pair["r1", "r3"].n == 9


def test_differing_cells_are_listed_with_who_says_what(three_researchers):
    differing = compare_researchers(three_researchers).differing_cells
    assert [unit.row.theme for unit in differing] == ["T01", "T04", "T06", "T10", "T11"]
    assert differing[0].values == {"r1": "agreement", "r2": "partial", "r3": "agreement"}


def test_codes_alone_say_yes_to_existence_and_leave_silence_open(three_researchers):
    found = compare_researchers(three_researchers).existence
    assert found.n == 20
    assert found.percent_pairs == 1.0
    assert found.alpha.value is None
    assert found.reasons["alpha"]


def test_existence_is_compared_per_row_and_source():
    row = Row("T1")
    said = [
        Existence(row, "Minutes", "Ann", True),
        Existence(row, "Minutes", "Ben", False),
        Existence(row, "Survey", "Ann", False),
        Existence(row, "Survey", "Ben", False),
    ]
    comparison = compare_researchers(build_matrix([], [], said, [], []), said)
    assert (comparison.existence.n, comparison.existence.percent_pairs) == (2, 0.5)
    assert comparison.differing_existence[0].values == {"Ann": "yes", "Ben": "no"}


def test_only_cells_where_both_researchers_hold_that_both_sources_speak_are_compared():
    row = Row("T1")
    said = [Existence(row, "Minutes", "Ben", False), Existence(row, "Interviews", "Ben", True)]
    matrix = build_matrix([], [], said, [a_judgement("Ann", "T1", "A")], [])
    comparison = compare_researchers(matrix, said)
    assert comparison.both_speak.n == 0
    assert comparison.both_speak.percent_pairs is None
    assert comparison.both_speak.reasons["percent_pairs"] == "no unit was coded by two researchers"
    assert (comparison.all_cells.n, comparison.all_cells.percent_pairs) == (1, 0.0)


def test_undetermined_is_a_gap():
    judged = [a_judgement("Ann", "T1", "undetermined"), a_judgement("Ben", "T1", "A")]
    comparison = compare_researchers(build_matrix([], [], [], judged, []))
    assert comparison.all_cells.n == 0
    assert comparison.differing_cells == ()


def test_shared_findings_do_not_make_researchers_agree():
    from uuid import UUID

    shared = Finding(UUID(int=1), "Minutes", Row("T1"), "It helps")
    hers = Finding(UUID(int=2), "Survey", Row("T1"), "It helps", researcher="Ann")
    matrix = build_matrix([], [], [], [], [shared, hers], researchers=["Ann", "Ben"])
    comparison = compare_researchers(matrix, findings=[shared, hers])
    assert comparison.existence.n == 0


def test_one_researcher_has_no_agreement_and_the_report_says_why():
    comparison = compare_researchers(build_matrix([], [], [], [a_judgement("Ann", "T1", "A")], []))
    assert comparison.both_speak.percent_all is None
    assert comparison.both_speak.reasons["percent_all"] == "fewer than two researchers"
    assert {"fleiss_kappa", "alpha"} <= comparison.both_speak.reasons.keys()


def test_the_order_of_researchers_changes_nothing(three_researchers):
    judgements = [cell.judgement for cell in three_researchers.cells]
    turned = build_matrix([], [], [], judgements, [], researchers=["r3", "r1", "r2"])
    one, other = (compare_researchers(m).all_cells for m in (three_researchers, turned))
    assert (one.percent_pairs, one.percent_all) == (other.percent_pairs, other.percent_all)
    assert one.alpha.value == pytest.approx(other.alpha.value)
