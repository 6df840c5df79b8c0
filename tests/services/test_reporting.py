"""The report: counted from what one person may see, everything that people wrote escaped."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from uuid import UUID

import docx
import pytest
from sqlalchemy import Engine

from corpus.errors import UserFacingError
from tests.services.team import Team
from triangulation.models import Row
from workbench.services import agreement, findings, judging, reporting, studies, triangulation

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
    assert page.sections == word.sections
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
    assert reporting.report_bytes(team.engine, team.lead, format="docx").startswith(b"PK")


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
