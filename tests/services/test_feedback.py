"""Feedback of stakeholder groups: packets, answers, what changed, and who may see any of it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from sqlalchemy import Engine

from corpus.errors import UserFacingError
from store.studies import Member
from tests.services.team import Team, a_file
from triangulation.feedback import Answer
from triangulation.models import Row
from workbench.services import (
    chronicle,
    documents,
    feedback,
    findings,
    judging,
    participants,
    relations,
    sorting,
    studies,
)
from workbench.services.errors import NotAllowed, NotThere

MONEY, TIME = Row("ECO-FUND", "Money is there"), Row("ORG-STAFF", "There is no time")
BOARD = "Steering group"


def with_findings(team: Team, speaker: str = "") -> Team:
    """Minutes and two interviews speak of money; only the interviews of time."""
    interviews = team.add_source("Interviews")
    for number in (1, 2):
        team.add_document(
            f"{speaker or f'GP {number}'}: Money is there.\n{speaker or f'GP {number}'}: No time.",
            title=f"I{number}",
            source=interviews,
        )
    for source, row in (("Steering group", MONEY), ("Interviews", MONEY), ("Interviews", TIME)):
        findings.add_finding(
            team.engine, team.lead, source=source, theme=row.theme, row=row.statement, statement="So."
        )
    feedback.keep_group(team.engine, team.lead, BOARD)
    for name, role in (("M1", "chair"), ("M2", ""), ("M3", "")):
        feedback.invite(team.engine, team.lead, BOARD, name, role=role)
    return team


@pytest.fixture
def asked(quick_team: Team) -> Team:
    return with_findings(quick_team)


def respond(
    team: Team, answer: str, person: str | None = "M1", row: Row | None = MONEY, text: str = ""
) -> None:
    feedback.respond(team.engine, team.lead, BOARD, person=person, row=row, answer=answer, text=text)


def of_board(team: Team, viewer: Member | None = None) -> feedback.GroupFeedback:
    return feedback.feedback_of(team.engine, viewer or team.lead, BOARD)


def test_feedback_goes_round_whole_on_both_databases(team: Team) -> None:
    with_findings(team)
    made = feedback.make_packet(team.engine, team.lead, BOARD, [MONEY])
    respond(team, "disagree", text="Not with us")
    respond(team, "agree", person="M2", row=None)
    (said, _) = of_board(team).responses
    feedback.write_change(team.engine, team.lead, BOARD, said.id, "Narrowed")
    told = of_board(team)
    assert [packet.sha256 for packet in told.packets] == [made.sha256]
    assert [line.row for line in told.register.lines] == [MONEY, None]
    assert (told.register.lines[0].disagree, told.register.lines[0].silent) == (1, 2)
    assert [one.name for one in told.register.non_responders] == ["M3"]
    assert told.responses[0].changes[0].text == "Narrowed"
    assert told.register.without_consequence == ()
    assert team.problems() == []


# --- the packet ---------------------------------------------------------------------------------------


def test_the_packet_has_each_row_on_which_a_source_speaks_under_its_level(asked: Team) -> None:
    packet = feedback.packet_of(asked.engine, asked.lead, BOARD)
    assert {item.row for item in packet.items} == {MONEY, TIME}
    assert [item.number for item in packet.items] == [1, 2]
    assert len(packet.levels) == 2


def test_a_source_of_fewer_people_than_the_group_allows_is_not_named(asked: Team) -> None:
    support = {item.row: item.support for item in feedback.packet_of(asked.engine, asked.lead, BOARD).items}
    assert support == {MONEY: "Steering group and a few people", TIME: "a few people"}
    assert "Interviews" not in feedback.packet_page(asked.engine, asked.lead, BOARD)
    feedback.keep_group(asked.engine, asked.lead, BOARD, smallest=2)
    assert "Interviews" in feedback.packet_page(asked.engine, asked.lead, BOARD)


def quoted(team: Team) -> None:
    interview = next(d for d in documents.list_documents(team.engine, team.lead) if d.title == "I1")
    path = a_file(
        Path(str(team.engine.url.database)).parent / "codings.csv",
        [{"document": str(interview.id), "quote": "No time.", "code": "ORG-STAFF", "coder": "Lena"}],
    )
    from workbench.services import coding

    coding.import_codings(team.engine, team.lead, path)
    (made,) = coding.codings_of(team.engine, team.lead)
    findings.add_finding(
        team.engine,
        team.lead,
        source="Interviews",
        theme=TIME.theme,
        row=TIME.statement,
        statement="Quoted.",
        coding_ids=[made.id],
    )


def test_quotes_and_roles_stand_in_the_packet_only_where_chosen(asked: Team) -> None:
    quoted(asked)
    feedback.keep_group(asked.engine, asked.lead, BOARD, smallest=1)
    assert "No time." not in feedback.packet_page(asked.engine, asked.lead, BOARD)
    feedback.keep_group(asked.engine, asked.lead, BOARD, smallest=1, with_quotes=True)
    page = feedback.packet_page(asked.engine, asked.lead, BOARD)
    assert "No time." in page
    assert "GP" not in page
    feedback.keep_group(asked.engine, asked.lead, BOARD, smallest=1, with_quotes=True, with_roles=True)
    page = feedback.packet_page(asked.engine, asked.lead, BOARD)
    assert "<footer>GP, Interviews</footer>" in page
    assert "GP 1" not in page


@pytest.mark.parametrize(
    ("speaker", "told"), [("GP 7", "GP, Interviews"), ("Anna Schmidt", "Interviews"), ("GP", "Interviews")]
)
def test_a_label_that_may_be_a_name_is_no_role(quick_team: Team, speaker: str, told: str) -> None:
    asked = with_findings(quick_team, speaker=speaker)
    quoted(asked)
    feedback.keep_group(asked.engine, asked.lead, BOARD, smallest=1, with_quotes=True, with_roles=True)
    assert f"<footer>{told}</footer>" in feedback.packet_page(asked.engine, asked.lead, BOARD)


def test_role_of_a_participant_is_told_where_enough_have_it(quick_team: Team) -> None:
    asked = with_findings(quick_team, speaker="Anna Schmidt")
    quoted(asked)
    who = participants.assign_labels(asked.engine, asked.lead, ["Anna Schmidt"], "P1")
    participants.set_attributes(asked.engine, asked.lead, participants={(who, "role"): "nurse"})
    for smallest, told in ((1, "nurse, Interviews"), (2, "Interviews")):
        kept = {"smallest": smallest, "with_quotes": True, "with_roles": True}
        feedback.keep_group(asked.engine, asked.lead, BOARD, **kept)
        page = feedback.packet_page(asked.engine, asked.lead, BOARD)
        assert (f"<footer>{told}</footer>" in page) is (smallest == 1)
        assert "Schmidt" not in page and "P1" not in page


def test_a_source_of_a_few_people_is_not_quoted_either(asked: Team) -> None:
    quoted(asked)
    feedback.keep_group(asked.engine, asked.lead, BOARD, smallest=3, with_quotes=True, with_roles=True)
    assert "No time." not in feedback.packet_page(asked.engine, asked.lead, BOARD)


def test_the_hash_that_is_kept_is_that_of_the_file(asked: Team) -> None:
    made = feedback.make_packet(asked.engine, asked.lead, BOARD)
    assert hashlib.sha256(made.data).hexdigest() == made.sha256 == of_board(asked).packets[0].sha256
    assert of_board(asked).packets[0].by == "Lena"
    assert made.statements == 2
    word = feedback.make_packet(asked.engine, asked.lead, BOARD, [MONEY], format="docx")
    assert hashlib.sha256(word.data).hexdigest() == of_board(asked).packets[0].sha256
    assert [len(packet.row_ids) for packet in of_board(asked).packets] == [1, 2]


def test_a_packet_without_a_statement_is_not_made(asked: Team) -> None:
    with pytest.raises(UserFacingError, match="no statement"):
        feedback.make_packet(asked.engine, asked.lead, BOARD, [])
    assert of_board(asked).packets == ()


# --- answers ------------------------------------------------------------------------------------------


def test_a_second_answer_of_a_person_takes_the_place_of_the_first(asked: Team) -> None:
    respond(asked, "agree")
    respond(asked, "disagree")
    assert [said.answer for said in of_board(asked).responses] == [Answer.DISAGREE]


def test_person_and_group_answer_apart(asked: Team) -> None:
    respond(asked, "disagree")
    respond(asked, "agree", person=None)
    (line,) = of_board(asked).register.lines
    assert (line.agree, line.disagree, line.by_group) == (0, 1, (Answer.AGREE,))


def test_answers_stay_with_the_group_when_its_settings_and_the_role_of_a_person_change(asked: Team) -> None:
    respond(asked, "agree")
    feedback.keep_group(asked.engine, asked.lead, BOARD, note="Met in May", smallest=3)
    feedback.invite(asked.engine, asked.lead, BOARD, "M1", role="vice-chair")
    respond(asked, "disagree")
    told = of_board(asked)
    assert (told.group.note, told.group.smallest) == ("Met in May", 3)
    assert [(said.person, said.answer) for said in told.responses] == [("M1", Answer.DISAGREE)]
    assert told.register.answered == ("M1",)
    assert len(told.register.invited) == 3


@pytest.mark.parametrize(
    ("person", "row", "answer", "reason"),
    [
        ("Nobody", MONEY, "agree", "not invited"),
        ("M1", Row("ECO-FUND", "Never said"), "agree", "no row"),
        ("M1", MONEY, "perhaps", "no answer"),
        ("M1", MONEY, "comment", "words"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(
    asked: Team, person: str, row: Row, answer: str, reason: str
) -> None:
    with pytest.raises(UserFacingError, match=reason):
        respond(asked, answer, person=person, row=row)


def test_what_was_taken_back_is_gone_from_the_register_and_cannot_be_taken_back_twice(asked: Team) -> None:
    respond(asked, "disagree", text="No")
    (said,) = of_board(asked).responses
    change = feedback.write_change(asked.engine, asked.lead, BOARD, said.id, "Narrowed")
    feedback.retire_change(asked.engine, asked.lead, BOARD, change)
    assert of_board(asked).register.without_consequence != ()
    feedback.retire_response(asked.engine, asked.lead, BOARD, said.id)
    assert of_board(asked).responses == ()
    with pytest.raises(NotThere):
        feedback.retire_response(asked.engine, asked.lead, BOARD, said.id)


def test_a_person_who_is_taken_off_the_list_keeps_what_they_said(asked: Team) -> None:
    respond(asked, "disagree")
    feedback.withdraw_invitation(asked.engine, asked.lead, BOARD, "M1")
    told = of_board(asked)
    assert [one.name for one in told.register.invited] == ["M2", "M3"]
    assert told.register.lines[0].disagree == 1


def test_answers_and_packets_go_along_when_a_row_is_said_in_other_words(asked: Team) -> None:
    feedback.make_packet(asked.engine, asked.lead, BOARD, [MONEY])
    respond(asked, "agree")
    sorting.rename_row(asked.engine, asked.lead, MONEY, "Money is enough")
    renamed = Row(MONEY.theme, "Money is enough")
    respond(asked, "disagree", row=renamed)
    told = of_board(asked)
    assert [(said.row, said.answer) for said in told.responses] == [(renamed, Answer.DISAGREE)]
    assert [line.row for line in told.register.lines] == [renamed]


def test_a_file_of_answers_goes_out_and_comes_in(asked: Team, tmp_path: Path) -> None:
    respond(asked, "disagree", text="Not with us")
    respond(asked, "comment", person=None, row=None, text="Thanks")
    assert feedback.export_responses(asked.engine, asked.lead, tmp_path / "a.csv") == 2
    before = [(s.person, s.row, s.answer, s.text) for s in of_board(asked).responses]
    for said in of_board(asked).responses:
        feedback.retire_response(asked.engine, asked.lead, BOARD, said.id)
    taken = feedback.import_responses(asked.engine, asked.lead, tmp_path / "a.csv")
    assert (taken.imported, taken.refused) == (2, ())
    assert [(s.person, s.row, s.answer, s.text) for s in of_board(asked).responses] == before


def test_a_bad_row_is_refused_and_the_rest_is_taken(asked: Team, tmp_path: Path) -> None:
    rows = [
        {"group": BOARD, "name": "M1", "theme": "ECO-FUND", "row": MONEY.statement, "answer": "agree"},
        {"group": BOARD, "name": "M9", "theme": "ECO-FUND", "row": MONEY.statement, "answer": "agree"},
        {"group": "Nobody", "name": "", "theme": "", "row": "", "answer": "agree"},
    ]
    taken = feedback.import_responses(asked.engine, asked.lead, a_file(tmp_path / "a.csv", rows))
    assert taken.imported == 1
    assert [(one.row, "M9" in one.reason) for one in taken.refused] == [(3, True), (4, False)]


def test_comments_become_a_document_that_can_be_coded_and_none_comes_twice(asked: Team) -> None:
    respond(asked, "disagree", text="Not with us")
    first = feedback.comments_as_document(asked.engine, asked.lead, BOARD)
    assert first.status == "imported"
    with pytest.raises(UserFacingError, match="not in a document yet"):
        feedback.comments_as_document(asked.engine, asked.lead, BOARD)
    respond(asked, "comment", person="M2", row=None, text="A new thought")
    second = feedback.comments_as_document(asked.engine, asked.lead, BOARD)
    listed = {d.id: d for d in documents.list_documents(asked.engine, asked.lead)}
    assert (listed[first.document].source, listed[first.document].kind) == (
        f"Feedback of {BOARD}",
        "feedback",
    )
    text = documents.document_text(asked.engine, str(second.document))
    assert "A new thought" in text
    assert "Not with us" not in text


def test_comments_become_no_document_that_would_tell_those_who_still_judge_or_code_blind(asked: Team) -> None:
    respond(asked, "disagree", text="Not with us")
    judging.judge_existence(asked.engine, asked.anna, row=MONEY, source="Interviews", speaks=True)
    with pytest.raises(NotAllowed, match="all who judge"):
        feedback.comments_as_document(asked.engine, asked.lead, BOARD)
    judging.lock_judgements(asked.engine, asked.anna)
    asked.open_round()
    with pytest.raises(NotAllowed, match="blind round"):
        feedback.comments_as_document(asked.engine, asked.lead, BOARD)
    asked.finish(asked.anna, asked.bram)
    asked.reveal()
    assert feedback.comments_as_document(asked.engine, asked.lead, BOARD).status == "imported"


def test_the_example_has_answers_silence_a_change_and_a_comment_that_waits(example_engine: Engine) -> None:
    lead = studies.enter_study(example_engine, studies.find_study(example_engine), person="Lena")
    told = feedback.feedback_of(example_engine, lead, BOARD)
    assert (len(told.register.invited), len(told.register.answered)) == (6, 4)
    disagreed = [said for said in told.responses if said.answer is Answer.DISAGREE]
    assert [bool(said.changes) for said in disagreed] == [True]
    assert [said.answer for said in told.register.without_consequence] == [Answer.COMMENT]
    assert "Patient interviews" not in feedback.packet_page(example_engine, lead, BOARD)
    placed = [
        excerpt.start_char is not None
        for relation in relations.relations_of(example_engine, lead)
        for excerpt in relation.excerpts
    ]
    assert len(placed) > 7
    assert all(placed)
    told_by = [one.note for one in chronicle.chronicle_of(example_engine, lead).figures]
    assert all(note.startswith("Report of the ") for note in told_by)


# --- who may ------------------------------------------------------------------------------------------


def test_whoever_has_not_locked_sees_and_makes_nothing_of_feedback(asked: Team) -> None:
    judging.judge_existence(asked.engine, asked.anna, row=MONEY, source="Interviews", speaks=True)
    for act in (
        lambda: feedback.groups_of(asked.engine, asked.anna),
        lambda: of_board(asked, asked.anna),
        lambda: feedback.packet_page(asked.engine, asked.anna, BOARD),
        lambda: feedback.keep_group(asked.engine, asked.anna, "Mine"),
        lambda: feedback.responses_file(asked.engine, asked.anna),
    ):
        with pytest.raises(NotAllowed, match="locked"):
            act()
    judging.lock_judgements(asked.engine, asked.anna)
    assert of_board(asked, asked.anna).group.name == BOARD


def test_groups_of_another_study_are_not_there(asked: Team) -> None:
    other = studies.create_study(asked.engine, "Elsewhere", person="Olga")
    assert feedback.groups_of(asked.engine, other) == []
    with pytest.raises(NotThere):
        feedback.feedback_of(asked.engine, other, BOARD)
