"""What each researcher rates and judges alone, with the effort kept human, behind the lock."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from corpus.errors import UserFacingError
from store import tables
from store.engine import reading
from store.events import events_of
from tests.services.team import Team, a_file
from triangulation.judging import Silence
from triangulation.models import (
    ConvergenceCode,
    Importance,
    Judgement,
    Meaning,
    Part,
    Prominence,
    Rating,
    Row,
)
from triangulation.prominence import Count, ParticipantCount
from workbench.services import findings, judging, prominence, ratings, sorting
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.triangulation import triangulate

ROW = Row("ECO-FUND", "Money is there")
A, B, C = "Interviews", "Steering group", "Survey"
PAIRS = ((A, B), (A, C), (B, C))


@pytest.fixture
def three(quick_team: Team) -> Team:
    """Three sources that all speak on one row."""
    return with_three_sources(quick_team)


def with_three_sources(team: Team) -> Team:
    interviews = team.add_source(A)
    team.add_source(C, "survey")
    team.add_document(
        "GP 1: Money is there, I hear.\nGP 2: Not here.", title="Interview 1", source=interviews
    )
    for source in (A, B, C):
        findings.add_finding(
            team.engine, team.anna, source=source, theme=ROW.theme, row=ROW.statement, statement="It is."
        )
    return team


def own(team: Team) -> dict[tuple[str, str], Judgement]:
    found = triangulate(team.engine, team.anna).judgements
    return {(j.source_a, j.source_b): j for j in found if j.researcher == "Anna"}


# --- ratings


def test_rating_holds_until_the_next_and_nothing_takes_it_back(team: Team) -> None:
    with_three_sources(team)
    for weight, note in (("main", "half of the minutes"), ("passing", "")):
        ratings.rate_source(team.engine, team.anna, row=ROW, source=A, prominence=weight, note=note)
    assert ratings.readable_ratings(team.engine, team.anna)[0] == (
        Rating(ROW, A, "Anna", Prominence.PASSING),
    )
    ratings.rate_source(team.engine, team.anna, row=ROW, source=A, prominence=None)
    assert ratings.readable_ratings(team.engine, team.anna)[0] == ()
    assert team.count(tables.source_rating) == 2
    assert team.problems() == []


def test_importance_holds_until_the_next_and_nothing_takes_it_back(team: Team) -> None:
    with_three_sources(team)
    for importance in ("main", "minor"):
        ratings.rate_importance(team.engine, team.anna, row=ROW, importance=importance)
    assert triangulate(team.engine, team.anna).importances == (Importance(ROW, "Anna", "minor"),)
    ratings.rate_importance(team.engine, team.anna, row=ROW, importance=None)
    assert triangulate(team.engine, team.anna).importances == ()
    assert team.problems() == []


def test_ratings_go_along_with_a_row_that_is_renamed(three: Team) -> None:
    ratings.rate_source(three.engine, three.anna, row=ROW, source=A, prominence="main")
    ratings.rate_importance(three.engine, three.anna, row=ROW, importance="main")
    sorting.rename_row(three.engine, three.lead, ROW, "There is money", reason="plainer")
    renamed = Row(ROW.theme, "There is money")
    assert triangulate(three.engine, three.anna).ratings == (Rating(renamed, A, "Anna", Prominence.MAIN),)
    ratings.rate_source(three.engine, three.anna, row=renamed, source=A, prominence="passing")
    ratings.rate_importance(three.engine, three.anna, row=renamed, importance=None)
    found = triangulate(three.engine, three.anna)
    assert found.ratings == (Rating(renamed, A, "Anna", Prominence.PASSING),)
    assert found.importances == ()
    assert three.problems() == []


def test_note_can_stand_without_a_rating(three: Team) -> None:
    ratings.rate_source(three.engine, three.anna, row=ROW, source=A, prominence=None, note="not comparable")
    assert triangulate(three.engine, three.anna).ratings == (Rating(ROW, A, "Anna", None, "not comparable"),)


def test_words_of_a_note_stand_in_no_event(three: Team) -> None:
    ratings.rate_source(three.engine, three.anna, row=ROW, source=A, prominence="main", note="zebra")
    with reading(three.engine) as connection:
        events = list(events_of(connection, three.lead.study_id))
    assert events[-1].action == "source.rate"
    assert "zebra" not in str(events)


@pytest.mark.parametrize("value", ["huge", "MAIN "])
def test_rating_outside_the_set_is_refused(three: Team, value: str) -> None:
    with pytest.raises(UserFacingError, match="main, secondary, passing"):
        ratings.rate_source(three.engine, three.anna, row=ROW, source=A, prominence=value)
    with pytest.raises(UserFacingError, match="main, minor"):
        ratings.rate_importance(three.engine, three.anna, row=ROW, importance=value)
    assert three.count(tables.source_rating) == 0


def test_source_that_is_not_there_cannot_be_rated(three: Team) -> None:
    with pytest.raises(NotThere, match="Letters"):
        ratings.rate_source(three.engine, three.anna, row=ROW, source="Letters", prominence="main")


def test_nothing_is_rated_after_the_lock(three: Team) -> None:
    ratings.rate_importance(three.engine, three.anna, row=ROW, importance="main")
    judging.lock_judgements(three.engine, three.anna)
    with pytest.raises(NotAllowed):
        ratings.rate_importance(three.engine, three.anna, row=ROW, importance="minor")
    with pytest.raises(NotAllowed):
        ratings.rate_source(three.engine, three.anna, row=ROW, source=A, prominence="main")


def test_ratings_of_others_are_read_only_once_both_have_locked(three: Team) -> None:
    for person in (three.anna, three.bram):
        ratings.rate_source(three.engine, person, row=ROW, source=A, prominence="main")
        ratings.rate_importance(three.engine, person, row=ROW, importance="minor")
    judging.lock_judgements(three.engine, three.anna)
    assert raters(three) == ({"Bram"}, {"Bram"})
    judging.lock_judgements(three.engine, three.bram)
    assert raters(three) == ({"Anna", "Bram"}, {"Anna", "Bram"})


def raters(team: Team) -> tuple[set[str], set[str]]:
    found = triangulate(team.engine, team.bram)
    return {r.researcher for r in found.ratings}, {i.researcher for i in found.importances}


# --- a row at once


def test_one_comparison_serves_all_pairs_and_exceptions_follow(three: Team) -> None:
    judging.judge_row(three.engine, three.anna, row=ROW, pairs=PAIRS, meaning="same", examples="different")
    assert {pair: (j.meaning, j.examples) for pair, j in own(three).items()} == dict.fromkeys(
        PAIRS, (Meaning.SAME, Part.DIFFERENT)
    )
    judging.judge_pair(three.engine, three.anna, row=ROW, source_a=A, source_b=C, meaning="contradictory")
    assert own(three)[A, C].meaning is Meaning.CONTRADICTORY
    assert own(three)[A, B].meaning is Meaning.SAME


def test_pairs_that_are_judged_stay_unless_told(three: Team) -> None:
    judging.judge_pair(three.engine, three.anna, row=ROW, source_a=C, source_b=A, meaning="contradictory")
    done = judging.judge_row(three.engine, three.anna, row=ROW, pairs=PAIRS, meaning="same")
    assert done == ((A, B), (B, C))
    assert own(three)[A, C].meaning is Meaning.CONTRADICTORY
    done = judging.judge_row(three.engine, three.anna, row=ROW, pairs=PAIRS, meaning="same", again=True)
    assert own(three)[A, C].meaning is Meaning.SAME
    assert done == PAIRS


def test_code_given_to_a_whole_row_needs_its_reason_and_nothing_is_kept_without(three: Team) -> None:
    with pytest.raises(UserFacingError, match="reason"):
        judging.judge_row(three.engine, three.anna, row=ROW, pairs=PAIRS, assigned="dissonance")
    assert own(three) == {}


def test_row_is_not_judged_after_the_lock(three: Team) -> None:
    judging.judge_row(three.engine, three.anna, row=ROW, pairs=PAIRS[:1], meaning="same")
    judging.lock_judgements(three.engine, three.anna)
    with pytest.raises(NotAllowed):
        judging.judge_row(three.engine, three.anna, row=ROW, pairs=PAIRS, meaning="same")
    with pytest.raises(NotAllowed):
        judging.confirm_who_speaks(three.engine, three.anna, row=ROW, speaks={A: True})


# --- who speaks, and why others are silent


def test_silence_of_a_source_is_kept_with_every_pair_in_which_the_other_speaks(three: Team) -> None:
    judging.confirm_who_speaks(
        three.engine,
        three.anna,
        row=ROW,
        speaks={A: True, B: True, C: False},
        silences={C: Silence("not_asked", "yes", " no item on money ")},
        pairs=PAIRS,
    )
    judged = own(three)
    assert set(judged) == {(A, C), (B, C)}
    assert {(j.silence, j.expected, j.reason) for j in judged.values()} == {
        ("not_asked", "yes", "no item on money")
    }
    cells = {(c.source_a, c.source_b): c.code for c in triangulate(three.engine, three.anna).matrix.cells}
    assert cells[A, C] is ConvergenceCode.SILENCE


def test_silence_of_which_nothing_is_said_leaves_no_judgement(three: Team) -> None:
    judging.confirm_who_speaks(
        three.engine,
        three.anna,
        row=ROW,
        speaks={A: True, B: False, C: False},
        silences={C: Silence()},
        pairs=PAIRS,
    )
    assert own(three) == {}
    assert {e.source: e.speaks for e in triangulate(three.engine, three.anna).existences} == {
        A: True,
        B: False,
        C: False,
    }


def test_word_on_a_silence_outside_the_set_is_refused_and_nothing_is_kept(three: Team) -> None:
    with pytest.raises(UserFacingError, match="asked_not_raised"):
        judging.confirm_who_speaks(
            three.engine,
            three.anna,
            row=ROW,
            speaks={A: True, C: False},
            silences={C: Silence("shy")},
            pairs=PAIRS,
        )
    assert triangulate(three.engine, three.anna).existences == ()


# --- files


def test_ratings_of_a_file_are_kept_and_written_again(three: Team, tmp_path: Path) -> None:
    line = {"theme": "ECO-FUND", "row": ROW.statement, "source_a": A, "source_b": B, "researcher": "Bram"}
    more = {"meaning": "same", "prominence_a": "main", "prominence_b": "passing", "importance": "minor"}
    file = a_file(tmp_path / "in.csv", [line | more])
    assert judging.import_judgements(three.engine, three.lead, file).imported == 1
    found = triangulate(three.engine, three.lead)
    assert set(found.ratings) == {
        Rating(ROW, A, "Bram", Prominence.MAIN),
        Rating(ROW, B, "Bram", Prominence.PASSING),
    }
    assert found.importances == (Importance(ROW, "Bram", "minor"),)
    out = tmp_path / "out.csv"
    judging.export_judgements(three.engine, three.lead, out)
    assert "main,passing,minor" in out.read_text(encoding="utf-8-sig")


def test_second_judgement_of_a_pair_is_refused_with_its_row_in_file_and_in_store(
    three: Team, tmp_path: Path
) -> None:
    line = {"theme": "ECO-FUND", "row": ROW.statement, "source_a": A, "source_b": B, "researcher": "Bram"}
    file = a_file(
        tmp_path / "in.csv",
        [line | {"meaning": "same"}, line | {"meaning": "same", "source_a": B, "source_b": A}],
    )
    taken = judging.import_judgements(three.engine, three.lead, file)
    assert (taken.imported, [refusal.row for refusal in taken.refused]) == (1, [3])
    again = judging.import_judgements(three.engine, three.lead, file)
    assert again.imported == 0
    assert "judged this pair before" in again.refused[0].reason


# --- what is counted


def test_evidence_counts_codings_under_themes_and_quotes_under_rows(three: Team) -> None:
    made = three.code(three.anna, "money is there")
    three.code(three.anna, "has no time", "PRO-KNOW")
    finding = {"source": B, "theme": "ECO-FUND", "row": ROW.statement, "statement": "There is money."}
    findings.add_finding(three.engine, three.anna, **finding, coding_ids=[UUID(made)])
    evidence = prominence.prominence_evidence(three.engine, three.anna)
    assert evidence.rows == (ROW,)
    assert evidence.themes["ECO-FUND", B].documents == Count(1, 1)
    assert evidence.themes["ECO-FUND", B].segments == Count(1, 2)
    assert evidence.quotes[ROW, B].segments == Count(1, 1)
    assert evidence.themes["ECO-FUND", C].documents.reason == "no document of this source is in the study"


def test_evidence_of_a_blind_coder_tells_nothing_of_the_other(three: Team) -> None:
    three.open_round()
    three.code(three.bram, "money is there")
    evidence = prominence.prominence_evidence(three.engine, three.anna)
    assert evidence.themes["ECO-FUND", B].segments.n is None
    assert prominence.participants_of(three.engine, three.anna, theme="ECO-FUND", source=B) == ()


def test_document_that_another_has_finished_blind_is_not_told_of(three: Team) -> None:
    three.open_round(documents=[three.document])
    three.code(three.bram, "money is there")
    three.finish(three.bram)
    before = prominence.prominence_evidence(three.engine, three.anna).themes["ECO-FUND", B]
    assert before.documents == Count(None, None, "no document of this source is coded yet")
    mine = prominence.prominence_evidence(three.engine, three.bram).themes["ECO-FUND", B]
    assert mine.documents == Count(1, 1)


def test_participants_of_a_theme_are_listed_by_name(three: Team) -> None:
    def spoken() -> tuple[ParticipantCount, ...]:
        return prominence.participants_of(three.engine, three.anna, theme="ECO-FUND", source=B)

    assert spoken() == ()
    three.code(three.anna, "money is there")
    assert spoken() == (ParticipantCount(("Report 1",), None, 1, 14),)
