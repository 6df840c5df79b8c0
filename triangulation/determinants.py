"""What helps and what hinders: statements by level with the sources that support them.

The form is that of the table of facilitators and barriers in Sunaert et al. (2009): what counts is which
sources say it, not how often it was coded.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from codebook.models import Valence
from triangulation.models import ConvergenceMatrix, Finding, Row
from triangulation.sorting import sort_findings


@dataclass(frozen=True)
class Support:
    """A statement in one direction.

    Attributes
    ----------
    row : Row
    sources : tuple of str
        The sources with a finding in this direction, or with a mixed one.
    mixed : tuple of str
        Those among ``sources`` whose finding is mixed: it stands in both columns.
    opposed : tuple of str
        Sources with a finding in the other direction alone.
    speaking, of : int
        How many sources have any finding on the row in this group, and how many sources there are.
    """

    row: Row
    sources: tuple[str, ...]
    mixed: tuple[str, ...]
    opposed: tuple[str, ...]
    speaking: int
    of: int

    @property
    def in_both(self) -> bool:
        """Whether the statement stands in both columns."""
        return bool(self.mixed or self.opposed)


@dataclass(frozen=True)
class GroupOfDeterminants:
    """The facilitators and barriers of a level or group; None: in no group.

    ``no_direction`` are rows all of whose findings are neutral or say no direction: they stand in
    neither column, and are not lost.
    """

    group: str | None
    facilitators: tuple[Support, ...]
    barriers: tuple[Support, ...]
    no_direction: tuple[Row, ...]


def facilitators_and_barriers(
    matrix: ConvergenceMatrix,
    findings: Iterable[Finding],
    group_of: Callable[[Finding, Row], str | None],
    groups: Sequence[str | None] = (),
    *,
    silent: Collection[tuple[Row, str]] = (),
) -> tuple[GroupOfDeterminants, ...]:
    """Statements under facilitators and barriers, group by group, with the sources that say so.

    Parameters
    ----------
    matrix : ConvergenceMatrix
        Its rows in their order, and its sources.
    findings : iterable of Finding
        Findings of sources that the matrix does not show are left out.
    group_of : callable
        Finding and its row → level or group. A row whose findings count in two groups stands in both.
    groups : sequence of str
        Their order; others follow as they come, None last. Groups without a row are left out.
    silent : collection of (Row, str)
        Rows and sources that the team holds to be silent: their findings support nothing.

    Notes
    -----
    A statement with more sources comes first; among equals the order of the matrix holds.

    References
    ----------
    .. [1] P. Sunaert et al., "Effectiveness of the introduction of a Chronic Care Model-based program for
       type 2 diabetes in Belgium", BMC Health Services Research 9:152, 2009, table 4.

    Examples
    --------
    >>> from uuid import uuid4
    >>> from triangulation.matrix import build_matrix
    >>> row = Row("ECO-FUND", "Money ended")
    >>> said = [Finding(uuid4(), source, row, "", Valence.BARRIER) for source in ("Minutes", "Survey")]
    >>> matrix = build_matrix([row], ["Interviews"], [], [], said)
    >>> (eco,) = facilitators_and_barriers(matrix, said, lambda finding, row: row.theme[:3])
    >>> eco.group, eco.barriers[0].sources, eco.barriers[0].of, eco.facilitators
    ('ECO', ('Minutes', 'Survey'), 3, ())
    """
    by_group: dict[str | None, dict[Row, list[Finding]]] = {}
    placed = sort_findings(findings, rows=matrix.rows)
    for row in matrix.rows:
        for source in matrix.sources:
            if (row, source) in silent:
                continue
            for finding in placed.findings(row, source):
                by_group.setdefault(group_of(finding, row), {}).setdefault(row, []).append(finding)
    order = [*groups, *(group for group in by_group if group not in groups and group is not None)]
    order += [] if None in order else [None]
    return tuple(_group(group, by_group[group], matrix.sources) for group in order if group in by_group)


def count_directions(
    groups: Iterable[GroupOfDeterminants], sources: Sequence[str]
) -> Mapping[tuple[str | None, str], tuple[int, int]]:
    """(group, source) → how many statements the source supports as facilitator, and as barrier.

    Mixed findings count in both. A source that says nothing in a group has (0, 0).

    >>> count_directions([GroupOfDeterminants("ECO", (), (), ())], ["Survey"])
    {('ECO', 'Survey'): (0, 0)}
    """
    return {
        (one.group, source): (
            sum(source in support.sources for support in one.facilitators),
            sum(source in support.sources for support in one.barriers),
        )
        for one in groups
        for source in sources
    }


def _group(
    group: str | None, rows: Mapping[Row, Sequence[Finding]], sources: Sequence[str]
) -> GroupOfDeterminants:
    facilitators = _column(rows, Valence.FACILITATOR, Valence.BARRIER, sources)
    barriers = _column(rows, Valence.BARRIER, Valence.FACILITATOR, sources)
    directed = {support.row for support in (*facilitators, *barriers)}
    return GroupOfDeterminants(
        group, facilitators, barriers, tuple(row for row in rows if row not in directed)
    )


def _column(
    rows: Mapping[Row, Sequence[Finding]], this: Valence, other: Valence, sources: Sequence[str]
) -> tuple[Support, ...]:
    column = []
    for row, findings in rows.items():
        said = {source: {f.valence for f in findings if f.source == source} for source in sources}
        supports = tuple(s for s in sources if said[s] & {this, Valence.MIXED})
        if supports:
            mixed = tuple(s for s in supports if Valence.MIXED in said[s] or other in said[s])
            opposed = tuple(s for s in sources if other in said[s] and s not in supports)
            speaking = sum(bool(said[s]) for s in sources)
            column.append(Support(row, supports, mixed, opposed, speaking, len(sources)))
    return tuple(sorted(column, key=lambda support: -len(support.sources)))
