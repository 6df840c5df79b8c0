"""Robustness, feedback, and how findings bear on each other; each only where the study has it."""

from __future__ import annotations

from collections.abc import Iterator

from triangulation.chronicle import Chronicle, ProgrammeEvent
from triangulation.consensus import TEAM
from triangulation.feedback import POWER_NOTE, RegisterLine, Response
from triangulation.models import Excerpt, Row
from triangulation.relations import Relation, edge_words
from triangulation.report.blocks import (
    Block,
    Cell,
    Line,
    Section,
    cell,
    heading,
    joined,
    line,
    note,
    paragraph,
    row_of,
    said,
    soft,
    table,
    told,
)
from triangulation.report.content import TriangulationReport
from triangulation.report.material import FeedbackGroup
from triangulation.report.numbers import Counted
from triangulation.report.sections.assessment import SET_WORDS
from triangulation.report.wording import share
from triangulation.robustness import About, Change, Conclusion, Survives
from triangulation.sets import SetCode
from triangulation.threads import Thread

_CHANGES = {
    Change.RULE: "Another rule",
    Change.WITHOUT_RESEARCHER: "One researcher left out",
    Change.WITHOUT_SOURCE: "One source left out",
    Change.WITHOUT_CODER: "One coder left out",
    Change.UNIT: "Another unit of coder agreement",
}

_CONCLUSIONS = {
    About.CONVERGENCE: "how its sources converge",
    About.FACILITATOR: "counts as a facilitator",
    About.BARRIER: "counts as a barrier",
    About.CODER_AGREEMENT: "coder agreement reaches what the plan wants",
}


def robustness(report: TriangulationReport) -> Section | None:
    """Which conclusions hold when one choice is made otherwise, and what those hang on that do not."""
    found = report.around.robustness
    if found is None or not found.conclusions:
        return None
    n = Counted()
    blocks: list[Block] = [
        paragraph(
            f"{n('conclusions', len(found.conclusions), 'conclusion was', 'conclusions were')} drawn again, "
            "with one choice made otherwise at a time. There is no score: what does not hold is named."
        ),
        *table(
            "Conclusions that hold, of those that the change touches.",
            ("Change", "Hold", "Do not hold", "Cannot be told", "Touched"),
            [
                row_of(words, seen.yes, seen.no, seen.cannot_tell, seen.n)
                for change, words in _CHANGES.items()
                if (seen := found.share(change=change)).n
            ],
            sheet="Robustness",
            widths=(50, 16, 18, 20, 16),
        ),
        *table(
            "Conclusions that do not hold under every change.",
            ("Conclusion", "As it stands", "Does not hold under"),
            [_conclusion(report, one) for one in found.conclusions if one.survives is Survives.NO],
            sheet="What does not hold",
            widths=(60, 34, 60),
        ),
        *(note(f"{_CHANGES[Change(name)]}: {reason}") for name, reason in found.reasons.items()),
    ]
    return Section("robustness", "Robustness", tuple(blocks), n.counts)


def _conclusion(report: TriangulationReport, one: Conclusion) -> tuple[Cell, ...]:
    view = line(" (", said(one.view), ")") if one.view and one.view != TEAM else line()
    fails = [
        line(f"{_CHANGES[out.variation.change].lower()}: ", said(out.variation.name.replace("_", " ")))
        for out in one.outcomes
        if out.survives is Survives.NO
    ]
    return row_of(
        line(said(report.name_of(one.row)), soft(f" {_CONCLUSIONS[one.about]}"), view),
        SET_WORDS[SetCode(one.value)] if one.value in set(SetCode) else one.value.replace("_", " "),
        cell(*fails),
    )


# -- feedback ------------------------------------------------------------------------------------


def feedback(report: TriangulationReport) -> Section:
    """Who was asked, what they answered, who did not, and what changed because of it."""
    groups = report.around.feedback
    if not groups:
        return Section("feedback", "Feedback", (note("No group of stakeholders was asked for feedback."),))
    n = Counted()
    blocks: list[Block] = []
    for group in groups:
        blocks += _group(report, group, n)
    blocks.append(note(POWER_NOTE))
    return Section("feedback", "Feedback", tuple(blocks), n.counts)


