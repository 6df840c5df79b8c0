"""One content, four forms: every form draws every block, and runs or reads nothing of people's words."""

from __future__ import annotations

import re

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from tests.triangulation.a_report import HASH, a_whole_report, with_around
from triangulation.models import ConvergenceCode
from triangulation.report import (
    Drawn,
    Section,
    drawn,
    html_of,
    render_docx,
    render_html,
    render_markdown,
    render_xlsx,
)
from triangulation.report.as_markdown import markdown_of
from triangulation.report.blocks import (
    Bullets,
    Group,
    Paragraph,
    Quoted,
    Table,
    cell,
    heading,
    line,
    paragraph,
    said,
    text_of,
)

HOSTILE = '<img src=x onerror=alert(1)> | *b* _i_ `c` [l](http://x.y) # & \\ =1+1 \u202e \x07 "q"'

A_SECTION = Section(
    "made-up",
    "A new section",
    (
        heading("A heading", anchor="here"),
        paragraph("A sentence of ", said("Ann"), style="prose"),
        Bullets((line("one item"), line("two items")), numbered=True),
        Table(
            line("A caption."),
            (line("Name"), line("Count")),
            (Group(line("A group")), (cell("a", is_head=True), cell(7)), (cell("b"), cell("two", "lines"))),
            sheet="Made up",
        ),
        Quoted(1, "Some words", "GP 1, Interviews", "quote-1"),
    ),
)

WRITERS = {"html": render_html, "docx": render_docx, "xlsx": render_xlsx, "md": render_markdown}


def a_drawn(*sections, **fields):
    given = {"title": "T", "subtitle": "S", "notice": "", "sheets": (), "made_on": "2026-01-02"}
    return Drawn(**(given | fields | {"sections": sections}))


def words_in(path):
    """The text that a reader of a file sees."""
    if path.suffix == ".docx":
        return "\n".join(node.text or "" for node in docx.Document(str(path)).element.body.iter(qn("w:t")))
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        return "\n".join(
            str(v) for sheet in book for row in sheet.iter_rows(values_only=True) for v in row if v
        )
    text = path.read_text("utf-8")
    return re.sub(r"<[^>]+>", "", text) if path.suffix == ".html" else text


def book_of(report, tmp_path):
    render_xlsx(report, tmp_path / "r.xlsx")
    return openpyxl.load_workbook(tmp_path / "r.xlsx")


@pytest.mark.parametrize("ending", WRITERS)
def test_a_new_section_needs_no_change_in_any_writer(ending, tmp_path):
    path = tmp_path / f"r.{ending}"
    WRITERS[ending](a_drawn(A_SECTION), path)
    told = words_in(path)
    for words in (
        "A new section",
        "A heading",
        "Ann",
        "one item",
        "A caption",
        "A group",
        "7",
        "Some words",
        "GP 1",
    ):
        assert words in told, words


def test_every_form_has_every_section_and_sentence(tmp_path):
    report = drawn(a_whole_report())
    files = {ending: tmp_path / f"r.{ending}" for ending in WRITERS}
    for ending, path in files.items():
        WRITERS[ending](report, path)
    told = {ending: " ".join(words_in(path).split()) for ending, path in files.items()}
    plain = re.compile(r"[A-Za-z ,.]+")
    for section in report.sections:
        for ending, words in told.items():
            assert section.title in words, (ending, section.title)
        for block in section.blocks:
            if isinstance(block, Paragraph):
                longest = max(plain.findall(max((w.text for w in block.words), key=len)), key=len)
                assert all(longest.strip() in words for words in told.values()), longest


@pytest.mark.parametrize("ending", WRITERS)
def test_every_form_names_the_head_of_the_log(ending, tmp_path):
    WRITERS[ending](drawn(a_whole_report()), tmp_path / f"r.{ending}")
    assert HASH in words_in(tmp_path / f"r.{ending}")


def test_page_carries_the_head_of_the_log_for_programs_too():
    assert f'content="event 914, {HASH}"' in html_of(drawn(a_whole_report()))
    assert "trigpoint-log" not in html_of(drawn(with_around(audit=None)))


