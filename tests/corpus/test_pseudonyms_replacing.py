"""Replacing keeps everything outside the hits, and leads back and forth; one name has one pseudonym."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UserFacingError
from corpus.pseudonyms.entities import Entity, next_pseudonym, replacements, traces
from corpus.pseudonyms.finding import find_hits
from corpus.pseudonyms.models import Kind
from corpus.pseudonyms.people import group_hits
from corpus.pseudonyms.replacing import OffsetMap, replace


@st.composite
def replaced(draw: st.DrawFn) -> tuple[str, list[tuple[int, int, str]]]:
    text = draw(st.text(alphabet="ab é😀\n", max_size=60))
    bounds = sorted(draw(st.sets(st.integers(0, len(text)), max_size=10)))
    pairs = list(zip(bounds[::2], bounds[1::2], strict=False))
    return text, [(start, end, draw(st.sampled_from(["[Arts 1]", "[P 2]"]))) for start, end in pairs]


@given(replaced())
def test_text_outside_the_hits_is_unchanged_and_maps_both_ways(
    case: tuple[str, list[tuple[int, int, str]]],
) -> None:
    text, wanted = case
    new, offsets = replace(text, wanted)
    edges = [0, *(edge for start, end, _ in wanted for edge in (start, end)), len(text)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        moved = offsets.to_new(start, end)
        if start < end:
            assert new[slice(*moved)] == text[start:end]
            assert offsets.to_old(*moved) == (start, end)
    for (start, end, words), row in zip(wanted, offsets.rows, strict=True):
        assert new[slice(*offsets.to_new(start, end))] == words
        assert row[:2] == (start, end)


@given(replaced(), st.data())
def test_the_map_keeps_the_order_and_never_cuts_a_pseudonym(
    case: tuple[str, list[tuple[int, int, str]]], data: st.DataObject
) -> None:
    text, wanted = case
    new, offsets = replace(text, wanted)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    new_start, new_end = offsets.to_new(start, end)
    assert 0 <= new_start <= new_end <= len(new)
    assert all(not begin < edge < stop for edge in (new_start, new_end) for _, _, begin, stop in offsets.rows)
    back = offsets.to_old(new_start, new_end)
    assert back[0] <= start and end <= back[1]  # outward, never inward


def test_a_bound_inside_a_replaced_stretch_moves_outward() -> None:
    offsets = OffsetMap(((5, 11, 5, 15), (20, 22, 24, 30)))
    assert offsets.to_new(7, 21) == (5, 30)
    assert offsets.to_old(6, 25) == (5, 22)


def test_stretches_that_overlap_are_refused() -> None:
    with pytest.raises(UserFacingError, match="overlaps"):
        replace("abcdef", [(0, 3, "x"), (2, 4, "y")])


NAMES = st.lists(
    st.sampled_from(
        ["Lieve Peeters", "Lieve", "mevrouw Peeters", "dokter Maes", "in Gent", "het werk", "0475 12 34 56",
         "Jan Maes", "AZ Sint-Jan", "goed", "De zorg", "en", "."]
    ),
    max_size=15,
)  # fmt: skip


@given(NAMES)
def test_pseudonymising_twice_changes_nothing(words: list[str]) -> None:
    text = " ".join(words)
    once, entities = _pseudonymised(text, [])
    assert replace(once, replacements(once, entities)) == (once, OffsetMap(()))
    assert traces(once, entities) == []


def _pseudonymised(text: str, known: list[Entity]) -> tuple[str, list[Entity]]:
    hits = find_hits(text, language="nl").hits
    entities, at = list(known), []
    for group in group_hits([(text, hits)], known=known):
        pseudonym = group.pseudonym or next_pseudonym(group.kind, "nl", [e.pseudonym for e in entities])
        entities.append(Entity(pseudonym, group.kind, group.forms))
        at += [(hit.start_char, hit.end_char, pseudonym) for _, hit in group.hits]
    return replace(text, replacements(text, entities, at))[0], entities


def groups(*texts: str, known: tuple[Entity, ...] = ()) -> list[tuple[str, tuple[str, ...], str | None]]:
    read = [(text, find_hits(text, language="nl").hits) for text in texts]
    return [(group.name, group.forms, group.pseudonym) for group in group_hits(read, known=known)]


def test_parts_of_a_name_are_the_same_person_across_texts() -> None:
    assert groups("Lieve Peeters kwam.", "Mevrouw Peeters belde met Lieve.") == [
        ("Lieve Peeters", ("Lieve Peeters", "Peeters", "Lieve"), None)
    ]


def test_a_bare_name_that_fits_two_people_is_nobody_until_somebody_says_who() -> None:
    named = groups("Lieve Peeters en Jan Peeters kwamen. Mevrouw Peeters sprak.")
    assert [name for name, _, _ in named] == ["Lieve Peeters", "Jan Peeters", "Peeters"]


def test_a_later_text_gets_the_pseudonym_that_the_key_knows() -> None:
    known = (Entity("[Persoon 4]", Kind.PERSON, ("Lieve Peeters",)),)
    assert groups("Ik zag mevrouw Peeters.", known=known) == [("Lieve Peeters", ("Peeters",), "[Persoon 4]")]


def test_a_pseudonym_keeps_the_role_and_is_never_given_twice() -> None:
    assert next_pseudonym(Kind.PATIENT, "fr", ["[Patient 1]", "[Patient 3]"]) == "[Patient 4]"
    assert next_pseudonym(Kind.PLACE, "de", []) == "[Place 1]"


def test_the_check_finds_forms_parts_and_numbers_however_they_are_written() -> None:
    key = [
        Entity("[Persoon 1]", Kind.PERSON, ("Lieve Peeters",)),
        Entity("[Rijksregisternummer 1]", Kind.NATIONAL, ("67.03.12-123.72",)),
        Entity("[E-mailadres 1]", Kind.EMAIL, ("lieve@zorg.be",)),
    ]
    text = "LIEVE PEETERS, Peeters alleen, 67031212372 en Lieve@Zorg.be, maar lieve mensen niet."
    told = [(text[t.start_char : t.end_char], t.pseudonym, t.form) for t in traces(text, key)]
    assert told == [
        ("LIEVE PEETERS", "[Persoon 1]", "a form of the name"),
        ("Peeters", "[Persoon 1]", "a part of the name"),
        ("67031212372", "[Rijksregisternummer 1]", "the same number"),
        ("Lieve@Zorg.be", "[E-mailadres 1]", "a form of the name"),
    ]


def test_a_form_that_is_a_word_of_grammar_is_replaced_only_where_it_was_confirmed() -> None:
    text = "An apple. I saw An there."
    entity = Entity("[Person 1]", Kind.PERSON, ("An",))
    at = [(16, 18, "[Person 1]")]
    assert replace(text, replacements(text, [entity], at))[0] == "An apple. I saw [Person 1] there."
