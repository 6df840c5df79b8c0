"""Coding a passage: each operation stored once, each coder in a layer of their own, the text untouched."""

from __future__ import annotations

import csv
import math
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from codebook.models import Coding, CodingDetail
from store import tables
from store.documents import load_document
from store.engine import reading, writing
from store.events import events_of, record
from tests.services.team import TEXT, Team, a_file, a_team
from workbench.services import codebook_editing, codebooks, coding, rounds
from workbench.services.documents import document_text, open_document
from workbench.services.errors import NotThere
from workbench.services.keeping import log_of


def an_apply(**more: Any) -> dict[str, Any]:
    return {"operation": str(uuid4()), "type": "apply", "code": "ECO-FUND", "start": 4, "end": 9, **more}


def send(team: Team, *operations: dict[str, Any], **more: Any) -> list[str | None]:
    outcomes = coding.apply_operations(team.engine, team.anna, team.document.id, operations, **more)
    assert [outcome.operation for outcome in outcomes] == [str(o["operation"]) for o in operations]
    return [outcome.reason for outcome in outcomes]


def layer(codings: list[Coding]) -> list[tuple[Any, ...]]:
    return sorted((c.coder, c.quote, c.code, c.valence, c.memo) for c in codings)


def details(codings: list[Coding]) -> list[CodingDetail]:
    return sorted((c.detail for c in codings), key=repr)


# --- operations of the reader ------------------------------------------------------------------------


def test_coding_keeps_place_quote_code_valence_and_memo(team: Team) -> None:
    made = team.code(team.anna, "no time", "PRO-KNOW", valence="barrier", memo="How much time?")
    (stored,) = team.seen(team.anna)
    start = TEXT.index("no time")
    assert stored == Coding(
        UUID(made),
        team.document.id,
        "Anna",
        "PRO-KNOW",
        start,
        start + 7,
        "no time",
        stored.valence,
        "How much time?",
    )
    assert stored.valence == "barrier"


def test_no_valence_is_none_and_not_neutral(team: Team) -> None:
    team.code(team.anna, "no time")
    team.code(team.anna, "money", valence="neutral")
    assert [stored.valence for stored in team.seen(team.anna)] == [None, "neutral"]


def test_text_is_the_same_whatever_was_coded_in_it(team: Team) -> None:
    before = open_document(team.engine, team.anna, team.document.id)
    for coder in (team.anna, team.bram):
        made = team.code(coder, "money is there", memo="money")
        team.act(coder, type="change", coding=made, code="ECO-FIN")
        team.act(coder, type="retire", coding=made)
        team.act(coder, type="undo")
    assert open_document(team.engine, team.anna, team.document.id) == before
    assert document_text(team.engine, str(team.document.id)) == TEXT


def test_operation_sent_again_is_stored_once_and_answered_as_stored(team: Team) -> None:
    operation = an_apply()
    changed = {
        "operation": str(uuid4()),
        "type": "change",
        "coding": operation["operation"],
        "valence": "mixed",
    }
    memo = {"operation": str(uuid4()), "type": "memo", "coding": operation["operation"], "text": "once"}
    gone = {"operation": str(uuid4()), "type": "retire", "coding": operation["operation"]}
    for _ in range(2):
        assert send(team, operation, changed, memo) == [None] * 3
        assert layer(team.seen(team.anna)) == [("Anna", "nurse", "ECO-FUND", "mixed", "once")]
    for _ in range(2):
        assert send(team, operation, changed, memo, gone) == [None] * 4
        assert team.seen(team.anna) == []
    assert team.count(tables.coding) == 2
    assert team.problems() == []


def test_same_operation_twice_in_one_message_is_stored_once(team: Team) -> None:
    operation = an_apply()
    assert send(team, operation, operation) == [None, None]
    assert team.count(tables.coding) == 1


