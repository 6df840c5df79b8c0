"""The parts of the matrix that need no browser pass their own tests."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

MATRIX = Path(__file__).resolve().parents[2] / "workbench" / "components" / "matrix"


def test_typescript_tests_pass() -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("Node.js is not installed: the TypeScript tests of the matrix were not run")
    if not (MATRIX / "node_modules").is_dir():
        pytest.skip("`npm ci` was not run in workbench/components/matrix: its TypeScript tests were not run")
    run = subprocess.run([npm, "test"], cwd=MATRIX, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
