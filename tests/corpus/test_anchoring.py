"""Places in a text, whatever it is written in."""

from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from corpus.anchoring import find_quote, from_utf8_bytes, from_utf16, make_segment, relocate
from corpus.cleaning import clean_text
from corpus.errors import SegmentOutOfRange
from corpus.models import Document

PIECES = st.sampled_from(
    [
        "a",
        "No time",
        " ",
        "\r\n",
        "\n",
        "é",
        "e\u0301",
        "😀",
        "👩🏽‍⚕️",
        "🇧🇪",
        "مرحبا",
        "\u202b",
        "慢性病",
        "𠮷",
        "q\u0323\u0307",
        "ß",
    ]
)
TEXT = st.lists(PIECES, min_size=1, max_size=40).map("".join).map(clean_text)


def a_document(text: str) -> Document:
    return Document(UUID(int=1), UUID(int=2), "Interview 4", text, (), "")


@st.composite
def places(draw: st.DrawFn) -> tuple[str, int, int]:
    text = draw(TEXT)
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    assume(text[start:end].strip())
    return text, start, end


@given(TEXT, st.data())
def test_offsets_of_browsers_and_of_bytes_lead_back_to_code_points(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    assert from_utf16(text, len(text[:offset].encode("utf-16-le")) // 2) == offset
    assert from_utf8_bytes(text, len(text[:offset].encode())) == offset


@pytest.mark.parametrize("offset", [2, 5, -1])
def test_an_offset_inside_a_character_or_outside_the_text_is_refused_in_utf16(offset: int) -> None:
    with pytest.raises(SegmentOutOfRange):
        from_utf16("a😀b", offset)


@pytest.mark.parametrize("offset", [2, 3, 4, 7, -1])
def test_an_offset_inside_a_character_or_outside_the_text_is_refused_in_utf8(offset: int) -> None:
    with pytest.raises(SegmentOutOfRange):
        from_utf8_bytes("a😀b", offset)


@given(places())
def test_a_segment_holds_its_words_and_their_surroundings(place: tuple[str, int, int]) -> None:
    text, start, end = place
    segment = make_segment(a_document(text), start, end)
    assert segment.quote == text[start:end]
    assert len(segment.prefix) <= 32 >= len(segment.suffix)
    assert segment.prefix + segment.quote + segment.suffix in text


@given(places())
def test_a_segment_finds_itself_in_its_own_text(place: tuple[str, int, int]) -> None:
    text, start, end = place
    assert relocate(make_segment(a_document(text), start, end), text) == (start, end)


@given(places(), TEXT, st.data())
def test_a_segment_finds_itself_after_an_insertion(
    place: tuple[str, int, int], inserted: str, data: st.DataObject
) -> None:
    text, start, end = place
    filler = "Welcome to the meeting of the local steering group. "
    # Far enough from the place for its context to stay; one occurrence, so that there is one answer.
    text, start, end = filler + text + filler, start + len(filler), end + len(filler)
    segment = make_segment(a_document(text), start, end)
    at = data.draw(st.sampled_from([0, len(text)]))
    changed = text[:at] + inserted + text[at:]
    assume(changed.count(segment.quote) == 1)
    shift = len(inserted) if at == 0 else 0
    assert relocate(segment, changed) == (start + shift, end + shift)


@given(places(), TEXT)
def test_a_relocated_segment_always_holds_the_same_words(place: tuple[str, int, int], other: str) -> None:
    text, start, end = place
    segment = make_segment(a_document(text), start, end)
    found = relocate(segment, other)
    assert found is None or other[slice(*found)] == segment.quote


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (0, 0), (3, 2), (0, 99), (2, 3)])
def test_a_place_outside_the_text_or_without_words_is_refused(start: int, end: int) -> None:
    with pytest.raises(SegmentOutOfRange, match="Interview 4"):
        make_segment(a_document("No time."), start, end)


def test_context_tells_equal_words_apart() -> None:
    text = "GP 1: There is no time for it.\nGP 2: Money is short, and no time is left.\n"
    second = text.rindex("no time")
    segment = make_segment(a_document(text), second, second + 7)
    changed = "Interview 4\n" + text
    assert relocate(segment, changed) == (second + 12, second + 19)


def test_words_that_are_gone_are_not_found() -> None:
    segment = make_segment(a_document("There is no time for it."), 9, 16)
    assert relocate(segment, "There is money for it.") is None


def test_words_that_stand_twice_in_equal_surroundings_are_not_guessed() -> None:
    segment = make_segment(a_document("yes. yes. yes. and then"), 5, 8)
    assert relocate(segment, "x yes. no. yes. no.") is None


def test_a_short_word_that_lost_its_surroundings_is_not_taken_for_another() -> None:
    segment = make_segment(a_document("Did the nurse come? Yes, on Monday."), 20, 23)
    assert relocate(segment, "Was it paid for? Yes indeed it was.") is None


def test_overlapping_occurrences_of_a_quote_are_all_listed() -> None:
    assert find_quote("aaa", "aa") == [0, 1]
    assert find_quote("aaa", "") == []
