"""Which findings, rows and judgements a person may read before and after the locks."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, Select

from store import tables
from store.studies import Member
from store.visibility.blind import blind_versions
from store.visibility.once import asked_once


@asked_once
def blind_sources(connection: Connection, viewer: Member) -> set[UUID]:
    """Sources with a document on which a blind round is open: others' findings there stay hidden."""
    document, version = tables.document, tables.document_version
    rows = connection.execute(
        sa.select(document.c.source_id)
        .join(version, version.c.document_id == document.c.id)
        .where(version.c.id.in_(blind_versions(viewer)))
        .distinct()
    )
    return set(rows.scalars())


@asked_once
def hidden_rows(connection: Connection, viewer: Member) -> set[UUID]:
    """Rows of the matrix that came from others' hidden work, and that nothing else stands in yet.

    Their statements are the words of whoever wrote them, and their number tells of hidden findings.
    """
    brought = rows_brought_by_others(connection, viewer)
    if not brought:
        return set()
    finding = tables.finding
    hidden = hidden_findings(connection, viewer)
    readable = _readable_researchers(connection, viewer)
    stood_in = sa.union(
        sa.select(finding.c.matrix_row_id).where(
            finding.c.study_id == viewer.study_id, finding.c.id.not_in(hidden)
        ),
        *(
            sa.select(table.c.matrix_row_id).where(
                table.c.study_id == viewer.study_id, table.c.researcher_id.in_(readable)
            )
            for table in _JUDGED
        ),
    )
    return _with_new_words(connection, viewer, brought) - set(connection.execute(stood_in).scalars())


@asked_once
def rows_brought_by_others(connection: Connection, viewer: Member) -> set[UUID]:
    """Rows that came with a hidden finding or judgement, or in the list of somebody who sorts alone.

    A person may have come to the same words; that others did before must not be told either.
    """
    row, event = tables.matrix_row, tables.event
    by_others = (
        sa.select(row.c.id)
        .join(event, (event.c.study_id == row.c.study_id) & (event.c.seq == row.c.created_event))
        .where(row.c.study_id == viewer.study_id, event.c.actor_id != viewer.id)
    )

    def that_came_with(table: sa.Table, which: ColumnElement[bool]) -> set[UUID]:
        along = (table.c.matrix_row_id == row.c.id) & (table.c.created_event == row.c.created_event + 1)
        return set(connection.execute(by_others.join(table, along).where(which)).scalars())

    brought: set[UUID] = set()
    if hidden := hidden_findings(connection, viewer):
        brought |= that_came_with(tables.finding, tables.finding.c.id.in_(hidden))
    if unread := _unread_researchers(connection, viewer):
        for table in _JUDGED:
            brought |= that_came_with(table, table.c.researcher_id.in_(unread))
    if sorters := _hidden_sorters(connection, viewer):
        brought |= set(connection.execute(by_others.where(event.c.actor_id.in_(sorters))).scalars())
    return brought


def _with_new_words(connection: Connection, viewer: Member, rows: Collection[UUID]) -> set[UUID]:
    """Rows with those that came when another renamed one of them."""
    move, row, event = tables.row_move, tables.matrix_row, tables.event
    renamed = connection.execute(
        sa.select(move.c.from_row_id, move.c.to_row_id)
        .join(row, (row.c.id == move.c.to_row_id) & (row.c.created_event == move.c.created_event))
        .join(event, (event.c.study_id == move.c.study_id) & (event.c.seq == move.c.created_event))
        .where(move.c.study_id == viewer.study_id, event.c.actor_id != viewer.id)
        .order_by(move.c.created_event)
    )
    found = set(rows)
    for old, new in renamed:
        if old in found:
            found.add(new)
    return found


@asked_once
def hidden_notes(connection: Connection, viewer: Member) -> set[UUID]:
    """Ids of notes on rows by those who sort alone, and of those with a hidden finding or judgement."""
    event = tables.event
    notes = connection.execute(
        sa.select(event.c.entity_id, event.c.seq, event.c.actor_id).where(
            event.c.study_id == viewer.study_id,
            event.c.entity == tables.matrix_row.name,
            event.c.action.in_(("row.add", "row.list", "row.drop")),
            event.c.actor_id != viewer.id,
        )
    ).all()
    if not notes:
        return set()
    sorters = _hidden_sorters(connection, viewer)
    finding = tables.finding
    with_finding = connection.execute(
        sa.select(finding.c.created_event).where(finding.c.id.in_(hidden_findings(connection, viewer)))
    )
    came_with = {seq - 1 for seq in with_finding.scalars()}
    for table in _JUDGED:
        with_judgement = sa.select(table.c.created_event).where(
            table.c.study_id == viewer.study_id,
            table.c.researcher_id.in_(_unread_researchers(connection, viewer)),
        )
        came_with |= {seq - 1 for seq in connection.execute(with_judgement).scalars()}
    return {n.entity_id for n in notes if n.actor_id in sorters or n.seq in came_with}


