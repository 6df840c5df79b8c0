"""Following a thread: a question goes from source to source, step by step, and nobody sees a blind quote."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from corpus.errors import UserFacingError
from store.studies import Member
from tests.services.readers import WRITTEN_REPORTS, Look, all_told, differing, words_in
from tests.services.team import Team
from triangulation.models import Row
from triangulation.protocol import ALONE, ProtocolPage
from triangulation.threads import Step, Thread
from workbench.services import documents, findings, protocol, sorting, studies, threads
from workbench.services.errors import NotAllowed, NotThere

MONEY = Row("ECO-FUND", "Money is there")


@pytest.fixture
def thread(team: Team) -> tuple[Team, UUID]:
    return team, threads.begin_thread(team.engine, team.anna, "Will it  last?")


@pytest.fixture
def quick_thread(quick_team: Team) -> tuple[Team, UUID]:
    return quick_team, threads.begin_thread(quick_team.engine, quick_team.anna, "Will it last?")


def ask(team: Team, thread_id: UUID, person: Member | None = None, **more: Any) -> UUID:
    said = {"asked": "Who pays?", "source": "Steering group", "found": "The fund does."}
    return threads.add_step(team.engine, person or team.anna, thread_id, **(said | more))


def only(team: Team, viewer: Member | None = None) -> Thread:
    (found,) = threads.threads_of(team.engine, viewer or team.anna)
    return found


def steps(team: Team, viewer: Member | None = None) -> tuple[Step, ...]:
    return only(team, viewer).steps


def find(team: Team, person: Member, **more: Any) -> UUID:
    said = {"source": "Steering group", "theme": MONEY.theme, "row": MONEY.statement, "statement": "It is."}
    return findings.add_finding(team.engine, person, **(said | more))


def test_each_step_leads_to_the_next_and_keeps_its_quotes_with_their_place(
    thread: tuple[Team, UUID],
) -> None:
    team, thread_id = thread
    made = UUID(team.code(team.anna, "money is there"))
    finding_id = find(team, team.anna)
    ask(team, thread_id, coding_ids=[made], finding_id=finding_id, row=MONEY)
    ask(team, thread_id, team.bram, asked="And then?", found="", quotes=["no time", "nowhere said"])
    found = only(team, team.bram)
    assert (found.question, found.by, found.sources) == ("Will it last?", "Anna", ("Steering group",))
    first, second = found.steps
    assert (first.asked, first.found, first.by, first.row) == ("Who pays?", "The fund does.", "Anna", MONEY)
    assert first.finding is not None
    assert first.finding.id == finding_id
    assert [(e.quote, e.coding_id) for e in first.excerpts] == [("money is there", made)]
    assert [(e.quote, e.start_char is None) for e in second.excerpts] == [
        ("no time", False),
        ("nowhere said", True),
    ]
    assert team.problems() == []


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"asked": " "}, UserFacingError),
        ({"source": "Nobody"}, NotThere),
        ({"finding_id": UUID(int=1)}, NotThere),
    ],
    ids=["no question", "no source", "no finding"],
)
def test_step_without_question_or_with_what_is_not_there_is_refused(
    quick_thread: tuple[Team, UUID], wrong: dict[str, Any], error: type[Exception]
) -> None:
    team, thread_id = quick_thread
    with pytest.raises(error):
        ask(team, thread_id, **wrong)
    assert steps(team) == ()


def test_changed_step_stands_at_its_place_with_its_quotes(thread: tuple[Team, UUID]) -> None:
    team, thread_id = thread
    first = ask(team, thread_id, quotes=["money is there", "no time"])
    ask(team, thread_id, asked="And then?")
    (quote, _) = steps(team)[0].excerpts
    threads.change_step(team.engine, team.anna, first, found="Nobody does.", without=[quote])
    changed, after = steps(team)
    assert (changed.asked, changed.found, after.asked) == ("Who pays?", "Nobody does.", "And then?")
    assert [e.quote for e in changed.excerpts] == ["no time"]
    assert team.problems() == []


def test_step_taken_back_is_brought_back_at_its_place(quick_thread: tuple[Team, UUID]) -> None:
    team, thread_id = quick_thread
    first = ask(team, thread_id, quotes=["no time"])
    ask(team, thread_id, asked="And then?")
    threads.retire_step(team.engine, team.anna, first)
    assert [step.asked for step in steps(team)] == ["And then?"]
    ((gone,),) = threads.taken_back(team.engine, team.anna).steps.values()
    threads.bring_back_step(team.engine, team.anna, gone.id)
    assert [(step.asked, len(step.excerpts)) for step in steps(team)] == [("Who pays?", 1), ("And then?", 0)]
    with pytest.raises(NotThere):
        threads.bring_back_step(team.engine, team.anna, first)
    assert [s for found in threads.taken_back(team.engine, team.anna).steps.values() for s in found] == []


def test_thread_taken_back_is_brought_back_with_its_steps(thread: tuple[Team, UUID]) -> None:
    team, thread_id = thread
    ask(team, thread_id)
    for _ in range(2):
        threads.retire_thread(team.engine, team.anna, only(team).id)
        assert threads.threads_of(team.engine, team.anna) == []
        (gone,) = threads.taken_back(team.engine, team.anna).threads
        threads.bring_back_thread(team.engine, team.anna, gone.id)
    ask(team, only(team).id, asked="And then?")
    assert [step.asked for step in steps(team)] == ["Who pays?", "And then?"]
    assert threads.taken_back(team.engine, team.anna).threads == ()
    assert team.problems() == []


def test_only_who_wrote_a_step_or_the_lead_changes_it(quick_thread: tuple[Team, UUID]) -> None:
    team, thread_id = quick_thread
    first = ask(team, thread_id)
    with pytest.raises(NotAllowed, match="Anna or the lead"):
        threads.change_step(team.engine, team.bram, first, found="Mine")
    with pytest.raises(NotAllowed):
        threads.retire_step(team.engine, team.bram, first)
    with pytest.raises(NotAllowed):
        threads.retire_thread(team.engine, team.bram, thread_id)
    threads.change_step(team.engine, team.lead, first, found="The lead's word")
    assert steps(team)[0].found == "The lead's word"


def test_step_follows_a_finding_that_was_changed_and_a_row_that_was_renamed(
    quick_thread: tuple[Team, UUID],
) -> None:
    team, thread_id = quick_thread
    finding_id = find(team, team.anna)
    ask(team, thread_id, finding_id=finding_id, row=MONEY)
    findings.change_finding(team.engine, team.anna, finding_id, statement="It was.")
    sorting.rename_row(team.engine, team.anna, MONEY, "There is money")
    (step,) = steps(team)
    assert step.finding is not None
    assert (step.finding.statement, step.row) == ("It was.", Row("ECO-FUND", "There is money"))


def test_trail_tells_the_steps_in_order_with_their_quotes(quick_thread: tuple[Team, UUID]) -> None:
    team, thread_id = quick_thread
    ask(team, thread_id, quotes=["money is there"], row=MONEY)
    ask(team, thread_id, asked="*And* then?", found="")
    told = threads.trail_of(team.engine, team.bram, thread_id)
    assert told.startswith("# Will it last?\n\nFollowed through Steering group, 2 steps. Begun by Anna, ")
    assert "## 1. Who pays?\n\nAsked of: Steering group\n\nThe fund does." in told
    assert "> money is there\n>\n> Report 1, characters " in told
    assert "## 2. \\*And\\* then?" in told
    assert "*Nothing found yet.*" in told
    assert told.index("Row of the matrix: ECO-FUND: Money is there") < told.index("## 2.")


# --- blind -------------------------------------------------------------------------------------------

WORDS = ("zebra", "giraffe", "okapi")


def told(team: Team, viewer: Member, folder: Path) -> dict[str, str]:
    study = studies.find_study(team.engine, "Region")
    listed = tuple(documents.list_documents(team.engine, team.lead))
    return all_told(
        Look(team.engine, viewer, study, listed, "First round", folder), leave_out=WRITTEN_REPORTS
    )


def anna_follows(team: Team) -> None:
    """A thread of Anna's own in a blind round, and a step of hers in the thread of all."""
    own = threads.begin_thread(team.engine, team.anna, "zebra question")
    made = UUID(team.code(team.anna, "money is there"))
    ask(team, own, found="giraffe found", coding_ids=[made])
    gone = ask(team, own, source=None, asked="okapi question")
    threads.retire_step(team.engine, team.anna, gone)
    threads.bring_back_step(team.engine, team.anna, gone)
    shared = next(t for t in threads.threads_of(team.engine, team.anna) if t.question == "Will it last?")
    ask(team, shared.id, found="zebra found", quotes=["no time"])
    ask(team, shared.id, found="okapi found", source="Interviews", coding_ids=[made])


