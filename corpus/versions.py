"""From one text of a document to the next: what stayed as it was, and where a place in it has gone.

A corrected text is compared with the one before it, word by word. A place in an unchanged stretch is
moved with it; else its words are sought with their context; else a person must say.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from corpus.anchoring import agreement_at, find_quote, is_enough, relocate
from corpus.models import Segment
from corpus.sentences import sentence_starts

# Every character is in exactly one token: a word, white space, or a single sign.
_TOKENS = re.compile(r"\w+|\s+|[^\w\s]")
# Texts without rare words are compared as a whole only where that takes no more than about a second.
_MOST_COMPARED = 1_000_000
_RUNS = (8, 3, 1)
_WORD = re.compile(r"\w+")
# Characters that may stand instead of a few words and still be what was said there.
_LONGEST_INSTEAD = 200
_MOST_ALIKE = 50


class Lost(StrEnum):
    """Why a place of an earlier text is not in the new one."""

    CHANGED = "changed"  # its words are not there any more
    SEVERAL = "several"  # its words are there, but not in one place that is surely the same


class Stretch(NamedTuple):
    """Characters that stand in both texts; both sides are equally long."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


@dataclass(frozen=True)
class OffsetMap:
    """The unchanged stretches of two texts, in the order of both.

    Examples
    --------
    >>> moved = compare_texts("No time at all.", "Really no time at all.")
    >>> moved.span(3, 7)
    (10, 14)
    >>> moved.span(0, 7) is None
    True
    """

    stretches: tuple[Stretch, ...]

    def span(self, start_char: int, end_char: int) -> tuple[int, int] | None:
        """Where a place of the old text is in the new one; None where it is not in one unchanged stretch."""
        found = self._at(start_char)
        if found is None or end_char > found.old_end:
            return None
        shift = found.new_start - found.old_start
        return start_char + shift, end_char + shift

    def near(self, place: int) -> int:
        """The offset in the new text that is nearest to one in the old: there to look for what is lost."""
        number = bisect_right(self._starts, place) - 1
        if number < 0:
            return 0
        found = self.stretches[number]
        return found.new_start + min(place, found.old_end) - found.old_start

    def near_end(self, place: int, length: int) -> int:
        """As `near`, of the end of a place: in a text of ``length``, where the words after it begin."""
        inside = self._at(place - 1)
        if inside is not None:
            return inside.new_start + place - inside.old_start
        number = bisect_right(self._starts, place - 1)
        return self.stretches[number].new_start if number < len(self.stretches) else length

    def stayed(self, start_char: int, end_char: int) -> bool:
        """Whether a place of the new text lies in one unchanged stretch."""
        return any(s.new_start <= start_char and end_char <= s.new_end for s in self.stretches)

    @cached_property
    def _starts(self) -> list[int]:
        return [stretch.old_start for stretch in self.stretches]

    def _at(self, place: int) -> Stretch | None:
        number = bisect_right(self._starts, place) - 1
        if number < 0 or place >= self.stretches[number].old_end:
            return None
        return self.stretches[number]


@dataclass(frozen=True)
class Moved:
    """Where a place has gone: ``span`` is None where it has no place, and ``lost`` then says why.

    ``near`` is where to look for it in the new text.
    """

    span: tuple[int, int] | None
    lost: Lost | None
    near: int


@dataclass(frozen=True)
class Edit:
    """A change of the text: ``before`` became ``after``; the offsets are those of the old text."""

    start_char: int
    end_char: int
    before: str
    after: str


def compare_texts(old: str, new: str) -> OffsetMap:
    """The stretches of whole words that two texts have in common, in the order of both.

    Parameters
    ----------
    old, new : str
        Cleaned texts.

    Returns
    -------
    OffsetMap
        Neighbouring stretches are never joined up over a change. Two texts without a word in common
        have none.

    Notes
    -----
    What both begin and end with is taken first. Between, runs of words that stand once in both are
    fixed points, in the longest order that both share (the "patience" diff of Bram Cohen); what is
    left between fixed points is compared word by word (`difflib`) where it is short enough.

    Examples
    --------
    >>> [tuple(stretch) for stretch in compare_texts("one two three", "one 2 three").stretches]
    [(0, 4, 0, 4), (7, 13, 5, 11)]
    """
    before, after = _Words.of(old), _Words.of(new)
    found = []
    for start, other, length in _joined(_common(before.words, after.words)):
        found.append(
            Stretch(
                before.starts[start],
                before.starts[start + length],
                after.starts[other],
                after.starts[other + length],
            )
        )
    return OffsetMap(tuple(found))


