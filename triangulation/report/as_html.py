"""The report as one HTML file that needs nothing else: styles inside, no scripts, nothing fetched."""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch
from html import escape
from pathlib import Path
from string import Template

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
)
from triangulation.report.wording import printable

_STYLES = {
    "plain": "",
    "soft": ' class="soft"',
    "prose": ' class="prose"',
    "written": ' class="prose written"',
}


def render_html(report: Drawn, path: Path) -> None:
    """Write the report. Every word that came from a person or a document is escaped."""
    path.write_text(html_of(report), encoding="utf-8")


def html_of(report: Drawn) -> str:
    """The report as the text of a page."""
    page = Template((Path(__file__).parent / "report.html").read_text("utf-8"))
    return page.substitute(
        title=_text(report.title),
        subtitle=_text(report.subtitle),
        notice=f'<p class="notice" role="note">{_text(report.notice)}</p>' if report.notice else "",
        contents="\n".join(
            f'<li><a href="#{_key(section.key)}">{_text(section.title)}</a></li>'
            for section in report.sections
        ),
        sections="\n".join(_section(section) for section in report.sections),
        head=_head(report),
    )


def _head(report: Drawn) -> str:
    if report.head is None:
        return ""
    number, digest = report.head
    return f'<meta name="trigpoint-log" content="event {number}, {escape(digest)}">'


def _section(section: Section) -> str:
    wide = ' class="wide"' if section.is_wide else ""
    title = f'<h2 id="{_key(section.key)}">{_text(section.title)}</h2>'
    body = "\n".join(_drawn(block) for block in section.blocks)
    return f'<section aria-labelledby="{_key(section.key)}"{wide}>{title}\n{body}\n</section>'


# -- blocks ----------------------------------------------------------------------------------------


@singledispatch
def _drawn(block: Block) -> str:
    raise TypeError(f"there is no way to draw a {type(block).__name__}")


@_drawn.register
def _heading(block: Heading) -> str:
    tag = f"h{block.depth + 1}"
    level = f' class="level level-{_key(block.mark)}"' if block.mark else ""
    return f"<{tag}{_id(block.anchor)}{level}>{_line(block.words)}</{tag}>"


@_drawn.register
def _paragraph(block: Paragraph) -> str:
    return f"<p{_id(block.anchor)}{_STYLES.get(block.style, '')}>{_line(block.words)}</p>"


@_drawn.register
def _bullets(block: Bullets) -> str:
    tag = "ol" if block.numbered else "ul"
    return f"<{tag}>" + "".join(f"<li>{_line(item)}</li>" for item in block.items) + f"</{tag}>"


@_drawn.register
def _quoted(block: Quoted) -> str:
    named = f"Quote {block.number}"
    if not block.anchor:
        named = f'<a href="#quote-{block.number}">{named}</a>'
    return (
        f'<blockquote{_id(block.anchor)}><p dir="auto">{_text(block.text)}</p>'
        f"<footer>{named} · <bdi>{_text(block.place)}</bdi></footer></blockquote>"
    )


@_drawn.register
def _table(block: Table) -> str:
    # The matrix scrolls within its frame, so the keyboard must reach the frame.
    around = 'class="table matrix" tabindex="0"' if block.is_wide else 'class="table"'
    numeric = _numeric(block)
    head = "".join(
        f'<th scope="col"{" class=number" if number in numeric else ""}>{_line(one)}</th>'
        for number, one in enumerate(block.header)
    )
    rows = "\n".join(_row(row, len(block.header)) for row in block.rows)
    return (
        f"<div {around}><table><caption>{_line(block.caption)}</caption>"
        f"{_columns(block.widths)}<thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody></table></div>"
    )


def _numeric(block: Table) -> set[int]:
    """The columns that hold nothing but numbers."""
    rows = [row for row in block.rows if not isinstance(row, Group)]
    return {
        column for column in range(len(block.header)) if all(row[column].number is not None for row in rows)
    }


def _columns(widths: Iterable[int]) -> str:
    listed = list(widths)
    if not listed:
        return ""
    shares = (f'<col style="width:{width / sum(listed):.1%}">' for width in listed)
    return f"<colgroup>{''.join(shares)}</colgroup>"


def _row(row: tuple[Cell, ...] | Group, columns: int) -> str:
    if isinstance(row, Group):
        level = f" level-{_key(row.mark)}" if row.mark else ""
        words = _line(row.words)
        return f'<tr><th class="group{level}" scope="colgroup" colspan="{columns}">{words}</th></tr>'
    anchor = next((cell.anchor for cell in row if cell.anchor), "")
    long = ' class="long"' if is_long(row) else ""
    return f"<tr{_id(anchor)}{long}>{''.join(_cell(cell) for cell in row)}</tr>"


def _cell(cell: Cell) -> str:
    words = "".join(f"<div>{_line(one)}</div>" for one in cell.lines)
    if cell.is_head:
        return f'<th scope="row">{words}</th>'
    number = ' class="number"' if cell.number is not None else ""
    return f"<td{number}>{words}</td>"


# -- words -----------------------------------------------------------------------------------------


def _line(words: Line) -> str:
    return "".join(_words(one) for one in words)


def _words(words: Words) -> str:
    text = _text(words.text)
    if words.by_people:
        text = f"<bdi>{text}</bdi>"
    if words.to:
        text = f'<a href="#{_key(words.to)}">{text}</a>'
    if words.code is not None:
        return f'<span class="code code-{words.code.value}">{text}</span>'
    if words.tone:
        return f'<span class="{words.tone}">{text}</span>'
    return text


def _text(text: str) -> str:
    return escape(printable(text)).replace(" %", "\xa0%")


def _id(anchor: str) -> str:
    return f' id="{_key(anchor)}"' if anchor else ""


def _key(word: str) -> str:
    """A word that may stand in an attribute: keys of levels come from people's codebooks."""
    return "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in word)
