"""The rule of a merge: what becomes of the codings of both codes."""

from __future__ import annotations

from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from codebook.merging import MergePlan, plan_merge
from codebook.models import Coding, CodingDetail, Valence

DOCUMENT = UUID(int=1)


def coded(
    code: str,
    start: int,
    end: int,
    coder: str = "Ann",
    valence: Valence | None = None,
    detail: CodingDetail | None = None,
) -> Coding:
    return Coding(uuid4(), DOCUMENT, coder, code, start, end, "", valence, detail=detail or CodingDetail())


def plan(*codings: Coding) -> MergePlan:
    return plan_merge(codings, "A", into="B")


def spans(found: MergePlan) -> list[tuple[int, int]]:
    return [(joined.start_char, joined.end_char) for joined in found.joined]


def test_coding_that_stands_alone_only_takes_the_other_code() -> None:
    found = plan(coded("A", 0, 5), coded("B", 6, 9), coded("C", 0, 9))
    assert [c.code for c in found.carried] == ["A"]
    assert (found.before, found.after, found.joined) == (1, 1, ())


def test_overlapping_and_touching_codings_of_one_coder_become_one_passage() -> None:
    assert spans(plan(coded("A", 0, 5), coded("B", 4, 9))) == [(0, 9)]
    assert spans(plan(coded("A", 5, 9), coded("B", 0, 5))) == [(0, 9)]
    assert spans(plan(coded("A", 0, 5), coded("B", 0, 5))) == [(0, 5)]
    assert spans(plan(coded("A", 0, 4), coded("B", 3, 8), coded("A", 8, 12))) == [(0, 12)]


def test_coding_of_the_remaining_code_lives_on() -> None:
    (joined,) = plan(coded("A", 0, 5), coded("B", 4, 9)).joined
    assert [c.code for c in joined.codings] == ["B", "A"]


def test_codings_of_two_coders_and_of_two_valences_both_stay() -> None:
    assert plan(coded("A", 0, 5), coded("B", 0, 5, coder="Ben")).joined == ()
    assert plan(coded("A", 0, 5), coded("B", 0, 5, valence=Valence.BARRIER)).joined == ()
    assert plan(coded("A", 0, 5), coded("B", 0, 5, detail=CodingDetail(strength="weak"))).joined == ()


def test_overlapping_codings_of_the_same_code_were_meant_so_and_stay_apart() -> None:
    found = plan(coded("A", 0, 5), coded("A", 3, 8), coded("B", 20, 30), coded("B", 25, 40))
    assert (len(found.carried), found.joined) == (2, ())


spot = st.integers(0, 30)


@given(
    st.lists(
        st.tuples(st.sampled_from("ABC"), spot, st.integers(1, 9), st.sampled_from(["Ann", "Ben"])),
        max_size=14,
    )
)
def test_no_character_gains_or_loses_the_merged_code(
    drawn: list[tuple[str, int, int, str]],
) -> None:
    codings = [coded(code, start, start + length, coder) for code, start, length, coder in drawn]
    found = plan_merge(codings, "A", into="B")
    touched = {c.id for c in found.carried} | {c.id for j in found.joined for c in j.codings}
    for coder in ("Ann", "Ben"):
        before = {
            at
            for c in codings
            if c.coder == coder and c.code in "AB"
            for at in range(c.start_char, c.end_char)
        }
        after = [(c.start_char, c.end_char) for c in found.carried if c.coder == coder]
        after += [(j.start_char, j.end_char) for j in found.joined if j.codings[0].coder == coder]
        after += [
            (c.start_char, c.end_char)
            for c in codings
            if c.coder == coder and c.code == "B" and c.id not in touched
        ]
        assert {at for start, end in after for at in range(start, end)} == before
    assert {c.id for c in codings if c.code == "A"} <= touched
    assert found.after <= found.before
