"""Agreement cases: files of small data sets with the value that a coefficient must give."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from codebook.agreement.coefficients import (
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    krippendorff_alpha,
    percent_agreement,
    positive_agreement,
)
from codebook.agreement.results import Agreement
from codebook.errors import CodebookError

_COEFFICIENTS: Mapping[str, Callable[..., Agreement]] = {
    "percent_agreement": percent_agreement,
    "positive_agreement": positive_agreement,
    "cohen_kappa": cohen_kappa,
    "fleiss_kappa": fleiss_kappa,
    "krippendorff_alpha": krippendorff_alpha,
    "gwet_ac1": gwet_ac1,
}
_PARAMETERS = {
    "krippendorff_alpha": ("level", "categories"),
    "gwet_ac1": ("categories", "q"),
    "positive_agreement": ("categories", "positive"),
}
_FORMS = ("units_by_coders", "contingency", "counts_by_unit")
_TOLERANCE = 1e-5
_MOST_UNITS = 5_000_000


@dataclass(frozen=True)
class CaseResult:
    """One case run. ``passed`` is None where we do not compute what it asks; ``reason`` says why."""

    name: str
    metric: str
    expected: Any
    value: float | None
    reason: str | None
    passed: bool | None


class _Unsupported(Exception):  # noqa: N818 - says of a case what we do not compute
    pass


def check_cases(path: Path | str) -> Iterator[CaseResult]:
    """Run the agreement cases of a YAML file, one result for each.

    A case passes if the value is within ``tolerance`` of ``expected``; where null is expected, if
    there is no value and a reason. Without ``expected`` it is compared with ``published``. Metrics,
    parameters and forms of data that we do not compute are reported as unsupported, not as failed.

    Raises
    ------
    CodebookError
        If the file cannot be read or a case in it is malformed; the message names the case.
    """
    path = Path(path)
    for case in _cases(path):
        yield _run(case, f"{path.name}, case '{case['name']}'")


def _cases(path: Path) -> list[dict[str, Any]]:
    try:
        book = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CodebookError(f"{path.name}: cannot be read ({error.strerror}). Check the path.") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise CodebookError(f"{path.name}: is not YAML ({' '.join(str(error).split())}). Mend it.") from error
    cases = book.get("cases") if isinstance(book, dict) else None
    if not isinstance(cases, list):
        raise CodebookError(f"{path.name}: has no list 'cases'. Write the cases under 'cases:'.")
    for number, case in enumerate(cases, start=1):
        _check_fields(case, f"{path.name}, case {number}")
    return cases


def _check_fields(case: object, where: str) -> None:
    if not isinstance(case, dict):
        raise CodebookError(f"{where}: holds no named fields. Write name, metric, data and expected.")
    for name in ("name", "metric"):
        if not isinstance(case.get(name), str):
            raise CodebookError(f"{where}: has no {name}. Add it as text.")
    where = f"{where} ('{case['name']}')"
    if not isinstance(case.get("data"), dict):
        raise CodebookError(f"{where}: has no data. Add one of {', '.join(_FORMS)}.")
    if "expected" not in case and "published" not in case:
        raise CodebookError(f"{where}: expects nothing. Add 'expected' (null where there is no value).")
    if not isinstance(case.get("params") or {}, dict):
        raise CodebookError(f"{where}: params hold no named fields. Write them as {{name: value}}.")


def _run(case: Mapping[str, Any], where: str) -> CaseResult:
    key = "expected" if "expected" in case else "published"
    expected = case[key]
    try:
        answer = _answer(case, where)
    except _Unsupported as unsupported:
        return CaseResult(case["name"], case["metric"], expected, None, str(unsupported), None)
    tolerance = case.get("tolerance" if key == "expected" else "published_tolerance", _TOLERANCE)
    if not _is_number(tolerance) or not (expected is None or _is_number(expected)):
        raise CodebookError(f"{where}: {key} and its tolerance must be numbers, or {key} null.")
    if expected is None or answer.value is None:
        passed = expected is None and answer.value is None and bool(answer.reason)
    else:
        passed = math.isclose(answer.value, expected, rel_tol=0, abs_tol=tolerance)
    return CaseResult(case["name"], case["metric"], expected, answer.value, answer.reason, passed)


def _answer(case: Mapping[str, Any], where: str) -> Agreement:
    metric, data, params = case["metric"], case["data"], case.get("params") or {}
    if metric not in _COEFFICIENTS:
        raise _Unsupported(f"the metric {metric} is not computed")
    for name in params:
        if name not in _PARAMETERS.get(metric, ("categories",)):
            raise _Unsupported(f"{metric} with the parameter {name} is not computed")
    if params.get("level", "nominal") != "nominal":
        raise _Unsupported(f"{metric} with level {params['level']} is not computed")
    ratings = _ratings(data, metric, where)
    options = _options(metric, ratings, {**data, **params}, where)
    try:
        return _COEFFICIENTS[metric](ratings, **options)
    except ValueError as error:
        raise CodebookError(f"{where}: {error}. Correct the case.") from error


def _options(metric: str, ratings: pd.DataFrame, given: Mapping[str, Any], where: str) -> dict[str, Any]:
    options: dict[str, Any] = {}
    found = [value for value in pd.unique(ratings.to_numpy().ravel()) if not pd.isna(value)]
    categories = given.get("categories")
    if categories is not None:
        options["categories"] = _labels(categories, f"{where}, categories")
    if "q" in given and categories is None:
        if not isinstance(given["q"], int) or given["q"] < len(found):
            raise CodebookError(f"{where}: q must be a whole number of at least {len(found)} categories.")
        # Categories that were possible and never given need no names, only to be there.
        options["categories"] = [*found, *(object() for _ in range(given["q"] - len(found)))]
    if metric == "positive_agreement":
        options["positive"] = _positive(given, options.get("categories", found))
    return options


def _positive(given: Mapping[str, Any], labels: Sequence[Hashable]) -> Hashable:
    """The positive label: named, or one that means it, or the first of a contingency table."""
    if "positive" in given:
        label: Hashable = given["positive"]
        return label
    meant = [label for label in labels if str(label).lower() in ("1", "true", "yes", "present")]
    if meant:
        return meant[0]
    return labels[0] if "contingency" in given and labels else 1


def _ratings(data: Mapping[str, Any], metric: str, where: str) -> pd.DataFrame:
    form = next((form for form in _FORMS if form in data), None)
    if form is None:
        raise _Unsupported(f"data as {', '.join(map(str, data))} are not read; known are {', '.join(_FORMS)}")
    if data.get("value_type", "label") != "label":
        raise _Unsupported(f"values of the type {data['value_type']} are not compared")
    if form == "counts_by_unit" and metric == "cohen_kappa":
        raise _Unsupported("counts by unit do not say which coder gave which rating")
    rows = data[form]
    place = f"{where}, {form}"
    if not isinstance(rows, list):
        raise CodebookError(f"{place}: is no table. Write a list of rows.")
    if form == "units_by_coders":
        return _from_units(rows, place)
    if form == "contingency":
        return _from_contingency(rows, data.get("categories"), place)
    return _from_counts(rows, data.get("categories"), place)


def _from_units(rows: list[Any], where: str) -> pd.DataFrame:
    table = [_row(row, where) for row in rows]
    if len({len(row) for row in table}) > 1:
        raise CodebookError(
            f"{where}: rows differ in length. Give every unit one value per coder, null = not coded."
        )
    if any(isinstance(value, (list, dict, set)) for row in table for value in row):
        raise _Unsupported("several labels in one cell are not compared")
    return pd.DataFrame(table, dtype=object)


def _from_contingency(rows: list[Any], categories: object, where: str) -> pd.DataFrame:
    table = [[_count(cell, where) for cell in _row(row, where)] for row in rows]
    labels = list(range(len(table))) if categories is None else _labels(categories, where)
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
    labels = list(range(len(counts))) if categories is None else _labels(categories, where)
    if len(labels) != len(counts):
        raise CodebookError(f"{where}: needs one count per category in every row.")
    return dict(zip(labels, counts, strict=True))


def _labels(categories: object, where: str) -> list[Hashable]:
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


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
