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


def visible_reading_states(viewer: Member) -> Select[Any]:
    """How far people say they are with versions of documents outside rounds, as a person may know it.

    Their own; those of others not while a blind round is open on the document. Columns: ``member_id``,
    ``document_version_id``, ``state``.
    """
    state = tables.reading_state
    return sa.select(state.c.member_id, state.c.document_version_id, state.c.state).where(
        state.c.study_id == viewer.study_id,
        state.c.retired_event.is_(None),
        (state.c.member_id == viewer.id) | state.c.document_version_id.not_in(_blind_versions(viewer)),
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
        .where(~_is_hidden_proposal(viewer))
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
        .where(~_is_hidden_example(viewer))
        .order_by(example.c.created_event)
    )


def visible_cells(viewer: Member) -> Select[Any]:
    """Cells of framework matrices that a person may read, earlier drafts too, newest first.

    Others' cells of a document in an open blind round stay hidden until the reveal. Columns: those
    of ``framework_cell``, ``author`` (name), ``written_at``.
    """
    cell = tables.framework_cell
    return _cells(viewer, cell).where(
        (cell.c.author_id == viewer.id) | cell.c.document_id.not_in(_blind_document_ids(viewer))
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
    hidden = _hidden_codings(viewer, tables.coding.c.id)
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
        .where(~_is_hidden_reason(viewer))
        .order_by(reason.c.created_event)
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


def blind_documents(connection: Connection, viewer: Member) -> set[UUID]:
    """Versions on which a blind round is open now, whoever codes in it."""
    return set(connection.execute(_blind_versions(viewer)).scalars())


def is_any_round_blind(connection: Connection) -> bool:
    """Whether a blind round is open in any study of the database."""
    rounds, reveal = tables.coding_round, tables.reveal
    unrevealed = ~sa.exists().where(reveal.c.coding_round_id == rounds.c.id)
    return connection.execute(sa.select(rounds.c.id).where(rounds.c.blind, unrevealed)).first() is not None


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
    blind = _blind_versions(viewer)
    lineages = _hidden_codings(viewer, tables.coding.c.lineage_id)
    hidden |= set(connection.execute(_hidden_codings(viewer, tables.coding.c.id)).scalars())
    for table in (tables.memo, tables.coding_detail):
        of_lineage = sa.select(table.c.id).where(table.c.lineage_id.in_(lineages))
        hidden |= set(connection.execute(of_lineage).scalars())
    for progress in (tables.reading_state, tables.finished):
        hidden |= set(
            connection.execute(
                sa.select(progress.c.id).where(
                    progress.c.study_id == viewer.study_id,
                    progress.c.member_id != viewer.id,
                    progress.c.document_version_id.in_(blind),
                )
            ).scalars()
        )
    hidden |= _hidden_memos(connection, viewer) | _hidden_cells(connection, viewer)
    hidden |= _hidden_packages(connection, viewer)
    proposal, example = tables.code_proposal, tables.code_example
    for table, is_hidden in (
        (proposal, _is_hidden_proposal(viewer)),
        (example, _is_hidden_example(viewer)),
        (tables.settling_reason, _is_hidden_reason(viewer)),
    ):
        rows = sa.select(table.c.id).where(table.c.study_id == viewer.study_id, is_hidden)
        hidden |= set(connection.execute(rows).scalars())
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


def _hidden_codings(viewer: Member, column: sa.Column[UUID]) -> Select[Any]:
    """A column of the codings of others, earlier ones too, on documents of open blind rounds."""
    coding = tables.coding
    return sa.select(column).where(
        coding.c.study_id == viewer.study_id,
        coding.c.coder_id != viewer.id,
        coding.c.document_version_id.in_(_blind_versions(viewer)),
    )


def _about_blind_work(viewer: Member) -> ColumnElement[bool]:
    """Whether a research memo is on a document of an open blind round, or on a coding there."""
    memo, coding = tables.research_memo, tables.coding
    blind = _blind_versions(viewer)
    documents = _blind_document_ids(viewer)
    lineages = sa.select(coding.c.lineage_id).where(coding.c.document_version_id.in_(blind))
    return ((memo.c.about == "document") & memo.c.about_id.in_(documents)) | (
        (memo.c.about == "coding") & memo.c.about_id.in_(lineages)
    )


def _hidden_memos(connection: Connection, viewer: Member) -> set[UUID]:
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


def _hidden_packages(connection: Connection, viewer: Member) -> set[UUID]:
    """While a blind round is open, what came back from other coders: it tells how far they are."""
    if not blind_documents(connection, viewer):
        return set()
    taken = tables.package_taken
    rows = connection.execute(
        sa.select(taken.c.id).where(taken.c.study_id == viewer.study_id, taken.c.member_id != viewer.id)
    )
    return set(rows.scalars())


def _is_hidden_proposal(viewer: Member) -> ColumnElement[bool]:
    """Whether a proposed code is another's, made in a blind round that is not revealed."""
    proposal = tables.code_proposal
    return (
        (proposal.c.author_id != viewer.id)
        & proposal.c.coding_round_id.is_not(None)  # else the question of where it is in has no answer
        & proposal.c.coding_round_id.in_(_blind_rounds(viewer))
    )


def _is_hidden_example(viewer: Member) -> ColumnElement[bool]:
    """Whether an example stands on a document of an open blind round, and another person picked it."""
    example, event = tables.code_example, tables.event
    picked_by_viewer = sa.exists().where(
        event.c.study_id == example.c.study_id,
        event.c.seq == example.c.created_event,
        event.c.actor_id == viewer.id,
    )
    return example.c.document_version_id.in_(_blind_versions(viewer)) & ~picked_by_viewer


def _is_hidden_reason(viewer: Member) -> ColumnElement[bool]:
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
    blind = _blind_document_ids(viewer)
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
    return ((rows.c.kind == "speaker") & cell.c.case_name.in_(speakers)) | (
        (rows.c.kind == "attribute") & has_its_value
    )


def _hidden_cells(connection: Connection, viewer: Member) -> set[UUID]:
    cell, of_case, rows = tables.framework_cell, tables.framework_case_cell, tables.framework_rows
    hidden = sa.union(
        sa.select(cell.c.id).where(
            cell.c.study_id == viewer.study_id,
            cell.c.author_id != viewer.id,
            cell.c.document_id.in_(_blind_document_ids(viewer)),
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


def _blind_rounds(viewer: Member) -> Select[Any]:
    rounds, reveal = tables.coding_round, tables.reveal
    return sa.select(rounds.c.id).where(
        rounds.c.study_id == viewer.study_id,
        rounds.c.blind,
        ~sa.exists().where(reveal.c.coding_round_id == rounds.c.id),
    )


def _blind_versions(viewer: Member) -> Select[Any]:
    """Versions in a blind round that is not revealed, without those that it has shown one by one."""
    documents, shown = tables.round_document, tables.document_reveal
    return sa.select(documents.c.document_version_id).where(
        documents.c.coding_round_id.in_(_blind_rounds(viewer)),
        ~sa.exists().where(
            shown.c.coding_round_id == documents.c.coding_round_id,
            shown.c.document_version_id == documents.c.document_version_id,
        ),
    )


def _blind_document_ids(viewer: Member) -> Select[Any]:
    version = tables.document_version
    return sa.select(version.c.document_id).where(version.c.id.in_(_blind_versions(viewer)))
