"""Time: every period between the first and the last document, and nothing where there is none."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import get_args
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from codebook.columns import Columns, as_columns
from codebook.crosstab import Period, period_of
from codebook.models import Coding, Valence
from codebook.timeline import timeline
from corpus.models import Document
from tests.codebook.columns_of import SOURCES, fewer, studies

Study = tuple[list[Coding], list[Document], Columns]


@fewer
@given(studies(), st.sampled_from(get_args(Period)))
def test_periods_and_undated_hold_every_coding_once(study: Study, period: Period) -> None:
    codings, documents, columns = study
    found = timeline(columns, np.ones(len(columns), dtype=bool), period=period)
    assert found.undated_codings + sum(m.codings or 0 for m in found.moments) == len(codings)
    assert found.undated == sum(document.date is None for document in documents)
    of_period = Counter(period_of(d.date, period) for d in documents if d.date is not None)
    assert {m.label: m.documents for m in found.moments if m.documents} == of_period
    by_id = {document.id: document for document in documents}
    for moment in found.moments:
        here = [
            c
            for c in codings
            if (date := by_id[c.document_id].date) and period_of(date, period) == moment.label
        ]
        if not moment.documents:
            assert (moment.coded, moment.codings, moment.by_valence) == (None, None, {})
            continue
        assert moment.coded == len({c.document_id for c in here})
        for valence in (*Valence, None):
            these = [c for c in here if c.valence == valence]
            assert moment.by_valence[valence] == (len({c.document_id for c in these}), len(these))


@pytest.mark.parametrize(
    ("period", "labels"),
    [
        ("year", ["2023", "2024"]),
        ("quarter", ["2023 Q4", "2024 Q1", "2024 Q2"]),
        ("month", ["2023-11", "2023-12", "2024-01", "2024-02", "2024-03", "2024-04"]),
    ],
)
def test_a_period_without_documents_is_there_and_empty(period: Period, labels: list[str]) -> None:
    documents = [
        Document(UUID(int=n), SOURCES[0].id, "", "x", (), "", date)
        for n, date in enumerate([dt.date(2024, 4, 30), dt.date(2023, 11, 30), None])
    ]
    columns = as_columns([], documents, SOURCES)
    found = timeline(columns, np.zeros(0, dtype=bool), period=period)
    assert [moment.label for moment in found.moments] == labels
    assert [moment.codings for moment in found.moments] == [
        0 if moment.documents else None for moment in found.moments
    ]
    assert found.undated == 1


def test_without_dates_there_are_no_periods() -> None:
    found = timeline(as_columns([], [], []), np.zeros(0, dtype=bool), period="year")
    assert (found.moments, found.undated) == ((), 0)
