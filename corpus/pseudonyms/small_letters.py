# ruff: noqa: E501 - a pattern is read on one line
"""Names that are written without capitals, as in chats, surveys and transcripts without punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.pseudonyms.cues import ACTS, CLOSING, KIN, LABELS, SAID
from corpus.pseudonyms.models import Hit, Kind, hit_at
from corpus.pseudonyms.words import (
    fold,
    given_names,
    in_dictionary,
    in_small_letters,
    is_compound,
    little_words,
    no_names,
    surnames,
    things,
)

_NAME = r"[^\W\d_]{2,40}(?:-[^\W\d_]{2,40})?"
_SMALL = r"(?:(?:van|de|den|der|du|el|la|le|ben|di|da|t') ){0,2}"
_TITLED = re.compile(
    rf"(?<![^\W_])(?:dr|dokter|docteur|doctor|mevr|mevrouw|mw|dhr|meneer|mijnheer|mme|madame|mlle|monsieur|mr|mrs|ms|miss|juf|meester|prof|zuster|sister|sœur|père"
    rf"|tante|nonkel|oncle|tonton|aunt|auntie|uncle|nonna)\.? (?P<name>{_SMALL}{_NAME})(?![^\W_])"
)
_INTRODUCED = re.compile(
    rf"(?<![^\W_])(?:ik ben|ik heet|heet|mijn naam is|noemt|je m['’]appelle|s['’]appelle|moi c['’]est|c['’]était|c['’]est|my name is|i['’]m|called|named|prénommée?|nommée?"
    rf"|ons|onze|mijn (?:zus|broer|man|vrouw|zoon|dochter|vriendin|vriend)|ma (?:fille|soeur|sœur|femme)|mon (?:fils|mari|frère)|une dame|een dame|my (?:son|daughter|wife|husband|sister|brother|friend))"
    rf",? (?P<name>{_NAME})(?![^\W_])"
)
_RELATED = re.compile(
    rf"(?<![^\W_])(?:mijn|m['’]?n|zijn|z['’]?n|haar|hun|onze?|ma|mon|mes|sa|son|ses|notre|nos|leur|my|his|her|our|their|de|la|le|the|[dl]['’]) ?(?:{KIN.lower()}|ptite?|p['’]tite?|petite?|kleine?|grote?|little),? (?P<name>{_NAME})(?![^\W_])"
)
_SOMEBODY_BEFORE = re.compile(
    r"(?<![^\W_])(?:bij|chez|avec|tegen|thank|thanks to|merci à|dankzij|samen met|ask|asked|told|tell|vraag|belde|appelle|appelé|zei) $"
)
_SOMEBODY_BEHIND = re.compile(rf" (?:{SAID}|{ACTS}|heeft|had|has|avait)(?![^\W_])")
_GREETED = re.compile(
    rf"(?:^|\n)[ \t]*(?:hey|hoi|hallo|dag|beste|hi|hello|dear|salut|coucou|bonjour|cher|chère|bedankt|merci|thanks) (?P<name>{_NAME})(?=[ \t]*(?:[,!.]|$|\n))"
)
_SIGNED = re.compile(rf"(?<![^\W_])(?:{CLOSING.lower()})[,.! ]*\n\s*(?P<name>{_NAME})(?=[ \t]*(?:$|\n))")
_LABELLED = re.compile(rf"(?:^|\n)[ \t]*(?:{LABELS.lower()}) ?: (?P<name>{_NAME})(?=[ \t]*(?:$|\n))")
_WORD = re.compile(rf"(?<![\w@.'’-])(?:{_NAME})(?![\w@])")
_WITH = re.compile(
    r"(?<![^\W_])(?:en|et|and|of|ou|or|met|avec|with|van|bij|chez|par|door|aan|voor|pour|that|dat|que|vooral|surtout) $"
)
_ACTS = re.compile(rf" (?:{ACTS}|zit|heeft|had|is|has|was|a|est|avait) ")
_LETTER = re.compile(r" [a-z]\.(?![\w])")
_NEXT = re.compile(rf" (?P<name>{_SMALL}{_NAME})(?![^\W_])")
# Words of grammar that dictionaries lack, and names have.
_NEVER = frozenset(
    {
        "anders",
        "ernst",
        "don",
        "mei",
        "mai",
        "june",
        "april",
        "august",
        "elders",
        "soms",
        "amen",
        "als",
        "dan",
    }
)
_SHORTEST = 4
_LONGEST = 20
_SHORTEST_FAMILY = 5


def find_small(text: str, language: str | None) -> Iterator[Hit]:
    """Names in small letters: after a title, a greeting, words that introduce one; and given names that are no words."""
    small = in_small_letters(text)
    for pattern, why, sure in (
        (_TITLED, "follows a title", True),
        (_SIGNED, "stands as a signature", False),
        (_LABELLED, "stands in a list of people", False),
        (_INTRODUCED, "follows words that introduce a name", False),
        (_RELATED, "follows a word for a relative or neighbour", False),
        (_GREETED, "follows words that introduce a name", True),
    ):
        for match in pattern.finditer(small):
            name = text[slice(*match.span("name"))]
            *before, last = name.split()
            after_title = pattern is _TITLED and bool(before) and not _never(fold(last))
            if name.islower() and (after_title or _fits(last, language, sure)):
                yield hit_at(text, *match.span("name"), Kind.PERSON, why)
    told: dict[str, tuple[bool, bool]] = {}
    for match in _WORD.finditer(text):
        word = match[0]
        if word not in told:
            told[word] = (_is_listed(word), _is_unknown(word)) if word.islower() else (False, False)
        listed, unknown = told[word]
        if listed and not text.startswith("-", match.end()) and _is_name(text, match, language):
            yield hit_at(text, match.start(), _end(text, match.end()), Kind.PERSON, "a name in small letters")
        elif unknown and (
            _SOMEBODY_BEFORE.search(text, max(0, match.start() - 16), match.start())
            or _SOMEBODY_BEHIND.match(text, match.end())
        ):
            why = "a word that no dictionary knows, where a name may stand: less sure"
            yield hit_at(text, *match.span(), Kind.PERSON, why)


def _is_unknown(word: str) -> bool:
    return (
        _SHORTEST <= len(word) <= _LONGEST
        and word.isalpha()
        and _fits(word, None, False)
        and not is_compound(word)
        and not _bent(word)
    )


def _bent(word: str) -> bool:
    return any(
        word.endswith(end) and in_dictionary(word[: -len(end)], None)
        for end in ("s", "en", "e", "n", "t", "x")
    )


def _never(name: str) -> bool:
    return name in little_words() or name in no_names()


def _fits(word: str, language: str | None, sure: bool) -> bool:
    """Whether the word may be a name where one is expected."""
    name = fold(word)
    if name in little_words() or name in no_names() or name in things() or len(name) < 3:
        return False
    listed = name in given_names() or name in surnames()
    return not in_dictionary(word, None) or (listed and (sure or not in_dictionary(word, language)))


def _is_listed(word: str) -> bool:
    name = fold(word)
    if name in little_words() or name in no_names() or name in things() or name in _NEVER:
        return False
    return name in given_names() or name in surnames()


def _is_name(text: str, match: re.Match[str], language: str | None) -> bool:
    name = fold(match[0])
    given = name in given_names()
    if not in_dictionary(match[0], None) and len(name) >= (_SHORTEST if given else _SHORTEST_FAMILY):
        return True
    if not given or in_dictionary(match[0], language):
        return False
    return bool(
        _WITH.search(text, max(0, match.start() - 12), match.start())
        or (text[match.start() - 1 : match.start()] == "(" and text.startswith(")", match.end()))
        or _ACTS.match(text, match.end())
        or _LETTER.match(text, match.end())
    )


def _end(text: str, end: int) -> int:
    """Where the name ends: an initial or a family name behind it belongs to it."""
    letter = _LETTER.match(text, end)
    if letter is not None:
        return letter.end()
    behind = _NEXT.match(text, end)
    if behind is not None:
        last = behind["name"].split()[-1]
        if fold(last) in surnames() and not in_dictionary(last, None) and last.islower():
            return behind.end()
    return end
