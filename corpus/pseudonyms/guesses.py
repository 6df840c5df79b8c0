# ruff: noqa: E501 - a pattern is read on one line
"""Capitalised words that no dictionary knows: less sure than what rules find, and proposed all the same.

A person confirms every hit; a name that is never proposed is a greater harm than a word too many.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.pseudonyms.diseases import names_disease
from corpus.pseudonyms.models import Hit, Kind, hit_at
from corpus.pseudonyms.names import Piece, label_behind, whole
from corpus.pseudonyms.words import (
    OF_LETTERS,
    UPPER,
    bare,
    fold,
    is_compound,
    is_ordinary,
    little_words,
    no_names,
    particles,
    people_names,
    things,
)

WHY = "a word with a capital that no dictionary knows: less sure"
_SHORTEST = 3
# Where ordinary words seldom have a capital within a sentence, one that has may be a name: so many a page.
_RARE = 3
_A_PAGE = 3000
_ARTICLE_BEFORE = re.compile(
    r"(?:(?<![^\W_])(?:the|an?|de|het|een|'t|la|le|les|une?|des|du|aux?|this|cette|ce|deze|dit|of|your|our|uw|onze?|votre|notre|chaque|each|every|elke?)|\0) $|['’«“\"-]$|\d $"
)
_WITHIN = re.compile(r"(?:[^\W\d_](?:, | | \()|\0(?:, | \()| [+&] )$")
_CAPITAL_BESIDE = re.compile(rf"[-/]| ?[{UPPER}0-9]| [{UPPER}]")
_FIRST = 1
_FAR_ENOUGH = 200
_TO_A_PLACE = re.compile(
    r"(?<![^\W_])(?:in|te|naar|uit|nabij|langs|richting|à|en|vers|depuis|quartier(?: de)?|village de|ville de|commune de|église de|dorp bij|wijk|at|near|from|towards)\s$"
)
_SAID_TO = re.compile(r"(?:dit|demandé|parlé|pensé|donné|écrit|téléphoné|répondu|confié|grâce) à\s$")
# A dose, a number: "Glyc 312", "Amlor 5 mg".
_NUMBER_BEHIND = re.compile(r",? ?\d")
# What family names look like in some languages.
_FAMILY = re.compile(
    r"(?:van(?:de[nr]?|'t|t)?|ver|mac|mc|fitz|ben|ait|abd|o'|d'|t')[a-z]{3,}$|.{3,}(?:ssens?|aerts?|aert|inckx?|ynck|ouck|ckx|ghe|gh?em|eghem|oven"
    r"|ic|ics|ski|ska|sky|cki|cka|czyk|wicz|owicz|escu|eanu|oglu|yan|ian|enko|chuk|dze|shvili|opoulos|akis|idis|ini|elli|etti|ucci|ez|oui|aoui|ouni|chi)$"
)
_PLACEHOLDER = re.compile(r"(.)\1+$")
_ARTICLE = re.compile(r"(?:De|Het|'t|’t|La|Le|Les|Ter|Ten|The) ")
_MEDICINE = re.compile(
    r".{2,}(?:azepam|olol|april|opril|sartan|statine?|idine?|oxine?|azole?|cilline?|mycine?|floxacine?|xaban|gliptine?|gliflozine?|mab|nib|caine|codone?"
    r"|morphine?|profene?|formine?|zepine|tidine|dipine|triptan|vir|parine?|oxetine|apine|done|thiazide|semide|lactone|itis|osis|ose|emia|ectomie|ectomy|tomie|tomy"
    r"|logie|logy|therapie|thérapie|therapy|graphie|graphy|scopie|scopy|isme|ism|iteit|heid|tion|tie|ment|ness|ings?|ité)$"
)


def find_guesses(text: str, others: Iterable[Piece], language: str | None) -> Iterator[Hit]:
    """What may be a name because it has a capital and is no word of the language.

    Parameters
    ----------
    text : str
        What was taken before stands in it as NUL characters.
    others : iterable of Piece
        Words with a capital of which nothing tells what they are.
    """
    small = frozenset(OF_LETTERS.findall(text))
    others = list(others)
    within = [piece for piece in others if _bare_within(text, piece, language)]
    few = len({piece.words for piece in within}) <= _RARE + len(text) // _A_PAGE
    rare = frozenset(within if few else ())
    for piece in others:
        if (
            names_disease(text, piece.start, piece.end)
            or _NUMBER_BEHIND.match(text, piece.end)
            or _all_capitals(text, piece.start)
        ):
            continue
        if piece.starts_sentence:
            telling = _telling(piece.words)
            strange = all(
                _strange(word, None) and bare(word).lower() not in small for word in telling[:_FIRST]
            ) and not label_behind(text, piece.end)
        else:
            strange = any(_strange(word, language if len(piece.words) == 1 else None) for word in piece.words)
        if strange or piece in rare:
            yield hit_at(text, *whole(text, piece, language), _kind(text, piece), WHY)
        elif not piece.starts_sentence and _is_house(text, piece):
            yield hit_at(
                text,
                piece.start,
                piece.end,
                Kind.INSTITUTION,
                "an article with a capital within a sentence: less sure",
            )


def _bare_within(text: str, piece: Piece, language: str | None) -> bool:
    """Whether an ordinary word has a capital within a sentence, and neither an article nor another capital beside it."""
    word = piece.words[0]
    name = fold(bare(word))
    return (
        len(piece.words) == 1
        and not piece.starts_sentence
        and not word.isupper()
        and word.isalpha()
        and name not in no_names()
        and name not in things()
        and name not in little_words()
        and is_ordinary(word, language)
        and _WITHIN.search(text, max(0, piece.start - 3), piece.start) is not None
        and _ARTICLE_BEFORE.search(text, max(0, piece.start - 12), piece.start) is None
        and _CAPITAL_BESIDE.match(text, piece.end) is None
    )


def _kind(text: str, piece: Piece) -> Kind:
    before = text[max(0, piece.start - 24) : piece.start]
    return Kind.PLACE if _TO_A_PLACE.search(before) and not _SAID_TO.search(before) else Kind.PERSON


def _is_house(text: str, piece: Piece) -> bool:
    """Whether an article has a capital within a sentence, as in names of houses: "bij De Kring"."""
    words = text[piece.start : piece.end]
    return len(piece.words) > 1 and _ARTICLE.match(words) is not None and fold(words) not in things()


def _telling(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a piece without "Van" and "De"."""
    return tuple(word for word in words if len(word) > 1 and fold(word) not in particles()) or words


