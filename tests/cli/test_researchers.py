"""Judgements made elsewhere come in by file; the constructed example of three researchers comes out right."""

import pytest

CODES = {
    "r1": "A A P S D A P P S A D P",
    "r2": "A P P S D A A P S A P P",
    "r3": "A A P S P A P P S A D S",
}


@pytest.fixture
def judged(trigpoint, study, write_csv):
    """Four rows by three sources, each cell given a code and nothing else."""
    codebook = trigpoint("codebook", "export", "--format", "csv", "--out", write_csv("codebook", ""))
    assert codebook.status == 0
    pairs = (("Interviews", "Minutes"), ("Interviews", "Survey"), ("Minutes", "Survey"))
    places = [(f"statement {row}", pair) for row in range(4) for pair in pairs]
    lines = [
        f"ECO-FUND,{statement},{a},{b},{who},{code}"
        for who, codes in CODES.items()
        for (statement, (a, b)), code in zip(places, codes.split(), strict=True)
    ]
    path = write_csv("judgements", "theme,row,source_a,source_b,researcher,assigned", *lines)
    return trigpoint("judge", "import", path, "--create-sources", "--json").json


def test_codes_alone_are_enough(judged):
    assert judged == {"imported": 36, "refused": []}


def test_counts_and_coefficients_of_the_example(trigpoint, judged):
    found = trigpoint("triangulate", "--json").json
    totals = found["totals"].values()
    counted = {
        code: sum(t[code] for t in totals) for code in ("agreement", "partial", "silence", "dissonance")
    }
    assert counted == {"agreement": 12, "partial": 13, "silence": 7, "dissonance": 4}
    cells = found["researchers"]["all_cells"]
    assert cells["n"] == 12
    assert cells["percent_all"] == pytest.approx(7 / 12)
    assert cells["percent_pairs"] == pytest.approx(26 / 36)
    assert cells["fleiss_kappa"] == pytest.approx(0.6078, abs=0.00005)
    assert cells["alpha"] == pytest.approx(0.6187, abs=0.00005)
    assert [(pair["agreeing"], pair["n"]) for pair in cells["by_pair"]] == [(9, 12), (10, 12), (7, 12)]
    assert [round(pair["kappa"], 4) for pair in cells["by_pair"]] == [0.6471, 0.7692, 0.4059]


def test_the_matrix_has_all_fields(trigpoint, judged):
    found = trigpoint("triangulate", "--json").json
    assert found["sources"] == ["Interviews", "Minutes", "Survey"]
    assert found["pairs"] == [["Interviews", "Minutes"], ["Interviews", "Survey"], ["Minutes", "Survey"]]
    assert found["rows"][0] == {"theme": "ECO-FUND", "row": "statement 0"}
    assert len(found["cells"]) == 36
    assert found["cells"][0] == {
        "theme": "ECO-FUND",
        "row": "statement 0",
        "source_a": "Interviews",
        "source_b": "Minutes",
        "researcher": "r1",
        "derived": None,
        "assigned": "agreement",
        "code": "agreement",
        "parts_judged": 0,
        "speaks_a": True,
        "speaks_b": True,
    }
    for unit in ("existence", "both_speak", "all_cells"):
        assert set(found["researchers"][unit]) >= {
            "n", "percent_pairs", "percent_all", "fleiss_kappa", "alpha", "by_pair"
        }  # fmt: skip
    assert found["completeness"]["presence"]


def test_the_matrix_can_be_read_at_a_prompt(trigpoint, judged):
    told = trigpoint("triangulate").out
    assert "statement 3" in told and "0.61" in told and "0.62" in told


def test_another_rule_is_tried_without_being_chosen(trigpoint, judged):
    assert trigpoint("triangulate", "--rule", "meaning_first", "--json").json["rule"] == "meaning_first"
    assert trigpoint("triangulate", "--json").json["rule"] == "parts"
    trigpoint("triangulate", "--rule", "by ear", status=2)


def test_a_second_judgement_of_a_pair_is_refused(trigpoint, judged, tmp_path):
    again = trigpoint("judge", "import", tmp_path / "judgements.csv", "--json", status=3).json
    assert again["imported"] == 0
    assert len(again["refused"]) == 36
    assert set(again["refused"][0]) == {"row", "reason"}


def test_judgements_go_out_and_come_back(trigpoint, judged, tmp_path):
    out = tmp_path / "out.csv"
    assert trigpoint("judge", "export", "--out", out, "--json").json["judgements"] == 36
    trigpoint("study", "create", "Copy")
    trigpoint("codebook", "load", "grol-wensing", "--study", "Copy")
    words = ("judge", "import", out, "--create-sources", "--json", "--study", "Copy")
    assert trigpoint(*words).json == {"imported": 36, "refused": []}
    copy, original = (trigpoint("triangulate", "--json", "--study", s).json for s in ("Copy", "Region"))
    assert copy["cells"] == original["cells"]


