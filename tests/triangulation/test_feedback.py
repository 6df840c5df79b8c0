"""What a group of stakeholders reads, and how its answers are counted."""

from __future__ import annotations

import io
from pathlib import Path
from uuid import uuid4

import docx
import pytest

from triangulation.consensus import team_view
from triangulation.feedback import (
    Answer,
    Change,
    Invited,
    Packet,
    PacketItem,
    PacketLevel,
    Quote,
    Response,
    Voice,
    codes_to_tell,
    convergence_words,
    feedback_as_text,
    response_register,
    support_words,
)
from triangulation.feedback_files import read_responses, write_form, write_responses
from triangulation.matrix import build_matrix
from triangulation.models import ConvergenceCode, Existence, Judgement, Part, Row
from triangulation.report.as_packet import packet_html
from triangulation.report.packet_docx import packet_docx
from triangulation.researchers import compare_researchers

MONEY, TIME = Row("ECO-FUND", "Money ends"), Row("ORG-STAFF", "There is no time")
ANN, BEN, CAS = (Invited(uuid4(), name) for name in ("Ann", "Ben", "Cas"))


def said(
    person: str | None, answer: Answer, row: Row | None = MONEY, text: str = "", *, changed: str = ""
) -> Response:
    changes = (Change(uuid4(), changed, "Lena", ""),) if changed else ()
    return Response(uuid4(), person, row, answer, text, changes=changes)


def test_small_groups_are_a_few_people_however_many_there_are_of_them() -> None:
    voices = [Voice("Minutes"), Voice("Patients", 2), Voice("Nurses", 4), Voice("Survey", 20)]
    assert support_words(voices, smallest=5) == "Minutes, Survey and a few people"
    assert support_words(voices, smallest=1) == "Minutes, Patients, Nurses and Survey"


def test_a_group_of_exactly_the_smallest_size_is_named() -> None:
    assert support_words([Voice("GPs", 5)], smallest=5) == "GPs"
    assert support_words([Voice("GPs", 4)], smallest=5) == "a few people"


@pytest.mark.parametrize(
    ("codes", "speaking", "words"),
    [
        ([ConvergenceCode.AGREEMENT, ConvergenceCode.SILENCE], 2, "say the same"),
        ([ConvergenceCode.AGREEMENT, ConvergenceCode.PARTIAL], 3, "do not say quite the same"),
        ([ConvergenceCode.AGREEMENT, ConvergenceCode.DISSONANCE], 3, "differ"),
        ([ConvergenceCode.SILENCE], 1, "Only one"),
        ([ConvergenceCode.AGREEMENT, None], 3, "do not all see it alike"),
    ],
)
def test_convergence_is_told_in_words_of_everyday(
    codes: list[ConvergenceCode | None], speaking: int, words: str
) -> None:
    assert words in convergence_words(codes, speaking)


@pytest.mark.parametrize(
    "codes",
    [[], [ConvergenceCode.UNDETERMINED], [ConvergenceCode.AGREEMENT, ConvergenceCode.UNDETERMINED]],
)
def test_nothing_is_said_of_convergence_that_nobody_judged(codes: list[ConvergenceCode]) -> None:
    assert convergence_words(codes, 2) == ""


@pytest.mark.parametrize(
    ("of_ben", "told"),
    [
        (None, ConvergenceCode.UNDETERMINED),
        (ConvergenceCode.PARTIAL, None),
        (ConvergenceCode.DISSONANCE, ConvergenceCode.DISSONANCE),
    ],
)
def test_researchers_do_not_see_it_alike_only_where_their_views_differ(
    of_ben: ConvergenceCode | None, told: ConvergenceCode | None
) -> None:
    def judged(person: str, code: ConvergenceCode | None) -> Judgement:
        part = Part.NOT_ASSESSABLE if code is None else None
        return Judgement(MONEY, "Minutes", "Survey", person, prominence=part, assigned=code)

    of_ann = of_ben and ConvergenceCode.DISSONANCE
    said = [Existence(MONEY, s, p, True) for s in ("Minutes", "Survey") for p in ("Ann", "Ben")]
    matrix = build_matrix([], [], said, [judged("Ann", of_ann), judged("Ben", of_ben)], [])
    team = team_view(matrix, existences=said)
    assert codes_to_tell(team.matrix, compare_researchers(matrix, said), MONEY) == (told,)


def test_words_for_a_dissonance_fit_one_of_weight_alone() -> None:
    words = convergence_words([ConvergenceCode.DISSONANCE], 2)
    assert "or in how much" in words


def test_answers_are_counted_against_all_who_were_invited() -> None:
    register = response_register(
        [ANN, BEN, CAS],
        [said("Ann", Answer.AGREE), said("Ben", Answer.DISAGREE, text="Not with us")],
        [MONEY, TIME],
    )
    money, time = register.lines
    assert (money.agree, money.disagree, money.comment, money.silent) == (1, 1, 0, 1)
    assert (time.agree, time.silent) == (0, 3)
    assert register.answered == ("Ann", "Ben")
    assert register.non_responders == (CAS,)


def test_silence_of_the_invited_is_not_agreement_when_the_group_answers_as_one() -> None:
    register = response_register([ANN, BEN], [said(None, Answer.AGREE)])
    assert (register.lines[0].agree, register.lines[0].silent) == (0, 2)
    assert register.lines[0].by_group == (Answer.AGREE,)
    assert register.non_responders == (ANN, BEN)


