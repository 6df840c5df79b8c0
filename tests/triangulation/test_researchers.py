"""Step 5: researcher agreement, with the worked example of three researchers and twelve cells."""

from __future__ import annotations

from itertools import combinations
from random import Random
from uuid import UUID

import pytest

from triangulation.assessment import assess_convergence
from triangulation.convergence import parse_code
from triangulation.matrix import build_matrix
from triangulation.models import (
    ConvergenceCode,
    Existence,
    Finding,
    Importance,
    Judgement,
    Meaning,
    Part,
    Prominence,
    Rating,
    Row,
)
from triangulation.researchers import compare_researchers
from triangulation.tables import read_judgements

CODES = {
    "r1": "A A P S D A P P S A D P",
    "r2": "A P P S D A A P S A P P",
    "r3": "A A P S P A P P S A D S",
}


TWO = ("Ann", "Ben")
SOURCES = ("Interviews", "Minutes", "Survey")


def a_judgement(researcher, theme, code, a="Interviews", b="Minutes", statement=""):
    return Judgement(Row(theme, statement), a, b, researcher, assigned=code and parse_code(code))


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


def test_importance_is_compared_per_row():
    said = [
        Importance(Row("T1"), "Ann", "main"),
        Importance(Row("T1"), "Ben", "minor"),
        Importance(Row("T2"), "Ann", "main"),
        Importance(Row("T2"), "Ben", "main"),
        Importance(Row("T3"), "Ann", "main"),
    ]
    matrix = build_matrix([Row(t) for t in ("T1", "T2", "T3")], ["Minutes"], [], [], [], researchers=TWO)
    comparison = compare_researchers(matrix, importances=said)
    assert (comparison.importance.n, comparison.importance.percent_pairs) == (2, 0.5)
    (unit,) = comparison.differing_importance
    assert (unit.about, unit.row, unit.values) == ("importance", Row("T1"), {"Ann": "main", "Ben": "minor"})


def test_prominence_one_step_apart_weighs_less_than_two():
    def alpha(last):
        rated = [("main", "main"), ("secondary", "secondary"), ("passing", "passing"), ("main", last)]
        ratings = [
            Rating(Row(f"T{n}"), "Minutes", person, Prominence(value))
            for n, values in enumerate(rated)
            for person, value in zip(TWO, values, strict=True)
        ]
        rows = [Row(f"T{n}") for n in range(4)]
        matrix = build_matrix(rows, ["Minutes"], [], [], [], researchers=TWO)
        return compare_researchers(matrix, ratings=ratings).prominence

    near, far = alpha("secondary"), alpha("passing")
    assert near.agreeing_pairs == far.agreeing_pairs == 3
    assert near.alpha.value > far.alpha.value


def test_a_note_without_a_rating_is_no_rating():
    noted = [
        Rating(Row("T1"), "Minutes", "Ann", Prominence.MAIN),
        Rating(Row("T1"), "Minutes", "Ben", None, "?"),
    ]
    matrix = build_matrix([Row("T1")], ["Minutes"], [], [], [], researchers=TWO)
    comparison = compare_researchers(matrix, ratings=noted)
    assert (comparison.prominence.n, comparison.differing_prominence) == (0, ())


def test_each_part_is_compared_apart_and_not_assessable_is_a_view():
    def judged(person, coverage, examples):
        return Judgement(
            Row("T1"),
            "Interviews",
            "Minutes",
            person,
            meaning=Meaning.SAME,
            coverage=coverage and Part(coverage),
            examples=examples and Part(examples),
        )

    both = [judged("Ann", "same", "same"), judged("Ben", "not_assessable", None)]
    parts = compare_researchers(build_matrix([], [], [], both, [])).parts
    assert {name: (seen.agreeing_pairs, seen.n_pairs) for name, seen in parts.items()} == {
        "meaning": (1, 1),
        "prominence": (0, 0),
        "coverage": (0, 1),
        "examples": (0, 0),
    }
    assert parts["examples"].reasons["percent_pairs"] == "no unit was coded by two researchers"


def test_a_source_is_unique_only_where_all_others_are_said_to_be_silent():
    said = [
        Existence(Row("T1"), "Minutes", "Ann", True),
        Existence(Row("T1"), "Survey", "Ann", False),
        Existence(Row("T1"), "Minutes", "Ben", True),
        Existence(Row("T1"), "Survey", "Ben", True),
        Existence(Row("T2"), "Minutes", "Ann", True),
        Existence(Row("T2"), "Minutes", "Ben", True),
    ]
    flags = compare_researchers(build_matrix([], [], said, [], []), said).flags
    # On T2 nobody said whether the survey speaks: unique or present cannot be told.
    assert (flags.n, flags.agreeing_pairs) == (2, 0)


