"""How long prominence evidence takes: 113 documents, 10,000 codings, 40 rows × 6 sources.

Run: python benchmarks/protocol.py. The aim is 0.5 s for the evidence of every cell.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from time import perf_counter
from uuid import UUID, uuid4

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy import Engine

from store.engine import open_engine
from store.migrate import migrate
from store.studies import Member
from triangulation.models import Row
from workbench.services import codebooks, coding, findings, importing, ratings, studies
from workbench.services.documents import list_documents
from workbench.services.prominence import prominence_evidence
from workbench.services.triangulation import triangulate

DOCUMENTS, SOURCES, CODINGS, ROWS, AIM = 113, 6, 10_000, 40, 0.5


def main() -> None:
    """Make the study, and time the evidence as it is first asked for and after a judgement."""
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{Path(folder) / 'study.db'}"
        lead, rows = _made_up_study(address, Path(folder))
        engine = open_engine(address)
        weights = cycle(("main", "passing"))
        found = prominence_evidence(engine, lead)
        cells = len(found.themes), len(found.quotes)
        print(
            f"{DOCUMENTS} documents, {CODINGS:,} codings: "
            f"{cells[0]} themes × sources, {cells[1]} rows × sources"
        )
        _time("every cell, nothing read before", lambda: _cold(address, lead), AIM)
        _time("every cell, after a rating", lambda: _after_a_rating(engine, lead, rows[0], weights), AIM)
        _time("the row that is judged", lambda: prominence_evidence(engine, lead, rows=rows[:1]))
        _time("the matrix that judging begins with", lambda: triangulate(engine, lead))


def _made_up_study(address: str, folder: Path) -> tuple[Member, list[Row]]:
    engine = open_engine(address)
    migrate(engine)
    lead = studies.create_study(engine, "Benchmark", person="Lena")
    dice = random.Random(7)
    names = [f"Source {number}" for number in range(1, SOURCES + 1)]
    documents: dict[str, list[UUID]] = {name: [] for name in names}
    for number in range(DOCUMENTS):
        path = folder / f"2007-{number % 12 + 1:02}-01 report {number}.txt"
        turns = (
            f"GP {dice.randint(1, 4)}: "
            + " ".join(dice.choice(("care", "money", "team", "goal")) for _ in range(45))
            for _ in range(40)
        )
        path.write_text("\n\n".join(turns))
        name = names[number % SOURCES]
        (result,) = importing.import_paths(engine, lead, [path], source=name, kind="interview")
        assert result.document is not None
        documents[name].append(result.document)
    book = codebooks.load_codebook(engine, lead, "grol-wensing").codebook
    themes = [code.key for code in book.codes if code.parent]
    everywhere = [document for listed in documents.values() for document in listed]
    for each, document in enumerate(everywhere):
        count = CODINGS // DOCUMENTS + (each < CODINGS % DOCUMENTS)
        coding.apply_operations(engine, lead, document, [_operation(dice, themes) for _ in range(count)])
    rows = [Row(themes[number % len(themes)], f"Statement {number}") for number in range(ROWS)]
    _write_findings(engine, lead, rows, names)
    engine.dispose()
    return lead, rows


def _write_findings(engine: Engine, lead: Member, rows: list[Row], names: list[str]) -> None:
    coded: dict[tuple[str, str], list[UUID]] = {}
    source_of = {d.id: d.source for d in list_documents(engine, lead)}
    for made in coding.codings_of(engine, lead):
        coded.setdefault((made.code, source_of[made.document_id]), []).append(made.id)
    for row in rows:
        for name in names:
            findings.add_finding(
                engine,
                lead,
                source=name,
                theme=row.theme,
                row=row.statement,
                statement=f"{name} on {row.statement}",
                coding_ids=coded.get((row.theme, name), [])[:4],
            )


def _operation(dice: random.Random, themes: list[str]) -> dict[str, object]:
    start = dice.randrange(7_000)
    return {
        "operation": str(uuid4()),
        "type": "apply",
        "start": start,
        "end": start + dice.randint(20, 400),
        "code": dice.choice(themes),
        "valence": None,
    }


def _cold(address: str, lead: Member) -> None:
    engine = open_engine(address)
    prominence_evidence(engine, lead)
    engine.dispose()


def _after_a_rating(engine: Engine, lead: Member, row: Row, weights: Iterator[str]) -> None:
    ratings.rate_source(engine, lead, row=row, source="Source 1", prominence=next(weights))
    prominence_evidence(engine, lead)


def _time(what: str, task: Callable[[], object], aim: float | None = None) -> None:
    seconds = []
    for _ in range(5):
        began = perf_counter()
        task()
        seconds.append(perf_counter() - began)
    told = "" if aim is None else f" (aim {aim:.2f} s)"
    print(f"  {what}: {min(seconds):.3f} s{told}")


if __name__ == "__main__":
    main()
