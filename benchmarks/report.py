"""How long the report takes in four forms: 40 rows, 6 sources and 3 researchers, 1,800 judgements.

Run: python benchmarks/report.py. The aim is 10 s for all four forms together, the study read once.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from _study import triangulated_study

from store.engine import open_engine
from triangulation.report import drawn
from workbench.services.reporting import FORMATS, report_for, write_drawn
from workbench.services.studies import enter_study, find_study

ROWS, SOURCES, AIM = 40, 6, 10.0


def main() -> None:
    """Make the study, read it once, and write the report in every form."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "study.db"
        triangulated_study(database, rows=ROWS, sources=SOURCES)
        engine = open_engine(f"sqlite:///{database}")
        anna = enter_study(engine, find_study(engine), person="Anna")
        begin = perf_counter()
        report = report_for(engine, anna)
        judged = sum(cell.judgement is not None for cell in report.matrix.cells)
        print(f"{len(report.rows)} rows, {len(report.source_names)} sources, {judged:,} judgements")
        _tell("the study is read", begin)
        parts = perf_counter()
        blocks = drawn(report)
        _tell("what the report says", parts)
        for format in FORMATS:
            written = perf_counter()
            path = Path(folder) / f"report.{format}"
            write_drawn(blocks, path, format=format)
            _tell(f"{format}, {path.stat().st_size / 1e6:.1f} MB", written)
        whole = perf_counter() - begin
        print(f"{'together':30} {whole:6.2f} s  {'reaches' if whole <= AIM else 'MISSES'} {AIM:.0f} s")
        engine.dispose()
        sys.exit(whole > AIM)


def _tell(what: str, since: float) -> None:
    print(f"{what:30} {perf_counter() - since:6.2f} s")


if __name__ == "__main__":
    main()
