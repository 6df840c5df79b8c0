"""Settling: reasons before the talk, decisions that stay beside the independent codings, minutes."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from codebook.disagreements import Kind
from corpus.errors import UserFacingError
from store import tables
from store.studies import Member
from tests.services.team import TEXT, Team
from workbench.services import consensus_layer, keeping, overview, rounds, settling, settling_minutes, studies
from workbench.services.agreement import agreement_of_round
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.settling import Settling, list_disagreements, settle
from workbench.services.settling_desk import NewCoding, Place

MONEY = TEXT.index("money is there")


def differing(team: Team) -> Team:
    """One disagreement of each kind but sibling, one that is a sibling, and one agreement."""
    studies.add_person(team.engine, team.lead, "Claire")
    team.open_round()
    for person in (team.anna, team.bram):
        team.code(person, "The nurse", "PRO-KNOW")
    team.code(team.anna, "no time", "ORG-IT", valence="barrier", memo="zebra memo")
    team.code(team.bram, "no time", "ORG-IT", valence="mixed")
    team.code(team.anna, "money is there", "ECO-FUND")
    team.code(team.bram, "money", "ECO-FUND")
    team.code(team.anna, "The GP wants", "PRO-ATT")
    team.code(team.bram, "GP wants to", "ECO-FIN")
    team.code(team.anna, "Nobody asked", "PAT-ATT")
    team.finish(team.anna, team.bram)
    team.reveal()
    return team


@pytest.fixture
def region(team: Team) -> Team:
    return differing(team)


@pytest.fixture
def quick(quick_team: Team) -> Team:
    return differing(quick_team)


def claire(team: Team) -> Member:
    return next(person for person in studies.team(team.engine, team.lead) if person.name == "Claire")


def listed(team: Team, viewer: Member | None = None, **asked: object) -> Settling:
    return list_disagreements(team.engine, viewer or team.anna, **asked)  # type: ignore[arg-type]


def place(team: Team, kind: Kind, viewer: Member | None = None) -> Place:
    (found,) = listed(team, viewer, kinds=[kind]).places
    return found


def decide(team: Team, kind: Kind, outcome: str, *, actor: Member | None = None, **more: object) -> object:
    return settle(team.engine, actor or team.anna, None, place(team, kind).id, outcome, **more)  # type: ignore[arg-type]


def consensus(team: Team) -> list[tuple[str, str, str | None, str]]:
    lines = consensus_layer.consensus_of(team.engine, team.lead)
    return [(line.code, line.quote, line.valence, line.origin) for line in lines]


# --- the list ----------------------------------------------------------------------------------------


def test_every_place_is_listed_in_context_the_largest_first(region: Team) -> None:
    found = listed(region)
    assert [p.disagreement.kind for p in found.places] == [
        Kind.OTHER_CODE,
        Kind.MISSED,
        Kind.BOUNDARY,
        Kind.VALENCE,
    ]
    assert (found.number, found.decided, len(found.agreed)) == (4, 0, 1)
    widest = found.places[0]
    assert (widest.title, widest.passage) == ("Report 1", "The GP wants to")
    assert widest.before + widest.passage + widest.after == TEXT
    assert found.places[3].disagreement.first.coding.memo == "zebra memo"  # type: ignore[union-attr]


def test_list_is_narrowed_by_kind_code_document_and_state(quick: Team) -> None:
    decide(quick, Kind.MISSED, "unresolved")
    decide(quick, Kind.VALENCE, "first")
    for asked, number in (
        ({"kinds": [Kind.BOUNDARY, Kind.VALENCE]}, 2),
        ({"codes": ["ECO-FIN"]}, 1),
        ({"document_ids": [quick.document.id]}, 4),
        ({"document_ids": [uuid4()]}, 0),
        ({"state": "open"}, 2),
        ({"state": "unresolved"}, 1),
        ({"state": "settled"}, 1),
    ):
        found = listed(quick, **asked)
        assert (len(found.places), found.number, found.decided) == (number, 4, 2)
    for wrong in ({"kinds": ["size"]}, {"state": "done"}):
        with pytest.raises(UserFacingError, match="There are"):
            listed(quick, **wrong)


def test_nothing_is_listed_before_the_reveal(quick_team: Team) -> None:
    quick_team.open_round()
    quick_team.code(quick_team.anna, "no time")
    quick_team.finish(quick_team.anna)
    for person in (quick_team.anna, quick_team.bram, quick_team.lead):
        with pytest.raises(NotAllowed, match="not revealed"):
            listed(quick_team, person)
    with pytest.raises(NotThere, match="no round 'Other'"):
        listed(quick_team, round_name="Other")


# --- reasons before the talk -------------------------------------------------------------------------


def reason_of(team: Team, actor: Member, text: str, **more: str) -> None:
    settling.write_reason(team.engine, actor, None, place(team, Kind.VALENCE).id, text, **more)


def read_by(team: Team, viewer: Member) -> list[str]:
    return [reason.text for reason in place(team, Kind.VALENCE, viewer).reasons]


def test_a_reason_is_hidden_until_the_other_has_written_theirs(region: Team) -> None:
    reason_of(region, region.anna, "zebra reason")
    assert read_by(region, region.anna) == ["zebra reason"]
    for person in (region.bram, region.lead, claire(region)):
        assert read_by(region, person) == []
        log = keeping.log_of(region.engine, person)
        assert not [line for line in log if line.action == "reason.write"]
    assert place(region, Kind.VALENCE, region.bram).written_by == {"Anna"}  # that, not what
    reason_of(region, region.bram, "giraffe reason")
    for person in (region.anna, region.bram, region.lead, claire(region)):
        assert read_by(region, person) == ["zebra reason", "giraffe reason"]
        assert all(line.seq for line in keeping.log_of(region.engine, person))


def test_a_reason_is_read_by_everyone_when_the_place_is_settled(quick: Team) -> None:
    reason_of(quick, quick.anna, "zebra reason")
    decide(quick, Kind.VALENCE, "first")
    assert read_by(quick, quick.bram) == read_by(quick, quick.lead) == ["zebra reason"]


def test_a_reason_is_rewritten_or_taken_away(quick: Team) -> None:
    for text in ("first words", "second words"):
        reason_of(quick, quick.anna, text)
    assert read_by(quick, quick.anna) == ["second words"]
    reason_of(quick, quick.anna, "  ")
    assert read_by(quick, quick.anna) == []
    assert quick.problems() == []


def test_one_writes_for_another_only_at_one_screen(quick: Team) -> None:
    with pytest.raises(NotAllowed, match="one screen"):
        reason_of(quick, quick.anna, "of Bram", author="Bram")
    with pytest.raises(NotAllowed, match="did not code here"):
        reason_of(quick, claire(quick), "of a stranger")
    settling.begin_meeting(quick.engine, quick.anna, None, attendance=["Anna", "Bram"])
    reason_of(quick, quick.anna, "of Bram", author="Bram")
    assert [(r.author, r.text) for r in place(quick, Kind.VALENCE, quick.bram).reasons] == [
        ("Bram", "of Bram")
    ]
    assert read_by(quick, quick.anna) == []  # the first is hidden from the second who writes


# --- deciding ----------------------------------------------------------------------------------------


def test_each_outcome_makes_its_consensus(region: Team) -> None:
    decide(region, Kind.VALENCE, "second")
    decide(region, Kind.BOUNDARY, "first")
    decide(region, Kind.OTHER_CODE, "both")
    decide(region, Kind.MISSED, "neither")
    assert consensus(region) == [
        ("PRO-KNOW", "The nurse", None, "agreed"),
        ("ORG-IT", "no time", "mixed", "settled"),
        ("PRO-ATT", "The GP wants", None, "settled"),
        ("ECO-FIN", "GP wants to", None, "settled"),
        ("ECO-FUND", "money is there", None, "settled"),
    ]
    assert region.problems() == []


def test_who_missed_a_passage_may_be_right(quick: Team) -> None:
    decide(quick, Kind.MISSED, "second")
    assert len(consensus(quick)) == 1
    decide(quick, Kind.MISSED, "first")
    assert ("PAT-ATT", "Nobody asked", None, "settled") in consensus(quick)


def test_a_new_coding_takes_other_code_ends_and_valence(quick: Team) -> None:
    new = NewCoding("ECO-FUND", MONEY, MONEY + len("money is"), "facilitator")
    decide(quick, Kind.BOUNDARY, "new", new=[new], reason="the verb belongs to it")
    assert ("ECO-FUND", "money is", "facilitator", "settled") in consensus(quick)
    for wrong in (replace(new, code="NO-CODE"), replace(new, end_char=10**6), replace(new, valence="good")):
        with pytest.raises(UserFacingError):
            decide(quick, Kind.BOUNDARY, "new", new=[wrong])
    for outcome, given in (("new", []), ("first", [new])):
        with pytest.raises(UserFacingError):
            decide(quick, Kind.BOUNDARY, outcome, new=given)


def test_unresolved_is_a_decision_without_a_coding(quick: Team) -> None:
    decide(quick, Kind.VALENCE, "unresolved", reason="both readings hold")
    found = place(quick, Kind.VALENCE)
    assert (found.state, found.settlement.reason) == ("unresolved", "both readings hold")  # type: ignore[union-attr]
    assert len(consensus(quick)) == 1


def test_settling_again_replaces_and_undo_opens_the_place(region: Team) -> None:
    decide(region, Kind.VALENCE, "first")
    decide(region, Kind.VALENCE, "second")
    assert [line for line in consensus(region) if line[0] == "ORG-IT"] == [
        ("ORG-IT", "no time", "mixed", "settled")
    ]
    assert settling_minutes.minutes_of(region.engine, region.lead).earlier == {
        place(region, Kind.VALENCE).id: ["first"]
    }
    settling.undo_settlement(region.engine, region.bram, None, place(region, Kind.VALENCE).id)
    assert place(region, Kind.VALENCE).state == "open"
    assert len(consensus(region)) == 1
    with pytest.raises(UserFacingError, match="Nothing is decided"):
        settling.undo_settlement(region.engine, region.bram, None, place(region, Kind.VALENCE).id)
    assert region.problems() == []


def test_agreement_and_independent_codings_stay_as_they_were(region: Team) -> None:
    agreement, codings = agreement_of_round(region.engine, region.lead), region.seen(region.lead)
    settling.begin_meeting(region.engine, region.anna, None, attendance=["Anna", "Bram"])
    reason_of(region, region.anna, "why")
    settling.merge_without_loss(region.engine, region.lead, None)
    decide(region, Kind.VALENCE, "second", minority="It is a barrier.", minority_by="Anna")
    decide(region, Kind.MISSED, "neither")
    decide(region, Kind.OTHER_CODE, "unresolved")
    assert agreement_of_round(region.engine, region.lead) == agreement
    assert region.seen(region.lead) == codings
    assert region.count(tables.coding) == len(codings)


def test_log_holds_no_words_of_it(quick: Team) -> None:
    asked = place(quick, Kind.VALENCE).id
    settling.ask_outside(quick.engine, quick.anna, None, asked, asked="Claire", text="giraffe question")
    reason_of(quick, quick.anna, "okapi reason")
    words = {"reason": "lynx reason", "minority": "walrus view", "minority_by": "Anna"}
    decide(quick, Kind.VALENCE, "second", **words)
    with quick.engine.connect() as connection:
        told = str(connection.execute(sa.select(tables.event)).all())
    assert not [word for word in ("giraffe", "okapi", "lynx", "walrus", "no time") if word in told]
    assert "place.settle" in told


def test_minority_view_is_kept_with_its_name(quick: Team) -> None:
    with pytest.raises(UserFacingError, match="whose view"):
        decide(quick, Kind.VALENCE, "second", minority="It is a barrier.")
    decide(quick, Kind.VALENCE, "second", minority="It is a barrier.", minority_by="Anna")
    settlement = place(quick, Kind.VALENCE).settlement
    assert settlement is not None
    assert (settlement.minority_by, settlement.minority) == ("Anna", "It is a barrier.")


def test_who_speaks_first_takes_turns(quick: Team) -> None:
    proposed = [found.speaks_first for found in listed(quick).places]
    assert proposed == ["Anna", "Bram", "Anna", "Bram"]
    first = listed(quick).places[0]
    settle(quick.engine, quick.anna, None, first.id, "both", first_speaker="Bram")
    assert [found.speaks_first for found in listed(quick).places] == ["Bram", "Anna", "Bram", "Anna"]


def test_only_those_who_take_part_decide(quick: Team) -> None:
    stranger = claire(quick)
    assert not listed(quick, stranger).may_settle
    asked = place(quick, Kind.VALENCE).id
    for act in (
        lambda: settle(quick.engine, stranger, None, asked, "first"),
        lambda: settling.merge_without_loss(quick.engine, stranger, None),
        lambda: settling.ask_outside(quick.engine, stranger, None, asked, asked="Claire"),
    ):
        with pytest.raises(NotAllowed, match="did not code"):
            act()
    with pytest.raises(NotThere, match="no such place"):
        settle(quick.engine, quick.anna, None, uuid4(), "first")
    with pytest.raises(UserFacingError, match="no outcome"):
        settle(quick.engine, quick.anna, None, asked, "mine")
    with pytest.raises(UserFacingError, match="no two codings"):
        decide(quick, Kind.MISSED, "both")


def test_nothing_is_settled_while_the_document_is_coded_blind_again(quick: Team) -> None:
    quick.open_round("Second round")
    with pytest.raises(NotAllowed, match="coded blind in another round"):
        settle(
            quick.engine,
            quick.anna,
            "First round",
            listed(quick, round_name="First round").places[0].id,
            "both",
        )


def test_merging_takes_only_what_loses_nothing(region: Team) -> None:
    assert settling.can_be_merged(listed(region)) == 1
    (merged,) = settling.merge_without_loss(region.engine, region.lead, None)
    assert (merged.outcome, merged.deciders) == ("first", ())
    assert ("ECO-FUND", "money is there", None, "settled") in consensus(region)
    assert settling.merge_without_loss(region.engine, region.lead, None) == []
    settling.undo_settlement(region.engine, region.lead, None, merged.place)
    assert listed(region).decided == 0


# --- meetings and outside deciders -------------------------------------------------------------------


def test_who_is_in_the_meeting_decides(quick: Team) -> None:
    for wrong, words in (
        ({"attendance": ["Anna"]}, "two people"),
        ({"attendance": ["Anna", "Zoe"]}, "not in this study"),
        ({"attendance": ["Anna", "Bram"], "scribe": "Claire"}, "without being there"),
    ):
        with pytest.raises(UserFacingError, match=words):
            settling.begin_meeting(quick.engine, quick.anna, None, **wrong)  # type: ignore[arg-type]
    meeting = settling.begin_meeting(
        quick.engine, quick.anna, None, attendance=["Anna", "Bram", "Claire"], scribe="Claire"
    )
    assert (meeting.scribe, meeting.attendance) == ("Claire", ("Anna", "Bram", "Claire"))
    with pytest.raises(UserFacingError, match="open already"):
        settling.begin_meeting(quick.engine, quick.anna, None, attendance=["Anna", "Bram"])
    decide(quick, Kind.VALENCE, "first", actor=claire(quick))
    settlement = place(quick, Kind.VALENCE).settlement
    assert settlement is not None and settlement.deciders == ("Anna", "Bram", "Claire")
    settling.end_meeting(quick.engine, quick.anna, None)
    decide(quick, Kind.BOUNDARY, "first")
    settlement = place(quick, Kind.BOUNDARY).settlement
    assert settlement is not None and settlement.deciders == ("Anna",)
    with pytest.raises(UserFacingError, match="No meeting"):
        settling.end_meeting(quick.engine, quick.anna, None)


def test_somebody_from_outside_decides_when_asked(region: Team) -> None:
    outsider, asked = claire(region), place(region, Kind.VALENCE).id
    settling.ask_outside(region.engine, region.anna, None, asked, asked="Claire", text="Which way?")
    (waiting,) = settling.questions_to(region.engine, outsider)
    assert (waiting.round_name, waiting.question.text, waiting.question.asked_by) == (
        "First round",
        "Which way?",
        "Anna",
    )
    assert settling.questions_to(region.engine, region.bram) == []
    assert overview.next_steps(region.engine, outsider)[0].what == "decide"
    settle(region.engine, outsider, None, asked, "second", reason="it says so")
    settlement = place(region, Kind.VALENCE).settlement
    assert settlement is not None
    assert (settlement.asked, settlement.deciders, settlement.outcome) == ("Claire", ("Claire",), "second")
    assert settling.questions_to(region.engine, outsider) == []
    with pytest.raises(NotAllowed, match="did not code"):
        settle(region.engine, outsider, None, asked, "first")  # the answer was given
    assert region.problems() == []


def test_a_question_is_taken_back_or_ends_with_a_decision(quick: Team) -> None:
    asked = place(quick, Kind.VALENCE).id
    with pytest.raises(UserFacingError, match="Ask somebody who did not"):
        settling.ask_outside(quick.engine, quick.anna, None, asked, asked="Bram")
    settling.ask_outside(quick.engine, quick.anna, None, asked, asked="Claire")
    with pytest.raises(UserFacingError, match="asked already"):
        settling.ask_outside(quick.engine, quick.bram, None, asked, asked="Claire")
    settling.withdraw_question(quick.engine, quick.bram, None, asked)
    assert settling.questions_to(quick.engine, claire(quick)) == []
    with pytest.raises(UserFacingError, match="Nobody is asked"):
        settling.withdraw_question(quick.engine, quick.bram, None, asked)
    settling.ask_outside(quick.engine, quick.anna, None, asked, asked="Claire")
    decide(quick, Kind.VALENCE, "first")
    assert settling.questions_to(quick.engine, claire(quick)) == []
    settlement = place(quick, Kind.VALENCE).settlement
    assert settlement is not None and settlement.asked == ""


# --- what comes out ----------------------------------------------------------------------------------


def test_consensus_is_written_as_a_file(quick: Team, tmp_path: Path) -> None:
    decide(quick, Kind.VALENCE, "second")
    path = tmp_path / "consensus.csv"
    assert consensus_layer.export_consensus(quick.engine, quick.lead, path) == 2
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(r["code"], r["quote"], r["origin"], r["outcome"], r["deciders"]) for r in rows] == [
        ("PRO-KNOW", "The nurse", "agreed", "", ""),
        ("ORG-IT", "no time", "settled", "second", "Anna"),
    ]


def test_minutes_count_who_gave_way_to_whom(quick: Team) -> None:
    decide(quick, Kind.VALENCE, "second")
    decide(quick, Kind.MISSED, "second")
    decide(quick, Kind.OTHER_CODE, "both")
    settling.merge_without_loss(quick.engine, quick.anna, None)
    assert settling_minutes.minutes_of(quick.engine, quick.lead).gave_way == {("Anna", "Bram"): 2}


def test_three_coders_make_a_coding_of_consensus_once(quick_team: Team) -> None:
    studies.add_person(quick_team.engine, quick_team.lead, "Claire")
    quick_team.open_round(coders=["Anna", "Bram", "Claire"])
    for person, words in (
        (quick_team.anna, "no time"),
        (quick_team.bram, "no time"),
        (claire(quick_team), "time"),
    ):
        quick_team.code(person, words)
    quick_team.finish(quick_team.anna, quick_team.bram, claire(quick_team))
    quick_team.reveal()
    assert consensus(quick_team) == []  # Claire differs from both
    for found in listed(quick_team).places:
        settle(quick_team.engine, quick_team.anna, None, found.id, "first")
    assert consensus(quick_team) == [("ECO-FUND", "no time", None, "settled")]


def test_later_changes_of_codings_move_no_place(quick: Team) -> None:
    before = [found.id for found in listed(quick).places]
    for mine in quick.seen(quick.anna):
        if mine.coder == "Anna":
            quick.act(quick.anna, type="retire", coding=str(mine.id))
    assert [found.id for found in listed(quick).places] == before
    assert all(isinstance(name, UUID) for name in before)


def test_rounds_are_told_apart(quick: Team) -> None:
    quick.open_round("Second round")
    quick.finish(quick.anna, quick.bram, name="Second round")
    rounds.reveal(quick.engine, quick.lead, "Second round")
    with pytest.raises(NotThere, match="Say which round"):
        listed(quick)
    first, second = (listed(quick, round_name=name) for name in ("First round", "Second round"))
    assert not {p.id for p in first.places} & {p.id for p in second.places}
