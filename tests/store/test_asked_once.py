"""One state is read: what a person may see is asked once in it, and anew after every change."""

from __future__ import annotations

from uuid import UUID, uuid4

from sqlalchemy import Connection

from store.engine import one_state, reading, writing
from store.studies import Member
from store.visibility.once import asked_once
from tests.services.team import Team
from workbench.services.documents import list_documents

asked: list[UUID] = []


@asked_once
def hidden(connection: Connection, viewer: Member) -> set[UUID]:
    """An answer that tells how often it was asked for."""
    asked.append(viewer.id)
    return {uuid4()}


def test_answer_holds_for_one_person_and_one_state(quick_team: Team) -> None:
    asked.clear()
    with reading(quick_team.engine) as connection:
        first = hidden(connection, quick_team.anna)
        assert hidden(connection, quick_team.anna) == first
        assert hidden(connection, quick_team.bram) != first
    with reading(quick_team.engine) as connection:
        assert hidden(connection, quick_team.anna) != first
    assert asked == [quick_team.anna.id, quick_team.bram.id, quick_team.anna.id]


def test_while_something_is_written_each_asking_is_a_new_one(quick_team: Team) -> None:
    with writing(quick_team.engine) as connection:
        assert hidden(connection, quick_team.anna) != hidden(connection, quick_team.anna)


def test_all_that_is_read_within_one_state_is_of_that_state(team: Team) -> None:
    with one_state(team.engine):
        before = list_documents(team.engine, team.lead)
        team.add_document("Another text.", title="Another")
        assert list_documents(team.engine, team.lead) == before
    assert {one.title for one in list_documents(team.engine, team.lead)} == {"Another", before[0].title}
