"""From what a person names - files, folders, zips - to the files that hold documents.

A zip is opened as a folder is. Tracks of one recording (a TextGrid a speaker) belong together.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from corpus.errors import UnreadableFile
from corpus.models import Refused
from corpus.readers import LARGEST_FILE, bytes_of, find_files, opened
from corpus.readers.textgrid import track_of

MOST_MEMBERS = 5_000
LARGEST_UNPACKED = 500 * 2**20
#: What the list of names in a zip may take: more is no zip of documents, and would fill the memory.
LARGEST_DIRECTORY = 4 * 2**20
#: A text is never packed to less than a hundredth of itself.
HIGHEST_RATIO = 100
_PACKED_ENOUGH = 2**20
# The end of a zip with its longest remark, and the longer form of that end before it.
_LONGEST_END = 2**16 + 200

_PIECE = 2**18
_NO_ROOM = (
    f"is left out: what stands before it in the zip unpacks to {LARGEST_UNPACKED // 2**20} MB. "
    "Pack it into another."
)


@dataclass(frozen=True)
class Input:
    """What becomes one document or table: ``path`` is what to call it, ``files`` are (name, bytes).

    There is more than one file only where tracks of one recording belong together.
    """

    path: str
    files: tuple[tuple[str, bytes], ...]


def find_inputs(paths: Iterable[Path]) -> Iterator[Input | Refused]:
    """Everything to read, in alphabetical order; what cannot be opened is refused by name."""
    tracks: list[tuple[str, str, bytes]] = []
    for path, name, found in _files(paths):
        if isinstance(found, UnreadableFile):
            yield Refused(path, f"{PurePosixPath(path).name}: {found}")
            continue
        if tracks and not _belongs(tracks[-1][0], path):
            yield _together(tracks)
            tracks = []
        if track_of(name) is not None:
            tracks.append((path, name, found))
        else:
            yield Input(path, ((name, found),))
    if tracks:
        yield _together(tracks)


def _files(paths: Iterable[Path]) -> Iterator[tuple[str, str, bytes | UnreadableFile]]:
    for path in find_files(paths):
        try:
            if path.suffix.lower() == ".zip":
                with opened(path) as file:
                    yield from _members(path, file)
            else:
                yield str(path), path.name, bytes_of(path)
        except UnreadableFile as error:
            yield str(path), path.name, error


def _belongs(path: str, other: str) -> bool:
    """Whether two files are tracks of one recording."""
    here, there = PurePosixPath(path), PurePosixPath(other)
    one, two = track_of(here.name), track_of(there.name)
    return here.parent == there.parent and one is not None and two is not None and one[0] == two[0]


def _together(tracks: list[tuple[str, str, bytes]]) -> Input:
    return Input(tracks[0][0], tuple((name, data) for _, name, data in tracks))


def _members(path: Path, file: IO[bytes]) -> Iterator[tuple[str, str, bytes | UnreadableFile]]:
    """The files in a zip, one by one from the disk, and none more than it may be."""
    with _archive(file) as archive:
        members = [(_inside(member), member) for member in archive.infolist() if not member.is_dir()]
        members = [(inside, member) for inside, member in members if not _is_passed_over(inside)]
        if not members:
            raise UnreadableFile("holds no files. Check what was packed.")
        if len(members) > MOST_MEMBERS:
            raise UnreadableFile(f"holds more than {MOST_MEMBERS} files. Split it.")
        room = _Room(LARGEST_UNPACKED)
        for inside, member in sorted(members, key=lambda one: one[1].filename):
            found: bytes | UnreadableFile
            try:
                found = _unpacked(archive, member, inside, room)
            except UnreadableFile as error:
                found = error
            yield f"{path}/{inside}", inside.name or "file", found


@dataclass
class _Room:
    """How many bytes may still be unpacked from a zip; those of files that are then refused count."""

    left: int


def _inside(member: zipfile.ZipInfo) -> PurePosixPath:
    return PurePosixPath(member.filename.replace("\\", "/"))


def _is_passed_over(inside: PurePosixPath) -> bool:
    return any(part.startswith((".", "~$", "__MACOSX")) for part in inside.parts if part not in ("..", "."))


def _archive(file: IO[bytes]) -> zipfile.ZipFile:
    damaged = "is damaged. Pack it again."
    size = file.seek(0, os.SEEK_END)
    if not size:
        raise UnreadableFile("is empty (0 bytes). Check that it was saved or copied completely.")
    if size > LARGEST_UNPACKED:
        raise UnreadableFile(f"is larger than {LARGEST_UNPACKED // 2**20} MB. Split it into smaller files.")
    if _size_of_directory(file, size) > LARGEST_DIRECTORY:
        raise UnreadableFile(f"holds more than {MOST_MEMBERS} files. Split it.")
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFile(damaged) from error


def _size_of_directory(file: IO[bytes], size: int) -> int:
    """How long a zip says that its list of names is; nought where it does not say it."""
    start = max(0, size - _LONGEST_END)
    file.seek(start)
    tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or end + 16 > len(tail):
        return 0
    told = int.from_bytes(tail[end + 12 : end + 16], "little")
    long_end = tail.rfind(b"PK\x06\x06")  # where numbers are longer than they were meant to be
    if 0 <= long_end < end:
        told = max(
            told if told != 0xFFFFFFFF else 0, int.from_bytes(tail[long_end + 40 : long_end + 48], "little")
        )
    return told


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, inside: PurePosixPath, room: _Room) -> bytes:
    if ".." in inside.parts or inside.is_absolute() or ":" in member.filename:
        raise UnreadableFile("has a path that leads out of the zip. Pack it again.")
    if inside.suffix.lower() == ".zip":
        raise UnreadableFile("is a zip in a zip. Unpack it and import its files.")
    if member.flag_bits & 1:
        raise UnreadableFile("is protected by a password. Unpack it and import its files.")
    if (member.external_attr >> 16) & 0o170000 == 0o120000:
        raise UnreadableFile("is a link, no file.")
    allowed = min(LARGEST_FILE, max(_PACKED_ENOUGH, member.compress_size * HIGHEST_RATIO))
    try:
        data = b"".join(_pieces(archive, member, allowed, room))
    except UnreadableFile:
        raise
    except Exception as error:  # zlib.error, BadZipFile and others have no common root
        raise UnreadableFile("is damaged in the zip. Pack it again.") from error
    if not data:
        raise UnreadableFile("is empty (0 bytes). Check that it was saved or copied completely.")
    return data


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo, allowed: int, room: _Room) -> Iterator[bytes]:
    with archive.open(member) as file:
        while piece := file.read(_PIECE):
            allowed -= len(piece)
            room.left -= len(piece)
            if room.left < 0:
                raise UnreadableFile(_NO_ROOM)
            if allowed < 0:
                raise UnreadableFile(
                    "unpacks to more than a document can be. Unpack the zip and import its files."
                )
            yield piece