# --- page ---------------------------------------------------------------------------------------------


def test_from_a_claim_to_its_cell_to_its_quote_and_back():
    page = html_of(drawn(a_whole_report()))
    ids = set(re.findall(r' id="([^"]+)"', page))
    links = re.findall(r'href="#([^"]+)"', page)
    assert set(links) <= ids
    levels = page[page.index('id="levels"') : page.index('id="matrix"')]
    matrix = page[page.index('id="matrix"') : page.index('id="assessment"')]
    evidence = page[page.index('id="evidence"') : page.index('id="coreq"')]
    assert {"row-2", "said-2-1", "quote-1"} <= set(re.findall(r'href="#([^"]+)"', levels))
    assert {"evidence-2", "said-2-1", "pair-2-1-2"} <= set(re.findall(r'href="#([^"]+)"', matrix))
    assert 'id="quote-1"' in evidence
    assert 'href="#row-2"' in evidence


# --- workbook -----------------------------------------------------------------------------------------


def test_workbook_has_a_sheet_a_table_with_frozen_headers(tmp_path):
    book = book_of(drawn(a_whole_report()), tmp_path)
    wanted = {
        "Report", "Sources", "Findings", "Matrix", "Judgements", "Counts", "Completeness", "Researchers",
        "Resolutions", "Work-ups", "Quotes", "COREQ", "Feedback", "Robustness", "Relations",
    }  # fmt: skip
    assert wanted <= set(book.sheetnames)
    assert all(sheet.freeze_panes == "A2" for sheet in book)
    assert all(sheet["A1"].font.bold for sheet in book)


def test_workbook_counts_with_numbers_and_leaves_what_is_missing_empty(tmp_path):
    book = book_of(drawn(a_whole_report()), tmp_path)
    judged = [dict(zip([c.value for c in book["Judgements"][1]], row, strict=True))
              for row in book["Judgements"].iter_rows(min_row=2, values_only=True)]  # fmt: skip
    assert len(judged) == 4
    assert judged[0]["parts judged"] == 0
    assert judged[0]["meaning"] is None
    assert (judged[0]["assigned"], judged[0]["proposed by the rule"]) == ("dissonance", None)
    assert (judged[2]["meaning"], judged[2]["code"]) == ("same", "agreement")
    assert [cell.value for cell in book["Sources"]["D"]][1:] == [4, 31]
    assert [cell.value for cell in book["Counts"]["I"]][1:3] == [2, 2]


