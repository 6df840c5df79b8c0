"""Where coders differ: every place, with what kind of difference it is.

Each coding of a coder is either in agreement with one coding of another coder or in exactly one
disagreement with that coder; with three coders and more, coders are compared two by two. The place
of a disagreement has a name made of the codings in it, so that it is the same for everyone, always.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from uuid import UUID, uuid5

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from codebook.models import Coding


class Kind(StrEnum):
    """What two coders differ about."""

    MISSED = "missed"  # only one of them coded
    OTHER_CODE = "other_code"  # overlapping passages, other codes
    SIBLING = "sibling"  # the same, and the codes have the same parent
    BOUNDARY = "boundary"  # the same code, other ends
    VALENCE = "valence"  # the same code and passage, another valence


#: What most disagreements are about, with {n} of {total}.
SENTENCES: Mapping[Kind, str] = {
    Kind.MISSED: "{n} of {total} disagreements are about whether to code the passage at all",
    Kind.OTHER_CODE: "{n} of {total} disagreements are about which code the passage gets",
    Kind.SIBLING: "{n} of {total} disagreements are between codes that stand side by side in the codebook",
    Kind.BOUNDARY: "{n} of {total} disagreements are about where the passage ends, not about the code",
    Kind.VALENCE: "{n} of {total} disagreements are about the direction, not about the code",
}


@dataclass(frozen=True)
class Side:
    """What one coder has at a place; no coding where they coded nothing.

    ``coders`` are several only where several coded nothing.
    """

    coders: tuple[str, ...]
    coding: Coding | None


@dataclass(frozen=True)
class Disagreement:
    """A place where coders differ; the first side is that of the coder named first in the round.

    ``in_dispute`` counts characters: of the passage that only one coded, of both passages where the
    codes or the valence differ, and else of what only one of the two passages covers.
    """

    kind: Kind
    document_id: UUID
    first: Side
    second: Side
    in_dispute: int

    @property
    def codings(self) -> tuple[Coding, ...]:
        return tuple(side.coding for side in (self.first, self.second) if side.coding is not None)

    @property
    def coders(self) -> tuple[str, ...]:
        return self.first.coders + self.second.coders

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes in dispute, one or two."""
        return tuple(dict.fromkeys(coding.code for coding in self.codings))

    @property
    def start_char(self) -> int:
        return min(coding.start_char for coding in self.codings)

    @property
    def end_char(self) -> int:
        return max(coding.end_char for coding in self.codings)


@dataclass(frozen=True)
class Comparison:
    """Disagreements, the largest first, and the codings about which all coders agree."""

    disagreements: tuple[Disagreement, ...]
    agreed: tuple[Coding, ...]


def compare(
    codings: Iterable[Coding], coders: Sequence[str], parents: Mapping[str, str | None]
) -> Comparison:
    """Every place where two coders differ, of the documents that all of them have finished.

    Within a document the codings of two coders are paired one to one: equal ones first, then those
    of the same code, then the rest, each so that the paired passages overlap in as many characters
    as can be. A coding that is left alone was missed by the other.

    Parameters
    ----------
    codings : iterable of Coding
        What the coders had when they finished. Those of others are left out.
    coders : sequence of str
        In the order of the round, which decides who is first.
    parents : mapping
        Code key → key of the code above it, None for a level.

    Returns
    -------
    Comparison
        ``disagreements`` with the most characters in dispute first. ``agreed`` has each coding that
        every other coder has too - same passage, code and valence - once, as the first coder's.

    Examples
    --------
    >>> from uuid import uuid4
    >>> document = uuid4()
    >>> ann = Coding(uuid4(), document, "Ann", "ECO", 0, 10, "")
    >>> ben = Coding(uuid4(), document, "Ben", "ECO", 0, 14, "")
    >>> (found,) = compare([ann, ben], ["Ann", "Ben"], {}).disagreements
    >>> found.kind.value, found.in_dispute
    ('boundary', 4)
    """
    held: dict[UUID, dict[str, list[Coding]]] = defaultdict(lambda: defaultdict(list))
    for coding in sorted(codings, key=_order):
        if coding.coder in coders:
            held[coding.document_id][coding.coder].append(coding)
    found: list[Disagreement] = []
    agreed: list[Coding] = []
    for document_id, of_coder in held.items():
        here = list(_joined(_of_document(document_id, of_coder, coders, parents), coders))
        found += here
        disputed = {coding.id for place in here for coding in place.codings}
        agreed += _once(c for coder in coders for c in of_coder[coder] if c.id not in disputed)
    return Comparison(tuple(sorted(found, key=_largest_first)), tuple(sorted(agreed, key=_order)))


