"""People and cases: labels are assigned, participants merged, attributes edited, meetings confirmed."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from corpus.models import Document
from tests.services.team import Team
from tests.views.app import healthy, open_page, press, run, words
from workbench.services import meetings, participants, studies
from workbench.services.documents import list_documents

ONE = "Interviewer: Well?\nGP 1: No time.\nGP 1: Nobody pays the nurse."
TWO = "Interviewer: And then?\nGP 1: It began.\nDr. Peeters: Money."


@pytest.fixture
def interviews(team: Team) -> tuple[Team, Document, Document]:
    source = team.add_source("Interviews")
    return (
        team,
        team.add_document(ONE, title="Interview 1", source=source),
        team.add_document(TWO, title="Interview 2", source=source),
    )


def select(page: AppTest, table: str, *rows: int) -> AppTest:
    page.session_state[table] = {"selection": {"rows": list(rows), "columns": [], "cells": []}}
    return healthy(page.run())


def labelled(page: AppTest, kind: str, label: str) -> object:
    (found,) = [widget for widget in getattr(page, kind) if widget.label == label]
    return found


def test_without_documents_the_page_says_what_comes_next(team: Team) -> None:
    studies.create_study(team.engine, "Empty", person="Lena")
    page = open_page("people", study="Empty")
    assert "There are no documents yet" in words(page)


def test_labels_are_listed_and_assigned_and_the_last_change_is_undone(
    interviews: tuple[Team, Document, Document],
) -> None:
    team, one, _ = interviews
    page = open_page("people", person="Anna")
    assert list(page.dataframe[0].value["Label"]) == ["GP 1", "Interviewer", "Dr. Peeters"]
    assert "3 labels; 3 not assigned" in words(page)
    participants.add_participant(team.engine, team.lead, "Arts")
    page = select(open_page("people", person="Anna"), "people_labels", 0)
    labelled(page, "multiselect", "Only in these documents").set_value([one.id])
    person = labelled(page, "selectbox", "Person or site")
    person.set_value("Arts")  # type: ignore[attr-defined]
    healthy(press(page, "Assign"))
    (case,) = participants.people_of(team.engine, team.lead).cases
    assert [(alias.label, alias.document_id) for alias in case.labels] == [("GP 1", one.id)]
    page = open_page("people", person="Bram")
    assert "labels were assigned, by Anna" in words(page)
    healthy(press(page, "Undo the last change"))
    assert participants.people_of(team.engine, team.lead).cases[0].labels == ()


def test_two_participants_are_merged_and_a_document_is_linked(
    interviews: tuple[Team, Document, Document],
) -> None:
    team, one, _ = interviews
    first = participants.add_participant(team.engine, team.lead, "P4", role="GP")
    participants.add_participant(team.engine, team.lead, "P5")
    page = select(open_page("people"), "people_cases", 0, 1)
    labelled(page, "selectbox", "They are one; the name that stays").set_value(first).run()
    healthy(press(page, "Merge"))
    assert [c.participant.name for c in participants.people_of(team.engine, team.lead).cases] == ["P4"]
    page = select(open_page("people"), "people_cases", 0)
    labelled(page, "multiselect", "Documents that are about, or from, this participant").set_value(
        [one.id]
    ).run()
    healthy(press(page, "Link"))
    assert participants.people_of(team.engine, team.lead).cases[0].linked == {one.id}


def test_a_participant_is_added_and_a_name_twice_is_refused(team: Team) -> None:
    page = open_page("people")
    labelled(page, "text_input", "Name or pseudonym").set_value("P4")
    healthy(press(page, "Add"))
    assert [c.participant.name for c in participants.people_of(team.engine, team.lead).cases] == ["P4"]
    page = open_page("people")
    labelled(page, "text_input", "Name or pseudonym").set_value("p4")
    page = press(page, "Add")
    assert "already" in page.error[0].value


def test_attributes_stand_in_a_table_with_their_history(interviews: tuple[Team, Document, Document]) -> None:
    team, one, _ = interviews
    participants.set_attributes(team.engine, team.anna, documents={(one.id, "site"): "Aalst"})
    page = open_page("people")
    tables = [frame.value for frame in page.dataframe if isinstance(frame.value, pd.DataFrame)]
    assert any("site" in table.columns and "Aalst" in set(table["site"]) for table in tables)
    labelled(page, "selectbox", "Whose").set_value(one.id).run()
    labelled(page, "selectbox", "Which attribute").set_value("site").run()
    told = [frame.value.to_csv() for frame in healthy(page).dataframe]
    assert any("Aalst" in table and "Anna" in table and "now" in table for table in told)


def test_values_and_columns_that_are_not_kept_yet_are_not_lost(
    interviews: tuple[Team, Document, Document],
) -> None:
    team, one, _ = interviews
    page = open_page("people")
    labelled(page, "text_input", "New attribute").set_value("period")
    page = healthy(press(page, "Add the column"))
    tables = [frame.value for frame in page.dataframe if "period" in frame.value.columns]
    assert len(tables) == 1
    page.session_state["attribute_drafts_documents"] = {(one.id, "period"): "2024"}
    page = healthy(page.run())
    assert "1 value changed, not kept yet" in words(page)
    healthy(press(page, "Keep the changes"))
    held = {d.id: d.attributes for d in list_documents(team.engine, team.lead)}
    assert held[one.id] == {"period": "2024"}
    assert "not kept yet" not in words(page)


def test_the_next_meeting_that_nobody_confirmed_is_looked_at(team: Team) -> None:
    for n in (1, 2):
        team.add_document(f"Verslag\n\nAanwezig: An, Bert\nBesluit: {n}.\n", title=f"Minutes {n}")
    page = press(open_page("people"), "Next to confirm")
    first = labelled(page, "selectbox", "Meeting to look at").value  # type: ignore[attr-defined]
    page = healthy(press(page, "Confirm the meeting"))
    assert "Confirm the changes" in [button.label for button in page.button]
    page = press(page, "Next to confirm")
    second = labelled(page, "selectbox", "Meeting to look at").value  # type: ignore[attr-defined]
    assert first is not None and second not in (None, first)


def test_a_meeting_is_confirmed_as_the_person_says_and_stands_in_the_table(team: Team) -> None:
    minutes = team.add_document(
        "Verslag, 12 maart 2019\n\nAanwezig: An, Bert\nBesluit: de nurse blijft.\n", title="Minutes 1"
    )
    page = open_page("documents", person="Anna")
    page.selectbox(key="looked_after").set_value(minutes.id).run()
    present = labelled(page, "text_area", "Present")
    assert present.value == "An\nBert"  # type: ignore[attr-defined]
    assert meetings.meeting_of(team.engine, team.lead, minutes.id).confirmed is None
    present.set_value("An\nCarla")  # type: ignore[attr-defined]
    healthy(press(page, "Confirm the meeting"))
    found = meetings.meeting_of(team.engine, team.lead, minutes.id)
    assert found.confirmed is not None and found.by == "Anna"
    assert found.confirmed.held_on == dt.date(2019, 3, 12)
    assert [item.text for item in found.confirmed.items] == ["An", "Carla", "de nurse blijft."]
    page = open_page("people")
    table = "\n".join(frame.value.to_csv() for frame in page.dataframe)
    assert "An; Carla" in table and "2019-03-12" in table
    labelled(page, "selectbox", "Meeting to look at").set_value(minutes.id).run()  # type: ignore[attr-defined]
    assert labelled(page, "text_area", "Present").value == "An\nCarla"  # type: ignore[attr-defined]
    page = open_page("documents", person="Anna")
    page.selectbox(key="looked_after").set_value(minutes.id).run()
    healthy(press(page, "Take the confirmation back"))
    assert meetings.meeting_of(team.engine, team.lead, minutes.id).confirmed is None
    healthy(press(run(page, page.selectbox(key="looked_after")), "Bring back what was confirmed"))
    assert meetings.meeting_of(team.engine, team.lead, minutes.id).confirmed is not None