def test_refused_operation_does_not_hold_back_the_others(team: Team) -> None:
    reasons = send(
        team,
        an_apply(),
        an_apply(start=0, end=len(TEXT) + 1),
        an_apply(code="ECO-FIN"),
        an_apply(code="NO-SUCH"),
        an_apply(code="PAT-ATT"),
    )
    assert [reason is None for reason in reasons] == [True, False, True, False, True]
    assert [stored.code for stored in sorted(team.seen(team.anna), key=lambda c: c.code)] == [
        "ECO-FIN",
        "ECO-FUND",
        "PAT-ATT",
    ]
    assert team.problems() == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": math.inf},
        {"start": math.nan},
        {"start": None},
        {"start": [4]},
        {"end": -1},
        {"end": 10**30},
        {"start": 9, "end": 4},
        {"start": 4, "end": 4},
        {"start": TEXT.index("\n\n"), "end": TEXT.index("\n\n") + 2},
        {"code": None},
        {"code": ""},
        {"valence": "good"},
        {"type": None},
        {"operation": "not an id"},
        {"operation": None},
    ],
    ids=repr,
)
def test_misshapen_operation_is_refused_and_the_rest_is_stored(
    quick_team: Team, wrong: dict[str, Any]
) -> None:
    first, second = send(quick_team, an_apply(**wrong), an_apply(code="ECO-FIN"))
    assert first is not None
    assert second is None
    assert [stored.code for stored in quick_team.seen(quick_team.anna)] == ["ECO-FIN"]


def test_same_passage_is_coded_once_with_a_code_but_with_several_codes(quick_team: Team) -> None:
    quick_team.code(quick_team.anna, "no time", "ECO-FUND")
    quick_team.code(quick_team.anna, "no time", "ECO-FIN")
    quick_team.code(quick_team.bram, "no time", "ECO-FUND")
    start = TEXT.index("no time")
    again = quick_team.try_act(quick_team.anna, type="apply", code="ECO-FUND", start=start, end=start + 7)
    assert again == "You have coded this passage so already."
    assert len(quick_team.seen(quick_team.anna)) == 3


def test_operation_finds_its_coding_by_any_id_that_it_ever_had(quick_team: Team) -> None:
    first = quick_team.code(quick_team.anna, "no time")
    second = quick_team.act(quick_team.anna, type="change", coding=first, code="ECO-FIN")
    quick_team.act(quick_team.anna, type="change", coding=first, valence="mixed")
    quick_team.act(quick_team.anna, type="memo", coding=second, text="seen")
    assert layer(quick_team.seen(quick_team.anna)) == [("Anna", "no time", "ECO-FIN", "mixed", "seen")]
    quick_team.act(quick_team.anna, type="retire", coding=first)
    assert quick_team.try_act(quick_team.anna, type="retire", coding=second) is not None


@pytest.mark.parametrize(
    "operation",
    [
        {"type": "change", "code": "ECO-FIN"},
        {"type": "change", "valence": "mixed"},
        {"type": "memo", "text": "mine now"},
        {"type": "retire"},
    ],
    ids=lambda operation: " ".join(operation.values()),
)
def test_codings_of_another_coder_are_neither_changed_nor_retired(
    team: Team, operation: dict[str, str]
) -> None:
    made = team.code(team.anna, "no time", valence="barrier", memo="Anna's")
    before = team.seen(team.anna)
    for other in (team.bram, team.lead):
        assert team.try_act(other, coding=made, **operation) is not None
    assert team.seen(team.anna) == before


def test_codings_are_refused_in_a_version_that_is_not_of_the_document(quick_team: Team) -> None:
    reasons = send(quick_team, an_apply(), an_apply(code="ECO-FIN"), version_id=uuid4())
    assert all(reason and "was replaced" in reason for reason in reasons)
    assert quick_team.count(tables.coding) == 0


def replace_text(team: Team, text: str) -> UUID:
    """Give the document a second version; the first one's id."""
    with writing(team.engine) as connection:
        version_id, _ = load_document(connection, team.document.id) or (None, None)
        assert version_id is not None
        row = {"id": uuid4(), "document_id": team.document.id, "number": 2, "text": text}
        row |= {"text_sha256": "-", "characters": len(text), "words": len(text.split())}
        record(
            connection,
            study_id=team.lead.study_id,
            actor_id=team.lead.id,
            action="document.replace",
            entity=tables.document,
            entity_id=team.document.id,
            add=[(tables.document_version, row)],
        )
    return version_id


