"""Retrieval gives what going through all codings one by one gives."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from codebook.columns import Columns
from codebook.models import Coding, Valence
from codebook.retrieval import Condition, Measure, Question, Relation, Scope, find, in_scope, pairs
from corpus import sections
from corpus.models import Document
from corpus.sentences import sentence_starts
from tests.codebook.columns_of import CODERS, CODES, FAMILIES, SOURCES, fewer, studies

Study = tuple[list[Coding], list[Document], Columns]

some_codes = st.lists(st.sampled_from(CODES), min_size=1, max_size=2, unique=True).map(tuple)
conditions = st.builds(
    Condition,
    codes=some_codes,
    relation=st.sampled_from(Relation),
    absent=st.booleans(),
    distance=st.integers(0, 12),
    measure=st.sampled_from(Measure),
)
questions = st.builds(
    Question,
    codes=st.just(()) | some_codes,
    conditions=st.lists(conditions, max_size=2).map(tuple),
    valences=st.just(()) | st.lists(st.none() | st.sampled_from(list(Valence)), min_size=1).map(tuple),
    speakers=st.just(()) | st.sampled_from([("GP 1",), ("Nurse", "GP 1"), ("Nobody",)]),
)


def bears(coding: Coding, codes: tuple[str, ...]) -> bool:
    return any(coding.code in FAMILIES[code] for code in codes)


def speaker_of(coding: Coding, document: Document) -> str | None:
    spoken: dict[str | None, int] = {}
    for section in document.sections:
        shared = min(section.end_char, coding.end_char) - max(section.start_char, coding.start_char)
        if shared > 0:
            spoken[section.speaker] = spoken.get(section.speaker, 0) + shared
    return max(spoken, key=lambda name: spoken[name], default=None)


def place(document: Document, at: int, measure: Measure) -> int:
    if measure == Measure.SECTION:
        return next(n for n, s in enumerate(document.sections) if s.start_char <= at < s.end_char)
    return bisect_right(sentence_starts(document.text), at)


def is_close(a: Coding, b: Coding, document: Document, condition: Condition) -> bool:
    if condition.measure == Measure.CHARACTERS:
        gap = max(a.start_char, b.start_char) - min(a.end_char, b.end_char)
        return gap <= condition.distance
    spans = [
        (place(document, c.start_char, condition.measure), place(document, c.end_char - 1, condition.measure))
        for c in (a, b)
    ]
    gap = max(spans[0][0], spans[1][0]) - min(spans[0][1], spans[1][1])
    return gap <= (0 if condition.measure == Measure.SECTION else condition.distance)


def stands(a: Coding, b: Coding, document: Document, condition: Condition) -> bool:
    """Whether b stands to a as the condition says."""
    if a is b or a.document_id != b.document_id or not bears(b, condition.codes):
        return False
    match condition.relation:
        case Relation.OVERLAPPING:
            return a.start_char < b.end_char and b.start_char < a.end_char
        case Relation.WITHIN:
            return b.start_char <= a.start_char and a.end_char <= b.end_char
        case Relation.AROUND:
            return a.start_char <= b.start_char and b.end_char <= a.end_char
        case Relation.PRECEDING:
            return a.end_char <= b.start_char and is_close(a, b, document, condition)
        case Relation.FOLLOWING:
            return b.end_char <= a.start_char and is_close(a, b, document, condition)
        case Relation.NEAR:
            return is_close(a, b, document, condition)


def one_by_one(codings: list[Coding], documents: list[Document], question: Question) -> set[int]:
    by_id = {document.id: document for document in documents}
    return {
        coding.id.int
        for coding in codings
        if (not question.codes or bears(coding, question.codes))
        and (not question.valences or coding.valence in question.valences)
        and (not question.speakers or speaker_of(coding, by_id[coding.document_id]) in question.speakers)
        and all(
            any(stands(coding, other, by_id[coding.document_id], condition) for other in codings)
            != condition.absent
            for condition in question.conditions
        )
    }


@fewer
@given(studies(), questions)
def test_question_finds_what_going_through_all_codings_finds(study: Study, question: Question) -> None:
    codings, documents, columns = study
    sentences = [sentence_starts(document.text) for document in documents]
    rows = find(columns, question, families=FAMILIES, sentences=sentences)
    assert {columns.id(row).int for row in rows} == one_by_one(codings, documents, question)
    assert list(rows) == sorted(rows)


@fewer
@given(studies())
def test_columns_hold_the_codings(study: Study) -> None:
    codings, documents, columns = study
    by_id = {document.id: document for document in documents}
    held = {
        columns.id(n).int: (
            columns.texts.documents[columns.document[n]].id,
            columns.start[n],
            columns.end[n],
            columns.codes[columns.code[n]],
            columns.coders[columns.coder[n]],
            None if columns.valence[n] < 0 else list(Valence)[columns.valence[n]],
            None if columns.speaker[n] < 0 else columns.texts.speakers[columns.speaker[n]],
        )
        for n in range(len(columns))
    }
    assert held == {
        c.id.int: (c.document_id, c.start_char, c.end_char, c.code, c.coder, c.valence, who)
        for c in codings
        for who in [speaker_of(c, by_id[c.document_id])]
    }


scopes = st.builds(
    Scope,
    sources=st.sampled_from([(), ("GPs",), ("GPs", "Patients")]),
    kinds=st.sampled_from([(), ("interview",)]),
    attributes=st.sampled_from([None, {"site": ("North",)}, {"site": ()}]),
    since=st.none() | st.dates(dt.date(2023, 11, 1), dt.date(2025, 2, 28)),
    until=st.none() | st.dates(dt.date(2023, 11, 1), dt.date(2025, 2, 28)),
    coders=st.sampled_from([(), CODERS[:1]]),
)


@fewer
@given(studies(), scopes)
def test_scope_keeps_the_codings_of_its_documents_and_coders(study: Study, scope: Scope) -> None:
    codings, documents, columns = study
    labels = {source.id: source for source in SOURCES}

    def wanted(d: Document) -> bool:
        dated = scope.since or scope.until
        return (
            (not scope.sources or labels[d.source_id].label in scope.sources)
            and (not scope.kinds or labels[d.source_id].kind in scope.kinds)
            and (not (scope.attributes or {}).get("site") or d.attributes.get("site") == "North")
            and (not dated or d.date is not None)
            and (not scope.since or (d.date is not None and d.date >= scope.since))
            and (not scope.until or (d.date is not None and d.date <= scope.until))
        )

    left = in_scope(columns, scope)
    assert list(left.asked) == [wanted(document) for document in documents]
    kept = {document.id for document in documents if wanted(document)}
    assert {left.id(n).int for n in range(len(left))} == {
        c.id.int for c in codings if c.document_id in kept and (not scope.coders or c.coder in scope.coders)
    }


@fewer
@given(studies(), st.sampled_from(CODES), st.sampled_from(CODES), st.none() | st.integers(0, 15))
def test_pairs_are_all_pairs_that_overlap_or_are_near(
    study: Study, one: str, other: str, distance: int | None
) -> None:
    codings, _, columns = study
    first, second = (
        np.array([columns.codes[c] == name for c in columns.code], dtype=bool) for name in (one, other)
    )
    reach = -1 if distance is None else distance
    expected = {
        frozenset((a.id.int, b.id.int))
        for a in codings
        for b in codings
        if a.id != b.id
        and a.document_id == b.document_id
        and (a.code, b.code) == (one, other)
        and max(a.start_char, b.start_char) - min(a.end_char, b.end_char) <= reach
    }
    found = pairs(columns, first, second, distance=distance)
    assert {frozenset((columns.id(a).int, columns.id(b).int)) for a, b in found} == expected
    assert len(found) == len(expected)
    assert all(columns.codes[columns.code[a]] == one for a, _ in found)


@fewer
@given(studies())
def test_sections_tell_the_speaker_that_columns_tell(study: Study) -> None:
    """What a row of a framework holds is what a question for the speaker finds."""
    codings, documents, columns = study
    by_id = {document.id: document for document in documents}
    told = {
        columns.id(n): None if number < 0 else columns.texts.speakers[number]
        for n, number in enumerate(columns.speaker)
    }
    assert told == {
        c.id: sections.speaker_of(by_id[c.document_id].sections, c.start_char, c.end_char) for c in codings
    }
