"""Files that wait on the disk for an import in the background, and are gone as soon as each is done.

They hold what people said in interviews and meetings. They lie in a folder that is closed to other accounts,
one for each database and import, and nothing of them stays when the import ends or is given up.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Engine

from corpus.models import Refused
from corpus.readers.folders import Input
from store.blanking import MARK
from workbench import settings
from workbench.services.reading_engine import Wishes
from workbench.services.uploads import safe_name

#: Seconds after which files that were never begun with count as left behind.
LEFT_BEHIND = 3600

#: What lies in the place of a file that was withdrawn while it waited.
_WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Waiting:
    """One file of an import, or tracks of one recording; ``reason`` is why it cannot even be opened."""

    folder: Path
    path: str
    names: tuple[str, ...]
    reason: str = ""

    @property
    def is_there(self) -> bool:
        """Whether it still waits: its folder goes when it is done."""
        return self.folder.is_dir()

    def found(self) -> Input | Refused:
        if self.reason:
            return Refused(self.path, self.reason)
        if (self.folder / _WITHDRAWN).exists():
            return Refused(MARK, "it was withdrawn from the study while it waited")
        files = ((name, (self.folder / str(n)).read_bytes()) for n, name in enumerate(self.names))
        return Input(self.path, tuple(files))

    def done(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def empty(self) -> None:
        """Delete what waits here; it counts as a file still, which will be refused."""
        with suppress(FileNotFoundError):  # done a moment ago
            (self.folder / _WITHDRAWN).touch(mode=0o600)
        for number in range(len(self.names)):
            (self.folder / str(number)).unlink(missing_ok=True)

    def is_made_of(self, hashes: Collection[str]) -> bool:
        """Whether it is one file whose bytes have one of these hashes."""
        if len(self.names) != 1:
            return False
        try:
            data = (self.folder / "0").read_bytes()
        except FileNotFoundError:  # done a moment ago, or withdrawn
            return False
        return hashlib.sha256(data).hexdigest() in hashes


@dataclass(frozen=True)
class Order:
    """An import that waits or runs: into which source, as the person wished it, and which files."""

    source_id: UUID
    wishes: Wishes
    files: tuple[Waiting, ...]


def keep(
    engine: Engine, job_id: UUID, found: Iterable[Input | Refused], *, source_id: UUID, wishes: Wishes
) -> int:
    """Put files where they wait for an import; how many there are."""
    folder = _folder_of(engine)
    _make_closed(folder)
    being_made = folder / f"{job_id.hex}.new"
    being_made.mkdir(mode=0o700)
    try:
        listed = [_put(being_made / f"{number:06}", one) for number, one in enumerate(found)]
        said = {
            "source": source_id.hex,
            "wishes": asdict(wishes) | {"date": wishes.date and wishes.date.isoformat()},
            "files": listed,
        }
        (being_made / "order.json").write_text(json.dumps(said), encoding="utf-8")
        being_made.rename(folder / job_id.hex)
    except BaseException:
        shutil.rmtree(being_made, ignore_errors=True)
        raise
    return len(listed)


def order_of(engine: Engine, job_id: UUID) -> Order | None:
    """What waits for an import; None where nothing does on this machine."""
    folder = _folder_of(engine) / job_id.hex
    try:
        said = json.loads((folder / "order.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    date = said["wishes"]["date"]
    return Order(
        UUID(said["source"]),
        Wishes(**said["wishes"] | {"date": None if date is None else dt.date.fromisoformat(date)}),
        tuple(
            Waiting(folder / f"{number:06}", one["path"], tuple(one["names"]), one["reason"])
            for number, one in enumerate(said["files"])
        ),
    )


def empty_withdrawn(engine: Engine, job_id: UUID, hashes: Collection[str]) -> int:
    """Delete the files that wait for an import and are of these bytes; how many others still wait here."""
    order = order_of(engine, job_id)
    waiting = [one for one in (order.files if order else ()) if one.is_there]
    withdrawn = [one for one in waiting if one.is_made_of(hashes)]
    for one in withdrawn:
        one.empty()
    return len(waiting) - len(withdrawn)


def remove(engine: Engine, job_id: UUID) -> None:
    """Take away all that waits for an import."""
    shutil.rmtree(_folder_of(engine) / job_id.hex, ignore_errors=True)


def remove_left_behind(engine: Engine, live: set[UUID]) -> None:
    """Take away what waits for no import that is still to be done."""
    folder = _folder_of(engine)
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if path.suffix == ".new":
            left = time.time() - path.stat().st_mtime > LEFT_BEHIND
        else:
            left = path.is_dir() and path.name not in {job_id.hex for job_id in live}
        if left:
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def only_one_import(engine: Engine, *, wanted: Callable[[], bool]) -> Iterator[bool]:
    """Whether this process now holds the right to import; waits while ``wanted()`` for another process.

    Where the system cannot lock files (Windows), other processes are not looked at.
    """
    folder = _folder_of(engine)
    _make_closed(folder)
    with (folder / "lock").open("w") as file:
        yield _locked(file.fileno(), wanted)


def is_busy_elsewhere(engine: Engine) -> bool:
    """Whether another process imports into this database; not to be asked by one that does."""
    path = _folder_of(engine) / "lock"
    if not path.exists():
        return False
    with path.open("w") as file:
        return not _locked(file.fileno(), lambda: False)


def _locked(descriptor: int, wanted: Callable[[], bool]) -> bool:
    try:
        import fcntl
    except ImportError:
        return True
    while True:
        with suppress(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        if not wanted():
            return False
        time.sleep(0.2)


def _folder_of(engine: Engine) -> Path:
    address = engine.url.render_as_string(hide_password=True)
    return settings.waiting_folder() / hashlib.sha256(address.encode()).hexdigest()[:16]


def _make_closed(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for made in (folder.parent, folder):
        os.chmod(made, 0o700)  # noqa: PTH101 - said once more: the mode of mkdir is cut by the umask


def _put(folder: Path, found: Input | Refused) -> dict[str, Any]:
    folder.mkdir(mode=0o700)
    if isinstance(found, Refused):
        return {"path": found.path, "names": [], "reason": found.reason}
    for number, (_, data) in enumerate(found.files):
        (folder / str(number)).write_bytes(data)
    return {"path": found.path, "names": [safe_name(name) for name, _ in found.files], "reason": ""}
