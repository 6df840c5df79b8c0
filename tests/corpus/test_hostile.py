"""Files that somebody made to do harm, or that broke on the way: each is read or refused by its cause.

All of them go through the child process. What every test checks besides its own: the child was held to its
limits, no connection came to a waiting socket, and no file was written.
"""

from __future__ import annotations

import csv
import io
import json
import os
import random
import socket
import struct
import subprocess
import sys
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import docx
import openpyxl
import pytest

from corpus.documents import make_document
from corpus.models import Document, RawText, Refused, SectionKind, Source
from corpus.readers import LARGEST_FILE, READERS, folders
from corpus.readers.apart import Limits, ReadingApart, read_input
from corpus.readers.folders import LARGEST_UNPACKED, find_inputs

MESSY = Path(__file__).resolve().parents[3] / "shared" / "data" / "files-messy"
SOURCE = Source(UUID(int=1), "Minutes", "meeting report")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SECRET = "the words of the canary"
MB = 2**20


# --- the cage ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cage:
    """A child, a socket that waits for what it might call, and a file that it might read or overwrite."""

    apart: ReadingApart
    listening: socket.socket
    canary: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.listening.getsockname()[1]}"

    def called(self) -> bool:
        try:
            self.listening.accept()
        except BlockingIOError:
            return False
        return True


@pytest.fixture(scope="module")
def the_cage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cage]:
    folder = tmp_path_factory.mktemp("canary")
    canary = folder / "canary.txt"
    canary.write_text(SECRET, encoding="utf-8")
    with ReadingApart() as apart, socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield Cage(apart, listening, canary)


@pytest.fixture
def cage(the_cage: Cage) -> Iterator[Cage]:
    yield the_cage
    assert not the_cage.called()
    assert [path.name for path in the_cage.canary.parent.iterdir()] == ["canary.txt"]
    assert the_cage.canary.read_text(encoding="utf-8") == SECRET
    (found,) = the_cage.apart.read("next.txt", b"No time.")
    assert isinstance(found, RawText)
    assert the_cage.apart.limits.seconds <= 60
    if sys.platform == "linux":
        import resource

        child = the_cage.apart._child
        assert child is not None
        assert resource.prlimit(child.pid, resource.RLIMIT_AS)[0] <= 2**30


def all_of(cage: Cage, name: str, data: bytes, **options: object) -> list[RawText | Refused]:
    return list(cage.apart.read(name, data, **options))


def the_refusal(cage: Cage, name: str, data: bytes) -> str:
    (found,) = all_of(cage, name, data)
    assert isinstance(found, Refused), found
    assert found.reason.startswith(f"{name}: ")
    return found.reason


def the_text(cage: Cage, name: str, data: bytes, **options: object) -> RawText:
    (found,) = all_of(cage, name, data, **options)
    assert isinstance(found, RawText), found
    return found


def document_of(cage: Cage, name: str, data: bytes) -> Document:
    return make_document(SOURCE, the_text(cage, name, data))


def everywhere(raw: RawText) -> str:
    """All words that a file left anywhere in what was read."""
    beside = [*(comment.text for comment in raw.comments), *(aside.text for aside in raw.furniture)]
    return "\n".join((raw.text, raw.title or "", *raw.attributes.values(), *raw.warnings, *beside))


def on_disk(cage: Cage, path: Path) -> list[tuple[str, RawText | Refused]]:
    """What becomes of a path as the import goes about it."""
    found: list[tuple[str, RawText | Refused]] = []
    for item in find_inputs([path]):
        if isinstance(item, Refused):
            found.append((item.path, item))
        else:
            found += [(item.path, each) for each in read_input(cage.apart, item)]
    return found


# --- files ------------------------------------------------------------------------------------------


def zipped(parts: dict[str, bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return kept.getvalue()


def word_parts(body: str | None = None) -> dict[str, bytes]:
    kept = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("No time for the patient.")
    document.save(kept)
    with zipfile.ZipFile(kept) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    if body is not None:
        parts["word/document.xml"] = (
            f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode()
        )
    return parts


def word_file(body: str | None = None, **more: bytes) -> bytes:
    return zipped(word_parts(body) | {name.replace("__", "/"): content for name, content in more.items()})


def said(words: str, properties: str = "") -> str:
    run = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:p><w:r>{run}<w:t>{words}</w:t></w:r></w:p>"


def open_document(content: str, **more: bytes) -> bytes:
    oasis = "urn:oasis:names:tc:opendocument:xmlns:"
    names = " ".join(
        f'xmlns:{name}="{oasis}{name}:1.0"' for name in ("office", "text", "table", "style", "draw")
    )
    xml = f"<?xml version='1.0'?><office:document-content {names}>{content}</office:document-content>"
    return zipped(
        {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": xml.encode()}
        | {name.replace("__", "/").replace("_", "-"): data for name, data in more.items()}
    )


def odt_file(text: str, styles: str = "") -> bytes:
    automatic = f"<office:automatic-styles>{styles}</office:automatic-styles>" if styles else ""
    return open_document(f"{automatic}<office:body><office:text>{text}</office:text></office:body>")


def workbook() -> bytes:
    book, kept = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    sheet["A1"] = "answer"
    dice = random.Random(3)
    for row in range(2, 400):
        sheet.cell(row, 1, f"No time {dice.random()}")
    book.save(kept)
    return kept.getvalue()


def pdf_file(
    words: str | None = "No time for the patient.", catalog: str = "", more: str = "", pages: int = 1
) -> bytes:
    """A PDF by hand; ``catalog`` goes into its root, ``more`` are further objects, numbered from 100."""
    content = b"" if words is None else f"BT /F1 12 Tf 72 700 Td ({words}) Tj ET".encode()
    objects: dict[int, bytes] = {
        1: f"<</Type/Catalog/Pages 2 0 R {catalog}>>".encode(),
        3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }
    kids = []
    for number in range(10, 10 + 2 * pages, 2):
        kids.append(f"{number} 0 R")
        objects[number] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {number + 1} 0 R"
            "/Resources<</Font<</F1 3 0 R>>>>>>"
        ).encode()
        objects[number + 1] = b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content)
    objects[2] = f"<</Type/Pages/Count {pages}/Kids[{' '.join(kids)}]>>".encode()
    for line in filter(None, more.split("\n")):
        number, _, held = line.partition(" ")
        objects[int(number)] = held.encode()
    out, places = io.BytesIO(b"%PDF-1.7\n"), {}
    out.seek(0, io.SEEK_END)
    for number, held in sorted(objects.items()):
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, held))
    table = out.tell()
    out.write(b"xref\n0 1\n0000000000 65535 f \n")
    for number, place in places.items():
        out.write(b"%d 1\n%010d 00000 n \n" % (number, place))
    encrypted = b"/Encrypt 100 0 R/ID[(a)(a)]" if "/Standard" in more else b""
    out.write(
        b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (max(places) + 1, encrypted, table)
    )
    return out.getvalue()


