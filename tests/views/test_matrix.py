"""The matrix in all its views: what is shown, what is hidden and said to be, and what leaves the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from codebook.models import Valence
from store.studies import Member
from tests.services.team import Team
from tests.views.app import healthy, open_page, press, sent, words
from triangulation.models import Row
from workbench.components.matrix import Heading, MatrixLine, PairCell, SourceCell
from workbench.services import findings, judging
from workbench.services.example import NAME
from workbench.views.triangulate.matrix_print import PrintedMatrix, printed
from workbench.views.triangulate.pictures import bars_svg

FUND, TIME = Row("ECO-FUND", "Money ended"), Row("ORG-STAFF", "No time")
PAIR = ("Interviews", "Steering group")


@pytest.fixture
def judged(team: Team) -> Team:
    """Two rows on which both sources speak; the lead judges one dissonant, the other in agreement."""
    team.add_source("Interviews")
    for row, valence in ((FUND, Valence.BARRIER), (TIME, Valence.MIXED)):
        for source in PAIR:
            findings.add_finding(
                team.engine,
                team.lead,
                source=source,
                theme=row.theme,
                row=row.statement,
                statement=f"{source} say: {row.statement}",
                valence=valence,
            )
    judge(team, team.lead, FUND, "dissonance", "they contradict")
    judge(team, team.lead, TIME, "agreement", "they agree")
    return team


def judge(team: Team, person: Member, row: Row, code: str, reason: str) -> None:
    judging.judge_pair(
        team.engine, person, row=row, source_a=PAIR[0], source_b=PAIR[1], assigned=code, reason=reason
    )


def matrix_sent(page: AppTest) -> dict[str, Any]:
    """What the table got to draw."""
    (table,) = page.get("bidi_component")
    return _json(table.proto)


def _json(proto: Any) -> dict[str, Any]:
    import json

    return dict(json.loads(proto.json))


def rows_shown(page: AppTest) -> list[str]:
    return [row["words"] for row in matrix_sent(page)["rows"]]


def test_row_has_its_symbols_and_the_set_is_named_as_derived(judged: Team) -> None:
    data = matrix_sent(open_page("triangulate"))
    fund = next(row for row in data["rows"] if row["words"] == FUND.statement)
    assert [cell["valence"] for cell in fund["sources"]] == ["−", "−"]
    assert fund["pairs"][0]["said"] == "Interviews against Steering group: dissonance"
    assert fund["whole"]["said"] == "Set of sources, derived: contains dissonance; 2 of 2 sources speak"
    assert "derived" in data["whole_head"]["name"]


def test_filter_says_how_many_rows_it_leaves_and_is_taken_back(judged: Team) -> None:
    page = open_page("triangulate")
    assert rows_shown(page) == [TIME.statement, FUND.statement]
    page.multiselect(key="matrix_codes").set_value(["dissonance"])
    healthy(page.run())
    assert rows_shown(page) == [FUND.statement]
    assert b"Filter: 1 of 2 rows" in sent(page)
    healthy(press(page, "Show all rows"))
    assert rows_shown(page) == [TIME.statement, FUND.statement]


def test_filter_that_leaves_nothing_says_so(judged: Team) -> None:
    page = open_page("triangulate")
    page.text_input(key="matrix_words").set_value("okapi")
    assert "No row has all that the filter asks for; 2 rows are hidden." in words(healthy(page.run()))


def test_rows_are_read_in_another_order(judged: Team) -> None:
    page = open_page("triangulate")
    page.radio(key="matrix_order").set_value("dissonance")
    assert rows_shown(healthy(page.run())) == [FUND.statement, TIME.statement]


@pytest.mark.parametrize(
    ("unit", "lines"),
    [
        (
            "levels",
            ["Organisational context: 1 row", "Economic, political and administrative context: 1 row"],
        ),
        ("aalst", ["Economic, administrative and organisational context: 2 rows"]),
    ],
)
def test_rows_counted_together_have_counts_and_no_code(judged: Team, unit: str, lines: Sequence[str]) -> None:
    page = open_page("triangulate")
    page.radio(key="matrix_rows_of").set_value(unit)
    data = matrix_sent(healthy(page.run()))
    assert [row["words"] for row in data["rows"]] == lines
    assert {cell["code"] for row in data["rows"] for cell in row["pairs"]} == {""}
    assert data["whole_head"] is None
    if unit == "aalst":
        assert data["rows"][0]["pairs"][0]["lines"] == [["agreement", "●1"], ["dissonance", "✕1"]]


def test_cell_opens_with_every_readable_judgement_and_its_history(judged: Team) -> None:
    judge(judged, judged.lead, FUND, "partial", "on second thought")
    judge(judged, judged.bram, FUND, "agreement", "okapi reason")
    page = open_page("triangulate", cell="")
    page.session_state["triangulate_cell"] = _place(FUND)
    said = words(healthy(page.run()))
    assert "on second thought" in said and "they contradict" in said  # the history
    assert "replaced later" in said
    assert "okapi reason" not in said
    judging.lock_judgements(judged.engine, judged.lead)
    judging.lock_judgements(judged.engine, judged.bram)
    assert "okapi reason" in words(healthy(page.run()))
    healthy(press(page, "Close the cell"))
    assert "triangulate_cell" not in page.session_state


def _place(row: Row) -> Any:
    from workbench.components.matrix import Place

    return Place(row.theme, row.statement, PAIR)


def test_team_is_a_view_once_judgements_of_two_can_be_read(judged: Team) -> None:
    page = open_page("triangulate")
    assert "triangulate_whose" not in {one.key for one in page.segmented_control}
    judge(judged, judged.bram, FUND, "agreement", "so I read")
    for person in (judged.lead, judged.bram):
        judging.lock_judgements(judged.engine, person)
    page = open_page("triangulate")
    healthy(page.segmented_control(key="triangulate_whose").set_value("\0team").run())
    fund = next(row for row in matrix_sent(page)["rows"] if row["words"] == FUND.statement)
    assert fund["pairs"][0]["said"].endswith("researchers differ, not settled")


@pytest.mark.parametrize("view", ["bars", "network", "words"])
def test_other_views_of_the_matrix_draw_the_example(served_example: Engine, view: str) -> None:
    page = open_page("triangulate", study=NAME)
    healthy(page.segmented_control(key="triangulate_form").set_value(view).run())
    assert page.get("bidi_component") or len(words(page)) > 1000


def test_table_in_words_names_the_sources_of_a_statement(judged: Team) -> None:
    page = open_page("triangulate")
    said = words(healthy(page.segmented_control(key="triangulate_form").set_value("words").run()))
    assert "Interviews, Steering group: 2 of 2 sources" in said
    assert "mixed in Interviews, Steering group" in said
    page.segmented_control(key="determinants_grouping").set_value("aalst")
    assert "Economic, administrative and organisational context" in words(healthy(page.run()))


# --- what leaves the page -----------------------------------------------------------------------------

EVIL = '<script>alert("x")</script>'


def a_printed_page(note: str = "Study · 3 Mar 2026") -> str:
    line = MatrixLine(
        theme="ECO-FUND",
        statement=EVIL,
        words=EVIL,
        level="ECO",
        level_label="Economic",
        level_short="ECO",
        theme_label="Funding",
        sources=(SourceCell("said", "+", "▮▮", "3"),),
        pairs=(PairCell("said", "dissonance", "✕"),),
        whole=PairCell("said", "dissonance", "✕ 2/2"),
    )
    return printed(
        PrintedMatrix(
            title=EVIL,
            notes=[note],
            sources=[Heading("1 Interviews", "Interviews")],
            pairs=[Heading("1·2", "Interviews against Minutes")],
            whole=Heading("Set (derived)", "derived"),
            lines=[line],
            legend=[("✕", "dissonance", "dissonance")],
            by_level=True,
        )
    )


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)


def test_printed_page_holds_everything_and_runs_nothing() -> None:
    page = a_printed_page()
    tags = Tags()
    tags.feed(page)
    assert not {"script", "link", "img", "iframe"} & set(tags.names)
    assert "http" not in page and "url(" not in page
    assert "size: A4 landscape" in page and "table-header-group" in page
    assert page.count("Study · 3 Mar 2026") == 1  # and at the foot of every sheet, in numbers for CSS


def test_words_at_the_foot_of_a_sheet_cannot_end_the_style() -> None:
    page = a_printed_page('"; } </style><script>')
    style = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert len(style) == 1
    assert "\\00003c /style" in style[0] or "\\00003c \\00002f style" in style[0]


def test_bars_begin_at_zero_and_have_their_number_beside_them() -> None:
    svg = bars_svg([("Economic", [(2, 4)])], [EVIL], theme="light", notes=["a note"])
    left, right = re.findall(r'<rect x="([\d.]+)" y="\d+" width="([\d.]+)"', svg)
    zero = float(re.search(r'<line x1="([\d.]+)"', svg.split("</text>", 3)[-1])[1])  # type: ignore[index]
    assert float(left[0]) + float(left[1]) == pytest.approx(zero)
    assert float(right[0]) == zero
    assert float(left[1]) == 2 * float(right[1])
    assert "− 4" in svg and "+ 2" in svg and "<script>" not in svg


def test_view_of_the_team_that_is_gone_gives_way_to_ones_own(judged: Team) -> None:
    judge(judged, judged.bram, FUND, "agreement", "so I read")
    for person in (judged.lead, judged.bram):
        judging.lock_judgements(judged.engine, person)
    page = open_page("triangulate")
    healthy(page.segmented_control(key="triangulate_whose").set_value("\0team").run())
    judging.reopen_judgements(judged.engine, judged.lead, "Bram", reason="a row was forgotten")
    healthy(page.run())
    assert len(rows_shown(page)) == 2
