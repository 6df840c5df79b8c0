"""What leaves a study: every file that does passes here, and is looked through for original names first.

Where the study has pseudonyms, the forms of its key are needed. They are held in the memory of this
process alone, once somebody has opened the key, and are forgotten when it ends: no row, log or file has
them. A file in which a name shows stays, unless a person says why it may leave; so does one that could
not be checked. Both are events with their reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from threading import Lock
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Engine

from corpus.errors import UserFacingError
from corpus.pseudonyms.entities import Lookout
from store import tables
from store.engine import reading, writing
from store.events import record
from store.studies import Member
from workbench.services.names_in_files import Showing, names_in
from workbench.services.pseudonym_keys import Key, key_place, open_key, read_key


@dataclass(frozen=True)
class Outgoing:
    """A file that is asked for.

    Attributes
    ----------
    what : str
        What it holds, in a word of the program for the log: "memos". Never words of people.
    name : str
        What the file is called.
    """

    what: str
    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Place:
    """Where a name shows in a file.

    ``pseudonym`` and ``around`` are empty for whoever may not know which word is a name.
    """

    where: str
    pseudonym: str = ""
    around: str = ""


class CheckLocked(UserFacingError):  # noqa: N818 - named after what the researcher sees
    """The study has pseudonyms and nobody has opened their key, so that a file can't be checked."""


class NamesShow(UserFacingError):  # noqa: N818
    """A file in which names show; it did not leave."""

    def __init__(self, message: str, places: tuple[Place, ...] = ()) -> None:
        super().__init__(message)
        self.places = places


@dataclass(frozen=True)
class _Open:
    """What is held of a key while it is open."""

    lookout: Lookout = field(repr=False)
    known: frozenset[str]
    entries: int
    openers: frozenset[UUID]
    file: Path | None
    stamp: tuple[int, int] | None


_OPEN: dict[UUID, _Open] = {}
_LOCK = Lock()


# -- the check, locked and unlocked ------------------------------------------------------------------


def is_checked(engine: Engine, actor: Member) -> bool:
    """Whether files of the study are checked before they leave: whether it has pseudonyms."""
    with reading(engine) as connection:
        return connection.execute(_kept(actor).limit(1)).first() is not None


def entries_held(engine: Engine, actor: Member) -> int | None:
    """How many names and numbers files are checked against; None while the check is locked."""
    held = _held(actor, _pseudonyms(engine, actor))
    return None if held is None else held.entries


def unlock_check(
    engine: Engine,
    actor: Member,
    passphrase: str,
    *,
    key_file: Path | None = None,
    uploaded: bytes | None = None,
) -> int:
    """Open the key for this process, so that files are checked for all who work in it.

    Parameters
    ----------
    key_file : Path, optional
        Where the key lies; else the study's own place.
    uploaded : bytes, optional
        The key itself, where it lies on another machine.

    Returns
    -------
    int
        How many names and numbers files are then checked against.

    Raises
    ------
    UnreadableFile
        If it is no key, or the passphrase is another one.
    UserFacingError
        If there is no key, it is that of another study, or older than the study's pseudonyms.
    """
    file = key_file or key_place(str(actor.study_id))
    if uploaded is not None:
        key, place, stamp = read_key(uploaded, passphrase=passphrase, called="The file"), None, None
    elif file.is_file():
        stamp = _stamp(file)
        key, place = open_key(file, passphrase=passphrase), file
    else:
        raise UserFacingError(f"There is no key at {file}. Give the file that was made with the pseudonyms.")
    _refuse_another(engine, actor, key)
    return _hold(actor, key, place, stamp)


def renew_check(actor: Member, key: Key, file: Path) -> None:
    """Where the check is unlocked, hold what the key holds now."""
    if actor.study_id in _OPEN:
        _hold(actor, key, file, _stamp(file))


def lock_check(actor: Member) -> None:
    """Forget what is held of the key; whoever wants a file is asked again."""
    with _LOCK:
        _OPEN.pop(actor.study_id, None)


def _pseudonyms(engine: Engine, actor: Member) -> set[str]:
    with reading(engine) as connection:
        return set(connection.execute(_kept(actor)).scalars())


def _kept(actor: Member) -> sa.Select[str]:
    return sa.select(tables.pseudonym.c.text).where(
        tables.pseudonym.c.study_id == actor.study_id, tables.pseudonym.c.retired_event.is_(None)
    )


def _held(actor: Member, pseudonyms: set[str]) -> _Open | None:
    """What is held; nothing once the key is another one than was opened."""
    with _LOCK:
        held = _OPEN.get(actor.study_id)
        if held is None or not pseudonyms <= held.known:
            return None
        return held if held.file is None or held.stamp == _stamp(held.file) else None


