"""Rounds: opened, reopened and revealed by the lead, finished by each coder alone."""

from __future__ import annotations

import pytest

from corpus.errors import UserFacingError
from store import tables
from store.engine import reading
from store.events import events_of
from tests.services.team import Team, a_team
from workbench.services import codebook_editing, codebooks, coding, keeping, rounds, studies
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.rounds import Progress


def state(team: Team, name: str = "First round") -> str:
    return next(v.state for v in rounds.rounds_of(team.engine, team.lead) if v.round.name == name)


# --- opening -----------------------------------------------------------------------------------------


def test_round_is_opened_on_all_documents_or_on_those_named(quick_team: Team) -> None:
    second = quick_team.add_document("Another text.", title="Report 2")
    named = quick_team.open_round("Some", documents=[second])
    assert len(named.documents) == 1
    quick_team.finish(quick_team.anna, quick_team.bram, name="Some")
    quick_team.reveal("Some")
    all_of_them = quick_team.open_round("All")
    assert len(all_of_them.documents) == 2
    assert [coder.name for coder in all_of_them.coders] == ["Anna", "Bram"]


def test_opening_brings_in_coders_who_are_new_to_the_study(quick_team: Team) -> None:
    quick_team.open_round(coders=["Anna", " Dora "])
    assert "Dora" in studies.names_in(quick_team.engine, studies.find_study(quick_team.engine))


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"coders": ["Anna"]},
        {"coders": ["Anna", "Anna ", ""]},
        {"document_names": ["No such report"]},
        {"name": "Taken"},
    ],
    ids=repr,
)
def test_round_without_name_coders_or_documents_is_refused_and_leaves_nothing(
    quick_team: Team, wrong: dict[str, object]
) -> None:
    quick_team.open_round("Taken", blind=False)
    quick_team.finish(quick_team.anna, quick_team.bram, name="Taken")
    quick_team.reveal("Taken")
    before = quick_team.count(tables.event)
    wanted = {"name": "First round", "coders": ["Anna", "Bram"]} | wrong
    with pytest.raises(UserFacingError):
        rounds.open_round(quick_team.engine, quick_team.lead, wanted.pop("name"), **wanted)
    assert quick_team.count(tables.event) == before
    assert len(rounds.rounds_of(quick_team.engine, quick_team.lead)) == 1


def test_study_without_documents_or_codebook_opens_no_round(quick_team: Team) -> None:
    lead = studies.create_study(quick_team.engine, "Empty", person="Lena")
    with pytest.raises(NotThere, match="documents"):
        rounds.open_round(quick_team.engine, lead, "R", coders=["Anna", "Bram"])


def test_document_is_in_one_unrevealed_round_at_a_time(quick_team: Team) -> None:
    quick_team.open_round()
    with pytest.raises(UserFacingError, match="First round"):
        quick_team.open_round("Second round")


# --- finishing and revealing -------------------------------------------------------------------------


def test_round_goes_from_open_to_finished_to_revealed(team: Team) -> None:
    second = team.add_document("Another text.", title="Report 2")
    team.open_round()
    assert state(team) == "open"
    team.finish(team.anna)
    rounds.finish(team.engine, team.bram, None, document="Report 1")
    assert state(team) == "open"
    with pytest.raises(NotAllowed, match="not so yet"):
        team.reveal()
    rounds.finish(team.engine, team.bram, None, document=str(second.id))
    assert state(team) == "finished"
    assert team.reveal().revealed
    assert state(team) == "revealed"
    assert team.problems() == []


def test_reveal_happens_once_and_again_changes_nothing(quick_team: Team) -> None:
    quick_team.open_round()
    quick_team.finish(quick_team.anna, quick_team.bram)
    quick_team.reveal()
    before = quick_team.count(tables.event)
    assert quick_team.reveal().revealed
    assert quick_team.count(tables.event) == before


def test_finished_document_takes_no_coding_until_it_is_reopened(quick_team: Team) -> None:
    made = quick_team.code(quick_team.anna, "no time")
    quick_team.open_round()
    quick_team.finish(quick_team.anna)
    for operation in (
        {"type": "apply", "code": "ECO-FIN", "start": 0, "end": 9},
        {"type": "change", "coding": made, "valence": "mixed"},
        {"type": "memo", "coding": made, "text": "late"},
        {"type": "retire", "coding": made},
        {"type": "undo"},
    ):
        assert "finished" in (quick_team.try_act(quick_team.anna, **operation) or "")
    rounds.reopen(
        quick_team.engine,
        quick_team.lead,
        "First round",
        coder="Anna",
        document="Report 1",
        reason="A page was missing",
    )
    assert quick_team.try_act(quick_team.anna, type="retire", coding=made) is None
    with reading(quick_team.engine) as connection:
        reopened = [
            e for e in events_of(connection, quick_team.lead.study_id) if e.action == "document.reopen"
        ]
    assert [(event.actor_id, event.reason) for event in reopened] == [
        (quick_team.lead.id, "A page was missing")
    ]
    assert quick_team.problems() == []


def test_finishing_twice_is_refused_for_a_document_and_nothing_for_the_rest(quick_team: Team) -> None:
    quick_team.open_round()
    quick_team.finish(quick_team.anna)
    with pytest.raises(UserFacingError, match="finished it already"):
        rounds.finish(quick_team.engine, quick_team.anna, None, document="Report 1")
    assert rounds.finish(quick_team.engine, quick_team.anna, None).documents == 0


def test_only_coders_of_the_round_finish_it(quick_team: Team) -> None:
    quick_team.open_round()
    with pytest.raises(NotAllowed):
        rounds.finish(quick_team.engine, quick_team.lead, None)