# --- archives ---------------------------------------------------------------------------------------


def zip_of_many(names: list[str]) -> bytes:
    """A zip whose directory lists all names for the same few bytes."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("a.txt", b"No time.")
    held = kept.getvalue()
    listed = held[held.index(b"PK\x01\x02") : held.index(b"PK\x05\x06")]
    directory = b"".join(
        listed[:28] + struct.pack("<H", len(name)) + listed[30:46] + name.encode() for name in names
    )
    start = held.index(b"PK\x01\x02")
    count = min(len(names), 0xFFFE)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), start, 0)
    return held[:start] + directory + end


def zip_that_lies(name: str, content: bytes, declared: int) -> bytes:
    """A zip whose directory and header say another size than the content has."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    crc = zlib.crc32(content)
    common = struct.pack("<HHHHHLLLHH", 20, 0, 8, 0, 33, crc, len(packed), declared, len(name), 0)
    local = b"PK\x03\x04" + common + name.encode() + packed
    central = (
        b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHLL", 0, 0, 0, 0, 0) + name.encode()
    )
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


@pytest.mark.parametrize("name", ["bomb.docx", "bomb.odt", "bomb.xlsx"])
def test_what_unpacks_to_more_than_a_document_is_refused(cage: Cage, name: str) -> None:
    needed = {"docx": "[Content_Types].xml", "odt": "content.xml", "xlsx": "xl/workbook.xml"}[name[5:]]
    text = zipped({needed: b"<x/>", "big.xml": b" " * (41 * MB)})
    assert len(text) < MB
    assert "unpacks to more than" in the_refusal(cage, name, text)
    pictures = zipped({needed: b"<x/>"} | {f"media/{n}.png": bytes(45 * MB) for n in range(5)})
    assert len(pictures) < MB
    assert "unpacks to more than" in the_refusal(cage, name, pictures)


def test_a_zip_whose_files_unpack_a_thousandfold_is_refused_file_by_file(cage: Cage, tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    path.write_bytes(zipped({"bomb.txt": bytes(120 * MB), "minutes.txt": b"No time."}))
    (_, bomb), (_, good) = on_disk(cage, path)
    assert isinstance(bomb, Refused) and "unpacks to more" in bomb.reason
    assert isinstance(good, RawText) and good.text == "No time."


def test_a_zip_that_unpacks_to_more_than_its_room_stops_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "LARGEST_UNPACKED", 3 * MB)
    path = tmp_path / "large.zip"
    path.write_bytes(zipped({f"{n}.txt": bytes(MB) for n in range(5)} | {"z.txt": b"No time."}))
    found = list(find_inputs([path]))
    assert [isinstance(item, Refused) for item in found] == [False, False, False, True, True, True]
    assert all("left out" in item.reason for item in found if isinstance(item, Refused))


@pytest.mark.parametrize("packed", [{}, {"__MACOSX/a.txt": b"x", ".hidden": b"x"}], ids=["nothing", "hidden"])
def test_a_zip_without_files_is_refused(cage: Cage, tmp_path: Path, packed: dict[str, bytes]) -> None:
    path = tmp_path / "none.zip"
    path.write_bytes(zipped(packed))
    ((_, found),) = on_disk(cage, path)
    assert isinstance(found, Refused) and "holds no files" in found.reason


def test_a_directory_of_millions_of_names_is_not_read(cage: Cage, tmp_path: Path) -> None:
    path = tmp_path / "names.zip"
    path.write_bytes(zip_of_many([f"{number:06}.txt" for number in range(400_000)]))
    ((_, found),) = on_disk(cage, path)
    assert isinstance(found, Refused) and "more than 5000 files" in found.reason


def test_a_zip_in_a_zip_is_not_opened(cage: Cage, tmp_path: Path) -> None:
    path = tmp_path / "outer.zip"
    inner = zipped({"a.txt": b"No time."})
    path.write_bytes(zipped({"inner.zip": inner, "deep/deeper.ZIP": inner}))
    for _, found in on_disk(cage, path):
        assert isinstance(found, Refused) and "a zip in a zip" in found.reason
    assert "no .docx file" in the_refusal(cage, "inner.docx", zipped({"inner.zip": inner}))


def test_entries_that_overlap_are_refused(cage: Cage, tmp_path: Path) -> None:
    many = zip_of_many([f"{number}.txt" for number in range(50)])
    path = tmp_path / "overlap.zip"
    path.write_bytes(many)
    found = [item for _, item in on_disk(cage, path)]
    assert len(found) == 50
    assert sum(isinstance(item, RawText) for item in found) <= 1
    parts = ["[Content_Types].xml", "word/document.xml", *(f"{n}.xml" for n in range(50))]
    assert "damaged" in the_refusal(cage, "overlap.docx", zip_of_many(parts))


@pytest.mark.parametrize("declared", [10, 0, 2**31])
def test_a_size_that_lies_is_found_out(cage: Cage, tmp_path: Path, declared: int) -> None:
    content = b"<x>" + b" " * (60 * MB)
    path = tmp_path / "lie.zip"
    path.write_bytes(zip_that_lies("lie.txt", content, declared))
    ((_, found),) = on_disk(cage, path)
    assert isinstance(found, Refused), declared
    lie = zip_that_lies("[Content_Types].xml", content, declared)
    refusal = the_refusal(cage, "lie.docx", lie)
    assert "damaged" in refusal or "unpacks to more" in refusal


def test_a_hundred_thousand_members_are_refused(cage: Cage, tmp_path: Path) -> None:
    names = ["[Content_Types].xml", *(f"{number}.xml" for number in range(100_000))]
    many = zip_of_many(names)
    assert "10000 parts" in the_refusal(cage, "many.docx", many)
    path = tmp_path / "many.zip"
    path.write_bytes(many)
    ((_, found),) = on_disk(cage, path)
    assert isinstance(found, Refused) and "more than 5000 files" in found.reason


