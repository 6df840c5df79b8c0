"""The audit statement: from which state of the log the report was counted."""

from __future__ import annotations

from triangulation.report.blocks import Block, Section, Words, note, paragraph, said
from triangulation.report.content import TriangulationReport
from triangulation.report.numbers import Counted


def audit(report: TriangulationReport) -> Section | None:
    """Number and hash of the last event, the version of the program, the day; no check is claimed."""
    told = report.around.audit
    if told is None:
        return None
    n = Counted()
    blocks: list[Block] = [
        paragraph(
            f"Counted on {report.date.isoformat()} by Trigpoint ",
            said(told.app_version),
            " from the study's log.",
        )
    ]
    if told.events is None:
        blocks.append(
            note(
                "Number and hash of the last event are left out: something in the log is hidden from whoever "
                "made this report, and its number would count it."
            )
        )
    else:
        blocks.append(
            paragraph(
                f"The log held {n('events', told.events, 'event')}; the last has the hash ",
                Words(told.head_hash, by_people=True),
                ". A backup or a later copy of the log that holds this event with this hash holds all that "
                "was counted here, unchanged.",
            )
        )
    blocks.append(
        paragraph(said(told.verified))
        if told.verified
        else note("The log was not checked for this report. “trigpoint verify” checks it.")
    )
    return Section("audit", "Audit statement", tuple(blocks), n.counts)