def _strange(word: str, language: str | None) -> bool:
    """Whether no dictionary knows the word, nor what it is put together from."""
    whole = bare(word)
    name = fold(whole)
    if len(whole) < _SHORTEST or whole.isupper() or name in no_names() or name in things():
        return False
    if name in little_words() or is_ordinary(whole, language) or _PLACEHOLDER.match(name):
        return False
    parts = re.split(r"['’-]", whole)
    if len(parts) > 1 and (parts[-1][:1].islower() or not all(_new(part) for part in parts)):
        return False
    if name in people_names() or _FAMILY.match(name):
        return True
    return not (
        (language in ("nl", None) and is_compound(whole)) or _MEDICINE.match(name) or _bent(whole, language)
    )


def _new(part: str) -> bool:
    return len(part) < _SHORTEST or (
        not part.isupper() and fold(part) not in things() and fold(part) not in no_names()
    )


def _bent(word: str, language: str | None) -> bool:
    """Whether the word is a known one with the ending of a plural."""
    endings = ("s",) if language in ("fr", "en") else ("s", "en")
    return any(word.lower().endswith(end) and is_ordinary(word[: -len(end)], language) for end in endings)


def _all_capitals(text: str, place: int) -> bool:
    """Whether the line is written in capitals: there they tell nothing."""
    before = text[max(0, place - _FAR_ENOUGH) : place].rpartition("\n")[2]
    behind = text[place : place + _FAR_ENOUGH].partition("\n")[0]
    return (before + behind).isupper()
