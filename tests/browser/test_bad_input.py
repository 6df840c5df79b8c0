"""What must not hurt: markup in names and texts, lines without an end, changes under somebody's hands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from corpus.models import Document
from store.engine import open_engine
from store.migrate import migrate
from tests.browser.researcher import Researcher
from tests.services.team import TEXT, Team, a_team
from tests.services.test_coding import replace_text
from workbench.services import codebook_editing

pytestmark = pytest.mark.browser

STUDY = "Region"
CODE = "ECO-HARM"
LABEL = "<img src=x onerror='window.hurt=1'> **bold** $x$ :red[no]"
HOSTILE = "<script>window.hurt = 1</script>\nGP: no time, <b>none</b> \u202egnihton\u202c at all."


@dataclass
class Served:
    """A study with a code and a transcript that would do harm, and the address of the app."""

    team: Team
    address: str
    hostile: Document


@pytest.fixture(scope="module")
def served(app_server: Callable[..., object], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    path: Path = tmp_path_factory.mktemp("bad") / "study.db"
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    team = a_team(engine, STUDY)
    codebook_editing.add_code(engine, team.lead, label=LABEL, parent="ECO", key=CODE)
    hostile = team.add_document(HOSTILE, title="<script>window.hurt = 1</script>")
    team.add_document("zorg " * 200_001, title="One line")
    yield Served(team, str(app_server(path).url), hostile)  # type: ignore[attr-defined]
    engine.dispose()


@pytest.fixture
def anna(browser: Browser, served: Served) -> Iterator[Researcher]:
    person = Researcher(browser, served.address, "Anna")
    yield person
    assert person.mishaps == []
    assert person.page.evaluate("window.hurt") is None
    person.leave()


def test_markup_in_a_code_a_title_and_a_transcript_is_words_on_every_page(
    anna: Researcher, served: Served
) -> None:
    anna.comes_to("code", study=STUDY, document=str(served.hostile.id))
    anna.waits_for_the_reader()
    anna.types("j", "j")
    anna.codes("onerror")
    anna.waits_until_all_is_stored()
    (coding,) = served.team.seen(served.team.anna, served.hostile)
    assert coding.code == CODE
    assert coding.quote in HOSTILE
    expect(anna.inspector).to_contain_text(LABEL)
    for page in ("documents", "codebook", "suggestions", "memos", "questions", "framework", "study"):
        anna.comes_to(page, study=STUDY, query="time")
        assert anna.page.evaluate("window.hurt") is None, page
    anna.comes_to("codebook", study=STUDY)
    expect(anna.code_in_tree(CODE)).to_contain_text(LABEL)


def test_line_without_an_end_is_kept_and_the_page_says_why_it_is_not_shown(
    anna: Researcher, served: Served
) -> None:
    anna.comes_to("documents", study=STUDY)
    anna.finds_a_row("One line")
    anna.comes_to("code", study=STUDY)
    anna.picks("Document", "One line")
    anna.sees("'One line' is too long to be shown.", "divide the file into lines")


def test_code_retired_while_somebody_applies_it_is_refused_by_name_and_another_is_taken(
    anna: Researcher, served: Served
) -> None:
    team = served.team
    anna.comes_to("code", study=STUDY, document=str(team.document.id))
    anna.waits_for_the_reader()
    anna.types("j", "Enter")
    anna.page.keyboard.type("PRO-MOT")
    codebook_editing.retire_code(team.engine, team.lead, "PRO-MOT")
    anna.types("Enter")
    anna.sees("is not in the codebook now")
    assert team.seen(team.anna) == []
    anna.codes("ECO-FUND")
    expect(anna.reader).to_have_attribute("data-codings", "1")
    expect(anna.reader).to_have_attribute("data-pending", "0")
    (coding,) = team.seen(team.anna)
    assert (coding.code, coding.quote) == ("ECO-FUND", "The nurse has no time.")


def test_document_replaced_while_open_gets_the_coding_at_the_same_words(
    anna: Researcher, served: Served
) -> None:
    team = served.team
    opened = team.document = team.add_document(TEXT, title="Replaced")
    anna.comes_to("code", study=STUDY, document=str(opened.id))
    anna.waits_for_the_reader()
    anna.types("j", "j")
    replace_text(team, f"Minutes, corrected.\n\n{TEXT}")
    anna.codes("ECO-FUND")
    anna.sees("Minutes, corrected.")
    expect(anna.reader).to_have_attribute("data-codings", "1")
    (coding,) = team.seen(team.anna, opened)
    assert coding.quote == "The GP wants to start, and money is there."
