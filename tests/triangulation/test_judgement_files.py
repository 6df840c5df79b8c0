"""A file of judgements: every kind of bad row is refused with its reason, the others are taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from triangulation.models import Importance, Judgement, Meaning, Prominence, Rating, Row
from triangulation.tables import JudgementRow, RefusedRow, read_judgements, write_judgements

COLUMNS = (
    "theme,row,source_a,source_b,researcher,meaning,prominence,coverage,examples,speaks_a,speaks_b,assigned,"
    "silence,expected,reason,prominence_a,prominence_b,importance"
)
THEMES = {"ECO-FUND": "ECO-FUND", "PRO-TIME": "PRO-TIME"}
SOURCES = ("Interviews", "Minutes", "Survey")
GOOD = "PRO-TIME,,Interviews,Minutes,Ann,same,same,same,same,,,,,,,,,"


def read(folder: Path, *lines: str, encoding: str = "utf-8") -> tuple[list[JudgementRow], list[RefusedRow]]:
    path = folder / "judgements.csv"
    path.write_text("\n".join((COLUMNS, *lines)), encoding=encoding)
    return read_judgements(path, resolve_theme=THEMES.get, known_sources=SOURCES)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("GONE,,Interviews,Minutes,Ann,same,,,,,,,,,,,,", "theme 'GONE' is not in the codebook"),
        ("ECO-FUND,,Interviews,Letters,Ann,same,,,,,,,,,,,,", "source_b 'Letters' is not a source"),
        ("ECO-FUND,,Minutes,Minutes,Ann,same,,,,,,,,,,,,", "Minutes with itself"),
        ("ECO-FUND,,Interviews,Minutes,Ann,alike,,,,,,,,,,,,", "meaning is 'alike'"),
        ("ECO-FUND,,Interviews,Minutes,Ann,,,similar,,,,,,,,,,", "coverage is 'similar'"),
        ("ECO-FUND,,Interviews,Minutes,Ann,,,,,,,X,,,,,,", "assigned is 'X'"),
        ("ECO-FUND,,Interviews,Minutes,Ann,,,,,maybe,,,,,,,,", "speaks_a is 'maybe'"),
        ("ECO-FUND,,Interviews,Minutes,Ann,,,,,yes,no,,shy,,,,,", "silence is 'shy'"),
        ("ECO-FUND,,Interviews,Minutes,Ann,,,,,yes,no,,,perhaps,,,,", "expected is 'perhaps'"),
        ("ECO-FUND,,Interviews,Minutes,Ann,same,,,,,,,,,,huge,,", "prominence_a is 'huge'"),
        ("ECO-FUND,,Interviews,Minutes,Ann,same,,,,,,,,,,,,vital", "importance is 'vital'"),
        ("ECO-FUND,,Interviews,Minutes,Ann,,,,,no,no,A,,,,,,", "neither source speaks"),
        ("PRO-TIME,,Minutes,Interviews,Ann,same,,,,,,,,,,,,", "already in row 2"),
    ],
)
def test_bad_row_is_refused_with_its_reason_and_the_rest_is_taken(
    tmp_path: Path, bad: str, reason: str
) -> None:
    taken, refused = read(tmp_path, GOOD, bad, GOOD.replace("Ann", "Ben"))
    assert [row.number for row in taken] == [2, 4]
    assert [refusal.row for refusal in refused] == [3]
    assert reason in refused[0].reason


def test_semicolons_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    path = tmp_path / "judgements.csv"
    path.write_text("\n".join((COLUMNS, GOOD)).replace(",", ";"), encoding="utf-8-sig")
    taken, refused = read_judgements(path, resolve_theme=THEMES.get, known_sources=SOURCES)
    assert refused == []
    assert taken[0].judgement.meaning is Meaning.SAME


def test_own_ratings_of_both_sources_and_the_importance_of_the_row_are_read(tmp_path: Path) -> None:
    (row,), _ = read(tmp_path, "ECO-FUND,Money,Minutes,Interviews,Ann,same,,,,,,,,,,main,Passing,minor")
    place = Row("ECO-FUND", "Money")
    assert set(row.ratings) == {
        Rating(place, "Minutes", "Ann", Prominence.MAIN),
        Rating(place, "Interviews", "Ann", Prominence.PASSING),
    }
    assert row.importance == Importance(place, "Ann", "minor")


@pytest.mark.parametrize(
    ("ratings", "reason"),
    [
        ("passing,,", "row 2 says that the weight in Interviews is main here according to Ann"),
        (",,minor", "row 2 says that the importance of the row is main here according to Ann"),
    ],
)
def test_second_rating_that_contradicts_the_first_is_refused(
    tmp_path: Path, ratings: str, reason: str
) -> None:
    _, (refused,) = read(
        tmp_path,
        "ECO-FUND,,Interviews,Minutes,Ann,same,,,,,,,,,,main,,main",
        f"ECO-FUND,,Interviews,Survey,Ann,same,,,,,,,,,,{ratings}",
    )
    assert refused.row == 3
    assert reason in refused.reason


def test_ratings_come_back_as_they_went_out(tmp_path: Path) -> None:
    row, path = Row("ECO-FUND", "Money"), tmp_path / "out.csv"
    judgement = Judgement(row, "Interviews", "Minutes", "Ann", meaning=Meaning.SAME)
    ratings = [
        Rating(row, "Minutes", "Ann", Prominence.SECONDARY),
        Rating(row, "Minutes", "Ben", Prominence.MAIN),
    ]
    importances = [Importance(row, "Ann", "main")]
    write_judgements(path, [judgement], (), ratings, importances)
    ((back,), _) = read_judgements(path, resolve_theme=THEMES.get, known_sources=SOURCES)
    assert back.judgement == judgement
    assert back.ratings == (ratings[0],)
    assert back.importance == importances[0]
