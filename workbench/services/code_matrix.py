"""Codes by sources, people, sites, time, valence or coders, and the passages of each cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from sqlalchemy import Engine

from codebook.columns import Columns, members
from codebook.crosstab import Cell, Crosstab, Grouping, Period, Side, crosstab, grouping
from codebook.retrieval import Scope
from codebook.voices import linked_documents, not_assigned
from store.studies import Member
from workbench.services.asking import asking
from workbench.services.retrieval import Found, found_at
from workbench.services.table_files import Format, table_bytes


@dataclass(frozen=True, eq=False)
class Matrix:
    """A matrix with the labels of its rows; ``groups`` says which codings stand in which column.

    ``labels`` is how many of the participants counted are labels that nobody was assigned to;
    ``not_linked`` how many of the documents are linked to no person, or no site, where those are counted.
    """

    table: Crosstab
    groups: Grouping
    names: Mapping[str, str]
    levels: Mapping[str, int]
    labels: int = 0
    not_linked: int = 0


@dataclass(frozen=True)
class MatrixWish:
    """Which codes by what, and what a cell counts. ``rows`` may also name a roll-up.

    ``attribute`` names the attribute where the side is one of documents, of who speaks, or of what
    documents are linked to.
    """

    rows: str = "levels"
    side: Side = Side.KIND
    attribute: str | None = None
    period: Period = "year"
    cell: Cell = Cell.DOCUMENTS


def matrix(engine: Engine, actor: Member, wish: MatrixWish, scope: Scope | None = None) -> Matrix:
    """Codes by sources, people, sites, time, valence or coders; codes without codings are left out."""
    asked = asking(engine, actor, scope)
    columns = asked.columns
    groups = grouping(columns, wish.side, attribute=wish.attribute, period=wish.period)
    families = asked.seen.families_of(wish.rows)
    borne = set(np.array(columns.codes)[np.unique(columns.code)].tolist()) if len(columns) else set()
    rows = [row for row in asked.seen.rows_of(wish.rows) if borne & set(families.get(row, (row,)))]
    table = crosstab(columns, groups, rows=rows, cell=wish.cell, families=families)
    return Matrix(
        table,
        groups,
        asked.seen.names_of(rows, wish.rows),
        asked.seen.levels_of(rows),
        not_assigned(columns) if wish.cell == Cell.PARTICIPANTS else 0,
        _not_linked(columns, wish.cell),
    )


def _not_linked(columns: Columns, cell: Cell) -> int:
    if cell not in (Cell.PERSONS, Cell.SITES):
        return 0
    return int(columns.asked.sum()) - linked_documents(columns, "person" if cell == Cell.PERSONS else "site")


def passages_of_cell(
    engine: Engine,
    actor: Member,
    wish: MatrixWish,
    row: str,
    label: str | None,
    scope: Scope | None = None,
    *,
    begin: int = 0,
    number: int | None = None,
) -> Found:
    """The codings that a cell of a matrix counts; of no column where it is not there (any more)."""
    asked = asking(engine, actor, scope)
    columns = asked.columns
    groups = grouping(columns, wish.side, attribute=wish.attribute, period=wish.period)
    number_of_column = groups.labels.index(label) if label in groups.labels else len(groups.labels)
    here = members(columns, asked.seen.families_of(wish.rows), [row]) & (groups.of_coding == number_of_column)
    if groups.of_document is not None:  # of how many, is then a matter of the column alone
        within = columns.asked & (groups.of_document == number_of_column)
        asked = replace(asked, columns=replace(columns, asked=within))
    return found_at(asked, np.flatnonzero(here), begin, number)


def matrix_file(found: Matrix, format: Format, *, none: str) -> bytes:
    """A matrix as a table: each count beside its denominator, which is that of the column.

    ``none`` is the heading of the column in which nothing is given.
    """
    table = found.table
    heads = [none if label is None else label for label in table.labels]
    columns = ["code", "label", *(name for head in heads for name in (head, f"{head}: of")), "all", "all: of"]
    rows = [
        [
            key,
            found.names[key],
            *(
                value
                for count, of in zip(table.counts[n].tolist(), table.denominators.tolist(), strict=True)
                for value in (count, of)
            ),
            int(table.totals[n]),
            table.total_denominator,
        ]
        for n, key in enumerate(table.rows)
    ]
    return table_bytes(format, "Matrix", columns, rows)
