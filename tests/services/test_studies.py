"""Studies and who works in them: the lead adds people, and nobody else gets anything."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from corpus.errors import UserFacingError
from store import tables
from store.studies import Member
from tests.services.readers import Look, all_told, words_in
from tests.services.team import Team, a_file, a_team
from triangulation.models import Row
from workbench.services import coding, documents, findings, judging, overview, rounds, studies, triangulation
from workbench.services.errors import NotAllowed, NotThere


def test_creator_leads_the_study_and_the_names_are_trimmed(team: Team) -> None:
    lead = studies.create_study(team.engine, "  A  new   region ", person=" Olga ")
    assert (lead.name, lead.is_lead) == ("Olga", True)
    study = studies.find_study(team.engine, "A new region")
    assert studies.lead_of(team.engine, study) == lead
    assert studies.team(team.engine, lead) == [lead]


@pytest.mark.parametrize(("name", "person"), [("Region", "Olga"), (" ", "Olga"), ("New", "  ")])
def test_study_needs_a_name_of_its_own_and_a_person(quick_team: Team, name: str, person: str) -> None:
    with pytest.raises(UserFacingError):
        studies.create_study(quick_team.engine, name, person=person)
    assert [study.name for study in studies.studies_of(quick_team.engine)] == ["Region"]


def test_study_is_found_by_name_or_id_or_as_the_only_one(quick_team: Team) -> None:
    study = studies.find_study(quick_team.engine)
    assert studies.find_study(quick_team.engine, str(study.id)) == study
    a_team(quick_team.engine, "Another region")
    assert studies.find_study(quick_team.engine, "Region") == study
    with pytest.raises(NotThere, match="'Another region', 'Region'"):
        studies.find_study(quick_team.engine)
    with pytest.raises(NotThere, match="There are"):
        studies.find_study(quick_team.engine, "No such region")


def test_empty_database_says_how_to_begin(sqlite_engine: Any) -> None:
    with pytest.raises(NotThere, match="Create one"):
        studies.find_study(sqlite_engine)
    assert studies.studies_of(sqlite_engine) == overview.list_studies(sqlite_engine, "Anna") == []


def test_only_the_lead_adds_people_and_adding_twice_is_adding_once(quick_team: Team) -> None:
    with pytest.raises(NotAllowed):
        studies.add_person(quick_team.engine, quick_team.anna, "Dora")
    dora = studies.add_person(quick_team.engine, quick_team.lead, "Dora")
    assert studies.add_person(quick_team.engine, quick_team.lead, " Dora ") == dora
    assert not dora.is_lead
    names = [member.name for member in studies.team(quick_team.engine, quick_team.anna)]
    assert names == ["Lena", "Anna", "Bram", "Dora"]
    with pytest.raises(UserFacingError):
        studies.add_person(quick_team.engine, quick_team.lead, " ")
    assert quick_team.problems() == []


def test_files_bring_in_people_only_when_the_lead_imports_them(quick_team: Team, tmp_path: Path) -> None:
    row = {"document": "Report 1", "quote": "no time", "code": "ECO-FUND", "coder": "Dora"}
    finding = {"source": "Steering group", "theme": "ECO-FUND", "statement": "It is.", "researcher": "Dora"}
    codings, found_file = a_file(tmp_path / "c.csv", [row]), a_file(tmp_path / "f.csv", [finding])
    assert coding.import_codings(quick_team.engine, quick_team.anna, codings).imported == 0
    assert findings.import_findings(quick_team.engine, quick_team.anna, found_file).imported == 0
    assert quick_team.count(tables.member) == 3
    assert coding.import_codings(quick_team.engine, quick_team.lead, codings).imported == 1
    assert quick_team.count(tables.member) == 4


def test_who_is_not_in_the_study_is_not_let_in_and_told_who_could(quick_team: Team) -> None:
    study = studies.find_study(quick_team.engine)
    for name in ("Olga", "anna", ""):
        with pytest.raises(NotAllowed, match="Lena"):
            studies.enter_study(quick_team.engine, study, person=name)
    assert studies.enter_study(quick_team.engine, study, person="Anna") == quick_team.anna
    assert studies.studies_of(quick_team.engine, "Olga") == []


def test_studies_are_listed_with_those_that_one_works_in_first(quick_team: Team) -> None:
    a_team(quick_team.engine, "Another region")
    studies.create_study(quick_team.engine, "Zone", person="Olga")
    lines = overview.list_studies(quick_team.engine, "Olga")
    assert [(line.name, line.role, line.lead) for line in lines] == [
        ("Zone", "lead", "Olga"),
        ("Another region", None, "Lena"),
        ("Region", None, "Lena"),
    ]
    assert [(line.people, line.documents) for line in lines] == [(1, 0), (3, 1), (3, 1)]


# --- somebody of another study -----------------------------------------------------------------------

#: Words that stand only in the first study.
WORDS = ("nurse", "money", "Anna", "Bram", "Lena", "Steering", "Report 1", "zebra", "okapi", "First round")


@pytest.fixture
def olga(quick_team: Team) -> Member:
    """The lead of another study in the same database, while the first study is full."""
    made = quick_team.code(quick_team.anna, "no time", memo="zebra memo")
    findings.add_finding(
        quick_team.engine,
        quick_team.anna,
        source="Steering group",
        theme="ECO-FUND",
        statement="okapi statement",
        coding_ids=[UUID(made)],
    )
    quick_team.open_round(blind=False)
    quick_team.finish(quick_team.anna, quick_team.bram)
    quick_team.reveal()
    return studies.create_study(quick_team.engine, "Zone", person="Olga")


def test_no_service_tells_anything_of_a_study_to_somebody_of_another(
    quick_team: Team, olga: Member, tmp_path: Path
) -> None:
    theirs = tuple(documents.list_documents(quick_team.engine, quick_team.lead))
    study = studies.find_study(quick_team.engine, "Zone")
    told = all_told(Look(quick_team.engine, olga, study, theirs, "First round", tmp_path))
    # A refusal repeats the name that was asked for.
    told = {
        name: answer.replace("'First round'", "") if answer.startswith("NotThere") else answer
        for name, answer in told.items()
    }
    # The list of studies names their leads, so that a person knows whom to ask.
    told["overview.list_studies"] = told["overview.list_studies"].replace("Lena", "")
    assert words_in(told, WORDS) == {}


def test_nothing_is_changed_in_a_study_by_somebody_of_another(
    quick_team: Team, olga: Member, tmp_path: Path
) -> None:
    engine = quick_team.engine
    (stored,) = quick_team.seen(quick_team.anna)
    (finding,) = triangulation.triangulate(engine, quick_team.lead).findings
    before = quick_team.count(tables.event)
    operations: list[dict[str, Any]] = [
        {"type": "apply", "code": "ECO-FIN", "start": 0, "end": 9},
        {"type": "retire", "coding": str(stored.id)},
        {"type": "memo", "coding": str(stored.id), "text": "mine"},
        {"type": "undo"},
    ]
    for operation in operations:
        assert quick_team.try_act(olga, **operation) is not None
    acts = (
        lambda: rounds.finish(engine, olga, "First round"),
        lambda: rounds.reveal(engine, olga, "First round"),
        lambda: rounds.open_round(engine, olga, "R", coders=["A", "B"], document_names=["Report 1"]),
        lambda: findings.retire_finding(engine, olga, finding.id),
        lambda: judging.judge_existence(
            engine, olga, row=Row("ECO-FUND"), source="Steering group", speaks=True
        ),
        lambda: judging.reopen_judgements(engine, olga, "Anna", reason="Because"),
    )
    for act in acts:
        with pytest.raises(UserFacingError):
            act()
    row = {"document": str(quick_team.document.id), "quote": "no time", "code": "ECO-FUND"}
    with pytest.raises(UserFacingError):
        findings.import_findings(engine, olga, a_file(tmp_path / "f.csv", [row]))
    assert coding.import_codings(engine, olga, a_file(tmp_path / "c.csv", [row])).imported == 0
    assert quick_team.count(tables.event) == before
