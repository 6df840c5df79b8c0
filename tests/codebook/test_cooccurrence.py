"""The sweep counts what comparing every coding with every other counts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from codebook import cooccurrence as module
from codebook.columns import Columns, members
from codebook.cooccurrence import cooccurrence, network, positions
from codebook.models import Coding
from codebook.retrieval import Condition, Measure, Question, Relation, find, pairs
from corpus.models import Document
from corpus.sentences import sentence_starts
from tests.codebook.columns_of import FAMILIES, fewer, studies

Study = tuple[list[Coding], list[Document], Columns]
THEMES = ("SOC-LEAD", "ECO-FIN", "ECO-FUND")


@fewer
@given(
    studies(),
    st.sampled_from([("ECO", "SOC"), THEMES, ("ECO-FUND", "SOC")]),
    st.none() | st.integers(0, 15),
    st.booleans(),
    st.sampled_from([1, 3, 4_000_000]),
    st.booleans(),
)
def test_sweep_equals_comparing_every_two(
    study: Study,
    codes: tuple[str, ...],
    distance: int | None,
    same_coder: bool,
    portion: int,
    small_table: bool,
) -> None:
    codings, _, columns = study
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_PORTION", portion)
        patch.setattr(module, "_LARGEST_TABLE", 0 if small_table else 10**8)
        found = cooccurrence(
            columns, codes=codes, families=FAMILIES, distance=distance, same_coder=same_coder
        )
    reach = -1 if distance is None else distance
    for i, one in enumerate(codes):
        for j, other in enumerate(codes):
            together = [
                (frozenset((a.id, b.id)), a.document_id)
                for a in codings
                for b in codings
                if a.id != b.id
                and a.document_id == b.document_id
                and a.code in FAMILIES[one]
                and b.code in FAMILIES[other]
                and (not same_coder or a.coder == b.coder)
                and max(a.start_char, b.start_char) - min(a.end_char, b.end_char) <= reach
            ]
            assert found.pairs[i, j] == len({pair for pair, _ in together})
            assert found.documents[i, j] == len({document for _, document in together})
        assert found.codings[i] == sum(coding.code in FAMILIES[one] for coding in codings)


@fewer
@given(studies(), st.sampled_from([Measure.SENTENCES, Measure.SECTION]), st.integers(0, 2))
def test_near_is_what_retrieval_calls_near(study: Study, measure: Measure, distance: int) -> None:
    _, documents, columns = study
    sentences = [sentence_starts(document.text) for document in documents]
    found = cooccurrence(columns, codes=THEMES, distance=distance, measure=measure, sentences=sentences)
    for i, one in enumerate(THEMES):
        for j, other in enumerate(THEMES):
            near = Condition((other,), Relation.NEAR, distance=distance, measure=measure)
            rows = find(columns, Question((one,), (near,)), sentences=sentences)
            first, second = (members(columns, {}, [code]) for code in (one, other))
            listed = pairs(columns, first, second, distance=distance, measure=measure, sentences=sentences)
            assert len(listed) == found.pairs[i, j]
            of_one = listed if one == other else listed[:, :1]
            assert np.unique(of_one).tolist() == rows.tolist()


@fewer
@given(studies(), st.integers(1, 3))
def test_network_has_the_links_with_enough_pairs(study: Study, fewest: int) -> None:
    _, _, columns = study
    found = cooccurrence(columns, codes=THEMES)
    graph = network(found, fewest=fewest, labels={"ECO-FIN": "Money"})
    links = {frozenset(edge): graph.edges[edge]["pairs"] for edge in graph.edges}
    assert links == {
        frozenset((THEMES[a], THEMES[b])): found.pairs[a, b]
        for a, b in np.argwhere(np.triu(found.pairs, k=1) >= fewest)
    }
    assert all(graph.degree(node) for node in graph)
    places = positions(graph)
    assert places == positions(graph)
    assert set(places) == set(graph)
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in places.values())


@fewer
@given(studies())
def test_a_code_and_one_below_it_are_not_counted_side_by_side(study: Study) -> None:
    _, _, columns = study
    if "ECO-FUND" not in columns.codes:
        return
    with pytest.raises(ValueError, match="ECO-FUND"):
        cooccurrence(columns, codes=("ECO", "ECO-FUND"), families=FAMILIES)
