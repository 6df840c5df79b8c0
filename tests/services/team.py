"""A small study with a lead and two coders, and ways to act in it, for the tests of store and services."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import Engine

from codebook.models import Coding
from corpus.documents import make_document
from corpus.models import Document, RawText, Source
from store import documents as kept
from store.engine import writing
from store.events import check_chain
from store.guards import GUARDED
from store.rounds import Round
from store.studies import Member
from workbench.services import coding, rounds, studies
from workbench.services.codebooks import load_codebook

TEXT = "The nurse has no time.\n\nThe GP wants to start, and money is there.\n\nNobody asked the patients."


@dataclass
class Team:
    """A study: its lead, coders Anna and Bram, one source and one document."""

    engine: Engine
    lead: Member
    anna: Member
    bram: Member
    source: Source
    document: Document

    def add_document(
        self, text: str = TEXT, *, title: str = "Report", source: Source | None = None
    ) -> Document:
        return a_document(self.engine, self.lead, source or self.source, text, title=title)

    def add_source(self, label: str, kind: str = "interview") -> Source:
        with writing(self.engine) as connection:
            return kept.add_source(connection, actor=self.lead, label=label, kind=kind)

    def act(self, actor: Member, document: Document | None = None, **operation: Any) -> str:
        """One operation of the reader; its id when it is stored, else an AssertionError with the reason."""
        operation_id = str(operation.pop("operation", None) or uuid4())
        reason = self.try_act(actor, document, operation=operation_id, **operation)
        assert reason is None, reason
        return operation_id

    def try_act(self, actor: Member, document: Document | None = None, **operation: Any) -> str | None:
        """One operation of the reader; why it was refused, None when it is stored."""
        operation = {"operation": str(uuid4())} | operation
        (outcome,) = coding.apply_operations(self.engine, actor, (document or self.document).id, [operation])
        return outcome.reason

    def code(
        self,
        actor: Member,
        words: str,
        code: str = "ECO-FUND",
        *,
        document: Document | None = None,
        valence: str | None = None,
        memo: str = "",
    ) -> str:
        """Code the first occurrence of some words; the coding's id."""
        document = document or self.document
        start = document.text.index(words)
        place = {"start": start, "end": start + len(words)}
        made = self.act(actor, document, type="apply", code=code, valence=valence, **place)
        if memo:
            self.act(actor, document, type="memo", coding=made, text=memo)
        return made

    def open_round(
        self,
        name: str = "First round",
        *,
        coders: Sequence[str] = ("Anna", "Bram"),
        blind: bool = True,
        documents: Sequence[Document] | None = None,
    ) -> Round:
        names = None if documents is None else [str(document.id) for document in documents]
        return rounds.open_round(
            self.engine, self.lead, name, coders=coders, blind=blind, document_names=names
        )

    def finish(self, *coders: Member, name: str = "First round") -> None:
        for coder in coders:
            rounds.finish(self.engine, coder, name)

    def reveal(self, name: str = "First round") -> Round:
        return rounds.reveal(self.engine, self.lead, name)

    def seen(self, viewer: Member, document: Document | None = None) -> list[Coding]:
        return coding.codings_in(self.engine, viewer, (document or self.document).id)

    def problems(self) -> list[str]:
        with self.engine.connect() as connection:
            return check_chain(connection, self.lead.study_id)

    def count(self, table: sa.Table) -> int:
        with self.engine.connect() as connection:
            return connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


def a_team(engine: Engine, name: str = "Region") -> Team:
    """A study with codebook, source and document."""
    lead = studies.create_study(engine, name, person="Lena")
    anna, bram = (studies.add_person(engine, lead, person) for person in ("Anna", "Bram"))
    load_codebook(engine, lead, "grol-wensing")
    with writing(engine) as connection:
        source = kept.add_source(connection, actor=lead, label="Steering group", kind="meeting report")
    document = a_document(engine, lead, source, TEXT, title="Report 1")
    return Team(engine, lead, anna, bram, source, document)


def a_document(engine: Engine, actor: Member, source: Source, text: str, *, title: str) -> Document:
    digest = hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()
    document = make_document(source, RawText(text, f"{title}.txt", digest, title=title), language="en")
    with writing(engine) as connection:
        kept.add_document(connection, document, actor=actor)
    return document


def a_file(path: Path, rows: list[Mapping[str, str]]) -> Path:
    """A CSV file of rows that all have the columns of the first."""
    import csv

    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, fieldnames=list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    return path


def drop_guards(engine: Engine) -> None:
    """Take the guards away, as somebody with the file and a database tool could."""
    with writing(engine) as connection:
        if engine.dialect.name == "sqlite":
            names = connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            ).scalars()
            for name in names.all():
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        else:
            for table in GUARDED:
                connection.exec_driver_sql(f"ALTER TABLE {table.name} DISABLE TRIGGER USER")


def id_of(text: str) -> UUID:
    return UUID(text)
