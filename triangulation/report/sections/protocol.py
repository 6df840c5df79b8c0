"""The protocol: what the team laid down, when it was fixed, and every later change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from triangulation.protocol import ALONE, NAMED_CODES, ChangedLine, Protocol
from triangulation.report.blocks import (
    Block,
    Line,
    Section,
    cell,
    joined,
    line,
    names,
    note,
    paragraph,
    row_of,
    said,
    table,
    told,
)
from triangulation.report.content import TriangulationReport
from triangulation.report.numbers import Counted
from triangulation.report.wording import CODE_WORD

_OPPORTUNITIES = {
    "asked": "was asked at",
    "could_be_raised": "could raise the topic at",
    "not_asked": "was not asked at",
}


def protocol(report: TriangulationReport) -> Section:
    """Rule and code set, pairs, judges, settling plan; when fixed, and what was changed with which reason."""
    n = Counted()
    laid_down = report.around.protocol
    blocks: list[Block] = [
        paragraph(
            f"The rule “{report.rule}” proposes the codes: {report.rule_words}. Silence: exactly one of the "
            "two sources speaks. Where neither speaks there is no code.",
        )
    ]
    if laid_down is None or laid_down.written is None:
        blocks.append(
            note("No protocol page is written beyond the rule; the rest is as the tool proposes it.")
        )
    if laid_down is not None:
        blocks += _page(report, laid_down, n)
    return Section("protocol", "Protocol", tuple(blocks), n.counts)


def _page(report: TriangulationReport, laid_down: Protocol, n: Counted) -> Iterator[Block]:
    yield from _code_set(report, laid_down)
    yield paragraph(*_pairs(report, laid_down, n))
    judges = laid_down.page.judges or report.researchers
    yield paragraph(
        "Judges: ",
        names(judges) or "nobody named",
        ". Findings were sorted ",
        "by each researcher alone." if laid_down.page.sorting == ALONE else "by the team together.",
    )
    if laid_down.page.settling:
        yield paragraph("Settling of differences: ", said(laid_down.page.settling))
    else:
        yield note("No plan for settling differences is written.")
    yield from _opportunities(report, n)
    yield _when_fixed(laid_down)
    yield from _changes(report, n)


def _code_set(report: TriangulationReport, laid_down: Protocol) -> tuple[Block, ...]:
    own = laid_down.page.codes
    if own is None:
        return ()
    return table(
        "The team's own names for the codes.",
        ("Code", "Stands for", "Explanation"),
        [
            row_of(report.code(code), CODE_WORD[code], told(own.explanation(code)))
            for code in NAMED_CODES
            if code in own.codes
        ],
        sheet="Code set",
        widths=(30, 30, 60),
    )


def _pairs(report: TriangulationReport, laid_down: Protocol, n: Counted) -> Line:
    pairs = n("pairs", len(report.matrix.pairs), "pair")
    if laid_down.index is not None:
        return line(said(laid_down.index), f" was compared with each of the other sources: {pairs}.")
    return line(f"All pairs of sources were compared: {pairs}.")


def _opportunities(report: TriangulationReport, n: Counted) -> Iterator[Block]:
    states = Counter(report.around.opportunities.values())
    if states:
        told_of = [
            f"{words} {n.figure(f'opportunity {state}', states[state])}"
            for state, words in _OPPORTUNITIES.items()
            if states[state]
        ]
        yield paragraph(
            f"Of {n('places', sum(states.values()), 'place')} (row × source), the opportunity map says: the "
            f"source {', '.join(told_of)}."
        )


def _when_fixed(laid_down: Protocol) -> Block:
    if laid_down.fixed is None:
        return paragraph("The protocol was not fixed before this report.")
    order = {
        True: ", before anything was judged.",
        False: ", after judging had begun.",
        None: "; nothing is judged yet.",
    }[laid_down.fixed_before_judging]
    return paragraph(
        f"The protocol was fixed on {laid_down.fixed.at[:10]} by ", said(laid_down.fixed.by), order
    )


def _changes(report: TriangulationReport, n: Counted) -> Iterator[Block]:
    late = [change for change in report.around.protocol_changes if change.after_fixing]
    laid_down = report.around.protocol
    if not late:
        if laid_down is not None and laid_down.is_fixed:
            yield paragraph("It was not changed since.")
        return
    yield paragraph(f"It was changed {n('late changes', len(late), 'time')} since, each time with a reason.")
    yield from table(
        "Changes of the protocol after it was fixed.",
        ("Day", "By", "What", "Reason"),
        [
            row_of(
                change.at[:10],
                told(change.by),
                cell(*(_changed(one) for one in change.lines)) if change.lines else told(change.part),
                told(change.reason) if change.reason else cell("not given"),
            )
            for change in late
        ],
        sheet="Protocol changes",
        widths=(16, 18, 60, 40),
    )


def _changed(one: ChangedLine) -> Line:
    before = said(one.before) if one.before else line("nothing")
    after = said(one.after) if one.after else line("nothing")
    place = joined([said(part) for part in (one.of, one.field) if part])
    return line(place, ": ", before, " → ", after)
