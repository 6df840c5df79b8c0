"""A preview tells what the import would store, and stores nothing."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pytest

from corpus.errors import UserFacingError
from corpus.models import SectionKind
from store import tables
from tests.corpus.test_formats import a_pdf, at
from tests.services.team import Team
from workbench.services.documents import list_sources, open_document
from workbench.services.importing import Wishes
from workbench.services.previewing import KNOWN, READY, REFUSED, WARNED, Preview, passages, preview_uploads
from workbench.services.uploads import Upload, import_uploads

LONG = " ".join(f"word{number}" for number in range(150))


def preview(team: Team, *uploads: Upload, **wishes: Any) -> list[Preview]:
    return list(
        preview_uploads(team.engine, team.lead, uploads, source="Web", kind="survey", wishes=Wishes(**wishes))
    )


def a_word_file(*paragraphs: str) -> bytes:
    document = docx.Document()
    document.add_heading("Steering group", 1)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def test_preview_is_what_the_import_stores_and_stores_nothing_itself(quick_team: Team) -> None:
    files = [
        Upload("2023-01-05 talk.txt", f"GP 1 [00:03:41]: No time. {LONG}\nGP 2: No money.".encode()),
        Upload("survey.csv", b"who;answer\nGP;No time\nnurse;\n"),
        Upload("report.docx", a_word_file(LONG.upper())),
        Upload("photo.png", b"\x89PNG"),
    ]
    events = quick_team.count(tables.event)
    shown = preview(quick_team, *files, text_column="answer")
    assert quick_team.count(tables.event) == events
    assert "Web" not in {source.label for source in list_sources(quick_team.engine, quick_team.lead)}
    told = [
        one.result
        for one in import_uploads(
            quick_team.engine,
            quick_team.lead,
            files,
            source="Web",
            kind="survey",
            wishes=Wishes(text_column="answer"),
        )
    ]
    assert [(one.result.path, one.result.status) for one in shown] == [(one.path, one.status) for one in told]
    for one, stored in zip(shown, told, strict=True):
        for name in ("title", "date", "language", "characters", "sections", "turns", "speakers", "reason"):
            assert getattr(one.result, name) == getattr(stored, name), (one.result.path, name)
        if stored.document is not None:
            assert one.document is not None
            _, kept = open_document(quick_team.engine, quick_team.lead, stored.document)
            assert (one.document.text, one.document.sections) == (kept.text, kept.sections)


def test_each_file_has_its_format_and_state(quick_team: Team) -> None:
    shown = preview(
        quick_team,
        Upload("a.txt", LONG.encode()),
        Upload("b.md", LONG.encode()),
        Upload("c.docx", a_word_file("Short.")),
        Upload("d.doc", b"x"),
    )
    assert [(one.format, one.state) for one in shown] == [
        ("text", READY),
        ("Markdown", KNOWN),
        ("Word", WARNED),
        (".doc", REFUSED),
    ]
    assert shown[1].worth_knowing == "the same bytes as 'a' in this list"
    assert "very short" in shown[2].worth_knowing
    assert ".docx" in shown[3].worth_knowing


def test_what_is_in_the_study_and_what_is_like_it_is_named(quick_team: Team) -> None:
    known = quick_team.add_document(LONG, title="Article")
    (alike,) = preview(quick_team, Upload("abstract.txt", f"{LONG[:1200]} and more".encode()))
    assert alike.state == WARNED
    assert f"'Article' ({known.id})" in alike.worth_knowing
    imported = list(
        import_uploads(
            quick_team.engine, quick_team.lead, [Upload("a.txt", b"One.")], source="Web", kind="survey"
        )
    )
    (same,) = preview(quick_team, Upload("b.txt", b"One."))
    assert (same.state, same.result.document) == (KNOWN, imported[0].result.document)


def test_second_record_of_a_study_is_named_though_its_words_are_others(quick_team: Team) -> None:
    known = quick_team.add_document("We will ask 40 practices. Registered as NCT01234567.", title="Protocol")
    (results,) = preview(quick_team, Upload("results.txt", b"Of 40 practices 31 answered (NCT01234567)."))
    assert f"names NCT01234567, as does 'Protocol' ({known.id})" in results.worth_knowing
    numbers = " ".join(f"NCT0123456{n}" for n in range(5, 9))
    (review,) = preview(quick_team, Upload("review.txt", f"We included {numbers}.".encode()))
    assert "as does" not in review.worth_knowing


def test_texts_of_one_list_are_compared_with_each_other_without_ids_that_will_not_be(
    quick_team: Team,
) -> None:
    _, second = preview(quick_team, Upload("a.txt", LONG.encode()), Upload("b.txt", f"{LONG} more".encode()))
    assert "'a' in this list" in second.worth_knowing
    assert second.result.document is None


def test_passages_tell_where_a_text_is_cut_who_speaks_and_where_pages_begin(quick_team: Team) -> None:
    (talk,) = preview(quick_team, Upload("talk.txt", b"Talk\n\nGP 1 [00:03:41]: No time.\nGP 2: No money."))
    assert talk.document is not None
    found = list(passages(talk.document))
    assert [(one.kind, one.speaker, one.seconds) for one in found] == [
        (SectionKind.PARAGRAPH, None, None),
        (SectionKind.TURN, "GP 1", 221.0),
        (SectionKind.TURN, "GP 2", None),
    ]
    assert list(passages(talk.document, most=1)) == found[:1]
    first = at(50, 700, "Money is there.") + at(50, 688, "It ends.") + at(50, 600, "For a year.")
    pages = [first, at(50, 700, "Time is not.")]
    (printed,) = preview(quick_team, Upload("report.pdf", a_pdf(*pages)))
    assert printed.document is not None
    assert [(one.text, one.page) for one in passages(printed.document)] == [
        ("Money is there. It ends.", "1"),
        ("For a year.", None),
        ("Time is not.", "2"),
    ]


def test_zip_is_previewed_file_by_file(quick_team: Team) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a/one.txt", LONG)
        archive.writestr("b/two.exe", "x")
    shown = preview(quick_team, Upload("all.zip", packed.getvalue()))
    assert [(one.result.path, one.state) for one in shown] == [
        ("all.zip/a/one.txt", READY),
        ("all.zip/b/two.exe", REFUSED),
    ]


def test_source_of_another_kind_is_refused_before_anything_is_read(quick_team: Team) -> None:
    with pytest.raises(UserFacingError, match="is of the kind 'meeting report'"):
        next(
            preview_uploads(quick_team.engine, quick_team.lead, [], source="Steering group", kind="interview")
        )


@pytest.mark.parametrize("language", ["Dutch", "xx", "e", ""])
def test_language_that_is_none_is_refused_naming_those_that_are_known(language: str) -> None:
    with pytest.raises(UserFacingError, match="en, nl or fr"):
        Wishes(language=language)
    assert Wishes(language=" DE ").language == "de"
