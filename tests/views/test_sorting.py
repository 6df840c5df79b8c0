"""Step 1 on the page Triangulate: the sorting table, findings from every origin, rows, lists side by side."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from tests.services.team import Team
from tests.views.app import healthy, open_page, press, run, sent, words
from triangulation.models import Row
from triangulation.protocol import ALONE, ProtocolPage
from workbench.services import (
    findings,
    framework_cells,
    frameworks,
    protocol,
    sorting,
    triangulation,
)
from workbench.services.example import NAME

MONEY, TIME = Row("ECO-FUND", "Money is there"), Row("PRO-KNOW", "Nobody has time")


@pytest.fixture
def pair(team: Team) -> Team:
    """Two sources; one finding with a quote and one without."""
    team.add_document("Money is there.", title="Interview 1", source=team.add_source("Interviews"))
    made = UUID(team.code(team.anna, "money is there"))
    find(team, MONEY, source="Steering group", coding_ids=[made], statement="Money came.")
    find(team, TIME, source="Interviews", statement="Nobody has an hour.", sites=["Oudermeer"])
    return team


def find(team: Team, row: Row, **more: Any) -> UUID:
    said = {"theme": row.theme, "row": row.statement, "source": "Interviews", "statement": "So it is."}
    return findings.add_finding(team.engine, more.pop("person", team.anna), **(said | more))


def sorting_page(person: str = "Anna", part: str = "findings", study: str = "Region") -> AppTest:
    page = open_page("triangulate", person=person, study=study)
    page.segmented_control(key="triangulate_view").set_value("sorting").run()
    if part != "findings":
        page.segmented_control(key="sorting_part").set_value(part).run()
    return healthy(page)


def field(page: AppTest, kind: str, label: str) -> Any:
    """The one field of that name."""
    (found,) = [one for one in page.get(kind) if one.label == label]
    return found


def seen(team: Team) -> list[str]:
    return [f.statement for f in triangulation.triangulate(team.engine, team.anna).findings]


def test_table_holds_each_finding_and_flags_what_has_no_quote(pair: Team) -> None:
    shown = words(sorting_page())
    assert "2 of 2 findings, by level and theme; 1 without a quote." in shown
    assert shown.index("Nobody has an hour.") < shown.index("Money came.")  # the order of the codebook
    assert "⚑ no quote" in shown
    assert "Oudermeer" in shown


@pytest.mark.parametrize(
    ("label", "value", "left"),
    [("Source", "Steering group", "Money came."), ("Theme", "PRO-KNOW", "Nobody has an hour.")],
)
def test_table_is_narrowed(pair: Team, label: str, value: str, left: str) -> None:
    page = sorting_page()
    shown = words(healthy(field(page, "selectbox", label).set_value(value).run()))
    assert "1 of 2 findings" in shown
    assert left in shown


def test_only_flagged_findings_are_shown(pair: Team) -> None:
    page = sorting_page()
    shown = words(healthy(page.toggle(key="sorting_flagged").set_value(True).run()))
    assert "Nobody has an hour." in shown
    assert "Money came." not in shown


def test_empty_sorting_says_what_to_do_next(team: Team) -> None:
    team.add_source("Interviews")
    assert "Write the first with" in words(sorting_page())


def test_finding_is_changed_and_the_change_undone(pair: Team) -> None:
    page = press(sorting_page(), "Change this finding")
    (text,) = page.text_area
    text.set_value("Nobody has half an hour.")
    page = healthy(press(page, "Save the change"))
    assert "Nobody has half an hour." in seen(pair)
    press(sorting_page_again(page), "Undo the last change")
    assert "Nobody has an hour." in seen(pair)


def sorting_page_again(page: AppTest) -> AppTest:
    """The whole page after its dialog has closed."""
    return healthy(page.run())


def test_finding_is_taken_back_and_brought_back(pair: Team) -> None:
    press(sorting_page(), "Take back")
    assert seen(pair) == ["Money came."]
    press(sorting_page(), "Bring back")
    assert set(seen(pair)) == {"Money came.", "Nobody has an hour."}


def test_others_findings_offer_no_change(pair: Team) -> None:
    labels = {button.label for button in sorting_page("Bram").button}
    assert not {"Change this finding", "Take back"} & labels


def test_finding_is_made_from_a_framework_cell(pair: Team) -> None:
    frameworks.add_framework(pair.engine, pair.lead, "Framework", themes=["ECO-FUND"])
    (column,) = framework_cells.framework_matrix(pair.engine, pair.lead, "Framework").columns
    framework_cells.save_cell(
        pair.engine,
        pair.anna,
        "Framework",
        row=pair.document.id,
        code_id=column.code_id,
        text="There is a grant.",
    )
    page = press(open_page("triangulate", person="Bram"), "Add a finding")
    run(page, page.segmented_control(key="finding_origin").set_value("framework"))
    run(page, page.selectbox(key="finding_source").set_value("Steering group"))
    run(page, page.selectbox(key="finding_theme").set_value("ECO-FUND"))
    assert page.text_area[0].value == "There is a grant."
    healthy(press(page, "Save this finding"))
    newest = triangulation.triangulate(pair.engine, pair.bram).findings[-1]
    assert (newest.statement, newest.origin) == ("There is a grant.", "framework")


def test_finding_is_made_from_counted_answers(served_example: Engine) -> None:
    page = press(open_page("triangulate", person="Anke", study=NAME), "Add a finding")
    run(page, page.segmented_control(key="finding_origin").set_value("survey"))
    run(page, page.selectbox(key="finding_source").set_value("Survey"))
    run(page, page.selectbox(key="finding_theme").set_value("SOC-COLL"))
    question = field(page, "selectbox", "Question of the survey")
    wanted = next(option for option in question.options if option == "working_together")
    run(page, question.select(wanted))
    answers = field(page, "multiselect", "Answers that are counted together")
    for answer in ("4", "5"):
        answers.select(next(option for option in answers.options if option.startswith(answer)))
    run(page, answers)
    line = page.text_area[0].value
    assert line.startswith("working_together: 17 of ")
    assert "answered 4 or 5" in line
    healthy(press(page, "Save this finding"))


def test_row_is_renamed_merged_and_the_merge_undone(pair: Team) -> None:
    page = sorting_page(part="rows")
    page.text_input(key=f"sorting_words_{TIME.theme}_{TIME.statement}").set_value("No time").run()
    page = healthy(press(page, "Rename this row"))
    renamed = Row(TIME.theme, "No time")
    assert renamed in triangulation.triangulate(pair.engine, pair.anna).matrix.rows
    page.selectbox(key="sorting_row").set_value(renamed).run()
    page.selectbox(key=f"sorting_into_{TIME.theme}_No time").set_value(MONEY).run()
    page = healthy(press(page, "Merge this row"))
    assert triangulation.triangulate(pair.engine, pair.anna).matrix.rows == (MONEY,)
    undo = [button for button in page.button if button.label == "Undo this"]
    undo[0].click().run()
    assert set(triangulation.triangulate(pair.engine, pair.anna).matrix.rows) == {MONEY, renamed}
    shown = words(sorting_page(part="log"))
    assert shown.index("undone") < shown.index("merged") < shown.index("renamed")


def test_row_is_added_bound_to_a_group_and_removed(pair: Team) -> None:
    page = sorting_page(part="rows")
    page.selectbox(key="sorting_new_theme").set_value("PAT-ATT").run()
    page.text_input(key="sorting_new_statement").set_value("Patients hope").run()
    page = healthy(press(page, "Add this row"))
    new = Row("PAT-ATT", "Patients hope")
    page.selectbox(key="sorting_row").set_value(new).run()
    page.text_input(key="sorting_group_PAT-ATT_Patients hope").set_value("home nurses").run()
    page = healthy(press(page, "Set the group"))
    assert "within home nurses alone" in words(page)
    page.selectbox(key="sorting_row").set_value(new).run()
    press(page, "Remove this row")
    assert new not in triangulation.triangulate(pair.engine, pair.anna).matrix.rows


def test_lists_of_a_team_that_sorts_together_are_one(pair: Team) -> None:
    assert "This team sorts together" in words(sorting_page(part="lists"))


@pytest.fixture
def alone(pair: Team) -> Team:
    protocol.write_protocol(pair.engine, pair.lead, ProtocolPage(sorting=ALONE), reason="As Aalst did")
    find(pair, Row("ECO-FUND", "zebra row"), person=pair.bram, statement="okapi finding")
    return pair


def test_nothing_of_another_list_is_sent_before_both_have_locked(alone: Team) -> None:
    for part in ("findings", "rows", "lists", "log"):
        page = sent(sorting_page(part=part))
        assert b"zebra" not in page and b"okapi" not in page
    press(sorting_page("Bram"), "Lock my sorting")
    assert b"zebra" not in sent(sorting_page(part="rows"))
    press(sorting_page(), "Lock my sorting")
    assert b"okapi" in sent(sorting_page())


def test_lists_are_matched_by_people_when_all_have_locked(alone: Team) -> None:
    for person in ("Anna", "Bram"):
        press(sorting_page(person), "Lock my sorting")
    page = sorting_page(part="lists")
    assert "Anna 2 rows, Bram 1 rows" in words(page)
    zebra = Row("ECO-FUND", "zebra row")
    page.selectbox(key="sorting_match").set_value(zebra).run()
    page.selectbox(key="sorting_match_into_ECO-FUND_zebra row").set_value(MONEY).run()
    page = healthy(press(page, "Match these rows"))
    found = sorting.sorting_of(alone.engine, alone.anna).alignment
    assert found is not None
    assert [row.row for row in found.by_all] == [MONEY]


def test_lead_reopens_a_sorting_with_a_reason(alone: Team) -> None:
    press(sorting_page(), "Lock my sorting")
    page = sorting_page("Lena")
    page.text_input(key="sorting_reopen_reason").set_value("a source was forgotten").run()
    press(page, "Reopen this sorting")
    assert sorting.sorting_of(alone.engine, alone.anna).still_sorting == ("Anna", "Bram")


@pytest.mark.parametrize("part", ["findings", "rows", "lists", "log"])
def test_every_part_of_the_example_opens(served_example: Engine, part: str) -> None:
    assert len(words(sorting_page("Anke", part, NAME))) > 100