def test_paths_that_lead_out_of_a_zip_and_links_are_refused_and_write_nothing(
    cage: Cage, tmp_path: Path
) -> None:
    kept = io.BytesIO()
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr(link, str(cage.canary))
        for name in (
            "../up.txt",
            "a/../../up.txt",
            "/etc/passwd.txt",
            "C:\\evil.txt",
            "..\\up.txt",
            "//host/a.txt",
        ):
            archive.writestr(name, SECRET)
    path = tmp_path / "out.zip"
    path.write_bytes(kept.getvalue())
    found = on_disk(cage, path)
    assert len(found) == 7
    for _, item in found:
        assert isinstance(item, Refused), item
        assert "leads out of the zip" in item.reason or "is a link" in item.reason
    assert [left.name for left in tmp_path.iterdir()] == ["out.zip"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_that_come_twice_are_read_each_and_refused_in_a_word_file(cage: Cage, tmp_path: Path) -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name, words in (("a.txt", b"first"), ("a.txt", b"second"), ("A.TXT", b"third")):
            archive.writestr(name, words)
    path = tmp_path / "twice.zip"
    path.write_bytes(kept.getvalue())
    texts = [item.text for _, item in on_disk(cage, path) if isinstance(item, RawText)]
    assert sorted(texts) == ["first", "second", "third"]
    for again in ("word/document.xml", "WORD/Document.XML"):
        held = io.BytesIO(word_file())
        with zipfile.ZipFile(held, "a") as archive:
            archive.writestr(again, word_parts(said("other words"))["word/document.xml"])
        assert "two parts of the same name" in the_refusal(cage, "twice.docx", held.getvalue())


# --- XML --------------------------------------------------------------------------------------------

LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
TEXT = f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>{{}}</w:t></w:r></w:p></w:body></w:document>'


def declarations(cage: Cage) -> dict[str, str]:
    return {
        "billion laughs": f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]>' + TEXT.format("&a9;"),
        "quadratic": f'<!DOCTYPE x [<!ENTITY a "{"h" * 50_000}">]>' + TEXT.format("&a;" * 50_000),
        "XXE": f'<!DOCTYPE x [<!ENTITY a SYSTEM "{cage.canary.as_uri()}">]>' + TEXT.format("&a;"),
        "XXE by net": f'<!DOCTYPE x [<!ENTITY a SYSTEM "{cage.address}/a">]>' + TEXT.format("&a;"),
        "external DTD": f'<!DOCTYPE x SYSTEM "{cage.address}/x.dtd">' + TEXT.format("No time."),
        "parameter": f'<!DOCTYPE x [<!ENTITY % a SYSTEM "{cage.address}/a"> %a;]>' + TEXT.format("No time."),
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp037", "utf-7"])
def test_entities_and_document_types_are_refused_in_every_encoding(cage: Cage, encoding: str) -> None:
    for what, xml in declarations(cage).items():
        data = f'<?xml version="1.0" encoding="{encoding}"?>{xml}'.encode(encoding)
        for name, file in (
            ("a.docx", zipped(word_parts() | {"word/document.xml": data})),
            ("a.docx", zipped(word_parts() | {"word/_rels/document.xml.rels": data})),
            ("a.odt", zipped({"content.xml": data})),
        ):
            refusal = the_refusal(cage, name, file)
            assert "document type" in refusal or "damaged" in refusal, what
            if encoding in ("utf-8", "utf-16"):
                assert "document type" in refusal, what


def test_entities_in_a_web_page_fetch_and_read_nothing(cage: Cage) -> None:
    page = (
        f'<!DOCTYPE html [<!ENTITY a SYSTEM "{cage.canary.as_uri()}">]>'
        f'<link rel="stylesheet" href="{cage.address}/a">'
        f'<body>No time. &a;<img src="{cage.address}/b" onerror="alert(1)">'
        f'<iframe src="{cage.address}"></iframe>'
        f'<script>fetch("{cage.address}")</script><object data="{cage.canary.as_uri()}"></object>'
    )
    found = the_text(cage, "a.html", page.encode())
    assert "No time." in found.text and SECRET not in everywhere(found) and "fetch" not in found.text


def test_what_a_word_file_points_to_is_not_fetched(cage: Cage) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="r{number}" Type="{kind}/{name}" Target="{target}"{mode}/>'
            for number, (name, target, mode) in enumerate(
                (name, target, mode)
                for name in (
                    "attachedTemplate",
                    "image",
                    "header",
                    "footnotes",
                    "comments",
                    "styles",
                    "oleObject",
                    "frame",
                )
                for target in (
                    f"{cage.address}/t",
                    cage.canary.as_uri(),
                    "../../../etc/passwd",
                    "/etc/passwd",
                )
                for mode in (' TargetMode="External"', "")
            )
        )
        + "</Relationships>"
    )
    parts = word_parts(said("No time."))
    parts |= {
        "word/_rels/document.xml.rels": relations.encode(),
        "word/_rels/settings.xml.rels": relations.encode(),
    }
    found = the_text(cage, "remote.docx", zipped(parts))
    assert found.text == "No time." and SECRET not in everywhere(found)


# --- programs in files ------------------------------------------------------------------------------


def test_macros_are_refused_with_the_remedy(cage: Cage) -> None:
    assert "holds macros" in the_refusal(cage, "a.docx", zipped(word_parts() | {"word/vbaProject.bin": b"x"}))
    assert "without macros" in the_refusal(cage, "a.docm", zipped(word_parts()))
    assert "without macros" in the_refusal(cage, "a.xlsm", b"PK\x03\x04")


def test_embedded_objects_are_left_out_and_told(cage: Cage) -> None:
    body = said("No time.") + f"<w:p><w:r><w:object>{SECRET}</w:object></w:r></w:p>"
    found = the_text(
        cage, "a.docx", zipped(word_parts(body) | {"word/embeddings/oleObject1.bin": SECRET.encode()})
    )
    assert found.text == "No time." and "embedded objects left out" in found.warnings
    rich = b"{\\rtf1 No time.{\\object\\objemb{\\*\\objdata 0105000002}{\\result shown}}}"
    assert any("embedded object" in warning for warning in the_text(cage, "a.rtf", rich).warnings)


def test_fields_that_start_programs_are_no_words_and_start_nothing(cage: Cage) -> None:
    command = f"DDEAUTO sh &quot;-c echo &gt; {cage.canary.parent}/ran&quot;"
    body = (
        '<w:p><w:r><w:t>No time.</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{command}</w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="end"/></w:r><w:fldSimple w:instr="{command}"/></w:p>'
    )
    assert the_text(cage, "a.docx", word_file(body)).text == "No time."
    book, kept = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"], book.active["A2"], book.active["A3"] = "answer", "=cmd|'/c calc'!A0", "No time."
    book.save(kept)
    found = all_of(cage, "a.xlsx", kept.getvalue())
    assert [item.text for item in found if isinstance(item, RawText)] == ["No time."]
    rows = all_of(cage, "a.csv", b"answer\n\"=cmd|'/c calc'!A0\"\n")
    assert [item.text for item in rows if isinstance(item, RawText)] == ["=cmd|'/c calc'!A0"]


# --- PDF --------------------------------------------------------------------------------------------


def test_a_pdf_of_pictures_is_refused_naming_ocr(cage: Cage) -> None:
    assert "OCR" in the_refusal(cage, "scan.pdf", pdf_file(None))


