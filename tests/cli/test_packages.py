"""A coder works in a database of their own, by commands: there and back, twice, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Trigpoint

SECRET = "four words of ours"


@pytest.fixture(autouse=True)
def passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIGPOINT_PASSPHRASE", SECRET)


@pytest.fixture
def away(trigpoint: Trigpoint, two_texts: Path, tmp_path: Path) -> Path:
    """Ann's own database, in which the package of a blind round was opened."""
    trigpoint("round", "open", "--name", "R", "--coders", "Ann,Ben", "--blind")
    file, copy = tmp_path / "ann.trigpoint", tmp_path / "copy.db"
    made = trigpoint("package", "make", "--coder", "Ann", "--out", file, "--json").json
    assert (made["coder"], made["round"], made["documents"], made["codebook_version"]) == ("Ann", "R", 2, 1)
    taken = trigpoint("package", "take", file, "--database", copy, "--json").json
    assert (taken["kind"], taken["study"], taken["coder"], taken["documents"]) == (
        "assignment",
        "Region",
        "Ann",
        2,
    )
    return copy


def code(trigpoint: Trigpoint, write_csv: Callable[..., Path], copy: Path, *rows: str) -> None:
    table = write_csv("codings", "document,quote,code,memo", *rows)
    trigpoint("codings", "import", table, "--database", copy, person="Ann")


def test_there_and_back_and_twice(
    trigpoint: Trigpoint, away: Path, write_csv: Callable[..., Path], tmp_path: Path
) -> None:
    code(
        trigpoint,
        write_csv,
        away,
        "gp,Funding is unsure.,ECO-FUND,my thought",
        "patient,Nobody asked me.,PAT-ATT,",
    )
    trigpoint("round", "finish", "--database", away, person="Ann")
    back = tmp_path / "back.trigpoint"
    returned = trigpoint("package", "return", back, "--database", away, "--json", person="Ann").json
    assert (returned["documents"], returned["codings"], returned["finished"]) == (2, 2, 2)
    first = trigpoint("package", "take", back, "--json").json
    assert (first["codings"], first["finished"], first["conflicts"], first["complete"]) == (2, 2, [], True)
    again = trigpoint("package", "take", back, "--json", person="Ann").json
    assert (again["already_taken"], again["codings"], again["duplicates"]) == (True, 0, 2)
    exports = []
    for place in ([], ["--database", away]):
        out = tmp_path / f"{len(exports)}.csv"
        trigpoint("codings", "export", "--out", out, *place, person="Ann")
        exports.append(out.read_bytes())
    assert exports[0] == exports[1]
    assert trigpoint("verify", "--json").json["problems"] == []
    assert "my thought" not in trigpoint("log", person="Lea").out


def test_what_cannot_be_taken_is_listed_and_the_status_says_so(
    trigpoint: Trigpoint, away: Path, write_csv: Callable[..., Path], tmp_path: Path
) -> None:
    trigpoint("round", "finish", "--document", "gp", person="Ann")
    code(trigpoint, write_csv, away, "gp,Funding is unsure.,ECO-FUND,", "patient,Nobody asked me.,PAT-ATT,")
    back = tmp_path / "back.trigpoint"
    trigpoint("package", "return", back, "--database", away, person="Ann")
    taken = trigpoint("package", "take", back, "--json", status=3).json
    assert (taken["codings"], taken["complete"]) == (1, False)
    (conflict,) = taken["conflicts"]
    assert (conflict["title"], conflict["codings"]) == ("gp", 1)
    assert "finished" in conflict["reason"] and "reopen" in conflict["remedy"]
    told = trigpoint("package", "take", back, status=3)
    assert "gp" in told.out and "taken before" in told.err


def test_a_package_for_another_study_is_refused(trigpoint: Trigpoint, away: Path, tmp_path: Path) -> None:
    back, other = tmp_path / "back.trigpoint", tmp_path / "other.db"
    trigpoint("package", "return", back, "--database", away, person="Ann")
    trigpoint("study", "create", "Other", "--database", other)
    assert "not in this database" in trigpoint("package", "take", back, "--database", other, status=3).err


def test_the_passphrase_comes_from_a_file_or_is_refused(
    trigpoint: Trigpoint, away: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = tmp_path / "words.txt"
    words.write_text("from a file\r\nsecond line\n", encoding="utf-8")
    back = tmp_path / "back.trigpoint"
    trigpoint("package", "return", back, "--database", away, "--passphrase-file", words, person="Ann")
    wrong = trigpoint("package", "take", back, status=3)
    assert "passphrase does not open" in wrong.err and SECRET not in wrong.err
    monkeypatch.setenv("TRIGPOINT_PASSPHRASE", "from a file")
    trigpoint("package", "take", back)
    monkeypatch.setenv("TRIGPOINT_PASSPHRASE", "")
    assert "empty" in trigpoint("package", "make", "--coder", "Ann", "--out", back, status=2).err
    assert "from a file" not in trigpoint("log").out


def test_what_is_no_package_is_refused_and_begins_no_database(trigpoint: Trigpoint, tmp_path: Path) -> None:
    file = tmp_path / "minutes.txt"
    file.write_text("Minutes", encoding="utf-8")
    assert "not a Trigpoint package" in trigpoint("package", "take", file, status=3).err
    assert not (tmp_path / "study.db").exists()


def test_a_coder_makes_no_package_for_another(trigpoint: Trigpoint, away: Path, tmp_path: Path) -> None:
    trigpoint("package", "make", "--coder", "Ben", "--out", tmp_path / "x", status=2, person="Ann")
    trigpoint(
        "package",
        "make",
        "--coder",
        "Ben",
        "--out",
        tmp_path / "x",
        "--database",
        away,
        status=2,
        person="Ann",
    )
