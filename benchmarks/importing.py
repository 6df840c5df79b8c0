"""``trigpoint import`` on real documents: CPU seconds and peak memory of the whole command.

Run from the repository root: ``python benchmarks/importing.py``. Each set is imported by a process of its
own into an empty database; start-up, storing and the log count.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
TRIGPOINT = shutil.which("trigpoint", path=str(Path(sys.executable).parent))


def main() -> None:
    if not DATA.is_dir():
        print("The full data sets are not beside this checkout (../shared/data): nothing to measure.")
        return
    minutes = sorted((DATA / "minutes-openjs-cpc").glob("2*.md"))
    measure("129 minutes", [str(path) for path in minutes], "meeting report", aim=5)
    committee = sorted((DATA / "minutes-fomc").glob("*.txt"))
    measure(
        f"{len(committee)} minutes of the FOMC", [str(path) for path in committee], "meeting report", aim=20
    )
    survey = DATA / "nhs-feedback-phase1" / "text_data.csv"
    measure("6,377 survey rows", [str(survey), "--text-column", "feedback"], "survey", aim=15)
    measure("every file there is", [str(DATA), "--text-column", "text"], "publication")


def measure(label: str, arguments: list[str], kind: str, *, aim: int | None = None) -> None:
    """Import once and print what it took and what became of the documents."""
    with TemporaryDirectory() as folder:
        database = ["--database", str(Path(folder) / "study.db"), "--as", "Lea"]
        run(["study", "create", "Benchmark", *database])
        command = ["import", *arguments, "--source", label, "--kind", kind, "--json", *database]
        status, output, seconds, megabytes = run(command)
    told = [json.loads(line) for line in output.splitlines()]
    assert all(one["status"] != "refused" or one["reason"] for one in told), "refused without a reason"
    fates = [one["status"] for one in told]
    counts = ", ".join(f"{fates.count(fate)} {fate}" for fate in sorted(set(fates)))
    memory = "peak memory unknown" if megabytes is None else f"peak {megabytes:.0f} MB (aim 500)"
    wanted = "" if aim is None else f" (aim {aim})"
    print(f"{label}: {counts}, exit {status}: {seconds:.2f} s CPU{wanted}, {memory}")


def run(arguments: list[str]) -> tuple[int, str, float, float | None]:
    """Exit status, standard output, CPU seconds and peak megabytes of a command."""
    assert TRIGPOINT is not None, "trigpoint is not installed beside this Python; run 'make setup'"
    before = os.times()
    process = subprocess.run([TRIGPOINT, *arguments], capture_output=True, text=True, check=False)
    after = os.times()
    seconds = after.children_user + after.children_system - before.children_user - before.children_system
    return process.returncode, process.stdout, seconds, peak_megabytes()


def peak_megabytes() -> float | None:
    """The most memory that any command so far held; None where the system does not tell (Windows)."""
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


if __name__ == "__main__":
    main()
