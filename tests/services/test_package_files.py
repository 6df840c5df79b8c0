"""The file of a package: what it holds comes out as it went in, and anything else is refused in words."""

from __future__ import annotations

import json
import re
import zlib
from dataclasses import replace
from typing import Any

import pyrage
import pytest

from corpus.errors import UnreadableFile, UserFacingError
from store.assignments import Assignment
from tests.services.team import Team
from workbench.services import package_files, packages
from workbench.services.package_files import read, seal, spell, unseal

WORDS = "four words of ours"


@pytest.fixture
def content(quick_team: Team) -> Assignment:
    quick_team.open_round()
    return packages.make_package(quick_team.engine, quick_team.lead, "Anna")


def test_only_the_passphrase_opens_a_package(content: Assignment) -> None:
    sealed = seal(content, passphrase=WORDS)
    assert unseal(sealed, passphrase=WORDS).content == content
    assert b"nurse" not in sealed and b"nurse" not in zlib.compress(sealed)
    with pytest.raises(UnreadableFile, match="passphrase does not open"):
        unseal(sealed, passphrase="other words")
    for cut in (sealed[:60], sealed[:-20], sealed[:-1] + b"x"):
        with pytest.raises(UnreadableFile, match="damaged or not complete"):
            unseal(cut, passphrase=WORDS)


def test_a_file_that_would_take_too_long_to_open_or_has_a_key_is_refused_as_such() -> None:
    sealed = pyrage.passphrase.encrypt(b"x", WORDS)
    costly = re.sub(rb"(-> scrypt \S+) \d+\n", rb"\1 30\n", sealed)
    with pytest.raises(UnreadableFile, match="more computing"):
        unseal(costly, passphrase=WORDS)
    locked = pyrage.encrypt(b"x", [pyrage.x25519.Identity.generate().to_public()])
    with pytest.raises(UnreadableFile, match="with a key"):
        unseal(locked, passphrase=WORDS)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"{}"])
def test_what_is_no_package_is_refused_before_the_passphrase_is_tried(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="not a Trigpoint package"):
        unseal(data, passphrase=WORDS)


def test_an_empty_passphrase_seals_nothing(content: Assignment) -> None:
    with pytest.raises(UserFacingError, match="needs a passphrase"):
        seal(content, passphrase="")


def test_what_unpacks_to_too_much_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_files, "LARGEST_CONTENT", 10_000)
    bomb = pyrage.passphrase.encrypt(zlib.compress(b" " * 10_000_000), WORDS)
    with pytest.raises(UnreadableFile, match="more than 10,000 bytes"):
        unseal(bomb, passphrase=WORDS)
    monkeypatch.setattr(package_files, "LARGEST_FILE", 100)
    with pytest.raises(UnreadableFile, match="larger than a package"):
        unseal(bomb, passphrase=WORDS)


def test_what_is_encrypted_but_not_packed_is_damaged() -> None:
    with pytest.raises(UnreadableFile, match="damaged"):
        unseal(pyrage.passphrase.encrypt(b"not packed", WORDS), passphrase=WORDS)


@pytest.mark.parametrize(
    "spelled",
    [b"", b"{", b"[" * 100_000, b"\xff\xfe", b'{"format": NaN}', b"1" * 10_000, b"[]", b'{"format": "x"}'],
)
def test_what_is_no_json_of_ours_is_refused(spelled: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read(spelled)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"release": 2}, "another release"),
        ({"kind": "everything"}, "does not know"),
        ({"kind": ["assignment"]}, "does not know"),
        ({"more": 1}, "does not know"),
        ({"content": []}, "package is of another type"),
    ],
)
def test_a_package_of_another_kind_or_release_is_refused(
    content: Assignment, change: dict[str, Any], words: str
) -> None:
    with pytest.raises(UnreadableFile, match=words):
        read(json.dumps(json.loads(spell(content)) | change).encode())


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("codings",), [], "package.codings is not known"),
        (("study", "name"), None, r"package.study.name is of another type"),
        (("coder", "id"), "Anna", r"package.coder.id is no id"),
        (("documents", 0, "number"), True, r"documents\[0\].number is of another type"),
        (("documents", 0, "number"), "1", r"documents\[0\].number is of another type"),
        (("documents", 0, "attributes"), {"site": 3}, r"attributes.site is of another type"),
        (("documents", 0, "sections"), {}, r"sections is of another type"),
        (("round", "blind"), 1, r"round.blind is of another type"),
        (("codebooks", 0, "codes", 0, "terms"), {"en": "queue"}, r"terms.en is of another type"),
    ],
)
def test_a_field_that_is_not_as_it_should_be_is_named(
    content: Assignment, path: tuple[Any, ...], value: Any, words: str
) -> None:
    told = json.loads(spell(content))
    place = told["content"]
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(UnreadableFile, match=words):
        read(json.dumps(told).encode())


def test_a_missing_field_is_named(content: Assignment) -> None:
    told = json.loads(spell(content))
    del told["content"]["documents"][0]["text_sha256"]
    with pytest.raises(UnreadableFile, match=r"documents\[0\].text_sha256 is missing"):
        read(json.dumps(told).encode())


def test_the_hash_tells_contents_apart(content: Assignment) -> None:
    other = replace(content, study=replace(content.study, name="Other"))
    assert read(spell(content)).sha256 == read(spell(content)).sha256 != read(spell(other)).sha256
