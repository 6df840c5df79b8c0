"""Knowing a text again that was withdrawn, though no word of it is kept.

A withdrawal leaves the keyed digest of each row as the log knew it (`store.tables.blanked`). A text that
comes in again gives the same digest in the place of the blanked one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection

from store import tables
from store.events import keyed_digest, log_key, row_digest
from store.portions import portions

#: Shorter texts ("No.") are others' words as well; they are known by their bytes alone.
LEAST_WORDS = 8

_PREFIX = "withdrawn"


def bytes_withdrawn(document_id: UUID, raw_sha256: str, key: bytes) -> str:
    """What stands in the place of the hash of a withdrawn document's bytes: a plain one could be guessed."""
    return f"{_PREFIX} {document_id.hex} {keyed_digest(key, raw_sha256)}"


@dataclass(frozen=True)
class _Blank:
    row: Mapping[str, Any]
    digest: str
    day: dt.date


@dataclass(frozen=True)
class WithdrawnTexts:
    """The texts that were withdrawn from a study, or from which a person was."""

    _key: bytes = field(default=b"", repr=False)
    _by_bytes: Mapping[str, dt.date] = field(default_factory=dict)
    _by_length: Mapping[int, tuple[_Blank, ...]] = field(default_factory=dict)

    def day_of(self, raw_sha256: str, text: str) -> dt.date | None:
        """When a text was withdrawn, known by its bytes or by its very words; None where it was not.

        Parameters
        ----------
        raw_sha256 : str
            Hash of the bytes, or of the row, that it is made of.
        text : str
            As it would be stored. One of fewer than `LEAST_WORDS` words is not looked at.
        """
        if not self._by_bytes and not self._by_length:
            return None
        known = self._by_bytes.get(keyed_digest(self._key, raw_sha256))
        return known or self._day_of_words(text)

    def _day_of_words(self, text: str) -> dt.date | None:
        words = len(text.split())
        if words < LEAST_WORDS:
            return None
        digest = hashlib.sha256(text.encode()).hexdigest()
        as_stored = {"text": text, "text_sha256": digest, "words": words}
        for blank in self._by_length.get(len(text), ()):
            row = {**blank.row, **as_stored}
            if row_digest(tables.document_version, row, self._key) == blank.digest:
                return blank.day
        return None


def withdrawn_texts(connection: Connection, study_id: UUID) -> WithdrawnTexts:
    """All that was withdrawn from a study, to know it again."""
    blanked, made, log = tables.blanked, tables.withdrawal, tables.event
    rows = connection.execute(
        sa.select(blanked.c.table_name, blanked.c.row_key, blanked.c.digest, log.c.at)
        .join(made, made.c.id == blanked.c.withdrawal_id)
        .join(log, (log.c.study_id == made.c.study_id) & (log.c.seq == made.c.created_event))
        .where(
            made.c.study_id == study_id,
            blanked.c.table_name.in_([tables.document.name, tables.document_version.name]),
        )
        .order_by(made.c.created_event)
    ).all()
    if not rows:
        return WithdrawnTexts()
    held = {(row.table_name, UUID(hex=row.row_key)): (row.digest, _day(row.at)) for row in rows}
    by_bytes: dict[str, dt.date] = {}
    for found in _rows_of(connection, tables.document, held):
        keyed = found["raw_sha256"].split(" ")[2:]
        by_bytes |= {each: held[tables.document.name, found["id"]][1] for each in keyed}
    by_length: dict[int, tuple[_Blank, ...]] = {}
    for found in _rows_of(connection, tables.document_version, held):
        blank = _Blank(found, *held[tables.document_version.name, found["id"]])
        by_length[found["characters"]] = (*by_length.get(found["characters"], ()), blank)
    return WithdrawnTexts(log_key(connection, study_id), by_bytes, by_length)


def _rows_of(
    connection: Connection, table: sa.Table, held: Mapping[tuple[str, UUID], object]
) -> list[dict[str, Any]]:
    # A blanked text is as long as the one that it stands for, and tells nothing.
    columns = [column for column in table.c if column.name != "text"]
    found: list[dict[str, Any]] = []
    for some in portions(row_id for name, row_id in held if name == table.name):
        rows = connection.execute(sa.select(*columns).where(table.c.id.in_(some)))
        found += map(dict, rows.mappings())
    return found


def _day(at: str) -> dt.date:
    return dt.datetime.fromisoformat(at).date()
