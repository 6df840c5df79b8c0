"""Codes proposed while coding: one's own at once, the team's when it has decided."""

from __future__ import annotations

from uuid import UUID

import pytest

from codebook.errors import UnknownCode
from codebook.models import Code
from corpus.errors import UserFacingError
from store.engine import reading
from store.studies import Member
from tests.services.team import Team
from workbench.services import codebook_tree, codebooks, coding, keeping, merging, proposals, recoding
from workbench.services.errors import NotAllowed, NotThere


def propose(team: Team, person: Member, label: str = "Waiting lists", **more: str) -> Code:
    return proposals.propose_code(team.engine, person, label=label, **{"parent": "ORG", **more})  # type: ignore[arg-type]


def seen_by(team: Team, person: Member) -> list[str]:
    return [line.proposal.code.key for line in proposals.proposals_of(team.engine, person)]


def offered_to(team: Team, person: Member, round_name: str | None = None) -> set[str]:
    from workbench.services.rounds import find_round

    in_round = None if round_name is None else find_round(team.engine, person, round_name)
    with reading(team.engine) as connection:
        return {code.key for code in codebooks.codes_offered(connection, person, in_round).codebook.codes}


def test_proposed_code_is_its_authors_at_once_and_no_version_of_the_codebook(team: Team) -> None:
    code = propose(team, team.anna)
    assert (code.key, code.parent, code.label) == ("ORG-WAITI~anna", "ORG", {"en": "Waiting lists"})
    assert code.key in offered_to(team, team.anna)
    assert code.key not in offered_to(team, team.bram)
    assert seen_by(team, team.bram) == [code.key]
    stored = codebooks.current_codebook(team.engine, team.lead)
    assert stored is not None
    assert (stored.codebook.version, len(stored.codebook.codes)) == (1, 43)
    assert team.problems() == []


def test_passages_can_be_coded_with_it_at_once(quick_team: Team) -> None:
    code = propose(quick_team, quick_team.anna)
    quick_team.code(quick_team.anna, "no time", code.key)
    (line,) = proposals.proposals_of(quick_team.engine, quick_team.lead)
    assert line.codings == 1
    tree = {line.code.key: line for line in codebook_tree.code_tree(quick_team.engine, quick_team.lead)}
    assert (tree[code.key].state, tree[code.key].codings) == ("proposed", 1)


def test_in_a_blind_round_nobody_else_learns_of_it_until_the_reveal(team: Team) -> None:
    team.open_round()
    before = len(keeping.log_of(team.engine, team.bram))
    code = propose(team, team.anna, round_name="First round")
    team.code(team.anna, "no time", code.key)
    for person in (team.bram, team.lead):
        assert seen_by(team, person) == []
        assert code.key not in str(codebook_tree.code_tree(team.engine, person))
    assert len(keeping.log_of(team.engine, team.bram)) == before
    # The other proposes the same and is not told of the first.
    assert propose(team, team.bram, round_name="First round").key == "ORG-WAITI~bram"
    team.finish(team.anna, team.bram)
    team.reveal()
    assert seen_by(team, team.bram) == seen_by(team, team.lead) == ["ORG-WAITI~anna", "ORG-WAITI~bram"]


def test_who_codes_blind_and_names_no_round_proposes_in_it(quick_team: Team) -> None:
    quick_team.open_round()
    code = propose(quick_team, quick_team.anna)
    assert seen_by(quick_team, quick_team.lead) == []
    assert code.key in offered_to(quick_team, quick_team.anna, "First round")
    assert code.key not in offered_to(quick_team, quick_team.anna)
    with pytest.raises(NotThere):
        propose(quick_team, quick_team.lead, round_name="First round")


def test_coding_with_a_code_that_cannot_be_given_now_keeps_its_name_on_the_screen(quick_team: Team) -> None:
    team = quick_team
    team.open_round()
    code = propose(team, team.anna, round_name="First round")
    team.code(team.anna, "no time", code.key)
    document = team.document.id
    assert code.key not in str(coding.coding_screen(team.engine, team.bram, document))
    team.finish(team.anna, team.bram)
    team.reveal()
    for person in (team.anna, team.bram):
        screen = coding.coding_screen(team.engine, person, document)
        assert code.key not in {c.key for c in screen.codebook.codes}
        assert {c.key: c.name() for c in screen.known.codes}[code.key] == "Waiting lists"
        assert len(screen.known.codes) == len(screen.codebook.codes) + 1