def test_revealed_round_is_neither_finished_nor_reopened(quick_team: Team) -> None:
    quick_team.open_round()
    quick_team.finish(quick_team.anna, quick_team.bram)
    quick_team.reveal()
    with pytest.raises(NotAllowed):
        rounds.finish(quick_team.engine, quick_team.anna, None)
    with pytest.raises(NotAllowed, match="what was seen was seen"):
        rounds.reopen(
            quick_team.engine,
            quick_team.lead,
            "First round",
            coder="Anna",
            document="Report 1",
            reason="Late",
        )


@pytest.mark.parametrize("coder", ["Bram", "Lena", "Nobody"])
def test_what_is_not_finished_cannot_be_reopened(quick_team: Team, coder: str) -> None:
    quick_team.open_round()
    quick_team.finish(quick_team.anna)
    with pytest.raises(UserFacingError, match="has not finished"):
        rounds.reopen(
            quick_team.engine, quick_team.lead, "First round", coder=coder, document="Report 1", reason="Slip"
        )


def test_reopening_needs_a_reason(quick_team: Team) -> None:
    quick_team.open_round()
    quick_team.finish(quick_team.anna)
    with pytest.raises(UserFacingError, match="needs a reason"):
        rounds.reopen(
            quick_team.engine, quick_team.lead, "First round", coder="Anna", document="Report 1", reason=" "
        )
    assert progress(quick_team, "Lena") == {"Anna": 1, "Bram": 0}


def test_only_the_lead_opens_reopens_and_reveals(quick_team: Team) -> None:
    with pytest.raises(NotAllowed):
        rounds.open_round(quick_team.engine, quick_team.anna, "R", coders=["Anna", "Bram"])
    quick_team.open_round()
    quick_team.finish(quick_team.anna, quick_team.bram)
    for coder in (quick_team.anna, quick_team.bram):
        with pytest.raises(NotAllowed):
            rounds.reveal(quick_team.engine, coder, "First round")
        with pytest.raises(NotAllowed):
            rounds.reopen(
                quick_team.engine, coder, "First round", coder="Anna", document="Report 1", reason="Slip"
            )
        (view,) = rounds.rounds_of(quick_team.engine, coder)
        assert not rounds.may_reveal(view, coder)
    (view,) = rounds.rounds_of(quick_team.engine, quick_team.lead)
    assert rounds.may_reveal(view, quick_team.lead)
    assert state(quick_team) == "finished"


# --- what is told of it ------------------------------------------------------------------------------


def progress(team: Team, viewer: str) -> dict[str, int | None]:
    person = next(member for member in studies.team(team.engine, team.lead) if member.name == viewer)
    (view,) = rounds.rounds_of(team.engine, person)
    return {told.coder: told.finished for told in view.progress}


def test_progress_that_may_not_be_known_is_none_and_not_zero(quick_team: Team) -> None:
    quick_team.open_round()
    quick_team.finish(quick_team.anna)
    assert progress(quick_team, "Bram") == {"Anna": None, "Bram": 0}
    assert progress(quick_team, "Anna") == {"Anna": 1, "Bram": None}
    assert progress(quick_team, "Lena") == {"Anna": 1, "Bram": 0}


def test_progress_is_known_to_all_where_the_round_is_not_blind(quick_team: Team) -> None:
    quick_team.open_round(blind=False)
    quick_team.finish(quick_team.anna)
    assert progress(quick_team, "Bram") == {"Anna": 1, "Bram": 0}


def test_state_stays_open_for_a_coder_who_has_not_finished(quick_team: Team) -> None:
    quick_team.open_round(coders=["Anna", "Bram", "Lena"])
    quick_team.finish(quick_team.anna, quick_team.bram)
    (view,) = rounds.rounds_of(quick_team.engine, quick_team.lead)
    assert (view.state, view.mine) == ("open", True)
    assert view.progress == (
        Progress("Anna", None, 1),
        Progress("Bram", None, 1),
        Progress("Lena", 0, 1),
    )


def test_open_round_of_each_other_hides_nothing(quick_team: Team) -> None:
    quick_team.open_round(blind=False)
    quick_team.code(quick_team.anna, "no time")
    assert [stored.coder for stored in quick_team.seen(quick_team.bram)] == ["Anna"]
    assert all(line.seq for line in keeping.log_of(quick_team.engine, quick_team.bram))


def test_round_is_found_by_name_or_id_or_as_the_only_one(quick_team: Team) -> None:
    opened = quick_team.open_round()
    for name in (None, "First round", str(opened.id)):
        assert rounds.find_round(quick_team.engine, quick_team.lead, name) == opened
    with pytest.raises(NotThere, match="'First round'"):
        rounds.find_round(quick_team.engine, quick_team.lead, "Second round")


def test_round_of_another_study_is_not_there(quick_team: Team) -> None:
    opened = quick_team.open_round()
    other = a_team(quick_team.engine, "Another region")
    for act in (rounds.find_round, rounds.finish, rounds.reveal):
        with pytest.raises(NotThere):
            act(quick_team.engine, other.lead, str(opened.id))
    assert rounds.rounds_of(quick_team.engine, other.lead) == []


def test_round_remembers_the_codebook_it_was_opened_with(quick_team: Team) -> None:
    old = codebooks.current_codebook(quick_team.engine, quick_team.lead)
    opened = quick_team.open_round()
    codebook_editing.add_code(quick_team.engine, quick_team.lead, label="Luck", parent="ECO")
    assert old is not None
    assert rounds.find_round(quick_team.engine, quick_team.lead).codebook_version_id == old.version_id
    assert opened.codebook_version_id == old.version_id
    screen = coding.coding_screen(quick_team.engine, quick_team.lead, quick_team.document.id)
    assert len(screen.codebook.codes) == len(old.codebook.codes) + 1  # the lead is no coder of the round
