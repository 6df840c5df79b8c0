"""The minutes tell who was there, each place with both codings, and what was decided, in both forms."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from codebook.disagreements import Kind
from corpus.errors import UserFacingError
from tests.services.team import Team
from tests.services.test_settling import decide, differing, place, reason_of
from workbench.services import settling
from workbench.services.settling_minutes import write_minutes


@pytest.fixture
def talked(quick_team: Team) -> Team:
    team = differing(quick_team)
    settling.begin_meeting(team.engine, team.anna, None, attendance=["Anna", "Bram"], scribe="Bram")
    reason_of(team, team.anna, "# They *said* so <b>")
    reason_of(team, team.bram, "1. It goes both ways")
    decide(team, Kind.VALENCE, "first")
    decide(
        team,
        Kind.VALENCE,
        "second",
        first_speaker="Anna",
        reason="both ways",
        minority="No.",
        minority_by="Anna",
    )
    decide(team, Kind.OTHER_CODE, "unresolved")
    settling.merge_without_loss(team.engine, team.anna, None)
    return team


def text_of(team: Team, path: Path) -> str:
    assert write_minutes(team.engine, team.lead, path, format=path.suffix[1:]) == 4
    if path.suffix == ".docx":
        return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    return path.read_text(encoding="utf-8").replace("**", "")


@pytest.mark.parametrize("name", ["minutes.md", "minutes.docx"])
def test_minutes_tell_all_of_it(talked: Team, tmp_path: Path, name: str) -> None:
    told = text_of(talked, tmp_path / name)
    for words in (
        "Present: Anna and Bram. Scribe: Bram.",
        "4 places: 2 decided, 1 left unresolved, 1 not talked about yet",
        "Anna gave way to Bram 1 time.",
        "“no time”",
        "Anna: ORG-IT (barrier): “no time”. Memo: zebra memo",
        "Bram: ORG-IT (mixed): “no time”",
        "Outcome: Bram's coding stands.",
        "Consensus: ORG-IT (mixed): “no time”",
        "Why: both ways",
        "Minority view of Anna: No.",
        "Decided by Anna and Bram",
        "Anna spoke first.",
        "Decided before, and changed: Anna's coding stands.",
        "Decided by a rule, at the request of Anna",
        "Bram: coded nothing here",
    ):
        assert words in told, words


def test_words_of_people_stay_words_in_markdown(talked: Team, tmp_path: Path) -> None:
    told = text_of(talked, tmp_path / "minutes.md")
    assert r"\# They \*said\* so \<b\>" in told
    assert r"1\. It goes both ways" in told


def test_minutes_have_two_forms(talked: Team, tmp_path: Path) -> None:
    with pytest.raises(UserFacingError, match="There are: md, docx"):
        write_minutes(talked.engine, talked.lead, tmp_path / "minutes.odt", format="odt")
    assert place(talked, Kind.MISSED).state == "open"
