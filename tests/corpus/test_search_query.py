"""The language of searches: what is meant, and what is refused with its place and remedy."""

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.search.query import (
    Condition,
    Either,
    Every,
    Near,
    Pattern,
    Phrase,
    Query,
    QueryError,
    Speaker,
    Without,
    Word,
    parse_query,
)


def parsed(text: str, *, lemma: bool = False) -> Query:
    query = parse_query(text, lemma=lemma)
    assert query is not None
    return query


def phrase(*words: str, lemma: bool = False) -> Phrase:
    return Phrase(tuple(Word(word, lemma) for word in words))


def test_words_must_all_occur_and_quotes_make_a_phrase() -> None:
    assert parsed("geld").wanted == phrase("geld")
    assert parsed('geld "geen tijd"').wanted == Every((phrase("geld"), phrase("geen", "tijd")))
    assert parsed("geld AND tijd") == parsed("geld tijd")


def test_or_and_brackets() -> None:
    assert parsed("a OR b OR c").wanted == Either((phrase("a"), phrase("b"), phrase("c")))
    assert parsed("(a OR b) c").wanted == Every((Either((phrase("a"), phrase("b"))), phrase("c")))
    assert parsed("source:X a OR b").wanted == Either((phrase("a"), phrase("b")))


def test_minus_and_not() -> None:
    wanted = Every((phrase("a"), Without(phrase("b"))))
    assert parsed("a -b").wanted == parsed("a NOT b").wanted == wanted
    assert parsed("a OR c -b").wanted == Every((Either((phrase("a"), phrase("c"))), Without(phrase("b"))))


def test_near_counts_words_ten_where_no_number_is_given() -> None:
    assert parsed("a NEAR/5 b").wanted == Near(phrase("a"), phrase("b"), 5)
    assert parsed("a NEAR b").wanted == Near(phrase("a"), phrase("b"), 10)
    assert parsed("a NEAR/2 b NEAR/3 c").wanted == Near(Near(phrase("a"), phrase("b"), 2), phrase("c"), 3)


def test_lemma_by_field_or_for_all_words() -> None:
    assert parsed("lemma:wachten x").wanted == Every((phrase("wachten", lemma=True), phrase("x")))
    assert parsed("wachten verple*", lemma=True).wanted == Every(
        (phrase("wachten", lemma=True), phrase("verple*"))
    )


def test_fields_say_where_to_look() -> None:
    query = parsed('geld speaker:"GP 3" source:Minutes -title:draft language:nl after:2021-06 before:2022')
    assert query.conditions == (
        Condition("speaker", "GP 3"),
        Condition("source", "Minutes"),
        Condition("title", "draft", is_excluded=True),
        Condition("language", "nl"),
    )
    assert (query.since, query.until) == (dt.date(2021, 6, 1), dt.date(2022, 1, 1))


def test_fields_of_one_kind_are_alternatives_and_excluded_ones_all_hold() -> None:
    query = parsed("geld source:Minutes source:Survey* -title:draft before:2022")
    assert query.holds("source", "minutes") and query.holds("source", "Survey 2020")
    assert not query.holds("source", "Interviews")
    assert query.holds("title", "Meeting 3") and not query.holds("title", "A DRAFT")
    assert query.holds("language", None)
    assert query.holds_on(dt.date(2021, 12, 31))
    assert not query.holds_on(dt.date(2022, 1, 1)) and not query.holds_on(None)


def test_who_speaks_is_known_by_label_name_role_and_group() -> None:
    anna = Speaker("GP 3", "Anna Peeters", role="Huisarts", group="Practice A")
    nobody_known = Speaker("GP 4")
    for query in ('speaker:"gp 3"', "speaker:Anna*", "role:huisarts", 'group:"practice a"', "-speaker:X"):
        assert parsed(f"geld {query}").is_said_by(anna)
    for query in ("speaker:X", "-speaker:Anna*", "speaker:Anna* -role:huisarts", "role:huisarts group:B"):
        assert not parsed(f"geld {query}").is_said_by(anna)
    assert parsed("geld -role:huisarts").is_said_by(nobody_known)
    assert not parsed("geld role:*").is_said_by(nobody_known)
    assert parsed("geld -role:huisarts").is_said_by(None)
    assert not parsed("geld role:huisarts").is_said_by(None)


def test_a_pattern_stands_between_slashes() -> None:
    assert parsed(r"/a\/b c+/ x").wanted == Every((Pattern(r"a\/b c+"), phrase("x")))
    assert parsed("and/or").wanted == phrase("and/or")


def test_nothing_is_no_query() -> None:
    assert parse_query(" \n") is None


def test_times_and_small_or_are_words() -> None:
    assert parsed("10:30 or").wanted == Every((phrase("10:30"), phrase("or")))


@pytest.mark.parametrize(
    ("query", "place", "remedy"),
    [
        ("geld OR budget zorg", 1, "brackets"),
        ('geld "geen tijd', 6, "Close it"),
        ("geld (tijd", 6, "Close it"),
        ("geld) tijd", 5, "Take it out"),
        ("geld ()", 6, "empty"),
        ("OR geld", 1, "both of its sides"),
        ("geld OR", 8, "both of its sides"),
        ("geld NEAR/5", 6, "both of its sides"),
        ("NEAR/5 geld", 1, "both of its sides"),
        ("geld NEAR/0 tijd", 6, "counts from 1"),
        ("geld NEAR /x/", 6, "joins words and phrases"),
        ("geld - tijd", 6, "minus stands alone"),
        ("geld *", 6, "needs letters"),
        ('geld ""', 6, "nothing to look for"),
        ("geld sorce:Minutes", 6, "source:"),
        ("geld source:", 6, "needs a value"),
        ("geld after:June", 6, "after:2021-06"),
        ("geld after:2021-13", 6, "no date"),
        ("(geld source:Minutes)", 7, "outside the brackets"),
        ("source:A OR source:B geld", 10, "alternatives"),
        ("geld OR source:B", 9, "alternatives"),
        ("source:Minutes", 1, "which words"),
        ("-geld", 1, "which words"),
        ("geld NOT", 9, "needs something"),
        ("/(?<=no )time/", 1, "RE2"),
        ("/(time/", 1, "cannot be read"),
        ("/time", 1, "not closed"),
        ("(" * 30 + "a", 21 + 1, "too many brackets"),
        ("a" * 1001, 1001, "1,000"),
    ],
)
def test_what_means_nothing_is_refused_with_its_place_and_remedy(query: str, place: int, remedy: str) -> None:
    with pytest.raises(QueryError) as refused:
        parse_query(query)
    assert f"character {place}:" in str(refused.value)
    assert remedy in str(refused.value)


@given(st.text(alphabet='ab*"() -/:ORNEAT.5source“”', max_size=60), st.booleans())
def test_any_string_is_read_or_refused(text: str, lemma: bool) -> None:
    with contextlib.suppress(QueryError):
        parse_query(text, lemma=lemma)
