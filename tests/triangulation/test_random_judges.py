"""Judges at random: the figure over all cells flatters them, the one where both sources speak does not."""

from __future__ import annotations

import random
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triangulation.matrix import build_matrix
from triangulation.models import (
    ConvergenceCode,
    ConvergenceMatrix,
    Excerpt,
    Existence,
    Finding,
    Judgement,
    Meaning,
    Part,
    Row,
    Rule,
)
from triangulation.researchers import compare_researchers
from triangulation.sorting import pairs_of

SOURCES = ("Interviews", "Minutes", "Register", "Survey")
JUDGES = ("Ann", "Ben", "Cas")
ROWS = tuple(Row("ECO-FUND", f"statement {n}") for n in range(150))


def judged_at_random(seed: int) -> tuple[list[Existence], list[Judgement]]:
    """Who speaks is plain to all three; how two sources compare each judge draws by lot."""
    dice = random.Random(seed)
    speaking = {(row, source): dice.random() < 0.5 for row in ROWS for source in SOURCES}
    existences = [
        Existence(row, source, judge, speaks)
        for (row, source), speaks in speaking.items()
        for judge in JUDGES
    ]
    judgements = [
        Judgement(
            row,
            *pair,
            judge,
            meaning=dice.choice([Meaning.SAME, Meaning.COMPLEMENTARY, Meaning.CONTRADICTORY]),
            prominence=dice.choice([Part.SAME, Part.DIFFERENT]),
            coverage=dice.choice([Part.SAME, Part.DIFFERENT]),
            examples=dice.choice([Part.SAME, Part.DIFFERENT]),
        )
        for row in ROWS
        for pair in pairs_of(SOURCES)
        if all(speaking[row, source] for source in pair)
        for judge in JUDGES
    ]
    return existences, judgements


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("rule", [Rule.MEANING_FIRST, Rule.MEANING_PROMINENCE, Rule.ELEMENTS_STRICT])
def test_judges_at_random_agree_where_both_speak_no_more_than_by_chance(rule: Rule, seed: int) -> None:
    existences, judgements = judged_at_random(seed)
    matrix = build_matrix(ROWS, SOURCES, existences, judgements, [], rule=rule)
    compared = compare_researchers(matrix, existences, [])
    both, everything = compared.both_speak.alpha.value, compared.all_cells.alpha.value
    assert both is not None and everything is not None
    assert abs(both) < 0.1
    assert everything > 0.4
    assert compared.existence.percent_all == 1.0


PARTS = st.sampled_from([None, *Part])
CODES = st.sampled_from([None, *ConvergenceCode])
SAID = st.sampled_from([None, True, False])


def one_cell(
    judgement: Judgement, speaks: tuple[bool | None, bool | None], rule: Rule, *more: Finding
) -> ConvergenceMatrix:
    existences = [
        Existence(judgement.row, source, judgement.researcher, said)
        for source, said in zip((judgement.source_a, judgement.source_b), speaks, strict=True)
        if said is not None
    ]
    return build_matrix([], [], existences, [judgement], more, rule=rule)


@given(
    meaning=st.sampled_from([None, *Meaning]),
    prominence=PARTS,
    coverage=PARTS,
    examples=PARTS,
    assigned=CODES,
    speaks=st.tuples(SAID, SAID),
    rule=st.sampled_from(Rule),
)
def test_swapping_two_sources_never_changes_the_code(
    meaning: Meaning | None,
    prominence: Part | None,
    coverage: Part | None,
    examples: Part | None,
    assigned: ConvergenceCode | None,
    speaks: tuple[bool | None, bool | None],
    rule: Rule,
) -> None:
    judgement = Judgement(
        ROWS[0], "A", "B", "Ann", meaning, prominence, coverage, examples, assigned, reason="why"
    )
    renamed = replace(judgement, source_a="B", source_b="C")  # the second source now sorts first
    one, other = one_cell(judgement, speaks, rule), one_cell(renamed, speaks[::-1], rule)
    assert [(cell.code, cell.derived) for cell in one.cells] == [
        (cell.code, cell.derived) for cell in other.cells
    ]


@given(
    meaning=st.sampled_from([None, *Meaning]), prominence=PARTS, coverage=PARTS, rule=st.sampled_from(Rule)
)
def test_one_more_excerpt_in_one_source_never_changes_the_code(
    meaning: Meaning | None, prominence: Part | None, coverage: Part | None, rule: Rule
) -> None:
    judgement = Judgement(ROWS[0], "A", "B", "Ann", meaning, prominence, coverage)
    findings = [Finding(UUID(int=n), source, ROWS[0], "Money ends") for n, source in enumerate("AB")]
    quoted = replace(findings[0], excerpts=(Excerpt(UUID(int=9), "Interview 1", 0, 5, "Money"),))
    before = one_cell(judgement, (None, None), rule, *findings).cells
    after = one_cell(judgement, (None, None), rule, quoted, findings[1]).cells
    assert before == after
    assert len(before) == 1
