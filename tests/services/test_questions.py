"""Questions asked of a study: counts that agree with the tree and with SQL; nobody's blind work in them."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter
from dataclasses import replace
from uuid import UUID

import networkx as nx
import openpyxl
import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from codebook.crosstab import Cell, Side
from codebook.models import Valence
from codebook.retrieval import Condition, Measure, Question, Relation, Scope
from corpus.documents import make_document
from corpus.models import Document, RawText
from store import documents as kept
from store import tables
from store.engine import writing
from store.studies import Member
from tests.services.team import Team, a_document, a_team
from workbench.services import (
    asking,
    code_matrix,
    codebook_tree,
    cooccurrence,
    retrieval,
    rollups,
    snapshot,
    studies,
    timeline,
    vocabulary,
)
from workbench.services.code_matrix import MatrixWish
from workbench.services.cooccurrence import TogetherWish

CODES = ("ECO", "ECO-FUND", "ECO-FIN", "SOC-LEAD", "PAT")
TURNS = "GP 1: There is no time.\n\nNurse: The money has gone. Who pays?\n\nGP 1: Nobody asked the patients."


@pytest.fixture
def asked(quick_team: Team) -> Team:
    """A team, and codings at random by three people in documents of two sources."""
    return with_codings(quick_team)


def with_codings(team: Team) -> Team:
    other = team.add_source("GPs")
    documents = [team.document, *(team.add_document(TURNS, title=f"GP {n}", source=other) for n in range(3))]
    chance = random.Random(5)
    for _ in range(40):
        code_somewhere(team, chance, documents)
    return team


def code_somewhere(team: Team, chance: random.Random, documents: list[Document]) -> None:
    document = chance.choice(documents)
    start = chance.randrange(len(document.text) - 12)
    team.try_act(
        chance.choice([team.lead, team.anna, team.bram]),
        document,
        type="apply",
        code=chance.choice(CODES),
        valence=chance.choice([None, *(valence.value for valence in Valence)]),
        start=start,
        end=start + chance.randrange(2, 12),
    )


def codings_in_sql(engine: Engine) -> Counter[str]:
    """Live codings by key of the code, straight from the tables."""
    coding, revision = tables.coding, tables.code_revision
    with engine.connect() as connection:
        rows = connection.execute(
            sa.select(revision.c.key, sa.func.count())
            .join(
                coding,
                (coding.c.code_id == revision.c.code_id)
                & (coding.c.codebook_version_id == revision.c.codebook_version_id),
            )
            .where(coding.c.retired_event.is_(None))
            .group_by(revision.c.key)
        )
        return Counter({key: number for key, number in rows})


def in_rows(team: Team, viewer: Member, wish: MatrixWish) -> dict[str, int]:
    table = code_matrix.matrix(team.engine, viewer, wish).table
    return dict(zip(table.rows, table.counts.sum(axis=1).tolist(), strict=True))


def test_matrix_tree_and_sql_count_the_same_codings(engine: Engine) -> None:
    asked = with_codings(a_team(engine))
    tree = {line.code.key: line.codings for line in codebook_tree.code_tree(asked.engine, asked.lead)}
    for side in Side:
        themes = in_rows(asked, asked.lead, MatrixWish("themes", side, "name", cell=Cell.SEGMENTS))
        assert themes == codings_in_sql(asked.engine) == codebook_tree.code_counts(asked.engine, asked.lead)
        for rows in ("levels", "both"):
            counted = in_rows(asked, asked.lead, MatrixWish(rows, side, "name", cell=Cell.SEGMENTS))
            assert counted == {
                key: number for key, number in tree.items() if number and (rows == "both" or "-" not in key)
            }


def test_counts_agree_after_every_change_and_for_everyone(asked: Team) -> None:
    chance = random.Random(8)
    asked.open_round(documents=[asked.document])
    for _ in range(6):
        code_somewhere(asked, chance, [asked.document])
        for viewer in (asked.lead, asked.anna, asked.bram):
            counts = in_rows(asked, viewer, MatrixWish("themes", cell=Cell.SEGMENTS))
            assert counts == codebook_tree.code_counts(asked.engine, viewer)


def test_counts_agree_with_sql_after_every_change(asked: Team) -> None:
    chance = random.Random(9)
    for _ in range(8):
        code_somewhere(asked, chance, [asked.document])
        act = chance.choice(["undo", "redo", "retire", "change"])
        own = [c for c in asked.seen(asked.anna) if c.coder == "Anna"]
        named = {"coding": str(chance.choice(own).id)} if own and act in ("retire", "change") else {}
        if named or act in ("undo", "redo"):
            asked.try_act(asked.anna, type=act, **named, **({"code": "PAT"} if act == "change" else {}))
        counts = in_rows(asked, asked.lead, MatrixWish("themes", cell=Cell.SEGMENTS))
        assert counts == codings_in_sql(asked.engine) == codebook_tree.code_counts(asked.engine, asked.lead)


def test_groups_of_a_roll_up_count_what_the_codebook_counts_for_them(asked: Team) -> None:
    told = rollups.rolled_up(asked.engine, asked.lead, "aalst")
    found = in_rows(asked, asked.lead, MatrixWish("aalst", cell=Cell.SEGMENTS))
    assert found == {group: number for group, number in told.items() if group and number}


def test_snapshot_is_kept_until_the_log_goes_on(asked: Team) -> None:
    first = snapshot.snapshot_of(asked.engine, asked.anna)
    assert snapshot.snapshot_of(asked.engine, asked.anna) is first
    assert snapshot.snapshot_of(asked.engine, asked.bram) is not first
    asked.code(asked.anna, "no time")
    after = snapshot.snapshot_of(asked.engine, asked.anna)
    assert len(after.columns) == len(first.columns) + 1
    assert after.columns.texts is first.columns.texts


def test_snapshots_beyond_the_limit_are_left_and_read_again(
    asked: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "MOST_CODINGS", 50)
    first = snapshot.snapshot_of(asked.engine, asked.anna)
    snapshot.snapshot_of(asked.engine, asked.bram)
    again = snapshot.snapshot_of(asked.engine, asked.anna)
    assert again is not first
    assert len(again.columns) == len(first.columns)


def test_blind_coder_finds_only_what_is_theirs_until_the_reveal(quick_team: Team) -> None:
    team = quick_team
    team.open_round()
    team.code(team.anna, "no time", "ECO-FUND")
    team.code(team.bram, "no time", "SOC-LEAD")
    team.code(team.bram, "The nurse has", "PAT")

    def seen(viewer: Member) -> list[str]:
        return [p.code for p in retrieval.find_passages(team.engine, viewer, Question()).shown]

    assert (seen(team.anna), sorted(seen(team.bram)), seen(team.lead)) == (
        ["ECO-FUND"],
        ["PAT", "SOC-LEAD"],
        [],
    )
    assert asking.choices(team.engine, team.anna).coders == ("Anna",)
    assert not cooccurrence.together(team.engine, team.anna, TogetherWish(fewest=1)).graph.edges
    near = Question(("ECO-FUND",), (Condition(("SOC-LEAD",)),))
    assert retrieval.find_passages(team.engine, team.anna, near).codings == 0
    team.finish(team.anna, team.bram)
    team.reveal()
    assert sorted(seen(team.anna)) == ["ECO-FUND", "PAT", "SOC-LEAD"]
    assert retrieval.find_passages(team.engine, team.anna, near).codings == 1


def test_passage_comes_with_its_words_and_those_around_it(quick_team: Team) -> None:
    team = quick_team
    interview = team.add_document(TURNS, title="GP 1", source=team.add_source("GPs"))
    team.code(team.anna, "money has gone", document=interview, valence="barrier")
    found = retrieval.find_passages(team.engine, team.bram, Question(speakers=("Nurse",)))
    (passage,) = found.shown
    assert (found.codings, found.documents, found.of_documents) == (1, 1, 2)
    assert (passage.quote, passage.valence, passage.speaker) == ("money has gone", Valence.BARRIER, "Nurse")
    assert passage.before + passage.quote + passage.after == TURNS
    assert interview.text[passage.start_char : passage.end_char] == passage.quote


def test_distance_in_sentences_is_measured_in_the_text(quick_team: Team) -> None:
    team = quick_team
    team.code(team.anna, "no time", "ECO-FUND")
    team.code(team.anna, "wants to start", "SOC-LEAD")
    team.code(team.anna, "Nobody asked", "PAT")

    def near(distance: int) -> list[str]:
        condition = Condition(("PAT",), Relation.NEAR, distance=distance, measure=Measure.SENTENCES)
        found = retrieval.find_passages(team.engine, team.anna, Question(("ECO", "SOC"), (condition,)))
        return [passage.quote for passage in found.shown]

    assert (near(0), near(1), near(2)) == ([], ["wants to start"], ["no time", "wants to start"])


def test_some_of_the_passages_are_given_at_a_time(asked: Team) -> None:
    whole = retrieval.find_passages(asked.engine, asked.lead, Question())
    pages = [
        retrieval.find_passages(asked.engine, asked.lead, Question(), begin=begin, number=10)
        for begin in range(0, whole.codings, 10)
    ]
    assert [p for page in pages for p in page.shown] == list(whole.shown)
    assert {page.codings for page in pages} == {len(whole.shown)}


def test_cell_leads_to_the_codings_that_it_counts(asked: Team) -> None:
    for side in (Side.SOURCE, Side.SPEAKER, Side.VALENCE, Side.CODER, Side.PERIOD):
        wish = MatrixWish("both", side, cell=Cell.SEGMENTS)
        table = code_matrix.matrix(asked.engine, asked.lead, wish).table
        for r, row in enumerate(table.rows):
            for c, label in enumerate(table.labels):
                found = code_matrix.passages_of_cell(asked.engine, asked.lead, wish, row, label, number=0)
                assert found.codings == table.counts[r, c]
                if side in (Side.SOURCE, Side.PERIOD):
                    documents = replace(wish, cell=Cell.DOCUMENTS)
                    of = code_matrix.matrix(asked.engine, asked.lead, documents).table
                    assert (found.documents, found.of_documents) == (of.counts[r, c], of.denominators[c])
    gone = code_matrix.passages_of_cell(asked.engine, asked.lead, MatrixWish(), "ECO", "no such kind")
    assert gone.codings == 0


def test_scope_narrows_counts_and_denominators(asked: Team) -> None:
    wish = MatrixWish("levels", Side.SOURCE)
    table = code_matrix.matrix(asked.engine, asked.lead, wish, Scope(sources=("GPs",))).table
    assert (table.labels, table.denominators.tolist(), table.total_denominator) == (("GPs",), [3], 3)


def test_link_of_two_codes_leads_to_their_pairs(asked: Team) -> None:
    wish = TogetherWish(distance=20, fewest=1)
    found = cooccurrence.together(asked.engine, asked.lead, wish)
    assert found.graph.number_of_edges() > 2
    for a, b, data in found.graph.edges(data=True):
        number, listed = cooccurrence.passages_together(asked.engine, asked.lead, wish, a, b)
        assert number == data["pairs"] == len(listed)
        assert {(one.code, other.code) for one, other in listed} == {(a, b)}
        assert data["documents"] == len({one.document_id for one, _ in listed})


def test_within_one_coder_no_pair_is_of_two_people(asked: Team) -> None:
    wish = TogetherWish(distance=20, same_coder=True, fewest=1)
    for a, b, data in cooccurrence.together(asked.engine, asked.lead, wish).graph.edges(data=True):
        number, listed = cooccurrence.passages_together(asked.engine, asked.lead, wish, a, b)
        assert number == data["pairs"]
        assert all(one.coder == other.coder for one, other in listed)


def test_period_leads_to_its_codings(example_engine: Engine) -> None:
    engine = example_engine
    lead = studies.enter_study(engine, studies.find_study(engine, None), person="Lena")
    found = timeline.over_time(engine, lead, ["ECO"], "quarter")
    assert sum(moment.codings or 0 for moment in found.moments) > 10
    for moment in found.moments:
        for valence, (_, codings) in moment.by_valence.items():
            there = timeline.passages_of_period(
                engine, lead, ["ECO"], "quarter", moment.label, valence, number=0
            )
            assert there.codings == codings


def test_words_of_grammar_are_left_out_only_where_asked(quick_team: Team) -> None:
    whole = vocabulary.frequencies(quick_team.engine, quick_team.anna, leave_out_grammar=False)
    some = vocabulary.frequencies(quick_team.engine, quick_team.anna)
    assert {"the", "nurse", "no"} <= {word.lemma for word in whole.frequencies}
    assert "the" not in {word.lemma for word in some.frequencies}
    assert {"nurse", "no"} <= {word.lemma for word in some.frequencies}
    assert "the" in some.left_out["en"]
    assert whole.total == some.total == sum(word.occurrences for word in whole.frequencies)


def test_words_of_grammar_are_those_of_the_language_of_each_document(quick_team: Team) -> None:
    dutch = make_document(
        quick_team.source, RawText("Want er is geld.", "n.txt", "0" * 64, title="N"), language="nl"
    )
    with writing(quick_team.engine) as connection:
        kept.add_document(connection, dutch, actor=quick_team.lead)
    found = vocabulary.frequencies(quick_team.engine, quick_team.anna)
    listed = {word.lemma: word for word in found.frequencies}
    assert (listed["want"].occurrences, listed["want"].documents) == (1, 1)
    assert set(found.left_out) == {"en", "nl"}


def test_key_words_compare_documents_with_all_others(quick_team: Team) -> None:
    source = quick_team.add_source("GPs")
    quick_team.add_document("Money, money, money. Waiting.", title="GP 1", source=source)
    found = vocabulary.key_words(quick_team.engine, quick_team.anna, Scope(sources=("GPs",)), fewest=1)
    assert found[0].lemma == "money"
    assert (found[0].here, found[0].there) == (3, 1)
    alone = Scope(sources=("GPs",))
    assert vocabulary.key_words(quick_team.engine, quick_team.anna, alone, within=alone) == []


def test_name_before_a_turn_is_no_word_of_its_text(quick_team: Team) -> None:
    quick_team.add_document(TURNS, title="GP 1", source=quick_team.add_source("GPs"))
    found = vocabulary.frequencies(quick_team.engine, quick_team.anna, Scope(sources=("GPs",)))
    assert not {"gp", "nurse"} & {word.lemma for word in found.frequencies}
    assert vocabulary.lines(quick_team.engine, quick_team.anna, "nurse", Scope(sources=("GPs",))) == []
    (line,) = vocabulary.lines(quick_team.engine, quick_team.anna, "money", Scope(sources=("GPs",)))
    assert TURNS[line.match.start_char : line.match.end_char] == "money"


def test_lines_are_coded_as_the_sentences_they_stand_in(quick_team: Team) -> None:
    team = quick_team
    found = vocabulary.lines(team.engine, team.anna, "wanted")
    assert [(line.match.quote, line.title) for line in found] == [("wants", "Report 1")]
    assert [o.reason for o in vocabulary.code_lines(team.engine, team.anna, found, "SOC-LEAD")] == [None]
    (coding,) = team.seen(team.anna)
    assert (coding.code, coding.quote) == ("SOC-LEAD", "The GP wants to start, and money is there.")
    assert coding.coder == "Anna"


def test_lines_of_a_finished_document_are_not_coded(quick_team: Team) -> None:
    team = quick_team
    team.open_round()
    team.finish(team.anna)
    found = vocabulary.lines(team.engine, team.anna, "money")
    (outcome,) = vocabulary.code_lines(team.engine, team.anna, found, "SOC-LEAD")
    assert outcome.reason
    assert team.seen(team.anna) == []


def test_study_without_codebook_has_words_and_no_codings(quick_team: Team) -> None:
    lead = studies.create_study(quick_team.engine, "Empty", person="Lena")
    with writing(quick_team.engine) as connection:
        source = kept.add_source(connection, actor=lead, label="GPs", kind="interview")
    a_document(quick_team.engine, lead, source, "No time.", title="GP 1")
    found = asking.choices(quick_team.engine, lead)
    assert (found.codes, found.codings, found.documents) == ((), 0, 1)
    assert [w.lemma for w in vocabulary.frequencies(quick_team.engine, lead).frequencies] == ["no", "time"]


def rows_of(file: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"))))


def test_passages_leave_as_a_table_in_which_nothing_runs(quick_team: Team) -> None:
    team = quick_team
    document = team.add_document('=HYPERLINK("x") is what the GP said.', title="=1+1")
    team.code(team.anna, '=HYPERLINK("x")', document=document)
    found = retrieval.find_passages(team.engine, team.anna, Question())
    (row,) = rows_of(retrieval.passages_file(found.shown, "csv"))
    assert (row["title"], row["quote"]) == ("'=1+1", '\'=HYPERLINK("x")')
    assert UUID(row["document"]) == document.id
    sheet = openpyxl.load_workbook(io.BytesIO(retrieval.passages_file(found.shown, "xlsx"))).active
    cells = [cell for line in sheet.iter_rows(min_row=2) for cell in line if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}


def test_matrix_leaves_with_its_denominators(asked: Team) -> None:
    found = code_matrix.matrix(asked.engine, asked.lead, MatrixWish("levels", Side.PERIOD))
    rows = rows_of(code_matrix.matrix_file(found, "csv", none="undated"))
    assert [row["code"] for row in rows] == list(found.table.rows)
    assert [int(row["undated"]) for row in rows] == found.table.counts[:, 0].tolist()
    assert {row["undated: of"] for row in rows} == {"4"}


def test_network_leaves_as_table_and_graph(asked: Team) -> None:
    found = cooccurrence.together(asked.engine, asked.lead, TogetherWish(distance=20, fewest=1))
    rows = rows_of(cooccurrence.together_file(found, "csv"))
    assert [int(row["pairs"]) for row in rows] == sorted((int(row["pairs"]) for row in rows), reverse=True)
    graph = nx.read_graphml(io.BytesIO(cooccurrence.together_graphml(found)))
    assert {frozenset(edge) for edge in graph.edges} == {frozenset(edge) for edge in found.graph.edges}
    assert graph.nodes["PAT"]["label"] == found.names["PAT"]


def test_time_and_words_leave_as_tables(asked: Team) -> None:
    time = timeline.over_time(asked.engine, asked.lead, [], "year")
    assert rows_of(timeline.time_file(time, "csv")) == []
    words = vocabulary.frequencies(asked.engine, asked.lead)
    assert rows_of(vocabulary.words_file(words, "csv"))[0]["lemma"] == words.frequencies[0].lemma
    keys = vocabulary.key_words(asked.engine, asked.lead, Scope(sources=("GPs",)), fewest=1)
    assert [row["lemma"] for row in rows_of(vocabulary.words_file(keys, "csv"))] == [w.lemma for w in keys]
    found = vocabulary.lines(asked.engine, asked.lead, "money")
    assert {row["word"] for row in rows_of(vocabulary.lines_file(found, "csv"))} == {"money"}