def test_document_replaced_while_open_gets_what_was_coded_at_the_same_words(quick_team: Team) -> None:
    before = replace_text(quick_team, f"Minutes, corrected.\n\n{TEXT}")
    operation = an_apply(start=TEXT.index("money is there"), end=TEXT.index("money is there") + 14)
    for _ in range(2):
        assert send(quick_team, operation, version_id=before) == [None]
    assert [c.quote for c in quick_team.seen(quick_team.anna)] == ["money is there"]


def test_words_that_are_gone_from_a_replaced_document_are_told(quick_team: Team) -> None:
    made = quick_team.code(quick_team.anna, "no time")
    before = replace_text(quick_team, "Nothing of it is left.")
    change = {"operation": str(uuid4()), "type": "change", "coding": made, "valence": "mixed"}
    gone, changed = send(quick_team, an_apply(), change, version_id=before)
    assert gone is not None and "nurse" in gone
    assert changed is not None and "the text before" in changed
    assert quick_team.problems() == []


def test_code_retired_while_somebody_applies_it_is_told_by_name(quick_team: Team) -> None:
    (reason,) = send(quick_team, an_apply(code="ECO-GONE"))
    assert reason is not None and "'ECO-GONE' is not in the codebook now" in reason


# --- ends and attributes -----------------------------------------------------------------------------


def test_ends_of_a_coding_are_moved_and_everything_else_stays(team: Team) -> None:
    made = team.code(team.anna, "no time", valence="barrier", memo="why")
    team.act(team.anna, type="detail", coding=made, evidence="wished")
    start = TEXT.index("has no time")
    team.act(team.anna, type="resize", coding=made, start=start, end=start + 11)
    (stored,) = team.seen(team.anna)
    assert (stored.quote, stored.valence, stored.memo) == ("has no time", "barrier", "why")
    assert stored.detail.evidence == "wished"
    assert str(stored.lineage) == made
    assert team.problems() == []


def test_ends_are_not_moved_onto_a_passage_coded_so_already(quick_team: Team) -> None:
    quick_team.code(quick_team.anna, "no time")
    made = quick_team.code(quick_team.anna, "money")
    start = TEXT.index("no time")
    reason = quick_team.try_act(quick_team.anna, type="resize", coding=made, start=start, end=start + 7)
    assert reason == "You have coded this passage so already."
    assert quick_team.try_act(quick_team.anna, type="resize", coding=made, start=0, end=10**6) is not None


def a_detail(made: str, **said: str) -> dict[str, Any]:
    return {"operation": str(uuid4()), "type": "detail", "coding": made, **said}


def test_attributes_are_said_changed_and_taken_away(team: Team) -> None:
    made = team.code(team.anna, "no time")
    said = {
        "strength": "strong",
        "evidence": "reported_about_others",
        "actor": "the  nurse ",
        "timepoint": "T1",
    }
    assert send(team, a_detail(made, **said)) == [None]
    (stored,) = team.seen(team.anna)
    assert stored.detail == CodingDetail("strong", "reported_about_others", "the nurse", "T1", None)
    team.act(team.anna, type="detail", coding=made, certainty="unsure")
    assert team.seen(team.anna)[0].detail == CodingDetail(certainty="unsure")
    team.act(team.anna, type="detail", coding=made)
    assert team.seen(team.anna)[0].detail == CodingDetail()
    assert team.problems() == []


@pytest.mark.parametrize(
    "wrong", [{"strength": "very"}, {"evidence": "seen"}, {"actor": "x" * 201}], ids=repr
)
def test_attribute_that_is_no_choice_is_refused(quick_team: Team, wrong: dict[str, str]) -> None:
    made = quick_team.code(quick_team.anna, "no time")
    assert send(quick_team, a_detail(made, **wrong)) != [None]
    assert quick_team.seen(quick_team.anna)[0].detail == CodingDetail()


