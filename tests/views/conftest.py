from collections.abc import Iterator

import pytest
import streamlit as st
from sqlalchemy import Engine

from tests.services.team import Team, a_team
from workbench import settings


@pytest.fixture
def served(sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The app is served on an empty database."""
    yield from _served(sqlite_engine, monkeypatch)


@pytest.fixture
def served_example(example_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The app is served on the example study."""
    yield from _served(example_engine, monkeypatch)


@pytest.fixture
def team(served: Engine) -> Team:
    """The app is served on a small study with a lead and two coders."""
    return a_team(served)


def _served(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    monkeypatch.setenv(settings.DATABASE_VARIABLE, str(engine.url))
    yield engine
    st.cache_resource.clear()
