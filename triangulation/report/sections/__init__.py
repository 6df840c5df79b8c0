"""The parts of the report in their order, one module a subject: what each says, in blocks."""

from __future__ import annotations

from collections.abc import Callable

from triangulation.report.blocks import Drawn, Section
from triangulation.report.content import TriangulationReport
from triangulation.report.sections.around import feedback, relations, robustness
from triangulation.report.sections.assessment import assessment, work_ups
from triangulation.report.sections.audit import audit
from triangulation.report.sections.checklist import coreq, srqr
from triangulation.report.sections.coding import codebook, coding
from triangulation.report.sections.completeness import completeness
from triangulation.report.sections.design import design, sources
from triangulation.report.sections.evidence import evidence
from triangulation.report.sections.findings import findings
from triangulation.report.sections.limitations import limitations
from triangulation.report.sections.matrix import matrix
from triangulation.report.sections.protocol import protocol
from triangulation.report.sections.researchers import researchers
from triangulation.report.sections.sorting import sorting
from triangulation.report.sections.texts import conclusion, discussion, introduction
from triangulation.report.sheets import sheets_of

#: Each gives its section, or None where there is nothing of the kind in the study.
PARTS: tuple[Callable[[TriangulationReport], Section | None], ...] = (
    introduction,
    design,
    sources,
    codebook,
    coding,
    protocol,
    sorting,
    findings,
    matrix,
    assessment,
    work_ups,
    completeness,
    researchers,
    robustness,
    feedback,
    relations,
    discussion,
    limitations,
    conclusion,
    evidence,
    coreq,
    srqr,
    audit,
)


def drawn(report: TriangulationReport) -> Drawn:
    """The report in blocks, as every writer draws it."""
    told = report.around.audit
    return Drawn(
        title=report.study,
        subtitle=f"Triangulation report · {report.date.isoformat()}",
        notice=report.notice,
        sections=tuple(section for part in PARTS if (section := part(report)) is not None),
        sheets=sheets_of(report),
        made_on=report.date.isoformat(),
        head=None if told is None or told.events is None else (told.events, told.head_hash),
    )
