"""The consensus layer of a round: what all coders have alike, and what was settled."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy import Engine

from codebook.models import Valence
from corpus.spreadsheets import write_rows
from store.engine import reading
from store.studies import Member
from workbench.services.settling_desk import Desk

CONSENSUS_COLUMNS = (
    "document",
    "title",
    "start_char",
    "end_char",
    "quote",
    "code",
    "valence",
    "origin",
    "outcome",
    "deciders",
)


@dataclass(frozen=True)
class ConsensusLine:
    """A coding of the consensus layer; ``origin`` is ``agreed`` (all had it) or ``settled``."""

    document_id: UUID
    title: str
    code: str
    start_char: int
    end_char: int
    quote: str
    valence: Valence | None
    origin: str
    outcome: str = ""
    deciders: tuple[str, ...] = ()


def consensus_of(engine: Engine, actor: Member, round_name: str | None = None) -> list[ConsensusLine]:
    """The consensus layer of a round: what all coders have alike, and what was settled; by place."""
    with reading(engine) as connection:
        desk = Desk(connection, actor, round_name)
        lines = [
            ConsensusLine(
                c.document_id,
                desk.listed[c.document_id].title,
                c.code,
                c.start_char,
                c.end_char,
                c.quote,
                c.valence,
                "agreed",
            )
            for c in desk.comparison.agreed
        ]
        lines += [
            ConsensusLine(
                c.document_id,
                desk.listed[c.document_id].title,
                desk.keys[c.code_id],
                c.start_char,
                c.end_char,
                c.quote,
                c.valence,
                "settled",
                settlement.outcome,
                settlement.deciders,
            )
            for settlement in desk.settlements.values()
            for c in settlement.consensus
        ]
    # With three coders the same coding can be the outcome of two places.
    once = {(c.document_id, c.code, c.start_char, c.end_char, c.valence): c for c in reversed(lines)}
    return sorted(
        once.values(), key=lambda line: (line.title, str(line.document_id), line.start_char, line.end_char)
    )


def export_consensus(engine: Engine, actor: Member, path: Path, *, round_name: str | None = None) -> int:
    """Write the consensus layer of a round as CSV; returns the number of codings."""
    return write_rows(
        path,
        CONSENSUS_COLUMNS,
        (
            (
                str(line.document_id),
                line.title,
                str(line.start_char),
                str(line.end_char),
                line.quote,
                line.code,
                line.valence,
                line.origin,
                line.outcome,
                ", ".join(line.deciders),
            )
            for line in consensus_of(engine, actor, round_name)
        ),
    )