def test_accepted_code_enters_the_codebook_and_keeps_its_codings(team: Team) -> None:
    code = propose(team, team.anna, definition="Time until care begins")
    made = team.code(team.anna, "no time", code.key)
    (line,) = proposals.proposals_of(team.engine, team.lead)
    after = proposals.accept_proposal(
        team.engine, team.lead, line.proposal.id, label={"nl": "Wachtlijsten"}, reason="All saw it"
    )
    taken = next(c for c in after.codebook.codes if c.id == code.id)
    assert (taken.key, taken.parent, taken.definition) == ("ORG-WAITI", "ORG", "Time until care begins")
    assert taken.label == {"en": "Waiting lists", "nl": "Wachtlijsten"}
    (found,) = coding.codings_of(team.engine, team.bram)
    assert (str(found.id), found.code) == (made, "ORG-WAITI")
    assert proposals.proposals_of(team.engine, team.bram)[0].proposal.outcome == "accepted"
    assert recoding.to_recode(team.engine, team.anna) == []
    with pytest.raises(NotAllowed, match="accepted already"):
        proposals.decline_proposal(team.engine, team.lead, line.proposal.id)
    assert team.problems() == []


def test_matched_code_gives_its_codings_to_the_code_that_is_there(team: Team) -> None:
    code = propose(team, team.anna)
    team.code(team.anna, "no time", code.key, memo="Long ones")
    team.code(team.bram, "no time", "ORG-STAFF")
    (line,) = proposals.proposals_of(team.engine, team.lead)
    with pytest.raises(NotAllowed, match="Only the lead"):
        merging.match_proposal(team.engine, team.bram, line.proposal.id, into="ORG-STAFF")
    merging.match_proposal(team.engine, team.lead, line.proposal.id, into="ORG-STAFF", reason="The same")
    found = sorted((c.coder, c.code, c.memo) for c in coding.codings_of(team.engine, team.lead))
    assert found == [("Anna", "ORG-STAFF", "Long ones"), ("Bram", "ORG-STAFF", "")]
    (decided,) = proposals.proposals_of(team.engine, team.lead)
    assert (decided.proposal.outcome, decided.proposal.into) == ("matched", "ORG-STAFF")
    assert code.key not in offered_to(team, team.anna)
    assert team.problems() == []


def test_declined_code_asks_its_coder_to_look_again(quick_team: Team) -> None:
    code = propose(quick_team, quick_team.anna)
    quick_team.code(quick_team.anna, "no time", code.key)
    (line,) = proposals.proposals_of(quick_team.engine, quick_team.lead)
    proposals.decline_proposal(quick_team.engine, quick_team.lead, line.proposal.id, reason="Too narrow")
    (asked,) = recoding.to_recode(quick_team.engine, quick_team.anna)
    assert "declined" in asked.why[0]
    recoding.recode(quick_team.engine, quick_team.anna, [asked.coding.id], into="ORG-STAFF")
    assert recoding.to_recode(quick_team.engine, quick_team.anna) == []


def test_nothing_is_decided_before_the_reveal(quick_team: Team) -> None:
    quick_team.open_round(blind=False)
    propose(quick_team, quick_team.anna, round_name="First round")
    (line,) = proposals.proposals_of(quick_team.engine, quick_team.lead)
    assert line.round == "First round"
    with pytest.raises(NotAllowed, match="when the round is revealed"):
        proposals.accept_proposal(quick_team.engine, quick_team.lead, line.proposal.id)


def test_proposal_that_does_not_fit_is_refused(quick_team: Team) -> None:
    with pytest.raises(UserFacingError, match="needs a label"):
        propose(quick_team, quick_team.anna, "  ")
    with pytest.raises(UserFacingError, match="is there already: ORG-STAFF"):
        propose(quick_team, quick_team.anna, "staff and TIME")
    with pytest.raises(UnknownCode):
        propose(quick_team, quick_team.anna, parent="NOWHERE")
    propose(quick_team, quick_team.anna)
    with pytest.raises(UserFacingError, match="is there already: ORG-WAITI~anna"):
        propose(quick_team, quick_team.anna)


def test_author_withdraws_what_bears_no_coding(quick_team: Team) -> None:
    code = propose(quick_team, quick_team.anna)
    (line,) = proposals.proposals_of(quick_team.engine, quick_team.anna)
    made = quick_team.code(quick_team.anna, "no time", code.key)
    with pytest.raises(UserFacingError, match="bear this code"):
        proposals.withdraw_proposal(quick_team.engine, quick_team.anna, line.proposal.id)
    quick_team.act(quick_team.anna, type="retire", coding=made)
    with pytest.raises(NotThere):
        proposals.withdraw_proposal(quick_team.engine, quick_team.bram, line.proposal.id)
    proposals.withdraw_proposal(quick_team.engine, quick_team.anna, line.proposal.id)
    assert seen_by(quick_team, quick_team.anna) == []


def test_proposed_code_of_the_second_codebook_belongs_to_it(quick_team: Team) -> None:
    ccm = codebooks.load_codebook(quick_team.engine, quick_team.lead, "ccm")
    code = propose(quick_team, quick_team.anna, "Shared records", parent="CCM-CIS")
    (line,) = proposals.proposals_of(quick_team.engine, quick_team.lead)
    assert line.proposal.codebook_id == ccm.id
    after = proposals.accept_proposal(quick_team.engine, quick_team.lead, UUID(str(line.proposal.id)))
    assert after.id == ccm.id
    assert code.id in {c.id for c in after.codebook.codes}
