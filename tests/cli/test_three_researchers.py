"""Three researchers judge twelve cells; the constructed example of the method comes out by command line."""

import pytest

CODES = {
    "r1": "A A P S D A P P S A D P",
    "r2": "A P P S D A A P S A P P",
    "r3": "A A P S P A P P S A D S",
}


@pytest.fixture
def fixture_r(trigpoint, study, write_csv):
    """Twelve statements by two sources, each cell given a code and nothing else, in a fresh study."""
    lines = [
        f"ECO-FUND,statement {number:02},Interviews,Minutes,{researcher},{code}"
        for researcher, codes in CODES.items()
        for number, code in enumerate(codes.split(), start=1)
    ]
    path = write_csv("judgements", "theme,row,source_a,source_b,researcher,assigned", *lines)
    taken = trigpoint("judge", "import", path, "--create-sources", "--json").json
    assert taken == {"imported": 36, "refused": []}
    return trigpoint("triangulate", "--json").json


def test_the_printed_figures_of_three_researchers(fixture_r):
    cells = fixture_r["researchers"]["all_cells"]
    assert [(pair["agreeing"], pair["n"]) for pair in cells["by_pair"]] == [(9, 12), (10, 12), (7, 12)]
    assert cells["percent_all"] == pytest.approx(7 / 12)
    assert cells["percent_pairs"] == pytest.approx(26 / 36)
    assert [round(pair["kappa"], 4) for pair in cells["by_pair"]] == [0.6471, 0.7692, 0.4059]
    assert round(cells["fleiss_kappa"], 4) == 0.6078
    assert round(cells["alpha"], 4) == 0.6187


def test_the_printed_totals_of_three_researchers(fixture_r):
    totals = fixture_r["totals"].values()
    counted = [sum(t[code] for t in totals) for code in ("agreement", "partial", "silence", "dissonance")]
    assert counted == [12, 13, 7, 4]


def test_confusion_of_each_pair_of_researchers(fixture_r):
    first, *_ = fixture_r["researchers"]["confusion"]
    assert (first["researchers"], first["n"], first["without_view"]) == (["r1", "r2"], 12, 0)
    counts = {(cell["first"], cell["second"]): cell["n"] for cell in first["counts"]}
    assert counts["agreement", "agreement"] == 3
    assert sum(counts.values()) == 12
    assert sum(n for (a, b), n in counts.items() if a != b) == 3


def settle(trigpoint, number, outcome, *more, status=0):
    return trigpoint(
        "resolve", "--theme", "ECO-FUND", "--row", f"statement {number:02}", "--about", "code",
        "--source-a", "Interviews", "--source-b", "Minutes", "--outcome", outcome,
        "--reason", "Read again.", "--decided-by", "r1, r2, r3", *more, "--json",
        status=status,
    )  # fmt: skip


def test_settling_moves_the_teams_totals_and_no_agreement(trigpoint, fixture_r):
    assert (fixture_r["team"]["one_mind"], fixture_r["team"]["open"]) == (7, 5)
    written = settle(trigpoint, 2, "agreement", "--minority", "Partly.", "--minority-by", "r2").json
    assert (written["outcome"], written["minority_by"], written["state"]) == ("agreement", "r2", "holds")
    settle(trigpoint, 5, "unresolved")
    found = trigpoint("triangulate", "--json").json
    team = found["team"]
    assert [team[state] for state in ("one_mind", "settled", "unresolved", "open")] == [7, 1, 1, 3]
    assert team["totals"]["agreement"] == fixture_r["team"]["totals"]["agreement"] + 1
    assert found["researchers"] == fixture_r["researchers"]
    log = trigpoint("resolutions", "--json").json
    assert [one["outcome"] for one in log] == [None, "agreement"]
    assert "unresolved" in trigpoint("resolutions").out


def test_what_is_seen_alike_cannot_be_settled(trigpoint, fixture_r):
    assert "do not differ" in settle(trigpoint, 3, "partial", status=2).err


def test_robustness_by_command_line(trigpoint, fixture_r):
    found = trigpoint("robustness", "--json").json
    shares = found["survives"]
    assert shares["all"]["n"] == len(found["conclusions"])
    # Assigned codes know no rule, and of two sources one is left.
    assert (shares["rule"]["yes"], shares["rule"]["no"]) == (shares["rule"]["n"], 0)
    assert shares["without_source"]["yes"] == 0
    first = found["conclusions"][0]
    assert {outcome["change"] for outcome in first["outcomes"]} == {
        "rule",
        "without_researcher",
        "without_source",
    }
    told = trigpoint("robustness")
    assert "without source" in told.out and "lower bound" in told.err
