"""Built components belong to their sources, write text only and fetch nothing."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

COMPONENTS = Path(__file__).resolve().parents[2] / "workbench" / "components"

#: Component → the most bytes that its script may have.
LARGEST = {"reader": 120_000, "tree": 20_000, "matrix": 20_000, "lines": 20_000}


@pytest.fixture(params=LARGEST)
def folder(request: pytest.FixtureRequest) -> Path:
    return COMPONENTS / str(request.param)


def sources(folder: Path) -> list[Path]:
    return sorted((folder / "src").iterdir(), key=lambda path: path.name)


def bundle(folder: Path) -> str:
    return (folder / f"{folder.name}.js").read_text(encoding="utf-8")


def test_bundle_was_built_from_these_sources(folder: Path) -> None:
    digest = hashlib.sha256()
    for path in sources(folder):
        digest.update(f"{path.name}\0{path.read_text(encoding='utf-8')}\0".encode())
    remedy = f"{folder.name}.js is older than its sources: run `npm run build` in {folder}"
    assert f"sha256 {digest.hexdigest()};" in bundle(folder).splitlines()[0], remedy


def test_bundle_is_small_and_passed_inline(folder: Path) -> None:
    assert len(bundle(folder).encode()) < LARGEST[folder.name]
    # Streamlit takes a script without a line end for the path of a file.
    assert "\n" in bundle(folder)


@pytest.mark.parametrize(
    "forbidden",
    ["innerHTML", "outerHTML", "insertAdjacentHTML", "fetch(", "XMLHttpRequest", "http://", "eval("],
)
def test_sources_write_text_only_and_fetch_nothing(folder: Path, forbidden: str) -> None:
    assert [path.name for path in sources(folder) if forbidden in path.read_text(encoding="utf-8")] == []


def test_no_word_of_the_interface_stands_in_the_browser_code(folder: Path) -> None:
    script = "".join(path.read_text(encoding="utf-8") for path in sources(folder))
    assert re.findall(r'textContent = "[^"]+"|aria-label", "[^"]+"', script) == []


def test_lock_file_names_no_registry(folder: Path) -> None:
    written = (folder / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in written
    assert "http" not in re.sub(r'"funding": \{[^}]*\}', "", written)
