"""What can be asked of a study, and of how much of it something is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import Engine

from codebook import hierarchy
from codebook.columns import Columns, PersonFacts
from codebook.models import Code
from codebook.retrieval import Scope, in_scope
from codebook.voices import said_of_speaker
from store.engine import reading
from store.studies import Member
from store.visibility import blind_documents
from workbench.services.snapshot import Snapshot, snapshot_of

#: An attribute with more values names documents one by one: there is nothing to group by.
MOST_VALUES = 30


@dataclass(frozen=True)
class Choices:
    """What a question can be narrowed to, as far as the person may know of it.

    ``speaking`` is what is said of those who speak, ``linked`` of the persons and sites that documents are
    linked to: attribute to values, their name among them. ``roles`` tells role and group of participants
    who have any. ``blind`` is the number of documents on which a blind round is open: there are only own
    codings.
    """

    codes: tuple[Code, ...]
    rollups: tuple[str, ...]
    sources: tuple[str, ...]
    kinds: tuple[str, ...]
    attributes: Mapping[str, tuple[str, ...]]
    speakers: tuple[str, ...]
    coders: tuple[str, ...]
    languages: tuple[str, ...]
    first: dt.date | None
    last: dt.date | None
    documents: int
    codings: int
    blind: int
    speaking: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    linked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    kinds_linked: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Extent:
    """Documents and codings that a question is asked of."""

    documents: int
    codings: int


@dataclass(frozen=True, eq=False)
class Asked:
    """Who asks, and what of it they may see that a scope holds: what every answer is made from."""

    engine: Engine
    actor: Member
    seen: Snapshot
    columns: Columns


def asking(engine: Engine, actor: Member, scope: Scope | None = None) -> Asked:
    """The ground of a question: all codings that the person may see, or those that a scope holds."""
    seen = snapshot_of(engine, actor)
    return Asked(engine, actor, seen, in_scope(seen.columns, scope or Scope()))


def codes_named(engine: Engine, actor: Member, names: Iterable[str]) -> tuple[str, ...]:
    """The keys of codes that can be asked for, from their keys or labels.

    Raises
    ------
    UnknownCode
        If no code is called so (the message names the nearest), or several are.
    """
    seen = snapshot_of(engine, actor)
    known = replace(seen.codebook, codes=(*seen.codebook.codes, *seen.outside))
    return tuple(hierarchy.resolve(known, name).key for name in names)


def choices(engine: Engine, actor: Member) -> Choices:
    """What can be asked for in this study, by this person."""
    seen = snapshot_of(engine, actor)
    with reading(engine) as connection:
        blind = len(blind_documents(connection, actor))
    texts = seen.columns.texts
    documents = texts.documents
    linked = [texts.people[name] for name in {n for d in documents for n in d.cases} if name in texts.people]
    attributes: dict[str, set[str]] = {}
    for document in documents:
        for name, value in document.attributes.items():
            attributes.setdefault(name, set()).add(value)
    attributes = {name: values for name, values in attributes.items() if len(values) <= MOST_VALUES}
    dates = [document.date for document in documents if document.date is not None]
    return Choices(
        codes=(*seen.codebook.codes, *seen.outside),
        rollups=tuple(seen.codebook.rollups),
        sources=tuple(dict.fromkeys(document.source for document in documents)),
        kinds=tuple(dict.fromkeys(document.kind for document in documents)),
        attributes={name: tuple(sorted(values)) for name, values in sorted(attributes.items())},
        speakers=tuple(sorted(texts.speakers)),
        coders=seen.columns.coders,
        languages=tuple(sorted({document.language for document in documents if document.language})),
        first=min(dates, default=None),
        last=max(dates, default=None),
        documents=len(documents),
        codings=len(seen.columns),
        blind=blind,
        speaking=_values(said_of_speaker(texts, number) for number in range(len(texts.speakers))),
        linked=_values(person.said for person in linked),
        roles={name: told for name, person in texts.people.items() if (told := role_of(person))},
        kinds_linked=frozenset(person.kind for person in linked),
    )


def role_of(person: PersonFacts) -> str:
    """Role and group of a participant, in one line; empty where nobody said any."""
    return ", ".join(filter(None, (person.said.get("role"), person.said.get("group"))))


def _values(said: Iterable[Mapping[str, str]]) -> dict[str, tuple[str, ...]]:
    """Attributes of people with their values, name, role and group first; notes tell one from another."""
    found: dict[str, set[str]] = {}
    for person in said:
        for name, value in person.items():
            found.setdefault(name, set()).add(value)
    first = [name for name in ("name", "role", "group") if name in found]
    others = sorted(name for name in found.keys() - {*first, "note"} if len(found[name]) <= MOST_VALUES)
    return {name: tuple(sorted(found[name], key=str.casefold)) for name in (*first, *others)}


def extent(engine: Engine, actor: Member, scope: Scope) -> Extent:
    """How many documents and codings a scope holds."""
    columns = asking(engine, actor, scope).columns
    return Extent(int(columns.asked.sum()), len(columns))