@asked_once
def hidden_moves(connection: Connection, viewer: Member) -> set[UUID]:
    """Ids of what was done to hidden rows: renamed, merged, matched, bound to a group of participants."""
    rows = hidden_rows(connection, viewer)
    move, scope = tables.row_move, tables.row_scope
    moves = connection.execute(
        sa.select(move.c.id).where(
            move.c.study_id == viewer.study_id, move.c.from_row_id.in_(rows) | move.c.to_row_id.in_(rows)
        )
    )
    scoped = connection.execute(
        sa.select(scope.c.id).where(scope.c.study_id == viewer.study_id, scope.c.matrix_row_id.in_(rows))
    )
    return {*moves.scalars(), *scoped.scalars()}


def _sorts(viewer: Member) -> Select[Any]:
    """Members whose rows are their own list: all but a lead who sorts nothing, whose rows are the team's."""
    member, page, named, finding = (
        tables.member,
        tables.protocol_page,
        tables.protocol_judge,
        tables.finding,
    )
    has_sorted = sa.exists().where(finding.c.researcher_id == member.c.id)
    is_named = sa.exists().where(
        named.c.member_id == member.c.id,
        named.c.protocol_page_id == page.c.id,
        page.c.retired_event.is_(None),
    )
    return sa.select(member.c.id).where(
        member.c.study_id == viewer.study_id, (member.c.role != "lead") | has_sorted | is_named
    )


def readable_researchers(viewer: Member) -> Select[Any]:
    """Ids of the researchers whose judgements a person may read: their own, and see `results_readable`."""
    member = tables.member
    return sa.select(member.c.id).where(
        member.c.study_id == viewer.study_id,
        (member.c.id == viewer.id) | (member.c.id.in_(_locked(viewer)) & results_readable(viewer)),
    )


@asked_once
def _readable_researchers(connection: Connection, viewer: Member) -> set[UUID]:
    return set(connection.execute(readable_researchers(viewer)).scalars())


@asked_once
def _unread_researchers(connection: Connection, viewer: Member) -> set[UUID]:
    """Members whose judgements a person may not read yet, whether they judge or not."""
    member = tables.member
    everyone = connection.execute(sa.select(member.c.id).where(member.c.study_id == viewer.study_id))
    return set(everyone.scalars()) - _readable_researchers(connection, viewer)


@asked_once
def _hidden_sorters(connection: Connection, viewer: Member) -> set[UUID]:
    return set(connection.execute(hidden_sorters(viewer)).scalars())


def results_readable(viewer: Member) -> ColumnElement[bool]:
    """Whether a person may read locked judgements of others, and what the team makes of them.

    Whoever judges may once their own are locked; a lead who judges nothing may at any time. Another may
    where the protocol names the judges, so that they cannot judge later, once all who judge have locked.
    """
    lock = tables.judgements_locked
    own_lock = sa.exists().where(lock.c.researcher_id == viewer.id, lock.c.retired_event.is_(None))
    judges_nothing = ~sa.exists(_judges(viewer).where(tables.member.c.id == viewer.id))
    if viewer.is_lead:
        return own_lock | judges_nothing
    open_judge = sa.exists(_judges(viewer).where(tables.member.c.id.not_in(_locked(viewer))))
    return own_lock | (judges_nothing & sa.exists(_named_judges(viewer)) & ~open_judge)


def has_open_judges(connection: Connection, viewer: Member) -> bool:
    """Whether somebody who judges, or is named to judge, has not locked."""
    is_open = tables.member.c.id.not_in(_locked(viewer))
    return connection.execute(_judges(viewer).where(is_open)).first() is not None


def may_read_results(connection: Connection, viewer: Member) -> bool:
    """`results_readable`, answered."""
    return bool(connection.execute(sa.select(results_readable(viewer))).scalar())


def _locked(viewer: Member) -> Select[Any]:
    lock = tables.judgements_locked
    return sa.select(lock.c.researcher_id).where(
        lock.c.study_id == viewer.study_id, lock.c.retired_event.is_(None)
    )


