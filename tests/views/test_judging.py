"""Convergence coding on the page Triangulate: what is asked, what is saved, and that it stays alone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from tests.services.team import Team
from tests.views.app import healthy, open_page, press, run, sent, words
from triangulation.models import Importance, Judgement, Meaning, Part, Prominence, Rating, Row
from triangulation.protocol import ProtocolPage
from workbench.services import findings, judging, protocol, ratings
from workbench.services.triangulation import Triangulation, triangulate

MONEY, TIME = Row("ECO-FUND", "Money is there"), Row("IMP-FACIL", "Nobody leads it")
A, B, C = "Interviews", "Steering group", "Survey"
AB, AC, BC = (A, B), (A, C), (B, C)


@pytest.fixture
def team_of_three(team: Team) -> Team:
    """All three sources speak on money, one alone on knowing."""

    team.add_document("Money is there, I hear.", title="Interview 1", source=team.add_source(A))
    team.add_source(C, "survey")
    made = team.code(team.anna, "money is there")
    for source, row, valence, codings in (
        (A, MONEY, "facilitator", []),
        (B, MONEY, "barrier", [UUID(made)]),
        (C, MONEY, "barrier", []),
        (B, TIME, None, []),
    ):
        findings.add_finding(
            team.engine,
            team.anna,
            source=source,
            theme=row.theme,
            row=row.statement,
            statement=f"{source} say so.",
            valence=valence,
            coding_ids=codings,
        )
    return team


def judging_page(person: str = "Bram") -> AppTest:
    page = open_page("triangulate", person=person)
    return healthy(page.segmented_control(key="triangulate_view").set_value("judge").run())


def at_the_first_pair(person: str = "Bram") -> AppTest:
    return healthy(press(judging_page(person), "Confirm who speaks"))


def field(page: AppTest, kind: str, field: str, *names: str) -> Any:
    """The one field of that name, of a row and sources."""
    start = f"judging_{field}_"
    (found,) = [
        one
        for one in page.get(kind)
        if (one.key or "").startswith(start) and all(name in one.key for name in names)
    ]
    return found


def choose(page: AppTest, part: str, value: Any, *names: str) -> AppTest:
    return healthy(run(page, field(page, "segmented_control", part, *names).set_value(value)))


def seen(team: Team) -> Triangulation:
    return triangulate(team.engine, team.bram)


def own(team: Team) -> dict[tuple[Row, tuple[str, str]], Judgement]:
    return {(j.row, (j.source_a, j.source_b)): j for j in seen(team).judgements if j.researcher == "Bram"}


# --- who speaks


def test_one_press_says_who_speaks_and_what_the_silence_is(team_of_three: Team) -> None:
    page = judging_page()
    page = healthy(run(page, field(page, "radio", "speaks", MONEY.statement, C).set_value(False)))
    page = healthy(run(page, field(page, "selectbox", "silence", C).set_value("not_applicable")))
    page = healthy(press(page, "Confirm who speaks"))
    assert {e.source: e.speaks for e in seen(team_of_three).existences} == {A: True, B: True, C: False}
    judged = own(team_of_three)
    assert {place: (j.silence, j.expected) for place, j in judged.items()} == {
        (MONEY, AC): ("not_applicable", "yes"),
        (MONEY, BC): ("not_applicable", "yes"),
    }
    assert "0 of 1 cells · who speaks: 1 of 2 rows" in words(page)


def test_row_on_which_one_source_speaks_asks_for_no_comparison(team_of_three: Team) -> None:
    page = at_the_first_pair()
    page = healthy(press(page, "Next row"))
    assert "Confirm who speaks" in {button.label for button in page.button}
    labels = page.radio(key="judging_row").options
    assert labels[0].startswith("◌ 0/3")
    assert labels[1].startswith("◌ –")
    page = healthy(press(page, "Confirm who speaks"))
    assert page.radio(key="judging_row").options[1].startswith("✓ –")


# --- a pair


def test_code_follows_the_parts_as_they_are_chosen(team_of_three: Team) -> None:
    page = at_the_first_pair()
    assert 'data-code="undetermined"' in words(page)
    page = choose(page, "meaning", "same")
    page = choose(page, "prominence", "different")
    page = choose(page, "coverage", "same")
    assert 'data-code="partial"' in words(page)
    assert "judged on 3 of 4 parts" in words(page)
    assert own(team_of_three) == {}


def test_keys_turn_the_answers_of_a_part(team_of_three: Team) -> None:
    page = at_the_first_pair()
    for value in ("same", "complementary"):
        page = healthy(press(page, "Next meaning"))
        assert field(page, "segmented_control", "meaning").value == value
    for _ in range(3):
        page = healthy(press(page, "Next meaning"))
    assert field(page, "segmented_control", "meaning").value is None


def test_one_judgement_serves_the_whole_row_and_leaves_what_is_judged(team_of_three: Team) -> None:
    judging.judge_pair(
        team_of_three.engine, team_of_three.bram, row=MONEY, source_a=A, source_b=C, meaning="contradictory"
    )
    page = choose(at_the_first_pair(), "meaning", "same")
    page = healthy(press(page, "Use for all pairs of this row"))
    assert {pair: j.meaning for (row, pair), j in own(team_of_three).items()} == {
        AB: Meaning.SAME,
        AC: Meaning.CONTRADICTORY,
        BC: Meaning.SAME,
    }
    assert "3 of 3 cells" in words(page)


def test_judged_pairs_follow_too_when_told(team_of_three: Team) -> None:
    judging.judge_pair(
        team_of_three.engine, team_of_three.bram, row=MONEY, source_a=A, source_b=C, meaning="contradictory"
    )
    page = choose(at_the_first_pair(), "meaning", "same")
    page = healthy(run(page, page.checkbox(key="judging_again").set_value(True)))
    healthy(press(page, "Use for all pairs of this row"))
    assert {j.meaning for j in own(team_of_three).values()} == {Meaning.SAME}


def test_same_as_above_fills_in_and_saves_nothing_yet(team_of_three: Team) -> None:
    judging.judge_pair(
        team_of_three.engine,
        team_of_three.bram,
        row=MONEY,
        source_a=A,
        source_b=B,
        meaning="complementary",
        examples="different",
        assigned="dissonance",
        reason="the same money",
    )
    page = at_the_first_pair()
    page = healthy(press(page, "Next"))
    page = healthy(press(page, "Same as above"))
    assert field(page, "segmented_control", "meaning").value == "complementary"
    assert field(page, "segmented_control", "examples").value == "different"
    assert field(page, "text_input", "reason").value == "the same money"
    assert len(own(team_of_three)) == 1
    page = healthy(press(page, "Save and go to the next cell"))
    saved = own(team_of_three)[MONEY, AC]
    assert (saved.meaning, saved.examples) == (Meaning.COMPLEMENTARY, Part.DIFFERENT)
    assert (saved.assigned, saved.reason) == ("dissonance", "the same money")


def test_pair_comes_back_as_it_was_saved(team_of_three: Team) -> None:
    page = choose(at_the_first_pair(), "meaning", "complementary")
    page = healthy(press(page, "Save and go to the next cell"))
    assert field(page, "segmented_control", "meaning").value is None
    page = healthy(press(page, "Previous"))
    assert field(page, "segmented_control", "meaning").value == "complementary"


# --- what one rates, and what the tool asks


def test_rating_and_importance_are_kept_as_soon_as_they_are_chosen(team_of_three: Team) -> None:
    page = choose(at_the_first_pair(), "rating", Prominence.MAIN, A)
    page = healthy(run(page, field(page, "text_input", "rating_note", A).set_value("all of them")))
    choose(page, "importance", "minor")
    found = seen(team_of_three)
    assert found.ratings == (Rating(MONEY, A, "Bram", Prominence.MAIN, "all of them"),)
    assert found.importances == (Importance(MONEY, "Bram", "minor"),)


def test_opposed_directions_and_unlike_ratings_are_asked_about_and_answered_by_nobody_else(
    team_of_three: Team,
) -> None:
    page = at_the_first_pair()
    assert "contradictory? Not if both say that it decides" in words(page)
    assert "You rated" not in words(page)
    page = choose(page, "rating", Prominence.MAIN, A)
    page = choose(page, "rating", Prominence.PASSING, B)
    assert "You rated main and passing: different?" in words(page)
    assert field(page, "segmented_control", "prominence").value is None
    page = choose(page, "meaning", "same")
    page = healthy(press(page, "Save and go to the next cell"))
    page = healthy(press(page, "Next"))
    assert "contradictory? Not if" not in words(page)  # both are barriers


def test_evidence_stands_with_its_denominators(team_of_three: Team) -> None:
    said = words(at_the_first_pair())
    assert "documents 1 of 1 (100 %)" in said
    assert "coded passages 1 of 1 (100 %)" in said
    assert "no document of this source is coded yet" in said
    assert "quotes 1 of 1 (100 %)" in said


# --- alone


def test_nothing_of_other_researchers_is_sent_before_the_lock(team_of_three: Team) -> None:
    engine, anna = team_of_three.engine, team_of_three.anna
    before = words(judging_page())
    ratings.rate_source(engine, anna, row=MONEY, source=A, prominence="main", note="zebra note")
    judging.judge_row(engine, anna, row=MONEY, pairs=[AB], meaning="same", reason="okapi reason")
    judging.confirm_who_speaks(
        engine,
        anna,
        row=TIME,
        speaks={A: False, B: True, C: False},
        silences={C: judging.Silence("data_missing", "no", "quagga silence")},
        pairs=[AB, AC, BC],
    )
    judging.lock_judgements(engine, anna)
    page = judging_page()
    assert words(page) == before
    told = [sent(page)]
    page = at_the_first_pair()
    told.append(sent(page))
    told.append(sent(healthy(press(page, "Next row"))))
    everything = b"\n".join(told)
    assert not [word for word in (b"zebra", b"okapi", b"quagga") if word in everything]


def test_who_judges_nothing_yet_is_told_what_is_first(team: Team) -> None:
    team.add_source(A)
    assert "Add findings first" in words(judging_page())


def test_who_is_not_named_as_a_judge_is_told_who_is(team_of_three: Team) -> None:
    page = ProtocolPage(judges=("Anna",))
    protocol.write_protocol(team_of_three.engine, team_of_three.lead, page)
    shown = judging_page("Bram")
    assert "The protocol names Anna as judges" in words(shown)
    assert "Confirm who speaks" not in {button.label for button in shown.button}


def test_with_an_index_source_only_its_pairs_are_asked_for(team_of_three: Team) -> None:
    page = ProtocolPage(compare="index", index=B)
    protocol.write_protocol(team_of_three.engine, team_of_three.lead, page)
    shown = at_the_first_pair()
    assert "0 of 2 cells" in words(shown)
    shown = choose(shown, "meaning", "same")
    healthy(press(shown, "Use for all pairs of this row"))
    assert set(own(team_of_three)) == {(MONEY, AB), (MONEY, BC)}