@pytest.fixture
def blind(quick_team: Team) -> Team:
    quick_team.add_document("Who pays?", title="Interview 1", source=quick_team.add_source("Interviews"))
    shared = threads.begin_thread(quick_team.engine, quick_team.lead, "Will it last?")
    for person in (quick_team.lead, quick_team.bram):
        ask(quick_team, shared, person, found=f"{person.name} found it.")
    quick_team.open_round(documents=[quick_team.document])
    return quick_team


@pytest.mark.parametrize("viewer", ["Bram", "Lena"])
def test_nothing_of_a_thread_tells_of_documents_coded_blind(blind: Team, tmp_path: Path, viewer: str) -> None:
    person = {"Bram": blind.bram, "Lena": blind.lead}[viewer]
    before = told(blind, person, tmp_path)
    anna_follows(blind)
    after = told(blind, person, tmp_path)
    assert differing(before, after) == set()
    assert words_in(after, WORDS) == {}


def test_bringing_a_thread_back_does_not_show_steps_of_others(blind: Team, tmp_path: Path) -> None:
    anna_follows(blind)
    (shared,) = threads.threads_of(blind.engine, blind.lead)
    threads.retire_thread(blind.engine, blind.lead, shared.id)
    threads.bring_back_thread(blind.engine, blind.lead, shared.id)
    assert [step.by for step in steps(blind, blind.lead)] == ["Lena"]
    assert words_in(told(blind, blind.lead, tmp_path), WORDS) == {}


def test_reveal_shows_the_steps_to_all(blind: Team, tmp_path: Path) -> None:
    anna_follows(blind)
    blind.finish(blind.anna, blind.bram)
    blind.reveal()
    shown = words_in(told(blind, blind.bram, tmp_path), WORDS)
    assert set(shown["threads.threads_of"]) == set(WORDS)
    assert set(shown["threads.trail_of"]) == set(WORDS)


def test_step_on_a_finding_that_is_sorted_alone_is_hidden_until_both_have_locked(quick_team: Team) -> None:
    protocol.write_protocol(
        quick_team.engine, quick_team.lead, ProtocolPage(sorting=ALONE), reason="As Aalst did"
    )
    shared = threads.begin_thread(quick_team.engine, quick_team.lead, "Will it last?")
    ask(quick_team, shared, finding_id=find(quick_team, quick_team.anna), found="zebra")
    assert steps(quick_team, quick_team.bram) == ()
    for person in (quick_team.anna, quick_team.bram):
        sorting.lock_sorting(quick_team.engine, person)
    assert [step.found for step in steps(quick_team, quick_team.bram)] == ["zebra"]
