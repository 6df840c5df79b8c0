"""What the parts of the report say: counted numbers, limitations, checklists, texts, work-ups."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from uuid import UUID

import pytest

from tests.triangulation.a_report import (
    FINDINGS,
    FUND,
    GROUP,
    HASH,
    JUDGEMENTS,
    PROTOCOL,
    REGISTERED,
    SKILL,
    SOURCES,
    a_matrix,
    a_whole_report,
    everything_around,
    with_around,
)
from triangulation.alignment import align_lists
from triangulation.completeness import compare_completeness
from triangulation.convergence import RULE_WORDS
from triangulation.feedback import response_register
from triangulation.matrix import build_matrix
from triangulation.models import ConvergenceCode, Judgement, Row
from triangulation.protocol import racine_codes
from triangulation.report import Around, Audit, ItemAnswer, MovedRow, build_report, drawn, prefilled
from triangulation.report.blocks import Bullets, Paragraph, Table, text_of
from triangulation.report.standards import COREQ, SRQR
from triangulation.report.wording import CODE_WORD
from triangulation.threads import Step, Thread
from triangulation.workups import WorkUp, cards_for, rows_to_work_up

NUMBER = re.compile(r"(?<![\w.])−?\d+(?:\.\d+)?")


def section(report, key):
    return next(one for one in drawn(report).sections if one.key == key)


def own_sentences(part):
    """The lines of a section that stand outside tables, without what people wrote."""
    for block in part.blocks:
        lines = [block.words] if isinstance(block, Paragraph) else []
        lines = list(block.items) if isinstance(block, Bullets) else lines
        for words in lines:
            yield "".join(piece.text for piece in words if not piece.by_people)


def words_of(part):
    """Everything outside tables, people's words included."""
    lines = []
    for block in part.blocks:
        lines += [text_of(item) for item in block.items] if isinstance(block, Bullets) else []
        lines += [text_of(block.words)] if hasattr(block, "words") else []
    return "\n".join(lines)


def table_of(part, number=0):
    found = [block for block in part.blocks if isinstance(block, Table)]
    return [
        [" / ".join(text_of(one) for one in cell.lines) for cell in row] for row in rows_of(found[number])
    ]


def rows_of(table):
    return [row for row in table.rows if isinstance(row, tuple)]


def an_empty_report():
    return build_report(
        study="New",
        date=dt.date(2026, 1, 2),
        sources=(),
        matrix=build_matrix([], [], [], [], []),
        findings=(),
    )


REPORTS = {
    "whole": a_whole_report(),
    "nothing around": a_whole_report(Around()),
    "one judge": a_whole_report(Around(), matrix=a_matrix(JUDGEMENTS[:1])),
    "nobody judged": a_whole_report(Around(), matrix=a_matrix(()), coding=None, codebook=None),
    "no work-up": with_around(cards=None, resolutions=(), team=None),
    "by kind": with_around(opportunities_by_kind=2),
    "rounds open": with_around(blind_rounds=2, feedback=(), opportunities={}),
    "sorted alone": with_around(
        alignment=align_lists({"Ann": {FUND: FUND, SKILL: SKILL}, "Ben": {FUND: FUND}})
    ),
    "empty": an_empty_report(),
}


@pytest.mark.parametrize("name", REPORTS)
def test_every_number_of_every_sentence_is_a_stored_count(name):
    for part in drawn(REPORTS[name]).sections:
        stored = {float(value) for value in part.counts.values()}
        for sentence in own_sentences(part):
            dates_out = re.sub(r"\d{4}-\d{2}-\d{2}", "", sentence)
            found = {float(number.replace("−", "-")) for number in NUMBER.findall(dates_out)}
            assert found <= stored, (part.key, sentence, found - stored)


def test_sections_stand_in_the_order_of_the_work():
    keys = [part.key for part in drawn(a_whole_report()).sections]
    assert keys == [
        "introduction", "design", "sources", "codebook", "coding", "protocol", "levels", "matrix",
        "assessment", "questions", "completeness", "researchers", "robustness", "feedback", "relations",
        "limitations", "conclusion", "evidence", "coreq", "audit",
    ]  # fmt: skip


def test_what_a_study_does_not_have_is_left_out_or_said():
    keys = {part.key for part in drawn(an_empty_report()).sections}
    assert not keys & {"introduction", "codebook", "robustness", "relations", "srqr", "audit"}
    assert "No group of stakeholders was asked" in words_of(section(an_empty_report(), "feedback"))


# --- protocol ---------------------------------------------------------------------------------------


