"""Which passages bear these codes, alone or beside others: a question asked of codings.

A question seeks codings that bear one of some codes. Conditions say what must stand beside each:
another coding that overlaps it, holds it, lies in it, is near it, comes after or before it; or
must not. Nothing here knows who asks: what a person may not see must not be among the columns.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from codebook.columns import NONE, VALENCES, Choice, Columns, DocumentFacts, Numbers, members, only
from codebook.models import Valence
from codebook.voices import heard_only, linked_only


class Relation(StrEnum):
    """How another coding stands to the one that is sought."""

    OVERLAPPING = "overlapping"  # shares a character with it
    WITHIN = "within"  # the one sought lies wholly in the other
    AROUND = "around"  # the one sought wholly holds the other
    NEAR = "near"  # at most a distance away, on either side
    PRECEDING = "preceding"  # the one sought ends before the other begins, at most a distance away
    FOLLOWING = "following"  # the one sought begins after the other has ended


class Measure(StrEnum):
    """What a distance is counted in."""

    CHARACTERS = "characters"
    SENTENCES = "sentences"
    SECTION = "section"  # in the same paragraph or turn; the distance plays no part


@dataclass(frozen=True)
class Condition:
    """Another coding, with one of ``codes`` or below, that must stand beside the one sought.

    ``distance`` counts from the end of the one to the begin of the other, in ``measure``: 0
    sentences is "in the same sentence or overlapping". It matters for near, preceding, following.
    """

    codes: tuple[str, ...]
    relation: Relation = Relation.OVERLAPPING
    absent: bool = False  # turns the condition round: no such coding may stand there
    distance: int = 0
    measure: Measure = Measure.CHARACTERS


@dataclass(frozen=True)
class Question:
    """The passages that are sought: any of ``codes``, or below one (none named: all), and what holds of them.

    An empty tuple or None leaves that out of account. ``valences`` may hold None: none was given.
    """

    codes: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    valences: tuple[Valence | None, ...] = ()
    speakers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scope:
    """The documents, people and coders that a question is about; an empty tuple or None: all of them.

    ``attributes`` maps the name of an attribute to the values wanted; ``speaking`` does so of the
    participant whose words are coded, ``linked`` of a person or site that the document is linked to,
    both with name, role and group among the attributes. Undated documents are left out as soon as a
    date is asked for.
    """

    sources: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    attributes: Mapping[str, tuple[str, ...]] | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    coders: tuple[str, ...] = ()
    speaking: Mapping[str, tuple[str, ...]] | None = None
    linked: Mapping[str, tuple[str, ...]] | None = None


def in_scope(columns: Columns, scope: Scope) -> Columns:
    """The codings of these coders in these documents and words; the denominators count these alone."""
    documents = np.array(
        [_is_wanted(document, scope) for document in columns.texts.documents], dtype=np.bool_
    )
    codings = None
    if scope.coders:
        codings = np.array([coder in scope.coders for coder in columns.coders], dtype=np.bool_)[columns.coder]
    columns = only(columns, codings=codings, documents=documents)
    if any((scope.linked or {}).values()):
        columns = linked_only(columns, scope.linked or {})
    if any((scope.speaking or {}).values()):
        columns = heard_only(columns, scope.speaking or {})
    return columns


def find(
    columns: Columns,
    question: Question,
    *,
    families: Mapping[str, Iterable[str]] | None = None,
    sentences: Sequence[Sequence[int]] | None = None,
) -> Numbers:
    """The codings that answer a question, in the order of documents and places.

    Parameters
    ----------
    columns : Columns
        All codings asked about; partners are sought among them too.
    families : mapping, optional
        Code to itself and all codes below it, which count for it. A code that is not in it stands
        for itself.
    sentences : sequence, optional
        Where sentences begin in each text (`corpus.sentences`); needed when a condition counts in
        sentences.

    Returns
    -------
    int64 array
        Row numbers of ``columns``. A coding is never its own partner.

    Raises
    ------
    ValueError
        If a condition counts in sentences and none are given.
    """
    families = families or {}
    found = _sought(columns, question, families)
    for condition in question.conditions:
        others = members(columns, families, condition.codes)
        beside = _beside(columns, found, others, condition, sentences)
        found = found & (~beside if condition.absent else beside)
    return np.flatnonzero(found)


def pairs(
    columns: Columns,
    one: Choice,
    other: Choice,
    *,
    distance: int | None = None,
    measure: Measure = Measure.CHARACTERS,
    sentences: Sequence[Sequence[int]] | None = None,
) -> Numbers:
    """Pairs of codings that overlap, or are at most so far apart.

    Parameters
    ----------
    one, other : bool array, shape (n,)
        Which codings stand first and second in a pair.
    distance, measure, sentences
        As in `reaches`.

    Returns
    -------
    int64 array, shape (n_pairs, 2)
        Row numbers of ``columns``, each two codings once.
    """
    chosen = np.flatnonzero(one | other)
    begins, reach = reaches(columns, distance, measure, sentences)
    until = np.searchsorted(begins[chosen], reach[chosen], side="left")
    later = np.maximum(until - np.arange(len(chosen)) - 1, 0)
    first = np.repeat(np.arange(len(chosen)), later)
    second = first + 1 + np.arange(len(first)) - np.repeat(np.cumsum(later) - later, later)
    a, b = chosen[first], chosen[second]
    straight, crossed = one[a] & other[b], one[b] & other[a]
    swapped = crossed & ~straight
    together = straight | crossed
    return np.stack([np.where(swapped, b, a)[together], np.where(swapped, a, b)[together]], axis=1)


def reaches(
    columns: Columns,
    distance: int | None,
    measure: Measure = Measure.CHARACTERS,
    sentences: Sequence[Sequence[int]] | None = None,
) -> tuple[Numbers, Numbers]:
    """Where each coding begins, and before where one that follows must begin to stand together with it.

    Parameters
    ----------
    distance : int, optional
        None: together are those that share a character.
    measure : Measure
        What a distance is counted in; in the same section it plays no part.
    sentences : sequence, optional
        Where sentences begin in each text; needed when the distance is counted in them.

    Returns
    -------
    two int64 arrays, shape (n,)
        The first never falls from one row to the next.
    """
    if distance is None:
        return columns.on_line()
    first, last, reach = _positions(columns, distance, measure, sentences)
    return first, last + reach + 1


def _is_wanted(document: DocumentFacts, scope: Scope) -> bool:
    asks_date = scope.since is not None or scope.until is not None
    return (
        (not scope.sources or document.source in scope.sources)
        and (not scope.kinds or document.kind in scope.kinds)
        and all(
            not values or document.attributes.get(name) in values
            for name, values in (scope.attributes or {}).items()
        )
        and not (asks_date and document.date is None)
        and (scope.since is None or document.date is None or document.date >= scope.since)
        and (scope.until is None or document.date is None or document.date <= scope.until)
    )


def _sought(columns: Columns, question: Question, families: Mapping[str, Iterable[str]]) -> Choice:
    found = np.ones(len(columns), dtype=np.bool_)
    if question.codes:
        found &= members(columns, families, question.codes)
    if question.valences:
        wanted = [NONE if valence is None else VALENCES.index(valence) for valence in question.valences]
        found &= np.isin(columns.valence, wanted)
    if question.speakers:
        speakers = columns.texts.speakers
        found &= np.isin(columns.speaker, [speakers.index(s) for s in question.speakers if s in speakers])
    return found


def _beside(
    columns: Columns,
    found: Choice,
    others: Choice,
    condition: Condition,
    sentences: Sequence[Sequence[int]] | None,
) -> Choice:
    """For each coding, whether another one of ``others`` stands to it as the condition says.

    Each relation is counted by two sorted searches: with half-open stretches "shares a character"
    is "begins before my end" less "ends by my begin", since whatever has ended has also begun.
    """
    start, end = columns.on_line()
    itself = others.astype(np.int64)
    if condition.relation == Relation.OVERLAPPING:
        begun = np.searchsorted(np.sort(start[others]), end, side="left")
        ended = np.searchsorted(np.sort(end[others]), start, side="right")
        return begun - ended - itself > 0
    if condition.relation == Relation.WITHIN:
        return _held(start, end, others)
    if condition.relation == Relation.AROUND:
        return _held(-start, -end, others)
    first, last, reach = _positions(columns, condition.distance, condition.measure, sentences)
    if condition.relation == Relation.NEAR:
        begun = np.searchsorted(np.sort(first[others]), last + reach, side="right")
        ended = np.searchsorted(np.sort(last[others]), first - reach, side="left")
        return begun - ended - itself > 0
    # What comes first is told by characters, how far by the measure.
    if condition.relation == Relation.PRECEDING:
        return _soon(end, last + reach, start[others], first[others])
    return _soon(-start, -first + reach, -end[others], -last[others])


def _soon(ends: Numbers, limits: Numbers, begins: Numbers, positions: Numbers) -> Choice:
    """Whether something begins at or after each end, at a position within each limit.

    Positions grow with begins, so that the next to begin is also the nearest.
    """
    if not len(begins):
        return np.zeros(len(ends), dtype=np.bool_)
    order = np.argsort(begins, kind="stable")
    following = np.searchsorted(begins[order], ends, side="left")
    nearest = positions[order][np.minimum(following, len(begins) - 1)]
    return (following < len(begins)) & (nearest <= limits)


def _held(start: Numbers, end: Numbers, others: Choice) -> Choice:
    """Whether another coding begins no later and ends no sooner.

    Among those that begin no later the longest reach decides; for a coding that is itself among
    them, the second longest.
    """
    if not others.any():
        return np.zeros(len(start), dtype=np.bool_)
    order = np.argsort(start[others], kind="stable")
    begins, ends = start[others][order], end[others][order]
    longest = np.maximum.accumulate(ends)
    before = np.concatenate([[np.iinfo(np.int64).min], longest[:-1]])
    second = np.maximum.accumulate(np.minimum(ends, before))
    upto = np.searchsorted(begins, start, side="right") - 1
    there = upto >= 0
    reach = np.where(others, second[upto], longest[upto])
    return there & (reach >= end)


def _positions(
    columns: Columns, distance: int, measure: Measure, sentences: Sequence[Sequence[int]] | None
) -> tuple[Numbers, Numbers, int]:
    """First and last position of each coding in a measure, and how far to look."""
    if measure == Measure.CHARACTERS:
        return *columns.on_line(apart=distance), distance
    if measure == Measure.SECTION:
        return _section_at(columns, columns.start), _section_at(columns, columns.end - 1), 0
    if sentences is None:
        raise ValueError("a distance in sentences needs to know where sentences begin")
    apart = max(map(len, sentences), default=0) + distance + 1
    first, last = (_sentence_at(columns, sentences, place) for place in (columns.start, columns.end - 1))
    return columns.text * apart + first, columns.text * apart + last, distance


def _sentence_at(columns: Columns, sentences: Sequence[Sequence[int]], place: Numbers) -> Numbers:
    stride = max(columns.texts.stride, int(columns.end.max(initial=0)) + 1)
    starts = np.array([s + t * stride for t, begun in enumerate(sentences) for s in begun], dtype=np.int64)
    before: Numbers = np.cumsum([0, *map(len, sentences)], dtype=np.int64)
    return np.searchsorted(starts, columns.text * stride + place, side="right") - before[columns.text]


def _section_at(columns: Columns, place: Numbers) -> Numbers:
    """The paragraph or turn that each place lies in; headings between two count as one of their own."""
    texts = columns.texts
    stride = max(texts.stride, int(columns.end.max(initial=0)) + 1)
    at = columns.text * stride + place
    begun = np.searchsorted(texts.section_text * stride + texts.section_start, at, side="right")
    ended = np.searchsorted(texts.section_text * stride + texts.section_end, at, side="right")
    return begun + ended + 2 * columns.text
