"""Whatever a coder does, undo and redo lead through the same states, and the text stays as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.models import Document
from store import tables
from store.studies import Member
from tests.services.team import Team, a_file
from workbench.services import coding
from workbench.services.documents import open_document

TEXT = "No time. Money 😀 is there."
PLACES = ((0, 2), (0, 7), (9, 16))
CODES = ("ECO-FUND", "ECO-FIN", "PAT-ATT")
VALENCES = (None, "barrier", "facilitator")

#: What a coder does next; a number chooses among the codings that they ever made.
acts = st.one_of(
    st.tuples(st.just("apply"), st.sampled_from(PLACES), st.sampled_from(CODES)),
    st.tuples(st.just("code"), st.integers(0, 9), st.sampled_from(CODES)),
    st.tuples(st.just("valence"), st.integers(0, 9), st.sampled_from(VALENCES)),
    st.tuples(st.just("text"), st.integers(0, 9), st.sampled_from(("", "a thought", "a second thought"))),
    st.tuples(st.just("resize"), st.integers(0, 9), st.sampled_from(PLACES)),
    st.tuples(st.just("evidence"), st.integers(0, 9), st.sampled_from(("", "wished", "experienced"))),
    st.tuples(st.just("retire"), st.integers(0, 9)),
    st.tuples(st.just("undo")),
    st.tuples(st.just("undo")),
    st.tuples(st.just("redo")),
    st.tuples(st.just("redo")),
)
#: Messages as the reader sends them: one operation, or several that were made quickly.
messages = st.lists(st.lists(acts, min_size=1, max_size=4), min_size=1, max_size=8)

numbers = count(1)


@dataclass(frozen=True)
class Marked:
    """A coding as its coder sees it, whatever its id is by now."""

    place: tuple[int, int]
    code: str
    valence: str | None = None
    memo: str = ""
    evidence: str = ""


@dataclass
class Notebook:
    """What a coder expects to see in a document, and saw before each change."""

    now: dict[str, Marked] = field(default_factory=dict)
    before: list[dict[str, Marked]] = field(default_factory=list)
    after: list[dict[str, Marked]] = field(default_factory=list)
    made: list[str] = field(default_factory=list)

    def operation(self, act: Sequence[Any]) -> dict[str, Any]:
        """The act as the reader sends it; codings are named by the id that they first had."""
        kind, *what = act
        name = str(uuid4())
        if kind == "apply":
            (start, end), code = what
            self.made.append(name)
            return {"operation": name, "type": "apply", "start": start, "end": end, "code": code}
        if kind in ("undo", "redo"):
            return {"operation": name, "type": kind}
        coding_id = self.made[what[0] % len(self.made)] if self.made else str(uuid4())
        kinds = {"code": "change", "valence": "change", "text": "memo", "evidence": "detail"}
        operation = {"operation": name, "type": kinds.get(kind, kind), "coding": coding_id}
        if kind == "resize":
            return operation | {"start": what[1][0], "end": what[1][1]}
        return operation | ({} if kind == "retire" else {kind: what[1]})

    def expects(self, operation: dict[str, Any]) -> bool:
        """Carry it out in the notebook; whether the service has to accept it."""
        kind = operation["type"]
        if kind == "undo":
            if self.before:
                self.after.append(self.now)
                self.now = self.before.pop()
                return True
            return False
        if kind == "redo":
            if self.after:
                self.before.append(self.now)
                self.now = self.after.pop()
                return True
            return False
        if kind == "apply":
            marked = Marked((operation["start"], operation["end"]), operation["code"])
            return self._put(operation["operation"], marked)
        name = operation["coding"]
        if name not in self.now:
            return False
        if kind == "retire":
            return self._turn({other: m for other, m in self.now.items() if other != name})
        if kind == "memo":
            return self._write(name, memo=operation["text"])
        if kind == "detail":
            return self._write(name, evidence=operation["evidence"])
        if kind == "resize":
            place = (operation["start"], operation["end"])
            return place == self.now[name].place or self._put(name, replace(self.now[name], place=place))
        changes = {part: operation[part] for part in ("code", "valence") if part in operation}
        return self._put(name, replace(self.now[name], **changes))

    def _put(self, name: str, marked: Marked) -> bool:
        taken = {(other.place, other.code) for at, other in self.now.items() if at != name}
        return (marked.place, marked.code) not in taken and self._turn(self.now | {name: marked})

    def _write(self, name: str, **words: str) -> bool:
        ((part, text),) = words.items()
        if not text and not getattr(self.now[name], part):
            return True  # to clear what is clear is accepted, and is no change
        return self._turn(self.now | {name: replace(self.now[name], **words)})

    def _turn(self, now: dict[str, Marked]) -> bool:
        self.before.append(self.now)
        self.after.clear()
        self.now = now
        return True


def marked(team: Team, coder: Member, document: Document) -> list[Marked]:
    seen = [found for found in team.seen(coder, document) if found.coder == coder.name]
    assert all(found.quote == document.text[found.start_char : found.end_char] for found in seen)
    return sorted(
        (
            Marked((c.start_char, c.end_char), c.code, c.valence, c.memo, c.detail.evidence or "")
            for c in seen
        ),
        key=repr,
    )


def send(team: Team, coder: Member, document: Document, operations: list[dict[str, Any]]) -> list[bool]:
    outcomes = coding.apply_operations(team.engine, coder, document.id, operations)
    return [outcome.reason is None for outcome in outcomes]


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # every example gets a document of its own
)
@given(messages)
def test_undo_and_redo_of_every_sequence_lead_through_the_same_states(
    team: Team, messages: list[Any]
) -> None:
    document = team.add_document(TEXT, title=f"Text {next(numbers)}")
    team.code(team.bram, "Money", document=document)  # never touched by what Anna does
    notebook = Notebook()
    for message in messages:
        operations = [notebook.operation(act) for act in message]
        expected = [notebook.expects(operation) for operation in operations]
        assert send(team, team.anna, document, operations) == expected
        assert marked(team, team.anna, document) == sorted(notebook.now.values(), key=repr)
    while notebook.before:
        undo = notebook.operation(["undo"])
        assert notebook.expects(undo)
        assert send(team, team.anna, document, [undo]) == [True]
        assert marked(team, team.anna, document) == sorted(notebook.now.values(), key=repr)
    assert send(team, team.anna, document, [notebook.operation(["undo"])]) == [False]
    assert marked(team, team.anna, document) == []
    while notebook.after:
        redo = notebook.operation(["redo"])
        assert notebook.expects(redo)
        assert send(team, team.anna, document, [redo]) == [True]
        assert marked(team, team.anna, document) == sorted(notebook.now.values(), key=repr)
    assert send(team, team.anna, document, [notebook.operation(["redo"])]) == [False]
    assert [found.code for found in marked(team, team.bram, document)] == ["ECO-FUND"]
    assert open_document(team.engine, team.anna, document.id)[1] == document
    assert team.problems() == []


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(acts, min_size=1, max_size=12))
def test_every_accepted_change_is_one_event_and_a_refused_one_is_none(
    quick_team: Team, acts: list[Any]
) -> None:
    document = quick_team.add_document(TEXT, title=f"Text {next(numbers)}")
    notebook = Notebook()
    for act in acts:
        events, rows = quick_team.count(tables.event), stored_codings(quick_team)
        operation = notebook.operation(act)
        state = notebook.now
        accepted = notebook.expects(operation)
        assert send(quick_team, quick_team.anna, document, [operation]) == [accepted]
        changed = accepted and notebook.now is not state
        assert quick_team.count(tables.event) == events + changed
        assert rows <= stored_codings(quick_team)  # nothing that was stored is ever gone or altered


def stored_codings(team: Team) -> set[tuple[Any, ...]]:
    with team.engine.connect() as connection:
        columns = [column for column in tables.coding.c if column.name != "retired_event"]
        return {tuple(row) for row in connection.execute(sa.select(*columns))}


def test_undo_takes_back_only_ones_own_last_change_in_the_same_document(quick_team: Team) -> None:
    other = quick_team.add_document(TEXT, title="Other")
    quick_team.code(quick_team.anna, "no time")
    quick_team.code(quick_team.anna, "Money", document=other)
    quick_team.code(quick_team.bram, "no time")
    quick_team.act(quick_team.anna, type="undo")
    assert [c.coder for c in quick_team.seen(quick_team.anna)] == ["Bram"]
    assert len(quick_team.seen(quick_team.anna, other)) == 1
    assert quick_team.try_act(quick_team.anna, type="undo") is not None


def test_undo_sent_again_after_a_lost_answer_takes_back_one_change(quick_team: Team) -> None:
    quick_team.code(quick_team.anna, "no time")
    quick_team.code(quick_team.anna, "money")
    undo = {"operation": str(uuid4()), "type": "undo"}
    for _ in range(3):
        assert send(quick_team, quick_team.anna, quick_team.document, [undo]) == [True]
    assert [c.quote for c in quick_team.seen(quick_team.anna)] == ["no time"]


def test_what_was_imported_or_coded_by_the_lead_for_somebody_is_not_undone_by_hand(
    quick_team: Team, tmp_path: Path
) -> None:
    rows = [{"document": "Report 1", "quote": "no time", "code": "ECO-FUND", "coder": "Anna"}]
    coding.import_codings(quick_team.engine, quick_team.lead, a_file(tmp_path / "c.csv", rows))
    assert quick_team.try_act(quick_team.anna, type="undo") is not None
    assert quick_team.try_act(quick_team.lead, type="undo") is not None
    assert len(quick_team.seen(quick_team.anna)) == 1


def test_undo_and_redo_never_give_a_code_twice_that_came_from_a_file_meanwhile(
    team: Team, tmp_path: Path
) -> None:
    made = team.code(team.anna, "no time", "ECO-FUND")
    team.act(team.anna, type="change", coding=made, code="ECO-FIN")
    row = {"document": "Report 1", "quote": "no time", "code": "ECO-FUND", "coder": "Anna"}
    assert coding.import_codings(team.engine, team.lead, a_file(tmp_path / "c.csv", [row])).imported == 1

    def codes() -> list[str]:
        return sorted(c.code for c in team.seen(team.anna))

    assert codes() == ["ECO-FIN", "ECO-FUND"]
    team.act(team.anna, type="undo")
    assert codes() == ["ECO-FUND"]
    team.act(team.anna, type="undo")
    assert codes() == ["ECO-FUND"]
    assert team.try_act(team.anna, type="undo") is not None
    team.act(team.anna, type="redo")
    assert codes() == ["ECO-FUND"]
    team.act(team.anna, type="redo")
    assert codes() == ["ECO-FIN", "ECO-FUND"]
    assert team.problems() == []
