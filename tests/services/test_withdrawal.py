"""What was withdrawn is told by nothing any more, and the log stays whole."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from corpus.documents import make_document
from corpus.errors import UserFacingError
from corpus.models import Comment, Document, Furniture, Page, RawText
from store import tables
from store.backup import verify
from store.blanking import BLANKABLE, MARK
from store.documents import add_document
from store.engine import writing
from store.events import record
from store.frameworks import SPEAKERS
from store.studies import Member
from tests.services.readers import Look, all_told, words_in
from tests.services.team import Team
from triangulation.models import Row
from workbench.services import (
    agreement,
    appraisals,
    approvals,
    codebooks,
    coding,
    decisions,
    documents,
    findings,
    framework_cells,
    frameworks,
    import_jobs,
    keeping,
    memos,
    overview,
    packages,
    relations,
    searching,
    settling,
    snapshot,
    studies,
    threads,
    triangulation,
    versions,
    withdrawing,
)
from workbench.services.errors import NotAllowed, NotThere
from workbench.services.importing import ImportResult, Wishes
from workbench.services.uploads import Upload, import_uploads

SECRET = "Zebra visit 7"
#: Words that stand in the withdrawn document, and in what was written on it.
WORDS = ("zebra", "giraffe", "okapi", "lynx", "walrus", "Zebra", "platypus", "quokka")
TEXT = (
    "Interviewer: How was the visit?\n"
    "GP 7: The zebra had no time, and the giraffe was ill.\n"
    "Interviewer: And then?\n"
    "GP 7: Nobody asked the okapi.\n"
    "Nurse 9: The lynx has money."
)


def the_interview(team: Team) -> Document:
    raw = RawText(
        TEXT,
        "walrus.docx",
        "7" * 64,
        title=SECRET,
        attributes={"site": "quokka"},
        pages=(Page(0, "lynx 1"),),
        comments=(Comment(40, 50, "platypus comment", "Walrus", "2024"),),
        furniture=(Furniture("head of page 1", "okapi confidential"),),
    )
    document = make_document(team.add_source("Interviews"), raw, language="en")
    with writing(team.engine) as connection:
        add_document(connection, document, actor=team.lead)
    return document


def work_on(team: Team, document: Document) -> None:
    """All that people write of a document, in every part of the study."""
    engine, lead, anna = team.engine, team.lead, team.anna
    team.open_round(documents=[document, team.document])
    made = team.code(anna, "zebra had no time", "PRO-KNOW", document=document, memo="giraffe memo")
    team.code(team.bram, "zebra had no time", "ECO-FUND", document=document, memo="okapi memo")
    team.code(team.bram, "lynx has money", document=document)
    team.code(anna, "money is there", memo="plain memo")
    team.finish(anna, team.bram)
    team.reveal()
    place = next(
        p
        for p in settling.list_disagreements(engine, lead).places
        if p.disagreement.document_id == document.id
    )
    for person in (anna, team.bram):
        settling.write_reason(engine, person, None, place.id, f"walrus reason of {person.name}")
    settling.settle(
        engine, lead, None, place.id, "first", reason="lynx reason", minority="okapi view", minority_by="Bram"
    )
    own = team.code(lead, "giraffe was ill", "PRO-KNOW", document=document, memo="lynx memo")
    team.act(lead, document, type="detail", coding=own, strength="strong", timepoint="walrus year")
    decisions.add_example(engine, lead, UUID(own))
    for about, about_id in (("document", document.id), ("coding", UUID(own))):
        memos.write_memo(
            engine, lead, kind="reflexive", about=about, about_id=about_id, text="okapi note", shared=True
        )
    finding = findings.add_finding(
        engine,
        lead,
        source="Interviews",
        theme="PRO-KNOW",
        statement="Some have no time",
        coding_ids=[UUID(made), UUID(own)],
    )
    assert finding
    frameworks.add_framework(engine, lead, "Framework", themes=["PRO-KNOW"])
    frameworks.add_framework(engine, lead, "Cases", themes=["PRO-KNOW"], rows=SPEAKERS)
    for name, row in (("Framework", document.id), ("Cases", "GP 7")):
        column = framework_cells.framework_matrix(engine, lead, name).columns[0]
        framework_cells.save_cell(
            engine, lead, name, row=row, code_id=column.code_id, text="zebra summary", coding_ids=[UUID(own)]
        )
    row = Row("PRO-KNOW", "")
    rows = triangulation.triangulate(engine, lead).matrix.rows
    row = rows[0]
    relations.add_relation(
        engine,
        lead,
        from_row=row,
        kind="answered_by",
        strategy="More people",
        excerpts=relations.quotes_for(engine, lead, [row]),
    )
    thread = threads.begin_thread(engine, lead, "Who has time?")
    threads.add_step(
        engine,
        lead,
        thread,
        asked="In the interviews",
        source="Interviews",
        found="Few",
        coding_ids=[UUID(own)],
        quotes=["zebra had no time", "no such words"],
    )
    approvals.note_approval(engine, lead, document.id, person="Lynx", answer="comments", text="okapi wrong")
    appraisals.appraise(engine, lead, document.id, {"credibility": "walrus wrote it"})
    versions.correct_text(
        engine,
        lead,
        document.id,
        TEXT.replace("was ill", "was very ill"),
        reason="The zebra said so",
    )
    the_rest(team, document)


def the_rest(team: Team, document: Document) -> None:
    """Rows of tables that other activities fill."""
    meeting, job, item = uuid4(), uuid4(), uuid4()
    rows = [
        (tables.meeting, {"id": meeting, "document_id": document.id, "held_on": "2024-01-01"}),
        (
            tables.meeting_item,
            {
                "meeting_id": meeting,
                "position": 0,
                "kind": "attendee",
                "text": "Zebra",
                "start_char": None,
                "end_char": None,
            },
        ),
        (
            tables.document_value,
            {"id": uuid4(), "document_id": document.id, "name": "place", "value": "walrus"},
        ),
        (tables.import_job, {"id": job, "source_id": document.source_id, "files": 1}),
        (
            tables.import_item,
            {
                "id": item,
                "import_job_id": job,
                "path": "walrus.docx",
                "status": "imported",
                "document_id": document.id,
                "reason": "",
                "warnings": ["okapi"],
            },
        ),
        (
            tables.import_item,
            {
                "id": uuid4(),
                "import_job_id": job,
                "path": "report.docx",
                "status": "imported",
                "document_id": team.document.id,
                "reason": "",
                "warnings": [f"much of it stands in '{SECRET}' too"],
            },
        ),
    ]
    with writing(team.engine) as connection:
        record(
            connection,
            study_id=team.lead.study_id,
            actor_id=team.lead.id,
            action="test",
            entity=tables.meeting,
            entity_id=meeting,
            add=rows,
        )


@pytest.fixture
def told_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "told"
    folder.mkdir()
    return folder


@pytest.fixture
def usual_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data" / "trigpoint"


def told(team: Team, folder: Path, listed: tuple[documents.StoredDocument, ...]) -> dict[str, str]:
    found = studies.find_study(team.engine, "Region")
    return {
        f"{viewer.name}: {name}": answer
        for viewer in (team.lead, team.anna)
        for name, answer in all_told(Look(team.engine, viewer, found, listed, "First round", folder)).items()
    }


def withdraw(team: Team, **what: str) -> withdrawing.Consequence:
    return withdrawing.withdraw(team.engine, team.lead, **what, reason="The participant asked for it")


# --- a whole document -----------------------------------------------------------------------------------


def test_no_service_tells_a_word_of_a_withdrawn_document(
    team: Team, told_folder: Path, usual_folder: Path
) -> None:
    work_on(team, the_interview(team))
    listed = tuple(documents.list_documents(team.engine, team.lead))
    before = words_in(told(team, told_folder, listed), WORDS)
    assert len(before) > 60, "the sweep would find the words"
    done = withdraw(team, document=SECRET)
    after = words_in(told(team, told_folder, listed), WORDS)
    assert after == {}
    assert done.words_left == {}
    assert team.problems() == []
    assert verify(team.engine).problems == ()


def test_no_row_of_the_database_holds_a_word_of_it(team: Team, usual_folder: Path) -> None:
    work_on(team, the_interview(team))
    withdraw(team, document=SECRET)
    with team.engine.connect() as connection:
        for table in tables.metadata.sorted_tables:
            for row in connection.execute(sa.select(table)):
                assert not [word for word in WORDS if word in str(row)], table.name


def test_the_file_of_the_database_does_not_hold_the_words_either(
    quick_team: Team, usual_folder: Path
) -> None:
    work_on(quick_team, the_interview(quick_team))
    path = Path(str(quick_team.engine.url.database))
    files = [path, path.with_name(path.name + "-wal")]
    assert any(word.encode() in file.read_bytes() for file in files if file.exists() for word in WORDS)
    assert withdraw(quick_team, document=SECRET).not_cleared is None
    for file in files:
        held = file.read_bytes() if file.exists() else b""
        assert [word for word in WORDS if word.encode() in held] == []


def test_every_table_that_can_be_blanked_is_blanked_in_the_sweep(
    quick_team: Team, usual_folder: Path
) -> None:
    work_on(quick_team, the_interview(quick_team))
    withdraw(quick_team, document=SECRET)
    with quick_team.engine.connect() as connection:
        names = set(connection.scalars(sa.select(tables.blanked.c.table_name)))
    of_participants = {
        "participant",
        "participant_attribute",
        "speaker_alias",
        "coding_origin",
        "outside_question",
    }
    assert {table.name for table in BLANKABLE} - names == of_participants | {"framework_case_excerpt"} - names


def test_figures_of_an_earlier_round_stay_and_the_document_is_gone_from_lists(
    quick_team: Team, usual_folder: Path
) -> None:
    document = the_interview(quick_team)
    work_on(quick_team, document)
    before = agreement.agreement_of_round(quick_team.engine, quick_team.lead)
    assert len(snapshot.snapshot_of(quick_team.engine, quick_team.lead).columns) > 1
    withdraw(quick_team, document=SECRET)
    after = agreement.agreement_of_round(quick_team.engine, quick_team.lead)
    assert (after.pooled, after.n_units, after.codes) == (before.pooled, before.n_units, before.codes)
    assert {c.quote for c in after.codings} == {MARK, "money is there"}
    assert [d.title for d in documents.list_documents(quick_team.engine, quick_team.lead)] == ["Report 1"]
    assert len(snapshot.snapshot_of(quick_team.engine, quick_team.lead).columns) == 1
    with pytest.raises(NotThere):
        documents.open_document(quick_team.engine, quick_team.lead, document.id)
    (finding,) = triangulation.triangulate(quick_team.engine, quick_team.lead).findings
    assert {e.quote for e in finding.excerpts} == {MARK}
    (line,) = withdrawing.withdrawals_of(quick_team.engine, quick_team.anna)
    assert (line.by, line.is_document, line.reason) == ("Lena", True, "The participant asked for it")
    assert overview.last_events(quick_team.engine, quick_team.lead)[0].action == "document.withdraw"


def test_what_is_taken_away_is_told_before_and_nothing_happens_yet(
    quick_team: Team, usual_folder: Path
) -> None:
    work_on(quick_team, the_interview(quick_team))
    looked = withdrawing.preview_withdrawal(quick_team.engine, quick_team.lead, document=SECRET)
    assert looked.titles == (SECRET,)
    assert looked.counts is not None
    assert looked.counts["framework cells"] == 2
    assert documents.open_document(quick_team.engine, quick_team.lead, looked.document_ids[0])
    assert withdraw(quick_team, document=SECRET).counts == looked.counts


def test_only_the_lead_withdraws_and_with_a_reason(quick_team: Team) -> None:
    with pytest.raises(NotAllowed, match="lead"):
        withdrawing.withdraw(quick_team.engine, quick_team.anna, document="Report 1", reason="asked")
    with pytest.raises(UserFacingError, match="needs a reason"):
        withdrawing.withdraw(quick_team.engine, quick_team.lead, document="Report 1", reason=" ")
    with pytest.raises(NotThere, match="Nobody speaks as 'GP 1'"):
        withdrawing.withdraw(quick_team.engine, quick_team.lead, speaker="GP 1", reason="asked")
    with pytest.raises(UserFacingError, match="Name the document"):
        withdrawing.withdraw(quick_team.engine, quick_team.lead, reason="asked")


def test_words_that_people_repeated_in_texts_of_their_own_are_counted_for_them(
    quick_team: Team, usual_folder: Path
) -> None:
    document = the_interview(quick_team)
    made = quick_team.code(quick_team.lead, "zebra had no time", "PRO-KNOW", document=document)
    findings.add_finding(
        quick_team.engine,
        quick_team.lead,
        source="Interviews",
        theme="PRO-KNOW",
        statement="As one said, the zebra had no time",
        coding_ids=[UUID(made)],
    )
    assert withdraw(quick_team, document=SECRET).words_left == {"finding": 1}


def test_a_memo_on_another_document_that_repeats_the_words_is_counted(
    quick_team: Team, usual_folder: Path
) -> None:
    document = the_interview(quick_team)
    for about in (document, quick_team.document):
        memos.write_memo(
            quick_team.engine,
            quick_team.lead,
            kind="reflexive",
            about="document",
            about_id=about.id,
            text="Compare: the zebra had no time",
            shared=True,
        )
    assert withdraw(quick_team, document=SECRET).words_left == {"research_memo": 1}


def items_of_a_meeting(team: Team, document: Document, *items: tuple[str, str, int | None]) -> None:
    meeting = uuid4()
    rows = [
        {
            "meeting_id": meeting,
            "position": position,
            "kind": kind,
            "text": text,
            "start_char": start,
            "end_char": None if start is None else start + 5,
        }
        for position, (kind, text, start) in enumerate(items)
    ]
    with writing(team.engine) as connection:
        record(
            connection,
            study_id=team.lead.study_id,
            actor_id=team.lead.id,
            action="test",
            entity=tables.meeting,
            entity_id=meeting,
            add=[
                (tables.meeting, {"id": meeting, "document_id": document.id, "held_on": None}),
                *((tables.meeting_item, row) for row in rows),
            ],
        )


def test_items_of_meetings_that_name_or_quote_a_withdrawn_person_are_blank(
    quick_team: Team, usual_folder: Path
) -> None:
    document = the_interview(quick_team)
    text = documents.open_document(quick_team.engine, quick_team.lead, document.id)[1].text
    items_of_a_meeting(
        quick_team,
        document,
        ("attendee", "GP 7", None),
        ("attendee", "GP 70", None),
        ("decision", "nobody asks", text.index("Nobody asked")),
        ("decision", "there is money", text.index("lynx has money")),
    )
    items_of_a_meeting(quick_team, quick_team.document, ("action", "GP 7 must phone the region", None))
    withdraw(quick_team, speaker="GP 7")
    with quick_team.engine.connect() as connection:
        left = set(connection.execute(sa.select(tables.meeting_item.c.text)).scalars())
    assert left == {MARK, "GP 70", "there is money"}
    assert quick_team.problems() == []
    assert verify(quick_team.engine).problems == ()


def test_minutes_still_name_a_person_who_is_withdrawn_from_another_document_alone(
    quick_team: Team, usual_folder: Path
) -> None:
    one = quick_team.add_document("GP 7: Lynx.\nNurse 1: Yes.\nGP 7: No.", title="One")
    two = quick_team.add_document("GP 7: Okapi.\nNurse 1: Yes.\nGP 7: No.", title="Two")
    items_of_a_meeting(quick_team, one, ("attendee", "GP 7", None))
    items_of_a_meeting(quick_team, two, ("action", "GP 7 phones", None))
    withdraw(quick_team, speaker="GP 7", document="One")
    with quick_team.engine.connect() as connection:
        assert set(connection.execute(sa.select(tables.meeting_item.c.text)).scalars()) == {
            MARK,
            "GP 7 phones",
        }


def test_backups_and_packages_that_hold_the_words_are_named(quick_team: Team, usual_folder: Path) -> None:
    document = the_interview(quick_team)
    packages.make_package(quick_team.engine, quick_team.lead, "Anna")
    path = Path(str(quick_team.engine.url.database))
    keeping.back_up(quick_team.engine, path.with_name("before.db"))
    usual_folder.mkdir(parents=True)
    shutil.copy(path.with_name("before.db"), usual_folder / "kept.db")
    (usual_folder / "notes.txt").write_text("no database")
    looked = withdrawing.preview_withdrawal(quick_team.engine, quick_team.lead, document=SECRET)
    done = withdraw(quick_team, document=SECRET)
    for told_ in (looked, done):
        assert {Path(copy.path).name for copy in told_.backups} == {"before.db", "kept.db"}
        assert [package.coder for package in told_.packages] == ["Anna"]
    keeping.back_up(quick_team.engine, path.with_name("after.db"))
    versions_now = {document.id: None}
    assert withdrawing.backups_with(quick_team.engine, versions_now) == ()
    with quick_team.engine.connect() as connection:
        version = tables.document_version
        rows = connection.execute(sa.select(version.c.id, version.c.text_sha256))
        now = {row.id: row.text_sha256 for row in rows}
    held = withdrawing.backups_with(quick_team.engine, now)
    assert {Path(copy.path).name for copy in held} == {"before.db", "kept.db"}


def test_a_document_of_an_open_round_can_be_withdrawn_and_the_round_goes_on(
    quick_team: Team, usual_folder: Path
) -> None:
    document = the_interview(quick_team)
    quick_team.open_round(documents=[document, quick_team.document])
    quick_team.code(quick_team.anna, "zebra had no time", document=document)
    looked = withdrawing.preview_withdrawal(quick_team.engine, quick_team.lead, document=SECRET)
    assert looked.counts is None, "how much Anna has coded is not told"
    assert withdraw(quick_team, document=SECRET).counts is None
    quick_team.finish(quick_team.anna, quick_team.bram)
    assert quick_team.reveal().documents
    assert agreement.agreement_of_round(quick_team.engine, quick_team.lead).n_documents == 2


# --- what a person said ------------------------------------------------------------------------------------


def test_what_a_person_said_is_gone_and_what_others_said_stays(team: Team, usual_folder: Path) -> None:
    document = the_interview(team)
    gone = team.code(team.anna, "zebra had no time", "PRO-KNOW", document=document, memo="giraffe memo")
    team.code(team.anna, "lynx has money", document=document, memo="stays")
    team.code(team.bram, "Nobody asked the okapi", document=document)
    length = len(documents.open_document(team.engine, team.lead, document.id)[1].text)
    looked = withdrawing.preview_withdrawal(team.engine, team.lead, speaker="GP 7")
    assert (looked.passages, looked.titles, looked.speakers) == (2, (SECRET,), ("GP 7",))
    assert len(searching.search_texts(team.engine, team.lead, "okapi").hits) == 1
    withdraw(team, speaker="GP 7")
    text = documents.open_document(team.engine, team.lead, document.id)[1].text
    assert len(text) == length
    assert "How was the visit?" in text
    assert not {"zebra", "giraffe", "okapi", "GP 7"} & set(text.replace(".", " ").split())
    (left,) = team.seen(team.lead, document)
    assert (left.quote, left.memo) == ("lynx has money", "stays")
    assert text[left.start_char : left.end_char] == "lynx has money"
    speakers = [s.speaker for s in documents.open_document(team.engine, team.lead, document.id)[1].sections]
    assert speakers == ["Interviewer", MARK, "Interviewer", MARK, "Nurse 9"]
    with team.engine.connect() as connection:
        row = connection.execute(sa.select(tables.coding).where(tables.coding.c.id == UUID(gone))).one()
    assert (row.quote, row.prefix, row.suffix) == (MARK, "", "")
    assert row.retired_event is not None
    assert team.problems() == []
    assert verify(team.engine).problems == ()
    assert [h.match.quote for h in searching.search_texts(team.engine, team.lead, "okapi OR lynx").hits] == [
        "lynx"
    ]


def test_a_person_is_withdrawn_from_one_document_where_it_is_named(
    quick_team: Team, usual_folder: Path
) -> None:
    one = quick_team.add_document("GP 7: Lynx.\nNurse 1: Yes.\nGP 7: No.", title="One")
    quick_team.add_document("GP 7: Okapi.\nNurse 1: Yes.\nGP 7: No.", title="Two")
    withdraw(quick_team, speaker="GP 7", document="One")
    texts = {
        d.title: documents.document_text(quick_team.engine, d.title)
        for d in documents.list_documents(quick_team.engine, quick_team.lead)
    }
    assert "Lynx" not in texts["One"]
    assert "Okapi" in texts["Two"]
    assert overview.last_events(quick_team.engine, quick_team.lead)[0].action == "speaker.withdraw"
    assert one.title == "One"


def test_a_participant_goes_with_all_names_and_what_is_kept_of_them(
    quick_team: Team, usual_folder: Path
) -> None:
    document = the_interview(quick_team)
    quick_team.add_document("Dr. Zebra: Lynx.\nNurse 1: Yes.\nDr. Zebra: No.", title="Two")
    person = uuid4()
    with writing(quick_team.engine) as connection:
        record(
            connection,
            study_id=quick_team.lead.study_id,
            actor_id=quick_team.lead.id,
            action="test",
            entity=tables.participant,
            entity_id=person,
            add=[
                (
                    tables.participant,
                    {
                        "id": person,
                        "name": "Zebra",
                        "kind": "person",
                        "role": "walrus",
                        "participant_group": "",
                    },
                ),
                *(
                    (
                        tables.speaker_alias,
                        {"id": uuid4(), "participant_id": person, "document_id": where, "label": label},
                    )
                    for label, where in (("GP 7", document.id), ("Dr. Zebra", None))
                ),
                (
                    tables.participant_attribute,
                    {"id": uuid4(), "participant_id": person, "name": "age", "value": "okapi"},
                ),
                (
                    tables.document_case,
                    {"id": uuid4(), "document_id": document.id, "participant_id": person},
                ),
            ],
        )
    done = withdraw(quick_team, speaker="Zebra")
    assert set(done.titles) == {SECRET, "Two"}
    with quick_team.engine.connect() as connection:
        (name, role) = connection.execute(
            sa.select(tables.participant.c.name, tables.participant.c.role)
        ).one()
        values = connection.scalars(sa.select(tables.participant_attribute.c.value)).all()
        case = connection.execute(sa.select(tables.document_case.c.retired_event)).scalar_one()
    assert (name, role, values) == (MARK, MARK, [MARK])
    assert case is not None
    assert "Lynx" not in documents.document_text(quick_team.engine, "Two")
    assert quick_team.problems() == []


def test_a_document_can_be_withdrawn_after_a_person_in_it_was(team: Team, usual_folder: Path) -> None:
    work_on(team, the_interview(team))
    withdraw(team, speaker="GP 7")
    assert team.problems() == []
    withdraw(team, document=SECRET)
    assert team.problems() == []
    assert verify(team.engine).problems == ()


def test_codes_and_codebooks_are_as_they_were(quick_team: Team, usual_folder: Path) -> None:
    work_on(quick_team, the_interview(quick_team))
    before = codebooks.current_codebook(quick_team.engine, quick_team.lead)
    withdraw(quick_team, document=SECRET)
    assert codebooks.current_codebook(quick_team.engine, quick_team.lead) == before
    assert [c.quote for c in coding.codings_of(quick_team.engine, quick_team.lead)] == ["money is there"]


# --- what comes in again ----------------------------------------------------------------------------------

ANSWERS = (
    b"who;answer\n1;No\n2;The nurse at the desk never told me that there was a form to fill in at all\n3;No\n"
)


def bring(team: Team, *uploads: Upload, actor: Member | None = None, **wishes: Any) -> list[ImportResult]:
    found = import_uploads(
        team.engine,
        actor or team.lead,
        uploads,
        source="Interviews",
        kind="interview",
        wishes=Wishes(**wishes),
    )
    return [received.result for received in found]


def test_a_withdrawn_text_is_known_again_by_its_bytes_and_by_its_words(
    team: Team, usual_folder: Path
) -> None:
    team.add_source("Interviews", kind="interview")
    file = Upload("gp.txt", TEXT.encode())
    bring(team, file)
    withdraw(team, document="gp")
    with_bom = Upload("again.txt", b"\xef\xbb\xbf" + TEXT.encode())
    by_bytes, by_words = bring(team, file), bring(team, with_bom)
    for (told,) in (by_bytes, by_words):
        assert told.status == "refused"
        assert "was withdrawn" in (told.reason or "")
    (other,) = bring(team, Upload("other.txt", TEXT.replace("zebra", "horse").encode()))
    assert other.status == "imported"
    assert team.problems() == []


def test_a_text_in_which_a_person_was_withdrawn_is_known_again(quick_team: Team, usual_folder: Path) -> None:
    quick_team.add_source("Interviews", kind="interview")
    bring(quick_team, Upload("gp.txt", TEXT.encode()))
    withdraw(quick_team, speaker="GP 7")
    (told,) = bring(quick_team, Upload("gp.txt", b"\xef\xbb\xbf" + TEXT.encode()))
    assert told.status == "refused"


def test_short_answers_of_others_come_in_and_a_withdrawn_row_does_not(
    quick_team: Team, usual_folder: Path
) -> None:
    quick_team.add_source("Interviews", kind="interview")
    table = Upload("survey.csv", ANSWERS)
    bring(quick_team, table, text_column="answer")
    withdraw(quick_team, document="survey, row 2")
    withdraw(quick_team, document="survey, row 3")
    again = bring(quick_team, Upload("more.csv", ANSWERS + b"4;No\n"), text_column="answer")
    assert [told.status for told in again] == ["refused", "refused", "duplicate", "imported"]


def test_the_lead_alone_lets_a_withdrawn_text_in_again(quick_team: Team, usual_folder: Path) -> None:
    quick_team.add_source("Interviews", kind="interview")
    file = Upload("gp.txt", TEXT.encode())
    bring(quick_team, file)
    withdraw(quick_team, document="gp")
    with pytest.raises(NotAllowed, match="lead"):
        bring(quick_team, file, actor=quick_team.anna, also_withdrawn=True)
    assert [told.status for told in bring(quick_team, file, also_withdrawn=True)] == ["imported"]
    withdraw(quick_team, document="gp")
    assert [told.status for told in bring(quick_team, file)] == ["refused"]
    assert quick_team.problems() == []


def test_a_file_that_waits_for_an_import_is_deleted_and_the_rest_named(
    quick_team: Team, usual_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick_team.add_source("Interviews", kind="interview")
    monkeypatch.setattr(import_jobs._Runner, "add", lambda *_: None)  # as a server that ended
    file, other = Upload("gp.txt", TEXT.encode()), Upload("other.txt", b"Plain words.")
    bring(quick_team, file)
    job = import_jobs.begin_import(
        quick_team.engine, quick_team.lead, [file, other], source="Interviews", kind="interview"
    )
    (told,) = withdraw(quick_team, document="gp").waiting
    assert (told.source, told.begun_by, told.files) == ("Interviews", "Lena", 1)
    held = [path.read_bytes() for path in (usual_folder.parent / "trigpoint").rglob("*") if path.is_file()]
    assert not [data for data in held if b"zebra" in data]
    monkeypatch.undo()
    monkeypatch.setenv("XDG_DATA_HOME", str(usual_folder.parent))
    import_jobs.resume_import(quick_team.engine, quick_team.lead, job)
    until = time.monotonic() + 60
    while len(items := import_jobs.import_report(quick_team.engine, quick_team.lead, job)) < 2:
        assert time.monotonic() < until
        time.sleep(0.02)
    assert sorted((item.status, item.path) for item in items) == [
        ("imported", "other.txt"),
        ("refused", MARK),
    ]
