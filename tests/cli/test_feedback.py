"""Feedback, relations and the timeline on the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Trigpoint


@pytest.fixture
def found(trigpoint: Trigpoint, two_texts: Path, write_csv: Callable[..., Path]) -> Trigpoint:
    """A study in which two sources speak of money, and a group that is asked about it."""
    path = write_csv(
        "findings",
        "source,theme,row,statement",
        "Interviews,ECO-FUND,Funding is unsure,So.",
        "Register,ECO-FUND,Funding is unsure,So too.",
    )
    trigpoint("findings", "import", path, "--create-sources")
    trigpoint("feedback", "group", "Board", "--smallest", "2")
    for name in ("B1", "B2"):
        trigpoint("feedback", "invite", name, "--group", "Board")
    return trigpoint


def test_packet_answers_and_register_go_round(
    found: Trigpoint, tmp_path: Path, write_csv: Callable[..., Path]
) -> None:
    page = tmp_path / "packet.html"
    made = found("feedback", "packet", "--group", "Board", "--out", page, "--json").json
    assert made["statements"] == 1
    assert "Funding is unsure" in page.read_text(encoding="utf-8")
    answers = write_csv(
        "answers",
        "group;name;theme;row;answer;text",
        "Board;B1;ECO-FUND;Funding is unsure;disagree;It was sure",
        "Board;B9;ECO-FUND;Funding is unsure;agree;",
        "Board;B2;;;;",
    )
    taken = found("feedback", "import", answers, "--json", status=3).json
    assert (taken["imported"], taken["empty"], [one["row"] for one in taken["refused"]]) == (1, 1, [3])
    (group,) = found("feedback", "register", "--json").json
    assert (group["non_responders"], group["without_consequence"]) == (["B2"], 1)
    (row,) = group["rows"]
    assert (row["disagree"], row["said_nothing"], row["answers"][0]["text"]) == (1, 1, "It was sure")
    assert group["packets"][0]["sha256"] == made["sha256"]
    assert found("feedback", "export", "--out", tmp_path / "out.csv", "--json").json["answers"] == 1
    assert "B2" in found("feedback", "register").err


def test_whoever_judges_and_has_not_locked_is_refused(
    found: Trigpoint, write_csv: Callable[..., Path]
) -> None:
    found("study", "add-person", "Ann")
    path = write_csv(
        "judgements",
        "theme,row,source_a,source_b,researcher,assigned",
        "ECO-FUND,Funding is unsure,Interviews,Register,Ann,A",
    )
    found("judge", "import", path)
    found("judge", "reopen", "--researcher", "Ann", "--reason", "again")
    assert "locked" in found("feedback", "register", person="Ann", status=2).err
    found("judge", "lock", person="Ann")
    assert found("feedback", "register", "--json", person="Ann").json[0]["group"] == "Board"


def test_relations_events_and_registers_come_in_and_go_out(
    found: Trigpoint, tmp_path: Path, write_csv: Callable[..., Path]
) -> None:
    path = write_csv(
        "relations",
        "theme,row,kind,strategy,outcome,quotes",
        "ECO-FUND,Funding is unsure,answered by,They went on,accepted,Funding is unsure.",
        "ECO-FUND,Funding is unsure,helps,They went on,,",
    )
    taken = found("relations", "import", path, "--json", status=3).json
    assert (taken["imported"], [one["row"] for one in taken["refused"]]) == (1, [3])
    out = tmp_path / "map.mmd"
    assert found("relations", "export", "--format", "mermaid", "--out", out, "--json").json["relations"] == 1
    assert out.read_text(encoding="utf-8").startswith("flowchart LR")
    for group, line, what in (
        ("events", "title,begins", "Start,2024-01-31"),
        ("registers", "name,date,count,out_of", "Forms,2024-01-31,3,4"),
    ):
        path = write_csv(group, line, what)
        assert found(group, "import", path, "--json").json["imported"] == 1
        assert found(group, "import", path, "--json").json["duplicates"] == 1
        number = found(group, "export", "--out", tmp_path / "out.csv", "--json").json
        assert number["events" if group == "events" else "figures"] == 1
