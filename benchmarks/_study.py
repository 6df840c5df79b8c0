"""A made-up study, and the app that serves it, for the benchmarks."""

from __future__ import annotations

import contextlib
import os
import random
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, cycle
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine

from codebook.models import Valence
from store import findings as kept
from store.codebooks import code_keys
from store.documents import load_document
from store.documents import sources as kept_sources
from store.engine import open_engine, reading, writing
from store.migrate import migrate
from store.rows import row_id_of
from store.studies import Member
from triangulation.models import Meaning, Part, Prominence
from workbench.services import codebooks, coding, importing, studies


@dataclass(frozen=True)
class Served:
    """Where the app is, and the process that it is."""

    address: str
    pid: int


def made_up_study(database: Path, *, words: int, codings: int, people: Sequence[str] = ()) -> UUID:
    """A study led by Anna with one document of many words, and many codings of hers in it."""
    dice = random.Random(7)
    vocabulary = [
        "patient",
        "care",
        "nurse",
        "team",
        "goal",
        "support",
        "clinic",
        "record",
        "follow",
        "diet",
        "doctor",
        "money",
        "trust",
        "élan",
    ]
    lines, left = [], words
    while left > 0:
        size = min(left, dice.randint(15, 110))
        sentence = [dice.choice(vocabulary) for _ in range(size)]
        lines.append(
            f"GP {dice.randint(1, 5)}: " + " ".join(sentence).capitalize().replace(" goal ", ". Goal ") + "."
        )
        left -= size
    file = database.with_name("long.txt")
    file.write_text("\n".join(lines), encoding="utf-8")
    engine = open_engine(f"sqlite:///{database}")
    migrate(engine)
    anna = studies.create_study(engine, "Benchmark", person="Anna")
    (result,) = importing.import_paths(engine, anna, [file], source="Interviews", kind="interview")
    assert result.document is not None and result.characters is not None
    book = codebooks.load_codebook(engine, anna, "grol-wensing").codebook
    themes = [code.key for code in book.codes if code.parent]
    operations = []
    for _ in range(codings):
        start = dice.randrange(result.characters - 400)
        operations.append(
            {
                "operation": str(uuid4()),
                "type": "apply",
                "start": start,
                "end": start + dice.randint(20, 380),
                "code": dice.choice(themes),
                "valence": dice.choice(["facilitator", "barrier"]),
            }
        )
    coding.apply_operations(engine, anna, result.document, operations)
    for person in people:
        studies.add_person(engine, anna, person)
    engine.dispose()
    return result.document