def test_matrix_sheet_has_the_code_of_the_team(tmp_path):
    sheet = book_of(drawn(a_whole_report()), tmp_path)["Matrix"]
    header = [cell.value for cell in sheet[1]]
    team = header.index("team: Interviews × Minutes")
    assert [row[team] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["dissonance", "partial"]


def test_workbook_runs_nothing_that_people_wrote(tmp_path):
    risky = ("=1+1", "+1", "-1", "@x", "\t=1", "＝1")
    table = Table(
        line("C"), (line("=H"),), tuple((cell(said(text)),) for text in risky), sheet="=S[1]:*?/\\'x"
    )
    report = a_drawn(Section("s", "=T", (table, paragraph(said("=2+2")))), title="=title")
    for sheet in book_of(report, tmp_path):
        for row in sheet.iter_rows():
            for one in row:
                assert one.data_type != "f"
                assert not str(one.value or "").startswith(("=", "+", "-", "@", "\t", "＝"))


def test_tables_of_one_sheet_follow_each_other_under_their_captions(tmp_path):
    tables = [
        Table(line(f"Caption {n}"), (line("A"), line(f"B{n}")), ((cell("x"), cell(n)),), sheet="Same")
        for n in (1, 2)
    ]
    book = book_of(a_drawn(Section("s", "S", tuple(tables))), tmp_path)
    assert list(book["Same"].iter_rows(values_only=True)) == [
        ("A", "B1"), ("Caption 1", None), ("x", 1), ("Caption 2", None), ("A", "B2"), ("x", 2),
    ]  # fmt: skip


def test_long_words_fit_into_a_cell_of_a_workbook(tmp_path):
    report = a_drawn(Section("s", "S", (paragraph(said("x" * 40_000)),)))
    assert len(book_of(report, tmp_path)["Report"]["C4"].value) == 32_767


# --- Markdown -----------------------------------------------------------------------------------------


def test_markdown_reads_nothing_in_what_people_wrote():
    hostile = Section(
        "s",
        HOSTILE,
        (
            paragraph(said(HOSTILE)),
            paragraph(said("# no heading")),
            paragraph(said("1. no list\n- nor this")),
            Table(line("C"), (line(said(HOSTILE)), line("B")), ((cell(said("a|b\nc")), cell(1)),)),
            Quoted(1, "> no quote\n# in a quote", HOSTILE),
        ),
    )
    text = markdown_of(a_drawn(hostile, title=HOSTILE))
    assert not re.search(r"(?<!\\)<", text.replace("<br>", ""))
    assert "\\<img src=x onerror=alert(1)\\>" in text
    assert not re.search(r"(?<!\\)[*_`\[]", text.replace("*C*", ""))
    assert "http:" not in text
    assert re.search(r"^\\# no heading$", text, re.M)
    assert re.search(r"^1\\. no list", text, re.M)
    assert re.search(r"^\\- nor this", text, re.M)
    assert re.search(r"^> \\# in a quote", text, re.M)
    assert "\u202e" not in text
    assert "\x07" not in text


def test_rows_of_a_table_in_markdown_have_as_many_cells_as_its_header():
    for block in markdown_of(drawn(a_whole_report())).split("\n\n"):
        rows = [row for row in block.split("\n") if row.startswith("|")]
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in rows}) <= 1


# --- Word ---------------------------------------------------------------------------------------------


def test_word_file_numbers_its_pages_and_keeps_headings_with_what_follows(tmp_path):
    render_docx(drawn(a_whole_report()), tmp_path / "r.docx")
    document = docx.Document(str(tmp_path / "r.docx"))
    assert 'w:instr="PAGE"' in document.sections[0].footer._element.xml
    assert all(section.footer.is_linked_to_previous for section in list(document.sections)[1:])
    for depth in (1, 2, 3):
        assert document.styles[f"Heading {depth}"].paragraph_format.keep_with_next
    assert {"Heading 1", "Heading 2", "Heading 3"} <= {p.style.name for p in document.paragraphs}


def test_tables_of_the_word_file_are_as_wide_as_their_page(tmp_path):
    render_docx(drawn(a_whole_report()), tmp_path / "r.docx")
    document = docx.Document(str(tmp_path / "r.docx"))
    for table in document.tables:
        widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.iter(qn("w:gridCol"))]
        assert all(width > 0 for width in widths)
        assert sum(widths) <= 273 * 1440 / 25.4 + 1


def test_a_row_longer_than_half_a_page_may_run_on(tmp_path):
    table = Table(line("C"), (line("A"),), ((cell("x " * 400),), (cell("short"),)))
    render_docx(a_drawn(Section("s", "S", (table,))), tmp_path / "r.docx")
    rows = docx.Document(str(tmp_path / "r.docx")).tables[0].rows
    assert [row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in rows] == [True, False, True]


def test_codes_keep_symbol_word_and_colour_in_the_word_file(tmp_path):
    render_docx(drawn(a_whole_report()), tmp_path / "r.docx")
    body = docx.Document(str(tmp_path / "r.docx")).element.body
    runs = {
        run.findtext(qn("w:t")): run.find(f".//{qn('w:color')}").get(qn("w:val"))
        for run in body.iter(qn("w:r"))
        if run.find(f".//{qn('w:color')}") is not None
    }
    assert runs["✕\xa0dissonance"] == "B3261E"
    assert ConvergenceCode.DISSONANCE.value in text_of(line("✕\xa0dissonance"))
