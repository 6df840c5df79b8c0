"""From documents to a triangulated report, through the pages alone, as a team goes the way."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.researcher import Researcher

if TYPE_CHECKING:
    from tests.conftest import RunningApp

pytestmark = pytest.mark.browser

DATA = Path(__file__).resolve().parents[1] / "data"
MINUTES = DATA / "minutes-openjs-cpc" / "2020-02-11.md"
ARTICLE = DATA / "chronic-care" / "000-aalst-article.txt"
STUDY, ROUND = "Money for chronic care", "Round one"

ON_FUNDING = "Still discussed at board level."
IN_DOUBT = "The uncertainty about sustainable funding also preoccupied the members of the steering group."
MANAGER = "Second, the appointment of a program manager, supported by a local steering group"
DOUBT = "Nobody knows who will pay"
HELPS = "A manager brings providers together"
REASON = "The minutes name the board, the article the insurer"
# Words that stand nowhere else, so that it can be told whether they reached somebody.
MEMO = "wistaria"  # of the first coder
NOTE = "periwinkle"  # of the first to judge


def test_from_documents_to_a_triangulated_report(
    app_server: Callable[..., RunningApp], arrives: Callable[[str, str], Researcher], tmp_path: Path
) -> None:
    address = app_server(tmp_path / "study.db").url
    lena, ann, ben = (arrives(name, address) for name in ("Lena", "Ann", "Ben"))
    create_the_study(lena)
    import_a_document(lena, MINUTES, source="Council minutes", kind="meeting report")
    import_a_document(lena, ARTICLE, source="Evaluation", kind="publication")
    load_the_codebook(lena)
    open_a_blind_round(lena, coders=("Ann", "Ben"))

    code_the_minutes_by_mouse(ann)
    code_the_article_by_keyboard(ann)
    second_coder_sees_nothing_of_the_first(ben)
    code_otherwise(ben)
    reveal_the_round(lena)
    compare_both_readings(ben)

    write_findings(ann, ben)
    judge_on_four_parts(ann)
    assign_a_code_with_a_reason(ben)
    read_the_matrix(ann)
    open_a_quote_in_context(ann)
    take_the_report_away(lena, tmp_path)


# --- from files to a round --------------------------------------------------------------------------


def create_the_study(lead: Researcher) -> None:
    lead.comes_to()
    lead.sees("There is no study yet.")
    lead.page.get_by_label("Name of a new study").fill(STUDY)
    lead.presses("Create the study")
    lead.sees(STUDY, "Import the documents of the study", "Load the codebook")


def import_a_document(lead: Researcher, file: Path, *, source: str, kind: str) -> None:
    lead.turns_to("Documents")
    lead.presses("Import documents")
    lead.dialog.locator("input[type=file]").set_input_files(file)
    lead.picks("Source", source, within=lead.dialog)
    lead.picks("Kind of source", kind, within=lead.dialog)
    lead.presses("Import", within=lead.dialog)
    lead.sees("1 imported, 0 in the study already, 0 refused.")
    lead.presses("Close", within=lead.dialog)
    lead.finds_a_row(source, kind)


def load_the_codebook(lead: Researcher) -> None:
    lead.turns_to("Codebook")
    lead.presses("Load Grol & Wensing")
    lead.sees("Click a code to read what it means.", "Boundary rules")
    expect(lead.code_in_tree("INN-FEAS")).to_be_visible()


def open_a_blind_round(lead: Researcher, *, coders: tuple[str, ...]) -> None:
    lead.turns_to("Study")
    for coder in coders:
        lead.presses("New person")
        lead.dialog.get_by_label("Name").fill(coder)
        lead.presses("Add the person", within=lead.dialog)
        lead.sees(f"· {coder}")
    lead.presses("New round")
    lead.dialog.get_by_label("Name of the round").fill(ROUND)
    lead.picks("Coders, two or more", *coders, within=lead.dialog)
    assert lead.dialog.get_by_role("checkbox", name="Blind").is_checked()
    lead.presses("Open the round", within=lead.dialog)
    lead.finds_a_row(ROUND, "◌ open", "blind", "2")


# --- coding twice, blind ----------------------------------------------------------------------------


def code_the_minutes_by_mouse(coder: Researcher) -> None:
    coder.comes_to("study", study=STUDY)
    coder.turns_to("Code")
    coder.waits_for_the_reader()
    coder.drags_over(ON_FUNDING)
    coder.presses("Code", within=coder.reader)
    palette = coder.page.locator("[data-trigpoint=palette]")
    palette.get_by_role("radio", name="barrier").click()
    palette.locator("[data-code='ECO-FUND']").first.click()
    coder.waits_until_all_is_stored()
    expect(coder.inspector).to_contain_text(ON_FUNDING)
    expect(coder.inspector.get_by_role("radio", name="barrier")).to_be_checked()
    assert coder.codings() == 1
    finish_this_document(coder, codings=1)


def code_the_article_by_keyboard(coder: Researcher) -> None:
    """Down to the third sentence and code it, up to the second, code that and write why."""
    coder.turns_over("Next")
    coder.goes_into_the_text()
    coder.types("j", "j", "j")
    coder.codes("+ adaptab")
    coder.types("k")
    coder.codes("funding -")
    coder.types("m")
    coder.page.keyboard.type(MEMO)
    coder.types("Escape")
    coder.waits_until_all_is_stored()
    assert coder.codings() == 2
    expect(coder.inspector).to_contain_text("Chronic diseases have a growing impact on society")
    coder.drags_over(IN_DOUBT)
    coder.codes("- funding")
    coder.waits_until_all_is_stored()
    finish_this_document(coder, codings=3)


def finish_this_document(coder: Researcher, *, codings: int) -> None:
    coder.presses("Finish this document")
    locked = "1 coding is" if codings == 1 else f"{codings} codings are"
    coder.sees(f"Finished: {locked} locked.", f"Round {ROUND} · locked")
    expect(coder.reader).to_have_attribute("data-read-only", "true")


def second_coder_sees_nothing_of_the_first(coder: Researcher) -> None:
    """On no page, and in nothing that the app sent to this browser behind the pages."""
    coder.comes_to("study", study=STUDY)
    coder.finds_a_row("Ann: not shown while blind · Ben 0 of 2")
    coder.finds_a_row("Lena", "created the study")
    assert "Ann" not in coder.cells()  # who did the last events

    coder.turns_to("Documents")
    coder.finds_a_row("Council minutes", "hidden", "not yet")
    coder.finds_a_row("Evaluation", "hidden", "not yet")
    # Not the whole word: the page of the search says again what was looked for.
    coder.page.get_by_label("Search the texts").fill(f"{MEMO[:5]}*")
    coder.types("Enter")
    coder.sees("Nothing is found in 2 documents")

    coder.turns_to("Codebook")
    expect(coder.code_in_tree("INN-ATTR")).to_have_attribute("title", "no codings that you may see")

    coder.turns_to("Code")
    coder.waits_for_the_reader()
    assert coder.codings() == 0
    coder.turns_over("Next")
    assert coder.codings() == 0
    assert "Ann" not in coder.reads()

    coder.turns_to("Compare")
    coder.sees("This round is open.", "Ben: 0 of 2 documents finished")
    assert "Ann" not in coder.reads()

    coder.turns_to("Triangulate")
    coder.sees("The matrix has no row yet.")
    assert "Ann" not in coder.reads()

    coder.turns_to("Report")
    expect(coder.report).to_contain_text(STUDY)
    assert "Ann" not in coder.report.inner_text() and ON_FUNDING not in coder.report.inner_text()
    assert not coder.has_received(MEMO)


def code_otherwise(coder: Researcher) -> None:
    coder.turns_to("Code")
    coder.waits_for_the_reader()
    coder.drags_over(IN_DOUBT)
    coder.codes("- funding")
    coder.drags_over(MANAGER)
    coder.codes("+ project management")
    coder.waits_until_all_is_stored()
    finish_this_document(coder, codings=2)
    coder.turns_over("Previous")
    coder.drags_over(ON_FUNDING)
    coder.codes("- policy")
    coder.waits_until_all_is_stored()
    finish_this_document(coder, codings=1)


def reveal_the_round(lead: Researcher) -> None:
    lead.comes_to("study", study=STUDY)
    lead.finds_a_row("Ann 2 of 2 · Ben 2 of 2")
    lead.presses("Reveal to all")
    lead.presses("Reveal now, for good", within=lead.dialog)
    lead.finds_a_row(ROUND, "✓ revealed")


def compare_both_readings(coder: Researcher) -> None:
    coder.turns_to("Codebook")
    expect(coder.code_in_tree("INN-ATTR")).to_have_attribute("title", "1 coding")
    coder.turns_to("Compare")
    coder.sees("Ann, Ben, 2 documents")
    # Ann found the level in three units, Ben in two of these: positive agreement is 2 × 2 / (3 + 2).
    coder.finds_a_row("ECO", "Economic, political and administrative context", "3", "2", "0.8")
    coder.finds_a_row("ECO-FUND", "Funding and sustainability", "3", "1")
    coder.finds_a_row("IMP-FACIL", "Facilitation and project management", "0", "1")
    coder.page.get_by_role("radio", name="Both readings").click()
    coder.picks("Document", "000-aalst-article")
    coder.waits_for_the_reader()
    expect(coder.reader).to_have_attribute("data-codings", "5")
    expect(coder.reader).to_contain_text("Funding and sustainability, barrier (Ann)")
    coder.scrolls_to(MANAGER)
    expect(coder.reader).to_contain_text("Facilitation and project management, facilitator (Ben)")
    assert coder.has_received(MEMO)  # what blindness kept from this browser does come when it ends


# --- triangulation ----------------------------------------------------------------------------------


def write_findings(ann: Researcher, ben: Researcher) -> None:
    """One row on which both sources speak, and one on which only one does."""
    ann.turns_to("Triangulate")
    add_a_finding(ann, "Council minutes", "ECO-FUND", DOUBT, direction="barrier", rests_on=ON_FUNDING)
    ben.turns_to("Triangulate")
    add_a_finding(ben, "Evaluation", "ECO-FUND", DOUBT, direction="barrier", rests_on=IN_DOUBT, row=DOUBT)
    add_a_finding(ben, "Evaluation", "IMP-FACIL", HELPS, direction="facilitator", rests_on=MANAGER)


def add_a_finding(
    researcher: Researcher,
    source: str,
    theme: str,
    statement: str,
    *,
    direction: str,
    rests_on: str,
    row: str | None = None,
) -> None:
    researcher.presses("Add a finding")
    dialog = researcher.dialog
    researcher.picks("Source", source, within=dialog)
    researcher.picks("Theme", theme, within=dialog)
    researcher.sees("The codings it rests on")
    researcher.settles()  # the rows to choose from are those of the theme
    if row is not None:
        researcher.picks("Row of the matrix: the statement that sources are compared on", row, within=dialog)
    dialog.get_by_label("What does this source say, in plain words?").fill(statement)
    answer(dialog, "Direction", direction)
    answer(dialog, "Prominence within this source", "main")
    coding = f"{rests_on} ({researcher.name},"
    expect(dialog.get_by_role("checkbox", name=coding)).to_be_attached()
    dialog.locator("label").filter(has_text=coding).click()
    researcher.presses("Save this finding", within=dialog)
    researcher.sees("Finding saved.")
    expect(dialog).to_have_count(0)


def answer(within: Locator | Page, question: str, words: str) -> None:
    """Choose an answer to a question that shows all its answers."""
    answers = within.get_by_role("radiogroup", name=question, exact=True)
    answers.get_by_text(words).click()
    expect(answers.get_by_role("radio", name=words)).to_be_checked()


def judge_on_four_parts(researcher: Researcher) -> None:
    say_who_speaks(researcher)
    answer(researcher.page, "Meaning: the direction of the effect", "same")
    answer(researcher.page, "Prominence, as rated within each", "same")
    answer(researcher.page, "Coverage: sites, groups, periods", "different")
    answer(researcher.page, "Examples", "not assessable")
    researcher.page.get_by_label("Reason, or a note").fill(NOTE)
    researcher.sees("judged on 3 of 4 parts")
    derived = researcher.page.locator("[data-trigpoint=derived]")
    expect(derived).to_have_attribute("data-code", "partial")
    researcher.presses("Save and go to the next cell")
    lock(researcher)


def assign_a_code_with_a_reason(researcher: Researcher) -> None:
    researcher.turns_to("Triangulate")
    say_who_speaks(researcher)
    answer(researcher.page, "Code", "dissonance")
    researcher.presses("Save and go to the next cell")
    researcher.sees("A code that you assign yourself needs a reason.")
    researcher.page.get_by_label("Reason, or a note").fill(REASON)
    researcher.presses("Save and go to the next cell")
    assert not researcher.has_received(NOTE)
    lock(researcher)


def say_who_speaks(researcher: Researcher) -> None:
    """On the row of the doubts; the answers are prefilled from the findings."""
    answer(researcher.page, "Parts and steps of the protocol", "2 Coding")
    researcher.sees("0 of 1 cells · who speaks: 0 of 2 rows")
    researcher.presses("Confirm who speaks")
    researcher.sees("0 of 1 cells · who speaks: 1 of 2 rows", "Meaning: the direction of the effect")


def lock(researcher: Researcher) -> None:
    """After the row that is left, on which one source alone speaks."""
    researcher.sees("1 of 1 cells · who speaks: 1 of 2 rows", HELPS)
    researcher.presses("Confirm who speaks")
    researcher.sees("1 of 1 cells · who speaks: 2 of 2 rows")
    researcher.presses("Lock my judgements")
    researcher.sees("Your judgements are locked. You can read those of others who have locked")


def read_the_matrix(researcher: Researcher) -> None:
    researcher.turns_to("Triangulate")
    answer(researcher.page, "Parts and steps of the protocol", "Matrix")
    for said in (
        "Council minutes: barrier, main, 1 excerpts",
        "Evaluation: barrier, main, 1 excerpts",
        "Council minutes against Evaluation: partial agreement",
        "Council minutes: does not speak",
        "Evaluation: facilitator, main, 1 excerpts",
        "Council minutes against Evaluation: silence",
    ):
        expect(cell(researcher, said)).to_be_visible()
    answer(researcher.page, "Whose view", "Ben")
    cell(researcher, "Council minutes against Evaluation: dissonance").click()
    researcher.sees(REASON, NOTE, "judged on 3 of 4 parts")


def cell(researcher: Researcher, said: str) -> Locator:
    return researcher.page.get_by_role("gridcell", name=said, exact=True)


def open_a_quote_in_context(researcher: Researcher) -> None:
    cell(researcher, "Evaluation: barrier, main, 1 excerpts").click()
    researcher.sees("They were convinced of the valu")  # what follows the quote in its document
    researcher.page.get_by_role("link", name="In context: 000-aalst-article").first.click()
    researcher.waits_for_the_reader()
    quote = researcher.page.locator(".tp-words").filter(has_text=IN_DOUBT)
    expect(quote).to_be_in_viewport()
    assert researcher.page.evaluate("() => document.querySelector('.tp-scroller').scrollTop") > 2000
    expect(researcher.inspector).to_contain_text(IN_DOUBT)


def take_the_report_away(lead: Researcher, folder: Path) -> None:
    lead.turns_to("Report")
    for report in (
        words_of_page(lead.downloads("Download HTML", folder)),
        words_of_paper(lead.downloads("Download DOCX", folder)),
    ):
        for words in (
            STUDY,
            "The study draws on 2 data sources with 2 documents. 2 coders made 7 codings in 2 documents.",
            "2 researchers each judged alone 1 pair of sources on 2 rows",
            DOUBT,
            HELPS,
            ON_FUNDING,
            IN_DOUBT,
            REASON,
            NOTE,
            "Coder agreement was computed from the codings as they stood before discussion",
        ):
            assert words in report
        place = re.search(rf"{re.escape(IN_DOUBT)}.{{1,30}}000-aalst-article, characters (\d+)–(\d+)", report)
        assert place is not None
        assert int(place[2]) - int(place[1]) == len(IN_DOUBT)


class Words(HTMLParser):
    """The words of a page without its markup."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def words_of_page(path: Path) -> str:
    words = Words()
    words.feed(path.read_text(encoding="utf-8"))
    return " ".join(" ".join(words.found).split())


def words_of_paper(path: Path) -> str:
    paper = docx.Document(str(path))
    cells = (cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    return " ".join(" ".join([*(paragraph.text for paragraph in paper.paragraphs), *cells]).split())
