"""In a blind round nobody learns anything of another coder, by any service, until the reveal.

What a person is told is compared before and after another coder worked: it may not differ by a word.
"""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from store import tables
from store.frameworks import SPEAKERS
from store.studies import Member
from tests.services.readers import (
    ACTS,
    READERS,
    WITHOUT_PERSON,
    WRITTEN_REPORTS,
    Look,
    all_told,
    differing,
    services,
    words_in,
)
from tests.services.team import Team, a_file
from workbench.services import (
    codebook_tree,
    coding,
    decisions,
    documents,
    findings,
    framework_cells,
    frameworks,
    judging,
    keeping,
    memos,
    overview,
    proposals,
    rounds,
    studies,
    triangulation,
)

#: In these readers a lead who does not code may see how far the coders are.
PROGRESS = {"rounds.find_round", "rounds.rounds_of", "overview.readings_of", "overview.finished_by"}

#: Words that stand only in what Anna writes.
WORDS = ("zebra", "giraffe", "okapi", "lynx", "walrus")

INTERVIEW = "GP 1: I would like to begin.\nInterviewer: Then do.\nGP 1: But who pays the nurse?"


@pytest.fixture
def region(team: Team) -> Team:
    return with_everyones_own_work(team)


@pytest.fixture
def quick_region(quick_team: Team) -> Team:
    return with_everyones_own_work(quick_team)


def with_everyones_own_work(team: Team) -> Team:
    """Two sources, and a little work of everyone but Anna, so that nobody's view is empty."""
    studies.add_person(team.engine, team.lead, "Claire")
    team.add_document(INTERVIEW, title="Interview 1", source=team.add_source("Interviews"))
    for number, person in enumerate((team.lead, team.bram, member(team, "Claire"))):
        made = team.code(person, "no time", "PRO-KNOW", valence="barrier", memo=f"of {person.name}")
        findings.add_finding(
            team.engine,
            person,
            source="Steering group",
            theme="PRO-KNOW",
            row="Nobody has time",
            statement=f"Statement {number}",
            coding_ids=[UUID(made)],
        )
    themes = ["ECO-FUND", "PRO-KNOW"]
    frameworks.add_framework(team.engine, team.lead, "Framework", themes=themes)
    frameworks.add_framework(team.engine, team.lead, "Cases", themes=themes, rows=SPEAKERS)
    return team


def member(team: Team, name: str) -> Member:
    return next(person for person in studies.team(team.engine, team.lead) if person.name == name)


def anna_works(team: Team, folder: Path) -> None:
    """All that a coder does in a round before finishing."""
    made = team.code(team.anna, "money is there", "ECO-FUND", valence="facilitator", memo="zebra memo")
    decisions.add_example(team.engine, team.anna, UUID(made))
    own = proposals.propose_code(team.engine, team.anna, label="okapi code", parent="ORG")
    team.code(team.anna, "and money", own.key)
    changed = team.code(team.anna, "no time", "IMP-FACIL")
    team.act(team.anna, type="change", coding=changed, code="ORG-IT", valence="mixed")
    gone = team.code(team.anna, "Nobody asked the patients", "PAT-ATT")
    team.act(team.anna, type="retire", coding=gone)
    team.code(team.anna, "The GP", "ECO-FIN")
    team.act(team.anna, type="undo")
    interview = documents_of(team)[-1]
    path = a_file(
        folder / "anna.csv",
        [
            {"document": interview.title, "quote": "who pays", "code": "ECO-FUND", "memo": "giraffe memo"},
            {"document": interview.title, "quote": "to begin", "code": "PRO-ATT", "memo": ""},
        ],
    )
    assert coding.import_codings(team.engine, team.anna, path).imported == 2
    kept, _ = (
        findings.add_finding(
            team.engine,
            team.anna,
            source="Steering group",
            theme="ECO-FUND",
            row=row,
            statement=f"okapi statement on {row}",
            coverage="lynx coverage",
            coding_ids=[UUID(made)],
        )
        for row in ("walrus row", "Nobody has time")
    )
    findings.retire_finding(team.engine, team.anna, kept, reason="walrus reason")
    anna_writes(team, UUID(made))


