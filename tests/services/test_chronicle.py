"""Events of the programme, figures of registers, and themes over the same dates."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from corpus.errors import UserFacingError
from tests.services.team import Team, a_file
from workbench.services import chronicle, studies
from workbench.services.errors import NotThere

DAY = dt.date(2022, 2, 3)


def test_events_and_figures_come_back_as_they_were_written_on_both_databases(team: Team) -> None:
    chronicle.add_event(team.engine, team.anna, title="Grant", begins=DAY, ends=dt.date(2024, 12, 31))
    chronicle.add_figure(team.engine, team.anna, name="Forms", at=DAY, count=31, out_of=64, note="Minutes")
    chronicle.add_figure(team.engine, team.anna, name="Patients", at=DAY, count=604)
    told = chronicle.chronicle_of(team.engine, team.lead)
    assert [(e.title, e.begins, e.ends) for e in told.events] == [("Grant", DAY, dt.date(2024, 12, 31))]
    assert [(f.name, f.count, f.out_of, f.share) for f in told.figures] == [
        ("Forms", 31, 64, 31 / 64),
        ("Patients", 604, None, None),
    ]
    assert team.problems() == []


def test_what_was_taken_back_is_off_the_axis(quick_team: Team) -> None:
    made = chronicle.add_event(quick_team.engine, quick_team.anna, title="Start", begins=DAY)
    counted = chronicle.add_figure(quick_team.engine, quick_team.anna, name="Forms", at=DAY, count=3)
    chronicle.retire_event(quick_team.engine, quick_team.bram, made)
    chronicle.retire_figure(quick_team.engine, quick_team.bram, counted)
    told = chronicle.chronicle_of(quick_team.engine, quick_team.lead)
    assert (told.events, told.figures) == ((), ())
    with pytest.raises(NotThere):
        chronicle.retire_event(quick_team.engine, quick_team.bram, made)


def test_a_wrong_event_or_figure_is_not_kept(quick_team: Team) -> None:
    with pytest.raises(UserFacingError, match="before it begins"):
        chronicle.add_event(
            quick_team.engine, quick_team.anna, title="A", begins=DAY, ends=dt.date(2021, 1, 1)
        )
    with pytest.raises(UserFacingError, match="more than all"):
        chronicle.add_figure(quick_team.engine, quick_team.anna, name="A", at=DAY, count=5, out_of=4)
    assert chronicle.chronicle_of(quick_team.engine, quick_team.anna).first is None


def test_a_file_read_twice_brings_nothing_new(quick_team: Team, tmp_path: Path) -> None:
    events = a_file(tmp_path / "e.csv", [{"title": "Start", "begins": "2022-02-03"}])
    figures = a_file(tmp_path / "f.csv", [{"name": "Forms", "date": "2022-02-03", "count": "31"}])
    for imported, duplicates in ((1, 0), (0, 1)):
        for read, path in ((chronicle.import_events, events), (chronicle.import_figures, figures)):
            taken = read(quick_team.engine, quick_team.lead, path)
            assert (taken.imported, taken.duplicates, taken.refused) == (imported, duplicates, ())


def test_another_figure_of_a_register_for_the_same_day_is_refused(quick_team: Team, tmp_path: Path) -> None:
    chronicle.add_figure(quick_team.engine, quick_team.lead, name="Forms", at=DAY, count=31)
    path = a_file(tmp_path / "f.csv", [{"name": "Forms", "date": "2022-02-03", "count": "32"}])
    (refused,) = chronicle.import_figures(quick_team.engine, quick_team.lead, path).refused
    assert (refused.row, "another figure" in refused.reason) == (2, True)


def test_files_go_out_and_come_in_elsewhere(quick_team: Team, tmp_path: Path) -> None:
    chronicle.add_event(quick_team.engine, quick_team.lead, title="Start", begins=DAY, note="Minutes")
    chronicle.add_figure(quick_team.engine, quick_team.lead, name="Forms", at=DAY, count=31, out_of=64)
    (tmp_path / "e.csv").write_bytes(chronicle.events_file(quick_team.engine, quick_team.lead))
    (tmp_path / "f.csv").write_bytes(chronicle.figures_file(quick_team.engine, quick_team.lead))
    other = studies.create_study(quick_team.engine, "Elsewhere", person="Olga")
    assert chronicle.chronicle_of(quick_team.engine, other).events == ()
    chronicle.import_events(quick_team.engine, other, tmp_path / "e.csv")
    chronicle.import_figures(quick_team.engine, other, tmp_path / "f.csv")
    told = chronicle.chronicle_of(quick_team.engine, other)
    assert (told.events[0].note, told.figures[0].out_of) == ("Minutes", 64)


def test_themes_over_time_count_only_codings_that_one_may_see(quick_team: Team) -> None:
    quick_team.open_round()
    quick_team.code(quick_team.anna, "no time", "ORG-STAFF")
    for viewer, undated in ((quick_team.anna, 1), (quick_team.bram, 0)):
        told = chronicle.themes_over_time(quick_team.engine, viewer, ["ORG-STAFF"], "quarter")
        assert told["ORG-STAFF"].undated_codings == undated
