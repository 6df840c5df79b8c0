"""Texts without names in the study, names in the key alone, and the check before anything leaves."""

from __future__ import annotations

import io
import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import docx
import pyrage
import pytest
import sqlalchemy as sa

from corpus.documents import make_document
from corpus.errors import UnreadableFile, UserFacingError
from corpus.models import Furniture, Page, RawText, Source
from corpus.pseudonyms.entities import Entity
from corpus.pseudonyms.models import Kind
from corpus.pseudonyms.replacing import OffsetMap
from store import documents as kept
from store import tables
from store.engine import reading, writing
from tests.services.team import Team
from workbench.services import keeping
from workbench.services.errors import NotAllowed
from workbench.services.pseudonym_keys import Key, keep_key, new_key, open_key, text_key
from workbench.services.pseudonymising import (
    NOT_EVERYTHING,
    Checked,
    Decision,
    Original,
    Proposal,
    check_file,
    check_study,
    confirm_all,
    import_reviewed,
    propose,
    pseudonymise,
    pseudonyms_of,
    read_originals,
    settle,
)

SECRET = "vier woorden van ons"
TEXT = (
    "Gesprek\n\nLieve Peeters: Dokter Zwaenepoel komt uit Gent.\nINT: En dan?\n"
    "Lieve Peeters: Nummer 67.03.12-123.72.\n"
)
NAMES = ("Peeters", "Zwaenepoel", "Gent", "123.72", "Lieve")


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def file(text: str, name: str = "gesprek.txt") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return file


def proposed(*paths: Path, key: Key | None = None) -> Proposal:
    originals = [one for one in read_originals(paths, language="nl") if isinstance(one, Original)]
    return propose(originals, key or new_key(None, "nl"))


def review(
    team: Team, proposal: Proposal, place: Path, held: Key | None = None, **decisions: Decision
) -> Key:
    """The proposal, confirmed but for these decisions by name, goes into the study."""
    by_name = {group.name: group.key for group in proposal.groups}
    said = confirm_all(proposal) | {by_name[name]: decision for name, decision in decisions.items()}
    import_reviewed(
        team.engine,
        team.lead,
        proposal,
        said,
        held=held or new_key(None, "nl"),
        key_file=place,
        passphrase=SECRET,
        source="Gesprekken",
        kind="interview",
    )
    return open_key(place, passphrase=SECRET)


def stored_text(team: Team, title: str = "gesprek") -> tuple[str, object]:
    with reading(team.engine) as connection:
        (found,) = [d for d in kept.documents(connection, team.lead.study_id) if d.title == title]
        loaded = kept.load_document(connection, found.id)
    assert loaded is not None
    return loaded[1].text, loaded[1]


def test_the_study_gets_pseudonyms_and_the_key_the_names(
    team: Team, write: Callable[..., Path], tmp_path: Path
) -> None:
    place = tmp_path / "keys" / "study.age"
    key = review(team, proposed(write(TEXT)), place)
    text, document = stored_text(team)
    assert text == (
        "Gesprek\n\n[Persoon 1]: Dokter [Arts 1] komt uit [Plaats 1].\nINT: En dan?\n"
        "[Persoon 1]: Nummer [Rijksregisternummer 1].\n"
    )
    assert [section.speaker for section in document.sections if section.speaker] == [
        "[Persoon 1]",
        "INT",
        "[Persoon 1]",
    ]
    assert sorted(pseudonyms_of(team.engine, team.lead)) == [
        ("[Arts 1]", "doctor"),
        ("[Persoon 1]", "person"),
        ("[Plaats 1]", "place"),
        ("[Rijksregisternummer 1]", "national number"),
    ]
    assert key.originals[text_key(text)] == TEXT
    with reading(team.engine) as connection:
        rows = connection.execute(sa.select(tables.version_origin)).all()
    (origin,) = rows
    offsets = OffsetMap(tuple(map(tuple, origin.offset_map)))
    assert origin.kind == "pseudonymised"
    start = TEXT.index("Zwaenepoel")
    new_start, new_end = offsets.to_new(start, start + 3)
    assert text[new_start:new_end] == "[Arts 1]"


