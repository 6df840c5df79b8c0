"""What a person can mend when the database takes nothing: told in words, and nothing is half stored."""

from __future__ import annotations

import errno
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from corpus.errors import NotStored
from store import tables
from store.engine import open_engine, sqlite_library, writing
from tests.services.team import Team


@contextmanager
def prepared(engine: Engine, *pragmas: str) -> Iterator[Engine]:
    """The same database, opened by a program that gives its connections these settings."""
    other = open_engine(engine.url.render_as_string(hide_password=False))

    def prepare(connection: Any, _record: Any) -> None:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    sa.event.listen(other, "connect", prepare)
    yield other
    other.dispose()


def test_database_that_another_program_holds_is_told_with_the_remedy(quick_team: Team) -> None:
    events = quick_team.count(tables.event)
    other = sqlite_library().connect(quick_team.engine.url.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with (
        prepared(quick_team.engine, "busy_timeout=50") as impatient,
        pytest.raises(NotStored, match=r"held by another program.*Close what holds it"),
    ):
        replace(quick_team, engine=impatient).add_source("Held")
    other.execute("ROLLBACK")
    other.close()
    assert quick_team.count(tables.event) == events
    quick_team.add_source("Free")
    assert quick_team.problems() == []


def test_full_disk_is_told_and_what_was_stored_before_is_safe(quick_team: Team) -> None:
    with quick_team.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    with prepared(
        quick_team.engine, f"max_page_count={pages + 2}"
    ) as full:  # what SQLite says of a full disk
        team = replace(quick_team, engine=full)
        with pytest.raises(NotStored, match=r"disk is full.*Make room"):
            team.add_document("No room. " * 20_000, title="Large")
        assert len(team.seen(team.lead)) == 0
    assert quick_team.problems() == []
    assert quick_team.count(tables.document) == 1


def test_full_disk_beside_the_database_is_told_too(quick_team: Team) -> None:
    with pytest.raises(NotStored, match="disk is full"), writing(quick_team.engine):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_other_faults_are_not_dressed_up(quick_team: Team) -> None:
    with pytest.raises(sa.exc.OperationalError), writing(quick_team.engine) as connection:
        connection.exec_driver_sql("SELECT * FROM nowhere")
    with pytest.raises(FileNotFoundError), writing(quick_team.engine):
        raise FileNotFoundError(errno.ENOENT, "gone")


def test_two_who_wait_for_each_other_on_a_server_are_told(postgresql_engine: Engine) -> None:
    holding, free = threading.Event(), threading.Event()

    def hold() -> None:
        with writing(postgresql_engine):
            holding.set()
            free.wait(30)

    holder = threading.Thread(target=hold)
    holder.start()
    holding.wait(30)
    other = open_engine(postgresql_engine.url.render_as_string(hide_password=False))
    sa.event.listen(other, "connect", lambda held, _: held.execute("SET lock_timeout = '100ms'"))
    sa.event.listen(other, "connect", lambda held, _: held.commit())
    with pytest.raises(NotStored, match="held by another program"), writing(other):
        pass
    free.set()
    holder.join()
    other.dispose()


def test_an_error_of_the_database_does_not_show_what_was_to_be_stored(team: Team) -> None:
    row = {"id": uuid4(), "study_id": uuid4(), "label": "words of a patient", "kind": "interview"}
    with pytest.raises(sa.exc.IntegrityError) as refused, writing(team.engine) as connection:
        connection.execute(sa.insert(tables.source).values(row | {"created_event": 1}))
    assert "words of a patient" not in str(refused.value)


def test_error_of_the_database_quotes_no_words(team: Team) -> None:
    """Errors are logged, and PostgreSQL adds the row that it refused."""
    row = {"id": uuid4(), "study_id": team.lead.study_id, "name": team.anna.name, "role": "lead"}
    with pytest.raises(sa.exc.IntegrityError) as caught, writing(team.engine) as connection:
        connection.execute(sa.insert(tables.member).values(row | {"created_event": 1}))
    told = "".join(traceback.format_exception(caught.value))
    assert "IntegrityError" in told
    assert f"{team.anna.name})" not in told
