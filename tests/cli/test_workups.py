"""``trigpoint workup``, and what ``triangulate`` tells of rows over all sources and of completeness."""

from __future__ import annotations

import pytest

COLUMNS = "theme,row,source_a,source_b,researcher,assigned,speaks_a,speaks_b,silence,expected"


@pytest.fixture
def judged(trigpoint, study, write_csv):
    """Ann and Ben hold the money for dissonant; the survey is silent on time against expectation."""
    rows = [f"ECO-FUND,It ends,Minutes,Survey,{who},D,,,," for who in ("Ann", "Ben")]
    rows.append("PRO-MOT,No time,Minutes,Survey,Ann,,yes,no,asked_not_raised,no")
    path = write_csv("judged", COLUMNS, *rows)
    return trigpoint("judge", "import", path, "--create-sources", "--json")


def test_rows_that_ask_for_a_work_up_are_listed_with_their_reasons(trigpoint, judged):
    cards = {card["theme"]: card for card in trigpoint("workup", "list", "--json").json}
    assert cards["ECO-FUND"]["reasons"] == [
        {"why": "dissonance", "sources": ["Minutes", "Survey"], "researchers": ["Ann", "Ben"]}
    ]
    assert cards["ECO-FUND"]["complete"] is False
    assert (cards["ECO-FUND"]["state"], cards["ECO-FUND"]["answers"]) == ("missing", {})


def test_work_up_is_written_question_by_question(trigpoint, judged):
    row = ("workup", "write", "--theme", "ECO-FUND", "--row", "It ends", "--json")
    begun = trigpoint(*row, "--methods", "Minutes hold decisions.").json
    assert (begun["state"], begun["version"]) == ("begun", 1)
    done = trigpoint(*row, "--no-inquiry", "both tell of one grant", person="Ann").json
    assert (done["complete"], done["version"], done["written_by"]) == (True, 2, "Ann")
    assert done["answers"]["methods"] == "Minutes hold decisions."
    said = trigpoint("workup", "list")
    assert "complete" in said.out


def test_card_of_a_row_that_is_not_there_is_refused(trigpoint, judged):
    refused = trigpoint(
        "workup", "write", "--theme", "ECO-FUND", "--row", "No such", "--methods", "x", status=2
    )
    assert "has no row 'ECO-FUND: No such'" in refused.err


def test_triangulate_tells_sets_and_what_each_source_adds(trigpoint, judged):
    found = trigpoint("triangulate", "--json").json
    fund = next(s for s in found["sets"] if (s["theme"], s["researcher"]) == ("ECO-FUND", "Ann"))
    assert (fund["code"], fund["coverage"], fund["sources"]) == ("contains_dissonance", 2, 2)
    completeness = found["completeness"]
    assert {s["state"] for s in completeness["states"]} >= {"present", "unique"}
    adds = {each["source"]: each for each in completeness["adds"]}
    assert [row["theme"] for row in adds["Minutes"]["only"]] == ["PRO-MOT"]
    lost = {each["source"]: each for each in completeness["lost_without"]}
    assert lost["Survey"]["dissonances"] == [
        {"theme": "ECO-FUND", "row": "It ends", "pair": ["Minutes", "Survey"]}
    ]
