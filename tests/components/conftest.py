from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.components.screen import EVENTS, TEXT, Screen, free_port, start_server, stop_server


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reader")
    (folder / "text.txt").write_bytes(TEXT.encode())
    return folder


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    port = free_port()
    server = start_server(folder, port)
    yield f"http://127.0.0.1:{port}"
    stop_server(server)


@pytest.fixture
def closed_screen(page: Page, folder: Path, address: str) -> Screen:
    """A screen that no address was opened in yet, over an empty store."""
    page.add_init_script(EVENTS)
    return Screen(page, folder, address)


@pytest.fixture
def screen(closed_screen: Screen) -> Screen:
    closed_screen.open()
    return closed_screen
