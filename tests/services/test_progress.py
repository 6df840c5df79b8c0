"""Everyone's own way through the documents: read, begun, finished; nobody sees another's."""

from __future__ import annotations

import pytest

from store import tables
from tests.services.team import Team
from workbench.services import progress
from workbench.services.errors import NotAllowed
from workbench.services.keeping import log_of
from workbench.services.progress import reading_progress


def states(team: Team, who: object) -> list[str]:
    return list(reading_progress(team.engine, who).states.values())  # type: ignore[arg-type]


def test_document_is_marked_as_read_and_put_back(team: Team) -> None:
    other = team.add_document("Other words.", title="Other")
    assert states(team, team.anna) == ["not begun", "not begun"]
    for _ in range(2):
        progress.mark_as_read(team.engine, team.anna, team.document.id)
    assert states(team, team.anna) == ["read", "not begun"]
    assert team.count(tables.reading_state) == 1  # said twice is said once
    found = reading_progress(team.engine, team.anna)
    assert (found.read, found.total) == (1, 2)
    assert found.next_unread(team.document.id) == other.id
    assert found.next_unread(other.id) is None
    progress.mark_as_not_read(team.engine, team.anna, team.document.id)
    assert states(team, team.anna) == ["reading", "not begun"]
    assert states(team, team.bram) == ["not begun", "not begun"]
    assert team.problems() == []


def test_document_that_was_coded_in_is_begun(quick_team: Team) -> None:
    quick_team.code(quick_team.anna, "no time")
    assert states(quick_team, quick_team.anna) == ["reading"]
    assert states(quick_team, quick_team.bram) == ["not begun"]


def test_in_a_round_only_finishing_counts(quick_team: Team) -> None:
    progress.mark_as_read(quick_team.engine, quick_team.anna, quick_team.document.id)
    quick_team.open_round()
    assert states(quick_team, quick_team.anna) == ["not begun"]
    with pytest.raises(NotAllowed, match="you finish it"):
        progress.mark_as_read(quick_team.engine, quick_team.anna, quick_team.document.id)
    quick_team.finish(quick_team.anna)
    assert states(quick_team, quick_team.anna) == ["finished"]
    assert states(quick_team, quick_team.bram) == ["not begun"]


def test_reading_of_others_is_not_in_the_log_while_a_blind_round_is_open(quick_team: Team) -> None:
    quick_team.open_round()
    progress.mark_as_read(quick_team.engine, quick_team.lead, quick_team.document.id)
    assert "reading.mark" in [line.action for line in log_of(quick_team.engine, quick_team.lead)]
    assert "reading.mark" not in [line.action for line in log_of(quick_team.engine, quick_team.anna)]
