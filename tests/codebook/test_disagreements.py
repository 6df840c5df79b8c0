"""Where coders differ: each coding is in agreement or in one place, whoever is named first."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from codebook.disagreements import (
    Comparison,
    Disagreement,
    Kind,
    compare,
    in_words,
    kinds_by_code,
    loses_nothing,
    mostly_about,
    place_name,
)
from codebook.models import Coding, Valence

DOCUMENTS = UUID(int=1), UUID(int=2)
PARENTS = {"ECO": None, "ORG": None, "ECO-FUND": "ECO", "ECO-FIN": "ECO", "ORG-IT": "ORG"}
BARRIER = Valence.BARRIER


def coded(
    coder: str,
    code: str,
    start: int,
    end: int,
    valence: Valence | None = None,
    document: UUID = DOCUMENTS[0],
) -> Coding:
    return Coding(uuid4(), document, coder, code, start, end, "", valence)


def found(*codings: Coding, coders: tuple[str, ...] = ("Ann", "Ben")) -> Comparison:
    return compare(codings, coders, PARENTS)


def only(*codings: Coding) -> Disagreement:
    (place,) = found(*codings).disagreements
    return place


def test_each_kind_by_hand() -> None:
    ann = coded("Ann", "ECO-FUND", 10, 20)
    assert only(ann).kind is Kind.MISSED
    assert only(ann, coded("Ben", "ORG-IT", 15, 30)).kind is Kind.OTHER_CODE
    assert only(ann, coded("Ben", "ECO-FIN", 15, 30)).kind is Kind.SIBLING
    assert only(ann, coded("Ben", "ECO-FUND", 15, 30)).kind is Kind.BOUNDARY
    assert only(ann, coded("Ben", "ECO-FUND", 10, 20, BARRIER)).kind is Kind.VALENCE


def test_levels_have_no_parent_and_are_no_siblings() -> None:
    assert only(coded("Ann", "ECO", 0, 5), coded("Ben", "ORG", 0, 5)).kind is Kind.OTHER_CODE


def test_characters_in_dispute_are_counted_as_said() -> None:
    ann = coded("Ann", "ECO-FUND", 10, 20)
    assert only(ann).in_dispute == 10
    assert only(ann, coded("Ben", "ORG-IT", 15, 30)).in_dispute == 20
    assert only(ann, coded("Ben", "ECO-FUND", 15, 30)).in_dispute == 15
    assert only(ann, coded("Ben", "ECO-FUND", 10, 20, BARRIER)).in_dispute == 10
    assert only(ann, coded("Ben", "ECO-FUND", 15, 30, BARRIER)).in_dispute == 20


def test_passages_that_only_touch_are_two_that_were_missed() -> None:
    places = found(coded("Ann", "ECO", 0, 5), coded("Ben", "ECO", 5, 9)).disagreements
    assert [place.kind for place in places] == [Kind.MISSED] * 2


def test_the_same_code_is_paired_before_another_that_overlaps_more() -> None:
    places = found(
        coded("Ann", "ECO-FUND", 0, 10),
        coded("Ann", "ORG-IT", 0, 10),
        coded("Ben", "ORG-IT", 0, 9),
        coded("Ben", "ECO-FUND", 0, 10),
    ).disagreements
    assert [(place.kind, place.codes) for place in places] == [(Kind.BOUNDARY, ("ORG-IT",))]


def test_pairs_overlap_as_much_as_can_be_in_all() -> None:
    ann, also = coded("Ann", "ECO", 0, 10), coded("Ann", "ECO", 8, 20)
    ben, too = coded("Ben", "ECO", 0, 12), coded("Ben", "ECO", 6, 30)
    places = found(ann, also, ben, too).disagreements
    assert {frozenset(place.codings) for place in places} == {frozenset((ann, ben)), frozenset((also, too))}


def test_the_largest_comes_first() -> None:
    places = found(coded("Ann", "ECO", 0, 5), coded("Ann", "ORG", 50, 90), coded("Ben", "ORG", 45, 90))
    assert [place.in_dispute for place in places.disagreements] == [5, 5]
    assert [
        p.in_dispute for p in found(coded("Ann", "ECO", 0, 5), coded("Ben", "ECO", 9, 90)).disagreements
    ] == [
        81,
        5,
    ]


def test_what_two_of_three_missed_is_one_place() -> None:
    ben = coded("Ben", "ECO", 0, 5)
    (place,) = found(ben, coders=("Ann", "Ben", "Cleo")).disagreements
    assert (place.first.coders, place.first.coding) == (("Ann", "Cleo"), None)
    assert (place.second.coders, place.second.coding) == (("Ben",), ben)


def test_three_coders_are_compared_two_by_two() -> None:
    ann, ben, cleo = (coded(name, "ECO", 0, end) for name, end in (("Ann", 5), ("Ben", 5), ("Cleo", 8)))
    comparison = found(ann, ben, cleo, coders=("Ann", "Ben", "Cleo"))
    assert {place.coders for place in comparison.disagreements} == {("Ann", "Cleo"), ("Ben", "Cleo")}
    assert comparison.agreed == ()  # Cleo differs


def test_agreed_is_what_everybody_has_once() -> None:
    ann, ben = coded("Ann", "ECO", 0, 5), coded("Ben", "ECO", 0, 5)
    assert found(ben, ann) == Comparison((), (ann,))


def test_codings_of_others_and_of_other_documents_do_not_meet() -> None:
    here, there = coded("Ann", "ECO", 0, 5), coded("Ben", "ECO", 0, 5, document=DOCUMENTS[1])
    stranger = coded("Cleo", "ECO", 0, 5)
    assert len(found(here, there, stranger).disagreements) == 2


def test_a_name_of_a_place_depends_on_round_and_codings_alone() -> None:
    one, other, round_id = coded("Ann", "ECO", 0, 5), coded("Ben", "ECO", 0, 6), uuid4()
    assert place_name(round_id, [one, other]) == place_name(round_id, [other, one])
    assert len({place_name(r, c) for r in (round_id, uuid4()) for c in ([one], [other], [one, other])}) == 6


def test_what_most_are_about_in_plain_words() -> None:
    ann = [coded("Ann", "ECO", start, start + 5) for start in (0, 20, 40, 60)]
    ben = [coded("Ben", "ECO", start, start + 7) for start in (0, 20, 40)]
    places = found(*ann, *ben).disagreements
    assert kinds_by_code(places) == {"ECO": Counter({Kind.BOUNDARY: 3, Kind.MISSED: 1})}
    assert in_words(kinds_by_code(places)["ECO"]) == (
        "3 of 4 disagreements are about where the passage ends, not about the code"
    )
    assert mostly_about({}) is None and in_words({}) == ""


def test_a_place_with_two_codes_counts_for_both() -> None:
    place = only(coded("Ann", "ECO-FUND", 0, 5), coded("Ben", "ORG-IT", 0, 5))
    assert kinds_by_code([place]) == {code: Counter({Kind.OTHER_CODE: 1}) for code in ("ECO-FUND", "ORG-IT")}


def test_nothing_is_lost_only_where_one_passage_holds_the_other() -> None:
    wide, narrow = coded("Ann", "ECO", 0, 9), coded("Ben", "ECO", 2, 9)
    assert loses_nothing(only(wide, narrow)) == wide
    assert loses_nothing(only(wide, coded("Ben", "ECO", 2, 12))) is None
    assert loses_nothing(only(wide, replace(narrow, valence=BARRIER))) is None
    assert loses_nothing(only(wide)) is None


# --- properties --------------------------------------------------------------------------------------

CODINGS = st.lists(
    st.builds(
        lambda coder, code, start, length, valence, document: coded(
            coder, code, start, start + length, valence, document
        ),
        st.sampled_from(["Ann", "Ben", "Cleo"]),
        st.sampled_from(sorted(PARENTS)),
        st.integers(0, 30),
        st.integers(1, 12),
        st.sampled_from([None, *Valence]),
        st.sampled_from(DOCUMENTS),
    ),
    max_size=24,
)


@given(CODINGS)
def test_each_coding_of_two_coders_is_agreed_on_or_in_one_place(codings: list[Coding]) -> None:
    codings = [coding for coding in codings if coding.coder != "Cleo"]
    comparison = found(*codings)
    disputed = [coding.id for place in comparison.disagreements for coding in place.codings]
    assert len(disputed) == len(set(disputed))
    left = Counter((c.document_id, c.code, c.start_char, c.end_char, c.valence, c.coder) for c in codings)
    left -= Counter(
        (c.document_id, c.code, c.start_char, c.end_char, c.valence, c.coder)
        for c in codings
        if c.id in disputed
    )
    # What is left over is there once for each of the two, and listed as agreed.
    assert {key[:-1]: n for key, n in left.items() if key[-1] == "Ann"} == {
        key[:-1]: n for key, n in left.items() if key[-1] == "Ben"
    }
    assert 2 * len(comparison.agreed) == left.total()


@given(CODINGS, st.permutations(["Ann", "Ben", "Cleo"]), st.randoms())
def test_order_of_coders_and_of_codings_does_not_matter(
    codings: list[Coding], coders: list[str], random
) -> None:  # type: ignore[no-untyped-def]
    def told(comparison: Comparison) -> list[tuple[object, ...]]:
        return sorted(
            (p.kind, p.in_dispute, tuple(sorted(c.id.hex for c in p.codings)), tuple(sorted(p.coders)))
            for p in comparison.disagreements
        )

    before = found(*codings, coders=("Ann", "Ben", "Cleo"))
    random.shuffle(codings)
    after = compare(codings, coders, PARENTS)
    assert told(before) == told(after)
    assert len(before.agreed) == len(after.agreed)


@given(CODINGS)
def test_copies_do_not_differ(codings: list[Coding]) -> None:
    ann = [replace(coding, coder="Ann") for coding in codings]
    ben = [replace(coding, id=uuid4(), coder="Ben") for coding in codings]
    assert found(*ann, *ben).disagreements == ()


@given(CODINGS)
def test_what_is_paired_overlaps_and_what_was_missed_is_of_one(codings: list[Coding]) -> None:
    for place in found(*codings, coders=("Ann", "Ben", "Cleo")).disagreements:
        assert place.in_dispute > 0
        assert (len(place.codings) == 1) == (place.kind is Kind.MISSED)
        assert len({coding.coder for coding in place.codings}) == len(place.codings)
        assert place.end_char - place.start_char < sum(c.end_char - c.start_char for c in place.codings) + 1
