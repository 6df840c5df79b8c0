"""What a coder on another machine sends back: their codings and what hangs on them, and nothing else.

`read_return` takes them out of the coder's copy of a study; the other functions lay single codings,
proposals and finished documents into the coder's own layer of the team's study, as acts of the coder:
whoever takes the file does no more than let them in. Whether they may be laid there is decided in
`workbench.services.package_returns`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection, Row

from codebook.models import CodingDetail, Origin
from corpus.models import Segment
from store import tables
from store.assignments import Named, codebooks_here, texts_here
from store.documents import documents
from store.events import NewRow, record
from store.origins import origin_row
from store.studies import Member
from store.visibility import visible_codings, visible_proposals, with_details


@dataclass(frozen=True)
class TextPart:
    """A version of a document as the coder had it."""

    document: UUID
    version: UUID
    title: str
    text_sha256: str


@dataclass(frozen=True)
class BookPart:
    """A version of a codebook as the coder had it; ``sha256`` is of all that it says."""

    version: UUID
    name: str
    number: int
    sha256: str


@dataclass(frozen=True)
class DetailPart:
    strength: str | None
    evidence: str | None
    actor: str
    timepoint: str
    certainty: str | None


@dataclass(frozen=True)
class CodingPart:
    """A coding as it holds for the coder; ``found_by`` and ``pattern`` say how it was suggested."""

    id: UUID
    lineage: UUID
    version: UUID
    code: UUID
    codebook_version: UUID
    round: UUID | None
    start_char: int
    end_char: int
    quote: str
    valence: str | None
    memo: str
    detail: DetailPart
    found_by: Literal["search", "rule"] | None
    pattern: str


@dataclass(frozen=True)
class ProposalPart:
    """A code that the coder proposed and nobody has decided on."""

    id: UUID
    code: UUID
    codebook: UUID
    parent: UUID | None
    round: UUID | None
    key: str
    label: dict[str, str]
    definition: str


@dataclass(frozen=True)
class FinishedPart:
    id: UUID
    round: UUID
    version: UUID


@dataclass(frozen=True)
class Return:
    """All that travels back. ``retired`` are codings and ``withdrawn`` proposals that hold no more."""

    package: UUID
    assignment_sha256: str
    study: Named
    coder: Named
    texts: tuple[TextPart, ...]
    codebooks: tuple[BookPart, ...]
    codings: tuple[CodingPart, ...]
    retired: tuple[UUID, ...]
    proposals: tuple[ProposalPart, ...]
    withdrawn: tuple[UUID, ...]
    finished: tuple[FinishedPart, ...]


# --- out of the coder's copy --------------------------------------------------------------------------


def read_return(
    connection: Connection,
    coder: Member,
    *,
    study_name: str,
    package_id: UUID,
    assignment_sha256: str,
    book_hashes: dict[UUID, str],
) -> Return:
    """All that a coder has done in their copy; ``book_hashes`` are those of `codebooks_here`, by version."""
    hashes = texts_here(connection, coder.study_id)
    coding, proposal, finished = tables.coding, tables.code_proposal, tables.finished
    proposed = connection.execute(visible_proposals(coder).where(proposal.c.author_id == coder.id))
    return Return(
        package=package_id,
        assignment_sha256=assignment_sha256,
        study=Named(coder.study_id, study_name),
        coder=Named(coder.id, coder.name),
        texts=tuple(
            TextPart(listed.id, listed.version_id, listed.title, hashes[listed.version_id])
            for listed in documents(connection, coder.study_id)
        ),
        codebooks=tuple(
            BookPart(book.version_id, book.codebook.name, book.codebook.version, book_hashes[book.version_id])
            for book in codebooks_here(connection, coder.study_id)
        ),
        codings=_codings(connection, coder),
        retired=_gone(connection, coding, coding.c.coder_id == coder.id),
        proposals=tuple(
            ProposalPart(
                row.id,
                row.code_id,
                row.codebook_id,
                row.parent_id,
                row.coding_round_id,
                row.key,
                row.label,
                row.definition,
            )
            for row in proposed
        ),
        withdrawn=_gone(connection, proposal, proposal.c.author_id == coder.id),
        finished=tuple(
            FinishedPart(row.id, row.coding_round_id, row.document_version_id)
            for row in connection.execute(
                sa.select(finished)
                .where(finished.c.member_id == coder.id, finished.c.retired_event.is_(None))
                .order_by(finished.c.created_event)
            )
        ),
    )


def _codings(connection: Connection, coder: Member) -> tuple[CodingPart, ...]:
    coding, origin = tables.coding, tables.coding_origin
    suggested = {
        row.lineage_id: row
        for row in connection.execute(sa.select(origin).where(origin.c.study_id == coder.study_id))
    }
    own = with_details(visible_codings(coder)).where(coding.c.coder_id == coder.id)
    parts = []
    for row in connection.execute(own):
        found = suggested.get(row.lineage_id)
        detail = DetailPart(row.strength, row.evidence, row.actor or "", row.timepoint or "", row.certainty)
        parts.append(
            CodingPart(
                id=row.id,
                lineage=row.lineage_id,
                version=row.document_version_id,
                code=row.code_id,
                codebook_version=row.codebook_version_id,
                round=row.coding_round_id,
                start_char=row.start_char,
                end_char=row.end_char,
                quote=row.quote,
                valence=row.valence,
                memo=row.memo,
                detail=detail,
                found_by=None if found is None else found.origin,
                pattern="" if found is None else found.pattern,
            )
        )
    return tuple(parts)


def _gone(connection: Connection, table: sa.Table, is_own: sa.ColumnElement[bool]) -> tuple[UUID, ...]:
    rows = connection.execute(
        sa.select(table.c.id)
        .where(is_own, table.c.retired_event.is_not(None))
        .order_by(table.c.created_event)
    )
    return tuple(rows.scalars())


# --- into the team's study ----------------------------------------------------------------------------


def codings_known(connection: Connection, coder: Member) -> dict[UUID, Row[Any]]:
    """Every coding that a coder ever had in the study, by id, those that hold no more too."""
    coding = tables.coding
    rows = connection.execute(
        sa.select(coding).where(coding.c.study_id == coder.study_id, coding.c.coder_id == coder.id)
    )
    return {row.id: row for row in rows}


def take_coding(
    connection: Connection,
    part: CodingPart,
    segment: Segment,
    *,
    coder: Member,
    is_new: bool,
    replaces: UUID | None = None,
) -> None:
    """Lay a coding into its coder's layer under its own id, in the place of its earlier state.

    ``is_new`` says that the study never had a coding of this lineage: nothing can hang on it then.
    """
    row = {
        "id": part.id,
        "lineage_id": part.lineage,
        "document_version_id": part.version,
        "coder_id": coder.id,
        "code_id": part.code,
        "codebook_version_id": part.codebook_version,
        "coding_round_id": part.round,
        "start_char": segment.start_char,
        "end_char": segment.end_char,
        "quote": segment.quote,
        "prefix": segment.prefix,
        "suffix": segment.suffix,
        "valence": part.valence,
    }
    add: list[NewRow] = [(tables.coding, row)]
    said, unsaid = _said_of(connection, part, coder, is_new=is_new)
    if part.found_by is not None and (is_new or not _has_origin(connection, part.lineage)):
        add.append((tables.coding_origin, origin_row(part.lineage, Origin(part.found_by, part.pattern))))
    _record(
        connection,
        tables.coding,
        part.id,
        coder=coder,
        operation_id=part.id,
        add=[*add, *said],
        retire=[*([] if replaces is None else [(tables.coding, replaces)]), *unsaid],
        version_id=part.version,
        detail={"coder": coder.id.hex, "code": part.code.hex, "span": [part.start_char, part.end_char]},
    )


def take_words(connection: Connection, part: CodingPart, *, coder: Member) -> bool:
    """Let memo and attributes of a coding that is there say what the coder says now; whether it differed."""
    said, unsaid = _said_of(connection, part, coder)
    if not said and not unsaid:
        return False
    _record(
        connection,
        tables.coding,
        part.id,
        coder=coder,
        add=said,
        retire=unsaid,
        version_id=part.version,
    )
    return True


def differs(connection: Connection, part: CodingPart, coder: Member) -> bool:
    """Whether memo or attributes of a coding that is there say something else than the coder's."""
    return any(_said_of(connection, part, coder))


