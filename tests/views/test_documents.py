"""The page Documents: bringing files in, finding words, seeing who has read what."""

from __future__ import annotations

from tests.services.team import Team
from tests.views.app import healthy, open_page, press, run, words
from workbench.services.documents import list_documents


def test_files_are_imported_and_each_fate_is_told(team: Team) -> None:
    page = press(open_page("documents"), "Import documents")
    page.get("dialog")[0].selectbox[0].set_value("Steering group")
    files = [
        ("2023-01-05 minutes.txt", b"Minutes of the meeting.", "text/plain"),
        ("picture.png", b"\x89PNG", "image/png"),
    ]
    run(page, page.file_uploader[0].set_value(files))
    healthy(press(page, "Import"))
    told = page.dataframe[-1].value.to_string()
    assert "2023-01-05 minutes.txt" in told
    assert "picture.png" in told
    document = list_documents(team.engine, team.lead)[0]  # the other one has no date
    assert (document.source, document.kind, str(document.date)) == (
        "Steering group",
        "meeting report",
        "2023-01-05",
    )
    healthy(press(page, "Close"))
    assert "2023-01-05 minutes" in page.dataframe[0].value.to_string()


def test_table_asks_for_the_column_with_the_texts(team: Team) -> None:
    page = press(open_page("documents"), "Import documents")
    page.get("dialog")[0].selectbox[0].set_value("Steering group")
    table = ("s.csv", b"who,answer\nGP,No time\nnurse,\nGP,Money\n", "text/csv")
    run(page, page.file_uploader[0].set_value([table]))
    assert [button.disabled for button in page.button if button.label == "Import"] == [True]
    (column,) = [box for box in page.selectbox if box.label == "Column with the texts"]
    run(page, column.set_value("answer"))
    healthy(press(page, "Import"))
    listed = list_documents(team.engine, team.lead)
    assert [document.attributes for document in listed] == [{}, {"who": "GP"}, {"who": "GP"}]


def test_words_to_search_for_lead_to_the_page_search(team: Team) -> None:
    page = open_page("documents")
    page.text_input(key="text_query").set_value("money").run()
    assert page.query_params["q"] == "money"


def test_state_of_a_blind_coder_is_not_shown_to_the_other(team: Team) -> None:
    team.open_round()
    team.code(team.anna, "no time")
    team.finish(team.anna)
    (anna,) = open_page("documents", person="Anna").dataframe[0].value["Anna"]
    (bram,) = open_page("documents", person="Bram").dataframe[0].value["Anna"]
    assert "finished" in anna
    assert "finished" not in bram
    assert "1" not in bram


def test_filter_that_leaves_nothing_says_so(team: Team) -> None:
    page = open_page("documents")
    page.text_input[1].set_value("zebra").run()
    assert not healthy(page).dataframe
    assert "No document passes" in words(page)
