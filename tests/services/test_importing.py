"""Import: what can be read is stored and told when it is safe; what can't is refused with its reason."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest

from corpus.errors import UserFacingError
from store import tables
from store.engine import reading
from store.events import events_of
from tests.services.team import Team, a_file, a_team
from workbench.services import importing
from workbench.services.documents import list_documents, list_sources, open_document
from workbench.services.importing import ImportResult, Wishes, import_paths

DATA = Path(__file__).resolve().parents[1] / "data"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for the files; the database has another."""
    path = tmp_path / "files"
    path.mkdir()
    return path


def bring(team: Team, *paths: Path, **wishes: Any) -> list[ImportResult]:
    return list(
        import_paths(
            team.engine, team.lead, paths, source="Papers", kind="publication", wishes=Wishes(**wishes)
        )
    )


def a_text(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def text_of(team: Team, result: ImportResult) -> str:
    assert result.document is not None
    return open_document(team.engine, team.lead, result.document)[1].text


# --- what is told and stored -------------------------------------------------------------------------


def test_document_is_stored_as_it_is_told(team: Team) -> None:
    (told,) = bring(team, DATA / "minutes-openjs-cpc" / "2019-07-10.md")
    stored = next(d for d in list_documents(team.engine, team.lead) if d.id == told.document)
    _, document = open_document(team.engine, team.lead, stored.id)
    assert told.status == "imported"
    assert (told.title, told.characters, told.date, told.language) == (
        stored.title,
        stored.characters,
        stored.date,
        stored.language,
    )
    assert (stored.source, stored.kind) == ("Papers", "publication")
    assert told.sections == len(document.sections)
    assert told.characters == len(document.text)
    assert told.date is not None
    assert told.date.isoformat() == "2019-07-10"
    assert told.language == "en"


def test_import_is_one_event_for_the_source_and_one_for_each_document(team: Team) -> None:
    before = team.count(tables.event)
    results = bring(team, DATA / "minutes-openjs-cpc")
    imported = [result for result in results if result.status == "imported"]
    with reading(team.engine) as connection:
        new = list(events_of(connection, team.lead.study_id))[before:]
    assert [event.action for event in new] == ["source.add", *["document.import"] * len(imported)]
    assert {event.entity_id for event in new[1:]} == {result.document for result in imported}
    assert team.problems() == []


def test_folders_are_read_through_in_the_order_of_names(quick_team: Team, folder: Path) -> None:
    (folder / "b").mkdir()
    a_text(folder / "b", "two.txt", "Two.")
    a_text(folder, "a.txt", "One.")
    a_text(folder, "c.txt", "Three.")
    assert [Path(told.path).name for told in bring(quick_team, folder)] == ["a.txt", "c.txt", "two.txt"]


def test_title_date_and_language_may_be_said(quick_team: Team, folder: Path) -> None:
    path = a_text(folder, "2019-01-05 notes.txt", "Niemand heeft tijd voor ons en wij wachten.")
    (told,) = bring(quick_team, path, language="fr", date=dt.date(2021, 2, 3))
    assert (told.language, told.date) == ("fr", dt.date(2021, 2, 3))


def test_source_is_made_once_and_keeps_its_kind(quick_team: Team, folder: Path) -> None:
    path = a_text(folder, "a.txt", "One.")
    arguments = {"engine": quick_team.engine, "actor": quick_team.lead, "paths": [path]}
    list(import_paths(**arguments, source="  Papers ", kind="publication"))
    list(import_paths(**arguments, source="Papers", kind="publication"))
    with pytest.raises(UserFacingError, match="publication"):
        list(import_paths(**arguments, source="Papers", kind="interview"))
    for source, kind in ((" ", "interview"), ("Notes", "")):
        with pytest.raises(UserFacingError, match="label and a kind"):
            list(import_paths(**arguments, source=source, kind=kind))
    assert [s.label for s in list_sources(quick_team.engine, quick_team.lead)] == ["Steering group", "Papers"]


# --- duplicates --------------------------------------------------------------------------------------


def test_same_bytes_again_are_a_duplicate_that_names_the_document(team: Team, folder: Path) -> None:
    first = a_text(folder, "a.txt", "The same text.")
    again = a_text(folder, "b.txt", "The same text.")
    (imported, duplicate) = bring(team, first, again)
    (later,) = bring(team, again)
    assert imported.status == "imported"
    for told in (duplicate, later):
        assert (told.status, told.document, told.title) == ("duplicate", imported.document, imported.title)
        assert "same bytes" in (told.reason or "")
    assert len(list_documents(team.engine, team.lead)) == 2


def test_same_text_in_other_bytes_is_another_document(quick_team: Team, folder: Path) -> None:
    paths = [a_text(folder, "a.txt", "The same text."), a_text(folder, "b.txt", "The same text.\n")]
    assert [told.status for told in bring(quick_team, *paths)] == ["imported", "imported"]


def test_same_bytes_in_another_study_are_no_duplicate(quick_team: Team, folder: Path) -> None:
    path = a_text(folder, "a.txt", "The same text.")
    other = a_team(quick_team.engine, "Another region")
    assert [told.status for told in (*bring(quick_team, path), *bring(other, path))] == ["imported"] * 2


def test_abstract_of_an_article_is_imported_with_a_warning_that_names_the_article(quick_team: Team) -> None:
    folder = DATA / "chronic-care"
    (article,) = bring(quick_team, folder / "000-aalst-article.txt")
    (abstract,) = bring(quick_team, folder / "001-aalst-abstract.txt")
    assert (article.status, abstract.status) == ("imported", "imported")
    assert article.warnings == ()
    (warning,) = abstract.warnings
    assert "32%" in warning
    assert str(article.title) in warning
    assert str(article.document) in warning


def test_warning_of_likeness_also_holds_within_one_import(quick_team: Team, folder: Path) -> None:
    for name in ("000-aalst-article.txt", "001-aalst-abstract.txt"):
        shutil.copy(DATA / "chronic-care" / name, folder)
    article, abstract = bring(quick_team, folder)
    assert article.warnings == ()
    assert str(article.document) in abstract.warnings[0]


def test_short_texts_are_never_called_alike(quick_team: Team, folder: Path) -> None:
    told = bring(quick_team, a_text(folder, "a.txt", "No time. " * 40), a_text(folder, "b.txt", "No time."))
    assert not [warning for result in told for warning in result.warnings if "shares" in warning]


# --- encodings ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "warnings"),
    [
        ("utf-8", ()),
        ("utf-8-sig", ()),
        ("utf-16", ()),
        ("cp1252", ("read as cp1252",)),
    ],
)
def test_text_is_the_same_in_every_encoding(
    quick_team: Team, folder: Path, encoding: str, warnings: tuple[str, ...]
) -> None:
    words = "Één café – “tijd”.\r\n" + "Ja. " * 50
    (told,) = bring(quick_team, a_text(folder, "a.txt", words.encode(encoding)))
    assert text_of(quick_team, told) == words.replace("\r", "")
    assert told.warnings == warnings


