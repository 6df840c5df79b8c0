"""Which memos, proposals, examples, framework cells and reasons a person may read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, Select

from store import tables
from store.documents import AS_WRITTEN, LINKED_CASE
from store.studies import Member
from store.visibility.blind import blind_document_ids, blind_documents, blind_rounds, blind_versions
from store.visibility.codings import hidden_codings
from store.visibility.once import asked_once


def visible_memos(viewer: Member) -> Select[Any]:
    """Live research memos that a person may read, newest first: their own, and what others share.

    Shared or not, others' memos on a document of an open blind round, and on codings there, stay
    hidden until the reveal. Columns: those of ``research_memo``, ``author`` (name), ``written_at``.
    """
    memo, author, event = tables.research_memo, tables.member, tables.event
    return (
        sa.select(memo, author.c.name.label("author"), event.c.at.label("written_at"))
        .join(author, author.c.id == memo.c.author_id)
        .join(event, (event.c.study_id == memo.c.study_id) & (event.c.seq == memo.c.created_event))
        .where(memo.c.study_id == viewer.study_id, memo.c.retired_event.is_(None))
        .where((memo.c.author_id == viewer.id) | (memo.c.shared & ~_about_blind_work(viewer)))
        .order_by(memo.c.created_event.desc())
    )


def visible_proposals(viewer: Member) -> Select[Any]:
    """Proposed codes that a person may see, oldest first, with what was decided on each.

    Their own; those of others unless they were made in a blind round that is open. Columns: those of
    ``code_proposal``, ``author`` (name), ``codebook_id``, ``outcome`` and ``into_id`` (None: undecided).
    """
    proposal, decision, author = tables.code_proposal, tables.proposal_decision, tables.member
    return (
        sa.select(
            proposal,
            author.c.name.label("author"),
            tables.code.c.codebook_id,
            decision.c.outcome,
            decision.c.into_id,
        )
        .join(author, author.c.id == proposal.c.author_id)
        .join(tables.code, tables.code.c.id == proposal.c.code_id)
        .outerjoin(decision, decision.c.code_proposal_id == proposal.c.id)
        .where(proposal.c.study_id == viewer.study_id, proposal.c.retired_event.is_(None))
        .where(~is_hidden_proposal(viewer))
        .order_by(proposal.c.created_event)
    )


def visible_examples(viewer: Member) -> Select[Any]:
    """Quotes that stand as examples of codes, as far as a person may see them, oldest first.

    An example tells who coded what: on a document of an open blind round only one's own are seen.
    Columns: those of ``code_example``, ``document_id``, ``title``.
    """
    example, version, document = tables.code_example, tables.document_version, tables.document
    return (
        sa.select(example, version.c.document_id, document.c.title)
        .join(version, version.c.id == example.c.document_version_id)
        .join(document, document.c.id == version.c.document_id)
        .where(example.c.study_id == viewer.study_id, example.c.retired_event.is_(None))
        .where(~is_hidden_example(viewer))
        .order_by(example.c.created_event)
    )


def visible_cells(viewer: Member) -> Select[Any]:
    """Cells of framework matrices that a person may read, earlier drafts too, newest first.

    Others' cells of a document in an open blind round stay hidden until the reveal. Columns: those
    of ``framework_cell``, ``author`` (name), ``written_at``.
    """
    cell = tables.framework_cell
    return _cells(viewer, cell).where(
        (cell.c.author_id == viewer.id) | cell.c.document_id.not_in(blind_document_ids(viewer))
    )


def visible_case_cells(viewer: Member) -> Select[Any]:
    """`visible_cells` of frameworks whose rows are cases.

    Others' cells of a case stay hidden while a blind round is open on any document of the case.
    Columns: those of ``framework_case_cell``, ``author`` (name), ``written_at``.
    """
    cell, rows = tables.framework_case_cell, tables.framework_rows
    return (
        _cells(viewer, cell)
        .join(rows, rows.c.framework_id == cell.c.framework_id)
        .where((cell.c.author_id == viewer.id) | ~_is_of_blind_case(viewer))
    )


def visible_cell_excerpts(viewer: Member, excerpt: sa.Table) -> Select[Any]:
    """Excerpts of framework cells, without those from codings of others that are hidden now.

    They are to be read only with a cell of `visible_cells` or `visible_case_cells`. ``excerpt`` is
    the table of the one or the other; columns: its own, and ``document_id``.
    """
    version = tables.document_version
    hidden = hidden_codings(viewer, tables.coding.c.id)
    return (
        sa.select(excerpt, version.c.document_id)
        .join(version, version.c.id == excerpt.c.document_version_id)
        .where(excerpt.c.coding_id.is_(None) | excerpt.c.coding_id.not_in(hidden))
        .order_by(*excerpt.primary_key.columns)
    )


def visible_reasons(viewer: Member) -> Select[Any]:
    """What coders wrote of disagreements before the talk, as far as a person may read it, oldest first.

    Another's reason is read by a coder who has written theirs of the same place, by others when two
    have written, and by everyone once the place is settled. Columns: those of ``settling_reason``,
    ``author`` (name).
    """
    reason, author = tables.settling_reason, tables.member
    return (
        sa.select(reason, author.c.name.label("author"))
        .join(author, author.c.id == reason.c.author_id)
        .where(reason.c.study_id == viewer.study_id, reason.c.retired_event.is_(None))
        .where(~is_hidden_reason(viewer))
        .order_by(reason.c.created_event)
    )


@asked_once
def hidden_memos(connection: Connection, viewer: Member) -> set[UUID]:
    """While a blind round is open, all memos of others that the viewer may not read.

    At other times the log may tell that somebody wrote a private memo: it holds no word of it.
    """
    if not blind_documents(connection, viewer):
        return set()
    memo = tables.research_memo
    seen = visible_memos(viewer).order_by(None).with_only_columns(memo.c.lineage_id)
    rows = connection.execute(
        sa.select(memo.c.id).where(
            memo.c.study_id == viewer.study_id, memo.c.author_id != viewer.id, memo.c.lineage_id.not_in(seen)
        )
    )
    return set(rows.scalars())


@asked_once
def hidden_packages(connection: Connection, viewer: Member) -> set[UUID]:
    """While a blind round is open, what came back from other coders: it tells how far they are."""
    if not blind_documents(connection, viewer):
        return set()
    taken = tables.package_taken
    rows = connection.execute(
        sa.select(taken.c.id).where(taken.c.study_id == viewer.study_id, taken.c.member_id != viewer.id)
    )
    return set(rows.scalars())


@asked_once
def hidden_cells(connection: Connection, viewer: Member) -> set[UUID]:
    cell, of_case, rows = tables.framework_cell, tables.framework_case_cell, tables.framework_rows
    hidden = sa.union(
        sa.select(cell.c.id).where(
            cell.c.study_id == viewer.study_id,
            cell.c.author_id != viewer.id,
            cell.c.document_id.in_(blind_document_ids(viewer)),
        ),
        sa.select(of_case.c.id)
        .join(rows, rows.c.framework_id == of_case.c.framework_id)
        .where(
            of_case.c.study_id == viewer.study_id,
            of_case.c.author_id != viewer.id,
            _is_of_blind_case(viewer),
        ),
    )
    return set(connection.execute(hidden).scalars())


def _about_blind_work(viewer: Member) -> ColumnElement[bool]:
    """Whether a research memo is on a document of an open blind round, or on a coding there."""
    memo, coding = tables.research_memo, tables.coding
    blind = blind_versions(viewer)
    documents = blind_document_ids(viewer)
    lineages = sa.select(coding.c.lineage_id).where(coding.c.document_version_id.in_(blind))
    return ((memo.c.about == "document") & memo.c.about_id.in_(documents)) | (
        (memo.c.about == "coding") & memo.c.about_id.in_(lineages)
    )


def is_hidden_proposal(viewer: Member) -> ColumnElement[bool]:
    """Whether a proposed code is another's, made in a blind round that is not revealed."""
    proposal = tables.code_proposal
    return (
        (proposal.c.author_id != viewer.id)
        & proposal.c.coding_round_id.is_not(None)  # else the question of where it is in has no answer
        & proposal.c.coding_round_id.in_(blind_rounds(viewer))
    )


