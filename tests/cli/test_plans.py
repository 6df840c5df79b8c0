"""The plan by command line: a change says only what changes."""

import pytest


@pytest.fixture
def planned(trigpoint, two_texts):
    return trigpoint(
        "plan", "write", "--wanted", ".800", "--share", ".25", "--unit", "document",
        "--reliability", "gp", "--json",
    ).json  # fmt: skip


def test_what_a_change_does_not_name_stays(trigpoint, planned):
    changed = trigpoint("plan", "write", "--wanted", ".667", "--reason", "a pilot first", "--json").json
    assert (changed["wanted"], changed["share"], changed["unit"]) == (0.667, 0.25, "document")
    assert changed["documents"] == planned["documents"]
    assert sorted(changed["documents"].values()) == ["main", "reliability"]


def test_a_set_that_is_named_is_named_whole(trigpoint, planned):
    titles = {d["document"]: d["title"] for d in trigpoint("documents", "--json").json}
    (other,) = set(titles.values()) - {"gp"}
    changed = trigpoint("plan", "write", "--reliability", other, "--pilot", "gp", "--json").json
    named = {titles[document]: purpose for document, purpose in changed["documents"].items()}
    assert named == {"gp": "pilot", other: "reliability"}


def test_a_document_is_in_one_set(trigpoint, planned):
    answer = trigpoint("plan", "write", "--pilot", "gp", "--reliability", "gp", status=2)
    assert "one set only" in answer.err
    assert trigpoint("plan", "show", "--json").json == planned


def test_who_turns_reflexive_promises_no_figure(trigpoint, planned):
    changed = trigpoint("plan", "write", "--approach", "reflexive", "--json").json
    assert (changed["wanted"], changed["units_needed"]) == (None, None)
    assert changed["documents"] == planned["documents"]
