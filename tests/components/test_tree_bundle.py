"""The built tree of codes belongs to its sources, writes text only and fetches nothing."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

TREE = Path(__file__).resolve().parents[2] / "workbench" / "components" / "tree"
SOURCES = sorted((TREE / "src").iterdir(), key=lambda path: path.name)
BUNDLE = (TREE / "tree.js").read_text(encoding="utf-8")


def test_bundle_was_built_from_these_sources() -> None:
    digest = hashlib.sha256()
    for path in SOURCES:
        digest.update(f"{path.name}\0{path.read_text(encoding='utf-8')}\0".encode())
    remedy = "tree.js is older than its sources: run `npm run build` in workbench/components/tree"
    assert f"sha256 {digest.hexdigest()};" in BUNDLE.splitlines()[0], remedy


def test_bundle_is_small_and_passed_inline() -> None:
    assert len(BUNDLE.encode()) < 20_000
    # Streamlit takes a script without a line end for the path of a file.
    assert "\n" in BUNDLE


@pytest.mark.parametrize(
    "forbidden",
    ["innerHTML", "outerHTML", "insertAdjacentHTML", "fetch(", "XMLHttpRequest", "http://", "eval("],
)
def test_sources_write_text_only_and_fetch_nothing(forbidden: str) -> None:
    assert [path.name for path in SOURCES if forbidden in path.read_text(encoding="utf-8")] == []


def test_no_word_of_the_interface_stands_in_the_browser_code() -> None:
    script = (TREE / "src" / "tree.ts").read_text(encoding="utf-8")
    assert re.findall(r'textContent = "[^"]+"|aria-label", "[^"]+"', script) == []


def test_lock_file_names_no_registry() -> None:
    written = (TREE / "package-lock.json").read_text(encoding="utf-8")
    assert "http" not in re.sub(r'"funding": \{[^}]*\}', "", written)