def _named_judges(viewer: Member) -> Select[Any]:
    """Members whom the protocol names as judges."""
    page, named = tables.protocol_page, tables.protocol_judge
    return (
        sa.select(named.c.member_id)
        .join(page, page.c.id == named.c.protocol_page_id)
        .where(page.c.study_id == viewer.study_id, page.c.retired_event.is_(None))
    )


def _judges(viewer: Member) -> Select[Any]:
    """Members who have judged anything, or whom the protocol names as judges."""
    member = tables.member
    judged = [
        sa.exists().where(table.c.researcher_id == member.c.id, table.c.retired_event.is_(None))
        for table in _JUDGED
    ]
    is_named = member.c.id.in_(_named_judges(viewer))
    return sa.select(member.c.id).where(member.c.study_id == viewer.study_id, sa.or_(is_named, *judged))


#: What a researcher judges alone, behind the lock.
_JUDGED = (tables.existence, tables.judgement, tables.source_rating, tables.row_importance)

#: What a researcher writes alone, or, without a researcher, the team together once it may read all.
_WRITTEN = (tables.global_judgement, tables.completeness_note)

#: What the team makes of the judgements: it tells of them.
_RESULTS = (
    tables.resolution,
    tables.work_up,
    tables.feedback_group,
    tables.feedback_invited,
    tables.feedback_packet,
    tables.feedback_response,
    tables.feedback_change,
)


@asked_once
def hidden_judgements(connection: Connection, viewer: Member) -> set[UUID]:
    """Ids of what others judge behind an open lock, and of results that tell of it."""
    hidden: set[UUID] = set()
    unread = _unread_researchers(connection, viewer)
    results = may_read_results(connection, viewer)
    for table in (*_JUDGED, *_WRITTEN):
        of_study = sa.select(table.c.id).where(table.c.study_id == viewer.study_id)
        hidden |= set(connection.execute(of_study.where(table.c.researcher_id.in_(unread))).scalars())
        if not results:
            of_team = of_study.where(table.c.researcher_id.is_(None))
            hidden |= set(connection.execute(of_team).scalars())
    if not results:
        for table in _RESULTS:
            rows = sa.select(table.c.id).where(table.c.study_id == viewer.study_id)
            hidden |= set(connection.execute(rows).scalars())
    return hidden


def readable_sorters(viewer: Member) -> Select[Any]:
    """Ids of the researchers whose own findings a person may read.

    Everyone where the team sorts together. Where researchers sort alone: one's own; those of others
    who have locked their sorting, once one has locked one's own, or is a lead who never sorted and is
    not named to judge.
    """
    member, page, lock = tables.member, tables.protocol_page, tables.sorting_locked
    alone = sa.exists().where(
        page.c.study_id == viewer.study_id, page.c.retired_event.is_(None), page.c.sorting == "alone"
    )
    locked = sa.select(lock.c.researcher_id).where(
        lock.c.study_id == viewer.study_id, lock.c.retired_event.is_(None)
    )
    may_read: ColumnElement[bool] = sa.exists(locked.where(lock.c.researcher_id == viewer.id))
    if viewer.is_lead:
        may_read = may_read | ~sa.exists(_sorts(viewer).where(member.c.id == viewer.id))
    return sa.select(member.c.id).where(
        member.c.study_id == viewer.study_id,
        (member.c.id == viewer.id) | ~alone | (member.c.id.in_(locked) & may_read),
    )


def hidden_sorters(viewer: Member) -> Select[Any]:
    """Ids of those who sort alone and whose lists a person may not read yet."""
    member = tables.member
    return sa.select(member.c.id).where(
        member.c.study_id == viewer.study_id,
        member.c.id.not_in(readable_sorters(viewer)),
        member.c.id.in_(_sorts(viewer)),
    )


@asked_once
def hidden_findings(connection: Connection, viewer: Member) -> set[UUID]:
    """Findings of others on sources with an open blind round, or of others who sort alone."""
    finding = tables.finding
    of_other_sorter = finding.c.researcher_id.is_not(None) & finding.c.researcher_id.not_in(
        readable_sorters(viewer)
    )
    rows = connection.execute(
        sa.select(finding.c.id).where(
            finding.c.study_id == viewer.study_id,
            finding.c.researcher_id.is_distinct_from(viewer.id),
            finding.c.source_id.in_(blind_sources(connection, viewer)) | of_other_sorter,
        )
    )
    return set(rows.scalars())