def place_name(round_id: UUID, codings: Iterable[Coding]) -> UUID:
    """The name of a place in a round: made of the codings that take part, in whatever order."""
    return uuid5(round_id, " ".join(sorted(coding.id.hex for coding in codings)))


def kinds_by_code(disagreements: Iterable[Disagreement]) -> dict[str, Counter[Kind]]:
    """How often coders differ about each code, by kind; a place with two codes counts for both."""
    counted: dict[str, Counter[Kind]] = defaultdict(Counter)
    for place in disagreements:
        for code in place.codes:
            counted[code][place.kind] += 1
    return dict(counted)


def mostly_about(kinds: Mapping[Kind, int]) -> tuple[Kind, int, int] | None:
    """The commonest kind with its number and the number of all; None where there is none.

    Of equally common kinds the one that stands first in `Kind`, which is the graver.
    """
    total = sum(kinds.values())
    if total == 0:
        return None
    kind = max(Kind, key=lambda kind: kinds.get(kind, 0))
    return kind, kinds[kind], total


def in_words(kinds: Mapping[Kind, int]) -> str:
    """What most disagreements are about, as a sentence; empty where there are none.

    >>> in_words({Kind.BOUNDARY: 3, Kind.MISSED: 1})
    '3 of 4 disagreements are about where the passage ends, not about the code'
    """
    found = mostly_about(kinds)
    if found is None:
        return ""
    kind, n, total = found
    return SENTENCES[kind].format(n=n, total=total)


def loses_nothing(place: Disagreement) -> Coding | None:
    """The coding that holds all that the other says: same code and valence, and it contains the other.

    None where a choice would lose something.
    """
    if place.kind is not Kind.BOUNDARY:
        return None
    one, other = place.codings
    if one.valence != other.valence:
        return None
    for wide, narrow in ((one, other), (other, one)):
        if wide.start_char <= narrow.start_char and narrow.end_char <= wide.end_char:
            return wide
    return None


# --- two coders, one document ------------------------------------------------------------------------


def _of_document(
    document_id: UUID,
    of_coder: Mapping[str, list[Coding]],
    coders: Sequence[str],
    parents: Mapping[str, str | None],
) -> Iterator[Disagreement]:
    for first, second in combinations(coders, 2):
        # Equal overlaps are decided the same way whoever is named first.
        one, other = sorted((first, second))
        paired = {
            frozenset((a.id, b.id)): (a, b) if one == first else (b, a)
            for a, b in _pairs(of_coder.get(one, []), of_coder.get(other, []))
        }
        in_pairs = {id for pair in paired for id in pair}
        for a, b in paired.values():
            kind = _kind(a, b, parents)
            if kind is not None:
                yield Disagreement(
                    kind, document_id, Side((first,), a), Side((second,), b), _in_dispute(kind, a, b)
                )
        for coder, others, is_first in ((first, second, True), (second, first, False)):
            for coding in of_coder.get(coder, []):
                if coding.id not in in_pairs:
                    one_side, other_side = Side((coder,), coding), Side((others,), None)
                    sides = (one_side, other_side) if is_first else (other_side, one_side)
                    yield Disagreement(Kind.MISSED, document_id, *sides, in_dispute=_length(coding))


def _pairs(one: Sequence[Coding], other: Sequence[Coding]) -> Iterator[tuple[Coding, Coding]]:
    """Equal codings, then those of the same code, then the rest; each coding at most once."""
    left, right = list(one), list(other)
    for pairs in (_equal, _overlapping(_code_of), _overlapping(_nothing_of)):
        found = list(pairs(left, right))
        yield from found
        taken = {coding.id for pair in found for coding in pair}
        left = [coding for coding in left if coding.id not in taken]
        right = [coding for coding in right if coding.id not in taken]


def _equal(left: Sequence[Coding], right: Sequence[Coding]) -> Iterator[tuple[Coding, Coding]]:
    waiting: dict[object, list[Coding]] = defaultdict(list)
    for coding in right:
        waiting[_all_of(coding)].append(coding)
    for coding in left:
        same = waiting.get(_all_of(coding))
        if same:
            yield coding, same.pop(0)


def _overlapping(same: _Sameness) -> _Pairing:
    return lambda left, right: _best(left, right, same)


