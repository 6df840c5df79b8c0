"""Searching all texts of a study, and coding what was found.

Texts are open to all who belong to a study, codings play no part in what is found.
"""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal
from uuid import UUID

from sqlalchemy import Connection, Engine

from codebook.models import Origin, Valence
from corpus.errors import UserFacingError
from corpus.language import LANGUAGES
from corpus.search.candidates import candidates
from corpus.search.context import CONTEXT, Match, in_context
from corpus.search.folding import fold
from corpus.search.forms import Vocabulary
from corpus.search.labels import label_of
from corpus.search.matching import Matcher, Searched, Span, apart
from corpus.search.prepared import Place
from corpus.search.query import Query, Word, has_patterns, parse_query
from corpus.sentences import sentence_starts
from corpus.words import stop_words
from store import search_index
from store.columns import stored_texts
from store.documents import StoredDocument
from store.engine import reading
from store.portions import portions
from store.studies import Member
from workbench.services.coding import Outcome
from workbench.services.search_ready import Held, Told, held
from workbench.services.suggestions import Suggested, accept_suggestions

Order = Literal["date", "relevance"]
#: What is coded of a hit: its words, the sentence, or the whole paragraph or turn.
Extent = Literal["words", "sentence", "passage"]

#: Of more documents than this the hits are counted only where that is asked for.
MOST_COUNTED = 500

#: Seconds after which patterns, which no index narrows, give up.
MOST_SECONDS = 20

#: Texts that are read at once where all are looked into, and where few may do for a page.
_AT_ONCE, _FOR_A_PAGE = 250, 50


@dataclass(frozen=True)
class Hit:
    """One place in a document.

    ``passage`` is the paragraph or turn in which it stands, without the name of who speaks.
    """

    document: StoredDocument
    match: Match
    speaker: str | None
    passage: Span


@dataclass(frozen=True)
class Results:
    """Some of the hits of a search, and how many there are.

    Attributes
    ----------
    total, documents : int or None
        Hits, and documents with hits; None where so many texts may hold some that not all were looked
        into (see `MOST_COUNTED`).
    of_documents : int
        The documents that were asked: those that pass all conditions.
    by_document : mapping of document id to hits
        Of the documents that were looked into, in their order.
    by_source : mapping of label to hits
    """

    hits: tuple[Hit, ...] = ()
    total: int | None = 0
    documents: int | None = 0
    of_documents: int = 0
    by_document: Mapping[UUID, int] = field(default_factory=dict)
    by_source: Mapping[str, int] = field(default_factory=dict)


def search_texts(
    engine: Engine,
    actor: Member,
    query: str,
    *,
    lemma: bool = False,
    names: bool = False,
    sources: Collection[str] = (),
    languages: Collection[str] = (),
    order: Order = "date",
    begin: int = 0,
    number: int | None = 100,
    around: int = CONTEXT,
    told: Told | None = None,
) -> Results:
    """Search all texts of the study.

    Parameters
    ----------
    query : str
        As docs/reference/search.md describes; an empty one finds nothing.
    lemma : bool
        Every word in all its forms.
    names : bool
        Also in the names before turns.
    sources, languages : collection of str
        Only documents of these, further to what the query says; none named is all.
    order : "date" or "relevance"
        By the date of documents, undated ones last; or those first that say most of it for their length.
    begin, number : int
        Which hits are told; a ``number`` of None is all of them.
    around : int
        Characters of the text told on each side of a hit.
    told : callable, optional
        Hears how far it is where many texts have to be made ready before.

    Raises
    ------
    QueryError
        If the query means nothing.
    UserFacingError
        If it names a source that is not there, or a pattern takes too long.
    """
    parsed = parse_query(query, lemma=lemma)
    if parsed is None:
        return Results()
    ready = held(engine, actor.study_id, told=told)
    asked = ready.asked(parsed, sources, languages)
    with reading(engine) as connection:
        work = _Search(connection, ready, parsed, names=names)
        found = work.candidates(asked)
        is_counted = order == "relevance" or number is None or len(found.numbers) <= MOST_COUNTED
        wanted = None if number is None or is_counted else begin + number
        counted = work.look(found.numbers, enough=wanted)
        if order == "relevance":
            counted = _by_relevance(counted)
        page = _page(counted, begin, number)
        is_whole = is_counted or len(counted.looked) == len(found.numbers)
        documents = len(counted.spans) if is_whole else len(found.numbers) if found.is_exact else None
        return Results(
            tuple(work.hits(page, around)),
            sum(map(len, counted.spans.values())) if is_whole else None,
            documents,
            len(asked),
            {ready.listed[n].id: len(spans) for n, spans in counted.spans.items()},
            _by_source(ready, counted.spans),
        )