def test_text_is_kept_in_its_composed_form(quick_team: Team, folder: Path) -> None:
    (told,) = bring(quick_team, a_text(folder, "a.txt", "cafe\u0301 😀"))
    assert text_of(quick_team, told) == "caf\u00e9 😀"


# --- tables ------------------------------------------------------------------------------------------

ROWS = [
    {"who": "GP", "answer": "No time."},
    {"who": "nurse", "answer": "No time."},
    {"who": "patient", "answer": "  "},
    {"who": "GP", "answer": "Money."},
]


def test_rows_become_documents_empty_ones_are_refused_and_equal_ones_kept(team: Team, folder: Path) -> None:
    results = bring(team, a_file(folder / "survey.csv", ROWS), text_column="answer", title_column="who")
    assert [told.status for told in results] == ["imported", "imported", "refused", "imported"]
    assert [told.path.rpartition(", ")[2] for told in results if told.status == "imported"] == [
        "row 2",
        "row 3",
        "row 5",
    ]
    assert "row 4" in (results[2].reason or "")
    assert "empty" in (results[2].reason or "")
    assert [text_of(team, told) for told in results if told.document] == ["No time.", "No time.", "Money."]
    assert [told.title for told in results if told.document] == ["GP", "nurse", "GP"]
    assert team.problems() == []


