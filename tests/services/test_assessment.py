"""What researchers and the team write in steps 3 and 4, and who reads it when."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from corpus.errors import UserFacingError
from store import tables
from store.engine import reading
from store.events import events_of
from store.studies import Member
from store.visibility import hidden_entities
from tests.services.readers import WRITTEN_REPORTS, Look, all_told, differing
from tests.services.team import Team
from triangulation.assessment import Scale
from triangulation.models import Row
from triangulation.protocol import ProtocolPage
from triangulation.sets import SetCode
from triangulation.workups import Why
from workbench.services import assessment, findings, judging, overview, protocol, studies
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.triangulation import triangulate

ROW = Row("ECO-FUND", "Money is there")


@pytest.fixture
def pair(team: Team) -> Team:
    return with_a_dissonance(team)


@pytest.fixture
def quick_pair(quick_team: Team) -> Team:
    return with_a_dissonance(quick_team)


def with_a_dissonance(team: Team) -> Team:
    """Two sources on one row; Anna and Bram have judged and hold it for dissonant, nobody has locked."""
    team.add_document("Money is there, I hear.", title="Interview 1", source=team.add_source("Interviews"))
    for source in ("Interviews", "Steering group"):
        findings.add_finding(
            team.engine, team.lead, source=source, theme=ROW.theme, row=ROW.statement, statement="It is."
        )
    for person in (team.anna, team.bram):
        judging.judge_pair(
            team.engine,
            person,
            row=ROW,
            source_a="Interviews",
            source_b="Steering group",
            assigned="dissonance",
            reason="One says yes, one says no.",
        )
    return team


def lock(team: Team, *people: Member) -> None:
    for person in people:
        judging.lock_judgements(team.engine, person)


def texts(team: Team, viewer: Member) -> dict[str | None, str]:
    """The judgements of the whole that a person reads, by researcher."""
    return {each.researcher: each.text for each in assessment.global_judgements(team.engine, viewer)}


def work_up(team: Team, person: Member, *, version: int | None = None, **answers: str) -> None:
    assessment.write_work_up(team.engine, person, ROW, answers, version=version)


# --- the judgement of the whole ----------------------------------------------------------------------


def test_own_judgement_is_read_by_others_when_both_have_locked(pair: Team) -> None:
    assessment.write_global_judgement(pair.engine, pair.anna, " Mostly one story. ", scale="converging")
    assert texts(pair, pair.anna) == {"Anna": "Mostly one story."}
    assert texts(pair, pair.bram) == {}
    lock(pair, pair.anna)
    assert texts(pair, pair.bram) == {}
    lock(pair, pair.bram)
    assert texts(pair, pair.bram) == {"Anna": "Mostly one story."}
    (written,) = assessment.global_judgements(pair.engine, pair.anna)
    assert (written.scale, written.written_by, written.alone) == (Scale.CONVERGING, "Anna", True)
    assert pair.problems() == []


def test_judgement_written_after_the_lock_is_told_apart(quick_pair: Team) -> None:
    lock(quick_pair, quick_pair.anna, quick_pair.bram)
    assessment.write_global_judgement(quick_pair.engine, quick_pair.anna, "Mixed, I see now.")
    (written,) = assessment.global_judgements(quick_pair.engine, quick_pair.anna)
    assert (written.alone, written.scale) == (False, None)


def test_last_version_holds_and_the_earlier_one_is_kept(quick_pair: Team) -> None:
    for text in ("First", "Second", "Second"):
        assessment.write_global_judgement(quick_pair.engine, quick_pair.anna, text)
    assert texts(quick_pair, quick_pair.anna) == {"Anna": "Second"}
    assert quick_pair.count(tables.global_judgement) == 2


def test_teams_judgement_stands_beside_those_of_researchers(quick_pair: Team) -> None:
    assessment.write_global_judgement(quick_pair.engine, quick_pair.anna, "Hers")
    with pytest.raises(NotAllowed, match="lock your own"):
        assessment.write_team_judgement(quick_pair.engine, quick_pair.anna, "Ours")
    lock(quick_pair, quick_pair.anna)
    assessment.write_team_judgement(quick_pair.engine, quick_pair.anna, "Ours", scale=Scale.MIXED)
    assert texts(quick_pair, quick_pair.anna) == {"Anna": "Hers", None: "Ours"}
    assert texts(quick_pair, quick_pair.bram) == {}
    assert texts(quick_pair, quick_pair.lead) == {"Anna": "Hers", None: "Ours"}


def test_judgement_needs_words_and_somebody_who_judged(quick_pair: Team) -> None:
    with pytest.raises(UserFacingError, match="no text"):
        assessment.write_global_judgement(quick_pair.engine, quick_pair.anna, "  ")
    with pytest.raises(NotAllowed, match="judged nothing"):
        assessment.write_global_judgement(quick_pair.engine, quick_pair.lead, "Mine")
    assert quick_pair.count(tables.global_judgement) == 0


# --- work-ups ----------------------------------------------------------------------------------------


def test_dissonance_in_a_visible_view_asks_for_a_work_up(quick_pair: Team) -> None:
    found = triangulate(quick_pair.engine, quick_pair.anna)
    ((reason,),) = found.needs_work_up.values()
    assert (reason.why, reason.researchers) == (Why.DISSONANCE, ("Anna",))
    assert [each.code for each in found.sets] == [SetCode.CONTAINS_DISSONANCE]


def test_work_up_is_the_teams_and_every_version_is_kept(pair: Team) -> None:
    lock(pair, pair.anna, pair.bram)
    work_up(pair, pair.anna, methods="Minutes hold what was decided.")
    work_up(pair, pair.bram, rigour="Both are full.")
    (now,) = assessment.work_ups(pair.engine, pair.anna)
    assert (now.methods, now.rigour, now.written_by, now.version) == (
        "Minutes hold what was decided.",
        "Both are full.",
        "Bram",
        2,
    )
    versions = assessment.work_up_versions(pair.engine, pair.anna, ROW)
    assert [(each.version, each.written_by, each.rigour) for each in versions] == [
        (2, "Bram", "Both are full."),
        (1, "Anna", ""),
    ]
    assert pair.problems() == []


def test_row_that_lacks_a_work_up_waits_for_whoever_may_write_it(quick_pair: Team) -> None:
    def waiting(person: Member) -> list[tuple[str, int]]:
        steps = overview.next_steps(quick_pair.engine, person)
        return [(step.what, step.n) for step in steps if step.what == "work_up"]

    assert waiting(quick_pair.anna) == []
    lock(quick_pair, quick_pair.anna)
    assert waiting(quick_pair.anna) == [("work_up", 1)]
    assert waiting(quick_pair.bram) == []
    work_up(quick_pair, quick_pair.anna, no_inquiry="both speak of one grant")
    assert waiting(quick_pair.anna) == []


def test_who_has_not_locked_neither_reads_nor_writes_work_ups(quick_pair: Team) -> None:
    lock(quick_pair, quick_pair.anna)
    work_up(quick_pair, quick_pair.anna, no_inquiry="the zebra was counted")
    assert assessment.work_ups(quick_pair.engine, quick_pair.bram) == ()
    assert assessment.work_up_versions(quick_pair.engine, quick_pair.bram, ROW) == ()
    with pytest.raises(NotAllowed):
        work_up(quick_pair, quick_pair.bram, methods="Mine")
    with reading(quick_pair.engine) as connection:
        last = list(events_of(connection, quick_pair.lead.study_id))[-1]
        assert last.entity_id in hidden_entities(connection, quick_pair.bram)
        assert last.action == "workup.write"
    assert len(assessment.work_ups(quick_pair.engine, quick_pair.lead)) == 1


def test_nothing_changes_for_who_has_not_locked_while_others_write(quick_pair: Team, tmp_path: Path) -> None:
    def told() -> dict[str, str]:
        study = studies.find_study(quick_pair.engine)
        look = Look(quick_pair.engine, quick_pair.bram, study, (), "No round", tmp_path)
        return all_told(look, leave_out={*WRITTEN_REPORTS, "suggestions.suggest_from_codebook"})

    lock(quick_pair, quick_pair.anna)
    before = told()
    engine, anna = quick_pair.engine, quick_pair.anna
    assessment.write_global_judgement(engine, anna, "zebra")
    assessment.write_team_judgement(engine, anna, "zebra")
    assessment.write_note_on_source(engine, anna, "Interviews", "zebra")
    assessment.write_team_note_on_source(engine, anna, "Interviews", "zebra")
    work_up(quick_pair, anna, methods="zebra")
    assert differing(before, told()) == set()


def test_log_holds_no_words_of_a_work_up(quick_pair: Team) -> None:
    lock(quick_pair, quick_pair.anna)
    work_up(quick_pair, quick_pair.anna, methods="okapi words")
    with reading(quick_pair.engine) as connection:
        events = list(events_of(connection, quick_pair.lead.study_id))
        assert "okapi" not in str(events)
        assert events[-1].action == "workup.write"


def test_card_that_somebody_saved_meanwhile_is_not_overwritten(quick_pair: Team) -> None:
    lock(quick_pair, quick_pair.anna, quick_pair.bram)
    work_up(quick_pair, quick_pair.anna, version=0, methods="Hers")
    with pytest.raises(UserFacingError, match="Anna has saved this card"):
        work_up(quick_pair, quick_pair.bram, version=0, methods="His")
    work_up(quick_pair, quick_pair.bram, version=1, methods="Both")
    assert [each.methods for each in assessment.work_ups(quick_pair.engine, quick_pair.bram)] == ["Both"]


@pytest.mark.parametrize(
    ("row", "answers", "error"),
    [
        (ROW, {}, "Nothing is written"),
        (ROW, {"methods": " "}, "Nothing is written"),
        (ROW, {"weather": "rain"}, "no question 'weather'"),
        (Row("ECO-FUND", "Nobody said this"), {"methods": "x"}, "no row 'ECO-FUND: Nobody said this'"),
    ],
)
def test_card_without_words_or_row_is_refused(
    quick_pair: Team, row: Row, answers: dict[str, str], error: str
) -> None:
    lock(quick_pair, quick_pair.anna)
    with pytest.raises(UserFacingError, match=error):
        assessment.write_work_up(quick_pair.engine, quick_pair.anna, row, answers)
    assert quick_pair.count(tables.work_up) == 0


def test_answer_is_taken_away_by_an_empty_text(quick_pair: Team) -> None:
    lock(quick_pair, quick_pair.anna)
    work_up(quick_pair, quick_pair.anna, methods="x", rigour="y")
    work_up(quick_pair, quick_pair.anna, methods="")
    (now,) = assessment.work_ups(quick_pair.engine, quick_pair.anna)
    assert (now.methods, now.rigour) == ("", "y")


# --- what a source adds ------------------------------------------------------------------------------


def test_notes_on_sources_are_read_as_judgements_are(pair: Team) -> None:
    engine = pair.engine
    assessment.write_note_on_source(engine, pair.anna, "Interviews", "Adds how it feels.")
    lock(pair, pair.bram)
    assert assessment.notes_on_sources(engine, pair.bram) == ()
    assessment.write_team_note_on_source(engine, pair.bram, "Interviews", "Adds the practice.")
    (own,) = assessment.notes_on_sources(engine, pair.anna)
    assert (own.source, own.researcher, own.text, own.alone) == (
        "Interviews",
        "Anna",
        "Adds how it feels.",
        True,
    )
    lock(pair, pair.anna)
    noted = [(n.researcher, n.text) for n in assessment.notes_on_sources(engine, pair.bram)]
    assert noted == [("Anna", "Adds how it feels."), (None, "Adds the practice.")]


@pytest.mark.parametrize("write", ["write_note_on_source", "write_team_note_on_source"])
def test_note_needs_a_source_that_is_there_and_words(quick_pair: Team, write: str) -> None:
    lock(quick_pair, quick_pair.anna)
    act: Any = getattr(assessment, write)
    with pytest.raises(NotThere, match="no source 'Nobody'"):
        act(quick_pair.engine, quick_pair.anna, "Nobody", "Adds.")
    with pytest.raises(UserFacingError, match="no text"):
        act(quick_pair.engine, quick_pair.anna, "Interviews", "")


def test_who_judges_nothing_writes_for_the_team_when_all_have_locked(quick_pair: Team) -> None:
    claire = studies.add_person(quick_pair.engine, quick_pair.lead, "Claire")
    assert not assessment.may_write_for_team(quick_pair.engine, claire)
    page = ProtocolPage(judges=("Anna", "Bram"))
    protocol.write_protocol(quick_pair.engine, quick_pair.lead, page, reason="Named late")
    lock(quick_pair, quick_pair.anna, quick_pair.bram)
    assert assessment.may_write_for_team(quick_pair.engine, claire)
    assessment.write_team_note_on_source(quick_pair.engine, claire, "Interviews", "Adds the practice.")
