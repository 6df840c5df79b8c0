# ruff: noqa: E501 - a pattern is read on one line
"""Places and institutions: by tables of names, and by words that come before or after them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from corpus.pseudonyms.models import Hit, Kind, hit_at
from corpus.pseudonyms.words import (
    CAPITALISED,
    UPPER,
    acronym,
    fold,
    given_names,
    is_ordinary,
    listed,
    little_words,
    no_names,
)

_WORD = re.compile(rf"(?<![^\W_])(?:'s-)?{CAPITALISED}")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n•*–-]|[.!?]['’\"»”)]|[«“\"(\[])\s*$")
_SPLIT = re.compile(r"[ -]")

# Words after which the names of an institution follow; the last group stands without more, too.
_ABBREVIATION = r"(?:AZ|UZ|WZC|RVT|CHU|CHR|CHC|CHwapi|CHRSM|OCMW|CPAS|CSD|ASD|CGG|CAW|CLB|ZNA|GZA|PZ|OPZ|WGC|MRS|MRPA|LDC|CHIREC|PVT)"
_KIND_OF_HOUSE = (
    r"(?:[Cc]liniques?|[Hh]ôpital|[Hh]opital|[Pp]olyclinique|[Mm]aison de (?:repos|soins)|[Mm]aison médicale|[Rr]ésidence|[Hh]ome"
    r"|[Pp]harmacie|[Cc]abinet|[Cc]entre (?:hospitalier|médical|de santé|de jour)|[Cc]entre hospitalier (?:universitaire|régional)"
    r"|[Zz]iekenhuis|[Kk]liniek|[Ww]oonzorgcentrum|[Rr]usthuis|[Rr]ust- en verzorgingstehuis|[Ww]ijkgezondheidscentrum|[Aa]potheek"
    r"|(?:[Gg]roeps|[Hh]uisartsen)?[Pp]raktijk|[Zz]orgcentrum|[Dd]ienstencentrum|[Dd]agcentrum|[Ss]erviceflats?|[Rr]evalidatiecentrum"
    r"|[Uu]niversity [Hh]ospitals?|[Hh]ospital of|[Cc]linic of|[Rr]esidentie|[Ii]nstituut|[Ii]nstitut|[Cc]ampus)"
)
_OF_A_CHAPTER = r"(?:Rode Kruis|Croix[- ]Rouge|Red Cross|Wit[- ]Gele Kruis|Croix Jaune et Blanche|Familiehulp|Familiezorg)"
_LINK = r"(?:de la |de l['’]|du |des |de |d['’]|van de |van het |van |of |la |le |les |het |'t |['’]t )"
_NAMES = rf"{_LINK}?{CAPITALISED}(?:[ -](?:(?:de la|de|du|des|d['’]|la|le|ter|ten|van|en|et|of|aan|op|den) ?)?{CAPITALISED}){{0,3}}"
_BY_CUE_BEFORE = re.compile(
    rf"(?<![^\W_])(?:{_ABBREVIATION} {_NAMES}|{_KIND_OF_HOUSE} {_NAMES}|{_OF_A_CHAPTER}(?: (?:de |van |of )?{CAPITALISED})?)"
)
_BY_CUE_AFTER = re.compile(
    rf"(?<![^\W_]){CAPITALISED}(?: (?:of |the )?{CAPITALISED}){{0,3}}?"
    r" (?:Hospitals?|Clinic|Nursing Home|Care Home|Medical Centre|Medical Center|Health Centre|Pharmacy|Surgery|Hospice|Medical Practice"
    r"|Ziekenhuis|ziekenhuis|Kliniek|kliniek)(?![^\W_])"
)
_LIVES = re.compile(
    r"(?:\b(?:woont|woon|woonde|woonden|wonen|verhuisd?e?|afkomstig|thuis|geboren) (?:nu |toen |vroeger )?(?:in|te|naar|uit|van) "
    r"|\b(?:habit\w+|vit|vivai\w+|née?|domicilié\w*|installée?|déménagé\w*|originaire) (?:à|de|en) "
    r"|\b(?:lives?|lived|living|born|moved|grew up) (?:in|to|at|near) "
    r"|(?<=[a-z] )te )$"
)
_POSTCODE = re.compile(rf"(?<![\w.,-])[1-9]\d{{3}} (?={CAPITALISED})")


def find_institutions(text: str) -> Iterator[Hit]:
    """Houses and organisations of care, with the word that tells their kind."""
    for pattern, why in (
        (_BY_CUE_BEFORE, "follows a word for a house of care"),
        (_BY_CUE_AFTER, "stands before a word for a house of care"),
    ):
        for match in pattern.finditer(text):
            start, end = _trimmed(text, *match.span())
            if end > start:
                yield hit_at(text, start, end, Kind.INSTITUTION, why)
    yield from _in_table(text, _institutions(), Kind.INSTITUTION, "is in the list of organisations of care")


def find_places(text: str) -> Iterator[Hit]:
    """Municipalities and towns by table, with the postal code before them; others by the words before them."""
    for hit in _in_table(text, _places(), Kind.PLACE, "is in the table of municipalities and towns"):
        if _may_be_place(text, hit):
            code = _POSTCODE.match(text, max(0, hit.start_char - 5))
            start = code.start() if code and code.end() == hit.start_char else hit.start_char
            yield hit_at(text, start, hit.end_char, Kind.PLACE, hit.why)
    for match in _WORD.finditer(text):
        lives = _LIVES.search(text, max(0, match.start() - 40), match.start())
        if lives and fold(match[0]) not in no_names() and not acronym(match[0]):
            yield hit_at(text, *match.span(), Kind.PLACE, "stands after words for living somewhere")
    for match in _POSTCODE.finditer(text):
        if not 1900 <= int(match[0]) <= 2100:
            word = _WORD.match(text, match.end())
            if word is not None and fold(word[0]) not in no_names():
                yield hit_at(text, match.start(), word.end(), Kind.PLACE, "stands after a postal code")


def _may_be_place(text: str, hit: Hit) -> bool:
    word = text[hit.start_char : hit.end_char]
    before = text[max(0, hit.start_char - 40) : hit.start_char]
    if re.search(r"(?<![^\W_])(?:VAN|VANDE|VANDEN|DE) $", before) and word.isupper():
        return False
    small = re.search(r"(?<![^\W_])(?:Van|Van de[nr]?|Vanden|De) $", before)
    if small is not None and not _SENTENCE_START.search(before[: small.start()]):
        return False
    last = re.search(r"([^\W\d_][\w'’.-]*) (?:(?:van|de|den|der|du) )*$", before)
    if last is not None and last[1][0].isupper():
        name = fold(last[1])
        if (
            name in given_names()
            and name not in little_words()
            and not _SENTENCE_START.search(before[: last.start()] if name in no_names() else "x")
        ):
            return False
    if _SENTENCE_START.search(before) and " " not in word and "-" not in word:
        return not is_ordinary(word, None) or hit.name in _cities()
    return True


@cache
def _cities() -> frozenset[str]:
    """Names that a dictionary may hold as words ("mons", "gand"), but that mean the town when capitalised."""
    return frozenset(
        [
            "gent",
            "antwerpen",
            "brussel",
            "leuven",
            "brugge",
            "mechelen",
            "aalst",
            "namur",
            "liege",
            "mons",
            "charleroi",
            "tournai",
            "arlon",
            "hasselt",
            "genk",
            "oostende",
            "kortrijk",
            "amsterdam",
            "paris",
            "london",
            "lille",
        ]
    )


def _in_table(text: str, table: dict[str, list[str]], kind: Kind, why: str) -> Iterator[Hit]:
    """Names of a table, the longest that fits at each place; whole words, with a capital."""
    for match in _WORD.finditer(text):
        first = _SPLIT.split(fold(match[0]))[0]
        for name in table.get(first, ()):
            end = match.start() + len(name)
            if fold(text[match.start() : end]) == name and not text[end : end + 1].isalnum():
                yield hit_at(text, match.start(), end, kind, why)
                break


@cache
def _places() -> dict[str, list[str]]:
    municipalities = {name.split("\t")[0].strip() for name in listed("municipalities.txt") if name}
    # Codes stand behind the last name of a line; what is only codes was split off it.
    names = {re.sub(r"[\t ]+\d{4}.*$", "", name) for name in municipalities} | listed("more_places.txt")
    return _by_first_word(names - _NOT_ALONE)


#: Municipalities whose names are words that stand with a capital too often.
_NOT_ALONE = frozenset(
    {"as", "ham", "spa", "peer", "herve", "ath", "dave", "champion", "roux", "paal", "kiel"}
)


@cache
def _institutions() -> dict[str, list[str]]:
    return _by_first_word(listed("institutions.txt"))


def _by_first_word(names: frozenset[str] | set[str]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(names, key=len, reverse=True):
        if name and not name[0].isdigit():
            found[_SPLIT.split(name)[0]].append(name)
    return dict(found)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without words at the beginning that only begin the sentence ("In Oakfield Nursing Home")."""
    first = re.match(rf"(?:The|In|At|De|Het|La|Le|Les|L['’]) (?=[{UPPER}])", text[start:end])
    return (start + first.end(), end) if first else (start, end)
