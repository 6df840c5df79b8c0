"""The page Study: what is next, and the lead's acts."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from store.plans import Plan
from tests.services.team import Team
from tests.views.app import healthy, open_page, press, words
from workbench.services import coding, plans, rounds, studies
from workbench.services.documents import list_documents


def labels(page: AppTest) -> set[str]:
    return {button.label for button in page.button}


def test_lead_opens_a_round_for_people_of_the_study(team: Team) -> None:
    page = press(open_page("study"), "New round")
    page.text_input[0].set_value("First round")
    page.multiselect[0].set_value(["Anna", "Bram"])
    healthy(press(page, "Open the round"))
    (view,) = rounds.rounds_of(team.engine, team.lead)
    assert [coder.name for coder in view.round.coders] == ["Anna", "Bram"]
    assert view.round.blind
    assert "First round" in str(page.dataframe[1].value)


def test_round_of_one_coder_is_refused_in_words(team: Team) -> None:
    page = press(open_page("study"), "New round")
    page.text_input[0].set_value("First round")
    page.multiselect[0].set_value(["Anna"])
    press(page, "Open the round")
    assert "two coders" in page.error[0].value
    assert rounds.rounds_of(team.engine, team.lead) == []


def test_lead_reveals_when_all_have_finished_and_after_a_warning(team: Team) -> None:
    team.open_round()
    team.finish(team.anna)
    assert "Reveal to all" not in labels(open_page("study"))
    team.finish(team.bram)
    page = press(open_page("study"), "Reveal to all")
    assert not rounds.find_round(team.engine, team.lead).revealed
    assert "cannot be undone" in words(page)
    healthy(press(page, "Reveal now, for good"))
    assert rounds.find_round(team.engine, team.lead).revealed


def test_lead_reopens_a_finished_document_with_a_reason(team: Team) -> None:
    team.open_round()
    team.finish(team.anna)
    page = press(open_page("study"), "Reopen a finished document")
    press(page, "Reopen the document")
    assert "reason" in page.error[0].value
    page.text_input[0].set_value("A page was missing")
    healthy(press(page, "Reopen the document"))
    assert coding.coding_screen(team.engine, team.anna, team.document.id).closed == ""


def test_lead_adds_a_person(team: Team) -> None:
    page = press(open_page("study"), "New person")
    page.text_input[0].set_value("Dora")
    healthy(press(page, "Add the person"))
    assert "Dora" in [member.name for member in studies.team(team.engine, team.lead)]
    assert "Dora" in words(page)


@pytest.mark.parametrize("person", ["Anna", "Bram"])
def test_coders_are_offered_none_of_the_leads_acts(team: Team, person: str) -> None:
    team.open_round()
    team.finish(team.anna, team.bram)
    assert labels(open_page("study", person=person)) == set()


def test_round_of_a_set_of_the_plan_has_its_documents_alone(team: Team) -> None:
    second = team.add_document(title="Second")
    sets = {team.document.id: "reliability", second.id: "pilot"}
    plans.write_plan(team.engine, team.lead, Plan(purposes=sets))
    page = press(open_page("study"), "New round")
    page.text_input[0].set_value("First round")
    page.multiselect[0].set_value(["Anna", "Bram"])
    next(field for field in page.multiselect if field.label == "Sets of the plan").set_value(["pilot"])
    healthy(press(page, "Open the round"))
    (view,) = rounds.rounds_of(team.engine, team.lead)
    by_version = {d.version_id: d.id for d in list_documents(team.engine, team.lead)}
    assert [by_version[version] for version in view.round.documents] == [second.id]
