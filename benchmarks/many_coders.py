"""Twenty people code in one document of 20,000 words at once, on one server and two cores.

Each has a session of their own and codes every five seconds or so, wherever the others are; all see
the codings of all. Twenty browsers would measure themselves, so the sessions here are bare: they
speak Streamlit's protocol as a browser does, and send and keep what it sends and keeps.

Figures: seconds from the moment a coding is made until its answer says that it is stored, whether
the database holds every such coding once, and the processor time of the app and, apart from it, of
what plays the people. SQLite with ``synchronous=FULL``; machines differ, so quote the machine with
the figure. Needs Linux.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from _study import Served, made_up_study, served
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from codebook.exchange import load_scheme
from store.engine import open_engine
from workbench.services import coding, studies

WORDS, CODINGS, CORES = 20_000, 1_000, 2
EVERY = 5.0  # seconds from one coding of a person to the next, half more or less
AIM = 1.0
THEMES = [code.key for code in load_scheme("grol-wensing").codes if code.parent]


class Session:
    """One person's tab: what a browser would send and keep, without the browser."""

    def __init__(self, line: ClientConnection, person: str, document_id: UUID) -> None:
        self.person = person
        self.stored: list[str] = []
        self.refused: list[str] = []
        self.waits: list[float] = []
        self._line = line
        self._dice = random.Random(person)
        self._address = urlencode({"study": "Benchmark", "person": person, "document": document_id})
        self._page = self._fragment = self._reader = ""
        self._shown: dict[str, Any] = {}
        self._length = 0
        self._widgets: dict[str, dict[str, Any]] = {}
        self._cached: set[str] = set()
        self._when_stored = 0.0

    async def open(self) -> None:
        """Open the page Code, and wait until all of it is there."""
        message = BackMsg()
        message.rerun_script.query_string = self._address
        message.rerun_script.page_name = "code"
        await self._line.send(message.SerializeToString())
        await self._receive()
        if not self._reader or not self._length:
            sys.exit(f"The page Code showed {self.person} no document.")

    async def code(self, *, seconds: float) -> None:
        """Code passage after passage; a late answer to one does not make the next one later."""
        end = time.monotonic() + seconds
        due = time.monotonic() + self._dice.uniform(0, EVERY)
        while due < end:
            await asyncio.sleep(due - time.monotonic())
            await self._send(self._passage())
            await self._receive()
            self.waits.append(self._when_stored - due)
            due += self._dice.uniform(EVERY / 2, EVERY * 3 / 2)

    def _passage(self) -> dict[str, Any]:
        start = self._dice.randrange(self._length - 400)
        return {
            "operation": str(uuid4()),
            "type": "apply",
            "start": start,
            "end": start + self._dice.randint(20, 380),
            "code": self._dice.choice(THEMES),
            "valence": self._dice.choice(["facilitator", "barrier"]),
        }

    async def _send(self, operation: dict[str, Any]) -> None:
        """The outbox with one operation, as the reader delivers it."""
        document = self._shown["document"]
        outbox = {
            "document": document["id"],
            "version": document["version"],
            "person": self.person,
            "sent": int(time.time() * 1000),
            "holds": self._shown["codings"]["revision"],
            "operations": [operation],
        }
        message = BackMsg()
        rerun = message.rerun_script
        rerun.query_string, rerun.page_script_hash = self._address, self._page
        rerun.fragment_id = self._fragment
        rerun.cached_message_hashes.extend(self._cached)
        states = self._widgets | {self._reader: {"json_value": json.dumps({"outbox": outbox})}}
        for name, value in states.items():
            rerun.widget_states.widgets.add(id=name, **value)
        await self._line.send(message.SerializeToString())

    async def _receive(self) -> None:
        """Take in what the server sends until its script has run."""
        message = ForwardMsg()
        while message.WhichOneof("type") != "script_finished":
            message.ParseFromString(await self._line.recv(decode=False))
            if message.metadata.cacheable:
                self._cached.add(message.hash)
            if message.HasField("new_session"):
                self._page = message.new_session.page_script_hash
            if message.HasField("delta"):
                self._take(message.delta.fragment_id, message.delta.new_element)

    def _take(self, fragment: str, element: Any) -> None:
        component = element.bidi_component
        if element.HasField("checkbox"):
            self._widgets[element.checkbox.id] = {"bool_value": element.checkbox.default}
        elif component.component_name == "trigpoint.reader":
            self._fragment, self._reader = fragment, component.id
            self._shown = json.loads(component.json)
            self.stored += self._shown["acked"]
            self.refused += [refusal["reason"] for refusal in self._shown["refused"]]
            self._when_stored = time.monotonic()
        elif component.component_name == "trigpoint.shelf":
            content = json.loads(component.json)["content"]
            self._length = len(content.get("text", "")) or self._length


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=20)
    asked.add_argument("--seconds", type=float, default=60)
    sizes = asked.parse_args()
    if not Path("/proc/self/stat").exists():
        sys.exit("Processor time is read from /proc, which this system lacks: nothing was measured.")
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    print(
        f"{sizes.people} coders in a document of {WORDS:,} words and {CODINGS:,} codings, one coding in "
        f"{EVERY:.0f} s each, SQLite synchronous=FULL, {len(os.sched_getaffinity(0))} cores, "
        f"load {os.getloadavg()[0]:.1f}"
    )
    people = [f"Coder {number + 1}" for number in range(sizes.people)]
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "many.db"
        document_id = made_up_study(database, words=WORDS, codings=CODINGS, people=people)
        with served(database) as app:
            sessions = asyncio.run(work(app, people, document_id, seconds=sizes.seconds))
        told(sessions)
        compare(database, sessions)


