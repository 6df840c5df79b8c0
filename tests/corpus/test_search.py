"""Plain-word search: words whatever their case and accents, at their place in the stored text."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.search import search


def quotes(text: str, query: str) -> list[str]:
    return [match.quote for match in search(text, query)]


def test_case_and_accents_do_not_matter() -> None:
    assert quotes("Le médecin; DE PATIËNT, patient.", "MEDECIN") == ["médecin"]
    assert quotes("Le médecin; DE PATIËNT, patient.", "patiënt") == ["PATIËNT", "patient"]


def test_only_whole_words_are_found() -> None:
    assert quotes("heart, art, artful", "art") == ["art"]


def test_a_phrase_is_found_across_a_line_end() -> None:
    assert quotes("There is no\ntime. No, time flies.", '"no time"') == ["no\ntime"]


def test_all_words_must_occur_and_each_occurrence_is_told_in_order() -> None:
    assert quotes("time and money, time again", "money time") == ["time", "money", "time"]
    assert quotes("time again", "money time") == []


def test_an_empty_query_finds_nothing() -> None:
    assert quotes("time", "  ") == []
    assert quotes("time", '""') == []


def test_signs_of_patterns_are_only_signs() -> None:
    assert quotes("paid (or not) .*", "(or") == ["(or"]
    assert quotes("abc", ".*") == []


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


def test_a_line_of_context_shows_both_sides() -> None:
    (match,) = search("a" * 50 + " no\ttime\nleft " + "b" * 50, "time")
    assert match.left.endswith("aa no ")
    assert match.right.startswith(" left bb")
    assert len(match.left) <= 40 >= len(match.right)


@given(st.text(), st.text(max_size=20))
def test_every_match_lies_in_the_text(text: str, query: str) -> None:
    for match in search(text, query):
        assert 0 <= match.start_char < match.end_char <= len(text)
        assert match.quote == text[match.start_char : match.end_char]
