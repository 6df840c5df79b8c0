"""Search over 10,000 documents of 1,000 words, beside what we aim at: 20 ms.

Run: python benchmarks/search.py [DOCUMENTS] [sqlite] [postgresql]. The study is made up (words after Zipf's
law, three speakers) and stored in a database of its own; PostgreSQL is the throw-away server of the tests.
CPU of making the index, its size, and the time of searches with their first 50 hits and counts: the median
and the 95th percentile over words of all frequencies. CPU is that of this process: on PostgreSQL the server
works beside it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from sqlalchemy import Engine

from corpus.documents import make_document
from corpus.models import RawText
from store.documents import add_document, add_source
from store.engine import open_engine, reading, writing
from store.migrate import migrate
from store.studies import Member
from tests import postgres
from workbench.services import studies
from workbench.services.search_ready import make_ready
from workbench.services.searching import search_texts

WORDS, VOCABULARY, TURNS = 1_000, 60_000, 10
AIM = 20.0


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    wanted = sys.argv[2:] or ["sqlite", "postgresql"]
    if "sqlite" in wanted:
        with tempfile.TemporaryDirectory() as folder:
            _measure_all(f"sqlite:///{Path(folder) / 'search.db'}", number)
    if "postgresql" in wanted and postgres.binaries() is not None:
        server = postgres.PostgresServer()
        try:
            _measure_all(server.url("postgres"), number)
        finally:
            server.stop()


def _measure_all(url: str, number: int) -> None:
    engine = open_engine(url)
    migrate(engine)
    anna = studies.create_study(engine, "Benchmark", person="Anna")
    vocabulary = made_up_words()
    _store(engine, anna, vocabulary, number)
    before = _size(engine)
    begin, cpu = perf_counter(), process_time()
    make_ready(engine, anna.study_id)
    told = f"index made in {process_time() - cpu:.1f} s of CPU ({perf_counter() - begin:.1f} s)"
    begin = perf_counter()
    search_texts(engine, anna, vocabulary[100])
    first = 1000 * (perf_counter() - begin)
    print(
        f"{engine.dialect.name}, {number:,} documents: {told}, {(_size(engine) - before) / 1e6:.0f} MB "
        f"beside {before / 1e6:.0f} MB; first search {first:.0f} ms"
    )
    for name, queries in _queries(vocabulary).items():
        _measure(engine, anna, name, queries)
    engine.dispose()


def _size(engine: Engine) -> int:
    """Bytes that the database takes."""
    if engine.dialect.name == "sqlite":
        return Path(str(engine.url.database)).stat().st_size
    with reading(engine) as connection:
        return int(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())


def made_up_words() -> list[str]:
    """Words of two to five syllables, some with accents, each another."""
    dice = np.random.default_rng(3)
    syllables = [
        a + b for a in "bdfgklmnprstvwz" for b in ("a", "e", "i", "o", "u", "ee", "é", "ij", "oe", "an")
    ]
    found: dict[str, None] = {}
    while len(found) < VOCABULARY:
        size = 1 if len(found) < 100 else dice.integers(2, 6)
        found["".join(dice.choice(syllables, size))] = None
    return list(found)


def _store(engine: Engine, anna: Member, vocabulary: list[str], number: int) -> None:
    dice = np.random.default_rng(5)
    weights = 1 / np.arange(1, VOCABULARY + 1)
    share = np.cumsum(weights / weights.sum())
    words = np.array(vocabulary)
    with writing(engine) as connection:
        sources = [
            add_source(connection, actor=anna, label=f"Source {n}", kind="interview") for n in range(8)
        ]
        for n in range(number):
            drawn = words[np.minimum(np.searchsorted(share, dice.random(WORDS)), VOCABULARY - 1)]
            turns = np.array_split(drawn, TURNS)
            text = "\n".join(f"GP {t % 3}: {' '.join(turn)}." for t, turn in enumerate(turns))
            raw = RawText(
                text,
                f"{n}.txt",
                hashlib.sha256(text.encode()).hexdigest(),
                title=f"Interview {n}",
                date=dt.date(2015, 1, 1) + dt.timedelta(days=n % 3000),
            )
            document = make_document(sources[n % 8], raw, language="nl")
            add_document(connection, document, actor=anna)


def _queries(vocabulary: list[str]) -> dict[str, list[str]]:
    places = [3, 10, 30, 100, 300, 600, 1_000, 2_000, 3_000, 5_000, 8_000, 12_000, 20_000, 30_000, 40_000]
    words = [vocabulary[place] for place in places]
    some = [vocabulary[place] for place in (20, 50, 90, 150, 250, 400, 700, 1_100, 2_500, 4_000)]
    return {
        "word": words,
        "two words": [f"{a} {b}" for a, b in zip(words, some, strict=False)],
        "phrase": [f'"{a} {b}"' for a, b in zip(some, words, strict=False)],
        "prefix": [f"{word[:5]}*" for word in words if len(word) > 5],
        "contains": [f"*{word[1:6]}*" for word in words if len(word) > 6],
        "lemma": [f"lemma:{word}" for word in words],
        "near": [f"{a} NEAR/5 {b}" for a, b in zip(some, words, strict=False)],
        "speaker": [f'{word} speaker:"GP 1"' for word in words],
        "where": [f'{word} source:"Source 3" title:interview after:2018' for word in words],
    }


def _measure(engine: Engine, anna: Member, name: str, queries: list[str]) -> None:
    search_texts(engine, anna, queries[-1], number=50)
    times, cpus, slowest = [], [], (0.0, "")
    for query in queries:
        runs = []
        for _ in range(3):
            begin, cpu = perf_counter(), process_time()
            found = search_texts(engine, anna, query, number=50)
            runs.append((process_time() - cpu, perf_counter() - begin))
        cpus.append(1000 * min(run[0] for run in runs))
        times.append(1000 * min(run[1] for run in runs))
        slowest = max(slowest, (times[-1], f"{query}: {found.total} hits, {found.documents} documents"))
    print(
        f"{name:<10} p50 {median(times):6.1f} ms, p95 {np.percentile(times, 95):6.1f} ms "
        f"(CPU {median(cpus):.1f}, {np.percentile(cpus, 95):.1f}; aim {AIM:.0f}); slowest {slowest[1]}"
    )


if __name__ == "__main__":
    main()