def test_a_file_without_the_needed_columns_is_refused_whole(trigpoint, study, write_csv):
    trigpoint("judge", "import", write_csv("wrong", "theme,source", "ECO,A"), status=3)
    trigpoint("findings", "import", write_csv("wrong", "theme,source", "ECO,A"), status=3)
    trigpoint("codings", "import", write_csv("wrong", "document,quote", "gp,x"), status=3)


def test_only_the_lead_imports_for_others(trigpoint, two_texts, write_csv):
    trigpoint("study", "add-person", "Ann")
    path = write_csv(
        "judgements", "theme,source_a,source_b,researcher,assigned", "ECO-FUND,Interviews,Survey,Ben,A"
    )
    refused = trigpoint("judge", "import", path, "--create-sources", "--json", person="Ann", status=3).json
    assert "only the lead" in refused["refused"][0]["reason"]


def test_a_corrected_file_of_findings_can_be_read_again(trigpoint, study, write_csv):
    columns = "source,theme,statement,researcher"
    first = write_csv(
        "first", columns, "Minutes,ECO-FUND,Money is short,", "Minutes,ECO-NONE,Rules are many,"
    )
    words = ("findings", "import", first, "--create-sources", "--json")
    once = trigpoint(*words, status=3).json
    assert (once["imported"], once["duplicates"], len(once["refused"])) == (1, 0, 1)
    write_csv("first", columns, "Minutes,ECO-FUND,Money is short,", "Minutes,ECO-REG,Rules are many,")
    assert trigpoint(*words).json == {"imported": 1, "duplicates": 1, "refused": []}


def test_a_source_that_findings_brought_in_takes_documents_of_any_kind(trigpoint, study, write_csv, tmp_path):
    findings = write_csv("findings", "source,theme,statement", "Survey,ECO-FUND,Money is short")
    trigpoint("findings", "import", findings, "--create-sources")
    answer = tmp_path / "answer.txt"
    answer.write_text("Money is short.", encoding="utf-8")
    (taken,) = trigpoint("import", answer, "--source", "Survey", "--kind", "survey", "--json").lines
    assert taken["status"] == "imported"


@pytest.mark.parametrize(
    ("speaks", "assigned", "reason"),
    [("yes,no", "A", "so the code is silence"), ("yes,yes", "S", "cannot be silence")],
)
def test_silence_is_decided_by_who_speaks(trigpoint, study, write_csv, speaks, assigned, reason):
    columns = "theme,row,source_a,source_b,researcher,speaks_a,speaks_b,assigned"
    path = write_csv("judged", columns, f"ECO-FUND,st,Minutes,Survey,r1,{speaks},{assigned}")
    (refused,) = trigpoint("judge", "import", path, "--create-sources", "--json", status=3).json["refused"]
    assert reason in refused["reason"]


def test_codings_go_out_and_into_another_study_of_the_same_texts(trigpoint, two_texts, write_csv, tmp_path):
    folder = tmp_path / "interviews"
    (folder / "odd.txt").write_text(
        "The word '-minded people' stands here, caf\u00e9 too.\n", encoding="utf-8"
    )
    known = {d["title"] for d in trigpoint("documents", "--json").json}
    trigpoint("import", folder, "--source", "Interviews", "--kind", "interview")
    (odd,) = [d["document"] for d in trigpoint("documents", "--json").json if d["title"] not in known]
    rows = write_csv(
        "rows",
        "document,start_char,end_char,quote,code",
        f"{odd},9,25,'-minded people',ECO-FUND",
        f"{odd},,,cafe\u0301 too,ECO-REG",
    )
    assert trigpoint("codings", "import", rows, "--json").json["imported"] == 2
    out, again = tmp_path / "out.csv", tmp_path / "again.csv"
    trigpoint("codings", "export", "--out", out)
    trigpoint("study", "create", "Copy")
    trigpoint("codebook", "load", "grol-wensing", "--study", "Copy")
    trigpoint("import", folder, "--source", "Interviews", "--kind", "interview", "--study", "Copy")
    assert trigpoint("codings", "import", out, "--json", "--study", "Copy").json["imported"] == 2
    trigpoint("codings", "export", "--out", again, "--study", "Copy")
    first, second = (path.read_text(encoding="utf-8-sig").splitlines() for path in (out, again))
    assert [line.split(",", 1)[1] for line in first] == [line.split(",", 1)[1] for line in second]
    assert ",9,25," in first[1]