def edits(old: str, new: str, offsets: OffsetMap) -> list[Edit]:
    """What a correction changes, in the order of the text.

    Examples
    --------
    >>> old, new = "one two three", "one 2 three"
    >>> edits(old, new, compare_texts(old, new))
    [Edit(start_char=4, end_char=7, before='two', after='2')]
    """
    ends = Stretch(len(old), len(old), len(new), len(new))
    changed = []
    for one, other in pairwise((Stretch(0, 0, 0, 0), *offsets.stretches, ends)):
        before, after = old[one.old_end : other.old_start], new[one.new_end : other.new_start]
        if before or after:
            changed.append(Edit(one.old_end, other.old_start, before, after))
    return changed


def move(segment: Segment, text: str, offsets: OffsetMap) -> Moved:
    """Find a place of the old text in the new one.

    Parameters
    ----------
    segment : Segment
        The place in the old text, with its words and context.
    text : str
        The new text.
    offsets : OffsetMap
        `compare_texts` of the old text and the new.

    Returns
    -------
    Moved
        A place in an unchanged stretch moves with it. A short place ("yes") that has lost its
        surroundings does not: as in `corpus.anchoring.relocate`, it may be another "yes".

    Examples
    --------
    >>> from uuid import UUID
    >>> old, new = "No time at all. Yes.", "Well: no time at all. Perhaps."
    >>> offsets = compare_texts(old, new)
    >>> move(Segment(UUID(int=1), 3, 14, "time at all", "No ", ". Yes."), new, offsets).span
    (9, 20)
    >>> str(move(Segment(UUID(int=1), 16, 19, "Yes", " at all. ", "."), new, offsets).lost)
    'changed'
    """
    near = offsets.near(segment.start_char)
    span = offsets.span(segment.start_char, segment.end_char)
    if span is not None and not _is_surely_the_same(segment, text, span[0]):
        span = None
    if span is None:
        span = relocate(segment, text)
        if span is not None and offsets.stayed(*span):
            span = None  # these words stood elsewhere in the old text, and are others
    if span is not None:
        return Moved(span, None, span[0])
    return Moved(None, Lost.SEVERAL if find_quote(text, segment.quote) else Lost.CHANGED, near)


def likely_places(segment: Segment, text: str, offsets: OffsetMap, *, most: int = 4) -> list[tuple[int, int]]:
    """Where a person may look for a place of the old text that `move` did not find in the new one.

    Parameters
    ----------
    segment, text, offsets
        As for `move`.
    most : int
        So many places at most.

    Returns
    -------
    list of tuple of int
        Half-open code point offsets in the new text, the likeliest first: what now stands where the words
        stood; the same words elsewhere, the nearest first; passages with at least half of the words, the
        most alike first; and the sentence around.

    Examples
    --------
    >>> from uuid import UUID
    >>> old, new = "She has no time at all. Why?", "She has hardly any time at all. Why?"
    >>> found = likely_places(Segment(UUID(int=1), 8, 15, "no time", "", ""), new, compare_texts(old, new))
    >>> [new[start:end] for start, end in found]
    ['hardly any time', 'She has hardly any time at all.']
    """
    near = offsets.near(segment.start_char)
    same = sorted(find_quote(text, segment.quote), key=lambda start: abs(start - near))
    told = list(_instead(segment, text, offsets))
    for place in (
        *((start, start + len(segment.quote)) for start in same),
        *_alike(segment.quote, text, near),
    ):
        if not any(place[0] < end and start < place[1] for start, end in told):
            told.append(place)
    around = _sentence_around(text, near)
    return told[:most] if around is None or around in told else [*told[: most - 1], around]


def _sentence_around(text: str, near: int) -> tuple[int, int] | None:
    """The sentence in which the place should be; None where it has no words."""
    starts = [*sentence_starts(text), len(text)]
    number = max(1, bisect_right(starts, near))
    start, end = starts[number - 1], starts[min(number, len(starts) - 1)]
    end = start + len(text[start:end].rstrip())
    return (start, end) if start < end else None


def _instead(segment: Segment, text: str, offsets: OffsetMap) -> Iterator[tuple[int, int]]:
    """What stands between the words that stayed on both sides; nothing where that is much longer."""
    start = offsets.near(segment.start_char)
    end = offsets.near_end(segment.end_char, len(text))
    words = text[start:end]
    start, end = end - len(words.lstrip()), start + len(words.rstrip())
    if start < end and end - start <= max(_LONGEST_INSTEAD, 3 * len(segment.quote)):
        yield start, end