def test_scripts_launches_and_attachments_of_a_pdf_do_nothing_and_are_told(cage: Cage) -> None:
    ran = cage.canary.parent / "ran"
    script = f"(app.launchURL\\('{cage.address}'\\);this.submitForm\\('{cage.address}'\\);)"
    actions = {
        "/OpenAction<</S/JavaScript/JS " + script + ">>": "",
        f"/OpenAction<</S/Launch/F(/bin/sh)/Unix<</F(touch {ran})>>>>": "",
        f"/OpenAction<</S/URI/URI({cage.address})>>/AA<</WC<</S/GoToR/F({cage.canary})>>>>": "",
        "/Names<</EmbeddedFiles<</Names[(a.txt)100 0 R]>>/JavaScript<</Names[(a)<</S/JavaScript/JS "
        + script
        + ">>]>>>>": (
            "100 <</Type/Filespec/F(a.txt)/UF(a.txt)/EF<</F 101 0 R>>>>\n"
            f"101 <</Type/EmbeddedFile/Length {len(SECRET)}>>stream\x0b{SECRET}\x0bendstream"
        ).replace("\x0b", "\r"),
    }
    for catalog, more in actions.items():
        found = the_text(cage, "a.pdf", pdf_file(catalog=catalog, more=more))
        assert found.text == "No time for the patient." and SECRET not in everywhere(found)
    assert "1 attached file left out" in found.warnings
    assert "a script left out" in found.warnings


def test_an_endless_tree_of_pages_ends(cage: Cage) -> None:
    loop = pdf_file().replace(b"/Kids[10 0 R]", b"/Kids[2 0 R ]")
    assert all_of(cage, "loop.pdf", loop)


# --- damaged, locked, misnamed ----------------------------------------------------------------------


def odt_of_some_size() -> bytes:
    dice = random.Random(5)
    words = "".join(f"<text:p>{dice.random()}</text:p>" for _ in range(800))
    return odt_file(words)


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.xlsx", "a.pdf"])
def test_a_file_cut_off_anywhere_is_refused_or_says_that_it_ends_too_early(cage: Cage, name: str) -> None:
    whole = {
        "a.docx": word_file,
        "a.odt": odt_of_some_size,
        "a.xlsx": workbook,
        "a.pdf": lambda: pdf_file(pages=40),
    }
    data = whole[name]()
    assert len(data) > 5 * 1024
    assert isinstance(all_of(cage, name, data)[0], RawText)
    for cut in range(1024, len(data), 1024):
        (found,) = all_of(cage, name, data[:cut])
        if name == "a.pdf" and isinstance(found, RawText):
            assert any("ends too early" in warning for warning in found.warnings), cut
        else:
            assert isinstance(found, Refused), cut
            assert "damaged" in found.reason, found.reason


def test_what_is_locked_says_so(cage: Cage) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
    for name in ("a.docx", "a.xlsx", "a.odt"):
        assert "password" in the_refusal(cage, name, ole)
    flagged = bytearray(word_file())
    place = flagged.index(b"PK\x01\x02") + 8
    flagged[place] |= 1
    assert "password" in the_refusal(cage, "a.docx", bytes(flagged))
    manifest = b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    locked = zipped({"content.xml": os.urandom(2000), "META-INF/manifest.xml": manifest})
    assert "password" in the_refusal(cage, "a.odt", locked)
    bogus = "100 <</Filter/Standard/V 2/R 3/Length 128/P -44/O(" + "o" * 32 + ")/U(" + "u" * 32 + ")>>"
    assert "password" in the_refusal(cage, "a.pdf", pdf_file(more=bogus))


def test_another_format_under_a_wrong_suffix_is_refused(cage: Cage) -> None:
    made = {
        ".docx": word_file(),
        ".pdf": pdf_file(),
        ".odt": odt_file("<text:p>No time.</text:p>"),
        ".rtf": b"{\\rtf1 No time.}",
        ".png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        ".exe": b"MZ\x90\x00\x03" + bytes(random.Random(1).randbytes(4000)),
        ".sqlite": b"SQLite format 3\x00" + bytes(4000),
    }
    for kind, data in made.items():
        for suffix in READERS:
            if suffix != kind:
                found = all_of(cage, f"a{suffix}", data)
                assert all(isinstance(item, Refused) for item in found), (kind, suffix, found)
    for suffix in (".docx", ".odt", ".pdf", ".xlsx", ".ods", ".rtf"):
        the_refusal(cage, f"a{suffix}", b"No time for the patient.\n" * 100)


