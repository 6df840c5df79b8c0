"""Correcting, approving, appraising and withdrawing on the command line."""

from pathlib import Path

import pytest


@pytest.fixture
def corrected(tmp_path: Path) -> Path:
    path = tmp_path / "corrected.txt"
    path.write_text("Funding is sure.\n\nThe nurse is a great help.\n", encoding="utf-8")
    return path


@pytest.fixture
def coded(trigpoint, two_texts, write_csv) -> Path:
    rows = ("gp,ECO-FUND,Funding is unsure,Lea", "gp,ORG-STRUC,great help,Lea")
    trigpoint("codings", "import", write_csv("codings", "document,code,quote,coder", *rows))
    return two_texts


def test_a_look_stores_nothing_and_a_correction_tells_what_moved(trigpoint, coded, corrected):
    words = ("correct", "gp", corrected, "--reason", "Misheard", "--json")
    looked = trigpoint(*words, "--look").json
    assert (looked["version"], looked["number"], looked["moved"]) == (None, 2, 1)
    assert [lost["quote"] for lost in looked["unplaced"]] == ["Funding is unsure"]
    assert "unsure" in trigpoint("text", "gp").out
    done = trigpoint(*words).json
    assert done["version"] and done["unplaced"] == looked["unplaced"]
    assert trigpoint("text", "gp").out == "Funding is sure.\n\nThe nurse is a great help.\n"
    told = trigpoint("versions", "gp", "--json").json
    assert [(v["number"], v["kind"], v["reason"]) for v in told["versions"]] == [
        (1, "import", ""),
        (2, "correction", "Misheard"),
    ]
    assert [(u["quote"], u["number"]) for u in told["unplaced"]] == [("Funding is unsure", 1)]
    assert "no place: 'Funding is unsure'" in trigpoint("versions", "gp").out
    assert trigpoint("verify", "--json").json["problems"] == []


def test_a_correction_without_a_difference_is_refused(trigpoint, two_texts):
    answer = trigpoint("correct", "gp", two_texts / "gp.txt", "--reason", "again", status=2)
    assert "nothing to correct" in answer.err


def test_a_withdrawn_document_is_gone_and_the_copies_of_it_are_named(trigpoint, coded, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    trigpoint("backup", tmp_path / "before.db")
    looked = trigpoint("withdraw", "--document", "gp", "--reason", "Asked", "--look", "--json").json
    assert looked["titles"] == ["gp"]
    assert looked["counts"] == [{"what": "codings", "rows": 2}]
    assert len(trigpoint("documents", "--json").json) == 2
    done = trigpoint("withdraw", "--document", "gp", "--reason", "Asked", "--json").json
    assert [Path(copy["path"]).name for copy in done["backups"]] == ["before.db"]
    assert [d["title"] for d in trigpoint("documents", "--json").json] == ["patient"]
    assert trigpoint("search", "nurse", "--json").json == []
    assert trigpoint("verify", "--json").json["problems"] == []
    assert trigpoint("log", "--json").json[-1]["reason"] == "Asked"
    assert b"great help" not in (tmp_path / "study.db").read_bytes()


def test_somebody_who_did_not_speak_cannot_be_withdrawn(trigpoint, two_texts):
    answer = trigpoint("withdraw", "--speaker", "GP 9", "--reason", "Asked", status=2)
    assert "Nobody speaks as 'GP 9'" in answer.err


def test_answers_on_a_text_are_noted_and_registered(trigpoint, two_texts):
    words = ("approvals", "add", "gp", "--person", "chair")
    assert "'gp': approved." in trigpoint(*words).err
    noted = trigpoint(*words, "--answer", "comments", "--text", "page 2", "--json").json
    assert noted["state"] == "comments"
    (register,) = trigpoint("approvals", "list", "--json").json
    assert (register["approved"], register["total"]) == (0, 2)
    assert "chair: comments" in trigpoint("approvals", "list").out
    assert "is no answer" in trigpoint(*words, "--answer", "perhaps", status=2).err


def test_notes_on_a_source_are_written_and_exported(trigpoint, two_texts, tmp_path):
    trigpoint("appraisals", "write", "gp", "--credibility", "by the GP")
    told = trigpoint("appraisals", "write", "gp", "--meaning", "clear", "--json").json
    assert told["notes"] == {"credibility": "by the GP", "meaning": "clear"}
    out = tmp_path / "appraisals.csv"
    assert trigpoint("appraisals", "export", "--out", out, "--json").json["appraised"] == 1
    assert "by the GP" in out.read_text(encoding="utf-8-sig")
    assert "Give a note" in trigpoint("appraisals", "write", "gp", status=2).err