def test_no_name_is_anywhere_in_the_database_nor_readable_in_the_key(
    quick_team: Team, write: Callable[..., Path], tmp_path: Path
) -> None:
    place = tmp_path / "study.age"
    review(quick_team, proposed(write(TEXT, "Lieve Peeters.txt")), place)
    kept_copy = tmp_path / "backup.db"
    keeping.back_up(quick_team.engine, kept_copy)
    held = place.read_bytes()
    for name in NAMES:
        assert name.encode() not in kept_copy.read_bytes()
        assert name.encode() not in held
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert keeping.verify(quick_team.engine).problems == ()


def test_a_later_import_gives_the_same_pseudonyms(
    quick_team: Team, write: Callable[..., Path], tmp_path: Path
) -> None:
    place = tmp_path / "study.age"
    key = review(quick_team, proposed(write(TEXT)), place)
    later = proposed(write("Tweede\n\nMevrouw Peeters sprak over Mia Claes.\n", "b.txt"), key=key)
    review(quick_team, later, place, held=key)
    assert stored_text(quick_team, "b")[0] == "Tweede\n\nMevrouw [Persoon 1] sprak over [Persoon 2].\n"


def test_a_rejected_name_stays_and_is_not_proposed_again(
    quick_team: Team, write: Callable[..., Path], tmp_path: Path
) -> None:
    place = tmp_path / "study.age"
    path = write(TEXT)
    key = review(quick_team, proposed(path), place, Gent=Decision(confirmed=False))
    assert "uit Gent." in stored_text(quick_team)[0]
    assert "Gent" not in [group.name for group in proposed(path, key=key).groups]


def test_kind_and_sameness_are_what_the_person_says(write: Callable[..., Path]) -> None:
    proposal = proposed(write("Lieve Peeters kwam. Mevrouw Maes ook.\n"))
    peeters, maes = proposal.groups
    decisions = {
        peeters.key: Decision(confirmed=True, kind=Kind.PATIENT),
        maes.key: Decision(confirmed=True, same_as=peeters.key),
    }
    key, given = settle(new_key(None, "nl"), proposal, decisions)
    assert set(given.values()) == {"[Patiënt 1]"}
    assert key.entities == (Entity("[Patiënt 1]", Kind.PATIENT, ("Lieve Peeters", "Maes")),)


def test_what_nobody_confirmed_is_replaced_and_counted(write: Callable[..., Path]) -> None:
    proposal = proposed(write(TEXT))
    key, given = settle(new_key(None, "nl"), proposal, {})
    (made,) = pseudonymise(proposal, key, given, source=Source(UUID(int=1), "", ""))
    assert not any(name in made.document.text for name in NAMES)
    assert made.unconfirmed == sum(made.found.values()) == 5
    assert made.found == {"person": 2, "doctor": 1, "place": 1, "national number": 1}


def test_words_beside_the_text_lose_their_names_too(quick_team: Team, tmp_path: Path) -> None:
    document = docx.Document()
    document.core_properties.title = "Gesprek met Lieve Peeters"
    run = document.add_paragraph("Mevrouw Peeters heeft geen tijd voor dit alles.").runs[0]
    document.add_comment(run, text="Zo is Lieve Peeters.", author="Koen Zwaenepoel")
    path = tmp_path / "verslag.docx"
    document.save(str(path))
    review(quick_team, proposed(path), tmp_path / "study.age")
    with reading(quick_team.engine) as connection:
        told = [(row.text, row.author) for row in connection.execute(sa.select(tables.file_comment))]
        titles = [d.title for d in kept.documents(connection, quick_team.lead.study_id)]
    assert told == [("Zo is [Persoon 1].", "[Persoon 2]")]
    assert not any("Peeters" in title for title in titles)


