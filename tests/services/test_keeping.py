"""Backups, checks and the log as people have them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from corpus.errors import UserFacingError
from store.engine import open_engine
from tests.services.team import Team, a_team
from workbench.services import codebook_editing, coding, keeping, rounds, studies


def test_log_says_who_when_what_and_why(team: Team) -> None:
    made = team.code(team.anna, "no time")
    codebook_editing.rename_code(team.engine, team.lead, "ECO-FUND", label={"en": "Grants"}, reason="Plainer")
    *_, coded, renamed = keeping.log_of(team.engine, team.bram)
    assert (coded.actor, coded.action, coded.entity, str(coded.id)) == (
        "Anna",
        "coding.apply",
        "coding",
        made,
    )
    assert (renamed.actor, renamed.action, renamed.reason) == ("Lena", "codebook.change", "Plainer")
    for line in (coded, renamed):
        at = dt.datetime.fromisoformat(line.at)
        assert at.tzinfo is not None
        assert dt.datetime.now(dt.UTC) - at < dt.timedelta(minutes=5)


def test_log_is_numbered_without_a_gap_and_its_end_can_be_asked_for(quick_team: Team) -> None:
    lines = keeping.log_of(quick_team.engine, quick_team.anna)
    assert [line.seq for line in lines] == list(range(1, len(lines) + 1))
    assert keeping.log_of(quick_team.engine, quick_team.anna, limit=2) == lines[-2:]
    assert lines[0].action == "study.create"


def test_log_is_of_one_study(quick_team: Team) -> None:
    before = keeping.log_of(quick_team.engine, quick_team.lead)
    other = a_team(quick_team.engine, "Another region")
    other.code(other.anna, "no time")
    assert keeping.log_of(quick_team.engine, quick_team.lead) == before


def test_log_has_no_gap_any_more_after_the_reveal(quick_team: Team) -> None:
    quick_team.open_round()
    quick_team.code(quick_team.anna, "no time")
    rounds.finish(quick_team.engine, quick_team.bram, None)
    hidden = keeping.log_of(quick_team.engine, quick_team.bram)
    assert {line.seq for line in hidden} == {None}
    assert {line.action for line in hidden} >= {"round.open", "document.finish"}
    assert "coding.apply" not in {line.action for line in hidden}
    quick_team.finish(quick_team.anna)
    quick_team.reveal()
    lines = keeping.log_of(quick_team.engine, quick_team.bram)
    assert [line.seq for line in lines] == list(range(1, len(lines) + 1))


def test_backup_is_restored_with_everything_and_goes_on(quick_team: Team, tmp_path: Path) -> None:
    quick_team.code(quick_team.anna, "no time", memo="kept")
    kept = keeping.back_up(quick_team.engine, tmp_path / "copies" / "study.db")
    assert (kept.chain, kept.problems) == ("intact", ())
    quick_team.code(quick_team.anna, "money")  # after the backup
    restored = keeping.restore(tmp_path / "copies" / "study.db", tmp_path / "again.db")
    assert restored == kept
    again = open_engine(f"sqlite:///{tmp_path / 'again.db'}")
    assert keeping.verify(again) == kept
    anna = studies.enter_study(again, studies.find_study(again), person="Anna")
    assert [(c.quote, c.memo) for c in coding.codings_of(again, anna)] == [("no time", "kept")]
    operation = {"operation": str(quick_team.lead.id), "type": "undo"}
    assert coding.apply_operations(again, anna, quick_team.document.id, [operation])[0].reason is None
    again.dispose()


def test_nothing_is_overwritten_by_a_backup_or_a_restore(quick_team: Team, tmp_path: Path) -> None:
    path = tmp_path / "study.db"
    keeping.back_up(quick_team.engine, path)
    with pytest.raises(UserFacingError, match="exists already"):
        keeping.back_up(quick_team.engine, path)
    with pytest.raises(UserFacingError, match="exists already"):
        keeping.restore(path, tmp_path / "trigpoint.db")