def test_other_columns_are_attributes(quick_team: Team, folder: Path) -> None:
    (told, *_) = bring(quick_team, a_file(folder / "survey.csv", ROWS), text_column="answer")
    stored = next(d for d in list_documents(quick_team.engine, quick_team.lead) if d.id == told.document)
    assert stored.attributes == {"who": "GP"}


def test_table_that_has_grown_brings_only_its_new_rows(quick_team: Team, folder: Path) -> None:
    bring(quick_team, a_file(folder / "survey.csv", ROWS), text_column="answer")
    grown = [*ROWS, {"who": "dietitian", "answer": "Nobody asked."}]
    results = bring(quick_team, a_file(folder / "survey.csv", grown), text_column="answer")
    assert [told.status for told in results] == ["duplicate", "duplicate", "refused", "duplicate", "imported"]


@pytest.mark.parametrize("wishes", [{}, {"text_column": "no such column"}], ids=repr)
def test_table_whose_texts_are_not_named_is_refused_with_its_columns(
    quick_team: Team, folder: Path, wishes: dict[str, str]
) -> None:
    (told,) = bring(quick_team, a_file(folder / "survey.csv", ROWS), **wishes)
    assert told.status == "refused"
    assert "who, answer" in (told.reason or "")


# --- what cannot be read -----------------------------------------------------------------------------


def test_what_cannot_be_read_is_refused_by_name_and_the_rest_goes_on(team: Team, folder: Path) -> None:
    word = docx.Document()
    word.add_paragraph("From Word.")
    word.save(str(folder / "b.docx"))
    a_text(folder, "a.docx", b"PK\x03\x04 no Word file")
    a_text(folder, "c.pdf", b"%PDF-1.4")
    a_text(folder, "d.txt", b"")
    a_text(folder, "e.txt", " \n\t")
    a_text(folder, "f.txt", bytes(range(256)) * 4)
    a_text(folder, "g.txt", "The end.")
    results = {Path(told.path).name: told for told in bring(team, folder, folder / "not there.txt")}
    assert {name for name, told in results.items() if told.status == "imported"} == {"b.docx", "g.txt"}
    refused = {name: told.reason or "" for name, told in results.items() if told.status == "refused"}
    assert set(refused) == {"a.docx", "c.pdf", "d.txt", "e.txt", "f.txt", "not there.txt"}
    assert all(name in reason and len(reason) > len(name) + 10 for name, reason in refused.items())
    assert {text_of(team, told) for told in results.values() if told.document} == {"From Word.", "The end."}
    assert team.problems() == []


def test_refused_files_leave_nothing_but_the_source(quick_team: Team, folder: Path) -> None:
    before = quick_team.count(tables.document)
    bring(quick_team, a_text(folder, "c.pdf", b"%PDF-1.4"))
    assert quick_team.count(tables.document) == before


# --- transactions ------------------------------------------------------------------------------------


def test_what_is_told_is_safe_though_the_rest_is_never_asked_for(
    team: Team, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    for number in range(5):
        a_text(folder, f"{number}.txt", f"Text {number}.")
    results = import_paths(team.engine, team.lead, [folder], source="Papers", kind="publication")
    told = next(results)
    assert text_of(team, told) == "Text 0."  # read by another connection, while the import waits
    results.close()  # type: ignore[attr-defined]
    assert len(list_documents(team.engine, team.lead)) == 3
    assert team.problems() == []


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such file names")
def test_file_with_a_name_from_an_old_archive_is_stored_under_one_that_can_be_written(
    team: Team, folder: Path
) -> None:
    broken = os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")
    results = bring(team, a_text(folder, "a.txt", "One."), a_text(folder, broken, "Two."))
    assert [told.status for told in results] == ["imported", "imported"]
    assert len(list_documents(team.engine, team.lead)) == 3
    assert team.problems() == []


def test_files_are_read_one_after_the_other(
    quick_team: Team, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 1)

    def paths() -> Iterator[Path]:
        yield a_text(folder, "a.txt", "One.")
        assert len(list_documents(quick_team.engine, quick_team.lead)) == 2
        yield a_text(folder, "b.txt", "Two.")

    results = import_paths(quick_team.engine, quick_team.lead, paths(), source="Papers", kind="publication")
    assert [told.title for told in results] == ["a", "b"]
