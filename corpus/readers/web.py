"""Web pages: the words that a reader sees, block by block. Nothing is fetched and nothing runs."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any

from corpus.errors import UnreadableFile
from corpus.models import RawText, Refused
from corpus.readers.blocks import Blocks
from corpus.readers.text import decode

_NOT_SHOWN = frozenset(
    ("script", "style", "noscript", "template", "head", "iframe", "object", "svg", "canvas", "select")
)
_FURNITURE = ("nav", "footer", "aside")
# Elements that stand inside a line.
_INLINE = frozenset(
    re.findall(
        r"\w+",
        "a abbr b bdi bdo big cite code data del dfn em font i img input ins kbd label mark q s samp small "
        "span strike strong sub sup time tt u var wbr",
    )
)
_HEADING = re.compile(r"h([1-6])")
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?([\w-]+)""", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_DEEPEST = 400
_TOO_DEEP = "is nested too deep. Open it in a browser and save its text as .txt."
# The parser takes minutes for what is nested without end; these elements must be closed.
_NESTING = re.compile(
    r"<(/?)(?:div|span|b|i|font|section|article|table|ul|ol|blockquote|center|a|em)\b", re.I
)
_DEEPEST_PARSED = 5_000


def read_web_page(name: str, data: bytes, **_: object) -> Iterator[RawText | Refused]:
    """Read an ``.html`` file; navigation and footers are set aside, hidden words are left out."""
    from selectolax.lexbor import LexborHTMLParser

    text, warnings = _decoded(data)
    if _nesting(text) > _DEEPEST_PARSED:
        raise UnreadableFile(_TOO_DEEP)
    tree = LexborHTMLParser(text)
    heading = tree.css_first("title")
    title = "" if heading is None else heading.text().strip()
    body = tree.body
    if body is None:
        raise UnreadableFile("holds no page.")
    blocks = Blocks()
    _walk(body, blocks, 0)
    if not blocks.text:
        raise UnreadableFile("shows no words by itself. Open it in a browser and save its text as .txt.")
    yield blocks.raw(
        name=name, raw_sha256=hashlib.sha256(data).hexdigest(), title=title or None, warnings=warnings
    )


def _nesting(text: str) -> int:
    deepest = depth = 0
    for tag in _NESTING.finditer(text):
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    named = _CHARSET.search(data[:4096])
    if named is not None:
        try:
            return data.decode(named[1].decode("ascii")), ()
        except (LookupError, UnicodeDecodeError):
            pass  # the page says what it is not
    return decode(data)


def _walk(node: Any, blocks: Blocks, depth: int) -> None:
    """Add the blocks inside a node; words that stand between blocks are a block of their own."""
    if depth > _DEEPEST:
        raise UnreadableFile(_TOO_DEEP)
    loose: list[str] = []

    def close() -> None:
        blocks.add(_one_line("".join(loose)))
        loose.clear()

    child = node.child
    while child is not None:
        tag = child.tag
        if tag == "-text":
            loose.append(child.text_content or "")
        elif tag == "br":
            close()
        elif tag in _NOT_SHOWN or tag.startswith(("-", "_", "!")) or _is_hidden(child):
            pass
        elif tag in _INLINE and not _holds_blocks(child):
            loose.extend(_words(child, depth))
        else:
            close()
            _block(child, blocks, depth)
        child = child.next
    close()


def _block(node: Any, blocks: Blocks, depth: int) -> None:
    if node.tag in _FURNITURE:
        blocks.set_aside(node.tag, _line_of(node, depth))
    elif heading := _HEADING.fullmatch(node.tag):
        blocks.add(_line_of(node, depth), level=int(heading[1]))
    elif node.tag == "tr":
        cells = [cell for cell in node.iter() if cell.tag in ("td", "th") and not _is_hidden(cell)]
        blocks.add("\t".join(_line_of(cell, depth) for cell in cells).rstrip("\t"))
    elif node.tag == "pre":
        for line in "".join(_words(node, depth)).split("\n"):
            blocks.add(line)
    else:
        _walk(node, blocks, depth + 1)


def _words(node: Any, depth: int) -> Iterator[str]:
    """The words inside a node that are shown; blocks in it are parted by spaces."""
    if depth > _DEEPEST:
        raise UnreadableFile(_TOO_DEEP)
    child = node.child
    while child is not None:
        tag = child.tag
        if tag == "-text":
            yield child.text_content or ""
        elif not (tag in _NOT_SHOWN or tag.startswith(("-", "_", "!")) or _is_hidden(child)):
            inline = tag in _INLINE
            yield "" if inline else " "
            yield from _words(child, depth + 1)
            yield "" if inline else " "
        child = child.next


def _line_of(node: Any, depth: int) -> str:
    return _one_line("".join(_words(node, depth)))


def _holds_blocks(node: Any) -> bool:
    return any(
        inner.tag not in _INLINE and inner.tag != "-text"
        for inner in node.traverse()
        if inner.tag != node.tag
    )


def _is_hidden(node: Any) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))


def _one_line(text: str) -> str:
    return " ".join(text.split())
