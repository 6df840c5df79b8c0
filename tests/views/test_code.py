"""The page Code: the reader with what one may see, and the button that finishes a document."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.services.team import Team
from tests.views.app import healthy, open_page, press, sent, words
from workbench.services import rounds


def labels(page: AppTest) -> set[str]:
    return {button.label for button in page.button}


def test_reader_gets_the_text_the_codes_and_ones_own_codings(team: Team) -> None:
    team.code(team.anna, "no time", memo="zebra memo")
    team.code(team.bram, "no time", memo="okapi memo")
    page = sent(open_page("code", person="Anna"))
    assert b"The nurse has no time." in page
    assert b"ECO-FUND" in page
    assert b"zebra memo" in page
    assert b"okapi memo" not in page


def test_codings_of_others_are_shown_when_asked_for(team: Team) -> None:
    team.code(team.bram, "no time", memo="okapi memo")
    page = open_page("code", person="Anna")
    page.toggle[0].set_value(True).run()
    assert b"okapi memo" in sent(healthy(page))


def test_codings_of_others_cannot_be_asked_for_in_a_blind_round(team: Team) -> None:
    team.code(team.bram, "no time", memo="okapi memo")
    team.open_round()
    page = open_page("code", person="Anna")
    assert not page.toggle
    assert b"okapi memo" not in sent(page)


def test_document_is_finished_by_its_button_and_then_locked(team: Team) -> None:
    team.code(team.anna, "no time")
    team.open_round()
    page = open_page("code", person="Anna")
    healthy(press(page, "Finish this document"))
    assert rounds.rounds_of(team.engine, team.anna)[0].progress[0].finished == 1
    assert "Finish this document" not in labels(page)
    assert "locked" in words(page)
    assert "1 coding" in page.toast[0].value


def test_only_coders_of_a_round_are_asked_to_finish(team: Team) -> None:
    team.open_round()
    assert "Finish this document" not in labels(open_page("code"))


def test_documents_are_read_one_after_the_other(team: Team) -> None:
    second = team.add_document("Another text.", title="Report 2")
    page = press(open_page("code"), "Next")
    assert page.query_params["document"] == str(second.id)
    assert b"Another text." in sent(healthy(page))
    assert [button.disabled for button in page.button if button.label == "Next"] == [True]
    healthy(press(page, "Previous"))
    assert page.query_params["document"] == str(team.document.id)