def test_attributes_and_their_events_stay_hidden_while_a_blind_round_is_open(quick_team: Team) -> None:
    quick_team.open_round()
    made = quick_team.code(quick_team.anna, "no time")
    assert send(quick_team, a_detail(made, evidence="wished", actor="nurse")) == [None]
    for viewer in (quick_team.bram, quick_team.lead):
        assert quick_team.seen(viewer) == []
        assert "coding.detail" not in [line.action for line in log_of(quick_team.engine, viewer)]
    quick_team.finish(quick_team.anna, quick_team.bram)
    quick_team.reveal()
    assert quick_team.seen(quick_team.bram)[0].detail == CodingDetail(evidence="wished", actor="nurse")


# --- new codes on the fly ----------------------------------------------------------------------------


def a_new_code(label: str = "Rumours", parent: str | None = "SOC", **more: Any) -> dict[str, Any]:
    return an_apply(code=label, new_code={"label": label, "parent": parent}, **more)


def test_code_made_while_coding_is_given_at_once_and_made_once(quick_team: Team) -> None:
    first, second = a_new_code(), a_new_code(start=0, end=3)
    for _ in range(2):
        assert send(quick_team, first, second) == [None, None]
    codes = {c.code for c in quick_team.seen(quick_team.anna)}
    assert len(quick_team.seen(quick_team.anna)) == 2
    (code,) = codes
    assert quick_team.count(tables.code_proposal) == 1
    screen = coding.coding_screen(quick_team.engine, quick_team.anna, quick_team.document.id)
    assert next(c for c in screen.codebook.codes if c.key == code).label == {"en": "Rumours"}
    assert quick_team.problems() == []


def test_code_made_in_a_blind_round_is_its_coders_alone(quick_team: Team) -> None:
    quick_team.open_round()
    assert send(quick_team, a_new_code()) == [None]
    for viewer in (quick_team.bram, quick_team.lead):
        screen = coding.coding_screen(quick_team.engine, viewer, quick_team.document.id)
        assert "Rumours" not in [c.name() for c in screen.codebook.codes]
        assert quick_team.seen(viewer) == []


def test_new_code_without_a_name_or_under_a_code_that_is_gone_is_refused(quick_team: Team) -> None:
    reasons = send(quick_team, a_new_code(" "), a_new_code(parent="NO-SUCH"), an_apply())
    assert [reason is None for reason in reasons] == [False, False, True]
    quick_team.open_round()
    quick_team.finish(quick_team.anna)
    (reason,) = send(quick_team, a_new_code("Other"))
    assert reason is not None and "finished this document" in reason
    assert quick_team.count(tables.code_proposal) == 0


def test_every_operation_is_an_event_of_the_one_who_did_it(quick_team: Team) -> None:
    made = quick_team.code(quick_team.anna, "no time")
    quick_team.act(quick_team.anna, type="change", coding=made, valence="mixed")
    quick_team.act(quick_team.anna, type="memo", coding=made, text="why")
    quick_team.act(quick_team.anna, type="retire", coding=made)
    quick_team.act(quick_team.anna, type="undo")
    with reading(quick_team.engine) as connection:
        last = list(events_of(connection, quick_team.lead.study_id))[-5:]
    assert [event.action for event in last] == [
        "coding.apply",
        "coding.change",
        "memo.write",
        "coding.retire",
        "coding.undo",
    ]
    assert {event.actor_id for event in last} == {quick_team.anna.id}
    assert quick_team.problems() == []


def test_coding_keeps_the_version_of_the_codebook_that_it_was_made_with(quick_team: Team) -> None:
    old = codebooks.current_codebook(quick_team.engine, quick_team.lead)
    quick_team.code(quick_team.anna, "no time")
    new = codebook_editing.rename_code(quick_team.engine, quick_team.lead, "ECO-FUND", label={"en": "Grants"})
    quick_team.code(quick_team.anna, "money is there")
    with quick_team.engine.connect() as connection:
        rows = connection.execute(sa.select(tables.coding.c.quote, tables.coding.c.codebook_version_id)).all()
    assert old is not None
    assert dict(map(tuple, rows)) == {"no time": old.version_id, "money is there": new.version_id}
    assert [stored.code for stored in quick_team.seen(quick_team.anna)] == ["ECO-FUND", "ECO-FUND"]


