"""Every format that teams bring: what a reader of the page sees is what is stored, in its order."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from uuid import UUID

import docx
import pytest

from corpus.documents import make_document
from corpus.models import RawText, Refused, SectionKind, Source
from corpus.readers import read_bytes
from corpus.readers.archives import LARGEST_XML
from corpus.readers.blocks import Blocks
from corpus.readers.folders import Input, find_inputs
from corpus.readers.textgrid import merge_tracks

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODT = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><office:body><office:text>{}</office:text></office:body>
</office:document-content>"""
SOURCE = Source(UUID(int=1), "Minutes", "meeting report")


def the_text(name: str, data: bytes | str, **options: str) -> RawText:
    (found,) = read_bytes(name, data.encode() if isinstance(data, str) else data, **options)
    assert isinstance(found, RawText), found
    return found


def the_refusal(name: str, data: bytes | str) -> str:
    (found,) = read_bytes(name, data.encode() if isinstance(data, str) else data)
    assert isinstance(found, Refused), found
    return found.reason


def zipped(parts: dict[str, str | bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return kept.getvalue()


def turns_of(raw: RawText) -> list[tuple[str | None, float | None]]:
    document = make_document(SOURCE, raw)
    return [(s.speaker, s.seconds) for s in document.sections if s.kind is SectionKind.TURN]


# --- Word -------------------------------------------------------------------------------------------


def a_word_file(body: str, **parts: str) -> bytes:
    """A Word file of that body, with further parts: comments, footnotes, numbering, header1."""
    kept = io.BytesIO()
    docx.Document().save(kept)
    relations = "".join(
        f'<Relationship Id="x{n}" Target="{name}.xml" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{name.rstrip("1")}"/>'
        for n, name in enumerate(parts)
    )
    with zipfile.ZipFile(kept) as archive:
        held: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    held["word/document.xml"] = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    held["word/_rels/document.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{relations}</Relationships>"
    )
    held |= {f"word/{name}.xml": content for name, content in parts.items()}
    return zipped(held)


def in_namespace(tag: str, inside: str) -> str:
    return f'<w:{tag} xmlns:w="{W}">{inside}</w:{tag}>'


def paragraph(inside: str) -> str:
    return f"<w:p><w:r>{inside}</w:r></w:p>"


TRACKED = (
    "<w:p><w:r><w:t>We meet </w:t></w:r><w:del><w:r><w:delText>monthly</w:delText></w:r></w:del>"
    "<w:ins><w:r><w:t>weekly</w:t></w:r></w:ins></w:p>"
)


def test_tracked_changes_are_read_as_accepted_or_as_the_text_was() -> None:
    accepted = the_text("a.docx", a_word_file(TRACKED))
    original = the_text("a.docx", a_word_file(TRACKED), changes="original")
    assert (accepted.text, original.text) == ("We meet weekly", "We meet monthly")
    assert "accepted" in accepted.warnings[0] and "before" in original.warnings[0]


def test_comments_stay_beside_the_words_that_they_are_about() -> None:
    body = (
        '<w:p><w:r><w:t>Nobody </w:t></w:r><w:commentRangeStart w:id="3"/>'
        "<w:r><w:t>pays the nurse</w:t></w:r>"
        '<w:commentRangeEnd w:id="3"/><w:r><w:commentReference w:id="3"/></w:r></w:p>'
    )
    comments = in_namespace(
        "comments", f'<w:comment w:id="3" w:author="Ann">{paragraph("<w:t>Ask the fund</w:t>")}</w:comment>'
    )
    found = the_text("a.docx", a_word_file(body, comments=comments))
    (comment,) = found.comments
    assert found.text == "Nobody pays the nurse"
    assert found.text[comment.start_char : comment.end_char] == "pays the nurse"
    assert (comment.text, comment.author) == ("Ask the fund", "Ann")
    assert make_document(SOURCE, found).comments == found.comments


def test_footnotes_follow_the_text_by_their_numbers_and_headers_are_set_aside() -> None:
    body = '<w:p><w:r><w:t>It ends</w:t></w:r><w:r><w:footnoteReference w:id="7"/></w:r></w:p>'
    footnotes = in_namespace(
        "footnotes", f'<w:footnote w:id="7">{paragraph("<w:t>In June.</w:t>")}</w:footnote>'
    )
    header = in_namespace("hdr", paragraph("<w:t>Confidential</w:t>"))
    found = the_text("a.docx", a_word_file(body, footnotes=footnotes, header1=header))
    assert found.text == "It ends[1]\n[1] In June."
    assert [aside.text for aside in found.furniture] == ["Confidential"]


def test_lists_bear_the_marks_that_stand_on_the_page() -> None:
    def level(depth: int, kind: str, pattern: str) -> str:
        return (
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        )

    numbering = in_namespace(
        "numbering",
        f'<w:abstractNum w:abstractNumId="0">{level(0, "decimal", "%1.")}{level(1, "lowerLetter", "%1.%2)")}'
        f'{level(2, "bullet", "x")}</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>',
    )
    items = "".join(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="5"/></w:numPr></w:pPr>'
        f"<w:r><w:t>{words}</w:t></w:r></w:p>"
        for depth, words in ((0, "Money"), (1, "who"), (1, "when"), (2, "x"), (0, "Time"), (1, "again"))
    )
    found = the_text("a.docx", a_word_file(items, numbering=numbering))
    assert found.text == "1. Money\n1.a) who\n1.b) when\n• x\n2. Time\n2.a) again"


def test_strict_word_files_and_text_boxes_are_read_and_macros_refused() -> None:
    inside = paragraph("<w:t>In a box</w:t>")
    box = paragraph(f"<w:pict><w:txbxContent>{inside}</w:txbxContent></w:pict>")
    with zipfile.ZipFile(io.BytesIO(a_word_file(box))) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    strict = {
        name: content.replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
        for name, content in parts.items()
        if isinstance(content, bytes)
    }
    assert the_text("a.docx", zipped(strict)).text == "In a box"
    assert "macros" in the_refusal("a.docx", zipped(parts | {"word/vbaProject.bin": b"x"}))


# --- OpenDocument, RTF, web pages --------------------------------------------------------------------


def test_open_document_text_is_read_in_order_with_notes_comments_and_lists() -> None:
    body = (
        '<text:h text:outline-level="2">Money</text:h>'
        "<text:p>It<text:s text:c='2'/>ends<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>In June.</text:p></text:note-body></text:note>"
        "<office:annotation><dc:creator>Ann</dc:creator><text:p>Who says?</text:p></office:annotation>"
        "</text:p>"
        "<text:list><text:list-item><text:p>one</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>"
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
    )
    found = the_text("a.odt", zipped({"content.xml": ODT.format(body)}))
    assert found.text == "Money\nIt  ends[1]\n• one\na\tb\n[1] In June."
    assert found.headings == ((0, 5, 2),)
    assert [(c.text, c.author) for c in found.comments] == [("Who says?", "Ann")]
    assert "1 deletions" in found.warnings[0]


ODT_TRACKED = (
    "<text:tracked-changes>"
    "<text:changed-region xml:id='in'><text:insertion/></text:changed-region>"
    "<text:changed-region text:id='out'><text:deletion><text:p> in June.</text:p><text:p>Nobody</text:p>"
    "</text:deletion></text:changed-region>"
    "<text:changed-region xml:id='end'><text:insertion/></text:changed-region>"
    "</text:tracked-changes>"
    "<text:p>Money<text:change-start text:change-id='in'/> and<text:s/>time<text:change-end "
    "text:change-id='in'/> ends<text:change text:change-id='out'/> asked us.</text:p>"
    "<text:p>The <text:change-start text:change-id='end'/>old</text:p><text:p>whole of it</text:p>"
    "<text:h>New</text:h><text:p>and the <text:change-end text:change-id='end'/>nurse.</text:p>"
    "<text:p>Last.</text:p>"
)


def test_tracked_changes_of_open_document_are_read_as_accepted_or_as_before_them() -> None:
    data = zipped({"content.xml": ODT.format(ODT_TRACKED)})
    accepted = the_text("a.odt", data)
    assert accepted.text == (
        "Money and time ends asked us.\nThe old\nwhole of it\nNew\nand the nurse.\nLast."
    )
    (before,) = read_bytes("a.odt", data, changes="original")
    assert isinstance(before, RawText)
    assert before.text == "Money ends in June.\nNobody asked us.\nThe nurse.\nLast."
    assert before.headings == ()
    assert "as the text was before them (2 insertions, 1 deletions)" in before.warnings[0]


def test_a_deletion_of_open_document_is_told_once_however_often_it_is_marked() -> None:
    region = (
        "<text:changed-region xml:id='x'><text:deletion><text:p>gone<text:change text:change-id='x'/>"
        "</text:p></text:deletion></text:changed-region>"
    )
    marks = "<text:change text:change-id='x'/>" * 1000
    body = f"<text:tracked-changes>{region}</text:tracked-changes><text:p>It is {marks}</text:p>"
    (found,) = read_bytes("a.odt", zipped({"content.xml": ODT.format(body)}), changes="original")
    assert isinstance(found, RawText)
    assert found.text == "It is gone"


def test_rich_text_keeps_its_accents() -> None:
    assert the_text("a.rtf", rb"{\rtf1\ansi\ansicpg1252 Pati\'ebnt\par Geld.}").text == "Patiënt\nGeld."
    assert "no RTF" in the_refusal("a.rtf", "plain words")


def test_a_web_page_gives_the_words_that_it_shows() -> None:
    page = (
        "<html><head><title>Minutes</title><style>p{}</style></head><body><nav>Home Contact</nav>"
        "<h1>Money</h1>"
        "<p>It <b>ends</b>.<br>In June.</p><script>alert(1)</script><p hidden>no</p>"
        "<p style='display: none'>nor this</p><table><tr><td>a</td><td>b</td></tr></table>"
        "<ul><li>first</li></ul><img src='http://example.org/x' onerror='x'></body></html>"
    )
    found = the_text("a.html", page)
    assert found.text == "Money\nIt ends.\nIn June.\na\tb\nfirst"
    assert (found.title, found.headings) == ("Minutes", ((0, 5, 1),))
    assert [aside.text for aside in found.furniture] == ["Home Contact"]
    assert "no words" in the_refusal("a.html", "<html><body><script>1</script></body></html>")
    assert the_text("a.html", '<meta charset="windows-1252"><p>één'.encode("cp1252")).text == "één"


# --- speech -----------------------------------------------------------------------------------------


def test_captions_of_one_speaker_become_a_turn_with_its_time() -> None:
    found = the_text(
        "a.vtt",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann Peeters>Who pays\n\n00:02.100 --> 00:03.000\n"
        "<v Ann Peeters>the nurse?\n\n00:04.000 --> 00:05.000\n<v GP 3>Nobody &amp; nothing.\n",
    )
    assert found.text == "Ann Peeters: Who pays the nurse?\nGP 3: Nobody & nothing."
    assert turns_of(found) == [("Ann Peeters", 1.0), ("GP 3", 4.0)]


def test_rolling_captions_are_read_once() -> None:
    found = the_text(
        "a.vtt",
        "WEBVTT\n\n00:01.000 --> 00:02.000\nwe meet\n\n00:02.000 --> 00:03.000\nwe meet\nevery week\n\n"
        "00:03.000 --> 00:04.000\nevery week\nin town\n",
    )
    assert found.text == "we meet every week in town"


def test_captions_with_a_damaged_time_keep_their_words_and_say_so() -> None:
    found = the_text(
        "a.srt", "1\n00:00:01,000 --> 00:00:02,000\nfirst\n\n2\n00:00:02,000 --> 00:00:0x\nsecond\n"
    )
    assert "second" in found.text
    assert any("damaged time" in warning for warning in found.warnings)
    assert "no captions" in the_refusal("a.srt", "just words")


TRACK = (
    'File type = "ooTextFile"\nObject class = "TextGrid"\n0\n9\n<exists>\n1\n'
    '"IntervalTier"\n"Speaker"\n0\n9\n'
)


def test_tracks_of_one_recording_are_merged_by_time() -> None:
    doctor = TRACK + '2\n0\n1\n"Hello?"\n5\n6\n"Since <UNSURE>when</UNSURE>?"\n'
    patient = TRACK + '2\n2\n3\n"My ""head""."\n7\n8\n"<UNIN/>"\n'
    tracks = [
        found
        for name, text in (("day1_doctor.TextGrid", doctor), ("day1_patient.TextGrid", patient))
        for found in read_bytes(name, text.encode(), as_track=True)
        if isinstance(found, RawText)
    ]
    merged = merge_tracks(tracks)
    assert (
        merged.text == 'doctor: Hello?\npatient: My "head".\ndoctor: Since when?\npatient: [unintelligible]'
    )
    assert turns_of(merged) == [("doctor", 0.0), ("patient", 2.0), ("doctor", 5.0), ("patient", 7.0)]
    assert "breaks off" in the_refusal("a.TextGrid", TRACK + "5\n0\n")


def test_turns_in_json_are_read_wherever_they_stand() -> None:
    turns = [{"speaker": "GP 3", "content": "No time."}, {"speaker": "Nurse", "content": "Nor money."}]
    for held in (turns, {"meta": [1], "meeting_transcripts": turns}):
        assert the_text("a.json", json.dumps(held)).text == "GP 3: No time.\nNurse: Nor money."
    whisper = {"segments": [{"start": 1.5, "end": 2, "text": " It ends."}]}
    assert turns_of(the_text("a.json", json.dumps(whisper))) == [(None, 1.5)]
    assert "holds no turns" in the_refusal("a.json", '{"note": "words"}')
    assert "no JSON" in the_refusal("a.json", "[" * 100_000)


# --- tables -----------------------------------------------------------------------------------------


def a_workbook(rows: list[list[object]]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_rows_of_a_workbook_become_texts_with_their_other_cells() -> None:
    data = a_workbook([["id", "answer", "score"], ["007", "No time", 4], ["008", None, 5]])
    first, second = read_bytes("a.xlsx", data, text_column="Answer", title_column="id")
    assert isinstance(first, RawText) and isinstance(second, Refused)
    assert (first.text, first.title, dict(first.attributes), first.place) == (
        "No time",
        "007",
        {"score": "4"},
        "row 2",
    )
    assert "row 3" in second.reason
    assert "Choose one of: id, answer, score" in the_refusal("a.xlsx", data)


def test_sheets_without_the_column_are_told() -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "2023"
    book.active.append(["id", "answer"])
    book.active.append(["1", "No time"])
    other = book.create_sheet("2024")
    other.append(["id", "said"])
    other.append(["2", "Money"])
    kept = io.BytesIO()
    book.save(kept)
    (found,) = read_bytes("a.xlsx", kept.getvalue(), text_column="answer")
    assert isinstance(found, RawText)
    assert (found.text, found.place) == ("No time", "2023, row 2")
    assert found.warnings == ("without column 'answer', left out: 2024",)


def test_tabs_part_the_cells_of_a_tsv() -> None:
    found = list(read_bytes("a.tsv", b"id\tanswer\n1\tYes, and no\n", text_column="answer"))
    assert [raw.text for raw in found if isinstance(raw, RawText)] == ["Yes, and no"]


# --- PDF --------------------------------------------------------------------------------------------


def a_pdf(*pages: str) -> bytes:
    """A PDF with a page for each drawing, in one font, as small as one can be."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for drawing in pages:
        objects.append(f"<< /Length {len(drawing)} >>\nstream\n{drawing}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    body, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF"
    return (body + end).encode()


def at(x: int, y: int, words: str, size: int = 10) -> str:
    return f"BT /F {size} Tf {x} {y} Td ({words}) Tj ET\n"


def test_a_pdf_gives_paragraphs_headings_and_pages_without_running_heads() -> None:
    def page(number: int, first: str) -> str:
        lines = at(50, 770, f"Trajet minutes {number}") + at(50, 700, first, 18)
        lines += at(50, 660, "The grant ends in June and nobody in the steering group knows who")
        return (
            lines
            + at(50, 648, "will pay the nurse after it.")
            + at(50, 600, f"A second paragraph on {first}.")
        )

    found = the_text("a.pdf", a_pdf(page(1, "Money"), page(2, "Time"), page(3, "People")))
    assert found.text.split("\n")[:3] == [
        "Money",
        "The grant ends in June and nobody in the steering group knows who will pay the nurse after it.",
        "A second paragraph on Money.",
    ]
    assert [found.text[start:end] for start, end, _ in found.headings] == ["Money", "Time", "People"]
    assert [found.text[page.start_char :].split("\n")[0] for page in found.pages] == [
        "Money",
        "Time",
        "People",
    ]
    assert [page.label for page in found.pages] == ["1", "2", "3"]
    assert [aside.text for aside in found.furniture] == [f"Trajet minutes {n}" for n in (1, 2, 3)]


def test_two_columns_are_read_one_after_the_other() -> None:
    left, right = ("the left column goes on down", "while the right one waits for it")
    drawing = "".join(
        at(50, 700 - 12 * n, f"{left} {n}") + at(330, 700 - 12 * n, f"{right} {n}") for n in range(8)
    )
    words = the_text("a.pdf", a_pdf(drawing)).text
    assert words.rindex(left) < words.index(right)


def test_a_pdf_without_text_is_refused_naming_ocr_and_a_damaged_one_by_its_state() -> None:
    assert "OCR" in the_refusal("scan.pdf", a_pdf("0 0 m 100 100 l S"))
    assert "damaged" in the_refusal("a.pdf", b"%PDF-1.4 nothing")


# --- what no document is ----------------------------------------------------------------------------


def test_a_text_beyond_all_documents_is_refused_with_its_size() -> None:
    assert "5,000,001 characters" in the_refusal("a.txt", b"a" * 5_000_001)
    assert "100,001 lines" in the_refusal("a.txt", b"a\n" * 100_000 + b"a")
    assert the_text("a.txt", b"a\n" * 99_999 + b"a").text.endswith("a")


# --- zips and folders --------------------------------------------------------------------------------


def inputs(path: Path) -> list[Input | Refused]:
    return list(find_inputs([path]))


def test_a_zip_is_opened_as_a_folder_is(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(zipped({"in/b.txt": "two", "a.txt": "one", "__MACOSX/a.txt": "x", ".hidden": "x"}))
    assert inputs(path) == [
        Input(f"{path}/a.txt", (("a.txt", b"one"),)),
        Input(f"{path}/in/b.txt", (("b.txt", b"two"),)),
    ]


@pytest.mark.parametrize(
    ("member", "content", "reason"),
    [
        ("../out.txt", "x", "leads out"),
        ("/etc/out.txt", "x", "leads out"),
        ("C:/out.txt", "x", "leads out"),
        ("inner.zip", "x", "zip in a zip"),
        ("bomb.txt", " " * (LARGEST_XML + 1), "more than a document"),
        ("empty.txt", "", "empty"),
    ],
)
def test_what_a_zip_should_not_hold_is_refused_by_name(
    tmp_path: Path, member: str, content: str, reason: str
) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(zipped({member: content, "z.txt": "kept"}))
    refused, kept = inputs(path)
    assert isinstance(refused, Refused) and reason in refused.reason
    assert isinstance(kept, Input) and kept.files == (("z.txt", b"kept"),)


def test_tracks_in_one_folder_are_one_input_and_others_their_own(tmp_path: Path) -> None:
    for name in ("day1_doctor.TextGrid", "day1_patient.TextGrid", "day2_doctor.TextGrid", "a.txt"):
        (tmp_path / name).write_text("x")
    found = [[name for name, _ in one.files] for one in inputs(tmp_path) if isinstance(one, Input)]
    assert found == [["a.txt"], ["day1_doctor.TextGrid", "day1_patient.TextGrid"], ["day2_doctor.TextGrid"]]


# --- blocks -----------------------------------------------------------------------------------------


def test_places_of_blocks_hold_in_the_text() -> None:
    blocks = Blocks()
    blocks.begin_page("i")
    blocks.begin_page("1")
    blocks.add("He\u0301\r\nllo\x00", level=1)
    assert blocks.add("  \n ") is None
    place = blocks.add("GP: no", spoken=True, speaker="GP", seconds=3.0)
    blocks.begin_page("2")
    raw = blocks.raw(name="a.x", raw_sha256="0")
    assert raw.text == "H\u00e9\nllo\nGP: no"
    assert place is not None and raw.text[slice(*place)] == "GP: no"
    assert [page.label for page in raw.pages] == ["1"]
    assert make_document(SOURCE, raw).text == raw.text
