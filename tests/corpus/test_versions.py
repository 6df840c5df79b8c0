"""Where the places of a text go when it is corrected."""

from __future__ import annotations

import random
import time
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.anchoring import make_segment
from corpus.models import Document, Segment
from corpus.versions import Lost, compare_texts, edits, likely_places, move

WORDS = st.lists(st.sampled_from(["yes", "no", "nurse", "time", "é", "😀", "a"]), max_size=30).map(" ".join)


def at(text: str, words: str, *, occurrence: int = 0) -> Segment:
    """The place of some words in a text."""
    start = -1
    for _ in range(occurrence + 1):
        start = text.index(words, start + 1)
    return make_segment(Document(UUID(int=1), UUID(int=2), "GP 3", text, (), ""), start, start + len(words))


def moved(old: str, new: str, words: str, *, occurrence: int = 0) -> str | Lost:
    """The words at the place where some words have gone, or why they have none."""
    found = move(at(old, words, occurrence=occurrence), new, compare_texts(old, new))
    if found.span is None:
        assert found.lost is not None
        return found.lost
    assert found.lost is None
    return new[slice(*found.span)]


@given(WORDS, WORDS)
def test_stretches_hold_the_same_characters_and_never_cross(old: str, new: str) -> None:
    last_old = last_new = 0
    for start, end, new_start, new_end in compare_texts(old, new).stretches:
        assert old[start:end] == new[new_start:new_end] != ""
        assert (start >= last_old, new_start >= last_new) == (True, True)
        last_old, last_new = end, new_end


@given(WORDS)
def test_a_text_that_did_not_change_is_one_stretch(text: str) -> None:
    assert [tuple(s) for s in compare_texts(text, text).stretches] == (
        [(0, len(text), 0, len(text))] if text else []
    )


@given(WORDS, WORDS, WORDS, st.data())
def test_what_stands_before_and_after_a_change_moves_exactly(
    head: str, gone: str, tail: str, data: st.DataObject
) -> None:
    old = f"{head} ({gone}) {tail}"
    new = f"{head} [corrected] {tail}"
    offsets = compare_texts(old, new)
    shift = len(new) - len(old)
    if head:
        start = data.draw(st.integers(0, len(head) - 1))
        assert offsets.span(start, len(head)) == (start, len(head))
    if tail:
        end = data.draw(st.integers(len(old) - len(tail) + 1, len(old)))
        assert offsets.span(len(old) - len(tail), end) == (len(new) - len(tail), end + shift)


@given(st.lists(st.sampled_from(["keep", "drop", "add", "change"]), max_size=60))
def test_every_word_that_was_kept_moves_exactly_when_words_are_told_apart(acts: list[str]) -> None:
    old, new = [], []
    for number, act in enumerate(acts):
        word = f"w{number}"
        old += [] if act == "add" else [word]
        new += {"keep": [word], "drop": [], "add": [f"new{number}"], "change": [f"x{number}"]}[act]
    before, after = " ".join(old), " ".join(new)
    offsets = compare_texts(before, after)
    for number, act in enumerate(acts):
        if act == "keep":
            start = f" {before} ".index(f" w{number} ")
            place = f" {after} ".index(f" w{number} ")
            assert offsets.span(start, start + len(f"w{number}")) == (place, place + len(f"w{number}"))


@given(WORDS, WORDS)
def test_edits_make_the_new_text_of_the_old(old: str, new: str) -> None:
    made, place = "", 0
    for edit in edits(old, new, compare_texts(old, new)):
        assert old[edit.start_char : edit.end_char] == edit.before
        made += old[place : edit.start_char] + edit.after
        place = edit.end_char
    assert made + old[place:] == new


def test_words_in_a_corrected_stretch_are_lost_and_it_is_said_where_to_look() -> None:
    old = "GP 1: We have no time at all. The nurse does."
    new = "GP 1: We have little time at all. The nurse does."
    found = move(at(old, "no time"), new, compare_texts(old, new))
    assert (found.span, found.lost) == (None, Lost.CHANGED)
    assert new[found.near :].startswith("little")
    assert moved(old, new, "time at all") == "time at all"


def test_a_paragraph_that_moved_is_found_by_its_words() -> None:
    old = "First the nurse has no time today.\n\nThen we talked of money and of beds.\n\nThe end of it."
    new = "Then we talked of money and of beds.\n\nFirst the nurse has no time today.\n\nThe end of it."
    assert moved(old, new, "nurse has no time") == "nurse has no time"
    assert moved(old, new, "money and of beds") == "money and of beds"


def test_a_short_answer_is_not_taken_for_another_one_of_the_same_words() -> None:
    old = "Was there money?\nYes.\nWas there any time at all for it?\nYes.\nThank you."
    new = "Was there money?\nYes.\nThank you."
    assert moved(old, new, "Yes", occurrence=0) == "Yes"
    assert moved(old, new, "Yes", occurrence=1) is Lost.SEVERAL
    other = "He was not sure.\nYes, he thought, but that was later.\nYes and no."
    assert moved("Q: more?\nYes\nQ: why?", other, "Yes") is Lost.SEVERAL


def test_nothing_in_common_loses_everything() -> None:
    assert compare_texts("one two", "drie vier").span(0, 3) is None
    assert moved("one two", "", "one") is Lost.CHANGED


@pytest.mark.parametrize("shape", ["corrected", "shuffled", "two words over and over"])
def test_a_hundred_thousand_words_are_compared_in_seconds(shape: str) -> None:
    random_ = random.Random(1)
    words = random_.choices([f"w{n}" for n in range(9000)], [1 / (n + 1) for n in range(9000)], k=100_000)
    other = list(words)
    if shape == "corrected":
        for place in random_.sample(range(100_000), 2000):
            other[place] = "corrected"
    elif shape == "shuffled":
        random_.shuffle(other)
    else:
        words, other = ["ja", "nee"] * 50_000, ["nee", "ja", "ja"] * 33_000
    began = time.process_time()
    offsets = compare_texts(" ".join(words), " ".join(other))
    assert time.process_time() - began < 15
    if shape == "corrected":
        kept = sum(s.old_end - s.old_start for s in offsets.stretches)
        assert kept > 0.95 * len(" ".join(words))


def proposed(old: str, new: str, words: str) -> list[str]:
    """The words at the places that are proposed for a place that was lost."""
    return [new[slice(*place)] for place in likely_places(at(old, words), new, compare_texts(old, new))]


def test_the_likeliest_place_is_what_stands_where_the_words_were() -> None:
    old = "The nurse has no time. Nobody asked the patients."
    assert proposed(old, old.replace("has no time", "is busy"), "has no time")[0] == "is busy"
    elsewhere = f"{old.replace('has no time', 'is busy')} The GP has no time."
    assert proposed(old, elsewhere, "has no time")[:2] == ["is busy", "has no time"]
    turned = "Nobody ever asked all the patients. The nurse has no time."
    assert proposed(old, turned, "Nobody asked the patients")[0] == "asked all the patients"
    assert proposed(old, old.replace(" has no time", ""), "has no time") == ["The nurse."]


@given(WORDS, WORDS, st.data())
def test_proposed_places_hold_words_and_are_few(old: str, new: str, data: st.DataObject) -> None:
    old = f"nurse {old}"
    end = data.draw(st.integers(1, len(old)))
    segment = make_segment(Document(UUID(int=1), UUID(int=2), "GP 3", old, (), ""), 0, end)
    found = likely_places(segment, new, compare_texts(old, new))
    assert len(found) == len(set(found)) <= 4
    assert all(new[start:end].strip() for start, end in found)
