"""Every page: on a full study, on an empty one, on texts that would be markup, and when it fails."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
import yaml
from playwright.sync_api import expect
from sqlalchemy import Engine

from store.engine import open_engine
from store.migrate import migrate
from store.studies import Member
from tests.browser.researcher import Researcher
from workbench.services import (
    codebooks,
    coding,
    example,
    findings,
    importing,
    judging,
    rounds,
    studies,
    triangulation,
)
from workbench.services.documents import list_documents

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.conftest import RunningApp

pytestmark = pytest.mark.browser

EMPTY = "A study just begun"
TEXT = "<img src=x onerror=\"alert('pwned')\"> **bold** [link](https://elsewhere.example) $x$"
MARKUP = f"{TEXT} :star:"  # a picture to Streamlit, wherever its label is not made plain

#: What each page shows of the example study.
FULL = {
    "Study": "Lena (lead) · Anke · Bram · Claire",
    "Documents": "Click one to read and code it.",
    "Codebook": "Boundary rules",
    "Code": "1 of 39",
    "Compare": "Themes, lowest alpha first",
    "Suggestions": "is marked for ever as suggested",
    "Memos": "memos that you may read, newest first",
    "Framework": "a summary in 10 of 117 cells",
    "Questions": "Codings: 270, in 39 of 39 documents",
    "Triangulate": "Theme and statement",
    "Report": "Numbers are counted anew each time",
}

#: What each page offers to do while there is nothing yet.
NEXT = {
    "Study": "Import the documents of the study",
    "Documents": "Import documents",
    "Codebook": "Load Grol & Wensing",
    "Code": "Import documents",
    "Compare": "Import documents",
    "Suggestions": "Import documents",
    "Memos": "A memo keeps what you think while you read",
    "Framework": "Load a codebook",
    "Questions": "Import documents",
    "Triangulate": "Load a codebook",
    "Report": "Numbers are counted anew each time",
}

SOURCES_OF_MARKUP = (f"A {MARKUP}", f"B {MARKUP}")
#: Parts of Triangulate, each with words that it shows on the study of markup.
PARTS = {
    "0 Protocol": "Questions and plan",
    "1 Sorting": "findings, by level and theme",
    "2 Coding": "who speaks:",
    "3 Assessment": "Cells (row × pair of sources)",
    "4 Completeness": "rows are shown",
    "5 Researchers": "judge too",
    "6 Feedback": "locked",
    "Robustness": "Conclusions",
    "Relations": "finding",
    "Timeline": "Themes over the same dates",
    "Threads": "question",
}
REVEALED, OPEN = f"1 {MARKUP}", f"2 {MARKUP}"
SCHEME_OF_MARKUP = {
    "codebook": {
        "id": MARKUP,
        "general_rules": [MARKUP],
        "levels": [
            {"id": "X-*X*", "label": {"en": MARKUP, "nl": MARKUP}}
            | dict.fromkeys(("definition", "include", "exclude", "example", "ticd"), MARKUP)
        ],
    }
}


@pytest.fixture(scope="module")
def address(app_server: Callable[..., RunningApp], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The app on a file with the example study, an empty one, and one whose words are all markup."""
    folder = tmp_path_factory.mktemp("pages")
    engine = open_engine(f"sqlite:///{folder / 'pages.db'}")
    migrate(engine)
    example.load_example(engine, person="Lena")
    studies.create_study(engine, EMPTY, person="Lena")
    make_a_study_of_markup(engine, folder)
    engine.dispose()
    return app_server(folder / "pages.db").url


