"""Ratings from a file: rows of a table as units by coders, and every coefficient of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from codebook.agreement.coefficients import COEFFICIENTS
from codebook.agreement.icc import FORMS, icc
from codebook.agreement.intervals import bootstrap_interval
from codebook.agreement.results import Agreement
from codebook.agreement.shares import positive_agreement
from codebook.agreement.tally import in_order
from codebook.errors import CodebookError

if TYPE_CHECKING:
    import pandas as pd

Rows = Sequence[tuple[int, Mapping[str, str]]]
_WEIGHTED = ("cohen_kappa_weighted", "gwet_ac2")


@dataclass(frozen=True)
class Columns:
    """The names of a file's columns. With a coder and a label column a row is one rating, else one unit."""

    unit: str = "unit"
    coder: str = "coder"
    label: str = "label"
    document: str = "document"
    group: str = "group"


@dataclass(frozen=True, eq=False)
class RatingsTable:
    """``ratings`` (units by coders, None = not rated) and the document of each unit, where known."""

    group: str | None
    ratings: pd.DataFrame
    documents: list[str] | None


def ratings_tables(rows: Rows, columns: Columns, *, missing: Collection[str] = ()) -> list[RatingsTable]:
    """The ratings of a file, a table for each group in it.

    Parameters
    ----------
    rows : sequence of (row number, column → cell)
        As `corpus.spreadsheets.read_rows` gives them. Empty cells are not rated. Labels that are
        numbers throughout become numbers.
    columns : Columns
        Names in lower case.
    missing : collection of str
        Labels that count as not rated ("don't know").

    Raises
    ------
    CodebookError
        If there is no rating, no unit is named in a file of single ratings, or a coder rated a unit
        twice; the message names the row.
    """
    import pandas as pd  # slow to load, and many a command imports this package without a table

    names = set(rows[0][1]) if rows else set()
    one_a_row = {columns.coder, columns.label} <= names
    if one_a_row and columns.unit not in names:
        raise CodebookError(f"There is no column '{columns.unit}' that says which unit a row rates.")
    read = _single_ratings(rows, columns) if one_a_row else _rows_of_coders(rows, columns, names)
    groups: dict[str | None, dict[str, dict[str, str]]] = {}
    documents: dict[tuple[str | None, str], str] = {}
    for number, group, unit, document, coder, label in read:
        unit_ratings = groups.setdefault(group, {}).setdefault(unit, {})
        documents.setdefault((group, unit), document)
        if coder in unit_ratings:
            raise CodebookError(
                f"Row {number}: {coder} rated unit '{unit}' already. Keep one of the ratings."
            )
        unit_ratings[coder] = "" if label in missing else label
    if not groups:
        raise CodebookError("There are no ratings. Give each coder a column, or each rating a row.")
    as_number = _as_numbers(
        {label for units in groups.values() for unit in units.values() for label in unit.values()}
    )
    tables = []
    for group, units in groups.items():
        coders = list(dict.fromkeys(coder for unit in units.values() for coder in unit))
        cells = [[as_number(unit.get(coder, "")) for coder in coders] for unit in units.values()]
        ratings = pd.DataFrame(cells, index=list(units), columns=coders, dtype=object)
        where = [documents[group, unit] for unit in units]
        tables.append(RatingsTable(group, ratings, where if all(where) else None))
    return tables


def all_coefficients(
    table: RatingsTable,
    *,
    level: str = "nominal",
    weights: str | None = None,
    categories: Sequence[str] | None = None,
    positive: str | None = None,
) -> dict[str, Agreement]:
    """Every coefficient that the table allows, each with its interval.

    Weighted ones where ``weights`` are given, positive agreement where ``positive`` is (or the labels
    are 0 and 1), intraclass correlations at the levels interval and ratio.

    Raises
    ------
    CodebookError
        If a label is not among the categories, or does not suit the level.
    """
    try:
        return _all(table, level, weights, categories, positive)
    except ValueError as error:
        raise CodebookError(f"{error}. Correct the table, or what is said of it.") from error


def _all(
    table: RatingsTable,
    level: str,
    weights: str | None,
    categories: Sequence[str] | None,
    positive: str | None,
) -> dict[str, Agreement]:
    ratings = table.ratings
    labels = in_order({cell for cell in ratings.to_numpy().ravel() if cell is not None})
    given = None if categories is None else [_known(label, labels) for label in categories]
    found = {}
    for name, coefficient in COEFFICIENTS.items():
        options: dict[str, Any] = {}
        if name == "krippendorff_alpha":
            options = {"level": level}
        elif name in _WEIGHTED:
            if weights is None:
                continue
            options = {"weights": weights}
        elif coefficient is positive_agreement:
            if positive is None and not set(labels) <= {0, 1}:
                continue
            options = {} if positive is None else {"positive": _known(positive, labels)}
        found[name] = bootstrap_interval(
            coefficient,
            ratings,
            documents=table.documents,
            categories=given,
            options={key: value for key, value in options.items() if key != "positive"},
            positive=options.get("positive", 1),
        )
    if level in ("interval", "ratio"):
        found |= {f"icc_{form.replace(',', '_')}": icc(ratings, form=form) for form in FORMS}
    return found


def _single_ratings(rows: Rows, columns: Columns) -> Iterator[tuple[int, str | None, str, str, str, str]]:
    for number, row in rows:
        unit, coder = row.get(columns.unit, "").strip(), row.get(columns.coder, "").strip()
        if not unit or not coder:
            raise CodebookError(f"Row {number}: names no {'coder' if unit else 'unit'}. Add it.")
        group, document = row.get(columns.group), row.get(columns.document, "")
        yield number, group, unit, document.strip(), coder, row.get(columns.label, "").strip()


def _rows_of_coders(
    rows: Rows, columns: Columns, names: Collection[str]
) -> Iterator[tuple[int, str | None, str, str, str, str]]:
    coders = [name for name in (rows[0][1] if rows else ()) if name and name not in vars(columns).values()]
    for number, row in rows:
        unit = row.get(columns.unit, "").strip() or f"row {number}"
        for coder in coders:
            group, document = row.get(columns.group), row.get(columns.document, "")
            yield number, group, unit, document.strip(), coder, row.get(coder, "").strip()


def _as_numbers(labels: Collection[str]) -> Any:
    """How a cell is read: as a number where all are numbers; empty is None."""
    try:
        numbers = {label: float(label) for label in labels if label}
    except ValueError:
        return lambda cell: cell or None
    whole = {label: int(number) if number.is_integer() else number for label, number in numbers.items()}
    return whole.get


def _known(label: str, labels: Collection[Any]) -> Any:
    """A label named on the command line as the table holds it."""
    return next((held for held in labels if str(held) == label), label)
