"""The page Codebook: load it, change it, decide on proposals, look again, take it away as a file."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.services.team import Team
from tests.views.app import healthy, open_page, press, run, sent, words
from workbench.services import (
    codebook_editing,
    codebook_tree,
    codebooks,
    decisions,
    findings,
    merging,
    proposals,
    recoding,
    rollups,
    studies,
)
from workbench.services.codebook_versions import codebook_history
from workbench.services.codebooks import current_codebook
from workbench.views.codebook import _done_in_tree
from workbench.views.codebook_changes import attempt


def turn_to(page: AppTest, view: str) -> AppTest:
    """Choose what stands beside the tree."""
    page.session_state["codebook_view"] = view
    return healthy(page.run())


def choose(page: AppTest, key: str) -> AppTest:
    """Click a code in the tree; the click itself is the browser's."""
    page.session_state["codebook_code"] = key
    return turn_to(healthy(page.run()), "code")


def fields(page: AppTest) -> dict[str, Any]:
    return {field.label: field for field in (*page.text_input, *page.text_area, *page.selectbox)}


def tree_says(page: AppTest, text: str) -> bool:
    return text.encode() in sent(page)


def test_starter_codebook_is_loaded_by_one_button(served: Engine) -> None:
    lead = studies.create_study(served, "Region", person="Lena")
    page = healthy(press(open_page("codebook"), "Load Grol & Wensing"))
    stored = current_codebook(served, lead)
    assert stored is not None
    assert len(stored.codebook.codes) == 43
    assert tree_says(page, "INN-FEAS")
    assert "Code the determinant" in words(page)


def test_second_codebook_is_loaded_beside_the_first(team: Team) -> None:
    page = healthy(press(open_page("codebook"), "Load the Chronic Care Model"))
    books = codebooks.list_codebooks(team.engine, team.lead)
    assert [book.codebook.name for book in books] == ["grol-wensing-starter", "chronic-care-model"]
    (choice,) = [box for box in page.selectbox if box.label == "Codebook"]
    choice.set_value(books[1].id)
    assert tree_says(healthy(page.run()), "CCM-SMS")


def test_new_code_is_a_new_version_with_its_reason(team: Team) -> None:
    page = press(open_page("codebook"), "New code")
    press(page, "Add the code")
    assert "needs a label" in page.error[0].value
    given = fields(page)
    given["Label"].set_value("Digital tools")
    given["Reason, for the list of versions"].set_value("It comes up everywhere")
    page = healthy(press(page, "Add the code"))
    newest = codebook_history(team.engine, team.lead)[0]
    assert (newest.number, newest.reason) == (2, "It comes up everywhere")
    assert tree_says(page, "Digital tools")


def test_codings_are_counted_as_far_as_one_may_see(team: Team) -> None:
    team.code(team.anna, "no time", "ECO-FUND")

    def told(person: str) -> bool:
        return "no time" in str(choose(open_page("codebook", person=person), "ECO-FUND").dataframe)

    def counted(person: str) -> bool:
        return tree_says(open_page("codebook", person=person), '1 coding"')

    assert counted("Bram")
    team.open_round()
    assert (counted("Anna"), counted("Bram"), counted("Lena")) == (True, False, False)
    assert (told("Bram"), told("Lena")) == (False, False)


def test_code_is_shown_with_its_quotes_examples_and_decisions(team: Team) -> None:
    made = team.code(team.anna, "no time", "ECO-FUND")
    decisions.add_decision(team.engine, team.anna, "Pilots too", code="ECO-FUND")
    page = choose(open_page("codebook"), "ECO-FUND")
    assert "Certainty and length of programme money" in words(page)
    assert "Pilots too" in words(page)
    (table,) = page.dataframe
    assert table.value["Quote"].tolist() == ["no time"]
    assert f"document={team.document.id}" in table.value["Place"][0]
    page = healthy(press(page, "Show it as an example"))
    assert "tp-quote" in words(page)
    (example,) = decisions.examples_of(team.engine, team.lead, "ECO-FUND")
    (link,) = [one.proto for one in page.get("page_link") if "Example, in" in one.proto.label]
    assert f"version={example.version_id}" in link.query_string
    healthy(press(page, "Take the example away"))
    assert decisions.examples_of(team.engine, team.lead, "ECO-FUND") == []
    assert made and example


def test_code_is_described_anew_in_a_dialog(team: Team) -> None:
    page = press(choose(open_page("codebook"), "ECO-FUND"), "Describe")
    given = fields(page)
    given["Suggested by, English"].set_value("grant, pilot")
    given["Definition, English"].set_value("Money of projects")
    given["Definition, Nederlands"].set_value("Geld van projecten")
    healthy(press(page, "Keep the description"))
    stored = current_codebook(team.engine, team.lead)
    assert stored is not None
    code = next(code for code in stored.codebook.codes if code.key == "ECO-FUND")
    assert code.terms == {"en": ("grant", "pilot")}
    assert code.in_languages("definition") == {"en": "Money of projects", "nl": "Geld van projecten"}
    page = choose(open_page("codebook"), "ECO-FUND")
    page.selectbox(key="codebook_language").set_value("nl").run()
    assert "Geld van projecten" in words(page) and "Money of projects" not in words(page)


