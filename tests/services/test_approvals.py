"""Whether texts are right in the eyes of those who were there, and what they are worth as sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import UserFacingError
from tests.services.team import Team
from workbench.services import appraisals, approvals, versions
from workbench.services.approvals import DocumentApproval
from workbench.services.errors import NotThere


def note(team: Team, person: str, answer: str = "approved", text: str = "") -> None:
    approvals.note_approval(team.engine, team.anna, team.document.id, person=person, answer=answer, text=text)


def answered(team: Team) -> DocumentApproval:
    return approvals.approval_of(team.engine, team.lead, team.document.id)


def test_who_answered_what_and_when_is_kept_with_the_version(team: Team) -> None:
    assert answered(team).state == "not asked"
    note(team, "  the   chair ", text="fine")
    (answer,) = answered(team).answers
    assert (answer.person, answer.answer, answer.text) == ("the chair", "approved", "fine")
    assert (answer.by, answer.number, answer.at[:2]) == ("Anna", 1, "20")
    assert team.problems() == []


def test_the_gravest_answer_is_the_state_and_a_second_answer_replaces_the_first(quick_team: Team) -> None:
    note(quick_team, "chair")
    note(quick_team, "GP 3", "comments", "page 2")
    assert answered(quick_team).state == "comments"
    note(quick_team, "nurse", "refused")
    assert answered(quick_team).state == "refused"
    note(quick_team, "nurse")
    note(quick_team, "GP 3")
    assert answered(quick_team).state == "approved"
    assert [a.person for a in answered(quick_team).answers] == ["chair", "nurse", "GP 3"]


def test_a_corrected_text_is_asked_anew_and_earlier_answers_stay_readable(quick_team: Team) -> None:
    quick_team.add_document("Another text.", title="Other")
    note(quick_team, "chair")
    (register,) = approvals.approvals_of(quick_team.engine, quick_team.bram)
    assert (register.approved, register.asked, register.total) == (1, 1, 2)
    versions.correct_text(
        quick_team.engine, quick_team.lead, quick_team.document.id, "A corrected text.", reason="typed anew"
    )
    (register,) = approvals.approvals_of(quick_team.engine, quick_team.bram)
    assert (register.approved, register.asked, register.total) == (0, 1, 2)
    found = answered(quick_team)
    assert (found.state, found.answers) == ("asked anew", ())
    assert [a.number for a in found.earlier] == [1]
    note(quick_team, "chair")
    assert answered(quick_team).state == "approved"


def test_an_answer_noted_by_mistake_is_taken_away_once(quick_team: Team) -> None:
    note(quick_team, "chair")
    (answer,) = answered(quick_team).answers
    approvals.take_back_approval(quick_team.engine, quick_team.bram, answer.id)
    assert answered(quick_team).state == "not asked"
    with pytest.raises(NotThere):
        approvals.take_back_approval(quick_team.engine, quick_team.bram, answer.id)


@pytest.mark.parametrize(
    ("person", "answer", "text", "told"),
    [
        (" ", "approved", "", "who answered"),
        ("chair", "perhaps", "", "is no answer"),
        ("chair", "comments", " ", "need words"),
    ],
)
def test_what_is_no_answer_is_refused(
    quick_team: Team, person: str, answer: str, text: str, told: str
) -> None:
    with pytest.raises(UserFacingError, match=told):
        note(quick_team, person, answer, text)


def test_notes_of_an_appraisal_are_kept_one_by_one_and_exported(team: Team, tmp_path: Path) -> None:
    (line,) = appraisals.appraisals_of(team.engine, team.anna)
    assert (dict(line.notes), line.is_whole) == ({}, False)
    appraisals.appraise(team.engine, team.anna, team.document.id, {"credibility": " by the chair "})
    appraisals.appraise(team.engine, team.bram, team.document.id, {"meaning": "clear"})
    (line,) = appraisals.appraisals_of(team.engine, team.anna)
    assert line.notes == {"credibility": "by the chair", "meaning": "clear"}
    appraisals.appraise(
        team.engine,
        team.bram,
        team.document.id,
        {"credibility": "", "authenticity": "a copy", "representativeness": "one of twelve"},
    )
    (line,) = appraisals.appraisals_of(team.engine, team.anna)
    assert set(line.notes) == {"authenticity", "representativeness", "meaning"}
    assert appraisals.export_appraisals(team.engine, team.lead, tmp_path / "notes.csv") == 1
    told = (tmp_path / "notes.csv").read_text(encoding="utf-8-sig").splitlines()
    assert told[0] == "source,document,date,authenticity,credibility,representativeness,meaning"
    assert told[1] == "Steering group,Report 1,,a copy,,one of twelve,clear"
    assert team.problems() == []


def test_an_appraisal_has_four_notes_and_no_other(quick_team: Team) -> None:
    with pytest.raises(UserFacingError, match="beauty"):
        appraisals.appraise(quick_team.engine, quick_team.anna, quick_team.document.id, {"beauty": "great"})