def anna_writes(team: Team, coding_id: UUID) -> None:
    """Summaries of a document and of a case, and memos, which are shared as far as the round lets them be."""
    columns = framework_cells.framework_matrix(team.engine, team.anna, "Framework").columns
    for name, row, coding_ids in (("Framework", team.document.id, [coding_id]), ("Cases", "GP 1", [])):
        framework_cells.save_cell(
            team.engine,
            team.anna,
            name,
            row=row,
            code_id=columns[0].code_id,
            text="zebra summary",
            coding_ids=coding_ids,
        )
    for about, about_id in (("document", team.document.id), ("coding", coding_id)):
        memos.write_memo(
            team.engine,
            team.anna,
            kind="reflexive",
            about=about,
            about_id=about_id,
            text="giraffe memo",
            shared=True,
        )


def documents_of(team: Team) -> tuple[documents.StoredDocument, ...]:
    return tuple(documents.list_documents(team.engine, team.lead))


def look(team: Team, viewer: Member, folder: Path) -> Look:
    study = studies.find_study(team.engine, "Region")
    return Look(team.engine, viewer, study, documents_of(team), "First round", folder)


def told(team: Team, viewer: Member, folder: Path) -> dict[str, str]:
    return all_told(look(team, viewer, folder), leave_out=WRITTEN_REPORTS)


def told_with_reports(team: Team, viewer: Member, folder: Path) -> dict[str, str]:
    return all_told(look(team, viewer, folder))


def annas_words(answers: dict[str, str]) -> dict[str, list[str]]:
    return words_in(answers, WORDS)


# --- the sweep over every service --------------------------------------------------------------------


def test_every_service_is_known_to_the_sweep() -> None:
    known = [*READERS, *ACTS, *WITHOUT_PERSON]
    assert sorted(known) == sorted(services())  # a new one has to be put into a table of readers.py


def test_nothing_changes_for_the_other_coder_while_one_works_blind(region: Team, tmp_path: Path) -> None:
    region.open_round()
    before = told_with_reports(region, region.bram, tmp_path)
    anna_works(region, tmp_path)
    after = told_with_reports(region, region.bram, tmp_path)
    assert differing(before, after) == set()
    assert annas_words(after) == {}


@pytest.mark.parametrize("viewer", ["Bram", "Claire", "Lena"])
def test_finishing_tells_others_nothing_and_the_lead_only_how_far(
    quick_region: Team, tmp_path: Path, viewer: str
) -> None:
    person = member(quick_region, viewer)
    quick_region.open_round()
    before = told(quick_region, person, tmp_path)
    anna_works(quick_region, tmp_path)
    quick_region.finish(quick_region.anna)
    after = told(quick_region, person, tmp_path)
    assert differing(before, after) == (PROGRESS if person.is_lead else set())
    assert annas_words(after) == {}


def test_nothing_changes_for_a_lead_who_codes_in_the_round(quick_region: Team, tmp_path: Path) -> None:
    quick_region.open_round(coders=["Anna", "Lena"])
    before = told(quick_region, quick_region.lead, tmp_path)
    anna_works(quick_region, tmp_path)
    quick_region.finish(quick_region.anna)
    assert differing(before, told(quick_region, quick_region.lead, tmp_path)) == set()


def test_nothing_changes_for_others_when_the_lead_imports_for_a_coder(
    quick_region: Team, tmp_path: Path
) -> None:
    quick_region.open_round()
    before = told(quick_region, quick_region.bram, tmp_path)
    rows = [
        {"document": "Report 1", "quote": "no time", "code": "ECO-FUND", "coder": "Anna", "memo": "zebra"}
    ]
    path = a_file(tmp_path / "anna.csv", rows)
    assert coding.import_codings(quick_region.engine, quick_region.lead, path).imported == 1
    assert differing(before, told(quick_region, quick_region.bram, tmp_path)) == set()
    assert not annas_words({"codings": str(coding.codings_of(quick_region.engine, quick_region.lead))})


