"""What a person may see of a study as of one event, in columns: the ground of every question.

A snapshot is kept under the person who asked for it and is never given to another, so that what one
may see while others are blind cannot reach them. When the log has gone on it is carried on by the
codings that came and went; where an event may have changed what the person may see, all is read anew.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from codebook import hierarchy
from codebook.columns import Columns, Texts
from codebook.models import Code, Codebook
from store.codebooks import code_keys, current_codebook
from store.columns import read_changes, read_columns, read_texts, texts_as_of
from store.engine import reading
from store.events import head_of
from store.studies import Member
from store.visibility import blind_documents
from workbench.services.codebooks import codes_ever, codes_in_force

#: After more events than this all codings are read anew.
MOST_EVENTS = 20_000

#: Codings that are kept in snapshots of all people together; the oldest snapshot goes first.
MOST_CODINGS = 3_000_000


@dataclass(frozen=True, eq=False)
class Snapshot:
    """What a person may see as of an event.

    ``codebook`` has the codes in force; ``outside`` those that codings bear and no codebook has any
    more or yet. ``families`` maps each code to itself and those below it, as the tree counts.
    """

    columns: Columns
    codebook: Codebook
    outside: tuple[Code, ...]
    families: Mapping[str, tuple[str, ...]]
    versions: Mapping[UUID, int]

    def name_of(self, key: str, language: str = "en") -> str:
        """The label of a code; its key where none is known."""
        codes = (*self.codebook.codes, *self.outside)
        return next((code.name(language) for code in codes if code.key == key), key)

    def rows_of(self, rows: str) -> list[str]:
        """The codes that stand for rows; what is outside the codebooks has rows of its own."""
        outside = [code.key for code in self.outside]
        if rows in self.codebook.rollups:
            return [*self.codebook.rollups[rows], *outside]
        codes = [code.key for code in self.codebook.codes if code.parent is None or rows != "levels"]
        return [*codes, *outside]

    def families_of(self, rows: str) -> Mapping[str, Iterable[str]]:
        """Each row to the codes that count in it; a row that is not there stands for itself."""
        if rows == "themes":
            return {}
        if rows in self.codebook.rollups:
            return _families_of_rollup(self.codebook, rows)
        return self.families

    def names_of(self, keys: Iterable[str], rows: str) -> dict[str, str]:
        """The labels of rows."""
        return {key: key if rows in self.codebook.rollups else self.name_of(key) for key in keys}

    def levels_of(self, keys: Iterable[str]) -> dict[str, int]:
        """The number of each code's level, which its colour goes by; groups and codes outside have none."""
        tops = {code.key: n for n, code in enumerate(hierarchy.children(self.codebook, None))}
        level_of = {below: tops[top] for top in tops for below in self.families[top]}
        return {key: level_of[key] for key in keys if key in level_of}


@dataclass(frozen=True, eq=False)
class _Held:
    """A snapshot with the event it is of, and what must not have changed for it to be carried on.

    ``blind`` are the versions of an open blind round: they decide which codings a person may see.
    """

    event: int
    code_keys: Mapping[UUID, str]
    blind: frozenset[UUID]
    seen: Snapshot


class _Kept:
    """What is kept of one database: texts by study, snapshots by study and person."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.texts: dict[UUID, tuple[int, Texts, dict[UUID, int]]] = {}
        self.snapshots: OrderedDict[tuple[UUID, UUID], _Held] = OrderedDict()


_kept: WeakKeyDictionary[Engine, _Kept] = WeakKeyDictionary()


def snapshot_of(engine: Engine, actor: Member) -> Snapshot:
    """What the person may see now, in columns; where the log has gone on, what changed is read."""
    kept = _kept.setdefault(engine, _Kept())
    key = (actor.study_id, actor.id)
    with reading(engine) as connection:
        event = (head_of(connection, actor.study_id) or (0, ""))[0]
        with kept.lock:
            before = kept.snapshots.get(key)
        if before is not None and before.event == event:
            return before.seen
        held = _read(connection, actor, kept, event, before)
    with kept.lock:
        kept.snapshots[key] = held
        kept.snapshots.move_to_end(key)
        while len(kept.snapshots) > 1 and _size(kept) > MOST_CODINGS:
            kept.snapshots.popitem(last=False)
    return held.seen


def _size(kept: _Kept) -> int:
    return sum(len(held.seen.columns) for held in kept.snapshots.values())


def _read(connection: Connection, actor: Member, kept: _Kept, event: int, before: _Held | None) -> _Held:
    texts, versions = _texts(connection, actor.study_id, kept)
    keys = code_keys(connection, actor.study_id)
    blind = frozenset(blind_documents(connection, actor))
    if before is not None and _can_go_on(before, event, texts, keys, blind):
        columns = read_changes(connection, actor, before.seen.columns, versions, keys, since=before.event)
    else:
        columns = read_columns(connection, actor, texts, versions, keys)
    return _Held(event, keys, blind, _with_codebook(connection, actor, columns, versions))


def _can_go_on(
    before: _Held, event: int, texts: Texts, keys: Mapping[UUID, str], blind: frozenset[UUID]
) -> bool:
    """Whether only codings can have changed since, and not who may see them or what they are called."""
    return (
        before.event < event <= before.event + MOST_EVENTS
        and before.seen.columns.texts is texts
        and before.code_keys == keys
        and before.blind == blind
    )


def _with_codebook(
    connection: Connection, actor: Member, columns: Columns, versions: Mapping[UUID, int]
) -> Snapshot:
    if current_codebook(connection, actor.study_id) is None:  # words can be asked for all the same
        return Snapshot(columns, Codebook("", 1, ()), (), {}, versions)
    codebook = codes_in_force(connection, actor.study_id).codebook
    known = {code.key for code in codebook.codes}
    borne = set(columns.codes)
    outside = tuple(
        replace(code, parent=None)
        for code in codes_ever(connection, actor).codes
        if code.key not in known and code.key in borne
    )
    families = {
        code.key: (code.key, *(below.key for below in hierarchy.descendants(codebook, code.key)))
        for code in codebook.codes
    }
    return Snapshot(columns, codebook, outside, families, versions)


def _texts(connection: Connection, study_id: UUID, kept: _Kept) -> tuple[Texts, dict[UUID, int]]:
    as_of = texts_as_of(connection, study_id)
    with kept.lock:
        found = kept.texts.get(study_id)
    if found is None or found[0] != as_of:
        found = (as_of, *read_texts(connection, study_id))
        with kept.lock:
            kept.texts[study_id] = found
    return found[1], found[2]


def _families_of_rollup(codebook: Codebook, rollup: str) -> dict[str, list[str]]:
    """Group to the codes that count in it: those it names, and what is below and in no other group."""
    groups: dict[str, list[str]] = {group: [] for group in codebook.rollups[rollup]}
    for code in codebook.codes:
        counted = hierarchy.rolled_up(codebook, {code.key: 1}, rollup)
        group = next((name for name, number in counted.items() if number), None)
        if group is not None:
            groups[group].append(code.key)
    return groups
