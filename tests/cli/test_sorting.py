"""Sorting alone by command line: a list is seen by others when both have locked."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Trigpoint


def imported(trigpoint: Trigpoint, folder: Path, person: str) -> None:
    file = folder / f"{person}.csv"
    file.write_text(
        "source,theme,row,statement,researcher,sites\n"
        f"Survey,ECO-FUND,Row of {person},Finding of {person},{person},Oudermeer | Wallebroek\n",
        encoding="utf-8",
    )
    trigpoint("findings", "import", file, "--create-sources")


def exported(trigpoint: Trigpoint, folder: Path, person: str) -> str:
    out = folder / "out.csv"
    trigpoint("findings", "export", "--out", out, person=person)
    return out.read_text("utf-8-sig")


def test_a_list_is_exported_to_others_when_both_have_locked(
    trigpoint: Trigpoint, study: str, tmp_path: Path
) -> None:
    trigpoint("protocol", "write", "--sorting", "alone")
    for person in ("Ann", "Ben"):
        trigpoint("study", "add-person", person)
        imported(trigpoint, tmp_path, person)
    assert "Finding of Ann" not in exported(trigpoint, tmp_path, "Ben")
    assert trigpoint("sorting", "log", "--json", person="Ben").json == []
    trigpoint("sorting", "lock", person="Ann")
    assert "Finding of Ann" not in exported(trigpoint, tmp_path, "Ben")
    locked = trigpoint("sorting", "lock", "--json", person="Ben").json
    assert locked == {"researcher": "Ben", "state": "locked"}
    told = exported(trigpoint, tmp_path, "Ben")
    assert "Finding of Ann" in told
    assert "Oudermeer | Wallebroek" in told


def test_who_has_locked_goes_on_only_after_the_lead_has_reopened(
    trigpoint: Trigpoint, study: str, tmp_path: Path
) -> None:
    trigpoint("protocol", "write", "--sorting", "alone")
    trigpoint("study", "add-person", "Ann")
    trigpoint("sorting", "lock", person="Ann")
    file = tmp_path / "late.csv"
    file.write_text("source,theme,statement,researcher\nSurvey,ECO-FUND,Late,Ann\n", encoding="utf-8")
    refused = trigpoint("findings", "import", file, "--create-sources", "--json", person="Ann", status=3).json
    assert "has locked" in refused["refused"][0]["reason"]
    trigpoint("sorting", "reopen", "--researcher", "Ann", "--reason", "no", person="Ann", status=2)
    trigpoint("sorting", "reopen", "--researcher", "Ann", "--reason", "a source was forgotten")
    assert (
        trigpoint("findings", "import", file, "--create-sources", "--json", person="Ann").json["imported"]
        == 1
    )
    lines = trigpoint("sorting", "log", "--json").json
    assert [(line["person"], line["what"], line["researcher"], line["reason"]) for line in lines] == [
        ("Ann", "lock", "Ann", ""),
        ("Lea", "reopen", "Ann", "a source was forgotten"),
    ]


def test_a_team_that_sorts_together_is_told_that_there_is_nothing_to_lock(
    trigpoint: Trigpoint, study: str
) -> None:
    assert "sorts together" in trigpoint("sorting", "lock", status=2).err