def _alike(quote: str, text: str, near: int) -> Iterator[tuple[int, int]]:
    """Passages of as many words that share at least half of them, the most alike and nearest first."""
    wanted = Counter(word.group().casefold() for word in _WORD.finditer(quote))
    length = wanted.total()
    words = list(_WORD.finditer(text))
    if not length or len(words) < length:
        return
    lowered = [word.group().casefold() for word in words]
    held: Counter[str] = Counter()
    shared = 0
    found = []
    for number, word in enumerate(lowered):
        held[word] += 1
        shared += held[word] <= wanted[word]
        if number >= length:
            gone = lowered[number - length]
            shared -= held[gone] <= wanted[gone]
            held[gone] -= 1
        if number >= length - 1 and 2 * shared >= length:
            inside = [n for n in range(number - length + 1, number + 1) if lowered[n] in wanted]
            start, end = words[inside[0]].start(), words[inside[-1]].end()
            found.append((-shared, abs(start - near), start, end))
    yield from ((start, end) for _, _, start, end in sorted(found)[:_MOST_ALIKE])


def _is_surely_the_same(segment: Segment, text: str, start: int) -> bool:
    """Whether its context went along, or the words stand nowhere else."""
    return is_enough(segment, agreement_at(segment, text, start)) or len(find_quote(text, segment.quote)) == 1


class _Words(NamedTuple):
    """A text as tokens; ``starts`` has one entry more, the end of the text."""

    words: list[str]
    starts: list[int]

    @classmethod
    def of(cls, text: str) -> _Words:
        words = _TOKENS.findall(text)
        starts = [0]
        for word in words:
            starts.append(starts[-1] + len(word))
        return cls(words, starts)


_Block = tuple[int, int, int]  # start in the one, start in the other, length


def _joined(blocks: Iterable[_Block]) -> Iterator[_Block]:
    """The same blocks in order, those that touch in both texts as one."""
    held: _Block | None = None
    for block in sorted(blocks):
        if held and held[0] + held[2] == block[0] and held[1] + held[2] == block[1]:
            held = (held[0], held[1], held[2] + block[2])
            continue
        if held:
            yield held
        held = block
    if held:
        yield held


def _common(one: Sequence[str], other: Sequence[str]) -> list[_Block]:
    blocks: list[_Block] = []
    gaps = [(0, len(one), 0, len(other))]
    while gaps:
        low, high, other_low, other_high = gaps.pop()
        while low < high and other_low < other_high and one[low] == other[other_low]:
            blocks.append((low, other_low, 1))
            low, other_low = low + 1, other_low + 1
        while low < high and other_low < other_high and one[high - 1] == other[other_high - 1]:
            high, other_high = high - 1, other_high - 1
            blocks.append((high, other_high, 1))
        if low == high or other_low == other_high:
            continue
        fixed = _fixed_points(one, other, (low, high, other_low, other_high))
        if fixed:
            ends = [(low, other_low), *fixed, (high, other_high)]
            blocks += [(start, start_other, 1) for start, start_other in fixed]
            step = [0, *[1] * len(fixed)]
            gaps += [
                (a[0] + skip, b[0], a[1] + skip, b[1])
                for (a, b), skip in zip(pairwise(ends), step, strict=True)
            ]
        elif (high - low) * (other_high - other_low) <= _MOST_COMPARED:
            matcher = SequenceMatcher(None, one[low:high], other[other_low:other_high], autojunk=False)
            blocks += [(m.a + low, m.b + other_low, m.size) for m in matcher.get_matching_blocks() if m.size]
    return blocks


def _fixed_points(
    one: Sequence[str], other: Sequence[str], gap: tuple[int, int, int, int]
) -> list[tuple[int, int]]:
    """Where runs of words begin that stand once in both parts, in the longest order that both share."""
    low, high, other_low, other_high = gap
    for run in _RUNS:
        here = _once(one, low, high, run)
        there = _once(other, other_low, other_high, run)
        pairs = sorted((place, there[words]) for words, place in here.items() if words in there)
        if pairs:
            return _longest_rising(pairs)
    return []


def _once(words: Sequence[str], low: int, high: int, run: int) -> dict[tuple[str, ...], int]:
    """Runs of words that stand exactly once, with their place; white space alone is no landmark."""
    runs = [(tuple(words[n : n + run]), n) for n in range(low, high - run + 1) if not words[n].isspace()]
    times = Counter(found for found, _ in runs)
    return {found: place for found, place in runs if times[found] == 1}


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of pairs in the order of the first, the most that are in the order of the second too."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int | None] = []
    for number, (_, place) in enumerate(pairs):
        at = bisect_left(ends, place)
        before.append(last[at - 1] if at else None)
        if at == len(ends):
            ends.append(place)
            last.append(number)
        else:
            ends[at], last[at] = place, number
    chain: list[tuple[int, int]] = []
    number_or_none: int | None = last[-1] if last else None
    while number_or_none is not None:
        chain.append(pairs[number_or_none])
        number_or_none = before[number_or_none]
    return chain[::-1]
