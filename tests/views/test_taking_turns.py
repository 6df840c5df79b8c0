"""People who take turns in one tab: what one began and did not save is not there for the next."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.services.team import Team


def _turn() -> None:
    import streamlit as st

    from workbench import session

    session.remember_address()
    st.text_input("Reason", key="judging_reason")
    if st.session_state.pop("hand_over", False):
        session.choose("person", "Bram")
        st.rerun()


def begun_by_anna() -> AppTest:
    page = AppTest.from_function(_turn, default_timeout=60)
    page.query_params["person"] = "Anna"
    page.run()
    return page.text_input(key="judging_reason").set_value("a thought of Anna alone").run()


def test_anna_finds_what_she_began(team: Team) -> None:
    page = begun_by_anna().run()
    assert page.text_input(key="judging_reason").value == "a thought of Anna alone"


def test_the_next_person_finds_empty_fields(team: Team) -> None:
    page = begun_by_anna()
    page.session_state["hand_over"] = True
    page.run()
    assert page.session_state["chosen_person"] == "Bram"
    assert page.text_input(key="judging_reason").value == ""


def test_another_person_in_the_address_finds_empty_fields(team: Team) -> None:
    page = begun_by_anna()
    page.query_params["person"] = "Bram"
    page.run()
    assert page.text_input(key="judging_reason").value == ""
