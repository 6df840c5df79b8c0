"""Relations and the timeline on the page Triangulate."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from codebook.models import Codebook
from tests.services.team import Team
from tests.views.app import healthy, open_page, press, sent, words
from triangulation.models import Row
from triangulation.relations import Bearing, relation_map
from workbench.services import chronicle, findings, relations
from workbench.services.codebooks import codes_known
from workbench.services.example import NAME
from workbench.views.triangulate.relations_map import map_size, map_svg
from workbench.views.triangulate.timeline_picture import timeline_svg

MONEY, TIME = Row("ECO-FUND", "Money is there"), Row("ORG-STAFF", "There is no time")
DAY = dt.date(2022, 2, 3)


@pytest.fixture
def rows(team: Team) -> Team:
    """Two rows of the matrix, two sources."""
    team.add_source("Interviews")
    for row in (MONEY, TIME):
        findings.add_row(team.engine, team.lead, theme=row.theme, statement=row.statement)
    return team


def part(name: str, *, person: str = "Lena", study: str = "Region") -> AppTest:
    page = open_page("triangulate", person=person, study=study)
    page.segmented_control(key="triangulate_view").set_value(name).run()
    return healthy(page)


def test_a_relation_is_drawn_in_a_line_with_its_quote(rows: Team) -> None:
    rows.code(rows.lead, "no time", "ORG-STAFF")
    page = part("relations")
    page.selectbox(key="relation_from_0").select(TIME).run()
    page.selectbox(key="relation_kind_0").select(Bearing.HAMPERS).run()
    page.selectbox(key="relation_to_0").select(MONEY).run()
    (quote,) = relations.quotes_for(rows.engine, rows.lead, [TIME, MONEY])
    page.multiselect(key="relation_quotes_0").select(quote).run()
    page = healthy(press(page, "Add this relation"))
    (found,) = relations.relations_of(rows.engine, rows.lead)
    assert (found.from_row, found.kind, found.to_row) == (TIME, Bearing.HAMPERS, MONEY)
    assert [excerpt.quote for excerpt in found.excerpts] == ["no time"]
    assert "There is no time" in "\n".join(one.label for one in page.expander)


def test_a_barrier_is_answered_by_a_strategy_in_words(rows: Team) -> None:
    page = part("relations")
    page.selectbox(key="relation_from_0").select(TIME).run()
    page.selectbox(key="relation_kind_0").select(Bearing.ANSWERED_BY).run()
    page.text_input(key="relation_strategy_0").set_value("Share an assistant").run()
    healthy(press(page, "Add this relation"))
    (found,) = relations.relations_of(rows.engine, rows.lead)
    assert (found.strategy, found.to_row) == ("Share an assistant", None)


def test_a_relation_taken_back_can_be_put_back(rows: Team) -> None:
    relations.add_relation(rows.engine, rows.lead, from_row=TIME, kind="hampers", to_row=MONEY)
    page = healthy(press(part("relations"), "Take this relation back"))
    assert relations.relations_of(rows.engine, rows.lead) == []
    healthy(press(page, "Put it back"))
    assert len(relations.relations_of(rows.engine, rows.lead)) == 1


def test_only_who_drew_it_or_the_lead_finds_the_button_to_take_it_back(rows: Team) -> None:
    relations.add_relation(rows.engine, rows.lead, from_row=TIME, kind="hampers", to_row=MONEY)
    labels = {button.label for button in part("relations", person="Anna").button}
    assert "Take this relation back" not in labels


# --- the picture of the map ---------------------------------------------------------------------------


def drawn(team: Team, *pairs: tuple[Row, Row]) -> tuple[str, Codebook]:
    for one, other in pairs:
        relations.add_relation(team.engine, team.lead, from_row=one, kind="causes", to_row=other)
    book = codes_known(team.engine, team.lead)
    return map_svg(relation_map(relations.relations_of(team.engine, team.lead)), book, theme="light"), book


def test_boxes_of_the_map_do_not_overlap_and_stand_inside_it(rows: Team) -> None:
    many = [Row("ECO-FUND", f"Statement {n} " + "with many words " * n) for n in range(7)]
    for row in many:
        findings.add_row(rows.engine, rows.lead, theme=row.theme, statement=row.statement)
    pairs = [(many[0], many[n]) for n in range(1, 7)] + [(many[1], TIME), (TIME, MONEY), (MONEY, TIME)]
    svg, book = drawn(
        rows,
        *(
            (Row(a.theme, " ".join(a.statement.split())), Row(b.theme, " ".join(b.statement.split())))
            for a, b in pairs
        ),
    )
    places = [
        tuple(map(float, found))
        for found in re.findall(
            r'<g><title>[^<]*</title><rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', svg
        )
    ]
    assert len(places) == 9
    width, height = map_size(relation_map(relations.relations_of(rows.engine, rows.lead)), book)
    for n, (x, y, w, h) in enumerate(places):
        assert min(x, y) >= 0 and x + w <= width and y + h <= height
        for ox, oy, ow, oh in places[:n]:
            assert x + w <= ox or ox + ow <= x or y + h <= oy or oy + oh <= y


def test_the_map_escapes_what_people_wrote_and_says_each_kind_in_words(rows: Team) -> None:
    sharp = Row("ECO-FUND", "<script>alert(1)</script>")
    findings.add_row(rows.engine, rows.lead, theme=sharp.theme, statement=sharp.statement)
    svg, _ = drawn(rows, (sharp, TIME))
    assert "<script" not in svg
    assert "&lt;script&gt;" in svg
    assert ">causes</text>" in svg


# --- timeline -----------------------------------------------------------------------------------------


def test_an_event_and_a_figure_are_written_and_shown(rows: Team) -> None:
    page = part("timeline")
    assert "Nothing is on the axis yet" in words(page)
    page.text_input(key="event_title").set_value("Start")
    page.date_input(key="event_begins").set_value(DAY).run()
    healthy(press(page, "Add this event"))
    chronicle.add_figure(rows.engine, rows.lead, name="Forms", at=dt.date(2021, 2, 3), count=12)
    page = part("timeline")
    page.selectbox(key="figure_name").set_value("Forms")
    page.date_input(key="figure_at").set_value(DAY)
    page.number_input(key="figure_count").set_value(31.0)
    page.number_input(key="figure_out_of").set_value(64.0).run()
    page = healthy(press(page, "Add this figure"))
    told = chronicle.chronicle_of(rows.engine, rows.lead)
    assert [(one.title, one.begins, one.ends) for one in told.events] == [("Start", DAY, None)]
    assert [(one.name, one.at, one.count, one.out_of) for one in told.figures][1:] == [("Forms", DAY, 31, 64)]
    assert "31 of 64" in words(page)


def test_an_event_taken_back_can_be_put_back(rows: Team) -> None:
    chronicle.add_event(rows.engine, rows.lead, title="Start", begins=DAY)
    page = healthy(press(part("timeline"), "Take back"))
    assert chronicle.chronicle_of(rows.engine, rows.lead).events == ()
    healthy(press(page, "Put it back"))
    assert len(chronicle.chronicle_of(rows.engine, rows.lead).events) == 1


def test_the_picture_names_every_event_and_gives_every_figure_its_numbers(rows: Team) -> None:
    for day in range(1, 9):
        at = dt.date(2022, 2, day)
        chronicle.add_event(rows.engine, rows.lead, title=f"Event <{day}>", begins=at)
        chronicle.add_figure(rows.engine, rows.lead, name="Forms", at=at, count=day, out_of=64)
    told = chronicle.chronicle_of(rows.engine, rows.lead)
    svg, height = timeline_svg(told, {}, theme="light", names={})
    for day in range(1, 9):
        assert f"Event &lt;{day}&gt;</text>" in svg
        assert f">{day} of 64 (" in svg
    assert max(float(y) for y in re.findall(r' y="([\d.]+)"', svg)) <= height


@pytest.mark.parametrize("name", ["relations", "timeline"])
def test_the_example_has_something_to_show(served_example: Engine, name: str) -> None:
    page = part(name, study=NAME)
    assert b"<svg" in sent(page)