def test_merge_shows_the_rule_and_the_counts_first(team: Team) -> None:
    team.code(team.anna, "no time", "ECO-FUND")
    page = press(choose(open_page("codebook"), "ECO-FUND"), "Merge")
    (into,) = [box for box in page.selectbox if "goes into" in box.label]
    into.set_value("ECO-FIN")
    page = healthy(run(page, into))
    assert "Codings of the code that goes" in words(page)
    assert "1 codings of Anna in 1 documents are touched" in words(page)
    healthy(press(page, "Merge the codes"))
    assert codebook_tree.code_counts(team.engine, team.lead) == {"ECO-FIN": 1}


def test_merge_is_undone_with_its_codings(team: Team) -> None:
    team.code(team.anna, "no time", "ECO-FUND")
    team.code(team.bram, "money", "ECO-FUND")
    merging.merge_codes(team.engine, team.lead, "ECO-FUND", into="ECO-FIN")
    page = healthy(press(open_page("codebook"), "Undo the last change"))
    assert "The merge is undone: 2 codings are as they were before it." in words(page)
    assert codebook_tree.code_counts(team.engine, team.lead) == {"ECO-FUND": 2}
    page = press(open_page("codebook", person="Anna"), "Undo the last change")
    assert "Only the lead of the study can merge codes, or undo a merge" in words(page)


def test_file_of_a_codebook_with_bad_rows_is_refused_with_all_of_them_named(team: Team) -> None:
    page = open_page("codebook")
    file = ("ours.csv", b"code,parent,label_en\nA,,Money\n<b>,,\nC C,A,Time\n", "text/csv")
    page = press(run(page, page.file_uploader[0].set_value(file)), "Load this file")
    said = words(page)
    assert "ours.csv, row 3" in said and "has no label" in said
    assert "row 4: has no usable id" in said and "nothing was loaded" in said
    assert len(codebooks.list_codebooks(team.engine, team.lead)) == 1
    mended = ("ours.csv", b"code,parent,label_en\nA,,Money\nB,A,Time\n", "text/csv")
    page = press(run(page, page.file_uploader[0].set_value(mended)), "Load this file")
    assert [book.codebook.name for book in codebooks.list_codebooks(team.engine, team.lead)][1] == "ours"


def test_last_change_is_undone_by_one_button(team: Team) -> None:
    page = healthy(press(choose(open_page("codebook"), "ECO-FUND"), "Retire"))
    stored = current_codebook(team.engine, team.lead)
    assert stored is not None
    assert len(stored.codebook.codes) == 42
    healthy(press(page, "Undo the last change"))
    stored = current_codebook(team.engine, team.lead)
    assert stored is not None
    assert (stored.codebook.version, len(stored.codebook.codes)) == (3, 43)


def test_versions_tell_what_changed_and_why(team: Team) -> None:
    codebook_editing.move_code(team.engine, team.anna, "ECO-FUND", parent="ORG", reason="It is arranged")
    page = turn_to(open_page("codebook"), "versions")
    assert "ECO-FUND Funding and sustainability moved from ECO to ORG." in words(page)
    assert "It is arranged" in words(page)
    healthy(press(page, "Restore this version"))
    assert codebook_history(team.engine, team.lead)[0].number == 3


def test_who_was_slower_sees_what_the_other_did_and_applies_theirs_on_top(team: Team) -> None:
    page = press(open_page("codebook"), "New code")
    fields(page)["Label"].set_value("Digital tools")
    codebook_editing.rename_code(team.engine, team.anna, "ECO-FUND", label={"en": "Grants"})
    page = press(page, "Add the code")
    page = healthy(page.run())
    assert "Somebody changed the codebook meanwhile" in words(page)
    assert "ECO-FUND is now called" in words(page)
    page = healthy(press(page, "Apply mine on top"))
    assert "Somebody changed" not in words(page)
    stored = current_codebook(team.engine, team.lead)
    assert stored is not None
    assert {"Grants", "Digital tools"} <= {code.name() for code in stored.codebook.codes}


def test_proposals_are_accepted_matched_and_declined(team: Team) -> None:
    for label in ("Waiting lists", "Parking", "Weather"):
        proposals.propose_code(team.engine, team.anna, label=label, parent="ORG")
    page = turn_to(open_page("codebook"), "proposals")
    assert "Waiting lists" in words(page)
    page.button(key=_key(team, "accept", "Waiting lists")).click()
    page = healthy(page.run())
    page.selectbox(key=_key(team, "match_into", "Parking")).set_value("INN-ACC")
    page = healthy(page.run())
    page.button(key=_key(team, "match", "Parking")).click()
    page = healthy(page.run())
    page.button(key=_key(team, "decline", "Weather")).click()
    page = healthy(page.run())
    outcomes = [line.proposal.outcome for line in proposals.proposals_of(team.engine, team.lead)]
    assert outcomes == ["accepted", "matched", "declined"]
    assert "matched to INN-ACC" in words(page)


