"""What can be asked of a study, and of how much of it something is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Engine

from codebook import hierarchy
from codebook.columns import Columns
from codebook.models import Code
from codebook.retrieval import Scope, in_scope
from store.engine import reading
from store.studies import Member
from store.visibility import blind_documents
from workbench.services.snapshot import Snapshot, snapshot_of

#: An attribute with more values names documents one by one: there is nothing to group by.
MOST_VALUES = 30


@dataclass(frozen=True)
class Choices:
    """What a question can be narrowed to, as far as the person may know of it.

    ``blind`` is the number of documents on which a blind round is open: there are only own codings.
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
    documents = seen.columns.texts.documents
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
        speakers=tuple(sorted(seen.columns.texts.speakers)),
        coders=seen.columns.coders,
        languages=tuple(sorted({document.language for document in documents if document.language})),
        first=min(dates, default=None),
        last=max(dates, default=None),
        documents=len(documents),
        codings=len(seen.columns),
        blind=blind,
    )


def extent(engine: Engine, actor: Member, scope: Scope) -> Extent:
    """How many documents and codings a scope holds."""
    columns = asking(engine, actor, scope).columns
    return Extent(int(columns.asked.sum()), len(columns))