def _hold(actor: Member, key: Key, file: Path | None, stamp: tuple[int, int] | None) -> int:
    entities = [entity for entity in key.entities if entity.forms]
    lookout = Lookout(entities)
    with _LOCK:
        before = _OPEN.get(actor.study_id)
        openers = frozenset({actor.id}) | (before.openers if before else frozenset())
        known = frozenset(entity.pseudonym for entity in key.entities)
        _OPEN[actor.study_id] = _Open(lookout, known, len(entities), openers, file, stamp)
    return len(entities)


def _stamp(file: Path) -> tuple[int, int] | None:
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _refuse_another(engine: Engine, actor: Member, key: Key) -> None:
    if key.study not in (None, str(actor.study_id)):
        raise UserFacingError("This is the key of another study. Give the one of this study.")
    lacking = _pseudonyms(engine, actor) - {entity.pseudonym for entity in key.entities}
    if lacking:
        raise UserFacingError(
            f"This key does not know {len(lacking):,} of the study's pseudonyms: it is an older copy, or "
            "that of other texts. Give the newest."
        )


# -- the gate ------------------------------------------------------------------------------------------


def look_through(engine: Engine, actor: Member, file: Outgoing) -> tuple[Place, ...]:
    """Where names show in a file that is asked for.

    Raises
    ------
    CheckLocked
        If the study has pseudonyms and the check is locked.
    """
    pseudonyms = _pseudonyms(engine, actor)
    if not pseudonyms:
        return ()
    held = _held(actor, pseudonyms)
    if held is None:
        raise CheckLocked(
            f"{file.name}: this study's names are in a key, and files are checked against it before they "
            "leave. Open the key with its passphrase, or say why the file may leave unchecked."
        )
    found = names_in(held.lookout, file.name, file.data)
    may_know = actor.is_lead or actor.id in held.openers
    return tuple(_told(one, may_know=may_know) for one in found)


def let_leave(
    engine: Engine, actor: Member, file: Outgoing, *, with_names: str = "", unchecked: str = ""
) -> bytes:
    """The bytes of a file that may leave: every file that a person takes out of a study comes from here.

    Parameters
    ----------
    with_names : str
        Why it may leave although names show in it.
    unchecked : str
        Why it may leave although the check is locked.

    Raises
    ------
    CheckLocked
        If the check is locked and no reason is given.
    NamesShow
        If names show and no reason is given, or one stands in the reason.
    """
    try:
        places = look_through(engine, actor, file)
    except CheckLocked:
        if not unchecked.strip():
            raise
        _note(engine, actor, file, "file.take_unchecked", unchecked)
        return file.data
    if places and not with_names.strip():
        raise NamesShow(_refused(file, places), places)
    if places:
        _note(engine, actor, file, "file.take_with_names", with_names, places=len(places))
    return file.data


@contextmanager
def file_to_check(
    engine: Engine, actor: Member, what: str, path: Path, *, with_names: str = "", unchecked: str = ""
) -> Iterator[Path]:
    """A path to write to, in a folder of its own; what stands there goes to ``path`` once it may leave."""
    with TemporaryDirectory() as folder:
        written = Path(folder) / path.name
        yield written
        file = Outgoing(what, path.name, written.read_bytes())
        path.write_bytes(let_leave(engine, actor, file, with_names=with_names, unchecked=unchecked))


def _told(one: Showing, *, may_know: bool) -> Place:
    return Place(one.where, one.pseudonym, one.around) if may_know else Place(one.where)


def _refused(file: Outgoing, places: tuple[Place, ...]) -> str:
    n = len(places)
    told = list(dict.fromkeys(place.where for place in places))
    listed = "; ".join(told[:_MOST_PLACES] + ["…"] * (len(told) > _MOST_PLACES))
    times = "1 place" if n == 1 else f"{n:,} places"
    return (
        f"{file.name}: a name or number of the key shows in {times}: {listed}. "
        "The file did not leave. Correct the text that it comes from, or say why it may leave as it is."
    )


_MOST_PLACES = 5


def _note(
    engine: Engine, actor: Member, file: Outgoing, action: str, reason: str, *, places: int | None = None
) -> None:
    """The event; a name in its reason would stand in the study for good."""
    held = _OPEN.get(actor.study_id)
    if held is not None and held.lookout.traces(reason):
        raise NamesShow("A name or number of the key stands in the reason itself. Say it without.")
    told = {"what": file.what, "format": PurePath(file.name).suffix.lower().removeprefix(".")}
    with writing(engine) as connection:
        record(
            connection,
            study_id=actor.study_id,
            actor_id=actor.id,
            action=action,
            entity=tables.study,
            entity_id=actor.study_id,
            detail=told if places is None else told | {"places": places},
            reason=" ".join(reason.split()),
        )
