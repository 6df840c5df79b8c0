"""Write the database of this version as text, once, when it is released; later versions must read it.

Run from the repository root: ``python -m tests.store.freeze_release``. It refuses to write over a
frozen file: what was released does not change any more.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from pathlib import Path

from sqlalchemy import Engine

from corpus.documents import make_document
from corpus.models import RawText
from store import documents
from store.engine import open_engine, writing
from store.events import app_version
from store.migrate import migrate
from workbench.services import coding, findings, judging, protocol, rounds, studies, triangulation
from workbench.services.codebook_editing import rename_code
from workbench.services.codebooks import load_codebook

FOLDER = Path(__file__).resolve().parent.parent / "data" / "released"
TEXT = "Funding\n\nThe GP wants to start, and money 😀 is there.\n"


def freeze(path: Path) -> None:
    """Make a small study in which every kind of table has a row, and dump it."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "study.db"
        engine = open_engine(f"sqlite:///{database}")
        migrate(engine)
        _fill(engine)
        engine.dispose()
        connection = sqlite3.connect(database)
        path.write_text("\n".join(connection.iterdump()) + "\n", encoding="utf-8")
        connection.close()


def _fill(engine: Engine) -> None:
    lead = studies.create_study(engine, "Region", person="Lena")
    anna = studies.add_person(engine, lead, "Anna")
    studies.add_person(engine, lead, "Bram")
    book = load_codebook(engine, lead, "grol-wensing").codebook
    with writing(engine) as connection:
        source = documents.add_source(connection, actor=lead, label="Steering group", kind="meeting report")
        raw = RawText(TEXT, "report.txt", "0" * 64, title="Report", attributes={"place": "Aalst"})
        document = make_document(source, raw, language="en")
        documents.add_document(connection, document, actor=lead)
    start = TEXT.index("money")
    place = {"start": start, "end": start + len("money 😀")}
    made = "00000000-0000-4000-8000-000000000001"
    again = "00000000-0000-4000-8000-000000000002"
    operations = [
        {"operation": made, "type": "apply", "code": "ECO-FUND", "valence": "facilitator", **place},
        {"operation": again, "type": "change", "coding": made, "valence": "mixed"},
        {"operation": again[:-1] + "3", "type": "memo", "coding": made, "text": "first memo"},
    ]
    assert all(o.reason is None for o in coding.apply_operations(engine, anna, document.id, operations))
    rounds.open_round(engine, lead, "One", coders=["Anna", "Bram"])
    for name in ("Anna", "Bram"):
        rounds.finish(engine, studies.add_person(engine, lead, name), "One")
    rounds.reopen(engine, lead, "One", coder="Bram", document="Report", reason="a passage was missed")
    rounds.finish(engine, studies.add_person(engine, lead, "Bram"), "One")
    rounds.reveal(engine, lead, "One")
    rename_code(engine, lead, "ECO-FUND", label={"en": "Money"}, reason="shorter")
    with writing(engine) as connection:
        documents.add_source(connection, actor=lead, label="Interviews", kind="interview")
    findings.add_finding(
        engine, anna, source="Steering group", theme="ECO-FUND", statement="Money is there.", coding_ids=[]
    )
    (row,) = triangulation.triangulate(engine, anna).matrix.rows
    judging.judge_existence(engine, anna, row=row, source="Interviews", speaks=True)
    pair = {"source_a": "Interviews", "source_b": "Steering group"}
    judging.judge_pair(engine, anna, row=row, **pair, meaning="same", reason="both say so")
    judging.lock_judgements(engine, anna)
    protocol.choose_rule(engine, lead, "meaning_first", reason="parts are rarely told")
    assert len(book.codes) > 40


def main() -> None:
    path = FOLDER / f"{app_version()}.sql"
    if path.exists():
        sys.exit(f"{path.name} is frozen already.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    freeze(path)
    print(f"{path} written: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
