"""Random codings on a few short texts, as values and as columns, for the tests of what counts in columns."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st

from codebook.columns import Columns, PersonFacts, as_columns
from codebook.models import Coding, Valence
from corpus.models import Document, Section, SectionKind, Source

#: A machine that is busy with other tests is no reason to fail.
fewer = settings(deadline=None, max_examples=60)

CODES = ("ECO", "ECO-FUND", "ECO-FIN", "SOC", "SOC-LEAD")
FAMILIES = {"ECO": ("ECO", "ECO-FUND", "ECO-FIN"), "SOC": ("SOC", "SOC-LEAD")} | {
    code: (code,) for code in ("ECO-FUND", "ECO-FIN", "SOC-LEAD")
}
CODERS = ("Anke", "Bram")
SPEAKERS = ("GP 1", "Nurse", None)
SOURCES = (
    Source(UUID(int=1), "GPs", "interview"),
    Source(UUID(int=2), "Steering group", "meeting report"),
    Source(UUID(int=3), "Patients", "interview"),
)
LENGTH = 60

#: Participants of whom some studies know; "GP 1" may be one under whose name turns stand.
PEOPLE = (
    PersonFacts("GP 1", "person", {"name": "GP 1", "role": "doctor"}),
    PersonFacts("P4", "person", {"name": "P4", "role": "patient"}),
    PersonFacts("Aalst", "site", {"name": "Aalst", "region": "East"}),
    PersonFacts("Diest", "site", {"name": "Diest", "region": "East"}),
    PersonFacts("Ronse", "site", {"name": "Ronse"}),
)


def a_document(number: int, *, cuts: list[int], speakers: list[str | None], date: dt.date | None) -> Document:
    """A text of full stops at the cuts, with a turn or paragraph between each two."""
    marks = [0, *sorted(set(cuts)), LENGTH]
    text = "".join(". " if place + 1 in marks else "A" for place in range(LENGTH)).replace(". A", ". A")[
        :LENGTH
    ]
    sections = tuple(
        Section(SectionKind.TURN if speaker else SectionKind.PARAGRAPH, start, end, speaker=speaker)
        for start, end, speaker in zip(marks, marks[1:], speakers * LENGTH, strict=False)
    )
    source = SOURCES[number % len(SOURCES)]
    attributes = {"site": "North"} if number % 2 else {}
    return Document(
        UUID(int=100 + number), source.id, f"D{number}", text, sections, "", date, "en", attributes
    )


@st.composite
def studies(draw: st.DrawFn) -> tuple[list[Coding], list[Document], Columns]:
    """Codings, documents and the columns of both."""
    documents = [
        a_document(
            number,
            cuts=draw(st.lists(st.integers(1, LENGTH - 1), max_size=5)),
            speakers=draw(st.lists(st.sampled_from(SPEAKERS), min_size=1, max_size=4)),
            date=draw(st.none() | st.dates(dt.date(2023, 11, 1), dt.date(2025, 2, 28))),
        )
        for number in range(draw(st.integers(1, 4)))
    ]
    number = draw(st.integers(0, 25))
    codings = []
    for n in range(number):
        start = draw(st.integers(0, LENGTH - 1))
        end = draw(st.integers(start + 1, min(LENGTH, start + 20)))
        document = draw(st.sampled_from(documents))
        codings.append(
            Coding(
                UUID(int=1000 + n),
                document.id,
                draw(st.sampled_from(CODERS)),
                draw(st.sampled_from(CODES)),
                start,
                end,
                document.text[start:end],
                draw(st.none() | st.sampled_from(list(Valence))),
            )
        )
    columns = as_columns(codings, documents, SOURCES)
    known = draw(st.lists(st.sampled_from(PEOPLE), unique_by=lambda person: person.name))
    names = [person.name for person in known]
    linked = st.lists(st.sampled_from(names), unique=True, max_size=3) if names else st.just([])
    facts = tuple(replace(document, cases=tuple(draw(linked))) for document in columns.texts.documents)
    people = {person.name: person for person in known}
    return codings, documents, replace(columns, texts=replace(columns.texts, documents=facts, people=people))
