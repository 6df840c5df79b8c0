"""The marks of Word's lists: bullets and numbers that stand on the page and not in the words."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BULLET = "•"
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
)


@dataclass(frozen=True)
class _Level:
    kind: str
    pattern: str
    first: int


class Numbering:
    """Counts the items of lists as they pass."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._levels: dict[tuple[str, int], _Level] = {}
        self._lists: dict[str, str] = {}
        self._of_style: dict[str, tuple[str, int]] = {}
        self._counts: dict[tuple[str, int], int] = defaultdict(int)
        if numbering is not None:
            self._read(numbering)
        for style in () if styles is None else styles.iter(f"{_W}style"):
            if (place := _place(style)) is not None and (identity := style.get(f"{_W}styleId")):
                self._of_style[identity] = place

    def mark(self, paragraph: Any, style: str | None) -> str:
        """What stands before a paragraph, with a space after it; empty where it is no item."""
        place = _place(paragraph) or self._of_style.get(style or "")
        if place is None:
            return ""
        number, depth = place
        abstract = self._lists.get(number)
        level = None if abstract is None else self._levels.get((abstract, depth))
        if abstract is None or level is None or level.kind == "none":
            return ""
        if level.kind == "bullet":
            return f"{_BULLET} "
        self._count(abstract, depth, level)
        mark = re.sub(r"%(\d)", lambda found: self._number(abstract, int(found[1]) - 1), level.pattern)
        return f"{mark} " if mark.strip() else ""

    def _count(self, abstract: str, depth: int, level: _Level) -> None:
        place = (abstract, depth)
        self._counts[place] = self._counts[place] + 1 if self._counts[place] else level.first
        for deeper in range(depth + 1, 9):
            self._counts[abstract, deeper] = 0

    def _number(self, abstract: str, depth: int) -> str:
        level = self._levels.get((abstract, depth))
        count = self._counts[abstract, depth] or (level.first if level else 1)
        return _written(count, level.kind if level else "decimal")

    def _read(self, numbering: Any) -> None:
        for abstract in numbering.iter(f"{_W}abstractNum"):
            identity = abstract.get(f"{_W}abstractNumId") or ""
            for level in abstract.iter(f"{_W}lvl"):
                depth, first = level.get(f"{_W}ilvl") or "", value_of(level, "start") or "1"
                if depth.isdigit():
                    self._levels[identity, int(depth)] = _Level(
                        value_of(level, "numFmt") or "decimal",
                        value_of(level, "lvlText") or "",
                        int(first) if first.isdigit() else 1,
                    )
        for one in numbering.iter(f"{_W}num"):
            self._lists[one.get(f"{_W}numId") or ""] = value_of(one, "abstractNumId") or ""


def _place(element: Any) -> tuple[str, int] | None:
    """The list and depth that a paragraph or style names."""
    properties = element.find(f"{_W}pPr/{_W}numPr")
    if properties is None:
        return None
    number, depth = value_of(properties, "numId"), value_of(properties, "ilvl") or "0"
    return None if number in (None, "0") or not depth.isdigit() else (str(number), int(depth))


def value_of(element: Any, child: str) -> str | None:
    """What a child of an element of Word says; None where it says nothing."""
    found = element.find(f"{_W}{child}")
    value: str | None = None if found is None else found.get(f"{_W}val")
    return value


def _written(count: int, kind: str) -> str:
    """A number as a list writes it.

    >>> [_written(28, kind) for kind in ("decimal", "lowerLetter", "upperRoman", "decimalZero")]
    ['28', 'bb', 'XXVIII', '28']
    """
    if kind in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters if kind == "lowerLetter" else letters.upper()
    if kind in ("lowerRoman", "upperRoman"):
        left, roman = min(count, 3999), ""
        for value, sign in _ROMAN:
            times, left = divmod(left, value)
            roman += sign * times
        return roman if kind == "lowerRoman" else roman.upper()
    return f"{count:02}" if kind == "decimalZero" else str(count)
