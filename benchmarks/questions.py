"""Matrix, co-occurrence and retrieval over a million codings, beside what we aim at.

Run: python benchmarks/questions.py. The codings are made up and already in columns, as the service
keeps them for a person and an event; CPU seconds, the median of five runs. Then, in a database, how
long the columns take to be read whole, and to be carried on after one coding.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time
from uuid import UUID, uuid4

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import networkx as nx
import numpy as np
import sqlalchemy as sa
from sqlalchemy import Engine

from codebook import cooccurrence as cooccurrence_module
from codebook.columns import Columns, DocumentFacts, Texts
from codebook.cooccurrence import cooccurrence, network, positions
from codebook.crosstab import Cell, Side, crosstab, grouping
from codebook.exchange import load_scheme
from codebook.hierarchy import children, descendants
from codebook.retrieval import Condition, Measure, Question, Relation, find
from codebook.timeline import timeline
from corpus.documents import make_document
from corpus.models import RawText
from store import tables
from store.documents import add_document, add_source
from store.engine import open_engine, writing
from store.migrate import migrate
from store.studies import Member
from workbench.services import studies
from workbench.services.codebooks import load_codebook
from workbench.services.coding import apply_operations
from workbench.services.snapshot import snapshot_of

CODINGS, DOCUMENTS, LENGTH, TURNS = 1_000_000, 10_000, 7_000, 60
KINDS = ("interview", "focus group", "meeting report", "survey", "register")
REPEATS = 5


def a_million_codings() -> tuple[Columns, dict[str, tuple[str, ...]], list[str], list[str]]:
    """Codings of ten thousand documents with a codebook's families, levels and themes."""
    book = load_scheme("grol-wensing")
    levels = [code.key for code in children(book, None)]
    themes = [code.key for code in book.codes if code.parent is not None]
    families = {
        code.key: (code.key, *(below.key for below in descendants(book, code.key))) for code in book.codes
    }
    random = np.random.default_rng(1)
    documents = tuple(
        DocumentFacts(
            UUID(int=number),
            f"Document {number}",
            f"Source {number % 40}",
            KINDS[number % len(KINDS)],
            LENGTH,
            dt.date(2015 + number % 10, number % 12 + 1, 1),
            "en",
            {"site": f"Site {number % 12}"},
        )
        for number in range(DOCUMENTS)
    )
    turn = np.tile(np.arange(TURNS), DOCUMENTS)
    texts = Texts(
        documents,
        np.arange(DOCUMENTS),
        np.repeat(np.arange(DOCUMENTS), TURNS),
        turn * LENGTH // TURNS,
        (turn + 1) * LENGTH // TURNS - 1,
        turn % 3 - 1,
        ("GP", "Interviewer"),
    )
    text = random.integers(0, DOCUMENTS, CODINGS)
    start = random.integers(0, LENGTH - 400, CODINGS)
    end = start + random.integers(20, 400, CODINGS)
    order = np.lexsort((end, start, text))
    text, start, end = text[order], start[order], end[order]
    columns = Columns(
        texts,
        np.zeros((CODINGS, 16), dtype=np.uint8),
        text,
        start,
        end,
        random.integers(0, len(themes), CODINGS),
        random.integers(0, 4, CODINGS),
        random.integers(-1, 4, CODINGS),
        random.integers(-1, 2, CODINGS),
        tuple(sorted(themes)),
        ("Anke", "Bram", "Claire", "Dirk"),
        np.ones(DOCUMENTS, dtype=np.bool_),
    )
    return columns, families, levels, themes


def seconds_of(task: Callable[[], object]) -> float:
    taken = []
    for _ in range(REPEATS):
        begun = process_time()
        task()
        taken.append(process_time() - begun)
    return median(taken)


def placed_anew(graph: nx.Graph) -> None:
    """Places of a network that has not been drawn before."""
    cooccurrence_module._places.cache_clear()
    positions(graph)


#: Codings in the database that is read.
STORED, STORED_DOCUMENTS = 100_000, 1_000


