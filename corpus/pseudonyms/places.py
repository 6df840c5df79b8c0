# ruff: noqa: E501 - a pattern is read on one line
"""Places and institutions: by tables of names, and by words that come before or after them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from corpus.pseudonyms.diseases import names_disease
from corpus.pseudonyms.models import Hit, Kind, hit_at
from corpus.pseudonyms.words import (
    CAPITALISED,
    UPPER,
    acronym,
    fold,
    given_names,
    in_dictionary,
    in_small_letters,
    listed,
    little_words,
    no_names,
    people_names,
    things,
)

_WORD = re.compile(rf"(?<![^\W_])(?:'s-)?{CAPITALISED}")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n•*–-]|[.!?]['’\"»”)]|[«“\"(\[])\s*$")
_GOES_ON = re.compile(r"[^\W_]|-[^\W\d_]")
_SPLIT = re.compile(r"[ -]")

# Words after which the names of an institution follow; the last group stands without more, too.
_ABBREVIATION = (
    r"(?:AZ|UZ|WZC|RVT|CHU|CHR|CHC|CHwapi|CHRSM|OCMW|CPAS|CSD|ASD|CGG|CAW|CLB|ZNA|GZA|PZ|OPZ|APZ|PC|MPC|MFC|WGC|MRS|MRPA|LDC|CHIREC|PVT|CC|GC"
    r"|MSOC|EC UZ|KU|VUB|ULB|CKG|OCJ|JAC|VDIP|SSM|CPMS|PMS|KTA|HA-wachtpost|ULiège|UCLouvain)"
)
_HOUSES = (
    "ziekenhuis|algemeen ziekenhuis|universitair ziekenhuis|psychiatrisch ziekenhuis|hôpital|hopital|grand hôpital|kliniek|polikliniek|centrum|psychiatrisch centrum|clinique|cliniques"
    "|polyclinique|maison de repos|maison de soins|maison de santé|maison médicale|maison d'accueil|maison maternelle|résidence|residentie|seigneurie|home|pharmacie|cabinet|cabinet médical"
    "|cabinet dentaire|service de santé mentale|centre|centre hospitalier|centre hospitalier universitaire|centre hospitalier régional|centre médical|centre de santé|centre de jour"
    "|centre culturel|centre d'accueil|centre public|centre psychiatrique|centre de guidance|planning familial|foyer|crèche|école|athénée|athénée royal|collège|lycée|institut|instituut"
    "|mutualité|mutuelle|hôtel|hotel|zorghotel|boulangerie|bakkerij|brasserie|librairie|restaurant|taverne|paroisse|abbaye|fondation|association|amicale|campus|zorgcampus"
    "|woonzorgcentrum|zorgcentrum|rusthuis|rust- en verzorgingstehuis|wijkgezondheidscentrum|medisch huis|apotheek|apotheke|praktijk|groepspraktijk|huisartsenpraktijk|kinepraktijk"
    "|tandartspraktijk|huisartsenwachtpost|wachtpost|dienstencentrum|lokaal dienstencentrum|dagcentrum|dagverzorgingscentrum|inloophuis|inloopcentrum|buurthuis|buurtcentrum"
    "|buurtwerking|jeugdhuis|opvanghuis|opvangcentrum|vluchthuis|huize|huis van het kind|assistentiewoningen|serviceflats|serviceflat|revalidatiecentrum|herstelverblijf|basisschool"
    "|hogeschool|atheneum|parochiezaal|feestzaal|praatcafé|café|kapsalon|supermarkt|stichting|mutualiteit|ziekenfonds|thuiszorg|zorgnet|tolkenpunt|vzw|asbl|npo|sprl|bvba"
    "|moskee|mosquée|synagoge|synagogue|haute école|medisch centrum|thuiszorgwinkel|thuisverpleging|maternité|kraamkliniek|laboratoire|laboratorium|labo|kinderdagverblijf|bubao|buso"
    "|soins à domicile|aide à domicile|dagopvang|nachtopvang|wijkcentrum|sociaal restaurant|bibliotheek|bibliothèque|frituur|bistro|tearoom|église|chapelle|sportclub|zelfhulpgroep"
    "|university hospital|university hospitals|university of|college of|school of|hospital of|clinic of|church of|house of|our lady of"
)
_OF_A_CHAPTER = r"(?:Rode Kruis|Croix[- ]Rouge|Red Cross|Wit[- ]Gele Kruis|Croix Jaune et Blanche|Familiehulp|Familiezorg|Huis|Zorgnet|Samana|Ferm|OKRA)"
_LINK = r"(?:de la |de l['’]|du |des |de |d['’]|van de |van het |van |of |la |le |les |het |'t |['’]t |ter |ten |l['’])"
_NAMES = rf"(?:{_LINK}){{0,2}}{CAPITALISED}(?:[ -](?:(?:de la|de l['’]|de|du|des|d['’]|la|le|les|ter|ten|van|en|et|of|aan|op|den|['’]t) ?){{0,2}}{CAPITALISED}){{0,4}}"
_BY_CUE_BEFORE = re.compile(
    rf"(?<![^\W_])(?:{_ABBREVIATION} {_NAMES}|{_OF_A_CHAPTER} (?:de |van |of )?{_NAMES})(?: (?:vzw|asbl|VZW|ASBL)(?![^\W_]))?"
)
# A word for a house, told in the text without capitals, and the names behind it in the text.
_HOUSE = re.compile(rf"(?<![^\W_])(?:{'|'.join(sorted(_HOUSES.split('|'), key=len, reverse=True))})(?= )")
_HOUSE_NAMES = re.compile(rf" {_NAMES}(?: (?:vzw|asbl|VZW|ASBL)(?![^\W_]))?")
_BY_CUE_AFTER = re.compile(
    rf"(?<![^\W_]){CAPITALISED}(?:(?: (?:of|the|and|&|de|du|des|van|ter|ten|la|le|les)){{0,2}} {CAPITALISED}){{0,4}}?"
    r"(?: (?:Hospitals?|Infirmary|Clinic|Nursing Home|Care Home|(?:Medical|Health|Day|Community|Resource) (?:Centre|Center)|Centre|Pharmacy|Chemist|Surgery|Hospice|(?:Medical |Group |Family |Dental )?Practice"
    r"|(?:Primary |High |Secondary |Grammar )?School|College|University|Academy|Hotel|House|Lodge|Manor|Court|Trust|Foundation|Church|Hub|Residence|Interpreting"
    r"|Ziekenhuis|ziekenhuis|Kliniek|kliniek|vzw|VZW|asbl|ASBL|Ltd|ltd|plc|BV|NV)(?: vzw| asbl)?"
    rf"(?: (?:of|for) {CAPITALISED})?(?![^\W_])"
    r"|(?:zieken|zorg|rust|gods|gast)huis(?![^\W_]))"
)
# Houses called after a saint; streets and municipalities are taken before.
_SAINT = re.compile(
    rf"(?<![^\W_])(?:(?:Sint|Sinte|Saint|Sainte|Heilige?|Notre-Dame|Onze-Lieve-Vrouw)[- ]{CAPITALISED}|St\.? {CAPITALISED}(?:['’]s)?)|(?:(?<=à )|(?<=au )|(?<=in ))(?:saint|sainte|sint)[- ][^\W\d_]{{3,}}"
)
_LIVES = re.compile(
    r"(?:\b(?:woont|woon|woonde|woonden|wonen|verhuisd?e?|afkomstig|thuis|geboren) (?:nu |toen |vroeger )?(?:in|te|naar|uit|van) "
    r"|\b(?:habit\w+|vit|vivai\w+|née?|domicilié\w*|installée?|déménagé\w*|originaire) (?:à|de|en) "
    r"|\b(?:lives?|lived|living|born|moved|grew up) (?:in|to|at|near) "
    r"|(?<=[a-z] )te )"
)
_TO = re.compile(
    r"(?<![^\W_])(?:in|te|naar|uit|nabij|à|en|vers|de|d['’]|at|near|from|to|for|since|depuis|sinds|bij)[ ]?$"
)
_TO_SMALL = re.compile(
    r"(?<![^\W_])(?:in|te|naar|uit|à|vers|de|at|near|from|to|puis) (?P<name>[^\W\d_A-Z][^\W\d_]{3,30}(?:-[^\W\d_]{2,30}){0,3})(?![^\W_])"
)
_POSTCODE = re.compile(rf"(?<![\w.,-])[1-9]\d{{3}} (?={CAPITALISED})")


# "Madame d'Ursel", "mevrouw Van Aalst"
_TITLED = re.compile(
    r"(?<![^\W_])(?:mevrouw|mevr|mvr|mw|dhr|de heer|meneer|dr|dokter|docteur|doctor|mme|madame|monsieur|mlle|mr|mrs|ms|miss|prof|comte(?:sse)?|baron(?:ne)?|zuster|sœur|soeur|sister)\.? (?:(?:van|de|la|le|du|den|der|d['’]) ?){0,3}$",
    re.I,
)


def find_institutions(text: str) -> Iterator[Hit]:
    """Houses and organisations of care, with the word that tells their kind."""
    for match in _HOUSE.finditer(in_small_letters(text)):
        names = _HOUSE_NAMES.match(text, match.end())
        if names is not None:
            yield hit_at(
                text, match.start(), names.end(), Kind.INSTITUTION, "follows a word for a house of care"
            )
    for pattern, why in (
        (_BY_CUE_BEFORE, "follows a word for a house of care"),
        (_BY_CUE_AFTER, "stands before a word for a house of care"),
    ):
        for match in pattern.finditer(text):
            start, end = _trimmed(text, *match.span())
            if end > start:
                yield hit_at(text, start, end, Kind.INSTITUTION, why)
    for match in _SAINT.finditer(text):
        if fold(match[0]) not in _every_place():
            yield hit_at(text, *match.span(), Kind.INSTITUTION, "is called after a saint")
    words = _capital_words(text)
    yield from _in_table(
        text, words, _institutions(), Kind.INSTITUTION, "is in the list of organisations of care"
    )


def find_places(text: str) -> Iterator[Hit]:
    """Municipalities and towns by table, with the postal code before them; others by the words before them."""
    words = list(_capital_words(text))
    for hit in _in_table(text, words, _places(), Kind.PLACE, "is in the table of municipalities and towns"):
        if _may_be_place(text, hit) and not names_disease(text, hit.start_char, hit.end_char):
            code = _POSTCODE.match(text, max(0, hit.start_char - 5))
            start = code.start() if code and code.end() == hit.start_char else hit.start_char
            yield hit_at(text, start, hit.end_char, Kind.PLACE, hit.why)
    for hit in _in_table(text, words, _towns(), Kind.PLACE, "is in the table of towns"):
        if _may_be_town(text, hit):
            yield hit
    yield from _small_places(text)
    for lives in _LIVES.finditer(text):
        word = _WORD.match(text, lives.end())
        if word is not None and fold(word[0]) not in no_names() and not acronym(word[0]):
            yield hit_at(text, *word.span(), Kind.PLACE, "stands after words for living somewhere")
    for match in _POSTCODE.finditer(text):
        if not 1900 <= int(match[0]) <= 2100:
            word = _WORD.match(text, match.end())
            if word is not None and fold(word[0]) not in no_names():
                yield hit_at(text, match.start(), word.end(), Kind.PLACE, "stands after a postal code")


def _may_be_place(text: str, hit: Hit) -> bool:
    word = text[hit.start_char : hit.end_char]
    before = text[max(0, hit.start_char - 40) : hit.start_char]
    if _TITLED.search(before):
        return False
    if re.search(r"(?<![^\W_])(?:VAN(?: DE[NR]?)?|VANDE[NR]?|DE) $", before) and word.isupper():
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
        return not in_dictionary(word, None) or hit.name in _cities()
    return True


def _may_be_town(text: str, hit: Hit) -> bool:
    """Whether the name of a town is more than a word or somebody's name."""
    word = text[hit.start_char : hit.end_char]
    if hit.name in no_names() or hit.name in things():
        return False
    if _TITLED.search(text, max(0, hit.start_char - 40), hit.start_char):
        return False
    if _TO.search(text, max(0, hit.start_char - 10), hit.start_char):
        return hit.name not in given_names() or not in_dictionary(word, None)
    return hit.name not in people_names() and not in_dictionary(word, None) and _may_be_place(text, hit)