def _group(report: TriangulationReport, group: FeedbackGroup, n: Counted) -> Iterator[Block]:
    found = group.register
    yield heading(said(group.name))
    handed = f" Handed over on {', '.join(group.handed_over)}." if group.handed_over else ""
    yield paragraph(
        f"{n(f'{group.name} invited', len(found.invited), 'person was', 'people were')} invited, "
        f"{n.figure(f'{group.name} answered', len(found.answered))} answered, "
        f"{n.figure(f'{group.name} silent', len(found.non_responders))} did not.{handed}"
    )
    yield from table(
        line("Answers of ", said(group.name), ", counted in people; who said nothing did not agree by it."),
        ("Finding", "Agree", "Disagree", "Comment", "Silent", "The group as one"),
        [_line_of(report, one) for one in found.lines],
        sheet="Feedback",
        widths=(50, 15, 19, 21, 15, 22),
        empty="Nobody has answered yet.",
    )
    spoken = [said_ for one in found.lines for said_ in one.responses if said_.asks_for_consequence]
    yield from table(
        line("What ", said(group.name), " said, and what changed because of it."),
        ("Finding", "Who", "Answer", "What changed"),
        [_response(report, one) for one in spoken],
        sheet="Feedback responses",
        widths=(36, 20, 50, 40),
    )
    lacking = len(found.without_consequence)
    if lacking:
        yield note(
            f"Of {n(f'{group.name} lacking', lacking, 'answer')} it is not written what changed because of "
            f"{'it' if lacking == 1 else 'them'}."
        )


def _line_of(report: TriangulationReport, one: RegisterLine) -> tuple[Cell, ...]:
    return row_of(
        _row(report, one.row),
        one.agree,
        one.disagree,
        one.comment,
        one.silent,
        ", ".join(answer.value for answer in one.by_group),
    )


def _response(report: TriangulationReport, one: Response) -> tuple[Cell, ...]:
    return row_of(
        _row(report, one.row),
        told(one.person) if one.person else cell("the group as a whole"),
        cell(one.answer.value, said(one.text)) if one.text else cell(one.answer.value),
        cell(*(line(said(change.text)) for change in one.changes))
        if one.changes
        else cell("nothing written"),
    )


def _row(report: TriangulationReport, row: Row | None) -> Line:
    return line("On the whole") if row is None else line(said(report.name_of(row)), soft(f" {row.theme}"))


# -- relations and the programme in time -----------------------------------------------------------


def relations(report: TriangulationReport) -> Section | None:
    """How findings bear on each other, and what happened in the programme."""
    blocks: list[Block] = []
    if report.around.relations:
        blocks += table(
            "How findings bear on each other, with the quotes that show it. Drawn by people; no strength is "
            "implied.",
            ("Finding", "Bearing", "On what", "Note and quotes"),
            [_relation(report, one) for one in report.around.relations],
            sheet="Relations",
            widths=(40, 22, 40, 50),
        )
    for thread in report.around.threads:
        blocks += _thread(thread)
    chronicle = report.around.chronicle
    if chronicle is not None:
        blocks += _chronicle(chronicle)
    return Section("relations", "Relations and timeline", tuple(blocks)) if blocks else None


def _relation(report: TriangulationReport, one: Relation) -> tuple[Cell, ...]:
    other = line(said(one.strategy)) if one.to_row is None else _row(report, one.to_row)
    quotes = [_quote_of(quote) for quote in one.excerpts]
    return row_of(
        _row(report, one.from_row),
        edge_words(one),
        other,
        cell(said(one.note) if one.note else None, *quotes),
    )


def _thread(thread: Thread) -> Iterator[Block]:
    """A question that was carried from source to source."""
    yield from table(
        line("A question carried through the sources: ", said(thread.question)),
        ("Step", "Asked", "Source", "Found", "Quotes"),
        [
            row_of(
                str(number),
                told(step.asked),
                told(step.source or ""),
                told(step.found),
                cell(*(_quote_of(quote) for quote in step.excerpts)),
            )
            for number, step in enumerate(thread.steps, start=1)
        ],
        sheet="Threads",
        widths=(9, 32, 24, 40, 46),
    )


def _quote_of(excerpt: Excerpt) -> Line:
    return line(said(f"“{excerpt.quote}”"), soft(" "), said(excerpt.title, tone="soft"))


def _chronicle(chronicle: Chronicle) -> Iterator[Block]:
    yield from table(
        "What happened in the programme.",
        ("When", "What", "Note"),
        [row_of(_when(event), told(event.title), told(event.note)) for event in chronicle.events],
        sheet="Events",
        widths=(30, 60, 50),
    )
    yield from table(
        "What registers counted.",
        ("Register", "Date", "Count", "Share", "Note"),
        [
            row_of(
                said(figure.name),
                figure.at.isoformat(),
                figure.count if figure.count % 1 else int(figure.count),
                "–" if figure.out_of is None else share(int(figure.count), int(figure.out_of)),
                told(figure.note),
            )
            for figure in chronicle.figures
        ],
        sheet="Registers",
        widths=(40, 20, 16, 30, 40),
    )


def _when(event: ProgrammeEvent) -> Line:
    days = [event.begins.isoformat(), *([event.ends.isoformat()] if event.ends else [])]
    return joined([line(day) for day in days], between=" to ")