def _best(
    left: Sequence[Coding], right: Sequence[Coding], same: _Sameness
) -> Iterator[tuple[Coding, Coding]]:
    """Pairs of codings that are the same in some respect, overlapping as much as can be."""
    for ours, theirs in _groups(left, right, same):
        if len(ours) == len(theirs) == 1:
            yield ours[0], theirs[0]
            continue
        a, b = _spans(ours), _spans(theirs)
        shared = np.minimum(a[:, None, 1], b[None, :, 1]) - np.maximum(a[:, None, 0], b[None, :, 0])
        apart = abs(a[:, None, :] - b[None, :, :]).sum(axis=2)
        # Of equal overlaps the pair whose ends lie nearer; what does not overlap is no pair.
        weight = np.where(shared > 0, shared * (2.0 * len(a) * apart.max() + 1) - apart, 0)
        for n, m in zip(*linear_sum_assignment(weight, maximize=True), strict=True):
            if shared[n, m] > 0:
                yield ours[n], theirs[m]


def _groups(
    left: Sequence[Coding], right: Sequence[Coding], same: _Sameness
) -> Iterator[tuple[list[Coding], list[Coding]]]:
    """Codings among which pairs can be: the same in some respect, and in one chain of overlaps."""
    by_what: dict[object, list[tuple[Coding, bool]]] = defaultdict(list)
    for codings, is_left in ((left, True), (right, False)):
        for coding in codings:
            by_what[same(coding)].append((coding, is_left))
    for members in by_what.values():
        reach, chain = 0, list[tuple[Coding, bool]]()
        for coding, is_left in sorted(members, key=lambda member: _order(member[0])):
            if coding.start_char >= reach:
                yield from _sides(chain)
                chain = []
            chain.append((coding, is_left))
            reach = max(reach, coding.end_char)
        yield from _sides(chain)


def _sides(chain: Sequence[tuple[Coding, bool]]) -> Iterator[tuple[list[Coding], list[Coding]]]:
    sides = [c for c, is_left in chain if is_left], [c for c, is_left in chain if not is_left]
    if all(sides):
        yield sides


def _kind(one: Coding, other: Coding, parents: Mapping[str, str | None]) -> Kind | None:
    if one.code != other.code:
        parent = parents.get(one.code)
        return Kind.SIBLING if parent is not None and parent == parents.get(other.code) else Kind.OTHER_CODE
    if (one.start_char, one.end_char) != (other.start_char, other.end_char):
        return Kind.BOUNDARY
    return None if one.valence == other.valence else Kind.VALENCE


def _in_dispute(kind: Kind, one: Coding, other: Coding) -> int:
    shared = min(one.end_char, other.end_char) - max(one.start_char, other.start_char)
    either = _length(one) + _length(other) - shared
    return either - shared if kind is Kind.BOUNDARY and one.valence == other.valence else either


def _joined(found: Iterable[Disagreement], coders: Sequence[str]) -> Iterator[Disagreement]:
    """A coding that several others missed is one place."""
    missed: dict[UUID, list[Disagreement]] = defaultdict(list)
    for place in found:
        if place.kind is Kind.MISSED:
            missed[place.codings[0].id].append(place)
        else:
            yield place
    for places in missed.values():
        (coding,) = places[0].codings
        others = {coder for place in places for coder in place.coders} - {coding.coder}
        without = Side(tuple(coder for coder in coders if coder in others), None)
        first, second = sorted(
            (Side((coding.coder,), coding), without), key=lambda side: coders.index(side.coders[0])
        )
        yield Disagreement(Kind.MISSED, coding.document_id, first, second, places[0].in_dispute)


def _once(codings: Iterable[Coding]) -> list[Coding]:
    """Equal codings once, the first of them; those that one coder has twice stay two."""
    kept: dict[tuple[object, ...], list[Coding]] = defaultdict(list)
    for coding in codings:
        same = kept[_all_of(coding)]
        if not same or same[0].coder == coding.coder:
            same.append(coding)
    return [coding for same in kept.values() for coding in same]


_Sameness = Callable[[Coding], tuple[object, ...]]
_Pairing = Callable[[Sequence[Coding], Sequence[Coding]], Iterator[tuple[Coding, Coding]]]


def _all_of(coding: Coding) -> tuple[object, ...]:
    return coding.code, coding.start_char, coding.end_char, coding.valence


def _code_of(coding: Coding) -> tuple[object, ...]:
    return (coding.code,)


def _nothing_of(coding: Coding) -> tuple[object, ...]:
    return ()


def _spans(codings: Sequence[Coding]) -> NDArray[np.int64]:
    return np.array([(coding.start_char, coding.end_char) for coding in codings], dtype=np.int64)


def _length(coding: Coding) -> int:
    return coding.end_char - coding.start_char


def _order(coding: Coding) -> tuple[object, ...]:
    return coding.document_id, coding.start_char, coding.end_char, coding.code, coding.id


def _largest_first(place: Disagreement) -> tuple[object, ...]:
    return -place.in_dispute, place.document_id, place.start_char, sorted(c.id for c in place.codings)
