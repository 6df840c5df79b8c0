"""A text made ready to be searched, as an index keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.models import Section
from corpus.search.candidates import LONGEST_WORD, NAME
from corpus.search.folding import Folded, fold, words_in
from corpus.search.forms import forms_in
from corpus.search.labels import labels_in

#: Texts whose different words have more characters together are always candidates.
MOST_CHARACTERS = 200_000


@dataclass(frozen=True)
class Prepared:
    """What an index keeps of a text.

    Attributes
    ----------
    folded : Folded
        The text as it is searched, names before turns blanked.
    labels : tuple of spans
        Where these names stand.
    names : tuple of str
        The words of these names, each marked as one.
    forms : frozenset of (form, lemma)
    is_loose : bool
        Its words cannot all be kept: the text is a candidate whatever is sought.
    """

    folded: Folded
    labels: tuple[tuple[int, int], ...]
    names: tuple[str, ...]
    forms: frozenset[tuple[str, str]]
    is_loose: bool

    @property
    def words(self) -> list[str]:
        """The words for the index, in order, with those of names at the end."""
        return index_words(self.folded.text, self.names)


def prepare(text: str, sections: Sequence[Section], language: str | None) -> Prepared:
    """Make a text ready to be searched.

    >>> from corpus.models import SectionKind
    >>> turn = Section(SectionKind.TURN, 0, 13, speaker="GP 3")
    >>> prepare("GP 3: No time", [turn], "en").words
    ['no', 'time', '§gp', '§3']
    """
    labels = tuple(labels_in(text, sections))
    folded = fold(text, without=labels)
    names = {word: None for start, end in labels for word in words_in(fold(text[start:end]).text)}
    words = set(words_in(folded.text))
    is_loose = (
        sum(map(len, words)) + sum(len(NAME + name) for name in names) > MOST_CHARACTERS
        or max(map(len, [*words, *names]), default=0) > LONGEST_WORD
    )
    blanked = text
    for start, end in labels:
        blanked = blanked[:start] + " " * (end - start) + blanked[end:]
    return Prepared(
        folded,
        labels,
        tuple(NAME + word for word in names),
        frozenset(forms_in(blanked, folded.text, language)),
        is_loose,
    )


def index_words(folded: str, names: Sequence[str]) -> list[str]:
    """The words of a folded text and of names as an index keeps them."""
    return [*(word for word in words_in(folded) if len(word) <= LONGEST_WORD), *names]