def words_changed_here(connection: Connection, lineage_id: UUID, coder: Member) -> bool:
    """Whether memo or attributes of a coding were changed otherwise than by what came from its coder."""
    event = tables.event
    for table in (tables.memo, tables.coding_detail):
        changed = sa.select(table.c.id).join(
            event,
            (event.c.study_id == coder.study_id)
            & ((event.c.seq == table.c.created_event) | (event.c.seq == table.c.retired_event)),
        )
        otherwise = changed.where(table.c.lineage_id == lineage_id, event.c.action != "coding.take")
        if connection.execute(otherwise).first() is not None:
            return True
    return False


def take_back(connection: Connection, row: Row[Any], *, coder: Member) -> None:
    """Retire a coding that its coder has retired."""
    _record(
        connection,
        tables.coding,
        row.id,
        coder=coder,
        retire=[(tables.coding, row.id)],
        version_id=row.document_version_id,
    )


def take_proposal(connection: Connection, part: ProposalPart, *, coder: Member) -> None:
    """Lay a proposed code with its own ids into the study."""
    row = {
        "id": part.id,
        "code_id": part.code,
        "parent_id": part.parent,
        "author_id": coder.id,
        "coding_round_id": part.round,
        "key": part.key,
        "label": part.label,
        "definition": part.definition,
    }
    record(
        connection,
        study_id=coder.study_id,
        actor_id=coder.id,
        action="code.propose",
        entity=tables.code_proposal,
        entity_id=part.id,
        add=[(tables.code, {"id": part.code, "codebook_id": part.codebook}), (tables.code_proposal, row)],
        detail={"code": part.code.hex},
    )


