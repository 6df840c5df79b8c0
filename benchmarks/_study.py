"""A made-up study, and the app that serves it, for the benchmarks of the coding screen."""

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
from pathlib import Path
from uuid import UUID, uuid4

from store.engine import open_engine
from store.migrate import migrate
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