def is_hidden_example(viewer: Member) -> ColumnElement[bool]:
    """Whether an example stands on a document of an open blind round, and another person picked it."""
    example, event = tables.code_example, tables.event
    picked_by_viewer = sa.exists().where(
        event.c.study_id == example.c.study_id,
        event.c.seq == example.c.created_event,
        event.c.actor_id == viewer.id,
    )
    return example.c.document_version_id.in_(blind_versions(viewer)) & ~picked_by_viewer


def is_hidden_reason(viewer: Member) -> ColumnElement[bool]:
    """Whether a reason is another's, of a place that is not settled, and the viewer's own is awaited."""
    reason, settled, coder = tables.settling_reason, tables.settlement, tables.round_coder
    other = reason.alias("other_reason")

    def of_same_place(table: Any) -> tuple[ColumnElement[bool], ...]:
        return (
            table.c.coding_round_id == reason.c.coding_round_id,
            table.c.place == reason.c.place,
            table.c.retired_event.is_(None),
        )

    viewer_codes = sa.exists().where(
        coder.c.coding_round_id == reason.c.coding_round_id, coder.c.member_id == viewer.id
    )
    viewer_wrote = sa.exists().where(*of_same_place(other), other.c.author_id == viewer.id)
    two_wrote = sa.exists().where(*of_same_place(other), other.c.author_id != reason.c.author_id)
    return (
        (reason.c.author_id != viewer.id)
        & ~sa.exists().where(*of_same_place(settled))
        & ~viewer_wrote
        & (viewer_codes | ~two_wrote)
    )


