"""Files that commands write are checked for names of the study's key, or say why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store.engine import open_engine
from tests.cli.conftest import Trigpoint
from tests.services.leaving import ENTITIES, ORIGINALS, SECRET, give_pseudonyms
from workbench.services import leaving
from workbench.services.pseudonym_keys import Key
from workbench.services.studies import enter_study, find_study


@pytest.fixture(autouse=True)
def _own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    for name in ("TRIGPOINT_PASSPHRASE", "TRIGPOINT_KEY_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)
    yield
    leaving._OPEN.clear()


@pytest.fixture
def named(trigpoint: Trigpoint, two_texts: Path, write_csv: Callable[..., Path], database: Path) -> Path:
    """A study with pseudonyms, in a memo of which a name stands; the place of its key, where none is."""
    file = write_csv(
        "codings", "document,quote,code,memo", "gp,Funding is unsure,ECO-FUND,Lieve Peeters said"
    )
    trigpoint("codings", "import", file)
    return _give(database, key=False)


def _give(database: Path, *, key: bool) -> Path:
    engine = open_engine(f"sqlite:///{database}")
    lead = enter_study(engine, find_study(engine, None), person="Lea")
    place = give_pseudonyms(engine, lead, key=key)
    if not key:
        leaving._hold(lead, Key(None, "nl", ENTITIES), None, None)  # opening a key takes a second
    engine.dispose()
    return place


def test_names_keep_a_file_from_being_written_until_somebody_says_why(
    trigpoint: Trigpoint, named: Path, tmp_path: Path
) -> None:
    out = tmp_path / "memos.csv"
    answer = trigpoint("memos", "export", "--out", out, "--json", status=1)
    assert answer.json == {"path": None, "found": [{"where": "row 2, column 9", "pseudonym": "[Persoon 1]"}]}
    assert "shows in 1 place: row 2, column 9. The file did not leave." in answer.err
    assert not any(original in answer.out + answer.err for original in ORIGINALS)
    assert not out.exists()
    told = trigpoint("memos", "export", "--out", out, "--json", "--with-names", "for the board").json
    assert told == {"path": str(out), "memos": 1}
    assert "Lieve Peeters" in out.read_text(encoding="utf-8-sig")
    last = trigpoint("log", "--json").json[-1]
    assert (last["action"], last["reason"]) == ("file.take_with_names", "for the board")


def test_a_file_without_names_is_written(trigpoint: Trigpoint, named: Path, tmp_path: Path) -> None:
    trigpoint("codebook", "export", "--format", "docx", "--out", tmp_path / "codebook.docx")
    trigpoint("words", "frequency", "--out", tmp_path / "words.csv")
    assert (tmp_path / "codebook.docx").exists() and (tmp_path / "words.csv").exists()


def test_a_package_is_checked_for_what_it_holds(trigpoint: Trigpoint, named: Path, tmp_path: Path) -> None:
    text = tmp_path / "late.txt"
    text.write_text("Lieve Peeters spoke.", encoding="utf-8")
    trigpoint("import", text, "--source", "Interviews", "--kind", "interview")
    secret, out = tmp_path / "secret.txt", tmp_path / "lea.trigpoint"
    secret.write_text("four words", encoding="utf-8")
    make = ("package", "make", "--coder", "Lea", "--out", out, "--passphrase-file", secret)
    assert "did not leave" in trigpoint(*make, status=1).err
    assert not [line for line in trigpoint("log", "--json").json if line["action"] == "package.make"]
    trigpoint(*make, "--with-names", "Lea was there")
    assert out.read_bytes().startswith(b"age-encryption.org/v1")


def test_without_the_key_a_file_leaves_only_for_a_reason(
    trigpoint: Trigpoint, named: Path, tmp_path: Path
) -> None:
    leaving._OPEN.clear()
    out = tmp_path / "memos.csv"
    refused = trigpoint("memos", "export", "--out", out, status=2).err
    assert "--pseudonym-key FILE" in refused and "--unchecked REASON" in refused
    trigpoint("memos", "export", "--out", out, "--unchecked", "the key is with the lead")
    last = trigpoint("log", "--json").json[-1]
    assert (out.exists(), last["action"]) == (True, "file.take_unchecked")


def test_the_passphrase_of_the_key_comes_from_a_file_and_else_nothing_is_written(
    trigpoint: Trigpoint, study: str, database: Path, tmp_path: Path
) -> None:
    _give(database, key=True)
    out, secret = tmp_path / "codings.csv", tmp_path / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    asked = trigpoint("codings", "export", "--out", out, status=2).err
    assert "The key of the study's names was not opened" in asked
    assert not out.exists()
    trigpoint("codings", "export", "--out", out, "--key-passphrase-file", secret)
    assert out.exists()
