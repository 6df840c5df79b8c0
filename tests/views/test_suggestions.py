"""The page Suggestions: finds, accepts, rejects and takes back; off where a round is blind."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.services.team import Team
from tests.views.app import healthy, open_page, press, words
from workbench.services import coding


def found_for(team: Team, person: str = "Anna") -> AppTest:
    page = open_page("suggestions", person=person, query="money")
    page.selectbox[-1].set_value("ECO-FUND").run()
    return healthy(press(page, "Find passages"))


def passages(page: AppTest) -> list[str]:
    return list(page.dataframe[0].value["Passage"]) if page.dataframe else []


def test_page_says_what_is_suggested_and_that_it_is_marked(team: Team) -> None:
    assert "marked for ever" in words(open_page("suggestions"))


def test_search_brought_by_the_address_is_accepted_and_taken_back(team: Team) -> None:
    page = found_for(team)
    assert passages(page) == ["The GP wants to start, and money is there."]
    page = healthy(press(page, "Accept"))
    assert [(c.coder, c.code) for c in team.seen(team.anna)] == [("Anna", "ECO-FUND")]
    assert passages(page) == []
    page = healthy(press(page, "Take the last back"))
    assert team.seen(team.anna) == []
    assert len(passages(page)) == 1


def test_valence_is_chosen_while_accepting_singly_or_together(team: Team) -> None:
    team.add_document("No money. Money again.", title="Other")
    page = healthy(press(found_for(team), "− barrier"))
    (box,) = (box for box in page.selectbox if box.label == "Valence of those accepted together")
    page = healthy(box.set_value("facilitator").run())
    page = healthy(press(page, "Accept all 2"))
    codings = coding.codings_of(team.engine, team.anna)
    assert sorted((c.quote, c.valence) for c in codings) == [
        ("Money again.", "facilitator"),
        ("No money.", "facilitator"),
        ("The GP wants to start, and money is there.", "barrier"),
    ]
    page = healthy(press(page, "Take the last back"))
    assert [c.valence for c in coding.codings_of(team.engine, team.anna)] == ["barrier"]
    assert len(passages(page)) == 2
    page = healthy(press(page, "Take all back"))
    assert len(passages(page)) == 3
    assert coding.codings_of(team.engine, team.anna) == []


def test_what_was_rejected_is_not_offered_again_until_asked_for(team: Team) -> None:
    page = healthy(press(found_for(team), "Reject"))
    assert passages(page) == []
    page = healthy(press(page, "Find passages"))
    assert passages(page) == []
    page = healthy(press(page, "Offer rejected ones again"))
    assert len(passages(page)) == 1
    assert team.seen(team.anna) == []


def test_codebook_suggests_without_words_of_ones_own(team: Team) -> None:
    page = open_page("suggestions", person="Anna")
    way = next(one for one in page.get("button_group") if one.key == "suggestions_way")
    way.set_value("codebook").run()
    page = healthy(press(page, "Find passages"))
    assert "passages" in words(page) or "Nothing is left" in words(page)


def test_document_of_a_blind_round_is_left_out_and_the_page_says_so(team: Team) -> None:
    team.open_round()
    page = found_for(team)
    assert passages(page) == []
    assert "blind round that is open" in words(page)
