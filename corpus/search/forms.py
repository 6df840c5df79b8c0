"""The forms in which words stand in texts: of one lemma, or with letters left open.

A lemma is looked up (see `corpus.words`), and a form that was typed is always among those that are sought:
a lemma looked up wrongly never hides a literal hit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache

from corpus.search.folding import fold, words_in
from corpus.search.matching import find_word
from corpus.search.query import Word
from corpus.words import lemma_of

_RAW_WORD = re.compile(r"\w+")


class Vocabulary:
    """The words of some texts of one language.

    Parameters
    ----------
    forms : iterable of (form, lemma)
        Both folded; a form may have several lemmas.
    language : str or None
        Where it is not "en", "nl" or "fr", a word is its own and only form.
    """

    def __init__(self, forms: Iterable[tuple[str, str]], language: str | None) -> None:
        self._pairs = tuple(forms)
        self._language = language
        self._asked: dict[Word, tuple[str, ...]] = {}

    def forms_of(self, word: Word) -> tuple[str, ...]:
        """The folded forms of a word that is sought by lemma or with ``*``, the longest first.

        Examples
        --------
        >>> words = Vocabulary([("huisartsen", "huisarts"), ("huisarts", "huisarts")], "nl")
        >>> words.forms_of(Word("huisarts", is_lemma=True)), words.forms_of(Word("*sen"))
        (('huisartsen', 'huisarts'), ('huisartsen',))
        """
        if word not in self._asked:
            found = self._like(word.text) if "*" in word.text else self._of_lemma(word.text)
            self._asked[word] = tuple(sorted(found, key=lambda form: (-len(form), form)))
        return self._asked[word]

    def _of_lemma(self, text: str) -> set[str]:
        typed = fold(text).text
        # Typed without its accents a word is in no dictionary; as a form that stands in a text it is known.
        lemmas = {typed, fold(lemma_of(text, self._language)).text, *self._lemmas.get(typed, ())}
        return {typed, *(form for lemma in lemmas for form in self._by_lemma.get(lemma, ()))}

    def _like(self, text: str) -> set[str]:
        listed = self._listed
        return {listed[start:end] for start, end in find_word(fold(text).text, listed)}

    @cached_property
    def _listed(self) -> str:
        return "\n".join(dict.fromkeys(form for form, _ in self._pairs))

    @cached_property
    def _by_lemma(self) -> dict[str, set[str]]:
        return _gathered((lemma, form) for form, lemma in self._pairs)

    @cached_property
    def _lemmas(self) -> dict[str, set[str]]:
        return _gathered(self._pairs)


def _gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for key, value in pairs:
        found.setdefault(key, set()).add(value)
    return found


def forms_in(text: str, folded: str, language: str | None) -> set[tuple[str, str]]:
    """The words of a text with their lemmas, both folded.

    >>> sorted(forms_in("Les médecins", "les medecins", "fr"))
    [('les', 'le'), ('medecins', 'medecin')]
    """
    return forms_of_words(raw_words(text), words_in(folded), language)


def raw_words(text: str) -> set[str]:
    """The different words of a text as they are written."""
    return set(_RAW_WORD.findall(text.replace("\u00ad", "")))


def forms_of_words(raw: Iterable[str], folded: Iterable[str], language: str | None) -> set[tuple[str, str]]:
    """Words as they are written, and as they are searched, with their lemmas; all folded."""
    found = {_with_lemma(form, language) for form in raw}
    known = {form for form, _ in found}
    return found | {(form, form) for form in folded if form not in known}


@lru_cache(maxsize=200_000)
def _with_lemma(form: str, language: str | None) -> tuple[str, str]:
    return fold(form).text, fold(lemma_of(form, language)).text