def a_database(folder: Path) -> tuple[Engine, Member, Callable[[], object]]:
    """A study with many codings; the act gives one more code.

    The rows of the first are put into the tables directly: a million events are not what is measured.
    """
    engine = open_engine(f"sqlite:///{folder / 'questions.db'}")
    migrate(engine)
    lead = studies.create_study(engine, "Many", person="Lena")
    load_codebook(engine, lead, "grol-wensing")
    chance = np.random.default_rng(2)
    text = "No time. " * (LENGTH // 9)
    with writing(engine) as connection:
        source = add_source(connection, actor=lead, label="GPs", kind="interview")
        documents = []
        for number in range(STORED_DOCUMENTS):
            raw = RawText(text, f"{number}.txt", f"{number:064}", title=f"GP {number}")
            documents.append(make_document(source, raw, language="en"))
            add_document(connection, documents[-1], actor=lead)
        versions = connection.execute(sa.select(tables.document_version.c.id)).scalars().all()
        codes = connection.execute(
            sa.select(tables.code_revision.c.code_id, tables.code_revision.c.codebook_version_id)
        ).all()
        connection.execute(
            tables.coding.insert(),
            [
                {
                    "id": UUID(int=number + 1),
                    "lineage_id": UUID(int=number + 1),
                    "study_id": lead.study_id,
                    "document_version_id": versions[number % STORED_DOCUMENTS],
                    "coder_id": lead.id,
                    "code_id": codes[number % len(codes)].code_id,
                    "codebook_version_id": codes[number % len(codes)].codebook_version_id,
                    "start_char": start,
                    "end_char": start + 300,
                    "quote": text[start : start + 300],
                    "prefix": "",
                    "suffix": "",
                    "created_event": 1,
                }
                for number, start in enumerate(chance.integers(0, LENGTH - 400, STORED).tolist())
            ],
        )

    def code_once() -> None:
        start = int(chance.integers(0, LENGTH - 400))
        place = {"start": start, "end": start + 100, "code": "ECO-FUND"}
        operation = {"operation": str(uuid4()), "type": "apply", "valence": None, **place}
        (outcome,) = apply_operations(engine, lead, documents[start % STORED_DOCUMENTS].id, [operation])
        assert outcome.reason is None, outcome.reason

    return engine, lead, code_once


def show_snapshots() -> None:
    """How long a snapshot takes to be carried on, beside a whole read."""
    with tempfile.TemporaryDirectory() as folder:
        engine, lead, code_once = a_database(Path(folder))
        begun = process_time()
        snapshot_of(engine, lead)
        whole, on = process_time() - begun, []
        for _ in range(REPEATS):
            code_once()
            begun = process_time()
            snapshot_of(engine, lead)
            on.append(process_time() - begun)
        engine.dispose()
    print(f"{STORED:,} codings in a database")
    print(f"{'read whole':<58} {whole:7.3f} s CPU")
    print(f"{'carried on after one coding':<58} {median(on):7.3f} s CPU   aim a tenth")


def main() -> None:
    columns, families, levels, themes = a_million_codings()
    kinds = grouping(columns, Side.KIND)
    both = levels + themes

    def matrix(cell: Cell, rows: list[str] = themes, side: Side = Side.KIND) -> Callable[[], object]:
        groups = kinds if side == Side.KIND else grouping(columns, side, attribute="site")
        return lambda: crosstab(columns, groups, rows=rows, cell=cell, families=families)

    def asks(*conditions: Condition) -> Callable[[], object]:
        question = Question((levels[0],), conditions)
        return lambda: find(columns, question, families=families)

    overlaps = int(np.triu(cooccurrence(columns, codes=themes).pairs).sum())
    graph = network(cooccurrence(columns, codes=themes))
    tasks: list[tuple[str, float | None, Callable[[], object]]] = [
        ("matrix, 36 themes × 5 kinds, documents", 0.2, matrix(Cell.DOCUMENTS)),
        ("the same, participants", 0.2, matrix(Cell.PARTICIPANTS)),
        ("the same, segments", 0.2, matrix(Cell.SEGMENTS)),
        ("the same, share of text", None, matrix(Cell.TEXT)),
        ("36 themes and 7 levels × 5 kinds, documents", None, matrix(Cell.DOCUMENTS, both)),
        ("36 themes × 12 sites, documents", 0.2, matrix(Cell.DOCUMENTS, side=Side.ATTRIBUTE)),
        (f"co-occurrence, {overlaps:,} overlaps", 1.5, lambda: cooccurrence(columns, codes=themes)),
        (
            "co-occurrence within 100 characters",
            None,
            lambda: cooccurrence(columns, codes=themes, distance=100),
        ),
        ("places of 36 codes in the network", None, lambda: placed_anew(graph)),
        ("retrieval, a level overlapping another", None, asks(Condition((levels[1],)))),
        ("retrieval, a level within another", None, asks(Condition((levels[1],), Relation.WITHIN))),
        (
            "retrieval, a level in the same turn as another",
            None,
            asks(Condition((levels[1],), Relation.NEAR, measure=Measure.SECTION)),
        ),
        (
            "time, 10 years by month",
            None,
            lambda: timeline(columns, np.ones(CODINGS, dtype=np.bool_), period="month"),
        ),
    ]
    print(f"{CODINGS:,} codings in {DOCUMENTS:,} documents")
    for name, aim, task in tasks:
        seconds = seconds_of(task)
        print(f"{name:<58} {seconds:7.3f} s CPU" + ("" if aim is None else f"   aim {aim:.1f} s"))
    show_snapshots()


if __name__ == "__main__":
    main()
