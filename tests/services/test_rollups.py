"""Single findings that count in another group of a roll-up than their theme."""

from __future__ import annotations

import csv
import io
from uuid import UUID

import pytest

from corpus.errors import UserFacingError
from store.backup import verify
from store.engine import reading
from store.events import events_of
from store.studies import Member
from tests.services.team import Team
from triangulation.models import Row
from workbench.services import (
    codebook_editing,
    codebook_versions,
    findings,
    reporting,
    rollups,
)
from workbench.services.errors import NotAllowed, NotThere


def find(team: Team, person: Member, theme: str = "ECO-FUND", statement: str = "Money is there.") -> UUID:
    return findings.add_finding(
        team.engine, person, source="Steering group", theme=theme, statement=statement
    )


def place(team: Team, person: Member, finding: UUID, group: str | None, reason: str = "It is of us") -> None:
    rollups.place_finding(team.engine, person, finding, rollup="aalst", group=group, reason=reason)


def groups(team: Team, person: Member) -> list[tuple[str | None, str | None, str]]:
    told = rollups.findings_in_groups(team.engine, person, "aalst")
    return [(one.group, one.usual, one.reason) for one in told]


def test_finding_counts_with_its_theme_until_it_is_placed_otherwise_and_back(team: Team) -> None:
    finding = find(team, team.anna)
    assert groups(team, team.bram) == [("econ_admin_org", "econ_admin_org", "")]
    place(team, team.anna, finding, "programme")
    place(team, team.lead, finding, "patients", "Patients pay")
    assert groups(team, team.bram) == [("patients", "econ_admin_org", "Patients pay")]
    place(team, team.anna, finding, None, "")
    assert groups(team, team.bram) == [("econ_admin_org", "econ_admin_org", "")]
    with reading(team.engine) as connection:
        placed = [e for e in events_of(connection, team.lead.study_id) if e.action == "finding.place"]
    assert [event.reason for event in placed] == ["It is of us", "Patients pay", ""]
    assert verify(team.engine).problems == ()


def test_placing_a_finding_needs_a_group_a_reason_and_its_writer_or_the_lead(quick_team: Team) -> None:
    finding = find(quick_team, quick_team.anna)
    with pytest.raises(UserFacingError, match="needs a reason"):
        place(quick_team, quick_team.anna, finding, "programme", " ")
    with pytest.raises(UserFacingError, match="no group 'weather'"):
        place(quick_team, quick_team.anna, finding, "weather")
    with pytest.raises(UserFacingError, match="counts there already"):
        place(quick_team, quick_team.anna, finding, "econ_admin_org")
    with pytest.raises(UserFacingError, match="counts there already"):
        place(quick_team, quick_team.anna, finding, None)
    with pytest.raises(NotAllowed, match="who wrote a finding"):
        place(quick_team, quick_team.bram, finding, "programme")
    findings.retire_finding(quick_team.engine, quick_team.anna, finding)
    with pytest.raises(NotThere):
        place(quick_team, quick_team.anna, finding, "programme")
    assert groups(quick_team, quick_team.anna) == []


def test_finding_follows_its_theme_again_when_the_group_is_gone(quick_team: Team) -> None:
    finding = find(quick_team, quick_team.anna)
    place(quick_team, quick_team.anna, finding, "programme")
    rollups.place_in_rollup(quick_team.engine, quick_team.lead, "ECO-FUND", rollup="aalst", group="programme")
    assert groups(quick_team, quick_team.anna) == [("programme", "programme", "It is of us")]
    codebook_editing.retire_code(quick_team.engine, quick_team.lead, "ECO-FUND")
    assert groups(quick_team, quick_team.anna) == [("programme", None, "It is of us")]
    codebook_versions.restore_version(quick_team.engine, quick_team.lead, 1)
    assert groups(quick_team, quick_team.anna) == [("programme", "econ_admin_org", "It is of us")]


def test_report_and_file_count_findings_as_the_page_does(quick_team: Team) -> None:
    quick_team.code(quick_team.anna, "no time", "ECO-FUND")
    finding = find(quick_team, quick_team.anna)
    find(quick_team, quick_team.bram, "ECO-FIN", "Nobody is paid.")
    place(quick_team, quick_team.anna, finding, "programme", "<b>ours</b>")
    told = reporting.report_for(quick_team.engine, quick_team.lead).codebook
    assert told is not None
    (summary,) = [rollup for rollup in told.rollups if rollup.name == "aalst"]
    assert {group: n for group, n in summary.groups.items() if any(n)} == {
        "programme": (0, 1),
        "econ_admin_org": (1, 1),
    }
    (exception,) = summary.exceptions
    assert (exception.theme, exception.group, exception.usual) == ("ECO-FUND", "programme", "econ_admin_org")
    page = reporting.report_page(quick_team.engine, quick_team.lead)
    assert "&lt;b&gt;ours&lt;/b&gt;" in page and "<b>ours</b>" not in page
    reporting.report_bytes(quick_team.engine, quick_team.lead, format="docx")
    text = rollups.rollup_file(quick_team.engine, quick_team.lead, "aalst").decode("utf-8-sig")
    second, first = csv.DictReader(io.StringIO(text))
    assert (first["group"], first["usual_group"], first["reason"]) == (
        "programme",
        "econ_admin_org",
        "<b>ours</b>",
    )
    assert (second["group"], second["reason"], second["researcher"]) == ("econ_admin_org", "", "Bram")


def test_row_counts_where_all_its_findings_do_and_otherwise_with_its_theme(quick_team: Team) -> None:
    finding = find(quick_team, quick_team.anna)
    row = Row("ECO-FUND", "Money is there.")
    ask = (quick_team.engine, quick_team.anna, "aalst", [row, Row("PRO-KNOW", "Nobody knows")])
    assert list(rollups.groups_of_rows(*ask).values()) == ["econ_admin_org", "professionals"]
    place(quick_team, quick_team.anna, finding, "programme")
    assert rollups.groups_of_rows(*ask)[row] == "programme"
    find(quick_team, quick_team.bram)
    assert rollups.groups_of_rows(*ask)[row] == "econ_admin_org"  # its findings count in two groups
