"""The report as Markdown, for a wiki or a repository: what people wrote is never taken for markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import singledispatch
from pathlib import Path

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
    Table,
    Words,
)
from triangulation.report.wording import printable

_MARKUP = re.compile(r"([\\`*_{}\[\]<>|~$^])")
_BEGINS_BLOCK = re.compile(r"^(\s*)([#+\-=]|\d+[.)])")
_LINK = re.compile(r"(?i)\b(https?|ftp|mailto|www)([:.])")


def render_markdown(report: Drawn, path: Path) -> None:
    """Write the report as UTF-8."""
    path.write_text(markdown_of(report), encoding="utf-8")


def markdown_of(report: Drawn) -> str:
    """The report as Markdown with tables."""
    parts = [f"# {_text(report.title)}", _text(report.subtitle)]
    if report.notice:
        parts.append(f"**{_text(report.notice)}**")
    if report.head is not None:
        parts.append(f"Log: event {report.head[0]}, {_text(report.head[1])}")
    for section in report.sections:
        parts.append(f"## {_text(section.title)}")
        parts += [_drawn(block) for block in section.blocks]
    return "\n\n".join(parts) + "\n"


@singledispatch
def _drawn(block: Block) -> str:
    raise TypeError(f"there is no way to draw a {type(block).__name__}")


@_drawn.register
def _heading(block: Heading) -> str:
    return f"{'#' * (block.depth + 1)} {_one_line(block.words)}"


@_drawn.register
def _paragraph(block: Paragraph) -> str:
    lines = "".join(_words(one) for one in block.words).split("\n")
    return "  \n".join(_begun(one) for one in lines)


@_drawn.register
def _bullets(block: Bullets) -> str:
    marks = (f"{number}." if block.numbered else "-" for number in range(1, len(block.items) + 1))
    return "\n".join(f"{mark} {_one_line(item)}" for mark, item in zip(marks, block.items, strict=True))


@_drawn.register
def _quoted(block: Quoted) -> str:
    lines = [_begun(_text(part)) for part in block.text.split("\n")]
    return "  \n".join(f"> {part}" for part in [*lines, f"Quote {block.number} · {_text(block.place)}"])


@_drawn.register
def _table(block: Table) -> str:
    return "\n".join((f"*{_one_line(block.caption)}*", "", *_rows(block)))


def _rows(block: Table) -> Iterator[str]:
    columns = len(block.header)
    yield _row([_one_line(one) for one in block.header])
    yield _row(["---"] * columns)
    for row in block.rows:
        if isinstance(row, Group):
            yield _row([f"**{_one_line(row.words)}**", *[""] * (columns - 1)])
        else:
            yield _row([_cell(cell) for cell in row])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    return "<br>".join(_one_line(one) for one in cell.lines)


def _one_line(words: Line) -> str:
    return "".join(_words(one) for one in words).replace("\n", " ")


def _words(words: Words) -> str:
    text = _text(words.text)
    return f"**{text.strip()}**" if words.tone == "strong" and text.strip() else text


def _text(text: str) -> str:
    """Words with every sign that Markdown or HTML could read put out of action."""
    escaped = _MARKUP.sub(r"\\\1", printable(text).replace("&", "&amp;"))
    # An address that somebody wrote stays words: a reader's program must not make it a link.
    return _LINK.sub(lambda found: f"{found.group(1)}&#{ord(found.group(2))};", escaped)


def _begun(text: str) -> str:
    """A paragraph that its first sign does not turn into a heading or a list."""
    return _BEGINS_BLOCK.sub(_unmarked, text)


def _unmarked(found: re.Match[str]) -> str:
    before, mark = found.groups()
    return f"{before}{mark[:-1]}\\{mark[-1]}"