def test_who_has_finished_still_sees_nothing_of_the_other(quick_region: Team, tmp_path: Path) -> None:
    quick_region.open_round()
    quick_region.finish(quick_region.bram)
    before = told(quick_region, quick_region.bram, tmp_path)
    anna_works(quick_region, tmp_path)
    assert differing(before, told(quick_region, quick_region.bram, tmp_path)) == set()
    quick_region.finish(quick_region.anna)
    after = told(quick_region, quick_region.bram, tmp_path)
    that_all_have_finished = {"rounds.find_round", "rounds.rounds_of", "coding.coding_screen"}
    assert differing(before, after) <= that_all_have_finished
    assert annas_words(after) == {}


def test_when_all_have_finished_the_lead_is_told_so_and_nothing_more(
    quick_region: Team, tmp_path: Path
) -> None:
    quick_region.open_round()
    anna_works(quick_region, tmp_path)
    quick_region.finish(quick_region.anna)
    before = told(quick_region, quick_region.lead, tmp_path)
    quick_region.finish(quick_region.bram)
    after = told(quick_region, quick_region.lead, tmp_path)
    assert differing(before, after) <= PROGRESS | {"overview.next_steps"}
    assert annas_words(after) == {}


def test_reveal_shows_everything_to_everyone(quick_region: Team, tmp_path: Path) -> None:
    quick_region.open_round()
    anna_works(quick_region, tmp_path)
    quick_region.finish(quick_region.anna, quick_region.bram)
    quick_region.reveal()
    shown = annas_words(told_with_reports(quick_region, quick_region.bram, tmp_path))
    assert set(shown["coding.codings_of"]) == {"zebra", "giraffe"}
    assert {"coding.coding_screen", "coding.export_codings", "agreement.agreement_of_round"} <= set(shown)
    assert {"triangulation.triangulate", "reporting.report_page"} <= set(shown)
    for person in (quick_region.anna, quick_region.lead, member(quick_region, "Claire")):
        assert {c.coder for c in coding.codings_of(quick_region.engine, person)} >= {"Anna", "Bram"}
        assert all(line.seq for line in keeping.log_of(quick_region.engine, person))


def test_sweep_notices_what_an_open_round_shows(quick_region: Team, tmp_path: Path) -> None:
    """The same sweep where others may be seen: it would find nothing if it compared nothing."""
    quick_region.open_round(blind=False)
    before = told_with_reports(quick_region, quick_region.bram, tmp_path)
    anna_works(quick_region, tmp_path)
    quick_region.finish(quick_region.anna)
    after = told_with_reports(quick_region, quick_region.bram, tmp_path)
    assert differing(before, after) == {
        "codebook_tree.code_counts",
        "codebook_tree.code_tree",
        "codebooks.codes_known",
        "decisions.examples_of",
        "proposals.proposals_of",
        "rollups.findings_in_groups",
        "rollups.groups_of_rows",
        "rollups.rolled_up",
        "rollups.rollup_file",
        "coding.coding_screen",
        "coding.codings_in",
        "coding.codings_of",
        "coding.export_codings",
        "framework_cells.drafts_of",
        "framework_files.framework_bytes",
        "framework_cells.framework_matrix",
        "frameworks.frameworks_of",
        "framework_cells.passages_for",
        "asking.asking",
        "asking.choices",
        "asking.extent",
        "retrieval.find_passages",
        "code_matrix.matrix",
        "timeline.over_time",
        "snapshot.snapshot_of",
        "code_matrix.passages_of_cell",
        "cooccurrence.passages_together",
        "cooccurrence.together",
        "framework_files.write_framework",
        "keeping.log_of",
        "memos.export_memos",
        "memos.memos_file",
        "memos.memos_of",
        "overview.finished_by",
        "overview.last_events",
        "overview.readings_of",
        "overview.sources_of",
        "opportunities.opportunities_file",
        "opportunities.themes_of_map",
        "protocol.protocol_of",
        "reporting.report_bytes",
        "reporting.report_for",
        "reporting.report_page",
        "reporting.write_report",
        "merging.preview_merge",
        "recoding.quotes_in_group",
        "recoding.quotes_of",
        "robustness.robustness_of",
        "rounds.find_round",
        "rounds.rounds_of",
        "findings.export_findings",
        "judging.history_of",
        "prominence.prominence_evidence",
        "prominence.participants_of",
        "chronicle.themes_over_time",
        "finding_origins.cells_for",
        "sorting.candidates_for",
        "findings.findings_taken_back",
        "relations.quotes_for",
        "triangulation.triangulate",
    }


