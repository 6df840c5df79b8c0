"""How long agreement takes, beside what we aim at. Run: python benchmarks/agreement.py

Other packages are timed beside it, once each, where they are installed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import pandas as pd

from codebook.agreement import (
    bootstrap_interval,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    icc,
    krippendorff_alpha,
    presence_agreement,
)
from codebook.agreement.icc import FORMS
from codebook.models import Coding
from codebook.units import Unit, document_numbers, presence_array

REPEATS = 5


def best_of(task: Callable[[], object]) -> float:
    """Seconds of the fastest of a few runs: the one least disturbed by other work."""
    seconds = []
    for _ in range(REPEATS):
        start = perf_counter()
        task()
        seconds.append(perf_counter() - start)
    return min(seconds)


def a_ratings_table(n_units: int = 100_000, *, coders: int = 3, values: int = 30) -> pd.DataFrame:
    """Ratings as they come from a database: text labels, five of a hundred missing."""
    random = np.random.default_rng(1)
    truth = random.integers(0, values, size=(n_units, 1))
    labels = np.where(random.random((n_units, coders)) < 0.2, (truth + 1) % values, truth)
    names = np.array([f"code {value}" for value in range(values)], dtype=object)[labels]
    names[random.random((n_units, coders)) < 0.05] = None
    return pd.DataFrame(names, columns=list("ABC")[:coders])


def a_round(n_documents: int = 113, *, units_each: int = 43, n_codings: int = 5_000, n_codes: int = 43):
    """Two coders' codings of a round, with its units."""
    random = np.random.default_rng(2)
    documents = [UUID(int=number) for number in range(n_documents)]
    units = [Unit(document, 100 * i, 100 * i + 99) for document in documents for i in range(units_each)]
    starts = random.integers(0, 100 * units_each - 200, size=n_codings)
    codings = [
        Coding(
            UUID(int=number),
            documents[number % n_documents],
            "AB"[number % 2],
            f"C{code}",
            start,
            start + length,
            "",
        )
        for number, (start, length, code) in enumerate(
            zip(
                starts.tolist(),
                random.integers(5, 200, size=n_codings).tolist(),
                random.integers(0, n_codes, size=n_codings).tolist(),
                strict=True,
            )
        )
    ]
    finished = {(coder, document) for coder in "AB" for document in documents}
    return codings, units, finished, [f"C{code}" for code in range(n_codes)]


def some_sets(n_units: int = 2_000, *, coders: int = 3) -> pd.DataFrame:
    """Sets of one or more of six labels."""
    random = np.random.default_rng(3)
    chosen = random.random((n_units, coders, 6)) < 0.3
    chosen[..., 0] |= ~chosen.any(axis=-1)  # not every package takes an empty set
    cells = [[frozenset(np.flatnonzero(labels).tolist()) for labels in unit] for unit in chosen]
    return pd.DataFrame(cells, dtype=object)


def some_scores(n_items: int = 10_000, *, raters: int = 3) -> pd.DataFrame:
    random = np.random.default_rng(4)
    return pd.DataFrame(random.normal(size=(n_items, 1)) + random.normal(size=(n_items, raters)))


def peers(
    ratings: pd.DataFrame, binary: np.ndarray, sets: pd.DataFrame, scores: pd.DataFrame
) -> Iterator[tuple[str, Callable[[], object]]]:
    """What other packages take for the same, of those that are installed."""
    numbers = ratings.apply(lambda column: column.str.removeprefix("code ").astype(float))
    triples = [
        (coder, unit, label)
        for coder in ratings
        for unit, label in ratings[coder].items()
        if isinstance(label, str)
    ]
    if installed("krippendorff"):
        import krippendorff

        yield (
            "alpha: krippendorff",
            lambda: krippendorff.alpha(numbers.to_numpy().T, level_of_measurement="nominal"),
        )
        yield (
            "30 binary codes: krippendorff",
            lambda: [krippendorff.alpha(code.T, level_of_measurement="nominal") for code in binary],
        )
    if installed("nltk"):
        from nltk.metrics.agreement import AnnotationTask
        from nltk.metrics.distance import masi_distance

        yield "alpha: nltk", lambda: AnnotationTask(triples).alpha()
        of_sets = [(coder, unit, label) for coder in sets for unit, label in sets[coder].items()]
        yield "alpha of sets: nltk", lambda: AnnotationTask(of_sets, masi_distance).alpha()
    if installed("statsmodels"):
        from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

        whole = numbers.dropna().to_numpy(dtype=int)
        yield "Fleiss' kappa: statsmodels", lambda: fleiss_kappa(aggregate_raters(whole)[0])
    if installed("sklearn"):
        from sklearn.metrics import cohen_kappa_score

        yield (
            "Cohen's kappa, 30 binary codes, one pair: scikit-learn",
            lambda: [cohen_kappa_score(code[:, 0], code[:, 1]) for code in binary],
        )
    if installed("pingouin"):
        import pingouin

        long = scores.melt(ignore_index=False, var_name="rater").reset_index(names="item")
        yield (
            "six intraclass correlations: pingouin",
            lambda: pingouin.intraclass_corr(long, targets="item", raters="rater", ratings="value"),
        )


def installed(package: str) -> bool:
    return find_spec(package) is not None


def main() -> None:
    ratings = a_ratings_table()
    codings, units, finished, codes = a_round()
    presence = presence_array(codings, units, ["A", "B"], finished, codes=codes)
    documents = document_numbers(units)
    by_document = np.arange(len(ratings)) // 900
    binary = (np.random.default_rng(5).random((30, 100_000, 3)) < 0.2).astype(np.int8)
    sets, scores = some_sets(), some_scores()
    tasks: list[tuple[str, float | None, Callable[[], object]]] = [
        ("alpha, 3 coders x 100,000 units x 30 values", 0.10, lambda: krippendorff_alpha(ratings)),
        ("Fleiss' kappa, the same", None, lambda: fleiss_kappa(ratings)),
        ("AC1, the same", None, lambda: gwet_ac1(ratings)),
        ("Cohen's kappa, the same, mean of pairs", None, lambda: cohen_kappa(ratings)),
        (
            "alpha and four more of 30 binary codes, 3 x 100,000",
            0.05,
            lambda: presence_agreement(binary, by_document, draws=0),
        ),
        ("alpha of sets (MASI), 3 x 2,000", None, lambda: krippendorff_alpha(sets, level="masi")),
        (
            "six intraclass correlations, 10,000 x 3",
            None,
            lambda: [icc(scores, form=form) for form in FORMS],
        ),
        (
            "alpha with its interval over 112 documents, the same",
            None,
            lambda: bootstrap_interval(krippendorff_alpha, ratings, documents=by_document),
        ),
        (
            "presence of 43 codes out of 5,000 codings, 113 documents",
            0.30,
            lambda: presence_array(codings, units, ["A", "B"], finished, codes=codes),
        ),
        (
            "30 codes, 4,859 units, 2,000 draws of 113 documents",
            0.20,
            lambda: presence_agreement(presence[:30], documents),
        ),
    ]
    for name, aim, task in tasks:
        seconds = best_of(task)
        print(f"{name:<58} {seconds:7.3f} s" + (f"   aim {aim:.2f} s" if aim else ""))
    for name, task in peers(ratings, binary, sets, scores):
        start = perf_counter()
        task()
        print(f"{name:<58} {perf_counter() - start:7.3f} s   once")


if __name__ == "__main__":
    main()
