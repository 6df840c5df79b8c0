"""What each metric of an agreement case computes, and with which parameters."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from codebook.agreement.analytic import analytic_interval
from codebook.agreement.case_data import Unsupported, labels_of, ratings_of
from codebook.agreement.coefficients import COEFFICIENTS
from codebook.agreement.fleiss import fleiss_kappa_per_category
from codebook.agreement.icc import FORMS, icc, rwg, rwg_j
from codebook.agreement.planning import minimum_units
from codebook.agreement.results import Agreement
from codebook.agreement.sets import masi_distance
from codebook.agreement.span_cases import SPAN_METRICS
from codebook.errors import CodebookError

Answer = Agreement | Mapping[Hashable, Agreement]
Compute = Callable[..., Answer]


@dataclass(frozen=True)
class Metric:
    """``compute(data, params, where, part)`` answers a case; ``parameters`` are those it knows.

    ``part`` is what stands behind the point of a metric's name ("standard_error"), or empty.
    """

    compute: Compute
    parameters: tuple[str, ...] = ()


def _of_ratings(
    name: str, data: Mapping[str, Any], params: Mapping[str, Any], where: str, part: str
) -> Answer:
    ratings = ratings_of(data, name, where)
    options = _options(name, ratings, {**data, **params}, where)
    if name == "fleiss_kappa_per_category":
        return fleiss_kappa_per_category(ratings, **options)
    coefficient = COEFFICIENTS[name]
    if part not in ("standard_error", "ci95"):
        return coefficient(ratings, **options)
    try:
        return analytic_interval(coefficient, ratings, **options)
    except ValueError as error:
        raise Unsupported(str(error)) from error


def _options(name: str, ratings: pd.DataFrame, given: Mapping[str, Any], where: str) -> dict[str, Any]:
    options = {key: given[key] for key in ("level", "weights", "distance") if key in given}
    if name != "krippendorff_alpha":
        options.pop("level", None)
        options.pop("distance", None)
    categories = given.get("categories")
    if categories is not None:
        options["categories"] = labels_of(categories, f"{where}, categories")
    if name == "positive_agreement" or ("q" in given and categories is None):
        found = [value for value in pd.unique(ratings.to_numpy().ravel()) if not pd.isna(value)]
        if "q" in given and categories is None:
            options["categories"] = _as_many(found, given["q"], where)
        if name == "positive_agreement":
            options["positive"] = _positive(given, options.get("categories", found))
    return options


def _as_many(found: Sequence[Hashable], q: object, where: str) -> list[Hashable]:
    """The labels found and others that were possible: those need no names, only to be there."""
    if not isinstance(q, int) or q < len(found):
        raise CodebookError(f"{where}: q must be a whole number of at least {len(found)} categories.")
    return [*found, *(object() for _ in range(q - len(found)))]


def _positive(given: Mapping[str, Any], labels: Sequence[Hashable]) -> Hashable:
    """The positive label: named, or one that means it, or the first of a contingency table."""
    if "positive" in given:
        label: Hashable = given["positive"]
        return label
    meant = [label for label in labels if str(label).lower() in ("1", "true", "yes", "present")]
    if meant:
        return meant[0]
    return labels[0] if "contingency" in given and labels else 1


def _of_scores(
    compute: Callable[..., Agreement],
    data: Mapping[str, Any],
    params: Mapping[str, Any],
    where: str,
    part: str,
) -> Answer:
    return compute(ratings_of(data, "", where), **params)


def _masi(data: Mapping[str, Any], params: Mapping[str, Any], where: str, part: str) -> Answer:
    sets = [data.get(name) for name in ("set_a", "set_b")]
    if not all(isinstance(labels, list) for labels in sets):
        raise CodebookError(f"{where}: needs set_a and set_b, each a list of labels.")
    return Agreement(masi_distance(*sets), n=1)  # type: ignore[arg-type]


def _minimum_units(data: Mapping[str, Any], params: Mapping[str, Any], where: str, part: str) -> Answer:
    given = {**data, **params}
    names = {"p_c": "share", "share": "share", "coders": "coders", "significance": "significance"}
    if not all(isinstance(given.get(name, 0), int | float) for name in ("alpha_min", *names)):
        raise CodebookError(f"{where}: alpha_min, p_c, significance and coders must be numbers.")
    if "alpha_min" not in given:
        raise CodebookError(f"{where}: has no alpha_min. Add the lowest acceptable alpha.")
    options = {names[name]: value for name, value in given.items() if name in names}
    return Agreement(float(minimum_units(given["alpha_min"], **options)))


_PARAMETERS = {
    "krippendorff_alpha": ("level", "distance", "categories"),
    "cohen_kappa_weighted": ("weights", "categories"),
    "gwet_ac2": ("weights", "categories", "q"),
    "gwet_ac1": ("categories", "q"),
    "brennan_prediger": ("categories", "q"),
    "positive_agreement": ("categories", "positive"),
}
METRICS: Mapping[str, Metric] = {
    **{
        name: Metric(partial(_of_ratings, name), _PARAMETERS.get(name, ("categories",)))
        for name in (*COEFFICIENTS, "fleiss_kappa_per_category")
    },
    **{
        f"icc_{form.replace(',', '_')}": Metric(partial(_of_scores, partial(icc, form=form)))
        for form in FORMS
    },
    "rwg": Metric(partial(_of_scores, rwg), ("options", "null")),
    "rwg_j": Metric(partial(_of_scores, rwg_j), ("options", "null")),
    **{name: Metric(*computed) for name, computed in SPAN_METRICS.items()},
    "masi_distance": Metric(_masi),
    "minimum_units": Metric(_minimum_units, ("alpha_min", "p_c", "share", "significance", "coders")),
}
