"""Where a study stands for one person: what waits, what was read, what happened last."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from uuid import UUID

import pytest

from store.studies import Member
from tests.services.team import Team, a_file
from triangulation.models import Row
from workbench.services import (
    codebook_editing,
    codebooks,
    coding,
    findings,
    judging,
    overview,
    progress,
    studies,
)
from workbench.services.errors import NotThere
from workbench.services.importing import Wishes, import_paths
from workbench.services.overview import Reading, next_steps


def waits(team: Team, person: Member) -> list[tuple[str, str | None, int]]:
    return [(step.what, step.page, step.n) for step in next_steps(team.engine, person)]


# --- next for you ------------------------------------------------------------------------------------


def test_new_study_waits_for_documents_and_a_codebook(quick_team: Team) -> None:
    lead = studies.create_study(quick_team.engine, "Empty", person="Lena")
    assert waits(quick_team, lead) == [("import", "documents", 0), ("load_codebook", "codebook", 0)]
    codebooks.load_codebook(quick_team.engine, lead, "grol-wensing")
    assert waits(quick_team, lead) == [("import", "documents", 0)]


def test_steps_follow_the_work_of_a_coder_and_of_the_lead(quick_team: Team) -> None:
    lead, anna, bram = quick_team.lead, quick_team.anna, quick_team.bram
    second = quick_team.add_document("Another text.", title="Report 2")
    quick_team.add_source("Interviews")
    assert waits(quick_team, anna) == [("code", "code", 2)]
    assert waits(quick_team, lead) == [("code", "code", 2), ("open_round", "study", 0)]
    made = quick_team.code(anna, "no time")
    assert waits(quick_team, anna) == [("code", "code", 1), ("find", "triangulate", 2)]

    quick_team.open_round(documents=[quick_team.document, second])
    (step,) = next_steps(quick_team.engine, anna)
    assert (step.what, step.n, step.name, step.document) == (
        "finish",
        2,
        "First round",
        quick_team.document.id,
    )
    assert waits(quick_team, lead) == []
    quick_team.finish(anna)
    assert waits(quick_team, anna) == [("wait", None, 0)]
    assert waits(quick_team, bram) == [("finish", "code", 2)]
    quick_team.finish(bram)
    assert waits(quick_team, lead) == [("reveal", "study", 0)]
    quick_team.reveal()
    assert waits(quick_team, bram) == [("compare", "compare", 0), ("find", "triangulate", 2)]

    for source, codings in (("Steering group", [UUID(made)]), ("Interviews", [])):
        findings.add_finding(
            quick_team.engine,
            anna,
            source=source,
            theme="ECO-FUND",
            row="Time",
            statement="It is short.",
            coding_ids=codings,
        )
    assert waits(quick_team, anna) == [("judge", "triangulate", 1)]
    pair = {"row": Row("ECO-FUND", "Time"), "source_a": "Interviews", "source_b": "Steering group"}
    judging.judge_pair(quick_team.engine, anna, **pair, meaning="same")
    assert waits(quick_team, anna) == [("lock", "triangulate", 1)]
    judging.lock_judgements(quick_team.engine, anna)
    assert waits(quick_team, anna) == [("report", "report", 0)]


def test_lead_who_codes_is_asked_to_reveal_only_after_finishing(quick_team: Team) -> None:
    quick_team.open_round(coders=["Anna", "Lena"])
    quick_team.finish(quick_team.anna)
    assert waits(quick_team, quick_team.lead) == [("finish", "code", 1)]
    quick_team.finish(quick_team.lead)
    assert waits(quick_team, quick_team.lead) == [("reveal", "study", 0)]


# --- sources and readings ----------------------------------------------------------------------------


def test_source_without_dates_has_no_period_and_one_without_documents_no_words(
    quick_team: Team, tmp_path: Path
) -> None:
    path = a_file(tmp_path / "survey.csv", [{"answer": "No time."}, {"answer": "No money at all."}])
    wishes = Wishes(date=dt.date(2022, 3, 4))
    list(
        import_paths(
            quick_team.engine, quick_team.lead, [path], source="Survey", kind="survey", wishes=wishes
        )
    )
    quick_team.add_source("Empty")
    quick_team.code(quick_team.anna, "no time")
    group, survey, empty = overview.sources_of(quick_team.engine, quick_team.lead)
    assert (group.first, group.last, group.coders) == (None, None, ("Anna",))
    assert (survey.documents, survey.words, survey.coders) == (2, 6, ())
    assert survey.first == survey.last == dt.date(2022, 3, 4)
    assert (empty.documents, empty.words, empty.first) == (0, 0, None)


def readings(team: Team, viewer: Member) -> dict[str, Reading]:
    return overview.readings_of(team.engine, viewer)[team.document.id]


def test_finished_coded_and_not_yet_are_told_apart(quick_team: Team) -> None:
    quick_team.code(quick_team.anna, "no time")
    quick_team.open_round(blind=False, coders=["Anna", "Bram", "Lena"])
    quick_team.finish(quick_team.lead)
    assert readings(quick_team, quick_team.anna) == {
        "Lena": Reading("finished", 0),
        "Anna": Reading("coded", 1),
        "Bram": Reading("not yet", 0),
    }


def test_what_was_marked_as_read_or_put_back_is_told_outside_rounds(quick_team: Team) -> None:
    team, here = quick_team, quick_team.document.id
    progress.mark_as_read(team.engine, team.anna, here)
    progress.mark_as_read(team.engine, team.bram, here)
    progress.mark_as_not_read(team.engine, team.bram, here)
    assert readings(team, team.lead) == {"Anna": Reading("read", 0), "Bram": Reading("begun", 0)}
    team.code(team.anna, "no time")
    team.code(team.bram, "no time")
    assert readings(team, team.bram) == {"Anna": Reading("read", 1), "Bram": Reading("coded", 1)}


def test_who_read_a_document_before_a_blind_round_is_hidden_in_it(quick_team: Team) -> None:
    team = quick_team
    progress.mark_as_read(team.engine, team.anna, team.document.id)
    team.open_round()
    assert readings(team, team.bram) == {"Anna": Reading("hidden", None), "Bram": Reading("not yet", 0)}
    assert readings(team, team.anna)["Anna"] == Reading("not yet", 0)


def test_what_may_not_be_known_is_hidden_and_not_zero(quick_team: Team) -> None:
    quick_team.open_round()
    quick_team.code(quick_team.anna, "no time")
    quick_team.finish(quick_team.anna)
    assert readings(quick_team, quick_team.bram) == {
        "Anna": Reading("hidden", None),
        "Bram": Reading("not yet", 0),
    }
    assert readings(quick_team, quick_team.lead) == {
        "Anna": Reading("finished", None),
        "Bram": Reading("hidden", None),
    }
    assert readings(quick_team, quick_team.anna)["Anna"] == Reading("finished", 1)


def test_lead_may_reopen_what_is_finished_but_a_lead_who_codes_learns_nothing_of_it(quick_team: Team) -> None:
    second = quick_team.add_document("Another text.", title="Report 2")

    def finished(name: str, coder: str) -> list[str]:
        found = overview.finished_by(quick_team.engine, quick_team.lead, name, coder)
        return [document.title for document in found]

    quick_team.open_round("Apart", documents=[quick_team.document])
    quick_team.open_round("Together", coders=["Anna", "Lena"], documents=[second])
    assert finished("Apart", "Anna") == []
    assert finished("Together", "Anna") == ["Report 2"]
    quick_team.finish(quick_team.anna, name="Apart")
    quick_team.finish(quick_team.anna, name="Together")
    assert finished("Apart", "Anna") == ["Report 1"]
    assert finished("Together", "Anna") == ["Report 2"]
    with pytest.raises(NotThere, match="No such round"):
        finished("No such round", "Anna")


# --- last events -------------------------------------------------------------------------------------


def test_equal_acts_in_a_row_are_told_as_one_newest_first(quick_team: Team) -> None:
    for words in ("no time", "money", "patients"):
        quick_team.code(quick_team.anna, words)
    quick_team.code(quick_team.bram, "money")
    codebook_editing.rename_code(
        quick_team.engine, quick_team.lead, "ECO-FUND", label={"en": "Grants"}, reason="Plainer"
    )
    told = overview.last_events(quick_team.engine, quick_team.lead, limit=4)
    assert [(event.actor, event.action, event.n, event.reason) for event in told] == [
        ("Lena", "codebook.change", 1, "Plainer"),
        ("Bram", "coding.apply", 1, ""),
        ("Anna", "coding.apply", 3, ""),
        ("Lena", "document.import", 1, ""),
    ]
    assert told[3].name == "Report 1"
    assert all(event.at.tzinfo is not None for event in told)


def test_events_of_a_blind_coder_are_told_to_that_coder_alone(quick_team: Team) -> None:
    quick_team.open_round()
    quick_team.code(quick_team.anna, "no time")
    quick_team.code(quick_team.bram, "no time")
    quick_team.code(quick_team.anna, "money")
    anna = overview.last_events(quick_team.engine, quick_team.anna, limit=2)
    assert [(event.actor, event.n) for event in anna] == [("Anna", 2), ("Lena", 1)]
    lead = overview.last_events(quick_team.engine, quick_team.lead)
    assert {event.actor for event in lead} == {"Lena"}
    assert len(coding.codings_of(quick_team.engine, quick_team.lead)) == 0
