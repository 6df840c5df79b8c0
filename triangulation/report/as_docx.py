"""The report as a Word file: real styles, captions and tables, so that a team can go on writing in it.

Paragraphs and tables are written as the XML that Word keeps: building thousands of cells one by one
through a document object takes minutes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from functools import singledispatchmethod
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from triangulation.models import ConvergenceCode
from triangulation.report.blocks import (
    Block,
    Bullets,
    Cell,
    Drawn,
    Group,
    Heading,
    Line,
    Paragraph,
    Quoted,
    Section,
    Table,
    Words,
    is_long,
    line,
)
from triangulation.report.wording import printable

_ACCENT, _SOFT, _SHADE = "0B625E", "5A6068", "F1EFE8"
_GREY, _INK = RGBColor(0x5A, 0x60, 0x68), RGBColor(0x1E, 0x22, 0x26)
_CODE_COLOUR = {
    ConvergenceCode.AGREEMENT: _ACCENT,
    ConvergenceCode.PARTIAL: "8A6100",
    ConvergenceCode.SILENCE: _SOFT,
    ConvergenceCode.DISSONANCE: "B3261E",
    ConvergenceCode.UNDETERMINED: _SOFT,
}
_STYLES = {"plain": "Normal", "prose": "Normal", "soft": "Soft", "notice": "Notice", "written": "Normal"}

#: Millimetres of text on a page, upright and across.
_UPRIGHT, _ACROSS = 166, 273

#: As many columns beside the first fit on a page across.
_MOST_COLUMNS = 10


def render_docx(report: Drawn, path: Path) -> None:
    """Write the report. Control characters of texts are replaced by a visible mark."""
    page = _Page(report)
    page.title()
    for section in report.sections:
        page.section(section)
    page.document.save(str(path))


class _Page:
    """The Word file in the making: its numbering of tables and bookmarks."""

    def __init__(self, report: Drawn) -> None:
        self.report = report
        self.document: Any = docx.Document()
        self.tables = 0
        self.bookmarks = 0
        _set_styles(self.document)
        self.style_ids = {style.name: style.style_id for style in self.document.styles}
        _set_properties(self.document, report)
        _portrait(self.document.sections[0])
        _number_pages(self.document.sections[0])

    def title(self) -> None:
        self.paragraph(line(self.report.title), "Title")
        self.paragraph(line(self.report.subtitle), "Subtitle")
        if self.report.notice:
            self.paragraph(line(self.report.notice), "Notice")

    def section(self, section: Section) -> None:
        if section.is_wide:
            _landscape(self.document.add_section(WD_SECTION.NEW_PAGE))
        self.paragraph(line(section.title), "Heading 1", anchor=section.key)
        for block in section.blocks:
            self.draw(block)
        if section.is_wide:
            _portrait(self.document.add_section(WD_SECTION.NEW_PAGE))

    # -- blocks ------------------------------------------------------------------------------

    @singledispatchmethod
    def draw(self, block: Block) -> None:
        raise TypeError(f"there is no way to draw a {type(block).__name__}")

    @draw.register
    def _(self, block: Heading) -> None:
        self.paragraph(block.words, f"Heading {block.depth}", anchor=block.anchor)

    @draw.register
    def _(self, block: Paragraph) -> None:
        self.paragraph(block.words, _STYLES[block.style], anchor=block.anchor)

    @draw.register
    def _(self, block: Bullets) -> None:
        for number, item in enumerate(block.items, start=1):
            # A list that Word numbers itself goes on counting in the next list.
            words = line(f"{number}. ", item) if block.numbered else item
            self.paragraph(words, "Item" if block.numbered else "List Bullet")

    @draw.register
    def _(self, block: Quoted) -> None:
        self.paragraph(line(block.text), "Quote", anchor=block.anchor, keep=True)
        to = "" if block.anchor else f"quote-{block.number}"
        named = Words(f"Quote {block.number}", to=to)
        self.paragraph(line(named, f" · {block.place}"), "Quote Place")

    @draw.register
    def _(self, block: Table) -> None:
        if not block.is_wide:
            self.table(block.caption, block.header, block.rows, _widths(block, _UPRIGHT))
            return
        for number, columns in enumerate(_column_blocks(len(block.header) - 1, block.breaks)):
            caption = block.caption if number == 0 else line(block.caption, " Further columns.")
            header = (block.header[0], *block.header[columns])
            rows = [_narrowed(row, columns, with_anchor=number == 0) for row in block.rows]
            self.table(caption, header, rows, _matrix_widths(len(header) - 1), style="Matrix Text")

    # -- pieces ------------------------------------------------------------------------------

    def paragraph(self, words: Line, style: str, *, anchor: str = "", keep: bool = False) -> None:
        self.add(self.paragraph_xml(words, style, anchor=anchor, keep=keep, declare=True))

    def add(self, xml: str) -> None:
        body = self.document.element.body
        body.insert(len(body) - 1, parse_xml(xml))  # the last element holds the section's page

    def paragraph_xml(
        self, words: Line, style: str, *, anchor: str = "", keep: bool = False, declare: bool = False
    ) -> str:
        start, end = self.bookmark(anchor)
        keep_next = "<w:keepNext/>" if keep else ""
        return (
            f"<w:p{' ' + nsdecls('w') if declare else ''}>"
            f'<w:pPr><w:pStyle w:val="{self.style_ids[style]}"/>{keep_next}</w:pPr>'
            f"{start}{''.join(_words(one) for one in words)}{end}</w:p>"
        )

    def bookmark(self, anchor: str) -> tuple[str, str]:
        if not anchor:
            return "", ""
        self.bookmarks += 1
        return (
            f'<w:bookmarkStart w:id="{self.bookmarks}" w:name="{_bookmark(anchor)}"/>',
            f'<w:bookmarkEnd w:id="{self.bookmarks}"/>',
        )

    def table(
        self,
        caption: Line,
        header: Sequence[Line],
        rows: Iterable[tuple[Cell, ...] | Group],
        widths: Sequence[int],
        *,
        style: str = "Table Text",
    ) -> None:
        self.tables += 1
        self.add(self.caption_xml(caption))
        grid = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)
        body = "".join(self.row_xml(row, widths, style) for row in rows)
        self.add(
            f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="{self.style_ids["Report Table"]}"/>'
            f'<w:tblW w:w="{_twips(sum(widths))}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            f'<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
            f'w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
            f"{self.header_xml(header, widths)}{body}</w:tbl>"
        )
        self.paragraph((), "Table Text")

    def caption_xml(self, caption: Line) -> str:
        number = (
            '<w:r><w:t xml:space="preserve">Table </w:t></w:r>'
            f'<w:fldSimple w:instr="SEQ Table \\* ARABIC"><w:r><w:t>{self.tables}</w:t></w:r></w:fldSimple>'
        )
        words = "".join(_words(one) for one in line(". ", caption))
        return (
            f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{self.style_ids["Caption"]}"/><w:keepNext/></w:pPr>'
            f"{number}{words}</w:p>"
        )

    def header_xml(self, header: Sequence[Line], widths: Sequence[int]) -> str:
        strong = [
            # A symbol may stand alone on a line of a narrow column, rather than a word be torn.
            tuple(
                Words(w.text.replace("\xa0", " "), w.by_people, w.tone or "strong", "", w.code) for w in one
            )
            for one in header
        ]
        cells = "".join(
            _cell_xml(self.paragraph_xml(one, "Table Text", keep=True), width)
            for one, width in zip(strong, widths, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"

    def row_xml(self, row: tuple[Cell, ...] | Group, widths: Sequence[int], style: str) -> str:
        if isinstance(row, Group):
            words = tuple(Words(one.text, one.by_people, "strong") for one in row.words)
            cells = _cell_xml(
                self.paragraph_xml(words, "Table Text", keep=True), sum(widths), across=len(widths)
            )
        else:
            cells = "".join(
                _cell_xml(self.lines_xml(cell, "Table Text" if cell.is_head else style), width)
                for cell, width in zip(row, widths, strict=True)
            )
        whole = "" if not isinstance(row, Group) and is_long(row) else "<w:trPr><w:cantSplit/></w:trPr>"
        return f"<w:tr>{whole}{cells}</w:tr>"

    def lines_xml(self, cell: Cell, style: str) -> str:
        lines = cell.lines or ((),)
        return "".join(
            self.paragraph_xml(one, style, anchor="" if number else cell.anchor)
            for number, one in enumerate(lines)
        )


# -- XML of words and cells ------------------------------------------------------------------


def _words(words: Words) -> str:
    colour = _colour(words)
    bold = "<w:b/><w:bCs/>" if words.tone == "strong" else ""
    look = f"<w:rPr>{bold}{colour}</w:rPr>" if bold or colour else ""
    pieces = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in _plain(words.text).split("\n")
    )
    run = f"<w:r>{look}{pieces}</w:r>"
    if words.to:
        return f'<w:hyperlink w:anchor="{_bookmark(words.to)}" w:history="1">{run}</w:hyperlink>'
    return run


def _plain(text: str) -> str:
    return printable(text).replace(" %", "\xa0%")


def _colour(words: Words) -> str:
    if words.code is not None:
        return f'<w:color w:val="{_CODE_COLOUR[words.code]}"/>'
    if words.tone == "soft":
        return f'<w:color w:val="{_SOFT}"/>'
    return f'<w:color w:val="{_ACCENT}"/>' if words.to else ""


def _cell_xml(paragraphs: str, width: int, *, across: int = 0) -> str:
    span = f'<w:gridSpan w:val="{across}"/>' if across else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{_SHADE}"/>' if across else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/>{span}{shade}</w:tcPr>{paragraphs}</w:tc>'
    )


def _bookmark(anchor: str) -> str:
    """Word takes letters, digits and low lines, forty of them."""
    return "".join(letter if letter.isalnum() else "_" for letter in anchor)[:40]


def _twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)


# -- columns -----------------------------------------------------------------------------------


def _widths(block: Table, whole: int) -> list[int]:
    """Millimetres of each column: as the table wants them, else the first twice as wide as the others."""
    shares = block.widths or (2, *[1] * (len(block.header) - 1))
    return [round(share / sum(shares) * whole) for share in shares]


def _narrowed(
    row: tuple[Cell, ...] | Group, columns: slice, *, with_anchor: bool
) -> tuple[Cell, ...] | Group:
    """Some columns of a row beside its first cell; only in the first table lead links to the row."""
    if isinstance(row, Group):
        return row
    first = row[0] if with_anchor else Cell(row[0].lines, row[0].number, "", row[0].is_head)
    return (first, *row[columns])


def _column_blocks(columns: int, breaks: Sequence[int]) -> Iterator[slice]:
    """Which columns beside the first stand in one table: all that fit, parted where the table says so."""
    if columns <= _MOST_COLUMNS:
        yield slice(1, columns + 1)
        return
    bounds = [1, *breaks, columns + 1]
    for begin, end in pairwise(bounds):
        yield from (
            slice(start, min(start + _MOST_COLUMNS, end)) for start in range(begin, end, _MOST_COLUMNS)
        )


def _matrix_widths(columns: int) -> list[int]:
    """Millimetres of a landscape page, the statement widest."""
    statement = 48
    return [statement, *[min(40, (_ACROSS - statement) // max(columns, 1))] * columns]


def _portrait(section: Any) -> None:
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(20)


def _landscape(section: Any) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(12)
    section.top_margin = section.bottom_margin = Mm(16)


def _number_pages(section: Any) -> None:
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    field.append(paragraph.add_run("1")._r)
    paragraph._p.append(field)


def _set_properties(document: Any, report: Drawn) -> None:
    properties = document.core_properties
    properties.title = printable(report.title)[:255]
    properties.subject = "Triangulation report"
    properties.author = "Trigpoint"
    properties.last_modified_by = "Trigpoint"
    properties.comments = ""
    properties.language = "en"
    at = dt.datetime.fromisoformat(report.made_on)
    properties.created = properties.modified = at


def _set_styles(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE

    styles = document.styles
    normal = styles["Normal"]
    _set_font(normal, "Georgia", 10.5)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.2
    for name, size in (("Title", 24), ("Heading 1", 16), ("Heading 2", 13), ("Heading 3", 11)):
        _set_font(styles[name], "Segoe UI", size)
        styles[name].font.color.rgb = _INK
        styles[name].paragraph_format.keep_with_next = True
    _set_font(styles["Subtitle"], "Segoe UI", 11)
    styles["Subtitle"].font.color.rgb = _GREY
    styles["Subtitle"].font.italic = False
    _set_font(styles["Caption"], "Segoe UI", 9)
    styles["Caption"].font.color.rgb = _GREY
    styles["Caption"].font.bold = False
    quote = styles["Quote"]
    quote.paragraph_format.left_indent = Mm(8)
    quote.paragraph_format.space_after = Pt(0)
    quote.font.italic = quote.font.cs_italic = False  # the second for Arabic and Hebrew
    quote.font.color.rgb = _INK
    for name, font, points in (
        ("Quote Place", "Segoe UI", 8.5),
        ("Soft", "Georgia", 10),
        ("Notice", "Georgia", 10.5),
        ("Item", "Georgia", 10.5),
        ("Table Text", "Segoe UI", 8),
        ("Matrix Text", "Segoe UI", 7),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        _set_font(style, font, points)
        if name in ("Quote Place", "Soft"):
            style.font.color.rgb = _GREY
    styles["Notice"].font.bold = True
    styles["Item"].paragraph_format.left_indent = Mm(8)
    styles["Item"].paragraph_format.first_line_indent = Mm(-6)
    title = styles["Title"].element.get_or_add_pPr()
    for border in title.findall(qn("w:pBdr")):
        title.remove(border)
    styles["Quote Place"].paragraph_format.left_indent = Mm(8)
    for name in ("Table Text", "Matrix Text"):
        styles[name].paragraph_format.space_after = Pt(1)
        styles[name].paragraph_format.line_spacing = 1.05
    _add_table_style(styles)


def _set_font(style: Any, name: str, size: float) -> None:
    style.font.name = name
    style.font.size = Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)  # a theme font would win over the named one


def _add_table_style(styles: Any) -> None:
    """Thin rules between rows and a darker one under the header, as on screen."""
    from docx.enum.style import WD_STYLE_TYPE

    style = styles.add_style("Report Table", WD_STYLE_TYPE.TABLE)
    style.base_style = styles["Normal Table"]
    properties = OxmlElement("w:tblPr")
    borders = OxmlElement("w:tblBorders")
    for side, colour in (("top", "1E2226"), ("bottom", "1E2226"), ("insideH", "D9D5CA")):
        border = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", colour)):
            border.set(qn(f"w:{name}"), value)
        borders.append(border)
    properties.append(borders)
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", "40"), ("left", "60"), ("bottom", "40"), ("right", "60")):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), width)
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties.append(margins)
    style.element.append(properties)
