"""Events and register figures on one axis of dates."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from uuid import uuid4

import pytest

from triangulation.chronicle import (
    ProgrammeEvent,
    RegisterFigure,
    check_event,
    check_figure,
    chronicle,
    lanes,
)
from triangulation.chronicle_files import read_events, read_figures, write_events, write_figures
from triangulation.errors import TriangulationError

DAY = dt.date(2022, 2, 3)


def figure(
    count: float, out_of: float | None = None, at: dt.date = DAY, name: str = "Forms"
) -> RegisterFigure:
    return RegisterFigure(uuid4(), name, at, count, out_of)


def event(title: str, begins: dt.date, ends: dt.date | None = None) -> ProgrammeEvent:
    return ProgrammeEvent(uuid4(), title, begins, ends)


def test_a_share_is_there_only_where_the_denominator_is_known_and_not_zero() -> None:
    assert figure(31, 64).share == 31 / 64
    assert figure(604).share is None
    assert figure(0, 0).share is None
    assert figure(0, 64).share == 0


def test_events_and_figures_stand_in_the_order_of_dates() -> None:
    later, earlier = event("B", dt.date(2023, 1, 1)), event("A", dt.date(2022, 1, 1), dt.date(2024, 6, 1))
    told = chronicle([later, earlier], [figure(2, at=dt.date(2024, 9, 1)), figure(1)])
    assert [one.title for one in told.events] == ["A", "B"]
    assert [one.count for one in told.figures] == [1, 2]
    assert (told.first, told.last) == (dt.date(2022, 1, 1), dt.date(2024, 9, 1))


def test_an_empty_chronicle_has_no_dates() -> None:
    told = chronicle([], [])
    assert (told.first, told.last, told.registers) == (None, None, ())


@pytest.mark.parametrize(("count", "out_of"), [(-1, None), (1, -2), (65, 64)])
def test_a_count_that_no_register_can_hold_is_refused(count: float, out_of: float | None) -> None:
    with pytest.raises(TriangulationError):
        check_figure("Forms", count, out_of)


def test_an_event_that_ends_before_it_begins_is_refused() -> None:
    check_event("A", DAY, DAY)
    with pytest.raises(TriangulationError, match="before it begins"):
        check_event("A", DAY, dt.date(2022, 2, 2))


def test_spans_that_meet_in_time_get_lanes_of_their_own() -> None:
    spans = [(0.0, 4.0), (1.0, 2.0), (2.0, 3.0), (3.5, 9.0)]
    found = lanes(spans)
    for n, (begin, end) in enumerate(spans):
        for m, (other_begin, other_end) in enumerate(spans[:n]):
            assert found[n] != found[m] or end <= other_begin or other_end <= begin
    assert max(found) == 1


# --- files --------------------------------------------------------------------------------------------


def test_events_and_figures_are_read_as_they_were_written(tmp_path: Path) -> None:
    events = [event("=Start", DAY), event("Grant", DAY, dt.date(2024, 12, 31))]
    figures = [figure(31, 64), figure(4.6)]
    write_events(tmp_path / "e.csv", events)
    write_figures(tmp_path / "f.csv", figures)
    read, refused = read_events(tmp_path / "e.csv")
    assert [(one.title, one.begins, one.ends) for one in read] == [
        (e.title, e.begins, e.ends) for e in events
    ]
    counted, also_refused = read_figures(tmp_path / "f.csv")
    assert [(one.count, one.out_of) for one in counted] == [(31, 64), (4.6, None)]
    assert refused == also_refused == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Forms;2022-02-30;1;", "date is '2022-02-30'"),
        ("Forms;3/2/2022;1;", "2024-06-13"),
        ("Forms;2022-02-03;many;", "count is 'many'"),
        ("Forms;2022-02-03;nan;", "count is 'nan'"),
        ("Forms;2022-02-03;1.000;", "two numbers"),
        ("Forms;2022-02-03;;", "count is ''"),
        ("Forms;2022-02-03;65;64", "more than all"),
        (";2022-02-03;1;", "name is empty"),
    ],
)
def test_a_bad_figure_is_refused_with_its_row_and_the_rest_is_taken(
    tmp_path: Path, line: str, reason: str
) -> None:
    path = tmp_path / "f.csv"
    path.write_text(f"name;date;count;out_of\n{line}\nForms;2022-02-03;4,6;\n", encoding="utf-8-sig")
    taken, refused = read_figures(path)
    assert [one.count for one in taken] == [4.6]
    assert (refused[0].row, reason in refused[0].reason) == (2, True)


def test_a_bad_event_is_refused_with_its_row(tmp_path: Path) -> None:
    path = tmp_path / "e.csv"
    path.write_text("title,begins,ends\nA,2022-02-03,2021-01-01\n,2022-02-03,\n", encoding="utf-8")
    taken, refused = read_events(path)
    assert taken == []
    assert [one.row for one in refused] == [2, 3]
