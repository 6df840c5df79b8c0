"""The part Protocol of the page Triangulate: the lead writes and fixes, everybody reads."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.services.team import Team
from tests.views.app import healthy, open_page, press, sent, words
from triangulation.models import Row, Rule
from triangulation.opportunity import Opportunity, SaidOpportunity
from triangulation.protocol import ProtocolPage, SourceDetail, racine_codes
from workbench.services import findings, judging, opportunities, protocol
from workbench.services.example import NAME

PAGE = ProtocolPage(questions=("What helps?",), settling="By talk", judges=("Anna",))


@pytest.fixture
def pair(team: Team) -> Team:
    team.add_document("Money is there.", title="Interview 1", source=team.add_source("Interviews"))
    return team


def protocol_page(person: str = "Lena", study: str = "Region") -> AppTest:
    page = open_page("triangulate", person=person, study=study)
    page.segmented_control(key="triangulate_view").set_value("protocol").run()
    return healthy(page)


def buttons(page: AppTest) -> set[str]:
    return {button.label for button in page.button}


def test_lead_writes_the_plan_and_fixes_it(pair: Team) -> None:
    page = protocol_page()
    assert "Nothing is written yet" in words(page)
    page.text_area(key="protocol_questions").set_value("What helps?\nWhat hinders?")
    page.multiselect(key="protocol_judges").set_value(["Anna", "Bram"])
    page.radio(key="protocol_sorting").set_value("alone")
    page.radio(key="protocol_compare").set_value("index").run()
    page.selectbox(key="protocol_index").set_value("Interviews")
    healthy(press(page, "Save the plan"))
    written = protocol.protocol_of(pair.engine, pair.anna).page
    assert written == ProtocolPage(
        ("What helps?", "What hinders?"), "index", "Interviews", "alone", "", ("Anna", "Bram")
    )
    healthy(press(page, "Fix this protocol"))
    assert protocol.protocol_of(pair.engine, pair.anna).is_fixed
    assert "Fix this protocol" not in buttons(page)
    assert "▪ Fixed" in words(page)


def test_after_fixing_a_change_without_a_reason_is_refused_and_one_with_it_printed(pair: Team) -> None:
    protocol.write_protocol(pair.engine, pair.lead, PAGE)
    protocol.fix_protocol(pair.engine, pair.lead)
    page = protocol_page()
    page.text_area(key="protocol_settling").set_value("The lead decides")
    assert "needs a reason" in press(page, "Save the plan").error[0].value
    page.text_input(key="protocol_reason_plan").set_value("No time to talk")
    healthy(press(page, "Save the plan"))
    assert protocol.protocol_of(pair.engine, pair.anna).page.settling == "The lead decides"
    assert "Reason: No time to talk" in words(protocol_page("Anna"))


def test_others_read_everything_and_write_nothing(pair: Team) -> None:
    protocol.write_protocol(pair.engine, pair.lead, PAGE)
    protocol.describe_source(
        pair.engine, pair.lead, "Interviews", SourceDetail("20 GPs", "2007", collected=("Dirk",))
    )
    protocol.add_guide(pair.engine, pair.lead, "Interviews", title="Guide", text="What <helps>?")
    said = SaidOpportunity(Row("ECO-FUND"), "Interviews", Opportunity.ASKED, "Topic 4")
    opportunities.set_opportunities(pair.engine, pair.lead, [said])
    page = protocol_page("Anna")
    shown = words(page)
    for told in (
        "What helps?",
        "By talk",
        "20 GPs",
        "2007",
        "Dirk",
        "What &lt;helps&gt;?",
        "asked",
        "Topic 4",
    ):
        assert told in shown
    assert "who meets can raise what is on no agenda" in shown  # why the default of a kind holds
    assert buttons(page) <= {"Add a finding"}
    assert "The lead of the study sets the rule." in shown


def test_lead_sets_the_rule_with_its_reason(pair: Team) -> None:
    page = protocol_page()
    page.radio(key="protocol_rule").set_value(Rule.MEANING_FIRST).run()
    page.text_input(key="protocol_reason_rule").set_value("Contradiction must show")
    healthy(press(page, "Set this rule"))
    assert protocol.protocol_of(pair.engine, pair.lead).rule is Rule.MEANING_FIRST
    assert "Reason: Contradiction must show" in words(page)
    assert "Rule: Meaning first" in words(page)


def test_own_codes_bear_the_names_that_the_lead_gives(pair: Team) -> None:
    page = protocol_page()
    page.radio(key="protocol_rule").set_value(Rule.OWN).run()
    page.text_input(key="protocol_code_partial_Complementarity_name").set_value("Adds to it")
    healthy(press(page, "Set this rule"))
    read = protocol.protocol_of(pair.engine, pair.anna)
    assert read.rule is Rule.OWN
    assert [read.codes.name(code) for code in read.codes.codes] == [
        "Convergence",
        "Adds to it",
        "Silence",
        "Dissonance",
    ]
    assert "Adds to it" in words(protocol_page("Anna"))


def test_source_is_described_in_a_dialog(pair: Team) -> None:
    page = press(protocol_page(), "Describe Interviews")
    (field,) = [one for one in page.text_input if one.label == "n, in words"]
    field.set_value("20 GPs")
    (field,) = [one for one in page.text_input if one.label.startswith("Collected by")]
    field.set_value("Dirk, Eve")
    press(page, "Save the source")
    detail = protocol.protocol_of(pair.engine, pair.anna).sources[1].detail
    assert (detail.participants, detail.collected) == ("20 GPs", ("Dirk", "Eve"))


def test_many_places_of_the_map_are_set_at_once_and_taken_back(pair: Team) -> None:
    page = protocol_page()
    page.selectbox(key="protocol_many_source").set_value("Interviews")
    page.selectbox(key="protocol_many_state").set_value("asked")
    page.text_input(key="protocol_note").set_value("All were asked")
    healthy(press(page, "Set these places"))
    said = protocol.protocol_of(pair.engine, pair.anna).opportunities
    assert {(entry.source, entry.state, entry.note) for entry in said} == {
        ("Interviews", Opportunity.ASKED, "All were asked")
    }
    assert len(said) == 36
    page.selectbox(key="protocol_many_state").set_value("default")
    healthy(press(page, "Set these places"))
    assert protocol.protocol_of(pair.engine, pair.anna).opportunities == ()


def test_guide_is_kept_from_its_text(pair: Team) -> None:
    page = press(protocol_page(), "Add a guide")
    page.text_input(key="guide_title").set_value("Agenda")
    page.text_area(key="guide_text").set_value("1. Money")
    press(page, "Keep this guide")
    (guide,) = protocol.protocol_of(pair.engine, pair.anna).guides
    assert (guide.source, guide.title, guide.text) == ("Steering group", "Agenda", "1. Money")
    assert "1. Money" in words(protocol_page("Anna"))


def test_dependence_is_added_and_stands_in_the_limitations(pair: Team) -> None:
    page = press(protocol_page(), "Add a dependence")
    press(page, "Save the dependence")
    assert "rest in part on the same people" in words(protocol_page("Anna"))


def test_protocol_that_was_never_fixed_says_so_once_judging_has_begun(pair: Team) -> None:
    judging.judge_existence(pair.engine, pair.lead, row=Row("ECO-FUND"), source="Interviews", speaks=True)
    assert "judging has begun" in words(protocol_page())


def test_a_name_of_a_code_is_shown_as_text(pair: Team) -> None:
    protocol.write_protocol(pair.engine, pair.lead, replace(PAGE, settling="<b>bold</b>"))
    assert "&lt;b&gt;bold&lt;/b&gt;" in words(protocol_page("Anna"))


def test_protocol_of_the_example_has_everything(served_example: Engine) -> None:
    page = protocol_page("Lena", NAME)
    shown = words(page)
    for told in ("before the first judgement", "12 reports", "Patient 1 is a patient of GP 1", "Anke coded"):
        assert told in shown


def test_own_names_stand_in_the_other_parts_too(pair: Team) -> None:
    for source in ("Interviews", "Steering group"):
        findings.add_finding(
            pair.engine, pair.anna, source=source, theme="ECO-FUND", statement="Money is there."
        )
    protocol.write_protocol(pair.engine, pair.lead, replace(PAGE, codes=racine_codes()))
    protocol.choose_rule(pair.engine, pair.lead, Rule.OWN)
    page = open_page("triangulate", person="Anna")
    assert b"Complementarity" in sent(page)
    protocol.choose_rule(pair.engine, pair.lead, Rule.PARTS)
    assert b"Complementarity" not in sent(healthy(page.run()))
