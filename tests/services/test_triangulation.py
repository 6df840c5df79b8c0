"""Findings, judging alone behind a lock, and the matrix that follows from them."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from codebook.errors import UnknownCode
from corpus.errors import UserFacingError
from store import tables
from store.engine import reading
from store.events import events_of
from store.studies import Member
from tests.services.team import TEXT, Team, a_file, a_team
from triangulation.models import ConvergenceCode, Finding, Meaning, Part, Row, Rule
from workbench.services import findings, judging, keeping, opportunities, protocol, studies
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.findings import RowsImported
from workbench.services.triangulation import triangulate

ROW = Row("ECO-FUND", "Money is there")
PAIR: dict[str, Any] = {"row": ROW, "source_a": "Interviews", "source_b": "Steering group"}


@pytest.fixture
def pair(team: Team) -> Team:
    return with_two_sources(team)


@pytest.fixture
def quick_pair(quick_team: Team) -> Team:
    return with_two_sources(quick_team)


def with_two_sources(team: Team) -> Team:
    """Two sources that both speak on one row, as Anna wrote down."""
    interviews = team.add_source("Interviews")
    team.add_document("Money is there, I hear.", title="Interview 1", source=interviews)
    for source in ("Interviews", "Steering group"):
        find(team, team.anna, source=source)
    return team


def find(team: Team, person: Member, **more: Any) -> UUID:
    wanted = {"source": "Steering group", "theme": ROW.theme, "row": ROW.statement, "statement": "It is."}
    return findings.add_finding(team.engine, person, **(wanted | more))


def judge(team: Team, person: Member, **parts: Any) -> None:
    judging.judge_pair(team.engine, person, **(PAIR | parts))


def codes(team: Team, viewer: Member, rule: Rule | None = None) -> dict[str, ConvergenceCode | None]:
    """The code of the one pair, by researcher, as the viewer may see it."""
    return {cell.researcher: cell.code for cell in triangulate(team.engine, viewer, rule=rule).matrix.cells}


def only_finding(team: Team) -> Finding:
    (found,) = triangulate(team.engine, team.lead).findings
    return found


# --- findings ----------------------------------------------------------------------------------------


def test_finding_rests_on_codings_with_their_place_in_a_document(team: Team) -> None:
    made = team.code(team.anna, "money is there", valence="facilitator")
    find(
        team, team.anna, valence="facilitator", prominence="main", importance="main", coding_ids=[UUID(made)]
    )
    found = only_finding(team)
    (excerpt,) = found.excerpts
    start = TEXT.index("money is there")
    assert (found.row, found.source, found.researcher) == (ROW, "Steering group", "Anna")
    assert (found.valence, found.prominence) == ("facilitator", "main")
    assert (excerpt.document_id, excerpt.start_char, excerpt.end_char) == (
        team.document.id,
        start,
        start + 14,
    )
    assert (excerpt.quote, excerpt.coding_id) == ("money is there", UUID(made))
    assert team.problems() == []


def test_finding_follows_a_coding_that_was_changed_meanwhile(quick_team: Team) -> None:
    made = quick_team.code(quick_team.anna, "money is there")
    changed = quick_team.act(quick_team.anna, type="change", coding=made, code="ECO-FIN")
    find(quick_team, quick_team.anna, coding_ids=[UUID(made)])
    assert [excerpt.coding_id for excerpt in only_finding(quick_team).excerpts] == [UUID(changed)]


def test_finding_keeps_its_quote_when_the_coding_is_taken_back(quick_team: Team) -> None:
    made = quick_team.code(quick_team.anna, "money is there")
    find(quick_team, quick_team.anna, coding_ids=[UUID(made)])
    quick_team.act(quick_team.anna, type="retire", coding=made)
    assert [excerpt.quote for excerpt in only_finding(quick_team).excerpts] == ["money is there"]
    with pytest.raises(NotThere, match="taken back"):
        find(quick_team, quick_team.anna, coding_ids=[UUID(made)])


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"statement": "  "}, UserFacingError),
        ({"source": "Nobody"}, NotThere),
        ({"theme": "NO-SUCH"}, UnknownCode),
    ],
    ids=lambda value: repr(value) if isinstance(value, dict) else None,
)
def test_finding_without_statement_source_or_theme_is_refused_and_leaves_nothing(
    quick_team: Team, wrong: dict[str, str], error: type[Exception]
) -> None:
    before = quick_team.count(tables.event)
    with pytest.raises(error):
        find(quick_team, quick_team.anna, **wrong)
    assert quick_team.count(tables.event) == before


def test_only_its_writer_or_the_lead_takes_a_finding_back(quick_team: Team) -> None:
    first, second = find(quick_team, quick_team.anna), find(quick_team, quick_team.anna)
    with pytest.raises(NotAllowed, match="Anna or the lead"):
        findings.retire_finding(quick_team.engine, quick_team.bram, first)
    findings.retire_finding(quick_team.engine, quick_team.anna, first)
    findings.retire_finding(quick_team.engine, quick_team.lead, second, reason="Said twice")
    assert triangulate(quick_team.engine, quick_team.lead).findings == ()
    with pytest.raises(NotThere):
        findings.retire_finding(quick_team.engine, quick_team.lead, second)
    with reading(quick_team.engine) as connection:
        last = list(events_of(connection, quick_team.lead.study_id))[-1]
    assert (last.actor_id, last.action, last.reason) == (quick_team.lead.id, "finding.retire", "Said twice")
    assert quick_team.problems() == []


# --- judging -----------------------------------------------------------------------------------------


def test_judgement_says_who_when_and_what_in_one_event(pair: Team) -> None:
    before = pair.count(tables.event)
    judge(pair, pair.anna, meaning="same", prominence="different")
    assert pair.count(tables.event) == before + 1
    (judgement,) = triangulate(pair.engine, pair.anna).judgements
    assert (judgement.meaning, judgement.prominence) == (Meaning.SAME, Part.DIFFERENT)
    assert (judgement.coverage, judgement.examples) == (None, None)  # not judged, which is no judgement
    assert pair.problems() == []


def test_last_word_counts_until_the_lock_and_the_same_word_again_is_no_change(quick_pair: Team) -> None:
    judge(quick_pair, quick_pair.anna, meaning="same")
    judge(quick_pair, quick_pair.anna, meaning="contradictory")
    before = quick_pair.count(tables.event)
    judge(quick_pair, quick_pair.anna, meaning="contradictory")
    assert quick_pair.count(tables.event) == before
    (judgement,) = triangulate(quick_pair.engine, quick_pair.anna).judgements
    assert judgement.meaning == "contradictory"
    assert quick_pair.count(tables.judgement) == 2


def test_pair_is_the_same_pair_from_either_side(quick_pair: Team) -> None:
    judge(quick_pair, quick_pair.anna, meaning="same")
    judge(quick_pair, quick_pair.anna, source_a="Steering group", source_b="Interviews", meaning="same")
    (judgement,) = triangulate(quick_pair.engine, quick_pair.anna).judgements
    assert (judgement.source_a, judgement.source_b) == ("Interviews", "Steering group")


@pytest.mark.parametrize(
    "wrong",
    [
        {"assigned": "agreement"},
        {"assigned": "agreement", "reason": "  "},
        {"assigned": "maybe", "reason": "because"},
        {"meaning": "alike"},
        {"prominence": "contradictory"},
        {"source_b": "Interviews"},
        {"source_b": "Nobody"},
    ],
    ids=repr,
)
def test_judgement_that_says_nothing_clear_is_refused(quick_pair: Team, wrong: dict[str, str]) -> None:
    before = quick_pair.count(tables.event)
    with pytest.raises((UserFacingError, ValueError)):
        judge(quick_pair, quick_pair.anna, **wrong)
    assert quick_pair.count(tables.event) == before


def test_locked_judgements_are_fixed_until_the_lead_reopens_them_with_a_reason(pair: Team) -> None:
    judge(pair, pair.anna, meaning="same")
    judging.lock_judgements(pair.engine, pair.anna)
    for act in (
        lambda: judge(pair, pair.anna, meaning="contradictory"),
        lambda: judging.judge_existence(pair.engine, pair.anna, row=ROW, source="Interviews", speaks=False),
    ):
        with pytest.raises(NotAllowed, match="locked"):
            act()
    with pytest.raises(NotAllowed):
        judging.reopen_judgements(pair.engine, pair.anna, "Anna", reason="A slip")
    with pytest.raises(UserFacingError, match="reason"):
        judging.reopen_judgements(pair.engine, pair.lead, "Anna", reason=" ")
    judging.reopen_judgements(pair.engine, pair.lead, "Anna", reason="A slip")
    judge(pair, pair.anna, meaning="contradictory")
    with reading(pair.engine) as connection:
        actions = {e.action: e for e in events_of(connection, pair.lead.study_id)}
    assert actions["judgements.lock"].actor_id == pair.anna.id
    assert actions["judgements.reopen"].reason == "A slip"
    assert pair.problems() == []


def test_locking_is_once_and_needs_judgements(quick_pair: Team) -> None:
    with pytest.raises(UserFacingError, match="judged nothing"):
        judging.lock_judgements(quick_pair.engine, quick_pair.bram)
    judge(quick_pair, quick_pair.bram, meaning="same")
    assert not judging.is_locked(quick_pair.engine, quick_pair.bram)
    judging.lock_judgements(quick_pair.engine, quick_pair.bram)
    before = quick_pair.count(tables.event)
    judging.lock_judgements(quick_pair.engine, quick_pair.bram)
    assert quick_pair.count(tables.event) == before
    assert judging.is_locked(quick_pair.engine, quick_pair.bram)
    with pytest.raises(NotThere):
        judging.reopen_judgements(quick_pair.engine, quick_pair.lead, "Anna", reason="None to reopen")


def test_others_are_read_after_both_have_locked_and_by_a_lead_who_judges_nothing(quick_pair: Team) -> None:
    judge(quick_pair, quick_pair.anna, meaning="same")
    judge(quick_pair, quick_pair.bram, meaning="contradictory")
    assert set(codes(quick_pair, quick_pair.anna)) == {"Anna"}
    judging.lock_judgements(quick_pair.engine, quick_pair.anna)
    assert set(codes(quick_pair, quick_pair.bram)) == {"Bram"}
    assert set(codes(quick_pair, quick_pair.lead)) == {"Anna"}
    judging.lock_judgements(quick_pair.engine, quick_pair.bram)
    for person in (quick_pair.anna, quick_pair.bram, quick_pair.lead):
        assert set(codes(quick_pair, person)) == {"Anna", "Bram"}
    judging.reopen_judgements(quick_pair.engine, quick_pair.lead, "Anna", reason="A slip")
    assert set(codes(quick_pair, quick_pair.anna)) == {"Anna"}
    assert set(codes(quick_pair, quick_pair.bram)) == {"Bram"}


def test_lead_who_judges_reads_others_only_after_locking_too(quick_pair: Team) -> None:
    judge(quick_pair, quick_pair.anna, meaning="same")
    judging.lock_judgements(quick_pair.engine, quick_pair.anna)
    judge(quick_pair, quick_pair.lead, meaning="contradictory")
    found = triangulate(quick_pair.engine, quick_pair.lead)
    assert ({j.researcher for j in found.judgements}, found.hidden) == ({"Lena"}, ("Anna",))


# --- the matrix --------------------------------------------------------------------------------------


def test_silence_comes_first_and_neither_speaking_is_no_code(quick_pair: Team) -> None:
    judge(quick_pair, quick_pair.anna, meaning="same", prominence="same", coverage="same", examples="same")
    assert codes(quick_pair, quick_pair.anna) == {"Anna": ConvergenceCode.AGREEMENT}
    speak = {"row": ROW, "source": "Interviews"}
    judging.judge_existence(quick_pair.engine, quick_pair.anna, **speak, speaks=False)
    assert codes(quick_pair, quick_pair.anna) == {"Anna": ConvergenceCode.SILENCE}
    judging.judge_existence(
        quick_pair.engine, quick_pair.anna, row=ROW, source="Steering group", speaks=False
    )
    assert ConvergenceCode.SILENCE not in codes(quick_pair, quick_pair.anna).values()


def test_pair_that_was_not_judged_is_undetermined(quick_pair: Team) -> None:
    judging.judge_existence(quick_pair.engine, quick_pair.bram, row=ROW, source="Interviews", speaks=True)
    judging.judge_existence(quick_pair.engine, quick_pair.bram, row=ROW, source="Steering group", speaks=True)
    assert codes(quick_pair, quick_pair.bram) == {"Bram": ConvergenceCode.UNDETERMINED}


def test_rule_is_the_leads_choice_and_stands_in_the_log_with_its_reason(pair: Team) -> None:
    judge(pair, pair.anna, meaning="contradictory", prominence="same", coverage="same", examples="same")
    assert triangulate(pair.engine, pair.anna).matrix.rule is Rule.PARTS
    assert codes(pair, pair.anna) == {"Anna": ConvergenceCode.PARTIAL}
    with pytest.raises(NotAllowed):
        protocol.choose_rule(pair.engine, pair.anna, Rule.MEANING_FIRST)
    protocol.choose_rule(pair.engine, pair.lead, "meaning_first", reason="Contradiction must show")
    assert codes(pair, pair.anna) == {"Anna": ConvergenceCode.DISSONANCE}
    with reading(pair.engine) as connection:
        last = list(events_of(connection, pair.lead.study_id))[-1]
    assert (last.action, last.reason) == ("rule.choose", "Contradiction must show")
    assert pair.problems() == []


def test_another_rule_is_tried_without_being_chosen(quick_pair: Team) -> None:
    judge(
        quick_pair,
        quick_pair.anna,
        meaning="contradictory",
        prominence="same",
        coverage="same",
        examples="same",
    )
    before = quick_pair.count(tables.event)
    assert codes(quick_pair, quick_pair.anna, Rule.MEANING_FIRST) == {"Anna": ConvergenceCode.DISSONANCE}
    assert codes(quick_pair, quick_pair.anna) == {"Anna": ConvergenceCode.PARTIAL}
    assert quick_pair.count(tables.event) == before


def test_comparison_of_one_researcher_has_no_value_and_says_why(quick_pair: Team) -> None:
    judge(quick_pair, quick_pair.anna, meaning="same")
    compared = triangulate(quick_pair.engine, quick_pair.anna).researchers
    for seen in (compared.existence, compared.both_speak, compared.all_cells):
        assert (seen.alpha.value, seen.fleiss_kappa.value) == (None, None)
        assert seen.alpha.reason
        assert seen.reasons


def test_study_without_codebook_and_sources_has_an_empty_matrix(quick_team: Team) -> None:
    lead = studies.create_study(quick_team.engine, "Empty", person="Lena")
    found = triangulate(quick_team.engine, lead)
    assert (found.matrix.rows, found.matrix.cells, found.findings, found.judges) == ((), (), (), ())
    with pytest.raises(NotThere, match="codebook"):
        findings.add_finding(
            quick_team.engine, lead, source="Interviews", theme="ECO-FUND", statement="It is."
        )


# --- files -------------------------------------------------------------------------------------------


def import_findings(
    team: Team, folder: Path, *rows: dict[str, str], actor: Member, **more: Any
) -> RowsImported:
    columns = ("source", "theme", "row", "statement", "researcher", "excerpts")
    wanted = {"source": "Steering group", "theme": "ECO-FUND", "statement": "It is."}
    path = a_file(folder / "findings.csv", [dict.fromkeys(columns, "") | wanted | row for row in rows])
    return findings.import_findings(team.engine, actor, path, **more)


def test_excerpts_of_a_file_are_looked_up_in_the_documents_of_their_source(
    team: Team, tmp_path: Path
) -> None:
    team.add_document("Yes. Yes. Money is short.", title="Interview 1", source=team.add_source("Interviews"))
    told = "money is there | Money is short. | no such words | patients"
    assert import_findings(team, tmp_path, {"excerpts": told}, actor=team.lead) == RowsImported(1, ())
    start = TEXT.index("money is there")
    places = [(e.quote, e.start_char, e.document_id) for e in only_finding(team).excerpts]
    assert places == [
        ("money is there", start, team.document.id),
        ("Money is short.", None, None),  # words of another source
        ("no such words", None, None),
        ("patients", TEXT.index("patients"), team.document.id),
    ]


def test_row_that_does_not_fit_is_refused_by_number_and_the_rest_is_taken(
    quick_team: Team, tmp_path: Path
) -> None:
    rows = ({}, {"theme": "NO-SUCH"}, {"source": "Nobody"}, {"statement": ""}, {"researcher": "Bram"})
    taken = import_findings(quick_team, tmp_path, *rows, actor=quick_team.anna)
    assert taken.imported == 1
    assert [refused.row for refused in taken.refused] == [3, 4, 5, 6]
    assert all(refused.reason for refused in taken.refused)
    assert only_finding(quick_team).researcher is None  # the team's together
    taken = import_findings(quick_team, tmp_path, *rows, actor=quick_team.lead, create_sources=True)
    assert [refused.row for refused in taken.refused] == [3, 5]
    assert quick_team.problems() == []


def judgement_file(folder: Path, *rows: dict[str, str]) -> Path:
    columns = (
        "theme",
        "row",
        "source_a",
        "source_b",
        "researcher",
        "assigned",
        "reason",
        "speaks_a",
        "speaks_b",
    )
    wanted = {
        "theme": ROW.theme,
        "row": ROW.statement,
        "source_a": "Steering group",
        "source_b": "Interviews",
        "researcher": "Anna",
        "assigned": "A",
        "reason": "They say the same",
    }
    return a_file(folder / "judgements.csv", [dict.fromkeys(columns, "") | wanted | row for row in rows])


def test_imported_judgements_are_their_researchers_own_and_locked(pair: Team, tmp_path: Path) -> None:
    path = judgement_file(tmp_path, {}, {"researcher": "Bram", "assigned": "D"}, {"researcher": "Dora"})
    taken = judging.import_judgements(pair.engine, pair.lead, path)
    assert taken.imported == 2
    assert [refused.row for refused in taken.refused] == [4]
    assert codes(pair, pair.lead) == {
        "Anna": ConvergenceCode.AGREEMENT,
        "Bram": ConvergenceCode.DISSONANCE,
    }
    assert set(triangulate(pair.engine, pair.lead).locked) == {"Anna", "Bram"}
    assert pair.problems() == []


def test_judgement_made_before_is_never_overwritten_by_a_file(quick_pair: Team, tmp_path: Path) -> None:
    judge(quick_pair, quick_pair.anna, meaning="contradictory")
    before = triangulate(quick_pair.engine, quick_pair.anna).judgements
    path = judgement_file(tmp_path, {})
    taken = judging.import_judgements(quick_pair.engine, quick_pair.lead, path)
    assert (taken.imported, [refused.row for refused in taken.refused]) == (0, [2])
    assert triangulate(quick_pair.engine, quick_pair.anna).judgements == before


@pytest.mark.parametrize("row", [ROW.statement, "Another row"])
def test_a_file_neither_locks_nor_tells_of_another_who_still_judges(
    quick_pair: Team, tmp_path: Path, row: str
) -> None:
    judge(quick_pair, quick_pair.anna, meaning="contradictory")
    path = judgement_file(tmp_path, {"row": row}, {"row": row, "researcher": "Bram"})
    taken = judging.import_judgements(quick_pair.engine, quick_pair.lead, path)
    assert taken.imported == 1
    assert [(refused.row, refused.reason) for refused in taken.refused] == [
        (2, "Anna judges in Trigpoint and has not locked; only Anna can import judgements of Anna now")
    ]
    assert not judging.is_locked(quick_pair.engine, quick_pair.anna)


def test_who_still_judges_imports_further_judgements_of_their_own(quick_pair: Team, tmp_path: Path) -> None:
    judge(quick_pair, quick_pair.anna, meaning="contradictory")
    path = judgement_file(tmp_path, {}, {"row": "Another row"})
    taken = judging.import_judgements(quick_pair.engine, quick_pair.anna, path)
    assert (taken.imported, [refused.row for refused in taken.refused]) == (1, [2])
    assert "judged this pair before" in taken.refused[0].reason


def test_a_row_that_somebody_brought_by_judging_is_hidden_until_both_have_locked(quick_pair: Team) -> None:
    zebra = Row("ECO-FUND", "Zebra row")

    def is_shown(viewer: Member) -> bool:
        themes = opportunities.themes_of_map(quick_pair.engine, viewer)
        return any(zebra in theme.rows for theme in themes)

    before = keeping.log_of(quick_pair.engine, quick_pair.bram)
    judging.judge_existence(quick_pair.engine, quick_pair.anna, row=zebra, source="Interviews", speaks=True)
    assert is_shown(quick_pair.anna)
    assert not is_shown(quick_pair.bram)
    after = keeping.log_of(quick_pair.engine, quick_pair.bram)
    assert [line.action for line in after] == [line.action for line in before]
    # Bram comes to the same words: neither learns of the other.
    judging.judge_existence(quick_pair.engine, quick_pair.bram, row=zebra, source="Interviews", speaks=True)
    for viewer, other in ((quick_pair.anna, "Bram"), (quick_pair.bram, "Anna")):
        told = keeping.log_of(quick_pair.engine, viewer)
        assert not [line for line in told[len(before) :] if line.actor == other]
    for person in (quick_pair.anna, quick_pair.bram):
        judging.lock_judgements(quick_pair.engine, person)
    assert is_shown(quick_pair.bram)


def test_who_has_locked_takes_no_further_judgement_from_a_file(quick_pair: Team, tmp_path: Path) -> None:
    judging.import_judgements(quick_pair.engine, quick_pair.lead, judgement_file(tmp_path, {}))
    path = judgement_file(tmp_path, {"row": "Another row"})
    taken = judging.import_judgements(quick_pair.engine, quick_pair.lead, path)
    assert taken.imported == 0
    assert "locked" in taken.refused[0].reason


def test_only_the_lead_imports_judgements_of_others(quick_pair: Team, tmp_path: Path) -> None:
    path = judgement_file(tmp_path, {}, {"researcher": "Bram"})
    taken = judging.import_judgements(quick_pair.engine, quick_pair.anna, path)
    assert (taken.imported, [refused.row for refused in taken.refused]) == (1, [3])
    assert triangulate(quick_pair.engine, quick_pair.lead).judges == ("Anna",)


def test_findings_and_judgements_go_out_and_come_back_the_same(quick_pair: Team, tmp_path: Path) -> None:
    judge(quick_pair, quick_pair.anna, meaning="same", examples="not_assessable", reason='=1+1; "quoted"')
    judging.judge_existence(quick_pair.engine, quick_pair.anna, row=ROW, source="Interviews", speaks=True)
    found_file, judged_file = tmp_path / "findings.csv", tmp_path / "judgements.csv"
    assert findings.export_findings(quick_pair.engine, quick_pair.anna, found_file) == 2
    assert judging.export_judgements(quick_pair.engine, quick_pair.anna, judged_file) == 1
    other = a_team(quick_pair.engine, "Another region")
    options = {"create_sources": True}
    assert findings.import_findings(other.engine, other.lead, found_file, **options).imported == 2
    assert judging.import_judgements(other.engine, other.lead, judged_file, **options).imported == 1
    there, here = (triangulate(t.engine, t.anna) for t in (quick_pair, other))
    assert here.judgements == there.judgements
    assert [(f.source, f.row, f.statement, f.researcher) for f in here.findings] == [
        (f.source, f.row, f.statement, f.researcher) for f in there.findings
    ]


def test_operation_of_a_finding_or_judgement_is_stored_once(quick_pair: Team) -> None:
    operation_id = uuid4()
    made = {find(quick_pair, quick_pair.bram, operation_id=operation_id) for _ in range(2)}
    assert len(made) == 1
    judgement_id = uuid4()
    judge(quick_pair, quick_pair.bram, meaning="same", operation_id=judgement_id)
    judge(quick_pair, quick_pair.bram, meaning="contradictory")
    judge(quick_pair, quick_pair.bram, meaning="same", operation_id=judgement_id)
    (judgement,) = triangulate(quick_pair.engine, quick_pair.bram).judgements
    assert judgement.meaning == "contradictory"
