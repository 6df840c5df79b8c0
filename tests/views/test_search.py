"""The page Search: words in context, opened or coded from the list."""

from __future__ import annotations

import pytest

from tests.services.team import Team
from tests.views.app import healthy, open_page, press, run, sent, words
from workbench.services.coding import codings_of
from workbench.views import search as page_module


def test_the_page_begins_with_searches_that_find_something(team: Team) -> None:
    page = open_page("search")
    examples = [b.label for b in page.button if (b.key or "").startswith("search_example")]
    assert examples
    press(page, examples[0])
    assert "in 1 of 1 documents" in words(healthy(page))


def test_a_query_in_the_address_is_answered_with_its_lines(team: Team) -> None:
    page = open_page("search", q="money NEAR/5 start")
    assert page.text_input(key="search_query").value == "money NEAR/5 start"
    assert "1 hit in 1 of 1 documents" in words(page)
    assert b"start, and money" in sent(page)


def test_what_cannot_be_meant_is_told_with_its_place(team: Team) -> None:
    page = open_page("search")
    page.text_input(key="search_query").set_value("money OR time nurse").run()
    assert "character 1" in page.error[0].value
    page.text_input(key="search_query").set_value("zebra").run()
    assert "Nothing is found in 1 documents" in words(healthy(page))


def test_chosen_passages_are_coded_and_the_coding_is_undone(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    def all_chosen(**drawn: object) -> set[str]:
        """What a browser tells in which every line is chosen."""
        return {line.id for group in drawn["groups"] for line in group.lines}  # type: ignore[attr-defined]

    monkeypatch.setattr(page_module, "show_lines", all_chosen)
    page = open_page("search", person="Bram", q="time OR money")
    (code,) = [box for box in page.selectbox if box.label == "Code"]
    run(page, code.set_value("ECO-FUND"))
    healthy(press(page, "Code the selected passages"))
    assert "2 passages are coded" in words(page)
    assert [c.quote for c in codings_of(team.engine, team.bram)] == [
        "The nurse has no time.",
        "The GP wants to start, and money is there.",
    ]
    healthy(press(page, "Undo this coding"))
    assert codings_of(team.engine, team.bram) == []


def test_codings_of_others_are_not_sent(team: Team) -> None:
    team.open_round()
    team.code(team.anna, "no time", memo="zebra memo")
    page = open_page("search", person="Bram", q="time")
    assert b"zebra" not in sent(page)
    assert "1 hit" in words(page)
