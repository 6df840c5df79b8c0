"""Import, list, read and search on the command line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from store import engine
from tests.corpus.test_formats import TRACKED, a_word_file
from tests.corpus.test_ocr import a_scan, put_in_place

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
IMPORTED = {
    "path", "status", "document", "title", "characters", "sections", "turns", "speakers", "date",
    "language", "warnings", "reason",
}  # fmt: skip


def test_import_writes_a_line_of_json_for_each_document(trigpoint, study, minutes):
    answer = trigpoint("import", minutes, "--source", "Committee", "--kind", "meeting report", "--json")
    assert len(answer.lines) == 4
    for line in answer.lines:
        assert set(line) >= IMPORTED
        assert line["status"] == "imported"
        assert line["date"] and line["characters"] > 1000
    assert answer.err == "4 imported, 0 duplicate, 0 refused\n"


def test_the_same_bytes_again_are_duplicates_and_no_refusals(trigpoint, two_texts):
    answer = trigpoint("import", two_texts, "--source", "Interviews", "--kind", "interview", "--json")
    assert [line["status"] for line in answer.lines] == ["duplicate", "duplicate"]
    assert all(line["document"] for line in answer.lines)


def test_what_cannot_be_read_is_refused_and_the_rest_is_done(trigpoint, study, tmp_path):
    good, bad = tmp_path / "good.txt", tmp_path / "bad.docx"
    good.write_text("Funding is unsure.", encoding="utf-8")
    bad.write_bytes(b"no document")
    words = ("import", bad, good, tmp_path / "absent.txt", "--source", "A", "--kind", "interview", "--json")
    lines = trigpoint(*words, status=3).lines
    assert [line["status"] for line in lines] == ["refused", "imported", "refused"]
    assert lines[0]["reason"] and lines[0]["document"] is None


def test_the_rows_of_a_table_become_documents(trigpoint, study, write_csv):
    table = write_csv("survey", "who,answer", "R1,No time", "R2,", "R3,No time")
    words = ("import", table, "--source", "Survey", "--kind", "survey", "--json")
    lines = trigpoint(*words, "--text-column", "answer", "--title-column", "who", status=3).lines
    assert [line["status"] for line in lines] == ["imported", "refused", "imported"]
    assert lines[2]["title"] == "R3"


def test_a_source_keeps_its_kind(trigpoint, two_texts):
    words = ("import", two_texts, "--source", "Interviews", "--kind", "survey")
    assert "'interview'" in trigpoint(*words, status=2).err


def test_tracked_changes_are_read_as_wished(trigpoint, study, tmp_path):
    for name, wish in (("new.docx", "accepted"), ("old.docx", "original")):
        # The names differ in the bytes: the same bytes twice are one document.
        (tmp_path / name).write_bytes(a_word_file(f"{TRACKED}<w:p><w:r><w:t>{name}</w:t></w:r></w:p>"))
        words = ("import", tmp_path / name, "--source", "A", "--kind", "survey", "--changes", wish, "--json")
        (line,) = trigpoint(*words).lines
        text = trigpoint("text", line["document"]).out
        assert ("weekly" in text, "monthly" in text) == (wish == "accepted", wish == "original")
    words = ("import", tmp_path / "new.docx", "--source", "A", "--kind", "survey", "--changes", "none")
    trigpoint(*words, status=2)


def test_scans_are_read_where_it_is_wished_and_possible(trigpoint, study, tmp_path, monkeypatch):
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(a_scan("No time"))
    words = ("import", scan, "--source", "A", "--kind", "survey", "--json")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "OCR" in trigpoint(*words, status=3).lines[0]["reason"]
    assert "tesseract is not installed" in trigpoint(*words, "--ocr", status=2).err
    put_in_place(tmp_path, monkeypatch)
    (line,) = trigpoint(*words, "--ocr").lines
    assert "read by OCR" in line["warnings"][0]


def test_a_language_that_is_none_is_refused_naming_those_that_are_known(trigpoint, study, minutes):
    words = ("import", minutes, "--source", "A", "--kind", "interview", "--language")
    assert "en, nl or fr" in trigpoint(*words, "Dutch", status=2).err
    assert trigpoint("documents", "--json").json == []


def test_a_database_that_another_program_holds_is_a_fault_told_in_words(
    trigpoint, study, minutes, database, monkeypatch
):
    monkeypatch.setattr(engine, "PATIENCE", 0.2)
    held = engine.sqlite_library().connect(str(database), isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    words = ("import", minutes, "--source", "A", "--kind", "interview")
    assert "held by another program" in trigpoint(*words, status=1).err
    held.execute("ROLLBACK")
    held.close()
    assert trigpoint(*words).err.startswith("4 imported")


def test_a_date_that_is_none_is_wrong_usage(trigpoint, study, minutes):
    words = ("import", minutes, "--source", "A", "--kind", "interview", "--date", "yesterday")
    trigpoint(*words, status=2)


def test_a_line_is_written_when_its_document_is_safe(trigpoint, study, database, write_csv):
    # Stopped dead after the first line that reached us: the document that it names is in the database.
    rows = [f"Answer number {n} speaks of funding and of time." for n in range(600)]
    table = write_csv("survey", "answer", *rows)
    command = [sys.executable, "-c", "from workbench.cli import main; main()"]
    words = ["import", str(table), "--source", "Survey", "--kind", "survey", "--text-column", "answer"]
    with subprocess.Popen([*command, *words, "--json"], stdout=subprocess.PIPE, text=True) as running:
        first = json.loads(running.stdout.readline())
        running.kill()
    stored = {document["document"] for document in trigpoint("documents", "--json").json}
    assert first["document"] in stored
    assert trigpoint("verify", "--json").json["problems"] == []


def test_documents_are_listed_with_their_fields(trigpoint, two_texts):
    gp, _patient = trigpoint("documents", "--json").json
    assert set(gp) >= {
        "document", "title", "source", "kind", "date", "language", "characters", "sha256"
    }  # fmt: skip
    assert (gp["source"], gp["kind"]) == ("Interviews", "interview")
    assert gp["characters"] == len("Funding is unsure.\n\nThe nurse is a great help.\n")
    assert "Interviews" in trigpoint("documents").out


def test_text_is_written_exactly(trigpoint, two_texts):
    document = trigpoint("documents", "--json").json[1]
    stored = "Nobody asked me.\n\nI know my sugar 😀 well.\n"
    assert trigpoint("text", document["title"]).out == stored
    assert trigpoint("text", document["document"], "--json").json == {"text": stored}


def test_text_leaves_line_ends_and_characters_alone_in_a_real_process(two_texts, database, trigpoint):
    document = trigpoint("documents", "--json").json[1]["document"]
    command = [sys.executable, "-c", "from workbench.cli import main; main()", "text", document]
    run = subprocess.run(command, capture_output=True, check=True)
    assert run.stdout == "Nobody asked me.\n\nI know my sugar 😀 well.\n".encode()


def test_an_unknown_document_is_wrong_usage(trigpoint, two_texts):
    assert "'trigpoint documents'" in trigpoint("text", "Nowhere", status=2).err


def test_search_gives_places_in_code_points(trigpoint, two_texts):
    (hit,) = trigpoint("search", "WELL", "--json").json
    places = {"document", "start_char", "end_char", "quote", "left", "right"}
    assert set(hit) == places | {"title", "source", "speaker", "date"}
    stored = trigpoint("text", hit["document"]).out
    assert stored[hit["start_char"] : hit["end_char"]] == hit["quote"] == "well"
    assert hit["left"].endswith("my sugar 😀 ")
    assert trigpoint("search", "absent", "--json").json == []
    assert "[well]" in trigpoint("search", "well").out


def test_search_knows_forms_sources_and_limits(trigpoint, two_texts):
    assert trigpoint("search", "knowing", "--json").json == []
    assert [hit["quote"] for hit in trigpoint("search", "knowing", "--lemma", "--json").json] == ["know"]
    found = trigpoint("search", "me OR my OR I", "--limit", "1", "--json").json
    assert len(found) == 1
    assert trigpoint("search", "well", "--source", "Nowhere", "--json").json == []
    assert "character 1" in trigpoint("search", "well OR me my", status=2).err
    assert "RE2" in trigpoint("search", "/(?<=a)b/", status=2).err


@pytest.mark.shared
def test_the_129_minutes_are_imported_whole(trigpoint, study):
    folder = SHARED / "minutes-openjs-cpc"
    if not folder.is_dir():
        pytest.skip("the 129 minutes are not beside the checkout")
    files = sorted(path for path in folder.rglob("20*.md"))
    words = ("import", *files, "--source", "Committee", "--kind", "meeting report", "--json")
    lines = trigpoint(*words).lines
    assert len(lines) == len(files) == 129
    assert {line["status"] for line in lines} == {"imported"}
