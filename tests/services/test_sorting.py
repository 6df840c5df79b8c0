"""Sorting: findings and what they are made from, rows that are renamed and merged, lists made alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from corpus.errors import UserFacingError
from corpus.models import Document
from store import tables
from store.studies import Member
from tests.services.readers import WRITTEN_REPORTS, Look, all_told, differing, words_in
from tests.services.team import Team, a_file
from triangulation.models import Finding, Row
from triangulation.protocol import ALONE, ProtocolPage
from workbench.services import (
    documents,
    finding_origins,
    findings,
    framework_cells,
    frameworks,
    importing,
    judging,
    keeping,
    protocol,
    sorting,
    studies,
    triangulation,
)
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.findings import SurveyResult

MONEY, TIME = Row("ECO-FUND", "Money is there"), Row("PRO-KNOW", "Nobody has time")


def find(team: Team, person: Member, row: Row = MONEY, **more: Any) -> UUID:
    said = {"source": "Steering group", "theme": row.theme, "row": row.statement, "statement": "So it is."}
    return findings.add_finding(team.engine, person, **(said | more))


def seen(team: Team, viewer: Member) -> list[Finding]:
    return list(triangulation.triangulate(team.engine, viewer).findings)


def only(team: Team, viewer: Member) -> Finding:
    (found,) = seen(team, viewer)
    return found


def rows(team: Team, viewer: Member) -> list[str]:
    return [row.statement for row in triangulation.triangulate(team.engine, viewer).matrix.rows]


def sort_alone(team: Team, *judges: str) -> None:
    protocol.write_protocol(
        team.engine, team.lead, ProtocolPage(sorting=ALONE, judges=judges), reason="As Aalst did"
    )


# --- findings ----------------------------------------------------------------------------------------


def test_finding_keeps_question_coverage_origin_scale_and_weight(team: Team) -> None:
    find(
        team,
        team.anna,
        question="What  holds it up?",
        sites=["Oudermeer", " Oudermeer ", "Meerdonkel"],
        groups=["GPs"],
        periods=["2021", "2022"],
        scale="meso",
        weight="commentary",
    )
    found = only(team, team.bram)
    assert (found.question, found.scale, found.weight, found.origin) == (
        "What holds it up?",
        "meso",
        "commentary",
        "hand",
    )
    assert (found.sites, found.groups, found.periods) == (
        ("Oudermeer", "Meerdonkel"),
        ("GPs",),
        ("2021", "2022"),
    )
    assert team.problems() == []


@pytest.mark.parametrize("wrong", [{"scale": "giga"}, {"weight": "heavy"}])
def test_a_word_out_of_the_set_is_refused_and_leaves_nothing(quick_team: Team, wrong: dict[str, str]) -> None:
    with pytest.raises(UserFacingError, match="Use one of"):
        find(quick_team, quick_team.anna, **wrong)
    assert quick_team.count(tables.finding) == 0


def test_several_findings_of_one_source_stand_under_one_theme(quick_team: Team) -> None:
    for statement in ("It came.", "It ends."):
        find(quick_team, quick_team.anna, statement=statement)
    assert [found.statement for found in seen(quick_team, quick_team.bram)] == ["It came.", "It ends."]


def test_changed_finding_keeps_its_writer_its_quotes_and_its_history(team: Team) -> None:
    made = team.code(team.anna, "money is there")
    first = find(team, team.anna, coding_ids=[UUID(made)], sites=["Oudermeer"], valence="facilitator")
    changed = findings.change_finding(
        team.engine, team.lead, first, statement="Money came.", valence=None, reason="clearer"
    )
    found = only(team, team.anna)
    assert (found.id, found.researcher, found.statement, found.valence) == (
        changed,
        "Anna",
        "Money came.",
        None,
    )
    assert ([e.quote for e in found.excerpts], found.sites) == (["money is there"], ("Oudermeer",))
    line = keeping.log_of(team.engine, team.anna)[-1]
    assert (line.action, line.actor, line.reason) == ("finding.change", "Lena", "clearer")
    assert team.problems() == []


def test_change_adds_and_removes_quotes_and_moves_the_finding(quick_team: Team) -> None:
    made, more = (UUID(quick_team.code(quick_team.anna, words)) for words in ("money is there", "no time"))
    first = find(quick_team, quick_team.anna, coding_ids=[made])
    (quote,) = only(quick_team, quick_team.anna).excerpts
    findings.change_finding(
        quick_team.engine,
        quick_team.anna,
        first,
        without=[quote],
        coding_ids=[more],
        theme=TIME.theme,
        row=TIME.statement,
    )
    found = only(quick_team, quick_team.anna)
    assert ([e.quote for e in found.excerpts], found.row) == (["no time"], TIME)
    assert rows(quick_team, quick_team.anna) == [TIME.statement]  # nothing stands in the other any more


def test_change_is_undone(quick_team: Team) -> None:
    first = find(quick_team, quick_team.anna, statement="It came.")
    changed = findings.change_finding(quick_team.engine, quick_team.anna, first, statement="It went.")
    findings.undo_change(quick_team.engine, quick_team.anna, changed)
    assert only(quick_team, quick_team.anna).statement == "It came."
    assert quick_team.problems() == []


def test_a_finding_never_changed_has_no_change_to_undo(quick_team: Team) -> None:
    first = find(quick_team, quick_team.anna)
    with pytest.raises(NotThere, match="not changed"):
        findings.undo_change(quick_team.engine, quick_team.anna, first)


def test_only_writer_and_lead_change_and_bring_back(quick_team: Team) -> None:
    first = find(quick_team, quick_team.anna)
    with pytest.raises(NotAllowed, match="Anna or the lead can change"):
        findings.change_finding(quick_team.engine, quick_team.bram, first, statement="Mine")
    findings.retire_finding(quick_team.engine, quick_team.anna, first)
    with pytest.raises(NotAllowed, match="Anna or the lead can bring back"):
        findings.bring_back(quick_team.engine, quick_team.bram, first)


def test_finding_taken_back_is_brought_back_with_all_it_had(team: Team) -> None:
    made = team.code(team.anna, "money is there")
    first = find(team, team.anna, coding_ids=[UUID(made)], periods=["2022"])
    findings.retire_finding(team.engine, team.anna, first)
    assert seen(team, team.anna) == []
    (gone,) = findings.findings_taken_back(team.engine, team.anna)
    findings.bring_back(team.engine, team.anna, gone.id)
    found = only(team, team.anna)
    assert ([e.quote for e in found.excerpts], found.periods, found.researcher) == (
        ["money is there"],
        ("2022",),
        "Anna",
    )
    assert findings.findings_taken_back(team.engine, team.anna) == []
    with pytest.raises(NotThere):
        findings.bring_back(team.engine, team.anna, first)
    assert team.problems() == []


def test_finding_from_a_file_keeps_its_coverage_and_comes_out_the_same(
    quick_team: Team, tmp_path: Path
) -> None:
    made = find(quick_team, quick_team.anna, sites=["A | B", "C"], scale="micro", question="Why?")
    out = tmp_path / "out.csv"
    assert findings.export_findings(quick_team.engine, quick_team.anna, out) == 1
    findings.retire_finding(quick_team.engine, quick_team.anna, made)
    assert findings.import_findings(quick_team.engine, quick_team.anna, out).imported == 1
    found = only(quick_team, quick_team.anna)
    assert (found.sites, found.scale, found.question, found.origin) == (
        ("A | B", "C"),
        "micro",
        "Why?",
        "hand",
    )


def test_finding_of_a_file_that_says_nothing_of_it_has_no_origin(quick_team: Team, tmp_path: Path) -> None:
    line = {"source": "Steering group", "theme": "ECO-FUND", "row": "", "statement": "It is."}
    findings.import_findings(quick_team.engine, quick_team.anna, a_file(tmp_path / "f.csv", [line]))
    assert only(quick_team, quick_team.anna).origin is None


# --- what they are made from -------------------------------------------------------------------------


def test_finding_from_a_framework_cell_takes_its_quotes_along(quick_team: Team) -> None:
    made = UUID(quick_team.code(quick_team.anna, "money is there"))
    cell(quick_team, quick_team.document, "There is money for a start.", made)
    (offered,) = finding_origins.cells_for(quick_team.engine, quick_team.bram, "Steering group", "ECO-FUND")
    assert (offered.text, offered.excerpts, offered.row) == ("There is money for a start.", 1, "Report 1")
    find(quick_team, quick_team.bram, statement=offered.text, cell_id=offered.id)
    found = only(quick_team, quick_team.bram)
    assert (found.origin, [e.coding_id for e in found.excerpts]) == ("framework", [made])


def cell(team: Team, document: Document, text: str, *coding_ids: UUID) -> None:
    frameworks.add_framework(team.engine, team.lead, "Framework", themes=["ECO-FUND"])
    (column,) = framework_cells.framework_matrix(team.engine, team.lead, "Framework").columns
    framework_cells.save_cell(
        team.engine,
        team.anna,
        "Framework",
        row=document.id,
        code_id=column.code_id,
        text=text,
        coding_ids=coding_ids,
    )


def test_a_cell_of_another_source_or_theme_is_not_offered_and_refused(quick_team: Team) -> None:
    quick_team.add_source("Interviews")
    cell(quick_team, quick_team.document, "There is money.")
    asked = quick_team.engine, quick_team.bram
    (offered,) = finding_origins.cells_for(*asked, "Steering group", "ECO-FUND")
    assert finding_origins.cells_for(*asked, "Interviews", "ECO-FUND") == []
    assert finding_origins.cells_for(*asked, "Steering group", "PRO-KNOW") == []
    with pytest.raises(NotThere, match="another source"):
        find(quick_team, quick_team.bram, source="Interviews", cell_id=offered.id)


def test_cells_of_a_blind_round_are_not_offered_to_others(quick_team: Team) -> None:
    quick_team.open_round()
    cell(quick_team, quick_team.document, "zebra summary")
    assert finding_origins.cells_for(quick_team.engine, quick_team.bram, "Steering group", "ECO-FUND") == []
    assert (
        len(finding_origins.cells_for(quick_team.engine, quick_team.anna, "Steering group", "ECO-FUND")) == 1
    )


@pytest.fixture
def survey(quick_team: Team, tmp_path: Path) -> Team:
    """A survey of five, of whom four rated."""
    lines = [
        {"who": f"R{n}", "trust": trust, "answer": f"Answer number {n} in a sentence of its own."}
        for n, trust in enumerate(("4", "5", "5", "2", ""))
    ]
    (*taken,) = importing.import_paths(
        quick_team.engine,
        quick_team.lead,
        [a_file(tmp_path / "survey.csv", lines)],
        source="Survey",
        kind="survey",
        wishes=importing.Wishes(text_column="answer", title_column="who"),
    )
    assert {result.status for result in taken} == {"imported"}
    return quick_team


def test_survey_result_is_counted_and_kept_as_words_without_a_place(survey: Team) -> None:
    (asked,) = finding_origins.answers_for(survey.engine, survey.anna, "Survey")
    assert (asked.question, asked.answered, asked.not_answered) == ("trust", 4, 1)
    find(survey, survey.anna, source="Survey", counted=SurveyResult("trust", ("4", "5")))
    found = only(survey, survey.anna)
    (excerpt,) = found.excerpts
    assert (found.origin, excerpt.document_id) == ("survey", None)
    assert excerpt.quote == "trust: 3 of 4 answered 4 or 5; 1 not answered"


def test_answers_that_are_not_there_are_refused(survey: Team) -> None:
    with pytest.raises(UserFacingError, match="no answers to count"):
        find(survey, survey.anna, source="Survey", counted=SurveyResult("mood", ("4",)))
    with pytest.raises(UserFacingError, match="was not given"):
        find(survey, survey.anna, source="Survey", counted=SurveyResult("trust", ("3",)))


# --- rows --------------------------------------------------------------------------------------------


@pytest.fixture
def pair(team: Team) -> Team:
    return with_two_sources(team)


@pytest.fixture
def quick_pair(quick_team: Team) -> Team:
    return with_two_sources(quick_team)


def with_two_sources(team: Team) -> Team:
    team.add_document("Money is there, I hear.", title="Interview 1", source=team.add_source("Interviews"))
    for row in (MONEY, TIME):
        for source in ("Interviews", "Steering group"):
            find(team, team.anna, row, source=source)
    return team


def judge(team: Team, person: Member, row: Row, code: str, **more: str) -> None:
    judging.judge_pair(
        team.engine,
        person,
        row=row,
        source_a="Interviews",
        source_b="Steering group",
        assigned=code,
        reason="I say so",
        **more,
    )


def test_renamed_row_takes_everything_along_and_undo_gives_it_back(pair: Team) -> None:
    judge(pair, pair.bram, MONEY, "agreement")
    sorting.rename_row(pair.engine, pair.anna, MONEY, "There is money", reason="shorter")
    found = triangulation.triangulate(pair.engine, pair.bram)
    assert [row.statement for row in found.matrix.rows] == ["Nobody has time", "There is money"]
    assert found.judgements[0].row.statement == "There is money"
    assert {f.row.statement for f in found.findings} == {"Nobody has time", "There is money"}
    (moved,) = sorting.sorting_of(pair.engine, pair.anna).moves
    sorting.undo_move(pair.engine, pair.anna, moved.id, reason="longer again")
    assert rows(pair, pair.bram) == ["Nobody has time", "Money is there"]
    assert pair.problems() == []


def test_merged_rows_are_one_row_and_undo_parts_them(pair: Team) -> None:
    sorting.merge_rows(pair.engine, pair.bram, TIME, into=MONEY)
    found = triangulation.triangulate(pair.engine, pair.anna)
    assert found.matrix.rows == (MONEY,)
    assert len(found.findings) == 4
    (moved,) = sorting.sorting_of(pair.engine, pair.bram).moves
    assert (moved.kind, moved.row, moved.into, moved.mine) == ("merge", TIME, MONEY, True)
    sorting.undo_move(pair.engine, pair.bram, moved.id)
    assert set(triangulation.triangulate(pair.engine, pair.anna).matrix.rows) == {MONEY, TIME}
    assert pair.problems() == []


def test_row_renamed_back_has_its_words_again_and_undo_the_new_ones(quick_pair: Team) -> None:
    engine, anna = quick_pair.engine, quick_pair.anna
    new = Row(MONEY.theme, "There is money")
    sorting.rename_row(engine, anna, MONEY, new.statement)
    sorting.rename_row(engine, anna, new, MONEY.statement)
    assert MONEY.statement in rows(quick_pair, anna)
    (moved,) = sorting.sorting_of(engine, anna).moves
    sorting.undo_move(engine, anna, moved.id)
    assert new.statement in rows(quick_pair, anna)
    assert MONEY.statement not in rows(quick_pair, anna)
    assert {f.row for f in seen(quick_pair, anna)} == {new, TIME}


def test_words_of_another_row_are_refused_with_the_remedy(quick_pair: Team) -> None:
    find(quick_pair, quick_pair.anna, Row(MONEY.theme, "It ends"))
    with pytest.raises(UserFacingError, match="Merge this one into it"):
        sorting.rename_row(quick_pair.engine, quick_pair.anna, MONEY, "It ends")
    with pytest.raises(UserFacingError, match="needs words"):
        sorting.rename_row(quick_pair.engine, quick_pair.anna, MONEY, "  ")
    with pytest.raises(UserFacingError, match="itself"):
        sorting.merge_rows(quick_pair.engine, quick_pair.anna, MONEY, into=MONEY)
    with pytest.raises(NotThere):
        sorting.merge_rows(quick_pair.engine, quick_pair.anna, MONEY, into=Row("ECO-FUND", "Nowhere"))


def test_finding_written_under_the_old_words_stands_in_the_row_as_it_is_now(quick_pair: Team) -> None:
    sorting.rename_row(quick_pair.engine, quick_pair.anna, MONEY, "There is money")
    find(quick_pair, quick_pair.bram, MONEY, statement="Late.")
    assert seen(quick_pair, quick_pair.bram)[-1].row.statement == "There is money"


def test_file_read_again_after_a_renaming_brings_no_finding_twice(quick_pair: Team, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    findings.export_findings(quick_pair.engine, quick_pair.anna, out)
    sorting.rename_row(quick_pair.engine, quick_pair.anna, MONEY, "There is money")
    taken = findings.import_findings(quick_pair.engine, quick_pair.anna, out)
    assert (taken.imported, taken.duplicates) == (0, 4)


def test_judging_a_renamed_row_again_replaces_the_earlier_judgement(quick_pair: Team) -> None:
    judge(quick_pair, quick_pair.bram, MONEY, "agreement")
    new = Row(MONEY.theme, "There is money")
    sorting.rename_row(quick_pair.engine, quick_pair.lead, MONEY, new.statement, reason="shorter")
    judge(quick_pair, quick_pair.bram, new, "dissonance")
    (judged,) = triangulation.triangulate(quick_pair.engine, quick_pair.bram).judgements
    assert (judged.row, judged.assigned) == (new, "dissonance")
    earlier = judging.history_of(quick_pair.engine, quick_pair.bram, new, ("Interviews", "Steering group"))
    assert "agreement" in str(earlier)


def test_rows_judged_differently_by_one_researcher_are_not_merged(quick_pair: Team) -> None:
    judge(quick_pair, quick_pair.bram, MONEY, "agreement")
    judge(quick_pair, quick_pair.bram, TIME, "dissonance")
    with pytest.raises(
        UserFacingError, match="Bram has judged how 'Interviews' and 'Steering group' compare"
    ):
        sorting.merge_rows(quick_pair.engine, quick_pair.bram, TIME, into=MONEY, reason="the same")
    judge(quick_pair, quick_pair.bram, TIME, "agreement")
    sorting.merge_rows(quick_pair.engine, quick_pair.bram, TIME, into=MONEY, reason="the same")
    (judged,) = triangulation.triangulate(quick_pair.engine, quick_pair.bram).judgements
    assert (judged.row, judged.assigned) == (MONEY, "agreement")


def test_rows_on_which_a_researcher_says_otherwise_who_speaks_are_not_merged(quick_pair: Team) -> None:
    for row, speaks in ((MONEY, True), (TIME, False)):
        judging.judge_existence(
            quick_pair.engine, quick_pair.bram, row=row, source="Interviews", speaks=speaks
        )
    with pytest.raises(UserFacingError, match="whether 'Interviews' speaks on both rows, and differently"):
        sorting.merge_rows(quick_pair.engine, quick_pair.bram, TIME, into=MONEY, reason="the same")


@pytest.mark.parametrize("second", ["agreement", "dissonance"])
def test_a_refused_merge_does_not_tell_what_another_judges(quick_pair: Team, second: str) -> None:
    judge(quick_pair, quick_pair.bram, MONEY, "agreement")
    judge(quick_pair, quick_pair.bram, TIME, second)
    for person in (quick_pair.anna, quick_pair.lead):
        with pytest.raises(UserFacingError, match="closed to you: Bram may have judged"):
            sorting.merge_rows(quick_pair.engine, person, TIME, into=MONEY, reason="the same")


def test_move_after_somebody_has_judged_needs_a_reason(quick_pair: Team) -> None:
    sorting.rename_row(quick_pair.engine, quick_pair.anna, MONEY, "There is money")
    judge(quick_pair, quick_pair.bram, TIME, "agreement")
    (moved,) = sorting.sorting_of(quick_pair.engine, quick_pair.anna).moves
    assert sorting.sorting_of(quick_pair.engine, quick_pair.anna).needs_reason
    with pytest.raises(UserFacingError, match="needs a reason"):
        sorting.undo_move(quick_pair.engine, quick_pair.anna, moved.id)
    with pytest.raises(UserFacingError, match="needs a reason"):
        sorting.rename_row(quick_pair.engine, quick_pair.anna, TIME, "No time")
    sorting.rename_row(quick_pair.engine, quick_pair.anna, TIME, "No time", reason="shorter")


def test_only_who_moved_a_row_or_the_lead_undoes_it_and_once(quick_pair: Team) -> None:
    sorting.merge_rows(quick_pair.engine, quick_pair.anna, TIME, into=MONEY)
    (moved,) = sorting.sorting_of(quick_pair.engine, quick_pair.bram).moves
    assert not moved.mine
    with pytest.raises(NotAllowed):
        sorting.undo_move(quick_pair.engine, quick_pair.bram, moved.id)
    sorting.undo_move(quick_pair.engine, quick_pair.lead, moved.id)
    with pytest.raises(NotThere):
        sorting.undo_move(quick_pair.engine, quick_pair.lead, moved.id)


def test_added_row_is_listed_until_it_is_removed_and_again_after(quick_pair: Team) -> None:
    new = Row("PAT-ATT", "Patients hope")
    for _ in range(2):
        findings.add_row(quick_pair.engine, quick_pair.anna, theme=new.theme, statement=new.statement)
        assert new.statement in rows(quick_pair, quick_pair.bram)
        sorting.remove_row(quick_pair.engine, quick_pair.anna, new)
        assert new.statement not in rows(quick_pair, quick_pair.bram)


def test_row_in_which_something_stands_is_not_removed(quick_pair: Team) -> None:
    with pytest.raises(UserFacingError, match="Something stands in this row"):
        sorting.remove_row(quick_pair.engine, quick_pair.anna, MONEY)
    assert MONEY.statement in rows(quick_pair, quick_pair.anna)


def test_row_can_speak_of_one_group_alone(quick_pair: Team) -> None:
    sorting.scope_row(quick_pair.engine, quick_pair.anna, MONEY, "home nurses")
    sorting.scope_row(quick_pair.engine, quick_pair.anna, MONEY, "home nurses in Oudermeer")
    sorting.rename_row(quick_pair.engine, quick_pair.anna, MONEY, "There is money")
    new = Row(MONEY.theme, "There is money")
    assert sorting.sorting_of(quick_pair.engine, quick_pair.bram).scopes == {new: "home nurses in Oudermeer"}
    sorting.scope_row(quick_pair.engine, quick_pair.bram, new, "")
    assert sorting.sorting_of(quick_pair.engine, quick_pair.bram).scopes == {}
    assert quick_pair.problems() == []


def test_log_tells_who_renamed_merged_and_undid_what_and_why(quick_pair: Team) -> None:
    sorting.rename_row(quick_pair.engine, quick_pair.anna, MONEY, "There is money", reason="shorter")
    sorting.merge_rows(quick_pair.engine, quick_pair.lead, TIME, into=Row(MONEY.theme, "There is money"))
    moved = sorting.sorting_of(quick_pair.engine, quick_pair.lead).moves[-1]
    sorting.undo_move(quick_pair.engine, quick_pair.lead, moved.id, reason="two things")
    told = [
        (line.person, line.what, line.row, line.into, line.reason)
        for line in sorting.sorting_log(quick_pair.engine, quick_pair.bram)
    ]
    new = Row(MONEY.theme, "There is money")
    assert told == [
        ("Anna", "rename", MONEY, new, "shorter"),
        ("Lena", "merge", TIME, new, ""),
        ("Lena", "undo", TIME, new, "two things"),
    ]


def test_rows_that_may_mean_the_same_come_first(quick_pair: Team) -> None:
    find(quick_pair, quick_pair.anna, Row("ECO-FUND", "The money is there"))
    first, *rest = sorting.candidates_for(quick_pair.engine, quick_pair.anna, MONEY)
    assert (first.statement, rest) == ("The money is there", [TIME])


# --- alone -------------------------------------------------------------------------------------------

WORDS = ("zebra", "giraffe", "okapi")


@pytest.fixture
def alone(quick_team: Team) -> Team:
    """Each sorts alone; Bram and Claire have sorted a little, Anna nothing yet."""
    studies.add_person(quick_team.engine, quick_team.lead, "Claire")
    quick_team.add_document("Who pays?", title="Interview 1", source=quick_team.add_source("Interviews"))
    sort_alone(quick_team)
    for name in ("Bram", "Claire"):
        find(quick_team, member(quick_team, name), TIME, statement=f"{name} says so.")
    return quick_team


def member(team: Team, name: str) -> Member:
    return next(person for person in studies.team(team.engine, team.lead) if person.name == name)


def anna_sorts(team: Team) -> None:
    """All that a researcher does while sorting alone."""
    kept = find(team, team.anna, Row("ECO-FUND", "zebra row"), statement="okapi finding", sites=["giraffe"])
    kept = findings.change_finding(team.engine, team.anna, kept, statement="okapi again", reason="zebra why")
    gone = find(team, team.anna, TIME, statement="okapi shared row")
    findings.retire_finding(team.engine, team.anna, gone, reason="zebra reason")
    findings.bring_back(team.engine, team.anna, gone)
    findings.add_row(team.engine, team.anna, theme="PAT-ATT", statement="giraffe row")
    sorting.rename_row(team.engine, team.anna, TIME, "okapi renamed")
    sorting.merge_rows(
        team.engine, team.anna, Row("ECO-FUND", "zebra row"), into=Row("PAT-ATT", "giraffe row")
    )
    sorting.scope_row(team.engine, team.anna, Row("PAT-ATT", "giraffe row"), "zebra group")


def told(team: Team, viewer: Member, folder: Path) -> dict[str, str]:
    study = studies.find_study(team.engine, "Region")
    listed = tuple(documents.list_documents(team.engine, team.lead))
    return all_told(
        Look(team.engine, viewer, study, listed, "First round", folder),
        leave_out=WRITTEN_REPORTS,
    )


@pytest.mark.parametrize("viewer", ["Bram", "Claire", "Lena"])
def test_nothing_changes_for_others_while_one_sorts_alone(alone: Team, tmp_path: Path, viewer: str) -> None:
    person = member(alone, viewer)
    before = told(alone, person, tmp_path)
    anna_sorts(alone)
    after = told(alone, person, tmp_path)
    # That Anna sorts too may be known; the log loses its numbers, which would count what she did.
    assert differing(before, after) <= {"sorting.sorting_of", "keeping.log_of"}
    assert words_in(after, WORDS) == {}


def test_who_has_locked_sees_others_only_when_they_have_locked_too(alone: Team, tmp_path: Path) -> None:
    anna_sorts(alone)
    sorting.lock_sorting(alone.engine, alone.bram)
    assert words_in(told(alone, alone.bram, tmp_path), WORDS) == {}
    sorting.lock_sorting(alone.engine, alone.anna)
    assert words_in(told(alone, member(alone, "Claire"), tmp_path), WORDS) == {}
    shown = words_in(told(alone, alone.bram, tmp_path), WORDS)
    assert {"triangulation.triangulate", "findings.export_findings", "reporting.report_for"} <= set(shown)
    assert {"sorting.sorting_log", "keeping.log_of"} <= set(shown)


def test_a_lead_who_sorts_nothing_reads_what_is_locked_and_one_who_sorts_does_not(
    alone: Team, tmp_path: Path
) -> None:
    anna_sorts(alone)
    sorting.lock_sorting(alone.engine, alone.anna)
    assert words_in(told(alone, alone.lead, tmp_path), WORDS) != {}
    gone = find(alone, alone.lead, MONEY)
    assert words_in(told(alone, alone.lead, tmp_path), WORDS) == {}
    findings.retire_finding(alone.engine, alone.lead, gone)  # having sorted once is having sorted
    assert words_in(told(alone, alone.lead, tmp_path), WORDS) == {}


def test_a_lead_named_to_judge_reads_nothing_before_locking(alone: Team, tmp_path: Path) -> None:
    sort_alone(alone, "Lena", "Anna")
    anna_sorts(alone)
    sorting.lock_sorting(alone.engine, alone.anna)
    assert words_in(told(alone, alone.lead, tmp_path), WORDS) == {}


def test_rows_of_a_lead_who_sorts_nothing_are_the_list_of_all(alone: Team) -> None:
    findings.add_row(alone.engine, alone.lead, theme="PAT-ATT", statement="Patients hope")
    assert "Patients hope" in rows(alone, alone.bram)


def test_findings_that_the_lead_imports_for_one_who_sorts_alone_stay_theirs(
    alone: Team, tmp_path: Path
) -> None:
    line = {
        "source": "Interviews",
        "theme": "ECO-FUND",
        "row": "zebra row",
        "statement": "okapi finding",
        "researcher": "Anna",
    }
    before = told(alone, alone.bram, tmp_path)
    findings.import_findings(alone.engine, alone.lead, a_file(tmp_path / "anna.csv", [line]))
    assert words_in(told(alone, alone.bram, tmp_path), WORDS) == {}
    assert differing(before, told(alone, alone.bram, tmp_path)) <= {"sorting.sorting_of", "keeping.log_of"}


def test_locked_sorting_is_fixed_until_the_lead_reopens_it(alone: Team) -> None:
    mine = find(alone, alone.anna)
    sorting.lock_sorting(alone.engine, alone.anna)
    for act in (
        lambda: find(alone, alone.anna),
        lambda: findings.change_finding(alone.engine, alone.anna, mine, statement="Other"),
        lambda: findings.change_finding(alone.engine, alone.lead, mine, statement="Other"),
        lambda: findings.retire_finding(alone.engine, alone.anna, mine),
        lambda: findings.add_row(alone.engine, alone.anna, theme="PAT-ATT", statement="New"),
        lambda: sorting.rename_row(alone.engine, alone.anna, MONEY, "Other"),
    ):
        with pytest.raises(NotAllowed, match="locked"):
            act()
    with pytest.raises(NotAllowed, match="Only the lead"):
        sorting.reopen_sorting(alone.engine, alone.bram, "Anna", reason="again")
    with pytest.raises(UserFacingError, match="needs a reason"):
        sorting.reopen_sorting(alone.engine, alone.lead, "Anna", reason=" ")
    sorting.reopen_sorting(alone.engine, alone.lead, "Anna", reason="a source was forgotten")
    find(alone, alone.anna)
    with pytest.raises(NotThere):
        sorting.reopen_sorting(alone.engine, alone.lead, "Anna", reason="again")
    line = sorting.sorting_log(alone.engine, alone.lead)[-1]
    assert (line.what, line.person, line.researcher, line.reason) == (
        "reopen",
        "Lena",
        "Anna",
        "a source was forgotten",
    )


def test_file_with_findings_of_one_who_has_locked_is_refused_row_by_row(alone: Team, tmp_path: Path) -> None:
    sorting.lock_sorting(alone.engine, alone.bram)
    line = {"source": "Interviews", "theme": "ECO-FUND", "statement": "It is."}
    lines = [line | {"researcher": name} for name in ("Bram", "Claire")]
    taken = findings.import_findings(alone.engine, alone.lead, a_file(tmp_path / "both.csv", lines))
    assert (taken.imported, [refusal.row for refusal in taken.refused]) == (1, [2])
    assert "Bram has locked" in taken.refused[0].reason


def test_a_team_that_sorts_together_has_nothing_to_lock(quick_team: Team) -> None:
    with pytest.raises(UserFacingError, match="sorts together"):
        sorting.lock_sorting(quick_team.engine, quick_team.anna)


def test_lists_are_matched_when_all_have_locked_and_the_matching_is_a_result(alone: Team) -> None:
    find(alone, alone.anna, MONEY, statement="Anna says so.")
    find(alone, alone.bram, Row("ECO-FUND", "The money is there"), statement="There is.")
    into = MONEY
    with pytest.raises(NotThere):  # Anna's row is not to be seen yet
        sorting.merge_rows(
            alone.engine, alone.bram, Row("ECO-FUND", "The money is there"), into=into, kind="match"
        )
    for name in ("Anna", "Bram", "Claire"):
        assert sorting.sorting_of(alone.engine, member(alone, name)).alignment is None
        sorting.lock_sorting(alone.engine, member(alone, name))
    before = sorting.sorting_of(alone.engine, alone.anna).alignment
    assert before is not None
    assert before.listed == {"Anna": 1, "Bram": 2, "Claire": 1}
    assert len(before.by_one) == 2
    sorting.merge_rows(
        alone.engine, alone.lead, Row("ECO-FUND", "The money is there"), into=into, kind="match"
    )
    after = sorting.sorting_of(alone.engine, alone.bram).alignment
    assert after is not None
    assert ({row.row for row in after.by_some}, after.by_one, after.by_all) == ({TIME, MONEY}, (), ())
    matched = next(row for row in after.rows if row.row == MONEY)
    assert dict(matched.own) == {"Anna": (MONEY,), "Bram": (Row("ECO-FUND", "The money is there"),)}


def test_who_comes_to_sort_later_does_not_see_how_rows_were_renamed(alone: Team) -> None:
    for name in ("Bram", "Claire"):
        sorting.lock_sorting(alone.engine, member(alone, name))
    sorting.rename_row(alone.engine, alone.lead, TIME, "zebra row")
    find(alone, alone.anna, TIME, statement="Anna comes late.")
    assert rows(alone, alone.anna) == [TIME.statement]
    assert seen(alone, alone.anna)[0].row == TIME
    assert sorting.sorting_of(alone.engine, alone.anna).moves == ()
    assert "zebra row" in rows(alone, alone.bram)


def test_coming_to_the_same_words_tells_neither_of_the_two(alone: Team, tmp_path: Path) -> None:
    """As a finding, as a row of the list, and taken off it again: each log reads as if one were alone."""
    same, listed = Row("ECO-FUND", "Money is there"), Row("PAT-ATT", "Patients hope")

    def acts(person: Member) -> list[str]:
        return [
            f"{line.actor} {line.action}"
            for line in keeping.log_of(alone.engine, person)
            if line.actor in ("Anna", "Bram") and line.action.startswith(("row", "finding"))
        ]

    before = {person.name: acts(person) for person in (alone.anna, alone.bram)}
    for person in (alone.anna, alone.bram):
        find(alone, person, same, statement=f"{person.name} says so.")
        findings.add_row(alone.engine, person, theme=listed.theme, statement=listed.statement)
    for person in (alone.anna, alone.bram):
        new = acts(person)[len(before[person.name]) :]
        assert {act.split()[0] for act in new} == {person.name}
        assert [act.split()[1] for act in new] == ["row.add", "finding.add", "row.add"]
    sorting.remove_row(alone.engine, alone.bram, listed)
    assert listed.statement not in rows(alone, alone.bram)
    assert listed.statement in rows(alone, alone.anna)
    assert not [act for act in acts(alone.anna) if act.startswith("Bram row.")]
    for person in (alone.anna, alone.bram):
        (first, *_) = sorting.sorting_log(alone.engine, person)
        assert (first.person, first.what, first.row) == (person.name, "add", listed)
    assert alone.problems() == []


def test_row_of_a_hidden_finding_that_is_renamed_stays_hidden(quick_pair: Team) -> None:
    quick_pair.open_round(documents=[quick_pair.document])
    find(quick_pair, quick_pair.anna, Row("ECO-FUND", "zebra row"))
    sorting.rename_row(quick_pair.engine, quick_pair.anna, Row("ECO-FUND", "zebra row"), "okapi row")
    assert "okapi row" in rows(quick_pair, quick_pair.anna)
    assert not {"okapi row", "zebra row"} & set(rows(quick_pair, quick_pair.bram))
    assert sorting.sorting_of(quick_pair.engine, quick_pair.bram).moves == ()
    assert sorting.sorting_log(quick_pair.engine, quick_pair.bram) == []
