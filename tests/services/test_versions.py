"""A corrected text is a new version: codings move along, and what has no place is listed."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from corpus.errors import UserFacingError
from corpus.models import Comment, Document, Furniture, Page, RawText
from corpus.versions import Lost
from store import tables
from store.engine import writing
from tests.services.team import TEXT, Team
from workbench.services import (
    agreement,
    coding,
    documents,
    findings,
    keeping,
    memos,
    overview,
    progress,
    rounds,
    settling,
    snapshot,
    studies,
    triangulation,
    versions,
)
from workbench.services.errors import NotAllowed, NotThere

CORRECTED = TEXT.replace("no time", "hardly any time").replace("The nurse", "GP 1 said: the nurse")


def correct(team: Team, text: str = CORRECTED, *, document: Document | None = None) -> versions.Corrected:
    return versions.correct_text(
        team.engine, team.lead, (document or team.document).id, text, reason="The transcriber heard it wrong"
    )


def opened(team: Team, document: Document | None = None) -> Document:
    return documents.open_document(team.engine, team.lead, (document or team.document).id)[1]


def waiting(team: Team) -> list[versions.UnplacedLine]:
    return versions.unplaced_of(team.engine, team.lead)


def test_codings_move_along_with_their_lineage_memo_and_attributes(team: Team) -> None:
    made = team.code(team.anna, "money is there", valence="facilitator", memo="of which year?")
    team.act(team.anna, type="detail", coding=made, strength="strong", timepoint="2024")
    before = team.seen(team.anna)[0]
    memos.write_memo(
        team.engine, team.anna, kind="theoretical", about="coding", about_id=UUID(made), text="on money"
    )
    done = correct(team)
    (after,) = team.seen(team.anna)
    text = opened(team).text
    assert text == CORRECTED
    assert (done.moved, done.unplaced, done.number) == (1, (), 2)
    assert text[after.start_char : after.end_char] == after.quote == "money is there"
    assert after.start_char == before.start_char + len(CORRECTED) - len(TEXT)
    assert (after.lineage, after.code, after.valence) == (before.lineage, before.code, before.valence)
    assert (after.memo, after.detail) == ("of which year?", before.detail)
    assert after.id != before.id
    (about,) = [m for m in memos.memos_of(team.engine, team.anna) if m.text == "on money"]
    assert (about.place, about.at) == ("money is there", after.start_char)
    assert team.problems() == []


def test_a_coding_whose_words_were_changed_is_listed_and_never_dropped(team: Team) -> None:
    team.code(team.anna, "no time", valence="barrier", memo="sighs")
    team.code(team.bram, "Nobody asked the patients")
    looked = versions.preview_correction(team.engine, team.lead, team.document.id, CORRECTED)
    assert [(lost.coder, lost.quote, lost.why) for lost in looked.unplaced] == [
        ("Anna", "no time", "its words were changed")
    ]
    assert looked.version_id is None
    assert len(team.seen(team.lead)) == 2, "a preview stores nothing"
    assert correct(team).unplaced == looked.unplaced
    assert [c.quote for c in team.seen(team.lead)] == ["Nobody asked the patients"]
    (line,) = waiting(team)
    assert (line.coding.quote, line.coding.coder, line.coding.memo) == ("no time", "Anna", "sighs")
    assert (line.coding.reason, line.coding.number, line.code) == (Lost.CHANGED, 1, "ECO-FUND")
    assert CORRECTED[line.at :].startswith("hardly any")
    assert team.problems() == []


def test_a_coding_without_a_place_is_placed_by_hand_with_all_that_hangs_on_it(team: Team) -> None:
    team.code(team.anna, "no time", valence="barrier", memo="sighs")
    lineage = team.seen(team.anna)[0].lineage
    correct(team)
    (line,) = waiting(team)
    with pytest.raises(NotAllowed, match="Anna"):
        versions.let_go(team.engine, team.bram, line.coding.id)
    start = CORRECTED.index("hardly any time")
    versions.place_coding(team.engine, team.anna, line.coding.id, start, start + len("hardly any time"))
    (placed,) = team.seen(team.anna)
    assert (placed.quote, placed.memo, placed.lineage) == ("hardly any time", "sighs", lineage)
    assert placed.coder == "Anna"
    assert waiting(team) == []
    with pytest.raises(NotThere):
        versions.let_go(team.engine, team.anna, line.coding.id)
    assert team.problems() == []


def test_a_coding_can_be_placed_by_words_of_the_present_text(quick_team: Team) -> None:
    quick_team.code(quick_team.anna, "no time")
    correct(quick_team)
    (line,) = waiting(quick_team)
    with pytest.raises(UserFacingError, match="do not stand"):
        versions.place_by_words(quick_team.engine, quick_team.lead, line.coding.id, "no time")
    versions.place_by_words(quick_team.engine, quick_team.lead, line.coding.id, " any time ")
    (placed,) = quick_team.seen(quick_team.lead)
    assert (placed.quote, placed.coder) == ("any time", "Anna")


def test_a_coding_that_was_let_go_stays_in_the_history(quick_team: Team) -> None:
    made = quick_team.code(quick_team.anna, "no time")
    correct(quick_team)
    versions.let_go(quick_team.engine, quick_team.anna, waiting(quick_team)[0].coding.id)
    assert waiting(quick_team) == quick_team.seen(quick_team.anna) == []
    with quick_team.engine.connect() as connection:
        row = connection.execute(sa.select(tables.coding).where(tables.coding.c.id == UUID(made))).one()
    assert row.quote == "no time"
    assert quick_team.problems() == []


def test_going_back_is_another_correction_and_finds_lost_codings_again(quick_team: Team) -> None:
    quick_team.code(quick_team.anna, "no time", memo="sighs")
    correct(quick_team)
    listed = versions.versions_of(quick_team.engine, quick_team.lead, quick_team.document.id)
    first = versions.text_of_version(quick_team.engine, quick_team.lead, quick_team.document.id, listed[0].id)
    back = correct(quick_team, first)
    assert (back.number, back.found_again, back.unplaced) == (3, 1, ())
    assert waiting(quick_team) == []
    (again,) = quick_team.seen(quick_team.anna)
    assert (again.quote, again.memo) == ("no time", "sighs")
    assert opened(quick_team).text == TEXT
    told = versions.versions_of(quick_team.engine, quick_team.anna, quick_team.document.id)
    assert [(v.number, v.kind, v.by, v.reason) for v in told] == [
        (1, "import", "Lena", ""),
        (2, "correction", "Lena", "The transcriber heard it wrong"),
        (3, "correction", "Lena", "The transcriber heard it wrong"),
    ]
    assert quick_team.problems() == []


def test_agreement_of_an_earlier_round_stays_as_it_was(team: Team) -> None:
    team.open_round()
    team.code(team.anna, "no time", "ECO-FUND", valence="barrier")
    team.code(team.anna, "money is there", "ECO-FUND")
    team.code(team.bram, "no time", "PRO-KNOW", memo="not money")
    team.finish(team.anna, team.bram)
    team.reveal()

    def measured() -> list[object]:
        return [
            agreement.agreement_of_round(team.engine, team.lead, unit=unit)
            for unit in ("section", "sentence", "document", "character")
        ]

    before = measured()
    assert before[0].pooled.value is not None
    place = settling.list_disagreements(team.engine, team.lead)
    correct(team)
    assert measured() == before
    assert settling.list_disagreements(team.engine, team.lead).places == place.places
    correct(team, "Another text altogether.")
    assert measured() == before


@pytest.mark.parametrize("blind", [True, False])
def test_a_text_is_not_corrected_under_the_coders_of_an_open_round(quick_team: Team, blind: bool) -> None:
    other = quick_team.add_document("Another text.", title="Other")
    quick_team.open_round(blind=blind, documents=[quick_team.document])
    with pytest.raises(NotAllowed, match="First round"):
        correct(quick_team)
    assert correct(quick_team, "Another text, corrected.", document=other).number == 2
    quick_team.finish(quick_team.anna, quick_team.bram)
    with pytest.raises(NotAllowed, match="not revealed"):
        correct(quick_team)
    quick_team.reveal()
    assert correct(quick_team).number == 2


def test_what_cannot_be_a_correction_is_refused_with_what_to_do(quick_team: Team) -> None:
    with pytest.raises(NotAllowed, match="lead"):
        versions.correct_text(
            quick_team.engine, quick_team.anna, quick_team.document.id, CORRECTED, reason="typo"
        )
    for text, reason, told in (
        (TEXT, "typo", "nothing to correct"),
        ("  \n ", "typo", "withdraw"),
        (CORRECTED, "  ", "needs a reason"),
    ):
        with pytest.raises(UserFacingError, match=told):
            versions.correct_text(
                quick_team.engine, quick_team.lead, quick_team.document.id, text, reason=reason
            )


def test_a_correction_of_a_text_that_was_corrected_meanwhile_is_refused(quick_team: Team) -> None:
    looked = versions.preview_correction(
        quick_team.engine, quick_team.lead, quick_team.document.id, CORRECTED
    )
    correct(quick_team, TEXT + "\n\nThe end.")
    with pytest.raises(UserFacingError, match="somebody else"):
        versions.correct_text(
            quick_team.engine,
            quick_team.lead,
            quick_team.document.id,
            CORRECTED,
            reason="typo",
            replaces=looked.replaces,
        )


def test_findings_keep_their_quote_and_open_near_their_place(quick_team: Team) -> None:
    made = quick_team.code(quick_team.lead, "no time", "PRO-KNOW")
    findings.add_finding(
        quick_team.engine,
        quick_team.lead,
        source="Steering group",
        theme="PRO-KNOW",
        statement="Nobody has time",
        coding_ids=[UUID(made)],
    )
    correct(quick_team)
    (finding,) = triangulation.triangulate(quick_team.engine, quick_team.lead).findings
    (excerpt,) = finding.excerpts
    assert excerpt.quote == "no time"
    first = versions.versions_of(quick_team.engine, quick_team.lead, quick_team.document.id)[0]
    assert excerpt.version_id == first.id
    now = versions.place_now(
        quick_team.engine, quick_team.lead, quick_team.document.id, excerpt.version_id, excerpt.start_char
    )
    assert (now.number, now.is_same) == (1, False)
    assert CORRECTED[now.at :].startswith("hardly any time")
    same = versions.place_now(
        quick_team.engine, quick_team.lead, quick_team.document.id, first.id, TEXT.index("money")
    )
    assert (same.at, same.is_same) == (CORRECTED.index("money"), True)


def test_questions_readings_and_reading_marks_follow_the_present_text(quick_team: Team) -> None:
    quick_team.code(quick_team.anna, "money is there")
    quick_team.code(quick_team.anna, "no time")
    progress.mark_as_read(quick_team.engine, quick_team.bram, quick_team.document.id)
    assert len(snapshot.snapshot_of(quick_team.engine, quick_team.lead).columns) == 2
    correct(quick_team)
    assert len(snapshot.snapshot_of(quick_team.engine, quick_team.lead).columns) == 1
    readings = overview.readings_of(quick_team.engine, quick_team.lead)[quick_team.document.id]
    assert (readings["Anna"].state, readings["Anna"].codings) == ("coded", 1)
    assert readings["Bram"].state == "read"


def test_undo_of_a_coder_does_not_reach_back_over_a_correction(quick_team: Team) -> None:
    quick_team.code(quick_team.anna, "money is there")
    correct(quick_team)
    screen = coding.coding_screen(quick_team.engine, quick_team.anna, quick_team.document.id)
    quick_team.try_act(quick_team.anna, type="undo")
    assert coding.coding_screen(quick_team.engine, quick_team.anna, quick_team.document.id) == screen


def test_a_coding_without_a_place_is_not_shown_to_others_under_a_blind_round(quick_team: Team) -> None:
    quick_team.code(quick_team.anna, "no time")
    correct(quick_team)
    quick_team.open_round()
    assert versions.unplaced_of(quick_team.engine, quick_team.bram) == []
    assert versions.unplaced_of(quick_team.engine, quick_team.lead) == []
    assert len(versions.unplaced_of(quick_team.engine, quick_team.anna)) == 1
    quick_team.finish(quick_team.anna)
    with pytest.raises(NotAllowed, match="finished"):
        versions.place_by_words(
            quick_team.engine,
            quick_team.anna,
            versions.unplaced_of(quick_team.engine, quick_team.anna)[0].coding.id,
            "any time",
        )


def test_a_corrected_text_can_come_from_a_file(quick_team: Team, tmp_path: Path) -> None:
    path = tmp_path / "corrected.md"
    path.write_text("# Minutes\n\nGP 1: Money is there.\n\nGP 2: No.\n", encoding="utf-8")
    versions.correct_text(
        quick_team.engine,
        quick_team.lead,
        quick_team.document.id,
        versions.text_at(path),
        reason="typed anew",
    )
    document = opened(quick_team)
    assert document.title == "Report 1"
    assert [(s.kind.value, s.speaker) for s in document.sections] == [
        ("heading", None),
        ("turn", "GP 1"),
        ("turn", "GP 2"),
    ]
    table = tmp_path / "two.csv"
    table.write_text("id,text\n1,One text here\n2,Another text\n", encoding="utf-8")
    with pytest.raises(UserFacingError, match=r"two\.csv"):
        versions.text_at(table)


def test_what_stood_around_an_edited_text_stays_with_it(quick_team: Team) -> None:
    raw = RawText(
        "Head\n\nFirst page here.\n\nSecond page here.",
        "minutes.docx",
        "1" * 64,
        title="Minutes",
        headings=((0, 4, 1),),
        pages=(Page(0, "1"), Page(24, "2")),
        comments=(Comment(24, 30, "which page?", "Lena", "2024-01-02"),),
        furniture=(Furniture("head of page 2", "Confidential"),),
    )
    from corpus.documents import make_document
    from store.documents import add_document

    document = make_document(quick_team.source, raw)
    with writing(quick_team.engine) as connection:
        add_document(connection, document, actor=quick_team.lead)
    correct(quick_team, "Head\n\nThe very first page here.\n\nSecond page here.", document=document)
    parts = versions.parts_of(quick_team.engine, quick_team.anna, document.id)
    text = opened(quick_team, document).text
    assert [text[page.start_char :].split()[0] for page in parts.pages] == ["Head", "Second"]
    (comment,) = parts.comments
    assert (text[comment.start_char : comment.end_char], comment.author) == ("Second", "Lena")
    assert parts.furniture == raw.furniture
    assert next(s.kind.value for s in opened(quick_team, document).sections) == "heading"


def test_codings_of_a_person_who_is_no_coder_any_more_move_too(quick_team: Team) -> None:
    studies.add_person(quick_team.engine, quick_team.lead, "Claire")
    quick_team.open_round(coders=("Anna", "Claire"))
    claire = next(m for m in studies.team(quick_team.engine, quick_team.lead) if m.name == "Claire")
    quick_team.code(claire, "money is there")
    rounds.finish(quick_team.engine, claire, "First round")
    rounds.finish(quick_team.engine, quick_team.anna, "First round")
    quick_team.reveal()
    assert correct(quick_team).moved == 1
    assert [c.coder for c in quick_team.seen(quick_team.lead)] == ["Claire"]


def test_the_log_tells_others_nothing_of_a_coding_let_go_under_a_blind_round(quick_team: Team) -> None:
    quick_team.code(quick_team.anna, "no time")
    quick_team.code(quick_team.anna, "Nobody asked")
    correct(quick_team, "The nurse has little time.")
    quick_team.open_round()
    before = keeping.log_of(quick_team.engine, quick_team.bram)
    one, other = versions.unplaced_of(quick_team.engine, quick_team.anna)
    versions.let_go(quick_team.engine, quick_team.anna, one.coding.id)
    versions.place_by_words(quick_team.engine, quick_team.anna, other.coding.id, "little time")
    assert keeping.log_of(quick_team.engine, quick_team.bram) == before
    assert len(keeping.log_of(quick_team.engine, quick_team.anna)) > len(before)
