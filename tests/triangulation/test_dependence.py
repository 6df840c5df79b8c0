"""Who did what for which source, and what that asks for in the limitations."""

from __future__ import annotations

from uuid import UUID

from triangulation.dependence import limitations, role_overlap, texts_in_two_sources
from triangulation.protocol import Dependence, ProtocolSource, SourceDetail

MINUTES = ProtocolSource(
    "Minutes", "meeting report", coders=("Ann",), detail=SourceDetail(steered=("Ann", "Dirk"))
)
INTERVIEWS = ProtocolSource(
    "Interviews", "interview", detail=SourceDetail(collected=("Ben",), coded=("ann ", "Eve"))
)


def people(*judges):
    return {line.person: line for line in role_overlap([MINUTES, INTERVIEWS], judges)}


def test_each_person_has_the_sources_of_each_role():
    found = people("Ann", "Claire")
    assert found["Ann"].coded == ("Minutes", "Interviews")
    assert found["Ann"].judged == ("Minutes", "Interviews")
    assert found["Ann"].steered == ("Minutes",)
    assert found["Ann"].collected == ()
    assert [len(found[name].roles) for name in ("Ann", "Ben", "Claire", "Dirk", "Eve")] == [3, 1, 1, 1, 1]


def test_those_with_several_roles_come_first():
    assert role_overlap([MINUTES, INTERVIEWS], ["Ben"])[0].person in ("Ann", "Ben")
    assert [line.person for line in role_overlap([MINUTES, INTERVIEWS], ["Ben"])][:2] == ["Ann", "Ben"]


def sentences(*judges):
    return limitations(role_overlap([MINUTES, INTERVIEWS], judges), [])


def test_who_steers_and_judges_is_named_as_an_insider():
    (sentence,) = sentences("Ann")
    assert sentence == (
        "Ann helped to steer what is told of in Minutes, and had a part in the study itself "
        "(coded Minutes and Interviews; judged the comparison): an insider's look."
    )


def test_who_collects_and_judges_and_who_codes_and_judges_are_told_apart():
    _, collected, coded = sentences("Ben", "Eve")
    assert collected.startswith(
        "Ben collected Interviews, and had a part in the analysis too (judged the comparison)"
    )
    assert coded.startswith("Eve coded Interviews and judged the comparison")


def test_who_has_one_role_needs_no_sentence():
    assert limitations(role_overlap([INTERVIEWS], ["Claire"]), []) == ()


def test_dependent_sources_are_named_with_their_note():
    of = [
        Dependence("Minutes", "Survey", kind, "the same ten GPs.")
        for kind in ("same_people", "same_study", "other")
    ]
    people_, study, other = limitations([], of)
    assert "same people (the same ten GPs): where they agree" in people_
    assert "one study (the same ten GPs)" in study
    assert "not wholly independent (the same ten GPs)." in other


def test_documents_that_share_passages_are_named_only_across_sources():
    article = " ".join(f"word{number}" for number in range(300))
    texts = [
        ("Reports", UUID(int=1), "Report", article),
        ("Reports", UUID(int=2), "Draft", article),
        ("Papers", UUID(int=3), "Abstract", " ".join(article.split()[:120])),
        ("Papers", UUID(int=4), "Else", " ".join(f"other{number}" for number in range(300))),
    ]
    found = texts_in_two_sources(texts)
    assert [(s.source_a, s.title_a, s.source_b, s.title_b, s.share) for s in found] == [
        ("Reports", "Draft", "Papers", "Abstract", 1.0),
        ("Reports", "Report", "Papers", "Abstract", 1.0),
    ]
