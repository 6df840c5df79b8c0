"""What people write for the report: it stays as it is when numbers are counted anew."""

from __future__ import annotations

from triangulation.report.blocks import Section, written
from triangulation.report.content import TriangulationReport


def introduction(report: TriangulationReport) -> Section | None:
    """The introduction, where the team has written one."""
    return _text(report, "introduction", "Introduction")


def discussion(report: TriangulationReport) -> Section | None:
    """The discussion, where the team has written one."""
    return _text(report, "discussion", "Discussion")


def conclusion(report: TriangulationReport) -> Section | None:
    """The conclusion, where the team has written one."""
    return _text(report, "conclusion", "Conclusion")


def _text(report: TriangulationReport, part: str, title: str) -> Section | None:
    blocks = written(report.around.texts.get(part, ""))
    return Section(part, title, blocks) if blocks else None