@pytest.mark.parametrize("suffix", sorted(READERS))
def test_nothing_at_all_is_refused(cage: Cage, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"empty{suffix}"
    path.write_bytes(b"")
    ((_, found),) = on_disk(cage, path)
    assert isinstance(found, Refused) and "empty (0 bytes)" in found.reason
    for data in (b"", b"\n", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf"):
        assert all(isinstance(item, Refused) for item in all_of(cage, f"empty{suffix}", data)), data


# --- too much ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "size"), [("a.txt", 500 * MB), ("a.docx", LARGEST_FILE + 1), ("a.zip", LARGEST_UNPACKED + 1)]
)
def test_a_file_above_the_limit_is_refused_by_its_size(
    cage: Cage, tmp_path: Path, name: str, size: int
) -> None:
    path = tmp_path / name
    with path.open("wb") as file:
        file.truncate(size)
    ((_, found),) = on_disk(cage, path)
    assert isinstance(found, Refused) and "is larger than" in found.reason


def test_one_enormous_line_is_refused_by_its_length(cage: Cage) -> None:
    assert "characters" in the_refusal(cage, "line.txt", b"x" * (50 * MB))


@pytest.mark.parametrize(
    ("name", "before", "word", "after"),
    [
        ("a.html", b"<p>", b"word ", b"</p>"),
        ("a.vtt", b"WEBVTT\n\n00:00.000 --> 00:01.000\n", b"word ", b"\n"),
        ("a.srt", b"1\n00:00:00,000 --> 00:00:01,000\n", b"word ", b"\n"),
        ("a.json", b'[{"speaker": "GP", "text": "', b"word ", b'"}]'),
        ("a.csv", b"answer\n", b"word ", b"\n"),
        ("a.rtf", b"{\\rtf1 ", b"word ", b"}"),
        ("a.md", b"# x\n", b"word ", b"\n"),
    ],
)
def test_enormous_lines_end_in_every_format(
    cage: Cage, name: str, before: bytes, word: bytes, after: bytes
) -> None:
    found = all_of(cage, name, before + word * (8 * MB // len(word)) + after)
    assert all(isinstance(item, Refused) for item in found)


@pytest.mark.parametrize("line", [b"\n", b"x\n", b"A: x\n", b"x\r", b"x\x0b"])
def test_a_million_lines_are_refused_by_their_number(cage: Cage, line: bytes) -> None:
    refusal = the_refusal(cage, "lines.txt", b"x" + line * 1_000_000)
    assert "lines" in refusal


def test_a_table_of_more_rows_than_a_study_holds_is_refused(cage: Cage) -> None:
    assert "100,000" in the_refusal(cage, "rows.csv", b"answer\n" + b"No\n" * 100_001)


def test_one_cell_far_from_the_others_is_named(cage: Cage) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD90000"] = "answer", "x"
    kept = io.BytesIO()
    book.save(kept)
    assert "90,000 rows and 16,384 columns" in the_refusal(cage, "far.xlsx", kept.getvalue())


def test_a_document_that_is_nested_too_deep_or_has_an_endless_paragraph_is_told_so(cage: Cage) -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 100 + "</w:tc></w:tr></w:tbl>" * 100
    assert "nested too deep" in the_refusal(cage, "deep.docx", word_file(deep))
    endless = f"<w:p><w:r><w:t>{'word ' * 2_100_000}</w:t></w:r></w:p>"
    assert "in one piece" in the_refusal(cage, "endless.docx", word_file(endless))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("deep.html", b"<div>" * 200_000 + b"x"),
        ("deep.json", b"[" * 200_000),
        ("deep.rtf", b"{" * 200_000),
        ("deep2.rtf", b"{\\rtf1" + b"{" * 200_000 + b"x"),
        ("tags.html", b"<" * 1_000_000),
        ("spans.html", b"<p>" + b"<span>" * 30_000 + b"x"),
        ("quotes.csv", b'answer\n"' * 20_000),
        ("stamps.vtt", b"WEBVTT\n\n" + b"00:00 --> " * 100_000),
        ("hash.md", b"#" * 1_000_000),
        ("label.txt", b"(" * 1_000_000 + b":" + b"a " * 100_000),
    ],
)
def test_what_is_nested_or_repeated_without_end_ends(cage: Cage, name: str, data: bytes) -> None:
    for item in all_of(cage, name, data):
        if isinstance(item, RawText):
            make_document(SOURCE, item)


def test_deep_xml_ends(cage: Cage) -> None:
    deep = "<w:sdt><w:sdtContent>" * 100_000
    assert all_of(cage, "deep.docx", zipped(word_parts() | {"word/document.xml": TEXT.format(deep).encode()}))
    tables = "<w:tbl><w:tr><w:tc>" * 2_000 + said("x") + "</w:tc></w:tr></w:tbl>" * 2_000
    assert all_of(cage, "deep.docx", word_file(tables))
    spaces = odt_file('<text:p>a<text:s text:c="999999999"/>b</text:p>')
    assert len(the_text(cage, "a.odt", spaces).text) < 2_000
    repeated = odt_file(
        '<table:table><table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>'
        "</table:table-row></table:table>"
    )
    assert len(the_text(cage, "a.odt", repeated).text) < 2_000


# --- characters -------------------------------------------------------------------------------------


def test_nul_and_control_characters_go_and_are_told(cage: Cage) -> None:
    found = the_text(cage, "a.txt", ("No\x00 time\x1b \x9fnow. " + "word " * 200).encode())
    document = make_document(SOURCE, found)
    assert document.text.startswith("No time now.") and "3 control characters removed" in found.warnings
    assert "binary data" in the_refusal(cage, "a.txt", b"a\x00b\x01" * 50)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-8", "cp1252"])
def test_every_usual_encoding_gives_the_same_text(cage: Cage, encoding: str) -> None:
    words = "één patiënt, hôpital – « coûts »"
    data = words.encode(encoding)
    for name in ("a.txt", "a.md"):
        assert the_text(cage, name, data).text == words
    assert (
        the_text(cage, "a.csv", "answer\n".encode(encoding) + data.removeprefix("".encode(encoding))).text
        == words
    )


def test_bytes_that_are_no_text_are_refused_by_their_place(cage: Cage) -> None:
    assert "see byte 7" in the_refusal(cage, "a.txt", b"No time\x81 now")
    assert "damaged at byte" in the_refusal(cage, "a.txt", b"\xef\xbb\xbfNo time\xff")
    greek = "Η ελληνική αποτελεί τη μητρική γλώσσα".encode("cp1253")
    assert "another encoding" in the_refusal(cage, "a.txt", greek)


def test_lone_surrogates_become_a_visible_mark(cage: Cage) -> None:
    found = make_document(
        SOURCE, the_text(cage, "a.json", b'[{"speaker":"G\\ud800P","text":"No \\udfff time \\ud83d\\ude00"}]')
    )
    assert "\ufffd" in found.text and "\U0001f600" in found.text
    found.text.encode()
    for section in found.sections:
        (section.speaker or "").encode()
    assert isinstance(all_of(cage, "a.txt", b"No \xed\xa0\x80 time")[0], RawText | Refused)


def test_forms_of_the_same_letters_are_one_text(cage: Cage) -> None:
    words = "Interviewer: één café\n"
    one, other = (
        document_of(cage, "a.txt", unicodedata.normalize(form, words).encode()) for form in ("NFC", "NFD")
    )
    assert (one.text, one.sections) == (other.text, other.sections)


def test_every_kind_of_line_end_is_one(cage: Cage) -> None:
    mixed = document_of(cage, "a.txt", b"GP 1: no.\r\nGP 2: yes.\rGP 1: no.\n\rGP 2: yes.\x0bGP 1: no.")
    assert mixed.text == "GP 1: no.\nGP 2: yes.\nGP 1: no.\n\nGP 2: yes.\nGP 1: no."
    assert [s.speaker for s in mixed.sections] == ["GP 1", "GP 2", "GP 1", "GP 2", "GP 1"]


def test_marks_of_direction_zero_width_and_joined_emoji_stay(cage: Cage) -> None:
    words = "a\u202eb\u2066c\u200bd\ufeffe 👩‍⚕️👨‍👩‍👧‍👦 שלום مرحبا\u200f"
    for name, data in (
        ("a.txt", words.encode()),
        ("a.html", f"<p>{words}</p>".encode()),
        ("a.docx", word_file(said(words))),
        ("a.odt", odt_file(f"<text:p>{words}</text:p>")),
    ):
        assert document_of(cage, name, data).text == words, name


def test_speakers_that_only_look_alike_stay_two(cage: Cage) -> None:
    text = "Anna: no.\nАnna: yes.\nAnna: no.\nАnna: yes.\nInterviewer: why?\nInterviewer: so?\n"
    found = document_of(cage, "a.txt", text.encode())
    assert len({s.speaker for s in found.sections}) == 3


def test_turns_from_right_to_left_have_their_speaker(cage: Cage) -> None:
    text = "דנה: שלום.\nInterviewer: well?\nדנה: כן.\nInterviewer: no?\n"
    found = document_of(cage, "a.txt", text.encode())
    assert [s.speaker for s in found.sections if s.kind is SectionKind.TURN] == ["דנה", "Interviewer"] * 2


# --- names of files ---------------------------------------------------------------------------------


HOSTILE_NAMES = [
    "<img src=x onerror=alert(1)>.txt".replace("/", ""),
    "=cmd|' calc'!A0.txt",
    "-rf.txt",
    "; touch ran;.txt",
    "$(touch ran).txt",
    "`touch ran`.txt",
    "line\nend.txt",
    "tab\t.txt",
    "a" * 240 + ".txt",
    "report\u202etxt.exe.txt",
    "CON.txt",
    "nul\u200b.txt",
    "..txt",
    " .txt",
    "{0.__class__}%s%n.txt",
    "'; DROP TABLE document; --.txt",
    os.fsdecode(b"caf\xe9\xff.txt"),
]


@pytest.mark.parametrize("name", HOSTILE_NAMES, ids=range(len(HOSTILE_NAMES)))
def test_a_hostile_file_name_is_a_name(cage: Cage, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    try:
        path.write_bytes(b"No time.")
    except OSError:
        pytest.skip("this system does not allow the name")
    found = on_disk(cage, tmp_path)
    if name.startswith("."):
        assert found == []
        return
    ((_, raw),) = found
    assert isinstance(raw, RawText)
    document = make_document(SOURCE, raw)
    assert document.text == "No time."
    document.title.encode()
    assert "\n" not in document.title and document.title.strip()
    assert [left.name for left in tmp_path.iterdir()] == [name]
    refused = the_refusal(cage, name, b"\xef\xbb\xbf\xff")
    assert "damaged" in refused


# --- what must not be seen --------------------------------------------------------------------------


def test_deleted_moved_and_hidden_words_of_word_are_nowhere(cage: Cage) -> None:
    tracked = "<w:p>{}<w:r><w:t>No time.</w:t></w:r></w:p>"
    run = f"<w:r><w:delText>{SECRET}</w:delText><w:t>{SECRET}</w:t></w:r>"
    hidden = "<w:vanish/>"
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:type="character" w:styleId="Unseen">'
        "<w:rPr><w:vanish/></w:rPr></w:style>"
        '<w:style w:type="character" w:styleId="Child"><w:basedOn w:val="Unseen"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Para"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    )
    bodies = {
        "deleted": tracked.format(f"<w:del>{run}</w:del>"),
        "moved away": tracked.format(f"<w:moveFrom>{run}</w:moveFrom>"),
        "deleted in inserted": tracked.format(f"<w:ins><w:del>{run}</w:del></w:ins>"),
        "hidden": said(SECRET, hidden) + said("No time."),
        "hidden, said so": said(SECRET, '<w:vanish w:val="true"/>') + said("No time."),
        "hidden by style": said(SECRET, '<w:rStyle w:val="Unseen"/>') + said("No time."),
        "hidden by a style of a style": said(SECRET, '<w:rStyle w:val="Child"/>') + said("No time."),
        "hidden paragraph": (
            f'<w:p><w:pPr><w:pStyle w:val="Para"/></w:pPr><w:r><w:t>{SECRET}</w:t></w:r></w:p>'
            + said("No time.")
        ),
        "hidden in a table": f"<w:tbl><w:tr><w:tc>{said(SECRET, hidden)}</w:tc></w:tr></w:tbl>"
        + said("No time."),
    }
    for what, body in bodies.items():
        found = the_text(cage, "a.docx", zipped(word_parts(body) | {"word/styles.xml": styles.encode()}))
        assert found.text.strip() == "No time.", what
        assert SECRET not in everywhere(found), what
        assert SECRET not in repr(make_document(SOURCE, found)), what
    shown = said("Shown.", '<w:rStyle w:val="Unseen"/><w:vanish w:val="0"/>')
    found = the_text(cage, "a.docx", zipped(word_parts(shown) | {"word/styles.xml": styles.encode()}))
    assert found.text == "Shown."


def test_comments_are_beside_the_text_and_nowhere_else(cage: Cage) -> None:
    a_comment = f'<w:comment w:id="1" w:author="Ann">{said(SECRET)}</w:comment>'
    comment = f'<w:comments xmlns:w="{W}">{a_comment}</w:comments>'
    body = '<w:p><w:r><w:t>No time.</w:t></w:r><w:r><w:commentReference w:id="1"/></w:r></w:p>'
    parts = word_parts(body)
    relations = parts["word/_rels/document.xml.rels"].decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    parts["word/_rels/document.xml.rels"] = relations.replace(
        "</Relationships>", f'<Relationship Id="c" Type="{kind}" Target="comments.xml"/></Relationships>'
    ).encode()
    found = the_text(cage, "a.docx", zipped(parts | {"word/comments.xml": comment.encode()}))
    assert found.text == "No time." and [c.text for c in found.comments] == [SECRET]
    captions = f"WEBVTT\n\nNOTE {SECRET}\n\n00:00.000 --> 00:01.000\nNo time.\n"
    assert SECRET not in everywhere(the_text(cage, "a.vtt", captions.encode()))
    page = f"<p>No time.<!-- {SECRET} --></p>"
    assert SECRET not in everywhere(the_text(cage, "a.html", page.encode()))


def test_deleted_and_hidden_words_of_other_formats_are_nowhere(cage: Cage) -> None:
    hides = '<style:text-properties text:display="none"/>'
    styles = f'<style:style style:name="Unseen" style:family="text">{hides}</style:style>'
    files = {
        "deleted.odt": odt_file(
            f"<text:tracked-changes><text:changed-region><text:deletion><text:p>{SECRET}</text:p>"
            "</text:deletion></text:changed-region></text:tracked-changes><text:p>No time.</text:p>"
        ),
        "hidden.odt": odt_file(
            f'<text:p><text:hidden-text text:is-hidden="true" text:string-value="{SECRET}">{SECRET}'
            "</text:hidden-text>No time.</text:p>"
        ),
        "paragraph.odt": odt_file(
            f'<text:p><text:hidden-paragraph text:is-hidden="true"/>{SECRET}</text:p>'
            "<text:p>No time.</text:p>"
        ),
        "section.odt": odt_file(
            f'<text:section text:display="none" text:name="x"><text:p>{SECRET}</text:p></text:section>'
            "<text:p>No time.</text:p>"
        ),
        "styled.odt": odt_file(
            f'<text:p><text:span text:style-name="Unseen">{SECRET}</text:span>No time.</text:p>', styles
        ),
        "script.odt": odt_file(f"<text:p><text:script>{SECRET}</text:script>No time.</text:p>"),
        "hidden.rtf": f"{{\\rtf1 {{\\v {SECRET}}}No time.}}".encode(),
        "hidden2.rtf": f"{{\\rtf1 \\v {SECRET}\\v0 No time.}}".encode(),
        "deleted.rtf": f"{{\\rtf1 {{\\deleted\\revauthdel1 {SECRET}}}No time.}}".encode(),
        "comment.rtf": f"{{\\rtf1 No time.{{\\*\\annotation {SECRET}}}}}".encode(),
        "info.rtf": f"{{\\rtf1{{\\info{{\\author {SECRET}}}{{\\title {SECRET}}}}}No time.}}".encode(),
        "style.html": f'<p>No time.<span style="display: none">{SECRET}</span></p>'.encode(),
        "inline.html": f"<p><b>No time.<i hidden>{SECRET}</i></b></p>".encode(),
        "cell.html": f"<table><tr><td>No time.<span hidden>{SECRET}</span></td></tr></table>".encode(),
        "heading.html": f"<h1>No time.<script>{SECRET}</script></h1>".encode(),
        "script.html": f"<p>No time.<b><script>{SECRET}</script><style>{SECRET}</style></b></p>".encode(),
    }
    for name, data in files.items():
        found = the_text(cage, name, data)
        assert found.text.strip() == "No time.", name
        assert SECRET not in everywhere(found), name


def test_comments_and_tables_in_cells_of_an_open_document_stay_apart(cage: Cage) -> None:
    cell = "<table:table-cell>{}</table:table-cell>"
    row = "<table:table-row>{}</table:table-row>"
    inner = f"<table:table>{row.format(cell.format('<text:p>inner</text:p>'))}</table:table>"
    comment = f"<office:annotation><text:p>{SECRET}</text:p></office:annotation>"
    outer = cell.format(f"<text:p>No time.{comment}</text:p>{inner}")
    table = row.format(outer).join(
        ("<table:table><table:table-header-rows>", "</table:table-header-rows></table:table>")
    )
    found = the_text(cage, "a.odt", odt_file(table))
    assert found.text == "No time. inner" and [c.text for c in found.comments] == [SECRET]


def test_hidden_sheets_of_a_workbook_are_left_out_and_told(cage: Cage) -> None:
    book, kept = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"], book.active["A2"] = "answer", "No time."
    for state in ("hidden", "veryHidden"):
        sheet = book.create_sheet(state)
        sheet["A1"], sheet["A2"], sheet.sheet_state = "answer", SECRET, state
    book.save(kept)
    found = the_text(cage, "a.xlsx", kept.getvalue())
    assert found.text == "No time." and "2 hidden sheets left out" in found.warnings


# --- the child by itself ----------------------------------------------------------------------------

#: Each line is tried by itself in a process that is closed as the child is; no reader takes part.
FORBIDDEN = """
__import__("socket").socket()
__import__("socket").create_connection(("127.0.0.1", 9))
__import__("socket").getaddrinfo("localhost", 80)
__import__("urllib.request").request.urlopen("http://127.0.0.1:9/")
__import__("subprocess").run(["true"])
__import__("os").system("true")
__import__("os").popen("true")
__import__("os").fork()
__import__("os").posix_spawn("/bin/true", ["true"], {})
__import__("os").execv("/bin/true", ["true"])
__import__("os").kill(__import__("os").getpid(), 0)
__import__("os").open("evil", __import__("os").O_WRONLY | __import__("os").O_CREAT)
__import__("os").open("evil", __import__("os").O_RDWR | __import__("os").O_CREAT)
__import__("os").remove("kept")
__import__("os").rename("kept", "gone")
__import__("os").symlink("kept", "evil")
__import__("os").link("kept", "evil")
__import__("os").truncate("kept", 0)
__import__("os").chmod("kept", 0)
__import__("os").mkdir("evil")
__import__("os").utime("kept", (0, 0))
__import__("shutil").copyfile("kept", "evil")
__import__("shutil").rmtree(".")
__import__("tempfile").mkstemp(dir=".")
__import__("tempfile").mkdtemp(dir=".")
__import__("sqlite3").connect("evil")
open("evil", "w")
open("evil", "xb")
open("kept", "a")
open("kept", "r+")
__import__("pathlib").Path("evil").write_text("x")
""".strip().split("\n")

ALLOWED = ('open("kept").read()', '__import__("json").loads("[]")', '__import__("zlib").compress(b"x")')

TRYING = """
import json, sys
from corpus.readers import child
child.shut()
told = []
for line in json.load(sys.stdin):
    try:
        eval(line)
        told.append([line, "allowed"])
    except BaseException as error:
        told.append([line, type(error).__name__])
print(json.dumps(told))
"""


def test_the_child_can_open_no_connection_start_no_program_and_write_no_file(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("kept", encoding="utf-8")
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-c", TRYING],
        input=json.dumps([*ALLOWED, *FORBIDDEN]),
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": root},
        check=True,
        timeout=60,
    )
    told = dict(json.loads(done.stdout))
    assert {line: told[line] for line in ALLOWED} == dict.fromkeys(ALLOWED, "allowed")
    assert [line for line in FORBIDDEN if told[line] != "PermissionError"] == []
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
    assert (tmp_path / "kept").read_text(encoding="utf-8") == "kept"


@pytest.mark.skipif(sys.platform != "linux", reason="limits of files are those of Linux")
def test_not_even_a_library_in_c_can_write_from_the_child(tmp_path: Path) -> None:
    program = (
        "import ctypes\nfrom corpus.readers import child\nlibc = ctypes.CDLL(None)\n"
        "child.shut()\n"
        "file = libc.open(b'evil', 0o101, 0o600)\nprint(libc.write(file, b'x', 1))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        check=True,
        timeout=60,
    )
    assert done.stdout.strip() == "-1"
    assert not (tmp_path / "evil").exists() or (tmp_path / "evil").stat().st_size == 0


def test_the_child_is_given_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    from corpus.readers.apart import _environment

    monkeypatch.setenv("DATABASE_PASSWORD", SECRET)
    assert SECRET not in _environment().values()


def test_time_that_the_caller_takes_is_not_the_file_s(tmp_path: Path) -> None:
    import time

    rows = b"answer\n" + b"no time at all\n" * 5_000
    with ReadingApart(Limits(seconds=4)) as hurried:
        found = hurried.read("long.csv", rows)
        assert isinstance(next(found), RawText)
        time.sleep(5)
        assert sum(isinstance(item, RawText) for item in found) == 4_999


# --- files as they come -----------------------------------------------------------------------------

#: What the manifest says of each file, as what must be found: words of the text, of a warning, of a comment
#: or of what was set aside; after "not" what may be nowhere; after "refused" why.
EXPECTED: dict[str, tuple[str, ...]] = {
    "docx/poi-delins.docx": ("Tika can be", "tracked changes", "not DragonLance", "not Maang"),
    "docx/poi-58067.docx": ("This is a whole paragraph", "tracked changes read as accepted"),
    "docx/poi-HeaderFooterUnicode.docx": ("This is a simple header", "Molière"),
    "docx/poi-ThreeColHeadFoot.docx": ("three colum", "First header column!", "Footer Left"),
    "docx/poi-ComplexNumberedLists.docx": ("1. Entry #1", "2. Entry #2"),
    "docx/poi-checkboxes.docx": ("small test for checkboxes",),
    "docx/poi-table_footnotes.docx": ("Pole 1\tPole 2\nslove[1]", "[1] snoska"),
    "docx/poi-IllustrativeCases.docx": ("ILLUSTRATIVE CASES",),
    "malicious/poi-ExternalEntityInText.docx": ("refused document type",),
    "malicious/poi-poc-xmlbomb.xlsx": ("refused document type",),
    "faulty/poi-bug53475-password-is-pass.docx": ("refused password",),
    "faulty/poi-51921-Word-Crash067.docx": ("refused no text",),
    "faulty/poi-zero-length.docx": ("refused no text",),
    "faulty/poi-55733.docx": ("TEST",),
    "other/poi-innertable.doc": ("refused save it as .docx",),
    "rtf/poi-message.rtf": ("These are five files.",),
    "docx/markitdown-test_with_comment.docx": ("AutoGen", "comment"),
    "docx/markitdown-test.docx": ("AutoGen",),
    "xlsx/markitdown-test.xlsx": ("refused Alpha, Beta",),
    "other/markitdown-test.xls": ("refused save it as .xlsx",),
    "csv/markitdown-test_mskanji.csv": ("refused save it as UTF-8",),
    "html/markitdown-test_blog.html": ("AutoGen", "Recent posts"),
    "pdf/markitdown-test.pdf": ("1 Introduction", "put together again"),
    "pdf/markitdown-MEDRPT-2024-PAT-3847_medical_report_scan.pdf": ("refused OCR",),
    "pdf/markitdown-masterformat_partial_numbering.pdf": ("RFP for Construction Management Services",),
    "faulty/markitdown-random.bin": ("refused .bin files are not read",),
    "docx/mammoth-comments.docx": ("Ouch.", "tachyon"),
    "docx/mammoth-footnotes.docx": ("Ouch[1].[2]", "[2] Fin."),
    "docx/mammoth-tables.docx": ("Above\nTop left\tTop right\nBottom left\tBottom right\nBelow",),
    "docx/mammoth-text-box.docx": ("Datum plane",),
    "docx/mammoth-strict-format.docx": ("Test",),
    "docx/mammoth-utf8-bom.docx": ("This XML has a byte order mark.",),
    "docx/mammoth-empty.docx": ("refused no text",),
    "docx/pydocx-blk-paras-and-tables.docx": ("Lorem ipsum dolor sit amet",),
    "docx/pydocx-tbl-having-tables.docx": ("refused no text",),
    "docx/pydocx-hdr-header-footer.docx": ("section with header", "Header for section-1"),
    "docx/pydocx-comments-rich-para.docx": ("Document text",),
    "odt/odfpy-simpletable.odt": ("Cell 1\tCell 2\nCell 3 (bold)\tCell 4 (italic)",),
    "odt/odfpy-twolevellist.odt": ("• Item A", "• Subitem B.1"),
    "odt/odfpy-headerfooter.odt": ("Lorem ipsum", "Header1", "Footer1"),
    "odt/odfpy-nasty.odt": ("refused document type",),
    "odt/odfpy-serious_poem.odt": ("The boy stood    on the burning deck,\n",),
    "subtitles/webvtt-sample.vtt": ("Caption text #1",),
    "subtitles/webvtt-youtube_dl.vtt": ("yeah what this will happen is I'm telling", "not telling\nyeah"),
    "subtitles/webvtt-captions_with_bom.vtt": ("Caption text #1",),
    "subtitles/webvtt-cue_tags.vtt": ("When the moon hits your eye", "not <v"),
    "faulty/webvtt-invalid.vtt": ("Caption text #1", "does not begin with WEBVTT"),
    "subtitles/webvtt-sample.srt": ("Caption text #1",),
    "faulty/webvtt-invalid_timeframe.srt": ("Caption text #1", "damaged time"),
    "subtitles/webvtt-missing_caption_text.vtt": ("Caption text #3",),
    "subtitles/webvtt-metadata_headers.vtt": ("Caption text #2", "not Kind:"),
    "encodings/charset-sample-french.txt": ("MOLIÈRE",),
    "encodings/charset-sample-french-1.txt": ("MOLIÈRE", "read as cp1252"),
    "encodings/charset-sample-english.bom.txt": ("About 2 months ago", "not \ufeff"),
    "encodings/charset-sample-spanish.txt": ("La creación",),
    "encodings/charset-sample-greek.txt": ("refused another encoding",),
    "encodings/charset-sample-polish.txt": ("POLISH",),
    "malicious/defused-xmlbomb.xml": ("refused .xml files are not read",),
    "malicious/defused-external.xml": ("refused .xml files are not read",),
    "malicious/defused-simple.xml": ("refused .xml files are not read",),
    "pdf/pdfminer-simple1.pdf": ("Hello", "World"),
    "pdf/pdfminer-aes-256.pdf": ("refused password",),
    "faulty/pdfminer-zen_of_python_corrupted.pdf": ("Beautiful is better than ugly.",),
    "malicious/pdfminer-issue-1113-evil-xobjects.pdf": ("Hello world",),
    "pdf/pdfminer-jo.pdf": ("わたくし",),
    "pdf/pdfminer-issue-00369-excel.pdf": ("1\t2\t3\n4\t5\t6\n7\t8\t9",),
    "pdf/pypdf-Seige_of_Vicksburg_Sample_OCR.pdf": ("however, did not last long",),
    "pdf/pypdf-crazyones.pdf": ("The Crazy Ones",),
}


def _manifest() -> list[dict[str, str]]:
    if not MESSY.is_dir():
        return []
    with (MESSY / "manifest.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.shared
@pytest.mark.skipif(not MESSY.is_dir(), reason="needs ../shared/data/files-messy beside the checkout")
def test_every_file_of_the_manifest_is_as_it_says(cage: Cage) -> None:
    listed = [row["file"] for row in _manifest()]
    assert sorted(listed) == sorted(EXPECTED)
    for name in listed:
        found = all_of(cage, Path(name).name, (MESSY / name).read_bytes())
        assert len(found) == 1, name
        words = found[0].reason if isinstance(found[0], Refused) else everywhere(found[0])
        for expected in EXPECTED[name]:
            if expected.startswith("refused "):
                assert isinstance(found[0], Refused) and expected.removeprefix("refused ") in words, (
                    name,
                    words,
                )
            elif expected.startswith("not "):
                assert expected.removeprefix("not ") not in words, (name, expected)
            else:
                assert isinstance(found[0], RawText) and expected in words, (name, expected, words[:300])
