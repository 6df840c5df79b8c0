"""Frameworks whose rows are cases: speakers, and documents that share an attribute."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import docx
import openpyxl
import pytest
import sqlalchemy as sa

from corpus.documents import make_document
from corpus.errors import UserFacingError
from corpus.models import Document, RawText
from store import documents as kept
from store import tables
from store.engine import writing
from store.frameworks import SPEAKERS, Rows
from store.studies import Member
from tests.services.team import Team
from workbench.services import framework_cells, framework_files, framework_rows, frameworks
from workbench.services.codebooks import current_codebook
from workbench.services.documents import list_documents, open_document
from workbench.services.errors import NotThere
from workbench.services.framework_cells import Draft, Saved
from workbench.services.keeping import log_of

NAME = "Who wants what"
SITE = Rows("attribute", "site")
FIRST = "Interviewer: Is there money?\nGP 1: There is money.\nInterviewer: And time?\nGP 1: There is none."
SECOND = "Interviewer: Is there money?\nNurse: Money runs out.\nInterviewer: And you?\nGP 1: I have time."


@pytest.fixture
def talks(team: Team) -> list[Document]:
    return with_two_talks(team)


@pytest.fixture
def quick(quick_team: Team) -> Team:
    with_two_talks(quick_team)
    return quick_team


def with_two_talks(team: Team) -> list[Document]:
    """Two talks at the sites North and South, beside a report that has neither speakers nor a site."""
    interviews = team.add_source("Interviews")
    added = []
    for number, (text, site) in enumerate(((FIRST, "North"), (SECOND, "South")), start=1):
        raw = RawText(
            text, f"{number}.txt", f"{number:064}", title=f"Talk {number}", attributes={"site": site}
        )
        document = make_document(interviews, raw, language="en")
        with writing(team.engine) as connection:
            kept.add_document(connection, document, actor=team.lead)
        added.append(document)
    return added


def frame(team: Team, rows: Rows = SPEAKERS) -> None:
    frameworks.add_framework(team.engine, team.anna, NAME, themes=["ECO-FUND", "PRO-MOT"], rows=rows)


def theme(team: Team) -> UUID:
    stored = current_codebook(team.engine, team.lead)
    assert stored is not None
    return next(code.id for code in stored.codebook.codes if code.key == "ECO-FUND")


def talk(team: Team, number: int) -> Document:
    found = next(d for d in list_documents(team.engine, team.lead) if d.title == f"Talk {number}")
    return open_document(team.engine, team.lead, found.id)[1]


def save(
    team: Team, person: Member, text: str, *, case: str = "GP 1", codings: Sequence[str] = (), **how: object
) -> Saved:
    return framework_cells.save_cell(
        team.engine,
        person,
        NAME,
        row=case,
        code_id=theme(team),
        text=text,
        coding_ids=[UUID(made) for made in codings],
        **how,  # type: ignore[arg-type]
    )


def versions(team: Team, person: Member, case: str = "GP 1") -> tuple[Draft, ...]:
    return framework_cells.framework_matrix(team.engine, person, NAME).cells.get((case, theme(team)), ())


def texts(team: Team, person: Member, case: str = "GP 1") -> list[str]:
    return [version.text for version in versions(team, person, case)]


def quotes(team: Team, person: Member, case: str) -> list[str]:
    found = framework_cells.passages_for(team.engine, person, NAME, case, theme(team))
    return [passage.quote for passage in found]


# --- rows -------------------------------------------------------------------------------------------


def test_rows_are_what_the_study_has(quick_team: Team) -> None:
    assert framework_rows.row_choices(quick_team.engine, quick_team.bram) == [Rows("document")]
    for rows, told in ((SPEAKERS, "names a speaker"), (SITE, "Attributes of this study: none")):
        with pytest.raises(UserFacingError, match=told):
            frame(quick_team, rows)
    with_two_talks(quick_team)
    assert framework_rows.row_choices(quick_team.engine, quick_team.bram) == [
        Rows("document"),
        SPEAKERS,
        SITE,
    ]
    with pytest.raises(UserFacingError, match="'site'"):
        frame(quick_team, Rows("attribute", "town"))


def test_command_names_rows_by_a_word(quick: Team) -> None:
    called = [framework_rows.rows_called(words) for words in ("documents", "speakers", "site")]
    assert called == framework_rows.row_choices(quick.engine, quick.bram)


def test_speaker_is_one_row_across_documents(quick: Team) -> None:
    frame(quick)
    matrix = framework_cells.framework_matrix(quick.engine, quick.bram, NAME)
    assert [(row.title, [d.title for d in row.documents]) for row in matrix.rows] == [
        ("Interviewer", ["Talk 1", "Talk 2"]),
        ("GP 1", ["Talk 1", "Talk 2"]),
        ("Nurse", ["Talk 2"]),
    ]
    assert [document.title for document in matrix.left_out] == ["Report 1"]
    assert matrix.places == 6


def test_documents_with_the_same_value_of_an_attribute_are_one_row(quick: Team) -> None:
    frame(quick, SITE)
    matrix = framework_cells.framework_matrix(quick.engine, quick.bram, NAME)
    assert [(row.title, [d.title for d in row.documents]) for row in matrix.rows] == [
        ("North", ["Talk 1"]),
        ("South", ["Talk 2"]),
    ]
    assert [document.title for document in matrix.left_out] == ["Report 1"]


def test_rows_and_cells_stay_through_new_columns_another_name_and_retirement(
    team: Team, talks: list[Document]
) -> None:
    frame(team)
    save(team, team.bram, "Money, no time")
    frameworks.change_columns(team.engine, team.anna, NAME, themes=["ECO-FUND", "SOC-LEAD"])
    frameworks.rename_framework(team.engine, team.anna, NAME, "Other")
    frameworks.retire_framework(team.engine, team.anna, "Other")
    frameworks.restore_framework(team.engine, team.anna, "Other")
    frameworks.rename_framework(team.engine, team.anna, "Other", NAME)
    matrix = framework_cells.framework_matrix(team.engine, team.lead, NAME)
    assert matrix.kind == SPEAKERS
    assert texts(team, team.lead) == ["Money, no time"]
    assert team.problems() == []


# --- cells ------------------------------------------------------------------------------------------


def test_summary_of_a_speaker_rests_on_what_they_said(team: Team, talks: list[Document]) -> None:
    frame(team)
    first = team.code(team.anna, "There is money", document=talks[0])
    second = team.code(team.anna, "I have time", document=talks[1])
    asked = team.code(team.anna, "Is there money?", document=talks[1])
    team.code(team.anna, "no time")  # in the report, where nobody is named
    assert quotes(team, team.bram, "GP 1") == ["There is money", "I have time"]
    assert quotes(team, team.bram, "Interviewer") == ["Is there money?"]
    with pytest.raises(NotThere):
        save(team, team.bram, "More", codings=[asked])
    save(team, team.bram, "Money, no time", codings=[second, first])
    (version,) = versions(team, team.anna)
    assert [(e.title, e.quote, e.document_id, e.start_char) for e in version.excerpts] == [
        ("Talk 1", "There is money", talks[0].id, talks[0].text.index("There is money")),
        ("Talk 2", "I have time", talks[1].id, talks[1].text.index("I have time")),
    ]
    assert team.problems() == []


def test_passage_over_two_turns_belongs_to_who_says_most_of_it(quick: Team) -> None:
    frame(quick)
    quick.code(quick.anna, "time?\nGP 1: There is none.", document=talk(quick, 1))
    assert quotes(quick, quick.anna, "GP 1") != []
    assert quotes(quick, quick.anna, "Interviewer") == []


def test_summary_of_a_site_rests_on_all_its_documents(quick: Team) -> None:
    frame(quick, SITE)
    made = quick.code(quick.anna, "Is there money?", document=talk(quick, 2))
    quick.code(quick.anna, "There is money", document=talk(quick, 1))
    assert quotes(quick, quick.anna, "South") == ["Is there money?"]
    save(quick, quick.anna, "They ask", case="South", codings=[made])
    assert [e.quote for e in versions(quick, quick.bram, "South")[0].excerpts] == ["Is there money?"]


def test_cell_of_no_such_case_is_refused(quick: Team) -> None:
    frame(quick)
    for act in (
        lambda: save(quick, quick.anna, "one", case="Patient"),
        lambda: quotes(quick, quick.anna, "Patient"),
    ):
        with pytest.raises(NotThere, match="no such row"):
            act()


def test_drafts_of_a_case_are_kept_restored_cleared_and_stand_side_by_side(
    team: Team, talks: list[Document]
) -> None:
    frame(team)
    made = team.code(team.anna, "There is money", document=talks[0])
    first = save(team, team.anna, "one", codings=[made])
    assert save(team, team.bram, "two", instead_of=[first.id]).beside == ()
    assert save(team, team.anna, "three", instead_of=[first.id]).beside == ("Bram",)
    assert texts(team, team.lead) == ["three", "two"]
    both = [version.id for version in versions(team, team.lead)]
    framework_cells.clear_cell(team.engine, team.lead, NAME, row="GP 1", code_id=theme(team), instead_of=both)
    assert texts(team, team.lead) == []
    framework_cells.restore_draft(team.engine, team.lead, NAME, first.id)
    assert [(v.author, v.text, len(v.excerpts)) for v in versions(team, team.bram)] == [("Lena", "one", 1)]
    drafts = framework_cells.drafts_of(team.engine, team.bram, NAME, "GP 1", theme(team))
    assert [(draft.text, draft.live) for draft in drafts] == [
        ("one", True),
        ("three", False),
        ("two", False),
        ("one", False),
    ]
    assert team.problems() == []


def test_events_name_no_case(quick: Team) -> None:
    frame(quick, SITE)
    saved = save(quick, quick.anna, "zebra", case="North")
    framework_cells.clear_cell(
        quick.engine, quick.anna, NAME, row="North", code_id=theme(quick), instead_of=[saved.id]
    )
    with quick.engine.connect() as connection:
        told = str(connection.execute(sa.select(tables.event.c.detail)).scalars().all())
    assert not any(word in told for word in ("zebra", "North", "site"))


# --- blindness --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "hidden", "open_case"), [(SPEAKERS, "GP 1", "Nurse"), (SITE, "North", "South")]
)
def test_case_with_a_document_in_a_blind_round_is_hidden_and_others_are_not(
    team: Team, talks: list[Document], rows: Rows, hidden: str, open_case: str
) -> None:
    frame(team, rows)
    save(team, team.anna, "before", case=hidden)
    team.open_round(documents=[talks[0]])
    told = log_of(team.engine, team.bram)
    save(team, team.anna, "zebra", case=hidden)
    assert log_of(team.engine, team.bram) == told
    for person in (team.bram, team.lead):
        assert texts(team, person, hidden) == []
        assert framework_cells.drafts_of(team.engine, person, NAME, hidden, theme(team)) == []
        assert [line.filled for line in frameworks.frameworks_of(team.engine, person)] == [0]
    assert texts(team, team.anna, hidden) == ["zebra", "before"]
    save(team, team.anna, "open", case=open_case)
    assert texts(team, team.bram, open_case) == ["open"]
    assert save(team, team.bram, "of Bram", case=hidden).beside == ()
    team.finish(team.anna, team.bram)
    team.reveal()
    assert texts(team, team.bram, hidden) == ["of Bram", "zebra", "before"]


def test_in_a_blind_round_ones_own_cell_of_a_case_loses_the_excerpts_of_others(quick: Team) -> None:
    frame(quick)
    of_anna = quick.code(quick.anna, "There is money", document=talk(quick, 1))
    of_bram = quick.code(quick.bram, "I have time", document=talk(quick, 2))
    save(quick, quick.bram, "summary", codings=[of_anna, of_bram])
    quick.open_round(documents=[talk(quick, 1)])
    assert [e.quote for e in versions(quick, quick.bram)[0].excerpts] == ["I have time"]
    assert quotes(quick, quick.bram, "GP 1") == ["I have time"]


# --- files ------------------------------------------------------------------------------------------


def test_workbook_names_case_document_and_what_is_left_out(quick: Team, tmp_path: Path) -> None:
    frame(quick)
    made = quick.code(quick.anna, "Money runs out", document=talk(quick, 2))
    save(quick, quick.anna, "=1+1", case="Nurse", codings=[made])
    path = tmp_path / "f.xlsx"
    order = ["Nurse", "GP 1"]
    assert (
        framework_files.write_framework(quick.engine, quick.lead, NAME, path, format="xlsx", rows=order) == 1
    )
    book = openpyxl.load_workbook(path)
    rows = list(book["Framework"].values)
    assert rows[0][:3] == ("Speaker", "Documents", "Sources")
    assert rows[1][:4] == ("Nurse", "Talk 2", "Interviews", "=1+1")
    assert rows[2][:3] == ("GP 1", "Talk 1; Talk 2", "Interviews")
    assert book["Framework"]["D2"].data_type == "s"
    assert list(book["Excerpts"].values)[1][:3] == ("Nurse", "Talk 2", "ECO-FUND Funding and sustainability")
    assert list(book["Left out"].values) == [("Document",), ("Report 1",)]


def test_word_file_names_the_document_of_each_quote(quick: Team, tmp_path: Path) -> None:
    frame(quick, SITE)
    made = quick.code(quick.anna, "Money runs out", document=talk(quick, 2))
    save(quick, quick.anna, "It ends", case="South", codings=[made])
    path = tmp_path / "f.docx"
    framework_files.write_framework(quick.engine, quick.lead, NAME, path, format="docx")
    read = docx.Document(str(path))
    (table,) = read.tables
    assert table.cell(0, 0).text == "site"
    assert table.cell(2, 1).text == "It ends\n“Money runs out” (Talk 2)"
    assert "In no row: Report 1" in [paragraph.text for paragraph in read.paragraphs]
