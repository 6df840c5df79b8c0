"""Where the data live, who is working, and what Streamlit is told."""

import getpass
import stat
import sys
from pathlib import Path

import pytest

from workbench import settings
from workbench.settings import UnknownDatabase, UnknownPerson, acting_person, database_url, streamlit_flags


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("TRIGPOINT_DATABASE_URL", raising=False)
    monkeypatch.delenv("TRIGPOINT_USER", raising=False)
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: tmp_path / "share" / "trigpoint")


def test_without_a_word_the_data_live_in_the_users_own_closed_folder(tmp_path: Path) -> None:
    folder = tmp_path / "share" / "trigpoint"
    assert database_url(None) == f"sqlite:///{folder.as_posix()}/trigpoint.db"
    if sys.platform != "win32":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_option_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIGPOINT_DATABASE_URL", "postgresql://team@host/study")
    assert database_url(None) == "postgresql+psycopg://team@host/study"
    assert database_url("sqlite:///other.db") == "sqlite:///other.db"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_is_reached_through_psycopg(scheme: str) -> None:
    assert database_url(f"{scheme}://a:b@host:5433/x?sslmode=require") == (
        "postgresql+psycopg://a:b@host:5433/x?sslmode=require"
    )


def test_a_bare_path_is_a_sqlite_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert database_url("my study.db") == f"sqlite:///{Path.cwd().as_posix()}/my study.db"


def test_an_unknown_database_is_refused_without_repeating_its_password() -> None:
    with pytest.raises(UnknownDatabase, match="mysql") as refused:
        database_url("mysql://me:secret@host/x")
    assert "secret" not in str(refused.value)


def test_a_question_mark_in_a_file_name_is_refused() -> None:
    with pytest.raises(UnknownDatabase, match="Rename"):
        database_url("what now?.db")


def test_the_person_is_named_by_option_then_environment_then_login(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "login")
    assert acting_person(None) == "login"
    monkeypatch.setenv("TRIGPOINT_USER", "Ann")
    assert acting_person(None) == "Ann"
    assert acting_person("  ") == "Ann"
    assert acting_person("Noor") == "Noor"


def test_a_machine_without_a_login_name_asks_who_is_working(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise OSError("no login name")

    monkeypatch.setattr(getpass, "getuser", nobody)
    with pytest.raises(UnknownPerson, match="--as"):
        acting_person(None)


def test_streamlit_knows_every_option_that_it_is_given() -> None:
    from streamlit import config

    assert set(settings.STREAMLIT_OPTIONS) - set(config.get_config_options()) == set()


def test_options_survive_the_way_through_streamlits_flags() -> None:
    # Streamlit turns every underscore of a flag back into a full stop.
    flags = streamlit_flags(port=8599)
    assert {name.replace("_", ".") for name in flags} == {*settings.STREAMLIT_OPTIONS, "server.port"}


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two colours."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_can_be_read_in_both_themes(theme: str) -> None:
    def colour(name: str) -> str:
        return str(settings.STREAMLIT_OPTIONS[f"theme.{theme}.{name}"])

    ground = colour("backgroundColor")
    assert contrast(colour("textColor"), ground) >= 13
    for name in ("linkColor", "redTextColor", "yellowTextColor", "greenTextColor", "grayTextColor"):
        assert contrast(colour(name), ground) >= 4.5, name
    assert contrast(colour("primaryColor"), "#FFFFFF") >= 4.5  # the words on a primary button
    assert contrast(colour("primaryColor"), ground) >= 3  # the button itself