def take_finished(connection: Connection, part: FinishedPart, *, coder: Member) -> None:
    """Freeze the coder's codings of a document, as they froze them."""
    row = {
        "id": part.id,
        "coding_round_id": part.round,
        "member_id": coder.id,
        "document_version_id": part.version,
    }
    record(
        connection,
        study_id=coder.study_id,
        actor_id=coder.id,
        action="document.finish",
        entity=tables.finished,
        entity_id=part.id,
        add=[(tables.finished, row)],
        detail={"round": part.round.hex, "version": part.version.hex},
    )


def finished_known(connection: Connection, coder: Member) -> set[UUID]:
    """Every act of finishing of a coder, those that the lead took back too."""
    finished = tables.finished
    rows = connection.execute(sa.select(finished.c.id).where(finished.c.member_id == coder.id))
    return set(rows.scalars())


def proposals_known(connection: Connection, coder: Member) -> dict[UUID, UUID]:
    """Every code that a coder ever proposed, those withdrawn too: proposal → code."""
    proposal = tables.code_proposal
    rows = connection.execute(
        sa.select(proposal.c.id, proposal.c.code_id).where(
            proposal.c.study_id == coder.study_id, proposal.c.author_id == coder.id
        )
    )
    return {row.id: row.code_id for row in rows}


def lineages_of_others(connection: Connection, coder: Member, lineages: Collection[UUID]) -> set[UUID]:
    """Those of some lineages that another person's codings belong to, in whatever study."""
    coding, wanted = tables.coding, list(lineages)
    query = sa.select(coding.c.lineage_id).where(coding.c.coder_id != coder.id)
    parts = (wanted[start : start + 500] for start in range(0, len(wanted), 500))
    return {
        id
        for part in parts
        for id in connection.execute(query.where(coding.c.lineage_id.in_(part))).scalars()
    }


def codes_here(connection: Connection, study_id: UUID) -> dict[UUID, UUID]:
    """Every code of a study that ever was, with its codebook."""
    code = tables.code
    rows = connection.execute(sa.select(code.c.id, code.c.codebook_id).where(code.c.study_id == study_id))
    return {row.id: row.codebook_id for row in rows}


def versions_here(connection: Connection, study_id: UUID) -> dict[UUID, UUID]:
    """Every version of a document of a study, with the document."""
    version = tables.document_version
    rows = connection.execute(
        sa.select(version.c.id, version.c.document_id).where(version.c.study_id == study_id)
    )
    return {row.id: row.document_id for row in rows}


def _said_of(
    connection: Connection, part: CodingPart, coder: Member, *, is_new: bool = False
) -> tuple[list[NewRow], list[tuple[sa.Table, UUID]]]:
    """What memo and attributes of a lineage have to become: rows to add, rows to retire."""
    add: list[NewRow] = []
    retire: list[tuple[sa.Table, UUID]] = []
    memo, detail = tables.memo, tables.coding_detail
    held = None if is_new else _live(connection, memo, part.lineage)
    if (held.text if held is not None else "") != part.memo:
        retire += [] if held is None else [(memo, held.id)]
        if part.memo:
            row = {"id": uuid4(), "lineage_id": part.lineage, "author_id": coder.id, "text": part.memo}
            add.append((memo, row))
    said = {name: getattr(part.detail, name) for name in _DETAILS}
    had = None if is_new else _live(connection, detail, part.lineage)
    before = CodingDetail() if had is None else CodingDetail(*(getattr(had, name) for name in _DETAILS))
    if before != CodingDetail(**said):
        retire += [] if had is None else [(detail, had.id)]
        if any(said.values()):
            add.append((detail, {"id": uuid4(), "lineage_id": part.lineage} | said))
    return add, retire


_DETAILS = ("strength", "evidence", "actor", "timepoint", "certainty")


def _live(connection: Connection, table: sa.Table, lineage_id: UUID) -> Row[Any] | None:
    return connection.execute(
        sa.select(table).where(table.c.lineage_id == lineage_id, table.c.retired_event.is_(None))
    ).first()


def _has_origin(connection: Connection, lineage_id: UUID) -> bool:
    origin = tables.coding_origin
    return (
        connection.execute(sa.select(origin.c.id).where(origin.c.lineage_id == lineage_id)).first()
        is not None
    )


def _record(
    connection: Connection,
    entity: sa.Table,
    entity_id: UUID,
    *,
    coder: Member,
    version_id: UUID,
    operation_id: UUID | None = None,
    add: Sequence[NewRow] = (),
    retire: Sequence[tuple[sa.Table, UUID]] = (),
    detail: dict[str, Any] | None = None,
) -> None:
    # One event a coding, about the coding: what hides codings in a blind round hides these events.
    record(
        connection,
        study_id=coder.study_id,
        actor_id=coder.id,
        action="coding.take",
        entity=entity,
        entity_id=entity_id,
        operation_id=operation_id,
        add=add,
        retire=retire,
        detail={"version": version_id.hex, **(detail or {})},
    )
