"""The report of a triangulation: what it says (`content`), and how it is written (HTML and Word)."""

from triangulation.report.as_docx import render_docx
from triangulation.report.as_html import render_html
from triangulation.report.content import (
    NO_ROUND,
    CodeAgreement,
    CodebookSummary,
    CodedPassage,
    CoderAgreement,
    CodeSummary,
    CodingCounts,
    LevelSummary,
    PlacedOtherwise,
    RollupSummary,
    SourceSummary,
    TriangulationReport,
    build_report,
)

__all__ = [
    "NO_ROUND",
    "CodeAgreement",
    "CodeSummary",
    "CodebookSummary",
    "CodedPassage",
    "CoderAgreement",
    "CodingCounts",
    "LevelSummary",
    "PlacedOtherwise",
    "RollupSummary",
    "SourceSummary",
    "TriangulationReport",
    "build_report",
    "render_docx",
    "render_html",
]
