"""Who is one participant, and whose words a question is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

import numpy as np

from codebook.columns import Columns, DocumentFacts, PersonFacts, make_columns, make_texts
from codebook.crosstab import Cell, Crosstab, Side, crosstab, grouping
from codebook.retrieval import Scope, in_scope
from codebook.voices import asked_voices, not_assigned, voices_of

#: Document, start, end, speaker.
Turn = tuple[int, int, int, str]

ANNA = PersonFacts("Anna", "person", {"name": "Anna", "role": "doctor", "age": "60"})
BRAM = PersonFacts("Bram", "person", {"name": "Bram", "role": "nurse", "age": "60"})
AALST = PersonFacts("Aalst", "site", {"name": "Aalst", "region": "East", "size": "small"})
DIEST = PersonFacts("Diest", "site", {"name": "Diest", "region": "East", "size": "large"})

#: Two interviews: Anna in both, a label of nobody known in both, Bram in the second.
TURNS: tuple[Turn, ...] = (
    (0, 0, 10, "Interviewer"),
    (0, 10, 100, "Anna"),
    (1, 0, 20, "Interviewer"),
    (1, 20, 50, "Anna"),
    (1, 50, 90, "Bram"),
)


def coded(
    places: Sequence[tuple[int, int, int]],
    *,
    turns: Sequence[Turn] = TURNS,
    cases: Mapping[int, tuple[str, ...]] | None = None,
    documents: int = 2,
) -> Columns:
    facts = [
        DocumentFacts(UUID(int=n), f"D{n}", "GPs", "interview", 100, cases=(cases or {}).get(n, ()))
        for n in range(documents)
    ]
    texts = make_texts(facts, range(documents), turns, (ANNA, BRAM, AALST, DIEST))
    rows = [(*place, "TIME", "Ann", None, UUID(int=100 + n)) for n, place in enumerate(places)]
    return make_columns(texts, rows)


def counted(columns: Columns, side: Side, cell: Cell, attribute: str | None = None) -> Crosstab:
    return crosstab(columns, grouping(columns, side, attribute=attribute), rows=["TIME"], cell=cell)


def test_participant_of_two_documents_counts_once_and_a_label_of_nobody_known_twice() -> None:
    columns = coded([(0, 20, 30), (1, 25, 30), (0, 0, 5), (1, 0, 5)])
    found = counted(columns, Side.KIND, Cell.PARTICIPANTS)
    assert (found.counts.tolist(), found.denominators.tolist()) == ([[3]], [4])
    assert not_assigned(columns) == 2
    by_document = counted(columns, Side.KIND, Cell.DOCUMENTS)
    assert by_document.counts.tolist() == [[2]]


def test_attribute_of_a_participant_is_counted_by_person_and_not_once_a_document() -> None:
    columns = coded([(0, 20, 30), (1, 25, 30), (1, 60, 70)])
    found = counted(columns, Side.SPEAKING, Cell.PARTICIPANTS, "role")
    assert found.labels == ("doctor", "nurse")
    assert (found.counts.tolist(), found.denominators.tolist()) == ([[1, 1]], [1, 1])
    documents = counted(columns, Side.SPEAKING, Cell.DOCUMENTS, "role")
    assert (documents.counts.tolist(), documents.denominators.tolist()) == ([[2, 1]], [2, 1])
    text = counted(columns, Side.SPEAKING, Cell.TEXT, "role")
    assert text.denominators.tolist() == [120, 40]


def test_documents_of_one_person_in_which_nobody_is_named_are_one_participant() -> None:
    cases = {0: ("Anna", "Aalst"), 1: ("Anna",), 2: ("Anna", "Bram")}
    columns = coded([(0, 0, 5), (1, 0, 5), (2, 0, 5)], turns=(), cases=cases, documents=3)
    found = counted(columns, Side.KIND, Cell.PARTICIPANTS)
    assert found.counts.tolist() == [[2]], "a document that is linked to two stands for itself"


def test_sites_count_once_over_all_their_documents() -> None:
    columns = coded([(0, 0, 5), (1, 0, 5)], cases={0: ("Aalst", "Diest"), 1: ("Aalst", "Bram")})
    found = counted(columns, Side.KIND, Cell.SITES)
    assert (found.counts.tolist(), found.denominators.tolist()) == ([[2]], [2])
    assert counted(columns, Side.KIND, Cell.PERSONS).counts.tolist() == [[1]]
    by_size = counted(columns, Side.LINKED, Cell.DOCUMENTS, "size")
    assert by_size.labels == ("large; small", "small")


def test_words_of_a_role_alone_are_asked_about() -> None:
    columns = in_scope(
        coded([(0, 20, 30), (0, 0, 5), (1, 60, 70), (1, 2, 8)]), Scope(speaking={"role": ("nurse",)})
    )
    assert (len(columns), columns.asked.tolist()) == (1, [False, True])
    assert counted(columns, Side.KIND, Cell.TEXT).denominators.tolist() == [40]
    assert counted(columns, Side.KIND, Cell.PARTICIPANTS).total_denominator == 1
    assert voices_of(columns.texts).characters[asked_voices(columns)].tolist() == [40]


def test_a_label_of_nobody_known_can_be_asked_for_by_name_alone() -> None:
    columns = coded([(0, 0, 5), (0, 20, 30)])
    assert len(in_scope(columns, Scope(speaking={"name": ("Interviewer",)}))) == 1
    assert len(in_scope(columns, Scope(speaking={"name": ("Interviewer",), "role": ("doctor",)}))) == 0
    assert len(in_scope(columns, Scope(speaking={"name": ()}))) == 2


def test_one_person_or_site_must_have_all_that_is_asked_for() -> None:
    columns = coded([(0, 0, 5), (1, 0, 5)], cases={0: ("Aalst", "Diest"), 1: ("Aalst",)})
    small_in_the_east = Scope(linked={"region": ("East",), "size": ("small",)})
    assert in_scope(columns, small_in_the_east).asked.tolist() == [True, True]
    assert in_scope(columns, Scope(linked={"name": ("Diest",)})).asked.tolist() == [True, False]
    assert in_scope(columns, Scope(linked={"name": ("Aalst",), "size": ("large",)})).asked.sum() == 0


def test_only_the_newest_text_of_a_document_says_how_much_somebody_speaks() -> None:
    facts = [DocumentFacts(UUID(int=1), "D", "GPs", "interview", 50)]
    turns = [(0, 0, 40, "Anna"), (1, 0, 30, "Anna"), (1, 30, 50, "Bram")]
    texts = make_texts(facts, [0, 0], turns, (ANNA, BRAM))
    assert voices_of(texts).characters.tolist() == [30, 20]
    assert np.array_equal(voices_of(texts).is_assigned, [True, True])