def make_a_study_of_markup(engine: Engine, folder: Path) -> None:
    """A study in which everything that people can name or write bears the same markup."""
    lead = studies.create_study(engine, MARKUP, person="Lena")
    second = studies.add_person(engine, lead, MARKUP)
    for source in SOURCES_OF_MARKUP:
        file = folder / f"{source[0]}.md"
        file.write_text(f"# {MARKUP}\n\n{source}\n", encoding="utf-8")
        list(importing.import_paths(engine, lead, [file], source=source, kind=MARKUP))
    scheme = folder / "scheme.yaml"
    scheme.write_text(yaml.safe_dump(SCHEME_OF_MARKUP), encoding="utf-8")
    codebooks.load_codebook(engine, lead, str(scheme))
    coders = [lead.name, second.name]
    rounds.open_round(engine, lead, REVEALED, coders=coders, blind=True)
    for coder in (lead, second):
        code_the_markup(engine, coder)
        rounds.finish(engine, coder, REVEALED)
    rounds.reveal(engine, lead, REVEALED)
    rounds.open_round(engine, lead, OPEN, coders=coders, blind=False)
    triangulate_the_markup(engine, lead, second)


def code_the_markup(engine: Engine, coder: Member) -> None:
    for document in list_documents(engine, coder):
        made = str(uuid4())
        operations = [
            {"operation": made, "type": "apply", "code": "X-*X*", "start": 2, "end": 40, "valence": None},
            {"operation": str(uuid4()), "type": "memo", "coding": made, "text": MARKUP},
        ]
        outcomes = coding.apply_operations(engine, coder, document.id, operations)
        assert [outcome.reason for outcome in outcomes] == [None, None]


def triangulate_the_markup(engine: Engine, lead: Member, second: Member) -> None:
    titles = {document.id: document.source for document in list_documents(engine, lead)}
    for made in coding.codings_of(engine, lead):
        findings.add_finding(
            engine,
            lead,
            source=titles[made.document_id],
            theme="X-*X*",
            row=MARKUP,
            statement=MARKUP,
            coverage=MARKUP,
            coding_ids=[made.id],
        )
    row = triangulation.triangulate(engine, lead).matrix.rows[0]
    for researcher in (lead, second):
        for source in SOURCES_OF_MARKUP:
            judging.judge_existence(engine, researcher, row=row, source=source, speaks=True)
        judging.judge_pair(
            engine,
            researcher,
            row=row,
            source_a=SOURCES_OF_MARKUP[0],
            source_b=SOURCES_OF_MARKUP[1],
            assigned="dissonance",
            reason=MARKUP,
        )
    judging.lock_judgements(engine, second)


@pytest.fixture
def lena(arrives: Callable[[str, str], Researcher], address: str) -> Researcher:
    return arrives("Lena", address)


@pytest.mark.parametrize(
    ("study", "shown", "reported"),
    [
        (example.NAME, FULL, "4 data sources with 39 documents"),
        (EMPTY, NEXT, "The study has no data source yet. Import documents to begin."),
    ],
    ids=["example", "empty"],
)
def test_every_page_opens(lena: Researcher, study: str, shown: dict[str, str], reported: str) -> None:
    lena.comes_to()
    lena.page.get_by_role("link", name=study).click()
    lena.sees(shown["Study"])
    pages = lena.page.get_by_role("navigation").get_by_role("link").all_text_contents()
    assert set(shown) <= set(pages)
    for page in pages:
        lena.turns_to(page)
        lena.sees(shown.get(page, page))
        nothing_went_wrong(lena)
    expect(lena.report).to_contain_text(reported)


def nothing_went_wrong(researcher: Researcher) -> None:
    """And nothing of Streamlit's own stands on the page that is not for users."""
    for unwanted in ("stException", "stAlertContentError", "stMainMenu", "stAppDeployButton"):
        expect(researcher.page.get_by_test_id(unwanted)).to_have_count(0)
    assert researcher.mishaps == []


