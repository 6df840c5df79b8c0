"""How findings bear on each other, as a graph with chains and cycles."""

from __future__ import annotations

import io
from pathlib import Path
from uuid import uuid4

import networkx as nx
import pytest

from triangulation.models import Row
from triangulation.relation_files import read_relations, write_relations
from triangulation.relations import (
    Bearing,
    Outcome,
    Relation,
    Strategy,
    as_graphml,
    as_mermaid,
    bearings,
    chains,
    cycles,
    node_key,
    relation_graph,
    relation_map,
)

FORM, HANDS, REFERRAL, MONEY = (
    Row("INN-FEAS", "The form is long"),
    Row("ORG-STAFF", "Few hands"),
    Row("PRO-BEH", "GPs refer"),
    Row("ECO-FUND", "Money ends"),
)


def bears(one: Row, other: Row, kind: Bearing = Bearing.HAMPERS) -> Relation:
    return Relation(uuid4(), one, kind, other)


def answered(one: Row, strategy: str, outcome: Outcome | None = Outcome.WORKED_AROUND) -> Relation:
    return Relation(uuid4(), one, Bearing.ANSWERED_BY, strategy=strategy, outcome=outcome)


def test_two_relations_between_the_same_findings_share_an_edge() -> None:
    graph = relation_graph([bears(FORM, HANDS), bears(FORM, HANDS, Bearing.CAUSES)])
    assert [one.kind for one in graph.edges[FORM, HANDS]["relations"]] == ["hampers", "causes"]


def test_what_bears_on_others_stands_left_of_what_it_bears_on() -> None:
    places = relation_map([bears(FORM, HANDS), bears(HANDS, REFERRAL), bears(MONEY, REFERRAL)]).places
    assert places[FORM][0] < places[HANDS][0] < places[REFERRAL][0]


def test_no_two_nodes_share_a_place_and_the_order_of_relations_does_not_matter() -> None:
    relations = [
        bears(FORM, HANDS),
        bears(MONEY, HANDS),
        bears(MONEY, REFERRAL),
        answered(FORM, "One page"),
    ]
    places = relation_map(relations).places
    assert len(set(places.values())) == len(places) == 5
    assert relation_map(relations[::-1]).places == places


def test_findings_of_a_cycle_share_a_column_and_what_follows_comes_after() -> None:
    places = relation_map([bears(FORM, HANDS), bears(HANDS, FORM), bears(HANDS, REFERRAL)]).places
    assert places[FORM][0] == places[HANDS][0] < places[REFERRAL][0]


def test_a_chain_goes_on_to_its_end_and_single_relations_are_none() -> None:
    first, second, alone = bears(FORM, HANDS, Bearing.CAUSES), bears(HANDS, REFERRAL), bears(MONEY, REFERRAL)
    assert chains([alone, second, first]) == ((first, second),)


def test_a_chain_may_end_in_a_strategy() -> None:
    first, second = bears(MONEY, HANDS), answered(HANDS, "Share an assistant")
    assert chains([first, second]) == ((first, second),)


def test_a_chain_into_a_cycle_passes_no_finding_twice() -> None:
    relations = [bears(MONEY, FORM), bears(FORM, HANDS), bears(HANDS, FORM)]
    assert chains(relations) == ((relations[0], relations[1]),)


def test_chains_stop_at_the_number_asked_for() -> None:
    rows = [Row(f"T-{n}") for n in range(12)]
    relations = [bears(a, b) for n, a in enumerate(rows) for b in rows[n + 1 :]]
    assert len(chains(relations, most=20)) == 20


def test_a_cycle_is_named_once_from_its_first_row_in_its_direction() -> None:
    assert cycles([bears(HANDS, MONEY), bears(MONEY, REFERRAL), bears(REFERRAL, HANDS)]) == (
        (MONEY, REFERRAL, HANDS),
    )
    assert cycles([bears(FORM, HANDS), bears(FORM, MONEY)]) == ()


def test_bearings_count_relations_in_and_out_most_first() -> None:
    counted = bearings([bears(FORM, HANDS), bears(MONEY, HANDS), answered(HANDS, "Share an assistant")])
    assert [(one.row, one.into, one.out_of) for one in counted] == [
        (HANDS, 2, 1),
        (MONEY, 0, 1),
        (FORM, 0, 1),
    ]


def name(node: object) -> str:
    return node.words if isinstance(node, Strategy) else getattr(node, "statement", "")


def test_mermaid_cannot_be_broken_by_what_people_wrote() -> None:
    text = as_mermaid([bears(Row("A", 'Say "no" [now] | <b>'), Row("B", "end\nflowchart"))], name)
    assert text.splitlines()[0] == "flowchart LR"
    assert len(text.splitlines()) == 4
    labels = [line.split("[", 1)[1] for line in text.splitlines()[1:3]]
    assert all(label.count('"') == 2 and "<" not in label and "|" not in label for label in labels)


def test_graphml_holds_every_relation_with_kind_and_outcome() -> None:
    file = as_graphml(
        [bears(FORM, HANDS), bears(FORM, HANDS, Bearing.CAUSES), answered(FORM, "One page")], name
    )
    graph = nx.read_graphml(io.BytesIO(file))
    assert sorted(kind for *_, kind in graph.edges(data="kind")) == ["answered_by", "causes", "hampers"]
    assert {label for _, label in graph.nodes(data="label")} == {"The form is long", "Few hands", "One page"}


def test_rows_come_before_strategies() -> None:
    assert sorted([Strategy("A"), FORM], key=node_key) == [FORM, Strategy("A")]


# --- files --------------------------------------------------------------------------------------------


def themes(written: str) -> str | None:
    return written if written in ("INN-FEAS", "ORG-STAFF") else None


def test_relations_are_read_as_they_were_written(tmp_path: Path) -> None:
    given = [bears(FORM, HANDS), answered(FORM, "One page", Outcome.REMOVED)]
    write_relations(tmp_path / "r.csv", given)
    taken, refused = read_relations(tmp_path / "r.csv", resolve_theme=themes)
    assert refused == []
    assert [(one.from_row, one.kind, one.to_row, one.strategy, one.outcome) for one in taken] == [
        (one.from_row, one.kind, one.to_row, one.strategy, one.outcome) for one in given
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("INN-FEAS,helps,ORG-STAFF,", "kind is 'helps'"),
        (",causes,ORG-STAFF,", "no theme"),
        ("INN-FEAS,causes,NOPE,", "to_theme 'NOPE'"),
        ("INN-FEAS,answered by,,gone", "outcome is 'gone'"),
    ],
)
def test_a_bad_relation_is_refused_with_its_row(tmp_path: Path, line: str, reason: str) -> None:
    path = tmp_path / "r.csv"
    path.write_text(f"theme,kind,to_theme,outcome\n{line}\n", encoding="utf-8")
    taken, refused = read_relations(path, resolve_theme=themes)
    assert taken == []
    assert (refused[0].row, reason in refused[0].reason) == (2, True)