def test_an_answer_with_words_asks_for_a_consequence_and_plain_agreement_does_not() -> None:
    plain = said("Ann", Answer.AGREE)
    remark = said("Ben", Answer.AGREE, text="Since 2023 only")
    settled = said("Cas", Answer.DISAGREE, text="No", changed="The statement was narrowed")
    register = response_register([ANN, BEN, CAS], [plain, remark, settled])
    assert register.without_consequence == (remark,)


def test_disagreement_stays_in_the_register_after_a_change() -> None:
    settled = said("Cas", Answer.DISAGREE, text="No", changed="The statement was narrowed")
    register = response_register([CAS], [settled])
    assert register.lines[0].disagree == 1
    assert register.lines[0].responses == (settled,)


def test_an_answer_on_the_whole_has_a_line_of_its_own_at_the_end() -> None:
    register = response_register([ANN], [said("Ann", Answer.COMMENT, None, "Well done")], [MONEY])
    assert [line.row for line in register.lines] == [MONEY, None]


def test_the_text_for_coding_holds_the_words_of_each_answer_and_no_bare_ticks() -> None:
    text = feedback_as_text(
        "Steering group",
        [
            said("Ann", Answer.DISAGREE, text="Not with us"),
            said("Ben", Answer.AGREE),
            said(None, Answer.COMMENT, None, "Thanks"),
        ],
        {MONEY: "Money ends"},
    )
    assert text == (
        "Ann: On “Money ends” (disagree): Not with us\n\nSteering group: On “the whole” (comment): Thanks"
    )


# --- the page -----------------------------------------------------------------------------------------


def a_packet(statement: str = "Money ends", *quotes: Quote) -> Packet:
    item = PacketItem(1, MONEY, statement, "Minutes and a few people", "The sources say the same.", quotes)
    return Packet("Region", "Steering group", ("What helps?",), (PacketLevel("Money", (item,)),), "1 May")


def test_the_page_shows_statement_support_and_room_to_answer() -> None:
    page = packet_html(a_packet())
    for words in ("Money ends", "Minutes and a few people", "The sources say the same.", "I do not agree"):
        assert words in page


def test_the_page_escapes_what_people_wrote_and_fetches_nothing() -> None:
    page = packet_html(a_packet("<script>alert(1)</script>", Quote("<img src=x>", "A & B")))
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;img src=x&gt;" in page
    assert "http" not in page.replace("http-equiv", "")
    assert "default-src 'none'" in page


def test_the_word_file_says_what_the_page_says() -> None:
    file = packet_docx(a_packet("Money\x07 ends", Quote("It stopped.", "GP")))
    written = [paragraph.text for paragraph in docx.Document(io.BytesIO(file)).paragraphs]
    assert "1. Money\ufffd ends" in written
    assert "Where it comes from: Minutes and a few people. The sources say the same." in written
    assert "It stopped.  (GP)" in written
    assert sum("☐ I do not agree" in line for line in written) == 2


# --- files --------------------------------------------------------------------------------------------


def themes(name: str) -> str | None:
    return name if name in ("ECO-FUND", "ORG-STAFF") else None


def a_csv(path: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path.write_text("\n".join(["group;name;theme;row;answer;text", *lines]) + "\n", encoding=encoding)
    return path


def test_answers_with_semicolons_and_byte_order_mark_are_read(tmp_path: Path) -> None:
    path = a_csv(
        tmp_path / "a.csv",
        "Board;Ann;ECO-FUND;Money ends;Agree;",
        "Board;;;;comment;Fine",
        encoding="utf-8-sig",
    )
    taken, refused, empty = read_responses(path, resolve_theme=themes)
    assert [(one.name, one.row, one.answer) for one in taken] == [
        ("Ann", MONEY, Answer.AGREE),
        ("", None, Answer.COMMENT),
    ]
    assert (refused, empty) == ([], 0)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (";Ann;ECO-FUND;;agree;", "no group"),
        ("Board;Ann;NOPE;;agree;", "not in the codebook"),
        ("Board;Ann;;Money ends;agree;", "without its theme"),
        ("Board;Ann;ECO-FUND;;perhaps;", "perhaps"),
        ("Board;Ann;ECO-FUND;;comment;", "without words"),
        ("Board;Ben;ECO-FUND;;disagree;", "already in row 2"),
    ],
)
def test_a_bad_answer_is_refused_with_its_row_and_the_rest_is_taken(
    tmp_path: Path, line: str, reason: str
) -> None:
    path = a_csv(tmp_path / "a.csv", "Board;Ben;ECO-FUND;;agree;", line)
    taken, refused, _ = read_responses(path, resolve_theme=themes)
    assert len(taken) == 1
    assert (refused[0].row, reason in refused[0].reason) == (3, True)


def test_words_without_a_tick_are_a_comment(tmp_path: Path) -> None:
    taken, _, _ = read_responses(a_csv(tmp_path / "a.csv", "Board;Ann;;;;Thanks"), resolve_theme=themes)
    assert (taken[0].answer, taken[0].text) == (Answer.COMMENT, "Thanks")


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    given = [said("Ann", Answer.DISAGREE, text="=No"), said(None, Answer.COMMENT, None, "Fine")]
    write_responses(tmp_path / "a.csv", [("Board", one) for one in given])
    taken, refused, _ = read_responses(tmp_path / "a.csv", resolve_theme=themes)
    assert refused == []
    assert [(one.name or None, one.row, one.answer, one.text) for one in taken] == [
        (one.person, one.row, one.answer, one.text) for one in given
    ]


def test_a_form_that_nobody_filled_in_brings_nothing_and_is_no_error(tmp_path: Path) -> None:
    write_form(tmp_path / "form.csv", a_packet())
    assert read_responses(tmp_path / "form.csv", resolve_theme=themes) == ([], [], 2)