def _cells(viewer: Member, cell: sa.Table) -> Select[Any]:
    """Cells of a study, seen or not, with who wrote them and when, newest first."""
    author, event = tables.member, tables.event
    return (
        sa.select(cell, author.c.name.label("author"), event.c.at.label("written_at"))
        .join(author, author.c.id == cell.c.author_id)
        .join(event, (event.c.study_id == cell.c.study_id) & (event.c.seq == cell.c.created_event))
        .where(cell.c.study_id == viewer.study_id)
        .order_by(cell.c.created_event.desc())
    )


def _is_of_blind_case(viewer: Member) -> ColumnElement[bool]:
    """Whether a document of a cell's case is in an open blind round; asked of cells with their rows."""
    cell, rows, attribute = tables.framework_case_cell, tables.framework_rows, tables.document_attribute
    section, version = tables.section, tables.document_version
    value, case = tables.document_value, tables.document_case
    blind = blind_document_ids(viewer)
    speakers = (
        sa.select(section.c.speaker)
        .join(version, version.c.id == section.c.document_version_id)
        .where(version.c.document_id.in_(blind), section.c.speaker.is_not(None))
    )
    has_its_value = sa.exists().where(
        attribute.c.document_id.in_(blind),
        attribute.c.name == rows.c.attribute,
        attribute.c.value == cell.c.case_name,
    )
    said_since = sa.exists().where(
        value.c.document_id.in_(blind),
        value.c.name == rows.c.attribute,
        value.c.value == cell.c.case_name,
    )
    # Which names a case had when it was written on is not kept: any linked document counts.
    linked = (rows.c.attribute == LINKED_CASE) & sa.exists().where(case.c.document_id.in_(blind))
    return (
        (rows.c.kind == "speaker") & (cell.c.case_name.in_(speakers) | cell.c.case_name.in_(_names_in(blind)))
    ) | ((rows.c.kind == "attribute") & (has_its_value | said_since | linked))


def _names_in(blind: Select[Any]) -> sa.CompoundSelect[Any]:
    """Names, of now and of earlier, of participants who ever spoke under a label in documents."""
    section, version, alias = tables.section, tables.document_version, tables.speaker_alias
    person, said = tables.participant, tables.participant_attribute
    speaking = (
        sa.select(alias.c.participant_id)
        .join(section, section.c.speaker == alias.c.label)
        .join(version, version.c.id == section.c.document_version_id)
        .where(
            version.c.document_id.in_(blind),
            version.c.study_id == alias.c.study_id,
            sa.or_(alias.c.document_id.is_(None), alias.c.document_id == version.c.document_id),
        )
    )
    as_written = (
        sa.select(section.c.speaker + AS_WRITTEN)
        .join(version, version.c.id == section.c.document_version_id)
        .where(version.c.document_id.in_(blind), section.c.speaker.is_not(None))
    )
    return sa.union(
        sa.select(person.c.name).where(person.c.id.in_(speaking)),
        sa.select(said.c.value).where(said.c.participant_id.in_(speaking), said.c.name == "name"),
        as_written,
    )
