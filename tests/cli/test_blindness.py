"""In a blind round no command tells a coder anything of the others, until the reveal."""

import pytest

MEMO = "a thought of Ann alone"


@pytest.fixture
def blind_round(trigpoint, two_texts, write_csv):
    """Ann has coded, judged nothing, and finished; Ben has only begun."""
    trigpoint("round", "open", "--name", "R", "--coders", "Ann,Ben", "--blind")
    table = write_csv(
        "ann",
        "document,quote,code,valence,memo",
        f"Funding is unsure.,Funding is unsure.,ECO-FUND,barrier,{MEMO}",
        "Nobody asked me.,Nobody asked me.,PAT-ATT,barrier,",
    )
    documents = trigpoint("documents", "--json").json
    text = table.read_text(encoding="utf-8")
    for document, first in zip(documents, ("Funding is unsure.", "Nobody asked me."), strict=True):
        text = text.replace(f"{first},{first}", f"{document['document']},{first}")
    table.write_text(text, encoding="utf-8")
    assert trigpoint("codings", "import", table, "--json", person="Ann").json["imported"] == 2
    findings = write_csv(
        "findings",
        "source,theme,statement,researcher",
        "Interviews,ECO-FUND,Ann thinks that money is short,Ann",
    )
    trigpoint("findings", "import", findings, person="Ann")
    trigpoint("round", "finish", person="Ann")
    return documents


def everything_told(trigpoint, person, tmp_path):
    """All that the commands write for a person, in files and on the screen."""
    told = []
    for what in ("codings", "findings", "judge"):
        out = tmp_path / f"{person}-{what}.csv"
        trigpoint(what, "export", "--out", out, person=person)
        told.append(out.read_text(encoding="utf-8-sig"))
    report = tmp_path / f"{person}.html"
    trigpoint("report", "--format", "html", "--out", report, person=person)
    told.append(report.read_text(encoding="utf-8"))
    for words in (
        ("documents",),
        ("search", "funding"),
        ("log",),
        ("round", "list"),
        ("triangulate",),
        ("find",),
        ("matrix", "--rows", "themes", "--columns", "coder"),
        ("cooccurrence", "--distance", "3"),
        ("timeline",),
        ("words", "frequency"),
    ):
        for shape in ((), ("--json",)):
            answer = trigpoint(*words, *shape, person=person)
            told += [answer.out, answer.err]
    return "\n".join(told)


@pytest.mark.parametrize("person", ["Ben", "Lea"])
def test_nothing_of_another_coder_is_told(trigpoint, blind_round, tmp_path, person):
    told = everything_told(trigpoint, person, tmp_path)
    assert MEMO not in told
    assert "money is short" not in told
    for action in ("coding.import", "coding.apply", "round.finish"):
        assert action not in told


@pytest.mark.parametrize("person", ["Ben", "Lea"])
def test_questions_count_nothing_of_another_coder(trigpoint, blind_round, tmp_path, person):
    assert trigpoint("find", "--json", person=person).json == []
    assert trigpoint("matrix", "--json", person=person).json["rows"] == []
    assert trigpoint("cooccurrence", "--distance", "9", "--json", person=person).json == []
    told = trigpoint("find", "--coder", "Ann", person=person, status=2).err
    assert "none that you may see" in told
    out = tmp_path / "found.csv"
    trigpoint("find", "--out", out, person=person)
    assert len(out.read_text(encoding="utf-8-sig").splitlines()) == 1
    assert [found["code"] for found in trigpoint("find", "--json", person="Ann").json] == [
        "ECO-FUND",
        "PAT-ATT",
    ]


def test_an_export_is_empty_and_the_log_has_no_numbers(trigpoint, blind_round, tmp_path):
    out = tmp_path / "out.csv"
    assert trigpoint("codings", "export", "--out", out, "--json", person="Ben").json["codings"] == 0
    assert {event["seq"] for event in trigpoint("log", "--json", person="Ben").json} == {None}


def test_a_coder_sees_their_own(trigpoint, blind_round, tmp_path):
    assert MEMO in everything_told(trigpoint, "Ann", tmp_path)


def test_how_far_the_other_is_stays_unknown(trigpoint, blind_round):
    (found,) = trigpoint("round", "list", "--json", person="Ben").json
    finished = {progress["coder"]: progress["finished"] for progress in found["progress"]}
    assert finished == {"Ann": None, "Ben": 0}
    assert found["state"] == "open"


