"""The coding screen says what the catalogue holds, and its TypeScript parts pass their own tests."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from workbench.components.reader import READER_WORDS

READER = Path(__file__).resolve().parents[2] / "workbench" / "components" / "reader"
SOURCES = sorted((READER / "src").iterdir(), key=lambda path: path.name)


def test_browser_and_catalogue_know_the_same_words() -> None:
    listed = (READER / "src" / "words.ts").read_text(encoding="utf-8").split("[", 1)[1].split("]", 1)[0]
    assert re.findall(r'"(\w+)"', listed) == list(READER_WORDS)


def test_every_word_is_used() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in SOURCES if path.name != "words.ts")
    unused = [word for word in READER_WORDS if not re.search(rf"\b{word}\b", code)]
    # Words for choices are put together from the name of what is chosen.
    assert [word for word in unused if not word.startswith(("valence_", "choice_", "no_turn_"))] == []


def test_typescript_tests_pass() -> None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("Node.js is not installed: the TypeScript tests of the coding screen were not run")
    if not (READER / "node_modules").is_dir():
        pytest.skip("`npm ci` was not run in workbench/components/reader: its TypeScript tests were not run")
    run = subprocess.run([npm, "test"], cwd=READER, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
