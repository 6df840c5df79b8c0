"""From what a person names - files, folders, zips - to the files that hold documents.

A zip is opened as a folder is. Tracks of one recording (a TextGrid a speaker) belong together.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from corpus.errors import UnreadableFile
from corpus.models import Refused
from corpus.readers import LARGEST_FILE, bytes_of, find_files
from corpus.readers.textgrid import track_of

MOST_MEMBERS = 5_000
LARGEST_UNPACKED = 500 * 2**20
#: A text is never packed to less than a hundredth of itself.
HIGHEST_RATIO = 100
_PACKED_ENOUGH = 2**20


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
            data = bytes_of(path, largest=LARGEST_UNPACKED if path.suffix.lower() == ".zip" else LARGEST_FILE)
        except UnreadableFile as error:
            yield str(path), path.name, error
            continue
        if path.suffix.lower() == ".zip":
            yield from _members(path, data)
        else:
            yield str(path), path.name, data


def _belongs(path: str, other: str) -> bool:
    """Whether two files are tracks of one recording."""
    here, there = PurePosixPath(path), PurePosixPath(other)
    one, two = track_of(here.name), track_of(there.name)
    return here.parent == there.parent and one is not None and two is not None and one[0] == two[0]


def _together(tracks: list[tuple[str, str, bytes]]) -> Input:
    return Input(tracks[0][0], tuple((name, data) for _, name, data in tracks))


def _members(path: Path, data: bytes) -> Iterator[tuple[str, str, bytes | UnreadableFile]]:
    """The files in a zip, each read whole and never more than it may be."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = [member for member in archive.infolist() if not member.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        yield str(path), path.name, UnreadableFile("is damaged. Pack it again.")
        return
    with archive:
        if len(members) > MOST_MEMBERS:
            yield str(path), path.name, UnreadableFile(f"holds more than {MOST_MEMBERS} files. Split it.")
            return
        left = LARGEST_UNPACKED
        for member in sorted(members, key=lambda member: member.filename):
            inside = PurePosixPath(member.filename.replace("\\", "/"))
            if any(
                part.startswith((".", "~$", "__MACOSX")) for part in inside.parts if part not in ("..", ".")
            ):
                continue
            name = inside.name or "file"
            try:
                unpacked = _unpacked(archive, member, inside, left)
            except UnreadableFile as error:
                yield f"{path}/{inside}", name, error
                continue
            left -= len(unpacked)
            yield f"{path}/{inside}", name, unpacked


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, inside: PurePosixPath, left: int) -> bytes:
    if ".." in inside.parts or inside.is_absolute() or ":" in member.filename:
        raise UnreadableFile("has a path that leads out of the zip. Pack it again.")
    if inside.suffix.lower() == ".zip":
        raise UnreadableFile("is a zip in a zip. Unpack it and import its files.")
    if member.flag_bits & 1:
        raise UnreadableFile("is protected by a password. Unpack it and import its files.")
    if (member.external_attr >> 16) & 0o170000 == 0o120000:
        raise UnreadableFile("is a link, no file.")
    allowed = min(LARGEST_FILE, left, max(_PACKED_ENOUGH, member.compress_size * HIGHEST_RATIO))
    try:
        with archive.open(member) as file:
            data = file.read(allowed + 1)
    except Exception as error:  # zlib.error, BadZipFile and others have no common root
        raise UnreadableFile("is damaged in the zip. Pack it again.") from error
    if len(data) > allowed:
        raise UnreadableFile("unpacks to more than a document can be. Unpack the zip and import its files.")
    if not data:
        raise UnreadableFile("is empty (0 bytes). Check that it was saved or copied completely.")
    return data