# --- the coding screen -------------------------------------------------------------------------------


def test_coding_screen_is_open_until_the_coder_has_finished(quick_team: Team) -> None:
    screen = coding.coding_screen(quick_team.engine, quick_team.anna, quick_team.document.id)
    assert (screen.document, screen.closed, screen.round) == (quick_team.document, "", None)
    quick_team.open_round()
    quick_team.finish(quick_team.anna)
    anna = coding.coding_screen(quick_team.engine, quick_team.anna, quick_team.document.id)
    bram = coding.coding_screen(quick_team.engine, quick_team.bram, quick_team.document.id)
    assert "finished" in anna.closed
    assert bram.closed == ""
    assert anna.round is not None
    assert anna.round.name == "First round"
    quick_team.finish(quick_team.bram)
    quick_team.reveal()
    again = coding.coding_screen(quick_team.engine, quick_team.anna, quick_team.document.id)
    assert (again.closed, again.round) == ("", None)


def test_round_is_coded_with_the_codebook_with_which_it_was_opened(quick_team: Team) -> None:
    quick_team.open_round()
    codebook_editing.add_code(quick_team.engine, quick_team.lead, label="Luck", parent="ECO", key="ECO-LUCK")
    screen = coding.coding_screen(quick_team.engine, quick_team.anna, quick_team.document.id)
    assert "ECO-LUCK" not in {code.key for code in screen.codebook.codes}
    assert quick_team.try_act(quick_team.anna, type="apply", code="ECO-LUCK", start=0, end=9) is not None


def test_document_of_another_study_is_not_there(quick_team: Team) -> None:
    other = a_team(quick_team.engine, "Another region")
    quick_team.code(quick_team.anna, "no time")
    for look in (coding.coding_screen, coding.codings_in):
        with pytest.raises(NotThere):
            look(quick_team.engine, other.anna, quick_team.document.id)
    assert other.try_act(other.anna, quick_team.document, **an_apply()) is not None
    assert coding.codings_of(quick_team.engine, other.anna) == []


# --- codings from and to files -----------------------------------------------------------------------


def import_rows(team: Team, folder: Path, *rows: dict[str, str], actor: Any = None) -> coding.CodingsImported:
    columns = ("document", "start_char", "end_char", "quote", "code", "coder", "valence", "memo")
    full = [{name: row.get(name, "") for name in columns} for row in rows]
    path = a_file(folder / "codings.csv", full)
    return coding.import_codings(team.engine, actor or team.lead, path)


def test_imported_codings_are_their_coders_own_layer(team: Team, tmp_path: Path) -> None:
    team.code(team.bram, "no time", "ECO-FIN", memo="Bram's")
    row = {"document": "Report 1", "quote": "no time", "code": "ECO-FUND", "valence": "barrier"}
    taken = import_rows(
        team,
        tmp_path,
        row | {"coder": "Anna", "memo": "Anna's"},
        row | {"coder": "Bram"},
        row | {"coder": "Dora"},
        row,
    )
    assert (taken.imported, taken.refused) == (4, ())
    assert layer(team.seen(team.lead)) == [
        ("Anna", "no time", "ECO-FUND", "barrier", "Anna's"),
        ("Bram", "no time", "ECO-FIN", None, "Bram's"),
        ("Bram", "no time", "ECO-FUND", "barrier", ""),
        ("Dora", "no time", "ECO-FUND", "barrier", ""),
        ("Lena", "no time", "ECO-FUND", "barrier", ""),
    ]
    with reading(team.engine) as connection:
        last = list(events_of(connection, team.lead.study_id))[-1]
    assert (last.actor_id, last.action) == (team.lead.id, "coding.import")
    assert team.problems() == []


