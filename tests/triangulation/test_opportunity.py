"""The opportunity map: what a source could say, where that was told, and what a silence may then be."""

from __future__ import annotations

import pytest

from triangulation.models import Row
from triangulation.opportunity import (
    DEFAULTS,
    Opportunity,
    Origin,
    SaidOpportunity,
    opportunity_of_kind,
    parse_opportunity,
    propose_silence,
    resolve_opportunities,
    resolve_opportunity,
)
from triangulation.opportunity_files import OPPORTUNITY_COLUMNS, read_opportunities, write_opportunities
from triangulation.tables import EXPECTED, SILENCES

THEME, ENDS = Row("ECO-FUND"), Row("ECO-FUND", "Money ends")
ASKED, COULD, NOT = Opportunity.ASKED, Opportunity.COULD_BE_RAISED, Opportunity.NOT_ASKED


def said(*entries):
    return {(entry.row, entry.source): entry for entry in entries}


def resolved(row, *entries, kind="interview"):
    chance = resolve_opportunity(row, "GPs", kind=kind, said=said(*entries))
    return chance.state, chance.origin, chance.why


def test_what_a_row_says_wins_over_its_theme_and_that_over_the_kind():
    of_theme = SaidOpportunity(THEME, "GPs", NOT, "no topic")
    of_row = SaidOpportunity(ENDS, "GPs", ASKED, "question 4")
    assert resolved(ENDS, of_theme, of_row) == (ASKED, Origin.ROW, "question 4")
    assert resolved(ENDS, of_theme) == (NOT, Origin.THEME, "no topic")
    assert resolved(ENDS)[:2] == (COULD, Origin.KIND)


def test_a_row_that_says_something_says_nothing_of_its_theme_or_of_another_source():
    of_row = SaidOpportunity(ENDS, "GPs", ASKED)
    elsewhere = SaidOpportunity(ENDS, "Survey", ASKED)
    assert resolved(THEME, of_row)[1] is Origin.KIND
    assert resolved(Row("ECO-FUND", "Money comes"), of_row)[1] is Origin.KIND
    assert resolved(ENDS, elsewhere)[1] is Origin.KIND


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("meeting report", COULD),
        ("Interview", COULD),
        ("focus group", COULD),
        ("survey", NOT),
        ("register", NOT),
        ("publication", COULD),
        ("commentary", COULD),
        ("a diary", COULD),
    ],
)
def test_each_kind_of_source_has_a_default_with_its_reason(kind, state):
    assert opportunity_of_kind(kind)[0] is state
    assert opportunity_of_kind(kind)[1]
    assert len({why for _, why in DEFAULTS.values()}) >= 5


def test_the_whole_map_has_every_row_with_every_source():
    kinds = {"GPs": "interview", "Survey": "survey"}
    found = resolve_opportunities([THEME, ENDS], kinds, [SaidOpportunity(THEME, "Survey", ASKED)])
    assert {place: chance.state for place, chance in found.items()} == {
        (THEME, "GPs"): COULD,
        (THEME, "Survey"): ASKED,
        (ENDS, "GPs"): COULD,
        (ENDS, "Survey"): ASKED,
    }


@pytest.mark.parametrize(
    ("state", "kind", "expected"),
    [(NOT, "not_asked", "yes"), (ASKED, "asked_not_raised", "unclear"), (COULD, None, "unclear")],
)
def test_silence_is_proposed_from_what_could_be_said(state, kind, expected):
    proposal = propose_silence(state)
    assert (proposal.kind, proposal.expected) == (kind, expected)
    assert kind is None or kind in SILENCES
    assert expected in EXPECTED
    assert proposal.why


def test_a_word_outside_the_set_is_refused():
    assert parse_opportunity("NOT-ASKED") is NOT
    with pytest.raises(ValueError, match="asked, could_be_raised, not_asked"):
        parse_opportunity("perhaps")


def read(path):
    return read_opportunities(
        path,
        resolve_theme=lambda name: name if name == "ECO-FUND" else None,
        known_rows=[ENDS],
        known_sources=["GPs", "Survey"],
    )


def test_map_is_read_from_semicolons_with_a_mark_and_bad_rows_are_refused_one_by_one(tmp_path):
    path = tmp_path / "map.csv"
    lines = [
        "theme;row;source;opportunity;note",
        "ECO-FUND;;GPs;asked;Question 4",
        "ECO-FUND;Money ends;Survey;not asked;",
        "NONE;;GPs;asked;",
        "ECO-FUND;;Diaries;asked;",
        "ECO-FUND;Never heard;GPs;asked;",
        "ECO-FUND;Money ends;GPs;perhaps;",
        "ECO-FUND;Money ends;GPs;;",
        "ECO-FUND;;GPs;not_asked;",
    ]
    path.write_bytes(("\ufeff" + "\n".join(lines)).encode())
    taken, refused = read(path)
    assert [entry.said for entry in taken] == [
        SaidOpportunity(THEME, "GPs", ASKED, "Question 4"),
        SaidOpportunity(ENDS, "Survey", NOT),
    ]
    assert [refusal.row for refusal in refused] == [4, 5, 6, 7, 8, 9]
    words = ("codebook", "'GPs', 'Survey'", "no row 'Never heard'", "'perhaps'", "empty", "row 2")
    assert all(word in refusal.reason for word, refusal in zip(words, refused, strict=True))


def test_map_that_was_written_is_read_as_it_was(tmp_path):
    entries = [SaidOpportunity(THEME, "GPs", ASKED, "=1+1"), SaidOpportunity(ENDS, "Survey", NOT)]
    path = tmp_path / "map.csv"
    assert write_opportunities(path, entries) == 2
    assert path.read_text(encoding="utf-8-sig").splitlines()[0] == ",".join(OPPORTUNITY_COLUMNS)
    assert [entry.said for entry in read(path)[0]] == entries
