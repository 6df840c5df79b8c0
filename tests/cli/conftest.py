"""The command line as a person at a prompt has it: one database file, and someone who is working."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from workbench.cli import app

ROOT = Path(__file__).resolve().parents[2]
MINUTES = ROOT / "tests" / "data" / "minutes-openjs-cpc"


@dataclass(frozen=True)
class Answer:
    """What a command wrote, and how it ended."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Trigpoint = Callable[..., Answer]


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that commands work on; it is not there yet."""
    path = tmp_path / "study.db"
    monkeypatch.setenv("TRIGPOINT_DATABASE_URL", str(path))
    monkeypatch.setenv("TRIGPOINT_USER", "Lea")
    return path


@pytest.fixture
def trigpoint(database: Path) -> Trigpoint:
    """Run a command: ``trigpoint("study", "list", "--json").json``; a status other than wanted fails."""

    def run(*words: object, status: int = 0, person: str | None = None) -> Answer:
        said = [str(word) for word in words] + (["--as", person] if person else [])
        result = CliRunner().invoke(app, said)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        answer = Answer(result.exit_code, result.stdout, result.stderr)
        assert answer.status == status, f"{' '.join(said)}: {answer}"
        return answer

    return run


@pytest.fixture
def study(trigpoint: Trigpoint) -> str:
    """A study with its codebook, led by Lea."""
    trigpoint("study", "create", "Region")
    trigpoint("codebook", "load", "grol-wensing")
    return "Region"


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    """A folder with four minutes of a committee, and nothing else."""
    folder = tmp_path / "minutes"
    folder.mkdir()
    for path in MINUTES.glob("20*.md"):
        shutil.copy(path, folder)
    return folder


@pytest.fixture
def two_texts(tmp_path: Path, trigpoint: Trigpoint, study: str) -> Path:
    """Two short interviews, imported as the source "Interviews"."""
    folder = tmp_path / "interviews"
    folder.mkdir()
    (folder / "gp.txt").write_text("Funding is unsure.\n\nThe nurse is a great help.\n", encoding="utf-8")
    (folder / "patient.txt").write_text("Nobody asked me.\n\nI know my sugar 😀 well.\n", encoding="utf-8")
    trigpoint("import", folder, "--source", "Interviews", "--kind", "interview")
    return folder


@pytest.fixture
def write_csv(tmp_path: Path) -> Callable[..., Path]:
    """Write a small table: ``write_csv("codings", "document,code", "gp,ECO")``."""

    def write(name: str, *lines: str) -> Path:
        path = tmp_path / f"{name}.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write