def code_hits(
    engine: Engine,
    actor: Member,
    chosen: Sequence[Hit],
    *,
    code: str,
    query: str,
    extent: Extent = "passage",
    valence: Valence | None = None,
) -> list[Outcome]:
    """Give a code to some hits as the person's own codings, each once, marked as found by this search.

    In a document of an open blind round, and in one that the person has finished, nothing is coded;
    the others are. `workbench.services.suggestions.take_back` undoes it.
    """
    with reading(engine) as connection:
        texts = stored_texts(connection, {hit.document.version_id for hit in chosen})
    places = {
        (hit.document.version_id, *_extent(texts.get(hit.document.version_id, ""), hit, extent)): hit.document
        for hit in chosen
    }
    wanted = [
        Suggested(
            document_id=document.id,
            version_id=document.version_id,
            title=document.title,
            code=code,
            label=code,
            origin=Origin("search", query.strip()),
            start_char=start,
            end_char=end,
            before="",
            quote=texts.get(document.version_id, "")[start:end],
            after="",
            found=(0, 0),
        )
        for (_, start, end), document in places.items()
    ]
    return accept_suggestions(engine, actor, wanted, valence=valence)


def example_queries(engine: Engine, actor: Member) -> list[str]:
    """Up to three searches that find something in the texts of this study, for who has not searched yet."""
    numbers = list(held(engine, actor.study_id).listed)
    if not numbers:
        return []
    with reading(engine) as connection:
        some = list(search_index.bodies(connection, numbers[:: max(1, len(numbers) // 20)][:20]))
    grammar = {fold(word).text for language in LANGUAGES for word in stop_words(language)}
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for body in some:
        telling = [word if _is_telling(word, grammar) else "" for word in body.folded.text.split()]
        words.update({word for word in telling if word})
        pairs.update({pair for pair in pairwise(telling) if all(pair)})
    # What stands in nearly every text is a word of the form that they have, not of what they say.
    most = max(1, 3 * len(some) // 4)
    told = [word for word, n in words.most_common() if n <= most] or list(words)
    found = [told[0], f"{told[1][:5]}*"] if len(told) > 1 else told
    both = next((pair for pair, n in pairs.most_common() if n <= most), None)
    return [*found, f'"{both[0]} {both[1]}"'] if both else found


def _is_telling(word: str, grammar: Collection[str]) -> bool:
    return word.isalpha() and len(word) >= 5 and word not in grammar


# --- one search -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Found:
    numbers: Sequence[int]
    is_exact: bool


@dataclass(frozen=True)
class _Counted:
    """Texts that were looked into, and by number those with hits: their places, and how often each term."""

    looked: list[int]
    spans: dict[int, list[Span]]
    terms: dict[int, list[int]]
    sizes: dict[int, int]


class _Search:
    """A query at work in the texts of a study."""

    def __init__(self, connection: Connection, held: Held, query: Query, *, names: bool) -> None:
        self._connection = connection
        self._held = held
        self._query = query
        self._names = names
        self._matchers: dict[str, Matcher] = {}
        self._needs_texts = names or has_patterns(query.wanted)

    def candidates(self, asked: Collection[int]) -> _Found:
        """The texts that may hold the query, as the index knows, by date."""
        asked = self._held.spoken(self._query, asked)
        wanted = candidates(
            self._query, self._held.forms_of, languages=self._held.languages, names=self._names
        )
        if wanted.clause is None:
            return _Found(self._held.in_order(asked), False)
        numbers = {*search_index.find_numbers(self._connection, wanted.clause), *self._held.loose}
        ordered = self._held.in_order(numbers.intersection(asked))
        return _Found(
            search_index.narrowed(self._connection, wanted.clause, ordered, most=MOST_COUNTED),
            wanted.is_exact and not self._held.loose,
        )

    def look(self, numbers: Sequence[int], *, enough: int | None) -> _Counted:
        """Look into texts until there are enough hits; None: into all."""
        counted = _Counted([], {}, {}, {})
        hits, begin = 0, time.monotonic()
        for some in portions(numbers, _AT_ONCE if enough is None else _FOR_A_PAGE):
            for number, searched, body_size in self._searched(some):
                each = self._matcher(number).find_each(searched)
                counted.looked.append(number)
                if each:
                    counted.spans[number] = apart(span for spans in each for span in spans)
                    counted.terms[number] = list(map(len, each))
                    counted.sizes[number] = body_size
                    hits += len(counted.spans[number])
                if self._needs_texts and time.monotonic() - begin > MOST_SECONDS:
                    raise UserFacingError(
                        f"After {MOST_SECONDS} seconds {len(counted.looked):,} of {len(numbers):,} documents "
                        "were looked into. Add a word that must occur, or look into one source only."
                    )
            if enough is not None and hits >= enough:
                break
        return counted

    def _searched(self, numbers: Sequence[int]) -> Iterator[tuple[int, Searched, int]]:
        texts = self._texts(numbers) if self._needs_texts else {}
        heard = self._held.hearing(self._query) if self._query.asks_who() else None
        for body in search_index.bodies(self._connection, numbers):
            text = texts.get(body.number, "")
            yield (
                body.number,
                Searched(
                    fold(text) if self._names else body.folded,
                    _giving(text),
                    None if heard is None else heard(body.number, body.places),
                    () if self._names or not self._needs_texts else body.labels,
                ),
                len(body.folded.text),
            )

    def _texts(self, numbers: Iterable[int]) -> dict[int, str]:
        versions = {self._held.listed[number].version_id: number for number in numbers}
        return {versions[v]: text for v, text in stored_texts(self._connection, versions).items()}

    def _matcher(self, number: int) -> Matcher:
        language = self._held.listed[number].language or ""
        if language not in self._matchers:
            self._matchers[language] = Matcher(self._query, self._forms_of(language))
        return self._matchers[language]

    def _forms_of(self, language: str) -> Callable[[Word], Sequence[str]]:
        def forms_of(word: Word) -> Sequence[str]:
            words = self._held.vocabularies.get(language)
            return (Vocabulary((), language or None) if words is None else words).forms_of(word)

        return forms_of

    def hits(self, page: Mapping[int, Sequence[Span]], around: int) -> Iterator[Hit]:
        """Places with their words and who says them."""
        texts = self._texts(page)
        turns = search_index.places_of(self._connection, page)
        for number, spans in page.items():
            document, text, places = self._held.listed[number], texts[number], turns[number]
            for start, end in spans:
                first, last, speaker = _section_of(places, start, end)
                yield Hit(
                    document,
                    in_context(text, start, end, size=around),
                    speaker,
                    _spoken(text, first, last, speaker),
                )


def _giving(text: str) -> Callable[[], str]:
    return lambda: text


def _section_of(places: Sequence[Place], start: int, end: int) -> Place:
    """The paragraph or turn that holds a place; one that runs over several is its own."""
    found = (place for place in places if place[0] <= start and end <= place[1])
    return next(found, (start, end, None))


def _spoken(text: str, start: int, end: int, speaker: str | None) -> Span:
    """A turn without the name before it, a paragraph as it is; without blanks at its ends."""
    label = None if speaker is None else label_of(text, start, speaker)
    if label is not None and label[1] < end:
        start = label[1]
    words = text[start:end]
    lead = len(words) - len(words.lstrip())
    return start + lead, start + max(len(words.rstrip()), lead + 1)


def _extent(text: str, hit: Hit, extent: Extent) -> Span:
    """What is coded of a hit."""
    start, end = hit.match.start_char, hit.match.end_char
    if extent == "words" or not text:
        return start, end
    first, last = hit.passage
    if extent == "passage" or not first <= start < end <= last:
        return min(first, start), max(last, end)
    begins = [first + place for place in sentence_starts(text[first:last])]
    begin = max((place for place in begins if place <= start), default=first)
    after = min((place for place in begins if place >= end), default=last)
    return begin, begin + len(text[begin:after].rstrip())


def _page(counted: _Counted, begin: int, number: int | None) -> dict[int, list[Span]]:
    """Some of the hits, by text."""
    page: dict[int, list[Span]] = {}
    left, skip = number, begin
    for text, spans in counted.spans.items():
        if left == 0:
            break
        some = spans[skip:] if left is None else spans[skip : skip + left]
        skip = max(0, skip - len(spans))
        if some:
            page[text] = some
            left = None if left is None else left - len(some)
    return page


def _by_source(held: Held, spans: Mapping[int, Sequence[Span]]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for number, places in spans.items():
        found[held.listed[number].source] += len(places)
    return dict(found)


def _by_relevance(counted: _Counted) -> _Counted:
    """Texts by BM25 over the terms of the query (Robertson and Zaragoza 2009, k1 = 1.2, b = 0.75).

    It only orders documents, and is told to nobody: it says nothing of what a document means.
    """
    if not counted.spans:
        return counted
    average = sum(counted.sizes.values()) / len(counted.sizes)
    texts = len(counted.spans)
    holding = [sum(map(bool, column)) for column in zip(*counted.terms.values(), strict=True)]
    rarity = [math.log(1 + (texts - n + 0.5) / (n + 0.5)) + 0.01 for n in holding]

    def score(number: int) -> float:
        length = 1.2 * (0.25 + 0.75 * counted.sizes[number] / average)
        return sum(r * t * 2.2 / (t + length) for r, t in zip(rarity, counted.terms[number], strict=True))

    ranked = sorted(counted.spans, key=score, reverse=True)
    return _Counted(counted.looked, {n: counted.spans[n] for n in ranked}, counted.terms, counted.sizes)
