"""Participants are told by role and group, and a small group is not told by what the others leave of all."""

from __future__ import annotations

from uuid import UUID

import pytest

from codebook.columns import DocumentFacts, PersonFacts, make_texts
from triangulation.people import PeopleOfSource, people_in_words, people_of_sources


def of_roles(**roles: int) -> PeopleOfSource:
    return PeopleOfSource(sum(roles.values()), roles, {"": sum(roles.values())})


@pytest.mark.parametrize(
    ("roles", "told"),
    [
        ({"GP": 7, "nurse": 5}, "12 participants (7 GP; 5 nurse)"),
        ({"GP": 7, "nurse": 4, "clerk": 1}, "12 participants (7 GP; fewer than 5 each: clerk, nurse)"),
        ({"GP": 7, "nurse": 3}, "10 participants (numbers not told, a group is small: GP, nurse)"),
        (
            {"GP": 7, "aide": 6, "nurse": 1, "clerk": 1},
            "15 participants (7 GP; numbers not told, a group is small: aide, clerk, nurse)",
        ),
        ({"nurse": 2}, "2 participants (all nurse)"),
        ({"": 2}, "2 participants"),
        ({}, ""),
    ],
)
def test_small_roles_are_named_without_a_number(roles: dict[str, int], told: str) -> None:
    assert people_in_words(of_roles(**roles)) == told


def test_people_of_a_source_are_counted_once_without_those_who_ask() -> None:
    people = [
        PersonFacts("P1", "person", {"name": "P1", "role": "nurse", "group": "home care"}),
        PersonFacts("P2", "person", {"name": "P2"}),
        PersonFacts("Lies", "person", {"name": "Lies", "role": "interviewer"}),
        PersonFacts("Aalst", "site", {"name": "Aalst"}),
    ]
    documents = [
        DocumentFacts(UUID(int=n), f"D{n}", source, "interview", 30, cases=cases)
        for n, (source, cases) in enumerate(
            [("Talks", ("Aalst",)), ("Talks", ("Aalst", "P1")), ("Letters", ("P2",)), ("Letters", ())]
        )
    ]
    turns = [(0, 0, 10, "Lies"), (0, 10, 20, "P1"), (1, 0, 10, "P1"), (1, 10, 20, "GP 4"), (1, 20, 30, "Mod")]
    found = people_of_sources(make_texts(documents, range(4), turns, people))
    assert found["Talks"] == PeopleOfSource(1, {"nurse": 1}, {"home care": 1}, labels=1, sites=1)
    assert found["Letters"] == PeopleOfSource(1, {"": 1}, {"": 1})
    assert people_in_words(found["Talks"]) == (
        "1 participant (nurse · home care), 1 speaker not assigned to a participant, 1 site"
    )
