"""Names of people and places by rules, in three languages, measured on texts that are older."""

from __future__ import annotations

from time import process_time

import pytest

from benchmarks.pseudonyms import LANGUAGES, measure
from corpus.pseudonyms.finding import find_hits
from corpus.pseudonyms.models import PEOPLE, PSEUDONYM, Kind


def found(text: str, language: str | None = "nl") -> dict[str, Kind]:
    return {text[hit.start_char : hit.end_char]: hit.kind for hit in find_hits(text, language=language).hits}


def people(text: str, language: str | None = "nl") -> list[str]:
    hits = find_hits(text, language=language).hits
    return [text[hit.start_char : hit.end_char] for hit in hits if hit.kind in PEOPLE]


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_in_the_marked_texts_are_found_and_little_else(language: str) -> None:
    result = measure(language)
    assert result.found["person"] / result.marked["person"] >= 0.95
    assert result.right / result.proposed >= 0.9


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("Ik sprak met mevrouw Zwaenepoel.", "nl", ["Zwaenepoel"]),
        ("De heer Van den Kerkchove zweeg.", "nl", ["Van den Kerkchove"]),
        ("Le docteur Xhonneux viendra.", "fr", ["Xhonneux"]),
        ("M. Dupuis-Grandjean viendra.", "fr", ["Dupuis-Grandjean"]),
        ("I asked Dr P. Quillfeather.", "en", ["P. Quillfeather"]),
        ("Aanwezig: Bo Zurkx, An Qvist", "nl", ["Bo Zurkx", "An Qvist"]),
        ("Present:\n- Ottoline Frax\n- Zeb Quorn\n", "en", ["Ottoline Frax", "Zeb Quorn"]),
        ("DE ZUTTERE Annick werd gezien.", "nl", ["DE ZUTTERE Annick"]),
    ],
)
def test_titles_lists_and_forms_introduce_a_name(text: str, language: str, names: list[str]) -> None:
    assert people(text, language) == names


def test_a_name_that_was_introduced_is_found_wherever_it_recurs() -> None:
    text = (
        "Lieve Zwaenepoel kwam. Lieve zweeg. Zwaenepoel lachte, en mevrouw Zwaenepoel ging. Lieves man ook."
    )
    assert people(text) == ["Lieve Zwaenepoel", "Lieve", "Zwaenepoel", "Zwaenepoel", "Lieve"]


def test_the_first_word_of_a_sentence_is_no_evidence_alone() -> None:
    assert people("Lieve mensen, kom binnen. Grote zorgen zijn er. Joke was gisteren goed.") == []
    assert people("Grace is what we need. Will you come? Hope helps.", "en") == []
    assert people("Constant, il travaille. Présents et futurs.", "fr") == []


def test_an_ordinary_word_after_a_role_is_no_name() -> None:
    assert (
        people("I saw the GP. According to plan. As a patient, Is it right? A good nurse. Time flies.", "en")
        == []
    )


def test_speakers_under_a_role_or_number_are_no_names() -> None:
    assert people("GP 3: Ja.\nR1: Neen.\nINT: Waarom?\nInterviewer: Goed.\n") == []
    assert people("Lieve Peeters: Ja.\nINT: Waarom?\n") == ["Lieve Peeters"]


def test_places_and_institutions_are_found_by_table_and_by_cue() -> None:
    assert found("Zij ligt in AZ Sint-Maarten te Mechelen.") == {
        "AZ Sint-Maarten": Kind.INSTITUTION,
        "Mechelen": Kind.PLACE,
    }
    assert found("Il va à la Clinique du Parc Léopold, à Anvers.", "fr") == {
        "Clinique du Parc Léopold": Kind.INSTITUTION,
        "Anvers": Kind.PLACE,
    }


def test_a_family_name_that_is_a_town_too_stays_a_person() -> None:
    assert found("Ik zag mevrouw Christiane Van Damme.") == {"Christiane Van Damme": Kind.PERSON}


def test_what_is_left_with_a_capital_is_listed() -> None:
    text = "De heer Maes werkt met Zorgwijzer. Dat helpt."
    assert [text[start:end] for start, end in find_hits(text, language="nl").capitals] == ["Zorgwijzer"]


def test_nothing_is_found_inside_a_pseudonym() -> None:
    text = "Mevrouw [Persoon 1] sprak met dokter [Arts 2] in [Plaats 1]."
    assert found(text) == {}
    assert len(PSEUDONYM.findall(text)) == 3


@pytest.mark.parametrize("piece", ["Aa-", "Jan, ", "rue de ", "A. ", "a:\n", "Present:\n- ", "0", "("])
def test_hostile_texts_take_no_longer_than_others(piece: str) -> None:
    find_hits("Jan", language=None)  # dictionaries are loaded once
    begin = process_time()
    find_hits(piece * (60_000 // len(piece)), language=None)
    assert process_time() - begin < 5
