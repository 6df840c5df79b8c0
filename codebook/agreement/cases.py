"""Agreement cases: files of small data sets with the value that a coefficient must give."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from codebook.agreement.case_data import FORMS, Unsupported
from codebook.agreement.case_metrics import METRICS, Answer
from codebook.agreement.results import Agreement
from codebook.errors import CodebookError

_PARTS = ("standard_error", "ci95", "observed", "expected", "coverage", "observed_disorder")
_TOLERANCE = 1e-5
_ROUNDING = 5e-9  # figures are written with eight decimals, whatever tolerance they ask for


@dataclass(frozen=True)
class CaseResult:
    """One case run. ``passed`` is None where we do not compute what it asks; ``reason`` says why."""

    name: str
    metric: str
    expected: Any
    value: Any
    reason: str | None
    passed: bool | None


def check_cases(path: Path | str) -> Iterator[CaseResult]:
    """Run the agreement cases of a YAML file, one result for each.

    A case passes if the value is within ``tolerance`` of ``expected``, every number of it where it
    is a list or a mapping; where null is expected, if there is no value and a reason. Without
    ``expected`` it is compared with ``published``. Metrics,
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
        raise CodebookError(f"{where}: has no data. Add one of {', '.join(FORMS)}.")
    if "expected" not in case and "published" not in case:
        raise CodebookError(f"{where}: expects nothing. Add 'expected' (null where there is no value).")
    if not isinstance(case.get("params") or {}, dict):
        raise CodebookError(f"{where}: params hold no named fields. Write them as {{name: value}}.")


def _run(case: Mapping[str, Any], where: str) -> CaseResult:
    key = "expected" if "expected" in case else "published"
    expected = case[key]
    try:
        value, reason = _value(case, where)
    except Unsupported as unsupported:
        return CaseResult(case["name"], case["metric"], expected, None, str(unsupported), None)
    tolerance = case.get("tolerance" if key == "expected" else "published_tolerance", _TOLERANCE)
    if not _is_number(tolerance) or not _are_numbers(expected):
        raise CodebookError(f"{where}: {key} and its tolerance must be numbers, or {key} null.")
    if expected is None or value is None:
        passed = expected is None and value is None and bool(reason)
    else:
        passed = _equal(value, expected, tolerance)
    return CaseResult(case["name"], case["metric"], expected, value, reason, passed)


def _value(case: Mapping[str, Any], where: str) -> tuple[Any, str | None]:
    """What a case asks of an answer, and why there is none."""
    name, _, part = case["metric"].partition(".")
    data, params = case["data"], case.get("params") or {}
    if name not in METRICS or part not in ("", *_PARTS):
        raise Unsupported(f"the metric {case['metric']} is not computed")
    for parameter in params:
        if parameter not in METRICS[name].parameters:
            raise Unsupported(f"{name} with the parameter {parameter} is not computed")
    try:
        answer = METRICS[name].compute(data, params, where, part)
    except (ValueError, TypeError) as error:
        raise CodebookError(f"{where}: {error}. Correct the case.") from error
    return _part(answer, part)


def _part(answer: Answer, part: str) -> tuple[Any, str | None]:
    if not isinstance(answer, Agreement):
        reasons = [f"{label}: {one.reason}" for label, one in answer.items() if one.reason]
        return _of_labels(answer), "; ".join(reasons) or None
    if part == "ci95":
        return (None if answer.low is None else [answer.low, answer.high]), answer.interval_reason
    value = getattr(answer, part.removesuffix("_disorder") or "value")
    reason = answer.interval_reason if part == "standard_error" else answer.reason
    return value, reason or (f"there is no {part}" if value is None else None)


def _of_labels(answers: Mapping[Hashable, Agreement]) -> dict[Hashable, float | None] | None:
    return {label: answer.value for label, answer in answers.items()} or None


def _equal(value: Any, expected: Any, tolerance: float) -> bool:
    if isinstance(expected, dict):
        return (
            isinstance(value, dict)
            and value.keys() == expected.keys()
            and all(_equal(value[name], expected[name], tolerance) for name in expected)
        )
    if isinstance(expected, list):
        return (
            isinstance(value, list)
            and len(value) == len(expected)
            and all(map(_equal, value, expected, [tolerance] * len(expected)))
        )
    if expected is None or value is None:
        return value is expected
    return _is_number(value) and math.isclose(value, expected, rel_tol=0, abs_tol=max(tolerance, _ROUNDING))


def _are_numbers(expected: object) -> bool:
    if isinstance(expected, dict):
        return all(map(_are_numbers, expected.values()))
    if isinstance(expected, list):
        return all(map(_are_numbers, expected))
    return expected is None or _is_number(expected)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
