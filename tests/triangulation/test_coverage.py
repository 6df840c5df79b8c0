"""Where a row occurs is listed from findings and documents, and shared lists are told as they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codebook.columns import DocumentFacts, PersonFacts
from triangulation.coverage import Coverage, coverage_of_rows, overlap, overlap_of_periods
from triangulation.models import Excerpt, Finding, Row

ROW = Row("ECO-FUND", "The money ends")


def a_document(attributes: Mapping[str, str], *, date: dt.date | None = None) -> DocumentFacts:
    return DocumentFacts(uuid4(), "Minutes 1", "Minutes", "meeting report", 100, date, None, attributes)


def test_lists_of_a_rows_findings_and_attributes_of_the_documents_they_quote_come_together() -> None:
    quoted = a_document({"Site": "Ronse", "Profession": "GP", "colour": "red"}, date=dt.date(2007, 3, 2))
    silent = a_document({"site": "Ninove"})
    finding = Finding(
        uuid4(),
        "Minutes",
        ROW,
        "It ends",
        excerpts=(Excerpt(quoted.id, "Minutes 1", 0, 4, "ends"),),
        sites=("Aalst", "ronse"),
        groups=("nurses",),
        periods=("2006",),
    )
    found = coverage_of_rows([finding], [ROW], ["Minutes", "Survey"], [quoted, silent])
    assert found[ROW, "Minutes"] == Coverage(("Aalst", "ronse"), ("GP", "nurses"), ("2006", "2007-03"))
    assert found[ROW, "Survey"] == Coverage()


def test_persons_and_sites_that_a_quoted_document_is_linked_to_are_listed() -> None:
    quoted = replace(a_document({}), cases=("Aalst (town)", "P4"))
    finding = Finding(uuid4(), "Minutes", ROW, "It ends", excerpts=(Excerpt(quoted.id, "", 0, 4, "ends"),))
    people = {
        "Aalst (town)": PersonFacts("Aalst (town)", "site", {"name": "Aalst (town)", "region": "East"}),
        "P4": PersonFacts("P4", "person", {"name": "P4", "role": "nurse"}),
    }
    found = coverage_of_rows([finding], [ROW], ["Minutes"], [quoted], people)
    assert found[ROW, "Minutes"] == Coverage(("Aalst (town)", "East"), ("nurse",))


def test_coverage_of_one_row_is_not_that_of_another_under_the_same_theme() -> None:
    other = Row("ECO-FUND", "The money came")
    finding = Finding(uuid4(), "Minutes", ROW, "It ends", sites=("Aalst",))
    assert coverage_of_rows([finding], [ROW, other], ["Minutes"])[other, "Minutes"] == Coverage()


def test_overlap_lists_what_is_shared_and_what_is_not() -> None:
    seen = overlap(["Aalst", "Ninove"], [" aalst ", "Ronse", "Zottegem"])
    assert (seen.shared, seen.only_a, seen.only_b) == (("Aalst",), ("Ninove",), ("Ronse", "Zottegem"))
    assert seen.jaccard == pytest.approx(1 / 4)


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ([], [], "nothing is listed for either source"),
        ([], ["Ronse"], "nothing is listed for the first source"),
        (["Ronse"], [" "], "nothing is listed for the second source"),
    ],
)
def test_empty_list_is_missing_knowledge_and_gives_no_index(a: list[str], b: list[str], reason: str) -> None:
    seen = overlap(a, b)
    assert seen.jaccard is None
    assert seen.reason == reason


NAMES = st.lists(st.sampled_from(["Aalst", "aalst", "Ninove", "Ronse", "Zele"]))


@given(NAMES, NAMES)
def test_overlap_is_symmetric_and_between_zero_and_one(a: list[str], b: list[str]) -> None:
    one, other = overlap(a, b), overlap(b, a)
    assert one.jaccard == other.jaccard
    assert one.jaccard is None or 0 <= one.jaccard <= 1
    assert (len(one.shared), len(one.only_a)) == (len(other.shared), len(other.only_b))


def test_months_are_read_as_years_where_the_other_source_has_years() -> None:
    seen = overlap_of_periods(["2007-01", "2007-04"], ["2007", "2008"])
    assert (seen.shared, seen.only_b) == (("2007",), ("2008",))


def test_months_stay_months_where_both_sources_have_them() -> None:
    assert overlap_of_periods(["2007-01"], ["2007-04"]).jaccard == 0
