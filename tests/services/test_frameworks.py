"""Framework matrices: summaries with their excerpts, drafts kept, two writers both shown, blindness."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import docx
import openpyxl
import pytest
import sqlalchemy as sa

from corpus.errors import UserFacingError
from corpus.models import Document
from store import tables
from store.studies import Member
from tests.services.team import Team
from workbench.services import framework_cells, framework_files, frameworks
from workbench.services.codebooks import current_codebook
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.framework_cells import Draft, Saved
from workbench.services.keeping import log_of

NAME = "What moves whom"


@pytest.fixture
def framed(team: Team) -> Team:
    return with_a_framework(team)


@pytest.fixture
def quick(quick_team: Team) -> Team:
    return with_a_framework(quick_team)


def with_a_framework(team: Team) -> Team:
    frameworks.add_framework(team.engine, team.anna, NAME, themes=["ECO-FUND", "PRO-MOT"])
    return team


def theme(team: Team, key: str = "ECO-FUND") -> UUID:
    stored = current_codebook(team.engine, team.lead)
    assert stored is not None
    return next(code.id for code in stored.codebook.codes if code.key == key)


def save(team: Team, person: Member, text: str, *, document: Document | None = None, **how: object) -> Saved:
    place = {"row": (document or team.document).id, "code_id": theme(team)}
    return framework_cells.save_cell(team.engine, person, NAME, text=text, **(place | how))  # type: ignore[arg-type]


def versions(team: Team, person: Member, document: Document | None = None) -> tuple[Draft, ...]:
    matrix = framework_cells.framework_matrix(team.engine, person, NAME)
    return matrix.cells.get(((document or team.document).id, theme(team)), ())


def texts(team: Team, person: Member) -> list[str]:
    return [version.text for version in versions(team, person)]


def drafts(team: Team, person: Member) -> list[Draft]:
    return framework_cells.drafts_of(team.engine, person, NAME, team.document.id, theme(team))


# --- frameworks -------------------------------------------------------------------------------------


def test_framework_has_documents_down_and_the_chosen_themes_across(quick: Team) -> None:
    matrix = framework_cells.framework_matrix(quick.engine, quick.bram, NAME)
    assert [column.key for column in matrix.columns] == ["ECO-FUND", "PRO-MOT"]
    assert [row.title for row in matrix.rows] == ["Report 1"]
    assert matrix.cells == {}
    (line,) = frameworks.frameworks_of(quick.engine, quick.bram)
    assert (line.name, line.columns, line.filled, line.retired) == (NAME, 2, 0, False)


def test_columns_change_and_what_was_written_stays_with_its_theme(framed: Team) -> None:
    save(framed, framed.bram, "Money runs out")
    frameworks.change_columns(framed.engine, framed.anna, NAME, themes=["PRO-MOT", "SOC-LEAD"])
    assert framework_cells.framework_matrix(framed.engine, framed.bram, NAME).cells == {}
    with pytest.raises(NotThere):
        save(framed, framed.bram, "More")
    frameworks.change_columns(framed.engine, framed.lead, NAME, themes=["SOC-LEAD", "ECO-FUND"])
    assert texts(framed, framed.bram) == ["Money runs out"]
    assert framed.problems() == []


def test_only_its_maker_and_the_lead_change_or_retire_a_framework(quick: Team) -> None:
    for act in (
        lambda: frameworks.change_columns(quick.engine, quick.bram, NAME, themes=["SOC-LEAD"]),
        lambda: frameworks.retire_framework(quick.engine, quick.bram, NAME),
    ):
        with pytest.raises(NotAllowed):
            act()
    frameworks.retire_framework(quick.engine, quick.anna, NAME)
    with pytest.raises(NotAllowed):
        frameworks.restore_framework(quick.engine, quick.bram, NAME)


def test_retired_framework_comes_back_with_all_that_was_written(framed: Team) -> None:
    save(framed, framed.bram, "Money runs out")
    frameworks.retire_framework(framed.engine, framed.lead, NAME)
    with pytest.raises(NotThere, match="retired"):
        framework_cells.framework_matrix(framed.engine, framed.anna, NAME)
    assert [line.retired for line in frameworks.frameworks_of(framed.engine, framed.anna)] == [True]
    frameworks.restore_framework(framed.engine, framed.anna, NAME)
    assert texts(framed, framed.anna) == ["Money runs out"]
    assert framed.problems() == []


def test_name_of_a_retired_framework_is_free_and_each_keeps_its_own_cells(framed: Team) -> None:
    save(framed, framed.bram, "Money runs out")
    frameworks.retire_framework(framed.engine, framed.lead, NAME)
    frameworks.add_framework(framed.engine, framed.bram, NAME, themes=["ECO-FUND"])
    assert texts(framed, framed.anna) == []
    with pytest.raises(UserFacingError, match="already"):
        frameworks.restore_framework(framed.engine, framed.anna, NAME)
    with pytest.raises(UserFacingError, match="already"):
        frameworks.add_framework(framed.engine, framed.anna, NAME, themes=["ECO-FUND"])
    frameworks.rename_framework(framed.engine, framed.bram, NAME, "Money alone")
    frameworks.restore_framework(framed.engine, framed.anna, NAME)
    assert texts(framed, framed.anna) == ["Money runs out"]
    lines = frameworks.frameworks_of(framed.engine, framed.anna)
    assert [(line.name, line.former_names, line.filled) for line in lines] == [
        (NAME, (), 1),
        ("Money alone", (NAME,), 0),
    ]
    assert framed.problems() == []


def test_renamed_framework_keeps_its_cells_and_is_found_by_the_name_that_a_page_still_shows(
    framed: Team,
) -> None:
    frameworks.rename_framework(framed.engine, framed.anna, NAME, "  What moves  GPs ")
    save(framed, framed.bram, "Money runs out")
    assert texts(framed, framed.anna) == ["Money runs out"]
    assert framework_cells.framework_matrix(framed.engine, framed.bram, NAME).name == "What moves GPs"
    with pytest.raises(NotAllowed):
        frameworks.rename_framework(framed.engine, framed.bram, NAME, "Mine")
    with pytest.raises(UserFacingError, match="needs a name"):
        frameworks.rename_framework(framed.engine, framed.anna, NAME, " ")
    frameworks.rename_framework(framed.engine, framed.anna, "What moves GPs", NAME)
    (line,) = frameworks.frameworks_of(framed.engine, framed.bram)
    assert (line.name, line.former_names, line.filled) == (NAME, ("What moves GPs",), 1)
    assert framed.problems() == []


def test_framework_without_name_or_theme_is_refused(quick_team: Team) -> None:
    for name, themes in ((" ", ["ECO-FUND"]), ("Name", []), ("Name", ["NO-SUCH"])):
        with pytest.raises(UserFacingError):
            frameworks.add_framework(quick_team.engine, quick_team.anna, name, themes=themes)
    assert quick_team.count(tables.framework) == 0


# --- cells ------------------------------------------------------------------------------------------


def test_summary_rests_on_codings_of_the_document_under_the_theme(framed: Team) -> None:
    money = framed.code(framed.anna, "money is there", "ECO-FUND")
    framed.code(framed.anna, "no time", "PRO-MOT")
    found = framework_cells.passages_for(framed.engine, framed.bram, NAME, framed.document.id, theme(framed))
    assert [str(passage.id) for passage in found] == [money]
    save(framed, framed.bram, "Money is no worry", coding_ids=[UUID(money)])
    (version,) = versions(framed, framed.anna)
    assert (version.author, version.text, version.mine) == ("Bram", "Money is no worry", False)
    assert [(e.quote, e.start_char, e.document_id) for e in version.excerpts] == [
        ("money is there", 51, framed.document.id)
    ]
    assert framed.problems() == []


def test_a_level_as_column_takes_the_codings_of_its_themes(quick: Team) -> None:
    made = quick.code(quick.anna, "money is there", "ECO-FUND")
    found = framework_cells.passages_for(
        quick.engine, quick.anna, NAME, quick.document.id, theme(quick, "ECO")
    )
    assert [str(passage.id) for passage in found] == [made]


def test_excerpt_stays_when_its_coding_is_taken_back_and_while_the_text_goes_on(quick: Team) -> None:
    made = quick.code(quick.anna, "money is there")
    first = save(quick, quick.anna, "one", coding_ids=[UUID(made)])
    quick.act(quick.anna, type="retire", coding=made)
    save(quick, quick.anna, "two", coding_ids=[UUID(made)], instead_of=[first.id])
    (version,) = versions(quick, quick.bram)
    assert (version.text, [e.quote for e in version.excerpts]) == ("two", ["money is there"])
    with pytest.raises(NotThere, match="taken back"):
        save(quick, quick.anna, "three", coding_ids=[UUID(made)])


def test_every_save_is_a_draft_that_can_be_read_and_restored(framed: Team) -> None:
    made = framed.code(framed.anna, "money is there")
    first = save(framed, framed.anna, "one", coding_ids=[UUID(made)])
    second = save(framed, framed.bram, "two", instead_of=[first.id])
    assert [(d.author, d.text, d.live) for d in drafts(framed, framed.lead)] == [
        ("Bram", "two", True),
        ("Anna", "one", False),
    ]
    restored = framework_cells.restore_draft(
        framed.engine, framed.lead, NAME, first.id, instead_of=[second.id]
    )
    (version,) = versions(framed, framed.anna)
    assert (version.id, version.author, version.text, len(version.excerpts)) == (
        restored.id,
        "Lena",
        "one",
        1,
    )
    assert len(drafts(framed, framed.lead)) == 3
    assert framed.problems() == []


def test_who_writes_without_having_read_the_newest_version_overwrites_nobody(framed: Team) -> None:
    first = save(framed, framed.anna, "one")
    assert save(framed, framed.bram, "of Bram", instead_of=[first.id]).beside == ()
    late = save(framed, framed.anna, "of Anna", instead_of=[first.id])
    assert late.beside == ("Bram",)
    for person in (framed.anna, framed.bram, framed.lead):
        assert texts(framed, person) == ["of Anna", "of Bram"]
    both = [version.id for version in versions(framed, framed.lead)]
    assert save(framed, framed.lead, "settled", instead_of=both).beside == ()
    assert texts(framed, framed.anna) == ["settled"]
    assert len(drafts(framed, framed.anna)) == 4


def test_cleared_cell_is_empty_and_its_drafts_can_be_restored(quick: Team) -> None:
    saved = save(quick, quick.anna, "one")
    place = {"row": quick.document.id, "code_id": theme(quick)}
    framework_cells.clear_cell(quick.engine, quick.bram, NAME, instead_of=[saved.id], **place)
    assert texts(quick, quick.anna) == []
    framework_cells.clear_cell(quick.engine, quick.bram, NAME, instead_of=[saved.id], **place)
    framework_cells.restore_draft(quick.engine, quick.anna, NAME, saved.id)
    assert texts(quick, quick.bram) == ["one"]


def test_saving_the_same_again_is_no_event_and_empty_words_are_refused(quick: Team) -> None:
    saved = save(quick, quick.anna, "one")
    before = quick.count(tables.event)
    assert save(quick, quick.anna, " one ", instead_of=[saved.id]).id == saved.id
    with pytest.raises(UserFacingError, match="needs words"):
        save(quick, quick.anna, "  ", instead_of=[saved.id])
    assert quick.count(tables.event) == before


def test_events_hold_no_words(quick: Team) -> None:
    made = quick.code(quick.anna, "money is there")
    saved = save(quick, quick.anna, "zebra", coding_ids=[UUID(made)])
    framework_cells.restore_draft(quick.engine, quick.anna, NAME, saved.id, instead_of=[saved.id])
    with quick.engine.connect() as connection:
        told = str(connection.execute(sa.select(tables.event.c.detail)).scalars().all())
    assert "zebra" not in told
    assert "money" not in told


# --- blindness --------------------------------------------------------------------------------------


def test_in_a_blind_round_others_cells_and_drafts_of_its_documents_are_hidden(framed: Team) -> None:
    other = framed.add_document("Elsewhere.", title="Other")
    save(framed, framed.anna, "before")
    framed.open_round(documents=[framed.document])
    told = log_of(framed.engine, framed.bram)
    save(framed, framed.anna, "zebra")
    for person in (framed.bram, framed.lead):
        assert texts(framed, person) == []
        assert drafts(framed, person) == []
        assert [line.filled for line in frameworks.frameworks_of(framed.engine, person)] == [0]
    assert log_of(framed.engine, framed.bram) == told
    assert texts(framed, framed.anna) == ["zebra", "before"]
    save(framed, framed.anna, "open", document=other)
    assert [version.text for version in versions(framed, framed.bram, other)] == ["open"]
    framed.finish(framed.anna, framed.bram)
    framed.reveal()
    assert texts(framed, framed.bram) == ["zebra", "before"]


def test_who_writes_blind_does_not_touch_what_they_cannot_see(quick: Team) -> None:
    first = save(quick, quick.anna, "of Anna")
    quick.open_round()
    saved = save(quick, quick.bram, "of Bram", instead_of=[first.id])
    assert saved.beside == ()
    assert texts(quick, quick.anna) == ["of Anna"]
    with pytest.raises(NotThere):
        framework_cells.restore_draft(quick.engine, quick.bram, NAME, first.id)
    quick.finish(quick.anna, quick.bram)
    quick.reveal()
    assert texts(quick, quick.lead) == ["of Bram", "of Anna"]


def test_in_a_blind_round_excerpts_from_codings_of_others_are_hidden_in_ones_own_cell(quick: Team) -> None:
    of_anna, of_bram = quick.code(quick.anna, "no time"), quick.code(quick.bram, "money is there")
    save(quick, quick.bram, "summary", coding_ids=[UUID(of_anna), UUID(of_bram)])
    assert [e.quote for e in versions(quick, quick.bram)[0].excerpts] == ["no time", "money is there"]
    quick.open_round()
    assert [e.quote for e in versions(quick, quick.bram)[0].excerpts] == ["money is there"]
    with pytest.raises(NotThere):
        save(quick, quick.bram, "more", coding_ids=[UUID(of_anna)])


# --- files ------------------------------------------------------------------------------------------


def test_workbook_holds_summaries_and_excerpts_and_runs_nothing(quick: Team, tmp_path: Path) -> None:
    made = quick.code(quick.anna, "money is there")
    save(quick, quick.anna, "=SUM(A1:A9)\x0b", coding_ids=[UUID(made)])
    save(quick, quick.bram, "of Bram")
    path = tmp_path / "f.xlsx"
    assert framework_files.write_framework(quick.engine, quick.lead, NAME, path, format="xlsx") == 1
    book = openpyxl.load_workbook(path)
    cell = book["Framework"]["D2"]
    assert cell.data_type == "s"
    assert cell.value == "Bram: of Bram\n\nAnna: =SUM(A1:A9)"
    assert book["Framework"]["A2"].value == "Report 1"
    assert [c.value for c in book["Excerpts"][2]][-2:] == [51, "money is there"]


def test_word_file_lies_down_and_repeats_its_heading(quick: Team, tmp_path: Path) -> None:
    made = quick.code(quick.anna, "money is there")
    save(quick, quick.anna, "Money is no worry", coding_ids=[UUID(made)])
    path = tmp_path / "f.docx"
    framework_files.write_framework(quick.engine, quick.lead, NAME, path, format="docx")
    read = docx.Document(str(path))
    assert read.sections[0].page_width > read.sections[0].page_height
    (table,) = read.tables
    assert "tblHeader" in table.rows[0]._tr.xml
    assert table.cell(1, 1).text == "Money is no worry\n“money is there”"
    assert framework_files.framework_bytes(quick.engine, quick.lead, NAME, format="docx")[:2] == b"PK"


def test_files_hold_the_chosen_documents_in_the_chosen_order(quick: Team, tmp_path: Path) -> None:
    other = quick.add_document("Elsewhere.", title="Other")
    path = tmp_path / "f.xlsx"
    order = [other.id, quick.document.id]
    framework_files.write_framework(quick.engine, quick.anna, NAME, path, format="xlsx", rows=order)
    sheet = openpyxl.load_workbook(path)["Framework"]
    assert [sheet["A2"].value, sheet["A3"].value] == ["Other", "Report 1"]
