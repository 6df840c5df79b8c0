"""Words of texts by their lemma: how often, in which texts more than in others, and in what context.

A lemma is the form under which a dictionary lists a word, found by looking it up for English, Dutch
and French; in other languages a word stands for itself. Words of grammar are left out only where
that is asked for, and the lists that are then used can be read (`stop_words`).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from corpus.language import LANGUAGES
from corpus.search.context import Match, in_context

_LISTS = Path(__file__).parent / "stop_words"

# A word may hold hyphens and apostrophes; what French joins to the next word by one ("l'", "qu'") is its own.
_WORD = re.compile(
    r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)(?=['’][^\W\d_])|[^\W\d_]+(?:[-'’][^\W\d_]+)*", re.I
)
_PLAIN_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_ABBREVIATIONS = re.compile(r"[A-Z]{2,}s")


@dataclass(frozen=True)
class Word:
    """A word in a text, at half-open code points, with its lemma."""

    start_char: int
    end_char: int
    form: str
    lemma: str


@dataclass(frozen=True)
class KeyWord:
    """How a word sets one body of texts apart from another.

    Attributes
    ----------
    here, there : int
        Occurrences in the texts of interest and in those they are compared with.
    documents_here : int
        Texts of interest that hold it: one text alone can make a word look typical.
    per_thousand_here, per_thousand_there : float
    log_likelihood : float
        G², with the sign of the difference: negative where the word is rarer here.
    log_ratio : float
        Binary logarithm of the ratio of the two relative frequencies: 1 is twice as often here,
        -1 half as often. A word that does not occur on one side counts there as half an occurrence.
    """

    lemma: str
    here: int
    there: int
    documents_here: int
    per_thousand_here: float
    per_thousand_there: float
    log_likelihood: float
    log_ratio: float


def words_of(text: str, *, language: str | None) -> Iterator[Word]:
    """The words of a text in order; numbers and marks are none.

    Parameters
    ----------
    language : str or None
        "en", "nl" or "fr"; in any other, or None, the lemma is the word in small letters.

    Examples
    --------
    >>> [word.lemma for word in words_of("L'accès aux médecins: 2 mois.", language="fr")]
    ['l', 'accès', 'aux', 'médecin', 'mois']
    """
    pattern = _WORD if language == "fr" else _PLAIN_WORD
    for match in pattern.finditer(text):
        yield Word(match.start(), match.end(), match.group(), lemma_of(match.group(), language))


@lru_cache(maxsize=200_000)
def lemma_of(word: str, language: str | None) -> str:
    """The lemma of a word, in small letters.

    >>> lemma_of("Verpleegkundigen", "nl"), lemma_of("Verpleegkundigen", None)
    ('verpleegkundige', 'verpleegkundigen')
    """
    form = word.lower().replace("’", "'")
    if _ABBREVIATIONS.fullmatch(word):
        return form[:-1]  # "GPs"
    # "don't" must not become "do": what people say no to is what we are after.
    if language not in LANGUAGES or form.endswith("n't"):
        return form
    return str(_lemmatizer()(form, language)).lower()


def count_words(text: str, *, language: str | None) -> Counter[str]:
    """How often each lemma occurs in a text."""
    return Counter(word.lemma for word in words_of(text, language=language))


@cache
def stop_words(language: str) -> frozenset[str]:
    """The words of grammar of a language, as forms and as lemmas; of an unknown one none.

    Words that deny ("not", "geen", "jamais") are never among them.

    >>> "the" in stop_words("en"), "not" in stop_words("en"), stop_words("de")
    (True, False, frozenset())
    """
    if language not in LANGUAGES:
        return frozenset()
    forms = (_LISTS / f"{language}.txt").read_text(encoding="utf-8").split()
    return frozenset(forms)


def without(counts: Mapping[str, int], leave_out: Collection[str]) -> Counter[str]:
    """Counts without some words."""
    return Counter({word: number for word, number in counts.items() if word not in leave_out})


def keyness(
    here: Iterable[Mapping[str, int]], there: Iterable[Mapping[str, int]], *, fewest: int = 3
) -> list[KeyWord]:
    r"""Words that set some texts apart from others, by log-likelihood, the most telling first.

    .. math:: G^2 = 2 \sum_i O_i \ln(O_i / E_i), \quad E_i = N_i \sum_j O_j / \sum_j N_j

    with O the occurrences of the word and N all words on each side.

    Parameters
    ----------
    here, there : iterable of mapping
        Word counts of each text of interest, and of each text they are compared with.
    fewest : int
        Words with fewer occurrences on both sides together are left out.

    Returns
    -------
    list of KeyWord
        Empty if one of the sides has no words: there is then nothing to compare.

    References
    ----------
    .. [1] P. Rayson, R. Garside, "Comparing Corpora using Frequency Profiling", Proceedings of the
       Workshop on Comparing Corpora, ACL, 2000, pp. 1-6.
    .. [2] A. Hardie, "Log Ratio - an informal introduction", ESRC Centre for Corpus Approaches to
       Social Science, Lancaster, 2014.

    Examples
    --------
    >>> word = keyness([{"time": 4, "nurse": 6}], [{"time": 1, "nurse": 9}])[0]
    >>> word.lemma, round(word.log_likelihood, 2), word.log_ratio
    ('time', 1.93, 2.0)
    """
    ours, theirs, spread = Counter[str](), Counter[str](), Counter[str]()
    for counts in here:
        ours.update(counts)
        spread.update(counts.keys())
    for counts in there:
        theirs.update(counts)
    n, m = ours.total(), theirs.total()
    if not n or not m:
        return []
    found = [
        _key_word(word, ours[word], theirs[word], spread[word], n, m)
        for word in ours.keys() | theirs.keys()
        if ours[word] + theirs[word] >= fewest
    ]
    return sorted(found, key=lambda word: (-abs(word.log_likelihood), word.lemma))


def concordance(text: str, wanted: str, *, language: str | None) -> Iterator[Match]:
    """Every place at which a word stands, in any of its forms, with its line on both sides.

    Parameters
    ----------
    wanted : str
        A word in any form, or several that follow each other. It is found by form and by lemma,
        so that a lemma looked up wrongly never hides the word itself.

    Examples
    --------
    >>> [match.quote for match in concordance("Huisartsen en de huisarts.", "huisarts", language="nl")]
    ['Huisartsen', 'huisarts']
    """
    sought = [(word.lemma, _folded(word.form)) for word in words_of(wanted, language=language)]
    if not sought:
        return
    words = list(words_of(text, language=language))
    for number in range(len(words) - len(sought) + 1):
        run = words[number : number + len(sought)]
        if all(
            word.lemma == lemma or _folded(word.form) == form
            for word, (lemma, form) in zip(run, sought, strict=True)
        ):
            start, end = run[0].start_char, run[-1].end_char
            yield in_context(text, start, end)


def _key_word(word: str, a: int, b: int, documents: int, n: int, m: int) -> KeyWord:
    expected_a, expected_b = n * (a + b) / (n + m), m * (a + b) / (n + m)
    likelihood = 2 * (_times_log(a, expected_a) + _times_log(b, expected_b))
    ratio = math.log2((a or 0.5) / n / ((b or 0.5) / m))
    rarer = a * m < b * n
    return KeyWord(
        word, a, b, documents, 1000 * a / n, 1000 * b / m, -likelihood if rarer else likelihood, ratio
    )


def _times_log(observed: int, expected: float) -> float:
    return observed * math.log(observed / expected) if observed else 0.0


def _folded(form: str) -> str:
    return form.lower().replace("’", "'")


@cache
def _lemmatizer():  # type: ignore[no-untyped-def]
    # Its dictionaries take a second to load: only a question about words should pay for that.
    from simplemma import lemmatize

    return lambda form, language: lemmatize(form, lang=language)