@contextlib.contextmanager
def served(database: Path) -> Iterator[Served]:
    """The app on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [
            str(Path(sys.executable).with_name("trigpoint")),
            "--database",
            str(database),
            "run",
            "--port",
            str(port),
        ],
        env={**os.environ, "TRIGPOINT_USER": "Anna", "STREAMLIT_SERVER_HEADLESS": "true"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{address}/_stcore/health")
                break
            time.sleep(0.1)
        else:
            sys.exit("The app did not answer: nothing was measured.")
        yield Served(address, server.pid)
    finally:
        server.terminate()
        server.wait(10)


def triangulated_study(
    database: Path, *, rows: int = 40, sources: int = 6, people: Sequence[str] = ("Anna", "Ben", "Cleo")
) -> Member:
    """A study led by the first of the people, in which each has judged every pair on every row and locked.

    Two excerpts stand under most findings, and a tenth of the sources do not speak on a row.
    """
    dice = random.Random(11)
    engine = open_engine(f"sqlite:///{database}")
    migrate(engine)
    lead = studies.create_study(engine, "Benchmark", person=people[0])
    team = [lead, *(studies.add_person(engine, lead, person) for person in people[1:])]
    book = codebooks.load_codebook(engine, lead, "grol-wensing").codebook
    themes = [code.key for code in book.codes if code.parent]
    labels = [f"{kind} {n}" for n, kind in zip(range(1, sources + 1), cycle(_KINDS), strict=False)]
    quotes = {label: _a_document(engine, lead, database, label, dice) for label in labels}
    with writing(engine) as connection:
        keys = {key: id_ for id_, key in code_keys(connection, lead.study_id).items()}
        ids = {one.label: one.id for one in kept_sources(connection, lead.study_id)}
        for n in range(rows):
            theme = themes[n * len(themes) // rows]
            statement = f"{dice.choice(_STATEMENTS)} ({n + 1})"
            row_id = row_id_of(connection, actor=lead, code_id=keys[theme], statement=statement)
            speaking = [label for label in labels if dice.random() > 0.1]
            for label in speaking:
                _a_finding(connection, lead, row_id, ids[label], statement, quotes[label], dice)
            for person in team:
                for pair in combinations(labels, 2):
                    kept.judge_pair(
                        connection,
                        actor=person,
                        researcher=person,
                        row_id=row_id,
                        source_a_id=ids[min(pair)],
                        source_b_id=ids[max(pair)],
                        parts=_parts(dice) if set(pair) <= set(speaking) else _SILENT,
                    )
        for person in team:
            kept.lock_judgements(connection, actor=person, researcher=person)
    engine.dispose()
    return lead


_KINDS = ("Interviews GPs", "Minutes", "Survey nurses", "Focus group", "Patient diaries", "Registers")
_STATEMENTS = (
    "Money for the shared nurse ends after two years and nobody knows who pays then",
    "General practitioners trust the educator because they know her",
    "The record does not travel between practice and hospital",
    "Patients want one person to call",
    "Time in the consultation is too short for goals",
    "The steering group met every month and kept the project going",
    "Feedback on own figures made practices register better, though not all of them and not at once",
)


def _a_document(
    engine: Engine, lead: Member, database: Path, label: str, dice: random.Random
) -> tuple[UUID, str]:
    words = " ".join(dice.choice(("care", "nurse", "money", "team", "goal", "trust")) for _ in range(400))
    file = database.with_name(f"{label}.txt")
    file.write_text(words, encoding="utf-8")
    (result,) = importing.import_paths(engine, lead, [file], source=label, kind="interview")
    assert result.document is not None
    with reading(engine) as connection:
        loaded = load_document(connection, result.document)
    assert loaded is not None
    return loaded[0], loaded[1].text


def _a_finding(
    connection: Connection,
    lead: Member,
    row_id: UUID,
    source_id: UUID,
    statement: str,
    text: tuple[UUID, str],
    dice: random.Random,
) -> None:
    version, words = text
    starts = [dice.randrange(1_500) for _ in range(dice.randint(1, 3))]
    kept.add_finding(
        connection,
        actor=lead,
        researcher=None,
        source_id=source_id,
        row_id=row_id,
        statement=statement,
        valence=dice.choice((Valence.FACILITATOR, Valence.FACILITATOR, Valence.BARRIER, Valence.MIXED)),
        prominence=dice.choice(list(Prominence)),
        excerpts=[
            kept.NewExcerpt(words[at : at + 90], version_id=version, start_char=at, end_char=at + 90)
            for at in starts
        ],
    )


_NOTHING: dict[str, object] = dict.fromkeys(("meaning", "prominence", "coverage", "examples", "assigned"))
_SILENT = {**_NOTHING, "silence": "asked_not_raised", "expected": "unclear", "reason": ""}


def _parts(dice: random.Random) -> dict[str, object]:
    part = (Part.SAME, Part.SAME, Part.DIFFERENT)
    meaning = dice.choice((Meaning.SAME, Meaning.SAME, Meaning.COMPLEMENTARY, Meaning.CONTRADICTORY))
    chosen = {name: dice.choice(part) for name in ("prominence", "coverage", "examples")}
    return {**_NOTHING, "meaning": meaning, **chosen, "silence": None, "expected": None, "reason": ""}
