"""Numbers that name somebody: check digits decide what they are, and a wrong one is not let go."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.pseudonyms.finding import find_hits
from corpus.pseudonyms.identifiers import is_iban, is_national_number, is_professional_number
from corpus.pseudonyms.models import Kind


def kinds(text: str, language: str = "nl") -> dict[str, Kind]:
    return {text[hit.start_char : hit.end_char]: hit.kind for hit in find_hits(text, language=language).hits}


@pytest.mark.parametrize(
    "number",
    [
        "67031212372",
        "01052201490",  # born in 2001
        "45471400276",  # BIS: the month is 40 higher
        "65220311751",  # BIS: the month is 20 higher
    ],
)
def test_national_numbers_are_told_by_their_check_digits(number: str) -> None:
    assert is_national_number(number)
    assert not is_national_number(number[:-1] + str((int(number[-1]) + 1) % 10))


def test_a_month_that_does_not_exist_is_no_national_number() -> None:
    assert not is_national_number("78191841045")


@given(st.integers(0, 999_999))
def test_one_pair_of_check_digits_fits_a_professional_number(first: int) -> None:
    fitting = [n for n in range(100) if is_professional_number(f"{first:06}{n:02}004")]
    assert len(fitting) == 1


def test_accounts_are_told_by_remainder_and_length() -> None:
    assert is_iban("NL89INGB0004821937")
    assert not is_iban("NL98INGB0004821937")
    assert not is_iban("BE0536305012347")


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("Nummer 67.03.12-123.72 van hem.", "67.03.12-123.72", Kind.NATIONAL),
        ("Nummer 67.03.12-123.73 van hem.", "67.03.12-123.73", Kind.DOSSIER),
        ("RIZIV 1-03456-43-004.", "1-03456-43-004", Kind.PROFESSIONAL),
        ("Rekening BE05 3630 5012 3475 graag.", "BE05 3630 5012 3475", Kind.IBAN),
        ("Rekening BE06 3630 5012 3475 graag.", "BE06 3630 5012 3475", Kind.DOSSIER),
        ("Bel 0475 12 34 56 of", "0475 12 34 56", Kind.PHONE),
        ("Bel +32 9 321 45 67 of", "+32 9 321 45 67", Kind.PHONE),
        ("Bel +31 20 624 11 11.", "+31 20 624 11 11", Kind.PHONE),
        ("Appelez le 06 12 34 56 78.", "06 12 34 56 78", Kind.PHONE),
        ("Schrijf naar jan.maes@zorg.be.", "jan.maes@zorg.be", Kind.EMAIL),
        ("geboren op 12 maart 1967 in huis", "12 maart 1967", Kind.BIRTH_DATE),
        ("née le 07/11/2005.", "07/11/2005", Kind.BIRTH_DATE),
        (
            "woont in de Kerkstraat 14 bus 3, 9230 Wetteren.",
            "Kerkstraat 14 bus 3, 9230 Wetteren",
            Kind.ADDRESS,
        ),
        ("habite rue des Tilleuls 27, 5000 Namur.", "rue des Tilleuls 27, 5000 Namur", Kind.ADDRESS),
        ("Dossier n° A-78412/19 volgt", "A-78412/19", Kind.DOSSIER),
        ("Ons kenmerk: SD/BW/2024-1187", "SD/BW/2024-1187", Kind.DOSSIER),
        ("My file with you is OMB/23-0417.", "OMB/23-0417", Kind.DOSSIER),
        ("NHS No 943 476 5919", "943 476 5919", Kind.DOSSIER),
        ("mededeling +++090/3387/55170+++", "+++090/3387/55170+++", Kind.DOSSIER),
        ("NMC PIN 14C0827E", "14C0827E", Kind.PROFESSIONAL),
        ("PPS 1234567TW", "1234567TW", Kind.NATIONAL),
        ("RIZIV 1/03456/43/004", "1/03456/43/004", Kind.PROFESSIONAL),
        (
            "bel nul vier zeven negen, veertien, tachtig, zestien",
            "nul vier zeven negen, veertien, tachtig, zestien",
            Kind.PHONE,
        ),
        ("Tel. 0478 / 90 12 35", "0478 / 90 12 35", Kind.PHONE),
        ("D.o.b.: 29-07-1951, London", "29-07-1951", Kind.BIRTH_DATE),
        ("geboortedatum: 14 september '81", "14 september '81", Kind.BIRTH_DATE),
        ("date de naissance, 6 chiffres : 060947", "060947", Kind.BIRTH_DATE),
        (
            "Omer is van twee november negentien achtendertig",
            "twee november negentien achtendertig",
            Kind.BIRTH_DATE,
        ),
        ("K301 Omer, 02/11/1938: rustig", "02/11/1938", Kind.BIRTH_DATE),
        ("7 Larch Close, Todmorden, OL14 9QX", "7 Larch Close, Todmorden, OL14 9QX", Kind.ADDRESS),
        ("avenue des Mésanges, 12 à 4100 Seraing", "avenue des Mésanges, 12 à 4100 Seraing", Kind.ADDRESS),
        ("Kapucijnenvoer 207, blok J, 3000 Leuven", "Kapucijnenvoer 207, blok J, 3000 Leuven", Kind.ADDRESS),
    ],
)
def test_numbers_and_addresses_are_found_whole(text: str, words: str, kind: Kind) -> None:
    assert kinds(text)[words] is kind


@pytest.mark.parametrize(
    "text",
    [
        "op 12 maart 2019",
        "14:30 tot 15:45",
        "in 2016 en 2017",
        "een kost van 1.250 euro",
        "punt 3.2.1",
        "de wet van 22 augustus 2002",
        "the Act of 7 May 2004",
        "op 31.81.35",
        "EQ-5D-5L en COVID-2019",
        "no 2017 was better",
    ],
)
def test_dates_hours_and_amounts_name_nobody(text: str) -> None:
    assert kinds(text) == {}
