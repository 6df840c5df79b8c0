"""The list of studies: whose they are, and the way into a new one."""

from __future__ import annotations

from sqlalchemy import Engine

from tests.services.team import Team
from tests.views.app import healthy, open_app, press, words
from workbench.services import studies


def test_first_visit_says_what_a_study_is(served: Engine) -> None:
    app = healthy(open_app())
    assert "no study yet" in words(app)
    assert app.text_input[0].value == "Lena"


def test_new_study_is_led_by_whoever_made_it_and_opened(served: Engine) -> None:
    app = open_app(person="Olga")
    app.text_input[1].set_value("A new region")
    healthy(press(app, "Create the study"))
    study = studies.find_study(served, "A new region")
    assert studies.lead_of(served, study).name == "Olga"
    assert app.query_params["study"] == "A new region"
    assert "A new region" in app.title[0].value


def test_name_that_is_taken_is_refused_in_words(team: Team) -> None:
    app = open_app()
    app.text_input[1].set_value("Region")
    press(app, "Create the study")
    assert "Region" in app.error[0].value
    assert len(studies.studies_of(team.engine)) == 1


def test_name_of_a_study_is_shown_as_it_was_written(served: Engine) -> None:
    studies.create_study(served, "*Region* [1](http://example.org)", person="Lena")
    (page_link,) = [link for link in open_app().get("page_link") if "Region" in link.label]
    assert r"\*Region\*" in page_link.label
    assert r"\[1\](http" in page_link.label
