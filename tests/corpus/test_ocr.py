"""Scanned pages: drawn in the child process, read by tesseract as it is installed, or refused naming OCR."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from corpus.errors import UnreadableFile, UserFacingError
from corpus.models import RawText, Refused
from corpus.readers import ocr
from corpus.readers.apart import ReadingApart
from tests.corpus.test_formats import a_pdf, at

#: A stand-in for the program: it tells how large a picture it got, as words on two paragraphs.
STAND_IN = """#!{python}
import struct, sys, time
if "--version" in sys.argv:
    print("tesseract 9.9.9\\n leptonica")
elif "--list-langs" in sys.argv:
    print("List of available languages (3):\\neng\\nfra\\nosd")
else:
    picture = sys.stdin.buffer.read()
    assert picture.startswith(b"\\x89PNG") and sys.argv[1:] == ["stdin", "stdout", "-l", "fra+eng"], sys.argv
    time.sleep({seconds})
    width, height = struct.unpack(">II", picture[16:24])
    print("The nurse has no mo-\\nney for it.\\n\\nThe picture is %d wide." % width)
"""


@pytest.fixture
def apart() -> Iterator[ReadingApart]:
    with ReadingApart() as reading:
        yield reading


def put_in_place(folder: Path, monkeypatch: pytest.MonkeyPatch, *, seconds: float = 0) -> None:
    program = folder / "tesseract"
    program.write_text(STAND_IN.format(python=sys.executable, seconds=seconds))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)


def a_scan(*words: str) -> bytes:
    """A PDF whose pages are pictures of words."""
    pages = []
    for said in words:
        with pdfium.PdfDocument(a_pdf(at(50, 700, said, 14))) as drawn:
            picture = drawn[0].render(scale=3, grayscale=True)
            rows = bytes(picture.buffer)
            dots = b"".join(
                rows[n * picture.stride : n * picture.stride + picture.width] for n in range(picture.height)
            )
            pages.append((zlib.compress(dots), picture.width, picture.height))
    return _pdf_of_pictures(pages)


def _pdf_of_pictures(pictures: list[tuple[bytes, int, int]]) -> bytes:
    kids = " ".join(f"{3 + 3 * n} 0 R" for n in range(len(pictures)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pictures)} >>".encode(),
    ]
    for n, (packed, width, height) in enumerate(pictures):
        drawing = b"600 0 0 800 0 0 cm /P Do"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {4 + 3 * n} 0 R "
            f"/Resources << /XObject << /P {5 + 3 * n} 0 R >> >> >>".encode(),
            f"<< /Length {len(drawing)} >>\nstream\n".encode() + drawing + b"\nendstream",
            f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray "
            f"/BitsPerComponent 8 /Filter /FlateDecode /Length {len(packed)} >>\nstream\n".encode()
            + packed
            + b"\nendstream",
        ]
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF"
    return body + end.encode()


def test_pages_that_are_pictures_become_paragraphs_of_the_text(
    apart: ReadingApart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in_place(tmp_path, monkeypatch)
    scan = a_scan("one", "two")
    read = ocr.read_pictures(apart, "scan.pdf", scan)
    assert list(read) == ["0", "1"]
    (found,) = apart.read("scan.pdf", scan, page_texts=read)
    assert isinstance(found, RawText)
    assert found.text.split("\n") == ["The nurse has no money for it.", "The picture is 2500 wide."] * 2
    assert [page.label for page in found.pages] == ["1", "2"]
    assert any("2 pages were read by OCR" in warning for warning in found.warnings)


def test_pages_with_a_text_layer_are_not_looked_at(
    apart: ReadingApart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in_place(tmp_path, monkeypatch)
    assert ocr.read_pictures(apart, "a.pdf", a_pdf(at(50, 700, "Money is there."))) == {}


def test_page_that_takes_too_long_is_told_with_its_number(
    apart: ReadingApart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in_place(tmp_path, monkeypatch, seconds=30)
    monkeypatch.setattr(ocr, "SECONDS_A_PAGE", 1.5)
    with pytest.raises(UnreadableFile, match="page 1 took longer"):
        ocr.read_pictures(apart, "slow.pdf", a_scan("slow"))
    (found,) = apart.read("next.txt", b"No time.")
    assert isinstance(found, RawText)


def test_without_the_program_its_absence_is_told_with_the_remedy(
    apart: ReadingApart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert ocr.tesseract() is None
    with pytest.raises(UserFacingError, match="tesseract is not installed"):
        ocr.read_pictures(apart, "scan.pdf", a_scan("one"))
    (found,) = apart.read("scan.pdf", a_scan("one"))
    assert isinstance(found, Refused)
    assert "OCR" in found.reason


def test_damaged_pdf_is_refused_by_its_state_and_the_child_reads_on(
    apart: ReadingApart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in_place(tmp_path, monkeypatch)
    with pytest.raises(UnreadableFile, match="damaged"):
        ocr.read_pictures(apart, "a.pdf", b"%PDF-1.4 nothing")
    (found,) = apart.read("next.txt", b"No time.")
    assert isinstance(found, RawText)


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_words_of_a_real_scan_are_read(apart: ReadingApart) -> None:
    scan = a_scan("The nurse has no time and nobody pays for the meetings.")
    (words,) = ocr.read_pictures(apart, "scan.pdf", scan).values()
    assert "nobody pays for the meetings" in words
