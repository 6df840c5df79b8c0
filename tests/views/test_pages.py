"""Every page opens on an empty study and on a full one; what it must not show is not even sent."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from tests.services.team import Team
from tests.views.app import go_to, healthy, open_app, open_page, sent, words
from workbench import app
from workbench.services import studies
from workbench.services.example import NAME

PATHS = [path for path, _ in app.PAGES]


def test_every_page_opens_on_a_study_that_holds_nothing_and_says_what_to_do(served: Engine) -> None:
    studies.create_study(served, "Region", person="Lena")
    app = open_app(study="Region")
    for path in PATHS:
        assert len(words(healthy(go_to(app, path)))) > 80, path


@pytest.mark.parametrize("person", ["Lena", "Claire"])
def test_every_page_opens_on_the_example_study_for_whoever_works_in_it(
    served_example: Engine, person: str
) -> None:
    app = open_app(person=person, study=NAME)
    for path in PATHS:
        healthy(go_to(app, path))
        shown = app.dataframe or app.get("bidi_component") or "tp-quote" in words(app)
        assert shown or path == "search", path  # which begins with a question


def test_pages_are_closed_to_who_is_not_in_the_study_and_say_who_could_let_them_in(team: Team) -> None:
    team.code(team.anna, "no time", memo="zebra memo")
    app = open_app(person="Olga", study="Region")
    for path in PATHS:
        page = healthy(go_to(app, path))
        assert "Lena" in page.info[0].value
        assert not page.dataframe
        assert not page.get("bidi_component")
        assert b"zebra" not in sent(page)
        assert b"nurse" not in sent(page)


@pytest.mark.parametrize(
    "address", [{"document": "no id"}, {"document": "0" * 32}, {"at": "no number"}], ids=repr
)
@pytest.mark.parametrize("path", ["code", "compare"])
def test_address_that_leads_nowhere_is_no_fault(team: Team, path: str, address: dict[str, str]) -> None:
    open_page(path, **address)


def test_study_that_is_not_there_is_told_on_its_pages(team: Team) -> None:
    app = open_app(study="No such region")
    go_to(app, "study")
    assert "Region" in app.info[0].value


def test_nothing_of_a_blind_coder_is_sent_to_the_pages_of_the_others(team: Team) -> None:
    team.add_source("Interviews")
    team.open_round()
    team.code(team.anna, "no time", "PRO-KNOW", memo="zebra memo")
    team.finish(team.anna)
    for person, sees in (("Anna", True), ("Bram", False), ("Lena", False)):
        app = open_app(person=person, study="Region")
        pages = [sent(healthy(go_to(app, path))) for path in PATHS]
        assert any(b"zebra" in page for page in pages) is sees, person


def test_fault_shows_no_traceback_and_names_nothing_of_the_machine(team: Team) -> None:
    with team.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE memo RENAME TO lost")  # a damaged database
    app = open_app(study="Region")
    go_to(app, "code")
    assert not app.exception
    assert len(app.error) == 1
    assert b"memo" not in sent(app)
