from uuid import UUID, uuid4

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from codebook.exchange import load_scheme
from codebook.models import Coding
from codebook.units import (
    Unit,
    document_numbers,
    presence_array,
    presence_table,
)

FIRST, SECOND = UUID(int=1), UUID(int=2)
UNITS = [Unit(FIRST, 0, 10), Unit(FIRST, 11, 20), Unit(SECOND, 0, 10)]
ALL_FINISHED = {(coder, document) for coder in ("An", "Bo") for document in (FIRST, SECOND)}


def a_coding(start, end, *, code="ECO-FUND", coder="An", document=FIRST):
    return Coding(uuid4(), document, coder, code, start, end, "")


def cells(codings, *, units=UNITS, finished=ALL_FINISHED, code="ECO-FUND", roll_up=None):
    return (
        presence_table(codings, units, ["An", "Bo"], finished, code=code, roll_up=roll_up).to_numpy().tolist()
    )


def test_finished_and_unmarked_is_absent():
    assert cells([]) == [[0, 0], [0, 0], [0, 0]]


def test_not_finished_is_missing_even_where_there_are_codings():
    finished = ALL_FINISHED - {("An", FIRST)}
    assert cells([a_coding(0, 5)], finished=finished) == [[None, 0], [None, 0], [0, 0]]


@pytest.mark.parametrize(
    ("start", "end", "touched"),
    [
        (0, 1, [1, 0, 0]),
        (9, 10, [1, 0, 0]),
        (10, 11, [0, 0, 0]),
        (9, 12, [1, 1, 0]),
        (19, 20, [0, 1, 0]),
        (20, 900, [0, 0, 0]),
        (0, 900, [1, 1, 0]),
        (900, 950, [0, 0, 0]),
    ],
)
def test_one_shared_character_is_enough_and_no_span_reaches_another_document(start, end, touched):
    assert [row[0] for row in cells([a_coding(start, end)])] == touched


def test_codings_of_other_codes_coders_and_documents_are_ignored():
    others = [a_coding(0, 5, code="X"), a_coding(0, 5, coder="Cy"), a_coding(0, 5, document=UUID(int=3))]
    assert cells(others) == [[0, 0], [0, 0], [0, 0]]


def test_a_code_below_counts_only_when_rolled_up():
    codings = [a_coding(0, 5)]
    assert cells(codings, code="ECO")[0] == [0, 0]
    assert cells(codings, code="ECO", roll_up=load_scheme("grol-wensing"))[0] == [1, 0]


def test_a_code_that_the_codebook_lost_still_counts_for_itself():
    assert cells([a_coding(0, 5, code="OLD")], code="OLD", roll_up=load_scheme("grol-wensing"))[0] == [1, 0]


def test_the_table_names_units_and_coders():
    table = presence_table([], UNITS, ["An", "Bo"], ALL_FINISHED, code="A")
    assert table.index.tolist() == [tuple(unit) for unit in UNITS]
    assert list(table.columns) == ["An", "Bo"]


def test_nothing_to_rate_gives_an_empty_table():
    assert presence_table([], [], ["An"], set(), code="A").shape == (0, 1)
    assert presence_array([], UNITS, [], set(), codes=["A"]).shape == (1, 3, 0)


@pytest.mark.parametrize(
    ("units", "message"),
    [([Unit(FIRST, 0, 10), Unit(FIRST, 9, 12)], "overlap"), ([Unit(FIRST, 5, 5)], "empty unit")],
)
def test_units_that_count_a_character_twice_or_never_are_refused(units, message):
    with pytest.raises(ValueError, match=message):
        cells([], units=units)


def test_names_given_twice_are_refused():
    with pytest.raises(ValueError, match="coder is named twice"):
        presence_array([], UNITS, ["An", "An"], set(), codes=["A"])
    with pytest.raises(ValueError, match="code is named twice"):
        presence_array([], UNITS, ["An"], set(), codes=["A", "A"])


def test_documents_are_numbered_in_order_of_appearance():
    assert document_numbers([*UNITS, UNITS[0]]).tolist() == [0, 0, 1, 0]


def test_cutting_a_text_in_two_documents_changes_nothing():
    whole = [a_coding(2, 5), a_coding(8, 13, coder="Bo"), a_coding(15, 18)]
    cut = [a_coding(2, 5), a_coding(8, 10, coder="Bo")]
    cut += [a_coding(0, 2, coder="Bo", document=SECOND), a_coding(4, 7, document=SECOND)]
    before = cells(whole, units=[Unit(FIRST, 0, 10), Unit(FIRST, 11, 20)])
    assert cells(cut, units=[Unit(FIRST, 0, 10), Unit(SECOND, 0, 9)]) == before == [[1, 1], [1, 1]]


spans = st.tuples(st.integers(0, 40), st.integers(1, 15)).map(lambda span: (span[0], sum(span)))
some_codings = st.lists(
    st.builds(
        lambda span, code, coder, document: a_coding(*span, code=code, coder=coder, document=document),
        spans,
        st.sampled_from(["ECO", "ECO-FUND", "ECO-FIN", "SOC-CULT", "X"]),
        st.sampled_from(["An", "Bo", "Cy"]),
        st.sampled_from([FIRST, SECOND, UUID(int=3)]),
    ),
    max_size=12,
)
some_units = st.lists(st.integers(0, 40), min_size=2, max_size=8, unique=True).map(
    lambda cuts: [
        Unit(document, *pair)
        for document in (SECOND, FIRST)
        for pair in zip(sorted(cuts)[::2], sorted(cuts)[1::2], strict=False)
    ]
)


@given(some_codings, some_units, st.sets(st.sampled_from(sorted(ALL_FINISHED))), st.booleans())
def test_all_codes_at_once_equal_the_definition(codings, units, finished, rolled_up):
    codebook = load_scheme("grol-wensing") if rolled_up else None
    codes, coders = ["ECO", "ECO-FUND", "X", "SOC"], ["Bo", "An"]

    def found(code, unit, coder):
        if (coder, unit.document_id) not in finished:
            return -1
        return int(
            any(
                coding.coder == coder
                and coding.document_id == unit.document_id
                and (coding.code == code or (rolled_up and coding.code.startswith(f"{code}-")))
                and min(coding.end_char, unit.end_char) > max(coding.start_char, unit.start_char)
                for coding in codings
            )
        )

    expected = [[[found(code, unit, coder) for coder in coders] for unit in units] for code in codes]
    presence = presence_array(codings, units, coders, finished, codes=codes, roll_up=codebook)
    assert presence.dtype == np.int8
    assert presence.tolist() == expected
