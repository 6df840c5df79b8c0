"""The key: a file apart, encrypted, that says who has which pseudonym and holds the original texts.

It is age's encryption with a passphrase, as for packages. The key lies outside the database and in no
export, backup or log; whoever deletes it leaves the study pseudonymised without a way back.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import pyrage

from corpus.errors import UnreadableFile, UserFacingError
from corpus.pseudonyms.entities import Entity
from corpus.pseudonyms.models import LABELS, Kind
from store.types import canonical_json
from workbench import settings
from workbench.services.sealing import MARK, open_sealed, seal_bytes, takes_too_much

FORMAT, VERSION = "trigpoint-pseudonyms", 1
LARGEST_FILE, LARGEST_CONTENT = 500_000_000, 1_000_000_000

_DAMAGED = "The key file is damaged or not complete. Put back a copy of it; nothing was changed."


@dataclass(frozen=True)
class Key:
    """What leads from pseudonyms to names.

    Attributes
    ----------
    study : str or None
        Id of the study that it belongs to; None for files that were pseudonymised without a study.
    language : str
        The language that the pseudonyms are in.
    rejected : frozenset of str
        Keys of groups that a person said are no names.
    originals : mapping
        SHA-256 of a pseudonymised text → its original.
    """

    study: str | None
    language: str
    entities: tuple[Entity, ...] = ()
    rejected: frozenset[str] = frozenset()
    originals: Mapping[str, str] = field(default_factory=dict, repr=False)


def new_key(study: UUID | None, language: str | None) -> Key:
    """An empty key; pseudonyms are in English where the language is none of the three."""
    return Key(None if study is None else str(study), language if language in LABELS else "en")


def key_place(study: str | None) -> Path:
    """Where the key of a study lies: in the user's own data folder, never beside the texts."""
    return settings.data_folder() / "keys" / f"{study or 'files'}.age"


def open_key(path: Path, *, passphrase: str) -> Key:
    """The key in a file.

    Raises
    ------
    UnreadableFile
        If it is no key, damaged, of a later version, or the passphrase is another one.
    """
    if path.stat().st_size > LARGEST_FILE:
        raise UnreadableFile(f"{path}: is larger than a key can be ({LARGEST_FILE:,} bytes).")
    return read_key(path.read_bytes(), passphrase=passphrase, called=str(path))


def read_key(data: bytes, *, passphrase: str, called: str) -> Key:
    """The key in the bytes of a file that is called so; refuses as `open_key` does."""
    if not data.startswith(MARK):
        raise UnreadableFile(f"{called}: is no key of pseudonyms. Choose the file that was made with them.")
    try:
        packed = open_sealed(data, passphrase)
    except pyrage.DecryptError as error:
        if takes_too_much(error):
            raise UnreadableFile(
                f"{called}: opening it takes more computing than this machine can spare now. Try again when "
                "it is less busy, or on a faster one."
            ) from error
        raise UnreadableFile(
            f"{called}: this passphrase does not open the key, or the file is damaged. Type it again, just "
            "as it was chosen."
        ) from error
    return _read(_unpacked(packed))


def keep_key(path: Path, key: Key, *, passphrase: str) -> None:
    """Write the key, readable for its owner alone; the file before it stays until this one is whole.

    Raises
    ------
    UserFacingError
        If the passphrase is empty.
    """
    if not passphrase:
        raise UserFacingError("The key needs a passphrase. Without it nobody can go back to the names.")
    spelled = canonical_json(_told(key)).encode()
    sealed = seal_bytes(zlib.compress(spelled), passphrase)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    number, unfinished = tempfile.mkstemp(dir=path.parent, prefix=".key-")  # mkstemp: 0600
    try:
        with os.fdopen(number, "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        Path(unfinished).replace(path)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise


def text_key(text: str) -> str:
    """By which the original of a pseudonymised text is found."""
    return hashlib.sha256(text.encode()).hexdigest()


def _told(key: Key) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "study": key.study,
        "language": key.language,
        "entities": [
            {
                "pseudonym": entity.pseudonym,
                "kind": entity.kind.value,
                "forms": list(entity.forms),
                "confirmed": entity.confirmed,
            }
            for entity in key.entities
        ],
        "rejected": sorted(key.rejected),
        "originals": dict(key.originals),
    }


def _unpacked(packed: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        spelled = unpacking.decompress(packed, LARGEST_CONTENT)
    except zlib.error as error:
        raise UnreadableFile(_DAMAGED) from error
    if not unpacking.eof:
        raise UnreadableFile(_DAMAGED)
    return spelled


def _read(spelled: bytes) -> Key:
    try:
        told = json.loads(spelled)
        if told["format"] != FORMAT:
            raise UnreadableFile("The file is encrypted, but what it holds is no key of pseudonyms.")
        if told["version"] != VERSION:
            raise UnreadableFile("The key is of another release of Trigpoint. Use the release that made it.")
        return Key(
            told["study"],
            str(told["language"]),
            tuple(
                Entity(e["pseudonym"], Kind(e["kind"]), tuple(map(str, e["forms"])), bool(e["confirmed"]))
                for e in told["entities"]
            ),
            frozenset(map(str, told["rejected"])),
            {str(name): str(text) for name, text in told["originals"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableFile(_DAMAGED) from error
