"""All that tells who is meant in a text: rules in the order of their certainty, then what a pipeline adds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from corpus.pseudonyms.again import find_again
from corpus.pseudonyms.guesses import find_guesses
from corpus.pseudonyms.identifiers import find_identifiers
from corpus.pseudonyms.models import PSEUDONYM, Found, Hit
from corpus.pseudonyms.names import find_people, role_labels
from corpus.pseudonyms.places import find_institutions, find_places
from corpus.pseudonyms.small_letters import find_small
from corpus.pseudonyms.words import CAPITALISED, fold, little_words, no_names

#: What a trained pipeline recognises in a text: see `corpus.pseudonyms.pipelines`.
Recognise = Callable[[str], Iterable[Hit]]

_CAPITAL = re.compile(rf"(?<![^\W_]){CAPITALISED}")
_STARTS = re.compile(r"(?:^|[.!?:;…\n•*–]|[.!?]['’\"»”)]|[«“„\"(\[]|(?:^|\n)\s*-)[\s'’]*$")


def find_hits(text: str, *, language: str | None, recognise: Recognise | None = None) -> Found:
    """Names, numbers and addresses of a text, without overlap, and the capitals that are left.

    Parameters
    ----------
    language : str or None
        "nl", "fr" or "en"; with None the rules of all three are asked.
    recognise : callable, optional
        Entities of a trained pipeline; they fill what rules left open and never replace it.

    Examples
    --------
    >>> text = "Dokter Lambrecht belde naar Gent, op 0475 12 34 56."
    >>> [(hit.kind.value, text[hit.start_char : hit.end_char]) for hit in find_hits(text, language="nl").hits]
    [('doctor', 'Lambrecht'), ('place', 'Gent'), ('phone', '0475 12 34 56')]
    """
    desk = _Desk(text)
    desk.close(match.span() for match in PSEUDONYM.finditer(text))
    desk.take(find_identifiers(text))
    desk.close(role_labels(text))
    desk.take(find_institutions(desk.open_text()))
    desk.take(find_places(desk.open_text()))
    people, others = find_people(desk.open_text(), language)
    desk.take(people)
    desk.take(find_small(desk.open_text(), language))
    desk.take(find_again(text, desk.open_text(), desk.hits, language))
    if recognise is not None:
        desk.take(recognise(text))
    guesses = list(find_guesses(desk.open_text(), others, language))
    desk.take(guesses)
    desk.take(find_again(text, desk.open_text(), guesses, language, sure=False))
    return Found(tuple(sorted(desk.hits)), tuple(_capitals(desk.open_text())))


def _capitals(text: str) -> Iterable[tuple[int, int]]:
    """Capitalised words that are left. First words of sentences that are words of grammar are not listed."""
    for match in _CAPITAL.finditer(text):
        name = fold(match[0])
        if len(match[0]) < 2 or name in no_names():
            continue
        if name in little_words() and _STARTS.search(text, max(0, match.start() - 12), match.start()):
            continue
        yield match.span()


class _Desk:
    """What has been taken of a text so far; the first to take a place keeps it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.taken = bytearray(len(text))
        self.hits: list[Hit] = []

    def close(self, spans: Iterable[tuple[int, int]]) -> None:
        for start, end in spans:
            self.taken[start:end] = b"\1" * (end - start)

    def take(self, hits: Iterable[Hit]) -> None:
        for hit in hits:
            if hit.end_char > hit.start_char and 1 not in self.taken[hit.start_char : hit.end_char]:
                self.hits.append(hit)
                self.close([(hit.start_char, hit.end_char)])

    def open_text(self) -> str:
        """The text with NUL characters where something was taken: no rule reads across them."""
        pieces, place = [], 0
        for match in re.finditer(b"\1+", self.taken):
            pieces += [self.text[place : match.start()], "\0" * (match.end() - match.start())]
            place = match.end()
        return "".join([*pieces, self.text[place:]])