def test_protocol_says_when_it_was_fixed_and_prints_later_changes_with_their_reasons():
    part = section(a_whole_report(), "protocol")
    assert "fixed on 2026-01-03 by Lena, after judging had begun" in words_of(part)
    assert "changed 1 time since" in words_of(part)
    assert table_of(part) == [
        ["2026-02-04", "Lena", "rule: parts → meaning_first", "The first one was ambiguous"]
    ]


def test_a_protocol_that_nobody_wrote_is_said_to_be_none():
    assert "No protocol page is written" in words_of(section(a_whole_report(Around()), "protocol"))


def test_codes_stand_under_the_names_of_the_team():
    named = replace(PROTOCOL, page=replace(PROTOCOL.page, codes=racine_codes()))
    report = with_around(protocol=named)
    assert table_of(section(report, "protocol"))[1][:2] == ["◐\xa0Complementarity", "partial agreement"]
    assert "◐\xa0Complementarity" in words_of(section(report, "matrix"))
    assert "partial agreement" not in words_of(section(report, "researchers"))


def test_one_word_stands_for_each_code_in_rule_and_report():
    assert CODE_WORD[ConvergenceCode.PARTIAL] == "partial agreement"
    assert not any("partial convergence" in words for words in RULE_WORDS.values())


# --- findings ---------------------------------------------------------------------------------------


def test_a_statement_stands_once_in_a_column_with_every_source_that_supports_it():
    rows = table_of(section(a_whole_report(), "levels"))
    assert rows == [
        [
            "Training gives confidence PRO-SKILL / Minutes (no quote) / Interviews ± mixed (no quote)",
            "Training gives confidence PRO-SKILL / Interviews ± mixed (no quote)",
        ]
    ]
    eco = table_of(section(a_whole_report(), "levels"), 1)
    assert eco == [
        [
            "",
            "Doubts about funding grow ECO-FUND / Interviews: Who will pay is asked (quote 1) / "
            "Minutes ▮▮▮ main (quote 2)",
        ]
    ]


def test_quotes_carry_speaker_source_document_and_position():
    quotes = {quote.text: quote.place for quote in a_whole_report().quotes}
    assert quotes == {
        "who will pay": "GP 3, Interviews, Interview 2, characters 7–19",
        "no money after June": "Minutes, Report 3, characters 30–48",
    }


# --- work-ups ---------------------------------------------------------------------------------------


def test_a_work_up_stands_with_its_six_answers_and_its_conclusion():
    told = words_of(section(a_whole_report(), "questions"))
    assert "Do the methods measure different things? Both ask of skills." in told
    assert "Do the outcomes match? Not measured." in told
    assert "Conclusion: Confidence is not skill." in told
    assert "lack" not in told


def test_no_further_inquiry_is_an_answer():
    needs = rows_to_work_up(a_matrix())
    report = with_around(cards=cards_for(needs, [WorkUp(SKILL, no_inquiry="it was one person")]))
    told = words_of(section(report, "questions"))
    assert "No further inquiry because it was one person" in told
    assert "Not answered" not in told


@pytest.mark.parametrize("cards", [None, ()], ids=["not read", "none written"])
def test_a_row_that_lacks_its_work_up_is_printed_as_lacking(cards):
    if cards is not None:
        cards = cards_for(rows_to_work_up(a_matrix()), cards)
    report = with_around(cards=cards)
    told = words_of(section(report, "questions"))
    assert "Of 1 row that asks for a work-up, 1 lacks a complete one: Training gives confidence" in told
    assert "Nothing was written about it yet." in told
    assert "1 row with a dissonance" in words_of(section(report, "limitations"))


def test_a_question_without_an_answer_says_so():
    cards = cards_for(rows_to_work_up(a_matrix()), [WorkUp(SKILL, methods="Both ask.")])
    told = words_of(section(with_around(cards=cards), "questions"))
    assert told.count("Not answered.") == 5
    assert "No conclusion is written." in told


# --- researchers, feedback --------------------------------------------------------------------------


def test_resolutions_keep_the_minority_view_and_name_what_stays_unresolved():
    part = section(a_whole_report(), "researchers")
    assert "1 difference was settled, 0 talked about and left unresolved" in words_of(part)
    assert table_of(part, -1)[0][1:] == [
        "◐\xa0partial agreement", "Ben's examples differ", "Ann and Ben", "Same to me (Ann)",
    ]  # fmt: skip
    open_ = replace(everything_around().resolutions[0], outcome=None)
    part = section(with_around(resolutions=(open_,)), "researchers")
    assert "0 differences were settled, 1 talked about" in words_of(part)
    assert table_of(part, -1)[0][1] == "unresolved"


def test_researchers_who_differ_and_settled_nothing_are_said_to():
    assert "No resolution of the 1 difference is recorded" in words_of(
        section(with_around(resolutions=()), "researchers")
    )