def test_markup_that_people_write_is_shown_as_text(lena: Researcher) -> None:
    lena.comes_to()
    lena.sees(TEXT)
    lena.page.get_by_role("link", name=TEXT).click()
    lena.turns_to("Study")
    lena.finds_a_row(SOURCES_OF_MARKUP[0], MARKUP)
    all_markup_is_text(lena)

    lena.turns_to("Documents")
    lena.finds_a_row(SOURCES_OF_MARKUP[0], MARKUP)
    lena.page.get_by_label("Search the texts").fill("onerror")
    lena.types("Enter")
    lena.sees("hits in")
    all_markup_is_text(lena)

    lena.turns_to("Codebook")
    lena.sees("Boundary rules", TEXT)
    all_markup_is_text(lena)
    lena.code_in_tree("X-*X*").click()
    lena.sees("Describe", "Exclude", TEXT)
    all_markup_is_text(lena)

    lena.turns_to("Code")
    lena.waits_for_the_reader()
    lena.goes_into_the_text()
    lena.types("n")
    expect(lena.inspector).to_contain_text(TEXT)
    lena.sees(f"Round 2 {TEXT}")
    all_markup_is_text(lena)

    lena.turns_to("Compare")
    lena.sees(": 0 of 2 documents finished")
    all_markup_is_text(lena)
    lena.picks("Round", "1")
    lena.finds_a_row("X-*X*", MARKUP)
    lena.page.get_by_test_id("stDataFrame").last.click(position={"x": 15, "y": 50})
    lena.sees("X-*X*")
    all_markup_is_text(lena)

    lena.turns_to("Triangulate")
    lena.page.get_by_role("gridcell", name="dissonance").first.click()
    lena.sees("assigned by hand")
    all_markup_is_text(lena)
    for part, words in PARTS.items():
        parts = lena.page.get_by_role("radiogroup", name="Parts and steps of the protocol")
        parts.get_by_text(part).click()
        lena.settles()
        lena.sees(words)
        all_markup_is_text(lena)

    lena.turns_to("Report")
    expect(lena.report).to_contain_text(TEXT)
    all_markup_is_text(lena)


def all_markup_is_text(researcher: Researcher) -> None:
    """No element, link, emphasis, formula or picture has come of it, in the page or in the report in it."""
    nothing_went_wrong(researcher)
    made = "img[src=x], a:text-is('link'), :is(strong, b, em):text-is('bold'), .katex"
    for place in (researcher.page, researcher.report):
        assert place.locator(made).evaluate_all("(found) => found.map((one) => one.outerHTML)") == []
    assert "⭐" not in researcher.reads()


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ({"study": "*Nowhere*"}, "There is no study '*Nowhere*'."),
        ({"study": EMPTY, "person": "_Nobody_"}, f"_Nobody_ is not in the study '{EMPTY}'."),
        ({"study": example.NAME, "document": "none"}, "The address names no document."),
    ],
    ids=["study", "person", "document"],
)
def test_an_address_that_leads_nowhere_says_why(lena: Researcher, where: dict[str, str], said: str) -> None:
    lena.comes_to("code", **where)
    lena.sees(said)
    nothing_went_wrong(lena)


def test_a_page_that_fails_shows_no_traceback_and_leaves_the_others(
    app_server: Callable[..., RunningApp], arrives: Callable[[str, str], Researcher], tmp_path: Path
) -> None:
    app = app_server(tmp_path / "damaged.db")
    ann = arrives("Ann", app.url)
    ann.comes_to()
    ann.page.get_by_label("Name of a new study").fill("Region")
    ann.presses("Create the study")
    ann.sees("Import the documents of the study")
    with sqlite3.connect(tmp_path / "damaged.db") as damaged:
        damaged.execute("DROP TABLE research_memo")
    ann.turns_to("Memos")
    ann.sees("Something went wrong on this page. What you had saved is safe.")
    assert "Error" not in ann.reads() and "Traceback" not in ann.reads()
    assert "no such table: research_memo" in app.log.read_text()
    ann.turns_to("Documents")
    ann.sees("Import documents")
    nothing_went_wrong(ann)


def test_keys_work_in_the_text_as_soon_as_it_is_there(browser: Browser, address: str) -> None:
    anke = Researcher(browser, address, "Anke")
    anke.comes_to("study", study=example.NAME)
    anke.turns_to("Code")
    anke.waits_for_the_reader()
    anke.types("j")
    anke.until("getSelection().toString().trim() !== ''")
    anke.turns_over("Next")
    anke.types("j")
    anke.until("getSelection().toString().trim() !== ''")
    anke.leave()
