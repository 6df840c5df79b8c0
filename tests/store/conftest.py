import pytest
from sqlalchemy import Engine

from tests.services.team import Team, a_team


@pytest.fixture
def team(engine: Engine) -> Team:
    """The study on both databases in turn."""
    return a_team(engine)


@pytest.fixture
def quick_team(sqlite_engine: Engine) -> Team:
    """The study on SQLite alone."""
    return a_team(sqlite_engine)