def test_agreement_waits_for_the_reveal(trigpoint, blind_round):
    for person in ("Ann", "Ben", "Lea"):
        assert trigpoint("agree", "--json", person=person, status=2).out == ""


def test_only_the_lead_reveals_and_only_when_all_have_finished(trigpoint, blind_round, tmp_path):
    trigpoint("round", "reveal", status=2)
    trigpoint("round", "finish", person="Ben")
    trigpoint("round", "reveal", person="Ben", status=2)
    trigpoint("round", "reveal")
    assert MEMO in everything_told(trigpoint, "Ben", tmp_path)
    assert {code["code"] for code in trigpoint("agree", "--json").json["codes"]} == {"ECO-FUND", "PAT-ATT"}


def test_what_is_finished_is_frozen_until_the_lead_reopens_it(trigpoint, blind_round, tmp_path):
    again = trigpoint("codings", "import", tmp_path / "ann.csv", "--json", person="Ann", status=3).json
    assert len(again["refused"]) == 2
    words = (
        "round",
        "reopen",
        "--coder",
        "Ann",
        "--document",
        blind_round[0]["document"],
        "--reason",
        "Typo",
    )
    trigpoint(*words, person="Ann", status=2)
    trigpoint(*words)
    again = trigpoint("codings", "import", tmp_path / "ann.csv", "--json", person="Ann", status=3).json
    assert (again["duplicates"], len(again["refused"])) == (1, 1)


def test_judgements_are_read_by_others_only_when_both_are_locked(trigpoint, two_texts, write_csv):
    for name in ("Ann", "Ben"):
        trigpoint("study", "add-person", name)
    columns = "theme,source_a,source_b,researcher,assigned,reason"
    write_csv("ann", columns, "ECO-FUND,Interviews,Survey,Ann,dissonance,they contradict")
    write_csv("ben", columns, "ECO-FUND,Interviews,Survey,Ben,agreement,they agree")
    for name in ("Ann", "Ben"):
        path = write_csv(
            name.lower(),
            columns,
            f"ECO-FUND,Interviews,Survey,{name},{'A' if name == 'Ann' else 'D'},because",
        )
        if name == "Ann":
            trigpoint("judge", "import", path, "--create-sources", person="Ann")
            cells = trigpoint("triangulate", "--json", person="Ben").json["cells"]
            assert "Ann" not in {cell["researcher"] for cell in cells}
        else:
            trigpoint("judge", "import", path, person="Ben")
    cells = trigpoint("triangulate", "--json", person="Ben").json["cells"]
    assert {cell["researcher"]: cell["code"] for cell in cells} == {"Ann": "agreement", "Ben": "dissonance"}
    trigpoint("judge", "reopen", "--researcher", "Ann", "--reason", "A slip", person="Ben", status=2)
    trigpoint("judge", "reopen", "--researcher", "Ann", "--reason", "A slip")
    assert trigpoint("triangulate", "--json", person="Ben").json["hidden"] == ["Ann"]
    trigpoint("judge", "lock", person="Ann")
    assert trigpoint("triangulate", "--json", person="Ben").json["hidden"] == []


@pytest.mark.parametrize("person", ["Ben", "Lea", "Zed"])
def test_numbers_of_rows_are_withheld_until_the_reveal(trigpoint, blind_round, tmp_path, person):
    for words in (("verify",), ("backup", tmp_path / f"{person}.db")):
        checked = trigpoint(*words, "--json", person=person).json
        assert (checked["events"], checked["tables"], checked["heads"]) == (None, None, {})
        assert (checked["chain"], checked["problems"]) == ("intact", [])
        assert "blind round" in checked["reason"]
    assert "withheld" in trigpoint("verify", person=person).err
    trigpoint("round", "finish", person="Ben")
    trigpoint("round", "reveal")
    revealed = trigpoint("verify", "--json", person=person).json
    assert revealed["tables"]["coding"] == 2 and revealed["reason"] is None


def test_a_report_made_in_a_blind_round_says_that_it_is_partial(trigpoint, blind_round, tmp_path):
    out = tmp_path / "partial.html"
    trigpoint("report", "--format", "html", "--out", out, person="Ben")
    assert "not the report of the study" in out.read_text(encoding="utf-8").replace("\n", " ")
