"""Step 1 of the protocol: findings are put under rows, and who speaks where becomes visible."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from triangulation.errors import TriangulationError
from triangulation.models import Finding, Row


@dataclass(frozen=True)
class SortingTable:
    """Findings under the rows of the matrix. ``placed`` holds only rows × sources with findings."""

    rows: tuple[Row, ...]
    sources: tuple[str, ...]
    placed: Mapping[tuple[Row, str], tuple[Finding, ...]] = field(default_factory=dict)

    def findings(self, row: Row, source: str) -> tuple[Finding, ...]:
        """What a source says on a row; empty where no finding was written."""
        return self.placed.get((row, source), ())

    def has_findings(self, row: Row) -> bool:
        """Whether any source has a finding on the row."""
        return any(self.findings(row, source) for source in self.sources)


def sort_findings(
    findings: Iterable[Finding], *, rows: Sequence[Row] = (), themes: Sequence[str] = ()
) -> SortingTable:
    """Put findings under rows and list the rows.

    A finding belongs to the row it names. One that names only a theme belongs to the theme's own
    row, unless its statement is word for word a known row of that theme.

    Parameters
    ----------
    findings : iterable of Finding
    rows : sequence of Row
        Rows that exist even if no finding stands under them (the team's list, rows of judgements).
    themes : sequence of str
        Reading order of the themes, usually the codebook's; others follow by name.

    Examples
    --------
    >>> from uuid import uuid4
    >>> money = Finding(uuid4(), "Minutes", Row("ECO-FUND"), "Funding ended")
    >>> sort_findings([money], rows=[Row("ECO-FUND", "Funding ended")]).placed.keys()
    dict_keys([(Row(theme='ECO-FUND', statement='Funding ended'), 'Minutes')])
    """
    given = list(findings)
    known = {*rows, *(finding.row for finding in given if finding.row.statement)}
    placed: dict[tuple[Row, str], tuple[Finding, ...]] = {}
    for finding in given:
        place = (row_of(finding, known), finding.source)
        placed[place] = (*placed.get(place, ()), finding)
    every_row = {*rows, *(row for row, _ in placed)}
    sources = tuple(sorted({finding.source for finding in given}))
    return SortingTable(order_rows(every_row, themes), sources, placed)


def row_of(finding: Finding, known: Collection[Row]) -> Row:
    """The row a finding belongs to, among the known rows."""
    if finding.row.statement:
        return finding.row
    statement = _folded(finding.statement)
    same_words = (
        row for row in known if row.theme == finding.row.theme and _folded(row.statement) == statement
    )
    return min(same_words, default=finding.row)


def order_rows(rows: Iterable[Row], themes: Sequence[str] = ()) -> tuple[Row, ...]:
    """Rows in the order of the themes, then by statement; a theme's own row comes first."""
    place = {theme: number for number, theme in enumerate(themes)}
    return tuple(sorted(set(rows), key=lambda row: (place.get(row.theme, len(place)), row)))


def speaks(findings: Iterable[Finding], row: Row, source: str) -> bool:
    """Whether any finding says that a source speaks on a row."""
    return bool(sort_findings(findings, rows=(row,)).findings(row, source))


def pairs_of(sources: Iterable[str], index: str | None = None) -> tuple[tuple[str, str], ...]:
    """All pairs of sources, each in sorted order of names: n(n-1)/2 of them.

    With an index source only its pairs with each of the others: n - 1.

    Raises
    ------
    TriangulationError
        The index source is none of the sources.

    >>> len(pairs_of(["Interviews", "Minutes", "Survey", "Register"]))
    6
    >>> pairs_of(["Interviews", "Minutes", "Survey"], index="Minutes")
    (('Interviews', 'Minutes'), ('Minutes', 'Survey'))
    """
    names = sorted(set(sources))
    if index is None:
        return tuple(combinations(names, 2))
    if index not in names:
        raise TriangulationError(f"The index source '{index}' is none of {', '.join(names)}.")
    return tuple(pair for pair in combinations(names, 2) if index in pair)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
