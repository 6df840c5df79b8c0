"""A text made ready to be searched, as an index keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.models import Section, SectionKind
from corpus.search.candidates import LONGEST_WORD, NAME
from corpus.search.folding import Folded, blank, fold, words_in
from corpus.search.forms import raw_words
from corpus.search.labels import labels_in

#: Where a paragraph or turn begins and ends, and who speaks, as written.
Place = tuple[int, int, str | None]

#: Texts whose different words have more characters together are always candidates.
MOST_CHARACTERS = 200_000


@dataclass(frozen=True)
class Prepared:
    """What an index keeps of a text.

    Attributes
    ----------
    folded : Folded
        The text as it is searched, names before turns blanked.
    places : tuple of (start, end, speaker)
        Its paragraphs and turns in order, the speaker as written; None where nobody speaks.
    labels : tuple of spans
        Where names stand before turns.
    names : tuple of str
        The words of these names, each marked as one.
    words : list of str
        The words for an index, in order, with those of names at the end.
    raw : set of str
        The different words as they are written.
    different : set of str
        The different words that are searched, those of names left out.
    is_loose : bool
        Its words cannot all be kept: the text is a candidate whatever is sought.
    """

    folded: Folded
    places: tuple[Place, ...]
    labels: tuple[tuple[int, int], ...]
    names: tuple[str, ...]
    words: list[str]
    raw: set[str]
    different: set[str]
    is_loose: bool


def prepare(text: str, sections: Sequence[Section]) -> Prepared:
    """Make a text ready to be searched.

    >>> from corpus.models import SectionKind
    >>> turn = Section(SectionKind.TURN, 0, 13, speaker="GP 3")
    >>> prepare("GP 3: No time", [turn]).words
    ['no', 'time', '§gp', '§3']
    """
    places = sorted((s for s in sections if s.kind is not SectionKind.HEADING), key=_place)
    labels = tuple(labels_in(text, places))
    blanked = blank(text, labels)
    folded = fold(blanked)
    words = words_in(folded.text)
    names = tuple(NAME + word for word in _words_of_names(text, labels))
    different = set(words)
    is_long = max(map(len, (*different, *names)), default=0) > LONGEST_WORD
    return Prepared(
        folded,
        tuple((section.start_char, section.end_char, section.speaker) for section in places),
        labels,
        names,
        _kept(words, names) if is_long else [*words, *names],
        raw_words(blanked),
        different,
        is_long or sum(map(len, (*different, *names))) > MOST_CHARACTERS,
    )


def _place(section: Section) -> tuple[int, int]:
    return section.start_char, section.end_char


def _words_of_names(text: str, labels: Iterable[tuple[int, int]]) -> list[str]:
    written = dict.fromkeys(text[start:end] for start, end in labels)
    return list(dict.fromkeys(word for name in written for word in words_in(fold(name).text)))


def index_words(folded: str, names: Sequence[str]) -> list[str]:
    """The words of a folded text and of names as an index keeps them."""
    return _kept(words_in(folded), names)


def _kept(words: Sequence[str], names: Sequence[str]) -> list[str]:
    return [word for word in (*words, *names) if len(word) <= LONGEST_WORD]
