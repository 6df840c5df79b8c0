# ruff: noqa: E501 - a pattern is read on one line
"""Numbers and addresses that name somebody: told by their form, and by their check digits where they have any."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.pseudonyms.models import Hit, Kind, hit_at
from corpus.pseudonyms.words import UPPER

_ELEVEN = re.compile(
    r"(?<![\w.,/+-])(?:\d{2}[. ]?\d{2}[. ]?\d{2}[ .-]{0,3}\d{3}[ .-]?\d{2}|\d[ .-]?\d{5}[ .-]?\d{2}[ .-]?\d{3})(?![\w]|[.,/-]\d)"
)
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ .-]?[A-Z0-9]){11,30}(?!\w)")
_IBAN_LENGTHS = {
    "BE": 16, "NL": 18, "FR": 27, "LU": 20, "DE": 22, "GB": 22, "IE": 22, "ES": 24, "IT": 27, "PT": 25,
    "AT": 20, "CH": 21, "PL": 28, "TR": 26, "MA": 28,
}  # fmt: skip
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<![\w+])(?<![\d][.,/-])(?:(?:\+|00)\d{2,3}[ ./-]?(?:\(0\)[ ]?)?\d(?:[ ./-]{0,2}\d){7,9}"
    r"|\(?0\d{1,3}\)?(?:[ ./-]{0,2}\d){6,8})(?!\w|[./-]?\d)"
)
_DOSSIER = re.compile(
    r"(?:dossier(?:nummer|nr)?|pati[eë]nt(?:en)?(?:nummer|nr)|num[ée]ro de dossier|patient (?:no|number|id)"
    r"|file|record|case|chart|mrn)"
    r"[\s:]*(?:(?:nummer|number|num[ée]ro|nr|no|n)\b\.?°?|n°|#)?[\s:]*"
    r"(?P<number>(?:[A-Z]{1,4}[-/ ]?)?\d[\w]*(?:[-./]\w+)*)",
    re.I,
)
_LONG_NUMBER = re.compile(r"(?<![\w.,/+-])\d{7,20}(?![\w]|[.,]\d)")

_MONTHS = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    "|janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre"
    "|january|february|march|may|june|july|august|october"
    "|jan|feb|mrt|apr|jun|jul|aug|sept?|okt|oct|nov|dec"
)
_DATE = re.compile(
    rf"(?<![\w/.-])(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:19|20)?\d{{2}}|(?:19|20)\d{{2}}-\d{{2}}-\d{{2}}"
    rf"|\d{{1,2}}(?:er|st|nd|rd|th|e)? (?:{_MONTHS})\.? (?:19|20)\d{{2}}"
    rf"|(?:{_MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d{{2}})(?![\w/]|[.-]\d)",
    re.I,
)
_BIRTH = re.compile(
    r"(?:geboren|geboortedatum|\bgeb\.|née?\b|naissance|\bborn\b|birth|\bdob\b|°)[^.!?\n°]{0,50}$", re.I
)

_CAP = rf"[{UPPER}][\w'’.-]{{0,40}}"
_HOUSE = r"\d{1,4}(?: ?[a-zA-Z](?![\w'’]))?(?: ?(?:bus|bte|boîte|box|/) ?\w{1,4})?"
_TOWN = (
    rf"(?:,? (?:B-)?\d{{4,5}}(?: ?[A-Z]{{2}})? {_CAP}(?:[ -](?:(?:la|le|les|sur|op|den|de|aan) )?{_CAP})?)"
)
_STREET_NL = (
    rf"(?:{_CAP} ){{0,3}}(?:[{UPPER}][\w'’-]{{0,40}}(?:straat|laan|weg|plein|dreef|lei|kaai|baan|hof|markt|pad|singel|gracht|dijk|veld"
    rf"|berg|park|plaats|hoek|kouter|vest|wijk)|(?<= )(?:Straat|Laan|Weg|Plein|Dreef|Lei|Kaai|Steenweg|Markt|Dijk))"
)
_STREET_FR = (
    r"(?:[Rr]ue|[Aa]venue|[Aa]v\.|[Bb]oulevard|[Bb]d\.?|[Cc]haussée|[Aa]llée|[Cc]hemin|[Cc]los|[Qq]uai|[Ii]mpasse|[Ss]quare|[Pp]lace"
    rf"|[Rr]oute|[Dd]rève|[Vv]enelle|[Ss]entier) (?:(?:de la|de l['’]|du|des|de|d['’]|la|le|les|l['’]|aux?) ?){{0,2}}{_CAP}"
    rf"(?:[ -](?:(?:de la|de|du|des|d['’]|et) ?)?{_CAP}){{0,5}}"
)
_ADDRESSES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\w)(?:\d{{1,4}}[a-z]?,? )?{_STREET_FR},? {_HOUSE}{_TOWN}?",
        rf"(?<!\w)\d{{1,4}}[a-z]?,? {_STREET_FR}{_TOWN}?",
        rf"(?<!\w)\d{{1,4}}[a-z]? (?:{_CAP} ){{1,3}}(?:Street|Road|Lane|Avenue|Close|Drive|Terrace|Crescent|Square){_TOWN}?",
        rf"(?<!\w){_STREET_NL} {_HOUSE}{_TOWN}?",
        rf"(?<!\w)(?:{_CAP} ){{1,3}}{_HOUSE},? (?:B-)?[1-9]\d{{3}}(?: [A-Z]{{2}})? {_CAP}",
    )
)
# A street alone, where the words before it say that it is one.
_STREET_ALONE = re.compile(
    rf"(?<=\b[io][np] de )[{UPPER}][\w'’-]{{0,40}}(?:straat|laan|steenweg|dreef|lei|kaai)(?!\w)"
    rf"|(?<!\w)(?:[Rr]ue|[Aa]venue|[Bb]oulevard|[Cc]haussée) (?:(?:de la|de l['’]|du|des|de|d['’]) ?)?{_CAP}(?:[ -]{_CAP}){{0,5}}"
)


def is_national_number(digits: str) -> bool:
    """Whether eleven digits are a Belgian national number (INSZ, NISS), that of a BIS register included.

    Check digits are 97 less the remainder of the first nine by 97; for births from 2000 a 2 stands
    before the nine. The month of a BIS number is 20 or 40 higher.

    Examples
    --------
    >>> is_national_number("67031212372"), is_national_number("01052201490"), is_national_number("67031212373")
    (True, True, False)
    """
    if len(digits) != 11 or not digits.isdecimal():
        return False
    month, day = int(digits[2:4]), int(digits[4:6])
    if month > 52 or month % 20 > 12 or day > 31:
        return False
    nine, check = int(digits[:9]), int(digits[9:])
    return check in (97 - nine % 97, 97 - (2_000_000_000 + nine) % 97)


def is_professional_number(digits: str) -> bool:
    """Whether eleven digits are a number of a Belgian care professional (RIZIV, INAMI).

    Digits seven and eight are 97 less the remainder of the first six by 97.

    Examples
    --------
    >>> is_professional_number("10345643004"), is_professional_number("10345644004")
    (True, False)
    """
    return len(digits) == 11 and digits.isdecimal() and int(digits[6:8]) == 97 - int(digits[:6]) % 97


def is_iban(account: str) -> bool:
    """Whether letters and digits are an account number (ISO 13616: remainder 1 by 97).

    Examples
    --------
    >>> is_iban("BE05363050123475"), is_iban("BE06363050123475")
    (True, False)
    """
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", account):
        return False
    if len(account) != _IBAN_LENGTHS.get(account[:2], len(account)):
        return False
    turned = account[4:] + account[:4]
    return int("".join(str(int(c, 36)) for c in turned)) % 97 == 1


def find_identifiers(text: str) -> Iterator[Hit]:
    """Numbers, e-mail addresses, birth dates and addresses; surest first, and they may overlap."""
    for match in _EMAIL.finditer(text):
        yield hit_at(text, match.start(), match.end(), Kind.EMAIL, "has the form of an e-mail address")
    yield from _accounts(text)
    yield from _eleven_digits(text)
    for match in _DATE.finditer(text):
        if _BIRTH.search(text, max(0, match.start() - 80), match.start()):
            yield hit_at(text, match.start(), match.end(), Kind.BIRTH_DATE, "a date after a word for birth")
    for match in _DOSSIER.finditer(text):
        if sum(map(str.isdigit, match["number"])) >= 4:
            start, end = match.span("number")
            yield hit_at(text, start, end, Kind.DOSSIER, "a number after a word for a file")
    for match in _PHONE.finditer(text):
        if not _DATE.match(text, match.start()):
            yield hit_at(text, match.start(), match.end(), Kind.PHONE, "has the form of a phone number")
    for match in _LONG_NUMBER.finditer(text):
        yield hit_at(text, match.start(), match.end(), Kind.DOSSIER, "a long number of an unknown kind")
    for pattern in (*_ADDRESSES, _STREET_ALONE):
        for match in pattern.finditer(text):
            end = match.start() + len(match[0].rstrip(".-'’"))
            yield hit_at(text, match.start(), end, Kind.ADDRESS, "has the form of an address")


def _accounts(text: str) -> Iterator[Hit]:
    for match in _IBAN.finditer(text):
        end = _end_of_account(text, match.start(), match.end())
        if is_iban(_bare(text[match.start() : end])):
            yield hit_at(text, match.start(), end, Kind.IBAN, "an account number with right check digits")
        elif text[match.start() : match.start() + 2] in _IBAN_LENGTHS:
            why = "has the form of an account number, but its check digits are wrong"
            yield hit_at(text, match.start(), end, Kind.DOSSIER, why)


def _end_of_account(text: str, start: int, end: int) -> int:
    """Where an account of its country ends: the words after it may look like more of it."""
    left = _IBAN_LENGTHS.get(text[start : start + 2])
    if left is None:
        return end
    for place in range(start, end):
        left -= text[place].isalnum()
        if left == 0:
            return place + 1
    return end


def _eleven_digits(text: str) -> Iterator[Hit]:
    for match in _ELEVEN.finditer(text):
        digits = _bare(match[0])
        if is_national_number(digits):
            kind, why = Kind.NATIONAL, "eleven digits with the check digits of a national number"
        elif is_professional_number(digits):
            kind, why = Kind.PROFESSIONAL, "eleven digits with the check digits of a RIZIV/INAMI number"
        else:
            kind, why = Kind.DOSSIER, "eleven digits whose check digits are of no number that is known"
        yield hit_at(text, match.start(), match.end(), kind, why)


def _bare(number: str) -> str:
    return re.sub(r"[\W_]", "", number)
