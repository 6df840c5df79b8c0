"""The page Search: words in context, opened or coded from the list."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.services.team import Team
from tests.views.app import healthy, open_page, press, sent, words
from workbench.services.coding import codings_of
from workbench.services.searching import search_texts
from workbench.views import search as page_module


def test_the_page_shows_examples_that_find_something(team: Team) -> None:
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
