"""Where a blind round is open now."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Connection, Select

from store import tables
from store.studies import Member
from store.visibility.once import asked_once


def is_any_round_blind(connection: Connection) -> bool:
    """Whether a blind round is open in any study of the database."""
    rounds, reveal = tables.coding_round, tables.reveal
    unrevealed = ~sa.exists().where(reveal.c.coding_round_id == rounds.c.id)
    return connection.execute(sa.select(rounds.c.id).where(rounds.c.blind, unrevealed)).first() is not None


@asked_once
def blind_documents(connection: Connection, viewer: Member) -> set[UUID]:
    """Versions on which a blind round is open now, whoever codes in it."""
    return set(connection.execute(blind_versions(viewer)).scalars())


def blind_rounds(viewer: Member) -> Select[Any]:
    """Blind rounds that are not revealed."""
    rounds, reveal = tables.coding_round, tables.reveal
    return sa.select(rounds.c.id).where(
        rounds.c.study_id == viewer.study_id,
        rounds.c.blind,
        ~sa.exists().where(reveal.c.coding_round_id == rounds.c.id),
    )


def blind_versions(viewer: Member) -> Select[Any]:
    """Versions in a blind round that is not revealed, without those that it has shown one by one."""
    documents, shown = tables.round_document, tables.document_reveal
    return sa.select(documents.c.document_version_id).where(
        documents.c.coding_round_id.in_(blind_rounds(viewer)),
        ~sa.exists().where(
            shown.c.coding_round_id == documents.c.coding_round_id,
            shown.c.document_version_id == documents.c.document_version_id,
        ),
    )


def blind_document_ids(viewer: Member) -> Select[Any]:
    """Documents with such a version."""
    version = tables.document_version
    return sa.select(version.c.document_id).where(version.c.id.in_(blind_versions(viewer)))
