"""Words by lemma: counts, keyness as published, and a line of context for each place."""

from __future__ import annotations

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language import LANGUAGES
from corpus.words import concordance, count_words, keyness, lemma_of, stop_words, without, words_of


@given(st.text(max_size=200), st.sampled_from([*LANGUAGES, None]))
def test_words_stand_where_they_say_and_never_overlap(text: str, language: str | None) -> None:
    end = 0
    for word in words_of(text, language=language):
        assert text[word.start_char : word.end_char] == word.form
        assert word.start_char >= end
        end = word.end_char


@pytest.mark.parametrize(
    ("text", "language", "lemmas"),
    [
        ("The GPs didn't come; nurses' rooms", "en", ["the", "gp", "didn't", "come", "nurse", "room"]),
        (
            "Aujourd’hui l’infirmière qu’elle voit",
            "fr",
            ["aujourd'hui", "l", "infirmier", "qu", "elle", "voir"],
        ),
        ("zo'n diabetes-educator, 3 foto's", "nl", ["zo'n", "diabetes-educator", "foto"]),
        ("Ärzte, Pflege", "de", ["ärzte", "pflege"]),
        ("12 %, 3.5 – …", "en", []),
    ],
)
def test_words_are_what_a_reader_takes_for_words(text: str, language: str, lemmas: list[str]) -> None:
    assert [word.lemma for word in words_of(text, language=language)] == lemmas


def test_forms_of_a_word_count_together() -> None:
    counts = count_words("De huisarts helpt huisartsen. HUISARTSEN helpen.", language="nl")
    assert counts["huisarts"] == 3
    assert counts["helpen"] == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_of_grammar_are_small_letters_without_words_that_deny(language: str) -> None:
    listed = stop_words(language)
    assert len(listed) > 150
    assert all(word == word.lower() for word in listed)
    denials = {"no", "not", "never", "none", "nobody", "nor", "niet", "geen", "nooit", "niemand", "niets"}
    assert not listed & (denials | {"ne", "n", "pas", "jamais", "rien", "personne", "aucun", "non"})


def test_what_is_left_out_is_only_what_was_asked() -> None:
    counts = count_words("The nurse has no time and the nurse knows", language="en")
    assert without(counts, stop_words("en")) == {"nurse": 2, "no": 1, "time": 1, "know": 1}
    assert counts["the"] == 2


def test_nothing_is_key_between_equal_texts() -> None:
    counts = {"time": 5, "nurse": 8}
    assert [(w.log_likelihood, w.log_ratio) for w in keyness([counts], [counts])] == [(0, 0), (0, 0)]


def test_word_absent_on_one_side_counts_there_as_half_an_occurrence() -> None:
    (word, _) = keyness([{"fund": 4, "x": 96}], [{"x": 100}])
    assert (word.lemma, word.here, word.there) == ("fund", 4, 0)
    assert word.log_ratio == pytest.approx(3)
    (mirror, _) = keyness([{"x": 100}], [{"fund": 4, "x": 96}])
    assert mirror.log_ratio == pytest.approx(-3)
    assert mirror.log_likelihood == pytest.approx(-word.log_likelihood)


def test_one_side_without_words_gives_nothing_to_compare() -> None:
    assert keyness([{"time": 5}], []) == []
    assert keyness([], [{"time": 5}]) == []


def test_key_word_tells_in_how_many_texts_it_stands() -> None:
    found = {w.lemma: w for w in keyness([{"a": 3}, {"a": 1, "b": 9}, {"c": 1}], [{"a": 1, "b": 1, "c": 9}])}
    assert (found["a"].documents_here, found["b"].documents_here) == (2, 1)


counts = st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 500), min_size=1)


@given(counts, counts)
def test_log_likelihood_is_that_of_the_table_of_words_and_others(
    here: dict[str, int], there: dict[str, int]
) -> None:
    """Rayson and Garside's G² has the two cells of the word alone; sign and ratio agree with it."""
    n, m = sum(here.values()), sum(there.values())
    for word in keyness([here], [there], fewest=1):
        total = word.here + word.there
        expected = (n * total / (n + m), m * total / (n + m))
        terms = [o * math.log(o / e) for o, e in zip((word.here, word.there), expected, strict=True) if o > 0]
        assert abs(word.log_likelihood) == pytest.approx(2 * sum(terms), abs=1e-9)
        if word.here and word.there:
            assert (word.log_ratio >= 0) == (word.here / n >= word.there / m)
            assert word.log_ratio == pytest.approx(math.log2(word.here / n * m / word.there))


def test_line_in_context_is_found_in_any_form_of_the_word() -> None:
    text = "De verpleegkundige belt.\nTwee verpleegkundigen kwamen, een Verpleegkundige bleef."
    found = list(concordance(text, "verpleegkundigen", language="nl"))
    assert [match.quote for match in found] == ["verpleegkundige", "verpleegkundigen", "Verpleegkundige"]
    assert all(text[match.start_char : match.end_char] == match.quote for match in found)
    assert found[1].left.endswith("belt. Twee ")


def test_words_that_follow_each_other_are_found_as_one() -> None:
    text = "No time now. There were no times. No more time."
    assert [m.quote for m in concordance(text, "no time", language="en")] == ["No time", "no times"]


@pytest.mark.parametrize("wanted", ["", "  ", "123", "..."])
def test_nothing_wanted_finds_nothing(wanted: str) -> None:
    assert list(concordance("No time 123 ...", wanted, language="en")) == []


def test_a_word_is_found_by_its_form_where_its_lemma_is_wrong() -> None:
    form = "wrocht"
    assert Counter(m.quote for m in concordance("wrocht Wrocht", form, language="nl")) == {
        "wrocht": 1,
        "Wrocht": 1,
    }
    assert lemma_of("WROCHT", None) == "wrocht"
