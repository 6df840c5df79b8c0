"""Candidate passages: by the words of codes, in three languages, and by a search."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from codebook.exchange import load_scheme
from codebook.models import Code
from codebook.suggestions import (
    Origin,
    Rules,
    sentence_around,
    suggest_by_search,
    suggest_by_terms,
    terms_of,
)
from corpus.documents import make_document
from corpus.models import Document, RawText, Source, SourceKind


def a_document(text: str, *, language: str | None = "en") -> Document:
    source = Source(UUID(int=1), "Interviews", SourceKind.INTERVIEW)
    document = make_document(source, RawText(text, "a.txt", "0"), language=language)
    return replace(document, language=language)  # else a language that is not given is recognised


def found(
    text: str, terms: dict[str, dict[str, list[str]]], *, language: str | None = "en"
) -> list[tuple[str, str, str]]:
    document = a_document(text, language=language)
    return [
        (s.code, s.origin.pattern, document.text[s.start_char : s.end_char])
        for s in suggest_by_terms(document, Rules(terms))
    ]


@pytest.mark.parametrize(
    ("language", "term", "text"),
    [
        ("en", "practice nurse", "She came. Two practice nurses left. Then rain."),
        ("nl", "verpleegkundige", "Zij kwam. Twee verpleegkundigen gingen weg. Toen regen."),
        ("fr", "infirmière", "Elle vint. Deux infirmières sont parties. Puis la pluie."),
    ],
)
def test_words_of_a_code_are_found_by_lemma_with_the_sentence_around(
    language: str, term: str, text: str
) -> None:
    sentence = text.split(". ")[1] + "."
    assert found(text, {"STAFF": {language: [term]}}, language=language) == [("STAFF", term, sentence)]


def test_french_elisions_are_words_and_short_forms_end_no_sentence() -> None:
    text = "Puis rien. L'accès manque, dit M. Dupont au Dr. Martin le 3 janv. 2018. L’argent aussi."
    terms = {"ACC": {"fr": ["accès"]}, "ECO": {"fr": ["argent"]}}
    assert found(text, terms, language="fr") == [
        ("ACC", "accès", "L'accès manque, dit M. Dupont au Dr. Martin le 3 janv. 2018."),
        ("ECO", "argent", "L’argent aussi."),
    ]


def test_nothing_is_found_in_a_language_in_which_a_code_has_no_words() -> None:
    assert found("Geen geld.", {"ECO": {"en": ["geld"]}}, language="nl") == []


def test_words_are_found_as_they_stand_even_where_their_lemma_is_another() -> None:
    assert found("The data was lost.", {"IT": {"en": ["Data"]}}) == [("IT", "Data", "The data was lost.")]


def test_one_suggestion_for_a_code_and_a_sentence_names_all_that_was_found() -> None:
    terms = {"ECO": {"en": ["money", "grant"]}, "ORG": {"en": ["grant"]}}
    assert found("No money and no grants. Nothing else.", terms) == [
        ("ECO", "money, grant", "No money and no grants."),
        ("ORG", "grant", "No money and no grants."),
    ]


def test_name_of_the_speaker_is_no_part_of_the_passage_and_headings_are_not_suggested() -> None:
    text = "# Money\n\nGP 3 [00:12:05]: The money ends. We stop.\n\nGP 4: Who has money?\n"
    assert [passage for _, _, passage in found(text, {"ECO": {"en": ["money"]}})][-2:] == [
        "The money ends.",
        "Who has money?",
    ]


def test_words_of_another_language_are_not_sought_unless_the_language_is_unknown() -> None:
    terms = {"ECO": {"en": ["money"], "nl": ["geld"]}}
    assert found("Er is geen geld, no money.", terms, language="nl") == [
        ("ECO", "geld", "Er is geen geld, no money.")
    ]
    assert found("Kein geld, no money.", terms, language=None) == [
        ("ECO", "geld, money", "Kein geld, no money.")
    ]


def test_one_enormous_line_is_read_in_pieces() -> None:
    text = "word " * 250_000 + "the money ends"
    ((code, _, passage),) = found(text, {"ECO": {"en": ["money"]}})
    assert code == "ECO"
    assert passage.endswith("the money ends")


def test_nothing_is_found_without_words_or_in_an_empty_text() -> None:
    assert found("The money ends.", {"ECO": {"en": ["–", " "]}}) == []
    assert found("The money ends.", {}) == []
    assert found("", {"ECO": {"en": ["money"]}}) == []


def test_search_suggests_each_sentence_once() -> None:
    document = a_document("Money, money. Élise has no money.\n\nNo more.")
    suggested = list(suggest_by_search(document, "money", "ECO"))
    assert [document.text[s.start_char : s.end_char] for s in suggested] == [
        "Money, money.",
        "Élise has no money.",
    ]
    assert {s.origin for s in suggested} == {Origin("search", "money")}


def test_sentence_around_a_place_over_two_sentences_holds_both() -> None:
    document = a_document("One. Two three. Four.")
    start = document.text.index("three")
    assert sentence_around(document, start, document.text.index("Four") + 2) == (5, 21)


def test_terms_of_the_codebook_come_before_what_include_and_label_say() -> None:
    said = {
        "label": {"en": "Funding", "nl": "Geld en middelen"},
        "include": "grants; see ECO-FIN for what is paid",
    }
    code = Code(UUID(int=1), "ECO-FUND", parent="ECO", **said)  # type: ignore[arg-type]
    assert terms_of(code) == {"en": ("Funding", "grants"), "nl": ("Geld", "middelen")}
    own = Code(UUID(int=1), "ECO-FUND", parent="ECO", terms={"nl": ("subsidie",)}, **said)  # type: ignore[arg-type]
    assert terms_of(own) == {"nl": ("subsidie",)}
    assert terms_of(Code(UUID(int=1), "ECO", {"en": "Money"})) == {}


def test_every_theme_of_the_starter_codebook_has_words_in_three_languages() -> None:
    themes = [code for code in load_scheme("grol-wensing").codes if code.parent is not None]
    assert all({"en", "nl", "fr"} <= set(terms_of(code)) for code in themes)