def _key(team: Team, act: str, label: str) -> str:
    lines = proposals.proposals_of(team.engine, team.lead)
    return f"{act}_{next(line.proposal.id for line in lines if line.proposal.code.name() == label)}"


def test_list_to_look_at_again_names_the_change(team: Team) -> None:
    team.code(team.anna, "no time", "ECO-FUND")
    codebook_editing.edit_code(team.engine, team.lead, "ECO-FUND", texts={"definition": "Money of projects"})
    page = turn_to(open_page("codebook", person="Anna"), "again")
    assert "Anna 1" in words(page)
    assert "the definition changed" in page.dataframe[0].value["Why"][0]
    assert len(recoding.to_recode(team.engine, team.anna)) == 1


def test_rules_question_and_decisions_are_written_on_the_page(team: Team) -> None:
    page = open_page("codebook")
    given = fields(page)
    given["What is read with this codebook?"].set_value("What helps?")
    page = healthy(press(page, "Keep the question"))
    fields(page)["One rule a line"].set_value("First\nSecond")
    page = healthy(press(page, "Keep the rules"))
    fields(page)["What was decided"].set_value("Parking is accessibility")
    page = healthy(press(page, "Keep the decision"))
    assert decisions.question_of(team.engine, team.lead) == "What helps?"
    stored = current_codebook(team.engine, team.lead)
    assert stored is not None
    assert stored.codebook.rules == ("First", "Second")
    assert "Parking is accessibility" in words(page)
    healthy(press(page, "Take back"))
    assert decisions.decisions_of(team.engine, team.lead) == []


def test_roll_ups_count_what_the_tree_counts(team: Team) -> None:
    team.code(team.anna, "no time", "ECO-FUND")
    team.code(team.anna, "money", "IMP-FACIL")
    page = turn_to(open_page("codebook"), "rollups")
    table = page.dataframe[0].value.set_index("Group")["Codings"]
    assert (table["econ_admin_org"], table["method"], table.sum()) == (1, 1, 2)


def test_single_finding_counts_in_another_group_and_back(team: Team) -> None:
    findings.add_finding(
        team.engine, team.lead, source="Steering group", theme="ECO-FUND", statement="Money <i>is</i> there."
    )
    page = turn_to(open_page("codebook"), "rollups")
    page.selectbox(key="rollup_finding").set_value(page.selectbox(key="rollup_finding").options[0]).run()
    page.selectbox(key="rollup_finding_group").set_value("programme").run()
    page.text_input(key="rollup_finding_reason").set_value("Our own money").run()
    page = healthy(press(page, "Count the finding there"))
    table = page.dataframe[0].value.set_index("Group")["Findings"]
    assert (table["programme"], table.sum()) == (1, 1)
    assert "Our own money" in words(page) and "<i>is</i>" not in words(page)
    page = healthy(press(page, "Count it with its theme"))
    assert page.dataframe[0].value.set_index("Group")["Findings"]["econ_admin_org"] == 1


def test_crosswalk_stands_as_a_table(team: Team) -> None:
    page = turn_to(open_page("codebook"), "crosswalk")
    assert "observability; expected fit" in words(page)
    assert rollups.crosswalk_file(team.engine, team.lead).decode("utf-8-sig").startswith("code,label,ticd")


def test_what_was_done_in_the_tree_is_checked_as_any_other_wish(team: Team) -> None:
    stored = current_codebook(team.engine, team.lead)
    assert stored is not None
    for act in (
        {"act": "move", "code": "ECO-FUND", "parent": "ORG", "before": None},
        {"act": "rename", "code": "ECO-FUND", "label": "Grants"},
        {"act": "add", "parent": "ORG", "label": "Digital tools"},
        {"act": "retire", "code": "ECO-REG"},
    ):
        newest = current_codebook(team.engine, team.lead)
        assert newest is not None
        _run_act(team, newest, act)
    sentences = [
        change.sentence for line in codebook_history(team.engine, team.lead) for change in line.changes
    ]
    assert len(sentences) == 4


def _run_act(team: Team, stored: Any, act: dict[str, Any]) -> None:
    from unittest.mock import patch

    with patch("workbench.session.engine", lambda: team.engine):
        attempt(lambda version: _done_in_tree(team.lead, stored, "en", act, version), stored.codebook.version)


def test_codebook_is_offered_as_files(team: Team) -> None:
    page = open_page("codebook")
    offered = {button.label for button in page.download_button}
    assert offered == {"Download YAML", "Download CSV", "Download XLSX", "Download DOCX"}
