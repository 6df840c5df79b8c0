"""Withdrawing a document, or all that a person said: told before it happens, and not to be undone.

Words are blanked wherever they stand in the database (`store.withdrawals`). Copies elsewhere - backups,
packages, exported files - are not in reach: those that are known of are named.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from corpus.errors import UserFacingError
from store import withdrawals as kept
from store.backup import copies_with_text
from store.documents import StoredDocument, documents, raw_hashes
from store.engine import reading, writing
from store.import_jobs import jobs
from store.studies import Member, member_names
from store.tables import document_version
from store.visibility import blind_documents, hidden_entities
from store.withdrawals import HandedOut, Withdrawal, Withdrawn
from workbench import settings
from workbench.services import waiting
from workbench.services.documents import document_named
from workbench.services.errors import NotAllowed, NotThere

#: What is counted for people, each with the tables whose rows it stands for.
TOLD: Mapping[str, tuple[str, ...]] = {
    "codings": ("coding",),
    "consensus codings": ("consensus_coding",),
    "memos": ("memo", "research_memo"),
    "excerpts of findings, relations and threads": (
        "finding_excerpt",
        "relation_excerpt",
        "thread_excerpt",
    ),
    "framework cells": ("framework_cell", "framework_case_cell"),
    "excerpts of framework cells": ("framework_excerpt", "framework_case_excerpt"),
    "examples of codes": ("code_example",),
    "texts on disagreements": ("settling_reason", "settlement", "outside_question"),
    "approvals and appraisals": ("approval", "appraisal"),
}


@dataclass(frozen=True)
class Copy:
    """A file on this machine that holds the words, with its date."""

    path: str
    date: dt.date


@dataclass(frozen=True)
class StillWaiting:
    """An import that has not ended: its files may hold the words until it is resumed or given up.

    ``files`` is how many wait on this machine, None where they wait on another.
    """

    source: str
    begun_by: str
    files: int | None


@dataclass(frozen=True)
class Consequence:
    """What a withdrawal takes away, or took.

    ``counts`` are by `TOLD`, those of nothing left out; None where an open blind round holds a
    document: they would tell of others' codings. ``passages`` counts the turns of a person.
    ``backups`` and ``packages`` hold the words still, ``waiting`` may; ``words_left`` counts rows by
    table in which people wrote five or more of the words in a row themselves.
    """

    titles: tuple[str, ...]
    speakers: tuple[str, ...]
    passages: int
    counts: Mapping[str, int] | None
    backups: tuple[Copy, ...]
    packages: tuple[HandedOut, ...]
    words_left: Mapping[str, int]
    not_cleared: str | None = None
    document_ids: tuple[UUID, ...] = field(default=(), repr=False)
    waiting: tuple[StillWaiting, ...] = ()


def preview_withdrawal(
    engine: Engine, actor: Member, *, document: str | None = None, speaker: str | None = None
) -> Consequence:
    """What withdrawing would take away; nothing is changed.

    Parameters
    ----------
    document : str, optional
        Id or title. Alone: the whole document.
    speaker : str, optional
        The name under which a person speaks; with a document only there. Where the person is known as
        a participant, all their names count.

    Raises
    ------
    NotAllowed
        If the person does not lead the study.
    NotThere
        If there is no such document, or nobody speaks under the name.
    """
    with reading(engine) as connection:
        wanted = _Wanted(connection, actor, document, speaker)
        rows = kept.rows_to_blank(connection, actor.study_id, wanted.what)
        counts = _told_counts(row.table.name for row in rows)
        return wanted.consequence(engine, counts, dict.fromkeys(wanted.versions))


def withdraw(
    engine: Engine,
    actor: Member,
    *,
    document: str | None = None,
    speaker: str | None = None,
    reason: str,
) -> Consequence:
    """Blank all words of a document, or of a person, everywhere in the study. It cannot be undone.

    Parameters are those of `preview_withdrawal`.

    Raises
    ------
    UserFacingError
        If there is no reason; else as `preview_withdrawal`.
    """
    if not reason.strip():
        raise UserFacingError("A withdrawal needs a reason, in words that name nobody: it stays in the log.")
    with writing(engine) as connection:
        wanted = _Wanted(connection, actor, document, speaker)
        told = wanted.consequence(engine, None, {})
        changed = kept.withdraw(connection, actor=actor, what=wanted.what, reason=reason.strip())
        counts = _told_counts(changed.elements())
        query = sa.select(document_version.c.id, document_version.c.text_sha256).where(
            document_version.c.id.in_(list(wanted.versions))
        )
        now = {row.id: row.text_sha256 for row in connection.execute(query)}
    not_cleared = None
    try:
        kept.purge(engine, changed)
    except UserFacingError as error:
        not_cleared = str(error)
    with reading(engine) as connection:
        still_waiting = _still_waiting(connection, engine, actor, without=wanted.hashes)
    return Consequence(
        told.titles,
        told.speakers,
        told.passages,
        counts if wanted.may_count else None,
        backups_with(engine, now),
        told.packages,
        told.words_left,
        not_cleared,
        told.document_ids,
        still_waiting,
    )


def withdrawals_of(engine: Engine, actor: Member) -> list[Withdrawal]:
    """What was withdrawn from the study, the newest first: when, by whom and why, not what it said."""
    with reading(engine) as connection:
        found = kept.withdrawals(connection, actor.study_id)
        if blind_documents(connection, actor):
            return [Withdrawal(w.at, w.by, w.is_document, {}, w.reason) for w in found]
        return found


def backups_with(engine: Engine, texts: Mapping[UUID, str | None]) -> tuple[Copy, ...]:
    """Files beside the database, and in the usual folder, that hold other texts of these versions."""
    database = engine.url.database if engine.dialect.name == "sqlite" else None
    own = None if database is None else Path(database)
    folders = [settings.data_folder(), *([] if own is None else [own.parent])]
    folders += [folder / "backups" for folder in folders]
    return tuple(
        Copy(str(path), dt.date.fromtimestamp(path.stat().st_mtime))
        for path in copies_with_text(folders, texts, but=own)
    )


def _still_waiting(
    connection: Connection, engine: Engine, actor: Member, *, without: Collection[str] = ()
) -> tuple[StillWaiting, ...]:
    """What waits for imports of the study, when files of these hashes are deleted."""
    live = [job for job in jobs(connection, actor.study_id) if job.ended_at is None]
    names = dict(member_names(connection, actor.study_id))
    left = []
    for job in live:
        here = waiting.order_of(engine, job.id) is not None
        files = waiting.empty_withdrawn(engine, job.id, without) if here else None
        if files != 0:
            left.append(StillWaiting(job.source, names.get(job.begun_by, ""), files))
    return tuple(left)


class _Wanted:
    """What a person asks to be withdrawn, found in the study."""

    def __init__(
        self, connection: Connection, actor: Member, document: str | None, speaker: str | None
    ) -> None:
        if not actor.is_lead:
            raise NotAllowed("Only the lead of the study can withdraw what participants said.")
        self._connection = connection
        self._actor = actor
        listed = documents(connection, actor.study_id)
        self._listed = {found.id: found for found in listed}
        named = None if document is None else document_named(listed, document)
        if speaker is None:
            if named is None:
                raise UserFacingError("Name the document or the speaker that is to be withdrawn.")
            self.what = Withdrawn(documents=frozenset({named.id}))
        else:
            self.what = self._of_speaker(" ".join(speaker.split()), named)
        self.versions = frozenset(self._versions())
        self.hashes = frozenset(raw_hashes(connection, self.what.documents))
        self.may_count = not (set(blind_documents(connection, actor)) & self.versions)

    def consequence(
        self, engine: Engine, counts: Mapping[str, int] | None, texts: Mapping[UUID, str | None]
    ) -> Consequence:
        study_id = self._actor.study_id
        hidden = hidden_entities(self._connection, self._actor)
        touched = self._touched()
        return Consequence(
            tuple(document.title for document in touched),
            tuple(sorted(self.what.speakers)),
            sum(map(len, self.what.spans.values())),
            counts if self.may_count else None,
            backups_with(engine, texts) if texts else (),
            tuple(kept.packages_with(self._connection, study_id, self.versions)),
            dict(kept.words_left(self._connection, study_id, self.what, hidden=hidden)),
            None,
            tuple(document.id for document in touched),
            _still_waiting(self._connection, engine, self._actor),
        )

    def _of_speaker(self, label: str, only: StoredDocument | None) -> Withdrawn:
        known = kept.participant_named(self._connection, self._actor.study_id, label)
        labels: list[tuple[str, UUID | None]] = [(label, None)]
        participant = None
        if known is not None and only is None:
            participant, aliases = known
            labels = aliases or labels
        spans: dict[UUID, tuple[tuple[int, int], ...]] = {}
        for name, where in labels:
            within = only.id if only is not None else where
            found = kept.speakers_in_spans(
                self._connection, self._actor.study_id, [name], None if within is None else [within]
            )
            for version_id, places in found.items():
                spans[version_id] = tuple(sorted({*spans.get(version_id, ()), *places}))
        if not spans:
            where_told = "" if only is None else f" in '{only.title}'"
            raise NotThere(f"Nobody speaks as '{label}'{where_told}. Names are spelt as in the text.")
        return Withdrawn(spans=spans, speakers=frozenset(name for name, _ in labels), participant=participant)

    def _versions(self) -> Iterable[UUID]:
        if self.what.spans:
            return self.what.spans
        query = sa.select(document_version.c.id).where(
            document_version.c.document_id.in_(list(self.what.documents))
        )
        return self._connection.scalars(query).all()

    def _touched(self) -> list[StoredDocument]:
        query = sa.select(document_version.c.document_id).where(
            document_version.c.id.in_(list(self.versions))
        )
        ids = set(self._connection.scalars(query))
        return [document for document in self._listed.values() if document.id in ids]


def _told_counts(names: Iterable[str]) -> dict[str, int]:
    of_table = {table: told for told, tables in TOLD.items() for table in tables}
    counts = dict.fromkeys(TOLD, 0)
    for name in names:
        if name in of_table:
            counts[of_table[name]] += 1
    return {told: n for told, n in counts.items() if n}