def test_a_name_that_a_person_adds_is_found_everywhere(write: Callable[..., Path]) -> None:
    proposal = proposed(write("Zorgje moet komen. Zorgje is er niet.\n"))
    assert "Zorgje" not in [group.name for group in proposal.groups]
    again = propose(proposal.originals, new_key(None, "nl"), added=[("Zorgje", Kind.PERSON)])
    (group,) = again.groups
    assert (group.name, len(group.hits), group.hits[0][1].why) == ("Zorgje", 2, "added by hand")


def test_the_key_opens_with_its_passphrase_alone(tmp_path: Path) -> None:
    place = tmp_path / "study.age"
    key = Key(
        "s", "nl", (Entity("[Arts 1]", Kind.DOCTOR, ("Maes",)),), frozenset({"place: gent"}), {"a": "b"}
    )
    keep_key(place, key, passphrase=SECRET)
    assert open_key(place, passphrase=SECRET) == key
    with pytest.raises(UnreadableFile, match="passphrase"):
        open_key(place, passphrase="other")
    with pytest.raises(UserFacingError, match="passphrase"):
        keep_key(place, key, passphrase="")


@pytest.mark.parametrize("held", [b"nothing", b'{"format": "trigpoint-pseudonyms"}'])
def test_a_file_that_is_no_key_is_refused(tmp_path: Path, held: bytes) -> None:
    place = tmp_path / "study.age"
    place.write_bytes(held)
    with pytest.raises(UnreadableFile, match="no key"):
        open_key(place, passphrase=SECRET)
    place.write_bytes(pyrage.passphrase.encrypt(json.dumps({"a": 1}).encode(), SECRET))
    with pytest.raises(UnreadableFile, match="damaged"):
        open_key(place, passphrase=SECRET)


def test_a_key_that_somebody_else_changed_since_is_not_overwritten(
    quick_team: Team, write: Callable[..., Path], tmp_path: Path
) -> None:
    place = tmp_path / "study.age"
    mine = proposed(write(TEXT))
    review(quick_team, proposed(write("Andere tekst over Mia Claes.\n", "b.txt")), place)
    with pytest.raises(UserFacingError, match="changed the key"):
        review(quick_team, mine, place)


def test_the_check_tells_where_names_show_and_of_which_kind(
    quick_team: Team, write: Callable[..., Path], tmp_path: Path
) -> None:
    key = review(quick_team, proposed(write(TEXT)), tmp_path / "study.age")
    assert check_study(quick_team.engine, quick_team.lead, key) == Checked(())
    quick_team.code(quick_team.lead, "no time", memo="As Peeters said")
    (leak,) = check_study(quick_team.engine, quick_team.lead, key).found
    assert (leak.kind, leak.form, leak.pseudonym) == ("person", "a part of the name", "[Persoon 1]")
    assert leak.place.endswith(".text") or "memo" in leak.place
    assert "Peeters" not in repr(leak)
    with pytest.raises(NotAllowed, match="lead"):
        check_study(quick_team.engine, quick_team.anna, key)


def test_the_check_does_not_tell_where_a_blind_coder_wrote_a_name(
    quick_team: Team, write: Callable[..., Path], tmp_path: Path
) -> None:
    key = review(quick_team, proposed(write(TEXT)), tmp_path / "study.age")
    quick_team.open_round()
    before = check_study(quick_team.engine, quick_team.lead, key)
    assert before == Checked((), (NOT_EVERYTHING,))
    quick_team.code(quick_team.anna, "no time", memo="As Peeters said")
    assert check_study(quick_team.engine, quick_team.lead, key) == before


def test_the_check_goes_through_what_hangs_on_a_document_too(
    quick_team: Team, write: Callable[..., Path], tmp_path: Path
) -> None:
    key = review(quick_team, proposed(write(TEXT)), tmp_path / "study.age")
    raw = RawText("Nothing.", "a.txt", "9" * 64, furniture=(Furniture("head", "Lieve Peeters"),))
    document = make_document(quick_team.add_source("Reports"), raw, language="en")
    with writing(quick_team.engine) as connection:
        kept.add_document(connection, document, actor=quick_team.lead)
    places = {leak.place for leak in check_study(quick_team.engine, quick_team.lead, key).found}
    assert places == {"set_aside.text"}


