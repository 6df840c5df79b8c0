"""The protocol from its page to the feedback: a lead and three researchers go through it in the browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import expect
from sqlalchemy import Engine

from store.engine import open_engine
from store.migrate import migrate
from tests.browser.researcher import Researcher
from tests.conftest import RunningApp
from workbench.services import codebooks, coding, findings, importing, studies

pytestmark = pytest.mark.browser

STUDY = "Night nurses"
SOURCES = {
    "Interviews": ("GP 1: Nobody pays the night nurse.\nGP 1: She is the one who calms them.", "interview"),
    "Minutes": ("The fund pays the night nurse until June.\nShe is thanked.", "meeting report"),
}
PAID, CALMS = "The night nurse is paid", "The night nurse calms people"
QUOTES = {
    ("Interviews", PAID): ("Nobody pays the night nurse.", "barrier"),
    ("Minutes", PAID): ("The fund pays the night nurse until June.", "facilitator"),
    ("Interviews", CALMS): ("She is the one who calms them.", "facilitator"),
}
PAIR = "Interviews against Minutes"
WHY_NOT = "The minutes were written before the fund had answered"


def test_lead_and_three_researchers_go_through_all_steps(
    tmp_path: Path, app_server: Callable[..., RunningApp], arrives: Callable[[str, str], Researcher]
) -> None:
    app = app_server(a_study_with_findings(tmp_path))
    lea, ann, ben, claire = (arrives(name, app.url) for name in ("Lea", "Ann", "Ben", "Claire"))

    write_and_fix_the_protocol(lea)
    see_the_findings_sorted(ann)
    judge(ann, meaning="contradictory", prominence="same")
    judge(ben, meaning="contradictory", prominence="different")
    assert not ann.has_received("contradictory, prominence different")
    judge(claire, meaning="complementary", prominence="same")
    settle_the_difference(ann)
    work_up_the_dissonance(ann)
    judge_the_whole(ann)
    ask_the_steering_group(ben)
    read_the_team_in_the_matrix(claire)
    the_report_tells_it_all(claire)
    for researcher in (lea, ann, ben, claire):
        assert researcher.mishaps == []


# --- before the browser: documents, codes and findings --------------------------------------------


def a_study_with_findings(folder: Path) -> Path:
    database = folder / "steps.db"
    engine = open_engine(f"sqlite:///{database}")
    migrate(engine)
    lead = studies.create_study(engine, STUDY, person="Lea")
    for name in ("Ann", "Ben", "Claire"):
        studies.add_person(engine, lead, name)
    for source, (text, kind) in SOURCES.items():
        file = folder / f"{source}.txt"
        file.write_text(text, encoding="utf-8")
        list(importing.import_paths(engine, lead, [file], source=source, kind=kind))
    codebooks.load_codebook(engine, lead, "grol-wensing")
    for (source, row), (quote, valence) in QUOTES.items():
        add_a_finding(engine, folder, source, row, quote, valence)
    engine.dispose()
    return database


def add_a_finding(engine: Engine, folder: Path, source: str, row: str, quote: str, valence: str) -> None:
    """A finding of the team's that rests on a coding of the lead's."""
    lead = studies.lead_of(engine, studies.find_study(engine, STUDY))
    file = folder / "codings.csv"
    file.write_text(f'document,quote,code,coder\n{source},"{quote}",ECO-FUND,Lea\n', encoding="utf-8")
    assert coding.import_codings(engine, lead, file).imported == 1
    made = next(one for one in coding.codings_of(engine, lead) if one.quote == quote)
    findings.add_finding(
        engine,
        lead,
        source=source,
        theme="ECO-FUND",
        row=row,
        statement=quote,
        valence=valence,
        coding_ids=[UUID(str(made.id))],
    )


# --- the steps ------------------------------------------------------------------------------------


def comes_to_part(researcher: Researcher, part: str) -> None:
    researcher.comes_to("triangulate", study=STUDY)
    turns_to_part(researcher, part)


def turns_to_part(researcher: Researcher, part: str) -> None:
    parts = researcher.page.get_by_role("radiogroup", name="Parts and steps of the protocol")
    parts.get_by_text(part).click()
    researcher.settles()


def answer(researcher: Researcher, question: str, words: str) -> None:
    answers = researcher.page.get_by_role("radiogroup", name=question, exact=True)
    answers.get_by_text(words, exact=True).click()
    expect(answers.get_by_role("radio", name=words, exact=True)).to_be_checked()
    researcher.settles()


def write_and_fix_the_protocol(lea: Researcher) -> None:
    comes_to_part(lea, "0 Protocol")
    lea.page.get_by_label("Questions, one a line").fill("Who pays the night nurse?")
    lea.picks("Judges", "Ann", "Ben", "Claire")
    lea.page.get_by_label("How disagreement is settled, and who decides").fill("In talk, all three")
    lea.presses("Save the plan")
    lea.settles()
    lea.sees("Who pays the night nurse?")
    lea.presses("Fix this protocol")
    lea.sees("Each change needs a reason")


def see_the_findings_sorted(ann: Researcher) -> None:
    comes_to_part(ann, "1 Sorting")
    ann.sees("3 of 3 findings", "0 without a quote", "Nobody pays the night nurse.")


def judge(researcher: Researcher, *, meaning: str, prominence: str) -> None:
    """Two rows: on the first the interviews speak alone, on the second both sources do."""
    comes_to_part(researcher, "2 Coding")
    for confirmed in (1, 2):
        researcher.presses("Confirm who speaks")
        researcher.sees(f"0 of 1 cells · who speaks: {confirmed} of 2 rows")
        researcher.settles()
    answer(researcher, "Meaning: the direction of the effect", meaning)
    answer(researcher, "Prominence, as rated within each", prominence)
    answer(researcher, "Coverage: sites, groups, periods", "not assessable")
    answer(researcher, "Examples", "different")
    researcher.presses("Save and go to the next cell")
    researcher.sees("1 of 1 cells · who speaks: 2 of 2 rows")
    researcher.presses("Lock my judgements")
    researcher.sees("Your judgements are locked")


def settle_the_difference(ann: Researcher) -> None:
    comes_to_part(ann, "5 Researchers")
    ann.sees("1. Existence: does the source speak on the row")
    ann.page.get_by_text("Differences (", exact=False).first.click()
    ann.settles()
    ann.picks("About", "code")
    ann.sees(f"1. {PAID}")
    ann.settles()
    answer(ann, "Outcome", "dissonance")
    ann.page.get_by_label("Reason", exact=True).fill("Two of us read a contradiction; Claire follows")
    ann.picks("Decided by", "Ann", "Ben", "Claire")
    ann.presses("Settle and go on")
    ann.settles()
    ann.sees("✓ dissonance")
    ann.page.get_by_text("Log", exact=True).click()
    ann.sees("Claire follows")


def work_up_the_dissonance(ann: Researcher) -> None:
    turns_to_part(ann, "3 Assessment")
    ann.sees("still lacking: 1")
    ann.page.get_by_text("Work-ups", exact=True).click()
    ann.settles()
    ann.page.get_by_label("Or: no further inquiry, because").fill(WHY_NOT)
    ann.presses("Save this work-up")
    ann.sees("each has one")


def judge_the_whole(ann: Researcher) -> None:
    ann.page.get_by_text("Judgement of the whole", exact=True).click()
    ann.settles()
    ann.page.get_by_label("The team’s judgement of the whole").fill("The sources tell of two moments.")
    ann.presses("Save the team’s judgement")
    ann.sees("Saved; earlier versions are kept.")


def ask_the_steering_group(ben: Researcher) -> None:
    comes_to_part(ben, "6 Feedback")
    ben.presses("Add a group")
    ben.page.get_by_label("Who is asked").fill("Steering group")
    ben.presses("Add this group")
    ben.settles()
    ben.presses("Invite somebody")
    ben.page.get_by_label("Name or pseudonym").fill("S1")
    ben.presses("Add to the invited")
    ben.sees("no answer")
    packet = ben.page.frame_locator("iframe").first
    expect(packet.get_by_text(PAID).first).to_be_visible()


def read_the_team_in_the_matrix(claire: Researcher) -> None:
    comes_to_part(claire, "Matrix")
    claire.page.get_by_role("radiogroup", name="Whose view").get_by_text("Team").click()
    claire.settles()
    cell = claire.page.get_by_role("gridcell", name=f"{PAIR}: dissonance")
    expect(cell.first).to_be_visible()
    cell.first.click()
    claire.sees("Claire follows", "Nobody pays the night nurse.")


def the_report_tells_it_all(claire: Researcher) -> None:
    claire.comes_to("report", study=STUDY)
    for words in ("Who pays the night nurse?", WHY_NOT, "The sources tell of two moments.", "Claire follows"):
        expect(claire.report).to_contain_text(words)
