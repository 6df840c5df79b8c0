"""Search in one text: words whatever their case and accents, at their place in the stored text."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UserFacingError
from corpus.models import Section, SectionKind
from corpus.search import Speaker, search
from corpus.search.folding import fold
from corpus.search.matching import find_word

TURNS = "GP 3: No time for the nurse.\nNurse: The GP 3 has money.\nGP 3: Money is time."


def quotes(text: str, query: str, *, language: str | None = None) -> list[str]:
    return [match.quote for match in search(text, query, language=language)]


def turns() -> tuple[Section, ...]:
    lines, start = [], 0
    for line in TURNS.split("\n"):
        name = line.partition(":")[0]
        lines.append(Section(SectionKind.TURN, start, start + len(line), speaker=name))
        start += len(line) + 1
    return tuple(lines)


def test_case_and_accents_do_not_matter() -> None:
    assert quotes("Le médecin; DE PATIËNT, patient.", "MEDECIN") == ["médecin"]
    assert quotes("Le médecin; DE PATIËNT, patient.", "patiënt") == ["PATIËNT", "patient"]
    assert quotes("Le médecin", "me\u0301decin") == ["médecin"]
    assert quotes("Le me\u0301decin", "médecin") == ["me\u0301decin"]


def test_letters_that_are_typed_as_two() -> None:
    assert quotes("un cœur, la Straße, l’œuvre", "coeur strasse oeuvre") == ["cœur", "Straße", "œuvre"]
    assert quotes("un coeur", "cœur") == ["coeur"]


def test_only_whole_words_are_found() -> None:
    assert quotes("heart, art, artful", "art") == ["art"]


def test_a_phrase_is_found_across_a_line_end() -> None:
    assert quotes("There is no\ntime. No, time flies.", '"no time"') == ["no\ntime"]
    assert quotes("geen tijd", "„geen tijd”") == ["geen tijd"]
    assert quotes("no no time", '"no time"') == ["no time"]


def test_all_words_must_occur_and_each_occurrence_is_told_in_order() -> None:
    assert quotes("time and money, time again", "money time") == ["time", "money", "time"]
    assert quotes("time again", "money time") == []


def test_an_empty_query_finds_nothing() -> None:
    assert quotes("time", "  ") == []


def test_signs_are_found_as_they_are() -> None:
    assert quotes("paid (or not) .*", '"(or"') == ["(or"]
    assert quotes("co-op and cooperation; 50%", "co-op") == ["co-op"]
    assert quotes("co-op and cooperation; 50%", "50%") == ["50%"]


def test_offsets_are_those_of_the_stored_text() -> None:
    text = "😀 Straße İstanbul q\u0323\u0307x, co\u00adoperation ﬁne"
    for query, word in [
        ("strasse", "Straße"),
        ("istanbul", "İstanbul"),
        ("qx", "q\u0323\u0307x"),
        ("fine", "ﬁne"),
    ]:
        (match,) = search(text, query)
        assert match.quote == word == text[match.start_char : match.end_char]
    assert quotes(text, "cooperation") == ["co\u00adoperation"]


def test_scripts_without_spaces_are_searched_inside_their_lines() -> None:
    assert quotes("我们的医生很忙", "医生") == ["医生"]


def test_letters_left_open() -> None:
    text = "verpleegkundigen en de tijdsdruk; huisarts, drukte"
    assert quotes(text, "verple*") == ["verpleegkundigen"]
    assert quotes(text, "*tijd*") == ["tijdsdruk"]
    assert quotes(text, "*druk") == ["tijdsdruk"]
    assert quotes(text, "*druk*") == ["tijdsdruk", "drukte"]
    assert quotes(text, "ver*ig*n") == ["verpleegkundigen"]
    assert quotes(text, "ver*ig") == []
    assert quotes(text, '"de tijd*"') == ["de tijdsdruk"]
    assert quotes("aab abb", "a*b") == ["aab", "abb"]


def test_a_lemma_finds_all_its_forms_and_the_word_itself() -> None:
    assert quotes("Huisartsen, de huisarts", "lemma:huisarts", language="nl") == ["Huisartsen", "huisarts"]
    assert quotes("Huisartsen, de huisarts", "lemma:huisartsen", language="nl") == ["Huisartsen", "huisarts"]
    assert quotes("les médecins du médecin", "lemma:medecins", language="fr") == ["médecins", "médecin"]
    assert quotes("they waited, waits", "lemma:wait", language="en") == ["waited", "waits"]
    assert quotes("zorgpunten", "lemma:zorgpunten", language="nl") == ["zorgpunten"]
    assert quotes("lange wachttijden", 'lemma:"lange wachttijd"', language="nl") == ["lange wachttijden"]


def test_what_stands_near_is_one_place_from_the_one_to_the_other() -> None:
    text = "Geld is er voor de verpleegkundige. Niemand sprak over andere dingen dan geld."
    assert quotes(text, "geld NEAR/5 verpleegkundige") == ["Geld is er voor de verpleegkundige"]
    assert quotes(text, "verpleegkundige NEAR/5 geld") == ["Geld is er voor de verpleegkundige"]
    assert quotes(text, "geld NEAR/4 verpleegkundige") == []
    assert quotes(text, "dingen NEAR/1 dan") == ["dingen dan"]
    assert quotes(text, '(geld OR dingen) NEAR/2 "sprak over"') == ["sprak over andere dingen"]


def test_one_of_several_words_is_enough_with_or() -> None:
    assert quotes("budget voor zorg", "geld OR budget") == ["budget"]
    assert quotes("budget voor zorg", "(geld OR budget) zorg") == ["budget", "zorg"]
    assert quotes("geld", "(geld OR budget) zorg") == []


def test_a_word_with_a_minus_must_not_occur() -> None:
    assert quotes("geen geld", "geld -tijd") == ["geld"]
    assert quotes("geen geld", 'geld -"geen geld"') == []
    assert quotes("geen geld", "geld NOT geen") == []


def test_a_place_within_another_is_told_once() -> None:
    assert quotes("no money", '"no money" money') == ["no money"]


def test_names_before_turns_are_nobodys_words() -> None:
    found = list(search(TURNS, '"GP 3" OR nurse', sections=turns()))
    assert [(m.quote, TURNS[: m.start_char].count("\n")) for m in found] == [("nurse", 0), ("GP 3", 1)]
    assert [m.quote for m in search(TURNS, "/[A-Z]P 3/", sections=turns())] == ["GP 3"]
    assert list(search(TURNS, "nurse NEAR/9 money", sections=turns())) == []


def test_only_what_a_speaker_says() -> None:
    both = [m.quote for m in search(TURNS, 'time money speaker:"gp 3"', sections=turns())]
    assert both == ["time", "Money", "time"]
    assert [m.quote for m in search(TURNS, "money -speaker:GP*", sections=turns())] == ["money"]
    assert list(search(TURNS, "money speaker:Patient", sections=turns())) == []


def test_a_speaker_is_also_known_by_the_name_of_who_speaks_under_the_label() -> None:
    def who(label: str) -> Speaker:
        return Speaker(label, "Anna", "nurse") if label == "Nurse" else Speaker(label)

    for query in ("money speaker:anna", "money role:nurse", 'money -speaker:"GP 3"'):
        (match,) = search(TURNS, query, sections=turns(), who=who)
        assert TURNS[: match.start_char].count("\n") == 1
    assert list(search(TURNS, "money role:nurse", sections=turns())) == []


def test_patterns_are_of_the_text_as_it_is() -> None:
    assert quotes("NHS, nhs; Été 2021", "/[A-Z]{2,}/") == ["NHS"]
    assert quotes("NHS, nhs; Été 2021", "/É.é/") == ["Été"]
    assert quotes("NHS, nhs; Été 2021", r"/\d{4}/ nhs") == ["NHS", "nhs", "2021"]
    assert quotes("aaa", "/x*/") == []


@pytest.mark.parametrize(
    "query",
    [
        *("/(a+)+$/", "/(a|aa)+b/", "/[ab].{900}Q/", "/(.{0,100}x){0,9}q/", "/((a|b){1,100}){1,9}c/"),
        *("a*a*a*a*a*a*b", '"a*a*a*a*b a*a*a*a*b"', "*a*a*a*b"),
    ],
)
def test_hostile_patterns_answer_at_once(query: str) -> None:
    begin = time.process_time()
    assert quotes("a" * 50_000 + "!", query) in ([], ["a"])
    assert time.process_time() - begin < 2


def test_a_pattern_that_could_take_minutes_in_a_long_text_is_refused() -> None:
    with pytest.raises(UserFacingError, match="too large for a text of 1,000,000 characters"):
        quotes("ab" * 500_000, "/((a|b){1,100}){1,9}c/")
    assert quotes("ab " * 300_000 + "abc", "/[a-z]{3}/") == ["abc"]


def test_nearness_of_common_words_in_a_long_text_answers_at_once() -> None:
    begin = time.process_time()
    assert len(quotes("an ever so empty attic. " * 8_000, "a* NEAR/50 e*")) > 8_000
    assert time.process_time() - begin < 4


def test_where_a_text_comes_from_is_not_to_be_found_in_it() -> None:
    with pytest.raises(UserFacingError, match="page Search"):
        list(search("money", "money source:Minutes"))


def test_a_line_of_context_shows_both_sides() -> None:
    (match,) = search("a" * 50 + " no\ttime\nleft " + "b" * 50, "time")
    assert match.left.endswith("aa no ")
    assert match.right.startswith(" left bb")
    assert len(match.left) <= 40 >= len(match.right)


_SIGNS = st.text(alphabet='abé* "()-/:ORNEA.5\u00ad', max_size=25)


@given(st.text(), st.one_of(st.text(max_size=20), _SIGNS))
@settings(max_examples=300)
def test_whatever_is_asked_every_match_lies_in_the_text_or_the_query_is_refused(
    text: str, query: str
) -> None:
    try:
        found = list(search(text, query, language="en"))
    except UserFacingError:
        return
    for match in found:
        assert 0 <= match.start_char < match.end_char <= len(text)
        assert match.quote == text[match.start_char : match.end_char]


@given(st.text())
def test_folding_keeps_the_place_of_every_character(text: str) -> None:
    folded = fold(text)
    assert folded.span(0, len(folded.text))[1] == len(text) or not folded.text
    for place, character in enumerate(folded.text):
        start, end = folded.span(place, place + 1)
        assert start < end
        assert character in fold(text[start]).text


@given(st.text(alphabet="ab ", max_size=30), st.text(alphabet="ab*", min_size=1, max_size=6))
def test_letters_left_open_are_found_as_a_pattern_would(text: str, word: str) -> None:
    import re

    if not word.strip("*"):
        return
    pattern = re.compile(word.replace("**", "*").replace("**", "*").replace("*", "[ab]*"))
    wanted = [each for each in text.split() if pattern.fullmatch(each)]
    assert [text[start:end] for start, end in find_word(word, text)] == wanted
