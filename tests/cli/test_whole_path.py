"""From documents to a report on the command line, and back from a backup."""

import csv
import shutil
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
CODES = ("ECO-FUND", "ORG-STAFF", "SOC-LEAD")
FINDINGS = "source,theme,row,statement,valence,researcher,prominence,coverage,importance,excerpts"


def code_by(trigpoint, coder, *, shift, path):
    """Every fourth line of every document, coded from its offsets; ``shift`` makes coders differ."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("document", "start_char", "end_char", "quote", "code", "coder", "valence", "memo"))
        for document in trigpoint("documents", "--json").json:
            table.writerows(codings_in(trigpoint, document["document"], coder, shift))
    return path


def codings_in(trigpoint, document, coder, shift):
    start = 0
    for number, line in enumerate(trigpoint("text", document).out.split("\n")):
        end = start + len(line)
        if number % 4 == 0 and line.strip():
            code = CODES[(number // 4 + (shift if number % 12 == 0 else 0)) % len(CODES)]
            yield document, start, end, line, code, coder, "barrier", f"line {number}"
        start = end + 1


def go_the_whole_path(trigpoint, minutes, tmp_path, write_csv):
    trigpoint("study", "create", "Council")
    imported = trigpoint("import", minutes, "--source", "Minutes", "--kind", "meeting report", "--json").lines
    documents = trigpoint("documents", "--json").json
    assert len(documents) == len(imported)
    loaded = trigpoint("codebook", "load", "grol-wensing", "--json").json
    assert (loaded["levels"], loaded["themes"], loaded["version"]) == (7, 36, 1)

    opened = trigpoint("round", "open", "--name", "R", "--coders", "Ann,Ben", "--blind", "--json").json
    assert (opened["round"], opened["state"], opened["coders"]) == ("R", "open", ["Ann", "Ben"])
    assert set(opened["documents"]) == {document["document"] for document in documents}
    for coder, shift in (("Ann", 0), ("Ben", 1)):
        table = code_by(trigpoint, coder, shift=shift, path=tmp_path / f"{coder}.csv")
        taken = trigpoint("codings", "import", table, "--json", person=coder).json
        assert taken["imported"] > 10 * len(documents) / 2
        assert taken["duplicates"] == 0 and taken["not_found"] == taken["ambiguous"] == []
        again = trigpoint("codings", "import", table, "--json", person=coder).json
        assert (again["imported"], again["duplicates"]) == (0, taken["imported"])
        trigpoint("round", "reveal", "--name", "R", status=2)
        finished = trigpoint("round", "finish", "--name", "R", "--json", person=coder).json
        assert finished["finished"]["codings"] == taken["imported"]
    assert trigpoint("round", "reveal", "--name", "R", "--json").json["state"] == "revealed"

    agreement = trigpoint("agree", "--round", "R", "--json", person="Ann").json
    assert agreement["unit"] == "section" and agreement["coders"] == ["Ann", "Ben"]
    assert {code["code"] for code in agreement["codes"]} == set(CODES)
    for code in agreement["codes"]:
        assert set(code) >= {
            "code", "n", "prevalence", "percent", "positive_agreement", "kappa", "alpha", "alpha_low",
            "alpha_high", "ac1", "reasons",
        }  # fmt: skip
        assert code["n"] == agreement["n_units"] and 0 < code["percent"] <= 1
    assert {code["code"] for code in agreement["codes"] if code["percent"] < 1} == {"ECO-FUND", "ORG-STAFF"}
    assert {entry["code"] for entry in agreement["spans"]} == {code["code"] for code in agreement["codes"]}
    for entry in agreement["spans"]:
        for measure in ("u_alpha", "cu_alpha", "gamma", "f1"):
            assert (entry[measure] is None) == (measure in entry["reasons"])
    by_document = trigpoint("agree", "--unit", "document", "--coders", "Ben,Ann", "--json").json
    assert by_document["n_units"] == len(documents)

    quote = trigpoint("text", documents[0]["document"]).out.split("\n")[0]
    findings = write_csv(
        "findings",
        FINDINGS,
        f'Minutes,ECO-FUND,Money is short,The council fears for its budget,barrier,,main,many,main,"{quote}"',
        "Survey,Financiering en continuïteit,Money is short,Few name money,barrier,,passing,few,minor,",
    )
    refused = trigpoint("findings", "import", findings, "--json", status=3).json
    assert refused["refused"] and refused["imported"] < 2
    trigpoint("study", "create", "Elsewhere")
    return documents


def judge_and_report(trigpoint, tmp_path, write_csv, study):
    judgements = write_csv(
        "judgements",
        "theme,row,source_a,source_b,researcher,meaning,prominence,coverage,examples,speaks_a,speaks_b",
        "ECO-FUND,Money is short,Survey,Minutes,Ann,same,different,different,same,yes,yes",
        "ECO-FUND,Money is short,Survey,Minutes,Ben,same,same,same,same,yes,yes",
    )
    study("judge", "import", judgements, "--create-sources", "--json")
    found = study("triangulate", "--json").json
    codes = {cell["researcher"]: cell["code"] for cell in found["cells"]}
    assert codes == {"Ann": "partial", "Ben": "agreement"}
    assert {cell["parts_judged"] for cell in found["cells"]} == {4}
    assert found["researchers"]["both_speak"]["percent_pairs"] == 0.0
    assert found["hidden"] == []
    for kind, start in (("html", b"<!"), ("docx", b"PK"), ("xlsx", b"PK"), ("md", b"# ")):
        out = tmp_path / f"report.{kind}"
        written = study("report", "--format", kind, "--out", out, "--json").json
        assert written["path"] == str(out) and written["sections"]
        assert out.read_bytes()[:2].lower() == start.lower()
    assert "Money is short" in (tmp_path / "report.html").read_text(encoding="utf-8")


def keep_and_bring_back(trigpoint, tmp_path, study):
    backup, restored = tmp_path / "kept" / "backup.db", tmp_path / "restored.db"
    kept = trigpoint("backup", backup, "--json").json
    checked = trigpoint("verify", "--json").json
    assert checked["chain"] == "intact" and checked["problems"] == []
    assert {name: kept[name] for name in checked} == checked
    assert checked["events"] == sum(
        len(trigpoint("log", "--study", name, "--json").json) for name in ("Council", "Elsewhere")
    )
    trigpoint("restore", backup, "--database", restored)
    assert trigpoint("verify", "--json", "--database", restored).json == checked
    assert study("triangulate", "--json", "--database", restored).json == study("triangulate", "--json").json
    trigpoint("restore", backup, "--database", restored, status=2)
    trigpoint("backup", backup, status=2)


def test_four_minutes_from_import_to_report_and_back_from_a_backup(trigpoint, minutes, tmp_path, write_csv):
    whole_path(trigpoint, minutes, tmp_path, write_csv)


@pytest.mark.shared
def test_all_129_minutes_from_import_to_report(trigpoint, tmp_path, write_csv):
    folder = SHARED / "minutes-openjs-cpc"
    if not folder.is_dir():
        pytest.skip("the 129 minutes are not beside the checkout")
    minutes = tmp_path / "all_minutes"
    minutes.mkdir()
    for path in folder.glob("20*.md"):  # the folder also holds a list of its files
        shutil.copy(path, minutes)
    assert len(list(minutes.iterdir())) == 129
    whole_path(trigpoint, minutes, tmp_path, write_csv)


def whole_path(trigpoint, minutes, tmp_path, write_csv):
    def study(*words):
        return trigpoint(*words, "--study", "Council")

    documents = go_the_whole_path(trigpoint, minutes, tmp_path, write_csv)
    trigpoint("findings", "import", tmp_path / "findings.csv", "--study", "Council", "--create-sources")
    judge_and_report(trigpoint, tmp_path, write_csv, study)
    keep_and_bring_back(trigpoint, tmp_path, study)
    assert len(study("documents", "--json").json) == len(documents)
