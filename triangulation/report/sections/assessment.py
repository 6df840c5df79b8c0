"""Step 3: counts per code, the written judgement, and the work-ups of dissonance and unexpected silence."""

from __future__ import annotations

from collections.abc import Iterator

from triangulation.assessment import Counts, GlobalJudgement, Scale, assess_convergence
from triangulation.consensus import State
from triangulation.models import ConvergenceCode, Row
from triangulation.report.blocks import (
    Block,
    Bullets,
    Cell,
    Line,
    Section,
    cell,
    heading,
    joined,
    line,
    names,
    note,
    paragraph,
    row_of,
    said,
    soft,
    table,
)
from triangulation.report.content import TriangulationReport
from triangulation.report.numbers import Counted
from triangulation.report.wording import counted, share
from triangulation.sets import SetCode, set_codes
from triangulation.workups import QUESTIONS, Card, Reason, Why, WorkUp, cards_for, rows_to_work_up

#: What all sources together say on a row.
SET_WORDS = {
    SetCode.AGREEMENT: "all pairs: convergence agreement",
    SetCode.PARTIAL: "partial agreement",
    SetCode.CONTAINS_DISSONANCE: "contains dissonance",
    SetCode.SINGLE_SOURCE: "a single source speaks",
    SetCode.NONE: "no source is known to speak",
    SetCode.UNDETERMINED: "undetermined",
}

_SCALE = {
    Scale.CONVERGING: "mostly converging",
    Scale.MIXED: "mixed",
    Scale.DIVERGING: "mostly diverging",
}

#: The six questions of a work-up (Moffatt et al. 2006), in short.
QUESTION_WORDS = {
    "methods": "Do the methods measure different things?",
    "rigour": "How rigorous is each method?",
    "comparability": "Are the data sets comparable?",
    "further_data": "Are further data needed?",
    "intervention": "How did the intervention really run?",
    "outcomes": "Do the outcomes match?",
}


def assessment(report: TriangulationReport) -> Section:
    """Counts with both denominators, per researcher, level and pair; the code of the set; the judgement."""
    n = Counted()
    blocks: list[Block] = [
        *table(
            "Cells per code and researcher: share of all row × pair cells, and share of the cells where both "
            "sources speak.",
            ("Researcher", *(line(report.code(code)) for code in ConvergenceCode), "Rows with a dissonance"),
            list(_researchers(report)),
            widths=(22, 24, 22, 18, 22, 25, 18),
            empty="Nobody has judged yet.",
        )
    ]
    if report.researchers:
        blocks += _by_part(report)
        blocks += _sets(report)
    blocks += _judgements(report.around.global_judgements)
    if report.researchers and not report.around.global_judgements:
        blocks.append(note("No global judgement is written."))
    return Section("assessment", "Convergence assessment", tuple(blocks), n.counts)


def _researchers(report: TriangulationReport) -> Iterator[tuple[Cell, ...]]:
    """Each researcher, and the team where its view can be put together."""
    seen = report.assessment
    for person, counts in seen.by_researcher.items():
        yield _counts(report, line(said(person)), counts, seen.rows_with_dissonance[person])
    view = report.around.team
    if view is not None:
        team = assess_convergence(view.matrix)
        without = view.count(State.OPEN) + view.count(State.UNRESOLVED)
        remark = f"what researchers see alike, and what they settled; {counted(without, 'cell')} not settled"
        for name, counts in team.by_researcher.items():
            title = line("The team: ", soft(remark))
            yield _counts(report, title, counts, team.rows_with_dissonance[name])


def _counts(report: TriangulationReport, who: Line, counts: Counts, dissonant: int) -> tuple[Cell, ...]:
    return row_of(
        who,
        *(_of_code(counts, code) for code in ConvergenceCode),
        share(dissonant, len(report.rows)),
    )


def _of_code(counts: Counts, code: ConvergenceCode) -> Cell:
    lines: list[Line] = [line(share(counts.of(code), counts.cells))]
    if code is not ConvergenceCode.SILENCE:
        lines.append(line(soft(f"both speak: {share(counts.of(code), counts.both_speak)}")))
    if code is ConvergenceCode.UNDETERMINED and counts.not_judged:
        lines.append(line(soft(f"{counts.not_judged} not judged yet")))
    if code is ConvergenceCode.UNDETERMINED and counts.not_settled:
        lines.append(line(soft(f"both speak, not settled: {share(counts.not_settled, counts.both_speak)}")))
    if code is ConvergenceCode.DISSONANCE and counts.different_weight:
        lines.append(line(soft(f"{counts.different_weight} of same meaning, different weight")))
    return cell(*lines)


def _by_part(report: TriangulationReport) -> tuple[Block, ...]:
    """Levels and pairs, each researcher's cells together: who differs from whom stands in step 5."""
    labels = {level.key: level.label for level in report.levels}
    with_rows = {level for _, level in report.assessment.by_level}
    levels = [level for level in labels if level in with_rows]
    of_levels = table(
        "Cells per code and level, all researchers together.",
        _part_header(report, "Level"),
        [
            _part(
                line(said(labels[level])),
                [report.assessment.by_level[person, level] for person in report.researchers],
            )
            for level in levels
        ],
        widths=(26, 22, 20, 14, 19, 23, 12),
    )
    of_pairs = table(
        "Cells per code and pair of sources, all researchers together.",
        _part_header(report, "Pair"),
        [
            _part(
                line(said(pair[0]), " and ", said(pair[1])),
                [report.assessment.by_pair[person, pair] for person in report.researchers],
            )
            for pair in report.matrix.pairs
        ],
        widths=(26, 22, 20, 14, 19, 23, 12),
    )
    return (*of_levels, *of_pairs)


