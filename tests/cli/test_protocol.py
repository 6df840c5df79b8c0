"""The protocol on the command line: written, fixed, changed with a reason; the map in and out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Trigpoint


@pytest.fixture
def two_sources(trigpoint: Trigpoint, two_texts: Path, minutes: Path) -> Trigpoint:
    trigpoint("import", minutes, "--source", "Minutes", "--kind", "meeting report")
    return trigpoint


def test_protocol_is_written_piece_by_piece_and_shown(two_sources: Trigpoint, tmp_path: Path) -> None:
    guide = tmp_path / "guide.txt"
    guide.write_text("What helps?\n", encoding="utf-8")
    two_sources("study", "add-person", "Ann")
    two_sources("protocol", "write", "--question", "What helps?", "--question", "What hinders?")
    two_sources("protocol", "write", "--judges", "Ann, Lea", "--index", "Minutes", "--settling", "By talk")
    two_sources(
        *("protocol", "write", "--source", "Interviews", "--participants", "2 people", "--scale", "micro"),
        *("--collected", "Ann,Ben", "--guide", guide),
    )
    told = two_sources("protocol", "show", "--json").json
    assert told["questions"] == ["What helps?", "What hinders?"]
    assert (told["judges"], told["compare"], told["index"]) == (["Ann", "Lea"], "index", "Minutes")
    interviews, minutes = told["sources"]
    assert (interviews["participants"], interviews["scale"], interviews["documents"]) == (
        "2 people",
        "micro",
        2,
    )
    assert (interviews["collected"], minutes["collected"]) == (["Ann", "Ben"], [])
    assert told["guides"] == [{"source": "Interviews", "title": "guide"}]
    assert [change["part"] for change in told["changes"]] == ["guide", "source", "page", "page"]
    assert two_sources("triangulate", "--json").json["pairs"] == [["Interviews", "Minutes"]]
    assert "Not fixed yet" in two_sources("protocol", "show").err


def test_fixed_protocol_changes_only_with_a_reason(two_sources: Trigpoint) -> None:
    two_sources("protocol", "write", "--question", "What helps?")
    fixed = two_sources("protocol", "fix", "--json").json
    assert (fixed["fixed"]["by"], fixed["fixed_before_judging"]) == ("Lea", None)
    refused = two_sources("protocol", "write", "--sorting", "alone", status=2)
    assert "needs a reason" in refused.err
    two_sources("protocol", "write", "--sorting", "alone", "--reason", "Two teams")
    change = two_sources("protocol", "show", "--json").json["changes"][0]
    assert (change["reason"], change["after_fixing"]) == ("Two teams", True)
    assert change["lines"] == [{"of": "", "field": "sorting", "before": "together", "after": "alone"}]


def test_names_of_codes_are_the_teams_own_under_the_rule_own(two_sources: Trigpoint) -> None:
    two_sources("protocol", "write", "--code-set", "racine", "--code", "PA=Adds to it", "--rule", "own")
    codes = two_sources("protocol", "show", "--json").json["codes"]
    assert {code: said["name"] for code, said in codes.items()} == {
        "agreement": "Convergence",
        "partial": "Adds to it",
        "silence": "Silence",
        "dissonance": "Dissonance",
    }
    assert codes["partial"]["explanation"] == ""
    for wrong in ("partial", "half=All"):
        assert wrong.partition("=")[0] in two_sources("protocol", "write", "--code", wrong, status=2).err


def test_what_is_said_of_no_source_is_refused(two_sources: Trigpoint) -> None:
    assert "--source" in two_sources("protocol", "write", "--participants", "2", status=2).err
    assert (
        "Diaries"
        in two_sources("protocol", "write", "--source", "Diaries", "--participants", "2", status=2).err
    )


def test_map_is_imported_and_exported(
    two_sources: Trigpoint, tmp_path: Path, write_csv: Callable[..., Path]
) -> None:
    path = write_csv(
        "map",
        "theme;row;source;opportunity;note",
        "ECO-FUND;;Interviews;asked;Topic 4",
        "ECO-FUND;;Nobody;asked;",
    )
    taken = two_sources("opportunity", "import", path, "--json", status=3).json
    assert taken["imported"] == 1
    assert [refusal["row"] for refusal in taken["refused"]] == [3]
    out = tmp_path / "out.csv"
    assert two_sources("opportunity", "export", "--out", out, "--json").json["opportunities"] == 1
    assert "ECO-FUND,,Interviews,asked,Topic 4" in out.read_text(encoding="utf-8-sig")
    assert two_sources("opportunity", "export", "--all", "--out", out, "--json").json["opportunities"] == 72
