"""Matrices count what going through all codings counts, and every cell knows of how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codebook.columns import Columns, as_columns
from codebook.crosstab import Cell, Side, crosstab, grouping, period_of
from codebook.models import Coding, Valence
from codebook.retrieval import Scope, in_scope
from corpus.models import Document
from tests.codebook.columns_of import CODES, FAMILIES, SOURCES, studies, unhurried
from tests.codebook.test_retrieval import speaker_of

Study = tuple[list[Coding], list[Document], Columns]

#: Any order of rows, levels before or after what lies below them.
rows_of = st.lists(st.sampled_from(CODES), min_size=1, unique=True)


def column_of(coding: Coding, document: Document, side: Side) -> str | None:
    of_coding = {
        Side.SPEAKER: speaker_of(coding, document),
        Side.VALENCE: coding.valence,
        Side.CODER: coding.coder,
    }
    return of_coding[side] if side in of_coding else column_of_document(document, side)


def column_of_document(document: Document, side: Side) -> str | None:
    source = next(source for source in SOURCES if source.id == document.source_id)
    return {
        Side.KIND: source.kind,
        Side.SOURCE: source.label,
        Side.ATTRIBUTE: document.attributes.get("site"),
        Side.PERIOD: None if document.date is None else period_of(document.date, "quarter"),
    }[side]


def things_in(coding: Coding, document: Document, cell: Cell) -> set[Hashable]:
    """What a coding adds to the set that a cell counts."""
    who = speaker_of(coding, document)
    has_speakers = any(section.speaker for section in document.sections)
    return {
        Cell.SEGMENTS: {coding.id},
        Cell.DOCUMENTS: {document.id},
        Cell.PARTICIPANTS: set() if who is None and has_speakers else {(document.id, who)},
        Cell.TEXT: {(document.id, place) for place in range(coding.start_char, coding.end_char)},
    }[cell]


def whole_of(document: Document, cell: Cell) -> set[Hashable]:
    people = {(document.id, section.speaker) for section in document.sections if section.speaker}
    return {
        Cell.DOCUMENTS: {document.id},
        Cell.PARTICIPANTS: people or {(document.id, None)},
        Cell.TEXT: {(document.id, place) for place in range(len(document.text))},
    }[cell]


@unhurried
@given(studies(), rows_of, st.sampled_from(Side), st.sampled_from(Cell), st.booleans())
def test_matrix_counts_what_going_through_all_codings_counts(
    study: Study, rows: list[str], side: Side, cell: Cell, only_gps: bool
) -> None:
    codings, documents, columns = study
    if only_gps:
        columns = in_scope(columns, Scope(sources=("GPs",)))
        documents = [d for d in documents if d.source_id == SOURCES[0].id]
    by_id = {document.id: document for document in documents}
    codings = [coding for coding in codings if coding.document_id in by_id]
    groups = grouping(columns, side, attribute="site", period="quarter")
    found = crosstab(columns, groups, rows=rows, cell=cell, families=FAMILIES)
    cells: dict[tuple[str, str | None], set[Hashable]] = {}
    totals: dict[str, set[Hashable]] = {row: set() for row in rows}
    for coding in codings:
        document = by_id[coding.document_id]
        for row in rows:
            if coding.code in FAMILIES[row]:
                things = things_in(coding, document, cell)
                cells.setdefault((row, column_of(coding, document, side)), set()).update(things)
                totals[row] |= things
    for r, row in enumerate(rows):
        for c, label in enumerate(found.labels):
            assert found.counts[r, c] == len(cells.pop((row, label), ())), (row, label)
        assert found.totals[r] == len(totals[row])
    assert not cells, "every coding stands in some column"
    if cell == Cell.SEGMENTS:
        assert found.total_denominator == len(codings)
        columns_told = Counter(column_of(c, by_id[c.document_id], side) for c in codings)
        assert dict(zip(found.labels, found.denominators, strict=True)).items() >= columns_told.items()
    else:
        assert found.total_denominator == sum(len(whole_of(document, cell)) for document in documents)


@unhurried
@given(
    studies(), st.sampled_from([Side.KIND, Side.SOURCE, Side.ATTRIBUTE, Side.PERIOD]), st.sampled_from(Cell)
)
def test_denominators_of_a_column_are_what_its_documents_hold(study: Study, side: Side, cell: Cell) -> None:
    codings, documents, columns = study
    found = crosstab(
        columns, grouping(columns, side, attribute="site", period="quarter"), rows=CODES, cell=cell
    )
    expected: Counter[str | None] = Counter()
    for document in documents:
        label = column_of_document(document, side)
        if cell == Cell.SEGMENTS:
            expected[label] += sum(coding.document_id == document.id for coding in codings)
        else:
            expected[label] += len(whole_of(document, cell))
    assert dict(zip(found.labels, found.denominators, strict=True)) == dict(expected)


@unhurried
@given(studies(), st.sampled_from([Side.SPEAKER, Side.CODER, Side.VALENCE]), st.sampled_from(Cell))
def test_no_cell_is_more_than_its_denominator(study: Study, side: Side, cell: Cell) -> None:
    _, _, columns = study
    found = crosstab(columns, grouping(columns, side), rows=["ECO", "SOC"], cell=cell, families=FAMILIES)
    if (side, cell) != (Side.SPEAKER, Cell.TEXT):  # a coding is the main speaker's, others' words included
        assert (found.counts <= found.denominators).all()


@unhurried
@given(studies(), st.sampled_from(Side))
def test_codings_of_a_row_add_up_to_the_tree(study: Study, side: Side) -> None:
    codings, _, columns = study
    found = crosstab(
        columns,
        grouping(columns, side, attribute="site"),
        rows=CODES,
        cell=Cell.SEGMENTS,
        families={code: (code,) for code in CODES},
    )
    tree = Counter(coding.code for coding in codings)
    assert dict(zip(found.rows, found.counts.sum(axis=1), strict=True)) == {
        code: tree[code] for code in CODES
    }


def test_barriers_of_interviews_as_share_of_text() -> None:
    from uuid import UUID

    document = Document(UUID(int=9), SOURCES[0].id, "GP 1", "x" * 100, (), "")
    codings = [
        Coding(UUID(int=n), document.id, "Anke", "ECO", start, end, "", Valence.BARRIER)
        for n, (start, end) in enumerate([(0, 30), (10, 40), (50, 60)])
    ]
    columns = as_columns(codings, [document], SOURCES)
    found = crosstab(columns, grouping(columns, Side.KIND), rows=["ECO"], cell=Cell.TEXT)
    assert found.shares().tolist() == [[0.5]]


def test_attribute_needs_a_name() -> None:
    columns = as_columns([], [], [])
    with pytest.raises(ValueError, match="none is named"):
        grouping(
            as_columns([], [Document(SOURCES[0].id, SOURCES[0].id, "", "", (), "")], SOURCES), Side.ATTRIBUTE
        )
    assert crosstab(columns, grouping(columns, Side.KIND), rows=["ECO"], cell=Cell.TEXT).counts.shape == (
        1,
        0,
    )
