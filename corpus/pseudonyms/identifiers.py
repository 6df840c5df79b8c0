# ruff: noqa: E501 - a pattern is read on one line
"""Numbers and addresses that name somebody: told by their form, and by their check digits where they have any."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.pseudonyms.models import Hit, Kind, hit_at
from corpus.pseudonyms.words import CAPITALISED, UPPER, in_small_letters

_ELEVEN = re.compile(
    r"(?<![\w.,/+-])(?:\d{2}[. /]?\d{2}[. /]?\d{2}[ .-]{0,3}\d{3}[ .-]?\d{2}|\d[ ./-]?\d{5}[ ./-]?\d{2}[ ./-]?\d{3})(?![\w]|[.,/-]\d)"
)
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ .-]?[A-Z0-9]){11,30}(?!\w)")
_IBAN_LENGTHS = {
    "BE": 16, "NL": 18, "FR": 27, "LU": 20, "DE": 22, "GB": 22, "IE": 22, "ES": 24, "IT": 27, "PT": 25,
    "AT": 20, "CH": 21, "PL": 28, "TR": 26, "MA": 28,
}  # fmt: skip
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<![\w+])(?<![\d][.,/-])(?:(?:\+|00)\d{2,3}[ ./-]?(?:\(0\)[ ]?)?\d(?:[ ./-]{0,3}\d){7,9}"
    r"|\(?0\d{1,4}\)?(?:[ ./-]{0,3}\d){6,8})(?!\w|[./-]?\d)"
)
_DOSSIER = re.compile(
    r"(?<![^\W_])(?:dossier(?:nummer|nr)?|pati[eë]nt(?:en)?(?:nummer|nr)|num[ée]ro de dossier|patient (?:no|number|id)|(?:ons |uw )?kenmerk|ref(?:erentie|erence)?|réf(?:érence)?(?: interne)?"
    r"|(?:nhs|hospital|chi|unit|lot|account|policy|polis|lid|aansluitings|opname|klant|factuur|invoice|ticket|zaak|claim)(?:nummer|nr)?|facture|communication|mededeling"
    r"|file|record|case|chart|mrn|nr|n°|no)(?![^\W\d_])\.?"
    r"[\s:(]*(?:(?:nummer|number|num[ée]ro|nr|no|n|id|ref)\b\.?°?|n°|#)?[\s:(]*"
    r"(?P<number>(?:[a-z]{1,4}[-/ ]?){0,2}\d\w*(?:[-./]\w+| \d[\d.]*)*)",
)
# Letters and digits set apart as in no word and no amount: "ZL-2024-00817", "SD/BW/2024-1187"; not a postal code.
_CODE = re.compile(
    r"(?<![\w@./-])(?!(?:B|F|L|D|CH|NL|A|ISO|COVID|EQ|PHQ|GDS)-\d)[A-Z]{1,5}(?:[-/][A-Z]{1,5}){0,2}[-/]?(?:\d{2,4}[-/.]\d{3,8}|\d{4,9})(?:[-/][A-Z0-9]{1,4})?(?![\w])"
    r"|[+*]{3}\d{3}/\d{4}/\d{5}[+*]{3}"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_NHS = re.compile(r"(?<![\w.,/+-])\d{3}[ -]\d{3}[ -]\d{4}(?![\w]|[.,/-]\d)")
# National numbers of Ireland, the United Kingdom and France.
_ABROAD = re.compile(
    r"(?<!\w)(?:\d{7}[A-W][A-IW]?|[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]|[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?\d[\dAB] ?\d{3} ?\d{3}(?: ?\d{2})?)(?!\w)"
)
_REGISTERED = re.compile(
    r"(?<![^\W_])(?:riziv|inami|nmc|gmc|pin|agb|big|rpps|adeli|imc|nmbi|psi|gphc|hcpc|orde(?:nummer)?|visum)(?:[- ]?(?:pin|nr|nummer|number|no|n°|code))?\.?[ :]*(?P<number>\d[\w/.-]{4,14}\w)",
)
_SPOKEN_DIGIT = (
    r"(?:nul|een|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|\w*tien|\w*tig|zéro|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize"
    r"|vingt|trente|quarante|cinquante|soixante|septante|nonante|zero|oh|one|two|three|four|five|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|double)"
)
_SPOKEN_PHONE = re.compile(
    rf"(?<![^\W_])(?:nul|zéro|zero|oh)(?:[, -]+(?:{_SPOKEN_DIGIT}|en|et)(?![^\W_])){{4,}}",
)
_LONG_NUMBER = re.compile(r"(?<![\w.,/+-])\d{7,20}(?![\w]|[.,]\d)")

_FEWEST_DIGITS = 4
_MONTHS = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    "|janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre"
    "|january|february|march|may|june|july|august|october"
    "|jan|feb|mrt|apr|jun|jul|aug|sept?|okt|oct|nov|dec"
)
_DATE = re.compile(
    rf"(?<![\w/.-])(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:19|20)?\d{{2}}|(?:19|20)\d{{2}}-\d{{2}}-\d{{2}}"
    rf"|\d{{1,2}}(?:er|st|nd|rd|th|de|ste|e)? (?:of )?(?:{_MONTHS})\.?,? (?:(?:19|20)\d{{2}}|['’]\d{{2}})"
    rf"|(?:{_MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d{{2}})(?![\w/]|[.-]\d)",
)
_SPOKEN_DATE = re.compile(
    rf"(?<![^\W_])(?:{_MONTHS}) (?:negentien|tweeduizend|nineteen|two thousand|dix-neuf|mille|mil|deux mille)(?:[ -]?[^\W\d_]{{1,20}}){{0,4}}"
)
_SPOKEN_DAY = re.compile(r"(?:\d{1,2}|[^\W\d_]{3,20})(?:er|e|de|ste|st|nd|rd|th)? (?:of )?$")
_SIX_DIGITS = re.compile(r"(?<![\w./-])\d{6}(?![\w]|[./-]\d)")
_BIRTH = re.compile(
    r"(?:geboren|geboortedatum|\bgeb\.|\bnée?\b|né\(e\)|naissance|\bborn\b|birth|\bd\.?o\.?b\b\.?|\bb\.|verjaar|anniversaire|°)[^.!?\n°]{0,50}$",
    re.I,
)
_BORN_BEHIND = re.compile(r",? ?\(?(?:NN|NISS|INSZ|RRN?|NRN|BIS|rijksregister|national|°)", re.I)
# Laws and versions have dates too.
_OF_A_LAW = re.compile(
    r"(?:\bwet|\bloi|\blaw|\bact|decree|decreet|décret|arrêté|\bKB|\bAR|besluit|directive|richtlijn|règlement|regulation|circulaire|omzendbrief|verdrag|convention|traité|treaty"
    r"|versi(?:e|on)|verklaring|declaration|déclaration|protocol)[^.!?\n]{0,60}$",
    re.I,
)
#: Until this year a full date is taken for one of birth, if nothing tells otherwise.
_LONG_AGO = 2005

_CAP = rf"[{UPPER}][\w'’.-]{{0,40}}"
_HOUSE = r"\d{1,4}(?: ?[a-zA-Z](?![\w'’]))?(?:,? ?(?:bus|bte|boîte|box|blok|bloc|block|flat|apt\.?|app\.?|/) ?\w{1,4}){0,2}"
_TOWN = rf"(?:,? ?(?:[–-] )?(?:(?:à|te|in|at) )?(?:B-)?\d{{4,5}}(?: ?[A-Z]{{2}})? {_CAP}(?:[ -](?:(?:la|le|les|sur|op|den|de|aan) )?{_CAP}){{0,3}}|,? (?:à|te|in) {_CAP})"
_STREET_EN = r"(?:Street|St|Road|Rd|Lane|Avenue|Ave|Close|Drive|Terrace|Crescent|Square|Way|Grove|Gardens|Place|Court|Row|Hill|Park|Green|Mews|Walk|View|Rise|Parade|Quay)(?!\w)"
# Of the United Kingdom, and of Ireland.
_POSTCODE_EN = r"(?<!\w)(?:[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|[AC-FHKNPRTV-Y]\d[\dW] ?(?=[A-Z0-9]{0,3}\d)[A-Z][A-Z0-9]{3})(?!\w)"
_STREET_NL = (
    rf"(?:{_CAP} ){{0,3}}(?:[{UPPER}][\w'’-]{{0,40}}(?:straat|laan|weg|plein|dreef|lei|kaai|baan|hof|markt|pad|singel|gracht|dijk|veld"
    rf"|berg|park|plaats|hoek|kouter|vest|wijk)|(?<= )(?:Straat|Laan|Weg|Plein|Dreef|Lei|Kaai|Steenweg|Markt|Dijk))"
)
_STREET_FR = (
    r"(?:[Rr]ue|[Aa]venue|[Aa]v\.|[Bb]oulevard|[Bb]d\.?|[Cc]haussée|[Aa]llée|[Cc]hemin|[Cc]los|[Qq]uai|[Ii]mpasse|[Ss]quare|[Pp]lace"
    rf"|[Rr]oute|[Dd]rève|[Vv]enelle|[Ss]entier) (?:(?:de la|de l['’]|du|des|de|d['’]|la|le|les|l['’]|aux?) ?){{0,2}}{_CAP}"
    rf"(?:[ -](?:(?:de la|de l['’]|de|du|des|d['’]|et|aux?|à la|à|en|sur|sous|lez) ?){{0,2}}{_CAP}){{0,5}}"
)
_ADDRESSES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\w)(?:\d{{1,4}}[a-z]?,? )?{_STREET_FR},? {_HOUSE}{_TOWN}?",
        rf"(?<!\w)\d{{1,4}}[a-z]?,? {_STREET_FR}{_TOWN}?",
        rf"(?<!\w)\d{{1,4}}[a-z]? (?:{_CAP} ){{1,3}}{_STREET_EN}(?:,? {CAPITALISED}(?: {CAPITALISED})?(?!\w)){{0,3}}(?:,? {_POSTCODE_EN})?",
        _POSTCODE_EN,
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
    small = in_small_letters(text)
    for match in _EMAIL.finditer(text):
        yield hit_at(text, match.start(), match.end(), Kind.EMAIL, "has the form of an e-mail address")
    yield from _accounts(text)
    yield from _eleven_digits(text)
    yield from _births(text, small)
    for match in _REGISTERED.finditer(small):
        if sum(map(str.isdigit, match["number"])) >= _FEWEST_DIGITS:
            yield hit_at(
                text, *match.span("number"), Kind.PROFESSIONAL, "a number after the name of a register"
            )
    for match in _NHS.finditer(text):
        if is_nhs_number(_bare(match[0])):
            yield hit_at(
                text, *match.span(), Kind.DOSSIER, "ten digits with the check digit of an NHS number"
            )
    for match in _DOSSIER.finditer(small):
        start, end = match.span("number")
        if sum(map(str.isdigit, match["number"])) >= _FEWEST_DIGITS and not (
            _DATE.match(small, start) or _YEAR.fullmatch(match["number"])
        ):
            yield hit_at(text, start, end, Kind.DOSSIER, "a number after a word for a file")
    for match in _ABROAD.finditer(text):
        yield hit_at(
            text, *match.span(), Kind.NATIONAL, "has the form of a national number of another country"
        )
    for match in _PHONE.finditer(text):
        if not _DATE.match(small, match.start()):
            yield hit_at(text, match.start(), match.end(), Kind.PHONE, "has the form of a phone number")
    for match in _SPOKEN_PHONE.finditer(small):
        yield hit_at(text, *match.span(), Kind.PHONE, "a phone number in words")
    for match in _CODE.finditer(text):
        yield hit_at(text, *match.span(), Kind.DOSSIER, "letters and digits as in the number of a file")
    for match in _LONG_NUMBER.finditer(text):
        yield hit_at(text, match.start(), match.end(), Kind.DOSSIER, "a long number of an unknown kind")
    for pattern in (*_ADDRESSES, _STREET_ALONE):
        for match in pattern.finditer(text):
            end = match.start() + len(match[0].rstrip(".-'’"))
            yield hit_at(text, match.start(), end, Kind.ADDRESS, "has the form of an address")


def _births(text: str, small: str) -> Iterator[Hit]:
    for match in _DATE.finditer(small):
        if not _exists(match[0]):
            continue
        before = text[max(0, match.start() - 80) : match.start()]
        if _BIRTH.search(before) or _BORN_BEHIND.match(text, match.end()):
            yield hit_at(text, *match.span(), Kind.BIRTH_DATE, "a date after a word for birth")
        elif _year(match[0]) <= _LONG_AGO and not _OF_A_LAW.search(before):
            yield hit_at(text, *match.span(), Kind.BIRTH_DATE, "a date of long ago: it may be one of birth")
    for match in _SIX_DIGITS.finditer(text):
        if _BIRTH.search(text[max(0, match.start() - 80) : match.start()]):
            yield hit_at(text, *match.span(), Kind.BIRTH_DATE, "a date after a word for birth")
    for match in _SPOKEN_DATE.finditer(small):
        day = _SPOKEN_DAY.search(text, max(0, match.start() - 28), match.start())
        start = day.start() if day else match.start()
        yield hit_at(text, start, match.end(), Kind.BIRTH_DATE, "a date in words")


def _exists(date: str) -> bool:
    """Whether a date in numbers has a month and a day that exist."""
    numbers = [int(number) for number in re.findall(r"\d+", date)]
    return len(numbers) < 3 or (0 < min(numbers[:2]) <= 12 and max(numbers[:2]) <= 31) or numbers[0] > 31


def _year(date: str) -> int:
    """The year of a date; two digits are of the century that makes it past."""
    digits = re.findall(r"\d{4}|\d{2}(?!\d)", date)
    year = next((int(number) for number in digits if len(number) == 4), int(digits[-1]))
    return year if year >= 100 else year + (1900 if year > 30 else 2000)


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits are a patient number of the NHS: weights 10 to 2, remainder by 11.

    Examples
    --------
    >>> is_nhs_number("9434765919"), is_nhs_number("9434765918")
    (True, False)
    """
    if len(digits) != 10 or not digits.isdecimal():
        return False
    check = (
        11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    )
    return check % 11 == int(digits[9]) and check != 10


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