def test_a_coder_sees_all_of_their_own(quick_region: Team, tmp_path: Path) -> None:
    quick_region.open_round()
    anna_works(quick_region, tmp_path)
    shown = annas_words(told(quick_region, quick_region.anna, tmp_path))
    assert set(shown["coding.codings_of"]) == {"zebra", "giraffe"}
    assert set(shown["triangulation.triangulate"]) >= {"okapi", "lynx"}


# --- single ways ------------------------------------------------------------------------------------


def test_what_was_coded_before_the_round_is_hidden_while_it_is_open(quick_team: Team) -> None:
    quick_team.code(quick_team.anna, "no time", memo="zebra memo")
    assert len(quick_team.seen(quick_team.bram)) == 1
    quick_team.open_round()
    assert quick_team.seen(quick_team.bram) == []
    assert codebook_tree.code_counts(quick_team.engine, quick_team.bram).total() == 0


def test_documents_outside_the_round_stay_open_to_all(quick_team: Team) -> None:
    outside = quick_team.add_document("The nurse helps.", title="Outside")
    quick_team.open_round(documents=[quick_team.document])
    quick_team.code(quick_team.anna, "no time")
    quick_team.code(quick_team.anna, "nurse", document=outside)
    seen = coding.codings_of(quick_team.engine, quick_team.bram)
    assert [(found.coder, found.quote) for found in seen] == [("Anna", "nurse")]


def test_a_second_blind_round_on_a_revealed_document_is_blind_again(quick_team: Team) -> None:
    quick_team.open_round()
    quick_team.finish(quick_team.anna, quick_team.bram)
    quick_team.reveal()
    quick_team.open_round("Second round")
    quick_team.code(quick_team.anna, "no time")
    assert quick_team.seen(quick_team.bram) == quick_team.seen(quick_team.lead) == []


def test_what_a_blind_coder_does_is_answered_as_if_the_other_had_done_nothing(
    quick_team: Team, tmp_path: Path
) -> None:
    quick_team.open_round()
    quick_team.code(quick_team.anna, "no time", "ECO-FUND")
    quick_team.code(quick_team.bram, "no time", "ECO-FUND")  # not "coded already"
    rows = [{"document": "Report 1", "quote": "money is there", "code": "ECO-FUND"}]
    path = a_file(tmp_path / "bram.csv", rows)
    quick_team.code(quick_team.anna, "money is there", "ECO-FUND")
    assert coding.import_codings(quick_team.engine, quick_team.bram, path).imported == 1
    assert rounds.finish(quick_team.engine, quick_team.bram, None).codings == 2


def test_finding_cannot_rest_on_a_coding_that_one_may_not_see(quick_team: Team) -> None:
    quick_team.open_round()
    made = quick_team.code(quick_team.anna, "no time")
    with pytest.raises(triangulation.NotThere):
        findings.add_finding(
            quick_team.engine,
            quick_team.bram,
            source="Steering group",
            theme="ECO-FUND",
            statement="It says so.",
            coding_ids=[UUID(made)],
        )
    assert quick_team.count(tables.finding) == 0


