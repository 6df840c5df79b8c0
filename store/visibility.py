"""Who may see what: the only way to read codings, and the events that tell of them.

Blindness is a property of the query, not of a page. While a blind round is open on a document,
everyone - the lead too - sees there only what is theirs: codings, memos, counts, exports,
findings on its source, and events. Whoever reads codings starts from `visible_codings`.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, Select

from store import tables
from store.studies import Member


def visible_codings(viewer: Member) -> Select[Any]:
    """Live codings that a person may see, with coder, document and memo.

    Columns: those of ``coding``, ``coder`` (name), ``document_id``, ``memo`` (empty: none).
    """
    coding = tables.coding
    return (
        _with_memo(_codings(viewer.study_id), tables.memo.c.retired_event.is_(None))
        .where(coding.c.retired_event.is_(None))
        .where(
            (coding.c.coder_id == viewer.id) | coding.c.document_version_id.not_in(_blind_versions(viewer))
        )
    )


def frozen_codings(round_id: UUID, study_id: UUID) -> Select[Any]:
    """The codings of a round, with their memos, as each coder had them on finishing each document.

    Nothing before the round is revealed. Later changes, consensus included, never alter it.
    """
    coding, done, reveal = tables.coding, tables.finished, tables.reveal
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
        .where(sa.exists().where(reveal.c.coding_round_id == round_id))
    )


def blind_documents(connection: Connection, viewer: Member) -> set[UUID]:
    """Versions on which a blind round is open now, whoever codes in it."""
    return set(connection.execute(_blind_versions(viewer)).scalars())


def blind_sources(connection: Connection, viewer: Member) -> set[UUID]:
    """Sources with a document on which a blind round is open: others' findings there stay hidden."""
    document, version = tables.document, tables.document_version
    rows = connection.execute(
        sa.select(document.c.source_id)
        .join(version, version.c.document_id == document.c.id)
        .where(version.c.id.in_(_blind_versions(viewer)))
        .distinct()
    )
    return set(rows.scalars())


def hidden_rows(connection: Connection, viewer: Member) -> set[UUID]:
    """Rows of the matrix that came with a hidden finding and that nothing else stands in yet.

    Their statements are the words of the finding's writer, and their number tells of the finding.
    """
    finding, row, event = tables.finding, tables.matrix_row, tables.event
    hidden = _hidden_findings(connection, viewer)
    came_with = (finding.c.matrix_row_id == row.c.id) & (finding.c.created_event == row.c.created_event + 1)
    brought = connection.execute(
        sa.select(row.c.id)
        .join(finding, came_with)
        .join(event, (event.c.study_id == row.c.study_id) & (event.c.seq == row.c.created_event))
        .where(row.c.study_id == viewer.study_id, event.c.actor_id != viewer.id, finding.c.id.in_(hidden))
    )
    readable = readable_researchers(viewer)
    stood_in = sa.union(
        sa.select(finding.c.matrix_row_id).where(
            finding.c.study_id == viewer.study_id, finding.c.id.not_in(hidden)
        ),
        *(
            sa.select(table.c.matrix_row_id).where(
                table.c.study_id == viewer.study_id, table.c.researcher_id.in_(readable)
            )
            for table in (tables.existence, tables.judgement)
        ),
    )
    return set(brought.scalars()) - set(connection.execute(stood_in).scalars())


def hidden_entities(connection: Connection, viewer: Member) -> set[UUID]:
    """Ids of what others did under open blind rounds, or judge behind an open lock.

    Events on these must not be shown, counted or numbered for the viewer.
    """
    hidden: set[UUID] = set()
    coding, memo, done = tables.coding, tables.memo, tables.finished
    blind = _blind_versions(viewer)
    hidden |= set(
        connection.execute(
            sa.select(coding.c.id).where(
                coding.c.study_id == viewer.study_id,
                coding.c.coder_id != viewer.id,
                coding.c.document_version_id.in_(blind),
            )
        ).scalars()
    )
    hidden |= set(
        connection.execute(
            sa.select(memo.c.id)
            .join(coding, coding.c.id == memo.c.lineage_id)
            .where(
                coding.c.study_id == viewer.study_id,
                memo.c.author_id != viewer.id,
                coding.c.document_version_id.in_(blind),
            )
        ).scalars()
    )
    hidden |= set(
        connection.execute(
            sa.select(done.c.id).where(
                done.c.study_id == viewer.study_id,
                done.c.member_id != viewer.id,
                done.c.document_version_id.in_(blind),
            )
        ).scalars()
    )
    hidden |= _hidden_findings(connection, viewer) | hidden_rows(connection, viewer)
    for table in (tables.existence, tables.judgement):
        hidden |= set(
            connection.execute(
                sa.select(table.c.id).where(
                    table.c.study_id == viewer.study_id,
                    table.c.researcher_id.not_in(readable_researchers(viewer)),
                )
            ).scalars()
        )
    return hidden


def readable_researchers(viewer: Member) -> Select[Any]:
    """Ids of the researchers whose judgements a person may read.

    Always their own; those of others who have locked, once they have locked theirs. A lead who
    judges nothing may read what is locked.
    """
    lock, member = tables.judgements_locked, tables.member
    locked = sa.select(lock.c.researcher_id).where(
        lock.c.study_id == viewer.study_id, lock.c.retired_event.is_(None)
    )
    may_read_others: ColumnElement[bool] = sa.exists(locked.where(lock.c.researcher_id == viewer.id))
    if viewer.is_lead:
        judges = [
            sa.exists().where(table.c.researcher_id == viewer.id, table.c.retired_event.is_(None))
            for table in (tables.existence, tables.judgement)
        ]
        may_read_others = may_read_others | ~sa.or_(*judges)
    return sa.select(member.c.id).where(
        member.c.study_id == viewer.study_id,
        (member.c.id == viewer.id) | (member.c.id.in_(locked) & may_read_others),
    )


def _hidden_findings(connection: Connection, viewer: Member) -> set[UUID]:
    finding = tables.finding
    rows = connection.execute(
        sa.select(finding.c.id).where(
            finding.c.study_id == viewer.study_id,
            finding.c.researcher_id.is_distinct_from(viewer.id),
            finding.c.source_id.in_(blind_sources(connection, viewer)),
        )
    )
    return set(rows.scalars())


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


def _blind_versions(viewer: Member) -> Select[Any]:
    rounds, documents, reveal = tables.coding_round, tables.round_document, tables.reveal
    blind: ColumnElement[bool] = rounds.c.blind & ~sa.exists().where(reveal.c.coding_round_id == rounds.c.id)
    return (
        sa.select(documents.c.document_version_id)
        .join(rounds, rounds.c.id == documents.c.coding_round_id)
        .where(rounds.c.study_id == viewer.study_id, blind)
    )