def _small_places(text: str) -> Iterator[Hit]:
    """Places in small letters, after a word that leads to one."""
    for match in _TO_SMALL.finditer(text):
        name = fold(match["name"])
        if (
            name in _every_place()
            and not (name in given_names() or name in no_names() or name in things())
            and not in_dictionary(match["name"], None)
        ):
            yield hit_at(text, *match.span("name"), Kind.PLACE, "is in the table of towns")


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


def _capital_words(text: str) -> Iterator[tuple[int, str]]:
    """Where words with a capital begin, each with what tables have it under."""
    for match in _WORD.finditer(text):
        yield match.start(), _first_part(match[0])


@lru_cache(maxsize=100_000)
def _first_part(word: str) -> str:
    return _SPLIT.split(fold(word))[0]


def _in_table(
    text: str, words: Iterable[tuple[int, str]], table: dict[str, list[str]], kind: Kind, why: str
) -> Iterator[Hit]:
    """Names of a table, the longest that fits at each place; whole words, with a capital."""
    for start, first in words:
        for name in table.get(first, ()):
            end = start + len(name)
            if fold(text[start:end]) == name and not _GOES_ON.match(text, end):
                yield hit_at(text, start, end, kind, why)
                break


@cache
def _places() -> dict[str, list[str]]:
    municipalities = {name.split("\t")[0].strip() for name in listed("municipalities.txt") if name}
    # Codes stand behind the last name of a line; what is only codes was split off it.
    names = {re.sub(r"[\t ]+\d{4}.*$", "", name) for name in municipalities} | listed("more_places.txt")
    return _by_first_word(names - _NOT_ALONE)


#: Municipalities whose names are words that stand with a capital too often.
_NOT_ALONE = frozenset(
    {"as", "ham", "spa", "peer", "herve", "ath", "dave", "champion", "roux", "paal", "kiel", "namen"}
)


@cache
def _towns() -> dict[str, list[str]]:
    return _by_first_word(listed("towns.txt") | listed("villages.txt") | _NOT_ALONE)


@cache
def _every_place() -> frozenset[str]:
    return frozenset(name for table in (_places(), _towns()) for names in table.values() for name in names)


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
