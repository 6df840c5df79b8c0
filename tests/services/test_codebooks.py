"""The codebook of a study: loaded once, changed by new versions, never by overwriting."""

from __future__ import annotations

from pathlib import Path

import pytest

from codebook.errors import CodebookError, UnknownCode
from corpus.errors import UserFacingError
from store import tables
from store.engine import reading
from store.events import events_of
from tests.services.team import Team
from workbench.services import codebooks, coding, overview, studies
from workbench.services.errors import NotThere


def test_starter_codebook_loads_in_one_step_and_one_event(quick_team: Team) -> None:
    lead = studies.create_study(quick_team.engine, "Empty", person="Lena")
    assert codebooks.current_codebook(quick_team.engine, lead) is None
    before = quick_team.count(tables.event)
    stored = codebooks.load_codebook(quick_team.engine, lead, "grol-wensing")
    assert quick_team.count(tables.event) == before + 1
    levels = [code for code in stored.codebook.codes if code.parent is None]
    assert (len(levels), len(stored.codebook.codes) - len(levels)) == (7, 36)
    assert all({"en", "nl", "fr"} <= set(code.label) for code in stored.codebook.codes)
    assert codebooks.current_codebook(quick_team.engine, lead) == stored


def test_study_has_one_codebook(quick_team: Team) -> None:
    with pytest.raises(UserFacingError, match="codebook already"):
        codebooks.load_codebook(quick_team.engine, quick_team.lead, "grol-wensing")


@pytest.mark.parametrize("wanted", ["no-such-scheme", "no/such/file.yaml"])
def test_scheme_or_file_that_is_not_there_is_told(quick_team: Team, wanted: str) -> None:
    lead = studies.create_study(quick_team.engine, "Empty", person="Lena")
    with pytest.raises(CodebookError):
        codebooks.load_codebook(quick_team.engine, lead, wanted)
    assert codebooks.current_codebook(quick_team.engine, lead) is None


def test_change_of_codes_is_a_new_version_with_who_when_and_why(team: Team) -> None:
    codebooks.add_code(
        team.engine,
        team.anna,
        label="Digital tools",
        parent="Organisational context",
        definition="What runs on a screen",
        reason="It comes up in every interview",
    )
    renamed = codebooks.rename_code(
        team.engine, team.lead, "ORG-DIGIT", label={"nl": "Digitaal"}, reason="Dutch"
    )
    assert renamed.codebook.version == 3
    code = next(code for code in renamed.codebook.codes if code.key == "ORG-DIGIT")
    assert (code.parent, code.definition) == ("ORG", "What runs on a screen")
    assert code.label == {"en": "Digital tools", "nl": "Digitaal"}
    history = overview.codebook_history(team.engine, team.bram)
    assert [(line.number, line.actor, line.reason) for line in history] == [
        (3, "Lena", "Dutch"),
        (2, "Anna", "It comes up in every interview"),
        (1, "Lena", ""),
    ]
    with reading(team.engine) as connection:
        actions = [event.action for event in events_of(connection, team.lead.study_id)][-2:]
    assert actions == ["codebook.change", "codebook.change"]
    assert team.problems() == []


def test_renamed_code_is_the_same_code(quick_team: Team) -> None:
    made = quick_team.code(quick_team.anna, "no time")
    before = codebooks.current_codebook(quick_team.engine, quick_team.lead)
    after = codebooks.rename_code(quick_team.engine, quick_team.lead, "ECO-FUND", label={"en": "Grants"})
    assert before is not None
    ids = {code.key: code.id for code in before.codebook.codes}
    assert {code.key: code.id for code in after.codebook.codes} == ids
    assert [str(stored.id) for stored in quick_team.seen(quick_team.anna)] == [made]
    assert quick_team.try_act(quick_team.anna, type="apply", code="Grants", start=0, end=9) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"label": "Luck", "parent": "NO-SUCH"},
        {"label": "  ", "parent": "ECO"},
        {"label": "Luck", "parent": "ECO", "key": "ECO-FUND"},
        {"label": "Luck", "parent": "ECO", "key": "two words"},
    ],
    ids=repr,
)
def test_code_that_does_not_fit_is_refused_and_makes_no_version(
    quick_team: Team, wrong: dict[str, str]
) -> None:
    with pytest.raises((CodebookError, UnknownCode)):
        codebooks.add_code(quick_team.engine, quick_team.lead, **wrong)  # type: ignore[arg-type]
    stored = codebooks.current_codebook(quick_team.engine, quick_team.lead)
    assert stored is not None
    assert stored.codebook.version == 1


def test_study_without_codebook_says_how_to_load_one(quick_team: Team, tmp_path: Path) -> None:
    lead = studies.create_study(quick_team.engine, "Empty", person="Lena")
    with pytest.raises(NotThere, match="grol-wensing"):
        codebooks.add_code(quick_team.engine, lead, label="Luck", parent=None)
    with pytest.raises(NotThere):
        codebooks.export_codebook(quick_team.engine, lead, tmp_path / "book.yaml", "yaml")


def test_exported_codebook_loads_in_another_study_with_the_same_codes(
    quick_team: Team, tmp_path: Path
) -> None:
    codebooks.add_code(quick_team.engine, quick_team.lead, label="Luck", parent="ECO", exclude="skill")
    path = tmp_path / "book.yaml"
    written = codebooks.export_codebook(quick_team.engine, quick_team.lead, path, "yaml")
    lead = studies.create_study(quick_team.engine, "Other", person="Lena")
    loaded = codebooks.load_codebook(quick_team.engine, lead, str(path)).codebook
    assert [(c.key, c.label, c.parent, c.exclude) for c in loaded.codes] == [
        (c.key, c.label, c.parent, c.exclude) for c in written.codes
    ]
    assert not {c.id for c in loaded.codes} & {c.id for c in written.codes}
    assert overview.codebook_file(quick_team.engine, quick_team.lead, "yaml") == path.read_bytes()


def test_codes_are_counted_as_far_as_one_may_see(quick_team: Team) -> None:
    for coder in (quick_team.anna, quick_team.bram):
        quick_team.code(coder, "no time", "ECO-FUND")
    quick_team.code(quick_team.anna, "money", "ECO-FIN")
    assert codebooks.code_counts(quick_team.engine, quick_team.lead) == {"ECO-FUND": 2, "ECO-FIN": 1}
    quick_team.open_round()
    assert codebooks.code_counts(quick_team.engine, quick_team.anna) == {"ECO-FUND": 1, "ECO-FIN": 1}
    assert codebooks.code_counts(quick_team.engine, quick_team.lead) == {}


def test_tree_counts_for_a_level_all_that_stands_under_it(quick_team: Team) -> None:
    quick_team.code(quick_team.anna, "no time", "ECO-FUND")
    quick_team.code(quick_team.anna, "money", "ECO-FIN")
    quick_team.code(quick_team.anna, "patients", "PAT")
    lines = {line.code.key: line for line in overview.code_tree(quick_team.engine, quick_team.anna)}
    stored = codebooks.current_codebook(quick_team.engine, quick_team.anna)
    assert stored is not None
    assert list(lines) == [code.key for code in stored.codebook.codes]
    assert (lines["ECO"].codings, lines["ECO-FUND"].codings, lines["PAT"].codings) == (2, 1, 1)
    assert (lines["ECO"].depth, lines["ECO-FUND"].depth) == (0, 1)
    assert lines["ECO"].level == lines["ECO-FUND"].level != lines["PAT"].level
    assert sum(line.codings for line in lines.values() if line.depth == 0) == len(
        coding.codings_of(quick_team.engine, quick_team.anna)
    )
