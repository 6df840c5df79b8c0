"""How long the page Compare takes for 113 documents, 30 codes and 5,000 codings of two coders.

Run: python benchmarks/agreement_page.py. The aim is 0.5 s for all that the page shows on opening.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from store.engine import open_engine
from store.migrate import migrate
from workbench.services import codebooks, coding, importing, rounds, studies
from workbench.services.agreement import agreement_of_round
from workbench.services.agreement_spans import passages_of_round
from workbench.services.studies import enter_study, find_study

DOCUMENTS, CODES, CODINGS, REPEATS, AIM = 113, 30, 5_000, 5, 0.5


def main() -> None:
    """Make the study, reveal its round, and time what the page asks for."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'study.db'}")
        migrate(engine)
        lead = studies.create_study(engine, "Benchmark", person="Lena")
        dice = random.Random(7)
        paths = []
        for number in range(DOCUMENTS):
            paths.append(Path(folder) / f"minutes {number}.txt")
            words = " ".join(dice.choice(("care", "nurse", "money", "team", "goal")) for _ in range(900))
            paths[-1].write_text("\n\n".join(words[at : at + 240] for at in range(0, 4_800, 240)))
        imported = list(importing.import_paths(engine, lead, paths, source="Minutes", kind="meeting report"))
        book = codebooks.load_codebook(engine, lead, "grol-wensing").codebook
        themes = [code.key for code in book.codes if code.parent][:CODES]
        rounds.open_round(engine, lead, "First", coders=["Ann", "Ben"])
        for person in ("Ann", "Ben"):
            coder = enter_study(engine, find_study(engine), person=person)
            seen = random.Random(3)  # both see the same passages, and each strays now and then
            for each, result in enumerate(imported):
                count = CODINGS // 2 // DOCUMENTS + (each < CODINGS // 2 % DOCUMENTS)
                operations = [_operation(seen, dice, themes) for _ in range(count)]
                coding.apply_operations(engine, coder, result.document, operations)
            rounds.finish(engine, coder, "First")
        rounds.reveal(engine, lead, "First")
        print(f"{DOCUMENTS} documents, {CODES} codes, {CODINGS:,} codings of two coders")
        _time("what the page shows on opening", lambda: agreement_of_round(engine, lead, "First"), AIM)
        _time(
            "passages, when they are asked for",
            lambda: passages_of_round(engine, lead, "First"),
        )


def _operation(seen: random.Random, dice: random.Random, themes: list[str]) -> dict[str, object]:
    start, code = seen.randrange(4_500), seen.choice(themes)
    if dice.random() < 0.2:
        code = dice.choice(themes)
    return {
        "operation": str(uuid4()),
        "type": "apply",
        "start": start + dice.randint(0, 20),
        "end": start + 160 + dice.randint(0, 60),
        "code": code,
        "valence": None,
    }


def _time(what: str, task: Callable[[], object], aim: float | None = None) -> None:
    seconds, cpu = [], []
    for _ in range(REPEATS):
        began, busy = perf_counter(), process_time()
        task()
        seconds.append(perf_counter() - began)
        cpu.append(process_time() - busy)
    told = "" if aim is None else f" (aim {aim:.2f} s)"
    print(f"  {what}: {min(seconds):.3f} s, {min(cpu):.3f} s of the processor{told}")


if __name__ == "__main__":
    main()
