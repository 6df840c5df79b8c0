"""Research memos: private until shared, found by plain words, undone, and hidden while a round is blind."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from corpus.documents import make_document
from corpus.errors import UserFacingError
from corpus.models import Comment, RawText
from corpus.spreadsheets import read_rows
from store import tables
from store.documents import add_document
from store.engine import writing
from store.studies import Member
from tests.services.team import Team
from workbench.services import memos, studies
from workbench.services.codebooks import current_codebook
from workbench.services.errors import NotThere
from workbench.services.keeping import log_of
from workbench.services.memos import Wanted


def write(team: Team, author: Member, text: str = "A thought", **how: object) -> UUID:
    said = {"kind": "reflexive", "about": "study", "about_id": team.lead.study_id} | how
    return memos.write_memo(team.engine, author, text=text, **said)  # type: ignore[arg-type]


def read(team: Team, viewer: Member, **wanted: object) -> list[str]:
    return [m.text for m in memos.memos_of(team.engine, viewer, Wanted(**wanted))]  # type: ignore[arg-type]


def code_id(team: Team, key: str) -> UUID:
    stored = current_codebook(team.engine, team.lead)
    assert stored is not None
    return next(code.id for code in stored.codebook.codes if code.key == key)


def test_memo_is_its_authors_alone_until_shared_and_again_when_made_private(team: Team) -> None:
    memo = write(team, team.anna, "I was a nurse myself")
    assert read(team, team.anna) == ["I was a nurse myself"]
    assert read(team, team.bram) == read(team, team.lead) == []
    shared = memos.share_memo(team.engine, team.anna, memo)
    assert read(team, team.bram) == ["I was a nurse myself"]
    memos.unshare_memo(team.engine, team.anna, shared)
    assert read(team, team.bram) == []
    assert team.problems() == []


def test_memos_lead_back_to_what_they_are_about(quick_team: Team) -> None:
    made = quick_team.code(quick_team.anna, "no time")
    write(quick_team, quick_team.anna, "study")
    write(quick_team, quick_team.anna, "document", about="document", about_id=quick_team.document.id)
    write(quick_team, quick_team.anna, "code", about="code", about_id=code_id(quick_team, "ECO-FUND"))
    write(quick_team, quick_team.anna, "coding", about="coding", about_id=UUID(made))
    found = {m.text: m for m in memos.memos_of(quick_team.engine, quick_team.anna)}
    assert [found[name].place for name in ("study", "document", "code", "coding")] == [
        "Region",
        "Report 1",
        "Funding and sustainability",
        "no time",
    ]
    assert (found["coding"].document_id, found["coding"].at) == (quick_team.document.id, 14)


def test_memo_stays_with_a_coding_that_changes_and_tells_when_it_was_taken_back(quick_team: Team) -> None:
    made = quick_team.code(quick_team.anna, "no time")
    write(quick_team, quick_team.anna, about="coding", about_id=UUID(made))
    quick_team.act(quick_team.anna, type="change", coding=made, code="ECO-FIN")
    (memo,) = memos.memos_of(quick_team.engine, quick_team.anna)
    assert memo.place == "no time"
    quick_team.act(quick_team.anna, type="retire", coding=made)
    (memo,) = memos.memos_of(quick_team.engine, quick_team.anna)
    assert (memo.place, memo.document_id) == ("", None)


def test_memo_of_the_reader_stands_in_the_list_and_is_not_changed_there(quick_team: Team) -> None:
    quick_team.code(quick_team.anna, "no time", memo="said with a sigh")
    (line,) = memos.memos_of(quick_team.engine, quick_team.bram)
    assert (line.text, line.kind, line.shared, line.place) == ("said with a sigh", None, None, "no time")
    with pytest.raises(NotThere):
        memos.retire_memo(quick_team.engine, quick_team.anna, line.id)


def test_remarks_of_a_file_stand_among_the_memos_and_are_nobodys_to_change(team: Team) -> None:
    raw = RawText(
        "The nurse rang. Nobody paid.",
        "a.docx",
        "1" * 64,
        title="Minutes",
        comments=(Comment(4, 9, "which one?", "Mieke", "2024-01-02"), Comment(16, 27, "ask", "", "")),
    )
    with writing(team.engine) as connection:
        add_document(connection, make_document(team.source, raw), actor=team.lead)
    write(team, team.anna, "A thought")
    asked, dated = memos.memos_of(team.engine, team.bram)
    assert [(m.text, m.author, m.place, m.at, m.mine) for m in (asked, dated)] == [
        ("ask", "", "Nobody paid", 16, False),
        ("which one?", "Mieke", "nurse", 4, False),
    ]
    assert dated.written_at.date() == dt.date(2024, 1, 2)
    assert read(team, team.anna, kinds=["comment"]) == ["ask", "which one?"]
    with pytest.raises(NotThere):
        memos.retire_memo(team.engine, team.bram, dated.id)


def test_memos_are_found_by_plain_words_kind_subject_and_author(quick_team: Team) -> None:
    write(quick_team, quick_team.anna, "Le médecin hésite", kind="theoretical", shared=True)
    write(quick_team, quick_team.bram, "Nobody pays", about="document", about_id=quick_team.document.id)
    engine, bram = quick_team.engine, quick_team.bram
    assert [m.text for m in memos.memos_of(engine, bram, Wanted(text="MEDECIN hesite"))] == [
        "Le médecin hésite"
    ]
    assert read(quick_team, bram, text="medec") == []
    assert read(quick_team, bram, kinds=("theoretical",)) == ["Le médecin hésite"]
    assert read(quick_team, bram, about=("document",)) == ["Nobody pays"]
    assert read(quick_team, bram, authors=("Anna",)) == ["Le médecin hésite"]
    assert read(quick_team, bram, authors=("Anna",), about=("document",)) == []


def test_only_its_author_changes_a_memo_and_only_as_last_read(quick_team: Team) -> None:
    first = write(quick_team, quick_team.anna, "one", shared=True)
    for act in (memos.share_memo, memos.unshare_memo, memos.retire_memo):
        with pytest.raises(NotThere):
            act(quick_team.engine, quick_team.bram, first)
    second = memos.change_memo(quick_team.engine, quick_team.anna, first, kind="reflexive", text="two")
    with pytest.raises(NotThere, match="another window"):
        memos.change_memo(quick_team.engine, quick_team.anna, first, kind="reflexive", text="three")
    assert read(quick_team, quick_team.anna) == ["two"]
    same = memos.change_memo(quick_team.engine, quick_team.anna, second, kind="reflexive", text="two ")
    assert same == second  # nothing to change is no change, and no event


def test_what_a_memo_cannot_be_is_refused_and_leaves_nothing(quick_team: Team) -> None:
    for wrong in (
        {"text": "  "},
        {"kind": "private"},
        {"about": "finding"},
        {"about": "document", "about_id": uuid4()},
        {"about": "code", "about_id": uuid4()},
        {"about": "coding", "about_id": uuid4()},
        {"about": "study", "about_id": uuid4()},
    ):
        with pytest.raises(UserFacingError):
            write(quick_team, quick_team.anna, **wrong)
    assert quick_team.count(tables.research_memo) == 0


def test_undo_leads_back_through_every_change(team: Team) -> None:
    memo = write(team, team.anna, "one")
    write(team, team.bram, "of Bram", shared=True)
    memo = memos.change_memo(team.engine, team.anna, memo, kind="theoretical", text="two")
    memo = memos.share_memo(team.engine, team.anna, memo)
    memos.retire_memo(team.engine, team.anna, memo)
    seen = []
    while (change := memos.memo_change_to_undo(team.engine, team.anna)) is not None:
        memos.undo_memo_change(team.engine, team.anna)
        own = [(m.text, m.shared) for m in memos.memos_of(team.engine, team.anna, Wanted(authors=["Anna"]))]
        seen.append((change, own))
    assert seen == [
        ("memo.retire", [("two", True)]),
        ("memo.share", [("two", False)]),
        ("memo.change", [("one", False)]),
        ("memo.add", []),
    ]
    with pytest.raises(UserFacingError, match="no change of yours"):
        memos.undo_memo_change(team.engine, team.anna)
    assert read(team, team.anna) == ["of Bram"]
    assert team.problems() == []


def test_a_change_after_an_undo_is_undone_first(quick_team: Team) -> None:
    memo = write(quick_team, quick_team.anna, "one")
    memos.change_memo(quick_team.engine, quick_team.anna, memo, kind="reflexive", text="two")
    memos.undo_memo_change(quick_team.engine, quick_team.anna)
    (line,) = memos.memos_of(quick_team.engine, quick_team.anna)
    memos.change_memo(quick_team.engine, quick_team.anna, line.id, kind="reflexive", text="three")
    for expected in (["one"], []):
        memos.undo_memo_change(quick_team.engine, quick_team.anna)
        assert read(quick_team, quick_team.anna) == expected


def test_every_change_is_one_event_without_words(quick_team: Team) -> None:
    before = quick_team.count(tables.event)
    memo = write(quick_team, quick_team.anna, "zebra thoughts")
    memo = memos.share_memo(quick_team.engine, quick_team.anna, memo)
    memos.retire_memo(quick_team.engine, quick_team.anna, memo)
    assert quick_team.count(tables.event) == before + 3
    with quick_team.engine.connect() as connection:
        told = connection.execute(sa.select(tables.event.c.detail)).scalars().all()
    assert "zebra" not in str(told)


def test_in_a_blind_round_others_memos_on_its_documents_and_codings_are_hidden(team: Team) -> None:
    other = team.add_document("Other words.", title="Other")
    made = team.code(team.anna, "no time")
    write(team, team.anna, "of the document", about="document", about_id=team.document.id, shared=True)
    write(team, team.anna, "of the coding", about="coding", about_id=UUID(made), shared=True)
    write(team, team.anna, "elsewhere", about="document", about_id=other.id, shared=True)
    assert len(read(team, team.bram)) == 3
    team.open_round(documents=[team.document])
    for person in (team.bram, team.lead):
        assert read(team, person) == ["elsewhere"]
        assert read(team, person, text="of") == []
    assert len(read(team, team.anna)) == 3
    team.finish(team.anna, team.bram)
    assert read(team, team.bram) == ["elsewhere"]
    team.reveal()
    assert len(read(team, team.bram)) == 3


def test_in_a_blind_round_the_log_tells_nothing_of_memos_that_one_may_not_read(team: Team) -> None:
    team.open_round()
    before = log_of(team.engine, team.bram)
    write(team, team.anna, "private")
    hidden = write(team, team.anna, "shared", about="document", about_id=team.document.id, shared=True)
    memos.retire_memo(team.engine, team.anna, hidden)
    assert log_of(team.engine, team.bram) == before
    write(team, team.anna, "on the study", shared=True)
    assert len(log_of(team.engine, team.bram)) == len(before) + 1
    team.finish(team.anna, team.bram)
    team.reveal()
    assert {line.action for line in log_of(team.engine, team.bram)} >= {"memo.add", "memo.retire"}


def test_memo_on_a_coding_that_one_may_not_see_is_refused(quick_team: Team) -> None:
    made = quick_team.code(quick_team.anna, "no time")
    quick_team.open_round()
    with pytest.raises(NotThere):
        write(quick_team, quick_team.bram, about="coding", about_id=UUID(made))


def test_export_holds_what_one_may_read_with_its_place(quick_team: Team, tmp_path: Path) -> None:
    made = quick_team.code(quick_team.anna, "no time")
    write(quick_team, quick_team.anna, "=1+1", about="coding", about_id=UUID(made), shared=True)
    write(quick_team, quick_team.anna, "private")
    path = tmp_path / "memos.csv"
    assert memos.export_memos(quick_team.engine, quick_team.bram, path) == 1
    ((_, row),) = read_rows(path, needed=memos.EXPORT_COLUMNS)
    assert (row["author"], row["about"], row["place"], row["document"], row["start_char"], row["memo"]) == (
        "Anna",
        "coding",
        "no time",
        "Report 1",
        "14",
        "=1+1",
    )
    assert memos.memos_file(quick_team.engine, quick_team.bram) == path.read_bytes()


def test_memos_of_another_study_are_not_there(quick_team: Team) -> None:
    from tests.services.team import a_team

    write(quick_team, quick_team.anna, shared=True)
    other = a_team(quick_team.engine, "Elsewhere")
    assert read(other, other.anna) == []
    with pytest.raises(NotThere):
        write(other, other.anna, about="document", about_id=quick_team.document.id)


def test_a_memo_sent_twice_is_stored_once(quick_team: Team) -> None:
    operation = uuid4()
    first = write(quick_team, quick_team.anna, operation_id=operation)
    again = write(quick_team, quick_team.anna, operation_id=operation)
    assert first == again == operation
    assert read(quick_team, quick_team.anna) == ["A thought"]


def test_memos_need_no_codebook(sqlite_engine: Engine) -> None:
    lead = studies.create_study(sqlite_engine, "Just begun", person="Lena")
    assert memos.memos_of(sqlite_engine, lead) == []
    made = memos.write_memo(
        sqlite_engine, lead, kind="reflexive", about="study", about_id=lead.study_id, text="Why this study"
    )
    assert [line.id for line in memos.memos_of(sqlite_engine, lead)] == [made]
