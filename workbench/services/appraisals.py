"""What a document is worth as a source: four notes, after Scott (1990).

References
----------
J. Scott, *A Matter of Record: Documentary Sources in Social Research*, Cambridge: Polity Press, 1990,
chapter 1.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Engine

from corpus.errors import UserFacingError
from corpus.spreadsheets import write_rows
from store import tables
from store.documents import documents
from store.engine import reading, writing
from store.facts import live_rows, replace_fact
from store.studies import Member, member_names
from store.tables import appraisal
from workbench.services.documents import listed_document
from workbench.services.errors import NotThere

#: What is asked of a document, each with the question that it stands for.
QUESTIONS: Mapping[str, str] = {
    "authenticity": "Is it what it claims to be: whole, of undoubted origin, an original or a faithful copy?",
    "credibility": "Is it free of error and distortion: who wrote it, when, with what interest?",
    "representativeness": "Is it typical of its kind; of what is it the exception, and what is missing?",
    "meaning": "Is it clear: what do its terms mean, literally and to those it was written for?",
}

EXPORT_COLUMNS = ("source", "document", "date", *QUESTIONS)


@dataclass(frozen=True)
class AppraisalLine:
    """The notes on a document, by question; those not written are absent."""

    document_id: UUID
    title: str
    source: str
    date: str
    notes: Mapping[str, str]

    @property
    def is_whole(self) -> bool:
        """Whether all four are written."""
        return len(self.notes) == len(QUESTIONS)


@dataclass(frozen=True)
class Appraisal:
    """The notes on one document, who wrote them last, and what they were before; None: nothing else."""

    notes: Mapping[str, str]
    by: str = ""
    at: dt.datetime | None = None
    before: Mapping[str, str] | None = None


def appraisal_of(engine: Engine, actor: Member, document_id: UUID) -> Appraisal:
    """The notes on a document as they are, and as they were before the last change."""
    event = tables.event
    with reading(engine) as connection:
        listed_document(connection, actor, document_id)
        names = dict(member_names(connection, actor.study_id))
        rows = connection.execute(
            sa.select(appraisal, event.c.actor_id, event.c.at)
            .join(
                event,
                (event.c.study_id == appraisal.c.study_id) & (event.c.seq == appraisal.c.created_event),
            )
            .where(appraisal.c.study_id == actor.study_id, appraisal.c.document_id == document_id)
            .order_by(appraisal.c.created_event.desc())
            .limit(2)
        ).all()
    if not rows:
        return Appraisal({})
    now, *earlier = rows
    before = _notes(earlier[0]) if earlier else {}
    return Appraisal(_notes(now), names.get(now.actor_id, ""), dt.datetime.fromisoformat(now.at), before)


def _notes(row: sa.Row[Any]) -> dict[str, str]:
    return {name: text for name in QUESTIONS if (text := row._mapping[name])}


def bring_back_notes(engine: Engine, actor: Member, document_id: UUID) -> None:
    """Take the last change of the notes on a document back; taken back twice, it holds again."""
    before = appraisal_of(engine, actor, document_id).before
    if before is None:
        raise NotThere("Nobody wrote other notes on this document before.")
    appraise(engine, actor, document_id, {name: before.get(name, "") for name in QUESTIONS})


def appraisals_of(engine: Engine, actor: Member) -> list[AppraisalLine]:
    """Every document of the study with the notes on it, by source."""
    with reading(engine) as connection:
        rows = {row.document_id: row for row in live_rows(connection, appraisal, actor.study_id)}
        listed = documents(connection, actor.study_id)
    return [
        AppraisalLine(
            document.id,
            document.title,
            document.source,
            document.date.isoformat() if document.date else "",
            _notes(rows[document.id]) if document.id in rows else {},
        )
        for document in listed
    ]


def appraise(engine: Engine, actor: Member, document_id: UUID, notes: Mapping[str, str]) -> None:
    """Write the notes on a document; those not named stay, empty ones are taken away.

    Raises
    ------
    UserFacingError
        If a note answers none of `QUESTIONS`.
    """
    unknown = set(notes) - set(QUESTIONS)
    if unknown:
        raise UserFacingError(
            f"'{min(unknown)}' is no note of an appraisal. There are: {', '.join(QUESTIONS)}."
        )
    with writing(engine) as connection:
        listed_document(connection, actor, document_id)
        rows = {row.document_id: row for row in live_rows(connection, appraisal, actor.study_id)}
        held = rows[document_id]._mapping if document_id in rows else {}
        values = {name: notes.get(name, held.get(name, "")).strip() for name in QUESTIONS}
        if document_id not in rows and not any(values.values()):
            return
        replace_fact(
            connection,
            appraisal,
            {"document_id": document_id},
            values,
            actor=actor,
            action="document.appraise",
        )


def export_appraisals(engine: Engine, actor: Member, path: Path) -> int:
    """Write the notes on all documents to a CSV file; returns how many documents have any."""
    lines = appraisals_of(engine, actor)
    write_rows(
        path,
        EXPORT_COLUMNS,
        (
            (line.source, line.title, line.date, *(line.notes.get(name, "") for name in QUESTIONS))
            for line in lines
        ),
    )
    return sum(bool(line.notes) for line in lines)


def appraisals_file(engine: Engine, actor: Member) -> bytes:
    """The notes on all documents as the bytes of a CSV file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "appraisals.csv"
        export_appraisals(engine, actor, path)
        return path.read_bytes()