def test_import_never_overwrites_what_a_coder_has(team: Team, tmp_path: Path) -> None:
    team.code(team.anna, "no time", "ECO-FUND", valence="barrier", memo="first thought")
    before = team.seen(team.anna)
    row = {"document": "Report 1", "quote": "no time", "code": "ECO-FUND", "coder": "Anna"}
    taken = import_rows(team, tmp_path, row | {"valence": "facilitator", "memo": "second thought"})
    assert (taken.imported, taken.duplicates) == (0, 1)
    assert team.seen(team.anna) == before


def test_file_imported_twice_adds_nothing_the_second_time(quick_team: Team, tmp_path: Path) -> None:
    rows = [
        {"document": "Report 1", "quote": words, "code": "ECO-FUND", "coder": "Anna"}
        for words in ("no time", "money is there", "no time")
    ]
    first, second = (import_rows(quick_team, tmp_path, *rows) for _ in range(2))
    assert (first.imported, first.duplicates) == (2, 1)
    assert (second.imported, second.duplicates) == (0, 3)


def test_only_the_lead_imports_for_others(quick_team: Team, tmp_path: Path) -> None:
    row = {"document": "Report 1", "quote": "no time", "code": "ECO-FUND"}
    rows = (row | {"coder": "Bram"}, row | {"coder": "Dora"}, row | {"coder": "Anna"})
    taken = import_rows(quick_team, tmp_path, *rows, actor=quick_team.anna)
    assert taken.imported == 1
    assert [refused["row"] for refused in taken.refused] == [2, 3]
    assert {stored.coder for stored in quick_team.seen(quick_team.lead)} == {"Anna"}


def test_import_into_a_finished_document_is_refused_also_for_the_lead(
    quick_team: Team, tmp_path: Path
) -> None:
    quick_team.open_round()
    quick_team.finish(quick_team.anna)
    row = {"document": "Report 1", "quote": "no time", "code": "ECO-FUND"}
    taken = import_rows(quick_team, tmp_path, row | {"coder": "Anna"}, row | {"coder": "Bram"})
    assert taken.imported == 1
    assert "has finished" in taken.refused[0]["reason"]


def test_row_without_a_single_place_is_told_by_number_and_the_rest_is_taken(
    quick_team: Team, tmp_path: Path
) -> None:
    row = {"document": "Report 1", "code": "ECO-FUND", "quote": "no time"}
    twice = quick_team.add_document("yes and yes", title="Twice")
    for number in (1, 2):
        quick_team.add_document(f"text {number}", title="Same title")
    taken = import_rows(
        quick_team,
        tmp_path,
        row | {"quote": "no such words"},
        row | {"document": "No such report"},
        row | {"document": "Twice", "quote": "yes"},
        row | {"document": "Same title", "quote": "text"},
        row | {"code": "NO-SUCH"},
        row | {"valence": "good"},
        row | {"quote": "", "start_char": "4"},
        row | {"start_char": "four", "end_char": "9"},
        row | {"quote": "", "start_char": "0", "end_char": "99999"},
        row | {"document": str(twice.id), "quote": "yes", "start_char": "8", "end_char": "11"},
        row,
    )
    assert [entry["row"] for entry in taken.not_found] == [2, 3]
    assert [entry["row"] for entry in taken.ambiguous] == [4, 5]
    assert [entry["row"] for entry in taken.refused] == [6, 7, 8, 9, 10]
    assert taken.imported == 2
    assert [(c.start_char, c.quote) for c in quick_team.seen(quick_team.lead, twice)] == [(8, "yes")]


def test_offsets_that_do_not_hold_the_quote_give_way_to_it(quick_team: Team, tmp_path: Path) -> None:
    row = {"document": "Report 1", "quote": "no time", "code": "ECO-FUND"}
    import_rows(quick_team, tmp_path, row | {"start_char": "0", "end_char": "7"})
    (stored,) = quick_team.seen(quick_team.lead)
    assert stored.start_char == TEXT.index("no time")