async def work(app: Served, people: Sequence[str], document_id: UUID, *, seconds: float) -> list[Session]:
    """Let everyone open the document and code in it."""
    address = app.address.replace("http", "ws") + "/_stcore/stream"
    lines = [await connect(address, max_size=None) for _ in people]
    sessions = [Session(line, person, document_id) for line, person in zip(lines, people, strict=True)]
    began = time.monotonic()
    await asyncio.gather(*(session.open() for session in sessions))
    print(f"  the document opened by all at once: {time.monotonic() - began:.1f} s")
    app_before, own_before, began = cpu_seconds(app.pid), time.process_time(), time.monotonic()
    await asyncio.gather(*(session.code(seconds=seconds) for session in sessions))
    lasted, done = time.monotonic() - began, sum(len(session.waits) for session in sessions)
    for who, used in (
        ("app", cpu_seconds(app.pid) - app_before),
        ("what plays the people", time.process_time() - own_before),
    ):
        print(f"  processor, {who}: {1000 * used / done:.0f} ms a coding, {used / lasted:.0%} of one core")
    print(f"  load at the end: {os.getloadavg()[0]:.1f}")
    for line in lines:
        await line.close()
    return sessions


def told(sessions: Sequence[Session]) -> None:
    """How long people waited until a coding of theirs was stored."""
    waits = [wait for session in sessions for wait in session.waits]
    late = statistics.quantiles(waits, n=20, method="inclusive")[-1]
    print(
        f"  coding → stored: median {statistics.median(waits):.2f} s, p95 {late:.2f}, worst "
        f"{max(waits):.2f} of {len(waits)} (aim {AIM:.2f} at p95; ratio {late / AIM:.2f})"
    )


def compare(database: Path, sessions: Sequence[Session]) -> None:
    """Whether the database holds what was said to be stored: all of it, once, and nothing else."""
    said = [UUID(operation) for session in sessions for operation in session.stored]
    made = sum(len(session.waits) for session in sessions)
    engine = open_engine(f"sqlite:///{database}")
    anna = studies.enter_study(engine, studies.find_study(engine), person="Anna")
    held = [found.id for found in coding.codings_of(engine, anna) if found.coder != "Anna"]
    engine.dispose()
    print(f"  of {made} codings {len(said)} said to be stored, {len(held)} in the database (aim {made})")
    if sorted(said) != sorted(held) or len(set(held)) != made:
        reasons = {reason for session in sessions for reason in session.refused}
        sys.exit(f"What was said to be stored is not what is stored. Refused: {reasons or 'nothing'}")


def cpu_seconds(pid: int) -> float:
    """Processor time that a process has used, by itself and by the system for it."""
    numbers = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