def test_confusion_counts_silence_undetermined_and_neither_apart():
    silent = [Existence(Row("T3"), s, "Ben", False) for s in ("Interviews", "Minutes")]
    judged = [
        a_judgement("Ann", "T1", "A"),
        a_judgement("Ben", "T1", "S"),
        a_judgement("Ann", "T2", "undetermined"),
        a_judgement("Ben", "T2", "P"),
        a_judgement("Ann", "T3", "P"),
        a_judgement("Ann", "T4", "D"),
    ]
    confusion = compare_researchers(build_matrix([], [], silent, judged, []), silent).confusion["Ann", "Ben"]
    assert confusion.counts == {
        ("agreement", "silence"): 1,
        ("undetermined", "partial"): 1,
        ("partial", "neither"): 1,
    }
    assert (confusion.n, confusion.without_view) == (3, 1)


def test_the_ordered_view_leaves_silence_out(three_researchers):
    found = compare_researchers(three_researchers)
    assert found.both_speak_ordered.n == found.both_speak.n == 10
    assert found.both_speak_ordered.value > found.both_speak.alpha.value


def test_the_interval_says_that_themes_were_resampled(three_researchers):
    assert "12 themes" in compare_researchers(three_researchers).all_cells.alpha.interval


def test_judges_at_random_have_an_alpha_near_zero_where_both_speak():
    dice = Random(2006)
    rows = [Row(f"T{n // 2:02}", f"s{n}") for n in range(400)]
    said = [
        Existence(r, s, p, dice.random() < 0.7) for r in rows for s in SOURCES for p in ("r1", "r2", "r3")
    ]
    held = {(e.row, e.source, e.researcher): e.speaks for e in said}
    judged = [
        a_judgement(p, r.theme, dice.choice("APD"), a, b, r.statement)
        for r in rows
        for a, b in combinations(SOURCES, 2)
        for p in ("r1", "r2", "r3")
        if held[r, a, p] and held[r, b, p]
    ]
    found = compare_researchers(build_matrix([], [], said, judged, []), said)
    assert found.both_speak.n > 500
    assert abs(found.both_speak.alpha.value) < 0.05
    assert abs(found.both_speak_ordered.value) < 0.08


def test_with_an_index_source_judgements_of_other_pairs_still_say_who_speaks():
    judged = [a_judgement(person, "T1", "A", "Minutes", "Survey") for person in TWO]
    matrix = build_matrix([], ["Interviews"], [], judged, [], index="Interviews")
    assert compare_researchers(matrix).existence.n == 2


def test_silence_that_follows_from_findings_is_no_view_of_a_researcher_who_judged_nothing():
    rows = [Row(f"T{n}") for n in range(10)]
    spoken = [Finding(UUID(int=n), "Interviews", row, "It helps") for n, row in enumerate(rows)]
    judged = [a_judgement("Ann", "T0", "P"), a_judgement("Ben", "T0", "A")]
    comparison = compare_researchers(build_matrix(rows, [], [], judged, spoken), findings=spoken)
    assert (comparison.all_cells.n, comparison.all_cells.percent_pairs) == (1, 0.0)
    assert (comparison.confusion["Ann", "Ben"].n, comparison.confusion["Ann", "Ben"].without_view) == (1, 9)


def test_who_never_looked_at_a_pair_does_not_differ_on_it():
    hers = Finding(UUID(int=1), "Interviews", Row("T0"), "It helps", researcher="Ann")
    judged = [a_judgement("Ann", "T0", "P"), a_judgement("Ben", "T1", "A")]
    matrix = build_matrix([], [], [], judged, [hers])
    assert compare_researchers(matrix, findings=[hers]).differing_cells == ()
    assert assess_convergence(matrix).differing == ()


def test_silence_is_a_view_where_the_researcher_said_who_speaks():
    said = [Existence(Row("T1"), s, p, s == "Minutes") for s in ("Interviews", "Minutes") for p in TWO]
    comparison = compare_researchers(build_matrix([], [], said, [], []), said)
    assert (comparison.all_cells.n, comparison.all_cells.percent_pairs) == (1, 1.0)


def test_a_part_found_not_assessable_does_not_make_a_silence_of_findings_ones_own():
    spoken = [Finding(UUID(int=1), "Interviews", Row("T1"), "It helps")]
    seen = [Judgement(Row("T1"), "Interviews", "Minutes", p, coverage=Part.NOT_ASSESSABLE) for p in TWO]
    comparison = compare_researchers(build_matrix([], [], [], seen, spoken), findings=spoken)
    assert comparison.all_cells.n == 0
