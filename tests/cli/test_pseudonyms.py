"""Texts without names by commands, and the check before a file leaves."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Trigpoint

TEXT = "Aanwezig: Lieve Peeters\n\nMevrouw Peeters belde dokter Zwaenepoel in Gent.\n"
PSEUDONYMISED = "Aanwezig: [Persoon 1]\n\nMevrouw [Persoon 1] belde dokter [Arts 1] in [Plaats 1].\n"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "gesprek.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def no_passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRIGPOINT_PASSPHRASE", raising=False)


def test_it_asks_nothing_and_counts_what_nobody_confirmed(
    trigpoint: Trigpoint, text: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    (line,) = trigpoint("pseudonymise", text, "--out", out, "--json").lines
    assert (line["path"], line["found"]) == (str(text), {"person": 2, "doctor": 1, "place": 1})
    assert (line["unconfirmed"], line["reason"]) == (4, None)
    assert (out / "gesprek.txt").read_text(encoding="utf-8") == PSEUDONYMISED
    (confirmed,) = trigpoint("pseudonymise", text, "--out", out, "--yes", "--json").lines
    assert confirmed["unconfirmed"] == 0


def test_decisions_come_back_from_the_file_of_names(trigpoint: Trigpoint, text: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.csv"
    trigpoint("pseudonymise", text, "--out", tmp_path / "a", "--names", names)
    rows = names.read_text(encoding="utf-8-sig").splitlines()
    answers = ["decision" if n == 0 else ("no" if "Gent" in row else "yes") for n, row in enumerate(rows)]
    filled = "\n".join(
        row if n == 0 else row + answer for n, (row, answer) in enumerate(zip(rows, answers, strict=True))
    )
    names.write_text(filled, encoding="utf-8")
    (line,) = trigpoint("pseudonymise", text, "--out", tmp_path / "b", "--decisions", names, "--json").lines
    assert line["unconfirmed"] == 0
    assert "in Gent." in (tmp_path / "b" / "gesprek.txt").read_text(encoding="utf-8")


def test_names_keep_their_pseudonyms_and_the_check_finds_them(
    trigpoint: Trigpoint, text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRIGPOINT_PASSPHRASE", "vier woorden")
    key, out = tmp_path / "names.age", tmp_path / "out"
    trigpoint("pseudonymise", text, "--out", out, "--key", key, "--yes")
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    later = tmp_path / "later.txt"
    later.write_text("Zwaenepoel is weg, zei dokter Zwaenepoel zelf.\n", encoding="utf-8")
    trigpoint("pseudonymise", later, "--out", out, "--key", key)
    assert (out / "later.txt").read_text(encoding="utf-8").count("[Arts 1]") == 2
    clean = trigpoint("pseudonyms", "check", out / "gesprek.txt", "--key", key, "--json").json
    assert clean["found"] == []
    leaky = trigpoint("pseudonyms", "check", text, "--key", key, "--json", status=1)
    assert {place["kind"] for place in leaky.json["found"]} == {"person", "doctor", "place"}
    assert not any(name in leaky.out + leaky.err for name in ("Peeters", "Zwaenepoel", "Gent"))


def test_the_key_does_not_lie_beside_the_texts(
    trigpoint: Trigpoint, text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRIGPOINT_PASSPHRASE", "vier woorden")
    out = tmp_path / "out"
    refused = trigpoint("pseudonymise", text, "--out", out, "--key", out / "names.age", status=2)
    assert "beside the texts" in refused.err
    assert not out.exists()
