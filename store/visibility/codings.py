"""Which codings a person may see, and the frozen layer that agreement is computed from."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Select

from store import tables
from store.studies import Member
from store.visibility.blind import blind_document_ids, blind_versions


def visible_codings(viewer: Member) -> Select[Any]:
    """Live codings that a person may see, with coder, document and memo.

    Columns: those of ``coding``, ``coder`` (name), ``document_id``, ``memo`` (empty: none).
    """
    coding = tables.coding
    return (
        _with_memo(_codings(viewer.study_id), tables.memo.c.retired_event.is_(None))
        .where(coding.c.retired_event.is_(None))
        .where((coding.c.coder_id == viewer.id) | coding.c.document_version_id.not_in(blind_versions(viewer)))
    )


def with_details(query: Select[Any]) -> Select[Any]:
    """`visible_codings` with the attributes of each coding, which are seen as the coding is.

    Adds ``strength``, ``evidence``, ``actor``, ``timepoint`` and ``certainty``; None: nothing was said.
    """
    detail = tables.coding_detail
    said = (detail.c.strength, detail.c.evidence, detail.c.actor, detail.c.timepoint, detail.c.certainty)
    return query.add_columns(*said).outerjoin(
        detail, (detail.c.lineage_id == tables.coding.c.lineage_id) & detail.c.retired_event.is_(None)
    )


def frozen_codings(round_id: UUID, study_id: UUID) -> Select[Any]:
    """The codings of a round, with their memos, as each coder had them on finishing each document.

    Nothing before the round, or the document in a calibration round, is revealed. Later changes,
    consensus included, never alter it.
    """
    coding, done, reveal, shown = tables.coding, tables.finished, tables.reveal, tables.document_reveal
    held = _codings(study_id).join(
        done,
        (done.c.coding_round_id == round_id)
        & (done.c.member_id == coding.c.coder_id)
        & (done.c.document_version_id == coding.c.document_version_id)
        & done.c.retired_event.is_(None),
    )
    return (
        _with_memo(held, _held_at(tables.memo, done.c.created_event))
        .where(_held_at(coding, done.c.created_event))
        .where(
            sa.exists().where(reveal.c.coding_round_id == round_id)
            | sa.exists().where(
                shown.c.coding_round_id == round_id,
                shown.c.document_version_id == coding.c.document_version_id,
            )
        )
    )


def visible_unplaced(viewer: Member) -> Select[Any]:
    """Codings that a corrected text has no place for, as a person may see them, with their memos.

    Those of others not while a blind round is open on the document, in whatever version. Columns:
    those of ``coding``, ``coder``, ``document_id``, ``memo``, ``unplaced_id``, ``reason``, ``title``
    and ``number`` (of the version that they were made on).
    """
    coding, unplaced, document = tables.coding, tables.unplaced_coding, tables.document
    version = tables.document_version
    return (
        _with_memo(_codings(viewer.study_id), tables.memo.c.retired_event.is_(None))
        .add_columns(
            unplaced.c.id.label("unplaced_id"), unplaced.c.reason, document.c.title, version.c.number
        )
        .join(unplaced, (unplaced.c.coding_id == coding.c.id) & unplaced.c.retired_event.is_(None))
        .join(document, document.c.id == version.c.document_id)
        .where((coding.c.coder_id == viewer.id) | version.c.document_id.not_in(blind_document_ids(viewer)))
    )


def visible_reading_states(viewer: Member) -> Select[Any]:
    """How far people say they are with versions of documents outside rounds, as a person may know it.

    Their own; those of others not while a blind round is open on the document. Columns: ``member_id``,
    ``document_version_id``, ``state``.
    """
    state = tables.reading_state
    return sa.select(state.c.member_id, state.c.document_version_id, state.c.state).where(
        state.c.study_id == viewer.study_id,
        state.c.retired_event.is_(None),
        (state.c.member_id == viewer.id) | state.c.document_version_id.not_in(blind_versions(viewer)),
    )


def hidden_codings(viewer: Member, column: sa.Column[UUID]) -> Select[Any]:
    """A column of the codings of others, earlier ones too, on documents of open blind rounds."""
    coding = tables.coding
    return sa.select(column).where(
        coding.c.study_id == viewer.study_id,
        coding.c.coder_id != viewer.id,
        coding.c.document_version_id.in_(blind_versions(viewer)),
    )


def _codings(study_id: UUID) -> Select[Any]:
    coding, version, coder = tables.coding, tables.document_version, tables.member
    return (
        sa.select(coding, coder.c.name.label("coder"), version.c.document_id)
        .join(version, version.c.id == coding.c.document_version_id)
        .join(coder, coder.c.id == coding.c.coder_id)
        .where(coding.c.study_id == study_id)
        .order_by(coding.c.document_version_id, coding.c.start_char, coding.c.end_char, coding.c.id)
    )


def _with_memo(query: Select[Any], holds: ColumnElement[bool]) -> Select[Any]:
    memo = tables.memo
    return query.add_columns(sa.func.coalesce(memo.c.text, "").label("memo")).outerjoin(
        memo, (memo.c.lineage_id == tables.coding.c.lineage_id) & holds
    )


def _held_at(table: sa.Table, event: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether a row held when an event had happened."""
    ended = table.c.retired_event
    return (table.c.created_event <= event) & (ended.is_(None) | (ended > event))
