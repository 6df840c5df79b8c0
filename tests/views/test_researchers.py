"""Step 5 on the page Triangulate: figures, differences that are settled one by one, the log."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.services.team import Team
from tests.views.app import healthy, open_page, press, run, sent, words
from triangulation.consensus import State
from triangulation.models import Row
from workbench.services import judging, resolutions
from workbench.services.triangulation import triangulate

ROW = Row("ECO-FUND", "Money is there")
OTHER = Row("PRO-KNOW", "Nobody knows of it")
PAIR = ("Interviews", "Steering group")


@pytest.fixture
def differing(team: Team) -> Team:
    """Anna and Bram differ on two rows, and have locked."""
    team.add_source("Interviews")
    for person, codes in ((team.anna, ("agreement", "partial")), (team.bram, ("partial", "dissonance"))):
        for row, code in zip((ROW, OTHER), codes, strict=True):
            judging.judge_pair(
                team.engine,
                person,
                row=row,
                source_a=PAIR[0],
                source_b=PAIR[1],
                assigned=code,
                reason=f"zebra reason of {person.name}",
            )
        judging.lock_judgements(team.engine, person)
    return team


def researchers(person: str, part: str | None = None) -> AppTest:
    page = open_page("triangulate", person=person)
    healthy(page.segmented_control(key="triangulate_view").set_value("researchers").run())
    if part is not None:
        healthy(page.segmented_control(key="researchers_part").set_value(part).run())
    return page


def field(page: AppTest, kind: str, start: str) -> Any:
    """The one field whose key begins so."""
    (found,) = [one for one in page.get(kind) if (one.key or "").startswith(start)]
    return found


def settle(page: AppTest, outcome: str, reason: str) -> AppTest:
    field(page, "radio", "resolving_outcome").set_value(outcome)
    field(page, "text_area", "resolving_reason").set_value(reason)
    return press(page, "Settle and go on")


def test_figures_come_in_their_order_and_all_cells_last(differing: Team) -> None:
    told = words(researchers("Bram"))
    places = [told.index(name) for name in ("1. Existence", "2. Code", "Importance of the row", "All cells")]
    assert places == sorted(places)
    assert "0 of 2 (0 %)" in told
    assert "Rows: what Anna calls a pair of sources" in told


def test_nothing_to_compare_says_what_comes_first(team: Team) -> None:
    team.add_source("Interviews")
    assert "two researchers or more" in words(researchers("Anna"))


def test_difference_shows_what_each_researcher_judged(differing: Team) -> None:
    page = researchers("Bram", "settle")
    told = words(page)
    assert "zebra reason of Anna" in told and "zebra reason of Bram" in told
    assert "0 of 2 settled" in told


def test_settling_goes_on_to_the_next_open_one(differing: Team) -> None:
    page = settle(researchers("Bram", "settle"), "partial", "The examples differ.")
    assert "1 of 2 settled" in words(healthy(page))
    first, second = triangulate(differing.engine, differing.anna).differences
    assert (first.state, second.state) == (State.SETTLED, State.OPEN)
    assert first.resolution is not None
    assert first.resolution.decided_by == ("Anna", "Bram")
    page = settle(page, "unresolved", "We cannot tell.")
    assert "2 of 2 settled" in words(healthy(page))
    assert triangulate(differing.engine, differing.anna).differences[1].state is State.UNRESOLVED


def test_minority_view_is_written_with_whose_it_is(differing: Team) -> None:
    page = researchers("Anna", "settle")
    field(page, "text_input", "resolving_minority").set_value("They agree.")
    field(page, "selectbox", "resolving_whose").set_value("Anna")
    healthy(settle(page, "partial", "The examples differ."))
    (logged,) = resolutions.resolution_log(differing.engine, differing.anna)
    assert (logged.resolution.minority, logged.resolution.minority_by) == ("They agree.", "Anna")


def test_what_is_missing_is_said_and_nothing_is_stored(differing: Team) -> None:
    page = press(researchers("Bram", "settle"), "Settle and go on")
    assert "outcome" in page.warning[0].value
    page = settle(page, "partial", " ")
    assert "reason" in page.error[0].value
    assert resolutions.resolution_log(differing.engine, differing.bram) == ()


def test_the_last_one_can_be_undone(differing: Team) -> None:
    page = settle(researchers("Bram", "settle"), "partial", "The examples differ.")
    assert "0 of 2 settled" in words(healthy(press(page, "Undo the last one")))
    assert [one.state for one in resolutions.resolution_log(differing.engine, differing.bram)] == [
        "taken back"
    ]


def test_filter_leaves_what_was_asked_for(differing: Team) -> None:
    page = researchers("Bram", "settle")
    run(page, page.selectbox(key="resolving_level").set_value("PRO"))
    told = words(page)
    assert OTHER.statement in told and ROW.statement not in told
    run(page, page.selectbox(key="resolving_state").set_value(State.SETTLED))
    assert "No difference is left under this filter" in words(page)


def test_the_log_tells_who_what_and_why(differing: Team) -> None:
    assert "Nothing is settled yet" in words(researchers("Bram", "log"))
    healthy(settle(researchers("Bram", "settle"), "partial", "The examples differ."))
    told = words(researchers("Anna", "log"))
    assert "The examples differ." in told and "Bram" in told and "partial agreement" in told


def test_who_has_not_locked_is_sent_nothing_of_it(differing: Team) -> None:
    healthy(settle(researchers("Bram", "settle"), "partial", "okapi reason"))
    judging.reopen_judgements(differing.engine, differing.lead, "Anna", reason="One source was missed.")
    page = researchers("Anna")
    assert b"zebra reason of Bram" not in sent(page)
    assert b"okapi reason" not in sent(page)
    assert "researchers_part" not in {one.key for one in page.get("button_group")}
