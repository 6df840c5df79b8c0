"""Passages that may bear a code, found by its words or by a search; a person accepts or rejects each.

Words of a code match by lemma and by form, so that a wrong lemma never hides a literal hit. The
passage that is suggested is the sentence around what was found, in the turn or paragraph it stands in.
spaCy is loaded on first use, and reads section by section: it refuses a million characters at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from codebook.models import Code, Origin
from corpus.language import LANGUAGES
from corpus.models import Document, Section, SectionKind
from corpus.nlp import MOST_AT_ONCE, without_training
from corpus.search import Speaker, search
from corpus.words import lemma_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: Words of one kind of a code: language → phrases.
Terms = Mapping[str, Sequence[str]]

#: A phrase of more words explains the code, it does not stand in a text.
_LONGEST_PHRASE = 5

_LISTED = re.compile(r"[,;/]|\b(?:and|en|et|&)\b")
_LABEL_OF_TURN = re.compile(r"[^\n]{1,120}?:(?:[^\S\n]+|\n)|[^\n]{1,120}\n")


@dataclass(frozen=True)
class Suggestion:
    """A passage that may bear a code (its key), and the place in it of what was found."""

    code: str
    origin: Origin
    start_char: int
    end_char: int
    found_start: int
    found_end: int


def terms_of(code: Code) -> dict[str, tuple[str, ...]]:
    """The words that suggest a code, by language.

    Where the codebook gives terms, only these. Else what its field Include lists between commas (as
    English, in which the starter schemes are written), and its label in every language; of a level,
    whose name stands for much else, only what Include lists.

    Examples
    --------
    >>> from uuid import UUID
    >>> label = {"en": "Funding", "nl": "Financiering"}
    >>> terms_of(Code(UUID(int=1), "ECO-FUND", label, parent="ECO", include="grants, end of money"))
    {'en': ('Funding', 'grants', 'end of money'), 'nl': ('Financiering',)}
    """
    if any(code.terms.values()):
        return {language: tuple(words) for language, words in code.terms.items() if words}
    listed: dict[str, list[str]] = {}
    if code.parent is not None:
        listed = {language: _phrases(label) for language, label in code.label.items()}
    listed["en"] = [*listed.get("en", []), *_phrases(code.include)]
    return {language: tuple(dict.fromkeys(words)) for language, words in listed.items() if words}


class Rules:
    """The words of codes, compiled for each language when its first document comes."""

    def __init__(self, terms: Mapping[str, Terms]) -> None:
        self._terms = terms
        self._matchers: dict[str | None, _Matcher] = {}

    def matcher(self, language: str | None) -> _Matcher:
        if language not in self._matchers:
            self._matchers[language] = _Matcher(self._terms, language)
        return self._matchers[language]


def suggest_by_terms(document: Document, rules: Rules) -> Iterator[Suggestion]:
    """Passages of a document in which words of codes stand, in the order of the text.

    Parameters
    ----------
    rules : Rules
        Made of a mapping: key of a code → language → phrases. In a document of a language those of
        that language are sought; where its language is not known, all of them, by form alone.

    Yields
    ------
    Suggestion
        One for each code and sentence; ``pattern`` names the phrases that were found in it.
    """
    matcher = rules.matcher(document.language)
    if not matcher:
        return
    for section in _sections(document):
        for start, text in _pieces(document.text, section):
            doc = _read(text, document.language)
            yield from _one_a_sentence(doc, matcher.found(doc), start)


def suggest_by_search(
    document: Document, query: str, code: str, *, who: Callable[[str], Speaker] = Speaker
) -> Iterator[Suggestion]:
    """The sentences of a document in which the words of a search stand, once each, for one code.

    ``who`` tells who speaks under a label of it.
    """
    given: set[tuple[int, int]] = set()
    found = search(document.text, query, language=document.language, sections=document.sections, who=who)
    for match in found:
        passage = sentence_around(document, match.start_char, match.end_char)
        if passage not in given:
            given.add(passage)
            yield Suggestion(code, Origin("search", query), *passage, match.start_char, match.end_char)


def sentence_around(document: Document, start_char: int, end_char: int) -> tuple[int, int]:
    """The sentence in which a place stands, without the name of its speaker.

    A place that runs over a sentence's end gets all the sentences that it touches; one outside every
    section, or longer than a section, is returned as it is.
    """
    section = next(
        (s for s in document.sections if s.start_char <= start_char and end_char <= s.end_char), None
    )
    if section is None:
        return start_char, end_char
    for start, text in _pieces(document.text, section):
        if start <= start_char and end_char <= start + len(text):
            touched = [
                (start + sentence.start_char, start + sentence.end_char)
                for sentence in _sentences(text, document.language).sents
                if start + sentence.start_char < end_char and start_char < start + sentence.end_char
            ]
            if touched:
                return _trimmed(document.text, min(touched[0][0], start_char), max(touched[-1][1], end_char))
    return start_char, end_char


class _Matcher:
    """The words of codes, compiled for the texts of one language."""

    def __init__(self, terms: Mapping[str, Terms], language: str | None) -> None:
        self._phrases: list[tuple[str, str]] = []
        wanted = [(code, phrase) for code, words in terms.items() for phrase in _of_language(words, language)]
        if not wanted:
            return  # spaCy need not be loaded for a language in which nothing is sought
        from spacy.matcher import PhraseMatcher

        vocabulary = without_training(language).vocab
        self._by_form = PhraseMatcher(vocabulary, attr="LOWER")
        self._by_lemma = PhraseMatcher(vocabulary, attr="LEMMA")
        for code, phrase in wanted:
            self._add(code, phrase, language)

    def __bool__(self) -> bool:
        return bool(self._phrases)

    def found(self, doc: Doc) -> Iterator[tuple[str, str, int, int]]:
        """(code, phrase, first token, token after the last), in the order of the text."""
        names = doc.vocab.strings
        hits = {
            (start, end, int(names[number]))
            for matcher in (self._by_form, self._by_lemma)
            for number, start, end in matcher(doc)
        }
        for start, end, number in sorted(hits):
            yield (*self._phrases[number], start, end)

    def _add(self, code: str, phrase: str, language: str | None) -> None:
        pattern = _read(phrase, language)
        if not any(token.is_alpha for token in pattern):
            return
        name = str(len(self._phrases))
        self._phrases.append((code, phrase))
        self._by_form.add(name, [pattern])
        self._by_lemma.add(name, [pattern])


def _of_language(words: Terms, language: str | None) -> Iterable[str]:
    if language in words:
        return words[str(language)]
    if language in LANGUAGES:
        return ()
    return [phrase for phrases in words.values() for phrase in phrases]


def _one_a_sentence(doc: Doc, found: Iterable[tuple[str, str, int, int]], start: int) -> Iterator[Suggestion]:
    """What was found, gathered by code and sentence."""
    gathered: dict[tuple[str, int, int], list[tuple[str, int, int]]] = {}
    for code, phrase, first, after in found:
        span = doc[first:after]
        passage = doc[doc[first].sent.start : doc[after - 1].sent.end]
        left, right = _trimmed(doc.text, passage.start_char, passage.end_char)
        gathered.setdefault((code, left, right), []).append((phrase, span.start_char, span.end_char))
    for (code, left, right), hits in sorted(gathered.items(), key=lambda item: (item[0][1], item[0][2])):
        phrases = ", ".join(dict.fromkeys(phrase for phrase, _, _ in hits))
        yield Suggestion(
            code,
            Origin("rule", phrases),
            start + left,
            start + right,
            start + hits[0][1],
            start + hits[0][2],
        )


def _sections(document: Document) -> Iterator[Section]:
    """The parts that are coded: headings are not."""
    return (section for section in document.sections if section.kind is not SectionKind.HEADING)


def _pieces(text: str, section: Section) -> Iterator[tuple[int, str]]:
    """A section's words in pieces that can be read at once, cut at white space, with where each starts."""
    start = _first_word(text, section)
    while section.end_char - start > MOST_AT_ONCE:
        end = max(text.rfind(mark, start + 1, start + MOST_AT_ONCE) for mark in " \n\t")
        end = start + MOST_AT_ONCE if end < 0 else end
        yield start, text[start:end]
        start = end
    yield start, text[start : section.end_char]


def _first_word(text: str, section: Section) -> int:
    """Where the words of a section begin: in a turn after the speaker's name."""
    if section.kind is not SectionKind.TURN:
        return section.start_char
    label = _LABEL_OF_TURN.match(text, section.start_char, section.end_char)
    return section.start_char if label is None else label.end()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _phrases(words: str) -> list[str]:
    """What a text lists between commas, without what is too long to stand in a text like this.

    >>> _phrases("Knowledge and skills"), _phrases("fear of losing patients as own belief, doubt")
    (['Knowledge', 'skills'], ['doubt'])
    """
    listed = (" ".join(phrase.split()).strip(" .\"'") for phrase in _LISTED.split(words))
    return [phrase for phrase in listed if phrase and len(phrase.split()) <= _LONGEST_PHRASE]


def _read(text: str, language: str | None) -> Doc:
    """Tokens with lemma and sentences."""
    doc = _sentences(text, language)
    for token in doc:
        token.lemma_ = lemma_of(token.text, language)
    return doc


def _sentences(text: str, language: str | None) -> Doc:
    return without_training(language)(text)
