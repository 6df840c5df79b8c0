"""The questions on the command line, asked of two short interviews."""

import csv

import networkx as nx
import openpyxl
import pytest

from tests.cli.conftest import Trigpoint


@pytest.fixture
def coded(trigpoint: Trigpoint, two_texts, write_csv) -> Trigpoint:
    """Lea has coded the two texts."""
    table = write_csv(
        "codings",
        "document,quote,code,valence",
        "gp,Funding is unsure.,ECO-FUND,barrier",
        "gp,unsure,PRO-ATT,",
        "gp,The nurse is a great help.,ORG-STAFF,facilitator",
        "patient,Nobody asked me.,PAT-ATT,barrier",
    )
    trigpoint("codings", "import", table)
    return trigpoint


def quotes(trigpoint: Trigpoint, *words: object) -> list[str]:
    return [found["quote"] for found in trigpoint("find", *words, "--json").json]


def test_passages_are_found_by_code_and_by_what_stands_beside(coded: Trigpoint) -> None:
    assert quotes(coded, "--codes", "ECO,PAT") == ["Funding is unsure.", "Nobody asked me."]
    assert quotes(coded, "--codes", "ECO", "--and", "PRO-ATT") == ["Funding is unsure."]
    assert quotes(coded, "--codes", "PRO", "--and", "within:ECO") == ["unsure"]
    assert quotes(coded, "--codes", "ECO", "--not", "around:PRO") == []
    assert quotes(coded, "--and", "near:ORG-STAFF", "--distance", "0") == []
    assert quotes(coded, "--and", "near:ORG-STAFF") == ["Funding is unsure.", "unsure"]
    assert quotes(coded, "--codes", "ORG", "--and", "following:ECO") == ["The nurse is a great help."]
    assert quotes(coded, "--valence", "none") == ["unsure"]
    assert quotes(coded, "--codes", "funding and sustainability") == ["Funding is unsure."]


def test_offsets_of_a_passage_are_those_of_the_stored_text(coded: Trigpoint) -> None:
    for found in coded("find", "--json").json:
        text = coded("text", found["document"], "--json").json["text"]
        start, end = found["start_char"], found["end_char"]
        assert text[start:end] == found["quote"]
        assert text[:end].endswith(found["left"] + found["quote"])
        assert text[end:].startswith(found["right"])


@pytest.mark.parametrize(
    "words",
    [
        ("--codes", "NONE"),
        ("--and", "near:NONE"),
        ("--source", "Nowhere"),
        ("--speaker", "Nobody"),
        ("--valence", "good"),
        ("--attribute", "site=North"),
        ("--out", "found.txt"),
    ],
)
def test_what_there_is_none_of_is_a_mistake(coded: Trigpoint, words: tuple[str, ...]) -> None:
    assert coded("find", *words, status=2).out == ""


def test_a_matrix_has_its_denominators(coded: Trigpoint) -> None:
    found = coded("matrix", "--columns", "source", "--json").json
    assert (found["columns"], found["of"]) == ([{"label": "Interviews", "of": 2}], 2)
    rows = {row["code"]: (row["counts"], row["total"]) for row in found["rows"]}
    assert rows == {code: ([1], 1) for code in ("PRO", "PAT", "ORG", "ECO")}
    by_valence = coded("matrix", "--columns", "valence", "--cells", "codings", "--json").json
    assert sum(column["of"] for column in by_valence["columns"]) == by_valence["of"] == 4
    assert "ECO" in coded("matrix").out
    coded("matrix", "--columns", "colour", status=2)


