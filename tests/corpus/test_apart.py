"""Files are parsed in a child process: what one file does to it is told, and the next is read as ever."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from corpus.models import RawText, Refused
from corpus.readers import read_bytes
from corpus.readers.apart import Limits, ReadingApart

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="module")
def apart() -> Iterator[ReadingApart]:
    with ReadingApart() as reading:
        yield reading


def the_refusal(reading: ReadingApart, name: str, data: bytes) -> str:
    (found,) = reading.read(name, data)
    assert isinstance(found, Refused), found
    return found.reason


def reads_on(reading: ReadingApart) -> bool:
    (found,) = reading.read("next.txt", b"No time.")
    return isinstance(found, RawText) and found.text == "No time."


def a_word_file() -> bytes:
    document = docx.Document()
    document.add_heading("Steering group", 1)
    document.add_paragraph("Money is there 😀.")
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def test_what_comes_over_the_pipe_is_what_the_reader_found(apart: ReadingApart) -> None:
    survey = (DATA / "nhs-feedback-phase1" / "text_data.csv").read_bytes()
    dated = b"date;answer\n2023-05-02;No time\n"
    for name, data, column in (
        ("report.docx", a_word_file(), None),
        ("dated.csv", dated, "answer"),
        ("survey.csv", survey, survey.split(b",")[0].decode().strip('\ufeff"')),
        ("windows.txt", "Patiënt – €".encode("cp1252"), None),
        ("old.doc", b"x", None),
        ("empty.txt", b" ", None),
    ):
        found = list(apart.read(name, data, text_column=column))
        assert found == list(read_bytes(name, data, text_column=column)), name
    (row,) = apart.read("dated.csv", dated, text_column="answer")
    assert isinstance(row, RawText) and row.date == dt.date(2023, 5, 2)


def test_a_file_that_takes_too_long_is_refused_and_the_next_is_read() -> None:
    attributes = b" ".join(b"a%d=1" % number for number in range(500_000))
    with ReadingApart(Limits(seconds=1)) as hurried:
        last = list(hurried.read("long.html", b"<p " + attributes + b">no time</p>"))[-1]
        assert isinstance(last, Refused) and "longer than 1 seconds" in last.reason
        assert reads_on(hurried)


def test_a_file_that_needs_too_much_memory_is_refused_and_the_next_is_read() -> None:
    parts = io.BytesIO()
    words = b"<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 900_000
    with (
        zipfile.ZipFile(parts, "w", zipfile.ZIP_DEFLATED) as archive,
        zipfile.ZipFile(io.BytesIO(a_word_file())) as original,
    ):
        for item in original.infolist():
            data = original.read(item)
            if item.filename == "word/document.xml":
                data = data.replace(b"<w:sectPr", words + b"<w:sectPr", 1)
            archive.writestr(item, data)
    with ReadingApart(Limits(memory=400 * 2**20)) as narrow:
        assert "needs more than 400 MB" in the_refusal(narrow, "large.docx", parts.getvalue())
        assert reads_on(narrow)


def test_a_child_that_dies_is_replaced(apart: ReadingApart) -> None:
    assert reads_on(apart)
    assert apart._child is not None
    apart._child.kill()
    apart._child.wait()
    assert reads_on(apart)


def test_leaving_a_file_half_read_leaves_nothing_for_the_next(apart: ReadingApart) -> None:
    rows = apart.read("a.csv", b"answer\nfirst\nsecond\nthird\n")
    assert isinstance(next(rows), RawText)
    rows.close()
    assert reads_on(apart)
