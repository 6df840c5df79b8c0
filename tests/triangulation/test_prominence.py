"""Counts of prominence carry their denominators, and say so where there is nothing to count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID, uuid4

from codebook.columns import Columns, DocumentFacts, PersonFacts, make_columns, make_texts
from triangulation.models import Excerpt, Finding, Row
from triangulation.prominence import (
    Count,
    ParticipantCount,
    ProminenceEvidence,
    documents_read,
    participants_with,
    prominence_of_rows,
    prominence_of_themes,
)

GP = "GP interviews"
MINUTES = "Minutes"
SURVEY = "Survey"

#: Document, start, end, code, coder.
Coded = tuple[int, int, int, str, str]
#: Document, start, end, speaker.
Turn = tuple[int, int, int, str]


def a_document(
    title: str, source: str = GP, *, date: str | None = None, characters: int = 100
) -> DocumentFacts:
    day = None if date is None else dt.date.fromisoformat(date)
    return DocumentFacts(uuid4(), title, source, "interview", characters, day)


def coded(
    documents: Sequence[DocumentFacts],
    codings: Sequence[Coded],
    turns: Sequence[Turn] = (),
    people: Sequence[PersonFacts] = (),
) -> Columns:
    texts = make_texts(documents, range(len(documents)), turns, people)
    rows = [(text, start, end, code, coder, None, uuid4()) for text, start, end, code, coder in codings]
    return make_columns(texts, rows)


def of_theme(columns: Columns, theme: str = "TIME", source: str = GP) -> ProminenceEvidence:
    return prominence_of_themes(columns, [theme], [GP, MINUTES, SURVEY])[theme, source]


def a_finding(row: Row, *quotes: tuple[UUID | None, int | None, int | None], source: str = GP) -> Finding:
    excerpts = tuple(Excerpt(document, "", start, end, "quote") for document, start, end in quotes)
    return Finding(uuid4(), source, row, "No time", researcher="Ann", excerpts=excerpts)


# --- denominators


def test_documents_are_counted_of_those_that_somebody_has_coded() -> None:
    documents = [a_document("1"), a_document("2"), a_document("nobody has read this")]
    evidence = of_theme(coded(documents, [(0, 0, 10, "TIME", "Ann"), (1, 0, 10, "PAY", "Ann")]))
    assert evidence.documents == Count(1, 2)
    assert evidence.not_read == 1


def test_document_that_was_read_to_the_end_without_a_coding_counts_as_one_without_the_theme() -> None:
    documents = [a_document("1"), a_document("2")]
    columns = coded(documents, [(0, 0, 10, "TIME", "Ann")])
    read = documents_read(columns, finished=[documents[1].id])
    evidence = prominence_of_themes(columns, ["TIME"], [GP], read=read)["TIME", GP]
    assert evidence.documents == Count(1, 2)
    assert evidence.characters == Count(10, 200)
    assert evidence.not_read == 0


def test_theme_that_was_looked_for_and_not_found_is_zero_of_the_documents_read() -> None:
    evidence = of_theme(coded([a_document("1")], [(0, 0, 10, "PAY", "Ann")]))
    assert evidence.documents == Count(0, 1)
    assert evidence.segments == Count(0, 1)
    assert evidence.documents.share == 0.0


def test_source_that_nobody_has_coded_is_not_counted_as_zero() -> None:
    evidence = of_theme(
        coded([a_document("1", MINUTES), a_document("2")], [(1, 0, 9, "TIME", "Ann")]), source=MINUTES
    )
    assert evidence.documents.n is None
    assert evidence.documents.reason == "no document of this source is coded yet"
    assert evidence.not_read == 1
    assert evidence.documents.share is None


def test_source_without_documents_says_so() -> None:
    evidence = of_theme(coded([a_document("1")], [(0, 0, 10, "TIME", "Ann")]), source=SURVEY)
    assert evidence.participants == Count(None, None, "no document of this source is in the study")


def test_study_without_any_coding_has_no_counts() -> None:
    assert of_theme(coded([a_document("1")], [])).segments.n is None
    assert of_theme(coded([], [])).segments.n is None


def test_theme_counts_what_is_coded_below_it() -> None:
    columns = coded([a_document("1")], [(0, 0, 10, "TIME-DAY", "Ann"), (0, 20, 30, "TIME", "Ann")])
    found = prominence_of_themes(columns, ["TIME"], [GP], families={"TIME": ("TIME", "TIME-DAY")})
    assert found["TIME", GP].segments == Count(2, 2)


def test_passage_under_two_themes_of_a_level_is_one_passage_of_the_level() -> None:
    codings = [(0, 0, 10, "TIME-DAY", "Ann"), (0, 0, 10, "TIME-WEEK", "Ben"), (0, 20, 30, "PAY", "Ann")]
    columns = coded([a_document("1")], codings, [(0, 0, 100, "GP 1")])
    families = {"TIME": ("TIME", "TIME-DAY", "TIME-WEEK")}
    found = prominence_of_themes(columns, ["TIME", "TIME-DAY"], [GP], families=families)
    assert found["TIME", GP].segments == found["TIME-DAY", GP].segments == Count(1, 2)
    assert found["TIME", GP].most_from_one == Count(1, 1)
    (one,) = participants_with(columns, "TIME", GP, families=families)
    assert (one.segments, one.characters) == (1, 10)


# --- people


def test_speakers_are_participants_and_who_asks_is_none() -> None:
    turns = [(0, 0, 30, "Interviewer"), (0, 30, 60, "GP 1"), (0, 60, 100, "GP 2")]
    columns = coded(
        [a_document("Focus group")], [(0, 35, 50, "TIME", "Ann"), (0, 0, 20, "TIME", "Ann")], turns
    )
    evidence = of_theme(columns)
    assert evidence.participants == Count(1, 2)
    assert evidence.segments == Count(2, 2)


def test_document_in_which_nobody_is_named_counts_as_one_participant() -> None:
    columns = coded([a_document("1"), a_document("2")], [(0, 0, 9, "TIME", "Ann"), (1, 0, 9, "PAY", "Ann")])
    assert of_theme(columns).participants == Count(1, 2)


def test_one_talkative_person_shows() -> None:
    turns = [(0, 0, 80, "GP 1"), (0, 80, 100, "GP 2")]
    codings = [(0, start, start + 10, "TIME", "Ann") for start in (0, 20, 40)] + [(0, 85, 95, "TIME", "Ann")]
    columns = coded([a_document("Focus group")], codings, turns)
    assert of_theme(columns).most_from_one == Count(3, 4)
    assert participants_with(columns, "TIME", GP) == (
        ParticipantCount(("Focus group",), "GP 1", 3, 30),
        ParticipantCount(("Focus group",), "GP 2", 1, 10),
    )


def test_passages_of_which_nobody_is_known_to_speak_have_no_talkative_person() -> None:
    columns = coded([a_document("1")], [(0, 50, 60, "TIME", "Ann")], [(0, 0, 40, "GP 1")])
    assert of_theme(columns).most_from_one.n is None
    assert participants_with(columns, "TIME", GP) == ()


def test_participants_of_another_source_are_not_listed() -> None:
    columns = coded([a_document("1"), a_document("2", MINUTES)], [(1, 0, 9, "TIME", "Ann")])
    assert participants_with(columns, "TIME", GP) == ()


def test_participant_of_two_documents_is_one_and_labels_of_nobody_known_are_told() -> None:
    turns = [(0, 0, 50, "Anna"), (0, 50, 100, "GP 1"), (1, 0, 50, "Anna"), (1, 50, 100, "GP 1")]
    codings = [(n, start, start + 9, "TIME", "Ann") for n in (0, 1) for start in (10, 60)]
    anna = PersonFacts("Anna", "person", {"name": "Anna", "role": "GP"})
    columns = coded([a_document("1"), a_document("2")], codings, turns, [anna])
    evidence = of_theme(columns)
    assert (evidence.participants, evidence.labels) == (Count(3, 3), 2)
    assert evidence.most_from_one == Count(2, 4)
    assert participants_with(columns, "TIME", GP)[0] == ParticipantCount(("1", "2"), "Anna", 2, 18)


def test_who_asks_is_known_by_their_role_too() -> None:
    turns = [(0, 0, 50, "Lies"), (0, 50, 100, "Anna")]
    lies = PersonFacts("Lies", "person", {"name": "Lies", "role": "researcher, interviewer"})
    columns = coded([a_document("1")], [(0, 60, 70, "TIME", "Ann")], turns, [lies])
    assert of_theme(columns).participants == Count(1, 1)


# --- passages


def test_passage_coded_by_two_people_counts_once_and_names_both() -> None:
    evidence = of_theme(coded([a_document("1")], [(0, 0, 10, "TIME", "Ann"), (0, 0, 10, "TIME", "Ben")]))
    assert evidence.segments == Count(1, 1)
    assert evidence.by == ("Ann", "Ben")


def test_characters_under_two_codings_count_once() -> None:
    evidence = of_theme(coded([a_document("1")], [(0, 0, 10, "TIME", "Ann"), (0, 5, 20, "TIME", "Ben")]))
    assert evidence.characters == Count(20, 100)
    assert evidence.characters.share == 0.2


def test_order_in_which_codings_came_makes_no_difference() -> None:
    documents = [a_document("1"), a_document("2")]
    codings: list[Coded] = [(0, 0, 10, "TIME", "Ann"), (1, 5, 9, "PAY", "Ben"), (0, 5, 30, "TIME", "Ben")]
    assert of_theme(coded(documents, codings)) == of_theme(coded(documents, codings[::-1]))


# --- time


def test_months_in_which_a_theme_occurs_are_told_of_all_months() -> None:
    documents = [a_document("1", date="2007-01-09"), a_document("2", date="2007-03-01"), a_document("3")]
    evidence = of_theme(coded(documents, [(n, 0, 9, "TIME" if n != 1 else "PAY", "Ann") for n in range(3)]))
    assert evidence.periods == ("2007-01",)
    assert evidence.periods_of == ("2007-01", "2007-03")
    assert evidence.undated == 1


def test_source_of_many_years_is_told_in_years() -> None:
    documents = [a_document("1", date="2003-01-09"), a_document("2", date="2007-03-01")]
    evidence = of_theme(coded(documents, [(0, 0, 9, "TIME", "Ann"), (1, 0, 9, "PAY", "Ann")]))
    assert (evidence.periods, evidence.periods_of) == (("2003",), ("2003", "2007"))


def test_source_without_dates_says_so() -> None:
    evidence = of_theme(coded([a_document("1")], [(0, 0, 9, "TIME", "Ann")]))
    assert evidence.periods_of == ()
    assert evidence.no_periods == "no document of this source has a date"


# --- rows


def test_quotes_of_a_rows_own_findings_are_counted_apart_from_the_codings_of_its_theme() -> None:
    document = a_document("1")
    columns = coded([document], [(0, n, n + 5, "TIME", "Ann") for n in range(0, 50, 10)])
    short, other = Row("TIME", "No time"), Row("TIME", "Time enough")
    findings = [
        a_finding(short, (document.id, 0, 5)),
        a_finding(other, (document.id, 10, 15), (document.id, 20, 25)),
    ]
    found = prominence_of_rows(columns, findings, [short, other], [GP])
    assert found[short, GP].segments == Count(1, 3)
    assert found[other, GP].segments == Count(2, 3)
    assert of_theme(columns).segments == Count(5, 5)
    assert found[short, GP].by == ("Ann",)


def test_quote_of_two_findings_of_a_row_counts_once() -> None:
    document, row = a_document("1"), Row("TIME")
    findings = [a_finding(row, (document.id, 0, 5)), a_finding(row, (document.id, 0, 5))]
    assert prominence_of_rows(coded([document], []), findings, [row], [GP])[row, GP].segments == Count(1, 1)


def test_words_that_stand_in_no_document_are_not_counted() -> None:
    row = Row("TIME")
    found = prominence_of_rows(
        coded([a_document("1")], []), [a_finding(row, (None, None, None))], [row], [GP]
    )
    assert found[row, GP].segments.n is None
    assert found[row, GP].documents.reason == "no document of this source is coded yet"


def test_quote_from_a_document_of_another_source_tells_nothing_of_the_findings_source() -> None:
    here, elsewhere, row = a_document("1"), a_document("2", MINUTES), Row("TIME")
    findings = [a_finding(row, (here.id, 0, 5), (elsewhere.id, 0, 5))]
    found = prominence_of_rows(coded([here, elsewhere], []), findings, [row], [GP, MINUTES])
    assert found[row, GP].segments == Count(1, 1)
    assert found[row, MINUTES].documents == Count(0, 1)
    assert found[row, MINUTES].segments.reason == "no finding of this source rests on a quote in a document"


def test_document_that_a_finding_quotes_has_been_read() -> None:
    documents = [a_document("1"), a_document("2")]
    columns = coded(documents, [(0, 0, 9, "TIME", "Ann")])
    finding = a_finding(Row("TIME"), (documents[1].id, 0, 5))
    assert documents_read(columns, [finding]).tolist() == [True, True]


def test_quotes_of_rows_that_were_not_asked_for_are_in_the_denominator() -> None:
    document, row = a_document("1"), Row("TIME")
    findings = [a_finding(row, (document.id, 0, 5)), a_finding(Row("PAY"), (document.id, 6, 9))]
    assert prominence_of_rows(coded([document], []), findings, [row], [GP])[row, GP].segments == Count(1, 2)
