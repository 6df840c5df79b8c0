"""What changes of the codebook do to codings: merging, splitting, and the list to look at again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codebook.errors import CodebookError
from corpus.errors import UserFacingError
from store import tables
from store.engine import reading
from store.events import events_of
from tests.services.team import Team
from workbench.services import (
    agreement,
    codebook_editing,
    codebook_tree,
    codebook_versions,
    codebooks,
    coding,
    merging,
    recoding,
)
from workbench.services.errors import NotAllowed, NotThere


def told(team: Team) -> list[tuple[str, str, str]]:
    found = coding.codings_of(team.engine, team.lead)
    return sorted((c.coder, c.code, c.quote) for c in found)


def merge(team: Team, code: str = "ECO-FIN", into: str = "ECO-FUND") -> None:
    merging.merge_codes(team.engine, team.lead, code, into=into, reason="One thing")


# --- merging ------------------------------------------------------------------------------------------


def test_merge_is_stated_with_its_counts_before_anyone_does_it(quick_team: Team) -> None:
    quick_team.code(quick_team.anna, "money is there", "ECO-FIN")
    quick_team.code(quick_team.anna, "wants to start, and money", "ECO-FUND")
    quick_team.code(quick_team.bram, "no time", "ECO-FIN")
    shown = merging.preview_merge(quick_team.engine, quick_team.lead, "ECO-FIN", into="ECO-FUND")
    assert (shown.plan.before, shown.plan.after, shown.documents) == (3, 2, 1)
    assert shown.plan.coders == ("Anna", "Bram")
    assert shown.refused == ""
    assert codebook_tree.code_counts(quick_team.engine, quick_team.lead)["ECO-FIN"] == 2


def test_merged_codings_bear_the_other_code_each_with_an_event_of_its_own(team: Team) -> None:
    made = team.code(team.anna, "no time", "ECO-FIN", valence="barrier", memo="Important")
    team.code(team.bram, "no time", "ECO-FIN")
    before = team.count(tables.event)
    merge(team)
    assert told(team) == [("Anna", "ECO-FUND", "no time"), ("Bram", "ECO-FUND", "no time")]
    assert team.count(tables.event) == before + 3
    with reading(team.engine) as connection:
        actions = [event.action for event in events_of(connection, team.lead.study_id)][-3:]
    assert actions == ["codebook.change", "coding.recode", "coding.recode"]
    (annas,) = [c for c in team.seen(team.lead) if c.coder == "Anna"]
    assert (annas.valence, annas.memo, annas.lineage) == ("barrier", "Important", UUID(made))
    assert team.problems() == []


def test_overlapping_codings_of_one_coder_become_one_with_both_memos(team: Team) -> None:
    team.code(team.anna, "The GP wants to start", "ECO-FIN", memo="First")
    kept = team.code(team.anna, "start, and money", "ECO-FUND", memo="Second")
    merge(team)
    (found,) = team.seen(team.lead)
    assert (found.quote, found.memo) == ("The GP wants to start, and money", "Second\n\nFirst")
    assert found.lineage == UUID(kept)
    assert team.document.text[found.start_char : found.end_char] == found.quote
    assert team.problems() == []


def test_counts_in_the_tree_agree_with_the_codings_after_a_merge(quick_team: Team) -> None:
    quick_team.code(quick_team.anna, "no time", "ECO-FIN")
    quick_team.code(quick_team.anna, "patients", "PAT")
    merge(quick_team, "ECO", "ORG")
    lines = {line.code.key: line for line in codebook_tree.code_tree(quick_team.engine, quick_team.lead)}
    assert (lines["ORG"].codings, lines["ECO-FIN"].codings) == (1, 1)
    assert "ECO" not in lines
    assert sum(line.codings for line in lines.values() if line.depth == 0) == len(told(quick_team))


def test_merge_leaves_the_frozen_layer_of_a_round_as_it_was(quick_team: Team) -> None:
    quick_team.open_round()
    quick_team.code(quick_team.anna, "no time", "ECO-FIN")
    quick_team.code(quick_team.bram, "no time", "ECO-FUND")
    quick_team.finish(quick_team.anna, quick_team.bram)
    quick_team.reveal()

    def measured() -> list[tuple[str, dict[str, int]]]:
        result = agreement.agreement_of_round(quick_team.engine, quick_team.lead, "First round")
        return sorted((line.code.key, dict(line.counts)) for line in result.codes)

    before = measured()
    merge(quick_team)
    assert [code for _, code, _ in told(quick_team)] == ["ECO-FUND", "ECO-FUND"]
    assert measured() == before


def test_merge_waits_for_open_rounds_and_is_the_leads(quick_team: Team) -> None:
    with pytest.raises(NotAllowed, match="Only the lead"):
        merging.merge_codes(quick_team.engine, quick_team.anna, "ECO-FIN", into="ECO-FUND")
    quick_team.open_round()
    with pytest.raises(NotAllowed, match="round 'First round' is open"):
        merge(quick_team)
    shown = merging.preview_merge(quick_team.engine, quick_team.lead, "ECO-FIN", into="ECO-FUND")
    assert "First round" in shown.refused


def test_merge_of_codes_of_two_codebooks_is_refused(quick_team: Team) -> None:
    codebooks.load_codebook(quick_team.engine, quick_team.lead, "ccm")
    with pytest.raises(UserFacingError, match="two codebooks"):
        merge(quick_team, "CCM-CIS", "ORG-IT")
    with pytest.raises(CodebookError, match="cannot go into"):
        merge(quick_team, "ECO", "ECO-FIN")


def test_reader_does_not_undo_a_merge(quick_team: Team) -> None:
    quick_team.code(quick_team.lead, "no time", "ECO-FIN")
    merge(quick_team)
    quick_team.act(quick_team.lead, type="undo")  # of the coding itself
    assert told(quick_team) == []


# --- undoing a merge ----------------------------------------------------------------------------------


def live(team: Team) -> list[tuple[object, ...]]:
    """All codings that hold, in all that is said of them but the ids of their rows."""
    found = [
        (str(c.lineage), c.coder, c.code, c.start_char, c.end_char, c.quote, c.valence, c.memo, c.detail)
        for c in coding.codings_of(team.engine, team.lead)
    ]
    return sorted(found, key=str)


def undo(team: Team) -> tuple[int, int]:
    done = merging.undo_last_change(team.engine, team.lead)
    return done.given_back, done.left


PLACES = st.tuples(st.integers(0, 12), st.integers(1, 9))
CODED = st.lists(
    st.tuples(
        st.booleans(),
        st.sampled_from(("ECO-FIN", "ECO-FUND", "PAT")),
        PLACES,
        st.sampled_from((None, "barrier")),
        st.sampled_from(("", "a thought")),
    ),
    max_size=6,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(coded=CODED)
def test_undoing_a_merge_gives_the_earlier_codings(quick_team: Team, coded: list[Any]) -> None:
    team = quick_team
    for by_anna, code, (start, length), valence, memo in coded:
        quote = team.document.text[start : start + length]
        coder = "Anna" if by_anna else "Bram"
        if team.document.text.count(quote) == 1 and (coder, code, quote) not in told(team):
            team.code(team.anna if by_anna else team.bram, quote, code, valence=valence, memo=memo)
    before, book = live(team), codebooks.codes_now(team.engine, team.lead).codes
    merge(team)
    merged, events = live(team), team.count(tables.event)
    assert all(code != "ECO-FIN" for _, _, code, *_ in merged)
    assert undo(team)[1] == 0
    assert live(team) == before
    assert codebooks.codes_now(team.engine, team.lead).codes == book
    assert team.count(tables.event) == events + 1
    undo(team)  # and the merge is back, by its rule
    assert [one[1:] for one in live(team)] == [one[1:] for one in merged]
    undo(team)
    assert live(team) == before
    assert team.problems() == []


def test_what_was_changed_since_the_merge_stays_as_it_is(team: Team) -> None:
    first = team.code(team.anna, "no time", "ECO-FIN")
    team.code(team.bram, "no time", "ECO-FIN")
    joined = team.code(team.bram, "start, and money", "ECO-FUND", memo="Second")
    team.code(team.bram, "The GP wants to start", "ECO-FIN", memo="First")
    merge(team)
    team.act(team.anna, type="change", coding=first, valence="barrier")
    team.act(team.bram, type="memo", coding=joined, text="Other")
    assert undo(team) == (3, 1)
    assert told(team) == [
        ("Anna", "ECO-FUND", "no time"),
        ("Bram", "ECO-FIN", "The GP wants to start"),
        ("Bram", "ECO-FIN", "no time"),
        ("Bram", "ECO-FUND", "start, and money"),
    ]
    memos = {c.quote: c.memo for c in team.seen(team.lead)}
    assert (memos["The GP wants to start"], memos["start, and money"]) == ("First", "Other")
    assert team.problems() == []


def test_undoing_a_merge_leaves_what_a_round_froze_and_waits_for_open_ones(quick_team: Team) -> None:
    quick_team.code(quick_team.anna, "no time", "ECO-FIN")
    merge(quick_team)
    quick_team.open_round()
    with pytest.raises(NotAllowed, match="round 'First round' is open"):
        undo(quick_team)
    quick_team.finish(quick_team.anna, quick_team.bram)
    quick_team.reveal()

    def measured() -> list[tuple[str, dict[str, int]]]:
        result = agreement.agreement_of_round(quick_team.engine, quick_team.lead, "First round")
        return sorted((line.code.key, dict(line.counts)) for line in result.codes)

    before = measured()
    with pytest.raises(NotAllowed, match="Only the lead"):
        merging.undo_last_change(quick_team.engine, quick_team.anna)
    assert undo(quick_team) == (1, 0)
    assert told(quick_team) == [("Anna", "ECO-FIN", "no time")]
    assert measured() == before


def test_other_changes_are_undone_without_touching_codings(quick_team: Team) -> None:
    with pytest.raises(NotThere, match="nothing to undo"):
        undo(quick_team)
    quick_team.code(quick_team.anna, "no time", "ECO-FIN")
    codebook_editing.rename_code(quick_team.engine, quick_team.lead, "ECO-FIN", label={"en": "Pay"})
    before = live(quick_team)
    done = merging.undo_last_change(quick_team.engine, quick_team.anna)
    assert (done.stored.codebook.version, live(quick_team)) == (3, before)


def test_restoring_a_version_says_what_it_means_for_codings(quick_team: Team) -> None:
    added = codebook_editing.add_code(
        quick_team.engine, quick_team.lead, label="Luck", parent="ECO", key="LUCK"
    )
    quick_team.code(quick_team.anna, "no time", "LUCK")
    quick_team.code(quick_team.anna, "money", "ECO-FIN")
    merge(quick_team)
    shown = codebook_versions.preview_restoring(quick_team.engine, quick_team.lead, 1)
    assert (added.codebook.version, dict(shown.without), shown.merged_since) == (2, {"LUCK": 1}, ("ECO-FIN",))
    codebook_versions.restore_version(quick_team.engine, quick_team.lead, 1)
    assert [asked.coding.code for asked in recoding.to_recode(quick_team.engine, quick_team.anna)] == ["LUCK"]
    assert ("Anna", "ECO-FUND", "money") in told(quick_team)


# --- splitting ----------------------------------------------------------------------------------------


def test_split_gives_the_new_code_to_those_quotes_of_ones_own_that_were_chosen(team: Team) -> None:
    first = team.code(team.anna, "money", "ECO-FUND")
    team.code(team.anna, "no time", "ECO-FUND")
    team.code(team.bram, "no time", "ECO-FUND")
    recoding.split_code(
        team.engine, team.anna, "ECO-FUND", label="Continuity", codings=[UUID(first)], reason="Two things"
    )
    assert told(team) == [
        ("Anna", "ECO-CONTI", "money"),
        ("Anna", "ECO-FUND", "no time"),
        ("Bram", "ECO-FUND", "no time"),
    ]
    (asked,) = recoding.to_recode(team.engine, team.bram)
    assert (asked.coding.coder, asked.coding.quote, asked.mine) == ("Bram", "no time", True)
    assert "Continuity was split off ECO-FUND" in asked.why[0]
    assert team.problems() == []


def test_split_takes_no_coding_of_another_coder(quick_team: Team) -> None:
    made = quick_team.code(quick_team.bram, "no time", "ECO-FUND")
    with pytest.raises(NotAllowed, match="whoever made it"):
        recoding.split_code(
            quick_team.engine, quick_team.anna, "ECO-FUND", label="Continuity", codings=[UUID(made)]
        )
    stored = codebooks.current_codebook(quick_team.engine, quick_team.lead)
    assert stored is not None
    assert stored.codebook.version == 1


# --- looking again ------------------------------------------------------------------------------------


def test_changed_definition_asks_each_coder_to_look_again_until_they_have(team: Team) -> None:
    team.code(team.anna, "no time", "ECO-FUND")
    team.code(team.bram, "money", "ECO-FUND")
    assert recoding.to_recode(team.engine, team.lead) == []
    codebook_editing.edit_code(
        team.engine, team.lead, "ECO-FUND", texts={"definition": "Money of projects only"}
    )
    asked = recoding.to_recode(team.engine, team.lead)
    assert [(one.coding.coder, one.mine) for one in asked] == [("Anna", False), ("Bram", False)]
    (annas,) = [one for one in recoding.to_recode(team.engine, team.anna) if one.mine]
    assert recoding.keep_as_coded(team.engine, team.anna, [annas.coding.id]) == 1
    (brams,) = recoding.to_recode(team.engine, team.lead)
    assert recoding.recode(team.engine, team.bram, [brams.coding.id], into="ECO-FIN") == 1
    assert recoding.to_recode(team.engine, team.lead) == []
    assert told(team) == [("Anna", "ECO-FUND", "no time"), ("Bram", "ECO-FIN", "money")]


def test_what_was_coded_under_the_new_definition_is_not_asked_for(quick_team: Team) -> None:
    codebook_editing.edit_code(quick_team.engine, quick_team.lead, "ECO-FUND", texts={"include": "grants"})
    quick_team.code(quick_team.anna, "no time", "ECO-FUND")
    assert recoding.to_recode(quick_team.engine, quick_team.lead) == []


def test_codings_of_a_retired_code_stay_are_counted_and_asked_for(quick_team: Team) -> None:
    quick_team.code(quick_team.anna, "no time", "ECO-FUND")
    codebook_editing.retire_code(quick_team.engine, quick_team.lead, "ECO-FUND", reason="Too broad")
    assert told(quick_team) == [("Anna", "ECO-FUND", "no time")]
    (line,) = [
        line
        for line in codebook_tree.code_tree(quick_team.engine, quick_team.lead)
        if line.code.key == "ECO-FUND"
    ]
    assert (line.state, line.codings) == ("retired", 1)
    (asked,) = recoding.to_recode(quick_team.engine, quick_team.anna)
    assert asked.is_retired
    with pytest.raises(UserFacingError, match="not in the codebook any more"):
        recoding.keep_as_coded(quick_team.engine, quick_team.anna, [asked.coding.id])
    assert "not in the codebook" in (
        quick_team.try_act(quick_team.anna, type="apply", code="ECO-FUND", start=0, end=9) or ""
    )
    codebook_versions.restore_version(quick_team.engine, quick_team.lead, 1)
    assert recoding.to_recode(quick_team.engine, quick_team.anna) == []


def test_open_rounds_are_left_out_of_the_list_and_their_codings_alone(quick_team: Team) -> None:
    made = quick_team.code(quick_team.anna, "no time", "ECO-FUND")
    quick_team.open_round()
    codebook_editing.edit_code(quick_team.engine, quick_team.lead, "ECO-FUND", texts={"definition": "Other"})
    assert recoding.to_recode(quick_team.engine, quick_team.anna) == []
    with pytest.raises(NotAllowed, match="not revealed"):
        recoding.recode(quick_team.engine, quick_team.anna, [UUID(made)], into="ECO-FIN")
    (quote,) = recoding.quotes_of(quick_team.engine, quick_team.anna, "ECO-FUND")
    assert (quote.mine, quote.in_open_round) == (True, True)
    assert recoding.quotes_of(quick_team.engine, quick_team.bram, "ECO-FUND") == []
    with pytest.raises(NotThere):
        recoding.recode(quick_team.engine, quick_team.bram, [UUID(made)], into="ECO-FIN")
