"""Two coders, the reveal, and ten disagreements settled by keyboard; coder agreement stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from playwright.sync_api import expect
from sqlalchemy import Engine

from tests.browser.researcher import CELLS, Researcher
from tests.services.team import Team, a_document, a_team
from workbench.services import rounds, settling
from workbench.services.agreement import CoderAgreement, agreement_of_round

if TYPE_CHECKING:
    from tests.conftest import RunningApp

pytestmark = pytest.mark.browser

WORDS = ("alder", "birch", "cedar", "daphne", "elder", "fennel", "ginger", "hazel", "iris", "juniper")
TEXT = "\n\n".join(f"The nurse of {word} has no time, and money for it is not there." for word in WORDS)

#: The key for each place in turn, with what is stored.
KEYS = (
    ("1", "first"),
    ("2", "second"),
    ("3", "both"),
    ("4", "neither"),
    ("6", "unresolved"),
    ("1", "first"),
    ("2", "second"),
    ("3", "both"),
    ("4", "neither"),
    ("1", "first"),
)


def a_round_with_ten_disagreements(engine: Engine) -> Team:
    """Anna and Bram give every sentence another code; both have finished."""
    team = a_team(engine)
    document = a_document(engine, team.lead, team.source, TEXT, title="Ten sentences")
    rounds.open_round(
        engine, team.lead, "First round", coders=["Anna", "Bram"], document_names=["Ten sentences"]
    )
    for number, word in enumerate(WORDS):
        team.code(team.anna, f"{word} has no time", "ORG-IT", document=document, memo=f"zebra {number}")
        team.code(team.bram, f"{word} has no", "ECO-FUND", document=document)
    team.finish(team.anna, team.bram)
    return team


def counted(team: Team) -> CoderAgreement:
    return agreement_of_round(team.engine, team.lead)


def test_ten_disagreements_are_settled_by_keyboard_and_agreement_stays(
    app_server: Callable[..., RunningApp],
    arrives: Callable[[str, str], Researcher],
    sqlite_engine: Engine,
    tmp_path: Path,
) -> None:
    team = a_round_with_ten_disagreements(sqlite_engine)
    address = app_server(Path(str(sqlite_engine.url.database))).url
    lena, anna = (arrives(name, address) for name in ("Lena", "Anna"))

    anna.comes_to("compare", study="Region", view="disagreements")
    anna.sees("when every coder has finished")
    assert not anna.has_received("ECO-FUND")
    reveal_the_round(lena)
    before = counted(team)

    read_the_list_by_keyboard(anna)
    sit_together_and_write_both_reasons(anna)
    settle_all_ten(anna)
    stored = settling.list_disagreements(team.engine, team.lead)
    assert sorted(decided(stored)) == sorted(outcome for _, outcome in KEYS)
    assert {p.settlement.deciders for p in stored.places if p.settlement} == {("Anna", "Bram")}

    undo_and_decide_anew(anna)
    read_the_minutes(anna, tmp_path)
    assert counted(team) == before
    assert team.problems() == []
    assert anna.mishaps == lena.mishaps == []


def decided(found: settling.Settling) -> list[str]:
    return [place.settlement.outcome for place in found.places if place.settlement is not None]


def reveal_the_round(lead: Researcher) -> None:
    lead.comes_to("study", study="Region")
    lead.presses("Reveal to all")
    lead.presses("Reveal now, for good", within=lead.dialog)
    expect(lead.dialog).to_have_count(0)
    lead.settles()


def is_at(coder: Researcher, number: int) -> None:
    coder.sees(f"{number} of 10 · another code")
    coder.settles()  # a page that is being drawn takes no keys yet
    expect(coder.page.locator("[data-stale=true]")).to_have_count(0)


def read_the_list_by_keyboard(coder: Researcher) -> None:
    coder.comes_to("compare", study="Region", view="disagreements")
    coder.sees("10 of 10 disagreements are about which code the passage gets")
    expect(coder.page.locator(CELLS).first).to_be_attached()  # keys are taken when the table is there
    for number in range(1, 10):
        is_at(coder, number)
        coder.types("j")
    is_at(coder, 10)
    coder.sees("zebra")
    for number in range(9, 0, -1):
        coder.types("k")
        is_at(coder, number)
    coder.types("s")
    coder.sees("0 of 10 settled")


def sit_together_and_write_both_reasons(coder: Researcher) -> None:
    coder.presses("Sit together")
    coder.presses("Begin the meeting")
    coder.sees("Present: Anna, Bram")
    for name, reason in (("Anna", "giraffe reason"), ("Bram", "okapi reason")):
        coder.page.get_by_label(f"Why {name} coded so").fill(reason)
        coder.types("Tab")
        coder.presses(f"Keep the reason of {name}")
        if name == "Anna":
            coder.sees("Anna has written. Read when both have.")
            expect(coder.page.get_by_text("giraffe reason")).to_have_count(0)
    coder.sees("giraffe reason", "okapi reason")
    coder.settles()


def settle_all_ten(coder: Researcher) -> None:
    for number, (key, _) in enumerate(KEYS, start=1):
        coder.types(key)
        coder.sees(f"{number} of 10 settled")
        coder.settles()


def undo_and_decide_anew(coder: Researcher) -> None:
    coder.types("u")
    coder.sees("9 of 10 settled", "Open again: 1")
    coder.settles()
    coder.types("5")
    coder.page.get_by_label("Words of the passage").fill("has no time")
    coder.types("Tab")
    expect(coder.dialog.locator(".tp-of-first")).to_have_text("has no time")
    coder.settles()
    coder.presses("Keep this coding", within=coder.dialog)
    coder.sees("10 of 10 settled", "Another coding stands instead.")
    coder.settles()


def read_the_minutes(coder: Researcher, folder: Path) -> None:
    coder.presses("Minutes and files")
    path = coder.downloads("Minutes for Word", folder)
    told = "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    for words in (
        "10 places: 9 decided, 1 left unresolved",
        "Present: Anna and Bram. Scribe: Anna.",
        "Anna before the talk: giraffe reason",
        "Another coding stands instead.",
    ):
        assert words in told, words