def test_feedback_names_answers_non_responders_and_what_changed():
    part = section(a_whole_report(), "feedback")
    assert "2 people were invited, 1 answered, 1 did not. Handed over on 2026-02-20." in words_of(part)
    assert table_of(part)[0] == ["Doubts about funding grow ECO-FUND", "0", "1", "0", "1", ""]
    assert table_of(part, 1)[0][1:] == [
        "Eva", "disagree / The money was extended", "The row now says until when",
    ]  # fmt: skip


# --- limitations --------------------------------------------------------------------------------------


def limits(report):
    return words_of(section(report, "limitations"))


@pytest.mark.parametrize(
    ("without", "sentence"),
    [
        (a_whole_report(sources=SOURCES[:1]), "1 source consists of minutes (Minutes)"),
        (a_whole_report(sources=SOURCES[1:]), "1 source holds fewer than 6 documents (Interviews)"),
        (a_whole_report(sources=SOURCES[1:]), "1 source was coded by one person alone (Interviews)"),
        (a_whole_report(sources=SOURCES[:1]), "Of 1 source the period is not recorded (Minutes)"),
        (with_around(chronicle=None), "1 source was collected after the last event"),
        (with_around(protocol=None), "1 pair of sources is not independent"),
        (with_around(people=()), "Ann helped to steer"),
        (with_around(protocol=replace(PROTOCOL, fixed_before_judging=True)), "after judging had begun"),
        (with_around(protocol_changes=()), "The protocol was changed 1 time after it was fixed"),
        (a_whole_report(findings=FINDINGS[:2]), "2 findings rest on no quote"),
        (a_whole_report(matrix=a_matrix(JUDGEMENTS[:1])), "Researcher agreement on codes rests on 2 units"),
        (with_around(resolutions=()), "1 minority view is kept"),
        (with_around(feedback=()), "1 of 2 (50 %) invited to give feedback did not answer"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_limitation_is_named_where_the_data_imply_it_and_only_there(without, sentence):
    assert sentence in limits(a_whole_report())
    assert sentence not in limits(without)


@pytest.mark.parametrize(
    ("implied", "sentence"),
    [
        (with_around(blind_rounds=1), "1 blind round is still open"),
        (with_around(opportunities_by_kind=1), "rests on the kind of source alone at 1 of 2 (50 %) places"),
        (with_around(opportunities={}), "Whether each source could speak on each row is not mapped"),
        (with_around(resolutions=()), "Researchers differ at 1 place; 0 are settled, 0 stay unresolved"),
        (with_around(feedback=()), "Nobody outside the team was asked"),
        (with_around(protocol=replace(PROTOCOL, fixed=None)), "The protocol was not fixed"),
        (a_whole_report(matrix=a_matrix(JUDGEMENTS[:1])), "1 researcher judged alone"),
        (
            a_whole_report(
                matrix=a_matrix((*JUDGEMENTS[:2], Judgement(SKILL, "Interviews", "Minutes", "Ann")))
            ),
            "2 of 4 (50 %) cells are undetermined, 2 of them not judged",
        ),
        (a_whole_report(findings=FINDINGS[:1]), "1 of 2 (50 %) statements have findings in one source alone"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_was_not_done_is_a_limitation(implied, sentence):
    assert sentence in limits(implied)
    assert sentence not in limits(a_whole_report())


def test_feedback_without_a_consequence_is_a_limitation():
    responses = [replace(line.responses[0], changes=()) for line in GROUP.register.lines if line.responses]
    register = response_register(GROUP.register.invited, responses, [FUND])
    report = with_around(feedback=(replace(GROUP, register=register),))
    assert "Of 1 answer it is not written what changed" in limits(report)


# --- reporting standards ------------------------------------------------------------------------------


def test_coreq_has_its_32_items_and_says_not_reported_where_nothing_is_known():
    rows = table_of(section(a_whole_report(), "coreq"))
    assert [row[0] for row in rows] == [str(number) for number in range(1, 33)]
    assert rows[2][2:] == ["not reported", ""]
    assert rows[1][2:] == ["Two PhDs", "the team"]
    assert rows[11][2:] == ["Interviews: 4 GPs; Minutes: 31 documents", "data sources"]
    assert len(SRQR.items) == 21


def test_an_answer_of_people_wins_over_the_data():
    assert prefilled(a_whole_report(), "coreq")[24].text.startswith("2: Cem and Dora")
    assert table_of(section(a_whole_report(), "coreq"))[23][2:] == ["Three", "the team"]


def test_the_number_of_reported_items_is_counted():
    rows = table_of(section(a_whole_report(), "coreq"))
    reported = sum(row[2] != "not reported" for row in rows)
    assert section(a_whole_report(), "coreq").counts["reported"] == reported


def test_nothing_is_prefilled_in_an_empty_study():
    assert prefilled(an_empty_report(), "coreq") == {}
    assert prefilled(an_empty_report(), "srqr") == {}


def test_major_and_minor_themes_are_those_that_all_who_judged_hold_for_it():
    told = prefilled(a_whole_report(), "coreq")
    assert (told[31].text, told[32].text) == (FUND.statement, SKILL.statement)


def test_srqr_is_printed_once_people_answer_an_item():
    report = with_around(answers={"srqr": {21: ItemAnswer("A grant", "the team")}})
    assert table_of(section(report, "srqr"))[20][2:] == ["A grant", "the team"]


def test_every_item_of_a_standard_has_a_place():
    for standard in (COREQ, SRQR):
        assert [item.number for item in standard.items] == list(range(1, len(standard.items) + 1))
        with pytest.raises(KeyError):
            standard.item(99)


# --- texts and audit ----------------------------------------------------------------------------------


def test_texts_stand_as_written_a_blank_line_begins_a_paragraph():
    part = section(a_whole_report(), "introduction")
    assert [text_of(block.words) for block in part.blocks] == ["Why.", "In 1999 <b>care</b> was split."]


def test_texts_stay_when_numbers_change():
    fewer = a_whole_report(findings=FINDINGS[:1])
    assert section(fewer, "conclusion") == section(a_whole_report(), "conclusion")
    assert section(fewer, "design") != section(a_whole_report(), "design")


def test_audit_names_the_head_and_claims_no_check():
    told = words_of(section(a_whole_report(), "audit"))
    assert "914 events" in told
    assert HASH in told
    assert "Trigpoint 9.8.7" in told
    assert "was not checked for this report" in told


def test_without_a_head_the_audit_says_why():
    report = with_around(audit=Audit("9.8.7"))
    assert "left out: something in the log is hidden" in words_of(section(report, "audit"))
    assert drawn(report).head is None


def test_judgements_say_which_parts_are_the_same():
    parts = {row[1]: row[4] for row in table_of(section(a_whole_report(), "evidence"), 1)}
    assert parts == {
        "Ann": "4 of 4 parts: meaning same, prominence same, coverage same, examples same",
        "Ben": "4 of 4 parts: meaning same, prominence same, coverage same, examples different",
    }


def test_a_silence_says_of_which_kind_it_is():
    silent = Judgement(SKILL, "Interviews", "Minutes", "Ann", silence="not_asked", expected="yes")
    report = a_whole_report(Around(), findings=FINDINGS[:3], matrix=a_matrix([silent], FINDINGS[:3]))
    assert table_of(section(report, "evidence"))[0][4] == "who speaks: not asked, expected yes"


def test_completeness_shows_row_by_source_whether_an_absent_one_could_speak():
    opportunities = {(SKILL, "Interviews"): "asked"}
    completeness = compare_completeness(a_matrix((), FINDINGS[:3]), FINDINGS[:3], opportunities=opportunities)
    report = a_whole_report(
        Around(), findings=FINDINGS[:3], matrix=a_matrix((), FINDINGS[:3]), completeness=completeness
    )
    rows = table_of(section(report, "completeness"), 1)
    assert rows[0] == ["Training gives confidence PRO-SKILL", "○ asked, absent", "◆ only here"]


def test_sorting_tells_what_was_moved_and_how_lists_match():
    lists = {"Ann": {FUND: FUND, SKILL: SKILL}, "Ben": {FUND: FUND}}
    moved = MovedRow("merge", Row("ECO-FUND", "Money ends"), FUND)
    report = with_around(alignment=align_lists(lists), moves=(moved,))
    part = section(report, "sorting")
    assert "Ann and Ben listed 2; 1 rows" in words_of(part)
    assert "2 rows: 1 that all have, 0 that some have, 1 that one alone has" in words_of(part)
    assert table_of(part) == [["Training gives confidence PRO-SKILL", "Ann"]]
    assert table_of(part, 1) == [["Money ends ECO-FUND", "merged into", "Doubts about funding grow ECO-FUND"]]
    assert {part.key for part in drawn(a_whole_report()).sections}.isdisjoint({"sorting"})


def test_a_thread_stands_with_its_steps_and_quotes():
    step = Step(
        UUID(int=95), "Who said so?", "Minutes", "The chair", FUND, None, (REGISTERED,), "Ann", "2026-01-05"
    )
    report = with_around(
        threads=(Thread(UUID(int=96), "Where did doubt begin?", "Ann", "2026-01-04", (step,)),)
    )
    assert table_of(section(report, "relations"), 1) == [
        ["1", "Who said so?", "Minutes", "The chair", "“no money after June” Report 3"]
    ]
