"""The data of an agreement case as a ratings table: units by coders, a table of two coders, or counts."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from itertools import chain, repeat
from typing import Any

import pandas as pd

from codebook.errors import CodebookError

FORMS = ("units_by_coders", "contingency", "counts_by_unit")
_MOST_UNITS = 5_000_000
_NAMES_CODERS = ("cohen_kappa", "cohen_kappa_weighted", "scott_pi", "conger_kappa", "holsti")


class Unsupported(Exception):  # noqa: N818 - says of a case what we do not compute
    """What a case asks and we do not compute."""


def ratings_of(data: Mapping[str, Any], metric: str, where: str) -> pd.DataFrame:
    """The ratings table of a case; sets of labels as frozensets."""
    form = next((form for form in FORMS if form in data), None)
    if form is None:
        raise Unsupported(f"data as {', '.join(map(str, data))} are not read; known are {', '.join(FORMS)}")
    kind = data.get("value_type", "label")
    if kind not in ("label", "set") or (kind == "set" and form != "units_by_coders"):
        raise Unsupported(f"values of the type {kind} are not compared as {form}")
    if form == "counts_by_unit" and metric in _NAMES_CODERS:
        raise Unsupported("counts by unit do not say which coder gave which rating")
    rows = data[form]
    place = f"{where}, {form}"
    if not isinstance(rows, list):
        raise CodebookError(f"{place}: is no table. Write a list of rows.")
    if form == "units_by_coders":
        return _from_units(rows, kind, place)
    if form == "contingency":
        return _from_contingency(rows, data.get("categories"), place)
    return _from_counts(rows, data.get("categories"), place)


def _from_units(rows: list[Any], kind: str, where: str) -> pd.DataFrame:
    table = [_row(row, where) for row in rows]
    if len({len(row) for row in table}) > 1:
        raise CodebookError(
            f"{where}: rows differ in length. Give every unit one value per coder, null = not coded."
        )
    if kind == "set":
        table = [[_label_set(cell, where) for cell in row] for row in table]
    if any(isinstance(value, (list, dict, set)) for row in table for value in row):
        raise Unsupported("several labels in one cell are not compared")
    return pd.DataFrame(table, dtype=object)


def _label_set(cell: object, where: str) -> frozenset[Hashable] | None:
    if cell is None:
        return None
    if not isinstance(cell, list) or any(isinstance(label, (list, dict)) for label in cell):
        raise CodebookError(f"{where}: {cell!r} is no set. Write each as a list of labels, [] for none.")
    return frozenset(cell)


def _from_contingency(rows: list[Any], categories: object, where: str) -> pd.DataFrame:
    table = [[_count(cell, where) for cell in _row(row, where)] for row in rows]
    labels = list(range(len(table))) if categories is None else labels_of(categories, where)
    if any(len(row) != len(labels) for row in table) or len(table) != len(labels):
        raise CodebookError(f"{where}: needs as many rows and columns as there are categories.")
    _check_size(sum(map(sum, table)), where)
    pairs = chain.from_iterable(
        repeat((first, second), count)
        for first, row in zip(labels, table, strict=True)
        for second, count in zip(labels, row, strict=True)
    )
    return pd.DataFrame(list(pairs), columns=["A", "B"], dtype=object)


def _from_counts(rows: list[Any], categories: object, where: str) -> pd.DataFrame:
    """Ratings with coders in any order: coefficients of counts do not look at who rated."""
    units = [_named_counts(row, categories, where) for row in rows]
    coders = max((sum(counts.values()) for counts in units), default=0)
    _check_size(len(units) * coders, where)
    ratings = [[label for label, count in counts.items() for _ in range(count)] for counts in units]
    return pd.DataFrame([row + [None] * (coders - len(row)) for row in ratings], dtype=object)


def _named_counts(row: object, categories: object, where: str) -> dict[Hashable, int]:
    if isinstance(row, dict):
        return {label: _count(count, where) for label, count in row.items()}
    counts = [_count(count, where) for count in _row(row, where)]
    labels = list(range(len(counts))) if categories is None else labels_of(categories, where)
    if len(labels) != len(counts):
        raise CodebookError(f"{where}: needs one count per category in every row.")
    return dict(zip(labels, counts, strict=True))


def labels_of(categories: object, where: str) -> list[Hashable]:
    if not isinstance(categories, list) or any(isinstance(label, (list, dict)) for label in categories):
        raise CodebookError(f"{where}: categories are no list of labels.")
    return categories


def _row(row: object, where: str) -> list[Any]:
    if not isinstance(row, list):
        raise CodebookError(f"{where}: a row is no list. Write each row as [a, b].")
    return row


def _count(cell: object, where: str) -> int:
    if isinstance(cell, bool) or not isinstance(cell, int) or cell < 0:
        raise CodebookError(f"{where}: {cell!r} is no count. Write whole numbers from 0.")
    return cell


def _check_size(units: int, where: str) -> None:
    if units > _MOST_UNITS:
        raise CodebookError(f"{where}: holds {units} ratings; a case may have {_MOST_UNITS}.")
