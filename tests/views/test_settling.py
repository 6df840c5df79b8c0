"""The parts Disagreements and Settle of the page Compare: listed, decided, asked; hidden till the reveal."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from codebook.disagreements import Kind
from tests.services.team import Team
from tests.services.test_calibration import calibrating
from tests.services.test_settling import claire, differing, listed, place
from tests.views.app import healthy, open_page, press, sent, words
from workbench.services import decisions, rounds, settling


def room(person: str = "Anna", **address: str) -> AppTest:
    return open_page("compare", person=person, view="settle", **address)


def test_nothing_is_listed_or_settled_before_the_reveal(team: Team) -> None:
    team.open_round()
    team.code(team.anna, "no time", memo="zebra memo")
    team.finish(team.anna, team.bram)
    for view in ("disagreements", "settle"):
        page = open_page("compare", person="Bram", view=view)
        assert "when every coder has finished" in words(page)
        assert b"zebra" not in sent(page)


def test_list_has_every_place_and_narrows(team: Team) -> None:
    differing(team)
    page = open_page("compare", person="Anna", view="disagreements")
    assert list(page.dataframe[0].value["Characters"]) == [15, 12, 9, 7]
    assert "0 of 4 settled" in words(page) and "zebra memo" not in words(page)
    kinds = next(box for box in page.multiselect if box.label == "Kind")
    page = healthy(kinds.set_value([Kind.VALENCE]).run())
    assert list(page.dataframe[0].value["Codes"]) == ["ORG-IT"]
    assert "zebra memo" in words(page)


def test_places_are_decided_one_after_the_other_and_undone(team: Team) -> None:
    differing(team)
    page = room()
    assert "0 of 4 settled" in words(page)
    page = healthy(press(page, "Anna’s"))
    assert "1 of 4 settled" in words(page) and "coding stands." in words(page)
    page = healthy(press(page, "Unresolved"))
    found = listed(team)
    assert [p.state for p in found.places] == ["settled", "unresolved", "open", "open"]
    page = healthy(press(page, "Undo"))
    assert listed(team).decided == 1


def test_merging_is_undone_at_once_and_a_decision_at_its_place(team: Team) -> None:
    differing(team)
    page = healthy(press(room(), "Merge 1 that lose nothing"))
    assert listed(team).decided == 1
    press(page, "Undo")
    assert listed(team).decided == 0
    where = place(team, Kind.MISSED).id
    settling.settle(team.engine, team.anna, None, where, "first")
    press(room(place=str(where)), "Take this decision back")
    assert listed(team).decided == 0


def test_both_reasons_are_written_at_one_screen_before_the_talk(team: Team) -> None:
    differing(team)
    settling.begin_meeting(team.engine, team.anna, None, attendance=["Anna", "Bram"])
    page = room(place=str(place(team, Kind.VALENCE).id))
    assert "Present: Anna, Bram" in words(page)
    for coder, text in (("Anna", "giraffe reason"), ("Bram", "okapi reason")):
        next(area for area in page.text_area if area.label == f"Why {coder} coded so").set_value(text)
        page = healthy(press(page.run(), f"Keep the reason of {coder}"))
        assert ("giraffe" in words(page)) == (coder == "Bram")
    assert "okapi reason" in words(page)


def test_apart_the_other_reads_nothing_before_writing(team: Team) -> None:
    differing(team)
    where = place(team, Kind.VALENCE).id
    settling.write_reason(team.engine, team.anna, None, where, "giraffe reason")
    page = room("Bram", place=str(where))
    assert "Anna has written" in words(page) and b"giraffe" not in sent(page)


def test_somebody_asked_from_outside_finds_the_place_and_decides(team: Team) -> None:
    differing(team)
    where = place(team, Kind.VALENCE).id
    assert "They can ask you" in words(room("Claire"))
    settling.ask_outside(team.engine, team.anna, None, where, asked="Claire")
    page = open_page("compare", person="Claire")
    assert "You are asked to decide 1" in words(page)
    page = healthy(press(page, "Decide"))
    page = healthy(press(page, "Bram’s"))
    settlement = place(team, Kind.VALENCE, claire(team)).settlement
    assert settlement is not None and settlement.asked == "Claire"


def test_decision_on_the_codebook_is_recorded_on_the_spot(team: Team) -> None:
    differing(team)
    page = room(place=str(place(team, Kind.VALENCE).id))
    next(area for area in page.text_area if area.label == "What was decided").set_value("IT is mixed.")
    page = healthy(press(page.run(), "Record the decision"))
    (decision,) = decisions.decisions_of(team.engine, team.lead)
    assert decision.text == "IT is mixed."


def test_lead_reveals_a_document_of_a_calibration_round_on_the_page_study(team: Team) -> None:
    calibrating(team)
    assert "Reveal a document" not in [b.label for b in open_page("study", person="Anna").button]
    page = press(open_page("study"), "Reveal a document")
    press(page, "Reveal this document, for good")
    (view,) = rounds.rounds_of(team.engine, team.lead)
    assert (view.state, len(view.round.shown)) == ("open", 1)
    page = open_page("compare", person="Bram", view="disagreements")
    assert "Shown" in words(page) and b"zebra" not in sent(page)
