"""The codebook of a study: loaded once, changed by new versions, never by overwriting."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from codebook.errors import CodebookError, UnknownCode
from corpus.errors import UserFacingError
from store import tables
from store.engine import reading
from store.events import events_of
from tests.services.team import Team
from workbench.services import (
    codebook_editing,
    codebook_tree,
    codebook_versions,
    codebooks,
    coding,
    decisions,
    findings,
    reporting,
    rollups,
    studies,
    triangulation,
)
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


def test_the_same_codebook_is_not_loaded_twice(quick_team: Team) -> None:
    with pytest.raises(UserFacingError, match="has a codebook 'grol-wensing-starter' already"):
        codebooks.load_codebook(quick_team.engine, quick_team.lead, "grol-wensing")


@pytest.mark.parametrize("wanted", ["no-such-scheme", "no/such/file.yaml"])
def test_scheme_or_file_that_is_not_there_is_told(quick_team: Team, wanted: str) -> None:
    lead = studies.create_study(quick_team.engine, "Empty", person="Lena")
    with pytest.raises(CodebookError):
        codebooks.load_codebook(quick_team.engine, lead, wanted)
    assert codebooks.current_codebook(quick_team.engine, lead) is None


def test_change_of_codes_is_a_new_version_with_who_when_and_why(team: Team) -> None:
    codebook_editing.add_code(
        team.engine,
        team.anna,
        label="Digital tools",
        parent="Organisational context",
        definition="What runs on a screen",
        reason="It comes up in every interview",
    )
    renamed = codebook_editing.rename_code(
        team.engine, team.lead, "ORG-DIGIT", label={"nl": "Digitaal"}, reason="Dutch"
    )
    assert renamed.codebook.version == 3
    code = next(code for code in renamed.codebook.codes if code.key == "ORG-DIGIT")
    assert (code.parent, code.definition) == ("ORG", "What runs on a screen")
    assert code.label == {"en": "Digital tools", "nl": "Digitaal"}
    history = codebook_versions.codebook_history(team.engine, team.bram)
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
    after = codebook_editing.rename_code(
        quick_team.engine, quick_team.lead, "ECO-FUND", label={"en": "Grants"}
    )
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
        codebook_editing.add_code(quick_team.engine, quick_team.lead, **wrong)  # type: ignore[arg-type]
    stored = codebooks.current_codebook(quick_team.engine, quick_team.lead)
    assert stored is not None
    assert stored.codebook.version == 1


def test_study_without_codebook_says_how_to_load_one(quick_team: Team, tmp_path: Path) -> None:
    lead = studies.create_study(quick_team.engine, "Empty", person="Lena")
    with pytest.raises(NotThere, match="grol-wensing"):
        codebook_editing.add_code(quick_team.engine, lead, label="Luck", parent=None)
    with pytest.raises(NotThere):
        codebooks.export_codebook(quick_team.engine, lead, tmp_path / "book.yaml", "yaml")


def test_exported_codebook_loads_in_another_study_with_the_same_codes(
    quick_team: Team, tmp_path: Path
) -> None:
    codebook_editing.add_code(quick_team.engine, quick_team.lead, label="Luck", parent="ECO", exclude="skill")
    path = tmp_path / "book.yaml"
    written = codebooks.export_codebook(quick_team.engine, quick_team.lead, path, "yaml")
    lead = studies.create_study(quick_team.engine, "Other", person="Lena")
    loaded = codebooks.load_codebook(quick_team.engine, lead, str(path)).codebook
    assert [(c.key, c.label, c.parent, c.exclude) for c in loaded.codes] == [
        (c.key, c.label, c.parent, c.exclude) for c in written.codes
    ]
    assert not {c.id for c in loaded.codes} & {c.id for c in written.codes}
    assert codebooks.codebook_file(quick_team.engine, quick_team.lead, "yaml") == path.read_bytes()


def test_codes_are_counted_as_far_as_one_may_see(quick_team: Team) -> None:
    for coder in (quick_team.anna, quick_team.bram):
        quick_team.code(coder, "no time", "ECO-FUND")
    quick_team.code(quick_team.anna, "money", "ECO-FIN")
    assert codebook_tree.code_counts(quick_team.engine, quick_team.lead) == {"ECO-FUND": 2, "ECO-FIN": 1}
    quick_team.open_round()
    assert codebook_tree.code_counts(quick_team.engine, quick_team.anna) == {"ECO-FUND": 1, "ECO-FIN": 1}
    assert codebook_tree.code_counts(quick_team.engine, quick_team.lead) == {}


def test_tree_counts_for_a_level_all_that_stands_under_it(quick_team: Team) -> None:
    quick_team.code(quick_team.anna, "no time", "ECO-FUND")
    quick_team.code(quick_team.anna, "money", "ECO-FIN")
    quick_team.code(quick_team.anna, "patients", "PAT")
    lines = {line.code.key: line for line in codebook_tree.code_tree(quick_team.engine, quick_team.anna)}
    stored = codebooks.current_codebook(quick_team.engine, quick_team.anna)
    assert stored is not None
    assert list(lines) == [code.key for code in stored.codebook.codes]
    assert (lines["ECO"].codings, lines["ECO-FUND"].codings, lines["PAT"].codings) == (2, 1, 1)
    assert (lines["ECO"].depth, lines["ECO-FUND"].depth) == (0, 1)
    assert lines["ECO"].level == lines["ECO-FUND"].level != lines["PAT"].level
    assert sum(line.codings for line in lines.values() if line.depth == 0) == len(
        coding.codings_of(quick_team.engine, quick_team.anna)
    )


# --- several codebooks --------------------------------------------------------------------------------


def with_ccm(team: Team) -> Team:
    codebooks.load_codebook(team.engine, team.lead, "ccm", question="Which parts of the model are in place?")
    return team


def test_second_codebook_has_its_question_and_leaves_the_first_in_force(team: Team) -> None:
    first = codebooks.current_codebook(team.engine, team.lead)
    with_ccm(team)
    assert codebooks.current_codebook(team.engine, team.lead) == first
    books = codebooks.list_codebooks(team.engine, team.lead)
    assert [book.codebook.name for book in books] == ["grol-wensing-starter", "chronic-care-model"]
    ccm = books[1].id
    assert decisions.question_of(team.engine, team.bram, ccm) == "Which parts of the model are in place?"
    assert decisions.question_of(team.engine, team.bram) == ""
    decisions.ask_question(team.engine, team.lead, "What helps and hinders?")
    assert decisions.question_of(team.engine, team.bram) == "What helps and hinders?"
    assert team.problems() == []


def test_change_goes_to_the_codebook_that_has_the_code(quick_team: Team) -> None:
    with_ccm(quick_team)
    changed = codebook_editing.edit_code(
        quick_team.engine, quick_team.anna, "CCM-CIS", texts={"colour": "#112233"}, terms={"en": ["chart"]}
    )
    assert (changed.codebook.name, changed.codebook.version) == ("chronic-care-model", 2)
    code = next(code for code in changed.codebook.codes if code.key == "CCM-CIS")
    assert (code.colour, code.terms["en"]) == ("#112233", ("chart",))
    kept = codebooks.current_codebook(quick_team.engine, quick_team.lead, changed.id)
    assert kept == changed
    first = codebooks.current_codebook(quick_team.engine, quick_team.lead)
    assert first is not None
    assert first.codebook.version == 1


def test_an_id_means_one_code_in_all_codebooks_of_a_study_for_ever(quick_team: Team, tmp_path: Path) -> None:
    with_ccm(quick_team)
    with pytest.raises(CodebookError, match="another code that the study has or had"):
        codebook_editing.add_code(
            quick_team.engine, quick_team.lead, label="Funding", parent="CCM-ORG", key="ECO-FUND"
        )
    codebook_editing.retire_code(quick_team.engine, quick_team.lead, "ECO-FUND")
    with pytest.raises(CodebookError, match="another code that the study has or had"):
        codebook_editing.add_code(
            quick_team.engine, quick_team.lead, label="Funding", parent="ECO", key="ECO-FUND"
        )
    other = tmp_path / "other.yaml"
    other.write_text("codebook: {levels: [{id: ORG, label: Organs}]}", encoding="utf-8")
    with pytest.raises(UserFacingError, match="has a code 'ORG' already"):
        codebooks.load_codebook(quick_team.engine, quick_team.lead, str(other))
    proposed = codebook_editing.add_code(quick_team.engine, quick_team.lead, label="Funds", parent="ECO")
    assert "ECO-FUNDS" in {code.key for code in proposed.codebook.codes}


def test_codes_of_all_codebooks_are_offered_each_under_its_own_version(quick_team: Team) -> None:
    with_ccm(quick_team)
    books = {
        book.codebook.name: book for book in codebooks.list_codebooks(quick_team.engine, quick_team.lead)
    }
    with reading(quick_team.engine) as connection:
        offered = codebooks.codes_offered(connection, quick_team.anna)
    by_key = {code.key: code for code in offered.codebook.codes}
    assert len(by_key) == 49
    ccm = books["chronic-care-model"]
    assert offered.version_of(by_key["CCM-CIS"].id) == ccm.version_id
    assert offered.version_of(by_key["ORG"].id) == books["grol-wensing-starter"].version_id


def test_round_offers_the_codes_as_they_were_when_it_was_opened(quick_team: Team) -> None:
    with_ccm(quick_team)
    opened = quick_team.open_round()
    codebook_editing.retire_code(quick_team.engine, quick_team.lead, "CCM-CIS")
    codebook_editing.add_code(quick_team.engine, quick_team.lead, label="Luck", parent="ECO")
    with reading(quick_team.engine) as connection:
        offered = {c.key for c in codebooks.codes_offered(connection, quick_team.anna, opened).codebook.codes}
        now = {c.key for c in codebooks.codes_offered(connection, quick_team.anna).codebook.codes}
    assert "CCM-CIS" in offered and "ECO-LUCK" not in offered
    assert "CCM-CIS" not in now and "ECO-LUCK" in now


def test_levels_of_the_second_codebook_take_the_next_colours(quick_team: Team) -> None:
    with_ccm(quick_team)
    ccm = codebooks.list_codebooks(quick_team.engine, quick_team.lead)[1]
    lines = codebook_tree.code_tree(quick_team.engine, quick_team.lead, ccm.id)
    assert [line.level for line in lines] == [
        0,
        1,
        2,
        3,
        4,
        5,
    ]  # after the seven of the first, from the start


# --- two people ---------------------------------------------------------------------------------------


def test_who_is_slower_sees_what_the_other_did_and_can_go_on_from_there(team: Team) -> None:
    codebook_editing.rename_code(team.engine, team.anna, "ECO-FUND", label={"en": "Grants"}, based_on=1)
    with pytest.raises(codebook_versions.CodebookChanged) as refused:
        codebook_editing.move_code(team.engine, team.bram, "ECO-FUND", parent="ORG", based_on=1)
    assert [change.sentence for change in refused.value.changes] == [
        "ECO-FUND is now called 'Grants' (en), before 'Funding and sustainability'."
    ]
    assert "Nothing of yours is stored yet" in str(refused.value)
    assert (refused.value.earlier.version, refused.value.current.version) == (1, 2)
    after = codebook_editing.move_code(team.engine, team.bram, "ECO-FUND", parent="ORG", based_on=2)
    code = next(code for code in after.codebook.codes if code.key == "ECO-FUND")
    assert (after.codebook.version, code.name(), code.parent) == (3, "Grants", "ORG")
    assert team.problems() == []


def test_any_change_is_undone_by_restoring_the_version_before(quick_team: Team) -> None:
    first = codebooks.current_codebook(quick_team.engine, quick_team.lead)
    assert first is not None
    codebook_editing.retire_code(quick_team.engine, quick_team.lead, "ECO-FUND")
    decisions.write_rules(quick_team.engine, quick_team.lead, ["One rule "])
    rollups.place_in_rollup(
        quick_team.engine, quick_team.lead, "IMP-FACIL", rollup="aalst", group="programme"
    )
    restored = codebook_versions.restore_version(
        quick_team.engine, quick_team.lead, 1, reason="Back", based_on=4
    )
    assert restored.codebook.codes == first.codebook.codes
    assert (restored.codebook.rules, restored.codebook.version) == (first.codebook.rules, 5)
    with pytest.raises(NotThere, match="no version 9"):
        codebook_versions.restore_version(quick_team.engine, quick_team.lead, 9)


def test_history_says_of_each_version_what_it_changed(quick_team: Team) -> None:
    codebook_editing.move_code(
        quick_team.engine, quick_team.anna, "ECO-FUND", parent="ORG", reason="It is arranged"
    )
    decisions.write_rules(quick_team.engine, quick_team.lead, ["One rule"])
    newest, moved, first = codebook_versions.codebook_history(quick_team.engine, quick_team.bram)
    assert [change.sentence for change in newest.changes] == ["The boundary rules changed."]
    assert [change.sentence for change in moved.changes] == [
        "ECO-FUND Funding and sustainability moved from ECO to ORG."
    ]
    assert (moved.reason, moved.actor, first.changes) == ("It is arranged", "Anna", ())
    both = codebook_versions.differences(quick_team.engine, quick_team.bram, 1, 3)
    assert len(both) == 2


# --- roll-ups -----------------------------------------------------------------------------------------


def test_roll_up_counts_what_the_tree_counts(quick_team: Team) -> None:
    quick_team.code(quick_team.anna, "no time", "ECO-FUND")
    quick_team.code(quick_team.anna, "money", "IMP-FACIL")
    quick_team.code(quick_team.anna, "patients", "PAT")

    def groups(**more: dict[str, str]) -> dict[str | None, int]:
        told = rollups.rolled_up(quick_team.engine, quick_team.anna, "aalst", **more)
        return {group: n for group, n in told.items() if n}

    assert groups() == {"econ_admin_org": 1, "method": 1, "patients": 1}
    assert groups(exceptions={"IMP-FACIL": "programme"})["programme"] == 1
    rollups.place_in_rollup(
        quick_team.engine, quick_team.lead, "IMP-FACIL", rollup="aalst", group="programme"
    )
    assert groups() == {"econ_admin_org": 1, "programme": 1, "patients": 1}
    codebook_editing.retire_code(quick_team.engine, quick_team.lead, "ECO-FUND")
    assert groups()[None] == 1
    lines = codebook_tree.code_tree(quick_team.engine, quick_team.anna)
    assert sum(groups().values()) == sum(line.own for line in lines) == 3


# --- decisions and examples ---------------------------------------------------------------------------


def test_decisions_are_kept_with_who_and_when_and_can_be_taken_back(team: Team) -> None:
    first = decisions.add_decision(team.engine, team.anna, "Parking is accessibility", code="INN-ACC")
    decisions.add_decision(team.engine, team.bram, "Doubt is no code")
    told = decisions.decisions_of(team.engine, team.lead)
    assert [(one.author, one.text, one.code_id is None) for one in told] == [
        ("Bram", "Doubt is no code", True),
        ("Anna", "Parking is accessibility", False),
    ]
    decisions.retire_decision(team.engine, team.lead, first)
    assert len(decisions.decisions_of(team.engine, team.lead)) == 1
    with pytest.raises(NotThere):
        decisions.retire_decision(team.engine, team.lead, first)
    with pytest.raises(UserFacingError, match="Write what"):
        decisions.add_decision(team.engine, team.lead, "  ")
    assert team.problems() == []


def test_real_quotes_stand_as_examples_with_their_place(team: Team) -> None:
    made = UUID(team.code(team.anna, "no time", "ECO-FUND"))
    example_id = decisions.add_example(team.engine, team.bram, made)
    (example,) = decisions.examples_of(team.engine, team.lead, "ECO-FUND")
    assert (example.quote, example.title) == ("no time", "Report 1")
    assert team.document.text[example.start_char : example.end_char] == "no time"
    with pytest.raises(UserFacingError, match="example already"):
        decisions.add_example(team.engine, team.bram, made)
    decisions.retire_example(team.engine, team.lead, example_id)
    assert decisions.examples_of(team.engine, team.lead, "ECO-FUND") == []
    assert team.problems() == []


def test_examples_tell_nothing_of_others_while_a_blind_round_is_open(quick_team: Team) -> None:
    made = UUID(quick_team.code(quick_team.anna, "no time", "ECO-FUND"))
    quick_team.open_round()
    with pytest.raises(NotThere):
        decisions.add_example(quick_team.engine, quick_team.bram, made)
    decisions.add_example(quick_team.engine, quick_team.anna, made)
    assert len(decisions.examples_of(quick_team.engine, quick_team.anna, "ECO-FUND")) == 1
    assert decisions.examples_of(quick_team.engine, quick_team.bram, "ECO-FUND") == []
    assert decisions.examples_of(quick_team.engine, quick_team.lead, "ECO-FUND") == []


# --- files --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["yaml", "csv", "xlsx"])
def test_a_codebook_taken_out_loads_in_another_study(
    quick_team: Team, tmp_path: Path, format: codebooks.Format
) -> None:
    codebook_editing.edit_code(quick_team.engine, quick_team.lead, "ORG-IT", texts={"colour": "#112233"})
    path = tmp_path / f"book.{format}"
    path.write_bytes(codebooks.codebook_file(quick_team.engine, quick_team.lead, format))
    lead = studies.create_study(quick_team.engine, "Other", person="Lena")
    loaded = codebooks.load_codebook(quick_team.engine, lead, str(path)).codebook
    assert len(loaded.codes) == 43
    assert next(code for code in loaded.codes if code.key == "ORG-IT").colour == "#112233"


# --- reports ------------------------------------------------------------------------------------------


def test_reports_still_show_a_retired_code_and_those_of_the_second_codebook(quick_team: Team) -> None:
    with_ccm(quick_team)
    quick_team.add_document("The nurse helps.", title="Interview", source=quick_team.add_source("GPs"))
    for words, code in (("no time", "ECO-FUND"), ("money", "CCM-CIS")):
        made = quick_team.code(quick_team.lead, words, code)
        findings.add_finding(
            quick_team.engine,
            quick_team.lead,
            source="Steering group",
            theme=code,
            row="",
            statement=f"On {code}",
            coding_ids=[UUID(made)],
        )
    codebook_editing.retire_code(quick_team.engine, quick_team.lead, "ECO-FUND")
    rows = triangulation.triangulate(quick_team.engine, quick_team.lead).matrix.rows
    assert [row.theme for row in rows] == ["ECO-FUND", "CCM-CIS"]
    page = reporting.report_page(quick_team.engine, quick_team.lead)
    assert "Funding and sustainability" in page and "Clinical information systems" in page
    known = codebooks.codes_known(quick_team.engine, quick_team.lead)
    assert next(code for code in known.codes if code.key == "ECO-FUND").parent == "ECO"
    assert "ECO-FUND" not in {c.key for c in codebooks.codes_now(quick_team.engine, quick_team.lead).codes}
