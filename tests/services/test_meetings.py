"""What a text proposes of a meeting is nothing until a person confirms it."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest

from corpus.meetings import ItemKind
from corpus.models import Document
from tests.services.team import Team
from workbench.services import studies, versions
from workbench.services.errors import NotThere
from workbench.services.meetings import (
    bring_back_meeting,
    confirm_meeting,
    meeting_of,
    meetings_file,
    meetings_of,
    take_back_meeting,
)

MINUTES = "Verslag, 12 maart 2019\n\nAanwezig: An, Bert\nBesluit: de nurse blijft.\nActie: Bert belt.\n"


def the_minutes(team: Team) -> Document:
    return team.add_document(MINUTES, title="Minutes 1")


def test_a_proposal_is_confirmed_as_a_person_says_and_keeps_its_places(team: Team) -> None:
    document = the_minutes(team)
    found = meeting_of(team.engine, team.anna, document.id)
    assert found.confirmed is None and found.proposed.held_on == dt.date(2019, 3, 12)
    confirm_meeting(
        team.engine,
        team.anna,
        document.id,
        held_on=dt.date(2019, 3, 13),
        items={
            ItemKind.ATTENDEE: ["An", "  Carla  ", ""],
            ItemKind.DECISION: ["de nurse blijft."],
        },
    )
    found = meeting_of(team.engine, team.bram, document.id)
    assert found.confirmed is not None and found.by == "Anna"
    assert found.confirmed.held_on == dt.date(2019, 3, 13)
    told = [(i.kind.value, i.text, i.start_char is not None) for i in found.confirmed.items]
    assert told == [
        ("attendee", "An", True),
        ("attendee", "Carla", False),
        ("decision", "de nurse blijft.", True),
    ]
    first = found.confirmed.items[0]
    assert document.text[first.start_char : first.end_char] == "An"
    assert team.problems() == []


def test_items_have_their_places_in_a_text_that_was_corrected_since(quick_team: Team) -> None:
    team = quick_team
    document = the_minutes(team)
    items = {ItemKind.ATTENDEE: ["An"], ItemKind.DECISION: ["de nurse blijft."]}
    confirm_meeting(team.engine, team.anna, document.id, held_on=None, items=items)
    text = MINUTES.replace("Aanwezig", "Waren aanwezig").replace("de nurse", "de verpleegkundige")
    versions.correct_text(team.engine, team.lead, document.id, text, reason="misheard")
    found = meeting_of(team.engine, team.anna, document.id).confirmed
    assert found is not None
    attendee, decision = found.items
    assert text[attendee.start_char : attendee.end_char] == "An"
    assert (decision.text, decision.start_char) == ("de nurse blijft.", None)
    take_back_meeting(team.engine, team.anna, document.id)
    bring_back_meeting(team.engine, team.anna, document.id)
    again = meeting_of(team.engine, team.anna, document.id).confirmed
    assert again is not None and again.items == found.items


def test_confirming_again_replaces_and_both_can_be_undone(quick_team: Team) -> None:
    team, document = quick_team, the_minutes(quick_team)
    day = dt.date(2019, 3, 12)
    confirm_meeting(team.engine, team.anna, document.id, held_on=day, items={ItemKind.ATTENDEE: ["An"]})
    confirm_meeting(team.engine, team.bram, document.id, held_on=None, items={})
    found = meeting_of(team.engine, team.lead, document.id)
    assert found.confirmed is not None and (found.confirmed.held_on, found.confirmed.items) == (None, ())
    bring_back_meeting(team.engine, team.bram, document.id)
    found = meeting_of(team.engine, team.lead, document.id)
    assert found.confirmed is not None and [i.text for i in found.confirmed.items] == ["An"]
    take_back_meeting(team.engine, team.anna, document.id)
    found = meeting_of(team.engine, team.lead, document.id)
    assert found.confirmed is None
    assert found.was is not None and [i.text for i in found.was.items] == ["An"]
    with pytest.raises(NotThere):
        take_back_meeting(team.engine, team.anna, document.id)


def test_the_table_lists_meeting_reports_and_the_file_only_what_is_confirmed(quick_team: Team) -> None:
    team, document = quick_team, the_minutes(quick_team)
    team.add_document("No time.", title="Interview", source=team.add_source("Interviews"))
    assert [line.document.title for line in meetings_of(team.engine, team.lead)] == ["Minutes 1", "Report 1"]
    items = {ItemKind.ACTION: ["=Bert belt."], ItemKind.ATTENDEE: ["An"]}
    confirm_meeting(team.engine, team.anna, document.id, held_on=None, items=items)
    rows = list(csv.DictReader(io.StringIO(meetings_file(team.engine, team.lead).decode("utf-8-sig"))))
    assert [(r["title"], r["kind"], r["text"], r["confirmed_by"]) for r in rows] == [
        ("Minutes 1", "attendee", "An", "Anna"),
        ("Minutes 1", "action", "'=Bert belt.", "Anna"),
    ]


def test_meetings_of_another_study_cannot_be_reached(quick_team: Team) -> None:
    document = the_minutes(quick_team)
    other = studies.create_study(quick_team.engine, "Other", person="Olga")
    for act in (
        lambda: meeting_of(quick_team.engine, other, document.id),
        lambda: confirm_meeting(quick_team.engine, other, document.id, held_on=None, items={}),
        lambda: take_back_meeting(quick_team.engine, other, document.id),
        lambda: bring_back_meeting(quick_team.engine, other, document.id),
    ):
        with pytest.raises(NotThere):
            act()
