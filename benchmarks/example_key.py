"""The example study's judgements against its answer key: what the method finds of what was planted.

The judges did not see the key. Its rows were written before the documents, the study's rows after
reading them; a key row is matched to the first statement that the study sorted under its theme.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from store.engine import open_engine
from store.migrate import migrate
from triangulation.models import Row
from workbench.services import example
from workbench.services.triangulation import Triangulation, triangulate


def main() -> None:
    key = yaml.safe_load((example.FOLDER / "key" / "answer_key.yaml").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'example.db'}")
        migrate(engine)
        found = triangulate(
            engine, example.load_example(engine, person="reader of the key"), rule=key["rule"]
        )
        engine.dispose()
    rows = matched(key["rows"], found)
    print(f"answer key: {len(key['rows'])} rows, {len(rows)} of them found by theme; rule {key['rule']}")
    for researcher in found.matrix.researchers:
        tell(researcher, rows, found)


def matched(planted: list[dict[str, Any]], found: Triangulation) -> list[tuple[dict[str, Any], Row]]:
    """Each planted row with the study's first row under the same theme, by the order of findings."""
    first: dict[str, Row] = {}
    for finding in found.findings:
        first.setdefault(finding.row.theme, finding.row)
    return [(row, first[row["theme"]]) for row in planted if row["theme"] in first]


def tell(researcher: str, rows: list[tuple[dict[str, Any], Row]], found: Triangulation) -> None:
    """How often a researcher saw what the key says: who speaks, and which code a pair has."""
    cells = {
        (cell.row, cell.source_a, cell.source_b): cell
        for cell in found.matrix.cells
        if cell.researcher == researcher
    }
    said = {(e.row, e.source): e.speaks for e in found.existences if e.researcher == researcher}
    speaks = [
        said.get((row, source)) == truth["speaks"]
        for planted, row in rows
        for source, truth in planted["sources"].items()
    ]
    table: Counter[tuple[str, str]] = Counter()
    for planted, row in rows:
        for pair in planted["pairs"]:
            first, second = sorted((pair["a"], pair["b"]))
            cell = cells.get((row, first, second))
            table[pair["code"], cell.code if cell and cell.code else "no code"] += 1
    same = sum(n for (truth, judged), n in table.items() if truth == judged)
    print(f"{researcher}: who speaks as planted in {sum(speaks)} of {len(speaks)} places; ", end="")
    print(f"same code in {same} of {table.total()} pairs")
    for (truth, judged), n in sorted(table.items()):
        print(f"    planted {truth:<11} judged {judged:<13} {n:>3}")


if __name__ == "__main__":
    main()
