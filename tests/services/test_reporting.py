"""The report: counted from what one person may see, everything that people wrote escaped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import docx
import pytest
from sqlalchemy import Engine

from corpus.errors import UserFacingError
from store.engine import reading
from store.events import head_of
from tests.services.team import Team
from triangulation.models import Excerpt, Row
from triangulation.report import drawn
from triangulation.report.prefilled import answers
from workbench.services import (
    agreement,
    findings,
    judging,
    keeping,
    participants,
    report_texts,
    reporting,
    studies,
    triangulation,
)
from workbench.services.documents import list_documents, open_document
from workbench.services.errors import NotAllowed
from workbench.services.report_material import speakers_of

HOSTILE = '<script>alert("x")</script> & <b>bold</b>'


def a_triangulated_study(team: Team) -> Team:
    """A revealed round, findings in both sources with words that a page could take for its own."""
    interviews = team.add_source("Interviews")
    team.add_document("Money is there.", title=f"Interview {HOSTILE}", source=interviews)
    made = team.code(team.anna, "money is there", valence="facilitator", memo=HOSTILE)
    team.code(team.bram, "no time", valence="barrier")
    team.open_round()
    team.finish(team.anna, team.bram)
    team.reveal()
    for source, codings in (("Interviews", []), ("Steering group", [UUID(made)])):
        findings.add_finding(
            team.engine,
            team.anna,
            source=source,
            theme="ECO-FUND",
            row=f"Row {HOSTILE}",
            statement=f"Statement {HOSTILE}",
            coding_ids=codings,
        )
    judging.judge_pair(
        team.engine,
        team.anna,
        row=Row("ECO-FUND", f"Row {HOSTILE}"),
        source_a="Interviews",
        source_b="Steering group",
        meaning="same",
        reason=HOSTILE,
    )
    judging.lock_judgements(team.engine, team.anna)
    return team


def test_numbers_of_the_report_are_those_of_the_data(quick_team: Team) -> None:
    team = a_triangulated_study(quick_team)
    report = reporting.report_for(team.engine, team.lead)
    assert report.study == "Region"
    assert report.date == dt.datetime.now(dt.UTC).date()
    assert [(source.label, source.documents, source.coded_by) for source in report.sources] == [
        ("Steering group", 1, ("Anna", "Bram")),
        ("Interviews", 1, ()),
    ]
    assert report.coding is not None
    assert (report.coding.codings, report.coding.documents, report.coding.coders) == (2, 1, ("Anna", "Bram"))
    assert report.codebook is not None
    assert (report.codebook.levels, report.codebook.themes) == (7, 36)
    found = agreement.agreement_of_round(team.engine, team.lead)
    assert report.agreement is not None
    assert report.agreement.n_units == found.n_units
    assert [code.code for code in report.agreement.codes] == [entry.code.key for entry in found.codes]


def test_everything_that_people_wrote_is_escaped(quick_team: Team) -> None:
    team = a_triangulated_study(quick_team)
    page = reporting.report_page(team.engine, team.lead)
    assert "<script" not in page.lower()
    assert "<b>bold" not in page
    assert "&lt;script&gt;" in page
    assert "money is there" in page


def test_word_report_has_the_parts_of_the_page_and_the_words_as_written(
    quick_team: Team, tmp_path: Path
) -> None:
    team = a_triangulated_study(quick_team)
    page = reporting.write_report(team.engine, team.lead, tmp_path / "r.html", format="html")
    word = reporting.write_report(team.engine, team.lead, tmp_path / "r.docx", format="docx")
    for format in ("docx", "xlsx", "md"):
        path = tmp_path / f"r.{format}"
        assert reporting.write_report(team.engine, team.lead, path, format=format).sections == page.sections
    assert len(page.sections) >= 6
    file = docx.Document(str(word.path))
    told = [p.text for p in file.paragraphs]
    told += [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    assert any(HOSTILE in words for words in told)


def test_page_is_the_file_that_is_handed_over(quick_team: Team, tmp_path: Path) -> None:
    team = a_triangulated_study(quick_team)
    page = reporting.report_page(team.engine, team.lead)
    reporting.write_report(team.engine, team.lead, tmp_path / "r.html", format="html")
    assert page.encode() == (tmp_path / "r.html").read_bytes()
    assert page.encode() == reporting.report_bytes(team.engine, team.lead, format="html")
    for packed in ("docx", "xlsx"):
        assert reporting.report_bytes(team.engine, team.lead, format=packed).startswith(b"PK")
    assert reporting.report_bytes(team.engine, team.lead, format="md").startswith(b"# Region\n")


def test_report_of_an_empty_study_says_so_and_counts_nothing(quick_team: Team) -> None:
    lead = studies.create_study(quick_team.engine, "Empty", person="Lena")
    report = reporting.report_for(quick_team.engine, lead)
    assert (report.codebook, report.coding, report.agreement) == (None, None, None)
    assert "Empty" in reporting.report_page(quick_team.engine, lead)


def test_agreement_stands_in_the_report_only_after_the_reveal(quick_team: Team) -> None:
    quick_team.code(quick_team.anna, "no time")
    quick_team.open_round()
    quick_team.finish(quick_team.anna, quick_team.bram)
    assert reporting.report_for(quick_team.engine, quick_team.anna).agreement is None
    quick_team.reveal()
    assert reporting.report_for(quick_team.engine, quick_team.anna).agreement is not None


def test_under_a_blind_round_the_report_counts_only_ones_own_codings(quick_team: Team) -> None:
    quick_team.open_round()
    quick_team.code(quick_team.anna, "no time")
    quick_team.code(quick_team.bram, "no time")
    anna = reporting.report_for(quick_team.engine, quick_team.anna).coding
    assert anna is not None
    assert (anna.codings, anna.coders) == (1, ("Anna",))
    assert reporting.report_for(quick_team.engine, quick_team.lead).coding is None


@pytest.mark.parametrize("wrong", [{"format": "pdf"}, {"folder": "not there"}], ids=repr)
def test_format_or_folder_that_is_not_there_is_refused_and_nothing_written(
    quick_team: Team, tmp_path: Path, wrong: dict[str, str]
) -> None:
    path = tmp_path / wrong.get("folder", "") / "report"
    with pytest.raises(UserFacingError):
        reporting.write_report(quick_team.engine, quick_team.lead, path, format=wrong.get("format", "html"))
    assert not path.exists()


def test_every_quote_of_the_example_stands_in_its_document(example_engine: Engine) -> None:
    from workbench.services.documents import open_document

    lead = studies.enter_study(example_engine, studies.find_study(example_engine), person="Lena")
    placed = [
        excerpt
        for finding in triangulation.triangulate(example_engine, lead).findings
        for excerpt in finding.excerpts
        if excerpt.document_id is not None
    ]
    assert len(placed) > 60
    texts = {
        document_id: open_document(example_engine, lead, document_id)[1].text
        for document_id in {excerpt.document_id for excerpt in placed}
        if document_id is not None
    }
    assert all(e.quote == texts[e.document_id][e.start_char : e.end_char] for e in placed if e.document_id)


def test_the_report_names_the_head_of_the_log(quick_team: Team) -> None:
    with reading(quick_team.engine) as connection:
        head = head_of(connection, quick_team.lead.study_id)
    assert drawn(reporting.report_for(quick_team.engine, quick_team.lead)).head == head


def test_no_head_is_named_while_something_is_hidden(quick_team: Team) -> None:
    quick_team.open_round()
    report = reporting.report_for(quick_team.engine, quick_team.anna)
    assert drawn(report).head is None
    assert report.around.blind_rounds == 1


def test_others_learn_of_no_judgement_by_the_audit_before_the_lock(quick_team: Team) -> None:
    team = quick_team
    team.add_document("Money is there.", title="Interview 1", source=team.add_source("Interviews"))
    findings.add_row(team.engine, team.lead, theme="ECO-FUND", statement="A row")
    row = Row("ECO-FUND", "A row")
    judging.judge_existence(team.engine, team.anna, row=row, source="Interviews", speaks=True)
    judging.judge_existence(team.engine, team.bram, row=row, source="Interviews", speaks=True)
    before = reporting.report_for(team.engine, team.bram)
    judging.judge_existence(team.engine, team.anna, row=row, source="Steering group", speaks=False)
    assert reporting.report_for(team.engine, team.bram) == before
    assert drawn(before).head is None


def test_quotes_name_who_speaks_where_a_turn_says_so(quick_team: Team) -> None:
    team = quick_team
    interviews = team.add_source("Interviews")
    team.add_document(
        "GP 1: I would like to begin.\nInterviewer: Then do.\nGP 1: But who pays the nurse?",
        title="Interview 1",
        source=interviews,
    )
    interview = next(d for d in list_documents(team.engine, team.lead) if d.title == "Interview 1")
    _, document = open_document(team.engine, team.lead, interview.id)
    at = document.text.index("who pays")
    found = speakers_of(
        [
            Excerpt(interview.id, "Interview 1", at, at + 8, "who pays"),
            Excerpt(None, "", None, None, "loose"),
        ],
        [interview],
        {
            interview.version_id: [
                (s.start_char, s.end_char, s.speaker) for s in document.sections if s.speaker
            ]
        },
        {},
    )
    assert found == {(interview.id, at, at + 8): "GP 1"}


def test_report_names_participants_and_counts_them_by_role_once(quick_team: Team) -> None:
    team = quick_team
    interviews = team.add_source("Interviews")
    talk = "GP 1: I would like to begin.\nInterviewer: Then do.\nGP 1: But who pays the nurse?\n{n}"
    for n in (1, 2):
        document = team.add_document(talk.format(n=n), title=f"Interview {n}", source=interviews)
        team.code(team.anna, "who pays", document=document)
    who = participants.assign_labels(team.engine, team.lead, ["GP 1"], "Arts 4")
    participants.set_attributes(team.engine, team.lead, participants={(who, "role"): "GP"})
    report = reporting.report_for(team.engine, team.lead)
    told = {source.label: source.people for source in report.sources}
    assert told == {"Interviews": "1 participant (GP)", "Steering group": ""}
    assert {quote.speaker for quote in report.quotes} == {"Arts 4"}
    assert "1 participant (GP)" in reporting.report_page(team.engine, team.lead)
    assert "Interviews: 1 participant (GP)" in answers(report, "coreq")[12].text


# --- what people write for the report -----------------------------------------------------------------


def test_a_text_stays_in_the_report_and_every_version_is_kept(quick_team: Team) -> None:
    team = quick_team
    for text in ("First words.", "Second words.\r\n\r\nA paragraph.  "):
        report_texts.write_text(team.engine, team.anna, "introduction", text)
    report = reporting.report_for(team.engine, team.lead)
    assert report.around.texts == {"introduction": "Second words.\n\nA paragraph."}
    versions = report_texts.text_versions(team.engine, team.lead, "introduction")
    assert [(one.text, one.by) for one in versions] == [
        ("Second words.\n\nA paragraph.", "Anna"),
        ("First words.", "Anna"),
    ]


def test_an_empty_text_takes_the_part_out(quick_team: Team) -> None:
    team = quick_team
    report_texts.write_text(team.engine, team.anna, "introduction", "Words.")
    report_texts.write_text(team.engine, team.anna, "introduction", " \n ")
    assert reporting.report_for(team.engine, team.lead).around.texts == {}
    assert len(report_texts.text_versions(team.engine, team.lead, "introduction")) == 1


def test_who_began_from_an_older_text_overwrites_nothing(quick_team: Team) -> None:
    team = quick_team
    report_texts.write_text(team.engine, team.anna, "introduction", "Anna's", began_from="")
    with pytest.raises(UserFacingError, match="Anna has changed the introduction"):
        report_texts.write_text(team.engine, team.bram, "introduction", "Bram's", began_from="")
    report_texts.write_text(team.engine, team.bram, "introduction", "Both", began_from="Anna's")
    written = report_texts.written_for_report(team.engine, team.lead)
    assert written.texts["introduction"].text == "Both"


def test_texts_that_can_tell_of_results_are_closed_before_the_lock(quick_team: Team) -> None:
    team = a_triangulated_study(quick_team)
    report_texts.write_text(team.engine, team.anna, "discussion", "zebra")
    report_texts.write_text(team.engine, team.anna, "introduction", "okapi")
    report_texts.answer_items(team.engine, team.anna, "coreq", {31: "giraffe", 2: "lynx"})
    judging.judge_existence(
        team.engine, team.bram, row=Row("ECO-FUND", f"Row {HOSTILE}"), source="Interviews", speaks=True
    )
    told = reporting.report_page(team.engine, team.bram)
    assert "okapi" in told
    assert "lynx" in told
    assert "zebra" not in told
    assert "giraffe" not in told
    assert report_texts.text_versions(team.engine, team.bram, "discussion") == []
    for write in (
        lambda: report_texts.write_text(team.engine, team.bram, "conclusion", "mine"),
        lambda: report_texts.answer_items(team.engine, team.bram, "coreq", {31: "mine"}),
        lambda: report_texts.answer_items(team.engine, team.bram, "coreq", {31: "giraffe"}),
    ):
        with pytest.raises(NotAllowed):
            write()
    judging.lock_judgements(team.engine, team.bram)
    told = reporting.report_page(team.engine, team.bram)
    assert "zebra" in told
    assert "giraffe" in told


def test_answers_to_a_standard_take_the_place_of_the_data_and_give_it_back(quick_team: Team) -> None:
    team = quick_team
    assert report_texts.answer_items(team.engine, team.anna, "coreq", {27: "Trigpoint and paper", 2: ""}) == 1
    assert report_texts.answer_items(team.engine, team.anna, "coreq", {27: "Trigpoint and paper"}) == 0
    told = reporting.report_for(team.engine, team.lead).around.answers["coreq"]
    assert told[27].text == "Trigpoint and paper"
    assert report_texts.answer_items(team.engine, team.bram, "coreq", {27: ""}) == 1
    assert reporting.report_for(team.engine, team.lead).around.answers["coreq"] == {}


@pytest.mark.parametrize(
    "act",
    [
        lambda team: report_texts.write_text(team.engine, team.anna, "abstract", "x"),
        lambda team: report_texts.text_versions(team.engine, team.anna, "abstract"),
        lambda team: report_texts.answer_items(team.engine, team.anna, "consort", {1: "x"}),
        lambda team: report_texts.answer_items(team.engine, team.anna, "coreq", {33: "x"}),
    ],
    ids=["text", "versions", "standard", "item"],
)
def test_a_part_standard_or_item_that_is_not_there_is_refused(
    quick_team: Team, act: Callable[[Team], object]
) -> None:
    with pytest.raises(UserFacingError):
        act(quick_team)


def test_texts_and_answers_are_kept_on_both_databases(team: Team) -> None:
    report_texts.write_text(team.engine, team.anna, "introduction", "First")
    report_texts.write_text(team.engine, team.bram, "introduction", "Second")
    report_texts.answer_items(team.engine, team.anna, "srqr", {21: "A grant"})
    written = report_texts.written_for_report(team.engine, team.lead)
    assert (written.texts["introduction"].text, written.texts["introduction"].by) == ("Second", "Bram")
    assert written.answers == {"coreq": {}, "srqr": {21: "A grant"}}
    assert not keeping.verify(team.engine).problems
