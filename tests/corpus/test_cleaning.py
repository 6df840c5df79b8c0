"""Cleaning: the same text in, whatever the machine it was written on."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from corpus.cleaning import clean_text, count_control_characters

ANY_TEXT = st.text(st.characters(codec=None))


@given(ANY_TEXT)
@example("e\x00\u0301")
@example("\ud83d\ude00 and \ud83d alone")
@example("\r\r\n\x85\u2028")
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


@given(ANY_TEXT)
def test_a_clean_text_can_be_stored_anywhere(text: str) -> None:
    clean = clean_text(text)
    clean.encode("utf-8")
    assert unicodedata.is_normalized("NFC", clean)
    assert not any(unicodedata.category(c) == "Cc" and c not in "\n\t" for c in clean)


def test_line_ends_of_every_system_become_newlines() -> None:
    assert clean_text("a\r\nb\rc\nd\u2028e\x0cf") == "a\nb\nc\nd\ne\nf"


def test_bidirectional_and_zero_width_characters_stay() -> None:
    text = "\u202bمرحبا\u202c \u200b👨\u200d👩\u200d👧"
    assert clean_text(text) == text


def test_halves_of_a_pair_are_joined_and_a_lone_half_is_replaced() -> None:
    assert clean_text("\ud83d\ude00 \ud83d!") == "😀 \ufffd!"


def test_removed_characters_are_counted() -> None:
    assert count_control_characters("a\x00b\x07\n\t") == 2
