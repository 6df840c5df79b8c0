"""Files are looked through for original names before they leave, or people say why they leave."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pytest
import sqlalchemy as sa

from corpus.errors import UserFacingError
from corpus.pseudonyms.entities import Entity
from corpus.pseudonyms.models import Kind
from corpus.workbooks import write_workbook
from store import tables
from store.engine import reading
from store.events import events_of
from tests.services.leaving import ENTITIES, ORIGINALS, SECRET, give_pseudonyms
from tests.services.team import Team
from workbench.services import leaving, memos
from workbench.services.leaving import CheckLocked, NamesShow, Outgoing, Place, let_leave, look_through
from workbench.services.pseudonym_keys import Key

CLEAN = Outgoing("memos", "memos.csv", b"memo\n[Persoon 1] called\n")
NAMED = Outgoing("memos", "memos.csv", b'about,memo\nx,"Then, at last,\nLieve Peeters called 091234567"\n')


@pytest.fixture(autouse=True)
def _own_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    yield
    leaving._OPEN.clear()


@pytest.fixture
def unlocked(quick_team: Team) -> Team:
    """The check as Anna has opened it."""
    give_pseudonyms(quick_team.engine, quick_team.lead, key=False)
    leaving._hold(quick_team.anna, Key(None, "nl", ENTITIES), None, None)  # opening a key takes a second
    return quick_team


def events(team: Team) -> list[tuple[str, dict[str, object], str]]:
    with reading(team.engine) as connection:
        return [
            (event.action, dict(event.detail), event.reason)
            for event in events_of(connection, team.lead.study_id)
            if event.action.startswith("file.")
        ]


def test_a_study_without_pseudonyms_notices_nothing(quick_team: Team) -> None:
    assert not leaving.is_checked(quick_team.engine, quick_team.lead)
    assert let_leave(quick_team.engine, quick_team.bram, NAMED) is NAMED.data


def test_a_locked_check_lets_nothing_leave_without_a_reason(quick_team: Team) -> None:
    give_pseudonyms(quick_team.engine, quick_team.lead, key=False)
    with pytest.raises(CheckLocked, match="Open the key"):
        let_leave(quick_team.engine, quick_team.bram, CLEAN)
    with pytest.raises(CheckLocked):
        let_leave(quick_team.engine, quick_team.bram, CLEAN, unchecked=" ", with_names="so be it")
    assert events(quick_team) == []
    given = let_leave(quick_team.engine, quick_team.bram, CLEAN, unchecked="the lead is away")
    assert given == CLEAN.data
    assert events(quick_team) == [
        ("file.take_unchecked", {"what": "memos", "format": "csv"}, "the lead is away")
    ]


def test_who_opens_the_key_opens_the_check_for_all(unlocked: Team) -> None:
    assert leaving.entries_held(unlocked.engine, unlocked.bram) == len(ENTITIES)
    assert let_leave(unlocked.engine, unlocked.bram, CLEAN) == CLEAN.data
    assert events(unlocked) == []
    leaving.lock_check(unlocked.bram)
    assert leaving.entries_held(unlocked.engine, unlocked.bram) is None
    with pytest.raises(CheckLocked):
        let_leave(unlocked.engine, unlocked.anna, CLEAN)


def test_a_file_with_names_stays_and_tells_where_but_not_which(unlocked: Team) -> None:
    with pytest.raises(NamesShow) as caught:
        let_leave(unlocked.engine, unlocked.bram, NAMED)
    assert str(caught.value).startswith(
        "memos.csv: a name or number of the key shows in 2 places: row 2, column 2."
    )
    assert caught.value.places == (Place("row 2, column 2"),) * 2
    assert not any(original in repr(caught.value) + str(caught.value) for original in ORIGINALS)


def test_who_opened_the_key_and_the_lead_see_which_pseudonym_it_should_be(unlocked: Team) -> None:
    told = "[Persoon 1] called [Telefoon 1]"
    for person in (unlocked.anna, unlocked.lead):
        places = look_through(unlocked.engine, person, NAMED)
        assert [place.pseudonym for place in places] == ["[Persoon 1]", "[Telefoon 1]"]
        assert all(told in place.around for place in places)
    assert not any(original in str(places) for original in ORIGINALS)


def test_a_file_with_names_leaves_with_a_reason_that_is_kept(unlocked: Team) -> None:
    with pytest.raises(NamesShow, match="in the reason itself"):
        let_leave(unlocked.engine, unlocked.bram, NAMED, with_names="Peeters wants it")
    assert let_leave(unlocked.engine, unlocked.bram, NAMED, with_names="for the ethics board") == NAMED.data
    told = {"what": "memos", "format": "csv", "places": 2}
    assert events(unlocked) == [("file.take_with_names", told, "for the ethics board")]
    assert unlocked.bram.name in {event.name for event in _actors(unlocked)}


def _actors(team: Team) -> list[sa.Row[tuple[str]]]:
    log, member = tables.event, tables.member
    query = (
        sa.select(member.c.name).join(log, log.c.actor_id == member.c.id).where(log.c.action.like("file.%"))
    )
    with reading(team.engine) as connection:
        return list(connection.execute(query).all())


def test_a_name_in_the_name_of_the_file_counts(unlocked: Team) -> None:
    file = Outgoing("report", "Lieve Peeters.csv", b"memo\n")
    assert [p.where for p in look_through(unlocked.engine, unlocked.lead, file)] == ["the name of the file"]


def test_places_are_told_as_people_find_them_in_word_and_excel(unlocked: Team, tmp_path: Path) -> None:
    book = tmp_path / "book.xlsx"
    write_workbook(book, {"A": (["a"], [["x"]]), "B": (["a", "b"], [[None, 3], ["x", "by Lieve Peeters"]])})
    document, held = docx.Document(), io.BytesIO()
    for words in ("First", "Second", "by Lieve Peeters"):
        document.add_paragraph(words)
    document.save(held)
    for name, data, where in (
        ("book.xlsx", book.read_bytes(), "sheet 2, cell B3"),
        ("report.docx", held.getvalue(), "paragraph 3"),
        ("thread.md", b"# T\n\nby Lieve Peeters", "line 3"),
        ("map.graphml", b"<a><data>\nby Lieve Peeters</data></a>", "line 2"),
    ):
        places = look_through(unlocked.engine, unlocked.lead, Outgoing("report", name, data))
        assert [(p.where, p.around) for p in places] == [(where, "by [Persoon 1]")]


def test_the_passphrase_opens_the_check_while_the_key_is_there(quick_team: Team) -> None:
    place = give_pseudonyms(quick_team.engine, quick_team.lead)
    engine, lead = quick_team.engine, quick_team.lead
    assert leaving.entries_held(engine, lead) is None
    assert leaving.unlock_check(engine, lead, SECRET) == len(ENTITIES)
    place.unlink()
    assert leaving.entries_held(engine, lead) is None
    with pytest.raises(UserFacingError, match="no key at"):
        leaving.unlock_check(engine, lead, SECRET)


@pytest.mark.parametrize(
    ("key", "why"),
    [
        (Key("another study", "nl", ENTITIES), "another study"),
        (Key(None, "nl", ENTITIES[:1]), "does not know 1 of the study"),
    ],
)
def test_the_key_of_another_study_or_an_older_copy_does_not_open_the_check(
    quick_team: Team, key: Key, why: str
) -> None:
    give_pseudonyms(quick_team.engine, quick_team.lead, key=False)
    with pytest.raises(UserFacingError, match=why):
        leaving._refuse_another(quick_team.engine, quick_team.lead, key)


def test_a_key_that_was_changed_is_asked_for_again_and_an_import_renews_it(
    unlocked: Team, tmp_path: Path
) -> None:
    file, key = tmp_path / "key.age", Key(None, "nl", ENTITIES)
    file.write_bytes(b"sealed")
    leaving.renew_check(unlocked.anna, key, file)
    assert leaving.entries_held(unlocked.engine, unlocked.bram) == len(ENTITIES)
    file.write_bytes(b"sealed anew")
    assert leaving.entries_held(unlocked.engine, unlocked.bram) is None
    more = (*ENTITIES, Entity("[Plaats 1]", Kind.PLACE, ("Leievelde",)))
    leaving.renew_check(unlocked.anna, replace(key, entities=more), file)
    assert leaving.entries_held(unlocked.engine, unlocked.bram) == len(more)
    leaving.lock_check(unlocked.lead)
    leaving.renew_check(unlocked.anna, key, file)
    assert leaving.entries_held(unlocked.engine, unlocked.bram) is None


def test_a_file_on_disk_takes_its_name_only_once_it_may_leave(unlocked: Team, tmp_path: Path) -> None:
    out = tmp_path / "out" / "memos.csv"
    out.parent.mkdir()
    unlocked.code(unlocked.bram, "The nurse", memo="Lieve Peeters rang")
    for reason, kept in (("", []), ("for the board", [out])):
        try:
            with leaving.file_to_check(
                unlocked.engine, unlocked.bram, "memos", out, with_names=reason
            ) as path:
                memos.export_memos(unlocked.engine, unlocked.bram, path)
        except NamesShow:
            assert not reason
        assert list(out.parent.iterdir()) == kept
    assert b"Lieve Peeters" in out.read_bytes()


def test_no_original_is_anywhere_but_in_memory_and_the_key(
    unlocked: Team, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for reason in ("", "for the board"):
        try:
            let_leave(unlocked.engine, unlocked.bram, NAMED, with_names=reason)
        except NamesShow:
            assert not reason
    leaving.lock_check(unlocked.lead)
    let_leave(unlocked.engine, unlocked.bram, NAMED, unchecked="nobody is here")
    told = caplog.text + repr(leaving._OPEN) + repr(NAMED)
    file = Path(str(unlocked.engine.url.database))
    kept = [path.read_bytes() for path in file.parent.rglob("*") if path.is_file()]
    assert kept
    for original in ORIGINALS:
        assert original not in told
        assert not any(original.encode() in data for data in kept)