def test_exported_codings_come_back_the_same_in_another_study(quick_team: Team, tmp_path: Path) -> None:
    quick_team.code(
        quick_team.anna, "no time", valence="barrier", memo="=SUM(A1); 'quoted', \"twice\"\nnext line"
    )
    made = quick_team.code(quick_team.bram, " GP wants", "ECO-FIN")
    quick_team.act(quick_team.bram, type="detail", coding=made, evidence="wished", timepoint="2017")
    path = tmp_path / "all.csv"
    assert coding.export_codings(quick_team.engine, quick_team.lead, path) == 2
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert tuple(next(csv.reader(file))) == coding.EXPORT_COLUMNS
    other = a_team(quick_team.engine, "Another region")
    told = path.read_text(encoding="utf-8-sig").replace(str(quick_team.document.id), str(other.document.id))
    path.write_text(told, encoding="utf-8")
    assert coding.import_codings(other.engine, other.lead, path).imported == 2
    assert layer(other.seen(other.lead)) == layer(quick_team.seen(quick_team.lead))
    assert details(other.seen(other.lead)) == details(quick_team.seen(quick_team.lead))


def test_export_holds_what_the_person_may_see_and_no_more(quick_team: Team, tmp_path: Path) -> None:
    quick_team.open_round()
    quick_team.code(quick_team.anna, "no time")
    quick_team.code(quick_team.bram, "no time")
    for person, held in ((quick_team.anna, 1), (quick_team.lead, 0)):
        path = tmp_path / f"{person.name}.csv"
        assert coding.export_codings(quick_team.engine, person, path) == held


def test_finishing_counts_ones_own_codings_and_those_without_valence(quick_team: Team) -> None:
    quick_team.code(quick_team.anna, "no time", valence="barrier")
    quick_team.code(quick_team.anna, "money")
    quick_team.code(quick_team.bram, "money")
    quick_team.open_round()
    assert rounds.finish(quick_team.engine, quick_team.anna, None) == rounds.Finished(1, 2, 1)


# --- what changed since ------------------------------------------------------------------------------


def test_screen_that_reads_only_what_changed_shows_what_a_new_one_shows(team: Team) -> None:
    made = [team.code(team.anna, words) for words in ("no time", "money", "patients")]
    team.code(team.bram, "nurse")
    acts: list[dict[str, Any]] = [
        {"type": "change", "coding": made[0], "valence": "mixed"},
        {"type": "memo", "coding": made[1], "text": "why"},
        {"type": "detail", "coding": made[2], "evidence": "wished"},
        {"type": "resize", "coding": made[1], "start": 0, "end": 9},
        {"type": "retire", "coding": made[0]},
        {"type": "undo"},
        {"type": "undo"},
        {"type": "redo"},
    ]
    viewers = (team.anna, team.bram)
    seen = {v: coding.coding_screen(team.engine, v, team.document.id) for v in viewers}

    def look() -> None:
        for viewer in viewers:
            fresh = coding.coding_screen(team.engine, viewer, team.document.id)
            seen[viewer] = coding.coding_screen(team.engine, viewer, team.document.id, before=seen[viewer])
            assert seen[viewer] == fresh

    for act in acts:
        team.act(team.anna, **act)
        look()
    team.open_round()
    look()
    team.code(team.bram, "The GP wants")
    look()
    assert {c.coder for c in seen[team.anna].codings} == {"Anna"}
    team.finish(team.anna, team.bram)
    team.reveal()
    look()
    assert {c.coder for c in seen[team.anna].codings} == {"Anna", "Bram"}


def test_text_that_no_browser_can_show_says_so_and_is_kept(quick_team: Team) -> None:
    short = quick_team.document
    assert coding.too_long_to_show(short) == ""
    one_line = replace(short, text="care " * 10_000_000)
    assert "a line of 50,000,000 characters" in coding.too_long_to_show(one_line)
    many_lines = replace(short, text="care\n" * 2_100_000)
    assert "It has 10,500,000 characters" in coding.too_long_to_show(many_lines)
    long_one = quick_team.add_document("care " * 250_000, title="Long")
    assert coding.coding_screen(quick_team.engine, quick_team.anna, long_one.id).document == long_one
