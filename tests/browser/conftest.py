"""People who come to the app, each in a browser profile of their own, and leave when the test is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.researcher import Researcher

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture
def arrives(browser: Browser) -> Iterator[Callable[[str, str], Researcher]]:
    """Somebody sits down at a running app: ``arrives("Ann", app.url)``."""
    here: list[Researcher] = []

    def sit_down(name: str, address: str) -> Researcher:
        here.append(Researcher(browser, address, name))
        return here[-1]

    yield sit_down
    for researcher in here:
        researcher.leave()
