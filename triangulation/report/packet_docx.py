"""The packet for a group of stakeholders as a Word file, to be filled in on a screen or on paper."""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from triangulation.feedback import Packet, PacketItem
from triangulation.report.wording import printable

_SOFT = RGBColor(0x5A, 0x60, 0x68)
_INK = RGBColor(0x1E, 0x22, 0x26)
_TICKS = ("I agree", "I do not agree", "I have a comment")


def packet_docx(packet: Packet) -> bytes:
    """The same words as the page, in Word's own styles; characters that no file can hold become a mark."""
    document: Any = docx.Document()
    _set_page(document, packet)
    _soft(document, f"{packet.study} · {packet.date}")
    document.add_heading("What we found, and what we ask you", level=0)
    document.add_paragraph(printable(f"For: {packet.group}"))
    if packet.questions:
        document.add_paragraph("What we wanted to know:")
        for question in packet.questions:
            document.add_paragraph(printable(question), style="List Bullet")
    document.add_paragraph(
        "We brought together what several kinds of sources say. Under each statement you read where it comes "
        "from. Please tick what you think of each, and write what we missed or misread. You need not answer "
        "all of them."
    )
    document.add_paragraph(
        "Disagreeing helps us: we keep it as you say it, and we will tell you what changed because of it. "
        "Sources of only a few people are not named, so that nobody can be recognised."
    )
    document.add_paragraph("Name (may be left empty): ")
    for level in packet.levels:
        document.add_heading(printable(level.name), level=1)
        for item in level.items:
            _add_item(document, item)
    document.add_heading("On the whole", level=1)
    _kept_together(document.add_paragraph("What is missing? What is the most important for you?"))
    _add_ticks(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _add_item(document: Any, item: PacketItem) -> None:
    document.add_heading(printable(f"{item.number}. {item.statement}"), level=2)
    said = f"Where it comes from: {item.support}."
    _kept_together(_soft(document, f"{said} {item.convergence}".strip()))
    for quote in item.quotes:
        paragraph = document.add_paragraph(printable(quote.text), style="Quote")
        if quote.said_by:
            paragraph.add_run(printable(f"  ({quote.said_by})"))
        _kept_together(paragraph)
    _add_ticks(document)


def _add_ticks(document: Any) -> None:
    _kept_together(document.add_paragraph("      ".join(f"☐ {tick}" for tick in _TICKS)))
    for n in range(2):
        line = document.add_paragraph(" ")
        _underlined(line)
        if n == 0:
            _kept_together(line)


def _soft(document: Any, words: str) -> Any:
    paragraph = document.add_paragraph()
    paragraph.add_run(printable(words)).font.color.rgb = _SOFT
    return paragraph


def _kept_together(paragraph: Any) -> Any:
    paragraph.paragraph_format.keep_with_next = True
    return paragraph


def _underlined(paragraph: Any) -> None:
    """A line to write on: the border of an empty paragraph, also between two of them."""
    borders = OxmlElement("w:pBdr")
    for side in ("bottom", "between"):
        border = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "1"), ("color", "5A6068")):
            border.set(qn(f"w:{name}"), value)
        borders.append(border)
    paragraph._p.get_or_add_pPr().append(borders)


def _set_page(document: Any, packet: Packet) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(20)
    document.core_properties.title = printable(f"{packet.study}: what we found")
    document.core_properties.author = ""
    document.styles["Normal"].font.size = Pt(11.5)
    for name in ("Title", "Heading 1", "Heading 2"):
        document.styles[name].font.color.rgb = _INK
