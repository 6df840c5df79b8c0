"""Reading real documents: CPU seconds and peak memory for two data sets beside the checkout.

Run from the repository root: ``python benchmarks/reading.py``. Each set is read in a process of its
own, so that the peak is its own; loading the dictionaries for language detection counts.
"""

from __future__ import annotations

import multiprocessing
import sys
import time
from pathlib import Path
from uuid import UUID

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"


def peak_megabytes() -> float | None:
    """The most memory this process ever held; None where the system does not tell (Windows)."""
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def read_all(label: str, paths: list[Path], text_column: str | None) -> None:
    """Read, clean, divide and detect the language of every text, and print what it took."""
    sys.path.insert(0, str(ROOT))
    start = time.process_time()
    from corpus.documents import make_document
    from corpus.models import Refused, Source
    from corpus.readers import find_files, read_file

    source = Source(UUID(int=0), label, "benchmark")
    documents, refused = [], 0
    for path in find_files(paths):
        for found in read_file(path, text_column=text_column):
            if isinstance(found, Refused):
                refused += 1
            else:
                documents.append(make_document(source, found))
    seconds = time.process_time() - start
    words = sum(len(document.text.split()) for document in documents)
    peak = peak_megabytes()
    memory = "peak memory unknown" if peak is None else f"peak {peak:.0f} MB"
    print(
        f"{label}: {len(documents)} documents, {words} words, {refused} refused: "
        f"{seconds:.2f} s CPU, {memory}"
    )


def main() -> None:
    if not DATA.is_dir():
        print("The full data sets are not beside this checkout (../shared/data): nothing to measure.")
        return
    minutes = sorted((DATA / "minutes-openjs-cpc").glob("2*.md"))
    survey = [DATA / "nhs-feedback-phase1" / "text_data.csv"]
    context = multiprocessing.get_context("spawn")
    for task in (("minutes", minutes, None), ("survey answers", survey, "feedback")):
        process = context.Process(target=read_all, args=task)
        process.start()
        process.join()


if __name__ == "__main__":
    main()
