"""Studies, people, the event log, and the documents that are read."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, UniqueConstraint

from store.tables.columns import made, metadata, own_id, retired, to
from store.types import CanonicalJson, Words

study = Table(
    "study",
    metadata,
    own_id(),
    Column("name", Words, nullable=False, unique=True),
    Column("log_key", sa.LargeBinary(32), nullable=False),  # key of the hashes in the log
    made(),
)

member = Table(
    "member",
    metadata,
    own_id(),
    to("study"),
    Column("name", Words, nullable=False),
    Column("role", Words, nullable=False),
    made(),
    retired(),
    UniqueConstraint("study_id", "name"),
    CheckConstraint("role IN ('lead', 'researcher')", name="role"),
)

event = Table(
    "event",
    metadata,
    Column("study_id", sa.Uuid, ForeignKey("study.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("operation_id", sa.Uuid, nullable=False, unique=True),
    Column("at", Words, nullable=False),
    Column("actor_id", sa.Uuid, nullable=False),
    Column("action", Words, nullable=False),
    Column("entity", Words, nullable=False),
    Column("entity_id", sa.Uuid, nullable=False),
    Column("detail", CanonicalJson, nullable=False),  # ids, offsets and enums; never words
    Column("rows_hmac", Words, nullable=False),
    Column("reason_hmac", Words),
    Column("app_version", Words, nullable=False),
    Column("previous", Words, nullable=False),
    Column("hash", Words, nullable=False),
    Index("ix_event_entity_id", "entity_id"),
)

event_reason = Table(
    "event_reason",
    metadata,
    Column("study_id", sa.Uuid, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("text", Words, nullable=False),
    sa.ForeignKeyConstraint(["study_id", "seq"], ["event.study_id", "event.seq"]),
)

head = Table(
    "head",
    metadata,
    Column("study_id", sa.Uuid, ForeignKey("study.id"), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", Words, nullable=False),
)

source = Table(
    "source",
    metadata,
    own_id(),
    to("study"),
    Column("label", Words, nullable=False),
    Column("kind", Words, nullable=False),
    made(),
    retired(),
    UniqueConstraint("study_id", "label"),
)

document = Table(
    "document",
    metadata,
    own_id(),
    to("study"),
    to("source"),
    Column("title", Words, nullable=False),
    Column("date", sa.Date),
    Column("language", Words),
    Column("raw_sha256", Words, nullable=False),
    made(),
    retired(),
    UniqueConstraint("study_id", "raw_sha256"),
    Index("ix_document_source_id", "source_id"),
)

document_attribute = Table(
    "document_attribute",
    metadata,
    to("document", key=True),
    Column("name", Words, primary_key=True),
    Column("value", Words, nullable=False),
)

document_version = Table(
    "document_version",
    metadata,
    own_id(),
    to("study"),
    to("document"),
    Column("number", Integer, nullable=False),
    Column("text", Words, nullable=False),
    Column("text_sha256", Words, nullable=False),
    Column("characters", Integer, nullable=False),
    Column("words", Integer, nullable=False),
    made(),
    UniqueConstraint("document_id", "number"),
)

section = Table(
    "section",
    metadata,
    to("document_version", key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("kind", Words, nullable=False),
    Column("start_char", Integer, nullable=False),
    Column("end_char", Integer, nullable=False),
    Column("level", Integer),
    Column("speaker", Words),
    Column("seconds", sa.Float),
    CheckConstraint("start_char >= 0 AND end_char > start_char", name="span"),
)
