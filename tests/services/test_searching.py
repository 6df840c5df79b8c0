"""Search over all texts of a study, alike on both databases, and coding what was found."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace

import pytest
import sqlalchemy as sa

from corpus.documents import make_document
from corpus.errors import UserFacingError
from corpus.models import Document, RawText, Section, SectionKind, Source
from store import documents as kept
from store import participants as people
from store import search_index, tables
from store.backup import verify
from store.engine import reading, writing
from tests.services.team import Team
from workbench.services import searching
from workbench.services.coding import codings_of
from workbench.services.searching import Extent, Order, Results, code_hits, example_queries, search_texts
from workbench.services.suggestions import accepted_codings, suggest_from_search, take_back


def found(team: Team, query: str, **wishes: object) -> Results:
    return search_texts(team.engine, team.bram, query, **wishes)  # type: ignore[arg-type]


def told(team: Team, query: str, **wishes: object) -> list[tuple[str, str]]:
    return [(hit.document.title, hit.match.quote) for hit in found(team, query, **wishes).hits]


def add(
    team: Team,
    title: str,
    text: str,
    *,
    language: str = "nl",
    date: str | None = None,
    source: Source | None = None,
) -> Document:
    digest = hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()
    day = None if date is None else dt.date.fromisoformat(date)
    raw = RawText(text, f"{title}.txt", digest, title=title, date=day)
    document = make_document(source or team.source, raw, language=language)
    with writing(team.engine) as connection:
        kept.add_document(connection, document, actor=team.lead)
    return document


GP3 = """GP 3: Geld is er niet, en de verpleegkundigen wachten.
Verpleegkundige: De GP 3 zegt: geen geld; tijdsdruk bij ‘het cœur’!
GP 3: Wie wacht, verliest geld."""


@pytest.fixture
def full(team: Team) -> Team:
    interviews = team.add_source("Interviews 2020")
    add(team, "GP 3", GP3, date="2021-06-15", source=interviews)
    add(team, "Verslag", "Le médecin attend; les médecins. NHS geld-tijd", language="fr", date="2022-01-01")
    add(team, "Straße", "Die Straße, foo_bar und 医生很忙", language="de")
    return team


WANTED: list[tuple[str, list[tuple[str, str]]]] = [
    ("geld", [("GP 3", "Geld"), ("GP 3", "geld"), ("GP 3", "geld"), ("Verslag", "geld")]),
    ("GELD -NHS", [("GP 3", "Geld"), ("GP 3", "geld"), ("GP 3", "geld")]),
    ('geld -"geen geld"', [("Verslag", "geld")]),
    ("geld -speaker:X after:2022", [("Verslag", "geld")]),
    ('"geen geld"', [("GP 3", "geen geld")]),
    ('"geld is er"', [("GP 3", "Geld is er")]),
    ('"geld tijdsdruk"', []),
    ("verple*", [("GP 3", "verpleegkundigen")]),
    ("*druk*", [("GP 3", "tijdsdruk")]),
    ("*kundigen", [("GP 3", "verpleegkundigen")]),
    ("wachten", [("GP 3", "wachten")]),
    ("lemma:wachten", [("GP 3", "wachten"), ("GP 3", "wacht")]),
    ("lemma:medecins", [("Verslag", "médecin"), ("Verslag", "médecins")]),
    ("geld NEAR/5 verpleegkundigen", []),
    ("geld NEAR/6 verpleegkundigen", [("GP 3", "Geld is er niet, en de verpleegkundigen")]),
    ("medecin OR coeur", [("GP 3", "cœur"), ("Verslag", "médecin")]),
    (
        "(medecin OR coeur) geld source:Interv*",
        [("GP 3", "Geld"), ("GP 3", "geld"), ("GP 3", "cœur"), ("GP 3", "geld")],
    ),
    ('geld speaker:"gp 3"', [("GP 3", "Geld"), ("GP 3", "geld")]),
    ("geld speaker:Verpl*", [("GP 3", "geld")]),
    ('"GP 3"', [("GP 3", "GP 3")]),
    ("gp before:2021", []),
    ("strasse", [("Straße", "Straße")]),
    ("foo_bar", [("Straße", "foo_bar")]),
    ("foo", []),
    ("医生", [("Straße", "医生")]),
    ("geld-tijd", [("Verslag", "geld-tijd")]),
    ("'het", [("GP 3", "‘het")]),
    ("/N[A-Z]S/", [("Verslag", "NHS")]),
    ("/N[A-Z]S/ tijd", [("Verslag", "NHS"), ("Verslag", "tijd")]),
    ("language:de die", [("Straße", "Die")]),
    ("title:verslag geld", [("Verslag", "geld")]),
    ("the has", [("Report 1", "The"), ("Report 1", "has"), ("Report 1", "The"), ("Report 1", "the")]),
    ("nothing-of-the-kind", []),
    ("*q*q*q*", []),
    ("", []),
]


def test_both_databases_find_the_same_places(full: Team) -> None:
    assert {query: told(full, query) for query, _ in WANTED} == dict(WANTED)


def test_names_before_turns_are_searched_where_that_is_asked_for(full: Team) -> None:
    assert len(told(full, '"GP 3"', names=True)) == 3
    assert ("GP 3", "Verpleegkundige") in told(full, "verpleeg*", names=True)


def test_every_word_by_lemma(full: Team) -> None:
    assert ("GP 3", "wacht") in told(full, "wachten geld", lemma=True)


def test_hits_are_counted_by_document_and_source_and_told_page_by_page(full: Team) -> None:
    first = found(full, "geld", number=2)
    rest = found(full, "geld", begin=2, number=2)
    assert [hit.match.start_char for hit in (*first.hits, *rest.hits)] == [
        hit.match.start_char for hit in found(full, "geld", number=None).hits
    ]
    assert (first.total, first.documents, first.of_documents) == (4, 2, 4)
    assert dict(first.by_source) == {"Interviews 2020": 3, "Steering group": 1}
    assert list(first.by_document.values()) == [3, 1]


def test_hits_tell_who_speaks_and_the_turn_without_the_name(full: Team) -> None:
    hit = found(full, "tijdsdruk").hits[0]
    assert hit.speaker == "Verpleegkundige"
    assert GP3[slice(*hit.passage)].startswith("De GP 3 zegt") and GP3[slice(*hit.passage)].endswith("’!")


@pytest.mark.parametrize("order", ["date", "relevance"])
def test_documents_come_by_date_or_by_what_says_most_of_it(full: Team, order: Order) -> None:
    add(full, "Later", "geld geld geld", date="2023-01-01")
    add(full, "Earlier", "geld " + "iets anders " * 50, date="2019-01-01")
    titles = list(dict.fromkeys(title for title, _ in told(full, "geld", order=order)))
    by_date = ["Earlier", "GP 3", "Verslag", "Later"]
    assert titles == by_date if order == "date" else (titles[0], titles[-1]) == ("Later", "Earlier")


def test_filters_of_sources_and_languages(full: Team) -> None:
    assert {title for title, _ in told(full, "geld", sources=["Steering group"])} == {"Verslag"}
    assert {title for title, _ in told(full, "geld", languages=["nl"])} == {"GP 3"}


def test_a_source_that_is_not_there_is_named_with_those_that_are(full: Team) -> None:
    with pytest.raises(UserFacingError, match="Interviews 2020"):
        found(full, "geld source:Intervews")


def test_where_too_many_texts_may_hold_it_hits_are_not_all_counted(
    full: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "MOST_COUNTED", 1)
    monkeypatch.setattr(searching, "_FOR_A_PAGE", 1)
    some = found(full, "geld", number=1)
    assert (len(some.hits), some.total, some.documents) == (1, None, 2)
    assert found(full, '"geld" NEAR/20 niet', number=1).documents == 1
    assert found(full, "geld", number=None).total == 4


def test_what_comes_and_goes_is_found_and_found_no_more(full: Team) -> None:
    assert told(full, "regenboog") == []
    document = add(full, "Nieuw", "een regenboog")
    assert told(full, "regenboog regenb*") == [("Nieuw", "regenboog")]
    assert full.problems() == []
    with reading(full.engine) as connection:
        version = connection.execute(
            sa.select(tables.document_version.c.id).where(
                tables.document_version.c.document_id == document.id
            )
        ).scalar_one()
    with writing(full.engine) as connection:
        search_index.forget(connection, [version])
        forms = search_index.forms(connection, full.lead.study_id)
        assert "regenboog" not in {form for form, _ in forms["nl"]}
        assert "een" not in {form for form, _ in forms["nl"]}
        assert "geld" in {form for form, _ in forms["nl"]}
    with reading(full.engine) as connection:
        everything = search_index.unindexed(connection, full.lead.study_id)
    assert [d.title for d in everything.missing] == ["Nieuw"]


def test_forgetting_where_nothing_was_searched_yet_does_nothing(team: Team) -> None:
    with writing(team.engine) as connection:
        search_index.forget(connection, [team.document.id])


def test_an_index_of_another_folding_is_made_anew(full: Team) -> None:
    assert told(full, "coeur")
    with writing(full.engine) as connection:
        connection.exec_driver_sql("UPDATE search_made SET version = 0")
        connection.exec_driver_sql("UPDATE search_text SET body = 'gone'")
    assert told(full, "coeur") == [("GP 3", "cœur")]
    with writing(full.engine) as connection:
        search_index.create(connection)  # as whoever erases words does
    assert told(full, "coeur") == [("GP 3", "cœur")]


def test_the_index_is_no_fact(full: Team) -> None:
    before = full.count(tables.event)
    assert told(full, "geld")
    assert full.count(tables.event) == before
    checked = verify(full.engine)
    assert checked.problems == ()
    assert checked.tables is not None
    assert not any(name.startswith("search_") for name in checked.tables)


def test_a_text_whose_words_are_too_long_for_an_index_is_found_all_the_same(team: Team) -> None:
    add(team, "Long", "x" * 300 + "needle" + "y" * 300 + " and more")
    assert told(team, "more") == [("Long", "more")]
    assert told(team, "x" * 300 + "needle" + "y" * 300)[0][0] == "Long"


@pytest.mark.parametrize(
    ("extent", "wanted"),
    [
        ("words", ["Geld", "geld", "geld", "geld"]),
        (
            "sentence",
            [
                "De GP 3 zegt: geen geld; tijdsdruk bij ‘het cœur’!",
                "Geld is er niet, en de verpleegkundigen wachten.",
                "NHS geld-tijd",
                "Wie wacht, verliest geld.",
            ],
        ),
        (
            "passage",
            [
                "De GP 3 zegt: geen geld; tijdsdruk bij ‘het cœur’!",
                "Geld is er niet, en de verpleegkundigen wachten.",
                "Le médecin attend; les médecins. NHS geld-tijd",
                "Wie wacht, verliest geld.",
            ],
        ),
    ],
)
def test_what_was_chosen_becomes_ones_own_codings_and_can_be_taken_back(
    full: Team, extent: Extent, wanted: list[str]
) -> None:
    hits = found(full, "geld").hits
    outcomes = code_hits(full.engine, full.bram, hits, code="ECO-FUND", query=" geld", extent=extent)
    assert [outcome.reason for outcome in outcomes] == [None] * 4
    assert sorted(coding.quote for coding in codings_of(full.engine, full.bram)) == wanted
    origins = accepted_codings(full.engine, full.bram)
    assert {(origin.kind, origin.pattern) for origin in origins.values()} == {("search", "geld")}
    assert take_back(full.engine, full.bram, origins) == 4
    assert codings_of(full.engine, full.bram) == []
    assert full.problems() == []


def test_who_speaks_under_a_label_is_known_as_soon_as_it_is_said(quick_team: Team) -> None:
    add(quick_team, "Interview", "GP 1: geld.\nGP 2: geen geld.\nGP 1: weinig geld.")
    assert told(quick_team, "geld speaker:Anna") == []
    assert len(told(quick_team, 'geld speaker:"GP 1"')) == 2
    with writing(quick_team.engine) as connection:
        anna = people.add_participant(
            connection, actor=quick_team.lead, name="Anna", kind="person", role="GP", group="North"
        )
        people.assign(connection, anna, ["GP 2"], actor=quick_team.lead)
    for query in ("geld speaker:Anna", "geld role:gp", "geld group:North -speaker:X", 'geld -speaker:"GP 1"'):
        assert len(told(quick_team, query)) == 1
    suggested = suggest_from_search(quick_team.engine, quick_team.bram, "geld role:GP", code="ECO-FUND")
    assert [each.quote for each in suggested.found] == ["geen geld."]


def test_a_speaker_whose_name_does_not_stand_in_the_text_is_found(quick_team: Team) -> None:
    text = "Niemand heeft tijd. Er is geen geld."
    raw = RawText(text, "caption.txt", hashlib.sha256(text.encode()).hexdigest(), title="Caption")
    turns = (
        Section(SectionKind.TURN, 0, 19, speaker="GP 7"),
        Section(SectionKind.TURN, 20, len(text), speaker="Nurse"),
    )
    document = replace(make_document(quick_team.source, raw, language="nl"), sections=turns)
    with writing(quick_team.engine) as connection:
        kept.add_document(connection, document, actor=quick_team.lead)
    assert told(quick_team, "tijd OR geld speaker:Nurse") == [("Caption", "geld")]
    assert found(quick_team, "geld").hits[0].speaker == "Nurse"


def test_hits_in_one_turn_are_coded_once(quick_team: Team) -> None:
    add(quick_team, "Twice", "Anna: geld en nog eens geld.\nBob: Ja.")
    hits = found(quick_team, "geld").hits
    outcomes = code_hits(quick_team.engine, quick_team.bram, hits, code="ECO-FUND", query="geld")
    assert len(hits) == 2
    assert len(outcomes) == 1


def test_search_shows_texts_of_a_blind_round_and_codes_nothing_in_them(quick_team: Team) -> None:
    quick_team.open_round()
    quick_team.code(quick_team.anna, "no time")
    hits = found(quick_team, '"no time"').hits
    assert [hit.match.quote for hit in hits] == ["no time"]
    (outcome,) = code_hits(quick_team.engine, quick_team.bram, hits, code="ECO-FUND", query="no time")
    assert outcome.reason is not None and "blind" in outcome.reason
    assert quick_team.seen(quick_team.bram) == []


def test_another_study_is_never_searched(quick_team: Team) -> None:
    from tests.services.team import a_team

    other = a_team(quick_team.engine, "Other")
    add(other, "Secret", "onlyhere")
    assert told(other, "onlyhere")
    assert told(quick_team, "onlyhere") == []
    assert told(quick_team, "only*") == []


def test_examples_find_something_in_this_study(full: Team) -> None:
    examples = example_queries(full.engine, full.bram)
    assert 1 <= len(examples) <= 3
    assert all(told(full, query) for query in examples)