def test_excerpts_from_blind_documents_are_left_out_of_findings_of_another_source(quick_team: Team) -> None:
    quick_team.add_source("Interviews")
    made = quick_team.code(quick_team.anna, "money is there")
    findings.add_finding(
        quick_team.engine,
        quick_team.anna,
        source="Interviews",
        theme="ECO-FUND",
        statement="Money is there.",
        coding_ids=[UUID(made)],
    )
    quick_team.open_round()
    for person, excerpts in ((quick_team.bram, 0), (quick_team.lead, 0), (quick_team.anna, 1)):
        (finding,) = triangulation.triangulate(quick_team.engine, person).findings
        assert len(finding.excerpts) == excerpts


def test_event_numbers_are_withheld_as_soon_as_a_blind_round_opens(quick_team: Team) -> None:
    assert all(line.seq for line in keeping.log_of(quick_team.engine, quick_team.bram))
    quick_team.open_round()
    for person in (quick_team.anna, quick_team.bram, quick_team.lead):
        assert {line.seq for line in keeping.log_of(quick_team.engine, person)} == {None}


def test_coded_by_names_nobody_whose_codings_are_hidden(quick_team: Team) -> None:
    quick_team.open_round()
    quick_team.code(quick_team.anna, "no time")
    quick_team.code(quick_team.bram, "no time")
    (seen_by_bram,) = overview.sources_of(quick_team.engine, quick_team.bram)
    (seen_by_lead,) = overview.sources_of(quick_team.engine, quick_team.lead)
    assert (seen_by_bram.coders, seen_by_lead.coders) == (("Bram",), ())


# --- judging alone -----------------------------------------------------------------------------------


def anna_judges(team: Team) -> None:
    (row,) = triangulation.triangulate(team.engine, team.anna).matrix.rows
    pair = {"row": row, "source_a": "Interviews", "source_b": "Steering group"}
    judging.judge_existence(team.engine, team.anna, row=row, source="Interviews", speaks=True)
    judging.judge_pair(
        team.engine, team.anna, **pair, assigned="dissonance", reason="zebra reason", expected="unclear"
    )


@pytest.mark.parametrize("viewer", ["Bram", "Lena"])
def test_judgements_before_the_lock_tell_others_only_who_judges(
    quick_region: Team, tmp_path: Path, viewer: str
) -> None:
    person = member(quick_region, viewer)
    before = told(quick_region, person, tmp_path)
    anna_judges(quick_region)
    after = told(quick_region, person, tmp_path)
    # The page says that Anna judges too; the log loses its numbers, which would count what she did, and the
    # report the number of the last event. From now on a change of rows needs a reason.
    assert differing(before, after) == {
        "triangulation.triangulate",
        "keeping.log_of",
        "reporting.report_for",
        "sorting.sorting_of",
    }
    assert annas_words(after) == {}
    found = triangulation.triangulate(quick_region.engine, person)
    assert (found.hidden, found.judges, found.judgements, found.existences) == (("Anna",), ("Anna",), (), ())


def test_judgements_are_read_when_both_have_locked(quick_region: Team, tmp_path: Path) -> None:
    anna_judges(quick_region)
    (row,) = triangulation.triangulate(quick_region.engine, quick_region.bram).matrix.rows
    judging.judge_existence(
        quick_region.engine, quick_region.bram, row=row, source="Interviews", speaks=False
    )
    judging.lock_judgements(quick_region.engine, quick_region.anna)
    assert annas_words(told(quick_region, quick_region.bram, tmp_path)) == {}
    judging.lock_judgements(quick_region.engine, quick_region.bram)
    shown = annas_words(told(quick_region, quick_region.bram, tmp_path))
    assert {"triangulation.triangulate", "judging.export_judgements"} <= set(shown)
    assert {
        s.researcher for s in triangulation.triangulate(quick_region.engine, quick_region.anna).existences
    } == {
        "Anna",
        "Bram",
    }
