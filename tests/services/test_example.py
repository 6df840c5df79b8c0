"""The example study: complete, constructed and said to be so, loaded through the services once."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from store import tables
from store.backup import verify
from store.studies import Member
from tests.services.readers import Look, all_told
from tests.services.team import a_team
from triangulation.models import ConvergenceCode
from triangulation.workups import cards_for, lacking
from workbench.services import assessment, coding, example, overview, protocol, rounds, studies, threads
from workbench.services.agreement import agreement_of_round
from workbench.services.documents import list_documents, open_document
from workbench.services.triangulation import triangulate

#: What a study has only when its people have made it; the example leaves it to whoever tries it out.
LEFT_TO_PEOPLE = {
    "import_jobs.import_report",
    "import_jobs.import_report_csv",
    "import_jobs.imports_of",
    "participants.attribute_history",
    "participants.changes_of_people",
    "pseudonymising.check_study",
    "pseudonymising.pseudonyms_of",
    "leaving.entries_held",
    "leaving.look_through",
    "versions.proposed_places",
    "versions.speakers_of",
    "versions.unplaced_of",
    "withdrawing.withdrawals_of",
    "assessment.global_judgements",
    "decisions.decisions_of",
    "codebook_versions.differences",
    "decisions.examples_of",
    "proposals.proposals_of",
    "decisions.question_of",
    "recoding.to_recode",
    "findings.findings_taken_back",
    "sorting.sorting_log",
    "suggestions.accepted_codings",
    "plans.earlier_plans",
    "plans.plan_of",
    "protocol.shared_texts",
    "rounds.documents_to_reveal",
    "settling.questions_to",
}


@pytest.fixture
def lead(example_engine: Engine) -> Member:
    return studies.enter_study(example_engine, studies.find_study(example_engine), person="Lena")


def test_it_holds_a_region_as_four_sources_see_it(example_engine: Engine, lead: Member) -> None:
    listed = list_documents(example_engine, lead)
    assert Counter(document.source for document in listed) == {
        "Meeting reports": 12,
        "GP interviews": 5,
        "Patient interviews": 2,
        "Survey": 20,
    }
    reports = [document for document in listed if document.source == "Meeting reports"]
    kinds = Counter(
        kind
        for report in reports
        for kind in ("steering group", "study group", "project team")
        if kind in report.title.lower()
    )
    assert len(kinds) == 3
    assert kinds.total() == 12
    assert {report.date.year for report in reports if report.date} == {2021, 2022, 2023, 2024}
    assert all(report.date for report in reports)
    patients = [document.language for document in listed if document.source == "Patient interviews"]
    assert sorted(map(str, patients)) == ["fr", "nl"]


def test_it_says_of_itself_that_it_is_constructed(example_engine: Engine, lead: Member) -> None:
    assert "constructed" in studies.find_study(example_engine).name
    for document in list_documents(example_engine, lead):
        text = open_document(example_engine, lead, document.id)[1].text
        last_line = text.strip().rpartition("\n")[2]
        told = " ".join([last_line, *document.attributes.values()]).lower()
        marks = ("constructed", "geconstrueerd", "verzonnen", "construit", "inventé", "fictief", "fictif")
        assert any(mark in told for mark in marks), document.title


def test_two_coders_coded_it_blind_and_differ(example_engine: Engine, lead: Member) -> None:
    (view,) = rounds.rounds_of(example_engine, lead)
    assert (view.round.blind, view.state) == (True, "revealed")
    counts = Counter(stored.coder for stored in coding.codings_of(example_engine, lead))
    assert set(counts) == {"Anke", "Bram"}
    assert min(counts.values()) >= 60
    found = agreement_of_round(example_engine, lead)
    alphas = [entry.measures.alpha for entry in found.codes if entry.measures.alpha is not None]
    assert min(alphas) < 0.5 < max(alphas)  # honest disagreements, and no random ones


def test_three_researchers_judged_it_apart_and_all_can_be_read(example_engine: Engine, lead: Member) -> None:
    found = triangulate(example_engine, lead)
    assert found.judges == found.locked == ("Anke", "Bram", "Claire")
    assert found.hidden == ()
    counts = found.assessment.by_researcher
    shown = (ConvergenceCode.AGREEMENT, ConvergenceCode.SILENCE, ConvergenceCode.DISSONANCE)
    assert set(counts) == {"Anke", "Bram", "Claire"}
    assert all(counts[person].of(code) for person in counts for code in shown)


def test_its_protocol_was_fixed_before_anybody_judged(example_engine: Engine, lead: Member) -> None:
    found = triangulate(example_engine, lead)
    read = found.protocol
    assert (read.is_fixed, read.fixed_before_judging, read.rule) == (True, True, "meaning_first")
    assert read.page.judges == found.judges
    assert all(source.detail.participants and source.period for source in read.sources)
    assert {guide.source for guide in read.guides} == {source.label for source in read.sources[1:]}
    fund = next(row for row in found.matrix.rows if row.theme == "ECO-FUND")
    told = {source: found.opportunities[fund, source].state for source in found.matrix.sources}
    assert told["Patient interviews"] == "not_asked"
    assert told["GP interviews"] == "could_be_raised"
    assert all(not change.after_fixing for change in protocol.history_of(example_engine, lead))


def test_its_work_ups_are_written_but_for_one_row(example_engine: Engine, lead: Member) -> None:
    needs = triangulate(example_engine, lead).needs_work_up
    cards = cards_for(needs, assessment.work_ups(example_engine, lead))
    assert [row.theme for row in lacking(cards)] == ["SOC-CULT"]
    assert len(cards) == len(needs) == 8
    noted = assessment.notes_on_sources(example_engine, lead)
    assert {(note.source, note.researcher) for note in noted} == {
        (label, None) for _, label, _, _ in example.SOURCES
    }


def test_every_change_of_it_is_in_a_log_that_holds(example_engine: Engine) -> None:
    checked = verify(example_engine)
    assert (checked.chain, checked.problems) == ("intact", ())


def test_every_page_has_something_to_show(example_engine: Engine, lead: Member, tmp_path: Path) -> None:
    study = studies.find_study(example_engine)
    first = tuple(list_documents(example_engine, lead)[:1])
    again = {"reporting.report_bytes", "reporting.write_report"}  # the same report, and slow to write
    again |= {"packages.return_package"}  # the example came out of no package
    again |= {"suggestions.suggest_from_codebook"}  # reads the whole study; has tests of its own
    told = all_told(Look(example_engine, lead, study, first, example.ROUND, tmp_path), leave_out=again)
    empty = {name for name, answer in told.items() if answer.strip() in ("", "[]", "{}", "[[]]", "None")}
    assert {name for name in empty if "undo" not in name} - LEFT_TO_PEOPLE == set()
    assert not [answer for answer in told.values() if answer.startswith(("NotThere", "NotAllowed"))]
    assert overview.next_steps(example_engine, lead)


def test_it_is_loaded_once_and_later_only_lets_people_in(example_engine: Engine, lead: Member) -> None:
    before = _events(example_engine)
    assert example.load_example(example_engine, person="Lena") == lead
    assert _events(example_engine) == before
    visitor = example.load_example(example_engine, person="Noor")
    assert (visitor.name, visitor.is_lead) == ("Noor", False)
    assert _events(example_engine) == before + 1


def test_it_lives_beside_other_studies(example_engine: Engine, lead: Member) -> None:
    before = coding.codings_of(example_engine, lead)
    team = a_team(example_engine)
    team.code(team.bram, "no time")
    assert [stored.quote for stored in coding.codings_of(example_engine, team.lead)] == ["no time"]
    assert coding.codings_of(example_engine, lead) == before
    assert example.load_example(example_engine, person="Lena") == lead
    assert verify(example_engine).problems == ()


def _events(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(tables.event)).scalar_one()


def test_the_money_is_followed_through_the_sources_and_every_quote_stands_in_a_document(
    example_engine: Engine, lead: Member
) -> None:
    (thread,) = threads.threads_of(example_engine, lead)
    assert [step.source for step in thread.steps] == [
        "Meeting reports",
        "Survey",
        "GP interviews",
        "Meeting reports",
    ]
    quotes = [excerpt for step in thread.steps for excerpt in step.excerpts]
    assert len(quotes) == 12
    assert all(excerpt.start_char is not None for excerpt in quotes)


def test_findings_name_sites_groups_and_periods_where_their_coverage_does(
    example_engine: Engine, lead: Member
) -> None:
    found = triangulate(example_engine, lead).findings
    assert all(finding.groups and finding.periods for finding in found)
    (fund,) = [f for f in found if f.row.theme == "ECO-FUND" and f.source == "GP interviews"]
    assert (fund.sites, fund.groups, fund.periods) == (("Meerdonkel", "Hoenderzele"), ("GPs",), ("2023",))
