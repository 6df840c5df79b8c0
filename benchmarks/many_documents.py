"""Ten thousand documents of a thousand words, imported into SQLite: CPU seconds, wall time, peak memory.

Run from the repository root: ``python benchmarks/many_documents.py [documents] [pool|tcp://…]``. The
texts are made up: words of a vocabulary that is used as words are (Zipf), in paragraphs, in three
languages. The import runs in a process of its own through the service; its children count.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from itertools import accumulate, repeat
from pathlib import Path
from tempfile import TemporaryDirectory

DOCUMENTS = 10_000
WORDS = 1_000
VOCABULARY = 30_000
AIM_SECONDS, AIM_MEGABYTES = 120, 1_024
_LITTLE = {
    "en": "the of and to in is that it was for on are as with they not have this be we",
    "nl": "de het een en van in is dat niet op te zijn voor met die er aan om ook maar",
    "fr": "le la les de des du une et est en que qui dans pour pas sur au avec ce il",
}
_SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprst" for vowel in "aeio"]


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS
    engine = sys.argv[2] if len(sys.argv) > 2 else ""
    with TemporaryDirectory() as folder:
        write_texts(Path(folder, "texts"), number)
        before, began = os.times(), time.monotonic()
        command = [sys.executable, __file__, "--import", folder, engine]
        process = subprocess.run(command, capture_output=True, text=True, check=True)
        wall, after = time.monotonic() - began, os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    told = json.loads(process.stdout)
    fates = ", ".join(f"{count:,} {fate}" for fate, count in sorted(told["fates"].items()))
    print(
        f"{number:,} documents of {WORDS:,} words: {fates}: {cpu:.1f} s CPU (aim {AIM_SECONDS}), "
        f"{wall:.1f} s, peak {told['megabytes']:.0f} MB (aim {AIM_MEGABYTES})"
    )


def write_texts(folder: Path, number: int) -> None:
    """As many files as are wanted, a third of them in each language."""
    folder.mkdir()
    dice = random.Random(29)
    words = {language: _vocabulary(little, dice) for language, little in _LITTLE.items()}
    weights = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))
    for n in range(number):
        language = list(_LITTLE)[n % len(_LITTLE)]
        chosen = dice.choices(words[language], cum_weights=weights, k=WORDS)
        (folder / f"report_{n:05}.txt").write_text(_laid_out(chosen, dice), encoding="utf-8")


def _vocabulary(little: str, dice: random.Random) -> list[str]:
    made = {
        "".join(dice.choices(_SYLLABLES, k=dice.randint(2, 5))): None for _ in repeat(None, 2 * VOCABULARY)
    }
    return [*little.split(), *made][:VOCABULARY]


def _laid_out(words: list[str], dice: random.Random) -> str:
    """Sentences and paragraphs, under a heading."""
    paragraphs, at = ["# Report of a meeting"], 0
    while at < len(words):
        sentences = []
        for _ in range(dice.randint(3, 7)):
            size = dice.randint(8, 24)
            if at < len(words):
                sentences.append(" ".join(words[at : at + size]).capitalize() + ".")
            at += size
        paragraphs.append(" ".join(sentences))
    return "\n\n".join(paragraphs) + "\n"


def import_all(folder: Path, engine: str) -> None:
    """Import once, in this process, and tell what became of the documents."""
    import resource

    from store.engine import open_engine
    from store.migrate import migrate
    from workbench.services import importing, studies

    database = open_engine(f"sqlite:///{folder / 'study.db'}")
    migrate(database)
    lead = studies.create_study(database, "Benchmark", person="Lea")
    results = importing.import_paths(
        database, lead, [folder / "texts"], source="Reports", kind="meeting report", **_at(engine)
    )
    fates = Counter(result.status for result in results)
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    megabytes = max(peaks) / (2**20 if sys.platform == "darwin" else 2**10)
    print(json.dumps({"fates": fates, "megabytes": megabytes}))


def _at(engine: str) -> dict[str, str]:
    return {"at": engine} if engine else {}


if __name__ == "__main__":
    if sys.argv[1:2] == ["--import"]:
        sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
        import_all(Path(sys.argv[2]), sys.argv[3])
    else:
        main()
