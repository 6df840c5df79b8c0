"""The sorting table of step 1: one line per finding under its theme, and the themes with what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from codebook.errors import UnknownCode
from codebook.hierarchy import level_of
from codebook.models import Codebook
from triangulation.models import Finding, Row


@dataclass(frozen=True)
class SortedFinding:
    """A finding with its number in the table; ``level`` is empty where the codebook has its theme no more."""

    number: int
    level: str
    finding: Finding

    @property
    def is_flagged(self) -> bool:
        """Whether it rests on no excerpt."""
        return not self.finding.excerpts


@dataclass(frozen=True)
class ThemeEntry:
    """A theme of the common list with its rows, each with its number of findings by source."""

    level: str
    theme: str
    rows: tuple[tuple[Row, tuple[int, ...]], ...]


def sorting_lines(findings: Iterable[Finding], book: Codebook) -> tuple[SortedFinding, ...]:
    """Findings in the order of the codebook, by theme, row and source, numbered from 1.

    Themes that the codebook has no more follow at the end, by name.
    """
    place = {code.key: number for number, code in enumerate(book.codes)}

    def order(finding: Finding) -> tuple[int, Row, str]:
        return place.get(finding.row.theme, len(place)), finding.row, finding.source

    return tuple(
        SortedFinding(number, level_key(book, finding.row.theme), finding)
        for number, finding in enumerate(sorted(findings, key=order), start=1)
    )


def narrowed(
    lines: Iterable[SortedFinding],
    *,
    source: str | None = None,
    theme: str | None = None,
    researcher: str | None = None,
    flagged: bool = False,
) -> tuple[SortedFinding, ...]:
    """The lines that fit; None asks for all. Numbers stay as they are.

    Parameters
    ----------
    flagged : bool
        Only findings that rest on no excerpt.
    """
    return tuple(
        line
        for line in lines
        if source in (None, line.finding.source)
        and theme in (None, line.finding.row.theme)
        and researcher in (None, line.finding.researcher)
        and (line.is_flagged or not flagged)
    )


def theme_list(
    rows: Sequence[Row], findings: Iterable[Finding], sources: Sequence[str], book: Codebook
) -> tuple[ThemeEntry, ...]:
    """The common list of themes with their rows, in the order in which the rows are given.

    Parameters
    ----------
    sources : sequence of str
        The sources whose findings are counted, in this order. A count of 0 is no finding, which says
        neither that the source was asked nor that it is silent.
    """
    given = list(findings)
    themes = dict.fromkeys(row.theme for row in rows)

    def counted(row: Row) -> tuple[int, ...]:
        here = [finding.source for finding in given if finding.row == row]
        return tuple(here.count(source) for source in sources)

    return tuple(
        ThemeEntry(
            level_key(book, theme), theme, tuple((row, counted(row)) for row in rows if row.theme == theme)
        )
        for theme in themes
    )


def level_key(book: Codebook, theme: str) -> str:
    """The level that a theme belongs to; empty where the codebook has it no more."""
    try:
        return level_of(book, theme).key
    except UnknownCode:
        return ""
