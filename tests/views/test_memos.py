"""The page Memos: opens empty and full, writes, shares and undoes, and sends nothing of others' thoughts."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.services.team import Team
from tests.views.app import healthy, open_page, press, sent, words
from workbench.services import memos


def write(team: Team, author: str, text: str, *, shared: bool = False) -> None:
    person = {"Anna": team.anna, "Bram": team.bram}[author]
    memos.write_memo(
        team.engine,
        person,
        kind="reflexive",
        about="document",
        about_id=team.document.id,
        text=text,
        shared=shared,
    )


def shown(page: AppTest) -> list[str]:
    return list(page.dataframe[0].value["Memo"]) if page.dataframe else []


def test_empty_page_says_what_a_memo_is_for(team: Team) -> None:
    page = open_page("memos", person="Anna")
    assert "yours alone until you share it" in words(page)
    assert not page.dataframe


def test_dialog_asks_for_subject_kind_and_words(team: Team) -> None:
    page = healthy(press(open_page("memos", person="Anna"), "New memo"))
    assert [area.label for area in page.text_area] == ["Memo"]
    assert "Save the memo" in [button.label for button in page.button]


def test_last_change_is_undone_on_the_page_and_then_there_is_nothing_left(team: Team) -> None:
    write(team, "Anna", "I was a nurse myself")
    page = open_page("memos", person="Anna")
    assert shown(page) == ["I was a nurse myself"]
    assert "Undo" not in [button.label for button in open_page("memos", person="Bram").button]
    page = healthy(press(page, "Undo"))
    assert shown(page) == []
    assert "Undo" not in [button.label for button in page.button]


def test_list_is_narrowed_by_words_and_author(team: Team) -> None:
    write(team, "Anna", "Le médecin hésite", shared=True)
    write(team, "Bram", "Nobody pays")
    page = open_page("memos", person="Bram")
    assert shown(page) == ["Nobody pays", "Le médecin hésite"]
    page.text_input(key="memo_words").set_value("medecin").run()
    assert shown(healthy(page)) == ["Le médecin hésite"]
    page.text_input(key="memo_words").set_value("giraffe").run()
    assert "No memo passes these filters" in words(healthy(page))


def test_nothing_of_a_private_or_blind_memo_is_sent_to_others(team: Team) -> None:
    write(team, "Anna", "zebra")
    write(team, "Anna", "giraffe", shared=True)
    assert b"giraffe" in sent(open_page("memos", person="Bram"))
    team.open_round()
    page = sent(open_page("memos", person="Bram"))
    assert b"zebra" not in page
    assert b"giraffe" not in page
