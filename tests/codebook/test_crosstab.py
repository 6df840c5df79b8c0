"""Matrices count what going through all codings counts, and every cell knows of how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codebook.columns import Columns, Texts, as_columns
from codebook.crosstab import Cell, Grouping, Side, crosstab, grouping, period_of
from codebook.models import Coding, Valence
from codebook.retrieval import Scope, in_scope
from corpus.models import Document
from tests.codebook.columns_of import CODES, FAMILIES, SOURCES, fewer, studies
from tests.codebook.test_retrieval import speaker_of

Study = tuple[list[Coding], list[Document], Columns]

#: Any order of rows, levels before or after what lies below them.
rows_of = st.lists(st.sampled_from(CODES), min_size=1, unique=True)


def attribute_of(side: Side) -> str:
    return {Side.SPEAKING: "role", Side.LINKED: "region"}.get(side, "site")


def groups_by(columns: Columns, side: Side) -> Grouping:
    return grouping(columns, side, attribute=attribute_of(side), period="quarter")


def column_of(coding: Coding, document: Document, side: Side, texts: Texts) -> str | None:
    speaker = speaker_of(coding, document)
    of_coding = {
        Side.SPEAKER: speaker,
        Side.SPEAKING: texts.people[speaker].said.get("role") if speaker in texts.people else None,
        Side.VALENCE: coding.valence,
        Side.CODER: coding.coder,
    }
    return of_coding[side] if side in of_coding else column_of_document(document, side, texts)


def column_of_document(document: Document, side: Side, texts: Texts) -> str | None:
    source = next(source for source in SOURCES if source.id == document.source_id)
    regions = {texts.people[name].said.get("region") for name in cases_of(document, texts)} - {None}
    return {
        Side.KIND: source.kind,
        Side.SOURCE: source.label,
        Side.ATTRIBUTE: document.attributes.get("site"),
        Side.LINKED: "East" if regions else None,
        Side.PERIOD: None if document.date is None else period_of(document.date, "quarter"),
    }[side]


def cases_of(document: Document, texts: Texts) -> tuple[str, ...]:
    return next(facts.cases for facts in texts.documents if facts.id == document.id)


def linked_to(document: Document, texts: Texts, kind: str) -> set[Hashable]:
    return {name for name in cases_of(document, texts) if texts.people[name].kind == kind}


def identity_of(document: Document, speaker: str | None, texts: Texts) -> Hashable:
    if speaker is not None:
        return speaker if speaker in texts.people else (document.id, speaker)
    persons = sorted(map(str, linked_to(document, texts, "person")))
    return persons[0] if len(persons) == 1 else (document.id, None)


def things_in(coding: Coding, document: Document, cell: Cell, texts: Texts) -> set[Hashable]:
    """What a coding adds to the set that a cell counts."""
    who = speaker_of(coding, document)
    has_speakers = any(section.speaker for section in document.sections)
    if cell == Cell.SEGMENTS:
        return {coding.id}
    if cell == Cell.PARTICIPANTS:
        return set() if who is None and has_speakers else {identity_of(document, who, texts)}
    if cell == Cell.TEXT:
        return {(document.id, place) for place in range(coding.start_char, coding.end_char)}
    return whole_of(document, cell, texts)


def whole_of(document: Document, cell: Cell, texts: Texts) -> set[Hashable]:
    speakers = {section.speaker for section in document.sections if section.speaker} or {None}
    return {
        Cell.DOCUMENTS: {document.id},
        Cell.PARTICIPANTS: {identity_of(document, speaker, texts) for speaker in speakers},
        Cell.PERSONS: linked_to(document, texts, "person"),
        Cell.SITES: linked_to(document, texts, "site"),
        Cell.TEXT: {(document.id, place) for place in range(len(document.text))},
    }[cell]


@fewer
@given(studies(), rows_of, st.sampled_from(Side), st.sampled_from(Cell), st.booleans())
def test_matrix_counts_what_going_through_all_codings_counts(
    study: Study, rows: list[str], side: Side, cell: Cell, only_gps: bool
) -> None:
    codings, documents, columns = study
    texts = columns.texts
    if only_gps:
        columns = in_scope(columns, Scope(sources=("GPs",)))
        documents = [d for d in documents if d.source_id == SOURCES[0].id]
    by_id = {document.id: document for document in documents}
    codings = [coding for coding in codings if coding.document_id in by_id]
    found = crosstab(columns, groups_by(columns, side), rows=rows, cell=cell, families=FAMILIES)
    cells: dict[tuple[str, str | None], set[Hashable]] = {}
    totals: dict[str, set[Hashable]] = {row: set() for row in rows}
    for coding in codings:
        document = by_id[coding.document_id]
        for row in rows:
            if coding.code in FAMILIES[row]:
                things = things_in(coding, document, cell, texts)
                cells.setdefault((row, column_of(coding, document, side, texts)), set()).update(things)
                totals[row] |= things
    for r, row in enumerate(rows):
        for c, label in enumerate(found.labels):
            assert found.counts[r, c] == len(cells.pop((row, label), ())), (row, label)
        assert found.totals[r] == len(totals[row])
    assert not cells, "every coding stands in some column"
    if cell == Cell.SEGMENTS:
        assert found.total_denominator == len(codings)
        columns_told = Counter(column_of(c, by_id[c.document_id], side, texts) for c in codings)
        assert dict(zip(found.labels, found.denominators, strict=True)).items() >= columns_told.items()
    else:
        everything = [whole_of(document, cell, texts) for document in documents]
        assert found.total_denominator == len(set().union(*everything))


@fewer
@given(
    studies(),
    st.sampled_from([Side.KIND, Side.SOURCE, Side.ATTRIBUTE, Side.LINKED, Side.PERIOD]),
    st.sampled_from(Cell),
)
def test_denominators_of_a_column_are_what_its_documents_hold(study: Study, side: Side, cell: Cell) -> None:
    codings, documents, columns = study
    found = crosstab(columns, groups_by(columns, side), rows=CODES, cell=cell)
    expected: dict[str | None, set[Hashable]] = {}
    for document in documents:
        whole = (
            {coding.id for coding in codings if coding.document_id == document.id}
            if cell == Cell.SEGMENTS
            else whole_of(document, cell, columns.texts)
        )
        expected.setdefault(column_of_document(document, side, columns.texts), set()).update(whole)
    assert dict(zip(found.labels, found.denominators, strict=True)) == {
        label: len(things) for label, things in expected.items()
    }


@fewer
@given(
    studies(),
    st.sampled_from([Side.SPEAKER, Side.SPEAKING, Side.CODER, Side.VALENCE]),
    st.sampled_from(Cell),
)
def test_no_cell_is_more_than_its_denominator(study: Study, side: Side, cell: Cell) -> None:
    _, _, columns = study
    found = crosstab(columns, groups_by(columns, side), rows=["ECO", "SOC"], cell=cell, families=FAMILIES)
    if (
        side not in (Side.SPEAKER, Side.SPEAKING) or cell != Cell.TEXT
    ):  # a coding is the main speaker's, others' words included
        assert (found.counts <= found.denominators).all()


@fewer
@given(studies(), st.sampled_from(Side))
def test_codings_of_a_row_add_up_to_the_tree(study: Study, side: Side) -> None:
    codings, _, columns = study
    found = crosstab(
        columns,
        groups_by(columns, side),
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
