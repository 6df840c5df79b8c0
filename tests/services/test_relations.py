"""Relations between findings: who may draw them, what they rest on, who sees them."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import UserFacingError
from store.events import events_of
from tests.services.team import Team, a_file
from triangulation.models import Row
from triangulation.relations import Bearing, Outcome
from workbench.services import findings, keeping, relations, sorting
from workbench.services.errors import NotAllowed, NotThere

MONEY, TIME = Row("ECO-FUND", "Money is there"), Row("ORG-STAFF", "There is no time")


def with_rows(team: Team) -> Team:
    for row in (MONEY, TIME):
        findings.add_row(team.engine, team.lead, theme=row.theme, statement=row.statement)
    return team


@pytest.fixture
def drawn(quick_team: Team) -> Team:
    return with_rows(quick_team)


def test_a_relation_comes_back_as_it_was_drawn_on_both_databases(team: Team) -> None:
    with_rows(team)
    team.code(team.anna, "no time", "ORG-STAFF")
    (quote,) = relations.quotes_for(team.engine, team.anna, [MONEY, TIME])
    made = relations.add_relation(
        team.engine,
        team.anna,
        from_row=TIME,
        kind="hampers",
        to_row=MONEY,
        note="Said twice",
        excerpts=[quote],
    )
    (found,) = relations.relations_of(team.engine, team.lead)
    assert (found.id, found.from_row, found.kind, found.to_row) == (made, TIME, Bearing.HAMPERS, MONEY)
    assert (found.note, found.by, found.outcome) == ("Said twice", "Anna", None)
    assert [(e.quote, e.document_id, e.start_char) for e in found.excerpts] == [
        ("no time", team.document.id, team.document.text.index("no time"))
    ]
    assert team.problems() == []


def test_a_barrier_is_answered_by_a_strategy_with_its_outcome(drawn: Team) -> None:
    relations.add_relation(
        drawn.engine,
        drawn.anna,
        from_row=TIME,
        kind="answered_by",
        strategy="  An assistant\nfor three practices ",
        outcome="worked_around",
    )
    (found,) = relations.relations_of(drawn.engine, drawn.anna)
    assert (found.strategy, found.outcome, found.to_row) == (
        "An assistant for three practices",
        Outcome.WORKED_AROUND,
        None,
    )


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"kind": "helps", "to_row": MONEY}, "no relation"),
        ({"kind": "causes"}, "give one"),
        ({"kind": "answered_by", "to_row": MONEY, "strategy": "Both"}, "give one"),
        ({"kind": "causes", "strategy": "Words"}, "answered by"),
        ({"kind": "causes", "to_row": MONEY, "outcome": "removed"}, "answered by"),
        ({"kind": "answered_by", "strategy": "Words", "outcome": "gone"}, "no outcome"),
        ({"kind": "causes", "to_row": TIME}, "itself"),
        ({"kind": "causes", "to_row": Row("ECO-FUND", "Never said")}, "no row"),
    ],
)
def test_a_relation_that_does_not_hold_together_is_refused(
    drawn: Team, wrong: dict[str, object], reason: str
) -> None:
    with pytest.raises(UserFacingError, match=reason):
        relations.add_relation(drawn.engine, drawn.anna, from_row=TIME, **wrong)  # type: ignore[arg-type]
    assert relations.relations_of(drawn.engine, drawn.anna) == []


def test_the_same_relation_is_drawn_once(drawn: Team) -> None:
    relations.add_relation(drawn.engine, drawn.anna, from_row=TIME, kind="hampers", to_row=MONEY)
    with pytest.raises(UserFacingError, match="there already"):
        relations.add_relation(drawn.engine, drawn.lead, from_row=TIME, kind="hampers", to_row=MONEY)
    relations.add_relation(drawn.engine, drawn.lead, from_row=TIME, kind="causes", to_row=MONEY)


def test_only_who_drew_it_or_the_lead_takes_a_relation_back(drawn: Team) -> None:
    made = relations.add_relation(drawn.engine, drawn.anna, from_row=TIME, kind="hampers", to_row=MONEY)
    with pytest.raises(NotAllowed, match="Anna"):
        relations.retire_relation(drawn.engine, drawn.bram, made)
    relations.retire_relation(drawn.engine, drawn.anna, made)
    assert relations.relations_of(drawn.engine, drawn.lead) == []
    with pytest.raises(NotThere):
        relations.retire_relation(drawn.engine, drawn.anna, made)
    relations.add_relation(drawn.engine, drawn.anna, from_row=TIME, kind="hampers", to_row=MONEY)


def test_what_rests_on_a_document_of_an_open_blind_round_is_its_coders_alone(drawn: Team) -> None:
    drawn.open_round()
    drawn.code(drawn.anna, "no time", "ORG-STAFF")
    assert relations.quotes_for(drawn.engine, drawn.bram, [TIME]) == []
    (quote,) = relations.quotes_for(drawn.engine, drawn.anna, [TIME])
    with pytest.raises(NotThere, match="quote"):
        relations.add_relation(
            drawn.engine, drawn.bram, from_row=TIME, kind="hampers", to_row=MONEY, excerpts=[quote]
        )
    relations.add_relation(
        drawn.engine, drawn.anna, from_row=TIME, kind="hampers", to_row=MONEY, excerpts=[quote]
    )
    assert relations.relations_of(drawn.engine, drawn.bram) == []
    assert "relation.add" not in {event.action for event in keeping.log_of(drawn.engine, drawn.bram)}
    assert [len(one.excerpts) for one in relations.relations_of(drawn.engine, drawn.anna)] == [1]
    drawn.finish(drawn.anna, drawn.bram)
    drawn.reveal()
    assert [len(one.excerpts) for one in relations.relations_of(drawn.engine, drawn.bram)] == [1]


def test_a_relation_with_a_row_that_is_hidden_is_hidden_with_its_event(drawn: Team) -> None:
    drawn.open_round()
    drawn.code(drawn.anna, "no time", "PRO-KNOW")
    findings.add_finding(
        drawn.engine,
        drawn.anna,
        source="Steering group",
        theme="PRO-KNOW",
        row="Zebra row",
        statement="Nobody knows.",
    )
    hidden = Row("PRO-KNOW", "Zebra row")
    relations.add_relation(drawn.engine, drawn.anna, from_row=hidden, kind="hampers", to_row=MONEY)
    assert len(relations.relations_of(drawn.engine, drawn.anna)) == 1
    assert relations.relations_of(drawn.engine, drawn.bram) == []
    assert b"Zebra" not in relations.relations_file(drawn.engine, drawn.bram, "mermaid")
    told = {event.action for event in keeping.log_of(drawn.engine, drawn.bram)}
    assert "relation.add" not in told
    with pytest.raises(NotThere):
        relations.add_relation(drawn.engine, drawn.bram, from_row=hidden, kind="causes", to_row=MONEY)


def test_a_relation_goes_along_when_a_row_is_said_in_other_words(drawn: Team) -> None:
    relations.add_relation(drawn.engine, drawn.lead, from_row=TIME, kind="hampers", to_row=MONEY)
    sorting.rename_row(drawn.engine, drawn.lead, MONEY, "Money is enough")
    renamed = Row(MONEY.theme, "Money is enough")
    (found,) = relations.relations_of(drawn.engine, drawn.lead)
    assert found.to_row == renamed
    with pytest.raises(UserFacingError, match="there already"):
        relations.add_relation(drawn.engine, drawn.lead, from_row=TIME, kind="hampers", to_row=renamed)


def test_relations_of_a_file_find_their_quotes_in_the_documents(drawn: Team, tmp_path: Path) -> None:
    rows = [
        {
            "theme": "ORG-STAFF",
            "row": TIME.statement,
            "kind": "hampers",
            "to_theme": "ECO-FUND",
            "to_row": MONEY.statement,
            "quotes": "The nurse has no time. | Said by nobody",
        },
        {"theme": "ORG-STAFF", "row": "Never said", "kind": "causes", "to_theme": "ECO-FUND", "to_row": ""},
    ]
    taken = relations.import_relations(drawn.engine, drawn.lead, a_file(tmp_path / "r.csv", rows))
    assert (taken.imported, [one.row for one in taken.refused]) == (1, [3])
    (found,) = relations.relations_of(drawn.engine, drawn.lead)
    assert [(e.quote, e.start_char) for e in found.excerpts] == [
        ("The nurse has no time.", 0),
        ("Said by nobody", None),
    ]
    assert relations.export_relations(drawn.engine, drawn.lead, tmp_path / "out.csv") == 1


def test_a_quote_without_a_place_hides_its_relation_while_a_blind_round_is_open(
    drawn: Team, tmp_path: Path
) -> None:
    row = {
        "theme": "ORG-STAFF",
        "row": TIME.statement,
        "kind": "hampers",
        "to_theme": "ECO-FUND",
        "to_row": MONEY.statement,
        "quotes": "Words of a blind document",
    }
    relations.import_relations(drawn.engine, drawn.lead, a_file(tmp_path / "r.csv", [row]))
    assert len(relations.relations_of(drawn.engine, drawn.bram)) == 1
    drawn.open_round()
    assert relations.relations_of(drawn.engine, drawn.bram) == []
    assert len(relations.relations_of(drawn.engine, drawn.lead)) == 1
    drawn.finish(drawn.anna, drawn.bram)
    drawn.reveal()
    assert len(relations.relations_of(drawn.engine, drawn.bram)) == 1


def test_a_relation_that_was_taken_back_can_be_drawn_again_with_its_quotes(
    drawn: Team, tmp_path: Path
) -> None:
    rows = [
        {
            "theme": "ORG-STAFF",
            "row": TIME.statement,
            "kind": "hampers",
            "to_theme": "ECO-FUND",
            "to_row": MONEY.statement,
            "quotes": "The nurse has no time.",
        }
    ]
    relations.import_relations(drawn.engine, drawn.lead, a_file(tmp_path / "r.csv", rows))
    (before,) = relations.relations_of(drawn.engine, drawn.lead)
    relations.retire_relation(drawn.engine, drawn.lead, before.id)
    relations.add_relation(
        drawn.engine, drawn.lead, from_row=TIME, kind="hampers", to_row=MONEY, excerpts=before.excerpts
    )
    (after,) = relations.relations_of(drawn.engine, drawn.lead)
    assert after.excerpts == before.excerpts


def test_the_log_holds_no_words_of_a_relation(drawn: Team) -> None:
    relations.add_relation(
        drawn.engine, drawn.lead, from_row=TIME, kind="answered_by", strategy="Zebra", note="Okapi"
    )
    with drawn.engine.connect() as connection:
        events = [str(event.detail) for event in events_of(connection, drawn.lead.study_id)]
    assert not any("Zebra" in said or "Okapi" in said for said in events)