def test_names_in_labels_of_pages_columns_and_places_are_replaced(quick_team: Team, tmp_path: Path) -> None:
    raw = RawText(
        "Mevrouw Lieve Peeters heeft geen tijd.",
        "a.txt",
        "9" * 64,
        attributes={"score van Lieve Peeters": "3"},
        pages=(Page(0, "blad Lieve Peeters"),),
        furniture=(Furniture("hoofd van Lieve Peeters", "geheim"),),
    )
    review(quick_team, propose([Original("a.txt", raw, "nl")], new_key(None, "nl")), tmp_path / "study.age")
    with reading(quick_team.engine) as connection:
        told = [
            connection.execute(sa.select(column)).scalars().one()
            for column in (
                tables.page.c.label,
                tables.document_attribute.c.name,
                tables.set_aside.c.place,
            )
        ]
    assert told == ["blad [Persoon 1]", "score van [Persoon 1]", "hoofd van [Persoon 1]"]


def test_a_file_that_leaves_is_checked_whatever_its_format(tmp_path: Path) -> None:
    key = Key(None, "nl", (Entity("[Persoon 1]", Kind.PERSON, ("Lieve Peeters",)),))
    table = tmp_path / "codings.csv"
    table.write_text("quote\nLieve Peeters zei\n", encoding="utf-8")
    report = tmp_path / "report.docx"
    document = docx.Document()
    paragraph = document.add_paragraph("Volgens Lie")
    paragraph.add_run("ve Peeters")
    document.save(str(report))
    clean = tmp_path / "clean.csv"
    clean.write_text("quote\n[Persoon 1] zei\n", encoding="utf-8")
    assert [leak.form for leak in check_file(table, key).found] == ["a form of the name"]
    assert "a form of the name" in [leak.form for leak in check_file(report, key).found]
    assert check_file(clean, key) == Checked(())


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", b"<p>Lieve <b>Pe</b>eters zei</p>"),
        ("a.html", b"<p>Andr&eacute; Maes</p>"),
        ("a.xml", b'<Source name="Lieve Peeters"/>'),
        ("a.json", b'{"quote": "Andr\\u00e9 Maes"}'),
        ("a.jsonl", b'{"a": 1}\n{"quote": "Andr\\u00e9 Maes"}'),
        ("a.txt", "Lieve Peeters".encode("utf-16")),
        ("a.txt", "Zo zei Andr\u00e9 Maes".encode("cp1252")),
    ],
)
@pytest.mark.parametrize("packing", [0, 1, 2])
def test_a_name_in_any_spelling_of_a_file_is_found(
    tmp_path: Path, name: str, data: bytes, packing: int
) -> None:
    entities = (
        Entity("[Persoon 1]", Kind.PERSON, ("Lieve Peeters",)),
        Entity("[Persoon 2]", Kind.PERSON, ("Andr\u00e9 Maes",)),
    )
    for _ in range(packing):
        data, name = zipped(name, data), "export.zip"
    path = tmp_path / name
    path.write_bytes(data)
    checked = check_file(path, Key(None, "nl", entities))
    assert [leak.form for leak in checked.found] == ["a form of the name"]
    assert checked.unchecked == ()


def test_parts_that_hold_no_text_are_told_without_their_names(tmp_path: Path) -> None:
    key = Key(None, "nl", (Entity("[Persoon 1]", Kind.PERSON, ("Lieve Peeters",)),))
    path = tmp_path / "export.zip"
    path.write_bytes(zipped("Lieve Peeters.png", b"\x89PNG\0\1\2"))
    checked = check_file(path, key)
    assert checked.unchecked == (f"{path}: part 1 (.png) could not be checked",)
    assert len(checked.found) == 1
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG\0\1\2")
    with pytest.raises(UserFacingError, match="can't be checked"):
        check_file(picture, key)


def zipped(name: str, data: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr(name, data)
    return held.getvalue()
