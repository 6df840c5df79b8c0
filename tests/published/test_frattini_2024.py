"""Statements of interviews coded by the author and a second coder: J. Frattini, arXiv 2402.00594, 2024.

The figures are those of the replication package: percent agreement over all cells, and means over the
columns of codes of Cohen's kappa and of Bennett's S. A column in which both gave one code throughout has
no kappa and counts as 1 there; cells with a code that is not in the column's list enter no kappa.
"""

import json
from pathlib import Path

import pandas as pd
import pytest

from codebook.agreement import brennan_prediger, cohen_kappa, percent_agreement

DATA = Path(__file__).resolve().parents[1] / "data" / "interview-codes-rqi"


@pytest.fixture(scope="module")
def columns():
    cells = pd.read_csv(DATA / "overlap.csv", dtype=str, keep_default_na=False)
    codes = json.loads((DATA / "codes.json").read_text(encoding="utf-8"))
    return [
        (table[["author", "second coder"]], [*dict.fromkeys(codes[name]), "na"])
        for name, table in cells.groupby("column", sort=False)
    ]


def test_percent_agreement(columns):
    cells = pd.concat([table for table, _ in columns])
    answer = percent_agreement(cells)
    assert answer.n == 117
    assert answer.value * answer.n == pytest.approx(98)
    assert answer.value == pytest.approx(0.8376, abs=0.00005)


def test_mean_kappa_of_the_columns(columns):
    kappas = []
    for table, codes in columns:
        listed = table[table.isin(codes).all(axis=1)]
        answer = cohen_kappa(listed)
        assert answer.value is not None or answer.reason == "no variation"
        kappas.append(1 if answer.value is None else answer.value)
    assert len(kappas) == 13
    assert sum(kappas) / 13 == pytest.approx(0.7178, abs=0.00005)


def test_mean_s_of_the_columns(columns):
    def s(table, codes):
        found = list(pd.unique(table.to_numpy().ravel()))
        possible = [*found, *(object() for _ in range(len(codes) - len(found)))]
        return brennan_prediger(table, categories=possible).value

    values = [s(table, codes) for table, codes in columns]
    assert sum(values) / 13 == pytest.approx(0.8230, abs=0.00005)