def test_codes_that_stand_together_leave_as_table_and_network(coded: Trigpoint, tmp_path) -> None:
    (link,) = coded("cooccurrence", "--json").json
    assert ({link["code"], link["other"]}, link["pairs"]) == ({"ECO-FUND", "PRO-ATT"}, 1)
    assert len(coded("cooccurrence", "--distance", "1", "--json").json) == 3
    assert len(coded("cooccurrence", "--counted-in", "section", "--json").json) == 1
    for ending in ("csv", "xlsx", "graphml", "svg"):
        path = tmp_path / f"network.{ending}"
        assert coded("cooccurrence", "--out", path, "--json").json == {"path": str(path)}
    assert set(nx.read_graphml(tmp_path / "network.graphml").nodes) == {"ECO-FUND", "PRO-ATT"}
    assert "ECO-FUND" in (tmp_path / "network.svg").read_text(encoding="utf-8")
    assert openpyxl.load_workbook(tmp_path / "network.xlsx").active.max_row == 2


def test_codes_over_time_tell_of_documents_without_a_date(coded: Trigpoint) -> None:
    answer = coded("timeline", "--codes", "ECO", "--json")
    assert answer.json == []
    assert "2 documents, 1 codings" in answer.err


def test_words_are_counted_compared_and_shown_in_their_lines(coded: Trigpoint, tmp_path) -> None:
    frequencies = {word["lemma"]: word for word in coded("words", "frequency", "--json").json}
    assert frequencies["nurse"]["occurrences"] == frequencies["nurse"]["documents"] == 1
    assert "the" not in frequencies
    assert "the" in {word["lemma"] for word in coded("words", "frequency", "--with-grammar", "--json").json}
    (line,) = coded("words", "concordance", "nurses", "--json").json
    assert (line["quote"], line["title"]) == ("nurse", "gp")
    coded("words", "keyness", status=2)
    other = tmp_path / "other.txt"
    other.write_text("The queue is long. The queue!\n", encoding="utf-8")
    coded("import", other, "--source", "Survey", "--kind", "survey", "--language", "en")
    first = coded("words", "keyness", "--source", "Survey", "--fewest", "1", "--json").json[0]
    assert (first["lemma"], first["here"], first["there"]) == ("queue", 2, 0)


def test_passages_leave_as_a_table(coded: Trigpoint, tmp_path) -> None:
    path = tmp_path / "found.csv"
    coded("find", "--codes", "ECO", "--out", path)
    (row,) = csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines())
    assert (row["quote"], row["valence"]) == ("Funding is unsure.", "barrier")


def test_people_are_asked_for_and_counted_once(coded: Trigpoint, tmp_path) -> None:
    for title in ("one", "two"):
        path = tmp_path / f"{title}.txt"
        path.write_text(
            f"Interviewer: Well?\nMia: Nobody asked me.\nInterviewer: {title}?\nMia: Yes.\n", encoding="utf-8"
        )
        coded("import", path, "--source", "Talks", "--kind", "interview", "--language", "en")
    table = tmp_path / "more.csv"
    rows = [f"{title},{quote},PAT-ATT" for title in ("one", "two") for quote in ("Nobody asked me.", "Well")]
    table.write_text("\n".join(["document,quote,code", *rows]), encoding="utf-8")
    coded("codings", "import", table)
    coded("participants", "assign", "Mia", "--to", "P1")
    people = tmp_path / "people.csv"
    people.write_text("participant,name,value\nP1,role,nurse\n", encoding="utf-8")
    coded("attributes", "import", people)
    by_nurses = coded("find", "--speaking", "role=nurse", "--json").json
    assert [(p["title"], p["speaker"], p["role"]) for p in by_nurses] == [
        ("one", "P1", "nurse"),
        ("two", "P1", "nurse"),
    ]
    last = coded("find", "--by", "speaker", "--json").json[-1]
    assert (last["speaker"], last["linked_to"]) == (None, [])
    words = ("matrix", "--columns", "speaking:role", "--cells", "participants", "--source", "Talks")
    answer = coded(*words, "--json").json
    assert [(column["label"], column["of"]) for column in answer["columns"]] == [("nurse", 1), (None, 2)]
    assert (answer["labels"], answer["rows"][0]["counts"]) == (2, [1, 2])
    assert "no participant yet, counted once a document: 2" in coded(*words).err
    coded("find", "--linked", "region=East", status=2)
