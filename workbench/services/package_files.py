"""The file in which work travels to a coder's machine and back: JSON, packed, then encrypted.

The encryption is age's with a passphrase (age-encryption.org/v1), so that the file can be opened
without Trigpoint too. What comes in is not to be trusted: it is measured before it is unpacked, and
read into the values of `store.assignments` and `store.returns`, field by field, or refused.
"""

from __future__ import annotations

import hashlib
import json
import types
import typing
import zlib
from dataclasses import asdict, dataclass, fields, is_dataclass
from functools import cache
from typing import Any, NoReturn, TypeVar
from uuid import UUID

import pyrage

from corpus.errors import UnreadableFile, UserFacingError
from store.assignments import Assignment
from store.returns import Return
from store.types import canonical_json
from workbench.services.sealing import MARK, open_sealed, seal_bytes, takes_too_much

FORMAT, RELEASE = "trigpoint-package", 1

#: The most bytes of a file, and of what it holds when it is unpacked.
LARGEST_FILE, LARGEST_CONTENT = 100_000_000, 200_000_000

#: The kinds of package by the names that the file gives them.
KINDS: dict[str, type[Assignment] | type[Return]] = {"assignment": Assignment, "codings": Return}

_DAMAGED = "The package is damaged or not complete. Ask for the file again, and copy all of it."
T = TypeVar("T")


@dataclass(frozen=True)
class Opened:
    """What a file holds, and the hash by which it is known again."""

    content: Assignment | Return
    sha256: str


def seal(content: Assignment | Return, *, passphrase: str) -> bytes:
    """The bytes of a package, which only the passphrase opens.

    Raises
    ------
    UserFacingError
        If the passphrase is empty, or there is more text than a package holds.
    """
    if not passphrase:
        raise UserFacingError("The package needs a passphrase. Give one that its coder will get another way.")
    spelled = spell(content)
    if len(spelled) > LARGEST_CONTENT:
        raise UserFacingError("There is more text than one package holds. Make a round of fewer documents.")
    return seal_bytes(zlib.compress(spelled), passphrase)


def unseal(data: bytes, *, passphrase: str) -> Opened:
    """What a package holds.

    Raises
    ------
    UnreadableFile
        If it is no package, damaged, too large, of a later release, or the passphrase is another one.
    """
    return read(_unpacked(_decrypted(data, passphrase)))


def spell(content: Assignment | Return) -> bytes:
    """What is encrypted, as JSON."""
    kind = next(name for name, shape in KINDS.items() if isinstance(content, shape))
    told = {"format": FORMAT, "release": RELEASE, "kind": kind, "content": asdict(content)}
    return canonical_json(told).encode()


def read(spelled: bytes) -> Opened:
    """The values that JSON spells, or a refusal that names the first field that is not as it should be."""
    content = _content(spelled)
    return Opened(content, sha256_of(content))


def sha256_of(content: Any) -> str:
    """The hash of a value that travels; two spellings of the same value have the same."""
    return hashlib.sha256(canonical_json(asdict(content)).encode()).hexdigest()


def _decrypted(data: bytes, passphrase: str) -> bytes:
    if len(data) > LARGEST_FILE:
        raise UnreadableFile(f"The file is larger than a package can be ({LARGEST_FILE:,} bytes).")
    if not data.startswith(MARK):
        raise UnreadableFile("The file is not a Trigpoint package. Choose the file that your team sent.")
    try:
        return open_sealed(data, passphrase)
    except pyrage.DecryptError as error:
        raise UnreadableFile(_why_closed(error)) from error


def _why_closed(error: pyrage.DecryptError) -> str:
    told = str(error)
    if told == "Decryption failed":
        return "The passphrase does not open this package. Type it again, just as it was given to you."
    if told == "No matching keys found":
        return "The file is locked with a key, not with a passphrase. Choose the file that your team sent."
    if takes_too_much(error):
        return (
            "Opening this file takes more computing than is allowed on this machine. It was made on a much "
            "faster one, or to do harm: ask for a package that was made on another machine."
        )
    return _DAMAGED


def _unpacked(packed: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        spelled = unpacking.decompress(packed, LARGEST_CONTENT)
    except zlib.error as error:
        raise UnreadableFile(_DAMAGED) from error
    if unpacking.unconsumed_tail:
        raise UnreadableFile(
            f"The package holds more than {LARGEST_CONTENT:,} bytes when it is unpacked. Nothing was read."
        )
    if not unpacking.eof or unpacking.unused_data:
        raise UnreadableFile(_DAMAGED)
    return spelled


def _content(spelled: bytes) -> Assignment | Return:
    try:
        told = json.loads(spelled, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(_DAMAGED) from error
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise UnreadableFile("The file is encrypted, but what it holds is not a Trigpoint package.")
    if told.get("release") != RELEASE:
        raise UnreadableFile("The package is of another release of Trigpoint. Use the release that made it.")
    shape = KINDS.get(told["kind"]) if isinstance(told.get("kind"), str) else None
    if shape is None or set(told) != {"format", "release", "kind", "content"}:
        raise UnreadableFile("The package is of a kind that this release of Trigpoint does not know.")
    return typing.cast("Assignment | Return", read_as(shape, told["content"], "package"))


def read_as(shape: Any, value: Any, where: str) -> Any:
    """A value out of JSON as a type says it: nothing missing, nothing more, nothing of another type.

    >>> from store.assignments import Named
    >>> read_as(Named, {"id": "00000000000000000000000000000001", "name": "Ann"}, "coder").name
    'Ann'
    """
    origin, inner = typing.get_origin(shape), typing.get_args(shape)
    if origin in (types.UnionType, typing.Union):
        (wanted,) = (one for one in inner if one is not types.NoneType)
        return None if value is None else read_as(wanted, value, where)
    if origin is typing.Literal:
        if value not in inner:
            _refuse(where, f"is not one of {', '.join(map(str, inner))}")
        return value
    if origin is tuple:
        _expect(value, list, where)
        return tuple(read_as(inner[0], one, f"{where}[{n}]") for n, one in enumerate(value))
    if origin is dict:
        _expect(value, dict, where)
        return {name: read_as(inner[1], one, f"{where}.{name[:40]}") for name, one in value.items()}
    if is_dataclass(shape):
        return _record_of(shape, value, where)
    if shape is UUID:
        return _uuid(value, where)
    if shape is float and type(value) is int:
        return float(value)
    _expect(value, shape, where)
    return value


def _record_of(shape: Any, value: Any, where: str) -> Any:
    _expect(value, dict, where)
    wanted = _types_of(shape)
    for name in sorted(wanted.keys() ^ value.keys()):
        _refuse(f"{where}.{name[:40]}", "is missing" if name in wanted else "is not known")
    return shape(**{name: read_as(kind, value[name], f"{where}.{name}") for name, kind in wanted.items()})


@cache
def _types_of(shape: Any) -> dict[str, Any]:
    told = typing.get_type_hints(shape)
    return {field.name: told[field.name] for field in fields(shape)}


def _uuid(value: Any, where: str) -> UUID:
    _expect(value, str, where)
    try:
        return UUID(hex=value)
    except ValueError:
        _refuse(where, "is no id")


def _expect(value: Any, wanted: type, where: str) -> None:
    # Exactly this type: True is an int to Python, but not to us.
    if type(value) is not wanted:
        _refuse(where, "is of another type than it should be")


def _refuse(where: str, what: str) -> NoReturn:
    raise UnreadableFile(
        f"The package is not as Trigpoint writes it ({where} {what}). Nothing was taken from it."
    )


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")
