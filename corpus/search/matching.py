"""Where a query stands in a text: every place, as half-open code points.

A text is searched folded (`corpus.search.folding`), with the names before turns blanked, which nobody
said. Plain words are found by looking for them as they are and then at what stands beside them: this is
many times faster than a pattern with word boundaries.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from corpus.search.folding import BLANK, IN_WORD, WORD, Folded, fold, is_in_word
from corpus.search.patterns import find_pattern
from corpus.search.query import Either, Every, Expression, Near, Pattern, Phrase, Query, Without, Word, leaves

Span = tuple[int, int]
#: The forms in which a word is sought that has letters left open or stands for all its forms.
FormsOf = Callable[[Word], Sequence[str]]
# Parts of a query by their identity: what they are made of takes longer to hash than to find.
_Found = dict[int, list[Span]]


@dataclass(frozen=True)
class Searched:
    """A text as it is searched.

    Attributes
    ----------
    folded : Folded
        With the names before turns blanked, unless these are searched too.
    text : callable
        Gives the text itself; only patterns ask for it.
    within : sequence of spans or None
        The places to look in (the turns of one speaker), in order; None is everywhere.
    labels : sequence of spans
        The places that no pattern may touch, in order.
    """

    folded: Folded
    text: Callable[[], str]
    within: Sequence[Span] | None = None
    labels: Sequence[Span] = ()


class Matcher:
    """A query made ready for texts of one language."""

    def __init__(self, query: Query, forms_of: FormsOf) -> None:
        self._wanted = query.wanted
        self._leaves = tuple(leaves(query.wanted))
        self._forms_of = forms_of
        self._finders: dict[int, Callable[[str], Iterable[Span]]] = {}

    def find(self, searched: Searched) -> list[Span]:
        """Every place, in order; none unless the whole query holds of the text."""
        return apart(span for spans in self.find_each(searched) for span in spans)

    def find_each(self, searched: Searched) -> list[list[Span]]:
        """The places of each word, phrase or pattern of the query in turn; empty unless it holds."""
        found: _Found = {}
        if not self._holds(self._wanted, searched, found):
            return []
        return [self._places(leaf, searched, found) for leaf in self._leaves]

    def _holds(self, part: Expression, searched: Searched, found: _Found) -> bool:
        match part:
            case Every(parts):
                return all(self._holds(each, searched, found) for each in parts)
            case Either(parts):
                return any(self._holds(each, searched, found) for each in parts)
            case Without(inner):
                return not self._holds(inner, searched, found)
        return bool(self._places(part, searched, found))

    def _places(self, leaf: Expression, searched: Searched, found: _Found) -> list[Span]:
        if id(leaf) not in found:
            found[id(leaf)] = list(_inside(self._all_places(leaf, searched), searched.within))
        return found[id(leaf)]

    def _all_places(self, leaf: Expression, searched: Searched) -> Iterable[Span]:
        if isinstance(leaf, Pattern):
            return _outside(find_pattern(leaf.source, searched.text()), searched.labels)
        return (searched.folded.span(*span) for span in self._folded(leaf, searched))

    def _folded(self, part: Expression, searched: Searched) -> list[Span]:
        """Places in the folded text of what can stand near something."""
        match part:
            case Phrase():
                if id(part) not in self._finders:
                    self._finders[id(part)] = _finder(part, self._forms_of)
                return list(self._finders[id(part)](searched.folded.text))
            case Either(parts):
                return sorted({span for each in parts for span in self._folded(each, searched)})
            case Near(left, right, within):
                ours = self._folded(left, searched)
                theirs = self._folded(right, searched) if ours else []
                return _near(searched, ours, theirs, within) if theirs else []
        raise TypeError(f"{type(part).__name__} stands near nothing")


def apart(spans: Iterable[Span]) -> list[Span]:
    """Places in order, without those that lie wholly in another.

    >>> apart([(5, 9), (0, 12), (14, 18), (14, 18)])
    [(0, 12), (14, 18)]
    """
    kept: list[Span] = []
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return kept


def _inside(spans: Iterable[Span], within: Sequence[Span] | None) -> Iterator[Span]:
    if within is None:
        yield from spans
        return
    for start, end in spans:
        number = bisect_right(within, (start, _BEYOND)) - 1
        if number >= 0 and within[number][0] <= start and end <= within[number][1]:
            yield start, end


def _outside(spans: Iterable[Span], labels: Sequence[Span]) -> Iterator[Span]:
    for start, end in spans:
        number = bisect_left(labels, (end, 0)) - 1
        if number < 0 or labels[number][1] <= start:
            yield start, end


_BEYOND = 1 << 60


# --- words and phrases ------------------------------------------------------------------------------


def _finder(phrase: Phrase, forms_of: FormsOf) -> Callable[[str], Iterable[Span]]:
    """What finds a phrase in a folded text: its words with nothing but white space between them."""
    first, *others = (_word_finder(word, forms_of) for word in phrase.words)

    def find(text: str) -> Iterable[Span]:
        spans = list(first(text))
        for other in others:
            ends = dict(other(text)) if spans else {}
            following = ((start, ends.get(_after_space(text, end))) for start, end in spans)
            spans = [(start, end) for start, end in following if end is not None]
        return spans

    return find if others else first


def _after_space(text: str, place: int) -> int:
    """Where the white space at a place ends; a place without any is followed by nothing."""
    match = _SPACE.match(text, place)
    return -1 if match is None else match.end()


def _word_finder(word: Word, forms_of: FormsOf) -> Callable[[str], Iterator[Span]]:
    if word.is_lemma:
        forms = tuple(forms_of(word))
        return lambda text: iter(sorted({span for form in forms for span in _literal(form, text)}))
    folded = fold(word.text).text
    return lambda text: find_word(folded, text)


def find_word(folded: str, text: str) -> Iterator[Span]:
    """Where a folded word stands in a folded text, in which ``*`` is any letters and figures.

    >>> list(find_word("*druk*", "druk, tijdsdruk en drukte")), list(find_word("art", "heart art"))
    ([(0, 4), (6, 15), (19, 25)], [(6, 9)])
    """
    if "*" not in folded:
        return _literal(folded, text)
    head, *rest = _STARS.split(folded)
    return _open(head, rest, text)


def _literal(word: str, text: str) -> Iterator[Span]:
    """Where a folded word stands for itself."""
    before, after = is_in_word(word[0]), is_in_word(word[-1])
    size, start = len(word), text.find(word)
    while start >= 0:
        end = start + size
        if not (before and is_in_word(text[start - 1 : start])) and not (
            after and is_in_word(text[end : end + 1])
        ):
            yield start, end
            start = text.find(word, end)
        else:
            start = text.find(word, start + 1)


def _open(head: str, rest: list[str], text: str) -> Iterator[Span]:
    """Where a word with letters left open stands; takes time in proportion to the text."""
    given, tail = (head, rest) if head else (rest[0], rest[1:])
    whole = given.isalnum()
    place = text.find(given)
    while place >= 0:
        after = place + len(given)
        end = _end_of(tail, text, after) if not head or _begins(text, place) else None
        if end is not None and _ends(text, end):
            start = place if head else _run_start(text, place)
            if _begins(text, start):
                yield start, end
                place = text.find(given, end)
                continue
        # What the first of several places in a word does not lead to, no later one does.
        place = text.find(given, max(place + 1, _run_end(text, after) if whole and tail else 0))


def _end_of(pieces: list[str], text: str, place: int) -> int | None:
    """Where a word ends whose further pieces follow each other; None where they do not."""
    for number, piece in enumerate(pieces):
        limit = _run_end(text, place)
        if not piece:
            return limit
        seek = text.rfind if number == len(pieces) - 1 else text.find
        place = seek(piece, place, limit + len(piece))
        if place < 0:
            return None
        place += len(piece)
    return place


#: Longer runs of letters are no words; no search needs to look through them whole.
_LONGEST = 200
_SPACE = re.compile(r"\s+")
_STARS = re.compile(r"\*+")
_RUN = re.compile(rf"{IN_WORD}{{0,{_LONGEST}}}")


def _run_start(text: str, place: int) -> int:
    for start in range(place, max(0, place - _LONGEST), -1):
        if not is_in_word(text[start - 1]):
            return start
    return max(0, place - _LONGEST)


def _run_end(text: str, place: int) -> int:
    match = _RUN.match(text, place)
    return place if match is None else match.end()


def _begins(text: str, start: int) -> bool:
    """Whether no word goes on over a place at its left."""
    return not (is_in_word(text[start]) and is_in_word(text[start - 1 : start]))


def _ends(text: str, end: int) -> bool:
    return not (is_in_word(text[end - 1]) and is_in_word(text[end : end + 1]))


# --- near -------------------------------------------------------------------------------------------


def _near(searched: Searched, ours: list[Span], theirs: list[Span], within: int) -> list[Span]:
    """The stretches from one thing to another that stand near each other, the shortest of each."""
    text = searched.folded.text
    found: set[Span] = set()
    starts = [start for start, _ in theirs]
    for span in ours:
        number = bisect_left(starts, span[0])
        for other in theirs[max(0, number - 2) : number + 3]:
            first, second = sorted((span, other))
            if second[0] < first[1]:
                continue
            if _is_near(text, first[1], second[0], within) and BLANK not in text[first[0] : second[1]]:
                found.add((first[0], second[1]))
    kept, least = [], len(text) + 1
    for start, end in sorted(found, key=lambda span: (-span[0], span[1])):
        if end < least:  # else it holds a shorter one
            kept.append((start, end))
            least = end
    return kept[::-1]


def _is_near(text: str, begin: int, end: int, within: int) -> bool:
    """Whether the word at ``end`` is at most so many words from a place; no farther is looked."""
    if end - begin < within:  # so few characters hold no more words
        return True
    words = WORD.finditer(text, begin, end)
    return next(islice(words, within - 1, None), None) is None
