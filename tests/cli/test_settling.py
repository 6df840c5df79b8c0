"""Disagreements by command line: told after the reveal, settled, written; agreement is the same to a byte."""

import csv

import pytest


@pytest.fixture
def coded(trigpoint, two_texts, write_csv):
    """Ann and Ben have coded one text otherwise and finished; nothing is revealed."""
    (document,) = [d["document"] for d in trigpoint("documents", "--json").json if d["title"] == "gp"]
    trigpoint("round", "open", "--name", "R", "--coders", "Ann,Ben", "--blind", "--purpose", "calibration")
    for person, rows in (
        ("Ann", ("Funding is unsure,ECO-FUND,barrier,zebra", "The nurse,ORG-STAFF,,")),
        ("Ben", ("Funding,ECO-FUND,barrier,",)),
    ):
        table = write_csv(person, "document,quote,code,valence,memo", *(f"{document},{row}" for row in rows))
        trigpoint("codings", "import", table, person=person)
        trigpoint("round", "finish", "--document", document, person=person)
    return document


@pytest.fixture
def revealed(trigpoint, coded):
    for person in ("Ann", "Ben"):
        trigpoint("round", "finish", person=person)
    trigpoint("round", "reveal")
    return coded


def test_nothing_is_told_before_the_reveal(trigpoint, coded, tmp_path):
    for command in (
        ("disagreements",),
        ("settle", "merge"),
        ("settle", "place", "1", "--outcome", "first"),
        ("consensus", "--out", tmp_path / "out.csv"),
        ("minutes", "--out", tmp_path / "out.md"),
    ):
        for person in ("Ann", "Lea"):
            answer = trigpoint(*command, "--json", person=person, status=2)
            assert answer.out == "" and "not revealed" in answer.err


def test_a_document_of_a_calibration_round_is_revealed_alone(trigpoint, coded, tmp_path):
    assert (
        trigpoint("codings", "export", "--out", tmp_path / "ben.csv", "--json", person="Ben").json["codings"]
        == 1
    )
    answer = trigpoint("round", "reveal", "--document", coded, "--json").json
    assert (answer["state"], answer["purpose"], answer["revealed"]) == ("open", "calibration", [coded])
    assert (
        trigpoint("codings", "export", "--out", tmp_path / "ben.csv", "--json", person="Ben").json["codings"]
        == 3
    )
    assert len(trigpoint("disagreements", "--json", person="Ben").json["disagreements"]) == 2
    trigpoint("agree", status=2)


def test_settling_changes_no_figure_of_agreement(trigpoint, revealed, tmp_path):
    before = trigpoint("agree", "--json").out
    found = trigpoint("disagreements", "--json").json
    assert [(p["position"], p["kind"], p["in_dispute"]) for p in found["disagreements"]] == [
        (1, "boundary", 10),
        (2, "missed", 9),
    ]
    assert found["disagreements"][0]["first"]["memo"] == "zebra"
    assert trigpoint("settle", "merge", "--json", person="Ann").json["merged"] == 1
    trigpoint("settle", "place", "2", "--outcome", "second", "--reason", "too little", person="Ann")
    found = trigpoint("disagreements", "--state", "settled", "--json").json
    assert (found["decided"], len(found["disagreements"])) == (2, 2)
    assert trigpoint("agree", "--json").out == before

    out = tmp_path / "consensus.csv"
    assert trigpoint("consensus", "--out", out, "--json").json["codings"] == 1
    with out.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["quote"], row["valence"], row["origin"]) == ("Funding is unsure", "barrier", "settled")
    minutes = tmp_path / "minutes.md"
    assert trigpoint("minutes", "--out", minutes, "--json").json["places"] == 2
    assert "Ann gave way to Ben 1 time" in minutes.read_text(encoding="utf-8")
    trigpoint("minutes", "--out", tmp_path / "minutes.odt", status=2)
    assert trigpoint("settle", "undo", "2", "--json", person="Ben").json["decided"] == 1
    assert trigpoint("verify", "--json").json["problems"] == []


def test_a_new_coding_needs_its_code_and_ends(trigpoint, revealed):
    answer = trigpoint("settle", "place", "1", "--outcome", "new", "--code", "ECO-FUND", status=2)
    assert "--start" in answer.err
    words = ("--code", "ECO-FUND", "--start", "0", "--end", "10")
    trigpoint("settle", "place", "1", "--outcome", "new", *words, person="Ann")
    trigpoint("settle", "place", "9", "--outcome", "first", status=2)


def test_a_code_without_a_new_coding_is_refused_not_ignored(trigpoint, revealed):
    answer = trigpoint("settle", "place", "1", "--outcome", "both", "--code", "ECO-FUND", status=2)
    assert "--outcome new" in " ".join(answer.err.split())


def test_list_is_told_as_a_table(trigpoint, revealed):
    answer = trigpoint("disagreements")
    assert "2 disagreements, 0 settled" in answer.err
    assert "boundary" in answer.out and "Funding is unsure" in answer.out


def test_a_code_that_is_not_there_is_named_not_taken_for_agreement(trigpoint, revealed):
    assert len(trigpoint("disagreements", "--code", "ORG-STAFF", "--json").json["disagreements"]) == 1
    assert trigpoint("disagreements", "--code", "PAT-ATT", "--json").json["disagreements"] == []
    answer = trigpoint("disagreements", "--code", "ECO-FUNDS", status=2)
    assert "'ECO-FUNDS' is not in the codebook" in answer.err
