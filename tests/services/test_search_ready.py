"""Texts are made ready to be searched at the end of an import; what lacks is added by the next search."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from corpus.models import RawText
from store import search_index
from store.engine import reading, writing
from tests.services.team import Team
from tests.services.test_searching import add, told
from workbench.services import import_jobs, search_ready
from workbench.services.importing import Read, Wishes, import_read
from workbench.services.uploads import Upload
from workbench.services.versions import correct_text
from workbench.services.withdrawing import withdraw


def lacking(team: Team) -> int:
    with reading(team.engine) as connection:
        if not search_index.is_there(connection):
            return search_index.texts_of(connection, team.lead.study_id)
        return len(search_index.unindexed(connection, team.lead.study_id).missing)


def texts(number: int) -> Iterator[Read]:
    for n in range(number):
        yield f"{n}.txt", RawText(f"Note {n}: nobody has time.", f"{n}.txt", f"{n:064x}")


def test_an_import_makes_its_texts_ready_and_tells_how_far(
    quick_team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_ready, "_BETWEEN_WRITERS", 20)
    heard: list[tuple[int, int]] = []
    found = import_read(
        quick_team.engine,
        quick_team.lead,
        texts(60),
        source="Notes",
        kind="note",
        wishes=Wishes(),
        told=lambda *far: heard.append(far),
    )
    assert len(list(found)) == 60
    assert lacking(quick_team) == 0
    assert heard == [(20, 61), (40, 61), (60, 61), (61, 61)]
    assert len(told(quick_team, "nobody")) == 61


def test_an_import_in_the_background_makes_its_texts_ready_before_it_ends(
    quick_team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_ready, "FEW", 1)
    monkeypatch.setattr(search_ready, "_BETWEEN_WRITERS", 1)
    seen = []
    begun = import_jobs.make_ready

    def watched(*what: Any, told: search_ready.Told, **wishes: Any) -> None:
        def tell(ready: int, of: int) -> None:
            told(ready, of)
            seen.append(import_jobs.imports_of(quick_team.engine, quick_team.lead)[0])

        begun(*what, told=tell, **wishes)

    monkeypatch.setattr(import_jobs, "make_ready", watched)
    uploads = [Upload(f"{n}.txt", f"Note {n}: nobody has time.".encode()) for n in range(3)]
    import_jobs.begin_import(quick_team.engine, quick_team.lead, uploads, source="Notes", kind="note")
    for _ in range(600):
        (job,) = import_jobs.imports_of(quick_team.engine, quick_team.lead)
        if job.state == import_jobs.ENDED:
            break
        time.sleep(0.1)
    assert (job.state, job.ready, lacking(quick_team)) == (import_jobs.ENDED, None, 0)
    assert [(one.state, one.ready) for one in seen] == [("running", (n, 4)) for n in (1, 2, 3, 4)]


def test_a_few_texts_wait_for_the_next_search(quick_team: Team) -> None:
    list(
        import_read(
            quick_team.engine, quick_team.lead, texts(3), source="Notes", kind="note", wishes=Wishes()
        )
    )
    assert lacking(quick_team) == 4
    assert len(told(quick_team, "nobody")) == 4
    assert lacking(quick_team) == 0


def test_what_was_stopped_half_way_is_made_ready_by_the_next_search(
    quick_team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_ready, "_BETWEEN_WRITERS", 2)
    monkeypatch.setattr(search_ready, "FEW", 1)
    for n in range(5):
        add(quick_team, f"Text {n}", f"regenboog {n}")
    answers = iter([True, False, False])
    search_ready.make_ready(quick_team.engine, quick_team.lead.study_id, goes_on=lambda: next(answers))
    assert lacking(quick_team) == 4
    assert len(told(quick_team, "regenboog")) == 5


def test_what_another_program_erases_meanwhile_is_added_again(
    quick_team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_ready, "_BETWEEN_WRITERS", 1)
    for n in range(3):
        add(quick_team, f"Text {n}", "zij wachtte")
    erased = []

    def erase(done: int, of: int) -> None:
        if not erased:
            erased.append(done)
            with writing(quick_team.engine) as connection:
                search_index.create(connection)  # as a withdrawal does

    search_ready.held(quick_team.engine, quick_team.lead.study_id, told=erase)
    assert len(told(quick_team, "lemma:wachten")) == 3


def test_words_of_an_earlier_version_are_found_no_more(quick_team: Team) -> None:
    document = add(quick_team, "Minutes", "De oudewoorden gaan weg, de rest blijft.")
    assert told(quick_team, "oudewoorden")
    correct_text(
        quick_team.engine,
        quick_team.lead,
        document.id,
        "De nieuwewoorden komen, de rest blijft.",
        reason="misheard",
    )
    assert told(quick_team, "oudewoorden OR oude*") == []
    assert told(quick_team, "nieuwe* rest") == [("Minutes", "nieuwewoorden"), ("Minutes", "rest")]


def test_a_withdrawn_document_is_found_no_more_and_its_words_leave_the_index(quick_team: Team) -> None:
    document = add(quick_team, "Interview", "GP 3: een geheimwoord.")
    add(quick_team, "Other", "geen geheim")
    assert told(quick_team, "geheim*") == [("Interview", "geheimwoord"), ("Other", "geheim")]
    withdraw(quick_team.engine, quick_team.lead, document=str(document.id), reason="asked to")
    for query in ("geheim*", "*heim*", "/geheim/", "lemma:geheim", "een OR geheim"):
        assert {title for title, _ in told(quick_team, query)} == {"Other"}
    assert told(quick_team, "een speaker:GP*") == []
    with reading(quick_team.engine) as connection:
        forms = search_index.forms(connection, quick_team.lead.study_id)
    assert "geheimwoord" not in {form for pairs in forms.values() for form, _ in pairs}


def test_what_a_withdrawn_person_said_is_found_no_more(quick_team: Team) -> None:
    add(quick_team, "Focus group", "Anna: het geheimwoord.\nBob: het andere woord.\nAnna: Ja.")
    assert told(quick_team, "geheimwoord speaker:Anna")
    withdraw(quick_team.engine, quick_team.lead, speaker="Anna", reason="asked to")
    assert told(quick_team, "geheimwoord") == []
    assert told(quick_team, "het speaker:Anna") == []
    assert told(quick_team, "andere") == [("Focus group", "andere")]
