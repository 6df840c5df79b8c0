"""One event per change, saying who, when, what and why, in a chain that shows every tampering."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from store import tables
from store.backup import verify
from store.engine import open_engine, reading, writing
from store.events import check_chain, event_hash, events_of
from tests.services.team import Team, a_team, drop_guards
from workbench.services import codebook_editing, coding, findings, judging, protocol, rounds, triangulation


def a_full_study(team: Team) -> None:
    """Something in every table that people write to, in words that occur nowhere else."""
    made = team.code(team.anna, "no time", valence="barrier", memo="zebra memo")
    team.act(team.anna, type="change", coding=made, code="ECO-FIN")
    team.act(team.anna, type="memo", coding=made, text="giraffe memo")
    gone = team.code(team.bram, "money is there")
    team.act(team.bram, type="retire", coding=gone)
    team.act(team.bram, type="undo")
    rounds.open_round(team.engine, team.lead, "Okapi round", coders=["Anna", "Bram"])
    for coder in (team.anna, team.bram):
        rounds.finish(team.engine, coder, "Okapi round")
    rounds.reopen(
        team.engine, team.lead, "Okapi round", coder="Bram", document="Report 1", reason="walrus reason"
    )
    codebook_editing.add_code(
        team.engine, team.lead, label="Lemur code", parent="ECO", definition="tapir definition", reason="ibex"
    )
    findings.add_finding(
        team.engine,
        team.anna,
        source="Steering group",
        theme="ECO-FUND",
        row="bison row",
        statement="panda statement",
        coverage="lynx coverage",
        coding_ids=[UUID(made)],
    )
    team.add_source("Heron source")
    (row,) = triangulation.triangulate(team.engine, team.anna).matrix.rows
    judging.judge_existence(team.engine, team.anna, row=row, source="Heron source", speaks=True)
    judging.judge_pair(
        team.engine,
        team.anna,
        row=row,
        source_a="Heron source",
        source_b="Steering group",
        assigned="silence",
        reason="otter reason",
    )
    judging.lock_judgements(team.engine, team.anna)
    protocol.choose_rule(team.engine, team.lead, "meaning_first", reason="badger reason")


WORDS = [
    "zebra",
    "giraffe",
    "okapi",
    "walrus",
    "lemur",
    "tapir",
    "ibex",
    "bison",
    "panda",
    "lynx",
    "heron",
    "otter",
    "badger",
    "nurse",
    "money",
    "anna",
    "bram",
    "lena",
    "region",
    "steering",
    "report",
]


def test_each_change_is_one_event_with_who_when_what_and_why(team: Team) -> None:
    before = team.count(tables.event)
    start = dt.datetime.now(dt.UTC)
    made = team.code(team.anna, "no time", valence="barrier")
    assert team.count(tables.event) == before + 1
    codebook_editing.rename_code(team.engine, team.lead, "ECO-FUND", label={"en": "Money"}, reason="plainer")
    assert team.count(tables.event) == before + 2
    with reading(team.engine) as connection:
        applied, renamed = list(events_of(connection, team.lead.study_id))[-2:]
    assert (applied.actor_id, applied.action, applied.entity) == (team.anna.id, "coding.apply", "coding")
    assert applied.entity_id == applied.operation_id == UUID(made)
    assert (applied.detail["span"], applied.detail["valence"]) == ([14, 21], "barrier")
    assert start <= dt.datetime.fromisoformat(applied.at) <= dt.datetime.now(dt.UTC)
    assert dt.datetime.fromisoformat(applied.at).tzinfo is not None
    assert (renamed.actor_id, renamed.reason) == (team.lead.id, "plainer")


def test_chain_of_a_full_study_is_intact_and_numbers_have_no_gap(team: Team) -> None:
    a_full_study(team)
    with reading(team.engine) as connection:
        assert check_chain(connection, team.lead.study_id) == []
        numbers = [event.seq for event in events_of(connection, team.lead.study_id)]
    assert numbers == list(range(1, len(numbers) + 1))
    checked = verify(team.engine)
    assert (checked.chain, checked.problems, checked.events) == ("intact", (), len(numbers))


def test_log_holds_no_words_of_anybody(team: Team) -> None:
    a_full_study(team)
    with team.engine.connect() as connection:
        rows = connection.execute(sa.select(tables.event)).mappings().all()
    told = json.dumps([dict(row) for row in rows], default=str).lower()
    assert [word for word in WORDS if word in told] == []


def test_two_studies_in_one_database_have_each_their_own_chain(team: Team) -> None:
    other = a_team(team.engine, "Another region")
    a_full_study(team)
    a_full_study(other)
    assert team.problems() == other.problems() == []


# --- tampering ---------------------------------------------------------------------------------------


def _sql(statement: str) -> Callable[[Connection], None]:
    def tamper(connection: Connection) -> None:
        assert connection.exec_driver_sql(statement).rowcount > 0

    return tamper


def _edit_event(connection: Connection) -> None:
    """Edit an event and give it, and every event after it, a hash that fits."""
    event = tables.event
    rows = [dict(r) for r in connection.execute(sa.select(event).order_by(event.c.seq)).mappings()]
    place = next(n for n, row in enumerate(rows) if row["action"] == "coding.apply")
    previous = rows[place]["previous"]
    rows[place]["detail"] |= {"valence": "neutral"}
    for row in rows[place:]:
        row["previous"] = previous
        previous = row["hash"] = event_hash(row)
        at = (event.c.study_id == row["study_id"]) & (event.c.seq == row["seq"])
        connection.execute(event.update().where(at).values(row))


def _delete_last_event(connection: Connection) -> None:
    connection.exec_driver_sql("DELETE FROM event_reason WHERE seq = (SELECT max(seq) FROM event)")
    _sql("DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)")(connection)


def _add_coding(connection: Connection) -> None:
    row = dict(connection.execute(sa.select(tables.coding).limit(1)).mappings().one())
    connection.execute(tables.coding.insert(), row | {"id": uuid4()})


def _add_reason(connection: Connection) -> None:
    row = connection.execute(sa.select(tables.event).where(tables.event.c.action == "coding.apply")).first()
    assert row is not None
    connection.execute(
        tables.event_reason.insert(), {"study_id": row.study_id, "seq": row.seq, "text": "invented"}
    )


TAMPERINGS: dict[str, Callable[[Connection], None]] = {
    "an event names another action": _sql("UPDATE event SET action = 'other' WHERE seq = 7"),
    "an event names another actor": _sql(
        "UPDATE event SET actor_id = (SELECT id FROM member WHERE name = 'Bram') WHERE action = 'memo.write'"
    ),
    "an event has another time": _sql("UPDATE event SET at = '2020-01-01T00:00:00+00:00' WHERE seq = 5"),
    "the last event is deleted": _delete_last_event,
    "an event in the middle is deleted": _sql("DELETE FROM event WHERE action = 'memo.write'"),
    "an event is edited and the rest of the chain made to fit": _edit_event,
    "a quote is changed": _sql("UPDATE coding SET quote = 'other' WHERE quote = 'no time'"),
    "a valence is changed": _sql("UPDATE coding SET valence = 'neutral' WHERE valence = 'barrier'"),
    "a text is changed": _sql("UPDATE document_version SET text = 'other'"),
    "a memo is changed": _sql("UPDATE memo SET text = 'other'"),
    "a section gets another speaker": _sql("UPDATE section SET speaker = 'other'"),
    "a definition is changed": _sql("UPDATE code_revision SET definition = 'other' WHERE key = 'ECO-FUND'"),
    "a coder of a round is taken out": _sql("DELETE FROM round_coder WHERE position = 1"),
    "an excerpt is changed": _sql("UPDATE finding_excerpt SET quote = 'other'"),
    "a statement is changed": _sql("UPDATE finding SET statement = 'other'"),
    "a judgement is changed": _sql("UPDATE judgement SET assigned = 'agreement'"),
    "a retirement is undone": _sql("UPDATE coding SET retired_event = NULL WHERE retired_event IS NOT NULL"),
    "a row is retired outside the log": _sql("UPDATE memo SET retired_event = 3 WHERE retired_event IS NULL"),
    "a finish is retired as of an event to come": _sql("UPDATE finished SET retired_event = 999"),
    "a reason is changed": _sql("UPDATE event_reason SET text = 'other' WHERE text = 'badger reason'"),
    "a reason is deleted": _sql("DELETE FROM event_reason WHERE text = 'badger reason'"),
    "a reason is invented": _add_reason,
    "a row is added": _add_coding,
    "a row is deleted": _sql("DELETE FROM memo WHERE text = 'zebra memo'"),
    "the study is renamed": _sql("UPDATE study SET name = 'Other'"),
    "a member becomes lead": _sql("UPDATE member SET role = 'lead' WHERE name = 'Bram'"),
    "the end of the log is moved": _sql("UPDATE head SET seq = seq - 1"),
    "the end of the log is deleted": _sql("DELETE FROM head"),
}


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_verification_finds_that(sqlite_engine: sa.Engine, tampering: str) -> None:
    team = a_team(sqlite_engine)
    a_full_study(team)
    drop_guards(team.engine)
    assert verify(team.engine).problems == ()
    with team.engine.begin() as connection:
        if team.engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        TAMPERINGS[tampering](connection)
    checked = verify(team.engine)
    assert checked.problems
    assert checked.chain != "intact"


def test_verification_finds_a_changed_quote_on_postgresql(postgresql_engine: sa.Engine) -> None:
    team = a_team(postgresql_engine)
    a_full_study(team)
    drop_guards(team.engine)
    assert verify(team.engine).problems == ()
    with team.engine.begin() as connection:
        TAMPERINGS["a quote is changed"](connection)
    assert verify(team.engine).problems


# --- many at once ------------------------------------------------------------------------------------


def test_same_operation_sent_twice_is_stored_once(team: Team) -> None:
    operation = {"operation": str(uuid4()), "type": "apply", "code": "ECO-FUND", "start": 0, "end": 9}
    for _ in range(2):
        (outcome,) = coding.apply_operations(team.engine, team.anna, team.document.id, [operation])
        assert outcome.reason is None
    assert team.count(tables.coding) == 1
    assert team.problems() == []


def test_same_operation_from_many_threads_and_programs_is_stored_once(team: Team) -> None:
    engines = [team.engine, open_engine(team.engine.url.render_as_string(hide_password=False))]
    operation = {"operation": str(uuid4()), "type": "apply", "code": "ECO-FUND", "start": 0, "end": 9}
    ready = threading.Barrier(6)

    def send(n: int) -> str | None:
        ready.wait()
        engine = engines[n % 2]
        (outcome,) = coding.apply_operations(engine, team.anna, team.document.id, [operation])
        return outcome.reason

    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(send, range(6))) == [None] * 6
    engines[1].dispose()
    assert team.count(tables.coding) == 1
    assert team.problems() == []


def test_same_finding_and_judgement_sent_twice_are_stored_once(team: Team) -> None:
    first, second, third = uuid4(), uuid4(), uuid4()
    found = {
        findings.add_finding(
            team.engine,
            team.anna,
            source="Steering group",
            theme="ECO-FUND",
            statement="Money is there.",
            operation_id=first,
        )
        for _ in range(2)
    }
    assert len(found) == 1
    assert team.count(tables.finding) == 1
    team.add_source("Interviews")
    (row,) = triangulation.triangulate(team.engine, team.anna).matrix.rows
    pair = {"row": row, "source_a": "Interviews", "source_b": "Steering group"}
    for operation_id, meaning in ((second, "same"), (third, "contradictory"), (second, "same")):
        judging.judge_pair(team.engine, team.anna, **pair, meaning=meaning, operation_id=operation_id)
    (judgement,) = triangulation.triangulate(team.engine, team.anna).judgements
    assert judgement.meaning == "contradictory"


def test_numbers_have_no_gap_and_nothing_is_lost_when_many_write_at_once(team: Team) -> None:
    document = team.add_document("word " * 200, title="Long")
    others = [open_engine(team.engine.url.render_as_string(hide_password=False)) for _ in range(2)]
    engines = [team.engine, *others]
    coders = [team.lead, team.anna, team.bram]
    per_thread = 12
    problems: list[str] = []

    def work(n: int) -> list[str]:
        stored = []
        for k in range(per_thread):
            operation_id = str(uuid4())
            start = 5 * ((n // 3) * per_thread + k)
            place = {"code": "ECO-FUND", "start": start, "end": start + 4}
            (outcome,) = coding.apply_operations(
                engines[n % 3],
                coders[n % 3],
                document.id,
                [{"operation": operation_id, "type": "apply", **place}],
            )
            assert outcome.reason is None, outcome.reason
            stored.append(operation_id)
            if k % 4 == 0:
                problems.extend(verify(engines[n % 3]).problems)  # what readers see is never half a change
        return stored

    with ThreadPoolExecutor(6) as threads:
        acknowledged = [one for done in threads.map(work, range(6)) for one in done]
    for engine in others:
        engine.dispose()
    assert problems == []
    with reading(team.engine) as connection:
        ids = {row.id for row in connection.execute(sa.select(tables.coding.c.id))}
        numbers = [event.seq for event in events_of(connection, team.lead.study_id)]
    assert ids == set(map(UUID, acknowledged))
    assert numbers == list(range(1, len(numbers) + 1))
    assert team.problems() == []


def test_a_change_that_fails_half_way_leaves_nothing(team: Team) -> None:
    before = team.count(tables.event)
    with pytest.raises(ZeroDivisionError), writing(team.engine) as connection:
        from store.documents import add_source

        add_source(connection, actor=team.lead, label="Half", kind="interview")
        raise ZeroDivisionError
    assert team.count(tables.event) == before
    assert team.problems() == []


def test_a_refused_operation_among_good_ones_leaves_the_chain_whole(team: Team) -> None:
    good = {"type": "apply", "code": "ECO-FUND", "start": 0, "end": 9}
    bad = [
        {"type": "apply", "code": "ECO-FUND", "start": 0, "end": 9999},
        {"type": "apply", "code": "NOTHING", "start": 0, "end": 9},
        {"type": "apply", "code": "ECO-FUND", "start": "x", "end": 9},
        {"type": "apply", "code": "ECO-FUND", "start": 0},
        {"type": "apply", "code": "ECO-FIN", "start": 0, "end": 9, "valence": ["x"]},
        {"type": "retire", "coding": str(uuid4())},
        {"type": "retire", "coding": "no id"},
        {"type": "dance"},
        {},
    ]
    made = team.act(team.anna, **good)
    broken = {"type": "memo", "coding": made, "text": "half \ud83d a pair"}
    operations = [{"operation": str(uuid4()), **one} for one in (*bad, broken)]
    operations += [{"operation": "no id", **good}, {"operation": None, **good}]
    outcomes = coding.apply_operations(team.engine, team.anna, team.document.id, operations)
    assert all(outcome.reason for outcome in outcomes)
    team.act(team.anna, type="apply", code="ECO-FIN", start=0, end=9)
    assert team.problems() == []
