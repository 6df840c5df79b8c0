"""Rounds of double coding: who codes what, who has finished, what is revealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection

from store import tables
from store.events import record
from store.studies import Member


@dataclass(frozen=True)
class Round:
    """``coders`` are people in the order given; ``documents`` are version ids.

    ``purpose`` is ``calibration``, in which documents may be revealed one by one (``shown`` are
    those), or ``reliability``, which is revealed as a whole.
    """

    id: UUID
    name: str
    blind: bool
    revealed: bool
    codebook_version_id: UUID
    coders: tuple[Member, ...]
    documents: tuple[UUID, ...]
    finished: frozenset[tuple[UUID, UUID]]  # (member id, version id)
    purpose: str = "reliability"
    unit: str | None = None
    shown: frozenset[UUID] = frozenset()

    def is_shown(self, version_id: UUID) -> bool:
        """Whether everyone may see what the coders have coded in a document."""
        return version_id in self.documents and (self.revealed or version_id in self.shown)

    @property
    def all_finished(self) -> bool:
        return len(self.finished) == len(self.coders) * len(self.documents)

    @property
    def state(self) -> str:
        if self.revealed:
            return "revealed"
        return "finished" if self.all_finished else "open"


def add_round(
    connection: Connection,
    *,
    actor: Member,
    name: str,
    blind: bool,
    codebook_version_id: UUID,
    coders: Sequence[Member],
    version_ids: Sequence[UUID],
    purpose: str = "reliability",
    unit: str | None = None,
) -> UUID:
    """Open a round; from now on it binds what its coders may see."""
    round_id = uuid4()
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="round.open",
        entity=tables.coding_round,
        entity_id=round_id,
        add=[
            (
                tables.coding_round,
                {"id": round_id, "codebook_version_id": codebook_version_id, "name": name, "blind": blind},
            ),
            *(
                (tables.round_coder, {"coding_round_id": round_id, "member_id": coder.id, "position": n})
                for n, coder in enumerate(coders)
            ),
            *(
                (tables.round_document, {"coding_round_id": round_id, "document_version_id": version_id})
                for version_id in version_ids
            ),
            (tables.round_purpose, {"coding_round_id": round_id, "purpose": purpose, "unit": unit}),
        ],
        detail={
            "blind": blind,
            "coders": len(coders),
            "documents": len(version_ids),
            "purpose": purpose,
        },
    )
    return round_id


def finish(connection: Connection, *, actor: Member, round_id: UUID, coder: Member, version_id: UUID) -> None:
    """Freeze a coder's codings of a document in a round."""
    row_id = uuid4()
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="document.finish",
        entity=tables.finished,
        entity_id=row_id,
        add=[
            (
                tables.finished,
                {
                    "id": row_id,
                    "coding_round_id": round_id,
                    "member_id": coder.id,
                    "document_version_id": version_id,
                },
            )
        ],
        detail={"round": round_id.hex, "version": version_id.hex},
    )


def reopen(
    connection: Connection, *, actor: Member, round_id: UUID, coder: Member, version_id: UUID, reason: str
) -> None:
    """Let a coder go on with a document that they had finished."""
    table = tables.finished
    row_id = connection.execute(
        sa.select(table.c.id).where(
            table.c.coding_round_id == round_id,
            table.c.member_id == coder.id,
            table.c.document_version_id == version_id,
            table.c.retired_event.is_(None),
        )
    ).scalar_one()
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="document.reopen",
        entity=table,
        entity_id=row_id,
        retire=[(table, row_id)],
        detail={"round": round_id.hex, "version": version_id.hex},
        reason=reason,
    )


def add_reveal(connection: Connection, *, actor: Member, round_id: UUID) -> None:
    """End the blindness of a round. It cannot be undone: what was seen was seen."""
    row_id = uuid4()
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="round.reveal",
        entity=tables.reveal,
        entity_id=row_id,
        add=[(tables.reveal, {"id": row_id, "coding_round_id": round_id})],
        detail={"round": round_id.hex},
    )


def add_document_reveal(connection: Connection, *, actor: Member, round_id: UUID, version_id: UUID) -> None:
    """End the blindness of one document of a round; as little to be undone as a reveal."""
    row_id = uuid4()
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="document.reveal",
        entity=tables.document_reveal,
        entity_id=row_id,
        add=[
            (
                tables.document_reveal,
                {"id": row_id, "coding_round_id": round_id, "document_version_id": version_id},
            )
        ],
        detail={"round": round_id.hex, "version": version_id.hex},
    )


def rounds(connection: Connection, study_id: UUID) -> list[Round]:
    """All rounds of a study in the order in which they were opened."""
    table, reveal, purpose = tables.coding_round, tables.reveal, tables.round_purpose
    rows = connection.execute(
        sa.select(table, reveal.c.id.label("reveal_id"), purpose.c.purpose, purpose.c.unit)
        .outerjoin(reveal, reveal.c.coding_round_id == table.c.id)
        .outerjoin(purpose, purpose.c.coding_round_id == table.c.id)
        .where(table.c.study_id == study_id)
        .order_by(table.c.created_event)
    ).all()
    return [_round(connection, row) for row in rows]


def _round(connection: Connection, row: Any) -> Round:
    revealed = row.reveal_id is not None
    documents = _documents(connection, row.id, withdrawn_too=revealed)
    return Round(
        id=row.id,
        name=row.name,
        blind=row.blind,
        revealed=revealed,
        codebook_version_id=row.codebook_version_id,
        coders=_coders(connection, row.id),
        documents=documents,
        finished=frozenset(pair for pair in _finished(connection, row.id) if pair[1] in documents),
        purpose=row.purpose or "reliability",
        unit=row.unit,
        shown=_shown(connection, row.id),
    )


def _coders(connection: Connection, round_id: UUID) -> tuple[Member, ...]:
    rows = connection.execute(
        sa.select(tables.member)
        .join(tables.round_coder)
        .where(tables.round_coder.c.coding_round_id == round_id)
        .order_by(tables.round_coder.c.position)
    )
    return tuple(Member(row.id, row.study_id, row.name, row.role) for row in rows)


def _documents(connection: Connection, round_id: UUID, *, withdrawn_too: bool) -> tuple[UUID, ...]:
    """The versions of a round. Nobody can finish a withdrawn document; what was compared stays compared."""
    table, version, document = tables.round_document, tables.document_version, tables.document
    rows = connection.execute(
        sa.select(table.c.document_version_id)
        .join(version, version.c.id == table.c.document_version_id)
        .join(document, document.c.id == version.c.document_id)
        .where(table.c.coding_round_id == round_id)
        .where(sa.true() if withdrawn_too else document.c.retired_event.is_(None))
        .order_by(document.c.created_event)
    )
    return tuple(rows.scalars())


def _finished(connection: Connection, round_id: UUID) -> frozenset[tuple[UUID, UUID]]:
    table = tables.finished
    rows = connection.execute(
        sa.select(table.c.member_id, table.c.document_version_id).where(
            table.c.coding_round_id == round_id, table.c.retired_event.is_(None)
        )
    )
    return frozenset((row.member_id, row.document_version_id) for row in rows)


def _shown(connection: Connection, round_id: UUID) -> frozenset[UUID]:
    table = tables.document_reveal
    rows = connection.execute(
        sa.select(table.c.document_version_id).where(table.c.coding_round_id == round_id)
    )
    return frozenset(rows.scalars())
