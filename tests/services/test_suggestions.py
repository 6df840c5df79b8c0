"""Suggested passages: accepted by a person, marked for ever, and off while a round is blind."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from codebook.models import Origin, Valence
from corpus.errors import UserFacingError
from store import tables
from store.studies import Member
from tests.services.team import Team, a_team
from workbench.services import coding, suggestions
from workbench.services.errors import NotThere
from workbench.services.suggestions import Suggested, Suggestions

SENTENCE = "The GP wants to start, and money is there."


def search(
    team: Team, person: Member, query: str = "money", code: str = "ECO-FUND", **how: object
) -> Suggestions:
    return suggestions.suggest_from_search(team.engine, person, query, code=code, **how)  # type: ignore[arg-type]


def accept(team: Team, person: Member, *accepted: Suggested) -> list[str | None]:
    return [o.reason for o in suggestions.accept_suggestions(team.engine, person, accepted)]


def test_search_suggests_the_sentence_in_its_context(quick_team: Team) -> None:
    (one,) = search(quick_team, quick_team.anna).found
    assert (one.title, one.code, one.quote) == ("Report 1", "ECO-FUND", SENTENCE)
    assert one.quote[slice(*one.found)] == "money"
    assert one.before.endswith("no time.\n\n")
    assert one.after.startswith("\n\nNobody")
    assert one.origin == Origin("search", "money")
    with pytest.raises(UserFacingError, match="words"):
        search(quick_team, quick_team.anna, " ")
    with pytest.raises(NotThere):
        search(quick_team, quick_team.anna, code="NO-SUCH")


def test_words_of_the_codebook_suggest_passages(quick_team: Team) -> None:
    quick_team.add_document("The steering group has no leadership. We go on.", title="Other")
    found = suggestions.suggest_from_codebook(quick_team.engine, quick_team.anna, codes=["SOC-LEAD"]).found
    assert [(one.title, one.quote) for one in found] == [("Other", "The steering group has no leadership.")]
    assert found[0].origin.kind == "rule"
    everything = suggestions.suggest_from_codebook(quick_team.engine, quick_team.anna).found
    assert {"SOC-LEAD"} <= {one.code for one in everything}


def test_accepted_passages_are_ones_own_codings_each_with_its_event_and_origin(team: Team) -> None:
    team.add_document("No money. Money again.", title="Other")
    found = search(team, team.anna).found
    before = team.count(tables.event)
    assert accept(team, team.anna, *found) == [None, None, None]
    assert team.count(tables.event) == before + 3
    assert [(c.coder, c.code, c.quote) for c in team.seen(team.bram)] == [("Anna", "ECO-FUND", SENTENCE)]
    origins = suggestions.accepted_codings(team.engine, team.bram)
    assert set(origins.values()) == {Origin("search", "money")}
    assert len(origins) == 3
    assert search(team, team.anna).found == ()  # what is coded so is not suggested again
    assert len(search(team, team.bram).found) == 3
    assert team.problems() == []


def test_a_coding_made_by_hand_has_no_origin(quick_team: Team) -> None:
    quick_team.code(quick_team.anna, "no time")
    assert suggestions.accepted_codings(quick_team.engine, quick_team.anna) == {}


def test_origin_stays_through_changes_undo_and_redo(quick_team: Team) -> None:
    accept(quick_team, quick_team.anna, *search(quick_team, quick_team.anna).found)
    (made,) = quick_team.seen(quick_team.anna)
    quick_team.act(quick_team.anna, type="change", coding=str(made.id), code="ECO-FIN", valence="barrier")
    assert len(suggestions.accepted_codings(quick_team.engine, quick_team.anna)) == 1
    quick_team.act(quick_team.anna, type="undo")
    quick_team.act(quick_team.anna, type="undo")
    assert quick_team.seen(quick_team.anna) == []
    quick_team.act(quick_team.anna, type="redo")
    (again,) = quick_team.seen(quick_team.anna)
    assert suggestions.accepted_codings(quick_team.engine, quick_team.anna) == {
        again.id: Origin("search", "money")
    }


def test_valence_comes_with_accepting_and_is_undone_with_it(quick_team: Team) -> None:
    found = search(quick_team, quick_team.anna).found
    suggestions.accept_suggestions(quick_team.engine, quick_team.anna, found, valence=Valence.BARRIER)
    assert [c.valence for c in quick_team.seen(quick_team.anna)] == ["barrier"]
    quick_team.act(quick_team.anna, type="undo")
    assert quick_team.seen(quick_team.anna) == []


def test_origin_is_seen_with_the_coding_and_comes_back_from_a_file(quick_team: Team, tmp_path: Path) -> None:
    accept(quick_team, quick_team.anna, *search(quick_team, quick_team.anna).found)
    quick_team.code(quick_team.anna, "no time")
    path = tmp_path / "codings.csv"
    coding.export_codings(quick_team.engine, quick_team.lead, path)
    other = a_team(quick_team.engine, "Another region")
    told = path.read_text(encoding="utf-8-sig").replace(str(quick_team.document.id), str(other.document.id))
    path.write_text(told, encoding="utf-8")
    coding.import_codings(other.engine, other.lead, path)
    for team in (quick_team, other):
        screen = coding.coding_screen(team.engine, team.lead, team.document.id)
        assert [c.origin for c in screen.codings] == [None, Origin("search", "money")]
    path.write_text(told.replace(",search,", ",guess,").replace("ECO-FUND", "ECO-FIN"), encoding="utf-8")
    refused = coding.import_codings(other.engine, other.lead, path).refused
    assert ["origin 'guess' is not one of search, rule" in row["reason"] for row in refused] == [True]


def test_one_that_is_refused_leaves_the_others_stored(quick_team: Team) -> None:
    (one,) = search(quick_team, quick_team.anna).found
    gone = replace(one, version_id=uuid4())
    unknown = replace(one, code="NO-SUCH")
    reasons = accept(quick_team, quick_team.anna, gone, unknown, one, one)
    assert [reason is None for reason in reasons] == [False, False, True, False]
    assert "replaced" in str(reasons[0])
    assert "already" in str(reasons[3])
    assert len(quick_team.seen(quick_team.anna)) == 1


def test_what_was_accepted_is_taken_back_by_its_coder_alone(quick_team: Team) -> None:
    (one,) = search(quick_team, quick_team.anna).found
    (outcome,) = suggestions.accept_suggestions(quick_team.engine, quick_team.anna, [one])
    made = UUID(outcome.operation)
    assert suggestions.take_back(quick_team.engine, quick_team.bram, [made]) == 0
    assert suggestions.take_back(quick_team.engine, quick_team.anna, [made, made]) == 1
    assert quick_team.seen(quick_team.anna) == []


@pytest.mark.parametrize("person", ["anna", "lead"])
def test_nothing_is_suggested_or_accepted_in_an_open_blind_round(quick_team: Team, person: str) -> None:
    actor: Member = getattr(quick_team, person)
    quick_team.add_document("No money.", title="Other")
    found = search(quick_team, actor).found
    quick_team.open_round(documents=[quick_team.document])
    now = search(quick_team, actor)
    assert [one.title for one in now.found] == ["Other"]
    ((title, reason),) = now.closed
    assert title == "Report 1"
    assert "blind round" in reason
    reasons = accept(quick_team, actor, *found)
    assert sum(reason is None for reason in reasons) == 1
    assert "Suggestions cannot be accepted in 'Report 1'" in str(next(filter(None, reasons)))
    quick_team.finish(quick_team.anna, quick_team.bram)
    quick_team.reveal()
    assert "Report 1" in {one.title for one in search(quick_team, actor).found}


def test_in_a_round_that_is_not_blind_accepted_codings_belong_to_it_until_one_has_finished(
    quick_team: Team,
) -> None:
    quick_team.open_round(blind=False)
    accept(quick_team, quick_team.anna, *search(quick_team, quick_team.anna).found)
    with quick_team.engine.connect() as connection:
        assert connection.execute(sa.select(tables.coding.c.coding_round_id)).scalar_one() is not None
    quick_team.finish(quick_team.bram)
    assert search(quick_team, quick_team.bram).closed == (("Report 1", "you have finished it"),)


def test_origins_of_hidden_codings_are_not_told(quick_team: Team) -> None:
    accept(quick_team, quick_team.anna, *search(quick_team, quick_team.anna).found)
    assert len(suggestions.accepted_codings(quick_team.engine, quick_team.bram)) == 1
    quick_team.open_round()
    assert suggestions.accepted_codings(quick_team.engine, quick_team.bram) == {}
    assert len(suggestions.accepted_codings(quick_team.engine, quick_team.anna)) == 1


def test_the_log_holds_no_words_that_were_searched_for(quick_team: Team) -> None:
    accept(quick_team, quick_team.anna, *search(quick_team, quick_team.anna, "money there").found)
    with quick_team.engine.connect() as connection:
        told = str(connection.execute(sa.select(tables.event.c.detail)).scalars().all())
    assert "money" not in told
