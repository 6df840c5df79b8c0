"""Matrix, co-occurrence and retrieval over a million codings, beside what we aim at.

Run: python benchmarks/questions.py. The codings are made up and already in columns, as the service
keeps them for a person and an event; CPU seconds, the median of five runs.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import networkx as nx
import numpy as np

from codebook import cooccurrence as cooccurrence_module
from codebook.columns import Columns, DocumentFacts, Texts
from codebook.cooccurrence import cooccurrence, network, positions
from codebook.crosstab import Cell, Side, crosstab, grouping
from codebook.exchange import load_scheme
from codebook.hierarchy import children, descendants
from codebook.retrieval import Condition, Measure, Question, Relation, find
from codebook.timeline import timeline

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


def main() -> int:
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
    late = 0
    print(f"{CODINGS:,} codings in {DOCUMENTS:,} documents")
    for name, aim, task in tasks:
        seconds = seconds_of(task)
        late += aim is not None and seconds > aim
        print(f"{name:<58} {seconds:7.3f} s CPU" + ("" if aim is None else f"   aim {aim:.1f} s"))
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
