"""Files in, raw texts out; what cannot be read is refused by name and never raises."""

import datetime as dt
import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import given
from hypothesis import strategies as st

from corpus.models import RawText, Refused
from corpus.readers import LARGEST_FILE, READERS, find_files, read_file
from corpus.readers.archives import LARGEST_XML
from corpus.readers.text import decode

DATA = Path(__file__).parents[1] / "data"
SURVEY = DATA / "nhs-feedback-phase1" / "text_data.csv"
MESSY = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "files-messy"
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def written(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def the_text(path: Path, **columns: str) -> RawText:
    (found,) = read_file(path, **columns)
    assert isinstance(found, RawText), found
    return found


def the_refusal(path: Path, **columns: str) -> str:
    (found,) = read_file(path, **columns)
    assert isinstance(found, Refused), found
    assert found.path == str(path)
    assert path.name in found.reason
    return found.reason


def word_file(folder: Path, *paragraphs: str, name: str = "report.docx") -> Path:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(str(folder / name))
    return folder / name


# --- text -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_without_its_mark(tmp_path: Path, encoding: str) -> None:
    found = the_text(written(tmp_path, "a.txt", "Patiënt 😀\r\n".encode(encoding)))
    assert (found.text, found.warnings) == ("Patiënt 😀\r\n", ())


def test_windows_text_is_read_with_a_warning(tmp_path: Path) -> None:
    found = the_text(written(tmp_path, "a.txt", "Patiënt – €".encode("cp1252")))
    assert (found.text, found.warnings) == ("Patiënt – €", ("read as cp1252",))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "no text"),
        (b" \n\t\n", "no text"),
        (b"caf\x81\xe9", "cp1252"),
        ("text".encode("utf-16-le"), "binary"),
        (bytes(range(1, 32)) * 10, "binary"),
        (b"\xff\xfea", "damaged"),
        (b"%PDF-1.7 text", "PDF"),
        (b"PK\x03\x04rest", "zip"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    assert reason in the_refusal(written(tmp_path, "a.txt", content))


def test_a_stray_control_character_is_told(tmp_path: Path) -> None:
    assert the_text(written(tmp_path, "a.txt", "No\x00 time.")).warnings == ("1 control character removed",)


@given(st.binary(max_size=200), st.sampled_from(sorted(READERS)))
def test_no_bytes_raise(tmp_path_factory: pytest.TempPathFactory, content: bytes, suffix: str) -> None:
    path = written(tmp_path_factory.mktemp("any"), f"any{suffix}", content)
    assert list(read_file(path))


@given(st.text())
def test_what_is_written_as_utf8_is_read_back(text: str) -> None:
    if sum(character < " " or "\x7f" <= character <= "\x9f" for character in text) == 0:
        assert decode(b"\xef\xbb\xbf" + text.encode())[0] == text


def test_other_formats_are_refused_with_a_remedy(tmp_path: Path) -> None:
    assert "save it as .docx" in the_refusal(written(tmp_path, "old.doc", b"x"))
    assert "OCR" in the_refusal(written(tmp_path, "page.JPG", b"x"))
    assert "transcript" in the_refusal(written(tmp_path, "talk.m4a", b"x"))
    assert ".txt" in the_refusal(written(tmp_path, "scan.xyz", b"x"))
    assert "without a suffix" in the_refusal(written(tmp_path, "scan", b"x"))


def test_what_is_not_there_or_no_file_is_refused(tmp_path: Path) -> None:
    assert "does not exist" in the_refusal(tmp_path / "gone.txt")
    assert "folder" in the_refusal(tmp_path)


def test_a_file_above_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    assert "50 MB" in the_refusal(path)


def test_the_same_bytes_are_known_again(tmp_path: Path) -> None:
    one, other = (the_text(written(tmp_path, name, "No time.")) for name in ("a.txt", "b.txt"))
    assert one.raw_sha256 == other.raw_sha256


# --- folders --------------------------------------------------------------------------------------


def test_folders_are_opened_in_order_and_hidden_files_skipped(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("b.txt", "a.pdf", "README.md", ".hidden.txt", "~$b.docx", "sub/c.md", ".git/d.txt"):
        written(tmp_path, name, "x")
    found = [path.relative_to(tmp_path).as_posix() for path in find_files([tmp_path])]
    assert found == ["README.md", "a.pdf", "b.txt", "sub/c.md"]


def test_paths_that_do_not_exist_are_kept_for_the_refusal(tmp_path: Path) -> None:
    assert list(find_files([tmp_path / "gone"])) == [tmp_path / "gone"]
    assert list(find_files([Path("x" * 5000)])) == [Path("x" * 5000)]
    assert "cannot be opened" in the_refusal(Path("x" * 5000))


# --- tables ---------------------------------------------------------------------------------------


def test_survey_rows_become_texts_with_their_other_cells() -> None:
    found = list(read_file(SURVEY, text_column="feedback", title_column="row_index"))
    refused = [row for row in found if isinstance(row, Refused)]
    texts = [row for row in found if isinstance(row, RawText)]
    assert (len(texts), len(refused)) == (57, 3)
    assert all("row " in row.reason for row in refused)
    first = texts[0]
    assert (first.place, first.title) == ("row 2", "2625")
    assert first.text == "Good staff, always Inform me of any changes due to my care."
    assert first.attributes["code"] == "ss"
    assert "feedback" not in first.attributes
    assert {text.attributes.get("criticality") for text in texts} >= {"-o", "SS", "-NA", "0"}


def test_equal_rows_are_kept_apart_and_a_second_import_is_known(tmp_path: Path) -> None:
    content = "id,answer\n1,No\n1,No\n2,No\n"
    first = list(read_file(written(tmp_path, "a.csv", content), text_column="answer"))
    again = list(read_file(written(tmp_path, "b.csv", content), text_column="answer"))
    hashes = [row.raw_sha256 for row in first if isinstance(row, RawText)]
    assert len(set(hashes)) == 3
    assert hashes == [row.raw_sha256 for row in again if isinstance(row, RawText)]


def test_a_table_that_grew_brings_only_its_new_rows(tmp_path: Path) -> None:
    old = list(read_file(written(tmp_path, "a.csv", "id,answer\n1,No\n"), text_column="answer"))
    new = list(read_file(written(tmp_path, "a.csv", "id,answer\n1,No\n2,No\n"), text_column="answer"))
    assert {row.raw_sha256 for row in old} < {row.raw_sha256 for row in new}


def test_the_same_bare_answer_in_two_surveys_is_two_answers(tmp_path: Path) -> None:
    one = next(read_file(written(tmp_path, "a.csv", "answer\nNo\nYes\n")))
    other = next(read_file(written(tmp_path, "b.csv", "answer\nNo\nNever\n")))
    assert one.raw_sha256 != other.raw_sha256


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    rows = [["site", "answer", "note"], ["007", '"Well, no; ""never"""', "NA"]]
    content = "\ufeff" + "\r\n".join(delimiter.join(row) for row in rows)
    found = the_text(written(tmp_path, "a.csv", content), text_column="answer")
    assert found.text == 'Well, no; "never"'
    assert found.attributes == {"site": "007", "note": "NA"}


def test_a_table_of_one_column_keeps_its_commas(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", "answer\nNo, never; not once\n\nYes\n\n\n")
    texts = [row.text if isinstance(row, RawText) else row.reason for row in read_file(path)]
    assert texts == [
        "No, never; not once",
        "a.csv, row 3: column 'answer' is empty. Nothing to read here.",
        "Yes",
    ]


def test_the_column_called_date_dates_its_row(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", "Datum,answer\n2021-03-04,No\n12 maart 2019,Yes\nlater,Maybe\n")
    rows = [row for row in read_file(path, text_column="answer") if isinstance(row, RawText)]
    assert [row.date for row in rows] == [dt.date(2021, 3, 4), dt.date(2019, 3, 12), None]
    assert rows[0].attributes == {"Datum": "2021-03-04"}


def test_a_missing_column_is_named_with_those_there_are(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", "id,answer\n1,No\n")
    assert "id, answer" in the_refusal(path)
    assert "'feedback'" in (reason := the_refusal(path, text_column="feedback")) and "id, answer" in reason
    assert "'name'" in the_refusal(path, text_column="answer", title_column="name")
    assert the_text(path, text_column=" Answer ").text == "No"


def test_rows_with_too_many_cells_lose_nothing_and_say_so(tmp_path: Path) -> None:
    found = the_text(written(tmp_path, "a.csv", "id,answer\n1,No, never\n"), text_column="answer")
    assert found.attributes == {"id": "1", "column 3": "never"}
    assert "check the quotes" in found.warnings[0]


def test_a_quotation_mark_that_never_closes_is_refused(tmp_path: Path) -> None:
    assert "row 3" in the_refusal(
        written(tmp_path, "a.csv", 'id,answer\n1,No\n2,"Yes\n3,No\n'), text_column="answer"
    )


def test_irregular_quotation_marks_are_read_with_a_warning(tmp_path: Path) -> None:
    found = the_text(written(tmp_path, "a.csv", 'id,answer\n1,"He said "no" to me"\n'), text_column="answer")
    assert "no" in found.text
    assert "row 2" in found.warnings[0]


def test_columns_without_or_with_the_same_name_are_told_apart(tmp_path: Path) -> None:
    found = the_text(written(tmp_path, "a.csv", "q,q,,t\na,b,c,text\n"), text_column="t")
    assert found.attributes == {"q": "a", "q (2)": "b", "column 3": "c"}


def test_a_table_without_rows_or_header_is_refused(tmp_path: Path) -> None:
    assert "annotations" in the_refusal(written(tmp_path, "a.tsv", "#FORMAT=WebAnno TSV 3.3\n\n#Text=No\n"))
    assert "no rows" in the_refusal(written(tmp_path, "a.csv", "id,answer\n"), text_column="answer")
    assert "no header" in the_refusal(written(tmp_path, "a.csv", ",,\nx,y,z\n"), text_column="x")


# --- Word -----------------------------------------------------------------------------------------


def test_a_word_document_is_read_in_the_order_of_its_page(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Steering group", 0)
    document.add_heading("Present", 2)
    document.add_paragraph("GP 3: No time.")
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(table._cells, ["Item", "Who", "Letter to\nall GPs", ""], strict=True):
        cell.text = words
    document.add_paragraph("")
    document.add_paragraph("e\u0301te\u0301")
    document.save(str(tmp_path / "report.docx"))
    found = the_text(tmp_path / "report.docx")
    assert found.text == "Steering group\nPresent\nGP 3: No time.\nItem\tWho\nLetter to all GPs\t\nété"
    assert [(found.text[a:b], level) for a, b, level in found.headings] == [
        ("Steering group", 1),
        ("Present", 2),
    ]
    assert (found.title, found.date, found.warnings) == ("Steering group", None, ())


@pytest.mark.parametrize(
    ("title", "expected"), [("Minutes of May", "Minutes of May"), ("Document1", None), ("", None)]
)
def test_only_a_title_that_a_person_gave_is_taken(tmp_path: Path, title: str, expected: str | None) -> None:
    document = docx.Document()
    document.add_paragraph("Text")
    document.core_properties.title = title
    document.save(str(tmp_path / "report.docx"))
    assert the_text(tmp_path / "report.docx").title == expected


def test_deleted_and_hidden_words_never_leak(tmp_path: Path) -> None:
    document = docx.Document()
    document.element.body.insert(
        0,
        parse_xml(
            f"<w:p {NAMESPACE}><w:r><w:t>We will</w:t></w:r>"
            "<w:del w:id='1' w:author='A'><w:r><w:delText>never</w:delText></w:r></w:del>"
            "<w:ins w:id='2' w:author='A'><w:r><w:t xml:space='preserve'> always</w:t></w:r></w:ins>"
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
            "<w:r><w:tab/><w:t>pay</w:t><w:br/><w:t>them</w:t></w:r></w:p>"
        ),
    )
    document.save(str(tmp_path / "report.docx"))
    found = the_text(tmp_path / "report.docx")
    assert found.text == "We will always\tpay\nthem"
    assert found.warnings == (
        "tracked changes read as accepted (1 insertions, 1 deletions)",
        "hidden text left out",
    )


def test_a_word_document_cut_short_anywhere_is_refused(tmp_path: Path) -> None:
    whole = word_file(tmp_path, "No time.").read_bytes()
    for length in range(1, len(whole), 1024):
        assert "damaged" in the_refusal(written(tmp_path, "cut.docx", whole[:length]))


def test_a_protected_document_is_refused_by_that_name(tmp_path: Path) -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert "password" in the_refusal(written(tmp_path, "secret.docx", content))


def test_an_empty_word_document_is_refused(tmp_path: Path) -> None:
    assert "no text" in the_refusal(word_file(tmp_path, ""))


def with_part(path: Path, name: str, content: bytes) -> Path:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return path


def test_a_document_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = with_part(word_file(tmp_path, "x"), "word/more.xml", bytes(LARGEST_XML + 1))
    assert path.stat().st_size < 200_000
    assert "unpacks to more than" in the_refusal(path)


def test_a_part_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = with_part(word_file(tmp_path, "x"), "word/more.xml", bytes(1_000_000))
    data = path.read_bytes().replace((1_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    assert "damaged" in the_refusal(written(tmp_path, "lying.docx", data))


def test_entities_are_refused_before_they_are_parsed(tmp_path: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    path = with_part(word_file(tmp_path, "x"), "word/more.xml", bomb)
    assert "document type" in the_refusal(path)


def test_a_zip_that_is_no_word_document_is_refused(tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("../../evil.txt", "x")
    assert "no .docx file" in the_refusal(written(tmp_path, "a.docx", content.getvalue()))
    assert [path.name for path in tmp_path.iterdir()] == ["a.docx"]


@pytest.mark.shared
@pytest.mark.skipif(not MESSY.is_dir(), reason="needs ../shared/data/files-messy beside the checkout")
def test_files_as_they_come_are_read_or_refused() -> None:
    texts = {}
    for path in find_files([MESSY]):
        for found in read_file(path, text_column="名前"):
            if isinstance(found, RawText):
                texts[path.name] = found
    assert "poi-ExternalEntityInText.docx" not in texts
    assert not [
        name for name in texts if name.startswith("defused") or name.endswith((".bin", ".doc", ".xls"))
    ]
    scanned, locked = "markitdown-MEDRPT-2024-PAT-3847_medical_report_scan.pdf", "pdfminer-aes-256.pdf"
    assert {scanned, locked} & set(texts) == set()
    assert "however, did not last long" in texts["pypdf-Seige_of_Vicksburg_Sample_OCR.pdf"].text
    assert texts["poi-delins.docx"].warnings[0].startswith("tracked changes")
    assert texts["charset-sample-french-1.txt"].warnings == ("read as cp1252",)
    assert texts["mammoth-text-box.docx"].text.count("Datum plane") == 1
