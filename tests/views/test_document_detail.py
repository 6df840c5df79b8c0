"""About one document: its versions, its file, approval and appraisal; correcting and withdrawing it."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from corpus.documents import make_document
from corpus.models import Comment, Document, Furniture, Page, RawText
from store.documents import add_document
from store.engine import writing
from tests.services.team import TEXT, Team
from tests.views.app import healthy, open_page, press, run, words
from workbench.services import appraisals, approvals, documents, memos, versions


def look_after(document: Document, *, person: str = "Lena") -> AppTest:
    page = open_page("documents", person=person)
    page.selectbox(key="looked_after").set_value(document.id).run()
    return healthy(page)


def labelled(page: AppTest, kind: str, label: str) -> object:
    (found,) = [widget for widget in getattr(page, kind) if widget.label == label]
    return found


def test_nothing_is_chosen_to_begin_with_and_what_can_be_done_is_said(team: Team) -> None:
    page = open_page("documents")
    assert "Choose a document to correct its text" in words(page)
    assert "Correct the text…" not in [button.label for button in page.button]


def test_a_text_is_corrected_after_a_look_at_what_changes(team: Team) -> None:
    team.code(team.anna, "no time")
    team.code(team.bram, "money is there")
    page = press(look_after(team.document), "Correct the text…")
    run(page, labelled(page, "text_area", "Corrected text").set_value(TEXT.replace("no time", "little time")))
    run(page, labelled(page, "text_input", "Reason: what was wrong, and who said so").set_value("misheard"))
    press(page, "Show what changes")
    told = words(page)
    assert "1 place changes." in told
    assert "1 coding goes along." in told
    assert "1 coding has no place any more." in told
    assert "no time" in page.dataframe[-2].value.to_string()
    assert documents.document_text(team.engine, "Report 1") == TEXT, "nothing is stored yet"
    healthy(press(page, "Store the corrected text"))
    assert "little time" in documents.document_text(team.engine, "Report 1")
    page = look_after(team.document)
    assert "No place in the present text: its words were changed." in words(page)
    labelled(page, "text_input", "Words of the present text that it is to stand at").set_value("little time")
    page.run()
    press(page, "Place here")
    assert versions.unplaced_of(team.engine, team.lead) == []
    assert {c.quote for c in team.seen(team.lead)} == {"little time", "money is there"}


def test_a_coding_without_a_place_gets_one_of_those_that_are_proposed(team: Team) -> None:
    team.code(team.anna, "no time", memo="sighs")
    team.code(team.anna, "Nobody asked the patients")
    text = TEXT.replace("no time", "hardly any time").replace(
        "Nobody asked the patients", "Some asked patients"
    )
    versions.correct_text(team.engine, team.lead, team.document.id, text, reason="misheard")
    page = look_after(team.document, person="Anna")
    assert "Coding without a place, 1 of 2" in words(page)
    page = healthy(press(page, "Place at 1"))
    assert "hardly any time" in [c.quote for c in team.seen(team.anna)]
    assert "Coding without a place, 1 of 1" in words(page)
    healthy(press(page, "Place at 1"))
    assert sorted(c.quote for c in team.seen(team.anna)) == ["Some asked patients", "hardly any time"]
    assert versions.unplaced_of(team.engine, team.anna) == []


def test_a_correction_that_changes_nothing_is_refused_in_the_dialog(team: Team) -> None:
    page = press(look_after(team.document), "Correct the text…")
    press(page, "Show what changes")
    assert "nothing to correct" in page.error[0].value


def test_who_does_not_lead_reads_versions_and_lets_their_own_coding_go(team: Team) -> None:
    team.code(team.anna, "no time")
    versions.correct_text(team.engine, team.lead, team.document.id, "Another text.", reason="typed anew")
    page = look_after(team.document, person="Bram")
    assert not {"Correct the text…", "Withdraw…", "Let go"} & {button.label for button in page.button}
    assert "typed anew" in "".join(frame.value.to_string() for frame in page.dataframe)
    press(look_after(team.document, person="Anna"), "Let go")
    assert versions.unplaced_of(team.engine, team.anna) == []


def test_what_came_with_the_file_is_shown_and_a_comment_becomes_a_memo(team: Team) -> None:
    raw = RawText(
        TEXT,
        "a.docx",
        "1" * 64,
        title="A",
        pages=(Page(0, "1"), Page(24, "2")),
        comments=(Comment(4, 9, "which nurse?", "Mieke", "2024-01-02"),),
        furniture=(Furniture("head of page 1", "Confidential"),),
    )
    document = make_document(team.source, raw)
    with writing(team.engine) as connection:
        add_document(connection, document, actor=team.lead)
    page = look_after(document)
    assert "which nurse?" in words(page)
    assert "2 pages in the file" in words(page)
    assert "Confidential" in "".join(frame.value.to_string() for frame in page.dataframe)
    press(page, "Keep as memo")
    (memo,) = memos.memos_of(team.engine, team.lead, memos.Wanted(kinds=memos.KINDS))
    assert (memo.text, memo.about, memo.shared) == ("which nurse? (Mieke, 2024-01-02)", "document", False)


def test_an_answer_on_a_text_is_noted_and_a_corrected_text_is_asked_anew(team: Team) -> None:
    page = look_after(team.document)
    labelled(page, "text_input", "Who answered").set_value("chair")
    labelled(page, "text_area", "What they said of the text").set_value("page 2 is mine")
    press(page, "Note the answer")
    found = approvals.approval_of(team.engine, team.lead, team.document.id)
    assert [(a.person, a.answer, a.text) for a in found.answers] == [("chair", "approved", "page 2 is mine")]
    page = look_after(team.document)
    assert "1 of 1 approved" in "".join(frame.value.to_string() for frame in page.dataframe)
    assert "1 of 1 approved" in open_page("study").dataframe[0].value.to_string()
    versions.correct_text(team.engine, team.lead, team.document.id, "Another text.", reason="typed anew")
    assert "to be asked anew" in words(look_after(team.document))


def test_notes_on_a_document_as_a_source_are_kept(team: Team) -> None:
    page = look_after(team.document)
    labelled(page, "text_area", "Credibility").set_value("written by the chair")
    press(page, "Keep the notes")
    (line,) = appraisals.appraisals_of(team.engine, team.anna)
    assert line.notes == {"credibility": "written by the chair"}
    healthy(press(look_after(team.document), "Undo the last change of the notes"))
    assert appraisals.appraisal_of(team.engine, team.anna, team.document.id).notes == {}
    healthy(press(look_after(team.document), "Undo the last change of the notes"))
    assert appraisals.appraisal_of(team.engine, team.anna, team.document.id).notes == line.notes


def test_a_withdrawal_says_what_it_does_before_and_what_holds_the_words_after(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    team.code(team.anna, "no time")
    team.add_document("Another text.", title="Other")
    page = press(look_after(team.document), "Withdraw…")
    assert "This cannot be undone." in page.warning[0].value
    assert "codings" in page.dataframe[-1].value.to_string()
    run(page, labelled(page, "text_input", "Reason, in words that name nobody").set_value("asked for it"))
    press(page, "Withdraw for good")
    assert "The words are gone from the study." in words(page)
    healthy(press(page, "Close"))
    assert [d.title for d in documents.list_documents(team.engine, team.lead)] == ["Other"]
    assert "A document was withdrawn" in words(open_page("documents"))


def test_a_place_of_an_earlier_text_opens_where_it_is_now(team: Team) -> None:
    (first,) = versions.versions_of(team.engine, team.lead, team.document.id)
    versions.correct_text(
        team.engine,
        team.lead,
        team.document.id,
        TEXT.replace("no time", "little time"),
        reason="misheard",
    )
    address = {"document": str(team.document.id), "version": str(first.id)}
    page = open_page("code", **address, at=str(TEXT.index("no time")))
    assert "From version 1 of this text; these words were changed since" in words(page)
    page = open_page("code", **address, at=str(TEXT.index("money")))
    assert "From version 1 of this text" in words(page)
    assert "changed since" not in words(page)


def test_the_address_of_a_withdrawn_document_says_so(team: Team) -> None:
    page = open_page("code", document="00000000-0000-0000-0000-000000000001")
    assert "not in the study any more" in words(page)
