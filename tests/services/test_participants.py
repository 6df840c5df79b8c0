"""Who speaks under which label, in which documents, and what is said of people and documents."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from codebook.crosstab import Cell, Side
from codebook.retrieval import Question, Scope
from corpus.errors import UnreadableFile, UserFacingError
from store.documents import LINKED_CASE
from store.engine import reading
from store.frameworks import SPEAKERS, Rows
from store.participants import earlier_identities, speaker_names
from tests.services.team import Document, Team, a_file
from workbench.services import (
    asking,
    code_matrix,
    framework_cells,
    frameworks,
    keeping,
    participants,
    retrieval,
    vocabulary,
)
from workbench.services.code_matrix import MatrixWish
from workbench.services.documents import list_documents
from workbench.services.errors import NotThere
from workbench.services.participants import (
    add_participant,
    assign_labels,
    attribute_history,
    attributes_file,
    changes_of_people,
    import_attributes,
    link_documents,
    merge_participants,
    people_of,
    retire_participant,
    set_attributes,
    unassign_labels,
    undo_change,
    unlink_document,
)

ONE = "Interviewer: Well?\nGP 1: No time.\nGP 1: Nobody pays the nurse."
TWO = "Interviewer: And then?\nGP 1: It began.\nDr. Peeters: Money."


@pytest.fixture
def interviews(quick_team: Team) -> tuple[Team, Document, Document]:
    source = quick_team.add_source("Interviews")
    return (
        quick_team,
        quick_team.add_document(ONE, title="Interview 1", source=source),
        quick_team.add_document(TWO, title="Interview 2", source=source),
    )


def names_in(team: Team) -> dict[tuple[UUID, str], str]:
    with reading(team.engine) as connection:
        return speaker_names(connection, team.lead.study_id)


def last_change(team: Team) -> UUID:
    return changes_of_people(team.engine, team.lead)[0].id


def test_labels_are_listed_with_what_is_said_under_them(interviews: tuple[Team, Document, Document]) -> None:
    team, one, _ = interviews
    found = people_of(team.engine, team.anna)
    told = {label.label: (label.turns, label.words, len(label.documents)) for label in found.labels}
    assert told == {"GP 1": (3, 8, 2), "Interviewer": (2, 3, 2), "Dr. Peeters": (1, 1, 1)}
    assert found.labels[0].label == "GP 1"
    assert found.not_assigned == 3 and found.cases == ()
    assert found.labels[0].documents[0].document_id == one.id


def test_the_same_label_in_two_documents_is_one_person_only_where_somebody_says_so(
    interviews: tuple[Team, Document, Document],
) -> None:
    team, one, two = interviews
    assign_labels(team.engine, team.anna, ["GP 1"], "Anna Arts", document_ids=[one.id])
    names = names_in(team)
    assert names[one.id, "GP 1"] == "Anna Arts" and names[two.id, "GP 1"] == "GP 1"
    assign_labels(team.engine, team.anna, ["Interviewer"], "Lies")
    names = names_in(team)
    assert names[one.id, "Interviewer"] == names[two.id, "Interviewer"] == "Lies"
    assign_labels(team.engine, team.bram, ["Interviewer"], "Somebody else", document_ids=[two.id])
    assert names_in(team)[two.id, "Interviewer"] == "Somebody else"
    assert names_in(team)[one.id, "Interviewer"] == "Lies"
    assert team.problems() == []


def test_labels_of_one_participant_count_together_and_can_be_let_go(
    interviews: tuple[Team, Document, Document],
) -> None:
    team, one, two = interviews
    assign_labels(team.engine, team.lead, ["GP 1", "Dr. Peeters"], "Peeters", document_ids=[two.id])
    (case,) = people_of(team.engine, team.lead).cases
    assert (case.turns, case.words, [d.title for d in case.documents]) == (2, 3, ["Interview 2"])
    unassign_labels(team.engine, team.lead, [alias.id for alias in case.labels])
    assert people_of(team.engine, team.lead).cases[0].turns == 0
    assert names_in(team)[two.id, "GP 1"] == "GP 1"
    with pytest.raises(NotThere):
        unassign_labels(team.engine, team.lead, [case.labels[0].id])
    with pytest.raises(NotThere, match="Dr\\. Peeters"):
        assign_labels(team.engine, team.lead, ["Dr. Peeters"], "Peeters", document_ids=[one.id])


def test_a_label_that_is_somebody_elses_name_is_not_taken_for_them(
    interviews: tuple[Team, Document, Document],
) -> None:
    team, one, two = interviews
    assign_labels(team.engine, team.lead, ["GP 1"], "Interviewer", document_ids=[one.id])
    assert names_in(team)[two.id, "Interviewer"] == "Interviewer (as written)"


def test_merging_moves_labels_links_and_what_is_said_and_is_undone_whole(
    interviews: tuple[Team, Document, Document],
) -> None:
    team, one, two = interviews
    engine, lead = team.engine, team.lead
    stays = assign_labels(engine, lead, ["GP 1"], "A", document_ids=[one.id])
    goes = assign_labels(engine, lead, ["Dr. Peeters"], "B")
    link_documents(engine, lead, [two.id], goes)
    set_attributes(
        engine, lead, participants={(stays, "age"): "50", (goes, "age"): "51", (goes, "site"): "Aalst"}
    )
    merge_participants(engine, lead, stays, [goes])
    (case,) = people_of(engine, lead).cases
    assert {alias.label for alias in case.labels} == {"GP 1", "Dr. Peeters"}
    assert dict(case.attributes) == {"age": "50", "site": "Aalst"}
    assert case.linked == {two.id}
    with reading(engine) as connection:
        assert earlier_identities(connection, lead.study_id, stays) == {stays, goes}
    undo_change(engine, team.anna, last_change(team))
    first, second = people_of(engine, lead).cases
    assert (first.participant.name, second.participant.name) == ("A", "B")
    assert dict(first.attributes) == {"age": "50"}
    assert dict(second.attributes) == {"age": "51", "site": "Aalst"}
    assert second.linked == {two.id} and [alias.label for alias in second.labels] == ["Dr. Peeters"]
    with reading(engine) as connection:
        assert earlier_identities(connection, lead.study_id, stays) == {stays}
        assert earlier_identities(connection, lead.study_id, second.participant.id) == {
            second.participant.id,
            goes,
        }
    assert team.problems() == []


def test_a_person_and_a_site_are_not_merged(quick_team: Team) -> None:
    person = add_participant(quick_team.engine, quick_team.lead, "P4")
    site = add_participant(quick_team.engine, quick_team.lead, "Aalst", kind="site")
    with pytest.raises(UserFacingError, match="cannot be one"):
        merge_participants(quick_team.engine, quick_team.lead, person, [site])


def test_a_change_on_which_a_later_one_rests_is_not_undone(
    interviews: tuple[Team, Document, Document],
) -> None:
    team, *_ = interviews
    person = add_participant(team.engine, team.lead, "P4")
    set_attributes(team.engine, team.lead, participants={(person, "age"): "50"})
    first = last_change(team)
    set_attributes(team.engine, team.lead, participants={(person, "age"): "51"})
    with pytest.raises(UserFacingError, match="changed again since"):
        undo_change(team.engine, team.lead, first)
    undo_change(team.engine, team.lead, last_change(team))
    assert people_of(team.engine, team.lead).cases[0].attributes == {"age": "50"}
    undo_change(team.engine, team.lead, last_change(team))  # what undid is a change too
    assert people_of(team.engine, team.lead).cases[0].attributes == {"age": "51"}
    with pytest.raises(UserFacingError, match="no such change"):
        undo_change(team.engine, team.lead, UUID(int=5))


def test_fields_are_changed_without_a_new_identity_and_names_are_one_persons(quick_team: Team) -> None:
    engine, lead = quick_team.engine, quick_team.lead
    person = add_participant(engine, lead, "P4", role="GP", group="Aalst")
    add_participant(engine, lead, "P5")
    set_attributes(engine, lead, participants={(person, "name"): "P40", (person, "role"): ""})
    found = people_of(engine, lead).cases[0].participant
    assert (found.id, found.name, found.role, found.group) == (person, "P40", "", "Aalst")
    for taken in ("p5", " "):
        with pytest.raises(UserFacingError):
            set_attributes(engine, lead, participants={(person, "name"): taken})
    with pytest.raises(UserFacingError, match="already"):
        add_participant(engine, lead, "p40")
    with pytest.raises(UserFacingError, match="not 'group'"):
        add_participant(engine, lead, "P6", kind="group")


def test_imported_attributes_stay_and_the_newer_value_wins(quick_team: Team, tmp_path: Path) -> None:
    from workbench.services.importing import Wishes, import_paths

    engine, lead, anna = quick_team.engine, quick_team.lead, quick_team.anna
    path = a_file(tmp_path / "survey.csv", [{"answer": "No time at all", "site": "Alst", "age": "50"}])
    wishes = Wishes(text_column="answer")
    (result,) = import_paths(engine, lead, [path], source="Survey", kind="survey", wishes=wishes)
    owner = result.document
    assert owner is not None
    assert set_attributes(engine, anna, documents={(owner, "site"): "Aalst", (owner, "age"): None}) == 2
    assert set_attributes(engine, anna, documents={(owner, "site"): "Aalst"}) == 0
    document = next(d for d in list_documents(engine, lead) if d.id == owner)
    assert document.attributes == {"site": "Aalst"}
    told = attribute_history(engine, lead, "document", owner, "site")
    assert [(said.value, said.by, said.holds) for said in told] == [
        ("Aalst", "Anna", True),
        ("Alst", "", False),
    ]
    undo_change(engine, lead, last_change(quick_team))
    document = next(d for d in list_documents(engine, lead) if d.id == owner)
    assert document.attributes == {"site": "Alst", "age": "50"}
    assert [said.holds for said in attribute_history(engine, lead, "document", owner, "site")] == [
        False,
        True,
    ]


def test_a_document_is_found_by_the_participants_that_it_is_linked_to(
    interviews: tuple[Team, Document, Document],
) -> None:
    team, one, _ = interviews
    engine, lead = team.engine, team.lead
    site = add_participant(engine, lead, "Aalst", kind="site")
    link_documents(engine, lead, [one.id], site)
    link_documents(engine, lead, [one.id], site)
    link_documents(engine, lead, [one.id], add_participant(engine, lead, "P4"))
    set_attributes(engine, lead, participants={(site, "name"): "Aalst (town)"})
    document = next(d for d in list_documents(engine, lead) if d.id == one.id)
    assert document.attributes == {LINKED_CASE: "Aalst (town); P4"}
    assert asking.choices(engine, lead).attributes[LINKED_CASE] == ("Aalst (town); P4",)
    with pytest.raises(UserFacingError, match="linked case"):
        set_attributes(engine, lead, documents={(one.id, LINKED_CASE): "x"})
    unlink_document(engine, lead, one.id, site)
    document = next(d for d in list_documents(engine, lead) if d.id == one.id)
    assert document.attributes == {LINKED_CASE: "P4"}
    with pytest.raises(NotThere):
        unlink_document(engine, lead, one.id, site)


def test_questions_are_asked_of_participants(interviews: tuple[Team, Document, Document]) -> None:
    team, one, two = interviews
    team.code(team.lead, "No time", document=one)
    team.code(team.lead, "Money", document=two)
    assert "GP 1" in asking.choices(team.engine, team.lead).speakers
    assign_labels(team.engine, team.lead, ["GP 1"], "Arts", document_ids=[one.id])
    assign_labels(team.engine, team.lead, ["Dr. Peeters"], "Arts", document_ids=[two.id])
    assert "Arts" in asking.choices(team.engine, team.lead).speakers
    found = retrieval.find_passages(team.engine, team.lead, Question(speakers=("Arts",)))
    assert sorted(passage.quote for passage in found.shown) == ["Money", "No time"]
    assert {passage.speaker for passage in found.shown} == {"Arts"}
    undo_change(team.engine, team.lead, last_change(team))
    found = retrieval.find_passages(team.engine, team.lead, Question(speakers=("Arts",)))
    assert [passage.quote for passage in found.shown] == ["No time"]


def test_a_framework_has_a_row_for_a_participant_and_loses_no_cell(
    interviews: tuple[Team, Document, Document],
) -> None:
    team, one, two = interviews
    engine, lead = team.engine, team.lead
    coded = team.code(lead, "Money", document=two)
    frameworks.add_framework(engine, lead, "Cases", themes=["ECO-FUND"], rows=SPEAKERS)
    code = framework_cells.framework_matrix(engine, lead, "Cases").columns[0].code_id
    cell = {"code_id": code, "text": "Nobody pays."}
    framework_cells.save_cell(engine, lead, "Cases", row="Dr. Peeters", **cell)
    assign_labels(engine, lead, ["Dr. Peeters"], "Arts")
    assign_labels(engine, lead, ["GP 1"], "Arts", document_ids=[one.id])
    matrix = framework_cells.framework_matrix(engine, lead, "Cases")
    rows = {row.key: [d.title for d in row.documents] for row in matrix.rows}
    assert rows["Arts"] == ["Interview 1", "Interview 2"]
    assert rows["Dr. Peeters"] == []  # what was written there stays in sight
    assert matrix.cells["Dr. Peeters", code][0].text == "Nobody pays."
    (passage,) = framework_cells.passages_for(engine, lead, "Cases", "Arts", code)
    assert passage.id == UUID(coded)
    assert framework_cells.passages_for(engine, lead, "Cases", "Interviewer", code) == []


def test_a_cell_on_a_participant_of_a_blind_document_is_hidden(
    interviews: tuple[Team, Document, Document],
) -> None:
    team, one, _ = interviews
    engine, lead = team.engine, team.lead
    person = assign_labels(engine, lead, ["GP 1"], "Arts", document_ids=[one.id])
    site = add_participant(engine, lead, "Aalst", kind="site")
    link_documents(engine, lead, [one.id], site)
    set_attributes(engine, lead, documents={(one.id, "region"): "East"})
    frameworks.add_framework(engine, lead, "Cases", themes=["ECO-FUND"], rows=SPEAKERS)
    frameworks.add_framework(engine, lead, "Sites", themes=["ECO-FUND"], rows=Rows("attribute", LINKED_CASE))
    frameworks.add_framework(engine, lead, "Regions", themes=["ECO-FUND"], rows=Rows("attribute", "region"))
    team.open_round()
    code = framework_cells.framework_matrix(engine, team.anna, "Cases").columns[0].code_id
    places = (("Cases", "Arts"), ("Sites", "Aalst"), ("Regions", "East"))
    for name, row in places:
        framework_cells.save_cell(engine, team.anna, name, row=row, code_id=code, text="zebra")
    set_attributes(engine, lead, participants={(person, "name"): "P 9"})
    set_attributes(engine, lead, documents={(one.id, "region"): "West"})
    for name, row in places:
        for matrix in (framework_cells.framework_matrix(engine, team.bram, name),):
            assert matrix.cells == {}, name
            assert row not in {line.key for line in matrix.rows} or name == "Sites"
    team.finish(team.anna, team.bram)
    team.reveal()
    for name, row in places:
        assert (row, code) in framework_cells.framework_matrix(engine, team.bram, name).cells


def test_a_document_of_a_framework_is_of_every_person_and_site_that_it_is_linked_to(
    interviews: tuple[Team, Document, Document],
) -> None:
    team, one, two = interviews
    engine, lead = team.engine, team.lead
    for name, kind, linked in (("P4", "person", (one,)), ("Aalst", "site", (one, two))):
        case = add_participant(engine, lead, name, kind=kind)
        for document in linked:
            link_documents(engine, lead, [document.id], case)
    frameworks.add_framework(engine, lead, "Cases", themes=["ECO-FUND"], rows=Rows("attribute", LINKED_CASE))
    matrix = framework_cells.framework_matrix(engine, lead, "Cases")
    assert [(row.key, [d.title for d in row.documents]) for row in matrix.rows] == [
        ("P4", ["Interview 1"]),
        ("Aalst", ["Interview 1", "Interview 2"]),
    ]
    assert [document.title for document in matrix.left_out] == ["Report 1"]


def test_attributes_go_out_and_in_and_bad_rows_are_refused_with_their_reason(
    interviews: tuple[Team, Document, Document], tmp_path: Path
) -> None:
    team, one, _ = interviews
    engine, lead = team.engine, team.lead
    path = a_file(
        tmp_path / "attributes.csv",
        [
            {"document": "Interview 1", "participant": "", "name": "site", "value": "=Aalst"},
            {"document": "", "participant": "P4", "name": "role", "value": "GP"},
            {"document": "", "participant": "P4", "name": "age", "value": "50"},
            {"document": "", "participant": "Aalst", "name": "kind", "value": "site"},
            {"document": "Nowhere", "participant": "", "name": "site", "value": "x"},
            {"document": "Interview 1", "participant": "P4", "name": "site", "value": "x"},
            {"document": "Interview 1", "participant": "", "name": "", "value": "x"},
            {"document": "Interview 1", "participant": "", "name": "site", "value": "other"},
            {"document": "", "participant": "Aalst", "name": "kind", "value": "person"},
            {"document": "", "participant": "X", "name": "kind", "value": "group"},
            {"document": "Interview 1", "participant": "", "name": LINKED_CASE, "value": "x"},
        ],
    )
    taken = import_attributes(engine, team.anna, path)
    assert (taken.set, taken.same) == (3, 0)
    assert [reason.split(",")[1].split(":")[0].strip() for reason in taken.refused] == [
        f"row {number}" for number in range(6, 13)
    ]
    people = {case.participant.name: case for case in people_of(engine, lead).cases}
    assert people["P4"].participant.role == "GP" and people["P4"].attributes == {"age": "50"}
    assert people["Aalst"].participant.kind == "site"
    told = tmp_path / "told.csv"
    told.write_bytes(attributes_file(engine, lead))
    assert "'=Aalst" in told.read_text(encoding="utf-8-sig")
    again = import_attributes(engine, lead, told)
    assert (again.set, again.refused) == (0, ())
    assert next(d for d in list_documents(engine, lead) if d.id == one.id).attributes == {"site": "=Aalst"}
    with pytest.raises(UnreadableFile, match="no column"):
        import_attributes(engine, lead, a_file(tmp_path / "bad.csv", [{"name": "a", "value": "b"}]))


def test_labels_that_look_alike_are_told(quick_team: Team) -> None:
    text = "Anna: no.\nАnna: yes.\nAnna: no.\nАnna: yes.\nInterviewer: why?\n"
    quick_team.add_document(text, title="Interview 3")
    found = {label.label: label.looks_like for label in people_of(quick_team.engine, quick_team.lead).labels}
    assert found == {"Anna": ("Аnna",), "Аnna": ("Anna",), "Interviewer": ()}


def test_on_both_databases_people_are_kept_and_the_log_says_who_but_no_names(team: Team) -> None:
    document = team.add_document(ONE, title="Interview 1", source=team.add_source("Interviews"))
    engine = team.engine
    person = assign_labels(engine, team.anna, ["GP 1"], "Zebra", document_ids=[document.id])
    other = add_participant(engine, team.bram, "Okapi")
    set_attributes(engine, team.bram, participants={(person, "note"): "giraffe"})
    merge_participants(engine, team.lead, person, [other])
    (case,) = people_of(engine, team.bram).cases
    assert (case.participant.note, case.turns) == ("giraffe", 2)
    retire_participant(engine, team.lead, person)
    assert people_of(engine, team.bram).cases == ()
    assert names_in(team)[document.id, "GP 1"] == "GP 1"
    told = repr(keeping.log_of(engine, team.lead))
    assert "speaker.assign" in told and "participant.merge" in told
    assert not {"Zebra", "Okapi", "giraffe"} & set(told.replace("'", " ").split())
    assert [change.by for change in changes_of_people(engine, team.lead)][:2] == ["Lena", "Lena"]
    assert team.problems() == []


def test_nobody_reaches_participants_of_another_study(quick_team: Team) -> None:
    from workbench.services import studies

    other = studies.create_study(quick_team.engine, "Other", person="Olga")
    person = add_participant(quick_team.engine, quick_team.lead, "P4")
    for act in (
        lambda: retire_participant(quick_team.engine, other, person),
        lambda: set_attributes(quick_team.engine, other, participants={(person, "age"): "5"}),
        lambda: set_attributes(quick_team.engine, other, documents={(quick_team.document.id, "age"): "5"}),
        lambda: link_documents(quick_team.engine, quick_team.lead, [UUID(int=1)], person),
        lambda: merge_participants(quick_team.engine, other, person, [person]),
    ):
        with pytest.raises(NotThere):
            act()
    with pytest.raises(UserFacingError):
        undo_change(quick_team.engine, other, last_change(quick_team))
    assert participants.people_of(quick_team.engine, other).cases == ()


# --- where people are asked for


def test_who_speaks_under_the_labels_of_a_document_is_told_with_role_and_group(
    interviews: tuple[Team, Document, Document],
) -> None:
    team, one, two = interviews
    who = assign_labels(team.engine, team.lead, ["GP 1"], "Peeters")
    set_attributes(team.engine, team.lead, participants={(who, "role"): "GP", (who, "group"): "Aalst"})
    assign_labels(team.engine, team.lead, ["GP 1"], "Claes", document_ids=[two.id])
    assert participants.voices_in(team.engine, team.anna, one.id) == {"GP 1": "Peeters (GP, Aalst)"}
    assert participants.voices_in(team.engine, team.anna, two.id) == {"GP 1": "Claes"}


def codings_of_both(team: Team, one: Document, two: Document) -> None:
    """Peeters says "No time" in one interview and "Money" in the other; nobody is assigned to who asks."""
    engine, lead = team.engine, team.lead
    who = assign_labels(engine, lead, ["GP 1"], "Peeters", document_ids=[one.id])
    assign_labels(engine, lead, ["Dr. Peeters"], "Peeters", document_ids=[two.id])
    set_attributes(engine, lead, participants={(who, "role"): "GP", (who, "age"): "60"})
    aalst = add_participant(engine, lead, "Aalst", kind="site")
    set_attributes(engine, lead, participants={(aalst, "region"): "East"})
    link_documents(engine, lead, [one.id], aalst)
    team.code(lead, "No time", "ECO-FUND", document=one)
    team.code(lead, "Money", "ECO-FUND", document=two)
    team.code(lead, "And then", "ECO-FUND", document=two)


def test_matrix_counts_a_person_of_two_documents_once_and_says_how_many_are_labels(
    interviews: tuple[Team, Document, Document],
) -> None:
    team, one, two = interviews
    codings_of_both(team, one, two)
    by_role = MatrixWish("themes", Side.SPEAKING, "role", cell=Cell.PARTICIPANTS)
    found = code_matrix.matrix(team.engine, team.lead, by_role)
    assert (found.table.labels, found.table.counts.tolist()) == (("GP", None), [[1, 1]])
    assert found.table.denominators.tolist() == [1, 4]  # who asks in each, GP 1 of the second, the report
    assert found.labels == 3
    quotes = code_matrix.passages_of_cell(team.engine, team.lead, by_role, "ECO-FUND", "GP")
    assert [(p.quote, p.speaker, p.role) for p in quotes.shown] == [
        ("No time", "Peeters", "GP"),
        ("Money", "Peeters", "GP"),
    ]
    sites = code_matrix.matrix(
        team.engine, team.lead, MatrixWish("themes", Side.LINKED, "region", cell=Cell.SITES)
    )
    assert (sites.table.labels, sites.table.counts.tolist()) == (("East", None), [[1, 0]])
    assert sites.not_linked == 2


def test_what_is_said_of_people_is_asked_for_everywhere(
    interviews: tuple[Team, Document, Document],
) -> None:
    team, one, two = interviews
    codings_of_both(team, one, two)
    engine, lead = team.engine, team.lead
    there = asking.choices(engine, lead)
    assert there.speaking["role"] == ("GP",)
    assert there.speaking["name"] == ("GP 1", "Interviewer", "Peeters")
    assert there.linked == {"name": ("Aalst",), "region": ("East",)}
    assert there.roles == {"Peeters": "GP"}
    of_gps = Scope(speaking={"role": ("GP",)})
    assert asking.extent(engine, lead, of_gps) == asking.Extent(2, 2)
    found = retrieval.find_passages(engine, lead, Question(), Scope(linked={"region": ("East",)}))
    assert [(p.quote, p.linked_to) for p in found.shown] == [("No time", ("Aalst",))]
    words = {word.lemma for word in vocabulary.frequencies(engine, lead, of_gps).frequencies}
    assert {"time", "money"} <= words and "begin" not in words  # that is said by another label of GP 1
    assert not {"gp", "peeters", "1"} & words
    assert vocabulary.lines(engine, lead, "And", of_gps) == []
    key = vocabulary.key_words(engine, lead, of_gps, fewest=1)
    assert next(word for word in key if word.lemma == "time").there == 1  # in the report
    nobody = vocabulary.key_words(engine, lead, of_gps, within=Scope(speaking={"role": ("nurse",)}))
    assert nobody == []


def test_passages_stand_together_by_person_with_those_of_nobody_last(
    interviews: tuple[Team, Document, Document],
) -> None:
    team, one, two = interviews
    codings_of_both(team, one, two)
    team.code(team.lead, "nurse has no time")
    found = retrieval.find_passages(team.engine, team.lead, Question(), order="speaker", number=3)
    assert [p.speaker for p in found.shown] == ["Interviewer", "Peeters", "Peeters"]
    assert [(g.name, g.codings, g.documents) for g in found.groups] == [
        ("Interviewer", 1, 1),
        ("Peeters", 2, 2),
        (None, 1, 1),
    ]
    linked = retrieval.find_passages(team.engine, team.lead, Question(), order="linked")
    assert [(g.name, g.codings) for g in linked.groups] == [("Aalst", 1), (None, 3)]
    assert retrieval.group_of(linked.shown[0], "linked") == "Aalst"
