"""What a team promised before coding: approach, unit, level, reliability wanted, documents set apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Connection

from store import tables
from store.events import record
from store.studies import Member

PILOT, RELIABILITY, MAIN = "pilot", "reliability", "main"


@dataclass(frozen=True)
class Plan:
    """A plan for double coding.

    Attributes
    ----------
    approach : str
        ``coefficients``, or ``reflexive``: differences are talked about and no coefficient is computed.
    unit : str
        What agreement is counted in: ``section``, ``sentence`` or ``document``.
    level : str
        Where reliability is promised: ``level`` or ``theme`` of the codebook.
    wanted : float or None
        The lower bound of alpha that the team wants; None: none was promised.
    code_share : float or None
        The share of units that the team expects to bear a code.
    purposes : mapping of document id to str
        ``pilot``, ``reliability`` or ``main``; a document that is not named has no purpose yet.
    at : str
        When it was written, ISO 8601; empty before it is stored.
    """

    approach: str = "coefficients"
    unit: str = "section"
    level: str = "theme"
    wanted: float | None = None
    code_share: float | None = None
    reason: str = ""
    purposes: Mapping[UUID, str] = field(default_factory=dict)
    at: str = ""
    author: str = ""

    @property
    def is_reflexive(self) -> bool:
        return self.approach == "reflexive"

    def documents(self, purpose: str) -> frozenset[UUID]:
        """The documents of a set."""
        return frozenset(document for document, said in self.purposes.items() if said == purpose)


def current_plan(connection: Connection, study_id: UUID) -> Plan | None:
    """The plan that holds now; None where none was written."""
    found = plans(connection, study_id, live=True)
    return found[0] if found else None


def plans(connection: Connection, study_id: UUID, *, live: bool = False) -> list[Plan]:
    """Every plan there was, newest first, with who wrote it when."""
    plan, event, author = tables.coding_plan, tables.event, tables.member
    query = (
        sa.select(plan, event.c.at, author.c.name.label("author"))
        .join(event, (event.c.study_id == plan.c.study_id) & (event.c.seq == plan.c.created_event))
        .join(author, author.c.id == event.c.actor_id)
        .where(plan.c.study_id == study_id)
        .order_by(plan.c.created_event.desc())
    )
    if live:
        query = query.where(plan.c.retired_event.is_(None))
    return [
        Plan(
            row.approach,
            row.unit,
            row.level,
            row.wanted,
            row.code_share,
            row.reason,
            _purposes(connection, row.id),
            row.at,
            row.author,
        )
        for row in connection.execute(query).all()
    ]


def replace_plan(connection: Connection, plan: Plan, *, actor: Member) -> None:
    """Store a plan in the place of the one that held, which is kept."""
    table, row_id = tables.coding_plan, uuid4()
    old = connection.execute(
        sa.select(table.c.id).where(table.c.study_id == actor.study_id, table.c.retired_event.is_(None))
    ).scalar()
    row = {
        "id": row_id,
        "approach": plan.approach,
        "unit": plan.unit,
        "level": plan.level,
        "wanted": plan.wanted,
        "code_share": plan.code_share,
        "reason": plan.reason,
    }
    record(
        connection,
        study_id=actor.study_id,
        actor_id=actor.id,
        action="plan.write",
        entity=table,
        entity_id=row_id,
        add=[
            (table, row),
            *(
                (tables.plan_document, {"coding_plan_id": row_id, "document_id": document, "purpose": said})
                for document, said in plan.purposes.items()
            ),
        ],
        retire=[] if old is None else [(table, old)],
        detail={"approach": plan.approach, "unit": plan.unit, "level": plan.level},
        reason=plan.reason,
    )


def _purposes(connection: Connection, plan_id: UUID) -> dict[UUID, str]:
    table = tables.plan_document
    rows = connection.execute(
        sa.select(table.c.document_id, table.c.purpose).where(table.c.coding_plan_id == plan_id)
    )
    return {row.document_id: row.purpose for row in rows}
