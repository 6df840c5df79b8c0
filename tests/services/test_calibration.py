"""In a calibration round one document after the other is revealed; the others stay as blind as ever."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import UserFacingError
from corpus.models import Document
from store.rounds import Round
from tests.services.readers import all_told, words_in
from tests.services.team import Team
from tests.services.test_blindness import look
from workbench.services import coding, keeping, memos, proposals, rounds, studies
from workbench.services.agreement import agreement_of_round
from workbench.services.errors import NotAllowed
from workbench.services.settling import list_disagreements


def calibrating(team: Team) -> Document:
    """A calibration round on two documents; both coders have finished the first, which is returned."""
    shown = team.add_document("The nurse helps, and money is there.", title="Shown")
    studies.add_person(team.engine, team.lead, "Claire")
    rounds.open_round(team.engine, team.lead, "First round", coders=["Anna", "Bram"], purpose="calibration")
    made = team.code(team.anna, "nurse helps", document=shown, memo="giraffe memo")
    team.code(team.anna, "no time", memo="zebra memo")
    team.code(team.bram, "The nurse", document=shown)
    memos.write_memo(
        team.engine,
        team.anna,
        kind="reflexive",
        about="document",
        about_id=team.document.id,
        text="zebra thought",
        shared=True,
    )
    assert made
    for coder in (team.anna, team.bram):
        rounds.finish(team.engine, coder, "First round", document="Shown")
    return shown


@pytest.fixture
def shown(team: Team) -> Document:
    return calibrating(team)


def show(team: Team, name: str = "Shown") -> Round:
    return rounds.reveal_document(team.engine, team.lead, None, name)


def test_blind_coder_sees_nothing_before_and_the_document_after(
    team: Team, shown: Document, tmp_path: Path
) -> None:
    told = all_told(look(team, team.bram, tmp_path))
    assert words_in(told, ["zebra", "giraffe"]) == {}
    assert {c.coder for c in team.seen(team.bram, shown)} == {"Bram"}
    with pytest.raises(NotAllowed):
        list_disagreements(team.engine, team.bram)
    show(team)
    told = all_told(look(team, team.bram, tmp_path))
    assert words_in(told, ["zebra"]) == {}  # the other document stays as blind as it was
    found = words_in(told, ["giraffe"])
    assert {"coding.codings_in", "coding.coding_screen", "settling.list_disagreements"} <= set(found)
    assert {c.coder for c in team.seen(team.bram, shown)} == {"Anna", "Bram"}
    assert team.seen(team.bram) == []
    (place,) = list_disagreements(team.engine, team.bram).places
    assert place.title == "Shown"
    assert {line.seq for line in keeping.log_of(team.engine, team.bram)} == {None}
    assert team.problems() == []


def test_agreement_waits_for_the_whole_round(team: Team, shown: Document) -> None:
    show(team)
    with pytest.raises(NotAllowed, match="not revealed yet"):
        agreement_of_round(team.engine, team.lead)
    team.finish(team.anna, team.bram)
    team.reveal()
    assert agreement_of_round(team.engine, team.lead).n_documents == 2


def test_reliability_round_is_revealed_only_whole(quick_team: Team) -> None:
    quick_team.open_round()
    quick_team.finish(quick_team.anna, quick_team.bram)
    with pytest.raises(NotAllowed, match="revealed as a whole"):
        show(quick_team, "Report 1")
    assert rounds.documents_to_reveal(quick_team.engine, quick_team.lead, "First round") == []


def test_a_document_is_revealed_by_the_lead_when_all_have_finished_it(quick_team: Team) -> None:
    calibrating(quick_team)
    with pytest.raises(NotAllowed, match="Only the lead"):
        rounds.reveal_document(quick_team.engine, quick_team.anna, None, "Shown")
    with pytest.raises(NotAllowed, match="not so yet"):
        show(quick_team, "Report 1")
    ready = rounds.documents_to_reveal(quick_team.engine, quick_team.lead, "First round")
    assert [document.title for document in ready] == ["Shown"]
    assert rounds.documents_to_reveal(quick_team.engine, quick_team.anna, "First round") == []
    found = show(quick_team)
    assert len(found.shown) == 1 and not found.revealed
    assert show(quick_team) == found  # once is as good as twice
    assert rounds.documents_to_reveal(quick_team.engine, quick_team.lead, "First round") == []


def test_what_was_revealed_is_neither_reopened_nor_coded_further(quick_team: Team) -> None:
    shown = calibrating(quick_team)
    show(quick_team)
    with pytest.raises(NotAllowed, match="what was seen was seen"):
        rounds.reopen(
            quick_team.engine, quick_team.lead, "First round", coder="Anna", document="Shown", reason="r"
        )
    nurse = {"start": 4, "end": 9}
    refused = quick_team.try_act(quick_team.bram, shown, type="apply", code="ECO-FUND", **nurse)
    assert refused is not None and "finished" in refused


def test_a_code_that_was_proposed_there_is_shown_with_its_coding(quick_team: Team) -> None:
    shown = quick_team.add_document("Money is there.", title="Shown")
    rounds.open_round(
        quick_team.engine, quick_team.lead, "First round", coders=["Anna", "Bram"], purpose="calibration"
    )
    own = proposals.propose_code(quick_team.engine, quick_team.anna, label="okapi code", parent="ORG")
    quick_team.code(quick_team.anna, "Money", own.key, document=shown)
    for coder in (quick_team.anna, quick_team.bram):
        rounds.finish(quick_team.engine, coder, "First round", document="Shown")
    show(quick_team)
    screen = coding.coding_screen(quick_team.engine, quick_team.bram, shown.id)
    assert [c.code for c in screen.codings] == [own.key]
    (place,) = list_disagreements(quick_team.engine, quick_team.bram).places
    assert place.disagreement.codes == (own.key,)


def test_purpose_is_one_of_two(quick_team: Team) -> None:
    with pytest.raises(UserFacingError, match="reliability, calibration"):
        rounds.open_round(quick_team.engine, quick_team.lead, "R", coders=["Anna", "Bram"], purpose="fun")
    assert quick_team.open_round().purpose == "reliability"
