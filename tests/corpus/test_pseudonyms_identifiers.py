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
    ],
)
def test_numbers_and_addresses_are_found_whole(text: str, words: str, kind: Kind) -> None:
    assert kinds(text)[words] is kind


@pytest.mark.parametrize(
    "text",
    ["op 12 maart 2019", "14:30 tot 15:45", "in 2016 en 2017", "een kost van 1.250 euro", "punt 3.2.1"],
)
def test_dates_hours_and_amounts_name_nobody(text: str) -> None:
    assert kinds(text) == {}