def _part_header(report: TriangulationReport, what: str) -> tuple[str | Line, ...]:
    return (what, *(line(report.code(code)) for code in ConvergenceCode), "Cells")


def _part(name: Line, views: list[Counts]) -> tuple[Cell, ...]:
    return row_of(
        name,
        *(sum(view.of(code) for view in views) for code in ConvergenceCode),
        sum(view.cells for view in views),
    )


def _sets(report: TriangulationReport) -> tuple[Block, ...]:
    """The derived code of all sources together, row by row; pair codes stay what they are."""
    sets = {(one.row, one.researcher): one for one in set_codes(report.matrix)}
    rows = [
        row_of(
            line(said(row.statement, to=f"row-{row.number}"), soft(f" {row.row.theme}")),
            *(
                cell(
                    SET_WORDS[one.code],
                    soft(f"{one.coverage} of {one.sources} sources"),
                )
                for person in report.researchers
                if (one := sets[row.row, person])
            ),
        )
        for row in report.rows
    ]
    return table(
        "All sources of a row together: derived from the codes of its pairs, in each researcher's view, and "
        "never in their place.",
        ("Statement", *(line(said(person)) for person in report.researchers)),
        rows,
        sheet="Sets",
    )


def _judgements(judgements: tuple[GlobalJudgement, ...]) -> Iterator[Block]:
    if judgements:
        yield heading("Global judgement")
    for one in judgements:
        who = said(one.researcher) if one.researcher else line("The team")
        scale = f" ({_SCALE[one.scale]})" if one.scale else ""
        yield paragraph(who, f"{scale}: ", said(one.text))


# -- work-ups ------------------------------------------------------------------------------------


def work_ups(report: TriangulationReport) -> Section:
    """Each row with a dissonance or an unexpected silence: what was made of it, or that nothing was."""
    n = Counted()
    cards = cards_of(report)
    missing = [card for card in cards if card.is_lacking]
    blocks: list[Block] = [
        note(
            "No score: a dissonance can be the main finding. What the team made of each row stands here, and "
            "where nothing was written, that too."
        )
    ]
    if not cards and not report.questions:
        blocks.append(note("None."))
    if missing:
        asked = sum(bool(card.reasons) for card in cards)
        blocks.append(
            paragraph(
                f"Of {n('asked', asked, 'row')} that {'asks' if asked == 1 else 'ask'} for a work-up, "
                f"{n.figure('lacking', len(missing))} {'lacks' if len(missing) == 1 else 'lack'} a complete "
                "one: ",
                joined([said(report.name_of(card.row)) for card in missing], between="; "),
                ".",
            )
        )
    for card in cards:
        blocks += _card(report, card)
    return Section("questions", "Dissonance and unexpected silence", tuple(blocks), n.counts)


def cards_of(report: TriangulationReport) -> tuple[Card, ...]:
    """The rows that ask for a work-up with what was made of them."""
    if report.around.cards is not None:
        return report.around.cards
    return cards_for(rows_to_work_up(report.matrix, report.around.opportunities), ())


def _card(report: TriangulationReport, card: Card) -> Iterator[Block]:
    shown = report.shown(card.row)
    to = f"evidence-{shown.number}" if shown else ""
    yield heading(said(report.name_of(card.row), to=to), soft(f" {card.row.theme}"), depth=3)
    if card.reasons:
        yield Bullets(tuple(_reason(report, reason) for reason in card.reasons))
    for person, words in _reasons_written(report, card.row):
        yield paragraph(said(person, tone="strong"), ": ", said(words))
    if card.work_up is None:
        yield note("Nothing was written about it yet.")
        return
    yield from _work_up(card.work_up)


def _reason(report: TriangulationReport, reason: Reason) -> Line:
    sources = joined([said(source) for source in reason.sources], last=" and ")
    people = line(" (", names(reason.researchers), ")")
    if reason.why is Why.DISSONANCE:
        return line(report.code(ConvergenceCode.DISSONANCE), " between ", sources, people)
    return line(report.code(ConvergenceCode.SILENCE), ", unexpected: ", sources, " says nothing", people)


def _reasons_written(report: TriangulationReport, row: Row) -> list[tuple[str, str]]:
    written = [
        words for question in report.questions if question.row.row == row for words in question.written
    ]
    return list(dict.fromkeys(written))


def _work_up(work_up: WorkUp) -> Iterator[Block]:
    if work_up.no_inquiry.strip():
        yield paragraph("No further inquiry because ", said(work_up.no_inquiry))
    else:
        yield Bullets(
            tuple(line(f"{QUESTION_WORDS[name]} ", _answer(getattr(work_up, name))) for name in QUESTIONS)
        )
    if work_up.conclusion.strip():
        yield paragraph("Conclusion: ", said(work_up.conclusion))
    elif not work_up.no_inquiry.strip():
        yield note("No conclusion is written.")


def _answer(text: str) -> Line:
    return line(said(text)) if text.strip() else line(soft("Not answered."))
