"""The codebook, the coding, and how far coders agree."""

from __future__ import annotations

from triangulation.report.blocks import (
    Block,
    Bullets,
    Section,
    cell,
    line,
    names,
    note,
    paragraph,
    row_of,
    said,
    soft,
    table,
    told,
)
from triangulation.report.content import TriangulationReport
from triangulation.report.material import CodebookSummary, CoderAgreement, RollupSummary
from triangulation.report.numbers import Counted
from triangulation.report.wording import counted, decimals, interval, percent


def codebook(report: TriangulationReport) -> Section | None:
    """The codebook with its rules, codes and roll-ups."""
    book = report.codebook
    if book is None:
        return None
    n = Counted()
    blocks: list[Block] = [
        paragraph(
            said(book.name),
            f", version {n.figure('version', book.version)}, {n('levels', book.levels, 'level')}, "
            f"{n('themes', book.themes, 'theme')}.",
        )
    ]
    if book.rules:
        blocks.append(Bullets(tuple(line(said(rule)) for rule in book.rules), numbered=True))
    blocks += _codes(book)
    for rollup in book.rollups:
        blocks += _rollup(rollup)
    return Section("codebook", "Codebook", tuple(blocks), n.counts)


def _codes(book: CodebookSummary) -> tuple[Block, ...]:
    return table(
        "Codings with each code itself, those of all coders together.",
        ("Code", "Id", "Definition", "Codings"),
        [
            row_of(
                said("\xa0" * (4 * code.depth) + code.label, tone="" if code.depth else "strong"),
                told(code.key),
                told(code.definition),
                code.codings,
            )
            for code in book.codes
        ],
        sheet="Codebook",
        widths=(48, 26, 76, 18),
    )


def _rollup(rollup: RollupSummary) -> tuple[Block, ...]:
    groups = table(
        line("The same codings, and the findings, by the groups of ", said(rollup.name), "."),
        ("Group", "Codings", "Findings"),
        [row_of(said(group), codings, found) for group, (codings, found) in rollup.groups.items()],
        sheet="Roll-ups",
        widths=(60, 20, 20),
    )
    exceptions = table(
        "Findings that count in another group than their theme.",
        ("Finding", "Theme", "Group", "Reason"),
        [
            row_of(
                line(said(one.source), ": ", said(one.statement)),
                told(one.theme),
                line(said(one.group), ", not ", said(one.usual)),
                told(one.reason),
            )
            for one in rollup.exceptions
        ],
        sheet="Placed otherwise",
        widths=(50, 16, 26, 40),
    )
    return (*groups, *exceptions)


def coding(report: TriangulationReport) -> Section:
    """How much was coded, and how far coders agree."""
    n = Counted()
    n.counts |= report.coder_counts
    blocks: list[Block] = []
    counts = report.coding
    if counts is not None:
        blocks.append(
            paragraph(
                f"{n('codings', counts.codings, 'coding')} in ",
                f"{n('documents', counts.documents, 'document')}, by ",
                names(counts.coders) or "nobody",
                ". ",
                n("double coded", counts.double_coded, "document was", "documents were")
                + " coded by two or more coders independently.",
            )
        )
    else:
        blocks.append(note("Nothing has been coded yet."))
    blocks += [note(sentence) for sentence in report.coder_notes]
    if report.agreement is not None:
        blocks += _agreement(report.agreement)
    return Section("coding", "Coding and coder agreement", tuple(blocks), n.counts)


def _agreement(agreement: CoderAgreement) -> tuple[Block, ...]:
    return table(
        line(
            f"Coder agreement per {agreement.unit}: {counted(agreement.n_units, 'unit')} of "
            f"{counted(agreement.documents, 'document')}; coders: ",
            names(agreement.coders),
            "; from the codings as they stood before discussion. Prevalence: positive ratings among all that "
            "could be compared.",
        ),
        (
            "Code",
            "Units",
            "Prevalence",
            "Percent agreement",
            "Positive agreement",
            "Alpha (95 %)",
            "Gwet's AC1",
            "Why there is no value",
        ),
        [
            row_of(
                said(row.code),
                row.n,
                percent(row.prevalence),
                percent(row.percent),
                decimals(row.positive_agreement),
                f"{decimals(row.alpha)} {interval(row.alpha_low, row.alpha_high)}".strip(),
                decimals(row.ac1),
                cell(soft("; ".join(f"{name.replace('_', ' ')}: {why}" for name, why in row.reasons.items())))
                if row.reasons
                else None,
            )
            for row in agreement.codes
        ],
        sheet="Coder agreement",
        widths=(19, 12, 23, 23, 23, 24, 14, 34),
        optional=[7],
        empty="No code was used in the round.",
    )
