"""Search in texts: a query language, and places computed from the texts themselves.

Every database therefore answers alike; what an index adds is which texts to look into.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from corpus.errors import UserFacingError
from corpus.models import Section
from corpus.search.context import CONTEXT, Match, in_context
from corpus.search.folding import fold
from corpus.search.labels import labels_in
from corpus.search.matching import Matcher, Searched
from corpus.search.query import OF_SPEAKERS, Query, QueryError, Speaker, Word, parse_query

__all__ = ["CONTEXT", "Match", "Query", "QueryError", "Speaker", "in_context", "parse_query", "search"]


def search(
    text: str,
    query: str | Query,
    *,
    language: str | None = None,
    sections: Collection[Section] = (),
    who: Callable[[str], Speaker] = Speaker,
) -> Iterator[Match]:
    """Find what a query looks for in one text, whatever its case and accents.

    Parameters
    ----------
    text : str
        A stored text.
    query : str or Query
        As docs/reference/search.md describes. Whole words are found: "art" does not find "heart".
        Between the words of a phrase any white space may stand, a line end too.
    language : str, optional
        Of the text, for ``lemma:``; without it a word is its only form.
    sections : collection of Section
        Of the text: names before turns are not searched, and ``speaker:`` looks into turns.
    who : callable
        Who speaks under a label of this text, for ``speaker:``, ``role:`` and ``group:``; without it a
        label is all that is known.

    Yields
    ------
    Match
        Every occurrence in the order of the text; nothing unless the whole query holds of it. An
        empty query finds nothing.

    Raises
    ------
    QueryError
        If the query means nothing.
    UserFacingError
        If it asks for documents (``source:``, ``title:``, dates), of which a text alone knows nothing.

    Examples
    --------
    >>> [match.quote for match in search("Le médecin et la MEDECINE; deux Médecins.", "medecin")]
    ['médecin']
    >>> [match.quote for match in search("No time, and no money.", '"no money" time')]
    ['time', 'no money']
    >>> [match.quote for match in search("Wachten, of wachtte men?", "lemma:wacht", language="nl")]
    ['Wachten', 'wachtte']
    >>> list(search("No time.", "time money"))
    []
    """
    parsed = parse_query(query) if isinstance(query, str) else query
    if parsed is None:
        return
    if parsed.since or parsed.until or any(c.field not in OF_SPEAKERS for c in parsed.conditions):
        raise UserFacingError(
            "Here only words are looked for. Take source:, title:, language:, after: and before: out of the "
            "search, or search on the page Search."
        )
    labels = tuple(labels_in(text, sections))
    searched = Searched(fold(text, without=labels), lambda: text, turns_of(parsed, sections, who), labels)
    for start, end in Matcher(parsed, _Forms(text, searched.folded.text, language)).find(searched):
        yield in_context(text, start, end)


def turns_of(
    query: Query, sections: Collection[Section], who: Callable[[str], Speaker] = Speaker
) -> list[tuple[int, int]] | None:
    """The turns of the speakers that a query asks for; None where it asks for nobody.

    Where it only leaves people out, paragraphs that nobody speaks are looked into too.
    """
    if not query.asks_who():
        return None
    return sorted(
        (section.start_char, section.end_char)
        for section in sections
        if query.is_said_by(None if section.speaker is None else who(section.speaker))
    )


class _Forms:
    """The forms of words in one text, looked up when a query first asks for some."""

    def __init__(self, text: str, folded: str, language: str | None) -> None:
        self._of = (text, folded, language)

    def __call__(self, word: Word) -> tuple[str, ...]:
        # Dictionaries take a second to load: only a question about forms should pay for that.
        from corpus.search.forms import Vocabulary, forms_in

        return Vocabulary(forms_in(*self._of), self._of[2]).forms_of(word)
