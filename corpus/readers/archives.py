"""Zip archives, as office programs write them: checked before any parser sees what is in them."""

from __future__ import annotations

import io
import zipfile

from corpus.errors import UnreadableFile

LARGEST_UNPACKED = 200 * 2**20
# Parsed XML takes about eight times its size in memory.
LARGEST_XML = 40 * 2**20
MOST_PARTS = 10_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MANIFEST = "META-INF/manifest.xml"
_CHUNK = 2**20
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))


def check_office_archive(data: bytes, program: str, suffix: str, needed: str) -> None:
    """Refuse what is no archive of an office program, or would unpack to more than a document can be.

    Parameters
    ----------
    program, suffix : str
        What the remedy names: "Word", ".docx".
    needed : str
        The part without which it is something else.
    """
    if data.startswith(_OLE):
        raise UnreadableFile(
            f"is protected by a password, or is of an old format. Open it in {program}, remove the password "
            f"and save it as {suffix}."
        )
    damaged = f"is damaged or incomplete. Open it in {program}, let {program} repair it, and save it again."
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise UnreadableFile(_too_large())
            if any(part.flag_bits & 1 for part in parts):
                raise UnreadableFile("is protected by a password. Remove it and save the file again.")
            names = [part.filename.lower().lstrip("/") for part in parts]
            if len(set(names)) < len(names):
                raise UnreadableFile(
                    f"holds two parts of the same name, of which programs show one or the other. Open it in "
                    f"{program} and save it again."
                )
            if needed not in archive.namelist():
                raise UnreadableFile(f"is a zip archive but no {suffix} file. Check what it is.")
            if any("vbaproject" in part.filename.lower() for part in parts):
                raise UnreadableFile(
                    f"holds macros. Open it in {program} and save it as {suffix}, without macros."
                )
            if _MANIFEST in archive.namelist() and _is_locked(archive):
                raise UnreadableFile(f"is protected by a password. Remove it in {program} and save it again.")
            unpacked = 0
            for part in parts:
                allowed = LARGEST_XML if _is_xml(part) else LARGEST_UNPACKED
                unpacked += _check_part(archive, part, min(allowed, LARGEST_UNPACKED - unpacked))
    except UnreadableFile:
        raise
    # zipfile raises this many kinds for bytes that somebody made up.
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise UnreadableFile(damaged) from error
    except Exception as error:  # zlib.error, struct.error, lzma.LZMAError have no common root
        raise UnreadableFile(damaged) from error


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, allowed: int) -> int:
    """Unpack a part without keeping it: its real size may differ from the one it declares."""
    size = 0
    before = b""
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            size += len(chunk)
            if size > allowed:
                raise UnreadableFile(_too_large())
            # Office programs write no document type; entities in one could blow up or fetch files.
            if _is_xml(part) and any(mark in before + chunk for mark in _DOCTYPES):
                raise UnreadableFile(
                    "holds a document type declaration, which office programs never write. "
                    "If you trust its origin, open it in its program and save it again."
                )
            before = chunk[-32:]
    return size


def _is_locked(archive: zipfile.ZipFile) -> bool:
    """Whether an OpenDocument file says that its parts are encrypted."""
    with archive.open(_MANIFEST) as manifest:
        return b"encryption-data" in manifest.read(_CHUNK)


def _is_xml(part: zipfile.ZipInfo) -> bool:
    return part.filename.lower().endswith((".xml", ".rels"))


def _too_large() -> str:
    return (
        f"unpacks to more than {LARGEST_UNPACKED // 2**20} MB ({LARGEST_XML // 2**20} MB of text) or "
        f"{MOST_PARTS} parts. If it is a real document, remove its pictures or split it."
    )
