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
