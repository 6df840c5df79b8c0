"""Documents: listed, opened, found by their words; those of other studies are not there."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from uuid import uuid4

import pytest

from tests.services.team import TEXT, Team, a_team
from workbench.services.documents import (
    document_text,
    list_documents,
    list_sources,
    open_document,
)
from workbench.services.errors import NotThere
from workbench.services.importing import Wishes, import_paths
from workbench.services.searching import search_texts


def test_documents_are_listed_by_source_and_date_undated_ones_last(quick_team: Team, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    days = {"a": dt.date(2023, 5, 1), "b": None, "c": dt.date(2021, 1, 2)}
    for name, day in days.items():
        path = folder / f"{name}.txt"
        path.write_text(f"Text {name}.", encoding="utf-8")
        wishes = Wishes(date=day)
        list(import_paths(quick_team.engine, quick_team.lead, [path], source="S", kind="k", wishes=wishes))
    listed = list_documents(quick_team.engine, quick_team.lead)
    assert [document.title for document in listed] == ["Report 1", "c", "a", "b"]
    assert [document.date for document in listed][1:] == [days["c"], days["a"], None]
    assert [source.label for source in list_sources(quick_team.engine, quick_team.lead)] == [
        "Steering group",
        "S",
    ]


def test_document_opens_as_it_was_stored(team: Team) -> None:
    version_id, document = open_document(team.engine, team.bram, team.document.id)
    (listed,) = list_documents(team.engine, team.bram)
    assert document == team.document
    assert (listed.version_id, listed.characters, listed.words) == (version_id, len(TEXT), len(TEXT.split()))
    assert all(0 <= s.start_char < s.end_char <= len(TEXT) for s in document.sections)


def test_document_of_another_study_or_none_is_not_there(quick_team: Team) -> None:
    other = a_team(quick_team.engine, "Another region")
    for document_id in (quick_team.document.id, uuid4()):
        with pytest.raises(NotThere):
            open_document(quick_team.engine, other.lead, document_id)
    assert [d.id for d in list_documents(quick_team.engine, other.lead)] == [other.document.id]


def test_text_is_given_by_id_or_by_a_title_that_only_one_bears(quick_team: Team) -> None:
    assert document_text(quick_team.engine, str(quick_team.document.id)) == TEXT
    assert document_text(quick_team.engine, " Report 1 ") == TEXT
    quick_team.add_document("Cafe\u0301 text.", title="Caf\u00e9")
    assert document_text(quick_team.engine, "Cafe\u0301") == "Caf\u00e9 text."
    second = quick_team.add_document("Another text.", title="Report 1")
    with pytest.raises(NotThere, match=str(second.id)):
        document_text(quick_team.engine, "Report 1")
    for wanted in ("Report 9", str(uuid4())):
        with pytest.raises(NotThere, match="no document"):
            document_text(quick_team.engine, wanted)


def test_search_reads_texts_and_no_codings(quick_team: Team) -> None:
    quick_team.code(quick_team.anna, "no time", "PRO-KNOW", memo="zebra memo")
    for query in ("zebra", "PRO-KNOW", "Anna"):
        assert search_texts(quick_team.engine, quick_team.anna, query).hits == ()
