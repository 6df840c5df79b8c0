"""The report of a triangulation: what it says (`content`, `sections`), in blocks, and how it is written."""

from triangulation.report.as_docx import render_docx
from triangulation.report.as_html import html_of, render_html
from triangulation.report.as_markdown import render_markdown
from triangulation.report.as_xlsx import render_xlsx
from triangulation.report.blocks import Drawn, Section
from triangulation.report.content import TriangulationReport, build_report
from triangulation.report.material import (
    NO_ROUND,
    Around,
    Audit,
    CodeAgreement,
    CodebookSummary,
    CodedPassage,
    CoderAgreement,
    CodeSummary,
    CodingCounts,
    FeedbackGroup,
    ItemAnswer,
    LevelSummary,
    MovedRow,
    PlacedOtherwise,
    RollupSummary,
    SourceSummary,
)
from triangulation.report.numbers import Counted
from triangulation.report.prefilled import prefilled
from triangulation.report.sections import drawn
from triangulation.report.standards import STANDARDS, Standard

__all__ = [
    "NO_ROUND",
    "STANDARDS",
    "Around",
    "Audit",
    "CodeAgreement",
    "CodeSummary",
    "CodebookSummary",
    "CodedPassage",
    "CoderAgreement",
    "CodingCounts",
    "Counted",
    "Drawn",
    "FeedbackGroup",
    "ItemAnswer",
    "LevelSummary",
    "MovedRow",
    "PlacedOtherwise",
    "RollupSummary",
    "Section",
    "SourceSummary",
    "Standard",
    "TriangulationReport",
    "build_report",
    "drawn",
    "html_of",
    "prefilled",
    "render_docx",
    "render_html",
    "render_markdown",
    "render_xlsx",
]
